//! From screen to screen.

use super::{Args, Command, Family, PLAIN, When};
use crate::app::{Effect, LayerName, Model, Screen, Spot};
use crate::text::Span;

const EVERYWHERE: &[LayerName] = &[LayerName::Global];

pub(super) const FAMILY: Family = Family {
    title: "Screens",
    commands: &[
        Command {
            name: "show_transcripts",
            title: "The list of transcripts",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Transcripts),
            ..PLAIN
        },
        Command {
            name: "show_read",
            title: "The transcript that is being read",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Read),
            ..PLAIN
        },
        Command {
            name: "find",
            title: "Search in all transcripts",
            help: "Goes to the search screen with the cursor in its field.",
            layers: EVERYWHERE,
            hint: Some((32, "find")),
            run: find,
            ..PLAIN
        },
        Command {
            name: "open_panel",
            title: "Barriers and facilitators of one component",
            help: "1 is the first component of the framework (COM-B: physical capability); 0 is the overview of all.",
            takes: Some("the number of a panel (0 is the overview)"),
            layers: EVERYWHERE,
            run: open_panel,
            ..PLAIN
        },
        Command {
            name: "next_screen",
            title: "The next screen",
            layers: EVERYWHERE,
            run: |model, _| show(model, model.screen.stepped(1)),
            ..PLAIN
        },
        Command {
            name: "previous_screen",
            title: "The screen before",
            layers: EVERYWHERE,
            run: |model, _| show(model, model.screen.stepped(-1)),
            ..PLAIN
        },
        Command {
            name: "open_transcript",
            title: "Open a transcript by its name",
            takes: Some("the name of a transcript, such as I43 or I43:41"),
            layers: EVERYWHERE,
            when: &[When::Complete],
            run: open_transcript,
            ..PLAIN
        },
        Command {
            name: "go_back",
            title: "Back to where you were",
            help: "After a jump (a hit, a quote, an undo elsewhere): back to the place before it, one step at a time.",
            layers: EVERYWHERE,
            when: &[When::Trail],
            hint: Some((35, "back")),
            run: |model, _| {
                model.go_back();
                Vec::new()
            },
            ..PLAIN
        },
    ],
};

fn show(model: &mut Model, screen: Screen) -> Vec<Effect> {
    model.layers.clear();
    model.screen = screen;
    Vec::new()
}

fn find(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    model.leave_mark();
    model.search.enter_field();
    show(model, Screen::Search)
}

fn open_panel(model: &mut Model, args: Args<'_>) -> Vec<Effect> {
    match args.argument.map(str::parse) {
        Some(Ok(number)) => model.open_panel(number),
        _ => {
            model.refuse("A panel is a number: 0 is the overview, 1 the first component.");
            Vec::new()
        }
    }
}

/// Opens `I43`, or `I43:41` at that turn.
fn open_transcript(model: &mut Model, args: Args<'_>) -> Vec<Effect> {
    let address = args.argument.unwrap_or_default();
    let (name, turn) = address.split_once(':').map_or((address, None), |(name, turn)| (name, Some(turn)));
    let Some(transcript) = model.study.transcript_named(name).map(|transcript| transcript.id) else {
        model.refuse(format!("There is no transcript “{name}”."));
        return Vec::new();
    };
    let Some(turn) = turn else {
        model.leave_mark();
        model.open(transcript);
        return Vec::new();
    };
    let place = turn.parse().ok().and_then(|number| {
        let turns = model.study.turns(transcript)?;
        turns.turns.get(turns.index_of(number)?).map(|turn| turn.speech)
    });
    match place {
        Some(speech) => model.visit(Spot { transcript, span: Span { end: speech.start, ..speech } }),
        None => {
            model.refuse(format!("{name} has no turn {turn}."));
            Vec::new()
        }
    }
}

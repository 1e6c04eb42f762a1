//! From screen to screen.

use super::{Args, Argument, Command, Count, Family, PLAIN, When};
use crate::app::codebook::Page;
use crate::app::{Effect, LayerName, Model, Screen};

const EVERYWHERE: &[LayerName] = &[LayerName::Global];

pub(super) const FAMILY: Family = Family {
    title: "Screens",
    commands: &[
        Command {
            name: "show_transcripts",
            title: "The list of transcripts",
            also: "Transcripts documents sources files",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Transcripts),
            ..PLAIN
        },
        Command {
            name: "show_read",
            title: "The transcript that is being read",
            also: "Read document",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Read),
            ..PLAIN
        },
        Command {
            name: "show_people",
            title: "The participants",
            also: "People cases speakers persons",
            layers: EVERYWHERE,
            run: show_people,
            ..PLAIN
        },
        Command {
            name: "show_codebook",
            title: "The codebook",
            also: "Codebook nodes code system",
            layers: EVERYWHERE,
            run: show_codebook,
            ..PLAIN
        },
        Command {
            name: "show_memos",
            title: "The memos",
            also: "Memos annotations",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Memos),
            ..PLAIN
        },
        Command {
            name: "show_quotes",
            title: "The list of quotes",
            also: "Quotes quotations references coded segments retrieval",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Quotes),
            ..PLAIN
        },
        Command {
            name: "show_matrix",
            title: "The matrix of cases by themes",
            also: "Matrix framework summary grid",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Matrix),
            ..PLAIN
        },
        Command {
            name: "show_tables",
            title: "The tables of a paper",
            also: "Tables crosstab charts queries",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Tables),
            ..PLAIN
        },
        Command {
            name: "show_history",
            title: "What was done, by whom and when",
            also: "History log audit trail",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::History),
            ..PLAIN
        },
        Command {
            name: "show_findings",
            title: "Words that may tell who somebody is",
            also: "Identifiers names anonymise",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Findings),
            ..PLAIN
        },
        Command {
            name: "show_settings",
            title: "What the study's settings say",
            also: "Settings preferences options",
            layers: EVERYWHERE,
            run: |model, _| show(model, Screen::Settings),
            ..PLAIN
        },
        Command {
            name: "find",
            title: "Search in all transcripts",
            also: "Search text query",
            help: "Goes to the search screen with the cursor in its field.",
            layers: EVERYWHERE,
            hint: Some((32, "find")),
            run: find,
            ..PLAIN
        },
        Command {
            name: "show_panels",
            title: "Overview of all panels",
            also: "Panels barriers facilitators framework",
            layers: EVERYWHERE,
            run: |model, _| model.open_panel(0),
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
            count: Count::Times,
            run: |model, _| show(model, model.screen.stepped(1)),
            ..PLAIN
        },
        Command {
            name: "previous_screen",
            title: "The screen before",
            layers: EVERYWHERE,
            count: Count::Times,
            run: |model, _| show(model, model.screen.stepped(-1)),
            ..PLAIN
        },
        Command {
            name: "open_transcript",
            title: "Open a transcript by its name",
            takes: Some("the name of a transcript, such as I43 or I43:41"),
            argument: Argument::Transcript,
            layers: EVERYWHERE,
            when: &[When::Complete],
            run: |model, args| model.go_to_address(args.argument.unwrap_or_default()),
            ..PLAIN
        },
        Command {
            name: "go_to",
            title: "Go to a transcript, or to a turn of it, by name",
            help: "Type I43 or I43:41.",
            layers: EVERYWHERE,
            when: &[When::Complete],
            may_take: Some("the name of a transcript, such as I43 or I43:41"),
            argument: Argument::Transcript,
            run: |model, args| match args.argument {
                Some(address) => model.go_to_address(address),
                None => model.ask_address(),
            },
            ..PLAIN
        },
        Command {
            name: "go_to_turn",
            title: "Go to a turn by its number",
            layers: &[LayerName::Read],
            when: &[When::Complete, When::Text],
            may_take: Some("the number of a turn"),
            run: |model, args| match args.argument {
                Some(turn) => model.go_to_turn(turn),
                None => model.ask_turn(),
            },
            ..PLAIN
        },
        Command {
            name: "go_back",
            title: "Back to where you were",
            help: "After a jump (a hit, a quote, an undo elsewhere): back to the place before it, one step at a time.",
            layers: EVERYWHERE,
            when: &[When::Trail],
            count: Count::Times,
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
    if model.screen != screen {
        model.leave_mark();
    }
    model.screen = screen;
    Vec::new()
}

/// The list, not whoever was looked at last: `participants` are many.
fn show_people(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    if model.screen == Screen::People && model.people.profile.is_some() {
        model.leave_mark();
    }
    let effects = show(model, Screen::People);
    model.people.profile = None;
    effects
}

/// The codes, not the page of the codebook that was open last.
fn show_codebook(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    if model.screen == Screen::Codebook && model.codebook.page != Page::Tree {
        model.leave_mark();
    }
    let effects = show(model, Screen::Codebook);
    while model.codebook.page != Page::Tree {
        model.leave_codebook_page();
    }
    effects
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

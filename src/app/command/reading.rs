//! Moving in a transcript.

use super::argument::unit_named;
use super::{Args, Argument, Command, Count, Family, PLAIN, When};
use crate::app::read::Move;
use crate::app::{Effect, LayerName, Model};

const READ: &[LayerName] = &[LayerName::Read];
/// What moves may be told.
const UNITS: &str = "word, sentence or turn";

/// Commands that only move, spread from one shape.
const MOVE: Command = Command { layers: READ, when: &[When::Text], ..PLAIN };

pub(super) const FAMILY: Family = Family {
    title: "Reading",
    commands: &[
        Command {
            name: "next_unit",
            title: "The next word, sentence or turn",
            help: "The cursor rests on a unit: a word, a sentence or a turn.",
            may_take: Some(UNITS),
            argument: Argument::Unit,
            count: Count::Times,
            run: |model, args| go_by(model, args, Move::Next),
            ..MOVE
        },
        Command {
            name: "previous_unit",
            title: "The word, sentence or turn before",
            may_take: Some(UNITS),
            argument: Argument::Unit,
            count: Count::Times,
            run: |model, args| go_by(model, args, Move::Previous),
            ..MOVE
        },
        Command {
            name: "unit_below",
            title: "Down a row, or on in a long turn",
            count: Count::Times,
            run: |model, _| go(model, Move::Down, false),
            ..MOVE
        },
        Command {
            name: "unit_above",
            title: "Up a row",
            count: Count::Times,
            run: |model, _| go(model, Move::Up, false),
            ..MOVE
        },
        Command {
            name: "page_down",
            title: "A page down",
            count: Count::Times,
            run: |model, _| go(model, Move::PageDown, false),
            ..MOVE
        },
        Command {
            name: "page_up",
            title: "A page up",
            count: Count::Times,
            run: |model, _| go(model, Move::PageUp, false),
            ..MOVE
        },
        Command {
            name: "goto_turn_start",
            title: "The start of the turn",
            run: |model, _| go(model, Move::TurnStart, false),
            ..MOVE
        },
        Command {
            name: "goto_turn_end",
            title: "The end of the turn",
            run: |model, _| go(model, Move::TurnEnd, false),
            ..MOVE
        },
        Command {
            name: "next_turn",
            title: "The next turn",
            count: Count::Times,
            run: |model, _| go(model, Move::NextTurn, false),
            ..MOVE
        },
        Command {
            name: "previous_turn",
            title: "The turn before",
            count: Count::Times,
            run: |model, _| go(model, Move::PreviousTurn, false),
            ..MOVE
        },
        Command {
            name: "goto_start",
            title: "The start of the transcript",
            count: Count::Given,
            run: |model, args| go_far(model, args, Move::Start),
            ..MOVE
        },
        Command {
            name: "goto_end",
            title: "The end of the transcript",
            count: Count::Given,
            run: |model, args| go_far(model, args, Move::End),
            ..MOVE
        },
        Command {
            name: "widen_unit",
            title: "Wider: from word to sentence to turn",
            hint: Some((25, "wider")),
            run: |model, _| resize(model, true),
            ..MOVE
        },
        Command {
            name: "tighten_unit",
            title: "Tighter: from turn to sentence to word",
            hint: Some((26, "tighter")),
            run: |model, _| resize(model, false),
            ..MOVE
        },
        Command {
            name: "toggle_extending",
            title: "Select from here on, or stop selecting",
            help: "Every move then extends the selection, also over several turns. Esc lets go of it.",
            hint: Some((40, "select")),
            may_take: Some(UNITS),
            argument: Argument::Unit,
            run: extend_by,
            ..MOVE
        },
        Command {
            name: "swap_ends",
            title: "To the other end of the selection",
            when: &[When::Text, When::Selection],
            run: |model, _| {
                if let Some(open) = &mut model.read.open {
                    open.swap_ends();
                }
                Vec::new()
            },
            ..MOVE
        },
        Command {
            name: "extend_next",
            title: "Select on to the next unit",
            hint: Some((12, "select on")),
            count: Count::Times,
            run: |model, _| go(model, Move::Next, true),
            ..MOVE
        },
        Command {
            name: "extend_previous",
            title: "Select back to the unit before",
            count: Count::Times,
            run: |model, _| go(model, Move::Previous, true),
            ..MOVE
        },
        Command {
            name: "extend_down",
            title: "Select down a row",
            count: Count::Times,
            run: |model, _| go(model, Move::Down, true),
            ..MOVE
        },
        Command {
            name: "extend_up",
            title: "Select up a row",
            count: Count::Times,
            run: |model, _| go(model, Move::Up, true),
            ..MOVE
        },
        Command {
            name: "mark_read",
            title: "Mark the transcript as read up to here",
            help: "What was on the screen counts as seen by itself; this says that you have read it.",
            when: &[When::Text, When::Complete],
            run: |model, _| model.mark_read_to_here(),
            ..MOVE
        },
        Command {
            name: "toggle_details",
            title: "Show or hide who speaks here, beside the text",
            help: "The attributes of the participant whose turn the cursor is in.",
            run: |model, _| {
                model.read.details = !model.read.details;
                Vec::new()
            },
            ..MOVE
        },
        Command {
            name: "toggle_stripes",
            title: "Show or hide the stripes in the margin",
            run: |model, _| {
                model.read.stripes_hidden = !model.read.stripes_hidden;
                Vec::new()
            },
            ..MOVE
        },
    ],
};

fn go(model: &mut Model, to: Move, extend: bool) -> Vec<Effect> {
    if let Some(open) = &mut model.read.open {
        open.go(to, extend);
    }
    Vec::new()
}

/// By units of the size that is said, else of the size that the cursor rests on. From a larger unit, the first step is to the
/// smaller one in it.
fn go_by(model: &mut Model, args: Args<'_>, to: Move) -> Vec<Effect> {
    let Some(said) = args.argument else { return go(model, to, false) };
    let Some(unit) = unit_named(said) else {
        model.refuse(format!("“{said}” is no unit of text: {UNITS}."));
        return Vec::new();
    };
    if let Some(open) = &mut model.read.open {
        let before = open.cursor.unit;
        if !open.resize_to(unit) || unit >= before {
            open.go(to, false);
        }
    }
    Vec::new()
}

/// To the start or the end; with a count, to the turn of that number.
fn go_far(model: &mut Model, args: Args<'_>, to: Move) -> Vec<Effect> {
    match args.count {
        Some(turn) => model.go_to_turn(&turn.to_string()),
        None => {
            model.leave_mark();
            go(model, to, false)
        }
    }
}

fn extend_by(model: &mut Model, args: Args<'_>) -> Vec<Effect> {
    let unit = args.argument.and_then(unit_named);
    if let Some(open) = &mut model.read.open {
        if let Some(unit) = unit.filter(|_| !open.is_extending()) {
            open.resize_to(unit);
        }
        open.toggle_extending();
    }
    Vec::new()
}

fn resize(model: &mut Model, wider: bool) -> Vec<Effect> {
    let Some(open) = &mut model.read.open else { return Vec::new() };
    let done = if wider { open.widen() } else { open.tighten() };
    if !done {
        model.refuse(if wider {
            "A whole turn is the widest unit; v selects more."
        } else {
            "A word is the tightest unit."
        });
    }
    Vec::new()
}

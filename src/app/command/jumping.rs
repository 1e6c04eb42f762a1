//! Jumps within a transcript, and marks to come back to.

use super::{Args, Argument, Command, Count, Family, PLAIN, When};
use crate::app::read::Landmark;
use crate::app::{Effect, LayerName, Model};

const READ: &[LayerName] = &[LayerName::Read];
const EVERYWHERE: &[LayerName] = &[LayerName::Global];

/// Jumps to landmarks, spread from one shape.
const JUMP: Command =
    Command { layers: READ, when: &[When::Text, When::Complete], count: Count::Times, ..PLAIN };

macro_rules! jumps {
    ($($name:literal, $title:literal, $landmark:expr, $forward:expr;)*) => {
        [$(Command {
            name: $name,
            title: $title,
            run: |model, _| model.go_to_landmark($landmark, $forward),
            ..JUMP
        }),*]
    };
}

const JUMPS: [Command; 12] = jumps! {
    "next_quote", "Your next quote", Landmark::Quote, true;
    "previous_quote", "Your quote before", Landmark::Quote, false;
    "next_uncoded", "Ahead to the next turn of a participant without a coding of yours", Landmark::Uncoded, true;
    "previous_uncoded", "Back to the last turn of a participant without a coding of yours", Landmark::Uncoded, false;
    "next_unread", "Ahead to the next turn you have not seen", Landmark::Unread, true;
    "previous_unread", "Back to the last turn you have not seen", Landmark::Unread, false;
    "next_memo", "The next passage with a memo of yours", Landmark::Memo, true;
    "previous_memo", "The passage before with a memo of yours", Landmark::Memo, false;
    "next_of_speaker", "The next turn of the same speaker", Landmark::SameSpeaker, true;
    "previous_of_speaker", "The turn before of the same speaker", Landmark::SameSpeaker, false;
    "next_inaudible", "The next [inaudible]", Landmark::Inaudible, true;
    "previous_inaudible", "The [inaudible] before", Landmark::Inaudible, false;
};

const OTHERS: [Command; 7] = [
    Command {
        name: "find_in_transcript",
        title: "Find words in this transcript",
        help: "Takes the whole query language, and searches in this transcript only.",
        layers: READ,
        when: &[When::Text, When::Complete],
        hint: Some((57, "find here")),
        may_take: Some("words, or a query"),
        run: |model, args: Args<'_>| match args.argument {
            Some(words) => model.find_in_transcript(words),
            None => model.ask_words(),
        },
        ..PLAIN
    },
    Command {
        name: "find_these_words",
        title: "Find the words under the cursor, further on in this transcript",
        layers: READ,
        when: &[When::Text, When::Complete],
        run: |model, _| model.find_these_words(),
        ..PLAIN
    },
    Command {
        name: "set_mark",
        title: "Mark this place by a name",
        help: "A letter will do. Marks are yours, and are there again at the next start.",
        layers: READ,
        when: &[When::Text],
        may_take: Some("the name of a mark"),
        argument: Argument::Mark,
        run: |model, args: Args<'_>| match args.argument {
            Some(name) => model.set_mark(name),
            None => model.ask_mark_name(),
        },
        ..PLAIN
    },
    Command {
        name: "go_to_mark",
        title: "Go to a place that you marked",
        layers: EVERYWHERE,
        when: &[When::Complete],
        may_take: Some("the name of a mark"),
        argument: Argument::Mark,
        run: |model, args: Args<'_>| match args.argument {
            Some(name) => model.go_to_mark(name),
            None => model.ask_mark(),
        },
        ..PLAIN
    },
    Command {
        name: "list_places",
        title: "Where you were: a list to go back in",
        layers: EVERYWHERE,
        when: &[When::Complete, When::Trail],
        run: |model, _| model.list_places(),
        ..PLAIN
    },
    Command {
        name: "go_forward",
        title: "Forward again, after going back",
        layers: EVERYWHERE,
        count: Count::Times,
        run: go_forward,
        ..PLAIN
    },
    Command {
        name: "list_here",
        title: "Everything on this unit",
        help: "Codings, memos and stars of yours on the passage under the cursor. Enter goes to one.",
        layers: READ,
        when: &[When::Text, When::Complete],
        run: |model, _| model.list_here(),
        ..PLAIN
    },
];

const ALL: [Command; 19] = {
    let [
        quote,
        quote_back,
        uncoded,
        uncoded_back,
        unread,
        unread_back,
        memo,
        memo_back,
        speaker,
        speaker_back,
        gap,
        gap_back,
    ] = JUMPS;
    let [find, these, mark, to_mark, places, forward, here] = OTHERS;
    let uncoded = Command { hint: Some((55, "next uncoded")), ..uncoded };
    [
        quote,
        quote_back,
        uncoded,
        uncoded_back,
        unread,
        unread_back,
        memo,
        memo_back,
        speaker,
        speaker_back,
        gap,
        gap_back,
        find,
        these,
        mark,
        to_mark,
        places,
        forward,
        here,
    ]
};

pub(super) const FAMILY: Family = Family { title: "Jumping", commands: &ALL };

fn go_forward(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    model.go_forward();
    Vec::new()
}

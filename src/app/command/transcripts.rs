//! The list of transcripts.

use super::{Command, Family, PLAIN, When};
use crate::app::transcripts::Order;
use crate::app::{LayerName, Screen};

const LIST: &[LayerName] = &[LayerName::Transcripts];

macro_rules! sorts {
    ($($name:literal, $title:literal, $order:expr;)*) => {
        [$(Command {
            name: $name,
            title: $title,
            layers: LIST,
            when: &[When::Complete],
            run: |model, _| model.sort_transcripts($order),
            ..PLAIN
        }),*]
    };
}

const SORTS: [Command; 7] = sorts! {
    "sort_by_name", "By name", Order::Name;
    "sort_by_kind", "By kind", Order::Kind;
    "sort_by_people", "By people", Order::People;
    "sort_by_turns", "By turns", Order::Turns;
    "sort_by_words", "By words", Order::Words;
    "sort_by_coded", "By what is coded, least first", Order::Coded;
    "sort_by_read", "By what is read, least first", Order::Read;
};

const OTHERS: [Command; 3] = [
    Command {
        name: "open_chosen",
        title: "Open what is chosen",
        help: "A transcript; the profile of a participant, and what its lines are about; what a memo is on; where a quote stands; \
               what an action changed.",
        layers: &[
            LayerName::Transcripts,
            LayerName::Filter,
            LayerName::People,
            LayerName::Memos,
            LayerName::History,
            LayerName::Quotes,
        ],
        when: &[When::Complete, When::Listed],
        hint: Some((10, "open")),
        run: |model, _| match model.screen {
            Screen::People => model.open_person(),
            Screen::Memos => model.open_memo_thing(),
            // Keys are keys again, before anything is opened.
            Screen::History if model.timeline.list.leave_filter() => Vec::new(),
            Screen::History => model.toggle_details(),
            Screen::Quotes => model.open_quote(),
            _ => model.open_chosen_transcript(),
        },
        ..PLAIN
    },
    Command {
        name: "filter_transcripts",
        title: "Type to list fewer transcripts",
        help: "Matches names, kinds, and values of attributes of the transcript and of its people. Esc leaves the filter, \
               Esc again empties it.",
        layers: LIST,
        hint: Some((20, "filter")),
        run: |model, _| {
            model.transcripts.list.filtering = true;
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "write_transcript_memo",
        title: "Write a memo on the transcript",
        layers: &[LayerName::Transcripts, LayerName::Read],
        when: &[When::Complete, When::Writable],
        run: |model, _| model.write_transcript_memo(),
        ..PLAIN
    },
];

const ALL: [Command; 10] = {
    let [open, filter, memo] = OTHERS;
    let [name, kind, people, turns, words, coded, read] = SORTS;
    [open, filter, memo, name, kind, people, turns, words, coded, read]
};

pub(super) const FAMILY: Family = Family { title: "Transcripts", commands: &ALL };

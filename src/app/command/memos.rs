//! The screen of memos on anything, found and filtered.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;
use crate::study::MemoOn;

const HERE: &[LayerName] = &[LayerName::Memos];
const WRITE: &[When] = &[When::Complete, When::Writable];

pub(super) const FAMILY: Family = Family { title: "The list of memos", commands: COMMANDS };

const COMMANDS: &[Command] = &[
    Command {
        name: "edit_memo",
        title: "Change the memo",
        help: "Only one's own.",
        layers: HERE,
        when: WRITE,
        hint: Some((15, "change")),
        run: |model, _| model.edit_chosen_memo(),
        ..PLAIN
    },
    Command {
        name: "write_study_memo",
        title: "Write a memo on the study",
        layers: HERE,
        when: WRITE,
        hint: Some((16, "new")),
        run: |model, _| model.write_memo_on(MemoOn::Study),
        ..PLAIN
    },
    Command {
        name: "write_memo_beside",
        title: "Write another memo on the same thing",
        help: "An answer to a colleague's, say.",
        layers: HERE,
        when: WRITE,
        run: |model, _| model.write_memo_beside(),
        ..PLAIN
    },
    Command {
        name: "write_memo_about",
        title: "Write a memo on a code, theme, transcript or person",
        layers: HERE,
        when: WRITE,
        hint: Some((18, "new on …")),
        run: |model, _| model.ask_memo_thing(),
        ..PLAIN
    },
    Command {
        name: "follow_link",
        title: "Go to an address in the memo",
        help: "An address such as I43:41 or FG06:12-14 in a memo is a link.",
        layers: HERE,
        when: &[When::Complete],
        hint: Some((25, "link")),
        run: |model, _| model.follow_link(),
        ..PLAIN
    },
    Command {
        name: "filter_memos",
        title: "Type to list fewer memos",
        help: "Words of the memo, its kind, author, day or what it is on; or one of them alone: kind:discussion by:c2 \
               on:I43. Esc leaves the filter, Esc again empties it.",
        layers: HERE,
        hint: Some((20, "filter")),
        run: |model, _| {
            model.memos.list.filtering = true;
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "narrow_memos",
        title: "Only memos of one kind, author or thing",
        takes: Some("kind, author or thing"),
        layers: HERE,
        when: &[When::Complete],
        run: |model, args| model.ask_memo_facet(args.argument.unwrap_or_default()),
        ..PLAIN
    },
    Command {
        name: "list_all_memos",
        title: "All memos, the latest first",
        layers: HERE,
        run: |model, _| model.list_all_memos(),
        ..PLAIN
    },
    Command {
        name: "sort_memos",
        title: "Sort the memos",
        takes: Some("newest, place, kind or author"),
        layers: HERE,
        run: |model, args| model.sort_memos(args.argument.unwrap_or_default()),
        ..PLAIN
    },
    Command {
        name: "show_memo_whole",
        title: "Show the memo in most of the window, or less of it again",
        layers: HERE,
        run: |model, _| {
            model.memos.whole = !model.memos.whole;
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "scroll_memo_down",
        title: "On in the memo",
        layers: HERE,
        run: |model, _| {
            model.scroll_memo(true);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "scroll_memo_up",
        title: "Back in the memo",
        layers: HERE,
        run: |model, _| {
            model.scroll_memo(false);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "remove_memo",
        title: "Take the memo away",
        help: "Only one's own. Undo brings it back.",
        layers: HERE,
        when: WRITE,
        run: |model, _| model.remove_chosen_memo(),
        ..PLAIN
    },
    Command {
        name: "list_audio_flags",
        title: "All flags “check the audio”, by transcript and time",
        layers: &[LayerName::Global],
        when: &[When::Complete],
        run: |model, _| model.list_audio_flags(),
        ..PLAIN
    },
];

//! Correcting what a transcript says, and who says it.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;

const READ: &[LayerName] = &[LayerName::Read];
const CORRECTING: &[When] = &[When::Text, When::Writable, When::Complete];

pub(super) const FAMILY: Family = Family {
    title: "Correcting",
    commands: &[
        Command {
            name: "correct_turn",
            title: "Correct the words of this turn",
            help: "Saving makes the next revision of the transcript; the former one stays. Quotes of all coders go along; \
                   those that are not surely the same passage are in doubt until settle_doubt.",
            layers: READ,
            when: CORRECTING,
            run: |model, _| model.correct_turn(),
            ..PLAIN
        },
        Command {
            name: "split_turn",
            title: "Split this turn before the unit under the cursor",
            help: "Turn 41 becomes 41a and 41b; all other numbers stay.",
            layers: READ,
            when: CORRECTING,
            run: |model, _| model.split_turn(),
            ..PLAIN
        },
        Command {
            name: "join_turn",
            title: "Join this turn and the one behind it",
            help: "The joined turn is spoken by the first one’s voice and keeps its number; 41a and 41b are 41 again.",
            layers: READ,
            when: CORRECTING,
            run: |model, _| model.join_turn(),
            ..PLAIN
        },
        Command {
            name: "set_turn_voice",
            title: "Say who speaks this one turn",
            layers: READ,
            when: CORRECTING,
            run: |model, _| model.ask_turn_voice(),
            ..PLAIN
        },
        Command {
            name: "bind_label",
            title: "Say who this label is in this transcript",
            layers: READ,
            when: CORRECTING,
            run: |model, _| model.ask_label_voice(),
            ..PLAIN
        },
        Command {
            name: "settle_doubt",
            title: "Your next quote in doubt: take its place, another one, or drop it",
            help: "A quote is in doubt if a correction changed so many of its words that it is not surely the same passage.",
            layers: READ,
            when: CORRECTING,
            run: |model, _| model.settle_doubt(),
            ..PLAIN
        },
        Command {
            name: "list_doubts",
            title: "All your quotes in doubt, in every transcript",
            help: "Enter goes to the transcript and asks what is to become of the quote.",
            layers: &[LayerName::Global],
            when: &[When::Complete],
            run: |model, _| model.list_doubts(),
            ..PLAIN
        },
        Command {
            name: "list_drafts",
            title: "All your drafts of memos and of the words of turns",
            help: "Enter goes on with one where it belongs, or on the nearest turn if that was corrected away meanwhile. What was half-written of a code, a cell or a turn that is gone opens as a memo on the study.",
            layers: &[LayerName::Global],
            when: &[When::Complete],
            run: |model, _| model.list_drafts(),
            ..PLAIN
        },
        Command {
            name: "show_former",
            title: "What differs between this text and a former one",
            help: "Words out stand as [-out-], words in as {+in+}. toggle_former shows the former text whole.",
            layers: READ,
            when: &[When::Text, When::Complete],
            run: |model, _| model.show_former(),
            ..PLAIN
        },
        Command {
            name: "toggle_former",
            title: "The former text whole, or what differs from it",
            layers: &[LayerName::Former],
            hint: Some((60, "whole or differences")),
            run: |model, _| model.toggle_former(),
            ..PLAIN
        },
    ],
};

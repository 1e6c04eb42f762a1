//! Memos.

use super::{Command, Family, PLAIN, When};
use crate::app::layer::Layer;
use crate::app::{Effect, LayerName, Model};

const MEMO: &[LayerName] = &[LayerName::Memo];
/// Where somebody writes several lines.
const TEXT: &[LayerName] = &[LayerName::Memo, LayerName::Summary];

pub(super) const FAMILY: Family = Family {
    title: "Memos",
    commands: &[
        Command {
            name: "write_memo",
            title: "Write a memo on the passage",
            help: "Goes on with your latest memo on this very passage if there is one; from there another one can be begun. \
                   What is half-written when the line drops is there again.",
            layers: &[LayerName::Read],
            when: &[When::Text, When::Writable, When::Complete],
            hint: Some((41, "memo")),
            run: |model, _| model.write_memo(),
            ..PLAIN
        },
        Command {
            name: "save_memo",
            title: "Save the memo, or the words of the turn",
            layers: MEMO,
            hint: Some((10, "save")),
            run: |model, _| model.save_memo(),
            ..PLAIN
        },
        Command {
            name: "break_line",
            title: "Begin a new line",
            layers: TEXT,
            hint: Some((20, "new line")),
            run: |model, _| {
                if let Some(field) = model.field_mut() {
                    field.insert("\n");
                }
                model.field_changed()
            },
            ..PLAIN
        },
        Command {
            name: "change_memo_kind",
            title: "Another kind: analytic, discussion, reflexive, field note",
            help: "On a passage also: check audio.",
            layers: MEMO,
            when: &[When::Memo],
            hint: Some((30, "kind")),
            run: |model, _| model.change_memo_kind(),
            ..PLAIN
        },
        Command {
            name: "write_another_memo",
            title: "Save it, and begin another memo on the same thing",
            layers: MEMO,
            when: &[When::Memo, When::Writable],
            hint: Some((40, "another")),
            run: |model, _| model.write_another_memo(),
            ..PLAIN
        },
        Command {
            name: "turn_to_memo_before",
            title: "Your memo before this one on the same thing",
            help: "What is not saved of this one is kept as its draft.",
            layers: MEMO,
            when: &[When::Memo],
            run: |model, _| model.turn_to_memo_before(),
            ..PLAIN
        },
        Command {
            name: "discard_draft",
            title: "Throw away what is not saved of it; press twice",
            help: "Leaving with Esc keeps it as a draft instead.",
            layers: MEMO,
            hint: Some((50, "discard draft")),
            run: |model, _| model.discard_draft(),
            ..PLAIN
        },
        Command {
            name: "caret_row_up",
            title: "One row up",
            layers: TEXT,
            run: |model, _| step_row(model, -1),
            ..PLAIN
        },
        Command {
            name: "caret_row_down",
            title: "One row down",
            layers: TEXT,
            run: |model, _| step_row(model, 1),
            ..PLAIN
        },
        Command {
            name: "caret_page_up",
            title: "A page of rows up",
            layers: TEXT,
            run: |model, _| step_row(model, -page(model)),
            ..PLAIN
        },
        Command {
            name: "caret_page_down",
            title: "A page of rows down",
            layers: TEXT,
            run: |model, _| step_row(model, page(model)),
            ..PLAIN
        },
        Command {
            name: "toggle_audio_flag",
            title: "Flag the passage “check the audio”, or take the flag away",
            help: "A memo of the kind check_audio on the unit under the cursor; it need not say anything. All flags are \
                   listed with their times by list_audio_flags.",
            layers: &[LayerName::Read],
            when: &[When::Text, When::Writable, When::Complete],
            run: |model, _| model.toggle_audio_flag(),
            ..PLAIN
        },
    ],
};

fn page(model: &Model) -> isize {
    isize::try_from(model.drawer().height.saturating_sub(2).max(1)).unwrap_or(1)
}

fn step_row(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(Layer::Memo(memo)) = model.layers.last_mut() {
        memo.step_row(by);
    } else if let Some(desk) = model.matrix.desk.as_mut().filter(|_| model.layers.is_empty()) {
        desk.step_row(by);
    }
    Vec::new()
}

//! Memos.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;
use crate::app::layer::Layer;

const MEMO: &[LayerName] = &[LayerName::Memo];

pub(super) const FAMILY: Family = Family {
    title: "Memos",
    commands: &[
        Command {
            name: "write_memo",
            title: "Write a memo on the passage",
            help: "Goes on with your memo on this very passage if there is one. What is half-written when the line \
                   drops is there again.",
            layers: &[LayerName::Read],
            when: &[When::Text, When::Writable, When::Complete],
            hint: Some((41, "memo")),
            run: |model, _| model.write_memo(),
            ..PLAIN
        },
        Command {
            name: "save_memo",
            title: "Save the memo",
            layers: MEMO,
            hint: Some((10, "save")),
            run: |model, _| model.save_memo(),
            ..PLAIN
        },
        Command {
            name: "break_line",
            title: "Begin a new line",
            layers: MEMO,
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
            name: "caret_line_up",
            title: "One line up",
            layers: MEMO,
            run: |model, _| {
                if let Some(Layer::Memo(memo)) = model.layers.last_mut() {
                    memo.field.step_line(false);
                }
                Vec::new()
            },
            ..PLAIN
        },
        Command {
            name: "caret_line_down",
            title: "One line down",
            layers: MEMO,
            run: |model, _| {
                if let Some(Layer::Memo(memo)) = model.layers.last_mut() {
                    memo.field.step_line(true);
                }
                Vec::new()
            },
            ..PLAIN
        },
    ],
};

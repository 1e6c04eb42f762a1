//! Editing in a text field.

use super::{Command, Family, PLAIN};
use crate::app::layer::Layer;
use crate::app::{Effect, LayerName, Model, Screen, TextField};

const FIELD: &[LayerName] = &[LayerName::Field];

macro_rules! edits {
    ($($name:literal, $title:literal, $edit:expr;)*) => {
        &[$(Command {
            name: $name,
            title: $title,
            layers: FIELD,
            run: |model, _| edit(model, $edit),
            ..PLAIN
        }),*]
    };
}

pub(super) const FAMILY: Family = Family {
    title: "Text fields",
    commands: edits! {
        "caret_left", "One character to the left", TextField::left;
        "caret_right", "One character to the right", TextField::right;
        "caret_word_left", "One word to the left", TextField::word_left;
        "caret_word_right", "One word to the right", TextField::word_right;
        "caret_to_line_start", "To the start of the line", TextField::home;
        "caret_to_line_end", "To the end of the line", TextField::end;
        "rub_out", "Rub out the character before the cursor", TextField::rub_out;
        "rub_out_next", "Rub out the character after the cursor", TextField::delete;
        "rub_out_word", "Rub out the word before the cursor", TextField::rub_out_word;
        "rub_out_to_line_start", "Rub out to the start of the line", TextField::rub_out_line;
    },
};

fn edit(model: &mut Model, change: impl FnOnce(&mut TextField)) -> Vec<Effect> {
    let Some(field) = model.field_mut() else { return Vec::new() };
    let before = field.text().to_owned();
    field.keep();
    change(field);
    if field.text() == before { Vec::new() } else { model.field_changed() }
}

impl Model {
    /// What follows from a change of the text in the field.
    pub(in crate::app) fn field_changed(&mut self) -> Vec<Effect> {
        match self.key_layers()[0] {
            LayerName::Filter => match self.screen {
                Screen::People => self.people.list.filter_changed(),
                Screen::Memos => self.memos.list.filter_changed(),
                Screen::History => self.timeline.list.filter_changed(),
                _ => self.transcripts.list.filter_changed(),
            },
            LayerName::CodebookFilter => self.codebook.filter_changed(),
            LayerName::Form => return self.form_changed(),
            LayerName::Query => return self.search_changed(),
            LayerName::Picker => self.picker_changed(),
            LayerName::Memo => return self.memo_changed(),
            LayerName::Summary => return self.summary_changed(),
            LayerName::Palette => self.palette_changed(),
            LayerName::Line => return self.line_changed(),
            LayerName::Chooser => self.chooser_changed(),
            LayerName::Help => {
                if let Some(Layer::Help(help)) = self.layers.last_mut() {
                    help.top = 0;
                }
            }
            _ => {}
        }
        Vec::new()
    }
}

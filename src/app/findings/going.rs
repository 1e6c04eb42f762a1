//! From a finding to its place, and to the file of names.

use super::keeping::NOTHING;
use crate::analysis::identifiers::Place;
use crate::app::{Effect, Model, Spot};
use crate::study::MemoOn;

impl Model {
    /// Goes to where the chosen finding stands.
    pub(in crate::app) fn open_finding(&mut self) -> Vec<Effect> {
        let Some(found) = self.findings.row().map(|row| row.found.clone()) else {
            self.refuse(NOTHING);
            return Vec::new();
        };
        match found.place {
            Place::Preamble(transcript) | Place::Turn(transcript, _) => {
                self.visit(Spot { transcript, span: found.span })
            }
            Place::Memo(id) => self.show_memo(id),
            Place::Summary(id) => match self.study.summaries().get(&id) {
                Some(held) => self.go_to_thing(MemoOn::Cell(held.case, held.topic.clone())),
                None => Vec::new(),
            },
            Place::Example(id) => {
                self.go_to_code(id);
                Vec::new()
            }
        }
    }

    /// Opens the file of names in the editor; afterwards everything is looked through again.
    pub(in crate::app) fn edit_names(&mut self) -> Vec<Effect> {
        match self.about.editor.clone() {
            Some(editor) => {
                self.findings.forget();
                vec![Effect::EditNames { editor }]
            }
            None => {
                let keys = self.keys_of("scan_again");
                self.say(format!(
                    "The file of names is {}. Set EDITOR and this key opens it there; {keys} reads it again.",
                    self.about.names
                ));
                Vec::new()
            }
        }
    }
}

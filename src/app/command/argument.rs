//! What stands behind the name of a command: names of things, which the `:` line completes.

use crate::app::{Model, keymap};
use crate::study::CodeState;
use crate::text::{Unit, fold_name};

/// What the words behind the name of a command are names of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Argument {
    /// Nothing that could be listed.
    #[default]
    Words,
    /// A transcript: `I43`.
    Transcript,
    /// A code that is not retired.
    Code,
    /// A mark of this coder.
    Mark,
    /// A coder of the study.
    Coder,
    /// A file or folder.
    Path,
    /// A unit of text: `word`, `sentence`, `turn`.
    Unit,
    /// A keymap that ships.
    Keymap,
    /// A theme of the screen.
    Look,
}

/// The unit of that name.
pub(super) fn unit_named(name: &str) -> Option<Unit> {
    match name {
        "word" => Some(Unit::Word),
        "sentence" => Some(Unit::Sentence),
        "turn" => Some(Unit::Turn),
        _ => None,
    }
}

impl Model {
    /// The names that what is typed could become: those that begin so, then those that hold it.
    pub(super) fn complete_argument(&self, argument: Argument, typed: &str) -> Vec<String> {
        /// More are never looked through.
        const MOST: usize = 200;
        let wanted = fold_name(typed);
        let mut names: Vec<(bool, String)> = self
            .names_of(argument)
            .into_iter()
            .filter_map(|name| {
                let folded = fold_name(&name);
                folded.contains(&wanted).then(|| (!folded.starts_with(&wanted), name))
            })
            .collect();
        names.sort_by_key(|(holds, _)| *holds);
        names.into_iter().map(|(_, name)| name).take(MOST).collect()
    }

    fn names_of(&self, argument: Argument) -> Vec<String> {
        let study = &self.study;
        match argument {
            // Files are looked up by whoever may touch the disk.
            Argument::Words | Argument::Path => Vec::new(),
            Argument::Transcript => {
                study.transcripts_by_name().iter().map(|held| held.name.clone()).collect()
            }
            Argument::Code => {
                let codes = study.codes_in_tree_order().into_iter().map(|(_, code)| code);
                codes.filter(|code| code.state != CodeState::Retired).map(|code| code.name.clone()).collect()
            }
            Argument::Mark => self.marks.keys().cloned().collect(),
            Argument::Coder => study.coders().iter().map(|coder| coder.name.clone()).collect(),
            Argument::Unit => ["word", "sentence", "turn"].map(String::from).to_vec(),
            Argument::Keymap => keymap::names().map(String::from).collect(),
            Argument::Look => self.looks.clone(),
        }
    }
}

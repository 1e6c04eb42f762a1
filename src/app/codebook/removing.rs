//! Merging one code into another, and deleting one. Both say what goes and what stays; a merge asks first, since where it
//! leads cannot be seen on the screen.

use std::collections::BTreeSet;

use super::Model;
use super::questions::CodebookQuestion as Question;
use crate::app::Effect;
use crate::app::ask::Chooser;
use crate::study::{CodeId, Removal};
use crate::text::counted;

impl Model {
    /// Asks with which code to merge the chosen one. Those whose names look like its own come first.
    pub(in crate::app) fn ask_merge_into(&mut self) -> Vec<Effect> {
        let Some(code) = self.chosen_code() else { return Vec::new() };
        let mut choices = self.code_choices(|other| other.id != code.id);
        let alike: Vec<String> =
            self.codebook.alike.get(&code.id).into_iter().flatten().map(ToString::to_string).collect();
        choices.sort_by_key(|choice| !alike.contains(&choice.answer));
        let question = format!("merge “{}” into", code.name);
        let asked = Question::MergeInto(code.id).asked();
        self.choose(Chooser::new(question, "a few letters of the code that stays", choices, asked))
    }

    /// Says what a merge would do and asks for a yes.
    pub(super) fn ask_merge(&mut self, from: CodeId, into: CodeId) -> Vec<Effect> {
        let merge = match self.study.merge_codes(from, into) {
            Ok(merge) => merge,
            Err(error) => {
                self.refuse(error.to_string());
                return Vec::new();
            }
        };
        let (from_name, into_name) = (self.code_name(from), self.code_name(into));
        let mut words = vec![match merge.codings {
            0 => String::from("it has no codings"),
            1 => format!("1 coding{} moves", self.in_all_layers()),
            count => format!("{}{} move", counted(count, "coding", "codings"), self.in_all_layers()),
        }];
        match merge.joined {
            0 => {}
            1 => words.push(String::from("1 of them joins one on the same quote")),
            joined => words.push(format!("{joined} of them join one on the same quote")),
        }
        if merge.summaries > 0 {
            let summaries = counted(merge.summaries, "summary", "summaries");
            words.push(match merge.summaries_joined {
                0 => format!("{summaries} of the matrix too"),
                joined => format!("{summaries} of the matrix too, {joined} of them below one that is there"),
            });
        }
        if merge.children > 0 {
            words.push(format!("{} below it too", counted(merge.children, "code", "codes")));
        }
        if let Some(side) = merge.frees {
            let side = side.name();
            words.push(format!(
                "they do not agree: “{into_name}” stops being a {side}, each coding keeps its own"
            ));
        }
        let question = format!("Merge “{from_name}” into “{into_name}”? {}.", sentence(&words));
        self.confirm(question, Question::Merge { from, into }.asked())
    }

    pub(super) fn merge_code(&mut self, from: CodeId, into: CodeId) -> Vec<Effect> {
        let label = format!("“{}” merged into “{}”", self.code_name(from), self.code_name(into));
        let changes = self.study.merge_codes(from, into).map(|merge| merge.changes);
        let effects = self.shape("merge_code", changes, label);
        if !effects.is_empty() {
            self.choose_code(into);
        }
        effects
    }

    /// Deletes the chosen code and says what went with it.
    pub(in crate::app) fn delete_code(&mut self) -> Vec<Effect> {
        let Some(code) = self.chosen_code() else { return Vec::new() };
        let removal = self.study.remove_code(code.id);
        let went = removal.as_ref().map(|removal| self.words_of_removal(removal, Some(code.id))).ok();
        let name = &code.name;
        let label = match removal.as_ref().map_or(0, |removal| removal.codings) {
            0 => format!("“{name}” deleted"),
            count => format!("“{name}” deleted with {}", counted(count, "coding", "codings")),
        };
        let effects = self.shape("delete_code", removal.map(|removal| removal.changes), label);
        if !effects.is_empty() {
            self.say(format!("“{name}” deleted. {}", went.unwrap_or_default()));
        }
        effects
    }

    /// Behind a number of codings that no layer is left out of, where there are several.
    fn in_all_layers(&self) -> &'static str {
        if self.study.coders().len() > 1 { " in all layers" } else { "" }
    }

    /// What goes with a code, or with a theme (no code), in sentences.
    pub(super) fn words_of_removal(&self, removal: &Removal, code: Option<CodeId>) -> String {
        let mut going = Vec::new();
        if removal.codings > 0 {
            let codings = code.into_iter().flat_map(|code| self.study.codings_with(code));
            let quotes: BTreeSet<_> = codings.map(|coding| coding.quote).collect();
            let coder = |id| self.study.quotes().get(id).map(|quote| quote.coder);
            let others = quotes.iter().filter(|id| coder(id) != Some(self.me.id)).count();
            let whose = match others {
                0 => self.in_all_layers().to_owned(),
                _ => format!("{}, {others} of them of others", self.in_all_layers()),
            };
            going.push(format!(
                "{} on {}{whose}",
                counted(removal.codings, "coding", "codings"),
                counted(quotes.len(), "quote", "quotes"),
            ));
        }
        if removal.memos > 0 {
            going.push(counted(removal.memos, "memo", "memos"));
        }
        if removal.summaries > 0 {
            going.push(counted(removal.summaries, "summary", "summaries"));
        }
        let mut words = match going.is_empty() {
            true => String::from("Nothing was coded with it."),
            false => match going.as_slice() {
                [one] if one.starts_with("1 ") => format!("With it went {one}."),
                _ => format!("With it went {}.", and(&going)),
            },
        };
        if code.is_none() && going.is_empty() {
            words = String::from("Its codes stay.");
        }
        if removal.children > 0 {
            words.push_str(&match removal.children {
                1 => String::from(" The code below it moved up."),
                count => format!(" The {count} codes below it moved up."),
            });
        }
        words.push_str(&format!(" {} brings all of it back.", self.keys_of("undo")));
        words
    }

    /// The name of a code, or nothing if it is gone.
    pub(super) fn code_name(&self, code: CodeId) -> String {
        self.study.codes().get(&code).map(|code| code.name.clone()).unwrap_or_default()
    }
}

fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Parts of a sentence with a capital in front.
fn sentence(parts: &[String]) -> String {
    crate::text::capitalised(&parts.join("; "))
}

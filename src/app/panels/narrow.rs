//! What the panels count and in which order: the filter, the compared attribute, the order of rows.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::Board;
use crate::analysis::{Count, Group, RowOf, Scope};
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::search::write_filter;
use crate::app::{Effect, Model};
use crate::search::FilterNames;
use crate::study::{Attribute, AttributeOf, Kind, Subject};
use crate::text::{counted, fold_name};

/// The order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOrder {
    /// Themes in print order, then codes as the codebook has them.
    #[default]
    Print,
    /// Most people first.
    People,
    /// Most codings first.
    Codings,
}

impl RowOrder {
    /// The order in words; nothing for the usual one.
    pub(super) fn words(self) -> Option<&'static str> {
        match self {
            RowOrder::Print => None,
            RowOrder::People => Some("most people first"),
            RowOrder::Codings => Some("most codings first"),
        }
    }

    fn key(self, count: &Count) -> Reverse<u32> {
        match self {
            RowOrder::Print => Reverse(0),
            RowOrder::People => Reverse(count.all.people),
            RowOrder::Codings => Reverse(count.all.codings),
        }
    }
}

impl Board {
    /// Sorts the rows; what sums up all others stays the last one. Among numbers a code has no place in a tree.
    pub(super) fn sort(&mut self, order: RowOrder) {
        if order == RowOrder::Print {
            return;
        }
        match self {
            Board::Overview(overview) => {
                overview.rows.sort_by_key(|row| (row.component.is_none(), order.key(&row.total)));
            }
            Board::Panel(panel) => {
                panel.rows.sort_by_key(|row| (row.of == RowOf::Total, order.key(&row.total)));
                for row in &mut panel.rows {
                    if let RowOf::Code { depth, .. } = &mut row.of {
                        *depth = 0;
                    }
                }
            }
        }
    }
}

impl Model {
    /// The attribute of participants whose values are set side by side: the one that was chosen, else that of
    /// `study.toml`, which the program never rewrites.
    #[must_use]
    pub fn compared(&self) -> Option<String> {
        let chosen = self.panels.compare.as_ref().or(self.study.settings.compare.as_ref());
        chosen.filter(|name| !name.is_empty()).cloned()
    }

    /// Lists the attributes of participants, to compare by one.
    pub(in crate::app) fn ask_compared(&mut self) -> Vec<Effect> {
        let compared = self.compared().map(|name| fold_name(&name));
        let attributes = self.study.attributes_of(AttributeOf::Participant);
        if attributes.is_empty() {
            self.refuse(
                "Participants have no attributes yet: People adds one, or import a list of participants.",
            );
            return Vec::new();
        }
        let one = |attribute: &&Attribute| {
            let now = compared.as_ref() == Some(&fold_name(&attribute.name));
            let values = self.values_of(attribute);
            let mut room = 30_usize;
            let fits = |(group, _): &&(Group, usize)| {
                room = room.saturating_sub(group.label().chars().count() + 2);
                room > 0
            };
            let shown: Vec<&str> = values.iter().take_while(fits).map(|(group, _)| group.label()).collect();
            let more = if values.len() > shown.len() { " …" } else { "" };
            let now = if now { "now · " } else { "" };
            Choice {
                words: attribute.name.clone(),
                detail: format!("{now}{}{more}", shown.join(", ")),
                answer: attribute.name.clone(),
            }
        };
        let mut choices: Vec<Choice> = attributes.iter().map(one).collect();
        choices.push(Choice {
            words: String::from("nothing"),
            detail: String::from("no groups"),
            answer: String::new(),
        });
        self.choose(Chooser::new("compare by", "an attribute of participants", choices, Asked::Compared))
    }

    /// Compares by an attribute, or by nothing.
    pub(in crate::app) fn compare_by(&mut self, name: &str) -> Vec<Effect> {
        self.panels.compare = Some(name.to_owned());
        self.panels.quotes.column = None;
        self.say(match name {
            "" => String::from("No groups are compared."),
            name => format!("Compared by {name}, for you; study.toml says what is compared at first."),
        });
        Vec::new()
    }

    /// Values of an attribute with how many have each, in the order in which they are met, then the blanks.
    fn values_of(&self, attribute: &Attribute) -> Vec<(Group, usize)> {
        let subjects: Vec<Subject> = match attribute.of {
            AttributeOf::Participant => {
                self.study.participants().iter().map(|person| Subject::Participant(person.id)).collect()
            }
            AttributeOf::Transcript => {
                self.study.transcripts().iter().map(|held| Subject::Transcript(held.id)).collect()
            }
        };
        let mut found: Vec<(Group, usize)> = Vec::new();
        for subject in subjects {
            let group = Group::of(self.study.value_of(subject, attribute));
            match found.iter_mut().find(|(held, _)| held.folded() == group.folded()) {
                Some((_, count)) => *count += 1,
                None => found.push((group, 1)),
            }
        }
        found.sort_by_key(|(group, _)| group.rank());
        found
    }

    /// Lists everything that panels can be filtered by. What is typed and is no row is a filter of its own.
    pub(in crate::app) fn ask_panel_filter(&mut self) -> Vec<Effect> {
        let names = FilterNames::of(&self.study);
        let mut choices = Vec::new();
        if !self.panels.filter.is_empty() {
            let detail = format!("not only {}", self.panels.filter);
            choices.push(Choice { words: String::from("everybody"), detail, answer: String::new() });
        }
        for of in [AttributeOf::Participant, AttributeOf::Transcript] {
            let (one, many) = match of {
                AttributeOf::Participant => ("person", "people"),
                AttributeOf::Transcript => ("transcript", "transcripts"),
            };
            for attribute in self.study.attributes_of(of) {
                let Some(name) = names.find(&attribute.name) else { continue };
                for (group, count) in self.values_of(attribute) {
                    let filter = write_filter(name.word(), &group.cell());
                    let detail = counted(count, one, many);
                    choices.push(Choice { words: filter.clone(), detail, answer: filter });
                }
            }
        }
        for kind in [Kind::Interview, Kind::FocusGroup] {
            let count = self.study.transcripts().iter().filter(|held| held.kind == kind).count();
            let filter = format!("kind:{}", kind.name());
            choices.push(Choice {
                words: filter.clone(),
                detail: counted(count, "transcript", "transcripts"),
                answer: filter,
            });
        }
        let chooser =
            Chooser::new("only", "a value, or a filter such as -group:public", choices, Asked::PanelFilter);
        self.choose(Chooser { free: true, ..chooser })
    }

    /// Asks for the filter as text.
    pub(in crate::app) fn ask_panel_filter_text(&mut self) -> Vec<Effect> {
        let held = self.panels.filter.clone();
        self.prompt("only", "group:clinician kind:interview", &held, Asked::PanelFilterText)
    }

    /// Narrows the filter. A value takes the place of another value of the same attribute: nobody has both.
    pub(in crate::app) fn add_panel_filter(&mut self, filter: &str) -> Vec<Effect> {
        if filter.is_empty() {
            return self.set_panel_filter("");
        }
        let name = filter.split_once(':').map(|(name, _)| format!("{name}:")).unwrap_or_default();
        let is_plain = !filter.contains(['(', ' ']) || filter.matches(':').count() == 1;
        let mut kept = pieces(&self.panels.filter);
        if is_plain && !name.is_empty() {
            kept.retain(|piece| !piece.starts_with(&name));
        }
        kept.push(filter.to_owned());
        self.set_panel_filter(&kept.join(" "))
    }

    /// Filters the panels; what cannot be read stays to be mended.
    pub(in crate::app) fn set_panel_filter(&mut self, filter: &str) -> Vec<Effect> {
        match Scope::read(filter, &self.study) {
            Ok(_) => {
                self.panels.filter = filter.trim().to_owned();
                self.panels.quotes.list.rewind();
                self.say(match self.panels.filter.as_str() {
                    "" => String::from("Everybody is counted."),
                    filter => format!("Counted: {filter}. Esc counts all again."),
                });
                Vec::new()
            }
            Err(error) => {
                let sentence = error.to_string();
                let effects =
                    self.prompt("only", "group:clinician kind:interview", filter, Asked::PanelFilterText);
                self.refuse(sentence);
                effects
            }
        }
    }

    /// Sorts the rows; the choice stays on its row.
    pub(in crate::app) fn sort_panels(&mut self, order: RowOrder) -> Vec<Effect> {
        self.panels.order = order;
        self.say(match order.words() {
            Some(words) => format!("Sorted: {words}."),
            None => String::from("Sorted as they are printed."),
        });
        Vec::new()
    }
}

/// A filter cut at its outermost blanks.
fn pieces(filter: &str) -> Vec<String> {
    let (mut pieces, mut depth, mut quoted) = (vec![String::new()], 0_u32, false);
    for c in filter.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == ' ' && depth == 0 && !quoted {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    if pieces.iter().any(|piece| piece == "OR") { vec![format!("({filter})")] } else { pieces }
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn a_filter_is_cut_at_its_outermost_blanks() {
        assert_eq!(pieces("a:b  c:\"d e\" (f:g OR f:h)"), ["a:b", "c:\"d e\"", "(f:g OR f:h)"]);
        assert_eq!(pieces("a:b OR a:c"), ["(a:b OR a:c)"]);
        assert!(pieces("").is_empty());
    }
}

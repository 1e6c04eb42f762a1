//! Choosing a code: a few letters, and Enter.

use std::collections::BTreeMap;

use super::{is_meant, rank};
use crate::analysis::Figures;
use crate::app::layer::Layer;
use crate::app::listed::Roll;
use crate::app::wrap::fit;
use crate::app::{Effect, Model, Screen, TextField};
use crate::study::{CodeId, CodeState, CodingId};
use crate::text::fold_name;

/// The list of codes for the passage.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    /// The coding that gets another code, if it is not a new coding that is made.
    pub recoded: Option<CodingId>,
    /// Why there is nothing to code any more, if the words were taken out of the text while it was open.
    pub gone: Option<String>,
    /// What is typed.
    pub field: TextField,
    /// What can be chosen.
    pub rows: Vec<PickRow>,
    /// The choice among them.
    pub roll: Roll,
    /// Counts of the codes in sight.
    pub counts: BTreeMap<CodeId, Figures>,
    /// In a review: the coding does not go on to the next hit.
    pub(in crate::app) stays: bool,
}

/// One row of the picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickRow {
    /// A code.
    Code {
        /// Which.
        code: CodeId,
        /// The digit that picks it while nothing is typed.
        digit: Option<usize>,
        /// Whether the passage has it already.
        here: bool,
    },
    /// A code that is not there yet, by that name.
    New(String),
}

/// Rows of the drawer that hold no codes: the field, and the definition of the chosen code.
const OTHER_ROWS: u16 = 2;

impl Picker {
    pub(in crate::app) fn step(&mut self, by: isize) {
        self.roll.step(by, self.rows.len());
    }

    /// The code that is chosen, if it is one.
    #[must_use]
    pub fn code(&self) -> Option<CodeId> {
        match self.rows.get(self.roll.chosen)? {
            PickRow::Code { code, .. } => Some(*code),
            PickRow::New(_) => None,
        }
    }
}

impl Model {
    /// Opens the picker with something typed in it already.
    pub(in crate::app) fn pick_code(&mut self, typed: &str) -> Vec<Effect> {
        if self.target().is_none_or(|spot| spot.span.is_empty()) {
            self.refuse("There are no words here to code.");
            return Vec::new();
        }
        self.layers.push(Layer::Picker(Picker { field: TextField::new(typed), ..Picker::default() }));
        self.picker_changed();
        Vec::new()
    }

    /// What stands in front of what is typed: which code another one replaces, or how many passages get the code.
    #[must_use]
    pub fn picker_prompt(&self, picker: &Picker) -> String {
        /// A long name leaves room for what is typed.
        const NAME: usize = 30;
        let coding = picker.recoded.and_then(|coding| self.study.codings().get(&coding));
        if let Some(code) = coding.and_then(|coding| self.study.codes().get(&coding.code)) {
            let room = NAME.min(usize::from(self.size.width) / 3);
            return format!("recode “{}” to > ", fit(&code.name, room, "…"));
        }
        match self.search.marked_count() {
            1 if self.codes_marked_hits() => String::from("code 1 marked hit > "),
            n if self.codes_marked_hits() => format!("code {n} marked hits > "),
            _ => String::from("code > "),
        }
    }

    /// Opens the picker for another code in place of the one that keys act on.
    pub(in crate::app) fn pick_recode(&mut self) -> Vec<Effect> {
        let recoded = self.coding_here().map(|here| here.coding.id);
        self.layers.push(Layer::Picker(Picker { recoded, ..Picker::default() }));
        self.picker_changed();
        Vec::new()
    }

    /// Opens the picker with the words of the passage as the name of a new code.
    pub(in crate::app) fn pick_in_vivo(&mut self) -> Vec<Effect> {
        let Some(words) = self.words_of_target() else {
            self.refuse("There are no words here to name a code by.");
            return Vec::new();
        };
        let effects = self.pick_code(&words);
        if let Some(Layer::Picker(picker)) = self.layers.last_mut() {
            let new = picker.rows.iter().position(|row| matches!(row, PickRow::New(_)));
            picker.roll.chosen = new.unwrap_or(0);
        }
        effects
    }

    /// Lists what matches now.
    pub(in crate::app) fn picker_changed(&mut self) {
        let Some(Layer::Picker(picker)) = self.layers.last() else { return };
        let rows = self.pick_rows(picker.field.text().trim());
        if let Some(Layer::Picker(picker)) = self.layers.last_mut() {
            picker.rows = rows;
            picker.roll = Roll::default();
        }
    }

    /// Recent codes first while nothing is typed; then all in the order of the codebook, or the best match first. The row
    /// for a new code stands behind the codes that are likely meant, and is not there if there is a code of that name.
    fn pick_rows(&self, typed: &str) -> Vec<PickRow> {
        let recent: Vec<CodeId> = self.recent.iter(&self.study).collect();
        let place = |code: CodeId| recent.iter().position(|held| *held == code);
        let exact = self.study.code_named(typed).map(|code| code.id);
        let offered = self.study.codes_in_tree_order().into_iter().map(|(_, code)| code);
        let offered = offered.filter(|code| code.state != CodeState::Retired || Some(code.id) == exact);
        let mut codes: Vec<(CodeId, String)> = offered.map(|code| (code.id, code.name.clone())).collect();
        // Sorting is stable: among equal matches, the codes used last come first.
        codes.sort_by_key(|(code, _)| place(*code).unwrap_or(usize::MAX));
        let mut ranked = rank(typed, codes);
        let name = |code: &CodeId| self.study.codes().get(code).map_or("", |code| code.name.as_str());
        ranked.sort_by_key(|code| (Some(*code) != exact, !is_meant(typed, name(code))));
        let meant = ranked.iter().filter(|code| is_meant(typed, name(code))).count();
        let here: Vec<CodeId> = self.codes_of_target();
        let digit = |code| place(code).filter(|_| typed.is_empty()).map(|place| place + 1);
        let row = |code: CodeId| PickRow::Code { code, digit: digit(code), here: here.contains(&code) };
        let mut rows: Vec<PickRow> = ranked.into_iter().map(row).collect();
        if exact.is_none() && !fold_name(typed).is_empty() {
            let new = PickRow::New(typed.split_whitespace().collect::<Vec<_>>().join(" "));
            rows.insert(meant, new);
        }
        rows
    }

    /// Codes that this coder has put on exactly this passage.
    fn codes_of_target(&self) -> Vec<CodeId> {
        let quote = self.target().and_then(|spot| self.own_quote(spot));
        quote
            .into_iter()
            .flat_map(|quote| self.study.codings_on(quote.id))
            .map(|coding| coding.code)
            .collect()
    }

    /// Codes with the chosen row.
    pub(in crate::app) fn accept_code(&mut self) -> Vec<Effect> {
        let Some(Layer::Picker(picker)) = self.layers.last() else { return Vec::new() };
        let Some(row) = picker.rows.get(picker.roll.chosen).cloned() else {
            self.refuse("The codebook is empty: type the name of a first code.");
            return Vec::new();
        };
        let (recoded, stays) = (picker.recoded, picker.stays);
        if self.refuses_to_code() {
            return Vec::new();
        }
        if let PickRow::Code { code, .. } = row
            && !self.study.codes().has(&code)
        {
            let gone = self.gone_code_words(code);
            self.picker_changed();
            self.refuse(format!("{gone}: choose another, or type the name of a new one."));
            return Vec::new();
        }
        self.layers.pop();
        self.search.go_on_after_coding(!stays);
        match (row, recoded) {
            (PickRow::Code { code, .. }, None) => self.apply_code(code),
            (PickRow::New(name), None) => self.apply_new_code(&name),
            (PickRow::Code { code, .. }, Some(coding)) => self.recode(coding, code),
            (PickRow::New(name), Some(coding)) => self.recode_as_new(coding, &name),
        }
    }

    /// Whether the words that the picker was opened on cannot be coded now. Says why.
    fn refuses_to_code(&mut self) -> bool {
        let Some(Layer::Picker(picker)) = self.layers.last() else { return false };
        if let Some(gone) = picker.gone.clone() {
            self.refuse(format!("Nothing was coded. {gone}: Esc, then choose others."));
            return true;
        }
        let is_coming = self.screen == Screen::Read && self.read.is_coming();
        if is_coming {
            self.refuse("The text was corrected and is being fetched: press the key again.");
        }
        is_coming
    }

    /// Codes with a recent code by its digit.
    pub(in crate::app) fn apply_recent_code(&mut self, number: usize) -> Vec<Effect> {
        if self.refuses_to_code() {
            return Vec::new();
        }
        let code = self.recent.iter(&self.study).nth(number.saturating_sub(1));
        match code {
            Some(code) => {
                let (recoded, stays) = match self.layers.pop() {
                    Some(Layer::Picker(picker)) => (picker.recoded, picker.stays),
                    _ => (None, false),
                };
                self.search.go_on_after_coding(!stays);
                match recoded {
                    Some(coding) => self.recode(coding, code),
                    None => self.apply_code(code),
                }
            }
            None => {
                self.refuse(format!("There is no recent code {number} yet."));
                Vec::new()
            }
        }
    }

    /// Keeps the choice in sight and counts the codes that are.
    pub(in crate::app) fn arrange_picker(&mut self) {
        let rows = usize::from(self.drawer().height.saturating_sub(OTHER_ROWS)).max(1);
        let Some(Layer::Picker(picker)) = self.layers.last_mut() else { return };
        picker.roll.settle(picker.rows.len(), rows);
        let in_sight = picker.rows.iter().skip(picker.roll.top).take(rows);
        let uncounted: Vec<CodeId> = in_sight
            .filter_map(|row| match row {
                PickRow::Code { code, .. } if !picker.counts.contains_key(code) => Some(*code),
                _ => None,
            })
            .collect();
        if uncounted.is_empty() {
            return;
        }
        let counts = self.count_codes(uncounted);
        if let Some(Layer::Picker(picker)) = self.layers.last_mut() {
            picker.counts.extend(counts);
        }
    }

    /// The coding that keys act on, if it was chosen among several.
    #[must_use]
    pub fn focus(&self) -> Option<CodingId> {
        self.coding_here().map(|here| here.coding.id)
    }
}

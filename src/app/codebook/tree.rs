//! The tree of codes: folding, filtering, counting what is in sight, names that look alike.

use std::collections::{BTreeMap, BTreeSet};

use super::{Codebook, Model, Page};
use crate::analysis::{Figures, Scope};
use crate::app::Effect;
use crate::study::{Code, CodeId, CodeState, Side, Study};
use crate::text::{fold_name, look_alike};

/// From this width on, what is known of the chosen code stands beside the tree.
const WIDE: u16 = 120;
/// Below this only the counts have room beside the names.
const NARROW: u16 = 60;

/// One code in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeRow {
    /// Which.
    pub code: CodeId,
    /// Codes above it.
    pub depth: usize,
    /// Whether there are codes below it.
    pub has_children: bool,
    /// Whether they are hidden.
    pub folded: bool,
    /// Whether it matches the filter, or there is none; else it is shown for one below it.
    pub matches: bool,
}

/// Whether only the counts have room beside the names, which are cut off.
#[must_use]
pub fn is_narrow(width: u16) -> bool {
    width < NARROW
}

/// Columns of the tree in a window of that width; the rest is for what is known of the chosen code.
#[must_use]
pub fn tree_columns(width: u16) -> u16 {
    if width >= WIDE { (width / 5 * 3).max(80) } else { width }
}

impl Codebook {
    /// Esc: leaves the filter.
    pub(in crate::app) fn leave_filter(&mut self) {
        self.filtering = false;
    }

    /// Esc again: lists all codes.
    pub(in crate::app) fn clear_filter(&mut self) {
        if !self.filter.is_empty() {
            self.filter.clear();
            self.list_again();
        }
    }

    pub(in crate::app) fn filter_changed(&mut self) {
        self.list_again();
    }

    pub(super) fn list_again(&mut self) {
        self.kept = self.rows.get(self.tree.chosen).map(|row| row.code).or(self.kept);
        self.listed = None;
    }

    /// The code that is chosen in the tree.
    #[must_use]
    pub fn code(&self) -> Option<CodeId> {
        self.rows.get(self.tree.chosen).map(|row| row.code)
    }

    /// Chooses a code when the tree is next listed, with everything above it unfolded.
    pub(in crate::app) fn choose(&mut self, study: &Study, code: CodeId) {
        self.kept = Some(code);
        for above in study.lineage(code).into_iter().skip(1) {
            self.folded.remove(&above.id);
        }
        self.listed = None;
    }
}

impl Model {
    /// The chosen code of the tree; without one, says why.
    pub(super) fn chosen_code(&mut self) -> Option<Code> {
        let code = self.codebook.code().and_then(|id| self.study.codes().get(&id)).cloned();
        if code.is_none() {
            let keys = self.keys_of("add_code");
            self.refuse(match self.codebook.filter.is_empty() {
                true => format!("The codebook is empty: {keys} makes a first code."),
                false => String::from("No code matches: empty the filter with Esc."),
            });
        }
        code
    }

    /// Lists the tree if something changed, keeps the choice in sight and counts what is.
    pub(super) fn arrange_tree(&mut self) {
        let version = self.sheets.version();
        if self.codebook.listed != Some(version) {
            self.list_tree();
            self.codebook.listed = Some(version);
        }
        // One row is the header of the columns.
        let height = usize::from(self.body().height.saturating_sub(1)).max(1);
        let book = &mut self.codebook;
        book.tree.settle(book.rows.len(), height);
        if book.page != Page::Tree {
            return;
        }
        let in_sight = book.rows.iter().skip(book.tree.top).take(height).map(|row| row.code);
        let uncounted: Vec<CodeId> = in_sight.filter(|code| !book.counts.contains_key(code)).collect();
        if uncounted.is_empty() {
            return;
        }
        let counts = self.count_codes(uncounted);
        self.codebook.counts.extend(counts);
    }

    /// What is counted of codes wherever they are listed: in layers of record, each with the codes below it.
    pub(in crate::app) fn count_codes(
        &mut self,
        codes: impl IntoIterator<Item = CodeId>,
    ) -> BTreeMap<CodeId, Figures> {
        let scope = Scope::default();
        let counter = self.sheets.counter(&self.study, &scope);
        codes.into_iter().map(|code| (code, counter.count(code).all)).collect()
    }

    fn list_tree(&mut self) {
        let kept = self.codebook.kept.take().or_else(|| self.codebook.code());
        let order = self.study.codes_in_tree_order();
        let matching = self.codes_that_match();
        let mut rows = Vec::with_capacity(order.len());
        let mut hidden_below: Option<usize> = None;
        for (at, (depth, code)) in order.iter().enumerate() {
            if hidden_below.is_some_and(|above| *depth > above) {
                continue;
            }
            hidden_below = None;
            let has_children = order.get(at + 1).is_some_and(|(next, _)| next > depth);
            let shown = matching.as_ref().is_none_or(|(_, shown)| shown.contains(&code.id));
            if !shown {
                continue;
            }
            // A filter looks into what is folded.
            let folded = matching.is_none() && has_children && self.codebook.folded.contains(&code.id);
            if folded {
                hidden_below = Some(*depth);
            }
            let matches = matching.as_ref().is_none_or(|(found, _)| found.contains(&code.id));
            rows.push(TreeRow { code: code.id, depth: *depth, has_children, folded, matches });
        }
        let place = |code: CodeId| rows.iter().position(|row| row.code == code);
        // A code that was folded away hands the choice to the nearest one above it; one that is gone, to what follows.
        let at = match matching {
            Some(_) => {
                let found = kept.and_then(place).filter(|at| rows.get(*at).is_some_and(|row| row.matches));
                found.or_else(|| rows.iter().position(|row| row.matches))
            }
            None => kept.and_then(|kept| {
                let lineage = self.study.lineage(kept);
                lineage.into_iter().find_map(|above| place(above.id))
            }),
        };
        if let Some(at) = at {
            self.codebook.tree.chosen = at;
        }
        self.codebook.rows = rows;
        self.codebook.alike = alike(&self.study);
        self.codebook.counts.clear();
    }

    /// Codes that match the filter, and those with the codes above them. `None` without a filter.
    fn codes_that_match(&self) -> Option<(BTreeSet<CodeId>, BTreeSet<CodeId>)> {
        let wanted: Vec<String> = self.codebook.filter.text().split_whitespace().map(fold_name).collect();
        if wanted.is_empty() {
            return None;
        }
        let matches = |code: &&Code| {
            let words = fold_name(&self.words_to_filter(code));
            wanted.iter().all(|word| words.contains(word.as_str()))
        };
        let found: BTreeSet<CodeId> = self.study.codes().iter().filter(matches).map(|code| code.id).collect();
        let shown = found.iter().flat_map(|code| self.study.lineage(*code)).map(|code| code.id).collect();
        Some((found, shown))
    }

    /// What the filter looks in: name, definition, side, state, origin and component.
    fn words_to_filter(&self, code: &Code) -> String {
        let component = self.study.component_of(code.id, &self.study.settings.framework);
        let words = [
            code.name.as_str(),
            &code.definition,
            &code.include,
            code.side.map_or("", Side::name),
            code.state.name(),
            code.origin.name(),
            component.map_or("unclassified", |component| component.label.as_str()),
            component.map_or("", |component| component.abbreviation.as_str()),
        ];
        words.join("\n")
    }

    /// Shows the codes below the chosen one; if they are shown, goes to the first of them.
    pub(in crate::app) fn unfold_code(&mut self) -> Vec<Effect> {
        let Some(row) = self.codebook.rows.get(self.codebook.tree.chosen).copied() else { return Vec::new() };
        if row.folded {
            self.codebook.folded.remove(&row.code);
            self.codebook.list_again();
        } else if row.has_children {
            self.codebook.tree.chosen += 1;
        }
        Vec::new()
    }

    /// Hides the codes below the chosen one; if there are none to hide, goes to the code above it.
    pub(in crate::app) fn fold_code(&mut self) -> Vec<Effect> {
        let Some(row) = self.codebook.rows.get(self.codebook.tree.chosen).copied() else { return Vec::new() };
        let filtered = !self.codebook.filter.is_empty();
        if row.has_children && !row.folded && !filtered {
            self.codebook.folded.insert(row.code);
            self.codebook.list_again();
            return Vec::new();
        }
        let parent = self.study.codes().get(&row.code).and_then(|code| code.parent);
        if let Some(at) = self.codebook.rows.iter().position(|other| Some(other.code) == parent) {
            self.codebook.tree.chosen = at;
        }
        Vec::new()
    }

    /// Folds the whole tree to its top, or unfolds it.
    pub(in crate::app) fn fold_all_codes(&mut self) -> Vec<Effect> {
        if self.codebook.folded.is_empty() {
            self.codebook.folded = self.study.codes().iter().filter_map(|code| code.parent).collect();
        } else {
            self.codebook.folded.clear();
        }
        self.codebook.list_again();
        Vec::new()
    }

    /// Goes to the next code whose name looks like that of another one.
    pub(in crate::app) fn next_alike(&mut self) -> Vec<Effect> {
        let book = &self.codebook;
        let from = book.tree.chosen + 1;
        let len = book.rows.len();
        let at = (from..from + len).map(|at| at % len.max(1));
        let found = at
            .into_iter()
            .find(|at| book.rows.get(*at).is_some_and(|row| book.alike.contains_key(&row.code)));
        match found {
            Some(at) => self.codebook.tree.chosen = at,
            None => self.refuse("No two names here look alike."),
        }
        Vec::new()
    }

    /// Names of codes that look like that of a code.
    #[must_use]
    pub fn names_alike(&self, code: CodeId) -> Vec<&str> {
        let alike = self.codebook.alike.get(&code).into_iter().flatten();
        alike.filter_map(|id| self.study.codes().get(id)).map(|code| code.name.as_str()).collect()
    }

    /// What is said of the chosen code below the tree.
    #[must_use]
    pub fn code_detail(&self) -> Option<String> {
        let code = self.study.codes().get(&self.codebook.code()?)?;
        let name = if is_narrow(self.size.width) { format!("{} · ", code.name) } else { String::new() };
        let alike = self.names_alike(code.id);
        if let Some(first) = alike.first() {
            let keys = self.keys_of("merge_code");
            return Some(format!("{name}Looks like “{first}”: {keys} merges them, if they are one."));
        }
        if !code.definition.trim().is_empty() {
            let definition = code.definition.split_whitespace().collect::<Vec<_>>().join(" ");
            return Some(format!("{name}{definition}"));
        }
        Some(format!("{name}No definition yet: {} writes one.", self.keys_of("define_code")))
    }

    /// How many codes there are, and of which state.
    #[must_use]
    pub fn codebook_title(&self) -> String {
        let codes = self.study.codes();
        let of = |state: CodeState| codes.iter().filter(|code| code.state == state).count();
        let matching = self.codebook.rows.iter().filter(|row| row.matches).count();
        let mut words = match self.codebook.filter.is_empty() {
            true => format!("{} codes", codes.len()),
            false => format!("{matching} of {} codes", codes.len()),
        };
        for (count, word) in [(of(CodeState::Draft), "draft"), (of(CodeState::Retired), "retired")] {
            if count > 0 {
                words.push_str(&format!(" · {count} {word}"));
            }
        }
        // Where one coder works, there is nothing else that could be counted.
        if self.study.coders().len() > 1 && !is_narrow(self.size.width) {
            words.push_str(" · counts of layers of record");
        }
        words
    }
}

/// Codes with names that look like theirs. Retired ones are settled already.
fn alike(study: &Study) -> BTreeMap<CodeId, Vec<CodeId>> {
    let live: Vec<&Code> = study.codes().iter().filter(|code| code.state != CodeState::Retired).collect();
    let mut found: BTreeMap<CodeId, Vec<CodeId>> = BTreeMap::new();
    for (at, one) in live.iter().enumerate() {
        for other in live.iter().skip(at + 1).filter(|other| look_alike(&one.name, &other.name)) {
            found.entry(one.id).or_default().push(other.id);
            found.entry(other.id).or_default().push(one.id);
        }
    }
    found
}

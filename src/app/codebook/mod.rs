//! The codebook: the tree of codes, the themes, the quotes of a code, and what became of it all over time.
//!
//! What changes the codebook is worked out by [`study::shape`](crate::study::Study::merge_codes) and its like; here are the
//! choice, the questions and the answers. One [`Page`] is on the screen at a time; each has its own key table.

mod classify;
mod finished;
mod form;
mod listing;
mod questions;
mod removing;
mod reviews;
mod shaping;
mod splitting;
mod themes;
mod tree;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use finished::FinishedRow;
pub use form::{Form, FormField, FormValue, LABEL};
pub(super) use form::{join_forms, typed_in_form};
pub use questions::CodebookQuestion;
pub use reviews::ReviewRow;
pub(super) use splitting::join_splits;
pub use splitting::{SplitDesk, SplitTarget};
pub use themes::{Missing, ThemeRow};
pub use tree::{TreeRow, is_narrow, tree_columns};
pub use versions::VersionLine;

use super::laid_quotes::LaidQuotes;
use super::listed::Roll;
use super::{Effect, LayerName, Model, Screen, TextField};
use crate::analysis::Figures;
use crate::study::{Action, Change, CodeId, Coding, Past, PointId, ThemeId, redefined};

/// What of the codebook is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// The tree of codes.
    #[default]
    Tree,
    /// The themes.
    Themes,
    /// The quotes of a code.
    Quotes,
    /// Those that were coded before the definition of the code last changed.
    Older,
    /// Transcripts that were finished before the code was made.
    Finished,
    /// The quotes of a code, being dealt out.
    Split,
    /// The versions of the codebook.
    Versions,
    /// What differs between two versions.
    Comparison,
    /// Themes and codes to be decided on.
    Reviews,
}

impl Page {
    fn layer(self) -> LayerName {
        match self {
            Page::Tree => LayerName::Codebook,
            Page::Themes => LayerName::Themes,
            Page::Quotes | Page::Older | Page::Finished => LayerName::CodeList,
            Page::Split => LayerName::Split,
            Page::Versions | Page::Comparison => LayerName::Versions,
            Page::Reviews => LayerName::Reviews,
        }
    }

    /// Whether quotes are listed on it.
    pub(in crate::app) fn lists_quotes(self) -> bool {
        matches!(self, Page::Quotes | Page::Older | Page::Split)
    }

    /// Whether it is made from the history.
    fn needs_past(self) -> bool {
        matches!(self, Page::Older | Page::Finished | Page::Versions | Page::Comparison | Page::Reviews)
    }
}

/// Where the coder is in the codebook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CodebookPlace {
    /// Which page.
    pub page: Page,
    /// The code that is chosen in the tree.
    pub code: Option<CodeId>,
    /// The code that the page is about.
    pub about: Option<CodeId>,
    /// Which row of the page is chosen, if it is not the tree.
    pub row: usize,
}

/// What is known of the past of the codebook.
#[derive(Clone, Debug, Default)]
struct Remembered {
    past: Option<Past>,
    /// Since when the definitions of codes stand, of those that were changed.
    since: BTreeMap<CodeId, Timestamp>,
    /// The version of the study that it was asked for.
    asked: Option<u64>,
    /// Where it was asked for and could not be read, with the version of the study: not at every key again.
    in_vain: Option<(Screen, Page, u64)>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    /// What is on the screen.
    pub page: Page,
    /// The code that the page is about, if it is about one.
    pub about: Option<CodeId>,
    /// Whether the page was opened from the themes, to go back there.
    from_themes: bool,
    /// Only codes that match this are listed.
    pub filter: TextField,
    /// Whether the filter takes what is typed.
    pub filtering: bool,
    /// Why the next change is made.
    pub reason: Option<String>,
    /// The tree, as far as it is unfolded.
    pub rows: Vec<TreeRow>,
    /// The choice in it.
    pub tree: Roll,
    /// Codes with names that look like theirs.
    pub alike: BTreeMap<CodeId, Vec<CodeId>>,
    /// Counts of codes that were in sight.
    pub counts: BTreeMap<CodeId, Figures>,
    /// The themes with their codes.
    pub themes: Vec<ThemeRow>,
    /// The choice among them.
    pub theme: Roll,
    /// Quotes listed for a code.
    pub codings: LaidQuotes,
    /// Transcripts listed for a code.
    pub finished: Vec<FinishedRow>,
    /// What the listing says of itself, in its header.
    pub said: String,
    /// The choice on the pages that list no quotes. Where rows have several lines, `top` counts lines.
    pub list: Roll,
    /// A split that is being made.
    pub split: Option<SplitDesk>,
    /// The lines of the versions, or of a comparison.
    pub versions: Vec<VersionLine>,
    /// The queue of a review.
    pub reviews: Vec<ReviewRow>,
    /// How far what is told of a row of it is scrolled: the row, and its lines that are out of sight.
    pub(super) scrolled: (usize, usize),
    /// What is compared with what: names of points, `None` for the beginning and for now.
    pub(super) compared: versions::Compared,
    /// The version to be chosen when they are listed again.
    pub(super) named: Option<PointId>,
    folded: BTreeSet<CodeId>,
    remembered: Remembered,
    /// The code to be chosen when the tree is listed again.
    kept: Option<CodeId>,
    /// What the tree was made of.
    listed: Option<u64>,
    /// What the page was laid out for: the version of the study, the width, and whether the past was known.
    laid: Option<(Page, Option<CodeId>, u64, u16, bool)>,
}

impl Codebook {
    pub(super) fn layer(&self) -> LayerName {
        if self.filtering { LayerName::CodebookFilter } else { self.page.layer() }
    }

    /// Whether Esc takes something away.
    pub(super) fn can_leave(&self) -> bool {
        self.page != Page::Tree || !self.filter.is_empty()
    }

    /// What to say while what is needed of the history is not here.
    #[must_use]
    pub fn lacks_past(&self) -> Option<&'static str> {
        let said = match self.remembered.in_vain {
            None => "reading the history …",
            Some(_) => "the history cannot be read; opened again, this page tries again",
        };
        (self.page.needs_past() && self.remembered.past.is_none()).then_some(said)
    }

    pub(super) fn place(&self) -> CodebookPlace {
        let code = self.rows.get(self.tree.chosen).map(|row| row.code).or(self.kept);
        let row = match self.page {
            Page::Tree => 0,
            Page::Themes => self.theme.chosen,
            page if page.lists_quotes() => self.codings.chosen,
            _ => self.list.chosen,
        };
        CodebookPlace { page: self.page, code, about: self.about, row }
    }

    pub(super) fn restore(&mut self, place: &CodebookPlace) {
        self.filtering = false;
        self.page = place.page;
        self.about = place.about;
        self.kept = place.code;
        self.listed = None;
        self.laid = None;
        match place.page {
            Page::Tree => {}
            Page::Themes => self.theme.chosen = place.row,
            page if page.lists_quotes() => self.codings.begin_at(place.row),
            _ => self.list.chosen = place.row,
        }
    }

    fn past(&self) -> Option<&Past> {
        self.remembered.past.as_ref()
    }

    /// Since when the definition of a code stands, if it is known to have been changed.
    fn definition_since(&self, code: CodeId) -> Option<Timestamp> {
        self.remembered.since.get(&code).copied()
    }

    fn turn_to(&mut self, page: Page, about: Option<CodeId>) {
        self.page = page;
        self.about = about;
        self.list = Roll::default();
        self.codings = LaidQuotes::default();
        self.laid = None;
        self.filtering = false;
    }
}

impl Model {
    /// Opens a page; the present one can be gone back to.
    pub(super) fn open_codebook_page(&mut self, page: Page, about: Option<CodeId>) -> Vec<Effect> {
        self.leave_mark();
        self.codebook.from_themes = self.codebook.page == Page::Themes;
        self.codebook.turn_to(page, about);
        Vec::new()
    }

    /// Esc: from a page to the one it was opened from.
    pub(in crate::app) fn leave_codebook_page(&mut self) {
        let split = self.codebook.page == Page::Split;
        match self.codebook.page {
            Page::Comparison => self.codebook.turn_to(Page::Versions, None),
            Page::Quotes | Page::Reviews if self.codebook.from_themes => {
                self.codebook.turn_to(Page::Themes, None);
            }
            _ => self.codebook.turn_to(Page::Tree, None),
        }
        if split && self.codebook.split.take().is_some_and(|split| split.is_begun()) {
            let keys = self.keys_of("split_code");
            self.say(format!("Nothing is changed yet; what was dealt is kept: {keys} goes on with it."));
        }
    }

    /// Moves the choice.
    pub(super) fn step_codebook(&mut self, by: isize) {
        let book = &mut self.codebook;
        match book.page {
            Page::Tree => book.tree.step(by, book.rows.len()),
            Page::Themes => book.theme.step(by, book.themes.len()),
            Page::Quotes | Page::Older | Page::Split => book.codings.step(by),
            Page::Finished => book.list.step(by, book.finished.len()),
            Page::Versions | Page::Comparison => book.list.step(by, book.versions.len()),
            Page::Reviews => book.list.step(by, book.reviews.len()),
        }
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_codebook(&mut self) -> Vec<Effect> {
        if !self.complete {
            return Vec::new();
        }
        self.arrange_tree();
        let effects = self.remember_codebook();
        let now = (
            self.codebook.page,
            self.codebook.about,
            self.sheets.version(),
            self.size.width,
            self.codebook.past().is_some(),
        );
        let fresh = self.codebook.laid == Some(now);
        self.codebook.laid = Some(now);
        if !fresh {
            match self.codebook.page {
                Page::Tree => {}
                Page::Themes => self.list_themes(),
                Page::Quotes | Page::Older => self.list_codings(),
                Page::Finished => self.list_finished(),
                Page::Split => self.list_split(),
                Page::Versions | Page::Comparison => self.list_versions(),
                Page::Reviews => self.list_reviews(),
            }
        }
        self.scroll_codebook();
        effects
    }

    /// Asks for the past of the codebook, if it is needed and what is known of it is not what is so now.
    fn remember_codebook(&mut self) -> Vec<Effect> {
        if self.codebook.page.lists_quotes() && !self.codebook.page.needs_past() {
            return self.remember_definitions();
        }
        let is_asked = self.asked_for_past() == Some(self.sheets.version());
        if is_asked || !self.codebook.page.needs_past() { Vec::new() } else { self.ask_for_past() }
    }

    /// Asks for the past of the codebook, if it is not known since when the definitions of now stand.
    pub(super) fn remember_definitions(&mut self) -> Vec<Effect> {
        if self.asked_for_past().is_some() { Vec::new() } else { self.ask_for_past() }
    }

    /// The version of the study that the past was asked for. What could not be read is asked for again from another page or screen,
    /// and when the study has changed.
    fn asked_for_past(&mut self) -> Option<u64> {
        let here = (self.screen, self.codebook.page, self.sheets.version());
        let remembered = &mut self.codebook.remembered;
        if remembered.in_vain.is_some_and(|there| there != here) {
            (remembered.asked, remembered.in_vain) = (None, None);
        }
        remembered.asked
    }

    fn ask_for_past(&mut self) -> Vec<Effect> {
        self.codebook.remembered.asked = Some(self.sheets.version());
        vec![Effect::LoadCodebookPast]
    }

    /// The past of the codebook cannot be read.
    pub(super) fn codebook_past_missing(&mut self, sentence: String) -> Vec<Effect> {
        self.codebook.remembered.in_vain = Some((self.screen, self.codebook.page, self.sheets.version()));
        self.codebook.laid = None;
        self.trouble(sentence);
        Vec::new()
    }

    /// The study went through these changes: where definitions are among them, what is known of those is out of date.
    pub(super) fn note_definitions(&mut self, changes: &[Change]) {
        if changes.iter().any(|change| redefined(change).is_some()) {
            self.codebook.remembered.asked = None;
        }
    }

    /// Whether a coding was made before the definition of its code last changed. What the history says of that is asked for by
    /// the screens that list quotes; before the answer is here, none is.
    pub(super) fn is_of_earlier_definition(&self, coding: &Coding) -> bool {
        self.codebook.definition_since(coding.code).is_some_and(|since| coding.at < since)
    }

    /// What this coder may be told of the past is another now: it is asked for again.
    pub(super) fn forget_codebook_past(&mut self) {
        self.codebook.remembered = Remembered::default();
        self.codebook.laid = None;
    }

    /// The past of the codebook is here.
    pub(super) fn codebook_past_loaded(&mut self, mut actions: Vec<Action>) -> Vec<Effect> {
        // What this coder must not be told was not there for them.
        for action in &mut actions {
            action.changes.retain(|change| !self.veil.hides_any(std::slice::from_ref(change)));
        }
        let past = Past::new(actions);
        let since = past.definitions_since();
        let remembered = &mut self.codebook.remembered;
        if remembered.since != since {
            self.quotes.list.forget();
        }
        (remembered.since, remembered.past, remembered.in_vain) = (since, Some(past), None);
        self.codebook.laid = None;
        Vec::new()
    }

    fn scroll_codebook(&mut self) {
        let height = usize::from(self.body().height);
        let book = &mut self.codebook;
        match book.page {
            Page::Tree => {}
            Page::Themes => book.theme.settle(book.themes.len(), height),
            Page::Quotes | Page::Older => self.lay_codings(height),
            Page::Split => {
                let taken = book.split.as_ref().map_or(0, SplitDesk::head_rows);
                self.lay_codings(height.saturating_sub(taken));
            }
            Page::Finished => book.list.settle(book.finished.len(), height),
            Page::Versions | Page::Comparison => book.list.settle(book.versions.len(), height),
            Page::Reviews => {
                book.list.chosen = book.list.chosen.min(book.reviews.len().saturating_sub(1));
                let (first, end) = book.lines_of_review(book.list.chosen);
                book.list.show(first, end, height);
            }
        }
    }

    /// Makes changes of the codebook as one action, with the reason that was given for it. Whether it was done.
    fn commit_codebook(
        &mut self,
        command: &'static str,
        label: String,
        changes: Vec<Change>,
    ) -> Result<Vec<Effect>, ()> {
        let effects = self.commit_because(command, label, changes, self.codebook.reason.clone());
        if effects.is_empty() {
            return Err(());
        }
        self.codebook.reason = None;
        Ok(effects)
    }

    /// The same, and says that it was done.
    fn commit_and_say(&mut self, command: &'static str, label: String, changes: Vec<Change>) -> Vec<Effect> {
        let why = if self.codebook.reason.is_some() { ", with its reason" } else { "" };
        let said = format!("{label}{why}.");
        match self.commit_codebook(command, label, changes) {
            Ok(effects) => {
                self.say(said);
                effects
            }
            Err(()) => Vec::new(),
        }
    }

    /// Whether an action of that command is one on the codebook: to take it back, one need not see a transcript.
    pub(super) fn is_on_codebook(command: &str) -> bool {
        super::command::changes_codebook(command)
    }

    /// Shows the tree with that code chosen.
    pub(super) fn go_to_code(&mut self, code: CodeId) {
        self.visit_codebook();
        self.codebook.turn_to(Page::Tree, None);
        self.choose_code(code);
    }

    /// Shows the themes with that one chosen.
    pub(super) fn go_to_theme(&mut self, theme: ThemeId) {
        self.visit_codebook();
        self.codebook.turn_to(Page::Themes, None);
        self.list_themes();
        let at = self.codebook.themes.iter().position(|row| row.theme == theme);
        self.codebook.theme.chosen = at.unwrap_or(0);
    }

    /// Shows the codebook, as a place where something is about to be taken back.
    pub(super) fn visit_codebook(&mut self) {
        self.leave_mark();
        self.layers.clear();
        self.screen = Screen::Codebook;
    }
}

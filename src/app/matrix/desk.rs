//! The desk of a cell: its evidence with what stands around it, beside the summary.

use std::ops::Range;

use super::around::Around;
use crate::analysis::Moved;
use crate::app::laid_quotes::{Fit, LaidQuotes, ListedQuote};
use crate::app::panels::MARGIN;
use crate::app::wrap::wrap;
use crate::app::{Area, Effect, Model, Rows, TextField};
use crate::study::{Case, QuoteId, SummaryId, Topic};

/// From this width on, the summary stands beside the evidence, not below it.
const BESIDE: u16 = 100;

/// The desk of one cell.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Whose row.
    pub case: Case,
    /// Which column.
    pub topic: Topic,
    /// Whether the summary takes what is typed; else the evidence has the keys.
    pub writing: bool,
    /// The summary.
    pub field: TextField,
    /// What it said when writing began.
    pub began: String,
    /// Its rows.
    pub rows: Rows,
    /// The first of them in sight.
    pub top: usize,
    /// The quotes that it is to rest on.
    pub linked: Vec<QuoteId>,
    /// The evidence.
    pub list: LaidQuotes,
    /// Lines of the chosen quote that are scrolled out of sight, where it is longer than its part of the window.
    skip: usize,
    /// The chosen quote in what stands around it, once its text is here.
    pub around: Option<Around>,
    /// What others wrote of the cell.
    pub others: Vec<OtherSummary>,
    /// What is another in the evidence than when the summary was written.
    moved: Moved,
    /// The version and the width that this was laid out for.
    laid_for: Option<(u64, u16)>,
}

/// What somebody else wrote of a cell.
#[derive(Clone, Debug)]
pub struct OtherSummary {
    /// Which.
    pub id: SummaryId,
    /// Who, when, and how far it has come: `c2, 2026-11-29, checked`.
    pub head: String,
    /// Its rows.
    pub rows: Vec<Range<usize>>,
}

impl Desk {
    pub(super) fn step(&mut self, by: isize) {
        self.skip = 0;
        self.list.step(by);
    }

    /// What stands around the chosen quote, if that is known.
    #[must_use]
    pub fn around_chosen(&self) -> Option<&Around> {
        let chosen = self.list.quote()?;
        self.around.as_ref().filter(|around| around.quote == chosen)
    }

    /// Whether the summary is to rest on a quote.
    #[must_use]
    pub fn is_linked(&self, quote: QuoteId) -> bool {
        self.linked.contains(&quote)
    }

    /// What became of a quote since the summary was written; nothing of most.
    #[must_use]
    pub fn fate_of(&self, quote: QuoteId) -> &'static str {
        let fates = [
            (&self.moved.came, "new since"),
            (&self.moved.left, "no evidence any more"),
            (&self.moved.changed, "recoded or reworded"),
        ];
        fates.into_iter().find(|(quotes, _)| quotes.contains(&quote)).map_or("", |(_, words)| words)
    }

    /// Moves the cursor of the summary so many rows down, or up if negative.
    pub(in crate::app) fn step_row(&mut self, by: isize) {
        self.rows.step(&mut self.field, by);
    }
}

/// The parts of the window for the evidence and for the summary. Where there is hardly room for both, what has the keys
/// takes most of it.
#[must_use]
pub fn desk_split(body: Area, writing: bool) -> (Area, Area) {
    const LEAST: u16 = 10;
    if body.width >= BESIDE {
        let left = body.width / 2;
        let right = Area { x: body.x + left + 1, width: body.width - left - 1, ..body };
        return (Area { width: left, ..body }, right);
    }
    let below = match body.height {
        ..LEAST if writing => body.height.saturating_sub(3),
        ..LEAST => body.height / 3,
        height => (height * 2 / 5).max(4),
    };
    let above = Area { height: body.height - below, ..body };
    (above, Area { y: body.y + above.height, height: below, ..body })
}

impl Model {
    /// Opens the desk of the chosen cell.
    pub(in crate::app) fn open_cell(&mut self) -> Vec<Effect> {
        if self.matrix.chosen().is_none() {
            self.refuse(self.empty_matrix_words());
            return Vec::new();
        }
        self.open_desk(true, 0);
        Vec::new()
    }

    /// Opens the desk of the chosen cell, to be written in or to be read.
    pub(super) fn open_desk(&mut self, writing: bool, quote: usize) {
        let Some((case, topic)) = self.matrix.chosen() else { return };
        let begun = self.begun_summary(case, &topic);
        if let Some(note) = begun.note {
            self.say(note);
        }
        let mut list = LaidQuotes::default();
        list.begin_at(quote);
        let is_kept_back = self.is_kept_back(case, &topic);
        if is_kept_back {
            self.refuse(super::writing::KEPT_BACK);
        }
        self.matrix.desk = Some(Desk {
            case,
            topic,
            writing: writing && self.read_only.is_none() && !is_kept_back,
            field: TextField::new(begun.text),
            began: begun.saved,
            rows: Rows::default(),
            top: 0,
            linked: begun.links,
            list,
            skip: 0,
            around: None,
            others: Vec::new(),
            moved: Moved::default(),
            laid_for: None,
        });
    }

    /// Lays out the desk for its part of the window.
    pub(super) fn arrange_desk(&mut self) -> Vec<Effect> {
        let body = self.body();
        let version = self.sheets.version();
        let Some(desk) = &self.matrix.desk else { return Vec::new() };
        if self.matrix.chosen() != Some((desk.case, desk.topic.clone())) {
            // Somebody took the case or the topic away; what was typed is a draft still.
            self.matrix.desk = None;
            let keys = self.keys_of("list_drafts");
            self.trouble(format!(
                "That cell is not in the matrix any more. What you typed is kept as a draft ({keys})."
            ));
            return Vec::new();
        }
        let (evidence, editor) = desk_split(body, desk.writing);
        if desk.laid_for != Some((version, evidence.width)) {
            self.follow_saved_summary();
            self.find_evidence(version, evidence.width);
        }
        let mut effects = self.remember_definitions();
        effects.extend(self.lay_context(evidence.width));
        self.lay_evidence(evidence);
        let Some(desk) = &mut self.matrix.desk else { return effects };
        desk.rows.fit(desk.field.text(), usize::from(editor.width.saturating_sub(3)).clamp(6, 80));
        // A line above the summary says whose it is.
        let height = usize::from(editor.height.saturating_sub(1)).max(1);
        let at = desk.rows.row_of(desk.field.cursor());
        desk.top = desk.top.clamp((at + 1).saturating_sub(height), at);
        effects
    }

    /// Lists the evidence of the cell, and what others wrote of it. The choice stays on its quote.
    fn find_evidence(&mut self, version: u64, width: u16) {
        let mut evidence = self.matrix.cell().map(|cell| cell.evidence.clone()).unwrap_or_default();
        let moved = self.moved_in_cell().unwrap_or_default();
        // What went stands behind what is there, as far as it can still be read.
        let gone = moved.left.iter().filter(|quote| self.study.quotes().has(*quote));
        evidence.extend(gone.copied().collect::<Vec<_>>());
        let others = self.others_of_cell(width);
        let Some(desk) = &mut self.matrix.desk else { return };
        desk.list.list(evidence.into_iter().map(ListedQuote::from).collect());
        (desk.others, desk.moved) = (others, moved);
        desk.around = None;
        desk.laid_for = Some((version, width));
    }

    /// Lays out what of the evidence is in sight. What others wrote stands behind the last quote, and is scrolled to in the same
    /// way.
    fn lay_evidence(&mut self, area: Area) {
        let Some(desk) = &mut self.matrix.desk else { return };
        let chosen_rows = desk.around_chosen().map(|around| around.rows.len());
        let mut list = std::mem::take(&mut desk.list);
        let behind = desk.others.iter().map(|other| other.rows.len() + 1).sum();
        let fit = Fit {
            width: usize::from(area.width.saturating_sub(MARGIN)),
            height: usize::from(area.height),
            opened: true,
            chosen_rows,
            behind,
            skip: desk.skip,
        };
        let skip = self.lay_in_sight(&mut list, fit, |quote, _| vec![self.codes_in_words(quote.id)]);
        if let Some(desk) = &mut self.matrix.desk {
            (desk.list, desk.skip) = (list, skip);
        }
    }

    /// The codes that bring a quote under the topic of the cell.
    fn codes_in_words(&self, quote: QuoteId) -> String {
        let column = self.matrix.grid.columns.get(self.matrix.column);
        let codings = self.study.codings_on(quote);
        let names = codings.filter(|coding| column.is_some_and(|column| column.codes.contains(&coding.code)));
        let names = names.filter_map(|coding| self.study.codes().get(&coding.code));
        names.map(|code| code.name.as_str()).collect::<Vec<_>>().join("; ")
    }

    fn others_of_cell(&self, width: u16) -> Vec<OtherSummary> {
        let Some(desk) = &self.matrix.desk else { return Vec::new() };
        let others = self.study.summaries_in(desk.case, &desk.topic);
        let others = others.filter(|summary| summary.coder != self.me.id);
        others
            .map(|summary| OtherSummary {
                id: summary.id,
                head: format!(
                    "{}, {}, {}",
                    self.study.coder_name(summary.coder),
                    self.day_words(summary.at),
                    self.checked_words(summary)
                ),
                rows: wrap(&summary.text, usize::from(width.saturating_sub(4)).clamp(6, 80)),
            })
            .collect()
    }

    /// Goes to the chosen quote in its transcript. What is written is a draft meanwhile, and one key comes back to it.
    pub(in crate::app) fn open_quote_of_cell(&mut self) -> Vec<Effect> {
        let quote = self.matrix.desk.as_ref().and_then(|desk| desk.list.quote());
        match quote {
            Some(quote) => self.visit_quote(quote),
            None => {
                self.refuse("No quote is here: this case says nothing on it.");
                Vec::new()
            }
        }
    }

    /// Moves the chosen quote by half of its part of the window, where it is longer than that.
    pub(in crate::app) fn scroll_evidence(&mut self, down: bool) -> Vec<Effect> {
        let body = self.body();
        if let Some(desk) = &mut self.matrix.desk {
            let by = usize::from(desk_split(body, desk.writing).0.height / 2).max(1);
            desk.skip = if down { desk.skip + by } else { desk.skip.saturating_sub(by) };
        }
        Vec::new()
    }

    /// From the evidence to the summary, or back.
    pub(in crate::app) fn turn_desk(&mut self) -> Vec<Effect> {
        if self
            .matrix
            .desk
            .as_ref()
            .is_some_and(|desk| !desk.writing && self.is_kept_back(desk.case, &desk.topic))
        {
            self.refuse(super::writing::KEPT_BACK);
        } else if let Some(desk) = &mut self.matrix.desk {
            desk.writing = !desk.writing;
        }
        Vec::new()
    }
}

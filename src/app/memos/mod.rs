//! The screen of memos on anything, found and filtered.

mod filter;
mod going;
mod links;
mod narrowing;
mod words;

use std::sync::Arc;

use jiff::Timestamp;

use super::{Model, Rows, Spot, TextField};
use crate::study::{Memo, MemoId, MemoKind, MemoOn, TranscriptId};
use crate::text::fold_name;
pub use filter::Facet;
use filter::{Looked, Wanted};
pub use links::{Link, links};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Latest first.
    #[default]
    Newest,
    /// By transcript, and in it by time; what is on no transcript comes last.
    Place,
    /// By kind.
    Kind,
    /// By author.
    Author,
}

/// One memo in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoRow {
    /// Which.
    pub id: MemoId,
    /// What it is on.
    pub on: MemoOn,
    /// What kind.
    pub kind: MemoKind,
    /// Who wrote it.
    pub author: String,
    /// The day on which it was begun.
    pub day: String,
    /// What it is on, in words.
    pub thing: String,
    /// Where in the recording its passage begins, in milliseconds.
    pub time: Option<u32>,
    /// How it begins.
    pub words: String,
    at: Timestamp,
    /// Place of its transcript among all, and byte.
    place: (usize, u32),
    /// What the filter looks in, once it was asked.
    searched: Option<Arc<str>>,
}

/// The chosen memo, below the list.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Rows that it takes; 0 where there is no room.
    pub height: u16,
    /// The memo and the version of the study that it was laid out for.
    of: Option<(MemoId, u64)>,
    /// Its rows.
    pub rows: Rows,
    /// The first of them in sight.
    pub top: usize,
    /// The addresses in it.
    pub links: Vec<Link>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Memos {
    /// Only memos that match this are listed.
    pub filter: TextField,
    /// Whether the filter takes what is typed.
    pub filtering: bool,
    /// What the list is sorted by.
    pub order: Order,
    /// All memos that match, in order.
    pub rows: Vec<MemoRow>,
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
    /// The chosen memo.
    pub preview: Preview,
    /// Whether the chosen memo takes nearly all of the window.
    pub whole: bool,
    /// All memos, whatever the filter says.
    all: Vec<MemoRow>,
    /// The version of the study that these were made of.
    made_of: Option<u64>,
    /// Whether the rows are what the filter and the order say.
    listed: bool,
    /// The memo to be chosen when the rows are made.
    kept: Option<MemoId>,
}

impl Memos {
    /// The chosen row.
    #[must_use]
    pub fn row(&self) -> Option<&MemoRow> {
        self.rows.get(self.chosen)
    }

    /// Esc: leaves the filter, then the memo that is shown whole, then lists all memos.
    pub(super) fn leave(&mut self) {
        if self.filtering {
            self.filtering = false;
        } else if self.whole {
            self.whole = false;
        } else if !self.filter.is_empty() {
            self.list_again();
            self.filter.clear();
        }
    }

    pub(super) fn filter_changed(&mut self) {
        self.listed = false;
        self.kept = None;
        (self.chosen, self.top) = (0, 0);
    }

    /// That memo is chosen when the rows are made again.
    pub(super) fn choose(&mut self, memo: Option<MemoId>) {
        self.kept = memo.or(self.kept);
    }

    fn list_again(&mut self) {
        self.listed = false;
        self.kept = self.row().map(|row| row.id).or(self.kept);
    }
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_memos(&mut self, by: isize) {
        let list = &mut self.memos;
        list.chosen = list.chosen.saturating_add_signed(by).min(list.rows.len().saturating_sub(1));
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_memos(&mut self) {
        let fresh = self.memos.listed && self.memos.made_of == Some(self.sheets.version());
        if self.complete && !fresh {
            self.make_memo_rows();
        }
        let body = self.body();
        self.memos.preview.height = preview_rows(body.height, self.memos.whole);
        // One row is the header of the columns.
        let height = usize::from(body.height.saturating_sub(1 + self.memos.preview.height)).max(1);
        let list = &mut self.memos;
        list.chosen = list.chosen.min(list.rows.len().saturating_sub(1));
        list.top = list.top.clamp((list.chosen + 1).saturating_sub(height), list.chosen);
        list.top = list.top.min(list.rows.len().saturating_sub(height));
        self.lay_preview(body.width);
    }

    fn lay_preview(&mut self, width: u16) {
        let version = self.sheets.version();
        let Some(id) = self.memos.row().map(|row| row.id) else {
            self.memos.preview = Preview::default();
            return;
        };
        if self.memos.preview.height == 0 {
            return;
        }
        let Some(memo) = self.study.memos().get(&id) else { return };
        let preview = &mut self.memos.preview;
        if preview.of != Some((id, version)) {
            if preview.of.is_none_or(|(held, _)| held != id) {
                preview.top = 0;
            }
            preview.of = Some((id, version));
            preview.links = links(&self.study, &memo.text);
        }
        preview.rows.fit(&memo.text, usize::from(width.saturating_sub(3)).clamp(6, 80));
        // A rule and what it is on stand above the text.
        let height = usize::from(preview.height.saturating_sub(2)).max(1);
        preview.top = preview.top.min(preview.rows.rows().len().saturating_sub(height));
    }

    /// Moves the text of the chosen memo by half of what is in sight.
    pub(super) fn scroll_memo(&mut self, down: bool) {
        let preview = &mut self.memos.preview;
        let by = usize::from(preview.height.saturating_sub(2) / 2).max(1);
        preview.top = if down { preview.top + by } else { preview.top.saturating_sub(by) };
    }

    fn make_memo_rows(&mut self) {
        let kept = self.memos.kept.take().or_else(|| self.memos.row().map(|row| row.id));
        let version = self.sheets.version();
        if self.memos.made_of != Some(version) {
            self.memos.all = self.all_memo_rows();
            self.memos.made_of = Some(version);
        }
        let wanted = Wanted::parse(self.memos.filter.text());
        let list = &mut self.memos;
        let mut rows = Vec::new();
        for row in &mut list.all {
            if !wanted.words.is_empty() && row.searched.is_none() {
                let text = self.study.memos().get(&row.id).map_or("", |memo| &memo.text);
                let all = [row.kind.name(), &row.author, &row.day, &row.thing, &row.words, text].join(" ");
                row.searched = Some(fold_name(&all.replace('_', " ")).into());
            }
            let text = row.searched.as_deref().unwrap_or_default();
            let (author, thing) = (&row.author, &row.thing);
            if wanted.takes(&Looked { kind: row.kind, author, thing, text }) {
                rows.push(row.clone());
            }
        }
        match list.order {
            Order::Newest => {}
            Order::Place => rows.sort_by_key(|row| row.place),
            Order::Kind => rows.sort_by_key(|row| row.kind),
            Order::Author => rows.sort_by_cached_key(|row| fold_name(&row.author)),
        }
        list.rows = rows;
        list.listed = true;
        if let Some(at) = kept.and_then(|kept| list.rows.iter().position(|row| row.id == kept)) {
            list.chosen = at;
        }
    }

    /// A row for each memo, the latest first.
    fn all_memo_rows(&self) -> Vec<MemoRow> {
        let order: Vec<TranscriptId> = self.study.transcripts_by_name().iter().map(|held| held.id).collect();
        let mut rows: Vec<MemoRow> =
            self.study.memos().iter().map(|memo| self.memo_row(memo, &order)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.at, row.id)));
        rows
    }

    fn memo_row(&self, memo: &Memo, order: &[TranscriptId]) -> MemoRow {
        let spot = self.spot_of(memo.on);
        let transcript = spot.map(|spot| spot.transcript).or(match memo.on {
            MemoOn::Transcript(id) => Some(id),
            _ => None,
        });
        let place = transcript.and_then(|id| order.iter().position(|held| *held == id));
        MemoRow {
            id: memo.id,
            on: memo.on,
            kind: memo.kind,
            author: self.study.coders().get(&memo.coder).map_or_else(String::new, |coder| coder.name.clone()),
            day: self.day_words(memo.at),
            thing: self.thing_words(memo.on),
            time: spot.and_then(|spot| self.time_in_recording(spot)),
            words: self.memo_words(memo),
            at: memo.at,
            place: (place.unwrap_or(usize::MAX), spot.map_or(0, |spot| spot.span.start)),
            searched: None,
        }
    }

    /// The passage of a quote that stands in the current revision of its transcript.
    pub(super) fn spot_of(&self, on: MemoOn) -> Option<Spot> {
        let MemoOn::Quote(id) = on else { return None };
        let quote = self.study.quotes().get(&id)?;
        let current = self.study.transcripts().get(&quote.transcript)?.revision;
        (quote.revision == current).then_some(Spot { transcript: quote.transcript, span: quote.span })
    }
}

/// Rows of the window that the chosen memo takes, out of `body`.
fn preview_rows(body: u16, whole: bool) -> u16 {
    /// Below this the list has all of the window.
    const ROOM: u16 = 12;
    match (whole, body) {
        (true, _) => body.saturating_sub(2),
        (false, ..ROOM) => 0,
        (false, _) => (body / 3).max(6),
    }
}

//! The screen of memos on anything, found and filtered.

mod filter;
mod going;
mod links;
mod narrowing;
mod stray;
mod words;

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use super::listed::{ListRow, Listed};
use super::{Model, Rows, Spot};
use crate::study::{Memo, MemoId, MemoKind, MemoOn, Study, TranscriptId};
use crate::text::fold_name;
pub use filter::Facet;
pub(super) use filter::terms;
use filter::{Looked, Wanted};
pub use links::{Link, links};
pub(super) use stray::Stray;

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
    searched: OnceLock<Box<str>>,
}

impl MemoRow {
    /// What the filter looks in: made when it is first asked.
    fn searched(&self, study: &Study) -> &str {
        self.searched.get_or_init(|| {
            let text = study.memos().get(&self.id).map_or("", |memo| &memo.text);
            let all = [self.kind.name(), &self.author, &self.day, &self.thing, &self.words, text].join(" ");
            fold_name(&all.replace('_', " ")).into()
        })
    }
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

impl ListRow for MemoRow {
    type Key = MemoId;

    fn key(&self) -> MemoId {
        self.id
    }
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Memos {
    /// The memos.
    pub list: Listed<MemoRow>,
    /// What the list is sorted by.
    pub order: Order,
    /// The chosen memo.
    pub preview: Preview,
    /// Whether the chosen memo takes nearly all of the window.
    pub whole: bool,
}

impl Memos {
    /// Esc: leaves the filter, then the memo that is shown whole, then lists all memos.
    pub(super) fn leave(&mut self) {
        if !self.list.leave_filter() && !std::mem::take(&mut self.whole) {
            self.list.clear_filter();
        }
    }
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_memos(&mut self, by: isize) {
        self.memos.list.step(by);
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_memos(&mut self) {
        if self.complete && !self.memos.list.is_fresh(self.sheets.version()) {
            self.list_memos();
        }
        let body = self.body();
        self.memos.preview.height = preview_rows(body.height, self.memos.whole);
        // One row is the header of the columns.
        self.memos.list.settle(usize::from(body.height.saturating_sub(1 + self.memos.preview.height)));
        self.lay_preview(body.width);
    }

    fn lay_preview(&mut self, width: u16) {
        let version = self.sheets.version();
        let Some(id) = self.memos.list.row().map(|row| row.id) else {
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

    fn list_memos(&mut self) {
        let version = self.sheets.version();
        if !self.memos.list.is_made_of(version) {
            let all = self.all_memo_rows();
            self.memos.list.put(all, version);
        }
        let Memos { list, order, .. } = &mut self.memos;
        let wanted = Wanted::parse(list.filter.text());
        let mut rows = Vec::new();
        for row in list.all() {
            let text = if wanted.words.is_empty() { "" } else { row.searched(&self.study) };
            let (author, thing) = (&row.author, &row.thing);
            if wanted.takes(&Looked { kind: row.kind, author, thing, text }) {
                rows.push(Arc::clone(row));
            }
        }
        match order {
            Order::Newest => {}
            Order::Place => rows.sort_by_key(|row| row.place),
            Order::Kind => rows.sort_by_key(|row| row.kind),
            Order::Author => rows.sort_by_cached_key(|row| fold_name(&row.author)),
        }
        list.list(rows, None);
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
        let spot = self.spot_of(&memo.on);
        let transcript = spot.map(|spot| spot.transcript).or(match memo.on {
            MemoOn::Transcript(id) => Some(id),
            _ => None,
        });
        let place = transcript.and_then(|id| order.iter().position(|held| *held == id));
        MemoRow {
            id: memo.id,
            on: memo.on.clone(),
            kind: memo.kind,
            author: self.study.coder_name(memo.coder).to_owned(),
            day: self.day_words(memo.at),
            thing: self.thing_words(&memo.on),
            time: spot.and_then(|spot| self.time_in_recording(spot)),
            words: self.memo_words(memo),
            at: memo.at,
            place: (place.unwrap_or(usize::MAX), spot.map_or(0, |spot| spot.span.start)),
            searched: OnceLock::new(),
        }
    }

    /// The passage of a quote that stands in the current revision of its transcript.
    pub(super) fn spot_of(&self, on: &MemoOn) -> Option<Spot> {
        let MemoOn::Quote(id) = on else { return None };
        let quote = self.study.quotes().get(id)?;
        self.study.is_current(quote).then_some(Spot { transcript: quote.transcript, span: quote.span })
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

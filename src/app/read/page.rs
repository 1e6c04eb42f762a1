//! The rows of one transcript, laid out only where they are looked at.
//!
//! A page is a list of blocks: the preamble, then the turns. A block is wrapped when somebody first asks for it, so that a
//! key costs the few turns around the cursor and never the whole transcript.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::wrap::{cells, wrap};
use crate::study::{ShownSpeech, Turns};
use crate::text::{Span, Unit, units};

/// How many blocks are kept; more are never on one screen.
const KEPT: usize = 400;

/// A row of the page: first by block, then by row in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// 0 is the preamble, `i + 1` the turn with index `i`.
    pub block: usize,
    /// Row of the block.
    pub row: usize,
}

impl At {
    /// The index of its turn; `None` in the preamble.
    #[must_use]
    pub fn turn(self) -> Option<usize> {
        self.block.checked_sub(1)
    }
}

/// What is in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Number and speaker, in windows too narrow to have them beside the speech.
    Heading,
    /// Bytes of the text.
    Text(Span),
}

/// The rows of a block, and the units of its speech as far as they were asked for.
#[derive(Clone, Debug, Default)]
struct Block {
    rows: Vec<Span>,
    units: [Option<Arc<[Span]>>; 3],
}

/// The rows of one text at one width.
#[derive(Clone, Debug)]
pub struct Page {
    text: Arc<str>,
    turns: Arc<Turns>,
    /// Which turns are hidden.
    shown: ShownSpeech,
    width: usize,
    headings: bool,
    blocks: BTreeMap<usize, Block>,
}

impl Page {
    /// Nothing is laid out yet; [`Page::fit`] says how wide it is.
    #[must_use]
    pub fn new(text: Arc<str>, turns: Arc<Turns>) -> Page {
        Page {
            text,
            turns,
            shown: ShownSpeech::default(),
            width: 80,
            headings: false,
            blocks: BTreeMap::new(),
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The turns.
    #[must_use]
    pub fn turns(&self) -> &Arc<Turns> {
        &self.turns
    }

    /// Says which turns are hidden: their speech is not shown, and nothing in it can be selected. Whether that is
    /// another answer than before.
    pub fn hide(&mut self, shown: ShownSpeech) -> bool {
        let differs = self.shown != shown;
        if differs {
            self.shown = shown;
            self.blocks.clear();
        }
        differs
    }

    /// Whether a turn is hidden.
    #[must_use]
    pub fn is_hidden(&self, turn: usize) -> bool {
        self.shown.hides(turn)
    }

    /// Sets the columns that a row has, and whether number and speaker stand in a row of their own.
    pub fn fit(&mut self, width: usize, headings: bool) {
        if (self.width, self.headings) != (width, headings) {
            self.width = width;
            self.headings = headings;
            self.blocks.clear();
        }
    }

    /// How many blocks there are.
    #[must_use]
    pub fn block_count(&self) -> usize {
        self.turns.turns.len() + 1
    }

    /// The speech of a turn, or the preamble.
    fn span_of(&self, block: usize) -> Span {
        match block.checked_sub(1) {
            Some(turn) => {
                let speech = self.turns.turns.get(turn).map(|turn| turn.speech).unwrap_or_default();
                if self.is_hidden(turn) { Span { end: speech.start, ..speech } } else { speech }
            }
            None => {
                let end =
                    if self.turns.turns.is_empty() { self.text.len() } else { self.turns.preamble_end() };
                let preamble = self.text.get(..end).unwrap_or_default().trim_end();
                Span::new(0, preamble.len())
            }
        }
    }

    fn lay_out(&mut self, block: usize) -> &mut Block {
        if self.blocks.len() > KEPT {
            self.forget_far_from(block);
        }
        let span = self.span_of(block);
        let (text, width) = (&self.text, self.width);
        self.blocks.entry(block).or_insert_with(|| {
            let speech = span.slice(text).unwrap_or_default();
            let rows = if speech.is_empty() && block == 0 { Vec::new() } else { wrap(speech, width) };
            let absolute = |row: std::ops::Range<usize>| Span::from(row).shifted(span.start as usize);
            Block { rows: rows.into_iter().map(absolute).collect(), ..Block::default() }
        })
    }

    fn forget_far_from(&mut self, block: usize) {
        let near = block.saturating_sub(KEPT / 4)..block + KEPT / 4;
        self.blocks.retain(|held, _| near.contains(held));
    }

    fn heading_rows(&self, block: usize) -> usize {
        usize::from(self.headings && block > 0)
    }

    /// Rows of a block.
    pub fn row_count(&mut self, block: usize) -> usize {
        self.heading_rows(block) + self.lay_out(block).rows.len()
    }

    /// What is in a row that was laid out. `None` if there is no such row, or nobody asked for its block.
    #[must_use]
    pub fn row(&self, at: At) -> Option<Row> {
        match at.row.checked_sub(self.heading_rows(at.block)) {
            None => Some(Row::Heading),
            Some(row) => self.blocks.get(&at.block)?.rows.get(row).copied().map(Row::Text),
        }
    }

    /// The text in a row, laid out if need be.
    pub fn span_at(&mut self, at: At) -> Option<Span> {
        self.row_count(at.block);
        match self.row(at)? {
            Row::Heading => None,
            Row::Text(span) => Some(span),
        }
    }

    /// The first row of the page.
    pub fn first(&mut self) -> At {
        let start = At::default();
        if self.row_count(0) > 0 { start } else { self.after(start).unwrap_or_default() }
    }

    /// The last row of the page.
    pub fn last(&mut self) -> At {
        let block = self.block_count() - 1;
        At { block, row: self.row_count(block).saturating_sub(1) }
    }

    /// The next row.
    pub fn after(&mut self, at: At) -> Option<At> {
        if at.row + 1 < self.row_count(at.block) {
            return Some(At { row: at.row + 1, ..at });
        }
        let block = at.block + 1;
        (block < self.block_count()).then_some(At { block, row: 0 })
    }

    /// The row before.
    pub fn before(&mut self, at: At) -> Option<At> {
        if let Some(row) = at.row.checked_sub(1) {
            return Some(At { row, ..at });
        }
        let block = at.block.checked_sub(1)?;
        let row = self.row_count(block).checked_sub(1)?;
        Some(At { block, row })
    }

    /// The row `by` rows on (or back), as far as there are that many.
    pub fn stepped(&mut self, mut at: At, by: isize) -> At {
        for _ in 0..by.unsigned_abs() {
            let next = if by < 0 { self.before(at) } else { self.after(at) };
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// The row of a turn (or of the preamble) that holds a byte; the nearest one, if none does.
    pub fn row_of(&mut self, byte: u32) -> At {
        let block = self.turns.index_at(byte as usize).map_or(0, |turn| turn + 1);
        let headings = self.heading_rows(block);
        let rows = &self.lay_out(block).rows;
        let row = rows.partition_point(|row| row.start <= byte).saturating_sub(1);
        At { block, row: row + headings }
    }

    /// The units of a turn's speech, in bytes of the text.
    pub fn units(&mut self, turn: usize, unit: Unit) -> Arc<[Span]> {
        let span = self.span_of(turn + 1);
        let text = self.text.clone();
        let held = &mut self.lay_out(turn + 1).units;
        let slot = match unit {
            Unit::Word => &mut held[0],
            Unit::Sentence => &mut held[1],
            Unit::Turn => &mut held[2],
        };
        slot.get_or_insert_with(|| {
            let speech = span.slice(&text).unwrap_or_default();
            units(speech, unit).into_iter().map(|unit| unit.shifted(span.start as usize)).collect()
        })
        .clone()
    }

    /// The column in which a byte of a row is shown.
    #[must_use]
    pub fn column_of(&self, row: Span, byte: u32) -> usize {
        let text = row.slice(&self.text).unwrap_or_default();
        let until = byte.saturating_sub(row.start) as usize;
        cells(text).take_while(|cell| cell.at < until).map(|cell| cell.width).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{RevisionId, Turn, TurnNumber};

    fn page() -> Page {
        let text = "Heading\n\nA: one two three four\n\nB: \n\nA: five";
        let at = |words: &str| Span::from(text.find(words).map_or(0..0, |i| i..i + words.len()));
        let turn = |number: u32, label: Span, speech: Span| Turn {
            number: TurnNumber::whole(number),
            speaker: 0,
            label,
            speech,
            start_ms: None,
            end_ms: None,
            words: 0,
        };
        let blank = at("B: ");
        let turns = Turns {
            revision: RevisionId(uuid::Uuid::nil()),
            speakers: vec!["a".into()],
            turns: vec![
                turn(1, Span { end: at("A: one").start + 2, ..at("A: one") }, at("one two three four")),
                turn(2, blank, Span { start: blank.end, end: blank.end }),
                turn(3, Span { end: at("A: five").start + 2, ..at("A: five") }, at("five")),
            ],
            times: vec![],
        };
        let mut page = Page::new(text.into(), Arc::new(turns));
        page.fit(9, false);
        page
    }

    #[test]
    fn rows_follow_one_another_over_blocks_and_back() {
        let mut page = page();
        let mut at = page.first();
        let mut seen = vec![at];
        while let Some(next) = page.after(at) {
            at = next;
            seen.push(at);
        }
        let rows: Vec<String> = seen
            .iter()
            .map(|at| {
                page.span_at(*at)
                    .and_then(|span| span.slice(&page.text).map(str::to_owned))
                    .unwrap_or_default()
            })
            .collect();
        assert_eq!(rows, ["Heading", "one two ", "three ", "four", "", "five"]);
        assert_eq!(page.last(), at);
        let mut back = vec![at];
        while let Some(before) = page.before(at) {
            at = before;
            back.push(at);
        }
        back.reverse();
        assert_eq!(back, seen);
    }

    #[test]
    fn only_what_is_asked_for_is_laid_out() {
        let mut page = page();
        page.row_of(30);
        assert_eq!(page.blocks.len(), 1);
    }

    #[test]
    fn a_narrow_page_has_headings_above_turns() {
        let mut page = page();
        page.fit(9, true);
        let row = page.row_of(page.turns.turns[0].speech.start);
        assert_eq!(row, At { block: 1, row: 1 });
        assert_eq!(page.row(At { block: 1, row: 0 }), Some(Row::Heading));
        assert_eq!(page.row_count(2), 2);
    }
}

//! What the terminal shows, and how it becomes the next frame in few bytes: what only moved is scrolled, what became blank
//! is cleared, and the rest is written cell by cell where it differs.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::ops::Range;

use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

/// Bytes that a scroll must spare, to be worth its own (`ESC[3;38r ESC[12S ESC[r`).
const WORTH_SCROLLING: usize = 40;
/// Bytes of a jump to a cell.
const JUMP: usize = 8;
/// The same for clearing the rest of a row (`ESC[12;40H ESC[K`).
const WORTH_CLEARING: usize = 12;
/// Cells that differ are written in one go over so many that do not: a jump costs as much.
const WORTH_JUMPING: u16 = 5;

/// The terminal as a picture of cells.
pub(super) struct Picture<W: Write> {
    backend: CrosstermBackend<W>,
    shown: Buffer,
    next: Buffer,
    /// Whether the cursor is to be seen, once it is known.
    cursor: Option<bool>,
}

impl<W: Write> Picture<W> {
    /// A terminal of so many columns and rows that shows blanks.
    pub(super) fn new(writer: W, (width, height): (u16, u16)) -> Self {
        let blank = Buffer::empty(Rect { x: 0, y: 0, width, height });
        Self { backend: CrosstermBackend::new(writer), shown: blank.clone(), next: blank, cursor: None }
    }

    /// Writes what makes the terminal show what `paint` paints. It gives back where the cursor belongs, if anywhere.
    pub(super) fn draw(
        &mut self,
        paint: impl FnOnce(Rect, &mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        self.next.reset();
        let cursor = paint(self.next.area, &mut self.next);
        self.scroll()?;
        self.clear_ends()?;
        let changed = bridged(&self.shown, &self.next);
        if !changed.is_empty() {
            self.backend.draw(changed.into_iter())?;
        }
        self.place_cursor(cursor)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(())
    }

    fn place_cursor(&mut self, cursor: Option<Position>) -> io::Result<()> {
        if self.cursor != Some(cursor.is_some()) {
            if cursor.is_some() {
                self.backend.show_cursor()?;
            } else {
                self.backend.hide_cursor()?;
            }
            self.cursor = Some(cursor.is_some());
        }
        match cursor {
            Some(at) => self.backend.set_cursor_position(at),
            None => Ok(()),
        }
    }

    /// Scrolls rows that only moved, if that spares enough.
    fn scroll(&mut self) -> io::Result<()> {
        let Some((region, by)) = moved(&self.shown, &self.next) else { return Ok(()) };
        let scrolled = scrolled(&self.shown, region.clone(), by);
        let (before, after) = (cost(&self.shown, &self.next), cost(&scrolled, &self.next));
        if after + WORTH_SCROLLING > before {
            return Ok(());
        }
        // DECSTBM, SU or SD, DECSTBM, as the VT100 and all after it know them. ratatui can send the same with its feature
        // `scrolling-regions`, which its own full-screen frames make no use of.
        let (top, bottom, rows) = (region.start + 1, region.end, by.unsigned_abs());
        let way = if by > 0 { 'S' } else { 'T' };
        write!(self.backend, "\x1b[{top};{bottom}r\x1b[{rows}{way}\x1b[r")?;
        self.shown = scrolled;
        Ok(())
    }

    /// Clears the ends of rows that become blank, where many cells do.
    fn clear_ends(&mut self) -> io::Result<()> {
        for y in 0..self.next.area.height {
            let ends =
                row(&self.next, y).iter().rposition(|cell| *cell != Cell::EMPTY).map_or(0, |at| at + 1);
            let changed = row(&self.shown, y).iter().skip(ends).filter(|cell| **cell != Cell::EMPTY).count();
            let Ok(x) = u16::try_from(ends) else { continue };
            // A wide character that is cut in two would leave a half behind.
            let cuts = ends > 0 && row(&self.shown, y).get(ends) != Some(&Cell::EMPTY);
            let cuts =
                cuts && x > 0 && self.shown.cell((x - 1, y)).is_some_and(|cell| !cell.symbol().is_ascii());
            if changed < WORTH_CLEARING || cuts {
                continue;
            }
            self.backend.set_cursor_position(Position { x, y })?;
            self.backend.clear_region(ClearType::UntilNewLine)?;
            for x in x..self.shown.area.width {
                if let Some(cell) = self.shown.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
        Ok(())
    }
}

fn row(buffer: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    let start = usize::from(y) * width;
    buffer.content.get(start..start + width).unwrap_or_default()
}

/// About how many bytes it takes from one picture to the other: cells that differ, and a jump to each run of them.
fn cost(shown: &Buffer, next: &Buffer) -> usize {
    let mut bytes = 0;
    let mut differed = false;
    for (one, other) in shown.content.iter().zip(&next.content) {
        let differs = one != other;
        bytes += usize::from(differs) + if differs && !differed { JUMP } else { 0 };
        differed = differs;
    }
    bytes
}

/// By how many rows most of what differs moved (up, if that is more than none), and between which rows.
fn moved(shown: &Buffer, next: &Buffer) -> Option<(Range<u16>, i16)> {
    /// Fewer rows may be alike by chance.
    const FEWEST: usize = 3;
    let height = next.area.height;
    let differ = (0..height).filter(|y| row(shown, *y) != row(next, *y));
    let differ: Vec<u16> = differ.collect();
    if differ.len() < FEWEST {
        return None;
    }
    let hasher = RandomState::new();
    let blank = |cells: &[Cell]| cells.iter().all(|cell| *cell == Cell::EMPTY);
    let before: HashMap<u64, u16> =
        (0..height).filter(|y| !blank(row(shown, *y))).map(|y| (hasher.hash_one(row(shown, y)), y)).collect();
    let mut by_distance: HashMap<i16, Vec<(u16, u16)>> = HashMap::new();
    for y in differ {
        if let Some(from) = before.get(&hasher.hash_one(row(next, y))) {
            let by = from.cast_signed() - y.cast_signed();
            by_distance.entry(by).or_default().push((*from, y));
        }
    }
    let (by, rows) = by_distance.into_iter().max_by_key(|(by, rows)| (rows.len(), -by.abs()))?;
    let all = rows.iter().flat_map(|(from, to)| [*from, *to]);
    let region = all.clone().min()?..all.max()? + 1;
    (by != 0 && rows.len() >= FEWEST).then_some((region, by))
}

/// What is shown after a scroll: up by so many rows, or down, with blanks where nothing came from.
fn scrolled(shown: &Buffer, region: Range<u16>, by: i16) -> Buffer {
    let mut after = shown.clone();
    for y in region.clone() {
        let from = y.checked_add_signed(by).filter(|from| region.contains(from));
        for x in 0..shown.area.width {
            let cell = from.and_then(|from| shown.cell((x, from))).cloned().unwrap_or_default();
            if let Some(held) = after.cell_mut((x, y)) {
                *held = cell;
            }
        }
    }
    after
}

/// The cells to be written: those that differ, and few that do not but stand between two that do.
fn bridged<'b>(shown: &'b Buffer, next: &'b Buffer) -> Vec<(u16, u16, &'b Cell)> {
    let mut cells: Vec<(u16, u16, &Cell)> = Vec::new();
    for (x, y, cell) in shown.diff(next) {
        let last = cells.last().map(|(x, y, cell)| (*x, *y, *cell));
        if let Some((last_x, _, last)) = last.filter(|(last_x, last_y, _)| *last_y == y && x > *last_x) {
            let between = last_x + 1..x;
            let alike = |at: u16| {
                next.cell((at, y)).filter(|held| held.symbol().is_ascii() && held.style() == last.style())
            };
            if between.len() <= usize::from(WORTH_JUMPING) && last.symbol().is_ascii() {
                let held: Option<Vec<_>> = between.map(|at| alike(at).map(|cell| (at, y, cell))).collect();
                cells.extend(held.unwrap_or_default());
            }
        }
        cells.push((x, y, cell));
    }
    cells
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use proptest::prelude::*;

    use super::*;

    /// Bytes that can be looked at.
    #[derive(Clone, Default)]
    struct Sent(Rc<RefCell<Vec<u8>>>);

    impl Write for Sent {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What a terminal shows after these bytes.
    fn emulate(parser: &mut vt100::Parser, bytes: &[u8]) -> Vec<String> {
        parser.process(bytes);
        let (_, columns) = parser.screen().size();
        parser.screen().rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect()
    }

    fn fill(rows: &[String]) -> impl Fn(Rect, &mut Buffer) -> Option<Position> + '_ {
        move |area, buffer| {
            for (y, row) in (0..area.height).zip(rows) {
                buffer.set_string(0, y, row, ratatui::style::Style::new());
            }
            None
        }
    }

    fn rows_of(lines: impl Iterator<Item = usize>) -> Vec<String> {
        lines.map(|line| format!("{line:>3} what somebody said in line {line} of the interview")).collect()
    }

    #[test]
    fn a_text_that_moved_is_scrolled() {
        let sent = Sent::default();
        let mut picture = Picture::new(sent.clone(), (80, 24));
        picture.draw(fill(&rows_of(0..24))).unwrap();
        sent.0.take();
        picture.draw(fill(&rows_of(1..25))).unwrap();
        let bytes = String::from_utf8(sent.0.take()).unwrap();
        assert!(bytes.starts_with("\u{1b}[1;24r\u{1b}[1S\u{1b}[r"), "{bytes:?}");
        assert!(bytes.len() < 120, "{}", bytes.len());
    }

    proptest! {
        #[test]
        fn the_terminal_shows_what_was_painted(
            frames in prop::collection::vec((0usize..40, prop::collection::vec(0usize..60, 0..6)), 1..12)
        ) {
            let texts = ["", "a", "時間 takes time", "ordinary words of a turn, as they come", "                  far", "e\u{301}s"];
            let mut parser = vt100::Parser::new(12.try_into().unwrap(), 60.try_into().unwrap(), 0);
            let sent = Sent::default();
            let mut picture = Picture::new(sent.clone(), (60, 12));
            for (top, changes) in frames {
                let mut rows: Vec<String> =
                    (top..top + 12).map(|line| format!("{line} {}", texts[line * 7 % texts.len()])).collect();
                for change in changes {
                    rows[change % 12] = texts[change / 12 % texts.len()].to_owned();
                }
                picture.draw(fill(&rows)).unwrap();
                let shown = emulate(&mut parser, &sent.0.take());
                let painted: Vec<String> = rows.iter().map(|row| row.trim_end().to_owned()).collect();
                prop_assert_eq!(shown, painted);
            }
        }
    }
}

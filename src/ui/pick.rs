//! The picker that other programs call.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::glyphs::Glyphs;
use super::paint::safe_lines;
use super::theme::Theme;
use crate::app::pick::{Over, Pick};
use crate::app::wrap::{fit, wrap};

/// Rows for the whole text of the chosen one, where there is room.
const DETAIL: u16 = 8;

/// Below this a window has no room for more than what is typed and how much of it is found.
const NARROW: u16 = 60;

/// Columns of the query that the rows were found by.
const LONGEST_QUERY: usize = 20;

/// Rows of the list in a window of so many.
#[must_use]
pub fn list_height(window: u16) -> usize {
    // The line that is typed, and the keys.
    let rest = window.saturating_sub(2);
    let detail = if rest >= DETAIL + 4 { DETAIL + 1 } else { 0 };
    usize::from(rest - detail)
}

/// Paints the whole window. Gives back where the terminal's own cursor belongs.
pub fn draw(
    pick: &Pick,
    theme: &Theme,
    glyphs: &Glyphs,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let area = area.intersection(buffer.area);
    buffer.set_style(area, theme.text);
    let mut page = Page { area, glyphs, buffer };
    let cursor = page.typed(pick, theme);
    let rows = u16::try_from(list_height(area.height)).unwrap_or(u16::MAX);
    for (y, (chosen, row)) in (1..=rows).zip(pick.in_sight()) {
        let style = if chosen { theme.cursor_line } else { theme.text };
        // The signs of the list of quotes.
        let star = if row.starred { "★" } else { " " };
        let used = if row.used_in.is_empty() { " " } else { "u" };
        let mark = if chosen { glyphs.cursor } else { " " };
        let before = format!("{mark}{star}{used} {:<9} ", row.address);
        page.line(y, 0, &before, style);
        let x = u16::try_from(before.width()).unwrap_or(u16::MAX);
        page.words(pick, y, x, &row.text, (style, style.patch(theme.picked)));
    }
    if pick.is_loaded() && pick.counts().0 == 0 {
        let what = if pick.over == Over::Quotes { "No quote" } else { "No turn" };
        page.line(1, 1, &format!("{what} matches."), theme.dim);
    }
    page.detail(pick, theme, rows + 1);
    let other = if pick.over == Over::Quotes { "all turns" } else { "quotes" };
    page.line(
        area.height.saturating_sub(1),
        0,
        &format!("Enter takes it  Esc leaves  Up Down choose  Tab {other}  ★ starred  u used"),
        theme.hint_text,
    );
    cursor
}

struct Page<'b> {
    area: Rect,
    glyphs: &'b Glyphs,
    buffer: &'b mut Buffer,
}

impl Page<'_> {
    /// Paints a line, counted from the top, from a column on.
    fn line(&mut self, y: u16, x: u16, text: &str, style: Style) {
        if y < self.area.height && x < self.area.width {
            let shown = safe_lines(self.glyphs, text);
            let (x, room) = (self.area.x + x, usize::from(self.area.width - x));
            self.buffer.set_stringn(x, self.area.y + y, shown, room, style);
        }
    }

    /// Paints words on one line, and in them what is typed: where that would not be in sight they begin a little before it.
    fn words(&mut self, pick: &Pick, y: u16, x: u16, text: &str, (style, picked): (Style, Style)) {
        let room = usize::from(self.area.width.saturating_sub(x));
        let mut shown = safe_lines(self.glyphs, text);
        let ellipsis = self.glyphs.ellipsis;
        let out_of_sight = |first: &Range<usize>| shown.get(..first.end).unwrap_or_default().width() >= room;
        if let Some(first) = pick.found_in(&shown).first().filter(|first| out_of_sight(first)) {
            let before = shown.get(..first.start).unwrap_or_default();
            let is_near = |at: &usize| before.get(*at..).unwrap_or_default().width() * 3 <= room;
            let start = before.match_indices(' ').map(|(at, _)| at + 1).find(is_near).unwrap_or(first.start);
            shown = format!("{ellipsis}{}", shown.get(start..).unwrap_or_default());
        }
        let shown = fit(&shown, room, ellipsis);
        self.marked(pick, y, x, &shown, (style, picked));
    }

    /// Paints a line and marks in it what is typed.
    fn marked(&mut self, pick: &Pick, y: u16, x: u16, shown: &str, (style, picked): (Style, Style)) {
        self.line(y, x, shown, style);
        for range in pick.found_in(shown) {
            let columns = |bytes: Range<usize>| {
                u16::try_from(shown.get(bytes).unwrap_or_default().width()).unwrap_or(u16::MAX)
            };
            let start = x.saturating_add(columns(0..range.start));
            let marked = Rect {
                x: self.area.x.saturating_add(start),
                y: self.area.y.saturating_add(y),
                width: columns(range),
                height: 1,
            };
            self.buffer.set_style(marked.intersection(self.area), picked);
        }
    }

    fn typed(&mut self, pick: &Pick, theme: &Theme) -> Option<Position> {
        let (matching, all) = pick.counts();
        let mut counts =
            if pick.is_loaded() { format!("{matching} of {all}") } else { "reading…".to_owned() };
        if !pick.query().is_empty() && self.area.width >= NARROW {
            let query = safe_lines(self.glyphs, pick.query());
            counts.push_str(&format!(" for “{}”", fit(&query, LONGEST_QUERY, self.glyphs.ellipsis)));
        }
        if pick.refused() > 0 && self.area.width >= NARROW {
            counts.push_str(&format!(" {} {} refused, left out", self.glyphs.dot, pick.refused()));
        }
        let right = self.area.width.saturating_sub(u16::try_from(counts.width()).unwrap_or(0) + 1);
        self.line(0, right, &counts, theme.dim);
        let prompt = if pick.over == Over::Quotes { "quote> " } else { "turn> " };
        self.line(0, 0, prompt, theme.strong);
        let start = u16::try_from(prompt.len()).unwrap_or(0);
        let room = usize::from(right.saturating_sub(start + 2));
        // The end of what stands before the cursor is always in sight.
        let before =
            safe_lines(self.glyphs, pick.field.text().get(..pick.field.cursor()).unwrap_or_default());
        let mut shown = before.as_str();
        for grapheme in before.graphemes(true) {
            if shown.width() <= room {
                break;
            }
            shown = shown.get(grapheme.len()..).unwrap_or_default();
        }
        let after = pick.field.text().get(pick.field.cursor()..).unwrap_or_default();
        let columns = u16::try_from(shown.width()).unwrap_or(0);
        let line = format!("{shown}{after}");
        let fitting: String = line.graphemes(true).take(room).collect();
        self.line(0, start, &fitting, theme.field);
        let x = self.area.x + start + columns;
        (x < self.area.right()).then_some(Position { x, y: self.area.y })
    }

    /// The chosen one whole, as far as there is room.
    fn detail(&mut self, pick: &Pick, theme: &Theme, top: u16) {
        let bottom = self.area.height.saturating_sub(1);
        let Some(row) = pick.chosen().filter(|_| top + 2 < bottom) else { return };
        let rule = self.glyphs.horizontal.repeat(usize::from(self.area.width));
        self.line(top, 0, &rule, theme.border);
        let mut y = top + 1;
        self.line(y, 1, &row.who, theme.speaker);
        let mut about = row.codes.clone();
        if !row.used_in.is_empty() {
            about.push_str(&format!("  used in {}", row.used_in.join(", ")));
        }
        if !about.is_empty() {
            y += 1;
            self.line(y, 1, &about, theme.dim);
        }
        let width = usize::from(self.area.width.saturating_sub(2)).max(10);
        let lines = wrap(&row.text, width);
        // What is typed is in sight, also far down in a long turn.
        let found = pick.found_in(&row.text).first().map_or(0, |found| found.start);
        let at = lines.iter().position(|line| line.contains(&found)).unwrap_or(0);
        let room = usize::from(bottom.saturating_sub(y + 1));
        let first = (at + 1).saturating_sub(room).min(lines.len().saturating_sub(room));
        for range in lines.into_iter().skip(first) {
            y += 1;
            if y >= bottom {
                break;
            }
            let words = safe_lines(self.glyphs, row.text.get(range).unwrap_or_default().trim_end());
            self.marked(pick, y, 1, &words, (theme.text, theme.picked));
        }
    }
}

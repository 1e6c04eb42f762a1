//! A grid as plain text in columns.

use unicode_width::UnicodeWidthStr;

use super::{Cell, Grid};

/// How wide it is where nobody says.
pub(super) const WIDTH: usize = 100;
/// Between two columns.
const GAP: usize = 2;
/// No column of text is made narrower to fit.
const NARROWEST: usize = 12;

pub(super) fn write(grid: &Grid, columns: usize) -> String {
    let mut out = String::new();
    if !grid.title.is_empty() {
        out.push_str(&format!("{}\n\n", grid.title));
    }
    let widths = widths(grid, columns);
    let figures = grid.figures();
    let look = Columns { widths: &widths, figures: &figures };
    look.row(&mut out, &grid.head);
    let rule = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    out.push_str(&"-".repeat(rule));
    out.push('\n');
    for row in &grid.rows {
        match row.title() {
            Some(title) => out.push_str(&format!("{title}\n")),
            None => look.row(&mut out, &row.cells.iter().map(Cell::shown).collect::<Vec<_>>()),
        }
    }
    for note in &grid.notes {
        out.push('\n');
        for line in wrap(note, columns.max(NARROWEST)) {
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}

/// What each column needs; where that is more than there is, the widest are made narrower first.
fn widths(grid: &Grid, columns: usize) -> Vec<usize> {
    let need = |column: usize| {
        let head = grid.head.get(column).map_or(0, |head| head.width());
        let cells = grid.column(column).map(|cell| longest_line(&cell.shown())).max().unwrap_or(0);
        head.max(cells)
    };
    let mut widths: Vec<usize> = (0..grid.columns()).map(need).collect();
    let gaps = GAP * widths.len().saturating_sub(1);
    loop {
        let over = (widths.iter().sum::<usize>() + gaps).saturating_sub(columns);
        let Some(widest) = widths.iter().copied().max().filter(|widest| over > 0 && *widest > NARROWEST)
        else {
            return widths;
        };
        let second = widths.iter().copied().filter(|width| *width < widest).max().unwrap_or(0);
        let step = over.min(widest - second.max(NARROWEST)).max(1);
        if let Some(width) = widths.iter_mut().find(|width| **width == widest) {
            *width -= step;
        }
    }
}

fn longest_line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

struct Columns<'w> {
    widths: &'w [usize],
    figures: &'w [bool],
}

impl Columns<'_> {
    /// One row: as many lines as its longest cell.
    fn row(&self, out: &mut String, cells: &[String]) {
        let wrapped: Vec<Vec<String>> = self
            .widths
            .iter()
            .enumerate()
            .map(|(nth, width)| cells.get(nth).map_or_else(Vec::new, |cell| wrap(cell, *width)))
            .collect();
        let lines = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
        for line in 0..lines {
            let mut shown = String::new();
            for (nth, cell) in wrapped.iter().enumerate() {
                let text = cell.get(line).map_or("", String::as_str);
                let pad =
                    " ".repeat(self.widths.get(nth).map_or(0, |width| width.saturating_sub(text.width())));
                if nth > 0 {
                    shown.push_str(&" ".repeat(GAP));
                }
                match self.figures.get(nth) {
                    Some(true) => shown.extend([pad.as_str(), text]),
                    _ => shown.extend([text, pad.as_str()]),
                }
            }
            out.push_str(shown.trim_end());
            out.push('\n');
        }
    }
}

/// Lines no wider than `width` cells, broken between words; a word that is wider stands alone.
pub(in crate::export) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::GridRow;

    #[test]
    fn columns_stand_below_each_other_and_long_text_is_broken() {
        let grid = Grid {
            title: "T".into(),
            head: vec!["what is said".into(), "n".into()],
            rows: vec![
                GridRow::heading("Block"),
                GridRow::of(vec!["one two three four".into(), Cell::Count(7)]),
                GridRow::of(vec!["ŷ".into(), Cell::Count(12)]),
            ],
            notes: Vec::new(),
        };
        assert_eq!(
            grid.to_text(17),
            "T\n\nwhat is said    n\n-----------------\nBlock\none two three   7\nfour\nŷ              12\n"
        );
    }
}

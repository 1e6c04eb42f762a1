//! A grid as plain text in columns.

use unicode_width::UnicodeWidthStr;

use super::{Cell, Grid};
use crate::text::graphemes;

/// How wide it is where nobody says.
pub(super) const WIDTH: usize = 100;
/// Between two columns.
const GAP: usize = 2;
/// No column of text is made narrower to fit.
const NARROWEST: usize = 10;

pub(super) fn write(grid: &Grid, room: usize) -> String {
    let room = room.max(NARROWEST);
    let mut out = String::new();
    let mut lines =
        |text: &str| wrap(text, room).into_iter().for_each(|line| out.push_str(&format!("{line}\n")));
    if !grid.title.is_empty() {
        lines(&grid.title);
        lines("\n");
    }
    let figures = grid.figures();
    for (nth, part) in parts(grid, &figures, room).iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        write_part(&mut out, grid, part, room);
    }
    for note in &grid.notes {
        out.push('\n');
        for line in wrap(note, room) {
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}

/// A column as it is written.
#[derive(Clone, Copy)]
struct Column {
    /// Which of the grid.
    at: usize,
    /// Cells of its lines.
    width: usize,
    /// Cells below which it is not narrowed while others can be: its longest word.
    word: usize,
    /// Cells below which it is never narrowed. Numbers are not broken.
    least: usize,
    /// Whether it holds figures, which stand to the right.
    figures: bool,
}

impl Column {
    fn of(grid: &Grid, (at, figures): (usize, bool), room: usize, narrowest: usize) -> Self {
        let longest = |pieces: &dyn Fn(&str) -> usize| {
            let head = grid.head.get(at).map_or(0, |head| pieces(head));
            grid.column(at).map(|cell| pieces(&cell.shown())).max().unwrap_or(0).max(head)
        };
        let line = longest(&|text| text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)).min(room);
        let word = longest(&|text| text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0));
        let word = word.min(line);
        Self { at, width: line, word, least: if figures { word } else { word.min(narrowest) }, figures }
    }
}

/// The columns of a grid in as many tables as it takes for none to be wider than the room. Each begins with the columns of
/// text that name the rows, as many as leave half of the room.
fn parts(grid: &Grid, figures: &[bool], room: usize) -> Vec<Vec<Column>> {
    // Beside figures, which can go into another table, no word of a name is broken that leaves room for them.
    let narrowest = if figures.contains(&true) { NARROWEST.max(room / 3) } else { NARROWEST };
    let all: Vec<Column> =
        figures.iter().copied().enumerate().map(|is| Column::of(grid, is, room, narrowest)).collect();
    if let Some(fitted) = fitted(&all, room) {
        return vec![fitted];
    }
    let mut names = all.iter().take_while(|column| !column.figures).count().max(1);
    while names > 1 && needed(all.get(..names).unwrap_or_default()) > room / 2 {
        names -= 1;
    }
    let (names, rest) = all.split_at(names.min(all.len()));
    let by_width = packed(names, rest, room, rest.len());
    // As many tables of about as many columns each, if they fit: one column alone in the last one helps nobody.
    let even = packed(names, rest, room, rest.len().div_ceil(by_width.len().max(1)));
    let parts = if even.len() == by_width.len() { even } else { by_width };
    parts.iter().map(|part| fitted(part, room).unwrap_or_else(|| part.clone())).collect()
}

/// Columns behind those that name the rows, put into tables one after the other: as many as there is room for, and no more than
/// `most`.
fn packed(names: &[Column], rest: &[Column], room: usize, most: usize) -> Vec<Vec<Column>> {
    let mut parts: Vec<Vec<Column>> = Vec::new();
    for column in rest {
        let mut longer = parts.last().cloned().unwrap_or_default();
        longer.push(*column);
        match parts.last_mut() {
            Some(part) if needed(&longer) <= room && longer.len() <= names.len() + most => *part = longer,
            _ => parts.push(names.iter().copied().chain([*column]).collect()),
        }
    }
    parts
}

/// The room that columns need at least, with the gaps between.
fn needed(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.least).sum::<usize>() + GAP * columns.len().saturating_sub(1)
}

/// Columns that fit: the widest are narrowed first, to their longest words, then, if they are text, below them.
fn fitted(columns: &[Column], room: usize) -> Option<Vec<Column>> {
    let mut columns = columns.to_vec();
    let gaps = GAP * columns.len().saturating_sub(1);
    let floors: [fn(&Column) -> usize; 2] = [|column| column.word, |column| column.least];
    for floor in floors {
        loop {
            if columns.iter().map(|column| column.width).sum::<usize>() + gaps <= room {
                return Some(columns);
            }
            let wide = columns.iter_mut().filter(|column| column.width > floor(column));
            let Some(widest) = wide.max_by_key(|column| column.width) else { break };
            widest.width -= 1;
        }
    }
    None
}

fn write_part(out: &mut String, grid: &Grid, columns: &[Column], room: usize) {
    write_row(out, columns, &grid.head);
    let rule =
        columns.iter().map(|column| column.width).sum::<usize>() + GAP * columns.len().saturating_sub(1);
    out.push_str(&"-".repeat(rule));
    out.push('\n');
    for row in &grid.rows {
        match row.title() {
            Some(title) => {
                wrap(&title, room).into_iter().for_each(|line| out.push_str(&format!("{line}\n")));
            }
            None => write_row(out, columns, &row.cells.iter().map(Cell::shown).collect::<Vec<_>>()),
        }
    }
}

/// One row: as many lines as its longest cell.
fn write_row(out: &mut String, columns: &[Column], cells: &[String]) {
    let wrapped: Vec<Vec<String>> = columns
        .iter()
        .map(|column| cells.get(column.at).map_or_else(Vec::new, |cell| wrap(cell, column.width)))
        .collect();
    let lines = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
    for line in 0..lines {
        let mut shown = String::new();
        for (nth, (cell, column)) in wrapped.iter().zip(columns).enumerate() {
            let text = cell.get(line).map_or("", String::as_str);
            let pad = " ".repeat(column.width.saturating_sub(text.width()));
            if nth > 0 {
                shown.push_str(&" ".repeat(GAP));
            }
            match column.figures {
                true => shown.extend([pad.as_str(), text]),
                false => shown.extend([text, pad.as_str()]),
            }
        }
        out.push_str(shown.trim_end());
        out.push('\n');
    }
}

/// Lines no wider than `width` cells, broken between words; a word that is wider is broken, behind a hyphen if it has one.
/// Blanks that a paragraph begins with stand before each of its lines.
pub(in crate::export) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let spoken = paragraph.trim_start();
        let indent = paragraph.get(..paragraph.len() - spoken.len()).unwrap_or_default();
        let indent = if indent.width() * 2 <= width { indent } else { "" };
        let room = width.saturating_sub(indent.width()).max(1);
        let mut line = String::new();
        for word in spoken.split_whitespace().flat_map(|word| broken(word, room)) {
            if !line.is_empty() && line.width() + 1 + word.width() > room {
                lines.push(format!("{indent}{}", std::mem::take(&mut line)));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(if line.is_empty() { line } else { format!("{indent}{line}") });
    }
    lines
}

/// A word in pieces no wider than `width` cells.
fn broken(word: &str, width: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while rest.width() > width {
        let (mut end, mut hyphen, mut used) = (0, None, 0);
        for grapheme in graphemes(rest) {
            let shown = grapheme.slice(rest).unwrap_or_default();
            used += shown.width();
            if used > width && end > 0 {
                break;
            }
            end = grapheme.end as usize;
            if matches!(shown, "-" | "/" | "–") {
                hyphen = Some(end);
            }
        }
        let (piece, more) = rest.split_at(hyphen.unwrap_or(end));
        pieces.push(piece);
        rest = more;
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
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

    #[test]
    fn no_line_is_wider_than_the_room_and_columns_stand_below_each_other() {
        let long = "Rhyngbersonoldebau-ac-ymgynghoriadau";
        let head = ["Code", "component", "transcripts", "codings", "facilitators", "interviews"];
        let row = |name: &str| {
            let numbers = [4_u32, 111, 54, 46, 9];
            GridRow::of([Cell::text(name)].into_iter().chain(numbers.map(Cell::from)).collect())
        };
        let grid = Grid {
            title: "Codes".into(),
            head: head.map(String::from).to_vec(),
            rows: vec![row("Time"), row(long), row("\u{2003}Below")],
            notes: vec!["How it was counted, and what is left out of it.".into()],
        };
        for room in [40, 60, 80, 100] {
            let text = grid.to_text(room);
            assert!(text.lines().all(|line| line.width() <= room), "{room}:\n{text}");
            for word in head {
                assert!(text.contains(word), "{room}:\n{text}");
            }
            assert!(text.contains("\u{2003}Below"), "what stands below another is set in:\n{text}");
        }
        // Too many columns for one table: the next one names the rows again.
        let narrow = grid.to_text(40);
        assert!(narrow.matches("Time").count() > 1, "{narrow}");
        let wide = grid.to_text(80);
        let ends: Vec<usize> =
            wide.lines().filter_map(|line| line.find("111").map(|at| line[..at].width())).collect();
        assert!(ends.len() == 3 && ends.iter().all(|at| *at == ends[0]), "{wide}");
    }

    #[test]
    fn no_word_of_a_name_is_broken_for_figures_which_go_into_another_table() {
        let name = "Allocation of appointment time (multidisciplinary coproduction)";
        let head = ["Code", "transcripts", "facilitators", "interviews", "codings", "barrier", "people"];
        let mut cells = vec![Cell::text(name)];
        cells.extend([59_u32, 50, 141, 59, 44, 12].map(Cell::from));
        let head = head.map(String::from).to_vec();
        let grid = Grid { head, rows: vec![GridRow::of(cells)], ..Grid::default() };
        for room in [60, 80, 100] {
            let text = grid.to_text(room);
            for word in name.split_whitespace() {
                assert!(text.contains(word), "{room}, {word}:\n{text}");
            }
            assert!(text.lines().all(|line| line.width() <= room), "{room}:\n{text}");
        }
        // Six columns of figures stand as three and three, not as five and one.
        let parts: Vec<usize> = grid
            .to_text(60)
            .lines()
            .filter(|line| line.starts_with("Code"))
            .map(|line| line.split_whitespace().count())
            .collect();
        assert_eq!(parts, [4, 4], "{}", grid.to_text(60));
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken_behind_its_hyphen() {
        assert_eq!(wrap("a socio-economic one", 8), ["a socio-", "economic", "one"]);
        assert_eq!(wrap("multidisciplinary", 10), ["multidisci", "plinary"]);
        assert_eq!(wrap("漢字漢字", 5), ["漢字", "漢字"]);
    }
}

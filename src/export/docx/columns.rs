//! How wide the columns of a table are: no word that a reader looks for is broken, and what is left goes by the share of text.

use super::page::Type;
use super::{Inline, Table, TableCell};

/// Blanks and borders of a cell, in twentieths of a point.
const PADDING: u32 = 240;
/// Characters up to which a cell is short: a name, a figure, a reference.
const SHORT: usize = 40;
/// Thousandths of an em that a word in long text may ask for. A longer one (an address, a compound) may be broken there.
const LONGEST_IN_TEXT: u32 = 7_000;
/// The same of a word in a heading or a short cell.
const LONGEST: u32 = 16_000;

impl Table {
    /// What the table needs at least in this type, in twentieths of a point.
    pub(super) fn least_width(&self, type_size: Type) -> u32 {
        self.least_widths(type_size).iter().sum()
    }

    /// What each column needs for its longest word.
    fn least_widths(&self, type_size: Type) -> Vec<u32> {
        let rows = self.rows.iter().filter(|row| !row.heading).map(|row| &row.cells);
        let mut least = vec![0; self.weights.len()];
        for cells in std::iter::once(&self.head).chain(rows) {
            for (least, cell) in least.iter_mut().zip(cells) {
                *least = longest_word(cell).max(*least);
            }
        }
        least.iter().map(|thousandths| thousandths * type_size.em() / 1_000 + PADDING).collect()
    }

    /// The widths of the columns within `room`.
    pub(super) fn widths(&self, room: u32, type_size: Type) -> Vec<u32> {
        let least = self.least_widths(type_size);
        let needed: u32 = least.iter().sum();
        if needed >= room {
            return least.iter().map(|width| width * room / needed.max(1)).collect();
        }
        // Those whose share is less than they need get that; the rest share what is left.
        let mut columns: Vec<Column> = least
            .iter()
            .zip(&self.weights)
            .map(|(least, weight)| Column { least: *least, weight: (*weight).max(1), settled: false })
            .collect();
        loop {
            let settled: u32 = columns.iter().filter(|held| held.settled).map(|held| held.least).sum();
            let weights: u32 = columns.iter().filter(|held| !held.settled).map(|held| held.weight).sum();
            let share = |held: &Column| (room - settled) * held.weight / weights.max(1);
            let short: Vec<bool> =
                columns.iter().map(|held| !held.settled && share(held) < held.least).collect();
            if !short.contains(&true) {
                return columns
                    .iter()
                    .map(|held| if held.settled { held.least } else { share(held) })
                    .collect();
            }
            for (held, short) in columns.iter_mut().zip(short) {
                held.settled |= short;
            }
        }
    }
}

struct Column {
    least: u32,
    weight: u32,
    settled: bool,
}

/// The longest word of a cell, in thousandths of an em.
fn longest_word(cell: &TableCell) -> u32 {
    let texts = cell.paragraphs.iter().flatten().filter_map(|piece| match piece {
        Inline::Text(text, _) => Some(text.as_str()),
        Inline::CommentStart(_) | Inline::CommentEnd(_) => None,
    });
    let is_short = texts.clone().map(|text| text.chars().count()).sum::<usize>() <= SHORT;
    let most = if is_short { LONGEST } else { LONGEST_IN_TEXT };
    let words = texts.flat_map(|text| text.split(char::is_whitespace));
    // Word breaks a line behind a hyphen.
    let pieces = words.flat_map(|word| word.split_inclusive('-'));
    pieces.map(|piece| piece.chars().map(advance).sum::<u32>().min(most)).max().unwrap_or(0)
}

/// How wide a character is set, in thousandths of an em: as in Helvetica bold, than which Calibri is narrower, as the font of the
/// file may not be where it is opened.
fn advance(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '!' | '’' | '‘' | '\'' | 'I' => 280,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '[' | ']' => 390,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 900,
        c if c.is_ascii_uppercase() => 720,
        c if c.is_ascii() => 600,
        // Wide letters of other scripts.
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' => 1_000,
        _ => 650,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::docx::TableRow;

    fn table(head: &[&str], row: &[&str], weights: &[u32]) -> Table {
        let cells = |texts: &[&str]| texts.iter().map(|text| TableCell::text(*text)).collect();
        let rows = vec![TableRow { cells: cells(row), heading: false }];
        Table { weights: weights.to_vec(), head: cells(head), rows }
    }

    #[test]
    fn a_column_of_figures_beside_long_text_is_as_wide_as_its_heading() {
        let long = "what is said ".repeat(60);
        let table = table(&["Quotation", "Codings"], &[&long, "111"], &[400, 4]);
        let widths = table.widths(9_026, Type::Usual);
        // Seven letters of at least half an em, in ten points.
        assert!(widths[1] >= 7 * 100, "{widths:?}");
        assert!(widths[0] > 4 * widths[1] && widths.iter().sum::<u32>() <= 9_026, "{widths:?}");
    }

    #[test]
    fn room_goes_by_the_share_of_text_where_there_is_enough() {
        assert_eq!(table(&["a", "b"], &["c", "d"], &[3, 1]).widths(8_000, Type::Usual), [6_000, 2_000]);
    }

    #[test]
    fn more_than_a_page_holds_is_shared() {
        let word = "w".repeat(16);
        let words = vec![word.as_str(); 20];
        let widths = table(&words, &words, &[1; 20]).widths(15_398, Type::Small);
        assert!(widths.iter().all(|width| *width == widths[0]) && widths.iter().sum::<u32>() <= 15_398);
    }
}

//! How wide the columns of a table are: no word that a reader looks for is broken, and what is left goes by the share of text.

use super::page::Type;
use super::{Inline, Table, TableCell};

/// Blanks and borders of a cell, in twentieths of a point.
const PADDING: u32 = 240;
/// Characters up to which a cell is short: a name, a figure, a reference.
const SHORT: usize = 40;
/// Thousandths of an em that a word in long text may ask for. A longer one (an address, a compound) may be broken there.
const LONGEST_IN_TEXT: u32 = 8_000;
/// The same of a word in a heading or a short cell.
const LONGEST: u32 = 19_000;

impl Table {
    /// What the table needs at least in this type, in twentieths of a point.
    pub(super) fn least_width(&self, type_size: Type) -> u32 {
        self.least_widths(type_size).iter().sum()
    }

    /// What each column needs for its longest word.
    fn least_widths(&self, type_size: Type) -> Vec<u32> {
        let rows = self.rows.iter().filter(|row| !row.heading).map(|row| &row.cells);
        self.widths_for(std::iter::once(&self.head).chain(rows), type_size)
    }

    /// What each column needs for the longest word below its heading.
    fn widths_below_heads(&self, type_size: Type) -> Vec<u32> {
        let rows = self.rows.iter().filter(|row| !row.heading).map(|row| &row.cells);
        self.widths_for(rows, type_size)
    }

    /// What each column needs for the longest word in these rows.
    fn widths_for<'t>(&self, rows: impl Iterator<Item = &'t Vec<TableCell>>, type_size: Type) -> Vec<u32> {
        let mut widths = vec![0; self.weights.len()];
        for cells in rows {
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = longest_word(cell).max(*width);
            }
        }
        widths.iter().map(|thousandths| thousandths * type_size.em() / 1_000 + PADDING).collect()
    }

    /// The widths of the columns within `room`.
    pub(super) fn widths(&self, room: u32, type_size: Type) -> Vec<u32> {
        let least = self.least_widths(type_size);
        let needed: u32 = least.iter().sum();
        if needed >= room {
            let below = self.widths_below_heads(type_size);
            // Where all words below the headings have room, only headings break: long ones, above figures.
            return match room.checked_sub(below.iter().sum()) {
                Some(left) => {
                    let wanted: Vec<u32> =
                        least.iter().zip(&below).map(|(least, below)| least.saturating_sub(*below)).collect();
                    below.iter().zip(fair(&wanted, left)).map(|(below, more)| below + more).collect()
                }
                None => fair(&least, room),
            };
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

/// Less room than all need: narrow columns, of figures and short names, get what they need, and the widest share the rest
/// alike. Else a heading of one word would be broken for the sake of a word in long text.
fn fair(least: &[u32], room: u32) -> Vec<u32> {
    let mut order: Vec<usize> = (0..least.len()).collect();
    order.sort_by_key(|column| least.get(*column).copied());
    let mut widths = vec![0; least.len()];
    let (mut left, mut columns) = (room, u32::try_from(least.len()).unwrap_or(u32::MAX));
    let mut alike = None;
    for column in order {
        let share = alike.unwrap_or(left / columns.max(1));
        if least.get(column).is_some_and(|least| *least > share) {
            alike = Some(share);
        }
        if let (Some(width), Some(least)) = (widths.get_mut(column), least.get(column)) {
            *width = share.min(*least);
            left -= *width;
        }
        columns = columns.saturating_sub(1);
    }
    widths
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

/// How wide a character is set at most, in thousandths of an em: the font of the file may not be where it is opened, and what
/// stands in for it is wider. No letter is wider than in DejaVu Sans Bold, the widest of those that come with systems.
fn advance(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | '|' | '/' | '\'' | '’' | '‘' => 380,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | ':' | ';' | '!' | ' ' => 500,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' | '…' => 1_110,
        '+' | '=' | '<' | '>' | '&' | '#' | '~' | '^' => 880,
        c if c.is_ascii_uppercase() => 850,
        c if c.is_ascii() => 720,
        // Wide letters of other scripts.
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' => 1_000,
        _ => 850,
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
    fn names_stay_whole_where_many_columns_of_figures_have_long_headings() {
        let mut head = vec!["Code"];
        head.extend(["physiotherapist"; 15]);
        let mut row = vec!["Inadequate communication"];
        row.extend(["12"; 15]);
        let table = table(&head, &row, &[10; 16]);
        let room = 14_000;
        let widths = table.widths(room, Type::Small);
        assert!(table.least_width(Type::Small) > room, "there is too little room for all");
        // Thirteen letters of at least half an em, in eight points.
        assert!(widths[0] >= 13 * 80 && widths.iter().sum::<u32>() <= room, "{widths:?}");
        assert!(widths[1..].iter().all(|width| *width == widths[1]), "{widths:?}");
    }

    /// Advances of DejaVu Sans Bold and of Liberation Sans Bold (which has those of Helvetica Bold), a to z, A to Z, 0 to 9, in
    /// thousandths of an em, as their tables `hmtx` have them.
    const WIDE: [&[u32]; 3] = [
        &[
            675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595,
            478, 712, 652, 924, 645, 652, 582,
        ],
        &[
            774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720,
            682, 812, 774, 1103, 771, 724, 725,
        ],
        &[696; 10],
    ];
    const LIBERATION: [&[u32]; 3] = [
        &[
            556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
            333, 611, 556, 778, 556, 556, 500,
        ],
        &[
            722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667,
            611, 722, 667, 944, 667, 667, 611,
        ],
        &[556; 10],
    ];

    #[test]
    fn no_heading_is_broken_where_a_wider_font_stands_in() {
        let set = |word: &str, font: [&[u32]; 3]| -> u32 {
            let one = |c: char| {
                let place = ['a', 'A', '0'].into_iter().zip(font).find_map(|(first, widths)| {
                    widths.get(usize::try_from(u32::from(c).checked_sub(u32::from(first))?).ok()?)
                });
                *place.unwrap_or_else(|| panic!("{c} is a letter or a figure"))
            };
            word.chars().map(one).sum()
        };
        for c in ('a'..='z').chain('A'..='Z').chain('0'..='9') {
            for font in [WIDE, LIBERATION] {
                assert!(set(&c.to_string(), font) <= advance(c), "{c}");
            }
        }
        let head =
            ["People", "Codings", "Participants", "Facilitators", "Barriers", "Transcripts", "Quotation"];
        let long = "what is said ".repeat(60);
        let mut row = ["1"; 7];
        row[6] = &long;
        let widths = table(&head, &row, &[1, 1, 1, 1, 1, 1, 400]).widths(15_398, Type::Usual);
        for (word, width) in head.iter().zip(widths) {
            for font in [WIDE, LIBERATION] {
                // The type is ten points, and a cell has 108 on either side.
                let needed = set(word, font) * 200 / 1_000 + 216;
                assert!(width >= needed, "{word} needs {needed}, not {width}");
            }
        }
    }

    #[test]
    fn room_goes_by_the_share_of_text_where_there_is_enough() {
        assert_eq!(table(&["a", "b"], &["c", "d"], &[3, 1]).widths(8_000, Type::Usual), [6_000, 2_000]);
    }

    #[test]
    fn a_short_heading_stays_whole_where_long_words_want_more_than_a_page() {
        let head = ["Code", "Under", "Definition", "Include", "Exclude", "Example", "Origin", "Codings"];
        let long = "incomprehensibilities".to_owned();
        let row = [long.as_str(), &long, &long, &long, &long, &long, "inductive", "111"];
        let table = table(&head, &row, &[200; 8]);
        assert!(table.least_width(Type::Usual) > 15_398, "it does not fit");
        let widths = table.widths(15_398, Type::Usual);
        // As above: ten points, and 108 on either side.
        let needed: u32 = "Codings".chars().map(advance).sum::<u32>() * 200 / 1_000 + 216;
        assert!(widths[7] >= needed, "{widths:?}");
        assert!(widths.iter().sum::<u32>() <= 15_398, "{widths:?}");
    }

    #[test]
    fn more_than_a_page_holds_is_shared() {
        let word = "w".repeat(16);
        let words = vec![word.as_str(); 20];
        let widths = table(&words, &words, &[1; 20]).widths(15_398, Type::Small);
        assert!(widths.iter().all(|width| *width == widths[0]) && widths.iter().sum::<u32>() <= 15_398);
    }
}

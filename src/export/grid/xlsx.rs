//! A grid as one sheet of a workbook: head, rows, below them the notes. Numbers are numbers.

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Look, FormatAlign, Workbook, XlsxError};

use super::{Cell, Grid, GridError, wrap};

impl From<XlsxError> for GridError {
    fn from(error: XlsxError) -> Self {
        Self::Xlsx(error.to_string())
    }
}

pub(super) fn write(grid: &Grid) -> Result<Vec<u8>, GridError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(&grid.title)?);
    let sheet = book.add_worksheet();
    let head = Look::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let text = Look::new().set_text_wrap().set_align(FormatAlign::Top);
    let number = Look::new().set_align(FormatAlign::Top);
    let widths: Vec<u32> = grid.weights().into_iter().map(|weight| weight + 2).collect();
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, f64::from(*width))?;
    }
    let mut row = 0;
    if !grid.title.is_empty() {
        sheet.write_string_with_format(0, 0, fit(&grid.title), &Look::new().set_bold())?;
        row = 2;
    }
    for (column, name) in (0..).zip(&grid.head) {
        sheet.write_string_with_format(row, column, fit(name), &head)?;
    }
    if let Some(height) = row_height(grid.head.iter().map(String::as_str).zip(widths.iter().copied())) {
        sheet.set_row_height(row, height)?;
    }
    row += 1;
    sheet.set_freeze_panes(row, 0)?;
    sheet.set_repeat_rows(row - 1, row - 1)?;
    for line in &grid.rows {
        if let Some(title) = line.title() {
            sheet.write_string_with_format(row, 0, fit(&title), &Look::new().set_bold())?;
        } else {
            let texts = line.cells.iter().zip(&widths).filter_map(|(cell, width)| match cell {
                Cell::Text(words) => Some((words.as_str(), *width)),
                _ => None,
            });
            if let Some(height) = row_height(texts) {
                sheet.set_row_height(row, height)?;
            }
            for (column, cell) in (0..).zip(&line.cells) {
                match cell {
                    Cell::Text(words) => {
                        sheet.write_string_with_format(row, column, fit(words), &text)?;
                    }
                    #[expect(clippy::cast_precision_loss, reason = "counts of people and passages are small")]
                    Cell::Count(count) => {
                        sheet.write_number_with_format(row, column, *count as f64, &number)?;
                    }
                    Cell::Decimal { value, places } => {
                        let places = "0".repeat(usize::from(*places));
                        let point = if places.is_empty() { "0".to_owned() } else { format!("0.{places}") };
                        let look = number.clone().set_num_format(point);
                        sheet.write_number_with_format(row, column, *value, &look)?;
                    }
                    Cell::Blank => {}
                }
            }
        }
        row += 1;
    }
    for note in &grid.notes {
        row += 1;
        sheet.write_string(row, 0, fit(note))?;
    }
    if grid.columns() > 5 {
        sheet.set_landscape();
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(book.save_to_buffer()?)
}

/// How high a line of text is, in points.
const LINE: f64 = 15.0;
/// The highest row that a spreadsheet has, in points.
const HIGHEST: f64 = 408.75;

/// The height of a row with these texts in columns so many characters wide, in points; `None` where each takes one line. Not
/// every program makes rows high enough for wrapped text by itself. Letters are on average narrower than the figures by which
/// columns are measured, so that it is a little more than enough.
pub(in crate::export) fn row_height<'t>(texts: impl IntoIterator<Item = (&'t str, u32)>) -> Option<f64> {
    let lines = texts.into_iter().map(|(text, width)| {
        let width = usize::try_from(width).unwrap_or(usize::MAX);
        wrap(&fit(text), width.saturating_sub(1).max(1)).len()
    });
    let most = lines.max().and_then(|lines| u16::try_from(lines).ok()).unwrap_or(u16::MAX);
    (most > 1).then(|| (f64::from(most) * LINE).min(HIGHEST))
}

/// Properties of a workbook that are the same for the same content: without the clock, which the writer would else read.
pub(in crate::export) fn properties(title: &str) -> Result<DocProperties, XlsxError> {
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title(title).set_author("Combe").set_creation_datetime(&fixed))
}

/// UTF-16 units that a cell of Excel holds.
const MOST_UNITS: usize = 32_767;

/// Whether a cell does not hold a text whole.
pub(super) fn is_too_long(text: &str) -> bool {
    // UTF-8 never has fewer bytes than UTF-16 has units.
    text.len() > MOST_UNITS && text.encode_utf16().count() > MOST_UNITS
}

/// Text as far as a cell holds it; a longer one says that it is cut.
pub(in crate::export) fn fit(text: &str) -> Cow<'_, str> {
    const CUT: &str = " […]";
    if !is_too_long(text) {
        return Cow::Borrowed(text);
    }
    let mut room = MOST_UNITS - CUT.encode_utf16().count();
    let kept = text.chars().take_while(|c| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    });
    Cow::Owned(kept.chain(CUT.chars()).collect())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::export::GridRow;

    #[test]
    fn another_reader_finds_numbers_as_numbers_and_formulas_as_text() {
        let grid = Grid {
            title: "Sample".into(),
            head: vec!["who".into(), "n".into(), "share".into()],
            rows: vec![
                GridRow::heading("Sex"),
                GridRow::of(vec!["=1+1".into(), Cell::Count(12), Cell::Decimal { value: 0.25, places: 2 }]),
            ],
            notes: vec!["A note.".into()],
        };
        let bytes = write(&grid).unwrap();
        assert_eq!(bytes, write(&grid).unwrap(), "the same content gives the same bytes");
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let at = |row, column| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        assert_eq!(at(0, 0), Data::String("Sample".into()));
        assert_eq!(at(2, 1), Data::String("n".into()));
        assert_eq!(at(3, 0), Data::String("Sex".into()));
        assert_eq!(at(4, 0), Data::String("=1+1".into()));
        assert_eq!(at(4, 1), Data::Float(12.0));
        assert_eq!(at(4, 2), Data::Float(0.25));
        assert_eq!(at(6, 0), Data::String("A note.".into()));
    }

    #[test]
    fn rows_are_high_enough_for_texts_that_are_wrapped() {
        use std::io::Read;
        let long = "it is about so many words and more of them ".repeat(10);
        let grid = Grid {
            head: vec!["who".into(), "what".into()],
            rows: vec![
                GridRow::of(vec!["P1".into(), "short".into()]),
                GridRow::of(vec!["P2".into(), long.as_str().into()]),
                GridRow::of(vec!["P3".into(), "one\ntwo\n\nfour".into()]),
                GridRow::of(vec!["P4".into(), long.repeat(20).into()]),
            ],
            ..Grid::default()
        };
        let mut packed = zip::ZipArchive::new(Cursor::new(write(&grid).unwrap())).unwrap();
        let mut sheet = String::new();
        packed.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        let height = |row: usize| -> Option<f64> {
            let tag = sheet.split("<row ").nth(row)?.split('>').next()?;
            tag.split("ht=\"").nth(1)?.split('"').next()?.parse().ok()
        };
        let width = f64::from(grid.weights()[1] + 2);
        let letters = f64::from(u32::try_from(long.len()).unwrap());
        assert_eq!((height(1), height(2)), (None, None), "one line is as high as ever");
        assert!(height(3).unwrap() >= LINE * (letters / width).ceil(), "{:?} for {width}", height(3));
        assert!(height(3).unwrap() <= LINE * ((letters / width).ceil() + 2.0), "{:?}", height(3));
        assert_eq!(height(4), Some(4.0 * LINE));
        assert_eq!(height(5), Some(HIGHEST));
        assert_eq!(row_height([("", 10), ("word", 10)]), None);
    }

    #[test]
    fn a_text_that_no_cell_holds_says_that_it_is_cut() {
        let long = "ŷ".repeat(40_000);
        let kept = fit(&long);
        assert_eq!(kept.encode_utf16().count(), MOST_UNITS);
        assert!(kept.ends_with("[…]"));
        assert_eq!(fit("short"), "short");
        let cells = vec!["short".into(), long.as_str().into()];
        let grid = Grid {
            title: String::new(),
            head: Vec::new(),
            rows: vec![GridRow::of(cells)],
            notes: Vec::new(),
        };
        use crate::export::Format;
        assert_eq!([Format::Xlsx, Format::Csv].map(|format| grid.cut_cells(format)), [1, 0]);
    }
}

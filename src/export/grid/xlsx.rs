//! A grid as a workbook: one sheet with head and rows and nothing else, one that says what it is. Numbers are numbers.

use std::borrow::Cow;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Look, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Grid, GridError, wrap};

impl From<XlsxError> for GridError {
    fn from(error: XlsxError) -> Self {
        Self::Xlsx(error.to_string())
    }
}

pub(super) fn write(grid: &Grid) -> Result<Vec<u8>, GridError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(&grid.title)?);
    rows(book.add_worksheet(), grid)?;
    if !(grid.title.is_empty() && grid.notes.is_empty()) {
        about(book.add_worksheet(), grid)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The head in the first row, so that programs sort, filter and compute with it as it is.
fn rows(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    let head = Look::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let text = Look::new().set_text_wrap().set_align(FormatAlign::Top);
    let number = Look::new().set_align(FormatAlign::Top);
    sheet.set_name(sheet_name(&grid.title))?;
    let widths: Vec<u32> = grid.weights().into_iter().map(|weight| weight + 2).collect();
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, f64::from(*width))?;
    }
    for ((column, name), figures) in (0..).zip(&grid.head).zip(grid.figures()) {
        let look = if figures { head.clone().set_align(FormatAlign::Right) } else { head.clone() };
        sheet.write_string_with_format(0, column, fit(name), &look)?;
    }
    if let Some(height) = row_height(grid.head.iter().map(String::as_str).zip(widths.iter().copied())) {
        sheet.set_row_height(0, height)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    let mut row = 0;
    for line in &grid.rows {
        row += 1;
        if let Some(title) = line.title() {
            sheet.write_string_with_format(row, 0, fit(&title), &Look::new().set_bold())?;
            continue;
        }
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
    if let Some(last) = u16::try_from(grid.columns()).ok().and_then(|columns| columns.checked_sub(1)) {
        sheet.autofilter(0, 0, row, last)?;
    }
    if grid.columns() > 5 {
        sheet.set_landscape();
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The title and what stands below the table on paper, on a sheet of their own.
fn about(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    let text = Look::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(ABOUT)?;
    sheet.set_column_width(0, f64::from(ABOUT_WIDTH))?;
    sheet.write_string_with_format(0, 0, fit(&grid.title), &text.clone().set_bold())?;
    for (row, note) in (1..).zip(&grid.notes) {
        sheet.write_string_with_format(row, 0, fit(note), &text)?;
        if let Some(height) = row_height([(note.as_str(), ABOUT_WIDTH)]) {
            sheet.set_row_height(row, height)?;
        }
    }
    sheet.set_paper_size(9);
    Ok(())
}

/// What the sheet is called that says what the other one holds, and how wide it is, in characters.
pub(in crate::export) const ABOUT: &str = "About";
const ABOUT_WIDTH: u32 = 100;

/// The longest name that a sheet has, in characters.
const LONGEST_NAME: usize = 31;

/// What a sheet is called: the beginning of a title, as far as such a name has room and letters for it.
fn sheet_name(title: &str) -> String {
    // `Codebook: The study` and `Table 1. Sample` are called by what comes first.
    let first = title.split([':', ';', '.', ',', '(']).next().unwrap_or_default();
    let plain = first.replace(['[', ']', '*', '?', '/', '\\', '\''], " ");
    let mut name = String::new();
    for word in plain.split_whitespace() {
        let blank = usize::from(!name.is_empty());
        if name.chars().count() + blank + word.chars().count() > LONGEST_NAME {
            break;
        }
        if blank > 0 {
            name.push(' ');
        }
        name.push_str(word);
    }
    if name.is_empty() || name.eq_ignore_ascii_case(ABOUT) { "Table".to_owned() } else { name }
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
pub(in crate::export) fn is_too_long(text: &str) -> bool {
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
        assert_eq!(at(0, 1), Data::String("n".into()), "the head is the first row");
        assert_eq!(at(1, 0), Data::String("Sex".into()));
        assert_eq!(at(2, 0), Data::String("=1+1".into()));
        assert_eq!(at(2, 1), Data::Float(12.0));
        assert_eq!(at(2, 2), Data::Float(0.25));
        assert_eq!(sheet.height(), 3, "nothing stands below the rows");
        assert_eq!(book.sheet_names(), ["Sample", ABOUT]);
        let about = book.worksheet_range_at(1).unwrap().unwrap();
        let said: Vec<String> = about.rows().map(|row| row[0].to_string()).collect();
        assert_eq!(said, ["Sample", "A note."]);
    }

    #[test]
    fn a_sheet_is_called_by_the_beginning_of_its_title() {
        for (title, name) in [
            ("Codebook: Coproduction [and] health", "Codebook"),
            ("Sample characteristics (N = 151)", "Sample characteristics"),
            ("Barriers/facilitators by theme and group of people", "Barriers facilitators by theme"),
            ("", "Table"),
            ("about", "Table"),
            ("***", "Table"),
        ] {
            assert_eq!(sheet_name(title), name);
        }
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

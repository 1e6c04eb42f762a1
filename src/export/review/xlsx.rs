//! A review sheet as a workbook: decisions and components are chosen from lists, the references are hidden.

use rust_xlsxwriter::{
    DataValidation, Format as Look, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::{COLUMNS, HOW_TO, ReviewSheet, shown};
use crate::export::GridError;
use crate::export::grid::{ABOUT_SHEET, fit_xlsx, row_height, xlsx_properties};
use crate::study::Decision;

/// Widths of the columns, in characters.
const WIDTHS: [u32; 10] = [20, 8, 26, 20, 40, 8, 80, 14, 40, 24];
/// Where decision and proposed component stand in [`COLUMNS`].
const DECISION: u16 = 7;
const COMPONENT: u16 = 9;

pub(super) fn write(sheet: &ReviewSheet) -> Result<Vec<u8>, GridError> {
    let mut book = Workbook::new();
    book.set_properties(&xlsx_properties(&sheet.title)?);
    rows(book.add_worksheet(), sheet)?;
    about(book.add_worksheet(), sheet)?;
    Ok(book.save_to_buffer()?)
}

fn rows(to: &mut Worksheet, sheet: &ReviewSheet) -> Result<(), XlsxError> {
    let text = Look::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Hair);
    let bold = text.clone().set_bold();
    to.set_name("Review")?;
    for ((column, name), width) in (0..).zip(COLUMNS).zip(WIDTHS) {
        to.write_string_with_format(0, column, name, &bold)?;
        to.set_column_width(column, f64::from(width))?;
    }
    to.set_column_hidden(0)?;
    to.set_freeze_panes(1, 3)?;
    let mut row = 0;
    for line in &sheet.rows {
        row += 1;
        let quotes: Vec<String> = line.quotes.iter().map(shown).collect();
        let cells = [
            &line.reference,
            line.kind,
            &line.name,
            &line.component,
            &line.definition,
            "",
            &quotes.join("\n\n"),
            "",
            "",
            "",
        ];
        // The references are hidden.
        if let Some(height) = row_height(cells.into_iter().zip(WIDTHS).skip(1)) {
            to.set_row_height(row, height)?;
        }
        for (column, cell) in (0..).zip(cells) {
            match column {
                5 => to.write_number_with_format(row, column, line.people, &text)?,
                2 => to.write_string_with_format(row, column, fit_xlsx(cell), &bold)?,
                _ => to.write_string_with_format(row, column, fit_xlsx(cell), &text)?,
            };
        }
    }
    to.autofilter(0, 0, row, COMPONENT)?;
    if row > 0 {
        let words = Decision::ALL.map(Decision::name);
        let decision = DataValidation::new()
            .allow_list_strings(&words)?
            .set_error_title("Decision")?
            .set_error_message("Choose agree, question or propose.")?;
        to.add_data_validation(1, DECISION, row, DECISION, &decision)?;
        if let Some(last) = last_component(sheet) {
            let list = Formula::new(format!("={ABOUT_SHEET}!$A${}:$A${last}", first_component()));
            let component = DataValidation::new()
                .allow_list_formula(list)
                .set_error_title("Proposed component")?
                .set_error_message("Choose a component from the list.")?;
            to.add_data_validation(1, COMPONENT, row, COMPONENT, &component)?;
        }
    }
    to.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// Below the title, what to do and a heading: the row of the first component, from 1.
fn first_component() -> usize {
    HOW_TO.len() + 4
}

fn last_component(sheet: &ReviewSheet) -> Option<usize> {
    sheet.components.len().checked_sub(1).map(|more| first_component() + more)
}

/// What to do, and the components to choose from.
fn about(to: &mut Worksheet, sheet: &ReviewSheet) -> Result<(), XlsxError> {
    let bold = Look::new().set_bold();
    to.set_name(ABOUT_SHEET)?;
    to.set_column_width(0, 100)?;
    to.write_string_with_format(0, 0, fit_xlsx(&sheet.title), &bold)?;
    for (row, line) in (1..).zip(HOW_TO) {
        to.write_string(row, 0, line)?;
    }
    let first = u32::try_from(first_component()).unwrap_or_default();
    to.write_string_with_format(first.saturating_sub(2), 0, "Components", &bold)?;
    for (row, name) in (first.saturating_sub(1)..).zip(&sheet.components) {
        to.write_string(row, 0, fit_xlsx(name))?;
    }
    Ok(())
}

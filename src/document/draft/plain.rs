//! Plain text: paragraphs between blank lines; those that stand in from the margin, or behind `>`, are block quotations.

use std::collections::BTreeSet;

use super::blocks::{Builder, Draft};
use super::markdown::{without_item_mark, without_quotation_marks};

/// Plain text. Without a blank line between any two, every line is a paragraph. Paragraphs that stand in from the margin are
/// block quotations, as are those behind `>`.
pub(super) fn read(source: &str) -> Draft {
    let mut builder = Builder::new("line");
    let each_line = !source.trim().contains("\n\n") && !source.trim().contains("\n \n");
    let indented = indented_lines(source);
    for (line, number) in source.lines().zip(1..) {
        let (marked, text) = without_quotation_marks(line);
        let quoted = marked || indented.contains(&number);
        if quoted && !builder.is_in_quotation() {
            builder.open_quotation();
        } else if !quoted && builder.is_in_quotation() {
            builder.close_quotation();
        }
        if text.trim().is_empty() || (each_line && !quoted) {
            builder.end_paragraph();
        }
        builder.push(text, number);
        builder.push_char('\n', number);
    }
    if builder.is_in_quotation() {
        builder.close_quotation();
    }
    builder.finish()
}

/// The numbers of the lines of paragraphs of which every line stands in from the margin, and which are no items of a list. None
/// where most paragraphs do: then it is how that text is set.
fn indented_lines(source: &str) -> BTreeSet<usize> {
    let (mut found, mut paragraphs, mut indented) = (BTreeSet::new(), 0, 0);
    let lines: Vec<(&str, usize)> = source.lines().zip(1..).collect();
    for paragraph in lines.split(|(line, _)| line.trim().is_empty()).filter(|lines| !lines.is_empty()) {
        paragraphs += 1;
        let stands_in = |line: &str| line.starts_with('\t') || line.starts_with("  ");
        let is_item = paragraph.first().is_some_and(|(line, _)| without_item_mark(line.trim()).is_some());
        if !is_item && paragraph.iter().all(|(line, _)| stands_in(line)) {
            indented += 1;
            found.extend(paragraph.iter().map(|(_, number)| *number));
        }
    }
    if indented * 2 > paragraphs { BTreeSet::new() } else { found }
}

//! Quotes as plain text to be read: headings, and each quotation a block, with its attribution and place below it.

use unicode_width::UnicodeWidthStr;

use super::{QuoteList, Step};
use crate::export::grid::wrap;

/// Cells of a line.
const WIDTH: usize = 80;
/// In front of each line of a quotation.
const INDENT: &str = "    ";

pub(super) fn write(list: &QuoteList) -> String {
    let mut out = String::new();
    heading(&mut out, &list.title, '=');
    list.walk(|step| {
        out.push('\n');
        match step {
            Step::Component(name) => heading(&mut out, name, '='),
            Step::Section(section) => {
                heading(&mut out, &section.name, '-');
                if !section.about.is_empty() {
                    out.push('\n');
                    lines(&mut out, &section.about);
                }
            }
            Step::Sides(sides) => lines(&mut out, sides.heading()),
            Step::Group(group) => lines(&mut out, &format!("[{group}]")),
            Step::Quotation(quotation) => {
                let block = |text: &str| {
                    text.lines().map(|line| format!("{INDENT}{}", line.trim())).collect::<Vec<_>>().join("\n")
                };
                lines(&mut out, &block(&quotation.apart.words));
                let below = format!("{} {}", quotation.apart.behind, quotation.aside());
                lines(&mut out, &block(&below));
            }
        }
    });
    out
}

fn lines(out: &mut String, text: &str) {
    for line in wrap(text, WIDTH) {
        out.push_str(&line);
        out.push('\n');
    }
}

/// A heading, underlined as wide as it is.
fn heading(out: &mut String, text: &str, rule: char) {
    let widest = wrap(text, WIDTH).iter().map(|line| line.width()).max().unwrap_or(0);
    lines(out, text);
    lines(out, &String::from(rule).repeat(widest));
}

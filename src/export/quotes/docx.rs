//! Quotes as a Word file: headings to walk by, quotations in the style Quote.

use super::{QuoteList, Step};
use crate::export::docx::{Docx, Inline, Style};

pub(super) fn write(list: &QuoteList) -> Vec<u8> {
    let mut docx = Docx::new(&list.title);
    docx.text(Style::Title, &list.title);
    list.walk(|step| match step {
        Step::Component(name) => docx.text(Style::Heading(1), name),
        Step::Section(section) => {
            docx.text(Style::Heading(2), &section.name);
            if !section.about.is_empty() {
                docx.text(Style::Normal, &section.about);
            }
        }
        Step::Sides(sides) => docx.text(Style::Heading(3), sides.heading()),
        Step::Group(group) => docx.paragraph(Style::Normal, &[Inline::strong(group)]),
        Step::Quotation(quotation) => {
            let aside = Inline::aside(format!("  {}", quotation.aside()));
            docx.paragraph(Style::Quote, &[Inline::plain(quotation.apart.joined()), aside]);
        }
    });
    docx.finish()
}

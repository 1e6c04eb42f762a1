//! Quotes as Markdown: a block quote each in the house style, its place in a comment that no reader sees.

use super::{QuoteList, Step};
use crate::export::grid::escape_markdown;
use crate::study::Markup;

pub(super) fn write(list: &QuoteList) -> String {
    let mut out = format!("# {}\n", escape_markdown(&list.title));
    list.walk(|step| {
        out.push('\n');
        match step {
            Step::Component(name) => out.push_str(&format!("## {}\n", escape_markdown(name))),
            Step::Section(section) => {
                out.push_str(&format!("### {}\n", escape_markdown(&section.name)));
                if !section.about.is_empty() {
                    out.push_str(&format!("\n{}\n", escape_markdown(&section.about)));
                }
            }
            Step::Sides(sides) => out.push_str(&format!("#### {}\n", sides.heading())),
            Step::Group(group) => out.push_str(&format!("**{}**\n", escape_markdown(group))),
            Step::Quotation(quotation) => {
                let written = quotation.printed.write(&list.style, Markup::Markdown);
                if quotation.printed.is_block(&list.style) {
                    out.push_str(&written);
                } else {
                    out.push_str(&format!("> {}", written.replace('\n', "\n> ")));
                }
                if let Some(mark) = quotation.mark() {
                    // Two dashes would end a comment.
                    out.push_str(&format!(" <!-- {} -->", mark.replace("--", "- -")));
                }
                out.push('\n');
            }
        }
    });
    out
}

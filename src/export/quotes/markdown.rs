//! Quotes as Markdown: a block quote each, its place in a comment that no reader sees.

use super::{QuoteList, Step};
use crate::export::grid::escape_markdown;

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
                let lines: Vec<String> = quotation.text.lines().map(line).collect();
                out.push_str(&format!("> “{}”", lines.join("\n> ")));
                if !quotation.attribution.is_empty() {
                    out.push_str(&format!(" ({})", escape_markdown(&quotation.attribution)));
                }
                // Two dashes would end a comment.
                out.push_str(&format!(" <!-- {} -->\n", quotation.aside().replace("--", "- -")));
            }
        }
    });
    out
}

/// A line that begins no list and no heading.
fn line(text: &str) -> String {
    let escaped = escape_markdown(text);
    if escaped.starts_with(['#', '>', '-', '+', '=']) { format!("\\{escaped}") } else { escaped }
}

//! Quotes as LaTeX: `quote` environments under sectioning commands, to be taken in by `\input`.

use super::{QuoteList, Step};
use crate::export::grid::escape_latex;

pub(super) fn write(list: &QuoteList) -> String {
    let mut out = format!("% {}. To be taken in by \\input.\n", list.title);
    list.walk(|step| {
        out.push('\n');
        match step {
            Step::Component(name) => out.push_str(&format!("\\section*{{{}}}\n", escape_latex(name))),
            Step::Section(section) => {
                out.push_str(&format!("\\subsection*{{{}}}\n", escape_latex(&section.name)));
                if !section.about.is_empty() {
                    out.push_str(&format!("{}\n", escape_latex(&section.about)));
                }
            }
            Step::Sides(sides) => out.push_str(&format!("\\subsubsection*{{{}}}\n", sides.heading())),
            Step::Group(group) => out.push_str(&format!("\\paragraph{{{}}}\n", escape_latex(group))),
            Step::Quotation(quotation) => {
                let lines: Vec<String> = quotation.text.lines().map(escape_latex).collect();
                let lines: Vec<&str> =
                    lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
                out.push_str(&format!(
                    "\\begin{{quote}} % {}\n``{}''",
                    quotation.aside(),
                    lines.join("\n\n")
                ));
                if !quotation.attribution.is_empty() {
                    out.push_str(&format!(" ({})", escape_latex(&quotation.attribution)));
                }
                out.push_str("\n\\end{quote}\n");
            }
        }
    });
    out
}

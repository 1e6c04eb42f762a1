//! Quotes as LaTeX in the house style: `quote` environments under sectioning commands, to be taken in by `\input`.

use super::{QuoteList, Step};
use crate::export::grid::escape_latex;
use crate::study::Markup;

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
                let written = quotation.printed.write(&list.style, Markup::Latex);
                if let Some(mark) = quotation.mark() {
                    out.push_str(&format!("% {mark}\n"));
                }
                if quotation.printed.is_block(&list.style) {
                    out.push_str(&format!("{written}\n"));
                } else {
                    out.push_str(&format!("\\begin{{quote}}\n{written}\n\\end{{quote}}\n"));
                }
            }
        }
    });
    out
}

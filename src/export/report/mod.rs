//! A report as one HTML file that needs nothing else: a chart of barriers and facilitators, themes with their quotes, and a
//! search in the page.
//!
//! It asks nothing of any network: its policy (`Content-Security-Policy`) allows the one style sheet and the one script in it,
//! by their digests, and nothing from elsewhere. Without the script all of it can still be read.

mod chart;

use std::collections::BTreeSet;
use std::fmt::Write;

use quick_xml::escape::escape;

use super::docx::legal;
use super::quotes::{Quotation, QuoteList, Section};
use super::{CellSize, Contents};
use crate::analysis::{Counter, Overview};
use crate::study::ParticipantId;
use crate::text::{base64, counted, sha256_bytes};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("search.js");

/// Writes the report: `list` holds the quotes, by theme. Gives what the manifest must say of it too: the quotes, and the people
/// behind each bar of the chart and each heading.
#[must_use]
pub fn report(counter: &Counter<'_>, list: &QuoteList) -> (Vec<u8>, Contents) {
    let overview = Overview::of(counter);
    let named = counter.study().settings.name.trim();
    let title = if named.is_empty() { "Report" } else { named };
    let mut page = Page::default();
    page.head(title);
    page.raw("<a class=\"skip\" href=\"#quotes\">To the quotations</a>\n<header>\n<h1>");
    page.text(title);
    page.raw("</h1>\n<p class=\"quiet\">");
    let all = overview.total.all;
    page.text(&format!(
        "{} people and {} with imported speech; {}. Only the codings of record are in it. The chart counts all these people, \
         each once, whatever number of times they say it; the figures beside headings count the quotations below them, and \
         who is quoted there.",
        all.of,
        counted(all.of_transcripts as usize, "transcript", "transcripts"),
        counted(all.codings as usize, "coding", "codings"),
    ));
    if list.left_out > 0 {
        let quotations = counted(list.left_out, "quotation is", "quotations are");
        page.text(&format!(
            " {quotations} left out below, as somebody in them did not agree to be quoted; in the chart they count."
        ));
    }
    page.raw("</p>\n</header>\n<main>\n");
    chart::write(&mut page, &overview);
    page.quotes(list);
    page.raw("</main>\n");
    let _ = write!(page.0, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    let sections = list.sections.iter().map(|section| CellSize {
        cell: format!("{}: people quoted", section.name),
        participants: people_quoted(section).len(),
    });
    let behind = chart::people_behind(&overview).chain(sections).collect();
    (page.0.into_bytes(), list.contents(counter.study()).and(Contents::counts(behind)))
}

/// HTML under way.
#[derive(Default)]
struct Page(String);

impl Page {
    fn raw(&mut self, html: &str) {
        self.0.push_str(html);
    }

    fn text(&mut self, text: &str) {
        self.0.push_str(&escape(&*legal(text)));
    }

    fn head(&mut self, title: &str) {
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            base64(&sha256_bytes(STYLE.as_bytes())),
            base64(&sha256_bytes(SCRIPT.as_bytes())),
        );
        self.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        let _ = writeln!(self.0, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        self.text(title);
        let _ = write!(self.0, "</title>\n<style>{STYLE}</style>\n</head>\n<body>\n");
    }

    fn quotes(&mut self, list: &QuoteList) {
        self.raw("<section id=\"quotes\" aria-label=\"Quotations\">\n");
        self.controls(list);
        let mut components: Vec<(&str, Vec<&Section>)> = Vec::new();
        for section in &list.sections {
            let name = section.component.as_deref().unwrap_or("Not classified");
            match components.last_mut().filter(|(held, _)| *held == name) {
                Some((_, sections)) => sections.push(section),
                None => components.push((name, vec![section])),
            }
        }
        self.raw("<nav aria-label=\"Components\"><ul>\n");
        for (nth, (name, _)) in components.iter().enumerate() {
            let _ = write!(self.0, "<li><a href=\"#c{nth}\">");
            self.text(name);
            self.raw("</a></li>\n");
        }
        self.raw("</ul></nav>\n");
        for (nth, (name, sections)) in components.iter().enumerate() {
            let _ = write!(self.0, "<section data-block id=\"c{nth}\">\n<h2>");
            self.text(name);
            self.raw("</h2>\n");
            sections.iter().for_each(|section| self.section(section));
            self.raw("</section>\n");
        }
        self.raw("</section>\n");
    }

    /// Search and choices. Labels are said, the keys are in the hint.
    fn controls(&mut self, list: &QuoteList) {
        self.raw(
            "<form role=\"search\">\n<label for=\"find\">Find</label>\n<input id=\"find\" type=\"search\" \
             autocomplete=\"off\" spellcheck=\"false\" placeholder=\"words in quotations (press / to come here)\">\n\
             <select id=\"side\" aria-label=\"Side\"><option value=\"\">both sides</option><option \
             value=\"barrier\">barriers</option><option value=\"facilitator\">facilitators</option></select>\n",
        );
        let mut groups: Vec<&str> = Vec::new();
        for quotation in list.quotations() {
            if !quotation.group.is_empty() && !groups.contains(&quotation.group.as_str()) {
                groups.push(&quotation.group);
            }
        }
        if let Some(name) = list.compared.as_ref().filter(|_| groups.len() > 1) {
            self.raw("<select id=\"group\" aria-label=\"");
            self.text(name);
            self.raw("\"><option value=\"\">everybody</option>");
            for group in groups {
                self.raw("<option>");
                self.text(group);
                self.raw("</option>");
            }
            self.raw("</select>\n");
        }
        self.raw("<output id=\"told\" for=\"find\" aria-live=\"polite\"></output>\n</form>\n");
    }

    fn section(&mut self, section: &Section) {
        self.raw("<section data-block>\n<h3>");
        self.text(&section.name);
        self.raw(" <span class=\"count\">");
        self.text(&format!(
            "{} from {}",
            counted(section.quotes.len(), "quotation", "quotations"),
            counted(people_quoted(section).len(), "person", "people")
        ));
        self.raw("</span></h3>\n");
        if !section.about.is_empty() {
            self.raw("<p>");
            self.text(&section.about);
            self.raw("</p>\n");
        }
        for side in section.quotes.chunk_by(|a, b| a.sides == b.sides) {
            let Some(first) = side.first() else { continue };
            let class = class_of(first);
            let _ = write!(
                self.0,
                "<section data-block>\n<h4 class=\"{class}\">{}</h4>\n",
                first.sides.heading()
            );
            side.iter().for_each(|quotation| self.quotation(quotation));
            self.raw("</section>\n");
        }
        self.raw("</section>\n");
    }

    fn quotation(&mut self, quotation: &Quotation) {
        let _ = write!(self.0, "<figure class=\"quote {}\" data-group=\"", class_of(quotation));
        self.text(&quotation.group);
        self.raw("\"><blockquote>");
        // Of several speakers each has a line: a page that is read by its markup alone must show that.
        for (number, line) in quotation.apart.words.lines().enumerate() {
            if number > 0 {
                self.raw("<br>\n");
            }
            self.text(line);
        }
        self.raw("</blockquote><figcaption>");
        if !quotation.apart.behind.is_empty() {
            self.text(&format!("{} · ", quotation.apart.behind));
        }
        self.text(&quotation.aside());
        self.raw("</figcaption></figure>\n");
    }
}

/// Who speaks in the quotations of a section.
fn people_quoted(section: &Section) -> BTreeSet<ParticipantId> {
    section.quotes.iter().flat_map(|quotation| &quotation.people).copied().collect()
}

fn class_of(quotation: &Quotation) -> &'static str {
    match (quotation.sides.barrier, quotation.sides.facilitator) {
        (true, true) => "barrier facilitator",
        (true, false) => "barrier",
        (false, true) => "facilitator",
        (false, false) => "neither",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_style_or_script_reaches_elsewhere() {
        for word in ["http:", "https:", "//", "url(", "@import", "fetch(", "innerHTML", "eval("] {
            let is_comment = word == "//";
            assert!(!STYLE.contains(word), "{word}");
            assert!(is_comment || !SCRIPT.contains(word), "{word}");
        }
        assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
    }
}

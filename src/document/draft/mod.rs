//! A draft: what somebody writes about a study, as paragraphs of running text and of block quotations.
//!
//! [`read_draft`] reads the formats that people write papers in. Unlike [`read`](super::read) it keeps the structure of
//! the text and drops its markup: emphasis, comments, commands. Tracked changes are read as accepted. Knows nothing of
//! quotation marks but how each format writes them: finding quotations is for those who read the draft.

mod blocks;
mod entities;
mod html;
mod markdown;
#[cfg(test)]
mod tests;
mod tex;

pub use blocks::{Block, BlockKind, Draft};

use super::{Document, DocumentError, LARGEST_FILE, Line, MOST_MIB, Mark, encoding, sniff, text};
use crate::text::counted;
use blocks::Builder;

/// Reads a draft: `.docx`, `.odt`, `.md`, `.tex`, `.html`, and anything else that is text as paragraphs between blank
/// lines. What it is follows from its bytes first and from the end of its name second.
///
/// # Errors
/// For empty, blank, huge, damaged and locked files, and for formats that are not read. The sentence holds nothing of the
/// content.
pub fn read_draft(file_name: &str, bytes: &[u8]) -> Result<Draft, DocumentError> {
    if bytes.is_empty() {
        return Err(DocumentError::Empty);
    }
    if bytes.len() > LARGEST_FILE {
        return Err(DocumentError::TooLarge { limit_mib: MOST_MIB });
    }
    let draft = match sniff::by_bytes(bytes)? {
        sniff::Magic::Zip => of_document(super::read_archive(bytes)?),
        sniff::Magic::Text => read_text(file_name, bytes)?,
    };
    if draft.blocks.is_empty() {
        return Err(DocumentError::Blank);
    }
    Ok(draft)
}

fn read_text(file_name: &str, bytes: &[u8]) -> Result<Draft, DocumentError> {
    let plain = text::settle(encoding::decode(bytes));
    if sniff::is_binary(&plain.text) {
        return Err(DocumentError::OtherFormat {
            what: "no text at all (binary data)",
            advice: "save the draft as .docx, .odt, .md, .tex, .html or .txt",
        });
    }
    let head: String = plain.text.trim_start().chars().take(64).collect::<String>().to_ascii_lowercase();
    let mut draft = match sniff::extension(file_name).as_str() {
        _ if head.starts_with("<!doctype html") || head.starts_with("<html") => html::read(&plain.text),
        "html" | "htm" | "xhtml" => html::read(&plain.text),
        "tex" | "latex" | "ltx" => tex::read(&plain.text),
        "md" | "markdown" | "mdown" | "qmd" | "rmd" => markdown::read(&plain.text),
        _ => markdown::read_plain(&plain.text),
    };
    draft.marks = plain.marks;
    Ok(draft)
}

/// The paragraphs of a word-processor file, then its footnotes and endnotes, so that no sentence is cut in two by one.
fn of_document(document: Document) -> Draft {
    let mut builder = Builder::new("paragraph");
    let mut place = document.lines.iter().map(|line| line.number).max().unwrap_or(0);
    push_lines(&mut builder, &document.lines, None);
    let mut notes = Vec::with_capacity(document.notes.len());
    let mut unread = 0;
    for note in document.notes {
        place += 1;
        unread += usize::from(note.lines.is_empty());
        push_lines(&mut builder, &note.lines, Some(place));
        notes.push((place, note.name));
    }
    let mut draft = builder.finish();
    draft.notes = notes;
    draft.marks = document.marks;
    if unread > 0 {
        let what =
            counted(unread, "footnote or endnote cannot be read", "footnotes and endnotes cannot be read");
        draft.marks.push(Mark { line: None, what });
    }
    draft
}

/// Adds paragraphs, each at its own place or all at one. Neighbouring paragraphs in a style for quotations, or that stand in from
/// the margin as quotations do, are one quotation, up to one that ends with somebody in parentheses.
fn push_lines(builder: &mut Builder, lines: &[Line], place: Option<usize>) {
    let set_in = set_in(lines);
    let mut in_quotation = false;
    for (line, set_in) in lines.iter().zip(set_in) {
        let place = place.unwrap_or(line.number);
        if line.continues {
            builder.push_char('\n', place);
        } else {
            builder.end_paragraph();
            let is_quotation = line.quotation || set_in;
            if in_quotation && (!is_quotation || builder.last_ends_with(')')) {
                builder.close_quotation();
                in_quotation = false;
            }
            if is_quotation && !in_quotation {
                builder.open_quotation();
                in_quotation = true;
            }
            builder.set_heading(line.heading);
        }
        builder.push(&line.text, place);
    }
    builder.end_paragraph();
    if in_quotation {
        builder.close_quotation();
    }
}

/// Which lines stand in from the margin as block quotations do: below a paragraph that ends with a colon, or ending with somebody
/// in parentheses. None where most paragraphs stand in: then it is how that text is set.
fn set_in(lines: &[Line]) -> Vec<bool> {
    let all = lines.iter().filter(|line| !line.is_blank()).count();
    let indented = lines.iter().filter(|line| line.indented && !line.is_blank()).count();
    let mut found = Vec::with_capacity(lines.len());
    let mut before = "";
    for run in lines.chunk_by(|one, next| one.indented == next.indented) {
        let last = run.iter().rev().find(|line| !line.is_blank()).map_or("", |line| line.text.trim_end());
        let is_attributed = |line: &Line| line.text.trim_end().trim_end_matches('.').ends_with(')');
        let set_in = match run.first().is_some_and(|line| line.indented) && indented * 2 <= all {
            true if before.ends_with(':') => run.len(),
            true => run.iter().rposition(is_attributed).map_or(0, |at| at + 1),
            false => 0,
        };
        found.extend(run.iter().enumerate().map(|(at, line)| at < set_in && !line.heading));
        before = if last.is_empty() { before } else { last };
    }
    found
}

/// Remarks that matter to who checks a draft.
impl Draft {
    /// What a person should know of how the file was read.
    #[must_use]
    pub fn remarks(&self) -> &[Mark] {
        &self.marks
    }
}

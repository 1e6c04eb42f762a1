//! A draft: what somebody writes about a study, as paragraphs of running text and of block quotations.
//!
//! [`read_draft`] reads the formats that people write papers in. Unlike [`read`](super::read) it keeps the structure of
//! the text and drops its markup: emphasis, comments, commands. Tracked changes are read as accepted. Knows nothing of
//! quotation marks but how each format writes them: finding quotations is for those who read the draft.

mod blocks;
mod document;
mod entities;
mod grid;
mod html;
mod italics;
mod markdown;
mod plain;
mod references;
#[cfg(test)]
mod tests;
mod tex;

pub use blocks::{Block, BlockKind, Draft};

use super::{DocumentError, LARGEST_FILE, MOST_MIB, Mark, encoding, sniff, text};

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
        sniff::Magic::Zip => document::read(super::read_archive(bytes)?),
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
        _ => plain::read(&plain.text),
    };
    draft.marks.splice(0..0, plain.marks);
    Ok(draft)
}

/// Remarks that matter to who checks a draft.
impl Draft {
    /// What a person should know of how the file was read.
    #[must_use]
    pub fn remarks(&self) -> &[Mark] {
        &self.marks
    }
}

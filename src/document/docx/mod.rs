//! Word (.docx): the body's paragraphs as a reader of the accepted document sees them.
//!
//! Insertions are taken and deletions left out. Comments, notes, headers and footers stay out and are marked by their
//! number; notes are read apart. Source of the names: ECMA-376 part 1 (WordprocessingML).

mod body;
mod notes;
mod properties;
mod styles;

use super::archive::Archive;
use super::xml::{Token, Xml};
use super::{Bytes, Document, DocumentError, Format};
use styles::Styles;

/// The part that Word writes the body to.
const USUAL_BODY: &str = "word/document.xml";

/// Where the body is, if this is a Word file.
///
/// # Errors
/// When the list of relations is damaged.
pub(super) fn find_body(archive: &mut Archive<'_>) -> Result<Option<String>, DocumentError> {
    if archive.has(USUAL_BODY) {
        return Ok(Some(USUAL_BODY.to_owned()));
    }
    let found = find_related(archive, "_rels/.rels", "/officeDocument")?;
    Ok(found.filter(|part| part.starts_with("word/") && archive.has(part)))
}

/// Reads the body.
///
/// # Errors
/// When a part is damaged or beyond the limits.
pub(super) fn read(archive: &mut Archive<'_>, body: &str) -> Result<Document, DocumentError> {
    let source = archive.read(body)?.ok_or(DocumentError::DamagedArchive)?;
    let (folder, file) = body.rsplit_once('/').unwrap_or(("", body));
    let related = find_related(archive, &format!("{folder}/_rels/{file}.rels"), "/styles")?;
    let styles_part = related.map_or_else(
        || format!("{folder}/styles.xml"),
        |target| if target.contains('/') { target } else { format!("{folder}/{target}") },
    );
    let styles = match archive.read(&styles_part)? {
        Some(source) => Styles::read(&styles_part, &source)?,
        None => Styles::default(),
    };
    let body::Read { lines, notes, marks } = body::read(body, &source, &styles)?;
    let notes = notes::read(archive, (folder, file), &notes, &styles);
    let bytes = Bytes { encoding: "UTF-8".into(), ..Bytes::default() };
    Ok(Document { format: Format::Docx, lines, as_is: None, bytes, notes, marks })
}

/// The target of the first relation whose type ends so, without a leading slash.
fn find_related(
    archive: &mut Archive<'_>,
    relations: &str,
    kind: &str,
) -> Result<Option<String>, DocumentError> {
    let Some(source) = archive.read(relations)? else { return Ok(None) };
    let mut xml = Xml::new(relations, &source);
    while let Some(token) = xml.next()? {
        if let Token::Open(tag) = token
            && tag.attribute("Type").is_some_and(|found| found.ends_with(kind))
        {
            return Ok(tag.attribute("Target").map(|target| target.trim_start_matches('/').to_owned()));
        }
    }
    Ok(None)
}

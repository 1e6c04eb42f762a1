//! OpenDocument text (.odt): the body as a reader of the accepted document sees it.
//!
//! Deleted text lives in a list of its own before the text, and is left out with comments; notes are read apart. Source of the names:
//! OASIS OpenDocument 1.3 part 3.

mod content;
mod styles;

use super::archive::Archive;
use super::{Bytes, Document, DocumentError, Format};
use styles::Styles;

const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";

/// Reads the content.
///
/// # Errors
/// When a part is damaged, locked or beyond the limits.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Document, DocumentError> {
    // A locked file is an ordinary archive whose parts are noise; only its manifest says so.
    let manifest = archive.read("META-INF/manifest.xml")?;
    if manifest.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(DocumentError::Locked);
    }
    let source = archive.read(CONTENT)?.ok_or(DocumentError::DamagedArchive)?;
    let mut styles = Styles::default();
    if let Some(common) = archive.read(STYLES)? {
        styles.read(STYLES, &common)?;
    }
    // Automatic styles stand in the content, before the text.
    styles.read(CONTENT, &source)?;
    let content::Read { lines, notes, marks } = content::read(CONTENT, &source, &styles)?;
    let bytes = Bytes { encoding: "UTF-8".into(), ..Bytes::default() };
    Ok(Document { format: Format::Odt, lines, as_is: None, bytes, notes, marks })
}

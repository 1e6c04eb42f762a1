//! What Word says about a run or a paragraph before its text.

use super::styles::Styles;
use crate::document::DocumentError;
use crate::document::paragraph::RunLook;
use crate::document::xml::{Space, Tag, Token, Xml};

/// Properties of a run (`w:rPr`).
#[derive(Clone, Debug, Default)]
pub(super) struct RunProperties {
    /// Bold said here, on or off.
    pub(super) bold: Option<bool>,
    /// Italics said here, on or off.
    pub(super) italic: Option<bool>,
    /// Raised or not, as said here or by the character style.
    pub(super) raised: bool,
    /// Bold and italics of the character style.
    pub(super) style: RunLook,
    /// Not shown.
    pub(super) hidden: bool,
    /// For a paragraph's mark: deleted or moved away, so the paragraph runs on into the next.
    pub(super) mark_deleted: bool,
}

/// Properties of a paragraph (`w:pPr`).
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphProperties {
    /// Bold and italics of the paragraph style.
    pub(super) style: RunLook,
    /// The rank of a heading style or an outline level, from 1.
    pub(super) heading: Option<u8>,
    /// A style for block quotations.
    pub(super) quotation: bool,
    /// Set in from the left as a whole, and no item of a list.
    pub(super) indented: bool,
    /// See [`RunProperties::mark_deleted`].
    pub(super) mark_deleted: bool,
}

/// Reads the children of the element just opened to its end. `take` gets each one, and skips or reads into it.
pub(super) fn each_child<'x>(
    xml: &mut Xml<'x>,
    mut take: impl FnMut(&mut Xml<'x>, &Tag<'x>) -> Result<(), DocumentError>,
) -> Result<(), DocumentError> {
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(tag) => take(xml, &tag)?,
            Token::Close(..) => break,
            Token::Text(_) => {}
        }
    }
    Ok(())
}

/// Reads a `w:rPr` that was just opened.
pub(super) fn read_run(xml: &mut Xml<'_>, styles: &Styles) -> Result<RunProperties, DocumentError> {
    let mut properties = RunProperties::default();
    let mut raised = None;
    each_child(xml, |xml, tag| {
        if tag.space == Space::Word {
            match tag.name() {
                "b" => properties.bold = Some(tag.is_on()),
                "i" => properties.italic = Some(tag.is_on()),
                "vertAlign" => raised = Some(tag.val().as_deref() == Some("superscript")),
                "rStyle" => {
                    properties.style = tag.val().map(|id| styles.character(&id).run).unwrap_or_default();
                }
                "vanish" => properties.hidden = tag.is_on(),
                "del" | "moveFrom" => properties.mark_deleted = true,
                _ => {}
            }
        }
        // Earlier properties (`w:rPrChange`) are inside, and pass with the rest.
        xml.skip()
    })?;
    properties.raised = raised.unwrap_or(properties.style.raised);
    Ok(properties)
}

/// The rank of a level of the outline, which are counted from 0. Level 9 is body text.
pub(super) fn rank_of(level: u8) -> Option<u8> {
    (level < 9).then_some(level + 1)
}

/// From so many twips on (nearly a centimetre) a paragraph stands in from the margin.
const INDENTED: i32 = 500;

/// Reads a `w:pPr` that was just opened. `default` is the style of paragraphs that name none.
pub(super) fn read_paragraph(
    xml: &mut Xml<'_>,
    styles: &Styles,
) -> Result<ParagraphProperties, DocumentError> {
    let mut style = styles.default_paragraph();
    let mut outline = None;
    let mut mark_deleted = false;
    let (mut indented, mut in_list) = (false, false);
    each_child(xml, |xml, tag| {
        match (tag.space, tag.name()) {
            (Space::Word, "ind") => {
                let left = tag.attribute("left").or_else(|| tag.attribute("start"));
                let left = left.and_then(|twips| twips.parse::<i32>().ok()).unwrap_or_default();
                // A hanging one is an entry of a list of references.
                indented = left >= INDENTED && tag.attribute("hanging").is_none();
            }
            (Space::Word, "numPr") => in_list = true,
            (Space::Word, "rPr") => {
                mark_deleted = read_run(xml, styles)?.mark_deleted;
                return Ok(());
            }
            (Space::Word, "pStyle") => {
                if let Some(id) = tag.val() {
                    style = styles.paragraph(&id);
                }
            }
            (Space::Word, "outlineLvl") => outline = tag.val().and_then(|level| level.parse::<u8>().ok()),
            _ => {}
        }
        xml.skip()
    })?;
    let heading = outline.map_or(style.heading, rank_of);
    Ok(ParagraphProperties {
        style: style.run,
        heading,
        quotation: style.quotation,
        indented: indented && !in_list,
        mark_deleted,
    })
}

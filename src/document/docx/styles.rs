//! What matters of Word's styles: which are bold, italic or raised, which are headings, which are for block quotations.

use std::collections::HashMap;

use super::properties::{each_child, rank_of};
use crate::document::DocumentError;
use crate::document::paragraph::RunLook;
use crate::document::xml::{Space, Tag, Token, Xml};

/// Styles may be based on each other; longer chains are loops.
const MOST_BASES: usize = 32;

/// What a style says, its bases included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) run: RunLook,
    /// The rank of a heading, from 1.
    pub(super) heading: Option<u8>,
    pub(super) quotation: bool,
}

/// A style as written.
#[derive(Debug, Default)]
struct Style {
    base: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    raised: Option<bool>,
    /// Whether it is a heading, and of which rank.
    heading: Option<Option<u8>>,
    quotation: Option<bool>,
}

/// The styles of a document. Identifiers of paragraph and character styles are apart.
#[derive(Debug, Default)]
pub(super) struct Styles {
    paragraph: HashMap<String, Style>,
    character: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn read(part: &str, source: &str) -> Result<Self, DocumentError> {
        let mut styles = Self::default();
        let mut xml = Xml::new(part, source);
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(tag) if tag.space == Space::Word && tag.name() == "style" => {
                    styles.add(&mut xml, &tag)?;
                }
                Token::Open(tag) if tag.space == Space::Word && tag.name() != "styles" => xml.skip()?,
                _ => {}
            }
        }
        Ok(styles)
    }

    fn add<'x>(&mut self, xml: &mut Xml<'x>, tag: &Tag<'x>) -> Result<(), DocumentError> {
        let style = read_style(xml)?;
        let Some(id) = tag.attribute("styleId") else { return Ok(()) };
        match tag.attribute("type").as_deref() {
            Some("paragraph") => {
                if tag.attribute("default").is_some_and(|value| value == "1" || value == "true") {
                    self.default_paragraph = Some(id.clone());
                }
                self.paragraph.insert(id, style);
            }
            Some("character") => {
                self.character.insert(id, style);
            }
            _ => {}
        }
        Ok(())
    }

    /// The look of a paragraph style. One that is not listed is told by its identifier.
    pub(super) fn paragraph(&self, id: &str) -> Look {
        if self.paragraph.contains_key(id) {
            look(&self.paragraph, id)
        } else {
            Look { heading: rank_of_name(id), quotation: is_quotation_name(id), ..Look::default() }
        }
    }

    /// The look of a character style.
    pub(super) fn character(&self, id: &str) -> Look {
        look(&self.character, id)
    }

    /// The look of a paragraph that names no style.
    pub(super) fn default_paragraph(&self) -> Look {
        self.default_paragraph.as_ref().map_or_else(Look::default, |id| look(&self.paragraph, id))
    }
}

fn look(styles: &HashMap<String, Style>, id: &str) -> Look {
    let (mut bold, mut italic, mut raised) = (None, None, None);
    let (mut heading, mut quotation) = (None, None);
    let mut next = styles.get(id);
    for _ in 0..MOST_BASES {
        let Some(style) = next else { break };
        bold = bold.or(style.bold);
        italic = italic.or(style.italic);
        raised = raised.or(style.raised);
        heading = heading.or(style.heading);
        quotation = quotation.or(style.quotation);
        next = style.base.as_ref().and_then(|base| styles.get(base));
    }
    Look {
        run: RunLook {
            bold: bold.unwrap_or_default(),
            italic: italic.unwrap_or_default(),
            raised: raised.unwrap_or_default(),
        },
        heading: heading.unwrap_or_default(),
        quotation: quotation.unwrap_or_default(),
    }
}

fn read_style(xml: &mut Xml<'_>) -> Result<Style, DocumentError> {
    let mut style = Style::default();
    each_child(xml, |xml, tag| {
        match (tag.space, tag.name()) {
            (Space::Word, "name") => {
                style.heading = tag.val().and_then(|name| rank_of_name(&name)).map(Some).or(style.heading);
                style.quotation = tag.val().filter(|name| is_quotation_name(name)).map(|_| true);
            }
            (Space::Word, "basedOn") => style.base = tag.val(),
            (Space::Word, "pPr" | "rPr") => return read_look(xml, &mut style),
            _ => {}
        }
        xml.skip()
    })?;
    Ok(style)
}

fn read_look(xml: &mut Xml<'_>, style: &mut Style) -> Result<(), DocumentError> {
    each_child(xml, |xml, tag| {
        match (tag.space, tag.name()) {
            (Space::Word, "b") => style.bold = Some(tag.is_on()),
            (Space::Word, "i") => style.italic = Some(tag.is_on()),
            (Space::Word, "vertAlign") => style.raised = Some(tag.val().as_deref() == Some("superscript")),
            (Space::Word, "outlineLvl") => {
                style.heading = tag.val().and_then(|level| level.parse().ok()).map(rank_of);
            }
            _ => {}
        }
        xml.skip()
    })
}

/// The rank of a heading by the name of its style. Word keeps the English names of its own styles whatever its language:
/// `heading 1`, `Title`.
fn rank_of_name(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    match name.as_str() {
        "title" | "subtitle" => Some(1),
        name => name.strip_prefix("heading")?.trim().parse().ok(),
    }
}

/// Word's own styles for block quotations, by name or identifier.
fn is_quotation_name(name: &str) -> bool {
    let name = name.to_lowercase().replace(' ', "");
    matches!(
        name.as_str(),
        "quote" | "intensequote" | "blocktext" | "quotations" | "blockquote" | "blockquotation"
    )
}

//! XML as three kinds of token, with names told apart by namespace, entities resolved and depth limited.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::DocumentError;

/// Word processors nest some dozens deep; recursion and memory are safe far beyond this.
const MOST_DEEP: usize = 512;

/// The namespaces that are read. Prefixes are free, so they are not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML, transitional or strict.
    Word,
    /// Markup compatibility (`mc:`).
    Compatibility,
    /// Office mathematics.
    Math,
    /// OpenDocument `office:`.
    Office,
    /// OpenDocument `text:`.
    Text,
    /// OpenDocument `table:`.
    Table,
    /// OpenDocument `style:`.
    Style,
    /// OpenDocument `draw:`.
    Draw,
    /// Any other, or none.
    Other,
}

impl Space {
    fn of(uri: &str) -> Self {
        const OPEN_DOCUMENT: &str = "urn:oasis:names:tc:opendocument:xmlns:";
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            _ => match uri.strip_prefix(OPEN_DOCUMENT) {
                Some("office:1.0") => Self::Office,
                Some("text:1.0") => Self::Text,
                Some("table:1.0") => Self::Table,
                Some("style:1.0") => Self::Style,
                Some("drawing:1.0") => Self::Draw,
                _ => Self::Other,
            },
        }
    }
}

/// The start of an element.
pub(super) struct Tag<'x> {
    pub(super) space: Space,
    start: BytesStart<'x>,
}

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// An attribute by its name without prefix. Broken attributes count as absent, and repeats are not looked for: that
    /// takes the square of their number.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|one| one.key.local_name().into_inner() == name)?;
        Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    /// Word's `w:val`.
    pub(super) fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// A switch of Word: on without a value, off by `0`, `false` or `off`.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// What comes next.
pub(super) enum Token<'x> {
    /// An element begins. Every one is closed, empty ones too.
    Open(Tag<'x>),
    /// An element ends.
    Close(Space, BytesEnd<'x>),
    /// Text, entities resolved.
    Text(Cow<'x, str>),
}

/// A part being read.
pub(super) struct Xml<'x> {
    reader: NsReader<&'x [u8]>,
    part: &'x str,
    depth: usize,
}

impl<'x> Xml<'x> {
    /// `part` names the source in errors.
    pub(super) fn new(part: &'x str, source: &'x str) -> Self {
        let mut reader = NsReader::from_str(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, part, depth: 0 }
    }

    /// The next token; `None` at the end.
    ///
    /// # Errors
    /// When the XML is broken, cut short or nested beyond the limit.
    pub(super) fn next(&mut self) -> Result<Option<Token<'x>>, DocumentError> {
        loop {
            let at = self.reader.buffer_position();
            let part = self.part;
            let damaged = move || DocumentError::DamagedXml { part: part.to_owned(), at };
            let (resolved, event) = self.reader.read_resolved_event().map_err(|_| damaged())?;
            let space = match resolved {
                ResolveResult::Bound(Namespace(uri)) => Space::of(uri),
                ResolveResult::Unbound | ResolveResult::Unknown(_) => Space::Other,
            };
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > MOST_DEEP {
                        return Err(DocumentError::TooDeep { part: part.to_owned(), limit: MOST_DEEP });
                    }
                    return Ok(Some(Token::Open(Tag { space, start })));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Token::Close(space, end)));
                }
                Event::Text(text) => return Ok(Some(Token::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Token::Text(text.xml10_content()))),
                Event::GeneralRef(reference) => return Ok(Some(Token::Text(resolve(&reference)))),
                Event::Eof if self.depth == 0 => return Ok(None),
                Event::Eof => return Err(damaged()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    /// Passes over the rest of the element that was opened last, with all in it.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub(super) fn skip(&mut self) -> Result<(), DocumentError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }
}

/// The character of a reference. Entities of a document type are not expanded: what is unknown stays as written.
fn resolve(reference: &BytesRef<'_>) -> Cow<'static, str> {
    if reference.is_char_ref() {
        let character = reference.resolve_char_ref().ok().flatten().unwrap_or(char::REPLACEMENT_CHARACTER);
        return Cow::Owned(character.to_string());
    }
    match resolve_predefined_entity(reference) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("&{};", &**reference)),
    }
}

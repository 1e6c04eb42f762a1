//! What matters of OpenDocument's styles: which are bold, which are headings, which are for block quotations.

use std::collections::HashMap;

use crate::document::DocumentError;
use crate::document::xml::{Space, Tag, Token, Xml};

/// Styles may have parents; longer chains are loops.
const MOST_PARENTS: usize = 32;

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    heading: bool,
    quotation: bool,
    indented: Option<bool>,
}

/// Styles by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    found: HashMap<(String, String), Style>,
}

impl Styles {
    /// Adds the styles of a part; those of the same name are replaced.
    ///
    /// # Errors
    /// When the part is damaged.
    pub(super) fn read(&mut self, part: &str, source: &str) -> Result<(), DocumentError> {
        let mut xml = Xml::new(part, source);
        let mut under_way: Option<((String, String), Style)> = None;
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(tag)
                    if tag.space == Space::Office && matches!(tag.name(), "body" | "master-styles") =>
                {
                    xml.skip()?;
                }
                Token::Open(tag) if tag.space == Space::Style => match tag.name() {
                    "style" => under_way = begin(&tag),
                    "paragraph-properties" => {
                        if let (Some((_, style)), Some(margin)) =
                            (&mut under_way, tag.attribute("margin-left"))
                        {
                            // What hangs is an entry of a list of references.
                            let hangs =
                                tag.attribute("text-indent").is_some_and(|indent| indent.starts_with('-'));
                            style.indented = Some(millimetres(&margin) >= INDENTED && !hangs);
                        }
                    }
                    "text-properties" => {
                        if let (Some((_, style)), Some(weight)) =
                            (&mut under_way, tag.attribute("font-weight"))
                        {
                            style.bold = Some(is_bold(&weight));
                        }
                    }
                    _ => {}
                },
                Token::Close(Space::Style, end) if end.local_name().into_inner() == "style" => {
                    self.found.extend(under_way.take());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a style says bold, plain or nothing, with its parents.
    pub(super) fn bold(&self, family: &str, name: &str) -> Option<bool> {
        self.chain(family, name).find_map(|style| style.bold)
    }

    /// Whether a paragraph style is a heading or has one among its parents.
    pub(super) fn is_heading(&self, name: &str) -> bool {
        self.chain("paragraph", name).any(|style| style.heading)
    }

    /// Whether a paragraph style is for block quotations or has one that is among its parents.
    pub(super) fn is_quotation(&self, name: &str) -> bool {
        is_quotation_name(name) || self.chain("paragraph", name).any(|style| style.quotation)
    }

    /// Whether paragraphs of a style stand in from the margin.
    pub(super) fn is_indented(&self, name: &str) -> bool {
        self.chain("paragraph", name).find_map(|style| style.indented).unwrap_or_default()
    }

    fn chain(&self, family: &str, name: &str) -> impl Iterator<Item = &Style> {
        let family = family.to_owned();
        let get = move |name: &str| self.found.get(&(family.clone(), name.to_owned()));
        let first = get(name);
        std::iter::successors(first, move |style| style.parent.as_deref().and_then(&get)).take(MOST_PARENTS)
    }
}

fn begin(tag: &Tag<'_>) -> Option<((String, String), Style)> {
    let name = tag.attribute("name")?;
    let outline = tag.attribute("default-outline-level").is_some_and(|level| !level.is_empty());
    let style = Style {
        heading: outline || matches!(name.as_str(), "Title" | "Subtitle" | "Heading"),
        quotation: is_quotation_name(&name)
            || tag.attribute("parent-style-name").is_some_and(|parent| is_quotation_name(&parent)),
        parent: tag.attribute("parent-style-name"),
        bold: None,
        indented: None,
    };
    Some(((tag.attribute("family")?, name), style))
}

/// From so many millimetres on a paragraph stands in from the margin.
const INDENTED: f64 = 9.0;

/// A length (`1.27cm`) in millimetres; 0 for what is none, or is relative.
fn millimetres(length: &str) -> f64 {
    let letters = length.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(length.len());
    let (number, unit) = length.split_at(letters);
    let each = match unit {
        "cm" => 10.0,
        "mm" => 1.0,
        "in" | "inch" => 25.4,
        "pt" => 25.4 / 72.0,
        "pc" => 25.4 / 6.0,
        _ => 0.0,
    };
    number.trim().parse::<f64>().unwrap_or_default() * each
}

/// The style that writers of OpenDocument have for block quotations.
fn is_quotation_name(name: &str) -> bool {
    matches!(name, "Quotations" | "Quote" | "Intense_20_Quote" | "Block_20_Quotation")
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u16>().is_ok_and(|weight| weight >= 600)
}

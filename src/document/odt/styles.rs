//! What matters of OpenDocument's styles: which are bold, italic or raised, which are headings, which are for block quotations.

use std::collections::HashMap;

use crate::document::DocumentError;
use crate::document::paragraph::RunLook;
use crate::document::xml::{Space, Tag, Token, Xml};

/// Styles may have parents; longer chains are loops.
const MOST_PARENTS: usize = 32;

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    raised: Option<bool>,
    /// The rank of a heading, from 1.
    heading: Option<u8>,
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
                        if let Some((_, style)) = &mut under_way {
                            style.bold = tag.attribute("font-weight").map(|weight| is_bold(&weight));
                            style.italic = tag.attribute("font-style").map(|slant| slant != "normal");
                            style.raised =
                                tag.attribute("text-position").map(|position| is_raised(&position));
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

    /// How runs of a style look, with its parents; what none of them says is as around it.
    pub(super) fn run(&self, family: &str, name: &str, around: RunLook) -> RunLook {
        let said = |of: fn(&Style) -> Option<bool>| self.chain(family, name).find_map(of);
        RunLook {
            bold: said(|style| style.bold).unwrap_or(around.bold),
            italic: said(|style| style.italic).unwrap_or(around.italic),
            raised: said(|style| style.raised).unwrap_or(around.raised),
        }
    }

    /// The rank of a paragraph style that is a heading or has one among its parents.
    pub(super) fn heading(&self, name: &str) -> Option<u8> {
        self.chain("paragraph", name).find_map(|style| style.heading)
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
    let outline = tag.attribute("default-outline-level").and_then(|level| level.parse().ok());
    let title = matches!(name.as_str(), "Title" | "Subtitle" | "Heading").then_some(1);
    let style = Style {
        heading: outline.or(title),
        quotation: is_quotation_name(&name)
            || tag.attribute("parent-style-name").is_some_and(|parent| is_quotation_name(&parent)),
        parent: tag.attribute("parent-style-name"),
        bold: None,
        italic: None,
        raised: None,
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

/// Whether text of a position (`super 58%`, `33% 58%`) is raised.
fn is_raised(position: &str) -> bool {
    let height = position.split_whitespace().next().unwrap_or_default();
    height == "super" || height.trim_end_matches('%').parse::<f64>().is_ok_and(|height| height > 0.0)
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u16>().is_ok_and(|weight| weight >= 600)
}

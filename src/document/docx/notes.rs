//! Footnotes and endnotes, which Word keeps in parts of their own.
//!
//! A part that is damaged takes nothing else along: its notes are there without lines.

use std::collections::HashMap;

use super::body::{self, Reference};
use super::find_related;
use super::styles::Styles;
use crate::document::archive::Archive;
use crate::document::{DocumentError, Line, Note};

/// The notes that a body refers to, in its order. `body` is the folder and the file of the body.
pub(super) fn read(
    archive: &mut Archive<'_>,
    body: (&str, &str),
    references: &[Reference],
    styles: &Styles,
) -> Vec<Note> {
    let mut notes = Vec::with_capacity(references.len());
    let (mut footnotes, mut endnotes) = (None, None);
    let (mut nth_footnote, mut nth_endnote) = (0, 0);
    for reference in references {
        let (kind, nth, held) = match reference {
            Reference::Footnote(_) => ("footnote", &mut nth_footnote, &mut footnotes),
            Reference::Endnote(_) => ("endnote", &mut nth_endnote, &mut endnotes),
        };
        let (Reference::Footnote(id) | Reference::Endnote(id)) = reference;
        *nth += 1;
        let held = held.get_or_insert_with(|| part(archive, body, kind, styles).unwrap_or_default());
        notes.push(Note { name: format!("{kind} {nth}"), lines: held.remove(id).unwrap_or_default() });
    }
    notes
}

/// The notes of one kind by their identifiers.
fn part(
    archive: &mut Archive<'_>,
    (folder, file): (&str, &str),
    kind: &str,
    styles: &Styles,
) -> Result<HashMap<String, Vec<Line>>, DocumentError> {
    let related = find_related(archive, &format!("{folder}/_rels/{file}.rels"), &format!("/{kind}s"))?;
    let part = match related {
        Some(target) if target.contains('/') => target,
        Some(target) => format!("{folder}/{target}"),
        None => format!("{folder}/{kind}s.xml"),
    };
    let source = archive.read(&part)?.ok_or(DocumentError::DamagedArchive)?;
    body::read_notes(&part, &source, kind, styles)
}

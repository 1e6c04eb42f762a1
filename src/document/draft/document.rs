//! Word-processor files as drafts: their paragraphs, then their footnotes and endnotes.

use super::blocks::{Builder, Draft};
use crate::document::{Document, Line, Mark};
use crate::text::counted;

/// The paragraphs of a word-processor file, then its footnotes and endnotes, so that no sentence is cut in two by one.
pub(super) fn read(document: Document) -> Draft {
    let mut builder = Builder::new("paragraph");
    let mut place = document.lines.iter().map(|line| line.number).max().unwrap_or(0);
    push_lines(&mut builder, &document.lines, None);
    builder.set_references(false);
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
    let mut cell = None;
    for (line, set_in) in lines.iter().zip(set_in) {
        let place = place.unwrap_or(line.number);
        if line.continues {
            builder.push_char('\n', place);
        } else {
            builder.end_paragraph();
            let is_quotation = line.quotation || set_in;
            let is_apart = line.cell != cell || builder.last_ends_with(')');
            if in_quotation && (!is_quotation || is_apart) {
                builder.close_quotation();
                in_quotation = false;
            }
            if is_quotation && !in_quotation {
                builder.open_quotation();
                in_quotation = true;
            }
            builder.set_cell(line.cell);
            cell = line.cell;
            if let Some(rank) = line.heading {
                builder.set_heading(rank.into());
            }
        }
        push_runs(builder, line, place);
    }
    builder.set_cell(None);
    if in_quotation {
        builder.close_quotation();
    }
}

/// Adds the text of a line with what is raised in it and in italics.
fn push_runs(builder: &mut Builder, line: &Line, place: usize) {
    let mut italic = line.italic.iter().peekable();
    let mut raised = line.raised.iter().peekable();
    for (at, character) in line.text.char_indices() {
        if italic.peek().is_some_and(|range| range.start == at) {
            builder.set_italic(true);
        }
        if raised.peek().is_some_and(|range| range.start == at) {
            builder.open_raised();
        }
        builder.push_char(character, place);
        let end = at + character.len_utf8();
        if raised.next_if(|range| range.end == end).is_some() {
            builder.close_raised(place);
        }
        if italic.next_if(|range| range.end == end).is_some() {
            builder.set_italic(false);
        }
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
        found.extend(run.iter().enumerate().map(|(at, line)| at < set_in && line.heading.is_none()));
        before = if last.is_empty() { before } else { last };
    }
    found
}

//! Tables: what a column holds is told from the whole column, whatever its place. Mostly times: times. Few short texts that
//! recur: speakers. The most text: speech.
//!
//! A row can hold many turns: labels one under the other in one cell, speech in the other, lined up by empty paragraphs.
//! They are paired in order if there are as many labels as speeches, and never guessed otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, Laid};
use super::doubts;
use super::grammar;
use super::head::{self, Shape};
use super::labelled;
use super::labels;
use super::row::{Row, is_blank};
use super::unlabelled::{self, KEY, SPEAKER};
use crate::document::{Document, Line};
use crate::import::roles::is_among;
use crate::import::time;
use crate::text::fold_label;

/// Words of header rows.
const HEADER: &str = "\
    time, timespan, timestamp, timecode, start, end, speaker, name, who, transcript, text, content, \
    speech, words, id, no, no., line, turn, notes, amser, siaradwr, testun";

/// One row of a table: the lines of each cell, blank ones left out.
type Cells<'d> = Vec<Vec<Row<'d>>>;

/// A stretch of the document: a table, or lines between tables.
enum Part<'d> {
    Table(Vec<Cells<'d>>),
    Line(Row<'d>),
}

/// What the columns of a table hold.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    time: Option<usize>,
    speaker: Option<usize>,
    speech: usize,
}

/// Whether most of a document's text stands in tables.
pub(super) fn hold_most(document: &Document) -> bool {
    let size = |inside: bool| {
        let lines = document.lines.iter().filter(|line| line.cell.is_some() == inside);
        lines.map(|line| line.text.trim().len()).sum::<usize>()
    };
    size(true) > 0 && size(true) >= size(false)
}

/// Lays a document out by its tables; `None` if there is no text in any.
pub(super) fn lay_out(document: &Document) -> Option<Laid> {
    let is_filled = |line: &Line| line.cell.is_some() && !line.text.trim().is_empty();
    if !document.lines.iter().any(is_filled) {
        return None;
    }
    let mut laid = Laid { layout: "table".into(), ..Laid::default() };
    let parts = parts(document);
    let known = known_labels(&parts);
    for part in &parts {
        match part {
            Part::Table(rows) => table(rows, &mut laid),
            Part::Line(row) => line(row, &known, &mut laid),
        }
    }
    laid.named.push((KEY.into(), SPEAKER.into()));
    Some(laid)
}

fn parts(document: &Document) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, line) in document.lines.iter().enumerate() {
        let row = Row::new(at, line, 0);
        let Some(cell) = line.cell else {
            open = None;
            parts.push(Part::Line(row));
            continue;
        };
        let same_row = open == Some((cell.table, cell.row));
        if open.is_none_or(|(table, _)| table != cell.table) {
            parts.push(Part::Table(Vec::new()));
        }
        open = Some((cell.table, cell.row));
        if let Some(Part::Table(rows)) = parts.last_mut() {
            if !same_row {
                rows.push(Vec::new());
            }
            if let Some(cells) = rows.last_mut() {
                cells.resize_with(cells.len().max(cell.column + 1), Vec::new);
                cells[cell.column].extend((!row.is_blank()).then_some(row));
            }
        }
    }
    parts
}

fn text(cell: Option<&Vec<Row<'_>>>) -> String {
    let lines = cell.into_iter().flatten().map(|row| row.text.trim_matches(is_blank));
    lines.collect::<Vec<_>>().join("\n")
}

/// Folded labels of all speaker columns: what lines outside tables may begin with.
fn known_labels(parts: &[Part<'_>]) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for part in parts {
        if let Part::Table(rows) = part
            && let Some(speaker) = columns(rows).speaker
        {
            let cells = rows.iter().filter_map(|cells| cells.get(speaker)).flatten();
            known.extend(cells.map(|row| fold_label(row.text)));
        }
    }
    known
}

/// What stands in which column, from all rows.
fn columns(rows: &[Cells<'_>]) -> Columns {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let body = &rows[usize::from(rows.first().is_some_and(is_header))..];
    let cells = |column: usize| {
        body.iter().filter_map(move |cells| cells.get(column)).filter(|cell| !cell.is_empty())
    };
    let share = |column: usize, fits: fn(&Row<'_>) -> bool| {
        let lines = || cells(column).flatten();
        let fit = lines().filter(|row| fits(row)).count();
        fit > 0 && fit * 10 >= lines().count() * 7
    };
    let size = |column: usize| cells(column).flatten().map(|row| row.text.len()).sum::<usize>();
    let speech = (0..count).max_by_key(|&column| size(column)).unwrap_or(0);
    let others = || (0..count).filter(move |&column| column != speech);
    let time = others().find(|&column| share(column, |row| cell_time(row.text).is_some()));
    let labels = |column: usize| {
        let keys: Vec<String> = cells(column).flatten().map(|row| fold_label(row.text)).collect();
        let distinct = keys.iter().collect::<BTreeSet<_>>().len();
        share(column, |row| is_label(row.text)) && (distinct * 2 <= keys.len() || keys.len() < 4)
    };
    let speaker = others().find(|&column| Some(column) != time && labels(column));
    Columns { time, speaker, speech }
}

fn is_header(cells: &Cells<'_>) -> bool {
    let words: Vec<String> = cells.iter().map(|cell| fold_label(&text(Some(cell)))).collect();
    let known = words.iter().filter(|word| is_among(HEADER, word)).count();
    known > 0 && known * 2 >= words.iter().filter(|word| !word.is_empty()).count()
}

fn is_label(text: &str) -> bool {
    let text = text.trim_matches(is_blank);
    text.chars().count() <= 41 && labels::is_plausible(fold_label(text).as_str())
}

/// Start and perhaps end of a cell that is a time or a stretch of time.
fn cell_time(text: &str) -> Option<(u32, Option<u32>)> {
    let text = text.trim_matches(is_blank);
    match time::range_at(text) {
        Some((start, end, len)) if len == text.len() => Some((start, Some(end))),
        _ => time::whole_time(text).map(|found| (found.ms, None)),
    }
}

fn table(rows: &[Cells<'_>], laid: &mut Laid) {
    let columns = columns(rows);
    let head = usize::from(rows.len() > 1 && rows.first().is_some_and(is_header));
    for cell in rows[..head].iter().flatten().flatten() {
        laid.front.push(cell.whole());
    }
    let body = &rows[head..];
    let inline =
        if columns.speaker.is_none() { inline_labels(body, columns.speech) } else { BTreeMap::new() };
    for cells in body {
        let start = laid.blocks.len();
        let speech = cells.get(columns.speech).map(Vec::as_slice).unwrap_or_default();
        let names =
            columns.speaker.and_then(|column| cells.get(column)).map(Vec::as_slice).unwrap_or_default();
        match columns.speaker {
            Some(_) => pair(names, speech, laid),
            None => speech.iter().for_each(|row| unpaired(row, &inline, laid)),
        }
        let at = columns.time.and_then(|column| cell_time(&text(cells.get(column))));
        if let (Some((ms, end)), Some(block)) = (at, laid.blocks.get_mut(start)) {
            (block.start_ms, block.end_ms) = (Some(ms), end);
        }
    }
    left_out(body, columns, laid);
}

/// Pairs the labels of a row with its speeches, in order.
fn pair(names: &[Row<'_>], speech: &[Row<'_>], laid: &mut Laid) {
    match names {
        [] => match laid.blocks.last_mut() {
            Some(block) => block.speech.extend(speech.iter().map(Row::whole)),
            None => laid.front.extend(speech.iter().map(Row::whole)),
        },
        [name] => laid.blocks.push(named(name, speech)),
        _ if names.len() == speech.len() => {
            laid.blocks
                .extend(names.iter().zip(speech).map(|(name, row)| named(name, std::slice::from_ref(row))));
        }
        [first, ..] => {
            let (labels, paragraphs) = (names.len(), speech.len());
            let what = format!(
                "A row of the table has {labels} labels and {paragraphs} paragraphs of speech: \
                 they could not be lined up and are in as text of an unknown speaker."
            );
            laid.doubts.push(doubts::at(Some(first.number), what));
            laid.front.extend(names.iter().map(Row::whole));
            laid.blocks.extend(speech.iter().map(|row| unlabelled::paragraph(KEY, row.whole())));
        }
    }
}

fn named(name: &Row<'_>, speech: &[Row<'_>]) -> Block {
    let written = name.text.trim_matches(is_blank).trim_end_matches([':', '：']).trim_end_matches(is_blank);
    let label = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut block = Block { speaker: fold_label(&label), label, ..Block::default() };
    block.speech = speech.iter().map(Row::whole).collect();
    block
}

/// Speakers' keys of the labels that speech cells begin with, where no column names the speakers.
fn inline_labels(rows: &[Cells<'_>], speech: usize) -> BTreeMap<String, String> {
    let lines: Vec<Row<'_>> = rows.iter().filter_map(|cells| cells.get(speech)).flatten().cloned().collect();
    let reading = grammar::read(&lines, Shape::Colon);
    if reading.score > 0.0 { reading.labels.speakers } else { BTreeMap::new() }
}

/// A line of speech that no column gives a speaker: labelled itself, or going on, or nobody's.
fn unpaired(row: &Row<'_>, known: &BTreeMap<String, String>, laid: &mut Laid) {
    let head = head::read(row, Shape::Colon);
    let found = head.and_then(|head| known.get(&fold_label(&head.label)).map(|speaker| (head, speaker)));
    match (found, laid.blocks.last_mut()) {
        (Some((head, speaker)), _) => laid.blocks.push(labelled::open(row, &head, speaker)),
        (None, Some(block)) if !known.is_empty() => block.speech.push(row.whole()),
        (None, _) => laid.blocks.push(unlabelled::paragraph(KEY, row.whole())),
    }
}

/// A line outside tables: a turn if it begins with a label of the tables, else front matter, or an unknown speaker's.
fn line(row: &Row<'_>, known: &BTreeSet<String>, laid: &mut Laid) {
    let head = head::read(row, Shape::Colon).filter(|head| {
        let key = fold_label(&head.label);
        known.contains(&key) || crate::import::roles::part_of(&key).is_some()
    });
    match head {
        Some(head) => laid.blocks.push(labelled::open(row, &head, &fold_label(&head.label))),
        None if laid.blocks.is_empty() => {
            laid.header.extend(super::margins::header(std::slice::from_ref(row)));
            laid.front.push(row.whole());
        }
        None if row.is_blank() => {}
        None => laid.blocks.push(unlabelled::paragraph(KEY, row.whole())),
    }
}

/// Says which columns are in no turn.
fn left_out(body: &[Cells<'_>], columns: Columns, laid: &mut Laid) {
    let count = body.iter().map(Vec::len).max().unwrap_or(0);
    let used = [columns.time, columns.speaker, Some(columns.speech)];
    let filled =
        |column: usize| body.iter().any(|cells| cells.get(column).is_some_and(|cell| !cell.is_empty()));
    for column in (0..count).filter(|&column| !used.contains(&Some(column)) && filled(column)) {
        let what = format!(
            "Column {} of the table is neither time, speaker nor speech and was left out.",
            column + 1
        );
        laid.doubts.push(doubts::at(None, what));
    }
}

//! Front and back matter: what stands before the first turn and after the last.

use std::collections::{BTreeMap, BTreeSet};

use super::head::{self, Shape};
use super::labels::is_furniture;
use super::row::{Row, is_blank};
use crate::import::time;
use crate::text::{fold_label, fold_name};

/// How many rows at the top may hold header lines, and how long a header line's value may be.
const TOP: usize = 60;
const LONGEST_VALUE: usize = 200;

/// Closes the rows of front matter to labels: a YAML block, and `Key: value` lines at the top of the file.
pub(super) fn close_front(rows: &mut [Row<'_>]) {
    let start = yaml_end(rows).unwrap_or(0);
    for row in &mut rows[..start] {
        row.closed = true;
    }
    let counts = key_counts(rows);
    let tabbed = tab_counts(rows);
    let mut at = start;
    while at < rows.len().min(start + TOP) {
        if rows[at].is_blank() {
            at += 1;
            continue;
        }
        let end = at + rows[at..].iter().take_while(|row| !row.is_blank()).count();
        // Lines with labels that recur are speech, though no colon is behind them.
        let is_turn = |row: &Row<'_>| tab_label(row).is_some_and(|label| tabbed.get(&label) > Some(&1));
        let spoken = rows[at..end].iter().position(is_turn).map_or(end, |speech| at + speech);
        let is_bounded = spoken < rows.len();
        match header_lines(&rows[at..spoken], &counts, is_bounded) {
            Some(lines) => rows[at..at + lines].iter_mut().for_each(|row| row.closed = true),
            None => break,
        }
        if spoken < end {
            break;
        }
        at = end;
    }
}

/// One past the closing line of a YAML block, if the file begins with one.
fn yaml_end(rows: &[Row<'_>]) -> Option<usize> {
    let first = rows.iter().position(|row| !row.is_blank())?;
    (rows[first].text.trim() == "---").then_some(())?;
    let close =
        rows[first + 1..].iter().take(TOP).position(|row| matches!(row.text.trim(), "---" | "..."))?;
    Some(first + close + 2)
}

fn key(row: &Row<'_>) -> Option<(String, String)> {
    let found = head::read(row, Shape::Colon)?;
    Some((found.label, row.text[found.speech..].trim_matches(is_blank).to_owned()))
}

/// The label before a tab, folded.
fn tab_label(row: &Row<'_>) -> Option<String> {
    head::read(row, Shape::Tab).map(|found| fold_label(&found.label))
}

fn tab_counts(rows: &[Row<'_>]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for label in rows.iter().filter_map(tab_label) {
        *counts.entry(label).or_default() += 1;
    }
    counts
}

fn key_counts(rows: &[Row<'_>]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (label, _) in rows.iter().filter_map(key) {
        *counts.entry(fold_label(&label)).or_default() += 1;
    }
    counts
}

/// How many rows of a run without blank lines are header lines; `None` if speech has begun. `is_bounded` says that
/// something else is below the run.
fn header_lines(run: &[Row<'_>], counts: &BTreeMap<String, usize>, is_bounded: bool) -> Option<usize> {
    let mut seen = BTreeSet::new();
    let mut header = 0;
    for (at, row) in run.iter().enumerate().take(TOP) {
        let Some((label, value)) = key(row) else { continue };
        let once = counts.get(&fold_label(&label)).is_none_or(|&count| count == 1);
        let speech = !once && !is_furniture(&label);
        if !seen.insert(fold_label(&label)) || speech || value.len() > LONGEST_VALUE {
            return (header > 0).then_some(header);
        }
        let short = value.len() <= 40 && !value.ends_with(['.', '?', '!']);
        if is_furniture(&label) || (header == at && header > 0 && short && once) {
            header = at + 1;
        }
    }
    match (header, seen.is_empty()) {
        (0, true) => Some(0),
        (0, false) => None,
        // The blank line or the labels below say that the whole block is header.
        _ if is_bounded && run.len() < TOP / 2 => Some(run.len()),
        _ => Some(header),
    }
}

/// `Key: value` of the rows before the first turn, in order.
pub(super) fn header(rows: &[Row<'_>]) -> Vec<(String, String)> {
    let opened = rows.iter().map(|row| Row { closed: false, ..row.clone() });
    opened.filter_map(|row| key(&row)).filter(|(_, value)| !value.is_empty()).collect()
}

/// How many rows at the end are marked as no speech: `[END OF AUDIO]`, `Transcribed by …`, stop lines, stage
/// directions in starred brackets. `speakers` are the folded labels of the file.
pub(super) fn back_rows(rows: &[Row<'_>], speakers: &BTreeSet<String>) -> usize {
    let mut back = 0;
    for (at, row) in rows.iter().rev().enumerate() {
        if row.is_blank() {
            continue;
        }
        if !is_back(row.text, speakers) {
            break;
        }
        back = at + 1;
    }
    back
}

fn is_back(text: &str, speakers: &BTreeSet<String>) -> bool {
    let mut text = text.trim_matches(is_blank);
    if let Some(found) = time::time_at(text) {
        text = text[found.len..].trim_start_matches(is_blank);
    }
    let starred = text.strip_prefix("*(").is_some_and(|rest| rest.ends_with(")*"));
    let bracketed = text.starts_with(['[', '(', '-', '*', '=']) || text.chars().all(|c| !c.is_lowercase());
    let key = fold_name(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let ends = [
        "end of",
        "end recording",
        "recording ends",
        "interview ends",
        "end interview",
        "end transcript",
        "diwedd",
    ];
    let says_end = key == "end" || ends.iter().any(|word| key.starts_with(word));
    let service = [
        "transcribed by",
        "transcription by",
        "transcription ended",
        "this editable transcript",
        "transcript by",
    ];
    let stopped = speakers.iter().any(|speaker| {
        key.strip_prefix(speaker.as_str())
            .is_some_and(|rest| rest.starts_with(' ') && rest.contains("transcri"))
    });
    starred || (bracketed && says_end) || service.iter().any(|word| key.starts_with(word)) || stopped
}

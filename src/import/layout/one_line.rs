//! A whole transcript on one line, labels and all: line ends were lost on the way.

use std::sync::LazyLock;

use regex::Regex;

use super::block::{Block, Laid};
use super::doubts;
use super::head::Head;
use super::labelled;
use super::labels;
use super::row::{Row, is_blank};
use crate::text::fold_label;

/// A line is looked into only when it is this long, in bytes: many turns of speech.
const LONG: usize = 1000;

/// A label inside a line: at its beginning or after the end of a sentence, one to five words that begin with a capital, a
/// digit or (but the first) a bracket, then a colon and a blank.
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"(?x)
        (?: ^ | [.?!…”’\x22')\]*—–-] [\x20\t\u{a0}]+ )
        (
            \p{Lu} [\p{L}\p{M}\p{N}'’._-]*
            (?: [\x20\u{a0}] [\p{Lu}\p{N}(] [\p{L}\p{M}\p{N}'’.()_-]* ){0,4}
        )
        : [\x20\t\u{a0}]";
    Regex::new(pattern).ok()
});

/// Splits files of at most three lines at the labels inside them, if they recur.
pub(super) fn lay_out(rows: &[Row<'_>]) -> Option<Laid> {
    let shown: Vec<&Row<'_>> = rows.iter().filter(|row| !row.is_blank()).collect();
    if shown.len() > 3 || !shown.iter().any(|row| row.text.len() >= LONG) {
        return None;
    }
    let heads: Vec<(usize, Head)> =
        shown.iter().enumerate().flat_map(|(at, row)| heads(row).map(move |head| (at, head))).collect();
    let judged = labels::judge(heads.iter().map(|(at, head)| (*at, head)), heads.len());
    let heads: Vec<(usize, Head, String)> = heads
        .into_iter()
        .filter_map(|(at, head)| {
            let speaker = judged.speakers.get(&fold_label(&head.label))?.clone();
            // Inside a line one word with a colon, seen once, is more likely speech (`Remember: …`).
            let thin = !speaker.contains(' ') && judged.thin.iter().any(|(_, label)| *label == head.label);
            (!thin).then_some((at, head, speaker))
        })
        .collect();
    if heads.len() < 3 {
        return None;
    }
    let (first_row, first_head, _) = heads.first()?;
    let before = shown[*first_row].piece(0, first_head.start);
    let mut front: Vec<_> = shown[..*first_row].iter().map(|row| row.whole()).collect();
    front.extend((before.start < before.end).then_some(before));
    let blocks = heads.iter().enumerate().map(|(index, (at, head, speaker))| {
        let next = heads.get(index + 1);
        let end =
            next.filter(|(row, _, _)| row == at).map_or(shown[*at].text.len(), |(_, head, _)| head.start);
        let last = next.map_or(shown.len(), |(row, _, _)| *row).max(at + 1);
        block(shown[*at], head, speaker, end, &shown[at + 1..last])
    });
    let mut laid =
        Laid { layout: "label and colon inside one line".into(), as_is: true, front, ..Laid::default() };
    laid.blocks = blocks.collect();
    laid.doubts = doubts::of_labels(&judged, |row| shown.get(row).map(|row| row.number));
    laid.doubts
        .push(doubts::at(None, "The text has no line ends: it was split at the labels inside it.".into()));
    Some(laid)
}

fn heads(row: &Row<'_>) -> impl Iterator<Item = Head> {
    let found = LABEL.as_ref().map(|label| label.captures_iter(row.text).filter_map(|found| found.get(1)));
    let heads = found.into_iter().flatten().map(|label| {
        let end = label.end() + ':'.len_utf8();
        let rest = &row.text[end..];
        let speech = end + (rest.len() - rest.trim_start_matches(is_blank).len());
        Head { label: label.as_str().to_owned(), start: label.start(), end, speech, ms: None, marked: false }
    });
    heads.collect::<Vec<_>>().into_iter()
}

/// The turn from `head` to byte `end` of its row, and the rows after it that have no label.
fn block(row: &Row<'_>, head: &Head, speaker: &str, end: usize, more: &[&Row<'_>]) -> Block {
    let mut block = labelled::open(row, head, speaker);
    let end = row.text[..end].trim_end_matches(is_blank).len();
    block.speech = vec![row.piece(head.speech.min(end), end)];
    block.speech.extend(more.iter().map(|row| row.whole()));
    block.speech.retain(|piece| piece.start < piece.end);
    block
}

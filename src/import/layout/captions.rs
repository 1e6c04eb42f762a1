//! Captions: lines with a beginning and an end in time, from caption files or written `[00:01 --> 00:04] speech`.
//!
//! Consecutive cues of one voice are one turn; each cue's time is kept as a mark in it. The voice is what the format
//! names (`<v Name>`), else a label before the words (`Name: `, `>> NAME:`). Where some cues carry a label and many do
//! not, a label stands where somebody begins, so that each opens a turn of its own.
//!
//! Captions without speakers are one unknown speaker's: a turn ends with a sentence once it has lasted
//! [`ENOUGH_MS`], and anyhow after [`LONGEST_MS`].

use super::block::{Block, Laid};
use super::doubts;
use super::grammar;
use super::head::{Head, Shape};
use super::row::{Joint, Piece, Row, is_blank};
use super::unlabelled::{KEY, SPEAKER};
use crate::document::Document;
use crate::import::time;
use crate::text::fold_label;

const ENOUGH_MS: u32 = 10_000;
const LONGEST_MS: u32 = 30_000;
/// One cue in so many without a label makes labels stand only where somebody begins.
const BARE: usize = 4;

/// A line of a cue.
#[derive(Clone, Debug)]
struct Cued<'d> {
    row: Row<'d>,
    index: usize,
    start_ms: u32,
    end_ms: u32,
    voice: Option<String>,
}

/// The cues of a caption file.
fn cues(document: &Document) -> Vec<Cued<'_>> {
    let lines = document.lines.iter().enumerate();
    let cued = lines.filter_map(|(at, line)| {
        let cue = line.cue.as_ref()?;
        let mut row = Row::new(at, line, 0);
        // Broadcasters write `>>` where the speaker changes.
        let text = row.text.trim_start_matches([' ', '>']);
        row = if row.text.starts_with(">>") { Row::new(at, line, row.text.len() - text.len()) } else { row };
        let voice = cue.voice.clone();
        Some(Cued { row, index: cue.index, start_ms: cue.start_ms, end_ms: cue.end_ms, voice })
    });
    cued.filter(|cued| !cued.row.is_blank()).collect()
}

/// Lays out a caption file, or one whose lines begin with stretches of time; `None` if it is neither.
pub(super) fn of(document: &Document, rows: &[Row<'_>]) -> Option<Laid> {
    let cues = cues(document);
    if !cues.is_empty() {
        return Some(lay_out(&cues, "captions"));
    }
    let (front, cues) = ranges(rows, document)?;
    let laid = lay_out(&cues, "stretch of time before each line");
    Some(Laid { header: Vec::new(), front, cues: 0, ..laid })
}

/// Rows that begin with a stretch of time, if at least three in five do, and the rows before the first. A row between
/// them goes on the one before it.
fn ranges<'d>(rows: &[Row<'d>], document: &'d Document) -> Option<(Vec<Piece>, Vec<Cued<'d>>)> {
    let shown: Vec<&Row<'d>> = rows.iter().filter(|row| !row.is_blank()).collect();
    let ranged = shown.iter().filter(|row| range(row).is_some()).count();
    if ranged < 3 || ranged * 5 < shown.len() * 3 {
        return None;
    }
    let mut front = Vec::new();
    let mut found: Vec<Cued<'d>> = Vec::new();
    for row in shown {
        match (range(row), found.last()) {
            (Some((start_ms, end_ms, len)), last) => {
                let index = last.map_or(0, |last| last.index + 1);
                let row = Row::new(row.line, document.lines.get(row.line)?, len);
                found.push(Cued { row, index, start_ms, end_ms, voice: None });
            }
            (None, Some(last)) => found.push(Cued { row: row.clone(), ..last.clone() }),
            (None, None) => front.push(row.whole()),
        }
    }
    found.retain(|cued| !cued.row.is_blank());
    Some((front, found))
}

/// The stretch of time that a row begins with, and the byte after it.
fn range(row: &Row<'_>) -> Option<(u32, u32, usize)> {
    let indent = row.text.len() - row.text.trim_start_matches(is_blank).len();
    time::range_at(&row.text[indent..]).map(|(start, end, len)| (start, end, indent + len))
}

/// Lays cues out into turns. `layout` says what they were read from.
fn lay_out(cued: &[Cued<'_>], layout: &str) -> Laid {
    let mut laid = Laid { cues: cued.last().map_or(0, |last| last.index + 1), ..Laid::default() };
    let voiced = cued.iter().any(|cued| cued.voice.is_some());
    let heads = if voiced { vec![None; cued.len()] } else { prefixes(cued, &mut laid) };
    let labelled = heads.iter().flatten().count();
    let named = voiced || labelled > 0;
    let openers = labelled > 0 && laid.cues.saturating_sub(labelled) * BARE >= laid.cues;
    let mut last_text = "";
    for (cued, head) in cued.iter().zip(&heads) {
        let label = voice(cued, head.as_ref());
        let goes_on = laid.blocks.last().is_some_and(|block| match &label {
            Some((key, _)) => *key == block.speaker && !(openers && head.is_some()),
            None if voiced => block.speaker == KEY,
            None => named || !is_full(block, last_text, cued),
        });
        if !goes_on {
            let (speaker, label) = label.unwrap_or_else(|| (KEY.into(), String::new()));
            laid.blocks.push(Block { speaker, label, start_ms: Some(cued.start_ms), ..Block::default() });
        }
        if let Some(block) = laid.blocks.last_mut() {
            add(block, cued, head.as_ref());
        }
        last_text = cued.row.text;
    }
    laid.named.push((KEY.into(), SPEAKER.into()));
    laid.layout = match (voiced, labelled > 0) {
        (true, _) => format!("{layout}, voices named"),
        (_, true) => format!("{layout}, label and colon before the words"),
        _ => format!("{layout}, no speakers"),
    };
    if !named {
        laid.doubts
            .push(doubts::at(None, "No speakers are named: all turns are one unknown speaker's.".into()));
    }
    laid
}

/// The labels before the words of cues, judged over the whole file.
fn prefixes(cued: &[Cued<'_>], laid: &mut Laid) -> Vec<Option<(Head, String)>> {
    let rows: Vec<Row<'_>> = cued.iter().map(|cued| cued.row.clone()).collect();
    let reading = grammar::read(&rows, Shape::Colon);
    let mut found = vec![None; cued.len()];
    if reading.score > 0.0 {
        laid.doubts.extend(doubts::of_labels(&reading.labels, |row| rows.get(row).map(|row| row.number)));
        for (row, head, speaker) in reading.heads {
            found[row] = Some((head, speaker));
        }
    }
    found
}

/// Key and label of whoever speaks in a line, if it says so.
fn voice(cued: &Cued<'_>, head: Option<&(Head, String)>) -> Option<(String, String)> {
    let prefix = head.map(|(head, speaker)| (speaker.clone(), head.label.clone()));
    prefix.or_else(|| cued.voice.as_ref().map(|voice| (fold_label(voice), voice.clone())))
}

/// Whether a turn of an unknown speaker is long enough before this cue.
fn is_full(block: &Block, last: &str, cued: &Cued<'_>) -> bool {
    let since = |ms: u32| ms.saturating_sub(block.start_ms.unwrap_or(ms));
    let last = last.trim_end_matches(|c: char| is_blank(c) || "\"'”’)]♪".contains(c));
    let ended = last.ends_with(['.', '?', '!', '…']) && since(block.end_ms.unwrap_or(0)) >= ENOUGH_MS;
    ended || since(cued.end_ms) > LONGEST_MS
}

/// Puts a line of a cue to a turn.
fn add(block: &mut Block, cued: &Cued<'_>, head: Option<&(Head, String)>) {
    let mut piece = match head {
        Some((head, _)) => {
            cued.row.piece(head.speech, cued.row.text.trim_end_matches(is_blank).len().max(head.speech))
        }
        None => cued.row.whole(),
    };
    piece.joint = Joint::Blank;
    let first = block.speech.is_empty();
    let same_cue = block.end_ms == Some(cued.end_ms)
        && block.times.last().map_or(block.start_ms, |last| Some(last.2)) == Some(cued.start_ms);
    if piece.start < piece.end {
        if !first && !same_cue {
            block.times.push((piece.line, piece.start, cued.start_ms));
        }
        block.speech.push(piece);
    }
    block.end_ms = Some(block.end_ms.unwrap_or(0).max(cued.end_ms));
}

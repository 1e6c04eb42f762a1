//! Turns of a file whose lines carry labels.

use std::collections::BTreeSet;

use super::block::{Block, Laid};
use super::doubts;
use super::grammar::Reading;
use super::head::{Head, Shape};
use super::margins;
use super::row::{Joint, Piece, Row, is_blank};
use super::unlabelled::ANSWERS;
use crate::import::roles::{self, Part};
use crate::import::time;

/// Rows cut into what stands before, in and after the turns.
pub(super) struct Cut {
    pub(super) front: Vec<Piece>,
    pub(super) blocks: Vec<Block>,
    pub(super) back: Vec<Piece>,
    /// The row of the first turn.
    pub(super) first: usize,
    /// Headings behind the speech of a turn, which are none of it, by their lines.
    pub(super) behind: Vec<usize>,
    /// Headings with speech of the same turn behind them, by their lines.
    pub(super) inside: Vec<usize>,
}

/// Cuts `rows` at the heads of `reading`. With `wrapped`, the lines of a turn are one paragraph broken for width.
pub(super) fn cut(rows: &[Row<'_>], reading: &Reading, wrapped: bool) -> Cut {
    let first = reading.heads.first().map_or(rows.len(), |(row, _, _)| *row);
    let speakers: BTreeSet<String> = reading.heads.iter().map(|(_, _, speaker)| speaker.clone()).collect();
    let after_last = reading.heads.last().map_or(rows.len(), |(row, _, _)| row + 1);
    let back = margins::back_rows(&rows[after_last..], &speakers);
    let end = rows.len() - back;
    let mut pending = leading_time(&rows[..first]);
    let (mut blocks, mut behind, mut inside) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (row, head, speaker)) in reading.heads.iter().enumerate() {
        let next = reading.heads.get(index + 1).map_or(end, |(row, _, _)| *row);
        let mut block = open(&rows[*row], head, speaker);
        block.start_ms = block.start_ms.or(pending);
        let below = &rows[*row + 1..next.max(row + 1)];
        let spoken = spoken(below, !block.speech.is_empty());
        let (in_speech, after) = below.split_at(spoken);
        inside.extend(in_speech.iter().filter(|row| row.heading).map(|row| row.number));
        behind.extend(after.iter().filter(|row| row.heading).map(|row| row.number));
        pending = fill(&mut block, in_speech.iter().chain(after.iter().filter(|row| !row.heading)), wrapped);
        close(&mut block, rows);
        blocks.push(block);
    }
    let front = rows[..first].iter().map(Row::whole).collect();
    let back = rows[end..].iter().filter(|row| !row.is_blank()).map(Row::whole).collect();
    Cut { front, blocks, back, first, behind, inside }
}

/// How many of the rows below a label hold its speech: all but the headings at their end, unless there is nothing else.
fn spoken(rows: &[Row<'_>], has_speech: bool) -> usize {
    let is_speech = |row: &Row<'_>| !row.is_blank() && !row.heading && time::whole_time(row.text).is_none();
    match rows.iter().rposition(is_speech) {
        Some(last) => last + 1,
        None if has_speech => 0,
        None => rows.len(),
    }
}

/// The time that stands alone on the last line before the first turn.
fn leading_time(rows: &[Row<'_>]) -> Option<u32> {
    let last = rows.iter().rev().find(|row| !row.is_blank())?;
    time::whole_time(last.text).map(|found| found.ms)
}

/// A turn that begins at `head`.
pub(super) fn open(row: &Row<'_>, head: &Head, speaker: &str) -> Block {
    let mut block = Block {
        speaker: speaker.to_owned(),
        label: head.label.clone(),
        head: Some(row.piece(head.start, head.end)),
        start_ms: head.ms,
        ..Block::default()
    };
    let end = row.text.trim_end_matches(is_blank).len();
    if head.speech < end {
        block.speech.push(row.piece(head.speech, end));
    }
    block
}

/// Gives a turn the rows below its label. A time alone on a line is no speech: inside the turn it is a mark, and the
/// one that stands last is returned, for it is when the next turn begins.
fn fill<'r>(block: &mut Block, rows: impl Iterator<Item = &'r Row<'r>>, wrapped: bool) -> Option<u32> {
    let mut waiting: Vec<(usize, usize, u32)> = Vec::new();
    for row in rows.filter(|row| !row.is_blank()) {
        let piece = row.whole();
        if let Some(found) = time::whole_time(row.text) {
            waiting.push((piece.line, piece.start, found.ms));
            continue;
        }
        if block.speech.is_empty() && block.start_ms.is_none() {
            block.start_ms = waiting.pop().map(|(_, _, ms)| ms);
        }
        block.times.append(&mut waiting);
        block.speech.push(Piece { joint: if wrapped { Joint::Blank } else { Joint::Line }, ..piece });
    }
    let last = waiting.pop();
    if block.speech.is_empty() && block.start_ms.is_none() {
        block.start_ms = last.map(|(_, _, ms)| ms);
        return None;
    }
    last.map(|(_, _, ms)| ms)
}

/// Takes the time that closes a turn (`#00:00:12-3#`) off its speech, and notes the times inside.
pub(super) fn close(block: &mut Block, rows: &[Row<'_>]) {
    let text = |piece: &Piece| {
        let row = &rows[rows.binary_search_by_key(&piece.line, |row| row.line).ok()?];
        row.text.get(piece.start - row.at..piece.end - row.at)
    };
    if let Some(last) = block.speech.last_mut()
        && let Some(speech) = text(last)
        && let Some((at, found)) = time::time_before_end(speech)
        && speech[at..].starts_with('#')
    {
        block.end_ms = Some(found.ms);
        last.end = last.start + speech[..at].trim_end_matches(is_blank).len();
    }
    block.speech.retain(|piece| piece.start < piece.end);
    for piece in &block.speech {
        let inside = time::times_inside(text(piece).unwrap_or_default());
        block.times.extend(inside.into_iter().map(|time| (piece.line, piece.start + time.at, time.ms)));
    }
    block.times.sort_unstable();
}

/// Lays `rows` out by `reading`; `other` is the next best one. With `wrapped`, the lines of a turn are one paragraph.
pub(super) fn lay_out(rows: &[Row<'_>], reading: &Reading, other: Option<&Reading>, wrapped: bool) -> Laid {
    let mut cut = cut(rows, reading, wrapped);
    let line = |row: usize| rows.get(row).map(|row| row.number);
    let mut doubts = doubts::of_labels(&reading.labels, line);
    if let Some(other) = other.filter(|other| doubts::rivals(reading, other)) {
        doubts.push(doubts::unsure(reading, other));
    }
    doubts.extend(doubts::of_headings(&cut.behind, &cut.inside));
    let mut named = Vec::new();
    if !wrapped && answers_are_bare(reading, &cut.blocks) {
        cut.blocks = cut.blocks.into_iter().flat_map(split_answer).collect();
        named.push((ANSWERS.0.to_owned(), ANSWERS.1.to_owned()));
        doubts.push(doubts::at(
            None,
            "Only the interviewer is labelled: bare paragraphs were taken as the respondent.".into(),
        ));
    }
    Laid {
        named,
        layout: describe(reading, &cut.blocks),
        as_is: true,
        header: margins::header(&rows[..cut.first]),
        front: cut.front,
        blocks: cut.blocks,
        back: cut.back,
        doubts,
        ..Laid::default()
    }
}

/// Whether only the interviewer is labelled, and what follows the question is mostly an answer in its own paragraph.
fn answers_are_bare(reading: &Reading, blocks: &[Block]) -> bool {
    let one = blocks.windows(2).all(|pair| pair[0].speaker == pair[1].speaker);
    let asks =
        reading.heads.first().and_then(|(_, head, _)| roles::part_of(&head.label)) == Some(Part::Interviewer);
    let answered = blocks.iter().filter(|block| !is_below(block) && block.speech.len() > 1).count();
    one && asks && blocks.len() > 1 && answered * 5 >= blocks.len() * 3
}

/// A question and the answer below it as two turns; the answer has no label.
fn split_answer(mut question: Block) -> Vec<Block> {
    if is_below(&question) || question.speech.len() < 2 {
        return vec![question];
    }
    let speech = question.speech.split_off(1);
    let first = speech.first().map_or(0, |piece| piece.line);
    let times = question.times.iter().copied().filter(|time| time.0 >= first).collect();
    question.times.retain(|time| time.0 < first);
    let end_ms = question.end_ms.take();
    let answer = Block { speaker: ANSWERS.0.to_owned(), speech, times, end_ms, ..Block::default() };
    vec![question, answer]
}

/// The layout in words: how labels are set off, what marks them, and where times stand.
pub(super) fn describe(reading: &Reading, blocks: &[Block]) -> String {
    let marked = reading.heads.iter().filter(|(_, head, _)| head.marked).count() * 2 > reading.heads.len();
    let below = blocks.iter().filter(|block| is_below(block)).count() * 2 > blocks.len();
    let mut words = match (reading.shape, below) {
        (Shape::Colon, false) => "label and colon before the speech",
        (Shape::Colon, true) => "label and colon on a line of their own",
        (Shape::Tab, _) => "label and tab before the speech",
        (Shape::Spaces, _) => "label and two blanks before the speech",
        (Shape::Dash, _) => "label and dash before the speech",
        (Shape::Dot, _) => "Q. and A.",
        (Shape::Timed, true) => "label and time on a line of their own",
        (Shape::Timed, false) => "label and time before the speech",
        (Shape::Alone, _) => "label on a line of its own",
    }
    .to_owned();
    if marked {
        words.push_str(", labels set off");
    }
    let timed = blocks.iter().filter(|block| block.start_ms.is_some() || block.end_ms.is_some()).count();
    if reading.shape != Shape::Timed && timed > 0 {
        words.push_str(if timed * 2 > blocks.len() { ", times" } else { ", some times" });
    }
    words
}

fn is_below(block: &Block) -> bool {
    block.head.zip(block.speech.first()).is_some_and(|(head, speech)| head.line != speech.line)
}

//! Texts that name nobody: interviews whose questions are bold, and paragraphs of an unknown speaker.

use super::block::{Block, Laid};
use super::doubts;
use super::margins;
use super::row::{Piece, Row, is_blank};

/// Key and label of whoever speaks where nothing says who.
pub(super) const KEY: &str = "speaker";
pub(super) const SPEAKER: &str = "Speaker";

const ASKS: (&str, &str) = ("interviewer", "Interviewer");
/// Key and label of whoever answers without a label.
pub(super) const ANSWERS: (&str, &str) = ("respondent", "Respondent");
/// A title has no more words than this.
const TITLE_WORDS: usize = 14;

/// Questions in bold, answers plain: if neither is rare, and what is bold is bold from end to end.
pub(super) fn bold_questions(rows: &[Row<'_>]) -> Option<Laid> {
    let shown: Vec<&Row<'_>> = rows.iter().filter(|row| !row.is_blank() && !row.closed).collect();
    let shown = &shown[titles(&shown)..];
    let bold: Vec<bool> = shown.iter().map(|row| is_bold(row)).collect();
    let changes = bold.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let partly = shown.iter().filter(|row| row.bold > 0 && !is_bold(row)).count();
    let asked = bold.iter().filter(|bold| **bold).count();
    if asked < 2 || changes < 3 || changes * 4 < shown.len() || partly * 5 > shown.len() {
        return None;
    }
    let first = bold.iter().position(|bold| *bold)?;
    let start = shown[first].line;
    let back = margins::back_rows(rows, &[ASKS.0.to_owned(), ANSWERS.0.to_owned()].into());
    let end = rows[rows.len() - back..].first().map_or(usize::MAX, |row| row.line);
    let mut laid =
        Laid { layout: "bold questions, plain answers, no labels".into(), as_is: true, ..Laid::default() };
    for (row, bold) in shown.iter().zip(bold).skip(first).filter(|(row, _)| row.line < end) {
        let key = if bold { ASKS.0 } else { ANSWERS.0 };
        match laid.blocks.last_mut().filter(|block| block.speaker == key) {
            Some(block) => block.speech.push(without_stars(row)),
            None => laid.blocks.push(paragraph(key, without_stars(row))),
        }
    }
    laid.front = rows.iter().filter(|row| row.line < start).map(Row::whole).collect();
    laid.back = rows.iter().filter(|row| row.line >= end).map(Row::whole).collect();
    laid.header = margins::header(&rows[..rows.iter().take_while(|row| row.line < start).count()]);
    laid.named = [ASKS, ANSWERS].map(|(key, label)| (key.to_owned(), label.to_owned())).into();
    laid.doubts.push(doubts::at(
        None,
        "There are no labels: bold was taken as the interviewer, plain as the respondent.".into(),
    ));
    Some(laid)
}

fn is_bold(row: &Row<'_>) -> bool {
    row.bold >= row.text.trim_end_matches(is_blank).len()
}

/// How many rows at the top are titles: bold, short, not a sentence, and followed by something bold too.
fn titles(shown: &[&Row<'_>]) -> usize {
    let is_title = |pair: &[&Row<'_>]| {
        let text = pair[0].text.trim_end_matches(|c: char| is_blank(c) || c == '*');
        let short =
            text.split_whitespace().count() <= TITLE_WORDS && !text.ends_with(['.', '?', '!', '…', ',']);
        pair[0].heading || (is_bold(pair[0]) && is_bold(pair[1]) && short)
    };
    shown.windows(2).take_while(|pair| is_title(pair)).count()
}

/// A row without the stars that make all of it bold.
fn without_stars(row: &Row<'_>) -> Piece {
    let mut piece = row.whole();
    let text = &row.text[piece.start - row.at..piece.end - row.at];
    for stars in ["**", "__"] {
        if text.len() > 4 && text.starts_with(stars) && text.ends_with(stars) {
            let inner = text[2..text.len() - 2].trim_matches(is_blank);
            piece.start += text.find(inner).unwrap_or(2);
            piece.end = piece.start + inner.len();
        }
    }
    piece
}

/// A turn without a label.
pub(super) fn paragraph(speaker: &str, piece: Piece) -> Block {
    Block { speaker: speaker.to_owned(), speech: vec![piece], ..Block::default() }
}

/// Every paragraph is a turn of one unknown speaker.
pub(super) fn lay_out(rows: &[Row<'_>]) -> Laid {
    let mut laid = Laid { layout: "no labels".into(), as_is: true, ..Laid::default() };
    let mut goes_on = false;
    // Front matter without anything after it is the text.
    let all_closed = rows.iter().all(|row| row.closed || row.is_blank());
    for row in rows {
        if row.is_blank() || (row.closed && !all_closed) {
            goes_on = false;
            continue;
        }
        match laid.blocks.last_mut().filter(|_| goes_on && !row.opens) {
            Some(block) => block.speech.push(row.whole()),
            None => laid.blocks.push(paragraph(KEY, row.whole())),
        }
        goes_on = true;
    }
    let first =
        laid.blocks.first().and_then(|block| block.speech.first()).map_or(usize::MAX, |piece| piece.line);
    laid.front = rows.iter().filter(|row| row.line < first).map(Row::whole).collect();
    laid.header = margins::header(&rows[..rows.iter().take_while(|row| row.line < first).count()]);
    laid.named.push((KEY.into(), SPEAKER.into()));
    let turns = laid.blocks.len();
    laid.doubts.push(doubts::at(
        None,
        format!(
            "No labels of speakers were found: {turns} paragraphs were taken as turns of one unknown speaker."
        ),
    ));
    laid
}

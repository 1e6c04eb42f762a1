//! The rows of the list of hits, laid out only where they are in sight.

use std::ops::Range;

use super::Hit;
use crate::app::Model;
use crate::app::wrap::wrap;
use crate::study::{Study, Voice};
use crate::text::Span;

/// Rows of the body above the list: what came of the query, which itself stands above the body.
const ABOVE: u16 = 1;
/// From this height of the body on, a hit has two rows.
const ROOMY: u16 = 12;
/// From this width on, the place of a hit has its speaker's name in full.
const WIDE: u16 = 60;

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListLine {
    /// A transcript, with how many hits it has.
    Transcript(String),
    /// A row of a hit.
    Hit(HitLine),
}

/// One row of a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitLine {
    /// Which hit.
    pub hit: usize,
    /// Turn and speaker, on its first row.
    pub place: Option<String>,
    /// What of its text: bytes of [`Hit::text`].
    pub row: Range<usize>,
    /// Whether text before it is not in sight.
    pub cut_before: bool,
    /// Whether text after it is not in sight.
    pub cut_after: bool,
}

/// Columns of the place of a hit: a mark, the turn, the speaker.
#[must_use]
pub fn place_columns(width: u16) -> u16 {
    if width < WIDE { 10 } else { 18 }
}

/// Rows of a hit in a body of that height.
pub(super) fn rows_of_hit(height: u16) -> isize {
    if height >= ROOMY { 2 } else { 1 }
}

impl Model {
    /// Keeps the chosen hit in sight and lays out what is.
    pub(super) fn lay_hits(&mut self) {
        let body = self.body();
        let height = usize::from(body.height.saturating_sub(ABOVE));
        let width = usize::from(body.width.saturating_sub(place_columns(body.width) + 1));
        let most = rows_of_hit(body.height).unsigned_abs();
        let search = &mut self.search;
        search.lines.clear();
        let Some(answer) = &search.answer else { return };
        let whole = search.hit().filter(|_| search.whole).map(|hit| wrap(&hit.text, width).len());
        // As many bytes as there are columns fit in one row, whatever they are.
        let short = |hit: usize| answer.hits.get(hit).is_some_and(|hit| hit.text.len() <= width);
        let rows_of = |hit: usize| match whole {
            Some(rows) if hit == search.chosen => rows,
            _ if short(hit) => 1,
            _ => most,
        };
        // The chosen hit with, if it is the first of its transcript, the heading above it.
        let headings = answer.groups.partition_point(|group| group.first <= search.chosen);
        let first = (0..search.chosen).map(rows_of).sum::<usize>() + headings;
        let heading = answer.groups.iter().any(|group| group.first == search.chosen);
        let end = first + rows_of(search.chosen);
        search.top = search.top.max(end.saturating_sub(height)).min(first - usize::from(heading).min(first));
        let mut at = 0;
        let mut lines = Vec::new();
        'list: for group in &answer.groups {
            let length = 1 + (group.first..group.first + group.count).map(rows_of).sum::<usize>();
            if at + length <= search.top {
                at += length;
                continue;
            }
            if at >= search.top {
                lines.push(ListLine::Transcript(heading_of(&self.study, group)));
            }
            at += 1;
            for index in group.first..group.first + group.count {
                let Some(hit) = answer.hits.get(index) else { break };
                let shown = rows_of(index);
                if at + shown > search.top {
                    let skipped = search.top.saturating_sub(at);
                    let laid = lay_hit(&self.study, (index, hit), width, shown);
                    lines.extend(laid.into_iter().skip(skipped).map(ListLine::Hit));
                }
                at += shown;
                if at >= search.top + height {
                    break 'list;
                }
            }
        }
        lines.truncate(height);
        self.search.lines = lines;
    }
}

fn heading_of(study: &Study, group: &super::Group) -> String {
    let hits = if group.count == 1 { "hit" } else { "hits" };
    let Some(transcript) = study.transcripts().get(&group.transcript) else { return String::new() };
    let kind = transcript.kind.name().replace('_', " ");
    format!("{} · {kind} · {} {hits}", transcript.name, group.count)
}

/// So many rows of a hit, around its first match.
fn lay_hit(study: &Study, (index, hit): (usize, &Hit), width: usize, shown: usize) -> Vec<HitLine> {
    let rows = wrap(&hit.text, width);
    let matched = hit.matches.first().copied().unwrap_or(hit.speech);
    let at = matched.start.saturating_sub(hit.speech.start) as usize;
    let row = rows.iter().position(|row| row.contains(&at)).unwrap_or(0);
    let first = row.min(rows.len().saturating_sub(shown));
    let last = first + shown;
    let mut lines: Vec<HitLine> = Vec::with_capacity(shown);
    for (number, row) in rows.iter().enumerate().skip(first).take(shown) {
        lines.push(HitLine {
            hit: index,
            place: (number == first).then(|| place_of(study, hit, width)),
            row: row.clone(),
            cut_before: number == first && first > 0,
            cut_after: number + 1 == last && last < rows.len(),
        });
    }
    // Every hit has as many rows as it was given, so that rows can be counted without laying them out.
    while lines.len() < shown {
        let end = hit.text.len();
        lines.push(HitLine { hit: index, place: None, row: end..end, cut_before: false, cut_after: false });
    }
    lines
}

/// `41 P088`.
fn place_of(study: &Study, hit: &Hit, width: usize) -> String {
    let Some(turn) = study.turns_of(hit.revision).and_then(|turns| turns.turns.get(hit.turn)) else {
        return String::new();
    };
    let voice = study.voices_in(hit.transcript).map_or(Voice::Unknown, |voices| voices.of(turn));
    let name = voice.participant().and_then(|person| study.participants().get(&person));
    let who = name.map_or_else(|| voice.role(), |person| person.name.as_str());
    let digits = if width < usize::from(WIDE - place_columns(0)) { 3 } else { 4 };
    format!("{:>digits$} {who}", turn.number.to_string())
}

/// The matches of a hit as bytes of its own text.
#[must_use]
pub fn within(hit: &Hit, span: Span) -> Range<usize> {
    let from = span.start.saturating_sub(hit.speech.start) as usize;
    from..span.end.saturating_sub(hit.speech.start) as usize
}

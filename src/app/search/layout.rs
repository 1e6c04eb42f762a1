//! The rows of the list of hits, laid out only where they are in sight.

use std::ops::Range;

use super::{Answer, Group, Hit};
use crate::app::wrap::{cells, wrap};
use crate::app::{Effect, Model};
use crate::study::{HIDDEN, Study, Turns, Voice};
use crate::text::Span;

/// From this height of the body on, a hit has two rows, and the groups have a row if they need one.
const ROOMY: u16 = 12;
/// From this width on, the place of a hit has its speaker's name in full.
const WIDE: u16 = 60;
/// Turns before and after a hit that a review shows without being asked.
const NEIGHBOURS: usize = 1;

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListLine {
    /// A transcript, with how many hits it has.
    Transcript(String),
    /// A row of a hit.
    Hit(HitLine),
    /// A row of a turn before or after the hit.
    Around {
        /// Turn and speaker, on its first row.
        place: Option<String>,
        /// What stands there, as it is shown.
        text: String,
    },
}

/// One row of a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitLine {
    /// Which hit.
    pub hit: usize,
    /// Turn and speaker, on its first row.
    pub place: Option<String>,
    /// What of its text: bytes of [`HitText::text`](super::HitText::text).
    pub row: Range<usize>,
    /// Whether text before it is not in sight.
    pub cut_before: bool,
    /// Whether text after it is not in sight.
    pub cut_after: bool,
}

/// The row that is in sight first: a hit, and a row of it (with the heading of its transcript, if it stands above it).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Top {
    hit: usize,
    row: usize,
}

/// Columns of the place of a hit: cursor, mark, turn, speaker.
#[must_use]
pub fn place_columns(width: u16) -> u16 {
    if width < WIDE { 10 } else { 18 }
}

/// Rows of a hit in a body of that height.
pub(super) fn rows_of_hit(height: u16) -> isize {
    if height >= ROOMY { 2 } else { 1 }
}

/// How the rows of the list are counted, without a text being read.
struct Measure<'a> {
    answer: &'a Answer,
    width: usize,
    most: usize,
    /// The chosen hit, and its rows if it is shown with more around it.
    chosen: (usize, Option<usize>),
}

impl Measure<'_> {
    fn has_heading(&self, hit: usize) -> bool {
        self.answer.group_of(hit).is_some_and(|group| group.first == hit)
    }

    /// Rows of the hit itself.
    fn rows(&self, hit: usize) -> usize {
        match self.chosen {
            (chosen, Some(rows)) if chosen == hit => rows,
            // As many bytes as there are columns fit in one row, whatever they are.
            _ if self.answer.hits.get(hit).is_some_and(|hit| hit.speech.len() <= self.width) => 1,
            _ => self.most,
        }
    }

    /// Rows with the heading above it.
    fn block(&self, hit: usize) -> usize {
        usize::from(self.has_heading(hit)) + self.rows(hit)
    }

    /// The first row in sight, moved as little as shows the chosen hit with its heading.
    fn top(&self, held: Top, height: usize) -> Top {
        let chosen = self.chosen.0;
        let held = Top { hit: held.hit.min(self.answer.hits.len().saturating_sub(1)), ..held };
        let first = Top { hit: chosen, row: 0 };
        if first <= held {
            return first;
        }
        // Backwards from the last row of the chosen hit, until the window is full.
        let mut room = height.saturating_sub(self.block(chosen));
        if self.block(chosen) >= height {
            return if held.hit == chosen { held } else { first };
        }
        let mut lowest = first;
        for hit in (0..chosen).rev() {
            let rows = self.block(hit);
            if rows >= room {
                lowest = Top { hit, row: rows - room };
                break;
            }
            room -= rows;
            lowest = Top { hit, row: 0 };
        }
        held.max(lowest)
    }
}

impl Model {
    /// Rows of the body above the list: what came of the query (which itself stands above the body), and the groups, if
    /// they do not fit beside it.
    #[must_use]
    pub fn search_rows_above(&self) -> u16 {
        let body = self.body();
        let has_row = self.search.reviewing.is_none() && body.height >= ROOMY && !self.groups_fit_beside();
        1 + u16::from(has_row && self.groups_summary().is_some())
    }

    /// Whether the groups stand at the right of what came of the query.
    #[must_use]
    pub fn groups_fit_beside(&self) -> bool {
        use unicode_width::UnicodeWidthStr;
        let groups = self.groups_summary().map_or(0, |groups| groups.width());
        groups > 0 && self.search_summary().width() + groups + 6 <= usize::from(self.size.width)
    }

    /// Keeps the chosen hit in sight and lays out what is.
    pub(super) fn lay_hits(&mut self) -> Vec<Effect> {
        let body = self.body();
        let above = usize::from(self.search_rows_above());
        let height = usize::from(body.height).saturating_sub(above);
        let width = usize::from(body.width.saturating_sub(place_columns(body.width) + 1));
        let most = rows_of_hit(body.height).unsigned_abs();
        let mut effects = self.want_neighbours();
        self.search.lines.clear();
        let reviewing = self.search.reviewing.is_some();
        let around = if reviewing { self.search.around + 1 + NEIGHBOURS } else { self.search.around };
        let opened = if around > 0 { self.lay_around(around, width) } else { None };
        if reviewing {
            effects.extend(self.search.want_texts([self.search.chosen]));
            let next = self.search.queued(1);
            effects.extend(self.search.want_texts(next));
            self.search.lines = self.fit_review(opened.unwrap_or_default(), height);
            return effects;
        }
        let Some(answer) = self.search.answer.as_ref().filter(|answer| !answer.hits.is_empty()) else {
            return effects;
        };
        let chosen = (self.search.chosen, opened.as_ref().map(Vec::len));
        let measure = Measure { answer, width, most, chosen };
        let top = measure.top(self.search.top, height);
        let mut lines = Vec::new();
        let mut hit = top.hit;
        while lines.len() < height + top.row && hit < answer.hits.len() {
            if let Some(group) = answer.group_of(hit).filter(|group| group.first == hit) {
                lines.push(ListLine::Transcript(heading_of(&self.study, group)));
            }
            match &opened {
                Some(opened) if hit == self.search.chosen => lines.extend(opened.iter().cloned()),
                _ => lines.extend(self.lay_hit(hit, width, measure.rows(hit)).into_iter().map(ListLine::Hit)),
            }
            hit += 1;
        }
        let in_sight = top.hit..hit;
        let lines: Vec<ListLine> = lines.into_iter().skip(top.row).take(height).collect();
        (self.search.top, self.search.lines) = (top, lines);
        // A page on either side too, so that a page down finds them read.
        let margin = height.max(4);
        let wanted = in_sight.start.saturating_sub(margin)..in_sight.end + margin;
        effects.extend(self.search.want_texts(wanted));
        effects
    }

    /// Of the rows of a review those that fit: the passage is in sight, unless the coder went elsewhere.
    fn fit_review(&mut self, lines: Vec<ListLine>, height: usize) -> Vec<ListLine> {
        let passage = self.search.passage();
        let start = passage.zip(self.search.hit()).map(|(span, hit)| within(hit, span).start);
        let holds = |line: &ListLine| match (line, start) {
            (ListLine::Hit(line), Some(start)) => line.row.contains(&start),
            _ => false,
        };
        let at = lines.iter().position(holds).unwrap_or(0);
        let last = lines.len().saturating_sub(height);
        let Some(reviewing) = &mut self.search.reviewing else { return lines };
        let top =
            reviewing.top.unwrap_or(if at < height { 0 } else { at.saturating_sub(height / 3) }).min(last);
        reviewing.top = reviewing.top.map(|held| held.min(last)).or((top > 0).then_some(top));
        lines.into_iter().skip(top).take(height).collect()
    }

    /// Asks for the text around the chosen hit, if more than the hit is shown.
    fn want_neighbours(&mut self) -> Vec<Effect> {
        let wanted = self.search.around > 1 || self.search.reviewing.is_some();
        match self.search.hit().map(|hit| hit.revision).filter(|_| wanted) {
            Some(revision) if self.texts.ask(revision) => vec![Effect::LoadText(revision)],
            _ => Vec::new(),
        }
    }

    /// The chosen hit whole, with so many turns less one before and after it. `None` before its text is here.
    fn lay_around(&self, around: usize, width: usize) -> Option<Vec<ListLine>> {
        let (index, hit) = (self.search.chosen, self.search.hit()?);
        let rows = wrap(&self.search.text_of(index)?.text, width).len();
        let own = self.lay_hit(index, width, rows).into_iter().map(ListLine::Hit);
        let turns = self.study.turns_of(hit.revision);
        let text = self.texts.get(hit.revision);
        let Some((turns, text)) = turns.zip(text) else { return Some(own.collect()) };
        let near = |range: Range<usize>| {
            range.flat_map(|turn| self.lay_neighbour(hit, turns, turn, (text, width))).collect::<Vec<_>>()
        };
        let last = (hit.turn + around).min(turns.turns.len());
        let before = near(hit.turn.saturating_sub(around - 1)..hit.turn);
        let after = near((hit.turn + 1).min(last)..last);
        Some(before.into_iter().chain(own).chain(after).collect())
    }

    fn lay_neighbour(
        &self,
        hit: &Hit,
        turns: &Turns,
        turn: usize,
        (text, width): (&str, usize),
    ) -> Vec<ListLine> {
        let Some(held) = turns.turns.get(turn) else { return Vec::new() };
        let shown = self.study.shown_speech(hit.transcript);
        let speech = shown.of(turn, held, text).unwrap_or(HIDDEN);
        let mut place = Some(place_of(&self.study, hit, turn, width));
        let shown = |row: Range<usize>| {
            let text: String = cells(speech.get(row).unwrap_or_default()).map(|cell| cell.shown).collect();
            ListLine::Around { place: place.take(), text: text.trim_end().to_owned() }
        };
        wrap(speech, width).into_iter().map(shown).collect()
    }

    /// So many rows of a hit, around its first match. They are empty until its text is here.
    fn lay_hit(&self, index: usize, width: usize, shown: usize) -> Vec<HitLine> {
        let Some(hit) = self.search.answer.as_ref().and_then(|answer| answer.hits.get(index)) else {
            return Vec::new();
        };
        let read = self.search.text_of(index);
        let text = read.map_or("", |read| &read.text);
        let rows = wrap(text, width);
        let matched = read.and_then(|read| read.matches.first().copied()).unwrap_or(hit.speech);
        let at = matched.start.saturating_sub(hit.speech.start) as usize;
        let row = rows.iter().position(|row| row.contains(&at)).unwrap_or(0);
        let first = row.min(rows.len().saturating_sub(shown));
        // A row between two paragraphs has nothing to put the sign of what is cut off at.
        let says = |row: &&Range<usize>| text.get((*row).clone()).is_some_and(|row| !row.trim().is_empty());
        let after = rows.iter().skip(first + shown).any(|row| says(&row));
        let last = (first..).zip(rows.iter().skip(first).take(shown)).filter(|(_, row)| says(row)).last();
        let last = last.map(|(number, _)| number).filter(|_| after);
        let mut lines: Vec<HitLine> = Vec::with_capacity(shown);
        for (number, row) in rows.iter().enumerate().skip(first).take(shown) {
            lines.push(HitLine {
                hit: index,
                place: (number == first).then(|| place_of(&self.study, hit, hit.turn, width)),
                row: row.clone(),
                cut_before: number == first && first > 0,
                cut_after: Some(number) == last,
            });
        }
        // Every hit has as many rows as it was given, so that rows can be counted without laying them out.
        while lines.len() < shown {
            let row = text.len()..text.len();
            lines.push(HitLine { hit: index, place: None, row, cut_before: false, cut_after: false });
        }
        lines
    }
}

fn heading_of(study: &Study, group: &Group) -> String {
    let hits = if group.count == 1 { "hit" } else { "hits" };
    let Some(transcript) = study.transcripts().get(&group.transcript) else { return String::new() };
    let kind = transcript.kind.name().replace('_', " ");
    format!("{} · {kind} · {} {hits}", transcript.name, group.count)
}

/// ` 41 P088`: a turn of the hit's transcript.
fn place_of(study: &Study, hit: &Hit, turn: usize, width: usize) -> String {
    let Some(turn) = study.turns_of(hit.revision).and_then(|turns| turns.turns.get(turn)) else {
        return String::new();
    };
    let voice = study.voices_in(hit.transcript).map_or(Voice::Unknown, |voices| voices.of(turn));
    let name = voice.participant().and_then(|person| study.participants().get(&person));
    let who = name.map_or_else(|| voice.role(), |person| person.name.as_str());
    let digits = if width < usize::from(WIDE - place_columns(0)) { 2 } else { 3 };
    format!("{:>digits$} {who}", turn.number.to_string())
}

/// The matches of a hit as bytes of its own text.
#[must_use]
pub fn within(hit: &Hit, span: Span) -> Range<usize> {
    let from = span.start.saturating_sub(hit.speech.start) as usize;
    from..span.end.saturating_sub(hit.speech.start) as usize
}

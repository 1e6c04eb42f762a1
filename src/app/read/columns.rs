//! The columns of the Read screen in a window of a given width.

use std::borrow::Cow;

use crate::study::{Study, TranscriptId, Turn, TurnNumber, Turns, Voice};
use crate::text::Span;
use unicode_width::UnicodeWidthStr;

/// The widest line of speech.
const WIDEST_TEXT: u16 = 80;
/// Below this number and speaker stand above the speech.
const NARROW: u16 = 60;
/// From this on there is room for times.
const WIDE: u16 = 100;
/// Columns of a time, `00:12:44`.
const TIME: u16 = 8;
/// Columns of the margin at the least, where it has names of codes.
const MARGIN: u16 = 17;
/// The same, where it has only stripes.
const NARROW_MARGIN: u16 = 6;

/// Where each column begins and how wide it is. A column that is not shown has no width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Whether number and speaker stand in a row above the speech.
    pub narrow: bool,
    /// Digits of the number, behind the mark of the cursor.
    pub number: (u16, u16),
    /// Time.
    pub time: (u16, u16),
    /// Label of the speaker.
    pub label: (u16, u16),
    /// Speech.
    pub text: (u16, u16),
    /// Stripes and names of codes.
    pub margin: (u16, u16),
}

impl Columns {
    /// The columns for a window of `width`, for these turns; `label` is the width of the widest label, and `margin`
    /// whether stripes are shown.
    #[must_use]
    pub fn new(width: u16, turns: &Turns, label: u16, margin: bool) -> Columns {
        let digits = turns.turns.last().map_or(1, |turn| turn.number.number.to_string().len());
        let digits = digits + usize::from(turns.turns.iter().any(|turn| turn.number.part > 0));
        let number = (1, u16::try_from(digits).unwrap_or(4).max(2));
        let narrow = width < NARROW;
        let has_times = width >= WIDE && turns.turns.iter().any(|turn| turn.start_ms.is_some());
        let mut x = number.0 + number.1 + 1;
        let mut column = |width: u16, gap: u16| {
            let at = x;
            x += if width > 0 { width + gap } else { 0 };
            (at, width)
        };
        if narrow {
            let margin = if margin { NARROW_MARGIN } else { 0 };
            let room = width.saturating_sub(2 + margin).min(WIDEST_TEXT);
            let text = (2, room.saturating_sub(1));
            return Columns { narrow, number, text, margin: (2 + room, margin), ..Columns::default() };
        }
        let time = column(if has_times { TIME } else { 0 }, 2);
        let label = column(label.clamp(4, if width >= WIDE { 20 } else { 12 }), 2);
        let least = if margin { MARGIN + 1 } else { 0 };
        let text = (x, width.saturating_sub(x + 1 + least).min(WIDEST_TEXT));
        let margin_x = text.0 + text.1 + 1;
        let margin = (margin_x, if margin { width.saturating_sub(margin_x).min(44) } else { 0 });
        Columns { narrow, number, time, label, text, margin }
    }
}

/// Columns of the widest name among the speakers of a transcript.
#[must_use]
pub(super) fn widest_label(study: &Study, transcript: TranscriptId, turns: &Turns) -> u16 {
    let bound = |key: &String| {
        study.bindings().get(&(transcript, key.clone())).map_or(Voice::Unknown, |held| held.voice)
    };
    let widths = turns.speakers.iter().map(|key| speaker_name(study, transcript, key, bound(key)).width());
    let first = (transcript, TurnNumber { number: 0, part: 0 });
    let voices = study.turn_voices().from(first).take_while(|held| held.transcript == transcript);
    let own = voices.filter_map(|held| {
        let turn = turns.turns.get(turns.index_of(held.turn)?)?;
        let of = (turns.speaker_of(turn), held.turn);
        Some(turn_speaker(study, transcript, of, held.voice, ("→", u16::MAX)).width())
    });
    widths.chain(own).max().and_then(|width| u16::try_from(width).ok()).unwrap_or(0)
}

/// Who speaks, as it is shown: the name of a participant whom the study knows, else the label as first written, or as
/// renamed. A name that import made up says no more than the label.
#[must_use]
pub fn speaker_name<'s>(study: &'s Study, transcript: TranscriptId, key: &'s str, voice: Voice) -> &'s str {
    let known =
        voice.participant().and_then(|id| study.participants().get(&id)).filter(|known| !known.provisional);
    if let Some(participant) = known {
        return &participant.name;
    }
    let held = study.speakers().get(&(transcript, key.to_owned()));
    held.map_or(key, |speaker| speaker.label.trim_end_matches([':', ' ']))
}

/// Who speaks a turn: [`speaker_name`] of its own voice.
#[must_use]
pub fn speaker_of<'s>(study: &'s Study, transcript: TranscriptId, turns: &'s Turns, turn: &Turn) -> &'s str {
    let voice = study.voices_in(transcript).map_or(Voice::Unknown, |voices| voices.of(turn));
    speaker_name(study, transcript, turns.speaker_of(turn), voice)
}

/// Who speaks, by name, or else the role.
fn voice_name(study: &Study, voice: Voice) -> &str {
    let person = voice.participant().and_then(|id| study.participants().get(&id));
    person.map_or(voice.role(), |person| person.name.as_str())
}

/// Who speaks a turn, in so many columns: as its label says or, if somebody said otherwise of this one turn, its label and
/// who it is; without the label where there is no room for both.
#[must_use]
pub fn turn_speaker<'s>(
    study: &'s Study,
    transcript: TranscriptId,
    (key, turn): (&'s str, TurnNumber),
    voice: Voice,
    (arrow, columns): (&str, u16),
) -> Cow<'s, str> {
    if !study.turn_voices().has(&(transcript, turn)) {
        return Cow::Borrowed(speaker_name(study, transcript, key, voice));
    }
    let label = study.speakers().get(&(transcript, key.to_owned())).map_or(key, |held| held.label.as_str());
    let who = format!("{arrow} {}", voice_name(study, voice));
    let both = format!("{} {who}", label.trim_end_matches([':', ' ']));
    Cow::Owned(if both.width() <= usize::from(columns) { both } else { who })
}

/// A span as people write it: turn numbers, `41` or `41-43`.
#[must_use]
pub fn turn_words(turns: &Turns, span: Span) -> String {
    turns.numbers_in(span)
}

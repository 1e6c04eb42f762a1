//! A coded transcript as a Word file: turns with their numbers, quotes as comments in the margin (codes, valence, coder).

use std::collections::{BTreeMap, BTreeSet};

use super::docx::{Comment, Docx, Inline, Look, Style};
use crate::study::{
    LEFT_OUT, NOT_QUOTED, ParticipantId, Quote, QuoteId, Study, Transcript, Turn, Turns, Voice, is_tombstone,
};
use crate::text::Span;

/// A transcript as a file, and what is not in it.
#[derive(Clone, Debug)]
pub struct CodedTranscript {
    /// The Word file.
    pub bytes: Vec<u8>,
    /// The quotes that are comments in it.
    pub quotes: Vec<QuoteId>,
    /// People whose words are in it.
    pub people: BTreeSet<ParticipantId>,
    /// Turns whose words were left out, as their speaker did not agree to be quoted.
    pub turns_left_out: usize,
}

/// Writes the transcript's current revision with the quotes of all coders. Words of who did not agree to be quoted, and
/// comments on them, are left out unless `with_refused`; what is hidden always. What precedes the first turn is left out.
#[must_use]
pub fn coded_transcript(
    study: &Study,
    transcript: &Transcript,
    turns: &Turns,
    text: &str,
    with_refused: bool,
) -> CodedTranscript {
    let voices = study.voices_in(transcript.id);
    let voice_of = |turn: &Turn| voices.as_ref().map_or(Voice::Unknown, |voices| voices.of(turn));
    let refuses =
        |voice: Voice| !with_refused && voice.participant().is_some_and(|person| !study.may_quote(person));
    let mut docx = Docx::new(&transcript.name);
    docx.text(Style::Title, &transcript.name);
    let mut marks = Marks::default();
    let current = |quote: &&Quote| {
        quote.revision == transcript.revision && (with_refused || !study.refuses_quoting(quote))
    };
    for quote in study.quotes_in(transcript.id).filter(current) {
        if study.codings_on(quote.id).next().is_some() {
            marks.add(turns, quote, docx.comment(comment_on(study, quote)));
        }
    }
    let (mut people, mut left_out) = (BTreeSet::new(), 0);
    let shown = study.shown_speech(transcript.id);
    for (nth, turn) in turns.turns.iter().enumerate() {
        let mut pieces = vec![Inline::aside(format!("{}\t", turn.number))];
        let label = label_of(study, transcript, turns, turn, voice_of(turn));
        if !label.is_empty() {
            pieces.push(Inline::strong(format!("{label}: ")));
        }
        let speech = marks.speech(turn.speech, text);
        let is_hidden = shown.hides(nth);
        let is_gone = turn.speech.slice(text).is_some_and(is_tombstone);
        if is_hidden || (refuses(voice_of(turn)) && !is_gone) {
            left_out += usize::from(!is_hidden);
            let marker = if is_hidden { LEFT_OUT } else { NOT_QUOTED };
            pieces.push(Inline::Text(marker.into(), Look::Emphasis));
            // A comment that reaches in here still needs its ends.
            pieces.extend(speech.into_iter().filter(|piece| !matches!(piece, Inline::Text(..))));
        } else {
            people.extend(voice_of(turn).participant().filter(|_| !is_gone));
            pieces.extend(speech);
        }
        docx.paragraph(Style::Turn, &pieces);
    }
    CodedTranscript { quotes: marks.quotes, bytes: docx.finish(), people, turns_left_out: left_out }
}

/// What is shown before a turn's words: the participant, else the label.
fn label_of(study: &Study, transcript: &Transcript, turns: &Turns, turn: &Turn, voice: Voice) -> String {
    let person = voice.participant().and_then(|id| study.participants().get(&id));
    if let Some(person) = person {
        return person.name.clone();
    }
    let key = (transcript.id, turns.speaker_of(turn).to_owned());
    study.speakers().get(&key).map(|speaker| speaker.label.clone()).unwrap_or_default()
}

/// Codes, a paragraph each, with their valence; said by the quote's coder when it was first coded.
fn comment_on(study: &Study, quote: &Quote) -> Comment {
    let codings: Vec<_> = study.codings_on(quote.id).collect();
    let paragraphs = codings.iter().map(|coding| {
        let name = study.codes().get(&coding.code).map_or("", |code| code.name.as_str());
        let mut pieces = vec![Inline::strong(name)];
        if let Some(valence) = study.effective_valence(coding) {
            let sides: Vec<&str> = valence.sides().iter().map(|side| side.name()).collect();
            pieces.push(Inline::plain(format!(" ({})", sides.join(", "))));
        }
        pieces
    });
    Comment {
        author: study.coder_name(quote.coder).to_owned(),
        // Word reads whole seconds.
        at: codings
            .iter()
            .map(|coding| coding.at)
            .min()
            .map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        paragraphs: paragraphs.collect(),
    }
}

/// Where comments begin and end, by byte of the text.
#[derive(Default)]
struct Marks {
    /// Ends before beginnings at one place, so that neighbours do not overlap.
    at: BTreeMap<u32, (Vec<usize>, Vec<usize>)>,
    quotes: Vec<QuoteId>,
}

impl Marks {
    /// Notes a comment; its ends are moved into the speech that it touches, as labels are not among the words.
    fn add(&mut self, turns: &Turns, quote: &Quote, comment: usize) {
        let span = quote.span;
        let touched = turns.turns.get(turns.overlapping(span)).unwrap_or_default();
        let (Some(first), Some(last)) = (touched.first(), touched.last()) else { return };
        let (start, end) = (span.start.max(first.speech.start), span.end.min(last.speech.end));
        self.at.entry(start).or_default().1.push(comment);
        self.at.entry(end).or_default().0.push(comment);
        self.quotes.push(quote.id);
    }

    /// The speech of a turn in pieces.
    fn speech(&self, speech: Span, text: &str) -> Vec<Inline> {
        let mut pieces = Vec::new();
        let mut from = speech.start;
        let say = |pieces: &mut Vec<Inline>, from: u32, to: u32| {
            let words = text.get(from as usize..to as usize).unwrap_or_default();
            if !words.is_empty() {
                pieces.push(Inline::plain(words));
            }
        };
        for (at, (ends, begins)) in self.at.range(speech.start..=speech.end) {
            say(&mut pieces, from, *at);
            from = *at;
            pieces.extend(ends.iter().map(|comment| Inline::CommentEnd(*comment)));
            pieces.extend(begins.iter().map(|comment| Inline::CommentStart(*comment)));
        }
        say(&mut pieces, from, speech.end);
        pieces
    }
}

//! All words that were said, by transcript and in order, with the places of each: what makes a quotation quick to find.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::study::{RevisionId, TranscriptId, Turns};
use crate::text::{Analyser, Language, Span};

/// Longest remark in square brackets, in bytes: `[laughs]`, `[inaudible 00:12:31]`. It is nobody's word.
const LONGEST_ASIDE: usize = 80;

/// A word that nobody said.
pub(super) const UNSAID: u32 = u32::MAX;

/// One word at its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) word: u32,
    pub(super) span: Span,
    /// Index of its turn.
    pub(super) turn: u32,
}

/// The words of one transcript.
pub(super) struct Stream {
    pub(super) transcript: TranscriptId,
    pub(super) revision: RevisionId,
    pub(super) text: Arc<str>,
    pub(super) turns: Arc<Turns>,
    pub(super) words: Vec<Said>,
}

/// A word of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct At {
    pub(super) stream: u32,
    pub(super) word: u32,
}

/// Where words were said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// In which transcript.
    pub transcript: TranscriptId,
    /// Its revision that the spans count in.
    pub revision: RevisionId,
    /// The pieces in order, each in bytes of the text.
    pub pieces: Vec<Span>,
    /// Indexes of the turns they lie in, each once, in order.
    pub turns: Vec<usize>,
}

/// The words of all transcripts, to look quotations up in.
#[derive(Default)]
pub struct SpokenWords {
    pub(super) streams: Vec<Stream>,
    numbers: HashMap<TranscriptId, u32>,
    ids: HashMap<Box<str>, u32>,
    places: Vec<Vec<At>>,
}

impl SpokenWords {
    /// No words yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what is said in a transcript. `analyser` may serve many; its language does not matter here.
    pub fn add(
        &mut self,
        transcript: TranscriptId,
        revision: RevisionId,
        text: Arc<str>,
        turns: Arc<Turns>,
        analyser: &mut Analyser,
    ) {
        let stream = u32::try_from(self.streams.len()).unwrap_or(u32::MAX);
        let mut words: Vec<Said> = Vec::new();
        for (turn, index) in turns.turns.iter().zip(0_u32..) {
            let speech = turn.speech.slice(&text).unwrap_or_default();
            let asides = asides_of(speech);
            let mut aside = asides.iter().peekable();
            for token in analyser.tokens(speech) {
                let start = token.span.start as usize;
                while aside.next_if(|aside| aside.end <= start).is_some() {}
                if aside.peek().is_some_and(|aside| aside.start <= start) {
                    continue;
                }
                let word = self.intern(token.word.exact());
                let at = At { stream, word: u32::try_from(words.len()).unwrap_or(u32::MAX) };
                if let Some(places) = self.places.get_mut(word as usize) {
                    places.push(at);
                }
                words.push(Said { word, span: token.span.shifted(turn.speech.start as usize), turn: index });
            }
        }
        self.numbers.insert(transcript, stream);
        self.streams.push(Stream { transcript, revision, text, turns, words });
    }

    /// An analyser that suits [`SpokenWords::add`].
    #[must_use]
    pub fn analyser() -> Analyser {
        Analyser::new(Language::Other)
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = u32::try_from(self.places.len()).unwrap_or(UNSAID);
        self.ids.insert(word.into(), id);
        self.places.push(Vec::new());
        id
    }

    /// The number of a word, [`UNSAID`] if nobody said it.
    pub(super) fn id(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(UNSAID)
    }

    /// Where a word was said, in order.
    pub(super) fn places(&self, word: u32) -> &[At] {
        self.places.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// The words of a stream from `at` on.
    pub(super) fn from(&self, at: At) -> &[Said] {
        let stream = self.streams.get(at.stream as usize);
        stream.and_then(|stream| stream.words.get(at.word as usize..)).unwrap_or_default()
    }

    /// The place of pieces, each a range of words of one stream.
    pub(super) fn place(&self, stream: u32, pieces: &[Range<u32>]) -> Option<Place> {
        let held = self.streams.get(stream as usize)?;
        let mut place = Place {
            transcript: held.transcript,
            revision: held.revision,
            pieces: Vec::with_capacity(pieces.len()),
            turns: Vec::new(),
        };
        for piece in pieces {
            let words = held.words.get(piece.start as usize..piece.end as usize)?;
            let (first, last) = (words.first()?, words.last()?);
            place.pieces.push(first.span.hull(last.span));
            for word in words {
                let turn = word.turn as usize;
                if place.turns.last() != Some(&turn) {
                    place.turns.push(turn);
                }
            }
        }
        place.turns.dedup();
        Some(place)
    }

    /// The turns of the transcript of a place.
    pub(super) fn stream_of(&self, place: &Place) -> Option<&Stream> {
        self.streams.get(self.number_of(place.transcript)? as usize)
    }

    /// The number of the stream of a transcript.
    pub(super) fn number_of(&self, transcript: TranscriptId) -> Option<u32> {
        self.numbers.get(&transcript).copied()
    }
}

/// Stretches of speech in square brackets.
fn asides_of(speech: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = speech.get(from..).and_then(|rest| rest.find('[')).map(|at| from + at) {
        let inside = speech.get(open + 1..).unwrap_or_default();
        match inside.find([']', '[', '\n']) {
            Some(length) if inside[length..].starts_with(']') && length <= LONGEST_ASIDE => {
                found.push(open..open + length + 2);
                from = open + length + 2;
            }
            _ => from = open + 1,
        }
    }
    found
}

/// Speech without what stands in it in square brackets.
pub(super) fn without_asides(speech: &str) -> String {
    let mut kept = String::with_capacity(speech.len());
    let mut from = 0;
    for aside in asides_of(speech) {
        kept.push_str(speech.get(from..aside.start).unwrap_or_default());
        from = aside.end;
    }
    kept.push_str(speech.get(from..).unwrap_or_default());
    kept
}

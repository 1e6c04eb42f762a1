//! What counts need to know of one transcript: the codings of its layer of record with who speaks in them, and how much
//! of it each coder has coded.

use std::ops::Range;

use super::coverage::Coverage;
use crate::study::{
    CodeId, CoderId, ParticipantId, Quote, QuoteId, RevisionId, Study, Transcript, Turns, Valence, Voice,
    Voices,
};
use crate::text::Span;

/// One transcript, counted once. It holds until a change touches the transcript.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Whose quotes and codings are counted; `None` if nobody has coded it.
    pub layer: Option<CoderId>,
    /// How much of it is coded, by every coder.
    pub coverage: Coverage,
    /// Quotes of that layer that carry codings: the current revision first, in order of the text.
    pub(super) quotes: Vec<HeardQuote>,
    /// Codings on them, by code, then in the order of `quotes`.
    codings: Vec<HeardCoding>,
}

/// A quote with who speaks in it.
#[derive(Clone, Debug)]
pub(super) struct HeardQuote {
    pub(super) id: QuoteId,
    pub(super) revision: RevisionId,
    pub(super) span: Span,
    pub(super) starred: bool,
    /// Participants whose speech shares a word with it, in order of the text.
    pub(super) people: Vec<ParticipantId>,
    /// Whether a word of it is spoken by several people at once or by nobody knows whom.
    pub(super) unclear: bool,
}

/// A coding on one of the quotes. Its effective valence is not kept: it may change with the code.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeardCoding {
    pub(super) code: CodeId,
    /// The coding's own valence.
    pub(super) own: Option<Valence>,
    /// Index of its quote.
    pub(super) quote: usize,
}

impl Sheet {
    /// Counts one transcript.
    #[must_use]
    pub fn of(study: &Study, transcript: &Transcript) -> Self {
        let layer = study.layer_of_record(transcript.id);
        let voices = study.voices_in(transcript.id);
        let heard = study.turns(transcript.id).zip(voices.as_ref());
        let mut quotes: Vec<&Quote> = study
            .quotes_in(transcript.id)
            .filter(|quote| Some(quote.coder) == layer && study.codings_on(quote.id).next().is_some())
            .collect();
        quotes.sort_by_key(|quote| (quote.revision != transcript.revision, quote.revision));
        let mut codings = Vec::new();
        for (index, quote) in quotes.iter().enumerate() {
            codings.extend(study.codings_on(quote.id).map(|coding| HeardCoding {
                code: coding.code,
                own: coding.valence,
                quote: index,
            }));
        }
        codings.sort_by_key(|coding| (coding.code, coding.quote));
        Self {
            layer,
            coverage: Coverage::of(study, transcript, layer, heard),
            quotes: quotes.into_iter().map(|quote| HeardQuote::of(quote, heard)).collect(),
            codings,
        }
    }

    /// Which codings are of which code, each code once; its children's are not among them.
    pub(super) fn codings_by_code(&self) -> impl Iterator<Item = (CodeId, Range<usize>)> {
        self.codings.chunk_by(|one, next| one.code == next.code).scan(0, |start, run| {
            let codings = *start..*start + run.len();
            *start = codings.end;
            Some((run.first()?.code, codings))
        })
    }

    /// The codings at these places, with their quotes and in their order.
    pub(super) fn codings_at(
        &self,
        places: Range<usize>,
    ) -> impl Iterator<Item = (&HeardCoding, &HeardQuote)> {
        let codings = self.codings.get(places).unwrap_or_default();
        codings.iter().filter_map(|coding| Some((coding, self.quotes.get(coding.quote)?)))
    }
}

impl HeardQuote {
    /// A quote of an earlier revision, which the current turns say nothing about, is unclear.
    fn of(quote: &Quote, heard: Option<(&std::sync::Arc<Turns>, &Voices)>) -> Self {
        let mut found = Self {
            id: quote.id,
            revision: quote.revision,
            span: quote.span,
            starred: quote.starred,
            people: Vec::new(),
            unclear: false,
        };
        let Some((turns, voices)) = heard.filter(|(turns, _)| turns.revision == quote.revision) else {
            found.unclear = true;
            return found;
        };
        for voice in voices.of_quote(turns, quote) {
            match voice {
                Voice::Participant(id) => found.people.push(id),
                Voice::Several | Voice::Unknown => found.unclear = true,
                Voice::Interviewer | Voice::Other => {}
            }
        }
        found
    }
}

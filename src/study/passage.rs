//! Coding a passage of a text: what is a passage, and what changes put a code on it.

use super::{Change, Code, CoderId, Coding, Quote, Source, Study, TranscriptId, Valence, fresh};
use crate::text::{Span, on_grapheme_boundary};

/// A stretch of the current revision of a transcript, before anybody made a quote of it.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'t> {
    /// Which transcript.
    pub transcript: TranscriptId,
    /// Bytes of the current revision's text.
    pub span: Span,
    /// That text, whole.
    pub text: &'t str,
}

/// Why a passage cannot be coded so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PassageError {
    /// The coder has that code there already.
    #[error("it has the code “{0}” already")]
    Already(String),
    /// The span does not lie in the text, or is empty.
    #[error("it does not lie in the text; give a start before an end, both inside the transcript")]
    Outside,
    /// A character would be cut in two.
    #[error("it would cut a character in two; move its start or end by one")]
    CutsGrapheme,
    /// It starts or ends in a label, between turns or in the preamble.
    #[error("it does not start and end in speech; only speech is coded")]
    NotSpeech,
    /// A valence for a code that has a side.
    #[error("the code “{0}” has a side, which decides; leave the valence out")]
    Sided(String),
    /// There is no such transcript or code any more.
    #[error("the transcript or the code is not in the study any more")]
    Gone,
}

impl Study {
    /// The changes that put a code on a passage for a coder: the coder's own quote, if there is none yet on exactly that
    /// span, and the coding.
    ///
    /// # Errors
    /// A [`PassageError`], if the passage is no speech, the code is there already, or the valence speaks against its side.
    pub fn changes_to_code(
        &self,
        coder: CoderId,
        passage: Passage<'_>,
        code: &Code,
        valence: Option<Valence>,
        source: &dyn Source,
    ) -> Result<Vec<Change>, PassageError> {
        if code.side.is_some() && valence.is_some() {
            return Err(PassageError::Sided(code.name.clone()));
        }
        let (quote, mut changes) = self.quote_on(coder, passage, source)?;
        if self.codings_on(quote.id).any(|coding| coding.code == code.id) {
            return Err(PassageError::Already(code.name.clone()));
        }
        let coding = Coding { id: fresh(source), quote: quote.id, code: code.id, valence, at: source.now() };
        changes.push(Change::create(coding));
        Ok(changes)
    }

    /// The coder's quote on exactly that span and no change, or a new one and the change that makes it.
    ///
    /// # Errors
    /// A [`PassageError`], if the passage is no speech.
    pub fn quote_on(
        &self,
        coder: CoderId,
        passage: Passage<'_>,
        source: &dyn Source,
    ) -> Result<(Quote, Vec<Change>), PassageError> {
        let revision = self.transcripts().get(&passage.transcript).ok_or(PassageError::Gone)?.revision;
        let own =
            |quote: &&Quote| (quote.coder, quote.revision, quote.span) == (coder, revision, passage.span);
        if let Some(held) = self.quotes_in(passage.transcript).find(own) {
            return Ok((held.clone(), Vec::new()));
        }
        self.check_passage(passage)?;
        let quote = Quote {
            id: fresh(source),
            coder,
            transcript: passage.transcript,
            revision,
            span: passage.span,
            text: passage.span.slice(passage.text).ok_or(PassageError::Outside)?.to_owned(),
            starred: false,
        };
        Ok((quote.clone(), vec![Change::create(quote)]))
    }

    /// Whether a passage starts and ends in speech and cuts no character.
    fn check_passage(&self, passage: Passage<'_>) -> Result<(), PassageError> {
        let Passage { span, text, .. } = passage;
        if span.is_empty() || span.slice(text).is_none() {
            let inside = span.start < span.end && (span.end as usize) <= text.len();
            return Err(if inside { PassageError::CutsGrapheme } else { PassageError::Outside });
        }
        if !on_grapheme_boundary(text, span.start as usize) || !on_grapheme_boundary(text, span.end as usize)
        {
            return Err(PassageError::CutsGrapheme);
        }
        let turns = self.turns(passage.transcript).ok_or(PassageError::Gone)?;
        let touched = turns.turns.get(turns.overlapping(span)).unwrap_or_default();
        let starts = touched.first().is_some_and(|turn| turn.speech.start <= span.start);
        let ends = touched.last().is_some_and(|turn| span.end <= turn.speech.end);
        if starts && ends { Ok(()) } else { Err(PassageError::NotSpeech) }
    }
}

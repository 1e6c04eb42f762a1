//! The JSON objects that several subcommands print. Offsets are code points of the stored text, absolute and half-open;
//! times are seconds.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::analysis::Attribution;
use crate::study::{
    MemoOn, Quote, Study, TranscriptId, Turn, TurnNumber, Turns, Voice, Voices, turns_of_span,
};
use crate::text::CodePoints;

/// A turn number: a number, or a string such as `"41a"` for a part of a split turn.
#[derive(Clone, Copy)]
pub(super) struct TurnLabel(pub(super) TurnNumber);

impl Serialize for TurnLabel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.part {
            0 => serializer.serialize_u32(self.0.number),
            _ => serializer.collect_str(&self.0),
        }
    }
}

/// Who speaks in a turn.
#[derive(Clone, Serialize)]
pub(super) struct SpeakerFields {
    pub(super) speaker: Option<String>,
    pub(super) role: &'static str,
    pub(super) participant: Option<String>,
}

/// The turns of one transcript with all that lines about its turns need, looked up once.
pub(super) struct Speech<'s> {
    study: &'s Study,
    transcript: TranscriptId,
    pub(super) turns: Arc<Turns>,
    voices: Voices,
    pub(super) text: Arc<str>,
}

impl<'s> Speech<'s> {
    pub(super) fn new(study: &'s Study, transcript: TranscriptId, text: Arc<str>) -> Option<Self> {
        let turns = Arc::clone(study.turns(transcript)?);
        let voices = study.voices_in(transcript)?;
        Some(Self { study, transcript, turns, voices, text })
    }

    pub(super) fn speaker(&self, turn: &Turn) -> SpeakerFields {
        let key = self.turns.speaker_of(turn);
        let speaker = self.study.speakers().get(&(self.transcript, key.to_owned()));
        let voice = self.voices.of(turn);
        SpeakerFields {
            speaker: speaker.map(|speaker| speaker.label.clone()),
            role: voice.role(),
            participant: participant_name(self.study, voice),
        }
    }

    /// Whether whoever speaks in a turn did not agree to be quoted.
    pub(super) fn refuses(&self, turn: &Turn) -> bool {
        self.voices.of(turn).participant().is_some_and(|person| !self.study.may_quote(person))
    }

    /// Seconds from the start of the recording.
    pub(super) fn seconds(turn: &Turn) -> Option<f64> {
        turn.start_ms.map(|ms| f64::from(ms) / 1000.0)
    }
}

pub(super) fn participant_name(study: &Study, voice: Voice) -> Option<String> {
    let id = voice.participant()?;
    study.participants().get(&id).map(|participant| participant.name.clone())
}

/// A quote.
#[derive(Serialize)]
pub(super) struct QuoteLine {
    pub(super) id: String,
    pub(super) coder: String,
    pub(super) transcript: String,
    pub(super) revision: u32,
    pub(super) turn: Option<TurnLabel>,
    pub(super) end_turn: Option<TurnLabel>,
    pub(super) participants: Vec<String>,
    pub(super) participant: Option<String>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
    pub(super) codings: Vec<CodingFields>,
    pub(super) attribution: Option<String>,
    pub(super) memos: usize,
    pub(super) starred: bool,
    /// It stands in a draft.
    pub(super) used: bool,
    /// Somebody in it did not agree to be quoted.
    pub(super) refused: bool,
}

/// A coding of a quote.
#[derive(Serialize)]
pub(super) struct CodingFields {
    pub(super) code: String,
    pub(super) component: Option<String>,
    pub(super) valence: Vec<&'static str>,
}

impl QuoteLine {
    /// `points` are those of the text of the quote's revision.
    pub(super) fn new(
        study: &Study,
        quote: &Quote,
        points: &CodePoints<'_>,
        attribution: &Attribution<'_>,
    ) -> Self {
        let (start, end) = points.of_span(quote.span);
        let turns = study.turns_of(quote.revision);
        let ends = turns.and_then(|turns| turns_of_span(turns, quote.span));
        let number = |index: usize| Some(TurnLabel(turns?.turns.get(index)?.number));
        let voices = study.voices_of_quote(quote);
        let participants: Vec<String> =
            voices.into_iter().filter_map(|voice| participant_name(study, voice)).collect();
        Self {
            id: quote.id.to_string(),
            coder: study.coder_name(quote.coder).to_owned(),
            transcript: study
                .transcripts()
                .get(&quote.transcript)
                .map_or_else(String::new, |held| held.name.clone()),
            revision: study.revisions().get(&quote.revision).map_or(1, |revision| revision.number),
            turn: ends.and_then(|(first, _)| number(first)),
            end_turn: ends.and_then(|(_, last)| number(last)),
            participant: match participants.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            },
            participants,
            start,
            end,
            text: quote.text.clone(),
            codings: study
                .codings_on(quote.id)
                .map(|coding| CodingFields {
                    code: study.codes().get(&coding.code).map_or_else(String::new, |code| code.name.clone()),
                    component: study
                        .component_of(coding.code, &study.settings.framework)
                        .map(|component| component.id.clone()),
                    valence: study
                        .effective_valence(coding)
                        .map(|valence| valence.sides().iter().map(|side| side.name()).collect())
                        .unwrap_or_default(),
                })
                .collect(),
            // What cannot be filled was told when the templates were read.
            attribution: attribution.of_quote(quote).ok().flatten(),
            memos: study.memos_on(MemoOn::Quote(quote.id)).count(),
            starred: quote.starred,
            used: study.drafts_with(quote.id).next().is_some(),
            refused: study.refuses_quoting(quote),
        }
    }
}

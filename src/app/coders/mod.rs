//! Several coders on one study: what the others do, what of it is shown, whose layer counts, who codes blind, and what to
//! do when two were at the same thing.
//!
//! What a blind coder must not see never gets here: [`Veil`](crate::study::Veil) keeps it from the study in the model.

mod blind;
mod initials;
mod layers;
mod list;
mod memo;
mod news;
mod record;
mod refused;

use std::collections::VecDeque;

pub use initials::initials;
pub use layers::Others;
pub use news::News;
pub(super) use refused::DRAFT as REFUSED;
pub use refused::Refused;

use super::{Model, Screen};
use crate::study::{Action, Coder, CoderId, TranscriptId};
use crate::text::fold_name;

/// What is known of the others, beside the study.
#[derive(Clone, Debug, Default)]
pub struct Coders {
    /// How the layers of others are shown in Read.
    pub others: Others,
    /// What others did that was not read yet.
    pub news: Option<News>,
    /// Steps of this coder that were refused, and that wait for a choice.
    pub refused: Vec<Refused>,
    /// What others did lately, the last at the end: to say who was first.
    lately: VecDeque<Action>,
    /// Why the last code is not there any more, if somebody took it away: said once, before another one is taken.
    gone: Option<String>,
}

impl Model {
    /// The name of a coder; `you` for whoever sits here.
    fn coder_words(&self, coder: CoderId) -> String {
        if coder == self.me.id {
            return String::from("you");
        }
        self.study.coders().get(&coder).map_or_else(|| String::from("somebody"), |coder| coder.name.clone())
    }

    /// The lead coder, if the study has one who is known to it.
    fn lead(&self) -> Option<&Coder> {
        self.study.settings.lead.as_deref().and_then(|lead| self.study.coder_named(lead))
    }

    fn am_i_lead(&self) -> bool {
        let lead = self.study.settings.lead.as_deref();
        lead.is_some_and(|lead| fold_name(lead) == fold_name(&self.me.name))
    }

    /// The transcripts that a key is about: those marked in the list, else the chosen one, or the one that is read.
    fn transcripts_meant(&self) -> Vec<TranscriptId> {
        match self.screen {
            Screen::Transcripts => self.transcripts.meant(),
            _ => self.read.transcript().into_iter().collect(),
        }
    }

    /// Transcripts by name: `I43`, `I43, I44`, `12 transcripts (I43, I44, I45 …)`.
    fn transcript_words(&self, transcripts: &[TranscriptId]) -> String {
        /// So many are named.
        const NAMED: usize = 3;
        let names: Vec<&str> = transcripts
            .iter()
            .filter_map(|id| self.study.transcripts().get(id))
            .map(|transcript| transcript.name.as_str())
            .collect();
        match names.get(..NAMED) {
            Some(first) if names.len() > NAMED => {
                format!("{} transcripts ({} …)", names.len(), first.join(", "))
            }
            _ => names.join(", "),
        }
    }
}

//! Whose layer of a transcript is the one of record: the one that counts.

use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use crate::study::{Change, CoderId, LayerOfRecord, TranscriptId};

/// The answer that leaves it to `study.toml`.
const BY_RULE: &str = "rule";

impl Model {
    /// Asks whose layer of the transcripts that are meant is to count.
    pub(in crate::app) fn choose_record(&mut self) -> Vec<Effect> {
        let transcripts = self.transcripts_meant();
        if transcripts.is_empty() {
            self.refuse("No transcript is chosen.");
            return Vec::new();
        }
        // Who codes blind is not told who did before them.
        let told = |id: &TranscriptId| self.study.layer_of_record(*id).filter(|_| !self.is_blind_on(*id));
        let layers: Vec<Option<CoderId>> = transcripts.iter().map(told).collect();
        let mut choices: Vec<Choice> = Vec::new();
        for coder in self.study.coders().iter() {
            let codings: usize = transcripts.iter().map(|id| self.codings_by(coder.id, *id)).sum();
            let now = layers.iter().filter(|layer| **layer == Some(coder.id)).count();
            let mut detail = format!("{codings} {}", if codings == 1 { "coding" } else { "codings" });
            match now {
                0 => {}
                n if n == transcripts.len() => detail.push_str(", of record now"),
                n => detail.push_str(&format!(", of record in {n}")),
            }
            choices.push(Choice { words: coder.name.clone(), detail, answer: coder.id.to_string() });
        }
        let rule = match &self.study.settings.lead {
            Some(lead) => format!("{lead}, the lead; else who coded it first"),
            None => String::from("who coded it first"),
        };
        let words = String::from("as study.toml says");
        choices.push(Choice { words, detail: rule, answer: BY_RULE.into() });
        let question = self.transcript_words(&transcripts);
        let asked = Asked::RecordLayer(transcripts);
        self.choose(Chooser::new(question, "whose layer is counted?", choices, asked))
    }

    fn codings_by(&self, coder: CoderId, transcript: TranscriptId) -> usize {
        let own = self.study.quotes_in(transcript).filter(|quote| quote.coder == coder);
        own.map(|quote| self.study.codings_on(quote.id).count()).sum()
    }

    /// Makes a coder's layer the one of record.
    pub(in crate::app) fn set_record(&mut self, transcripts: &[TranscriptId], answer: &str) -> Vec<Effect> {
        let coder = answer.parse::<CoderId>().ok().filter(|_| answer != BY_RULE);
        let mut changed = Vec::new();
        let mut changes = Vec::new();
        for transcript in transcripts.iter().copied() {
            let held = self.study.layers_of_record().get(&transcript).cloned();
            let after = coder.map(|coder| LayerOfRecord { transcript, coder });
            if held == after {
                continue;
            }
            changed.push(transcript);
            changes.push(Change { before: held.map(Into::into), after: after.map(Into::into) });
        }
        let what = self.transcript_words(&changed);
        if changes.is_empty() {
            self.refuse("It is so already.");
            return Vec::new();
        }
        let whose = coder.and_then(|coder| self.study.coders().get(&coder)).map(|coder| coder.name.clone());
        let words = match &whose {
            Some(name) => format!("{what}: the layer of record is that of {name}"),
            None => format!("{what}: the layer of record is as study.toml says"),
        };
        let effects = self.commit("set_record_layer", words.clone(), changes);
        if !effects.is_empty() {
            self.transcripts.unmark_all();
            self.say(format!("{words}; that is what is counted now."));
        }
        effects
    }

    /// Whose layer of a transcript counts, where that is not the lead's.
    #[must_use]
    pub fn odd_record(&self, transcript: TranscriptId) -> Option<&str> {
        let named = self.study.layers_of_record().get(&transcript).map(|held| held.coder);
        // Who coded a transcript first is nothing that a blind coder should know.
        let by_rule = || self.sheets.sheet(transcript)?.layer.filter(|_| !self.is_blind_on(transcript));
        let lead = self.lead().map(|lead| lead.id);
        let layer = named.or_else(|| by_rule().filter(|_| lead.is_some()))?;
        let odd = Some(layer) != lead;
        self.study.coders().get(&layer).filter(|_| odd).map(|coder| coder.name.as_str())
    }

    /// Whether a transcript is hidden, or everybody who takes part in it.
    fn is_all_hidden(&self, transcript: TranscriptId) -> bool {
        let binding = |key: &String| self.study.bindings().get(&(transcript, key.clone()));
        let mut people = self
            .study
            .speakers_in(transcript)
            .filter_map(|speaker| binding(&speaker.key)?.voice.participant())
            .peekable();
        self.study.is_transcript_hidden(transcript)
            || (people.peek().is_some() && people.all(|person| self.study.is_participant_hidden(person)))
    }

    /// What sets a transcript apart: that it is hidden, that it is coded blind, and whose layer counts if not the lead's. Empty for most.
    #[must_use]
    pub fn transcript_mark(&self, transcript: TranscriptId) -> String {
        let blind = self.is_blind_on(transcript).then(|| String::from("blind"));
        let record = self.odd_record(transcript).map(|name| format!("record {name}"));
        let hidden = self.is_all_hidden(transcript).then(|| String::from("hidden"));
        hidden.into_iter().chain(blind).chain(record).collect::<Vec<_>>().join(", ")
    }
}

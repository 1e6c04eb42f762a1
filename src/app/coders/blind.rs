//! Starting and ending blind coding: by a coder for oneself, by the lead for anybody.

use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use crate::study::{Blind, Change, Coder, CoderId, TranscriptId, fresh};
use crate::text::fold_name;

impl Model {
    /// Makes this coder blind on the transcripts that are meant; the lead is asked for whom.
    pub(in crate::app) fn code_blind(&mut self) -> Vec<Effect> {
        let transcripts = self.transcripts_meant();
        if transcripts.is_empty() {
            self.refuse("No transcript is chosen.");
            return Vec::new();
        }
        if !self.am_i_lead() {
            return self.start_blind(&self.me.clone(), &transcripts);
        }
        let choices = self.coders_to_choose().into_iter().map(|coder| {
            let blind = transcripts.iter().filter(|id| self.study.is_blind(coder.id, **id)).count();
            let (words, answer) = if blind == transcripts.len() {
                (format!("{} sees the others again", coder.name), format!("end {}", coder.name))
            } else {
                (format!("{} codes blind", coder.name), format!("start {}", coder.name))
            };
            let detail = match (blind, coder.id == self.me.id) {
                (0, true) => String::from("you"),
                (0, false) => String::new(),
                (n, _) if n == transcripts.len() => String::from("blind now"),
                (n, _) => format!("blind on {n} of {}", transcripts.len()),
            };
            Choice { words, detail, answer }
        });
        let choices = choices.collect();
        let question = self.transcript_words(&transcripts);
        self.choose(Chooser::new(question, "who codes blind?", choices, Asked::Blind(transcripts)))
    }

    /// Coders of the study, this one first, and those that `study.toml` names but who did not come yet.
    fn coders_to_choose(&self) -> Vec<Coder> {
        let mut coders: Vec<Coder> = vec![self.me.clone()];
        coders.extend(self.study.coders().iter().filter(|coder| coder.id != self.me.id).cloned());
        for name in self.study.settings.coders.values().chain(&self.study.settings.lead) {
            if coders.iter().all(|held| fold_name(&held.name) != fold_name(name)) {
                coders.push(Coder { id: fresh(&*self.source), name: name.clone() });
            }
        }
        coders
    }

    /// What the lead chose.
    pub(in crate::app) fn set_blind(&mut self, transcripts: &[TranscriptId], answer: &str) -> Vec<Effect> {
        let Some((what, name)) = answer.split_once(' ') else { return Vec::new() };
        let Some(coder) = self.coders_to_choose().into_iter().find(|coder| coder.name == name) else {
            return Vec::new();
        };
        if what == "end" {
            self.end_blind(coder.id, transcripts)
        } else {
            self.start_blind(&coder, transcripts)
        }
    }

    fn start_blind(&mut self, coder: &Coder, transcripts: &[TranscriptId]) -> Vec<Effect> {
        let mut blind = transcripts.to_vec();
        blind.retain(|id| !self.study.is_blind(coder.id, *id));
        let mine = coder.id == self.me.id;
        if blind.is_empty() {
            let keys = self.keys_of("end_blind");
            self.refuse(format!("You code that blind already; {keys} ends it, after a question."));
            return Vec::new();
        }
        let start = self.source.now();
        let stretch = |id: &TranscriptId| Blind { transcript: *id, coder: coder.id, start, end: None };
        let mut changes: Vec<Change> = blind.iter().map(stretch).map(Change::create).collect();
        if !mine && !self.study.coders().has(&coder.id) {
            changes.insert(0, Change::create(coder.clone()));
        }
        let what = self.transcript_words(&blind);
        let effects = self.commit("start_blind", format!("{} codes {what} blind", coder.name), changes);
        if !effects.is_empty() {
            self.transcripts.unmark_all();
            let who = if mine { String::from("You code") } else { format!("{} codes", coder.name) };
            let keys = self.keys_of("end_blind");
            let end = if mine { format!("; {keys} ends it, after a question") } else { String::new() };
            self.say(format!("{who} {what} blind from now on{end}."));
        }
        effects
    }

    /// This coder sees again what others did in the transcripts that are meant.
    pub(in crate::app) fn see_others(&mut self) -> Vec<Effect> {
        let mut transcripts = self.transcripts_meant();
        transcripts.retain(|id| self.is_blind_on(*id));
        let question = format!(
            "End coding {} blind? Codings from then on are not blind; the history keeps when.",
            self.transcript_words(&transcripts)
        );
        self.confirm(question, Asked::EndBlind(transcripts))
    }

    /// The answer was yes.
    pub(in crate::app) fn end_my_blind(&mut self, transcripts: &[TranscriptId]) -> Vec<Effect> {
        self.end_blind(self.me.id, transcripts)
    }

    fn end_blind(&mut self, coder: CoderId, transcripts: &[TranscriptId]) -> Vec<Effect> {
        let end = Some(self.source.now());
        let mut ended = Vec::new();
        let mut changes = Vec::new();
        for id in transcripts {
            if let Some(blind) = self.study.blind_now(coder, *id).cloned() {
                changes.push(Change::update(blind.clone(), Blind { end, ..blind }));
                ended.push(*id);
            }
        }
        if changes.is_empty() {
            self.refuse("Nobody codes blind there.");
            return Vec::new();
        }
        let what = self.transcript_words(&ended);
        let name =
            self.study.coders().get(&coder).map_or_else(|| self.me.name.clone(), |held| held.name.clone());
        let effects = self.commit("end_blind", format!("{name} no longer codes {what} blind"), changes);
        if !effects.is_empty() {
            self.transcripts.unmark_all();
            let keys = self.keys_of("cycle_others");
            self.say(match coder == self.me.id {
                true => format!("{what}: no longer blind; {keys} in it shows what others coded."),
                false => format!("{what}: {name} is no longer blind."),
            });
        }
        effects
    }

    /// Whether this coder is blind on a transcript that is meant.
    pub(in crate::app) fn is_blind_here(&self) -> bool {
        self.transcripts_meant().into_iter().any(|id| self.is_blind_on(id))
    }
}

//! Drafts whose place is gone: a code was merged, a turn joined, a memo taken away. What was typed there is listed with all
//! drafts, and one that is chosen becomes the draft of a memo on the study, where its words can be read, taken or kept.

use crate::app::matrix::LINKS;
use crate::app::read::{BASIS, BEGAN, KIND, MemoTarget, Writing};
use crate::app::{Effect, Model};
use crate::study::{Case, MemoOn, Study, Topic, TranscriptId, TurnNumber, put_below};
use crate::text::counted;

/// A draft whose place is gone.
pub(in crate::app) struct Stray {
    pub(in crate::app) key: String,
    /// What it was of.
    pub(in crate::app) of: String,
    pub(in crate::app) text: String,
}

impl Model {
    /// Opens one of them as a memo on the study, below what is half-written there.
    pub(in crate::app) fn open_stray_draft(&mut self, key: &str) -> Vec<Effect> {
        let Some(stray) = self.stray_drafts().into_iter().find(|stray| stray.key == key) else {
            return Vec::new();
        };
        let memo = Writing { target: MemoTarget::Thing(MemoOn::Study), memo: None };
        let text = match self.drafts.get(&memo.draft_key()) {
            Some(held) => put_below(held, &stray.of, &stray.text),
            None => stray.text,
        };
        let mut effects = vec![self.keep_draft(memo.draft_key(), text)];
        for beside in ["", KIND, BEGAN, BASIS, LINKS] {
            effects.extend(self.let_go_of_draft(&format!("{beside}{key}")));
        }
        effects.extend(self.write_memo_on(MemoOn::Study));
        let keys = self.keys_of("save_memo");
        self.say(format!(
            "This was the draft of {}. {keys} saves it as a memo on the study; Esc leaves it a draft.",
            stray.of
        ));
        effects
    }

    /// Says how many there are, and where they are listed.
    pub(in crate::app) fn say_stray_drafts(&mut self) {
        let count = self.count_stray_drafts();
        if count > 0 {
            let (keys, drafts) = (self.keys_of("list_drafts"), counted(count, "draft", "drafts"));
            self.say(format!("{drafts} of yours lost the place: {keys} lists them."));
        }
    }

    /// How many there are.
    pub(in crate::app) fn count_stray_drafts(&self) -> usize {
        self.stray_drafts().len()
    }

    /// Adds to what was said how many lost their place since there were so many.
    pub(in crate::app) fn say_more_stray_drafts(&mut self, before: usize) {
        let more = self.count_stray_drafts().saturating_sub(before);
        if more == 0 {
            return;
        }
        let said = self.notice.as_ref().map_or("", |notice| notice.text.trim_end_matches('.'));
        let gap = if said.is_empty() { "" } else { "; " };
        let (keys, drafts) = (self.keys_of("list_drafts"), counted(more, "draft", "drafts"));
        self.say(format!("{said}{gap}{drafts} of yours lost the place: {keys} lists them"));
    }

    /// All of them.
    pub(in crate::app) fn stray_drafts(&self) -> Vec<Stray> {
        let whole = self.veil.whole(&self.study);
        let stray = |(key, text): (&String, &String)| {
            let of = lost_place(whole, key)?;
            let is_form = key.starts_with("code:") || key.starts_with("theme:");
            let text = if is_form { crate::app::codebook::typed_in_form(text)? } else { text.clone() };
            Some(Stray { key: key.clone(), of, text })
        };
        self.drafts.iter().filter_map(stray).collect()
    }
}

/// What a draft was of, if that is gone from the study; `None` where it stands, or where that is not known.
fn lost_place(study: &Study, key: &str) -> Option<String> {
    let (kind, rest) = key.split_once(':')?;
    match kind {
        "summary" => {
            let (case, topic): (Case, Topic) = serde_json::from_str(rest).ok()?;
            is_gone(study, &MemoOn::Cell(case, topic.clone())).then(|| {
                let (row, column) = (study.case_name(case), study.topic_name(&topic));
                match (row, column) {
                    (Some(row), _) => format!("a summary of {row}"),
                    (None, Some(column)) => format!("a summary on “{column}”"),
                    (None, None) => String::from("a summary"),
                }
            })
        }
        "code" => (!study.codes().has(&rest.parse().ok()?)).then(|| String::from("a code")),
        "theme" => (!study.themes().has(&rest.parse().ok()?)).then(|| String::from("a theme")),
        "turn" => {
            let (transcript, turn) = rest.split_once(':')?;
            let (transcript, turn): (TranscriptId, TurnNumber) =
                (transcript.parse().ok()?, turn.parse().ok()?);
            let name = study.transcripts().get(&transcript).map_or("?", |held| held.name.as_str());
            let turns = study.turns(transcript).into_iter().flat_map(|turns| &turns.turns);
            // What became of a turn that was split is found at its parts.
            let stands = turns.into_iter().any(|held| held.number.number == turn.number);
            (!stands).then(|| format!("{name}:{turn}"))
        }
        "memo" => match rest.split_once(':') {
            Some(("on", on)) => {
                let on: MemoOn = serde_json::from_str(on).ok()?;
                is_gone(study, &on).then(|| String::from("a memo"))
            }
            Some((transcript, _)) => {
                (!study.transcripts().has(&transcript.parse().ok()?)).then(|| String::from("a memo"))
            }
            None => (!study.memos().has(&rest.parse().ok()?)).then(|| String::from("a memo")),
        },
        _ => None,
    }
}

fn is_gone(study: &Study, on: &MemoOn) -> bool {
    let has_topic = |topic: &Topic| study.topic_name(topic).is_some();
    !match on {
        MemoOn::Quote(id) => study.quotes().has(id),
        MemoOn::Code(id) => study.codes().has(id),
        MemoOn::Theme(id) => study.themes().has(id),
        MemoOn::Component(of) => has_topic(&Topic::Component(of.clone())),
        MemoOn::Transcript(id) => study.transcripts().has(id),
        MemoOn::Participant(id) => study.participants().has(id),
        MemoOn::Cell(case, topic) => study.case_name(*case).is_some() && has_topic(topic),
        MemoOn::Study => true,
    }
}

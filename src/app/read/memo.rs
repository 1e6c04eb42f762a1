//! Writing a memo: on a passage, or on anything else that a memo can be about.
//!
//! Every change of the text is a draft, kept until the memo is saved or emptied: leaving it, or losing the line, loses
//! nothing. A new memo on each thing and each memo that is being changed has a draft of its own.

use serde::{Deserialize, Serialize};

use super::Stands;
use super::drafts::{BASIS, BEGAN, KIND};
use crate::app::layer::Layer;
use crate::app::{Effect, Model, Rows, Spot, TextField};
use crate::study::{Change, Memo, MemoId, MemoKind, MemoOn, Record, TranscriptId, TurnNumber, fresh};
use crate::text::Span;

/// What a memo is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoTarget {
    /// A passage. The coder's quote over it is made if there is none.
    Passage {
        /// In which transcript.
        transcript: TranscriptId,
        /// Which bytes of it.
        span: Span,
    },
    /// Something that is there already.
    Thing(MemoOn),
    /// No memo: what is said in a turn is put right.
    Speech {
        /// In which transcript.
        transcript: TranscriptId,
        /// Which turn.
        turn: TurnNumber,
    },
}

/// What is being written: enough to go on with it in another session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    /// What it is about.
    pub target: MemoTarget,
    /// The memo that is being changed, if it is not a new one.
    pub memo: Option<MemoId>,
}

/// A memo being written.
#[derive(Clone, Debug)]
pub struct MemoEditor {
    /// What it is about, and which it is.
    pub writing: Writing,
    /// What kind it will be.
    pub kind: MemoKind,
    /// What it said when writing began, or when its writer last looked at what others made of it.
    pub began: String,
    /// Whether the passage that it is about is in the text.
    pub stands: Stands,
    /// What it says.
    pub field: TextField,
    /// The first of its rows in sight.
    pub top: usize,
    /// Its rows.
    pub rows: Rows,
    /// The key press that asked whether the draft is to be thrown away: the next one, if it is the same, does it.
    pub asked_to_discard: Option<u64>,
}

impl Writing {
    /// The key of its draft.
    #[must_use]
    pub fn draft_key(&self) -> String {
        match (self.memo, &self.target) {
            (Some(memo), _) => format!("memo:{memo}"),
            (None, MemoTarget::Passage { transcript, span }) => {
                format!("memo:{transcript}:{}-{}", span.start, span.end)
            }
            (None, MemoTarget::Thing(on)) => {
                format!("memo:on:{}", serde_json::to_string(&on).unwrap_or_default())
            }
            (None, MemoTarget::Speech { transcript, turn }) => format!("turn:{transcript}:{turn}"),
        }
    }

    /// The key of the draft of its kind, which is kept where it is not the usual one.
    pub(super) fn kind_key(&self) -> String {
        format!("{KIND}{}", self.draft_key())
    }

    /// The key under which is kept what was saved when the draft was begun: it may be changed before that is saved.
    pub(in crate::app) fn began_key(&self) -> String {
        format!("{BEGAN}{}", self.draft_key())
    }

    /// The key under which is kept for which text a draft on a passage was begun.
    pub(super) fn basis_key(&self) -> String {
        format!("{BASIS}{}", self.draft_key())
    }

    /// The transcript that must be open for it to be gone on with.
    fn needs_text(&self) -> Option<TranscriptId> {
        match self.target {
            MemoTarget::Passage { transcript, .. } | MemoTarget::Speech { transcript, .. } => {
                self.memo.is_none().then_some(transcript)
            }
            MemoTarget::Thing(_) => None,
        }
    }
}

impl Model {
    /// Opens the memo of what is selected, or of the unit under the cursor: the draft, else the latest memo, else a new one.
    pub(in crate::app) fn write_memo(&mut self) -> Vec<Effect> {
        let Some(Spot { transcript, span }) = self.target().filter(|spot| !spot.span.is_empty()) else {
            self.refuse("There are no words here to write about.");
            return Vec::new();
        };
        let target = MemoTarget::Passage { transcript, span };
        let fresh = Writing { target, memo: None };
        let latest =
            self.own_memos(&fresh.target).into_iter().rfind(|memo| memo.kind != MemoKind::CheckAudio);
        let memo = latest.filter(|_| !self.drafts.contains_key(&fresh.draft_key())).map(|memo| memo.id);
        self.open_memo(Writing { memo, ..fresh })
    }

    /// Opens a new memo on a thing, or the draft of one.
    pub(in crate::app) fn write_memo_on(&mut self, on: MemoOn) -> Vec<Effect> {
        self.open_memo(Writing { target: MemoTarget::Thing(on), memo: None })
    }

    /// Opens a memo of this coder to be changed.
    pub(in crate::app) fn edit_memo(&mut self, memo: MemoId) -> Vec<Effect> {
        let Some(held) = self.study.memos().get(&memo) else {
            self.refuse("That memo is not in the study any more.");
            return Vec::new();
        };
        if held.coder != self.me.id {
            let who = self.study.coders().get(&held.coder).map_or("somebody else", |coder| &coder.name);
            self.refuse(format!(
                "This memo is signed by {who}: only they can change it. Write one of your own."
            ));
            return Vec::new();
        }
        let target = MemoTarget::Thing(held.on.clone());
        self.open_memo(Writing { target, memo: Some(memo) })
    }

    pub(super) fn open_memo(&mut self, writing: Writing) -> Vec<Effect> {
        let saved = self.saved_memo(&writing).0;
        let (text, kind, is_draft) = self.drafted_memo(&writing);
        if is_draft {
            self.say("This is a draft that was not saved yet.");
        }
        let mut field = TextField::new(text);
        if let MemoTarget::Speech { transcript, turn } = writing.target {
            field.go_to(self.place_in_speech(transcript, turn));
        }
        self.layers.push(Layer::Memo(Box::new(MemoEditor {
            writing,
            kind,
            began: saved,
            stands: Stands::There,
            field,
            top: 0,
            rows: Rows::default(),
            asked_to_discard: None,
        })));
        self.say_changed_since();
        Vec::new()
    }

    /// Where the cursor of reading is in the words of a turn, in bytes: what is wrong is there.
    fn place_in_speech(&self, transcript: TranscriptId, turn: TurnNumber) -> usize {
        let speech = self.speech_of(transcript, turn).map_or(0, |(speech, _)| speech.start);
        let open = self.read.open.as_ref().filter(|open| open.transcript == transcript);
        open.map_or(0, |open| open.selection().start.saturating_sub(speech) as usize)
    }

    /// What a memo is to say and which kind it is to be: as drafted, else as saved. Whether the two differ.
    pub(super) fn drafted_memo(&self, writing: &Writing) -> (String, MemoKind, bool) {
        let (saved, saved_kind) = self.saved_memo(writing);
        let kind = self.drafts.get(&writing.kind_key()).and_then(|word| MemoKind::parse(word));
        let kind = kind.unwrap_or(saved_kind);
        let text = self.drafts.get(&writing.draft_key()).unwrap_or(&saved).clone();
        let is_draft = text != saved || kind != saved_kind;
        (text, kind, is_draft)
    }

    /// What is saved of what is being written; nothing for a new memo. `None` if that is gone, or not at hand yet.
    pub(super) fn words_saved(&self, writing: &Writing) -> Option<String> {
        match (writing.memo, &writing.target) {
            (Some(id), _) => self.study.memos().get(&id).map(|memo| memo.text.clone()),
            (None, &MemoTarget::Speech { transcript, turn }) => {
                self.speech_of(transcript, turn).map(|(_, said)| said)
            }
            (None, _) => Some(String::new()),
        }
    }

    /// What is saved of a memo that is being written.
    pub(super) fn saved_memo(&self, writing: &Writing) -> (String, MemoKind) {
        if let MemoTarget::Speech { transcript, turn } = writing.target {
            let speech = self.speech_of(transcript, turn).map(|(_, speech)| speech);
            return (speech.unwrap_or_default(), MemoKind::default());
        }
        let held = writing.memo.and_then(|id| self.study.memos().get(&id));
        held.map_or_else(Default::default, |memo| (memo.text.clone(), memo.kind))
    }

    /// What a memo on a target is on, if that is in the study.
    fn memo_on(&self, target: &MemoTarget) -> Option<MemoOn> {
        match target {
            MemoTarget::Thing(on) => Some(on.clone()),
            MemoTarget::Speech { .. } => None,
            &MemoTarget::Passage { transcript, span } => {
                self.own_quote(Spot { transcript, span }).map(|quote| MemoOn::Quote(quote.id))
            }
        }
    }

    /// This coder's memos on a target, oldest first.
    fn own_memos(&self, target: &MemoTarget) -> Vec<&Memo> {
        let memos = self.memo_on(target).into_iter().flat_map(|on| self.study.memos_on(on));
        memos.filter(|memo| memo.coder == self.me.id).collect()
    }

    /// The memo that was open at the end of the last session, as soon as it can be gone on with.
    pub(in crate::app) fn reopen_memo(&mut self) {
        let Some(writing) = self.memo_to_reopen.clone().filter(|_| self.complete) else { return };
        let is_open = |transcript| self.read.is_open() && self.read.transcript() == Some(transcript);
        if writing.needs_text().is_some_and(|transcript| !is_open(transcript)) {
            return;
        }
        self.memo_to_reopen = None;
        self.open_memo(writing);
    }

    /// Whether a memo is being written, and not the words of a turn put right.
    pub(in crate::app) fn writes_memo(&self) -> bool {
        let target = self.layers.last().and_then(Layer::writing).map(|writing| writing.target);
        target.is_some_and(|target| !matches!(target, MemoTarget::Speech { .. }))
    }

    /// The next kind.
    pub(in crate::app) fn change_memo_kind(&mut self) -> Vec<Effect> {
        let Some(Layer::Memo(memo)) = self.layers.last_mut() else { return Vec::new() };
        let on_words =
            matches!(memo.writing.target, MemoTarget::Passage { .. } | MemoTarget::Thing(MemoOn::Quote(_)));
        // Audio is checked where somebody speaks.
        let kinds = if on_words { &MemoKind::ALL[..] } else { &MemoKind::ALL[..4] };
        let at = kinds.iter().position(|kind| *kind == memo.kind).map_or(0, |at| at + 1);
        memo.kind = kinds.get(at % kinds.len()).copied().unwrap_or_default();
        let (key, text) = (memo.writing.kind_key(), memo.kind.name().to_owned());
        vec![self.keep_draft(key, text)]
    }

    /// Saves the memo. A passage gets its quote if it has none; an emptied memo goes.
    pub(in crate::app) fn save_memo(&mut self) -> Vec<Effect> {
        let Some(Layer::Memo(memo)) = self.layers.last() else { return Vec::new() };
        if let MemoTarget::Speech { transcript, turn } = memo.writing.target {
            return self.save_correction(transcript, turn);
        }
        if self.memo_has_lost_its_passage() {
            return Vec::new();
        }
        let Some(Layer::Memo(memo)) = self.layers.last() else { return Vec::new() };
        let drafted = memo.writing.clone();
        let (mut writing, kind) = (memo.writing.clone(), memo.kind);
        if let (Stands::GoneAndSaid, &MemoTarget::Passage { transcript, .. }) = (memo.stands, &writing.target)
        {
            writing.target = MemoTarget::Thing(MemoOn::Transcript(transcript));
        }
        let text = memo.field.text().trim_end().to_owned();
        let empty = text.is_empty() && kind != MemoKind::CheckAudio;
        let held = writing.memo.and_then(|id| self.study.memos().get(&id)).cloned();
        if let Some(held) = held.clone().filter(|held| held.text != memo.began && held.text != text) {
            return self.ask_changed_memo(&held);
        }
        let (changes, word) = match held {
            Some(held) if empty => (self.without_memo(held), "memo taken away"),
            Some(held) if (&held.text, held.kind) == (&text, kind) => (Vec::new(), "memo unchanged"),
            Some(held) => (vec![Change::update(held.clone(), Memo { text, kind, ..held })], "memo changed"),
            None if empty => (Vec::new(), "no memo"),
            None => match self.new_memo(writing.target.clone(), kind, text) {
                Some(changes) => (changes, "memo saved"),
                None => return Vec::new(),
            },
        };
        let place = self.target_words(&writing.target);
        let mut effects = Vec::new();
        let made = changes.iter().find_map(|change| match &change.after {
            Some(Record::Memo(memo)) => Some(memo.id),
            _ => None,
        });
        if !changes.is_empty() {
            effects = self.commit("write_memo", format!("{place} {word}"), changes);
            if effects.is_empty() {
                return effects;
            }
        }
        self.layers.pop();
        self.memos.list.choose_when_listed(made);
        self.say(format!("{place}: {word}"));
        effects.extend(self.drop_draft(&drafted));
        effects
    }

    /// Whether the passage of a new memo was taken out of the text, and its writer is told so only now.
    fn memo_has_lost_its_passage(&mut self) -> bool {
        let Some(Layer::Memo(memo)) = self.layers.last_mut() else { return false };
        let (&MemoTarget::Passage { transcript, .. }, None) = (&memo.writing.target, memo.writing.memo)
        else {
            return false;
        };
        if memo.stands != Stands::Gone {
            return false;
        }
        memo.stands = Stands::GoneAndSaid;
        let keys = self.keys_of("save_memo");
        let name = self.study.transcripts().get(&transcript).map_or("", |held| held.name.as_str());
        self.refuse(format!(
            "The words that it is about were taken out of the text. {keys} again makes it a memo on {name}."
        ));
        true
    }

    /// Saves the memo and begins another one on the same thing.
    pub(in crate::app) fn write_another_memo(&mut self) -> Vec<Effect> {
        let Some(Layer::Memo(memo)) = self.layers.last() else { return Vec::new() };
        let (target, depth) = (memo.writing.target.clone(), self.layers.len());
        let mut effects = self.save_memo();
        if self.layers.len() < depth {
            effects.extend(self.open_memo(Writing { target, memo: None }));
        }
        effects
    }

    /// Turns to the memo of this coder before this one on the same thing; this one's draft is kept.
    pub(in crate::app) fn turn_to_memo_before(&mut self) -> Vec<Effect> {
        let Some(Layer::Memo(memo)) = self.layers.last() else { return Vec::new() };
        let Writing { target, memo: here } = memo.writing.clone();
        let all: Vec<MemoId> = self.own_memos(&target).iter().map(|memo| memo.id).collect();
        let at = all.iter().position(|id| Some(*id) == here).unwrap_or(all.len());
        let Some(before) = (at + all.len()).checked_sub(1).and_then(|at| all.get(at % all.len())).copied()
        else {
            self.refuse("There is no other memo of yours on this.");
            return Vec::new();
        };
        if Some(before) == here {
            self.refuse("There is no other memo of yours on this.");
            return Vec::new();
        }
        let Some(Layer::Memo(left)) = self.layers.pop() else { return Vec::new() };
        let mut effects = self.memo_closed(&left);
        effects.extend(self.open_memo(Writing { target, memo: Some(before) }));
        effects
    }

    /// The changes that make a memo, with the quote of its passage if there is none. Says why, if there can be none.
    fn new_memo(&mut self, target: MemoTarget, kind: MemoKind, text: String) -> Option<Vec<Change>> {
        let (on, mut changes) = match target {
            MemoTarget::Speech { .. } => return None,
            MemoTarget::Thing(on) => (on, Vec::new()),
            MemoTarget::Passage { transcript, span } => {
                let (quote, changes) = self.quote_on(Spot { transcript, span })?;
                (MemoOn::Quote(quote.id), changes)
            }
        };
        let (id, coder, at) = (fresh(&*self.source), self.me.id, self.source.now());
        changes.push(Change::create(Memo { id, on, kind, coder, at, text }));
        Some(changes)
    }

    /// Takes a memo away, and its quote if nothing else is on it.
    pub(in crate::app) fn without_memo(&self, memo: Memo) -> Vec<Change> {
        let mut changes = vec![Change::delete(memo)];
        changes.extend(self.study.changes_to_emptied(&changes));
        changes
    }

    /// Flags the unit under the cursor "check the audio", or takes the flag on it away.
    pub(in crate::app) fn toggle_audio_flag(&mut self) -> Vec<Effect> {
        let Some(spot) = self.target().filter(|spot| !spot.span.is_empty()) else {
            self.refuse("There are no words here to flag.");
            return Vec::new();
        };
        let flag = self.flag_at(spot).cloned();
        let (changes, word) = match flag {
            Some(flag) => (self.without_memo(flag), "flag taken away"),
            None => {
                let target = MemoTarget::Passage { transcript: spot.transcript, span: spot.span };
                match self.new_memo(target, MemoKind::CheckAudio, String::new()) {
                    Some(changes) => (changes, "flagged, check the audio"),
                    None => return Vec::new(),
                }
            }
        };
        let address = self.address(spot);
        let effects = self.commit("toggle_audio_flag", format!("{address} {word}"), changes);
        if !effects.is_empty() {
            self.say(format!("{address}: {word}"));
        }
        effects
    }

    /// This coder's flag on the passage, or on the nearest one around it.
    fn flag_at(&self, spot: Spot) -> Option<&Memo> {
        let around = self.quotes_here().into_iter().filter(|quote| quote.span.covers(spot.span));
        around
            .flat_map(|quote| self.study.memos_on(MemoOn::Quote(quote.id)))
            .find(|memo| memo.kind == MemoKind::CheckAudio && memo.coder == self.me.id)
    }

    /// What a memo is about, in a few words.
    #[must_use]
    pub fn target_words(&self, target: &MemoTarget) -> String {
        match target {
            &MemoTarget::Passage { transcript, span } => self.address(Spot { transcript, span }),
            MemoTarget::Thing(on) => self.thing_words(on),
            MemoTarget::Speech { transcript, turn } => {
                let name = self.study.transcripts().get(transcript).map_or("", |held| held.name.as_str());
                format!("{name}:{turn}")
            }
        }
    }

    /// Lays out the memo and keeps its cursor in sight.
    pub(in crate::app) fn arrange_memo(&mut self) {
        self.follow_saved_memo();
        let drawer = self.drawer();
        let Some(Layer::Memo(memo)) = self.layers.last_mut() else { return };
        memo.rows.fit(memo.field.text(), usize::from(drawer.width.saturating_sub(3)).clamp(6, 80));
        let height = usize::from(drawer.height.saturating_sub(1)).max(1);
        let at = memo.rows.row_of(memo.field.cursor());
        memo.top = memo.top.clamp((at + 1).saturating_sub(height), at);
    }
}

impl MemoEditor {
    /// Moves the cursor so many rows down, or up if negative, as far from their starts as it was.
    pub(in crate::app) fn step_row(&mut self, by: isize) {
        self.rows.step(&mut self.field, by);
    }
}

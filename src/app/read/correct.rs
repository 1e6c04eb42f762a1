//! Correcting the words of a turn: the editor of memos, with what is said in the turn in it.
//!
//! What is typed is a draft until the correction is on disk: a refusal, or a colleague who was first, loses nothing.

use std::sync::Arc;

use super::{Begin, Kept, MemoTarget, Writing};
use crate::app::layer::Layer;
use crate::app::wrap::fit;
use crate::app::{Effect, Model, Spot};
use crate::study::record::describe;
use crate::study::{
    Correction, CorrectionError, Edit, PassageError, QuoteId, Record, RevisionId, Step, TranscriptId, Turn,
    TurnNumber, is_tombstone, lies_in_tombstones,
};
use crate::text::{Span, counted};

/// Said where the text on the screen is not the current one any more.
const MEANWHILE: &str =
    "The text was corrected meanwhile, and places are others now: look at it again, then repeat your step.";

impl Model {
    /// Opens the words of the turn under the cursor to be put right.
    pub(in crate::app) fn correct_turn(&mut self) -> Vec<Effect> {
        let Some((transcript, turn)) = self.turn_here() else { return Vec::new() };
        if self.shows_hidden(transcript, turn) {
            let address = self.target_words(&MemoTarget::Speech { transcript, turn });
            self.refuse(format!("{address} is hidden: bring it back before you correct it."));
            return Vec::new();
        }
        if self.speech_of(transcript, turn).is_some_and(|(_, said)| is_tombstone(&said)) {
            let address = self.target_words(&MemoTarget::Speech { transcript, turn });
            self.refuse(format!("{address} cannot be corrected: {}.", CorrectionError::Erased));
            return Vec::new();
        }
        self.take_up_former_turn(transcript, turn)
    }

    /// The turn under the cursor.
    pub(super) fn turn_here(&self) -> Option<(TranscriptId, TurnNumber)> {
        let open = self.read.open.as_ref()?;
        Some((open.transcript, open.page.turns().turns.get(open.cursor.turn)?.number))
    }

    /// Whether a turn is hidden in the text that is open.
    fn shows_hidden(&self, transcript: TranscriptId, turn: TurnNumber) -> bool {
        self.read.open.as_ref().is_some_and(|open| {
            let at = open.page.turns().index_of(turn).filter(|_| open.transcript == transcript);
            at.is_some_and(|at| open.page.is_hidden(at))
        })
    }

    /// The text that is current now, as far as it is on the screen or in memory.
    pub(super) fn current_text(&self, transcript: TranscriptId) -> Option<(RevisionId, Arc<str>)> {
        let revision = self.study.transcripts().get(&transcript)?.revision;
        let held = self.texts.get(revision).cloned();
        let open = || {
            let open = self.read.open.as_ref().filter(|open| open.revision == revision)?;
            Some(Arc::clone(open.page.text()))
        };
        Some((revision, held.or_else(open)?))
    }

    /// What is said in a turn now, and where.
    pub(super) fn speech_of(&self, transcript: TranscriptId, turn: TurnNumber) -> Option<(Span, String)> {
        let (_, text) = self.current_text(transcript)?;
        let turns = self.study.turns(transcript)?;
        let held: &Turn = turns.turns.get(turns.index_of(turn)?)?;
        Some((held.speech, held.speech.slice(&text)?.to_owned()))
    }

    /// Saves the words of a turn as the next revision of its transcript.
    pub(super) fn save_correction(&mut self, transcript: TranscriptId, turn: TurnNumber) -> Vec<Effect> {
        let Some(Layer::Memo(editor)) = self.layers.last() else { return Vec::new() };
        let (writing, began) = (editor.writing.clone(), editor.began.clone());
        let typed = editor.field.text().trim().to_owned();
        let address = self.target_words(&writing.target);
        let Some((speech, now)) = self.speech_of(transcript, turn) else {
            self.refuse(format!("{address} is not in the text any more; Esc keeps your words as a draft."));
            return Vec::new();
        };
        if self.shows_hidden(transcript, turn) {
            self.refuse(format!("{address} was hidden meanwhile; Esc keeps your words as a draft."));
            return Vec::new();
        }
        if now != began && now != typed {
            if let Some(Layer::Memo(editor)) = self.layers.last_mut() {
                editor.began = now;
            }
            let (done, keys) = (self.corrected_words(&writing.target), self.keys_of("save_memo"));
            self.trouble(format!(
                "Not yet: {done} meanwhile. {keys} again puts your words there; Esc keeps them as a draft."
            ));
            return Vec::new();
        }
        let Some((_, text)) = self.current_text(transcript) else { return Vec::new() };
        let edit = [Edit::reword(speech, typed)];
        match self.veil.whole(&self.study).correct(transcript, &text, &edit, &*self.source) {
            Ok(correction) => {
                let label = corrected(&address);
                let effects = self.take_correction("correct_turn", label, correction, turn, Some(writing));
                if !effects.is_empty() {
                    self.layers.pop();
                }
                effects
            }
            Err(CorrectionError::Nothing) => {
                self.layers.pop();
                self.say(format!("{address}: unchanged"));
                self.drop_draft(&writing)
            }
            Err(error) => {
                self.refuse(format!("Not saved: {error}."));
                Vec::new()
            }
        }
    }

    /// That a turn was corrected, and by whom if that came in lately: `anna corrected I43:2`.
    pub(super) fn corrected_words(&self, target: &MemoTarget) -> String {
        let address = self.target_words(target);
        match self.who_did_lately(&corrected(&address)) {
            Some(who) => format!("{who} corrected {address}"),
            None => format!("{address} was corrected"),
        }
    }

    /// Cuts the turn under the cursor in two where the unit under the cursor begins.
    pub(in crate::app) fn split_turn(&mut self) -> Vec<Effect> {
        let byte = self.read.open.as_ref().map_or(0, |open| open.selection().start);
        self.reshape_turn("split_turn", "split", |model, transcript, turn, text| {
            model.veil.whole(&model.study).split_turn(transcript, text, turn, byte, &*model.source)
        })
    }

    /// Joins the turn under the cursor and the one behind it.
    pub(in crate::app) fn join_turn(&mut self) -> Vec<Effect> {
        self.reshape_turn("join_turn", "joined with the turn behind it", |model, transcript, turn, text| {
            model.veil.whole(&model.study).join_turns(transcript, text, turn, &*model.source)
        })
    }

    fn reshape_turn(
        &mut self,
        command: &'static str,
        word: &str,
        shape: impl FnOnce(&Model, TranscriptId, TurnNumber, &str) -> Result<Correction, CorrectionError>,
    ) -> Vec<Effect> {
        let Some((transcript, turn)) = self.turn_here() else { return Vec::new() };
        let Some((_, text)) = self.current_text(transcript) else { return Vec::new() };
        let address = self.target_words(&MemoTarget::Speech { transcript, turn });
        // Words that are being put right belong to the turn as it is.
        let turns = self.study.turns(transcript).map(|turns| (turns, turns.index_of(turn)));
        let behind = turns.and_then(|(turns, at)| turns.turns.get(at? + 1)).map(|turn| turn.number);
        let shaped = [Some(turn), behind.filter(|_| command == "join_turn")].into_iter().flatten();
        let mut drafted = shaped.map(|turn| MemoTarget::Speech { transcript, turn });
        let drafted = drafted.find(|target| {
            let draft = Writing { target: target.clone(), memo: None };
            self.drafts.contains_key(&draft.draft_key())
        });
        if let Some(drafted) = drafted {
            let address = self.target_words(&drafted);
            let keys = self.keys_of("correct_turn");
            self.refuse(format!(
                "Not done: {address} has a draft that was not saved. {keys} goes on with it: save it or throw it away first."
            ));
            return Vec::new();
        }
        match shape(self, transcript, turn, &text) {
            Ok(correction) => {
                self.take_correction(command, format!("{address} {word}"), correction, turn, None)
            }
            Err(error) => {
                self.refuse(format!("Not done: {error}."));
                Vec::new()
            }
        }
    }

    /// Makes a correction: one action, with the text that it brings. The draft of its words stays until they are on disk.
    fn take_correction(
        &mut self,
        command: &str,
        label: String,
        correction: Correction,
        turn: TurnNumber,
        writing: Option<Writing>,
    ) -> Vec<Effect> {
        // A word may be all that a coding rests on ("did not"): whoever put it right looks at the codes again.
        let reworded = correction.reworded().filter(|quote| quote.coder == self.me.id).count();
        let Correction { changes, text, doubtful, .. } = correction;
        let mine = self.put_in_doubt(&doubtful);
        let revision = text.revision;
        let family = |held: &&Turn| held.number.number == turn.number && held.number >= turn;
        let number = |held: &&Turn| held.number.number == turn.number;
        let all = &text.turns.turns;
        // A part that was joined to a whole turn has a lower number than it had.
        let there = all.iter().find(family).or_else(|| all.iter().find(number));
        let caret = there.map_or(0, |held| held.speech.start);
        self.veil.add_turns(&mut self.study, &Arc::new(text.turns.clone()));
        self.texts.put(revision, Arc::from(text.text.as_str()));
        let step = Step { command: command.to_owned(), label: label.clone(), changes, ..Step::default() };
        match self.commit_step(step, vec![text]) {
            Ok((id, effects)) => {
                if let Some(writing) = writing {
                    self.read.correcting.insert(id, writing);
                }
                if let Some(open) = &self.read.open {
                    let kept = Kept { caret, turn: None, ..Kept::of(open) };
                    self.read.wanted = Some((open.transcript, Begin::Kept(kept)));
                }
                let keys = self.keys_of("settle_doubt");
                let mut said = label;
                if reworded > 0 {
                    said.push_str(&format!(
                        "; {} of yours with other words",
                        counted(reworded, "quote", "quotes")
                    ));
                }
                if mine > 0 {
                    said.push_str(&format!(
                        "; {} of yours in doubt: {keys}",
                        counted(mine, "quote", "quotes")
                    ));
                }
                self.say(said);
                effects
            }
            Err(conflict) => {
                self.refuse(format!("Not done: {conflict}."));
                Vec::new()
            }
        }
    }

    /// How many quotes of this coder a correction that is about to be made puts in doubt: not those that were before.
    pub(in crate::app) fn put_in_doubt(&self, doubtful: &[QuoteId]) -> usize {
        let quotes = doubtful.iter().filter_map(|id| self.study.quotes().get(id));
        quotes.filter(|quote| quote.coder == self.me.id && self.study.is_current(quote)).count()
    }

    /// A correction is on disk: its draft is not needed any more.
    pub(in crate::app) fn correction_saved(&mut self, id: crate::study::ActionId) -> Vec<Effect> {
        let Some(writing) = self.read.correcting.remove(&id) else { return Vec::new() };
        // Who opened the turn again meanwhile goes on with a draft of the same key.
        let again = self.layers.iter().filter_map(Layer::writing).any(|held| held == writing);
        if again { Vec::new() } else { self.drop_draft(&writing) }
    }

    /// A correction was refused: what is said of its words, which are kept as a draft.
    pub(in crate::app) fn correction_refused(&mut self, id: crate::study::ActionId) -> Option<String> {
        let writing = self.read.correcting.remove(&id)?;
        let keys = self.keys_of("correct_turn");
        let address = self.target_words(&writing.target);
        Some(format!(" Your words for {address} are kept as a draft: {keys} there goes on with them."))
    }

    /// Asks what is to become of this coder's next quote in doubt in the open transcript.
    pub(in crate::app) fn settle_doubt(&mut self) -> Vec<Effect> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let first = self.study.doubtful_quotes(open.transcript).find(|quote| quote.coder == self.me.id);
        match first.map(|quote| quote.id) {
            Some(id) => self.ask_about_doubt(id),
            None => {
                self.refuse("No quote of yours is in doubt here.");
                Vec::new()
            }
        }
    }

    /// Asks what is to become of a quote in doubt of the open transcript.
    pub(super) fn ask_about_doubt(&mut self, id: QuoteId) -> Vec<Effect> {
        use crate::app::ask::{Asked, Choice, Chooser};
        let Some(open) = &self.read.open else { return Vec::new() };
        let Some(quote) = self.study.quotes().get(&id) else { return Vec::new() };
        if quote.revision == open.revision {
            self.say("That quote is not in doubt any more.");
            return Vec::new();
        }
        let current = self.study.transcripts().get(&open.transcript).map(|held| held.revision);
        if current != Some(open.revision) {
            self.refuse(MEANWHILE);
            return Vec::new();
        }
        let (all, shown) = (self.doubts_in(open.transcript), open.revision);
        let former = self.study.revisions().get(&quote.revision).map_or(0, |revision| revision.number);
        let revision = quote.revision;
        if self.texts.get(revision).is_none() {
            let asks = self.texts.ask(revision);
            self.say("The former text is being fetched: press the keys again.");
            return asks.then_some(Effect::LoadText(revision)).into_iter().collect();
        }
        let proposed = self.proposal_for(quote).and_then(|proposal| proposal.place);
        let words = |span: Span| span.slice(open.page.text()).unwrap_or_default().replace('\n', " ");
        let choice = |words: &str, detail: String, answer: &str| Choice {
            words: words.into(),
            detail,
            answer: answer.into(),
        };
        let mut choices = Vec::new();
        if let Some(span) = proposed {
            choices.push(choice("yes: take what stands there now", words(span), "take"));
        }
        choices.push(choice("move it to what is selected now", words(open.selection()), "selection"));
        choices.push(choice("go to where it stood", String::new(), "go"));
        choices.push(choice("drop it, with its codings and memos", String::new(), "drop"));
        /// Columns of the question around the words, of what stands before an answer, and of the answers.
        const OTHERS: usize = 58;
        let room = usize::from(self.size.width).saturating_sub(OTHERS).clamp(12, 40);
        let said = quote.text.replace('\n', " ");
        let said = fit(&said, room, "…");
        let question = format!("1 of {all} in doubt: “{said}” of revision {former}");
        let hint = if proposed.is_some() { "yes, move or drop" } else { "move or drop" };
        self.choose(Chooser::new(question, hint, choices, Asked::Doubt(quote.id, shown)))
    }

    fn proposal_for(&self, quote: &crate::study::Quote) -> Option<crate::study::Proposal> {
        let (_, text) = self.current_text(quote.transcript)?;
        let former = self.texts.get(quote.revision)?;
        Some(crate::study::Rewriting::between(former, &text).propose(quote.span, &text))
    }

    /// Where a quote in doubt most likely stands now; at least a place near it.
    pub(super) fn near_doubt(&self, quote: &crate::study::Quote) -> Span {
        let proposal = self.proposal_for(quote);
        let near = proposal.map_or(0, |proposal| proposal.near);
        proposal.and_then(|proposal| proposal.place).unwrap_or(Span { start: near, end: near })
    }

    /// Does what was chosen for a quote in doubt while the text `shown` was on the screen.
    pub(in crate::app) fn answer_doubt(
        &mut self,
        id: QuoteId,
        shown: RevisionId,
        answer: &str,
    ) -> Vec<Effect> {
        let Some(quote) = self.study.quotes().get(&id).cloned() else {
            self.refuse("That quote is not in the study any more.");
            return Vec::new();
        };
        let Some((revision, text)) = self.current_text(quote.transcript) else { return Vec::new() };
        // Places were chosen in the text that was on the screen, and mean others in any other.
        let open = self.read.open.as_ref().map(|open| open.revision);
        if revision != shown || open != Some(shown) {
            self.refuse(MEANWHILE);
            return Vec::new();
        }
        let proposal = self.proposal_for(&quote);
        let selected = self.read.open.as_ref().map(super::Open::selection);
        let place = match answer {
            "take" => proposal.and_then(|proposal| proposal.place),
            "selection" => selected.filter(|span| !span.is_empty()),
            "go" => {
                let span = self.near_doubt(&quote);
                return self.visit(Spot { transcript: quote.transcript, span });
            }
            _ => None,
        };
        if place.is_some_and(|span| lies_in_tombstones(&text, span)) {
            self.refuse(format!("It cannot stand there: {}.", PassageError::Erased));
            return Vec::new();
        }
        // What others did with the quote goes along, also what this coder is not shown.
        let whole = self.veil.whole(&self.study);
        let (changes, label) = match place {
            Some(span) => {
                let words = span.slice(&text).unwrap_or_default();
                let at = self.address(Spot { transcript: quote.transcript, span });
                let changes = whole.changes_to_place(&quote, revision, span, words);
                (changes, format!("{at} quote in doubt placed"))
            }
            None if answer == "drop" => {
                let at = match self.study.turns_of(quote.revision) {
                    Some(_) => self.study.address_of(&quote),
                    None => {
                        self.address(Spot { transcript: quote.transcript, span: self.near_doubt(&quote) })
                    }
                };
                (whole.changes_to_drop(&quote), format!("{at} quote in doubt dropped"))
            }
            None => {
                self.refuse("Nothing is selected that it could take.");
                return Vec::new();
            }
        };
        let effects = self.commit("settle_doubt", label.clone(), changes);
        if !effects.is_empty() {
            let left = self.doubts_in(quote.transcript);
            self.say(format!(
                "{label}; {} left in doubt",
                if left == 0 { "none".into() } else { left.to_string() }
            ));
        }
        effects
    }

    /// What undoing or redoing an action would bring back and is not at hand: the turns of a revision of another session.
    pub(in crate::app) fn lacks_turns_for(&self, changes: &[crate::study::Change]) -> Option<String> {
        changes.iter().find_map(|change| match &change.after {
            Some(record @ Record::Transcript(held)) if self.study.turns_of(held.revision).is_none() => {
                Some(describe(record))
            }
            _ => None,
        })
    }
}

/// What the history calls a correction of the words of a turn.
fn corrected(address: &str) -> String {
    format!("{address} corrected")
}

//! Another text comes in the place of the one that is read, whoever made it: the cursor, the selection and what is being
//! written stay on the same words. Where those were taken out the cursor goes to the turn before, and nothing that was
//! begun there is done to other words.

use super::open::{Anchor, Cursor, Open};
use super::{MemoTarget, Writing};
use crate::app::layer::Layer;
use crate::app::{Effect, Model, Screen};
use crate::study::{Succession, TranscriptId};
use crate::text::Span;

/// What became of a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stands {
    /// It is there.
    #[default]
    There,
    /// Its words were taken out of the text.
    Gone,
    /// They were, and its coder was told.
    GoneAndSaid,
}

impl Model {
    /// The text that was `former` has another one in its place, which is open now.
    pub(super) fn follow(&mut self, former: &Open, cursor_goes_along: bool) -> Vec<Effect> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let (text, turns) = (open.page.text().clone(), open.page.turns().clone());
        let (old_text, old_turns) = (former.page.text().clone(), former.page.turns().clone());
        let succession = Succession::between((&old_text, &old_turns), (&text, &turns));
        self.carry_marks((former.revision, turns.revision), &succession);
        let effects = self.carry_memo_drafts(former.transcript, &turns, &succession);
        for layer in &mut self.layers {
            if let Layer::Memo(memo) = layer
                && !carry_writing(&mut memo.writing, former.transcript, &succession)
            {
                memo.stands = Stands::Gone;
            }
        }
        if let Some(writing) = &mut self.memo_to_reopen {
            carry_writing(writing, former.transcript, &succession);
        }
        if !cursor_goes_along {
            return effects;
        }
        let stands = self.read.open.as_mut().is_none_or(|open| open.take_place_of(former, &succession));
        if !stands {
            self.say_passage_gone(former);
        }
        effects
    }

    /// What the cursor was on is not in the text any more: says so, and keeps an open picker from coding other words.
    fn say_passage_gone(&mut self, former: &Open) {
        let turn = former.page.turns().turns.get(former.cursor.turn);
        let turn = turn.map_or_else(String::new, |turn| turn.number.to_string());
        let name = self.study.transcripts().get(&former.transcript).map_or("", |held| held.name.as_str());
        let gone = format!("The words that you were on in {name}:{turn} were taken out of the text");
        if self.screen != Screen::Read {
            return;
        }
        for layer in &mut self.layers {
            if let Layer::Picker(picker) = layer
                && picker.recoded.is_none()
            {
                picker.gone = Some(gone.clone());
            }
        }
        self.trouble(format!("{gone}."));
    }
}

/// Gives the passage that is written about the place that it has now. `false` if it has none.
fn carry_writing(writing: &mut Writing, of: TranscriptId, succession: &Succession<'_>) -> bool {
    let MemoTarget::Passage { transcript, span } = &mut writing.target else { return true };
    if *transcript != of {
        return true;
    }
    match succession.place(*span) {
        Some(place) => *span = place,
        None => return false,
    }
    true
}

impl Open {
    /// Takes the cursor, the selection and the topmost row over from a former text. `false` if what was selected is not
    /// there any more: the cursor is then in the same turn or, if that is gone too, in the one before.
    fn take_place_of(&mut self, former: &Open, succession: &Succession<'_>) -> bool {
        let unit = former.cursor.span;
        self.cursor.unit = former.cursor.unit;
        self.top_byte = Some(succession.byte(former.top_byte()));
        let rest = Span { start: former.cursor.caret.clamp(unit.start, unit.end), ..unit };
        let place = succession.place(unit);
        let caret = succession.place(rest).or(place).filter(|_| place.is_some()).map(|span| span.start);
        let turn = caret.and_then(|caret| self.page.turns().index_at(caret as usize));
        if let Some((turn, caret)) = turn.zip(caret)
            && self.rest_on(turn, caret)
        {
            self.focus = former.focus;
            let anchor = former.anchor.map(|anchor| (anchor, succession.place(anchor.span)));
            let exact = former.exact.map(|span| succession.place(span));
            self.anchor = anchor.and_then(|(anchor, place)| Some(Anchor { span: place?, ..anchor }));
            self.exact = exact.flatten();
            return anchor.is_none_or(|(_, place)| place.is_some())
                && exact.is_none_or(|place| place.is_some());
        }
        let turn = succession.turn_or_before(former.cursor.turn).unwrap_or(0);
        let kept = succession.turn(former.cursor.turn).map(|_| succession.byte(unit.start));
        let start = self.page.turns().turns.get(turn).map_or(0, |turn| turn.speech.start);
        if !self.rest_on(turn, kept.unwrap_or(start).max(start)) {
            // Nothing is said there, or it is hidden.
            self.cursor = Cursor { turn, caret: start, span: Span { start, end: start }, ..self.cursor };
            self.follow = true;
        }
        // Where nobody says a word the cursor was on nothing, and nothing is lost.
        unit.is_empty()
    }
}

//! Reading and coding one transcript.
//!
//! [`Open`] is the transcript on the screen: a [`Page`] of rows laid out where they are looked at, and a cursor that
//! always rests on a unit (word, sentence, turn). [`coding`] turns what the coder does into changes of the study.

mod coding;
mod columns;
mod correct;
mod doubts;
mod draft_list;
mod drafts;
mod follow;
mod former;
mod here;
mod jump;
mod memo;
mod moving;
mod nudge;
mod open;
mod page;
mod picker;
mod rank;
mod recent;
mod scroll;
mod stripes;
mod voice;

use std::collections::BTreeMap;

pub use coding::Here;
pub use columns::{Columns, speaker_name, speaker_of, turn_speaker, turn_words};
pub use draft_list::ListedDraft;
pub(super) use drafts::{BASIS, BEGAN, KIND};
pub use follow::Stands;
pub use former::{Former, FormerRow, FormerTone};
pub(super) use jump::Landmark;
pub use memo::{MemoEditor, MemoTarget, Writing};
pub(super) use moving::Move;
pub(super) use nudge::{Edge, Stride};
pub use open::{Cursor, Open};
pub use page::{At, Page, Row};
pub use picker::{PickRow, Picker};
pub(super) use rank::{is_meant, rank};
pub use recent::RecentCodes;
pub use stripes::{Bare, Stripe, Stripes};

use super::{Effect, Model, Place, Screen, Spot};
use crate::study::{ActionId, QuoteId, RevisionId, TranscriptId, TurnNumber};
use crate::text::{Span, Unit};

/// Where to begin in a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begin {
    /// Where it was left in this session, or else at its start.
    Left,
    /// At a span.
    Span(Span),
    /// Where a place says.
    Kept(Kept),
    /// On the words that the cursor is on in the text that is open.
    Same,
}

/// A position in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    caret: u32,
    unit: Unit,
    top: u32,
    /// The revision that these bytes count in, and the turn of the caret.
    turn: Option<(RevisionId, TurnNumber)>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The transcript on the screen.
    pub open: Option<Open>,
    /// Whether the stripes in the margin are hidden.
    pub stripes_hidden: bool,
    /// Whether what is known of the speaker is shown below the text.
    pub details: bool,
    /// Spans of the open transcript to be marked as found, in order.
    pub found: Vec<Span>,
    /// What is to be opened as soon as its turns and its text are here.
    wanted: Option<(TranscriptId, Begin)>,
    /// The former text that is to be shown as soon as it is here.
    former: Option<RevisionId>,
    /// The quote in doubt that is to be asked about as soon as its transcript is here.
    settling: Option<QuoteId>,
    /// Corrections on their way to disk, with their drafts.
    correcting: BTreeMap<ActionId, Writing>,
    /// Where transcripts were left in this session.
    left: BTreeMap<TranscriptId, Kept>,
}

impl Read {
    /// Whether a text is there to be read, and no other one is on its way.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some() && self.wanted.is_none()
    }

    /// Whether a text is on its way.
    #[must_use]
    pub fn is_coming(&self) -> bool {
        self.wanted.is_some()
    }

    /// The transcript that is open, or about to be.
    #[must_use]
    pub fn transcript(&self) -> Option<TranscriptId> {
        self.wanted
            .map(|(transcript, _)| transcript)
            .or_else(|| self.open.as_ref().map(|open| open.transcript))
    }

    /// Whether more than the unit under the cursor is selected.
    #[must_use]
    pub fn has_selection(&self) -> bool {
        self.open.as_ref().is_some_and(Open::is_extending)
    }

    /// A step was taken back: where an end was moved by hand, what is selected goes back with the quote.
    pub(super) fn reselect(&mut self, moved: Option<Spot>) {
        let open = self.open.as_mut().filter(|open| open.exact.is_some());
        if let Some((open, spot)) = open.zip(moved).filter(|(open, spot)| open.transcript == spot.transcript)
        {
            open.select(spot.span);
        }
    }

    pub(super) fn clear_selection(&mut self) {
        if let Some(open) = &mut self.open {
            open.clear_selection();
        }
    }

    /// What was wanted will not come.
    pub(super) fn give_up(&mut self) {
        (self.wanted, self.former, self.settling) = (None, None, None);
    }

    pub(super) fn go_to(&mut self, spot: Spot) {
        self.wanted = Some((spot.transcript, Begin::Span(spot.span)));
    }

    pub(super) fn note_place(&self, place: &mut Place) {
        place.transcript = self.transcript();
        let kept = match (&self.wanted, &self.open) {
            (Some((_, Begin::Kept(kept))), _) => Some(*kept),
            (Some((_, Begin::Span(span))), _) => {
                Some(Kept { caret: span.start, unit: Unit::default(), top: span.start, turn: None })
            }
            (Some((transcript, Begin::Left)), _) => self.left.get(transcript).copied(),
            (Some((_, Begin::Same)) | None, open) => open.as_ref().map(Kept::of),
        };
        if let Some(kept) = kept {
            (place.caret, place.top, place.unit) = (kept.caret, kept.top, kept.unit.into());
            place.turn = kept.turn;
        }
    }

    pub(super) fn restore(&mut self, place: &Place) {
        let kept = Kept { caret: place.caret, unit: place.unit.into(), top: place.top, turn: place.turn };
        if let Some(transcript) = place.transcript {
            self.wanted = Some((transcript, Begin::Kept(kept)));
        }
    }

    fn leave(&mut self) {
        if let Some(open) = &self.open {
            self.left.insert(open.transcript, Kept::of(open));
        }
    }
}

impl Kept {
    fn of(open: &Open) -> Kept {
        let turn = open.page.turns().turns.get(open.cursor.turn).map(|turn| (open.revision, turn.number));
        Kept { caret: open.cursor.caret, unit: open.cursor.unit, top: open.top_byte(), turn }
    }
}

impl Model {
    /// Opens a transcript where it was left in this session, or at its start.
    pub fn open(&mut self, transcript: TranscriptId) {
        self.layers.clear();
        self.screen = Screen::Read;
        if self.read.transcript() != Some(transcript) {
            self.read.wanted = Some((transcript, Begin::Left));
        }
    }

    /// Whether the start of a span is in sight.
    #[must_use]
    pub fn shows(&mut self, spot: Spot) -> bool {
        let open = self.read.open.as_mut().filter(|open| open.transcript == spot.transcript);
        self.screen == Screen::Read && open.is_some_and(|open| open.shows(spot.span))
    }

    /// Lays out the transcript for its part of the window, and asks for the text of one that is to be opened.
    pub(super) fn arrange_read(&mut self) -> Vec<Effect> {
        self.want_new_revision();
        let mut effects = Vec::new();
        if let Some((transcript, begin)) = self.read.wanted {
            effects.extend(self.begin(transcript, begin));
        }
        effects.extend(self.settle_chosen());
        if self.screen != Screen::Read || self.is_too_small() {
            return effects;
        }
        let (body, covered) = (self.body(), self.drawer().height > 0);
        let Some(open) = &mut self.read.open else { return effects };
        open.hide(self.study.shown_speech(open.transcript));
        let label = columns::widest_label(&self.study, open.transcript, open.page.turns());
        open.columns = Columns::new(body.width, open.page.turns(), label, !self.read.stripes_hidden);
        if (open.columns.text.1, open.columns.narrow) != open.fitted {
            open.top_byte = open.top_byte.or_else(|| open.fitted.0.gt(&0).then(|| open.top_byte()));
            open.fitted = (open.columns.text.1, open.columns.narrow);
            open.follow = true;
        }
        let back = open.uncover(covered);
        if !back && open.rows.len() != usize::from(body.height) && !open.rows.is_empty() {
            open.follow = true;
        }
        open.arrange(open.columns.text.1, body.height, open.columns.narrow);
        let transcript = open.transcript;
        // The header says how much is coded: counted here, since a view only reads.
        self.sheets.coverage(&self.study, transcript);
        effects.extend(self.mark_read());
        effects
    }

    /// Opens what is wanted, if all of it is here.
    fn begin(&mut self, transcript: TranscriptId, begin: Begin) -> Vec<Effect> {
        let Some(turns) = self.study.turns(transcript).cloned() else {
            if self.complete {
                self.read.wanted = None;
                self.refuse("That transcript is not in the study any more.");
            }
            return Vec::new();
        };
        let revision: RevisionId = turns.revision;
        let Some(text) = self.texts.get(revision).cloned() else {
            return self.texts.ask(revision).then_some(Effect::LoadText(revision)).into_iter().collect();
        };
        self.read.wanted = None;
        let same = self.read.open.as_ref().is_some_and(|open| open.revision == revision);
        let mut effects: Vec<Effect> = Vec::new();
        if !same {
            self.read.leave();
            let unit = self.read.open.as_ref().map_or_else(Unit::default, |open| open.cursor.unit);
            let mut open = Open::new(transcript, turns, text, unit);
            open.hide(self.study.shown_speech(transcript));
            let former = self.read.open.replace(open).filter(|former| former.transcript == transcript);
            effects = match former {
                Some(former) => self.follow(&former, begin == Begin::Same),
                None => self.settle_drafts(transcript),
            };
        }
        let left = self.read.left.get(&transcript).copied();
        let Some(open) = &mut self.read.open else { return effects };
        match (begin, left) {
            (Begin::Span(span), _) => open.go_to_span(span),
            (Begin::Kept(kept), _) | (Begin::Left, Some(kept)) if kept.caret > 0 => open.return_to(kept),
            _ => {}
        }
        effects
    }

    /// Somebody brought in a new revision of the transcript that is open: it is opened in its place.
    fn want_new_revision(&mut self) {
        let Some(open) = &self.read.open else { return };
        let current = self.study.transcripts().get(&open.transcript).map(|transcript| transcript.revision);
        if self.read.wanted.is_none() && current.is_some_and(|current| current != open.revision) {
            self.read.wanted = Some((open.transcript, Begin::Same));
        }
    }

    /// Turns that are wholly in sight now, and were not before.
    fn mark_read(&mut self) -> Option<Effect> {
        if !self.complete {
            return None;
        }
        let open = self.read.open.as_mut()?;
        let whole = open.whole_turns();
        let marks = self.read_marks.entry(open.transcript).or_default();
        let turns: Vec<TurnNumber> = whole.into_iter().filter(|turn| marks.insert(*turn)).collect();
        if turns.is_empty() {
            return None;
        }
        let transcript = open.transcript;
        self.transcripts.list.forget();
        Some(Effect::MarkRead { transcript, turns, read: false })
    }

    /// The coder has read the transcript from its start to the turn under the cursor.
    pub(super) fn mark_read_to_here(&mut self) -> Vec<Effect> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let upto = open.page.turns().turns.iter().take(open.cursor.turn + 1);
        let (transcript, turns): (_, Vec<TurnNumber>) =
            (open.transcript, upto.map(|turn| turn.number).collect());
        let all = turns.len() == open.page.turns().turns.len();
        self.read_marks.entry(transcript).or_default().extend(turns.iter().copied());
        let done = self.done_reading.entry(transcript).or_default();
        done.extend(turns.iter().copied());
        self.transcripts.list.forget();
        let name = self.study.transcripts().get(&transcript).map_or("", |held| &held.name);
        self.say(match (all, turns.last()) {
            (false, Some(last)) => format!("{name} is marked as read up to turn {last}."),
            _ => format!("{name} is marked as read."),
        });
        vec![Effect::MarkRead { transcript, turns, read: true }]
    }
}

impl Open {
    fn return_to(&mut self, kept: Kept) {
        self.anchor = None;
        self.cursor.unit = kept.unit;
        // Bytes of another text tell nothing: the turn is known by its number.
        if let Some((_, number)) = kept.turn.filter(|(revision, _)| *revision != self.revision) {
            let turn = self.page.turns().at_or_before(number).unwrap_or(0);
            let start = self.page.turns().turns.get(turn).map_or(0, |turn| turn.speech.start);
            self.rest_on(turn, start);
            return;
        }
        let turn = self.page.turns().index_at(kept.caret as usize).unwrap_or(0);
        self.rest_on(turn, kept.caret);
        self.top_byte = Some(kept.top);
    }

    /// Numbers of the turns whose last row is in sight, and whose first row is or was.
    fn whole_turns(&mut self) -> Vec<TurnNumber> {
        let mut whole = Vec::new();
        for at in self.rows.clone() {
            let last = at.row + 1 == self.page.row_count(at.block);
            if let Some(turn) = at.turn().filter(|_| last).and_then(|turn| self.page.turns().turns.get(turn))
            {
                whole.push(turn.number);
            }
        }
        whole
    }
}

//! The veil: a study as a coder may see it who codes some of its transcripts blind, and without what is hidden from
//! everybody.
//!
//! Records that must not be seen are not in the study that is shown, so that no screen, count or filter can tell of them. Turns
//! and texts stay in it, as numbers and places must: whoever shows words of a turn asks [`Study::shown_speech`] for them, and
//! whoever tells of the history asks [`Veil::hides_any`]. Which layers count is taken from the whole study. That lies behind the
//! veil, for the rules and for the end of blindness. Where nothing is kept from the viewer there is no second study.

use std::sync::Arc;

use super::blind::records;
use super::reach::Reach;
use super::{Action, Change, Code, Coder, CoderId, Conflict, Record, Settings, Source, Step, Study, Turns};

/// Keeps from `viewer` what must not be seen. The study that is shown is the caller's: everything that changes it goes
/// through here.
#[derive(Clone, Debug, Default)]
pub struct Veil {
    viewer: Option<CoderId>,
    /// The study with everything in it, while something may be hidden.
    whole: Option<Box<Study>>,
    /// What is shown was made anew, and not only changed.
    redrawn: bool,
}

impl Study {
    /// The study as a coder may see it: `None` if that is all of it.
    #[must_use]
    pub fn seen_by(&self, viewer: CoderId) -> Option<Study> {
        if self.blind_transcripts(viewer).is_empty() && !self.leaves_something_out() {
            return None;
        }
        let mut hidden = self.hidden_from(viewer);
        hidden.extend(self.left_out());
        let mut seen = self.clone();
        hidden.iter().for_each(|record| seen.remove(record));
        seen.keep_layers_of(self);
        Some(seen)
    }

    /// Whether a coder may see a record.
    pub(super) fn shows(&self, viewer: CoderId, record: &Record) -> bool {
        !self.hides(viewer, record) && !self.leaves_out(record)
    }

    fn hidden_from(&self, viewer: CoderId) -> Vec<Record> {
        let mut hidden: Vec<Record> = Vec::new();
        for transcript in self.blind_transcripts(viewer) {
            for quote in self.quotes_in(transcript).filter(|quote| quote.coder != viewer) {
                hidden.extend(self.codings_on(quote.id).cloned().map(Record::from));
                hidden.push(quote.clone().into());
            }
        }
        let others = self.memos().iter().cloned().map(Record::from);
        let others = others.chain(self.summaries().iter().cloned().map(Record::from));
        let others = others.chain(self.codes().iter().cloned().map(Record::from));
        let others = others.chain(self.basket_entries().iter().cloned().map(Record::from));
        let others = others.chain(self.usages().iter().cloned().map(Record::from));
        hidden.extend(others.filter(|record| self.hides(viewer, record)));
        hidden
    }
}

impl Veil {
    /// Draws the veil anew: `shown` is the whole study as it was loaded, and afterwards what `viewer` may see of it.
    pub fn draw(&mut self, shown: &mut Study, viewer: CoderId) {
        self.whole = None;
        self.viewer = Some(viewer);
        self.redraw(shown);
    }

    /// The same study for somebody else, or for the same person as the study now knows them.
    pub fn turn_to(&mut self, shown: &mut Study, viewer: CoderId) {
        if self.viewer != Some(viewer) {
            self.viewer = Some(viewer);
            self.redraw(shown);
        }
    }

    /// The study with everything in it: for rules and for doing things again, never to be shown.
    #[must_use]
    pub fn whole<'s>(&'s self, shown: &'s Study) -> &'s Study {
        self.whole.as_deref().unwrap_or(shown)
    }

    /// Whether what is shown was made anew since this was last asked: then nothing that was made of it holds.
    pub fn take_redrawn(&mut self) -> bool {
        std::mem::take(&mut self.redrawn)
    }

    /// Whether something of an action must not be told.
    #[must_use]
    pub fn hides_any(&self, changes: &[Change]) -> bool {
        match (&self.whole, self.viewer) {
            (Some(whole), Some(viewer)) => whole.hides_any(viewer, changes),
            _ => false,
        }
    }

    /// A draft code of that name which is hidden. Whoever comes to the same word by themselves gets the same code.
    #[must_use]
    pub fn hidden_code(&self, name: &str) -> Option<&Code> {
        let (whole, viewer) = (self.whole.as_deref()?, self.viewer?);
        whole.code_named(name).filter(|code| whole.hides(viewer, &Record::Code((*code).clone())))
    }

    /// See [`Study::act`].
    ///
    /// # Errors
    /// What speaks against it, in the whole study; nothing has changed then.
    pub fn act(
        &mut self,
        shown: &mut Study,
        coder: &Coder,
        step: Step,
        source: &dyn Source,
    ) -> Result<Action, Conflict> {
        let action = match &mut self.whole {
            Some(whole) => whole.act(coder, step, source)?,
            None => shown.act(coder, step, source)?,
        };
        self.follow(shown, &action.changes);
        Ok(action)
    }

    /// See [`Study::apply`].
    ///
    /// # Errors
    /// What speaks against it, in the whole study; nothing has changed then.
    pub fn apply(&mut self, shown: &mut Study, changes: &[Change]) -> Result<(), Conflict> {
        match &mut self.whole {
            Some(whole) => whole.apply(changes)?,
            None => shown.apply(changes)?,
        }
        self.follow(shown, changes);
        Ok(())
    }

    /// Whether changes could be made now: they are tried on the whole study and taken back at once.
    pub fn would_take(&mut self, shown: &mut Study, changes: &[Change]) -> bool {
        let whole = self.whole.as_deref_mut().unwrap_or(shown);
        let is_taken = whole.apply(changes).is_ok();
        if is_taken {
            whole.revert(changes);
        }
        is_taken
    }

    /// See [`Study::revert`].
    pub fn revert(&mut self, shown: &mut Study, changes: &[Change]) {
        match &mut self.whole {
            Some(whole) => whole.revert(changes),
            None => shown.revert(changes),
        }
        self.follow(shown, changes);
    }

    /// See [`Study::add_turns`].
    pub fn add_turns(&mut self, shown: &mut Study, turns: &Arc<Turns>) {
        if let Some(whole) = &mut self.whole {
            whole.add_turns(Arc::clone(turns));
        }
        shown.add_turns(Arc::clone(turns));
    }

    /// `study.toml` says something else now.
    pub fn set_settings(&mut self, shown: &mut Study, settings: Settings) {
        if let Some(whole) = &mut self.whole {
            whole.settings = settings.clone();
        }
        shown.settings = settings;
        if let Some(whole) = &self.whole {
            shown.keep_layers_of(whole);
        }
    }

    fn redraw(&mut self, shown: &mut Study) {
        let Some(viewer) = self.viewer else { return };
        let whole = self.whole.take();
        let seen = whole.as_deref().unwrap_or(shown).seen_by(viewer);
        self.redrawn |= whole.is_some() || seen.is_some();
        match (whole, seen) {
            (whole, Some(seen)) => {
                let before = std::mem::replace(shown, seen);
                self.whole = Some(whole.unwrap_or_else(|| Box::new(before)));
            }
            (Some(whole), None) => *shown = *whole,
            (None, None) => {}
        }
    }

    /// What is shown follows the whole study through changes.
    fn follow(&mut self, shown: &mut Study, changes: &[Change]) {
        let Some(viewer) = self.viewer else { return };
        let nothing_hidden = self.whole(shown).hides_nothing();
        let draws_veil = |record: &Record| match record {
            Record::Blind(blind) => blind.coder == viewer,
            Record::Hidden(_) => self.whole.is_none() || nothing_hidden,
            // Who may not be analysed is hidden.
            Record::Consent(consent) => !consent.analyse,
            _ => false,
        };
        if records(changes).any(draws_veil) {
            return self.redraw(shown);
        }
        let Some(whole) = &self.whole else { return };
        self.redrawn |= shown.keep_layers_after(whole, changes);
        let reach = Reach::of(whole, shown, viewer, changes);
        self.redrawn |= reach.moves_veil;
        for record in records(changes).chain(&reach.records) {
            match whole.held(record).filter(|held| whole.shows(viewer, held)) {
                Some(held) if shown.held(&held).as_ref() == Some(&held) => {}
                Some(held) => shown.put(held),
                None => shown.remove(record),
            }
        }
    }
}

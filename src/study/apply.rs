//! Apply and revert: how a study changes, and when it refuses to.

use super::record::{describe, name_of};
use super::{Case, Change, ComponentRef, MemoOn, Record, Study, Topic, Voice};
use crate::text::fold_name;

/// Why a change was not made. Nothing of the action it belongs to was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Somebody changed the record since the change was prepared.
    #[error("{what} was changed meanwhile; look at it again and repeat your step")]
    Changed {
        /// Which record.
        what: String,
    },
    /// A name or a place that is taken.
    #[error("{what} is there already; use it, or choose another name")]
    Taken {
        /// Which record.
        what: String,
    },
    /// Something it refers to is gone.
    #[error("{what} refers to {missing}, which is not in the study; it may have been deleted meanwhile")]
    Dangling {
        /// Which record.
        what: String,
        /// What is gone.
        missing: &'static str,
    },
    /// Something still refers to it.
    #[error("{what} is still used by {by}; remove those first")]
    InUse {
        /// Which record.
        what: String,
        /// What uses it.
        by: &'static str,
    },
    /// A rule of the domain speaks against it.
    #[error("{what}: {rule}")]
    Rule {
        /// Which record.
        what: String,
        /// The rule, and what to do.
        rule: &'static str,
    },
}

impl Study {
    /// Makes the changes of one action, all or none.
    ///
    /// References between its records are checked once all of them are made, so their order does not matter.
    ///
    /// # Errors
    /// The first [`Conflict`]; the study is then as before.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), Conflict> {
        for (done, change) in changes.iter().enumerate() {
            if let Err(conflict) = self.make(change) {
                self.unmake(changes.get(..done).unwrap_or_default());
                return Err(conflict);
            }
        }
        if let Some(conflict) = changes.iter().find_map(|change| self.broken_by(change)) {
            self.unmake(changes);
            return Err(conflict);
        }
        Ok(())
    }

    /// Takes back changes that [`Study::apply`] made, when nothing else was made since. Never fails: it puts back what
    /// was there.
    pub fn revert(&mut self, changes: &[Change]) {
        self.unmake(changes);
    }

    fn make(&mut self, change: &Change) -> Result<(), Conflict> {
        let Some(record) = change.record() else { return Ok(()) };
        if self.held(record) != change.before {
            let what = describe(record);
            return Err(match change.before {
                None => Conflict::Taken { what },
                Some(_) => Conflict::Changed { what },
            });
        }
        match &change.after {
            Some(after) => {
                if self.is_name_taken(after) {
                    return Err(Conflict::Taken { what: describe(after) });
                }
                self.put(after.clone());
            }
            None => self.remove(record),
        }
        Ok(())
    }

    fn unmake(&mut self, changes: &[Change]) {
        for change in changes.iter().rev() {
            match (&change.before, &change.after) {
                (Some(before), _) => self.put(before.clone()),
                (None, Some(after)) => self.remove(after),
                (None, None) => {}
            }
        }
    }

    /// Whether another record than this one has the name or the place that must be unique.
    fn is_name_taken(&self, record: &Record) -> bool {
        match record {
            Record::Coder(coder) => self.coder_named(&coder.name).is_some_and(|held| held.id != coder.id),
            Record::Participant(p) => self.participant_named(&p.name).is_some_and(|held| held.id != p.id),
            Record::Transcript(t) => self.transcript_named(&t.name).is_some_and(|held| held.id != t.id),
            Record::Attribute(a) => self.attribute_named(a.of, &a.name).is_some_and(|held| held.id != a.id),
            Record::Code(code) => self.code_named(&code.name).is_some_and(|held| held.id != code.id),
            Record::Theme(theme) => self.theme_named(&theme.name).is_some_and(|held| held.id != theme.id),
            Record::Point(point) => {
                let name = fold_name(&point.name);
                self.points().iter().any(|held| held.id != point.id && fold_name(&held.name) == name)
            }
            Record::SavedSearch(search) => {
                self.saved_search_named(&search.name).is_some_and(|held| held.id != search.id)
            }
            Record::Quote(quote) => self.quotes_at(quote.transcript, quote.span).any(|held| {
                held.id != quote.id && (held.coder, held.revision) == (quote.coder, quote.revision)
            }),
            Record::BasketEntry(entry) => self
                .basket_entries()
                .iter()
                .any(|held| held.id != entry.id && (held.coder, held.quote) == (entry.coder, entry.quote)),
            Record::Hidden(hidden) => {
                self.hidden().iter().any(|held| held.id != hidden.id && held.what == hidden.what)
            }
            Record::Coding(coding) => {
                self.codings_on(coding.quote).any(|held| held.id != coding.id && held.code == coding.code)
            }
            Record::Summary(summary) => self.summaries().iter().any(|held| {
                held.id != summary.id
                    && (held.coder, held.case) == (summary.coder, summary.case)
                    && held.topic == summary.topic
            }),
            Record::Blind(blind) => {
                let held = self.blind_now(blind.coder, blind.transcript);
                blind.end.is_none() && held.is_some_and(|held| held.start != blind.start)
            }
            _ => false,
        }
    }

    /// What is wrong with the study after `change`, seen from its record.
    fn broken_by(&self, change: &Change) -> Option<Conflict> {
        let record = change.record()?;
        let what = || describe(record);
        // A later change of the same action may have taken the record away again.
        match self.held(record) {
            Some(held) => {
                if let Some(missing) = self.missing_for(&held) {
                    return Some(Conflict::Dangling { what: what(), missing });
                }
                self.rule_against(&held).map(|rule| Conflict::Rule { what: what(), rule })
            }
            None => self.user_of(record).map(|by| Conflict::InUse { what: what(), by }),
        }
    }

    /// What a record refers to that is not there.
    fn missing_for(&self, record: &Record) -> Option<&'static str> {
        let coder = |id| (!self.coders().has(id)).then_some("a coder");
        let participant =
            |id: &super::ParticipantId| (!self.participants().has(id)).then_some("a participant");
        let transcript = |id: &super::TranscriptId| (!self.transcripts().has(id)).then_some("a transcript");
        let revision = |id| (!self.revisions().has(id)).then_some("a revision of a transcript");
        let code = |id: &super::CodeId| (!self.codes().has(id)).then_some("a code");
        let theme = |id: &super::ThemeId| (!self.themes().has(id)).then_some("a theme");
        let quote = |id| (!self.quotes().has(id)).then_some("a quote");
        let voice = |voice: Voice| voice.participant().and_then(|id| participant(&id));
        let component =
            |of: &ComponentRef| (!self.components().has(&of.key())).then_some("a component of a framework");
        let case = |case: &Case| match case {
            Case::Participant(id) => participant(id),
            Case::Group(id) => transcript(id),
        };
        let topic = |topic: &Topic| match topic {
            Topic::Theme(id) => theme(id),
            Topic::Code(id) => code(id),
            Topic::Component(of) => component(of),
        };
        match record {
            Record::Seat(seat) => participant(&seat.participant),
            Record::Consent(consent) => participant(&consent.participant),
            Record::Transcript(t) => revision(&t.revision),
            Record::Revision(r) => transcript(&r.transcript),
            Record::AttributeValue(value) => match &value.subject {
                super::Subject::Participant(id) => participant(id),
                super::Subject::Transcript(id) => transcript(id),
            }
            .or_else(|| (!self.attributes().has(&value.attribute)).then_some("an attribute"))
            .or_else(|| value.quote.as_ref().and_then(quote)),
            Record::Speaker(speaker) => transcript(&speaker.transcript),
            Record::Binding(binding) => transcript(&binding.transcript).or_else(|| voice(binding.voice)),
            Record::TurnVoice(turn) => transcript(&turn.transcript).or_else(|| voice(turn.voice)),
            Record::LayerOfRecord(layer) => transcript(&layer.transcript).or_else(|| coder(&layer.coder)),
            Record::Blind(blind) => transcript(&blind.transcript).or_else(|| coder(&blind.coder)),
            Record::Component(component) => {
                (!self.frameworks().has(&component.framework)).then_some("a framework")
            }
            Record::Code(c) => c.parent.as_ref().and_then(code),
            Record::Theme(t) => t.barriers.iter().chain(&t.facilitators).find_map(code),
            Record::Classification(c) => match &c.of {
                super::Classified::Code(id) => code(id),
                super::Classified::Theme(id) => theme(id),
            }
            .or_else(|| {
                let key = (c.framework.clone(), c.component.clone());
                (!self.components().has(&key)).then_some("a component of a framework")
            }),
            Record::Quote(q) => {
                coder(&q.coder).or_else(|| transcript(&q.transcript)).or_else(|| revision(&q.revision))
            }
            Record::Coding(c) => quote(&c.quote).or_else(|| code(&c.code)),
            Record::Memo(memo) => coder(&memo.coder).or_else(|| match &memo.on {
                MemoOn::Quote(id) => quote(id),
                MemoOn::Code(id) => code(id),
                MemoOn::Theme(id) => theme(id),
                MemoOn::Component(of) => component(of),
                MemoOn::Cell(row, column) => case(row).or_else(|| topic(column)),
                MemoOn::Transcript(id) => transcript(id),
                MemoOn::Participant(id) => participant(id),
                MemoOn::Study => None,
            }),
            Record::Hidden(hidden) => match &hidden.what {
                super::Hideable::Participant(id) => participant(id),
                super::Hideable::Transcript(id) => transcript(id),
                super::Hideable::Turn(id, _) => transcript(id),
            },
            Record::BasketEntry(entry) => coder(&entry.coder).or_else(|| quote(&entry.quote)),
            Record::Usage(usage) => quote(&usage.quote),
            Record::Review(review) => coder(&review.coder).or_else(|| match &review.of {
                super::Classified::Code(id) => code(id),
                super::Classified::Theme(id) => theme(id),
            }),
            Record::Summary(s) => coder(&s.coder)
                .or_else(|| s.checked_by.as_ref().and_then(coder))
                .or_else(|| case(&s.case))
                .or_else(|| topic(&s.topic))
                .or_else(|| s.quotes.iter().find_map(quote)),
            Record::Coder(_)
            | Record::Participant(_)
            | Record::Attribute(_)
            | Record::Framework(_)
            | Record::Point(_)
            | Record::SavedSearch(_)
            | Record::Export(_)
            | Record::KeptFinding(_) => None,
        }
    }

    /// A rule of the domain that a record breaks.
    fn rule_against(&self, record: &Record) -> Option<&'static str> {
        match record {
            Record::Coding(coding) => {
                let side = self.codes().get(&coding.code)?.side;
                (side.is_some() && coding.valence.is_some())
                    .then_some("its code has a side, which decides; leave the valence of the coding empty")
            }
            Record::Code(code) => {
                let ring = self.lineage(code.id).last().is_some_and(|top| top.parent.is_some());
                if ring {
                    return Some("a code cannot stand below itself; choose another parent");
                }
                let owned =
                    code.side.is_some() && self.codings_with(code.id).any(|coding| coding.valence.is_some());
                owned.then_some(
                    "its codings carry valences of their own; clear them before giving the code a side",
                )
            }
            Record::Quote(quote) => quote.span.is_empty().then_some("a quote needs at least one character"),
            _ => None,
        }
    }

    /// What still refers to a record that is gone.
    fn user_of(&self, record: &Record) -> Option<&'static str> {
        let memo_on = |thing| self.memos_on(thing).next().map(|_| "memos");
        match record {
            Record::Coder(c) => (self.quotes().iter().any(|quote| quote.coder == c.id))
                .then_some("quotes")
                .or_else(|| self.blinds().iter().any(|blind| blind.coder == c.id).then_some("blind coding")),
            Record::Participant(p) => (self.speech_of(p.id).next().is_some()
                || self.bindings().iter().any(|binding| binding.voice == Voice::Participant(p.id)))
            .then_some("speakers of transcripts")
            .or_else(|| self.seats().iter().any(|seat| seat.participant == p.id).then_some("seats"))
            .or_else(|| memo_on(MemoOn::Participant(p.id)))
            .or_else(|| self.charted(|case, _| *case == Case::Participant(p.id))),
            Record::Attribute(a) => {
                (self.attribute_values().iter().any(|value| value.attribute == a.id)).then_some("values")
            }
            Record::Transcript(t) => (self.quotes_in(t.id).next().is_some())
                .then_some("quotes")
                .or_else(|| self.speakers_in(t.id).next().map(|_| "speakers"))
                .or_else(|| {
                    self.blinds().iter().any(|blind| blind.transcript == t.id).then_some("blind coding")
                })
                .or_else(|| memo_on(MemoOn::Transcript(t.id)))
                .or_else(|| self.charted(|case, _| *case == Case::Group(t.id))),
            Record::Revision(r) => {
                (self.transcripts().iter().any(|t| t.revision == r.id)).then_some("its transcript").or_else(
                    || self.quotes_in(r.transcript).any(|quote| quote.revision == r.id).then_some("quotes"),
                )
            }
            Record::Code(c) => self
                .codings_with(c.id)
                .next()
                .map(|_| "codings")
                .or_else(|| {
                    self.codes().iter().any(|code| code.parent == Some(c.id)).then_some("codes below it")
                })
                .or_else(|| (!self.themes_with(c.id).is_empty()).then_some("themes"))
                .or_else(|| memo_on(MemoOn::Code(c.id)))
                .or_else(|| self.charted(|_, topic| *topic == Topic::Code(c.id)))
                .or_else(|| self.reviews_of(super::Classified::Code(c.id)).next().map(|_| "reviews")),
            Record::Theme(t) => memo_on(MemoOn::Theme(t.id))
                .or_else(|| self.charted(|_, topic| *topic == Topic::Theme(t.id)))
                .or_else(|| self.reviews_of(super::Classified::Theme(t.id)).next().map(|_| "reviews")),
            Record::Quote(q) => self
                .codings_on(q.id)
                .next()
                .map(|_| "codings")
                .or_else(|| memo_on(MemoOn::Quote(q.id)))
                .or_else(|| self.summaries().iter().any(|s| s.quotes.contains(&q.id)).then_some("summaries"))
                .or_else(|| self.is_evidence(q.id).then_some("values of attributes"))
                .or_else(|| self.basket_entries().iter().any(|held| held.quote == q.id).then_some("a basket"))
                .or_else(|| self.usages().iter().any(|held| held.quote == q.id).then_some("a draft")),
            Record::Framework(f) => (self.components().iter().any(|component| component.framework == f.id))
                .then_some("components"),
            Record::Component(c) => self
                .classifications()
                .iter()
                .any(|held| (&held.framework, &held.component) == (&c.framework, &c.id))
                .then_some("classifications")
                .or_else(|| memo_on(MemoOn::Component(c.into())))
                .or_else(|| self.charted(|_, topic| *topic == Topic::Component(c.into()))),
            _ => None,
        }
    }

    /// What stands in cells of the matrix that are chosen by row and column.
    fn charted(&self, is: impl Fn(&Case, &Topic) -> bool) -> Option<&'static str> {
        let summaries = self.summaries().iter().any(|summary| is(&summary.case, &summary.topic));
        let on = |memo: &super::Memo| matches!(&memo.on, MemoOn::Cell(case, topic) if is(case, topic));
        if summaries {
            return Some("summaries");
        }
        self.memos().iter().any(on).then_some("memos on cells of the matrix")
    }
}

/// What speaks against the names that a step gives. What a study has had already is left alone, so that it can be undone
/// and done again.
pub(super) fn conflict_of_names(changes: &[Change]) -> Option<Conflict> {
    changes.iter().find_map(|change| {
        let rule = rule_against_name(change)?;
        Some(Conflict::Rule { what: change.after.as_ref().map(describe)?, rule })
    })
}

fn rule_against_name(change: &Change) -> Option<&'static str> {
    /// Letters (`char`s) that a name may have: every list and every message shows it.
    const LONGEST: usize = 200;
    let name = change.after.as_ref().and_then(name_of)?;
    if change.before.as_ref().and_then(name_of) == Some(name) {
        return None;
    }
    if name.chars().nth(LONGEST).is_some() {
        return Some("a name has 200 letters at most; put the rest into a definition, a note or a memo");
    }
    name.contains(char::is_control).then_some("a name has no control characters; type it again without them")
}

//! Filters on codings and quotes: `code:`, `theme:`, `component:`, `valence:`, `by:`, `used_in:` and most of `is:`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::query::{Clause, Filter, FilterName, Problem, State, What, fold_attribute};
use super::{Filters, no_such, one_of, the_nearest, words_begin_with};
use crate::search::TurnSet;
use crate::study::{
    CodeId, CoderId, Coding, Component, MemoOn, Quote, Side, Study, Theme, ThemeId, TranscriptId, Valence,
};
use crate::text::fold_name;

/// What must be true of a quote and one of its codings.
#[derive(Clone, Debug)]
pub(in crate::search) enum Mark {
    Codes(BTreeSet<CodeId>),
    Side(Side),
    Ambivalent,
    By(CoderId),
    /// In a layer of record: whose it is in each transcript.
    Record(BTreeMap<TranscriptId, CoderId>),
    Coded,
    Starred,
    Memo,
    Used,
    Unused,
    /// In one of these drafts.
    UsedIn(BTreeSet<String>),
    /// All marks of at least one of these lists.
    Any(Vec<Vec<Mark>>),
}

impl Mark {
    pub(in crate::search) fn holds(&self, study: &Study, quote: &Quote, coding: Option<&Coding>) -> bool {
        match self {
            Mark::Codes(codes) => coding.is_some_and(|coding| codes.contains(&coding.code)),
            Mark::Side(side) => {
                let valence = coding.and_then(|coding| study.effective_valence(coding));
                valence.is_some_and(|valence| valence.has(*side))
            }
            Mark::Ambivalent => {
                coding.is_some_and(|coding| study.effective_valence(coding) == Some(Valence::Both))
            }
            Mark::By(coder) => quote.coder == *coder,
            Mark::Record(layers) => coding.is_some() && layers.get(&quote.transcript) == Some(&quote.coder),
            Mark::Coded => coding.is_some(),
            Mark::Starred => quote.starred,
            Mark::Memo => study.memos_on(MemoOn::Quote(quote.id)).next().is_some(),
            Mark::Used => study.drafts_with(quote.id).next().is_some(),
            Mark::Unused => study.drafts_with(quote.id).next().is_none(),
            Mark::UsedIn(drafts) => study.drafts_with(quote.id).any(|draft| drafts.contains(draft)),
            Mark::Any(lists) => {
                lists.iter().any(|marks| marks.iter().all(|mark| mark.holds(study, quote, coding)))
            }
        }
    }

    /// Whether it can hold of a quote without any coding.
    fn is_of_quotes(&self) -> bool {
        match self {
            Mark::Starred | Mark::Memo | Mark::Used | Mark::Unused | Mark::UsedIn(_) => true,
            Mark::Any(lists) => lists.iter().flatten().any(Mark::is_of_quotes),
            _ => false,
        }
    }
}

impl Filters<'_> {
    /// The mark that a clause asks for, if it asks for one: a filter on codings, or alternatives of such in
    /// parentheses.
    pub(super) fn mark(&self, clause: &Clause) -> Result<Option<Mark>, Problem> {
        match &clause.what {
            What::Filter(filter) => self.mark_of(filter),
            What::Group(inner) => match &inner.what {
                What::Any(choices) => {
                    let lists: Result<Option<Vec<_>>, Problem> =
                        choices.iter().map(|choice| self.marks_together(choice)).collect();
                    Ok(lists?.map(Mark::Any))
                }
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// The marks of one alternative, unless there is more in it than filters on codings.
    fn marks_together(&self, clause: &Clause) -> Result<Option<Vec<Mark>>, Problem> {
        match &clause.what {
            What::All(clauses) => clauses.iter().map(|clause| self.mark(clause)).collect(),
            What::Group(inner) if matches!(inner.what, What::All(_) | What::Filter(_)) => {
                self.marks_together(inner)
            }
            _ => Ok(self.mark(clause)?.map(|mark| vec![mark])),
        }
    }

    fn mark_of(&self, filter: &Filter) -> Result<Option<Mark>, Problem> {
        Ok(Some(match filter.name {
            FilterName::Code => Mark::Codes(self.codes(filter)?),
            FilterName::Theme => Mark::Codes(self.codes_of_themes(filter)?),
            FilterName::Component => Mark::Codes(self.codes_of_components(filter)?),
            FilterName::Valence => self.valence(filter)?,
            FilterName::By => Mark::By(self.coder(filter)?),
            FilterName::UsedIn => Mark::UsedIn(self.drafts(filter)?),
            FilterName::Is => match State::parse(&filter.value) {
                Some(State::Coded) => Mark::Coded,
                Some(State::Starred) => Mark::Starred,
                Some(State::Memo) => Mark::Memo,
                Some(State::Used) => Mark::Used,
                Some(State::Unused) => Mark::Unused,
                Some(State::Record) => Mark::Record(self.layers_of_record()),
                Some(State::Uncoded | State::Unread) | None => return Ok(None),
            },
            _ => return Ok(None),
        }))
    }

    /// Whether codes are asked for that no coding can have at once, though each is there.
    pub(super) fn is_impossible(&self, marks: &[Mark]) -> bool {
        let some = marks.iter().all(|mark| !matches!(mark, Mark::Codes(codes) if codes.is_empty()));
        some && common_codes(marks).is_some_and(|codes| codes.is_empty())
    }

    /// Turns that share a byte with a quote of which all marks hold, with one and the same coding.
    pub(super) fn marked(&self, marks: &[Mark]) -> TurnSet {
        let mut set = TurnSet::none(self.corpus.size());
        let holds = |quote: &Quote, coding: Option<&Coding>| {
            marks.iter().all(|mark| mark.holds(self.study, quote, coding))
        };
        if let Some(codes) = common_codes(marks) {
            for coding in codes.into_iter().flat_map(|code| self.study.codings_with(code)) {
                let quote = self.study.quotes().get(&coding.quote);
                if let Some(quote) = quote.filter(|quote| holds(quote, Some(coding))) {
                    self.add(quote, &mut set);
                }
            }
            return set;
        }
        let may_be_bare = marks.iter().any(Mark::is_of_quotes);
        for quote in self.study.quotes().iter() {
            let mut codings = self.study.codings_on(quote.id);
            if codings.any(|coding| holds(quote, Some(coding))) || (may_be_bare && holds(quote, None)) {
                self.add(quote, &mut set);
            }
        }
        set
    }

    fn layers_of_record(&self) -> BTreeMap<TranscriptId, CoderId> {
        let transcripts = self.study.transcripts().iter().map(|transcript| transcript.id);
        transcripts.filter_map(|id| Some((id, self.study.layer_of_record(id)?))).collect()
    }

    /// Turns without a coding; with `by:` or `is:record` in the group, without one of that layer. That is then
    /// spent, if nothing else in the group is about codings.
    pub(super) fn uncoded(&self, marks: &mut Vec<Mark>) -> TurnSet {
        let coders = marks.iter().filter_map(|mark| match mark {
            Mark::By(_) | Mark::Record(_) => Some(mark.clone()),
            _ => None,
        });
        let coded: Vec<Mark> = coders.chain([Mark::Coded]).collect();
        if marks.iter().all(|mark| matches!(mark, Mark::By(_) | Mark::Record(_))) {
            marks.clear();
        }
        let mut set = self.marked(&coded);
        set.invert();
        set
    }

    fn add(&self, quote: &Quote, set: &mut TurnSet) {
        let Some(entry) = self.corpus.entry_of(quote.transcript) else { return };
        if quote.revision == entry.revision {
            let turns = entry.turns.overlapping(quote.span);
            let place = |index: usize| entry.first + u32::try_from(index).unwrap_or(u32::MAX);
            set.insert_range(place(turns.start)..place(turns.end));
        }
    }

    fn codes(&self, filter: &Filter) -> Result<BTreeSet<CodeId>, Problem> {
        let wanted = filter.value.trim_end_matches('*');
        if filter.exact {
            let code = self.study.code_named(&filter.value);
            return code.map(|code| BTreeSet::from([code.id])).ok_or_else(|| self.no_code(filter));
        }
        let named = self.study.codes().iter().filter(|code| words_begin_with(&code.name, wanted));
        let codes: BTreeSet<CodeId> = named.flat_map(|code| self.study.descendants(code.id)).collect();
        if codes.is_empty() { Err(self.no_code(filter)) } else { Ok(codes) }
    }

    fn no_code(&self, filter: &Filter) -> Problem {
        let names = self.study.codes().iter().map(|code| code.name.as_str());
        no_such(filter, the_nearest("code", &filter.value, names))
    }

    fn codes_of_themes(&self, filter: &Filter) -> Result<BTreeSet<CodeId>, Problem> {
        let wanted = filter.value.trim_end_matches('*');
        let themes: Vec<&Theme> = if filter.exact {
            self.study.theme_named(&filter.value).into_iter().collect()
        } else {
            self.study.themes().iter().filter(|theme| words_begin_with(&theme.name, wanted)).collect()
        };
        if themes.is_empty() {
            let names = self.study.themes().iter().map(|theme| theme.name.as_str());
            return Err(no_such(filter, the_nearest("theme", &filter.value, names)));
        }
        let counted = self.study.themes_by_code(&self.study.settings.framework);
        let in_one = |by: &BTreeSet<ThemeId>| themes.iter().any(|theme| by.contains(&theme.id));
        Ok(counted.into_iter().filter(|(_, by)| in_one(by)).map(|(code, _)| code).collect())
    }

    /// Codes under a component, named by its id, label or abbreviation, or under all components of a domain.
    /// The study's framework is asked first, then the others.
    fn codes_of_components(&self, filter: &Filter) -> Result<BTreeSet<CodeId>, Problem> {
        let wanted = fold_attribute(&filter.value);
        let named = |component: &&Component| {
            [&component.id, &component.label, &component.abbreviation, &component.domain]
                .into_iter()
                .any(|name| !name.is_empty() && fold_attribute(name) == wanted)
        };
        let ours = self.study.settings.framework.as_str();
        let mut components: Vec<&Component> = self.study.components().iter().filter(named).collect();
        if components.iter().any(|component| component.framework == ours) {
            components.retain(|component| component.framework == ours);
        }
        if components.is_empty() {
            let known = self.study.components_of(ours);
            let hint = match known.is_empty() {
                true => "the study has no framework yet".into(),
                false => one_of("the components are", known.iter().map(|component| component.id.as_str())),
            };
            return Err(no_such(filter, hint));
        }
        let is_under = |code: CodeId| {
            components.iter().any(|wanted| {
                let found = self.study.component_of(code, &wanted.framework);
                found.is_some_and(|found| found.id == wanted.id)
            })
        };
        Ok(self.study.codes().iter().map(|code| code.id).filter(|code| is_under(*code)).collect())
    }

    /// The drafts of a name, with or without the folder before it.
    fn drafts(&self, filter: &Filter) -> Result<BTreeSet<String>, Problem> {
        let wanted = fold_name(&filter.value);
        let known: BTreeSet<&str> = self.study.usages().iter().map(|usage| usage.draft.as_str()).collect();
        let is_it = |draft: &&str| {
            let folded = fold_name(draft);
            folded == wanted || (!filter.exact && folded.ends_with(&format!("/{wanted}")))
        };
        let found: BTreeSet<String> = known.iter().copied().filter(is_it).map(str::to_owned).collect();
        match found.is_empty() {
            true => Err(no_such(filter, the_nearest("draft", &filter.value, known.into_iter()))),
            false => Ok(found),
        }
    }

    fn valence(&self, filter: &Filter) -> Result<Mark, Problem> {
        match (Side::parse(&filter.value), Valence::from_cell(&filter.value)) {
            (Some(side), _) => Ok(Mark::Side(side)),
            (None, Ok(Some(Valence::Both))) => Ok(Mark::Ambivalent),
            _ => Err(no_such(filter, "the valences are barrier, facilitator and both".into())),
        }
    }

    fn coder(&self, filter: &Filter) -> Result<CoderId, Problem> {
        let coder = self.study.coder_named(&filter.value);
        coder.map(|coder| coder.id).ok_or_else(|| {
            let names = self.study.coders().iter().map(|coder| coder.name.as_str());
            no_such(filter, the_nearest("coder", &filter.value, names))
        })
    }
}

/// The codes that all code filters of a group share; `None` if the group asks for no code.
fn common_codes(marks: &[Mark]) -> Option<BTreeSet<CodeId>> {
    let sets = marks.iter().filter_map(|mark| match mark {
        Mark::Codes(codes) => Some(codes.clone()),
        _ => None,
    });
    sets.reduce(|common, codes| common.intersection(&codes).copied().collect())
}

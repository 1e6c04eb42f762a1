//! The verification of a whole draft: all its quotations looked up, and who is quoted how often.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Check, Checker};
use super::descriptors::Descriptors;
use super::labels::is_label;
use super::locate::locate;
use super::quotations::{Doubt, Part, Quotation, Quotations};
use super::sought::Sought;
use super::spoken::{Place, SpokenWords};
use crate::study::{AttributeOf, ParticipantId, QuoteId, Study, Subject};
use crate::text::Analyser;

/// How strict to be.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Shorter quotations without an attribution are set aside: most are words in scare quotes.
    pub min_words: usize,
    /// Descriptors that fit fewer participants are listed.
    pub k: usize,
}

/// How often somebody is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimesQuoted {
    /// Who.
    pub participant: ParticipantId,
    /// In how many quotations.
    pub times: usize,
    /// In how many of these the words differ from what was said.
    pub differing: usize,
}

/// A draft, verified.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The quotations that were checked, in order.
    pub checks: Vec<Check>,
    /// Those set aside as too short, looked up as well.
    pub skipped: Vec<Check>,
    /// Marks without a partner.
    pub doubts: Vec<Doubt>,
    /// Who is quoted, most often first.
    pub quoted: Vec<TimesQuoted>,
    /// Groups of the compared attribute of whom nobody is quoted.
    pub silent_groups: Vec<String>,
    /// Descriptors of those quoted that fit too few people, and how many.
    pub rare: Vec<(String, usize)>,
    /// Quotes of the study whose words stand in the draft.
    pub used: BTreeSet<QuoteId>,
}

impl Report {
    /// Whether every quotation that was checked can stay as it is, and all could be read.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.checks.iter().all(Check::is_right) && self.doubts.is_empty()
    }
}

/// Looks up all quotations of a draft.
#[must_use]
pub fn verify(
    quotations: Quotations,
    spoken: &SpokenWords,
    study: &Study,
    descriptors: &Descriptors,
    wanted: Wanted,
) -> Report {
    let mut checker = Checker::new(spoken, study, descriptors);
    let mut report = Report { doubts: quotations.doubts, ..Report::default() };
    for (quotation, sought) in sought_of(&checker, &quotations.found) {
        let check = checker.check(quotation, &sought, wanted.min_words);
        // A short one that somebody is named behind is meant as a quotation.
        let names_one = |text: &str| !descriptors.read(text).named.is_empty();
        let is_attributed = || {
            check.attribution_ok.is_some()
                || !check.status.is_found() && check.quotation.attribution.as_deref().is_some_and(names_one)
        };
        if sought.len() < wanted.min_words && !is_attributed() {
            report.skipped.push(check);
        } else {
            report.checks.push(check);
        }
    }
    count(&checker, &mut report, wanted.k);
    report
}

/// What is looked for. Lines of several speakers are one quotation where they were said in one go, as Combe writes what several
/// people say; else each is one.
fn sought_of(checker: &Checker<'_>, found: &[Quotation]) -> Vec<(Quotation, Sought)> {
    let mut analyser = SpokenWords::analyser();
    let settled: Vec<Quotation> = found.iter().map(|quotation| settled(checker, quotation)).collect();
    let is_labelled = |quotation: &Quotation| quotation.parts.iter().all(|part| part.label.is_some());
    let runs = settled.chunk_by(|one, next| next.goes_on && is_labelled(one) && is_labelled(next));
    let mut sought = Vec::with_capacity(found.len());
    for run in runs {
        let Some(whole) = Quotation::joined(run) else { continue };
        let words = sought_in(&whole, &mut analyser);
        if whole.parts.len() < 2 || !locate(checker.spoken, &words).is_empty() {
            sought.push((whole, words));
            continue;
        }
        for line in run.iter().cloned().flat_map(Quotation::apart) {
            let words = sought_in(&line, &mut analyser);
            sought.push((line, words));
        }
    }
    sought
}

fn sought_in(quotation: &Quotation, analyser: &mut Analyser) -> Sought {
    Sought::of(quotation.parts.iter().map(|part| part.text.as_str()), analyser)
}

/// A quotation with labels only where speakers are labelled so: what else stands before a colon belongs to the words, or to the
/// sentence around them.
fn settled(checker: &Checker<'_>, quotation: &Quotation) -> Quotation {
    let mut parts: Vec<Part> = Vec::with_capacity(quotation.parts.len());
    // Lines in quotation marks, each behind a label, are labelled whatever the label is.
    let is_list = quotation.parts.len() > 1;
    for part in &quotation.parts {
        let Some(label) = &part.label else {
            parts.push(part.clone());
            continue;
        };
        if (is_list && !label.within) || is_label(checker.study, checker.descriptors, label) {
            parts.push(part.clone());
            continue;
        }
        let text = if label.within { format!("{}: {}", label.name, part.text) } else { part.text.clone() };
        match parts.last_mut().filter(|_| label.within) {
            Some(before) => before.text = format!("{}\n{text}", before.text),
            None => parts.push(Part { label: None, text }),
        }
    }
    Quotation { parts, ..quotation.clone() }
}

fn count(checker: &Checker<'_>, report: &mut Report, k: usize) {
    let mut quoted: BTreeMap<ParticipantId, TimesQuoted> = BTreeMap::new();
    let mut described: BTreeSet<String> = BTreeSet::new();
    // A short word that anybody may have said says nothing of whom the draft quotes.
    for check in &report.checks {
        let Some(place) = &check.place else { continue };
        let is_found = check.status.is_found();
        if is_found {
            report.used.extend(quotes_at(checker.study, place));
        }
        for person in &check.participants {
            let new = TimesQuoted { participant: *person, times: 0, differing: 0 };
            let held = quoted.entry(*person).or_insert(new);
            held.times += 1;
            held.differing += usize::from(!is_found);
        }
        if let Some(attribution) = check.quotation.attribution.as_deref().filter(|_| !check.hidden) {
            described.extend(checker.descriptors.read(attribution).descriptors);
        }
    }
    report.silent_groups = silent_groups(checker.study, &quoted);
    report.quoted = quoted.into_values().collect();
    report.quoted.sort_by_key(|held| std::cmp::Reverse(held.times));
    let fit = |words: String| checker.descriptors.fit_words(&words).map(|fit| (words, fit));
    report.rare = described.into_iter().filter_map(fit).filter(|(_, fit)| (1..k).contains(fit)).collect();
}

fn silent_groups(study: &Study, quoted: &BTreeMap<ParticipantId, TimesQuoted>) -> Vec<String> {
    let compare = study.settings.compare.as_deref();
    let Some(attribute) = compare.and_then(|name| study.attribute_named(AttributeOf::Participant, name))
    else {
        return Vec::new();
    };
    let mut groups: BTreeMap<&str, bool> = BTreeMap::new();
    for person in study.participants().iter() {
        let value = study.value_of(Subject::Participant(person.id), attribute);
        if let Some(group) = value.and_then(|value| value.counted()) {
            *groups.entry(group).or_default() |= quoted.contains_key(&person.id);
        }
    }
    groups.into_iter().filter(|(_, quoted)| !quoted).map(|(group, _)| group.replace('_', " ")).collect()
}

/// Quotes that share at least half of the shorter of both with a piece. Those of colleagues on a transcript that is coded
/// blind are for the caller to leave out.
fn quotes_at(study: &Study, place: &Place) -> Vec<QuoteId> {
    let shares = |quote: &crate::study::Quote| {
        place.pieces.iter().any(|piece| {
            let shared = quote.span.intersection(*piece).map_or(0, crate::text::Span::len);
            shared > 0 && shared * 2 >= quote.span.len().min(piece.len())
        })
    };
    let quotes = study.quotes_in(place.transcript);
    quotes.filter(|quote| quote.revision == place.revision && shares(quote)).map(|quote| quote.id).collect()
}

//! The verification of a whole draft: all its quotations looked up, and who is quoted how often.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Check, Checker, Status};
use super::descriptors::Descriptors;
use super::labels::is_label;
use super::quotation::{Doubt, Quotation, Quotations, Set};
use super::settling::{Known, settle, take_from_above};
use super::spoken::{Place, SpokenWords};
use crate::study::{AttributeOf, ParticipantId, QuoteId, Study, Subject};

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
    /// Those set aside as from elsewhere: nobody said them, and their sentence has a reference, or they translate the one before, or
    /// are written as titles are, or are the name of a code or a theme, or stand in a heading or a column of themes.
    pub elsewhere: Vec<Check>,
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
    let mut analyser = SpokenWords::analyser();
    for run in runs(&checker, &quotations.found) {
        for (check, words) in checker.check_run(&run, wanted.min_words, &mut analyser) {
            match kept(&checker, &check, words < wanted.min_words) {
                Kept::Checked => report.checks.push(check),
                Kept::Short => report.skipped.push(check),
                Kept::Elsewhere => report.elsewhere.push(check),
                Kept::No => {}
            }
        }
    }
    count(&checker, &mut report, wanted.k);
    report
}

/// Quotations as the study knows them, those together that may be one of several speakers.
fn runs(checker: &Checker<'_>, found: &[Quotation]) -> Vec<Vec<Quotation>> {
    let read = |text: &str| checker.descriptors.read(text);
    let known = Known {
        is_label: &|label| is_label(checker.study, checker.descriptors, label),
        is_attribution: &|text| checker.descriptors.is_attribution(&read(text)),
        describes: &|text| checker.descriptors.describes(&read(text)),
    };
    let mut settled: Vec<Quotation> = found.iter().flat_map(|quotation| settle(quotation, &known)).collect();
    take_from_above(&mut settled, &known);
    let is_labelled = |quotation: &Quotation| quotation.parts.iter().all(|part| part.label.is_some());
    let runs = settled.chunk_by(|one, next| next.goes_on && is_labelled(one) && is_labelled(next));
    runs.map(<[Quotation]>::to_vec).collect()
}

/// Where a quotation is told of.
enum Kept {
    Checked,
    /// It is too short to be meant as one.
    Short,
    /// It is from the literature, a translation, a title, or what the study calls something.
    Elsewhere,
    /// It is none.
    No,
}

fn kept(checker: &Checker<'_>, check: &Check, is_short: bool) -> Kept {
    let named = check.attribution.as_deref().is_some_and(|text| checker.descriptors.read(text).names_one());
    let quotation = &check.quotation;
    let is_found = check.status.is_found();
    if check.hidden || is_found && !check.refused.is_empty() {
        return Kept::Checked;
    }
    let is_labelled = quotation.parts.iter().any(|part| part.label.is_some());
    match quotation.set {
        // The words of a cell are quoted where its column says so, or where somebody is named beside what was said.
        Set::Cell { headed: false }
            if check.attribution_ok.is_none() || !is_found && check.attribution_ok == Some(false) =>
        {
            Kept::No
        }
        // A line that begins with a label or ends with a name in brackets may be the author's.
        Set::Line if check.status == Status::NotFound || check.attribution.is_none() && !is_labelled => {
            Kept::No
        }
        Set::Translation if !is_found || check.attribution_ok == Some(false) => Kept::Elsewhere,
        Set::Title if check.status == Status::NotFound || check.attribution_ok == Some(false) => {
            Kept::Elsewhere
        }
        _ if !is_found
            && !named
            && (quotation.cited || is_name(checker.study, quotation) || is_title(&quotation.text())) =>
        {
            Kept::Elsewhere
        }
        // A short one that somebody is named behind is meant as a quotation.
        _ if is_short && check.attribution_ok.is_none() && (check.status.is_found() || !named) => Kept::Short,
        _ => Kept::Checked,
    }
}

/// Whether words are written as titles of books and reports are: most long ones with a capital.
fn is_title(text: &str) -> bool {
    let long = text.split_whitespace().filter(|word| word.chars().count() > 3);
    let (capitals, small): (Vec<&str>, Vec<&str>) =
        long.partition(|word| word.starts_with(char::is_uppercase));
    capitals.len() >= 3 && capitals.len() > small.len()
}

/// Whether the study calls a code, a theme or a component so.
fn is_name(study: &Study, quotation: &Quotation) -> bool {
    let text = quotation.text();
    study.code_named(&text).is_some() || study.theme_named(&text).is_some()
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
        // What is only like somebody's words quotes them if it is said to be theirs.
        let is_theirs = is_found || check.attribution_ok == Some(true);
        for person in check.participants.iter().filter(|_| is_theirs) {
            let new = TimesQuoted { participant: *person, times: 0, differing: 0 };
            let held = quoted.entry(*person).or_insert(new);
            held.times += 1;
            held.differing += usize::from(!is_found);
        }
        if let Some(attribution) = check.attribution.as_deref().filter(|_| !check.hidden) {
            described.extend(checker.descriptors.read(attribution).descriptors);
        }
    }
    report.silent_groups = silent_groups(checker.study, &quoted);
    report.quoted = quoted.into_values().collect();
    report.quoted.sort_by_key(|held| std::cmp::Reverse(held.times));
    let fit = |words: String| checker.descriptors.fit_fewer(&words, k).map(|fit| (words, fit));
    report.rare = described.into_iter().filter_map(fit).filter(|(_, fit)| *fit > 0).collect();
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

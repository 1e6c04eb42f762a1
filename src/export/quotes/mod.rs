//! Quotes by theme or by code, with their attributions: what a writer takes from the study, and how it is written.
//!
//! Whose quotes are in it is for the caller to say. Each stands once in a section, whatever number of the section's codes is
//! on it and whoever marked it too, and in as many sections as have one of its codes; those without a code have a section of their own, the last.

mod docx;
mod latex;
mod markdown;
mod table;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use super::{Contents, Format, GridError};
use crate::analysis::{
    Apart, Attribution, AttributionError, Counter, InOrder, Quotation as Printed, each_passage_once,
};
use crate::study::{
    CodeId, Coding, Component, ParticipantId, QuotationSettings, Quote, QuoteId, RevisionId, Side, Study,
    TranscriptId,
};
use crate::text::Span;

/// What quotes are put in order by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Themes in print order, each with all its codes; then the codes of no theme.
    #[default]
    Theme,
    /// Codes in the order of the codebook tree.
    Code,
}

/// Quotes in sections.
#[derive(Clone, Debug)]
pub struct QuoteList {
    /// What the list is called.
    pub title: String,
    /// The attribute by whose values quotes stand within a side, if the study compares one.
    pub compared: Option<String>,
    /// The sections; none is empty.
    pub sections: Vec<Section>,
    /// How many quotes were left out, as somebody in them did not agree to be quoted.
    pub left_out: usize,
    /// The house style.
    style: QuotationSettings,
}

/// A theme, or a code.
#[derive(Clone, Debug)]
pub struct Section {
    /// The component that it stands under, as people call it.
    pub component: Option<String>,
    /// Its name.
    pub name: String,
    /// What it means, or why its sides answer each other. May be empty.
    pub about: String,
    /// Its quotes: barriers, what is both, facilitators, the rest; within that by group, starred first, then by place.
    pub quotes: Vec<Quotation>,
}

/// A quote as it is printed.
#[derive(Clone, Debug)]
pub struct Quotation {
    /// Which.
    pub id: QuoteId,
    /// Which sides it is on in its section.
    pub sides: Sides,
    /// The value of the compared attribute of who speaks first; empty if nobody has one.
    pub group: String,
    /// The words in the glyphs of the house style, without quotation marks; of several speakers a line each, labelled.
    pub text: String,
    /// The same as it is printed where no markup is: between quotation marks, with what stands behind.
    pub apart: Apart,
    /// The quote taken apart, for formats that have a markup.
    printed: Printed,
    /// What stands behind them, without parentheses. Empty if no participant speaks.
    pub attribution: String,
    /// The address: `I43:41`.
    pub place: String,
    /// Worth printing.
    pub starred: bool,
    /// Drafts that it stands in.
    pub used: Vec<String>,
    /// Who speaks in it.
    pub people: Vec<ParticipantId>,
    /// Where.
    pub transcript: TranscriptId,
    /// The passage, whoever marked it.
    passage: (RevisionId, Span),
}

/// The sides that a quote is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sides {
    /// It hinders.
    pub barrier: bool,
    /// It helps.
    pub facilitator: bool,
}

impl Sides {
    /// Barriers, both, facilitators, neither.
    fn rank(self) -> u8 {
        match (self.barrier, self.facilitator) {
            (true, false) => 0,
            (true, true) => 1,
            (false, true) => 2,
            (false, false) => 3,
        }
    }

    /// As a heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        ["Barriers", "Both barrier and facilitator", "Facilitators", "Neither barrier nor facilitator"]
            [usize::from(self.rank())]
    }

    /// As a cell, in the words of import.
    #[must_use]
    pub fn cell(self) -> &'static str {
        ["barrier", "barrier;facilitator", "facilitator", ""][usize::from(self.rank())]
    }
}

/// Gathers the quotes that `wanted` wants. Those with words of somebody who did not agree to be quoted are left out unless
/// `with_refused`.
///
/// # Errors
/// If an attribution cannot be composed.
pub fn quote_list(
    counter: &Counter<'_>,
    attribution: &Attribution<'_>,
    by: By,
    wanted: &dyn Fn(&Quote) -> bool,
    with_refused: bool,
) -> Result<QuoteList, AttributionError> {
    let study = counter.study();
    let mut gatherer = Gatherer::new(counter, attribution, wanted, with_refused);
    let mut sections = Vec::new();
    for plan in plans(study, by) {
        let quotes = gatherer.gather(&plan.codes)?;
        if !quotes.is_empty() {
            let Plan { component, name, about, .. } = plan;
            sections.push(Section {
                component: component.map(|held| held.label.clone()),
                name,
                about,
                quotes,
            });
        }
    }
    let uncoded = gatherer.gather_uncoded()?;
    let refused = gatherer.refused.iter().filter_map(|id| study.quotes().get(id));
    let refused: BTreeSet<_> = refused.map(|quote| (quote.revision, quote.span)).collect();
    if !uncoded.is_empty() {
        let name = String::from("Without a code");
        sections.push(Section { component: None, name, about: String::new(), quotes: uncoded });
    }
    Ok(QuoteList {
        title: match by {
            By::Theme => "Quotes by theme".into(),
            By::Code => "Quotes by code".into(),
        },
        compared: counter.columns().attribute.clone(),
        sections,
        left_out: refused.len(),
        // Every quotation of a list is a block already.
        style: QuotationSettings { block_words: 0, ..study.settings.quotation.clone() },
    })
}

/// A section before its quotes are known.
struct Plan<'s> {
    component: Option<&'s Component>,
    name: String,
    about: String,
    codes: BTreeSet<CodeId>,
}

fn plans(study: &Study, by: By) -> Vec<Plan<'_>> {
    let framework = study.settings.framework.as_str();
    let codes = study.codes_in_tree_order().into_iter().map(|(_, code)| Plan {
        component: study.component_of(code.id, framework),
        name: study.code_path(code.id),
        about: code.definition.clone(),
        codes: BTreeSet::from([code.id]),
    });
    if by == By::Code {
        return codes.collect();
    }
    let by_code = study.themes_by_code(framework);
    let themes = study.themes_in_order().into_iter().map(|theme| Plan {
        component: study.component_of_theme(theme, framework),
        name: theme.name.clone(),
        about: theme.note.clone(),
        codes: by_code.iter().filter(|(_, held)| held.contains(&theme.id)).map(|(code, _)| *code).collect(),
    });
    let loose = codes.filter(|plan| plan.codes.iter().all(|code| !by_code.contains_key(code)));
    let mut plans: Vec<Plan<'_>> = themes.chain(loose).collect();
    // Components in the order of the framework, what is not classified last; within one, themes before codes.
    let order = study.components_of(framework);
    plans.sort_by_key(|plan| {
        plan.component.map_or(usize::MAX, |held| {
            order.iter().position(|component| component.id == held.id).unwrap_or(usize::MAX)
        })
    });
    plans
}

/// Makes quotations of codes, each once.
pub(super) struct Gatherer<'c> {
    counter: &'c Counter<'c>,
    study: &'c Study,
    attribution: &'c Attribution<'c>,
    wanted: &'c dyn Fn(&Quote) -> bool,
    with_refused: bool,
    refused: BTreeSet<QuoteId>,
    /// Quotes that were made once: most stand in several sections.
    made: BTreeMap<QuoteId, Option<Quotation>>,
    places: InOrder,
}

impl<'c> Gatherer<'c> {
    pub(super) fn new(
        counter: &'c Counter<'c>,
        attribution: &'c Attribution<'c>,
        wanted: &'c dyn Fn(&Quote) -> bool,
        with_refused: bool,
    ) -> Self {
        let study = counter.study();
        let (refused, made) = (BTreeSet::new(), BTreeMap::new());
        let places = InOrder::of(study);
        Self { counter, study, attribution, wanted, with_refused, refused, made, places }
    }

    /// The quotes that were left out, as somebody in them did not agree to be quoted.
    pub(super) fn refused(&self) -> &BTreeSet<QuoteId> {
        &self.refused
    }

    /// The quotes of some codes, in the order of a section.
    pub(super) fn gather(&mut self, codes: &BTreeSet<CodeId>) -> Result<Vec<Quotation>, AttributionError> {
        let mut sides: BTreeMap<QuoteId, Sides> = BTreeMap::new();
        let study = self.study;
        for coding in codes.iter().flat_map(|code| study.codings_with(*code)) {
            let held = sides.entry(coding.quote).or_default();
            let found = sides_of(study, coding);
            held.barrier |= found.barrier;
            held.facilitator |= found.facilitator;
        }
        self.in_order(sides)
    }

    /// The quotes on which there is no code.
    fn gather_uncoded(&mut self) -> Result<Vec<Quotation>, AttributionError> {
        let quotes = self.study.quotes().iter().map(|quote| quote.id);
        let uncoded = quotes.filter(|quote| self.study.codings_on(*quote).next().is_none());
        self.in_order(uncoded.map(|quote| (quote, Sides::default())).collect())
    }

    fn in_order(&mut self, sides: BTreeMap<QuoteId, Sides>) -> Result<Vec<Quotation>, AttributionError> {
        let study = self.study;
        let mut quotes = Vec::with_capacity(sides.len());
        for (id, sides) in sides {
            if let Some(quotation) = self.quotation(id)? {
                quotes.push(Quotation { sides, ..quotation });
            }
        }
        // Two coders may have marked one passage; where they take different sides, both are printed.
        let mut quotes = each_passage_once(study, quotes, |quotation| (quotation.id, quotation.sides));
        let columns = &self.counter.columns().columns;
        let column = |quotation: &Quotation| {
            let first = quotation.people.first();
            let held = first.and_then(|person| columns.iter().position(|held| held.people.contains(person)));
            held.unwrap_or(usize::MAX)
        };
        quotes.sort_by_cached_key(|quotation| {
            let place = study.quotes().get(&quotation.id).map(|quote| self.places.place(quote));
            (quotation.sides.rank(), column(quotation), !quotation.starred, place)
        });
        Ok(quotes)
    }

    /// One quote, without its sides; `None` if it does not belong into the list.
    fn quotation(&mut self, id: QuoteId) -> Result<Option<Quotation>, AttributionError> {
        if let Some(made) = self.made.get(&id) {
            return Ok(made.clone());
        }
        let made = match self.study.quotes().get(&id) {
            Some(quote) => self.make(quote)?,
            None => None,
        };
        self.made.insert(id, made.clone());
        Ok(made)
    }

    fn make(&mut self, quote: &Quote) -> Result<Option<Quotation>, AttributionError> {
        if !(self.wanted)(quote) {
            return Ok(None);
        }
        let people = self.study.people_of_quote(quote);
        if !self.with_refused && self.study.refuses_quoting(quote) {
            self.refused.insert(quote.id);
            return Ok(None);
        }
        let printed = Printed::of(self.study, quote, self.attribution)?;
        let style = &self.study.settings.quotation;
        let columns = &self.counter.columns().columns;
        let group = people
            .first()
            .and_then(|person| columns.iter().find(|column| column.people.contains(person)))
            .map(|column| column.group.label().replace('_', " "));
        Ok(Some(Quotation {
            id: quote.id,
            sides: Sides::default(),
            group: group.unwrap_or_default(),
            text: printed.bare_words(style),
            apart: printed.apart(style),
            attribution: printed.attribution.clone().unwrap_or_default(),
            place: printed.address.clone(),
            printed,
            starred: quote.starred,
            used: self.study.drafts_with(quote.id).map(str::to_owned).collect(),
            people,
            transcript: quote.transcript,
            passage: (quote.revision, quote.span),
        }))
    }
}

fn sides_of(study: &Study, coding: &Coding) -> Sides {
    let sides = study.effective_valence(coding).map(crate::study::Valence::sides).unwrap_or_default();
    Sides { barrier: sides.contains(&Side::Barrier), facilitator: sides.contains(&Side::Facilitator) }
}

impl QuoteList {
    /// How many passages are in it, each once, whoever marked it and wherever it stands.
    #[must_use]
    pub fn quotes(&self) -> usize {
        self.quotations().map(|quotation| quotation.passage).collect::<BTreeSet<_>>().len()
    }

    /// How many quotations are printed; one that stands in two sections is two.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sections.iter().map(|section| section.quotes.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// All quotations.
    pub fn quotations(&self) -> impl Iterator<Item = &Quotation> {
        self.sections.iter().flat_map(|section| &section.quotes)
    }

    /// What the manifest must say of it.
    #[must_use]
    pub fn contents(&self, study: &Study) -> Contents {
        let printed: BTreeSet<QuoteId> = self.quotations().map(|quotation| quotation.id).collect();
        Contents::quotes(study, printed.iter().filter_map(|id| study.quotes().get(id)))
    }

    /// Its words without their form, the same for every format: what is looked through for identifiers.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words: Vec<&str> = Vec::new();
        for section in &self.sections {
            words.extend([section.name.as_str(), &section.about]);
            words.extend(section.quotes.iter().flat_map(|held| [held.text.as_str(), &held.attribution]));
        }
        words.retain(|text| !text.is_empty());
        words.join("\n\n")
    }

    /// What somebody wrote of its sections, as far as a format has it: names, and what they mean where there is room for that.
    #[must_use]
    pub fn texts(&self, format: Format) -> Vec<&str> {
        let names = self.sections.iter().map(|section| section.name.as_str());
        let about = self.sections.iter().map(|section| section.about.as_str());
        names.chain(about.filter(|_| !format.is_sheet())).collect()
    }

    /// How many of its quotations a cell of that format does not hold whole.
    #[must_use]
    pub fn cut_cells(&self, format: Format) -> usize {
        if format == Format::Xlsx { table::of(self).cut_cells(format) } else { 0 }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// If a spreadsheet cannot hold so many.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, GridError> {
        match format {
            Format::Docx => Ok(docx::write(self)),
            Format::Markdown => Ok(markdown::write(self).into_bytes()),
            Format::Latex => Ok(latex::write(self).into_bytes()),
            Format::Text => Ok(text::write(self).into_bytes()),
            Format::Csv | Format::Xlsx => table::of(self).write(format),
        }
    }

    /// Walks the list as a document is written: what a heading or a quotation must be set apart from comes before it.
    fn walk<'l>(&'l self, mut step: impl FnMut(Step<'l>)) {
        let mut component: Option<&str> = None;
        for section in &self.sections {
            let held = section.component.as_deref().unwrap_or("Not classified");
            if component.replace(held) != Some(held) {
                step(Step::Component(held));
            }
            step(Step::Section(section));
            let mut last: Option<(Sides, &str)> = None;
            for quotation in &section.quotes {
                let under_a_group =
                    last.is_some_and(|(sides, group)| sides == quotation.sides && !group.is_empty());
                let group = match quotation.group.as_str() {
                    // Nobody must take these for words of the group above.
                    "" if under_a_group && quotation.people.is_empty() => OTHERS,
                    "" if under_a_group => NO_GROUP,
                    group => group,
                };
                let here = (quotation.sides, group);
                let before = last.replace(here);
                if before.is_none_or(|(sides, _)| sides != here.0) {
                    step(Step::Sides(here.0));
                }
                if before != last && !here.1.is_empty() {
                    step(Step::Group(here.1));
                }
                step(Step::Quotation(quotation));
            }
        }
    }
}

/// Heads quotes in which no participant speaks, below those of a group.
const OTHERS: &str = "interviewers and others";

/// Heads quotes of participants of whom no group is known, below those of one.
const NO_GROUP: &str = "of no group";

/// What comes next in a document.
enum Step<'l> {
    Component(&'l str),
    Section(&'l Section),
    Sides(Sides),
    Group(&'l str),
    Quotation(&'l Quotation),
}

impl Quotation {
    /// Star and drafts, where there is either.
    fn mark(&self) -> Option<String> {
        let used = (!self.used.is_empty()).then(|| format!("used in {}", self.used.join(", ")));
        let marks: Vec<String> = self.starred.then(|| "★".to_owned()).into_iter().chain(used).collect();
        (!marks.is_empty()).then(|| marks.join(" · "))
    }

    /// What goes along in small print: place, star, drafts.
    pub(super) fn aside(&self) -> String {
        let marks = self.mark().map(|mark| format!(" · {mark}"));
        format!("{}{}", self.place, marks.unwrap_or_default())
    }
}

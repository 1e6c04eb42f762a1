//! One key on any quote or unit puts it, with what stands behind it, where the study allows: the basket, a file beside the
//! draft, or the clipboard.

use super::appending::{Appending, Looking, file_name};
use crate::analysis::{Attribution, Quotation};
use crate::app::wrap::fit;
use crate::app::{Effect, Model, Screen, Spot};
use crate::study::{
    Action, BasketEntry, Change, Destination, Export, Markup, Quote, QuoteId, Record, Step, Voice, fresh,
};

impl Model {
    /// Puts the quote under the keys where the study says. A unit that is no quote becomes one of one's own, in the same
    /// action.
    pub(in crate::app) fn take_quote(&mut self) -> Vec<Effect> {
        let notices = self.notices;
        let Some((quote, mut changes)) = self.quote_to_take() else {
            // Why a passage can be no quote was said already.
            if self.notices != notices {
                return Vec::new();
            }
            self.refuse(match self.screen {
                Screen::Panels | Screen::Codebook | Screen::Tables => "No quote is chosen here.",
                Screen::Search => "There is no hit to quote yet.",
                _ => "There are no words here to quote.",
            });
            return Vec::new();
        };
        let spot = Spot { transcript: quote.transcript, span: quote.span };
        let address = self.address(spot);
        let people = self.study.people_of_quote(&quote).into_iter();
        let voices: Vec<Voice> = people.map(Voice::Participant).collect();
        if self.study.refuses_quoting(&quote) {
            let who = self.who_refused(&voices);
            self.refuse(format!(
                "Not put aside: {who} did not agree to be quoted. It is coded and counted all the same."
            ));
            return Vec::new();
        }
        if self.veil.whole(&self.study).is_quote_hidden(&quote) {
            self.refuse(format!("Not put aside: something of {address} is hidden; bring it back first."));
            return Vec::new();
        }
        match self.study.settings.quotation.to {
            Destination::Basket => self.take_to_basket(&quote, changes),
            Destination::File => self.take_to_file(quote, changes, &address),
            Destination::Clipboard => {
                let text = match self.quotation_of(&quote) {
                    Ok(text) => text,
                    Err(sentence) => {
                        self.refuse(sentence);
                        return Vec::new();
                    }
                };
                let is_new = !changes.is_empty();
                changes.push(self.left_by("clipboard", &quote, &voices));
                let mut effects =
                    self.commit("take_quote", format!("{address} quoted into the clipboard"), changes);
                if !effects.is_empty() {
                    let few = self.few_people(&quote);
                    let what = named(&address, &quote, is_new);
                    self.trouble(format!(
                        "{what}: participants' words are in the clipboard of your terminal now.{few}"
                    ));
                    effects.push(Effect::Copy(text));
                }
                effects
            }
        }
    }

    /// Looks whether the file beside the draft has the quotation already, unless that was said just before.
    fn take_to_file(&mut self, quote: Quote, changes: Vec<Change>, address: &str) -> Vec<Effect> {
        let Some(file) = self.study.settings.quotation.beside_draft() else {
            self.refuse(
                "study.toml says [quotation] to = \"file\" and no draft; say draft = \"paper.md\" there, and \
                 quotations go to paper.quotes.md.",
            );
            return Vec::new();
        };
        let text = match self.quotation_of(&quote) {
            Ok(text) => text,
            Err(sentence) => {
                self.refuse(sentence);
                return Vec::new();
            }
        };
        if self.quotes.appending.is_on_its_way(&file, &text) {
            self.say(format!("{address}: the quotation is on its way to {} already.", file_name(&file)));
            return Vec::new();
        }
        let wanted_again = self.quotes.appending.take_told(&file, &text);
        let looking = Looking { quote, changes, file: file.clone(), text: text.clone() };
        if wanted_again {
            return self.send_to_file(looking);
        }
        self.quotes.appending.look(looking);
        vec![Effect::LookForQuotation { file, text }]
    }

    /// Says in the study that the quotation stands in the file beside the draft; when that is on disk, it goes there.
    pub(super) fn send_to_file(&mut self, looking: Looking) -> Vec<Effect> {
        let Looking { quote, mut changes, file, text } = looking;
        let address = self.study.address_of(&quote);
        let what = named(&address, &quote, !changes.is_empty());
        let people = self.study.people_of_quote(&quote).into_iter();
        let voices: Vec<Voice> = people.map(Voice::Participant).collect();
        let name = file_name(&file).to_owned();
        changes.push(self.left_by(&name, &quote, &voices));
        let label = format!("{address} quoted into {name}");
        let step = Step {
            command: "take_quote".into(),
            label: label.clone(),
            reason: None,
            undoes: None,
            changes: changes.clone(),
        };
        match self.commit_step(step, Vec::new()) {
            Ok((action, effects)) => {
                self.say(format!("{what}: the quotation goes to {name} …"));
                let few = self.few_people(&quote);
                let appending = Appending { action, label, changes, file, text, what, few };
                self.quotes.appending.push(appending);
                effects
            }
            Err(conflict) => {
                // Who is leaving must read this first.
                self.saving.quitting = false;
                self.refuse(format!("Not done: {conflict}."));
                Vec::new()
            }
        }
    }

    fn take_to_basket(&mut self, quote: &Quote, mut changes: Vec<Change>) -> Vec<Effect> {
        let address = self.study.address_of(quote);
        let what = named(&address, quote, !changes.is_empty());
        if self.basket_entry(quote.id).is_some() {
            self.say(format!("{address} is in your basket already."));
            return Vec::new();
        }
        let entry = BasketEntry { id: fresh(&*self.source), coder: self.me.id, quote: quote.id };
        changes.push(Change::create(entry));
        let effects = self.commit("take_quote", format!("{address} put into the basket"), changes);
        if !effects.is_empty() {
            let held = self.study.basket_entries().iter().filter(|entry| entry.coder == self.me.id).count();
            let undo = self.keys_of("undo");
            let done = format!("{what} is in your basket, the {}; {undo} takes it out", nth(held));
            match self.few_people(quote).as_str() {
                "" => self.say(done),
                few => self.trouble(format!("{done}.{few}")),
            }
        }
        effects
    }

    /// Behind what is said of a quotation: that its descriptor fits so few people that it nearly names one. Else nothing.
    fn few_people(&mut self, quote: &Quote) -> String {
        let templates = self.templates();
        let attribution = templates.and_then(|held| Attribution::from_templates(&self.study, held));
        let telling = attribution.and_then(|attribution| attribution.telling_in(quote));
        let k = self.study.settings.attribution.k;
        let warnings = telling.unwrap_or_default();
        warnings.iter().filter_map(|held| held.warning(k)).map(|words| format!(" {words}")).collect()
    }

    /// Takes the chosen quote out of the basket.
    pub(in crate::app) fn remove_from_basket(&mut self) -> Vec<Effect> {
        let quote = self.chosen_quote().map(|quote| (quote.id, quote.transcript, quote.span));
        let entry = quote.and_then(|(quote, ..)| self.basket_entry(quote)).cloned();
        let Some(((_, transcript, span), entry)) = quote.zip(entry) else {
            self.refuse("The chosen quote is not in your basket.");
            return Vec::new();
        };
        let address = self.address(Spot { transcript, span });
        let mut changes = vec![Change::delete(entry)];
        changes.extend(self.study.changes_to_emptied(&changes));
        let effects =
            self.commit("remove_from_basket", format!("{address} taken out of the basket"), changes);
        if !effects.is_empty() {
            let undo = self.keys_of("undo");
            self.say(format!("{address} is out of your basket; {undo} puts it back"));
        }
        effects
    }

    /// Stars the chosen quote of the list, or takes its star away; only one's own.
    pub(in crate::app) fn star_chosen_quote(&mut self) -> Vec<Effect> {
        let Some(quote) = self.chosen_quote().cloned() else {
            self.refuse("No quote is listed.");
            return Vec::new();
        };
        if quote.coder != self.me.id {
            let who = self.study.coder_name(quote.coder).to_owned();
            self.refuse(format!("This quote is {who}'s: only they star it. The basket is yours."));
            return Vec::new();
        }
        let starred = !quote.starred;
        let address = self.address(Spot { transcript: quote.transcript, span: quote.span });
        let word = if starred { "starred" } else { "star taken away" };
        let mut changes = vec![Change::update(quote.clone(), Quote { starred, ..quote })];
        changes.extend(self.study.changes_to_emptied(&changes));
        let effects = self.commit("toggle_star", format!("{address} {word}"), changes);
        if !effects.is_empty() {
            self.say(format!("{address}: {word}"));
        }
        effects
    }

    /// The quote that the key is about, and the change that makes it if it is not there yet.
    fn quote_to_take(&mut self) -> Option<(Quote, Vec<Change>)> {
        if let Some(quote) = self.listed_quote().filter(|_| self.has_quotes_open()) {
            return Some((quote.clone(), Vec::new()));
        }
        if !matches!(self.screen, Screen::Read | Screen::Search) {
            return None;
        }
        let spot = self.target().filter(|spot| !spot.span.is_empty())?;
        let here = || self.coding_here().map(|here| here.quote).filter(|_| self.screen == Screen::Read);
        if let Some(quote) = self.own_quote(spot).or_else(|| here().filter(|_| !self.read.has_selection())) {
            return Some((quote.clone(), Vec::new()));
        }
        self.quote_on(spot)
    }

    /// Whether quotes are listed to choose from, where they stand behind a row or a number.
    pub(in crate::app) fn has_quotes_open(&self) -> bool {
        match self.screen {
            Screen::Panels => self.panels.quotes.open,
            Screen::Codebook => self.codebook.page.lists_quotes(),
            Screen::Tables => self.tables.quotes.open,
            _ => true,
        }
    }

    /// Whether what an action did shows in the list that is on the screen: what is put aside, starred or taken out there is
    /// undone there.
    pub(in crate::app) fn lists_quotes_of(&self, action: &Action) -> bool {
        self.screen == Screen::Quotes
            && action
                .changes
                .iter()
                .filter_map(Change::record)
                .all(|record| matches!(record, Record::BasketEntry(_) | Record::Quote(_) | Record::Export(_)))
    }

    /// Whether this coder has put a quote aside.
    #[must_use]
    pub fn is_in_my_basket(&self, quote: QuoteId) -> bool {
        self.basket_entry(quote).is_some()
    }

    fn basket_entry(&self, quote: QuoteId) -> Option<&BasketEntry> {
        self.study.basket_entries().iter().find(|entry| entry.coder == self.me.id && entry.quote == quote)
    }

    /// A quote as it is to be printed. It need not be in the study yet.
    fn quotation_of(&mut self, quote: &Quote) -> Result<String, String> {
        let templates = self.templates();
        let attribution = templates.and_then(|held| Attribution::from_templates(&self.study, held));
        let quotation = attribution.and_then(|attribution| Quotation::of(&self.study, quote, &attribution));
        let quotation = quotation.map_err(|error| format!("Not quoted: {error}."))?;
        let style = &self.study.settings.quotation;
        let mut text = quotation.write(style, style.markup());
        // A comment of LaTeX ends with its line.
        if style.markup() == Markup::Latex {
            text.push('\n');
        }
        Ok(text)
    }

    /// The record that words of these speakers left the study.
    fn left_by(&self, file: &str, quote: &Quote, voices: &[Voice]) -> Change {
        Change::create(Export {
            id: fresh(&*self.source),
            file: file.to_owned(),
            kind: String::from("quotes"),
            at: self.source.now(),
            sha256: String::new(),
            participants: voices.iter().filter_map(|voice| voice.participant()).collect(),
            transcripts: vec![quote.transcript],
        })
    }

    fn who_refused(&self, voices: &[Voice]) -> String {
        let people = voices.iter().filter_map(|voice| voice.participant());
        let refused = people.filter(|person| !self.study.may_quote(*person));
        let names: Vec<&str> = refused
            .filter_map(|id| self.study.participants().get(&id))
            .map(|held| held.name.as_str())
            .collect();
        names.join(", ")
    }
}

/// What was taken: its address, and the beginning of a passage that was no quote before: nobody chose its ends.
fn named(address: &str, quote: &Quote, is_new: bool) -> String {
    /// Columns of the words.
    const MOST: usize = 30;
    let words = crate::text::one_line(&quote.text);
    match is_new {
        true => format!("{address} “{}”", fit(&words, MOST, "…")),
        false => address.to_owned(),
    }
}

/// `1st`, `2nd`, `11th`.
fn nth(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

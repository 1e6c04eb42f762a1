//! Coding: from what the coder does to changes of the study.
//!
//! A coding needs a quote of the same coder over the very span. Coding makes one if there is none; taking away its last
//! coding takes it away too, unless it carries a star, a memo or a place in a summary.

use crate::app::search::Batch;
use crate::app::{Effect, Model, Screen, Spot};
use crate::study::{
    Change, Code, CodeId, CodeState, Coding, CodingId, Passage, PassageError, Quote, Record, Side, Valence,
    fresh, lies_in_tombstones,
};

use super::here::spoken_words;
use super::turn_words;
use crate::text::counted;

/// A coding under the cursor.
#[derive(Clone, Copy, Debug)]
pub struct Here<'s> {
    /// Its quote.
    pub quote: &'s Quote,
    /// The coding.
    pub coding: &'s Coding,
}

impl Model {
    /// The span that keys act on.
    #[must_use]
    pub fn target(&self) -> Option<Spot> {
        if self.screen == Screen::Search {
            return self.hit_passage().map(|(spot, _)| spot);
        }
        let open = self.read.open.as_ref()?;
        Some(Spot { transcript: open.transcript, span: open.selection() })
    }

    /// This coder's quote over exactly that span, if there is one.
    #[must_use]
    pub fn own_quote(&self, spot: Spot) -> Option<&Quote> {
        self.study.quote_of(self.me.id, spot.transcript, spot.span)
    }

    /// Quotes of this coder that share a byte with what keys act on: the one over exactly that span first, then smaller
    /// ones before larger ones.
    #[must_use]
    pub fn quotes_here(&self) -> Vec<&Quote> {
        let (Some(spot), Some(open)) = (self.target(), &self.read.open) else { return Vec::new() };
        let here = |quote: &&Quote| {
            quote.coder == self.me.id && quote.revision == open.revision && quote.span.overlaps(spot.span)
        };
        let mut quotes: Vec<&Quote> = self.study.quotes_in(spot.transcript).filter(here).collect();
        quotes.sort_by_key(|quote| (quote.span != spot.span, quote.span.len(), quote.span.start));
        quotes
    }

    /// Codings of this coder under the cursor, in the order of [`Model::quotes_here`]; on one quote the latest first.
    #[must_use]
    pub fn codings_here(&self) -> Vec<Here<'_>> {
        let mut found = Vec::new();
        for quote in self.quotes_here() {
            let mut codings: Vec<&Coding> = self.study.codings_on(quote.id).collect();
            codings.reverse();
            found.extend(codings.into_iter().map(|coding| Here { quote, coding }));
        }
        found
    }

    /// The coding that keys act on: the one chosen, else the first one under the cursor.
    #[must_use]
    pub fn coding_here(&self) -> Option<Here<'_>> {
        let all = self.codings_here();
        let focus = self.read.open.as_ref().and_then(|open| open.focus);
        all.iter().find(|here| Some(here.coding.id) == focus).or_else(|| all.first()).copied()
    }

    /// Whether the cursor is on a coding of this coder.
    #[must_use]
    pub fn has_coding_here(&self) -> bool {
        let (Some(spot), Some(open)) = (self.target(), &self.read.open) else { return false };
        self.study.quotes_in(spot.transcript).any(|quote| {
            quote.coder == self.me.id
                && quote.revision == open.revision
                && quote.span.overlaps(spot.span)
                && self.study.codings_on(quote.id).next().is_some()
        })
    }

    /// Codes what is selected, else the unit under the cursor. A code that is there already is a message.
    pub(in crate::app) fn apply_code(&mut self, code: CodeId) -> Vec<Effect> {
        let Some(code) = self.study.codes().get(&code).cloned() else {
            self.refuse("That code is not in the codebook any more.");
            return Vec::new();
        };
        self.code_target(&code, "", Vec::new())
    }

    /// The same by the name of the code.
    pub(in crate::app) fn apply_code_named(&mut self, name: &str) -> Vec<Effect> {
        match self.study.code_named(name).map(|code| code.id) {
            Some(code) => self.apply_code(code),
            None => {
                let near = crate::text::probably_meant(
                    name,
                    self.study.codes().iter().map(|code| code.name.as_str()),
                );
                let near = near.map_or_else(String::new, |near| format!("; did you mean “{near}”?"));
                self.refuse(format!("There is no code “{name}”{near}"));
                Vec::new()
            }
        }
    }

    /// Makes a new code and codes with it.
    pub(in crate::app) fn apply_new_code(&mut self, name: &str) -> Vec<Effect> {
        if let Some(hidden) = self.veil.hidden_code(name).cloned() {
            // Who must not know of it is told what they would be told without it.
            return self.code_target(&Code { name: name.to_owned(), ..hidden }, "new code ", Vec::new());
        }
        let code = Code { position: self.next_position(), ..Code::new(fresh(&*self.source), name) };
        self.code_target(&code, "new code ", vec![Change::create(code.clone())])
    }

    /// Behind all codes without a parent.
    fn next_position(&self) -> u32 {
        let top = self.study.codes().iter().filter(|code| code.parent.is_none());
        top.map(|code| code.position + 1).max().unwrap_or(0)
    }

    /// Puts a code on what keys act on, behind the changes that make it. `kind` is what the history says before its name.
    fn code_target(&mut self, code: &Code, kind: &str, mut changes: Vec<Change>) -> Vec<Effect> {
        if self.codes_marked_hits() {
            return self.code_marked(Batch { code: code.clone(), kind: kind.to_owned(), changes });
        }
        let Some(spot) = self.target().filter(|spot| !spot.span.is_empty()) else {
            self.refuse("There are no words here to code.");
            return Vec::new();
        };
        let (address, name) = (self.address(spot), &code.name);
        let passage = self.passage(spot);
        let coded = passage
            .and_then(|passage| self.study.changes_to_code(self.me.id, passage, code, None, &*self.source));
        match coded {
            Ok(coded) => changes.extend(coded),
            Err(PassageError::Already(_)) => {
                self.recent.note(code.id);
                self.refuse(format!("{address} has “{name}” already."));
                // That is what a review wanted of it.
                self.hit_coded(None);
                return Vec::new();
            }
            Err(error) => {
                self.refuse(format!("{address} cannot be coded: {error}."));
                return Vec::new();
            }
        }
        let made = changes.iter().find_map(|change| match &change.after {
            Some(Record::Coding(coding)) => Some(coding.id),
            _ => None,
        });
        let effects = self.commit("apply_code", format!("{address} {kind}“{name}”"), changes);
        if !effects.is_empty() {
            self.recent.note(code.id);
            if let Some(open) = &mut self.read.open {
                open.focus = made;
            }
            let heard = self.own_quote(spot).map(|quote| self.study.voices_of_quote(quote));
            let nobody = heard.is_some_and(|voices| voices.iter().all(|voice| voice.participant().is_none()));
            let nobody = if nobody { " (no participant speaks here: it counts for nobody)" } else { "" };
            let retired = if code.state == CodeState::Retired { " (a retired code)" } else { "" };
            let on = made.and_then(|coding| self.part_coded(coding));
            let on = on.map_or_else(String::new, |on| format!(", on {on}"));
            self.say(format!("{address}: {kind}{name}{retired}{on}{nobody}"));
            self.hit_coded(made);
        }
        effects
    }

    /// How much was coded, if it was not whole turns: a word beside a row looks like a sentence.
    fn part_coded(&self, coding: CodingId) -> Option<String> {
        let coding = self.study.codings().get(&coding)?;
        let quote = self.study.quotes().get(&coding.quote)?;
        let turns = &self.study.turns(quote.transcript)?.turns;
        let whole = turns.iter().any(|turn| turn.speech.start == quote.span.start)
            && turns.iter().any(|turn| turn.speech.end == quote.span.end);
        (!whole).then(|| counted(spoken_words(&self.study, quote), "word", "words"))
    }

    /// A passage on the screen, with its words.
    fn passage(&self, spot: Spot) -> Result<Passage<'_>, PassageError> {
        if self.screen != Screen::Search {
            let open = self.read.open.as_ref().filter(|open| open.transcript == spot.transcript);
            let open = open.ok_or(PassageError::Gone)?;
            let text = open.page.text();
            if lies_in_tombstones(text, spot.span) {
                return Err(PassageError::Erased);
            }
            let words = spot.span.slice(text).ok_or(PassageError::Outside)?;
            return Ok(Passage {
                transcript: spot.transcript,
                revision: open.revision,
                span: spot.span,
                words,
            });
        }
        let hit = self.search.hit().filter(|hit| hit.transcript == spot.transcript);
        let (hit, text) = hit.zip(self.search.text_of(self.search.chosen)).ok_or(PassageError::Gone)?;
        let words = text.slice(hit, spot.span).ok_or(PassageError::Outside)?;
        Ok(Passage { transcript: spot.transcript, revision: hit.revision, span: spot.span, words })
    }

    /// This coder's quote over a passage on the screen, with the change that makes it if there is none yet. Says why, if
    /// there can be none.
    pub(in crate::app) fn quote_on(&mut self, spot: Spot) -> Option<(Quote, Vec<Change>)> {
        let passage = self.passage(spot);
        let quote = passage.and_then(|passage| self.study.quote_on(self.me.id, passage, &*self.source));
        quote.map_err(|error| self.refuse(format!("{}: {error}.", self.address(spot)))).ok()
    }

    /// Turns one side of the coding under the cursor on, or off if it is on. Both sides are ambivalent.
    pub(in crate::app) fn toggle_side(&mut self, side: Side) -> Vec<Effect> {
        let Some(here) = self.coding_here() else { return Vec::new() };
        let Some(code) = self.study.codes().get(&here.coding.code) else { return Vec::new() };
        let (name, coding) = (code.name.clone(), here.coding.clone());
        if let Some(held) = code.side {
            self.refuse(format!(
                "“{name}” is a {} by itself: its side decides, not the coding.",
                held.name()
            ));
            return Vec::new();
        }
        let valence = toggled(coding.valence, side);
        let address = self.address(Spot { transcript: here.quote.transcript, span: here.quote.span });
        let words = valence.map_or("neither barrier nor facilitator", valence_word);
        let label = format!("{address} “{name}” {words}");
        let changes = vec![Change::update(coding.clone(), Coding { valence, ..coding })];
        let effects = self.commit("set_valence", label, changes);
        if !effects.is_empty() {
            let less = match (valence, side) {
                (Some(Valence::Both), Side::Barrier) => Some("toggle_facilitator"),
                (Some(Valence::Both), Side::Facilitator) => Some("toggle_barrier"),
                _ => None,
            };
            let how = less.map(|command| format!("; {} takes the other one away", self.keys_of(command)));
            self.say(format!("{address}: {name}, {words}{}", how.unwrap_or_default()));
        }
        effects
    }

    /// Stars the passage, or takes its star away.
    pub(in crate::app) fn toggle_star(&mut self) -> Vec<Effect> {
        let Some(spot) = self.target().filter(|spot| !spot.span.is_empty()) else { return Vec::new() };
        let held = self.own_quote(spot).or_else(|| self.coding_here().map(|here| here.quote)).cloned();
        let (span, starred, mut changes) = match held {
            Some(quote) => {
                let after = Quote { starred: !quote.starred, ..quote.clone() };
                (quote.span, after.starred, vec![Change::update(quote, after)])
            }
            None => match self.quote_on(spot) {
                Some((quote, _)) => (spot.span, true, vec![Change::create(Quote { starred: true, ..quote })]),
                None => return Vec::new(),
            },
        };
        changes.extend(self.study.changes_to_emptied(&changes));
        let address = self.address(Spot { span, ..spot });
        let word = if starred { "starred" } else { "star taken away" };
        let effects = self.commit("toggle_star", format!("{address} {word}"), changes);
        if !effects.is_empty() {
            self.say(format!("{address}: {word}"));
        }
        effects
    }

    /// Takes away the coding under the cursor, or all of this coder's under it.
    pub(in crate::app) fn remove_codings(&mut self, all: bool) -> Vec<Effect> {
        let chosen = self.coding_here().map(|here| here.coding.id);
        let going: Vec<(Quote, Coding)> = self
            .codings_here()
            .into_iter()
            .filter(|here| all || Some(here.coding.id) == chosen)
            .map(|here| (here.quote.clone(), here.coding.clone()))
            .collect();
        let Some((first, _)) = going.first() else { return Vec::new() };
        let address = self.address(Spot { transcript: first.transcript, span: first.span });
        let mut changes: Vec<Change> =
            going.iter().map(|(_, coding)| Change::delete(coding.clone())).collect();
        changes.extend(self.study.changes_to_emptied(&changes));
        let code = |coding: &Coding| self.study.codes().get(&coding.code).map(|code| code.name.clone());
        let what = match going.as_slice() {
            [(_, one)] => format!("“{}”", code(one).unwrap_or_default()),
            many => format!("{} codings", many.len()),
        };
        let keys = self.keys_of("undo");
        let effects = self.commit("remove_coding", format!("{address} {what} taken away"), changes);
        if !effects.is_empty() {
            self.say(format!("{address}: {what} taken away; {keys} brings it back"));
        }
        effects
    }

    /// Puts another code in place of one that was given. The quote stays, with its star and memos.
    pub(in crate::app) fn recode(&mut self, coding: CodingId, code: CodeId) -> Vec<Effect> {
        let Some(name) = self.study.codes().get(&code).map(|code| code.name.clone()) else {
            self.refuse("That code is not in the codebook any more.");
            return Vec::new();
        };
        self.replace_code(coding, code, &name, Vec::new())
    }

    /// The same with a code that is made for it.
    pub(in crate::app) fn recode_as_new(&mut self, coding: CodingId, name: &str) -> Vec<Effect> {
        if let Some(code) = self.veil.hidden_code(name).cloned() {
            return self.replace_code(coding, code.id, name, Vec::new());
        }
        let code = Code { position: self.next_position(), ..Code::new(fresh(&*self.source), name) };
        let (id, name) = (code.id, code.name.clone());
        self.replace_code(coding, id, &name, vec![Change::create(code)])
    }

    fn replace_code(
        &mut self,
        coding: CodingId,
        code: CodeId,
        name: &str,
        mut changes: Vec<Change>,
    ) -> Vec<Effect> {
        let Some(held) = self.study.codings().get(&coding).cloned() else {
            self.refuse("That coding is not there any more.");
            return Vec::new();
        };
        let Some(quote) = self.study.quotes().get(&held.quote) else { return Vec::new() };
        let address = self.address(Spot { transcript: quote.transcript, span: quote.span });
        if self.study.codings_on(held.quote).any(|other| other.code == code) {
            self.refuse(format!("{address} has “{name}” already."));
            return Vec::new();
        }
        let before = self.study.codes().get(&held.code).map_or_else(String::new, |code| code.name.clone());
        // A code with a side decides for itself: a valence of the coding's own would be against it or say it twice.
        let sided = self.study.codes().get(&code).is_some_and(|code| code.side.is_some());
        let valence = held.valence.filter(|_| !sided);
        // What is chosen anew with open eyes is not blind any more.
        let blind = held.blind && self.is_blind_on(quote.transcript);
        changes.push(Change::update(held.clone(), Coding { code, valence, blind, ..held }));
        let effects = self.commit("recode", format!("{address} “{name}” in place of “{before}”"), changes);
        if !effects.is_empty() {
            self.recent.note(code);
            self.say(format!("{address}: {name} in place of {before}"));
        }
        effects
    }

    /// Goes to the next of several codings under the cursor.
    pub(in crate::app) fn cycle_codings(&mut self) -> Vec<Effect> {
        let ids: Vec<CodingId> = self.codings_here().iter().map(|here| here.coding.id).collect();
        let chosen = self.coding_here().map(|here| here.coding.id);
        let at = ids.iter().position(|id| Some(*id) == chosen).unwrap_or(0);
        let next = ids.get((at + 1) % ids.len().max(1)).copied();
        if let Some(open) = &mut self.read.open {
            open.focus = next;
        }
        Vec::new()
    }

    /// A passage as people write it: `I43:41`, `FG06:12-14`.
    #[must_use]
    pub fn address(&self, spot: Spot) -> String {
        let name = self.study.transcripts().get(&spot.transcript).map_or("", |transcript| &transcript.name);
        match self.study.turns(spot.transcript) {
            Some(turns) => format!("{name}:{}", turn_words(turns, spot.span)),
            None => name.to_owned(),
        }
    }

    /// Codes with the last code.
    pub(in crate::app) fn repeat_code(&mut self) -> Vec<Effect> {
        if let Some(gone) = self.take_gone_code() {
            let next = self.recent.last(&self.study).and_then(|code| self.study.codes().get(&code));
            let next =
                next.map_or_else(String::new, |code| format!(" The next press codes with “{}”.", code.name));
            self.refuse(format!("Not coded: {gone}.{next}"));
            return Vec::new();
        }
        self.search.go_on_after_coding(true);
        match self.recent.last(&self.study) {
            Some(code) => self.apply_code(code),
            None => Vec::new(),
        }
    }

    /// The words that keys act on, as the name of a code.
    pub(super) fn words_of_target(&self) -> Option<String> {
        let open = self.read.open.as_ref()?;
        let words = open.selection().slice(open.page.text())?;
        let name = phrase(words);
        let name = name.trim_matches(is_mark);
        (!name.is_empty()).then(|| name.to_owned())
    }
}

/// The first words of a passage, as many as make a name: all of it if it is short, else up to where a phrase ends, or a
/// word where no phrase does.
fn phrase(passage: &str) -> String {
    /// Characters. A name longer than this is no name.
    const LONGEST: usize = 80;
    /// Fewer words than this are no phrase: a comma behind "Well" ends nothing.
    const FEWEST: usize = 4;
    let words: Vec<&str> = passage.split_whitespace().collect();
    let mut length = 0;
    let fitting = words.iter().take_while(|word| {
        length += word.chars().count() + 1;
        length <= LONGEST + 1
    });
    let fitting = fitting.count();
    let ends_phrase = |word: &&str| word.ends_with([',', ';', ':', '.', '!', '?', '…', '–', '—']);
    let phrase = words.get(..fitting).and_then(|words| words.iter().rposition(ends_phrase));
    let phrase = phrase.map(|at| at + 1).filter(|count| *count >= FEWEST && fitting < words.len());
    words.get(..phrase.unwrap_or(fitting)).unwrap_or_default().join(" ")
}

/// A mark that no name begins or ends with.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || matches!(c, '…' | '“' | '”' | '–' | '—')
}

/// Both sides together are ambivalent; the same side again goes.
fn toggled(held: Option<Valence>, side: Side) -> Option<Valence> {
    let other = match side {
        Side::Barrier => Side::Facilitator,
        Side::Facilitator => Side::Barrier,
    };
    match held {
        None => Some(side.into()),
        Some(Valence::Both) => Some(other.into()),
        Some(valence) if valence.has(side) => None,
        Some(_) => Some(Valence::Both),
    }
}

/// A valence in a word.
#[must_use]
pub(super) fn valence_word(valence: Valence) -> &'static str {
    match valence {
        Valence::Barrier => "barrier",
        Valence::Facilitator => "facilitator",
        Valence::Both => "both barrier and facilitator",
    }
}

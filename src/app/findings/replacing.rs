//! Findings that go: replaced by `[…]` or by a pseudonym, here or wherever the same words were found, as one action.
//!
//! In transcripts that is a new revision made by the engine of corrections; in memos, summaries and examples of codes the
//! record changes. The texts may have to be fetched first.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::keeping::NOTHING;
use super::listing::pattern_words;
use crate::analysis::identifiers::{Found, Place, same_words};
use crate::app::ask::{AsTyped, Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use crate::study::{Change, Edit, NewText, RevisionId, Step, TranscriptId};
use crate::text::{Span, counted};

/// What stands for words that must not stand there.
const LEFT_OUT: &str = "[…]";

/// How far a decision goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This finding.
    Here,
    /// All that say the same.
    Everywhere,
}

/// A replacement that waits for texts.
#[derive(Clone, Debug)]
pub(super) struct Replacing {
    targets: Vec<Arc<Found>>,
    replacement: String,
    /// The name, if it goes into the file of names with the replacement as its pseudonym.
    name: Option<String>,
    texts: HashMap<RevisionId, Arc<str>>,
    /// Which revisions the targets count in.
    revisions: BTreeMap<TranscriptId, RevisionId>,
}

impl Replacing {
    fn is_ready(&self) -> bool {
        self.revisions.values().all(|revision| self.texts.contains_key(revision))
    }
}

impl Model {
    /// Replaces the chosen finding by `[…]`.
    pub(in crate::app) fn leave_finding_out(&mut self, scope: Scope) -> Vec<Effect> {
        self.replace_finding(scope, LEFT_OUT.to_owned(), None)
    }

    /// Asks for a pseudonym for the chosen finding.
    pub(in crate::app) fn ask_pseudonym(&mut self, scope: Scope) -> Vec<Effect> {
        let Some(found) = self.findings.row().map(|row| Arc::clone(&row.found)) else {
            self.refuse(NOTHING);
            return Vec::new();
        };
        if scope == Scope::Everywhere && self.is_looking_through() {
            return Vec::new();
        }
        let names = Arc::clone(&self.findings.names);
        let own = names.pseudonym_of(found.name_words());
        let mut listed = names.pseudonyms();
        // The pseudonym of this name is the first one.
        listed.sort_by_key(|pseudonym| Some(*pseudonym) != own);
        let choice = |pseudonym: &str| Choice {
            words: pseudonym.to_owned(),
            detail: if Some(pseudonym) == own { "of this name".into() } else { String::new() },
            answer: pseudonym.to_owned(),
        };
        let choices = listed.into_iter().map(choice).collect();
        let wide = if scope == Scope::Here { "here" } else { "everywhere" };
        let question = format!("pseudonym, {wide}");
        let mut chooser = Chooser::new(question, "type one, or choose", choices, Asked::Pseudonym(scope));
        chooser.as_typed = Some(AsTyped { is: "a new pseudonym", below: usize::MAX });
        self.choose(chooser)
    }

    /// Replaces the chosen finding by a pseudonym, which goes into the file of names if it is new for this name.
    pub(in crate::app) fn replace_by_pseudonym(&mut self, scope: Scope, pseudonym: &str) -> Vec<Effect> {
        let Some(found) = self.findings.row().map(|row| Arc::clone(&row.found)) else { return Vec::new() };
        let name = found.name_words().split_whitespace().collect::<Vec<_>>().join(" ");
        let names = Arc::clone(&self.findings.names);
        if names.pseudonym_of(&name) == Some(pseudonym) {
            return self.replace_finding(scope, pseudonym.to_owned(), None);
        }
        if let Err(why) = names.takes(&name, pseudonym) {
            self.refuse(format!("Not done: {why}."));
            return Vec::new();
        }
        self.replace_finding(scope, pseudonym.to_owned(), Some(name))
    }

    /// Whether texts are still to be looked through: what would be called everywhere now would leave those out.
    fn is_looking_through(&mut self) -> bool {
        let (left, _) = self.findings.progress();
        if left > 0 {
            self.refuse(format!(
                "Not everything is looked through yet: {} to go. Everywhere waits until then; here you can go on.",
                counted(left, "text", "texts")
            ));
        }
        left > 0
    }

    fn replace_finding(&mut self, scope: Scope, replacement: String, name: Option<String>) -> Vec<Effect> {
        let Some(chosen) = self.findings.row().cloned() else {
            self.refuse(NOTHING);
            return Vec::new();
        };
        if scope == Scope::Everywhere && self.is_looking_through() {
            return Vec::new();
        }
        if self.findings.is_stale(&chosen.found) {
            self.refuse("This place is being looked through again: press the key again.");
            return Vec::new();
        }
        let wanted = same_words(chosen.found.name_words());
        let targets: Vec<Arc<Found>> = match scope {
            Scope::Here => vec![chosen.found],
            Scope::Everywhere => {
                let same = |found: &Found| same_words(found.name_words()) == wanted;
                let open =
                    self.findings.rows.iter().filter(|row| row.kept.is_none() || row.found == chosen.found);
                open.filter(|row| same(&row.found)).map(|row| Arc::clone(&row.found)).collect()
            }
        };
        let mut revisions = BTreeMap::new();
        for transcript in targets.iter().filter_map(|found| found.place.transcript()) {
            // What was found counts in the revision that was looked through.
            if let Some(looked) = self.findings.texts.get(&transcript) {
                revisions.insert(transcript, looked.state);
            }
        }
        let mut replacing = Replacing { targets, replacement, name, texts: HashMap::new(), revisions };
        let mut effects = Vec::new();
        for revision in replacing.revisions.values() {
            match self.findings.fresh.get(revision).or_else(|| self.texts.get(*revision)).cloned() {
                Some(text) => drop(replacing.texts.insert(*revision, text)),
                None if self.texts.ask(*revision) => effects.push(Effect::LoadText(*revision)),
                None => {}
            }
        }
        if replacing.is_ready() {
            return self.carry_out(replacing);
        }
        self.say(format!("Reading {} …", counted(replacing.revisions.len(), "transcript", "transcripts")));
        self.findings.replacing = Some(replacing);
        effects
    }

    /// A text came. If it is the last one that a replacement waits for, that is done.
    pub(in crate::app) fn replace_with_text(&mut self, revision: RevisionId, text: Arc<str>) -> Vec<Effect> {
        let Some(mut replacing) = self.findings.replacing.take() else { return Vec::new() };
        if replacing.revisions.values().any(|wanted| *wanted == revision) {
            replacing.texts.insert(revision, text);
        }
        if replacing.is_ready() {
            return self.carry_out(replacing);
        }
        self.findings.replacing = Some(replacing);
        Vec::new()
    }

    /// A text will not come.
    pub(in crate::app) fn give_up_replacing(&mut self) {
        self.findings.replacing = None;
    }

    fn carry_out(&mut self, replacing: Replacing) -> Vec<Effect> {
        let (mut changes, mut texts, mut doubtful) = (Vec::new(), Vec::new(), 0);
        for (transcript, revision) in &replacing.revisions {
            match self.replaced_in(&replacing, *transcript, *revision) {
                Ok((more, text, in_doubt)) => {
                    // Who speaks in several transcripts is renamed once.
                    let new: Vec<Change> =
                        more.into_iter().filter(|change| !changes.contains(change)).collect();
                    changes.extend(new);
                    texts.push(text);
                    doubtful += in_doubt;
                }
                Err(why) => {
                    let name =
                        self.study.transcripts().get(transcript).map_or("?", |held| held.name.as_str());
                    self.refuse(format!("Not done, {name}: {why}."));
                    return Vec::new();
                }
            }
        }
        if !self.still_say(&replacing) {
            self.refuse("Not done: a memo, summary or example changed meanwhile; look at it again.");
            return Vec::new();
        }
        changes.extend(self.replaced_in_records(&replacing));
        let (label, said) = self.say_replaced(&replacing);
        for text in &texts {
            self.veil.add_turns(&mut self.study, &text.turns.clone().into());
        }
        let fresh: Vec<(RevisionId, Arc<str>)> =
            texts.iter().map(|text| (text.revision, text.text.as_str().into())).collect();
        let step = Step { command: "replace_finding".into(), label, changes, ..Step::default() };
        match self.commit_step(step, texts) {
            Ok((_, mut effects)) => {
                for (revision, text) in fresh {
                    self.texts.put(revision, Arc::clone(&text));
                    self.findings.fresh.insert(revision, text);
                }
                let doubts = match doubtful {
                    0 => String::new(),
                    many => format!("; {} of yours in doubt", counted(many, "quote", "quotes")),
                };
                let keys = self.keys_of("undo");
                self.say(format!("{said}{doubts}; {keys} takes it back"));
                if let Some(real) = replacing.name {
                    effects.push(Effect::AddName { real, pseudonym: replacing.replacement });
                }
                effects
            }
            Err(conflict) => {
                self.refuse(format!("Not done: {conflict}."));
                Vec::new()
            }
        }
    }

    /// The next revision of a transcript, and how many quotes of this coder are in doubt then. What all coders did goes along,
    /// also what is hidden from this one, of which nothing is told.
    fn replaced_in(
        &self,
        replacing: &Replacing,
        transcript: TranscriptId,
        revision: RevisionId,
    ) -> Result<(Vec<Change>, NewText, usize), String> {
        let study = self.veil.whole(&self.study);
        let current = study.transcripts().get(&transcript).map(|held| held.revision);
        let text = replacing.texts.get(&revision).filter(|_| current == Some(revision));
        let text = text.ok_or("its text changed meanwhile; look at it again")?;
        let here = replacing.targets.iter().filter(|found| found.place.transcript() == Some(transcript));
        let mut spans: Vec<Span> = here.map(|found| found.name).collect();
        spans.sort();
        spans.dedup();
        let edits: Vec<Edit> =
            spans.into_iter().map(|span| Edit::rename(span, replacing.replacement.clone())).collect();
        let correction =
            study.correct(transcript, text, &edits, &*self.source).map_err(|error| error.to_string())?;
        let doubtful = self.put_in_doubt(&correction.doubtful);
        Ok((correction.changes, correction.text, doubtful))
    }

    /// Whether memos, summaries and examples of codes still say at these places what was found there.
    fn still_say(&self, replacing: &Replacing) -> bool {
        replacing.targets.iter().all(|found| {
            let text = match found.place {
                Place::Memo(id) => self.study.memos().get(&id).map(|memo| &memo.text),
                Place::Summary(id) => self.study.summaries().get(&id).map(|summary| &summary.text),
                Place::Example(id) => self.study.codes().get(&id).map(|code| &code.example),
                Place::Preamble(_) | Place::Turn(..) => return true,
            };
            text.and_then(|text| found.name.slice(text)) == Some(found.name_words())
        })
    }

    /// The changes of memos, summaries and examples of codes.
    fn replaced_in_records(&self, replacing: &Replacing) -> Vec<Change> {
        let mut by_place: BTreeMap<Place, Vec<Span>> = BTreeMap::new();
        for found in replacing.targets.iter().filter(|found| found.place.transcript().is_none()) {
            by_place.entry(found.place).or_default().push(found.name);
        }
        let with = |text: &str, spans: &[Span]| with_words(text, spans, &replacing.replacement);
        let change = |(place, spans): (Place, Vec<Span>)| match place {
            Place::Memo(id) => self.study.memos().get(&id).map(|memo| {
                let mut next = memo.clone();
                next.text = with(&memo.text, &spans);
                Change::update(memo.clone(), next)
            }),
            Place::Summary(id) => self.study.summaries().get(&id).map(|summary| {
                let mut next = summary.clone();
                next.text = with(&summary.text, &spans);
                Change::update(summary.clone(), next)
            }),
            Place::Example(id) => self.study.codes().get(&id).map(|code| {
                let mut next = code.clone();
                next.example = with(&code.example, &spans);
                Change::update(code.clone(), next)
            }),
            Place::Preamble(_) | Place::Turn(..) => None,
        };
        by_place.into_iter().filter_map(change).collect()
    }

    /// The label of the action, without any word that was found, and what is said of it.
    fn say_replaced(&self, replacing: &Replacing) -> (String, String) {
        let by = if replacing.replacement == LEFT_OUT { LEFT_OUT } else { "a pseudonym" };
        let patterns: BTreeSet<String> =
            replacing.targets.iter().map(|found| pattern_words(&found.pattern)).collect();
        let patterns = patterns.into_iter().collect::<Vec<_>>().join(", ");
        let place = match replacing.targets.as_slice() {
            [only] => self.finding_place(only),
            many => format!("{} in {}", counted(many.len(), "place", "places"), holders(many)),
        };
        (format!("finding ({patterns}) replaced by {by}: {place}"), format!("Replaced by {by}: {place}"))
    }
}

/// What holds some findings, each counted once: `2 transcripts, 1 memo`.
fn holders(found: &[Arc<Found>]) -> String {
    let of = |kind: fn(Place) -> bool| {
        let places = found.iter().map(|found| found.place).filter(|place| kind(*place));
        let things = places.map(|place| match place {
            // Turns of one transcript are one thing.
            Place::Turn(id, _) => Place::Preamble(id),
            place => place,
        });
        things.collect::<BTreeSet<Place>>().len()
    };
    let counts = [
        (of(|place| place.transcript().is_some()), "transcript", "transcripts"),
        (of(|place| matches!(place, Place::Memo(_))), "memo", "memos"),
        (of(|place| matches!(place, Place::Summary(_))), "summary", "summaries"),
        (of(|place| matches!(place, Place::Example(_))), "example of a code", "examples of codes"),
    ];
    let counts = counts.into_iter().filter(|(many, ..)| *many > 0);
    counts.map(|(many, one, more)| counted(many, one, more)).collect::<Vec<_>>().join(", ")
}

/// A text with other words at these spans of it, which do not overlap.
fn with_words(text: &str, spans: &[Span], words: &str) -> String {
    let mut spans = spans.to_vec();
    spans.sort();
    spans.dedup();
    let mut next = text.to_owned();
    for span in spans.into_iter().rev() {
        if next.get(span.range()).is_some() {
            next.replace_range(span.range(), words);
        }
    }
    next
}

//! Words that may tell who somebody is, to be kept or replaced.
//!
//! What is looked through is looked through elsewhere: the model asks for what changed since ([`Effect::Scan`]) while the
//! screen is up, and lists what comes back. A decision is one action. The names themselves are in no record: what is kept is
//! known by a digest, and the file of names lies outside the study.

mod going;
mod keeping;
mod listing;
mod replacing;

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

pub use listing::{FindingRow, Line};
use replacing::Replacing;
pub use replacing::Scope;

use super::listed::Roll;
use super::{Effect, Model};
use crate::analysis::identifiers::{Found, Names, Place};
use crate::study::{RevisionId, TranscriptId, Turns};

/// A text to be looked through.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanText {
    /// Of which transcript.
    pub transcript: TranscriptId,
    /// Which revision.
    pub revision: RevisionId,
    /// Its turns.
    pub turns: Arc<Turns>,
    /// The text, if it may not be on disk yet.
    pub text: Option<Arc<str>>,
}

/// A memo, summary or example to be looked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanRecord {
    /// Which.
    pub place: Place,
    /// A digest of its words, by which the answer is known to be about these.
    pub state: u64,
    /// What it says.
    pub text: String,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Scanned {
    /// In texts.
    pub texts: Vec<(TranscriptId, RevisionId, Vec<Found>)>,
    /// In records, with the digest of the words that were looked through.
    pub records: Vec<(Place, u64, Vec<Found>)>,
    /// The names that were watched for.
    pub names: Arc<Names>,
    /// What should be mended about the file of names, in a sentence.
    pub warning: Option<String>,
}

/// What was looked through, or is about to be: the state it was in, and what was found there once it is known.
#[derive(Clone, Debug)]
struct Looked<State> {
    state: State,
    found: Option<Vec<Arc<Found>>>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// The choice among the findings that are listed, and the first line in sight.
    pub roll: Roll,
    /// What is listed: headings, and findings by their place in `rows`.
    pub lines: Vec<Line>,
    /// The findings that are listed, in order.
    pub rows: Vec<FindingRow>,
    /// Whether those that are kept are listed, too.
    pub show_kept: bool,
    /// Open findings by severity: high, medium, low.
    pub open: [usize; 3],
    /// How many are kept.
    pub kept: usize,
    /// Pseudonyms, and what is watched for.
    pub names: Arc<Names>,
    /// Whether the file of names was read since.
    pub names_read: bool,
    /// Why nothing can be looked through, in a sentence.
    pub failed: Option<String>,
    generation: u64,
    texts: BTreeMap<TranscriptId, Looked<RevisionId>>,
    records: HashMap<Place, Looked<u64>>,
    /// Texts that were made here and may not be on disk.
    fresh: HashMap<RevisionId, Arc<str>>,
    /// The version of the study that was looked at last.
    seen: Option<u64>,
    /// Whether the lines are those of what was found.
    listed: bool,
    /// What is listed was complete: it stays while something of it is looked through again.
    stays: bool,
    replacing: Option<Replacing>,
}

impl Findings {
    /// Texts and records that are not looked through yet, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let texts = self.texts.values().filter(|looked| looked.found.is_none()).count();
        let records = self.records.values().filter(|looked| looked.found.is_none()).count();
        (texts + records, self.texts.len() + self.records.len())
    }

    /// Whether the words around a finding changed, and are not looked through again yet.
    fn is_stale(&self, found: &Found) -> bool {
        match found.place.transcript() {
            Some(transcript) => self.texts.get(&transcript).is_none_or(|looked| looked.found.is_none()),
            None => self.records.get(&found.place).is_none_or(|looked| looked.found.is_none()),
        }
    }

    /// The chosen finding.
    #[must_use]
    pub fn row(&self) -> Option<&FindingRow> {
        self.rows.get(self.roll.chosen)
    }

    /// Everything is looked through again: the names may be others.
    fn forget(&mut self) {
        self.generation += 1;
        (self.texts, self.records) = (BTreeMap::new(), HashMap::new());
        (self.seen, self.failed) = (None, None);
    }

    fn all(&self) -> impl Iterator<Item = &Arc<Found>> {
        let texts = self.texts.values().filter_map(|looked| looked.found.as_ref());
        let records = self.records.values().filter_map(|looked| looked.found.as_ref());
        texts.chain(records).flatten()
    }
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_findings(&mut self, by: isize) {
        let rows = self.findings.rows.len();
        self.findings.roll.step(by, rows);
    }

    /// Lays out the screen for its part of the window, and asks for what is not looked through yet.
    pub(super) fn arrange_findings(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.complete && self.findings.seen != Some(self.sheets.version()) {
            effects.extend(self.look_through());
            self.findings.seen = Some(self.sheets.version());
            self.findings.listed = false;
        }
        let left = self.findings.progress().0;
        if !self.findings.listed && self.complete {
            if self.findings.stays && left > 0 && self.findings.failed.is_none() {
                self.mark_kept_findings();
            } else {
                self.list_findings();
                self.findings.stays = left == 0 && !self.findings.lines.is_empty();
            }
            self.findings.listed = true;
        }
        let height = usize::from(self.body().height.saturating_sub(self.finding_rows()));
        let findings = &mut self.findings;
        let chosen = findings.lines.iter().position(|line| *line == Line::Finding(findings.roll.chosen));
        let chosen = chosen.unwrap_or(0);
        // The heading of the first of a group is shown with it.
        let above = chosen
            .checked_sub(1)
            .filter(|above| matches!(findings.lines.get(*above), Some(Line::Heading { .. })));
        findings.roll.show(above.unwrap_or(chosen), chosen + 1, height);
        findings.roll.top = findings.roll.top.min(findings.lines.len().saturating_sub(height.max(1)));
        effects
    }

    /// Rows of the window that the chosen finding takes below the list, with its rule and the limits of all this.
    #[must_use]
    pub fn finding_rows(&self) -> u16 {
        /// Below this the list has all of the window but the last row.
        const ROOM: u16 = 12;
        let body = self.body().height;
        match self.findings.rows.is_empty() {
            true => 0,
            false if body < ROOM => 1,
            false => (body / 4).clamp(5, 9),
        }
    }

    /// Asks for what changed since it was looked through.
    fn look_through(&mut self) -> Option<Effect> {
        let findings = &mut self.findings;
        let mut texts = Vec::new();
        let mut kept = BTreeMap::new();
        for transcript in self.study.transcripts().iter() {
            let (id, revision) = (transcript.id, transcript.revision);
            let looked = findings.texts.remove(&id).filter(|looked| looked.state == revision);
            if looked.is_none()
                && let Some(turns) = self.study.turns(id)
            {
                let text = findings.fresh.get(&revision).or_else(|| self.texts.get(revision));
                texts.push(ScanText {
                    transcript: id,
                    revision,
                    turns: Arc::clone(turns),
                    text: text.cloned(),
                });
            }
            kept.insert(id, looked.unwrap_or(Looked { state: revision, found: None }));
        }
        findings.texts = kept;
        let memos = self.study.memos().iter().map(|memo| (Place::Memo(memo.id), &memo.text));
        let summaries = self.study.summaries().iter().map(|held| (Place::Summary(held.id), &held.text));
        let examples = self.study.codes().iter().map(|code| (Place::Example(code.id), &code.example));
        let mut records = Vec::new();
        let mut kept = HashMap::new();
        for (place, text) in memos.chain(summaries).chain(examples).filter(|(_, text)| !text.is_empty()) {
            let state = hash_of(text);
            let looked = findings.records.remove(&place).filter(|looked| looked.state == state);
            if looked.is_none() {
                records.push(ScanRecord { place, state, text: text.clone() });
            }
            kept.insert(place, looked.unwrap_or(Looked { state, found: None }));
        }
        findings.records = kept;
        let nothing = texts.is_empty() && records.is_empty();
        (!nothing).then_some(Effect::Scan { generation: findings.generation, texts, records })
    }

    /// Takes in what was found.
    pub(super) fn scanned(&mut self, generation: u64, scanned: Scanned) {
        if generation != self.findings.generation {
            return;
        }
        let share = |found: Vec<Found>| Some(found.into_iter().map(Arc::new).collect());
        for (transcript, revision, found) in scanned.texts {
            let looked = self.findings.texts.get_mut(&transcript);
            if let Some(looked) = looked.filter(|looked| looked.state == revision) {
                looked.found = share(found);
                self.findings.fresh.remove(&revision);
            }
        }
        for (place, state, found) in scanned.records {
            // What changed meanwhile was asked for again: this answer is about other words.
            let looked = self.findings.records.get_mut(&place);
            if let Some(looked) = looked.filter(|looked| looked.state == state) {
                looked.found = share(found);
            }
        }
        (self.findings.names, self.findings.failed, self.findings.listed) = (scanned.names, None, false);
        self.findings.names_read = true;
        if let Some(warning) = scanned.warning {
            self.trouble(warning);
        }
    }

    /// Nothing can be looked through.
    pub(super) fn scan_failed(&mut self, generation: u64, sentence: String) {
        if generation == self.findings.generation {
            self.trouble(format!("Identifiers: {sentence}."));
            self.findings.failed = Some(sentence);
        }
    }

    /// The file of names has one more.
    pub(super) fn name_added(&mut self, names: Arc<Names>) {
        self.findings.forget();
        (self.findings.names, self.findings.names_read) = (names, true);
    }

    /// Looks through everything again.
    pub(super) fn scan_again(&mut self) -> Vec<Effect> {
        self.findings.forget();
        self.say("Looking through everything again");
        Vec::new()
    }
}

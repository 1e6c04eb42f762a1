//! What goes out with a file: a manifest that says what is in it, how many people stand behind each number, and where in the
//! history it was made. Whoever checks what leaves a server reads it instead of trusting the file's name.
//!
//! Pure: a [`Manifest`] is made from what an export says of itself ([`Contents`]). It is written as
//! `NAME.manifest.json` beside the file, indented, so that people can read it too. It holds no words of participants.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::analysis::verification::Descriptors;
use crate::document::sha256;
use crate::study::{
    AttributeOf, Case, Memo, MemoOn, ParticipantId, Quote, Study, Subject, TranscriptId, Voice,
};

/// What kind of thing a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Numbers of people and codings.
    Counts,
    /// What participants said, word for word.
    VerbatimQuotes,
    /// Codes with their definitions, and perhaps examples.
    Codebook,
    /// What is known of participants, one by one.
    Attributes,
    /// What researchers wrote.
    Memos,
}

/// How many participants stand behind a number, a heading or a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellSize {
    /// What the cell is: `group=public`, `Time to talk, clinician`.
    pub cell: String,
    /// How many people.
    pub participants: usize,
}

/// A descriptor that few people fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RareDescriptor {
    /// As it stands behind quotations, without a number.
    pub descriptor: String,
    /// How many participants of the study it fits.
    pub fits: usize,
}

/// What an export says of what it writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// What kinds of thing.
    pub holds: BTreeSet<Holds>,
    /// Whose words or attributes are in it.
    pub people: BTreeSet<ParticipantId>,
    /// Whose words its codes' examples and definitions cite, without saying whose they are.
    pub cited: BTreeSet<ParticipantId>,
    /// Whether they stand in it by name, as where its rows are people.
    pub by_name: bool,
    /// From which transcripts.
    pub transcripts: BTreeSet<TranscriptId>,
    /// How many quotes.
    pub quotes: usize,
    /// How many of these are of several speakers at once, or of nobody knows whom, in a transcript where somebody speaks who did
    /// not agree to be quoted: it may be their words.
    pub unclear_quotes: usize,
    /// Whose words or memos are in it though they did not agree to be quoted, as somebody asked for them.
    pub refused: BTreeSet<ParticipantId>,
    /// Participants per cell.
    pub cells: Vec<CellSize>,
    /// The conditions under which it counts or lists, as they were given; empty for everything.
    pub only: String,
}

impl Contents {
    /// Counts, with the participants behind each of their cells.
    #[must_use]
    pub fn counts(cells: Vec<CellSize>) -> Self {
        Self { holds: BTreeSet::from([Holds::Counts]), cells, ..Self::default() }
    }

    /// A codebook.
    #[must_use]
    pub fn codebook() -> Self {
        Self { holds: BTreeSet::from([Holds::Codebook]), ..Self::default() }
    }

    /// Quotes word for word. Their cells are the groups of the compared attribute.
    #[must_use]
    pub fn quotes<'q>(study: &Study, quotes: impl IntoIterator<Item = &'q Quote>) -> Self {
        let mut contents = Self { holds: BTreeSet::from([Holds::VerbatimQuotes]), ..Self::default() };
        for quote in quotes {
            contents.transcripts.insert(quote.transcript);
            contents.people.extend(study.people_of_quote(quote));
            contents = contents.with_quotes(study, [quote]);
        }
        contents.cells = contents.groups(study);
        contents
    }

    /// Counts quotes that stand in texts which it holds already.
    #[must_use]
    pub fn with_quotes<'q>(mut self, study: &Study, quotes: impl IntoIterator<Item = &'q Quote>) -> Self {
        for quote in quotes {
            self.quotes += 1;
            self.unclear_quotes += usize::from(is_unclear(study, quote));
        }
        self
    }

    /// Memos, with the quotes that they are on. Memos on somebody, or on what was said in a transcript, may hold words of
    /// theirs.
    #[must_use]
    pub fn memos(study: &Study, memos: &[&Memo]) -> Self {
        let on: BTreeSet<_> = memos
            .iter()
            .filter_map(|memo| match memo.on {
                MemoOn::Quote(quote) => Some(quote),
                _ => None,
            })
            .collect();
        let mut contents = Self::quotes(study, on.iter().filter_map(|id| study.quotes().get(id)));
        contents.holds.insert(Holds::Memos);
        for memo in memos {
            match memo.on {
                MemoOn::Participant(person) | MemoOn::Cell(Case::Participant(person), _) => {
                    contents.people.insert(person);
                }
                MemoOn::Transcript(transcript) | MemoOn::Cell(Case::Group(transcript), _) => {
                    contents.transcripts.insert(transcript);
                    contents.people.extend(study.speech_in(transcript).keys());
                }
                _ => {}
            }
        }
        contents.cells = contents.groups(study);
        contents
    }

    /// Whole transcripts with the words of these people. Their cells are the groups of the compared attribute.
    #[must_use]
    pub fn transcripts(
        study: &Study,
        transcripts: impl IntoIterator<Item = TranscriptId>,
        people: BTreeSet<ParticipantId>,
    ) -> Self {
        let (holds, transcripts) =
            (BTreeSet::from([Holds::VerbatimQuotes]), transcripts.into_iter().collect());
        let mut contents = Self { holds, people, transcripts, ..Self::default() };
        contents.cells = contents.groups(study);
        contents
    }

    /// What is known of these participants, row by row. Its cells are the values of each attribute.
    #[must_use]
    pub fn attributes(study: &Study, people: BTreeSet<ParticipantId>) -> Self {
        let mut contents = Self { holds: BTreeSet::from([Holds::Attributes]), people, ..Self::default() };
        for attribute in study.attributes_of(AttributeOf::Participant) {
            contents.cells.extend(contents.values(study, &attribute.name));
        }
        contents
    }

    /// Puts what another file of the same export holds in with it.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.holds.extend(other.holds);
        self.people.extend(other.people);
        self.cited.extend(other.cited);
        self.by_name |= other.by_name;
        self.transcripts.extend(other.transcripts);
        self.quotes += other.quotes;
        self.unclear_quotes += other.unclear_quotes;
        self.refused.extend(other.refused);
        self.cells.extend(other.cells);
        if self.only.is_empty() {
            self.only = other.only;
        }
        self
    }

    /// Says whose words the texts of its codes and themes cite.
    #[must_use]
    pub fn citing(mut self, people: BTreeSet<ParticipantId>) -> Self {
        if !people.is_empty() {
            self.holds.insert(Holds::VerbatimQuotes);
        }
        self.cited.extend(people);
        self
    }

    /// Says who of those in it did not agree to be quoted: words of theirs were asked for.
    #[must_use]
    pub fn with_refused(mut self, study: &Study) -> Self {
        if self.holds.contains(&Holds::VerbatimQuotes) {
            let everybody = self.everybody().into_iter();
            self.refused = everybody.filter(|person| !study.may_quote(*person)).collect();
        }
        self
    }

    /// Everybody of whom there is something in it.
    #[must_use]
    pub fn everybody(&self) -> BTreeSet<ParticipantId> {
        self.people.union(&self.cited).copied().collect()
    }

    fn groups(&self, study: &Study) -> Vec<CellSize> {
        study.settings.compare.as_deref().map(|name| self.values(study, name)).unwrap_or_default()
    }

    /// The people in it by the values of an attribute.
    fn values(&self, study: &Study, attribute: &str) -> Vec<CellSize> {
        let Some(attribute) = study.attribute_named(AttributeOf::Participant, attribute) else {
            return Vec::new();
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for person in &self.people {
            // Who would rather not say may be one of a few, too.
            if let Some(value) = study.value_of(Subject::Participant(*person), attribute) {
                *counts.entry(value.counted().map_or_else(|| value.to_cell(), str::to_owned)).or_default() +=
                    1;
            }
        }
        let cell =
            |(value, participants)| CellSize { cell: format!("{}={value}", attribute.name), participants };
        counts.into_iter().map(cell).collect()
    }
}

/// One file that goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Its name, without folders.
    pub name: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
}

impl FileEntry {
    /// Of a file with these bytes.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), bytes: bytes.len(), sha256: sha256(bytes) }
    }
}

/// What the identifier scan found in what goes out: patterns and numbers, never words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scanned {
    /// Whether it was made; it cannot be, where the list of names is not to be read.
    pub done: bool,
    /// Findings by how grave they are.
    pub by_severity: BTreeMap<&'static str, usize>,
    /// Findings by pattern.
    pub by_pattern: BTreeMap<String, usize>,
}

/// The end of the history at the moment of the export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Number of the last action.
    pub seq: i64,
    /// Its hash: `combe log --json` has it.
    pub hash: String,
}

/// Who made an export, when and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Name of the coder.
    pub coder: String,
    /// When.
    pub at: Timestamp,
    /// The end of the history.
    pub head: Option<Head>,
}

/// The manifest of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Manifest {
    schema: u32,
    program: &'static str,
    study: String,
    coder: String,
    at: String,
    /// What was exported, in the words of the command line.
    kind: String,
    /// See [`Contents::only`]; null for everything.
    only: Option<String>,
    /// The files that go out.
    pub files: Vec<FileEntry>,
    holds: BTreeSet<Holds>,
    quotes: usize,
    /// See [`Contents::unclear_quotes`].
    pub unclear_quotes: usize,
    participants: usize,
    /// Participants whose words are in it though they did not agree to be quoted: it must stay with the study.
    refused: Vec<String>,
    transcripts: Vec<String>,
    /// Participants whose words or attributes are in it.
    names: Vec<String>,
    cells: Vec<CellSize>,
    min_cell: usize,
    /// The cells among them of fewer participants than `min_cell`.
    pub cells_below: Vec<CellSize>,
    k: usize,
    /// Descriptors of people quoted that fit fewer than `k`.
    pub rare_descriptors: Vec<RareDescriptor>,
    identifiers: Scanned,
    history_head: Option<Head>,
}

impl Manifest {
    /// The manifest of some files. `descriptors` are those of the study, to tell which are rare; none where attributions cannot be
    /// composed.
    #[must_use]
    pub fn new(
        study: &Study,
        kind: &str,
        files: Vec<FileEntry>,
        contents: &Contents,
        descriptors: Option<&Descriptors>,
        identifiers: Scanned,
        origin: Origin,
    ) -> Self {
        let (k, min_cell) = (study.settings.attribution.k, study.settings.attribution.min_cell);
        let below = |cell: &&CellSize| cell.participants > 0 && cell.participants < min_cell;
        let name_of = |id| study.transcripts().get(id).map(|held| held.name.clone());
        let verbatim = contents.holds.contains(&Holds::VerbatimQuotes);
        let everybody = contents.everybody();
        let by_name = verbatim || contents.by_name || contents.holds.contains(&Holds::Attributes);
        let named = |people: &BTreeSet<ParticipantId>| -> Vec<String> {
            let all = study.participants_by_name().into_iter();
            all.filter(|person| people.contains(&person.id)).map(|person| person.name.clone()).collect()
        };
        let names = if by_name { named(&everybody) } else { Vec::new() };
        Self {
            schema: 1,
            program: concat!("combe ", env!("CARGO_PKG_VERSION")),
            study: study.settings.name.clone(),
            coder: origin.coder,
            at: origin.at.to_string(),
            kind: kind.to_owned(),
            only: Some(contents.only.clone()).filter(|only| !only.is_empty()),
            files,
            holds: contents.holds.clone(),
            quotes: contents.quotes,
            unclear_quotes: contents.unclear_quotes,
            participants: everybody.len(),
            refused: named(&contents.refused),
            transcripts: contents.transcripts.iter().filter_map(name_of).collect(),
            names,
            cells: contents.cells.clone(),
            min_cell,
            cells_below: contents.cells.iter().filter(below).cloned().collect(),
            k,
            rare_descriptors: descriptors
                .filter(|_| verbatim)
                .map(|descriptors| rare(contents, descriptors, k))
                .unwrap_or_default(),
            identifiers,
            history_head: origin.head,
        }
    }

    /// How many of the gravest findings the identifier scan has, if it has any.
    #[must_use]
    pub fn high_findings(&self) -> Option<usize> {
        self.identifiers.by_severity.get("high").copied()
    }

    /// The file, as it is written.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}

/// Whether a quote may hold words of somebody who did not agree to be quoted, though nobody knows.
fn is_unclear(study: &Study, quote: &Quote) -> bool {
    let nobody_knows = |voice: Voice| matches!(voice, Voice::Several | Voice::Unknown);
    study.voices_of_quote(quote).into_iter().any(nobody_knows)
        && study.speech_in(quote.transcript).keys().any(|person| !study.may_quote(*person))
}

fn rare(contents: &Contents, descriptors: &Descriptors, k: usize) -> Vec<RareDescriptor> {
    let mut found = BTreeMap::new();
    for person in &contents.people {
        for transcript in &contents.transcripts {
            if let Some(descriptor) = descriptors.descriptor(*person, *transcript) {
                found.entry(descriptor).or_insert_with(|| descriptors.fit(descriptor));
            }
        }
    }
    let rare = found.into_iter().filter(|(_, fits)| *fits < k);
    rare.map(|(descriptor, fits)| RareDescriptor { descriptor: descriptor.to_owned(), fits }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_digest() {
        // SHA-256 of "abc": FIPS 180-4, appendix B.1.
        let entry = FileEntry::of("a.csv", b"abc");
        assert_eq!(entry.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(entry.bytes, 3);
    }

    #[test]
    fn small_cells_are_listed_apart_and_empty_ones_tell_nothing() {
        let cell = |cell: &str, participants| CellSize { cell: cell.into(), participants };
        let contents = Contents::counts(vec![cell("a", 0), cell("b", 9), cell("c", 10)]);
        let origin = Origin { coder: "c1".into(), at: Timestamp::UNIX_EPOCH, head: None };
        let manifest = Manifest::new(
            &Study::default(),
            "table",
            Vec::new(),
            &contents,
            None,
            Scanned::default(),
            origin,
        );
        assert_eq!(manifest.cells_below, [cell("b", 9)]);
        let json: serde_json::Value = serde_json::from_slice(&manifest.to_json()).unwrap();
        assert_eq!(json["holds"], serde_json::json!(["counts"]));
        assert_eq!(json["at"], "1970-01-01T00:00:00Z");
    }
}

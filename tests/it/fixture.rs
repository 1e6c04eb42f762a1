//! Small studies for tests, made the way the program makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use combe::import::Texts;
use combe::store::{NewText, Signature, Store};
use combe::study::record::describe;
use combe::study::{
    Action, Binding, Change, Code, CodeId, Coder, CoderId, Coding, Kind, Participant, Quote, Revision,
    RevisionId, Source, Transcript, TranscriptId, Turn, TurnNumber, Turns, Voice, fresh,
};
use combe::text::{Span, count_words};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Texts of a study that no store keeps, and which of them came in with files.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    pub(crate) texts: BTreeMap<RevisionId, Arc<str>>,
    pub(crate) turns: BTreeMap<RevisionId, Turns>,
    pub(crate) of_files: BTreeSet<RevisionId>,
}

impl Texts for Kept {
    fn text(&self, revision: RevisionId) -> Option<Arc<str>> {
        self.texts.get(&revision).cloned()
    }

    fn turns(&self, revision: RevisionId) -> Option<Turns> {
        self.turns.get(&revision).cloned()
    }

    fn is_from_file(&self, revision: RevisionId) -> bool {
        self.of_files.contains(&revision)
    }
}

/// A clock that moves one second an asking, from 2026-01-05 09:00, and identifiers that never repeat.
pub(crate) struct Ticking {
    seconds: AtomicU64,
    ids: AtomicU64,
    process: u64,
}

impl Ticking {
    pub(crate) fn new() -> Self {
        Self::of_process(0)
    }

    /// Processes with different numbers make different identifiers.
    pub(crate) fn of_process(process: u64) -> Self {
        Self { seconds: AtomicU64::new(0), ids: AtomicU64::new(0), process }
    }

    pub(crate) fn skip_hours(&self, hours: u64) {
        self.seconds.fetch_add(hours * 3600, Ordering::Relaxed);
    }
}

impl Source for Ticking {
    fn now(&self) -> Timestamp {
        let passed = self.seconds.fetch_add(1, Ordering::Relaxed);
        Timestamp::from_second(1_767_603_600 + i64::try_from(passed).unwrap()).unwrap()
    }

    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(self.process, self.ids.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

pub(crate) fn signature() -> Signature {
    Signature { os_user: "tester".into(), host: "here".into(), process: std::process::id() }
}

pub(crate) const SETTINGS: &str = "schema = 1\nname = \"Test\"\nlead = \"c1\"\n";

/// An action of `coder` with these changes.
pub(crate) fn action(source: &Ticking, coder: CoderId, command: &str, changes: Vec<Change>) -> Action {
    let label = changes.first().and_then(Change::record).map_or_else(|| command.to_owned(), describe);
    Action {
        id: fresh(source),
        at: source.now(),
        coder,
        command: command.into(),
        label,
        reason: None,
        undoes: None,
        changes,
    }
}

/// A study on disk with the coder `c1`, the code `Time`, and one interview.
pub(crate) struct OnDisk {
    pub(crate) store: Store,
    pub(crate) source: Ticking,
    pub(crate) coder: CoderId,
    pub(crate) code: CodeId,
    pub(crate) transcript: TranscriptId,
    pub(crate) revision: RevisionId,
}

pub(crate) const INTERVIEW: &str = "Interviewer: How does time come into it?\n\nParticipant: I think time is really key. We’re so pressurised, ŷ.\n\n";

impl OnDisk {
    pub(crate) fn new(folder: &Path) -> Self {
        let source = Ticking::new();
        let mut store = Store::create(folder, SETTINGS, signature(), &source).unwrap();
        let (coder, code) = (fresh(&source), fresh(&source));
        let (transcript, revision) = (fresh(&source), fresh(&source));
        let (text, mut changes) = interview(&source, "I43", transcript, revision);
        changes.insert(0, Change::create(Coder { id: coder, name: "c1".into() }));
        changes.push(Change::create(Code::new(code, "Time")));
        let import = action(&source, coder, "import", changes);
        store.commit(&import, &[text]).unwrap();
        Self { store, source, coder, code, transcript, revision }
    }

    /// The quote of some words of the interview, and a coding with `Time`.
    pub(crate) fn coding_of(&self, words: &str) -> (Quote, Coding) {
        let start = INTERVIEW.find(words).unwrap();
        let quote = Quote {
            id: fresh(&self.source),
            coder: self.coder,
            transcript: self.transcript,
            revision: self.revision,
            span: Span::new(start, start + words.len()),
            text: words.into(),
            starred: false,
        };
        let coding = Coding {
            id: fresh(&self.source),
            quote: quote.id,
            code: self.code,
            valence: None,
            at: self.source.now(),
            blind: false,
        };
        (quote, coding)
    }

    /// Codes some words of the interview with `Time`.
    pub(crate) fn code_words(&mut self, words: &str) -> Action {
        let (quote, coding) = self.coding_of(words);
        let changes = vec![Change::create(quote), Change::create(coding)];
        let action = action(&self.source, self.coder, "apply_code", changes);
        self.store.commit(&action, &[]).unwrap();
        action
    }
}

/// The text and the records of an interview with one participant, who is named after it.
pub(crate) fn interview(
    source: &Ticking,
    name: &str,
    transcript: TranscriptId,
    revision: RevisionId,
) -> (NewText, Vec<Change>) {
    let turn = |number: u32, speaker: u16| {
        let label = ["Interviewer:", "Participant:"][usize::from(speaker)];
        let start = INTERVIEW.find(label).unwrap();
        let speech = start + label.len() + 1;
        let end = speech + INTERVIEW[speech..].find("\n\n").unwrap();
        Turn {
            number: TurnNumber::whole(number),
            speaker,
            label: Span::new(start, start + label.len()),
            speech: Span::new(speech, end),
            start_ms: None,
            end_ms: None,
            words: u32::try_from(count_words(&INTERVIEW[speech..end])).unwrap(),
        }
    };
    let turns = Turns {
        revision,
        speakers: vec!["interviewer".into(), "participant".into()],
        turns: vec![turn(1, 0), turn(2, 1)],
        times: vec![],
    };
    let digest = Sha256::digest(INTERVIEW).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let participant = fresh(source);
    let binding = |speaker: &str, voice| Binding { transcript, speaker: speaker.into(), voice };
    let changes = vec![
        Change::create(Participant { id: participant, name: name.into(), provisional: true }),
        Change::create(Transcript {
            id: transcript,
            name: name.into(),
            kind: Kind::Interview,
            revision,
            source: format!("{name}.txt"),
            sha256: digest.clone(),
            language: None,
        }),
        Change::create(Revision {
            id: revision,
            transcript,
            number: 1,
            at: source.now(),
            digest,
            encoding: "UTF-8".into(),
            layout: "label: speech".into(),
        }),
        Change::create(binding("interviewer", Voice::Interviewer)),
        Change::create(binding("participant", Voice::Participant(participant))),
    ];
    (NewText { revision, text: INTERVIEW.into(), turns }, changes)
}

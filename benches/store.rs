//! One durable coding beside one bare SQLite commit, in turns in one run on one disk.
//!
//! `cargo bench --bench store`

#![expect(clippy::unwrap_used, reason = "a bench on made-up data stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

use std::path::Path;
use std::time::{Duration, Instant};

use combe::run::SystemSource;
use combe::store::{NewText, Signature, Store};
use combe::study::{
    Action, Change, Code, Coder, Kind, Passage, Revision, Source, Study, Transcript, Turn, TurnNumber, Turns,
    fresh,
};
use combe::text::Span;

const TIMES: usize = 400;

fn main() {
    // Not the temporary folder, which may be in memory: the disk that the build is on.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (mut floor, mut ours) = (Vec::new(), Vec::new());
    let bare = bare(folder.path());
    let mut desk = Desk::new(&folder.path().join("study"));
    for nth in 0..TIMES {
        floor.push(time(|| {
            bare.execute(
                "INSERT INTO codings (quote, code) VALUES (?1, 'a code')",
                [i64::try_from(nth).unwrap()],
            )
            .unwrap();
        }));
        let action = desk.coding(nth);
        ours.push(time(|| {
            desk.store.commit(&action, &[]).unwrap();
        }));
        desk.study.apply(&action.changes).unwrap();
    }
    let (floor, ours) = (median(floor), median(ours));
    println!(
        "one coding: {:.3} ms durable; one bare commit: {:.3} ms; ratio {:.2}",
        ours.as_secs_f64() * 1000.0,
        floor.as_secs_f64() * 1000.0,
        ours.as_secs_f64() / floor.as_secs_f64()
    );
}

/// A database of one table with the same durability.
fn bare(folder: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(folder.join("bare.db")).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection.execute_batch("CREATE TABLE codings (quote INTEGER, code TEXT) STRICT").unwrap();
    connection
}

struct Desk {
    store: Store,
    study: Study,
    text: String,
    transcript: Transcript,
    code: Code,
    coder: Coder,
}

impl Desk {
    fn new(folder: &Path) -> Self {
        let signature =
            Signature { os_user: "bench".into(), host: "here".into(), process: std::process::id() };
        let mut store = Store::create(folder, "name = \"bench\"\n", signature, &SystemSource).unwrap();
        let text = "word ".repeat(TIMES + 1);
        let (id, revision) = (fresh(&SystemSource), fresh(&SystemSource));
        let transcript = Transcript {
            id,
            name: "I1".into(),
            kind: Kind::Interview,
            revision,
            source: "I1.txt".into(),
            sha256: String::new(),
            language: None,
        };
        let turn = Turn {
            number: TurnNumber::whole(1),
            speaker: 0,
            label: Span::default(),
            speech: Span::new(0, text.len()),
            start_ms: None,
            end_ms: None,
            words: 1,
        };
        let turns = Turns { revision, speakers: vec![String::new()], turns: vec![turn], times: vec![] };
        let (code, coder) =
            (Code::new(fresh(&SystemSource), "Time"), Coder { id: fresh(&SystemSource), name: "c1".into() });
        let record = Revision {
            id: revision,
            transcript: id,
            number: 1,
            at: SystemSource.now(),
            digest: String::new(),
            encoding: "UTF-8".into(),
            layout: "colon".into(),
        };
        let changes = vec![
            Change::create(coder.clone()),
            Change::create(code.clone()),
            Change::create(transcript.clone()),
            Change::create(record),
        ];
        let import = action(coder.id, "import", changes);
        store.commit(&import, &[NewText { revision, text: text.clone(), turns }]).unwrap();
        let (study, _) = store.load().unwrap();
        Self { store, study, text, transcript, code, coder }
    }

    fn coding(&self, nth: usize) -> Action {
        let span = Span::new(nth * 5, nth * 5 + 4);
        let passage = Passage::at(self.transcript.id, self.transcript.revision, span, &self.text).unwrap();
        let changes =
            self.study.changes_to_code(self.coder.id, passage, &self.code, None, &SystemSource).unwrap();
        action(self.coder.id, "apply_code", changes)
    }
}

fn action(coder: combe::study::CoderId, command: &str, changes: Vec<Change>) -> Action {
    Action {
        id: fresh(&SystemSource),
        at: SystemSource.now(),
        coder,
        command: command.into(),
        label: command.into(),
        reason: None,
        undoes: None,
        changes,
    }
}

fn time(step: impl FnOnce()) -> Duration {
    let began = Instant::now();
    step();
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

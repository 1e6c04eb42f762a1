//! The store: what is acknowledged stays, what is refused leaves nothing behind.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use combe::store::{Access, Opening, Store, StoreError, UndoStacks};
use combe::study::{
    Action, Binding, Blind, Change, Code, CodeId, Conflict, Consent, Export, Hidden, Hideable, Memo,
    MemoKind, MemoOn, Participant, ParticipantId, Point, Quote, Source, Study, Voice, fresh,
};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::fixture::{INTERVIEW, OnDisk, SETTINGS, Ticking, action, interview, signature};

fn opening(folder: &std::path::Path) -> Opening {
    Opening::new(folder.to_owned(), signature())
}

fn reopened(disk: OnDisk) -> (Store, Study) {
    let folder = disk.store.folder().to_owned();
    drop(disk.store);
    let mut store = Store::open(&opening(&folder), &disk.source).unwrap();
    let (study, _) = store.load().unwrap();
    (store, study)
}

/// Everything that a study holds, as text that can be compared.
fn contents(study: &Study) -> String {
    format!("{study:?}")
}

#[test]
fn what_was_committed_is_there_after_opening_again() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    disk.code_words("time is really key");
    let (transcript, revision) = (disk.transcript, disk.revision);
    let (mut store, study) = reopened(disk);
    let quote = study.quotes_in(transcript).next().unwrap();
    assert_eq!(quote.text, "time is really key");
    assert_eq!(quote.span.slice(INTERVIEW), Some("time is really key"));
    assert_eq!(study.codings_on(quote.id).count(), 1);
    assert_eq!(store.text(revision).unwrap().as_ref(), INTERVIEW);
    assert_eq!(study.turns(transcript).unwrap().turns.len(), 2);
    assert_eq!(study.settings.lead.as_deref(), Some("c1"));
    assert!(store.check().unwrap().iter().all(|finding| finding.ok));
    let first_screen = store.load_transcript(transcript).unwrap();
    assert_eq!(first_screen.quotes_in(transcript).count(), 1);
    assert_eq!(first_screen.speech_in(transcript), study.speech_in(transcript));
}

#[test]
fn a_change_of_something_that_changed_meanwhile_is_refused_whole() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    let code = Code::new(disk.code, "Time");
    let renamed = Code { name: "Time pressure".into(), ..code.clone() };
    let rename = action(&disk.source, disk.coder, "rename_code", vec![Change::update(code.clone(), renamed)]);
    disk.store.commit(&rename, &[]).unwrap();
    let (quote, coding) = disk.coding_of("time is really key");
    let late = Code { definition: "late".into(), ..code.clone() };
    let changes = vec![Change::create(quote), Change::create(coding), Change::update(code, late)];
    let refused = disk.store.commit(&action(&disk.source, disk.coder, "define_code", changes), &[]);
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::Changed { .. }))), "{refused:?}");
    let (study, seq) = disk.store.load().unwrap();
    assert_eq!((study.quotes().len(), seq), (0, 2));
}

#[test]
fn a_name_that_another_process_took_is_refused() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    let twin = Code::new(fresh(&disk.source), "TIME");
    let refused =
        disk.store.commit(&action(&disk.source, disk.coder, "new_code", vec![Change::create(twin)]), &[]);
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::Taken { .. }))), "{refused:?}");
    let dangling = Code { parent: Some(fresh(&disk.source)), ..Code::new(fresh(&disk.source), "Other") };
    let refused =
        disk.store.commit(&action(&disk.source, disk.coder, "new_code", vec![Change::create(dangling)]), &[]);
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::Dangling { .. }))), "{refused:?}");
}

#[test]
fn one_process_sees_what_another_did() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    let source = Ticking::of_process(7);
    let mut other = Store::open(&opening(folder.path()), &source).unwrap();
    let (mut study, seq) = other.load().unwrap();
    let version = other.data_version().unwrap();
    disk.code_words("time is really key");
    let (text, changes) = interview(&disk.source, "I44", fresh(&disk.source), fresh(&disk.source));
    disk.store.commit(&action(&disk.source, disk.coder, "import", changes), &[text]).unwrap();
    assert_ne!(other.data_version().unwrap(), version);
    other.look_for_others().unwrap();
    let others = other.take_others();
    assert_eq!(others.iter().map(|logged| logged.seq).collect::<Vec<_>>(), [seq + 1, seq + 2]);
    for logged in others {
        for turns in logged.turns {
            study.add_turns(turns.into());
        }
        study.apply(&logged.action.changes).unwrap();
    }
    let (fresh_study, _) = other.load().unwrap();
    assert_eq!(contents(&study), contents(&fresh_study));
}

#[test]
fn undo_and_redo_know_their_way_across_restarts_and_leave_imports_alone() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    let first = disk.code_words("time");
    let second = disk.code_words("key");
    let take_back = |disk: &OnDisk, of: &Action| Action {
        undoes: Some(of.id),
        ..action(&disk.source, disk.coder, "undo", of.inverse_changes())
    };
    let stacks = |disk: &OnDisk| disk.store.undo_stacks(disk.coder).unwrap();
    assert_eq!(stacks(&disk), UndoStacks { undo: vec![first.id, second.id], redo: vec![] });
    let undone = take_back(&disk, &second);
    disk.store.commit(&undone, &[]).unwrap();
    assert_eq!(stacks(&disk), UndoStacks { undo: vec![first.id], redo: vec![undone.id] });
    let redone = take_back(&disk, &undone);
    disk.store.commit(&redone, &[]).unwrap();
    assert_eq!(stacks(&disk), UndoStacks { undo: vec![first.id, redone.id], redo: vec![] });
    let held = disk.store.action(second.id).unwrap();
    assert_eq!(held, second);
    assert_eq!(disk.store.built_on(second.id).unwrap().unwrap().id, redone.id);
    assert_eq!(disk.store.built_on(first.id).unwrap(), None);
}

#[test]
fn what_still_stands_on_an_action_is_named_before_what_was_taken_back() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    let words = |disk: &OnDisk, text: &str, before: Option<&Memo>| {
        let id = before.map_or_else(|| fresh(&disk.source), |memo| memo.id);
        let (kind, at, coder) = (MemoKind::Analytic, jiff::Timestamp::UNIX_EPOCH, disk.coder);
        Memo { id, on: MemoOn::Study, kind, coder, at, text: text.into() }
    };
    let one = words(&disk, "one", None);
    let (two, three) = (words(&disk, "two", Some(&one)), words(&disk, "three", Some(&one)));
    let commit = |disk: &mut OnDisk, undoes, changes: Vec<Change>| {
        let made = Action { undoes, ..action(&disk.source, disk.coder, "write_memo", changes) };
        disk.store.commit(&made, &[]).unwrap();
        made
    };
    let first = commit(&mut disk, None, vec![Change::create(one.clone())]);
    let second = commit(&mut disk, None, vec![Change::update(one, two.clone())]);
    let third = commit(&mut disk, None, vec![Change::update(two, three)]);
    commit(&mut disk, Some(third.id), third.inverse_changes());
    assert_eq!(disk.store.built_on(first.id).unwrap().unwrap().id, second.id);
}

#[test]
fn an_undone_import_can_be_done_again_with_its_text() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    let entry = disk.store.log(None).unwrap().remove(0);
    let import = disk.store.action(entry.id).unwrap();
    // The coder stays: the undoing itself needs one.
    let changes: Vec<Change> = import
        .inverse_changes()
        .into_iter()
        .filter(|change| !matches!(change.record(), Some(combe::study::Record::Coder(_))))
        .collect();
    let undone = action(&disk.source, disk.coder, "undo", changes);
    disk.store.commit(&undone, &[]).unwrap();
    assert_eq!(disk.store.load().unwrap().0.transcripts().len(), 0);
    let again = undone.inverse_changes();
    let texts = disk.store.texts_for(&again).unwrap();
    disk.store.commit(&action(&disk.source, disk.coder, "redo", again), &texts).unwrap();
    let (study, _) = disk.store.load().unwrap();
    assert_eq!(study.turns(disk.transcript).unwrap().turns.len(), 2);
}

#[test]
fn a_row_or_an_entry_changed_by_hand_is_found() {
    for (sql, check) in [
        ("UPDATE codes SET definition = 'x'", "records"),
        ("UPDATE actions SET label = 'x' WHERE seq = 1", "history"),
        ("UPDATE changes SET after = replace(after, 'Time', 'Tide')", "changes"),
        ("UPDATE texts SET body = body || '.'", "texts"),
        ("DELETE FROM quotes", "references"),
    ] {
        let folder = tempdir().unwrap();
        let mut disk = OnDisk::new(folder.path());
        disk.code_words("time is really key");
        let tampering = rusqlite::Connection::open(folder.path().join("study.db")).unwrap();
        tampering.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
        let findings = disk.store.check().unwrap();
        assert!(findings.iter().any(|finding| finding.check == check && !finding.ok), "{sql}: {findings:?}");
    }
}

#[test]
fn files_belong_to_their_owner_alone_unless_shared() {
    let folder = tempdir().unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    for (name, settings, file, dir) in
        [("own", SETTINGS, 0o600, 0o700), ("group", "shared = true\n", 0o660, 0o2770)]
    {
        let home = folder.path().join(name);
        let source = Ticking::new();
        let store = Store::create(&home, settings, signature(), &source).unwrap();
        store.snapshot(source.now(), "first").unwrap();
        assert_eq!(mode(&home), dir);
        for entry in fs::read_dir(&home).unwrap().chain(fs::read_dir(home.join("snapshots")).unwrap()) {
            let path = entry.unwrap().path();
            if path.is_file() {
                assert_eq!(mode(&path), file, "{}", path.display());
            }
        }
    }
}

#[test]
fn a_newer_schema_is_refused_and_untouched() {
    let folder = tempdir().unwrap();
    drop(OnDisk::new(folder.path()));
    let path = folder.path().join("study.db");
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let before = fs::read(&path).unwrap();
    let refused = Store::open(&opening(folder.path()), &Ticking::new()).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 99, .. }), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

/// Makes the study of a folder into one of before blind coding.
fn as_before_blind_coding(folder: &std::path::Path) {
    let old = rusqlite::Connection::open(folder.join("study.db")).unwrap();
    old.execute_batch(
        "ALTER TABLE codings DROP COLUMN blind; DROP TABLE blinds;
         DROP TABLE hidden; DROP TABLE basket_entries; DROP TABLE usages; DROP TABLE exports; DROP TABLE reviews;
         DROP TABLE kept_findings; DROP TABLE erasures; DROP TABLE summaries;
         CREATE TABLE summaries (id TEXT NOT NULL PRIMARY KEY, \"case\" TEXT NOT NULL, theme TEXT NOT NULL, coder TEXT NOT NULL,
             at TEXT NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL, quotes TEXT NOT NULL) STRICT;
         PRAGMA user_version = 3;",
    )
    .unwrap();
}

#[test]
fn a_study_of_before_blind_coding_is_read_as_it_lies_and_upgraded_after_a_snapshot() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    disk.code_words("time is really key");
    drop(disk.store);
    as_before_blind_coding(folder.path());
    let read_only = Opening { read_only: true, ..opening(folder.path()) };
    let mut reader = Store::open(&read_only, &disk.source).unwrap();
    let (study, _) = reader.load().unwrap();
    assert!(study.codings().iter().all(|coding| !coding.blind));
    assert_eq!((study.codings().len(), reader.snapshots().unwrap().len()), (1, 0), "nothing was touched");
    drop(reader);
    let mut store = Store::open(&opening(folder.path()), &disk.source).unwrap();
    let snapshots = store.snapshots().unwrap();
    assert_eq!(snapshots[0].note.as_deref(), Some("before-migration"));
    let (study, _) = store.load().unwrap();
    assert_eq!((study.codings().len(), study.blinds().len()), (1, 0));
    let blind = Blind { transcript: disk.transcript, coder: disk.coder, start: disk.source.now(), end: None };
    let start = action(&disk.source, disk.coder, "start_blind", vec![Change::create(blind.clone())]);
    store.commit(&start, &[]).unwrap();
    assert!(store.check().unwrap().iter().all(|finding| finding.ok), "{:?}", store.check());
    // A second stretch cannot begin before the first one ends.
    let twice = Blind { start: disk.source.now(), ..blind.clone() };
    let twice =
        store.commit(&action(&disk.source, disk.coder, "start_blind", vec![Change::create(twice)]), &[]);
    assert!(matches!(twice, Err(StoreError::Conflict(Conflict::Taken { .. }))), "{twice:?}");
    // The snapshot of before can be gone back to; nobody is made to see what they code blind.
    let point = Point { id: fresh(&disk.source), name: "submitted".into() };
    let mark = action(&disk.source, disk.coder, "mark", vec![Change::create(point.clone())]);
    store.commit(&mark, &[]).unwrap();
    let back = store.changes_to_restore(&snapshots[0].name).unwrap();
    assert_eq!(back, [Change::delete(point)]);
}

#[test]
fn what_is_no_study_is_said_to_be_none() {
    let folder = tempdir().unwrap();
    let none = Store::open(&opening(folder.path()), &Ticking::new()).unwrap_err();
    assert!(matches!(none, StoreError::NoStudy(_)));
    fs::write(folder.path().join("study.db"), "no database at all, but long enough to be read as one")
        .unwrap();
    let damaged = Store::open(&opening(folder.path()), &Ticking::new()).unwrap_err();
    assert!(matches!(damaged, StoreError::Damaged { .. }), "{damaged:?}");
}

#[test]
fn a_broken_study_toml_names_its_line_and_the_last_good_one_holds() {
    let folder = tempdir().unwrap();
    let disk = OnDisk::new(folder.path());
    drop(disk.store);
    fs::write(folder.path().join("study.toml"), "schema = 1\nname = \"Test\nlead = \"c1\"\n").unwrap();
    let store = Store::open(&opening(folder.path()), &disk.source).unwrap();
    assert_eq!(store.settings().lead.as_deref(), Some("c1"));
    assert!(store.warnings()[0].starts_with("study.toml line 2"), "{:?}", store.warnings());
}

#[test]
fn a_study_opened_for_reading_can_be_read_and_refuses_the_rest() {
    let folder = tempdir().unwrap();
    let disk = OnDisk::new(folder.path());
    drop(disk.store);
    let read_only = Opening { read_only: true, ..opening(folder.path()) };
    let mut store = Store::open(&read_only, &disk.source).unwrap();
    assert!(matches!(store.access(), Access::ReadOnly(_)));
    assert_eq!(store.load().unwrap().0.transcripts().len(), 1);
    let point = Change::create(Point { id: fresh(&disk.source), name: "submitted".into() });
    let refused = store.commit(&action(&disk.source, disk.coder, "mark", vec![point]), &[]).unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly(_)));
}

#[test]
fn snapshots_are_made_when_due_thinned_out_and_restored_as_an_action() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    disk.code_words("time is really key");
    let named = disk.store.snapshot(disk.source.now(), "submitted").unwrap();
    let before = disk.store.load().unwrap().0;
    disk.code_words("key");
    let changes = disk.store.changes_to_restore(&named.name).unwrap();
    let restore = action(&disk.source, disk.coder, "restore", changes);
    disk.store.commit(&restore, &[]).unwrap();
    let (after, seq) = disk.store.load().unwrap();
    assert_eq!(contents(&after), contents(&before));
    assert_eq!(seq, 4);
    let undone = action(&disk.source, disk.coder, "undo", restore.inverse_changes());
    disk.store.commit(&undone, &[]).unwrap();
    assert_eq!(disk.store.load().unwrap().0.quotes().len(), 2);

    let count = |store: &Store| store.snapshots().unwrap().len();
    let mut disk = OnDisk { store: Store::open(&opening(folder.path()), &disk.source).unwrap(), ..disk };
    assert_eq!(count(&disk.store), 1, "none is due within an hour");
    for _ in 0..60 {
        disk.source.skip_hours(5);
        disk.code_words("time is really key. We");
        disk.source.skip_hours(1);
        let action = disk.store.log(Some(1)).unwrap().remove(0);
        let take_back = disk.store.action(action.id).unwrap().inverse_changes();
        disk.store = Store::open(&opening(folder.path()), &disk.source).unwrap();
        let back = crate::fixture::action(&disk.source, disk.coder, "undo", take_back);
        disk.store.commit(&back, &[]).unwrap();
    }
    // 60 snapshots in 15 days, six hours apart: four of the last day, one for each of the days before, and the named one.
    assert!((18..=22).contains(&count(&disk.store)), "{}", count(&disk.store));
    assert!(
        disk.store.snapshots().unwrap().iter().any(|snapshot| snapshot.note.as_deref() == Some("submitted"))
    );
}

#[test]
fn a_damaged_database_gives_way_to_a_snapshot_and_is_kept() {
    let folder = tempdir().unwrap();
    let disk = OnDisk::new(folder.path());
    let name = disk.store.snapshot(disk.source.now(), "").unwrap().name;
    let sound = Store::replace_damaged(&opening(folder.path()), &name, &disk.source);
    assert!(matches!(sound, Err(StoreError::Missing(_))));
    drop(disk.store);
    fs::write(folder.path().join("study.db"), vec![b'x'; 4096]).unwrap();
    let kept = Store::replace_damaged(&opening(folder.path()), &name, &disk.source).unwrap();
    assert_eq!(fs::read(kept).unwrap(), vec![b'x'; 4096]);
    let mut store = Store::open(&opening(folder.path()), &disk.source).unwrap();
    assert_eq!(store.load().unwrap().0.transcripts().len(), 1);
}

#[test]
fn drafts_and_reading_marks_are_kept_apart_from_the_history() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    let turn = |text: &str| text.parse().unwrap();
    let now = disk.source.now();
    disk.store.save_draft(disk.coder, "memo:1", None, Some("half a thou"), now).unwrap();
    disk.store.mark_turns(disk.coder, disk.transcript, &[turn("1"), turn("2")], false).unwrap();
    disk.store.mark_turns(disk.coder, disk.transcript, &[turn("2")], true).unwrap();
    disk.store.mark_turns(disk.coder, disk.transcript, &[turn("2")], false).unwrap();
    assert_eq!(disk.store.drafts(disk.coder).unwrap()["memo:1"], "half a thou");
    let marks = disk.store.reading_marks(disk.coder).unwrap();
    assert_eq!(marks[&disk.transcript], [(turn("1"), false), (turn("2"), true)].into());
    disk.store.save_draft(disk.coder, "memo:1", Some("half a thou"), None, now).unwrap();
    assert!(disk.store.drafts(disk.coder).unwrap().is_empty());
    assert_eq!(disk.store.seq().unwrap(), 1);
}

#[test]
fn two_connections_commit_in_turn_and_none_is_lost() {
    let folder = tempdir().unwrap();
    let disk = OnDisk::new(folder.path());
    let coder = disk.coder;
    std::thread::scope(|scope| {
        for process in 1..=2 {
            let folder = folder.path();
            scope.spawn(move || {
                let source = Ticking::of_process(process);
                let mut store = Store::open(&opening(folder), &source).unwrap();
                for number in 0..100 {
                    let id: CodeId = fresh(&source);
                    let code = Change::create(Code::new(id, &format!("Code {process} {number}")));
                    store.commit(&action(&source, coder, "new_code", vec![code]), &[]).unwrap();
                }
            });
        }
    });
    let (_, study) = reopened(disk);
    assert_eq!(study.codes().len(), 201);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any actions, taken back in reverse order, leave the study as it was; and disk and memory never differ.
    #[test]
    fn undo_after_do_is_identity(steps in prop::collection::vec((0usize..4, 0usize..4), 1..8)) {
        let folder = tempdir().unwrap();
        let mut disk = OnDisk::new(folder.path());
        let (mut study, _) = disk.store.load().unwrap();
        let before = contents(&study);
        let words = ["time", "key", "so pressurised, ŷ", "I think time is"];
        let mut done: Vec<Action> = Vec::new();
        for (kind, which) in steps {
            let (quote, coding) = disk.coding_of(words[which]);
            let held = study.quotes_in(disk.transcript).find(|held| held.span == quote.span).cloned();
            let changes = match (kind, held) {
                (0 | 1, None) => vec![Change::create(quote), Change::create(coding)],
                (2, Some(held)) => vec![Change::update(held.clone(), Quote { starred: !held.starred, ..held })],
                (3, Some(held)) => {
                    let codings: Vec<_> = study.codings_on(held.id).cloned().collect();
                    codings.into_iter().map(Change::delete).chain([Change::delete(held)]).collect()
                }
                _ => vec![Change::create(Code::new(fresh(&disk.source), &format!("Code {which}")))],
            };
            let action = action(&disk.source, disk.coder, "step", changes);
            let in_memory = study.apply(&action.changes);
            let on_disk = disk.store.commit(&action, &[]);
            prop_assert_eq!(in_memory.is_ok(), on_disk.is_ok());
            prop_assert_eq!(contents(&study), contents(&disk.store.load().unwrap().0));
            if on_disk.is_ok() {
                done.push(action);
            }
        }
        for action in done.iter().rev() {
            let held = disk.store.action(action.id).unwrap();
            let back = crate::fixture::action(&disk.source, disk.coder, "undo", held.inverse_changes());
            disk.store.commit(&back, &[]).unwrap();
        }
        prop_assert_eq!(contents(&disk.store.load().unwrap().0), before);
        prop_assert!(disk.store.check().unwrap().iter().all(|finding| finding.ok));
    }
}

#[test]
fn every_code_that_was_ever_made_is_known_with_those_that_are_gone() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    let older: CodeId = fresh(&disk.source);
    let younger: CodeId = fresh(&disk.source);
    for code in [older, younger] {
        let made = vec![Change::create(Code::new(code, &code.to_string()))];
        let made = action(&disk.source, disk.coder, "add_code", made);
        disk.store.commit(&made, &[]).unwrap();
    }
    let gone = vec![Change::delete(Code::new(older, &older.to_string()))];
    let gone = action(&disk.source, disk.coder, "delete_code", gone);
    disk.store.commit(&gone, &[]).unwrap();
    let made = disk.store.codes_made().unwrap();
    let expected =
        [(disk.code, "Time".to_owned()), (older, older.to_string()), (younger, younger.to_string())];
    assert_eq!(made, expected);
}

#[test]
fn the_past_of_the_codebook_is_read_without_what_else_was_done() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    disk.code_words("time is really key");
    let held = disk.store.load().unwrap().0.codes().get(&disk.code).unwrap().clone();
    let after = Code { definition: "Too little of it.".into(), ..held.clone() };
    let defined = action(&disk.source, disk.coder, "define_code", vec![Change::update(held, after)]);
    disk.store.commit(&defined, &[]).unwrap();
    let past = disk.store.actions_on(&combe::study::CODEBOOK_KINDS).unwrap();
    let commands: Vec<(&str, usize)> =
        past.iter().map(|action| (action.command.as_str(), action.changes.len())).collect();
    assert_eq!(commands, [("import", 1), ("define_code", 1)]);
    assert_eq!(combe::study::Past::new(past).definitions_since().get(&disk.code), Some(&defined.at));
}

/// Consent of a person to everything but quoting.
fn not_quoted(participant: ParticipantId) -> Consent {
    Consent { participant, analyse: true, quote: false, archive: true, withdrawn: None }
}

#[test]
fn a_restore_takes_back_no_refusal_no_hiding_no_blindness_and_nothing_that_left() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    disk.code_words("time is really key");
    let snapshot = disk.store.snapshot(disk.source.now(), "submitted").unwrap();
    let (study, _) = disk.store.load().unwrap();
    let made_up = study.participants().iter().next().unwrap().id;
    // The speaker turns out to be somebody else, who refuses; the person made up for the label goes.
    let person = Participant { id: fresh(&disk.source), name: "P17".into(), provisional: false };
    let bound = study.bindings().iter().find(|held| held.voice == Voice::Participant(made_up)).unwrap();
    let now = Binding { voice: Voice::Participant(person.id), ..bound.clone() };
    // Somebody who is in no transcript yet refuses as well.
    let later = Participant { id: fresh(&disk.source), name: "P30".into(), provisional: false };
    let left = Export {
        id: fresh(&disk.source),
        file: "quotes.md".into(),
        kind: "quotes".into(),
        at: disk.source.now(),
        sha256: String::new(),
        participants: vec![person.id],
        transcripts: vec![disk.transcript],
    };
    let first = study.turns(disk.transcript).unwrap().turns[0].number;
    let hidden = Hidden { id: fresh(&disk.source), what: Hideable::Turn(disk.transcript, first) };
    let blind = Blind { transcript: disk.transcript, coder: disk.coder, start: disk.source.now(), end: None };
    let changes = vec![
        Change::create(person.clone()),
        Change::create(later.clone()),
        Change::update(bound.clone(), now),
        Change::delete(study.participants().get(&made_up).unwrap().clone()),
        Change::create(not_quoted(person.id)),
        Change::create(not_quoted(later.id)),
        Change::create(left),
        Change::create(hidden.clone()),
        Change::create(blind),
        Change::create(Code::new(fresh(&disk.source), "Later")),
    ];
    let changes = action(&disk.source, disk.coder, "test", changes);
    disk.store.commit(&changes, &[]).unwrap();
    disk.store.load().unwrap();
    let back = disk.store.changes_to_restore(&snapshot.name).unwrap();
    disk.store.commit(&action(&disk.source, disk.coder, "restore", back), &[]).unwrap();
    let (after, _) = disk.store.load().unwrap();
    assert!(after.code_named("Later").is_none(), "the rest is as it was");
    let quote = after.quotes().iter().next().unwrap();
    assert!(after.refuses_quoting(quote), "the words are still theirs");
    assert!(!after.may_quote(later.id), "and who comes later is not taken for somebody who agreed");
    assert_eq!((after.exports().len(), after.hidden_by(hidden.what).is_some()), (1, true));
    assert!(after.is_blind(disk.coder, disk.transcript));
    assert!(disk.store.check().unwrap().iter().all(|finding| finding.ok), "{:?}", disk.store.check());
    assert!(disk.store.changes_to_restore(&snapshot.name).unwrap().is_empty(), "it stands there now");
}

/// Where a program is killed in the middle of a change of the whole file, as an erasure is, a journal is left that a reader
/// alone may not roll back.
#[test]
fn a_change_that_was_cut_short_is_rolled_back_for_who_only_reads() {
    let (folder, cut_short) = (tempdir().unwrap(), tempdir().unwrap());
    let mut disk = OnDisk::new(folder.path());
    disk.code_words("time is really key");
    let transcript = disk.transcript;
    drop(disk.store);
    let connection = rusqlite::Connection::open(folder.path().join("study.db")).unwrap();
    connection.pragma_update(None, "journal_mode", "DELETE").unwrap();
    connection.pragma_update(None, "cache_size", 1).unwrap();
    connection
        .execute_batch("BEGIN IMMEDIATE; UPDATE quotes SET text = 'gone'; CREATE TABLE filler (words TEXT);")
        .unwrap();
    for _ in 0..200 {
        connection.execute("INSERT INTO filler VALUES (?1)", ["x".repeat(4000)]).unwrap();
    }
    for name in ["study.toml", "study.db", "study.db-journal"] {
        fs::copy(folder.path().join(name), cut_short.path().join(name)).unwrap();
    }
    assert!(fs::metadata(cut_short.path().join("study.db-journal")).unwrap().len() > 0);
    let read_only = Opening { read_only: true, ..opening(cut_short.path()) };
    let mut store = Store::open(&read_only, &disk.source).unwrap();
    let (study, _) = store.load().unwrap();
    assert_eq!(study.quotes_in(transcript).next().unwrap().text, "time is really key");
    assert!(store.check().unwrap().iter().all(|finding| finding.ok));
}

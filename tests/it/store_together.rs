//! Several processes and several hosts on one study: who may write, and that two together cannot break what neither
//! could alone.

use std::path::Path;

use combe::store::{Access, FileSystem, Opening, Signature, Store, StoreError};
use combe::study::{
    Attribute, AttributeOf, Change, Code, CoderId, Coding, Conflict, Side, Source, Study, Valence, fresh,
};
use tempfile::tempdir;

use crate::fixture::{OnDisk, Ticking, action, signature};

/// The study as a process of that host opens it, as if it lay on a network.
fn on_network(folder: &Path, host: &str) -> Opening {
    let signature = Signature { host: host.into(), ..signature() };
    Opening { file_system: Some(FileSystem::Network), ..Opening::new(folder.to_owned(), signature) }
}

fn commit_code(store: &mut Store, coder: CoderId, source: &Ticking, name: &str) -> Result<(), StoreError> {
    let code = Change::create(Code::new(fresh(source), name));
    store.commit(&action(source, coder, "new_code", vec![code]), &[]).map(drop)
}

#[test]
fn on_a_network_one_host_writes_until_its_last_process_has_left() {
    let folder = tempdir().unwrap();
    let disk = OnDisk::new(folder.path());
    let source = Ticking::of_process(1);
    let first = Store::open(&on_network(folder.path(), "a"), &source).unwrap();
    let mut second = Store::open(&on_network(folder.path(), "a"), &source).unwrap();
    drop(first);
    let reader = Store::open(&on_network(folder.path(), "b"), &source).unwrap();
    let Access::ReadOnly(why) = reader.access() else { panic!("two hosts write") };
    assert!(why.contains("tester on a since 2026-01-05"), "{why}");
    commit_code(&mut second, disk.coder, &source, "Later").unwrap();
    drop((second, reader));
    let next = Store::open(&on_network(folder.path(), "b"), &source).unwrap();
    assert_eq!(*next.access(), Access::Write);
}

#[test]
fn a_host_that_was_taken_over_only_reads_from_its_next_commit_on() {
    let folder = tempdir().unwrap();
    let disk = OnDisk::new(folder.path());
    let source = Ticking::of_process(1);
    let mut old = Store::open(&on_network(folder.path(), "a"), &source).unwrap();
    commit_code(&mut old, disk.coder, &source, "Before").unwrap();
    let opening = Opening { take_over: true, ..on_network(folder.path(), "b") };
    let mut new = Store::open(&opening, &source).unwrap();
    commit_code(&mut new, disk.coder, &source, "After").unwrap();
    let refused = commit_code(&mut old, disk.coder, &source, "Too late").unwrap_err();
    assert!(matches!(&refused, StoreError::ReadOnly(why) if why.contains("taken over by tester on b")));
    assert!(matches!(old.access(), Access::ReadOnly(_)));
    let draft = old.save_draft(disk.coder, "memo:1", None, Some("half"), source.now());
    assert!(matches!(draft, Err(StoreError::ReadOnly(_))));
    drop(old);
    commit_code(&mut new, disk.coder, &source, "Still there").unwrap();
    let names: Vec<String> = new.load().unwrap().0.codes().iter().map(|code| code.name.clone()).collect();
    assert_eq!(names, ["Time", "Before", "After", "Still there"]);
}

#[test]
fn a_host_that_was_taken_over_reads_settings_and_keeps_them_nowhere() {
    let folder = tempdir().unwrap();
    let disk = OnDisk::new(folder.path());
    drop(disk.store);
    let source = Ticking::of_process(1);
    let mut old = Store::open(&on_network(folder.path(), "a"), &source).unwrap();
    old.look_at_settings().unwrap();
    let opening = Opening { take_over: true, ..on_network(folder.path(), "b") };
    let new = Store::open(&opening, &source).unwrap();
    let database = folder.path().join("study.db");
    let before = std::fs::read(&database).unwrap();
    std::fs::write(folder.path().join("study.toml"), "name = \"Another name\"\n").unwrap();
    let read = old.look_at_settings().unwrap().unwrap();
    assert_eq!((read.settings.name.as_str(), read.wrong), ("Another name", None));
    assert!(matches!(old.access(), Access::ReadOnly(_)));
    assert_eq!(std::fs::read(&database).unwrap(), before, "not one byte is written");
    drop(new);
}

/// Two processes that loaded the study when it had the codes `Time` and `Other`.
struct Two {
    disk: OnDisk,
    other: Store,
    source: Ticking,
    study: Study,
}

impl Two {
    fn new(folder: &Path) -> Two {
        let mut disk = OnDisk::new(folder);
        let source = Ticking::of_process(1);
        commit_code(&mut disk.store, disk.coder, &source, "Other").unwrap();
        let mut other = Store::open(&Opening::new(folder.to_owned(), signature()), &source).unwrap();
        let (study, _) = other.load().unwrap();
        disk.store.load().unwrap();
        Two { disk, other, source, study }
    }

    /// The first process does one thing, then the second, which has not seen it, does the other.
    fn one_after_the_other(&mut self, first: Vec<Change>, second: Vec<Change>) -> Result<(), StoreError> {
        self.study.clone().apply(&first).unwrap();
        self.study.clone().apply(&second).unwrap();
        let coder = self.disk.coder;
        self.disk.store.commit(&action(&self.source, coder, "first", first), &[]).unwrap();
        let before = self.disk.store.seq().unwrap();
        let done = self.other.commit(&action(&self.source, coder, "second", second), &[]).map(drop);
        assert_eq!(self.disk.store.seq().unwrap(), before + i64::from(done.is_ok()));
        done
    }
}

#[test]
fn a_valence_and_a_side_of_two_processes_do_not_meet() {
    let folder = tempdir().unwrap();
    let mut two = Two::new(folder.path());
    let code = two.study.code_named("time").unwrap().clone();
    let sided = Code { side: Some(Side::Barrier), ..code.clone() };
    let (quote, coding) = two.disk.coding_of("time is really key");
    let coding = Coding { valence: Some(Valence::Facilitator), ..coding };
    let refused = two.one_after_the_other(
        vec![Change::update(code, sided)],
        vec![Change::create(quote), Change::create(coding)],
    );
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::Rule { .. }))), "{refused:?}");
    assert_eq!(two.other.take_others().len(), 1, "it knows now what it collided with");
    commit_code(&mut two.other, two.disk.coder, &two.source, "It goes on").unwrap();
    assert!(two.other.check().unwrap().iter().all(|finding| finding.ok));
}

#[test]
fn two_processes_cannot_close_a_ring_of_codes() {
    let folder = tempdir().unwrap();
    let mut two = Two::new(folder.path());
    let [time, other] = ["time", "other"].map(|name| two.study.code_named(name).unwrap().clone());
    let below = |code: &Code, parent: &Code| {
        Change::update(code.clone(), Code { parent: Some(parent.id), ..code.clone() })
    };
    let refused = two.one_after_the_other(vec![below(&time, &other)], vec![below(&other, &time)]);
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::Rule { .. }))), "{refused:?}");
}

#[test]
fn two_processes_cannot_give_one_name_to_two_attributes() {
    let folder = tempdir().unwrap();
    let mut two = Two::new(folder.path());
    let attribute = |source: &Ticking, name: &str| {
        let (id, name) = (fresh(source), name.into());
        vec![Change::create(Attribute { id, name, of: AttributeOf::Participant, position: 0 })]
    };
    let (first, second) = (attribute(&two.source, "age group"), attribute(&two.source, "Age_Group"));
    let refused = two.one_after_the_other(first, second);
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::Taken { .. }))), "{refused:?}");
}

#[test]
fn what_others_did_is_neither_skipped_nor_told_twice() {
    let folder = tempdir().unwrap();
    let mut two = Two::new(folder.path());
    let told =
        |store: &mut Store| -> Vec<i64> { store.take_others().iter().map(|logged| logged.seq).collect() };
    commit_code(&mut two.disk.store, two.disk.coder, &two.source, "A").unwrap();
    // One change of it cannot be read for a while, as on a disk that fails.
    let spoil = rusqlite::Connection::open(folder.path().join("study.db")).unwrap();
    spoil.execute_batch("UPDATE changes SET after = '?' || after WHERE action = 3").unwrap();
    two.other.look_for_others().unwrap_err();
    commit_code(&mut two.other, two.disk.coder, &two.source, "B").unwrap_err();
    assert_eq!(told(&mut two.other), [0; 0]);
    spoil.execute_batch("UPDATE changes SET after = substr(after, 2) WHERE action = 3").unwrap();
    commit_code(&mut two.other, two.disk.coder, &two.source, "B").unwrap();
    assert_eq!(told(&mut two.other), [3]);
    two.disk.store.look_for_others().unwrap();
    assert_eq!(told(&mut two.disk.store), [4]);
    assert_eq!(told(&mut two.disk.store), [0; 0]);
}

#[test]
fn who_uses_what_an_action_made_has_built_on_it() {
    let folder = tempdir().unwrap();
    let mut disk = OnDisk::new(folder.path());
    let code = Code::new(fresh(&disk.source), "Later");
    let made = action(&disk.source, disk.coder, "new_code", vec![Change::create(code.clone())]);
    disk.store.commit(&made, &[]).unwrap();
    assert_eq!(disk.store.built_on(made.id).unwrap(), None);
    let (quote, coding) = disk.coding_of("time is really key");
    let coding = Coding { code: code.id, ..coding };
    let used =
        action(&disk.source, disk.coder, "apply_code", vec![Change::create(quote), Change::create(coding)]);
    disk.store.commit(&used, &[]).unwrap();
    assert_eq!(disk.store.built_on(made.id).unwrap().unwrap().id, used.id);
    assert_eq!(disk.store.built_on(used.id).unwrap(), None);
}

//! Several processes and several hosts on one study: who may write, and that two together cannot break what neither
//! could alone.

use std::path::Path;

use combe::store::{Access, FileSystem, Opening, Signature, Store, StoreError};
use combe::study::{Change, Code, Source, fresh};
use tempfile::tempdir;

use crate::fixture::{OnDisk, Ticking, action, signature};

/// The study as a process of that host opens it, as if it lay on a network.
fn on_network(folder: &Path, host: &str) -> Opening {
    let signature = Signature { host: host.into(), ..signature() };
    Opening { file_system: Some(FileSystem::Network), ..Opening::new(folder.to_owned(), signature) }
}

fn commit_code(store: &mut Store, disk: &OnDisk, source: &Ticking, name: &str) -> Result<(), StoreError> {
    let code = Change::create(Code::new(fresh(source), name));
    store.commit(&action(source, disk.coder, "new_code", vec![code]), &[]).map(drop)
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
    commit_code(&mut second, &disk, &source, "Later").unwrap();
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
    commit_code(&mut old, &disk, &source, "Before").unwrap();
    let opening = Opening { take_over: true, ..on_network(folder.path(), "b") };
    let mut new = Store::open(&opening, &source).unwrap();
    commit_code(&mut new, &disk, &source, "After").unwrap();
    let refused = commit_code(&mut old, &disk, &source, "Too late").unwrap_err();
    assert!(matches!(&refused, StoreError::ReadOnly(why) if why.contains("taken over by tester on b")));
    assert!(matches!(old.access(), Access::ReadOnly(_)));
    let draft = old.save_draft(disk.coder, "memo:1", Some("half"), source.now());
    assert!(matches!(draft, Err(StoreError::ReadOnly(_))));
    drop(old);
    commit_code(&mut new, &disk, &source, "Still there").unwrap();
    let names: Vec<String> = new.load().unwrap().0.codes().iter().map(|code| code.name.clone()).collect();
    assert_eq!(names, ["Time", "Before", "After", "Still there"]);
}

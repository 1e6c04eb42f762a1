//! A damaged database gives way to a snapshot, and nothing else does.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio, exit};
use std::thread;
use std::time::Duration;

use combe::store::{FileSystem, Opening, Signature, Store, StoreError};
use combe::study::Source;
use tempfile::tempdir;

use crate::fixture::{OnDisk, Ticking, signature};

fn opening(folder: &Path) -> Opening {
    Opening::new(folder.to_owned(), signature())
}

/// Spoils the database of a study of which nothing is open. Gives the name of a snapshot of it.
fn damaged(folder: &Path) -> String {
    let disk = OnDisk::new(folder);
    let name = disk.store.snapshot(disk.source.now(), "").unwrap().name;
    drop(disk);
    fs::write(folder.join("study.db"), vec![b'x'; 4096]).unwrap();
    name
}

/// The folder of the study that this process holds open; without it [`holder`] is a test that does nothing.
const WHERE: &str = "COMBE_TEST_HELD_STUDY";

#[test]
fn holder() {
    let Some(folder) = env::var_os(WHERE) else { return };
    let mut store = Store::open(&opening(folder.as_ref()), &Ticking::new()).unwrap();
    store.load().unwrap();
    fs::write(Path::new(&folder).join("held"), "").unwrap();
    // Until it is killed.
    thread::sleep(Duration::from_secs(60));
    exit(0);
}

#[test]
fn a_database_that_a_living_process_has_open_is_not_replaced() {
    let folder = tempdir().unwrap();
    let disk = OnDisk::new(folder.path());
    let name = disk.store.snapshot(disk.source.now(), "").unwrap().name;
    drop(disk);
    let mut holder = Command::new(env::current_exe().unwrap())
        .args(["--exact", "store_replaced::holder", "--nocapture"])
        .env(WHERE, folder.path())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while !folder.path().join("held").exists() {
        thread::sleep(Duration::from_millis(20));
    }
    fs::write(folder.path().join("study.db"), vec![b'x'; 4096]).unwrap();
    let refused = Store::replace_damaged(&opening(folder.path()), &name, &Ticking::new());
    holder.kill().unwrap();
    holder.wait().unwrap();
    let Err(StoreError::File { why, .. }) = refused else { panic!("{refused:?}") };
    assert!(why.starts_with("another process has it open"), "{why}");
    let kept = Store::replace_damaged(&opening(folder.path()), &name, &Ticking::new()).unwrap();
    assert_eq!(fs::read(kept).unwrap(), vec![b'x'; 4096]);
    let mut store = Store::open(&opening(folder.path()), &Ticking::new()).unwrap();
    assert_eq!(store.load().unwrap().0.transcripts().len(), 1);
}

#[test]
fn a_study_that_another_host_writes_is_not_replaced() {
    let folder = tempdir().unwrap();
    let source = Ticking::new();
    let on = |host: &str| Opening {
        file_system: Some(FileSystem::Network),
        ..Opening::new(folder.path().to_owned(), Signature { host: host.into(), ..signature() })
    };
    drop(OnDisk::new(folder.path()));
    let held = Store::open(&on("a"), &source).unwrap();
    let name = held.snapshot(source.now(), "").unwrap().name;
    fs::write(folder.path().join("study.db"), vec![b'x'; 4096]).unwrap();
    let refused = Store::replace_damaged(&on("b"), &name, &source);
    let Err(StoreError::File { why, .. }) = refused else { panic!("{refused:?}") };
    assert!(why.starts_with("it is in use by tester on a"), "{why}");
    drop(held);
    Store::replace_damaged(&on("b"), &name, &source).unwrap();
    assert!(!folder.path().join("study.lock").exists());
}

#[test]
fn a_folder_named_from_here_and_an_emptied_database_are_restored_too() {
    let folder = tempfile::Builder::new().prefix("restore-").tempdir_in(".").unwrap();
    let relative = Path::new(folder.path().file_name().unwrap());
    let name = damaged(relative);
    fs::write(relative.join("study.db-shm"), "old").unwrap();
    let kept = Store::replace_damaged(&opening(relative), &name, &Ticking::new()).unwrap();
    let beside = kept.with_file_name(format!("{}-shm", kept.file_name().unwrap().to_str().unwrap()));
    assert_eq!(fs::read(beside).unwrap(), b"old");
    assert!(Store::open(&opening(relative), &Ticking::new()).is_ok());
    let folder = tempdir().unwrap();
    let name = damaged(folder.path());
    fs::write(folder.path().join("study.db"), "").unwrap();
    Store::replace_damaged(&opening(folder.path()), &name, &Ticking::new()).unwrap();
    assert!(Store::open(&opening(folder.path()), &Ticking::new()).is_ok());
}

#[test]
fn a_busy_database_is_waited_for_and_neither_replaced_nor_read_as_it_lies_there() {
    let folder = tempdir().unwrap();
    let disk = OnDisk::new(folder.path());
    let name = disk.store.snapshot(disk.source.now(), "").unwrap().name;
    drop(disk);
    let writer = rusqlite::Connection::open(folder.path().join("study.db")).unwrap();
    writer.pragma_update(None, "journal_mode", "DELETE").unwrap();
    writer.execute_batch("BEGIN EXCLUSIVE; UPDATE codes SET name = 'Later'").unwrap();
    thread::scope(|scope| {
        let replaced =
            scope.spawn(|| Store::replace_damaged(&opening(folder.path()), &name, &Ticking::new()));
        let read = scope.spawn(|| {
            let read_only = Opening { read_only: true, ..opening(folder.path()) };
            let mut store = Store::open(&read_only, &Ticking::new()).unwrap();
            store.load().unwrap().0
        });
        // Longer than a connection waits of its own.
        thread::sleep(Duration::from_millis(5500));
        writer.execute_batch("COMMIT").unwrap();
        assert!(matches!(replaced.join().unwrap(), Err(StoreError::Missing(_))));
        assert!(read.join().unwrap().code_named("later").is_some());
    });
}

#[test]
fn a_snapshot_that_is_none_takes_nobodys_place() {
    let folder = tempdir().unwrap();
    let name = damaged(folder.path());
    let snapshot = folder.path().join(format!("snapshots/{name}.db"));
    let (good, bad) = (fs::read(&snapshot).unwrap(), vec![b'y'; 4096]);
    fs::write(&snapshot, &bad).unwrap();
    let said =
        Store::replace_damaged(&opening(folder.path()), &name, &Ticking::new()).unwrap_err().to_string();
    assert!(said.contains(&format!("{name}.db: it cannot be read as a study")), "{said}");
    assert_eq!(fs::read(folder.path().join("study.db")).unwrap(), vec![b'x'; 4096]);
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().ends_with(".tmp")), "{names:?}");
    // Nor is a sound study called damaged for its sake.
    fs::write(&snapshot, &good).unwrap();
    Store::replace_damaged(&opening(folder.path()), &name, &Ticking::new()).unwrap();
    fs::write(&snapshot, &bad).unwrap();
    let store = Store::open(&opening(folder.path()), &Ticking::new()).unwrap();
    let said = store.changes_to_restore(&name).unwrap_err().to_string();
    assert!(said.contains(&format!("{name}.db: it cannot be read as a study")), "{said}");
}

#[test]
fn what_cannot_be_opened_at_all_is_not_damaged() {
    let folder = tempdir().unwrap();
    let name = damaged(folder.path());
    fs::remove_file(folder.path().join("study.db")).unwrap();
    fs::create_dir(folder.path().join("study.db")).unwrap();
    let refused = Store::replace_damaged(&opening(folder.path()), &name, &Ticking::new());
    refused.unwrap_err();
    assert!(folder.path().join("study.db").is_dir());
}

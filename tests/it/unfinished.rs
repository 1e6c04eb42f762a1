//! What ends an export in its middle: a limit on files, a signal, `kill -9`. No words of participants stay under another name.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rustix::process::{Pid, Signal, kill_process};

use crate::e2e::Site;
use crate::export::coded;

/// Names beside the study that begin with a dot.
fn hidden_in(site: &Site) -> Vec<String> {
    let names = fs::read_dir(site.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).filter(|name| name.starts_with('.')).collect()
}

/// An export that has written its words and cannot get into the history, as somebody else writes in the study.
fn held_up(site: &Site, words: &[&str]) -> (Child, Connection) {
    let busy = Connection::open(site.path("study/study.db")).unwrap();
    busy.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut command = site.command(&[&["-C", "study", "export"], words].concat());
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    // What is to leave and, written behind it, its manifest.
    while hidden_in(site).len() < 2 {
        assert!(Instant::now() < until, "not all of it was written: {:?}", hidden_in(site));
        std::thread::sleep(Duration::from_millis(5));
    }
    // Until it waits for the history.
    std::thread::sleep(Duration::from_millis(300));
    (child, busy)
}

#[test]
fn whoever_ends_an_export_gets_it_whole_or_not_at_all() {
    for (words, file) in
        [(&["quotes", "-o", "q.md"][..], "q.md"), (&["archive", "bundle"], "bundle/README.txt")]
    {
        for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
            let site = coded();
            let (mut child, busy) = held_up(&site, words);
            kill_process(Pid::from_child(&child), signal).unwrap();
            std::thread::sleep(Duration::from_millis(100));
            busy.execute_batch("ROLLBACK").unwrap();
            let ended = child.wait().unwrap();
            assert_eq!(ended.signal(), Some(signal.as_raw()), "{words:?} {signal:?}");
            assert_eq!(hidden_in(&site), [] as [&str; 0], "{words:?} {signal:?}");
            assert!(site.path(file).is_file(), "what is in the history is there: {words:?} {signal:?}");
        }
    }
}

#[test]
fn what_a_killed_export_left_is_listed_and_goes_with_the_next() {
    for words in [&["quotes", "-o", "left"][..], &["archive", "left"]] {
        let site = coded();
        let (mut child, busy) = held_up(&site, words);
        child.kill().unwrap();
        child.wait().unwrap();
        busy.execute_batch("ROLLBACK").unwrap();
        let left = hidden_in(&site);
        assert_eq!(left.len(), 2, "what was to leave, and its manifest: {left:?}");
        let listed = site.run(&["-C", "study", "check", "--where"]).out;
        assert!(left.iter().all(|name| listed.contains(name.as_str())), "{listed}");
        let ran = site.run(&["-C", "study", "export", "codings", "-o", "c.csv"]);
        assert!(ran.err.contains("2 unfinished files and folders were removed"), "{}", ran.err);
        assert_eq!(hidden_in(&site), [] as [&str; 0]);
        assert!(site.path("c.csv").is_file() && !site.path("left").exists());
    }
}

#[test]
fn what_an_export_left_in_the_folder_of_the_study_is_listed_once() {
    let site = coded();
    let (mut child, busy) = held_up(&site, &["quotes", "-o", "left"]);
    child.kill().unwrap();
    child.wait().unwrap();
    busy.execute_batch("ROLLBACK").unwrap();
    let left = hidden_in(&site);
    left.iter().for_each(|name| fs::rename(site.path(name), site.path("study").join(name)).unwrap());
    // Whatever the folder is called.
    for folder in [".", "../study"] {
        let mut command = site.command(&["-C", folder, "check", "--where"]);
        let listed = command.current_dir(site.path("study")).output().unwrap().stdout;
        let listed = String::from_utf8(listed).unwrap();
        assert!(left.iter().all(|name| listed.matches(name.as_str()).count() == 1), "{folder}: {listed}");
    }
}

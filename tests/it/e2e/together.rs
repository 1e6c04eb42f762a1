//! Several processes on one study at once.

use std::env;
use std::process::{Command, Stdio, exit};

use combe::study::{Change, Code, Coding, Quote, Source, fresh};
use combe::text::Span;

use super::{Site, wait_saved};
use crate::fixture::{Ticking, action};

/// The number of the process that this one is; without it [`committer`] is a test that does nothing.
const ROLE: &str = "COMBE_TEST_COMMITTER";
/// The root of the site it works in.
const WHERE: &str = "COMBE_TEST_STUDY";
const ACTIONS: usize = 1_000;

#[test]
fn committer() {
    let Some(process) = env::var(ROLE).ok().and_then(|role| role.parse().ok()) else { return };
    commit_many(process, env::var_os(WHERE).unwrap().as_ref());
    exit(0);
}

/// Commits a quote with a coding a thousand times. No two passages are the same, so none may be refused.
fn commit_many(process: usize, folder: &std::path::Path) {
    let source = Ticking::of_process(u64::try_from(process).unwrap());
    let mut store = super::site::open_store(folder);
    let (study, _) = store.load().unwrap();
    let transcript = study.transcript_named("L1").unwrap().clone();
    let code = study.code_named("Time").unwrap().id;
    let coder = study.coder_named("kim").unwrap().id;
    let text = store.text(transcript.revision).unwrap();
    for number in 0..ACTIONS {
        let start = (number * 2 + process) * 2;
        let span = Span::new(start, start + 5);
        let words = span.slice(&text).unwrap().to_owned();
        let quote = Quote {
            id: fresh(&source),
            coder,
            transcript: transcript.id,
            revision: transcript.revision,
            span,
            text: words,
            starred: false,
        };
        let (id, at) = (fresh(&source), source.now());
        let coding = Coding { id, quote: quote.id, code, valence: None, at, blind: false };
        let changes = vec![Change::create(quote), Change::create(coding)];
        store.commit(&action(&source, coder, "apply_code", changes), &[]).unwrap();
    }
}

#[test]
fn two_processes_commit_a_thousand_actions_each_and_none_is_lost() {
    let site = Site::with_turns(100);
    let coder = site.store().coders().unwrap()[0].id;
    let source = Ticking::of_process(9);
    let time = Change::create(Code::new(fresh(&source), "Time"));
    site.store().commit(&action(&source, coder, "new_code", vec![time]), &[]).unwrap();
    let before = site.actions();
    let start = |process: usize| {
        Command::new(env::current_exe().unwrap())
            .args(["--exact", "e2e::together::committer", "--nocapture"])
            .env(ROLE, process.to_string())
            .env(WHERE, site.path("study"))
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut both = [start(0), start(1)];
    let ended = both.each_mut().map(|child| child.wait().unwrap());
    assert!(ended.iter().all(std::process::ExitStatus::success), "{ended:?}");
    assert_eq!(site.actions(), before + 2 * ACTIONS);
    let quotes = site.json(&["quotes"]);
    assert_eq!(quotes.len(), 2 * ACTIONS);
    assert!(quotes.iter().all(|quote| quote["codings"][0]["code"] == "Time"));
    site.assert_sound();
}

#[test]
fn what_one_program_codes_shows_in_the_other() {
    let site = Site::with_turns(10);
    let mut one = site.open();
    let mut other = site.open();
    for pty in [&mut one, &mut other] {
        pty.press("ret");
        pty.wait_for("turn 1 of 10");
    }
    one.send(b"cPutting off\r");
    one.wait_for("new code Putting off");
    other.wait_for("Putting off");
    other.press("J");
    other.send(b"cHoping\r");
    other.wait_for("new code Hoping");
    one.wait_for("Hoping");
    for mut pty in [one, other] {
        wait_saved(&pty);
        pty.press("C-q");
        assert_eq!(pty.wait_end().exit_code(), 0);
    }
    assert_eq!(site.json(&["codes"]).len(), 2);
    site.assert_sound();
}

#[test]
fn what_is_half_written_in_one_window_of_a_coder_is_gone_on_with_in_the_other() {
    let site = Site::with_turns(10);
    let mut one = site.open();
    let mut other = site.open();
    for pty in [&mut one, &mut other] {
        pty.press("ret");
        pty.wait_for("turn 1 of 10");
    }
    one.send(b"mAAA1 here");
    one.press("esc");
    one.wait_for("kept as a draft");
    // Windows look twice a second for what others did.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    other.press("m");
    other.wait_for("AAA1 here");
    other.send(b" BBB1 there");
    other.press("esc");
    other.wait_for("kept as a draft");
    for mut pty in [other, one] {
        pty.press("C-q");
        assert_eq!(pty.wait_end().exit_code(), 0);
    }
    let store = site.store();
    let coder = store.coders().unwrap()[0].id;
    // Beside the text stands for which text of the transcript it was begun.
    let drafts = store.drafts(coder).unwrap().into_iter().filter(|(key, _)| key.starts_with("memo:"));
    assert_eq!(drafts.map(|(_, text)| text).collect::<Vec<_>>(), ["AAA1 here BBB1 there"]);
}

//! The study as it was at a named point: read by every command, changed by none.

use combe::study::{Blind, Change, Coder, Source, fresh};

use crate::e2e::Site;
use crate::fixture::{Ticking, action};

/// A study in which a coding came before the point “submitted”, and one after it.
fn marked() -> Site {
    let site = Site::new();
    site.in_study(&["code", "I1", "159", "203", "Late letters", "--new"]);
    site.in_study(&["mark", "submitted"]);
    site.in_study(&["code", "I1", "50", "60", "Later", "--new"]);
    site
}

#[test]
fn every_command_reads_the_study_as_it_was() {
    let site = marked();
    let then = |arguments: &[&str]| site.json(&[&["--at", "submitted"], arguments].concat());
    assert_eq!((site.json(&["quotes"]).len(), then(&["quotes"]).len()), (2, 1));
    assert_eq!((site.json(&["codes"]).len(), then(&["codes"]).len()), (2, 1));
    assert_eq!((site.json(&["log"]).len(), then(&["log"]).len()), (5, 4));
    assert_eq!(then(&["search", "is:coded"]).len(), 1);
    assert_eq!(then(&["search", "letters"]).len(), site.json(&["search", "letters"]).len());
    assert!(then(&["check"]).iter().all(|line| line["ok"] == true));
    // Action 4 named the point.
    for point in ["4", "Submitted"] {
        assert_eq!(site.json(&["--at", point, "quotes"]).len(), 1, "{point}");
    }
}

#[test]
fn nothing_can_be_changed_there_and_a_point_without_a_snapshot_is_refused() {
    let site = marked();
    let write = site.run(&["-C", "study", "--at", "submitted", "code", "I1", "50", "60", "Later"]);
    assert_eq!(write.code, 2);
    assert!(write.err.contains("which nobody can change"), "{}", write.err);
    for point in ["accepted", "5", "99", ""] {
        let ran = site.run(&["-C", "study", "--at", point, "quotes"]);
        assert_eq!(ran.code, 3, "{point}: {}", ran.out);
        assert!(ran.err.contains("there is no snapshot of") && ran.err.contains("submitted"), "{}", ran.err);
    }
    // A backup has a snapshot and is no point of the history.
    site.in_study(&["backup"]);
    let ran = site.run(&["-C", "study", "--at", "accepted", "quotes"]);
    assert!(ran.err.contains("of named points there are submitted; "), "{}", ran.err);
    assert_eq!(site.actions(), 5);
}

#[test]
fn the_screen_says_so_and_writes_nothing() {
    let site = marked();
    let mut pty = site.screen().args(["--at", "submitted"]).start();
    pty.wait_for("as it was: submitted");
    pty.press("home ret");
    pty.wait_for("turn 1 of 4");
    pty.press("J c");
    pty.wait_for("only");
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    assert_eq!(site.actions(), 5);
    // The place of today is another.
    let mut pty = site.open();
    pty.wait_for("2 transcripts");
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
}

/// A study in which only afterwards somebody said who Dana and Omar are: P17, who may not be quoted, and P18, who is hidden.
/// ruth codes I1 blind since.
fn answered_since() -> Site {
    let site = Site::new();
    site.in_study(&["code", "I1", "159", "203", "Late letters", "--new"]);
    site.in_study(&["code", "I2", "36", "63", "Lists", "--new"]);
    site.in_study(&["mark", "early"]);
    site.write(
        "participants.csv",
        "participant_id,session_id,speaker_label,consent_quote\nP17,I1,Dana,no\nP18,I2,Omar,yes\n",
    );
    site.in_study(&["import", "participants.csv"]);
    site.in_study(&["hide", "P18"]);
    let mut store = site.store();
    let (study, _) = store.load().unwrap();
    let source = Ticking::of_process(6);
    let ruth = Coder { id: fresh(&source), name: "ruth".into() };
    let transcript = study.transcript_named("I1").unwrap().id;
    let blind = Blind { transcript, coder: ruth.id, start: source.now(), end: None };
    let changes = vec![Change::create(ruth.clone()), Change::create(blind)];
    store.commit(&action(&source, ruth.id, "start_blind", changes), &[]).unwrap();
    site
}

#[test]
fn the_past_is_told_of_refusals_hiding_and_blindness_of_today_by_the_words_they_are_about() {
    let site = answered_since();
    let then = |who: &str, arguments: &[&str]| {
        let ran = site.run(&[&["-C", "study", "--as", who, "--at", "early"], arguments].concat());
        assert!(ran.code < 2, "{arguments:?}: {}", ran.err);
        ran.out
    };
    let printed = then("kim", &["quotes", "--format", "md"]);
    assert!(!printed.contains("letters") && !printed.contains("checklist"), "{printed}");
    for arguments in [&["export", "quotes"][..], &["export", "codings"]] {
        let out = then("kim", arguments);
        assert!(!out.contains("come late") && !out.contains("on paper"), "{arguments:?}: {out}");
    }
    assert!(!then("kim", &["search", "checklist"]).contains("checklist"));
    let shown = then("kim", &["show", "I2"]);
    assert!(shown.contains("(hidden)") && !shown.contains("checklist"), "{shown}");
    // Words that may not be quoted may be read and counted.
    assert!(then("kim", &["show", "I1"]).contains("letters"));
    assert!(then("kim", &["codes"]).contains("Late letters"));
    for arguments in [&["quotes"][..], &["codes"], &["log"]] {
        let out = then("ruth", arguments);
        assert!(!out.contains("Late letters"), "{arguments:?}: {out}");
    }
    site.assert_sound();
}

#[test]
fn the_screen_of_the_past_is_told_of_them_too() {
    let site = answered_since();
    let at = |who: &str| site.screen().args(["--at", "early", "--as", who]).start();
    let mut pty = at("kim");
    pty.wait_for("as it was: early");
    pty.press("g t end ret");
    pty.wait_for("(hidden)");
    assert!(!pty.screen().contains("checklist"), "{}", pty.screen());
    pty.press("g q");
    pty.wait_for("1 quote");
    assert!(!pty.screen().contains("checklist"), "{}", pty.screen());
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    let mut pty = at("ruth");
    pty.wait_for("as it was: early");
    pty.press("g c");
    pty.wait_for("Lists");
    assert!(!pty.screen().contains("Late letters"), "{}", pty.screen());
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
}

//! The study as it was at a named point: read by every command, changed by none.

use crate::e2e::Site;

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

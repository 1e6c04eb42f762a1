//! A correction outlives the session it was made in, and so does its undo.

use super::{Site, wait_saved};

#[test]
fn a_correction_of_an_earlier_session_is_taken_back_and_made_again() {
    let site = Site::new();
    let mut pty = site.open();
    pty.wait_for("2 transcripts");
    pty.press("home ret J");
    pty.wait_for("turn 2 of 4");
    pty.send(b"cTime\r");
    pty.wait_for("new code Time");
    pty.press("W w");
    pty.wait_for("the words of I1:2");
    pty.press("end");
    pty.send(b" Not once.");
    pty.press("C-s");
    pty.wait_for("I1:2 corrected");
    wait_saved(&pty);
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    let said = |site: &Site| site.json(&["show", "I1", "2..2"])[0]["text"].as_str().unwrap().to_owned();
    let quoted = |site: &Site| site.json(&["quotes"])[0]["text"].clone();
    assert!(said(&site).ends_with("Not once."));
    let quote = quoted(&site);

    let mut again = site.open();
    again.wait_for("Not once.");
    again.press("u");
    again.wait_for("Undone: I1:2 corrected");
    again.wait_until("the former words", |screen| !screen.contents().contains("Not once."));
    wait_saved(&again);
    assert!(said(&site).ends_with("nobody asks us."));
    assert_eq!(quoted(&site), quote);
    again.press("C-q");
    assert_eq!(again.wait_end().exit_code(), 0);

    let mut third = site.open();
    third.wait_for("turn 2 of 4");
    third.press("U");
    third.wait_for("Done again: I1:2 corrected");
    third.wait_for("Not once.");
    wait_saved(&third);
    assert!(said(&site).ends_with("Not once."));
    third.press("C-q");
    assert_eq!(third.wait_end().exit_code(), 0);
    assert_eq!(site.json(&["search", "once"]).len(), 1);
    site.assert_sound();
}

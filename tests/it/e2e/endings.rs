//! Ends that nobody chose: signals and lost terminals. What was coded is there.

use rustix::process::Signal;

use super::{Site, wait_saved};
use crate::pty::{Launch, Pty, wait_until};

/// A program that reads L1 and has just coded its first turn.
fn coding(site: &Site) -> Pty {
    let mut pty = site.open();
    pty.wait_for("1 transcript");
    pty.press("ret");
    pty.wait_for("turn 1 of");
    pty.send(b"cWaiting\r");
    pty.wait_for("new code Waiting");
    pty
}

#[track_caller]
fn assert_coded(site: &Site) {
    assert_eq!(site.json(&["codes"])[0]["codings"], 1);
    site.assert_sound();
}

#[test]
fn a_hang_up_loses_nothing() {
    let site = Site::with_turns(6);
    let mut pty = coding(&site);
    pty.signal(Signal::HUP);
    assert_eq!(pty.wait_end().exit_code(), 129);
    assert_coded(&site);
}

#[test]
fn a_lost_terminal_loses_nothing() {
    let site = Site::with_turns(6);
    let mut pty = coding(&site);
    pty.hang_up();
    assert_eq!(pty.wait_exit().exit_code(), 129);
    assert_coded(&site);
}

#[test]
fn being_terminated_gives_the_screen_back() {
    let site = Site::with_turns(6);
    let mut pty = coding(&site);
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_end().exit_code(), 143);
    assert_eq!(pty.modes(), pty.modes_at_start());
    pty.with_screen(|screen| {
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert!(!screen.contents().contains("waited"), "words of a participant stay:\n{}", screen.contents());
    });
    assert_coded(&site);
}

#[test]
fn a_stop_in_the_middle_goes_on_where_it_was() {
    let site = Site::with_turns(6);
    let script = r#"set -m; "$@"; echo "stopped $?"; read line; fg >/dev/null; echo "ended $?""#;
    let mut pty = Launch::program("sh")
        .args(["-c", script, "sh", env!("CARGO_BIN_EXE_combe"), "-C", "study"])
        .home(&site.path("home"))
        .folder(&site.path("."))
        .env("USER", "kim")
        .start();
    wait_saved(&pty);
    pty.press("ret");
    pty.wait_for("turn 1 of");
    pty.send(b"cWaiting\r");
    pty.wait_for("new code Waiting");
    pty.send(b":suspend\r");
    pty.wait_for("stopped");
    assert_eq!(pty.modes(), pty.modes_at_start());
    pty.resize(100, 30);
    pty.send(b"\n");
    pty.wait_for("turn 1 of");
    pty.press("J .");
    // The codebook is empty, and says so, until what was queued when the program stopped is saved.
    let codes = ["-C", "study", "--json", "codes"];
    wait_until("both codings", || site.run(&codes).out.contains(r#""codings":2"#));
    pty.press("C-q");
    pty.wait_for("ended 0");
    site.assert_sound();
}

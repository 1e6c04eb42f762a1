//! The program in lines, and with files of one's own that are wrong.

use std::fs;

use super::{Site, wait_saved};

#[test]
fn lines_scroll_and_nothing_is_placed_on_the_screen() {
    let site = Site::new();
    let mut pty = site.screen().args(["--linear"]).env("TERM", "dumb").start();
    pty.wait_for("1 of 2");
    pty.press("ret");
    pty.wait_for("Read: I1");
    pty.press("J");
    pty.wait_for("2, ");
    pty.send(b"cToo little time\r");
    pty.wait_for("new code Too little time");
    pty.press("C-g");
    pty.wait_for("coded");
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    assert_eq!(pty.modes(), pty.modes_at_start());
    let bytes = pty.output(0);
    let text = String::from_utf8(bytes).unwrap();
    let escapes: Vec<&str> = text.split('\u{1b}').skip(1).map(|rest| &rest[..rest.len().min(7)]).collect();
    assert_eq!(escapes, ["[?2004h", "[?2004l"], "bracketed paste, and no other escape");
    assert_eq!(site.json(&["codes"])[0]["codings"], 1);
}

#[test]
fn a_wrong_file_is_named_with_its_line_and_the_program_starts_with_what_ships() {
    let site = Site::new();
    let config = site.path("home").join(".config/combe");
    fs::create_dir_all(config.join("themes")).unwrap();
    fs::write(config.join("keymap.toml"), "[read]\n\"Q\" = \"qiut\"\n").unwrap();
    fs::write(config.join("themes/mine.toml"), "memo = \"bold pinkish\"\n").unwrap();
    fs::write(config.join("config.toml"), "keymap = \"vim\"\ntheme = \"mine\"\n").unwrap();
    let mut pty = site.screen().start();
    pty.wait_until("the notice", |screen| screen.contents().contains(" mine.toml:1: `pinkish` is no colour"));
    wait_saved(&pty);
    pty.press("G");
    pty.press("ret");
    pty.wait_for("turn 1 of 4");
    pty.press("3 j");
    pty.wait_for("turn 4 of 4");
    pty.send(b":q\r");
    assert_eq!(pty.wait_end().exit_code(), 0);
    let keys = site.run(&["keys"]);
    assert_eq!(keys.code, 3);
    assert!(keys.err.contains("keymap.toml:2: there is no command `qiut`"), "{}", keys.err);
}

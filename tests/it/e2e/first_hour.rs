//! The first hour: from no study to transcripts that were looked over, and the facts of the study edited beside it.

use super::{Site, wait_saved};
use crate::pty::{Launch, Pty};

/// The program without any arguments, in the folder of the site.
fn bare(site: &Site) -> Pty {
    Launch::combe(&[]).home(&site.path("home")).env("USER", "kim").folder(&site.path(".")).start()
}

#[test]
fn without_a_study_one_key_begins_one() {
    let site = Site::bare();
    let mut pty = bare(&site);
    pty.wait_for("There is no study in");
    pty.send(b"o");
    pty.wait_for("folder of the study >");
    pty.send(b"nowhere\r");
    pty.wait_for("There is no study in nowhere");
    pty.send(b"n\r");
    pty.wait_for("No transcripts yet");
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    assert!(site.path("my-study/study.db").is_file());
    assert_eq!(pty.modes(), pty.modes_at_start());

    // The last study is opened the next time; without it the welcome is there again, and leaving says how to go on.
    std::fs::remove_dir_all(site.path("my-study")).unwrap();
    let mut again = bare(&site);
    again.wait_for("There is no study in");
    again.send(b"q");
    assert_eq!(again.wait_end().exit_code(), 1);
    assert!(again.screen().contains("combe demo"), "{}", again.screen());
}

#[test]
fn the_demo_begins_with_the_tour() {
    let site = Site::bare();
    let mut pty = bare(&site);
    pty.wait_for("There is no study in");
    pty.send(b"d");
    pty.wait_for("Tour 1 of 9");
    wait_saved(&pty);
    pty.press("ret");
    pty.wait_for("Tour 2 of 9");
    pty.press("T");
    pty.wait_for("The tour is left");
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
}

#[test]
fn files_are_looked_over_and_taken_in_as_one_action() {
    let site = Site::new();
    std::fs::create_dir(site.path("more")).unwrap();
    site.write("more/I3.txt", "Interviewer: And the wait?\n\nEli: The wait is the worst part of it.\n");
    site.write("more/people.csv", "participant_id,session_id,speaker_label,group\nP3,I3,Eli,public\n");
    let mut pty = site.open();
    pty.wait_for("2 transcripts");
    pty.send(b"imo");
    pty.wait_for("import more/");
    pty.send(b"\t\r");
    pty.wait_for("2 files: 2 new");
    pty.press("ret");
    pty.wait_for("The wait is the worst part of it");
    pty.press("esc i");
    pty.wait_for("The history (g y) takes");
    pty.wait_for("3 transcripts");
    pty.press("ret");
    pty.wait_for("turn 1 of 2");
    // The search thread learned of it too.
    pty.send(b"/worst");
    pty.wait_for("1 hit ");
    wait_saved(&pty);
    let log = site.json(&["log"]);
    let imported = log.iter().rev().find(|entry| entry["command"] == "import").unwrap();
    let seq = imported["seq"].to_string();
    site.in_study(&["undo", &seq]);
    pty.press("esc g t");
    pty.wait_for("2 transcripts");
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    site.assert_sound();
}

#[test]
fn the_facts_of_the_study_are_edited_and_read_again() {
    let site = Site::new();
    site.write("edit.sh", "sed -i 's/^name = .*/name = \"Renamed here\"/' \"$1\"\n");
    let editor = format!("sh {}", site.path("edit.sh").display());
    let mut pty = site.screen().env("EDITOR", &editor).start();
    pty.wait_for("2 transcripts");
    pty.press("g ,");
    pty.wait_for("Lead coder");
    pty.press("ret");
    pty.wait_for("Renamed here");
    pty.wait_until("the whole screen", |screen| {
        screen.contents().contains("Lead coder") && screen.alternate_screen()
    });
    // Keys work again, and an edit by other means is seen as well.
    let file = site.path("study/study.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("name = \"Renamed here\"", "name = ")).unwrap();
    pty.wait_for("study.toml line 3");
    pty.press("down");
    pty.wait_for("Renamed here");
    std::fs::write(&file, text.replace("Renamed here", "Mended")).unwrap();
    pty.wait_for("Mended");
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    assert_eq!(pty.modes(), pty.modes_at_start());
}

#[test]
fn who_is_not_known_is_asked_until_a_name_makes_sense() {
    let site = Site::new();
    let mut pty = site.screen().env("USER", "stranger").start();
    pty.wait_for("Code as [stranger]:");
    pty.send(b"\x1b\r");
    pty.wait_for("no keys like Esc in it");
    pty.send(b"kym\r");
    pty.wait_for("Begin as the new coder “kym”?");
    pty.send(b"n\r");
    pty.send(b"kay\r");
    pty.wait_for("Begin as the new coder “kay”?");
    pty.send(b"y\r");
    pty.wait_for("2 transcripts");
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    let log = site.json(&["log"]);
    let joined = |name: &str| log.iter().any(|entry| entry["coder"] == name);
    assert!(joined("kay") && !joined("kym"), "{log:?}");
}

//! Help for the first hour: the tour, and screens that have nothing to show.

use combe::app::search::{Answer, Hit};
use combe::app::{Msg, Screen};

use crate::screen::{Desk, Parts};

fn toured() -> Desk {
    let mut desk = Desk::new(Parts::small());
    desk.keys(": 'tour' ret");
    desk
}

#[track_caller]
fn assert_step(desk: &Desk, step: usize) {
    let screen = desk.screen();
    assert!(screen.contains(&format!("Tour {step} of 9")), "step {step}:\n{screen}");
}

/// Answers the last question with one hit.
fn find(desk: &mut Desk) {
    let study = &desk.model.study;
    let transcript = study.transcript_named("I43").unwrap();
    let turn = &study.turns(transcript.id).unwrap().turns[0];
    let (revision, speech, number) = (transcript.revision, turn.speech, turn.number);
    let hit = Hit { place: 0, transcript: transcript.id, revision, turn: 0, number, speech };
    let answer = Answer::of(study, vec![hit], false);
    let generation = desk.model.search.generation;
    desk.send(Msg::SearchDone { generation, outcome: Ok(answer) });
}

#[test]
fn the_tour_goes_on_when_a_thing_was_done() {
    let mut desk = toured();
    assert_step(&desk, 1);
    desk.keys("down ret");
    assert_step(&desk, 2);
    desk.keys("down down");
    assert_step(&desk, 2);
    desk.keys("right");
    assert_step(&desk, 3);
    desk.keys("w");
    assert_step(&desk, 4);
    desk.keys("t c 'tim' ret");
    assert_step(&desk, 5);
    desk.keys("J .");
    assert_step(&desk, 6);
    desk.keys("u");
    assert_step(&desk, 7);
    assert_eq!(desk.codings().len(), 1, "undo took back one of two");
    desk.keys("/ 'time'");
    assert_step(&desk, 7);
    find(&mut desk);
    assert_step(&desk, 8);
    assert!(desk.screen().contains("Esc leaves the line"), "{}", desk.screen());
    desk.keys("esc 3");
    assert_step(&desk, 9);
    desk.keys("?");
    assert!(desk.screen().contains("That was the tour"), "{}", desk.screen());
    desk.keys("esc T");
    assert!(!desk.screen().contains("That was"), "{}", desk.screen());
}

#[test]
fn one_key_leaves_and_no_key_is_taken() {
    let mut desk = toured();
    desk.keys("1");
    assert_eq!(desk.model.screen, Screen::Panels);
    assert!(desk.screen().contains("g t goes there"), "{}", desk.screen());
    desk.keys("T");
    assert_eq!(desk.said(), "The tour is left; `:tour` begins it again.");
    assert!(!desk.screen().contains("Tour 1"));
    desk.keys("T");
    assert_eq!(desk.said(), "No tour is under way; `:tour` begins it.");
}

#[test]
fn the_tour_in_three_sizes() {
    let mut desk = toured();
    desk.keys("down ret down down down w");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("tour_{width}x{height}"), desk.picture());
    }
    desk.send(Msg::Resize(40, 12));
    desk.keys("c");
    let screen = desk.screen();
    assert!(screen.contains("code >") && !screen.contains("Tour"), "a drawer goes first:\n{screen}");
}

#[test]
fn who_may_only_read_is_not_asked_to_code() {
    let parts = Parts::small();
    let setting = combe::app::Setting { read_only: Some("c2 has it".into()), ..parts.setting(80, 24) };
    let mut desk =
        Desk::begin(setting, combe::study::Study::default(), &parts, &combe::app::Place::default());
    desk.load(parts.study);
    desk.keys(": 'tour' ret down ret down down down w");
    assert_step(&desk, 7);
}

#[test]
fn every_empty_screen_says_what_to_do_next() {
    let mut desk = Desk::new(Parts::new());
    for (keys, words) in [
        ("g t", "i brings some in"),
        ("g r", "i brings some in"),
        ("g w", "No participants yet."),
        ("g c", "There are no codes yet"),
        ("g m", "No memos yet"),
        ("3", "Nothing is classified under"),
        ("/", "nothing to search yet"),
    ] {
        desk.send(Msg::Resize(80, 24));
        desk.keys(keys);
        assert!(desk.screen().contains(words), "{keys}:\n{}", desk.screen());
        desk.send(Msg::Resize(40, 12));
        assert!(desk.screen().contains(&words[..12]), "{keys} in a small window:\n{}", desk.screen());
        desk.keys("esc");
    }
    let mut desk = Desk::new(Parts::small());
    desk.keys("g m");
    assert!(desk.screen().contains("m writes one on the passage"), "{}", desk.screen());
}

//! The `:` line: completion of names and arguments, what was typed before, keymaps and looks by name.

use combe::app::layer::Layer;
use combe::app::{Effect, Screen};

use crate::screen::{Desk, Parts};
use crate::screen_read::{reading, target};

fn candidates(desk: &Desk) -> Vec<String> {
    match desk.model.layers.last() {
        Some(Layer::Line(line)) => line.candidates.clone(),
        other => panic!("{other:?}"),
    }
}

fn typed(desk: &Desk) -> String {
    desk.model.field().unwrap().text().to_owned()
}

#[test]
fn names_then_what_they_take_are_completed() {
    let mut desk = reading();
    desk.keys(": 'apply' tab");
    assert_eq!(typed(&desk), "apply_code ", "one that takes something waits for it");
    desk.keys("'wor'");
    assert_eq!(candidates(&desk), ["apply_code Workload"]);
    desk.keys("tab ret");
    assert_eq!(desk.codings().len(), 1);
    desk.keys(": 'apply_code Wrokload' ret");
    assert_eq!(desk.said(), "There is no code “Wrokload”; did you mean “Workload”?");
}

#[test]
fn transcripts_marks_coders_units_keymaps_are_known() {
    let mut desk = reading();
    desk.model.looks = vec!["default".into(), "light".into()];
    desk.keys(": 'set_mark here' ret");
    for (line, found) in [
        ("open_transcript fg", vec!["open_transcript FG06"]),
        ("go_to i4", vec!["go_to I43"]),
        ("go_to_mark ", vec!["go_to_mark here"]),
        ("next_unit s", vec!["next_unit sentence"]),
        ("use_keymap v", vec!["use_keymap vim"]),
        ("use_look l", vec!["use_look light", "use_look default"]),
        ("apply_code time", vec!["apply_code Appointment time", "apply_code Restructure time allocation"]),
        ("mark_read x", vec![]),
    ] {
        desk.keys(&format!(": '{line}'"));
        assert_eq!(candidates(&desk), found, "{line}");
        desk.keys("esc");
    }
    desk.keys(": 'go_to_turn '");
    assert!(desk.screen().contains("the number of a turn"), "{}", desk.screen());
}

#[test]
fn up_recalls_what_was_typed_and_begins_so() {
    let mut desk = reading();
    desk.keys(": 'go_to_turn 4' ret : 'tell_place' ret : 'go_to_turn 2' ret");
    desk.keys(": up");
    assert_eq!(typed(&desk), "go_to_turn 2");
    desk.keys("up up");
    assert_eq!(typed(&desk), "go_to_turn 4");
    desk.keys("up up");
    assert_eq!(desk.said(), "Nothing earlier begins like this.");
    desk.keys("down down down down");
    assert_eq!(typed(&desk), "", "behind the last one is what was typed");
    desk.keys("'tell' up");
    assert_eq!(typed(&desk), "tell_place");
    desk.keys("ret");
    assert!(desk.said().contains("coproduction, c1"), "{}", desk.said());
}

#[test]
fn a_number_is_a_turn_and_words_of_vim_are_known() {
    let mut desk = reading();
    desk.keys(": '4' ret");
    assert!(target(&desk).starts_with("They know"));
    desk.keys(": 'w' ret");
    assert!(desk.said().contains("aved"));
    desk.keys(": 'tell_place now' ret");
    assert_eq!(desk.said(), "“tell_place” takes nothing behind it.");
    desk.keys(": 'wq' ret");
    assert!(desk.other_effects.iter().any(|effect| matches!(effect, Effect::Quit)));
}

#[test]
fn keys_and_looks_change_at_once() {
    let mut desk = Desk::new(Parts::small());
    desk.model.looks = vec!["default".into(), "high-contrast".into()];
    desk.keys(": 'use_keymap vim' ret");
    assert_eq!(desk.said(), "The keys are those of vim now; ? lists them.");
    desk.keys("g 3");
    assert_eq!(desk.model.screen, Screen::Panels);
    desk.keys(": 'use_keymap emacs' ret");
    assert_eq!(desk.said(), "There is no keymap “emacs”; there are default and vim.");
    desk.keys(": 'use_look high-contrast' ret");
    assert!(desk.other_effects.iter().any(|effect| *effect == Effect::UseLook("high-contrast".into())));
    desk.keys(": 'use_look pink' ret");
    assert_eq!(desk.said(), "There is no look “pink”; there are default, high-contrast.");
}

#[test]
fn help_ends_where_it_ends() {
    let mut desk = reading();
    desk.keys("? 'valence'");
    for _ in 0..100 {
        desk.keys("pgdn");
    }
    assert!(desk.screen().contains("valence"), "{}", desk.screen());
    desk.keys("' nonsense'");
    assert!(desk.screen().contains("Nothing in the help says that"), "{}", desk.screen());
}

#[test]
fn a_beginning_of_one_name_is_an_address_and_tab_completes_it() {
    let mut desk = Desk::new(Parts::small());
    desk.keys(": 'fg'");
    assert!(desk.screen().contains("FG06"), "{}", desk.screen());
    desk.keys("tab");
    assert_eq!(desk.model.field().unwrap().text(), "FG06");
    desk.keys("esc : 'fg 3' ret");
    let spot = desk.model.target().unwrap();
    assert_eq!(desk.model.address(spot), "FG06:3");
}

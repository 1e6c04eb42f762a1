//! Laws of the whole screen: whatever is pressed, the program goes on, and undo leads back to where it began.

use std::collections::BTreeSet;

use combe::app::keymap::Keymap;
use combe::app::{LayerName, Msg};
use combe::study::Study;
use combe::with_record_kinds;
use proptest::prelude::*;

use crate::screen::{Desk, Parts};

macro_rules! define_records {
    ($($kind:ident $table:ident),* $(,)?) => {
        /// Every record of a study.
        fn records(study: &Study) -> BTreeSet<String> {
            let mut all = BTreeSet::new();
            $(all.extend(study.$table().iter().map(|record| format!("{} {record:?}", stringify!($kind))));)*
            all
        }
    };
}

with_record_kinds!(define_records);

/// Everything that any keymap table binds, as it is pressed; without what leaves the program.
fn all_keys() -> Vec<String> {
    let keymap = Keymap::shipped().unwrap();
    let mut keys: Vec<String> = Vec::new();
    for layer in LayerName::ALL {
        for binding in keymap.bindings_in(layer) {
            let leaves =
                binding.calls.iter().any(|call| ["quit", "ask_quit", "suspend"].contains(&call.command.name));
            let pressed: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
            if !leaves {
                keys.push(pressed.join(" "));
            }
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

fn steps() -> impl Strategy<Value = Vec<String>> {
    let typed = ["tim", "work", "x", "I43", "code:work", "7", "é", " "];
    let typed = prop::sample::select(typed.map(|text| format!("'{text}'")).to_vec());
    let step = prop_oneof![
        6 => prop::sample::select(all_keys()),
        2 => typed,
        2 => prop::sample::select(vec!["ret", "esc", "down", "up", "."]).prop_map(String::from),
    ];
    prop::collection::vec(step, 1..60)
}

/// A key that is a quotation mark in the notation of these tests has to be sent by hand.
fn press(desk: &mut Desk, step: &str) {
    if step.starts_with('\'') && step.len() > 1 {
        desk.keys(step);
    } else {
        for key in combe::app::keymap::parse_keys(step).unwrap() {
            desk.send(Msg::Key(key));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_undo_leads_back(steps in steps(), small in any::<bool>()) {
        let mut desk = if small { Desk::sized(Parts::small(), 40, 12) } else { Desk::new(Parts::small()) };
        desk.keys(": 'open_transcript I43' ret down");
        let before = records(&desk.model.study);
        for step in &steps {
            press(&mut desk, step);
            desk.buffer();
        }
        // Out of whatever it ended in, then back through all that was done.
        for _ in 0..6 {
            press(&mut desk, "esc");
        }
        press(&mut desk, "g r");
        let mut presses = 0;
        while desk.said() != "There is nothing of yours to undo." {
            press(&mut desk, "u");
            presses += 1;
            prop_assert!(presses < 3 * steps.len() + 20, "undo does not come to an end: {}", desk.said());
        }
        prop_assert_eq!(records(&desk.model.study), before);
    }
}

#[test]
fn the_keys_of_the_law_are_those_of_the_keymap() {
    let keys = all_keys();
    assert!(keys.len() > 100, "{keys:?}");
    assert!(keys.contains(&".".to_owned()) && keys.contains(&"g r".to_owned()));
    assert!(!keys.contains(&"C-q".to_owned()));
}

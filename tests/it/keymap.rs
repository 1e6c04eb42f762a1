//! The keymap that ships, and files that people write.

use std::collections::BTreeSet;

use combe::app::LayerName;
use combe::app::command::{Situation, registry};
use combe::app::keymap::{Keymap, Resolution, parse_keys};

fn shipped() -> Keymap {
    Keymap::shipped().expect("the keymap that ships")
}

#[test]
fn every_command_can_be_reached() {
    let keymap = shipped();
    let bound: BTreeSet<&str> =
        keymap.bindings().flat_map(|binding| &binding.calls).map(|call| call.command.name).collect();
    // What takes an argument or is rare is typed on the `:` line, which every screen has.
    let typed = ["open_transcript", "run_search", "suspend", "tour"];
    let lost: Vec<&str> = registry()
        .map(|command| command.name)
        .filter(|name| !bound.contains(name) && !typed.contains(name))
        .collect();
    assert_eq!(lost, [""; 0]);
}

#[test]
fn a_text_field_never_binds_a_key_that_types() {
    // The picker takes digits while nothing is typed: that is a condition of the command, checked elsewhere.
    for binding in shipped().bindings().filter(|binding| binding.layer.has_field()) {
        let types = binding.keys.first().and_then(|key| key.typed()).is_some();
        let digits = binding.calls.iter().all(|call| call.command.name == "apply_recent_code");
        assert!(!types || digits, "{:?} in {:?}", binding.keys, binding.layer);
    }
}

#[test]
fn no_plain_letter_deletes_and_nothing_needs_alt() {
    for binding in shipped().bindings() {
        assert!(!binding.keys.iter().any(|key| key.has_alt()), "{binding:?}");
        let removes = binding.calls.iter().any(|call| call.command.name.starts_with("remove_"));
        let plain = binding.keys.len() == 1 && binding.keys[0].typed().is_some();
        assert!(!(removes && plain), "{binding:?}");
    }
}

#[test]
fn a_sequence_waits_without_a_clock_and_esc_gives_it_up() {
    let keymap = shipped();
    let (layers, now) = ([LayerName::Read, LayerName::Global], Situation::default());
    let g = parse_keys("g").unwrap();
    assert_eq!(keymap.resolve(&layers, &[], g[0], &now), Resolution::Pending);
    let esc = parse_keys("esc").unwrap();
    assert_eq!(keymap.resolve(&layers, &g, esc[0], &now), Resolution::Cancelled);
    match keymap.resolve(&layers, &g, parse_keys("t").unwrap()[0], &now) {
        Resolution::Matched(call) => assert_eq!(call.command.name, "show_transcripts"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn everything_wrong_with_a_file_is_told_at_once_by_line() {
    let text = "[global]\n\"g g\" = \"undo\"\n\"g\" = \"quit\"\n\"nokey\" = \"undo\"\n\"a\" = \"undoo\"\n\
                \"b\" = { runs = \"undo\" }\n[reed]\n[field]\n\"C-o\" = \"undo\"\n\"C-p\" = \"rub_out 3\"\n";
    let error = shipped().merge("keys.toml", text).unwrap_err();
    let told: Vec<(usize, &str)> =
        error.complaints.iter().map(|c| (c.line, c.what.split([';', ':']).next().unwrap())).collect();
    assert_eq!(
        told,
        [
            (3, "`g` and `g g` clash in [global]"),
            (4, "`nokey` names no key"),
            (5, "there is no command `undoo`"),
            (6, "`runs` means nothing here"),
            (7, "`reed` is no table of keys"),
            (9, "`undo` does nothing in [field]"),
            (10, "`rub_out` takes nothing behind it"),
        ]
    );
    assert!(error.to_string().starts_with("keys.toml:3: "));
}

#[test]
fn a_file_that_is_no_toml_names_its_line() {
    let error = shipped().merge("keys.toml", "[global]\n\"a\" = \n").unwrap_err();
    assert_eq!(error.complaints.len(), 1);
    assert_eq!(error.complaints[0].line, 2);
}

#[test]
fn ones_own_file_overrides_leaf_by_leaf() {
    let mut keymap = shipped();
    let before = keymap.bindings().count();
    keymap
        .merge(
            "keys.toml",
            "[global]\n\"U\" = \"undo\"\n\"C-y\" = false\n\"Q\" = { run = \"quit\", desc = \"Out\" }",
        )
        .unwrap();
    assert_eq!(keymap.bindings().count(), before);
    let description = |keys: &str| {
        let keys = parse_keys(keys).unwrap();
        keymap
            .bindings()
            .find(|b| b.keys == keys && b.layer == LayerName::Global)
            .map(|b| b.description.clone())
    };
    assert_eq!(description("U").as_deref(), Some("Take back your last step"));
    assert_eq!(description("Q").as_deref(), Some("Out"));
    assert_eq!(description("C-y"), None);
}

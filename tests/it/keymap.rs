//! The keymap that ships, and files that people write.

use std::collections::BTreeSet;

use combe::app::LayerName;
use combe::app::command::{Command, Situation, registry};
use combe::app::keymap::{Key, Keymap, Resolution, names, parse_keys};

fn shipped() -> Keymap {
    Keymap::shipped().expect("the keymap that ships")
}

/// All that ship.
fn keymaps() -> Vec<Keymap> {
    names().map(|name| Keymap::named(name).unwrap().unwrap()).collect()
}

#[test]
fn every_command_can_be_reached_in_every_keymap() {
    for keymap in keymaps() {
        let bound: BTreeSet<&str> =
            keymap.bindings().flat_map(|binding| &binding.calls).map(|call| call.command.name).collect();
        // What must be told something is typed on the `:` line, which every screen without a field has. So is stopping the
        // program, where C-z is undo.
        let rare = |name| name == "tour" || (name == "suspend" && keymap.name() == "default");
        let typed = |command: &Command| {
            let here = LayerName::ALL.iter().any(|layer| !layer.has_field() && command.lives_in(*layer));
            here && (command.takes.is_some() || rare(command.name))
        };
        let lost: Vec<&str> = registry()
            .filter(|command| !bound.contains(command.name) && !typed(command))
            .map(|command| command.name)
            .collect();
        assert_eq!(lost, [""; 0], "{}", keymap.name());
    }
}

#[test]
fn every_command_is_documented() {
    for command in registry() {
        assert!(!command.title.is_empty(), "{}", command.name);
        assert!(
            command.takes.is_none_or(|takes| takes.len() > 3),
            "{} does not say what it takes",
            command.name
        );
        assert!(command.takes.is_none() || command.may_take.is_none(), "{}", command.name);
    }
}

#[test]
fn no_keymap_has_a_conflict() {
    // Within a table the reader refuses them. Across tables: what stands in a screen's table must not make a command of the
    // table below unreachable on that screen, unless the screen has keys of its own for it.
    for keymap in keymaps() {
        for layer in
            LayerName::ALL.into_iter().filter(|layer| !layer.has_field() && *layer != LayerName::Global)
        {
            let own = keymap.bindings_in(layer);
            // A question, and quotes being dealt out by digits, are left before anything else is done.
            if own.is_empty() || matches!(layer, LayerName::Ask | LayerName::Split) {
                continue;
            }
            let shadowed = |keys: &[Key]| {
                own.iter().any(|held| held.keys.starts_with(keys) || keys.starts_with(&held.keys))
            };
            let global = keymap.bindings_in(LayerName::Global);
            for binding in &global {
                let command = binding.calls[0].command;
                let ways = global.iter().filter(|held| held.calls == binding.calls);
                let reachable = ways.clone().any(|way| !shadowed(&way.keys))
                    || own.iter().any(|held| held.calls.iter().any(|call| call.command == command));
                assert!(reachable, "{}: {} cannot be reached in {layer:?}", keymap.name(), command.name);
            }
        }
    }
}

#[test]
fn a_text_field_never_binds_a_key_that_types() {
    // The picker takes digits while nothing is typed: that is a condition of the command, checked elsewhere.
    for binding in keymaps().iter().flat_map(Keymap::bindings).filter(|binding| binding.layer.has_field()) {
        let types = binding.keys.first().and_then(|key| key.typed()).is_some();
        let digits = binding.calls.iter().all(|call| call.command.name == "apply_recent_code");
        assert!(!types || digits, "{:?} in {:?}", binding.keys, binding.layer);
    }
}

#[test]
fn no_plain_letter_deletes_and_nothing_needs_alt() {
    for binding in keymaps().iter().flat_map(Keymap::bindings) {
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

#[test]
fn ones_own_file_lies_over_every_keymap_and_says_which() {
    let own = "keymap = \"vim\"\n[read]\n\"d d\" = \"toggle_details\"\n\"Q\" = \"apply_code Workload\"\n";
    assert_eq!(Keymap::wanted_by("keys.toml", own).unwrap().as_deref(), Some("vim"));
    for name in names() {
        let mut keymap = Keymap::named(name).unwrap().unwrap();
        keymap.merge("keys.toml", own).unwrap();
        for keymap in [keymap.clone(), keymap.other("vim").unwrap().unwrap()] {
            let command = |keys: &str| {
                let keys = parse_keys(keys).unwrap();
                let bound = keymap.bindings_in(LayerName::Read);
                bound.iter().find(|b| b.keys == keys).map(|b| b.calls[0].command.name)
            };
            assert_eq!(command("d d"), Some("toggle_details"));
            assert_eq!(command("Q"), Some("apply_code"));
            assert_eq!(command("*"), Some("find_these_words"));
        }
    }
    assert!(shipped().other("emacs").unwrap().is_none());
}

#[test]
fn a_wildcard_hands_on_what_is_typed_and_gives_way_to_a_key_of_its_own() {
    let vim = Keymap::named("vim").unwrap().unwrap();
    let (layers, now) = (
        [LayerName::Read, LayerName::Global],
        Situation { text: true, complete: true, trail: true, ..Situation::default() },
    );
    let said = |keys: &str| {
        let mut keys = parse_keys(keys).unwrap();
        let last = keys.pop().unwrap();
        match vim.resolve(&layers, &keys, last, &now) {
            Resolution::Matched(call) => (call.command.name, call.argument),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(said("m a"), ("set_mark", Some("a".into())));
    assert_eq!(said("m 3"), ("set_mark", Some("3".into())));
    assert_eq!(said("' a"), ("go_to_mark", Some("a".into())));
    assert_eq!(said("' '"), ("go_back", None));
    let m = parse_keys("m").unwrap();
    assert_eq!(vim.resolve(&layers, &m, parse_keys("ret").unwrap()[0], &now), Resolution::NotFound);
    let text = "[read]\n\"<char>\" = \"set_mark\"\n\"Q <char>\" = \"mark_read\"\n\"Y <char> <char>\" = \"set_mark\"\n";
    let told: Vec<usize> =
        shipped().merge("keys.toml", text).unwrap_err().complaints.iter().map(|c| c.line).collect();
    assert_eq!(told, [2, 3, 4]);
}

//! The list of transcripts, and what surrounds every screen.

use std::collections::BTreeMap;

use combe::app::{Effect, Loaded, Msg, Place, Screen};
use combe::study::{Kind, Study, TurnNumber};

use crate::screen::{Desk, Parts};

fn names(desk: &Desk) -> Vec<&str> {
    desk.model.transcripts.list.rows.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn the_list_in_three_sizes() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("down ret down t c 'tim' ret g t");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("transcripts_{width}x{height}"), desk.picture());
    }
}

#[test]
fn words_of_participants_are_counted_and_coded_is_of_ones_own_layer() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("down ret down t t S-right S-right c 'work' ret g t");
    let row = &desk.model.transcripts.list.rows[1];
    // Turn 2 has 29 words, turn 4 has 21, turn 5 has 1: 51. Three of them are coded: 5.9 %.
    assert_eq!((row.name.as_str(), row.people, row.turns, row.words), ("I43", 1, 6, 51));
    assert_eq!((row.coded, row.read), (Some(5), 100));
}

#[test]
fn typing_filters_by_name_kind_person_and_attribute() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("f 'clini'");
    assert_eq!(names(&desk), ["I43"]);
    assert!(desk.screen().contains("1 of 2 transcripts"));
    desk.keys("C-u 'focus p2m'");
    assert_eq!(names(&desk), ["FG06"]);
    desk.keys("C-u 'nobody'");
    assert!(desk.screen().contains("No transcript matches."));
    desk.keys("ret");
    assert!(desk.said().contains("empty the filter"));
    desk.keys("C-u '43' ret");
    assert_eq!(desk.model.screen, Screen::Read);
    desk.keys("g t");
    assert_eq!(names(&desk), ["I43"], "the filter stays, and can be seen");
    assert!(desk.screen().contains("filter: 43"));
    desk.keys("esc");
    assert_eq!(names(&desk), ["FG06", "I43"]);
}

#[test]
fn the_list_can_be_sorted_and_the_choice_stays_on_its_transcript() {
    let mut parts = Parts::small();
    parts.transcript("I2", Kind::Interview, "P1: One.\n", false);
    parts.transcript("I10", Kind::Interview, "P1: One two three.\n", false);
    let mut desk = Desk::new(parts);
    assert_eq!(names(&desk), ["FG06", "I2", "I10", "I43"]);
    desk.keys("down down o w");
    assert_eq!(names(&desk), ["I43", "FG06", "I10", "I2"]);
    assert_eq!(desk.model.transcripts.list.roll.chosen, 2);
    desk.keys("o k");
    assert_eq!(names(&desk), ["I2", "I10", "I43", "FG06"]);
    desk.keys("o n end");
    assert_eq!(desk.model.transcripts.list.roll.chosen, 3);
}

#[test]
fn a_long_list_keeps_the_choice_in_sight() {
    let mut parts = Parts::new();
    for number in 1..=91 {
        parts.transcript(&format!("I{number}"), Kind::Interview, "P1: One.\n", false);
    }
    let mut desk = Desk::new(parts);
    desk.keys("pgdn pgdn down");
    let chosen = format!(">I{} ", desk.model.transcripts.list.roll.chosen + 1);
    assert!(desk.screen().contains(&chosen), "{}", desk.screen());
    desk.keys("end");
    assert!(desk.screen().lines().nth(21).unwrap().starts_with(">I91"));
    desk.keys("home");
    assert!(desk.screen().lines().nth(3).unwrap().starts_with(">I1 "));
}

#[test]
fn an_empty_study_says_how_to_go_on() {
    let desk = Desk::new(Parts::new());
    assert!(desk.screen().contains("combe import"), "{}", desk.screen());
}

#[test]
fn digits_open_panels_from_everywhere_without_a_text_field() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("3");
    assert_eq!((desk.model.screen, desk.model.panels.panel), (Screen::Panels, 3));
    desk.keys("backspace f 3");
    assert_eq!(desk.model.screen, Screen::Transcripts);
    desk.keys("esc C-u 0");
    assert_eq!(desk.model.screen, Screen::Panels);
}

#[test]
fn the_menu_the_line_and_help_come_from_the_registry() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("down ret space 'uncoded'");
    insta::assert_snapshot!("palette", desk.screen());
    desk.keys("ret");
    assert!(desk.model.layers.is_empty());
    desk.keys(": 'goto_' tab");
    insta::assert_snapshot!("line", desk.screen());
    desk.keys("ret : 'no_such_thing' ret");
    assert_eq!(desk.said(), "There is no command “no_such_thing”");
    desk.keys(": 'open_panel' ret");
    assert_eq!(desk.said(), "“open_panel” needs the number of a panel (0 is the overview) behind it.");
    desk.keys(": 'open_transcript FG06:3' ret");
    assert!(desk.screen().contains("> 3 P2M"), "{}", desk.screen());
    desk.keys(": 'suspend' ret");
    assert_eq!(desk.other_effects.last(), Some(&Effect::Suspend));
    desk.keys("? 'nvivo'");
    insta::assert_snapshot!("help_glossary", desk.screen());
    desk.keys("C-u 'valence'");
    insta::assert_snapshot!("help_valence", desk.screen());
}

#[test]
fn help_begins_with_the_screen_it_was_opened_from() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g c ?");
    let lines: Vec<String> = desk.screen().lines().map(str::to_owned).collect();
    assert_eq!(lines[4].trim(), "Codebook", "{}", desk.screen());
    desk.keys("'facilitators of one'");
    assert!(desk.screen().contains("Barriers and facilitators of one component"), "{}", desk.screen());
    desk.keys("C-u 'check the audio'");
    assert!(
        desk.screen().contains("Elsewhere: Read"),
        "what other screens have is found too: {}",
        desk.screen()
    );
}

#[test]
fn the_menu_finds_screens_by_their_names_and_things_by_what_other_programs_call_them() {
    let first = |typed: &str| {
        let mut desk = Desk::new(Parts::small());
        desk.keys("space").keys(&format!("'{typed}'"));
        desk.screen()
    };
    for (typed, found) in [
        ("panels", "Overview of all panels"),
        ("people", "The participants"),
        ("case", "The participants"),
        ("node", "The codebook"),
        ("history", "What was done, by whom and when"),
        ("identifiers", "Words that may tell who somebody is"),
        ("quotations", "The list of quotes"),
    ] {
        assert!(first(typed).contains(found), "{typed}: {}", first(typed));
    }
}

#[test]
fn a_pending_sequence_shows_what_it_can_go_on_with() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g");
    insta::assert_snapshot!("which_key", desk.screen());
    desk.keys("esc");
    assert!(desk.model.pending.is_empty());
    desk.keys("g z");
    assert_eq!(desk.said(), "g z is not bound here; ? shows what is.");
    desk.keys("A-z");
    assert_eq!(desk.said(), "z is not bound here; ? shows what is.", "Alt is Esc and a key");
}

#[test]
fn hints_fit_and_help_is_always_among_them() {
    for (width, height) in [(80, 24), (40, 12)] {
        let mut desk = Desk::sized(Parts::small(), width, height);
        for keys in ["", "down ret", "down c 'tim' ret", "1", "/"] {
            desk.keys(keys);
            let screen = desk.screen();
            let hints = screen.lines().last().unwrap();
            let (_, behind_code) = hints.rsplit_once('”').unwrap_or(("", hints));
            assert!(!behind_code.contains('…'), "only the name of the last code is shortened: {hints}");
            assert!(desk.model.field().is_some() || hints.contains("? help"), "{hints}");
        }
    }
}

#[test]
fn ctrl_s_says_that_all_is_saved_and_ctrl_c_never_quits() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("C-s");
    assert_eq!(desk.said(), "Everything is saved; nothing was changed yet.");
    desk.keys("C-c C-c q C-c");
    assert!(!desk.other_effects.contains(&Effect::Quit));
    desk.keys("C-q");
    assert_eq!(desk.other_effects.last(), Some(&Effect::Quit));
}

#[test]
fn marks_of_turns_that_are_gone_count_for_nothing() {
    let parts = Parts::small();
    let i43 = parts.study.transcript_named("I43").unwrap().id;
    let turns = parts.study.turns(i43).unwrap().turns.len();
    let mut desk = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &Place::default());
    // One turn of today, and as many as there are that a correction took away.
    let gone = (1..=turns).map(|at| TurnNumber::whole(900 + u32::try_from(at).unwrap()));
    let seen: BTreeMap<_, _> = [(i43, gone.chain([TurnNumber::whole(1)]).collect())].into();
    desk.send(Msg::StudyLoaded(Box::new(Loaded { study: parts.study.clone(), seen, ..Loaded::default() })));
    let row = desk.model.transcripts.list.rows.iter().find(|row| row.id == i43).unwrap();
    assert_eq!(usize::try_from(row.read).unwrap(), 100 / turns);
}

#[test]
fn without_transcripts_enter_asks_what_to_bring_in() {
    let mut desk = Desk::new(Parts::new());
    let screen = desk.screen();
    assert!(screen.contains("i import") && !screen.contains("filter"), "{screen}");
    desk.keys("ret");
    assert!(desk.model.field().is_some(), "{}", desk.screen());
}

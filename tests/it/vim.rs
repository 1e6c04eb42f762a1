//! The keymap for vim's fingers: counts, motions, selections, marks.

use combe::app::{Effect, Screen};
use combe::text::Unit;

use crate::screen::{Desk, Parts};
use crate::screen_read::target;

/// `I43`, open at its start, with vim's keys.
fn reading() -> Desk {
    let mut desk = Desk::new(Parts::small()).keymap("vim");
    desk.keys("G ret");
    assert_eq!(desk.model.screen, Screen::Read);
    desk
}

#[test]
fn words_and_sentences_are_motions_whatever_the_cursor_is_on() {
    let mut desk = reading();
    desk.keys("}");
    assert_eq!(desk.model.read.open.as_ref().unwrap().cursor.unit, Unit::Turn);
    desk.keys("w");
    assert_eq!(target(&desk), "I", "the first step into a turn is to its first word");
    desk.keys("w w");
    assert_eq!(target(&desk), "time");
    desk.keys("b");
    assert_eq!(target(&desk), "think");
    desk.keys(")");
    assert_eq!(target(&desk), "You can’t do it all in ten minutes.");
    desk.keys("(");
    assert!(target(&desk).starts_with("I think time"));
}

#[test]
fn digits_are_counts() {
    let mut desk = reading();
    desk.keys("} w 3 w");
    assert_eq!(target(&desk), "is");
    desk.keys("1 0 w 2 b");
    assert_eq!(target(&desk), "seeing");
    desk.keys("4 G");
    assert!(target(&desk).starts_with("They know"), "a count in front of G is the number of a turn");
    desk.keys("2");
    assert!(desk.screen().lines().last().unwrap().ends_with(" 2"), "{}", desk.screen());
    desk.keys("esc j");
    assert_eq!(target(&desk), "Mm.", "Esc gives the count up");
    desk.keys("0");
    assert_eq!(desk.said(), "", "a nought alone is a key");
    desk.keys("9 9 9 9 9 k");
    assert_eq!(desk.model.count, None);
    assert!(target(&desk).starts_with("How does time"));
}

#[test]
fn a_count_never_codes_twice_and_undoes_as_often_as_it_says() {
    let mut desk = reading();
    desk.keys("} c 'work' ret j 3 .");
    assert_eq!(desk.codings().len(), 2);
    desk.keys("c 'writ' ret 2 u");
    assert_eq!(desk.codings().len(), 1);
    desk.keys("2 C-r");
    assert_eq!(desk.codings().len(), 3);
}

#[test]
fn v_selects_by_words_and_o_goes_to_its_other_end() {
    let mut desk = reading();
    desk.keys("} w w w v w w w");
    assert_eq!(target(&desk), "time is really key");
    desk.keys("o b");
    assert_eq!(target(&desk), "think time is really key");
    desk.keys("c 'work' ret esc");
    assert_eq!(desk.codings(), ["think time is really key = Workload barrier"]);
    desk.keys("V }");
    assert!(target(&desk).contains("How does") || target(&desk).len() > 100, "{}", target(&desk));
}

#[test]
fn marks_take_any_letter_and_twice_goes_back() {
    let mut desk = reading();
    desk.keys("} m a");
    assert!(desk.said().starts_with("I43:2 is marked “a”"), "{}", desk.said());
    desk.keys("} } m 7 ` a");
    assert!(target(&desk).starts_with("I think time"));
    desk.keys("` 7");
    assert!(target(&desk).starts_with("They know"));
    desk.keys("` `");
    assert!(target(&desk).starts_with("I think time"));
    desk.keys("tab");
    assert!(target(&desk).starts_with("They know"));
    desk.keys("` x");
    assert_eq!(desk.said(), "There is no mark “x”.");
    desk.keys("m");
    assert!(desk.screen().contains("letter"), "the popup says that a letter follows: {}", desk.screen());
}

#[test]
fn panels_stand_behind_g_and_control_z_stops_the_program() {
    let mut desk = reading();
    desk.keys("g 2");
    assert_eq!((desk.model.screen, desk.model.panels.panel), (Screen::Panels, 2));
    desk.keys("g t");
    assert_eq!(desk.model.screen, Screen::Codebook);
    desk.keys("C-z");
    assert!(desk.other_effects.iter().any(|effect| matches!(effect, Effect::Suspend)));
}

#[test]
fn lists_know_counts_and_ends() {
    let mut desk = Desk::new(Parts::small()).keymap("vim");
    desk.keys("G");
    assert_eq!(desk.model.transcripts.list.roll.chosen, 1);
    desk.keys("g g");
    assert_eq!(desk.model.transcripts.list.roll.chosen, 0);
    desk.keys("2 G");
    assert_eq!(desk.model.transcripts.list.roll.chosen, 1);
    desk.keys("1 G 5 j");
    assert_eq!(desk.model.transcripts.list.roll.chosen, 1);
}

#[test]
fn removals_are_d_d_and_the_start_of_a_quote_moves_by_b_and_w() {
    let mut desk = reading();
    desk.keys("} w w w v w esc b v w c 'work' ret esc");
    assert_eq!(desk.codings().len(), 1);
    let before = desk.codings();
    desk.keys("B");
    assert_ne!(desk.codings(), before);
    desk.keys("u d d");
    assert_eq!(desk.codings().len(), 0);
}

#[test]
fn a_star_finds_the_word_further_on() {
    let mut desk = reading();
    desk.keys("} w w w *");
    let query = desk.other_effects.iter().find_map(|effect| match effect {
        Effect::Search { query, .. } => Some(query.clone()),
        _ => None,
    });
    assert_eq!(query.as_deref(), Some("in:I43 (time)"));
}

#[test]
fn keys_that_wait_for_the_study_keep_their_count() {
    let parts = Parts::small();
    let mut desk =
        Desk::begin(parts.setting(80, 24), combe::study::Study::default(), &parts, &Default::default())
            .keymap("vim");
    desk.keys("2 u");
    assert_eq!(desk.model.waiting.len(), 2, "{:?}", desk.model.waiting);
}

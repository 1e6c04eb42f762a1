//! Reading: what is on the screen, and how the cursor moves.

use combe::app::{Msg, Screen};
use combe::study::Kind;
use combe::text::Unit;
use combe::ui::glyphs::GlyphSet;
use combe::ui::theme::Colours;
use proptest::prelude::*;

use crate::screen::{Desk, I43, Parts};

pub(crate) fn reading() -> Desk {
    let mut desk = Desk::new(Parts::small());
    desk.keys(": 'open_transcript I43' ret");
    desk
}

/// What keys act on, in words.
pub(crate) fn target(desk: &Desk) -> String {
    let open = desk.model.read.open.as_ref().unwrap();
    open.selection().slice(open.page.text()).unwrap().to_owned()
}

fn unit(desk: &Desk) -> Unit {
    desk.model.read.open.as_ref().unwrap().cursor.unit
}

/// A transcript of so many turns of so many sentences each.
fn long(turns: usize, sentences: usize) -> Desk {
    let mut text = String::new();
    for turn in 0..turns {
        let label = if turn % 2 == 0 { "Interviewer" } else { "P001" };
        text.push_str(&format!("{label}: "));
        for sentence in 0..sentences {
            text.push_str(&format!(
                "This is sentence {sentence} of turn {}, with some words in it. ",
                turn + 1
            ));
        }
        text.push_str("\n\n");
    }
    let mut parts = Parts::new();
    parts.transcript("I01", Kind::Interview, &text, false);
    let mut desk = Desk::new(parts);
    desk.keys("ret");
    desk
}

#[test]
fn a_transcript_in_three_sizes() {
    let mut desk = reading();
    desk.keys("down . c 'tim' ret c 'work' ret t right c 'writing' ret + s");
    insta::assert_snapshot!("read_80x24", desk.picture());
    desk.send(Msg::Resize(40, 12));
    insta::assert_snapshot!("read_40x12", desk.picture());
    desk.send(Msg::Resize(200, 60));
    insta::assert_snapshot!("read_200x60", desk.picture());
}

#[test]
fn it_can_be_read_in_ascii_and_in_sixteen_colours() {
    let mut desk = reading();
    desk.keys("down c 'tim' ret t right c 'writing' ret + -");
    let desk = desk.looks(GlyphSet::Ascii, Colours::None);
    assert!(desk.screen().is_ascii());
    insta::assert_snapshot!("read_ascii", desk.screen());
    let desk = desk.looks(GlyphSet::Unicode, Colours::Sixteen);
    insta::assert_snapshot!("read_colours", desk.picture());
}

#[test]
fn every_size_down_to_one_cell_is_survived() {
    let mut desk = reading();
    desk.keys("down c 'tim' ret");
    for keys in [
        "",
        "c 'w'",
        "esc m 'one' ret 'two'",
        "esc space",
        "esc ?",
        "esc : 'o'",
        "esc q",
        "esc x",
        "esc g t",
        "esc f",
    ] {
        desk.keys(keys);
        for (width, height) in
            [(1, 1), (0, 0), (39, 10), (40, 9), (40, 10), (41, 11), (60, 10), (99, 12), (300, 90)]
        {
            desk.send(Msg::Resize(width, height));
            desk.buffer();
        }
    }
    desk.send(Msg::Resize(20, 5));
    assert_eq!(desk.screen(), "too small:\n20x5\nmake it 40x10\n\n");
}

#[test]
fn the_cursor_moves_by_units_within_and_across_turns() {
    let mut desk = reading();
    assert_eq!(target(&desk), "How does time come into it?");
    desk.keys("right t right");
    assert_eq!(target(&desk), "You can’t do it all in ten minutes.");
    desk.keys("right right");
    assert_eq!(target(&desk), "They know.");
    desk.keys("t right right");
    assert_eq!(target(&desk), "Some");
    desk.keys("left left left");
    assert_eq!(target(&desk), "patients");
    desk.keys("end left");
    assert_eq!(target(&desk), "the");
    desk.keys("home left");
    assert_eq!(target(&desk), "minutes");
}

#[test]
fn growing_and_shrinking_undo_one_another() {
    let mut desk = reading();
    desk.keys("down t t right right right");
    assert_eq!(target(&desk), "is");
    desk.keys("w");
    assert!(target(&desk).starts_with("I think time"));
    desk.keys("w");
    assert_eq!(unit(&desk), Unit::Turn);
    desk.keys("w");
    assert!(desk.said().contains("widest"));
    desk.keys("t t");
    assert_eq!(target(&desk), "is");
    desk.keys("t");
    assert!(desk.said().contains("tightest"));
}

#[test]
fn up_and_down_go_to_the_nearest_unit_and_keep_their_column() {
    let mut desk = reading();
    desk.keys("t t right right");
    assert_eq!(target(&desk), "time");
    desk.keys("down");
    assert_eq!(target(&desk), "time", "of the next turn: `I think [time]` is nearest below");
    desk.keys("down");
    assert_eq!(target(&desk), "pressurised");
    desk.keys("up");
    assert_eq!(target(&desk), "time");
    desk.keys("up");
    assert_eq!(target(&desk), "time");
    desk.keys("up up");
    assert_eq!(target(&desk), "time", "the preamble has no units");
}

#[test]
fn a_selection_grows_by_v_and_by_shift_and_esc_lets_go_of_it() {
    let mut desk = reading();
    desk.keys("down t t S-right S-right");
    assert_eq!(target(&desk), "I think time");
    desk.keys("right");
    assert_eq!(target(&desk), "is", "a plain move ends what Shift began");
    desk.keys("v right right");
    assert_eq!(target(&desk), "is really key");
    desk.keys("left left left");
    assert_eq!(target(&desk), "time is", "over the start and back");
    desk.keys("esc");
    assert_eq!(target(&desk), "time");
    desk.keys("w w v down");
    assert_eq!(desk.screen().matches('>').count(), 1, "the cursor is on the turn of one row");
    assert!(target(&desk).contains("\n\nInterviewer: And the patients?"));
}

#[test]
fn a_turn_longer_than_the_window_is_read_to_its_end_before_the_next() {
    let mut desk = long(3, 60);
    desk.keys("down");
    assert!(target(&desk).contains("turn 1,"), "the first turn goes on below");
    let mut presses = 1;
    while !target(&desk).contains("turn 2") {
        desk.keys("down");
        presses += 1;
        assert!(presses < 30);
    }
    assert!(presses > 4, "{presses} presses scrolled through a turn of four windows");
    assert!(desk.screen().contains("sentence 0 of turn 2"));
}

#[test]
fn pages_and_ends() {
    let mut desk = long(200, 2);
    desk.keys("t pgdn pgdn pgup");
    let after = desk.model.read.open.as_ref().unwrap().cursor.turn;
    assert!(after > 2, "{after}");
    desk.keys("pgup pgup pgup");
    assert!(target(&desk).contains("sentence 0 of turn 1,"));
    desk.keys("g e");
    assert!(target(&desk).contains("sentence 1 of turn 200"));
    assert!(desk.screen().lines().nth(21).unwrap().contains("words in it"), "the last row is at the bottom");
    desk.keys("pgdn");
    assert!(target(&desk).contains("of turn 200"));
    desk.keys("g g");
    assert!(target(&desk).contains("sentence 0 of turn 1,"));
    desk.keys("backspace");
    assert!(target(&desk).contains("sentence 1 of turn 200"));
}

#[test]
fn pages_show_every_row_of_turns_that_are_longer_than_a_page() {
    for (unit, width, height) in
        [("t t", 80, 24), ("t", 80, 24), ("", 80, 24), ("t t", 40, 12), ("t t", 200, 60)]
    {
        let mut desk = long(3, 130);
        desk.send(Msg::Resize(width, height));
        // The widest unit first, a turn; the keys of `unit` make it smaller.
        desk.keys(&format!("a a {unit}"));
        for (key, last) in [("pgdn", "sentence 129 of turn 3"), ("pgup", "sentence 0 of turn 1")] {
            let rows = |desk: &Desk| desk.model.read.open.as_ref().unwrap().rows.clone();
            let mut presses = 0;
            while !desk.screen().contains(&format!("{last},")) {
                let before = rows(&desk);
                desk.keys(key);
                let (after, at) = (rows(&desk), format!("{key} with {unit:?} at {width}x{height}"));
                assert_ne!(after, before, "{at} stands still");
                assert!(after.iter().any(|row| before.contains(row)), "{at} leaves rows out");
                presses += 1;
                assert!(presses < 500, "{at} comes to no end");
            }
        }
    }
}

#[test]
fn the_text_stands_still_while_the_cursor_stays_inside() {
    let mut desk = long(200, 2);
    desk.keys("t down down down down down");
    let body = |desk: &Desk| desk.screen().lines().nth(2).unwrap().to_owned();
    let before = body(&desk);
    desk.keys("down down down");
    assert_eq!(body(&desk), before);
}

#[test]
fn stripes_can_be_hidden_and_the_text_gets_their_room() {
    let mut desk = reading();
    desk.keys("down c 'tim' ret b");
    assert!(!desk.screen().lines().take(22).any(|line| line.contains("Appointment")));
    assert!(desk.screen().contains("we’re so pressurised for"));
    desk.keys("b");
    assert!(desk.screen().lines().take(22).any(|line| line.contains("Appointment")));
}

#[test]
fn controls_and_marks_of_direction_are_shown_and_never_sent() {
    let mut parts = Parts::new();
    parts.transcript(
        "I01",
        Kind::Interview,
        "P1: a\u{1b}[31mb\tc \u{202e}d 時間 e\u{301}\u{200b}\u{ad}f\n",
        false,
    );
    let mut desk = Desk::new(parts);
    desk.keys("ret");
    let (buffer, _) = desk.buffer();
    for cell in buffer.content() {
        assert!(!cell.symbol().chars().any(|c| c.is_control() || c == '\u{202e}'), "{:?}", cell.symbol());
    }
    assert!(desk.screen().contains("a␛[31mb c"));
    assert!(desk.screen().contains("\u{fffd}d 時間 e\u{301}f"));
}

#[test]
fn a_transcript_without_a_word_is_no_trouble() {
    for text in ["", "only a preamble\n", "P1: \n\nP2: …\n"] {
        let mut parts = Parts::new();
        parts.transcript("I01", Kind::Interview, text, false);
        let mut desk = Desk::new(parts);
        desk.keys("ret t down up left right pgdn pgup g e g g v right . c esc m esc i esc s n a x c del w");
        desk.screen();
    }
}

#[test]
fn what_was_on_the_screen_is_read() {
    let desk = reading();
    let marked: Vec<String> = desk
        .other_effects
        .iter()
        .filter_map(|effect| match effect {
            combe::app::Effect::MarkRead { turns, .. } => {
                Some(turns.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
            }
            _ => None,
        })
        .collect();
    assert_eq!(marked, ["1 2 3 4 5 6"]);
    assert_eq!(desk.model.screen, Screen::Read);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However one moves, the cursor is on a unit of a turn, and in sight.
    #[test]
    fn the_cursor_is_always_on_words_and_in_sight(
        keys in prop::collection::vec(
            prop::sample::select(vec![
                "left", "right", "up", "down", "pgup", "pgdn", "home", "end", "w", "t", "J", "K", "g g", "g e", "v",
                "S-right", "S-up", "esc", "a", "b",
            ]),
            1..40,
        ),
        size in prop::sample::select(vec![(80u16, 24u16), (40, 10), (60, 11), (200, 60)]),
    ) {
        let mut desk = long(30, 3);
        desk.send(Msg::Resize(size.0, size.1));
        for key in keys {
            desk.keys(key);
            let open = desk.model.read.open.as_ref().unwrap();
            let turn = &open.page.turns().turns[open.cursor.turn];
            prop_assert!(turn.speech.covers(open.cursor.span) && !open.cursor.span.is_empty());
            prop_assert!(open.cursor.span.contains(open.cursor.caret as usize));
            prop_assert!(open.rows.iter().any(|at| at.turn() == Some(open.cursor.turn)));
            prop_assert!(open.rows.len() == usize::from(size.1 - 4));
        }
    }
}

#[test]
fn the_fixture_is_what_it_seems() {
    assert_eq!(I43.matches("P088:").count(), 3);
}

//! The program in lines: what a screen reader hears.

use combe::app::{Msg, Screen};
use combe::ui::glyphs::{GlyphSet, Glyphs};
use combe::ui::linear::{Listener, break_lines};

use crate::screen::{Desk, Parts};

/// Somebody who listens to a desk.
struct Ear {
    desk: Desk,
    listener: Listener,
    glyphs: GlyphSet,
}

impl Ear {
    fn new() -> Ear {
        let mut ear =
            Ear { desk: Desk::new(Parts::small()), listener: Listener::default(), glyphs: GlyphSet::Unicode };
        ear.hear();
        ear
    }

    fn hear(&mut self) -> String {
        self.listener.hear(&self.desk.model, Glyphs::of(self.glyphs))
    }

    /// What is heard after the last of these keys; each is listened to.
    fn keys(&mut self, keys: &str) -> String {
        let mut heard = String::new();
        for key in keys.split(' ') {
            self.desk.keys(key);
            heard = self.hear();
        }
        heard
    }
}

#[test]
fn it_begins_with_where_one_is_and_how_to_learn_more() {
    let desk = Desk::new(Parts::small());
    let mut listener = Listener::default();
    let heard = listener.hear(&desk.model, Glyphs::of(GlyphSet::Unicode));
    let lines: Vec<&str> = heard.lines().collect();
    assert_eq!(
        lines,
        [
            "Combe, study coproduction, coder c1. ? lists all keys, Ctrl-G says where you are, Ctrl-L says it again.",
            "Transcripts",
            "FG06, focus group, 2 people, 4 turns, 23 words, 0 % coded, 0 % read, 1 of 2",
        ]
    );
    assert_eq!(
        listener.hear(&desk.model, Glyphs::of(GlyphSet::Unicode)),
        "",
        "nothing is new, nothing is said"
    );
}

#[test]
fn lists_say_the_row_and_its_place_and_answer_at_their_ends() {
    let mut ear = Ear::new();
    assert!(ear.keys("down").ends_with("read, 2 of 2\n"));
    assert!(ear.keys("down").ends_with("read, 2 of 2\n"), "a key that changes nothing is answered");
    assert!(ear.keys("o").starts_with("o …"));
}

#[test]
fn reading_says_turn_speaker_words_and_codes_once() {
    let mut ear = Ear::new();
    let heard = ear.keys("down ret");
    let lines: Vec<&str> = heard.lines().collect();
    assert_eq!(
        lines,
        ["Read: I43, interview, 6 turns", "1, Interviewer: How does time come into it?", "no code"]
    );
    let heard = ear.keys("down");
    assert!(heard.starts_with("2, P088: I think time is really key"), "{heard}");
    assert_eq!(heard.lines().count(), 1, "still no code: {heard}");
    ear.keys("t");
    assert_eq!(ear.keys("right"), "You can’t do it all in ten minutes.\n");
    ear.keys("left");
    let heard = ear.keys("t");
    assert!(heard.starts_with("I, in: I think time is really key"), "a word, and what it stands in: {heard}");
    assert_eq!(ear.keys("right"), "think\n", "within a sentence the words alone");
    assert_eq!(ear.keys("S-right"), "time (2 words selected)\n");
}

#[test]
fn a_memo_is_no_code_and_a_place_that_is_gone_to_names_who_speaks() {
    let mut ear = Ear::new();
    ear.keys("down ret down m 'x' C-s");
    assert_eq!(ear.keys("C-l").lines().last(), Some("no code; 1 memo"));
    // The transcript is left in the middle of a turn, and come back to.
    ear.keys("t right");
    let heard = ear.keys("g t g r").lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(heard.iter().any(|line| line == "2, P088: You can’t do it all in ten minutes."), "{heard:?}");
}

#[test]
fn coding_is_answered_and_the_text_is_not_read_again() {
    let mut ear = Ear::new();
    ear.keys("down ret down");
    let heard = ear.keys("c");
    let lines: Vec<&str> = heard.lines().collect();
    assert_eq!(
        lines,
        [
            "Code for I43:2",
            "Appointment time, barrier, 1 of 4",
            "There is too little time in an appointment."
        ]
    );
    assert_eq!(ear.keys("'w'"), "w: Workload, barrier, 1 of 3\n");
    assert_eq!(ear.keys("'o'"), "wo: Workload, barrier, 1 of 3\n");
    let heard = ear.keys("ret");
    let lines: Vec<&str> = heard.lines().collect();
    assert_eq!(lines, ["I43:2: Workload", "coded Workload, barrier"]);
    assert_eq!(ear.keys("."), "I43:2 has “Workload” already.\n");
    assert_eq!(ear.keys("."), "I43:2 has “Workload” already.\n", "the same answer twice is said twice");
    assert_eq!(ear.keys("u").lines().last(), Some("no code"));
}

#[test]
fn what_is_typed_is_the_one_line_that_grows() {
    let mut ear = Ear::new();
    ear.keys("down ret down");
    assert_eq!(ear.keys("m"), "analytic memo on I43:2; Ctrl-S saves it.\nmemo: ");
    assert_eq!(ear.keys("'t'"), "t");
    assert_eq!(ear.keys("'i'"), "i");
    assert_eq!(ear.keys("backspace"), "\nmemo: t");
    let heard = ear.keys("C-s");
    assert!(heard.starts_with('\n') && heard.contains("memo"), "{heard}");
}

#[test]
fn every_screen_and_layer_says_something_without_boxes_or_controls() {
    let mut ear = Ear::new();
    ear.desk.keys("down ret down c 'work' ret");
    ear.hear();
    for keys in [
        "g t", "g w", "g p", "4", "ret", "g c", "g m", "g ,", "g r", "space", "esc", "?", "pgdn", "esc", ":",
        "esc", "g o", "esc", "e", "esc", "q", "n", "C-g", "g s",
    ] {
        ear.desk.keys(keys);
        let heard = ear.hear();
        assert!(!heard.trim().is_empty(), "{keys} is not answered");
        assert!(!heard.chars().any(|c| c != '\n' && c.is_control()), "{keys}: {heard:?}");
        assert!(!heard.chars().any(|c| ('\u{2500}'..='\u{259f}').contains(&c)), "{keys}: {heard}");
    }
}

#[test]
fn the_curtain_scrolls_all_away() {
    let mut ear = Ear::new();
    ear.keys("down ret");
    let heard = ear.keys("Z");
    assert!(heard.starts_with("\n\n\n\n") && heard.ends_with("\nAny key goes on.\n"));
    assert!(ear.keys("x").starts_with("Read: I43"), "what was there is said again");
}

#[test]
fn asked_again_it_says_all_again_and_status_comes_on_a_key() {
    let mut ear = Ear::new();
    ear.keys("down ret down");
    let heard = ear.keys("C-l");
    assert_eq!(heard.lines().count(), 3, "{heard}");
    let heard = ear.keys("C-g");
    assert!(heard.starts_with("Read · I43:2 of 6 turns"), "{heard}");
    ear.glyphs = GlyphSet::Ascii;
    assert!(ear.keys("C-l").is_ascii());
}

#[test]
fn keys_that_go_on_are_listed_and_a_message_from_elsewhere_is_said() {
    let mut ear = Ear::new();
    assert_eq!(ear.keys("g"), "g …; ? lists what can follow\n");
    let heard = ear.keys("?");
    assert!(heard.starts_with("g: ") && heard.contains("t The list of transcripts"), "{heard}");
    assert!(ear.keys("c").starts_with("Codebook: "), "the keys before it still count");
    ear.keys("g t");
    ear.desk.send(Msg::Notice("c2 coded FG06.".into()));
    assert_eq!(ear.hear(), "c2 coded FG06.\n");
    assert_eq!(ear.desk.model.screen, Screen::Transcripts);
}

#[test]
fn what_differs_from_a_former_text_is_said_row_by_row() {
    let mut ear = Ear::new();
    ear.keys("end ret J W w end");
    ear.desk.keys("' Never.' C-s");
    ear.hear();
    let heard = ear.keys("W f");
    assert!(heard.contains("I43: from revision 1 to 2"), "{heard}");
    assert!(heard.contains("2 … ") && heard.contains("in ten minutes.{+ Never.+}"), "{heard}");
}

#[test]
fn numbers_of_a_code_say_what_they_count() {
    let mut ear = Ear::new();
    let heard = ear.keys("down ret down c 'work' ret g c down");
    assert!(heard.contains("Workload, barrier, under "), "{heard}");
    assert!(heard.contains(", draft, codings 1, people 1, 2 of 4"), "{heard}");
}

#[test]
fn numbers_of_a_list_say_what_their_column_counts() {
    let mut ear = Ear::new();
    ear.keys("down ret down c 'work' ret");
    let heard = ear.keys("g w");
    assert!(heard.contains("tr. 1, words 18, coded 0, memos 0, consent -, 1 of 3"), "{heard}");
}

#[test]
fn lines_break_where_words_end_and_what_is_typed_goes_on() {
    let said = "one two three four\nfind: tim";
    assert_eq!(break_lines(said, 10), "one two\nthree four\nfind: tim");
    assert_eq!(break_lines(said, 80), said);
    assert_eq!(break_lines("find: time\n\n", 40), "find: time\n\n");
}

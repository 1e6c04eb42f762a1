//! Moving the ends of a quote, recoding, jumping, marking, and what is shown beside the text.

use combe::app::{Effect, Msg};
use combe::study::Kind;

use crate::screen::{Desk, Parts};
use crate::screen_read::{reading, target};

#[test]
fn each_end_of_a_quote_moves_with_one_key() {
    let mut desk = reading();
    desk.keys("down t c 'tim' ret");
    let whole = target(&desk);
    desk.keys("}");
    assert_eq!(target(&desk), whole["I ".len()..]);
    desk.keys("} } } < < <");
    assert_eq!(
        target(&desk),
        "really key, we’re so pressurised for time seeing patients and the volume that want to"
    );
    assert_eq!(desk.codings(), [format!("{} = Appointment time barrier", target(&desk))]);
    assert_eq!(desk.model.study.quotes().len(), 1, "the quote moved, no other one was made");
    desk.keys("( ( ( ( ,");
    assert_eq!(
        target(&desk),
        " is really key, we’re so pressurised for time seeing patients and the volume that want t"
    );
    desk.keys(") ; {");
    assert_eq!(
        target(&desk),
        "time is really key, we’re so pressurised for time seeing patients and the volume that want to"
    );
    desk.keys("u u u u u u u u u u u u u u u");
    assert_eq!(desk.codings(), [format!("{whole} = Appointment time barrier")]);
}

#[test]
fn without_a_quote_the_selection_moves_and_is_then_coded() {
    let mut desk = reading();
    desk.keys("down t > >");
    assert!(target(&desk).ends_with("You can’t"), "over the end of the sentence: {}", target(&desk));
    desk.keys("< < { {");
    assert!(target(&desk).starts_with("into it?"), "{}", target(&desk));
    assert!(desk.committed.is_empty());
    desk.keys("} } c 'work' ret");
    assert!(desk.codings()[0].starts_with("I think time"));
    desk.keys("right");
    assert_eq!(target(&desk), "You can’t do it all in ten minutes.", "a move lets go of it");
}

#[test]
fn an_end_stops_before_the_other_and_at_another_quote() {
    let mut desk = reading();
    desk.keys("down t t c 'work' ret < ");
    assert_eq!(desk.said(), "The end cannot move further there.");
    desk.keys("right c 'work' ret left }");
    assert_eq!(desk.said(), "The start cannot move further there.");
    desk.keys("> }");
    assert!(desk.said().starts_with("Another quote of yours has exactly that span"), "{}", desk.said());
    assert_eq!(target(&desk), "I think");
}

#[test]
fn recoding_keeps_the_quote_with_its_star() {
    let mut desk = reading();
    desk.keys("down c 'writ' ret + s r 'work' ret");
    assert_eq!(desk.said(), "I43:2: Workload in place of Writing things down");
    let coding = desk.model.study.codings().iter().next().unwrap().clone();
    assert_eq!(coding.valence, None, "the side of the new code decides");
    assert!(desk.model.study.quotes().iter().next().unwrap().starred);
    desk.keys("r 'work' ret");
    assert_eq!(desk.said(), "I43:2 has “Workload” already.");
    desk.keys("r 'Rushed' ret");
    assert!(desk.model.study.code_named("rushed").is_some());
    desk.keys("u u");
    assert!(desk.model.study.code_named("rushed").is_none());
    assert!(desk.codings()[0].ends_with("Writing things down facilitator"), "{:?}", desk.codings());
}

#[test]
fn everything_here_is_a_list_and_enter_goes_to_one() {
    let mut desk = reading();
    desk.keys("e");
    assert_eq!(desk.said(), "There is nothing of yours here.");
    desk.keys("down c 'work' ret t c 'tim' ret w s e");
    let screen = desk.screen();
    assert!(screen.contains("Workload (barrier)") && screen.contains("star"), "{screen}");
    desk.keys("'appo' ret");
    assert!(target(&desk).starts_with("I think time"), "{}", target(&desk));
    desk.keys("x c");
    assert!(desk.said().contains("“Appointment time” taken away"), "{}", desk.said());
}

#[test]
fn jumps_go_to_the_next_of_their_kind_and_say_so_if_there_is_none() {
    let mut parts = Parts::new();
    let text = "INT: Go on.\n\nP1: We [inaudible 00:01:02] it.\n\nINT: Why?\n\nP2: I do not know [Unclear].\n\nP1: No.\n";
    parts.transcript("I01", Kind::Interview, text, false);
    let mut desk = Desk::new(parts);
    desk.keys(": 'I01 1' ret ] i");
    assert_eq!(target(&desk), "[inaudible 00:01:02]");
    desk.keys("] i");
    assert_eq!(target(&desk), "[Unclear]");
    desk.keys("] i");
    assert_eq!(desk.said(), "Nothing inaudible follows.");
    desk.keys("[ i");
    assert_eq!(target(&desk), "[inaudible 00:01:02]");
    desk.keys("] s");
    assert_eq!(target(&desk), "No.", "the next turn of P1");
    desk.keys("] s");
    assert_eq!(desk.said(), "This speaker does not speak again.");
    desk.keys("[ s m 'ask again' C-s g g ] m");
    assert_eq!(target(&desk), "We [inaudible 00:01:02] it.");
    desk.keys("] m");
    assert_eq!(desk.said(), "No memo of yours follows.");
}

#[test]
fn an_address_on_the_line_goes_to_a_turn() {
    let mut desk = reading();
    desk.keys(": 'FG06 3' ret");
    assert_eq!(target(&desk), "My wife writes a list.");
    desk.keys(": 'i43:4' ret g n '2' ret");
    assert!(target(&desk).starts_with("I think time"));
    desk.keys(": 'i43 77' ret");
    assert_eq!(desk.said(), "I43 has no turn 77.");
    desk.keys("g o 'fg' ret");
    assert_eq!(target(&desk), "My wife writes a list.", "where it was left");
}

#[test]
fn marks_and_the_places_before_are_lists() {
    let mut desk = reading();
    let apostrophe = || Msg::Key(combe::app::keymap::Key::char('\''));
    desk.send(apostrophe());
    assert!(desk.said().contains("No place is marked yet"));
    desk.keys("down M 'time' ret : 'FG06' ret");
    desk.send(apostrophe());
    desk.keys("'ti' ret");
    assert!(target(&desk).starts_with("I think time"));
    desk.keys("backspace");
    assert_eq!(target(&desk), "Who would like to begin?");
    desk.keys("\\");
    assert!(target(&desk).starts_with("I think time"), "forward again");
    desk.keys("\\");
    assert_eq!(desk.said(), "There is no later place to go forward to.");
    desk.keys("g b");
    assert!(desk.screen().contains("FG06:1"), "{}", desk.screen());
    desk.keys("ret");
    assert_eq!(target(&desk), "Who would like to begin?");
    let place = combe::app::Place::of(&desk.model);
    assert_eq!(place.marks.keys().collect::<Vec<_>>(), ["time"], "marks are kept with the place");
}

#[test]
fn going_back_goes_over_screens_and_keeps_the_transcript_that_was_opened_since() {
    let mut desk = reading();
    desk.keys("g o 'FG06' ret g t backspace");
    assert_eq!(target(&desk), "Who would like to begin?", "from the list back to what was read");
    desk.keys("1 : 'I43 2' ret backspace");
    assert_eq!(desk.model.screen, combe::app::Screen::Panels);
    desk.keys("g r");
    assert!(target(&desk).starts_with("I think time"), "{}", target(&desk));
}

#[test]
fn an_old_query_gives_way_to_what_is_typed() {
    let mut desk = reading();
    desk.keys("/ 'trust' esc g r / 'time'");
    assert_eq!(desk.model.search.field.text(), "time");
    desk.keys("esc / left 's'");
    assert_eq!(desk.model.search.field.text(), "timse", "moving the cursor keeps it");
}

#[test]
fn who_speaks_is_shown_beside_the_text_on_a_key() {
    let mut desk = reading();
    desk.keys("down d");
    assert!(desk.screen().contains("P088: group clinician · profession GP"), "{}", desk.screen());
    desk.keys("up");
    assert!(desk.screen().contains("Interviewer: interviewer or moderator"), "{}", desk.screen());
    desk.send(Msg::Resize(40, 12));
    assert!(desk.screen().contains("Interviewer: interviewer"), "{}", desk.screen());
    desk.keys("d");
    assert!(!desk.screen().contains("counted for nobody"));
}

#[test]
fn the_curtain_hides_all_and_the_next_key_only_opens_it() {
    let mut desk = reading();
    desk.keys("down");
    let before = desk.screen();
    desk.keys("Z");
    assert_eq!(desk.screen().trim(), "Any key goes on.");
    desk.keys("down");
    assert_eq!(desk.screen(), before);
}

#[test]
fn what_is_read_is_marked_by_a_key() {
    let mut desk = reading();
    desk.other_effects.clear();
    desk.keys("down R");
    assert_eq!(desk.said(), "I43 is marked as read up to turn 2.");
    let marked = desk.other_effects.iter().find_map(|effect| match effect {
        Effect::MarkRead { turns, read: true, .. } => Some(turns.len()),
        _ => None,
    });
    assert_eq!(marked, Some(2));
    desk.keys("g e R");
    assert_eq!(desk.said(), "I43 is marked as read.");
}

#[test]
fn finding_in_a_transcript_goes_on_from_the_cursor() {
    let mut desk = reading();
    desk.other_effects.clear();
    desk.keys("down f 'time' ret");
    let asked = desk.other_effects.iter().rev().find_map(|effect| match effect {
        Effect::Search { query, .. } => Some(query.clone()),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some("in:I43 (time)"));
}

#[test]
fn places_before_are_told_apart() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g c down ret g t g w ret g t g c t g t g b");
    let screen = desk.screen();
    for words in ["Codebook: themes", "People: P1F", "Codebook: “Workload”"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

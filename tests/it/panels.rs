//! The panels: keys in, screens out.

use combe::app::{Place, Screen};
use combe::study::{Classified, Kind, Side, Valence};

use crate::panels_stage::Script;

/// Two interviews and a focus group on time, one theme of two codes and one of a single side, a code by itself, and one
/// that nobody has classified.
fn valley() -> Script {
    let mut script = Script::new();
    for (name, group) in [("Ann", "public"), ("Ben", "clinician"), ("Cai", "public"), ("Dee", "clinician")] {
        script.person(name, group);
    }
    let i1 = script.transcript(
        "I1",
        Kind::Interview,
        &[
            "Int: How is it going?",
            "Ann: I never get an appointment when I need one, and then it is ten minutes and out.",
        ],
    );
    let i2 = script.transcript(
        "I2",
        Kind::Interview,
        &["Int: And you?", "Ben: We are so pressurised for time. If we had longer slots we could listen."],
    );
    let fg = script.transcript(
        "FG1",
        Kind::FocusGroup,
        &[
            "Int: Who else?",
            "Cai: Ten minutes is nothing.",
            "Dee: I would restructure the whole day.",
            "Voice: Hear, hear, no time!",
        ],
    );
    let time = script.code("Allocation of appointment time", Some(Side::Barrier));
    let slots = script.code("Restructure time allocation", Some(Side::Facilitator));
    let turnover = script.code("High staff turnover", Some(Side::Barrier));
    let money = script.code("Money", None);
    let loose = script.code("Being heard", None);
    script.theme("Time", &[time], &[slots], "opportunity.physical");
    script.theme("Staff", &[turnover], &[], "opportunity.physical");
    script.classify(Classified::Code(money), "opportunity.physical");
    script.mark(i1, "ten minutes and out", time, false);
    script.mark(i2, "We are so pressurised for time.", time, true);
    script.mark(fg, "Ten minutes is nothing.", time, false);
    script.mark(fg, "no time!", time, false);
    script.mark(fg, "I would restructure the whole day.", slots, false);
    script.mark_as(i2, "longer slots", money, false, Some(Valence::Both));
    script.mark(i2, "we could listen", loose, false);
    script
}

/// The rows of a screen from the one that starts with `from`, up to the first empty one.
fn rows_from(screen: &str, from: &str) -> Vec<String> {
    let rows = screen.lines().skip_while(|row| !row.starts_with(from));
    rows.take_while(|row| !row.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_overview_has_a_row_for_each_component_and_one_for_the_rest() {
    let mut stage = valley().open(80, 24);
    let screen = stage.keys("0").screen();
    assert!(screen.contains("n of 4 people · layers of record"), "{screen}");
    assert!(
        screen.contains("  3 Physical opportunity                  3       2       5       2       –\n"),
        "{screen}"
    );
    assert!(
        screen.contains("    not classified                        –       –       –       –       1\n"),
        "{screen}"
    );
    // Enter opens the panel of the chosen row; one key goes back to it.
    let screen = stage.keys("down down ret").screen();
    assert!(screen.contains("3 Physical opportunity · O-Ph"), "{screen}");
    let screen = stage.keys("backspace").screen();
    assert!(screen.contains("> 3 Physical opportunity"), "{screen}");
    let screen = stage.resize(120, 40).screen();
    assert!(screen.contains("−public +public −clinician +clinician"), "{screen}");
    let screen = stage.resize(40, 12).screen();
    assert!(screen.contains("> 3 O-Ph    −███│██+          3       2\n"), "{screen}");
}

#[test]
fn a_panel_sets_barriers_beside_facilitators_and_counts_people_by_group() {
    let mut stage = valley().open(80, 24);
    assert_eq!(
        rows_from(&stage.keys("3").screen(), " Time"),
        [
            " Time                                                                     theme",
            ">− Allocation of appointment time      │ + Restructure time allocation",
            "   3 of 4 people · 4 codings           │   1 of 4 people · 1 coding",
            "   public 2 of 2 · clinician 1 of 2    │   public 0 of 2 · clinician 1 of 2",
            "   1 left out                          │",
            " Staff                                                                    theme",
            " − High staff turnover                 │ + –",
            "   nothing coded yet                   │",
            " Money                                                                     code",
            " − 1 of 4 people · 1 coding            │ + 1 of 4 people · 1 coding",
            "   public 0 of 2 · clinician 1 of 2    │   public 0 of 2 · clinician 1 of 2",
            " All together                                                               all",
            " − 3 of 4 people · 5 codings           │ + 2 of 4 people · 2 codings",
            "   public 2 of 2 · clinician 1 of 2    │   public 0 of 2 · clinician 2 of 2",
            "   1 left out                          │",
        ]
    );
    assert!(stage.screen().contains("left out: 1 by several or unknown · interviews: 2 people in 2"));
    assert_eq!(stage.reversed(), [" Panels ", "Allocation of appointment time"]);
    assert_eq!(stage.keys("right").reversed(), [" Panels ", "Restructure time allocation"]);
    assert_eq!(stage.keys("down left").reversed(), [" Panels ", "High staff turnover"]);
    stage.keys("down");
    assert_eq!(stage.reversed(), [" Panels ", "1 of 4 people · 1 coding"]);
    stage.keys("down down down");
    assert_eq!(stage.reversed(), [" Panels ", "3 of 4 people · 5 codings"]);
}

#[test]
fn a_narrow_window_stacks_the_sides_and_keeps_the_chosen_one_in_sight() {
    let mut stage = valley().open(40, 12);
    assert_eq!(
        rows_from(&stage.keys("3").screen(), " Time")[..4],
        [
            " Time                             theme",
            ">− Allocation of appointment time",
            "   3 of 4 people · 4 codings",
            "   public 2 of 2 · clinician 1 of 2",
        ]
    );
    let screen = stage.keys("right").screen();
    assert!(screen.contains(">+ Restructure time allocation\n"), "{screen}");
    assert!(screen.contains("public 0 of 2 · clinician 1 of 2"), "{screen}");
    let screen = stage.keys("end").screen();
    assert!(screen.contains(" All together"), "{screen}");
}

#[test]
fn a_wide_window_has_the_quotes_beside_the_rows() {
    let mut stage = valley().open(200, 60);
    let screen = stage.keys("3").screen();
    let first = screen.lines().nth(2).unwrap();
    assert!(first.ends_with("│Time · barriers · 4 quotes · all groups"), "{screen}");
    assert!(screen.contains("│ ★ I2:2 · Ben\n"), "{screen}");
    let screen = stage.keys("down").screen();
    assert!(screen.contains("│Staff · barriers · 0 quotes · all groups"), "{screen}");
}

#[test]
fn enter_lists_the_quotes_then_goes_to_the_text_and_back_to_the_very_row() {
    let mut stage = valley().open(80, 24);
    let screen = stage.keys("3 ret").screen();
    let list = rows_from(&screen, " Time");
    assert_eq!(
        list,
        [
            " Time · barriers · 4 quotes · all groups",
            " >★ I2:2 · Ben",
            "    We are so pressurised for time.",
            "    FG1:2 · Cai",
            "    Ten minutes is nothing.",
            "    FG1:4 · no participant",
            "    no time!",
            "    I1:2 · Ann",
            "    ten minutes and out",
        ]
    );
    // Only those of one group.
    let screen = stage.keys("right").screen();
    assert!(screen.contains("Time · barriers · 2 quotes · public"), "{screen}");
    assert!(!screen.contains("Ben"), "{screen}");
    stage.keys("down ret");
    assert_eq!(stage.model.screen, Screen::Read);
    let place = Place::of(&stage.model);
    assert_eq!(place.transcript, stage.model.study.transcript_named("I1").map(|held| held.id));
    let screen = stage.keys("backspace").screen();
    assert!(screen.contains(" >  I1:2 · Ann"), "{screen}");
    assert!(screen.contains("2 quotes · public"), "{screen}");
    let screen = stage.keys("backspace").screen();
    assert!(screen.contains(">− Allocation"), "{screen}");
}

#[test]
fn esc_leaves_the_quotes_and_a_number_without_quotes_says_so() {
    let mut stage = valley().open(80, 24);
    let screen = stage.keys("3 ret esc").screen();
    assert!(screen.contains(">− Allocation"), "{screen}");
    assert_eq!(screen.matches('>').count(), 1, "one place is chosen: {screen}");
    let screen = stage.keys("down ret").screen();
    assert!(screen.contains("No quotes stand behind this number."), "{screen}");
}

#[test]
fn a_theme_that_is_moved_without_its_codes_says_so() {
    let mut script = valley();
    let turnover = script.study.code_named("High staff turnover").unwrap().id;
    script.classify(Classified::Code(turnover), "opportunity.physical");
    let mut stage = script.open(100, 30);
    stage.keys("3 down");
    let screen = stage.keys("c 4").screen();
    let said = "“Staff” is under Social opportunity now. Codes of it stay under Physical opportunity.";
    assert!(screen.contains(said), "{screen}");
    let screen = stage.keys("4").screen();
    assert!(screen.contains("theme, with codes that stand elsewhere"), "{screen}");
}

#[test]
fn classifying_moves_a_row_to_another_panel_and_undo_brings_it_back() {
    let mut stage = valley().open(80, 24);
    let screen = stage.keys("0 end ret").screen();
    assert!(screen.contains("Not classified"), "{screen}");
    assert!(screen.contains("\n Being heard"), "{screen}");
    assert!(screen.contains("no side yet"), "{screen}");
    assert!(screen.contains(" Enter open  v mark  c c classify"), "{screen}");
    let screen = stage.keys("c 4").screen();
    assert!(screen.contains("“Being heard” is under Social opportunity now."), "{screen}");
    assert!(screen.contains("Everything in the codebook is classified."), "{screen}");
    let screen = stage.keys("4").screen();
    assert!(screen.contains("\n Being heard") && !screen.contains("classify"), "{screen}");
    let screen = stage.keys("c 4").screen();
    assert!(screen.contains("is under Social opportunity already"), "{screen}");
    let screen = stage.keys("c 9").screen();
    assert!(screen.contains("There is no component 9: com-b has 6."), "{screen}");
    let screen = stage.keys("u").screen();
    assert!(screen.contains("Nothing is classified under Social opportunity yet."), "{screen}");
}

#[test]
fn an_empty_panel_and_a_number_too_high_say_what_to_do() {
    let mut stage = valley().open(80, 24);
    let screen = stage.keys("1").screen();
    assert!(screen.contains("Nothing is classified under Physical capability yet."), "{screen}");
    assert!(screen.contains("Next: 0 is the overview"), "{screen}");
    let screen = stage.keys("7").screen();
    assert!(screen.contains("There is no panel 7: com-b has 6 components."), "{screen}");
    assert!(screen.contains("Physical capability · C-Ph"), "{screen}");
}

#[test]
fn a_code_that_leaves_its_side_to_codings_says_how_many_are_on_this_side() {
    let mut script = Script::new();
    for name in ["Ann", "Ben"] {
        script.person(name, "public");
    }
    let i1 = script.transcript("I1", Kind::Interview, &["Int: And you?", "Ann: It costs too much to come."]);
    let i2 = script.transcript(
        "I2",
        Kind::Interview,
        &["Int: And you?", "Ben: The bus is dear. It is a long way."],
    );
    let (money, way) = (script.code("Money", None), script.code("The way", None));
    script.theme("Coming", &[money, way], &[], "opportunity.physical");
    script.mark_as(i1, "It costs too much", money, false, Some(Valence::Barrier));
    script.mark(i2, "The bus is dear.", money, false);
    script.mark_as(i2, "It is a long way.", way, false, Some(Valence::Barrier));
    let mut stage = script.open(80, 24);
    let screen = stage.keys("3").screen();
    assert!(screen.contains("Money: 2 people, 1 on this side"), "{screen}");
    assert!(screen.contains("The way: 1 person"), "{screen}");
}

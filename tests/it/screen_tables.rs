//! The screen of tables: keys in, screens out.

use combe::app::Screen;
use combe::study::{Kind, Side};

use crate::panels_stage::{Script, Stage};

/// Ann and Cai are public, Ben a clinician; time is a barrier for Ann, Ben and Cai, longer slots help Ben.
fn valley(width: u16, height: u16) -> Stage {
    let mut script = Script::new();
    for (name, group) in [("Ann", "public"), ("Ben", "clinician"), ("Cai", "public")] {
        script.person(name, group);
    }
    let i1 = script.transcript("I1", Kind::Interview, &["Int: How is it?", "Ann: Ten minutes and out."]);
    let i2 = script.transcript(
        "I2",
        Kind::Interview,
        &["Int: And you?", "Ben: No time. Longer slots would help."],
    );
    let fg = script.transcript("FG1", Kind::FocusGroup, &["Int: Who else?", "Cai: Ten minutes is nothing."]);
    let time = script.code("Appointment time", Some(Side::Barrier));
    let slots = script.code("Longer slots", Some(Side::Facilitator));
    script.theme("Time", &[time], &[slots], "opportunity.physical");
    script.mark(i1, "Ten minutes and out.", time, false);
    script.mark(i2, "No time.", time, false);
    script.mark(i2, "Longer slots would help.", slots, false);
    script.mark(fg, "Ten minutes is nothing.", time, true);
    script.open(width, height)
}

/// Where the cursor is: what is painted in reverse.
fn cursor(stage: &Stage) -> String {
    // The first run is the tab.
    let runs = stage.reversed();
    runs.iter().skip(1).map(|run| run.trim().to_owned()).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_number_opens_its_quotes_a_quote_its_passage_and_one_key_goes_back() {
    let mut stage = valley(100, 24);
    stage.keys("g =");
    assert!(stage.screen().contains("codes that occur together"), "{}", stage.screen());
    // The fourth table: codes.
    stage.keys("down down down ret");
    assert!(stage.screen().contains("Codes, of 3 participants in 3 transcripts"), "{}", stage.screen());
    assert_eq!(cursor(&stage), "Appointment time | 3");
    stage.keys("ret");
    assert!(stage.screen().contains("Appointment time · people · 3 quotes"), "{}", stage.screen());
    // The starred one comes first.
    stage.keys("ret");
    assert_eq!(stage.model.screen, Screen::Read);
    assert!(stage.screen().contains("FG1"), "{}", stage.screen());
    stage.keys("backspace");
    assert_eq!(stage.model.screen, Screen::Tables);
    assert!(stage.screen().contains("Appointment time · people · 3 quotes"), "{}", stage.screen());
    stage.keys("esc esc");
    assert!(stage.screen().contains("codes that occur together"), "{}", stage.screen());
}

#[test]
fn groups_filters_and_what_is_counted_are_chosen_by_keys() {
    let mut stage = valley(120, 24);
    stage.keys("g = down down down ret b");
    stage.type_in("group").keys("ret");
    assert!(stage.screen().contains("(N = 2)"), "{}", stage.screen());
    stage.keys("f").type_in("group:clinician").keys("ret");
    assert!(stage.screen().contains("Codes, of 1 participant in"), "{}", stage.screen());
    assert_eq!(cursor(&stage), "Appointment time | 1");
    stage.keys("esc c");
    assert!(stage.screen().contains("Codes, of 3 participants"), "{}", stage.screen());
    assert!(stage.screen().contains("count codings"), "{}", stage.screen());
    stage.keys("f").type_in("time").keys("ret");
    assert!(stage.screen().contains("counts are filtered by"), "{}", stage.screen());
}

#[test]
fn a_wide_table_scrolls_under_the_cursor_and_zero_has_no_quotes() {
    let mut stage = valley(60, 16);
    stage.keys("g = down down down ret b").type_in("group").keys("ret");
    for _ in 0..12 {
        stage.keys("right");
    }
    assert_eq!(cursor(&stage), "Appointment time | 0");
    assert!(stage.screen().contains("left out"), "{}", stage.screen());
    stage.keys("ret");
    assert!(stage.screen().contains("No quotes stand behind this number."), "{}", stage.screen());
}

#[test]
fn tables_with_a_picture_show_it() {
    let mut stage = valley(80, 24);
    stage.keys("g = down down ret p");
    let screen = stage.screen();
    let line = screen.lines().find(|line| line.contains("Physical opportunity")).unwrap();
    // Three people against one.
    let (left, right) = line.split_once('│').unwrap();
    assert_eq!(left.matches('█').count(), 3 * right.matches('█').count(), "{line}");
    assert!(left.contains('3') && right.trim_end().ends_with('1'), "{line}");
    stage.keys("esc esc");
    for _ in 0..6 {
        stage.keys("down");
    }
    stage.keys("ret p");
    assert!(stage.screen().contains("it proves nothing"), "{}", stage.screen());
    stage.keys("esc esc up ret p");
    assert!(stage.screen().contains("There is no picture of this table"), "{}", stage.screen());
}

#[test]
fn what_cannot_be_counted_says_so_in_place_of_the_table() {
    let mut stage = Script::new().open(80, 24);
    stage.keys("g =");
    if stage.screen().contains("sample") {
        stage.keys("ret");
        assert!(stage.screen().contains("No participant speaks"), "{}", stage.screen());
    }
}

#[test]
fn a_number_stands_beside_what_it_belongs_to_in_a_narrow_window() {
    let mut stage = valley(60, 24);
    // The second table: themes. The first number is that of the barrier.
    stage.keys("g = down ret");
    let row = |stage: &Stage| {
        let screen = stage.screen();
        screen.lines().find(|line| line.starts_with('>')).unwrap_or_default().to_owned()
    };
    assert!(row(&stage).contains("Appointm") && row(&stage).trim_end().ends_with('3'), "{}", stage.screen());
    assert!(!row(&stage).contains("Longer"), "{}", stage.screen());
    stage.keys("right right right");
    assert!(row(&stage).contains("Longer s"), "{}", stage.screen());
}

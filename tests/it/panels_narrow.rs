//! What panels count, in which order, and classifying in bulk: keys in, screens and the study out.

use combe::study::{Classified, Kind, Side, Valence};

use crate::panels_stage::{Script, Stage};

/// Ann and Cai (public) and Ben (clinician) on three codes of one component, one of them in a theme of two codes.
fn valley() -> Script {
    let mut script = Script::new();
    for (name, group) in [("Ann", "public"), ("Ben", "clinician"), ("Cai", "public")] {
        script.person(name, group);
    }
    let i1 = script.transcript("I1", Kind::Interview, &["Int: So?", "Ann: No time at all. No bus either."]);
    let i2 = script.transcript("I2", Kind::Interview, &["Int: So?", "Ben: No time. Too little money."]);
    let fg = script.transcript(
        "FG1",
        Kind::FocusGroup,
        &["Int: So?", "Cai: Never any time. Money, money, money.", "Voice: Time!"],
    );
    let time = script.code("Too little time", Some(Side::Barrier));
    let bus = script.code("No bus", Some(Side::Barrier));
    let money = script.code("Money", None);
    let loose = script.code("Loose", None);
    let other = script.code("Other", None);
    script.theme("Getting there", &[time, bus], &[], "opportunity.physical");
    script.classify(Classified::Code(money), "opportunity.physical");
    script.mark(i1, "No time at all.", time, false);
    script.mark(i1, "No bus either.", bus, false);
    script.mark(i2, "No time.", time, false);
    script.mark(fg, "Never any time.", time, false);
    script.mark(fg, "Time!", time, false);
    script.mark_as(i2, "Too little money.", money, false, Some(Valence::Facilitator));
    script.mark_as(fg, "Money,", money, false, Some(Valence::Facilitator));
    script.mark(fg, "any", loose, false);
    script.mark(fg, "Never", other, false);
    script
}

fn line_with<'s>(screen: &'s str, words: &str) -> &'s str {
    screen.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no “{words}” in\n{screen}"))
}

#[test]
fn a_filter_counts_some_people_and_esc_counts_all_again() {
    let mut stage = valley().open(80, 24);
    assert!(stage.keys("3").screen().contains("3 of 3 people · 5 codings"), "{}", stage.screen());
    let screen = stage.keys("f").screen();
    assert!(screen.contains("group:public") && screen.contains("2 people"), "{screen}");
    let screen = stage.type_in("clin").keys("ret").screen();
    assert!(screen.contains("group:clinician · n of 1 person"), "{screen}");
    assert!(screen.contains("1 of 1 people · 1 coding"), "{screen}");
    // Another value of the attribute takes its place; a kind narrows it further.
    stage.keys("f").type_in("group:pub").keys("ret f").type_in("kind:int").keys("ret");
    let screen = stage.screen();
    assert!(screen.contains("group:public kind:interview · n of 1 person"), "{screen}");
    assert!(screen.contains("1 of 1 people · 2 codings"), "{screen}");
    // It holds for every panel until Esc.
    assert!(stage.keys("0").screen().contains("group:public kind:interview"), "{}", stage.screen());
    let screen = stage.keys("esc").screen();
    assert!(screen.contains("n of 3 people · layers of record"), "{screen}");
    // So does the first row of the list, and the filter when it was emptied.
    stage.keys("3 f").type_in("clin").keys("ret f ret");
    assert!(stage.screen().contains("n of 3 people · layers of record"), "{}", stage.screen());
    stage.keys("f").type_in("clin").keys("ret F C-u ret");
    assert!(stage.screen().contains("n of 3 people · layers of record"), "{}", stage.screen());
    assert!(stage.screen().contains("Everybody is counted."), "{}", stage.screen());
}

#[test]
fn headings_of_groups_stand_apart_and_who_has_no_value_is_in_one_of_their_own() {
    let mut script = valley();
    for (name, group) in [("Dan", "prefer not to say"), ("Eve", "")] {
        script.person(name, group);
        script.transcript(&format!("I{name}"), Kind::Interview, &[&format!("{name}: No.")]);
    }
    let screen = script.open(200, 60).keys("0").screen();
    let heading = line_with(&screen, "no side");
    assert!(heading.contains(" −prefers not to say +prefers not to say "), "{heading}");
    assert!(heading.trim_end().ends_with(" −not recorded +not recorded"), "{heading}");
}

#[test]
fn a_filter_can_be_typed_in_the_words_of_a_search_and_says_what_is_wrong() {
    let mut stage = valley().open(80, 24);
    stage.keys("3 F").type_in("-group:public").keys("ret");
    assert!(stage.screen().contains("-group:public · n of 1 person"), "{}", stage.screen());
    stage.keys("F C-u").type_in("group:nurse").keys("ret");
    let screen = stage.screen();
    assert!(screen.contains("group:nurse finds nobody: its values are clinician, public"), "{screen}");
    assert!(screen.contains("only") && screen.contains("group:nurse"), "{screen}");
    stage.keys("C-u").type_in("group:clinician OR kind:interview").keys("ret");
    assert!(stage.screen().contains("OR joins filters of people"), "{}", stage.screen());
    stage.keys("C-u").type_in("time").keys("ret");
    assert!(stage.screen().contains("not by words"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.screen().contains("-group:public · n of 1 person"), "the one before holds");
}

#[test]
fn the_compared_attribute_is_chosen_from_a_list() {
    let mut stage = valley().open(80, 24);
    assert!(stage.keys("3").screen().contains("public 2 of 2 · clinician 1 of 1"));
    let screen = stage.keys("b").screen();
    assert!(screen.contains("now · public, clinician"), "{screen}");
    let screen = stage.keys("down ret").screen();
    assert!(screen.contains("No groups are compared."), "{screen}");
    assert!(!screen.contains("public 2 of 2"), "{screen}");
    assert!(stage.keys("b ret").screen().contains("public 2 of 2 · clinician 1 of 1"));
}

#[test]
fn rows_are_sorted_by_people_or_codings_and_the_choice_stays() {
    let mut script = valley();
    let bus = script.study.code_named("No bus").unwrap().id;
    script.theme("One side", &[bus], &[], "opportunity.physical");
    let mut stage = script.open(80, 40);
    let order = |stage: &Stage| {
        let screen = stage.screen();
        let rows = screen.lines().filter(|line| line.ends_with("theme") || line.ends_with("code"));
        rows.map(|row| row[1..].split("  ").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    stage.keys("3 down");
    assert_eq!(order(&stage), ["Getting there", "One side", "Money"]);
    stage.keys("o p");
    assert_eq!(order(&stage), ["Getting there", "Money", "One side"]);
    assert!(stage.screen().contains(" One side"), "{}", stage.screen());
    assert!(stage.screen().contains("\n>− No bus "), "{}", stage.screen());
    assert!(stage.keys("down").screen().contains("most people first"), "{}", stage.screen());
    stage.keys("o n");
    assert_eq!(order(&stage), ["Getting there", "One side", "Money"]);
}

#[test]
fn marked_rows_are_classified_in_one_action_with_a_reason() {
    let mut stage = valley().open(80, 24);
    let screen = stage.keys("g u").screen();
    assert!(screen.contains("Not classified"), "{screen}");
    stage.keys("v v");
    assert!(line_with(&stage.screen(), "Loose").ends_with('✓'), "{}", stage.screen());
    assert!(stage.keys("C").screen().contains("Physical capability"), "the popup names the components");
    stage.keys("4").type_in("said so at the meeting");
    let before = stage.committed;
    stage.keys("ret");
    assert_eq!(stage.committed, before + 1);
    assert_eq!(stage.reasons.last().unwrap().as_deref(), Some("said so at the meeting"));
    assert!(stage.screen().contains("2 rows are under Social opportunity now."), "{}", stage.screen());
    assert!(stage.screen().contains("Everything in the codebook is classified."), "{}", stage.screen());
    stage.keys("u");
    assert!(stage.screen().contains("Loose"), "{}", stage.screen());
    // All of them from a list, without a reason.
    stage.keys("a c c").type_in("refl").keys("ret");
    assert!(stage.screen().contains("2 rows are under Reflective motivation now."), "{}", stage.screen());
    assert_eq!(stage.reasons.last().unwrap(), &None);
    stage.keys("u");
    // A reason may be given beforehand, as in the codebook.
    stage.keys("g u a w").type_in("as agreed").keys("ret c 4");
    assert_eq!(stage.reasons.last().unwrap().as_deref(), Some("as agreed"));
    assert!(stage.screen().contains("Social opportunity now, with its reason."), "{}", stage.screen());
    stage.keys("u g u v v esc");
    assert!(stage.screen().contains("2 rows are not marked any more."), "{}", stage.screen());
}

#[test]
fn the_list_of_components_names_each_of_them() {
    let mut stage = valley().open(80, 24);
    let screen = stage.keys("g u c c").screen();
    for name in ["1 Physical capability", "3 Physical opportunity", "6 Automatic motivation"] {
        assert!(screen.contains(name), "{name}: {screen}");
    }
}

#[test]
fn every_number_opens_its_quotes() {
    let mut stage = valley().open(80, 24);
    // One code of a theme by itself.
    let screen = stage.keys("3 ] ]").screen();
    assert_eq!(stage.reversed()[1], "No bus: 1 person", "{screen}");
    let screen = stage.keys("ret").screen();
    assert!(screen.contains("No bus · barriers · 1 quote"), "{screen}");
    assert!(screen.contains("No bus either."), "{screen}");
    // What is left out, behind the last group.
    let screen = stage.keys("esc ] ret right right right").screen();
    assert!(screen.contains("Getting there · barriers · 1 quote · left out"), "{screen}");
    assert!(screen.contains("Time!"), "{screen}");
    // A number of the overview.
    let screen = stage.keys("0 down down right e").screen();
    assert!(screen.contains("All together · facilitators · 2 quotes"), "{screen}");
    assert!(stage.keys("0 home e").screen().contains("No quotes stand behind this number."));
}

#[test]
fn the_overview_has_a_bar_for_each_side() {
    let mut stage = valley().open(80, 24);
    let screen = stage.keys("0").screen();
    // Three people against two, on one axis.
    let bar = line_with(&screen, "█");
    let (left, right) = bar.split_once('│').unwrap();
    let columns = |part: &str| part.matches('█').count();
    assert_eq!(columns(left), 36, "{screen}");
    assert_eq!(columns(right), 24, "{screen}");
    assert!(left.trim_start().starts_with('−') && right.trim_end().ends_with('+'), "{screen}");
    let screen = stage.resize(40, 12).screen();
    let bar = line_with(&screen, "O-Ph");
    assert!(bar.contains("█│█"), "{screen}");
    let screen = stage.resize(200, 60).screen();
    assert_eq!(line_with(&screen, "█").matches('█').count(), 40 + 27, "{screen}");
}

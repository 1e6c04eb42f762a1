//! Marking hits, the review queue, and what is kept of searches: keys in, screens and the study out.

use combe::app::{Effect, LayerName, Place, Screen};
use combe::study::Kind;

use crate::panels_stage::{Script, Stage};

/// Six hits of `time` in three transcripts, two by clinicians.
fn valley() -> Script {
    let mut script = Script::new();
    for (name, group) in [("Ann", "public"), ("Ben", "clinician"), ("Cai", "public"), ("Dee", "missing")] {
        script.person(name, group);
    }
    script.transcript(
        "I1",
        Kind::Interview,
        &[
            "Int: How does time come into it?",
            "Ben: Not at all. Time is really key, I think. It goes.",
            "Int: Hm.",
        ],
    );
    script.transcript("I2", Kind::Interview, &["Int: And you?", "Ann: I never get a time that suits."]);
    script.transcript(
        "I3",
        Kind::Interview,
        &[
            "Int: Who else?",
            "Cai: No time, no time.",
            "Ben: It is a matter of time. And money.",
            "Dee: Time flies.",
        ],
    );
    script.code("Workload", None);
    script.code("Money", None);
    script
}

fn found(width: u16, height: u16) -> Stage {
    let mut stage = valley().open(width, height);
    stage.keys("/").type_in("time").find().keys("tab");
    stage
}

/// Quotes with their codes, in order of the study.
fn coded(stage: &Stage) -> Vec<String> {
    let study = &stage.model.study;
    let mut found = Vec::new();
    for transcript in study.transcripts_by_name() {
        for quote in study.quotes_in(transcript.id) {
            for coding in study.codings_on(quote.id) {
                found.push(format!("{} = {}", quote.text, study.codes().get(&coding.code).unwrap().name));
            }
        }
    }
    found
}

fn commits(stage: &mut Stage, keys: &str) -> u64 {
    let before = stage.committed;
    stage.keys(keys);
    stage.committed - before
}

#[test]
fn the_footer_of_a_review_names_the_last_code() {
    let mut stage = found(80, 24);
    stage.keys("r c").type_in("work").keys("ret");
    assert!(stage.screen().lines().last().unwrap().contains(". “Workload”"), "{}", stage.screen());
}

#[test]
fn marked_hits_are_coded_in_one_action_and_one_key_takes_it_back() {
    let mut stage = found(80, 24);
    let screen = stage.keys("down v v").screen();
    assert!(screen.contains("6 hits in 3 transcripts · 4 people · 2 marked"), "{screen}");
    assert!(screen.contains("\n ✓  2 Ben "), "{screen}");
    assert!(screen.contains("codes the sentences around the matches of 2 marked"), "{screen}");
    let screen = stage.keys("c").type_in("work").screen();
    assert!(screen.contains("code 2 marked hits > work"), "{screen}");
    assert_eq!(commits(&mut stage, "ret"), 1);
    assert_eq!(
        coded(&stage),
        ["Time is really key, I think. = Workload", "I never get a time that suits. = Workload"]
    );
    assert!(stage.screen().contains("2 hits: Workload · u takes all back"), "{}", stage.screen());
    // Again: nothing is coded twice.
    assert_eq!(commits(&mut stage, "."), 0);
    assert!(stage.screen().contains("Nothing was coded · 2 had it already."), "{}", stage.screen());
    assert_eq!(commits(&mut stage, "u"), 1);
    assert!(coded(&stage).is_empty());
}

#[test]
fn all_none_and_those_of_a_transcript_are_marked() {
    let mut stage = found(80, 24);
    assert!(stage.keys("a").screen().contains("6 hits are marked; c codes them all at once."));
    assert!(stage.keys("A").screen().contains("No hit is marked."));
    stage.keys("end V");
    assert_eq!(stage.model.search.marked_count(), 3);
    stage.keys("home v end V");
    assert_eq!(stage.model.search.marked_count(), 1, "the same key takes the marks of a transcript away");
    // The rule is for all: the very matches.
    stage.keys("A end V left c").type_in("mon").keys("ret");
    assert_eq!(coded(&stage), ["time, no time = Money", "time = Money", "Time = Money"]);
    // Another query has no marks.
    stage.keys("/ backspace").find();
    assert_eq!(stage.model.search.marked_count(), 0);
}

#[test]
fn only_what_is_looked_at_is_read_and_marking_all_covers_the_rest() {
    let mut script = Script::new();
    script.person("Ann", "public");
    let lines: Vec<String> = (0..300).map(|at| format!("Ann: Line {at} has time in it.")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    script.transcript("I1", Kind::Interview, &lines);
    script.code("Workload", None);
    let mut stage = script.open(80, 24);
    stage.keys("/").type_in("time").find().keys("tab");
    assert!(stage.reads < 80, "{}", stage.reads);
    stage.keys("a c").type_in("work");
    assert_eq!(commits(&mut stage, "ret"), 1);
    assert_eq!(stage.reads, 300);
    assert_eq!(stage.model.study.codings().len(), 300);
    assert_eq!(commits(&mut stage, "u"), 1);
    assert_eq!(stage.model.study.codings().len(), 0);
}

#[test]
fn a_review_goes_through_the_hits_in_context() {
    let mut stage = found(80, 24);
    let screen = stage.keys("r right").screen();
    assert_eq!(stage.model.key_layers()[0], LayerName::Review);
    let rows: Vec<&str> = screen.lines().skip(2).take(4).collect();
    assert_eq!(
        rows,
        [
            " review 2 of 6 · coded 0                                                   I1:2",
            "    1 interviewer How does time come into it?",
            ">   2 Ben         Not at all. Time is really key, I think. It goes.",
            "    3 interviewer Hm.",
        ]
    );
    assert_eq!(stage.reversed()[2], "Time is really key, I think. ".trim_end());
    // The picker codes and goes on; the last code is one key; one that stays is there for a second code.
    stage.keys("c").type_in("work").keys("ret . C").type_in("mon").keys("ret");
    assert!(stage.screen().contains("review 4 of 6 · coded 3"), "{}", stage.screen());
    stage.keys(".");
    assert!(stage.screen().contains("I3:2 has “Money” already."), "{}", stage.screen());
    assert_eq!(
        coded(&stage),
        [
            "Time is really key, I think. = Workload",
            "I never get a time that suits. = Workload",
            "No time, no time. = Money"
        ]
    );
    // An undo comes back to the hit, and the count goes with it.
    stage.keys("right right u");
    let screen = stage.screen();
    assert!(screen.contains("review 4 of 6 · coded 2"), "{screen}");
    stage.keys("end right");
    assert!(stage.screen().contains("That was the last one: 6 of 6 · coded 2."), "{}", stage.screen());
}

#[test]
fn the_span_under_review_is_edited_as_in_read() {
    let mut stage = found(80, 24);
    stage.keys("r right } < < < )");
    assert!(stage.screen().contains("codes your own passage"), "{}", stage.screen());
    stage.keys("c").type_in("work").keys("ret");
    assert_eq!(coded(&stage), ["s really key = Workload"]);
    // The next hit has the rule again; the turn and the match are one key away.
    stage.keys("w .");
    stage.keys("t .");
    assert_eq!(coded(&stage)[1..], ["I never get a time that suits. = Workload", "time, no time = Workload"]);
    let screen = stage.keys("left p p p p").screen();
    assert!(screen.contains("What is coded of a hit: the matches."), "{screen}");
    stage.keys("{ { { { { { { { {");
    assert!(stage.screen().contains("The start cannot move further there."), "{}", stage.screen());
}

#[test]
fn a_review_is_stopped_and_goes_on_where_it_was_even_after_a_restart() {
    let mut stage = found(80, 24);
    stage.keys("r right c").type_in("work").keys("ret right esc");
    assert!(stage.screen().contains("Review stopped at 4 of 6; r goes on from there."), "{}", stage.screen());
    // Another search in between.
    stage.keys("/ C-u").type_in("money").find().keys("tab / C-u").type_in("time").find().keys("tab r");
    assert!(stage.screen().contains("review 4 of 6 · coded 1"), "{}", stage.screen());
    assert!(stage.screen().contains("The review goes on at 4 of 6"), "{}", stage.screen());
    // Into the transcript and back into the review.
    stage.keys("ret");
    assert_eq!(stage.model.screen, Screen::Read);
    assert!(stage.keys("backspace").screen().contains("review 4 of 6"), "{}", stage.screen());
    let place = Place::of(&stage.model);
    let kept: Place = serde_json::from_str(&serde_json::to_string(&place).unwrap()).unwrap();
    assert_eq!(kept, place);
    let mut stage = valley_again(&stage, &kept);
    assert!(stage.find().screen().contains("review 4 of 6 · coded 1"), "{}", stage.screen());
    stage.keys("esc R");
    assert!(stage.screen().contains("review 1 of 6 · coded 0"), "{}", stage.screen());
}

fn valley_again(stage: &Stage, place: &Place) -> Stage {
    stage.restarted(place)
}

#[test]
fn a_review_of_marked_hits_goes_through_these_alone() {
    let mut stage = found(80, 24);
    let screen = stage.keys("v down v r").screen();
    assert!(screen.contains("review 1 of 2"), "{screen}");
    let screen = stage.keys("down").screen();
    assert!(screen.contains("review 2 of 2") && screen.contains("I2:2"), "{screen}");
    stage.keys("c").type_in("work").keys("ret");
    assert_eq!(coded(&stage), ["I never get a time that suits. = Workload"], "a review codes one hit");
}

#[test]
fn context_grows_and_shrinks_on_a_key() {
    let mut stage = found(80, 24);
    stage.keys("down");
    assert!(!stage.screen().contains("Hm."));
    assert!(stage.keys("x x").screen().contains("3 interviewer Hm."), "{}", stage.screen());
    assert!(!stage.keys("X").screen().contains("3 interviewer Hm."));
}

#[test]
fn hits_are_counted_by_group_and_one_group_is_a_query() {
    let mut stage = found(80, 24);
    let screen = stage.screen();
    assert!(screen.contains("public 2 of 2 · clinician 1 of 1 · missing 1 of 1"), "{screen}");
    let screen = stage.keys("b").screen();
    assert!(screen.contains("clinician") && screen.contains("1 of 1 people · 2 hits"), "{screen}");
    stage.keys("down ret");
    assert_eq!(stage.searches().pop().unwrap().1, "time group:clinician");
    stage.find();
    let screen = stage.keys("b").screen();
    assert!(screen.contains("all groups"), "{screen}");
    stage.keys("down down down ret");
    assert_eq!(stage.searches().pop().unwrap().1, "time group:missing");
    stage.find();
    stage.keys("b ret");
    assert_eq!(stage.searches().pop().unwrap().1, "time");
}

#[test]
fn queries_of_before_come_back_by_the_up_key_and_are_kept() {
    let mut stage = found(80, 24);
    stage.keys("/ C-u").type_in("money").find().keys("tab / C-u");
    stage.keys("up");
    assert_eq!(stage.model.search.field.text(), "money");
    stage.keys("up");
    assert_eq!(stage.model.search.field.text(), "time");
    stage.keys("up");
    assert_eq!(stage.model.search.field.text(), "time", "there is none before it");
    stage.keys("down");
    assert_eq!(stage.model.search.field.text(), "money");
    stage.keys("down");
    assert_eq!(stage.model.search.field.text(), "");
    assert_eq!(*Place::of(&stage.model).queries, ["time", "money"]);
    // In the middle of the hits up is a row up.
    stage.type_in("time").find();
    stage.keys("down down up");
    assert_eq!((stage.model.search.chosen, stage.model.search.field.text()), (1, "time"));
}

#[test]
fn a_search_is_saved_run_renamed_and_taken_away() {
    let mut stage = found(80, 24);
    stage.keys("s s").type_in("Time in any form");
    assert_eq!(commits(&mut stage, "ret"), 1);
    assert!(stage.screen().contains("“Time in any form” is saved"), "{}", stage.screen());
    assert!(stage.keys("s s").screen().contains("saved as “Time in any form” already"));
    stage.keys("/ C-u").type_in("money").find().keys("tab 0 g l");
    assert!(stage.screen().contains("Time in any form"), "{}", stage.screen());
    stage.keys("ret");
    assert_eq!((stage.model.screen, stage.searches().pop().unwrap().1.as_str()), (Screen::Search, "time"));
    stage.find();
    stage.keys("s r ret C-u").type_in("Time");
    assert_eq!(commits(&mut stage, "ret"), 1);
    assert!(stage.model.study.saved_search_named("time").is_some());
    assert_eq!(commits(&mut stage, "s d ret"), 1);
    assert_eq!(stage.model.study.saved_searches().len(), 0);
    stage.keys("u");
    assert_eq!(stage.model.study.saved_searches().len(), 1);
    stage.keys("u u");
    assert_eq!(stage.model.study.saved_searches().len(), 0);
    assert!(stage.keys("g l").screen().contains("No search is saved yet"), "{}", stage.screen());
}

#[test]
fn small_and_large_windows_show_a_review() {
    let mut stage = found(40, 12);
    let screen = stage.keys("r right").screen();
    assert!(screen.contains(" review 2 of 6 · coded 0"), "{screen}");
    assert!(screen.contains(">  2 Ben  Not at all. Time is really"), "{screen}");
    let screen = stage.resize(200, 60).screen();
    assert!(screen.contains("    3 interviewer Hm."), "{screen}");
    assert!(screen.lines().last().unwrap().contains("Esc stop"), "{screen}");
}

#[test]
fn a_failed_reading_says_so_and_is_not_asked_for_again_and_again() {
    let mut stage = valley().open(80, 24);
    stage.keys("/").type_in("time");
    let generation = stage.searches().pop().unwrap().0;
    stage.deaf = true;
    stage.find();
    stage.tell(combe::app::Msg::HitsRead { generation, read: Err(String::from("The disk is gone.")) });
    assert!(stage.screen().contains("The disk is gone."), "{}", stage.screen());
    stage.keys("tab down up");
    let asked = stage.effects.iter().filter(|effect| matches!(effect, Effect::ReadHits { .. })).count();
    assert_eq!(asked, 1);
    // A key that needs the text waits for it, and Esc gives up waiting.
    stage.keys("c c c esc down");
    assert!(stage.model.waiting.is_empty());
    assert_eq!(stage.model.search.chosen, 1);
}

#[test]
fn a_review_goes_on_unless_it_was_asked_to_stay_for_this_coding() {
    let mut stage = found(80, 24);
    stage.keys("r");
    let first = stage.model.search.chosen;
    stage.keys("C esc c").type_in("workl").keys("ret");
    let second = stage.model.search.chosen;
    assert_ne!(second, first, "who gave staying up goes on");
    stage.keys("C").type_in("workl").keys("ret");
    assert_eq!(stage.model.search.chosen, second);
    // It has that code by now: nothing is made, and the review goes on.
    let before = coded(&stage).len();
    stage.keys(".");
    assert_eq!(coded(&stage).len(), before);
    assert_ne!(stage.model.search.chosen, second);
}

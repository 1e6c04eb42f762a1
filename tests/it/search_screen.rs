//! The search screen: keys in, screens out.

use combe::app::search::{Answer, Failed, HitText};
use combe::app::{Msg, Place, Screen};
use combe::study::Kind;
use combe::text::Span;

use crate::panels_stage::Script;

fn valley() -> Script {
    let mut script = Script::new();
    for (name, group) in [("Ann", "public"), ("Ben", "clinician"), ("Cai", "public")] {
        script.person(name, group);
    }
    script.transcript(
        "I2",
        Kind::Interview,
        &["Int: How does time come into it?", "Ben: I think time is really key, we're so pressurised for time seeing patients and the volume that want to be seen. Nobody asked us. And then time goes."],
    );
    script.transcript("I10", Kind::Interview, &["Int: And you?", "Ann: I never get a time that suits."]);
    script.transcript(
        "FG1",
        Kind::FocusGroup,
        &["Int: Who else?", "Cai: Ten minutes is nothing.", "Ben: It is a matter of time, time, time."],
    );
    script
}

fn rows(screen: &str) -> Vec<&str> {
    screen.lines().skip(1).take_while(|row| !row.is_empty()).collect()
}

#[test]
fn hits_come_while_typing_by_transcript_in_the_order_of_the_study() {
    let mut stage = valley().open(80, 24);
    let screen = stage.keys("/").screen();
    assert!(screen.contains("a word, a \"phrase\", code:time …"), "{screen}");
    assert!(screen.contains("\"time pressure\"~5"), "{screen}");
    let screen = stage.keys("t i m e").find().screen();
    assert_eq!(
        rows(&screen),
        [
            " find time",
            " 4 hits in 3 transcripts · 2 people            public 1 of 2 · clinician 1 of 1",
            " FG1 · focus group · 1 hit",
            ">   3 Ben         It is a matter of time, time, time.",
            " I2 · interview · 2 hits",
            "    1 interviewer How does time come into it?",
            "    2 Ben         I think time is really key, we're so pressurised for time",
            "                  seeing patients and the volume that want to be seen. Nobody …",
            " I10 · interview · 1 hit",
            "    2 Ann         I never get a time that suits.",
        ]
    );
    // A question for each letter, and only the answer to the last one counts.
    assert_eq!(stage.searches().len(), 4);
    let stale = Msg::SearchDone { generation: 2, outcome: Ok(Answer::default()) };
    stage.tell(stale);
    assert_eq!(stage.screen(), screen);
}

#[test]
fn matches_are_marked_and_the_chosen_passage_is_selected_in_the_list() {
    let mut stage = valley().open(80, 24);
    stage.keys("/ t i m e").find();
    assert_eq!(stage.underlined()[..4], ["time", "time", "time", "time"]);
    stage.keys("down down tab");
    let passage = [
        "I think time is really key, we're so pressurised for time ",
        "seeing patients and the volume that want to be seen. Nobody ",
    ];
    assert_eq!(stage.reversed()[2..], passage);
    let shorter = "time is really key, we're so pressurised for time ";
    assert_eq!(stage.keys("left").reversed()[2], shorter);
    let screen = stage.keys("right right x").screen();
    assert!(screen.contains("asked us. And then time goes."), "{screen}");
    assert_eq!(stage.reversed().len(), 5);
}

#[test]
fn enter_goes_to_the_match_and_one_key_comes_back_to_the_very_hit() {
    let mut stage = valley().open(80, 24);
    stage.keys("/ t i m e").find();
    stage.keys("down down ret");
    assert_eq!(stage.model.screen, Screen::Read);
    let transcript = stage.model.study.transcript_named("I2").map(|held| held.id);
    assert_eq!(Place::of(&stage.model).transcript, transcript);
    let screen = stage.keys("backspace").screen();
    assert!(screen.contains("\n>   2 Ben         I think"), "{screen}");
    // The same answer still stands: nothing is asked again.
    assert_eq!(stage.searches().len(), 4);
    stage.keys("] ret");
    assert_eq!(
        Place::of(&stage.model).transcript,
        stage.model.study.transcript_named("I10").map(|held| held.id)
    );
    let screen = stage.keys("] ]").screen();
    assert!(screen.contains("That was the last hit."), "{screen}");
    stage.keys("[ [");
    assert_eq!(Place::of(&stage.model).transcript, transcript);
}

#[test]
fn a_hit_is_coded_from_the_list() {
    let mut script = valley();
    script.code("Workload", None);
    let mut stage = script.open(80, 24);
    stage.keys("/ t i m e").find();
    stage.keys("down down tab");
    let screen = stage.keys("c w o r k ret").screen();
    assert!(screen.contains("I2:2: Workload"), "{screen}");
    // The sentences around the matches, of which there are three here, the middle one without any.
    let texts = |stage: &crate::panels_stage::Stage| {
        stage.model.study.quotes().iter().map(|quote| quote.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&stage).len(), 1);
    assert!(texts(&stage)[0].starts_with("I think time") && texts(&stage)[0].ends_with("time goes."));
    // One key codes the next one with the same code, and what is coded is said of the hit.
    stage.keys("down .");
    assert_eq!(texts(&stage)[1], "I never get a time that suits.");
    assert_eq!(stage.model.study.codings().len(), 2);
    let screen = stage.keys("up").screen();
    assert!(screen.contains(" coded: Workload"), "{screen}");
    // An undo goes to the hit in the list, and needs no second key for it.
    let screen = stage.keys("home u").screen();
    assert_eq!(stage.model.study.codings().len(), 1);
    assert!(screen.contains(">   2 Ann"), "{screen}");
}

#[test]
fn matches_are_marked_in_the_transcript_that_a_hit_is_opened_in() {
    let mut stage = valley().open(80, 24);
    stage.keys("/ t i m e").find();
    stage.keys("down down ret");
    assert_eq!(stage.model.read.found.len(), 4);
    assert_eq!(stage.reversed()[1..], ["time"]);
    stage.keys("] ]");
    assert_eq!(stage.model.read.found.len(), 1);
}

#[test]
fn a_query_that_cannot_be_run_is_explained_below_the_place() {
    let mut stage = valley().open(80, 24);
    stage.keys("/ t i m e").find();
    stage.keys("space c o d : x");
    let (generation, query) = stage.searches().pop().unwrap();
    assert_eq!(query, "time cod:x");
    let sentence = String::from("there is no filter cod:; the nearest is code:");
    let failed = Failed::Query { sentence, at: Span::new(5, 9) };
    stage.tell(Msg::SearchDone { generation, outcome: Err(failed) });
    assert_eq!(
        rows(&stage.screen())[..3],
        [" find time cod:x", "           ^^^^", " there is no filter cod:; the nearest is code:"]
    );
    // Mended, it finds again; emptied, it asks nothing.
    stage.keys("C-u t e n").find();
    assert!(stage.screen().contains("1 hit in 1 transcript · 1 person"));
    let asked = stage.searches().len();
    stage.keys("C-u");
    assert_eq!(stage.searches().len(), asked);
    assert!(!stage.screen().contains("hit in"));
}

#[test]
fn no_hits_are_said_in_words() {
    let mut stage = valley().open(80, 24);
    stage.keys("/ x").find();
    assert!(stage.screen().contains("No hits. Fewer words"));
    stage.keys("ret");
    assert!(stage.screen().contains("There is no search result to step through."));
}

#[test]
fn a_key_behind_the_query_waits_for_what_it_finds() {
    let mut stage = valley().open(80, 24);
    stage.keys("/ t i m e ret");
    assert!(!stage.screen().contains("There is no search result"), "{}", stage.screen());
    stage.find();
    assert_eq!(stage.model.screen, Screen::Read, "{}", stage.screen());
    // So does the way into the list, and what is pressed there; Esc gives up what waits.
    let mut stage = valley().open(80, 24);
    stage.keys("/ t i m e tab down").find();
    assert_eq!((stage.model.search.typing, stage.model.search.chosen), (false, 1), "{}", stage.screen());
    let mut stage = valley().open(80, 24);
    stage.keys("/ t i m e tab esc").find();
    assert_eq!((stage.model.screen, stage.model.search.typing), (Screen::Search, true));
    // Where nothing is found, that is said.
    let mut stage = valley().open(80, 24);
    stage.keys("/ x ret").find();
    assert!(stage.screen().contains("There is no search result to step through."));
}

#[test]
fn a_small_window_has_a_row_for_each_hit_and_keeps_the_chosen_one_in_sight() {
    let mut stage = valley().open(40, 12);
    stage.keys("/ t i m e").find();
    assert_eq!(
        rows(&stage.screen())[..5],
        [
            " find time",
            " 4 hits in 3 transcripts · 2 people",
            " FG1 · focus group · 1 hit",
            ">  3 Ben  It is a matter of time, time,…",
            " I2 · interview · 2 hits",
        ]
    );
    stage.keys("pgdn");
    let screen = stage.keys("down down down").screen();
    assert!(screen.contains("\n>  2 Ann  I never get a time that"), "{screen}");
    assert!(screen.contains(" I10 · interview · 1 hit"), "{screen}");
}

#[test]
fn a_hidden_turn_stands_around_no_hit() {
    let mut stage = valley().open(80, 24);
    stage.keys("/ n o t h i n g").find();
    let screen = stage.keys("down tab x x").screen();
    assert!(screen.contains("matter of time"), "{screen}");
    let what = stage.model.study.hideable_named("FG1:3").unwrap();
    let hidden = combe::study::Hidden { id: combe::study::HiddenId::from(uuid::Uuid::from_u128(7)), what };
    drop(stage.model.commit("hide", "FG1:3 hidden".into(), vec![combe::study::Change::create(hidden)]));
    stage.keys("/").find();
    let screen = stage.keys("down tab x x").screen();
    assert!(screen.contains("nothing") && screen.contains("(hidden)"), "{screen}");
    assert!(!screen.contains("matter of time"), "{screen}");
}

#[test]
fn other_forms_of_a_single_word_are_named_with_the_way_to_do_without() {
    let mut script = Script::new();
    script.person("Ann", "public");
    script.transcript("I1", Kind::Interview, &["Ann: I used what is useful."]);
    let mut stage = script.open(80, 24);
    assert!(!stage.keys("/ u s e f u l").find().screen().contains("also"));
    // As a search that knows the stems of words marks them.
    let hit = stage.model.search.answer.as_ref().unwrap().hits[0].clone();
    let text = "I used what is useful.";
    let found = |word: &str| {
        let start = hit.speech.start as usize + text.find(word).unwrap();
        Span::new(start, start + word.len())
    };
    let read = HitText { text: text.into(), matches: vec![found("used"), found("useful")] };
    let generation = stage.model.search.generation;
    stage.tell(Msg::HitsRead { generation, read: Ok(vec![(hit.place, read)]) });
    let screen = stage.screen();
    assert!(screen.contains("also used; \"useful\": just this word"), "{screen}");
}

#[test]
fn what_is_cut_off_behind_a_paragraph_is_told_at_its_end() {
    let mut script = valley();
    let speech =
        "Ann: It is a matter of time.\n \nAnd of people, and of rooms, and of what they cost us all.";
    script.transcript("I11", Kind::Interview, &["Int: And you?", speech]);
    let mut stage = script.open(80, 24);
    let screen = stage.keys("/ t i m e").find().screen();
    assert!(rows(&screen).contains(&"    2 Ann         It is a matter of time.…"), "{screen}");
    assert!(rows(&screen).iter().all(|row| row.trim() != "…"), "{screen}");
}

#[test]
fn a_hit_in_lines_says_who_speaks() {
    let mut stage = valley().open(80, 24);
    stage.keys("/ t i m e").find().keys("tab");
    let mut listener = combe::ui::linear::Listener::default();
    let glyphs = combe::ui::glyphs::Glyphs::of(combe::ui::glyphs::GlyphSet::Unicode);
    let heard = listener.hear(&stage.model, glyphs);
    assert!(heard.contains("FG1:3, Ben: It is a matter of time, time, time."), "{heard}");
}

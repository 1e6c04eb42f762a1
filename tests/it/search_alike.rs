//! More like this: the filter `like:`, and the keys that start from a passage.

use combe::app::Screen;
use combe::app::search::{Answer, Hit};
use combe::search::{Cancel, SearchError, search};

use crate::e2e::Site;
use crate::screen::{Desk, Parts};
use crate::search_fixture::Searched;

/// Turns about buses, about bread and about neither, with words that all of them share.
fn buses() -> Searched {
    let searched = Searched::new(&[
        (
            "I1",
            "Interviewer: How do you get here?\n\
             P1: The bus to the surgery never comes on Sundays and the driver knows it\n\
             P1: I bake bread on Sundays\n",
        ),
        (
            "I2",
            "P2: Our buses to the surgery were cut, the driver told us\n\
             P2: Nobody asked me about anything at all\n\
             P2: Bread is what I bake when I am low\n\
             P2: Bread on Sundays\n",
        ),
    ]);
    searched.catch_up();
    searched
}

fn alike(searched: &Searched, query: &str) -> Vec<String> {
    searched.catch_up();
    searched.search(query).hits.iter().map(|hit| searched.address(hit)).collect()
}

#[test]
fn turns_that_share_telling_words_come_best_first_and_the_passage_itself_does_not() {
    let searched = buses();
    assert_eq!(alike(&searched, "like:I1:2")[0], "I2:1", "bus, surgery and driver are in both");
    assert_eq!(alike(&searched, "like:I1:3"), ["I2:3", "I1:2"], "two words of three before one");
    let all = alike(&searched, "like:I1:2");
    assert!(!all.contains(&"I1:2".to_owned()));
}

#[test]
fn other_filters_and_words_narrow_what_is_alike() {
    let mut searched = buses();
    assert_eq!(alike(&searched, "like:I1:3 in:I2"), ["I2:3"]);
    assert_eq!(alike(&searched, "like:I1:3 low"), ["I2:3"]);
    searched.code_words("I2", "what I bake", "baking", "c1", None);
    assert_eq!(alike(&searched, "like:I1:3 is:uncoded"), ["I1:2"]);
}

#[test]
fn a_passage_is_given_in_code_points() {
    let searched = buses();
    let revision = searched.study.transcript_named("I1").unwrap().revision;
    let text = &searched.texts[&revision];
    let start = text[..text.find("bake bread").unwrap()].chars().count();
    let query = format!("like:I1:{start}-{}", start + "bake bread".chars().count());
    assert_eq!(alike(&searched, &query), ["I2:3"], "without “Sundays” nothing else is alike");
}

#[test]
fn what_cannot_be_meant_says_so() {
    let searched = buses();
    for (query, said) in [
        ("like:I1", "write a turn as I43:41"),
        ("like:I9:1", "the nearest transcript is I1"),
        ("like:I1:99", "I1 has no turn 99"),
        ("like:I1:9-2", "write a turn as I43:41"),
        ("NOT like:I1:2", "like: stands once"),
        ("bread OR like:I1:2", "like: stands once"),
        ("(like:I1:2)", "like: stands once"),
        ("like:I1:2 like:I1:3", "like: stands once"),
    ] {
        assert!(searched.refusal(query).contains(said), "{query}: {}", searched.refusal(query));
    }
    let plan = searched.plan("like:I1:2").unwrap();
    let without = search(&plan, None, &searched.texts, 10, &Cancel::new());
    assert!(matches!(without, Err(SearchError::NeedsIndex)));
    let plan = searched.plan("like:I1:90000-90001").unwrap();
    let nowhere = search(&plan, Some(&searched.index), &searched.texts, 10, &Cancel::new());
    assert!(matches!(nowhere, Err(SearchError::NoPassage)));
}

#[test]
fn one_key_looks_for_more_like_the_quote_under_the_cursor() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("down ret down t c 'appoi' ret");
    let quote = desk.model.study.quotes().iter().next().unwrap().clone();
    let text = desk.model.texts.get(quote.revision).unwrap().clone();
    let before = |byte: u32| text[..byte as usize].chars().count();
    desk.keys("g ~");
    assert_eq!(desk.model.screen, Screen::Search);
    let wanted = format!(
        "like:I43:{}-{} is:uncoded by:=c1 speaker:participant",
        before(quote.span.start),
        before(quote.span.end)
    );
    assert_eq!(desk.model.search.field.text(), wanted);
    desk.keys("backspace");
    assert_eq!(desk.model.screen, Screen::Read, "one key goes back");
}

#[test]
fn one_key_looks_for_the_opposite_in_the_same_group() {
    let mut parts = Parts::small();
    parts.study.settings.compare = Some("group".into());
    let mut desk = Desk::new(parts);
    // Appointment time is a barrier under a component, and in no theme yet.
    desk.keys("down ret down t c 'appoi' ret g !");
    let component =
        "component:=opportunity.physical valence:=facilitator is:record group:=clinician -speaker:=P088";
    assert_eq!(desk.model.search.field.text(), component, "{}", desk.said());
    desk.keys("g c t n 'Time in appointments' ret - 'appoi' ret g r g !");
    let theme =
        "theme:=\"Time in appointments\" valence:=facilitator is:record group:=clinician -speaker:=P088";
    assert_eq!(desk.model.search.field.text(), theme, "{}", desk.said());
}

#[test]
fn the_same_group_is_that_of_the_attribute_chosen_for_the_panels() {
    let mut parts = Parts::small();
    parts.study.settings.compare = Some("group".into());
    let mut desk = Desk::new(parts);
    desk.keys("down ret down t c 'appoi' ret 1 b 'nothing' ret");
    assert_eq!(desk.said(), "No groups are compared.");
    desk.keys("g r g !");
    let whoever = "component:=opportunity.physical valence:=facilitator is:record -speaker:=P088";
    assert_eq!(desk.model.search.field.text(), whoever, "{}", desk.said());
}

#[test]
fn the_opposite_of_nothing_is_refused_in_a_sentence() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("down ret down g !");
    assert_eq!(desk.said(), "There is no coding here to find the opposite of.");
    desk.keys("c 'writing' ret g !");
    assert!(desk.said().starts_with("The coding here is neither"), "{}", desk.said());
}

#[test]
fn they_start_from_the_list_of_quotes_and_from_those_behind_a_number() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("down ret down t c 'appoi' ret g q g ~");
    assert!(desk.model.search.field.text().starts_with("like:I43:"), "{}", desk.said());
    desk.keys("g q g !");
    assert!(desk.model.search.field.text().contains("valence:=facilitator is:record"), "{}", desk.said());
    desk.keys("g = down down down ret g ~");
    assert_eq!(desk.said(), "There is no passage here to start from.");
    desk.keys("ret g !");
    assert!(desk.model.search.field.text().contains("valence:=facilitator is:record"), "{}", desk.said());
}

#[test]
fn only_codings_of_the_layer_of_record_are_asked_for() {
    let mut searched = buses();
    searched.code_words("I1", "bake bread", "c1", "baking", None);
    searched.code_words("I1", "The bus", "c2", "buses", None);
    assert_eq!(alike(&searched, "is:record"), ["I1:3"]);
    assert_eq!(alike(&searched, "is:coded").len(), 2);
    assert!(!alike(&searched, "is:uncoded is:record").contains(&"I1:3".to_owned()));
    assert!(alike(&searched, "is:uncoded is:record").contains(&"I1:2".to_owned()));
}

#[test]
fn the_screen_lists_the_most_alike_first() {
    let site = Site::new();
    for (name, text) in [
        (
            "B1.txt",
            "Interviewer: And Sundays?\n\nP8: It is bread on most Sundays for me\n\nP8: I bake bread on Sundays\n",
        ),
        ("B2.txt", "P9: Nobody asked me about anything\n\nP9: On Sundays I bake bread when I am low\n"),
    ] {
        std::fs::write(site.path(name), text).unwrap();
        let ran = site.run(&["-C", "study", "import", name]);
        assert_eq!(ran.code, 0, "{}", ran.out);
    }
    let best: Vec<String> = site
        .json(&["search", "like:B1:3", "bread"])
        .iter()
        .map(|hit| format!("{}:{}", hit["transcript"].as_str().unwrap(), hit["turn"]))
        .collect();
    assert_eq!(best, ["B2:2", "B1:2"], "two of its words and one");
    let mut pty = crate::pty::Launch::combe(&["-C", "study"])
        .home(&site.path("home"))
        .folder(&site.path(""))
        .env("USER", "kim")
        .size(80, 24)
        .start();
    pty.wait_for("Transcripts");
    pty.send(b"/like:B1:3 bread");
    pty.wait_for("the most alike first");
    pty.wait_for("B1 ");
    let screen = pty.screen();
    let of = |name: &str| screen.lines().position(|line| line.trim_start().starts_with(name));
    assert!(of("B2 ").unwrap() < of("B1 ").unwrap(), "{screen}");
}

#[test]
fn hits_of_one_transcript_may_stand_apart_and_are_found_together() {
    let desk = Desk::new(Parts::small());
    let study = &desk.model.study;
    let hit = |place: u32, name: &str, turn: usize| {
        let held = study.transcript_named(name).unwrap();
        let turn_there = &study.turns(held.id).unwrap().turns[turn];
        let (number, speech) = (turn_there.number, turn_there.speech);
        Hit { place, transcript: held.id, revision: held.revision, turn, number, speech }
    };
    let hits = vec![hit(9, "I43", 1), hit(2, "FG06", 1), hit(7, "I43", 0)];
    let last = hits[2].speech;
    let answer = Answer::of(study, hits, true);
    let i43 = study.transcript_named("I43").unwrap().id;
    assert_eq!((answer.groups.len(), answer.transcripts), (3, 2));
    assert_eq!(answer.hits_in(i43).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(answer.index_at(i43, last), Some(2));
}

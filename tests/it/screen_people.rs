//! The participants: listed, filtered, sorted, looked at one by one, and what is known of them changed.

use combe::app::people::{Flag, Item};
use combe::app::{Msg, Screen};
use combe::study::{AttributeOf, Subject, Value};

use crate::screen::{Desk, Parts};

fn desk() -> Desk {
    let mut parts = Parts::small();
    parts.attribute("P1F", "group", "public");
    parts.attribute("P1F", "age_band", "46-55");
    parts.attribute("P2M", "group", "public");
    let mut desk = Desk::new(parts);
    desk.keys("g w");
    desk
}

fn names(desk: &Desk) -> Vec<&str> {
    desk.model.people.list.rows.iter().map(|row| row.name.as_str()).collect()
}

/// What an attribute says of a participant.
fn value<'d>(desk: &'d Desk, person: &str, attribute: &str) -> Option<&'d Value> {
    let study = &desk.model.study;
    let person = study.participant_named(person).unwrap().id;
    study.value_of(Subject::Participant(person), study.attribute_named(AttributeOf::Participant, attribute)?)
}

fn given(values: &[&str]) -> Value {
    Value::Given(values.iter().map(|value| (*value).to_owned()).collect())
}

#[test]
fn the_list_in_three_sizes() {
    let mut desk = desk();
    desk.keys("c q g t down ret down c 'work' ret g w");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("people_{width}x{height}"), desk.picture());
    }
}

#[test]
fn numbers_are_those_of_layers_of_record() {
    let mut desk = desk();
    desk.keys("g t down ret down c 'work' ret t c 'work' ret c 'appo' ret g w o c");
    let row = &desk.model.people.list.rows[0];
    // Turn 2 has 29 words, turn 4 has 21, turn 5 has 1. The sentence lies in the turn: “Workload” is there once.
    assert_eq!((row.name.as_str(), row.transcripts, row.words, row.codings), ("P088", 1, 51, 2));
    assert_eq!(desk.model.people.list.rows[1].codings, 0);
}

#[test]
fn typing_filters_by_name_transcript_and_any_attribute() {
    let mut desk = desk();
    assert_eq!(names(&desk), ["P1F", "P2M", "P088"]);
    desk.keys("f 'public 46'");
    assert_eq!(names(&desk), ["P1F"]);
    desk.keys("C-u 'i43'");
    assert_eq!(names(&desk), ["P088"]);
    desk.keys("C-u 'zzz'");
    assert!(desk.screen().contains("Nobody matches."));
    desk.keys("ret");
    assert!(desk.said().contains("empty the filter"), "{}", desk.said());
    desk.keys("C-u 'p2' ret");
    assert!(desk.screen().contains("\n P2M"), "{}", desk.screen());
    desk.keys("esc");
    assert_eq!(names(&desk), ["P2M"], "the filter stays");
    desk.keys("esc");
    assert_eq!(names(&desk).len(), 3);
}

#[test]
fn the_list_is_sorted_by_what_one_likes() {
    let mut desk = desk();
    desk.keys("o w");
    assert_eq!(names(&desk), ["P088", "P1F", "P2M"]);
    desk.keys("o a 'group' ret");
    assert_eq!(names(&desk), ["P088", "P1F", "P2M"]);
    assert!(desk.screen().contains("by group"));
    desk.keys("o a 'age' ret");
    assert_eq!(names(&desk), ["P1F", "P2M", "P088"], "blanks come last");
    desk.keys("end c a o r");
    assert_eq!(names(&desk)[0], "P088");
    desk.keys("o n home");
    assert_eq!(names(&desk), ["P1F", "P2M", "P088"]);
}

#[test]
fn a_profile_in_three_sizes() {
    let mut desk = desk();
    desk.keys("g t down ret down c 'work' ret g w end m 'Tired.' C-s ret");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("profile_{width}x{height}"), desk.picture());
    }
}

#[test]
fn from_a_turn_of_a_profile_to_its_place_and_back() {
    let mut desk = desk();
    desk.keys("end ret end up");
    assert!(desk.screen().contains(">I43:4"), "{}", desk.screen());
    desk.keys("ret");
    assert_eq!(desk.model.screen, Screen::Read);
    let spot = desk.model.target().unwrap();
    assert_eq!(desk.model.address(spot), "I43:4");
    desk.keys("backspace");
    assert!(desk.screen().contains(">I43:4"), "{}", desk.screen());
    desk.keys("backspace");
    assert!(desk.screen().contains("3 participants"), "{}", desk.screen());
    assert_eq!(names(&desk)[desk.model.people.list.roll.chosen], "P088");
    // From Read one key shows who speaks, one more comes back.
    desk.keys("g r P");
    assert!(desk.screen().contains("\n P088"), "{}", desk.screen());
    desk.keys("backspace");
    assert_eq!(desk.model.screen, Screen::Read);
}

#[test]
fn every_line_of_a_profile_leads_somewhere() {
    let mut desk = desk();
    desk.keys("g t down ret down c 'work' ret g w end m 'Tired.' C-s ret");
    desk.keys("right ret 'no' ret");
    let left_out = "; their words are out of counts, search, quotes and exports";
    assert_eq!(
        desk.said(),
        format!("P088: consent to analyse: no{left_out}; quote and archive are recorded as yes with it")
    );
    desk.keys("ret 'yes' ret");
    assert_eq!(desk.said(), "P088: consent to analyse: yes");
    desk.keys("right ret");
    let spot = desk.model.target().unwrap();
    assert_eq!(desk.model.address(spot), "I43:2");
    desk.keys("backspace right ret");
    assert_eq!(desk.model.screen, Screen::Search);
    assert_eq!(desk.model.search.field.text(), "code:=\"Workload\" speaker:\"P088\"");
    desk.keys("backspace right ret");
    assert_eq!(desk.model.field().unwrap().text(), "Tired.");
    desk.keys("esc left left left left ret");
    assert!(desk.screen().contains("P088 group (clinician) >"), "{}", desk.screen());
}

#[test]
fn a_value_is_chosen_typed_or_blank_and_each_can_be_undone() {
    let mut desk = desk();
    desk.keys("end e 'group' ret 'publ' ret");
    assert_eq!(value(&desk, "P088", "group"), Some(&given(&["public"])));
    assert_eq!(desk.said(), "P088: group: public");
    desk.keys("e 'prof' ret 'GP; nurse' ret");
    assert_eq!(value(&desk, "P088", "profession"), Some(&given(&["GP", "nurse"])));
    // What is typed is a row of its own even where something else matches.
    desk.keys("e 'prof' ret 'G' down ret");
    assert_eq!(value(&desk, "P088", "profession"), Some(&given(&["G"])));
    for (typed, blank) in
        [("does not", Value::DoesNotApply), ("missing", Value::Missing), ("prefers", Value::PreferNotToSay)]
    {
        desk.keys(&format!("e 'prof' ret '{typed}' ret"));
        assert_eq!(value(&desk, "P088", "profession"), Some(&blank));
    }
    desk.keys("e 'prof' ret 'take' ret");
    assert_eq!(value(&desk, "P088", "profession"), None);
    desk.keys("e 'prof' ret 'missing' ret e 'prof' ret 'missing' ret");
    assert!(desk.said().contains("already"), "{}", desk.said());
    desk.keys("u u u u u u u");
    assert_eq!(value(&desk, "P088", "profession"), Some(&given(&["GP"])));
    desk.keys("u");
    assert_eq!(value(&desk, "P088", "group"), Some(&given(&["clinician"])));
    desk.keys("u");
    assert!(desk.said().contains("nothing of yours to undo"), "{}", desk.said());
}

#[test]
fn the_blanks_are_told_apart_in_the_list_and_in_the_profile() {
    let mut desk = desk();
    desk.keys("e 'age' ret 'missing' ret down e 'age' ret 'prefers' ret");
    let ages: Vec<&str> = desk.model.people.list.rows.iter().map(|row| row.values[2].as_str()).collect();
    assert_eq!(ages, ["missing", "prefers not to say", "–"]);
    desk.keys("ret");
    assert!(desk.screen().contains("prefers not to say"), "{}", desk.screen());
    assert!(desk.screen().contains("not recorded"), "{}", desk.screen());
}

#[test]
fn attributes_are_added_and_a_name_that_is_there_is_refused() {
    let mut desk = desk();
    desk.keys("a 'Group' ret");
    assert_eq!(desk.said(), "There is an attribute “group” already.");
    desk.keys("ret a 'children' ret 'two' ret");
    assert_eq!(value(&desk, "P1F", "children"), Some(&given(&["two"])));
    desk.keys("A 'recorder' ret");
    assert_eq!(desk.said(), "new attribute “recorder”");
    desk.keys("g r");
    let held = desk.model.study.attribute_named(AttributeOf::Transcript, "recorder");
    assert!(held.is_some());
    desk.keys("u u u");
    assert_eq!(desk.model.study.attributes().len(), 3);
}

#[test]
fn attributes_are_edited_and_added_while_reading() {
    let mut desk = desk();
    desk.keys("g t down ret down E 'prof' ret 'nurse' ret");
    assert_eq!(value(&desk, "P088", "profession"), Some(&given(&["nurse"])));
    desk.keys("E 'of partic' ret 'years' ret '20' ret");
    assert_eq!(value(&desk, "P088", "years"), Some(&given(&["20"])));
    desk.keys("E 'of transc' ret 'noise' ret 'a fan' ret");
    assert_eq!(desk.said(), "I43: noise: a fan");
    desk.keys("E 'noise' ret 'none' ret");
    assert_eq!(desk.said(), "I43: noise: none");
    assert_eq!(desk.model.screen, Screen::Read);
    assert!(desk.model.layers.is_empty());
}

#[test]
fn a_value_rests_on_the_quote_that_says_so() {
    let mut desk = desk();
    desk.keys("g t down ret down L 'prof' ret");
    assert_eq!(desk.said(), "I43:2: P088: profession rests on it");
    assert_eq!(desk.model.study.quotes().len(), 1);
    desk.keys("P");
    assert!(desk.screen().contains("GP  (rests on I43:2)"), "{}", desk.screen());
    desk.keys("down l");
    assert_eq!(desk.model.screen, Screen::Read);
    desk.keys("backspace x l");
    assert_eq!(desk.model.study.quotes().len(), 0, "the quote was there for nothing else");
    desk.keys("u u");
    assert_eq!(desk.model.study.quotes().len(), 1);
    // Another value rests on nothing yet.
    desk.keys("g w ret down e 'nurse' ret");
    assert_eq!(desk.model.study.quotes().len(), 0);
}

#[test]
fn consent_is_turned_by_keys_each_an_action() {
    let mut desk = desk();
    let person = desk.model.study.participant_named("P1F").unwrap().id;
    assert!(desk.model.study.may_quote(person));
    desk.keys("c q");
    assert_eq!(desk.said(), "P1F: consent to quote: no; analyse and archive are recorded as yes with it");
    assert!(!desk.model.study.may_quote(person));
    desk.keys("c a c r");
    let held = desk.model.study.consents().get(&person).unwrap();
    assert_eq!((held.analyse, held.quote, held.archive), (false, false, false));
    assert_eq!(desk.committed.len(), 3);
    desk.keys("u u u");
    assert_eq!(desk.model.study.consents().len(), 0);
}

#[test]
fn a_participant_is_renamed_but_never_to_a_name_that_is_taken() {
    let mut desk = desk();
    desk.keys("r C-u 'p2m' ret");
    assert_eq!(desk.said(), "There is a participant “P2M” already; P1F keeps its name.");
    desk.keys("r C-u ret");
    assert_eq!(desk.said(), "P1F keeps its name.");
    desk.keys("r C-u 'P003' ret");
    assert_eq!(desk.said(), "participant “P1F” is now “P003”");
    assert_eq!(names(&desk)[desk.model.people.list.roll.chosen], "P003");
    desk.keys("u");
    assert!(desk.model.study.participant_named("P1F").is_some());
}

#[test]
fn an_empty_study_says_how_to_go_on() {
    let mut desk = Desk::new(Parts::new());
    desk.keys("g w");
    assert!(desk.screen().contains("brings some in"), "{}", desk.screen());
    desk.keys("ret e m r c q a 'group' ret");
    assert_eq!(desk.said(), "new attribute “group”");
}

#[test]
fn what_is_typed_is_the_value_unless_one_in_use_begins_so() {
    let mut desk = desk();
    // No value is in use yet, and “prefers not to say” and “missing” have these letters too.
    desk.keys("home e 'sex' ret 'f' ret");
    assert_eq!(value(&desk, "P1F", "sex"), Some(&given(&["f"])));
    desk.keys("e 'sex' ret 'm' ret");
    assert_eq!(value(&desk, "P1F", "sex"), Some(&given(&["m"])));
    desk.keys("e 'sex' ret 'female' ret down e 'sex' ret 'male' ret");
    assert_eq!(value(&desk, "P2M", "sex"), Some(&given(&["male"])));
    desk.keys("down e 'sex' ret 'fem' ret");
    assert_eq!(value(&desk, "P088", "sex"), Some(&given(&["female"])));
}

#[test]
fn an_attribute_that_is_not_there_is_made_where_one_is_asked_for() {
    let mut desk = desk();
    desk.keys("home e 'children'");
    assert!(desk.screen().contains("a new attribute of participants"), "{}", desk.screen());
    desk.keys("ret 'two' ret");
    assert_eq!(value(&desk, "P1F", "children"), Some(&given(&["two"])));
}

#[test]
fn what_they_agreed_to_is_asked_and_enter_alone_changes_nothing() {
    for key in ["ret", "e"] {
        let mut desk = desk();
        desk.keys("end ret right home");
        let agreed = desk.model.people.profile.as_ref().unwrap();
        let at = agreed.items.iter().position(|item| *item == Item::Consent(Flag::Quote)).unwrap();
        desk.keys(&"down ".repeat(at)).keys(key);
        assert!(desk.screen().contains("P088 agreed to be quoted"), "{}", desk.screen());
        let before = desk.committed.len();
        desk.keys("ret");
        assert_eq!((desk.committed.len(), desk.said()), (before, "P088: consent to quote stays yes."));
        desk.keys(key).keys("'no' ret");
        assert_eq!(
            desk.said(),
            "P088: consent to quote: no; analyse and archive are recorded as yes with it"
        );
        // It is taken back where it is seen.
        desk.keys("g t u");
        assert!(desk.said().contains("consent to quote: no. u again: undo."), "{}", desk.said());
        assert_eq!(desk.model.screen, Screen::People);
        desk.keys("u");
        assert_eq!(desk.said(), "Undone: P088: consent to quote: no");
    }
}

#[test]
fn the_key_of_the_participants_lists_them_and_the_profile_can_be_gone_back_to() {
    let mut desk = desk();
    desk.keys("end ret g t g w");
    assert!(desk.screen().contains("3 participants"), "{}", desk.screen());
    desk.keys("ret g w");
    assert!(desk.screen().contains("3 participants"), "{}", desk.screen());
    desk.keys("backspace");
    assert!(desk.screen().contains("\n P088"), "{}", desk.screen());
}

#[test]
fn help_finds_consent_by_its_name() {
    let mut desk = desk();
    desk.keys("? 'consent'");
    assert!(desk.screen().contains("Whether they agreed"), "{}", desk.screen());
    desk.keys("esc ? 'redo'");
    assert!(desk.screen().contains("Do again what you undid"), "{}", desk.screen());
}

#[test]
fn esc_leaves_a_profile_for_where_one_came_from() {
    let mut desk = desk();
    desk.keys("g t down ret down P");
    assert_eq!(desk.model.screen, Screen::People);
    desk.keys("esc");
    assert_eq!(desk.model.screen, Screen::Read);
    desk.keys("g w ret esc");
    assert_eq!(desk.model.screen, Screen::People, "who opened it from the list is in the list again");
}

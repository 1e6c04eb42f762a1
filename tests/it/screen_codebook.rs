//! The codebook by keys: the tree, themes, merging and splitting, lists to review, versions.

use combe::app::codebook::Page;
use combe::app::{Effect, Msg, Screen};
use combe::store::Logged;
use combe::study::{Change, Code, CodeState, Coding, Quote, Record, Side, Study, fresh};
use combe::with_record_kinds;

use proptest::prelude::*;

use crate::fixture::action;
use crate::screen::{Desk, Parts};

/// The usual study on the screen of the codebook, with codings: two of Appointment time, one of Workload on the quote of
/// the first of them, one of Writing things down.
fn coded() -> Desk {
    let mut desk = Desk::new(Parts::small());
    // Sentences of turn 2, then turn 4.
    desk.keys("down ret down t c 'appoi' ret c 'workl' ret right c 'appoi' ret");
    desk.keys("J J c 'writing' ret g c");
    desk
}

fn empty_book() -> Desk {
    let mut parts = Parts::new();
    parts.transcript("I43", combe::study::Kind::Interview, crate::screen::I43, false);
    let mut desk = Desk::new(parts);
    desk.keys("g c");
    desk
}

/// Every record of a study but the coders: who made a first action stays.
fn records(study: &Study) -> Vec<Record> {
    let mut all = Vec::new();
    macro_rules! collect {
        ($($kind:ident $table:ident),* $(,)?) => {
            $(all.extend(study.$table().iter().cloned().map(Record::$kind));)*
        };
    }
    with_record_kinds!(collect);
    all.retain(|record| !matches!(record, Record::Coder(_)));
    all
}

fn tree(desk: &Desk) -> Vec<String> {
    let order = desk.model.study.codes_in_tree_order();
    order.into_iter().map(|(depth, code)| format!("{}{}", "  ".repeat(depth), code.name)).collect()
}

fn code<'d>(desk: &'d Desk, name: &str) -> &'d Code {
    desk.model.study.code_named(name).unwrap_or_else(|| panic!("no code {name}"))
}

fn chosen(desk: &Desk) -> &str {
    let id = desk.model.codebook.code().unwrap();
    &desk.model.study.codes().get(&id).unwrap().name
}

/// Presses keys that make one action, and checks that one `u` takes all of it back and `U` does it again.
#[track_caller]
fn one_action(desk: &mut Desk, keys: &str) {
    let (before, count) = (records(&desk.model.study), desk.committed.len());
    desk.keys(keys);
    assert_eq!(desk.committed.len(), count + 1, "{keys}: {}\n{}", desk.said(), desk.screen());
    assert!(desk.model.layers.is_empty(), "{keys} leaves a layer");
    let after = records(&desk.model.study);
    assert_ne!(before, after);
    if desk.model.screen != Screen::Codebook {
        desk.keys("g c");
    }
    desk.keys("u");
    assert_eq!(records(&desk.model.study), before, "{keys} undone: {}", desk.said());
    assert_eq!(desk.model.screen, Screen::Codebook);
    desk.keys("U");
    assert_eq!(records(&desk.model.study), after, "{keys} done again: {}", desk.said());
}

#[test]
fn the_tree_in_three_sizes() {
    let mut desk = coded();
    desk.keys("down N 'Phone calls' ret");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("codebook_{width}x{height}"), desk.picture());
    }
}

#[test]
fn an_empty_codebook_says_how_to_go_on() {
    let mut desk = empty_book();
    assert!(desk.screen().contains("There are no codes yet. n makes one here"), "{}", desk.screen());
    for keys in ["ret", "e", "r", "p", "M", "S", "+", "c 1", "c c", "x x", "s w", "b d", "b t", "J"] {
        desk.keys(keys);
        assert_eq!(desk.said(), "The codebook is empty: n makes a first code.", "{keys}");
    }
    desk.keys("a");
    assert_eq!(desk.said(), "No two names here look alike.");
    desk.keys("n 'First' ret");
    assert_eq!(tree(&desk), ["First"]);
    desk.keys("t");
    assert!(desk.screen().contains("There are no themes yet: n makes a first one."), "{}", desk.screen());
    for keys in ["ret", "e", "r", "-", "x x", "J"] {
        desk.keys(keys);
        assert!(desk.said().starts_with("There are no themes yet"), "{keys}: {}", desk.said());
    }
}

#[test]
fn codes_are_made_renamed_moved_and_each_is_one_action() {
    let mut desk = coded();
    one_action(&mut desk, "n 'Travel' ret");
    assert_eq!(tree(&desk)[..3], ["Appointment time", "Travel", "Workload"]);
    desk.keys("home down");
    one_action(&mut desk, "N 'Buses' ret");
    assert_eq!(tree(&desk)[1..3], ["Travel", "  Buses"]);
    desk.keys("home down down");
    one_action(&mut desk, "r C-u 'Buses and trains' ret");
    assert_eq!(tree(&desk)[2], "  Buses and trains");
    one_action(&mut desk, "p 'workl' ret");
    assert_eq!(tree(&desk)[1..4], ["Travel", "Workload", "  Buses and trains"]);
    one_action(&mut desk, "p 'top' ret");
    assert_eq!(tree(&desk).last().unwrap(), "Buses and trains");
    one_action(&mut desk, "K");
    assert_eq!(tree(&desk)[4], "Buses and trains");
    one_action(&mut desk, "S-down");
    desk.keys("J");
    assert_eq!(desk.said(), "“Buses and trains” is the last one here already.");
    assert_eq!(code(&desk, "Travel").state, CodeState::Draft);
}

#[test]
fn a_name_that_exists_stays_typed_and_nothing_is_made() {
    let mut desk = coded();
    desk.keys("n 'WORKLOAD' ret");
    assert_eq!(desk.said(), "There is a code “Workload” already: names are unique, whatever their case.");
    assert!(desk.screen().contains("new code > WORKLOAD"), "{}", desk.screen());
    desk.keys("' 2' ret");
    assert_eq!(desk.model.study.codes().len(), 5);
    desk.keys("r C-u ret");
    assert_eq!(desk.said(), "A name needs at least one letter.");
    desk.keys("esc");
    assert!(desk.model.study.code_named("WORKLOAD 2").is_some());
}

#[test]
fn sides_states_and_components_are_single_keys() {
    let mut desk = coded();
    desk.keys("end");
    assert_eq!(chosen(&desk), "Writing things down");
    one_action(&mut desk, "+");
    assert_eq!(code(&desk, "Writing things down").side, Some(Side::Facilitator));
    one_action(&mut desk, "+");
    assert_eq!(code(&desk, "Writing things down").side, None);
    let own = desk.model.study.codings_with(code(&desk, "Writing things down").id).next().unwrap().valence;
    assert_eq!(own.unwrap().to_cell(), "facilitator", "what the side said stays with the coding");
    desk.keys("-");
    assert!(desk.said().contains("1 of its codings say otherwise"), "{}", desk.said());
    one_action(&mut desk, "s w");
    one_action(&mut desk, "s r");
    assert_eq!(code(&desk, "Writing things down").state, CodeState::Retired);
    desk.keys("s r");
    assert_eq!(desk.said(), "“Writing things down” is retired already.");
    one_action(&mut desk, "c 5");
    one_action(&mut desk, "c c 'social' ret");
    let component = desk.model.study.component_of(code(&desk, "Writing things down").id, "com-b");
    assert_eq!(component.unwrap().id, "opportunity.social");
    one_action(&mut desk, "c 0");
    desk.keys("c 9");
    assert_eq!(desk.said(), "There is no component 9: com-b has 6.");
}

#[test]
fn a_merge_says_what_it_will_do_and_joins_what_is_on_one_quote() {
    let mut desk = coded();
    desk.keys("M 'workl' ret");
    let screen = desk.screen();
    assert!(
        screen.contains("Merge “Appointment time” into “Workload”? 2 codings move; 1 of them joins one"),
        "{screen}"
    );
    desk.keys("n");
    assert_eq!(desk.model.study.codes().len(), 4);
    one_action(&mut desk, "M 'workl' ret y");
    assert_eq!(desk.model.study.codings_with(code(&desk, "Workload").id).count(), 2);
    assert_eq!(chosen(&desk), "Workload");
    assert_eq!(desk.committed.last().unwrap().label, "“Appointment time” merged into “Workload”");
}

#[test]
fn a_merge_into_ones_own_child_is_a_clear_sentence() {
    let mut desk = coded();
    desk.keys("N 'Ten minutes' ret left M 'ten' ret");
    assert_eq!(
        desk.said(),
        "“Ten minutes” stands below “Appointment time”: move it out from under it first."
    );
    desk.keys("p 'ten' ret");
    assert_eq!(
        desk.said(),
        "“Ten minutes” stands below “Appointment time”: move it out from under it first."
    );
}

#[test]
fn a_merge_asks_and_enter_is_no_answer() {
    let mut desk = coded();
    desk.keys("M 'workl' ret");
    let screen = desk.screen();
    assert!(screen.contains("Merge “Appointment time” into “Workload”?"), "{screen}");
    assert!(screen.lines().last().unwrap().contains("y yes  n no"), "{screen}");
    desk.keys("ret");
    assert_eq!(desk.model.study.codes().len(), 4);
    desk.keys("y");
    assert_eq!(desk.model.study.codes().len(), 3);
}

#[test]
fn deleting_a_code_says_how_many_codings_go() {
    let mut desk = coded();
    desk.keys("x x");
    assert_eq!(
        desk.said(),
        "“Appointment time” deleted. With it went 2 codings on 2 quotes. u brings all of it back."
    );
    desk.keys("u");
    assert_eq!(desk.model.study.codes().len(), 4);
    desk.keys("home");
    one_action(&mut desk, "x x");
    // The first quote stays for Workload, the second one had nothing else.
    assert_eq!(desk.codings().len(), 2);
    assert_eq!(desk.model.study.quotes().len(), 2);
    desk.keys("home x x");
    assert!(desk.said().contains("1 coding on 1 quote"), "{}", desk.said());
}

#[test]
fn a_code_is_split_by_dealing_its_quotes_out() {
    let mut desk = coded();
    desk.keys("S");
    insta::assert_snapshot!("split_begun", desk.screen());
    desk.keys("n 'Ten minutes' ret");
    assert_eq!(desk.model.study.codes().len(), 4, "nothing is made before the end");
    desk.keys("c 'restr' ret a 1");
    insta::assert_snapshot!("split_dealt", desk.screen());
    desk.keys("S");
    assert!(desk.screen().contains("1 to new “Ten minutes”, 1 to “Restructure time"), "{}", desk.screen());
    desk.keys("n");
    // Leaving keeps what was dealt.
    desk.keys("esc");
    assert!(desk.said().contains("what was dealt is kept"), "{}", desk.said());
    let before = records(&desk.model.study);
    desk.keys("S S y");
    assert_eq!(tree(&desk)[..2], ["Appointment time", "Ten minutes"]);
    assert_eq!(
        desk.codings(),
        [
            "I think time is really key, we’re so pressurised for time seeing patients and the volume that want to be seen. = Ten minutes barrier",
            "I think time is really key, we’re so pressurised for time seeing patients and the volume that want to be seen. = Workload barrier",
            "You can’t do it all in ten minutes. = Appointment time barrier",
            "You can’t do it all in ten minutes. = Restructure time allocation facilitator",
            "They know. = Writing things down",
        ]
    );
    assert!(
        desk.other_effects
            .iter()
            .any(|effect| matches!(effect, Effect::DropDraft(key) if key.starts_with("split:")))
    );
    desk.keys("u");
    assert_eq!(records(&desk.model.study), before);
}

/// Somebody else changes the first code.
fn first_code_changed(desk: &mut Desk, change: impl Fn(&mut Code)) {
    let before = desk.model.study.code_named("Appointment time").unwrap().clone();
    let mut after = before.clone();
    change(&mut after);
    let action = action(&desk.source, desk.me(), "edit_code", vec![Change::update(before, after)]);
    desk.send(Msg::Others(vec![Logged { seq: 9, action, turns: vec![] }]));
}

#[test]
fn the_past_is_asked_for_when_definitions_change_and_elsewhere_after_it_could_not_be_read() {
    let mut desk = coded();
    desk.answers = false;
    let is_it = |effect: &&Effect| matches!(effect, Effect::LoadCodebookPast);
    let begun = desk.other_effects.iter().filter(is_it).count();
    let asked = |desk: &Desk| desk.other_effects.iter().filter(is_it).count() - begun;
    desk.keys("ret");
    assert_eq!(asked(&desk), 1);
    desk.send(Msg::CodebookPastMissing("The past of the codebook cannot be read: no.".into()));
    assert!(desk.said().contains("cannot be read"), "{}", desk.said());
    desk.keys("down up");
    assert_eq!(asked(&desk), 1, "not at every key");
    desk.keys("esc ret");
    assert_eq!(asked(&desk), 2);
    desk.send(Msg::CodebookPast(Vec::new()));
    desk.keys("esc ret down");
    assert_eq!(asked(&desk), 2, "it is known");
    first_code_changed(&mut desk, |code| code.colour = Some("green".into()));
    desk.keys("up");
    assert_eq!(asked(&desk), 2, "a colour is no definition");
    first_code_changed(&mut desk, |code| code.exclude = "Waiting lists.".into());
    assert_eq!(asked(&desk), 3);
    // A page that is made of the past says that it cannot be read, and not that it is on its way.
    let mut desk = coded();
    desk.answers = false;
    desk.keys("v");
    assert!(desk.screen().contains("reading the history"), "{}", desk.screen());
    desk.send(Msg::CodebookPastMissing("The past of the codebook cannot be read: no.".into()));
    assert!(!desk.screen().contains("reading the history"), "{}", desk.screen());
}

#[test]
fn a_split_of_nothing_is_refused() {
    let mut desk = coded();
    desk.keys("S S");
    assert!(desk.said().starts_with("Nothing is dealt out yet"), "{}", desk.said());
    desk.keys("4");
    assert_eq!(desk.said(), "There is no 4 yet: c adds a code, n a new one.");
    desk.keys("1 0 n 'workload' ret");
    assert!(desk.said().contains("already"), "{}", desk.said());
    desk.keys("esc esc end n 'Bare' ret S");
    assert_eq!(desk.said(), "Nothing is coded with “Bare” itself: there is nothing to deal out.");
}

#[test]
fn a_form_fills_in_what_is_known_and_is_one_action() {
    let mut desk = coded();
    desk.keys("e");
    insta::assert_snapshot!("form", desk.picture());
    desk.keys("' Ten minutes.' tab 'Waiting,' ret 'hurrying' tab 'Travel' C-s");
    let held = code(&desk, "Appointment time").clone();
    assert_eq!(held.definition, "There is too little time in an appointment. Ten minutes.");
    assert_eq!((held.include.as_str(), held.exclude.as_str()), ("Waiting,\nhurrying", "Travel"));
    assert_eq!(desk.committed.last().unwrap().label, "“Appointment time”: definition, include, exclude");
    // Side, colour, origin, state, component.
    one_action(&mut desk, "e tab tab tab tab right down right down left down right down right C-s");
    let held = code(&desk, "Appointment time").clone();
    assert_eq!((held.side, held.colour.as_deref()), (Some(Side::Facilitator), Some("red")));
    assert_eq!((held.origin.name(), held.state.name()), ("deductive", "working"));
    let component = desk.model.study.component_of(held.id, "com-b").unwrap();
    assert_eq!(component.id, "opportunity.social");
    desk.keys("e C-s");
    assert_eq!(desk.said(), "Nothing was changed.");
}

#[test]
fn a_form_left_half_written_is_a_draft() {
    let mut desk = coded();
    desk.keys("e ' More.' esc");
    assert_eq!(desk.said(), "Not saved, but kept as a draft: e here goes on with it.");
    assert!(
        desk.other_effects
            .iter()
            .any(|effect| matches!(effect, Effect::SaveDraft { key, .. } if key.starts_with("code:")))
    );
    desk.keys("e");
    assert_eq!(desk.said(), "This is a draft that was not saved yet.");
    desk.keys("C-s");
    assert!(code(&desk, "Appointment time").definition.ends_with(" More."));
    desk.keys("e up C-u 'workload' C-s");
    assert!(desk.said().starts_with("There is a code “Workload” already"), "{}", desk.said());
    assert_eq!(desk.model.layers.len(), 1, "what was typed stays");
    desk.keys("esc u");
    assert!(!code(&desk, "Appointment time").definition.ends_with(" More."));
}

#[test]
fn a_paste_of_many_lines_goes_where_text_is_and_nowhere_else() {
    let mut desk = coded();
    let lines = "line\n".repeat(10_000);
    desk.send(Msg::Paste(lines.clone()));
    assert_eq!(desk.said(), "There is no text field here to paste into.");
    desk.keys("e");
    desk.send(Msg::Paste(lines));
    desk.keys("C-s");
    assert_eq!(code(&desk, "Appointment time").definition.lines().count(), 10_000);
    desk.keys("e tab tab tab tab");
    desk.send(Msg::Paste("x".into()));
    assert_eq!(desk.said(), "There is no text field here to paste into.");
}

#[test]
fn the_quotes_of_a_code_lead_to_their_places_and_back() {
    let mut desk = coded();
    desk.keys("ret");
    insta::assert_snapshot!("code_quotes", desk.screen());
    desk.keys("down ret");
    assert_eq!(desk.model.screen, Screen::Read);
    assert!(desk.screen().contains("Appointment"), "{}", desk.screen());
    desk.keys("backspace");
    assert_eq!((desk.model.screen, desk.model.codebook.page), (Screen::Codebook, Page::Quotes));
    assert_eq!(desk.model.codebook.codings.chosen, 1);
    desk.keys("esc");
    assert_eq!((desk.model.codebook.page, chosen(&desk)), (Page::Tree, "Appointment time"));
    desk.keys("down down ret");
    assert_eq!(desk.said(), "Nothing is coded with “Restructure time allocation” yet.");
}

#[test]
fn a_quote_of_a_code_is_put_aside_from_its_list() {
    let mut desk = coded();
    desk.keys("ret down");
    let quote = desk.model.codebook.codings.quote().unwrap();
    desk.keys("\"");
    assert!(desk.model.is_in_my_basket(quote), "{}", desk.said());
    assert!(desk.said().contains("is in your basket, the 1st"), "{}", desk.said());
    assert_eq!((desk.model.screen, desk.model.codebook.codings.chosen), (Screen::Codebook, 1));
}

#[test]
fn codings_older_than_a_definition_are_a_queue() {
    let mut desk = coded();
    desk.keys("b d");
    assert!(desk.screen().contains("it still has its first definition"), "{}", desk.screen());
    desk.keys("esc e ' Ten minutes.' C-s b d");
    assert!(desk.screen().contains("2 of 2 codings older than its definition"), "{}", desk.screen());
    assert_eq!(desk.model.codebook.codings.len(), 2);
    desk.keys("ret backspace");
    assert_eq!(desk.model.codebook.page, Page::Older);
    // Taking the change back makes the definition the first one again.
    desk.keys("u");
    assert!(desk.model.codebook.codings.is_empty(), "{}", desk.screen());
}

#[test]
fn a_hidden_turn_keeps_no_transcript_from_being_finished() {
    let mut desk = coded();
    desk.keys("n 'Late' ret g o 'I43:5' ret H");
    assert!(desk.screen().contains("(hidden)"), "{}", desk.screen());
    desk.keys("backspace b t");
    assert!(desk.screen().contains("1 transcript finished before it was made"), "{}", desk.screen());
}

#[test]
fn transcripts_finished_before_a_code_are_a_queue() {
    let mut desk = coded();
    // Turns 2 and 4 of I43 are coded; turn 5 is short and not.
    desk.keys("n 'Late' ret b t");
    assert!(desk.screen().contains("0 transcripts finished before it was made"), "{}", desk.screen());
    let i43 = desk.model.study.transcript_named("I43").unwrap().id;
    let five = desk.model.study.turns(i43).unwrap().turns[4].number;
    desk.model.done_reading.entry(i43).or_default().insert(five);
    desk.keys("esc b t");
    assert!(desk.screen().contains(">I43"), "{}", desk.screen());
    assert!(desk.screen().contains("1 transcript finished before it was made"), "{}", desk.screen());
    desk.keys("ret");
    assert_eq!(desk.model.screen, Screen::Read);
    desk.keys("backspace");
    assert_eq!(desk.model.codebook.page, Page::Finished);
    desk.keys("esc home b t");
    assert!(desk.model.codebook.finished.is_empty(), "it was there before everything was coded");
}

#[test]
fn names_that_look_alike_are_flagged_and_merged_first() {
    let mut desk = coded();
    desk.keys("end n 'Work-loads' ret up down");
    assert!(desk.screen().contains("Looks like “Workload”: M merges them"), "{}", desk.screen());
    desk.keys("home a");
    assert_eq!(chosen(&desk), "Workload");
    desk.keys("a M");
    assert!(desk.screen().contains("merge “Work-loads” into"), "{}", desk.screen());
    desk.keys("ret y");
    assert_eq!(chosen(&desk), "Workload");
    desk.keys("a");
    assert_eq!(desk.said(), "No two names here look alike.");
}

#[test]
fn a_reason_goes_with_the_next_change_and_no_further() {
    let mut desk = coded();
    desk.keys("w 'two words for one thing' ret");
    assert!(desk.screen().contains("why: two words for one thing"), "{}", desk.screen());
    desk.keys("r ' 2' ret");
    assert_eq!(desk.committed.last().unwrap().reason.as_deref(), Some("two words for one thing"));
    desk.keys("s w");
    assert_eq!(desk.committed.last().unwrap().reason, None);
    // A change that is refused does not use it up; neither does coding.
    desk.keys("w 'because' ret s w g r c 'workl' ret g c");
    assert!(desk.committed.last().unwrap().reason.is_none());
    desk.keys("J");
    assert_eq!(desk.committed.last().unwrap().reason.as_deref(), Some("because"));
    desk.keys("w 'x' ret w C-u ret J");
    assert_eq!(desk.committed.last().unwrap().reason, None);
}

#[test]
fn the_tree_folds_and_filters() {
    let mut desk = coded();
    desk.keys("N 'Ten minutes' ret left");
    assert_eq!(chosen(&desk), "Appointment time");
    desk.keys("left");
    assert_eq!(desk.model.codebook.rows.len(), 4);
    desk.keys("right");
    assert_eq!(desk.model.codebook.rows.len(), 5);
    desk.keys("right");
    assert_eq!(chosen(&desk), "Ten minutes");
    desk.keys("z");
    assert_eq!((desk.model.codebook.rows.len(), chosen(&desk)), (4, "Appointment time"));
    desk.keys("z f 'minu'");
    assert_eq!((desk.model.codebook.rows.len(), chosen(&desk)), (2, "Ten minutes"));
    desk.keys("esc");
    assert!(desk.screen().contains("1 of 5 codes"), "{}", desk.screen());
    desk.keys("esc");
    assert_eq!((desk.model.codebook.rows.len(), chosen(&desk)), (5, "Ten minutes"));
    desk.keys("f 'nothing such'");
    assert!(desk.screen().contains("No code matches."), "{}", desk.screen());
    desk.keys("C-u 'c-ps' ret");
    assert_eq!(desk.model.codebook.page, Page::Quotes);
}

#[test]
fn themes_are_made_filled_and_one_sided_ones_said() {
    let mut desk = coded();
    desk.keys("t");
    one_action(&mut desk, "n 'Time' ret");
    assert!(desk.screen().contains("1 theme · 1 without codes"), "{}", desk.screen());
    one_action(&mut desk, "- 'appoi' ret");
    assert!(desk.screen().contains("1 theme · 1 one-sided"), "{}", desk.screen());
    assert!(desk.screen().contains("1 Time  (no facilitator)"), "{}", desk.screen());
    one_action(&mut desk, "- 'workl' ret");
    one_action(&mut desk, "+ 'restr' ret");
    insta::assert_snapshot!("themes", desk.screen());
    let theme = |desk: &Desk| desk.model.study.themes_in_order()[0].clone();
    desk.keys("down down K");
    assert_eq!(theme(&desk).barriers[0], code(&desk, "Workload").id);
    desk.keys("ret");
    assert!(desk.screen().contains("“Workload” · 1 quote"), "{}", desk.screen());
    desk.keys("esc");
    assert_eq!(desk.model.codebook.page, Page::Themes);
    desk.keys("x x");
    assert_eq!(theme(&desk).barriers, [code(&desk, "Appointment time").id]);
    desk.keys("home r C-u 'Minutes' ret e 'They answer.' C-s c 3");
    assert_eq!((theme(&desk).name.as_str(), theme(&desk).note.as_str()), ("Minutes", "They answer."));
    let component = desk.model.study.component_of_theme(&theme(&desk), "com-b").unwrap();
    assert_eq!(component.id, "opportunity.physical");
    desk.keys("n 'Second' ret K x x");
    assert_eq!(desk.said(), "The theme “Second” deleted. Its codes stay. u brings all of it back.");
    assert_eq!(desk.model.study.themes().len(), 1);
    assert_eq!(desk.model.study.codes().len(), 4);
}

#[test]
fn a_codebook_is_frozen_and_compared_with_what_became_of_it() {
    let mut desk = coded();
    desk.keys("v n 'First Round' ret");
    assert!(desk.screen().contains("First Round"), "{}", desk.screen());
    assert!(desk.other_effects.contains(&Effect::KeepSnapshot("First Round".into())));
    desk.keys("n 'first round' ret");
    assert_eq!(desk.said(), "There is a point “first round” already: names are unique.");
    desk.keys("esc n '15' ret");
    assert!(desk.said().starts_with("A number alone names an action of the history"), "{}", desk.said());
    desk.keys("esc esc w 'clearer' ret r ' in hours' ret N 'Ten minutes' ret end M 'workl' ret y");
    desk.keys("v n 'Second' ret");
    desk.keys("home down ret");
    insta::assert_snapshot!("comparison", desk.screen());
    desk.keys("esc home down c 'second' ret");
    assert!(desk.screen().contains("“First Round” to “Second”"), "{}", desk.screen());
    desk.keys("esc end ret");
    assert!(desk.screen().contains("Nothing differs between them."), "{}", desk.screen());
    desk.keys("esc esc");
    let points = desk.model.study.points().len();
    desk.keys("u");
    assert_eq!(desk.model.study.points().len(), points - 1, "{}", desk.said());
}

#[test]
fn an_undo_of_the_codebook_from_elsewhere_goes_there_first() {
    let mut desk = coded();
    desk.keys("M 'workl' ret y g r u");
    assert_eq!(desk.model.screen, Screen::Codebook);
    assert!(desk.said().contains("merged into “Workload”. u again: undo."), "{}", desk.said());
    assert_eq!(desk.model.study.codes().len(), 3);
    desk.keys("u");
    assert_eq!(desk.model.study.codes().len(), 4);
}

#[test]
fn a_colleague_who_deletes_the_chosen_code_leaves_a_clear_sentence() {
    let mut desk = coded();
    desk.keys("end n 'Passing' ret r 'x'");
    let gone = code(&desk, "Passing").clone();
    let theirs = desk.committed.last().unwrap().clone();
    let action = combe::study::Action {
        id: fresh(&*desk.source),
        changes: vec![Change::delete(gone)],
        label: "“Passing” deleted".into(),
        ..theirs
    };
    desk.send(Msg::Others(vec![Logged { seq: 99, action, turns: vec![] }]));
    desk.keys("ret");
    assert_eq!(desk.said(), "It is not in the codebook any more; look at it again.");
    desk.keys("esc");
    assert_eq!(desk.model.study.codes().len(), 4);
}

#[test]
fn everything_of_a_code_is_moved_whoever_coded_it() {
    let mut desk = coded();
    let other = combe::study::Coder { id: fresh(&*desk.source), name: "c2".into() };
    let study = &desk.model.study;
    let quote = study.quotes().iter().next().unwrap().clone();
    let theirs = Quote { id: fresh(&*desk.source), coder: other.id, ..quote };
    let coding = Coding {
        id: fresh(&*desk.source),
        quote: theirs.id,
        code: code(&desk, "Appointment time").id,
        valence: None,
        at: combe::study::Source::now(&*desk.source),
        blind: false,
    };
    let action = combe::study::Action {
        id: fresh(&*desk.source),
        coder: other.id,
        changes: vec![Change::create(other), Change::create(theirs), Change::create(coding)],
        ..desk.committed.last().unwrap().clone()
    };
    desk.send(Msg::Others(vec![Logged { seq: 99, action, turns: vec![] }]));
    desk.keys("S");
    assert_eq!(desk.model.codebook.codings.len(), 3);
    assert!(desk.screen().contains("by c2"), "{}", desk.screen());
    desk.keys("esc M 'workl' ret y");
    assert_eq!(desk.model.study.codings_with(code(&desk, "Workload").id).count(), 3);
}

#[test]
fn the_place_in_the_codebook_is_kept() {
    let mut desk = coded();
    desk.keys("down ret");
    let place = combe::app::Place::of(&desk.model);
    assert_eq!(place.codebook.page, Page::Quotes);
    let mut parts = Parts::small();
    parts.study = desk.model.study.clone();
    let mut later = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &place);
    later.load(parts.study);
    assert!(later.screen().contains("“Workload” · 1 quote"), "{}", later.screen());
    later.keys("esc");
    assert_eq!(chosen(&later), "Workload");
}

#[test]
fn a_study_for_reading_only_shows_everything_and_changes_nothing() {
    let mut desk = coded();
    desk.model.read_only = Some("another host has it".into());
    let before = desk.committed.len();
    for keys in ["n", "e", "r", "p", "M", "S", "+", "c 1", "x x", "s w", "w", "J"] {
        desk.keys(keys);
        assert_eq!(desk.said(), "The study is open for reading only.", "{keys}");
    }
    desk.keys("ret esc b d esc t esc v");
    assert_eq!(desk.model.codebook.page, Page::Versions);
    assert_eq!(desk.committed.len(), before);
}

/// Steps that a hurried hand might take, with answers to questions among them.
const STEPS: [&str; 44] = [
    "down",
    "up",
    "end",
    "home",
    "left",
    "right",
    "ret",
    "esc",
    "esc esc",
    "n 'Travel' ret",
    "N 'Below' ret",
    "n 'x' esc",
    "r ' two' ret",
    "p 'w' ret",
    "p 'top' ret",
    "M 'w' ret y",
    "M 'a' ret y",
    "M ret n",
    "S",
    "1",
    "2",
    "a 1",
    "c 'w' ret",
    "n 'Dealt' ret",
    "S y",
    "+",
    "-",
    "c 2",
    "c 0",
    "s w",
    "s r",
    "x x y",
    "x x n",
    "e 'text' C-s",
    "e ' draft' esc",
    "w 'because' ret",
    "t",
    "+ 'r' ret",
    "J",
    "K",
    "v",
    "b d",
    "f 'time' esc",
    "backspace",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever is pressed: nothing breaks at any size, and undoing everything gives the study of the start.
    #[test]
    fn undoing_all_of_a_session_gives_the_codebook_of_its_start(
        steps in prop::collection::vec(prop::sample::select(&STEPS[..]), 1..40),
        size in prop::sample::select(&[(80u16, 24u16), (40, 12), (200, 60), (20, 5)][..]),
    ) {
        let mut desk = coded();
        let before = records(&desk.model.study);
        desk.send(Msg::Resize(size.0, size.1));
        for step in &steps {
            desk.keys(step);
            let _ = desk.screen();
        }
        desk.keys("esc esc esc esc esc g c");
        let mut presses = 0;
        while records(&desk.model.study) != before {
            desk.keys("u");
            presses += 1;
            // Two for each action: one that shows the place, one that undoes.
            prop_assert!(presses <= 2 * desk.committed.len(), "{steps:?}: {}", desk.said());
            prop_assert!(!desk.said().contains("cannot be undone"), "{steps:?}: {}", desk.said());
            prop_assert!(!desk.said().starts_with("There is nothing"), "{steps:?}: {}", desk.said());
        }
    }
}

#[test]
fn the_key_of_the_codebook_shows_the_codes() {
    let mut desk = coded();
    desk.keys("v g c");
    assert_eq!(desk.model.codebook.page, Page::Tree);
    desk.keys("t g t g c");
    assert_eq!(desk.model.codebook.page, Page::Tree);
    desk.keys("backspace backspace");
    assert_eq!(desk.model.codebook.page, Page::Themes);
}

#[test]
fn only_components_that_there_are_are_offered_and_only_keys_that_do_something() {
    let mut desk = coded();
    desk.keys("c");
    let screen = desk.screen();
    assert!(screen.contains("6 ") && !screen.contains("under component"), "{screen}");
    desk.keys("esc v n 'first' ret");
    assert!(desk.screen().contains("\n>first"), "{}", desk.screen());
    assert!(desk.screen().contains("compare with"), "{}", desk.screen());
    desk.keys("ret");
    assert!(!desk.screen().contains("compare with"), "{}", desk.screen());
    desk.keys("g c t n 'Time' ret -");
    assert!(!desk.screen().contains(":add_theme"), "{}", desk.screen());
}

#[test]
fn quotes_of_a_code_that_overlap_are_told_to_be_one_coding() {
    let mut desk = coded();
    desk.keys("g t down ret down t t right c 'Mine' ret S-right c 'Mine' ret");
    desk.keys("g c f 'mine' ret");
    let screen = desk.screen();
    assert!(screen.contains("“Mine” · 2 quotes, where they overlap one coding: 1 coding"), "{screen}");
}

//! Erasing a passage from all revisions, whatever became of its turn: split, joined, put right, moved, numbered anew.

use std::fs;

use combe::study::{Correction, Edit, Step, Study, TranscriptId, TurnNumber};
use combe::text::Span;

use crate::e2e::{Ran, Site};
use crate::erase::files_with;
use crate::fixture::Ticking;

pub(crate) const TALK: &str = "Interviewer: Who helped?\n\n\
Anna: My cousin Gwillym drove us there. The bus had gone.\n\n\
Anna: He waited by the gate for an hour.\n\n\
Interviewer: And then?\n\n\
Anna: Then the letter came, at long last.\n";

pub(crate) fn talk() -> Site {
    let site = Site::new();
    import(&site, TALK);
    site
}

fn import(site: &Site, text: &str) {
    fs::write(site.path("T1.txt"), text).unwrap();
    site.in_study(&["import", "--revise", "T1.txt"]);
}

/// Makes the next revision of T1.
fn correct(site: &Site, change: impl Fn(&Study, TranscriptId, &str, &Ticking) -> Correction) {
    let mut store = site.store();
    let (mut study, _) = store.load().unwrap();
    let source = Ticking::of_process(u64::try_from(site.actions()).unwrap() + 40);
    let held = study.transcript_named("T1").unwrap();
    let text = store.text(held.revision).unwrap();
    let correction = change(&study, held.id, &text, &source);
    let kim = study.coder_named("kim").unwrap().clone();
    let step = Step { label: "corrected".into(), changes: correction.changes, ..Step::default() };
    store.commit(&study.act(&kim, step, &source).unwrap(), &[correction.text]).unwrap();
}

fn at(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("{words} is not there"));
    Span::new(start, start + words.len())
}

pub(crate) fn reword(site: &Site, from: &str, to: &str) {
    correct(site, |study, transcript, text, source| {
        study.correct(transcript, text, &[Edit::reword(at(text, from), to)], source).unwrap()
    });
}

/// Splits the turn before some words.
pub(crate) fn split(site: &Site, before: &str) {
    correct(site, |study, transcript, text, source| {
        let byte = at(text, before).start;
        let turns = study.turns(transcript).unwrap();
        let turn = turns.turns[turns.index_at(byte as usize).unwrap()].number;
        study.split_turn(transcript, text, turn, byte, source).unwrap()
    });
}

fn join(site: &Site, number: u32) {
    correct(site, |study, transcript, text, source| {
        study.join_turns(transcript, text, TurnNumber::whole(number), source).unwrap()
    });
}

/// Erases words of the current text.
pub(crate) fn erase(site: &Site, words: &str, more: &[&str]) -> Ran {
    let text = {
        let mut store = site.store();
        let (study, _) = store.load().unwrap();
        store.text(study.transcript_named("T1").unwrap().revision).unwrap()
    };
    let (start, end) = (at(&text, words).range().start, at(&text, words).range().end);
    let points = |byte: usize| text[..byte].chars().count().to_string();
    let (start, end) = (points(start), points(end));
    site.run(&[&["-C", "study", "erase", "T1", &start, &end, "--yes"], more].concat())
}

fn assert_gone(site: &Site, words: &str, secrets: &[&str]) {
    site.in_study(&["mark", "before"]);
    site.run(&["-C", "study", "search", "gate"]);
    assert!(!files_with(site, secrets).is_empty(), "there before");
    let ran = erase(site, words, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(site, secrets), vec![]);
    site.assert_sound();
    let shown = site.in_study(&["show", "T1"]).out;
    assert!(shown.contains("[erased]") && shown.contains("The bus had gone"), "{shown}");
}

#[test]
fn after_a_split_the_passage_goes_from_the_whole_turn_too() {
    let site = talk();
    split(&site, "The bus");
    assert_gone(&site, "cousin Gwillym drove", &["gwillym", "cousin"]);
    let former = site.in_study(&["show", "T1", "2", "--revision", "1"]).out;
    assert!(former.contains("My [erased] us there. The bus had gone."), "{former}");
}

#[test]
fn a_passage_over_both_parts_of_a_split_goes_from_both() {
    let site = talk();
    split(&site, "drove");
    assert_gone(&site, "Gwillym drove us", &["gwillym", "drove us"]);
    let former = site.in_study(&["show", "T1", "2", "--revision", "1"]).out;
    assert!(former.contains("My cousin [erased] there."), "{former}");
}

#[test]
fn after_a_join_the_passage_goes_from_both_turns() {
    let site = talk();
    join(&site, 2);
    let words = "The bus had gone. He waited by the gate";
    site.in_study(&["mark", "before"]);
    let ran = erase(&site, words, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(&site, &["bus had gone", "waited by"]), vec![]);
    site.assert_sound();
    let former = site.in_study(&["show", "T1", "--revision", "1"]).out;
    assert!(former.contains("Gwillym drove us there. [erased]"), "{former}");
    assert!(former.contains("[erased] for an hour."), "{former}");
}

#[test]
fn after_a_split_and_a_join_a_former_spelling_goes_as_well() {
    let site = talk();
    reword(&site, "Gwillym", "Gwilym");
    split(&site, "The bus");
    // Part b and the turn behind it.
    correct(&site, |study, transcript, text, source| {
        study.join_turns(transcript, text, "2b".parse().unwrap(), source).unwrap()
    });
    reword(&site, "My cousin", "My dear cousin");
    assert_gone(&site, "Gwilym", &["gwillym", "gwilym"]);
    let former = site.in_study(&["show", "T1", "2", "--revision", "1"]).out;
    assert!(former.contains("My cousin [erased] drove us there."), "{former}");
}

#[test]
fn a_memo_with_a_former_spelling_loses_it() {
    let site = talk();
    reword(&site, "Gwillym", "Gwilym");
    let mut store = site.store();
    let (mut study, _) = store.load().unwrap();
    let (kim, source) = (study.coder_named("kim").unwrap().clone(), Ticking::of_process(77));
    let memo = combe::study::Memo {
        id: combe::study::fresh(&source),
        on: combe::study::MemoOn::Study,
        kind: combe::study::MemoKind::Analytic,
        coder: kim.id,
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "Ask who Gwillym is.".into(),
    };
    let step = Step { changes: vec![combe::study::Change::create(memo)], ..Step::default() };
    store.commit(&study.act(&kim, step, &source).unwrap(), &[]).unwrap();
    drop(store);
    assert_gone(&site, "Gwilym", &["gwillym", "gwilym"]);
}

#[test]
fn after_turns_were_numbered_anew_the_passage_is_found_by_its_words() {
    let site = talk();
    // Everything in another order, with turns before and between: no number is what it was.
    let moved = "Interviewer: Please begin.\n\nAnna: Good morning.\n\nAnna: Then the letter came, at long last.\n\n\
        Interviewer: Who helped?\n\nAnna: He waited by the gate for an hour.\n\nInterviewer: And then?\n\n\
        Anna: My cousin Gwillym drove us there. The bus had gone.\n";
    import(&site, moved);
    assert_gone(&site, "cousin Gwillym drove us", &["gwillym", "cousin"]);
    let former = site.in_study(&["show", "T1", "--revision", "1"]).out;
    assert!(former.contains("Then the letter came") && former.contains("He waited by the gate"), "{former}");
}

#[test]
fn a_passage_that_was_moved_and_reworded_is_refused_until_somebody_looks() {
    let site = talk();
    let moved = "Interviewer: Who helped?\n\nAnna: He waited by the gate for an hour.\n\nInterviewer: And then?\n\n\
        Anna: Then the letter came, at long last.\n\nInterviewer: One more thing, about that day?\n\n\
        Anna: My nephew Gwilym drove us there. The bus had gone.\n";
    import(&site, moved);
    let (before, actions) = (site.in_study(&["show", "T1", "--revision", "1"]).out, site.actions());
    let ran = erase(&site, "nephew Gwilym", &[]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    assert!(ran.err.contains("turn 2 of revision 1 of T1"), "{}", ran.err);
    assert!(ran.err.contains("combe show T1 --revision 1"), "{}", ran.err);
    assert!(!ran.err.contains("Gwil"), "{}", ran.err);
    assert_eq!((site.in_study(&["show", "T1", "--revision", "1"]).out, site.actions()), (before, actions));
    // As the sentence says.
    let start = TALK[..TALK.find("cousin Gwillym").unwrap()].chars().count();
    let (start, end) = (start.to_string(), (start + 14).to_string());
    let ran = site.run(&["-C", "study", "erase", "T1", &start, &end, "--revision", "1", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = erase(&site, "nephew Gwilym", &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(&site, &["gwilym", "gwillym"]), vec![]);
    site.assert_sound();
}

#[test]
fn a_text_whose_correction_was_undone_goes_too_and_does_not_come_back() {
    let site = talk();
    reword(&site, "Gwillym", "Gwilym Rhys");
    let corrected = site.actions();
    site.in_study(&["undo", &corrected.to_string()]);
    let undone = site.actions();
    assert_gone(&site, "Gwillym", &["gwillym", "gwilym", "rhys"]);
    let again = site.run(&["-C", "study", "undo", &undone.to_string()]);
    assert_eq!((again.code, again.err.contains("erased")), (3, true), "{}", again.err);
}

#[test]
fn words_that_stand_there_once_more_stay_and_are_told() {
    let site = talk();
    reword(&site, "at long last", "from Gwillym");
    let ran = erase(&site, "Gwillym", &["--json", "--dry-run"]);
    assert_eq!(ran.lines()[0]["elsewhere"], serde_json::json!(["T1:5"]), "{}", ran.out);
    assert_eq!(ran.lines()[0]["turns"], 1);
}

#[test]
fn who_withdraws_loses_their_part_of_turns_that_were_split_between_two() {
    let site = talk();
    split(&site, "The bus");
    site.in_study(&["speaker", "T1:2b", "Bert", "--new"]);
    let ran = site.run(&["-C", "study", "withdraw", "Bert", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(&site, &["bus had gone"]), vec![]);
    site.assert_sound();
}

#[test]
fn who_withdraws_loses_turns_that_were_numbered_anew_and_others_keep_theirs() {
    let site = talk();
    let moved = "Interviewer: Please begin.\n\nBert: Good morning to you all.\n\nAnna: Then the letter came, at long last.\n\n\
        Interviewer: Who helped?\n\nAnna: He waited by the gate for an hour.\n\nInterviewer: And then?\n\n\
        Bert: My cousin Gwillym drove us there. The bus had gone.\n";
    import(&site, moved);
    let ran = site.run(&["-C", "study", "withdraw", "T1 Bert", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(&site, &["gwillym", "bus had gone"]), vec![], "the label said Anna first");
    let former = site.in_study(&["show", "T1", "--revision", "1"]).out;
    assert!(former.contains("Then the letter came") && former.contains("He waited by the gate"), "{former}");
    site.assert_sound();
}

//! The memos: written on anything, listed, found, followed, taken away; and flags "check the audio".

use std::time::Instant;

use combe::app::{Effect, Loaded, Msg, Place, Screen};
use combe::study::{Change, Coder, Kind, Memo, MemoKind, MemoOn, Study, fresh};

use crate::screen::{Desk, Parts};

fn reading() -> Desk {
    let mut desk = Desk::new(Parts::small());
    desk.keys("down ret");
    desk
}

/// Kind, thing and beginning of the listed memos.
fn listed(desk: &Desk) -> Vec<String> {
    let row = |row: &combe::app::memos::MemoRow| format!("{} {}: {}", row.kind.name(), row.thing, row.words);
    desk.model.memos.list.rows.iter().map(|held| row(held)).collect()
}

/// A study with a memo of c2 on the study.
fn with_colleague() -> Parts {
    let mut parts = Parts::small();
    let other = Coder { id: fresh(&*parts.source), name: "c2".into() };
    let memo = Memo {
        id: fresh(&*parts.source),
        on: MemoOn::Study,
        kind: MemoKind::Discussion,
        coder: other.id,
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "Is time one code, or two? See I43:2 and FG06:2-3.".into(),
    };
    parts.study.apply(&[Change::create(other), Change::create(memo)]).unwrap();
    parts
}

#[test]
fn any_number_of_memos_of_any_kind_on_one_passage() {
    let mut desk = reading();
    desk.keys("down t m 'one' C-n tab 'two' C-n tab tab 'three' C-s");
    assert_eq!(desk.said(), "I43:2: memo saved");
    desk.keys("g m");
    assert_eq!(listed(&desk), ["reflexive I43:2: three", "discussion I43:2: two", "analytic I43:2: one"]);
    assert_eq!(desk.model.study.quotes().len(), 1);
    // The latest one is gone on with; from there the ones before can be turned to.
    desk.keys("ret m '!' C-p C-p '?' C-s g m");
    assert_eq!(listed(&desk)[2], "analytic I43:2: one?");
    assert_eq!(listed(&desk)[0], "reflexive I43:2: three", "what was not saved is a draft");
    desk.keys("home e C-s");
    assert_eq!(listed(&desk)[0], "reflexive I43:2: three!");
    desk.keys("u u u u u u u u u u");
    assert_eq!((desk.model.study.memos().len(), desk.model.study.quotes().len()), (0, 0));
}

#[test]
fn a_memo_on_the_study_a_code_a_transcript_and_a_person() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("m 'On the list.' C-s g m m 'All in all.' C-s M 'workl' ret 'Too much.' C-s");
    assert_eq!(desk.said(), "code “Workload”: memo saved");
    desk.keys("g w m 'Tired.' C-s g m");
    assert_eq!(
        listed(&desk),
        [
            "analytic participant P1F: Tired.",
            "analytic code “Workload”: Too much.",
            "analytic the study: All in all.",
            "analytic transcript FG06: On the list.",
        ]
    );
    desk.keys("ret");
    assert_eq!(desk.model.screen, Screen::People);
    assert!(desk.screen().contains("\n P1F"), "{}", desk.screen());
    desk.keys("backspace down ret");
    assert_eq!(desk.model.screen, Screen::Codebook);
    desk.keys("backspace down ret");
    assert!(desk.said().contains("on the study as a whole"));
    desk.keys("down ret");
    assert_eq!(desk.model.screen, Screen::Read);
    assert!(desk.screen().contains("FG06"), "{}", desk.screen());
    // Audio is checked where somebody speaks: the kind is not offered here.
    desk.keys("g m home e tab tab tab tab C-s");
    assert_eq!(desk.said(), "participant P1F: memo unchanged");
}

#[test]
fn drafts_are_kept_for_each_and_come_back_after_a_kill() {
    let mut desk = reading();
    desk.keys("down t m 'on words' esc g w m tab 'on her' esc g m m 'on all'");
    let drafts = desk.other_effects.iter().filter_map(|effect| match effect {
        Effect::SaveDraft { key, text } => Some((key.clone(), text.clone())),
        _ => None,
    });
    let drafts: std::collections::BTreeMap<String, String> = drafts.collect();
    let place = Place::of(&desk.model);
    let parts = Parts::small();
    let mut again = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &place);
    let loaded = Loaded { study: desk.model.study.clone(), drafts, ..Loaded::default() };
    again.send(Msg::StudyLoaded(Box::new(loaded)));
    assert_eq!(again.model.screen, Screen::Memos);
    again.keys("' of it' C-s g w m");
    assert_eq!(again.model.field().unwrap().text(), "on her");
    assert!(again.screen().contains("discussion memo on participant"), "{}", again.screen());
    again.keys("C-s g r m");
    assert_eq!(again.model.field().unwrap().text(), "on words");
    again.keys("C-s g m");
    assert_eq!(
        listed(&again),
        [
            "analytic I43:2: on words",
            "discussion participant P1F: on her",
            "analytic the study: on all of it"
        ]
    );
}

#[test]
fn the_list_is_filtered_and_sorted() {
    let mut desk = Desk::new(with_colleague());
    desk.keys("down ret down t m 'Time again' C-s J J F g t m 'A long one' C-s g m");
    assert_eq!(desk.model.memos.list.rows.len(), 4);
    desk.keys("f 'kind:disc' ret");
    assert!(desk.said().contains("as a whole"), "Enter goes to the thing from the filter too");
    assert_eq!(listed(&desk), ["discussion the study: Is time one code, or two? See I43:2 and FG06:2-3."]);
    desk.keys("esc");
    assert_eq!(desk.model.memos.list.rows.len(), 4);
    desk.keys("f 'time' esc");
    assert_eq!(desk.model.memos.list.rows.len(), 2);
    assert!(desk.screen().contains("2 of 4 memos"), "{}", desk.screen());
    desk.keys("n n n a 'c2' ret");
    assert!(desk.screen().contains("filter: by:c2"), "{}", desk.screen());
    assert_eq!(desk.model.memos.list.rows.len(), 1);
    desk.keys("n n n t 'transc' ret");
    assert_eq!(listed(&desk), ["analytic transcript I43: A long one"]);
    desk.keys("n n o p");
    let things: Vec<&str> = desk.model.memos.list.rows.iter().map(|row| row.thing.as_str()).collect();
    assert_eq!(things, ["transcript I43", "I43:2", "I43:4", "the study"]);
    desk.keys("o k o a");
    assert_eq!(desk.model.memos.list.rows.last().unwrap().author, "c2");
    desk.keys("f 'nothing has this'");
    assert!(desk.screen().contains("No memo matches."));
}

#[test]
fn only_ones_own_memos_can_be_changed_and_answers_stand_beside() {
    let mut desk = Desk::new(with_colleague());
    desk.keys("g m e");
    assert!(desk.said().contains("signed by c2"), "{}", desk.said());
    desk.keys("del");
    assert!(desk.said().contains("signed by c2"), "{}", desk.said());
    desk.keys("a 'Two.' C-s");
    assert_eq!(listed(&desk)[0], "analytic the study: Two.");
    assert_eq!(desk.model.memos.list.roll.chosen, 0, "what was just written is chosen");
    desk.keys("x m");
    assert_eq!(desk.model.memos.list.rows.len(), 1);
    desk.keys("u");
    assert_eq!(desk.model.memos.list.rows.len(), 2);
}

#[test]
fn a_memo_goes_with_its_bare_quote_and_both_come_back() {
    let mut desk = reading();
    desk.keys("down t m 'gone soon' C-s g m del");
    assert_eq!((desk.model.study.memos().len(), desk.model.study.quotes().len()), (0, 0));
    assert!(desk.screen().contains("No memos yet"), "{}", desk.screen());
    // The first press goes to the place, the second one brings it back.
    desk.keys("u u");
    assert_eq!((desk.model.study.memos().len(), desk.model.study.quotes().len()), (1, 1));
    desk.keys("g r g g down t c 'work' ret g m del");
    assert_eq!(
        (desk.model.study.memos().len(), desk.model.study.quotes().len()),
        (0, 1),
        "its code holds it"
    );
}

#[test]
fn addresses_in_a_memo_are_links() {
    let mut desk = Desk::new(with_colleague());
    desk.keys("g m l");
    assert!(desk.screen().contains("FG06:2-3"), "{}", desk.screen());
    desk.keys("'fg' ret");
    assert_eq!(desk.model.screen, Screen::Read);
    let spot = desk.model.target().unwrap();
    assert_eq!(desk.model.address(spot), "FG06:2-3");
    desk.keys("backspace");
    assert_eq!(desk.model.screen, Screen::Memos);
    for (text, linked) in [
        ("(i43:2)", vec!["i43:2"]),
        ("at 10:30 and 10:30:05, I43:99, I43:", vec![]),
        ("FG-06:1–2. I43:4a", vec!["FG-06:1–2"]),
        ("I43:2:3 xI43:2", vec![]),
    ] {
        let links = combe::app::memos::links(&desk.model.study, text);
        let found: Vec<&str> = links.iter().map(|link| &text[link.at.clone()]).collect();
        assert_eq!(found, linked, "{text}");
    }
    desk.keys("m 'No link.' C-s l");
    assert!(desk.said().contains("No address"), "{}", desk.said());
}

#[test]
fn one_key_flags_a_passage_and_takes_the_flag_away() {
    let mut desk = reading();
    desk.keys("down t F");
    assert_eq!(desk.said(), "I43:2: flagged, check the audio");
    let flag = desk.model.study.memos().iter().next().unwrap();
    assert_eq!((flag.kind, flag.text.as_str()), (MemoKind::CheckAudio, ""));
    assert!(desk.screen().contains("¶ audio"), "{}", desk.screen());
    desk.keys("F");
    assert_eq!(desk.said(), "I43:2: flag taken away");
    assert_eq!((desk.model.study.memos().len(), desk.model.study.quotes().len()), (0, 0));
    desk.keys("u");
    assert_eq!(desk.model.study.memos().len(), 1);
    desk.keys("u");
    assert_eq!(desk.model.study.memos().len(), 0);
    assert_eq!(desk.committed.len(), 4);
}

#[test]
fn flags_are_listed_by_transcript_and_time() {
    let mut desk = reading();
    desk.keys("g e F g g down F g t home ret down F g f");
    assert_eq!(desk.model.screen, Screen::Memos);
    let times: Vec<_> = desk.model.memos.list.rows.iter().map(|row| (row.thing.as_str(), row.time)).collect();
    assert_eq!(times, [("FG06:2", None), ("I43:2", Some(8000)), ("I43:6", Some(24000))]);
    assert!(desk.screen().contains("00:00:24"), "{}", desk.screen());
    // What was misheard can be written down, and taken away again without the flag.
    desk.keys("end e 'He says ten.' C-s e C-u C-s");
    assert_eq!(desk.model.memos.list.rows.len(), 3);
    desk.keys("ret");
    assert_eq!(desk.model.screen, Screen::Read);
    desk.keys("backspace backspace");
    assert_eq!(desk.model.screen, Screen::Read, "and back to where the list was asked for");
    let mut empty = reading();
    empty.keys("g f");
    assert!(empty.screen().contains("F flags the passage"), "{}", empty.screen());
}

#[test]
fn a_memo_of_a_megabyte_is_kept_whole_and_typed_in() {
    let mut desk = Desk::new(Parts::small());
    let text = "time is really key, ".repeat(52_429);
    assert!(text.len() > 1 << 20);
    desk.keys("g m m");
    desk.send(Msg::Paste(text.clone()));
    let began = Instant::now();
    for _ in 0..20 {
        desk.keys("x left up");
        desk.screen();
    }
    let each = began.elapsed() / 60;
    eprintln!("a key in a memo of 1 MB, painted: {each:?}");
    assert!(each.as_millis() < 150, "{each:?}");
    desk.keys("C-s");
    let memo = desk.model.study.memos().iter().next().unwrap();
    assert_eq!(memo.text.len(), text.len() + 20);
    assert!(desk.screen().contains("1 memo"), "{}", desk.screen());
    desk.keys("u");
    assert_eq!(desk.model.study.memos().len(), 0);
}

#[test]
fn ten_thousand_lines_are_pasted_into_a_memo() {
    let mut desk = reading();
    let text: String = (1..=10_000).map(|line| format!("line {line}\n")).collect();
    desk.keys("down t m");
    desk.send(Msg::Paste(text.replace('\n', "\r\n")));
    assert!(desk.screen().contains("line 10000"), "{}", desk.screen());
    desk.keys("pgup C-s g m");
    assert_eq!(desk.model.study.memos().iter().next().unwrap().text, text.trim_end());
    // And never into a list, where lines would be commands.
    desk.send(Msg::Paste(text));
    assert_eq!(desk.said(), "There is no text field here to paste into.");
}

#[test]
fn a_long_memo_can_be_read_whole() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g m m");
    desk.send(Msg::Paste((1..=60).map(|line| format!("line {line}\n")).collect()));
    desk.keys("C-s");
    assert!(!desk.screen().contains("line 12"));
    desk.keys("w");
    assert!(desk.screen().contains("line 15"), "{}", desk.screen());
    desk.keys("C-d C-d C-d C-d C-d C-d C-d C-d");
    assert!(desk.screen().contains("line 60"), "{}", desk.screen());
    desk.keys("C-u esc");
    assert!(!desk.screen().contains("line 60"), "{}", desk.screen());
}

#[test]
fn the_list_in_three_sizes() {
    let mut parts = with_colleague();
    parts.transcript("I2", Kind::Interview, "P1: One.\n", false);
    let mut desk = Desk::new(parts);
    desk.keys("end ret down t m 'She says it twice.' C-s F g m end");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("memos_{width}x{height}"), desk.picture());
    }
}

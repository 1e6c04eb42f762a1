//! Coming back: the place, half-written memos, and keys that come before the study does.

use combe::app::{Effect, Loaded, Msg, Place, Screen, Unwritten};
use combe::study::{Kind, Study};
use combe::text::Unit;

use crate::screen::{Desk, I43, Parts};
use crate::screen_read::{reading, target};

fn last_place(desk: &Desk) -> Place {
    let places = desk.other_effects.iter().rev().find_map(|effect| match effect {
        Effect::SavePlace(place) => Some((**place).clone()),
        _ => None,
    });
    places.expect("a place was sent")
}

#[test]
fn the_place_is_sent_whenever_it_changes_and_leads_back() {
    let mut desk = reading();
    desk.keys("down t right");
    let place = last_place(&desk);
    assert_eq!(Unit::from(place.unit), Unit::Sentence);
    let said = target(&desk);
    let sent = desk.other_effects.len();
    desk.keys("C-s");
    assert_eq!(desk.other_effects.len(), sent, "nothing moved, nothing is sent");
    let written = serde_json::to_string(&place).unwrap();
    let place: Place = serde_json::from_str(&written).unwrap();

    let parts = Parts::small();
    let mut again = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &place);
    again.load(desk.model.study.clone());
    assert_eq!(again.model.screen, Screen::Read);
    assert_eq!(target(&again), said);
}

#[test]
fn a_place_and_a_mark_in_a_text_that_was_corrected_meanwhile_lead_to_the_same_turn() {
    let mut desk = reading();
    desk.keys("J J J t right");
    let (place, said) = (last_place(&desk), target(&desk));
    desk.keys("M 'here' ret");
    let marks = last_place(&desk).marks;
    assert!(!marks.is_empty(), "{}", desk.said());
    // Somebody makes turn 2 much longer while nobody has it open.
    desk.keys(&format!("K K W w end '{}' C-s", " And on it went, for ever and a day.".repeat(12)));
    let mut parts = Parts::small();
    parts.texts = desk.texts.clone();
    let place = Place { marks, ..place };
    let mut again = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &place);
    again.load(desk.model.study.clone());
    let turn_of = |desk: &Desk| {
        let spot = desk.model.target().unwrap();
        desk.model.address(spot)
    };
    assert_eq!(turn_of(&again), "I43:4", "{said}");
    again.keys("g t home ret");
    assert!(turn_of(&again).starts_with("FG06"), "{}", turn_of(&again));
    again.send(Msg::Key(combe::app::keymap::Key::char('\'')));
    again.keys("'here' ret");
    assert_eq!(turn_of(&again), "I43:4");
}

#[test]
fn a_place_of_a_newer_or_broken_file_does_no_harm() {
    let place: Place = serde_json::from_str(r#"{"screen":"panels","panel":3,"holodeck":true}"#).unwrap();
    assert_eq!((place.screen, place.panel), (Screen::Panels, 3));
    let parts = Parts::small();
    let gone =
        Place { screen: Screen::Read, transcript: Some(uuid::Uuid::nil().into()), caret: 999_999, ..place };
    let mut desk = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &gone);
    desk.load(parts.study.clone());
    assert_eq!(desk.said(), "That transcript is not in the study any more.");
    let far = Place { transcript: parts.study.transcript_named("I43").map(|t| t.id), ..gone };
    let mut desk = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &far);
    desk.load(parts.study.clone());
    assert_eq!(target(&desk), "Thank you.");
}

#[test]
fn the_first_frame_needs_one_transcript_and_keys_wait_in_order_for_the_rest() {
    let parts = Parts::small();
    let mut first = Parts::new();
    first.source = parts.source.clone();
    first.transcript("I43", Kind::Interview, I43, true);
    let id = first.study.transcript_named("I43").unwrap().id;
    let place = Place { screen: Screen::Read, transcript: Some(id), caret: 60, ..Place::default() };
    let mut desk = Desk::begin(first.setting(80, 24), first.study.clone(), &first, &place);
    assert!(desk.screen().contains("How does time come into it?"), "{}", desk.screen());
    assert!(desk.screen().contains("reading the study"));
    desk.keys("down");
    assert!(target(&desk).starts_with("I think"), "moving needs no more than that");
    desk.keys("c 'work' ret down +");
    assert_eq!(desk.committed.len(), 0);
    // The whole study has what the first frame had.
    let mut whole = first;
    whole.code("Workload", None, "opportunity.physical", "");
    desk.load(whole.study.clone());
    assert_eq!(desk.committed.len(), 1, "code, then down, where `+` finds no coding");
    assert!(desk.codings()[0].ends_with("= Workload"));
    assert_eq!(target(&desk), "And the patients?");
}

#[test]
fn keys_wait_for_a_text_too() {
    let mut desk = Desk::new(Parts::small());
    desk.answers = false;
    desk.keys("down ret down t");
    assert!(desk.screen().contains("reading the transcript"));
    let (revision, text) = desk.texts.iter().find(|(_, text)| text.contains("P088")).unwrap();
    let (revision, text) = (*revision, text.clone());
    desk.send(Msg::TextLoaded { revision, text, turns: None });
    assert!(target(&desk).starts_with("I think time is really key"));
    let mut desk = Desk::new(Parts::small());
    desk.answers = false;
    desk.keys("ret down t");
    let revision = *desk.texts.iter().find(|(_, text)| text.contains("P2M")).unwrap().0;
    desk.send(Msg::TextMissing { revision, sentence: "The text of FG06 cannot be read.".into() });
    assert_eq!(desk.said(), "The text of FG06 cannot be read.");
    desk.keys("g t");
    assert_eq!(desk.model.screen, Screen::Transcripts);
}

#[test]
fn a_memo_is_saved_on_its_passage_and_goes_on_where_it_was() {
    let mut desk = reading();
    desk.keys("down t m 'She says so twice.' ret 'Why?' C-s");
    assert_eq!(desk.said(), "I43:2: memo saved");
    let memo = desk.model.study.memos().iter().next().unwrap();
    assert_eq!(memo.text, "She says so twice.\nWhy?");
    desk.keys("m ' Because.' C-s");
    assert_eq!(desk.said(), "I43:2: memo changed");
    assert_eq!(desk.model.study.memos().len(), 1);
    desk.keys("m C-u up C-e C-u del C-s");
    assert_eq!(desk.said(), "I43:2: memo taken away");
    desk.keys("u u u");
    assert_eq!(desk.model.study.memos().len(), 0);
}

#[test]
fn an_emptied_memo_takes_its_quote_with_it_unless_something_else_is_on_it() {
    let mut desk = reading();
    let empty = "m C-e C-u C-s";
    desk.keys("down t m 'Why?' C-s");
    assert_eq!(desk.model.study.quotes().len(), 1);
    desk.keys(empty);
    assert_eq!(desk.said(), "I43:2: memo taken away");
    assert_eq!(desk.model.study.quotes().len(), 0);
    assert_eq!(desk.committed.last().unwrap().changes.len(), 2, "one action");
    desk.keys("u");
    assert_eq!((desk.model.study.quotes().len(), desk.model.study.memos().len()), (1, 1));
    // With a star, the quote stays until the star goes too; with a coding likewise.
    desk.keys("s");
    desk.keys(empty);
    assert_eq!((desk.model.study.quotes().len(), desk.model.study.memos().len()), (1, 0));
    desk.keys("s");
    assert_eq!(desk.model.study.quotes().len(), 0);
    desk.keys("c 'work' ret m 'Why?' C-s");
    desk.keys(empty);
    assert_eq!((desk.model.study.quotes().len(), desk.codings().len()), (1, 1));
}

#[test]
fn letters_in_a_memo_are_letters_and_digits_are_digits() {
    let mut desk = reading();
    desk.keys("down m 'quit u . / ? : 1 x c' C-s");
    assert_eq!(desk.model.study.memos().iter().next().unwrap().text, "quit u . / ? : 1 x c");
    assert_eq!(desk.committed.len(), 1);
}

#[test]
fn a_half_written_memo_is_kept_as_a_draft_and_is_there_again() {
    let mut desk = reading();
    desk.keys("down t right m 'half a th'");
    let place = last_place(&desk);
    let mut drafts = desk.other_effects.iter().filter_map(|effect| match effect {
        Effect::SaveDraft { key, text } => Some((key.clone(), text.clone())),
        _ => None,
    });
    let (key, text) = drafts.next_back().unwrap();
    assert_eq!(text, "half a th");

    // The line dropped here. The next session begins at the place, with the draft.
    let parts = Parts::small();
    let mut again = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &place);
    let loaded =
        Loaded { study: desk.model.study.clone(), drafts: [(key.clone(), text)].into(), ..Loaded::default() };
    assert_eq!(
        last_place_or(&again, &place).writing,
        place.writing,
        "the memo is not forgotten before the study is there"
    );
    again.send(Msg::StudyLoaded(Box::new(loaded)));
    again.keys("'ought' C-s");
    assert_eq!(again.model.study.memos().iter().next().unwrap().text, "half a thought");
    assert!(again.other_effects.contains(&Effect::DropDraft(key)));
}

fn last_place_or(desk: &Desk, place: &Place) -> Place {
    let sent = desk.other_effects.iter().rev().find_map(|effect| match effect {
        Effect::SavePlace(place) => Some((**place).clone()),
        _ => None,
    });
    sent.unwrap_or_else(|| place.clone())
}

#[test]
fn esc_leaves_a_memo_without_losing_it() {
    let mut desk = reading();
    desk.keys("down m 'thought' esc");
    assert_eq!(desk.said(), "Not saved, but kept as a draft: m here goes on with it.");
    desk.keys("m");
    assert_eq!(desk.said(), "This is a draft that was not saved yet.");
    desk.keys("' two' C-s");
    assert_eq!(desk.model.study.memos().iter().next().unwrap().text, "thought two");
    desk.keys("m esc");
    assert_eq!(desk.said(), "");
}

#[test]
fn a_draft_that_is_not_on_disk_is_not_said_to_be_kept() {
    let mut desk = reading();
    desk.keys("down m 'thought'");
    let unwritten = |drafts| {
        let sentence = String::from("Not on disk (drafts): the disk is full");
        Msg::Scratch(Some(Unwritten { drafts, sentence }))
    };
    desk.send(unwritten(true));
    assert_eq!(desk.said(), "Not on disk (drafts): the disk is full");
    desk.keys("esc");
    assert_eq!(
        desk.said(),
        "Not saved, and the draft is not on disk: m here goes on with it until you leave."
    );
    desk.keys("q");
    assert!(
        desk.screen().contains("Quit? 1 draft is NOT on disk and will be lost. n, and make room first."),
        "{}",
        desk.screen()
    );
    desk.keys("n");
    // The place alone is not worth that.
    desk.send(unwritten(false));
    desk.keys("q");
    assert!(desk.screen().contains("Quit? Every step is saved; 1 draft is kept."), "{}", desk.screen());
    desk.keys("n");
    desk.send(Msg::Scratch(None));
    desk.keys("m esc");
    assert_eq!(desk.said(), "Not saved, but kept as a draft: m here goes on with it.");
    desk.keys("m");
    desk.send(Msg::StoreGone("The store stopped.".into()));
    desk.keys("esc");
    assert!(desk.said().contains("the draft is not on disk"), "{}", desk.said());
}

#[test]
fn pasted_text_never_runs_as_commands() {
    let mut desk = reading();
    desk.send(Msg::Paste("xc\ruq".into()));
    assert_eq!(desk.said(), "There is no text field here to paste into.");
    desk.keys("down m");
    desk.send(Msg::Paste("one\r\ntwo\rthree".into()));
    desk.keys("C-s c");
    desk.send(Msg::Paste("a\nb".into()));
    assert_eq!(desk.model.field().unwrap().text(), "a b");
    assert_eq!(desk.model.study.memos().iter().next().unwrap().text, "one\ntwo\nthree");
}

#[test]
fn a_memo_in_three_sizes() {
    let mut desk = reading();
    desk.keys("down t m 'She says it twice, and both times of herself, not of the patients.' ret '時間 tab'");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("memo_{width}x{height}"), desk.screen());
    }
}

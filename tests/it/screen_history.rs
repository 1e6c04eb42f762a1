//! The history as a screen: listed, narrowed, looked into, and actions taken back from there.

use combe::app::timeline::Part;
use combe::app::{Effect, Msg, Screen};
use combe::store::Logged;
use combe::study::{Blind, Change, Code, Coder, Source, fresh};

use crate::fixture::action;
use crate::screen::{Desk, Parts};

/// Two codings, of which the first was taken back.
fn desk() -> Desk {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g t home ret J c 'work' ret u J c 'appo' ret g y");
    desk
}

fn labels(desk: &Desk) -> Vec<&str> {
    desk.model.timeline.list.rows.iter().map(|row| row.entry.label.as_str()).collect()
}

#[test]
fn the_latest_comes_first_and_what_was_taken_back_says_so() {
    let desk = desk();
    let labels = labels(&desk);
    assert_eq!(labels.len(), 4, "{labels:?}");
    assert!(labels[0].contains("Appointment time") && labels[0].contains("FG06:3"), "{labels:?}");
    assert!(labels[1].starts_with("undo: "), "{labels:?}");
    assert_eq!(labels[3], "codebook");
    let undone: Vec<bool> = desk.model.timeline.list.rows.iter().map(|row| row.undone).collect();
    assert_eq!(undone, [false, false, true, false]);
    assert!(desk.screen().contains("taken back: "), "{}", desk.screen());
    assert!(desk.screen().contains("4 actions"));
}

#[test]
fn in_three_sizes() {
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        let mut desk = desk();
        desk.keys("ret");
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("history_{width}x{height}"), desk.picture());
    }
}

#[test]
fn it_is_narrowed_by_words_coder_and_day() {
    let mut desk = desk();
    desk.keys("f 'appo'");
    assert_eq!(labels(&desk).len(), 1);
    desk.keys("C-u 'by:c1 day:2026-01-05 on:FG06'");
    assert_eq!(labels(&desk).len(), 3, "the codebook is on no transcript");
    desk.keys("C-u 'by:c2'");
    assert!(
        desk.screen().contains("No action matches: words of it, by:NAME, day:2026-11-29"),
        "{}",
        desk.screen()
    );
    desk.keys("C-u 'day:2026-01'");
    assert_eq!(labels(&desk).len(), 4);
    let in_january = desk.model.timeline.list.rows.len();
    desk.keys("C-u 'day:today'");
    assert_eq!(desk.model.timeline.list.rows.len(), in_january, "{}", desk.screen());
    desk.keys("C-u 'day:2025'");
    assert_eq!(labels(&desk).len(), 0);
    desk.keys("esc esc");
    assert_eq!(labels(&desk).len(), 4);
}

#[test]
fn enter_says_what_an_action_changed_without_any_words_of_a_transcript() {
    let mut desk = desk();
    desk.keys("ret");
    let screen = desk.screen();
    assert!(screen.contains("new: quote FG06:3"), "{screen}");
    assert!(screen.contains("new: coding “Appointment time” on FG06:3"), "{screen}");
    assert!(!screen.contains("wife"), "{screen}");
    desk.keys("down");
    assert!(desk.screen().contains("gone: coding “Workload” on FG06:2"), "{}", desk.screen());
    desk.keys("ret");
    assert!(!desk.screen().contains("gone: coding"));
}

#[test]
fn enter_again_goes_to_the_passage_that_was_coded() {
    let mut desk = desk();
    desk.keys("ret");
    assert!(desk.screen().contains("Enter goes to the passage"), "{}", desk.screen());
    desk.keys("ret");
    assert_eq!(desk.model.screen, Screen::Read);
    assert!(desk.screen().contains("> 3 P2M"), "{}", desk.screen());
    // A coding that was taken back stands nowhere: nothing is offered.
    desk.keys("backspace down");
    assert!(!desk.screen().contains("goes to the passage"), "{}", desk.screen());
}

#[test]
fn a_value_that_was_changed_is_listed_from_what_to_what() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g w e 'group' ret '46-55' ret e 'group' ret 'missing' ret g y");
    let rows = labels(&desk);
    assert_eq!(
        rows[..2],
        ["P1F: group: 46-55 → missing", "P1F: group: nothing recorded → 46-55"],
        "{rows:?}"
    );
    assert!(desk.screen().contains("46-55 → missing"), "{}", desk.screen());
    // On disk the history names the attribute alone.
    assert!(desk.committed.iter().all(|action| !action.label.contains("46")), "{:?}", desk.committed.last());
}

#[test]
fn any_action_is_taken_back_from_there_and_a_large_one_says_its_size_first() {
    let mut desk = desk();
    desk.keys("u");
    assert!(desk.said().starts_with("Undone: "), "{}", desk.said());
    assert!(desk.codings().is_empty());
    assert_eq!(labels(&desk).len(), 5, "it is in the history itself");
    desk.keys("u");
    assert!(desk.said().contains("taken back already"), "{}", desk.said());
    desk.keys("end u");
    // Four codes with a classification each.
    assert!(
        desk.said().contains("4 classifications, 4 codes") && desk.said().contains("again"),
        "{}",
        desk.said()
    );
    assert_eq!(desk.model.study.codes().len(), 4);
    desk.keys("u");
    assert_eq!(desk.model.study.codes().len(), 0, "{}", desk.said());
}

#[test]
fn what_others_built_on_an_action_is_named() {
    let mut desk = desk();
    desk.keys("end u u");
    assert!(desk.said().contains("cannot be undone"), "{}", desk.said());
    let Some(Effect::FindStandingOn(action)) = desk.other_effects.last().cloned() else {
        panic!("{:?}", desk.other_effects.last())
    };
    let later = desk.history(Part::After(3), 9).into_iter().map(|(entry, _)| entry).collect();
    desk.send(Msg::StandingOn { action, later });
    let said = desk.said();
    assert!(said.starts_with("Not undone: 4 (you: ") && said.contains("Appointment time"), "{said}");
}

#[test]
fn it_comes_page_by_page_and_what_is_new_is_added() {
    let mut desk = Desk::new(Parts::small());
    desk.answers = false;
    desk.keys("g y");
    let asked: Vec<_> =
        desk.other_effects.iter().filter(|effect| matches!(effect, Effect::LoadHistory { .. })).collect();
    assert_eq!(asked.len(), 1, "once");
    let Effect::LoadHistory { part: Part::Newest, limit, with_changes: false, generation } = asked[0] else {
        panic!("{asked:?}")
    };
    let (limit, generation) = (*limit, *generation);
    let one = desk.history(Part::Newest, 1).remove(0).0;
    let many = |range: std::ops::RangeInclusive<i64>| -> Vec<_> {
        range
            .map(|seq| {
                let mut entry = one.clone();
                entry.seq = seq;
                entry.id = fresh(&combe::run::SystemSource);
                entry.label = format!("action {seq}");
                (entry, None)
            })
            .collect()
    };
    let last = 20_000;
    let first = last - i64::try_from(limit).unwrap() + 1;
    desk.send(Msg::HistoryLoaded { part: Part::Newest, limit, generation, told: many(first..=last) });
    assert!(desk.screen().contains("action 20000") && desk.screen().contains("so far"), "{}", desk.screen());
    let Some(Effect::LoadHistory { part, limit, generation, .. }) =
        desk.other_effects.iter().rev().find(|effect| matches!(effect, Effect::LoadHistory { .. })).cloned()
    else {
        panic!()
    };
    assert_eq!(part, Part::Before(first));
    desk.send(Msg::HistoryLoaded { part, limit, generation, told: many(1..=first - 1) });
    assert_eq!(labels(&desk).len(), 20_000);
}

#[test]
fn who_codes_blind_is_not_told_what_others_did_there() {
    let mut parts = Parts::small();
    let other = Coder { id: fresh(&*parts.source), name: "c2".into() };
    parts.study.apply(&[Change::create(other.clone())]).unwrap();
    let mut desk = Desk::new(parts);
    desk.keys("g t home ret C b ret J c 'work' ret");
    let transcript = desk.model.study.transcript_named("FG06").unwrap().clone();
    let turn = desk.model.study.turns(transcript.id).unwrap().turns[2].clone();
    let quote = combe::study::Quote {
        id: fresh(&*desk.source),
        coder: other.id,
        transcript: transcript.id,
        revision: transcript.revision,
        span: turn.speech,
        text: "My wife writes a list.".into(),
        starred: false,
    };
    let changes = |desk: &Desk| {
        (
            vec![Change::create(quote.clone())],
            vec![Change::create(Code::new(fresh(&*desk.source), "Elsewhere"))],
        )
    };
    let (hidden, told) = changes(&desk);
    let mut add = |changes: Vec<Change>, label: &str| {
        let mut action = desk.committed[0].clone();
        action.id = fresh(&*desk.source);
        (action.coder, action.changes, action.label) = (other.id, changes, label.to_owned());
        desk.committed.push(action);
    };
    add(hidden, "secret step");
    add(told, "open step");
    desk.keys("g y");
    assert!(!desk.screen().contains("secret step"), "{}", desk.screen());
    assert!(desk.screen().contains("open step"), "{}", desk.screen());
}

#[test]
fn in_the_real_program_an_import_is_taken_back_once_nothing_rests_on_it() {
    let site = crate::e2e::Site::new();
    site.in_study(&["code", "I1", "159", "203", "Late letters", "--new"]);
    let mut pty = site.open();
    pty.press("g y");
    pty.wait_for("3 actions");
    pty.press("down");
    pty.press("u");
    // What cannot be is not promised.
    pty.wait_for("Not undone: 3 (you: code “Late letters” on I1:4) rests on it.");
    pty.press("home u");
    pty.wait_for("Undone: code “Late letters” on I1:4");
    pty.wait_for("4 actions");
    pty.press("end up");
    pty.press("u");
    // Of each: a transcript, a revision, a participant, two speakers, two bindings.
    pty.wait_for("u again takes back “import of I1, I2”, 14 records: ");
    pty.press("u");
    pty.wait_for("Undone: ");
    crate::e2e::wait_saved(&pty);
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    assert_eq!(site.actions(), 5);
    assert_eq!(site.run(&["-C", "study", "quotes"]).code, 1);
    site.assert_sound();
}

#[test]
fn the_footer_offers_no_key_that_the_screen_has_for_something_else() {
    let desk = desk();
    let hints = desk.model.hints();
    let of = |keys: &str| -> Vec<&str> {
        hints.iter().filter(|hint| hint.keys == keys).map(|hint| hint.text.as_str()).collect()
    };
    for hint in &hints {
        assert_eq!(of(&hint.keys).len(), 1, "{}: {hints:?}", hint.keys);
    }
    // u undoes the chosen action here, and no other key is offered for undoing the last one.
    assert_eq!(
        hints.iter().filter(|hint| hint.text == "undo").map(|hint| &hint.keys).collect::<Vec<_>>(),
        ["u"]
    );
}

#[test]
fn no_screen_offers_one_key_for_two_things() {
    for keys in ["g t", "g r", "g w", "g c", "g m", "g y", "g I", "g q", "g x", "g =", "g p", "g s"] {
        for keymap in ["default", "vim"] {
            let mut desk = Desk::new(Parts::small()).keymap(keymap);
            desk.keys(keys);
            let mut held: Vec<String> = desk.model.hints().into_iter().map(|hint| hint.keys).collect();
            let all = held.len();
            held.sort();
            held.dedup();
            assert_eq!(held.len(), all, "{keys}: {:?}", desk.model.hints());
        }
    }
}

#[test]
fn a_page_that_was_asked_for_before_blindness_began_is_not_taken_in() {
    let mut parts = Parts::small();
    let lead = Coder { id: fresh(&*parts.source), name: "c2".into() };
    parts.study.apply(&[Change::create(lead.clone())]).unwrap();
    let mut desk = Desk::new(parts);
    desk.answers = false;
    desk.keys("g y");
    let generation = |desk: &Desk| {
        let asked = desk.other_effects.iter().rev().find_map(|effect| match effect {
            Effect::LoadHistory { generation, with_changes, .. } => Some((*generation, *with_changes)),
            _ => None,
        });
        asked.unwrap()
    };
    let (before, with_changes) = generation(&desk);
    assert!(!with_changes);
    let told = desk.history(Part::Newest, 200);
    let transcript = desk.model.study.transcript_named("I43").unwrap().id;
    let (coder, start) = (desk.me(), desk.source.now());
    let blind = Blind { transcript, coder, start, end: None };
    let begun = action(&desk.source, lead.id, "start_blind", vec![Change::create(blind)]);
    desk.send(Msg::Others(vec![Logged { seq: 9, action: begun, turns: vec![] }]));
    let (now, with_changes) = generation(&desk);
    assert!(now > before && with_changes, "it is asked for anew, with what each action changed");
    desk.send(Msg::HistoryLoaded { part: Part::Newest, limit: 200, generation: before, told: told.clone() });
    assert!(labels(&desk).is_empty(), "{:?}", labels(&desk));
    let told: Vec<_> = told.into_iter().map(|(entry, _)| (entry, Some(Vec::new()))).collect();
    let count = told.len();
    desk.send(Msg::HistoryLoaded { part: Part::Newest, limit: 200, generation: now, told });
    assert_eq!(labels(&desk).len(), count, "and stands there once");
}

#[test]
fn enter_leaves_the_filter_and_keys_are_keys_again() {
    let mut desk = desk();
    desk.keys("f 'appo' ret");
    assert!(desk.model.timeline.details.is_none());
    desk.keys("u");
    assert_eq!(desk.model.timeline.list.filter.text(), "appo", "u is no letter any more");
    assert!(desk.said().starts_with("Undone: "), "{}", desk.said());
}

#[test]
fn a_sentence_too_long_for_a_row_is_read_to_its_end() {
    let mut desk = desk();
    let long = "Not done: there are no words of turn 45 on one side of that place; go to the word that is to \
                begin the second turn, and press W s there.";
    for (width, height) in [(80, 24), (40, 12)] {
        desk.send(Msg::Resize(width, height));
        desk.send(Msg::Notice(long.into()));
        let words = desk.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("press W s there."), "{}", desk.screen());
    }
}

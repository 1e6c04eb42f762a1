//! Correcting a transcript in Read: words, turns, voices, and quotes in doubt.

use std::collections::BTreeMap;
use std::time::Instant;

use combe::app::{Loaded, Msg, Place};
use combe::import::{ImportOptions, Status, classify, plan};
use combe::store::Logged;
use combe::study::{Action, Change, Coder, Edit, Hidden, Step, Study, Turn, Turns, Voice, fresh};
use combe::text::Span;

use crate::screen::{Desk, Parts};

/// Read, with the cursor on turn 2 of I43.
fn reading() -> Desk {
    let mut desk = Desk::new(Parts::small());
    desk.keys("end ret J");
    desk
}

/// Number, label and words of the turns of I43.
fn said(desk: &Desk) -> Vec<String> {
    let study = &desk.model.study;
    let transcript = study.transcript_named("I43").unwrap();
    let turns = study.turns(transcript.id).unwrap();
    let text = &desk.texts[&transcript.revision];
    let say = |turn: &Turn| {
        format!("{} {}: {}", turn.number, turns.speaker_of(turn), turn.speech.slice(text).unwrap())
    };
    turns.turns.iter().map(say).collect()
}

/// The number of the current revision of I43.
fn revision(desk: &Desk) -> u32 {
    let study = &desk.model.study;
    let transcript = study.transcript_named("I43").unwrap();
    study.revisions().get(&transcript.revision).unwrap().number
}

fn quotes(desk: &Desk) -> Vec<String> {
    desk.model.study.quotes().iter().map(|quote| quote.text.clone()).collect()
}

#[test]
fn who_may_speak_begins_with_those_who_speak_here() {
    let mut desk = Desk::new(Parts::small());
    desk.keys(": 'open_transcript FG06' ret down");
    for keys in ["W v", "W l"] {
        desk.keys(keys).keys("'p'");
        let named: Vec<String> =
            desk.screen().lines().filter(|line| line.contains(" P")).map(str::to_owned).collect();
        let listed: Vec<&String> = named.iter().filter(|line| line.starts_with(" P")).collect();
        let place = |name: &str| listed.iter().position(|line| line.contains(name)).unwrap();
        assert!(place("P1F") < place("P088") && place("P2M") < place("P088"), "{}", desk.screen());
        assert!(listed[place("P1F")].ends_with("speaks here"), "{}", desk.screen());
        desk.keys("esc esc");
    }
}

#[test]
fn the_words_of_a_turn_open_where_the_cursor_is_with_their_own_keys() {
    let mut desk = reading();
    desk.keys("t right W w 'Sadly, '");
    let hints = desk.screen().lines().last().unwrap().to_owned();
    assert!(hints.contains("save") && !hints.contains("kind") && !hints.contains("another"), "{hints}");
    desk.keys("tab");
    assert_eq!(desk.said(), "These are the words of a turn, not a memo.");
    desk.keys("C-s");
    assert_eq!(desk.said(), "I43:2 corrected");
    assert!(said(&desk)[1].contains("to be seen. Sadly, You can’t do it all"), "{:?}", said(&desk));
}

#[test]
fn a_turn_is_corrected_and_its_quotes_follow_and_undo_brings_all_back() {
    let mut desk = reading();
    desk.keys("c 'work' ret");
    let before = (said(&desk), quotes(&desk));
    assert!(before.1[0].starts_with("I think time is really key"), "{before:?}");
    desk.keys("W w");
    assert!(desk.screen().contains("the words of I43:2"), "{}", desk.screen());
    desk.keys("end ' Not at all.' C-s");
    assert_eq!(desk.said(), "I43:2 corrected");
    assert_eq!(revision(&desk), 2);
    assert!(said(&desk)[1].ends_with("in ten minutes. Not at all."), "{:?}", said(&desk));
    assert_eq!(quotes(&desk), before.1);
    assert!(desk.screen().contains("Not at all."), "{}", desk.screen());
    assert!(desk.model.drafts.is_empty());
    let last = desk.committed.last().unwrap();
    assert_eq!((last.command.as_str(), last.label.as_str()), ("correct_turn", "I43:2 corrected"));
    desk.keys("u");
    assert_eq!((said(&desk), quotes(&desk)), before);
    assert_eq!(revision(&desk), 1);
    assert!(!desk.screen().contains("Not at all."), "{}", desk.screen());
}

#[test]
fn a_quote_whose_passage_is_deleted_is_in_doubt_until_it_is_placed_or_dropped() {
    let mut desk = reading();
    // Turn 5 says “Mm.”; its quote loses its words.
    desk.keys("J J J c 'work' ret W w end C-u 'Yes indeed.' C-s");
    assert_eq!(desk.said(), "I43:5 corrected; 1 quote of yours in doubt: W d");
    assert_eq!(quotes(&desk), ["Mm."]);
    desk.keys("W d");
    let screen = desk.screen();
    assert!(screen.contains("1 of 1 in doubt: “Mm.”"), "{screen}");
    desk.keys("ret");
    assert_eq!(desk.said(), "I43:5 quote in doubt placed; none left in doubt");
    assert_eq!(quotes(&desk), ["Yes indeed."]);
    assert_eq!(desk.codings().len(), 1);
    // The words that the field names find their rows.
    desk.keys("u W d 'yes' ret");
    assert_eq!(
        (desk.said(), quotes(&desk)),
        ("I43:5 quote in doubt placed; none left in doubt", vec!["Yes indeed.".into()])
    );
    desk.keys("u K W d 'move' ret");
    assert_eq!(desk.said(), "I43:4 quote in doubt placed; none left in doubt");
    desk.keys("u W d 'drop' ret");
    assert_eq!(desk.said(), "I43:5 quote in doubt dropped; none left in doubt");
    assert_eq!(desk.model.study.quotes().len(), 0);
    desk.keys("u");
    assert_eq!((quotes(&desk), desk.codings().len()), (vec!["Mm.".to_owned()], 1));
}

#[test]
fn what_cannot_be_saved_says_why_and_stays_in_the_editor() {
    let mut desk = reading();
    let before = said(&desk);
    desk.keys("J J J W w end C-u C-s");
    assert!(desk.said().starts_with("Not saved: turn 5 would say nothing; write […]"), "{}", desk.said());
    desk.keys("'Mm.' ret 'Interviewer: Really?' C-s");
    assert!(
        desk.said().starts_with("Not saved: a line begins with the label “Interviewer”"),
        "{}",
        desk.said()
    );
    assert!(desk.screen().contains("the words of I43:5"), "{}", desk.screen());
    desk.keys("esc");
    assert!(desk.said().starts_with("Not saved, but kept as a draft: W w on that turn"), "{}", desk.said());
    assert_eq!((said(&desk), desk.committed.len()), (before, 0));
    desk.keys("W w");
    assert!(desk.screen().contains("Interviewer: Really?"), "{}", desk.screen());
}

#[test]
fn a_refused_correction_keeps_its_words_as_a_draft() {
    let mut desk = reading();
    let before = said(&desk);
    desk.answers = false;
    desk.keys("W w end ' Never.' C-s");
    let action = desk.committed.last().unwrap().id;
    assert_eq!(revision(&desk), 2);
    desk.send(Msg::Refused {
        actions: vec![action],
        sentence: "the transcript “I43” was changed meanwhile".into(),
    });
    assert!(
        desk.said().contains("Your words for I43:2 are kept as a draft: W w there goes on"),
        "{}",
        desk.said()
    );
    assert_eq!(said(&desk), before);
    desk.answers = true;
    desk.keys("W w");
    assert!(desk.screen().contains("Never."), "{}", desk.screen());
    desk.keys("C-s");
    assert!(said(&desk)[1].ends_with("Never."), "{:?}", said(&desk));
}

#[test]
fn a_turn_is_split_at_the_cursor_and_joined_again() {
    let mut desk = reading();
    let before = said(&desk);
    desk.keys("c 'work' ret t right W s");
    assert_eq!(desk.said(), "I43:2 split");
    let now = said(&desk);
    assert!(now[1].starts_with("2a p088: I think") && now[2].starts_with("2b p088: You can’t"), "{now:?}");
    assert_eq!(quotes(&desk).len(), 1);
    assert!(desk.screen().contains("2b"), "{}", desk.screen());
    desk.keys("W j");
    assert_eq!(desk.said(), "I43:2a joined with the turn behind it");
    assert_eq!(said(&desk), before);
    desk.keys("u");
    assert_eq!(said(&desk), now);
    desk.keys("u");
    assert_eq!(said(&desk), before);
}

#[test]
fn a_turn_or_a_label_is_given_to_somebody_else() {
    let mut desk = reading();
    let voice = |desk: &Desk, at: usize| {
        let study = &desk.model.study;
        let transcript = study.transcript_named("I43").unwrap().id;
        study.voices_in(transcript).unwrap().of(&study.turns(transcript).unwrap().turns[at])
    };
    let patient = voice(&desk, 1);
    desk.keys("W v 'several' ret");
    assert_eq!(desk.said(), "I43:2 spoken by several");
    assert_eq!((voice(&desk, 1), voice(&desk, 3)), (Voice::Several, patient));
    desk.keys("W v ret");
    assert_eq!(voice(&desk, 1), patient);
    desk.keys("W l 'P901' ret");
    let made = desk.model.study.participant_named("P901").expect("made for the label").id;
    assert_eq!([1, 3].map(|at| voice(&desk, at)), [Voice::Participant(made); 2]);
    desk.keys("u");
    assert_eq!(voice(&desk, 1), patient);
    assert!(desk.model.study.participant_named("P901").is_none());
}

#[test]
fn a_correction_among_300_quotes_is_on_the_screen_at_once() {
    let mut parts = Parts::small();
    let text: String = (0..300)
        .map(|at| {
            format!(
                "Ann: Well, this is number {at}, time is realy key, we are pressurised for time {at}.\n\n"
            )
        })
        .collect();
    parts.transcript("I1", combe::study::Kind::Interview, &text, false);
    let mut desk = Desk::new(parts);
    desk.keys("down ret c 'work' ret");
    for _ in 1..300 {
        desk.keys("J .");
    }
    assert_eq!(desk.model.study.quotes().len(), 300);
    desk.keys("W w end 'x'");
    let began = Instant::now();
    desk.keys("C-s");
    desk.screen();
    let spent = began.elapsed();
    eprintln!("a correction among 300 quotes, painted: {spent:?}");
    // Less than 16 ms in a release build; this one is not optimised and shares the machine.
    assert!(spent.as_millis() < 400, "{spent:?}");
    assert_eq!(
        desk.model.study.doubtful_quotes(desk.model.study.transcript_named("I1").unwrap().id).count(),
        0
    );
}

#[test]
fn what_differs_from_a_former_text_is_shown_and_the_former_text_can_be_read() {
    let mut desk = reading();
    desk.keys("W f");
    assert_eq!(desk.said(), "I43 has one text: nothing was corrected in it.");
    desk.keys("W w end ' Not at all.' C-s W f");
    let screen = desk.screen();
    assert!(screen.contains("I43: from revision 1 to 2, [-out-] {+in+}"), "{screen}");
    // A row ends within it.
    assert!(screen.contains("ten minutes.{+ Not at\n       all.+}") && !screen.contains("[- "), "{screen}");
    desk.keys("f");
    let screen = desk.screen();
    assert!(screen.contains("I43 as revision 1 has it") && !screen.contains("Not at all."), "{screen}");
    desk.keys("esc");
    assert!(desk.screen().contains("turn 2 of"), "{}", desk.screen());
    // Turn 5 says “Mm.”.
    desk.keys("J J J W w end C-u 'Yes indeed.' C-s W f");
    let screen = desk.screen();
    assert!(screen.contains("revision 2") && screen.contains("revision 1, as imported"), "{screen}");
    desk.keys("ret");
    let screen = desk.screen();
    assert!(screen.contains("from revision 2 to 3"), "{screen}");
    assert!(screen.contains("[-Mm-]{+Yes indeed+}.") && !screen.contains("Not at all"), "{screen}");
    desk.keys("esc W f down ret");
    let screen = desk.screen();
    assert!(screen.contains("from revision 1 to 3"), "{screen}");
    assert!(screen.contains("ten minutes.{+ Not at") && screen.contains("[-Mm-]"), "{screen}");
    // What is taken back under it is not shown any more.
    desk.keys("u");
    assert!(!desk.screen().contains("from revision 1 to 3"), "{}", desk.screen());
}

#[test]
fn turns_that_are_hidden_are_in_no_former_text() {
    let mut desk = reading();
    desk.keys("W w end ' Not at all.' C-s H");
    let hidden = desk.said().to_owned();
    desk.keys("W f");
    assert!(desk.said().contains("are hidden"), "{hidden}; {}", desk.said());
}

#[test]
fn doubts_are_counted_in_read_and_listed_for_the_study() {
    let mut desk = reading();
    assert!(!desk.screen().contains("in doubt"));
    desk.keys("J J J c 'work' ret W w end C-u 'Yes indeed.' C-s");
    assert!(desk.screen().contains("1 in doubt: W d"), "{}", desk.screen());
    desk.keys("g t home g d");
    let screen = desk.screen();
    assert!(screen.contains("I43 “Mm.”") && screen.contains("of revision 1"), "{screen}");
    desk.keys("ret");
    let screen = desk.screen();
    assert!(screen.contains("1 of 1 in doubt: “Mm.”") && screen.contains("turn 5 of"), "{screen}");
    desk.keys("ret g d");
    assert_eq!(desk.said(), "No quote of yours is in doubt.");
    assert!(!desk.screen().contains("in doubt:"), "{}", desk.screen());
}

#[test]
fn turns_of_two_speakers_are_not_joined_before_somebody_says_who_speaks() {
    let mut desk = reading();
    desk.keys("W j");
    assert!(
        desk.said().starts_with("Not done: turns 2 and 3 are not of the same speaker"),
        "{}",
        desk.said()
    );
    assert!(desk.committed.is_empty());
    // Turns 4 and 5 are both spoken by P088.
    desk.keys("J J W j");
    assert_eq!(desk.said(), "I43:4 joined with the turn behind it");
}

#[test]
fn words_that_were_erased_are_not_put_right() {
    let mut parts = Parts::new();
    let text = "Ann: [withdrawn]\n\nMOD: I see.\n";
    parts.transcript("I1", combe::study::Kind::Interview, text, false);
    let mut desk = Desk::new(parts);
    desk.keys("ret W w");
    assert!(desk.said().starts_with("I1:1 cannot be corrected: words were erased there"), "{}", desk.said());
    assert!(!desk.screen().contains("the words of I1:1"), "{}", desk.screen());
    desk.keys("J W w end ' Yes.' C-s");
    assert_eq!(desk.said(), "I1:2 corrected");
}

#[test]
fn a_half_written_memo_goes_along_when_its_turn_is_corrected() {
    let mut desk = reading();
    // On the whole turn, then on its second sentence.
    desk.keys("m 'half a thought' esc W w end ' Yes.' C-s m");
    assert!(desk.screen().contains("half a thought"), "{}", desk.screen());
    desk.keys("esc t right m 'another one' esc W w home 'So ' C-s right m");
    assert!(desk.screen().contains("another one"), "{}", desk.screen());
}

#[test]
fn the_cursor_stays_with_the_turn_that_was_split_and_joined() {
    let mut desk = reading();
    desk.keys("t right W s W j");
    assert!(desk.said().ends_with("joined with the turn behind it"), "{}", desk.said());
    let open = desk.model.read.open.as_ref().unwrap();
    assert_eq!(open.page.turns().turns[open.cursor.turn].number.to_string(), "2");
}

/// Somebody else puts words in the place of others in I43.
fn a_colleague_corrects(desk: &mut Desk, from: &str, to: &str) -> (Coder, Action) {
    let study = desk.model.study.clone();
    let transcript = study.transcript_named("I43").unwrap();
    let text = desk.texts[&transcript.revision].clone();
    let at = text.find(from).unwrap();
    let turns = study.turns(transcript.id).unwrap();
    let label = format!("I43:{} corrected", turns.turns[turns.index_at(at).unwrap()].number);
    let edit = Edit::reword(Span::new(at, at + from.len()), to);
    let correction = study.correct(transcript.id, &text, &[edit], &*desk.source).unwrap();
    let mut colleagues = study;
    colleagues.add_turns(correction.text.turns.clone().into());
    let known = colleagues.coder_named("c2").cloned();
    let colleague = known.unwrap_or_else(|| Coder { id: fresh(&*desk.source), name: "c2".into() });
    let step = Step { command: "correct_turn".into(), label, changes: correction.changes, ..Step::default() };
    let action = colleagues.act(&colleague, step, &*desk.source).unwrap();
    desk.texts.insert(correction.text.revision, correction.text.text.as_str().into());
    let logged = Logged { seq: 99, action: action.clone(), turns: vec![correction.text.turns] };
    desk.send(Msg::Others(vec![logged]));
    (desk.model.study.coder_named("c2").cloned().unwrap_or(colleague), action)
}

#[test]
fn two_who_correct_one_turn_lose_no_words_and_are_told() {
    let mut desk = reading();
    desk.keys("W w end ' Never.'");
    a_colleague_corrects(&mut desk, "really key", "the key");
    desk.keys("C-s");
    assert!(
        desk.said().starts_with("Not yet: c2 corrected I43:2 meanwhile. Ctrl-S again puts your words there"),
        "{}",
        desk.said()
    );
    assert_eq!(revision(&desk), 2);
    assert!(said(&desk)[1].contains("the key") && desk.screen().contains("Never."), "{}", desk.screen());
    desk.keys("C-s");
    assert_eq!((desk.said(), revision(&desk)), ("I43:2 corrected", 3));
    assert!(said(&desk)[1].contains("really key") && said(&desk)[1].ends_with("Never."), "{:?}", said(&desk));
    // Another turn that a colleague corrects meanwhile is none of this.
    desk.keys("W w end ' Ever.'");
    a_colleague_corrects(&mut desk, "Thank you.", "Thanks.");
    desk.keys("C-s");
    assert_eq!(desk.said(), "I43:2 corrected");
    assert!(said(&desk)[1].ends_with("Ever.") && said(&desk)[5].ends_with("Thanks."), "{:?}", said(&desk));
}

#[test]
fn a_place_for_a_quote_in_doubt_is_not_taken_in_another_text_than_was_shown() {
    let mut desk = reading();
    desk.keys("J J J c 'work' ret W w end C-u 'Yes indeed.' C-s W d");
    assert!(desk.screen().contains("1 of 1 in doubt"), "{}", desk.screen());
    // Somebody else corrects the transcript before the answer.
    a_colleague_corrects(&mut desk, "Yes", "No");
    desk.keys("ret");
    assert!(desk.said().contains("was corrected meanwhile"), "{}", desk.said());
    assert_eq!(quotes(&desk), ["Mm."]);
    desk.keys("W d ret");
    assert_eq!(quotes(&desk), ["No indeed."]);
}

/// Somebody else imports another text of I43.
fn a_colleague_revises(desk: &mut Desk, change: impl Fn(&str) -> String) {
    let mut colleagues = desk.model.study.clone();
    let former = colleagues.transcript_named("I43").unwrap().revision;
    let text = change(&desk.texts[&former]);
    let files = vec![classify("I43.txt", text.as_bytes(), &ImportOptions::default())];
    let options = ImportOptions { revise: true, ..ImportOptions::default() };
    let colleague = Coder { id: fresh(&*desk.source), name: "c2".into() };
    let plan = plan(&colleagues, &desk.kept(), files, &options, &colleague, &*desk.source);
    assert_eq!(plan.reports[0].status, Status::Revised, "{:?}", plan.reports);
    let turns: Vec<Turns> = plan.texts.iter().map(|text| text.turns.clone()).collect();
    turns.iter().for_each(|turns| colleagues.add_turns(turns.clone().into()));
    for text in &plan.texts {
        desk.texts.insert(text.revision, text.text.as_str().into());
    }
    let step = Step { command: "import".into(), label: plan.label, changes: plan.changes, ..Step::default() };
    let coder = colleagues.coder_named("c2").cloned().unwrap_or(colleague);
    let action = colleagues.act(&coder, step, &*desk.source).unwrap();
    desk.send(Msg::Others(vec![Logged { seq: 98, action, turns }]));
}

#[test]
fn a_file_that_a_colleague_revises_moves_neither_cursor_nor_what_is_coded() {
    let mut desk = reading();
    // On turn 4, with the picker open.
    desk.keys("J J c 'work'");
    a_colleague_revises(&mut desk, |text| text.replace("Interviewer: And the patients?\n\n", ""));
    assert_eq!(desk.model.news().as_deref(), Some("c2 imported I43"));
    desk.keys("ret");
    assert!(desk.said().contains("I43:4"), "{}", desk.said());
    assert!(quotes(&desk)[0].starts_with("They know."), "{:?}", quotes(&desk));
    // A word that stands elsewhere now, and a selection of several units.
    desk.keys("t t right right v right");
    let selected = |desk: &Desk| {
        let open = desk.model.read.open.as_ref().unwrap();
        open.selection().slice(open.page.text()).unwrap().to_owned()
    };
    let before = selected(&desk);
    a_colleague_corrects(
        &mut desk,
        "How does time come into it?",
        "So how does time come into all of it, then?",
    );
    assert_eq!(selected(&desk), before);
    desk.keys("right");
    assert!(selected(&desk).starts_with(&before) && selected(&desk) != before, "{}", selected(&desk));
}

#[test]
fn words_that_are_taken_out_of_the_text_are_not_coded_in_the_place_of_others() {
    let mut desk = reading();
    desk.keys("J c 'work'");
    a_colleague_revises(&mut desk, |text| text.replace("Interviewer: And the patients?\n\n", ""));
    assert!(desk.said().starts_with("The words that you were on in I43:3 were taken out"), "{}", desk.said());
    desk.keys("ret");
    assert!(desk.said().starts_with("Nothing was coded."), "{}", desk.said());
    assert_eq!((desk.committed.len(), quotes(&desk).len()), (0, 0));
    let open = desk.model.read.open.as_ref().unwrap();
    assert_eq!(open.page.turns().turns[open.cursor.turn].number.to_string(), "2");
    desk.keys("esc .");
    assert!(!desk.screen().contains("code >"), "{}", desk.screen());
}

#[test]
fn a_memo_stays_on_its_words_when_a_colleague_corrects_the_text() {
    let mut desk = reading();
    desk.keys("t right m 'a thought'");
    a_colleague_corrects(&mut desk, "How does time come into it?", "How?");
    desk.keys("' of mine' C-s");
    assert_eq!(quotes(&desk), ["You can’t do it all in ten minutes."]);
    assert!(desk.model.drafts.is_empty(), "{:?}", desk.model.drafts);
    // Turn 5, which then goes.
    desk.keys("J J J m 'lost?'");
    a_colleague_revises(&mut desk, |text| text.replace("P088: Mm.\n\n", ""));
    desk.keys("C-s");
    assert!(desk.said().contains("were taken out of the text. Ctrl-S again"), "{}", desk.said());
    desk.keys("C-s");
    assert_eq!(desk.said(), "transcript I43: memo saved");
    assert!(desk.model.drafts.is_empty(), "{:?}", desk.model.drafts);
    assert_eq!(desk.model.study.memos().len(), 2);
}

#[test]
fn a_kept_draft_of_a_turn_that_was_corrected_since_says_so_and_asks_before_it_overwrites() {
    let mut desk = reading();
    desk.keys("W w end ' Never.' esc");
    a_colleague_corrects(&mut desk, "really key", "the key");
    desk.keys("W w");
    assert!(
        desk.said().starts_with("This is a draft, and c2 corrected I43:2 since. Ctrl-S asks"),
        "{}",
        desk.said()
    );
    desk.keys("C-s");
    assert!(
        desk.said().starts_with("Not yet: c2 corrected I43:2 meanwhile. Ctrl-S again puts your words there"),
        "{}",
        desk.said()
    );
    // Who leaves after that and comes back is asked again.
    desk.keys("esc W w C-s");
    assert_eq!(revision(&desk), 2);
    assert!(said(&desk)[1].contains("the key"), "{:?}", said(&desk));
    desk.keys("C-s");
    assert_eq!((desk.said(), revision(&desk)), ("I43:2 corrected", 3));
    assert!(said(&desk)[1].contains("really key") && said(&desk)[1].ends_with("Never."), "{:?}", said(&desk));
    assert!(desk.model.drafts.is_empty(), "{:?}", desk.model.drafts);
}

#[test]
fn a_draft_is_thrown_away_by_a_key_that_is_pressed_twice() {
    let mut desk = reading();
    desk.keys("W w end ' Never.'");
    assert!(desk.screen().lines().last().unwrap().contains("discard draft"), "{}", desk.screen());
    desk.keys("C-r 'x' C-r");
    assert!(desk.said().starts_with("Ctrl-R again throws away"), "{}", desk.said());
    desk.keys("C-r");
    assert_eq!(desk.said(), "I43:2: your draft is thrown away");
    assert!(desk.model.drafts.is_empty(), "{:?}", desk.model.drafts);
    desk.keys("W w");
    assert!(!desk.screen().contains("Never."), "{}", desk.screen());
}

#[test]
fn a_correction_is_undone_when_what_came_after_it_was_taken_back_by_all() {
    let mut desk = reading();
    let before = said(&desk);
    desk.keys("W w end ' One.' C-s");
    let one = said(&desk);
    let (colleague, theirs) = a_colleague_corrects(&mut desk, "One.", "Two.");
    desk.keys("W w end ' Three.' C-s u");
    assert!(said(&desk)[1].ends_with("Two."), "{:?}", said(&desk));
    // What a colleague did after it is in the way.
    desk.keys("u");
    assert!(desk.said().contains("cannot be undone"), "{}", desk.said());
    let changes = theirs.inverse_changes();
    let mut colleagues = desk.model.study.clone();
    let turns =
        colleagues.turns_of(colleagues.revisions_of(colleagues.transcript_named("I43").unwrap().id)[1].id);
    let turns = turns.unwrap().as_ref().clone();
    let step = Step { command: "undo".into(), undoes: Some(theirs.id), changes, ..Step::default() };
    let action = colleagues.act(&colleague, step, &*desk.source).unwrap();
    desk.send(Msg::Others(vec![Logged { seq: 100, action, turns: vec![turns] }]));
    assert_eq!(said(&desk), one);
    desk.keys("u");
    assert_eq!(desk.said(), "Undone: I43:2 corrected");
    assert_eq!(said(&desk), before);
}

#[test]
fn a_row_says_which_part_of_a_turn_it_is_and_who_speaks_it() {
    let mut parts = Parts::new();
    let turns = (1..13).map(|at| format!("Ann: This is number {at}. And more of it.\n\n"));
    parts.transcript("I1", combe::study::Kind::Interview, &turns.collect::<String>(), false);
    let mut desk = Desk::new(parts);
    desk.keys("ret g o 'I1:11' ret t right W s");
    assert_eq!(desk.said(), "I1:11 split");
    let screen = desk.screen();
    assert!(screen.contains("11a Ann") && screen.contains("11b Ann"), "{screen}");
    desk.keys("W v 'several' ret");
    let row = |desk: &Desk, number: &str| {
        let screen = desk.screen();
        let is_it = |line: &&str| line.trim_start_matches(['>', ' ']).starts_with(number);
        screen.lines().find(is_it).unwrap_or_else(|| panic!("{screen}")).to_owned()
    };
    assert!(row(&desk, "11a").contains("\u{2192} several"), "{}", desk.screen());
    assert!(!row(&desk, "11b").contains("several"), "{}", desk.screen());
    desk.send(Msg::Resize(120, 24));
    desk.keys("W v 'inter' ret");
    assert!(row(&desk, "11a").contains("Ann \u{2192} interviewer"), "{}", desk.screen());
}

#[test]
fn a_row_of_a_former_text_keeps_its_last_letters() {
    let mut parts = Parts::new();
    // 72 columns are there for a row, and this fills them.
    let text = "Ann: eight678 eight678 eight678 eight678 eight678 eight678 eight678 last and more of it.\n";
    assert_eq!(text.find(" and more"), Some(72));
    parts.transcript("I1", combe::study::Kind::Interview, text, false);
    let mut desk = Desk::new(parts);
    desk.keys("ret W w end ' Yes.' C-s W f f");
    assert!(desk.screen().lines().any(|line| line.trim_end().ends_with("last")), "{}", desk.screen());
}

#[test]
fn only_what_a_correction_puts_in_doubt_is_told_with_it_and_the_answers_are_in_sight() {
    let mut desk = reading();
    desk.keys("J J c 'work' ret W w end C-u 'Nobody knows.' C-s");
    assert_eq!(desk.said(), "I43:4 corrected; 1 quote of yours in doubt: W d");
    desk.keys("K K t right W s");
    assert_eq!(desk.said(), "I43:2 split");
    desk.keys("W d");
    // The cursor of the field is on the first letter.
    assert!(desk.screen().contains("es, move or drop"), "{}", desk.screen());
}

#[test]
fn a_turn_that_is_hidden_while_its_words_are_open_is_not_corrected() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g o 'I43:2' ret W w");
    let study = &desk.model.study;
    let hidden = Hidden { id: fresh(&*desk.source), what: study.hideable_named("I43:2").unwrap() };
    drop(desk.model.commit("hide", "I43:2 hidden".into(), vec![Change::create(hidden)]));
    desk.keys("'Well.' C-s");
    assert_eq!(desk.said(), "I43:2 was hidden meanwhile; Esc keeps your words as a draft.");
    let revision = desk.model.study.transcript_named("I43").unwrap().revision;
    assert_eq!(desk.model.study.revisions().get(&revision).unwrap().number, 1);
    // What is written and not saved is told where one asks whether all is.
    desk.keys("esc C-s");
    assert!(desk.said().contains("1 draft is not saved yet."), "{}", desk.said());
    desk.keys("q");
    assert!(desk.screen().contains("Quit? Every step is saved; 1 draft is kept."), "{}", desk.screen());
}

#[test]
fn a_turn_whose_words_are_being_put_right_is_not_split_under_them() {
    let mut desk = reading();
    desk.keys("W w 'So ' esc");
    let before = desk.committed.len();
    desk.keys("t t right right W s");
    assert!(desk.said().starts_with("Not done: I43:2 has a draft that was not saved."), "{}", desk.said());
    assert_eq!(desk.committed.len(), before);
    desk.keys("W w C-s t t right right W s");
    assert!(desk.said().ends_with("I43:2 split"), "{}", desk.said());
}

#[test]
fn a_correction_says_how_many_quotes_have_other_words_now() {
    let mut desk = reading();
    desk.keys("c 'work' ret");
    desk.keys("W w home right right right right right right right right 'x' C-s");
    let changed = desk.model.study.quotes().iter().filter(|quote| quote.text.contains('x')).count();
    let said = format!("I43:2 corrected; {changed} quote of yours with other words");
    assert_eq!((changed, desk.said()), (1, said.as_str()));
    desk.keys("W w end ' Never.' C-s");
    assert_eq!(desk.said(), "I43:2 corrected");
}

/// The program begun anew on the transcripts, on a study with these drafts.
fn begun(from: &Desk, drafts: BTreeMap<String, String>) -> Desk {
    let parts = Parts::small();
    let place = Place::default();
    let mut again = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &place);
    again.texts.clone_from(&from.texts);
    let loaded = Loaded { study: from.model.study.clone(), drafts, ..Loaded::default() };
    again.send(Msg::StudyLoaded(Box::new(loaded)));
    again
}

#[test]
fn a_draft_whose_words_were_corrected_away_while_nobody_looked_is_on_the_nearest_turn() {
    let mut desk = reading();
    desk.keys("t t m 'half a thought' esc");
    let drafts = desk.model.drafts.clone();
    a_colleague_corrects(&mut desk, "I think time is really key", "Hm");
    let mut again = begun(&desk, drafts);
    again.keys("g D");
    let screen = again.screen();
    assert!(screen.contains("1 draft") && screen.contains("I43:2 “half a thought”"), "{screen}");
    again.keys("ret");
    assert_eq!(again.model.field().unwrap().text(), "half a thought");
    assert!(again.screen().contains("memo on I43:2"), "{}", again.screen());
    // It is one draft still, and a memo on words that are there.
    again.keys("esc g D ret C-s");
    assert!(again.model.drafts.is_empty(), "{:?}", again.model.drafts);
    let memo = again.model.study.memos().iter().next().unwrap();
    assert_eq!(memo.text, "half a thought");
    again.keys("g D");
    assert_eq!(again.said(), "No memo and no turn has a draft that is not saved.");
}

#[test]
fn a_draft_on_a_passage_is_on_the_nearest_turn_as_soon_as_its_transcript_is_opened() {
    let mut desk = reading();
    desk.keys("t t m 'half a thought' esc");
    let drafts = desk.model.drafts.clone();
    a_colleague_corrects(&mut desk, "I think time is really key", "Hm");
    let mut again = begun(&desk, drafts);
    again.keys("g o 'I43:2' ret m");
    assert_eq!(again.model.field().unwrap().text(), "half a thought", "{}", again.screen());
}

#[test]
fn a_draft_of_a_turn_that_was_split_meanwhile_is_listed_and_gone_on_with_at_its_first_part() {
    let mut desk = reading();
    desk.keys("W w end ' Never.' esc");
    let drafts = desk.model.drafts.clone();
    let mut split = reading();
    split.keys("t t right right W s");
    assert!(split.said().ends_with("I43:2 split"), "{}", split.said());
    let mut again = begun(&split, drafts);
    again.keys("g D");
    assert!(again.screen().contains("I43:2 “"), "{}", again.screen());
    again.keys("ret");
    assert!(again.model.field().unwrap().text().ends_with(" Never."));
    assert!(again.said().starts_with("This is a draft, and"), "{}", again.said());
    assert_eq!(again.model.drafts.keys().filter(|key| key.starts_with("turn:")).count(), 1);
    assert!(again.model.drafts.keys().any(|key| key.ends_with(":2a")), "{:?}", again.model.drafts);
}

#[test]
fn who_has_quotes_in_doubt_is_told_at_the_beginning() {
    let mut desk = reading();
    desk.keys("J J J c 'work' ret");
    a_colleague_corrects(&mut desk, "Mm.", "Yes indeed.");
    let again = begun(&desk, BTreeMap::new());
    assert_eq!(again.said(), "1 quote of yours in doubt: g d lists them.");
    assert_eq!(begun(&reading(), BTreeMap::new()).said(), "");
}

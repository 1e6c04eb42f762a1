//! Coding: one key, two keys, a few letters; valence; undo; and what happens when the store refuses.

use combe::app::{Effect, Loaded, Msg};
use combe::store::{Entry, Logged};
use combe::study::{
    Change, Code, CodeState, Coder, Coding, Memo, MemoKind, MemoOn, Quote, Record, Source, fresh,
};

use crate::fixture::action;
use crate::screen::{Desk, Parts};
use crate::screen_read::{reading, target};

#[test]
fn the_last_code_takes_one_key_and_twice_is_a_message() {
    let mut desk = reading();
    desk.keys("down .");
    assert_eq!(desk.said(), "No code was used yet: choose one first.");
    desk.keys("c 'work' ret down down .");
    assert_eq!(desk.said(), "I43:4: Workload");
    assert_eq!(desk.committed.len(), 2);
    desk.keys(".");
    assert_eq!(desk.said(), "I43:4 has “Workload” already.");
    assert_eq!(desk.committed.len(), 2, "the second press changed nothing");
    assert_eq!(desk.committed[1].label, "I43:4 “Workload”");
    assert!(desk.codings()[1].starts_with("They know."));
}

#[test]
fn the_footer_names_the_last_code() {
    let mut desk = reading();
    desk.keys("down c 'work' ret");
    let hints = |desk: &Desk| desk.screen().lines().last().unwrap().to_owned();
    assert!(hints(&desk).starts_with(" . “Workload”  c code"), "{}", hints(&desk));
    desk.keys("c 'restr' ret");
    assert!(hints(&desk).starts_with(" . “Restructu…”"), "nothing is left out for it: {}", hints(&desk));
    assert!(hints(&desk).ends_with("Space menu  ? help"), "{}", hints(&desk));

    let mut narrow = Desk::sized(Parts::small(), 40, 12);
    narrow.keys("down ret down c 'restr' ret");
    assert!(hints(&narrow).starts_with(" . “Restruct…”"), "{}", hints(&narrow));
}

#[test]
fn a_code_to_be_replaced_is_named_where_another_is_chosen() {
    let mut desk = reading();
    desk.keys("down c 'work' ret r");
    assert!(desk.screen().contains("recode “Workload” to > "), "{}", desk.screen());
    desk.keys("'app' ret");
    assert!(desk.codings()[0].ends_with("= Appointment time barrier"));
}

#[test]
fn a_boundary_that_comes_to_another_turn_says_whose_it_is() {
    let mut desk = reading();
    desk.keys("down c 'work' ret >");
    assert_eq!(desk.said(), "I43:2-3: end of the quote moved a word later; now ends in turn 3, Interviewer");
    desk.keys(">");
    assert_eq!(desk.said(), "I43:2-3: end of the quote moved a word later");
    desk.keys("u");
    assert_eq!(desk.said(), "Undone: I43:2-3 end of the quote moved a word later");
    desk.keys("<");
    assert_eq!(desk.said(), "I43:2: end of the quote moved a word earlier; now ends in turn 2, P088");

    // What is only selected is said too, as long as it is not coded.
    let mut desk = reading();
    desk.keys("down {");
    assert_eq!(desk.said(), "I43:1-2: now begins in turn 1, Interviewer");
}

#[test]
fn a_few_letters_and_enter_find_a_code_and_the_passage_stays() {
    let mut desk = reading();
    desk.keys("down t c 'tim' ret");
    assert_eq!(desk.said(), "I43:2: Appointment time, on 21 words", "a sentence is not the whole turn");
    let passage = target(&desk);
    desk.keys("c 'resa' ret");
    assert_eq!(target(&desk), passage);
    assert_eq!(
        desk.codings(),
        [
            "I think time is really key, we’re so pressurised for time seeing patients and the volume that want to be \
             seen. = Appointment time barrier",
            "I think time is really key, we’re so pressurised for time seeing patients and the volume that want to be \
             seen. = Restructure time allocation facilitator",
        ]
    );
    let quotes = desk.model.study.quotes().len();
    assert_eq!(quotes, 1, "both codings are on one quote");
}

#[test]
fn a_name_that_is_new_makes_a_code_in_one_action() {
    let mut desk = reading();
    desk.keys("down c 'Being  rushed' ret");
    assert_eq!(desk.said(), "I43:2: new code Being rushed");
    assert_eq!(desk.committed.len(), 1);
    assert_eq!(desk.committed[0].changes.len(), 3);
    desk.keys("right c 'being rushed' ret");
    assert_eq!(
        desk.said(),
        "I43:3: Being rushed (no participant speaks here: it counts for nobody)",
        "the name, case folded, is the code that is there"
    );
    desk.keys("u u u");
    assert!(desk.model.study.code_named("being rushed").is_none());
}

#[test]
fn enter_takes_a_match_if_there_is_one_and_new_is_a_row_of_its_own() {
    let mut desk = reading();
    desk.keys("down c 'time' up ret");
    assert_eq!(desk.said(), "I43:2: Appointment time");
    desk.keys("c 'time' down down down down ret");
    assert_eq!(desk.said(), "I43:2: new code time");
}

#[test]
fn c_and_a_digit_is_a_recent_code_and_digits_elsewhere_are_letters() {
    let mut desk = reading();
    desk.keys("down c 'work' ret right c 'writ' ret right c 2");
    assert_eq!(desk.said(), "I43:4: Workload");
    desk.keys("c 9");
    assert_eq!(desk.said(), "There is no recent code 9 yet.");
    desk.keys("' 24 hours' ret");
    assert_eq!(desk.said(), "I43:4: new code 24 hours", "behind a blank, or any letter, a digit is a digit");
}

#[test]
fn in_vivo_codes_are_named_by_their_words() {
    let mut desk = reading();
    desk.keys("down t t right right S-right S-right i ret");
    assert_eq!(desk.said(), "I43:2: new code time is really, on 3 words");
    assert_eq!(desk.codings(), ["time is really = time is really"]);

    let mut desk = reading();
    desk.keys("down i ret");
    assert_eq!(
        desk.said(),
        "I43:2: new code I think time is really key",
        "a passage that is too long for a name gives its first phrase"
    );
    desk.keys("w i ret");
    assert_eq!(
        desk.said(),
        "I43:2 has “I think time is really key” already.",
        "the same words, the same code"
    );
}

#[test]
fn plus_and_minus_are_sides_and_both_are_ambivalent() {
    let mut desk = reading();
    desk.keys("down c 'writ' ret +");
    assert!(desk.codings()[0].ends_with("= Writing things down facilitator"));
    desk.keys("-");
    assert!(desk.codings()[0].ends_with("barrier;facilitator"));
    desk.keys("+");
    assert!(desk.codings()[0].ends_with("down barrier"));
    desk.keys("-");
    assert!(desk.codings()[0].ends_with("down"));
    desk.keys("c 'work' ret +");
    assert_eq!(desk.said(), "“Workload” is a barrier by itself: its side decides, not the coding.");
    desk.keys("o +");
    assert_eq!(desk.said(), "I43:2: Writing things down, facilitator");
}

#[test]
fn codings_are_taken_away_by_a_sequence_and_quotes_stay_while_they_carry_anything() {
    let mut desk = reading();
    desk.keys("down c 'work' ret c 'writ' ret s x c");
    assert_eq!(desk.codings().len(), 1);
    desk.keys("x c");
    assert_eq!((desk.codings().len(), desk.model.study.quotes().len()), (0, 1), "the star holds the quote");
    desk.keys("x c");
    assert_eq!(desk.said(), "There is no coding of yours here.");
    desk.keys("s");
    assert_eq!(desk.model.study.quotes().len(), 0, "without its star there is nothing left of it");
    desk.keys("c 'work' ret c 'writ' ret x a");
    assert_eq!(desk.said(), "I43:2: 2 codings taken away; u brings it back");
    assert_eq!(desk.model.study.quotes().len(), 0);
    desk.keys("u");
    assert_eq!(desk.codings().len(), 2);
}

#[test]
fn undo_says_what_it_took_back_and_redo_does_it_again() {
    let mut desk = reading();
    desk.keys("down c 'work' ret . down c 'writ' ret");
    desk.keys("u");
    assert_eq!(desk.said(), "Undone: I43:3 “Writing things down”");
    desk.keys("u");
    assert_eq!(desk.said(), "Undone: I43:2 “Workload”");
    desk.keys("u");
    assert_eq!(desk.said(), "There is nothing of yours to undo.");
    assert_eq!(desk.codings(), [""; 0]);
    desk.keys("U");
    assert_eq!(desk.said(), "Done again: I43:2 “Workload”");
    desk.keys("C-z C-y U U");
    assert_eq!(desk.codings().len(), 2);
    assert_eq!(desk.said(), "There is nothing of yours to redo.");
    let undoes = desk.committed.iter().filter(|action| action.undoes.is_some()).count();
    assert_eq!(undoes, desk.committed.len() - 2, "undo is an action like any other");
}

#[test]
fn an_undo_elsewhere_goes_there_first() {
    let mut desk = reading();
    desk.keys("down c 'work' ret g t");
    desk.keys("u");
    assert_eq!(desk.said(), "09:00: I43:2 “Workload”. u again: undo.");
    assert!(target(&desk).starts_with("I think time"), "the screen is at the place");
    assert_eq!(desk.codings().len(), 1);
    desk.keys("u");
    assert_eq!(desk.codings().len(), 0);
    desk.keys("backspace");
    assert_eq!(desk.model.screen, combe::app::Screen::Transcripts);
}

#[test]
fn an_undo_of_another_day_is_named_with_its_day_and_fetched_if_need_be() {
    let mut desk = reading();
    desk.keys("down c 'work' ret");
    let old = desk.committed[0].clone();
    desk.source.skip_hours(30);
    // The next session knows the stack, but not the action.
    let mut next = Desk::new(Parts::small());
    next.model = desk.model;
    next.source = desk.source;
    let study = next.model.study.clone();
    let stacks = combe::store::UndoStacks { undo: vec![old.id], redo: vec![] };
    next.send(Msg::StudyLoaded(Box::new(Loaded { study, stacks, ..Default::default() })));
    next.keys("u");
    assert_eq!(next.other_effects.pop(), Some(Effect::LoadAction(old.id)));
    next.send(Msg::ActionLoaded { action: Box::new(old), texts: Vec::new() });
    assert!(next.said().starts_with("5 Jan 2026, 09:00: I43:2 “Workload”."), "{}", next.said());
    next.keys("u");
    assert_eq!(next.codings().len(), 0);
}

#[test]
fn what_is_refused_is_taken_back_with_all_behind_it() {
    let mut desk = reading();
    desk.keys("down c 'work' ret");
    desk.answers = false;
    desk.keys("down c 'writ' ret + down .");
    assert!(desk.screen().contains("saving"));
    assert_eq!(desk.codings().len(), 3);
    let sent: Vec<_> = desk.committed[1..].iter().map(|action| action.id).collect();
    assert_eq!(sent.len(), 3);
    desk.send(Msg::Refused { actions: sent, sentence: "the disk is full".into() });
    assert_eq!(desk.codings().len(), 1);
    assert_eq!(desk.said(), "Not saved: the disk is full. The last 3 steps are taken back.");
    assert!(desk.screen().contains("saved 09:00"));
    desk.answers = true;
    desk.keys("u u");
    assert_eq!(desk.codings().len(), 0, "the stack of undo knows that they are gone");
}

#[test]
fn after_a_refusal_later_commits_are_of_a_new_epoch() {
    let mut desk = reading();
    desk.answers = false;
    desk.keys("down c 'work' ret");
    let id = desk.committed[0].id;
    let effects =
        combe::app::update(&mut desk.model, Msg::Refused { actions: vec![id], sentence: "no".into() });
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Commit { .. })));
    desk.keys("c 'w' esc");
    let key = |key: &str| Msg::Key(key.parse().unwrap());
    combe::app::update(&mut desk.model, key("c"));
    let effects = combe::app::update(&mut desk.model, key("ret"));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Commit { epoch: 1, .. })), "{effects:?}");
}

#[test]
fn quitting_waits_until_all_is_saved() {
    let mut desk = reading();
    desk.answers = false;
    desk.keys("down c 'work' ret q");
    assert!(desk.screen().contains("Quit?"));
    desk.keys("n q y");
    assert!(!desk.other_effects.contains(&Effect::Quit));
    let id = desk.committed[0].id;
    desk.send(Msg::Committed { action: id, seq: 1, at: desk.source.now() });
    assert_eq!(desk.other_effects.last(), Some(&Effect::Quit));
}

/// Codes `Mm.` of the interview with `Workload`, as another coder's process did.
fn foreign(desk: &Desk, words: &str) -> (Quote, Coding) {
    let open = desk.model.read.open.as_ref().unwrap();
    let start = open.page.text().find(words).unwrap();
    let quote = Quote {
        id: fresh(&*desk.source),
        coder: desk.me(),
        transcript: open.transcript,
        revision: open.revision,
        span: combe::text::Span::new(start, start + words.len()),
        text: words.into(),
        starred: false,
    };
    let code = desk.model.study.code_named("workload").unwrap().id;
    let coding = Coding {
        id: fresh(&*desk.source),
        quote: quote.id,
        code,
        valence: None,
        at: desk.source.now(),
        blind: false,
    };
    (quote, coding)
}

fn logged(desk: &Desk, changes: Vec<Change>) -> Msg {
    let action = action(&desk.source, desk.me(), "apply_code", changes);
    Msg::Others(vec![Logged { seq: 9, action, turns: vec![] }])
}

#[test]
fn codes_are_counted_in_layers_of_record_wherever_they_are_listed() {
    let mut desk = reading();
    desk.keys("down c 'work' ret");
    let (mut quote, coding) = foreign(&desk, "Mm.");
    let other = Coder { id: fresh(&*desk.source), name: "c2".into() };
    quote.coder = other.id;
    let changes = vec![Change::create(other), Change::create(quote), Change::create(coding)];
    let msg = logged(&desk, changes);
    desk.send(msg);
    // c1 leads: what c2 coded counts nowhere, but a merge moves it.
    desk.keys("c 'workl'");
    assert!(desk.screen().contains("1 coding ·"), "{}", desk.screen());
    desk.keys("esc g c");
    assert!(desk.screen().contains("counts of layers of record"), "{}", desk.screen());
    let row = |desk: &Desk| desk.screen().lines().rfind(|line| line.contains("Workload")).unwrap().to_owned();
    assert_eq!(row(&desk).split_whitespace().filter(|word| *word == "1").count(), 2, "{}", row(&desk));
    desk.keys("home M");
    assert!(row(&desk).contains("1 coding"), "{}", row(&desk));
    desk.keys("esc down M 'writ' ret");
    assert!(desk.screen().contains("2 codings in all layers move"), "{}", desk.screen());
}

#[test]
fn actions_of_other_processes_appear_and_conflicts_with_what_is_queued_are_settled() {
    let mut desk = reading();
    let (quote, coding) = foreign(&desk, "Mm.");
    let msg = logged(&desk, vec![Change::create(quote), Change::create(coding)]);
    desk.send(msg);
    assert_eq!(desk.codings(), ["Mm. = Workload barrier"]);
    // Both make a quote over the same span: theirs was first on disk.
    desk.answers = false;
    desk.keys("J c 'writ' ret J c 'work' ret");
    let mine = desk.committed.clone();
    let (quote, coding) = foreign(&desk, "And the patients?");
    let msg = logged(&desk, vec![Change::create(quote.clone()), Change::create(coding)]);
    desk.send(msg);
    let there = desk.codings();
    assert!(there.contains(&"And the patients? = Workload barrier".to_owned()), "{there:?}");
    assert_eq!(there.len(), 3, "{there:?}");
    desk.send(Msg::Committed { action: mine[0].id, seq: 10, at: desk.source.now() });
    desk.send(Msg::Refused { actions: vec![mine[1].id], sentence: "that quote is there already".into() });
    assert_eq!(desk.codings().len(), 3);
    assert!(desk.model.study.quotes().has(&quote.id));
}

#[test]
fn what_others_did_is_laid_under_the_queue_once() {
    let mut desk = reading();
    desk.answers = false;
    desk.keys("down c 'work' ret");
    let before = desk.model.study.code_named("workload").unwrap().clone();
    let between = Code { definition: "For a while.".into(), ..before.clone() };
    let added = Code::new(fresh(&*desk.source), "Added");
    let own = desk.committed[0].changes.iter().find_map(|change| match &change.after {
        Some(Record::Quote(quote)) => Some(quote.clone()),
        _ => None,
    });
    let twin = Quote { id: fresh(&*desk.source), ..own.unwrap() };
    let steps = [
        vec![Change::update(before.clone(), between.clone())],
        vec![Change::update(between, before.clone()), Change::create(added)],
        // The queued action has a quote there: theirs was first on disk.
        vec![Change::create(twin)],
    ];
    let steps = steps.map(|changes| action(&desk.source, desk.me(), "step", changes));
    let logged = steps.map(|action| Logged { seq: 9, action, turns: vec![] });
    desk.send(Msg::Others(logged.into()));
    assert_eq!(desk.model.study.code_named("workload"), Some(&before));
    assert!(desk.model.study.code_named("added").is_some());
    assert_eq!(desk.model.study.quotes().len(), 1);
}

/// Lets the coder `kim` write a memo on the last quote that was made here, and gives the entry of it in the history.
fn built_upon(desk: &mut Desk) -> Entry {
    let kim = Coder { id: fresh(&*desk.source), name: "kim".into() };
    let quote = desk.model.study.quotes().iter().next_back().unwrap().id;
    let memo = Memo {
        id: fresh(&*desk.source),
        on: MemoOn::Quote(quote),
        kind: MemoKind::Analytic,
        coder: kim.id,
        at: desk.source.now(),
        text: "Why?".into(),
    };
    let mut action =
        action(&desk.source, kim.id, "write_memo", vec![Change::create(kim), Change::create(memo)]);
    action.label = "I43:4 memo saved".into();
    let entry = Entry {
        seq: 9,
        id: action.id,
        at: action.at,
        coder: action.coder,
        os_user: "kim".into(),
        host: "here".into(),
        command: action.command.clone(),
        label: action.label.clone(),
        reason: None,
        undoes: None,
        changes: 2,
        hash: String::new(),
    };
    desk.send(Msg::Others(vec![Logged { seq: 9, action, turns: vec![] }]));
    entry
}

#[test]
fn an_undo_that_somebody_built_on_says_who_and_goes_on_with_the_step_before_it() {
    let mut desk = reading();
    desk.keys("down c 'work' ret J J c 'work' ret");
    assert_eq!(desk.codings().len(), 2);
    let entry = built_upon(&mut desk);
    desk.keys("u");
    let stuck = desk.committed[1].id;
    assert!(desk.said().contains("cannot be undone: that quote is still used by memos"), "{}", desk.said());
    assert_eq!(desk.other_effects.last(), Some(&Effect::FindBuiltOn(stuck)));
    desk.send(Msg::BuiltOn { action: stuck, later: Some(Box::new(entry)) });
    let said = desk.said().to_owned();
    assert!(said.contains("cannot be undone: kim built on it (09:00: I43:4 memo saved)"), "{said}");
    assert!(said.ends_with("u again: your step before it."), "{said}");
    desk.keys("u");
    assert_eq!(desk.codings().len(), 1, "{}", desk.said());
    assert_eq!(desk.committed.last().unwrap().undoes, Some(desk.committed[0].id));
    desk.keys("u");
    assert_eq!(desk.said(), "There is nothing else of yours to undo.");
    // Something happened: it may go now, and is tried again.
    let msg = logged(&desk, vec![Change::create(Code::new(fresh(&*desk.source), "Other"))]);
    desk.send(msg);
    desk.keys("u u");
    assert!(desk.said().contains("cannot be undone"), "{}", desk.said());
}

#[test]
fn a_step_that_cannot_be_read_back_is_passed_over() {
    let mut desk = Desk::new(Parts::small());
    let gone = fresh(&*desk.source);
    let stacks = combe::store::UndoStacks { undo: vec![gone], redo: vec![] };
    let study = desk.model.study.clone();
    desk.send(Msg::StudyLoaded(Box::new(Loaded { study, stacks, ..Loaded::default() })));
    desk.keys("u");
    desk.send(Msg::ActionMissing { action: gone, sentence: "its text was erased".into() });
    assert_eq!(desk.said(), "Your last step cannot be undone: its text was erased.");
    desk.keys("u");
    assert_eq!(desk.said(), "There is nothing else of yours to undo.");
}

#[test]
fn ones_own_steps_in_another_terminal_can_be_undone_here() {
    let mut desk = reading();
    let (quote, coding) = foreign(&desk, "Mm.");
    let msg = logged(&desk, vec![Change::create(quote), Change::create(coding)]);
    desk.answers = false;
    desk.keys("down c 'work' ret");
    desk.send(msg);
    assert_eq!(desk.codings().len(), 2);
    desk.keys("u");
    assert_eq!(desk.codings(), ["Mm. = Workload barrier"], "what is still queued comes on disk after it");
    desk.keys("u");
    assert_eq!(desk.codings().len(), 0);
}

#[test]
fn a_coder_who_joined_elsewhere_or_was_renamed_is_the_same_here() {
    let parts = Parts::small();
    let stranger = Coder { id: fresh(&*parts.source), name: "Kim".into() };
    let setting = combe::app::Setting { me: stranger, ..parts.setting(80, 24) };
    let mut desk = Desk::begin(setting, combe::study::Study::default(), &parts, &Default::default());
    desk.load(parts.study.clone());
    let kim = Coder { id: fresh(&*desk.source), name: "kim".into() };
    let msg = logged(&desk, vec![Change::create(kim.clone())]);
    desk.send(msg);
    assert_eq!(desk.model.me, kim);
    let renamed = Coder { name: "Kim B.".into(), ..kim.clone() };
    let msg = logged(&desk, vec![Change::update(kim, renamed.clone())]);
    desk.send(msg);
    assert_eq!(desk.model.me, renamed);
}

#[test]
fn a_study_that_was_taken_over_is_read_only_from_then_on() {
    let mut desk = reading();
    desk.send(Msg::OnlyReading("it was taken over by kim on b".into()));
    desk.keys("down c");
    assert_eq!(desk.said(), "The study is open for reading only.");
    assert!(desk.screen().contains("read only"));
}

#[test]
fn somebody_elses_stripes_are_never_shown() {
    let mut desk = reading();
    let other = Coder { id: fresh(&*desk.source), name: "c2".into() };
    let (quote, coding) = foreign(&desk, "Mm.");
    let quote = Quote { coder: other.id, ..quote };
    let msg = logged(&desk, vec![Change::create(other), Change::create(quote), Change::create(coding)]);
    desk.send(msg);
    assert_eq!(desk.codings().len(), 1);
    assert!(!desk.screen().contains("Workload"));
    desk.keys("J J J J x c");
    assert_eq!(desk.said(), "There is no coding of yours here.");
}

#[test]
fn jumps_go_to_quotes_and_to_what_is_not_coded() {
    let mut desk = reading();
    desk.keys("a");
    assert!(target(&desk).starts_with("I think time"));
    desk.keys("t c 'work' ret w a");
    assert!(target(&desk).starts_with("They know."));
    desk.keys("a a");
    assert_eq!(desk.said(), "Every turn of a participant from here on has a coding of yours.");
    desk.keys("g g n");
    assert!(target(&desk).ends_with("want to be seen."));
    desk.keys("n");
    assert_eq!(desk.said(), "No quote of yours follows.");
    desk.keys("g e N");
    assert!(target(&desk).ends_with("want to be seen."));
}

#[test]
fn a_study_open_for_reading_only_says_so() {
    let parts = Parts::small();
    let setting = combe::app::Setting { read_only: Some("c2 has it open".into()), ..parts.setting(80, 24) };
    let mut desk = Desk::begin(setting, combe::study::Study::default(), &parts, &Default::default());
    desk.load(parts.study.clone());
    desk.keys("ret c");
    assert_eq!(desk.said(), "The study is open for reading only.");
    assert!(desk.screen().contains("read only"));
}

#[test]
fn retired_codes_are_not_offered_but_their_names_are_taken() {
    let mut desk = reading();
    let code = desk.model.study.code_named("workload").unwrap().clone();
    let retired = Code { state: CodeState::Retired, ..code.clone() };
    let msg = logged(&desk, vec![Change::update(code, retired)]);
    desk.send(msg);
    desk.keys("down c 'wor'");
    assert!(!desk.screen().contains("Workload"));
    desk.keys("'kload'");
    assert!(desk.screen().contains("retired"));
    assert!(!desk.screen().contains("new code"));
    desk.keys("ret");
    assert!(desk.said().contains("Workload (a retired code)"), "{}", desk.said());
}

#[test]
fn the_picker_in_three_sizes() {
    let mut desk = reading();
    desk.keys("down c 'work' ret c 'tim'");
    insta::assert_snapshot!("picker_80x24", desk.picture());
    desk.send(Msg::Resize(40, 12));
    insta::assert_snapshot!("picker_40x12", desk.screen());
    desk.send(Msg::Resize(200, 60));
    desk.keys("C-u");
    insta::assert_snapshot!("picker_200x60", desk.screen());
}

#[test]
fn a_new_code_is_not_taken_for_one_that_only_has_its_letters() {
    let mut desk = reading();
    desk.keys("c 'Correlations first' ret down c 'fit' ret");
    assert_eq!(desk.said(), "I43:2: new code fit", "{}", desk.screen());
    desk.keys("c 'first' ret");
    assert_eq!(desk.said(), "I43:2: Correlations first");
}

#[test]
fn a_flag_is_told_from_a_memo_and_a_quote_that_is_only_put_aside_says_so() {
    let mut desk = reading();
    desk.keys("down F left right");
    assert!(desk.screen().contains("turn: audio"), "{}", desk.screen());
    desk.keys("m 'Load.' C-s left right");
    assert!(desk.screen().contains("turn: ¶ 1 memo · audio"), "{}", desk.screen());
    desk.keys("e");
    assert!(desk.screen().contains("flag: check the audio"), "{}", desk.screen());
    assert!(desk.screen().contains("memo: Load."), "{}", desk.screen());
    let mut desk = reading();
    desk.keys("down \" left right");
    assert!(desk.screen().contains("turn: in your basket, no coding"), "{}", desk.screen());
}

#[test]
fn codings_of_one_code_are_told_apart_by_their_words() {
    let mut desk = reading();
    desk.keys("down c 'work' ret t c 'work' ret");
    assert_eq!(desk.said(), "I43:2: Workload, on 21 words");
    desk.keys("w e");
    let screen = desk.screen();
    assert!(screen.contains("29 words, I43:2") && screen.contains("21 words, I43:2"), "{screen}");
    assert!(screen.contains("“I think time"), "{screen}");
}

#[test]
fn the_footer_says_how_to_select_on_and_how_to_let_go() {
    let mut desk = reading();
    desk.keys("down t");
    assert!(!desk.screen().contains("let go"), "{}", desk.screen());
    desk.keys("S-right");
    assert!(desk.screen().contains("Shift-Right select on  Esc let go"), "{}", desk.screen());
}

#[test]
fn leaving_the_picker_leaves_the_text_where_it_was() {
    let mut desk = reading();
    desk.send(Msg::Resize(40, 12));
    desk.keys("down t right right");
    let body = |desk: &Desk| desk.screen().lines().take(10).map(str::to_owned).collect::<Vec<_>>();
    let before = body(&desk);
    desk.keys("c");
    assert_ne!(body(&desk), before);
    desk.keys("esc");
    assert_eq!(body(&desk), before);
}

#[test]
fn labels_between_turns_are_no_words_of_a_passage() {
    let mut desk = reading();
    desk.keys("down t right S-down S-down c 'New one' ret");
    let study = &desk.model.study;
    let quote = study.quotes().iter().max_by_key(|quote| quote.text.len()).unwrap();
    let turns = &study.turns(quote.transcript).unwrap().turns;
    let touched = turns.iter().filter(|turn| turn.speech.overlaps(quote.span)).count();
    assert!(touched > 1, "{}", desk.screen());
    let all = combe::text::count_words(&quote.text);
    let said = desk.said();
    let counted: usize =
        said.rsplit_once(", on ").and_then(|(_, on)| on.split(' ').next()).unwrap().parse().unwrap();
    let spoken: usize = turns
        .iter()
        .filter_map(|turn| turn.speech.intersection(quote.span)?.slice_of(&quote.text, quote.span))
        .map(combe::text::count_words)
        .sum();
    assert!(counted == spoken && spoken < all, "{said}");
}

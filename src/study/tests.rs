//! The rules of the domain on a study small enough to count by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::reach::Reach;
use super::*;
use crate::text::Span;

/// Identifiers 1, 2, 3 and a clock that stands still.
#[derive(Default)]
struct Counter(AtomicU64);

impl Source for Counter {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0, self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

const TEXT: &str = "Interviewer: How is it?\n\nAnn: I am so tired.\n\nBen: Me too.\n";

/// One focus group with an interviewer and two participants, coders `c1` (lead) and `c2`, one code `Tiredness`.
struct Small {
    study: Study,
    ids: Counter,
    transcript: TranscriptId,
    revision: RevisionId,
    coders: [CoderId; 2],
    people: [ParticipantId; 2],
    code: CodeId,
}

fn small() -> Small {
    let ids = Counter::default();
    let (transcript, revision) = (fresh(&ids), fresh(&ids));
    let (coders, people): ([CoderId; 2], [ParticipantId; 2]) =
        ([fresh(&ids), fresh(&ids)], [fresh(&ids), fresh(&ids)]);
    let code = Code::new(fresh(&ids), "Tiredness");
    let mut study = Study::default();
    study.settings.lead = Some("C1".into());
    let at = |needle: &str| Span::from(TEXT.find(needle).map_or(0..0, |i| i..i + needle.len()));
    let turn = |n: u32, speaker: u16, label: &str, speech: &str| Turn {
        number: TurnNumber::whole(n),
        speaker,
        label: at(label),
        speech: at(speech),
        start_ms: None,
        end_ms: None,
        words: u32::try_from(crate::text::count_words(speech)).unwrap(),
    };
    study.add_turns(Arc::new(Turns {
        revision,
        speakers: vec!["interviewer".into(), "ann".into(), "ben".into()],
        turns: vec![
            turn(1, 0, "Interviewer:", "How is it?"),
            turn(2, 1, "Ann:", "I am so tired."),
            turn(3, 2, "Ben:", "Me too."),
        ],
        times: vec![],
    }));
    let binding = |key: &str, voice| Binding { transcript, speaker: key.into(), voice };
    let changes = vec![
        Change::create(Coder { id: coders[0], name: "c1".into() }),
        Change::create(Coder { id: coders[1], name: "c2".into() }),
        Change::create(Participant { id: people[0], name: "P1".into(), provisional: false }),
        Change::create(Participant { id: people[1], name: "P2".into(), provisional: false }),
        Change::create(Transcript {
            id: transcript,
            name: "FG06".into(),
            kind: Kind::FocusGroup,
            revision,
            source: "FG06.txt".into(),
            sha256: String::new(),
            language: None,
        }),
        Change::create(Revision {
            id: revision,
            transcript,
            number: 1,
            at: Timestamp::UNIX_EPOCH,
            digest: String::new(),
            encoding: "UTF-8".into(),
            layout: "label: speech".into(),
        }),
        Change::create(binding("interviewer", Voice::Interviewer)),
        Change::create(binding("ann", Voice::Participant(people[0]))),
        Change::create(binding("ben", Voice::Participant(people[1]))),
        Change::create(code.clone()),
    ];
    study.apply(&changes).unwrap();
    Small { study, ids, transcript, revision, coders, people, code: code.id }
}

impl Small {
    fn quote(&self, coder: usize, words: &str) -> Quote {
        let start = TEXT.find(words).unwrap();
        Quote {
            id: fresh(&self.ids),
            coder: self.coders[coder],
            transcript: self.transcript,
            revision: self.revision,
            span: Span::new(start, start + words.len()),
            text: words.into(),
            starred: false,
        }
    }

    fn coding(&self, quote: &Quote, second: i64) -> Coding {
        Coding {
            id: fresh(&self.ids),
            quote: quote.id,
            code: self.code,
            valence: None,
            at: Timestamp::from_second(second).unwrap(),
            blind: false,
        }
    }

    fn code_passage(&mut self, coder: usize, words: &str, second: i64) -> (Quote, Coding) {
        let quote = self.quote(coder, words);
        let coding = self.coding(&quote, second);
        self.study.apply(&[Change::create(quote.clone()), Change::create(coding.clone())]).unwrap();
        (quote, coding)
    }
}

#[test]
fn speech_is_counted_for_participants_and_for_nobody_else() {
    let small = small();
    let speech = small.study.speech_in(small.transcript);
    assert_eq!(speech.get(&small.people[0]), Some(&4));
    assert_eq!(speech.get(&small.people[1]), Some(&2));
    assert_eq!(speech.len(), 2);
}

#[test]
fn a_turn_may_override_its_label_and_the_words_follow() {
    let mut small = small();
    let turn = TurnVoice {
        transcript: small.transcript,
        turn: TurnNumber::whole(3),
        voice: Voice::Participant(small.people[0]),
    };
    small.study.apply(&[Change::create(turn)]).unwrap();
    assert_eq!(small.study.speech_in(small.transcript).get(&small.people[0]), Some(&6));
    assert_eq!(small.study.speech_of(small.people[1]).count(), 0);
}

#[test]
fn a_quote_belongs_to_whoever_it_overlaps_by_a_word() {
    let small = small();
    let quote = small.quote(0, "tired.\n\nBen: Me");
    let (ann, ben) = (Voice::Participant(small.people[0]), Voice::Participant(small.people[1]));
    assert_eq!(small.study.voices_of_quote(&quote), [ann, ben]);
    assert_eq!(small.study.voices_of_quote(&small.quote(0, ".\n\nBen: Me")), [ben]);
    assert_eq!(small.study.voices_of_quote(&small.quote(0, "it?\n\nAnn: I")), [Voice::Interviewer, ann]);
}

#[test]
fn the_layer_of_record_is_the_leads_else_the_first_coders_unless_named() {
    let mut small = small();
    assert_eq!(small.study.layer_of_record(small.transcript), None);
    small.code_passage(1, "so tired", 5);
    assert_eq!(small.study.layer_of_record(small.transcript), Some(small.coders[1]));
    small.code_passage(0, "tired", 9);
    assert_eq!(small.study.layer_of_record(small.transcript), Some(small.coders[0]));
    let named = LayerOfRecord { transcript: small.transcript, coder: small.coders[1] };
    small.study.apply(&[Change::create(named)]).unwrap();
    assert_eq!(small.study.layer_of_record(small.transcript), Some(small.coders[1]));
}

#[test]
fn a_star_or_a_memo_of_the_lead_is_no_coding_and_moves_no_layer_of_record() {
    let mut small = small();
    small.code_passage(1, "so tired", 5);
    let starred = Quote { starred: true, ..small.quote(0, "tired") };
    let noted = small.quote(0, "so");
    let memo = Memo {
        id: fresh(&small.ids),
        on: MemoOn::Quote(noted.id),
        kind: MemoKind::Analytic,
        coder: small.coders[0],
        at: Timestamp::UNIX_EPOCH,
        text: "Why so?".into(),
    };
    small
        .study
        .apply(&[Change::create(starred.clone()), Change::create(noted), Change::create(memo)])
        .unwrap();
    assert_eq!(small.study.layer_of_record(small.transcript), Some(small.coders[1]));
    let coding = Coding {
        id: fresh(&small.ids),
        quote: starred.id,
        code: small.code,
        valence: None,
        at: Timestamp::from_second(9).unwrap(),
        blind: false,
    };
    small.study.apply(&[Change::create(coding.clone())]).unwrap();
    assert_eq!(small.study.layer_of_record(small.transcript), Some(small.coders[0]));
    small.study.apply(&[Change::delete(coding)]).unwrap();
    assert_eq!(small.study.layer_of_record(small.transcript), Some(small.coders[1]), "its last code is gone");
}

#[test]
fn the_layer_of_record_is_the_same_for_who_codes_blind() {
    let mut small = small();
    let [lead, second] = small.coders;
    let blind =
        Blind { transcript: small.transcript, coder: second, start: Timestamp::UNIX_EPOCH, end: None };
    small.study.apply(&[Change::create(blind)]).unwrap();
    small.code_passage(1, "so tired", 5);
    let (quote, coding) = small.code_passage(0, "tired", 9);
    let seen = small.study.seen_by(second).unwrap();
    assert!(seen.quotes().iter().all(|quote| quote.coder == second), "the lead's work is kept from them");
    assert_eq!(seen.layer_of_record(small.transcript), Some(lead));
    // And it follows: what is counted changes, what is shown does not.
    let (mut shown, mut veil) = (small.study.clone(), Veil::default());
    veil.draw(&mut shown, second);
    veil.take_redrawn();
    veil.apply(&mut shown, &[Change::delete(coding), Change::delete(quote)]).unwrap();
    assert_eq!(shown.layer_of_record(small.transcript), Some(second));
    assert!(veil.take_redrawn(), "what was counted is counted anew");
}

#[test]
fn a_coding_reaches_what_is_written_of_its_code_only_for_who_codes_blind() {
    let mut small = small();
    let [first, second] = small.coders;
    let blind =
        Blind { transcript: small.transcript, coder: second, start: Timestamp::UNIX_EPOCH, end: None };
    let memo = Memo {
        id: fresh(&small.ids),
        on: MemoOn::Code(small.code),
        kind: MemoKind::Analytic,
        coder: first,
        at: Timestamp::UNIX_EPOCH,
        text: "When is it that?".into(),
    };
    small.study.apply(&[Change::create(blind), Change::create(memo)]).unwrap();
    let (_, coding) = small.code_passage(0, "tired", 1);
    let reached = |viewer| {
        let shown = small.study.seen_by(viewer).unwrap_or_else(|| small.study.clone());
        Reach::of(&small.study, &shown, viewer, &[Change::create(coding.clone())]).records.len()
    };
    assert_eq!((reached(first), reached(second)), (0, 2), "the code and the memo on it");
}

#[test]
fn a_trial_changes_nothing() {
    let mut small = small();
    let (quote, coding) = small.code_passage(0, "tired", 1);
    let mut veil = Veil::default();
    veil.draw(&mut small.study, small.coders[0]);
    veil.take_redrawn();
    let before = small.study.all_records();
    let (uncoded, unmarked) = (Change::delete(coding.clone()), Change::delete(quote));
    assert!(veil.would_take(&mut small.study, &[uncoded, unmarked]));
    assert!(!veil.would_take(&mut small.study, &[Change::create(coding)]), "it is there already");
    assert!(small.study.all_records() == before && !veil.take_redrawn());
}

#[test]
fn the_side_of_a_code_decides_and_a_coding_may_not_speak_against_it() {
    let mut small = small();
    let (_, coding) = small.code_passage(0, "tired", 1);
    let ambivalent = Coding { valence: Some(Valence::Both), ..coding.clone() };
    small.study.apply(&[Change::update(coding, ambivalent.clone())]).unwrap();
    assert_eq!(small.study.effective_valence(&ambivalent), Some(Valence::Both));
    let code = small.study.codes().get(&small.code).unwrap().clone();
    let sided = Code { side: Some(Side::Barrier), ..code.clone() };
    let refused = small.study.apply(&[Change::update(code.clone(), sided.clone())]);
    assert!(matches!(refused, Err(Conflict::Rule { .. })));
    let cleared = Coding { valence: None, ..ambivalent.clone() };
    small.study.apply(&[Change::update(ambivalent, cleared.clone()), Change::update(code, sided)]).unwrap();
    assert_eq!(small.study.effective_valence(&cleared), Some(Valence::Barrier));
}

#[test]
fn what_is_used_is_not_deleted_and_what_is_gone_is_not_used() {
    let mut small = small();
    let (quote, coding) = small.code_passage(0, "tired", 1);
    let code = small.study.codes().get(&small.code).unwrap().clone();
    let in_use = small.study.apply(&[Change::delete(code.clone())]);
    assert_eq!(in_use, Err(Conflict::InUse { what: "the code “Tiredness”".into(), by: "codings" }));
    small
        .study
        .apply(&[Change::delete(code), Change::delete(coding.clone()), Change::delete(quote)])
        .unwrap();
    let dangling = small.study.apply(&[Change::create(coding)]);
    assert!(matches!(dangling, Err(Conflict::Dangling { missing: "a quote", .. })));
}

#[test]
fn one_coder_has_one_quote_on_a_span_and_names_are_unique_case_folded() {
    let mut small = small();
    small.code_passage(0, "tired", 1);
    let twin = small.quote(0, "tired");
    assert!(matches!(small.study.apply(&[Change::create(twin)]), Err(Conflict::Taken { .. })));
    small.code_passage(1, "tired", 2);
    let twin = Code::new(fresh(&small.ids), " TIREDNESS ");
    assert!(matches!(small.study.apply(&[Change::create(twin)]), Err(Conflict::Taken { .. })));
}

#[test]
fn children_inherit_the_component_and_a_theme_lends_its_own_where_the_codebook_says_nothing() {
    let mut small = small();
    let template = Template::shipped("com-b").unwrap().unwrap();
    let child = Code { parent: Some(small.code), ..Code::new(fresh(&small.ids), "Tired of forms") };
    let loose = Code::new(fresh(&small.ids), "Loose");
    let theme = Theme {
        id: fresh(&small.ids),
        name: "Time".into(),
        position: 1,
        barriers: vec![loose.id],
        facilitators: vec![],
        note: String::new(),
    };
    let under =
        |of, component: &str| Classification { of, framework: "com-b".into(), component: component.into() };
    let mut changes = vec![Change::create(template.framework)];
    changes.extend(template.components.into_iter().map(Change::create));
    changes.extend([
        Change::create(child.clone()),
        Change::create(loose.clone()),
        Change::create(theme.clone()),
        Change::create(under(Classified::Code(small.code), "capability.physical")),
        Change::create(under(Classified::Theme(theme.id), "opportunity.physical")),
    ]);
    small.study.apply(&changes).unwrap();
    let component = |code| small.study.component_of(code, "com-b").map(|found| found.abbreviation.as_str());
    assert_eq!(component(child.id), Some("C-Ph"));
    assert_eq!(component(loose.id), Some("O-Ph"));
    // The theme names a child too and counts it, but the child stands where its parent does.
    let named = Theme { barriers: vec![loose.id, child.id], ..theme.clone() };
    small.study.apply(&[Change::update(theme.clone(), named)]).unwrap();
    let component = |code| small.study.component_of(code, "com-b").map(|found| found.abbreviation.as_str());
    assert_eq!(component(child.id), Some("C-Ph"));
    assert_eq!(
        small.study.themes_by_code("com-b"),
        [(loose.id, [theme.id].into()), (child.id, [theme.id].into())].into()
    );
    let ring = Code { parent: Some(child.id), ..small.study.codes().get(&small.code).unwrap().clone() };
    let before = small.study.codes().get(&small.code).unwrap().clone();
    assert!(matches!(small.study.apply(&[Change::update(before, ring)]), Err(Conflict::Rule { .. })));
}

#[test]
fn a_quote_goes_with_the_last_thing_on_it() {
    let mut small = small();
    let (quote, coding) = small.code_passage(0, "tired", 1);
    let memo = Memo {
        id: fresh(&small.ids),
        on: MemoOn::Quote(quote.id),
        kind: MemoKind::Analytic,
        coder: small.coders[1],
        at: Timestamp::UNIX_EPOCH,
        text: "Of what?".into(),
    };
    small.study.apply(&[Change::create(memo.clone())]).unwrap();
    let (uncoded, unsaid) = (Change::delete(coding), Change::delete(memo));
    let gone = vec![Change::delete(quote.clone())];
    let emptied = |small: &Small, changes: &[&Change]| {
        small.study.changes_to_emptied(&changes.iter().copied().cloned().collect::<Vec<_>>())
    };
    assert_eq!(emptied(&small, &[&uncoded]), [], "the memo of a colleague is on it");
    assert_eq!(emptied(&small, &[&unsaid]), []);
    assert_eq!(emptied(&small, &[&uncoded, &unsaid]), gone);
    let starred = Quote { starred: true, ..quote.clone() };
    small.study.apply(&[Change::update(quote.clone(), starred.clone())]).unwrap();
    assert_eq!(emptied(&small, &[&uncoded, &unsaid]), []);
    small.study.apply(&[uncoded, unsaid]).unwrap();
    assert_eq!(emptied(&small, &[&Change::update(starred, quote)]), gone);
}

#[test]
fn a_passage_lies_in_the_current_text_and_cuts_no_character() {
    let small = small();
    let at = |start, end| {
        Passage::at(small.transcript, small.revision, Span { start, end }, "ŷ one").map(|p| p.words)
    };
    // The composed letter is two bytes.
    assert_eq!(at(0, 2), Ok("ŷ"));
    assert_eq!(at(0, 1), Err(PassageError::CutsGrapheme));
    assert_eq!((at(2, 2), at(4, 40)), (Err(PassageError::Outside), Err(PassageError::Outside)));
    let cut = Passage::at(small.transcript, small.revision, Span { start: 0, end: 1 }, "y\u{302}");
    assert_eq!(cut.unwrap_err(), PassageError::CutsGrapheme);
    let old = Passage {
        revision: fresh(&small.ids),
        ..Passage::at(small.transcript, small.revision, Span::new(0, 5), TEXT).unwrap()
    };
    assert_eq!(small.study.quote_on(small.coders[0], old, &small.ids).unwrap_err(), PassageError::Revised);
    let label = Passage { revision: small.revision, ..old };
    let code = small.study.codes().get(&small.code).unwrap();
    let coded = small.study.changes_to_code(small.coders[0], label, code, None, &small.ids);
    assert_eq!(coded.unwrap_err(), PassageError::NotSpeech);
}

#[test]
fn names_with_numbers_sort_by_size() {
    let mut small = small();
    let first = small.study.transcripts().get(&small.transcript).unwrap().clone();
    for name in ["I10", "I2", "fg 6b"] {
        let (id, revision) = (fresh(&small.ids), fresh(&small.ids));
        let mut copy = small.study.revisions().get(&small.revision).unwrap().clone();
        (copy.id, copy.transcript) = (revision, id);
        let transcript = Transcript { id, revision, name: name.into(), ..first.clone() };
        small.study.apply(&[Change::create(transcript), Change::create(copy)]).unwrap();
    }
    let names: Vec<&str> = small.study.transcripts_by_name().iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["FG06", "fg 6b", "I2", "I10"]);
    assert!(small.study.transcript_named("fg-06").is_some());
}

proptest! {
    /// Whatever changes are made, taking them back gives the same records and the same answers.
    #[test]
    fn revert_after_apply_is_identity(steps in prop::collection::vec((0usize..2, 0usize..3, 0usize..4), 1..12)) {
        let mut small = small();
        let words = ["tired", "so tired", "Me too."];
        for (coder, passage, kind) in steps {
            let quote = small.quote(coder, words[passage]);
            let held = small.study.quotes_in(small.transcript)
                .find(|held| (held.coder, held.span) == (quote.coder, quote.span)).cloned();
            let changes = match (kind, held) {
                (0 | 1, None) => vec![Change::create(small.coding(&quote, 3)), Change::create(quote)],
                (2, Some(held)) => vec![Change::update(held.clone(), Quote { starred: !held.starred, ..held })],
                (3, Some(held)) => {
                    let codings: Vec<_> = small.study.codings_on(held.id).cloned().collect();
                    codings.into_iter().map(Change::delete).chain([Change::delete(held)]).collect()
                }
                _ => vec![Change::create(Code::new(fresh(&small.ids), &format!("Code {passage}")))],
            };
            let before = format!("{:?}", small.study);
            if small.study.apply(&changes).is_ok() {
                let after = format!("{:?}", small.study);
                small.study.revert(&changes);
                prop_assert_eq!(&format!("{:?}", small.study), &before);
                small.study.apply(&changes).unwrap();
                prop_assert_eq!(format!("{:?}", small.study), after);
            } else {
                prop_assert_eq!(format!("{:?}", small.study), before);
            }
        }
    }
}

#[test]
fn a_step_is_signed_and_brings_its_coder_and_a_coder_is_known_again_by_name() {
    let Small { mut study, ids, coders, .. } = small();
    let me = Coder { id: fresh(&ids), name: "Kim".into() };
    let step = |name: &str| Step {
        command: "new_code".into(),
        changes: vec![Change::create(Code::new(fresh(&ids), name))],
        ..Step::default()
    };
    let action = study.act(&me, step("Sleep"), &ids).unwrap();
    assert_eq!((action.coder, action.changes.len()), (me.id, 2));
    assert_eq!(study.act(&me, step("Rest"), &ids).unwrap().changes.len(), 1);
    study.act(&me, step("rest"), &ids).unwrap_err();
    assert_eq!(study.codes().len(), 3);
    let renamed = Coder { id: me.id, name: "Kim B.".into() };
    study.apply(&[Change::update(me.clone(), renamed.clone())]).unwrap();
    assert_eq!(study.known_coder(&me), renamed);
    let stranger = Coder { id: fresh(&ids), name: "C2".into() };
    assert_eq!(study.known_coder(&stranger).id, coders[1]);
    let nobody = Coder { name: "Lou".into(), ..stranger };
    assert_eq!(study.known_coder(&nobody), nobody);
}

#[test]
fn a_name_is_short_and_plain_and_what_the_study_had_comes_back_all_the_same() {
    let mut small = small();
    let coder = small.study.coders().get(&small.coders[0]).unwrap().clone();
    // Apart from those of the study.
    let ids = Counter(AtomicU64::new(10_000));
    let step = |changes: Vec<Change>, undoes: Option<ActionId>| Step {
        command: "add_code".into(),
        undoes,
        changes,
        ..Step::default()
    };
    for name in ["x".repeat(201), "a\u{1b}b".into()] {
        let long = Change::create(Code::new(fresh(&ids), &name));
        let refused = small.study.act(&coder, step(vec![long.clone()], None), &ids);
        assert!(matches!(refused, Err(Conflict::Rule { .. })), "{name}");
        // As one that was there before the rule was, deleted and brought back.
        let undone = small.study.act(&coder, step(vec![long], Some(fresh(&ids))), &ids);
        assert!(undone.is_ok(), "{undone:?}");
    }
}

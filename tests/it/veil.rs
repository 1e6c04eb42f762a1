//! The veil: what a blind coder is shown is what would be shown if it were made anew, whatever happens; and from the
//! command line.

use std::sync::Arc;

use combe::search::{Corpus, FilterNames, Plan, Query, ReadTurns};
use combe::study::{
    BasketEntry, Blind, Case, Change, Code, CodeState, Coder, Coding, Hidden, Hideable, Memo, MemoKind,
    MemoOn, Quote, Source, Study, Summary, SummaryState, Theme, Topic, Veil, Voice, fresh,
};
use combe::text::Span;
use proptest::prelude::*;

use crate::fixture::Ticking;
use crate::screen::Parts;

/// A study that c1 and c2 work on, as c2 sees it.
struct Stage {
    source: Arc<Ticking>,
    coders: [Coder; 2],
    shown: Study,
    veil: Veil,
}

impl Stage {
    fn new() -> Stage {
        let mut parts = Parts::small();
        let second = Coder { id: fresh(&*parts.source), name: "c2".into() };
        let draft = Code::new(fresh(&*parts.source), "Draft");
        parts.study.apply(&[Change::create(second.clone()), Change::create(draft)]).unwrap();
        let mut stage = Stage {
            source: parts.source.clone(),
            coders: [parts.me.clone(), second],
            shown: parts.study,
            veil: Veil::default(),
        };
        stage.veil.draw(&mut stage.shown, stage.coders[1].id);
        stage
    }

    fn whole(&self) -> &Study {
        self.veil.whole(&self.shown)
    }

    /// One of many possible steps; nothing, if it is not possible now.
    fn changes(&self, (kind, who, which): (usize, usize, usize)) -> Vec<Change> {
        let (source, study, coder) = (&*self.source, self.whole(), self.coders[who].id);
        let transcript = study.transcripts_by_name()[which % 2].clone();
        let codes: Vec<&Code> = study.codes().iter().collect();
        let code = codes[which % codes.len()].clone();
        let own: Vec<&Quote> = study.quotes_in(transcript.id).filter(|quote| quote.coder == coder).collect();
        let quote = own.get(which % own.len().max(1)).copied().cloned();
        match (kind, quote) {
            (0 | 1, _) => {
                let span = Span::new(60 + which, 61 + which * 2);
                let (id, text) = (fresh(source), "x".repeat(which + 1));
                let (transcript, revision) = (transcript.id, transcript.revision);
                let quote = Quote { id, coder, transcript, revision, span, text, starred: false };
                let coding = Coding {
                    id: fresh(source),
                    quote: id,
                    code: code.id,
                    valence: None,
                    at: source.now(),
                    blind: false,
                };
                vec![Change::create(quote), Change::create(coding)]
            }
            (2, Some(quote)) => study.changes_to_drop(&quote),
            (3, Some(quote)) => {
                let on =
                    vec![MemoOn::Quote(quote.id), MemoOn::Code(code.id), MemoOn::Transcript(transcript.id)]
                        .swap_remove(which % 3);
                let (id, at) = (fresh(source), source.now());
                vec![Change::create(Memo { id, on, kind: MemoKind::Analytic, coder, at, text: "?".into() })]
            }
            (4, _) => match study.blind_now(coder, transcript.id) {
                Some(blind) => {
                    vec![Change::update(blind.clone(), Blind { end: Some(source.now()), ..blind.clone() })]
                }
                None => vec![Change::create(Blind {
                    transcript: transcript.id,
                    coder,
                    start: source.now(),
                    end: None,
                })],
            },
            (5, _) => {
                let state =
                    if code.state == CodeState::Draft { CodeState::Working } else { CodeState::Draft };
                vec![Change::update(code.clone(), Code { state, ..code })]
            }
            (6, _) => {
                let (id, name) = (fresh(source), format!("Theme {}", study.themes().len()));
                let (barriers, facilitators, note) = (vec![code.id], vec![], String::new());
                vec![Change::create(Theme { id, name, position: 0, barriers, facilitators, note })]
            }
            (8, _) => {
                let person = study.participants().iter().nth(which % study.participants().len()).unwrap().id;
                let number = study.turns(transcript.id).unwrap().turns[which % 4].number;
                let what = [
                    Hideable::Turn(transcript.id, number),
                    Hideable::Participant(person),
                    Hideable::Transcript(transcript.id),
                ];
                let what = what[which % 3];
                match study.hidden_by(what) {
                    Some(held) => vec![Change::delete(held.clone())],
                    None => vec![Change::create(Hidden { id: fresh(source), what })],
                }
            }
            (9, Some(quote)) => {
                let start = quote.span.start + 20 * u32::try_from(which).unwrap() % 120;
                let span = Span { start, end: start + u32::try_from(quote.text.len()).unwrap() };
                vec![Change::update(quote.clone(), Quote { span, ..quote })]
            }
            (10, Some(quote)) => {
                let held = study.basket_entries().iter().find(|entry| entry.quote == quote.id);
                match held {
                    Some(held) => vec![Change::delete(held.clone())],
                    None => vec![Change::create(BasketEntry { id: fresh(source), coder, quote: quote.id })],
                }
            }
            (11, quote) => {
                let person = study.participants().iter().nth(which % study.participants().len()).unwrap().id;
                let (id, at) = (fresh(source), source.now());
                vec![Change::create(Summary {
                    id,
                    case: if which % 2 == 0 { Case::Participant(person) } else { Case::Group(transcript.id) },
                    topic: Topic::Code(code.id),
                    basis: None,
                    coder,
                    at,
                    text: "?".into(),
                    state: SummaryState::Drafted,
                    quotes: quote.map(|quote| quote.id).into_iter().collect(),
                    checked_by: None,
                })]
            }
            (12, _) => {
                let voices = [Voice::Interviewer, Voice::Several]
                    .into_iter()
                    .chain(study.participants().iter().map(|person| Voice::Participant(person.id)));
                let voices: Vec<Voice> = voices.collect();
                let voice = voices[which % voices.len()];
                let turns = study.turns(transcript.id).unwrap();
                let change = match which % 2 {
                    0 => study.change_to_bind(
                        transcript.id,
                        &turns.speakers[which % turns.speakers.len()],
                        voice,
                    ),
                    _ => study.change_to_voice(transcript.id, turns.turns[which % 4].number, Some(voice)),
                };
                change.into_iter().collect()
            }
            (7, _) => {
                let parent = codes[(which + 1) % codes.len()].id;
                vec![Change::update(code.clone(), Code { parent: Some(parent), ..code })]
            }
            _ => Vec::new(),
        }
    }
}

/// Everything that a study holds, as text that can be compared.
fn contents(study: &Study) -> String {
    format!("{study:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// After any steps of two coders, done and taken back, what the blind one is shown is what would be shown anew, and what
    /// lies behind is what it would be without a veil.
    #[test]
    fn what_is_shown_follows_the_whole(steps in prop::collection::vec((0usize..13, 0usize..2, 0usize..9), 1..40)) {
        let mut stage = Stage::new();
        let viewer = stage.coders[1].id;
        let mut plain = stage.shown.clone();
        let mut done: Vec<Vec<Change>> = Vec::new();
        for step in steps {
            let changes = stage.changes(step);
            let (mut shown, mut veil) = (stage.shown.clone(), stage.veil.clone());
            let applied = veil.apply(&mut shown, &changes);
            prop_assert_eq!(applied.is_ok(), plain.apply(&changes).is_ok());
            if applied.is_ok() {
                done.push(changes);
            }
            (stage.shown, stage.veil) = (shown, veil);
            prop_assert_eq!(contents(stage.whole()), contents(&plain));
            let anew = plain.seen_by(viewer).unwrap_or_else(|| plain.clone());
            prop_assert_eq!(contents(&stage.shown), contents(&anew));
        }
        for changes in done.iter().rev() {
            stage.veil.revert(&mut stage.shown, changes);
            plain.revert(changes);
            let anew = plain.seen_by(viewer).unwrap_or_else(|| plain.clone());
            prop_assert_eq!(contents(&stage.shown), contents(&anew));
        }
    }
}

#[test]
fn filters_do_not_find_what_a_blind_coder_must_not_see() {
    let mut stage = Stage::new();
    let [c1, c2] = stage.coders.clone();
    let i43 = stage.shown.transcript_named("I43").unwrap().clone();
    let mut apply = |changes: Vec<Change>| stage.veil.apply(&mut stage.shown, &changes).unwrap();
    let source = stage.source.clone();
    let blind = Blind { transcript: i43.id, coder: c2.id, start: source.now(), end: None };
    apply(vec![Change::create(blind.clone())]);
    let found = |study: &Study, query: &str| {
        let corpus = Arc::new(Corpus::of(study));
        let query = Query::parse(query, &FilterNames::of(study)).unwrap();
        let plan = Plan::new(&query, study, &corpus, &ReadTurns::new()).unwrap();
        let entry = corpus.entry_of(i43.id).unwrap();
        let results =
            combe::search::search(&plan, None, &NoTexts, usize::MAX, &combe::search::Cancel::new()).unwrap();
        results.found.count_in(entry.range())
    };
    let turns = stage.shown.turns(i43.id).unwrap().turns.clone();
    let quote = Quote {
        id: fresh(&*source),
        coder: c1.id,
        transcript: i43.id,
        revision: i43.revision,
        span: turns[1].speech,
        text: "…".into(),
        starred: true,
    };
    let code = stage.shown.code_named("workload").unwrap().id;
    let (id, at) = (fresh(&*source), source.now());
    let coding = Coding { id, quote: quote.id, code, valence: None, at, blind: false };
    let memo = Memo {
        id: fresh(&*source),
        on: MemoOn::Quote(quote.id),
        kind: MemoKind::Analytic,
        coder: c1.id,
        at,
        text: "?".into(),
    };
    let changes = vec![Change::create(quote), Change::create(coding), Change::create(memo)];
    stage.veil.apply(&mut stage.shown, &changes).unwrap();
    let filters = [
        "code:workload",
        "by:c1",
        "is:coded",
        "is:starred",
        "is:memo",
        "valence:barrier",
        "component:opportunity.physical",
    ];
    for filter in filters {
        assert_eq!((filter, found(&stage.shown, filter)), (filter, 0));
    }
    assert_eq!(found(&stage.shown, "is:uncoded"), 6, "nothing is coded there, for all that c2 knows");
    let end = Blind { end: Some(source.now()), ..blind.clone() };
    stage.veil.apply(&mut stage.shown, &[Change::update(blind, end)]).unwrap();
    for filter in filters {
        assert_eq!((filter, found(&stage.shown, filter)), (filter, 1));
    }
}

/// Filters alone need no texts.
struct NoTexts;

impl combe::search::TextSource for NoTexts {
    fn text(&self, _: combe::study::RevisionId) -> Result<Arc<str>, combe::search::NoText> {
        Ok("".into())
    }
}

//! Tables of a paper on a large study: 9,100 transcripts with 500,000 codings by 300 codes. Each is to take under two seconds.
//!
//! `cargo bench --bench tables`; `COMBE_TRANSCRIPTS=91` for the size of the sample.

#![expect(clippy::unwrap_used, reason = "a bench on made-up data stops at the first surprise")]

use std::sync::LazyLock;

use combe::analysis::{Evidence, Scope, Sheets, TableKind, TableOptions, Together, make_table};
use combe::study::{
    Attribute, AttributeOf, AttributeValue, Binding, Classification, Classified, Code, CodeId, Coder, Coding,
    Kind, Participant, Quote, Record, Revision, Settings, Side, Study, Subject, Template, Theme, Transcript,
    Turn, TurnNumber, Turns, Value, Voice,
};
use combe::text::{Span, count_words};
use divan::{Bencher, black_box};
use jiff::Timestamp;
use uuid::Uuid;

const CODES: usize = 300;
/// Codings of each transcript: 9,100 times 55 is 500,500.
const CODINGS: usize = 55;
const TURNS: usize = 60;
const SPEECH: &str = "I think time is really key, we are so pressurised for time seeing patients.";

fn main() {
    divan::main();
}

struct Ids(u64);

impl Ids {
    fn fresh<T: From<Uuid>>(&mut self) -> T {
        self.0 += 1;
        Uuid::from_u64_pair(0, self.0).into()
    }
}

static LARGE: LazyLock<(Study, Sheets)> = LazyLock::new(|| {
    let transcripts = std::env::var("COMBE_TRANSCRIPTS").ok().and_then(|n| n.parse().ok()).unwrap_or(9_100);
    let study = study(transcripts);
    let mut sheets = Sheets::default();
    sheets.refresh(&study);
    (study, sheets)
});

/// One person an interview, in eight groups; ten themes of two codes.
fn study(transcripts: usize) -> Study {
    let mut ids = Ids(0);
    let template = Template::shipped("com-b").unwrap().unwrap();
    let mut records: Vec<Record> = vec![template.framework.into()];
    let places: Vec<String> = template.components.iter().map(|held| held.id.clone()).collect();
    records.extend(template.components.into_iter().map(Record::from));
    let coder = Coder { id: ids.fresh(), name: "c1".into() };
    let of = AttributeOf::Participant;
    let group = Attribute { id: ids.fresh(), name: "group".into(), of, position: 0 };
    let codes: Vec<CodeId> = (0..CODES)
        .map(|n| {
            let side = [Some(Side::Barrier), Some(Side::Facilitator), None][n % 3];
            let code = Code { side, ..Code::new(ids.fresh(), &format!("Code {n}")) };
            let id = code.id;
            records.push(code.into());
            id
        })
        .collect();
    for n in 0..10 {
        let (id, name, position) = (ids.fresh(), format!("Theme {n}"), 0);
        let (barriers, facilitators) = (vec![codes[n * 3]], vec![codes[n * 3 + 1]]);
        records.push(Theme { id, name, position, barriers, facilitators, note: String::new() }.into());
        let (framework, component) = ("com-b".into(), places[n % places.len()].clone());
        records.push(Classification { of: Classified::Theme(id), framework, component }.into());
    }
    let mut turns = Vec::with_capacity(transcripts);
    for number in 0..transcripts {
        let person = Participant { id: ids.fresh(), name: format!("P{number}"), provisional: false };
        let subject = Subject::Participant(person.id);
        let value = Value::Given(vec![format!("group {}", number % 8)]);
        records.push(AttributeValue { attribute: group.id, subject, value, quote: None }.into());
        let (id, revision) = (ids.fresh(), ids.fresh());
        let binding = |speaker: &str, voice| Binding { transcript: id, speaker: speaker.into(), voice };
        records.push(binding("int", Voice::Interviewer).into());
        records.push(binding("p", Voice::Participant(person.id)).into());
        records.push(person.into());
        let (name, kind, at) = (format!("T{number}"), Kind::Interview, Timestamp::UNIX_EPOCH);
        let (source, sha256, language) = (String::new(), String::new(), None);
        records.push(Transcript { id, name, kind, revision, source, sha256, language }.into());
        let (digest, encoding, layout) = (String::new(), String::new(), String::new());
        let text = Revision { id: revision, transcript: id, number: 1, at, digest, encoding, layout };
        records.push(text.into());
        for n in 0..CODINGS {
            let start = (n + 1) * (SPEECH.len() + 10) + 6;
            let span = Span::new(start, start + 40);
            let quote = ids.fresh();
            let text = SPEECH[..40].to_owned();
            let coder = coder.id;
            records.push(
                Quote { id: quote, coder, transcript: id, revision, span, text, starred: false }.into(),
            );
            let code = codes[(n * 7 + number) % CODES];
            records.push(Coding { id: ids.fresh(), quote, code, valence: None, at, blind: false }.into());
        }
        turns.push(lay_turns(revision));
    }
    records.extend([coder.into(), group.into()]);
    let settings = Settings { lead: Some("c1".into()), compare: Some("group".into()), ..Settings::default() };
    Study::load(settings, records, turns)
}

fn lay_turns(revision: combe::study::RevisionId) -> Turns {
    let words = u32::try_from(count_words(SPEECH)).unwrap();
    let turn = |n: usize| {
        let start = n * (SPEECH.len() + 10);
        Turn {
            number: TurnNumber::whole(u32::try_from(n + 1).unwrap()),
            speaker: u16::from(n > 0),
            label: Span::new(start, start + 5),
            speech: Span::new(start + 6, start + 6 + SPEECH.len()),
            start_ms: None,
            end_ms: None,
            words,
        }
    };
    let speakers = vec!["int".to_owned(), "p".to_owned()];
    Turns { revision, speakers, turns: (0..TURNS).map(turn).collect(), times: vec![] }
}

#[divan::bench(args = TableKind::ALL, sample_count = 3)]
fn table(bencher: Bencher, kind: TableKind) {
    let (study, sheets) = &*LARGE;
    let (mut sheets, scope) = (sheets.clone(), Scope::default());
    let options = TableOptions { by: Some("group".into()), counts: true, ..TableOptions::default() };
    bencher.bench_local(|| {
        let counter = sheets.counter(study, &scope);
        black_box(make_table(kind, &counter, &options, None).unwrap())
    });
}

#[divan::bench(sample_count = 3)]
fn together_in_one_participant(bencher: Bencher) {
    let (study, sheets) = &*LARGE;
    let (mut sheets, scope) = (sheets.clone(), Scope::default());
    let options = TableOptions { together: Together::Participant, ..TableOptions::default() };
    bencher.bench_local(|| {
        let counter = sheets.counter(study, &scope);
        black_box(make_table(TableKind::Cooccurrence, &counter, &options, None).unwrap())
    });
}

/// Enter on the largest number there is.
#[divan::bench(sample_count = 3)]
fn quotes_behind_all_codings(bencher: Bencher) {
    let (study, sheets) = &*LARGE;
    let (mut sheets, scope) = (sheets.clone(), Scope::default());
    bencher.bench_local(|| {
        let counter = sheets.counter(study, &scope);
        black_box(counter.quotes_behind(&Evidence::default()))
    });
}

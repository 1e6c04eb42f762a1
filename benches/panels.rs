//! Panels, overview and coverage on a study of 91 transcripts and 12,000 codings.
//!
//! `cargo bench --bench panels`

#![expect(clippy::unwrap_used, reason = "a bench on made-up data stops at the first surprise")]

use combe::analysis::{
    ColumnsBy, Matrix, MatrixPlan, Overview, Panel, PanelOf, RowsBy, Scope, Sheets, basis_of,
};
use combe::study::{
    Attribute, AttributeOf, AttributeValue, Binding, Change, Classification, Classified, Code, CodeId, Coder,
    CoderId, Coding, Kind, Participant, ParticipantId, Quote, Record, Revision, RevisionId, Settings, Side,
    Study, Subject, Summary, SummaryState, Template, Theme, Transcript, TranscriptId, Turn, TurnNumber,
    Turns, Value, Voice,
};
use combe::text::{Span, count_words};
use divan::{Bencher, black_box};
use jiff::Timestamp;
use uuid::Uuid;

const TRANSCRIPTS: u64 = 91;
const TURNS: usize = 170;
const CODES: usize = 60;
const CODINGS: usize = 132;
const SPEECH: &str = "I think time is really key, we are so pressurised for time seeing patients and the volume \
    that want to be seen, and nobody has asked us what would help with any of it. So we do what we can.";

fn main() {
    divan::main();
}

/// Identifiers 1, 2, 3.
struct Ids(u64);

impl Ids {
    fn fresh<T: From<Uuid>>(&mut self) -> T {
        self.0 += 1;
        Uuid::from_u64_pair(0, self.0).into()
    }
}

/// 91 transcripts of 170 turns, two thirds of them a participant's; 151 people in two groups; 60 codes, 20 of them in
/// ten themes of two sides.
fn study() -> Study {
    let mut ids = Ids(0);
    let mut records: Vec<Record> = Vec::new();
    let mut turns = Vec::new();
    let template = Template::shipped("com-b").unwrap().unwrap();
    let places: Vec<String> = template.components.iter().map(|component| component.id.clone()).collect();
    records.push(template.framework.into());
    records.extend(template.components.into_iter().map(Record::from));
    let coder = Coder { id: ids.fresh(), name: "c1".into() };
    let attribute =
        Attribute { id: ids.fresh(), name: "group".into(), of: AttributeOf::Participant, position: 0 };
    let codes = codebook(&mut ids, &places, &mut records);
    let people: Vec<Participant> = (1..=151)
        .map(|n| Participant { id: ids.fresh(), name: format!("P{n:03}"), provisional: false })
        .collect();
    for (n, person) in people.iter().enumerate() {
        let value = Value::Given(vec![if n < 85 { "public" } else { "clinician" }.into()]);
        let subject = Subject::Participant(person.id);
        records.push(AttributeValue { attribute: attribute.id, subject, value, quote: None }.into());
    }
    let mut seats = people.iter().cycle();
    for number in 0..TRANSCRIPTS {
        let kind = if number < 80 { Kind::Interview } else { Kind::FocusGroup };
        let seated = seats.by_ref().take(if kind == Kind::Interview { 1 } else { 6 }).map(|person| person.id);
        let (transcript, made) = add_transcript(&mut ids, number, kind, seated.collect(), &mut records);
        turns.push(made);
        let made = turns.last().unwrap();
        for n in 0..CODINGS {
            let code = codes[(n * 7 + usize::try_from(number).unwrap()) % CODES];
            code_passage(&mut ids, n, (transcript, made), coder.id, code, &mut records);
        }
    }
    records.extend([coder.into(), attribute.into()]);
    records.extend(people.into_iter().map(Record::from));
    let settings = Settings { lead: Some("c1".into()), compare: Some("group".into()), ..Settings::default() };
    Study::load(settings, records, turns)
}

fn add_transcript(
    ids: &mut Ids,
    number: u64,
    kind: Kind,
    people: Vec<ParticipantId>,
    records: &mut Vec<Record>,
) -> (TranscriptId, Turns) {
    let (transcript, revision) = (ids.fresh(), ids.fresh());
    let mut keys = vec!["int".to_owned()];
    records.push(Binding { transcript, speaker: "int".into(), voice: Voice::Interviewer }.into());
    for (n, person) in people.into_iter().enumerate() {
        let (speaker, voice) = (format!("p{n}"), Voice::Participant(person));
        keys.push(speaker.clone());
        records.push(Binding { transcript, speaker, voice }.into());
    }
    let (name, nothing, at) = (format!("T{number}"), String::new(), Timestamp::UNIX_EPOCH);
    let (source, sha256) = (nothing.clone(), nothing.clone());
    records.push(Transcript { id: transcript, name, kind, revision, source, sha256, language: None }.into());
    let (digest, encoding, layout) = (nothing.clone(), nothing.clone(), nothing);
    records.push(Revision { id: revision, transcript, number: 1, at, digest, encoding, layout }.into());
    (transcript, lay_turns(revision, keys))
}

/// Codes a whole turn and a part of one in turn.
fn code_passage(
    ids: &mut Ids,
    n: usize,
    (transcript, turns): (TranscriptId, &Turns),
    coder: CoderId,
    code: CodeId,
    records: &mut Vec<Record>,
) {
    let speech = turns.turns[1 + n % (TURNS - 1)].speech;
    let (from, to) = if n.is_multiple_of(2) { (0, SPEECH.len()) } else { (8 + n % 20, 100) };
    let span = Span::new(speech.start as usize + from, speech.start as usize + to);
    let (id, text, starred) = (ids.fresh(), SPEECH[from..to].to_owned(), n.is_multiple_of(30));
    let revision = turns.revision;
    records.push(Quote { id, coder, transcript, revision, span, text, starred }.into());
    let at = Timestamp::UNIX_EPOCH;
    records.push(Coding { id: ids.fresh(), quote: id, code, valence: None, at, blind: false }.into());
}

fn codebook(ids: &mut Ids, places: &[String], records: &mut Vec<Record>) -> Vec<CodeId> {
    let codes: Vec<Code> = (0..CODES)
        .map(|n| {
            let side = [Some(Side::Barrier), Some(Side::Facilitator), None][n % 3];
            Code { side, ..Code::new(ids.fresh(), &format!("Code {n}")) }
        })
        .collect();
    let under = |of, n: usize| Classification {
        of,
        framework: "com-b".into(),
        component: places[n % places.len()].clone(),
    };
    for n in 0..10 {
        let (id, name, position) = (ids.fresh(), format!("Theme {n}"), 0);
        let (barriers, facilitators) = (vec![codes[n * 3].id], vec![codes[n * 3 + 1].id]);
        records.push(Theme { id, name, position, barriers, facilitators, note: String::new() }.into());
        records.push(under(Classified::Theme(id), n).into());
    }
    for (n, code) in codes.iter().enumerate().skip(30) {
        records.push(under(Classified::Code(code.id), n).into());
    }
    let ids = codes.iter().map(|code| code.id).collect();
    records.extend(codes.into_iter().map(Record::from));
    ids
}

fn lay_turns(revision: RevisionId, speakers: Vec<String>) -> Turns {
    let words = u32::try_from(count_words(SPEECH)).unwrap();
    let others = speakers.len() - 1;
    let turn = |n: usize| {
        let start = n * (SPEECH.len() + 10);
        Turn {
            number: TurnNumber::whole(u32::try_from(n + 1).unwrap()),
            speaker: u16::try_from(if n.is_multiple_of(3) { 0 } else { 1 + n % others }).unwrap(),
            label: Span::new(start, start + 5),
            speech: Span::new(start + 6, start + 6 + SPEECH.len()),
            start_ms: None,
            end_ms: None,
            words,
        }
    };
    Turns { revision, speakers, turns: (0..TURNS).map(turn).collect(), times: vec![] }
}

#[divan::bench]
fn all_sheets_from_nothing(bencher: Bencher) {
    let study = study();
    bencher.bench_local(|| {
        let mut sheets = Sheets::default();
        sheets.refresh(&study);
        black_box(sheets)
    });
}

#[divan::bench]
fn panel(bencher: Bencher) {
    let (study, mut sheets, scope) = (study(), Sheets::default(), Scope::default());
    sheets.refresh(&study);
    bencher.bench_local(|| {
        Panel::of(&sheets.counter(&study, &scope), PanelOf::Component("opportunity.physical".into()))
    });
}

#[divan::bench]
fn overview(bencher: Bencher) {
    let (study, mut sheets, scope) = (study(), Sheets::default(), Scope::default());
    sheets.refresh(&study);
    bencher.bench_local(|| Overview::of(&sheets.counter(&study, &scope)));
}

/// A coding comes, and the panel on screen is made again.
#[divan::bench]
fn panel_after_a_coding(bencher: Bencher) {
    let (mut study, mut sheets, scope) = (study(), Sheets::default(), Scope::default());
    sheets.refresh(&study);
    let quote = study.quotes().iter().next().unwrap().clone();
    let code = study.codes().iter().last().unwrap().id;
    let (id, at) = (Uuid::from_u64_pair(1, 0).into(), Timestamp::UNIX_EPOCH);
    let changes = [Change::create(Coding { id, quote: quote.id, code, valence: None, at, blind: false })];
    bencher.bench_local(|| {
        study.apply(&changes).unwrap();
        sheets.note(&study, &changes);
        let counter = sheets.counter(&study, &scope);
        black_box(Panel::of(&counter, PanelOf::Component("opportunity.physical".into())));
        study.revert(&changes);
        sheets.note(&study, &changes);
    });
}

/// A summary is saved where every cell with evidence has one, and the matrix on screen is made again: 151 people by 60
/// codes.
#[divan::bench]
fn matrix_after_a_summary(bencher: Bencher) {
    let (mut study, mut sheets, scope) = (study(), Sheets::default(), Scope::default());
    sheets.refresh(&study);
    let plan =
        MatrixPlan { rows: RowsBy::Participants, columns: ColumnsBy::Codes(None), ..MatrixPlan::default() };
    let coder = study.coders().iter().next().unwrap().id;
    let made = Matrix::of(&sheets.counter(&study, &scope), &plan, None).unwrap();
    let mut written = Vec::new();
    for (row, case) in made.rows.iter().enumerate() {
        for (at, column) in made.columns.iter().enumerate() {
            let evidence = &made.cell(row, at).unwrap().evidence;
            if !evidence.is_empty() {
                let basis = Some(basis_of(&study, evidence, &column.codes));
                let (id, at) = (Uuid::from_u64_pair(2, written.len() as u64).into(), Timestamp::UNIX_EPOCH);
                let (case, topic, state) = (case.case, column.topic.clone(), SummaryState::Drafted);
                let (text, quotes) = (String::from("Says so."), Vec::new());
                let checked_by = None;
                written.push(Summary { id, case, topic, coder, at, text, state, quotes, basis, checked_by });
            }
        }
    }
    let last = Change::create(written.pop().unwrap());
    let created: Vec<Change> = written.into_iter().map(Change::create).collect();
    study.apply(&created).unwrap();
    bencher.bench_local(|| {
        let change = std::slice::from_ref(&last);
        study.apply(change).unwrap();
        sheets.note(&study, change);
        black_box(Matrix::of(&sheets.counter(&study, &scope), &plan, Some(coder)).unwrap());
        study.revert(change);
        sheets.note(&study, change);
    });
}

//! A correction in a transcript with 300 quotes: what it takes in memory. It is to be on the screen in under 16 ms.
//!
//! `cargo bench --bench correction`.

#![expect(clippy::unwrap_used, reason = "a bench on made-up data stops at the first surprise")]

use std::cell::Cell;
use std::sync::LazyLock;

use combe::study::{
    Coder, Edit, Kind, Quote, Record, Revision, Rewriting, Settings, Source, Speaker, Study, Transcript,
    TranscriptId, Turn, TurnNumber, Turns, fresh,
};
use combe::text::{Span, count_words};
use divan::{Bencher, black_box};
use jiff::Timestamp;
use uuid::Uuid;

/// Quotes, one in each turn.
const QUOTES: u32 = 300;

fn main() {
    divan::main();
}

/// Identifiers that count up, at one moment.
struct Ids(Cell<u64>);

impl Source for Ids {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn fresh(&self) -> Uuid {
        self.0.set(self.0.get() + 1);
        Uuid::from_u64_pair(0, self.0.get())
    }
}

struct Coded {
    study: Study,
    transcript: TranscriptId,
    text: String,
    /// The speech of the turn in the middle.
    middle: Span,
}

static CODED: LazyLock<Coded> = LazyLock::new(coded);

fn coded() -> Coded {
    let ids = Ids(Cell::new(0));
    let coder = Coder { id: fresh(&ids), name: "c1".into() };
    let (transcript, revision) = (fresh(&ids), fresh(&ids));
    let speaker = Speaker { transcript, key: "ann".into(), label: "Ann".into() };
    let (mut text, mut turns, mut quotes): (String, Vec<Turn>, Vec<Record>) = Default::default();
    for number in 1..=QUOTES {
        let label = text.len();
        text.push_str("Ann:");
        let label = Span::new(label, text.len());
        let start = text.len() + 1;
        text.push_str(&format!(
            " Well, this is number {number}, time is realy key, we are pressurised for time {number}."
        ));
        let speech = Span::new(start, text.len());
        text.push_str("\n\n");
        let said = speech.slice(&text).unwrap();
        let words = u32::try_from(count_words(said)).unwrap();
        let quoted = Span { start: speech.start + 6, end: speech.end - 10 };
        quotes.push(
            Quote {
                id: fresh(&ids),
                coder: coder.id,
                transcript,
                revision,
                span: quoted,
                text: quoted.slice(&text).unwrap().into(),
                starred: false,
            }
            .into(),
        );
        let number = TurnNumber::whole(number);
        turns.push(Turn { number, speaker: 0, label, speech, start_ms: None, end_ms: None, words });
    }
    let middle = turns[turns.len() / 2].speech;
    let mut records: Vec<Record> = vec![
        coder.into(),
        Transcript {
            id: transcript,
            name: "I1".into(),
            kind: Kind::Interview,
            revision,
            source: String::new(),
            sha256: String::new(),
            language: None,
        }
        .into(),
        Revision {
            id: revision,
            transcript,
            number: 1,
            at: Timestamp::UNIX_EPOCH,
            digest: String::new(),
            encoding: "UTF-8".into(),
            layout: "label: speech".into(),
        }
        .into(),
        speaker.into(),
    ];
    records.extend(quotes);
    let turns = Turns { revision, speakers: vec!["ann".into()], turns, times: Vec::new() };
    let study = Study::load(Settings::default(), records, [turns]);
    Coded { study, transcript, text, middle }
}

/// One word of one turn put right: the next text, its turns, and all quotes carried.
#[divan::bench]
fn one_word(bencher: Bencher) {
    let coded = &*CODED;
    let said = coded.middle.slice(&coded.text).unwrap();
    let edit = [Edit::reword(coded.middle, said.replace("realy", "really"))];
    let ids = Ids(Cell::new(1_000_000));
    bencher
        .bench_local(|| black_box(coded.study.correct(coded.transcript, &coded.text, &edit, &ids).unwrap()));
}

/// The same word put right in every turn, in one sitting.
#[divan::bench]
fn every_turn(bencher: Bencher) {
    let coded = &*CODED;
    let turns = coded.study.turns(coded.transcript).unwrap();
    let edit = |turn: &Turn| {
        let said = turn.speech.slice(&coded.text).unwrap();
        Edit::reword(turn.speech, said.replace("realy", "really"))
    };
    let edits: Vec<Edit> = turns.turns.iter().map(edit).collect();
    let ids = Ids(Cell::new(1_000_000));
    bencher
        .bench_local(|| black_box(coded.study.correct(coded.transcript, &coded.text, &edits, &ids).unwrap()));
}

/// What differs between two texts, as the screen shows it.
#[divan::bench]
fn differences(bencher: Bencher) {
    let coded = &*CODED;
    let new = coded.text.replace("realy", "really");
    bencher.bench_local(|| black_box(Rewriting::between(&coded.text, &new).stretches()));
}

/// The same where one word of one turn does: what a quote in doubt waits for.
#[divan::bench]
fn one_difference(bencher: Bencher) {
    let coded = &*CODED;
    let mut new = coded.text.clone();
    let said = coded.middle.slice(&coded.text).unwrap().replace("realy", "really");
    new.replace_range(coded.middle.range(), &said);
    bencher.bench_local(|| black_box(Rewriting::between(&coded.text, &new).stretches()));
}

//! A correction in a transcript with 300 quotes: what it takes in memory, from the key that saves it to the screen that shows it
//! (to be under 16 ms), and to the disk that has it (under 50 ms, on the disk that the build is on).
//!
//! `cargo bench --bench correction`.

#![expect(clippy::unwrap_used, reason = "a bench on made-up data stops at the first surprise")]

use std::cell::Cell;
use std::sync::{Arc, LazyLock};

use combe::app::keymap::{Keymap, parse_keys};
use combe::app::{About, Effect, Loaded, Model, Msg, Place, Screen, Setting, Size, Texts, update};
use combe::run::SystemSource;
use combe::store::{NewText, Signature, Store};
use combe::study::{
    Change, Coder, Edit, Kind, Quote, Record, Revision, Rewriting, Settings, Source, Speaker, Step, Study,
    Transcript, TranscriptId, Turn, TurnNumber, Turns, fresh,
};
use combe::text::{Span, count_words};
use combe::ui;
use combe::ui::glyphs::{GlyphSet, Glyphs};
use combe::ui::theme::{Colours, Theme};
use divan::{Bencher, black_box};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
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
    coder: Coder,
    records: Vec<Record>,
    turns: Turns,
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
        coder.clone().into(),
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
    let study = Study::load(Settings::default(), records.clone(), [turns.clone()]);
    Coded { study, coder, records, turns, transcript, text, middle }
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

/// The program with the transcript open, and a word typed into the turn in the middle that is not saved yet.
fn typed() -> Model {
    let coded = &*CODED;
    let setting = Setting {
        source: Arc::new(SystemSource),
        me: coded.coder.clone(),
        keymap: Arc::new(Keymap::shipped().unwrap()),
        zone: TimeZone::UTC,
        size: Size { width: 80, height: 24 },
        read_only: None,
        about: About::default(),
        codes_made: Vec::new(),
    };
    let place = Place {
        screen: Screen::Read,
        transcript: Some(coded.transcript),
        caret: coded.middle.start,
        ..Place::default()
    };
    let (mut model, _) = Model::start(setting, Study::default(), Texts::default(), &place);
    let loaded = Loaded { study: coded.study.clone(), ..Loaded::default() };
    update(&mut model, Msg::StudyLoaded(Box::new(loaded)));
    let text = Arc::from(coded.text.as_str());
    update(&mut model, Msg::TextLoaded { revision: coded.turns.revision, text, turns: None });
    press(&mut model, "W w end x");
    model
}

fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    parse_keys(keys).unwrap().into_iter().flat_map(|key| update(model, Msg::Key(key))).collect()
}

/// From the key that saves the words of a turn to the frame that shows them.
#[divan::bench]
fn key_to_screen(bencher: Bencher) {
    let area = Rect { x: 0, y: 0, width: 80, height: 24 };
    let theme = Theme::of(Colours::None);
    bencher.with_inputs(typed).bench_local_values(|mut model| {
        let effects = press(&mut model, "C-s");
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Commit { .. })));
        let mut buffer = Buffer::empty(area);
        ui::draw(&model, &theme, Glyphs::of(GlyphSet::Unicode), area, &mut buffer);
        black_box((model, buffer))
    });
}

/// From the words of a turn to the disk that has them: the revision, its turns and all quotes, in one durable action.
#[divan::bench]
fn key_to_saved(bencher: Bencher) {
    let coded = &*CODED;
    // Not the temporary folder, which may be in memory: the disk that the build is on.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let signature = Signature { os_user: "bench".into(), host: "here".into(), process: std::process::id() };
    let at = folder.path().join("study");
    let mut store = Store::create(&at, "name = \"bench\"\n", signature, &SystemSource).unwrap();
    let (mut study, _) = store.load().unwrap();
    study.add_turns(Arc::new(coded.turns.clone()));
    let made = Step {
        command: "import".into(),
        label: "import".into(),
        changes: coded.records.iter().cloned().map(Change::create).collect(),
        ..Step::default()
    };
    let action = study.act(&coded.coder, made, &SystemSource).unwrap();
    let first =
        NewText { revision: coded.turns.revision, text: coded.text.clone(), turns: coded.turns.clone() };
    store.commit(&action, &[first]).unwrap();
    let (mut text, mut words) = (coded.text.clone(), ["realy", "really"]);
    bencher.bench_local(|| {
        let speech = study.turns(coded.transcript).unwrap().turns[QUOTES as usize / 2].speech;
        let said = speech.slice(&text).unwrap().replace(words[0], words[1]);
        let edit = [Edit::reword(speech, said)];
        let correction = study.correct(coded.transcript, &text, &edit, &SystemSource).unwrap();
        study.add_turns(Arc::new(correction.text.turns.clone()));
        let step = Step { label: "corrected".into(), changes: correction.changes, ..Step::default() };
        let action = study.act(&coded.coder, step, &SystemSource).unwrap();
        text.clone_from(&correction.text.text);
        store.commit(&action, &[correction.text]).unwrap();
        words.reverse();
    });
}

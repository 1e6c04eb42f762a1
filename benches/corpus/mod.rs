//! A made-up corpus to measure with: 91 transcripts, about 619,000 words and 3.4 MB, or as many as you like.
//!
//! The same every time. Words follow Zipf's law over 12,000 of them: the commonest of spoken English, some of
//! a study of health services, and made-up ones with English endings. A transcript is written as import
//! writes it: `Label: speech` and a blank line a turn. It looks like interviews from afar; nobody said any of
//! it.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::collections::BTreeMap;
use std::sync::Arc;

use combe::study::{
    Binding, Code, Coder, Coding, Kind, Participant, Quote, Record, Revision, RevisionId, Settings, Study,
    Transcript, Turn, TurnNumber, Turns, Voice,
};
use combe::text::{Span, count_words};
use jiff::Timestamp;
use uuid::Uuid;

/// Transcripts of the study that everything is measured on.
pub(crate) const TRANSCRIPTS: usize = 91;

/// Turns of one transcript, and words of one, on average.
const TURNS: usize = 121;
const WORDS: usize = 58;

/// The commonest words of spoken English, by rank.
const COMMON: &str = "the and I to a of you that it in is was it's they so we have for be on but just like with not \
    what do know think there if or at as are them all he this can one then because about my me get people got would \
    up when your yeah don't really out she that's well how no from which go were had her some when going more been \
    very their now want who time good say something by lot see I'm our could has did an him things back little \
    those work way any than down quite only other right other over into off where should these might even bit";

/// Words of a study of health services.
const TOPICAL: &str = "service services patient patients clinician clinicians appointment appointments pressure \
    pressures pressurised waiting community communities coproduction co-production involve involved involvement money \
    funding training nurse nurses doctor surgery hospital ward staff meeting meetings health board support \
    supported relationship relationships trust voice experience experiences language Welsh tŷ café barrier help helped \
    colour colours housing home carer carers family families feedback form forms group groups engagement decision";

/// Names and texts of `count` transcripts: of 91, 80 are interviews and 11 focus groups.
pub(crate) fn transcripts(count: usize) -> impl Iterator<Item = (String, String)> {
    let vocabulary = Vocabulary::new();
    (0..count).map(move |number| {
        let group = number % TRANSCRIPTS >= 80;
        let name = format!("{}{:02}", if group { "FG" } else { "I" }, number + 1);
        (name, text(&vocabulary, &mut Dice(number as u64 + 1), group))
    })
}

/// A study of `count` transcripts with their texts, everybody bound, and 5,000 codings of 30 codes for every
/// 91.
pub(crate) fn study(count: usize) -> (Study, BTreeMap<RevisionId, Arc<str>>) {
    let mut made = Made { coder: Uuid::from_u64_pair(0, 1), ..Made::default() };
    made.ids = 1;
    made.records.push(Coder { id: made.coder.into(), name: "c1".into() }.into());
    for n in 0..30 {
        let id = made.fresh();
        made.codes.push(id);
        made.records.push(Code::new(id.into(), &format!("Code {n}")).into());
    }
    for (name, text) in transcripts(count) {
        made.add(&name, &text);
    }
    (Study::load(Settings::default(), made.records, made.turns), made.texts)
}

#[derive(Default)]
struct Made {
    ids: u64,
    coder: Uuid,
    codes: Vec<Uuid>,
    records: Vec<Record>,
    turns: Vec<Turns>,
    texts: BTreeMap<RevisionId, Arc<str>>,
}

impl Made {
    fn fresh(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u64_pair(0, self.ids)
    }

    fn add(&mut self, name: &str, text: &str) {
        let (id, revision) = (self.fresh(), self.fresh());
        let turns = turns(revision.into(), text);
        let kind = if name.starts_with("FG") { Kind::FocusGroup } else { Kind::Interview };
        let (at, nothing) = (Timestamp::UNIX_EPOCH, String::new());
        let transcript = Transcript {
            id: id.into(),
            name: name.into(),
            kind,
            revision: revision.into(),
            source: format!("{name}.txt"),
            sha256: nothing.clone(),
            language: None,
        };
        let revision = Revision {
            id: revision.into(),
            transcript: id.into(),
            number: 1,
            at,
            digest: nothing.clone(),
            encoding: nothing.clone(),
            layout: nothing,
        };
        for key in &turns.speakers {
            let voice = if key == "interviewer" {
                Voice::Interviewer
            } else {
                let person = self.fresh();
                let (id, name) = (person.into(), format!("{name} {key}"));
                self.records.push(Participant { id, name, provisional: false }.into());
                Voice::Participant(person.into())
            };
            self.records.push(Binding { transcript: id.into(), speaker: key.clone(), voice }.into());
        }
        let mut dice = Dice(self.ids);
        for _ in 0..55 {
            let span = turns.turns[dice.below(turns.turns.len())].speech;
            let quote = Quote {
                id: self.fresh().into(),
                coder: self.coder.into(),
                transcript: id.into(),
                revision: revision.id,
                span,
                text: span.slice(text).unwrap_or_default().into(),
                starred: dice.below(30) == 0,
            };
            let code = self.codes[dice.below(self.codes.len())].into();
            let coding =
                Coding { id: self.fresh().into(), quote: quote.id, code, valence: None, at, blind: false };
            self.records.extend([quote.into(), coding.into()]);
        }
        self.texts.insert(revision.id, text.into());
        self.records.extend([transcript.into(), revision.into()]);
        self.turns.push(turns);
    }
}

/// The turns of a text as [`transcripts`] writes it.
pub(crate) fn turns(revision: RevisionId, text: &str) -> Turns {
    let mut found = Turns { revision, speakers: vec![], turns: vec![], times: vec![] };
    let mut start = 0;
    for block in text.split_inclusive("\n\n") {
        let body = block.trim_end();
        let (label, speech) = body.split_once(": ").unwrap_or((body, ""));
        let key = label.to_lowercase();
        let speaker = found.speakers.iter().position(|known| *known == key).unwrap_or_else(|| {
            found.speakers.push(key);
            found.speakers.len() - 1
        });
        found.turns.push(Turn {
            number: TurnNumber::whole(u32::try_from(found.turns.len()).unwrap_or(u32::MAX) + 1),
            speaker: u16::try_from(speaker).unwrap_or(u16::MAX),
            label: Span::new(start, start + label.len() + 1),
            speech: Span::new(start + body.len() - speech.len(), start + body.len()),
            start_ms: None,
            end_ms: None,
            words: u32::try_from(count_words(speech)).unwrap_or(u32::MAX),
        });
        start += block.len();
    }
    found
}

fn text(vocabulary: &Vocabulary, dice: &mut Dice, group: bool) -> String {
    let mut text = String::with_capacity(40_000);
    for turn in 0..TURNS {
        let asks = turn.is_multiple_of(2);
        match (asks, group) {
            (true, _) => text.push_str("Interviewer: "),
            (false, false) => text.push_str("Participant: "),
            (false, true) => text.push_str(&format!("P{}: ", 1 + dice.below(6))),
        }
        // Who asks says little, who answers much.
        let average = if asks { WORDS / 3 } else { WORDS * 5 / 3 };
        let words = average / 2 + dice.below(average);
        speak(vocabulary, dice, words, &mut text);
        text.push_str("\n\n");
    }
    text
}

fn speak(vocabulary: &Vocabulary, dice: &mut Dice, words: usize, text: &mut String) {
    let mut left = 0;
    for said in 0..words {
        let begins = left == 0;
        if begins {
            left = 4 + dice.below(16);
        }
        left -= 1;
        let word = vocabulary.word(dice);
        let mut letters = word.chars();
        match letters.next().filter(|_| begins) {
            Some(first) => {
                text.extend(first.to_uppercase());
                text.push_str(letters.as_str());
            }
            None => text.push_str(word),
        }
        let ends = left == 0 || said + 1 == words;
        text.push_str(match (ends, dice.below(12)) {
            (true, 0) => "?",
            (true, _) => ".",
            (false, 0) => ",",
            (false, _) => "",
        });
        if said + 1 < words {
            text.push(' ');
        }
    }
}

struct Vocabulary {
    words: Vec<String>,
    /// Sum of the weights up to and with each word.
    sums: Vec<f64>,
}

impl Vocabulary {
    fn new() -> Self {
        let mut words: Vec<String> = COMMON.split_whitespace().map(String::from).collect();
        let mut dice = Dice(7);
        let mut topical = TOPICAL.split_whitespace();
        while words.len() < 12_000 {
            // Topical words lie scattered among the made-up ones.
            let next = if words.len().is_multiple_of(3) { topical.next() } else { None };
            words.push(next.map_or_else(|| made_up(&mut dice), String::from));
        }
        let mut sum = 0.0;
        let sums = (1..=words.len())
            .map(|rank| {
                sum += (rank as f64 + 2.7).powf(-1.1);
                sum
            })
            .collect();
        Self { words, sums }
    }

    fn word(&self, dice: &mut Dice) -> &str {
        let total = self.sums.last().copied().unwrap_or(0.0);
        let drawn = total * (dice.next() >> 11) as f64 / (1u64 << 53) as f64;
        let at = self.sums.partition_point(|sum| *sum < drawn);
        self.words.get(at).map_or("the", String::as_str)
    }
}

fn made_up(dice: &mut Dice) -> String {
    const BEGIN: [&str; 16] =
        ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "st", "tr", "pl", "ch"];
    const MIDDLE: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "ou", "ai"];
    const END: [&str; 12] = ["", "s", "ed", "ing", "er", "ly", "ion", "ment", "t", "n", "l", "ness"];
    let mut word = String::new();
    for _ in 0..1 + dice.below(2) {
        word.push_str(BEGIN[dice.below(BEGIN.len())]);
        word.push_str(MIDDLE[dice.below(MIDDLE.len())]);
    }
    word.push_str(BEGIN[dice.below(12)]);
    word.push_str(END[dice.below(END.len())]);
    word
}

/// A small generator of numbers (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>): the same on every
/// machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

//! What became of quotes, passages and turns, on a small transcript and on random ones.

mod merging;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::study::{
    Coder, CoderId, Hidden, Hideable, Kind, Quote, Record, Speaker, Turn, TurnVoice, Turns, Voice, fresh,
};
use crate::text::{Span, count_words, units};

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

const TEXT: &str =
    "Interviewer: How is it?\n\nAnn: I am so tierd of it. Realy tired.\n\nAnn: And cold.\n\nBen: Me too.\n";

/// A transcript of two coders, and its texts.
struct Desk {
    ids: Counter,
    study: Study,
    transcript: TranscriptId,
    text: String,
    coders: [CoderId; 2],
    /// Hidden turns of former texts.
    before: Vec<(TurnNumber, String)>,
}

/// The turns of a text in which each line with a colon is one.
fn turns_of(revision: RevisionId, text: &str) -> Turns {
    let mut turns = Turns { revision, speakers: vec![], turns: vec![], times: vec![] };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((label, _)) = line.split_once(": ") {
            let key = crate::text::fold_label(label);
            let speaker = turns.speakers.iter().position(|held| *held == key).unwrap_or_else(|| {
                turns.speakers.push(key);
                turns.speakers.len() - 1
            });
            let speech = Span::new(at + label.len() + 2, at + line.trim_end().len());
            turns.turns.push(Turn {
                number: TurnNumber::whole(u32::try_from(turns.turns.len() + 1).unwrap()),
                speaker: u16::try_from(speaker).unwrap(),
                label: Span::new(at, at + label.len() + 1),
                speech,
                start_ms: None,
                end_ms: None,
                words: u32::try_from(count_words(speech.slice(text).unwrap())).unwrap(),
            });
        }
        at += line.len();
    }
    turns
}

impl Desk {
    fn new(text: &str) -> Desk {
        let ids = Counter::default();
        let (transcript, revision) = (fresh(&ids), fresh(&ids));
        let coders: [CoderId; 2] = [fresh(&ids), fresh(&ids)];
        let mut study = Study::default();
        let turns = turns_of(revision, text);
        let mut changes: Vec<Change> = ["c1", "c2"]
            .into_iter()
            .zip(coders)
            .map(|(name, id)| Change::create(Coder { id, name: name.into() }))
            .collect();
        for key in &turns.speakers {
            let label = key.to_uppercase();
            changes.push(Change::create(Speaker { transcript, key: key.clone(), label }));
        }
        study.add_turns(Arc::new(turns));
        changes.push(Change::create(Transcript {
            id: transcript,
            name: "I1".into(),
            kind: Kind::Interview,
            revision,
            source: "I1.txt".into(),
            sha256: "the file".into(),
            language: None,
        }));
        changes.push(Change::create(Revision {
            id: revision,
            transcript,
            number: 1,
            at: Timestamp::UNIX_EPOCH,
            digest: sha256(text.as_bytes()),
            encoding: "UTF-8".into(),
            layout: "labels".into(),
        }));
        study.apply(&changes).unwrap();
        Desk { ids, study, transcript, text: text.into(), coders, before: Vec::new() }
    }

    fn revision(&self) -> RevisionId {
        self.study.transcripts().get(&self.transcript).unwrap().revision
    }

    fn at(&self, words: &str) -> Span {
        let at = self.text.find(words).unwrap_or_else(|| panic!("no {words}"));
        Span::new(at, at + words.len())
    }

    fn quote(&mut self, coder: usize, span: Span) -> QuoteId {
        let id = fresh(&self.ids);
        let (coder, transcript, revision) = (self.coders[coder], self.transcript, self.revision());
        let text = span.slice(&self.text).unwrap().to_owned();
        let quote = Quote { id, coder, transcript, revision, span, text, starred: false };
        self.study.apply(&[Change::create(quote)]).unwrap();
        id
    }

    /// Puts words in the place of others.
    fn edit(&mut self, from: &str, to: &str) -> Result<Vec<QuoteId>, CorrectionError> {
        let span = self.at(from);
        let text = self.text.clone();
        let correction = self.study.correct(self.transcript, &text, &[Edit::reword(span, to)], &self.ids)?;
        Ok(self.take(correction))
    }

    fn hide(&mut self, turn: &str) -> Hidden {
        let what = Hideable::Turn(self.transcript, turn.parse().unwrap());
        let hidden = Hidden { id: fresh(&self.ids), what };
        self.study.apply(&[Change::create(hidden.clone())]).unwrap();
        hidden
    }

    /// What is said in turns that are hidden, with their numbers.
    fn hidden(&self) -> Vec<String> {
        let hidden = self.study.hidden_turns(self.transcript).unwrap_or_default();
        self.said().into_iter().zip(hidden).filter(|(_, hidden)| *hidden).map(|(said, _)| said).collect()
    }

    fn revise(&self, new: &str) -> Result<Correction, CorrectionError> {
        let turns = turns_of(self.revision(), new);
        let incoming = Incoming {
            text: new.into(),
            speakers: turns.speakers,
            turns: turns.turns,
            times: vec![],
            known: Vec::new(),
            encoding: "UTF-8".into(),
            layout: "labels".into(),
            transcript: self.study.transcripts().get(&self.transcript).unwrap().clone(),
        };
        self.study.revise(self.transcript, &self.text, incoming, &self.before, &self.ids)
    }

    fn take(&mut self, correction: Correction) -> Vec<QuoteId> {
        self.study.add_turns(Arc::new(correction.text.turns.clone()));
        self.study.apply(&correction.changes).unwrap();
        self.text = correction.text.text;
        self.check();
        correction.doubtful
    }

    fn words(&self, quote: QuoteId) -> &str {
        &self.study.quotes().get(&quote).unwrap().text
    }

    fn said(&self) -> Vec<String> {
        let turns = self.study.turns(self.transcript).unwrap();
        let say = |turn: &Turn| {
            format!("{} {}: {}", turn.number, turns.speaker_of(turn), turn.speech.slice(&self.text).unwrap())
        };
        turns.turns.iter().map(say).collect()
    }

    /// What holds of every revision.
    fn check(&self) {
        let turns = self.study.turns(self.transcript).unwrap();
        assert!(turns.turns.windows(2).all(|two| two[0].number < two[1].number));
        assert!(turns.turns.windows(2).all(|two| two[0].speech.end as usize <= two[1].begins()));
        for turn in &turns.turns {
            let speech = turn.speech.slice(&self.text).expect("speech on boundaries");
            assert_eq!(turn.words as usize, count_words(speech));
            assert!(turn.label.end <= turn.speech.start);
        }
        let revision = self.study.revisions().get(&self.revision()).unwrap();
        assert_eq!(revision.digest, sha256(self.text.as_bytes()));
        for quote in self.study.quotes_in(self.transcript).filter(|quote| quote.revision == revision.id) {
            assert_eq!(quote.span.slice(&self.text), Some(quote.text.as_str()));
        }
    }
}

#[test]
fn a_typo_is_mended_and_quotes_of_all_coders_follow() {
    let mut desk = Desk::new(TEXT);
    let (before, typo, after) = (desk.at("I am"), desk.at("so tierd of it"), desk.at("And cold."));
    let quotes = [desk.quote(0, before), desk.quote(0, typo), desk.quote(1, typo), desk.quote(1, after)];
    let file = desk.study.transcripts().get(&desk.transcript).unwrap().sha256.clone();
    assert_eq!(
        desk.edit("I am so tierd of it. Realy tired.", "I am so tired of it. Really very tired.").unwrap(),
        []
    );
    assert_eq!(
        quotes.map(|quote| desk.words(quote)),
        ["I am", "so tired of it", "so tired of it", "And cold."]
    );
    assert_eq!(
        desk.said(),
        [
            "1 interviewer: How is it?",
            "2 ann: I am so tired of it. Really very tired.",
            "3 ann: And cold.",
            "4 ben: Me too."
        ]
    );
    assert_eq!(desk.study.transcripts().get(&desk.transcript).unwrap().sha256, file);
    let numbers: Vec<u32> = desk.study.revisions_of(desk.transcript).iter().map(|held| held.number).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn a_quote_of_one_mended_word_follows_and_of_one_replaced_word_is_in_doubt() {
    let mut desk = Desk::new(TEXT);
    let (mended, replaced) = (desk.quote(0, desk.at("tierd")), desk.quote(0, desk.at("cold")));
    assert_eq!(desk.edit("tierd", "tired").unwrap(), []);
    assert_eq!(desk.edit("cold", "hungry").unwrap(), [replaced]);
    assert_eq!((desk.words(mended), desk.words(replaced)), ("tired", "cold"));
    assert_eq!(desk.study.doubtful_quotes(desk.transcript).count(), 1);
}

#[test]
fn a_name_replaced_by_another_keeps_its_quotes() {
    let mut desk = Desk::new("Ann: I went to Cardiff with Sian.\n");
    let (name, all) = (desk.quote(0, desk.at("Cardiff")), desk.quote(0, desk.at("to Cardiff with Sian")));
    let edits = [Edit::rename(desk.at("Cardiff"), "[a city in Wales]"), Edit::rename(desk.at("Sian"), "[…]")];
    let correction = desk.study.correct(desk.transcript, &desk.text, &edits, &desk.ids).unwrap();
    assert_eq!(desk.take(correction), []);
    assert_eq!(desk.words(name), "[a city in Wales]");
    assert_eq!(desk.words(all), "to [a city in Wales] with […]");
}

#[test]
fn a_deleted_passage_leaves_its_quotes_in_doubt_with_their_words() {
    let mut desk = Desk::new(TEXT);
    let span = desk.at("Realy tired.");
    let gone = desk.quote(1, span);
    let old = desk.text.clone();
    assert_eq!(desk.edit("I am so tierd of it. Realy tired.", "I am so tierd of it.").unwrap(), [gone]);
    assert_eq!(desk.words(gone), "Realy tired.");
    let proposal = Rewriting::between(&old, &desk.text).propose(span, &desk.text);
    assert_eq!((proposal.place, proposal.near as usize), (None, desk.at("of it.").end as usize));
}

#[test]
fn what_comes_in_at_an_edge_stays_outside() {
    let mut desk = Desk::new(TEXT);
    let quote = desk.quote(0, desk.at("And cold."));
    assert_eq!(desk.edit("And cold.", "Well. And very cold. Yes!").unwrap(), []);
    assert_eq!(desk.words(quote), "And very cold.");
}

#[test]
fn a_sign_makes_no_word_a_spelling_of_another() {
    let mut desk = Desk::new("Ann: ada\n\nBen: He is from Swansee, I think.\n\n");
    let (other, spelled) = (desk.quote(0, desk.at("ada")), desk.quote(0, desk.at("Swansee,")));
    assert_eq!(desk.edit("ada", "bad,").unwrap(), [other], "two of three letters are others");
    assert_eq!(desk.edit("Swansee,", "Swansea").unwrap(), [other], "still that one");
    assert_eq!(desk.words(spelled), "Swansea");
}

#[test]
fn a_turn_is_not_emptied_and_takes_no_label() {
    let mut desk = Desk::new(TEXT);
    assert_eq!(desk.edit("Me too.", "  \n").unwrap_err(), CorrectionError::Emptied(TurnNumber::whole(4)));
    assert_eq!(
        desk.edit("Me too.", "Me too.\nInterviewer: Why?").unwrap_err(),
        CorrectionError::Label("INTERVIEWER".into())
    );
    // Nobody of that label is in this transcript, but it is one.
    assert_eq!(
        desk.edit("Me too.", "Me too.\nParticipant 2: Why?").unwrap_err(),
        CorrectionError::Label("Participant 2".into())
    );
    assert_eq!(desk.edit("Me too.", "Me too.").unwrap_err(), CorrectionError::Nothing);
    assert_eq!(desk.edit("cold.\n\nBen: Me", "cold. Me").unwrap_err(), CorrectionError::AcrossTurns);
    assert_eq!(desk.text, TEXT);
    assert_eq!(desk.edit("Me too.", "Me too: why?").unwrap(), []);
}

#[test]
fn a_turn_is_split_and_joined_again_with_its_voice_and_quotes() {
    let mut desk = Desk::new(TEXT);
    let quotes = [desk.quote(0, desk.at("of it. Realy")), desk.quote(0, desk.at("Realy tired."))];
    let (transcript, turn) = (desk.transcript, TurnNumber::whole(2));
    let voice = TurnVoice { transcript, turn, voice: Voice::Several };
    desk.study.apply(&[Change::create(voice)]).unwrap();
    let before = desk.study.clone();
    let cut = desk.at("Realy").start;
    let split = desk.study.split_turn(transcript, &desk.text, turn, cut, &desk.ids).unwrap();
    let inverse: Vec<Change> = split.changes.iter().rev().map(Change::inverse).collect();
    assert_eq!(desk.take(split), []);
    assert_eq!(
        desk.said(),
        [
            "1 interviewer: How is it?",
            "2a ann: I am so tierd of it.",
            "2b ann: Realy tired.",
            "3 ann: And cold.",
            "4 ben: Me too."
        ]
    );
    let voices = |desk: &Desk| -> Vec<String> {
        desk.study.turn_voices().iter().map(|held| held.turn.to_string()).collect()
    };
    assert_eq!(voices(&desk), ["2a", "2b"]);
    assert_eq!(quotes.map(|quote| desk.words(quote)), ["of it. Realy", "Realy tired."]);
    assert_eq!(desk.text, TEXT);

    let mut undone = desk.study.clone();
    undone.apply(&inverse).unwrap();
    assert!(undone.quotes().iter().eq(before.quotes().iter()));
    assert!(undone.revisions().iter().eq(before.revisions().iter()));

    let number = |text: &str| text.parse().unwrap();
    let nothing = desk.study.split_turn(transcript, &desk.text, number("2b"), cut, &desk.ids);
    assert_eq!(nothing.unwrap_err(), CorrectionError::NoCut(number("2b")));
    let within = desk.at("so tierd").start;
    let no_letter = desk.study.split_turn(transcript, &desk.text, number("2a"), within, &desk.ids);
    assert_eq!(no_letter.unwrap_err(), CorrectionError::NoLetter(number("2a")));

    let joined = desk.study.join_turns(transcript, &desk.text, number("2a"), &desk.ids).unwrap();
    assert_eq!(desk.take(joined), []);
    assert_eq!(voices(&desk), ["2"]);
    assert_eq!(desk.said()[1], "2 ann: I am so tierd of it. Realy tired.");

    // Several speak in turn 2, Ann alone in turn 3: joined, her words would count for nobody.
    let two = desk.study.join_turns(transcript, &desk.text, turn, &desk.ids);
    assert_eq!(two.unwrap_err(), CorrectionError::TwoVoices(turn, number("3")));
    let third = TurnVoice { transcript, turn: number("3"), voice: Voice::Several };
    desk.study.apply(&[Change::create(third)]).unwrap();
    let hidden = desk.hide("3");
    let half = desk.study.join_turns(transcript, &desk.text, turn, &desk.ids);
    assert_eq!(half.unwrap_err(), CorrectionError::HiddenTurn(number("3")));
    desk.study.apply(&[Change::delete(hidden)]).unwrap();
    let joined = desk.study.join_turns(transcript, &desk.text, turn, &desk.ids).unwrap();
    assert_eq!(desk.take(joined), []);
    assert_eq!(
        desk.said(),
        ["1 interviewer: How is it?", "2 ann: I am so tierd of it. Realy tired. And cold.", "4 ben: Me too."]
    );
    let last = desk.study.join_turns(transcript, &desk.text, number("4"), &desk.ids);
    assert_eq!(last.unwrap_err(), CorrectionError::NoNeighbour(number("4")));
}

#[test]
fn a_quote_in_doubt_takes_a_place_beside_what_its_coder_has_there() {
    let mut desk = Desk::new(TEXT);
    let (gone, held) = (desk.quote(0, desk.at("Realy tired")), desk.quote(0, desk.at("cold")));
    desk.edit(" Realy tired.", "").unwrap();
    let quote = desk.study.quotes().get(&gone).unwrap().clone();
    let (span, revision) = (desk.at("so tierd"), desk.revision());
    let mut free = desk.study.clone();
    free.apply(&desk.study.changes_to_place(&quote, revision, span, "so tierd")).unwrap();
    assert_eq!(free.quotes().get(&gone).map(|quote| (quote.revision, quote.span)), Some((revision, span)));
    let changes = desk.study.changes_to_place(&quote, revision, desk.at("cold"), "cold");
    desk.study.apply(&changes).unwrap();
    assert!(!desk.study.quotes().has(&gone) && desk.study.quotes().has(&held));
    let drop = desk.study.changes_to_drop(&desk.study.quotes().get(&held).unwrap().clone());
    desk.study.apply(&drop).unwrap();
    assert_eq!(desk.study.quotes().len(), 0);
}

#[test]
fn parts_of_a_hidden_turn_are_hidden() {
    let mut desk = Desk::new(TEXT);
    let (transcript, turn) = (desk.transcript, TurnNumber::whole(2));
    let whole = desk.hide("2");
    let cut = desk.at("Realy").start;
    let split = desk.study.split_turn(transcript, &desk.text, turn, cut, &desk.ids).unwrap();
    desk.take(split);
    assert_eq!(desk.hidden(), ["2a ann: I am so tierd of it.", "2b ann: Realy tired."]);
    desk.study.apply(&[Change::delete(whole)]).unwrap();
    desk.hide("2b");
    let before = desk.hidden();
    assert_eq!(before, ["2b ann: Realy tired."]);
    let cut = desk.at("tired.").start;
    let split = desk.study.split_turn(transcript, &desk.text, "2b".parse().unwrap(), cut, &desk.ids).unwrap();
    let back: Vec<Change> = split.changes.iter().rev().map(Change::inverse).collect();
    desk.take(split);
    assert_eq!(desk.hidden(), ["2b ann: Realy", "2c ann: tired."]);
    desk.study.apply(&back).unwrap();
    assert_eq!(desk.hidden(), before);
}

#[test]
fn two_hidden_turns_are_joined_to_a_hidden_one() {
    let mut desk = Desk::new(TEXT);
    let (transcript, turn) = (desk.transcript, TurnNumber::whole(2));
    let cut = desk.at("Realy").start;
    let split = desk.study.split_turn(transcript, &desk.text, turn, cut, &desk.ids).unwrap();
    desk.take(split);
    let (first, _) = (desk.hide("2a"), desk.hide("2b"));
    let joined = desk.study.join_turns(transcript, &desk.text, "2a".parse().unwrap(), &desk.ids).unwrap();
    desk.take(joined);
    assert_eq!(desk.hidden(), ["2 ann: I am so tierd of it. Realy tired."]);
    // One that is shown is not joined with it.
    let half = desk.study.join_turns(transcript, &desk.text, turn, &desk.ids);
    assert_eq!(half.unwrap_err(), CorrectionError::HiddenTurn(turn));
    desk.hide("3");
    desk.study.apply(&[Change::delete(first)]).unwrap();
    let joined = desk.study.join_turns(transcript, &desk.text, turn, &desk.ids).unwrap();
    desk.take(joined);
    assert_eq!(desk.hidden(), ["2 ann: I am so tierd of it. Realy tired. And cold."]);
}

#[test]
fn a_hidden_turn_that_left_and_returns_is_hidden() {
    let mut desk = Desk::new(TEXT);
    desk.hide("2");
    let without = TEXT.replace("Ann: I am so tierd of it. Realy tired.\n\n", "");
    let gone = desk.revise(&without).unwrap();
    desk.take(gone);
    assert_eq!(desk.study.hidden_turns_gone(desk.transcript), [TurnNumber::whole(2)]);
    desk.before = vec![(TurnNumber::whole(2), "I am so tierd of it. Realy tired.".into())];
    // Put together with what is shown, it would come to light.
    let together = without.replace("And cold", "I am so tired of it. Really tired. And cold");
    assert_eq!(desk.revise(&together).unwrap_err(), CorrectionError::HiddenTurn(TurnNumber::whole(2)));
    let back = desk.revise(&TEXT.replace("tierd", "tired")).unwrap();
    desk.take(back);
    assert_eq!(desk.hidden(), ["1a ann: I am so tired of it. Realy tired."]);
}

#[test]
fn a_hidden_turn_stays_hidden_under_another_number() {
    let mut desk = Desk::new(TEXT);
    desk.hide("3");
    let correction = desk.revise(&format!("Interviewer: Welcome.\n\n{TEXT}")).unwrap();
    assert!(correction.renumbered);
    let back: Vec<Change> = correction.changes.iter().rev().map(Change::inverse).collect();
    desk.take(correction);
    assert_eq!(desk.hidden(), ["4 ann: And cold."]);
    desk.study.apply(&back).unwrap();
    desk.text = TEXT.into();
    assert_eq!(desk.hidden(), ["3 ann: And cold."]);
}

#[test]
fn hidden_words_are_not_put_together_with_others() {
    let mut desk = Desk::new(TEXT);
    desk.hide("3");
    let three: TurnNumber = "3".parse().unwrap();
    let joined = desk.revise(&TEXT.replace(" Realy tired.\n\nAnn: And", " Realy tired. And")).unwrap_err();
    assert_eq!(joined, CorrectionError::HiddenTurn(three));
    let other = "Interviewer: Hello.\n\n".to_owned() + &TEXT.replace("Ann: And cold.\n\n", "");
    // The welcome takes a number of its own, and Ben the one of the turn that is gone.
    assert_eq!(desk.revise(&other).unwrap_err(), CorrectionError::HiddenGone(three));
}

#[test]
fn words_of_a_hidden_turn_that_is_gone_stay_out_of_sight() {
    let mut desk = Desk::new(TEXT);
    let quote = desk.quote(0, desk.at("And cold"));
    desk.hide("3");
    let correction = desk.revise(&TEXT.replace("Ann: And cold.\n\n", "")).unwrap();
    assert_eq!(desk.take(correction), [quote]);
    assert!(desk.hidden().is_empty());
    assert!(desk.study.is_quote_hidden(desk.study.quotes().get(&quote).unwrap()));
    let three = desk.study.hideable_named("I1:3").unwrap();
    let held = desk.study.hidden_by(three).unwrap().clone();
    desk.study.apply(&[Change::delete(held)]).unwrap();
    assert!(!desk.study.is_quote_hidden(desk.study.quotes().get(&quote).unwrap()));
}

/// Turns as lists of words that stand nowhere else: what a correction elsewhere moves about.
fn moved_about(
    turns: &mut Vec<Vec<String>>,
    step: (usize, prop::sample::Index, usize),
    shown: &BTreeSet<String>,
) {
    let (kind, pick, by) = step;
    let at = pick.index(turns.len());
    match kind {
        0 if turns[at].len() >= 6 => {
            let cut = 3 + by % (turns[at].len() - 5);
            let rest = turns[at].split_off(cut);
            turns.insert(at + 1, rest);
        }
        1 if at + 1 < turns.len() => {
            let rest = turns.remove(at + 1);
            turns[at].extend(rest);
        }
        2 if turns.len() > 1 => drop(turns.remove(at)),
        3 => turns.insert(at, vec![format!("new{by}"), format!("come{by}"), format!("in{by}")]),
        4 => {
            let other = by % turns.len();
            turns.swap(at, other);
        }
        5 if turns[at].iter().all(|word| shown.contains(word)) => turns[at][0] = format!("other{by}"),
        _ => {}
    }
}

/// An interview of so many turns.
fn long(turns: usize) -> String {
    let turn = |at: usize| {
        let who = ["Interviewer", "Ann"][at % 2];
        format!(
            "{who}: Well, number {at}, time is realy key, we're so pressurised for time seeing patients {at}.\n\n"
        )
    };
    (0..turns).map(turn).collect()
}

#[test]
fn a_correction_among_300_quotes_carries_them_all() {
    let mut desk = Desk::new(&long(600));
    for at in 0..300 {
        let turn = desk.study.turns(desk.transcript).unwrap().turns[at * 2].clone();
        desk.quote(at % 2, turn.speech);
    }
    let speech = desk.study.turns(desk.transcript).unwrap().turns[300].speech;
    let words = speech.slice(&desk.text).unwrap().replace("realy", "really");
    let edit = [Edit::reword(speech, words)];
    let correction = desk.study.correct(desk.transcript, &desk.text, &edit, &desk.ids).unwrap();
    assert_eq!((correction.carried, correction.doubtful.len()), (300, 0));
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof!["[a-d]{1,3}", Just("time".to_owned()), Just("tŷ".to_owned()), Just("e\u{301}n".to_owned())]
}

fn speech() -> impl Strategy<Value = String> {
    prop::collection::vec((word(), prop_oneof![Just(" "), Just(", "), Just(". ")]), 1..14).prop_map(|words| {
        words.into_iter().map(|(word, after)| word + after).collect::<String>().trim_end().to_owned()
    })
}

fn transcript() -> impl Strategy<Value = String> {
    prop::collection::vec((prop_oneof![Just("Int"), Just("Ann")], speech()), 1..7)
        .prop_map(|turns| turns.into_iter().map(|(who, said)| format!("{who}: {said}\n\n")).collect())
}

/// Words of a text, folded.
fn folded(text: &str) -> Vec<String> {
    units(text, crate::text::Unit::Word)
        .into_iter()
        .map(|span| crate::text::fold_name(span.slice(text).unwrap()))
        .collect()
}

/// The length of the longest common subsequence, where words that are half alike count as one.
fn in_common(a: &[String], b: &[String]) -> usize {
    let alike = |a: &str, b: &str| strsim::normalized_damerau_levenshtein(a, b) >= 0.5;
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let through = if alike(&a[i], &b[j]) { table[i + 1][j + 1] + 1 } else { 0 };
            table[i][j] = through.max(table[i + 1][j]).max(table[i][j + 1]);
        }
    }
    table[0][0]
}

/// Quotes over random words, within a turn or over several.
fn quote_at_random(desk: &mut Desk, picks: &[(prop::sample::Index, usize, bool)]) -> Vec<Quote> {
    let turns = Arc::clone(desk.study.turns(desk.transcript).unwrap());
    let words: Vec<Span> = turns
        .turns
        .iter()
        .flat_map(|turn| {
            let speech = turn.speech.slice(&desk.text).unwrap();
            units(speech, crate::text::Unit::Word)
                .into_iter()
                .map(|word| word.shifted(turn.speech.start as usize))
        })
        .collect();
    let mut made = BTreeSet::new();
    for (pick, length, second) in picks {
        let first = pick.index(words.len());
        let last = (first + length).min(words.len() - 1);
        let span = words[first].hull(words[last]);
        if made.insert((*second, span)) {
            desk.quote(usize::from(*second), span);
        }
    }
    desk.study.quotes().iter().cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Edits at random places: a quote that none of them touches keeps its words, and stands where they stand; any other
    /// either covers what its passage became, or keeps its words and is in doubt.
    #[test]
    fn edits_lose_no_words_and_cover_no_others(
        text in transcript(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0usize..8, any::<bool>()), 1..10),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..5, speech().prop_map(Some), any::<bool>()), 1..4),
    ) {
        let mut desk = Desk::new(&text);
        let quotes = quote_at_random(&mut desk, &picks);
        let turns = Arc::clone(desk.study.turns(desk.transcript).unwrap());
        let mut made: Vec<Edit> = Vec::new();
        for (pick, length, words, renames) in edits {
            let turn = &turns.turns[pick.index(turns.turns.len())];
            let speech = turn.speech.slice(&text).unwrap();
            let of_turn = units(speech, crate::text::Unit::Word);
            let first = pick.index(of_turn.len());
            let last = (first + length).min(of_turn.len() - 1);
            let span = of_turn[first].hull(of_turn[last]).shifted(turn.speech.start as usize);
            if made.iter().all(|held| !held.span.overlaps(span)) {
                made.push(Edit { span, replacement: words.unwrap_or_default(), renames });
            }
        }
        let correction = match desk.study.correct(desk.transcript, &text, &made, &desk.ids) {
            Ok(correction) => correction,
            Err(error) => {
                prop_assert_eq!(error, CorrectionError::Nothing);
                return Ok(());
            }
        };
        // What was written, by hand.
        let mut expected = String::new();
        let mut sorted: Vec<&Edit> = made.iter().collect();
        sorted.sort_by_key(|edit| edit.span);
        let mut from = 0;
        for edit in &sorted {
            expected.push_str(&text[from..edit.span.start as usize]);
            expected.push_str(&edit.replacement);
            from = edit.span.end as usize;
        }
        expected.push_str(&text[from..]);
        prop_assert_eq!(&correction.text.text, &expected);
        let shift = |byte: u32| -> i64 {
            sorted.iter().filter(|edit| edit.span.end <= byte)
                .map(|edit| edit.replacement.len() as i64 - edit.span.len() as i64).sum()
        };
        let changes = correction.changes.clone();
        let doubtful = desk.take(correction);
        let changed = |edit: &&&Edit| edit.replacement != edit.span.slice(&text).unwrap();
        for before in &quotes {
            let now = desk.study.quotes().get(&before.id).unwrap().clone();
            let touched: Vec<&&Edit> =
                sorted.iter().filter(changed).filter(|edit| edit.span.overlaps(before.span)).collect();
            if doubtful.contains(&before.id) {
                prop_assert_eq!(&now, before);
                prop_assert!(!touched.is_empty(), "lost its words: {:?}", before.text);
                continue;
            }
            prop_assert_eq!(now.revision, desk.revision());
            if touched.is_empty() {
                prop_assert_eq!(&now.text, &before.text);
                prop_assert_eq!(i64::from(now.span.start), i64::from(before.span.start) + shift(before.span.start));
            } else if touched.iter().all(|edit| edit.renames && before.span.covers(edit.span)) {
                // Names are replaced whole: what is covered is the passage with them.
                let mut words = String::new();
                let mut from = before.span.start as usize;
                for edit in &touched {
                    words.push_str(&text[from..edit.span.start as usize]);
                    words.push_str(&edit.replacement);
                    from = edit.span.end as usize;
                }
                words.push_str(&text[from..before.span.end as usize]);
                prop_assert_eq!(&now.text, &words);
            } else if touched.iter().all(|edit| !edit.renames) {
                let (old, new) = (folded(&before.text), folded(&now.text));
                prop_assert!(in_common(&old, &new) * 2 >= old.len().max(new.len()), "{:?} -> {:?}", before.text, now.text);
            }
        }
        // Undone, everything is as it was.
        let inverse: Vec<Change> = changes.iter().rev().map(Change::inverse).collect();
        desk.study.apply(&inverse).unwrap();
        let held: Vec<Quote> = desk.study.quotes().iter().cloned().collect();
        prop_assert_eq!(held, quotes);
    }

    /// Another whole text: what is carried has at least half of its words, what is not keeps them.
    #[test]
    fn another_text_covers_no_other_words(
        text in transcript(),
        other in transcript(),
        cut in any::<prop::sample::Index>(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0usize..8, any::<bool>()), 1..10),
    ) {
        let mut desk = Desk::new(&text);
        let quotes = quote_at_random(&mut desk, &picks);
        // The new text begins like the old one and goes on like another.
        let lines: Vec<&str> = text.split_inclusive("\n\n").collect();
        let kept = cut.index(lines.len() + 1);
        let new = format!("{}{other}", lines[..kept].concat());
        let correction = desk.revise(&new).unwrap();
        let doubtful = desk.take(correction);
        prop_assert_eq!(&desk.text, &new);
        for before in &quotes {
            let now = desk.study.quotes().get(&before.id).unwrap();
            if doubtful.contains(&before.id) {
                prop_assert_eq!(now, before);
                continue;
            }
            let (old, new) = (folded(&before.text), folded(&now.text));
            prop_assert!(in_common(&old, &new) * 2 >= old.len().max(new.len()), "{:?} -> {:?}", before.text, now.text);
        }
        let same = lines[..kept].concat().len();
        for before in quotes.iter().filter(|quote| quote.span.end as usize <= same && kept == lines.len()) {
            let now = desk.study.quotes().get(&before.id).unwrap();
            prop_assert_eq!((now.span, &now.text), (before.span, &before.text));
        }
    }

    /// Words that were hidden before a correction are hidden after it, and undone all is as it was.
    #[test]
    fn hidden_words_stay_hidden(
        lengths in prop::collection::vec(1usize..9, 1..7),
        hides in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
        steps in prop::collection::vec((0usize..6, any::<prop::sample::Index>(), 0usize..9), 1..5),
    ) {
        let write = |turns: &[Vec<String>]| -> String {
            turns.iter().map(|words| format!("Ann: {}\n\n", words.join(" "))).collect()
        };
        let mut turns: Vec<Vec<String>> = lengths
            .iter()
            .enumerate()
            .map(|(turn, length)| (0..*length).map(|word| format!("t{turn}w{word}")).collect())
            .collect();
        let mut desk = Desk::new(&write(&turns));
        let hides: BTreeSet<usize> = hides.iter().map(|pick| pick.index(turns.len())).collect();
        for at in &hides {
            desk.hide(&(at + 1).to_string());
        }
        let words = |hidden: bool| -> BTreeSet<String> {
            let of = turns.iter().enumerate().filter(|(at, _)| hides.contains(at) == hidden);
            of.flat_map(|(_, words)| words.clone()).collect()
        };
        let (hidden, shown) = (words(true), words(false));
        steps.into_iter().for_each(|step| moved_about(&mut turns, step, &shown));
        let before = (desk.hidden(), desk.study.hidden().iter().cloned().collect::<Vec<_>>());
        match desk.revise(&write(&turns)) {
            Err(error) => prop_assert!(
                matches!(error, CorrectionError::HiddenTurn(_) | CorrectionError::HiddenGone(_)),
                "{error}"
            ),
            Ok(correction) => {
                let back: Vec<Change> = correction.changes.iter().rev().map(Change::inverse).collect();
                let text = desk.text.clone();
                desk.take(correction);
                let out_of_sight = desk.study.hidden_turns(desk.transcript).unwrap_or_default();
                for (at, said) in turns.iter().enumerate() {
                    if !out_of_sight.get(at).copied().unwrap_or(false) {
                        prop_assert!(!said.iter().any(|word| hidden.contains(word)), "{:?}", desk.said());
                    }
                }
                desk.study.apply(&back).unwrap();
                desk.text = text;
                let after = (desk.hidden(), desk.study.hidden().iter().cloned().collect::<Vec<_>>());
                prop_assert_eq!(after, before);
            }
        }
    }

    /// A turn cut anywhere and joined again is the turn it was.
    #[test]
    fn a_split_and_a_join_are_nothing(text in transcript(), turn in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>()) {
        let mut desk = Desk::new(&text);
        let before = desk.said();
        let turns = Arc::clone(desk.study.turns(desk.transcript).unwrap());
        let whole = &turns.turns[turn.index(turns.turns.len())];
        let words = units(whole.speech.slice(&text).unwrap(), crate::text::Unit::Word);
        let byte = words[cut.index(words.len())].start + whole.speech.start;
        match desk.study.split_turn(desk.transcript, &text, whole.number, byte, &desk.ids) {
            Ok(split) => {
                prop_assert_eq!(split.text.turns.turns.iter().map(|turn| turn.words).sum::<u32>(), turns.turns.iter().map(|turn| turn.words).sum::<u32>());
                desk.take(split);
                let first = TurnNumber { part: 1, ..whole.number };
                let joined = desk.study.join_turns(desk.transcript, &text, first, &desk.ids).unwrap();
                desk.take(joined);
                prop_assert_eq!(desk.said(), before);
                prop_assert_eq!(&desk.text, &text);
            }
            Err(error) => prop_assert_eq!(error, CorrectionError::NoCut(whole.number)),
        }
    }
}

#[test]
fn the_records_of_a_correction_are_few() {
    let mut desk = Desk::new(TEXT);
    desk.quote(0, desk.at("Me too"));
    let edit = [Edit::reword(desk.at("cold"), "freezing cold")];
    let correction = desk.study.correct(desk.transcript, &desk.text, &edit, &desk.ids).unwrap();
    let kinds: Vec<&str> = correction.changes.iter().filter_map(Change::record).map(Record::kind).collect();
    assert_eq!(kinds, ["revisions", "transcripts", "quotes"]);
}

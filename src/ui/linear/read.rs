//! What the cursor is on in a transcript: the turn, who speaks, the words, and the codes on them.

use super::super::View;
use super::Said;
use crate::app::read::{Open, speaker_of};
use crate::study::{MemoKind, MemoOn, Valence};
use crate::text::{Unit, count_words, counted, units};

pub(super) fn say(view: &View<'_>) -> Said {
    let model = view.model;
    let Some(open) = &model.read.open else {
        let place = match (model.read.is_coming(), model.complete) {
            (true, _) => String::from("Read: the transcript is on its way."),
            (false, true) => {
                format!("Read: no transcript is open; {} lists them.", model.keys_of("show_transcripts"))
            }
            (false, false) => String::from("Read: the study is being read."),
        };
        return Said { place, ..Said::default() };
    };
    let (whose, here) = (who(view, open), here(open));
    let sentence = sentence(open);
    Said { place: place(view, open), whose, here, sentence, with: codes(view), ..Said::default() }
}

fn place(view: &View<'_>, open: &Open) -> String {
    let study = &view.model.study;
    let Some(held) = study.transcripts().get(&open.transcript) else { return String::new() };
    let turns = open.page.turns().turns.len();
    format!("Read: {}, {}, {turns} turns", held.name, held.kind.name().replace('_', " "))
}

/// The words under the cursor, and how many are selected.
fn here(open: &Open) -> String {
    let text = open.page.text();
    let words = open.cursor.span.slice(text).unwrap_or_default();
    let mut said = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if open.is_extending() {
        let selected = count_words(open.selection().slice(text).unwrap_or_default());
        said.push_str(&format!(" ({} selected)", counted(selected, "word", "words")));
    }
    said
}

/// The sentence that holds the word under the cursor, if the cursor rests on a word.
fn sentence(open: &Open) -> Option<(u32, String)> {
    if open.cursor.unit != Unit::Word {
        return None;
    }
    let speech = open.page.turns().turns.get(open.cursor.turn)?.speech;
    let said = speech.slice(open.page.text())?;
    let all = units(said, Unit::Sentence).into_iter().map(|unit| unit.shifted(speech.start as usize));
    let held = all.into_iter().find(|unit| unit.overlaps(open.cursor.span))?;
    let words = held.slice(open.page.text())?.split_whitespace().collect::<Vec<_>>().join(" ");
    Some((held.start, words))
}

/// Number and speaker of the turn.
fn who(view: &View<'_>, open: &Open) -> String {
    let study = &view.model.study;
    let turns = open.page.turns();
    let Some(turn) = turns.turns.get(open.cursor.turn) else { return String::new() };
    format!("{}, {}", turn.number, speaker_of(study, open.transcript, turns, turn))
}

/// This coder's codes under the cursor, the one that keys act on first, with star and memos.
fn codes(view: &View<'_>) -> String {
    let (model, study) = (view.model, &view.model.study);
    let focus = model.focus();
    let mut here = model.codings_here();
    here.sort_by_key(|here| Some(here.coding.id) != focus);
    let named = here.iter().map(|here| {
        let name = study.codes().get(&here.coding.code).map_or("", |code| &code.name);
        match study.effective_valence(here.coding) {
            Some(valence) => format!("{name}, {}", valence_word(valence)),
            None => name.to_owned(),
        }
    });
    let named: Vec<String> = named.collect();
    let mut said = match named.is_empty() {
        true => vec![String::from("no code")],
        false => vec![format!("coded {}", named.join("; "))],
    };
    let quotes = model.quotes_here();
    if quotes.iter().any(|quote| quote.starred) {
        said.push(String::from("starred"));
    }
    let memos = quotes.iter().flat_map(|quote| study.memos_on(MemoOn::Quote(quote.id)));
    let (flags, memos): (Vec<_>, Vec<_>) = memos.partition(|memo| memo.kind == MemoKind::CheckAudio);
    if !memos.is_empty() {
        said.push(counted(memos.len(), "memo", "memos"));
    }
    if !flags.is_empty() {
        said.push(String::from("audio to be checked"));
    }
    said.join("; ")
}

fn valence_word(valence: Valence) -> &'static str {
    match valence {
        Valence::Barrier => "barrier",
        Valence::Facilitator => "facilitator",
        Valence::Both => "barrier and facilitator",
    }
}

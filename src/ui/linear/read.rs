//! What the cursor is on in a transcript: the turn, who speaks, the words, and the codes on them.

use super::super::View;
use super::Said;
use crate::app::read::{Open, speaker_name};
use crate::study::{MemoOn, Valence, Voice};
use crate::text::{Unit, count_words};

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
    Said { place: place(view, open), here: here(view, open), with: codes(view), ..Said::default() }
}

fn place(view: &View<'_>, open: &Open) -> String {
    let study = &view.model.study;
    let Some(held) = study.transcripts().get(&open.transcript) else { return String::new() };
    let turns = open.page.turns().turns.len();
    format!("Read: {}, {}, {turns} turns", held.name, held.kind.name().replace('_', " "))
}

/// Number, speaker and words; within a turn that was said, the words alone.
fn here(view: &View<'_>, open: &Open) -> String {
    let text = open.page.text();
    let words = open.cursor.span.slice(text).unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut said = match open.cursor.unit {
        Unit::Turn => format!("{}: {words}", who(view, open)),
        Unit::Sentence | Unit::Word if at_turn_start(open) => format!("{}: {words}", who(view, open)),
        Unit::Sentence | Unit::Word => words,
    };
    if open.is_extending() {
        let selected = count_words(open.selection().slice(text).unwrap_or_default());
        said.push_str(&format!(" ({selected} words selected)"));
    }
    said
}

fn at_turn_start(open: &Open) -> bool {
    let turn = open.page.turns().turns.get(open.cursor.turn);
    turn.is_some_and(|turn| open.cursor.span.start <= turn.speech.start)
}

fn who(view: &View<'_>, open: &Open) -> String {
    let study = &view.model.study;
    let turns = open.page.turns();
    let Some(turn) = turns.turns.get(open.cursor.turn) else { return String::new() };
    let voice = study.voices_in(open.transcript).map_or(Voice::Unknown, |voices| voices.of(turn));
    let name = speaker_name(study, open.transcript, turns.speaker_of(turn), voice);
    format!("{}, {name}", turn.number)
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
    let mut said: Vec<String> = named.collect();
    let quotes = model.quotes_here();
    if quotes.iter().any(|quote| quote.starred) {
        said.push(String::from("starred"));
    }
    match quotes.iter().map(|quote| study.memos_on(MemoOn::Quote(quote.id)).count()).sum::<usize>() {
        0 => {}
        1 => said.push(String::from("1 memo")),
        memos => said.push(format!("{memos} memos")),
    }
    if said.is_empty() { String::from("no code") } else { format!("coded {}", said.join("; ")) }
}

fn valence_word(valence: Valence) -> &'static str {
    match valence {
        Valence::Barrier => "barrier",
        Valence::Facilitator => "facilitator",
        Valence::Both => "barrier and facilitator",
    }
}

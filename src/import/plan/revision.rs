//! From one revision of a transcript to the next: which turns are which, and where the quotes are now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::refusal::Refusal;
use super::{Doubt, Planner, doubt, enumerate, numbering};
use crate::import::DraftTranscript;
use crate::study::{Change, CoderId, Quote, RevisionId, TranscriptId, TurnNumber, TurnVoice, Turns};
use crate::text::{Span, on_grapheme_boundary};

/// How far from where it should be a quote is looked for, in bytes: about two minutes of talk.
const NEAR: usize = 2_000;

/// Which turns of a new text are which of the old.
pub(super) struct Alignment {
    /// For each new turn, the index of the old one, and whether it is word for word the same.
    pairs: Vec<Option<usize>>,
    same: Vec<bool>,
}

/// The revision that was current.
pub(super) struct Former {
    pub(super) transcript: TranscriptId,
    pub(super) revision: RevisionId,
    pub(super) turns: Arc<Turns>,
}

/// Compares turns by speaker and speech.
pub(super) fn align(old_text: &str, old: &Turns, draft: &DraftTranscript) -> Alignment {
    let before: Vec<(&str, &str)> = old
        .turns
        .iter()
        .map(|turn| (old.speaker_of(turn), turn.speech.slice(old_text).unwrap_or_default()))
        .collect();
    let key = |speaker: usize| draft.speakers.get(speaker).map_or("", |held| held.key.as_str());
    let after: Vec<(&str, &str)> = draft
        .turns
        .iter()
        .map(|turn| (key(turn.speaker), turn.speech.slice(&draft.text).unwrap_or_default()))
        .collect();
    let pairs = numbering::pair(&before, &after);
    let same =
        pairs.iter().zip(&after).map(|(of, new)| of.and_then(|of| before.get(of)) == Some(new)).collect();
    Alignment { pairs, same }
}

impl Alignment {
    /// The numbers of the new turns. `None` if they must be numbered anew.
    pub(super) fn numbers(&self, old: &Turns) -> Option<Vec<TurnNumber>> {
        let numbers: Vec<TurnNumber> = old.turns.iter().map(|turn| turn.number).collect();
        numbering::number(&numbers, &self.pairs, |at| self.same.get(at).copied().unwrap_or(false))
    }

    /// Where a byte of an old turn is in the new text, if that turn is still there: as far from the start of its speech.
    fn place(&self, old: &Turns, new: &Turns, byte: usize) -> usize {
        let found = old.index_at(byte).and_then(|of| {
            let at = self.pairs.iter().position(|pair| *pair == Some(of))?;
            Some((old.turns.get(of)?.speech.start as usize, new.turns.get(at)?.speech.start as usize))
        });
        found.map_or(byte, |(before, after)| (after + byte).saturating_sub(before))
    }
}

/// Carries the quotes of all coders over to a new revision where their words stand, once, near where they stood. The
/// others stay on the revision they were made on, and are listed.
pub(super) fn carry_quotes(
    planner: &mut Planner<'_>,
    former: &Former,
    revision: RevisionId,
    alignment: &Alignment,
) -> Result<Vec<Doubt>, Refusal> {
    let quotes: Vec<Quote> = planner.study.quotes_in(former.transcript).cloned().collect();
    let (Some(text), Some(turns)) = (planner.text(revision), planner.study.turns_of(revision).cloned())
    else {
        return Ok(Vec::new());
    };
    let mut changes = Vec::new();
    let mut taken: BTreeSet<(CoderId, Span)> = BTreeSet::new();
    let mut left: BTreeMap<CoderId, Vec<&Quote>> = BTreeMap::new();
    for quote in &quotes {
        let start = quote.span.start as usize;
        let expected = match quote.revision == former.revision {
            true => alignment.place(&former.turns, &turns, start),
            false => start,
        };
        match find(&text, &turns, &quote.text, expected) {
            Some(span) if taken.insert((quote.coder, span)) => {
                changes.push(Change::update(quote.clone(), Quote { revision, span, ..quote.clone() }));
            }
            _ => left.entry(quote.coder).or_default().push(quote),
        }
    }
    let doubts =
        left.into_iter().map(|(coder, quotes)| left_behind(planner, former, coder, &quotes)).collect();
    planner.make(changes)?;
    Ok(doubts)
}

/// Carries the voices of single turns over: each goes with its turn, whatever number that has now. Voices of turns that
/// are gone are taken away and listed, lest another turn of that number speak with them.
pub(super) fn carry_turn_voices(
    planner: &mut Planner<'_>,
    former: &Former,
    revision: RevisionId,
    alignment: &Alignment,
) -> Result<Option<Doubt>, Refusal> {
    let Some(turns) = planner.study.turns_of(revision).cloned() else { return Ok(None) };
    let first = (former.transcript, TurnNumber { number: 0, part: 0 });
    let held = planner.study.turn_voices().from(first);
    let held: Vec<TurnVoice> =
        held.take_while(|held| held.transcript == former.transcript).cloned().collect();
    let (mut gone, mut moved, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for voice in held {
        let paired = former.turns.index_of(voice.turn).and_then(|of| {
            let at = alignment.pairs.iter().position(|pair| *pair == Some(of))?;
            Some(turns.turns.get(at)?.number)
        });
        match paired {
            Some(number) if number == voice.turn => continue,
            Some(number) => moved.push(Change::create(TurnVoice { turn: number, ..voice.clone() })),
            None => lost.push(voice.turn.to_string()),
        }
        gone.push(Change::delete(voice));
    }
    // First all of them go, for one may take the number that another leaves.
    planner.make(gone)?;
    planner.make(moved)?;
    Ok((!lost.is_empty()).then(|| {
        let numbers = enumerate(&lost.iter().map(String::as_str).collect::<Vec<_>>());
        doubt(format!(
            "who spoke was set for single turns that are not found any more (turn {numbers} of the former text); set it \
             again"
        ))
    }))
}

/// The one place near `expected` where the words stand in speech; the place itself if they stand there.
fn find(text: &str, turns: &Turns, words: &str, expected: usize) -> Option<Span> {
    let fits = |span: &Span| {
        let whole =
            on_grapheme_boundary(text, span.start as usize) && on_grapheme_boundary(text, span.end as usize);
        whole && touches_speech(turns, *span)
    };
    let there = Span::new(expected, expected + words.len());
    if there.slice(text) == Some(words) && fits(&there) {
        return Some(there);
    }
    let spans = text.match_indices(words).map(|(at, _)| Span::new(at, at + words.len()));
    let mut near = spans.filter(|span| (span.start as usize).abs_diff(expected) <= NEAR).filter(fits);
    near.next().filter(|_| near.next().is_none())
}

/// Whether a span shares a byte with what somebody says.
pub(super) fn touches_speech(turns: &Turns, span: Span) -> bool {
    let range = turns.overlapping(span);
    turns.turns.get(range).unwrap_or_default().iter().any(|turn| turn.speech.overlaps(span))
}

fn left_behind(planner: &Planner<'_>, former: &Former, coder: CoderId, quotes: &[&Quote]) -> Doubt {
    let who = planner.study.coders().get(&coder).map_or("?", |held| held.name.as_str());
    let numbers: Vec<String> = quotes
        .iter()
        .filter_map(|quote| {
            let turns = match quote.revision == former.revision {
                true => &former.turns,
                false => planner.study.turns_of(quote.revision)?,
            };
            Some(turns.turns.get(turns.index_at(quote.span.start as usize)?)?.number.to_string())
        })
        .collect();
    let numbers = enumerate(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
    let (count, stays) = match quotes.len() {
        1 => ("1 quote".to_owned(), "stays"),
        many => (format!("{many} quotes"), "stay"),
    };
    doubt(format!(
        "{count} of {who} {stays} with the former text: the words are not found once near where they stood (turn \
         {numbers}); mark them again"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Turn;

    fn turns(spans: &[Span]) -> Turns {
        let turn = |(number, speech): (u32, &Span)| Turn {
            number: TurnNumber::whole(number),
            speaker: 0,
            label: Span::new(speech.start as usize, speech.start as usize),
            speech: *speech,
            start_ms: None,
            end_ms: None,
            words: 1,
        };
        Turns {
            revision: RevisionId(uuid::Uuid::nil()),
            speakers: vec![String::new()],
            turns: (1u32..).zip(spans).map(turn).collect(),
            times: vec![],
        }
    }

    #[test]
    fn words_are_found_where_they_stood_else_where_they_stand_once() {
        let text = "I was tired. Yes. I was ill. Yes.";
        let turns = turns(&[Span::new(0, text.len())]);
        assert_eq!(find(text, &turns, "Yes.", 29), Some(Span::new(29, 33)));
        assert_eq!(find(text, &turns, "Yes.", 20), None);
        assert_eq!(find(text, &turns, "ill", 3), Some(Span::new(24, 27)));
        assert_eq!(find(text, &turns, "gone", 3), None);
    }

    #[test]
    fn words_in_a_label_or_inside_a_grapheme_are_not_a_quote() {
        let text = "ill: e\u{301}";
        let turns = turns(&[Span::new(5, text.len())]);
        assert_eq!(find(text, &turns, "ill", 0), None);
        assert_eq!(find(text, &turns, "e", 5), None);
        assert_eq!(find(text, &turns, "e\u{301}", 5), Some(Span::new(5, 8)));
    }
}

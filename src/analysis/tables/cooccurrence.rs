//! Codes that occur together: on overlapping passages, in one turn, or said by one participant.
//!
//! A code stands for itself here, without those below it: a parent would else be together with each of its children.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::Counter;
use super::super::tally::Passage;
use super::codes::NO_CODES;
use super::paper::{Head, PaperCell, PaperRow, key_of};
use super::{Evidence, PaperTable, TableError, TableKind, TableOptions, Together, Unit};
use crate::study::{Code, CodeId, RevisionId};
use crate::text::Span;

/// Numbers of pairs, by the places of both codes in the codebook tree, the smaller one first; a code with itself is how
/// often it occurs at all.
type Pairs = BTreeMap<(usize, usize), u32>;

pub(super) fn table(counter: &Counter<'_>, options: &TableOptions) -> Result<PaperTable, TableError> {
    let codes: Vec<&Code> = counter.study().codes_in_tree_order().into_iter().map(|(_, code)| code).collect();
    if codes.is_empty() {
        return Err(NO_CODES);
    }
    let pairs = count(counter, &codes, options.together);
    let unit = match options.together {
        Together::Overlap => Unit::Pairs,
        Together::Turn => Unit::Turns,
        Together::Participant => Unit::People,
    };
    let title = match options.together {
        Together::Overlap => "Codes on overlapping passages",
        Together::Turn => "Codes in one turn",
        Together::Participant => "Codes said by one participant",
    };
    let mut table = match options.square {
        true => square(title, &codes, &pairs, options.together, unit),
        false => list(title, &codes, &pairs, options.together, unit),
    };
    table.note("Layers of record only. A code stands for itself, without those below it.");
    table.note(match options.together {
        Together::Overlap => "Counted are pairs of codings, one of each code, that share a character.",
        Together::Turn => "Counted are turns whose speech both codes touch.",
        Together::Participant => {
            "Counted are participants who say both, wherever; what is left without a person is out."
        }
    });
    Ok(table)
}

fn count(counter: &Counter<'_>, codes: &[&Code], together: Together) -> Pairs {
    let places: BTreeMap<CodeId, usize> = codes.iter().enumerate().map(|(at, code)| (code.id, at)).collect();
    let all: BTreeSet<CodeId> = places.keys().copied().collect();
    let passages = counter.passages(&all);
    let kept: Vec<(usize, Passage<'_>)> = passages
        .into_iter()
        .filter(|passage| counter.people_of(passage.quote).is_some())
        .filter_map(|passage| Some((*places.get(&passage.coding.code)?, passage)))
        .collect();
    let mut pairs = Pairs::new();
    match together {
        Together::Overlap => {
            for of_transcript in kept.chunk_by(|(_, a), (_, b)| a.transcript == b.transcript) {
                overlapping(of_transcript, &mut pairs);
            }
        }
        Together::Turn => {
            let mut held: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
            for (code, passage) in &kept {
                for turn in counter.turns_under(passage) {
                    held.entry(turn).or_default().insert(*code);
                }
            }
            held.values().for_each(|codes| both(codes, &mut pairs));
        }
        Together::Participant => {
            let mut held: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
            for (code, passage) in &kept {
                for person in counter.people_of(passage.quote).unwrap_or_default() {
                    held.entry(person).or_default().insert(*code);
                }
            }
            held.values().for_each(|codes| both(codes, &mut pairs));
        }
    }
    pairs
}

/// Counts each pair of codes that something holds, and each code by itself.
fn both(codes: &BTreeSet<usize>, pairs: &mut Pairs) {
    for (at, one) in codes.iter().enumerate() {
        for other in codes.iter().skip(at) {
            *pairs.entry((*one, *other)).or_default() += 1;
        }
    }
}

/// A coding after those of its code that overlap were made one.
struct Stretch {
    code: usize,
    revision: RevisionId,
    span: Span,
}

/// Pairs of codings of one transcript that overlap.
fn overlapping(passages: &[(usize, Passage<'_>)], pairs: &mut Pairs) {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (code, passage) in passages {
        let (revision, span) = (passage.quote.revision, passage.quote.span);
        match stretches.last_mut() {
            Some(last) if last.code == *code && last.revision == revision && span.start < last.span.end => {
                last.span.end = last.span.end.max(span.end);
            }
            _ => stretches.push(Stretch { code: *code, revision, span }),
        }
    }
    stretches.sort_by_key(|held| (held.revision, held.span.start));
    for (at, one) in stretches.iter().enumerate() {
        *pairs.entry((one.code, one.code)).or_default() += 1;
        let near = stretches.iter().skip(at + 1);
        for other in near.take_while(|o| o.revision == one.revision && o.span.start < one.span.end) {
            let (a, b) = (one.code.min(other.code), one.code.max(other.code));
            if a != b {
                *pairs.entry((a, b)).or_default() += 1;
            }
        }
    }
}

fn behind(one: &Code, other: &Code, together: Together) -> Evidence {
    let of = |code: &Code| Arc::new(BTreeSet::from([code.id]));
    let beside = (one.id != other.id).then(|| (of(other), together));
    Evidence { beside, ..Evidence::of(&of(one)) }
}

/// Pairs that occur, the most frequent first.
fn list(title: &str, codes: &[&Code], pairs: &Pairs, together: Together, unit: Unit) -> PaperTable {
    let alone = if unit == Unit::Pairs { Unit::Codings } else { unit };
    let head = vec![
        Head::words("code", "Code"),
        Head::words("with", "with"),
        Head::numbers("together", unit.word(), unit),
        Head::numbers("first", "first in all", alone),
        Head::numbers("second", "second in all", alone),
    ];
    let mut table = PaperTable::new(TableKind::Cooccurrence, title, head);
    let mut found: Vec<(u32, usize, usize)> =
        pairs.iter().filter(|((a, b), _)| a != b).map(|((a, b), number)| (*number, *a, *b)).collect();
    found.sort_by_key(|(number, a, b)| (std::cmp::Reverse(*number), *a, *b));
    for (number, a, b) in found {
        let (Some(one), Some(other)) = (codes.get(a), codes.get(b)) else { continue };
        let whole = |at: usize, code: &Code| {
            let number = pairs.get(&(at, at)).copied().unwrap_or(0);
            PaperCell::number(number, behind(code, code, together))
        };
        table.rows.push(PaperRow::of(vec![
            PaperCell::words(one.name.clone()),
            PaperCell::words(other.name.clone()),
            PaperCell::number(number, behind(one, other, together)),
            whole(a, one),
            whole(b, other),
        ]));
    }
    if table.rows.is_empty() {
        table.note("No two codes occur together in this sense.");
    }
    table
}

/// All codes that occur against all, both halves.
fn square(title: &str, codes: &[&Code], pairs: &Pairs, together: Together, unit: Unit) -> PaperTable {
    let used: Vec<usize> = (0..codes.len()).filter(|at| pairs.contains_key(&(*at, *at))).collect();
    let mut head = vec![Head::words("code", "Code")];
    let name = |at: &usize| codes.get(*at).map_or("", |code| code.name.as_str());
    head.extend(used.iter().map(|at| Head::numbers(key_of(name(at)), name(at), unit)));
    let mut table = PaperTable::new(TableKind::Cooccurrence, title, head);
    for one in &used {
        let mut cells = vec![PaperCell::words(name(one))];
        for other in &used {
            let number = pairs.get(&(*one.min(other), *one.max(other))).copied().unwrap_or(0);
            let pair = codes.get(*one).zip(codes.get(*other));
            cells.push(
                pair.map_or_else(PaperCell::default, |(a, b)| {
                    PaperCell::number(number, behind(a, b, together))
                }),
            );
        }
        table.rows.push(PaperRow::of(cells));
    }
    table.note("On the diagonal stands how often a code occurs at all.");
    table
}

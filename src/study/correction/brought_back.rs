//! Words that were put right, and that another text of the transcript has again: a name that was replaced, a mishearing.

use std::collections::BTreeSet;

use super::rewriting::Rewriting;
use crate::study::{TurnNumber, Turns};
use crate::text::{Span, Stretch, Unit, fold_name, units};

/// The turns of the current text in which an incoming one has words of a former one that are not there any more; `None` for
/// what stands outside all turns. What a former text had and nobody took out is not among them, nor what is new.
#[must_use]
pub fn brought_back(
    (current, turns): (&str, &Turns),
    former: &str,
    incoming: &str,
) -> BTreeSet<Option<TurnNumber>> {
    let differing = |other: &str| -> Vec<Stretch> {
        let stretches = Rewriting::between(current, other).stretches();
        stretches.into_iter().filter(|stretch| !stretch.same).collect()
    };
    let (taken_out, comes_in) = (differing(former), differing(incoming));
    let mut found = BTreeSet::new();
    let mut from = 0;
    for coming in &comes_in {
        // Both are in order of the current text.
        from += taken_out.iter().skip(from).take_while(|gone| gone.old.end < coming.old.start).count();
        let meeting = taken_out.iter().skip(from).take_while(|gone| gone.old.start <= coming.old.end);
        for gone in meeting {
            let (was, comes) = (words(former, gone.new), words(incoming, coming.new));
            let stands = words(current, gone.old.hull(coming.old));
            let again = was.iter().any(|word| comes.contains(word) && !stands.contains(word));
            let same = gone.old == coming.old && gone.new.slice(former) == coming.new.slice(incoming);
            if again || same && !was.is_empty() {
                let at = gone.old.start.max(coming.old.start);
                found.insert(turn_at(turns, at));
            }
        }
    }
    found.extend(names_again((current, turns), former, incoming, &comes_in));
    found
}

/// Where names come in that a former text had and the current one has nowhere any more: they were replaced, also where the
/// incoming text has them in another place. Case aside; what begins with a small letter is no name.
fn names_again(
    (current, turns): (&str, &Turns),
    former: &str,
    incoming: &str,
    comes_in: &[Stretch],
) -> BTreeSet<Option<TurnNumber>> {
    let all = |text: &str| -> BTreeSet<String> {
        words(text, Span::new(0, text.len())).into_iter().map(fold_name).collect()
    };
    let (was, stands) = (all(former), all(current));
    let is_gone = |word: &&str| {
        let (begins, folded) = (word.chars().next(), fold_name(word));
        begins.is_some_and(|first| !first.is_lowercase())
            && was.contains(&folded)
            && !stands.contains(&folded)
    };
    let again = comes_in.iter().filter(|coming| words(incoming, coming.new).iter().any(is_gone));
    again.map(|coming| turn_at(turns, coming.old.start)).collect()
}

fn words(text: &str, span: Span) -> BTreeSet<&str> {
    let stretch = span.slice(text).unwrap_or_default();
    units(stretch, Unit::Word).into_iter().filter_map(|word| word.slice(stretch)).collect()
}

/// The turn that a byte is in.
pub(super) fn turn_at(turns: &Turns, byte: u32) -> Option<TurnNumber> {
    turns.index_at(byte as usize).and_then(|at| turns.turns.get(at)).map(|turn| turn.number)
}

//! Three texts of a transcript put together: the one that a file brought, what was put right here since, and the same file as it
//! was put right elsewhere.
//!
//! The text that comes in is what is built upon; what was put right here is put right in it, word by word. Where both changed
//! the same words, or words with nothing unchanged between them, nobody but a person can tell what is right.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Alignment, Incoming};
use super::edits::{rewrite, rewritten, stay_in_turn};
use super::hiding::Side;
use super::rewriting::Rewriting;
use super::shape::{halves, one_of};
use super::{Edit, brought_back::turn_at};
use crate::study::{Turn, TurnNumber, Turns};
use crate::text::Span;

/// Whose words stand where both texts changed the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BothChanged {
    /// Nobody's: the file is refused, with the places.
    #[default]
    Refuse,
    /// Those of the file.
    TakeFile,
    /// Those of the study.
    KeepStudy,
}

/// A file as it would be if all that was put right here had been put right in it.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The next text.
    pub incoming: Incoming,
    /// Keys of speakers of the file whose label was replaced here, and the key of each now.
    pub renamed: BTreeMap<String, String>,
    /// Turns of the current text whose words both changed; `None` for what stands outside all turns.
    pub both_changed: BTreeSet<Option<TurnNumber>>,
    /// Those of them that can only be taken from the file, because it has other turns there.
    pub only_from_file: BTreeSet<Option<TurnNumber>>,
}

/// Puts what differs between `base` and `ours` right in a text that came in. The numbers of turns of `base` are known in `ours`.
#[must_use]
pub fn merge(base: (&str, &Turns), ours: (&str, &Turns), theirs: Incoming, both: BothChanged) -> Merged {
    let held = Turns {
        revision: base.1.revision,
        speakers: theirs.speakers.clone(),
        turns: theirs.turns.clone(),
        times: theirs.times.clone(),
    };
    let merging = Merging::of(base, ours, (&theirs.text, &held));
    let (text, turns, renamed, found) = merging.carry_out(both);
    let Turns { speakers, turns, times, .. } = turns;
    let incoming = Incoming { text, speakers, turns, times, ..theirs };
    Merged { incoming, renamed, both_changed: found.both_changed, only_from_file: found.only_from_file }
}

/// What a file said that came in when `file` had been put right to `corrected`, and was put together with that to `merged`.
/// Where both had changed the same and the study's words were kept, it is what `file` said.
#[must_use]
pub fn as_it_came(
    file: (&str, &Turns),
    corrected: (&str, &Turns),
    merged: (&str, &Turns),
) -> (String, Turns) {
    let (text, turns, _, _) = Merging::of(corrected, file, merged).carry_out(BothChanged::TakeFile);
    (text, Turns { revision: merged.1.revision, ..turns })
}

/// The three texts, and how the first became each of the others.
struct Merging<'a> {
    base: Side<'a>,
    ours: Side<'a>,
    theirs: Side<'a>,
    to_ours: Rewriting,
    to_theirs: Rewriting,
    here: Alignment,
    there: Alignment,
}

#[derive(Default)]
struct Found {
    edits: Vec<Edit>,
    /// Turns of the file that become one with the one before them, by index.
    joined: BTreeSet<usize>,
    both_changed: BTreeSet<Option<TurnNumber>>,
    only_from_file: BTreeSet<Option<TurnNumber>>,
}

/// A stretch of the base that somebody changed.
struct Cluster {
    old: Span,
    by_us: bool,
    by_them: bool,
}

impl<'a> Merging<'a> {
    fn of(
        base: (&'a str, &'a Turns),
        ours: (&'a str, &'a Turns),
        theirs: (&'a str, &'a Turns),
    ) -> Merging<'a> {
        let side = |(text, turns)| Side { text, turns };
        let (here, there) =
            (Alignment::by_number(side(base), side(ours)), Alignment::of(base.0, base.1, theirs.0, theirs.1));
        Merging {
            base: side(base),
            ours: side(ours),
            theirs: side(theirs),
            to_ours: here.rewriting(base.0, base.1, ours.0, ours.1),
            to_theirs: there.rewriting(base.0, base.1, theirs.0, theirs.1),
            here,
            there,
        }
    }

    fn carry_out(&self, both: BothChanged) -> (String, Turns, BTreeMap<String, String>, Found) {
        let mut found = Found::default();
        for cluster in self.clusters() {
            self.settle(&cluster, both, &mut found);
        }
        found.joined.extend(self.joined_without_label());
        let renamed = self.renamed();
        self.relabel(&renamed, &mut found.edits);
        // Nothing to edit leaves the file as it came.
        let (text, rewriting) = rewrite(self.theirs.text, &found.edits)
            .unwrap_or_else(|_| (self.theirs.text.to_owned(), Rewriting::none(self.theirs.text)));
        let mut turns = rewritten(self.theirs.turns, &rewriting, self.theirs.text, &text);
        for (before, after) in self.theirs.turns.turns.iter().zip(&turns.turns) {
            if !before.speech.is_empty() && after.speech.is_empty() {
                let number = self.number_here(before.speech.start);
                found.both_changed.insert(number);
                found.only_from_file.insert(number);
            }
        }
        for (key, new) in &renamed {
            rename_speaker(&mut turns, key, new);
        }
        for at in found.joined.iter().rev() {
            if let Some(before) = at.checked_sub(1)
                && let (Some(first), Some(second)) = (turns.turns.get(before), turns.turns.get(*at))
            {
                let whole = one_of(first, second);
                turns.turns.splice(before..=*at, [whole]);
            }
        }
        self.split(&text, &rewriting, &mut turns);
        (text, turns, renamed, found)
    }

    /// What was changed on either side. What touches is one.
    fn clusters(&self) -> Vec<Cluster> {
        let changed = |rewriting: &Rewriting, by_us: bool| -> Vec<Cluster> {
            let stretches = rewriting.stretches().into_iter().filter(|stretch| !stretch.same);
            stretches.map(|stretch| Cluster { old: stretch.old, by_us, by_them: !by_us }).collect()
        };
        let mut all = changed(&self.to_ours, true);
        all.extend(changed(&self.to_theirs, false));
        all.sort_by_key(|cluster| cluster.old);
        let mut clusters: Vec<Cluster> = Vec::new();
        for next in all {
            match clusters.last_mut().filter(|last| next.old.start <= last.old.end) {
                Some(last) => {
                    last.old = last.old.hull(next.old);
                    last.by_us |= next.by_us;
                    last.by_them |= next.by_them;
                }
                None => clusters.push(next),
            }
        }
        clusters
    }

    fn settle(&self, cluster: &Cluster, both: BothChanged, found: &mut Found) {
        if !cluster.by_us {
            return;
        }
        let (here, there) = (self.to_ours.hull(cluster.old, true), self.to_theirs.hull(cluster.old, true));
        let ours = here.slice(self.ours.text).unwrap_or_default();
        if there.slice(self.theirs.text) == Some(ours) {
            return;
        }
        let number = turn_at(self.ours.turns, here.start);
        if cluster.by_them {
            found.both_changed.insert(number);
            if both == BothChanged::TakeFile {
                return;
            }
        }
        let edit = Edit::reword(there, ours);
        let joined = self.joined_by(there);
        if joined.is_empty() && stay_in_turn(self.theirs.turns, there).is_err() {
            found.both_changed.insert(number);
            found.only_from_file.insert(number);
            return;
        }
        found.joined.extend(joined);
        found.edits.push(edit);
    }

    /// The turns of the file whose label goes with a stretch because they were joined here with the one before.
    fn joined_by(&self, there: Span) -> Vec<usize> {
        let turns = self.theirs.turns.turns.iter().enumerate().skip(1);
        let gone = turns.filter(|(at, turn)| {
            let of = self.there.pairs.get(*at).copied().flatten();
            let is_here = of.is_none_or(|of| self.here.pairs.contains(&Some(of)));
            !turn.label.is_empty() && there.covers(turn.label) && !is_here
        });
        let gone: Vec<usize> = gone.map(|(at, _)| at).collect();
        let swallowed =
            |at: usize| self.theirs.turns.turns.get(at).is_none_or(|turn| there.covers(turn.speech));
        let near = gone.iter().flat_map(|at| [*at, at.saturating_sub(1)]);
        let kept = near.into_iter().all(|at| !swallowed(at));
        let all_gone = self
            .theirs
            .turns
            .turns
            .iter()
            .enumerate()
            .all(|(at, turn)| !turn.label.overlaps(there) || gone.contains(&at));
        if kept && all_gone { gone } else { Vec::new() }
    }

    /// The turns of the file that have no label and are one with the one before them here.
    fn joined_without_label(&self) -> impl Iterator<Item = usize> {
        let turns = self.theirs.turns.turns.iter().zip(&self.there.pairs).enumerate().skip(1);
        let gone = turns.filter(|(at, (turn, of))| {
            turn.label.is_empty()
                && self.there.is_same(*at)
                && of.is_some_and(|of| !self.here.pairs.contains(&Some(of)))
        });
        gone.map(|(at, _)| at)
    }

    /// The turn of the current text that a byte of the file is in.
    fn number_here(&self, there: u32) -> Option<TurnNumber> {
        let base = self.to_theirs.reversed().byte(there);
        turn_at(self.ours.turns, self.to_ours.byte(base))
    }

    /// Speakers whose label was replaced here.
    fn renamed(&self) -> BTreeMap<String, String> {
        let pairs = self.here.pairs.iter().zip(&self.ours.turns.turns);
        let keys = pairs.filter_map(|(of, turn)| {
            let before = self.base.turns.speaker_of(self.base.turns.turns.get((*of)?)?);
            Some((before.to_owned(), self.ours.turns.speaker_of(turn).to_owned()))
        });
        keys.filter(|(before, after)| before != after && !self.ours.turns.speakers.contains(before)).collect()
    }

    /// Labels of turns that the file alone has are replaced like the others of their speaker.
    fn relabel(&self, renamed: &BTreeMap<String, String>, edits: &mut Vec<Edit>) {
        for turn in &self.theirs.turns.turns {
            let Some(key) = renamed.get(self.theirs.turns.speaker_of(turn)) else { continue };
            let with_label = |held: &&Turn| self.ours.turns.speaker_of(held) == key && !held.label.is_empty();
            let label = self.ours.turns.turns.iter().find(with_label);
            let label = label.and_then(|held| held.label.slice(self.ours.text));
            if let Some(label) = label.filter(|_| !turn.label.is_empty())
                && edits.iter().all(|edit| !edit.span.overlaps(turn.label))
            {
                edits.push(Edit::reword(turn.label, label));
            }
        }
    }

    /// Splits the turns that were split here.
    fn split(&self, text: &str, rewriting: &Rewriting, turns: &mut Turns) {
        let from_ours = self.to_ours.reversed();
        let parts = self.here.pairs.iter().zip(&self.ours.turns.turns).filter(|(of, _)| of.is_none());
        let place = |byte| rewriting.byte(self.to_theirs.byte(from_ours.byte(byte)));
        for (_, part) in parts {
            // A label that stands in the words of the turn before begins a turn of its own again.
            let cut = match part.label.is_empty() {
                true => place(part.speech.start),
                false => {
                    let there = self.to_theirs.hull(from_ours.hull(part.label, true), true);
                    let there = rewriting.hull(there, true);
                    let label = part.label.slice(self.ours.text).unwrap_or_default();
                    let Some(at) = there.slice(text).and_then(|words| words.rfind(label)) else { continue };
                    Span::new(there.start as usize + at, there.end as usize).start
                }
            };
            let inside = |turn: &Turn| turn.speech.start < cut && cut < turn.speech.end;
            let Some(at) = turns.turns.iter().position(inside) else { continue };
            let Some([first, mut second]) = halves(text, turns, at, cut) else { continue };
            second.number = part.number;
            let after = Span { start: cut + part.label.end - part.label.start, ..second.speech };
            if !part.label.is_empty() && after.start < after.end {
                (second.label, second.speech) = (Span { start: cut, end: after.start }, after.trimmed(text));
            }
            turns.turns.splice(at..=at, [first, second]);
        }
    }
}

/// Gives a speaker another key. If that is the key of another one, both are one from then on.
fn rename_speaker(turns: &mut Turns, key: &str, new: &str) {
    let place = |turns: &Turns, key: &str| turns.speakers.iter().position(|held| held == key);
    let Some(at) = place(turns, key) else { return };
    match place(turns, new).map(u16::try_from) {
        Some(Ok(known)) => {
            let of = turns.turns.iter_mut().filter(|turn| usize::from(turn.speaker) == at);
            of.for_each(|turn| turn.speaker = known);
        }
        _ => {
            if let Some(held) = turns.speakers.get_mut(at) {
                new.clone_into(held);
            }
        }
    }
}

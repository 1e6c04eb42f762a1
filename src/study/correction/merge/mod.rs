//! Three texts of a transcript put together: the one that a file brought, what was put right here since, and the same file as it
//! was put right elsewhere.
//!
//! What only one side changed is as that side has it, words, turns and labels alike. Where both changed the same place, with no
//! unchanged word between their changes, it stands once if they changed it alike; else nobody but a person can tell what is right.

mod hunks;
mod tokens;
mod writing;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::compare::Incoming;
use super::hiding::Side;
use crate::study::{TurnNumber, Turns};

use hunks::{Change, Hunk, hunks};
use tokens::{Renamed, Start, Token, read};
use writing::write;

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
    /// Turns of the current text that both changed otherwise; `None` for what stands outside all turns.
    pub both_changed: BTreeSet<Option<TurnNumber>>,
}

/// Puts what differs between `base` and `ours` right in a text that came in.
#[must_use]
pub fn merge(base: (&str, &Turns), ours: (&str, &Turns), theirs: Incoming, both: BothChanged) -> Merged {
    if reads_the_same(base, ours) {
        return Merged { incoming: theirs, renamed: BTreeMap::new(), both_changed: BTreeSet::new() };
    }
    let held = Turns {
        revision: base.1.revision,
        speakers: theirs.speakers.clone(),
        turns: theirs.turns.clone(),
        times: theirs.times.clone(),
    };
    let renamed = renamed(base, ours, &held);
    let merging = Merging::of(base, ours, (&theirs.text, &held), &renamed);
    let (tokens, both_changed) = merging.carry_out(both);
    let (text, turns) = write(&tokens, held.revision);
    let Turns { speakers, turns, times, .. } = turns;
    let renamed = renamed.iter().map(|(key, new)| (key.clone(), new.key.clone())).collect();
    let incoming = Incoming { text, speakers, turns, times, known: Vec::new(), ..theirs };
    Merged { incoming, renamed, both_changed }
}

/// What a file said that came in when `file` had been put right to `corrected`, and was put together with that to `merged`.
/// Where both had changed the same and the study's words were kept, it is what `file` said.
#[must_use]
pub fn as_it_came(
    file: (&str, &Turns),
    corrected: (&str, &Turns),
    merged: (&str, &Turns),
) -> (String, Turns) {
    if reads_the_same(file, corrected) {
        return (merged.0.to_owned(), merged.1.clone());
    }
    let renamed = renamed(corrected, file, merged.1);
    let (tokens, _) = Merging::of(corrected, file, merged, &renamed).carry_out(BothChanged::TakeFile);
    write(&tokens, merged.1.revision)
}

/// Whether two texts have the same turns with the same words.
fn reads_the_same(one: (&str, &Turns), other: (&str, &Turns)) -> bool {
    let places = |turns: &Turns| -> Vec<_> {
        let place = |turn| (turns.speaker_of(turn).to_owned(), turn.label, turn.speech);
        turns.turns.iter().map(place).collect()
    };
    one.0 == other.0 && places(one.1) == places(other.1)
}

/// Speakers of the file whose label was replaced here, in all of their turns.
fn renamed(base: (&str, &Turns), ours: (&str, &Turns), theirs: &Turns) -> BTreeMap<String, Renamed> {
    let none = BTreeMap::new();
    let side = |(text, turns)| Side { text, turns };
    let (before, after) = (read(side(base), &none), read(side(ours), &none));
    let mut found: BTreeMap<String, Renamed> = BTreeMap::new();
    for hunk in hunks(&before, &after) {
        // Who is not there any more, and who came in their place: each once, with a label if there is one.
        let names = |tokens: &[Token<'_>], of: Range<usize>, other: &Turns| -> Vec<Renamed> {
            let mut names: Vec<Renamed> = Vec::new();
            for token in tokens.get(of).unwrap_or_default() {
                let Token::Start(start) = token else { continue };
                match names.iter_mut().find(|name| name.key == start.key) {
                    Some(known) if known.label.is_empty() => start.label.clone_into(&mut known.label),
                    Some(_) => {}
                    None if speaks(other, start.key) => {}
                    None => names.push(Renamed { key: start.key.to_owned(), label: start.label.to_owned() }),
                }
            }
            names
        };
        let (gone, came) = (names(&before, hunk.base, ours.1), names(&after, hunk.other, base.1));
        if gone.len() != came.len() {
            continue;
        }
        for (old, new) in gone.into_iter().zip(came).filter(|(old, _)| speaks(theirs, &old.key)) {
            let known = found.entry(old.key).or_insert_with(|| new.clone());
            if known.label.is_empty() {
                known.label = new.label;
            }
        }
    }
    found
}

fn speaks(turns: &Turns, key: &str) -> bool {
    turns.turns.iter().any(|turn| turns.speaker_of(turn) == key)
}

/// The three texts as tokens, and what differs from the first in each of the others.
struct Merging<'a> {
    base: Vec<Token<'a>>,
    ours: Vec<Token<'a>>,
    theirs: Vec<Token<'a>>,
    here: Vec<Hunk>,
    there: Vec<Hunk>,
}

/// Changes of one place: where it is in each text, and who changed it.
#[derive(Default)]
struct Place {
    base: Range<usize>,
    ours: Range<usize>,
    theirs: Range<usize>,
    by_us: bool,
    by_them: bool,
}

impl<'a> Merging<'a> {
    fn of(
        base: (&'a str, &'a Turns),
        ours: (&'a str, &'a Turns),
        theirs: (&'a str, &'a Turns),
        renamed: &'a BTreeMap<String, Renamed>,
    ) -> Merging<'a> {
        let tokens = |(text, turns)| read(Side { text, turns }, renamed);
        let (base, ours, theirs) = (tokens(base), tokens(ours), tokens(theirs));
        Merging { here: hunks(&base, &ours), there: hunks(&base, &theirs), base, ours, theirs }
    }

    /// The tokens that come out, and the turns of ours where both changed the same place otherwise.
    fn carry_out(&self, both: BothChanged) -> (Vec<Token<'a>>, BTreeSet<Option<TurnNumber>>) {
        let (mut tokens, mut both_changed) = (Vec::new(), BTreeSet::new());
        let mut from = Place::default();
        for place in self.places() {
            self.keep(&from, place.base.start, &mut tokens);
            let ours = self.ours.get(place.ours.clone()).unwrap_or_default();
            let theirs = self.theirs.get(place.theirs.clone()).unwrap_or_default();
            let in_doubt = self.is_in_doubt(&place);
            if in_doubt {
                both_changed.extend(self.numbers_here(&place.ours));
            }
            let takes_theirs = !place.by_us || in_doubt && both == BothChanged::TakeFile;
            tokens.extend_from_slice(if takes_theirs { theirs } else { ours });
            from = place;
        }
        self.keep(&from, self.base.len(), &mut tokens);
        (tokens, both_changed)
    }

    /// What nobody changed, from the end of a place on.
    fn keep(&self, from: &Place, until: usize, tokens: &mut Vec<Token<'a>>) {
        let base = self.base.get(from.base.end..until).unwrap_or_default();
        let ours = self.ours.get(from.ours.end..).unwrap_or_default();
        let theirs = self.theirs.get(from.theirs.end..).unwrap_or_default();
        let all = base.iter().zip(ours).zip(theirs);
        tokens.extend(all.map(|((base, ours), theirs)| Token::of_three(base, ours, theirs)));
    }

    /// What was changed on either side, in order. Changes that have to do with each other are one place; where both changed it
    /// otherwise, so is what they changed one word further, lest a phrase come out as neither has it.
    fn places(&self) -> Vec<Place> {
        let here = self.here.iter().map(|hunk| Change::of(hunk, true, &self.base, &self.ours));
        let there = self.there.iter().map(|hunk| Change::of(hunk, false, &self.base, &self.theirs));
        let mut changes: Vec<Change<'_, '_>> = here.chain(there).collect();
        changes.sort_by_key(Change::place);
        let mut places: Vec<Place> = Vec::new();
        let mut together: Vec<&Change<'_, '_>> = Vec::new();
        let mut reaches = 0;
        for next in &changes {
            let joins = next.hunk.base.start < reaches
                || together
                    .iter()
                    .any(|held| held.ours != next.ours && !held.is_apart_from(next, &self.base));
            if !joins {
                self.add(place(&together, places.last()), &mut places);
                together.clear();
            }
            together.push(next);
            reaches = reaches.max(next.hunk.base.end);
        }
        self.add(place(&together, places.last()), &mut places);
        places
    }

    fn add(&self, place: Option<Place>, places: &mut Vec<Place>) {
        let Some(mut place) = place else { return };
        while let Some(first) = self.begin_of_one(places, &place) {
            for held in places.drain(first..).rev() {
                place = Place {
                    base: held.base.start..place.base.end,
                    ours: held.ours.start..place.ours.end,
                    theirs: held.theirs.start..place.theirs.end,
                    by_us: held.by_us || place.by_us,
                    by_them: held.by_them || place.by_them,
                };
            }
        }
        places.push(place);
    }

    /// The index of the first of some places that are better one with the next: the last is, if it or the next is in doubt and
    /// there is but a word between; so is one with which the same word came in as with the next, and no word that stands is
    /// between, for where a turn begins may be told before or behind what came in with it.
    fn begin_of_one(&self, places: &[Place], next: &Place) -> Option<usize> {
        let mut until = next.base.start;
        for (at, place) in places.iter().enumerate().rev() {
            let between = self.base.get(place.base.end..until).unwrap_or_default();
            let words = between.iter().filter(|token| token.has_word()).count();
            let is_one_phrase = words == 1 && !between.iter().any(Token::ends_something);
            let is_last = at + 1 == places.len();
            if is_last && is_one_phrase && (self.is_in_doubt(place) || self.is_in_doubt(next)) {
                return Some(at);
            }
            if words > 0 {
                return None;
            }
            if self.bring_the_same(place, next) {
                return Some(at);
            }
            until = place.base.start;
        }
        None
    }

    /// Whether a word came in with one place here, and with the other one there.
    fn bring_the_same(&self, one: &Place, other: &Place) -> bool {
        let words = |row: &[Token<'a>], of: &Range<usize>| -> BTreeSet<&'a str> {
            let tokens = row.get(of.clone()).unwrap_or_default().iter();
            tokens.filter(|token| token.has_word()).map(|token| token.known().1).collect()
        };
        let came = |row: &[Token<'a>], of: &Range<usize>, place: &Place| -> BTreeSet<&'a str> {
            words(row, of).difference(&words(&self.base, &place.base)).copied().collect()
        };
        let ours = |place: &Place| came(&self.ours, &place.ours, place);
        let theirs = |place: &Place| came(&self.theirs, &place.theirs, place);
        !ours(one).is_disjoint(&theirs(other)) || !theirs(one).is_disjoint(&ours(other))
    }

    /// Whether both changed a place, and otherwise.
    fn is_in_doubt(&self, place: &Place) -> bool {
        let ours = self.ours.get(place.ours.clone()).unwrap_or_default();
        let theirs = self.theirs.get(place.theirs.clone()).unwrap_or_default();
        place.by_us && place.by_them && !ours.iter().map(Token::known).eq(theirs.iter().map(Token::known))
    }

    /// The numbers of the turns of ours that a stretch of its tokens is in.
    fn numbers_here(&self, of: &Range<usize>) -> Vec<Option<TurnNumber>> {
        let number = |token: &Token<'_>| match token {
            Token::Start(Start { number, .. }) => Some(*number),
            _ => None,
        };
        let tokens = self.ours.get(of.clone()).unwrap_or_default();
        let begun = tokens.iter().filter_map(number).map(Some);
        let before = self.ours.get(..of.start).unwrap_or_default().iter().rev().find_map(number);
        let goes_on = !tokens.first().is_some_and(Token::is_start);
        goes_on.then_some(before).into_iter().chain(begun).collect()
    }
}

/// Changes that are one place, which stands behind `last`.
fn place(changes: &[&Change<'_, '_>], last: Option<&Place>) -> Option<Place> {
    let (start, end) = (
        changes.iter().map(|change| change.hunk.base.start).min()?,
        changes.iter().map(|change| change.hunk.base.end).max()?,
    );
    let (from, ours, theirs) = last.map_or((0, 0, 0), |last| (last.base.end, last.ours.end, last.theirs.end));
    let size = |by_us: bool| {
        let own = changes.iter().filter(|change| change.ours == by_us);
        let (gone, came) = own.fold((0, 0), |(gone, came), change| {
            (gone + change.hunk.base.len(), came + change.hunk.other.len())
        });
        end - start - gone + came
    };
    let at = |side: usize| side + (start - from);
    Some(Place {
        base: start..end,
        ours: at(ours)..at(ours) + size(true),
        theirs: at(theirs)..at(theirs) + size(false),
        by_us: changes.iter().any(|change| change.ours),
        by_them: changes.iter().any(|change| !change.ours),
    })
}

//! Which labels are speakers: decided from all lines that look like one, never from one line.
//!
//! A label is a speaker's if it recurs. One that is seen once must differ from a recurring one only in case and blanks,
//! be introduced (`Michael Folkson (MF):`, then `MF:`), hold a word for a role or a title, or stand out the way the
//! recurring ones do, or be a name where nearly every paragraph has a label. `You say:` in the
//! middle of a speech does none of that.

use std::collections::BTreeMap;

use super::head::{Head, is_capitals, is_name};
use crate::import::roles::{self, is_among};
use crate::text::fold_label;

/// The heads of a file, judged.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    /// From a label's key to its speaker's key.
    pub(super) speakers: BTreeMap<String, String>,
    /// Labels that were taken as text, with the row of the first.
    pub(super) odd: Vec<(usize, String)>,
    /// Labels that are speakers' but might not be, with the row of the first.
    pub(super) thin: Vec<(usize, String)>,
}

/// Words that no label of several words has: they make it a clause (`You say:`, `So my question is this:`).
const CLAUSE: &str = "\
    i, you, he, she, we, they, it, my, your, his, her, our, their, this, that, these, is, are, was, \
    were, be, been, do, does, did, have, has, had, say, says, said, go, goes, went, think, so, then, \
    but, because, if, when, what, why, how, which, not, would, could, should, will, can, at, on, for, \
    with, from, about, like, also, there, here, transcript, interview, resources";
/// Words that are never a label on their own.
const NEVER: &str = "\
    and, then, so, but, because, well, now, yes, no, yeah, okay, ok, right, hello, hi, bye, thanks, mm, \
    mhm, hmm, um, uh, oh, ah, https, http, www, e.g, i.e, example, this, that, first, second, third, \
    firstly, secondly, finally, also, again, sorry, exactly, sure, cool, great";
/// Those of them that go with a number.
const NUMBERED: &str = "part, section, chapter, appendix, figure, table, note, session, theme, topic, break";
/// Headings and keys. They are speakers only where they stand out as speakers' labels do.
const FURNITURE: &str = "\
    note, notes, nb, key, break, part, section, chapter, summary, next steps, details, title, date, \
    time, duration, place, location, kind, language, transcript, recording, file, project, topic, \
    appendix, figure, table, example, warning, references, end, start, media, tags, speakers, \
    transcribed by, transcript_by, question topic, url, subject, from, to, cc, sent, id, name, people, \
    study, session, theme, themes, keywords, agenda, action, actions, attendees, invited, age";

/// Whether the key of a header line (`Date: …`) rather than a label.
pub(super) fn is_furniture(label: &str) -> bool {
    let key = fold_label(label);
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '.');
    is_among(FURNITURE, &key) || is_among(NUMBERED, bare)
}

/// Whether it can be a label at all.
pub(super) fn is_plausible(label: &str) -> bool {
    let key = fold_label(label);
    let words: Vec<&str> = key.split_whitespace().collect();
    // `Will Clark` is a name, `You say` is not: a clause has words that begin small.
    let clause = words.len() > 1
        && !is_name(label)
        && words.iter().any(|word| is_among(CLAUSE, word.trim_matches(',')));
    let never = words.len() == 1 && is_among(NEVER, &key);
    let strange = label.contains([
        '?', '!', ';', '"', '“', '”', '…', '/', '@', '=', '<', '>', '{', '}', '|', '\\', '`', '%',
    ]);
    let unclosed = !(balanced(label, '(', ')') && balanced(label, '[', ']'));
    let begins = label.chars().next().is_some_and(char::is_alphanumeric);
    begins && !(key.is_empty() || clause || never || strange || unclosed || has_sentence_end(label))
}

/// A full stop after a word longer than a title or an initial, or a comma at the end.
fn has_sentence_end(label: &str) -> bool {
    label.ends_with([',', '.'])
        || label.split_whitespace().any(|word| {
            word.strip_suffix('.').is_some_and(|stem| stem.chars().filter(|c| c.is_alphabetic()).count() > 3)
        })
}

fn balanced(label: &str, open: char, close: char) -> bool {
    label.matches(open).count() == label.matches(close).count()
}

/// What is known of one label.
#[derive(Debug, Default)]
struct Seen {
    label: String,
    first: usize,
    count: usize,
    marked: usize,
    timed: usize,
    capitals: usize,
}

/// Judges the heads, each with the row it stands in. `paragraphs` says how many lines there are that are not blank.
pub(super) fn judge<'h>(heads: impl Iterator<Item = (usize, &'h Head)>, paragraphs: usize) -> Labels {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for (row, head) in heads {
        let entry = seen.entry(fold_label(&head.label)).or_default();
        if entry.count == 0 {
            (entry.label, entry.first) = (head.label.clone(), row);
        }
        entry.count += 1;
        entry.marked += usize::from(head.marked);
        entry.timed += usize::from(head.ms.is_some());
        entry.capitals += usize::from(is_capitals(&head.label));
    }
    seen.retain(|_, entry| is_plausible(&entry.label));
    let introduced = introductions(&seen);
    let same = spellings(&seen);
    let custom = Custom::of(&seen, paragraphs);
    let mut labels = Labels::default();
    for (key, entry) in &seen {
        let speaker = introduced.get(key).or_else(|| same.get(key)).cloned();
        if let Some(other) = speaker {
            labels.speakers.insert(key.clone(), other);
        } else if introduced.values().any(|short| short == key) {
            labels.speakers.insert(key.clone(), key.clone());
        } else if custom.takes(entry) {
            labels.speakers.insert(key.clone(), key.clone());
            if is_furniture(&entry.label) || (entry.count == 1 && !has_role(&entry.label)) {
                labels.thin.push((entry.first, entry.label.clone()));
            }
        } else if !is_furniture(&entry.label) {
            labels.odd.push((entry.first, entry.label.clone()));
        }
    }
    labels
}

/// How the labels that recur are written.
#[derive(Debug, Default)]
struct Custom {
    /// At least four in five stand out: what does not is text.
    marked: bool,
    /// At least four in five have a time.
    timed: bool,
    /// All are in capitals and longer than initials.
    capitals: bool,
    /// At least four in five paragraphs have one: a paragraph that begins with a name and a colon is one more.
    dense: bool,
}

impl Custom {
    fn of(seen: &BTreeMap<String, Seen>, paragraphs: usize) -> Self {
        let recurring: Vec<&Seen> = seen.values().filter(|entry| entry.count > 1).collect();
        let of = |pick: fn(&Seen) -> usize| recurring.iter().map(|entry| pick(entry)).sum::<usize>();
        let most = |part: usize| part > 0 && part * 5 >= of(|entry| entry.count) * 4;
        // In a file of a few lines nothing recurs: there all labels count, if they are names.
        let names = || seen.values().filter(|entry| is_name(&entry.label)).count();
        let found = if recurring.is_empty() { names() } else { of(|entry| entry.count) };
        let most_of = |paragraphs: usize| paragraphs > 0 && found * 5 >= paragraphs * 4;
        let long = recurring.iter().all(|entry| entry.label.chars().count() > 3);
        Self {
            marked: most(of(|entry| entry.marked)),
            timed: most(of(|entry| entry.timed)),
            capitals: long && most(of(|entry| entry.capitals)),
            dense: most_of(paragraphs),
        }
    }

    fn takes(&self, entry: &Seen) -> bool {
        let alike = (self.marked && entry.marked > 0)
            || (self.timed && entry.timed > 0)
            || (self.capitals && entry.capitals > 0)
            || (self.dense && !self.marked && is_name(&entry.label));
        if is_furniture(&entry.label) {
            return alike && entry.count > 1;
        }
        has_role(&entry.label) || alike || (entry.count > 1 && !self.marked)
    }
}

/// Whether a word in it says what somebody is, or it begins with a title.
fn has_role(label: &str) -> bool {
    roles::part_of(label).is_some() || roles::has_title(label)
}

/// From the key of `Michael Folkson (MF)` to the key of `MF`, where the short form is a label too.
fn introductions(seen: &BTreeMap<String, Seen>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (key, entry) in seen.iter().filter(|(_, entry)| entry.count <= 2) {
        let Some((name, rest)) = key.split_once('(') else { continue };
        let Some(short) = rest.strip_suffix(')').map(str::trim) else { continue };
        let initial = name.chars().next() == short.chars().next() && short.chars().count() <= 5;
        if initial && seen.contains_key(short) && !name.trim().is_empty() && entry.first < seen[short].first {
            found.insert(key.clone(), short.to_owned());
        }
    }
    found
}

/// From keys that differ only in blanks to the commonest of them (`participant2`, `participant 2`).
fn spellings(seen: &BTreeMap<String, Seen>) -> BTreeMap<String, String> {
    let mut groups: BTreeMap<String, Vec<(&String, usize)>> = BTreeMap::new();
    for (key, entry) in seen {
        groups.entry(key.split_whitespace().collect()).or_default().push((key, entry.count));
    }
    let mut found = BTreeMap::new();
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let Some(&(main, _)) = group.iter().max_by_key(|(_, count)| *count) else { continue };
        for (key, _) in group {
            found.insert(key.clone(), main.clone());
        }
    }
    found
}

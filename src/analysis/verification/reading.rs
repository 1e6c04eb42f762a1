//! What stands behind a quotation, read: whom it names, where it says something was said, and which of its words tell somebody
//! from others. Whether that is so is for `judging`.

use super::address::Address;
use super::descriptors::{Descriptors, content, folded, is_number};
use crate::study::{ParticipantId, Voice};
use crate::text::{Analyser, Language};

/// What stands behind a quotation, read.
#[derive(Clone, Debug)]
pub struct Behind {
    /// Participants that it names.
    pub(super) named: Vec<ParticipantId>,
    /// Whether it begins with a name, or one of its parts is nothing else.
    pub(super) is_name: bool,
    /// Whether it is a name, or begins with one that punctuation parts from the rest.
    pub(super) is_apart: bool,
    /// Where it says the words were said.
    pub(super) addresses: Vec<Address>,
    /// What may be labels of a transcript in it: `Participant 5`, `P5`.
    pub(super) labels: Vec<String>,
    /// Roles that it names in their place.
    pub(super) roles: Vec<(&'static str, Voice)>,
    /// All its words, folded, and the stems of those that tell somebody from others; these by its parts, too.
    pub(super) form: String,
    pub(super) words: Vec<String>,
    pub(super) parts: Vec<Vec<String>>,
    /// Its parts without names and addresses: what it says of people.
    pub(super) descriptors: Vec<String>,
}

/// What stands for a voice that is no participant's: as Combe writes it, or as authors do.
const ROLES: [(&str, Voice); 10] = [
    ("interviewer", Voice::Interviewer),
    ("moderator", Voice::Interviewer),
    ("facilitator", Voice::Interviewer),
    ("the interviewer", Voice::Interviewer),
    ("the moderator", Voice::Interviewer),
    ("somebody who is no participant", Voice::Other),
    ("several speakers", Voice::Several),
    ("several people", Voice::Several),
    ("speaker unknown", Voice::Unknown),
    ("unknown speaker", Voice::Unknown),
];

/// The roles that an attribution names, each as it is told.
fn roles_in(text: &str) -> Vec<(&'static str, Voice)> {
    let parts: Vec<String> = text
        .split([',', ';'])
        .map(|part| crate::text::fold_name(part.trim()))
        .filter(|part| !part.is_empty())
        .collect();
    let role = |part: &String| ROLES.into_iter().find(|(words, _)| words == part);
    let roles: Vec<_> = parts.iter().filter_map(role).collect();
    // `facilitator, organisation of care` is a theme.
    if roles.len() == parts.len() { roles } else { Vec::new() }
}

impl Behind {
    /// Whether it names nobody but a role.
    pub(super) fn names_role(&self) -> bool {
        !self.roles.is_empty()
    }

    /// Whether it names somebody or somewhere.
    pub(super) fn names_one(&self) -> bool {
        !self.named.is_empty() || !self.addresses.is_empty() || !self.roles.is_empty()
    }
}

impl Descriptors {
    /// Reads what stands behind a quotation, to be judged once or often.
    #[must_use]
    pub fn read(&self, text: &str) -> Behind {
        let mut analyser = Analyser::new(Language::English);
        let bare = without_remarks(text);
        let labels = numbered_labels(&bare);
        let text = self.spelled_out(&bare);
        let named = self.named_in(&text);
        let addresses = self.addresses.within(&text);
        // A transcript that is called as a participant is: the person is meant.
        let is_address = |held: &Address| {
            let name = text.get(held.at.clone()).unwrap_or_default();
            held.turns.is_some() || !self.names.has(name)
        };
        let addresses: Vec<Address> = addresses.into_iter().filter(is_address).collect();
        let text = without(&text, addresses.iter().map(|held| held.at.clone()));
        let people: Vec<&str> = named.iter().filter_map(|person| self.names.get(*person)).collect();
        let begins_with = |name: &&str| {
            let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
            start.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let is_one = |part: &str| {
            part.starts_with(char::is_uppercase) && people.iter().any(|name| part.eq_ignore_ascii_case(name))
        };
        let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let behind_name = |name: &&str| {
            let held = start.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
            held.then(|| start.get(name.len()..)).flatten()
        };
        Behind {
            is_apart: people.iter().filter_map(behind_name).any(|rest| {
                let rest = rest.trim_start();
                rest.is_empty() || rest.starts_with([',', ';', ':', '(', '[', '–', '—'])
            }),
            is_name: people.iter().any(begins_with) || text.split([',', ';']).any(|part| is_one(part.trim())),
            roles: if named.is_empty() { roles_in(&text) } else { Vec::new() },
            form: folded(&text, &mut analyser),
            words: content(&text, &mut analyser),
            parts: text.split(';').map(|part| content(part, &mut analyser)).collect(),
            descriptors: text.split(';').map(|part| without_names(part, &people)).collect(),
            addresses,
            labels,
            named,
        }
    }
}

/// `Participant 5`, `P5`: what may be the label of a speaker in some transcript.
fn numbered_labels(text: &str) -> Vec<String> {
    let parts = text.split([',', ';', ' ', '-', '(', ')']).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let with_title = parts.windows(2).filter_map(|pair| match pair {
        [title, number] if is_number(number) && title.chars().all(char::is_alphabetic) => {
            Some(format!("{title} {number}"))
        }
        _ => None,
    });
    let alone = parts
        .iter()
        .filter(|part| part.starts_with(char::is_alphabetic) && part.ends_with(|c: char| c.is_ascii_digit()));
    with_title.chain(alone.map(|part| (*part).to_owned())).collect()
}

/// What begins a remark that is part of an attribution: `translated: I want to know; P1`.
const REMARKS: [&str; 6] =
    ["translat", "our translation", "emphasis", "our emphasis", "own translation", "italics"];

/// What begins an attribution and is none of it.
const LEADS: [&str; 6] = ["e.g.,", "e.g.", "eg ", "for example,", "for example", "see "];

/// What leads to others who say the like.
const ALIKE: [&str; 5] = ["also ", "cf.", "cf ", "similarly ", "compare "];

/// An attribution without its remarks: what is translated or emphasised, examples, who else says so.
fn without_remarks(text: &str) -> String {
    let folded = crate::text::fold_name;
    let is_remark = |part: &str| REMARKS.iter().any(|remark| folded(part).starts_with(remark));
    let is_alike = |part: &&str| ALIKE.iter().any(|lead| format!("{} ", folded(part)).starts_with(lead));
    let kept: Vec<&str> = text.split_inclusive([',', ';']).take_while(|part| !is_alike(part)).collect();
    let parts: Vec<String> =
        kept.concat().split(';').filter(|part| !is_remark(part)).map(str::to_owned).collect();
    let all = parts.join(";");
    let bare = all.trim().trim_end_matches([',', ';']);
    let lead = LEADS
        .iter()
        .find(|lead| bare.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead)));
    lead.and_then(|lead| bare.get(lead.len()..)).unwrap_or(bare).trim().to_owned()
}

/// A text without some stretches of it, in order.
fn without(text: &str, stretches: impl Iterator<Item = std::ops::Range<usize>>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for stretch in stretches {
        kept.push_str(text.get(from..stretch.start).unwrap_or_default());
        from = stretch.end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// What a part of an attribution says of somebody besides their name.
fn without_names(part: &str, people: &[&str]) -> String {
    let is_name = |words: &&str| people.iter().any(|name| words.trim().eq_ignore_ascii_case(name));
    let kept: Vec<&str> =
        part.split(',').map(str::trim).filter(|words| !words.is_empty() && !is_name(words)).collect();
    kept.join(", ")
}

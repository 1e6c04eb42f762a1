//! The lines of a profile, section by section.

use std::collections::BTreeSet;

use super::profile::{Item, Profile};
use super::{Flag, value_words};
use crate::analysis::{Counter, Figures, Scope};
use crate::app::wrap::{cells, wrap};
use crate::app::{Model, Spot};
use crate::study::{AttributeOf, CodeId, MemoOn, ParticipantId, Subject, Value};

/// Speech is at most so wide.
const WIDEST: u16 = 80;

/// One line of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileLine {
    /// The item it belongs to; none for headings.
    pub item: Option<usize>,
    /// What stands at the left: a name, an address, a number.
    pub left: String,
    /// The column in which the rest begins.
    pub indent: u16,
    /// The rest.
    pub text: String,
    /// Whether it says that something is not there.
    pub blank: bool,
}

impl ProfileLine {
    /// Whether it is the heading of a section.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        self.item.is_none() && !self.left.is_empty()
    }
}

/// Items and lines while they are made.
struct Sheet {
    items: Vec<Item>,
    lines: Vec<ProfileLine>,
}

impl Sheet {
    fn heading(&mut self, words: impl Into<String>) {
        if !self.lines.is_empty() {
            self.note(String::new());
        }
        let (left, text) = (words.into(), String::new());
        self.lines.push(ProfileLine { item: None, left, indent: 0, text, blank: false });
    }

    /// A line that cannot be chosen.
    fn note(&mut self, text: String) {
        self.lines.push(ProfileLine { item: None, left: String::new(), indent: 1, text, blank: true });
    }

    fn row(&mut self, item: Item, left: impl Into<String>, indent: u16, text: String, blank: bool) {
        self.items.push(item);
        let item = Some(self.items.len() - 1);
        self.lines.push(ProfileLine { item, left: left.into(), indent, text, blank });
    }
}

impl Model {
    /// All items and lines of a profile in a window of that width.
    pub(super) fn lay_profile(&mut self, profile: &Profile, width: u16) -> (Vec<Item>, Vec<ProfileLine>) {
        let mut sheet = Sheet { items: Vec::new(), lines: Vec::new() };
        self.lay_attributes(&mut sheet, profile.person);
        self.lay_consent(&mut sheet, profile.person);
        self.lay_transcripts(&mut sheet, profile.person);
        self.lay_codes(&mut sheet, profile.person);
        self.lay_memos(&mut sheet, profile.person);
        self.lay_speech(&mut sheet, profile, width);
        (sheet.items, sheet.lines)
    }

    fn lay_attributes(&self, sheet: &mut Sheet, person: ParticipantId) {
        sheet.heading("Attributes");
        let attributes = self.study.attributes_of(AttributeOf::Participant);
        if attributes.is_empty() {
            let keys = self.keys_of("add_attribute");
            sheet.note(format!("none yet; {keys} adds one"));
        }
        let widest = attributes.iter().map(|held| held.name.chars().count()).max().unwrap_or(0);
        let indent = u16::try_from(widest).unwrap_or(24).clamp(8, 24) + 3;
        for attribute in attributes {
            let held = self.study.attribute_values().get(&(Subject::Participant(person), attribute.id));
            let value = held.map(|held| &held.value);
            let mut text = value_words(value);
            if let Some(address) = self.evidence_words(held.and_then(|held| held.quote)) {
                text = format!("{text}  (rests on {address})");
            }
            let blank = !matches!(value, Some(Value::Given(_)));
            sheet.row(Item::Attribute(attribute.id), attribute.name.replace('_', " "), indent, text, blank);
        }
    }

    fn lay_consent(&self, sheet: &mut Sheet, person: ParticipantId) {
        sheet.heading("Agreed to");
        let consent = self.study.consents().get(&person);
        for flag in Flag::ALL {
            let word = match (consent, flag.given(consent)) {
                (None, _) => "taken as given: nothing recorded",
                (Some(_), true) => "yes",
                (Some(_), false) => "no",
            };
            sheet.row(Item::Consent(flag), flag.name(), 11, word.to_owned(), consent.is_none());
        }
        if let Some(withdrawn) = consent.and_then(|consent| consent.withdrawn.as_ref()) {
            sheet.note(format!("withdrawn on {}: {}", withdrawn.on, withdrawn.scope));
        }
    }

    fn lay_transcripts(&self, sheet: &mut Sheet, person: ParticipantId) {
        sheet.heading("Speaks in");
        let turns = self.turns_of_person(person);
        let speech: std::collections::BTreeMap<_, _> = self.study.speech_of(person).collect();
        if speech.is_empty() {
            sheet.note(String::from("no imported transcript"));
        }
        for transcript in self.study.transcripts_by_name() {
            let Some(words) = speech.get(&transcript.id) else { continue };
            let count = turns.iter().filter(|spot| spot.transcript == transcript.id).count();
            let kind = transcript.kind.name().replace('_', " ");
            let mut text = format!("{kind}, {}, {}", many(count, "turn"), many(*words as usize, "word"));
            for value in self.attribute_words(Subject::Transcript(transcript.id)) {
                text = format!("{text}, {value}");
            }
            sheet.row(Item::Transcript(transcript.id), &transcript.name, 11, text, false);
        }
    }

    fn lay_codes(&mut self, sheet: &mut Sheet, person: ParticipantId) {
        let scope = Scope { people: Some(BTreeSet::from([person])), ..Scope::default() };
        let counter = self.sheets.counter(&self.study, &scope);
        let all: BTreeSet<CodeId> = counter.study().codes().iter().map(|code| code.id).collect();
        let total = counter.count_codes(&all).all.codings;
        sheet.heading(format!("What they said: {}", many(total as usize, "coding")));
        if total == 0 {
            sheet.note(String::from("nothing of theirs is coded yet"));
        }
        let mut shown: BTreeSet<CodeId> = BTreeSet::new();
        for theme in counter.study().themes_in_order() {
            let codes: BTreeSet<CodeId> = theme.codes().collect();
            let figures = counter.count_codes(&codes).all;
            if figures.codings > 0 {
                sheet.row(Item::Theme(theme.id), figures.codings.to_string(), 6, theme.name.clone(), false);
                lay_code_rows(sheet, &counter, &codes, 8);
                shown.extend(codes);
            }
        }
        let rest = all.difference(&shown).copied().collect();
        lay_code_rows(sheet, &counter, &rest, 6);
    }

    fn lay_memos(&self, sheet: &mut Sheet, person: ParticipantId) {
        sheet.heading("Memos");
        let memos: Vec<_> = self.study.memos_on(MemoOn::Participant(person)).collect();
        if memos.is_empty() {
            let keys = self.keys_of("write_participant_memo");
            sheet.note(format!("none yet; {keys} writes one"));
        }
        for memo in memos.into_iter().rev() {
            let author = self.study.coder_name(memo.coder);
            let text = format!("{} {author}: {}", self.day_words(memo.at), self.memo_words(memo));
            sheet.row(Item::Memo(memo.id), memo.kind.name().replace('_', " "), 14, text, false);
        }
    }

    fn lay_speech(&self, sheet: &mut Sheet, profile: &Profile, width: u16) {
        let turns = self.turns_of_person(profile.person);
        sheet.heading(format!("Speech: {}", many(turns.len(), "turn")));
        let addresses: Vec<String> = turns.iter().map(|spot| self.address(*spot)).collect();
        let widest = addresses.iter().map(|address| address.chars().count()).max().unwrap_or(0);
        let indent = u16::try_from(widest).unwrap_or(12).clamp(4, 14) + 3;
        let room = width.saturating_sub(indent + 1).clamp(12, WIDEST);
        for (spot, address) in turns.into_iter().zip(addresses) {
            self.lay_turn(sheet, profile, (spot, address), (indent, room));
        }
    }

    fn lay_turn(
        &self,
        sheet: &mut Sheet,
        profile: &Profile,
        (spot, address): (Spot, String),
        (indent, room): (u16, u16),
    ) {
        let revision = self.study.transcripts().get(&spot.transcript).map(|held| held.revision);
        let text = revision.and_then(|revision| profile.texts.get(&revision));
        let Some(speech) = text.and_then(|text| spot.span.slice(text)) else {
            sheet.row(Item::Turn(spot), address, indent, String::from("the text is being read"), true);
            return;
        };
        sheet.items.push(Item::Turn(spot));
        let item = Some(sheet.items.len() - 1);
        let mut left = address;
        for row in wrap(speech, usize::from(room)) {
            let row = speech.get(row).unwrap_or_default().trim_end();
            let text = cells(row).map(|cell| cell.shown).collect();
            sheet.lines.push(ProfileLine {
                item,
                left: std::mem::take(&mut left),
                indent,
                text,
                blank: false,
            });
        }
    }
}

/// Codes with their counts, the commonest first; those that are not used are left out.
fn lay_code_rows(sheet: &mut Sheet, counter: &Counter<'_>, codes: &BTreeSet<CodeId>, indent: u16) {
    let counted = codes.iter().map(|code| (*code, counter.count_codes(&BTreeSet::from([*code])).all));
    let mut used: Vec<(CodeId, Figures)> = counted.filter(|(_, figures)| figures.codings > 0).collect();
    used.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.codings));
    for (code, figures) in used {
        let Some(code) = counter.study().codes().get(&code) else { continue };
        let side = code.side.map_or_else(String::new, |side| format!(" ({})", side.name()));
        // Below a theme the number stands further in.
        let number = format!("{:>width$}", figures.codings, width = usize::from(indent - 5));
        sheet.row(Item::Code(code.id), number, indent, format!("{}{side}", code.name), false);
    }
}

fn many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

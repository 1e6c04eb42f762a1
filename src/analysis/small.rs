//! Studies small enough to count by hand, for the tests of this room.
//!
//! A transcript is written as lines of `Label: speech`; a label is the name of its participant, except `Int` (interviewer),
//! `Partner` (other), `All` (several) and `Who` (unknown). A passage is written in its text: `I was [so tired] of it`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use uuid::Uuid;

use super::{Count, Figures, Panel, PanelOf, PanelRow, RowOf, Scope, Sheets};
use crate::study::*;
use crate::text::{Span, count_words, fold_label};

/// Identifiers 1, 2, 3 and a clock that stands still.
#[derive(Default)]
pub(super) struct Ids(AtomicU64);

impl Source for Ids {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0, self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// A study under construction, with COM-B and the lead coder `c1`, and its sheets kept in step.
pub(super) struct Small {
    pub(super) study: Study,
    pub(super) sheets: Sheets,
    ids: Ids,
    texts: BTreeMap<TranscriptId, String>,
}

impl Small {
    pub(super) fn new() -> Self {
        let mut small = Self {
            study: Study::default(),
            sheets: Sheets::default(),
            ids: Ids::default(),
            texts: BTreeMap::new(),
        };
        small.study.settings.lead = Some("c1".into());
        let template = Template::shipped("com-b").unwrap().unwrap();
        let mut changes = vec![Change::create(template.framework)];
        changes.extend(template.components.into_iter().map(Change::create));
        for name in ["c1", "c2"] {
            changes.push(Change::create(Coder { id: fresh(&small.ids), name: name.into() }));
        }
        small.apply(&changes);
        small
    }

    pub(super) fn apply(&mut self, changes: &[Change]) {
        self.study.apply(changes).unwrap();
        self.sheets.note(&self.study, changes);
    }

    pub(super) fn transcript(&mut self, name: &str, kind: Kind, lines: &[&str]) -> TranscriptId {
        let (id, revision) = (fresh(&self.ids), fresh(&self.ids));
        let text = lines.join("\n\n");
        let turns = read_turns(revision, &text);
        let mut changes = vec![
            Change::create(Transcript {
                id,
                name: name.into(),
                kind,
                revision,
                source: format!("{name}.txt"),
                sha256: String::new(),
                language: None,
            }),
            Change::create(Revision {
                id: revision,
                transcript: id,
                number: 1,
                at: Timestamp::UNIX_EPOCH,
                digest: String::new(),
                encoding: "UTF-8".into(),
                layout: "label: speech".into(),
            }),
        ];
        for key in &turns.speakers {
            let voice = match key.as_str() {
                "int" => Voice::Interviewer,
                "partner" => Voice::Other,
                "all" => Voice::Several,
                "who" => Voice::Unknown,
                name => Voice::Participant(self.person(name)),
            };
            changes.push(Change::create(Binding { transcript: id, speaker: key.clone(), voice }));
        }
        self.study.add_turns(Arc::new(turns));
        self.texts.insert(id, text);
        self.apply(&changes);
        id
    }

    /// The text of a transcript.
    pub(super) fn text(&self, transcript: TranscriptId) -> Arc<str> {
        self.texts[&transcript].as_str().into()
    }

    pub(super) fn interview(&mut self, name: &str, lines: &[&str]) -> TranscriptId {
        self.transcript(name, Kind::Interview, lines)
    }

    pub(super) fn focus_group(&mut self, name: &str, lines: &[&str]) -> TranscriptId {
        self.transcript(name, Kind::FocusGroup, lines)
    }

    pub(super) fn person(&mut self, name: &str) -> ParticipantId {
        if let Some(held) = self.study.participant_named(name) {
            return held.id;
        }
        let id = fresh(&self.ids);
        self.apply(&[Change::create(Participant { id, name: name.into(), provisional: false })]);
        id
    }

    pub(super) fn group(&mut self, person: &str, value: &str) {
        self.value(person, "group", value);
    }

    /// A value of an attribute of participants, which is made now if need be.
    pub(super) fn value(&mut self, person: &str, name: &str, value: &str) {
        let attribute = self.study.attribute_named(AttributeOf::Participant, name).map(|held| held.id);
        let attribute = attribute.unwrap_or_else(|| {
            let id = fresh(&self.ids);
            let of = AttributeOf::Participant;
            let position = u32::try_from(self.study.attributes().len()).unwrap();
            self.apply(&[Change::create(Attribute { id, name: name.into(), of, position })]);
            id
        });
        let subject = Subject::Participant(self.person(person));
        let value = Value::from_cell(value).unwrap();
        self.apply(&[Change::create(AttributeValue { attribute, subject, value, quote: None })]);
    }

    /// The code of that name, made now if need be.
    pub(super) fn code(&mut self, name: &str) -> CodeId {
        if let Some(held) = self.study.code_named(name) {
            return held.id;
        }
        let code = Code::new(fresh(&self.ids), name);
        self.apply(&[Change::create(code.clone())]);
        code.id
    }

    pub(super) fn change_code(&mut self, name: &str, change: impl FnOnce(&mut Code)) {
        let id = self.code(name);
        let before = self.study.codes().get(&id).unwrap().clone();
        let mut after = before.clone();
        change(&mut after);
        self.apply(&[Change::update(before, after)]);
    }

    pub(super) fn side(&mut self, code: &str, side: Side) {
        self.change_code(code, |code| code.side = Some(side));
    }

    pub(super) fn parent(&mut self, child: &str, parent: &str) {
        let parent = self.code(parent);
        self.change_code(child, |code| code.parent = Some(parent));
    }

    pub(super) fn theme(&mut self, name: &str, barriers: &[&str], facilitators: &[&str]) -> ThemeId {
        let id = fresh(&self.ids);
        let codes = |small: &mut Self, names: &[&str]| names.iter().map(|name| small.code(name)).collect();
        let (barriers, facilitators) = (codes(self, barriers), codes(self, facilitators));
        let (name, note, position) = (name.into(), String::new(), 0);
        self.apply(&[Change::create(Theme { id, name, position, barriers, facilitators, note })]);
        id
    }

    pub(super) fn classify(&mut self, of: Classified, component: &str) {
        let (framework, component) = ("com-b".into(), component.into());
        self.apply(&[Change::create(Classification { of, framework, component })]);
    }

    pub(super) fn classify_code(&mut self, name: &str, component: &str) {
        let code = self.code(name);
        self.classify(Classified::Code(code), component);
    }

    /// Codes the passage in brackets. Coding a quote again adds to it.
    pub(super) fn mark(&mut self, coder: &str, transcript: &str, passage: &str, code: &str) -> Coding {
        self.mark_as(coder, transcript, passage, code, None)
    }

    pub(super) fn mark_as(
        &mut self,
        coder: &str,
        transcript: &str,
        passage: &str,
        code: &str,
        valence: Option<Valence>,
    ) -> Coding {
        let quote = self.quote(coder, transcript, passage);
        let code = self.code(code);
        let coding =
            Coding { id: fresh(&self.ids), quote, code, valence, at: Timestamp::UNIX_EPOCH, blind: false };
        self.apply(&[Change::create(coding.clone())]);
        coding
    }

    pub(super) fn quote(&mut self, coder: &str, transcript: &str, passage: &str) -> QuoteId {
        let coder = self.study.coder_named(coder).unwrap().id;
        let transcript = self.study.transcript_named(transcript).unwrap().clone();
        let whole = &self.texts[&transcript.id];
        let at = whole.find(&passage.replace(['[', ']'], "")).expect("the passage is in the transcript");
        let (open, close) = (passage.find('[').unwrap(), passage.find(']').unwrap());
        let span = Span::new(at + open, at + close - 1);
        let text = span.slice(whole).unwrap().to_owned();
        let mut held = self.study.quotes_in(transcript.id);
        if let Some(held) = held.find(|held| (held.coder, held.span) == (coder, span)) {
            return held.id;
        }
        let id = fresh(&self.ids);
        let (revision, transcript) = (transcript.revision, transcript.id);
        drop(held);
        self.apply(&[Change::create(Quote { id, coder, transcript, revision, span, text, starred: false })]);
        id
    }

    pub(super) fn star(&mut self, quote: QuoteId) {
        let before = self.study.quotes().get(&quote).unwrap().clone();
        self.apply(&[Change::update(before.clone(), Quote { starred: true, ..before })]);
    }

    /// The count of a code by name, everything in scope.
    pub(super) fn count(&mut self, code: &str) -> Count {
        self.count_in(code, &Scope::default())
    }

    pub(super) fn count_in(&mut self, code: &str, scope: &Scope) -> Count {
        let code = self.code(code);
        self.sheets.counter(&self.study, scope).count(code)
    }

    pub(super) fn panel(&mut self, component: &str) -> Panel {
        let scope = Scope::default();
        Panel::of(&self.sheets.counter(&self.study, &scope), PanelOf::Component(component.into()))
    }

    /// The row of a panel by the name of its theme or code.
    pub(super) fn row<'p>(&self, panel: &'p Panel, name: &str) -> &'p PanelRow {
        panel.rows.iter().find(|row| self.name(row) == name).expect("a row of that name")
    }

    pub(super) fn name(&self, row: &PanelRow) -> &str {
        match row.of {
            RowOf::Theme(id) => &self.study.themes().get(&id).unwrap().name,
            RowOf::Code { code, .. } => &self.study.codes().get(&code).unwrap().name,
            RowOf::Total => "",
        }
    }

    /// The texts of quotes.
    pub(super) fn texts<'a>(&self, quotes: impl Iterator<Item = &'a super::Behind>) -> Vec<&str> {
        quotes.map(|behind| self.study.quotes().get(&behind.quote).unwrap().text.as_str()).collect()
    }
}

/// Figures as `people of N, transcripts, codings, unclear, beside`.
pub(super) fn figures(figures: &Figures) -> (u32, u32, u32, u32, u32, u32) {
    let Figures { people, of, transcripts, of_transcripts: _, codings, unclear, beside } = *figures;
    (people, of, transcripts, codings, unclear, beside)
}

fn read_turns(revision: RevisionId, text: &str) -> Turns {
    let mut turns = Turns { revision, speakers: vec![], turns: vec![], times: vec![] };
    let mut at = 0;
    for (number, line) in (1..).zip(text.split("\n\n")) {
        let colon = line.find(": ").expect("a label");
        let key = fold_label(&line[..colon]);
        let known = turns.speakers.iter().position(|held| *held == key);
        let speaker = known.unwrap_or_else(|| {
            turns.speakers.push(key);
            turns.speakers.len() - 1
        });
        turns.turns.push(Turn {
            number: TurnNumber::whole(number),
            speaker: u16::try_from(speaker).unwrap(),
            label: Span::new(at, at + colon + 1),
            speech: Span::new(at + colon + 2, at + line.len()),
            start_ms: None,
            end_ms: None,
            words: u32::try_from(count_words(&line[colon + 2..])).unwrap(),
        });
        at += line.len() + 2;
    }
    turns
}

//! The program on a screen that is not there: keys in, the screen and the study out.
//!
//! A [`Desk`] holds a model and a store that acknowledges everything at once, so that a test reads as what a coder does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use combe::analysis::identifiers::{Names, Patterns, Scanner, scan_record, scan_transcript};
use combe::app::findings::{ScanRecord, ScanText, Scanned};
use combe::app::keymap::{Keymap, parse_keys};
use combe::app::timeline::Part;
use combe::app::{Effect, Loaded, Model, Msg, Place, Setting, Size, Texts, update};
use combe::import::{Batch, ImportOptions};
use combe::store::Entry;
use combe::study::{
    Action, Attribute, AttributeOf, AttributeValue, Binding, Change, Classification, Classified, Code, Coder,
    CoderId, Kind, Participant, Revision, RevisionId, Settings, Side, Source, Speaker, Study, Subject,
    Template, Transcript, TranscriptId, Turn, TurnNumber, Turns, Value, Voice, fresh,
};
use combe::text::{Span, count_words};
use combe::ui;
use combe::ui::glyphs::{GlyphSet, Glyphs};
use combe::ui::theme::{Colours, Theme};
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::fixture::Kept;
use crate::fixture::Ticking;

/// A focus group and an interview, as they might be imported. A line `Label: speech` is a turn, what stands before the
/// first one is the preamble.
pub(crate) const I43: &str = "\
Interview 43, recorded at the practice.

Interviewer: How does time come into it?

P088: I think time is really key, we’re so pressurised for time seeing patients and the volume that want to be seen. \
You can’t do it all in ten minutes.

Interviewer: And the patients?

P088: They know. Some of them apologise for taking up my time! It helps when they write things down before they come.

P088: Mm.

Interviewer: Thank you.
";

pub(crate) const FG06: &str = "\
MOD: Who would like to begin?

P1F: I never know what to ask. By the time I’ve thought of it I’m out of the door.

P2M: My wife writes a list.

Several: [laughter]
";

/// A study in memory.
pub(crate) struct Desk {
    pub(crate) model: Model,
    pub(crate) source: Arc<Ticking>,
    pub(crate) committed: Vec<Action>,
    /// What made the study: one action, signed by its coder before everything else.
    begun: Vec<Action>,
    pub(crate) other_effects: Vec<Effect>,
    pub(crate) texts: BTreeMap<RevisionId, Arc<str>>,
    /// Whether the store answers.
    pub(crate) answers: bool,
    /// Whether files of quotations are looked into at once.
    pub(crate) looks: bool,
    /// Files that an import finds, whatever path it is given.
    pub(crate) files: BTreeMap<String, String>,
    /// The file of names.
    pub(crate) names: String,
    batch: Batch,
    glyphs: GlyphSet,
    colours: Colours,
}

/// What a desk is made of.
pub(crate) struct Parts {
    pub(crate) source: Arc<Ticking>,
    pub(crate) study: Study,
    pub(crate) texts: BTreeMap<RevisionId, Arc<str>>,
    pub(crate) me: Coder,
    seq: u64,
}

impl Parts {
    /// An empty study with COM-B and the lead coder `c1`.
    pub(crate) fn new() -> Parts {
        let source = Arc::new(Ticking::new());
        let me = Coder { id: fresh(&*source), name: "c1".into() };
        let mut study = Study::default();
        study.settings =
            Settings { name: "coproduction".into(), lead: Some("c1".into()), ..Settings::default() };
        let template = Template::shipped("com-b").unwrap().unwrap();
        let mut changes = vec![Change::create(template.framework), Change::create(me.clone())];
        changes.extend(template.components.into_iter().map(Change::create));
        study.apply(&changes).unwrap();
        Parts { source, study, texts: BTreeMap::new(), me, seq: 0 }
    }

    /// Adds a transcript. Speakers named `Interviewer` or `MOD` ask, `Several` are several, all others are participants.
    pub(crate) fn transcript(&mut self, name: &str, kind: Kind, text: &str, times: bool) -> TranscriptId {
        let (id, revision): (TranscriptId, RevisionId) = (fresh(&*self.source), fresh(&*self.source));
        let turns = read_turns(revision, text, times);
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
                at: self.source.now(),
                digest: String::new(),
                encoding: "UTF-8".into(),
                layout: "label: speech".into(),
            }),
        ];
        for key in &turns.speakers {
            let label =
                text.lines().find_map(|line| line.split_once(": ").filter(|(l, _)| l.to_lowercase() == *key));
            let label = label.map_or(key.as_str(), |(label, _)| label);
            let voice = match key.as_str() {
                "interviewer" | "mod" => Voice::Interviewer,
                "several" => Voice::Several,
                _ => match self.study.participant_named(label) {
                    Some(held) => Voice::Participant(held.id),
                    None => {
                        let person =
                            Participant { id: fresh(&*self.source), name: label.into(), provisional: false };
                        changes.push(Change::create(person.clone()));
                        Voice::Participant(person.id)
                    }
                },
            };
            changes.push(Change::create(Speaker { transcript: id, key: key.clone(), label: label.into() }));
            changes.push(Change::create(Binding { transcript: id, speaker: key.clone(), voice }));
        }
        self.study.add_turns(Arc::new(turns));
        self.study.apply(&changes).unwrap();
        self.texts.insert(revision, text.into());
        id
    }

    pub(crate) fn code(&mut self, name: &str, side: Option<Side>, component: &str, definition: &str) {
        self.seq += 1;
        let code = Code {
            side,
            definition: definition.into(),
            position: u32::try_from(self.seq).unwrap(),
            ..Code::new(fresh(&*self.source), name)
        };
        let under = Classification {
            of: Classified::Code(code.id),
            framework: "com-b".into(),
            component: component.into(),
        };
        self.study.apply(&[Change::create(code), Change::create(under)]).unwrap();
    }

    pub(crate) fn attribute(&mut self, person: &str, name: &str, value: &str) {
        let person = self.study.participant_named(person).unwrap().id;
        let mut changes = Vec::new();
        let attribute =
            self.study.attribute_named(AttributeOf::Participant, name).cloned().unwrap_or_else(|| {
                let position = u32::try_from(self.study.attributes().len()).unwrap();
                let made = Attribute {
                    id: fresh(&*self.source),
                    name: name.into(),
                    of: AttributeOf::Participant,
                    position,
                };
                changes.push(Change::create(made.clone()));
                made
            });
        changes.push(Change::create(AttributeValue {
            attribute: attribute.id,
            subject: Subject::Participant(person),
            value: Value::Given(vec![value.into()]),
            quote: None,
        }));
        self.study.apply(&changes).unwrap();
    }

    /// The study that most tests use.
    pub(crate) fn small() -> Parts {
        let mut parts = Parts::new();
        parts.transcript("I43", Kind::Interview, I43, true);
        parts.transcript("FG06", Kind::FocusGroup, FG06, false);
        parts.attribute("P088", "group", "clinician");
        parts.attribute("P088", "profession", "GP");
        parts.code(
            "Appointment time",
            Some(Side::Barrier),
            "opportunity.physical",
            "There is too little time in an appointment.",
        );
        parts.code("Workload", Some(Side::Barrier), "opportunity.physical", "");
        parts.code("Restructure time allocation", Some(Side::Facilitator), "opportunity.physical", "");
        parts.code("Writing things down", None, "capability.psychological", "Lists, notes, letters.");
        parts
    }

    pub(crate) fn setting(&self, width: u16, height: u16) -> Setting {
        Setting {
            source: self.source.clone(),
            me: self.me.clone(),
            keymap: Arc::new(Keymap::shipped().unwrap()),
            zone: TimeZone::UTC,
            size: Size { width, height },
            read_only: None,
            about: combe::app::About::default(),
            codes_made: Vec::new(),
        }
    }
}

/// Turns of a text whose turns are lines `Label: speech`.
fn read_turns(revision: RevisionId, text: &str, times: bool) -> Turns {
    let mut turns = Turns { revision, speakers: Vec::new(), turns: Vec::new(), times: Vec::new() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((label, _)) = line.split_once(": ").filter(|(label, _)| !label.contains(' ')) else {
            continue;
        };
        let key = label.to_lowercase();
        let speaker = turns.speakers.iter().position(|held| *held == key).unwrap_or_else(|| {
            turns.speakers.push(key);
            turns.speakers.len() - 1
        });
        let speech = start + label.len() + 2;
        let end = start + line.trim_end().len();
        let number = u32::try_from(turns.turns.len()).unwrap() + 1;
        turns.turns.push(Turn {
            number: TurnNumber::whole(number),
            speaker: u16::try_from(speaker).unwrap(),
            label: Span::new(start, start + label.len() + 1),
            speech: Span::new(speech, end.max(speech)),
            start_ms: times.then_some(number * 4000),
            end_ms: None,
            words: u32::try_from(count_words(&text[speech..end.max(speech)])).unwrap(),
        });
    }
    turns
}

impl Desk {
    /// A program at 80x24 with the whole study loaded, on the list of transcripts.
    pub(crate) fn new(parts: Parts) -> Desk {
        Desk::sized(parts, 80, 24)
    }

    pub(crate) fn sized(parts: Parts, width: u16, height: u16) -> Desk {
        let mut desk = Desk::begin(parts.setting(width, height), Study::default(), &parts, &Place::default());
        desk.load(parts.study);
        desk
    }

    /// A program that begins at a place with what is given of the study; the rest is not loaded.
    pub(crate) fn begin(setting: Setting, first: Study, parts: &Parts, place: &Place) -> Desk {
        let source = parts.source.clone();
        let (model, effects) = Model::start(setting, first, Texts::default(), place);
        let mut desk = Desk {
            model,
            source,
            committed: Vec::new(),
            begun: Vec::new(),
            other_effects: Vec::new(),
            texts: parts.texts.clone(),
            answers: true,
            looks: true,
            files: BTreeMap::new(),
            names: String::new(),
            batch: Batch::default(),
            glyphs: GlyphSet::Unicode,
            colours: Colours::None,
        };
        desk.run(effects);
        desk
    }

    pub(crate) fn load(&mut self, study: Study) {
        let codes = study.codes().iter().cloned().map(Change::create);
        let classifications = study.classifications().iter().cloned().map(Change::create);
        self.begun.push(Action {
            id: fresh(&*self.source),
            at: self.source.now(),
            coder: self.model.me.id,
            command: "import".into(),
            label: "codebook".into(),
            reason: None,
            undoes: None,
            changes: codes.chain(classifications).collect(),
        });
        self.send(Msg::StudyLoaded(Box::new(Loaded { study, ..Loaded::default() })));
    }

    /// The same program with the keys of another keymap.
    pub(crate) fn keymap(mut self, name: &str) -> Desk {
        self.model.keymap = Arc::new(Keymap::named(name).unwrap().unwrap());
        self
    }

    pub(crate) fn looks(mut self, glyphs: GlyphSet, colours: Colours) -> Desk {
        (self.glyphs, self.colours) = (glyphs, colours);
        self
    }

    pub(crate) fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.run(effects);
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::LoadText(revision) if self.answers => {
                    let text = self.texts[&revision].clone();
                    self.send(Msg::TextLoaded { revision, text, turns: None });
                }
                Effect::ReadImport { generation, coder, .. } if self.answers => {
                    self.batch = Batch::default();
                    for (name, text) in &self.files {
                        self.batch.add(name, text.as_bytes(), &ImportOptions::default());
                    }
                    self.plan(generation, &ImportOptions::default(), &BTreeSet::new(), &coder);
                }
                Effect::PlanImport { generation, options, out, coder } if self.answers => {
                    for name in self.batch.outdated(&options) {
                        self.batch.read_again(&name, self.files[&name].as_bytes(), &options);
                    }
                    self.plan(generation, &options, &out, &coder);
                }
                Effect::Commit { action, texts, .. } => {
                    self.texts.extend(texts.into_iter().map(|text| (text.revision, text.text.into())));
                    let (id, seq) = (action.id, self.committed.len() as u64 + 1);
                    let at = action.at;
                    self.committed.push(*action);
                    if self.answers {
                        self.send(Msg::Committed { action: id, seq, at });
                    }
                }
                Effect::LookForQuotation { file: looked, text: sought } if self.looks => {
                    let is_it = |effect: &Effect| matches!(effect, Effect::AppendQuotation { file, text, .. } if *file == looked && *text == sought);
                    let there = self.other_effects.iter().any(is_it);
                    self.send(Msg::QuotationLookedFor { there });
                }
                Effect::Scan { generation, texts, records } if self.answers => {
                    let scanned = Box::new(self.scan(&texts, &records));
                    self.send(Msg::Scanned { generation, scanned });
                }
                Effect::AddName { real, pseudonym } => {
                    self.names = Names::with_name(&self.names, &real, &pseudonym).unwrap();
                    self.send(Msg::NameAdded(Arc::new(Names::parse(&self.names).unwrap())));
                }
                Effect::LoadCodebookPast if self.answers => {
                    let past = self.begun.iter().chain(&self.committed).cloned().collect();
                    self.send(Msg::CodebookPast(past));
                }
                Effect::LoadHistory { part, limit, generation, .. } if self.answers => {
                    let told = self.history(part, limit);
                    self.send(Msg::HistoryLoaded { part, limit, generation, told });
                }
                Effect::LoadChanges(seq) if self.answers => {
                    let at = usize::try_from(seq).unwrap() - 1;
                    let changes =
                        Ok(self.begun.iter().chain(&self.committed).nth(at).unwrap().changes.clone());
                    self.send(Msg::ChangesLoaded { seq, changes });
                }
                Effect::LoadInverse(id) if self.answers => {
                    let mut all = self.begun.iter().chain(&self.committed);
                    let action = Box::new(all.find(|action| action.id == id).unwrap().clone());
                    self.send(Msg::InverseLoaded { action, texts: Vec::new() });
                }
                other => self.other_effects.push(other),
            }
        }
    }

    /// A part of the history, as the store tells it.
    pub(crate) fn history(&self, part: Part, limit: usize) -> Vec<(Entry, Option<Vec<Change>>)> {
        let entry = |(at, action): (usize, &Action)| {
            let entry = Entry {
                seq: i64::try_from(at).unwrap() + 1,
                id: action.id,
                at: action.at,
                coder: action.coder,
                os_user: "tester".into(),
                host: "here".into(),
                command: action.command.clone(),
                label: action.label.clone(),
                reason: action.reason.clone(),
                undoes: action.undoes,
                changes: action.changes.len(),
                hash: String::new(),
            };
            (entry, Some(action.changes.clone()))
        };
        let all: Vec<_> = self.begun.iter().chain(&self.committed).enumerate().map(entry).collect();
        let wanted = |seq: i64| match part {
            Part::Newest => true,
            Part::Before(before) => seq < before,
            Part::After(after) => seq > after,
        };
        let mut told: Vec<_> = all.into_iter().filter(|(entry, _)| wanted(entry.seq)).collect();
        match part {
            Part::After(_) => told.truncate(limit),
            _ => drop(told.drain(..told.len().saturating_sub(limit))),
        }
        told
    }

    pub(crate) fn scan(&self, texts: &[ScanText], records: &[ScanRecord]) -> Scanned {
        let names = Names::parse(&self.names).unwrap();
        let scanner = Scanner::new(&names, &Patterns::shipped().unwrap());
        let mut scanned = Scanned { names: Arc::new(names), ..Scanned::default() };
        for wanted in texts {
            let text = wanted.text.as_ref().unwrap_or_else(|| &self.texts[&wanted.revision]);
            let found = scan_transcript(&scanner, wanted.transcript, &wanted.turns, text);
            scanned.texts.push((wanted.transcript, wanted.revision, found));
        }
        for ScanRecord { place, state, text } in records {
            scanned.records.push((*place, *state, scan_record(&scanner, *place, text)));
        }
        scanned
    }

    /// Texts for an import. The first of a transcript came in with a file.
    pub(crate) fn kept(&self) -> Kept {
        let study = &self.model.study;
        let turns = |id: &RevisionId| Some((*id, study.turns_of(*id)?.as_ref().clone()));
        let first = study.revisions().iter().filter(|revision| revision.number == 1);
        Kept {
            texts: self.texts.clone(),
            turns: self.texts.keys().filter_map(turns).collect(),
            of_files: first.map(|revision| revision.id).collect(),
        }
    }

    pub(crate) fn plan(
        &mut self,
        generation: u64,
        options: &ImportOptions,
        out: &BTreeSet<String>,
        coder: &Coder,
    ) {
        let kept = self.kept();
        let planned = self.batch.plan(&self.model.study, &kept, options, out, coder, &*self.source.clone());
        self.send(Msg::ImportPlanned { generation, planned: Box::new(planned) });
    }

    /// Presses keys: `"down down ."`; what stands between quotes is typed letter by letter: `"c 'tim' ret"`.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Desk {
        for (at, piece) in keys.split('\'').enumerate() {
            if at % 2 == 1 {
                for letter in piece.chars() {
                    self.send(Msg::Key(combe::app::keymap::Key::char(letter)));
                }
            } else if !piece.trim().is_empty() {
                for key in parse_keys(piece).unwrap() {
                    self.send(Msg::Key(key));
                }
            }
        }
        self
    }

    pub(crate) fn buffer(&self) -> (Buffer, Option<ratatui::layout::Position>) {
        let Size { width, height } = self.model.size;
        let area = Rect { x: 0, y: 0, width, height };
        let mut buffer = Buffer::empty(area);
        let cursor =
            ui::draw(&self.model, &Theme::of(self.colours), Glyphs::of(self.glyphs), area, &mut buffer);
        (buffer, cursor)
    }

    /// The screen as text; `▏` is the terminal's cursor.
    pub(crate) fn screen(&self) -> String {
        let (buffer, cursor) = self.buffer();
        let mut lines = Vec::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if cursor.is_some_and(|at| (at.x, at.y) == (x, y)) {
                    line.push('▏');
                    continue;
                }
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n")
    }

    /// The styles as letters: `.` plain, `b` bold, `r` reverse, `u` underlined, `R` reverse and underlined, `B` bold and
    /// reverse, `d` dim, and for colours their first letter.
    pub(crate) fn styles(&self) -> String {
        let (buffer, _) = self.buffer();
        let letter = |x, y| {
            let cell: &ratatui::buffer::Cell = &buffer[(x, y)];
            let has = |modifier| cell.modifier.contains(modifier);
            match (has(Modifier::REVERSED), has(Modifier::UNDERLINED), has(Modifier::BOLD)) {
                (true, true, _) => 'R',
                (true, false, true) => 'B',
                (true, false, false) => 'r',
                (false, true, _) => 'u',
                (false, false, bold) => match cell.fg {
                    Color::Cyan => 'c',
                    Color::Magenta => 'm',
                    Color::Green => 'g',
                    Color::Red => 'r',
                    _ if bold => 'b',
                    _ if has(Modifier::DIM) => 'd',
                    _ => '.',
                },
            }
        };
        let line = |y| (0..buffer.area.width).map(|x| letter(x, y)).collect::<String>();
        (0..buffer.area.height)
            .map(|y| line(y).trim_end_matches('.').to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Screen and styles, for a snapshot.
    pub(crate) fn picture(&self) -> String {
        format!("{}\n--- styles\n{}", self.screen(), self.styles())
    }

    /// The answer to the last key.
    pub(crate) fn said(&self) -> &str {
        self.model.notice.as_ref().map_or("", |notice| &notice.text)
    }

    /// This coder's codings as `words = code sign`, in order of the text.
    pub(crate) fn codings(&self) -> Vec<String> {
        let study = &self.model.study;
        let mut found = Vec::new();
        for transcript in study.transcripts_by_name() {
            for quote in study.quotes_in(transcript.id) {
                for coding in study.codings_on(quote.id) {
                    let code = &study.codes().get(&coding.code).unwrap().name;
                    let valence = study.effective_valence(coding).map_or("", |valence| valence.to_cell());
                    found.push(format!("{} = {code} {valence}", quote.text).trim_end().to_owned());
                }
            }
        }
        found
    }

    pub(crate) fn me(&self) -> CoderId {
        self.model.me.id
    }
}

//! A running program without a terminal or a disk, on a small study of invented people: keys in, screens out.

use std::collections::BTreeMap;
use std::sync::Arc;

use combe::app::keymap::{Keymap, parse_keys};
use combe::app::search::{Answer, Hit, HitText};
use combe::app::{Effect, Loaded, Model, Msg, Place, Setting, Size, Texts, update};
use combe::study::{
    Attribute, AttributeId, AttributeOf, AttributeValue, Binding, Change, Classification, Classified, Code,
    CodeId, Coder, CoderId, Coding, Kind, Participant, ParticipantId, Quote, Revision, RevisionId, Settings,
    Side, Study, Subject, Template, Theme, Transcript, TranscriptId, Turn, TurnNumber, Turns, Valence, Value,
    Voice, fresh,
};
use combe::text::{Span, count_words, fold_label};
use combe::ui::glyphs::{GlyphSet, Glyphs};
use combe::ui::theme;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::fixture::Ticking;

/// A study being made. Labels are participants, but for `Int`, who asks.
pub(crate) struct Script {
    pub(crate) study: Study,
    pub(crate) source: Arc<Ticking>,
    pub(crate) texts: BTreeMap<RevisionId, Arc<str>>,
    pub(crate) coder: Coder,
    group: AttributeId,
}

impl Script {
    pub(crate) fn new() -> Self {
        let source = Arc::new(Ticking::new());
        let coder = Coder { id: fresh(&*source), name: "c1".into() };
        let group = fresh(&*source);
        let settings = Settings {
            name: "valley".into(),
            lead: Some("c1".into()),
            compare: Some("group".into()),
            ..Settings::default()
        };
        let study = Study::load(settings, [], []);
        let mut script = Self { study, source, texts: BTreeMap::new(), coder: coder.clone(), group };
        let template = Template::shipped("com-b").unwrap().unwrap();
        let mut changes = vec![Change::create(coder), Change::create(template.framework)];
        changes.extend(template.components.into_iter().map(Change::create));
        let (name, of) = ("group".into(), AttributeOf::Participant);
        changes.push(Change::create(Attribute { id: group, name, of, position: 1 }));
        script.apply(&changes);
        script
    }

    pub(crate) fn apply(&mut self, changes: &[Change]) {
        self.study.apply(changes).unwrap();
    }

    pub(crate) fn fresh<T: From<uuid::Uuid>>(&self) -> T {
        fresh(&*self.source)
    }

    pub(crate) fn person(&mut self, name: &str, group: &str) -> ParticipantId {
        let id = self.fresh();
        let (subject, attribute) = (Subject::Participant(id), self.group);
        self.apply(&[Change::create(Participant { id, name: name.into(), provisional: false })]);
        if let Some(value) = Value::from_cell(group) {
            self.apply(&[Change::create(AttributeValue { attribute, subject, value, quote: None })]);
        }
        id
    }

    /// A transcript of lines `Label: speech`.
    pub(crate) fn transcript(&mut self, name: &str, kind: Kind, lines: &[&str]) -> TranscriptId {
        let (id, revision) = (self.fresh(), self.fresh());
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
            let voice = match (key.as_str(), self.study.participant_named(key)) {
                ("int", _) => Voice::Interviewer,
                (_, Some(person)) => Voice::Participant(person.id),
                _ => Voice::Unknown,
            };
            changes.push(Change::create(Binding { transcript: id, speaker: key.clone(), voice }));
        }
        self.study.add_turns(Arc::new(turns));
        self.texts.insert(revision, text.into());
        self.apply(&changes);
        id
    }

    pub(crate) fn code(&mut self, name: &str, side: Option<Side>) -> CodeId {
        let code = Code { side, ..Code::new(self.fresh(), name) };
        self.apply(&[Change::create(code.clone())]);
        code.id
    }

    pub(crate) fn theme(
        &mut self,
        name: &str,
        barriers: &[CodeId],
        facilitators: &[CodeId],
        component: &str,
    ) {
        let id = self.fresh();
        let position = u32::try_from(self.study.themes().len()).unwrap();
        let (barriers, facilitators) = (barriers.to_vec(), facilitators.to_vec());
        let (name, note) = (name.into(), String::new());
        self.apply(&[Change::create(Theme { id, name, position, barriers, facilitators, note })]);
        self.classify(Classified::Theme(id), component);
    }

    pub(crate) fn classify(&mut self, of: Classified, component: &str) {
        let (framework, component) = ("com-b".into(), component.into());
        self.apply(&[Change::create(Classification { of, framework, component })]);
    }

    /// Codes some words of a transcript.
    pub(crate) fn mark(&mut self, transcript: TranscriptId, words: &str, code: CodeId, starred: bool) {
        self.mark_as(transcript, words, code, starred, None);
    }

    pub(crate) fn mark_as(
        &mut self,
        transcript: TranscriptId,
        words: &str,
        code: CodeId,
        starred: bool,
        valence: Option<Valence>,
    ) {
        let revision = self.study.transcripts().get(&transcript).unwrap().revision;
        let start = self.texts[&revision].find(words).expect("the words are in the transcript");
        let (id, coder): (_, CoderId) = (self.fresh(), self.coder.id);
        let span = Span::new(start, start + words.len());
        let quote = Quote { id, coder, transcript, revision, span, text: words.into(), starred };
        let at = Timestamp::UNIX_EPOCH;
        let coding = Coding { id: self.fresh(), quote: id, code, valence, at, blind: false };
        self.apply(&[Change::create(quote), Change::create(coding)]);
    }

    /// Gives a passage that is coded one more code.
    pub(crate) fn code_also(&mut self, words: &str, code: CodeId) {
        let quote = self.study.quotes().iter().find(|quote| quote.text == *words).expect("it is coded").id;
        let at = Timestamp::UNIX_EPOCH;
        let coding = Coding { id: self.fresh(), quote, code, valence: None, at, blind: false };
        self.apply(&[Change::create(coding)]);
    }

    /// The program on this study, in a window of that size.
    pub(crate) fn open(self, width: u16, height: u16) -> Stage {
        let setting = Setting {
            source: self.source,
            me: self.coder,
            keymap: Arc::new(Keymap::shipped().unwrap()),
            zone: TimeZone::UTC,
            size: Size { width, height },
            read_only: None,
            about: combe::app::About::default(),
            codes_made: Vec::new(),
        };
        let (model, effects) = Model::start(setting, Study::default(), Texts::default(), &Place::default());
        let mut stage = Stage {
            model,
            texts: self.texts,
            effects: Vec::new(),
            word: String::new(),
            reads: 0,
            committed: 0,
            reasons: Vec::new(),
            deaf: false,
        };
        stage.answer(effects);
        let loaded = Loaded { study: self.study, ..Loaded::default() };
        stage.tell(Msg::StudyLoaded(Box::new(loaded)));
        stage
    }
}

/// The program, and what it asked of its runner.
pub(crate) struct Stage {
    pub(crate) model: Model,
    texts: BTreeMap<RevisionId, Arc<str>>,
    /// Effects that nothing here answers.
    pub(crate) effects: Vec<Effect>,
    /// The word that was found last.
    word: String,
    /// How many hits were read.
    pub(crate) reads: usize,
    /// How many actions were sent to disk, and the reasons given for them.
    pub(crate) committed: u64,
    pub(crate) reasons: Vec<Option<String>>,
    /// Hits are not read.
    pub(crate) deaf: bool,
}

impl Stage {
    pub(crate) fn tell(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.answer(effects);
    }

    /// The program started again on the same study, at a place.
    pub(crate) fn restarted(&self, place: &Place) -> Stage {
        let setting = Setting {
            source: Arc::new(Ticking::new()),
            me: self.model.me.clone(),
            keymap: Arc::new(Keymap::shipped().unwrap()),
            zone: TimeZone::UTC,
            size: self.model.size,
            read_only: None,
            about: combe::app::About::default(),
            codes_made: Vec::new(),
        };
        let (model, effects) = Model::start(setting, Study::default(), Texts::default(), place);
        let mut stage = Stage {
            model,
            texts: self.texts.clone(),
            effects: Vec::new(),
            word: String::new(),
            reads: 0,
            committed: 0,
            reasons: Vec::new(),
            deaf: false,
        };
        stage.answer(effects);
        let loaded = Loaded { study: self.model.study.clone(), ..Loaded::default() };
        stage.tell(Msg::StudyLoaded(Box::new(loaded)));
        stage
    }

    /// Presses keys in the notation of keymaps, `3 down ret`.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse_keys(keys).unwrap() {
            self.tell(Msg::Key(key));
        }
        self
    }

    fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::LoadText(revision) => {
                    let text = self.texts[&revision].clone();
                    self.tell(Msg::TextLoaded { revision, text, turns: None });
                }
                Effect::Commit { action, .. } => {
                    self.committed += 1;
                    self.reasons.push(action.reason.clone());
                    self.tell(Msg::Committed { action: action.id, seq: self.committed, at: action.at });
                }
                Effect::SavePlace(_) => {}
                Effect::ReadHits { generation, places } if !self.deaf => {
                    let read = places.iter().map(|place| (*place, self.read_hit(*place))).collect();
                    self.reads += places.len();
                    self.tell(Msg::HitsRead { generation, read: Ok(read) });
                }
                other => self.effects.push(other),
            }
        }
    }

    /// The searches that were asked for and not answered: generation and query.
    pub(crate) fn searches(&self) -> Vec<(u64, String)> {
        let search = |effect: &Effect| match effect {
            Effect::Search { generation, query, .. } => Some((*generation, query.clone())),
            _ => None,
        };
        self.effects.iter().filter_map(search).collect()
    }

    /// Answers the last search that was asked for, by plain search for its first word, whatever its case.
    pub(crate) fn find(&mut self) -> &mut Self {
        let (generation, query) = self.searches().pop().expect("a search was asked for");
        self.word = query.to_lowercase().split([' ', ')']).next().unwrap().replace('(', "");
        let mut hits = Vec::new();
        for (place, transcript, turn) in self.turns() {
            let held = &self.model.study.turns(transcript).unwrap().turns[turn];
            let revision = self.model.study.transcripts().get(&transcript).unwrap().revision;
            if self.speech(revision, held.speech).to_lowercase().contains(&self.word) {
                let (number, speech) = (held.number, held.speech);
                hits.push(Hit { place, transcript, revision, turn, number, speech });
            }
        }
        let answer = Answer::of(&self.model.study, hits, false);
        self.tell(Msg::SearchDone { generation, outcome: Ok(answer) });
        self
    }

    /// All turns in the order of the study, with their places.
    fn turns(&self) -> Vec<(u32, TranscriptId, usize)> {
        let study = &self.model.study;
        let all = study.transcripts_by_name().into_iter().flat_map(|transcript| {
            (0..study.turns(transcript.id).unwrap().turns.len()).map(|turn| (transcript.id, turn))
        });
        (0..).zip(all).map(|(place, (transcript, turn))| (place, transcript, turn)).collect()
    }

    fn speech(&self, revision: RevisionId, speech: Span) -> &str {
        speech.slice(&self.texts[&revision]).unwrap()
    }

    fn read_hit(&self, place: u32) -> HitText {
        let (_, transcript, turn) = self.turns()[place as usize];
        let turns = self.model.study.turns(transcript).unwrap();
        let speech = turns.turns[turn].speech;
        let text = self.speech(turns.revision, speech);
        let places = text.to_lowercase().match_indices(&self.word).map(|(at, _)| at).collect::<Vec<_>>();
        let at = |at: usize| Span::new(at, at + self.word.len()).shifted(speech.start as usize);
        HitText { text: text.into(), matches: places.into_iter().map(at).collect() }
    }

    /// Types letter by letter.
    pub(crate) fn type_in(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.tell(Msg::Key(combe::app::keymap::Key::char(letter)));
        }
        self
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.tell(Msg::Resize(width, height));
        self
    }

    fn paint(&self) -> Buffer {
        let Size { width, height } = self.model.size;
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        let glyphs = Glyphs::of(GlyphSet::Unicode);
        combe::ui::draw(&self.model, &theme::Theme::of(theme::Colours::None), glyphs, area, &mut buffer);
        buffer
    }

    /// The screen as text, without blanks at the ends of lines.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.paint();
        let row = |y: u16| {
            let line: String = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
            line.trim_end().to_owned()
        };
        (0..buffer.area.height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// What is painted in reverse, each run by itself: the cursor and chosen lines.
    pub(crate) fn reversed(&self) -> Vec<String> {
        self.painted(Modifier::REVERSED)
    }

    /// What is underlined, each run by itself: matches.
    pub(crate) fn underlined(&self) -> Vec<String> {
        self.painted(Modifier::UNDERLINED)
    }

    fn painted(&self, modifier: Modifier) -> Vec<String> {
        let buffer = self.paint();
        let mut runs = Vec::new();
        for y in 0..buffer.area.height {
            let mut run = String::new();
            for x in 0..=buffer.area.width {
                let cell = buffer.cell((x, y));
                match cell.filter(|cell| cell.modifier.contains(modifier)) {
                    Some(cell) => run.push_str(cell.symbol()),
                    None if !run.is_empty() => runs.push(std::mem::take(&mut run)),
                    None => {}
                }
            }
        }
        runs
    }
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

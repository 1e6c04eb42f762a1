//! The model: all that the program knows while it runs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::Effect;
use super::codebook::Codebook;
use super::coders::Coders;
use super::findings::Findings;
use super::history::History;
use super::import_preview::ImportPreview;
use super::keymap::{Key, Keymap};
use super::layer::Layer;
use super::marks::Marks;
use super::matrix::Matrix;
use super::memos::Memos;
use super::panels::Panels;
use super::people::People;
use super::quotes::Quotes;
use super::read::{Read, RecentCodes, Writing};
use super::search::Search;
use super::settings::Settings;
use super::tables::Tables;
use super::timeline::Timeline;
use super::tour::Tour;
use super::transcripts::Transcripts;
use super::{
    About, CodeLooks, LayerName, Notice, Place, Saving, Screen, Spot, TextField, Texts, Tone, Unwritten,
};
use crate::analysis::Sheets;
use crate::store::UndoStacks;
use crate::study::{CodeId, Coder, Source, Study, TranscriptId, TurnNumber, Veil};

/// The size of the window in columns and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// What is given to a model from outside, once.
#[derive(Clone)]
pub struct Setting {
    /// Identifiers and the time.
    pub source: Arc<dyn Source + Send + Sync>,
    /// Who sits here. If the study does not know this coder, the first action makes it.
    pub me: Coder,
    /// What keys mean.
    pub keymap: Arc<Keymap>,
    /// In which zone times of the day are shown.
    pub zone: TimeZone,
    /// The window.
    pub size: Size,
    /// Why nothing may be changed, if the study is open for reading only.
    pub read_only: Option<String>,
    /// Where things are.
    pub about: About,
    /// Every code that the study ever had with the name it was made with, the oldest first.
    pub codes_made: Vec<(CodeId, String)>,
}

/// A whole study and what belongs to this coder, as it comes from disk.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The study.
    pub study: Study,
    /// What is counted of it, as far as it was counted already: best all of it, where nobody waits.
    pub sheets: Sheets,
    /// What this coder can undo and redo.
    pub stacks: UndoStacks,
    /// Turns that this coder had on the screen, or marked as read.
    pub seen: BTreeMap<TranscriptId, BTreeSet<TurnNumber>>,
    /// Turns that this coder marked as read.
    pub read: BTreeMap<TranscriptId, BTreeSet<TurnNumber>>,
    /// Half-written texts by key.
    pub drafts: BTreeMap<String, String>,
}

/// All that the program knows while it runs.
///
/// Views read it; only `app` changes it.
pub struct Model {
    pub(super) source: Arc<dyn Source + Send + Sync>,
    /// Who sits here.
    pub me: Coder,
    /// Why nothing may be changed, if so.
    pub read_only: Option<String>,
    /// Nothing can come from the store any more: keys do not wait for it, and leaving does not either.
    pub store_gone: bool,
    /// What of drafts, reading marks and the place is not on disk and why, if so.
    pub unwritten: Option<Unwritten>,
    /// Where things are.
    pub about: About,
    /// What keys mean.
    pub keymap: Arc<Keymap>,
    /// The zone of times of the day.
    pub zone: TimeZone,
    /// The window.
    pub size: Size,
    /// The study, as this coder may see it; until [`Model::complete`] only what the first frame needs of it. It changes
    /// only through the veil.
    pub study: Study,
    /// What keeps from this coder what others did where this one codes blind.
    pub(super) veil: Veil,
    /// Whether the whole study is here.
    pub complete: bool,
    /// What is counted of each transcript, in step with the study.
    pub sheets: Sheets,
    /// The letter and the stripe of each code.
    pub code_looks: CodeLooks,
    /// Texts in memory.
    pub texts: Texts,
    /// Turns that this coder had on the screen, or marked as read.
    pub read_marks: BTreeMap<TranscriptId, BTreeSet<TurnNumber>>,
    /// Turns that this coder marked as read.
    pub done_reading: BTreeMap<TranscriptId, BTreeSet<TurnNumber>>,
    /// Half-written texts by key.
    pub drafts: BTreeMap<String, String>,
    /// The queue of actions on their way to disk.
    pub saving: Saving,
    /// What can be undone and redone.
    pub history: History,
    /// The screen.
    pub screen: Screen,
    /// What lies above it, the topmost last.
    pub layers: Vec<Layer>,
    /// Keys of a sequence that is not complete.
    pub pending: Vec<Key>,
    /// How often the next command is to be run, where digits say so.
    pub count: Option<usize>,
    /// How many keys were pressed.
    pub presses: u64,
    /// What can follow the pending keys was asked for.
    pub lists_keys: bool,
    /// How many notices there were: two may say the same.
    pub notices: u64,
    /// How often the screen was to be drawn, or said, again.
    pub redraws: u64,
    /// What was typed on the `:` line in this session, the last one at the end.
    pub lines: Vec<String>,
    /// Names of the looks that the screen can have.
    pub looks: Vec<String>,
    /// Keys that wait for something that is being loaded.
    pub waiting: VecDeque<Key>,
    /// The answer to the last key.
    pub notice: Option<Notice>,
    /// Places to go back to, the last one at the end.
    pub trail: Vec<Place>,
    /// Places that were gone back from, the last one at the end.
    pub(super) ahead: Vec<Place>,
    /// Places that this coder marked, by name.
    pub marks: Arc<Marks>,
    /// Codes that this coder used last.
    pub recent: RecentCodes,
    /// The list of transcripts.
    pub transcripts: Transcripts,
    /// The transcript that is read.
    pub read: Read,
    /// Search.
    pub search: Search,
    /// The panels.
    pub panels: Panels,
    /// The participants.
    pub people: People,
    /// The codebook.
    pub codebook: Codebook,
    /// The memos.
    pub memos: Memos,
    /// The other coders.
    pub coders: Coders,
    /// The list of quotes.
    pub quotes: Quotes,
    /// Cases by themes.
    pub matrix: Matrix,
    /// The tables of a paper.
    pub tables: Tables,
    /// What was done.
    pub timeline: Timeline,
    /// Words that may tell who somebody is.
    pub findings: Findings,
    /// The settings.
    pub settings: Settings,
    /// What an import would do.
    pub import_preview: ImportPreview,
    /// The tour, if it is under way.
    pub tour: Option<Tour>,
    /// The memo that was half-written at the end of the last session.
    pub(super) memo_to_reopen: Option<Writing>,
    /// The place last sent to be saved.
    pub(super) sent_place: Option<Place>,
}

impl Model {
    /// A program that begins at `place` with as much of the study as its first frame needs: nothing at all, or the one
    /// transcript of that place with its turns, speakers, quotes, codings and codes.
    ///
    /// The effects ask for the text of that transcript, unless `texts` has it.
    #[must_use]
    pub fn start(setting: Setting, study: Study, texts: Texts, place: &Place) -> (Model, Vec<Effect>) {
        let mut model = Model {
            source: setting.source,
            me: setting.me,
            read_only: setting.read_only,
            store_gone: false,
            unwritten: None,
            about: setting.about,
            keymap: setting.keymap,
            zone: setting.zone,
            size: setting.size,
            study,
            veil: Veil::default(),
            complete: false,
            sheets: Sheets::default(),
            code_looks: CodeLooks::new(setting.codes_made),
            texts,
            read_marks: BTreeMap::new(),
            done_reading: BTreeMap::new(),
            drafts: BTreeMap::new(),
            saving: Saving::default(),
            history: History::default(),
            screen: place.screen,
            layers: Vec::new(),
            pending: Vec::new(),
            count: None,
            presses: 0,
            lists_keys: false,
            notices: 0,
            redraws: 0,
            lines: Vec::new(),
            looks: Vec::new(),
            waiting: VecDeque::new(),
            notice: None,
            trail: Vec::new(),
            ahead: Vec::new(),
            marks: Arc::clone(&place.marks),
            recent: RecentCodes::default(),
            transcripts: Transcripts::default(),
            read: Read::default(),
            search: Search::of_place(place),
            panels: Panels::default(),
            people: People::default(),
            codebook: Codebook::default(),
            memos: Memos::default(),
            coders: Coders::default(),
            quotes: Quotes::default(),
            matrix: Matrix::default(),
            tables: Tables::default(),
            timeline: Timeline::default(),
            findings: Findings::default(),
            settings: Settings::default(),
            import_preview: ImportPreview::default(),
            tour: None,
            memo_to_reopen: place.writing.clone(),
            sent_place: None,
        };
        model.veil.draw(&mut model.study, model.me.id);
        model.restore(place);
        model.sent_place = Some(place.clone());
        let effects = super::update::settle(&mut model);
        (model, effects)
    }

    /// The whole study is here. What the coder did meanwhile stays.
    pub(super) fn study_loaded(&mut self, loaded: Loaded) -> Vec<Effect> {
        self.study = loaded.study;
        self.me = self.study.known_coder(&self.me);
        self.veil.draw(&mut self.study, self.me.id);
        let before = std::mem::replace(&mut self.sheets, loaded.sheets).version();
        if self.veil.take_redrawn() {
            // They were counted with everything in it.
            self.sheets.forget();
        }
        // What was made of the counts of the first frame must not pass for fresh.
        while self.sheets.version() <= before {
            self.sheets.note(&self.study, &[]);
        }
        self.history = History::new(loaded.stacks);
        self.read_marks = loaded.seen;
        self.done_reading = loaded.read;
        self.drafts = loaded.drafts;
        self.complete = true;
        self.load_refused();
        self.say_stray_drafts();
        self.recent = RecentCodes::of(&self.study, self.me.id);
        self.transcripts.list.forget();
        self.say_doubts();
        self.search_again()
    }

    /// Goes to a place, as far as what it needs is here; the rest follows when it is.
    pub(super) fn restore(&mut self, place: &Place) {
        self.transcripts.restore(place);
        self.read.restore(place);
        self.return_to(place);
    }

    /// Comes back to a place that was left: to its screen as it was. A transcript that was opened since stays open on the
    /// screen of reading.
    fn return_to(&mut self, place: &Place) {
        if place.screen == Screen::Read {
            self.read.restore(place);
        }
        self.screen = match place.screen {
            Screen::Import if !self.import_preview.is_open() => self.import_preview.place(),
            screen => screen,
        };
        self.search.restore(place);
        self.panels.restore(place);
        self.quotes.restore(&place.quotes);
        self.people.restore(place);
        self.codebook.restore(&place.codebook);
        // On the way to another screen the table stays where it was left.
        if place.screen == Screen::Tables {
            self.tables.restore(place);
        }
        self.matrix.restore(place);
    }

    /// Goes to a span of a transcript in Read. The present place can be gone back to.
    pub fn visit(&mut self, spot: Spot) -> Vec<Effect> {
        self.leave_mark();
        self.layers.clear();
        self.screen = Screen::Read;
        self.read.go_to(spot);
        Vec::new()
    }

    /// Remembers the present place, to come back to it.
    pub fn leave_mark(&mut self) {
        /// Places that can be gone back to.
        const LONGEST: usize = 100;
        let place = self.place_to_return_to();
        if self.trail.last() != Some(&place) {
            self.trail.push(place);
        }
        if self.trail.len() > LONGEST {
            self.trail.remove(0);
        }
        self.ahead.clear();
    }

    /// Where the coder is, for this session: an import that is being looked at is gone back to as well.
    fn place_to_return_to(&self) -> Place {
        Place { screen: self.screen, ..Place::of(self) }
    }

    /// Goes back to where the coder was before the last jump.
    pub(super) fn go_back(&mut self) {
        let table = self.tables.place.open;
        let is_table = |place: &Place| place.screen == Screen::Tables && place.tables.open == table;
        if self.screen == Screen::Tables
            && self.tables.quotes.open
            && !self.trail.last().is_some_and(is_table)
        {
            // The screen was come back to with the quotes of a number open: the number is nearer than whatever was before.
            self.ahead.push(Place::of(self));
            self.tables.quotes.open = false;
            return;
        }
        match self.trail.pop() {
            Some(place) => {
                self.ahead.push(self.place_to_return_to());
                self.layers.clear();
                self.return_to(&place);
            }
            None => self.refuse("There is no earlier place to go back to."),
        }
    }

    /// Goes to where the coder was before going back.
    pub(super) fn go_forward(&mut self) {
        match self.ahead.pop() {
            Some(place) => {
                self.trail.push(self.place_to_return_to());
                self.layers.clear();
                self.return_to(&place);
            }
            None => self.refuse("There is no later place to go forward to."),
        }
    }

    /// Key tables that a key is looked up in, the first one first.
    #[must_use]
    pub fn key_layers(&self) -> [LayerName; 2] {
        let top = match self.layers.last() {
            Some(layer) => layer.name(),
            None => self.layer_of_screen(),
        };
        // A question waits for its answer: no other key does anything but leave it.
        let closed = top.has_field() || top == LayerName::Ask;
        [top, if closed { LayerName::Field } else { LayerName::Global }]
    }

    /// The key table of the screen as it is, whatever lies above it.
    pub(super) fn layer_of_screen(&self) -> LayerName {
        match self.screen {
            Screen::Transcripts if self.transcripts.list.filtering => LayerName::Filter,
            Screen::People if self.people.list.filtering => LayerName::Filter,
            Screen::Memos if self.memos.list.filtering => LayerName::Filter,
            Screen::History if self.timeline.list.filtering => LayerName::Filter,
            Screen::Quotes if self.quotes.list.filtering => LayerName::Filter,
            Screen::Search if self.search.typing => LayerName::Query,
            Screen::Search if self.search.reviewing.is_some() => LayerName::Review,
            Screen::Import => self.import_preview.layer(),
            Screen::Codebook => self.codebook.layer(),
            Screen::Matrix => self.matrix.layer(),
            screen => screen.layer(),
        }
    }

    /// The text field that takes what is typed, if there is one.
    #[must_use]
    pub fn field(&self) -> Option<&TextField> {
        match (self.layers.last(), self.key_layers()[0]) {
            (Some(layer), _) => layer.field(),
            (None, LayerName::Filter) => Some(match self.screen {
                Screen::People => &self.people.list.filter,
                Screen::Memos => &self.memos.list.filter,
                Screen::History => &self.timeline.list.filter,
                Screen::Quotes => &self.quotes.list.filter,
                _ => &self.transcripts.list.filter,
            }),
            (None, LayerName::CodebookFilter) => Some(&self.codebook.filter),
            (None, LayerName::Query) => Some(&self.search.field),
            (None, LayerName::Summary) => self.matrix.desk.as_ref().map(|desk| &desk.field),
            (None, _) => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn field_mut(&mut self) -> Option<&mut TextField> {
        let name = self.key_layers()[0];
        match (self.layers.last_mut(), name) {
            (Some(layer), _) => layer.field_mut(),
            (None, LayerName::Filter) => Some(match self.screen {
                Screen::People => &mut self.people.list.filter,
                Screen::Memos => &mut self.memos.list.filter,
                Screen::History => &mut self.timeline.list.filter,
                Screen::Quotes => &mut self.quotes.list.filter,
                _ => &mut self.transcripts.list.filter,
            }),
            (None, LayerName::CodebookFilter) => Some(&mut self.codebook.filter),
            (None, LayerName::Query) => Some(&mut self.search.field),
            (None, LayerName::Summary) => self.matrix.desk.as_mut().map(|desk| &mut desk.field),
            (None, _) => None,
        }
    }

    fn tell(&mut self, text: String, tone: Tone) {
        self.notices += 1;
        self.notice = Some(Notice { text, tone });
    }

    /// Says that something was done.
    pub fn say(&mut self, text: impl Into<String>) {
        self.tell(text.into(), Tone::Done);
    }

    /// Says why something was not done.
    pub fn refuse(&mut self, text: impl Into<String>) {
        self.tell(text.into(), Tone::Refused);
    }

    /// Says that something needs attention.
    pub fn trouble(&mut self, text: impl Into<String>) {
        self.tell(text.into(), Tone::Trouble);
    }
}

impl Model {
    /// What the study is called.
    #[must_use]
    pub fn study_name(&self) -> &str {
        &self.study.settings.name
    }
}

//! The screen of what `study.toml` says, and where to change it.
//!
//! The program never writes that file: a row names its key and its line, and Enter opens the user's editor there. The
//! file is read again when it changes on disk ([`Msg::SettingsRead`](super::Msg::SettingsRead)).

use std::collections::BTreeSet;
use std::ops::Range;

use super::settings_preview::{LOOK_AT, Preview};
use super::wrap::wrap;
use super::{Effect, Model};
use crate::store::SettingsRead;
use crate::study::{Destination, Ellipsis, Preset, Settings as StudySettings, SettingsEntry};

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Which row is chosen, among those that are no heading.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
    /// All rows.
    pub rows: Vec<SettingRow>,
    /// What is wrong with the file, if something is.
    pub wrong: Option<String>,
    /// The text of the file, once it was read here.
    text: Option<String>,
    /// What the settings come to, and of which version of the study, at which width.
    pub(super) preview: Option<((u64, u16), Preview)>,
    /// The lists of the preview that are shown whole, by their labels.
    pub(super) whole: BTreeSet<&'static str>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingRow {
    /// What follows is about this.
    Heading(&'static str),
    /// Something that `study.toml` says or could say.
    Said {
        /// What it is about, in plain words.
        label: String,
        /// What holds.
        value: String,
        /// Its key in the file.
        key: String,
        /// Its line; `None` where the file does not say it, and `value` is what holds then.
        line: Option<usize>,
    },
    /// Something that is so here.
    Fact {
        /// What it is about.
        label: &'static str,
        /// What is so.
        value: String,
        /// The line of `study.toml` that it is about, if it is about one.
        line: Option<usize>,
    },
    /// The fact above goes on: one row with it for whoever chooses.
    FactGoesOn(String),
    /// A list goes on that is too long to be shown unasked, or ends that was asked for.
    More {
        /// What the list is about.
        label: &'static str,
        /// How many of it are not in sight; 0 where all are.
        hidden: usize,
    },
}

/// Below this a window is narrow.
const NARROW: u16 = 60;

/// Columns of what a row is about, in a window so wide.
#[must_use]
pub fn label_width(window: u16) -> u16 {
    if window < NARROW { 16 } else { 34 }
}

/// A fact in as many rows as it takes in a window so wide: what it is about stands before the first.
pub(super) fn fact(label: &'static str, value: &str, line: Option<usize>, window: u16) -> Vec<SettingRow> {
    let room = usize::from(window.saturating_sub(label_width(window) + 3)).max(10);
    let lines = wrap(value, room);
    let rows = lines.into_iter().enumerate().map(|(at, range)| {
        let value = value.get(range).unwrap_or_default().trim_end().to_owned();
        if at == 0 { SettingRow::Fact { label, value, line } } else { SettingRow::FactGoesOn(value) }
    });
    rows.collect()
}

/// A key that the program knows: its words, and what holds where it is not set.
type Known = (&'static str, &'static str, &'static str, fn(&StudySettings) -> Option<String>);

const KNOWN: [Known; 6] = [
    ("name", "Name of the study", "none", |says| Some(says.name.clone()).filter(|name| !name.is_empty())),
    ("lead", "Lead coder, whose coding counts", "none: who coded a transcript first", |says| {
        says.lead.clone()
    }),
    ("framework", "Framework of the panels", "com-b", |says| Some(says.framework.clone())),
    ("compare", "Attribute set side by side", "none: all people together", |says| says.compare.clone()),
    ("language", "Language of the transcripts", "en", |says| Some(says.language.clone())),
    ("shared", "Who may open the files", "you alone", |says| {
        Some(String::from(if says.shared { "the group of the folder" } else { "you alone" }))
    }),
];

/// The same of the keys below `[attribution]`.
const HOUSE: [Known; 19] = [
    ("attribution.preset", "Style: numbered, or the paper's", "numbered", |says| {
        Some(String::from(match says.attribution.preset {
            Preset::Numbered => "numbered",
            Preset::Paper => "paper",
        }))
    }),
    ("attribution.participant_number", "Participant's number in front", "yes", |says| {
        Some(String::from(if says.attribution.is_numbered() { "yes" } else { "no" }))
    }),
    ("attribution.by", "Attribute that picks the template", "the one set side by side", |says| {
        says.attribution.by.clone()
    }),
    ("attribution.also", "Said besides (sex, age band)", "nothing", |says| {
        Some(says.attribution.also.join(", ")).filter(|also| !also.is_empty())
    }),
    ("attribution.focus_group", "Words for focus groups", "none", |says| {
        Some(says.attribution.focus_group.clone()).filter(|words| !words.is_empty())
    }),
    ("attribution.k", "A descriptor is warned of below", "5 people", |says| {
        Some(format!("{} people", says.attribution.k))
    }),
    ("attribution.min_cell", "A cell is warned of below", "10 people", |says| {
        Some(format!("{} people", says.attribution.min_cell))
    }),
    ("quotation.to", "Where one key puts a quotation", "basket", |says| {
        Some(String::from(match says.quotation.to {
            Destination::Basket => "your basket",
            Destination::File => "the file beside the draft",
            Destination::Clipboard => "the clipboard of your terminal",
        }))
    }),
    ("quotation.draft", "The draft", "none", |says| says.quotation.draft.clone()),
    ("quotation.markup", "Written in", "what the draft is in, else Markdown", |says| {
        says.quotation.markup.map(|markup| format!("{markup:?}"))
    }),
    ("quotation.marks", "Quotation marks", "double", |says| {
        Some(format!("{:?}", says.quotation.marks).to_lowercase())
    }),
    ("quotation.glyphs", "Their shape", "curly", |says| {
        Some(format!("{:?}", says.quotation.glyphs).to_lowercase())
    }),
    ("quotation.csquotes", "In LaTeX", "quotation marks", |says| {
        says.quotation.csquotes.then(|| String::from("\\enquote{}"))
    }),
    ("quotation.ellipsis", "Three dots", "as said", |says| {
        Some(String::from(match says.quotation.ellipsis {
            Ellipsis::AsSaid => "as said",
            Ellipsis::Dots => "...",
            Ellipsis::Spaced => ". . .",
            Ellipsis::Character => "…",
            Ellipsis::Bracketed => "[...]",
        }))
    }),
    ("quotation.brackets", "Square brackets", "square", |says| {
        Some(format!("{:?}", says.quotation.brackets).to_lowercase())
    }),
    ("quotation.notes", "Notes that `drop` takes away", "none", |says| {
        Some(says.quotation.notes.join(", ")).filter(|notes| !notes.is_empty())
    }),
    ("quotation.block_words", "A block of its own from", "never", |says| match says.quotation.block_words {
        0 => None,
        words => Some(format!("{words} words")),
    }),
    ("quotation.stop_last", "The full stop", "inside the marks", |says| {
        says.quotation.stop_last.then(|| String::from("behind the attribution"))
    }),
    ("quotation.address", "The address goes along", "as a comment", |says| {
        says.quotation.address.map(|goes| String::from(if goes { "always" } else { "never" }))
    }),
];

/// Tables that have a heading of their own.
const ATTRIBUTION: &str = "attribution";
const CODERS: &str = "coders";

impl Model {
    /// `study.toml` was read.
    pub(super) fn settings_read(&mut self, read: SettingsRead) {
        let SettingsRead { text, mut settings, wrong } = read;
        // The last good ones hold in any case: of a file that cannot be read, too, the store knows no more than that it could be.
        let unfilled = self.mend_attribution(&mut settings);
        let is_told = unfilled.is_none();
        let wrong = wrong.or(unfilled);
        let first = self.settings.text.replace(text).is_none();
        let changed = self.study.settings != settings;
        if changed {
            self.veil.set_settings(&mut self.study, settings);
            self.sheets.forget();
            self.transcripts.list.forget();
        }
        // What the first look finds is no news, but that a template is wrong: nobody could see that before.
        if !first || !is_told {
            self.tell_settings(changed, wrong.as_deref());
        }
        self.settings.wrong = wrong;
    }

    /// Says what became of a file that was read again: first what is wrong with it, else what nobody can have meant.
    fn tell_settings(&mut self, changed: bool, wrong: Option<&str>) {
        let text = self.settings.text.as_deref().unwrap_or_default();
        let mut doubts: Vec<String> = Self::unknown_settings(text).map(|(sentence, _)| sentence).collect();
        doubts.extend(self.attribution_doubts().iter().map(ToString::to_string));
        match (wrong, doubts.as_slice()) {
            (Some(sentence), _) => self.trouble(sentence),
            (None, [first]) => self.trouble(first.clone()),
            (None, [first, more @ ..]) => {
                self.trouble(format!("{first} And {} more, under Settings.", more.len()));
            }
            (None, []) if changed => self.say("study.toml was read again: what it says now holds."),
            (None, []) if self.settings.wrong.is_some() => self.say("study.toml is mended."),
            (None, []) => {}
        }
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_settings(&mut self) {
        let made_of = (self.sheets.version(), self.size.width);
        if self.settings.preview.as_ref().is_none_or(|(held, _)| *held != made_of) {
            self.settings.preview = Some((made_of, self.attribution_preview()));
        }
        let rows = self.setting_rows();
        let height = usize::from(self.body().height).max(1);
        let settings = &mut self.settings;
        settings.rows = rows;
        settings.chosen = settings.chosen.min(settings.choices().count().saturating_sub(1));
        let Range { start, end } = settings.extent();
        // A heading comes in sight with the first row below it; of what is higher than the window, its beginning.
        let wanted = if start == 1 { 0 } else { start };
        let least = end.saturating_sub(height).min(wanted);
        settings.top = settings.top.clamp(least, wanted);
        settings.top = settings.top.min(settings.rows.len().saturating_sub(height));
    }

    /// Moves the choice.
    pub(super) fn step_settings(&mut self, by: isize) {
        let last = self.settings.choices().count().saturating_sub(1);
        self.settings.chosen = self.settings.chosen.saturating_add_signed(by).min(last);
    }

    /// Opens the editor at the chosen row, or says where it stands; a list that is cut is shown whole, and cut again.
    pub(super) fn edit_setting(&mut self) -> Vec<Effect> {
        if let Some(SettingRow::More { label, .. }) = self.settings.rows.get(self.settings.place()) {
            let label = *label;
            if !self.settings.whole.remove(label) {
                self.settings.whole.insert(label);
            }
            self.settings.preview = None;
            return Vec::new();
        }
        let (line, what) = match self.settings.rows.get(self.settings.place()) {
            Some(SettingRow::Said { line: Some(line), .. } | SettingRow::Fact { line: Some(line), .. }) => {
                (*line, String::new())
            }
            Some(SettingRow::Said { key, line: None, .. }) => {
                (self.line_for(key), format!("`{key}` is not set; it would stand at "))
            }
            _ => {
                self.refuse("This is not in study.toml.");
                return Vec::new();
            }
        };
        let file = self.about.settings.clone();
        match self.about.editor.clone() {
            Some(editor) => vec![Effect::Edit { editor, file, line }],
            None => {
                self.say(format!("{what}{file} line {line}. Set EDITOR and this key opens it there."));
                Vec::new()
            }
        }
    }

    /// Where a key that is not set would stand: below its table, else before the first table.
    fn line_for(&self, key: &str) -> usize {
        let text = self.settings.text.as_deref().unwrap_or_default();
        let entries = StudySettings::entries(text);
        let table = key.split_once('.').map_or(key, |(table, _)| table);
        if let Some(table) = entries.iter().find(|entry| entry.is_table && entry.key == table) {
            return table.line;
        }
        let first = entries.iter().find(|entry| entry.is_table);
        let last = entries.iter().rfind(|entry| first.is_none_or(|table| entry.line < table.line));
        last.map_or(1, |entry| entry.line)
    }

    fn setting_rows(&self) -> Vec<SettingRow> {
        let entries = StudySettings::entries(self.settings.text.as_deref().unwrap_or_default());
        let is_below = |entry: &&SettingsEntry, table: &str| {
            !entry.is_table && entry.key.strip_prefix(table).is_some_and(|rest| rest.starts_with('.'))
        };
        let mut rows = Vec::new();
        let text = self.settings.text.as_deref().unwrap_or_default();
        let unknown = Self::unknown_settings(text);
        let unknown = unknown.flat_map(|(what, line)| fact(LOOK_AT, &what, Some(line), self.size.width));
        let wrong = self.settings.wrong.iter();
        let wrong = wrong.flat_map(|wrong| fact("To be mended", wrong, None, self.size.width));
        let doubts = self.settings.preview.iter().flat_map(|(_, preview)| preview.doubts.iter().cloned());
        rows.extend(wrong.chain(unknown).chain(doubts));
        if !rows.is_empty() {
            rows.insert(0, SettingRow::Heading("What is wrong with study.toml"));
        }
        rows.push(SettingRow::Heading("The study"));
        let known = |(key, label, default, value): Known| {
            let line = entries.iter().find(|entry| entry.key == key).map(|entry| entry.line);
            let value = value(&self.study.settings).unwrap_or_else(|| default.to_owned());
            SettingRow::Said { label: label.into(), value, key: key.into(), line }
        };
        rows.extend(KNOWN.into_iter().map(known));
        rows.push(SettingRow::Heading("How a quote is attributed, and quoted"));
        rows.extend(HOUSE.into_iter().map(known));
        let is_house = |entry: &&SettingsEntry| HOUSE.iter().any(|(key, ..)| *key == entry.key);
        let of = |table: &'static str| entries.iter().filter(move |entry| is_below(entry, table));
        rows.extend(of(ATTRIBUTION).filter(|entry| !is_house(entry)).map(said));
        if !of(ATTRIBUTION).any(|entry| entry.key.starts_with("attribution.styles")) {
            let instead = match self.study.settings.attribution.is_numbered() {
                true => "none: the number of the participant",
                false => "none: the participant's group",
            };
            rows.push(unset("attribution.styles", "Templates", instead));
        }
        rows.extend(self.settings.preview.iter().flat_map(|(_, preview)| preview.comes_to.iter().cloned()));
        rows.push(SettingRow::Heading("Who is who on this machine"));
        rows.extend(of(CODERS).map(|entry| {
            let user = entry.key.trim_start_matches("coders.");
            SettingRow::Said {
                label: format!("User {user}"),
                value: format!("is the coder {}", entry.value),
                key: entry.key.clone(),
                line: Some(entry.line),
            }
        }));
        if of(CODERS).next().is_none() {
            rows.push(unset(CODERS, "Users", "none: users are coders of the same name"));
        }
        let is_other = |entry: &&SettingsEntry| {
            let known =
                KNOWN.iter().chain(&HOUSE).any(|(key, ..)| *key == entry.key) || entry.key == "schema";
            !entry.is_table && !known && !is_below(entry, ATTRIBUTION) && !is_below(entry, CODERS)
        };
        if entries.iter().any(|entry| is_other(&entry)) {
            rows.push(SettingRow::Heading("Also in study.toml"));
            rows.extend(entries.iter().filter(is_other).map(said));
        }
        rows.push(SettingRow::Heading("Here"));
        rows.extend(self.setting_facts());
        rows
    }

    fn setting_facts(&self) -> impl Iterator<Item = SettingRow> {
        let about = &self.about;
        let me = match about.user.as_str() {
            "" => self.me.name.clone(),
            user => format!("{} (user {user})", self.me.name),
        };
        let editor = about.editor.clone().unwrap_or_else(|| String::from("none: set EDITOR"));
        [
            ("You code as", me),
            ("Folder of the study", about.folder.clone()),
            ("Its facts", about.settings.clone()),
            ("Its database", about.database.clone()),
            ("Search index", about.index.clone()),
            ("Your place", about.place.clone()),
            ("Your configuration", about.config.clone()),
            ("Keymap", about.keymap.clone()),
            ("Theme", about.theme.clone()),
            ("Editor", editor),
            ("Version", about.version.clone()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| SettingRow::Fact { label, value, line: None })
    }
}

fn said(entry: &SettingsEntry) -> SettingRow {
    let below = entry.key.split_once('.').map_or(entry.key.as_str(), |(_, below)| below);
    let label = below.replace(['_', '.'], " ");
    let (value, key, line) = (entry.value.clone(), entry.key.clone(), Some(entry.line));
    SettingRow::Said { label, value, key, line }
}

fn unset(key: &str, label: &str, value: &str) -> SettingRow {
    SettingRow::Said { label: label.to_owned(), value: value.to_owned(), key: key.to_owned(), line: None }
}

impl Settings {
    /// Places of the rows that can be chosen.
    fn choices(&self) -> impl Iterator<Item = usize> {
        let rows = self.rows.iter().enumerate();
        let is_one = |row: &SettingRow| !matches!(row, SettingRow::Heading(_) | SettingRow::FactGoesOn(_));
        rows.filter(move |(_, row)| is_one(row)).map(|(at, _)| at)
    }

    /// The rows that the chosen one takes.
    #[must_use]
    pub fn extent(&self) -> Range<usize> {
        let start = self.place();
        let goes_on = |row: &&SettingRow| matches!(row, SettingRow::FactGoesOn(_));
        start..start + 1 + self.rows.iter().skip(start + 1).take_while(goes_on).count()
    }

    /// The place of the chosen row among all.
    #[must_use]
    pub fn place(&self) -> usize {
        self.choices().nth(self.chosen).unwrap_or(0)
    }
}

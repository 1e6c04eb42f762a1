//! From an open store to a program that is ready to draw its first frame.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use super::{Look, NamesFile, Paths, PlaceFile, SearchSetting, SystemSource};
use crate::app::keymap::Keymap;
use crate::app::{About, Effect, Model, Place, Screen, Setting, Size, Texts};
use crate::store::{Access, Opening, Store, StoreError};
use crate::study::{Coder, Study};

/// What the program is started with.
pub struct Start {
    /// The study.
    pub store: Store,
    /// How it was opened.
    pub opening: Opening,
    /// Who sits here.
    pub me: Coder,
    /// The user's folders.
    pub paths: Paths,
    /// What keys mean.
    pub keymap: Keymap,
    /// What the screen looks like.
    pub look: Look,
    /// How long a lone escape is held.
    pub esc_wait: Duration,
    /// The zone in which times of the day are shown.
    pub zone: TimeZone,
    /// Where things are; what this room knows better is filled in.
    pub about: About,
    /// The file of names, or why there can be none.
    pub names: Result<NamesFile, String>,
    /// Whether the tour begins.
    pub tour: bool,
    /// What the coder should be told at the start.
    pub warnings: Vec<String>,
}

/// A program before its first frame.
pub struct Opened {
    pub(super) folder: PathBuf,
    pub(super) store: Store,
    /// Makes the model for a window of so many columns and rows.
    pub(super) model: Box<dyn FnOnce(u16, u16) -> (Model, Vec<Effect>)>,
    pub(super) search: SearchSetting,
    pub(super) names: Result<NamesFile, String>,
    pub(super) place: PlaceFile,
    pub(super) look: Look,
    pub(super) esc_wait: Duration,
}

/// Reads the saved place and just what its screen needs.
///
/// # Errors
/// If the store cannot be read.
pub fn open(mut start: Start) -> Result<Opened, StoreError> {
    let identity = start.store.identity()?;
    // The study as it was is another text to be at another place in, and its words are not those that are indexed.
    let past = start.opening.snapshot.clone();
    let who = match &past {
        Some(_) => format!("{} then", start.me.name),
        None => start.me.name.clone(),
    };
    let place_file = PlaceFile::new(&start.paths.state, &identity, &who);
    let place = place_file.read();
    let (study, texts) = first_screen(&mut start.store, &place);
    // Without it codes look like those of a study that never lost one.
    let codes_made = start.store.codes_made().unwrap_or_default();
    let read_only = match start.store.access() {
        Access::Write => None,
        Access::ReadOnly(why) => Some(why.clone()),
    };
    let tour = start.tour;
    let about = whereabouts(&start, &identity, &place_file);
    let looks = start.look.themes.names().map(String::from).collect();
    let (me, keymap, zone, warnings) = (start.me, Arc::new(start.keymap), start.zone, start.warnings);
    let model = move |columns: u16, rows: u16| {
        let setting = Setting {
            source: Arc::new(SystemSource),
            me,
            keymap,
            zone,
            size: Size { width: columns, height: rows },
            read_only,
            about,
            codes_made,
        };
        let (mut model, mut effects) = Model::start(setting, study, texts, &place);
        model.looks = looks;
        if tour {
            effects.extend(model.begin_tour());
        }
        if let Some(warning) = warnings.first() {
            model.trouble(warning.clone());
        }
        (model, effects)
    };
    Ok(Opened {
        folder: start.store.folder().to_owned(),
        model: Box::new(model),
        search: SearchSetting {
            opening: start.opening,
            index: past.is_none().then(|| start.paths.cache.join(&identity)),
        },
        names: start.names,
        place: place_file,
        look: start.look,
        esc_wait: start.esc_wait,
        store: start.store,
    })
}

/// Where the files of this study and this coder lie.
fn whereabouts(start: &Start, identity: &str, place: &PlaceFile) -> About {
    let shown = |path: PathBuf| path.display().to_string();
    let folder = start.store.folder();
    let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    About {
        settings: shown(folder.join("study.toml")),
        database: shown(folder.join("study.db")),
        folder: shown(folder),
        index: shown(start.paths.cache.join(identity)),
        place: shown(place.path().to_owned()),
        config: shown(start.paths.config.clone()),
        names: start.names.as_ref().map_or_else(|_| String::new(), |file| shown(file.path().to_owned())),
        as_of: start.opening.snapshot.as_ref().map(|past| past.note.clone().unwrap_or_else(|| past.words())),
        ..start.about.clone()
    }
}

/// As much of the study as the first frame shows: for Read the one transcript and its text. What cannot be read now is
/// read with the rest, and said then.
fn first_screen(store: &mut Store, place: &Place) -> (Study, Texts) {
    let mut texts = Texts::default();
    let mut empty = Study::default();
    empty.settings = store.settings().clone();
    let Some(transcript) = place.transcript.filter(|_| place.screen == Screen::Read) else {
        return (empty, texts);
    };
    let Ok(study) = store.load_transcript(transcript) else { return (empty, texts) };
    if let Some(held) = study.transcripts().get(&transcript)
        && let Ok(text) = store.text(held.revision)
    {
        texts.put(held.revision, text);
    }
    (study, texts)
}

//! `combe` without a subcommand: the study on the screen.

use std::env;
use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use jiff::tz::TimeZone;

use super::error::CliError;
use super::output::say_aside;
use super::preferences::Preferences;
use super::world::{World, os_user, paths, shown_path, signature};
use crate::app::About;
use crate::app::welcome::{Way, Welcome};
use crate::run::{
    Look, NamesFile, Start, Welcomed, expand_home, last_study, open, remember_study, run as run_loop,
    welcome as show_welcome,
};
use crate::store::{Access, Opening, Store, StoreError};
use crate::study::{Coder, Conflict, Record, Step, Study};
use crate::term::{Capability, Surroundings, detect, detect_for_lines, forbid_core_dumps};
use crate::ui::glyphs::Glyphs;
use crate::ui::linear::Listener;
use crate::ui::theme::Theme;

/// Opens the study on the screen and stays until the coder leaves.
pub(super) fn run(world: &mut World, tour: bool) -> Result<u8, CliError> {
    let around =
        Surroundings::read(|name| env::var(name).ok(), io::stdin().is_terminal(), io::stdout().is_terminal());
    let paths = paths()?;
    let mut preferences = Preferences::read(&paths.config, &world.wishes);
    let linear = preferences.linear();
    let judged = if linear { detect_for_lines(&around) } else { detect(&around) };
    let capability = judged.map_err(|refusal| CliError::Usage(refusal.to_string()))?;
    let keymap = preferences.keymap()?;
    let (themes, theme) = preferences.themes(capability.colours)?;
    let mut folder = world.study_folder()?;
    let mut opened_last = false;
    if world.folder.is_none()
        && !folder.join("study.db").is_file()
        && let Some(last) = last_study(&paths.state)
    {
        opened_last = true;
        folder = last;
    }
    let snapshot = if folder.join("study.db").is_file() { world.past(&folder)? } else { None };
    let opening =
        Opening { take_over: world.take_over, snapshot, ..Opening::new(folder.clone(), signature()) };
    let mut store = match Store::open(&opening, &world.source) {
        Err(StoreError::NoStudy(folder)) if linear => {
            world.out.remark(&format!("There is no study in {}.\n", shown_path(&folder)))?;
            return farewell(world);
        }
        Err(StoreError::NoStudy(folder)) => return welcome(world, &folder, &capability),
        opened => opened?,
    };
    let me = who(world, &store)?;
    let me = join(world, &mut store, me)?;
    let mut warnings = store.warnings().to_vec();
    if opened_last {
        warnings.push(format!(
            "There is no study in this folder: this is the last one, {}.",
            shown_path(&folder)
        ));
    }
    let keymap_file = paths.config.join("keymap.toml");
    for wrong in &preferences.wrong {
        say_aside(&wrong.to_string());
        warnings.insert(0, format!("{}; that file is not used", wrong.in_short()));
    }
    if let Err(error) = forbid_core_dumps() {
        say_aside(&format!(
            "core dumps cannot be forbidden ({error}); a crash might leave transcripts in one"
        ));
    }
    let absolute = fs::canonicalize(&folder).unwrap_or(folder);
    // Only the next start without a folder would miss it.
    let _ = remember_study(&paths.state, &absolute);
    let keymap_name = keymap.name();
    let identity = store.identity()?;
    let names = NamesFile::of(&paths.config, &identity, preferences.names().as_deref(), store.folder());
    let start = Start {
        store,
        opening,
        me,
        paths,
        keymap,
        look: Look {
            theme: themes.get(&theme).copied().unwrap_or_default(),
            themes,
            glyphs: Glyphs::of(capability.glyphs),
            listener: linear.then(Listener::default),
        },
        esc_wait: capability.esc_wait,
        zone: TimeZone::system(),
        about: about(&keymap_file, keymap_name, &theme),
        names,
        tour,
        warnings,
    };
    let ended = run_loop(open(start)?).map_err(|error| CliError::refused(error.to_string()))?;
    if let Some(sentence) = &ended.unwritten {
        say_aside(sentence);
    }
    Ok(ended.code)
}

/// How often somebody is asked who codes.
const QUESTIONS: usize = 3;

/// Letters that the name of a coder may have: it stands in the header of every screen.
const LONGEST_NAME: usize = 40;

/// Who sits here. A name that is new to a study with coders is asked for once, before the screen is taken.
fn who(world: &World, store: &Store) -> Result<Coder, CliError> {
    let study = coders_of(store)?;
    let guess = world.coder_in(&study);
    let known = study.coders();
    let named = world.coder.is_some() || study.settings.coder_of(&os_user()).is_some();
    if known.has(&guess.id) || named || known.is_empty() {
        return Ok(guess);
    }
    let others: Vec<&str> = known.iter().map(|coder| coder.name.as_str()).collect();
    say_aside(&format!("This study does not know you yet (it knows {}).", others.join(", ")));
    for _ in 0..QUESTIONS {
        let Some(typed) = ask(&format!("Code as [{}]: ", guess.name))? else { break };
        if typed.is_empty() {
            return Ok(guess);
        }
        if let Some(coder) = study.coder_named(&typed) {
            return Ok(coder.clone());
        }
        // Nobody else is made by a slip of the finger: a coder stays in a study.
        if typed.contains(char::is_control) || typed.chars().count() > LONGEST_NAME {
            say_aside(&format!(
                "A coder's name has {LONGEST_NAME} letters at most and no keys like Esc in it."
            ));
            continue;
        }
        match ask(&format!("Begin as the new coder “{typed}”? [y/n]: "))?.as_deref() {
            Some("y" | "yes") => return Ok(Coder { name: typed, ..guess }),
            Some(_) => {}
            None => break,
        }
    }
    Err(CliError::Usage("nobody was named; `combe --as NAME` says who codes".into()))
}

/// Asks on standard error and reads a line, without the blanks around it; `None` at the end of the input.
fn ask(question: &str) -> Result<Option<String>, CliError> {
    let mut out = io::stderr().lock();
    write!(out, "{question}")?;
    out.flush()?;
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// Makes a coder who is new part of the study at once: drafts and reading marks hang on it. Gives the coder as the study
/// knows them: the same person may have joined from another terminal at this very moment.
fn join(world: &World, store: &mut Store, me: Coder) -> Result<Coder, CliError> {
    let coders = coders_of(store)?;
    let held = coders.known_coder(&me);
    if coders.coders().has(&held.id) || *store.access() != Access::Write {
        return Ok(held);
    }
    let label = format!("coder “{}”", me.name);
    let step = Step { command: "join".into(), label, ..Step::default() };
    let action = Study::default().act(&me, step, &world.source)?;
    match store.commit(&action, &[]) {
        Err(StoreError::Conflict(Conflict::Taken { .. })) => Ok(coders_of(store)?.known_coder(&me)),
        done => Ok(done.map(|_| me)?),
    }
}

/// The settings and coders of the study, without the rest of it.
fn coders_of(store: &Store) -> Result<Study, StoreError> {
    let coders = store.coders()?.into_iter().map(Record::from);
    Ok(Study::load(store.settings().clone(), coders, []))
}

/// What the settings screen says of the machine.
fn about(file: &Path, keymap: &str, theme: &str) -> About {
    let own = if file.is_file() {
        format!("{keymap}, with {} over it", shown_path(file))
    } else {
        keymap.to_owned()
    };
    let editor = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|word| !word.trim().is_empty()));
    About {
        user: os_user(),
        keymap: own,
        theme: theme.into(),
        version: format!("combe {}", env!("CARGO_PKG_VERSION")),
        editor,
        ..About::default()
    }
}

/// Offers ways to go on where there is no study, and goes the one that is chosen.
fn welcome(world: &mut World, folder: &Path, capability: &Capability) -> Result<u8, CliError> {
    let mut said = format!("There is no study in {}.", shown_path(folder));
    loop {
        let theme = Theme::of(capability.colours);
        let welcomed = show_welcome(Welcome::new(said), &theme, capability.esc_wait)
            .map_err(|error| CliError::refused(error.to_string()))?;
        let way = match welcomed {
            Welcomed::Ended(code) => return Ok(code),
            Welcomed::Chose(way) => way,
        };
        let tour = way == Way::Demo;
        let gone = match way {
            Way::Leave => return farewell(world),
            Way::Demo => super::demo::begin_here(world),
            Way::New(folder) => {
                let folder = expand_home(&folder);
                super::new::make(world, &folder).map(|()| folder)
            }
            Way::Open(folder) => Ok(expand_home(&folder)),
        };
        match gone {
            Ok(folder) if folder.join("study.db").is_file() => {
                world.out.flush()?;
                world.folder = Some(folder);
                return run(world, tour);
            }
            Ok(folder) => said = format!("There is no study in {}.", shown_path(&folder)),
            Err(CliError::Refused { sentence, place }) => {
                said = place.map_or_else(|| sentence.clone(), |place| format!("{place}: {sentence}"));
            }
            Err(error) => return Err(error),
        }
    }
}

/// What stays on the terminal for who left.
fn farewell(world: &mut World) -> Result<u8, CliError> {
    world.out.remark(
        "To look around:      combe demo\n\
         To begin your own:   combe new my-study\n\
         \u{20}                    combe -C my-study import FOLDER-OF-TRANSCRIPTS\n\
         \u{20}                    combe -C my-study\n\n\
         `combe --help` lists everything.",
    )?;
    Ok(1)
}

//! The world as a subcommand sees it: who runs it, where, and the study it is about.

use std::env;
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::output::{Output, say_aside};
use super::preferences::Wishes;
use crate::run::{Paths, SystemSource};
use crate::search::ReadTurns;
use crate::store::{Committed, NewText, Opening, Signature, Snapshot, Store};
use crate::study::{Change, Coder, CoderId, Settings, Source, Step, Study, fresh};

/// What all subcommands share.
pub(super) struct World {
    /// Where results go.
    pub(super) out: Output,
    /// Clock and identifiers.
    pub(super) source: SystemSource,
    /// Folder given with `-C`.
    pub(super) folder: Option<PathBuf>,
    /// The point of the history given with `--at`.
    pub(super) at: Option<String>,
    /// Coder given with `--as`.
    pub(super) coder: Option<String>,
    /// Whether to take over the lock of a study on a network.
    pub(super) take_over: bool,
    /// What the screen is to be like.
    pub(super) wishes: Wishes,
}

/// A study that a subcommand works on.
pub(super) struct Opened {
    /// The disk.
    pub(super) store: Store,
    /// The memory.
    pub(super) study: Study,
    /// The study with what is hidden from this coder, where something is: never to be printed.
    pub(super) whole: Option<Study>,
    /// Who works.
    pub(super) coder: Coder,
}

impl World {
    /// Another one that says the same of the study, for a thread of its own.
    pub(super) fn another(&self) -> World {
        World {
            out: Output::new(self.out.json),
            source: self.source,
            folder: self.folder.clone(),
            at: self.at.clone(),
            coder: self.coder.clone(),
            take_over: self.take_over,
            wishes: self.wishes.clone(),
        }
    }

    /// The folder of the study: `-C`, else this folder or the nearest one above it that holds a study.
    pub(super) fn study_folder(&self) -> Result<PathBuf, CliError> {
        if let Some(folder) = &self.folder {
            return Ok(folder.clone());
        }
        let here = env::current_dir()
            .map_err(|error| CliError::refused(format!("this folder cannot be read: {error}")))?;
        let found = here.ancestors().find(|folder| folder.join("study.db").is_file());
        Ok(found.unwrap_or(&here).to_owned())
    }

    /// Opens the study and loads it. Warnings of the store go to stderr.
    pub(super) fn open(&self) -> Result<Opened, CliError> {
        self.open_as(false)
    }

    /// The same for subcommands that change nothing: they neither wait for a lock nor take one, and what the coder must not
    /// see, who codes a transcript blind, is not in the study.
    pub(super) fn open_to_read(&self) -> Result<Opened, CliError> {
        self.open_as(true).map(Self::veiled)
    }

    /// For subcommands that write files outside and note it in the history: to write, where that is possible; what the coder
    /// must not see is not in the study. A past that `--at` asks for can leave, and is noted in [`World::present`].
    pub(super) fn open_to_export(&self) -> Result<Opened, CliError> {
        self.open_as(self.at.is_some()).map(Self::veiled)
    }

    /// The study of today, where `--at` asks for an earlier one: what is done with that is noted here.
    pub(super) fn present(&self) -> Result<Option<Opened>, CliError> {
        let today = World { at: None, ..self.another() };
        self.at.is_some().then(|| today.open()).transpose()
    }

    fn veiled(mut opened: Opened) -> Opened {
        if let Some(seen) = opened.study.seen_by(opened.coder.id) {
            let blind = seen.blind_transcripts(opened.coder.id);
            let names: Vec<&str> = seen
                .transcripts_by_name()
                .into_iter()
                .filter(|held| blind.contains(&held.id))
                .map(|held| held.name.as_str())
                .collect();
            if !names.is_empty() {
                say_aside(&format!("what others did in {} is left out: you code it blind", names.join(", ")));
            }
            opened.whole = Some(std::mem::replace(&mut opened.study, seen));
        }
        opened
    }

    /// The snapshot that `--at` asks for.
    pub(super) fn past(&self, folder: &Path) -> Result<Option<Snapshot>, CliError> {
        let Some(point) = &self.at else { return Ok(None) };
        let opening = Opening { read_only: true, ..Opening::new(folder.to_owned(), signature()) };
        Ok(Some(Store::open(&opening, &self.source)?.snapshot_at(point)?))
    }

    fn open_as(&self, read_only: bool) -> Result<Opened, CliError> {
        let folder = self.study_folder()?;
        let snapshot = self.past(&folder)?;
        if let Some(past) = snapshot.as_ref().filter(|_| !read_only) {
            return Err(CliError::Usage(format!(
                "--at shows the study as it was at {}, which nobody can change; leave it out",
                past.words()
            )));
        }
        let opening = Opening {
            read_only,
            take_over: self.take_over,
            snapshot,
            ..Opening::new(folder.clone(), signature())
        };
        let mut store = Store::open(&opening, &self.source)?;
        for warning in store.warnings() {
            say_aside(warning);
        }
        self.tell_unknown_keys(&folder);
        let (study, _) = store.load()?;
        let coder = self.coder_in(&study);
        Ok(Opened { store, study, whole: None, coder })
    }

    /// A key of `study.toml` with a slip in it does nothing, and that must be said.
    fn tell_unknown_keys(&self, folder: &Path) {
        let text = std::fs::read_to_string(folder.join("study.toml")).unwrap_or_default();
        for unknown in Settings::unknown_keys(&text).iter().filter(|_| self.at.is_none()) {
            say_aside(&unknown.to_string());
        }
    }

    /// Who works: `--as`, else the mapping in `study.toml`, else the user of the operating system. Not in the study yet
    /// if it is new.
    pub(super) fn coder_in(&self, study: &Study) -> Coder {
        let user = os_user();
        let name =
            self.coder.clone().or_else(|| study.settings.coder_of(&user).map(String::from)).unwrap_or(user);
        let name = name.trim().to_owned();
        study.coder_named(&name).cloned().unwrap_or_else(|| Coder { id: fresh(&self.source), name })
    }
}

impl Opened {
    /// The turns that this coder has read.
    pub(super) fn read_turns(&self) -> Result<ReadTurns, CliError> {
        let marks = self.store.reading_marks(self.coder.id)?;
        Ok(marks.into_iter().map(|(transcript, turns)| (transcript, turns.into_keys().collect())).collect())
    }

    /// Does one thing: in memory, then on disk. The coder is created with it if new.
    pub(super) fn commit(
        &mut self,
        source: &dyn Source,
        command: &str,
        label: String,
        changes: Vec<Change>,
    ) -> Result<Committed, CliError> {
        let step = Step { command: command.to_owned(), label, changes, ..Step::default() };
        self.commit_step(source, step, &[])
    }

    /// The same, with all that an action may have, and the texts that it brings.
    pub(super) fn commit_step(
        &mut self,
        source: &dyn Source,
        step: Step,
        texts: &[NewText],
    ) -> Result<Committed, CliError> {
        for text in texts {
            self.study.add_turns(text.turns.clone().into());
        }
        let action = self.study.act(&self.coder, step, source)?;
        Ok(self.store.commit(&action, texts)?)
    }

    /// The coder of a name, for filters.
    pub(super) fn coder_name(&self, id: CoderId) -> String {
        self.study.coder_name(id).to_owned()
    }
}

/// User and host of this process.
pub(super) fn signature() -> Signature {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    Signature { os_user: os_user(), host, process: std::process::id() }
}

/// `$USER` or `$LOGNAME`, else the numeric uid: directory services are not asked, they may be far away.
pub(super) fn os_user() -> String {
    let named =
        ["USER", "LOGNAME"].into_iter().find_map(|name| env::var(name).ok().filter(|user| !user.is_empty()));
    named.unwrap_or_else(|| format!("uid{}", rustix::process::getuid().as_raw()))
}

/// The user's folders.
pub(super) fn paths() -> Result<Paths, CliError> {
    Paths::of_user().ok_or_else(|| CliError::refused("you have no home folder; set HOME to one"))
}

/// A path as people read it.
pub(super) fn shown_path(path: &Path) -> String {
    path.display().to_string()
}

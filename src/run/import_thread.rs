//! The thread that reads files to be imported and plans their import, through a connection of its own, so that nothing
//! waits for either.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::SystemSource;
use super::import_files::{FoundFiles, expand_home, list_files, read_file};
use super::search_thread::SearchSetting;
use crate::app::Msg;
use crate::import::{Batch, ImportOptions, Planned, is_importable};
use crate::store::{Opening, Store, StoreError};
use crate::study::{Coder, Study};

/// At most so many paths are offered to go on with.
const OFFERED: usize = 50;

/// What the import thread can be told.
enum Told {
    Read { generation: u64, path: String, coder: Coder },
    Plan { generation: u64, options: Box<ImportOptions>, out: BTreeSet<String>, coder: Coder },
    Forget,
    Paths(String),
}

/// The other end of the import thread. The thread ends when this is gone.
pub(super) struct ImportPort {
    told: Sender<Told>,
    /// The last question: what is done for an older one stops.
    wanted: Arc<AtomicU64>,
}

impl ImportPort {
    /// Starts the thread. It opens nothing before it is asked.
    pub(super) fn spawn(
        setting: SearchSetting,
        answer: impl Fn(Msg) -> bool + Send + 'static,
    ) -> std::io::Result<Self> {
        let (told, inbox) = channel();
        let wanted = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&wanted);
        thread::Builder::new().name("import".into()).spawn(move || {
            let opening = Opening { read_only: true, ..setting.opening };
            let mut worker = Worker { opening, study: None, batch: Batch::default(), wanted: seen, answer };
            worker.serve(&inbox);
        })?;
        Ok(Self { told, wanted })
    }

    pub(super) fn read(&self, generation: u64, path: String, coder: Coder) {
        self.wanted.store(generation, Ordering::Relaxed);
        self.tell(Told::Read { generation, path, coder });
    }

    pub(super) fn plan(
        &self,
        generation: u64,
        options: Box<ImportOptions>,
        out: BTreeSet<String>,
        coder: Coder,
    ) {
        self.wanted.store(generation, Ordering::Relaxed);
        self.tell(Told::Plan { generation, options, out, coder });
    }

    /// Stops what is going on.
    pub(super) fn forget(&self) {
        self.wanted.fetch_add(1, Ordering::Relaxed);
        self.tell(Told::Forget);
    }

    pub(super) fn paths(&self, typed: String) {
        self.tell(Told::Paths(typed));
    }

    fn tell(&self, told: Told) {
        // A thread that is gone has said so already: `WorkerDied`.
        let _ = self.told.send(told);
    }
}

/// The study as it is on disk, and the version of the database that it was read at.
struct Known {
    store: Store,
    study: Study,
    version: i64,
}

struct Worker<A> {
    opening: Opening,
    study: Option<Known>,
    batch: Batch,
    wanted: Arc<AtomicU64>,
    answer: A,
}

impl<A: Fn(Msg) -> bool> Worker<A> {
    fn serve(&mut self, inbox: &Receiver<Told>) {
        while let Ok(told) = inbox.recv() {
            match told {
                Told::Read { generation, path, coder } => {
                    self.batch = Batch::default();
                    let done = self.read(generation, &path, &coder);
                    self.say(generation, done);
                }
                Told::Plan { generation, options, out, coder } if self.is_wanted(generation) => {
                    let done = self.plan(&options, &out, &coder).map(Some);
                    self.say(generation, done);
                }
                Told::Plan { .. } => {}
                Told::Forget => (self.batch, self.study) = (Batch::default(), None),
                Told::Paths(typed) => {
                    let paths = paths_from(&typed);
                    (self.answer)(Msg::PathsListed { typed, paths });
                }
            }
        }
    }

    fn is_wanted(&self, generation: u64) -> bool {
        self.wanted.load(Ordering::Relaxed) == generation
    }

    fn say(&self, generation: u64, done: Result<Option<Planned>, String>) {
        let msg = match done {
            Ok(Some(planned)) => Msg::ImportPlanned { generation, planned: Box::new(planned) },
            Ok(None) => return,
            Err(sentence) => Msg::ImportFailed { generation, sentence },
        };
        (self.answer)(msg);
    }

    /// Reads the files and plans them. `None` if nobody wants that any more.
    fn read(&mut self, generation: u64, path: &str, coder: &Coder) -> Result<Option<Planned>, String> {
        let FoundFiles { files, unread } =
            list_files(&[expand_home(path)]).map_err(|error| format!("{path}: {error}"))?;
        let options = ImportOptions::default();
        for (done, file) in files.iter().enumerate() {
            if !self.is_wanted(generation) {
                return Ok(None);
            }
            (self.answer)(Msg::ImportProgress { generation, done, of: files.len() });
            let name = file.display().to_string();
            match read_file(file) {
                Ok(bytes) => self.batch.add(&name, &bytes, &options),
                Err(error) => self.batch.add_unreadable(&name, error.to_string()),
            }
        }
        unread.iter().for_each(|file| self.batch.add_unread(file));
        (self.answer)(Msg::ImportProgress { generation, done: files.len(), of: files.len() });
        self.plan(&options, &BTreeSet::new(), coder).map(Some)
    }

    fn plan(
        &mut self,
        options: &ImportOptions,
        out: &BTreeSet<String>,
        coder: &Coder,
    ) -> Result<Planned, String> {
        for name in self.batch.outdated(options) {
            let bytes = read_file(Path::new(&name)).map_err(|error| format!("{name}: {error}"))?;
            self.batch.read_again(&name, &bytes, options);
        }
        let known = self.known().map_err(|error| format!("The import cannot be planned: {error}"))?;
        let planned = self.batch.plan(&known.study, &known.store, options, out, coder, &SystemSource);
        self.study = Some(known);
        Ok(planned)
    }

    /// The study as it is on disk now.
    fn known(&mut self) -> Result<Known, StoreError> {
        if let Some(known) = self.study.take()
            && known.store.data_version()? == known.version
        {
            return Ok(known);
        }
        let mut store = Store::open(&self.opening, &SystemSource)?;
        // Asked for first: what comes in between is seen next time.
        let version = store.data_version()?;
        let (study, _) = store.load()?;
        Ok(Known { store, study, version })
    }
}

/// What a half-typed path could become: folders, and files that can be imported.
fn paths_from(typed: &str) -> Vec<String> {
    if typed == "~" {
        return vec![String::from("~/")];
    }
    let (folder, begun) = typed.rsplit_once('/').map_or(("", typed), |(_, begun)| {
        (typed.get(..typed.len() - begun.len()).unwrap_or_default(), begun)
    });
    let looked_in = if folder.is_empty() { PathBuf::from(".") } else { expand_home(folder) };
    let Ok(entries) = fs::read_dir(looked_in) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for entry in entries.flatten() {
        // A path that is no UTF-8 cannot be typed.
        let Ok(name) = entry.file_name().into_string() else { continue };
        if !name.starts_with(begun) || (name.starts_with('.') && !begun.starts_with('.')) {
            continue;
        }
        if entry.path().is_dir() {
            found.push(format!("{folder}{name}/"));
        } else if is_importable(&name) {
            found.push(format!("{folder}{name}"));
        }
    }
    found.sort();
    found.truncate(OFFERED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_typed_path_becomes_folders_and_importable_files() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["in", "inner", ".hidden"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        for file in ["in/I1.txt", "in/I2.docx", "in/notes.pdf"] {
            fs::File::create(root.path().join(file)).unwrap();
        }
        let below = |rest: &str| format!("{}/{rest}", root.path().display());
        assert_eq!(paths_from(&below("in")), [below("in/"), below("inner/")]);
        assert_eq!(paths_from(&below("in/")), [below("in/I1.txt"), below("in/I2.docx")]);
        assert_eq!(paths_from(&below(".h")), [below(".hidden/")]);
        assert_eq!(paths_from(&below("none/")), [""; 0]);
        assert_eq!(paths_from("~"), ["~/"]);
    }
}

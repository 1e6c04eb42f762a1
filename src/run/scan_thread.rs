//! The thread that looks for words which may tell who somebody is. It reads texts through a connection of its own, and owns
//! the file of names.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::search_thread::SearchSetting;
use super::text_cache::TextCache;
use super::{NamesFile, SystemSource};
use crate::analysis::identifiers::{Names, Patterns, Scanner, scan_record, scan_transcript};
use crate::app::Msg;
use crate::app::findings::{ScanRecord, ScanText, Scanned};
use crate::search::TextSource;

/// So many texts are looked through between two answers.
const AT_ONCE: usize = 100;

/// What the thread can be told.
enum Told {
    Scan { generation: u64, texts: Vec<ScanText>, records: Vec<ScanRecord> },
    Add { real: String, pseudonym: String },
}

/// The other end of the thread. The thread ends when this is gone.
pub(super) struct ScanPort {
    told: Sender<Told>,
    names: Result<NamesFile, String>,
}

impl ScanPort {
    /// Starts the thread. It opens and compiles nothing before it is asked.
    pub(super) fn spawn(
        setting: SearchSetting,
        names: Result<NamesFile, String>,
        answer: impl Fn(Msg) -> bool + Send + 'static,
    ) -> std::io::Result<Self> {
        let (told, inbox) = channel();
        let held = names.clone();
        thread::Builder::new().name("identifiers".into()).spawn(move || {
            Worker { setting, names: held, texts: None, patterns: None, answer }.serve(&inbox);
        })?;
        Ok(Self { told, names })
    }

    pub(super) fn scan(&self, generation: u64, texts: Vec<ScanText>, records: Vec<ScanRecord>) {
        self.tell(Told::Scan { generation, texts, records });
    }

    pub(super) fn add_name(&self, real: String, pseudonym: String) {
        self.tell(Told::Add { real, pseudonym });
    }

    /// The file of names, made if it is not there, to be opened in an editor.
    pub(super) fn file_to_edit(&self) -> Result<String, String> {
        let file = self.names.clone()?;
        file.make()?;
        Ok(file.path().display().to_string())
    }

    fn tell(&self, told: Told) {
        // A thread that is gone has said so already: `WorkerDied`.
        let _ = self.told.send(told);
    }
}

struct Worker<A> {
    setting: SearchSetting,
    names: Result<NamesFile, String>,
    texts: Option<TextCache>,
    patterns: Option<Patterns>,
    answer: A,
}

impl<A: Fn(Msg) -> bool> Worker<A> {
    fn serve(&mut self, inbox: &Receiver<Told>) {
        while let Ok(told) = inbox.recv() {
            match told {
                Told::Scan { generation, texts, records } => {
                    if let Err(sentence) = self.scan(generation, &texts, &records) {
                        (self.answer)(Msg::ScanFailed { generation, sentence });
                    }
                }
                Told::Add { real, pseudonym } => {
                    let added = self.names.as_ref().map_err(Clone::clone);
                    match added.and_then(|file| file.add(&real, &pseudonym)) {
                        Ok(names) => (self.answer)(Msg::NameAdded(Arc::new(names))),
                        Err(sentence) => (self.answer)(Msg::Notice(format!(
                            "The pseudonym is not in the file of names: {sentence}."
                        ))),
                    };
                }
            }
        }
    }

    fn scan(&mut self, generation: u64, texts: &[ScanText], records: &[ScanRecord]) -> Result<(), String> {
        let read = self.names.as_ref().map_err(Clone::clone)?.read()?;
        let names = Arc::new(read.names);
        let scanner = self.scanner(&names)?;
        let mut scanned = Scanned { names, warning: read.warning, ..Scanned::default() };
        for ScanRecord { place, state, text } in records {
            scanned.records.push((*place, *state, scan_record(&scanner, *place, text)));
        }
        for some in texts.chunks(AT_ONCE) {
            for wanted in some {
                let text = self.text(wanted)?;
                let found = scan_transcript(&scanner, wanted.transcript, &wanted.turns, &text);
                scanned.texts.push((wanted.transcript, wanted.revision, found));
            }
            let next = Scanned { names: Arc::clone(&scanned.names), ..Scanned::default() };
            let scanned = Box::new(std::mem::replace(&mut scanned, next));
            if !(self.answer)(Msg::Scanned { generation, scanned }) {
                return Ok(());
            }
        }
        if texts.is_empty() {
            (self.answer)(Msg::Scanned { generation, scanned: Box::new(scanned) });
        }
        Ok(())
    }

    fn scanner(&mut self, names: &Names) -> Result<Scanner, String> {
        if self.patterns.is_none() {
            self.patterns = Some(Patterns::shipped().map_err(|wrong| wrong.to_string())?);
        }
        Ok(Scanner::new(names, self.patterns.get_or_insert_default()))
    }

    fn text(&mut self, wanted: &ScanText) -> Result<Arc<str>, String> {
        if let Some(text) = &wanted.text {
            return Ok(Arc::clone(text));
        }
        let cache = match self.texts.take() {
            Some(cache) => cache,
            None => self.setting.open_texts(&SystemSource).map_err(|error| error.to_string())?,
        };
        let text = cache.text(wanted.revision).map_err(|error| error.to_string());
        self.texts = Some(cache);
        text
    }
}

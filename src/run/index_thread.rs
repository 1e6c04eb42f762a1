//! The thread that brings the index up to date, transcript by transcript, while searching goes on.
//!
//! One process writes; another that has the same study open waits its turn and reads what the first one wrote, or scans.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::SystemSource;
use super::search_thread::SearchSetting;
use crate::search::{Cancel, Corpus, Index, Writer};
use crate::store::{FileSystem, file_system_of};

/// How long to wait before trying again where another process holds the writer's lock.
const RETRY: Duration = Duration::from_secs(2);

/// The index in its folder; in memory where there is none, or where it lies on a network file system, which the
/// library's memory maps do not survive. `None` if neither works: then every search reads the texts.
pub(crate) fn open_index(folder: Option<&Path>) -> Option<Arc<Index>> {
    let local = |folder: &&Path| {
        let there = folder.ancestors().find(|ancestor| ancestor.exists());
        there.is_some_and(|there| file_system_of(there) == FileSystem::Local)
    };
    let on_disk = folder.filter(local).and_then(|folder| Index::open(folder).ok());
    on_disk.or_else(|| Index::in_memory().ok()).map(Arc::new)
}

/// The other end of the index thread. The thread ends when this is gone.
pub(super) struct IndexPort {
    told: Sender<Arc<Corpus>>,
}

impl IndexPort {
    pub(super) fn spawn(index: Arc<Index>, setting: SearchSetting) -> std::io::Result<Self> {
        let (told, inbox) = channel();
        thread::Builder::new().name("index".into()).spawn(move || serve(&index, &setting, &inbox))?;
        Ok(Self { told })
    }

    /// The index is to hold this.
    pub(super) fn catch_up(&self, corpus: Arc<Corpus>) {
        // Without the thread every search reads the texts instead.
        let _ = self.told.send(corpus);
    }
}

fn serve(index: &Arc<Index>, setting: &SearchSetting, inbox: &Receiver<Arc<Corpus>>) {
    let Ok(texts) = setting.open_texts(&SystemSource) else { return };
    let mut writer: Option<Writer> = None;
    let mut wanted: Option<Arc<Corpus>> = None;
    loop {
        let told = match &wanted {
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => inbox.recv_timeout(RETRY),
        };
        match told {
            Ok(corpus) => wanted = Some(corpus),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        while let Ok(newer) = inbox.try_recv() {
            wanted = Some(newer);
        }
        let Some(corpus) = &wanted else { continue };
        // Another process may have done it meanwhile.
        let _ = index.reload();
        if index.missing(corpus).is_empty() {
            wanted = None;
            continue;
        }
        if writer.is_none() {
            writer = index.writer().ok();
        }
        let Some(holder) = &mut writer else { continue };
        // What was committed stays. A disk that took no more is not asked again until the texts change: until then
        // searches read the rest from the texts.
        let began = Instant::now();
        match holder.catch_up(corpus, &texts, &Cancel::new(), |_| ()) {
            Ok(()) => tracing::info!(turns = corpus.size(), took = ?began.elapsed(), "indexed"),
            Err(error) => tracing::warn!(%error, "not indexed: searches read the texts"),
        }
        wanted = None;
        // Let go, so that other processes can write.
        writer = None;
    }
}

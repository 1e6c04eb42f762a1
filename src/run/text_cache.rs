//! Texts for searching: read through a connection of its own, the last ones kept.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::search::{NoText, TextSource};
use crate::store::Store;
use crate::study::RevisionId;

/// Bytes of text that are kept: 91 transcripts of an hour are 3.4 MB.
const KEPT: usize = 6 << 20;

/// A store read through a small cache, the oldest texts leaving first.
pub(super) struct TextCache {
    store: Store,
    held: RefCell<Held>,
}

#[derive(Default)]
struct Held {
    texts: HashMap<RevisionId, Arc<str>>,
    order: VecDeque<RevisionId>,
    bytes: usize,
}

impl TextCache {
    pub(super) fn new(store: Store) -> Self {
        Self { store, held: RefCell::default() }
    }
}

impl TextSource for TextCache {
    fn text(&self, revision: RevisionId) -> Result<Arc<str>, NoText> {
        if let Some(text) = self.held.borrow().texts.get(&revision) {
            return Ok(Arc::clone(text));
        }
        let text = TextSource::text(&self.store, revision)?;
        let mut held = self.held.borrow_mut();
        held.bytes += text.len();
        held.order.push_back(revision);
        held.texts.insert(revision, Arc::clone(&text));
        while held.bytes > KEPT && held.order.len() > 1 {
            let oldest = held.order.pop_front().and_then(|oldest| held.texts.remove(&oldest));
            held.bytes -= oldest.map_or(0, |text| text.len());
        }
        Ok(text)
    }
}

//! What can be searched: the turns of the current revisions, in the order of the study.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::TurnSet;
use crate::study::{RevisionId, Study, TranscriptId, Turn, Turns};
use crate::text::Language;

/// All turns of a study in one row: transcripts by name, turns as they stand in the text. The place of a turn
/// in that row is what a [`TurnSet`] holds.
///
/// It is cheap for 91 transcripts and takes some milliseconds for 9,100: keep one until a transcript comes,
/// goes or gets a new revision, name or language, or something is hidden.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    entries: Vec<Entry>,
    by_id: HashMap<TranscriptId, usize>,
    size: u32,
    /// Turns that are not stemmed, if there are any.
    unstemmed: Option<Arc<TurnSet>>,
    /// Turns that no search finds, if there are any.
    hidden: Option<Arc<TurnSet>>,
}

/// One transcript of a [`Corpus`].
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which transcript.
    pub transcript: TranscriptId,
    /// Its current revision.
    pub revision: RevisionId,
    /// How its words are stemmed.
    pub language: Language,
    /// Its turns.
    pub turns: Arc<Turns>,
    /// Place of its first turn.
    pub first: u32,
}

impl Entry {
    /// Places of its turns.
    #[must_use]
    pub fn range(&self) -> Range<u32> {
        self.first..self.first.saturating_add(self.size())
    }

    /// How many turns it has.
    #[must_use]
    pub fn size(&self) -> u32 {
        u32::try_from(self.turns.turns.len()).unwrap_or(u32::MAX)
    }

    /// The turn at a place, with its index in the transcript.
    #[must_use]
    pub fn turn_at(&self, place: u32) -> Option<(u32, &Turn)> {
        let index = place.checked_sub(self.first)?;
        Some((index, self.turns.turns.get(index as usize)?))
    }
}

impl Corpus {
    /// The turns of `study` as it is now. Transcripts whose turns are not in memory are left out.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        let mut corpus = Self::default();
        for transcript in study.transcripts_by_name() {
            let Some(turns) = study.turns_of(transcript.revision) else { continue };
            let tag = transcript.language.as_deref().unwrap_or(&study.settings.language);
            corpus.by_id.insert(transcript.id, corpus.entries.len());
            let entry = Entry {
                transcript: transcript.id,
                revision: transcript.revision,
                language: Language::of_tag(tag),
                turns: Arc::clone(turns),
                first: corpus.size,
            };
            corpus.size = entry.range().end;
            corpus.entries.push(entry);
        }
        corpus.unstemmed = corpus.find_unstemmed().map(Arc::new);
        corpus.hidden = corpus.find_hidden(study).map(Arc::new);
        corpus
    }

    /// Turns that are hidden: no search finds them. `None` if there are none.
    #[must_use]
    pub fn hidden(&self) -> Option<&Arc<TurnSet>> {
        self.hidden.as_ref()
    }

    fn find_hidden(&self, study: &Study) -> Option<TurnSet> {
        if study.hides_nothing() {
            return None;
        }
        let mut set = TurnSet::none(self.size);
        for entry in &self.entries {
            let hidden = study.hidden_turns(entry.transcript).unwrap_or_default();
            let places = (entry.first..).zip(hidden).filter_map(|(place, hidden)| hidden.then_some(place));
            places.for_each(|place| set.insert(place));
        }
        Some(set)
    }

    /// How many turns there are.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.size
    }

    /// Its transcripts in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a transcript.
    #[must_use]
    pub fn entry_of(&self, transcript: TranscriptId) -> Option<&Entry> {
        self.entries.get(*self.by_id.get(&transcript)?)
    }

    /// The entry that a place belongs to.
    #[must_use]
    pub fn entry_at(&self, place: u32) -> Option<&Entry> {
        let after = self.entries.partition_point(|entry| entry.first <= place);
        // Transcripts without turns share the first place of the one that follows them.
        self.entries.get(after.checked_sub(1)?).filter(|entry| entry.range().contains(&place))
    }

    /// Turns of transcripts that are not in English.
    pub(super) fn unstemmed(&self) -> Option<&Arc<TurnSet>> {
        self.unstemmed.as_ref()
    }

    fn find_unstemmed(&self) -> Option<TurnSet> {
        let mut others = self.entries.iter().filter(|entry| entry.language != Language::English).peekable();
        others.peek()?;
        let mut set = TurnSet::none(self.size);
        others.for_each(|entry| set.insert_range(entry.range()));
        Some(set)
    }
}

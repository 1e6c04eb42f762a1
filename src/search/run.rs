//! Running a plan: from a query made ready to hits with their highlights.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::alike::most_alike;
use super::index::{Index, IndexError, Scored};
use super::matcher::Matcher;
use super::plan::{Part, Plan};
use super::scan::{Scanned, scan};
use super::{Cancel, Corpus, Entry, NoText, TextSource, TurnSet};
use crate::study::{RevisionId, TranscriptId, TurnNumber};
use crate::text::Span;

/// Why a search did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Somebody stopped it.
    #[error("the search was stopped")]
    Cancelled,
    /// A text could not be had.
    #[error(transparent)]
    Text(#[from] NoText),
    /// The index could not be read or written. Searching without it still works.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Passages alike are asked for while there is no index, or it is behind.
    #[error("which passages are alike is known once the search index is made; ask again in a moment")]
    NeedsIndex,
    /// There are no words where the passage should be.
    #[error(
        "there is no speech at the place after like:; give a turn (I43:41), or a passage as combe code takes it"
    )]
    NoPassage,
}

/// One turn that a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Place in the corpus.
    pub place: u32,
    /// Which transcript.
    pub transcript: TranscriptId,
    /// Which text of it.
    pub revision: RevisionId,
    /// Index into the turns of that revision.
    pub turn: u32,
    /// The turn's number.
    pub number: TurnNumber,
    /// BM25; 0 if the query has no words to rank by.
    pub score: f32,
    /// What made it a hit: bytes of the revision's text, in order, on grapheme boundaries, none overlapping
    /// another. A phrase is one stretch. Empty until [`highlight`] was asked, and where only filters speak.
    pub matches: Vec<Span>,
}

/// All that a query found.
#[derive(Clone, Debug)]
pub struct Results {
    /// Every turn found.
    pub found: TurnSet,
    /// The best of them with their highlights, as many as were asked for: by score, then in order of the
    /// study.
    pub hits: Vec<Hit>,
}

impl Results {
    /// How many turns were found.
    #[must_use]
    pub fn total(&self) -> usize {
        self.found.len()
    }
}

/// Runs a plan: all turns it finds, and the `limit` best of them with highlights (`usize::MAX` for all).
///
/// What `index` does not hold as it is now is read from `texts` instead, so that the answer is always that of
/// the corpus. Without words to rank by, the first in order of the study are the best.
///
/// # Errors
/// If it is cancelled, or a text or the index cannot be read.
pub fn search(
    plan: &Plan,
    index: Option<&Index>,
    texts: &dyn TextSource,
    limit: usize,
    cancel: &Cancel,
) -> Result<Results, SearchError> {
    let (found, scored) = match &plan.alike {
        None => find(plan, index, texts, limit, cancel)?,
        Some(alike) => {
            let (among, _) = find(plan, index, texts, 0, cancel)?;
            let (found, mut best) = most_alike(plan, alike, index, texts, among, cancel)?;
            best.truncate(limit);
            (found, best)
        }
    };
    let mut hits: Vec<Hit> = scored.into_iter().filter_map(|scored| hit(&plan.corpus, scored)).collect();
    highlight(plan, &mut hits, texts, cancel)?;
    Ok(Results { found, hits })
}

fn find(
    plan: &Plan,
    index: Option<&Index>,
    texts: &dyn TextSource,
    limit: usize,
    cancel: &Cancel,
) -> Result<(TurnSet, Vec<Scored>), SearchError> {
    let corpus = &plan.corpus;
    if let Part::Set(set) = &plan.part {
        let first = set.iter().take(limit).map(|place| Scored { score: 0.0, place });
        return Ok((set.clone(), first.collect()));
    }
    let part = plan.has_regex().then(|| plan.part.without_regex(corpus.size()));
    let look = index.map(|index| index.look(plan, part.as_ref().unwrap_or(&plan.part)));
    let mut found = TurnSet::none(corpus.size());
    if let Some(look) = &look {
        look.find(&mut found, cancel)?;
        if plan.has_regex() {
            let candidates = std::mem::replace(&mut found, TurnSet::none(corpus.size()));
            scan(plan, corpus.entries().iter(), Some(&candidates), texts, &mut found, cancel)?;
        }
    }
    let unread: Vec<&Entry> = match &look {
        Some(look) => look.missing().iter().filter_map(|id| corpus.entry_of(*id)).collect(),
        None => corpus.entries().iter().collect(),
    };
    let scanned = scan(plan, unread.into_iter(), None, texts, &mut found, cancel)?;
    if !plan.is_ranked() {
        let first = found.iter().take(limit).map(|place| Scored { score: 0.0, place }).collect();
        return Ok((found, first));
    }
    let mut best: Vec<Scored> = match &look {
        Some(look) if limit > 0 => look.best(&found, limit, cancel)?,
        _ => Vec::new(),
    };
    best.extend(Scanned::scores(&scanned));
    best.sort_unstable_by(|a, b| b.cmp(a));
    best.truncate(limit);
    Ok((found, best))
}

impl Plan {
    /// The turn at a place of the corpus, as a hit that nobody scored or highlighted yet. It is not asked whether it is one.
    #[must_use]
    pub fn hit_at(&self, place: u32) -> Option<Hit> {
        hit(&self.corpus, Scored { score: 0.0, place })
    }
}

fn hit(corpus: &Corpus, scored: Scored) -> Option<Hit> {
    let entry = corpus.entry_at(scored.place)?;
    let (index, turn) = entry.turn_at(scored.place)?;
    Some(Hit {
        place: scored.place,
        transcript: entry.transcript,
        revision: entry.revision,
        turn: index,
        number: turn.number,
        score: scored.score,
        matches: Vec::new(),
    })
}

/// Fills in what made each of these a hit of `plan`. Ask it for what is on the screen, not for all.
///
/// # Errors
/// If it is cancelled, or a text cannot be had.
pub fn highlight(
    plan: &Plan,
    hits: &mut [Hit],
    texts: &dyn TextSource,
    cancel: &Cancel,
) -> Result<(), SearchError> {
    if matches!(plan.part, Part::Set(_)) {
        return Ok(());
    }
    let mut matcher = Matcher::new(plan);
    let mut fetched: BTreeMap<RevisionId, Arc<str>> = BTreeMap::new();
    for hit in hits {
        cancel.check()?;
        let Some(entry) = plan.corpus.entry_at(hit.place) else { continue };
        let Some((_, turn)) = entry.turn_at(hit.place) else { continue };
        let text = match fetched.get(&entry.revision) {
            Some(text) => text,
            None => fetched.entry(entry.revision).or_insert(texts.text(entry.revision)?),
        };
        let speech = turn.speech.slice(text).unwrap_or_default();
        matcher.read(hit.place, speech, entry.language, &mut hit.matches);
        let start = turn.speech.start as usize;
        hit.matches.iter_mut().for_each(|span| *span = span.shifted(start));
    }
    Ok(())
}

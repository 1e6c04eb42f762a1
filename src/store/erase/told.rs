//! What the study of today tells its snapshots before an erasure: who speaks is known better now than when they were made.
//! A revision's text never changes, so that what goes from it is the same wherever it is kept.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::super::texts;
use super::Stopped;
use super::rewrite::sole_voices;
use crate::study::{Edition, Erasure, ParticipantId, RevisionId, Study, TranscriptId, TurnNumber, Voice};
use crate::text::Span;

/// What goes, as the study of today says. The study itself is told nothing: [`Told::default`].
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// What goes from each revision, with the digest of the text that it counts in.
    stretches: BTreeMap<RevisionId, (String, Vec<Span>)>,
    /// Transcripts that are touched.
    pub(super) transcripts: BTreeSet<TranscriptId>,
    /// Transcripts in which nobody but the person speaks.
    pub(super) sole: BTreeSet<TranscriptId>,
    /// Speakers and turns that are the person's.
    speakers: BTreeSet<(TranscriptId, String)>,
    turns: BTreeSet<(TranscriptId, TurnNumber)>,
}

impl Told {
    pub(super) fn by(connection: &Connection, study: &Study, what: &Erasure) -> Result<Told, Stopped> {
        let mut told = Told::default();
        // A name is found wherever it stands, whoever speaks.
        if what.name().is_some() {
            return Ok(told);
        }
        told.transcripts = what.transcripts(study).into_iter().collect();
        for transcript in &told.transcripts {
            let editions = editions_of(connection, study, *transcript)?;
            let gone = what
                .stretches(study, *transcript, &editions)
                .map_err(|unplaced| Stopped::unplaced(study, unplaced))?;
            for (edition, gone) in editions.iter().zip(gone) {
                let id = edition.turns.revision;
                if let Some(revision) = study.revisions().get(&id) {
                    told.stretches.insert(id, (revision.digest.clone(), gone));
                }
            }
        }
        if let Erasure::Participant(person) = what {
            told.sole = sole_voices(study, &told.transcripts, &BTreeSet::from([*person]));
            let theirs = Voice::Participant(*person);
            let bound = study.bindings().iter().filter(|held| held.voice == theirs);
            told.speakers = bound.map(|held| (held.transcript, held.speaker.clone())).collect();
            let turns = study.turn_voices().iter().filter(|held| held.voice == theirs);
            told.turns = turns.map(|held| (held.transcript, held.turn)).collect();
        }
        Ok(told)
    }

    /// What goes from each of these editions, as far as it was told.
    pub(super) fn stretches(&self, study: &Study, editions: &[Edition]) -> Vec<Option<Vec<Span>>> {
        let of = |edition: &Edition| {
            let (digest, gone) = self.stretches.get(&edition.turns.revision)?;
            let revision = study.revisions().get(&edition.turns.revision)?;
            (revision.digest == *digest).then(|| gone.clone())
        };
        editions.iter().map(of).collect()
    }

    /// Who a person is in a study: whoever has that identity, and whoever stands there for speakers that are all theirs today. A
    /// speaker that nobody is bound to yet has an identity made up for it.
    pub(super) fn people(&self, study: &Study, what: &Erasure) -> BTreeSet<ParticipantId> {
        let Erasure::Participant(person) = what else { return BTreeSet::new() };
        let bound = study
            .bindings()
            .iter()
            .map(|held| (held.voice, self.speakers.contains(&(held.transcript, held.speaker.clone()))));
        let turns = study
            .turn_voices()
            .iter()
            .map(|held| (held.voice, self.turns.contains(&(held.transcript, held.turn))));
        let mut found: BTreeMap<ParticipantId, bool> = BTreeMap::new();
        for (voice, is_theirs) in bound.chain(turns) {
            if let Some(id) = voice.participant() {
                *found.entry(id).or_insert(true) &= is_theirs;
            }
        }
        let same = found.into_iter().filter(|(_, is_theirs)| *is_theirs).map(|(id, _)| id);
        same.chain([*person]).collect()
    }
}

/// The texts of a transcript, in the order of their numbers.
pub(super) fn editions_of(
    connection: &Connection,
    study: &Study,
    transcript: TranscriptId,
) -> rusqlite::Result<Vec<Edition>> {
    let mut editions = Vec::new();
    for revision in study.revisions_of(transcript) {
        editions.extend(texts::read_edition(connection, revision)?);
    }
    Ok(editions)
}

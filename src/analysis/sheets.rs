//! The cache of counted transcripts, kept in step with the changes of the study.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Counter, Coverage, Scope, Sheet};
use crate::study::{Change, Record, Study, TranscriptId};

/// A [`Sheet`] for each transcript. After a change only the transcripts that it touches are counted again, so that a
/// keystroke on a study of thousands costs one transcript.
///
/// Whoever applies changes to the study (or takes them back) tells [`Sheets::note`]; after anything else that counts rest
/// on (another `study.toml`), [`Sheets::forget`].
#[derive(Clone, Debug, Default)]
pub struct Sheets {
    sheets: BTreeMap<TranscriptId, Arc<Sheet>>,
    version: u64,
}

impl Sheets {
    /// Takes in changes that the study has just gone through, in whichever direction.
    pub fn note(&mut self, study: &Study, changes: &[Change]) {
        self.version += 1;
        let records = changes.iter().flat_map(|change| change.before.iter().chain(&change.after));
        let mut touched = BTreeSet::new();
        for record in records {
            match touched_by(study, record) {
                Touched::One(transcript) => {
                    touched.insert(transcript);
                }
                Touched::All => return self.forget(),
                Touched::None => {}
            }
        }
        for transcript in &touched {
            self.sheets.remove(transcript);
        }
    }

    /// Counts everything again when next asked.
    pub fn forget(&mut self) {
        self.version += 1;
        self.sheets.clear();
    }

    /// Grows with every change that was noted: a table made under one version holds until the next.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Counts the transcripts that are not.
    pub fn refresh(&mut self, study: &Study) {
        for transcript in study.transcripts().iter() {
            self.sheets.entry(transcript.id).or_insert_with(|| Arc::new(Sheet::of(study, transcript)));
        }
    }

    /// The sheet of a transcript, if it was counted since it last changed.
    #[must_use]
    pub fn sheet(&self, transcript: TranscriptId) -> Option<&Sheet> {
        self.sheets.get(&transcript).map(Arc::as_ref)
    }

    /// How much of a transcript is coded, counted now if need be.
    pub fn coverage(&mut self, study: &Study, transcript: TranscriptId) -> Option<&Coverage> {
        let record = study.transcripts().get(&transcript)?;
        let sheet = self.sheets.entry(transcript).or_insert_with(|| Arc::new(Sheet::of(study, record)));
        Some(&sheet.coverage)
    }

    /// A counter over all transcripts in `scope`, with everything counted that was not.
    pub fn counter<'s>(&'s mut self, study: &'s Study, scope: &'s Scope) -> Counter<'s> {
        self.counter_by(study, scope, study.settings.compare.as_deref())
    }

    /// The same with the columns of another attribute of participants than `study.toml` names; `None` for no columns.
    pub fn counter_by<'s>(
        &'s mut self,
        study: &'s Study,
        scope: &'s Scope,
        compare: Option<&str>,
    ) -> Counter<'s> {
        self.refresh(study);
        Counter::new(study, self, scope, compare)
    }
}

enum Touched {
    One(TranscriptId),
    All,
    None,
}

/// What must be counted again when a record comes, changes or goes.
fn touched_by(study: &Study, record: &Record) -> Touched {
    match record {
        Record::Quote(quote) => Touched::One(quote.transcript),
        // If its quote is gone, that was a change of the same action.
        Record::Coding(coding) => match study.quotes().get(&coding.quote) {
            Some(quote) => Touched::One(quote.transcript),
            None => Touched::None,
        },
        Record::Transcript(transcript) => Touched::One(transcript.id),
        Record::Revision(revision) => Touched::One(revision.transcript),
        Record::Binding(binding) => Touched::One(binding.transcript),
        Record::TurnVoice(voice) => Touched::One(voice.transcript),
        Record::LayerOfRecord(layer) => Touched::One(layer.transcript),
        // The lead coder is known by name.
        Record::Coder(_) => Touched::All,
        _ => Touched::None,
    }
}

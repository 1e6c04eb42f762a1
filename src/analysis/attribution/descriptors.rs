//! How many people a descriptor fits: "secondary care clinician, pharmacist" may be two, and then it names them nearly.

use std::collections::{BTreeMap, BTreeSet};

use super::{Attribution, AttributionError};
use crate::study::ParticipantId;
use crate::text::counted;

/// A descriptor, and whom it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// What it says, without the participant's number.
    pub words: String,
    /// The participants of whom some quotation could say just this.
    pub participants: BTreeSet<ParticipantId>,
}

impl Descriptor {
    /// How many participants it fits.
    #[must_use]
    pub fn fits(&self) -> usize {
        self.participants.len()
    }

    /// A sentence, if it fits fewer participants than `k`.
    #[must_use]
    pub fn warning(&self, k: usize) -> Option<String> {
        (self.fits() < k).then(|| {
            let people = counted(self.fits(), "person", "people");
            format!("“{}” fits {people}, fewer than {k}.", self.words)
        })
    }
}

impl Attribution<'_> {
    /// Every descriptor that a quotation could carry, by its words: each participant with speech in each transcript. Of whom the
    /// number alone is printed there is none.
    ///
    /// # Errors
    /// If a template cannot be filled.
    pub fn descriptors(&self) -> Result<Vec<Descriptor>, AttributionError> {
        let mut found: BTreeMap<String, BTreeSet<ParticipantId>> = BTreeMap::new();
        for transcript in self.study.transcripts().iter() {
            for participant in self.study.speech_in(transcript.id).keys() {
                let words = self.descriptor(*participant, transcript)?;
                if self.settings.is_numbered() && !self.has_template(*participant) {
                    continue;
                }
                found.entry(words).or_default().insert(*participant);
            }
        }
        Ok(found.into_iter().map(|(words, participants)| Descriptor { words, participants }).collect())
    }

    /// The descriptors that fit fewer participants than the study's `k`.
    ///
    /// # Errors
    /// If a template cannot be filled.
    pub fn telling_descriptors(&self) -> Result<Vec<Descriptor>, AttributionError> {
        let mut found = self.descriptors()?;
        found.retain(|descriptor| descriptor.fits() < self.settings.k);
        Ok(found)
    }
}

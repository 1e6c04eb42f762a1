//! Which findings somebody looked at and decided to keep: known by a salted digest of their words.

use std::collections::HashMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::places::Found;
use super::scan::same_words;
use crate::study::{KeptFinding, KeptFindingId, Study};

/// The digest of words under the identity that salts it: SHA-256, lower-case hexadecimal, of the identity, a line break and
/// the words as they are compared.
#[must_use]
pub fn digest_of(salt: KeptFindingId, words: &str) -> String {
    let digest = Sha256::digest(format!("{salt}\n{}", same_words(words)));
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// All decisions to keep, by pattern.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    by_pattern: HashMap<String, Vec<KeptFinding>>,
    /// What was asked before of words kept everywhere.
    everywhere: HashMap<(String, String), Option<KeptFindingId>>,
}

impl Kept {
    /// The decisions of a study.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        let mut kept = Self::default();
        for record in study.kept_findings().iter() {
            kept.by_pattern.entry(record.pattern.clone()).or_default().push(record.clone());
        }
        kept
    }

    /// The decision that keeps a finding, there or everywhere.
    pub fn decision(&mut self, found: &Found) -> Option<KeptFindingId> {
        let records = self.by_pattern.get(&found.pattern)?;
        let holds = |record: &&KeptFinding| record.digest == digest_of(record.id, &found.words);
        let place = found.place.key();
        if let Some(here) = records.iter().filter(|record| record.place == place).find(holds) {
            return Some(here.id);
        }
        let asked = (found.pattern.clone(), same_words(&found.words));
        let everywhere = || {
            let records = records.iter().filter(|record| record.place.is_empty());
            records.clone().find(holds).map(|record| record.id)
        };
        *self.everywhere.entry(asked).or_insert_with(everywhere)
    }
}

//! Which findings somebody looked at and decided to keep: known by a salted digest of their words.

use std::collections::HashMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::places::Found;
use super::scan::same_words;
use super::watch::folded_words;
use crate::study::{KeptFinding, KeptFindingId, Study};

/// How many words on either side tell two findings of the same words apart.
const AROUND: usize = 2;

/// The digest of words under the identity that salts it: SHA-256, lower-case hexadecimal, of the identity, a line break and
/// the words as they are compared.
#[must_use]
pub fn digest_of(salt: KeptFindingId, words: &str) -> String {
    hex(&format!("{salt}\n{}", same_words(words)))
}

/// The same of words that stand in one place more than once, and are kept in this one alone: with the two words on either side.
#[must_use]
pub fn digest_in_context(salt: KeptFindingId, found: &Found) -> String {
    let (before, after) = (folded_words(&found.before), folded_words(&found.after));
    let before = before.get(before.len().saturating_sub(AROUND)..).unwrap_or_default().join(" ");
    let after = after.get(..after.len().min(AROUND)).unwrap_or_default().join(" ");
    hex(&format!("{salt}\n{before}\n{}\n{after}", same_words(&found.words)))
}

fn hex(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
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
        let this = |record: &&KeptFinding| record.digest == digest_in_context(record.id, found);
        let mut here = records.iter().filter(|record| record.place == place);
        if let Some(here) = here.find(|record| holds(record) || this(record)) {
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

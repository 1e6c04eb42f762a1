//! What a summary was written on: the evidence of its cell, told by digests.

use std::collections::BTreeSet;

use crate::study::{CodeId, QuoteId, Study, Summary, Valence, Witness};

/// Quotes as they are now, in the order of identities: of what a summary rests on ([`rests_on`]), what it was written on if it
/// is written now.
///
/// A quote's digest takes in its words, and the codings that bring it under the topic with their effective valence. So a
/// summary turns stale when a quote comes or goes, is coded otherwise, or says something else in a new revision; not when
/// a code gets another name, or a revision moves the quote.
#[must_use]
pub fn basis_of(study: &Study, evidence: &[QuoteId], codes: &BTreeSet<CodeId>) -> Vec<Witness> {
    let mut basis: Vec<Witness> = evidence
        .iter()
        .map(|quote| Witness { quote: *quote, digest: format!("{:016x}", digest(study, *quote, codes)) })
        .collect();
    basis.sort_unstable();
    basis
}

/// What a summary rests on: the evidence of its cell, and behind it what it links that is none and in the study still.
#[must_use]
pub fn rests_on(study: &Study, evidence: &[QuoteId], linked: &[QuoteId]) -> Vec<QuoteId> {
    let beside = linked.iter().filter(|quote| !evidence.contains(quote) && study.quotes().has(*quote));
    evidence.iter().chain(beside).copied().collect()
}

/// Whether a summary still rests on what it was written on. Some were written when what they link beside the evidence was not
/// kept: for them the evidence says it alone.
pub(super) fn still_holds(
    study: &Study,
    summary: &Summary,
    evidence: &[QuoteId],
    codes: &BTreeSet<CodeId>,
) -> bool {
    let Some(was) = &summary.basis else { return false };
    let all = rests_on(study, evidence, &summary.quotes);
    *was == basis_of(study, &all, codes)
        || (all.len() > evidence.len() && *was == basis_of(study, evidence, codes))
}

/// How the evidence of a cell differs from what its summary was written on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Quotes that came under it.
    pub came: Vec<QuoteId>,
    /// Quotes that are no evidence any more; they may be gone from the study.
    pub left: Vec<QuoteId>,
    /// Quotes that are coded otherwise there, or say something else.
    pub changed: Vec<QuoteId>,
}

impl Moved {
    /// What is another from one basis to the next.
    #[must_use]
    pub fn between(was: &[Witness], now: &[Witness]) -> Moved {
        let mut moved = Moved::default();
        for witness in now {
            match was.iter().find(|held| held.quote == witness.quote) {
                None => moved.came.push(witness.quote),
                Some(held) if held.digest != witness.digest => moved.changed.push(witness.quote),
                Some(_) => {}
            }
        }
        let is_there = |held: &&Witness| now.iter().any(|witness| witness.quote == held.quote);
        moved.left = was.iter().filter(|held| !is_there(held)).map(|held| held.quote).collect();
        moved
    }
}

fn digest(study: &Study, quote: QuoteId, codes: &BTreeSet<CodeId>) -> u64 {
    let mut digest = Fnv::default();
    if let Some(held) = study.quotes().get(&quote) {
        digest.take(held.text.as_bytes());
    }
    let mut codings: Vec<(CodeId, Option<Valence>)> = study
        .codings_on(quote)
        .filter(|coding| codes.contains(&coding.code))
        .map(|coding| (coding.code, study.effective_valence(coding)))
        .collect();
    codings.sort_unstable();
    for (code, valence) in codings {
        digest.take(code.to_string().as_bytes());
        digest.take(valence.map_or("", Valence::to_cell).as_bytes());
    }
    digest.0
}

/// FNV-1a, 64 bits (Fowler, Noll and Vo): it tells changes, and keeps nobody out. A matrix of thousands of quotes is
/// checked in a few milliseconds by it.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Takes in a piece, told from the next one.
    fn take(&mut self, bytes: &[u8]) {
        // No text of UTF-8 has this byte.
        for byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_fnv_1a() {
        // Published test vector: "foobar" with 64 bits. The end of a piece is one more byte.
        let mut digest = Fnv::default();
        digest.take(b"foobar");
        let before_end = 0x8594_4171_f739_67e8_u64;
        assert_eq!(digest.0, (before_end ^ 0xff).wrapping_mul(0x100_0000_01b3));
    }
}

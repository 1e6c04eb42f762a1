//! Whose layer of a transcript counts: the layer of record.
//!
//! It is found in the whole study. Where a coder is shown less than that, it stays what it is for everybody else: the shown
//! study keeps the answer of the whole one, so that who codes blind gets no numbers of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::blind::records;
use super::{Change, CoderId, Coding, Record, Study, TranscriptId};

/// Layers of record as the whole study has them; transcripts that nobody coded are not in it.
pub(super) type Layers = BTreeMap<TranscriptId, CoderId>;

impl Study {
    /// Whose quotes and codings of a transcript are counted: the coder named for it, else the lead coder if that one
    /// coded it, else whoever coded it first. `None` if nobody did. A quote without a code (starred, or with a memo) is no
    /// coding.
    #[must_use]
    pub fn layer_of_record(&self, transcript: TranscriptId) -> Option<CoderId> {
        match &self.layers_of_whole {
            Some(layers) => layers.get(&transcript).copied(),
            None => self.find_layer_of_record(transcript),
        }
    }

    fn find_layer_of_record(&self, transcript: TranscriptId) -> Option<CoderId> {
        if let Some(named) = self.layers_of_record().get(&transcript) {
            return Some(named.coder);
        }
        let lead =
            self.settings.lead.as_deref().and_then(|lead| self.coder_named(lead)).map(|coder| coder.id);
        let mut first: Option<(&Coding, CoderId)> = None;
        for quote in self.quotes_in(transcript) {
            for coding in self.codings_on(quote.id) {
                if Some(quote.coder) == lead {
                    return lead;
                }
                if first.is_none_or(|(earliest, _)| (coding.at, coding.id) < (earliest.at, earliest.id)) {
                    first = Some((coding, quote.coder));
                }
            }
        }
        first.map(|(_, coder)| coder)
    }

    /// Takes over the layers of record of the `whole` study, of which this one shows a part.
    pub(super) fn keep_layers_of(&mut self, whole: &Study) {
        let found = |id| Some((id, whole.find_layer_of_record(id)?));
        self.layers_of_whole = Some(whole.transcripts().iter().filter_map(|held| found(held.id)).collect());
    }

    /// The same after changes of the whole study: only what they touch is looked at again. Whether a layer is another now.
    pub(super) fn keep_layers_after(&mut self, whole: &Study, changes: &[Change]) -> bool {
        let Some(layers) = &mut self.layers_of_whole else { return false };
        let mut touched: BTreeSet<TranscriptId> = BTreeSet::new();
        for record in records(changes) {
            match record {
                Record::Transcript(held) => {
                    touched.insert(held.id);
                }
                Record::LayerOfRecord(held) => {
                    touched.insert(held.transcript);
                }
                Record::Quote(held) => {
                    touched.insert(held.transcript);
                }
                // If its quote is gone, that was a change of the same action.
                Record::Coding(coding) => {
                    touched.extend(whole.quotes().get(&coding.quote).map(|quote| quote.transcript));
                }
                // The lead is known by name.
                Record::Coder(_) => touched.extend(whole.transcripts().iter().map(|held| held.id)),
                _ => {}
            }
        }
        let mut moved = false;
        for transcript in touched {
            let known = whole.transcripts().has(&transcript);
            let found = if known { whole.find_layer_of_record(transcript) } else { None };
            moved |= match found {
                Some(coder) => layers.insert(transcript, coder) != Some(coder),
                None => layers.remove(&transcript).is_some(),
            };
        }
        moved
    }
}

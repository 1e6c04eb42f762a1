//! What the settings of attributions and quotations come to, below them on their screen: one quotation for each group, the
//! descriptors that fit few people, and what is worded in two ways.

use std::collections::BTreeMap;

use super::Model;
use super::settings::{SettingRow, fact};
use crate::analysis::{Attribution, Quotation, Said, group_of};
use crate::study::{AttributionSettings, ParticipantId, Settings, TranscriptId};

/// So many warnings of a kind are shown unasked; then how many more there are.
const SHOWN: usize = 6;

impl Model {
    /// What is wrong with the templates of settings that were just read, in a sentence: then those that held before are put in
    /// their place.
    pub(super) fn mend_attribution(&self, settings: &mut Settings) -> Option<String> {
        let error = Attribution::with(&self.study, &settings.attribution).err()?;
        let held = &self.study.settings.attribution;
        settings.attribution = match Attribution::with(&self.study, held) {
            Ok(_) => held.clone(),
            Err(_) => AttributionSettings::default(),
        };
        Some(format!("{error}; the last good one holds until it is mended"))
    }

    /// The rows.
    pub(super) fn attribution_preview(&self) -> Vec<SettingRow> {
        let fact = |label, value: String| fact(label, &value, self.size.width);
        let mut rows = vec![SettingRow::Heading("What that comes to")];
        let attribution = match Attribution::of(&self.study) {
            Ok(attribution) => attribution,
            Err(error) => {
                rows.extend(fact("Wrong", error.to_string()));
                return rows;
            }
        };
        let style = &self.study.settings.quotation;
        for (participant, transcript) in self.one_of_each_group() {
            let Some(held) = self.study.transcripts().get(&transcript) else { continue };
            let quotation = Quotation {
                said: vec![Said { label: String::new(), words: String::from("It's \"so\".") }],
                attribution: attribution.compose(participant, held).ok(),
                address: held.name.clone(),
            };
            rows.extend(fact("So it looks", quotation.write(style, style.markup()).replace('\n', " ")));
        }
        let k = self.study.settings.attribution.k;
        let few = attribution.telling_descriptors().unwrap_or_default();
        let few: Vec<String> = few.iter().filter_map(|held| held.warning(k)).collect();
        rows.extend(self.list("Few people", &few));
        rows.extend(self.list("Two wordings", &attribution.wording_doubts().unwrap_or_default()));
        rows.extend(self.list("Look at", &attribution.template_doubts().unwrap_or_default()));
        rows
    }

    /// The first of some warnings and how many more there are, or all where that was asked for.
    fn list(&self, label: &'static str, warnings: &[String]) -> Vec<SettingRow> {
        let all = warnings.len();
        let shown = if self.settings.whole.contains(label) { all } else { all.min(SHOWN) };
        let facts = warnings.iter().take(shown).flat_map(|words| fact(label, words, self.size.width));
        let more = (all > SHOWN).then_some(SettingRow::More { label, hidden: all - shown });
        facts.chain(more).collect()
    }

    /// A participant of each group, with a transcript that they speak in.
    fn one_of_each_group(&self) -> Vec<(ParticipantId, TranscriptId)> {
        let mut found = BTreeMap::new();
        for transcript in self.study.transcripts_by_name() {
            for participant in self.study.speech_in(transcript.id).keys() {
                let group = group_of(&self.study, *participant);
                found.entry(group).or_insert((*participant, transcript.id));
            }
        }
        found.into_values().take(SHOWN).collect()
    }
}

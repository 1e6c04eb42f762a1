//! What the settings of attributions and quotations come to, below them on their screen: one quotation for each group, the
//! descriptors that fit few people, and what is worded in two ways.

use std::collections::BTreeMap;

use super::Model;
use super::settings::{SettingRow, fact};
use crate::analysis::{Attribution, AttributionDoubt, Quotation, Said, group_of};
use crate::study::{AttributionSettings, ParticipantId, Settings, TranscriptId};

/// So many warnings of a kind are shown unasked; then how many more there are.
const SHOWN: usize = 6;

/// Stands before what nobody can have meant.
pub(super) const LOOK_AT: &str = "Look at";

/// What the settings come to, in rows.
#[derive(Clone, Debug)]
pub(super) struct Preview {
    /// What nobody can have meant.
    pub(super) doubts: Vec<SettingRow>,
    /// How a quotation looks, whom a descriptor fits, and what is worded in two ways.
    pub(super) comes_to: Vec<SettingRow>,
}

impl Model {
    /// What is wrong with the attributions of settings that were just read, in a sentence: then those that held before are put
    /// in their place. Where those are no better, as when the program begins, what is wrong is left out and all else holds: a
    /// study that prints no numbers prints none then either.
    pub(super) fn mend_attribution(&self, settings: &mut Settings) -> Option<String> {
        let error = Attribution::with(&self.study, &settings.attribution).err()?;
        let held = &self.study.settings.attribution;
        if Attribution::with(&self.study, held).is_ok() {
            settings.attribution = held.clone();
            return Some(format!("{error}; the last good one holds until it is mended"));
        }
        while let Some(wrong) = Attribution::with(&self.study, &settings.attribution).err() {
            if !leave_out(&mut settings.attribution, &wrong.key) {
                break;
            }
        }
        Some(format!("{error}; it is left out until it is mended"))
    }

    /// What the settings that hold come to.
    pub(super) fn attribution_preview(&self) -> Preview {
        let fact = |label, value: String| fact(label, &value, None, self.size.width);
        let attribution = match Attribution::of(&self.study) {
            Ok(attribution) => attribution,
            Err(error) => {
                let wrong = self.list("To be mended", &[(error.to_string(), error.line)]);
                return Preview { doubts: wrong, comes_to: Vec::new() };
            }
        };
        let mut rows = vec![SettingRow::Heading("What that comes to")];
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
        let few = few.iter().filter_map(|held| held.warning(k));
        let twice = attribution.wording_doubts().unwrap_or_default();
        rows.extend(self.list("Few people", &few.map(|words| (words, None)).collect::<Vec<_>>()));
        let twice: Vec<_> = twice.into_iter().map(|words| (words, None)).collect();
        rows.extend(self.list("Two wordings", &twice));
        let doubts = attribution.template_doubts().unwrap_or_default();
        let doubts: Vec<_> = doubts.iter().map(|doubt| (doubt.to_string(), doubt.line)).collect();
        Preview { doubts: self.list(LOOK_AT, &doubts), comes_to: rows }
    }

    /// What the settings that hold say of attributions that nobody can have meant.
    pub(super) fn attribution_doubts(&self) -> Vec<AttributionDoubt> {
        let attribution = Attribution::of(&self.study);
        attribution.and_then(|attribution| attribution.template_doubts()).unwrap_or_default()
    }

    /// What the file says that nothing is known by, in sentences with their lines.
    pub(super) fn unknown_settings(text: &str) -> impl Iterator<Item = (String, usize)> {
        Settings::unknown_keys(text).into_iter().map(|unknown| (unknown.to_string(), unknown.line))
    }

    /// The first of some warnings and how many more there are, or all where that was asked for.
    fn list(&self, label: &'static str, warnings: &[(String, Option<usize>)]) -> Vec<SettingRow> {
        let all = warnings.len();
        let shown = if self.settings.whole.contains(label) { all } else { all.min(SHOWN) };
        let facts = warnings.iter().take(shown);
        let facts = facts.flat_map(|(words, line)| fact(label, words, *line, self.size.width));
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

/// Takes a key below `[attribution]` out, if it is one that can be wrong.
fn leave_out(settings: &mut AttributionSettings, key: &str) -> bool {
    match key.strip_prefix("styles.") {
        Some(group) => settings.styles.remove(group).is_some(),
        None if key == "by" => settings.by.take().is_some(),
        None if key == "also" => !std::mem::take(&mut settings.also).is_empty(),
        None => false,
    }
}

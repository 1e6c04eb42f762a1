//! Records that lose a name which stood in their own name, or in the label that they are known by.

use std::collections::BTreeSet;

use super::records::Rewritten;
use super::rewrite::Work;
use super::{Stopped, Touched};
use crate::study::{Record, Study};
use crate::text::fold_name;

impl Rewritten {
    /// Records that have no free text but a name of their own, and lose another from it: people, labels, files. Names stay
    /// unique among their kind.
    pub(super) fn names(&mut self, work: &Work<'_>, touched: &mut Touched) -> Result<(), Stopped> {
        let Some(name) = work.what.name() else { return Ok(()) };
        let study = work.study;
        for record in named(study) {
            let Some(clean) = name.clean_record(&record) else { continue };
            if let Record::Speaker(speaker) = &clean
                && (study.speakers().has(&(speaker.transcript, speaker.key.clone()))
                    || self.put.iter().any(|put| put.same_thing(&clean)))
            {
                let transcript = study.transcripts().get(&speaker.transcript);
                let transcript = transcript.map(|held| held.name.clone()).unwrap_or_default();
                return Err(Stopped::OneLabel { transcript });
            }
            touched.names += 1;
            self.replace(record, clean, true);
        }
        self.keep_unique(study);
        Ok(())
    }

    /// Names that lost a part of themselves get a number where another of their kind has what is left.
    fn keep_unique(&mut self, study: &Study) {
        let mut taken: BTreeSet<(&str, String)> = BTreeSet::new();
        let mut take = |kind: &'static str, name: &str| taken.insert((kind, fold_name(name)));
        let mut held: Vec<Record> = named(study);
        held.extend(study.codes().iter().cloned().map(Record::from));
        held.extend(study.themes().iter().cloned().map(Record::from));
        held.extend(study.saved_searches().iter().cloned().map(Record::from));
        for record in &mut held {
            let kind = record.kind();
            if let Some(name) = own_name(record) {
                take(kind, name);
            }
        }
        for put in &mut self.put {
            let kind = put.kind();
            let before = put.clone();
            let mut held = study.record_like(put);
            let had = held.as_mut().and_then(own_name).cloned();
            let Some(own) = own_name(put).filter(|own| had.as_ref() != Some(*own)) else { continue };
            let base = own.clone();
            let mut number = 1;
            while !take(kind, own) {
                number += 1;
                *own = format!("{base} {number}");
            }
            for side in self.changes.iter_mut().flat_map(|change| [&mut change.before, &mut change.after]) {
                if side.as_ref() == Some(&before) {
                    *side = Some(put.clone());
                }
            }
        }
    }
}

/// The records that are known by a name or a label, and have no free text beside it.
fn named(study: &Study) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    records.extend(study.participants().iter().cloned().map(Record::from));
    records.extend(study.seats().iter().cloned().map(Record::from));
    records.extend(study.attributes().iter().cloned().map(Record::from));
    records.extend(study.transcripts().iter().cloned().map(Record::from));
    records.extend(study.speakers().iter().cloned().map(Record::from));
    records.extend(study.bindings().iter().cloned().map(Record::from));
    records.extend(study.points().iter().cloned().map(Record::from));
    records.extend(study.exports().iter().cloned().map(Record::from));
    records
}

/// The name by which people know a record, where it must be unique.
fn own_name(record: &mut Record) -> Option<&mut String> {
    match record {
        Record::Participant(held) => Some(&mut held.name),
        Record::Attribute(held) => Some(&mut held.name),
        Record::Transcript(held) => Some(&mut held.name),
        Record::Code(held) => Some(&mut held.name),
        Record::Theme(held) => Some(&mut held.name),
        Record::SavedSearch(held) => Some(&mut held.name),
        Record::Point(held) => Some(&mut held.name),
        _ => None,
    }
}

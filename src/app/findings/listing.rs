//! The findings as they are listed: by pattern and severity, the watch list first.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use crate::analysis::identifiers::{Found, Kept, Place, Severity, WATCH_LIST};
use crate::app::{Model, Spot};
use crate::study::{KeptFindingId, TranscriptId};
use crate::text::Span;

/// One finding in the list.
#[derive(Clone, Debug)]
pub struct FindingRow {
    /// What was found, and where.
    pub found: Arc<Found>,
    /// The decision that keeps it.
    pub kept: Option<KeptFindingId>,
    /// Whether it stands in a hidden turn: its words are not shown.
    pub hidden: bool,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// What follows was found by this pattern.
    Heading {
        /// The pattern in words: `title name`.
        pattern: String,
        /// How grave it is.
        severity: Severity,
        /// How many are open.
        open: usize,
        /// How many are kept.
        kept: usize,
    },
    /// A finding, by its place among the rows.
    Finding(usize),
}

/// A pattern in words.
pub(super) fn pattern_words(pattern: &str) -> String {
    pattern.replace('_', " ")
}

type Key = (String, Place, Span);

fn key_of(row: &FindingRow) -> Key {
    (row.found.pattern.clone(), row.found.place, row.found.span)
}

impl Model {
    /// Lists what was found. The choice stays on what it was on, else on the row that took its place.
    pub(super) fn list_findings(&mut self) {
        let mut kept = Kept::of(&self.study);
        let order: HashMap<TranscriptId, usize> =
            self.study.transcripts_by_name().iter().enumerate().map(|(at, held)| (held.id, at)).collect();
        let before = self.findings.row().map(key_of);
        let mut all: Vec<FindingRow> = self
            .findings
            .all()
            .map(|found| FindingRow {
                found: Arc::clone(found),
                kept: kept.decision(found),
                hidden: found.is_hidden(&self.study),
            })
            .collect();
        all.sort_by_cached_key(|row| {
            let found = &row.found;
            // Records come behind all transcripts.
            let transcript = found.place.transcript().and_then(|id| order.get(&id).copied());
            let place = (transcript.unwrap_or(usize::MAX), transcript.is_none().then_some(found.place));
            (found.pattern != WATCH_LIST, Reverse(found.severity), found.pattern.clone(), place, found.span)
        });
        let findings = &mut self.findings;
        (findings.open, findings.kept) = ([0; 3], 0);
        (findings.lines, findings.rows) = (Vec::new(), Vec::new());
        for group in
            all.chunk_by(|a, b| (&a.found.pattern, a.found.severity) == (&b.found.pattern, b.found.severity))
        {
            let Some(first) = group.first() else { continue };
            let kept = group.iter().filter(|row| row.kept.is_some()).count();
            let open = group.len() - kept;
            findings.kept += kept;
            findings.open[match first.found.severity {
                Severity::High => 0,
                Severity::Medium => 1,
                Severity::Low => 2,
            }] += open;
            if open == 0 && !findings.show_kept {
                continue;
            }
            let pattern = pattern_words(&first.found.pattern);
            findings.lines.push(Line::Heading { pattern, severity: first.found.severity, open, kept });
            for row in group.iter().filter(|row| row.kept.is_none() || findings.show_kept) {
                findings.lines.push(Line::Finding(findings.rows.len()));
                findings.rows.push(row.clone());
            }
        }
        let at = before.and_then(|before| findings.rows.iter().position(|row| key_of(row) == before));
        let last = findings.rows.len().saturating_sub(1);
        findings.roll.chosen = at.unwrap_or(findings.roll.chosen).min(last);
    }

    /// Says of what is listed which of it is kept now.
    pub(super) fn mark_kept_findings(&mut self) {
        let mut kept = Kept::of(&self.study);
        for row in &mut self.findings.rows {
            row.kept = kept.decision(&row.found);
        }
    }

    /// Where a finding stands, in a few words: an address, or what record holds it.
    #[must_use]
    pub fn finding_place(&self, found: &Found) -> String {
        let study = &self.study;
        let name = |id| study.transcripts().get(&id).map_or("?", |held| held.name.as_str());
        match found.place {
            Place::Preamble(id) => format!("{} preamble", name(id)),
            Place::Turn(transcript, _) if found.label => {
                format!("{} label", self.address(Spot { transcript, span: found.span }))
            }
            Place::Turn(id, turn) => format!("{}:{turn}", name(id)),
            Place::Memo(id) => study.memos().get(&id).map_or_else(
                || String::from("memo"),
                |memo| format!("memo on {}", self.thing_words(&memo.on)),
            ),
            Place::Summary(id) => {
                let words = |held: &crate::study::Summary| {
                    let cell = crate::study::MemoOn::Cell(held.case, held.topic.clone());
                    format!("summary of {}", self.thing_words(&cell))
                };
                study.summaries().get(&id).map_or_else(|| String::from("summary"), words)
            }
            Place::Example(id) => {
                format!("example of “{}”", study.codes().get(&id).map_or("?", |code| code.name.as_str()))
            }
        }
    }

    /// Shows those that are kept, too, or no longer.
    pub(in crate::app) fn toggle_kept(&mut self) {
        let findings = &mut self.findings;
        findings.show_kept = !findings.show_kept;
        findings.listed = false;
        let said =
            if findings.show_kept { "What is kept is listed, too" } else { "Only what is open is listed" };
        self.say(said);
    }
}

//! How far changes reach: which other records come into sight or go out of it with them.
//!
//! A quote takes along what rests on it, a code what is written of it; who speaks where, and what is hidden, decide for the
//! quotes of a transcript. [`super::Veil`] looks at these again and leaves the rest alone.

use std::collections::BTreeSet;

use super::blind::records;
use super::{
    Change, Classification, Classified, CodeId, CoderId, Hideable, Memo, MemoOn, ParticipantId, QuoteId,
    Record, Study, Summary, Topic, TranscriptId, Voice,
};

/// What changes reach beyond their own records.
pub(super) struct Reach {
    /// Records that may come into sight or go out of it.
    pub(super) records: Vec<Record>,
    /// Whether quotes that were there before did, or may have: what was counted of the study does not hold.
    pub(super) moves_veil: bool,
}

impl Reach {
    /// Finds it in the `whole` study after the changes; `shown` is what `viewer` saw before them.
    pub(super) fn of(whole: &Study, shown: &Study, viewer: CoderId, changes: &[Change]) -> Reach {
        let transcripts: BTreeSet<TranscriptId> =
            records(changes).flat_map(|record| transcripts_moved(whole, record)).collect();
        let speech_moves = records(changes).any(|record| {
            matches!(
                record,
                Record::Hidden(_) | Record::Binding(_) | Record::TurnVoice(_) | Record::Transcript(_)
            )
        });
        let in_changes = records(changes).filter_map(|record| match record {
            Record::Quote(quote) => whole.quotes().get(&quote.id),
            _ => None,
        });
        let in_transcripts = transcripts.iter().flat_map(|transcript| whole.quotes_in(*transcript));
        let mut found = Vec::new();
        let mut quotes: BTreeSet<QuoteId> = BTreeSet::new();
        for quote in in_changes.chain(in_transcripts) {
            let is_shown = whole.shows(viewer, &Record::Quote(quote.clone()));
            if shown.quotes().has(&quote.id) != is_shown && quotes.insert(quote.id) {
                found.push(quote.clone().into());
            }
        }
        let made: BTreeSet<QuoteId> = changes
            .iter()
            .filter_map(|change| match (&change.before, &change.after) {
                (None, Some(Record::Quote(quote))) => Some(quote.id),
                _ => None,
            })
            .collect();
        // Codes come and go only with blindness; hiding takes none away.
        let is_blind = !whole.blind_transcripts(viewer).is_empty();
        let mut codes = if is_blind { codes_touched(changes) } else { BTreeSet::new() };
        if !quotes.is_empty() {
            for quote in &quotes {
                if is_blind {
                    codes.extend(whole.codings_on(*quote).map(|coding| coding.code));
                }
                found.extend(whole.codings_on(*quote).cloned().map(Record::from));
                found.extend(whole.memos_on(MemoOn::Quote(*quote)).cloned().map(Record::from));
            }
            let entries = whole.basket_entries().iter().filter(|entry| quotes.contains(&entry.quote));
            found.extend(entries.cloned().map(Record::from));
            let usages = whole.usages().iter().filter(|usage| quotes.contains(&usage.quote));
            found.extend(usages.cloned().map(Record::from));
            let rests = |summary: &&Summary| summary.quotes.iter().any(|quote| quotes.contains(quote));
            found.extend(whole.summaries().iter().filter(rests).cloned().map(Record::from));
        }
        if speech_moves {
            let of_cases = |memo: &&Memo| {
                matches!(memo.on, MemoOn::Transcript(_) | MemoOn::Participant(_) | MemoOn::Cell(..))
            };
            found.extend(whole.memos().iter().filter(of_cases).cloned().map(Record::from));
            found.extend(whole.summaries().iter().cloned().map(Record::from));
        }
        found.extend(codes.iter().flat_map(|code| records_of_code(whole, *code)));
        let moves_veil = speech_moves || !quotes.is_subset(&made);
        Reach { records: found, moves_veil }
    }
}

/// Transcripts in which a record decides what is said by whom, or is shown.
fn transcripts_moved(whole: &Study, record: &Record) -> Vec<TranscriptId> {
    match record {
        Record::Hidden(hidden) => match hidden.what {
            Hideable::Participant(person) => transcripts_with(whole, person),
            Hideable::Transcript(id) | Hideable::Turn(id, _) => vec![id],
        },
        Record::Binding(binding) => vec![binding.transcript],
        Record::TurnVoice(voice) => vec![voice.transcript],
        Record::Transcript(transcript) => vec![transcript.id],
        _ => Vec::new(),
    }
}

/// Transcripts in which somebody may speak, hidden or not.
fn transcripts_with(whole: &Study, person: ParticipantId) -> Vec<TranscriptId> {
    let voice = Voice::Participant(person);
    let bound = whole.bindings().iter().filter(|held| held.voice == voice).map(|held| held.transcript);
    let turns = whole.turn_voices().iter().filter(|held| held.voice == voice).map(|held| held.transcript);
    bound.chain(turns).collect()
}

/// Codes that may come into sight or go out of it with changes.
fn codes_touched(changes: &[Change]) -> BTreeSet<CodeId> {
    let mut codes = BTreeSet::new();
    for record in records(changes) {
        match record {
            Record::Coding(coding) => {
                codes.insert(coding.code);
            }
            Record::Code(code) => codes.extend([Some(code.id), code.parent].into_iter().flatten()),
            Record::Theme(theme) => codes.extend(theme.codes()),
            Record::Classification(Classification { of: Classified::Code(code), .. }) => {
                codes.insert(*code);
            }
            Record::Memo(Memo { on: MemoOn::Code(code) | MemoOn::Cell(_, Topic::Code(code)), .. })
            | Record::Summary(Summary { topic: Topic::Code(code), .. }) => {
                codes.insert(*code);
            }
            _ => {}
        }
    }
    codes
}

/// A code with what goes out of sight together with it.
fn records_of_code(whole: &Study, code: CodeId) -> Vec<Record> {
    let mut found: Vec<Record> = whole.codes().get(&code).cloned().map(Record::from).into_iter().collect();
    found.extend(whole.memos_on(MemoOn::Code(code)).cloned().map(Record::from));
    let column = Topic::Code(code);
    let summaries = whole.summaries().iter().filter(|summary| summary.topic == column);
    found.extend(summaries.cloned().map(Record::from));
    let on_cell = |memo: &&Memo| matches!(&memo.on, MemoOn::Cell(_, topic) if *topic == column);
    found.extend(whole.memos().iter().filter(on_cell).cloned().map(Record::from));
    found
}

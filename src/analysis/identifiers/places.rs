//! Where a study is looked through: every turn with its label, the preamble, memos, summaries and examples of codes.

use super::scan::{Scanner, Severity};
use crate::study::{CodeId, MemoId, Study, SummaryId, TranscriptId, TurnNumber, Turns};
use crate::text::Span;

/// How much is shown before and behind a finding, in characters.
const CONTEXT: usize = 120;

/// A place of the study that holds words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// What stands before the first turn.
    Preamble(TranscriptId),
    /// A turn: its label and its speech.
    Turn(TranscriptId, TurnNumber),
    /// A memo.
    Memo(MemoId),
    /// A cell of the matrix.
    Summary(SummaryId),
    /// The example of a code.
    Example(CodeId),
}

impl Place {
    /// The transcript, if it is a place of one.
    #[must_use]
    pub fn transcript(self) -> Option<TranscriptId> {
        match self {
            Place::Preamble(id) | Place::Turn(id, _) => Some(id),
            Place::Memo(_) | Place::Summary(_) | Place::Example(_) => None,
        }
    }

    /// The place in records ([`KeptFinding::place`](crate::study::KeptFinding::place)): by identity, so that no change of
    /// a name makes another of it.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Place::Preamble(id) => format!("preamble:{id}"),
            Place::Turn(id, turn) => format!("turn:{id}:{turn}"),
            Place::Memo(id) => format!("memo:{id}"),
            Place::Summary(id) => format!("summary:{id}"),
            Place::Example(id) => format!("example:{id}"),
        }
    }

    /// What kind of place it is, for files: `speech`, `label`, `preamble`, `memo`, `summary` or `example`. Whether a
    /// finding of a turn stands in its label depends on where it stands.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Place::Preamble(_) => "preamble",
            Place::Turn(..) => "speech",
            Place::Memo(_) => "memo",
            Place::Summary(_) => "summary",
            Place::Example(_) => "example",
        }
    }
}

/// A finding at its place in the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// Whether it stands in the label of a turn.
    pub label: bool,
    /// The pattern that found it, or [`WATCH_LIST`](super::WATCH_LIST).
    pub pattern: String,
    /// How grave it is.
    pub severity: Severity,
    /// Bytes of the whole text of the transcript, memo, summary or example.
    pub span: Span,
    /// What of it is replaced (`Pughe` of `Dr Pughe`), in the same bytes.
    pub name: Span,
    /// The words found.
    pub words: String,
    /// What stands before them in the same piece, at most 120 characters.
    pub before: String,
    /// What stands behind them.
    pub after: String,
}

impl Found {
    /// The words that are replaced.
    #[must_use]
    pub fn name_words(&self) -> &str {
        self.name.slice_of(&self.words, self.span).unwrap_or(&self.words)
    }

    /// Whether it stands in what is said in a hidden turn: it counts, but its words are not shown.
    #[must_use]
    pub fn is_hidden(&self, study: &Study) -> bool {
        let Place::Turn(transcript, number) = self.place else { return false };
        let at = study.turns(transcript).and_then(|turns| turns.index_of(number));
        !self.label && at.is_some_and(|at| study.shown_speech(transcript).hides(at))
    }
}

/// A part of a text that is looked through by itself.
struct Piece {
    place: Place,
    label: bool,
    span: Span,
}

/// Everything in a transcript is in one of its pieces: the preamble, and of each turn what stands before its speech and the
/// speech.
fn pieces(transcript: TranscriptId, turns: &Turns, length: usize) -> Vec<Piece> {
    let first = turns.preamble_end().min(length);
    let mut pieces =
        vec![Piece { place: Place::Preamble(transcript), label: false, span: Span::new(0, first) }];
    let mut begins = first;
    for (at, turn) in turns.turns.iter().enumerate() {
        let speech = turn.speech.start as usize;
        let end = turns.turns.get(at + 1).map_or(length, crate::study::Turn::begins);
        let place = Place::Turn(transcript, turn.number);
        pieces.push(Piece { place, label: true, span: Span::new(begins, speech) });
        pieces.push(Piece { place, label: false, span: Span::new(speech, end) });
        begins = end;
    }
    pieces.retain(|piece| !piece.span.is_empty());
    pieces
}

/// All findings in a revision of a transcript, in order of the text.
#[must_use]
pub fn scan_transcript(scanner: &Scanner, transcript: TranscriptId, turns: &Turns, text: &str) -> Vec<Found> {
    pieces(transcript, turns, text.len()).iter().flat_map(|piece| scan_piece(scanner, piece, text)).collect()
}

/// All findings in memos, summaries and examples of codes, in the order of their identities.
#[must_use]
pub fn scan_records(scanner: &Scanner, study: &Study) -> Vec<Found> {
    let memos = study.memos().iter().map(|memo| (Place::Memo(memo.id), &memo.text));
    let summaries = study.summaries().iter().map(|summary| (Place::Summary(summary.id), &summary.text));
    let examples = study.codes().iter().map(|code| (Place::Example(code.id), &code.example));
    memos
        .chain(summaries)
        .chain(examples)
        .flat_map(|(place, text)| scan_record(scanner, place, text))
        .collect()
}

/// All findings in the text of one record.
#[must_use]
pub fn scan_record(scanner: &Scanner, place: Place, text: &str) -> Vec<Found> {
    scan_piece(scanner, &Piece { place, label: false, span: Span::new(0, text.len()) }, text)
}

fn scan_piece(scanner: &Scanner, piece: &Piece, text: &str) -> Vec<Found> {
    let words = piece.span.slice(text).unwrap_or_default();
    let found = scanner.scan(words).into_iter().map(|finding| {
        let at = finding.span.range();
        let before = words.get(..at.start).unwrap_or_default();
        let from = before.char_indices().rev().take(CONTEXT).last().map_or(at.start, |(at, _)| at);
        Found {
            place: piece.place,
            label: piece.label,
            pattern: finding.pattern,
            severity: finding.severity,
            span: finding.span.shifted(piece.span.start as usize),
            name: finding.name.shifted(piece.span.start as usize),
            words: words.get(at.clone()).unwrap_or_default().to_owned(),
            before: before.get(from..).unwrap_or_default().to_owned(),
            after: words.get(at.end..).unwrap_or_default().chars().take(CONTEXT).collect(),
        }
    });
    found.collect()
}

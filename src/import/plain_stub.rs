//! A stand-in for the detection of layouts: text files of `Label: speech` blocks with blank lines between, as in the
//! sample study. To be replaced by the real reader with the same signature.

use super::classify::hex_digest;
use super::{DraftSpeaker, DraftTranscript, DraftTurn, ImportOptions};
use crate::study::Kind;
use crate::text::{Span, fold_label};

/// Why a file is no transcript.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It holds no labelled speech.
    #[error("no turns were found; write each as `Label: speech` with a blank line between")]
    NoTurns,
}

/// Reads a transcript.
///
/// # Errors
/// If it has no turns.
pub fn read_transcript(
    file_name: &str,
    bytes: &[u8],
    _options: &ImportOptions,
) -> Result<DraftTranscript, ImportError> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut draft = DraftTranscript {
        name: file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).to_owned(),
        kind: Kind::Interview,
        sha256: hex_digest(bytes),
        encoding: "UTF-8".into(),
        layout: "Label: speech".into(),
        text: String::new(),
        turns: Vec::new(),
        speakers: Vec::new(),
        times: Vec::new(),
        cues: 0,
        header: Vec::new(),
        doubts: Vec::new(),
    };
    let mut at = 0;
    for block in text.split_inclusive("\n\n") {
        let start = at;
        at += block.len();
        let header = start == 0 && block.trim_end().contains('\n');
        if header {
            let pairs = block.lines().filter_map(|line| line.split_once(':'));
            draft.header = pairs.map(|(key, value)| (key.trim().into(), value.trim().into())).collect();
        }
        let Some((label, speech)) = block.split_once(": ").filter(|_| !header) else { continue };
        let (body, begin) = (speech.trim(), start + label.len() + 2);
        let begin = begin + (speech.len() - speech.trim_start().len());
        let key = fold_label(label);
        let known = draft.speakers.iter().position(|speaker| speaker.key == key);
        let speaker = known.unwrap_or_else(|| {
            draft.speakers.push(DraftSpeaker { label: label.to_owned(), key });
            draft.speakers.len() - 1
        });
        draft.turns.push(DraftTurn {
            speaker,
            label: Span::new(start, start + label.len() + 1),
            speech: Span::new(begin, begin + body.len()),
            start_ms: None,
            end_ms: None,
        });
    }
    let group = draft.header.iter().any(|(key, value)| key == "Kind" && value == "focus group");
    draft.kind = if group { Kind::FocusGroup } else { Kind::Interview };
    draft.text = text;
    if draft.turns.is_empty() { Err(ImportError::NoTurns) } else { Ok(draft) }
}

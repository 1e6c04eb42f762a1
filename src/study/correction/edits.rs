//! Corrections of a few places of the text that is there.

use super::rewriting::{Kind, Piece, Rewriting};
use super::{Correction, CorrectionError, Next, check_size};
use crate::study::{
    Source, Study, TimeMark, TranscriptId, Turn, Turns, lies_in_tombstones, without_tombstones,
};
use crate::text::{Span, count_words, fold_label, on_grapheme_boundary};

/// Other words for a stretch of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the current revision that go.
    pub span: Span,
    /// What stands there instead.
    pub replacement: String,
    /// Whether it is another name for the very thing that stood there, as a pseudonym is for a name: a quote of that name
    /// then covers the pseudonym. Else the words are compared one by one.
    pub renames: bool,
}

impl Edit {
    /// Words put right.
    #[must_use]
    pub fn reword(span: Span, replacement: impl Into<String>) -> Edit {
        Edit { span, replacement: replacement.into(), renames: false }
    }

    /// A name replaced by another, or by `[…]`.
    #[must_use]
    pub fn rename(span: Span, replacement: impl Into<String>) -> Edit {
        Edit { span, replacement: replacement.into(), renames: true }
    }
}

impl Study {
    /// The next revision of a transcript whose current `text` is edited in some places. A name that another one takes the place
    /// of in a label is replaced in all labels of that speaker, and in the records of who it is. Each edit stays within the speech of
    /// one turn, within a label, or outside all turns; no two of them overlap.
    ///
    /// # Errors
    /// If nothing differs, an edit reaches from one turn into another, empties a turn, brings the label of a speaker, or changes
    /// what stands where words were erased.
    pub fn correct(
        &self,
        transcript: TranscriptId,
        text: &str,
        edits: &[Edit],
        source: &dyn Source,
    ) -> Result<Correction, CorrectionError> {
        let former = self.turns(transcript).cloned().ok_or(CorrectionError::Gone)?;
        for edit in edits {
            stay_in_turn(&former, edit.span)?;
            if lies_in_tombstones(text, edit.span) {
                return Err(CorrectionError::Erased);
            }
            self.bring_no_label(transcript, text, edit)?;
        }
        let relabelled = self.relabel(transcript, text, &former, edits)?;
        let edits: Vec<Edit> = edits.iter().cloned().chain(relabelled.edits).collect();
        let (new_text, rewriting) = rewrite(text, &edits)?;
        let mut turns = rewritten(&former, &rewriting, text, &new_text);
        for key in &mut turns.speakers {
            if let Some(new) = relabelled.keys.get(key) {
                key.clone_from(new);
            }
        }
        for (before, after) in former.turns.iter().zip(&turns.turns) {
            if !before.speech.is_empty() && after.speech.is_empty() {
                return Err(CorrectionError::Emptied(before.number));
            }
        }
        self.take_next(
            transcript,
            text,
            Next { text: new_text, turns, rewriting, changes: relabelled.changes },
            source,
        )
    }

    /// A line of new words that begins with a label, of this transcript or as others have them, would be read as a turn by whoever
    /// reads the text.
    fn bring_no_label(
        &self,
        transcript: TranscriptId,
        text: &str,
        edit: &Edit,
    ) -> Result<(), CorrectionError> {
        let before = edit.span.slice(text).unwrap_or_default();
        let was_there = |line: &&str| before.lines().any(|held| held == *line);
        for line in edit.replacement.lines().filter(|line| !edit.renames && !was_there(line)) {
            let Some((head, _)) = line.split_once([':', '：']) else { continue };
            let key = fold_label(head);
            if let Some(speaker) = self.speakers().get(&(transcript, key.clone())) {
                return Err(CorrectionError::Label(speaker.label.clone()));
            }
            // Somebody who speaks elsewhere, and what agencies call those who speak.
            if self.participant_named(head).is_some()
                || self.speakers().iter().any(|held| held.key == key)
                || is_role(head)
            {
                return Err(CorrectionError::Label(head.trim().to_owned()));
            }
        }
        Ok(())
    }
}

/// What transcripts call those who speak in them, with a number or without.
const ROLES: [&str; 8] = [
    "interviewer",
    "interviewee",
    "moderator",
    "facilitator",
    "participant",
    "respondent",
    "speaker",
    "researcher",
];

/// Whether a label says what somebody does and not who it is: `Participant 2`.
fn is_role(label: &str) -> bool {
    let folded = crate::text::fold_name(label);
    let word = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    ROLES.contains(&word)
}

/// An edit touches the speech of one turn, one label, or what is outside all turns.
fn stay_in_turn(turns: &Turns, edit: Span) -> Result<(), CorrectionError> {
    let touches = |part: Span| part.overlaps(edit) || (edit.is_empty() && part.contains(edit.start as usize));
    let near = turns.index_at(edit.start as usize).unwrap_or(0);
    let near = turns.turns.get(near..).unwrap_or_default();
    let parts = near.iter().take_while(|turn| turn.begins() <= edit.end as usize);
    let mut touched = parts.flat_map(|turn| [turn.label, turn.speech]).filter(|part| touches(*part));
    match (touched.next(), touched.next()) {
        (Some(part), None) if part.covers(edit) => Ok(()),
        (None, _) => Ok(()),
        _ => Err(CorrectionError::AcrossTurns),
    }
}

/// The text with its edits made. Those that change nothing are left out.
pub(super) fn rewrite(text: &str, edits: &[Edit]) -> Result<(String, Rewriting), CorrectionError> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut new_text = String::with_capacity(text.len());
    let mut rewriting = Rewriting::empty();
    let mut from = 0;
    let keep = |new_text: &mut String, rewriting: &mut Rewriting, from: u32, to: u32| {
        let (old, start) = (Span { start: from, end: to }, new_text.len());
        new_text.push_str(old.slice(text).ok_or(CorrectionError::AcrossTurns)?);
        rewriting.push(Piece { old, new: Span::new(start, new_text.len()), kind: Kind::Same });
        Ok(())
    };
    let mut differs = false;
    for edit in edits {
        let before = edit.span.slice(text).ok_or(CorrectionError::AcrossTurns)?;
        if edit.span.start < from {
            return Err(CorrectionError::AcrossTurns);
        }
        let words = cleaned(&edit.replacement);
        if before == words {
            continue;
        }
        differs = true;
        keep(&mut new_text, &mut rewriting, from, edit.span.start)?;
        let start = new_text.len();
        new_text.push_str(&words);
        let new = Span::new(start, new_text.len());
        match edit.renames {
            true => rewriting.push(Piece { old: edit.span, new, kind: Kind::Renamed }),
            false => rewriting.compare(text, edit.span, &new_text, new),
        }
        from = edit.span.end;
    }
    if !differs {
        return Err(CorrectionError::Nothing);
    }
    keep(&mut new_text, &mut rewriting, from, Span::new(text.len(), text.len()).end)?;
    check_size(&new_text)?;
    Ok((new_text, rewriting))
}

/// Ends of lines and NUL as every stored text has them.
fn cleaned(words: &str) -> String {
    words.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}")
}

/// The turns at their new places. Their numbers and speakers stay.
pub(super) fn rewritten(former: &Turns, rewriting: &Rewriting, old_text: &str, text: &str) -> Turns {
    let mut from = 0;
    let turns = former.turns.iter().map(|turn| {
        let label = match turn.label.is_empty() {
            true => None,
            false => Some(rewriting.hull(turn.label, false)),
        };
        let least = label.map_or(from, |label| label.end);
        let mut speech = rewriting.hull(turn.speech, true);
        speech = Span { start: speech.start.max(least), end: speech.end.max(least) };
        let is_same = speech.slice(text) == turn.speech.slice(old_text);
        if !is_same {
            speech = whole_graphemes(text, speech.trimmed(text), least);
        }
        from = speech.end;
        Turn {
            label: label.unwrap_or(Span { start: speech.start, end: speech.start }),
            speech,
            words: if is_same { turn.words } else { words_in(text, speech) },
            ..turn.clone()
        }
    });
    let turns = turns.collect();
    let time = |mark: &TimeMark| TimeMark { at: rewriting.byte(mark.at), ms: mark.ms };
    Turns {
        revision: former.revision,
        speakers: former.speakers.clone(),
        turns,
        times: former.times.iter().map(time).collect(),
    }
}

/// Words of a stretch of a text, tombstones aside.
pub(super) fn words_in(text: &str, span: Span) -> u32 {
    let words = span.slice(text).map_or(0, |said| count_words(&without_tombstones(said)));
    u32::try_from(words).unwrap_or(u32::MAX)
}

/// A mark that combines with the blank before the speech takes that blank along, as at import.
pub(super) fn whole_graphemes(text: &str, span: Span, least: u32) -> Span {
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    while start > least as usize && !on_grapheme_boundary(text, start) {
        start -= 1;
    }
    while end < text.len() && !on_grapheme_boundary(text, end) {
        end += 1;
    }
    Span::new(start, end)
}

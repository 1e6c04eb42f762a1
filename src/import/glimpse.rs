//! A transcript as a person looks it over before it is taken in: who speaks how much, and how it begins.

use super::{DraftTranscript, SourceContent, SourceFile};
use crate::text::{count_words, fold_label};

/// So many turns are shown: enough to see whether the layout was understood.
const TURNS: usize = 40;
/// So many characters of each.
const CHARACTERS: usize = 400;

/// What is shown of a transcript before it is taken in. It holds speech: never log it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glimpse {
    /// Labels in order of first appearance, as the file has them.
    pub speakers: Vec<GlimpseSpeaker>,
    /// The first turns.
    pub turns: Vec<GlimpseTurn>,
    /// How many turns there are.
    pub of: usize,
}

/// A label of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlimpseSpeaker {
    /// As first written.
    pub label: String,
    /// How many turns have it.
    pub turns: usize,
    /// Words of their speech (UAX #29).
    pub words: usize,
}

/// One of the first turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlimpseTurn {
    /// Index into [`Glimpse::speakers`].
    pub speaker: usize,
    /// Milliseconds from the start of the recording.
    pub start_ms: Option<u32>,
    /// How its speech begins.
    pub speech: String,
}

impl Glimpse {
    /// What is shown of a file; `None` if it is no transcript.
    #[must_use]
    pub fn of(file: &SourceFile) -> Option<Glimpse> {
        match &file.content {
            SourceContent::Transcript(Ok(draft)) => Some(Glimpse::of_draft(draft)),
            SourceContent::Transcript(Err(_)) | SourceContent::Table(_) => None,
        }
    }

    fn of_draft(draft: &DraftTranscript) -> Glimpse {
        let label = |label: &String| GlimpseSpeaker { label: label.clone(), turns: 0, words: 0 };
        let mut speakers: Vec<GlimpseSpeaker> =
            draft.speakers.iter().map(|speaker| label(&speaker.label)).collect();
        let mut turns = Vec::new();
        for turn in &draft.turns {
            let speech = turn.speech.slice(&draft.text).unwrap_or_default();
            if let Some(speaker) = speakers.get_mut(turn.speaker) {
                speaker.turns += 1;
                speaker.words += count_words(speech);
            }
            if turns.len() < TURNS {
                let speech = begin(speech);
                turns.push(GlimpseTurn { speaker: turn.speaker, start_ms: turn.start_ms, speech });
            }
        }
        Glimpse { speakers, turns, of: draft.turns.len() }
    }

    /// Words under a label once labels are renamed: of all the labels of the file that become it.
    #[must_use]
    pub fn words_of(&self, label: &str, rename: &[(String, String)]) -> usize {
        let becomes = |held: &&GlimpseSpeaker| fold_label(renamed(&held.label, rename)) == fold_label(label);
        self.speakers.iter().filter(becomes).map(|speaker| speaker.words).sum()
    }
}

/// How a speech begins: all of it if it is short, else up to the end of a word, with an ellipsis.
fn begin(speech: &str) -> String {
    let Some((end, _)) = speech.char_indices().nth(CHARACTERS) else { return speech.to_owned() };
    let begins = speech.get(..end).unwrap_or_default();
    let words = begins.rfind(char::is_whitespace).and_then(|end| begins.get(..end)).unwrap_or(begins);
    format!("{} …", words.trim_end())
}

/// What a label of the file is called, the first renaming of it counting.
#[must_use]
pub fn renamed<'l>(label: &'l str, rename: &'l [(String, String)]) -> &'l str {
    let key = fold_label(label);
    let found = rename.iter().find(|(from, _)| fold_label(from) == key);
    found.map_or(label, |(_, to)| to.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{ImportOptions, classify};

    #[test]
    fn a_long_speech_is_cut_behind_a_word() {
        let long = "amazed with the view ".repeat(60);
        let begins = begin(&long);
        assert!(begins.ends_with(" …") && begins.chars().count() <= CHARACTERS + 2, "{begins}");
        assert!(long.starts_with(begins.trim_end_matches(" …")));
        assert!(long.split(' ').any(|word| begins.trim_end_matches(" …").ends_with(word)));
        assert_eq!(begin("Short."), "Short.");
    }

    #[test]
    fn words_are_counted_by_label_and_merged_labels_are_one() {
        let text =
            "Int: How does time come in?\n\nP1: I have too little.\n\nP1a: Me too.\n\nInt: Thank you.\n";
        let file = classify("I43.txt", text.as_bytes(), &ImportOptions::default());
        let glimpse = Glimpse::of(&file).expect("a transcript");
        let counts: Vec<(&str, usize, usize)> =
            glimpse.speakers.iter().map(|held| (held.label.as_str(), held.turns, held.words)).collect();
        assert_eq!(counts, [("Int", 2, 7), ("P1", 1, 4), ("P1a", 1, 2)]);
        let rename = [("p1A".to_owned(), "P1".to_owned())];
        assert_eq!(glimpse.words_of("P1", &rename), 6);
        assert_eq!(glimpse.turns[1].speech, "I have too little.");
        assert_eq!(glimpse.of, 4);
    }
}

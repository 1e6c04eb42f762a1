//! One quotation in the house style of the study: what the program puts where a writer wants it.
//!
//! [`Quotation::of`] takes a quote apart into who says what; [`Quotation::write`] writes it with its attribution and its
//! address in Markdown, LaTeX or plain text; [`Quotation::apart`] gives both for files with styles of their own:
//!
//! | | Markdown | LaTeX |
//! | --- | --- | --- |
//! | in running text | `“So.” (GP) <!-- I43:41 -->` | ``` ``So.'' (GP) % I43:41 ``` |
//! | a block of its own (`block_words`) | `> So. (GP) <!-- I43:41 -->` | `\begin{quote}` … `\end{quote}` |
//! | several speakers | `> P126: “So.”`, a line each, then all attributions | the same in `\begin{quote}` |
//!
//! No word is added, left out or changed but for transcribers' notes that the style drops; glyphs of quotation marks and
//! dots are. Whether somebody agreed to be quoted is not asked here: see
//! [`Study::refuses_quoting`](crate::study::Study::refuses_quoting).

mod glyphs;
mod markup;
#[cfg(test)]
mod tests;

use glyphs::{Depth, dress};
use markup::Writing;

use super::{Attribution, AttributionError};
use crate::study::{Markup, QuotationSettings, Quote, Study, Voice};
use crate::text::count_words;

/// What one speaker says in a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who: the participant's number where the study prints numbers, else `Participant` or `Speaker 1`; a role of others.
    pub label: String,
    /// What, as in the transcript.
    pub words: String,
}

/// A quote as it is to be printed, before any style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Who says what, in order; neighbouring turns of one speaker are one.
    pub said: Vec<Said>,
    /// What stands behind it, without parentheses: [`Attribution::of_quote`].
    pub attribution: Option<String>,
    /// Where it stands: `I43:41`, `FG06:12-14`.
    pub address: String,
}

impl Quotation {
    /// Takes a quote apart. Needs no text but the quote's own; of a revision whose turns are not in memory, all is one
    /// speaker's.
    ///
    /// # Errors
    /// If a template of the attribution cannot be filled.
    pub fn of(
        study: &Study,
        quote: &Quote,
        attribution: &Attribution<'_>,
    ) -> Result<Quotation, AttributionError> {
        let mut parts: Vec<(Voice, String)> = Vec::new();
        let turns = study.turns_of(quote.revision).zip(study.voices_in(quote.transcript));
        if let Some((turns, voices)) = turns {
            for turn in turns.turns.get(turns.overlapping(quote.span)).unwrap_or_default() {
                let shared = quote.span.intersection(turn.speech);
                let words = shared.and_then(|shared| shared.slice_of(&quote.text, quote.span)).unwrap_or("");
                if words.trim().is_empty() {
                    continue;
                }
                let voice = voices.of(turn);
                match parts.last_mut().filter(|(held, _)| *held == voice) {
                    Some((_, said)) => *said = format!("{} {}", said.trim_end(), words.trim_start()),
                    None => parts.push((voice, words.to_owned())),
                }
            }
        }
        if parts.is_empty() {
            parts.push((Voice::Unknown, quote.text.clone()));
        }
        let labels = Labels::of(study, &parts);
        let said = parts.into_iter().map(|(voice, words)| Said { label: labels.of_voice(voice), words });
        Ok(Quotation {
            said: said.collect(),
            attribution: attribution.of_quote(quote)?,
            address: study.address_of(quote),
        })
    }

    /// Writes it. It ends without a line break; but where a LaTeX comment is part of it, one must follow.
    #[must_use]
    pub fn write(&self, style: &QuotationSettings, markup: Markup) -> String {
        let writing = Writing { style, markup };
        match self.said.as_slice() {
            [only] if self.is_block(style) => {
                writing.block(&[writing.closed(&only.words, self, Depth::Bare)])
            }
            [only] => writing.closed(&only.words, self, Depth::Marked),
            many => {
                let mut lines = writing.labelled(many);
                let behind = writing.behind(self);
                if !behind.is_empty() {
                    lines.push(behind);
                }
                writing.block(&lines)
            }
        }
    }

    /// Takes it apart for files that have styles of their own (docx, a page, cells of a table): without markup and address.
    #[must_use]
    pub fn apart(&self, style: &QuotationSettings) -> Apart {
        let style = QuotationSettings { address: Some(false), ..style.clone() };
        let writing = Writing { style: &style, markup: Markup::Plain };
        let (words, behind) = match self.said.as_slice() {
            [only] => writing.parted(&only.words, self, Depth::Marked),
            many => (writing.labelled(many).join("\n"), writing.behind(self)),
        };
        Apart { words, behind }
    }

    /// The words alone in the glyphs of the house style, without quotation marks; of several speakers a line each, labelled.
    #[must_use]
    pub fn bare_words(&self, style: &QuotationSettings) -> String {
        match self.said.as_slice() {
            [only] => dressed_words(&only.words, style),
            many => {
                let lines =
                    many.iter().map(|said| format!("{}: {}", said.label, dressed_words(&said.words, style)));
                lines.collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// Whether it is a block of its own.
    #[must_use]
    pub fn is_block(&self, style: &QuotationSettings) -> bool {
        let words: usize = self.said.iter().map(|said| count_words(&said.words)).sum();
        self.said.len() > 1 || (style.block_words > 0 && words >= style.block_words)
    }
}

/// A quotation without markup: its words, and what stands behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// The words between quotation marks; of several speakers a line each behind their labels.
    pub words: String,
    /// The attribution in parentheses, with the full stop where the style has it last. Empty where there is none.
    pub behind: String,
}

impl Apart {
    /// Both in running text.
    #[must_use]
    pub fn joined(&self) -> String {
        match self.behind.as_str() {
            "" => self.words.clone(),
            behind => format!("{} {behind}", self.words),
        }
    }
}

/// Words in the glyphs of the house style, without markup and without the outer quotation marks.
fn dressed_words(words: &str, style: &QuotationSettings) -> String {
    Writing { style, markup: Markup::Plain }.pieces(&dress(words, style, Depth::Marked))
}

/// How the speakers of one quotation are called.
struct Labels<'s> {
    study: &'s Study,
    participants: Vec<Voice>,
}

impl<'s> Labels<'s> {
    fn of(study: &'s Study, parts: &[(Voice, String)]) -> Self {
        let mut participants: Vec<Voice> = Vec::new();
        for (voice, _) in parts.iter().filter(|(voice, _)| voice.participant().is_some()) {
            if !participants.contains(voice) {
                participants.push(*voice);
            }
        }
        Self { study, participants }
    }

    fn of_voice(&self, voice: Voice) -> String {
        let words = match voice {
            Voice::Participant(id) if self.study.settings.attribution.is_numbered() => {
                self.study.participants().get(&id).map_or("Participant", |person| person.name.as_str())
            }
            Voice::Participant(_) => match self.participants.iter().position(|held| *held == voice) {
                Some(nth) if self.participants.len() > 1 => return format!("Speaker {}", nth + 1),
                _ => "Participant",
            },
            Voice::Interviewer => "Interviewer",
            Voice::Other => "Other person",
            Voice::Several => "Several speakers",
            Voice::Unknown => "Unknown speaker",
        };
        words.to_owned()
    }
}

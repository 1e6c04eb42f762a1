//! How quotations look in the study's papers, as `study.toml` says under `[attribution]` and `[quotation]`: house style is
//! data of the study, kept by people.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::fold_name;

/// Whether the participant's number stands in front, unless `participant_number` says so itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// `P088, primary care clinician, GP`: COREQ item 29 asks for the number.
    #[default]
    Numbered,
    /// `primary care clinician, GP`.
    Paper,
}

/// How quotations are attributed: templates and wordings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AttributionSettings {
    /// Where to start from.
    pub preset: Preset,
    /// The attribute of participants whose value chooses the template; without it the compared one.
    pub by: Option<String>,
    /// Whether the participant's number stands in front; overrules the preset.
    pub participant_number: Option<bool>,
    /// Attributes of participants (sex, age band) whose wording follows the template, before `focus_group`.
    pub also: Vec<String>,
    /// What `focus_group` says in a template.
    pub focus_group: String,
    /// A descriptor that fits fewer participants is warned of.
    pub k: usize,
    /// A cell of a table that holds fewer participants is warned of.
    pub min_cell: usize,
    /// A template for each group.
    pub styles: BTreeMap<String, String>,
    /// By attribute, what a value is called in running text.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    /// The lines of `study.toml` in which the keys below `attribution` stand, from 1 (`styles.clinician`, `also`).
    #[serde(skip)]
    pub lines: BTreeMap<String, usize>,
}

impl Default for AttributionSettings {
    fn default() -> Self {
        Self {
            preset: Preset::default(),
            by: None,
            participant_number: None,
            also: Vec::new(),
            focus_group: ", focus group".into(),
            k: 5,
            min_cell: 10,
            styles: BTreeMap::new(),
            words: BTreeMap::new(),
            lines: BTreeMap::new(),
        }
    }
}

impl AttributionSettings {
    /// Whether the participant's number stands in front.
    #[must_use]
    pub fn is_numbered(&self) -> bool {
        self.participant_number.unwrap_or(self.preset == Preset::Numbered)
    }

    /// What a value of an attribute is called in running text. Case and blanks tell neither apart.
    #[must_use]
    pub fn wording_of(&self, attribute: &str, value: &str) -> Option<&str> {
        let attribute = fold_name(attribute);
        let words = self.words.iter().filter(|(name, _)| fold_name(name) == attribute);
        let value = fold_name(value);
        words
            .flat_map(|(_, words)| words)
            .find(|(held, _)| fold_name(held) == value)
            .map(|(_, worded)| worded.as_str())
    }
}

/// In what a quotation is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Markup {
    /// Markdown, as pandoc reads it.
    #[default]
    Markdown,
    /// LaTeX.
    Latex,
    /// No markup.
    Plain,
}

/// The outer quotation marks; those inside are of the other kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Marks {
    /// “so”
    #[default]
    Double,
    /// ‘so’
    Single,
}

/// The shape of quotation marks and apostrophes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Glyphs {
    /// Typographic.
    #[default]
    Curly,
    /// As on a typewriter.
    Straight,
}

/// How three dots are written. That somebody's words were left out is not the program's to say: it leaves none out, and a pause is
/// never written as words left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ellipsis {
    /// As in the transcript.
    #[default]
    AsSaid,
    /// `...`
    Dots,
    /// `. . .` for dots in square brackets; pauses as in the transcript.
    Spaced,
    /// `…`
    Character,
    /// `[...]` for dots in square brackets; pauses as in the transcript.
    Bracketed,
}

/// What becomes of square brackets: in a transcript they hold what the transcriber notes (`[laughs]`, `[community centre]`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Brackets {
    /// They stay.
    #[default]
    Square,
    /// They become round.
    Round,
    /// They go, with what they hold, where that is one of `notes`.
    Drop,
}

/// Where the one key puts a quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Destination {
    /// Into the coder's basket, in the study.
    #[default]
    Basket,
    /// At the end of a file beside the draft.
    File,
    /// Into the clipboard of the terminal (OSC 52).
    Clipboard,
}

/// The house style of quotations.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct QuotationSettings {
    /// What the draft is written in. Without it, what the name of the draft tells; else Markdown.
    pub markup: Option<Markup>,
    /// The outer quotation marks.
    pub marks: Marks,
    /// Their shape.
    pub glyphs: Glyphs,
    /// In LaTeX, whether `\enquote{}` of the package csquotes is used in place of quotation marks.
    pub csquotes: bool,
    /// How three dots are written.
    pub ellipsis: Ellipsis,
    /// What becomes of square brackets.
    pub brackets: Brackets,
    /// What [`Brackets::Drop`] takes away, case folded; what is not named here stays, it may stand for a name.
    pub notes: Vec<String>,
    /// A quotation of so many words or more is a block of its own, without quotation marks; 0: none is.
    pub block_words: usize,
    /// Whether a full stop at the end of the words moves behind the attribution: `“So” (GP).`
    pub stop_last: bool,
    /// Whether the address (`I43:41`) goes along: as a comment in Markdown and LaTeX, in square brackets in plain text. Where
    /// nothing is said, as a comment only.
    pub address: Option<bool>,
    /// Where the one key puts a quotation.
    pub to: Destination,
    /// The draft; quotations for it are kept in `DRAFT.quotes.md` beside it. From the study's folder.
    pub draft: Option<String>,
}

impl Default for QuotationSettings {
    fn default() -> Self {
        Self {
            markup: None,
            marks: Marks::default(),
            glyphs: Glyphs::default(),
            csquotes: false,
            ellipsis: Ellipsis::default(),
            brackets: Brackets::default(),
            notes: ["laughs", "laughter", "laughing", "pause", "pauses", "long pause", "sighs", "coughs"]
                .map(String::from)
                .to_vec(),
            block_words: 0,
            stop_last: false,
            address: None,
            to: Destination::default(),
            draft: None,
        }
    }
}

impl QuotationSettings {
    /// What a quotation for the draft is written in.
    #[must_use]
    pub fn markup(&self) -> Markup {
        let told = || {
            let (_, ending) = self.draft.as_deref()?.rsplit_once('.')?;
            Some(match ending.to_ascii_lowercase().as_str() {
                "tex" | "latex" | "ltx" => Markup::Latex,
                "txt" | "docx" | "odt" => Markup::Plain,
                _ => Markup::Markdown,
            })
        };
        self.markup.or_else(told).unwrap_or_default()
    }

    /// The file that quotations for the draft are kept in: `paper.quotes.md` beside `paper.md`. `None` without a draft.
    #[must_use]
    pub fn beside_draft(&self) -> Option<String> {
        let draft = self.draft.as_deref().filter(|draft| !draft.trim().is_empty())?;
        let name_at = draft.rfind('/').map_or(0, |slash| slash + 1);
        let dot = draft.rfind('.').filter(|dot| *dot > name_at);
        let (stem, ending) = draft.split_at(dot.unwrap_or(draft.len()));
        Some(format!(
            "{stem}.quotes{}",
            match ending {
                "" | ".docx" | ".odt" | ".html" => match self.markup() {
                    Markup::Markdown => ".md",
                    Markup::Latex => ".tex",
                    Markup::Plain => ".txt",
                },
                text => text,
            }
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draft_tells_its_markup_and_the_file_beside_it() {
        for (draft, markup, beside) in [
            ("paper.md", Markup::Markdown, "paper.quotes.md"),
            ("../text.d/results.tex", Markup::Latex, "../text.d/results.quotes.tex"),
            ("paper.docx", Markup::Plain, "paper.quotes.txt"),
            ("drafts.d/paper", Markup::Markdown, "drafts.d/paper.quotes.md"),
        ] {
            let settings = QuotationSettings { draft: Some(draft.into()), ..Default::default() };
            assert_eq!(settings.markup(), markup, "{draft}");
            assert_eq!(settings.beside_draft().as_deref(), Some(beside));
        }
        assert_eq!(QuotationSettings::default().beside_draft(), None);
    }
}

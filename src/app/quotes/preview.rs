//! The chosen quote below the list: its words, as much around them as is asked for, its codes, and what would stand behind it.

use std::ops::Range;
use std::sync::Arc;

use super::Quotes;
use crate::analysis::{Around, Attribution, AttributionError, Templates};
use crate::app::read::speaker_of;
use crate::app::wrap::wrap;
use crate::app::{Effect, Model};
use crate::study::{HIDDEN, Quote, QuoteId, Turns};

/// Turns before and after a quote that can be asked for.
const MOST_AROUND: usize = 6;

/// A row of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// What it shows.
    pub text: String,
    /// The bytes of it that are the quote's; the rest stands around it.
    pub quoted: Range<usize>,
}

/// The chosen quote, laid out.
#[derive(Clone, Debug, Default)]
pub struct QuotePreview {
    /// Rows that it takes; 0 where there is no room.
    pub height: u16,
    /// How much is shown around it: 0 its words, 1 its turns whole, 2 a turn more on either side.
    pub around: usize,
    /// Whether the question before it is shown.
    pub question: bool,
    /// Codes, attribution and standing, in words.
    pub said: Vec<String>,
    /// Its rows.
    pub rows: Vec<PreviewRow>,
    /// The first of them in sight.
    top: usize,
    laid_for: Option<LaidFor>,
    /// Templates of attributions, and the version of the study that they were read from.
    templates: Option<(u64, Result<Arc<Templates>, AttributionError>)>,
}

/// What a layout holds for: the quote, the version of the study, the columns, and what is asked for around it.
type LaidFor = (QuoteId, u64, u16, usize, bool);

impl QuotePreview {
    pub(super) fn is_widened(&self) -> bool {
        self.around > 0 || self.question
    }

    /// The rows that have room.
    #[must_use]
    pub fn in_sight(&self) -> &[PreviewRow] {
        self.rows.get(self.top..self.rows.len().min(self.top + self.room())).unwrap_or_default()
    }

    /// Whether rows stand above those in sight, and below them.
    #[must_use]
    pub fn is_cut(&self) -> (bool, bool) {
        let has_room = self.room() > 0;
        (has_room && self.top > 0, has_room && self.top + self.room() < self.rows.len())
    }

    /// Rows between the rule above and what is said below.
    fn room(&self) -> usize {
        usize::from(self.height).saturating_sub(1 + self.said.len())
    }

    /// From the first row, unless the quote would not be in sight then.
    fn show_quote(&mut self) {
        let first = self.rows.iter().position(|row| !row.quoted.is_empty()).unwrap_or(0);
        let last = self.rows.iter().rposition(|row| !row.quoted.is_empty()).unwrap_or(0);
        self.top = (last + 1).saturating_sub(self.room()).min(first);
    }

    /// Moves by half of what is in sight.
    fn scroll(&mut self, down: bool) {
        let by = (self.room() / 2).max(1);
        self.top = if down { self.top + by } else { self.top.saturating_sub(by) };
        self.keep_full();
    }

    /// No row stays empty while there are more.
    fn keep_full(&mut self) {
        self.top = self.top.min(self.rows.len().saturating_sub(self.room()));
    }

    pub(super) fn narrow(&mut self) {
        (self.around, self.question) = (0, false);
    }

    /// Takes its part of so many rows: more where something is shown around the quote.
    pub(super) fn set_height(&mut self, body: u16) {
        /// Below this the list has all of the window.
        const ROOM: u16 = 12;
        self.height = match body {
            ..ROOM => 0,
            _ if self.is_widened() => (body * 2 / 3).max(8),
            _ => (body * 2 / 5).max(8),
        };
    }
}

impl Quotes {
    /// Shows more around the chosen quote, or less.
    pub(in crate::app) fn show_around(&mut self, more: bool) {
        let around = self.preview.around;
        self.preview.around = if more { (around + 1).min(MOST_AROUND) } else { around.saturating_sub(1) };
    }
}

impl Model {
    /// Shows the question before the chosen quote, or hides it again.
    pub(in crate::app) fn toggle_question(&mut self) -> Vec<Effect> {
        self.quotes.preview.question = !self.quotes.preview.question;
        if self.quotes.preview.question
            && let Some(quote) = self.chosen_quote()
            && let Some(around) = Around::of(&self.study, quote)
        {
            let between = around.question.map(|at| around.quoted.start - at - 1);
            self.say(match between {
                Some(0) => String::from("Asked: the question stands right before it."),
                Some(1) => String::from(
                    "Volunteered or asked of another: 1 turn stands between the question and it.",
                ),
                Some(turns) => format!(
                    "Volunteered or asked of another: {turns} turns stand between the question and it."
                ),
                None => String::from("No question stands before it."),
            });
        }
        Vec::new()
    }

    /// Moves what is shown of the chosen quote and of what stands around it.
    pub(in crate::app) fn scroll_preview(&mut self, down: bool) -> Vec<Effect> {
        let (above, below) = self.quotes.preview.is_cut();
        if down && !below || !down && !above {
            self.refuse(match down {
                true => "No more of this quote stands below.",
                false => "No more of this quote stands above.",
            });
        }
        self.quotes.preview.scroll(down);
        Vec::new()
    }

    /// Lays out the chosen quote in so many columns. Asks for the text that stands around it, where that is wanted.
    pub(super) fn lay_quote_preview(&mut self, width: u16) -> Vec<Effect> {
        let Some(quote) = self.chosen_quote().cloned() else {
            (self.quotes.preview.rows, self.quotes.preview.laid_for) = (Vec::new(), None);
            return Vec::new();
        };
        let preview = &self.quotes.preview;
        let wanted = (quote.id, self.sheets.version(), width, preview.around, preview.question);
        if preview.height == 0 || preview.laid_for == Some(wanted) {
            self.quotes.preview.keep_full();
            return Vec::new();
        }
        let needs_text = preview.is_widened() && self.texts.get(quote.revision).is_none();
        if needs_text && self.texts.ask(quote.revision) {
            return vec![Effect::LoadText(quote.revision)];
        }
        let columns = usize::from(width.saturating_sub(2)).clamp(6, 100);
        let mut rows = Vec::new();
        for (text, quoted) in self.preview_paragraphs(&quote) {
            for row in wrap(&text, columns) {
                let shown = text.get(row.clone()).unwrap_or_default();
                let inside = |at: usize| at.clamp(row.start, row.end) - row.start;
                rows.push(PreviewRow {
                    text: shown.trim_end().to_owned(),
                    quoted: inside(quoted.start)..inside(quoted.end),
                });
            }
        }
        let said = self.said_of(&quote);
        let preview = &mut self.quotes.preview;
        (preview.rows, preview.said) = (rows, said);
        preview.show_quote();
        // Until the text is here only the quote's own words are shown, and this is done again.
        preview.laid_for = (!needs_text).then_some(wanted);
        Vec::new()
    }

    /// Each paragraph with the bytes of it that are the quote's.
    fn preview_paragraphs(&self, quote: &Quote) -> Vec<(String, Range<usize>)> {
        let preview = &self.quotes.preview;
        let turns = self.study.turns_of(quote.revision);
        let around = Around::of(&self.study, quote);
        let text = self.texts.get(quote.revision).filter(|_| preview.is_widened());
        let (Some(turns), Some(around)) = (turns, around) else {
            return vec![flat(&quote.text, 0..quote.text.len(), "")];
        };
        let shown = match preview.around {
            0 => around.quoted.clone(),
            by => around.widened(by - 1, turns.turns.len()),
        };
        let may_show = self.study.shown_speech(quote.transcript);
        let mut paragraphs = Vec::new();
        let question = around.question.filter(|at| preview.question && !shown.contains(at));
        if let (Some(text), Some((at, turn))) =
            (text, question.and_then(|at| Some((at, turns.turns.get(at)?))))
        {
            let speech = may_show.of(at, turn, text).unwrap_or(HIDDEN);
            paragraphs.push(flat(speech, 0..0, &self.label_of(quote, turns, turn)));
        }
        let several = shown.len() > 1 || question.is_some();
        for (index, turn) in shown.clone().zip(turns.turns.get(shown).unwrap_or_default()) {
            let label = if several { self.label_of(quote, turns, turn) } else { String::new() };
            let shared = quote.span.intersection(turn.speech);
            match (text.filter(|_| preview.around > 0), shared) {
                (Some(text), _) => {
                    let speech = may_show.of(index, turn, text).unwrap_or(HIDDEN);
                    let at = |byte: u32| (byte - turn.speech.start) as usize;
                    let quoted = shared.map_or(0..0, |shared| at(shared.start)..at(shared.end));
                    paragraphs.push(flat(speech, quoted, &label));
                }
                (None, Some(shared)) => {
                    let words = shared.slice_of(&quote.text, quote.span).unwrap_or_default();
                    paragraphs.push(flat(words, 0..words.len(), &label));
                }
                (None, None) => {}
            }
        }
        paragraphs
    }

    fn label_of(&self, quote: &Quote, turns: &Turns, turn: &crate::study::Turn) -> String {
        speaker_of(&self.study, quote.transcript, turns, turn).to_owned()
    }

    /// The templates of attributions, read once for each version of the study.
    pub(super) fn templates(&mut self) -> Result<Arc<Templates>, AttributionError> {
        let version = self.sheets.version();
        let held = self.quotes.preview.templates.take().filter(|(of, _)| *of == version);
        let (_, templates) = self
            .quotes
            .preview
            .templates
            .insert(held.unwrap_or_else(|| (version, Templates::of(&self.study).map(Arc::new))));
        templates.clone()
    }

    /// What is said of the chosen quote besides its words.
    fn said_of(&mut self, quote: &Quote) -> Vec<String> {
        let codes: Vec<String> =
            self.study.codings_on(quote.id).map(|coding| self.study.coding_words(coding)).collect();
        let attributed = self.templates().and_then(|templates| {
            let attribution = Attribution::from_templates(&self.study, templates)?;
            Ok((attribution.of_quote(quote)?, attribution.telling_in(quote)?))
        });
        let (attribution, telling) = match attributed {
            Ok((Some(words), telling)) => (format!("({words})"), telling),
            Ok((None, _)) => (String::from("no participant speaks here"), Vec::new()),
            Err(error) => (error.to_string(), Vec::new()),
        };
        let k = self.study.settings.attribution.k;
        let mut standing: Vec<String> = telling
            .first()
            .map(|held| format!("fits {}, fewer than {k}", held.people()))
            .into_iter()
            .collect();
        if let Some(row) = self.quotes.list.row() {
            let who = self.study.coder_name(quote.coder);
            standing.extend((quote.coder != self.me.id).then(|| format!("by {who}")));
            standing.extend(row.marks.starred.then(|| String::from("starred")));
            let drafts: Vec<&str> = self.study.drafts_with(quote.id).collect();
            standing.extend(row.marks.used.then(|| format!("used in {}", drafts.join(", "))));
            standing.extend(row.in_basket.then(|| String::from("in the basket")));
            standing.extend(row.marks.refused.then(|| String::from("did not agree to be quoted")));
            standing.extend(row.marks.earlier.then(|| String::from("coded by an earlier definition")));
        }
        let mut said =
            vec![if codes.is_empty() { String::from("no code") } else { codes.join("; ") }, attribution];
        if !standing.is_empty() {
            said.push(standing.join(" · "));
        }
        said
    }
}

/// A paragraph on one line behind a label, with the bytes of it that are the quote's.
fn flat(words: &str, quoted: Range<usize>, label: &str) -> (String, Range<usize>) {
    let label = if label.is_empty() { String::new() } else { format!("{label}: ") };
    let at = label.len();
    // A line break is as long as a blank.
    (format!("{label}{}", words.replace('\n', " ")), quoted.start + at..quoted.end + at)
}

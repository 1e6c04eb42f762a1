//! The quotes of a code, listed to be stepped through.

use std::ops::Range;

use super::{Codebook, Model, Page};
use crate::app::wrap::wrap;
use crate::app::{Effect, Spot};
use crate::study::{CodeId, Coding, CodingId, Quote, QuoteId, Study, Valence};
use crate::text::counted;

/// Rows that a quote shows which is not the chosen one.
const SHOWN: usize = 3;
/// Columns in front of a quote's text.
const MARGIN: u16 = 4;

/// A quote with a code, cut into rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaidCoding {
    /// The coding.
    pub coding: CodingId,
    /// Its quote.
    pub quote: QuoteId,
    /// Its coder starred it.
    pub starred: bool,
    /// Somebody in it did not agree to be quoted.
    pub refused: bool,
    /// What it says, if its code leaves that to it.
    pub valence: Option<Valence>,
    /// Where it stands, who speaks, and what else is worth saying: `I43:41 · P088`.
    pub place: String,
    /// Bytes of its text, a row each.
    pub rows: Vec<Range<usize>>,
}

impl Codebook {
    /// Rows that a quote shows below its place: all of the chosen one.
    #[must_use]
    pub fn rows_shown(&self, index: usize) -> usize {
        let rows = self.codings.get(index).map_or(0, |laid| laid.rows.len());
        if index == self.list.chosen { rows } else { rows.min(SHOWN) }
    }

    /// The first line of a quote, and one past its last.
    pub(super) fn lines_of(&self, index: usize) -> (usize, usize) {
        let first: usize = (0..index).map(|before| self.rows_shown(before) + 1).sum();
        (first, first + self.rows_shown(index) + 1)
    }
}

impl Model {
    /// Opens the quotes of the chosen code.
    pub(in crate::app) fn open_code(&mut self) -> Vec<Effect> {
        match self.chosen_code() {
            Some(code) => self.open_quotes_of(code.id),
            None => Vec::new(),
        }
    }

    pub(super) fn open_quotes_of(&mut self, code: CodeId) -> Vec<Effect> {
        if self.codings_to_list(code, true).is_empty() {
            let name = self.code_name(code);
            self.refuse(format!("Nothing is coded with “{name}” yet."));
            return Vec::new();
        }
        self.open_codebook_page(Page::Quotes, Some(code))
    }

    /// Opens the codings of the chosen code that were made before its definition last changed.
    pub(in crate::app) fn open_older_codings(&mut self) -> Vec<Effect> {
        match self.chosen_code() {
            Some(code) => self.open_codebook_page(Page::Older, Some(code.id)),
            None => Vec::new(),
        }
    }

    /// Enter: from a quote to its place, from a transcript into it.
    pub(in crate::app) fn open_listed(&mut self) -> Vec<Effect> {
        if self.codebook.page == Page::Finished {
            return self.open_finished();
        }
        let Some(laid) = self.codebook.codings.get(self.codebook.list.chosen) else {
            self.refuse("Nothing is listed here.");
            return Vec::new();
        };
        self.visit_quote(laid.quote)
    }

    /// Codings with a code (and those below it, if `below`) in layers of record, and this coder's own, in the order of the
    /// study.
    fn codings_to_list(&self, code: CodeId, below: bool) -> Vec<(&Quote, &Coding)> {
        let codes = if below { self.study.descendants(code) } else { [code].into() };
        let mut found = Vec::new();
        for transcript in self.study.transcripts_by_name() {
            let record = self.study.layer_of_record(transcript.id);
            for quote in self.study.quotes_in(transcript.id) {
                if Some(quote.coder) == record || quote.coder == self.me.id {
                    let on = self.study.codings_on(quote.id).filter(|coding| codes.contains(&coding.code));
                    found.extend(on.map(|coding| (quote, coding)));
                }
            }
        }
        found
    }

    /// Lists the quotes of the page.
    pub(super) fn list_codings(&mut self) {
        let Some(code) = self.codebook.about else { return };
        let older = self.codebook.page == Page::Older;
        let since = self.codebook.past().and_then(|past| past.definition_since(code));
        let all = self.codings_to_list(code, !older);
        let count = all.len();
        let name = self.code_name(code);
        let shown: Vec<(&Quote, &Coding)> = match (older, since) {
            (false, _) => all,
            (true, since) => all.into_iter().filter(|(_, coding)| Some(coding.at) < since).collect(),
        };
        let said = match (older, since) {
            (false, _) => format!("“{name}” · {}", counted(count, "quote", "quotes")),
            (true, None) if self.codebook.is_coming() => format!("“{name}” · reading the history …"),
            (true, None) => {
                format!("“{name}” · it still has its first definition")
            }
            (true, Some(since)) => format!(
                "“{name}” · {} of {} older than its definition of {}",
                shown.len(),
                counted(count, "coding", "codings"),
                self.time_words(since)
            ),
        };
        let width = self.size.width;
        let codings =
            shown.into_iter().map(|(quote, coding)| self.lay_coding((quote, coding), code, width)).collect();
        self.codebook.codings = codings;
        self.codebook.said = said;
    }

    /// A quote with its coding, laid out; `about` is the code that goes without saying.
    pub(super) fn lay_coding(
        &self,
        (quote, coding): (&Quote, &Coding),
        about: CodeId,
        width: u16,
    ) -> LaidCoding {
        let spot = Spot { transcript: quote.transcript, span: quote.span };
        let mut place = format!("{} · {}", self.address(spot), people_words(&self.study, quote));
        if coding.code != about {
            place.push_str(&format!(" · {}", self.code_name(coding.code)));
        }
        if quote.coder != self.me.id
            && let Some(coder) = self.study.coders().get(&quote.coder)
        {
            place.push_str(&format!(" · by {}", coder.name));
        }
        LaidCoding {
            coding: coding.id,
            quote: quote.id,
            starred: quote.starred,
            refused: self.study.refuses_quoting(quote),
            valence: coding.valence,
            place,
            rows: wrap(&quote.text, usize::from(width.saturating_sub(MARGIN + 1)).min(100)),
        }
    }
}

/// Who speaks in a quote.
fn people_words(study: &Study, quote: &Quote) -> String {
    let voices = study.voices_of_quote(quote);
    let people = voices.into_iter().filter_map(crate::study::Voice::participant);
    let names: Vec<&str> =
        people.filter_map(|id| study.participants().get(&id)).map(|person| person.name.as_str()).collect();
    if names.is_empty() { String::from("no participant") } else { names.join(", ") }
}

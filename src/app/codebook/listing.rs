//! The quotes of a code, listed to be stepped through.

use std::collections::BTreeMap;

use super::{Model, Page};
use crate::app::Effect;
use crate::app::laid_quotes::{Fit, ListedQuote};
use crate::study::{CodeId, Coding, Study};
use crate::text::counted;

/// Columns beside a quote's words.
const MARGIN: u16 = 5;
/// Columns of a quote's words at most.
const WIDEST: u16 = 100;

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
        let Some(quote) = self.codebook.codings.quote() else {
            self.refuse("Nothing is listed here.");
            return Vec::new();
        };
        self.visit_quote(quote)
    }

    /// Codings with a code (and those below it, if `below`) in layers of record, and this coder's own, in the order of the
    /// study.
    fn codings_to_list(&self, code: CodeId, below: bool) -> Vec<&Coding> {
        let codes = if below { self.study.descendants(code) } else { [code].into() };
        let mut found = Vec::new();
        for transcript in self.study.transcripts_by_name() {
            let record = self.study.layer_of_record(transcript.id);
            for quote in self.study.quotes_in(transcript.id) {
                if Some(quote.coder) == record || quote.coder == self.me.id {
                    let on = self.study.codings_on(quote.id);
                    found.extend(on.filter(|coding| codes.contains(&coding.code)));
                }
            }
        }
        found
    }

    /// Lists the quotes of the page.
    pub(super) fn list_codings(&mut self) {
        let Some(code) = self.codebook.about else { return };
        let older = self.codebook.page == Page::Older;
        let since = self.codebook.definition_since(code);
        let all = self.codings_to_list(code, !older);
        let (count, joined) = (all.len(), joined_by_overlap(&self.study, &all));
        let name = self.code_name(code);
        let is_listed = |coding: &Coding| !older || self.is_of_earlier_definition(coding);
        let shown: Vec<ListedQuote> =
            all.into_iter().filter(|held| is_listed(held)).map(ListedQuote::from).collect();
        let said = match (older, since) {
            // The codebook counts fewer codings then, and this is why.
            (false, _) if joined > 0 => format!(
                "“{name}” · {}, where they overlap one coding: {}",
                counted(count, "quote", "quotes"),
                counted(count - joined, "coding", "codings")
            ),
            (false, _) => format!("“{name}” · {}", counted(count, "quote", "quotes")),
            (true, None) => {
                let said = self.codebook.lacks_past().unwrap_or("it still has its first definition");
                format!("“{name}” · {said}")
            }
            (true, Some(since)) => format!(
                "“{name}” · {} of {} older than its definition of {}",
                shown.len(),
                counted(count, "coding", "codings"),
                self.time_words(since)
            ),
        };
        self.codebook.codings.list(shown);
        self.codebook.said = said;
    }

    /// Lays out the quotes of the page in so many lines. The code that it is about goes without saying, and one's own name.
    pub(super) fn lay_codings(&mut self, height: usize) {
        let mut list = std::mem::take(&mut self.codebook.codings);
        let width = usize::from(self.size.width.saturating_sub(MARGIN).min(WIDEST));
        let fit = Fit { width, height, opened: true, ..Fit::default() };
        self.lay_in_sight(&mut list, fit, |quote, coding| {
            let other = coding.filter(|coding| Some(coding.code) != self.codebook.about);
            let code = other.map(|coding| self.code_name(coding.code));
            let coder =
                (quote.coder != self.me.id).then(|| format!("by {}", self.study.coder_name(quote.coder)));
            code.into_iter().chain(coder).collect()
        });
        self.codebook.codings = list;
    }
}

/// How many of these stand on words that one before them stands on too, of the same coder and code: they are one coding of
/// the counts. They come by transcript, in the order of their beginnings.
fn joined_by_overlap(study: &Study, listed: &[&Coding]) -> usize {
    let mut ends = BTreeMap::new();
    let quoted = listed.iter().filter_map(|coding| Some((study.quotes().get(&coding.quote)?, coding)));
    let joined = quoted.filter(|(quote, coding)| {
        let end = ends.entry((quote.transcript, quote.coder, coding.code)).or_insert(0);
        let joined = quote.span.start < *end;
        *end = quote.span.end.max(*end);
        joined
    });
    joined.count()
}

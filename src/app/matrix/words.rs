//! The matrix in words: the chosen cell, counts of states, and why nothing is there.

use crate::analysis::{CellState, Moved, RowsBy, StateCounts};
use crate::app::Model;
use crate::study::{Case, Quote, QuoteId, Summary, SummaryState, Topic};
use crate::text::counted;

impl Model {
    /// `P088 on “Appointment time”`.
    #[must_use]
    pub fn cell_name(&self, case: Case, topic: &Topic) -> String {
        let row = self.study.case_name(case).unwrap_or("?");
        format!("{row} on “{}”", self.study.topic_name(topic).unwrap_or("?"))
    }

    /// What the chosen cell is and holds, in a line.
    #[must_use]
    pub fn cell_words(&self) -> Option<String> {
        let (case, topic) = self.matrix.chosen()?;
        let cell = self.matrix.cell()?;
        let mut words = vec![self.cell_name(case, &topic)];
        let summary = cell.summary.and_then(|id| self.study.summaries().get(&id));
        let why = self.matrix.why_stale.as_ref().filter(|_| cell.state == CellState::Stale);
        // Which quotes moved comes first, as a narrow window cuts the end. That nobody knows them can be cut.
        let (moved, unknown) = match summary.and_then(|summary| summary.basis.as_ref()) {
            Some(_) => (why, None),
            None => (None, why),
        };
        words.extend(moved.map(|why| format!("stale: {why}")));
        words.push(match cell.evidence.len() {
            0 => String::from("no quotes"),
            1 => String::from("1 quote"),
            many => format!("{many} quotes"),
        });
        if let Some(summary) = summary {
            let stale = match (moved, unknown) {
                (None, Some(why)) => format!(", stale: {why}"),
                (None, None) if cell.state == CellState::Stale => String::from(", stale"),
                _ => String::new(),
            };
            words.push(format!("{}{stale}", self.written_by_words(summary)));
        }
        if !cell.others.is_empty() {
            words.push(format!("{} summaries", cell.summaries().count()));
        }
        if self.matrix.memos.has_cell(case, &topic) {
            words.push(String::from("memo"));
        }
        if self.is_kept_back(case, &topic) {
            words.push(String::from("your summary is kept back, as it rests on hidden words"));
        }
        if self.has_summary_draft(case, &topic) {
            words.push(String::from("a draft is not saved"));
        }
        Some(words.join(" · "))
    }

    /// What came, went and changed since the summary that is shown of the chosen cell was written, if that is stale; `None` as well
    /// where nobody knows any more what it was written on.
    pub(super) fn moved_in_cell(&self) -> Option<Moved> {
        let cell = self.matrix.cell().filter(|cell| cell.state == CellState::Stale)?;
        let summary = self.study.summaries().get(&cell.summary?)?;
        let mut moved =
            Moved::between(summary.basis.as_deref()?, &self.basis_now(&summary.quotes).unwrap_or_default());
        // What is linked and no evidence did not come, and if it was another one it went.
        let is_evidence = |quote: &QuoteId| cell.evidence.contains(quote);
        moved.came.retain(is_evidence);
        moved.left.extend(moved.changed.extract_if(.., |quote| !is_evidence(quote)));
        Some(moved)
    }

    /// The state of a summary, with whoever checked it if that is not who wrote it: `checked by c1`.
    pub(super) fn checked_words(&self, summary: &Summary) -> String {
        let by = summary.checked_by.filter(|by| *by != summary.coder);
        let by = by.map_or_else(String::new, |by| format!(" by {}", self.study.coder_name(by)));
        format!("{}{by}", summary.state.name())
    }

    /// Whose a summary is and who checked it: `checked by c1, written by bea 2026-11-30`.
    fn written_by_words(&self, summary: &Summary) -> String {
        let (writer, day) = (self.study.coder_name(summary.coder), self.day_words(summary.at));
        let is_own = summary.state == SummaryState::Drafted || summary.checked_by == Some(summary.coder);
        let written = if is_own { "" } else { ", written" };
        format!("{}{written} by {writer} {day}", self.checked_words(summary))
    }

    /// Why the chosen cell is stale, if it is: `new: I43:41; gone: I02:3; coded otherwise or reworded: I01:7`.
    pub(super) fn stale_words(&self) -> Option<String> {
        self.matrix.cell().filter(|cell| cell.state == CellState::Stale)?;
        let Some(moved) = self.moved_in_cell() else {
            return Some(String::from("what it was written on is not known any more, so look at all of it"));
        };
        let parts =
            [("new", moved.came), ("gone", moved.left), ("coded otherwise or reworded", moved.changed)];
        let parts = parts.into_iter().filter(|(_, quotes)| !quotes.is_empty());
        let words: Vec<String> =
            parts.map(|(what, quotes)| format!("{what}: {}", self.addresses_in_words(&quotes))).collect();
        Some(words.join("; ")).filter(|words| !words.is_empty())
    }

    /// The addresses of some quotes; those that are not in the study any more are only counted.
    fn addresses_in_words(&self, quotes: &[QuoteId]) -> String {
        const NAMED: usize = 3;
        let held: Vec<&Quote> = quotes.iter().filter_map(|id| self.study.quotes().get(id)).collect();
        let mut words: Vec<String> =
            held.iter().take(NAMED).map(|quote| self.study.address_of(quote)).collect();
        let more = quotes.len() - words.len();
        if more > 0 {
            words.push(match words.is_empty() {
                true => counted(more, "quote", "quotes"),
                false => format!("{more} more"),
            });
        }
        words.join(", ")
    }

    /// What the matrix is: `91 cases by 10 themes`.
    #[must_use]
    pub fn matrix_words(&self) -> String {
        let matrix = &self.matrix;
        let cases = matrix.counts.cases;
        let (one, many) = match matrix.layout.rows {
            RowsBy::Mixed => ("case", "cases"),
            RowsBy::Participants => ("participant", "participants"),
            RowsBy::Transcripts => ("transcript", "transcripts"),
            RowsBy::Groups => ("focus group", "focus groups"),
        };
        let columns = matrix.grid.columns.len();
        let (topic, topics) = match matrix.layout.columns {
            super::ColumnsChoice::Themes => ("theme", "themes"),
            super::ColumnsChoice::Codes(_) => ("code", "codes"),
            super::ColumnsChoice::Components(_) => ("component", "components"),
        };
        let cases_word = if cases == 1 { one } else { many };
        let only = if matrix.layout.filter.is_empty() { "" } else { ", filtered" };
        format!("{cases} {cases_word} by {columns} {}{only}", if columns == 1 { topic } else { topics })
    }

    /// How many summaries stand on other rows or columns, with the keys that choose those; `None` if none does.
    #[must_use]
    pub fn elsewhere_words(&self) -> Option<String> {
        let summaries = self.matrix.elsewhere;
        let keys = || format!("{}, {}", self.keys_of("choose_rows"), self.keys_of("choose_columns"));
        let said =
            || counted(summaries, "summary on another row or column", "summaries on other rows or columns");
        (summaries > 0).then(|| format!("{} ({})", said(), keys()))
    }

    /// States that there are, with their counts: `12 evidence, 3 drafted, 1 stale`.
    #[must_use]
    pub fn state_words(counts: &StateCounts) -> String {
        let states = CellState::ALL.into_iter().skip(1).filter(|state| counts.of(*state) > 0);
        let words: Vec<String> =
            states.map(|state| format!("{} {}", counts.of(state), state.name())).collect();
        if words.is_empty() { String::from("nothing said") } else { words.join(", ") }
    }

    /// Why there is no cell to choose, and what to do.
    #[must_use]
    pub fn empty_matrix_words(&self) -> String {
        let matrix = &self.matrix;
        if !self.complete {
            return String::from("reading the study …");
        }
        if matrix.grid.rows.is_empty() {
            return match matrix.layout.filter.is_empty() {
                true => String::from(
                    "There is no case yet: nobody speaks who is bound to a participant. Import transcripts, or say who \
                     speaks under People.",
                ),
                false => format!(
                    "No case matches the filter; {} changes it, {} takes it away.",
                    self.keys_of("filter_matrix"),
                    self.keys_of("cancel")
                ),
            };
        }
        match matrix.layout.columns {
            super::ColumnsChoice::Themes => format!(
                "There is no theme yet: make one in the codebook, or let {} choose codes or components as columns.",
                self.keys_of("choose_columns")
            ),
            super::ColumnsChoice::Codes(_) => String::from("There is no code yet: code something first."),
            super::ColumnsChoice::Components(_) => String::from("This framework has no components."),
        }
    }
}

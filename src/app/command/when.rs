//! What must hold for a command to run, judged on a plain picture of the moment.

use crate::analysis::{TableKind, TableOption};
use crate::app::codebook::Page;
use crate::app::{Model, Screen};

/// A picture of the moment: everything that decides which commands can run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each named by a variant of `When`")]
pub struct Situation {
    /// The whole study is here.
    pub complete: bool,
    /// The text that is to be read is here.
    pub text: bool,
    /// The study may be changed.
    pub writable: bool,
    /// Something is selected, beyond the unit under the cursor.
    pub selection: bool,
    /// This coder used a code before.
    pub last_code: bool,
    /// The cursor is on a coding of this coder.
    pub coding: bool,
    /// The text field that takes what is typed is empty, or there is none.
    pub field_empty: bool,
    /// A search found something.
    pub hits: bool,
    /// There is an earlier place to go back to.
    pub trail: bool,
    /// What the chosen hit says is here.
    pub hit_read: bool,
    /// There is an earlier query to recall.
    pub earlier_query: bool,
    /// A query of before was recalled.
    pub recalling: bool,
    /// Files to be imported are read and planned.
    pub import_read: bool,
    /// This coder is blind on a transcript that a key would be about.
    pub blind: bool,
    /// More of the chosen quote and of what stands around it is there than is in sight.
    pub quote_cut: bool,
    /// A quote or passage can be chosen: of panels, codebook and tables, only where the quotes behind a number are open.
    pub quotable: bool,
    /// The basket is shown, and not all quotes.
    pub basket: bool,
    /// The chosen quote of the list is in this coder's basket.
    pub put_aside: bool,
    /// More is told of the chosen row of a review than is in sight.
    pub review_cut: bool,
    /// The list in sight is what its filter finds.
    pub listed: bool,
    /// A step was refused, and waits for a choice.
    pub refused: bool,
    /// The table of a paper that is on the screen.
    pub table: Option<TableKind>,
    /// It can be seen as a picture.
    pub picture: bool,
    /// It is seen as one: there is no cursor in it.
    pub seen_as_picture: bool,
    /// A memo is being written, and not the words of a turn put right.
    pub memo: bool,
}

impl Situation {
    /// The picture of this moment.
    #[must_use]
    pub fn of(model: &Model) -> Situation {
        Situation {
            complete: model.complete,
            text: model.read.is_open(),
            writable: model.read_only.is_none(),
            selection: model.read.has_selection(),
            last_code: model.recent.last(&model.study).is_some(),
            coding: model.screen == Screen::Read && model.has_coding_here(),
            field_empty: model.field().is_none_or(crate::app::TextField::is_empty),
            hits: model.search.has_hits(),
            trail: !model.trail.is_empty(),
            hit_read: model.search.is_hit_read(),
            earlier_query: model.search.can_recall(),
            recalling: model.search.is_recalling(),
            import_read: model.import_preview.is_ready(),
            blind: matches!(model.screen, Screen::Read | Screen::Transcripts) && model.is_blind_here(),
            quote_cut: model.screen == Screen::Quotes && model.quotes.preview.is_cut() != (false, false),
            quotable: model.has_quotes_open(),
            basket: model.screen == Screen::Quotes && model.quotes.basket,
            put_aside: model.screen == Screen::Quotes
                && model.quotes.list.row().is_some_and(|row| row.in_basket),
            review_cut: model.screen == Screen::Codebook
                && model.codebook.page == Page::Reviews
                && model.codebook.is_review_cut(usize::from(model.body().height)),
            listed: model.screen != Screen::Quotes || model.quotes.is_listed(),
            refused: !model.coders.refused.is_empty(),
            table: model.tables.place.open.filter(|_| model.screen == Screen::Tables),
            picture: model.tables.shown().is_some_and(|table| table.picture.is_some()),
            seen_as_picture: model.screen == Screen::Tables && model.tables.is_seen_as_picture(),
            memo: model.writes_memo(),
        }
    }
}

impl Situation {
    /// Whether a table is open that takes this option.
    fn is_table_by(&self, option: TableOption) -> bool {
        self.table.is_some_and(|kind| kind.takes(option))
    }
}

/// One thing that must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// See [`Situation::complete`].
    Complete,
    /// See [`Situation::text`].
    Text,
    /// See [`Situation::writable`].
    Writable,
    /// See [`Situation::selection`].
    Selection,
    /// See [`Situation::last_code`].
    LastCode,
    /// See [`Situation::coding`].
    OnCoding,
    /// See [`Situation::field_empty`].
    FieldEmpty,
    /// See [`Situation::hits`].
    Hits,
    /// See [`Situation::trail`].
    Trail,
    /// See [`Situation::hit_read`].
    HitRead,
    /// See [`Situation::earlier_query`].
    EarlierQuery,
    /// See [`Situation::recalling`].
    Recalling,
    /// See [`Situation::import_read`].
    ImportRead,
    /// See [`Situation::blind`].
    Blind,
    /// See [`Situation::refused`].
    Refused,
    /// See [`Situation::table`].
    Table,
    /// That table has groups side by side.
    Grouped,
    /// That table counts people or codings, as one likes.
    Measured,
    /// That table is a crosstab.
    Crosstab,
    /// That table is of codes that occur together.
    Cooccurrence,
    /// See [`Situation::picture`].
    Pictured,
    /// See [`Situation::seen_as_picture`]: it is not.
    WithCursor,
    /// See [`Situation::memo`].
    Memo,
    /// See [`Situation::quote_cut`].
    QuoteCut,
    /// See [`Situation::quotable`].
    Quotable,
    /// See [`Situation::basket`]: it is not.
    AllQuotes,
    /// See [`Situation::put_aside`].
    PutAside,
    /// See [`Situation::review_cut`].
    ReviewCut,
    /// See [`Situation::listed`].
    Listed,
}

impl When {
    /// Whether it holds.
    #[must_use]
    pub fn holds(self, now: &Situation) -> bool {
        match self {
            When::Complete => now.complete,
            When::Text => now.text,
            When::Writable => now.writable,
            When::Selection => now.selection,
            When::LastCode => now.last_code,
            When::OnCoding => now.coding,
            When::FieldEmpty => now.field_empty,
            When::Hits => now.hits,
            When::Trail => now.trail,
            When::HitRead => now.hit_read,
            When::EarlierQuery => now.earlier_query,
            When::Recalling => now.recalling,
            When::ImportRead => now.import_read,
            When::Blind => now.blind,
            When::Refused => now.refused,
            When::Table => now.table.is_some(),
            When::Grouped => now.is_table_by(TableOption::By),
            When::Measured => now.is_table_by(TableOption::Count),
            When::Crosstab => now.is_table_by(TableOption::With),
            When::Cooccurrence => now.is_table_by(TableOption::Together),
            When::Pictured => now.picture,
            When::WithCursor => !now.seen_as_picture,
            When::Memo => now.memo,
            When::QuoteCut => now.quote_cut,
            When::Quotable => now.quotable,
            When::AllQuotes => !now.basket,
            When::PutAside => now.put_aside,
            When::ReviewCut => now.review_cut,
            When::Listed => now.listed,
        }
    }

    /// What is missing and what to do, in a sentence.
    #[must_use]
    pub fn why_not(self) -> &'static str {
        match self {
            When::Complete => "The study is still being read.",
            When::Text => "No transcript is open: choose one under Transcripts.",
            When::Writable => "The study is open for reading only.",
            When::Selection => "Nothing is selected.",
            When::LastCode => "No code was used yet: choose one first.",
            When::OnCoding => "There is no coding of yours here.",
            When::FieldEmpty => "Something is typed already.",
            When::Hits => "There is no search result to step through.",
            When::Trail => "There is no earlier place to go back to.",
            When::HitRead => "What this hit says cannot be read.",
            When::EarlierQuery => "There is no earlier query.",
            When::Recalling => "There is no later query.",
            When::ImportRead => "No files are read yet: `:import` and a path reads some.",
            When::Blind => "You do not code blind here.",
            When::QuoteCut => "All of this quote and of what is shown around it is in sight.",
            When::Quotable => "Open the quotes behind a number and choose one.",
            When::AllQuotes => {
                "The basket keeps its order, and shows all that is in it: go back to all quotes, which can be sorted and filtered."
            }
            When::PutAside => "The chosen quote is not in your basket.",
            When::ReviewCut => "All that is told of this row is in sight.",
            When::Listed => "What the filter finds is not listed yet.",
            When::WithCursor => {
                "Nothing is chosen in a picture: go back to the numbers, which open their quotes."
            }
            When::Memo => "These are the words of a turn, not a memo.",
            When::Refused => "No step of yours waits for a choice.",
            When::Table => "No table is open: choose one first.",
            When::Grouped => "Only sample, themes, components, codes, crosstab and joint have groups.",
            When::Measured => "Only themes, components, codes and crosstab count codings.",
            When::Crosstab => "Only a crosstab takes that: open it first.",
            When::Cooccurrence => "Only the table of codes that occur together takes that.",
            When::Pictured => {
                "There is no picture of this table: themes, components, codes and saturation have one."
            }
        }
    }

    /// Whether it will hold as soon as something arrives that is on its way: then a key waits for it.
    #[must_use]
    pub fn is_coming(self, model: &Model) -> bool {
        if model.store_gone {
            return false;
        }
        match self {
            When::Complete | When::LastCode => !model.complete,
            When::Hits => !model.complete || model.search.waiting,
            When::ImportRead => model.import_preview.is_planning,
            When::Text | When::OnCoding => model.read.is_coming(),
            When::HitRead => model.search.is_hit_coming(),
            When::Listed => !model.quotes.is_listed(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_a_table_does_not_take_names_those_that_do() {
        let keys = [
            (When::Grouped, TableOption::By),
            (When::Measured, TableOption::Count),
            (When::Crosstab, TableOption::With),
            (When::Crosstab, TableOption::Code),
        ];
        for (when, option) in keys {
            for kind in TableKind::ALL {
                let named = when.why_not().contains(kind.name());
                assert_eq!(named, kind.takes(option), "{when:?}: {kind:?}");
            }
        }
    }
}

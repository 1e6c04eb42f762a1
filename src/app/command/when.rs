//! What must hold for a command to run, judged on a plain picture of the moment.

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
    /// A step was refused, and waits for a choice.
    pub refused: bool,
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
            refused: !model.coders.refused.is_empty(),
        }
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
            When::Refused => "No step of yours waits for a choice.",
        }
    }

    /// Whether it will hold as soon as something arrives that is on its way: then a key waits for it.
    #[must_use]
    pub fn is_coming(self, model: &Model) -> bool {
        if model.store_gone {
            return false;
        }
        match self {
            When::Complete | When::LastCode | When::Hits => !model.complete,
            When::ImportRead => model.import_preview.is_planning,
            When::Text | When::OnCoding => model.read.is_coming(),
            When::HitRead => model.search.is_hit_coming(),
            _ => false,
        }
    }
}

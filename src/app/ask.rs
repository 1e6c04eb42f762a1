//! Questions that lie above a screen: answered by one line of text, or by one row of a list.
//!
//! What an answer does is data: a variant of [`Asked`], which says what it is about, and one line in
//! [`Model::answer`], which hands the answer to whoever asked.

use super::codebook::CodebookQuestion;
use super::findings::Scope;
use super::layer::{Confirm, Layer};
use super::matrix::MatrixQuestion;
use super::memos::Facet;
use super::people::{AskedValue, Flag, Setting};
use super::read::{ListedDraft, is_meant, rank};
use super::tables::TableQuestion;
use super::{Effect, Model, TextField};
use crate::study::{ActionId, QuoteId, RevisionId, TranscriptId, TurnNumber};
use crate::study::{AttributeOf, MemoId, ParticipantId, SavedSearchId};
use crate::text::fold_name;

/// What an answer is for. Whoever asks adds a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The transcript or turn to go to: `I43`, `I43:41`.
    Address,
    /// The turn of this transcript to go to: `41`, `41a`.
    Turn,
    /// Words to find in this transcript.
    Words,
    /// The name of a mark to be set here.
    MarkName,
    /// The name of a mark to go to.
    Mark,
    /// Which of the places before, counted from the last one.
    EarlierPlace,
    /// Which of the things on the passage under the cursor.
    Here,
    /// Which attribute is to be changed.
    Attribute(Setting),
    /// The value of an attribute.
    Value(AskedValue),
    /// The name of a new attribute.
    AttributeName(AttributeOf, Setting),
    /// Which value rests on the passage.
    LinkedValue(Setting),
    /// Which attribute the participants are sorted by.
    SortAttribute,
    /// Whether a participant agreed to this.
    Consent(ParticipantId, Flag),
    /// Another name of a participant.
    ParticipantName(ParticipantId),
    /// Which memos are to be listed.
    MemoFacet(Facet),
    /// What a new memo is to be on.
    MemoThing,
    /// Which address in a memo to go to.
    MemoLink(MemoId),
    /// The group whose hits are wanted.
    HitGroup,
    /// The name of a search to be saved.
    SearchName,
    /// Which saved search to run.
    RunSearch,
    /// Which saved search gets another name.
    RenameSearch,
    /// The new name of a saved search.
    NewSearchName(SavedSearchId),
    /// Which saved search is taken away.
    DeleteSearch,
    /// The attribute whose values are set side by side.
    Compared,
    /// One more filter of the panels.
    PanelFilter,
    /// The filter of the panels, as typed.
    PanelFilterText,
    /// The component that rows of a panel go to, and whether a reason is given.
    ComponentFor(bool),
    /// Why rows of a panel go to the component of that number.
    ReasonFor(u32),
    /// Who speaks under this label of a file to be imported.
    ImportVoice(String),
    /// The name of a new participant who speaks under this label.
    ImportPerson(String),
    /// What this label is to be called.
    ImportLabel(String),
    /// By which layout this file is read.
    ImportLayout(String),
    /// The short name of the transcript in this file.
    ImportName(String),
    /// What a table is made of.
    Table(TableQuestion),
    /// How the matrix is laid out.
    Matrix(MatrixQuestion),
    /// The pseudonym for a finding, and how far it goes.
    Pseudonym(Scope),
    /// Something about the codebook.
    Codebook(CodebookQuestion),
    /// Who is to be blind on these transcripts, or is no longer.
    Blind(Vec<TranscriptId>),
    /// Whether this coder is blind no longer on these transcripts.
    EndBlind(Vec<TranscriptId>),
    /// Whose layer of these transcripts is to be the one of record.
    RecordLayer(Vec<TranscriptId>),
    /// Which coder.
    Coder,
    /// What to do about a step that was refused.
    Refused(ActionId),
    /// The code that a refused passage gets instead.
    RefusedCode(ActionId),
    /// What is to become of a quote in doubt.
    Doubt(QuoteId, RevisionId),
    /// Which of these quotes in doubt is to be settled, by its place among them.
    Doubts(Vec<QuoteId>),
    /// Which of these drafts is gone on with, by its place among them.
    Drafts(Vec<ListedDraft>),
    /// Which former text of a transcript is to be compared.
    Former(TranscriptId),
    /// Who speaks this one turn.
    TurnVoice(TranscriptId, TurnNumber),
    /// Who this label is in a transcript.
    LabelVoice(TranscriptId, String),
    /// What to do about a memo that somebody else changed while it was being written.
    ChangedMemo,
}

/// A question that one line answers.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// The question, in a few words.
    pub question: String,
    /// The line.
    pub field: TextField,
    /// What is said in place of an empty line.
    pub hint: &'static str,
    /// What the answer is for.
    pub asked: Asked,
}

/// A question that one row of a list answers.
#[derive(Clone, Debug)]
pub struct Chooser {
    /// The question, in a few words.
    pub question: String,
    /// Only rows that match this are listed.
    pub field: TextField,
    /// What is said in place of an empty line.
    pub hint: &'static str,
    /// All that can be chosen.
    pub choices: Vec<Choice>,
    /// Those listed, as places in `choices`, the best match first.
    pub rows: Vec<usize>,
    /// Which row is chosen.
    pub chosen: usize,
    /// Whether what is typed is an answer of its own where no row matches.
    pub free: bool,
    /// Whether what is typed is a row of its own, unless one of the choices is just that.
    pub as_typed: Option<AsTyped>,
    /// How many of the choices were given; what is typed may stand behind them.
    pub(super) given: usize,
    /// What the answer is for.
    pub asked: Asked,
}

/// What is typed, as a row among the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsTyped {
    /// What it is, said at the right.
    pub is: &'static str,
    /// So many choices, from the first on, stand above it if they are meant by what is typed, so that `male` is no part of
    /// `female`. The others do if what is typed is their first word at least: `m` is not `missing`.
    pub below: usize,
}

/// One row of a [`Chooser`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is listed, and what typing looks in.
    pub words: String,
    /// What is said of it at the right.
    pub detail: String,
    /// The answer that it gives.
    pub answer: String,
}

impl Chooser {
    /// A question with a list.
    #[must_use]
    pub fn new(question: impl Into<String>, hint: &'static str, choices: Vec<Choice>, asked: Asked) -> Self {
        let (rows, given) = ((0..choices.len()).collect(), choices.len());
        let (question, field) = (question.into(), TextField::default());
        Self { question, field, hint, choices, rows, chosen: 0, free: false, as_typed: None, given, asked }
    }

    /// The choice of the chosen row.
    #[must_use]
    pub fn choice(&self) -> Option<&Choice> {
        self.choices.get(*self.rows.get(self.chosen)?)
    }

    pub(super) fn step(&mut self, by: isize) {
        self.chosen = self.chosen.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
    }

    /// Lists what matches now.
    fn list(&mut self) {
        self.choices.truncate(self.given);
        // Names of attributes are written with blanks here and with underscores there: both find both.
        let blank = |words: &str| words.replace('_', " ");
        let named = self.choices.iter().enumerate().map(|(at, choice)| (at, blank(&choice.words)));
        self.rows = rank(&blank(self.field.text()), named.collect());
        self.chosen = 0;
        let typed = self.field.text().trim();
        let is_typed = |choice: &Choice| fold_name(&choice.words) == fold_name(typed);
        let Some(row) = self.as_typed.filter(|_| !typed.is_empty() && !self.choices.iter().any(is_typed))
        else {
            return;
        };
        let is_above = |at: &usize| match self.choices.get(*at).map(|choice| choice.words.as_str()) {
            Some(words) if *at < row.below => is_meant(typed, words),
            Some(words) => fold_name(words).starts_with(&format!("{} ", fold_name(typed))),
            None => false,
        };
        let (above, below): (Vec<usize>, Vec<usize>) = self.rows.iter().partition(|at| is_above(at));
        self.rows = above.into_iter().chain([self.given]).chain(below).collect();
        let (words, answer) = (format!("“{typed}”"), typed.to_owned());
        self.choices.push(Choice { words, detail: row.is.to_owned(), answer });
    }
}

impl Model {
    /// Asks for a line, with something in it already.
    pub(super) fn prompt(
        &mut self,
        question: impl Into<String>,
        hint: &'static str,
        begin: &str,
        asked: Asked,
    ) -> Vec<Effect> {
        let (question, field) = (question.into(), TextField::new(begin));
        self.layers.push(Layer::Prompt(Prompt { question, field, hint, asked }));
        Vec::new()
    }

    /// Asks for a row of a list.
    pub(super) fn choose(&mut self, chooser: Chooser) -> Vec<Effect> {
        self.layers.push(Layer::Chooser(chooser));
        Vec::new()
    }

    pub(super) fn chooser_changed(&mut self) {
        if let Some(Layer::Chooser(chooser)) = self.layers.last_mut() {
            chooser.list();
        }
    }

    /// Takes the answer of the topmost question. The question stays if there is none to take.
    pub(super) fn accept_answer(&mut self) -> Vec<Effect> {
        let (asked, answer) = match self.layers.last() {
            Some(Layer::Prompt(prompt)) => (prompt.asked.clone(), prompt.field.text().trim().to_owned()),
            Some(Layer::Chooser(chooser)) => {
                let typed = chooser.field.text().trim();
                match chooser.choice() {
                    Some(choice) => (chooser.asked.clone(), choice.answer.clone()),
                    None if chooser.free && !typed.is_empty() => (chooser.asked.clone(), typed.to_owned()),
                    None => {
                        self.refuse("Nothing is chosen: rub something out to list more.");
                        return Vec::new();
                    }
                }
            }
            _ => return Vec::new(),
        };
        self.layers.pop();
        self.answer(&asked, &answer)
    }

    /// Asks for a yes to what would be done.
    pub(super) fn confirm(&mut self, question: String, asked: Asked) -> Vec<Effect> {
        self.layers.push(Layer::Confirm(Confirm { question, asked }));
        Vec::new()
    }

    pub(super) fn answer(&mut self, asked: &Asked, answer: &str) -> Vec<Effect> {
        match asked {
            Asked::Address => self.go_to_address(answer),
            Asked::Matrix(question) => self.lay_matrix_by(*question, answer),
            Asked::Turn => self.go_to_turn(answer),
            Asked::Words => self.find_in_transcript(answer),
            Asked::MarkName => self.set_mark(answer),
            Asked::Mark => self.go_to_mark(answer),
            Asked::EarlierPlace => self.go_to_earlier(answer),
            Asked::Here => self.go_to_thing_here(answer),
            Asked::Attribute(setting) => self.attribute_answered(*setting, answer),
            Asked::Value(asked) => self.set_value(*asked, answer),
            Asked::AttributeName(of, setting) => self.add_attribute(*of, *setting, answer),
            Asked::LinkedValue(setting) => self.link_value(*setting, answer),
            Asked::SortAttribute => self.sort_people_by_attribute(answer),
            Asked::Consent(person, flag) => self.consent_answered(*person, *flag, answer),
            Asked::ParticipantName(person) => self.rename_participant(*person, answer),
            Asked::MemoFacet(facet) => self.narrow_memos(*facet, answer),
            Asked::MemoThing => self.write_memo_on_answer(answer),
            Asked::MemoLink(memo) => self.go_to_link(*memo, answer),
            Asked::HitGroup => self.go_to_group(answer),
            Asked::SearchName => self.save_search(answer),
            Asked::RunSearch => self.run_saved_search(answer),
            Asked::RenameSearch => self.ask_new_search_name(answer),
            Asked::NewSearchName(id) => self.rename_search(*id, answer),
            Asked::DeleteSearch => self.delete_search(answer),
            Asked::Compared => self.compare_by(answer),
            Asked::PanelFilter => self.add_panel_filter(answer),
            Asked::PanelFilterText => self.set_panel_filter(answer),
            Asked::ComponentFor(with_reason) => self.classify_by(answer, *with_reason),
            Asked::ReasonFor(number) => self.classify_because(*number, answer),
            Asked::ImportVoice(label) | Asked::ImportPerson(label) => self.bind_import_label(label, answer),
            Asked::ImportLabel(label) => self.rename_import_label(label, answer),
            Asked::ImportLayout(file) => self.read_import_by(file, answer),
            Asked::ImportName(file) => self.name_import_transcript(file, answer),
            Asked::Table(question) => self.answer_table(*question, answer),
            Asked::Pseudonym(scope) => self.replace_by_pseudonym(*scope, answer),
            Asked::Codebook(question) => self.answer_codebook(*question, answer),
            Asked::Blind(transcripts) => self.set_blind(transcripts, answer),
            Asked::EndBlind(transcripts) => self.end_my_blind(transcripts),
            Asked::RecordLayer(transcripts) => self.set_record(transcripts, answer),
            Asked::Coder => self.go_to_work_of(answer),
            Asked::Refused(action) => self.answer_refused(*action, answer),
            Asked::RefusedCode(action) => self.code_refused_with(*action, answer),
            Asked::Doubt(quote, shown) => self.answer_doubt(*quote, *shown, answer),
            Asked::Doubts(quotes) => self.go_to_doubt(quotes, answer),
            Asked::Drafts(drafts) => self.go_to_draft(drafts, answer),
            Asked::Former(transcript) => self.open_former(*transcript, answer),
            Asked::TurnVoice(transcript, turn) => self.set_turn_voice(*transcript, *turn, answer),
            Asked::LabelVoice(transcript, key) => self.set_label_voice(*transcript, key, answer),
            Asked::ChangedMemo => self.save_changed_memo(answer),
        }
    }
}

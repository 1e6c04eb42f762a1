//! What lies above the screen: a stack of layers, each with its own key table. Esc takes the topmost away.

use super::TextField;
use super::ask::{Asked, Chooser, Prompt};
use super::codebook::Form;
use super::command::{Line, Palette};
use super::read::{Former, MemoEditor, Picker, Writing};

/// Key tables by name: one for each screen and layer, and two that lie below them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerName {
    /// Below every table, wherever there is no text field.
    Global,
    /// Below every table that has a text field.
    Field,
    /// The list of transcripts.
    Transcripts,
    /// Its filter, while being typed.
    Filter,
    /// Reading and coding.
    Read,
    /// Search results.
    Search,
    /// The query, while being typed.
    Query,
    /// Going through hits one by one.
    Review,
    /// The panels.
    Panels,
    /// The participants.
    People,
    /// The tree of codes.
    Codebook,
    /// Its filter, while being typed.
    CodebookFilter,
    /// The themes.
    Themes,
    /// Quotes and transcripts listed for a code.
    CodeList,
    /// Quotes of a code being dealt out.
    Split,
    /// Versions of the codebook.
    Versions,
    /// The queue of a coauthor's review.
    Reviews,
    /// What is known of a code or theme, to be filled in.
    Form,
    /// The list of memos.
    Memos,
    /// The list of quotes.
    Quotes,
    /// Cases by themes.
    Matrix,
    /// The evidence of one cell.
    Cell,
    /// Writing the summary of one cell.
    Summary,
    /// The tables of a paper.
    Tables,
    /// What was done.
    History,
    /// Words that may tell who somebody is.
    Findings,
    /// What `study.toml` says.
    Settings,
    /// What an import would do.
    Import,
    /// One file of it, looked into.
    ImportFile,
    /// Choosing a code.
    Picker,
    /// Writing a memo.
    Memo,
    /// A former text of a transcript, and what differs.
    Former,
    /// The `:` line.
    Line,
    /// The list of all commands.
    Palette,
    /// All keys of a screen, and the glossary.
    Help,
    /// A question with yes or no.
    Ask,
    /// A question that one line answers.
    Prompt,
    /// A question that one row of a list answers.
    Chooser,
    /// The screen is blanked.
    Curtain,
}

impl LayerName {
    /// All of them, in the order in which help lists them.
    pub const ALL: [LayerName; 39] = [
        LayerName::Read,
        LayerName::Picker,
        LayerName::Memo,
        LayerName::Former,
        LayerName::Transcripts,
        LayerName::Filter,
        LayerName::Search,
        LayerName::Query,
        LayerName::Review,
        LayerName::Panels,
        LayerName::People,
        LayerName::Codebook,
        LayerName::CodebookFilter,
        LayerName::Themes,
        LayerName::CodeList,
        LayerName::Split,
        LayerName::Versions,
        LayerName::Reviews,
        LayerName::Form,
        LayerName::Memos,
        LayerName::Quotes,
        LayerName::Matrix,
        LayerName::Cell,
        LayerName::Summary,
        LayerName::Tables,
        LayerName::History,
        LayerName::Findings,
        LayerName::Settings,
        LayerName::Import,
        LayerName::ImportFile,
        LayerName::Global,
        LayerName::Field,
        LayerName::Line,
        LayerName::Palette,
        LayerName::Help,
        LayerName::Ask,
        LayerName::Prompt,
        LayerName::Chooser,
        LayerName::Curtain,
    ];

    /// The name of its table in a keymap file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LayerName::Global => "global",
            LayerName::Field => "field",
            LayerName::Transcripts => "transcripts",
            LayerName::Filter => "filter",
            LayerName::Read => "read",
            LayerName::Search => "search",
            LayerName::Query => "query",
            LayerName::Review => "review",
            LayerName::Panels => "panels",
            LayerName::People => "people",
            LayerName::Codebook => "codebook",
            LayerName::CodebookFilter => "codebook_filter",
            LayerName::Themes => "themes",
            LayerName::CodeList => "code_list",
            LayerName::Split => "split",
            LayerName::Versions => "versions",
            LayerName::Reviews => "reviews",
            LayerName::Form => "form",
            LayerName::Memos => "memos",
            LayerName::Quotes => "quotes",
            LayerName::Matrix => "matrix",
            LayerName::Cell => "cell",
            LayerName::Summary => "summary",
            LayerName::Tables => "tables",
            LayerName::History => "history",
            LayerName::Findings => "findings",
            LayerName::Settings => "settings",
            LayerName::Import => "import",
            LayerName::ImportFile => "import_file",
            LayerName::Picker => "picker",
            LayerName::Memo => "memo",
            LayerName::Former => "former",
            LayerName::Line => "line",
            LayerName::Palette => "palette",
            LayerName::Help => "help",
            LayerName::Ask => "ask",
            LayerName::Prompt => "prompt",
            LayerName::Chooser => "chooser",
            LayerName::Curtain => "curtain",
        }
    }

    /// Its name as a heading: `Code list`.
    #[must_use]
    pub fn heading(self) -> String {
        crate::text::capitalised(&self.name().replace('_', " "))
    }

    /// Reads that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<LayerName> {
        LayerName::ALL.into_iter().find(|layer| layer.name() == name)
    }

    /// Whether its text field takes several lines.
    #[must_use]
    pub fn takes_lines(self) -> bool {
        matches!(self, LayerName::Memo | LayerName::Form | LayerName::Summary)
    }

    /// Whether it has a text field, which takes every key that types a character and is not bound in it.
    #[must_use]
    pub fn has_field(self) -> bool {
        matches!(
            self,
            LayerName::Field
                | LayerName::Filter
                | LayerName::Query
                | LayerName::Picker
                | LayerName::Memo
                | LayerName::Summary
                | LayerName::CodebookFilter
                | LayerName::Form
                | LayerName::Line
                | LayerName::Palette
                | LayerName::Help
                | LayerName::Prompt
                | LayerName::Chooser
        )
    }
}

/// One layer above the screen, with its state.
#[derive(Clone, Debug)]
pub enum Layer {
    /// Choosing a code.
    Picker(Picker),
    /// Writing a memo.
    Memo(Box<MemoEditor>),
    /// Reading a former text of a transcript, or what differs from it.
    Former(Box<Former>),
    /// The `:` line.
    Line(Line),
    /// The list of all commands.
    Palette(Palette),
    /// All keys of a screen, and the glossary.
    Help(Help),
    /// A question with yes or no.
    Ask(Ask),
    /// A question with yes or no that says at length what would be done.
    Confirm(Confirm),
    /// What is known of a code or theme, to be filled in.
    Form(Box<Form>),
    /// A question that one line answers.
    Prompt(Prompt),
    /// A question that one row of a list answers.
    Chooser(Chooser),
    /// The screen is blanked: nothing below it is shown.
    Curtain,
}

/// All keys of one screen, filtered by what is typed.
#[derive(Clone, Debug)]
pub struct Help {
    /// What it was called from.
    pub about: Vec<LayerName>,
    /// Only lines with this are shown.
    pub field: TextField,
    /// The first line shown.
    pub top: usize,
}

/// A question with yes or no.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The question, which names what would be lost.
    pub question: String,
    /// The command that a yes runs.
    pub yes: &'static str,
}

/// A question with yes or no that says at length what would be done.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// What would be done.
    pub question: String,
    /// What a yes is for: its answer is empty.
    pub asked: Asked,
}

impl Layer {
    /// Its key table.
    #[must_use]
    pub fn name(&self) -> LayerName {
        match self {
            Layer::Picker(_) => LayerName::Picker,
            Layer::Memo(_) => LayerName::Memo,
            Layer::Former(_) => LayerName::Former,
            Layer::Line(_) => LayerName::Line,
            Layer::Palette(_) => LayerName::Palette,
            Layer::Help(_) => LayerName::Help,
            Layer::Ask(_) | Layer::Confirm(_) => LayerName::Ask,
            Layer::Form(_) => LayerName::Form,
            Layer::Prompt(_) => LayerName::Prompt,
            Layer::Chooser(_) => LayerName::Chooser,
            Layer::Curtain => LayerName::Curtain,
        }
    }

    /// Its text field, if it has one.
    #[must_use]
    pub fn field(&self) -> Option<&TextField> {
        match self {
            Layer::Picker(picker) => Some(&picker.field),
            Layer::Memo(memo) => Some(&memo.field),
            Layer::Line(line) => Some(&line.field),
            Layer::Palette(palette) => Some(&palette.field),
            Layer::Help(help) => Some(&help.field),
            Layer::Prompt(prompt) => Some(&prompt.field),
            Layer::Chooser(chooser) => Some(&chooser.field),
            Layer::Form(form) => form.field(),
            Layer::Former(_) | Layer::Ask(_) | Layer::Confirm(_) | Layer::Curtain => None,
        }
    }

    /// Its text field, to be changed.
    pub fn field_mut(&mut self) -> Option<&mut TextField> {
        match self {
            Layer::Picker(picker) => Some(&mut picker.field),
            Layer::Memo(memo) => Some(&mut memo.field),
            Layer::Line(line) => Some(&mut line.field),
            Layer::Palette(palette) => Some(&mut palette.field),
            Layer::Help(help) => Some(&mut help.field),
            Layer::Prompt(prompt) => Some(&mut prompt.field),
            Layer::Chooser(chooser) => Some(&mut chooser.field),
            Layer::Form(form) => form.field_mut(),
            Layer::Former(_) | Layer::Ask(_) | Layer::Confirm(_) | Layer::Curtain => None,
        }
    }

    /// How many rows it takes below the body, out of `room`. The others lie over the body.
    #[must_use]
    pub fn drawer_rows(&self, room: u16) -> u16 {
        /// The body keeps at least so many.
        const BODY: u16 = 3;
        let wanted = match self {
            Layer::Picker(_) => 8,
            Layer::Memo(_) => (room / 3).max(7),
            Layer::Line(_) => 5,
            Layer::Ask(_) => 1,
            Layer::Confirm(_) => 4,
            Layer::Prompt(_) => 2,
            Layer::Chooser(_) => 9,
            Layer::Former(_) | Layer::Palette(_) | Layer::Help(_) | Layer::Form(_) | Layer::Curtain => 0,
        };
        wanted.min(room.saturating_sub(BODY))
    }

    /// The memo that is being written.
    #[must_use]
    pub fn writing(&self) -> Option<Writing> {
        match self {
            Layer::Memo(memo) => Some(memo.writing.clone()),
            _ => None,
        }
    }
}

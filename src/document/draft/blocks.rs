//! Paragraphs of a draft, and how the readers of formats put them together.

use super::italics::Italics;
use super::references;
use crate::document::{Cell, Mark};

/// A draft, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Its paragraphs in order. None is blank.
    pub blocks: Vec<Block>,
    /// What its places are counted in: `line` or `paragraph`.
    pub places: &'static str,
    /// Places that are none of the body, and what they are called: the first is one more than the last of the body.
    pub(super) notes: Vec<(usize, String)>,
    /// What a person should know of how it was read.
    pub(super) marks: Vec<Mark>,
}

impl Draft {
    /// A place as people find it: `line 12`, `paragraph 3`, `footnote 3`.
    #[must_use]
    pub fn place_name(&self, place: usize) -> String {
        match self.note_at(place) {
            Some(name) => name.to_owned(),
            None => format!("{} {place}", self.places),
        }
    }

    /// The number of the line or paragraph that a place is; `None` for a note.
    #[must_use]
    pub fn number_of(&self, place: usize) -> Option<usize> {
        self.note_at(place).is_none().then_some(place)
    }

    fn note_at(&self, place: usize) -> Option<&str> {
        let found = self.notes.iter().find(|(held, _)| *held == place);
        found.map(|(_, name)| name.as_str())
    }
}

/// One paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its text without markup; line ends within it are kept.
    pub text: String,
    /// What it is.
    pub kind: BlockKind,
    /// The cell of a table that it stands in.
    pub cell: Option<Cell>,
    /// Comments in it, which no reader sees: the byte they stand at and what they say.
    pub comments: Vec<(usize, String)>,
    /// Where lines of the file begin in the text: byte and number, in order; never empty.
    starts: Vec<(usize, usize)>,
}

impl Block {
    /// The line or paragraph of the file, from 1, that a byte of the text comes from.
    #[must_use]
    pub fn place_of(&self, byte: usize) -> usize {
        let after = self.starts.partition_point(|(start, _)| *start <= byte);
        self.starts.get(after.saturating_sub(1)).map_or(1, |(_, number)| *number)
    }
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    #[default]
    Running,
    /// A heading.
    Heading,
    /// The line below a figure, as which pages set who said what a block quotation holds.
    Caption,
    /// Part of a block quotation; its paragraphs share a number.
    Quotation(usize),
    /// An entry of the list of references.
    Reference,
}

/// Longest comment that is kept, in bytes.
const LONGEST_COMMENT: usize = 200;

/// Puts paragraphs together.
pub(super) struct Builder {
    draft: Draft,
    text: String,
    starts: Vec<(usize, usize)>,
    comments: Vec<(usize, String)>,
    cell: Option<Cell>,
    /// What the paragraph under way is, outside block quotations.
    kind: BlockKind,
    /// The rank of the heading under way, from 1.
    rank: usize,
    /// Block quotations that are open, one in another.
    depth: usize,
    quotations: usize,
    italics: Italics,
    /// Where raised text under way begins.
    raised: Option<usize>,
    /// The rank of the heading over the list of references under way.
    references: Option<usize>,
}

impl Builder {
    pub(super) fn new(places: &'static str) -> Self {
        Self {
            draft: Draft { places, ..Draft::default() },
            text: String::new(),
            starts: Vec::new(),
            comments: Vec::new(),
            cell: None,
            kind: BlockKind::Running,
            rank: 0,
            depth: 0,
            quotations: 0,
            italics: Italics::default(),
            raised: None,
            references: None,
        }
    }

    pub(super) fn push(&mut self, text: &str, line: usize) {
        text.chars().for_each(|character| self.push_char(character, line));
    }

    /// Adds a character of a line of the file. Blanks in a row are one, a line end if one of them is.
    pub(super) fn push_char(&mut self, character: char, line: usize) {
        if self.raised.is_none() && references::is_raised_sign(character, &self.text) {
            self.push_reference(line);
            return;
        }
        let character = match character {
            '\n' => '\n',
            blank if blank.is_whitespace() => ' ',
            other => other,
        };
        match (self.text.chars().next_back(), character) {
            (None | Some(' ' | '\n'), ' ') | (None | Some('\n'), '\n') => {}
            (Some(' '), '\n') => {
                self.text.pop();
                self.text.push('\n');
            }
            _ => {
                if self.starts.last().is_none_or(|(_, number)| *number != line) {
                    self.starts.push((self.text.len(), line));
                }
                self.text.push(character);
            }
        }
    }

    /// Takes blanks at the end away, for what stands close to the word before.
    pub(super) fn trim_end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
    }

    /// Adds the mark of a reference, close to the word before; several in a row are one.
    pub(super) fn push_reference(&mut self, line: usize) {
        self.trim_end();
        if !self.text.ends_with(references::MARK) {
            self.push(references::MARK, line);
        }
    }

    /// What comes next is raised.
    pub(super) fn open_raised(&mut self) {
        self.raised = Some(self.text.len());
    }

    /// What was raised ends: the mark of a reference, or text.
    pub(super) fn close_raised(&mut self, line: usize) {
        let Some((before, raised)) = self.raised.take().and_then(|from| self.text.split_at_checked(from))
        else {
            return;
        };
        if references::is_mark(raised, before) {
            self.text.truncate(before.len());
            self.push_reference(line);
        }
    }

    /// Italics begin or end.
    pub(super) fn set_italic(&mut self, italic: bool) {
        match italic {
            true => self.italics.begin(self.text.len()),
            false => self.italics.end(self.text.len()),
        }
    }

    /// What was read as the beginning of italics was none.
    pub(super) fn forget_italic(&mut self) {
        self.italics.forget();
    }

    /// The paragraph under way is a heading of this rank: 1 is the highest.
    pub(super) fn set_heading(&mut self, rank: usize) {
        (self.kind, self.rank) = (BlockKind::Heading, rank);
    }

    /// What follows is the list of references, or is no longer.
    pub(super) fn set_references(&mut self, references: bool) {
        self.end_paragraph();
        self.references = references.then_some(0);
    }

    pub(super) fn set_caption(&mut self) {
        self.kind = BlockKind::Caption;
    }

    /// The cell of a table that the paragraphs from here on stand in.
    pub(super) fn set_cell(&mut self, cell: Option<Cell>) {
        self.end_paragraph();
        self.cell = cell;
    }

    /// Adds a comment at this place: as one line, cut where it is long.
    pub(super) fn comment(&mut self, text: &str) {
        let mut line = crate::text::one_line(text);
        line.truncate(line.floor_char_boundary(LONGEST_COMMENT));
        if !line.is_empty() {
            self.comments.push((self.text.len(), line));
        }
    }

    /// Adds what a person should know of how the draft is read, at this line.
    pub(super) fn remark(&mut self, line: usize, what: &str) {
        self.draft.marks.push(Mark { line: Some(line), what: what.to_owned() });
    }

    pub(super) fn end_paragraph(&mut self) {
        self.raised = None;
        self.trim_end();
        let text = std::mem::take(&mut self.text);
        let starts = std::mem::take(&mut self.starts);
        let kind = std::mem::take(&mut self.kind);
        if text.is_empty() {
            // Comments between paragraphs belong to what follows.
            self.comments.iter_mut().for_each(|(at, _)| *at = 0);
            return;
        }
        let mut comments = std::mem::take(&mut self.comments);
        comments.iter_mut().for_each(|(at, _)| *at = (*at).min(text.len()));
        let kind = if self.depth > 0 { BlockKind::Quotation(self.quotations) } else { kind };
        let kind = self.within_references(kind, &text);
        let is_running = kind == BlockKind::Running && self.cell.is_none();
        self.italics.end_paragraph(&text, is_running.then_some(self.draft.blocks.len()));
        self.draft.blocks.push(Block { text, kind, cell: self.cell, comments, starts });
    }

    /// What a paragraph is below a heading over references, up to the next one that is no lower. No table lists references.
    fn within_references(&mut self, kind: BlockKind, text: &str) -> BlockKind {
        if kind == BlockKind::Heading {
            if self.references.is_some_and(|rank| self.rank <= rank) {
                self.references = None;
            }
            if references::is_heading_of_list(text) {
                self.references.get_or_insert(self.rank);
            }
            return kind;
        }
        if self.references.is_some() && self.cell.is_none() { BlockKind::Reference } else { kind }
    }

    pub(super) fn open_quotation(&mut self) {
        self.end_paragraph();
        if self.depth == 0 {
            self.quotations += 1;
        }
        self.depth += 1;
    }

    pub(super) fn close_quotation(&mut self) {
        self.end_paragraph();
        self.depth = self.depth.saturating_sub(1);
    }

    /// Whether no paragraph is under way.
    pub(super) fn is_between(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether the paragraph under way has any words yet.
    pub(super) fn has_words(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }

    pub(super) fn is_in_quotation(&self) -> bool {
        self.depth > 0
    }

    /// Whether the last paragraph ends so.
    pub(super) fn last_ends_with(&self, character: char) -> bool {
        let last = self.draft.blocks.last();
        last.is_some_and(|block| block.text.trim_end_matches('.').ends_with(character))
    }

    pub(super) fn finish(mut self) -> Draft {
        self.end_paragraph();
        for block in self.italics.quotations(&self.draft.blocks) {
            self.quotations += 1;
            if let Some(block) = self.draft.blocks.get_mut(block) {
                block.kind = BlockKind::Quotation(self.quotations);
            }
        }
        if let Some(last) = self.draft.blocks.last_mut() {
            let end = last.text.len();
            last.comments.extend(self.comments.into_iter().map(|(_, text)| (end, text)));
        }
        self.draft
    }
}

//! Pairs the quotation marks of a draft: what opens where, what closes it, and which marks stay without a partner.
//!
//! Knows nothing of what stands around a quotation.

use super::marks::{Family, Mark, marks_of};
use super::quotation::Doubt;
use crate::document::{Block, BlockKind};

const NEVER_CLOSED: &str = "a quotation mark opens here and nothing closes it: what it opens was not checked";
const NEVER_OPENED: &str = "a quotation mark closes here that nothing opened: what it closes was not checked";

/// A byte of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) block: usize,
    pub(super) at: usize,
}

/// A quotation from behind its first mark to its last, with the marks that open its other paragraphs again.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// Where the first mark stands.
    pub(super) open: Spot,
    /// Behind the first mark.
    pub(super) from: Spot,
    /// Before the last mark.
    pub(super) to: Spot,
    /// Behind the last mark.
    pub(super) end: Spot,
    /// Bytes at the start of later paragraphs that are marks.
    pub(super) again: Vec<Spot>,
}

struct Open {
    mark: Mark,
    block: usize,
    again: Vec<Spot>,
}

/// What pairs them, paragraph by paragraph.
pub(super) struct Finder<'d> {
    blocks: &'d [Block],
    open: Vec<Open>,
    pairs: Vec<Pair>,
    doubts: Vec<(Spot, Doubt)>,
}

/// A quotation that runs over more paragraphs is a mark forgotten.
const MOST_PARAGRAPHS: usize = 12;

impl<'d> Finder<'d> {
    pub(super) fn new(blocks: &'d [Block]) -> Self {
        Self { blocks, open: Vec::new(), pairs: Vec::new(), doubts: Vec::new() }
    }

    /// The pairs by where they open, and the doubts by their places.
    pub(super) fn finish(mut self) -> (Vec<Pair>, Vec<Doubt>) {
        self.end_all();
        self.pairs.sort_by_key(|pair| pair.open);
        self.doubts.sort_by_key(|(spot, _)| *spot);
        (self.pairs, self.doubts.into_iter().map(|(_, doubt)| doubt).collect())
    }

    /// Reads the marks of a block of running text.
    pub(super) fn block(&mut self, index: usize) {
        let Some(block) = self.blocks.get(index) else { return };
        let marks = marks_of(&block.text);
        let first = self.go_on(index, block, &marks);
        for (number, mark) in marks.iter().enumerate().skip(first) {
            self.mark(index, *mark, marks.get(number + 1..).unwrap_or_default(), block);
        }
        // Apostrophes end with their paragraph. What stays open is looked at when the next one begins.
        self.open.retain(|open| open.mark.family != Family::Single || open.block < index || open.mark.curly);
    }

    /// At the start of a paragraph: whether what is open goes on in it. Gives the number of marks that only say so.
    fn go_on(&mut self, index: usize, block: &Block, marks: &[Mark]) -> usize {
        let Some(outermost) = self.open.first() else { return 0 };
        let family = outermost.mark.family;
        let long = index - outermost.block > MOST_PARAGRAPHS || block.kind == BlockKind::Heading;
        let opens_again = marks
            .first()
            .filter(|mark| mark.family == family && mark.opens && block.text[..mark.at].trim().is_empty());
        let next = marks.iter().find(|mark| mark.family == family);
        let closes_first = next.is_some_and(|mark| mark.closes && !mark.opens);
        if long || !(opens_again.is_some() || closes_first) {
            self.end_all();
            return 0;
        }
        // Nested ones that are open end with their paragraph.
        self.open.truncate(1);
        let Some(again) = opens_again else { return 0 };
        if let Some(open) = self.open.first_mut() {
            open.again.push(Spot { block: index, at: again.at + again.length });
        }
        1
    }

    fn mark(&mut self, index: usize, mark: Mark, later: &[Mark], block: &Block) {
        // A single mark closes nothing beyond a double one that was opened since, unless nothing closes that: what somebody quotes
        // may be cut off.
        let inner = self.open.iter().rposition(|open| open.mark.family != Family::Single);
        let inner =
            inner.filter(|at| self.open.get(*at).is_some_and(|open| is_closed(open.mark.family, later)));
        let reach = if mark.family == Family::Single { inner.map_or(0, |at| at + 1) } else { 0 };
        let partner = self.open.iter().enumerate().skip(reach).rev();
        let partner = partner.filter(|(_, open)| open.mark.family == mark.family).map(|(at, _)| at).next();
        // Behind a blank and before a word, a mark opens even where something is open: that one was forgotten.
        let opens_anew = mark.opens && !mark.closes;
        match partner {
            Some(at) if mark.closes && !opens_anew => {
                if mark.family == Family::Single && self.is_possessive(at, index, mark, later, block) {
                    return;
                }
                self.close(at, index, mark);
            }
            Some(at) if opens_anew && !mark.curly && mark.family == Family::Double => {
                let forgotten = self.open.split_off(at);
                self.doubt(forgotten);
                self.open.push(Open { mark, block: index, again: Vec::new() });
            }
            _ if mark.opens => self.open.push(Open { mark, block: index, again: Vec::new() }),
            _ => {
                // An apostrophe, or a mark of inches behind a number.
                let inches = block.text[..mark.at].ends_with(|c: char| c.is_ascii_digit()) && !mark.curly;
                if mark.family != Family::Single && !inches {
                    let doubt = Doubt { place: block.place_of(mark.at), what: NEVER_OPENED };
                    self.doubts.push((Spot { block: index, at: mark.at }, doubt));
                }
            }
        }
    }

    /// Whether a single mark that might close is the apostrophe of a plural: behind an `s`, before a small letter, with
    /// another mark to close by after it. A quotation of one word is taken to end.
    fn is_possessive(&self, at: usize, index: usize, mark: Mark, later: &[Mark], block: &Block) -> bool {
        let Some(open) = self.open.get(at) else { return false };
        let after = &block.text[mark.at + mark.length..];
        let plural = block.text[..mark.at].ends_with(['s', 'S'])
            && after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        let from = if open.block == index { open.mark.at } else { 0 };
        let words = block.text.get(from..mark.at).unwrap_or_default().split_whitespace().count();
        let next = later.iter().find(|next| next.family == Family::Single);
        plural && words > 1 && next.is_some_and(|next| next.closes && !next.opens)
    }

    fn close(&mut self, at: usize, index: usize, mark: Mark) {
        // What opens within belongs to the words: a quotation may be taken from the middle of what somebody quotes.
        self.open.truncate(at + 1);
        if let Some(open) = self.open.pop() {
            let block = open.block;
            let start = Spot { block, at: open.mark.at };
            // So does what closes within and was opened before it.
            while self.doubts.pop_if(|(spot, _)| *spot >= start).is_some() {}
            self.pairs.push(Pair {
                open: start,
                from: Spot { block, at: open.mark.at + open.mark.length },
                to: Spot { block: index, at: mark.at },
                end: Spot { block: index, at: mark.at + mark.length },
                again: open.again,
            });
        }
    }

    /// At something that no quotation runs over: what is open has no partner.
    pub(super) fn end_all(&mut self) {
        let open = std::mem::take(&mut self.open);
        self.doubt(open);
    }

    /// Says of marks that nothing closes them. Straight single ones may be apostrophes.
    fn doubt(&mut self, open: Vec<Open>) {
        for open in open {
            let unsure = open.mark.family == Family::Single && !open.mark.curly;
            if let Some(block) = self.blocks.get(open.block).filter(|_| !unsure) {
                let doubt = Doubt { place: block.place_of(open.mark.at), what: NEVER_CLOSED };
                self.doubts.push((Spot { block: open.block, at: open.mark.at }, doubt));
            }
        }
    }
}

/// Whether what is open in a family is closed by one of the marks that follow in its paragraph.
fn is_closed(family: Family, later: &[Mark]) -> bool {
    let mut depth = 0_usize;
    for mark in later.iter().filter(|mark| mark.family == family) {
        match (mark.closes, depth) {
            (true, 0) => return true,
            (true, _) => depth -= 1,
            (false, _) => depth += 1,
        }
    }
    false
}

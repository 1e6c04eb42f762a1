//! The rows of a panel as lines: a heading, then barriers beside facilitators (or above them, where it is narrow).

use std::collections::BTreeSet;

use super::{Hand, stands_beside, words};
use crate::analysis::{Columns, Panel, PanelRow, Part, RowOf};
use crate::app::wrap::wrap;
use crate::study::{CodeId, Side, Study};

/// One line of a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The name of a theme or of a code by itself.
    Heading {
        /// Which row.
        row: usize,
        /// Columns to the right.
        indent: u16,
        /// The name.
        name: String,
        /// What it is.
        kind: &'static str,
    },
    /// A barrier beside a facilitator.
    Pair {
        /// Which row.
        row: usize,
        /// The left one.
        barrier: CellLine,
        /// The right one.
        facilitator: CellLine,
    },
    /// One side over the whole width.
    Whole {
        /// Which row.
        row: usize,
        /// Which side.
        hand: Hand,
        /// What it says.
        cell: CellLine,
    },
}

impl Line {
    /// Which row it belongs to.
    #[must_use]
    pub fn row(&self) -> usize {
        match self {
            Line::Heading { row, .. } | Line::Pair { row, .. } | Line::Whole { row, .. } => *row,
        }
    }
}

/// One line of one side of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellLine {
    /// What it says.
    pub text: String,
    /// Whether it is the first line of its side: it bears the sign.
    pub first: bool,
    /// Whether it is a name, not a number.
    pub name: bool,
    /// The choice that it is shown as chosen for.
    pub stands_for: Option<Chosen>,
}

/// What of a side can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// All of it.
    Whole,
    /// One code of it.
    Part(usize),
}

/// Columns in front of the text of a side: the mark of the choice, the sign, a blank.
const MARGIN: u16 = 3;

/// The lines of a panel in so many columns.
pub(super) fn lay(study: &Study, panel: &Panel, width: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    for (row, of) in panel.rows.iter().enumerate() {
        lay_row(study, (&panel.columns, &panel.whole.codes), (row, of), width, &mut lines);
    }
    lines
}

fn lay_row(
    study: &Study,
    (columns, whole): (&Columns, &BTreeSet<CodeId>),
    (row, of): (usize, &PanelRow),
    width: u16,
    lines: &mut Vec<Line>,
) {
    let (name, kind, indent) = match of.of {
        RowOf::Theme(id) => {
            let name = study.themes().get(&id).map(|theme| theme.name.clone());
            // What does not stand here is not in the numbers of all together.
            let is_here = of.codes.is_subset(whole);
            (name, if is_here { "theme" } else { "theme, with codes that stand elsewhere" }, 0)
        }
        RowOf::Total => (Some(String::from("All together")), "all", 0),
        RowOf::Code { code, depth } => (name_of(study, code), "code", u16::try_from(depth * 2).unwrap_or(0)),
    };
    lines.push(Line::Heading { row, indent, name: name.unwrap_or_default(), kind });
    let beside = stands_beside(width);
    // A rule stands between the two, in the last column of the left one.
    let half = usize::from(if beside { width / 2 - 1 } else { width }.saturating_sub(MARGIN));
    let side = |hand: Hand, width: usize| side_lines(study, columns, of, hand, width);
    let (barrier, facilitator) = (side(Hand::Barrier, half), side(Hand::Facilitator, half));
    if beside {
        let longest = barrier.len().max(facilitator.len());
        let mut cells = [barrier.into_iter(), facilitator.into_iter()];
        for _ in 0..longest {
            let [barrier, facilitator] = cells.each_mut().map(|cells| cells.next().unwrap_or_default());
            lines.push(Line::Pair { row, barrier, facilitator });
        }
    } else {
        let whole = |hand| move |cell| Line::Whole { row, hand, cell };
        lines.extend(barrier.into_iter().map(whole(Hand::Barrier)));
        lines.extend(facilitator.into_iter().map(whole(Hand::Facilitator)));
    }
    if !of.split.unsided.count.is_empty() {
        let cells = side(Hand::Unsided, usize::from(width.saturating_sub(MARGIN)));
        lines.extend(cells.into_iter().map(|cell| Line::Whole { row, hand: Hand::Unsided, cell }));
    }
}

/// What one side of a row says: its codes, its people and codings, and these by group.
fn side_lines(study: &Study, columns: &Columns, row: &PanelRow, hand: Hand, width: usize) -> Vec<CellLine> {
    let split = row.split.of(hand.side());
    let mut cells: Vec<CellLine> = Vec::new();
    let mut say = |text: &str, name: bool, mut stands_for: Option<Chosen>| {
        for range in wrap(text, width) {
            let text = text.get(range).unwrap_or_default().trim_end().to_owned();
            cells.push(CellLine { text, first: cells.is_empty(), name, stands_for: stands_for.take() });
        }
    };
    let parts = row.parts.of(hand.side());
    let many = parts.len() > 1;
    for (at, part) in parts.iter().enumerate() {
        let stands_for = if many { Chosen::Part(at) } else { Chosen::Whole };
        say(&part_words(study, part, many), true, Some(stands_for));
    }
    // Where no name stands for the whole, its first number does.
    let whole = Some(Chosen::Whole).filter(|_| parts.len() != 1);
    if split.count.is_empty() {
        say(nothing(study, row, hand), false, whole);
        return cells;
    }
    let mut whole = whole;
    if hand == Hand::Unsided {
        say("no side yet", true, whole.take());
    }
    for row in words::figures(columns, split).iter().flat_map(|pieces| words::join(pieces, width)) {
        say(&row, false, whole.take());
    }
    cells
}

/// What stands where there are no codings.
fn nothing(study: &Study, row: &PanelRow, hand: Hand) -> &'static str {
    let has_parts = !row.parts.of(hand.side()).is_empty();
    let own = match row.of {
        RowOf::Code { code, .. } => study.codes().get(&code).and_then(|code| code.side),
        RowOf::Theme(_) | RowOf::Total => None,
    };
    if has_parts || (own.is_some() && own == hand.side()) { "nothing coded yet" } else { "–" }
}

fn part_words(study: &Study, part: &Part, one_of_many: bool) -> String {
    let name = name_of(study, part.code).unwrap_or_default();
    let (all, here) = (part.count.all, part.here.all);
    match (one_of_many, all == here) {
        (false, _) => name,
        (true, true) => format!("{name}: {}", words::people(all.people)),
        // The numbers of the side below are of this side alone.
        (true, false) => format!("{name}: {}, {} on this side", words::people(all.people), here.people),
    }
}

fn name_of(study: &Study, code: CodeId) -> Option<String> {
    study.codes().get(&code).map(|code| code.name.clone())
}

/// The lines of a row: the first one, and one past the last.
pub(super) fn lines_of(lines: &[Line], row: usize) -> Option<(usize, usize)> {
    let first = lines.iter().position(|line| line.row() == row)?;
    let length = lines.iter().skip(first).take_while(|line| line.row() == row).count();
    Some((first, first + length))
}

/// The lines that must be in sight for a side of a row to be read: where sides stand below one another, those of that
/// side, with the heading above the first.
pub(super) fn lines_of_choice(lines: &[Line], row: usize, hand: Hand) -> Option<(usize, usize)> {
    let (first, end) = lines_of(lines, row)?;
    let of_hand = |line: &Line| matches!(line, Line::Whole { hand: held, .. } if *held == hand);
    let own = lines.get(first..end)?;
    let Some(start) = own.iter().position(of_hand) else { return Some((first, end)) };
    let length = own.iter().skip(start).take_while(|line| of_hand(line)).count();
    let heading = if hand == Hand::Barrier { first } else { first + start };
    Some((heading, first + start + length))
}

/// The row that is about `by` lines away from `row`, and another one if there is any that way.
pub(super) fn row_from(lines: &[Line], row: usize, by: isize) -> usize {
    let first = lines_of(lines, row).map_or(0, |(first, _)| first);
    let there = first.saturating_add_signed(by).min(lines.len().saturating_sub(1));
    let there = lines.get(there).map_or(row, Line::row);
    if by > 0 { there.max(row + 1) } else { there.min(row.saturating_sub(1)) }
}

/// The side that a sign stands for.
#[must_use]
pub(super) fn side_word(hand: Hand) -> &'static str {
    match hand.side() {
        Some(Side::Barrier) => "barriers",
        Some(Side::Facilitator) => "facilitators",
        None => "no side yet",
    }
}

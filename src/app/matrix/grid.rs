//! The grid: made of the counts, laid out as lines and columns, and moved about in.

use super::MatrixLayout;
use crate::analysis::{self, CellState, MatrixCell, MatrixPlan, Scope, StateCounts};
use crate::app::{Effect, Model};
use crate::study::{Case, Topic};

/// One line of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridLine {
    /// The heading of a group: its place among the groups.
    Group(usize),
    /// A row: its place in the matrix.
    Row(usize),
}

/// Where columns stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridColumns {
    /// Columns of the window for the names of rows.
    pub label: u16,
    /// Columns of the window for each cell.
    pub width: u16,
    /// The first column in sight.
    pub left: usize,
    /// How many are in sight.
    pub shown: usize,
    /// Columns of the window for the counts of a row, behind its cells; 0 where there is no room.
    pub tail: u16,
}

/// What the cells of the grid hold, counted when it is made. People below focus groups say the same again: only along their own
/// rows are they counted.
#[derive(Clone, Debug, Default)]
pub struct GridCounts {
    /// Rows that do not stand below another one.
    pub cases: usize,
    /// Along each row.
    pub rows: Vec<StateCounts>,
    /// Down each column.
    pub columns: Vec<StateCounts>,
    /// Of each group of rows, its cases and what their cells hold.
    pub groups: Vec<(usize, StateCounts)>,
}

impl GridCounts {
    fn of(grid: &analysis::Matrix) -> Self {
        let mut counts = Self {
            cases: 0,
            rows: vec![StateCounts::default(); grid.rows.len()],
            columns: vec![StateCounts::default(); grid.columns.len()],
            groups: vec![Default::default(); grid.groups.len()],
        };
        for ((at, row), along) in grid.rows.iter().enumerate().zip(&mut counts.rows) {
            let is_case = row.depth == 0;
            let mut group = row.group.filter(|_| is_case).and_then(|group| counts.groups.get_mut(group));
            counts.cases += usize::from(is_case);
            if let Some((cases, _)) = &mut group {
                *cases += 1;
            }
            for (column, down) in counts.columns.iter_mut().enumerate() {
                let Some(cell) = grid.cell(at, column) else { continue };
                along.add(cell.state);
                if is_case {
                    down.add(cell.state);
                }
                if let Some((_, states)) = &mut group {
                    states.add(cell.state);
                }
            }
        }
        counts
    }
}

impl super::Matrix {
    /// The place of the chosen row in the matrix.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        match self.lines.get(*self.listed.get(self.roll.chosen)?)? {
            GridLine::Row(row) => Some(*row),
            GridLine::Group(_) => None,
        }
    }

    /// How many rows are lines.
    #[must_use]
    pub fn rows_listed(&self) -> usize {
        self.listed.len()
    }

    /// How many rows stand on the lines above this one.
    #[must_use]
    pub fn rows_above(&self, line: usize) -> usize {
        self.listed.partition_point(|listed| *listed < line)
    }

    /// The chosen cell: whose it is, and on what.
    #[must_use]
    pub fn chosen(&self) -> Option<(Case, Topic)> {
        let row = self.grid.rows.get(self.row()?)?;
        Some((row.case, self.grid.columns.get(self.column)?.topic.clone()))
    }

    /// What the chosen cell holds.
    #[must_use]
    pub fn cell(&self) -> Option<&MatrixCell> {
        self.grid.cell(self.row()?, self.column)
    }

    /// The rows that are listed, by their places in the matrix.
    fn rows(&self) -> impl Iterator<Item = usize> + Clone {
        self.lines.iter().filter_map(|line| match line {
            GridLine::Row(row) => Some(*row),
            GridLine::Group(_) => None,
        })
    }

    /// Lists the rows, people of folded groups left out, and keeps the choice on a cell if it is still there.
    fn list(&mut self, wanted: Option<&(Case, Topic)>, depth: u8) {
        self.lines.clear();
        self.listed.clear();
        let mut group = None;
        let mut folded = false;
        for (at, row) in self.grid.rows.iter().enumerate() {
            if let (0, Case::Group(transcript)) = (row.depth, row.case) {
                folded = !self.unfolded.contains(&transcript);
            }
            if row.depth > 0 && folded {
                continue;
            }
            if row.group != group {
                group = row.group;
                self.lines.extend(group.map(GridLine::Group));
            }
            self.listed.push(self.lines.len());
            self.lines.push(GridLine::Row(at));
        }
        let Some((case, topic)) = wanted else { return };
        // A person may stand in several places: the same kind of place is the same one.
        let same = |row: &analysis::MatrixRow| row.case == *case;
        let place = |is: &dyn Fn(&analysis::MatrixRow) -> bool| {
            self.rows().position(|row| self.grid.rows.get(row).is_some_and(is))
        };
        if let Some(at) = place(&|row| same(row) && row.depth == depth).or_else(|| place(&same)) {
            self.roll.chosen = at;
        }
        if let Some(at) = self.grid.columns.iter().position(|column| column.topic == *topic) {
            self.column = at;
        }
    }
}

impl Model {
    /// Makes the matrix anew, if the study or the layout is another than what it was made of. The choice stays on its cell.
    pub(super) fn make_grid(&mut self) {
        if !self.complete {
            return;
        }
        let layout = self.matrix.layout.clone();
        let made_of = (self.sheets.version(), layout.clone());
        if self.matrix.made_of.as_ref() == Some(&made_of) {
            if let Some(wanted) = self.matrix.wanted.take() {
                self.matrix.list(Some(&wanted), 0);
            }
            return;
        }
        let depth =
            self.matrix.row().and_then(|row| self.matrix.grid.rows.get(row)).map_or(0, |row| row.depth);
        let wanted = self.matrix.wanted.take().or_else(|| self.matrix.chosen());
        // What the filter names may be gone since; then all cases are rows.
        let only = Scope::read(&layout.filter, &self.study).unwrap_or_else(|_| {
            self.matrix.layout.filter.clear();
            Scope::default()
        });
        let plan = MatrixPlan {
            rows: layout.rows,
            columns: (&layout.columns).into(),
            group: layout.group.clone(),
            sort: layout.sort.clone(),
            only,
        };
        let everything = Scope::default();
        let counter = self.sheets.counter_by(&self.study, &everything, None);
        let viewer = Some(self.me.id);
        let (grid, error) = match analysis::Matrix::of(&counter, &plan, viewer) {
            Ok(grid) => (grid, None),
            Err(error) => {
                // An attribute or a framework went: the usual layout is there for all studies.
                let usual = MatrixPlan::default();
                (analysis::Matrix::of(&counter, &usual, viewer).unwrap_or_default(), Some(error))
            }
        };
        self.matrix.counts = GridCounts::of(&grid);
        let is_filtered = !self.matrix.layout.filter.is_empty();
        self.matrix.elsewhere = if is_filtered { 0 } else { grid.elsewhere(&self.study, true).summaries };
        self.matrix.memos = super::MemoMarks::of(&self.study);
        self.matrix.grid = grid;
        if let Some(error) = error {
            self.matrix.layout = MatrixLayout::default();
            self.refuse(format!("The matrix is laid out as at first: {error}."));
        }
        self.matrix.list(wanted.as_ref(), depth);
        self.matrix.made_of = Some((made_of.0, self.matrix.layout.clone()));
    }

    /// Lays out lines and columns for the window.
    pub(super) fn lay_grid(&mut self) {
        let body = self.body();
        let matrix = &mut self.matrix;
        let columns = matrix.grid.columns.len();
        matrix.column = matrix.column.min(columns.saturating_sub(1));
        matrix.columns = GridColumns { left: matrix.columns.left, ..columns_for(body.width, columns) };
        let shown = matrix.columns.shown;
        let first = (matrix.column + 1).saturating_sub(shown.max(1));
        matrix.columns.left = matrix.columns.left.clamp(first, matrix.column);
        matrix.preview_height = preview_rows(body.height);
        let height = grid_height(body.height, matrix.preview_height);
        let listed = matrix.rows_listed();
        matrix.roll.chosen = matrix.roll.chosen.min(listed.saturating_sub(1));
        let line = matrix.listed.get(matrix.roll.chosen).copied().unwrap_or(0);
        // The heading of a group is seen with its first row.
        let first = if matches!(matrix.lines.get(line.wrapping_sub(1)), Some(GridLine::Group(_))) {
            line - 1
        } else {
            line
        };
        matrix.roll.show(first, line + 1, height);
        matrix.roll.top = matrix.roll.top.min(matrix.lines.len().saturating_sub(height));
        let text = matrix.cell().and_then(|cell| cell.summary).and_then(|id| self.study.summaries().get(&id));
        let text = text.map_or("", |summary| summary.text.as_str());
        self.matrix.preview.fit(text, usize::from(body.width.saturating_sub(3)).clamp(6, 80));
    }

    /// Moves the choice among the rows; on the desk of a cell, among its quotes.
    pub(in crate::app) fn step_matrix(&mut self, by: isize) {
        match &mut self.matrix.desk {
            Some(desk) => desk.step(by),
            None => {
                let listed = self.matrix.rows_listed();
                self.matrix.roll.step(by, listed);
            }
        }
    }

    /// Moves the choice among the columns.
    pub(in crate::app) fn step_column(&mut self, by: isize) -> Vec<Effect> {
        let last = self.matrix.grid.columns.len().saturating_sub(1);
        self.matrix.column = self.matrix.column.saturating_add_signed(by).min(last);
        Vec::new()
    }

    /// Goes to the next cell that holds this, down the column and on at the top of the next one; along the rows if cells
    /// are read so. The desk stays open.
    pub(in crate::app) fn find_cell(&mut self, state: Wanted, forward: bool) -> Vec<Effect> {
        let rows: Vec<usize> = self.matrix.rows().collect();
        let columns = self.matrix.grid.columns.len();
        let cells = rows.len() * columns;
        let along = self.matrix.along;
        let here = match along {
            true => self.matrix.roll.chosen * columns + self.matrix.column,
            false => self.matrix.column * rows.len() + self.matrix.roll.chosen,
        };
        let place = |at: usize| match along {
            true => (at / columns, at % columns),
            false => (at % rows.len(), at / rows.len()),
        };
        let found =
            (1..cells).map(|by| if forward { here + by } else { here + cells - by } % cells).find(|at| {
                let (row, column) = place(*at);
                let cell = rows.get(row).and_then(|row| self.matrix.grid.cell(*row, column));
                cell.is_some_and(|cell| state.takes(cell))
            });
        match found {
            Some(at) => {
                let (row, column) = place(at);
                self.move_to_cell(row, column)
            }
            None => {
                let here = self.matrix.cell().is_some_and(|cell| state.takes(cell));
                self.refuse(format!("{} cell {}.", if here { "No other" } else { "No" }, state.words()));
                Vec::new()
            }
        }
    }

    /// Goes to another cell of the listed rows. An open desk is left with what was written, and opens there.
    pub(super) fn move_to_cell(&mut self, row: usize, column: usize) -> Vec<Effect> {
        let writing = self.matrix.desk.as_ref().map(|desk| desk.writing);
        let effects = self.leave_desk();
        if self.matrix.desk.is_some() {
            // It could not be saved: it stays.
            return effects;
        }
        (self.matrix.roll.chosen, self.matrix.column) = (row, column);
        if let Some(writing) = writing {
            self.open_desk(writing, 0);
        }
        effects
    }

    /// The next cell in the direction in which cells are read, or the one before.
    pub(in crate::app) fn step_cell(&mut self, rows: isize, columns: isize) -> Vec<Effect> {
        let (row, column) = (self.matrix.roll.chosen, self.matrix.column);
        let last_row = self.matrix.rows_listed().saturating_sub(1);
        let last_column = self.matrix.grid.columns.len().saturating_sub(1);
        let there = (
            row.saturating_add_signed(rows).min(last_row),
            column.saturating_add_signed(columns).min(last_column),
        );
        if there == (row, column) {
            let edge = match (rows.signum(), columns.signum()) {
                (1, _) => "This is the last case.",
                (-1, _) => "This is the first case.",
                (_, 1) => "This is the last column.",
                _ => "This is the first column.",
            };
            self.refuse(edge);
            return Vec::new();
        }
        self.move_to_cell(there.0, there.1)
    }

    /// The next cell along the row or down the column, as cells are read.
    pub(in crate::app) fn step_reading(&mut self, by: isize) -> Vec<Effect> {
        if self.matrix.along { self.step_cell(0, by) } else { self.step_cell(by, 0) }
    }

    /// Reads along rows from now on, or down columns again.
    pub(in crate::app) fn turn_reading(&mut self) -> Vec<Effect> {
        self.matrix.along = !self.matrix.along;
        self.say(if self.matrix.along {
            "Cells are read along the row."
        } else {
            "Cells are read down the column."
        });
        Vec::new()
    }

    /// Lists the people of the chosen focus group below it, or no longer.
    pub(in crate::app) fn unfold_case(&mut self) -> Vec<Effect> {
        let Some(at) = self.matrix.row() else {
            self.refuse("There is no case here.");
            return Vec::new();
        };
        // On a person below a group, the group is meant.
        let rows = self.matrix.grid.rows.iter().take(at + 1).rev();
        let top = rows.into_iter().find(|row| row.depth == 0).map(|row| row.case);
        let has_people = |group: Case| {
            let mut rows = self.matrix.grid.rows.iter().skip_while(|row| (row.case, row.depth) != (group, 0));
            rows.nth(1).is_some_and(|row| row.depth > 0)
        };
        match top {
            Some(Case::Group(transcript)) if has_people(Case::Group(transcript)) => {
                if !self.matrix.unfolded.remove(&transcript) {
                    self.matrix.unfolded.insert(transcript);
                }
                let topic = self.matrix.chosen().map(|(_, topic)| topic);
                let wanted = topic.map(|topic| (Case::Group(transcript), topic));
                self.matrix.list(wanted.as_ref(), 0);
                self.show_people_of_group();
            }
            _ => self.refuse("Only a focus group has people below it."),
        }
        Vec::new()
    }
}

impl Model {
    /// Scrolls so far that the people below the chosen group are in sight, as many as there is room for.
    fn show_people_of_group(&mut self) {
        let height = grid_height(self.body().height, self.matrix.preview_height);
        let matrix = &mut self.matrix;
        let Some(line) = matrix.listed.get(matrix.roll.chosen).copied() else { return };
        let is_below = |line: &&GridLine| match line {
            GridLine::Row(row) => matrix.grid.rows.get(*row).is_some_and(|row| row.depth > 0),
            GridLine::Group(_) => false,
        };
        let people = matrix.lines.iter().skip(line + 1).take_while(is_below).count();
        matrix.roll.show(line, (line + 1 + people).min(line + height), height);
    }
}

/// What is looked for in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Wanted {
    /// Evidence without a summary.
    Undrafted,
    /// A summary to be looked at again.
    Stale,
    /// Anything said.
    Evidence,
}

impl Wanted {
    fn takes(self, cell: &MatrixCell) -> bool {
        match self {
            Wanted::Undrafted => cell.state == CellState::Evidence,
            Wanted::Stale => cell.state == CellState::Stale,
            Wanted::Evidence => !cell.evidence.is_empty(),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Wanted::Undrafted => "waits for a summary",
            Wanted::Stale => "is stale",
            Wanted::Evidence => "has evidence",
        }
    }
}

/// Where so many columns stand in so many of a window.
fn columns_for(window: u16, columns: usize) -> GridColumns {
    const LEAST: u16 = 3;
    const MOST: u16 = 16;
    const WIDE: u16 = 60;
    let label = if window < WIDE { 14 } else { (window / 4).clamp(20, 36) };
    let tail = if window < WIDE { 0 } else { 8 };
    let room = window.saturating_sub(label + tail);
    let each = room / u16::try_from(columns.max(1)).unwrap_or(u16::MAX);
    let width = each.clamp(LEAST, MOST);
    let shown = usize::from((room / width).max(1)).min(columns);
    GridColumns { label, width, left: 0, shown, tail }
}

/// Lines of rows out of `body`: beside the heads of columns, the counts of the chosen row and column, and the summary below.
fn grid_height(body: u16, preview: u16) -> usize {
    usize::from(body.saturating_sub(3 + preview)).max(1)
}

/// Rows for the summary of the chosen cell, out of `body`.
fn preview_rows(body: u16) -> u16 {
    const ROOM: u16 = 16;
    if body < ROOM { 0 } else { (body / 4).max(4) }
}

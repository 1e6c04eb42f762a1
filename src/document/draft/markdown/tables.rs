//! Tables of Markdown: rows behind pipes, Pandoc's grids, and columns below groups of dashes.

use super::{Cell, NumberedLine, Reader, without_quotation_marks};

/// The lines of one cell.
type CellLines<'t> = Vec<NumberedLine<'t>>;

impl Reader {
    /// Reads a line that is a row of a table with pipes. `next` is the line below it.
    pub(super) fn row(&mut self, line: &str, next: Option<&str>, number: usize) -> bool {
        let has_pipe = cells(line).count() > 1;
        let is_head = has_pipe && next.is_some_and(is_rule_of_pipes);
        let begins =
            line.starts_with('|') && (cells(line).count() > 2 || line.len() > 1 && line.ends_with('|'));
        if !(begins || is_head || self.row.is_some() && has_pipe) {
            self.row = None;
            return false;
        }
        let row = self.row.unwrap_or_else(|| {
            self.tables += 1;
            0
        });
        let bare = line.strip_prefix('|').unwrap_or(line);
        let bare = bare.strip_suffix('|').filter(|bare| !bare.ends_with('\\')).unwrap_or(bare);
        let cells = cells(bare).map(|cell| vec![(cell, number)]).collect::<Vec<_>>();
        self.cells(row, &cells);
        self.row = Some(row + 1);
        true
    }

    /// Reads a table that these lines begin with, if its rows are no single lines. Gives how many lines it takes.
    pub(super) fn table_of_lines(&mut self, lines: &[NumberedLine<'_>]) -> Option<usize> {
        let (first, _) = lines.first()?;
        let (rows, taken) = match first.trim_start().chars().next()? {
            '+' => grid(lines)?,
            '-' => dashed(lines)?,
            _ if lines.get(1).is_some_and(|(rule, _)| columns_of(rule).is_some()) => below_head(lines)?,
            _ => return None,
        };
        self.tables += 1;
        for (number, row) in rows.iter().enumerate() {
            self.cells(number, row);
        }
        Some(taken)
    }

    /// Adds the cells of a row of the last table.
    fn cells(&mut self, row: usize, cells: &[CellLines<'_>]) {
        let table = self.tables.saturating_sub(1);
        for (column, lines) in cells.iter().enumerate() {
            self.end_paragraph();
            self.builder.set_cell(Some(Cell { table, row, column }));
            for (text, number) in lines {
                match text.trim() {
                    "" => self.end_paragraph(),
                    text => self.inline(text, *number),
                }
                self.builder.push_char('\n', *number);
            }
        }
        self.end_paragraph();
        self.builder.set_cell(None);
    }
}

/// What stands between the pipes of a line that are not escaped.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    line.split(move |c: char| {
        let parts = c == '|' && !escaped;
        escaped = c == '\\' && !escaped;
        parts
    })
}

/// Whether a line is the rule below the head of a table with pipes.
fn is_rule_of_pipes(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The rows of a grid, `+---+---+` between them, and how many lines it takes.
fn grid<'t>(lines: &[NumberedLine<'t>]) -> Option<(Vec<Vec<CellLines<'t>>>, usize)> {
    let is_border = |line: &str| {
        line.starts_with('+')
            && line.len() > 2
            && line.ends_with('+')
            && line.chars().all(|c| matches!(c, '+' | '-' | '=' | ':'))
    };
    let held = lines.iter().map(|(line, number)| (without_quotation_marks(line).1.trim(), *number));
    let mut held = held.take_while(|(line, _)| line.starts_with(['+', '|']));
    if !held.next().is_some_and(|(line, _)| is_border(line)) {
        return None;
    }
    let (mut rows, mut row, mut taken): (Vec<_>, Vec<CellLines<'t>>, _) = (Vec::new(), Vec::new(), 1);
    for (line, number) in held {
        taken += 1;
        if is_border(line) {
            rows.push(std::mem::take(&mut row));
            continue;
        }
        let bare = line.trim_start_matches('|');
        for (column, cell) in cells(bare.strip_suffix('|').unwrap_or(bare)).enumerate() {
            if row.len() <= column {
                row.push(CellLines::new());
            }
            if let Some(lines) = row.get_mut(column) {
                lines.push((cell, number));
            }
        }
    }
    rows.push(row);
    rows.retain(|row| !row.is_empty());
    Some((rows, taken))
}

/// Where the columns begin below a line of two or more groups of dashes, in characters.
fn columns_of(line: &str) -> Option<Vec<usize>> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    let mut before = ' ';
    for (at, c) in line.trim_end().chars().enumerate() {
        match (c, groups.last_mut()) {
            ('-', Some((_, length))) if before == '-' => *length += 1,
            ('-', _) => groups.push((at, 1)),
            (' ', _) => {}
            _ => return None,
        }
        before = c;
    }
    let is_rule = groups.len() >= 2 && groups.iter().all(|(_, length)| *length >= 2);
    is_rule.then(|| groups.into_iter().map(|(start, _)| start).collect())
}

/// Adds the cells of a line to those of its row.
fn add_line<'t>(row: &mut Vec<CellLines<'t>>, columns: &[usize], (line, number): NumberedLine<'t>) {
    let byte = |at: usize| line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte);
    row.resize(columns.len(), CellLines::new());
    for (column, cell) in row.iter_mut().enumerate() {
        let start = if column == 0 { 0 } else { columns.get(column).map_or(line.len(), |at| byte(*at)) };
        let end = columns.get(column + 1).map_or(line.len(), |at| byte(*at));
        let text = line.get(start..end).unwrap_or_default();
        if !text.trim().is_empty() {
            cell.push((text, number));
        }
    }
}

/// The rows of a table whose head stands above its groups of dashes: a line each, up to a blank one.
fn below_head<'t>(lines: &[NumberedLine<'t>]) -> Option<(Vec<Vec<CellLines<'t>>>, usize)> {
    let [head, (rule, _), rest @ ..] = lines else { return None };
    let columns = columns_of(rule)?;
    let held = rest.iter().take_while(|(line, _)| !line.trim().is_empty());
    let rows: Vec<_> = std::iter::once(head)
        .chain(held)
        .map(|line| {
            let mut row = Vec::new();
            add_line(&mut row, &columns, *line);
            row
        })
        .collect();
    let taken = rows.len() + 1;
    (!head.0.trim().is_empty() && rows.len() > 1).then_some((rows, taken))
}

/// Most lines of the head of a table between two lines of dashes.
const MOST_HEAD: usize = 8;

/// The rows of a table between two lines of dashes: of several lines each, between blank ones, below a head or none.
fn dashed<'t>(lines: &[NumberedLine<'t>]) -> Option<(Vec<Vec<CellLines<'t>>>, usize)> {
    let is_line = |line: &str| line.trim().len() >= 3 && line.trim().bytes().all(|byte| byte == b'-');
    let (first, _) = lines.first()?;
    let near = lines.iter().take(MOST_HEAD).take_while(|(line, _)| !line.trim().is_empty());
    let rule = match is_line(first) {
        true => near.map(|(line, _)| columns_of(line)).position(|columns| columns.is_some())?,
        false => 0,
    };
    let columns = columns_of(lines.get(rule)?.0)?;
    let body = lines.get(rule + 1..)?;
    let is_end = |line: &str| is_line(line) || columns_of(line).is_some();
    let end = body.iter().position(|(line, _)| is_end(line) || line.starts_with(['#', '>', '|']))?;
    let body = body.get(..end).filter(|_| body.get(end).is_some_and(|(line, _)| is_end(line)))?;
    let has_blank = body.iter().any(|(line, _)| line.trim().is_empty());
    let mut rows = vec![Vec::new()];
    lines
        .get(1..rule.max(1))?
        .iter()
        .for_each(|line| rows.iter_mut().for_each(|row| add_line(row, &columns, *line)));
    rows.push(Vec::new());
    for line in body {
        if line.0.trim().is_empty() || !has_blank {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            add_line(row, &columns, *line);
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    Some((rows, rule + 1 + end + 1))
}

//! Tables of LaTeX: cells between `&`, rows up to `\\\\`.

use super::Reader;
use crate::document::tables::Tables;

/// Environments that are tables, and how many arguments come before their text.
const TABLES: [(&str, usize); 12] = [
    ("tabular", 1),
    ("tabular*", 2),
    ("tabularx", 2),
    ("tabulary", 2),
    ("longtable", 1),
    ("longtable*", 1),
    ("supertabular", 1),
    ("xtabular", 1),
    ("xltabular", 2),
    ("ltablex", 1),
    ("tblr", 1),
    ("longtblr", 1),
];

fn arguments_of(environment: &str) -> Option<usize> {
    TABLES.iter().find(|(name, _)| *name == environment).map(|(_, arguments)| *arguments)
}

/// The tables that are open.
#[derive(Debug, Default)]
pub(super) struct OpenTables {
    tables: Tables,
    /// For each, how many braces were open around it: a line break within more of them ends no row.
    braces: Vec<usize>,
}

impl OpenTables {
    /// How many columns the cell under way is wide.
    pub(super) fn set_span(&mut self, columns: usize) {
        self.tables.set_span(columns);
    }

    /// Closes all.
    pub(super) fn close_all(&mut self) {
        while self.braces.pop().is_some() {
            self.tables.close_table();
        }
    }
}

impl Reader<'_> {
    /// Opens a table, if the environment is one.
    pub(super) fn begin_table(&mut self, name: &str) -> bool {
        let Some(arguments) = arguments_of(name) else { return false };
        for _ in 0..arguments {
            while self.optional() {}
            self.argument();
        }
        self.tables.braces.push(self.groups.len());
        self.tables.tables.open_table();
        self.open_row();
        true
    }

    /// Closes a table, if the environment is one.
    pub(super) fn end_table(&mut self, name: &str) -> bool {
        let is_table = arguments_of(name).is_some();
        if is_table && self.tables.braces.pop().is_some() {
            self.tables.tables.close_table();
            self.enter_cell();
        }
        is_table
    }

    /// Ends a cell and begins the next; outside tables, ends a paragraph.
    pub(super) fn next_cell(&mut self) {
        if self.tables.braces.is_empty() {
            self.builder.end_paragraph();
            return;
        }
        self.tables.tables.close_cell();
        self.tables.tables.open_cell();
        self.enter_cell();
    }

    /// Ends a row and begins the next, if this is the place of a table for it.
    pub(super) fn next_row(&mut self) -> bool {
        let ends_row = self.tables.braces.last() == Some(&self.groups.len());
        if ends_row {
            self.open_row();
        }
        ends_row
    }

    fn open_row(&mut self) {
        self.tables.tables.open_row();
        self.tables.tables.open_cell();
        self.enter_cell();
    }

    fn enter_cell(&mut self) {
        self.builder.set_cell(self.tables.tables.cell());
    }
}

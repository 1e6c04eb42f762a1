//! LaTeX: what it would print, nearly. Quotation marks become curly ones, csquotes' commands too; the environments `quote`,
//! `quotation`, `displayquote` and `verse` are block quotations; references are read as `[@]`, tables by cells.
//!
//! No macro is expanded: a command that is not known is dropped and its text in braces stays.

mod commands;
mod quoting;
mod references;
mod tables;

use super::blocks::{Builder, Draft};
use quoting::Source;
use tables::OpenTables;

pub(super) fn read(source: &str) -> Draft {
    let (start, body) = body(source);
    let line = source.get(..start).unwrap_or_default().matches('\n').count() + 1;
    let mut reader = Reader {
        builder: Builder::new("line"),
        source: body,
        at: 0,
        line,
        groups: Vec::new(),
        environments: Vec::new(),
        sources: Vec::new(),
        tables: OpenTables::default(),
        italic: false,
        nested: 0,
        notes: Vec::new(),
    };
    reader.read();
    reader.end();
    // Footnotes are read after the text that they hang on, so that no sentence is cut in two by one.
    let notes = std::mem::take(&mut reader.notes);
    for (note, line) in notes {
        (reader.source, reader.at, reader.line) = (note, 0, line);
        reader.read();
        reader.end();
    }
    reader.builder.finish()
}

/// What stands between the beginning and the end of the document, and where it begins; the whole file without them.
fn body(source: &str) -> (usize, &str) {
    const BEGIN: &str = "\\begin{document}";
    let start = source.find(BEGIN).map_or(0, |at| at + BEGIN.len());
    let rest = source.get(start..).unwrap_or_default();
    let end = rest.find("\\end{document}").unwrap_or(rest.len());
    (start, rest.get(..end).unwrap_or_default())
}

struct Reader<'t> {
    builder: Builder,
    source: &'t str,
    at: usize,
    line: usize,
    /// The braces that are open.
    groups: Vec<Group<'t>>,
    /// For each environment that is open, whether italics were on before it.
    environments: Vec<bool>,
    /// Where the blocks of quotations that are open are from.
    sources: Vec<Source<'t>>,
    tables: OpenTables,
    italic: bool,
    /// How many arguments that are read by themselves stand one in another.
    nested: usize,
    notes: Vec<(&'t str, usize)>,
}

/// What ends where a brace closes.
#[derive(Clone, Copy, Debug, Default)]
struct Group<'t> {
    /// What is printed there.
    prints: Option<char>,
    /// Where what was quoted is from.
    source: Source<'t>,
    /// Whether what it holds is raised.
    raised: bool,
    /// Whether italics were on before it.
    italic: bool,
}

/// Arguments that are read by themselves may stand so deep in each other.
const MOST_NESTED: usize = 8;

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Goes on by so many bytes.
    fn skip(&mut self, length: usize) {
        let passed = self.source.get(self.at..self.at + length).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at += length;
    }

    fn push(&mut self, character: char) {
        self.builder.push_char(character, self.line);
    }

    /// Reads to the end of the source.
    fn read(&mut self) {
        while let Some(next) = self.rest().chars().next() {
            match next {
                '\\' => self.command(),
                '%' => self.comment(),
                '{' => {
                    self.open_group(Group::default());
                    self.skip(1);
                }
                '}' => {
                    self.skip(1);
                    self.close_group();
                }
                '\n' => self.line_end(),
                '~' => self.one(' ', 1),
                '&' => {
                    self.next_cell();
                    self.skip(1);
                }
                '$' if self.rest().starts_with("$^") => self.power(),
                '$' => self.skip(1),
                '`' if self.rest().starts_with("``") => self.one('“', 2),
                '`' => self.one('‘', 1),
                '\'' if self.rest().starts_with("''") => self.one('”', 2),
                '\'' => self.one('’', 1),
                '-' if self.rest().starts_with("---") => self.one('—', 3),
                '-' if self.rest().starts_with("--") => self.one('–', 2),
                other => self.one(other, other.len_utf8()),
            }
        }
    }

    /// Ends what is still open at the end of the body or of a note.
    fn end(&mut self) {
        self.groups.clear();
        self.environments.clear();
        self.set_italic(false);
        self.tables.close_all();
        self.builder.set_cell(None);
        self.builder.set_references(false);
    }

    /// Reads an argument by itself.
    fn read_argument(&mut self, argument: &'t str) {
        if self.nested == MOST_NESTED {
            return self.builder.push(argument, self.line);
        }
        let outside = (self.source, self.at, self.line);
        let groups = std::mem::take(&mut self.groups);
        (self.source, self.at) = (argument, 0);
        self.nested += 1;
        self.read();
        self.nested -= 1;
        self.groups = groups;
        (self.source, self.at, self.line) = outside;
    }

    fn open_group(&mut self, group: Group<'t>) {
        if group.raised {
            self.builder.open_raised();
        }
        self.groups.push(Group { italic: self.italic, ..group });
    }

    fn close_group(&mut self) {
        let Some(group) = self.groups.pop() else { return };
        if group.raised {
            self.builder.close_raised(self.line);
        }
        self.set_italic(group.italic);
        if let Some(mark) = group.prints {
            self.push(mark);
        }
        self.print_source(group.source);
    }

    fn set_italic(&mut self, italic: bool) {
        self.italic = italic;
        self.builder.set_italic(italic);
    }

    fn one(&mut self, character: char, length: usize) {
        self.push(character);
        self.skip(length);
    }

    /// A comment swallows its line end and the blanks that the next line begins with.
    fn comment(&mut self) {
        let rest = self.rest();
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        self.builder.comment(rest.get(..end).unwrap_or_default().trim_start_matches('%'));
        let after = rest.get(end..).unwrap_or_default();
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        self.skip(end + blanks);
        if self.rest().starts_with('\n') {
            self.builder.end_paragraph();
        }
    }

    /// A blank line ends a paragraph.
    fn line_end(&mut self) {
        let after = self.rest().get(1..).unwrap_or_default();
        let next = after.split('\n').next().unwrap_or_default();
        if next.trim().is_empty() {
            self.builder.end_paragraph();
        } else {
            self.push('\n');
        }
        self.skip(1);
    }

    /// What stands raised in a formula of nothing else: the mark of a reference, perhaps.
    fn power(&mut self) {
        let inside = self.rest().get(2..).unwrap_or_default();
        let near = inside.get(..inside.floor_char_boundary(40)).unwrap_or_default();
        match near.split_once('$') {
            Some((raised, _)) => {
                self.builder.open_raised();
                self.builder.push(raised.trim_matches(['{', '}', ' ']), self.line);
                self.builder.close_raised(self.line);
                self.skip(raised.len() + 3);
            }
            None => self.skip(2),
        }
    }

    /// Skips an argument in square brackets, if one comes next on this line.
    fn optional(&mut self) -> bool {
        self.optional_text().is_some()
    }

    /// The same, with what it says.
    fn optional_text(&mut self) -> Option<&'t str> {
        let inside = self.rest().strip_prefix('[')?;
        let end = inside.find([']', '\n'])?;
        if !inside.get(end..)?.starts_with(']') {
            return None;
        }
        self.skip(end + 2);
        inside.get(..end)
    }

    /// Takes an argument in braces, if one comes next.
    fn argument(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let inside = rest.strip_prefix('{')?;
        let mut depth = 1_usize;
        let mut escaped = false;
        for (at, byte) in inside.bytes().enumerate() {
            match byte {
                b'\\' => {
                    escaped = !escaped;
                    continue;
                }
                b'{' if !escaped => depth += 1,
                b'}' if !escaped => depth -= 1,
                _ => {}
            }
            escaped = false;
            if depth == 0 {
                self.skip(at + 2);
                return inside.get(..at);
            }
        }
        // Never closed: the rest is text.
        self.skip(1);
        None
    }
}

//! `codebook.toml`: `schema = 1`, `[[code]]` and `[[theme]]`.
//!
//! Read value by value rather than into structs, so that each sentence has its line, and so that no message carries
//! the text of a definition or an example.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::TableError;
use super::codebook::{Codebook, FIELDS, ThemeRow};
use super::wrong::Findings;
use crate::import::Doubt;

type Value<'t> = Spanned<DeValue<'t>>;

/// The newest schema that is understood.
const SCHEMA: &str = "1";

/// Reads the file.
pub(super) fn read(text: &str) -> Result<Codebook, TableError> {
    let lines = Lines::of_text(text);
    let root = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| lines.of(span));
        TableError::row(line, format!("it is no TOML: {}", error.message()))
    })?;
    let root = root.get_ref();
    if !root.keys().any(|key| matches!(key.get_ref().as_ref(), "code" | "theme")) {
        return Err(TableError::whole(
            "it has neither [[code]] nor [[theme]] entries; only a codebook can be imported from TOML",
        ));
    }
    let (mut findings, mut book) = (Findings::default(), Codebook::default());
    for (key, value) in root {
        match key.get_ref().as_ref() {
            "code" => each(&lines, "code", value, &mut findings, |entry, findings| {
                entry.code(&mut book, findings);
            }),
            "theme" => each(&lines, "theme", value, &mut findings, |entry, findings| {
                entry.theme(&mut book, findings);
            }),
            "schema" => check_schema(&lines, value, &mut findings),
            other => book.doubts.push(left_out(lines.of(key.span()), other)),
        }
    }
    book.doubts.sort_by_key(|doubt| doubt.line);
    findings.or(book)
}

fn check_schema(lines: &Lines, value: &Value<'_>, findings: &mut Findings) {
    let line = lines.of(value.span());
    match value.get_ref() {
        DeValue::Integer(number) if number.as_str() == SCHEMA => {}
        DeValue::Integer(_) => {
            let what = format!("this program reads schema {SCHEMA}; the file was made for another version");
            findings.cell(line, "schema", what);
        }
        _ => findings.cell(line, "schema", format!("write schema = {SCHEMA}")),
    }
}

fn left_out(line: usize, key: &str) -> Doubt {
    Doubt { line: Some(line), what: format!("a codebook has no key '{key}'; it was left out") }
}

fn each<'t>(
    lines: &Lines,
    kind: &str,
    value: &Value<'t>,
    findings: &mut Findings,
    mut take: impl FnMut(Entry<'_, 't>, &mut Findings),
) {
    let wrong = |line: usize, findings: &mut Findings| {
        findings.row(line, format!("write [[{kind}]] before each {kind}"));
    };
    let DeValue::Array(entries) = value.get_ref() else {
        return wrong(lines.of(value.span()), findings);
    };
    for entry in entries {
        match entry.get_ref() {
            DeValue::Table(table) => take(Entry { lines, table, line: lines.of(entry.span()) }, findings),
            _ => wrong(lines.of(entry.span()), findings),
        }
    }
}

/// One `[[code]]` or `[[theme]]`.
struct Entry<'e, 't> {
    lines: &'e Lines,
    table: &'e DeTable<'t>,
    line: usize,
}

impl<'e, 't> Entry<'e, 't> {
    fn get(&self, key: &str) -> Option<&'e Value<'t>> {
        self.table.iter().find(|(held, _)| held.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    /// Refuses values that are neither text nor, where `lists` says so, lists of texts; notes keys nobody knows.
    fn check(&self, texts: &[&str], lists: &[&str], book: &mut Codebook, findings: &mut Findings) {
        for (key, value) in self.table {
            let (key, line) = (key.get_ref().as_ref(), self.lines.of(key.span()));
            if key == "order" && !texts.contains(&"side") {
                continue;
            }
            if !texts.contains(&key) && !lists.contains(&key) {
                book.doubts.push(left_out(line, key));
            } else if !(is_text(value) || lists.contains(&key) && strings(value).is_some()) {
                let list = if lists.contains(&key) { " or a list of texts" } else { "" };
                findings.cell(line, key, format!("write a text between quotation marks{list}"));
            }
        }
    }

    fn text(&self, key: &str) -> Option<(usize, String)> {
        let value = self.get(key)?;
        let text = strings(value)?.join("\n").trim().to_owned();
        (!text.is_empty()).then(|| (self.lines.of(value.span()), text))
    }

    fn code(&self, book: &mut Codebook, findings: &mut Findings) {
        let lists = ["definition", "include", "exclude", "example"];
        let texts: Vec<&str> = FIELDS.into_iter().chain(["name", "color"]).collect();
        self.check(&texts, &lists, book, findings);
        let name = self.text("name").map_or(String::new(), |(_, name)| name);
        let field = |key: &str| match key {
            "colour" => self.text("colour").or_else(|| self.text("color")),
            _ => self.text(key),
        };
        book.add_code(self.line, &name, field, findings);
    }

    fn theme(&self, book: &mut Codebook, findings: &mut Findings) {
        self.check(&["name", "component", "note"], &["barriers", "facilitators"], book, findings);
        let text = |key: &str| self.text(key).map(|(_, text)| text);
        let names = |key: &str| self.get(key).and_then(strings);
        let theme = ThemeRow {
            line: self.line,
            name: text("name").unwrap_or_default(),
            component: text("component"),
            order: self.order(findings),
            barriers: names("barriers"),
            facilitators: names("facilitators"),
            note: text("note"),
        };
        book.add_theme(theme, findings);
    }

    fn order(&self, findings: &mut Findings) -> Option<u32> {
        let value = self.get("order")?;
        let order = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if order.is_none() {
            findings.cell(self.lines.of(value.span()), "order", "write a whole number from 1");
        }
        order
    }
}

fn is_text(value: &Value<'_>) -> bool {
    matches!(value.get_ref(), DeValue::String(_))
}

/// A text as a list of one; `None` if a value is neither text nor list of texts.
fn strings(value: &Value<'_>) -> Option<Vec<String>> {
    match value.get_ref() {
        DeValue::String(text) => Some(vec![text.as_ref().to_owned()]),
        DeValue::Array(items) => items
            .iter()
            .map(|item| match item.get_ref() {
                DeValue::String(text) => Some(text.as_ref().to_owned()),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

/// Where the lines of the file end.
struct Lines {
    ends: Vec<usize>,
}

impl Lines {
    fn of_text(text: &str) -> Self {
        Self { ends: text.match_indices('\n').map(|(at, _)| at).collect() }
    }

    /// The line, from 1, on which a span begins.
    fn of(&self, span: Range<usize>) -> usize {
        1 + self.ends.partition_point(|end| *end < span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Side;

    #[test]
    fn codes_and_themes_are_read_with_their_lines_and_lists_are_joined_by_lines() {
        let book = read(
            "schema = 1\n\n[[code]]\nname = \"Time\"\nside = \"barrier\"\ninclude = [\"rush\", \"queues\"]\n\n\
             [[theme]]\nname = \"Pace\"\norder = 3\nbarriers = [\"Time\"]\n\n[[code]]\nname = 'Rest'\nweight = 2\n",
        )
        .unwrap();
        let codes: Vec<_> = book.codes.iter().map(|code| (code.line, code.name.as_str())).collect();
        assert_eq!(codes, [(3, "Time"), (13, "Rest")]);
        assert_eq!(
            (book.codes[0].side, book.codes[0].include.as_deref()),
            (Some(Side::Barrier), Some("rush\nqueues"))
        );
        let theme = &book.themes[0];
        assert_eq!(
            (theme.line, theme.order, theme.barriers.as_deref()),
            (8, Some(3), Some(&["Time".to_owned()][..]))
        );
        assert_eq!(theme.facilitators, None);
        assert_eq!(
            book.doubts,
            [Doubt { line: Some(15), what: "a codebook has no key 'weight'; it was left out".into() }]
        );
    }

    #[test]
    fn every_refusal_names_its_line_and_shows_no_text() {
        let refused = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            refused("name = \"A study\"\n"),
            "it has neither [[code]] nor [[theme]] entries; only a codebook can be imported from TOML"
        );
        assert_eq!(
            refused("schema = 2\n[[code]]\nname = \"a\"\n"),
            "line 1, column 'schema': this program reads schema 1; the file was made for another version"
        );
        assert_eq!(
            refused("[[code]]\nname = 3\n[[theme]]\nname = \"T\"\norder = \"first\"\n"),
            "line 1, column 'name': it is missing; name the code or delete the entry; \
             line 2, column 'name': write a text between quotation marks; \
             line 5, column 'order': write a whole number from 1"
        );
        let broken = refused("[[code]]\nname = \"a\"\nexample = \"My secret\n");
        assert!(broken.starts_with("line 3: it is no TOML: ") && !broken.contains("secret"), "{broken}");
        assert_eq!(refused("[code]\nname = \"a\"\n"), "line 1: write [[code]] before each code");
    }
}

//! The codebook: codes and themes by name. From CSV come codes alone, from TOML both.

use super::TableError;
use super::grid::Grid;
use super::wrong::Findings;
use crate::import::Doubt;
use crate::study::{CodeState, Origin, Side};
use crate::text::fold_name;

/// A codebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Codebook {
    /// Codes in order, no two of one name.
    pub(in crate::import) codes: Vec<CodeRow>,
    /// Themes in order, no two of one name.
    pub(in crate::import) themes: Vec<ThemeRow>,
    /// What was left out.
    pub(in crate::import) doubts: Vec<Doubt>,
}

/// One code. What the file does not say is `None` and stays as it is in the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct CodeRow {
    /// Line of the file.
    pub(in crate::import) line: usize,
    pub(in crate::import) name: String,
    pub(in crate::import) parent: Option<String>,
    pub(in crate::import) side: Option<Side>,
    pub(in crate::import) component: Option<String>,
    pub(in crate::import) origin: Option<Origin>,
    pub(in crate::import) state: Option<CodeState>,
    pub(in crate::import) colour: Option<String>,
    pub(in crate::import) definition: Option<String>,
    pub(in crate::import) include: Option<String>,
    pub(in crate::import) exclude: Option<String>,
    pub(in crate::import) example: Option<String>,
}

/// One theme. What the file does not say is `None` and stays as it is in the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct ThemeRow {
    /// Line of the file.
    pub(in crate::import) line: usize,
    pub(in crate::import) name: String,
    pub(in crate::import) component: Option<String>,
    pub(in crate::import) order: Option<u32>,
    pub(in crate::import) barriers: Option<Vec<String>>,
    pub(in crate::import) facilitators: Option<Vec<String>>,
    pub(in crate::import) note: Option<String>,
}

/// The columns of a code besides its name.
pub(super) const FIELDS: [&str; 10] = [
    "parent",
    "side",
    "component",
    "origin",
    "state",
    "colour",
    "definition",
    "include",
    "exclude",
    "example",
];

/// Columns of which a codebook has at least one beside `name`.
pub(super) const MARKS: [&str; 8] =
    ["definition", "parent", "side", "component", "origin", "include", "exclude", "example"];

/// Names of colours; `bright` may stand before the first eight.
const COLOURS: [&str; 10] =
    ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "grey", "gray"];

/// Reads the CSV form.
pub(super) fn read(grid: &Grid) -> Result<Codebook, TableError> {
    let name = grid.required("name", "name")?;
    let columns: Vec<(&str, Option<usize>)> =
        FIELDS.iter().map(|field| (*field, grid.column(field).or_else(|| american(grid, field)))).collect();
    let (mut findings, mut book) = (Findings::default(), Codebook::default());
    for row in &grid.rows {
        let field = |wanted: &str| {
            let (_, column) = columns.iter().find(|(field, _)| *field == wanted)?;
            let cell = unguarded(row.cell(*column)).replace("\r\n", "\n");
            (!cell.is_empty()).then_some((row.line, cell))
        };
        book.add_code(row.line, unguarded(row.cell(Some(name))), field, &mut findings);
    }
    let known = |column: &String| {
        let folded = fold_name(column);
        folded.is_empty() || ["name", "color"].contains(&folded.as_str()) || FIELDS.contains(&folded.as_str())
    };
    for column in grid.columns.iter().filter(|column| !known(column)) {
        let what = format!("a codebook has no column '{column}'; it was left out");
        book.doubts.push(Doubt { line: Some(grid.header_line), what });
    }
    findings.or(book)
}

/// A cell without the apostrophe by which an export keeps spreadsheets from computing it.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

fn american(grid: &Grid, field: &str) -> Option<usize> {
    (field == "colour").then(|| grid.column("color")).flatten()
}

impl Codebook {
    /// Adds one code. `field` gives what the file says of a field, and the line it says it on.
    pub(super) fn add_code(
        &mut self,
        line: usize,
        name: &str,
        field: impl Fn(&str) -> Option<(usize, String)>,
        findings: &mut Findings,
    ) {
        let twin = self.codes.iter().find(|code| fold_name(&code.name) == fold_name(name));
        check_name(line, name, twin.map(|code| code.line), "code", findings);
        let mut word = |wanted: &str, known: &dyn Fn(&str) -> bool, words: &str| {
            let (at, word) = field(wanted)?;
            if !known(&word) {
                findings.cell(at, wanted, format!("write {words}, or leave it empty"));
            }
            Some(word)
        };
        let side = word("side", &|word| Side::parse(word).is_some(), "barrier or facilitator");
        let origin = word("origin", &|word| Origin::parse(word).is_some(), "deductive or inductive");
        let state = word("state", &|word| CodeState::parse(word).is_some(), "draft, working or retired");
        let text = |wanted: &str| field(wanted).map(|(_, text)| text);
        let colour = field("colour").and_then(|(at, colour)| {
            let known = is_colour(&colour);
            if !known {
                let what = format!(
                    "the colour of “{}” is neither one of the sixteen names nor #rrggbb; it was left out",
                    name.trim()
                );
                self.doubts.push(Doubt { line: Some(at), what });
            }
            known.then(|| fold_name(&colour))
        });
        self.codes.push(CodeRow {
            line,
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            parent: text("parent"),
            side: side.and_then(|word| Side::parse(&word)),
            component: text("component"),
            origin: origin.and_then(|word| Origin::parse(&word)),
            state: state.and_then(|word| CodeState::parse(&word)),
            colour,
            definition: text("definition"),
            include: text("include"),
            exclude: text("exclude"),
            example: text("example"),
        });
    }

    /// Adds one theme.
    pub(super) fn add_theme(&mut self, theme: ThemeRow, findings: &mut Findings) {
        let twin = self.themes.iter().find(|held| fold_name(&held.name) == fold_name(&theme.name));
        check_name(theme.line, &theme.name, twin.map(|held| held.line), "theme", findings);
        self.themes.push(theme);
    }
}

fn check_name(line: usize, name: &str, twin: Option<usize>, kind: &str, findings: &mut Findings) {
    if name.trim().is_empty() {
        findings.cell(line, "name", format!("it is missing; name the {kind} or delete the entry"));
    } else if let Some(first) = twin {
        let what = format!("the {kind} “{name}” stands in line {first} already; keep one of them");
        findings.cell(line, "name", what);
    }
}

fn is_colour(word: &str) -> bool {
    let folded = fold_name(word).replace(['-', '_'], " ");
    if let Some(digits) = folded.strip_prefix('#') {
        return digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
    }
    let plain = ["bright ", "light ", "dark "].iter().find_map(|shade| folded.strip_prefix(shade));
    COLOURS.contains(&plain.unwrap_or(&folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Codebook, TableError> {
        read(&Grid::read(text).unwrap().unwrap())
    }

    #[test]
    fn empty_cells_say_nothing_and_unknown_columns_and_colours_are_left_out() {
        let book = read_text(
            "name;parent;side;color;definition;rank\n Time  pressure ;;Barrier;bright red;;1\nWorkload;Time pressure;;puce;much;2\n",
        )
        .unwrap();
        assert_eq!(book.codes[0].name, "Time pressure");
        assert_eq!(
            (book.codes[0].side, book.codes[0].colour.as_deref()),
            (Some(Side::Barrier), Some("bright red"))
        );
        assert_eq!((&book.codes[0].definition, &book.codes[1].colour), (&None, &None));
        assert_eq!(book.codes[1].parent.as_deref(), Some("Time pressure"));
        let doubts: Vec<&str> = book.doubts.iter().map(|doubt| doubt.what.as_str()).collect();
        assert_eq!(
            doubts,
            [
                "the colour of “Workload” is neither one of the sixteen names nor #rrggbb; it was left out",
                "a codebook has no column 'rank'; it was left out"
            ]
        );
    }

    #[test]
    fn twins_and_unknown_words_are_refused() {
        let refused = read_text("name,side,definition\nTime,good,x\nTIME,barrier,y\n").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "line 2, column 'side': write barrier or facilitator, or leave it empty; \
             line 3, column 'name': the code “TIME” stands in line 2 already; keep one of them"
        );
    }
}

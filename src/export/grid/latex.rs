//! A grid as a LaTeX table that may run over pages (`longtable`, `booktabs`; both are in every distribution).

use super::{Cell, Grid};

pub(super) fn write(grid: &Grid) -> String {
    let columns = grid.columns();
    let mut out = String::from("% Needs \\usepackage{booktabs,longtable}.\n");
    out.push_str(&format!("\\begin{{longtable}}{{{}}}\n", layout(grid)));
    if !grid.title.is_empty() {
        out.push_str(&format!("\\caption{{{}}}\\\\\n", escape(&grid.title)));
    }
    let head: Vec<String> = grid.head.iter().map(|name| escape(name)).collect();
    let head = line(&head, columns);
    out.push_str(&format!("\\toprule\n{head}\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n"));
    for row in &grid.rows {
        match row.title() {
            Some(title) => {
                let title = escape(&title);
                out.push_str(&format!("\\multicolumn{{{columns}}}{{@{{}}l}}{{\\textbf{{{title}}}}} \\\\*\n"));
            }
            None => {
                let cells: Vec<String> =
                    row.cells.iter().map(Cell::shown).map(|cell| escape(&cell)).collect();
                out.push_str(&line(&cells, columns));
            }
        }
    }
    out.push_str("\\end{longtable}\n");
    for note in &grid.notes {
        out.push_str(&format!("\n\\noindent{{\\footnotesize {}}}\n", escape(note)));
    }
    out
}

/// Cells of text that is longer than this are set as paragraphs.
const LONGEST_LINE: usize = 30;

/// Figures to the right, short text to the left, the rest as paragraphs that share the line by their weight.
fn layout(grid: &Grid) -> String {
    let weights = grid.weights();
    let all = weights.iter().sum::<u32>().max(1);
    let figures = grid.figures();
    let column = |(nth, weight): (usize, &u32)| {
        let longest = grid.column(nth).map(|cell| cell.shown().chars().count()).max().unwrap_or(0);
        match figures.get(nth) {
            Some(true) => "r".to_owned(),
            _ if longest <= LONGEST_LINE => "l".to_owned(),
            _ => {
                let share = f64::from(*weight) / f64::from(all) * 0.9;
                format!("p{{{share:.2}\\linewidth}}")
            }
        }
    };
    let columns: String = weights.iter().enumerate().map(column).collect();
    format!("@{{}}{columns}@{{}}")
}

fn line(cells: &[String], columns: usize) -> String {
    let mut out = String::new();
    for nth in 0..columns {
        if nth > 0 {
            out.push_str(" & ");
        }
        let cell = cells.get(nth).map_or("", String::as_str);
        // Behind `\\` these would be an option of it.
        if nth == 0 && cell.starts_with(['[', '*']) {
            out.push_str("{}");
        }
        out.push_str(cell);
    }
    out.push_str(" \\\\\n");
    out
}

/// Text in which no character of LaTeX means anything. Line breaks are blanks: in a cell they would end the row.
pub(in crate::export) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            '\u{a0}' => out.push('~'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::GridRow;

    #[test]
    fn latex_means_nothing_in_cells() {
        assert_eq!(
            escape("R&D 5% $3 #1 a_b {c} ~ ^ \\x"),
            "R\\&D 5\\% \\$3 \\#1 a\\_b \\{c\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}x"
        );
        assert_eq!(escape("one\ntwo"), "one two");
    }

    #[test]
    fn a_row_that_begins_with_a_bracket_is_no_option_of_the_row_before() {
        let grid = Grid {
            head: vec!["q".into(), "n".into()],
            rows: vec![GridRow::of(vec!["[So] tired".into(), Cell::Count(1)])],
            ..Grid::default()
        };
        let written = write(&grid);
        assert!(written.contains("\n{}[So] tired & 1 \\\\\n"), "{written}");
        assert!(written.contains("{@{}lr@{}}"), "{written}");
    }
}

//! A grid as a Markdown table (GitHub's, which pandoc reads too).

use super::{Cell, Grid};

pub(super) fn write(grid: &Grid) -> String {
    let columns = grid.columns();
    let mut out = String::new();
    if !grid.title.is_empty() {
        out.push_str(&format!("**{}**\n\n", escape(&grid.title)));
    }
    let mut line = |cells: Vec<String>| {
        out.push('|');
        for nth in 0..columns {
            out.push(' ');
            out.push_str(cells.get(nth).map_or("", String::as_str));
            out.push_str(" |");
        }
        out.push('\n');
    };
    line(grid.head.iter().map(|name| escape(name)).collect());
    line(grid.figures().iter().map(|figures| if *figures { "---:" } else { "---" }.to_owned()).collect());
    for row in &grid.rows {
        match row.title() {
            Some(title) if title.is_empty() => line(Vec::new()),
            Some(title) => line(vec![format!("**{}**", escape(&title))]),
            None => line(row.cells.iter().map(Cell::shown).map(|cell| escape(&cell)).collect()),
        }
    }
    for note in &grid.notes {
        out.push_str(&format!("\n{}\n", escape(note)));
    }
    out
}

/// Text in which no character of Markdown means anything: for a cell, so a line break is `<br>`. An underscore inside a word
/// (`focus_group`) means nothing anyway and stays.
pub(in crate::export) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' | '|' | '*' | '`' | '<' => out.extend(['\\', c]),
            '_' => {
                let after = characters.peek().copied().unwrap_or(' ');
                if !(before.is_alphanumeric() && after.is_alphanumeric()) {
                    out.push('\\');
                }
                out.push(c);
            }
            '\n' => out.push_str("<br>"),
            '\r' => {}
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::GridRow;

    #[test]
    fn markdown_means_nothing_in_cells() {
        assert_eq!(escape("a|b *c* <d> focus_group _e_"), "a\\|b \\*c\\* \\<d> focus_group \\_e\\_");
        assert_eq!(escape("one\r\ntwo"), "one<br>two");
    }

    #[test]
    fn a_table_has_title_head_blocks_and_notes() {
        let grid = Grid {
            title: "Sample".into(),
            head: vec!["".into(), "n".into()],
            rows: vec![GridRow::heading("Sex"), GridRow::of(vec!["female".into(), Cell::Count(12)])],
            notes: vec!["Counts are people.".into()],
        };
        assert_eq!(
            write(&grid),
            "**Sample**\n\n|  | n |\n| --- | ---: |\n| **Sex** |  |\n| female | 12 |\n\nCounts are people.\n"
        );
    }
}

//! Cells of tables, in each format.

use super::*;

/// The cells of a draft: row, column and text.
fn cells(name: &str, source: &str) -> Vec<(usize, usize, String)> {
    let draft = read_draft(name, source.as_bytes()).unwrap();
    let of = |block: Block| block.cell.map(|cell| (cell.row, cell.column, block.text));
    draft.blocks.into_iter().filter_map(of).collect()
}

fn cell(row: usize, column: usize, text: &str) -> (usize, usize, String) {
    (row, column, text.to_owned())
}

fn tables(name: &str, source: &str) -> Vec<Option<usize>> {
    let draft = read_draft(name, source.as_bytes()).unwrap();
    draft.blocks.iter().map(|block| block.cell.map(|cell| cell.table)).collect()
}

#[test]
fn rows_of_markdown_are_cut_at_pipes() {
    let source = "| Theme | Quote | Who |\n|---|:--|--:|\n| Power | “Half\\|all” `a` | P016 |\n|  | *I never said so to anybody.* |\n\nText | text";
    let expected = [
        cell(0, 0, "Theme"),
        cell(0, 1, "Quote"),
        cell(0, 2, "Who"),
        cell(1, 0, "Power"),
        cell(1, 1, "“Half|all”"),
        cell(1, 2, "P016"),
        cell(2, 1, "I never said so to anybody."),
    ];
    assert_eq!(cells("a.md", source), expected);
    let bare = "Quote | Who\n--- | ---\n“Half” | P016\n“All”<br>of it | P013\n";
    let expected = [
        cell(0, 0, "Quote"),
        cell(0, 1, "Who"),
        cell(1, 0, "“Half”"),
        cell(1, 1, "P016"),
        cell(2, 0, "“All”\nof it"),
        cell(2, 1, "P013"),
    ];
    assert_eq!(cells("a.md", bare), expected);
    let two = "| a | b |\n|---|---|\n\ntext\n\n| c |\n|---|";
    assert_eq!(tables("a.md", two), [Some(0), Some(0), None, Some(1)]);
}

#[test]
fn cells_of_a_grid_go_over_lines() {
    let source = "+-------+----------------+\n| Theme | Quote          |\n+=======+================+\n| Power | “You can't     |\n|       | give half.”    |\n|       |                |\n|       | (P016)         |\n+-------+----------------+\n|       | b              |\n+-------+----------------+\nafter";
    assert_eq!(
        cells("a.md", source),
        [
            cell(0, 0, "Theme"),
            cell(0, 1, "Quote"),
            cell(1, 0, "Power"),
            cell(1, 1, "“You can't\ngive half.”"),
            cell(1, 1, "(P016)"),
            cell(2, 1, "b"),
        ]
    );
}

#[test]
fn columns_below_dashes_are_cells() {
    let simple = "Who    Quote\n-----  -----------\nP016   “Half of it.”\nP013   “All.”\n\nAfter";
    let expected = [
        cell(0, 0, "Who"),
        cell(0, 1, "Quote"),
        cell(1, 0, "P016"),
        cell(1, 1, "“Half of it.”"),
        cell(2, 0, "P013"),
        cell(2, 1, "“All.”"),
    ];
    assert_eq!(cells("a.md", simple), expected);
    let several = "------------------\nWho    Quote\n-----  -----------\nP016   “Half\n       of it.”\n\nP013   “All.”\n------------------\n\nAfter";
    let mut expected = expected;
    expected[3] = cell(1, 1, "“Half\nof it.”");
    assert_eq!(cells("a.md", several), expected);
    assert_eq!(cells("a.md", "Text\n\n---\n\nmore -- and\n\n----\n\n- - -\n"), []);
}

#[test]
fn cells_of_html_count_what_spans_columns_and_rows() {
    let source = "<table><tr><th>Theme<th>Quote</th><th>Who</th></tr><tr><td rowspan=\"2\">Power<td><p>“Half”</p><p>(P016)</p></td><td></td></tr><tr><td>“All”</td><td>P013</td></tr><tr><td colspan=2>Both<td>P090</table><p>After</p><dl><dt>P013<dd>One</dd><dt>P016</dt><dd>Two</dd></dl>";
    assert_eq!(
        cells("a.html", source),
        [
            cell(0, 0, "Theme"),
            cell(0, 1, "Quote"),
            cell(0, 2, "Who"),
            cell(1, 0, "Power"),
            cell(1, 1, "“Half”"),
            cell(1, 1, "(P016)"),
            cell(2, 1, "“All”"),
            cell(2, 2, "P013"),
            cell(3, 0, "Both"),
            cell(3, 2, "P090"),
            cell(0, 0, "P013"),
            cell(0, 1, "One"),
            cell(1, 0, "P016"),
            cell(1, 1, "Two"),
        ]
    );
    assert_eq!(tables("a.html", "<table><td>a</table>b<table><td>c</table>"), [Some(0), None, Some(1)]);
}

#[test]
fn cells_of_latex_stand_between_ampersands() {
    let source = "\\begin{tabularx}{\\textwidth}{lp{8cm}l}\n\\toprule\nTheme & Quote & Who \\\\\n\\midrule[1pt]\n\\multirow{2}{*}{Power} & \\enquote{Half \\& all} & P016 \\\\ \\cmidrule(lr){1-2}\n & \\parbox{2cm}{one \\\\ two} & P013 \\\\[2pt]\n\\multicolumn{2}{l}{Both} & P090 \\\\\n\\bottomrule\n\\end{tabularx}\nAfter";
    assert_eq!(
        cells("a.tex", source),
        [
            cell(0, 0, "Theme"),
            cell(0, 1, "Quote"),
            cell(0, 2, "Who"),
            cell(1, 0, "Power"),
            cell(1, 1, "“Half & all”"),
            cell(1, 2, "P016"),
            cell(2, 1, "one\ntwo"),
            cell(2, 2, "P013"),
            cell(3, 0, "Both"),
            cell(3, 2, "P090"),
        ]
    );
    let on_one_line = "\\begin{longtable}{ll} a & b \\\\ c & d \\\\ \\end{longtable} \\begin{tabular*}{5cm}[t]{l} e \\end{tabular*} f";
    assert_eq!(tables("a.tex", on_one_line), [Some(0), Some(0), Some(0), Some(0), Some(1), None]);
}

//! The chart of barriers and facilitators: for each component and group how many people, to the left and to the right of one
//! line; and the same as a table, for whoever does not see it.

use std::fmt::Write;

use super::Page;
use crate::analysis::{Overview, OverviewRow, Split};
use crate::export::CellSize;

/// Widths in the drawing's own units: labels, then a half for each side.
const LABELS: u32 = 190;
const HALF: u32 = 300;
const WIDTH: u32 = LABELS + 2 * HALF;
/// Where both sides meet.
const MIDDLE: u32 = LABELS + HALF;
/// What a figure beside a bar needs.
const FIGURE: u32 = 46;
const BAR: u32 = 16;
const STEP: u32 = 21;
const HEAD: u32 = 26;

pub(super) fn write(page: &mut Page, overview: &Overview) {
    let rows: Vec<&OverviewRow> = rows(overview).collect();
    if rows.is_empty() {
        return;
    }
    let groups = groups(overview);
    page.raw("<section aria-labelledby=\"chart\">\n<h2 id=\"chart\">Barriers and facilitators</h2>\n");
    draw(page, &rows, &groups);
    page.raw(
        "<p class=\"quiet\">Each bar is a number of people, of all in that group, whether or not they agreed to be quoted. \
         Groups differ in size.</p>\n",
    );
    table(page, &rows, &groups);
    page.raw("</section>\n");
}

/// The components that are drawn.
fn rows(overview: &Overview) -> impl Iterator<Item = &OverviewRow> {
    overview.rows.iter().filter(|row| !row.total.is_empty())
}

/// How many people stand behind each bar.
pub(super) fn people_behind(overview: &Overview) -> impl Iterator<Item = CellSize> {
    let groups = groups(overview);
    rows(overview).flat_map(move |row| {
        let bars = groups.iter().flat_map(|(label, column)| {
            let sides = [("barriers", &row.split.barrier), ("facilitators", &row.split.facilitator)];
            sides.map(|(side, split)| CellSize {
                cell: format!("{}, {label}: {side}", name(row)),
                participants: people(split, *column).0 as usize,
            })
        });
        bars.collect::<Vec<_>>()
    })
}

/// The bars of each component: a label and the column, or everybody where nothing is compared.
fn groups(overview: &Overview) -> Vec<(String, Option<usize>)> {
    let columns = &overview.columns.columns;
    match columns.len() {
        0 => vec![("everybody".into(), None)],
        _ => columns
            .iter()
            .enumerate()
            .map(|(nth, held)| (held.group.label().replace('_', " "), Some(nth)))
            .collect(),
    }
}

/// People, and of how many.
fn people(split: &Split, column: Option<usize>) -> (u32, u32) {
    let figures = match column {
        None => Some(split.count.all),
        Some(nth) => split.columns.get(nth).map(|count| count.all),
    };
    figures.map_or((0, 0), |figures| (figures.people, figures.of))
}

fn name(row: &OverviewRow) -> &str {
    row.component.as_ref().map_or("Not classified", |component| &component.label)
}

fn draw(page: &mut Page, rows: &[&OverviewRow], groups: &[(String, Option<usize>)]) {
    let most = rows.iter().flat_map(|row| {
        groups.iter().flat_map(|(_, column)| {
            [people(&row.split.barrier, *column).0, people(&row.split.facilitator, *column).0]
        })
    });
    let most = most.max().unwrap_or(0).max(1);
    let room = HALF - FIGURE;
    let block = HEAD + STEP * u32::try_from(groups.len()).unwrap_or(1) + 8;
    let height = 28 + block * u32::try_from(rows.len()).unwrap_or(1);
    let _ = writeln!(
        page.0,
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"chart\" \
         aria-describedby=\"figures\">"
    );
    let _ = writeln!(
        page.0,
        "<text class=\"barrier name\" x=\"{}\" y=\"16\" text-anchor=\"end\">◀ people who name barriers</text>\
         <text class=\"facilitator name\" x=\"{}\" y=\"16\">people who name facilitators ▶</text>",
        MIDDLE - 8,
        MIDDLE + 8
    );
    let mut y = 28;
    for row in rows {
        let _ = write!(page.0, "<text class=\"name\" x=\"0\" y=\"{}\">", y + 17);
        page.text(name(row));
        page.raw("</text>\n");
        let mut top = y + HEAD;
        for (label, column) in groups {
            let _ = write!(page.0, "<text class=\"small\" x=\"12\" y=\"{}\">", top + 13);
            page.text(label);
            page.raw("</text>");
            let (barriers, of) = people(&row.split.barrier, *column);
            let (facilitators, _) = people(&row.split.facilitator, *column);
            let (left, right) = (barriers * room / most, facilitators * room / most);
            let text = top + 13;
            let _ = writeln!(
                page.0,
                "<rect class=\"barrier\" x=\"{}\" y=\"{top}\" width=\"{left}\" height=\"{BAR}\"/>\
                 <text x=\"{}\" y=\"{text}\" text-anchor=\"end\">{barriers}/{of}</text>\
                 <rect class=\"facilitator\" x=\"{MIDDLE}\" y=\"{top}\" width=\"{right}\" height=\"{BAR}\"/>\
                 <text x=\"{}\" y=\"{text}\">{facilitators}/{of}</text>",
                MIDDLE - left,
                MIDDLE - left - 5,
                MIDDLE + right + 5
            );
            top += STEP;
        }
        y += block;
    }
    let _ = writeln!(page.0, "<line x1=\"{MIDDLE}\" y1=\"24\" x2=\"{MIDDLE}\" y2=\"{height}\"/>\n</svg>");
}

fn table(page: &mut Page, rows: &[&OverviewRow], groups: &[(String, Option<usize>)]) {
    page.raw(
        "<details id=\"figures\"><summary>The figures of the chart</summary>\n<table>\n<thead><tr><th \
         scope=\"col\">Component</th><th scope=\"col\">Group</th><th scope=\"col\">Barriers</th><th \
         scope=\"col\">Facilitators</th><th scope=\"col\">Of</th></tr></thead>\n<tbody>\n",
    );
    for row in rows {
        for (label, column) in groups {
            page.raw("<tr><th scope=\"row\">");
            page.text(name(row));
            page.raw("</th><td>");
            page.text(label);
            let (barriers, of) = people(&row.split.barrier, *column);
            let (facilitators, _) = people(&row.split.facilitator, *column);
            page.raw("</td>");
            for figure in [barriers, facilitators, of] {
                let _ = write!(page.0, "<td class=\"figure\">{figure}</td>");
            }
            page.raw("</tr>\n");
        }
    }
    page.raw("</tbody>\n</table>\n</details>\n");
}

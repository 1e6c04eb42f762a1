//! The picture of a table as lines of text, below its numbers: bars on one axis, or the curve of new codes.
//!
//! It repeats what the numbers say and nothing else. Knows nothing of terminals: columns and marks are given.

use unicode_width::UnicodeWidthStr;

use crate::analysis::{BarPair, CurvePoint, Picture};
use crate::app::wrap::fit_before;
use crate::ui::glyphs::Glyphs;

/// Columns of a label at most.
const LABEL: usize = 30;
/// Columns of one side at most.
const LONGEST: usize = 30;
/// Lines of a curve.
const HEIGHT: usize = 8;
/// Columns that a number takes.
const NUMBER: usize = 5;

/// Draws a picture in so many columns.
pub(super) fn draw(picture: &Picture, glyphs: &Glyphs, columns: usize) -> String {
    let lines = match picture {
        Picture::Bars { measure, pairs } => bars(measure.unit().word(), pairs, glyphs, columns),
        Picture::Curve { points, order } => curve(points, order, glyphs, columns),
    };
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// `number` of `most` in so many cells; anything at all has one.
fn cells(number: u32, most: u32, of: usize) -> usize {
    let cells = u64::from(number) * of as u64;
    usize::try_from(cells.div_ceil(u64::from(most.max(1)))).unwrap_or(of).min(of)
}

fn bars(unit: &str, pairs: &[BarPair], glyphs: &Glyphs, columns: usize) -> Vec<String> {
    let group = |pair: &BarPair| pair.group.as_ref().map_or_else(String::new, |group| format!(", {group}"));
    let longest = pairs.iter().map(|pair| pair.label.width() + group(pair).width()).max();
    let label = longest.unwrap_or(0).min(LABEL);
    let half = (columns.saturating_sub(label + 2 * NUMBER + 4) / 2).clamp(3, LONGEST);
    let most = pairs.iter().flat_map(|pair| [pair.barrier, pair.facilitator]).max().unwrap_or(0);
    let left = format!("{} barriers, {unit}", glyphs.barrier);
    let mut lines = vec![format!(
        "{}{left}   facilitators {}",
        blanks(label + 1 + NUMBER + half, &left),
        glyphs.facilitator
    )];
    for pair in pairs {
        let name = fit_before(&pair.label, &group(pair), label, glyphs.ellipsis);
        let (barrier, facilitator) = (cells(pair.barrier, most, half), cells(pair.facilitator, most, half));
        let left = format!("{} {}", pair.barrier, glyphs.bar.repeat(barrier));
        lines.push(format!(
            "{name}{}{}{left}{}{} {}",
            blanks(label, &name),
            blanks(1 + NUMBER + half, &left),
            glyphs.vertical,
            glyphs.bar.repeat(facilitator),
            pair.facilitator
        ));
    }
    lines
}

/// New codes as bars from below, codes so far as a line of `o`. Where there are more transcripts than columns, a column is
/// several of them.
fn curve(points: &[CurvePoint], order: &str, glyphs: &Glyphs, columns: usize) -> Vec<String> {
    let width = columns.saturating_sub(NUMBER + 3).max(1);
    let each = points.len().div_ceil(width).max(1);
    let most = points.iter().map(|point| point.total).max().unwrap_or(0);
    let heights: Vec<(usize, usize)> = points
        .chunks(each)
        .map(|several| {
            let new = several.iter().map(|point| point.new).sum();
            let total = several.last().map_or(0, |point| point.total);
            (cells(new, most, HEIGHT), cells(total, most, HEIGHT))
        })
        .collect();
    let mut lines = vec![format!("{}{} new codes   o codes so far", " ".repeat(NUMBER + 2), glyphs.bar)];
    for row in (1..=HEIGHT).rev() {
        let scale = if row == HEIGHT { most.to_string() } else { String::new() };
        let cell = |(new, total): &(usize, usize)| match row {
            row if row == *total => "o",
            row if row <= *new => glyphs.bar,
            _ => " ",
        };
        let drawn: String = heights.iter().map(cell).collect();
        lines.push(format!("{scale:>NUMBER$} {}{drawn}", glyphs.vertical));
    }
    let name = |point: Option<&CurvePoint>| point.map_or(String::new(), |point| point.label.clone());
    lines.push(format!("{:>NUMBER$} {}", 0, glyphs.horizontal.repeat(heights.len() + 1)));
    lines.push(format!(
        "{}{} {} {}, {order}",
        " ".repeat(NUMBER + 2),
        name(points.first()),
        glyphs.arrow,
        name(points.last())
    ));
    lines
}

/// The blanks before or behind a text in so many columns.
fn blanks(columns: usize, text: &str) -> String {
    " ".repeat(columns.saturating_sub(text.width()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Measure;
    use crate::ui::glyphs::GlyphSet;

    #[test]
    fn bars_stand_on_one_axis_and_the_most_is_the_longest() {
        let pair = |label: &str, barrier, facilitator| BarPair {
            label: label.into(),
            group: None,
            barrier,
            facilitator,
        };
        let pairs = vec![pair("time", 4, 2), pair("skill", 0, 1)];
        let picture = Picture::Bars { measure: Measure::People, pairs };
        // Label 5, two numbers of 5, 4 between: 8 columns are left to the bars.
        let drawn = draw(&picture, Glyphs::of(GlyphSet::Ascii), 27);
        let rows: Vec<&str> = drawn.lines().skip(1).collect();
        assert_eq!(rows, ["time     4 ####|## 2", "skill        0 |# 1"]);
    }

    #[test]
    fn a_curve_ends_at_its_top_and_begins_with_what_is_new() {
        let point = |label: &str, new, total| CurvePoint { label: label.into(), new, total };
        let points = vec![point("I1", 6, 6), point("I2", 2, 8), point("I3", 0, 8)];
        let drawn = draw(
            &Picture::Curve { points, order: "in order of their names".into() },
            Glyphs::of(GlyphSet::Ascii),
            40,
        );
        let rows: Vec<&str> = drawn.lines().collect();
        assert_eq!(rows[1], "    8 | oo");
        assert_eq!(rows[3], "      |o");
        assert_eq!(rows[7], "      |##");
        assert!(rows[10].ends_with("I1 > I3, in order of their names"), "{drawn}");
    }
}

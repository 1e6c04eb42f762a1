//! Barriers against facilitators: dark bars to the left of an axis, light ones to the right.

use super::super::grid::wrap;
use super::{Anchor, DARK, LIGHT, MARGIN, Svg, round_up, width_of};
use crate::analysis::{BarPair, Measure};

/// Pixels of the longest bar.
const LONGEST: f64 = 200.0;
/// Pixels from one bar to the next.
const STEP: f64 = 22.0;
/// Pixels of a bar.
const HEIGHT: f64 = 14.0;
/// Pixels from one line of a label to the next.
const LINE: f64 = 14.0;
/// Pixels of the widest label; longer ones take several lines.
const LABEL: f64 = 330.0;
/// Pixels that a number beside a bar takes.
const NUMBER: f64 = 36.0;

pub(super) fn draw((title, about): (&str, &str), measure: Measure, pairs: &[BarPair]) -> String {
    let mut svg = Svg::new();
    let widest = |lines: &[String]| lines.iter().map(|line| width_of(line)).fold(0.0, f64::max);
    let labels = pairs.iter().map(|pair| widest(&lines(&pair.label))).fold(0.0, f64::max);
    let groups = pairs.iter().filter_map(|pair| pair.group.as_deref());
    let groups = groups.map(|group| widest(&lines(group))).fold(0.0, f64::max);
    let gap = if groups > 0.0 { 12.0 } else { 0.0 };
    let axis = MARGIN + labels + gap + groups + NUMBER + LONGEST;
    let most = pairs.iter().flat_map(|pair| [pair.barrier, pair.facilitator]).max().unwrap_or(0);
    let full = f64::from(round_up(most));
    let width = axis + LONGEST + NUMBER + MARGIN;
    let top = MARGIN + 44.0;
    svg.text((MARGIN, MARGIN + 10.0), Anchor::Start, true, title);
    svg.text((axis - 6.0, top - 8.0), Anchor::End, true, &format!("Barriers, {}", measure.unit().word()));
    svg.text(
        (axis + 6.0, top - 8.0),
        Anchor::Start,
        true,
        &format!("Facilitators, {}", measure.unit().word()),
    );
    // The last label, and where its lines end.
    let mut last: (Option<&str>, f64) = (None, top);
    let mut y = top;
    for pair in pairs {
        if last.0 != Some(pair.label.as_str()) || pair.group.is_none() {
            y = y.max(last.1);
            last = (Some(&pair.label), column(&mut svg, (MARGIN, y), &pair.label));
        }
        let group = pair.group.as_deref().unwrap_or_default();
        let below = column(&mut svg, (MARGIN + labels + gap, y), group);
        let long = |number: u32| f64::from(number) / full * LONGEST;
        let (left, right) = (long(pair.barrier), long(pair.facilitator));
        if pair.barrier > 0 {
            svg.rectangle((axis - left, y), (left, HEIGHT), DARK);
        }
        if pair.facilitator > 0 {
            svg.rectangle((axis, y), (right, HEIGHT), LIGHT);
        }
        svg.text((axis - left - 4.0, y + 11.0), Anchor::End, false, &pair.barrier.to_string());
        svg.text((axis + right + 4.0, y + 11.0), Anchor::Start, false, &pair.facilitator.to_string());
        y = below.max(y + STEP);
    }
    y = y.max(last.1);
    svg.line((axis, top - 4.0), (axis, y));
    svg.finish((title, about), width.max(MARGIN * 2.0 + width_of(title) * 1.1), y + MARGIN)
}

/// Writes a label in as many lines as it takes, and says where the next one may begin.
fn column(svg: &mut Svg, (x, y): (f64, f64), label: &str) -> f64 {
    let mut base = y + 11.0;
    for line in lines(label) {
        svg.text((x, base), Anchor::Start, false, &line);
        base += LINE;
    }
    // As far below the last line as one bar is from the next.
    base - LINE - 11.0 + STEP
}

/// A label in lines that fit, broken between words.
fn lines(label: &str) -> Vec<String> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive constant")]
    const LETTERS: usize = (LABEL / super::LETTER) as usize;
    wrap(label, LETTERS)
}

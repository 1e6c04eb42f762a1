//! Barriers against facilitators: dark bars to the left of an axis, light ones to the right.

use super::{Anchor, DARK, LIGHT, MARGIN, Svg, round_up, width_of};
use crate::analysis::{BarPair, Measure};

/// Pixels of the longest bar.
const LONGEST: f64 = 200.0;
/// Pixels from one bar to the next.
const STEP: f64 = 22.0;
/// Pixels of a bar.
const HEIGHT: f64 = 14.0;
/// Pixels of the widest label; longer ones are cut.
const LABEL: f64 = 330.0;
/// Pixels that a number beside a bar takes.
const NUMBER: f64 = 36.0;

pub(super) fn draw(title: &str, measure: Measure, pairs: &[BarPair]) -> String {
    let mut svg = Svg::new();
    let labels = pairs.iter().map(|pair| width_of(&pair.label)).fold(0.0, f64::max).min(LABEL);
    let groups =
        pairs.iter().filter_map(|pair| pair.group.as_deref()).map(width_of).fold(0.0, f64::max).min(LABEL);
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
    let mut last: Option<&str> = None;
    let mut y = top;
    for pair in pairs {
        let is_new = last != Some(pair.label.as_str()) || pair.group.is_none();
        if is_new {
            svg.text((MARGIN, y + 11.0), Anchor::Start, false, &cut(&pair.label, LABEL));
        }
        if let Some(group) = &pair.group {
            svg.text((MARGIN + labels + gap, y + 11.0), Anchor::Start, false, &cut(group, LABEL));
        }
        last = Some(&pair.label);
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
        y += STEP;
    }
    svg.line((axis, top - 4.0), (axis, y));
    svg.finish(title, width.max(MARGIN * 2.0 + width_of(title) * 1.1), y + MARGIN)
}

/// A label that fits, with an ellipsis where it was cut.
fn cut(label: &str, room: f64) -> String {
    if width_of(label) <= room {
        return label.to_owned();
    }
    let mut kept = String::new();
    for c in label.chars() {
        if width_of(&kept) + super::LETTER * 2.0 > room {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

//! New codes by transcript as bars, all codes so far as a line.

use super::{Anchor, LIGHT, MARGIN, Svg, round_up, width_of};
use crate::analysis::CurvePoint;

/// Pixels of the drawing.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 260.0;
/// Labels under the axis at most.
const LABELS: usize = 14;

pub(super) fn draw((title, about): (&str, &str), points: &[CurvePoint], order: &str) -> String {
    let mut svg = Svg::new();
    let most = points.iter().map(|point| point.total).max().unwrap_or(0);
    let full = round_up(most);
    let (left, top) = (MARGIN + 40.0, MARGIN + 40.0);
    let floor = top + HEIGHT;
    let step = WIDTH / f64::from(u32::try_from(points.len().max(1)).unwrap_or(u32::MAX));
    let high = |number: u32| floor - f64::from(number) / f64::from(full) * HEIGHT;
    svg.text((MARGIN, MARGIN + 10.0), Anchor::Start, true, title);
    svg.text((left, top - 10.0), Anchor::Start, false, "bars: new codes · line: codes so far");
    let every = points.len().div_ceil(LABELS).max(1);
    let mut path = Vec::with_capacity(points.len());
    let mut x = left;
    for (at, point) in points.iter().enumerate() {
        if point.new > 0 {
            let y = high(point.new);
            svg.rectangle((x + step * 0.15, y), (step * 0.7, floor - y), LIGHT);
        }
        if at % every == 0 {
            svg.text((x + step / 2.0, floor + 16.0), Anchor::Middle, false, &point.label);
        }
        path.push((x + step / 2.0, high(point.total)));
        x += step;
    }
    svg.path(&path);
    svg.line((left, top), (left, floor));
    svg.line((left, floor), (left + WIDTH, floor));
    for tick in [0, full / 2, full] {
        svg.line((left - 4.0, high(tick)), (left, high(tick)));
        svg.text((left - 8.0, high(tick) + 4.0), Anchor::End, false, &tick.to_string());
    }
    svg.text((left + WIDTH / 2.0, floor + 34.0), Anchor::Middle, false, &format!("transcripts {order}"));
    let width = (left + WIDTH + MARGIN).max(MARGIN * 2.0 + width_of(title) * 1.1);
    svg.finish((title, about), width, floor + 40.0 + MARGIN)
}

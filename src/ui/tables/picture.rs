//! Pictures of tables in cells: bars on one axis, and the curve of new codes. Place, sign and shape say everything; colour
//! only repeats it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::analysis::{BarPair, CurvePoint, Picture};
use crate::app::wrap::fit_before;
use crate::ui::{View, paint};

/// Columns of a label at most.
const LABEL: u16 = 36;
/// Columns of one side at most.
const LONGEST: u16 = 40;
/// Columns that a number beside a bar takes.
const NUMBER: u16 = 5;
/// The mark of all codes so far, in both sets of marks.
const SO_FAR: &str = "o";

pub(super) fn draw(view: &View<'_>, picture: &Picture, body: Rect, buffer: &mut Buffer) {
    match picture {
        Picture::Bars { measure, pairs } => bars(view, measure.unit().word(), pairs, body, buffer),
        Picture::Curve { points, order } => curve(view, points, order, body, buffer),
    }
}

/// Barriers to the left of an axis, facilitators to the right, the number at the end of each bar.
fn bars(view: &View<'_>, unit: &str, pairs: &[BarPair], body: Rect, buffer: &mut Buffer) {
    let group = |pair: &BarPair| pair.group.as_ref().map_or_else(String::new, |group| format!(", {group}"));
    let longest = pairs.iter().map(|pair| paint::width(&pair.label) + paint::width(&group(pair)));
    let label = longest.max().unwrap_or(0).min(LABEL).min(body.width * 2 / 5);
    let half = (body.width.saturating_sub(label + 4 + 2 * NUMBER) / 2).clamp(3, LONGEST);
    let axis = body.x + 1 + label + 1 + NUMBER + half;
    let most = pairs.iter().flat_map(|pair| [pair.barrier, pair.facilitator]).max().unwrap_or(0).max(1);
    // Anything at all has a bar.
    let columns = |number: u32| {
        let columns = (u64::from(number) * u64::from(half)).div_ceil(u64::from(most));
        u16::try_from(columns).unwrap_or(half).min(half)
    };
    let head = Rect { height: 1, ..body };
    let left = Rect { x: body.x + 1, width: axis.saturating_sub(body.x + 2), ..head };
    paint::text_right(
        view,
        buffer,
        left,
        &format!("{} barriers, {unit}", view.glyphs.barrier),
        view.theme.dim,
    );
    let right = Rect { x: axis + 2, width: body.right().saturating_sub(axis + 2), ..head };
    paint::text(view, buffer, right, &format!("facilitators {}", view.glyphs.facilitator), view.theme.dim);
    let shown = pairs.iter().skip(view.model.tables.top);
    for (y, pair) in (body.y + 1..body.bottom()).zip(shown) {
        let row = Rect { y, height: 1, ..body };
        let name = fit_before(&pair.label, &group(pair), usize::from(label), view.glyphs.ellipsis);
        paint::text(view, buffer, Rect { x: row.x + 1, width: label, ..row }, &name, view.theme.text);
        let (barrier, facilitator) = (columns(pair.barrier), columns(pair.facilitator));
        let bar = |columns: u16| view.glyphs.bar.repeat(usize::from(columns));
        let start = axis - barrier;
        let at = Rect { x: start, width: barrier, ..row };
        paint::text(view, buffer, at, &bar(barrier), view.theme.barrier);
        let number = Rect { x: start.saturating_sub(NUMBER), width: NUMBER - 1, ..row };
        paint::text_right(view, buffer, number, &pair.barrier.to_string(), view.theme.text);
        paint::text(view, buffer, Rect { x: axis, width: 1, ..row }, view.glyphs.vertical, view.theme.border);
        let at = Rect { x: axis + 1, width: facilitator, ..row };
        paint::text(view, buffer, at, &bar(facilitator), view.theme.facilitator);
        let number = Rect { x: axis + 2 + facilitator, width: NUMBER, ..row };
        paint::text(view, buffer, number, &pair.facilitator.to_string(), view.theme.text);
    }
}

/// New codes as bars from below, codes so far as a line of marks. Where there are more transcripts than columns, a column
/// is several of them.
fn curve(view: &View<'_>, points: &[CurvePoint], order: &str, body: Rect, buffer: &mut Buffer) {
    const SCALE: u16 = 5;
    let width = usize::from(body.width.saturating_sub(SCALE + 2)).max(1);
    let height = body.height.saturating_sub(3).max(1);
    let each = points.len().div_ceil(width).max(1);
    let most = points.iter().map(|point| point.total).max().unwrap_or(0).max(1);
    let rows = |number: u32| {
        let rows = (u64::from(number) * u64::from(height)).div_ceil(u64::from(most));
        u16::try_from(rows).unwrap_or(height).min(height)
    };
    let legend = format!("{} new codes   {SO_FAR} codes so far", view.glyphs.bar);
    let line =
        |y: u16| Rect { x: body.x + SCALE + 1, y, width: body.width.saturating_sub(SCALE + 2), height: 1 };
    paint::text(view, buffer, line(body.y), &legend, view.theme.dim);
    let floor = body.y + 1 + height;
    for (y, number) in [(body.y + 1, most), (floor - 1, 0)] {
        let scale = Rect { x: body.x, y, width: SCALE, height: 1 };
        paint::text_right(view, buffer, scale, &number.to_string(), view.theme.dim);
    }
    for (x, several) in (body.x + SCALE + 1..body.right()).zip(points.chunks(each)) {
        let new = rows(several.iter().map(|point| point.new).sum());
        let total = rows(several.last().map_or(0, |point| point.total));
        for above in 0..height {
            let at = Rect { x, y: floor - 1 - above, width: 1, height: 1 };
            if above + 1 == total {
                paint::text(view, buffer, at, SO_FAR, view.theme.strong);
            } else if above < new {
                paint::text(view, buffer, at, view.glyphs.bar, view.theme.facilitator);
            }
        }
    }
    let (first, last) = (points.first(), points.last());
    let ends = format!(
        "{} {} {}, {} transcripts {order}",
        first.map_or("", |point| &point.label),
        view.glyphs.arrow,
        last.map_or("", |point| &point.label),
        points.len()
    );
    paint::text(view, buffer, line(floor), &ends, view.theme.dim);
    let proof = "A frequency of new codes: it proves nothing.";
    paint::text(view, buffer, line(floor + 1), proof, view.theme.dim);
}

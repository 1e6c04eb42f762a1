//! Words that may tell who somebody is: by pattern and severity, each with what stands around it.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::{View, paint};
use crate::analysis::identifiers::{Found, Severity};
use crate::app::findings::{FindingRow, Line};
use crate::app::wrap::{cells, wrap};
use crate::study::HIDDEN;
use crate::text::counted;

/// What no pattern finds, in one row of a wide and of a narrow window.
const LIMITS: &str = "No pattern finds bare first names, nicknames, villages; what tells together.";
const LIMITS_SHORT: &str = "Bare names: only if watched for";
/// Below this a window is narrow.
const NARROW: u16 = 60;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let model = view.model;
    let inner = |area: Rect| Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let header = inner(Rect { y: body.y.saturating_sub(1), height: 1, ..body });
    paint::text(view, buffer, header, &heading(view), view.theme.heading);
    let below = model.finding_rows().min(body.height);
    let list = Rect { height: body.height - below, ..body };
    if model.findings.lines.is_empty() {
        nothing(view, inner(list), buffer);
    }
    let place = place_width(body.width);
    let lines = model.findings.lines.iter().skip(model.findings.roll.top);
    for (y, line) in (list.y..list.bottom()).zip(lines) {
        let row = Rect { y, height: 1, ..list };
        match line {
            Line::Heading { .. } => group(view, line, inner(row), buffer),
            Line::Finding(at) => {
                if let Some(shown) = model.findings.rows.get(*at) {
                    finding(view, shown, *at == model.findings.roll.chosen, place, row, buffer);
                }
            }
        }
    }
    chosen(view, inner(Rect { y: list.bottom(), height: below, ..body }), buffer);
    None
}

fn heading(view: &View<'_>) -> String {
    let findings = &view.model.findings;
    let [high, medium, low] = findings.open;
    let dot = view.glyphs.dot;
    let (left, _) = findings.progress();
    let reading = if left > 0 && findings.failed.is_none() {
        format!(" {dot} {left} still to be looked through")
    } else {
        String::new()
    };
    format!(
        "{} open: {high} high, {medium} medium, {low} low {dot} {} kept{reading}",
        high + medium + low,
        findings.kept
    )
}

/// Columns for the place of a finding.
fn place_width(width: u16) -> u16 {
    match width {
        ..NARROW => 9,
        NARROW..120 => 16,
        _ => 30,
    }
}

fn group(view: &View<'_>, line: &Line, row: Rect, buffer: &mut Buffer) {
    let Line::Heading { pattern, severity, open, kept } = line else { return };
    let dot = view.glyphs.dot;
    let kept = if *kept > 0 { format!(", {kept} kept") } else { String::new() };
    let words = format!("{pattern} {dot} {severity} {dot} {open} open{kept}");
    let style = if *severity == Severity::High { view.theme.strong } else { view.theme.heading };
    paint::text(view, buffer, row, &words, style);
}

/// The words stand at the same column in every row, with what comes before and behind. One that is kept says so in front, where
/// no long line cuts it off.
fn finding(view: &View<'_>, row: &FindingRow, chosen: bool, place: u16, area: Rect, buffer: &mut Buffer) {
    let style = paint::list_row(view, area, area.width, chosen, buffer);
    let found = &row.found;
    let at = Rect { x: area.x + 1, width: place.saturating_sub(1), ..area };
    paint::text(view, buffer, at, &view.model.finding_place(found), style.patch(view.theme.speaker));
    let rest = Rect { x: area.x + 1 + place, width: area.width.saturating_sub(place + 2), ..area };
    let kept = if row.kept.is_some() { "kept " } else { "" };
    let style = if row.kept.is_some() { style.patch(view.theme.dim) } else { style };
    let room = usize::from(rest.width / 3).saturating_sub(kept.len());
    let before = one_line(&found.before);
    let shown: Vec<_> = cells(&before).collect();
    let mut columns = 0;
    let from = shown.iter().rev().take_while(|cell| {
        columns += cell.width;
        columns <= room
    });
    let from = from.last().map_or(before.len(), |cell| cell.at);
    let before = before.get(from..).unwrap_or_default();
    let blanks = room.saturating_sub(usize::from(paint::width(before)));
    if row.hidden {
        paint::text(view, buffer, rest, &format!("{kept}{HIDDEN}"), style);
        return;
    }
    let words: Vec<(Cow<'_, str>, Style)> = vec![
        (Cow::Borrowed(kept), style),
        (Cow::Owned(" ".repeat(blanks)), style),
        (Cow::Borrowed(before), style),
        (Cow::Owned(one_line(&found.words)), marked(style)),
        (Cow::Owned(one_line(&found.after)), style),
    ];
    paint::pieces(view, buffer, rest, &words);
}

fn marked(style: Style) -> Style {
    style.add_modifier(Modifier::UNDERLINED)
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

fn nothing(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let model = view.model;
    let findings = &model.findings;
    let said = match (&findings.failed, model.complete, findings.progress()) {
        (Some(failed), ..) => format!("Nothing can be looked through: {failed}."),
        (None, false, _) => String::from("reading the study …"),
        (None, true, (0, _)) if findings.kept > 0 => {
            format!("All is settled; {} lists what is kept.", model.keys_of("show_kept_findings"))
        }
        (None, true, (0, _)) => String::from("Nothing was found."),
        (None, true, (left, all)) => {
            format!("looking through {} …", counted(left.min(all), "text", "texts"))
        }
    };
    let keys = model.keys_of("edit_names");
    let names = match (findings.names_read, findings.names.watched().count(), findings.names.patterns().len())
    {
        // What is in the file is known with the first thing that is looked through.
        (false, ..) => format!("{keys} opens the file of names."),
        (true, 0, 0) => format!("No names are watched for yet: {keys} opens the file of names."),
        (true, 0, many) => format!("{} watched for.", counted(many, "pattern is", "patterns are")),
        (true, many, 0) => format!("{} watched for.", counted(many, "name is", "names are")),
        (true, many, patterns) => {
            let patterns = counted(patterns, "pattern", "patterns");
            format!("{} and {patterns} are watched for.", counted(many, "name", "names"))
        }
    };
    paint::paragraphs(view, area, &[said, names, LIMITS.to_owned()], buffer);
}

/// The chosen finding with more around it, and the limits of all this.
fn chosen(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let model = view.model;
    if area.height == 0 {
        return;
    }
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    let limits = if area.width < NARROW { LIMITS_SHORT } else { LIMITS };
    paint::text(view, buffer, last, limits, view.theme.dim);
    let Some(row) = model.findings.row().filter(|_| area.height > 3) else { return };
    paint::rule(view, buffer, Rect { height: 1, ..area });
    let found = &row.found;
    let what = detail_words(view, row);
    paint::text(view, buffer, Rect { y: area.y + 1, height: 1, ..area }, &what, view.theme.dim);
    let below = Rect { y: area.y + 2, height: area.height - 3, ..area };
    if row.hidden {
        paint::text(view, buffer, Rect { height: 1, ..below }, HIDDEN, view.theme.dim);
    } else {
        around(view, found, below, buffer);
    }
}

fn detail_words(view: &View<'_>, row: &FindingRow) -> String {
    let (model, dot) = (view.model, view.glyphs.dot);
    let found = &row.found;
    let pseudonym = model.findings.names.pseudonym_of(found.name_words());
    let pseudonym = pseudonym.map_or_else(String::new, |name| format!(" {dot} pseudonym {name}"));
    let kept = if row.kept.is_some() { format!(" {dot} kept") } else { String::new() };
    format!("{}{pseudonym}{kept}", model.finding_place(found))
}

/// The words with what stands around them, as much as there is room for; what would be replaced is underlined.
fn around(view: &View<'_>, found: &Found, area: Rect, buffer: &mut Buffer) {
    let (before, words, after) = (one_line(&found.before), one_line(&found.words), one_line(&found.after));
    let before = before.trim_start();
    let text = format!("{before}{words}{after}");
    let name = found.name.start.saturating_sub(found.span.start) as usize;
    let name = before.len() + name..before.len() + name + found.name.len();
    let rows = wrap(&text, usize::from(area.width).clamp(6, 80));
    // The row of the words stands in the middle, if not all fit.
    let at = rows.iter().position(|row| row.contains(&name.start)).unwrap_or(0);
    let height = usize::from(area.height);
    let top = at.saturating_sub(height / 2).min(rows.len().saturating_sub(height));
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
        let mut x = area.x;
        for cell in cells(text.get(row.clone()).unwrap_or_default()) {
            let width = u16::try_from(cell.width).unwrap_or(1);
            if x + width > area.right() {
                break;
            }
            let inside = name.contains(&(row.start + cell.at));
            let style = if inside { marked(view.theme.text) } else { view.theme.text };
            buffer.set_stringn(x, y, paint::safe(view, cell.shown), cell.width, style);
            x += width;
        }
    }
}

//! The screen of what an import would do: a row for each file, or one file looked into.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{View, paint};
use crate::app::import_preview::{FileLine, ImportPreview, Stage};
use crate::import::{FileReport, PlannedFile, Status};
use crate::text::counted;

/// Below this a window is narrow.
const NARROW: u16 = 60;
/// From here on there is room for the layout.
const WIDE: u16 = 110;
/// Columns of the layout.
const LAYOUT: u16 = 30;

/// A column at the right: its heading, its width, and what stands in it.
type Column = (&'static str, u16, fn(&FileReport) -> String);

const NUMBERS: [Column; 3] = [
    ("turns", 7, |report| number(report.turns)),
    // Those of Transcripts are of participants alone.
    ("all words", 10, |report| number(report.words)),
    (
        "doubts",
        8,
        |report| if report.doubts.is_empty() { String::new() } else { report.doubts.len().to_string() },
    ),
];
/// Columns of the kind, and of what becomes of a file.
const KIND: u16 = 13;
const STATUS: u16 = 10;

fn number(count: Option<usize>) -> String {
    count.map_or_else(String::new, |count| count.to_string())
}

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let preview = &view.model.import_preview;
    let header =
        Rect { x: body.x + 1, y: body.y.saturating_sub(1), height: 1, width: body.width.saturating_sub(2) };
    match preview.open.as_ref().and_then(|open| Some((open, preview.files().get(open.file)?))) {
        Some((open, file)) => {
            paint::text(view, buffer, header, &title(view, file), view.theme.heading);
            for (y, line) in (body.y..body.bottom()).zip(open.lines.iter().skip(open.top)) {
                let row = Rect { y, height: 1, ..body };
                file_line(view, file, line, open.chosen, row, buffer);
            }
        }
        None => list(view, preview, header, body, buffer),
    }
    None
}

fn list(view: &View<'_>, preview: &ImportPreview, header: Rect, body: Rect, buffer: &mut Buffer) {
    let planning = if preview.is_planning { " … planning" } else { "" };
    let said =
        format!("Import of {} {} {}{planning}", preview.path, view.glyphs.dot, view.model.import_words());
    paint::text(view, buffer, header, &said, view.theme.heading);
    match preview.stage {
        Stage::Ready => {}
        Stage::Reading(done, of) => return progress(view, done, of, body, buffer),
        Stage::Empty => {
            let said = "Nothing to look over: type `:import` and a file or a folder.";
            paint::text(view, buffer, Rect { x: body.x + 1, ..body }, said, view.theme.dim);
            return;
        }
    }
    let columns = Columns::of(body);
    columns.headings(view, Rect { height: 1, ..body }, buffer);
    for (y, (place, at)) in
        (body.y + 1..body.bottom()).zip(preview.rows.iter().enumerate().skip(preview.roll.top))
    {
        let Some(file) = preview.files().get(*at) else { continue };
        let row = Rect { y, height: 1, ..body };
        columns.line(view, file, place == preview.roll.chosen, row, buffer);
    }
}

fn progress(view: &View<'_>, done: usize, of: usize, body: Rect, buffer: &mut Buffer) {
    const BAR: usize = 30;
    let filled = (done * BAR).checked_div(of).unwrap_or(0);
    let bar = format!("[{}{}]", "#".repeat(filled), "-".repeat(BAR - filled));
    let row = Rect { x: body.x + 1, width: body.width.saturating_sub(2), height: 1, ..body };
    paint::text(view, buffer, row, &bar, view.theme.text);
    let row = Rect { y: row.y + 1, ..row };
    if row.y < body.bottom() {
        paint::text(view, buffer, row, "Nothing is changed yet; Esc leaves.", view.theme.dim);
    }
}

/// The columns that fit.
struct Columns {
    name: u16,
    kind: u16,
    layout: u16,
    numbers: &'static [Column],
}

impl Columns {
    fn of(body: Rect) -> Columns {
        let numbers = if body.width < NARROW { &NUMBERS[1..] } else { &NUMBERS[..] };
        let kind = if body.width < NARROW { 0 } else { KIND };
        let layout = if body.width < WIDE { 0 } else { LAYOUT };
        let taken: u16 = numbers.iter().map(|(_, width, _)| width).sum::<u16>() + kind + layout + STATUS + 3;
        Columns { name: body.width.saturating_sub(taken).min(40), kind, layout, numbers }
    }

    /// Where name, kind, layout, each number and the status stand.
    fn places(&self, row: Rect) -> Vec<Rect> {
        let mut x = row.x + 1;
        let widths = [self.name + 1, self.kind, self.layout].into_iter();
        let widths = widths.chain(self.numbers.iter().map(|(_, width, _)| *width)).chain([STATUS + 1]);
        let place = |width: u16| {
            let place = Rect { x, width, ..row }.intersection(row);
            x += width;
            place
        };
        widths.map(place).collect()
    }

    fn headings(&self, view: &View<'_>, row: Rect, buffer: &mut Buffer) {
        let style = view.theme.column_head;
        let names = ["name", "kind", "layout"].into_iter().chain(self.numbers.iter().map(|(name, ..)| *name));
        for (at, (place, name)) in self.places(row).into_iter().zip(names.chain(["becomes"])).enumerate() {
            if self.is_number(at) {
                paint::text_right(view, buffer, place, name, style);
            } else {
                paint::text(view, buffer, self.inset(at, place), name, style);
            }
        }
    }

    fn is_number(&self, at: usize) -> bool {
        (3..3 + self.numbers.len()).contains(&at)
    }

    /// The status stands a column away from the number before it.
    fn inset(&self, at: usize, place: Rect) -> Rect {
        let by = u16::from(at == 3 + self.numbers.len()).min(place.width);
        Rect { x: place.x + by, width: place.width - by, ..place }
    }

    fn line(&self, view: &View<'_>, file: &PlannedFile, chosen: bool, row: Rect, buffer: &mut Buffer) {
        let out = view.model.import_preview.is_out(file);
        let columns: u16 = self.places(row).iter().map(|place| place.width).sum();
        let style = paint::list_row(view, row, columns, chosen, buffer);
        let report = &file.report;
        let kind = report.kind.map_or_else(String::new, |kind| kind.name().replace('_', " "));
        let layout = report.layout.clone().unwrap_or_default();
        let mut words = vec![name(report).to_owned(), kind, layout];
        // A table has no kind, but its layout says what it is.
        if let (true, Some(table)) = (report.transcript.is_none(), &report.layout) {
            words[1].clone_from(table);
        }
        words.extend(self.numbers.iter().map(|(_, _, words)| words(report)));
        words.push(becomes(file, out).to_owned());
        for (at, (place, words)) in self.places(row).into_iter().zip(words).enumerate() {
            let style = match at {
                _ if out => style.patch(view.theme.dim),
                0 => style.patch(view.theme.speaker),
                _ if at == 3 + self.numbers.len() => style.patch(status_style(view, report.status)),
                _ => style,
            };
            if self.is_number(at) {
                paint::text_right(view, buffer, place, &words, style);
            } else {
                let place = self.inset(at, place);
                let room = Rect { width: place.width.saturating_sub(u16::from(at < 3)), ..place };
                paint::text(view, buffer, room, &words, style);
            }
        }
    }
}

fn becomes(file: &PlannedFile, out: bool) -> &'static str {
    if out { "left out" } else { file.report.status.name() }
}

fn status_style(view: &View<'_>, status: Status) -> Style {
    match status {
        Status::Refused => view.theme.error,
        Status::Revised => view.theme.warning,
        Status::Same => view.theme.dim,
        Status::New => Style::default(),
    }
}

/// The transcript's name, else that of the file without its folders.
fn name(report: &FileReport) -> &str {
    let last = report.file.rsplit('/').next().unwrap_or(&report.file);
    report.transcript.as_deref().unwrap_or(last)
}

/// `I43 · interview · label: speech · 88 turns · new`
fn title(view: &View<'_>, file: &PlannedFile) -> String {
    let report = &file.report;
    let mut parts = vec![name(report).to_owned()];
    parts.push(becomes(file, view.model.import_preview.is_out(file)).to_owned());
    parts.extend(report.kind.map(|kind| kind.name().replace('_', " ")));
    parts.extend(report.turns.map(|turns| format!("{turns} turns")));
    parts.extend(report.words.map(|words| format!("{words} words")));
    parts.extend(report.layout.clone());
    parts.push(report.file.clone());
    parts.join(&format!(" {} ", view.glyphs.dot))
}

/// What the row leaves unsaid, in the line that answers keys.
pub(super) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let preview = &view.model.import_preview;
    if let Some(note) = preview.notes().first().filter(|_| preview.open.is_none()) {
        paint::text(view, buffer, row, note, view.theme.warning);
        return;
    }
    let at = preview.rows.get(preview.roll.chosen).filter(|_| preview.open.is_none());
    let Some(file) = at.and_then(|at| preview.files().get(*at)) else { return };
    let report = &file.report;
    if let Some(error) = &report.error {
        paint::text(view, buffer, row, error, view.theme.warning);
        return;
    }
    let speakers: Vec<String> = report
        .speakers
        .iter()
        .map(|speaker| {
            format!(
                "{} = {}",
                label(&speaker.label),
                who(speaker.participant.as_deref(), speaker.role.as_deref())
            )
        })
        .collect();
    let said = if speakers.is_empty() { report.file.clone() } else { speakers.join(", ") };
    paint::text(view, buffer, row, &said, view.theme.dim);
}

fn label(label: &str) -> &str {
    if label.is_empty() { "(no label)" } else { label }
}

fn who<'w>(participant: Option<&'w str>, role: Option<&'w str>) -> &'w str {
    participant.or(role).unwrap_or("?")
}

fn file_line(
    view: &View<'_>,
    file: &PlannedFile,
    line: &FileLine,
    chosen: usize,
    row: Rect,
    buffer: &mut Buffer,
) {
    let inner = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let theme = view.theme;
    match line {
        FileLine::Refused(text) => paint::text(view, buffer, inner, text, theme.error),
        FileLine::Heading(text) => paint::text(view, buffer, inner, text, theme.dim),
        FileLine::Change(text) => paint::text(view, buffer, inner, text, theme.text),
        FileLine::Doubt(text) => paint::text(view, buffer, inner, text, theme.warning),
        FileLine::Blank => 0,
        FileLine::Speech(label, text) => {
            let column = crate::app::import_preview::LABEL.min(inner.width);
            if let Some(label) = label {
                let room = Rect { width: column.saturating_sub(1), ..inner };
                paint::text(view, buffer, room, label, theme.speaker);
            }
            let rest = Rect { x: inner.x + column, width: inner.width - column, ..inner };
            paint::text(view, buffer, rest, text, theme.text)
        }
        FileLine::Speaker(at, words) => speaker(view, file, *at, *words, *at == chosen, row, buffer),
    };
}

fn speaker(
    view: &View<'_>,
    file: &PlannedFile,
    at: usize,
    words: usize,
    chosen: bool,
    row: Rect,
    buffer: &mut Buffer,
) -> u16 {
    /// Columns of a label, and of the counts behind it.
    const LABEL: u16 = 24;
    const COUNTS: u16 = 24;
    let Some(speaker) = file.report.speakers.get(at) else { return 0 };
    let inner = Rect { x: row.x + 1, width: row.width.saturating_sub(2).min(78), ..row };
    let style = paint::list_row(view, row, inner.width, chosen, buffer);
    let narrow = row.width < NARROW;
    let first = if narrow { LABEL / 2 } else { LABEL };
    paint::text(
        view,
        buffer,
        Rect { width: first.saturating_sub(1), ..inner },
        label(&speaker.label),
        style.patch(view.theme.speaker),
    );
    let counts = if narrow {
        format!("{words} w")
    } else {
        format!("{}, {}", counted(speaker.turns, "turn", "turns"), counted(words, "word", "words"))
    };
    let second = if narrow { COUNTS / 2 } else { COUNTS };
    let place = Rect { x: inner.x + first, width: second.min(inner.width.saturating_sub(first)), ..inner };
    paint::text(view, buffer, place, &counts, style);
    let used = first + second;
    let rest = Rect { x: inner.x + used, width: inner.width.saturating_sub(used), ..inner };
    let role = speaker.role.as_deref().unwrap_or("?");
    let known = speaker.participant.as_deref();
    let pieces: [(Cow<'_, str>, Style); 2] = [
        (known.unwrap_or(role).into(), style.patch(view.theme.strong)),
        (if known.is_some() { format!("  {role}").into() } else { Cow::Borrowed("") }, style),
    ];
    paint::pieces(view, buffer, rest, &pieces)
}

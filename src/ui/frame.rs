//! What is around every screen: tabs and status above, the answer to the last key and the hints below.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{View, paint};
use crate::app::keymap::print_keys;
use crate::app::{Screen, Tone};

/// Paints the tabs and, at their right, the study, the coder and whether all is saved.
pub(super) fn tabs(view: &View<'_>, buffer: &mut Buffer) {
    let area = Rect { height: 1, ..buffer.area };
    let (saved, style) = saved(view);
    let status_x =
        paint::text_right(view, buffer, Rect { width: area.width.saturating_sub(1), ..area }, &saved, style);
    let whose =
        format!("{} {dot} {} {dot} ", view.model.study_name(), view.model.me.name, dot = view.glyphs.dot);
    let mut tabs: Vec<(Cow<'_, str>, Style)> = Vec::new();
    for screen in Screen::ALL {
        let here = screen == view.model.screen;
        let style = if here { view.theme.tab_active } else { view.theme.tab };
        tabs.push((format!(" {} ", screen.title()).into(), style));
    }
    let all: u16 = tabs.iter().map(|(tab, _)| paint::width(tab)).sum();
    if all + 1 > status_x {
        tabs.retain(|(_, style)| *style == view.theme.tab_active);
    }
    let room = Rect { width: status_x.saturating_sub(1), ..area };
    let used = paint::pieces(view, buffer, room, &tabs);
    let between = Rect { x: used, width: status_x.saturating_sub(used), ..area };
    if paint::width(&whose) < between.width {
        paint::text_right(view, buffer, between, &whose, view.theme.status);
    }
}

fn saved(view: &View<'_>) -> (String, Style) {
    let model = view.model;
    if !model.complete {
        return (String::from("reading the study"), view.theme.dim);
    }
    match (model.saving.is_idle(), model.saved_time()) {
        (false, _) => (String::from("saving"), view.theme.saving),
        (true, Some(time)) => (format!("saved {time}"), view.theme.saved),
        (true, None) if model.read_only.is_some() => (String::from("read only"), view.theme.warning),
        (true, None) => (String::from("saved"), view.theme.saved),
    }
}

/// Paints the two lowest rows.
pub(super) fn footer(view: &View<'_>, buffer: &mut Buffer) {
    let area = buffer.area;
    let row = |from_bottom: u16| Rect { y: area.bottom().saturating_sub(from_bottom), height: 1, ..area };
    answer(view, buffer, row(2));
    hints(view, buffer, row(1));
}

/// The answer to the last key; without one, what the screen says of the cursor.
fn answer(view: &View<'_>, buffer: &mut Buffer, row: Rect) {
    let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    match &view.model.notice {
        Some(notice) => {
            let style = match notice.tone {
                Tone::Done => view.theme.notice,
                Tone::Refused => view.theme.warning,
                Tone::Trouble => view.theme.error,
            };
            paint::text(view, buffer, row, &notice.text, style);
        }
        None if view.model.screen == Screen::Read => super::read::detail(view, row, buffer),
        None if view.model.screen == Screen::Search => super::search::detail(view, row, buffer),
        None if view.model.screen == Screen::Panels => super::panels::detail(view, row, buffer),
        None => {}
    }
}

/// The hints that fit, the most useful first; help always fits. Keys of a sequence stand at the right.
fn hints(view: &View<'_>, buffer: &mut Buffer, row: Rect) {
    let pending = print_keys(&view.model.pending);
    let mut row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    if !pending.is_empty() {
        let x = paint::text_right(view, buffer, row, &pending, view.theme.strong);
        row.width = x.saturating_sub(row.x + 1);
    }
    for piece in hints_that_fit(view, row.width) {
        let used = paint::pieces(view, buffer, row, &piece);
        row = Rect { x: row.x + used, width: row.width - used, ..row };
    }
}

fn hints_that_fit<'v>(view: &View<'v>, width: u16) -> Vec<[(Cow<'v, str>, Style); 3]> {
    const GAP: &str = "  ";
    let columns = |hint: &crate::app::command::Hint| paint::width(&hint.keys) + 1 + paint::width(&hint.text);
    let mut hints = view.model.hints();
    // Help is the last one to be left out.
    let help = hints.iter().position(|hint| hint.text == "help").map(|at| hints.remove(at));
    let mut room = width.saturating_sub(help.as_ref().map_or(0, &columns));
    let fits = |hint: &crate::app::command::Hint| {
        let needed = columns(hint) + paint::width(GAP);
        room.checked_sub(needed).map(|rest| room = rest).is_some()
    };
    let mut shown: Vec<_> = hints
        .into_iter()
        .map_while({
            let mut fits = fits;
            move |hint| fits(&hint).then_some(hint)
        })
        .collect();
    shown.extend(help);
    let piece = |hint: crate::app::command::Hint| {
        [
            (Cow::Owned(hint.keys), view.theme.hint_key),
            (Cow::Owned(format!(" {}", hint.text)), view.theme.hint_text),
            (Cow::Borrowed(GAP), view.theme.hint_text),
        ]
    };
    shown.into_iter().map(piece).collect()
}

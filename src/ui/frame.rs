//! What is around every screen: tabs and status above, the answer to the last key and the hints below.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{View, paint};
use crate::app::command::Hint;
use crate::app::keymap::say_keys;
use crate::app::wrap::wrap;
use crate::app::{Screen, Tone};

/// Paints the tabs and, at their right, the study, the coder and whether all is saved.
pub(super) fn tabs(view: &View<'_>, buffer: &mut Buffer) {
    let area = Rect { height: 1, ..buffer.area };
    let (saved, style) = saved(view);
    let status_x =
        paint::text_right(view, buffer, Rect { width: area.width.saturating_sub(1), ..area }, &saved, style);
    let dot = view.glyphs.dot;
    let coder = format!("{} {dot} ", view.model.me.name);
    let whose = format!("{} {dot} {coder}", view.model.study_name());
    // Numbers leave out what a blind coder must not see: on every screen it is said that there is such.
    let blind = match view.model.study.blind_transcripts(view.model.me.id).len() {
        0 => coder.clone(),
        n => format!("{}, blind on {n} {dot} ", view.model.me.name),
    };
    let whose = if blind == coder { whose } else { format!("{} {dot} {blind}", view.model.study_name()) };
    // Who sits here always stands there, and tabs do not come and go with what is said of saving.
    let longest = paint::width("saved 00:00:00").max(paint::width(&saved)) + 1;
    let kept = longest + paint::width(&blind).min(NAMED) + 1;
    let room = Rect { width: status_x.min(area.width.saturating_sub(kept)), ..area };
    let used = paint::pieces(view, buffer, room, &tabs_that_fit(view, room.width));
    let between = Rect { x: used, width: status_x.saturating_sub(used), ..area };
    // The name of a study may be long; whose work it is must be seen.
    let fits = |words: &&String| paint::width(words) < between.width;
    if let Some(words) = [&whose, &blind, &coder].into_iter().find(fits) {
        paint::text_right(view, buffer, between, words, view.theme.status);
    }
}

/// Columns that are kept for who sits here; a longer name stands there if there is room.
const NAMED: u16 = 24;

/// The tabs from the first one on, or around the one of this screen where not all have room. A screen without a tab shows
/// its own word alone.
fn tabs_that_fit(view: &View<'_>, room: u16) -> Vec<(Cow<'static, str>, Style)> {
    let here = view.model.screen;
    let Some(at) = Screen::TABS.iter().position(|screen| *screen == here) else {
        return vec![(format!(" {} ", here.title()).into(), view.theme.tab_active)];
    };
    let tab = |screen: &Screen| {
        let style = if *screen == here { view.theme.tab_active } else { view.theme.tab };
        (Cow::from(format!(" {} ", screen.title())), style)
    };
    let tabs: Vec<(Cow<'static, str>, Style)> = Screen::TABS.iter().map(tab).collect();
    let widths: Vec<u16> = tabs.iter().map(|(words, _)| paint::width(words)).collect();
    let (mut first, mut end) = (0, tabs.len());
    while end - first > 1 && widths.get(first..end).is_some_and(|shown| shown.iter().sum::<u16>() > room) {
        // What is farther away goes first, the later one if both are as far.
        if at - first > end - 1 - at { first += 1 } else { end -= 1 }
    }
    tabs.into_iter().take(end).skip(first).collect()
}

fn saved(view: &View<'_>) -> (String, Style) {
    let model = view.model;
    if !model.complete {
        return (String::from("reading the study"), view.theme.dim);
    }
    let refused = model.coders.refused.len();
    if refused > 0 && model.saving.is_idle() {
        return (format!("{refused} not done"), view.theme.warning);
    }
    match (model.saving.is_idle(), model.saved_time()) {
        (false, _) => (String::from("saving"), view.theme.saving),
        (true, Some(time)) => (format!("saved {time}"), view.theme.saved),
        (true, None) if model.about.as_of.is_some() => {
            let point = model.about.as_of.as_deref().unwrap_or_default();
            (format!("as it was: {point}"), view.theme.warning)
        }
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
            sentence(view, &notice.text, style, row, buffer);
        }
        None if view.model.news().is_some() => {
            let news = view.model.news().unwrap_or_default();
            paint::text(view, buffer, row, &news, view.theme.notice);
        }
        None if view.model.screen == Screen::Read => super::read::detail(view, row, buffer),
        None if view.model.screen == Screen::Search => super::search::detail(view, row, buffer),
        None if view.model.screen == Screen::Panels => super::panels::detail(view, row, buffer),
        None if view.model.screen == Screen::People => super::people::detail(view, row, buffer),
        None if view.model.screen == Screen::Memos => super::memos::detail(view, row, buffer),
        None if view.model.screen == Screen::Tables => super::tables::detail(view, row, buffer),
        None if view.model.screen == Screen::Matrix => super::matrix::detail(view, row, buffer),
        None if view.model.screen == Screen::Settings => super::settings::detail(view, row, buffer),
        None if view.model.screen == Screen::Import => super::import_preview::detail(view, row, buffer),
        None if view.model.screen == Screen::Codebook => super::codebook::detail(view, row, buffer),
        None => {}
    }
}

/// A sentence whose last words fit in this row, over as many rows above it as it needs: what is to be done stands at its
/// end, and the next key takes it away.
fn sentence(view: &View<'_>, words: &str, style: Style, row: Rect, buffer: &mut Buffer) {
    /// A sentence with a long name in it has room, and the screen stays in sight.
    const MOST: usize = 4;
    let lines = wrap(words, usize::from(row.width));
    // What the tour asks for stays to be read.
    let most = if view.model.tour_area().height > 0 { 1 } else { MOST };
    let above = u16::try_from(lines.len().min(most)).unwrap_or(1).saturating_sub(1);
    let area = Rect { y: row.y.saturating_sub(above), height: above, x: 0, width: buffer.area.width };
    paint::clear(view, buffer, area);
    for (y, (at, line)) in (area.y..).zip(lines.iter().take(most).enumerate()) {
        // What is too long all the same is cut in its last row.
        let end = if at + 1 == most { words.len() } else { line.end };
        let shown = words.get(line.start..end).unwrap_or_default().trim_end();
        paint::text(view, buffer, Rect { y, height: 1, ..row }, shown, style);
    }
}

/// The hints that fit, the most useful first; help always fits. Keys of a sequence stand at the right.
fn hints(view: &View<'_>, buffer: &mut Buffer, row: Rect) {
    let mut pending = view.model.count.map_or_else(String::new, |count| count.to_string());
    pending.push_str(&say_keys(&view.model.pending));
    let mut row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    if !pending.is_empty() {
        let x = paint::text_right(view, buffer, row, &pending, view.theme.strong);
        row.width = x.saturating_sub(row.x + 1);
    }
    for hint in hints_that_fit(view, row.width) {
        let pieces = [
            (Cow::Owned(hint.keys), view.theme.hint_key),
            (Cow::Owned(format!(" {}", hint.text)), view.theme.hint_text),
        ];
        let used = paint::pieces(view, buffer, row, &pieces) + GAP;
        row = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
    }
}

/// Columns between two hints.
const GAP: u16 = 2;

/// The last hint is left out last. A name is shortened before anything is left out, and takes what room is left.
fn hints_that_fit(view: &View<'_>, width: u16) -> Vec<Hint> {
    /// What is left of a name at the least.
    const NAME: u16 = 8;
    let quoted = |name: &str, room| {
        format!("{}{}{}", view.glyphs.quote_open, paint::fit(view, name, room), view.glyphs.quote_close)
    };
    let columns = |hint: &Hint| {
        let text =
            if hint.is_name { paint::width(&hint.text).min(NAME) + 2 } else { paint::width(&hint.text) };
        paint::width(&hint.keys) + 1 + text
    };
    let mut hints = view.model.hints();
    let last = hints.pop();
    let mut room = width.saturating_sub(last.as_ref().map_or(0, &columns));
    let mut shown = Vec::new();
    for hint in hints {
        match room.checked_sub(columns(&hint) + GAP) {
            Some(rest) => room = rest,
            None => break,
        }
        shown.push(hint);
    }
    shown.extend(last);
    for hint in shown.iter_mut().filter(|hint| hint.is_name) {
        hint.text = quoted(&hint.text, NAME + room);
    }
    shown
}

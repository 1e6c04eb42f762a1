//! The welcome, where there is no study.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::theme::Theme;
use crate::app::welcome::{WAYS, Welcome};
use crate::app::wrap::wrap;

/// Paints the whole window. Gives back where the terminal's own cursor belongs, if a folder is typed.
pub fn draw(welcome: &Welcome, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let area = area.intersection(buffer.area);
    buffer.set_style(area, theme.text);
    let mut page = Page { area, y: area.y, buffer };
    page.line("Combe: read, search and code interview transcripts", theme.heading);
    page.y += 1;
    let width = usize::from(area.width.saturating_sub(2)).max(10);
    for range in wrap(&welcome.said, width) {
        page.line(welcome.said.get(range).unwrap_or_default().trim_end(), theme.warning);
    }
    page.y += 1;
    for (at, (letter, title, what)) in WAYS.into_iter().enumerate() {
        let chosen = at == welcome.chosen && welcome.question().is_none();
        let style = if chosen { theme.cursor_line } else { theme.text };
        let what = if what.is_empty() { String::new() } else { format!("  {what}") };
        page.line(&format!("{letter}  {title:<14}{what}"), style);
    }
    page.y += 1;
    let Some((question, field)) = welcome.question() else {
        page.line("Press a letter, or choose with the arrow keys and Enter.", theme.dim);
        return None;
    };
    let before = format!("{question} > ");
    let room = usize::from(area.width.saturating_sub(4)).saturating_sub(before.len());
    // The end of a long path is what is being typed.
    let typed: Vec<char> = field.text().chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    let hidden = typed.len().saturating_sub(room);
    let shown: String = typed.iter().skip(hidden).collect();
    let y = page.y;
    page.line(&format!("{before}{shown}"), theme.strong);
    page.line("Enter takes it, Esc goes back. ~ is your home folder.", theme.dim);
    let cursor =
        field.text().get(..field.cursor()).unwrap_or_default().chars().count().saturating_sub(hidden);
    let x = area.x + 1 + u16::try_from(before.len() + cursor).unwrap_or(u16::MAX - area.x - 1);
    (x < area.right() && y < area.bottom()).then_some(Position { x, y })
}

struct Page<'b> {
    area: Rect,
    y: u16,
    buffer: &'b mut Buffer,
}

impl Page<'_> {
    fn line(&mut self, text: &str, style: Style) {
        if self.y < self.area.bottom() && self.area.width > 2 {
            self.buffer.set_stringn(self.area.x + 1, self.y, text, usize::from(self.area.width - 2), style);
        }
        self.y += 1;
    }
}

//! Views: they paint a model into a buffer and do nothing else.
//!
//! Every view is `fn(&Canvas, area, &mut Buffer)`-shaped: it reads the model, which `app` has laid out already, and never
//! measures, scrolls or decides. A new screen is one file here and one line in [`draw`].

mod ask;
mod codebook;
mod findings;
mod form;
mod former;
mod frame;
pub mod glyphs;
mod help;
mod import_preview;
mod laid_quotes;
mod line;
pub mod linear;
mod matrix;
mod memo;
mod memos;
mod paint;
mod palette;
mod panels;
mod people;
mod pick;
mod picker;
mod quotes;
mod read;
mod search;
mod settings;
mod tables;
pub mod theme;
mod timeline;
mod tour;
mod transcripts;
mod welcome;
mod which_key;

pub use pick::{draw as draw_pick, list_height as pick_height};
pub use welcome::draw as draw_welcome;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::layer::Layer;
use crate::app::{Area, LEAST_HEIGHT, LEAST_WIDTH, Model, Screen};
use glyphs::Glyphs;
use theme::Theme;

/// What every view is given: the model, and how things look.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What to show.
    pub model: &'a Model,
    /// Styles.
    pub theme: &'a Theme,
    /// Marks.
    pub glyphs: &'a Glyphs,
}

/// Paints the whole window. Gives back where the terminal's own cursor belongs, if a text field has it.
pub fn draw(
    model: &Model,
    theme: &Theme,
    glyphs: &Glyphs,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let view = View { model, theme, glyphs };
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return None;
    }
    buffer.set_style(area, theme.text);
    if model.is_too_small() {
        too_small(&view, area, buffer);
        return None;
    }
    if model.is_curtained() {
        paint::text(&view, buffer, area, "Any key goes on.", theme.dim);
        return None;
    }
    frame::tabs(&view, buffer);
    let body = rect(model.body());
    let advice = model.empty_advice();
    let cursor = match model.screen {
        _ if advice.is_some() => None,
        Screen::Transcripts => transcripts::draw(&view, body, buffer),
        Screen::Read => read::draw(&view, body, buffer),
        Screen::Search => search::draw(&view, body, buffer),
        Screen::Panels => panels::draw(&view, body, buffer),
        Screen::People => people::draw(&view, body, buffer),
        Screen::Codebook => codebook::draw(&view, body, buffer),
        Screen::Memos => memos::draw(&view, body, buffer),
        Screen::Quotes => quotes::draw(&view, body, buffer),
        Screen::Matrix => matrix::draw(&view, body, buffer),
        Screen::Tables => tables::draw(&view, body, buffer),
        Screen::History => timeline::draw(&view, body, buffer),
        Screen::Findings => findings::draw(&view, body, buffer),
        Screen::Settings => settings::draw(&view, body, buffer),
        Screen::Import => import_preview::draw(&view, body, buffer),
    };
    if let Some(advice) = advice {
        paint::paragraphs(&view, body, &advice, buffer);
    }
    let above = layer(&view, body, buffer);
    tour::draw(&view, rect(model.tour_area()), buffer);
    frame::footer(&view, buffer);
    which_key::draw(&view, buffer);
    if model.layers.is_empty() { cursor } else { above }
}

/// Paints the topmost layer.
fn layer(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let drawer = rect(view.model.drawer());
    match view.model.layers.last()? {
        Layer::Picker(picker) => picker::draw(view, picker, drawer, buffer),
        Layer::Memo(memo) => memo::draw(view, memo, drawer, buffer),
        Layer::Line(line) => line::draw(view, line, drawer, buffer),
        Layer::Palette(palette) => palette::draw(view, palette, body, buffer),
        Layer::Help(help) => help::draw(view, help, body, buffer),
        Layer::Former(former) => {
            former::draw(view, former, body, buffer);
            None
        }
        Layer::Ask(ask) => {
            ask::yes_or_no(view, ask, drawer, buffer);
            None
        }
        Layer::Curtain => None,
        Layer::Confirm(confirm) => {
            ask::confirm(view, confirm, drawer, buffer);
            None
        }
        Layer::Form(form) => form::draw(view, form, body, buffer),
        Layer::Prompt(prompt) => ask::prompt(view, prompt, drawer, buffer),
        Layer::Chooser(chooser) => ask::chooser(view, chooser, drawer, buffer),
    }
}

fn too_small(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let size = format!("{}x{}", area.width, area.height);
    let lines = [String::from("too small:"), size, format!("make it {LEAST_WIDTH}x{LEAST_HEIGHT}")];
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        paint::text(view, buffer, Rect { y, height: 1, ..area }, &line, view.theme.text);
    }
}

/// A part of the window as ratatui names it.
fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}

//! Moving in whatever list is on top: codes, commands, transcripts, help.

use super::{Command, Family, PLAIN};
use crate::app::layer::Layer;
use crate::app::{Effect, LayerName, Model, Screen};

const LISTS: &[LayerName] = &[
    LayerName::Transcripts,
    LayerName::Filter,
    LayerName::Picker,
    LayerName::Palette,
    LayerName::Line,
    LayerName::Help,
    LayerName::Search,
    LayerName::Query,
    LayerName::Review,
    LayerName::Panels,
    LayerName::Chooser,
    LayerName::People,
    LayerName::Codebook,
    LayerName::CodebookFilter,
    LayerName::Themes,
    LayerName::CodeList,
    LayerName::Split,
    LayerName::Versions,
    LayerName::Memos,
    LayerName::Settings,
    LayerName::Import,
    LayerName::ImportFile,
];

/// So far that every list ends before.
const FAR: isize = 1 << 30;

macro_rules! moves {
    ($($name:literal, $title:literal, $step:expr;)*) => {
        &[$(Command {
            name: $name,
            title: $title,
            layers: LISTS,
            run: |model, _| choose(model, $step),
            ..PLAIN
        }),*]
    };
}

pub(super) const FAMILY: Family = Family {
    title: "Lists",
    commands: moves! {
        "choose_next", "The next row", |_| 1;
        "choose_previous", "The row before", |_| -1;
        "choose_page_down", "A page down", |page| page;
        "choose_page_up", "A page up", |page: isize| -page;
        "choose_first", "The first row", |_| -FAR;
        "choose_last", "The last row", |_| FAR;
    },
};

/// Moves the choice by as many rows as `step` says for a page of that height.
fn choose(model: &mut Model, step: impl Fn(isize) -> isize) -> Vec<Effect> {
    let page = |rows: u16| isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(1);
    let (body, drawer) = (model.body().height, model.drawer().height);
    match model.layers.last_mut() {
        Some(Layer::Picker(picker)) => picker.step(step(page(drawer.saturating_sub(2)))),
        Some(Layer::Palette(palette)) => palette.step(step(page(drawer))),
        Some(Layer::Line(line)) => line.step(step(1)),
        Some(Layer::Chooser(chooser)) => chooser.step(step(page(drawer))),
        Some(Layer::Help(help)) => help.top = help.top.saturating_add_signed(step(page(body))),
        Some(_) => {}
        None => match model.screen {
            Screen::Search => model.step_hits(step(page(body))),
            Screen::Panels => model.step_panels(step(page(body))),
            Screen::Transcripts => model.transcripts.list.step(step(page(body))),
            Screen::People => model.step_people(step(page(body))),
            Screen::Codebook => model.step_codebook(step(page(body))),
            Screen::Memos => model.step_memos(step(page(body))),
            Screen::Settings => model.step_settings(step(page(body))),
            Screen::Import => model.step_import_preview(step(page(body))),
            Screen::Read => {}
        },
    }
    Vec::new()
}

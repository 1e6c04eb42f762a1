//! Moving in whatever list is on top: codes, commands, transcripts, help.

use super::{Args, Command, Count, Family, PLAIN};
use crate::app::codebook::Page;
use crate::app::layer::Layer;
use crate::app::{Effect, LayerName, Model, Screen};

const LISTS: &[LayerName] = &[
    LayerName::Transcripts,
    LayerName::Filter,
    LayerName::Picker,
    LayerName::Palette,
    LayerName::Line,
    LayerName::Help,
    LayerName::Former,
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
    LayerName::Reviews,
    LayerName::Memos,
    LayerName::Quotes,
    LayerName::Matrix,
    LayerName::Cell,
    LayerName::Summary,
    LayerName::Tables,
    LayerName::History,
    LayerName::Findings,
    LayerName::Settings,
    LayerName::Import,
    LayerName::ImportFile,
];

/// So far that every list ends before.
const FAR: isize = 1 << 30;

macro_rules! moves {
    ($($name:literal, $title:literal, $count:expr, $step:expr;)*) => {
        &[$(Command {
            name: $name,
            title: $title,
            layers: LISTS,
            count: $count,
            run: |model, args| choose(model, args, $step),
            ..PLAIN
        }),*]
    };
}

pub(super) const FAMILY: Family = Family {
    title: "Lists",
    commands: moves! {
        "choose_next", "The next row", Count::Times, |_| 1;
        "choose_previous", "The row before", Count::Times, |_| -1;
        "choose_page_down", "A page down", Count::Times, |page| page;
        "choose_page_up", "A page up", Count::Times, |page: isize| -page;
        "choose_first", "The first row", Count::Given, |_| -FAR;
        "choose_last", "The last row", Count::Given, |_| FAR;
    },
};

/// Moves the choice by as many rows as `step` says for a page of that height; to the row that is counted, if it would go
/// to the first or last one.
fn choose(model: &mut Model, args: Args<'_>, step: impl Fn(isize) -> isize) -> Vec<Effect> {
    let Some(row) = args.count else { return move_choice(model, step) };
    let below = isize::try_from(row.saturating_sub(1)).unwrap_or(FAR);
    // Of a count that is run so often nothing is left to be said here.
    if step(1).abs() < FAR {
        return move_choice(model, step);
    }
    move_choice(model, |_| -FAR);
    if below > 0 { move_choice(model, |_| below) } else { Vec::new() }
}

fn move_choice(model: &mut Model, step: impl Fn(isize) -> isize) -> Vec<Effect> {
    let page = |rows: u16| isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(1);
    let (body, drawer) = (model.body().height, model.drawer().height);
    let by = match model.quotes_to_step() {
        Some(quotes) => step(quotes.page(page(body))),
        None => step(page(body)),
    };
    match model.layers.last_mut() {
        Some(Layer::Picker(picker)) => picker.step(step(page(drawer.saturating_sub(2)))),
        Some(Layer::Palette(palette)) => palette.step(step(page(drawer))),
        Some(Layer::Line(line)) => line.step(step(1)),
        Some(Layer::Chooser(chooser)) => chooser.step(step(page(drawer))),
        Some(Layer::Help(_)) => model.step_help(step(page(body))),
        Some(Layer::Former(former)) => former.step(step(page(body)), body),
        Some(_) => {}
        None => match model.screen {
            Screen::Search => model.step_hits(by),
            Screen::Panels => model.step_panels(by),
            Screen::Transcripts => model.transcripts.list.step(by),
            Screen::People => model.step_people(by),
            Screen::Codebook => model.step_codebook(by),
            Screen::Memos => model.step_memos(by),
            Screen::Quotes => model.step_quotes(by),
            Screen::Matrix => model.step_matrix(by),
            Screen::Tables => model.step_tables(by),
            Screen::History => model.step_timeline(by),
            Screen::Findings => model.step_findings(by),
            Screen::Settings => model.step_settings(by),
            Screen::Import => model.step_import_preview(by),
            Screen::Read => {}
        },
    }
    Vec::new()
}

impl Model {
    /// Which row of the list on top is chosen, counted from 1, and how many there are. `None` where there is no list that
    /// says so.
    #[must_use]
    pub fn list_place(&self) -> Option<(usize, usize)> {
        let (chosen, all) = match self.layers.last() {
            Some(Layer::Picker(picker)) => (picker.roll.chosen, picker.rows.len()),
            Some(Layer::Palette(palette)) => (palette.chosen, palette.rows.len()),
            Some(Layer::Chooser(chooser)) => (chooser.chosen, chooser.rows.len()),
            Some(Layer::Former(former)) => (former.top, former.rows.len()),
            Some(Layer::Line(line)) => (line.chosen?, line.candidates.len()),
            Some(_) => return None,
            None => match self.screen {
                Screen::Transcripts => self.transcripts.list.place(),
                Screen::Search => {
                    (self.search.chosen, self.search.answer.as_ref().map_or(0, |answer| answer.hits.len()))
                }
                Screen::Panels if self.panels.quotes.open => {
                    (self.panels.quotes.list.chosen, self.panels.quotes.list.len())
                }
                Screen::Panels => {
                    (self.panels.row, self.panels.board.as_ref().map_or(0, crate::app::panels::Board::len))
                }
                Screen::People if self.people.profile.is_none() => self.people.list.place(),
                Screen::Codebook => match self.codebook.page {
                    Page::Tree => (self.codebook.tree.chosen, self.codebook.rows.len()),
                    Page::Themes => (self.codebook.theme.chosen, self.codebook.themes.len()),
                    Page::Reviews => (self.codebook.list.chosen, self.codebook.reviews.len()),
                    _ => return None,
                },
                Screen::Memos => self.memos.list.place(),
                Screen::Tables => self.tables.list_place(),
                Screen::Matrix => match &self.matrix.desk {
                    Some(desk) => (desk.list.chosen, desk.list.len()),
                    None => (self.matrix.roll.chosen, self.matrix.rows_listed()),
                },
                Screen::History => self.timeline.list.place(),
                Screen::Findings => (self.findings.roll.chosen, self.findings.rows.len()),
                Screen::Quotes => self.quotes.list.place(),
                Screen::Import if self.import_preview.open.is_none() => {
                    (self.import_preview.roll.chosen, self.import_preview.rows.len())
                }
                Screen::Read | Screen::People | Screen::Settings | Screen::Import => return None,
            },
        };
        (all > 0).then_some((chosen + 1, all))
    }
}

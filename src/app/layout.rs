//! Where things stand in a window of a given size, and what each screen lays out in its part of it.

use super::{Effect, Model, Screen, Size};

/// The narrowest window in which a screen is shown.
pub const LEAST_WIDTH: u16 = 40;
/// The lowest window in which a screen is shown.
pub const LEAST_HEIGHT: u16 = 10;
/// Rows above the body: tabs with the status, and the header of the screen.
pub const HEADER_ROWS: u16 = 2;
/// Rows below the body: the answer to the last key, and the hints.
pub const FOOTER_ROWS: u16 = 2;

/// A part of the window, in columns and rows from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Model {
    /// The part of the window between the header and the footer.
    #[must_use]
    pub fn body(&self) -> Area {
        let Size { width, height } = self.size;
        let other = self.drawer_rows() + self.aside_rows() + self.tour_rows();
        let rows = height.saturating_sub(HEADER_ROWS + FOOTER_ROWS + other);
        Area { x: 0, y: HEADER_ROWS, width, height: rows }
    }

    /// The part of the window below the body that the topmost layer takes, if it takes one: the text stays in sight
    /// while a code is chosen or a memo written.
    #[must_use]
    pub fn drawer(&self) -> Area {
        let body = self.body();
        Area { y: body.y + body.height + self.aside_rows(), height: self.drawer_rows(), ..body }
    }

    /// The part of the window below the text that says who speaks, where it is asked for.
    #[must_use]
    pub fn aside(&self) -> Area {
        let body = self.body();
        Area { y: body.y + body.height, height: self.aside_rows(), ..body }
    }

    /// The part of the window above the footer in which the tour asks for something.
    #[must_use]
    pub fn tour_area(&self) -> Area {
        let drawer = self.drawer();
        Area { y: drawer.y + drawer.height, height: self.tour_rows(), ..drawer }
    }

    fn aside_rows(&self) -> u16 {
        /// A rule and what is known of somebody.
        const ROWS: u16 = 4;
        let room = self.body_room().saturating_sub(self.drawer_rows());
        if self.screen == Screen::Read && self.read.details { ROWS.min(room / 3) } else { 0 }
    }

    /// Rows that body, drawer and aside share.
    fn body_room(&self) -> u16 {
        self.size.height.saturating_sub(HEADER_ROWS + FOOTER_ROWS + self.tour_rows())
    }

    fn drawer_rows(&self) -> u16 {
        let room = self.body_room();
        self.layers.last().map_or(0, |layer| layer.drawer_rows(room))
    }

    /// Whether the window is too small for anything but saying so.
    #[must_use]
    pub fn is_too_small(&self) -> bool {
        self.size.width < LEAST_WIDTH || self.size.height < LEAST_HEIGHT
    }
}

/// Lays out the screen for the size of the window.
pub(super) fn arrange(model: &mut Model) -> Vec<Effect> {
    // Read keeps its place in a small window too, so it is arranged on every screen that it can be gone to from.
    let mut effects = model.arrange_read();
    effects.extend(model.arrange_former());
    match model.screen {
        Screen::Transcripts => model.arrange_transcripts(),
        Screen::Read => effects.extend(model.mark_found()),
        Screen::Search => effects.extend(model.arrange_search()),
        Screen::Panels => effects.extend(model.arrange_panels()),
        Screen::People => effects.extend(model.arrange_people()),
        Screen::Codebook => effects.extend(model.arrange_codebook()),
        Screen::Memos => model.arrange_memos(),
        Screen::Quotes => effects.extend(model.arrange_quotes()),
        Screen::Matrix => effects.extend(model.arrange_matrix()),
        Screen::Tables => effects.extend(model.arrange_tables()),
        Screen::History => effects.extend(model.arrange_timeline()),
        Screen::Findings => effects.extend(model.arrange_findings()),
        Screen::Settings => model.arrange_settings(),
        Screen::Import => model.arrange_import_preview(),
    }
    model.arrange_layers();
    effects
}

impl Model {
    /// Keeps what is chosen in sight, in the topmost layer.
    fn arrange_layers(&mut self) {
        self.reopen_memo();
        self.arrange_picker();
        self.arrange_memo();
        self.arrange_form();
    }
}

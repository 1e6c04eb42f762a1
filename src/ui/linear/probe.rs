//! What the other views paint, read off the screen: the row that is chosen, or all that is there.
//!
//! A theme in which only chosen rows and the heads of columns look otherwise finds them on every screen, also on one that
//! is new.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::super::theme::Theme;
use super::super::{View, paint, rect};
use crate::app::HEADER_ROWS;

/// The mark of a chosen row, which no theme has.
const CHOSEN: Modifier = Modifier::RAPID_BLINK;

/// The mark of the head of a column, which no theme has.
const HEAD: Modifier = Modifier::SLOW_BLINK;

/// Words that stand together in a row, and the columns of the screen that they take.
struct Piece {
    columns: Range<u16>,
    words: String,
}

/// The heading of the screen, in its second row.
pub(super) fn heading(view: &View<'_>) -> String {
    let buffer = draw(view);
    row(&buffer, HEADER_ROWS - 1)
}

/// What is marked as chosen, each number with the head of its column; nothing, if nothing is.
pub(super) fn chosen(view: &View<'_>) -> String {
    let buffer = draw(view);
    let heads: Vec<Piece> =
        (0..buffer.area.height).flat_map(|y| pieces(&buffer, y, 0, marked(HEAD))).collect();
    let rows = (0..buffer.area.height).map(|y| {
        let chosen = pieces(&buffer, y, 1, marked(CHOSEN));
        chosen.iter().map(|piece| headed(piece, &heads)).collect::<Vec<_>>().join(", ")
    });
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("; ")
}

/// `people 12`: what a number counts stands above it. Other words speak for themselves.
fn headed(piece: &Piece, heads: &[Piece]) -> String {
    let counts =
        piece.words.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '\u{2013}'));
    let over =
        |head: &&Piece| head.columns.start < piece.columns.end && piece.columns.start < head.columns.end;
    let heads = heads.iter().filter(|_| counts).filter(over).map(|head| head.words.as_str());
    heads.chain([piece.words.as_str()]).collect::<Vec<_>>().join(" ")
}

/// All that the body of the screen says.
pub(super) fn body(view: &View<'_>) -> String {
    let buffer = draw(view);
    let body = rect(view.model.body());
    let rows = (body.top()..body.bottom()).map(|y| row(&buffer, y));
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What the tour says; nothing, if there is none.
pub(super) fn tour(view: &View<'_>) -> String {
    let area = rect(view.model.tour_area());
    if area.is_empty() {
        return String::new();
    }
    let buffer = draw(view);
    let rows = (area.top()..area.bottom()).map(|y| row(&buffer, y));
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join(" ")
}

fn draw(view: &View<'_>) -> Buffer {
    let size = view.model.size;
    let area = Rect { x: 0, y: 0, width: size.width, height: size.height };
    let mut buffer = Buffer::empty(area);
    let mut theme = Theme::default();
    theme.cursor_line = theme.cursor_line.add_modifier(CHOSEN);
    theme.column_head = theme.column_head.add_modifier(HEAD);
    super::super::draw(view.model, &theme, view.glyphs, area, &mut buffer);
    buffer
}

fn marked(mark: Modifier) -> impl Fn(&Cell) -> bool {
    move |cell| cell.modifier.contains(mark)
}

/// The text of a row: columns parted by commas, without lines and boxes.
fn row(buffer: &Buffer, y: u16) -> String {
    let pieces = pieces(buffer, y, 1, |_| true);
    pieces.into_iter().map(|piece| piece.words).collect::<Vec<_>>().join(", ")
}

/// What stands in a row, parted where more blanks follow each other than `blanks`. Heads of narrow columns have just one
/// between them.
fn pieces(buffer: &Buffer, y: u16, blanks: u16, wanted: impl Fn(&Cell) -> bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for x in 0..buffer.area.width {
        let Some(cell) = buffer.cell((x, y)) else { continue };
        // Box drawing and blocks (U+2500 to U+259F) say nothing.
        let drawn = cell.symbol().chars().all(|c| ('\u{2500}'..='\u{259f}').contains(&c));
        if !wanted(cell) || drawn || cell.symbol().trim().is_empty() {
            continue;
        }
        let end = x + paint::width(cell.symbol()).max(1);
        match pieces.last_mut().filter(|piece| x <= piece.columns.end + blanks) {
            Some(piece) => {
                if x > piece.columns.end {
                    piece.words.push(' ');
                }
                piece.words.push_str(cell.symbol());
                piece.columns.end = end;
            }
            None => pieces.push(Piece { columns: x..end, words: cell.symbol().to_owned() }),
        }
    }
    pieces
}

//! What is under the cursor, in a line: the unit, this coder's codings on it, the one that keys act on first.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::{View, paint};
use super::margin::{colour, sign};
use crate::app::read::Open;
use crate::study::{MemoKind, MemoOn};
use crate::text::{Unit, counted};

/// Paints the line.
pub(in crate::ui) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let Some(open) = &view.model.read.open else { return };
    let theme = view.theme;
    let mut pieces: Vec<(Cow<'_, str>, Style)> = vec![(format!("{}: ", unit_word(open)).into(), theme.dim)];
    let here = view.model.codings_here();
    let first = view.model.coding_here().map(|here| here.coding.id);
    for coding in &here {
        let name = view.model.study.codes().get(&coding.coding.code).map_or("", |code| code.name.as_str());
        let mut style = colour(view, coding.coding.code);
        if Some(coding.coding.id) == first {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        let (sign, sign_style) = sign(view, view.model.study.effective_valence(coding.coding));
        // Beside a text in few columns, stripes have letters but no names.
        if let Some(letter) = view.model.code_looks.letter(coding.coding.code).filter(|_| open.columns.narrow)
        {
            pieces.push((format!("{letter} ").into(), style));
        }
        pieces.extend([(name.into(), style), (sign.into(), sign_style), ("  ".into(), theme.text)]);
    }
    let quotes = view.model.quotes_here();
    if quotes.iter().any(|quote| quote.starred) {
        pieces.push((format!("{} ", view.glyphs.star).into(), theme.star));
    }
    let memos = quotes.iter().flat_map(|quote| view.model.study.memos_on(MemoOn::Quote(quote.id)));
    let (flags, memos): (Vec<_>, Vec<_>) = memos.partition(|memo| memo.kind == MemoKind::CheckAudio);
    let mut said = Vec::new();
    if !memos.is_empty() {
        said.push(format!("{} {}", view.glyphs.memo, counted(memos.len(), "memo", "memos")));
    }
    if !flags.is_empty() {
        said.push(String::from("audio"));
    }
    if !said.is_empty() {
        pieces.push((said.join(&format!(" {} ", view.glyphs.dot)).into(), theme.memo));
    }
    if here.is_empty() && pieces.len() == 1 {
        let in_basket = quotes.iter().any(|quote| view.model.is_in_my_basket(quote.id));
        let nothing = match (quotes.is_empty(), in_basket) {
            (true, _) => "no coding of yours",
            (false, true) => "in your basket, no coding",
            (false, false) => "a quote of yours, no coding",
        };
        pieces.push((nothing.into(), theme.dim));
    }
    paint::pieces(view, buffer, row, &pieces);
}

/// What keys act on.
fn unit_word(open: &Open) -> &'static str {
    match (open.is_extending(), open.cursor.unit) {
        (true, _) => "selection",
        (false, Unit::Word) => "word",
        (false, Unit::Sentence) => "sentence",
        (false, Unit::Turn) => "turn",
    }
}

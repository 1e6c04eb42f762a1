//! Stripes beside the text, with the names of their codes and a sign for their valence.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::{View, paint};
use crate::app::coders::{Others, initials};
use crate::app::read::{Bare, Open, Stripe, Stripes};
use crate::study::{CodeId, CodingId, Valence};

pub(super) fn draw(view: &View<'_>, open: &Open, stripes: &Stripes, body: Rect, buffer: &mut Buffer) {
    if stripes.stripes.is_empty() && stripes.bare.is_empty() {
        return;
    }
    let focus = view.model.coding_here().map(|here| here.coding.id);
    let (x, width) = open.columns.margin;
    for (index, y) in (body.y..body.bottom()).enumerate().take(open.rows.len()) {
        let row = Rect { x: body.x + x, y, width, height: 1 }.intersection(body);
        lanes(view, stripes, index, row, buffer);
        let lanes = u16::try_from(stripes.lanes).unwrap_or(0);
        let named: Vec<&Stripe> = stripes.named_in(index).collect();
        let names = Rect { x: row.x + lanes + 1, width: row.width.saturating_sub(lanes + 1), ..row };
        let free = names_of(view, &named, (index, stripes.lanes), focus, names, buffer);
        for bare in stripes.bare.iter().filter(|bare| bare.row == index) {
            paint::text(view, buffer, free, &bare_words(view, *bare, free.width), view.theme.star);
        }
    }
}

/// What a quote without a code carries.
fn bare_words(view: &View<'_>, bare: Bare, width: u16) -> String {
    let star = if bare.starred { view.glyphs.star } else { "" };
    let memo = if bare.memo { view.glyphs.memo } else { "" };
    let words = if bare.flagged { format!("{star}{memo} audio") } else { format!("{star}{memo}") };
    if paint::width(&words) <= width { words } else { format!("{star}{memo}") }
}

/// A stripe has the letter of its code where it begins, and a shape of its own below it.
fn lanes(view: &View<'_>, stripes: &Stripes, index: usize, row: Rect, buffer: &mut Buffer) {
    for (lane, x) in (0..stripes.lanes).zip(row.x..row.right()) {
        let Some(stripe) = stripes.at(index, lane) else { continue };
        let style = shade(view, stripe);
        if index == letter_row(stripe) {
            let letter = view.model.code_looks.letter(stripe.code).map_or(String::new(), String::from);
            buffer.set_string(x, row.y, letter, style.add_modifier(Modifier::BOLD));
        } else {
            buffer.set_string(x, row.y, shape(view, stripe.code), style);
        }
    }
}

/// Where a stripe begins; below that, if it begins above what is in sight.
fn letter_row(stripe: &Stripe) -> usize {
    if stripe.whole.0 { stripe.first } else { stripe.last.min(stripe.first + 1) }
}

/// Names with their signs, one behind the other; in a margin too narrow for names, the signs alone. Gives back what is
/// left of the row.
fn names_of(
    view: &View<'_>,
    named: &[&Stripe],
    (index, lanes): (usize, usize),
    focus: Option<CodingId>,
    area: Rect,
    buffer: &mut Buffer,
) -> Rect {
    /// Columns below which a name says nothing.
    const SHORTEST: u16 = 6;
    let mut area = area;
    for (at, stripe) in named.iter().enumerate() {
        let (sign, sign_style) = sign(view, stripe.valence);
        let more = named.len() - at - 1;
        if area.width < SHORTEST {
            let used = paint::text(view, buffer, area, sign.trim_start(), sign_style);
            area = Rect { x: area.x + used, width: area.width - used, ..area };
            continue;
        }
        // The last one may take all the room; the others leave some for those behind them.
        let share = if more > 0 { area.width / 2 } else { area.width };
        let marks = marks(view, stripe);
        let room = share.saturating_sub(paint::width(sign) + paint::width(&marks) + u16::from(more > 0));
        let name = view.model.study.codes().get(&stripe.code).map_or("", |code| code.name.as_str());
        // A name right beside its letter need not repeat it.
        let beside = lanes == 1 && letter_row(stripe) == index && at == 0;
        let letter = view.model.code_looks.letter(stripe.code).filter(|_| !beside);
        let name = letter.map_or_else(|| name.to_owned(), |letter| format!("{letter} {name}"));
        let style = match Some(stripe.coding) == focus {
            true => shade(view, stripe).add_modifier(Modifier::UNDERLINED),
            false => shade(view, stripe),
        };
        let signed = match whose(view, stripe) {
            Some(whose) => Cow::Owned(format!("{whose}{}{name}", view.glyphs.dot)),
            None => Cow::Borrowed(name.as_str()),
        };
        let mut used = paint::text(view, buffer, Rect { width: room, ..area }, &signed, style);
        let rest = |used: u16| Rect { x: area.x + used, width: area.width - used, ..area };
        used += paint::text(view, buffer, rest(used), sign, sign_style);
        used += paint::text(view, buffer, rest(used), &marks, view.theme.star);
        used += u16::from(more > 0);
        area = rest(used.min(area.width));
    }
    area
}

/// The initials of whoever coded it, if that is somebody else.
fn whose(view: &View<'_>, stripe: &Stripe) -> Option<String> {
    let other = view.model.study.coders().get(&stripe.coder).filter(|coder| coder.id != view.model.me.id)?;
    Some(initials(&other.name))
}

/// The colour of its code; what others coded is quieter where it is only dimmed.
fn shade(view: &View<'_>, stripe: &Stripe) -> Style {
    let dimmed = stripe.coder != view.model.me.id && view.model.coders.others == Others::Dimmed;
    if dimmed { view.theme.dim } else { colour(view, stripe.code) }
}

/// A star and a memo, if there are any.
fn marks(view: &View<'_>, stripe: &Stripe) -> String {
    let mut marks = String::new();
    for (there, mark) in [(stripe.starred, view.glyphs.star), (stripe.memo, view.glyphs.memo)] {
        if there {
            marks.push_str(mark);
        }
    }
    marks
}

/// The sign of a valence with a blank before it, and its style.
pub(super) fn sign(view: &View<'_>, valence: Option<Valence>) -> (&'static str, Style) {
    let theme = view.theme;
    let (sign, style) = match valence {
        None => return ("", theme.text),
        Some(Valence::Barrier) => (view.glyphs.barrier, theme.barrier),
        Some(Valence::Facilitator) => (view.glyphs.facilitator, theme.facilitator),
        Some(Valence::Both) => (view.glyphs.both, theme.both),
    };
    let spaced = match sign {
        "−" => " −",
        "-" => " -",
        "+" => " +",
        "±" => " ±",
        _ => " ~",
    };
    (spaced, style)
}

/// The colour of a code, the same on every screen: its own, if it was given one, else that of its place.
pub(in crate::ui) fn colour(view: &View<'_>, code: CodeId) -> Style {
    let own = view.model.study.codes().get(&code).and_then(|code| code.colour.as_deref());
    own.and_then(|own| view.theme.named(own))
        .unwrap_or_else(|| view.theme.stripe(view.model.code_looks.place(code)))
}

/// The shape of the stripe of a code, the same on every screen.
pub(in crate::ui) fn shape<'v>(view: &View<'v>, code: CodeId) -> &'v str {
    let shapes = &view.glyphs.stripes;
    shapes.get(view.model.code_looks.place(code) % shapes.len()).copied().unwrap_or(view.glyphs.vertical)
}

//! The marks a screen is drawn with, in a Unicode and in an ASCII set.
//!
//! Every mark but [`Glyphs::ellipsis`] is one column wide in both sets, so a layout does not depend on the set.
//! Knows nothing of what a view shows with them.

use std::borrow::Cow;

use ratatui::symbols::border;

/// Which set a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GlyphSet {
    /// Box drawing, real minus signs and the like: the locale is UTF-8.
    #[default]
    Unicode,
    /// Printable ASCII alone.
    Ascii,
}

/// One set of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Which set this is.
    pub set: GlyphSet,
    /// Sign of a barrier. The three signs tell valence apart without colour.
    pub barrier: &'static str,
    /// Sign of a facilitator.
    pub facilitator: &'static str,
    /// Sign of both at once (ambivalent).
    pub both: &'static str,
    /// In front of the line the cursor is on.
    pub cursor: &'static str,
    /// Code stripes in the margin, in turn: their shape tells codes apart where colours do not. There are five, so that
    /// with eight colours forty codes differ in one of both.
    pub stripes: [&'static str; 5],
    /// Upright rule between two panes.
    pub vertical: &'static str,
    /// Level rule.
    pub horizontal: &'static str,
    /// Frame of a pane or popup.
    pub border: border::Set<'static>,
    /// Between parts of a status line.
    pub dot: &'static str,
    /// Where text was cut off.
    pub ellipsis: &'static str,
    /// A starred quote.
    pub star: &'static str,
    /// Something with a memo.
    pub memo: &'static str,
    /// Done, or present.
    pub tick: &'static str,
    /// An open branch of a tree.
    pub open: &'static str,
    /// A closed branch of a tree.
    pub closed: &'static str,
    /// Leads from one thing to another.
    pub arrow: &'static str,
    /// Filled part of a bar.
    pub bar: &'static str,
    /// Empty part of a bar.
    pub bar_empty: &'static str,
    /// Opens a quotation.
    pub quote_open: &'static str,
    /// Closes a quotation.
    pub quote_close: &'static str,
    /// Cells of the matrix: nothing, evidence, drafted, checked, stale. Their shapes tell them apart without colour.
    pub cells: [&'static str; 5],
}

const UNICODE: Glyphs = Glyphs {
    set: GlyphSet::Unicode,
    barrier: "−",
    facilitator: "+",
    both: "±",
    cursor: ">",
    stripes: ["│", "┃", "║", "┆", "╏"],
    vertical: "│",
    horizontal: "─",
    border: border::PLAIN,
    dot: "·",
    ellipsis: "…",
    star: "★",
    memo: "¶",
    tick: "✓",
    open: "▾",
    closed: "▸",
    arrow: "→",
    bar: "█",
    bar_empty: "░",
    quote_open: "“",
    quote_close: "”",
    cells: ["·", "○", "◐", "●", "!"],
};

const ASCII: Glyphs = Glyphs {
    set: GlyphSet::Ascii,
    barrier: "-",
    facilitator: "+",
    both: "~",
    cursor: ">",
    stripes: ["|", ":", "!", "[", "#"],
    vertical: "|",
    horizontal: "-",
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
    dot: "-",
    ellipsis: "...",
    star: "*",
    memo: "m",
    tick: "x",
    open: "v",
    closed: ">",
    arrow: ">",
    bar: "#",
    bar_empty: ".",
    quote_open: "\"",
    quote_close: "\"",
    cells: [".", "o", "d", "#", "!"],
};

impl Glyphs {
    /// The marks of `set`.
    #[must_use]
    pub fn of(set: GlyphSet) -> &'static Glyphs {
        match set {
            GlyphSet::Unicode => &UNICODE,
            GlyphSet::Ascii => &ASCII,
        }
    }

    /// What to show for a character that must not reach the terminal as it is, or `None` where it may: `␛` (`^[`)
    /// for escape, `<202e>` for what would turn the rest of a line around.
    ///
    /// Line feed and tab are controls here too: whoever lays out lines has dealt with them before.
    #[must_use]
    pub fn control(&self, c: char) -> Option<Cow<'static, str>> {
        match c {
            ' '..='~' => None,
            '\0'..='\u{1f}' | '\u{7f}' => Some(match self.set {
                GlyphSet::Unicode => picture(c).to_string().into(),
                // Caret notation: the letter is 64 away, for delete as well (0x7f ^ 0x40 is `?`).
                GlyphSet::Ascii => format!("^{}", char::from(c as u8 ^ 0x40)).into(),
            }),
            // C1 controls; bidirectional embeddings, overrides, isolates and marks (Unicode 9.0, UAX #9, table 1);
            // line and paragraph separators.
            '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => Some(format!("<{:x}>", u32::from(c)).into()),
            _ => None,
        }
    }
}

/// The picture of a C0 control or delete, from Unicode's block of Control Pictures.
fn picture(c: char) -> char {
    let code = if c == '\u{7f}' { 0x2421 } else { 0x2400 + u32::from(c) };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    /// Every mark of a set but the ellipsis.
    fn marks(g: &Glyphs) -> Vec<&'static str> {
        [
            g.barrier,
            g.facilitator,
            g.both,
            g.cursor,
            g.vertical,
            g.horizontal,
            g.dot,
            g.star,
            g.memo,
            g.tick,
            g.open,
            g.closed,
            g.arrow,
            g.bar,
            g.bar_empty,
            g.quote_open,
            g.quote_close,
            g.border.top_left,
            g.border.top_right,
            g.border.bottom_left,
            g.border.bottom_right,
            g.border.vertical_left,
            g.border.vertical_right,
            g.border.horizontal_top,
            g.border.horizontal_bottom,
        ]
        .into_iter()
        .chain(g.stripes)
        .chain(g.cells)
        .collect()
    }

    #[test]
    fn every_mark_is_one_column_wide() {
        for set in [GlyphSet::Unicode, GlyphSet::Ascii] {
            for mark in marks(Glyphs::of(set)) {
                assert_eq!(mark.width(), 1, "{mark}");
            }
        }
    }

    #[test]
    fn ascii_is_ascii() {
        let ascii = Glyphs::of(GlyphSet::Ascii);
        assert!(marks(ascii).into_iter().chain([ascii.ellipsis]).all(str::is_ascii));
    }

    #[test]
    fn valence_is_told_apart_by_its_sign() {
        for set in [GlyphSet::Unicode, GlyphSet::Ascii] {
            let g = Glyphs::of(set);
            assert!(g.barrier != g.facilitator && g.facilitator != g.both && g.both != g.barrier);
        }
    }

    #[test]
    fn controls_are_shown_and_never_sent() {
        let (unicode, ascii) = (Glyphs::of(GlyphSet::Unicode), Glyphs::of(GlyphSet::Ascii));
        assert_eq!(unicode.control('\u{1b}').as_deref(), Some("␛"));
        assert_eq!(ascii.control('\u{1b}').as_deref(), Some("^["));
        assert_eq!(unicode.control('\u{7f}').as_deref(), Some("␡"));
        assert_eq!(ascii.control('\u{7f}').as_deref(), Some("^?"));
        assert_eq!(ascii.control('\0').as_deref(), Some("^@"));
        for g in [unicode, ascii] {
            assert_eq!(g.control('\u{9b}').as_deref(), Some("<9b>"));
            assert_eq!(g.control('\u{202e}').as_deref(), Some("<202e>"));
            for c in ['a', ' ', 'é', '\u{a0}', '\u{301}', '\u{200d}', '👩'] {
                assert_eq!(g.control(c), None, "{c:?}");
            }
            assert!(('\0'..='\u{ff}').filter(|c| c.is_control()).all(|c| g.control(c).is_some()));
        }
    }
}

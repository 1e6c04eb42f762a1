//! What a screen's parts look like, named by what they mean.
//!
//! Three themes. `ansi` uses the sixteen names that every terminal maps to colours of its user's choice, and keeps
//! the default foreground and background for text, so it can be read on dark and light alike. `rich` is the same
//! with code stripes from the 256 colours. `mono` has no colour at all: bold, reverse and underline only.
//!
//! No difference in meaning rests on colour alone: valence has its signs (`crate::ui::glyphs`), codes their names,
//! and the cursor, the selection and a match differ by reverse, underline and bold in every theme.

use ratatui::style::{Color, Modifier, Style};

/// How many colours there are to draw with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// None: `NO_COLOR`, or a monochrome terminal.
    None,
    /// The sixteen names.
    #[default]
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any.
    True,
}

/// The styles of all that a screen shows. Each is laid over [`Theme::text`] with [`Style::patch`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Ordinary text: the terminal's own colours.
    pub text: Style,
    /// Less important: times, counts, what cannot be chosen now.
    pub dim: Style,
    /// More important.
    pub strong: Style,
    /// Heading of a screen, pane or popup.
    pub heading: Style,
    /// The name of the screen one is on, in the tab line.
    pub tab_active: Style,
    /// The other screens' names.
    pub tab: Style,
    /// Lines around panes.
    pub border: Style,
    /// Lines around the pane that has the keys.
    pub border_active: Style,
    /// A participant's label.
    pub speaker: Style,
    /// What an interviewer or moderator says, and their label.
    pub interviewer: Style,
    /// The unit the cursor rests on.
    pub cursor: Style,
    /// The chosen line of a list.
    pub cursor_line: Style,
    /// What is selected, beyond the cursor's unit.
    pub selection: Style,
    /// A match of the search.
    pub found: Style,
    /// The match one is at.
    pub found_current: Style,
    /// Letters of a picker's line that match what was typed.
    pub picked: Style,
    /// A barrier, with its sign.
    pub barrier: Style,
    /// A facilitator, with its sign.
    pub facilitator: Style,
    /// Both at once, with its sign.
    pub both: Style,
    /// A starred quote's mark.
    pub star: Style,
    /// A memo's mark.
    pub memo: Style,
    /// The status line.
    pub status: Style,
    /// Not saved yet.
    pub saving: Style,
    /// Saved.
    pub saved: Style,
    /// A message that all went well.
    pub notice: Style,
    /// Something to look at.
    pub warning: Style,
    /// Something was refused.
    pub error: Style,
    /// A key in the footer.
    pub hint_key: Style,
    /// What the key does.
    pub hint_text: Style,
    /// What is typed into a text field.
    pub field: Style,
    /// What an empty text field asks for.
    pub placeholder: Style,
    /// Code stripes, in turn; by [`Theme::stripe`].
    stripes: [Style; STRIPES],
}

/// Stripes that differ.
const STRIPES: usize = 8;

/// The 256-colour stripes: eight hues of middle lightness, each with a contrast of at least 3:1 to both black and
/// white (WCAG 2.2, 1.4.11, for marks that are not text).
const RICH_STRIPES: [u8; STRIPES] = [32, 166, 29, 163, 136, 99, 131, 102];

/// The stripes of sixteen names, those legible on dark and light alike, twice over.
const ANSI_STRIPES: [Color; STRIPES] = [
    Color::Cyan,
    Color::Magenta,
    Color::Green,
    Color::Red,
    Color::Cyan,
    Color::Magenta,
    Color::Green,
    Color::Red,
];

const fn plain() -> Style {
    Style::new()
}

const fn bold() -> Style {
    plain().add_modifier(Modifier::BOLD)
}

const fn reverse() -> Style {
    plain().add_modifier(Modifier::REVERSED)
}

const fn underline() -> Style {
    plain().add_modifier(Modifier::UNDERLINED)
}

impl Theme {
    /// The theme for so many colours.
    #[must_use]
    pub fn of(colours: Colours) -> Self {
        match colours {
            Colours::None => Self::mono(),
            Colours::Sixteen => Self::ansi(),
            Colours::Indexed | Colours::True => Self::rich(),
        }
    }

    /// No colour: bold, reverse and underline only. Dim is left out too, many terminals draw it as a colour.
    #[must_use]
    pub fn mono() -> Self {
        Self {
            text: plain(),
            dim: plain(),
            strong: bold(),
            heading: bold(),
            tab_active: bold().add_modifier(Modifier::REVERSED),
            tab: plain(),
            border: plain(),
            border_active: bold(),
            speaker: bold(),
            interviewer: plain(),
            cursor: reverse(),
            cursor_line: reverse(),
            selection: reverse().add_modifier(Modifier::UNDERLINED),
            found: underline(),
            found_current: bold().add_modifier(Modifier::UNDERLINED),
            picked: underline(),
            barrier: bold(),
            facilitator: bold(),
            both: bold(),
            star: bold(),
            memo: bold(),
            status: plain(),
            saving: bold(),
            saved: plain(),
            notice: plain(),
            warning: bold(),
            error: bold().add_modifier(Modifier::REVERSED),
            hint_key: bold(),
            hint_text: plain(),
            field: plain(),
            placeholder: plain(),
            stripes: [plain(); STRIPES],
        }
    }

    /// The sixteen names, few of them and none for text of any length: yellow and white vanish on light
    /// backgrounds, blue on dark ones.
    #[must_use]
    pub fn ansi() -> Self {
        let dim = plain().add_modifier(Modifier::DIM);
        Self {
            dim,
            tab: dim,
            border: dim,
            border_active: plain().fg(Color::Cyan),
            speaker: bold(),
            interviewer: dim,
            found: underline().fg(Color::Magenta),
            found_current: bold().add_modifier(Modifier::UNDERLINED).fg(Color::Magenta),
            picked: bold().add_modifier(Modifier::UNDERLINED),
            barrier: plain().fg(Color::Red),
            facilitator: plain().fg(Color::Green),
            both: plain().fg(Color::Magenta),
            star: bold().fg(Color::Magenta),
            memo: bold().fg(Color::Cyan),
            saving: bold(),
            saved: dim,
            warning: bold().fg(Color::Magenta),
            error: bold().fg(Color::Red),
            hint_key: bold().fg(Color::Cyan),
            placeholder: dim,
            stripes: ANSI_STRIPES.map(|colour| plain().fg(colour)),
            ..Self::mono()
        }
    }

    /// As [`Theme::ansi`], with eight stripes that can be told apart.
    #[must_use]
    pub fn rich() -> Self {
        Self { stripes: RICH_STRIPES.map(|index| plain().fg(Color::Indexed(index))), ..Self::ansi() }
    }

    /// The style of the stripe numbered `index`, from 0, in turn.
    #[must_use]
    pub fn stripe(&self, index: usize) -> Style {
        self.stripes.get(index % STRIPES).copied().unwrap_or_default()
    }

    /// The mark of a code that somebody gave a colour to: one of the sixteen names, or `#rrggbb`, which is shown where there
    /// are 256 colours. `None` where there is no such colour to draw with.
    #[must_use]
    pub fn named(&self, colour: &str) -> Option<Style> {
        let first = self.stripes.first().and_then(|stripe| stripe.fg)?;
        let colour = match (colour.strip_prefix('#'), first) {
            (Some(digits), Color::Indexed(_)) => Color::Indexed(nearest_of_cube(digits)?),
            (Some(_), _) => return None,
            (None, _) => colour.replace("light ", "light").replace("bright ", "light").parse().ok()?,
        };
        Some(plain().fg(colour))
    }
}

/// The colour of xterm's 6x6x6 cube that is nearest to `rrggbb`.
fn nearest_of_cube(digits: &str) -> Option<u8> {
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    // Steps of the cube are 0, 95, 135, 175, 215, 255.
    let step = |value: u8| match value {
        0..48 => 0,
        48..115 => 1,
        value => (value - 35) / 40,
    };
    Some(16 + 36 * step(part(0)?) + 6 * step(part(2)?) + step(part(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every style of a theme.
    fn styles(t: &Theme) -> Vec<Style> {
        let named = [
            t.text,
            t.dim,
            t.strong,
            t.heading,
            t.tab_active,
            t.tab,
            t.border,
            t.border_active,
            t.speaker,
            t.interviewer,
            t.cursor,
            t.cursor_line,
            t.selection,
            t.found,
            t.found_current,
            t.picked,
            t.barrier,
            t.facilitator,
            t.both,
            t.star,
            t.memo,
            t.status,
            t.saving,
            t.saved,
            t.notice,
            t.warning,
            t.error,
            t.hint_key,
            t.hint_text,
            t.field,
            t.placeholder,
        ];
        named.into_iter().chain((0..STRIPES).map(|index| t.stripe(index))).collect()
    }

    #[test]
    fn mono_has_bold_reverse_and_underline_only() {
        for style in styles(&Theme::of(Colours::None)) {
            assert_eq!((style.fg, style.bg, style.underline_color), (None, None, None));
            let allowed = Modifier::BOLD | Modifier::REVERSED | Modifier::UNDERLINED;
            assert!(allowed.contains(style.add_modifier), "{style:?}");
        }
    }

    #[test]
    fn colours_are_legible_on_dark_and_light() {
        // Of the sixteen, the usual palettes make these all but invisible on one of black and white.
        let faint = [Color::Black, Color::White, Color::Gray, Color::Yellow, Color::LightYellow, Color::Blue];
        for theme in [Theme::ansi(), Theme::rich()] {
            for style in styles(&theme) {
                assert_eq!(style.bg, None, "the background is the user's: {style:?}");
                assert!(style.fg.is_none_or(|colour| !faint.contains(&colour)), "{style:?}");
            }
        }
    }

    #[test]
    fn marks_on_text_differ_without_colour() {
        for colours in [Colours::None, Colours::Sixteen, Colours::True] {
            let theme = Theme::of(colours);
            let marks = [theme.text, theme.cursor, theme.selection, theme.found, theme.found_current];
            for (at, one) in marks.iter().enumerate() {
                assert!(
                    marks[at + 1..].iter().all(|other| one.add_modifier != other.add_modifier),
                    "{one:?}"
                );
            }
        }
    }

    #[test]
    fn colours_of_codes_are_drawn_where_they_can_be() {
        assert_eq!(Theme::ansi().named("bright red").unwrap().fg, Some(Color::LightRed));
        assert_eq!(Theme::ansi().named("grey").unwrap().fg, Some(Color::Gray));
        assert_eq!(Theme::ansi().named("#ff0000"), None);
        assert_eq!(Theme::rich().named("#ff0000").unwrap().fg, Some(Color::Indexed(196)));
        assert_eq!(Theme::rich().named("#5f87d7").unwrap().fg, Some(Color::Indexed(68)));
        assert_eq!(Theme::mono().named("red"), None);
        assert_eq!(Theme::rich().named("puce"), None);
    }

    #[test]
    fn stripes_go_round() {
        let theme = Theme::rich();
        assert_eq!(theme.stripe(3), theme.stripe(3 + STRIPES));
        assert!((1..STRIPES).all(|index| theme.stripe(index) != theme.stripe(index - 1)));
    }

    /// Relative luminance of colour `index` of xterm's 6x6x6 cube, as WCAG 2.2 defines it.
    fn luminance(index: u8) -> f64 {
        let steps = [0.0, 95.0, 135.0, 175.0, 215.0, 255.0];
        let cube = usize::from(index - 16);
        let linear = |step: usize| {
            let value: f64 = steps[step] / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(cube / 36) + 0.7152 * linear(cube / 6 % 6) + 0.0722 * linear(cube % 6)
    }

    #[test]
    fn rich_stripes_stand_out_from_black_and_from_white() {
        for index in RICH_STRIPES {
            let luminance = luminance(index);
            assert!((luminance + 0.05) / 0.05 >= 3.0, "{index} on black");
            assert!(1.05 / (luminance + 0.05) >= 3.0, "{index} on white");
        }
    }
}

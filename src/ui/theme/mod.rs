//! What a screen's parts look like, named by what they mean.
//!
//! Themes are files (`themes/*.toml`; [`mod@file`] says how they are written). `default` uses the sixteen names that every
//! terminal maps to colours of its user's choice, and keeps the default foreground and background for text, so it can be
//! read on dark and light alike; only code stripes take from the 256 colours. `monochrome` has no colour at all.
//!
//! No difference in meaning rests on colour alone: valence has its signs (`crate::ui::glyphs`), codes their letters and the
//! shape of their stripes, and the cursor, the selection and a match differ by reverse, underline and bold in every theme.

mod colour;
mod file;

use std::collections::BTreeMap;

use ratatui::style::{Color, Style};

use crate::app::WrongFile;

/// How many colours there are to draw with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// None: `NO_COLOR`, or a monochrome terminal.
    #[default]
    None,
    /// The sixteen names.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any.
    True,
}

macro_rules! theme {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The styles of all that a screen shows. Each is laid over [`Theme::text`] with [`Style::patch`].
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Theme {
            $($(#[$doc])* pub $name: Style,)*
            /// Code stripes, in turn; by [`Theme::stripe`].
            stripes: [Style; STRIPES],
            /// The colours that there are.
            colours: Colours,
        }

        impl Theme {
            /// The names of its styles, as theme files have them.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            fn style_mut(&mut self, name: &str) -> Option<&mut Style> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }

            /// Every style, those of stripes last.
            fn styles(&self) -> impl Iterator<Item = Style> + '_ {
                [$(self.$name),*].into_iter().chain(self.stripes)
            }
        }
    };
}

theme! {
    /// Ordinary text: the terminal's own colours.
    text,
    /// Less important: times, counts, what cannot be chosen now.
    dim,
    /// What the columns of a list are called.
    column_head,
    /// More important.
    strong,
    /// Heading of a screen, pane or popup.
    heading,
    /// The name of the screen one is on, in the tab line.
    tab_active,
    /// The other screens' names.
    tab,
    /// Lines around panes.
    border,
    /// Lines around the pane that has the keys.
    border_active,
    /// A participant's label.
    speaker,
    /// What an interviewer or moderator says, and their label.
    interviewer,
    /// The unit the cursor rests on.
    cursor,
    /// The chosen line of a list.
    cursor_line,
    /// What is selected, beyond the cursor's unit.
    selection,
    /// A match of the search.
    found,
    /// The match one is at.
    found_current,
    /// Letters of a picker's line that match what was typed.
    picked,
    /// A barrier, with its sign.
    barrier,
    /// A facilitator, with its sign.
    facilitator,
    /// Both at once, with its sign.
    both,
    /// A starred quote's mark.
    star,
    /// A memo's mark.
    memo,
    /// The status line.
    status,
    /// Not saved yet.
    saving,
    /// Saved.
    saved,
    /// A message that all went well.
    notice,
    /// Something to look at.
    warning,
    /// Something was refused.
    error,
    /// A key in the footer.
    hint_key,
    /// What the key does.
    hint_text,
    /// What is typed into a text field.
    field,
    /// What an empty text field asks for.
    placeholder,
}

/// Stripes that differ.
const STRIPES: usize = 8;

impl Theme {
    /// The theme that is used unless another one is chosen, in so many colours.
    #[must_use]
    pub fn of(colours: Colours) -> Self {
        Themes::shipped(colours).get(DEFAULT).copied().unwrap_or_default()
    }

    /// Whether it has any colour.
    #[must_use]
    pub fn has_colour(&self) -> bool {
        self.styles().any(|style| style.fg.is_some() || style.bg.is_some())
    }

    /// The style of the stripe numbered `index`, from 0, in turn.
    #[must_use]
    pub fn stripe(&self, index: usize) -> Style {
        self.stripes.get(index % STRIPES).copied().unwrap_or_default()
    }
}

impl Theme {
    /// The mark of a code that somebody gave a colour to: one of the sixteen names, or `#rrggbb`, which is shown where there
    /// are 256 colours. `None` where there is no such colour to draw with, or the theme has a background of its own, on which
    /// it might not be seen.
    #[must_use]
    pub fn named(&self, colour: &str) -> Option<Style> {
        let free = self.has_colour() && self.text.bg.is_none();
        let enough = !colour.starts_with('#') || matches!(self.colours, Colours::Indexed | Colours::True);
        if !free || !enough {
            return None;
        }
        let colour: Color = colour.replace("light ", "light").replace("bright ", "light").parse().ok()?;
        Some(Style::new().fg(colour::fit(colour, self.colours)))
    }
}

/// The theme that is used unless another one is chosen.
pub const DEFAULT: &str = "default";
/// The theme without colours, which every other one is made from, and gives way to where there are none.
const MONOCHROME: &str = "monochrome";

/// Those that ship: name, file, text. Each may be based on those before it.
const SHIPPED: [(&str, &str, &str); 4] = [
    (MONOCHROME, "themes/monochrome.toml", include_str!("../../../themes/monochrome.toml")),
    (DEFAULT, "themes/default.toml", include_str!("../../../themes/default.toml")),
    ("light", "themes/light.toml", include_str!("../../../themes/light.toml")),
    ("high-contrast", "themes/high-contrast.toml", include_str!("../../../themes/high-contrast.toml")),
];

/// The themes that can be chosen, in the colours that there are.
#[derive(Clone, Debug, Default)]
pub struct Themes {
    colours: Colours,
    by_name: BTreeMap<String, Theme>,
}

impl Themes {
    /// Those that ship.
    #[must_use]
    pub fn shipped(colours: Colours) -> Themes {
        let mut themes = Themes { colours, by_name: BTreeMap::new() };
        for (name, file, text) in SHIPPED {
            // Tests hold that each can be read.
            let _ = themes.add(name, file, text);
        }
        themes
    }

    /// Adds the theme of a file, in place of one of the same name.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its line. Then nothing of it is taken.
    pub fn add(&mut self, name: &str, file: &str, text: &str) -> Result<(), WrongFile> {
        let mut theme = file::read(self, file, text)?;
        if self.colours == Colours::None && theme.has_colour() {
            theme = self.get(MONOCHROME).copied().unwrap_or_default();
        }
        theme.colours = self.colours;
        self.by_name.insert(name.to_owned(), theme);
        Ok(())
    }

    /// The theme of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Theme> {
        self.by_name.get(name)
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;

    const DEPTHS: [Colours; 4] = [Colours::None, Colours::Sixteen, Colours::Indexed, Colours::True];

    fn theme(name: &str, colours: Colours) -> Theme {
        *Themes::shipped(colours).get(name).unwrap()
    }

    #[test]
    fn every_shipped_file_can_be_read_in_all_colours() {
        for colours in DEPTHS {
            let mut themes = Themes { colours, ..Themes::default() };
            for (name, file, text) in SHIPPED {
                themes.add(name, file, text).unwrap();
            }
        }
    }

    #[test]
    fn without_colours_there_is_bold_reverse_and_underline_only() {
        for (name, ..) in SHIPPED {
            for style in theme(name, Colours::None).styles() {
                assert_eq!((style.fg, style.bg, style.underline_color), (None, None, None));
                let allowed = Modifier::BOLD | Modifier::REVERSED | Modifier::UNDERLINED;
                assert!(allowed.contains(style.add_modifier), "{name}: {style:?}");
            }
        }
    }

    #[test]
    fn the_default_is_legible_on_dark_and_light() {
        // Of the sixteen, the usual palettes make these all but invisible on one of black and white.
        let faint = [Color::Black, Color::White, Color::Gray, Color::Yellow, Color::LightYellow, Color::Blue];
        for colours in DEPTHS {
            for style in theme(DEFAULT, colours).styles() {
                assert_eq!(style.bg, None, "the background is the user's: {style:?}");
                assert!(style.fg.is_none_or(|colour| !faint.contains(&colour)), "{style:?}");
            }
        }
    }

    #[test]
    fn marks_on_text_differ_without_colour() {
        for (name, ..) in SHIPPED {
            for colours in DEPTHS {
                let theme = theme(name, colours);
                let marks = [theme.text, theme.cursor, theme.selection, theme.found, theme.found_current];
                for (at, one) in marks.iter().enumerate() {
                    assert!(
                        marks[at + 1..].iter().all(|other| one.add_modifier != other.add_modifier),
                        "{name}: {one:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn colours_of_codes_are_drawn_where_they_can_be() {
        let named = |colours, colour: &str| theme(DEFAULT, colours).named(colour).and_then(|style| style.fg);
        assert_eq!(named(Colours::Sixteen, "bright red"), Some(Color::LightRed));
        assert_eq!(named(Colours::Sixteen, "grey"), Some(Color::Gray));
        assert_eq!(named(Colours::Sixteen, "#ff0000"), None);
        assert_eq!(named(Colours::Indexed, "#ff0000"), Some(Color::Indexed(196)));
        assert_eq!(named(Colours::Indexed, "#5f87d7"), Some(Color::Indexed(68)));
        assert_eq!(named(Colours::None, "red"), None);
        assert_eq!(named(Colours::True, "puce"), None);
        assert_eq!(theme("high-contrast", Colours::True).named("red"), None);
    }

    #[test]
    fn stripes_go_round() {
        let theme = theme(DEFAULT, Colours::True);
        assert_eq!(theme.stripe(3), theme.stripe(3 + STRIPES));
        assert!((1..STRIPES).all(|index| theme.stripe(index) != theme.stripe(index - 1)));
    }

    /// Contrast by WCAG 2.2.
    fn contrast(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(colour: Color) -> f64 {
        let [red, green, blue] = colour::parts(colour).unwrap();
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn stripes_of_the_default_stand_out_from_black_and_from_white() {
        // 1.4.11: marks that are not text have a contrast of 3:1 at least.
        for index in 0..STRIPES {
            let luminance = luminance(theme(DEFAULT, Colours::Indexed).stripe(index).fg.unwrap());
            assert!(contrast(luminance, 0.0) >= 3.0 && contrast(luminance, 1.0) >= 3.0, "stripe {index}");
        }
    }

    #[test]
    fn light_and_high_contrast_keep_what_they_promise() {
        // 1.4.3 and 1.4.6: 4.5:1 on white for text; 7:1 for enhanced contrast.
        for style in theme("light", Colours::Indexed).styles() {
            if let Some(colour) = style.fg {
                assert!(contrast(luminance(colour), 1.0) >= 4.5, "{style:?}");
            }
        }
        let high = theme("high-contrast", Colours::Indexed);
        for style in high.styles() {
            let style = high.text.patch(style);
            let (front, back) = (luminance(style.fg.unwrap()), luminance(style.bg.unwrap()));
            assert!(contrast(front, back) >= 7.0, "{style:?}");
            assert!(!style.add_modifier.contains(Modifier::DIM), "{style:?}");
        }
    }

    #[test]
    fn ones_own_file_changes_leaf_by_leaf_and_errors_name_their_lines() {
        let mut themes = Themes::shipped(Colours::Indexed);
        themes.add("mine", "mine.toml", "base = \"light\"\nmemo = \"bold #ff8700 on 17\"\n").unwrap();
        let (mine, light) = (themes.get("mine").unwrap(), themes.get("light").unwrap());
        let memo = Style::new().add_modifier(Modifier::BOLD).fg(Color::Indexed(208)).bg(Color::Indexed(17));
        assert_eq!(*mine, Theme { memo, ..*light });
        let text = "base = \"dark\"\nmemos = \"red\"\nstar = \"pink\"\nnotice = 3\nstripes = [\"red\"]\n";
        let error = themes.add("bad", "bad.toml", text).unwrap_err();
        let told: Vec<(usize, &str)> =
            error.complaints.iter().map(|c| (c.line, c.what.split([';', ':']).next().unwrap())).collect();
        assert_eq!(
            told,
            [
                (1, "there is no theme `dark` to begin with"),
                (2, "there is no style `memos`"),
                (3, "`pink` is no colour and no mark"),
                (4, "write a style"),
                (5, "`stripes` has 8 styles"),
            ]
        );
        assert!(themes.get("bad").is_none());
    }
}

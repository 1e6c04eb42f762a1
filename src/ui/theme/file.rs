//! Theme files.
//!
//! ```toml
//! base = "default"                  # what is not said here is as it is there
//! memo = "bold cyan"
//! selection = "reverse underline on 17"
//! stripes = ["32", "166", "#00875f", "163", "136", "99", "131", "102"]
//!
//! [sixteen]                         # where there are only the sixteen names
//! stripes = ["cyan", "magenta", "green", "red", "cyan", "magenta", "green", "red"]
//! ```
//!
//! A style is words in any order: `bold`, `dim`, `italic`, `underline`, `reverse`; a colour; `on` and a colour for the
//! background; or `plain` alone. A colour is one of the sixteen names, a number of the 256, or `#rrggbb`; where there are
//! fewer colours the nearest one is taken. All that is wrong is told at once, each with its line.

use ratatui::style::{Modifier, Style};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Colours, MONOCHROME, STRIPES, Theme, Themes, colour};
use crate::app::WrongFile;
use crate::text::probably_meant;

/// The words that are no colours.
const MARKS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// Reads a theme file.
pub(super) fn read(themes: &Themes, file: &str, text: &str) -> Result<Theme, WrongFile> {
    let table = DeTable::parse(text).map_err(|error| WrongFile::no_toml(file, text, &error))?;
    let mut reader = Reader { colours: themes.colours, theme: Theme::default(), wrong: Vec::new() };
    reader.base(themes, table.get_ref().get("base"));
    reader.styles(table.get_ref(), true);
    if let Some(sixteen) = table.get_ref().get("sixteen") {
        match sixteen.get_ref().as_table() {
            // Read in any case, so that what is wrong with it does not wait for another terminal.
            Some(styles) => {
                let before = reader.theme;
                reader.styles(styles, false);
                if reader.colours != Colours::Sixteen {
                    reader.theme = before;
                }
            }
            None => reader
                .wrong
                .push((sixteen.span().start, String::from("write [sixteen], and styles below it"))),
        }
    }
    if reader.wrong.is_empty() { Ok(reader.theme) } else { Err(WrongFile::new(file, text, reader.wrong)) }
}

struct Reader {
    colours: Colours,
    theme: Theme,
    /// What is wrong, at which byte.
    wrong: Vec<(usize, String)>,
}

impl Reader {
    fn base(&mut self, themes: &Themes, said: Option<&Spanned<DeValue<'_>>>) {
        let name = said.map_or(Some(MONOCHROME), |said| said.get_ref().as_str());
        if let Some(base) = name.and_then(|name| themes.get(name)) {
            self.theme = *base;
        } else if let Some(said) = said {
            let known: Vec<&str> = themes.names().collect();
            let name = name.unwrap_or("?");
            let what = format!("there is no theme `{name}` to begin with; there are {}", known.join(", "));
            self.wrong.push((said.span().start, what));
        }
    }

    fn styles(&mut self, table: &DeTable<'_>, whole: bool) {
        for (name, said) in table {
            match name.get_ref().as_ref() {
                "base" | "sixteen" if whole => {}
                "stripes" => self.stripes(said),
                known if Theme::NAMES.contains(&known) => {
                    if let Some(style) = self.style(said)
                        && let Some(held) = self.theme.style_mut(known)
                    {
                        *held = style;
                    }
                }
                unknown => {
                    let near = probably_meant(unknown, Theme::NAMES.iter().copied());
                    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                    self.wrong.push((name.span().start, format!("there is no style `{unknown}`{near}")));
                }
            }
        }
    }

    fn stripes(&mut self, said: &Spanned<DeValue<'_>>) {
        let styles = said.get_ref().as_array().filter(|styles| styles.len() == STRIPES);
        let Some(styles) = styles else {
            let what = format!("`stripes` has {STRIPES} styles: [\"cyan\", \"bold red\", …]");
            return self.wrong.push((said.span().start, what));
        };
        for (at, said) in styles.iter().enumerate() {
            if let Some(style) = self.style(said)
                && let Some(held) = self.theme.stripes.get_mut(at)
            {
                *held = style;
            }
        }
    }

    fn style(&mut self, said: &Spanned<DeValue<'_>>) -> Option<Style> {
        let read = match said.get_ref().as_str() {
            Some(words) => parse(words, self.colours),
            None => Err(String::from("write a style: \"bold cyan\", \"reverse\", \"plain\"")),
        };
        read.map_err(|what| self.wrong.push((said.span().start, what))).ok()
    }
}

fn parse(words: &str, colours: Colours) -> Result<Style, String> {
    let mut style = Style::new();
    let mut behind = false;
    for word in words.split_whitespace().filter(|word| *word != "plain") {
        if word == "on" {
            behind = true;
        } else if let Some((_, mark)) = MARKS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*mark);
        } else if let Some(found) = colour::parse(word) {
            let found = colour::fit(found, colours);
            style = if std::mem::take(&mut behind) { style.bg(found) } else { style.fg(found) };
        } else {
            return Err(format!(
                "`{word}` is no colour and no mark; there are bold, dim, italic, underline, reverse, the sixteen names of \
                 colours (red, bright-red, …), the numbers 0 to 255, and #rrggbb"
            ));
        }
    }
    Ok(style)
}

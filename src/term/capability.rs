//! What a terminal can show, judged from the environment alone: nothing is asked of the terminal itself, because
//! over a slow line its answer takes as long as a person waits for the first screen.
//!
//! Knows nothing of how the environment is read: `cli` fills [`Surroundings`].

use std::time::Duration;

use thiserror::Error;

use crate::ui::glyphs::GlyphSet;
use crate::ui::theme::Colours;

/// How long a lone escape is held on a local terminal, to see whether an escape sequence follows.
const ESC_WAIT_LOCAL: Duration = Duration::from_millis(25);

/// The same over SSH, where one sequence may arrive in two packets.
const ESC_WAIT_SSH: Duration = Duration::from_millis(75);

/// What the environment says, as strings; an empty one counts as unset.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `TERM`.
    pub term: Option<String>,
    /// `COLORTERM`.
    pub colorterm: Option<String>,
    /// `NO_COLOR`.
    pub no_color: Option<String>,
    /// `LC_ALL`.
    pub lc_all: Option<String>,
    /// `LC_CTYPE`.
    pub lc_ctype: Option<String>,
    /// `LANG`.
    pub lang: Option<String>,
    /// `SSH_CONNECTION`.
    pub ssh_connection: Option<String>,
    /// `SSH_TTY`.
    pub ssh_tty: Option<String>,
    /// `TMUX`.
    pub tmux: Option<String>,
    /// `STY`, set by GNU screen.
    pub sty: Option<String>,
    /// Whether standard input is a terminal.
    pub input_is_terminal: bool,
    /// Whether standard output is a terminal.
    pub output_is_terminal: bool,
}

impl Surroundings {
    /// The surroundings from a look-up of environment variables.
    pub fn read(
        lookup: impl Fn(&str) -> Option<String>,
        input_is_terminal: bool,
        output_is_terminal: bool,
    ) -> Self {
        let set = |name| lookup(name).filter(|value| !value.is_empty());
        Self {
            term: set("TERM"),
            colorterm: set("COLORTERM"),
            no_color: set("NO_COLOR"),
            lc_all: set("LC_ALL"),
            lc_ctype: set("LC_CTYPE"),
            lang: set("LANG"),
            ssh_connection: set("SSH_CONNECTION"),
            ssh_tty: set("SSH_TTY"),
            tmux: set("TMUX"),
            sty: set("STY"),
            input_is_terminal,
            output_is_terminal,
        }
    }
}

/// A program that holds terminals, so that work survives a dropped connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplexer {
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// What the terminal can show. The fields may be set otherwise by the user's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability {
    /// How many colours.
    pub colours: Colours,
    /// Which set of marks.
    pub glyphs: GlyphSet,
    /// How long a lone escape is held, to see whether an escape sequence follows.
    pub esc_wait: Duration,
    /// Whether the session comes over SSH.
    pub over_ssh: bool,
    /// The multiplexer it runs in, if any.
    pub multiplexer: Option<Multiplexer>,
}

/// Why there can be no screen.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Standard input or output leads elsewhere.
    #[error(
        "{0} is not a terminal, so there can be no screen: use a subcommand, such as `combe search` or `combe show` \
         (`combe --help` lists them)"
    )]
    NotATerminal(&'static str),
    /// The terminal cannot place text.
    #[error(
        "this terminal (TERM={0}) cannot place text on a screen: use a subcommand, such as `combe search` or \
         `combe show` (`combe --help` lists them), or set TERM to what the terminal is, such as xterm-256color"
    )]
    Dumb(String),
}

/// Judges the terminal by its surroundings.
///
/// # Errors
/// Where there can be no screen: not a terminal, or one that cannot place text.
pub fn detect(around: &Surroundings) -> Result<Capability, Refusal> {
    let capability = detect_for_lines(around)?;
    let term = set(&around.term).unwrap_or_default();
    if matches!(term, "" | "dumb" | "unknown" | "network" | "dialup") {
        return Err(Refusal::Dumb(term.to_owned()));
    }
    Ok(capability)
}

/// The same for lines that scroll, which need not be placed.
///
/// # Errors
/// Where input or output is no terminal.
pub fn detect_for_lines(around: &Surroundings) -> Result<Capability, Refusal> {
    if !around.input_is_terminal {
        return Err(Refusal::NotATerminal("standard input"));
    }
    if !around.output_is_terminal {
        return Err(Refusal::NotATerminal("standard output"));
    }
    let term = set(&around.term).unwrap_or_default();
    let over_ssh = set(&around.ssh_connection).or(set(&around.ssh_tty)).is_some();
    Ok(Capability {
        colours: colours(term, around),
        glyphs: glyphs(around),
        esc_wait: if over_ssh { ESC_WAIT_SSH } else { ESC_WAIT_LOCAL },
        over_ssh,
        multiplexer: match (set(&around.tmux), set(&around.sty)) {
            (Some(_), _) => Some(Multiplexer::Tmux),
            (None, Some(_)) => Some(Multiplexer::Screen),
            (None, None) => None,
        },
    })
}

fn set(value: &Option<String>) -> Option<&str> {
    value.as_deref().filter(|value| !value.is_empty())
}

/// `NO_COLOR` as <https://no-color.org> has it: any value but an empty one. Then what the terminal calls itself;
/// the endings are terminfo's for monochrome, and the VT100 to VT420 had none either.
fn colours(term: &str, around: &Surroundings) -> Colours {
    let monochrome = ["-m", "-mono"].iter().any(|ending| term.ends_with(ending))
        || ["vt1", "vt2", "vt3", "vt4"].iter().any(|family| term.starts_with(family));
    if set(&around.no_color).is_some() || monochrome {
        return Colours::None;
    }
    let colorterm = set(&around.colorterm).unwrap_or_default();
    if matches!(colorterm, "truecolor" | "24bit") || term.ends_with("-direct") {
        Colours::True
    } else if term.contains("256color") {
        Colours::Indexed
    } else {
        Colours::Sixteen
    }
}

/// POSIX: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set decides; if none is, the locale is `C`.
fn glyphs(around: &Surroundings) -> GlyphSet {
    let locale = [&around.lc_all, &around.lc_ctype, &around.lang].into_iter().find_map(set);
    let locale = locale.unwrap_or("C").to_ascii_lowercase();
    if locale.contains("utf-8") || locale.contains("utf8") { GlyphSet::Unicode } else { GlyphSet::Ascii }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(variables: &[(&str, &str)]) -> Surroundings {
        let lookup = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Surroundings::read(lookup, true, true)
    }

    fn capability(variables: &[(&str, &str)]) -> Capability {
        detect(&around(variables)).unwrap()
    }

    #[test]
    fn colours_are_what_the_terminal_says() {
        for (variables, colours) in [
            (&[("TERM", "xterm")][..], Colours::Sixteen),
            (&[("TERM", "linux")], Colours::Sixteen),
            (&[("TERM", "tmux-256color")], Colours::Indexed),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Colours::True),
            (&[("TERM", "xterm-direct")], Colours::True),
            (&[("TERM", "xterm-mono")], Colours::None),
            (&[("TERM", "linux-m")], Colours::None),
            (&[("TERM", "vt220")], Colours::None),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "1")], Colours::None),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Colours::Indexed),
        ] {
            assert_eq!(capability(variables).colours, colours, "{variables:?}");
        }
    }

    #[test]
    fn marks_follow_the_locale() {
        for (locale, glyphs) in [
            (&[("LANG", "en_GB.UTF-8")][..], GlyphSet::Unicode),
            (&[("LANG", "C.utf8")], GlyphSet::Unicode),
            (&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "C")], GlyphSet::Ascii),
            (&[("LC_CTYPE", "cy_GB.UTF-8"), ("LANG", "C")], GlyphSet::Unicode),
            (&[("LC_ALL", ""), ("LANG", "cy_GB.UTF-8")], GlyphSet::Unicode),
            (&[("LANG", "cy_GB.ISO-8859-14")], GlyphSet::Ascii),
            (&[], GlyphSet::Ascii),
        ] {
            let variables: Vec<_> = [("TERM", "xterm")].iter().chain(locale).copied().collect();
            assert_eq!(capability(&variables).glyphs, glyphs, "{locale:?}");
        }
    }

    #[test]
    fn escape_is_held_longer_over_ssh() {
        let local = capability(&[("TERM", "xterm")]);
        let remote = capability(&[("TERM", "xterm"), ("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")]);
        assert_eq!((local.over_ssh, local.esc_wait), (false, Duration::from_millis(25)));
        assert_eq!((remote.over_ssh, remote.esc_wait), (true, Duration::from_millis(75)));
    }

    #[test]
    fn multiplexers_are_known() {
        let inside = |name| capability(&[("TERM", "screen"), (name, "1")]).multiplexer;
        assert_eq!(inside("TMUX"), Some(Multiplexer::Tmux));
        assert_eq!(inside("STY"), Some(Multiplexer::Screen));
        assert_eq!(inside("HOME"), None);
    }

    #[test]
    fn no_screen_is_a_sentence_that_names_another_way() {
        let mut piped = around(&[("TERM", "xterm")]);
        piped.output_is_terminal = false;
        let dumb = around(&[("TERM", "dumb")]);
        for (around, what) in
            [(&piped, "standard output"), (&dumb, "TERM=dumb"), (&Surroundings::default(), "input")]
        {
            let sentence = detect(around).unwrap_err().to_string();
            assert!(sentence.contains(what) && sentence.contains("combe --help"), "{sentence}");
        }
    }
}

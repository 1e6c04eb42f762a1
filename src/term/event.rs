//! What the terminal tells the loop, and what can go wrong with it.

use std::io;

use thiserror::Error;

use crate::app::keymap::Key;

/// Exit code after the terminal was hung up: 128 and the number of SIGHUP, as shells count.
pub const EXIT_HANGUP: u8 = 129;

/// Exit code after SIGTERM: 128 and its number.
pub const EXIT_TERMINATED: u8 = 143;

/// Something that happened at the terminal or to this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermEvent {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, in one piece; its lines end in `\n`. It may hold any other character, controls too.
    Paste(String),
    /// The terminal has another size: [`crate::term::Session::measure`] it. A size in the event could be out of date
    /// by the time it is acted upon, and of many in a row only the last counts.
    Resize,
    /// The terminal's window got (true) or lost the focus. Never asked for; some terminals were left telling it.
    Focus(bool),
    /// SIGINT from outside (the key itself arrives as `C-c`): cancel what runs, as that key does.
    Interrupt,
    /// SIGTSTP from outside: [`crate::term::Session::suspend`].
    Suspend,
    /// The process was stopped by others and goes on: [`crate::term::Session::recover`], then draw.
    Continue,
    /// SIGHUP: the terminal is gone. Write nothing to it and end with [`EXIT_HANGUP`].
    Hangup,
    /// SIGTERM or SIGQUIT: end in order, with [`EXIT_TERMINATED`].
    Terminate,
    /// Nothing can be read from the terminal any more, whether or not SIGHUP came. As [`TermEvent::Hangup`].
    Gone,
}

/// What can go wrong with the terminal.
#[derive(Debug, Error)]
pub enum TermError {
    /// The screen could not be taken over.
    #[error(
        "the terminal could not be set up for the screen: {0}; the subcommands work without it, see `combe --help`"
    )]
    Enter(#[source] io::Error),
    /// A frame could not be written.
    #[error(
        "the terminal no longer takes output: {0}; what was saved is saved, start `combe` again to go on"
    )]
    Write(#[source] io::Error),
    /// A thread or its wake-up pipe could not be made.
    #[error(
        "the terminal's {what} cannot be watched: {source}; close other programs and start `combe` again"
    )]
    Watch {
        /// Which of the watchers.
        what: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// The process could not be stopped.
    #[error("this program could not be suspended: {0}; it goes on")]
    Suspend(#[source] io::Error),
}

//! What the terminal says to a small screen with a loop of its own: keys and text, and the end. Everything else is dealt with
//! here.

use super::RunError;
use crate::app::keymap::Key;
use crate::term::{EXIT_TERMINATED, Input, Session, Signals, TermEvent};

/// What is left of an event for the screen.
pub(super) enum Heard {
    /// A key.
    Key(Key),
    /// Somebody wants to leave.
    Interrupt,
    /// Text.
    Paste(String),
    /// Nothing: to be drawn again.
    Nothing,
    /// The terminal is gone: the session is to be abandoned.
    Gone,
    /// It ends, with this exit code.
    Ended(u8),
}

/// Hears an event.
pub(super) fn hear(
    event: TermEvent,
    session: &mut Session,
    input: &Input,
    signals: &Signals,
) -> Result<Heard, RunError> {
    match event {
        TermEvent::Key(key) => return Ok(Heard::Key(key)),
        TermEvent::Interrupt => return Ok(Heard::Interrupt),
        TermEvent::Paste(text) => return Ok(Heard::Paste(text)),
        TermEvent::Resize => {
            session.measure()?;
        }
        // Whether there was a shell or an end is on its way: the next event says so.
        TermEvent::Suspend => {
            session.suspend(input, signals)?;
        }
        TermEvent::Continue => session.recover()?,
        TermEvent::Focus(_) => {}
        TermEvent::Hangup | TermEvent::Gone => return Ok(Heard::Gone),
        TermEvent::Terminate => return Ok(Heard::Ended(EXIT_TERMINATED)),
    }
    Ok(Heard::Nothing)
}

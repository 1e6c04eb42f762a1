//! The welcome on the screen: a small loop of its own, before there is a study.

use std::sync::mpsc::channel;
use std::time::Duration;

use super::RunError;
use super::hearing::{Heard, hear};
use crate::app::welcome::{Way, Welcome};
use crate::term::{EXIT_HANGUP, Input, Session, Signals, TermEvent};
use crate::ui::theme::Theme;

/// How the welcome ended.
#[derive(Debug)]
pub enum Welcomed {
    /// With one of its ways.
    Chose(Way),
    /// With a signal or a lost terminal: the exit code.
    Ended(u8),
}

/// Shows the welcome until a way is chosen.
///
/// # Errors
/// Where the terminal cannot be had or no longer takes output.
pub fn welcome(mut welcome: Welcome, theme: &Theme, esc_wait: Duration) -> Result<Welcomed, RunError> {
    let (sender, inbox) = channel::<TermEvent>();
    let to = sender.clone();
    let signals = Signals::spawn(move |event| to.send(event).is_ok())?;
    let mut session = Session::enter()?;
    let input = Input::spawn(esc_wait, move |event| sender.send(event).is_ok())?;
    loop {
        session.draw(|area, buffer| crate::ui::draw_welcome(&welcome, theme, area, buffer))?;
        let Ok(event) = inbox.recv() else { return Ok(Welcomed::Ended(EXIT_HANGUP)) };
        let way = match hear(event, &mut session, &input, &signals)? {
            Heard::Key(key) => welcome.press(key),
            Heard::Interrupt => Some(Way::Leave),
            Heard::Paste(text) => {
                welcome.paste(&text);
                None
            }
            Heard::Nothing => None,
            Heard::Gone => {
                session.abandon();
                return Ok(Welcomed::Ended(EXIT_HANGUP));
            }
            Heard::Ended(code) => return Ok(Welcomed::Ended(code)),
        };
        if let Some(way) = way {
            return Ok(Welcomed::Chose(way));
        }
    }
}

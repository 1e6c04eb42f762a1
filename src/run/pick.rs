//! The picker on the screen: a small loop of its own. It is drawn before anything is read, and keys typed meanwhile wait in
//! order.

use std::sync::mpsc::channel;
use std::time::Duration;

use super::RunError;
use super::hearing::{Heard, hear};
use crate::app::pick::{Offer, Over, Pick, Pressed};
use crate::term::{EXIT_HANGUP, Input, Session, Signals, TermEvent};
use crate::ui::glyphs::Glyphs;
use crate::ui::theme::Theme;
use crate::ui::{draw_pick, pick_height};

/// How picking ended.
#[derive(Debug)]
pub enum Picked {
    /// With this one, by its place among all of its kind.
    Taken(Over, usize),
    /// With nothing.
    Nothing,
    /// With a signal or a lost terminal: the exit code.
    Ended(u8),
}

/// How the picker looks, and how long it holds a lone escape.
#[derive(Debug)]
pub struct PickLook {
    /// Styles.
    pub theme: Theme,
    /// Marks.
    pub glyphs: Glyphs,
    /// See [`Input::spawn`].
    pub esc_wait: Duration,
}

/// Shows the picker until something is taken or nothing is wanted. `load` gives the rows of a kind, quotes at once and turns when
/// they are asked for.
///
/// # Errors
/// Where the terminal cannot be had or no longer takes output; the inner error is that of `load`.
pub fn pick<E>(
    look: &PickLook,
    mut load: impl FnMut(Over) -> Result<Offer, E>,
) -> Result<Result<Picked, E>, RunError> {
    let (sender, inbox) = channel::<TermEvent>();
    let to = sender.clone();
    let signals = Signals::spawn(move |event| to.send(event).is_ok())?;
    let mut pick = Pick::new();
    let mut session = Session::enter()?;
    let draw = |session: &mut Session, pick: &mut Pick| {
        pick.resize(pick_height(session.size().1));
        session.draw(|area, buffer| draw_pick(pick, &look.theme, &look.glyphs, area, buffer))
    };
    draw(&mut session, &mut pick)?;
    let input = Input::spawn(look.esc_wait, move |event| sender.send(event).is_ok())?;
    match load(Over::Quotes) {
        Ok(offer) => pick.load(offer),
        Err(error) => return Ok(Err(error)),
    }
    // Warnings of the study that was opened may stand on the screen.
    session.redraw_all()?;
    loop {
        draw(&mut session, &mut pick)?;
        let Ok(event) = inbox.recv() else { return Ok(Ok(Picked::Ended(EXIT_HANGUP))) };
        // All that waits is taken before the next frame.
        for event in std::iter::once(event).chain(inbox.try_iter()) {
            let pressed = match hear(event, &mut session, &input, &signals)? {
                Heard::Key(key) => pick.press(key),
                Heard::Interrupt => Some(Pressed::Left),
                Heard::Paste(text) => {
                    pick.paste(&text);
                    None
                }
                Heard::Nothing => None,
                Heard::Gone => {
                    session.abandon();
                    return Ok(Ok(Picked::Ended(EXIT_HANGUP)));
                }
                Heard::Ended(code) => return Ok(Ok(Picked::Ended(code))),
            };
            match pressed {
                Some(Pressed::Taken(over, at)) => return Ok(Ok(Picked::Taken(over, at))),
                Some(Pressed::Left) => return Ok(Ok(Picked::Nothing)),
                Some(Pressed::WantsTurns) => {
                    // All texts are read: it takes a while, and the counter says so.
                    draw(&mut session, &mut pick)?;
                    match load(Over::Turns) {
                        Ok(offer) => pick.load_turns(offer),
                        Err(error) => return Ok(Err(error)),
                    }
                }
                None => {}
            }
        }
    }
}

//! The picker on the screen: a small loop of its own. It is drawn before anything is read; a thread reads, and what is typed
//! meanwhile is drawn at once. And the picker in lines, which asks and is answered.

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::RunError;
use super::hearing::{Heard, hear};
use crate::app::pick::{Offer, Over, Pick, Pressed};
use crate::term::{EXIT_HANGUP, Input, Session, Signals, TermEvent};
use crate::ui::glyphs::Glyphs;
use crate::ui::linear::{PICK_ANSWERS, pick_lines};
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

/// What the loop is told.
enum Told<E> {
    /// By the terminal.
    Event(TermEvent),
    /// By the thread that reads: rows, or why there are none.
    Offered(Over, Result<Offer, E>),
    /// By the same thread: it is at its end.
    Gone,
}

/// Shows the picker until something is taken or nothing is wanted. `load` gives the rows of a kind, quotes at once and turns when
/// they are asked for, on a thread of its own; when the flag is set, nobody waits for them any more, and it should stop with
/// whatever it has. Leaving waits for it a moment and no longer: a study on a file system that does not answer is left behind in
/// its thread, which ends with the program.
///
/// # Errors
/// Where the terminal cannot be had or no longer takes output; the inner error is that of `load`.
pub fn pick<E: Send + 'static>(
    look: &PickLook,
    load: impl FnMut(Over, &AtomicBool) -> Result<Offer, E> + Send + 'static,
) -> Result<Result<Picked, E>, RunError> {
    let left = Arc::new(AtomicBool::new(false));
    let (orders, wanted) = channel::<Over>();
    let (sender, inbox) = channel::<Told<E>>();
    let reader = thread::Builder::new().name("picking".into()).spawn({
        let (to, left) = (sender.clone(), Arc::clone(&left));
        move || read(load, &wanted, &to, &left)
    })?;
    let picked = show(look, &orders, &sender, &inbox);
    left.store(true, Ordering::Relaxed);
    drop(orders);
    await_end(reader);
    picked
}

/// Rows that are read out at once: each has a digit.
const READ_OUT: usize = 9;

/// Asks in lines, for screen readers, until something is taken or nothing is wanted: see [`Pick::answer`]. `load` is that of
/// [`pick`].
///
/// # Errors
/// Where the terminal can no longer be read or written; the inner error is that of `load`.
pub fn pick_in_lines<E>(
    glyphs: &Glyphs,
    mut load: impl FnMut(Over, &AtomicBool) -> Result<Offer, E>,
    mut input: impl BufRead,
    mut output: impl Write,
) -> io::Result<Result<Picked, E>> {
    let left = AtomicBool::new(false);
    let mut pick = Pick::new();
    pick.resize(READ_OUT);
    let mut wanted = Some(Over::Quotes);
    writeln!(output, "{PICK_ANSWERS}")?;
    loop {
        if let Some(over) = wanted.take() {
            match load(over, &left) {
                Ok(offer) => pick.load(over, offer),
                Err(error) => return Ok(Err(error)),
            };
        }
        write!(output, "{}", pick_lines(&pick, glyphs).join("\n"))?;
        output.flush()?;
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(Ok(Picked::Nothing));
        }
        match pick.answer(&String::from_utf8_lossy(&line)) {
            Some(Pressed::Taken(over, at)) => return Ok(Ok(Picked::Taken(over, at))),
            Some(Pressed::Left) => return Ok(Ok(Picked::Nothing)),
            Some(Pressed::WantsTurns) => wanted = Some(Over::Turns),
            None => {}
        }
    }
}

/// How long leaving waits for the thread that reads: one that has nothing to do closes the study in that time.
const PATIENCE: Duration = Duration::from_millis(200);
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Waits for the thread to end, but for no more than a moment. It passes on a panic of it.
fn await_end(reader: JoinHandle<()>) {
    let mut waited = Duration::ZERO;
    while !reader.is_finished() && waited < PATIENCE {
        thread::sleep(LOOK_AGAIN);
        waited += LOOK_AGAIN;
    }
    if reader.is_finished()
        && let Err(panic) = reader.join()
    {
        std::panic::resume_unwind(panic);
    }
}

/// Reads what is wanted, in order, until nothing is any more.
fn read<E>(
    mut load: impl FnMut(Over, &AtomicBool) -> Result<Offer, E>,
    wanted: &Receiver<Over>,
    to: &Sender<Told<E>>,
    left: &AtomicBool,
) {
    let _end = End(to);
    while let Ok(over) = wanted.recv() {
        if to.send(Told::Offered(over, load(over, left))).is_err() {
            return;
        }
    }
}

/// Says that a thread is at its end, however it got there: nobody may wait for what it was to read.
struct End<'s, E>(&'s Sender<Told<E>>);

impl<E> Drop for End<'_, E> {
    fn drop(&mut self) {
        let _ = self.0.send(Told::Gone);
    }
}

fn show<E: Send + 'static>(
    look: &PickLook,
    orders: &Sender<Over>,
    sender: &Sender<Told<E>>,
    inbox: &Receiver<Told<E>>,
) -> Result<Result<Picked, E>, RunError> {
    let to = sender.clone();
    let signals = Signals::spawn(move |event| to.send(Told::Event(event)).is_ok())?;
    let mut pick = Pick::new();
    let mut session = Session::enter()?;
    let draw = |session: &mut Session, pick: &mut Pick| {
        pick.resize(pick_height(session.size().1));
        session.draw(|area, buffer| draw_pick(pick, &look.theme, &look.glyphs, area, buffer))
    };
    draw(&mut session, &mut pick)?;
    let to = sender.clone();
    let input = Input::spawn(look.esc_wait, move |event| to.send(Told::Event(event)).is_ok())?;
    let order = |over| {
        let _ = orders.send(over);
    };
    order(Over::Quotes);
    loop {
        let Ok(told) = inbox.recv() else { return Ok(Ok(Picked::Ended(EXIT_HANGUP))) };
        // All that waits is taken before the next frame.
        for told in std::iter::once(told).chain(inbox.try_iter()) {
            let pressed = match told {
                Told::Offered(_, Err(error)) => return Ok(Err(error)),
                // It left a panic, which is passed on once the terminal is as before.
                Told::Gone => return Ok(Ok(Picked::Nothing)),
                Told::Offered(over, Ok(offer)) => {
                    if over == Over::Quotes {
                        // Warnings of the study that was opened may stand on the screen.
                        session.redraw_all()?;
                    }
                    pick.load(over, offer)
                }
                Told::Event(event) => match hear(event, &mut session, &input, &signals)? {
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
                },
            };
            match pressed {
                Some(Pressed::Taken(over, at)) => return Ok(Ok(Picked::Taken(over, at))),
                Some(Pressed::Left) => return Ok(Ok(Picked::Nothing)),
                Some(Pressed::WantsTurns) => order(Over::Turns),
                None => {}
            }
        }
        draw(&mut session, &mut pick)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_dies_says_so_and_one_that_ends_too() {
        let left = AtomicBool::new(false);
        for dies in [true, false] {
            let (orders, wanted) = channel::<Over>();
            let (to, inbox) = channel::<Told<()>>();
            orders.send(Over::Quotes).expect("it is heard below");
            drop(orders);
            let load =
                |_, _: &AtomicBool| if dies { std::panic::resume_unwind(Box::new(())) } else { Err(()) };
            let ended = thread::scope(|scope| {
                let (to, left) = (&to, &left);
                scope.spawn(move || read(load, &wanted, to, left)).join()
            });
            assert_eq!(ended.is_err(), dies);
            let told: Vec<Told<()>> = inbox.try_iter().collect();
            assert!(matches!(told.last(), Some(Told::Gone)), "{dies}");
        }
    }
}

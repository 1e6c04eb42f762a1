//! The terminal session: enter and leave, draw, input, signals, capability. The only room that names
//! `crossterm`. Knows nothing of studies, screens or commands.
//!
//! How the parts are meant to be used, by `run` alone:
//!
//! 1. [`detect`] decides what the terminal can show, or refuses with a sentence, before anything is written to it.
//! 2. [`install_panic_hook`] and [`forbid_core_dumps`].
//! 3. [`Signals::spawn`], [`Session::enter`], the first frame, and only then [`Input::spawn`]. The closures of the
//!    two threads put every [`TermEvent`] into the loop's channel.
//! 4. The loop takes all that is queued, updates, and calls [`Session::draw`] once.
//! 5. On [`TermEvent::Hangup`], [`TermEvent::Gone`] or an error of drawing or recovering (the terminal may go before
//!    its event comes): [`Session::abandon`], then end with [`EXIT_HANGUP`]. On [`TermEvent::Terminate`]: drop the
//!    session, then end with [`EXIT_TERMINATED`].
//!
//! Input is read and decoded here and not by `crossterm` 0.29, which was measured to leave whatever arrives beyond
//! 1,024 bytes lying until the next key is pressed, to take an escape sequence in two pieces for escape and letters,
//! and to spin at full CPU when the terminal is gone. Its part here is what is written.

mod capability;
mod clipboard;
mod decode;
mod ending;
mod event;
mod fault;
mod input;
mod lend;
mod picture;
mod screen;
mod session;
mod signals;
mod suspend;
mod tty;
mod unseen;

pub use capability::{Capability, Multiplexer, Refusal, Surroundings, detect, detect_for_lines};
pub use ending::{Unfinished, survive_file_limit};
pub use event::{EXIT_HANGUP, EXIT_TERMINATED, TermError, TermEvent};
pub use fault::{WorkerFault, forbid_core_dumps, install_panic_hook};
pub use input::Input;
pub use lend::Lent;
pub use session::{Drawn, Session};
pub use signals::Signals;
pub use suspend::Suspension;
pub use tty::Redirected;
pub use unseen::read_unseen_line;

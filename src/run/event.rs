//! What reaches the loop.

use crate::app::Msg;
use crate::term::TermEvent;

/// Something that happened outside the loop's thread.
#[derive(Debug)]
pub(super) enum Event {
    /// At the terminal.
    Terminal(TermEvent),
    /// At a worker: an answer to an effect, or news.
    Answer(Msg),
}

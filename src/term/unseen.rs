//! A line that is typed without being seen: a real name must stay on no screen and in no scrollback.

use std::io::{self, BufRead, IsTerminal};

use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

/// Reads a line of standard input; on a terminal it is not echoed, but for its end.
///
/// # Errors
/// If standard input cannot be read.
pub fn read_unseen_line() -> io::Result<String> {
    let input = io::stdin();
    let mut typed = String::new();
    if !input.is_terminal() {
        input.lock().read_line(&mut typed)?;
        return Ok(typed);
    }
    let before = tcgetattr(&input)?;
    let mut unseen = before.clone();
    unseen.local_modes.remove(LocalModes::ECHO);
    unseen.local_modes.insert(LocalModes::ECHONL);
    tcsetattr(&input, OptionalActions::Flush, &unseen)?;
    let read = input.lock().read_line(&mut typed);
    tcsetattr(&input, OptionalActions::Now, &before)?;
    read.map(|_| typed)
}

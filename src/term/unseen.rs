//! A line that is typed without being seen: a real name must stay on no screen and in no scrollback.

use std::io::{self, BufRead, IsTerminal};

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

/// What Ctrl-C sends.
const INTERRUPT: u8 = 0x03;

/// Reads a line of standard input. On a terminal `ask` puts the question once nothing is echoed any more, so that what
/// is typed at once is neither seen nor lost; only the end of the line is echoed.
///
/// # Errors
/// If standard input cannot be read, and [`io::ErrorKind::Interrupted`] if Ctrl-C was pressed: the terminal echoes
/// again by then, which it would not if the key ended the program.
pub fn read_unseen_line(ask: impl FnOnce()) -> io::Result<String> {
    let input = io::stdin();
    let mut typed = String::new();
    if !input.is_terminal() {
        input.lock().read_line(&mut typed)?;
        return Ok(typed);
    }
    let before = tcgetattr(&input)?;
    let mut unseen = before.clone();
    unseen.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
    unseen.local_modes.insert(LocalModes::ECHONL);
    unseen.special_codes[SpecialCodeIndex::VEOL] = INTERRUPT;
    tcsetattr(&input, OptionalActions::Flush, &unseen)?;
    ask();
    let read = read_to_end_of_line(input.lock());
    tcsetattr(&input, OptionalActions::Now, &before)?;
    let line = read?;
    if line.contains(&INTERRUPT) {
        return Err(io::Error::from(io::ErrorKind::Interrupted));
    }
    String::from_utf8(line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}

/// Reads bytes up to the end of a line or Ctrl-C, which stays at the end of them.
fn read_to_end_of_line(input: impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    for byte in input.bytes() {
        let byte = byte?;
        line.push(byte);
        if matches!(byte, b'\n' | INTERRUPT) {
            break;
        }
    }
    Ok(line)
}

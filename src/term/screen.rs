//! The modes of the terminal: raw input, the alternate screen, bracketed paste, the cursor. One terminal belongs to
//! one process, so what it was before is kept here, for whoever leaves it first: the session, or the panic hook.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::{Errno, retry_on_intr, write};
use rustix::process::getpgrp;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr};

/// Alternate screen, bracketed paste, no cursor. Then a clear screen: mosh keeps one screen for both.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[m\x1b[H\x1b[2J";

/// The reverse. Cleared first, so that under mosh no transcript stays in sight.
const LEAVE: &[u8] = b"\x1b[m\x1b[H\x1b[2J\x1b[?25h\x1b[?2004l\x1b[?1049l";

/// The same for lines that scroll: the screen stays as it is.
const ENTER_LINES: &[u8] = b"\x1b[?2004h";
const LEAVE_LINES: &[u8] = b"\r\n\x1b[?2004l";

/// How the terminal is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// A screen of its own.
    Screen,
    /// Lines that scroll.
    Lines,
}

/// How the terminal was before we came, while we are inside, and how we use it.
static BEFORE: Mutex<Option<(Termios, Manner)>> = Mutex::new(None);

fn before() -> MutexGuard<'static, Option<(Termios, Manner)>> {
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal over, or takes it over again after somebody else changed its modes.
pub(super) fn enter(manner: Manner) -> io::Result<()> {
    let mut before = before();
    let mut raw = match &*before {
        Some((modes, _)) => modes.clone(),
        None => before.insert((tcgetattr(stdin())?, manner)).0.clone(),
    };
    raw.make_raw();
    retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, &raw))?;
    drop(before);
    let enter = match manner {
        Manner::Screen => ENTER,
        Manner::Lines => ENTER_LINES,
    };
    write_all(enter).inspect_err(|_| leave())
}

/// Gives the terminal back as it was. Safe to call at any time and more than once.
///
/// In the background the terminal belongs to the shell, and touching it would stop us: it is left alone then.
pub(super) fn leave() {
    give_back(before().take());
}

/// [`leave`] for the panic hook, which may run while this thread holds the lock.
pub(super) fn leave_in_panic() {
    let modes = match BEFORE.try_lock() {
        Ok(mut before) => before.take(),
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner().take(),
        Err(TryLockError::WouldBlock) => None,
    };
    give_back(modes);
}

/// The terminal is gone: nothing is to be given back.
pub(super) fn forget() {
    before().take();
}

fn give_back(before: Option<(Termios, Manner)>) {
    let Some((modes, manner)) = before.filter(|_| in_foreground()) else { return };
    let leave = match manner {
        Manner::Screen => LEAVE,
        Manner::Lines => LEAVE_LINES,
    };
    // Nothing can be done about a terminal that does not take it.
    let _ = write_all(leave);
    let _ = retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, &modes));
}

/// Whether the terminal is ours to change. A terminal that cannot say does no job control.
pub(super) fn in_foreground() -> bool {
    tcgetpgrp(stdin()).map_or(true, |group| group == getpgrp())
}

/// Columns and rows. A terminal that does not know (a serial line) says 0, and is taken for 80 by 24.
pub(super) fn size() -> (u16, u16) {
    match tcgetwinsize(stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        _ => (80, 24),
    }
}

/// Writes all of `bytes` to standard output, past the line buffer of `std`: as a rule in one write.
pub(super) fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // A program before us may have left the terminal non-blocking.
            Err(Errno::AGAIN) => {
                let output = stdout();
                retry_on_intr(|| poll(&mut [PollFd::new(&output, PollFlags::OUT)], None))?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

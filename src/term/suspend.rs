//! Stopping the process as a shell expects it, and coming back.

use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

use super::signals::Notices;
use super::{Input, Session, Signals, TermError, screen};

/// How a suspension went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspension {
    /// The process was stopped and goes on; the next frame is drawn whole, perhaps at another size.
    Resumed,
    /// No shell is there that could wake us again (`tmux new combe`): nothing was done.
    NoShell,
    /// The process is to end: SIGTERM or SIGHUP came meanwhile, and its event is on its way. The terminal was not
    /// taken back.
    Ending,
}

impl Session {
    /// Gives the terminal back, stops the whole job, and takes the terminal again once it goes on.
    ///
    /// # Errors
    /// Where the process cannot be stopped, or the terminal cannot be taken back.
    pub fn suspend(&mut self, input: &Input, signals: &Signals) -> Result<Suspension, TermError> {
        // In the session leader's own group nobody of the session is left to continue it.
        if getsid(None).is_ok_and(|leader| leader == getpgrp()) {
            return Ok(Suspension::NoShell);
        }
        input.pause();
        screen::leave();
        let stopped = stop(signals.notices());
        if signals.notices().is_ending() {
            return Ok(Suspension::Ending);
        }
        self.recover()?;
        input.resume();
        stopped.map(|()| Suspension::Resumed)
    }
}

/// Stops the job and returns when it goes on in the foreground, or is to end.
fn stop(notices: &Notices) -> Result<(), TermError> {
    notices.begin_suspension();
    // The whole job stops, as the key would do it, else a script around us would go on waiting and the shell would
    // never come back. In our own process that is only noticed; what stops us is the uncatchable signal.
    let mut result = kill_current_process_group(Signal::TSTP).map_err(Into::into);
    if result.is_ok() {
        notices.await_stop();
        result = emulate_default_handler(SIGTSTP);
    }
    // Continued in the background (`bg`), we stop again. Asking for the terminal there would stop us as well, but
    // in the middle of a system call and deaf: `kill %1` sends SIGTERM and then SIGCONT.
    while result.is_ok() && notices.await_continue() && !screen::in_foreground() && !notices.await_ending() {
        notices.forget_continue();
        result = emulate_default_handler(SIGTSTP);
    }
    notices.end_suspension();
    result.map_err(TermError::Suspend)
}

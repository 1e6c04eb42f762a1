//! Stopping the process as a shell expects it, and coming back.

use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

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
        let stopped = stop(signals);
        let notices = signals.notices();
        // `kill %1` sends SIGTERM and then SIGCONT, and leaves us in the background, where asking for the
        // terminal would stop us again before we could end.
        if notices.is_ending() || (!screen::in_foreground() && notices.await_ending()) {
            return Ok(Suspension::Ending);
        }
        // Continued in the background (`bg`), this stops us once more, until we are in the foreground.
        self.recover()?;
        input.resume();
        stopped.map(|()| Suspension::Resumed)
    }
}

/// Stops the job and returns when it goes on.
fn stop(signals: &Signals) -> Result<(), TermError> {
    let notices = signals.notices();
    notices.begin_suspension();
    // The whole job stops, as the key would do it, else a script around us would go on waiting and the shell would
    // never come back. In our own process that is only noticed; what stops us is the uncatchable signal.
    let sent = kill_current_process_group(Signal::TSTP).map_err(Into::into);
    if sent.is_ok() {
        notices.await_stop();
    }
    let stopped = sent.and_then(|()| emulate_default_handler(SIGTSTP)).map_err(TermError::Suspend);
    if stopped.is_ok() {
        notices.await_continue();
    }
    notices.end_suspension();
    stopped
}

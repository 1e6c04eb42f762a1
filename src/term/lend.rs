//! Giving the terminal to another program, as an editor, and taking it back.

use std::io;
use std::process::{Command, ExitStatus};

use rustix::io::retry_on_intr;
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, getpgrp, getsid, kill_process, waitpid};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

use super::{Input, Session, Signals, TermError, screen};

/// How another program had the terminal.
#[derive(Debug)]
pub enum Lent {
    /// It ended, well or not. The next frame is drawn whole, perhaps at another size.
    Ended(bool),
    /// It could not be started.
    Failed(io::Error),
    /// The process is to end: SIGTERM or SIGHUP came meanwhile, and its event is on its way. The terminal was not
    /// taken back.
    Ending,
}

impl Session {
    /// Gives the terminal to `command` until it ends. If it is stopped (Ctrl-Z in an editor), this process stops with it,
    /// so that the shell comes back, and both go on together.
    ///
    /// # Errors
    /// Where the terminal cannot be taken back.
    pub fn lend(
        &mut self,
        input: &Input,
        signals: &Signals,
        command: &mut Command,
    ) -> Result<Lent, TermError> {
        input.pause();
        screen::leave();
        signals.notices().begin_suspension();
        let ended = run(command);
        signals.notices().end_suspension();
        if signals.notices().is_ending() {
            return Ok(Lent::Ending);
        }
        self.recover()?;
        input.resume();
        Ok(ended.map_or_else(Lent::Failed, Lent::Ended))
    }
}

/// Runs a program to its end; whether it ended well.
fn run(command: &mut Command) -> io::Result<bool> {
    let mut child = command.spawn()?;
    let Some(id) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else {
        return child.wait().map(|status: ExitStatus| status.success());
    };
    loop {
        let waited = retry_on_intr(|| waitpid(Some(id), WaitOptions::UNTRACED))?;
        let Some((_, status)) = waited else { continue };
        if status.stopped() {
            stop_along(id)?;
        } else {
            return Ok(ended_well(status));
        }
    }
}

fn ended_well(status: WaitStatus) -> bool {
    status.exit_status() == Some(0)
}

/// The program stopped: so do we, and the shell continues both. Where no shell could, it is told to go on at once.
fn stop_along(id: Pid) -> io::Result<()> {
    if getsid(None).is_ok_and(|leader| leader == getpgrp()) {
        return kill_process(id, Signal::CONT).map_err(Into::into);
    }
    emulate_default_handler(SIGTSTP)
}

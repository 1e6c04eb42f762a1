//! Signals to events, on a thread of their own, so that a handler never does more than note a number.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::{Handle, Signals as Incoming};

use super::{TermError, TermEvent};

/// How long the signal thread may take, on a busy machine, to see a signal that was sent.
const NOTICE_WAIT: Duration = Duration::from_secs(1);

/// How long a signal that would end us may take to follow the one that woke us.
const ENDING_WAIT: Duration = Duration::from_millis(200);

/// What the signal thread and a thread that suspends the process tell each other.
#[derive(Debug, Default)]
pub(super) struct Notices {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Our own suspension is under way: its SIGTSTP and SIGCONT are no events.
    suspending: bool,
    stop_seen: bool,
    continue_seen: bool,
    /// SIGHUP or SIGTERM came.
    ending: bool,
}

impl Notices {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Between this and [`Notices::end_suspension`] the two signals of a suspension are swallowed.
    pub(super) fn begin_suspension(&self) {
        let mut state = self.state();
        *state = State { suspending: true, ending: state.ending, ..State::default() };
    }

    pub(super) fn end_suspension(&self) {
        self.state().suspending = false;
    }

    /// Waits until the SIGTSTP sent to our group was swallowed.
    pub(super) fn await_stop(&self) {
        self.await_that(NOTICE_WAIT, |state| state.stop_seen);
    }

    /// Waits until the SIGCONT that woke us was swallowed; whether it was.
    pub(super) fn await_continue(&self) -> bool {
        self.await_that(NOTICE_WAIT, |state| state.continue_seen)
    }

    /// The next SIGCONT is another.
    pub(super) fn forget_continue(&self) {
        self.state().continue_seen = false;
    }

    /// Whether the process is to end, with a moment's grace for the signal to be seen.
    pub(super) fn await_ending(&self) -> bool {
        self.await_that(ENDING_WAIT, |state| state.ending)
    }

    /// Whether the process is to end.
    pub(super) fn is_ending(&self) -> bool {
        self.state().ending
    }

    fn await_that(&self, wait: Duration, that: impl Fn(&State) -> bool) -> bool {
        let (state, _) = self
            .changed
            .wait_timeout_while(self.state(), wait, |state| !that(state))
            .unwrap_or_else(PoisonError::into_inner);
        that(&state)
    }

    /// The event of `signal`, if it is one.
    fn note(&self, signal: i32) -> Option<TermEvent> {
        let mut state = self.state();
        let event = match signal {
            SIGHUP | SIGTERM | SIGQUIT => {
                state.ending = true;
                Some(if signal == SIGHUP { TermEvent::Hangup } else { TermEvent::Terminate })
            }
            SIGINT => Some(TermEvent::Interrupt),
            SIGTSTP if state.suspending => {
                state.stop_seen = true;
                None
            }
            SIGCONT if state.suspending => {
                state.continue_seen = true;
                None
            }
            // A terminal that hangs up sends SIGCONT after SIGHUP, and takes nothing any more.
            SIGTSTP | SIGCONT if state.ending => None,
            SIGTSTP => Some(TermEvent::Suspend),
            SIGCONT => Some(TermEvent::Continue),
            SIGWINCH => Some(TermEvent::Resize),
            _ => None,
        };
        drop(state);
        self.changed.notify_all();
        event
    }
}

/// The thread that turns signals into events. Dropping it ends the thread; the signals are then without effect.
pub struct Signals {
    handle: Handle,
    thread: Option<JoinHandle<()>>,
    notices: Arc<Notices>,
}

impl Signals {
    /// Starts to watch. `send` gets every event, on the watching thread; it ends when `send` returns false.
    ///
    /// From when this returns no signal is missed; so it comes before [`super::Session::enter`], which measures the
    /// terminal and must not be left in by a signal's default.
    ///
    /// A SIGHUP that was ignored when the process started (`nohup`) is watched like any other: there is no
    /// screen without a terminal.
    ///
    /// # Errors
    /// Where the handlers or the thread cannot be had.
    pub fn spawn(mut send: impl FnMut(TermEvent) -> bool + Send + 'static) -> Result<Self, TermError> {
        let watch = |source: io::Error| TermError::Watch { what: "signals", source };
        let signals = [SIGHUP, SIGTERM, SIGQUIT, SIGINT, SIGTSTP, SIGCONT, SIGWINCH];
        let mut incoming = Incoming::new(signals).map_err(watch)?;
        let (handle, notices) = (incoming.handle(), Arc::new(Notices::default()));
        let noted = Arc::clone(&notices);
        let thread = thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                let mut listening = true;
                let mut arriving = incoming.forever();
                while let Some(signal) = arriving.next().filter(|_| listening) {
                    listening = noted.note(signal).is_none_or(&mut send);
                }
            })
            .map_err(watch)?;
        Ok(Self { handle, thread: Some(thread), notices })
    }

    pub(super) fn notices(&self) -> &Notices {
        &self.notices
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.handle.close();
        if let Some(thread) = self.thread.take() {
            // It panics only where `send` does, and then the hook has told.
            let _ = thread.join();
        }
    }
}

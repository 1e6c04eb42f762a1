//! The thread that reads the terminal. It waits without a clock unless a sequence is half read, can be paused while
//! another program has the terminal, and ends when the terminal is gone.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, read};
use rustix::stdio::stdin;

use super::decode::Decoder;
use super::{TermError, TermEvent};

/// Bytes taken at once; a kernel's terminal buffer holds 4,096.
const CHUNK: usize = 4_096;

/// What the reading thread does, or is asked to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Wish {
    #[default]
    Read,
    /// Asked to pause; the thread has not answered yet.
    Pause,
    Paused,
    Stop,
    /// The thread has ended of its own.
    Ended,
}

#[derive(Debug, Default)]
struct Gate {
    wish: Mutex<Wish>,
    changed: Condvar,
}

impl Gate {
    fn wish(&self) -> MutexGuard<'_, Wish> {
        self.wish.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the wish to `next` if `from` holds of it now.
    fn change(&self, next: Wish, from: impl Fn(Wish) -> bool) {
        let mut wish = self.wish();
        if from(*wish) {
            *wish = next;
            self.changed.notify_all();
        }
    }

    fn wait_while(&self, waiting: Wish) {
        let wish = self.changed.wait_while(self.wish(), |wish| *wish == waiting);
        drop(wish.unwrap_or_else(PoisonError::into_inner));
    }

    /// For the reading thread: rests here while paused; whether to go on.
    fn pass(&self) -> bool {
        self.change(Wish::Paused, |wish| wish == Wish::Pause);
        self.wait_while(Wish::Paused);
        *self.wish() != Wish::Stop
    }
}

/// The reading thread. Dropping it ends the thread.
pub struct Input {
    gate: Arc<Gate>,
    wake: PipeWriter,
    thread: Option<JoinHandle<()>>,
}

impl Input {
    /// Starts to read standard input. `send` gets every event, on the reading thread; it ends when `send` returns
    /// false, and after [`TermEvent::Gone`].
    ///
    /// `esc_wait` is how long a lone escape is held, to see whether it begins a sequence.
    ///
    /// # Errors
    /// Where the thread or its pipe cannot be had.
    pub fn spawn(
        esc_wait: Duration,
        send: impl FnMut(TermEvent) -> bool + Send + 'static,
    ) -> Result<Self, TermError> {
        Self::spawn_on(stdin(), esc_wait, send)
    }

    fn spawn_on(
        terminal: impl AsFd + Send + 'static,
        esc_wait: Duration,
        send: impl FnMut(TermEvent) -> bool + Send + 'static,
    ) -> Result<Self, TermError> {
        let watch = |source: io::Error| TermError::Watch { what: "keyboard", source };
        let gate = Arc::new(Gate::default());
        let (woken, wake) = io::pipe().map_err(watch)?;
        let mut reader =
            Reader { terminal, woken, gate: Arc::clone(&gate), decoder: Decoder::default(), esc_wait, send };
        let thread = thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || {
                reader.run();
                reader.gate.change(Wish::Ended, |_| true);
            })
            .map_err(watch)?;
        Ok(Self { gate, wake, thread: Some(thread) })
    }

    /// Stops reading, and returns once no byte is taken any more: the terminal may be given to another program.
    pub fn pause(&self) {
        self.gate.change(Wish::Pause, |wish| wish == Wish::Read);
        self.nudge();
        self.gate.wait_while(Wish::Pause);
    }

    /// Reads again.
    pub fn resume(&self) {
        self.gate.change(Wish::Read, |wish| matches!(wish, Wish::Pause | Wish::Paused));
    }

    fn nudge(&self) {
        // It fails only where the thread has ended and nobody is to be woken.
        let _ = (&self.wake).write(&[0]);
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.gate.change(Wish::Stop, |wish| wish != Wish::Ended);
        self.nudge();
        if let Some(thread) = self.thread.take() {
            // It panics only where `send` does, and then the hook has told.
            let _ = thread.join();
        }
    }
}

/// What there is to do after waiting.
enum Ready {
    Bytes,
    Woken,
    /// Patience is at its end.
    Silence,
    /// Wait anew.
    Again,
    Gone,
}

struct Reader<T, S> {
    terminal: T,
    woken: PipeReader,
    gate: Arc<Gate>,
    decoder: Decoder,
    esc_wait: Duration,
    send: S,
}

impl<T: AsFd, S: FnMut(TermEvent) -> bool> Reader<T, S> {
    fn run(&mut self) {
        let mut chunk = [0; CHUNK];
        let mut events = Vec::new();
        while self.gate.pass() {
            match self.wait() {
                Ready::Woken => {
                    let _ = self.woken.read(&mut [0; 16]);
                }
                Ready::Silence => self.decoder.give_up(&mut events),
                Ready::Again => {}
                Ready::Bytes => match read(&self.terminal, &mut chunk) {
                    // End of file and EIO are how a vanished terminal reads.
                    Ok(0) => events.push(TermEvent::Gone),
                    Ok(length) => self.decoder.feed(chunk.get(..length).unwrap_or_default(), &mut events),
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(_) => events.push(TermEvent::Gone),
                },
                Ready::Gone => events.push(TermEvent::Gone),
            }
            for event in events.drain(..) {
                let last = event == TermEvent::Gone;
                if !(self.send)(event) || last {
                    return;
                }
            }
        }
    }

    /// Waits for bytes, for a nudge, or until patience with half a sequence is at its end.
    fn wait(&self) -> Ready {
        let patience = self.decoder.patience(self.esc_wait).and_then(|wait| Timespec::try_from(wait).ok());
        let mut watched =
            [PollFd::new(&self.terminal, PollFlags::IN), PollFd::new(&self.woken, PollFlags::IN)];
        match poll(&mut watched, patience.as_ref()) {
            Ok(0) => return Ready::Silence,
            // A signal's handler ran on this thread.
            Err(Errno::INTR | Errno::AGAIN) => return Ready::Again,
            Err(_) => return Ready::Gone,
            Ok(_) => {}
        }
        let [terminal, woken] = watched.map(|fd| fd.revents());
        if woken.contains(PollFlags::IN) {
            Ready::Woken
        } else if terminal.contains(PollFlags::IN) {
            // Even of a terminal that hung up: what was typed before is read first.
            Ready::Bytes
        } else if terminal.is_empty() {
            Ready::Again
        } else {
            Ready::Gone
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixStream;
    use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
    use std::time::Instant;

    use super::*;
    use crate::app::keymap::parse_keys;

    const LONG: Duration = Duration::from_secs(5);

    fn reading(esc_wait: Duration) -> (UnixStream, Input, Receiver<TermEvent>) {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let (sender, events) = channel();
        let input = Input::spawn_on(theirs, esc_wait, move |event| sender.send(event).is_ok()).unwrap();
        (ours, input, events)
    }

    fn key(notation: &str) -> TermEvent {
        TermEvent::Key(parse_keys(notation).unwrap()[0])
    }

    #[test]
    fn a_lone_escape_arrives_after_its_wait() {
        let (mut keyboard, _input, events) = reading(Duration::from_millis(40));
        let start = Instant::now();
        keyboard.write_all(b"\x1b").unwrap();
        assert_eq!(events.recv_timeout(LONG), Ok(key("esc")));
        assert!(start.elapsed() >= Duration::from_millis(40));
    }

    #[test]
    fn a_split_sequence_is_its_key() {
        let (mut keyboard, _input, events) = reading(LONG);
        keyboard.write_all(b"\x1b").unwrap();
        assert_eq!(events.recv_timeout(Duration::from_millis(30)), Err(RecvTimeoutError::Timeout));
        keyboard.write_all(b"[").unwrap();
        assert_eq!(events.recv_timeout(Duration::from_millis(30)), Err(RecvTimeoutError::Timeout));
        keyboard.write_all(b"Bj").unwrap();
        assert_eq!(events.recv_timeout(LONG), Ok(key("down")));
        assert_eq!(events.recv_timeout(LONG), Ok(key("j")));
    }

    #[test]
    fn nothing_is_taken_while_paused() {
        let (mut keyboard, input, events) = reading(LONG);
        input.pause();
        keyboard.write_all(b"j").unwrap();
        assert_eq!(events.recv_timeout(Duration::from_millis(50)), Err(RecvTimeoutError::Timeout));
        input.resume();
        assert_eq!(events.recv_timeout(LONG), Ok(key("j")));
    }

    #[test]
    fn what_was_typed_before_the_end_is_read_and_then_the_end() {
        let (mut keyboard, input, events) = reading(LONG);
        keyboard.write_all(&b"j".repeat(10_000)).unwrap();
        drop(keyboard);
        for _ in 0..10_000 {
            assert_eq!(events.recv_timeout(LONG), Ok(key("j")));
        }
        assert_eq!(events.recv_timeout(LONG), Ok(TermEvent::Gone));
        assert_eq!(events.recv_timeout(LONG), Err(RecvTimeoutError::Disconnected));
        input.pause();
        input.resume();
    }

    #[test]
    fn it_ends_when_dropped_and_when_nobody_listens() {
        let (_keyboard, input, _events) = reading(LONG);
        drop(input);
        let (mut keyboard, input, events) = reading(LONG);
        drop(events);
        keyboard.write_all(b"j").unwrap();
        drop(input);
    }
}

//! Runs a real program in a real pseudo-terminal, with an emulator that shows what a person would see.
//!
//! Every wait has a deadline and says what was on the screen when it passed; nothing sleeps for a fixed time in the
//! hope that it is enough. Dropping a [`Pty`] kills its program.

#![allow(dead_code, reason = "each file of tests uses some of it")]

mod launch;
mod proc;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use combe::app::keymap::{Key, KeyCode, parse_keys};
use portable_pty::{Child, ExitStatus, MasterPty, PtySize};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

pub(crate) use launch::Launch;
pub(crate) use proc::{core_limit, cpu_time, is_stopped};

/// How long anything may take, on a busy machine, before it counts as not happening.
const DEADLINE: Duration = Duration::from_secs(60);

/// What the terminal has been sent so far.
struct Seen {
    emulator: vt100::Parser,
    bytes: Vec<u8>,
    last: Instant,
}

#[derive(Clone)]
struct Watched(Arc<(Mutex<Seen>, Condvar)>);

impl Watched {
    /// A wait that fails holds this: the thread that watches must not hide its words behind a panic of its own.
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running program and its terminal.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    // `None` once the terminal hung up.
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    reader: Option<JoinHandle<()>>,
    closing: Arc<AtomicBool>,
    watched: Watched,
    modes_at_start: String,
    _home: Option<TempDir>,
}

impl Pty {
    fn new(
        child: Box<dyn Child + Send + Sync>,
        master: Box<dyn MasterPty + Send>,
        modes_at_start: String,
        home: Option<TempDir>,
    ) -> Self {
        let size = master.get_size().unwrap();
        let emulator = vt100::Parser::new(nonzero(size.rows), nonzero(size.cols), 0);
        let seen = Seen { emulator, bytes: Vec::new(), last: Instant::now() };
        let watched = Watched(Arc::new((Mutex::new(seen), Condvar::new())));
        let closing = Arc::new(AtomicBool::new(false));
        let reader = {
            let (watched, closing) = (watched.clone(), Arc::clone(&closing));
            let mut output = master.try_clone_reader().unwrap();
            thread::spawn(move || watch(&mut output, &watched, &closing))
        };
        let writer = master.take_writer().unwrap();
        Self {
            child,
            master: Some(master),
            writer: Some(writer),
            reader: Some(reader),
            closing,
            watched,
            modes_at_start,
            _home: home,
        }
    }

    /// Types `bytes`, in one write.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes).and_then(|()| writer.flush()).unwrap();
    }

    /// Presses keys in the notation of keymaps (`j j C-s down`), in one write.
    pub(crate) fn press(&mut self, keys: &str) {
        let bytes: Vec<u8> = parse_keys(keys).unwrap().into_iter().flat_map(key_bytes).collect();
        self.send(&bytes);
    }

    /// Waits until the screen shows `text`.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), |screen| screen.contents().contains(text));
    }

    /// Waits until `holds` of the screen; `what` names it if it never does.
    pub(crate) fn wait_until(&self, what: &str, mut holds: impl FnMut(&vt100::Screen) -> bool) {
        let (seen, timeout) = self
            .watched
            .0
            .1
            .wait_timeout_while(self.watched.seen(), DEADLINE, |seen| !holds(seen.emulator.screen()))
            .unwrap();
        let screen = seen.emulator.screen().contents();
        assert!(!timeout.timed_out(), "waited in vain for {what}; the screen shows:\n{screen}");
    }

    /// Waits until nothing has been written for `quiet`.
    pub(crate) fn wait_idle(&self, quiet: Duration) {
        let start = Instant::now();
        loop {
            let idle = self.watched.seen().last.elapsed();
            if idle >= quiet {
                return;
            }
            assert!(
                start.elapsed() < DEADLINE,
                "it never stops writing; the screen shows:\n{}",
                self.screen()
            );
            thread::sleep(quiet.saturating_sub(idle));
        }
    }

    /// What the screen shows, as text.
    pub(crate) fn screen(&self) -> String {
        self.with_screen(vt100::Screen::contents)
    }

    /// Looks at the screen with its cells, cursor and modes.
    pub(crate) fn with_screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.watched.seen().emulator.screen())
    }

    /// How many bytes have been written so far.
    pub(crate) fn bytes_written(&self) -> usize {
        self.watched.seen().bytes.len()
    }

    /// Every byte written from the byte `from` on.
    pub(crate) fn output(&self, from: usize) -> Vec<u8> {
        self.watched.seen().bytes[from..].to_vec()
    }

    /// The modes of the terminal (`termios`) now.
    pub(crate) fn modes(&self) -> String {
        launch::modes(self.master.as_deref().unwrap())
    }

    /// The modes of the terminal before the program ran.
    pub(crate) fn modes_at_start(&self) -> &str {
        &self.modes_at_start
    }

    /// Makes the terminal another size; the program gets SIGWINCH.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.watched.seen().emulator.screen_mut().set_size(nonzero(rows), nonzero(columns));
        self.master.as_ref().unwrap().resize(size(columns, rows)).unwrap();
    }

    /// The process that was started.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends the process `signal`.
    pub(crate) fn signal(&self, signal: Signal) {
        send_signal(self.pid(), signal);
    }

    /// Ends the process as `kill -9` does.
    pub(crate) fn kill(&mut self) -> ExitStatus {
        self.signal(Signal::KILL);
        self.wait_exit()
    }

    /// Closes the terminal under the program, as a dropped connection does. The program must answer a resize or
    /// `C-l` by drawing.
    pub(crate) fn hang_up(&mut self) {
        // The watching thread has the terminal open too, and gives it up once it has read something.
        self.closing.store(true, Ordering::SeqCst);
        let (rows, columns) = self.with_screen(vt100::Screen::size);
        self.resize(columns.get() + 1, rows.get());
        self.press("C-l");
        let start = Instant::now();
        while !self.reader.as_ref().unwrap().is_finished() {
            assert!(
                start.elapsed() < DEADLINE,
                "the program does not draw; the screen shows:\n{}",
                self.screen()
            );
            thread::sleep(Duration::from_millis(2));
        }
        self.writer.take();
        self.master.take();
    }

    /// Waits until the process has ended.
    pub(crate) fn wait_exit(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < DEADLINE, "it does not end; the screen shows:\n{}", self.screen());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until the process has ended and all it wrote was read.
    pub(crate) fn wait_end(&mut self) -> ExitStatus {
        let status = self.wait_exit();
        let start = Instant::now();
        while self.reader.as_ref().is_some_and(|reader| !reader.is_finished()) {
            assert!(start.elapsed() < DEADLINE, "something still holds the terminal");
            thread::sleep(Duration::from_millis(2));
        }
        status
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends the process `pid` a signal.
pub(crate) fn send_signal(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

/// Waits until `holds`; `what` names it if it never does.
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < DEADLINE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// Reads what the program writes until there is no more, or the terminal is to be closed.
fn watch(output: &mut dyn Read, watched: &Watched, closing: &AtomicBool) {
    let mut chunk = [0; 65_536];
    while let Ok(length) = output.read(&mut chunk) {
        let mut seen = watched.seen();
        seen.bytes.extend_from_slice(&chunk[..length]);
        seen.emulator.process(&chunk[..length]);
        seen.last = Instant::now();
        drop(seen);
        watched.0.1.notify_all();
        if length == 0 || closing.load(Ordering::SeqCst) {
            return;
        }
    }
}

fn nonzero(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// What xterm sends for a key, without any special mode.
fn key_bytes(key: Key) -> Vec<u8> {
    let plain = match key.code() {
        KeyCode::Char(' ') if key.has_ctrl() => vec![0],
        KeyCode::Char('/') if key.has_ctrl() => vec![0x1f],
        KeyCode::Char(typed) if key.has_ctrl() => vec![u8::try_from(typed).unwrap() & 0x1f],
        KeyCode::Char(typed) => typed.to_string().into_bytes(),
        KeyCode::AnyChar => panic!("no terminal sends this"),
        KeyCode::Enter => b"\r".to_vec(),
        KeyCode::Esc => b"\x1b".to_vec(),
        KeyCode::Tab if key.has_shift() => b"\x1b[Z".to_vec(),
        KeyCode::Tab => b"\t".to_vec(),
        KeyCode::Backspace => b"\x7f".to_vec(),
        KeyCode::Up => b"\x1b[A".to_vec(),
        KeyCode::Down => b"\x1b[B".to_vec(),
        KeyCode::Right => b"\x1b[C".to_vec(),
        KeyCode::Left => b"\x1b[D".to_vec(),
        KeyCode::Home => b"\x1b[H".to_vec(),
        KeyCode::End => b"\x1b[F".to_vec(),
        KeyCode::Insert => b"\x1b[2~".to_vec(),
        KeyCode::Delete => b"\x1b[3~".to_vec(),
        KeyCode::PageUp => b"\x1b[5~".to_vec(),
        KeyCode::PageDown => b"\x1b[6~".to_vec(),
        KeyCode::F(1) => b"\x1bOP".to_vec(),
        KeyCode::F(number) => panic!("F{number}: no test has needed it yet"),
    };
    if key.has_alt() { [b"\x1b".to_vec(), plain].concat() } else { plain }
}

//! A program in a real terminal: what is sent to it, what comes back, and when.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Silence after which an answer counts as whole.
const SILENCE: Duration = Duration::from_millis(25);
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

/// The program to measure: the one built with this bench, or the one that `COMBE_BENCH_BINARY` names.
pub(crate) fn binary() -> String {
    std::env::var("COMBE_BENCH_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_combe").into())
}

pub(crate) fn combe(home: &Path, arguments: &[&str]) {
    let done = Command::new(binary()).args(arguments).env("HOME", home).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// A program in a terminal of 120 by 40.
pub(crate) struct Terminal {
    began: Instant,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    marks_frames: bool,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Terminal {
    pub(crate) fn combe(home: &Path, study: &Path) -> Self {
        Self::combe_sized(home, study, (120, 40))
    }

    pub(crate) fn combe_sized(home: &Path, study: &Path, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(binary());
        command.args(["-C", study.to_str().unwrap()]);
        command.env("HOME", home);
        Self::start(command, true, size)
    }

    /// A subcommand with these words.
    pub(crate) fn combe_with(home: &Path, words: &[&str]) -> Self {
        let mut command = CommandBuilder::new(binary());
        command.args(words);
        command.env("HOME", home);
        Self::start(command, true, (120, 40))
    }

    pub(crate) fn vim(file: &Path) -> Self {
        let mut command = CommandBuilder::new("vim");
        command.args(["-u", "NONE", "-N", file.to_str().unwrap()]);
        Self::start(command, false, (120, 40))
    }

    pub(crate) fn vim_sized(file: &Path, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("vim");
        command.args(["-u", "DEFAULTS", "-n", file.to_str().unwrap()]);
        Self::start(command, false, size)
    }

    /// Bytes written for these keys on average, each pressed when the one before is answered.
    pub(crate) fn bytes_of(&mut self, keys: &[u8], times: usize) -> usize {
        (0..times).map(|_| self.answer(keys).1).sum::<usize>() / times
    }

    fn start(mut command: CommandBuilder, marks_frames: bool, (cols, rows): (u16, u16)) -> Self {
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, chunks) = channel();
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    return;
                }
            }
        });
        Self { began, child, writer, chunks, marks_frames, _master: pair.master }
    }

    pub(crate) fn send(&mut self, keys: &[u8]) {
        self.writer.write_all(keys).unwrap();
        self.writer.flush().unwrap();
    }

    /// Until so many frames are whole, by their end marks.
    pub(crate) fn frame(&mut self, number: usize) -> Duration {
        let mut seen = Vec::new();
        loop {
            let (at, bytes) = self.chunks.recv_timeout(Duration::from_secs(60)).unwrap();
            seen.extend(bytes);
            if seen.windows(END_OF_FRAME.len()).filter(|part| *part == END_OF_FRAME).count() >= number {
                return at - self.began;
            }
        }
    }

    /// Until the first frame is whole: its end mark or, where there is none, the last byte before a silence.
    pub(crate) fn first_frame(&mut self) -> Duration {
        let mut last = self.began;
        let mut seen = Vec::new();
        loop {
            let wait = if seen.is_empty() { Duration::from_secs(60) } else { SILENCE * 4 };
            match self.chunks.recv_timeout(wait) {
                Ok((at, bytes)) => {
                    last = at;
                    seen.extend(bytes);
                    if self.marks_frames && seen.windows(END_OF_FRAME.len()).any(|part| part == END_OF_FRAME)
                    {
                        return last - self.began;
                    }
                }
                Err(_) => return last - self.began,
            }
        }
    }

    /// From a key to the last byte of its answer, and how many bytes that was.
    pub(crate) fn answer(&mut self, key: &[u8]) -> (Duration, usize) {
        self.answer_before(key, SILENCE)
    }

    /// From a key to the end of what is written until these words are.
    pub(crate) fn until(&mut self, key: &[u8], words: &str) -> Duration {
        let began = Instant::now();
        self.send(key);
        let mut seen = Vec::new();
        loop {
            let (at, bytes) = self.chunks.recv_timeout(Duration::from_secs(60)).unwrap();
            seen.extend(bytes);
            if seen.windows(words.len()).any(|part| part == words.as_bytes()) {
                self.settle(SILENCE);
                return at - began;
            }
        }
    }

    /// From a key to the last byte of its answer, which may have pauses of nearly that long.
    pub(crate) fn answer_within(&mut self, key: &[u8], silence: Duration) -> Duration {
        self.answer_before(key, silence).0
    }

    fn answer_before(&mut self, key: &[u8], silence: Duration) -> (Duration, usize) {
        let began = Instant::now();
        self.send(key);
        let (mut last, mut written) = (began, 0);
        while let Ok((at, bytes)) = self.chunks.recv_timeout(silence) {
            last = at;
            written += bytes.len();
        }
        (last - began, written)
    }

    pub(crate) fn frames_of(&mut self, keys: &[u8]) -> usize {
        self.send(keys);
        let mut seen = Vec::new();
        while let Ok((_, bytes)) = self.chunks.recv_timeout(SILENCE * 8) {
            seen.extend(bytes);
        }
        match self.marks_frames {
            true => seen.windows(END_OF_FRAME.len()).filter(|part| *part == END_OF_FRAME).count(),
            false => 0,
        }
    }

    /// Takes what is written until it is silent for a while.
    pub(crate) fn settle(&mut self, silence: Duration) {
        while self.chunks.recv_timeout(silence).is_ok() {}
    }

    fn stat(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.process_id().unwrap())).unwrap()
    }

    /// User and system time so far (fields 14 and 15 of `/proc/pid/stat`, in hundredths of a second).
    pub(crate) fn cpu(&self) -> Duration {
        let stat = self.stat("stat");
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        Duration::from_millis(ticks * 10)
    }

    pub(crate) fn resident_mb(&self) -> u64 {
        let status = self.stat("status");
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

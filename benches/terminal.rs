//! The program in a real terminal beside vim: start to the first frame, a key to its last byte, queued keys, idling,
//! memory.
//!
//! `cargo bench --bench terminal`; `COMBE_BENCH_SIZES=91,910,9100` measures larger studies too (importing 9,100
//! transcripts takes minutes). Figures are medians, with the 99th percentile for keys, in one run beside vim on one of the
//! transcripts. Without vim its rows are left out.

#![expect(clippy::unwrap_used, reason = "a bench on made-up data stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "its figures are what it is for")]
#![expect(clippy::disallowed_methods, reason = "it writes its corpus to a temporary folder")]

mod corpus;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const STARTS: usize = 15;
const KEYS: usize = 300;
/// Silence after which an answer counts as whole.
const SILENCE: Duration = Duration::from_millis(25);
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

fn main() {
    let sizes = std::env::var("COMBE_BENCH_SIZES").unwrap_or_else(|_| "91".into());
    let folder = tempfile::tempdir().unwrap();
    let mut vim_done = false;
    for size in sizes.split(',').map(|size| size.trim().parse::<usize>().unwrap()) {
        let (files, study) =
            (folder.path().join(format!("files-{size}")), folder.path().join(format!("s-{size}")));
        fs::create_dir(&files).unwrap();
        for (name, text) in corpus::transcripts(size) {
            fs::write(files.join(format!("{name}.txt")), text).unwrap();
        }
        let first = fs::read_dir(&files).unwrap().next().unwrap().unwrap().path();
        let home = folder.path().join("home");
        fs::create_dir_all(&home).unwrap();
        combe(&home, &["new", study.to_str().unwrap()]);
        let began = Instant::now();
        combe(&home, &["-C", study.to_str().unwrap(), "import", files.to_str().unwrap()]);
        println!("{size} transcripts: import {:.2} s", began.elapsed().as_secs_f64());
        let run = || Terminal::combe(&home, &study);
        // The first time it indexes, and is left on a transcript that is read.
        let mut first_time = run();
        first_time.settle(Duration::from_secs(1));
        first_time.send(b"\r");
        first_time.settle(Duration::from_secs(if size > 1000 { 60 } else { 8 }));
        first_time.send(b":quit\r");
        first_time.settle(Duration::from_secs(2));
        drop(first_time);
        measure(&format!("combe, {size}"), run);
        if !vim_done && Command::new("vim").arg("--version").output().is_ok() {
            vim_done = true;
            measure("vim", || Terminal::vim(&first));
        }
    }
}

/// The program to measure: the one built with this bench, or the one that `COMBE_BENCH_BINARY` names.
fn binary() -> String {
    std::env::var("COMBE_BENCH_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_combe").into())
}

fn combe(home: &Path, arguments: &[&str]) {
    let done = Command::new(binary()).args(arguments).env("HOME", home).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn measure(what: &str, run: impl Fn() -> Terminal) {
    let mut starts: Vec<Duration> = (0..STARTS).map(|_| run().first_frame()).collect();
    starts.sort();
    let mut terminal = run();
    terminal.settle(Duration::from_secs(3));
    let mut keys = Vec::new();
    let mut bytes = 0;
    for nth in 0..KEYS {
        // Down through the text, now and then back up.
        let key: &[u8] = if nth % 50 < 40 { b"j" } else { b"k" };
        let (took, written) = terminal.answer(key);
        keys.push(took);
        bytes += written;
    }
    keys.sort();
    let frames = terminal.frames_of(&b"j".repeat(200));
    let busy = terminal.cpu();
    thread::sleep(Duration::from_secs(10));
    let idle = (terminal.cpu() - busy).as_secs_f64() / 10.0 * 100.0;
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{what:<12} first frame {:6.1} ms   key {:5.2} ms, p99 {:5.2} ms, {:5} B   200 keys {frames} frames   idle {idle:.2} % CPU   {:4} MB",
        ms(starts[STARTS / 2]),
        ms(keys[KEYS / 2]),
        ms(keys[KEYS * 99 / 100]),
        bytes / KEYS,
        terminal.resident_mb(),
    );
}

/// A program in a terminal of 120 by 40.
struct Terminal {
    began: Instant,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    marks_frames: bool,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Terminal {
    fn combe(home: &Path, study: &Path) -> Self {
        let mut command = CommandBuilder::new(binary());
        command.args(["-C", study.to_str().unwrap()]);
        command.env("HOME", home);
        Self::start(command, true)
    }

    fn vim(file: &Path) -> Self {
        let mut command = CommandBuilder::new("vim");
        command.args(["-u", "NONE", "-N", file.to_str().unwrap()]);
        Self::start(command, false)
    }

    fn start(mut command: CommandBuilder, marks_frames: bool) -> Self {
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
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

    fn send(&mut self, keys: &[u8]) {
        self.writer.write_all(keys).unwrap();
        self.writer.flush().unwrap();
    }

    /// Until the first frame is whole: its end mark or, where there is none, the last byte before a silence.
    fn first_frame(&mut self) -> Duration {
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
    fn answer(&mut self, key: &[u8]) -> (Duration, usize) {
        let began = Instant::now();
        self.send(key);
        let (mut last, mut written) = (began, 0);
        while let Ok((at, bytes)) = self.chunks.recv_timeout(SILENCE) {
            last = at;
            written += bytes.len();
        }
        (last - began, written)
    }

    fn frames_of(&mut self, keys: &[u8]) -> usize {
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
    fn settle(&mut self, silence: Duration) {
        while self.chunks.recv_timeout(silence).is_ok() {}
    }

    fn stat(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.process_id().unwrap())).unwrap()
    }

    /// User and system time so far (fields 14 and 15 of `/proc/pid/stat`, in hundredths of a second).
    fn cpu(&self) -> Duration {
        let stat = self.stat("stat");
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        Duration::from_millis(ticks * 10)
    }

    fn resident_mb(&self) -> u64 {
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

//! The program in a real terminal beside vim: start to the first frame, a key to its last byte, queued keys, idling,
//! memory, bytes per key.
//!
//! `cargo bench --bench terminal`; `COMBE_BENCH_SIZES=91,910,9100` measures larger studies too (importing 9,100
//! transcripts takes minutes). Figures are medians, with the 99th percentile for keys, in one run beside vim on one of the
//! transcripts. Without vim its rows are left out.
//!
//! Bytes do not depend on how the program is built: `COMBE_BENCH_ONLY=bytes cargo test --bench terminal` measures them alone,
//! without a release build.

#![expect(clippy::unwrap_used, reason = "a bench on made-up data stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "its figures are what it is for")]
#![expect(clippy::disallowed_methods, reason = "it writes its corpus to a temporary folder")]

mod corpus;
mod pty;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use pty::{Terminal, combe};

const STARTS: usize = 15;
const KEYS: usize = 300;

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
        let vim = Command::new("vim").arg("--version").output().is_ok();
        bytes_per_key(&home, &study, vim.then(|| folded(&first)).as_deref());
        if std::env::var("COMBE_BENCH_ONLY").is_ok_and(|only| only == "bytes") {
            continue;
        }
        measure(&format!("combe, {size}"), run);
        if !vim_done && vim {
            vim_done = true;
            measure("vim", || Terminal::vim(&first));
        }
    }
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

/// A transcript in lines as wide as combe shows it at 80 columns, beside it: so a line is a line in both programs.
fn folded(file: &Path) -> std::path::PathBuf {
    const WIDTH: usize = 44;
    let mut text = String::new();
    for line in fs::read_to_string(file).unwrap().lines() {
        let mut width = 0;
        for word in line.split_whitespace() {
            if width > 0 && width + 1 + word.chars().count() > WIDTH {
                text.push('\n');
                width = 0;
            }
            if width > 0 {
                text.push(' ');
                width += 1;
            }
            text.push_str(word);
            width += word.chars().count();
        }
        text.push('\n');
    }
    let path = file.with_extension("folded");
    fs::write(&path, text).unwrap();
    path
}

/// One thing that a person does again and again: how often, and the keys of it in combe and in vim.
const GESTURES: [(&str, usize, &[u8], &[u8]); 6] = [
    ("a word on", 60, b"l", b"w"),
    ("a line on, in sight", 8, b"j", b"j"),
    ("a line on, scrolling", 150, b"j", b"j"),
    ("a line back, scrolling", 120, b"k", b"k"),
    ("a page on", 6, b"\x1b[6~", b"\x06"),
    // In vim: a line on, and the same words at its end.
    ("coding the next line", 12, b"j.", b"j."),
];

/// Bytes that a terminal is sent for a key, and how many times as many as by vim (with the settings it comes with) on the
/// same text.
fn bytes_per_key(home: &Path, study: &Path, vim: Option<&Path>) {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
        let mut combe = Terminal::combe_sized(home, study, (columns, rows));
        combe.settle(Duration::from_secs(3));
        combe.send(b":goto_start\rtt:pick_code\rbusy\rgg");
        combe.settle(Duration::from_secs(2));
        let mut vim = vim.map(|file| {
            let mut vim = Terminal::vim_sized(file, (columns, rows));
            vim.settle(Duration::from_secs(1));
            vim.send(b"A - busy\x1b1G0");
            vim.settle(Duration::from_secs(1));
            vim
        });
        for (what, times, ours, theirs) in GESTURES {
            let own = combe.bytes_of(ours, times);
            match vim.as_mut().map(|vim| vim.bytes_of(theirs, times)) {
                Some(other) => println!(
                    "{columns}x{rows} {what:<24} {own:5} B, vim {other:5} B: {:.1}",
                    own as f64 / other.max(1) as f64
                ),
                None => println!("{columns}x{rows} {what:<24} {own:5} B"),
            }
        }
        combe.send(b":quit\r");
        combe.settle(Duration::from_secs(1));
    }
}

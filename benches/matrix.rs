//! A key in the framework matrix of the sample study, in a real terminal of 200 by 60: 151 participants by all its codes, more
//! than the 151 by 20 that are to be drawn within 8 ms a key at the 99th percentile.
//!
//! `cargo bench --bench matrix`.

#![expect(clippy::unwrap_used, reason = "a bench stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

mod pty;

use std::time::Duration;

use pty::{Terminal, combe};

/// Keys that move in the grid, written again and again: cells, pages, the next with evidence, the next without a summary.
const KEYS: [&[u8]; 12] =
    [b"j", b"l", b"j", b"j", b"\x1b[6~", b"h", b"n", b"e", b"j", b"l", b"\x1b[5~", b"k"];
const TIMES: usize = 400;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (home, study) = (folder.path().join("home"), folder.path().join("sample"));
    std::fs::create_dir_all(&home).unwrap();
    combe(&home, &["demo", study.to_str().unwrap(), "--no-open"]);
    let mut terminal = Terminal::combe_sized(&home, &study, (200, 60));
    terminal.settle(Duration::from_secs(5));
    let opened = terminal.until(b"gx", "Matrix");
    // The last of 151 rows and the last of the columns that fit are only there if both choices were taken.
    terminal.until(b"ccodes\r", "52");
    terminal.answer_within(b"rparticipants\r", Duration::from_millis(200));
    terminal.until(b"\x1b[F", "P151");
    terminal.answer(b"\x1b[H");
    let mut times: Vec<Duration> = KEYS
        .iter()
        .cycle()
        .take(TIMES)
        .map(|key| terminal.answer(key).0)
        .filter(|took| !took.is_zero())
        .collect();
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let at = |hundredth: usize| ms(times[times.len() * hundredth / 100]);
    println!("the matrix opened in {:.1} ms", ms(opened));
    println!("{} keys that moved: median {:.2} ms, p99 {:.2} ms", times.len(), at(50), at(99));
    assert!(at(99) < 8.0, "a key is to take less than 8 ms at the 99th percentile");
}

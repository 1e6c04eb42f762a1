//! From a thought to a quote, in a real terminal on the sample study: a key to the list of quotes, a filter typed into it, and
//! the picker from its start to its first frame and to its rows.
//!
//! `cargo bench --bench quotes`. Figures are medians; of keys the slowest stands beside. The list is to be there within 50 ms
//! of the key, and so is the picker's first frame.

#![expect(clippy::unwrap_used, reason = "a bench stops at the first surprise")]
#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

mod pty;

use std::path::Path;
use std::time::Duration;

use pty::{Terminal, combe};

const TIMES: usize = 15;
/// What is typed into the filter, a letter each time.
const FILTER: &str = "time pressure";
/// Stands above the list when it is there, and on no other screen.
const LISTED: &str = "layers";
/// What a filter finds comes from another thread, within this.
const PAUSE: Duration = Duration::from_millis(200);

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (home, study) = (folder.path().join("home"), folder.path().join("sample"));
    std::fs::create_dir_all(&home).unwrap();
    let study = study.to_str().unwrap();
    combe(&home, &["demo", study, "--no-open"]);
    // The first time it indexes.
    let mut first = open(&home, study);
    first.send(b":quit\r");
    first.settle(Duration::from_secs(1));
    drop(first);
    the_list(&home, study);
    the_picker(&home, study);
}

fn open(home: &Path, study: &str) -> Terminal {
    let mut terminal = Terminal::combe_with(home, &["-C", study, "--as", "c1"]);
    terminal.settle(Duration::from_secs(3));
    terminal
}

fn the_list(home: &Path, study: &str) {
    let first = || {
        let mut terminal = open(home, study);
        let took = terminal.until(b"gq", LISTED);
        // The next one begins where this one was left.
        terminal.until(b"gt", "by name");
        terminal.send(b":quit\r");
        terminal.settle(Duration::from_secs(1));
        took
    };
    say("key to the list, the first time", (0..5).map(|_| first()).collect());
    let mut terminal = open(home, study);
    let mut again = Vec::new();
    for _ in 0..TIMES {
        terminal.answer(b"gt");
        again.push(terminal.until(b"gq", LISTED));
    }
    say("key to the list, again", again);
    say("an arrow in it", (0..TIMES).map(|_| terminal.answer(b"j").0).collect());
    terminal.answer(b"f");
    say(
        "a letter of a filter",
        FILTER.bytes().map(|letter| terminal.answer_within(&[letter], PAUSE)).collect(),
    );
}

fn the_picker(home: &Path, study: &str) {
    let start = || Terminal::combe_with(home, &["-C", study, "--as", "c1", "pick"]);
    say("pick, first frame", (0..TIMES).map(|_| start().frame(1)).collect());
    say("pick, its rows", (0..TIMES).map(|_| start().frame(2)).collect());
    let mut terminal = start();
    terminal.settle(Duration::from_secs(1));
    say("pick, a letter", FILTER.bytes().map(|letter| terminal.answer(&[letter]).0).collect());
    say("pick, Tab to all turns", vec![terminal.answer_within(b"\t", Duration::from_secs(1))]);
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let (middle, slowest) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{what:<34} {:6.1} ms, at most {:6.1} ms", ms(middle), ms(slowest));
}

//! `kill -9` at random moments: what was acknowledged is there, and the study is sound.
//!
//! Acknowledged is what a person may rely on: exit code 0 of `combe code`, or the top row of the screen saying `saved`
//! while the answer line names the coding. A frame is written from the top, so a half-read frame cannot show both too
//! soon.

use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::{Site, top};
use crate::pty::Pty;

const BY_COMMAND: u64 = 160;
const ON_SCREEN: u64 = 50;

/// Numbers that look random and are the same in every run (`splitmix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// Names of the same length, of which none is found when another is typed.
fn name(number: usize) -> String {
    format!("k{number:05}")
}

/// Opens the study and looks for every acknowledged coding; every twentieth time looks at everything.
fn assert_kept(site: &Site, acknowledged: &[usize], kill: u64) {
    let mut store = site.store();
    assert_eq!(store.warnings(), [] as [&str; 0]);
    let (study, _) = store.load().unwrap();
    for number in acknowledged {
        let code = study.code_named(&name(*number)).unwrap_or_else(|| panic!("{number} is lost"));
        assert_eq!(study.codings_with(code.id).count(), 1, "coding {number} after kill {kill}");
    }
    for code in study.codes().iter() {
        assert_eq!(study.codings_with(code.id).count(), 1, "half of an action: {}", code.name);
    }
    if kill % 20 == 19 {
        let found = store.check().unwrap();
        assert!(found.iter().all(|finding| finding.ok), "after kill {kill}: {found:?}");
    }
}

#[test]
fn commands_that_are_killed_keep_what_they_acknowledged() {
    let site = Site::with_turns(60);
    let turns = site.json(&["show", "L1"]);
    let mut random = Random(0xc0de);
    // How long a whole command takes here, so that the kills fall anywhere in it.
    let began = Instant::now();
    assert!(code(&site, &turns, 0).wait().unwrap().success());
    let whole = u64::try_from(began.elapsed().as_micros()).unwrap();
    let (mut next, mut acknowledged, mut killed, mut cut) = (1, vec![0], 0, 0);
    while killed < BY_COMMAND {
        let until = Instant::now() + Duration::from_micros(random.below(whole * 5 / 4));
        let mut child = code(&site, &turns, next);
        thread::sleep(until.saturating_duration_since(Instant::now()));
        let done = child.try_wait().unwrap();
        if done.is_none() {
            let pid = Pid::from_child(&child);
            kill_process(pid, Signal::KILL).unwrap();
        }
        let ended = child.wait().unwrap();
        if ended.success() {
            acknowledged.push(next);
        } else {
            cut += 1;
        }
        // One that ended by itself was not killed, and does not count.
        if done.is_none() {
            assert_kept(&site, &acknowledged, killed);
            killed += 1;
        }
        next += 1;
    }
    assert!(cut > 0 && acknowledged.len() > 1, "{cut} cut short, {} done", acknowledged.len());
    site.assert_sound();
}

/// Starts `combe code` on a passage of its own: a turn, or all of it but its first letters.
fn code(site: &Site, turns: &[Value], number: usize) -> Child {
    let place = |turn: &Value, end: &str| usize::try_from(turn[end].as_u64().unwrap()).unwrap();
    let turn = &turns[number % turns.len()];
    let start = (place(turn, "start") + number / turns.len()).to_string();
    let end = place(turn, "end").to_string();
    let arguments = ["-C", "study", "--json", "code", "L1", &start, &end, &name(number), "--new"];
    site.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn programs_that_are_killed_keep_what_they_called_saved() {
    let site = Site::with_turns(60);
    let mut first = site.open();
    first.press("ret");
    first.wait_for("turn 1 of");
    first.press("C-q");
    assert_eq!(first.wait_end().exit_code(), 0);
    let mut random = Random(0x5afe);
    let (mut next, mut acknowledged) = (0, Vec::new());
    for kill in 0..ON_SCREEN {
        let mut pty = site.open();
        let from = next;
        for _ in 0..=random.below(4) {
            pty.send(format!("c{}\rJ", name(next)).as_bytes());
            next += 1;
        }
        pty.send(format!("c{}\r", name(next)).as_bytes());
        next += 1;
        let until = Instant::now() + Duration::from_millis(random.below(250));
        let mut seen = saved(&pty, from, next);
        while Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
            seen = seen.max(saved(&pty, from, next));
        }
        pty.signal(Signal::KILL);
        pty.wait_end();
        seen = seen.max(saved(&pty, from, next));
        acknowledged.extend(from..seen);
        drop(pty);
        assert_kept(&site, &acknowledged, kill);
    }
    assert!(!acknowledged.is_empty(), "nothing was ever saved before a kill");
    site.assert_sound();
}

/// One past the last coding that the screen calls saved: they are saved in order.
fn saved(pty: &Pty, from: usize, next: usize) -> usize {
    pty.with_screen(|screen| {
        let shown = screen.contents();
        let answer = |number: &usize| shown.contains(&format!("new code {}", name(*number)));
        if !top(screen).contains("saved") {
            return from;
        }
        (from..next).rev().find(answer).map_or(from, |number| number + 1)
    })
}

const CODEBOOK: &str = "schema = 1\n[[code]]\nname = \"No time\"\nside = \"barrier\"\n[[theme]]\nname = \"Time\"\n\
                        barriers = [\"No time\"]\n";

#[test]
fn a_summary_that_was_half_written_is_there_after_a_kill() {
    let site = Site::new();
    site.write("codebook.toml", CODEBOOK);
    site.in_study(&["import", "codebook.toml"]);
    let mut first = site.open();
    first.press("g x");
    first.wait_for("I1 on “Time”");
    first.press("ret");
    first.wait_for("not written yet");
    first.send(b"Never enough of it");
    first.wait_for("Never enough of it");
    // A draft is at most two seconds behind typing.
    thread::sleep(Duration::from_millis(2_500));
    first.signal(Signal::KILL);
    first.wait_end();
    drop(first);
    let mut again = site.open();
    again.wait_for("Never enough of it");
    again.send(b", she says");
    again.press("esc");
    again.wait_for("summary saved");
    again.press("C-q");
    assert_eq!(again.wait_end().exit_code(), 0);
    let written = site.json(&["matrix", "--summaries"]);
    assert_eq!(written[0]["text"], "Never enough of it, she says");
    site.assert_sound();
}

//! The terminal session in a real terminal.
//!
//! The program in it is this very binary: [`session_program`] is a test that does nothing, unless it finds
//! [`ROLE`] in its environment; then it is the small program in `program.rs`, which shows every event as a line.

mod program;

use std::env;
use std::fs;
use std::process;
use std::time::Duration;

use rustix::process::Signal;
use tempfile::TempDir;

use crate::pty::{Launch, Pty, core_limit, cpu_time, is_stopped, send_signal, wait_until};

/// Says that this process is the program, and which kind of it.
const ROLE: &str = "COMBE_TEST_SESSION";

/// Names the file for what the program cannot show, having no terminal any more.
const REPORT: &str = "COMBE_TEST_REPORT";

#[test]
fn session_program() {
    if let Ok(role) = env::var(ROLE) {
        let code = program::run(&role);
        process::exit(code);
    }
}

/// The arguments with which this binary runs the program and nothing else.
const ARGUMENTS: [&str; 3] = ["--exact", "term::session_program", "--nocapture"];

fn launch(role: &str) -> Launch {
    Launch::program(env::current_exe().unwrap()).args(ARGUMENTS).env(ROLE, role)
}

/// The program under a shell script, whose `"$@"` is the program.
fn launch_under_shell(script: &str, role: &str) -> Launch {
    let program = env::current_exe().unwrap();
    Launch::program("sh").args(["-c", script, "sh"]).args([program]).args(ARGUMENTS).env(ROLE, role)
}

fn ready(launch: Launch) -> Pty {
    let pty = launch.start();
    pty.wait_for("ready");
    pty
}

/// The process number that the program shows.
fn shown_pid(pty: &Pty) -> u32 {
    let screen = pty.screen();
    let (_, after) = screen.split_once("pid ").unwrap();
    after.split_whitespace().next().unwrap().parse().unwrap()
}

#[track_caller]
fn assert_given_back(pty: &Pty) {
    assert_eq!(pty.modes(), pty.modes_at_start());
    pty.with_screen(|screen| {
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "no cursor");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert!(
            !screen.contents().contains("ready"),
            "our screen is still to be seen:\n{}",
            screen.contents()
        );
    });
}

#[track_caller]
fn assert_taken(pty: &Pty) {
    assert_ne!(pty.modes(), pty.modes_at_start());
    pty.with_screen(|screen| {
        assert!(screen.alternate_screen(), "not on the alternate screen");
        assert!(screen.hide_cursor(), "the cursor shows");
        assert!(screen.bracketed_paste(), "bracketed paste is off");
    });
}

#[test]
fn leaving_gives_back_what_entering_took() {
    let mut pty = ready(launch(""));
    assert_taken(&pty);
    pty.press("q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    assert_given_back(&pty);
}

#[test]
fn nothing_is_asked_of_the_terminal() {
    let mut pty = ready(launch(""));
    pty.resize(60, 20);
    pty.wait_for("60x20");
    pty.press("q");
    pty.wait_end();
    let output = String::from_utf8(pty.output(0)).unwrap();
    // Reports of the cursor, of attributes, of modes and of the keyboard; of terminfo and of colours.
    for query in ["\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[>c", "$p", "\x1b[?u", "\x1bP", "\x1b]1"] {
        assert!(!output.contains(query), "{query:?} was sent");
    }
}

#[test]
fn every_frame_is_marked_as_one() {
    let mut pty = ready(launch(""));
    pty.press("j");
    pty.wait_for("key j");
    pty.press("q");
    pty.wait_end();
    let output = String::from_utf8(pty.output(0)).unwrap();
    let (begun, ended) = (output.matches("\x1b[?2026h").count(), output.matches("\x1b[?2026l").count());
    assert!(begun >= 2 && begun == ended, "{begun} begun, {ended} ended");
}

#[test]
fn sigterm_gives_the_terminal_back() {
    let mut pty = ready(launch(""));
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_end().exit_code(), 143);
    assert_given_back(&pty);
}

#[test]
fn sighup_ends_without_a_byte() {
    let mut pty = ready(launch(""));
    pty.wait_idle(Duration::from_millis(100));
    let before = pty.bytes_written();
    pty.signal(Signal::HUP);
    assert_eq!(pty.wait_end().exit_code(), 129);
    assert_eq!(String::from_utf8_lossy(&pty.output(before)), "");
}

/// What the program reported after its terminal was gone: the events, and the CPU it used in half a second.
fn hang_up_and_read(mut pty: Pty, report: &TempDir) -> (String, Duration) {
    pty.hang_up();
    assert_eq!(pty.wait_exit().exit_code(), 129);
    let report = fs::read_to_string(report.path().join("report")).unwrap();
    let (milliseconds, events) = report.split_once('\n').unwrap();
    (events.to_owned(), Duration::from_millis(milliseconds.parse().unwrap()))
}

#[test]
fn a_hung_up_terminal_ends_the_program_without_spinning() {
    let report = TempDir::new().unwrap();
    let pty = ready(launch("").env(REPORT, report.path().join("report")));
    let (events, cpu) = hang_up_and_read(pty, &report);
    // Whichever of the two threads was faster.
    assert!(events.contains("hangup") || events.contains("gone"), "{events}");
    assert!(cpu <= Duration::from_millis(20), "{cpu:?} of CPU in half a second");
}

#[test]
fn a_hung_up_terminal_is_noticed_without_the_signal() {
    let report = TempDir::new().unwrap();
    let script = "trap '' HUP; exec \"$@\"";
    let launch = launch_under_shell(script, "no-signals").env(REPORT, report.path().join("report"));
    let (events, cpu) = hang_up_and_read(ready(launch.size(80, 10)), &report);
    assert!(events.contains("gone") && !events.contains("hangup"), "{events}");
    assert!(cpu <= Duration::from_millis(20), "{cpu:?} of CPU in half a second");
}

/// A shell with job control, as a person has it.
const JOB_CONTROL: &str = r#"set -m; "$@"; echo "stopped $?"; read line; fg >/dev/null; echo "ended $?""#;

#[test]
fn suspending_gives_the_terminal_to_the_shell_and_takes_it_back() {
    let mut pty = ready(launch_under_shell(JOB_CONTROL, ""));
    let pid = shown_pid(&pty);
    pty.press("C-z");
    pty.wait_for("stopped");
    assert!(is_stopped(pid));
    assert_given_back(&pty);
    pty.resize(70, 20);
    pty.send(b"\n");
    pty.wait_for("ready");
    pty.wait_for("suspend Resumed");
    pty.wait_for("70x20");
    assert_taken(&pty);
    pty.press("j");
    pty.wait_for("key j");
    // Neither of the signals of our own suspension is taken for somebody else's.
    assert!(!pty.screen().contains("signal"), "{}", pty.screen());
    pty.press("q");
    pty.wait_for("ended 0");
    pty.wait_end();
    assert_given_back(&pty);
}

#[test]
fn suspending_can_be_asked_for_from_outside() {
    let mut pty = ready(launch_under_shell(JOB_CONTROL, ""));
    let pid = shown_pid(&pty);
    send_signal(pid, Signal::TSTP);
    pty.wait_for("stopped");
    assert!(is_stopped(pid));
    assert_given_back(&pty);
    pty.send(b"\n");
    pty.wait_for("suspend Resumed");
    pty.press("q");
    pty.wait_for("ended 0");
}

#[test]
fn a_suspended_program_can_be_ended() {
    let mut pty = ready(launch_under_shell(JOB_CONTROL, ""));
    let pid = shown_pid(&pty);
    pty.press("C-z");
    pty.wait_for("stopped");
    // As `bg` does: it sees that the terminal is not its own, and stops again.
    send_signal(pid, Signal::CONT);
    wait_until("it to go on", || !is_stopped(pid));
    wait_until("it to stop", || is_stopped(pid));
    assert_given_back(&pty);
    // As `kill %1` does.
    send_signal(pid, Signal::TERM);
    send_signal(pid, Signal::CONT);
    wait_until("its end", || {
        fs::read_to_string(format!("/proc/{pid}/stat")).map_or(true, |s| s.contains(") Z "))
    });
    assert_given_back(&pty);
    pty.send(b"\n");
    pty.wait_for("ended");
}

#[test]
fn without_a_shell_there_is_no_suspending() {
    let mut pty = ready(launch(""));
    pty.press("C-z");
    pty.wait_for("suspend NoShell");
    assert!(!is_stopped(pty.pid()));
    assert_taken(&pty);
}

#[test]
fn being_stopped_by_others_is_recovered_from() {
    let mut pty = ready(launch_under_shell(JOB_CONTROL, ""));
    let pid = shown_pid(&pty);
    send_signal(pid, Signal::STOP);
    // The shell takes its terminal as it wants it, and writes over our screen.
    pty.wait_for("stopped");
    pty.send(b"\n");
    pty.wait_for("signal continue");
    pty.wait_until("our screen alone", |screen| !screen.contents().contains("stopped"));
    assert_taken(&pty);
    pty.press("q");
    pty.wait_for("ended 0");
    assert_given_back(&pty);
}

#[test]
fn a_resize_to_one_cell_and_back_draws_the_whole_screen() {
    let mut pty = ready(launch(""));
    pty.resize(1, 1);
    pty.wait_until("one cell", |screen| screen.contents() == "r");
    pty.resize(100, 30);
    pty.wait_for("100x30");
    pty.wait_for("ready");
    pty.press("q");
    assert_eq!(pty.wait_end().exit_code(), 0);
}

#[test]
fn a_split_escape_sequence_is_its_key_and_no_letters() {
    // Over SSH an escape is held for 75 ms, which leaves room for a busy machine.
    let mut pty = ready(launch("").env("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22"));
    for piece in [&b"\x1b"[..], b"[", b"B"] {
        pty.send(piece);
        std::thread::sleep(Duration::from_millis(10));
    }
    pty.press("x");
    pty.wait_for("key x");
    let screen = pty.screen();
    assert!(
        screen.contains("key down") && !screen.contains("key B") && !screen.contains("key esc"),
        "{screen}"
    );
}

#[test]
fn a_lone_escape_is_the_key() {
    let mut pty = ready(launch(""));
    pty.press("esc");
    pty.wait_for("key esc");
}

#[test]
fn a_paste_arrives_whole() {
    let mut pty = ready(launch(""));
    pty.send(b"\x1b[200~one\rtwo q\x1b[201~");
    pty.wait_for(r#"paste "one\ntwo q""#);
    assert!(!pty.screen().contains("key q"), "{}", pty.screen());
}

#[test]
fn a_flood_of_keys_arrives_without_another_key() {
    let mut pty = ready(launch(""));
    // More than crossterm reads at once, which leaves the rest lying; less than the kernel holds.
    pty.send(&b"j".repeat(3_000));
    pty.wait_for("keys 3000");
}

#[test]
fn queued_keys_cost_few_bytes() {
    let mut pty = ready(launch("slow-start"));
    let before = pty.bytes_written();
    pty.send(&b"j".repeat(200));
    pty.wait_for("keys 200");
    let bytes = pty.bytes_written() - before;
    assert!(bytes < 4_000, "{bytes} bytes");
}

#[test]
fn no_color_keeps_reverse_and_bold() {
    let pty = ready(launch("").env("NO_COLOR", "1"));
    pty.wait_for("CURSOR MATCH");
    pty.with_screen(|screen| {
        let row = screen.contents().lines().position(|line| line.contains("CURSOR")).unwrap();
        let row = u16::try_from(row).unwrap();
        let (cursor, found) = (screen.cell(row, 0).unwrap(), screen.cell(row, 7).unwrap());
        assert!(cursor.inverse(), "the cursor is not reversed");
        assert!(found.bold() && found.underline(), "the match is not bold and underlined");
    });
    let output = String::from_utf8(pty.output(0)).unwrap();
    assert!(!output.contains("38;5;"), "a colour was sent");
}

#[test]
fn a_panic_gives_the_terminal_back_and_says_where_but_not_what() {
    let mut pty = ready(launch(""));
    pty.press("P");
    assert_eq!(pty.wait_end().exit_code(), 101);
    assert_given_back(&pty);
    let screen = pty.screen();
    assert!(screen.contains("Combe had to stop") && screen.contains("program.rs"), "{screen}");
    assert!(screen.contains("The log is elsewhere."), "{screen}");
    assert!(!screen.contains("what a participant said"), "{screen}");
}

#[test]
fn a_panic_of_a_worker_leaves_the_screen_alone() {
    let mut pty = ready(launch(""));
    pty.press("W");
    pty.wait_for("worker weaver broke");
    assert_taken(&pty);
    let output = String::from_utf8(pty.output(0)).unwrap();
    assert!(!output.contains("what a participant said"));
    pty.press("q");
    assert_eq!(pty.wait_end().exit_code(), 0);
    assert_given_back(&pty);
}

#[test]
fn idle_costs_nothing() {
    let pty = ready(launch(""));
    pty.wait_idle(Duration::from_millis(200));
    let (bytes, cpu) = (pty.bytes_written(), cpu_time(pty.pid()));
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(pty.bytes_written(), bytes);
    assert!(cpu_time(pty.pid()) - cpu <= Duration::from_millis(10));
}

#[test]
fn core_dumps_are_off() {
    let pty = ready(launch(""));
    assert_eq!(core_limit(pty.pid()), ["0", "0"]);
}

//! The program that the tests of the terminal session run: a loop as `run` has it, around a screen that shows every
//! event as a line.

use std::env;
use std::fs::File;
use std::io::{IsTerminal, Write, stdin, stdout};
use std::process;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use combe::app::keymap::{Key, print_keys};
use combe::term::{
    EXIT_HANGUP, EXIT_TERMINATED, Input, Session, Signals, Surroundings, TermEvent, detect,
    forbid_core_dumps, install_panic_hook,
};
use combe::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::REPORT;
use crate::pty::cpu_time;

enum Message {
    Terminal(TermEvent),
    WorkerBroke(String),
}

/// Runs until `q`, a signal, or the end of the terminal; returns the exit code.
///
/// `role` may be `no-signals`, which watches none, or `slow-start`, which reads its first message late.
pub(super) fn run(role: &str) -> i32 {
    forbid_core_dumps().unwrap();
    let around =
        Surroundings::read(|name| env::var(name).ok(), stdin().is_terminal(), stdout().is_terminal());
    let capability = detect(&around).unwrap();
    let (sender, messages) = channel();
    let broken = sender.clone();
    install_panic_hook("The log is elsewhere.".to_owned(), move |fault| {
        broken.send(Message::WorkerBroke(fault.thread)).unwrap();
    });
    let signals = (role != "no-signals").then(|| Signals::spawn(sending(&sender)).unwrap());
    let mut session = Session::enter().unwrap();
    let mut shown = Shown::new(Theme::of(capability.colours));
    session.draw(|area, buffer| shown.paint(area, buffer)).unwrap();
    let input = Input::spawn(capability.esc_wait, sending(&sender)).unwrap();
    let program = Program { input, signals, messages };
    if role == "slow-start" {
        thread::sleep(Duration::from_millis(300));
    }
    shown.lines.push("ready".to_owned());
    loop {
        if session.draw(|area, buffer| shown.paint(area, buffer)).is_err() {
            shown.lines.push("gone, drawing".to_owned());
            return program.end_without_terminal(session, &shown);
        }
        let first = program.messages.recv().unwrap();
        let queued = program.messages.try_iter();
        for message in [first].into_iter().chain(queued) {
            match program.take(message, &mut session, &mut shown) {
                Some(EXIT_HANGUP) => return program.end_without_terminal(session, &shown),
                Some(code) => {
                    drop(session);
                    return code.into();
                }
                None => {}
            }
        }
    }
}

fn sending(sender: &Sender<Message>) -> impl FnMut(TermEvent) -> bool + Send + 'static {
    let sender = sender.clone();
    move |event| sender.send(Message::Terminal(event)).is_ok()
}

struct Program {
    input: Input,
    signals: Option<Signals>,
    messages: Receiver<Message>,
}

impl Program {
    /// Does what a message asks for; the exit code, if it ends the program.
    fn take(&self, message: Message, session: &mut Session, shown: &mut Shown) -> Option<u8> {
        match message {
            Message::WorkerBroke(thread) => shown.lines.push(format!("worker {thread} broke")),
            Message::Terminal(event) => match event {
                TermEvent::Key(key) => return self.press(key, session, shown),
                TermEvent::Paste(text) => shown.lines.push(format!("paste {text:?}")),
                TermEvent::Resize => {
                    session.measure().unwrap();
                }
                TermEvent::Focus(_) => shown.lines.push("focus".to_owned()),
                TermEvent::Interrupt => shown.lines.push("signal interrupt".to_owned()),
                TermEvent::Suspend => self.suspend(session, shown),
                TermEvent::Continue => {
                    shown.lines.push("signal continue".to_owned());
                    if session.recover().is_err() {
                        shown.lines.push("gone, recovering".to_owned());
                        return Some(EXIT_HANGUP);
                    }
                }
                TermEvent::Hangup => {
                    shown.lines.push("hangup".to_owned());
                    return Some(EXIT_HANGUP);
                }
                TermEvent::Gone => {
                    shown.lines.push("gone".to_owned());
                    return Some(EXIT_HANGUP);
                }
                TermEvent::Terminate => return Some(EXIT_TERMINATED),
            },
        }
        None
    }

    fn press(&self, key: Key, session: &mut Session, shown: &mut Shown) -> Option<u8> {
        shown.keys += 1;
        match print_keys(&[key]).as_str() {
            "q" => return Some(0),
            "P" => panic!("what a participant said"),
            "W" => {
                let worker = thread::Builder::new().name("weaver".to_owned());
                worker.spawn(|| panic!("what a participant said")).unwrap();
            }
            "C-z" => self.suspend(session, shown),
            name => {
                let line = format!("key {name}");
                if shown.lines.last() != Some(&line) {
                    shown.lines.push(line);
                }
            }
        }
        None
    }

    fn suspend(&self, session: &mut Session, shown: &mut Shown) {
        if let Some(signals) = &self.signals {
            let outcome = session.suspend(&self.input, signals).unwrap();
            shown.lines.push(format!("suspend {outcome:?}"));
        }
    }

    /// Stays for half a second with the threads still there, and reports the CPU that cost and the events.
    fn end_without_terminal(self, session: Session, shown: &Shown) -> i32 {
        session.abandon();
        if let Some(report) = env::var_os(REPORT) {
            let before = cpu_time(process::id());
            thread::sleep(Duration::from_millis(500));
            let cpu = cpu_time(process::id()) - before;
            let mut file = File::create(&report).unwrap();
            writeln!(file, "{}\n{}", cpu.as_millis(), shown.lines.join("\n")).unwrap();
        }
        EXIT_HANGUP.into()
    }
}

struct Shown {
    theme: Theme,
    lines: Vec<String>,
    keys: usize,
}

impl Shown {
    fn new(theme: Theme) -> Self {
        Self { theme, lines: Vec::new(), keys: 0 }
    }

    fn paint(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let mut lines = vec![
            Line::raw(format!(
                "running pid {} {}x{} keys {}",
                process::id(),
                area.width,
                area.height,
                self.keys
            )),
            Line::from_iter([
                Span::styled("CURSOR", self.theme.cursor),
                Span::raw(" "),
                Span::styled("MATCH", self.theme.found_current),
            ]),
        ];
        lines.extend(self.lines.iter().map(|line| Line::raw(line.as_str())));
        for (line, row) in lines.iter().zip(area.rows()) {
            line.render(row, buffer);
        }
        None
    }
}

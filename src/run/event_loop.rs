//! The loop: wait, take all that is queued, update, draw once.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::draft_file::DraftPort;
use super::event::Event;
use super::import_thread::ImportPort;
use super::runner::{After, Console, Runner};
use super::scan_thread::ScanPort;
use super::store_thread::{Post, STORE_THREAD, StorePort};
use super::{Opened, SearchPort, SystemSource};
use crate::app::{Effect, Model, Msg, update};
use crate::term::{
    EXIT_HANGUP, EXIT_TERMINATED, Input, Session, Signals, TermError, TermEvent, install_panic_hook,
};
use crate::ui::glyphs::Glyphs;
use crate::ui::linear::{Listener, break_lines};
use crate::ui::theme::{Theme, Themes};

/// While events keep coming, a frame is drawn at least this often.
const FRAME: Duration = Duration::from_millis(33);

/// What the screen looks like.
pub struct Look {
    /// Styles.
    pub theme: Theme,
    /// Styles that can be chosen instead.
    pub themes: Themes,
    /// Marks.
    pub glyphs: &'static Glyphs,
    /// What is said in lines, if there is no screen but lines that scroll.
    pub listener: Option<Listener>,
}

impl Look {
    /// The size that the model is laid out for: that of the window, or where lines are said, a usual one.
    fn size(&self, window: (u16, u16)) -> (u16, u16) {
        if self.listener.is_some() { (80, 24) } else { window }
    }
}

/// How the program ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit code: 0, 129 after a hang-up, 143 after SIGTERM.
    pub code: u8,
    /// What did not reach the disk at the last, in a sentence.
    pub unwritten: Option<String>,
}

/// Runs the program until it ends.
///
/// The first frame is on the screen before any thread but that of the signals is started.
///
/// # Errors
/// Where the terminal cannot be had or no longer takes output. What was acknowledged as saved is saved.
pub fn run(opened: Opened) -> Result<Ended, RunError> {
    let (sender, inbox) = channel::<Event>();
    watch_panics(&opened, sender.clone());
    let signals = Signals::spawn(terminal_events(sender.clone()))?;
    let folder = opened.folder.clone();
    let mut look = opened.look;
    let mut session = if look.listener.is_some() { Session::enter_lines()? } else { Session::enter()? };
    let (columns, rows) = look.size(session.size());
    let (mut model, effects) = (opened.model)(columns, rows);
    paint(&mut session, &model, &mut look)?;
    let input = Input::spawn(opened.esc_wait, terminal_events(sender.clone()))?;
    let import = ImportPort::spawn(opened.search.clone(), answers(sender.clone()))?;
    let scan = ScanPort::spawn(opened.search.clone(), opened.names, answers(sender.clone()))?;
    let draft = DraftPort::spawn(answers(sender.clone()))?;
    let search = SearchPort::spawn(opened.search, answers(sender.clone()))?;
    let post = Post {
        source: SystemSource,
        coder: model.me.clone(),
        place: opened.place,
        search: search.clone(),
        answer: answers(sender),
    };
    let store = StorePort::spawn(opened.store, post)?;
    let mut runner = Runner { store, search, import, scan, draft, folder };
    let mut turn = Turn { model: &mut model, runner: &mut runner, look: &mut look, inbox: &inbox };
    let mut console = Console { session: &mut session, input: &input, signals: &signals };
    let ended = turn.until_end(effects, &mut console);
    drop(input);
    let code = match ended {
        Ok(End::Quit) => 0,
        Ok(End::Terminated) => EXIT_TERMINATED,
        // A terminal that takes no output is gone, whether or not the signal came yet.
        Ok(End::HungUp) | Err(_) => {
            session.abandon();
            let unwritten = runner.store.finish();
            return Ok(Ended { code: EXIT_HANGUP, unwritten });
        }
    };
    drop(session);
    Ok(Ended { code, unwritten: runner.store.finish() })
}

/// Why the program could not run on the screen.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal.
    #[error(transparent)]
    Terminal(#[from] TermError),
    /// A worker thread.
    #[error("a worker cannot be started: {0}; close other programs and start `combe` again")]
    Worker(#[from] std::io::Error),
}

/// Why the loop ended.
enum End {
    Quit,
    Terminated,
    HungUp,
}

struct Turn<'t> {
    model: &'t mut Model,
    runner: &'t mut Runner,
    look: &'t mut Look,
    inbox: &'t Receiver<Event>,
}

impl Turn<'_> {
    fn until_end(&mut self, first: Vec<Effect>, console: &mut Console<'_>) -> Result<End, TermError> {
        let mut after = After::default();
        self.perform(first, console, &mut after)?;
        loop {
            // The input thread and the workers hold senders as long as this runs.
            let Ok(event) = self.inbox.recv() else { return Ok(End::HungUp) };
            let began = Instant::now();
            let mut next = Some(event);
            while let Some(event) = next {
                if let Some(end) = self.take(event, console, &mut after)? {
                    return Ok(end);
                }
                next = if began.elapsed() < FRAME { self.inbox.try_recv().ok() } else { None };
            }
            if after.quit {
                return Ok(End::Quit);
            }
            if std::mem::take(&mut after.ending) {
                // The terminal was not taken back; the signal's event is on its way.
                continue;
            }
            if std::mem::take(&mut after.redraw) {
                let (columns, rows) = self.look.size(console.session.size());
                let effects = update(self.model, Msg::Resize(columns, rows));
                self.perform(effects, console, &mut after)?;
            }
            if let Some(theme) = after.look.take().and_then(|name| self.look.themes.get(&name).copied()) {
                self.look.theme = theme;
            }
            if std::mem::take(&mut after.whole) {
                console.session.redraw_all()?;
            }
            paint(console.session, self.model, self.look)?;
        }
    }

    fn take(
        &mut self,
        event: Event,
        console: &mut Console<'_>,
        after: &mut After,
    ) -> Result<Option<End>, TermError> {
        let msg = match event {
            Event::Answer(msg) => msg,
            Event::Terminal(event) => match event {
                TermEvent::Key(key) => Msg::Key(key),
                TermEvent::Paste(text) => Msg::Paste(text),
                TermEvent::Resize => {
                    let (columns, rows) = self.look.size(console.session.measure()?);
                    Msg::Resize(columns, rows)
                }
                TermEvent::Interrupt => Msg::Key(crate::app::keymap::Key::ctrl('c')),
                TermEvent::Suspend => {
                    let suspension = console.session.suspend(console.input, console.signals)?;
                    after.note(suspension);
                    return Ok(None);
                }
                TermEvent::Continue => {
                    console.session.recover()?;
                    after.redraw = true;
                    return Ok(None);
                }
                TermEvent::Focus(_) => return Ok(None),
                TermEvent::Hangup | TermEvent::Gone => return Ok(Some(End::HungUp)),
                TermEvent::Terminate => return Ok(Some(End::Terminated)),
            },
        };
        let effects = update(self.model, msg);
        self.perform(effects, console, after)?;
        Ok(None)
    }

    fn perform(
        &mut self,
        effects: Vec<Effect>,
        console: &mut Console<'_>,
        after: &mut After,
    ) -> Result<(), TermError> {
        for sentence in self.runner.execute(effects, console, after)? {
            let effects = update(self.model, Msg::Notice(sentence));
            self.runner.execute(effects, console, after)?;
        }
        Ok(())
    }
}

fn paint(session: &mut Session, model: &Model, look: &mut Look) -> Result<(), TermError> {
    if let Some(listener) = &mut look.listener {
        let said = listener.hear(model, look.glyphs);
        return session.write(&break_lines(&said, model.size.width));
    }
    session.draw(|area, buffer| crate::ui::draw(model, &look.theme, look.glyphs, area, buffer))?;
    Ok(())
}

fn terminal_events(sender: Sender<Event>) -> impl FnMut(TermEvent) -> bool + Send + 'static {
    move |event| sender.send(Event::Terminal(event)).is_ok()
}

fn answers(sender: Sender<Event>) -> impl Fn(Msg) -> bool + Send + Clone + 'static {
    move |msg| sender.send(Event::Answer(msg)).is_ok()
}

fn watch_panics(opened: &Opened, sender: Sender<Event>) {
    let farewell =
        format!("What was saved is safe in {}; start `combe` again to go on.", opened.folder.display());
    let sender = std::sync::Mutex::new(sender);
    install_panic_hook(farewell, move |fault| {
        let sentence = format!(
            "The {} stopped at an error inside; quit and start again. All that was saved is safe.",
            fault.thread
        );
        if let Ok(sender) = sender.lock() {
            let msg = match fault.thread.as_str() {
                STORE_THREAD => Msg::StoreGone(sentence),
                _ => Msg::WorkerDied(sentence),
            };
            let _ = sender.send(Event::Answer(msg));
        }
    });
}

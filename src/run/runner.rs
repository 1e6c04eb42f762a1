//! Executes effects: hands each to the thread that can do it.

use super::SearchPort;
use super::import_thread::ImportPort;
use super::store_thread::{Request, StorePort};
use crate::app::Effect;
use crate::term::{Input, Session, Signals, Suspension, TermError};

/// What the loop's own thread must do itself after some effects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct After {
    /// End the program.
    pub(super) quit: bool,
    /// The screen was away: lay it out for the size it has now.
    pub(super) redraw: bool,
    /// The process is to end: draw nothing.
    pub(super) ending: bool,
}

impl After {
    /// Takes in how a suspension went.
    pub(super) fn note(&mut self, suspension: Suspension) {
        match suspension {
            Suspension::Resumed => self.redraw = true,
            Suspension::Ending => self.ending = true,
            Suspension::NoShell => {}
        }
    }
}

/// Where effects go.
pub(super) struct Runner {
    pub(super) store: StorePort,
    pub(super) search: SearchPort,
    pub(super) import: ImportPort,
}

/// What only the thread of the terminal can be asked for.
pub(super) struct Console<'c> {
    pub(super) session: &'c mut Session,
    pub(super) input: &'c Input,
    pub(super) signals: &'c Signals,
}

impl Runner {
    /// Executes effects in order. Sentences for the coder come back.
    pub(super) fn execute(
        &self,
        effects: Vec<Effect>,
        console: &mut Console<'_>,
        after: &mut After,
    ) -> Result<Vec<String>, TermError> {
        let mut sentences = Vec::new();
        for effect in effects {
            match effect {
                Effect::Commit { epoch, action, texts } => {
                    self.store.ask(Request::Commit { epoch, action, texts });
                }
                Effect::LoadAction(id) => self.store.ask(Request::LoadAction(id)),
                Effect::FindBuiltOn(id) => self.store.ask(Request::FindBuiltOn(id)),
                Effect::LoadText(revision) => self.store.ask(Request::LoadText(revision)),
                Effect::MarkRead { transcript, turns, read } => {
                    self.store.ask(Request::MarkRead { transcript, turns, read });
                }
                Effect::SaveDraft { key, text } => {
                    self.store.ask(Request::SaveDraft { key, text: Some(text) });
                }
                Effect::DropDraft(key) => self.store.ask(Request::SaveDraft { key, text: None }),
                Effect::SavePlace(place) => self.store.ask(Request::SavePlace(Box::new(place))),
                Effect::Search { generation, query, limit } => self.search.ask(generation, query, limit),
                Effect::CancelSearch => self.search.cancel(),
                Effect::ReadImport { generation, path, coder } => self.import.read(generation, path, coder),
                Effect::PlanImport { generation, options, out, coder } => {
                    self.import.plan(generation, options, out, coder);
                }
                Effect::ForgetImport => self.import.forget(),
                Effect::ListPaths(typed) => self.import.paths(typed),
                Effect::Suspend => {
                    let suspension = console.session.suspend(console.input, console.signals)?;
                    if suspension == Suspension::NoShell {
                        sentences.push("No shell is there to wake the program again, so it goes on.".into());
                    }
                    after.note(suspension);
                }
                Effect::Quit => after.quit = true,
            }
        }
        Ok(sentences)
    }
}

//! Executes effects: hands each to the thread that can do it.

use std::path::PathBuf;
use std::process::Command;

use super::SearchPort;
use super::draft_file::DraftPort;
use super::import_thread::ImportPort;
use super::scan_thread::ScanPort;
use super::store_thread::{Request, StorePort};
use crate::app::Effect;
use crate::term::{Input, Lent, Session, Signals, Suspension, TermError};

/// What the loop's own thread must do itself after some effects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct After {
    /// End the program.
    pub(super) quit: bool,
    /// The screen was away: lay it out for the size it has now.
    pub(super) redraw: bool,
    /// Draw all of the next frame.
    pub(super) whole: bool,
    /// Show the screen in the look of that name.
    pub(super) look: Option<String>,
    /// The process is to end: draw nothing.
    pub(super) ending: bool,
}

impl After {
    /// Takes in how another program had the terminal. A sentence comes back if it did not go well.
    fn note_lent(&mut self, lent: &Lent, editor: &str) -> Option<String> {
        match lent {
            Lent::Ending => self.ending = true,
            Lent::Ended(_) | Lent::Failed(_) => self.redraw = true,
        }
        match lent {
            Lent::Ended(false) => Some(format!("The editor ({editor}) ended with an error.")),
            Lent::Failed(error) => Some(format!("The editor ({editor}) cannot be started: {error}")),
            Lent::Ended(true) | Lent::Ending => None,
        }
    }

    /// Takes in how a suspension went.
    pub(super) fn note(&mut self, suspension: Suspension) {
        match suspension {
            Suspension::Resumed => self.redraw = true,
            Suspension::Ending => self.ending = true,
            Suspension::NoShell => {}
        }
    }
}

/// The user's editor at a line of a file. What the variable says is for a shell, as other programs take it.
fn editor_at(editor: &str, file: &str, line: usize) -> Command {
    let program = editor.split_whitespace().next().unwrap_or_default();
    let place = match program.rsplit('/').next().unwrap_or_default() {
        "vi" | "vim" | "nvim" | "view" | "nano" | "emacs" | "emacsclient" | "kak" | "micro" | "joe"
        | "jed" | "mg" => {
            vec![format!("+{line}"), file.to_owned()]
        }
        "hx" | "helix" => vec![format!("{file}:{line}")],
        _ => vec![file.to_owned()],
    };
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg("combe").args(place);
    command
}

/// Where effects go.
pub(super) struct Runner {
    pub(super) store: StorePort,
    pub(super) search: SearchPort,
    pub(super) import: ImportPort,
    pub(super) scan: ScanPort,
    pub(super) draft: DraftPort,
    /// The folder of the study.
    pub(super) folder: PathBuf,
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
                Effect::LoadHistory { part, limit, with_changes, generation } => {
                    self.store.ask(Request::LoadHistory { part, limit, with_changes, generation });
                }
                Effect::LoadChanges(seq) => self.store.ask(Request::LoadChanges(seq)),
                Effect::LoadInverse(id) => self.store.ask(Request::LoadInverse(id)),
                Effect::FindStandingOn(id) => self.store.ask(Request::FindStandingOn(id)),
                Effect::LoadCodebookPast => self.store.ask(Request::LoadCodebookPast),
                Effect::KeepSnapshot(note) => self.store.ask(Request::KeepSnapshot(note)),
                Effect::LoadText(revision) => self.store.ask(Request::LoadText(revision)),
                Effect::MarkRead { transcript, turns, read } => {
                    self.store.ask(Request::MarkRead { transcript, turns, read });
                }
                Effect::SaveDraft { key, text } => {
                    self.store.ask(Request::SaveDraft { key, text: Some(text) });
                }
                Effect::DropDraft(key) => self.store.ask(Request::SaveDraft { key, text: None }),
                Effect::DraftsHeard(telling) => self.store.ask(Request::DraftsHeard(telling)),
                Effect::SavePlace(place) => self.store.ask(Request::SavePlace(place)),
                Effect::Search { generation, query } => self.search.ask(generation, query),
                Effect::ReadHits { generation, places } => self.search.read_hits(generation, places),
                Effect::FindQuotes { generation, query } => self.search.find_quotes(generation, query),
                Effect::LookForQuotation { file, text } => self.draft.look_for(self.folder.join(file), text),
                Effect::AppendQuotation { action, file, text } => {
                    self.draft.append(action, self.folder.join(file), text);
                }
                Effect::Copy(text) => console.session.copy(&text)?,
                Effect::CancelSearch => self.search.cancel(),
                Effect::ReadImport { generation, path, coder } => self.import.read(generation, path, coder),
                Effect::PlanImport { generation, options, out, coder } => {
                    self.import.plan(generation, options, out, coder);
                }
                Effect::ForgetImport => self.import.forget(),
                Effect::ListPaths(typed) => self.import.paths(typed),
                Effect::Scan { generation, texts, records } => self.scan.scan(generation, texts, records),
                Effect::AddName { real, pseudonym } => self.scan.add_name(real, pseudonym),
                Effect::EditNames { editor } => match self.scan.file_to_edit() {
                    Ok(file) => {
                        let lent = console.session.lend(
                            console.input,
                            console.signals,
                            &mut editor_at(&editor, &file, 1),
                        )?;
                        sentences.extend(after.note_lent(&lent, &editor));
                    }
                    Err(sentence) => sentences.push(sentence),
                },
                Effect::Edit { editor, file, line } => {
                    let lent = console.session.lend(
                        console.input,
                        console.signals,
                        &mut editor_at(&editor, &file, line),
                    )?;
                    sentences.extend(after.note_lent(&lent, &editor));
                }
                Effect::Suspend => {
                    let suspension = console.session.suspend(console.input, console.signals)?;
                    if suspension == Suspension::NoShell {
                        sentences.push("No shell is there to wake the program again, so it goes on.".into());
                    }
                    after.note(suspension);
                }
                Effect::UseLook(name) => after.look = Some(name),
                Effect::Redraw => after.whole = true,
                Effect::Quit => after.quit = true,
            }
        }
        Ok(sentences)
    }
}

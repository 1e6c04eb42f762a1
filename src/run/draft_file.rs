//! The thread that adds to the file of quotations beside a draft. That file is added to, never rewritten, and the draft itself
//! never touched: another editor has it open. It may lie on a slow disk, so the screen does not wait for it.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::app::Msg;
use crate::study::ActionId;

/// What is wanted of a file: to know whether a quotation stands in it, or that it is added, as that action says.
struct Wanted {
    action: Option<ActionId>,
    file: PathBuf,
    text: String,
}

/// The other end of the thread. When this goes, the thread adds what it was told to, and ends.
pub(super) struct DraftPort {
    wanted: Option<Sender<Wanted>>,
    thread: Option<JoinHandle<()>>,
}

impl DraftPort {
    /// Starts the thread. It opens nothing before it is asked.
    pub(super) fn spawn(answer: impl Fn(Msg) -> bool + Send + 'static) -> std::io::Result<Self> {
        let (wanted, inbox) = channel();
        let thread = thread::Builder::new().name("quotations".into()).spawn(move || serve(&inbox, answer))?;
        Ok(Self { wanted: Some(wanted), thread: Some(thread) })
    }

    pub(super) fn append(&self, action: ActionId, file: PathBuf, text: String) {
        self.ask(Wanted { action: Some(action), file, text });
    }

    pub(super) fn look_for(&self, file: PathBuf, text: String) {
        self.ask(Wanted { action: None, file, text });
    }

    fn ask(&self, wanted: Wanted) {
        // A thread that is gone has said so already: `WorkerDied`.
        let _ = self.wanted.as_ref().map(|sender| sender.send(wanted));
    }
}

impl Drop for DraftPort {
    fn drop(&mut self) {
        self.wanted = None;
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn serve(inbox: &Receiver<Wanted>, answer: impl Fn(Msg) -> bool) {
    while let Ok(Wanted { action, file, text }) = inbox.recv() {
        answer(match action.map(|action| (action, append(&file, &text))) {
            None => Msg::QuotationLookedFor { there: holds(&file, &text) },
            Some((action, Ok(open_to_others))) => Msg::QuotationAppended { action, open_to_others },
            Some((action, Err(sentence))) => Msg::QuotationNotAppended { action, sentence },
        });
    }
}

/// Whether a quotation stands in a file word for word.
fn holds(file: &Path, text: &str) -> bool {
    std::fs::read_to_string(file).is_ok_and(|held| held.contains(text.trim()))
}

/// Adds a quotation behind a blank line: all of it or nothing. A file that is not there is made, to be read by its user alone.
/// Whether others can read it comes back.
///
/// # Errors
/// A sentence, if it was not added.
fn append(file: &Path, text: &str) -> Result<bool, String> {
    let write = || {
        let mut opened = OpenOptions::new().append(true).create(true).mode(0o600).open(file)?;
        let held = opened.metadata()?;
        let blank = if held.len() > 0 { "\n" } else { "" };
        let written =
            opened.write_all(format!("{blank}{text}\n").as_bytes()).and_then(|()| opened.sync_all());
        if let Err(error) = written {
            // A full disk takes a part: that part goes again.
            let _ = opened.set_len(held.len());
            return Err(error);
        }
        Ok(held.permissions().mode() & 0o077 != 0)
    };
    write().map_err(|error: std::io::Error| {
        format!("The quotation is not in {}: {error} ([quotation] draft in study.toml).", file.display())
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::run::SystemSource;
    use crate::study::fresh;

    #[test]
    fn quotations_are_added_to_a_file_of_ones_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("paper.quotes.md");
        assert!(!append(&file, "“One” (GP)").unwrap());
        assert!(!append(&file, "> Two (GP)").unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "“One” (GP)\n\n> Two (GP)\n");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(append(&file, "Three").unwrap(), "others can read it");
        assert!(
            holds(&file, "> Two (GP)\n") && !holds(&file, "Four") && !holds(&folder.path().join("none"), "x")
        );
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o644, "it is theirs to mend");
        let sentence = append(&folder.path().join("none/paper.md"), "x").unwrap_err();
        assert!(sentence.contains("none/paper.md"), "{sentence}");
    }

    #[test]
    fn what_was_asked_for_is_written_before_the_thread_ends() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("paper.quotes.md");
        let port = DraftPort::spawn(|_| true).unwrap();
        for number in 0..20 {
            port.append(fresh(&SystemSource), file.clone(), number.to_string());
        }
        drop(port);
        let written = fs::read_to_string(&file).unwrap();
        let expected: Vec<String> = (0..20).map(|number| number.to_string()).collect();
        assert_eq!(written.split_whitespace().collect::<Vec<_>>(), expected);
    }
}

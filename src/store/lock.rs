//! The lock of a study on a network disk: one host writes, the others read. Knows nothing of the database.
//!
//! SQLite's own locks hold between the processes of one host, but on many network file systems not between hosts. So a
//! file beside the database says which host writes. It holds one JSON object a line: first the host with a random token,
//! then each process of that host that came or went.
//!
//! - It is made whole under a temporary name and linked to its own: nobody reads half a lock, and of two who make one
//!   at once one wins.
//! - Processes of the host that has it only add a line. Whoever is last to go removes it; a process that was killed
//!   counts as gone, by its number (a later process under that number keeps the lock until it ends, or until it is
//!   taken over; processes that cannot see each other, as in two containers, must not give the same name as their host).
//! - It is taken over by renaming a new one over it. Of two who do so at once the second has it.
//! - What races remain end in a lock that is missing or somebody else's. Both are found by [`HostLock::keep`], which
//!   every commit asks first, at the price of reading a small file: a missing lock is taken again, somebody else's makes
//!   this process a reader.
//! - Not covered is a take-over in the very milliseconds in which the other host commits: it is meant for a host that
//!   is known to be gone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{StoreError, files};

/// The lock's name in the folder of the study.
pub(super) const LOCK: &str = "study.lock";

/// A process that may write, as the lock knows it.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    /// Name of its host.
    pub(super) host: String,
    /// Its number there.
    pub(super) process: u32,
    /// User there.
    pub(super) user: String,
    /// Since when.
    pub(super) since: Timestamp,
    /// Made for this process alone: the token of the lock, if it makes one.
    pub(super) token: String,
    /// Whether the group of the folder works on the study.
    pub(super) shared: bool,
}

/// A line of the lock.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// The first one: who has it.
    Lock { host: String, token: String },
    /// A process of that host uses it.
    Came { process: u32, user: String, since: Timestamp },
    /// It does no longer.
    Went { process: u32 },
}

/// What came of taking the lock.
#[derive(Debug)]
pub(super) enum Taken {
    /// This process may write.
    Held(HostLock),
    /// Another host has it; in words: who, where, since when.
    Elsewhere(String),
}

/// The lock, held by this host. Dropping it lets go.
#[derive(Debug)]
pub(super) struct HostLock {
    path: PathBuf,
    writer: Writer,
    /// The token of the lock that this process uses: its own, or that of the process of this host that made it.
    token: String,
}

impl HostLock {
    /// Takes the lock of the study in `folder` for this host, from another one only with `take_over`.
    ///
    /// # Errors
    /// If the folder cannot be read or written.
    pub(super) fn take(folder: &Path, writer: Writer, take_over: bool) -> Result<Taken, StoreError> {
        let path = folder.join(LOCK);
        Ok(match enter(&path, &writer, take_over)? {
            Entry::With(token) => Taken::Held(Self { path, writer, token }),
            Entry::Elsewhere(who) => Taken::Elsewhere(who),
        })
    }

    /// Makes sure before a commit that this host still has the lock. Gives who has it, if not.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn keep(&mut self) -> Result<Option<String>, StoreError> {
        let words = |error: io::Error| StoreError::file(&self.path, &error);
        if Content::read_at(&self.path).map_err(words)?.is_some_and(|content| content.is_of(&self.token)) {
            return Ok(None);
        }
        Ok(match enter(&self.path, &self.writer, false)? {
            Entry::With(token) => {
                self.token = token;
                None
            }
            Entry::Elsewhere(who) => Some(who),
        })
    }

    /// Whether another process of this host uses it too.
    pub(super) fn is_shared_here(&self) -> bool {
        let content = Content::read_at(&self.path).ok().flatten();
        content.is_some_and(|content| content.is_of(&self.token) && content.users().count() > 1)
    }

    fn leave(&self) -> io::Result<()> {
        let Some(mut file) = open_to_add(&self.path)? else { return Ok(()) };
        if !Content::read(&mut file)?.is_of(&self.token) {
            return Ok(());
        }
        // First out, then look: of two who go at once, one at least sees that nobody is left.
        let out = add(&mut file, &Line::Went { process: self.writer.process });
        let mut content = Content::read(&mut file)?;
        if out.is_err() {
            content.lines.push(Line::Went { process: self.writer.process });
        }
        if content.users().next().is_none() {
            fs::remove_file(&self.path)?;
        }
        Ok(())
    }
}

impl Drop for HostLock {
    fn drop(&mut self) {
        // Whoever opens the study next on this host finds a lock without a living process, and uses it.
        let _ = self.leave();
    }
}

/// What came of entering a lock: the token to go by, or who has it.
enum Entry {
    With(String),
    Elsewhere(String),
}

fn enter(path: &Path, writer: &Writer, take_over: bool) -> Result<Entry, StoreError> {
    /// Each round somebody else was quicker.
    const ROUNDS: usize = 5;
    let words = |error: io::Error| StoreError::file(path, &error);
    for _ in 0..ROUNDS {
        let there = Content::read_at(path).map_err(words)?;
        let token = match there.as_ref().map(Content::lock) {
            None => {
                make(path, writer, place_new)?;
                &writer.token
            }
            Some(Some((host, token))) if host == writer.host => {
                join(path, writer, token).map_err(words)?;
                token
            }
            Some(_) if take_over => {
                make(path, writer, |from, to| fs::rename(from, to))?;
                &writer.token
            }
            Some(_) => return Ok(Entry::Elsewhere(there.map_or_else(String::new, |lock| lock.who()))),
        };
        // Somebody may have been quicker, or gone last meanwhile: what counts is what is there now.
        if Content::read_at(path).map_err(words)?.is_some_and(|content| content.is_of(token)) {
            return Ok(Entry::With(token.to_owned()));
        }
    }
    Err(StoreError::File {
        path: path.to_owned(),
        why: "the lock cannot be taken; try again, and remove the file if nobody works here".into(),
    })
}

/// Makes a lock under a temporary name and hands it to `place`, which gives it its own.
fn make(
    path: &Path,
    writer: &Writer,
    place: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> Result<(), StoreError> {
    let temporary = files::temporary_beside(path);
    let mut file = files::create_private(&temporary, writer.shared)?;
    let lock = Line::Lock { host: writer.host.clone(), token: writer.token.clone() };
    let made = add(&mut file, &lock)
        .and_then(|()| add(&mut file, &came(writer)))
        .and_then(|()| file.sync_all())
        .and_then(|()| place(&temporary, path));
    let _ = fs::remove_file(&temporary);
    made.map_err(|error| StoreError::file(path, &error))?;
    files::sync_folder_of(path)
}

/// Gives a lock its name, if no other one has it.
fn place_new(temporary: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(temporary, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // The answer of a server may be lost, and the link be there.
        Err(_) if fs::metadata(temporary).is_ok_and(|file| file.nlink() > 1) => Ok(()),
        // Some file systems know no links. Whoever reads it before it is written sees a lock, but not whose.
        Err(_) => match OpenOptions::new().write(true).create_new(true).open(path) {
            Ok(mut file) => {
                file.set_permissions(fs::metadata(temporary)?.permissions())?;
                file.write_all(&fs::read(temporary)?)?;
                file.sync_all()
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        },
    }
}

/// Says in the lock of this host that this process came. It may be another lock by now: then nothing is said.
fn join(path: &Path, writer: &Writer, token: &str) -> io::Result<()> {
    let Some(mut file) = open_to_add(path)? else { return Ok(()) };
    if Content::read(&mut file)?.is_of(token) {
        add(&mut file, &came(writer))?;
        file.sync_all()?;
    }
    Ok(())
}

fn came(writer: &Writer) -> Line {
    Line::Came { process: writer.process, user: writer.user.clone(), since: writer.since }
}

fn open_to_add(path: &Path) -> io::Result<Option<File>> {
    match OpenOptions::new().read(true).append(true).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Adds a line in one write. It begins with an end of line, in case the one before was cut off.
fn add(file: &mut File, line: &Line) -> io::Result<()> {
    let text = serde_json::to_string(line)?;
    file.write_all(format!("\n{text}\n").as_bytes())
}

/// What a lock says.
struct Content {
    lines: Vec<Line>,
}

impl Content {
    fn read_at(path: &Path) -> io::Result<Option<Self>> {
        match File::open(path) {
            Ok(mut file) => Self::read(&mut file).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(file: &mut File) -> io::Result<Self> {
        let mut text = String::new();
        file.rewind()?;
        file.read_to_string(&mut text)?;
        // A line that was cut off by a full disk says nothing.
        Ok(Self { lines: text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect() })
    }

    /// Host and token. `None` for a file that is no lock, or not yet.
    fn lock(&self) -> Option<(&str, &str)> {
        match self.lines.first()? {
            Line::Lock { host, token } => Some((host, token)),
            _ => None,
        }
    }

    fn is_of(&self, token: &str) -> bool {
        self.lock().is_some_and(|(_, held)| held == token)
    }

    /// Processes that came and did not go. One that opened the study twice is there twice.
    fn present(&self) -> Vec<(u32, &str, Timestamp)> {
        let mut present = Vec::new();
        for line in &self.lines {
            match line {
                Line::Came { process, user, since } => present.push((*process, user.as_str(), *since)),
                Line::Went { process } => {
                    if let Some(at) = present.iter().position(|(there, _, _)| there == process) {
                        present.remove(at);
                    }
                }
                Line::Lock { .. } => {}
            }
        }
        present
    }

    /// Those of them that live, which only their own host can tell.
    fn users(&self) -> impl Iterator<Item = u32> {
        self.present().into_iter().map(|(process, _, _)| process).filter(|process| process_lives(*process))
    }

    /// Who has it, for a sentence.
    fn who(&self) -> String {
        match (self.lock(), self.present().first()) {
            (Some((host, _)), Some((_, user, since))) => format!("{user} on {host} since {since}"),
            (Some((host, _)), None) => format!("somebody on {host}"),
            (None, _) => format!("somebody on another host ({LOCK} does not say who)"),
        }
    }
}

fn process_lives(process: u32) -> bool {
    let Some(process) = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw) else {
        return false;
    };
    !matches!(rustix::process::test_kill_process(process), Err(rustix::io::Errno::SRCH))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// Numbers of two processes that live as long as the test: its own and that of who started it.
    fn living() -> [u32; 2] {
        [std::process::id(), std::os::unix::process::parent_id()]
    }

    fn dead() -> u32 {
        let mut child = Command::new("true").spawn().unwrap();
        child.wait().unwrap();
        child.id()
    }

    fn writer(host: &str, process: u32, token: &str) -> Writer {
        Writer {
            host: host.into(),
            process,
            user: "kim".into(),
            since: Timestamp::from_second(1_767_603_600).unwrap(),
            token: token.into(),
            shared: false,
        }
    }

    fn take(folder: &Path, writer: Writer) -> HostLock {
        match HostLock::take(folder, writer, false).unwrap() {
            Taken::Held(lock) => lock,
            Taken::Elsewhere(who) => panic!("{who} has it"),
        }
    }

    fn refused(folder: &Path, host: &str) -> String {
        match HostLock::take(folder, writer(host, living()[0], "r"), false).unwrap() {
            Taken::Held(_) => panic!("it was taken"),
            Taken::Elsewhere(who) => who,
        }
    }

    #[test]
    fn the_last_process_of_a_host_removes_the_lock_and_no_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = living();
        let first = take(folder.path(), writer("a", one, "1"));
        let mut second = take(folder.path(), writer("a", other, "2"));
        assert!(second.is_shared_here());
        assert_eq!(refused(folder.path(), "b"), "kim on a since 2026-01-05T09:00:00Z");
        drop(first);
        refused(folder.path(), "b");
        assert_eq!(second.keep().unwrap(), None);
        drop(second);
        assert!(!folder.path().join(LOCK).exists());
    }

    #[test]
    fn one_process_may_have_the_study_open_twice() {
        let folder = tempfile::tempdir().unwrap();
        let [one, _] = living();
        let first = take(folder.path(), writer("a", one, "1"));
        let second = take(folder.path(), writer("a", one, "2"));
        drop(first);
        refused(folder.path(), "b");
        drop(second);
        assert!(!folder.path().join(LOCK).exists());
    }

    #[test]
    fn what_a_killed_process_left_is_used_by_its_host_and_removed_with_it() {
        let folder = tempfile::tempdir().unwrap();
        std::mem::forget(take(folder.path(), writer("a", dead(), "1")));
        refused(folder.path(), "b");
        drop(take(folder.path(), writer("a", living()[0], "2")));
        assert!(!folder.path().join(LOCK).exists());
    }

    #[test]
    fn who_was_taken_over_learns_it_and_leaves_the_new_lock_alone() {
        let folder = tempfile::tempdir().unwrap();
        let [one, _] = living();
        let mut old = take(folder.path(), writer("a", one, "1"));
        assert_eq!(old.keep().unwrap(), None);
        let Taken::Held(mut new) = HostLock::take(folder.path(), writer("b", one, "2"), true).unwrap() else {
            panic!("it was not taken over")
        };
        assert_eq!(old.keep().unwrap().unwrap(), "kim on b since 2026-01-05T09:00:00Z");
        drop(old);
        assert_eq!(new.keep().unwrap(), None);
        assert!(folder.path().join(LOCK).exists());
    }

    #[test]
    fn a_lock_that_vanished_is_taken_again_by_whoever_commits_first() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = living();
        let mut first = take(folder.path(), writer("a", one, "1"));
        let mut second = take(folder.path(), writer("a", other, "2"));
        fs::remove_file(folder.path().join(LOCK)).unwrap();
        assert_eq!(second.keep().unwrap(), None);
        assert_eq!(first.keep().unwrap(), None, "a lock that another process of the same host made will do");
        refused(folder.path(), "b");
        drop((first, second));
        assert!(!folder.path().join(LOCK).exists());
    }

    #[test]
    fn a_lock_that_cannot_be_read_is_somebodys() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = File::create(folder.path().join(LOCK)).unwrap();
        file.write_all(b"{\"lock\":{\"host\":\"a\"").unwrap();
        assert!(refused(folder.path(), "a").starts_with("somebody on another host"));
        let taken = HostLock::take(folder.path(), writer("a", living()[0], "1"), true).unwrap();
        assert!(matches!(taken, Taken::Held(_)));
    }

    #[test]
    fn of_many_who_take_it_at_once_one_host_has_it() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let took = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..8)
                    .map(|n| {
                        let (host, folder) = (if n % 2 == 0 { "a" } else { "b" }, folder.path());
                        let writer = writer(host, living()[0], &n.to_string());
                        scope.spawn(move || (host, HostLock::take(folder, writer, false).unwrap()))
                    })
                    .collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
            });
            let hosts: std::collections::BTreeSet<_> = took
                .iter()
                .filter(|(_, taken)| matches!(taken, Taken::Held(_)))
                .map(|(host, _)| host)
                .collect();
            assert_eq!(hosts.len(), 1, "{took:?}");
            drop(took);
            assert!(!folder.path().join(LOCK).exists());
        }
    }
}

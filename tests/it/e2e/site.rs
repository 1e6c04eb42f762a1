//! A user with an empty home, and a study of a few small invented interviews.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use combe::store::{Opening, Store};
use serde_json::Value;
use tempfile::TempDir;

use crate::fixture::{Ticking, signature};
use crate::pty::{Launch, Pty};

pub(crate) const DANA: &str = "Interviewer: How does time come into it?\n\nDana: I never have enough of it. The clinic is always full and nobody asks us.\n\nInterviewer: And the letters?\n\nDana: The letters come late, naïve as that sounds.\n";
const OMAR: &str = "Interviewer: What helps you?\n\nOmar: A checklist on paper helps. It hangs near the telephone.\n\nInterviewer: Who wrote it?\n\nOmar: The nurses did, in one afternoon.\n";

/// What a command said and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Its results, one JSON object a line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A user's home, and beside it the folder `study`.
pub(crate) struct Site {
    root: TempDir,
}

impl Site {
    /// No study yet.
    pub(crate) fn bare() -> Self {
        let site = Self { root: TempDir::new().unwrap() };
        fs::create_dir(site.path("home")).unwrap();
        site
    }

    /// The study with the interviews I1 and I2, by the program's own commands.
    pub(crate) fn new() -> Self {
        let site = Self::bare();
        fs::create_dir(site.path("in")).unwrap();
        site.write("in/I1.txt", DANA);
        site.write("in/I2.txt", OMAR);
        site.done(&["new", "study"]);
        site.in_study(&["import", "in"]);
        site
    }

    /// The study with one interview, L1, of so many turns.
    pub(crate) fn with_turns(turns: usize) -> Self {
        let site = Self::bare();
        let mut text = String::new();
        for turn in (0..turns).step_by(2) {
            text.push_str("Interviewer: What came after that?\n\n");
            text.push_str(&format!(
                "Dana: Then visit {turn} was put off, and we waited for a letter again.\n\n"
            ));
        }
        site.write("L1.txt", &text);
        site.done(&["new", "study"]);
        site.in_study(&["import", "L1.txt"]);
        site
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        fs::write(self.path(name), contents).unwrap();
    }

    /// The program with these arguments and nothing of this machine's environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_combe"));
        command.args(arguments).env_clear().current_dir(self.root.path());
        command.env("HOME", self.path("home")).env("USER", "kim").env("LANG", "C.UTF-8");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let ended = assert_cmd::Command::from_std(self.command(arguments)).output().unwrap();
        Ran {
            code: ended.status.code().unwrap(),
            out: String::from_utf8(ended.stdout).unwrap(),
            err: String::from_utf8(ended.stderr).unwrap(),
        }
    }

    /// Runs what must go well and without a complaint.
    #[track_caller]
    pub(crate) fn done(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        ran
    }

    /// The same in the study.
    #[track_caller]
    pub(crate) fn in_study(&self, arguments: &[&str]) -> Ran {
        self.done(&[&["-C", "study"], arguments].concat())
    }

    /// Results in the study as JSON.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Vec<Value> {
        self.in_study(&[&["--json"], arguments].concat()).lines()
    }

    /// How many actions the history has.
    pub(crate) fn actions(&self) -> usize {
        self.json(&["log"]).len()
    }

    #[track_caller]
    pub(crate) fn assert_sound(&self) {
        let found = self.json(&["check"]);
        assert!(!found.is_empty() && found.iter().all(|line| line["ok"] == true), "{found:?}");
    }

    /// The study's store, opened by this process.
    pub(crate) fn store(&self) -> Store {
        open_store(&self.path("study"))
    }

    /// The program on the study, in a terminal.
    pub(crate) fn screen(&self) -> Launch {
        Launch::combe(&["-C", "study"]).home(&self.path("home")).folder(self.root.path()).env("USER", "kim")
    }

    /// The same, ready for keys.
    pub(crate) fn open(&self) -> Pty {
        let pty = self.screen().start();
        wait_saved(&pty);
        pty
    }
}

/// Waits until the top row says that all is saved: so it is, and the study is loaded whole.
pub(crate) fn wait_saved(pty: &Pty) {
    pty.wait_until("everything to be saved", |screen| top(screen).contains("saved"));
}

/// The top row.
pub(crate) fn top(screen: &vt100::Screen) -> String {
    screen.contents().lines().next().unwrap_or_default().to_owned()
}

/// Opens the store in a folder.
pub(crate) fn open_store(folder: &Path) -> Store {
    let folder = folder.to_owned();
    let opening = Opening::new(folder, signature());
    Store::open(&opening, &Ticking::new()).unwrap()
}

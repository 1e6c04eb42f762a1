//! How a program is started in a terminal: with nothing of this machine's environment but the search path, so that a
//! test finds the same everywhere.

use std::env;
use std::ffi::OsStr;
use std::path::Path;

use portable_pty::{CommandBuilder, MasterPty, native_pty_system};
use tempfile::TempDir;

use super::{Pty, size};

/// A program to be started.
pub(crate) struct Launch {
    command: CommandBuilder,
    size: (u16, u16),
    home: Option<TempDir>,
}

impl Launch {
    /// `program`, at 80 by 24, as `xterm-256color` in a UTF-8 locale, with an empty home of its own.
    pub(crate) fn program(program: impl AsRef<OsStr>) -> Self {
        let home = TempDir::new().unwrap();
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("PATH", env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("HOME", home.path());
        command.cwd(home.path());
        Self { command, size: (80, 24), home: Some(home) }
    }

    /// The program these tests are about.
    pub(crate) fn combe(arguments: &[&str]) -> Self {
        Self::program(env!("CARGO_BIN_EXE_combe")).args(arguments)
    }

    /// With these arguments too.
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.command.args(arguments);
        self
    }

    /// With this variable.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// With this home, which outlives the program.
    pub(crate) fn home(mut self, home: &Path) -> Self {
        self.command.env("HOME", home);
        self.home = None;
        self
    }

    /// In this folder.
    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.command.cwd(folder);
        self
    }

    /// In a terminal of this size.
    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// Starts it, as the leader of a session that has the terminal.
    pub(crate) fn start(self) -> Pty {
        let pair = native_pty_system().openpty(size(self.size.0, self.size.1)).unwrap();
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(self.command).unwrap();
        // Only the program holds it now, so that the end of the program is the end of its output.
        drop(pair.slave);
        Pty::new(child, pair.master, modes, self.home)
    }
}

/// The modes of a terminal, to be compared.
pub(super) fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

//! The terminal of who calls, where standard input and output lead elsewhere: a program in a pipe, or called by an editor,
//! can still show a screen.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;

use rustix::io::fcntl_dupfd_cloexec;
use rustix::stdio::{dup2_stdin, dup2_stdout, stdin, stdout};

/// Standard input and output, while they lead to the terminal. Dropping it leads them back.
#[derive(Debug)]
pub struct Redirected {
    input: OwnedFd,
    output: OwnedFd,
}

impl Redirected {
    /// Leads standard input and output to the terminal that controls this process. A [`Session`](super::Session) may be
    /// entered then, and must be over before this is dropped.
    ///
    /// # Errors
    /// Where the process has no terminal.
    pub fn to_terminal() -> io::Result<Self> {
        /// Below it are the three standard ones.
        const FIRST: i32 = 3;
        let terminal = File::options().read(true).write(true).open("/dev/tty")?;
        let held = Self {
            input: fcntl_dupfd_cloexec(stdin(), FIRST)?,
            output: fcntl_dupfd_cloexec(stdout(), FIRST)?,
        };
        dup2_stdin(&terminal)?;
        dup2_stdout(&terminal)?;
        Ok(held)
    }
}

impl Drop for Redirected {
    fn drop(&mut self) {
        // If it fails, what is printed goes to the terminal: in sight, at least.
        let _ = dup2_stdin(&self.input);
        let _ = dup2_stdout(&self.output);
    }
}

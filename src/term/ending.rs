//! Signals that would end the process in the middle of a file: too large a file is an error of writing it, and who wants the
//! process to end waits until what it writes is whole or gone.

use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
use signal_hook::flag;
use signal_hook::low_level::emulate_default_handler;

/// From now on a file that gets larger than it may (`ulimit -f`) is an error of whoever writes it, and no end of the process.
///
/// # Errors
/// Where no handler can be had.
pub fn survive_file_limit() -> io::Result<()> {
    // The flag tells nobody: that there is a handler is all.
    flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map(|_| ())
}

/// While this is there, the signals that end a process do not: it ends by them when this goes. Not to be had twice in one
/// process, nor beside [`Signals`](super::Signals).
#[derive(Debug)]
pub struct Unfinished {
    /// Whether a signal may end the process at once.
    idle: Arc<AtomicBool>,
    /// The signal that came; 0 for none.
    came: Arc<AtomicUsize>,
}

impl Unfinished {
    /// Begins to hold them off. What was ignored when the process started (`nohup`) stays so.
    ///
    /// # Errors
    /// Where no handler can be had.
    pub fn begin() -> io::Result<Self> {
        let unfinished = Self { idle: Arc::default(), came: Arc::default() };
        let ignored = ignored();
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
            let number = usize::try_from(signal).unwrap_or_default();
            if ignored >> (number - 1) & 1 == 0 {
                flag::register_conditional_default(signal, Arc::clone(&unfinished.idle))?;
                flag::register_usize(signal, Arc::clone(&unfinished.came), number)?;
            }
        }
        Ok(unfinished)
    }

    /// Whether a signal came.
    #[must_use]
    pub fn is_to_end(&self) -> bool {
        self.came() != 0
    }

    fn came(&self) -> i32 {
        i32::try_from(self.came.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.idle.store(true, Ordering::SeqCst);
        if self.is_to_end() {
            let _ = emulate_default_handler(self.came());
        }
    }
}

/// The signals that this process ignores, a bit for each from SIGHUP on; none where the system does not tell.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

//! What happens when the program itself breaks. Never shows what a panic says: it may quote a transcript (a slice
//! off a character boundary does). The place in the source is enough to find it.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::thread;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::screen;

/// A panic on a thread that is not the one of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerFault {
    /// The thread's name.
    pub thread: String,
    /// File and line of the source.
    pub place: String,
}

/// Decides what a panic does, from now on. To be called on the thread that owns the screen.
///
/// On that thread it gives the terminal back and prints one sentence and then `farewell`, which says what to do now
/// (where the log is). On any other thread it leaves the screen alone and calls `worker`, on that thread.
pub fn install_panic_hook(farewell: String, worker: impl Fn(WorkerFault) + Send + Sync + 'static) {
    let owner = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        let place = place(info);
        let current = thread::current();
        let thread = current.name().unwrap_or("unnamed").to_owned();
        tracing::error!(thread, place, "panic");
        if current.id() != owner {
            return worker(WorkerFault { thread, place });
        }
        screen::leave_in_panic();
        // Where standard error is gone too, there is nobody left to tell.
        let _ = writeln!(io::stderr(), "Combe had to stop: a fault of its own, at {place}. {farewell}");
    }));
}

fn place(info: &PanicHookInfo<'_>) -> String {
    info.location().map_or_else(|| "an unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()))
}

/// Forbids core dumps, which hold every transcript in memory.
///
/// # Errors
/// Where the system does not allow a lower limit, which no known one does.
pub fn forbid_core_dumps() -> io::Result<()> {
    Ok(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?)
}

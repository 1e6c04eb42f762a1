//! The loop, the runner of effects, worker threads, the saved place, and where the world outside is: clock, identifiers,
//! folders.

mod paths;
mod system;

pub use paths::Paths;
pub use system::SystemSource;

//! The loop, the runner of effects, worker threads, the saved place, and where the world outside is: clock, identifiers,
//! folders.
//!
//! Threads and who owns what: the loop's thread owns the model and the screen; the store thread the only writing
//! connection; the search thread the index and a study of its own; input and signals only send. All of them post into
//! one channel, which the loop drains before it draws.

mod draft_file;
mod drafts;
mod event;
mod event_loop;
mod hearing;
mod import_files;
mod import_thread;
mod index_thread;
mod names_file;
mod open;
mod paths;
mod pick;
mod place_file;
mod runner;
mod scan_thread;
mod scratch;
mod search_thread;
mod store_thread;
mod system;
mod text_cache;
mod welcome;

pub use event_loop::{Ended, Look, RunError, run};
pub(crate) use import_files::{FilesError, expand_home, list_files, read_file};
pub(crate) use index_thread::open_index;
pub use names_file::{NamesFile, ReadNames};
pub use open::{Opened, Start, open};
pub use paths::Paths;
pub use pick::{PickLook, Picked, pick, pick_in_lines};
pub use place_file::{PlaceFile, last_study, remember_study};
use search_thread::{SearchPort, SearchSetting};
pub use system::SystemSource;
pub use welcome::{Welcomed, welcome};

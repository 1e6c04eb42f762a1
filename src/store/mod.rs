//! Where a study lives: a folder with `study.toml`, `study.db` and `snapshots/`.
//!
//! [`Store`] opens it, commits actions, gives history, texts and snapshots. The only room that names `rusqlite`. It is
//! synchronous and knows no threads: `run` gives it one of its own. It never writes `study.toml` after making it.

mod chain;
mod check;
mod commit;
mod erase;
mod error;
mod files;
mod history;
mod load;
mod lock;
mod moved;
mod newest;
mod open;
mod replace;
mod rows;
mod schema;
mod scratch;
mod settings_file;
mod snapshots;
mod staged;
mod texts;

pub use crate::study::NewText;
pub use check::Finding;
pub use commit::Committed;
pub use erase::{Asked, Touched};
pub use error::StoreError;
pub use files::{
    FileSystem, file_system_of, folder_of, temporary_beside, write_new_private_file, write_private_file,
};
pub use history::{Entry, Logged, UndoStacks, is_final, is_undone_only_from_history};
pub use open::{Access, Opening, Signature, Store};
pub use scratch::DraftKept;
pub use settings_file::SettingsRead;
pub use snapshots::Snapshot;
pub use staged::{Staged, clear_unfinished, hold_unfinished, unfinished_beside, unfinished_in};

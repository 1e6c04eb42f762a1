//! What keys mean: the notation of a key. Knows nothing of terminals.

mod key;

pub use key::{Key, KeyCode, KeyError, parse_keys, print_keys};

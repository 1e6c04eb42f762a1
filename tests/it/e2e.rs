//! The real program from its first command to its end, in a real terminal.

mod access;
mod colleagues;
mod corrected;
mod day;
mod endings;
mod first_hour;
mod killed;
mod site;
mod together;

pub(crate) use site::{DANA, Ran, Site, open_store, top, wait_saved};

//! The terminal session. The only room that names `crossterm`.

//! Views: they paint a model into a buffer and do nothing else.

pub mod glyphs;
pub mod theme;

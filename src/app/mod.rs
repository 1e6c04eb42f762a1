//! The model of the running program: layers, messages, effects, update.

pub mod keymap;

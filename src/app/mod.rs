//! The model of the running program: layers, messages, effects, update.
//!
//! [`update()`] takes a [`Model`] and a [`Msg`] and gives back [`Effect`]s as data; it also does the layout for the
//! size of the screen, so that views only paint. Nothing here touches a terminal, a disk, a clock or a thread:
//! identifiers and the time come from the model's [`Source`](crate::study::Source), and whoever runs the effects
//! answers with messages.
//!
//! A key goes through [`keymap`] to a [`command`], which changes the model. What lies above the screen (picker, memo,
//! help) is a [`layer`].
//!
//! # How a screen is added
//!
//! 1. a variant of [`Screen`] with its title and its key table ([`LayerName`]);
//! 2. its state in a file or folder of its own, held by [`Model`] as one field;
//! 3. its commands: one family a file in `command/`, named in `command::FAMILIES`;
//! 4. its keys: a table of that name in `keymaps/default.toml`;
//! 5. what it lays out, called from `layout::arrange`; what of it comes back, in [`Place`];
//! 6. its view: one file in `ui/`, called from `ui::draw`.

mod about;
mod addresses;
pub mod ask;
mod code_looks;
pub mod codebook;
pub mod coders;
pub mod command;
mod curtain;
mod drafts;
mod effect;
mod field;
pub mod findings;
mod first_hour;
mod hiding;
mod history;
pub mod import_preview;
mod input;
pub mod keymap;
pub mod laid_quotes;
pub mod layer;
mod layout;
pub mod listed;
pub mod marks;
pub mod matrix;
pub mod memos;
mod model;
mod msg;
mod notice;
pub mod panels;
pub mod people;
pub mod pick;
mod place;
pub mod quotes;
pub mod read;
mod rows;
mod saving;
mod screen;
pub mod search;
pub mod settings;
mod settings_preview;
pub mod tables;
mod texts;
pub mod timeline;
pub mod tour;
pub mod transcripts;
mod update;
pub mod welcome;
pub mod wrap;
mod wrong_file;

pub use about::About;
pub use code_looks::CodeLooks;
pub use drafts::{DraftNews, join_drafts};
pub use effect::Effect;
pub use field::TextField;
pub use history::{History, Spot};
pub use layer::LayerName;
pub use layout::{Area, FOOTER_ROWS, HEADER_ROWS, LEAST_HEIGHT, LEAST_WIDTH};
pub use model::{Loaded, Model, Setting, Size};
pub use msg::{Msg, Unwritten};
pub use notice::{Notice, Tone};
pub use place::Place;
pub use rows::Rows;
pub use saving::Saving;
pub use screen::Screen;
pub use texts::Texts;
pub use update::update;
pub use wrong_file::{Complaint, WrongFile};

//! Moving the ends of a quote.

use super::{Command, Count, Family, PLAIN, When};
use crate::app::LayerName;
use crate::app::read::{Edge, Stride};

const NUDGE: Command = Command {
    help: "Moves an end of your quote under the cursor; without one, of what is selected.",
    layers: &[LayerName::Read],
    when: &[When::Text, When::Writable, When::Complete],
    count: Count::Times,
    ..PLAIN
};

macro_rules! nudges {
    ($($name:literal, $title:literal, $edge:expr, $stride:expr, $forward:expr;)*) => {
        &[$(Command { name: $name, title: $title, run: |model, _| model.nudge($edge, $stride, $forward), ..NUDGE }),*]
    };
}

pub(super) const FAMILY: Family = Family {
    title: "The ends of a quote",
    commands: nudges! {
        "start_word_earlier", "The quote begins a word earlier", Edge::Start, Stride::Word, false;
        "start_word_later", "The quote begins a word later", Edge::Start, Stride::Word, true;
        "end_word_earlier", "The quote ends a word earlier", Edge::End, Stride::Word, false;
        "end_word_later", "The quote ends a word later", Edge::End, Stride::Word, true;
        "start_character_earlier", "The quote begins a character earlier", Edge::Start, Stride::Grapheme, false;
        "start_character_later", "The quote begins a character later", Edge::Start, Stride::Grapheme, true;
        "end_character_earlier", "The quote ends a character earlier", Edge::End, Stride::Grapheme, false;
        "end_character_later", "The quote ends a character later", Edge::End, Stride::Grapheme, true;
    },
};

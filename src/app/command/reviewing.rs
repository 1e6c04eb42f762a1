//! The review queue: hits one by one.

use super::search::{CODING, ON_HIT, ON_HITS};
use super::{Command, Family, PLAIN};
use crate::app::LayerName;
use crate::app::read::{Edge, Stride};

const LIST: &[LayerName] = &[LayerName::Search];
const HERE: &[LayerName] = &[LayerName::Review];

macro_rules! nudges {
    ($($name:literal, $title:literal, $edge:ident $stride:ident $forward:literal;)*) => {
        &[
            Command {
                name: "review_hits",
                title: "Go through the hits one by one",
                help: "The marked ones, if some are marked. A review that was stopped goes on where it was, after a restart \
                       too.",
                layers: LIST,
                when: ON_HITS,
                hint: Some((25, "review")),
                run: |model, _| model.review_hits(false),
                ..PLAIN
            },
            Command {
                name: "review_afresh",
                title: "Go through the hits from the first one on",
                layers: LIST,
                when: ON_HITS,
                run: |model, _| model.review_hits(true),
                ..PLAIN
            },
            Command {
                name: "skip_hit",
                title: "The next hit, without coding this one",
                layers: HERE,
                when: ON_HITS,
                hint: Some((19, "skip")),
                run: |model, _| model.step_review(1),
                ..PLAIN
            },
            Command {
                name: "stop_review",
                title: "Stop here; the review goes on from here later",
                layers: HERE,
                hint: Some((20, "stop")),
                run: |model, _| {
                    model.stop_review();
                    Vec::new()
                },
                ..PLAIN
            },
            Command {
                name: "return_to_hit",
                title: "Back to the hit before",
                layers: HERE,
                when: ON_HITS,
                hint: Some((45, "before")),
                run: |model, _| model.step_review(-1),
                ..PLAIN
            },
            Command {
                name: "pick_code_and_stay",
                title: "Choose a code and stay on this hit",
                help: "For the first of several codes on one passage.",
                layers: HERE,
                when: CODING,
                run: |model, _| model.pick_code_and_stay(),
                ..PLAIN
            },
            $(Command {
                name: $name,
                title: $title,
                help: "For this hit alone, and before it is coded.",
                layers: HERE,
                when: ON_HIT,
                run: |model, _| model.nudge_hit(Edge::$edge, Stride::$stride, $forward),
                ..PLAIN
            }),*
        ]
    };
}

pub(super) const FAMILY: Family = Family {
    title: "The review queue",
    commands: nudges! {
        "hit_start_word_earlier", "The passage begins a word earlier", Start Word false;
        "hit_start_word_later", "The passage begins a word later", Start Word true;
        "hit_end_word_earlier", "The passage ends a word earlier", End Word false;
        "hit_end_word_later", "The passage ends a word later", End Word true;
        "hit_start_character_earlier", "The passage begins a character earlier", Start Grapheme false;
        "hit_start_character_later", "The passage begins a character later", Start Grapheme true;
        "hit_end_character_earlier", "The passage ends a character earlier", End Grapheme false;
        "hit_end_character_later", "The passage ends a character later", End Grapheme true;
    },
};

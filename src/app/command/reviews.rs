//! Deciding on codes and themes as a coauthor.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;

const REVIEWS: &[LayerName] = &[LayerName::Reviews];
const READ: &[When] = &[When::Complete];
const WRITE: &[When] = &[When::Complete, When::Writable];
const CUT: &[When] = &[When::Complete, When::ReviewCut];

pub(super) const FAMILY: Family = Family {
    title: "Review of codes and themes",
    commands: &[
        Command {
            name: "show_reviews",
            title: "Review codes and themes: agree, ask, propose",
            help: "A queue of all themes and codes with what they mean, where they stand, how they came there and why. What you \
                   decide is kept under your name; nothing else changes.",
            layers: &[LayerName::Codebook, LayerName::Themes],
            when: READ,
            hint: Some((29, "review")),
            run: |model, _| model.open_reviews(),
            ..PLAIN
        },
        Command {
            name: "agree",
            title: "It is right as it is",
            layers: REVIEWS,
            when: WRITE,
            hint: Some((10, "agree")),
            run: |model, _| model.agree(),
            ..PLAIN
        },
        Command {
            name: "ask_about",
            title: "It needs talking about",
            layers: REVIEWS,
            when: WRITE,
            hint: Some((11, "talk about")),
            run: |model, _| model.ask_question(),
            ..PLAIN
        },
        Command {
            name: "propose",
            title: "It should be otherwise: another component, or in words",
            layers: REVIEWS,
            when: WRITE,
            hint: Some((12, "propose")),
            run: |model, _| model.ask_proposal(),
            ..PLAIN
        },
        Command {
            name: "open_reviewed",
            title: "The quotes of the code; a theme among the themes",
            layers: REVIEWS,
            when: READ,
            hint: Some((13, "quotes")),
            run: |model, _| model.open_reviewed(),
            ..PLAIN
        },
        Command {
            name: "next_undecided",
            title: "The next one on which you have not decided",
            layers: REVIEWS,
            when: READ,
            hint: Some((14, "next open")),
            run: |model, _| {
                model.step_undecided(true);
                Vec::new()
            },
            ..PLAIN
        },
        Command {
            name: "previous_undecided",
            title: "The one before on which you have not decided",
            layers: REVIEWS,
            when: READ,
            run: |model, _| {
                model.step_undecided(false);
                Vec::new()
            },
            ..PLAIN
        },
        Command {
            name: "scroll_reviewed_down",
            title: "On in what is told of the chosen one",
            layers: REVIEWS,
            when: CUT,
            hint: Some((9, "read on")),
            run: |model, _| model.scroll_reviewed(true),
            ..PLAIN
        },
        Command {
            name: "scroll_reviewed_up",
            title: "Back in what is told of the chosen one",
            layers: REVIEWS,
            when: CUT,
            run: |model, _| model.scroll_reviewed(false),
            ..PLAIN
        },
    ],
};

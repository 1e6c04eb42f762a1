//! Themes, and what else of the codebook has a page of its own: lists of quotes, a split, versions.

use super::codebook::{refuse, up_or_down};
use super::{Args, Command, Family, PLAIN, When};
use crate::app::{Effect, LayerName, Model};
use crate::study::Side;

const THEMES: &[LayerName] = &[LayerName::Themes];
const SPLIT: &[LayerName] = &[LayerName::Split];
const VERSIONS: &[LayerName] = &[LayerName::Versions];
const READ: &[When] = &[When::Complete];
const WRITE: &[When] = &[When::Complete, When::Writable];

pub(super) const FAMILY: Family = Family {
    title: "Themes",
    commands: &[
        Command {
            name: "open_theme_row",
            title: "The quotes of the code; of a theme, all that is known",
            layers: THEMES,
            when: READ,
            hint: Some((10, "open")),
            run: |model, _| model.open_theme_row(),
            ..PLAIN
        },
        Command {
            name: "add_theme",
            title: "New theme, behind this one",
            layers: THEMES,
            when: WRITE,
            hint: Some((12, "new")),
            run: |model, _| model.ask_new_theme(),
            ..PLAIN
        },
        Command {
            name: "add_theme_barrier",
            title: "Name a code on its barrier side",
            layers: THEMES,
            when: WRITE,
            hint: Some((14, "barrier")),
            run: |model, _| model.ask_theme_code(Side::Barrier),
            ..PLAIN
        },
        Command {
            name: "add_theme_facilitator",
            title: "Name a code on its facilitator side",
            layers: THEMES,
            when: WRITE,
            hint: Some((15, "facilitator")),
            run: |model, _| model.ask_theme_code(Side::Facilitator),
            ..PLAIN
        },
        Command {
            name: "define_theme",
            title: "Name, note and component of the theme",
            help: "The note says why its barriers and facilitators answer each other.",
            layers: THEMES,
            when: WRITE,
            hint: Some((16, "note")),
            run: |model, _| model.define_theme(),
            ..PLAIN
        },
        Command {
            name: "rename_theme",
            title: "Another name for the theme",
            layers: THEMES,
            when: WRITE,
            hint: Some((18, "rename")),
            run: |model, _| model.ask_rename_theme(),
            ..PLAIN
        },
        Command {
            name: "shift_theme",
            title: "Up or down in print; a code, on its side",
            takes: Some("up or down"),
            layers: THEMES,
            when: WRITE,
            run: |model, args| match up_or_down(model, args) {
                Some(down) => model.shift_theme(down),
                None => Vec::new(),
            },
            ..PLAIN
        },
        Command {
            name: "delete_theme",
            title: "Delete the theme; a code, take it out",
            help: "At once; it says what went with a theme, and one undo brings it back. Its codes stay in the codebook.",
            layers: THEMES,
            when: WRITE,
            run: |model, _| model.remove_from_themes(),
            ..PLAIN
        },
        Command {
            name: "write_theme_memo",
            title: "Write a memo on the theme",
            layers: THEMES,
            when: WRITE,
            run: |model, _| model.write_theme_memo(),
            ..PLAIN
        },
        Command {
            name: "show_codes",
            title: "Back to the codes",
            layers: &[
                LayerName::Themes,
                LayerName::CodeList,
                LayerName::Split,
                LayerName::Versions,
                LayerName::Reviews,
            ],
            hint: Some((30, "back to codes")),
            run: |model, _| {
                model.leave_codebook_page();
                Vec::new()
            },
            ..PLAIN
        },
    ],
};

pub(super) const LISTS: Family = Family {
    title: "Quotes of a code",
    commands: &[Command {
        name: "open_listed",
        title: "Go to its place",
        help: "Back again with the key that goes back.",
        layers: &[LayerName::CodeList, LayerName::Split],
        when: READ,
        hint: Some((20, "go there")),
        run: |model, _| model.open_listed(),
        ..PLAIN
    }],
};

pub(super) const SPLITTING: Family = Family {
    title: "Splitting a code",
    commands: &[
        Command {
            name: "deal_to",
            title: "Deal the quote to that code",
            help: "The codes are numbered above the quotes; 1 is the code itself. The next quote follows.",
            takes: Some("a number from 1 to 9"),
            layers: SPLIT,
            when: WRITE,
            hint: Some((11, "deal to it")),
            run: |model, args| deal(model, args, false),
            ..PLAIN
        },
        Command {
            name: "deal_also_to",
            title: "Deal the quote to that code as well (or not)",
            takes: Some("a number from 1 to 9"),
            layers: SPLIT,
            when: WRITE,
            run: |model, args| deal(model, args, true),
            ..PLAIN
        },
        Command {
            name: "deal_to_code",
            title: "Deal the quote to another code",
            layers: SPLIT,
            when: WRITE,
            hint: Some((12, "to a code")),
            run: |model, _| model.ask_deal_to(),
            ..PLAIN
        },
        Command {
            name: "deal_to_new",
            title: "Deal the quote to a new code",
            help: "The code is made when you finish: on the side and under the component of the one that is split.",
            layers: SPLIT,
            when: WRITE,
            hint: Some((14, "to a new one")),
            run: |model, _| model.ask_deal_to_new(),
            ..PLAIN
        },
        Command {
            name: "undeal",
            title: "Let the quote stay where it is",
            layers: SPLIT,
            when: WRITE,
            run: |model, _| model.undeal(),
            ..PLAIN
        },
        Command {
            name: "finish_split",
            title: "Split as it was dealt",
            help: "It asks first. All of it is one step, which one undo takes back.",
            layers: SPLIT,
            when: WRITE,
            hint: Some((16, "finish")),
            run: |model, _| model.ask_split(),
            ..PLAIN
        },
    ],
};

pub(super) const VERSIONING: Family = Family {
    title: "Versions of the codebook",
    commands: &[
        Command {
            name: "open_version",
            title: "What changed since this version",
            help: "What was added, removed, renamed, moved and redefined, with the reasons that were given.",
            layers: VERSIONS,
            when: READ,
            hint: Some((10, "what changed since")),
            run: |model, _| model.open_version(),
            ..PLAIN
        },
        Command {
            name: "compare_versions",
            title: "Compare with another version",
            layers: VERSIONS,
            when: READ,
            hint: Some((14, "compare with")),
            run: |model, _| model.ask_compare_with(),
            ..PLAIN
        },
        Command {
            name: "freeze_codebook",
            title: "Freeze the codebook as it is now under a name",
            help: "It is a named point of the history; its snapshot is never thinned out. Work goes on as before.",
            layers: VERSIONS,
            when: WRITE,
            hint: Some((12, "new version")),
            run: |model, _| model.ask_freeze(),
            ..PLAIN
        },
    ],
};

fn deal(model: &mut Model, args: Args<'_>, also: bool) -> Vec<Effect> {
    match args.argument.map(str::parse) {
        Some(Ok(number)) => model.deal_to_number(number, also),
        _ => refuse(model, "The codes that are dealt to are numbered from 1."),
    }
}

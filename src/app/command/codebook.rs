//! The tree of codes.

use super::{Args, Command, Family, PLAIN, When};
use crate::app::{Effect, LayerName, Model};
use crate::study::Side;

const TREE: &[LayerName] = &[LayerName::Codebook];
const BOTH: &[LayerName] = &[LayerName::Codebook, LayerName::Themes];
const READ: &[When] = &[When::Complete];
const WRITE: &[When] = &[When::Complete, When::Writable];

pub(super) const FAMILY: Family = Family {
    title: "Codebook",
    commands: &[
        Command {
            name: "open_code",
            title: "The quotes of the code",
            help: "Those of the code and of the codes below it, in the layers of record and your own. Enter goes on to a \
                   quote's place; back again one step at a time.",
            layers: &[LayerName::Codebook, LayerName::CodebookFilter],
            when: READ,
            hint: Some((10, "quotes")),
            run: |model, _| {
                model.codebook.filtering = false;
                model.open_code()
            },
            ..PLAIN
        },
        Command {
            name: "unfold_code",
            title: "Show the codes below it",
            layers: TREE,
            run: |model, _| model.unfold_code(),
            ..PLAIN
        },
        Command {
            name: "fold_code",
            title: "Hide the codes below it, or go to the one above",
            layers: TREE,
            run: |model, _| model.fold_code(),
            ..PLAIN
        },
        Command {
            name: "fold_codes",
            title: "Fold the whole tree, or unfold it",
            layers: TREE,
            run: |model, _| model.fold_all_codes(),
            ..PLAIN
        },
        Command {
            name: "filter_codes",
            title: "Type to list fewer codes",
            help: "Matches names, definitions, sides, states, origins and components (“draft”, “O-Ph”, “unclassified”). Esc \
                   leaves the filter, Esc again empties it.",
            layers: TREE,
            hint: Some((24, "filter")),
            run: |model, _| {
                model.codebook.filtering = true;
                Vec::new()
            },
            ..PLAIN
        },
        Command {
            name: "add_code",
            title: "New code, behind this one",
            layers: TREE,
            when: WRITE,
            hint: Some((12, "new")),
            run: |model, _| model.ask_new_code(false),
            ..PLAIN
        },
        Command {
            name: "add_code_below",
            title: "New code, below this one",
            layers: TREE,
            when: WRITE,
            run: |model, _| model.ask_new_code(true),
            ..PLAIN
        },
        Command {
            name: "define_code",
            title: "All that is known of the code, to be filled in",
            help: "Name, definition, when to use it and when not, an example, side, colour, origin, state and component: a \
                   form. What is half-written is kept as a draft.",
            layers: TREE,
            when: WRITE,
            hint: Some((14, "define")),
            run: |model, _| model.define_code(),
            ..PLAIN
        },
        Command {
            name: "rename_code",
            title: "Another name",
            layers: TREE,
            when: WRITE,
            hint: Some((20, "rename")),
            run: |model, _| model.ask_rename_code(),
            ..PLAIN
        },
        Command {
            name: "move_code",
            title: "Put under another code, or at the top",
            help: "The codes below it move with it. Nothing is recoded.",
            layers: TREE,
            when: WRITE,
            hint: Some((21, "put under")),
            run: |model, _| model.ask_move_code(),
            ..PLAIN
        },
        Command {
            name: "shift_code",
            title: "Up or down among its siblings",
            takes: Some("up or down"),
            layers: TREE,
            when: WRITE,
            run: |model, args| match up_or_down(model, args) {
                Some(down) => model.shift_code(down),
                None => Vec::new(),
            },
            ..PLAIN
        },
        Command {
            name: "merge_code",
            title: "Merge into another code",
            help: "Codings move; two on one quote become one with the valence of both. Memos, themes and the codes below move \
                   too. It asks first, and refuses to merge a code into one below it.",
            layers: TREE,
            when: WRITE,
            hint: Some((16, "merge")),
            run: |model, _| model.ask_merge_into(),
            ..PLAIN
        },
        Command {
            name: "split_code",
            title: "Split: deal its quotes out",
            help: "Goes through the quotes of the code one by one; each goes to this code, another one or a new one. Nothing \
                   is changed until you finish, and then it is one step. What was dealt is kept if you leave.",
            layers: &[LayerName::Codebook, LayerName::CodeList],
            when: WRITE,
            hint: Some((18, "split")),
            run: |model, _| model.begin_split(),
            ..PLAIN
        },
        Command {
            name: "set_side",
            title: "Barrier or facilitator by itself (or not)",
            help: "The side decides for all codings with the code. One whose codings say otherwise themselves is refused. \
                   Taking the side away leaves it to the codings, which keep what they said.",
            takes: Some("barrier or facilitator"),
            layers: TREE,
            when: WRITE,
            run: |model, args| match args.argument.and_then(Side::parse) {
                Some(side) => model.toggle_code_side(side),
                None => refuse(model, "A side is barrier or facilitator."),
            },
            ..PLAIN
        },
        Command {
            name: "set_code_state",
            title: "Draft, working or retired",
            help: "A retired code is not offered any more; its codings stay.",
            takes: Some("draft, working or retired"),
            layers: TREE,
            when: WRITE,
            run: |model, args| model.set_code_state(args.argument.unwrap_or_default()),
            ..PLAIN
        },
        Command {
            name: "classify_code",
            title: "Put under a component by its number",
            help: "Puts the code or theme under that component of the framework, the codes below it with it. 0 takes its own \
                   classification away. Nothing is recoded.",
            takes: Some("the number of a component; 0 for none"),
            layers: BOTH,
            when: WRITE,
            run: |model, args| match args.argument.map(str::parse) {
                Some(Ok(number)) => model.classify_chosen(number),
                _ => refuse(model, "A component is a number: 1 is the first one of the framework, 0 none."),
            },
            ..PLAIN
        },
        Command {
            name: "choose_component_of_code",
            title: "Put under a component by its name",
            layers: BOTH,
            when: WRITE,
            run: |model, _| model.ask_component(),
            ..PLAIN
        },
        Command {
            name: "delete_code",
            title: "Delete the code",
            help: "At once; it says how many codings went with it, and one undo brings all of it back.",
            layers: TREE,
            when: WRITE,
            run: |model, _| model.delete_code(),
            ..PLAIN
        },
        Command {
            name: "give_reason",
            title: "Why: a reason for the next change",
            help: "What you type is kept in the history with the next change of the codebook, whichever that is (classifying in \
                   the panels too), and shown when versions are compared. Empty, it is forgotten.",
            layers: &[LayerName::Codebook, LayerName::Themes, LayerName::Split, LayerName::Panels],
            when: WRITE,
            hint: Some((28, "why")),
            run: |model, _| model.ask_why(),
            ..PLAIN
        },
        Command {
            name: "write_code_memo",
            title: "Write a memo on the code",
            layers: TREE,
            when: WRITE,
            hint: Some((27, "memo")),
            run: |model, _| model.write_code_memo(),
            ..PLAIN
        },
        Command {
            name: "next_alike",
            title: "The next code whose name looks like another's",
            help: "Such names are marked with ~ in the tree: plurals, another order of words, a slip of the pen.",
            layers: TREE,
            when: READ,
            run: |model, _| model.next_alike(),
            ..PLAIN
        },
        Command {
            name: "show_older_codings",
            title: "Its codings from before its definition changed",
            help: "A queue to step through: those that do not fit what the definition says now are recoded on the way.",
            layers: TREE,
            when: READ,
            run: |model, _| model.open_older_codings(),
            ..PLAIN
        },
        Command {
            name: "show_earlier_transcripts",
            title: "Transcripts finished before it was made",
            help: "Those in which every turn of a participant was coded by you, or marked as read, before there was this code.",
            layers: TREE,
            when: READ,
            run: |model, _| model.open_earlier_transcripts(),
            ..PLAIN
        },
        Command {
            name: "show_themes",
            title: "The themes",
            layers: TREE,
            when: READ,
            hint: Some((22, "themes")),
            run: |model, _| model.show_themes(),
            ..PLAIN
        },
        Command {
            name: "show_versions",
            title: "Versions of the codebook",
            help: "Freeze the codebook under a name, and see what became of it since.",
            layers: TREE,
            when: READ,
            hint: Some((26, "versions")),
            run: |model, _| model.show_versions(),
            ..PLAIN
        },
    ],
};

/// Whether `down` is said; what is neither is refused.
pub(super) fn up_or_down(model: &mut Model, args: Args<'_>) -> Option<bool> {
    match args.argument {
        Some("down") => Some(true),
        Some("up") => Some(false),
        _ => {
            model.refuse("Say up or down.");
            None
        }
    }
}

pub(super) fn refuse(model: &mut Model, why: &str) -> Vec<Effect> {
    model.refuse(why);
    Vec::new()
}

//! Words that may tell who somebody is, to be kept or replaced.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;
use crate::app::findings::Scope;

const HERE: &[LayerName] = &[LayerName::Findings];
const READ: &[When] = &[When::Complete];
const WRITE: &[When] = &[When::Complete, When::Writable];

pub(super) const FAMILY: Family = Family { title: "Words that may tell who somebody is", commands: COMMANDS };

const COMMANDS: &[Command] = &[
    Command {
        name: "open_finding",
        title: "Go to where it stands",
        layers: HERE,
        when: READ,
        hint: Some((10, "go there")),
        run: |model, _| model.open_finding(),
        ..PLAIN
    },
    Command {
        name: "keep_finding",
        title: "Keep it here, or open it again",
        help: "It tells nobody who somebody is. Remembered by a digest, without the words.",
        layers: HERE,
        when: WRITE,
        hint: Some((11, "keep")),
        run: |model, _| model.keep_finding(Scope::Here),
        ..PLAIN
    },
    Command {
        name: "keep_finding_everywhere",
        title: "Keep these words wherever this pattern finds them",
        layers: HERE,
        when: WRITE,
        run: |model, _| model.keep_finding(Scope::Everywhere),
        ..PLAIN
    },
    Command {
        name: "keep_findings_alike",
        title: "Keep all that are listed under the same heading",
        help: "All that this pattern found and is open stays where it stands, as one action: the dates of all preambles, say. \
               What is found later is listed anew.",
        layers: HERE,
        when: WRITE,
        hint: Some((15, "keep all of these")),
        run: |model, _| model.keep_findings_alike(),
        ..PLAIN
    },
    Command {
        name: "leave_finding_out",
        title: "Replace it by […] here",
        help: "Of “Dr Pughe” the name goes and the title stays. In a transcript that is a new revision; the earlier one, which \
               can still be read, holds the words until they are erased.",
        layers: HERE,
        when: WRITE,
        hint: Some((12, "replace by […]")),
        run: |model, _| model.leave_finding_out(Scope::Here),
        ..PLAIN
    },
    Command {
        name: "leave_finding_out_everywhere",
        title: "Replace these words by […] wherever they were found",
        help: "In all transcripts, memos, summaries and examples of codes, as one action. What is kept stays.",
        layers: HERE,
        when: WRITE,
        run: |model, _| model.leave_finding_out(Scope::Everywhere),
        ..PLAIN
    },
    Command {
        name: "give_pseudonym",
        title: "Replace it by a pseudonym here",
        help: "One of the file of names, or a new one, which is written there. That file is no part of the study.",
        layers: HERE,
        when: WRITE,
        hint: Some((13, "pseudonym")),
        run: |model, _| model.ask_pseudonym(Scope::Here),
        ..PLAIN
    },
    Command {
        name: "give_pseudonym_everywhere",
        title: "Replace these words by a pseudonym wherever they were found",
        help: "In all transcripts, memos, summaries and examples of codes, as one action. What is kept stays.",
        layers: HERE,
        when: WRITE,
        hint: Some((14, "everywhere")),
        run: |model, _| model.ask_pseudonym(Scope::Everywhere),
        ..PLAIN
    },
    Command {
        name: "show_kept_findings",
        title: "List what is kept, too, or no longer",
        layers: HERE,
        when: READ,
        hint: Some((20, "kept ones")),
        run: |model, _| {
            model.toggle_kept();
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "edit_names",
        title: "Open the file of names in your editor",
        help: "The watch list and the pseudonyms. It is yours alone and lies outside the study: in your configuration folder, \
               or where --names or `names` in config.toml says. Afterwards everything is looked through again.",
        layers: HERE,
        when: READ,
        hint: Some((21, "names")),
        run: |model, _| model.edit_names(),
        ..PLAIN
    },
    Command {
        name: "scan_again",
        title: "Look through everything again",
        help: "The file of names is read anew.",
        layers: HERE,
        when: READ,
        run: |model, _| model.scan_again(),
        ..PLAIN
    },
];

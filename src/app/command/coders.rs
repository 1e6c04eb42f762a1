//! Several coders: layers of others, blind coding, the layer of record, steps that somebody else came before.

use super::{Command, Family, PLAIN, When};
use crate::app::{LayerName, Model};

const READ: &[LayerName] = &[LayerName::Read];
const TRANSCRIPTS: &[LayerName] = &[LayerName::Transcripts];
const BOTH: &[LayerName] = &[LayerName::Transcripts, LayerName::Read];
const EVERYWHERE: &[LayerName] = &[LayerName::Global];

pub(super) const FAMILY: Family = Family {
    title: "Coders",
    commands: &[
        Command {
            name: "cycle_others",
            title: "Hide, dim or show the layers of others",
            help: "Beside the text, with the initials of their coders, and in the list of everything here. What others \
                   coded in a transcript that you code blind is never shown.",
            layers: READ,
            when: &[When::Text],
            run: |model, _| model.cycle_others(),
            ..PLAIN
        },
        Command {
            name: "list_coders",
            title: "The coders, with what each did",
            help: "Quotes, codings, memos, transcripts and the last step of each. Enter goes to it.",
            layers: EVERYWHERE,
            when: &[When::Complete],
            run: |model, _| model.list_coders(),
            ..PLAIN
        },
        Command {
            name: "code_blind",
            title: "Be blind here: hide what others did",
            help: "Hides quotes, codings, draft codes, memos and counts of others in this transcript (in the list: in all \
                   marked ones) until you end it. The history keeps start and end, and each coding that it was made \
                   blind. The lead is asked who it is for.",
            layers: BOTH,
            when: &[When::Complete, When::Writable],
            run: |model, _| model.code_blind(),
            ..PLAIN
        },
        Command {
            name: "end_blind",
            title: "End being blind here: see what others did",
            help: "It asks first: codings from then on are not blind.",
            layers: BOTH,
            when: &[When::Complete, When::Writable, When::Blind],
            hint: Some((50, "end blind")),
            run: |model, _| model.see_others(),
            ..PLAIN
        },
        Command {
            name: "choose_record_layer",
            title: "Whose layer is counted",
            help: "Counts use one coder's layer of each transcript: the lead's, unless this says otherwise. In the list, for \
                   all marked transcripts.",
            layers: BOTH,
            when: &[When::Complete, When::Writable],
            run: |model, _| model.choose_record(),
            ..PLAIN
        },
        Command {
            name: "mark_transcript",
            title: "Mark the transcript, or take its mark away",
            help: "Keys that can be about several transcripts are about all marked ones.",
            layers: TRANSCRIPTS,
            when: &[When::Complete],
            run: |model, _| {
                model.transcripts.toggle_mark();
                Vec::new()
            },
            ..PLAIN
        },
        Command {
            name: "mark_all_transcripts",
            title: "Mark all transcripts that are listed, or none",
            layers: TRANSCRIPTS,
            when: &[When::Complete],
            run: |model, _| {
                model.transcripts.toggle_all_marks();
                Vec::new()
            },
            ..PLAIN
        },
        Command {
            name: "settle_refused",
            title: "What to do about a step that somebody else came before",
            help: "Do it again on what is there now, in another way, or leave it. Until then it is kept, also when you \
                   leave.",
            layers: EVERYWHERE,
            when: &[When::Complete, When::Writable, When::Refused],
            hint: Some((1, "not done")),
            run: |model: &mut Model, _| model.settle_refused(),
            ..PLAIN
        },
    ],
};

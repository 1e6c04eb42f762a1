//! Search: the hits, marking and coding them, and what is kept of searches. The review queue is in [`super::reviewing`].

use super::{Command, Count, Family, PLAIN, When};
use crate::app::ask::Asked;
use crate::app::{Effect, LayerName, Model};

const LIST: &[LayerName] = &[LayerName::Search, LayerName::Query];
const HERE: &[LayerName] = &[LayerName::Search];
/// In the list, and in a review of it.
pub(super) const HITS: &[LayerName] = &[LayerName::Search, LayerName::Review];
pub(super) const ON_HITS: &[When] = &[When::Complete, When::Hits];
pub(super) const ON_HIT: &[When] = &[When::Complete, When::Hits, When::HitRead];
pub(super) const CODING: &[When] = &[When::Complete, When::Writable, When::Hits, When::HitRead];

pub(super) const FAMILY: Family = Family { title: "Search", commands: COMMANDS };

/// What is kept of searches.
pub(super) const KEPT: Family = Family { title: "Saved searches", commands: SAVED };

/// Where there is a quote or a passage to start from.
const STARTS: &[LayerName] = &[
    LayerName::Read,
    LayerName::Search,
    LayerName::Panels,
    LayerName::CodeList,
    LayerName::Quotes,
    LayerName::Tables,
    LayerName::Cell,
];

/// From a passage to others.
pub(super) const ALIKE: Family = Family {
    title: "From a passage to others",
    commands: &[
        Command {
            name: "find_alike",
            title: "More like this: passages that resemble it",
            help: "The fifty turns of participants that share the most telling words with the quote or passage here and carry \
                   no coding of yours, the most alike first. They are hits of a search: r goes through them one by one.",
            layers: STARTS,
            when: &[When::Complete],
            run: |model, _| model.find_alike(),
            ..PLAIN
        },
        Command {
            name: "find_opposite",
            title: "Negative cases: who of the same group says the opposite",
            help: "Codings of the layers of record, of the same theme (or component) with the other valence, of people of the \
                   same group; the group is that of the attribute compared by. They are hits of a search.",
            layers: STARTS,
            when: &[When::Complete],
            run: |model, _| model.find_opposite(),
            ..PLAIN
        },
    ],
};

const COMMANDS: &[Command] = &[
    Command {
        name: "open_hit",
        title: "Go to the hit in its transcript",
        help: "The match is selected there. One key goes back to the same hit.",
        layers: &[LayerName::Search, LayerName::Query, LayerName::Review],
        when: ON_HIT,
        hint: Some((12, "open")),
        run: |model, _| model.open_hit(),
        ..PLAIN
    },
    Command {
        name: "enter_list",
        title: "From the query to the hits",
        help: "In the list, letters are commands.",
        layers: &[LayerName::Query],
        when: ON_HITS,
        hint: Some((20, "list")),
        run: |model, _| {
            model.search.leave_field();
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "next_hit",
        title: "The next hit of the last search",
        help: "While reading, goes there.",
        layers: &[LayerName::Search, LayerName::Read],
        when: ON_HITS,
        count: Count::Times,
        run: |model, _| model.go_to_hit(1),
        ..PLAIN
    },
    Command {
        name: "previous_hit",
        title: "The hit before",
        help: "While reading, goes there.",
        layers: &[LayerName::Search, LayerName::Read],
        when: ON_HITS,
        count: Count::Times,
        run: |model, _| model.go_to_hit(-1),
        ..PLAIN
    },
    Command {
        name: "grow_hit",
        title: "Take more around the matches",
        help: "What is coded of a hit: the matches, the sentences around them, or the whole turn. The line above the hints \
               says which. In a review it is for the one hit.",
        layers: HITS,
        when: ON_HIT,
        hint: Some((40, "more")),
        run: |model, _| model.resize_hit(true),
        ..PLAIN
    },
    Command {
        name: "shrink_hit",
        title: "Take less around the matches",
        layers: HITS,
        when: ON_HIT,
        run: |model, _| model.resize_hit(false),
        ..PLAIN
    },
    Command {
        name: "cycle_span_rule",
        title: "What is coded of a hit: turn, sentences, matches",
        help: "The rule is for all hits, here and in a review.",
        layers: HITS,
        when: ON_HITS,
        run: |model, _| model.cycle_span_rule(),
        ..PLAIN
    },
    Command {
        name: "repeat_code_on_hit",
        title: "Code the passage of the hit with the last code",
        help: "All marked hits, if some are marked, in one step. The passage is what the line above the hints says. In a \
               review it goes on to the next hit.",
        layers: HITS,
        when: &[When::Complete, When::Writable, When::Hits, When::HitRead, When::LastCode],
        hint: Some((15, "last code")),
        run: |model, _| model.repeat_code(),
        ..PLAIN
    },
    Command {
        name: "pick_code_for_hit",
        title: "Choose a code for the passage of the hit",
        help: "For all marked hits, if some are marked: one step, taken back by one key. In a review it goes on to the next \
               hit.",
        layers: HITS,
        when: CODING,
        hint: Some((18, "code")),
        run: |model, _| model.pick_code(""),
        ..PLAIN
    },
    Command {
        name: "mark_hit",
        title: "Mark the hit, or take its mark away",
        help: "Keys that code then code all marked hits at once, with what the span rule says of each.",
        layers: HERE,
        when: ON_HITS,
        hint: Some((22, "mark")),
        run: |model, _| model.toggle_hit_mark(),
        ..PLAIN
    },
    Command {
        name: "mark_transcript_hits",
        title: "Mark the hits of this transcript, or none of them",
        layers: HERE,
        when: ON_HITS,
        run: |model, _| model.mark_transcript_hits(),
        ..PLAIN
    },
    Command {
        name: "mark_all_hits",
        title: "Mark all hits",
        help: "All that were found, in sight or not.",
        layers: HERE,
        when: ON_HITS,
        hint: Some((35, "all")),
        run: |model, _| model.mark_all_hits(),
        ..PLAIN
    },
    Command {
        name: "unmark_hits",
        title: "Take all marks away",
        layers: HERE,
        when: ON_HITS,
        run: |model, _| model.unmark_hits(),
        ..PLAIN
    },
    Command {
        name: "show_more_around",
        title: "Show more around the hit",
        help: "The whole turn, then the turn before it (the question) and the one after, and so on.",
        layers: HITS,
        when: ON_HITS,
        hint: Some((30, "context")),
        run: |model, _| model.show_around(true),
        ..PLAIN
    },
    Command {
        name: "show_less_around",
        title: "Show less around the hit",
        layers: HITS,
        when: ON_HITS,
        run: |model, _| model.show_around(false),
        ..PLAIN
    },
    Command {
        name: "list_groups",
        title: "The hits by group, and those of one group",
        help: "Participants n of N and hits for each value of the compared attribute. Enter adds the group to the query.",
        layers: HERE,
        when: ON_HITS,
        hint: Some((38, "groups")),
        run: |model, _| model.ask_group(),
        ..PLAIN
    },
];

const SAVED: &[Command] = &[
    Command {
        name: "recall_earlier",
        title: "The query before",
        help: "Queries that you used, kept over restarts. From the first hit, or while there is none.",
        layers: &[LayerName::Query],
        when: &[When::EarlierQuery],
        hint: Some((60, "queries")),
        run: |model, _| model.recall_query(true),
        ..PLAIN
    },
    Command {
        name: "recall_later",
        title: "The query after it",
        layers: &[LayerName::Query],
        when: &[When::Recalling],
        run: |model, _| model.recall_query(false),
        ..PLAIN
    },
    Command {
        name: "save_search",
        title: "Save this search under a name",
        help: "Saved searches belong to the study: colleagues see them too. A name that is taken gets this query.",
        layers: LIST,
        when: &[When::Complete, When::Writable],
        run: |model, _| model.ask_search_name(),
        ..PLAIN
    },
    Command {
        name: "list_searches",
        title: "Run a saved search",
        layers: &[LayerName::Global, LayerName::Query],
        when: &[When::Complete],
        run: |model, _| model.choose_search("run the search", Asked::RunSearch),
        ..PLAIN
    },
    Command {
        name: "rename_search",
        title: "Give a saved search another name",
        layers: LIST,
        when: &[When::Complete, When::Writable],
        run: |model, _| model.choose_search("rename the search", Asked::RenameSearch),
        ..PLAIN
    },
    Command {
        name: "delete_search",
        title: "Take a saved search away",
        help: "Undo brings it back.",
        layers: LIST,
        when: &[When::Complete, When::Writable],
        run: |model, _| model.choose_search("take away the search", Asked::DeleteSearch),
        ..PLAIN
    },
    Command {
        name: "run_search",
        title: "Run a query",
        takes: Some("a query, such as “time pressure” group:clinician"),
        layers: &[LayerName::Global],
        when: &[When::Complete],
        run: run_search,
        ..PLAIN
    },
    Command {
        name: "compare_by",
        title: "Choose the attribute whose groups are compared",
        help: "In the panels and beside the hits. study.toml says which one it is at first.",
        layers: &[LayerName::Panels, LayerName::Search],
        when: &[When::Complete],
        hint: Some((50, "compare")),
        run: |model, _| model.ask_compared(),
        ..PLAIN
    },
];

fn run_search(model: &mut Model, args: super::Args<'_>) -> Vec<Effect> {
    model.run_query(args.argument.unwrap_or_default())
}

//! The quotes as a list, the basket, and the one key that puts a quote where its writer wants it.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;

const HERE: &[LayerName] = &[LayerName::Quotes];
const WRITE: &[When] = &[When::Complete, When::Writable, When::Listed];

pub(super) const FAMILY: Family = Family { title: "The list of quotes", commands: COMMANDS };

const COMMANDS: &[Command] = &[
    Command {
        name: "take_quote",
        title: "Put the quote, with its attribution, where the study says",
        help: "Into your basket, unless [quotation] to in study.toml says file (a file beside the draft) or clipboard. A \
               passage that is no quote becomes one of yours. Words of who did not agree to be quoted stay where they are.",
        layers: &[
            LayerName::Read,
            LayerName::Search,
            LayerName::Review,
            LayerName::Panels,
            LayerName::CodeList,
            LayerName::Tables,
            LayerName::Quotes,
        ],
        when: &[When::Complete, When::Writable, When::Listed, When::Quotable],
        hint: Some((36, "quote it")),
        leads: &[LayerName::Quotes, LayerName::Panels],
        run: |model, _| model.take_quote(),
        ..PLAIN
    },
    Command {
        name: "filter_quotes",
        title: "List the quotes that a query finds",
        help: "The language of Search: words, group:clinician, code:time, valence:barrier, is:starred, is:unused. Filters on \
               codings must hold of the quote itself; with by: quotes of others are listed too. Esc leaves the filter.",
        may_take: Some("a query"),
        layers: HERE,
        when: &[When::AllQuotes],
        hint: Some((20, "filter")),
        run: |model, args| model.filter_quotes(args.argument.unwrap_or_default()),
        ..PLAIN
    },
    Command {
        name: "sort_quotes",
        title: "Sort the quotes, starred ones first",
        may_take: Some("place, code, theme, group, participant or length"),
        layers: HERE,
        when: &[When::AllQuotes],
        hint: Some((23, "sort")),
        run: |model, args| model.sort_quotes(args.argument.unwrap_or_default()),
        ..PLAIN
    },
    Command {
        name: "show_question",
        title: "Show the question before the quote, or hide it",
        help: "What was asked, and how many turns stand between: asked or volunteered.",
        layers: HERE,
        when: &[When::Complete],
        hint: Some((22, "asked")),
        run: |model, _| model.toggle_question(),
        ..PLAIN
    },
    Command {
        name: "widen_quote",
        title: "Show more around the quote",
        help: "Its turns whole, then a turn more on either side each time.",
        layers: HERE,
        when: &[When::Complete],
        hint: Some((21, "more")),
        run: |model, _| {
            model.quotes.show_around(true);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "narrow_quote",
        title: "Show less around the quote",
        layers: HERE,
        when: &[When::Complete],
        run: |model, _| {
            model.quotes.show_around(false);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "scroll_quote_down",
        title: "On in what stands around the quote",
        layers: HERE,
        when: &[When::QuoteCut],
        hint: Some((19, "scroll")),
        run: |model, _| model.scroll_preview(true),
        ..PLAIN
    },
    Command {
        name: "scroll_quote_up",
        title: "Back in what stands around the quote",
        layers: HERE,
        when: &[When::QuoteCut],
        hint: Some((19, "scroll")),
        run: |model, _| model.scroll_preview(false),
        ..PLAIN
    },
    Command {
        name: "star_quote",
        title: "Star the quote, or take its star away",
        help: "Only one's own.",
        layers: HERE,
        when: WRITE,
        hint: Some((45, "star")),
        run: |model, _| model.star_chosen_quote(),
        ..PLAIN
    },
    Command {
        name: "show_basket",
        title: "The basket, or all quotes again",
        help: "The quotes that you put aside, in that order. `combe quotes --basket --format md` writes them all.",
        layers: HERE,
        when: &[When::Complete],
        hint: Some((24, "basket")),
        run: |model, _| model.toggle_basket(),
        ..PLAIN
    },
    Command {
        name: "remove_from_basket",
        title: "Take the quote out of the basket",
        help: "Undo puts it back.",
        layers: HERE,
        when: &[When::Complete, When::Writable, When::Listed, When::PutAside],
        hint: Some((25, "take out")),
        run: |model, _| model.remove_from_basket(),
        ..PLAIN
    },
];

//! Listing fewer memos, and in another order.

use std::collections::BTreeMap;

use super::filter::with_facet;
use super::{Facet, Order};
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model, Screen, TextField};
use crate::study::MemoKind;

impl Model {
    /// Sorts the list.
    pub(in crate::app) fn sort_memos(&mut self, order: &str) -> Vec<Effect> {
        self.memos.order = match order {
            "newest" => Order::Newest,
            "place" => Order::Place,
            "kind" => Order::Kind,
            "author" => Order::Author,
            _ => {
                self.refuse("Memos are sorted by newest, place, kind or author.");
                return Vec::new();
            }
        };
        self.memos.list.list_again();
        Vec::new()
    }

    /// Asks for a value that the listed memos have, to list only those.
    pub(in crate::app) fn ask_memo_facet(&mut self, facet: &str) -> Vec<Effect> {
        let facet = match facet {
            "kind" => Facet::Kind,
            "author" => Facet::Author,
            "thing" => Facet::Thing,
            _ => {
                self.refuse("Memos are narrowed by kind, author or thing.");
                return Vec::new();
            }
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for row in self.memos.list.all() {
            let value = match facet {
                Facet::Kind => row.kind.name(),
                Facet::Author => row.author.as_str(),
                Facet::Thing => row.thing.as_str(),
            };
            *counts.entry(value).or_default() += 1;
        }
        if counts.is_empty() {
            self.refuse("There are no memos yet.");
            return Vec::new();
        }
        let choice = |(value, count): (&str, usize)| Choice {
            words: value.replace('_', " "),
            detail: count.to_string(),
            answer: value.to_owned(),
        };
        let choices = counts.into_iter().map(choice).collect();
        self.choose(Chooser::new("only memos", "type to search", choices, Asked::MemoFacet(facet)))
    }

    /// Lists only memos with that value.
    pub(in crate::app) fn narrow_memos(&mut self, facet: Facet, value: &str) -> Vec<Effect> {
        // Names of codes stand between quotation marks of print, which a filter does not need.
        self.memos.list.filter = TextField::new(with_facet(self.memos.list.filter.text(), facet, value));
        self.memos.list.filter_changed();
        Vec::new()
    }

    /// Lists all memos.
    pub(in crate::app) fn list_all_memos(&mut self) -> Vec<Effect> {
        self.memos.list.list_again();
        self.memos.list.filter.clear();
        self.memos.order = Order::Newest;
        Vec::new()
    }

    /// Lists the flags "check the audio" by transcript and time.
    pub(in crate::app) fn list_audio_flags(&mut self) -> Vec<Effect> {
        self.leave_mark();
        self.layers.clear();
        self.screen = Screen::Memos;
        self.memos.list.leave_filter();
        self.memos.order = Order::Place;
        self.memos.list.filter = TextField::new(format!("kind:{}", MemoKind::CheckAudio.name()));
        self.memos.list.filter_changed();
        Vec::new()
    }
}

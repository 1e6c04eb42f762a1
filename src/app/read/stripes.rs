//! Stripes in the margin: which codings run beside which rows, and where their names stand.

use std::collections::BTreeMap;

use super::open::Open;
use super::page::{At, Row};
use crate::app::Model;
use crate::study::{CodeId, CoderId, CodingId, MemoKind, MemoOn, Quote, Valence};
use crate::text::Span;

/// How many stripes stand beside one another; those of further codings are left out, their names are not.
pub(super) const LANES: usize = 4;

/// The stripe of one coding beside the rows in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripe {
    /// The coding.
    pub coding: CodingId,
    /// Whose it is.
    pub coder: CoderId,
    /// Its code.
    pub code: CodeId,
    /// Its effective valence.
    pub valence: Option<Valence>,
    /// Whether its quote is starred.
    pub starred: bool,
    /// Whether its quote has a memo.
    pub memo: bool,
    /// Its place among stripes beside the same rows; `LANES` or more is not drawn.
    pub lane: usize,
    /// The first row in sight that it runs beside.
    pub first: usize,
    /// The last one.
    pub last: usize,
    /// Whether it begins (ends) there, and not above (below).
    pub whole: (bool, bool),
    /// The row its name stands in.
    pub name_row: usize,
}

/// The stripes beside the rows in sight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stripes {
    /// In order of the text, longer quotes first; those of this coder before those of others.
    pub stripes: Vec<Stripe>,
    /// How many stand beside one another at most, up to `LANES`.
    pub lanes: usize,
    /// Quotes without a code that begin in sight: they have a star or a memo.
    pub bare: Vec<Bare>,
}

/// A quote without a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bare {
    /// The first row in sight that it is in.
    pub row: usize,
    /// Whether it is starred.
    pub starred: bool,
    /// Whether it has a memo.
    pub memo: bool,
    /// Whether its audio is to be checked.
    pub flagged: bool,
}

impl Stripes {
    /// The stripes beside the rows in sight: those of this coder and, unless they are hidden, of others. Those of others
    /// stand in lanes of their own, so that showing them moves nothing.
    #[must_use]
    pub fn of(model: &Model, open: &Open) -> Stripes {
        let rows: Vec<Option<Span>> = open.rows.iter().map(|at| text_of(open, *at)).collect();
        let spans = || rows.iter().copied().flatten();
        let (Some(first), Some(last)) = (spans().next(), spans().next_back()) else {
            return Stripes::default();
        };
        let window = first.hull(last);
        let mut found = Stripes::default();
        let in_sight = |quote: &&Quote| {
            model.is_quote_shown(quote) && quote.revision == open.revision && quote.span.overlaps(window)
        };
        let mut quotes: Vec<&Quote> = model.study.quotes_in(open.transcript).filter(in_sight).collect();
        quotes.sort_by_key(|quote| quote.coder != model.me.id);
        for quote in quotes {
            let beside = |row: &Option<Span>| row.is_some_and(|row| row.overlaps(quote.span));
            let (Some(first), Some(last)) = (rows.iter().position(beside), rows.iter().rposition(beside))
            else {
                continue;
            };
            let memos = || model.study.memos_on(MemoOn::Quote(quote.id));
            let memo = memos().next().is_some();
            if model.study.codings_on(quote.id).next().is_none() {
                let flagged = memos().any(|memo| memo.kind == MemoKind::CheckAudio);
                found.bare.push(Bare { row: first, starred: quote.starred, memo, flagged });
            }
            for coding in model.study.codings_on(quote.id) {
                found.stripes.push(Stripe {
                    coding: coding.id,
                    coder: quote.coder,
                    code: coding.code,
                    valence: model.study.effective_valence(coding),
                    starred: quote.starred,
                    memo,
                    lane: 0,
                    first,
                    last,
                    whole: (quote.span.start >= window.start, quote.span.end <= window.end),
                    name_row: first,
                });
            }
        }
        found.assign_lanes();
        found.place_names();
        found
    }

    /// Each stripe takes the first lane that is free beside its rows.
    fn assign_lanes(&mut self) {
        let mut free_from: Vec<usize> = Vec::new();
        for stripe in &mut self.stripes {
            let lane = free_from.iter().position(|from| *from <= stripe.first).unwrap_or(free_from.len());
            if lane == free_from.len() {
                free_from.push(0);
            }
            if let Some(from) = free_from.get_mut(lane) {
                *from = stripe.last + 1;
            }
            stripe.lane = lane;
        }
        self.lanes = free_from.len().min(LANES);
    }

    /// A name stands beside the first row of its stripe that has none yet; if all have, beside the last.
    fn place_names(&mut self) {
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        for stripe in &mut self.stripes {
            let free = (stripe.first..=stripe.last).find(|row| !taken.contains_key(row));
            stripe.name_row = free.unwrap_or(stripe.last);
            *taken.entry(stripe.name_row).or_default() += 1;
        }
    }

    /// The stripes whose names stand in a row.
    pub fn named_in(&self, row: usize) -> impl Iterator<Item = &Stripe> {
        self.stripes.iter().filter(move |stripe| stripe.name_row == row)
    }

    /// The stripe of a lane beside a row.
    #[must_use]
    pub fn at(&self, row: usize, lane: usize) -> Option<&Stripe> {
        self.stripes.iter().find(|stripe| stripe.lane == lane && (stripe.first..=stripe.last).contains(&row))
    }
}

fn text_of(open: &Open, at: At) -> Option<Span> {
    match open.page.row(at)? {
        Row::Text(span) => Some(span),
        Row::Heading => None,
    }
}

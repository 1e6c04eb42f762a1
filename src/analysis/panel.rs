//! The panel of one component: its themes and codes, barriers beside facilitators, who said them, and the quotes.

use std::collections::BTreeSet;

use super::count::on_side;
use super::placement::Placement;
use super::tally::Passage;
use super::{Columns, Count, Counter, PanelOf, Sided, Split};
use crate::study::{CodeId, CodeState, ParticipantId, QuoteId, Side, Theme, ThemeId};

/// One component, or what is not classified.
#[derive(Clone, Debug)]
pub struct Panel {
    /// What it is of.
    pub of: PanelOf,
    /// The columns of every [`Split`] in it.
    pub columns: Columns,
    /// Themes in print order, then codes that no theme of the panel counts, in the order of the codebook tree.
    pub rows: Vec<PanelRow>,
    /// All codes that stand in it together, as the filter `component:` finds them: people are a union, and no code counts
    /// twice. A code that a theme of this panel names but that is classified elsewhere counts there.
    pub total: Sided<Split>,
    /// The same as a row, with its quotes.
    pub whole: PanelRow,
}

/// A theme, or a code by itself.
#[derive(Clone, Debug)]
pub struct PanelRow {
    /// Which.
    pub of: RowOf,
    /// The codes that it counts.
    pub codes: BTreeSet<CodeId>,
    /// A theme's barrier codes beside its facilitator codes, in its order. Empty for a code by itself.
    pub parts: Sided<Vec<Part>>,
    /// The counts.
    pub split: Sided<Split>,
    /// The same, whatever its valence.
    pub total: Count,
    /// The quotes behind them: starred first, then in the order of the study.
    pub quotes: Sided<Vec<Behind>>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowOf {
    /// A theme.
    Theme(ThemeId),
    /// All of the panel together: [`Panel::whole`].
    Total,
    /// A code that no theme of the panel counts.
    Code {
        /// Which.
        code: CodeId,
        /// How many rows of the panel stand above it in the codebook tree: its counts are in theirs.
        depth: usize,
    },
}

/// One code of a theme, as the theme lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which, with what stands below it in the codebook.
    pub code: CodeId,
    /// Its codings, whatever their valence.
    pub count: Count,
    /// Those of them that are on the side of the theme where it stands: not all are, if it leaves the valence to them.
    pub here: Count,
}

/// A quote behind a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// Which.
    pub quote: QuoteId,
    /// Its coder starred it.
    pub starred: bool,
    /// Participants who speak in it, in order of the text.
    pub people: Vec<ParticipantId>,
}

impl Panel {
    /// Makes the panel of a component of the study's framework, or of what is not classified.
    #[must_use]
    pub fn of(counter: &Counter<'_>, of: PanelOf) -> Self {
        let placement = Placement::of(counter.study());
        let themes = placement.themes_in(&of).map(|theme| {
            let row = PanelRow::of(counter, RowOf::Theme(theme.id), placement.codes_of_theme(theme.id));
            PanelRow { parts: parts(counter, theme, &row.codes), ..row }
        });
        let codes = placement.rows_in(&of).into_iter().filter_map(|(depth, code, codes)| {
            let row = PanelRow::of(counter, RowOf::Code { code: code.id, depth }, codes);
            let is_empty = [Some(Side::Barrier), Some(Side::Facilitator), None]
                .iter()
                .all(|side| row.split.of(*side).count.is_empty());
            (code.state != CodeState::Retired || !is_empty).then_some(row)
        });
        let rows = themes.chain(codes).collect();
        let whole = PanelRow::of(counter, RowOf::Total, placement.codes_in(&of));
        Self { columns: counter.columns().clone(), rows, total: whole.split.clone(), whole, of }
    }
}

impl PanelRow {
    fn of(counter: &Counter<'_>, of: RowOf, codes: BTreeSet<CodeId>) -> Self {
        let passages = counter.passages(&codes);
        let sided = Sided::each(|side| on_side(&passages, side));
        Self {
            of,
            parts: Sided::default(),
            split: Sided::each(|side| counter.split_of(sided.of(side))),
            total: counter.count_codes(&codes),
            quotes: Sided::each(|side| behind(counter, sided.of(side))),
            codes,
        }
    }

    /// The quotes behind one side (`None`: without a side), all or those in one column.
    pub fn quotes<'p>(
        &'p self,
        side: Option<Side>,
        column: Option<&'p super::Column>,
    ) -> impl Iterator<Item = &'p Behind> {
        self.quotes.of(side).iter().filter(move |behind| {
            column.is_none_or(|column| behind.people.iter().any(|person| column.people.contains(person)))
        })
    }
}

/// The codes of a theme with their counts. What stands below a code counts with it if the theme counts it.
fn parts(counter: &Counter<'_>, theme: &Theme, counted: &BTreeSet<CodeId>) -> Sided<Vec<Part>> {
    let list = |codes: &[CodeId], side: Side| {
        let part = |code: &CodeId| {
            let below = counter.study().descendants(*code).intersection(counted).copied().collect();
            let here = counter.split(&below).of(Some(side)).count;
            Part { code: *code, count: counter.count_codes(&below), here }
        };
        codes.iter().map(part).collect()
    };
    Sided {
        barrier: list(&theme.barriers, Side::Barrier),
        facilitator: list(&theme.facilitators, Side::Facilitator),
        unsided: Vec::new(),
    }
}

/// The quotes of passages, each once.
pub(super) fn behind(counter: &Counter<'_>, passages: &[Passage<'_>]) -> Vec<Behind> {
    let in_order: BTreeSet<_> = passages
        .iter()
        .map(|passage| (!passage.quote.starred, passage.transcript, passage.coding.quote))
        .collect();
    let quotes = in_order.into_iter().filter_map(|(_, transcript, quote)| counter.quote(transcript, quote));
    let kept = quotes.filter_map(|quote| {
        let people = counter.people_of(quote)?;
        Some(Behind { quote: quote.id, starred: quote.starred, people })
    });
    kept.collect()
}

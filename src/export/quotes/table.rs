//! Quotes as one table, a row each: for spreadsheets and scripts.

use super::{Quotation, QuoteList, Section};
use crate::export::{Cell, Grid, GridRow};

pub(super) fn of(list: &QuoteList) -> Grid {
    let head =
        ["component", "section", "valence", "group", "quotation", "attribution", "place", "starred", "used"];
    let rows = list.sections.iter().flat_map(|section| {
        section.quotes.iter().map(move |quotation| GridRow::of(cells(section, quotation)))
    });
    Grid {
        title: list.title.clone(),
        head: head.map(String::from).to_vec(),
        rows: rows.collect(),
        notes: vec![],
    }
}

/// The group of who speaks first; of words of no participant whose they are, as it stands behind the quotation: `interviewer`.
fn group(quotation: &Quotation) -> String {
    match quotation.group.as_str() {
        "" if quotation.people.is_empty() => quotation.attribution.clone(),
        group => group.to_owned(),
    }
}

fn cells(section: &Section, quotation: &Quotation) -> Vec<Cell> {
    vec![
        section.component.clone().unwrap_or_default().into(),
        section.name.clone().into(),
        quotation.sides.cell().into(),
        group(quotation).into(),
        quotation.text.clone().into(),
        quotation.attribution.clone().into(),
        quotation.place.clone().into(),
        if quotation.starred { "yes" } else { "" }.into(),
        quotation.used.join("; ").into(),
    ]
}

//! Themes by group: how many of each say it, and a typical quote. A joint display.

use std::sync::Arc;

use super::super::placement::Placement;
use super::super::{Attribution, Behind, Counter, Quotation, count::on_side};
use super::codes::{layers_note, left_out_note};
use super::groups::Groups;
use super::paper::{Head, PaperCell, PaperRow};
use super::themes::SIDES;
use super::{Basis, CellValue, Evidence, PaperTable, TableError, TableKind, TableOptions, Unit, side_word};
use crate::study::{Quote, QuoteId, Side};

pub(super) fn table(counter: &Counter<'_>, options: &TableOptions) -> Result<PaperTable, TableError> {
    let study = counter.study();
    let themes = study.themes_in_order();
    if themes.is_empty() {
        return Err(TableError::Nothing(
            "the codebook has no themes yet: put codes into themes (screen Codebook, or [[theme]] in codebook.toml)",
        ));
    }
    let by = options.by.as_deref().or(study.settings.compare.as_deref());
    let groups = Groups::of(counter, by)?;
    let Some(name) = groups.name.clone() else { return Err(TableError::NoGroups) };
    let attribution = Attribution::of(study)?;
    let mut head = vec![Head::words("theme", "Theme"), Head::words("side", "Side")];
    for group in &groups.groups {
        let (key, label) = (group.key(), group.label());
        head.push(Head::numbers(key.clone(), format!("{label} (N = {})", group.of()), Unit::People));
        head.push(Head::words(&format!("{key}_quote"), format!("{label}, a quote")));
    }
    head.push(Head::words("said_by", "Said by"));
    let title = format!("Themes by {}", super::plain(&name));
    let mut table = PaperTable::new(TableKind::Joint, title, head);
    let placement = Placement::of(study);
    let mut left_out = 0;
    for theme in themes {
        let codes = Arc::new(placement.codes_of_theme(theme.id));
        let passages = counter.passages(&codes);
        let sides = SIDES.into_iter().map(Some).chain([None]);
        for side in sides {
            let here = on_side(&passages, side);
            if side.is_none() && here.is_empty() {
                continue;
            }
            let all = counter.count_passages(&here).all;
            left_out += all.unclear + all.beside;
            let mut cells = vec![PaperCell::words(theme.name.clone()), PaperCell::words(side_name(side))];
            let mut said = Vec::new();
            for (group, figures) in groups.groups.iter().zip(groups.count(counter, &here)) {
                let evidence = group.narrow(Evidence::of(&codes).on(side));
                if figures.people > 0 {
                    said.push(group.label());
                }
                let quote = match figures.people {
                    0 => None,
                    _ => typical(counter, &evidence, &attribution)?,
                };
                table.quoted.extend(quote.iter().map(|(id, _)| *id));
                cells.push(PaperCell::number(figures.people, evidence.clone()));
                cells.push(match quote {
                    Some((id, words)) => {
                        PaperCell { value: CellValue::Words(words), basis: Some(Basis::Quote(id, evidence)) }
                    }
                    None => PaperCell { value: CellValue::Blank, basis: Some(evidence.into()) },
                });
            }
            cells.push(PaperCell::words(match said.len() {
                0 => String::from("nobody"),
                all if all == groups.groups.len() && all > 1 => String::from("all groups"),
                1 => format!("{} only", said.concat()),
                _ => said.join(", "),
            }));
            table.rows.push(PaperRow::of(cells));
        }
    }
    layers_note(&mut table, counter.everybody().len());
    table.note(
        "The quote is one that was starred; without a star, the one of middling length. Quotes of people who did not agree to \
         be quoted are never shown.",
    );
    left_out_note(&mut table, counter, left_out);
    Ok(table)
}

fn side_name(side: Option<Side>) -> &'static str {
    side.map_or("No side", side_word)
}

/// A quote to stand for all: the first starred one, else that of middling length; as it is written anywhere.
fn typical(
    counter: &Counter<'_>,
    evidence: &Evidence,
    attribution: &Attribution<'_>,
) -> Result<Option<(QuoteId, String)>, TableError> {
    let study = counter.study();
    let mut found: Vec<(Behind, &Quote)> = counter
        .quotes_behind(evidence)
        .into_iter()
        .filter_map(|behind| Some((behind.clone(), study.quotes().get(&behind.quote)?)))
        .filter(|(_, quote)| !study.refuses_quoting(quote))
        .collect();
    if !found.first().is_some_and(|(behind, _)| behind.starred) {
        found.sort_by_key(|(_, quote)| quote.text.len());
        let middle = found.len() / 2;
        found.drain(..middle);
    }
    let Some((_, quote)) = found.first() else { return Ok(None) };
    let quotation = Quotation::of(study, quote, attribution)?;
    Ok(Some((quote.id, quotation.apart(&study.settings.quotation).joined())))
}

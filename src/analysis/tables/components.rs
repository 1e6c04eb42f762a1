//! Barriers against facilitators by component, and by group.

use std::sync::Arc;

use super::super::placement::{PanelOf, Placement};
use super::super::{Counter, count::on_side};
use super::codes::{layers_note, left_out_note};
use super::groups::Groups;
use super::paper::{Head, PaperCell, PaperRow};
use super::themes::{SIDES, apart_note, numbers};
use super::{Evidence, PaperTable, Picture, TableError, TableKind, TableOptions, Unit};

pub(super) fn table(counter: &Counter<'_>, options: &TableOptions) -> Result<PaperTable, TableError> {
    let study = counter.study();
    let components = study.components_of(&study.settings.framework);
    if components.is_empty() {
        return Err(TableError::NoFramework(study.no_framework_words()));
    }
    if counter.transcripts().len() == 0 {
        return Err(TableError::Nobody);
    }
    let groups = Groups::of(counter, options.by.as_deref())?;
    let of = counter.everybody().len();
    let mut head = vec![Head::words("component", "Component")];
    for side in SIDES {
        let word = side.name();
        head.push(Head::numbers(format!("{word}_people"), format!("{word} people"), Unit::People));
        head.push(Head::numbers(format!("{word}_codings"), format!("{word} codings"), Unit::Codings));
        for group in &groups.groups {
            let key = format!("{word}_{}", group.key());
            let title = format!("{word} {}", group.title(options.measure));
            head.push(Head::numbers(key, title, options.measure.unit()));
        }
    }
    head.push(Head::numbers("no_side", "no side codings", Unit::Codings));
    let mut table = PaperTable::new(TableKind::Components, "Barriers and facilitators by component", head);
    let placement = Placement::of(study);
    let rows = components
        .iter()
        .map(|held| (held.label.clone(), PanelOf::Component(held.id.clone())))
        .chain([(String::from("not classified"), PanelOf::Unclassified)]);
    let (mut pairs, mut left_out) = (Vec::new(), 0);
    for (label, of) in rows {
        let codes = Arc::new(placement.codes_in(&of));
        let passages = counter.passages(&codes);
        let (split, cells) = numbers(counter, (&codes, &passages), &groups, options.measure);
        let unsided = counter.count_passages(&on_side(&passages, None)).all;
        let whole = counter.count_passages(&passages).all;
        if of == PanelOf::Unclassified && codes.is_empty() {
            continue;
        }
        left_out += whole.unclear + whole.beside;
        let mut row = vec![PaperCell::words(label.clone())];
        row.extend(cells);
        row.push(PaperCell::number(unsided.codings, Evidence::of(&codes).on(None)));
        table.rows.push(PaperRow::of(row));
        let everybody = split.map(|side| options.measure.of(&side.count.all));
        pairs.extend(groups.bars(counter, (&label, &passages), everybody, options.measure));
    }
    layers_note(&mut table, of);
    table.note(
        "What is ambivalent counts once on each side. A component counts the union of people, never a sum.",
    );
    apart_note(&mut table, counter);
    left_out_note(&mut table, counter, left_out);
    table.picture = Some(Picture::Bars { measure: options.measure, pairs });
    Ok(table)
}

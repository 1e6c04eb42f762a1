//! The sample: participants by each of their attributes, with per cent (Tables 1 and 2 of a paper).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::Counter;
use super::super::sample::{SampleBlock, sample_table};
use super::groups::{GroupOf, Groups, wording};
use super::paper::{Head, PaperCell, PaperRow};
use super::{
    Evidence, MOST_GROUPS, PaperTable, TableError, TableKind, TableOptions, Unit, percents, percents_to_100,
    plain,
};
use crate::study::ParticipantId;

/// The people in one category of one group.
type Members = Arc<BTreeSet<ParticipantId>>;

pub(super) fn table(counter: &Counter<'_>, options: &TableOptions) -> Result<PaperTable, TableError> {
    let everybody = counter.everybody();
    if everybody.is_empty() {
        return Err(TableError::Nobody);
    }
    let groups = Groups::of(counter, options.by.as_deref())?;
    let blocks = sample_table(counter.study(), counter.scope());
    if blocks.is_empty() {
        return Err(TableError::Nothing(
            "nothing is known of any participant yet; import a list of participants",
        ));
    }
    let of = everybody.len();
    let mut head = vec![
        Head::words("attribute", "Characteristic").said_above(),
        Head::words("value", "Category"),
        Head::numbers("participants", "n", Unit::People),
        Head::numbers("of", "N", Unit::People),
        Head::numbers("percent", "%", Unit::Percent),
    ];
    for group in &groups.groups {
        let (key, label) = (group.key(), group.label());
        head.push(Head::numbers(key.clone(), format!("{label} n"), Unit::People));
        head.push(Head::numbers(format!("{key}_of"), format!("{label} N"), Unit::People));
        head.push(Head::numbers(format!("{key}_percent"), format!("{label} %"), Unit::Percent));
    }
    let mut table = PaperTable::new(TableKind::Sample, format!("Sample characteristics (N = {of})"), head);
    for block in &blocks {
        add_block(counter, &mut table, block, &groups, options);
    }
    table.note(
        "Counted are participants with imported speech. Of each characteristic, n is of those to whom it applies and of whom \
         it is recorded; missing values and answers withheld are inside that N, on rows of their own.",
    );
    if !groups.groups.is_empty() {
        let sizes = groups.groups.iter().map(|group| format!("{} {}", group.label(), group.of()));
        let sizes = sizes.collect::<Vec<_>>().join(", ");
        table.note(format!("Participants in each group: {sizes}. The N of a characteristic may be smaller."));
    }
    for block in &blocks {
        let attribute = plain(&block.attribute);
        if block.not_applicable > 0 {
            table.note(format!("{attribute}: does not apply to {} of {of}.", block.not_applicable));
        }
        if block.not_recorded > 0 {
            table.note(format!("{attribute}: not recorded for {} of {of}.", block.not_recorded));
        }
    }
    table.note(if options.to_100 {
        "Per cent is made to add up to 100 in each characteristic: rounded down, and what is missing is given to those that \
         lost most by it."
    } else {
        "Per cent is rounded half up, below two to one decimal; it need not add up to 100."
    });
    Ok(table)
}

fn add_block(
    counter: &Counter<'_>,
    table: &mut PaperTable,
    block: &SampleBlock,
    groups: &Groups,
    options: &TableOptions,
) {
    let columns = table.head.len();
    let name = plain(&block.attribute);
    let applies: BTreeSet<_> = block.rows.iter().flat_map(|row| row.members.iter().copied()).collect();
    let in_group =
        |group: &GroupOf| -> Members { Arc::new(applies.intersection(&group.people).copied().collect()) };
    let bases: Vec<Members> = groups.groups.iter().map(in_group).collect();
    let everybody = Evidence::by(&Arc::new(applies));
    table.rows.push(PaperRow::heading(name.clone(), columns));
    if block.rows.len() > MOST_GROUPS {
        let mut cells = vec![
            PaperCell::words(name),
            PaperCell::words(format!("{} different values, which are not listed", block.rows.len())),
            PaperCell::default(),
            PaperCell::number(block.of, everybody),
        ];
        for base in &bases {
            cells.push(PaperCell::default());
            cells.push(PaperCell::number(count(base), Evidence::by(base)));
            cells.push(PaperCell::default());
        }
        cells.resize_with(columns, PaperCell::default);
        table.rows.push(PaperRow::of(cells));
        return;
    }
    let percent = |counts: &[u32], of: u32| match options.to_100 {
        true => percents_to_100(counts, of),
        false => percents(counts, of),
    };
    let counts: Vec<u32> = block.rows.iter().map(|row| row.people).collect();
    let all = percent(&counts, block.of);
    // Of each group: who has which category, and the share of its own N.
    let by_group: Vec<(Vec<Members>, Vec<u32>)> = bases
        .iter()
        .map(|base| {
            let share = |members: &BTreeSet<ParticipantId>| -> Members {
                Arc::new(members.intersection(base).copied().collect())
            };
            let members: Vec<_> = block.rows.iter().map(|row| share(&row.members)).collect();
            let counts: Vec<u32> = members.iter().map(|held| count(held)).collect();
            let percents = percent(&counts, count(base));
            (members, percents)
        })
        .collect();
    for (at, row) in block.rows.iter().enumerate() {
        let behind = Evidence::by(&Arc::new(row.members.clone()));
        let mut cells = vec![
            PaperCell::words(name.clone()),
            PaperCell::words(wording(counter, &block.attribute, &row.group)),
            PaperCell::number(row.people, behind.clone()),
            PaperCell::number(block.of, everybody.clone()),
            PaperCell::share(all.get(at).copied().unwrap_or(0), block.of, behind),
        ];
        for ((members, percents), base) in by_group.iter().zip(&bases) {
            let held = members.get(at).cloned().unwrap_or_default();
            let behind = Evidence::by(&held);
            cells.push(PaperCell::number(count(&held), behind.clone()));
            cells.push(PaperCell::number(count(base), Evidence::by(base)));
            cells.push(PaperCell::share(percents.get(at).copied().unwrap_or(0), count(base), behind));
        }
        table.rows.push(PaperRow::of(cells));
    }
}

fn count(people: &BTreeSet<ParticipantId>) -> u32 {
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

//! `combe table`: tables for a paper.

use std::collections::BTreeSet;

use serde::Serialize;

use super::error::CliError;
use super::world::World;
use crate::analysis::{Scope, sample_table};
use crate::study::{AttributeOf, Study, Subject};
use crate::text::fold_name;

/// Print a table of the study.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    table: Table,
}

#[derive(clap::Subcommand)]
enum Table {
    Sample(SampleArgs),
}

/// The sample: participants by each of their attributes, with per cent.
///
/// Counts participants with imported speech. Who an attribute does not apply to is outside its N; missing values and
/// answers withheld are inside, on rows of their own. Per cent is rounded half up, below two to one decimal.
#[derive(clap::Args)]
struct SampleArgs {
    /// Only participants with this value: `--where group=public`; several must all hold
    #[arg(long = "where", value_name = "ATTRIBUTE=VALUE")]
    conditions: Vec<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    attribute: &'a str,
    value: &'a str,
    participants: u32,
    of: u32,
    percent: &'a str,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    match &args.table {
        Table::Sample(args) => sample(world, args),
    }
}

fn sample(world: &mut World, args: &SampleArgs) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let study = &opened.study;
    let scope = scope_of(study, &args.conditions)?;
    let blocks = sample_table(study, &scope);
    if blocks.is_empty() {
        world.out.remark("Nothing is known of any participant yet; import a list of participants.")?;
        return Ok(1);
    }
    for block in &blocks {
        world.out.remark(&format!("{}  (n = {})", block.attribute.replace('_', " "), block.of))?;
        for row in &block.rows {
            let percent = block.percent(row.people);
            let line = Line {
                attribute: &block.attribute,
                value: row.group.label(),
                participants: row.people,
                of: block.of,
                percent: &percent,
            };
            world.out.result(&line, || {
                format!("  {:<44} {:>5} {percent:>5} %", line.value.replace('_', " "), line.participants)
            })?;
        }
        world.out.remark("")?;
    }
    Ok(0)
}

/// The participants of whom all conditions hold.
fn scope_of(study: &Study, conditions: &[String]) -> Result<Scope, CliError> {
    if conditions.is_empty() {
        return Ok(Scope::default());
    }
    let mut people: BTreeSet<_> = study.participants().iter().map(|person| person.id).collect();
    for condition in conditions {
        let Some((name, wanted)) = condition.split_once('=') else {
            return Err(CliError::Usage(format!("“{condition}” is no condition: write it as group=public")));
        };
        let Some(attribute) = study.attribute_named(AttributeOf::Participant, name.trim()) else {
            return Err(CliError::Usage(format!("participants have no attribute “{}”", name.trim())));
        };
        let wanted = fold_name(wanted);
        people.retain(|person| {
            let value = study.value_of(Subject::Participant(*person), attribute);
            value.and_then(crate::study::Value::counted).is_some_and(|value| fold_name(value) == wanted)
        });
    }
    Ok(Scope { people: Some(people), ..Scope::default() })
}

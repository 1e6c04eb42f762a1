//! `combe withdraw`: the words of somebody who withdrew.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::erasing::{self, Doing, How};
use super::error::CliError;
use super::world::{Opened, World};
use crate::store::Asked;
use crate::study::{Erasure, Source, Withdrawal};

/// Erase what somebody said who withdrew their consent: `combe withdraw P088`.
///
/// Shows first what it would touch, and asks once. The person's words go from the texts of all revisions, from quotes,
/// memos, summaries, drafts and history, from snapshots, and from your search index and saved place; turns keep their
/// numbers. What others said stays. It cannot be undone. To take somebody out of sight for the time being, see `combe hide`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Name of the participant
    #[arg(required_unless_present = "finish")]
    participant: Option<String>,
    /// How far the withdrawal goes, in the study's own words, for the consent record
    #[arg(long, default_value = "all")]
    scope: String,
    /// The day it reached the study (2026-11-29); today if not given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    #[command(flatten)]
    how: How,
    /// Go on with an erasure that stopped half way, as `combe check` says
    #[arg(long)]
    finish: bool,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let mut opened = world.open()?;
    if args.finish {
        return finish(world, &mut opened);
    }
    erasing::finish_first(&opened)?;
    let name = args.participant.as_deref().unwrap_or_default();
    let person = opened.study.participant_named(name).cloned().ok_or_else(|| {
        CliError::Usage(format!(
            "there is no participant {name}; `combe export participants` lists them, and nothing was changed"
        ))
    })?;
    let on = args.on.unwrap_or_else(|| world.source.now().to_zoned(TimeZone::system()).date());
    let withdrawn = opened.study.consents().get(&person.id).and_then(|consent| consent.withdrawn.clone());
    let asked = Asked {
        what: Erasure::Participant(person.id),
        coder: opened.coder.clone(),
        command: "withdraw",
        label: format!("{} withdrew ({}): their words were erased", person.name, args.scope.trim()),
        reason: args.how.reason.clone(),
        withdrawal: Some(Withdrawal { on, scope: args.scope.trim().to_owned() }),
    };
    let touched = opened.store.plan_erasure(&asked, &world.source)?;
    if let Some(withdrawn) = withdrawn.filter(|_| touched.is_empty()) {
        return Err(CliError::refused(format!(
            "{} withdrew on {} already, and nothing they said is left; nothing was changed",
            person.name, withdrawn.on
        )));
    }
    let what = format!("what {} said", person.name);
    let doing = Doing { how: &args.how, what, remark: None };
    erasing::carry_out(world, &mut opened, &asked, &touched, &doing)
}

fn finish(world: &mut World, opened: &mut Opened) -> Result<u8, CliError> {
    let Some(seq) = opened.store.unfinished_erasure()? else {
        world.out.remark("No erasure is left half done.")?;
        return Ok(1);
    };
    opened.store.finish_erasure(&world.source)?;
    erasing::forget_outside(opened)?;
    opened.store.end_erasure()?;
    world.out.remark(&format!("The erasure of action {seq} is done."))?;
    Ok(0)
}

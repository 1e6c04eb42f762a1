//! `combe themes`: the rows of the analysis.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cited::keep_words_back;
use super::error::CliError;
use super::world::World;
use crate::analysis::{Scope, Sheets};
use crate::export::{Agreement, Reach};
use crate::study::{CodeId, Study};
use crate::text::counted;

/// Print the themes in print order: barriers, and the facilitators that answer them, with people counted.
#[derive(clap::Args)]
pub(super) struct Args {}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    component: Option<&'a str>,
    order: u32,
    barriers: Vec<&'a str>,
    facilitators: Vec<&'a str>,
    note: &'a str,
    barrier_participants: u32,
    facilitator_participants: u32,
    participants: u32,
    of: u32,
    codings: u32,
}

pub(super) fn run(world: &mut World, _: &Args) -> Result<u8, CliError> {
    let mut opened = world.open_to_read()?;
    keep_words_back(&mut opened, Agreement::Nothing, Reach::Notes, "")?;
    let study = &opened.study;
    let (mut sheets, scope) = (Sheets::default(), Scope::default());
    let counter = sheets.counter(study, &scope);
    let themes = study.themes_in_order();
    if themes.is_empty() {
        world.out.remark("There are no themes; import them with a codebook.")?;
        return Ok(1);
    }
    let by_code = study.themes_by_code(&study.settings.framework);
    for theme in themes {
        let codes: BTreeSet<CodeId> =
            by_code.iter().filter(|(_, themes)| themes.contains(&theme.id)).map(|(code, _)| *code).collect();
        let (all, split) = (counter.count_codes(&codes).all, counter.split(&codes));
        let line = Line {
            name: &theme.name,
            component: study
                .component_of_theme(theme, &study.settings.framework)
                .map(|component| component.id.as_str()),
            order: theme.position,
            barriers: names(study, &theme.barriers),
            facilitators: names(study, &theme.facilitators),
            note: &theme.note,
            barrier_participants: split.barrier.count.all.people,
            facilitator_participants: split.facilitator.count.all.people,
            participants: all.people,
            of: all.of,
            codings: all.codings,
        };
        world.out.result(&line, || {
            let side = |sign: &str, names: &[&str], people: u32| match names {
                [] => format!("    {sign} nothing yet"),
                names => format!(
                    "    {sign} {}  ({})",
                    names.join("; "),
                    counted(people as usize, "person", "people")
                ),
            };
            format!(
                "{}  [{}]  {} of {} people\n{}\n{}",
                line.name,
                line.component.unwrap_or("not classified"),
                line.participants,
                line.of,
                side("-", &line.barriers, line.barrier_participants),
                side("+", &line.facilitators, line.facilitator_participants),
            )
        })?;
    }
    Ok(0)
}

fn names<'s>(study: &'s Study, codes: &[CodeId]) -> Vec<&'s str> {
    codes.iter().filter_map(|id| study.codes().get(id)).map(|code| code.name.as_str()).collect()
}

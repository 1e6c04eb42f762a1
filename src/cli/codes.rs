//! `combe codes`: the codebook with its counts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::error::CliError;
use super::world::World;
use crate::analysis::{Scope, Sheets};
use crate::study::{CodeId, CoderId, QuoteId, Side, Study, TranscriptId};

/// Print the codebook as a tree with counts.
///
/// Counts are of the layers of record; a code's include those of the codes below it, and people are counted once.
#[derive(clap::Args)]
pub(super) struct Args {}

#[derive(Serialize)]
struct Line<'a> {
    id: String,
    name: &'a str,
    path: String,
    component: Option<&'a str>,
    side: Option<&'static str>,
    origin: &'static str,
    state: &'static str,
    quotes: usize,
    codings: u32,
    participants: u32,
}

pub(super) fn run(world: &mut World, _: &Args) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let study = &opened.study;
    let (mut sheets, scope) = (Sheets::default(), Scope::default());
    let counter = sheets.counter(study, &scope);
    let layers: BTreeMap<TranscriptId, Option<CoderId>> = study
        .transcripts()
        .iter()
        .map(|transcript| (transcript.id, study.layer_of_record(transcript.id)))
        .collect();
    let mut any = false;
    for (depth, code) in study.codes_in_tree_order() {
        any = true;
        let count = counter.count(code.id).all;
        let quotes = count_quotes(study, &layers, code.id);
        let line = Line {
            id: code.id.to_string(),
            name: &code.name,
            path: study.code_path(code.id),
            component: study
                .component_of(code.id, &study.settings.framework)
                .map(|component| component.id.as_str()),
            side: code.side.map(Side::name),
            origin: code.origin.name(),
            state: code.state.name(),
            quotes,
            codings: count.codings,
            participants: count.people,
        };
        world.out.result(&line, || {
            let name = format!("{}{}", "  ".repeat(depth), code.name);
            let sign = match line.side {
                Some("barrier") => "-",
                Some(_) => "+",
                None => " ",
            };
            format!(
                "{name:<48} {sign} {:>5} codings {:>4} people  {}",
                line.codings,
                line.participants,
                line.component.unwrap_or("")
            )
        })?;
    }
    if !any {
        world.out.remark("The codebook is empty; import one, or make codes while you read.")?;
    }
    Ok(u8::from(!any))
}

/// Quotes of the layers of record with a code or one below it.
fn count_quotes(study: &Study, layers: &BTreeMap<TranscriptId, Option<CoderId>>, code: CodeId) -> usize {
    let codes = study.descendants(code);
    let on = codes.iter().flat_map(|code| study.codings_with(*code)).map(|coding| coding.quote);
    let quotes: BTreeSet<QuoteId> = on.collect();
    let counted = |id: &&QuoteId| {
        study.quotes().get(id).is_some_and(|quote| layers.get(&quote.transcript) == Some(&Some(quote.coder)))
    };
    quotes.iter().filter(counted).count()
}

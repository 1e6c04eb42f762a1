//! `combe codes`: the codebook with its counts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::cited::keep_words_back;
use super::error::CliError;
use super::world::World;
use crate::analysis::{Scope, Sheets};
use crate::export::{Agreement, Reach};
use crate::study::{Code, CodeId, CoderId, QuoteId, Side, Study, TranscriptId};
use crate::text::counted;

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
    let mut opened = world.open_to_read()?;
    keep_words_back(&mut opened, Agreement::Nothing, Reach::Names, "")?;
    let study = &opened.study;
    let (mut sheets, scope) = (Sheets::default(), Scope::default());
    let counter = sheets.counter(study, &scope);
    let layers: BTreeMap<TranscriptId, Option<CoderId>> = study
        .transcripts()
        .iter()
        .map(|transcript| (transcript.id, study.layer_of_record(transcript.id)))
        .collect();
    let tree = study.codes_in_tree_order();
    let name_of = |depth: usize, code: &Code| format!("{}{}", "  ".repeat(depth), code.name);
    let widest = tree.iter().map(|(depth, code)| name_of(*depth, code).width()).max().unwrap_or(0);
    for (depth, code) in &tree {
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
            let name = name_of(*depth, code);
            let gap = " ".repeat(widest.saturating_sub(name.width()));
            let sign = match line.side {
                Some("barrier") => "-",
                Some(_) => "+",
                None => " ",
            };
            format!(
                "{name}{gap}  {sign} {:>13} {:>11}  {}",
                counted(count.codings as usize, "coding ", "codings"),
                counted(count.people as usize, "person", "people"),
                line.component.unwrap_or("")
            )
        })?;
    }
    if tree.is_empty() {
        world.out.remark("The codebook is empty; import one, or make codes while you read.")?;
    }
    Ok(u8::from(tree.is_empty()))
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

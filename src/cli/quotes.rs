//! `combe quotes`: quotes with their codings.

use super::error::CliError;
use super::lines::QuoteLine;
use super::world::World;
use crate::text::CodePoints;

/// Print quotes with their codings, by transcript and place.
#[derive(clap::Args)]
pub(super) struct Args {}

pub(super) fn run(world: &mut World, _: &Args) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let mut any = false;
    for transcript in opened.study.transcripts_by_name() {
        let mut quotes =
            opened.study.quotes_in(transcript.id).filter(|quote| quote.revision == transcript.revision);
        let Some(first) = quotes.next() else { continue };
        let text = opened.store.text(transcript.revision)?;
        let points = CodePoints::new(&text);
        for quote in std::iter::once(first).chain(quotes) {
            any = true;
            let line = QuoteLine::new(&opened.study, quote, &text, &points);
            world.out.result(&line, || line.for_people())?;
        }
    }
    Ok(u8::from(!any))
}

impl QuoteLine {
    /// Place, speaker and codes on one line, the words below it.
    fn for_people(&self) -> String {
        let codes: Vec<String> = self
            .codings
            .iter()
            .map(|coding| match coding.valence.as_slice() {
                [] => coding.code.clone(),
                sides => format!("{} ({})", coding.code, sides.join(", ")),
            })
            .collect();
        let turn = self.turn.map(|turn| format!(":{}", turn.0)).unwrap_or_default();
        let star = if self.starred { " *" } else { "" };
        format!(
            "{}{turn}  {}  [{}]{star}  {}\n    {}",
            self.transcript,
            self.participants.join(", "),
            self.coder,
            codes.join("; "),
            self.text.replace('\n', "\n    ")
        )
    }
}

//! What goes with what: a word or an option that would say nothing is refused, not passed over.

use clap::ValueEnum;

use super::super::error::CliError;
use super::{Args, What};

/// What writes words of people who may refuse.
const WITH_WORDS: [What; 7] =
    [What::Quotes, What::Codebook, What::Transcript, What::Review, What::Report, What::Codings, What::Memos];

impl What {
    /// The word for it on the command line.
    pub(super) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

impl Args {
    /// Refuses what would be left out without a word.
    pub(super) fn refuse_not_taken(&self) -> Result<(), CliError> {
        let takes_words = matches!(self.what, What::Quotes | What::Transcript | What::Archive);
        if let Some(word) = self.of.first().filter(|_| !takes_words) {
            let what = self.what.name();
            return Err(CliError::Usage(format!(
                "export {what} writes all of it and takes no query: leave “{word}” out"
            )));
        }
        let given = [
            ("--by", self.by.is_some(), &[What::Quotes][..]),
            ("--quotes", self.quotes.is_some(), &[What::Review]),
            ("--with-refused", self.with_refused, &WITH_WORDS),
        ];
        match given.into_iter().find(|(_, is_given, takers)| *is_given && !takers.contains(&self.what)) {
            None => Ok(()),
            Some((option, _, takers)) => {
                let takers: Vec<String> = takers.iter().map(|taker| taker.name()).collect();
                Err(CliError::not_taken(&format!("export {}", self.what.name()), option, &takers))
            }
        }
    }
}

//! The layers of other coders in Read: hidden, dimmed, or shown like one's own.

use crate::app::{Effect, Model};
use crate::study::{Quote, TranscriptId};

/// How what others coded is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Others {
    /// Not at all: whoever codes looks with their own eyes.
    #[default]
    Hidden,
    /// In a quiet style.
    Dimmed,
    /// In the colours of its codes.
    Shown,
}

impl Others {
    fn next(self) -> Others {
        match self {
            Others::Hidden => Others::Dimmed,
            Others::Dimmed => Others::Shown,
            Others::Shown => Others::Hidden,
        }
    }
}

impl Model {
    /// From hidden to dimmed to shown, and around.
    pub(in crate::app) fn cycle_others(&mut self) -> Vec<Effect> {
        self.coders.others = self.coders.others.next();
        let blind = self.read.transcript().is_some_and(|transcript| self.is_blind_on(transcript));
        let said = match self.coders.others {
            Others::Hidden => "What others coded is hidden.",
            Others::Dimmed => "What others coded is dimmed.",
            Others::Shown => "What others coded is shown.",
        };
        let nothing = blind && self.coders.others != Others::Hidden;
        self.say(match nothing {
            true => format!("{said} Not here: you code this transcript blind."),
            false => said.to_owned(),
        });
        Vec::new()
    }

    /// Quotes in a transcript that are shown beside the text: one's own, and those of others unless they are hidden.
    pub(in crate::app) fn is_quote_shown(&self, quote: &Quote) -> bool {
        quote.coder == self.me.id || self.coders.others != Others::Hidden
    }

    /// Quotes of others that share a byte with what keys act on, if they are shown.
    pub(in crate::app) fn others_here(&self) -> Vec<&Quote> {
        let (Some(spot), Some(open)) = (self.target(), &self.read.open) else { return Vec::new() };
        let here = |quote: &&Quote| {
            quote.coder != self.me.id
                && self.is_quote_shown(quote)
                && quote.revision == open.revision
                && quote.span.overlaps(spot.span)
        };
        self.study.quotes_in(spot.transcript).filter(here).collect()
    }

    /// Whether this coder codes a transcript blind.
    #[must_use]
    pub fn is_blind_on(&self, transcript: TranscriptId) -> bool {
        self.study.is_blind(self.me.id, transcript)
    }
}

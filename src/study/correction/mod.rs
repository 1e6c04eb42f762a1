//! Corrections: from one revision of a transcript to the next, and where everything that counts in its bytes is then.
//!
//! One engine for all of them: words corrected in Read, a file corrected elsewhere and imported again, names replaced by
//! pseudonyms, turns split and joined. A [`Rewriting`] says which bytes of the former text are which of the new one. With it
//! quotes of all coders, the voices of single turns and what hides them are carried over; turns keep their numbers. A quote
//! is carried only if it then covers the same passage, the correction included: what is not sure stays on the revision it
//! was made on, with its words, and is in doubt until its coder decides ([`Study::doubtful_quotes`]).
//!
//! Pure: the new text is given back, and whoever commits the changes writes it. Knows nothing of files, layouts or screens.

mod brought_back;
mod carry;
mod compare;
mod edits;
mod hiding;
mod merge;
mod pairing;
mod proof;
mod relabel;
mod rewriting;
mod settle;
mod shape;
mod succession;
#[cfg(test)]
mod tests;

use super::{
    Change, NewText, QuoteId, Record, Revision, RevisionId, Source, Study, Transcript, TranscriptId,
    TurnNumber, Turns, fresh, tombstones,
};
use crate::text::sha256;

use carry::carry;

pub use brought_back::brought_back;
pub use compare::Incoming;
pub use edits::Edit;
pub use merge::{BothChanged, Merged, as_it_came, merge};
pub use proof::{Proofed, put_back};
pub use rewriting::Rewriting;
pub use settle::Proposal;
pub use succession::Succession;

/// The next revision of a transcript.
#[derive(Clone, Debug)]
pub struct Correction {
    /// What the study takes: the revision, the transcript that points to it, quotes and voices of turns.
    pub changes: Vec<Change>,
    /// The text and the turns of the new revision: written with the changes.
    pub text: NewText,
    /// Quotes that stay on the former revision until somebody decides, in the order of the text.
    pub doubtful: Vec<QuoteId>,
    /// Quotes that went along.
    pub carried: usize,
    /// Turns of the former text whose own voices were taken away, because they are not found any more.
    pub unvoiced: Vec<TurnNumber>,
    /// Whether turns had to be numbered anew.
    pub renumbered: bool,
}

impl Correction {
    /// Quotes that went along and say other words now, as they are then. Blanks are no words.
    pub fn reworded(&self) -> impl Iterator<Item = &super::Quote> {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        self.changes.iter().filter_map(move |change| match (&change.before, &change.after) {
            (Some(Record::Quote(before)), Some(Record::Quote(after))) => {
                (words(&before.text) != words(&after.text)).then_some(after)
            }
            _ => None,
        })
    }
}

/// Why a correction cannot be made. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// The transcript or its turns are not there.
    #[error("that transcript is not in the study any more")]
    Gone,
    /// Nothing differs.
    #[error("it says that already")]
    Nothing,
    /// An edit reaches from one turn into another, or into a label.
    #[error("a correction stays within the words of one turn; to put two turns together, join them")]
    AcrossTurns,
    /// Nothing would be left of what is said in a turn.
    #[error(
        "turn {0} would say nothing; write […] for words that must not stand here, or join the turn with its neighbour"
    )]
    Emptied(TurnNumber),
    /// A line of the new words begins like a turn of its own.
    #[error(
        "a line begins with the label “{0}”; a turn holds the words of one speaker: leave the label out, then split the \
         turn there"
    )]
    Label(String),
    /// It would change a tombstone, or make one.
    #[error(
        "words were erased there, and nothing is put in their place: leave {} and {} as and where they are, in files too",
        super::WITHDRAWN,
        super::ERASED
    )]
    Erased,
    /// Two speakers of a transcript would have one label.
    #[error(
        "another speaker of the transcript has the label “{0}” already, and two people would become one; give another pseudonym"
    )]
    LabelTaken(String),
    /// Two participants would have one name.
    #[error(
        "another participant is called “{0}” already; give another pseudonym, or rename one of them under People"
    )]
    NameTaken(String),
    /// Two turns of two people.
    #[error(
        "turns {0} and {1} are not of the same speaker, and the words of one would count as the other’s; say first who speaks, \
         then join them"
    )]
    TwoVoices(TurnNumber, TurnNumber),
    /// One of the turns is hidden.
    #[error(
        "turn {0} is hidden; bring it back first, lest its words come to light or others go out of sight"
    )]
    HiddenTurn(TurnNumber),
    /// A hidden turn is gone, and another one has its number.
    #[error(
        "turn {0} is hidden and not in the new text, where another turn would have its number; bring it back first"
    )]
    HiddenGone(TurnNumber),
    /// A proof has a turn that the text does not have from which it was written.
    #[error(
        "it has a turn [{0}] that the text does not have from which it was written; write [new] for a turn that came in"
    )]
    NoSuchTurn(TurnNumber),
    /// A proof has one turn twice.
    #[error("turn [{0}] stands in it twice; write [new] for the one that came in")]
    TwiceInProof(TurnNumber),
    /// The text would be larger than spans can count.
    #[error("the text would be too large")]
    TooLarge,
    /// There are no words on one side of the cut.
    #[error(
        "there are no words of turn {0} on one side of that place; go to the first word of the second part"
    )]
    NoCut(TurnNumber),
    /// There is no letter left for another part.
    #[error("turn {0} cannot be split any further: its letters are used up")]
    NoLetter(TurnNumber),
    /// There is no turn behind it.
    #[error("there is no turn behind turn {0} to join it with")]
    NoNeighbour(TurnNumber),
}

impl Study {
    /// Quotes of a transcript that stand on an earlier revision than its current one: those in doubt.
    pub fn doubtful_quotes(&self, transcript: TranscriptId) -> impl Iterator<Item = &super::Quote> {
        let current = self.transcripts().get(&transcript).map(|held| held.revision);
        self.quotes_in(transcript).filter(move |quote| Some(quote.revision) != current)
    }

    /// The revisions of a transcript, the first one first.
    #[must_use]
    pub fn revisions_of(&self, transcript: TranscriptId) -> Vec<&Revision> {
        let mut found: Vec<&Revision> =
            self.revisions().iter().filter(|revision| revision.transcript == transcript).collect();
        found.sort_by_key(|revision| revision.number);
        found
    }

    /// Takes a next text: the revision, the transcript that points to it, and all that goes along.
    fn take_next(
        &self,
        transcript: TranscriptId,
        text: &str,
        next: Next,
        source: &dyn Source,
    ) -> Result<Correction, CorrectionError> {
        let held = self.transcripts().get(&transcript).ok_or(CorrectionError::Gone)?;
        let revision = self.next_revision(held, &next.text, source)?;
        self.take_as(revision, held.clone(), text, next)
    }

    /// The same as a revision that is made already; the transcript is then `wanted`, but for its revision.
    fn take_as(
        &self,
        revision: Revision,
        wanted: Transcript,
        text: &str,
        next: Next,
    ) -> Result<Correction, CorrectionError> {
        let held = self.transcripts().get(&revision.transcript).ok_or(CorrectionError::Gone)?;
        let stones = |text| tombstones(text).map(|(_, word)| word);
        if !stones(text).eq(stones(&next.text)) {
            return Err(CorrectionError::Erased);
        }
        let step = Step { transcript: held.id, former: held.revision, next: revision.id };
        let turns = Turns { revision: revision.id, ..next.turns };
        let carried = carry(self, step, &next.rewriting, text, &next.text, &turns);
        let mut changes = vec![
            Change::create(revision),
            Change::update(held.clone(), Transcript { revision: step.next, ..wanted }),
        ];
        changes.extend(next.changes.into_iter().chain(carried.changes));
        Ok(Correction {
            changes,
            text: NewText { revision: step.next, text: next.text, turns },
            doubtful: carried.doubtful,
            carried: carried.carried,
            unvoiced: Vec::new(),
            renumbered: false,
        })
    }

    /// The next revision of a transcript with that text, like the current one in everything else.
    fn next_revision(
        &self,
        transcript: &Transcript,
        text: &str,
        source: &dyn Source,
    ) -> Result<Revision, CorrectionError> {
        let former = self.revisions().get(&transcript.revision).ok_or(CorrectionError::Gone)?;
        let number = self.revisions_of(transcript.id).last().map_or(0, |last| last.number);
        Ok(Revision {
            id: fresh(source),
            number: number + 1,
            at: source.now(),
            digest: sha256(text.as_bytes()),
            ..former.clone()
        })
    }
}

/// A text too large for spans is refused before anything is counted in it.
fn check_size(text: &str) -> Result<(), CorrectionError> {
    u32::try_from(text.len()).map(drop).map_err(|_| CorrectionError::TooLarge)
}

/// A text to come, and how it comes to be.
struct Next {
    text: String,
    turns: Turns,
    rewriting: Rewriting,
    /// What changes beside quotes.
    changes: Vec<Change>,
}

/// The former revision and the next one, by identity.
#[derive(Clone, Copy)]
struct Step {
    transcript: TranscriptId,
    former: RevisionId,
    next: RevisionId,
}

//! Why a file is not taken in.

use super::super::tables::TableError;
use crate::import::Anchor;
use crate::study::{Conflict, CorrectionError, TurnNumber};

/// Why nothing of a file is taken in. Each says what now; none shows speech.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    /// It cannot be read as anything.
    #[error("{0}")]
    Unreadable(String),
    /// A table has wrong places.
    #[error("{0}")]
    Table(#[from] TableError),
    /// A rule of the study speaks against it.
    #[error("{0}")]
    Conflict(#[from] Conflict),
    /// The transcript is there with another text.
    #[error(
        "“{0}” is in the study with another text; import it with --revise to make this its next revision, or give \
         it another name"
    )]
    OtherText(String),
    /// The transcript is there with a newer text.
    #[error("“{name}” has a newer text than this, which was its revision {number}; nothing was changed")]
    FormerText {
        /// Its name.
        name: String,
        /// Which revision this text was.
        number: u32,
    },
    /// It would take back what was put right in the study.
    #[error(
        "“{name}” was not revised: the file has words again that were put right in the study since ({places}); put them right in \
         the file too, or take it with --overwrite-corrections all the same"
    )]
    BroughtBack {
        /// Its name.
        name: String,
        /// Turns, and what stands outside them.
        places: String,
    },
    /// It and the study changed the same words since the last file.
    #[error(
        "“{name}” was not revised: the file and the study changed the same words since the last file ({places}); take those of \
         the file there with --overwrite-corrections, or keep those of the study with --keep-corrections"
    )]
    BothChanged {
        /// Its name.
        name: String,
        /// Turns, and what stands outside them.
        places: String,
    },
    /// A label that was not known would have turns in which somebody else spoke.
    #[error(
        "“{name}” was not revised: “{label}” is no label of it, and in {places} {who} spoke; put the label as it was, or say who \
         that is, for the same person: {advice}"
    )]
    OtherVoice {
        /// Its name.
        name: String,
        /// The label.
        label: String,
        /// Where it stands.
        places: String,
        /// Who spoke there.
        who: String,
        /// How to say that it is the same person.
        advice: String,
    },
    /// It has far fewer turns, or none with a label.
    #[error(
        "“{name}” was not revised: {found}, so that the file was not read as it is meant; write the text out with `combe export \
         transcript {name} -o {name}.txt` and correct that, or say with --layout how the file sets labels off"
    )]
    LostTurns {
        /// Its name.
        name: String,
        /// What was found, and what should have been.
        found: String,
    },
    /// It has marks that stand for words in what leaves a study.
    #[error(
        "“{0}” was not revised: words were left out of the file when it was printed or exported, and what stands in their place would \
         come in as speech; write the text out with `combe export transcript {0} -o {0}.txt`, which leaves such turns as they are"
    )]
    Marks(String),
    /// A line that stands for words left out of a proof is gone, or has words below it.
    #[error(
        "“{name}” was not revised: the words of turn {number} were left out of the file, and {} must stand for them by itself; \
         write it where the turn stood, with no words below it",
        Anchor::LeftOut(*number)
    )]
    LeftOut {
        /// Its name.
        name: String,
        /// Which turn.
        number: TurnNumber,
    },
    /// A proof of a study's transcript that is not here, from which words were left out.
    #[error(
        "words were left out of it when it was written from “{0}”, so that it is no transcript of its own; bring it back with \
         --revise to the study that it is of"
    )]
    ProofLacks(String),
    /// A proof of another transcript.
    #[error("it was written from “{of}” and cannot come back as “{name}”; leave the name out")]
    ProofOfOther {
        /// What it is to revise.
        name: String,
        /// What it was written from.
        of: String,
    },
    /// A proof of a text that is not in the study.
    #[error(
        "“{0}” was not revised: the text that the file was written from is not in this study, or was undone since; write it out \
         anew and correct that, or take the file for the present text with --overwrite-corrections"
    )]
    ProofOfGone(String),
    /// Two files of one import have one name.
    #[error("“{name}” is brought by {first} too; give one of them another name")]
    Twice {
        /// The short name.
        name: String,
        /// The file that was taken in.
        first: String,
    },
    /// No name can be made out of the file's.
    #[error("no short name can be made of the file's name; give it one")]
    Nameless,
    /// It is larger than spans can count.
    #[error("it is too large for one transcript; split it")]
    TooLarge,
    /// The study's own text cannot be read.
    #[error("the present text of “{0}” cannot be read; run `combe check`")]
    NoText(String),
    /// Words of the transcript were erased, and the file has other words there.
    #[error(
        "words of “{0}” were erased, and this file does not say [withdrawn] or [erased] where they stood; take them out of it in \
         the same way"
    )]
    Erased(String),
    /// The text cannot be the next one of the transcript.
    #[error("“{name}” was not revised: {why}")]
    NoNext {
        /// Its name.
        name: String,
        /// What speaks against it.
        why: CorrectionError,
    },
    /// Codes are classified under a framework that the study does not have.
    #[error(
        "it names components of “{0}”, a framework that this study does not have; correct `framework` in study.toml \
         or take the components out"
    )]
    NoFramework(String),
}

impl Refusal {
    /// The sentence, with the file's name in front.
    pub(super) fn of_file(&self, file: &str) -> String {
        match self {
            Refusal::Table(TableError::Cells(_)) => format!("{file}, {self}"),
            _ => format!("{file}: {self}"),
        }
    }
}

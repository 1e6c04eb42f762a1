//! Why a file cannot be read, as sentences. Never what it says.

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// No bytes.
    #[error("the file is empty; fetch or export it again")]
    Empty,
    /// No visible character.
    #[error("the file holds nothing but blanks; fetch or export it again")]
    Blank,
    /// More than is read at once.
    #[error(
        "the file is larger than {limit_mib} MiB, which no transcript is; split it, or check that it is the right file"
    )]
    TooLarge {
        /// The limit.
        limit_mib: usize,
    },
    /// More lines than are held at once.
    #[error("the file has more than {0} lines, which no transcript has; check that it is the right file")]
    TooManyLines(usize),
    /// A format that is not read.
    #[error("this is {what}, which is not read; {advice}")]
    OtherFormat {
        /// The format with its article.
        what: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
    /// A password is on it.
    #[error("the file is locked with a password; open it, save it without the password and import that")]
    Locked,
    /// The container is broken or cut short.
    #[error(
        "the file begins like a Word or OpenDocument file but is damaged or cut short; fetch it again, or open it in Word and save it anew"
    )]
    DamagedArchive,
    /// The container unpacks to far more than a document can be.
    #[error(
        "a part of the file unpacks to far more than its size allows (a “zip bomb”), so it was not unpacked; do not trust this file"
    )]
    Bomb,
    /// Its XML is broken.
    #[error(
        "the file's {part} is damaged near byte {at}; open it in Word or LibreOffice, save it anew and import that"
    )]
    DamagedXml {
        /// The part of the container.
        part: String,
        /// Bytes from its start.
        at: u64,
    },
    /// Its XML is nested beyond any document.
    #[error(
        "the file's {part} is nested more than {limit} deep, which no word processor writes; open it in Word or LibreOffice, save it anew and import that"
    )]
    TooDeep {
        /// The part of the container.
        part: String,
        /// The limit.
        limit: usize,
    },
}

//! Words that may tell who somebody is: names of a watch list, and patterns of numbers, addresses, dates and names.
//!
//! [`Scanner::scan`] finds them in one text. Pure: knows nothing of studies, files or screens. [`Names`] reads the file
//! that holds the watch list and the pseudonyms, [`Patterns`] the patterns; [`places`](mod@places) says where a study is
//! to be looked through, and [`Kept`] which findings somebody decided to keep.
//!
//! How a text is read:
//!
//! - no-break, narrow no-break and thin spaces count as a space, dashes as `-`, a single line break as a space (texts may be
//!   wrapped by hand); a finding never runs over an empty line. Spans are bytes of the text as it is.
//! - The watch list comes first. Its words match whole words, case and diacritics folded as in search, with an ending such
//!   as `’s` or Welsh `’r` left out of the finding.
//! - Where findings overlap, the one of the earlier pattern is kept, then the longer. A watched word inside an address of
//!   mail, web or post makes the whole address one finding, since replacing the word alone would leave the rest.
//! - A pseudonym of the file of names is no finding of a pattern: `called Owen`, where Owen stands for somebody. What is watched for is.
//! - Findings are in order, disjoint, and cut no grapheme.
//!
//! What no pattern finds: bare first names and nicknames that are not on the watch list, small villages, rare conditions and
//! jobs; and things that are harmless alone but tell together.

mod flat;
mod kept;
mod names;
mod patterns;
mod places;
mod scan;
#[cfg(test)]
mod tests;
mod validators;
mod watch;

pub use kept::{Kept, digest_in_context, digest_of};
pub use names::{Names, WrongLines};
pub use patterns::{Patterns, WATCH_LIST};
pub use places::{Found, Place, scan_record, scan_records, scan_transcript};
pub use scan::{Finding, Scanner, Severity, same_words};

//! Text as this program sees it: spans, words, sentences, graphemes, folding, code points, and what differs between two
//! texts.
//!
//! Everything inside is counted in bytes of one stored text; everything that leaves the program is counted in
//! Unicode code points ([`CodePoints`] converts). Knows nothing of studies, files or screens.

mod analyse;
mod base64;
mod capital;
mod clock;
mod code_points;
mod counted;
mod date;
mod diff;
mod digest;
mod fold;
mod near;
mod one_line;
mod size;
mod span;
mod units;

pub use analyse::{ANALYSER_VERSION, Analyser, Language, Token, Tokens, Word};
pub use base64::base64;
pub use capital::capitalised;
pub use clock::clock_words;
pub use code_points::CodePoints;
pub use counted::{counted, thousands};
pub use date::{ReadDate, read_date};
pub use diff::{Stretch, diff_items, diff_words};
pub use digest::{hex, sha256, sha256_bytes};
pub use fold::{fold_label, fold_name};
pub use near::{look_alike, most_like, probably_meant};
pub use one_line::one_line;
pub use size::size_of_file;
pub use span::Span;
pub use units::{Unit, count_words, graphemes, has_word, on_grapheme_boundary, units, widen_to_graphemes};

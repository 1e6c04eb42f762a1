//! A transcript's name and kind, guessed from the file's name, its header and its labels.

use crate::import::DraftSpeaker;
use crate::import::roles::{self, Part};
use crate::study::Kind;
use crate::text::fold_name;

/// The file's name without folders and ending, blanks collapsed.
pub(super) fn from_file(file_name: &str) -> String {
    let file = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
    stem.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Focus group if the header says so, the name begins with `FG`, somebody moderates, or three or more answer.
pub(super) fn guess_kind(name: &str, header: &[(String, String)], speakers: &[DraftSpeaker]) -> Kind {
    let said =
        header.iter().find(|(key, _)| fold_name(key) == "kind").and_then(|(_, value)| Kind::parse(value));
    if let Some(kind) = said {
        return kind;
    }
    let folded = fold_name(name);
    let named = folded.starts_with("focus group")
        || folded.strip_prefix("fg").is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let parts: Vec<Option<Part>> = speakers.iter().map(|speaker| roles::part_of(&speaker.label)).collect();
    let moderated = parts.contains(&Some(Part::Moderator));
    let answering = parts.iter().filter(|part| **part == Some(Part::Participant)).count();
    if named || moderated || answering >= 3 { Kind::FocusGroup } else { Kind::Interview }
}

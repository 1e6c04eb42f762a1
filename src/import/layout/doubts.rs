//! What a person should look at after a file was laid out. Labels and numbers, never speech.

use super::block::{Block, Laid};
use super::grammar::Reading;
use super::labels::Labels;
use crate::document::Document;
use crate::import::{Doubt, time};

/// How many single labels are listed; the rest are counted.
const LISTED: usize = 12;

/// A doubt about a line of the file, from 1.
pub(super) fn at(line: Option<usize>, what: String) -> Doubt {
    Doubt { line, what }
}

/// Labels taken as text, and labels that may be none. `line` gives a row's line in the file.
pub(super) fn of_labels(labels: &Labels, line: impl Fn(usize) -> Option<usize>) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = Vec::new();
    for (row, label) in labels.odd.iter().take(LISTED) {
        doubts.push(at(line(*row), format!("'{label}' looks like a label but was taken as text.")));
    }
    if labels.odd.len() > LISTED {
        let more = labels.odd.len() - LISTED;
        doubts.push(at(None, format!("{more} more words that look like labels were taken as text.")));
    }
    for (row, label) in &labels.thin {
        doubts.push(at(
            line(*row),
            format!("'{label}' was taken as a speaker, for it is written like the others; it may be none."),
        ));
    }
    doubts.sort_by_key(|doubt| doubt.line);
    doubts
}

/// Headings behind turns and inside of them, by their lines: the first of each is named, and how many there are.
pub(super) fn of_headings(behind: &[usize], inside: &[usize]) -> Vec<Doubt> {
    let said = |lines: &[usize], one: &str, many: &str| {
        let what = match lines.len() {
            1 => format!("A heading {one}."),
            count => format!("{count} headings {many}; here is the first."),
        };
        lines.first().map(|line| at(Some(*line), what))
    };
    let behind = said(
        behind,
        "stands behind a turn: it is no speech and was left out of it",
        "stand behind turns: they are no speech and were left out of them",
    );
    let inside = said(
        inside,
        "stands inside a turn and was taken as its speech",
        "stand inside turns and were taken as their speech",
    );
    behind.into_iter().chain(inside).collect()
}

/// Whether `other` finds nearly as much in the file by other lines.
pub(super) fn rivals(best: &Reading, other: &Reading) -> bool {
    let rows: Vec<usize> = best.heads.iter().map(|(row, _, _)| *row).collect();
    let own = other.heads.iter().filter(|(row, _, _)| rows.binary_search(row).is_err()).count();
    other.score > best.score * 0.6 && own * 2 > other.heads.len()
}

/// The doubt that two layouts are as likely.
pub(super) fn unsure(best: &Reading, other: &Reading) -> Doubt {
    let what = format!(
        "The layout is not sure: {} labels were found one way, {} another way.",
        best.heads.len(),
        other.heads.len()
    );
    at(None, what)
}

/// Doubts about the bytes and the times of a file.
pub(super) fn of_file(document: &Document, laid: &Laid) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = document.marks.iter().map(|mark| at(mark.line, mark.what.clone())).collect();
    let bytes = &document.bytes;
    let counts = [
        (
            bytes.undecodable,
            "byte that no character stands for; U+FFFD stands there now",
            "bytes that no character stands for; U+FFFD stands there now",
        ),
        (bytes.nuls, "NUL; U+FFFD stands there now", "NULs; U+FFFD stands there now"),
        (
            bytes.controls,
            "control character; it is kept and shown as a sign",
            "control characters; they are kept and shown as signs",
        ),
    ];
    for (count, one, many) in counts.into_iter().filter(|(count, _, _)| *count > 0) {
        doubts.push(at(None, format!("The file has {count} {}.", if count == 1 { one } else { many })));
    }
    doubts.extend(falling(document, &laid.blocks));
    doubts.extend(chat(document));
    doubts
}

/// Whether it is the chat that a meeting's program saves: `14:03:22 From Anna Lee to Everyone: …`.
fn chat(document: &Document) -> Option<Doubt> {
    let is_message = |text: &str| {
        let text = text.trim_start();
        let said = time::time_at(text).and_then(|found| text.get(found.len..));
        said.is_some_and(|said| said.trim_start().starts_with("From ") && said.contains(':'))
    };
    let shown = || document.lines.iter().filter(|line| !line.is_blank());
    let messages = shown().filter(|line| is_message(&line.text)).count();
    (messages > 1 && messages * 3 >= shown().count()).then(|| {
        let what = "This looks like the saved chat of a meeting: what people wrote, not what they said. Leave it out if it \
                    is no data of the study.";
        at(None, what.into())
    })
}

/// The first place where times go back, and how often they do.
fn falling(document: &Document, blocks: &[Block]) -> Option<Doubt> {
    let timed: Vec<(&Block, u32)> =
        blocks.iter().filter_map(|block| Some((block, block.start_ms?))).collect();
    let falls: Vec<&Block> =
        timed.windows(2).filter(|pair| pair[1].1 < pair[0].1).map(|pair| pair[1].0).collect();
    let first = falls.first()?;
    let place = first.head.or_else(|| first.speech.first().copied());
    let line = place.and_then(|piece| document.lines.get(piece.line)).map(|line| line.number);
    let times = if falls.len() == 1 { "once".to_owned() } else { format!("{} times", falls.len()) };
    Some(at(line, format!("Times go back {times}; here for the first time.")))
}

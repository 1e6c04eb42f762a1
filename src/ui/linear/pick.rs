//! The picker that other programs call, in lines: how many are found, those in sight by numbers, and what an answer may be.

use super::super::glyphs::Glyphs;
use super::super::paint::safe_lines;
use crate::app::pick::{Over, Pick, PickRow};
use crate::text::{counted, thousands};

/// What is said before the first answer.
pub const PICK_ANSWERS: &str = "Type words of it, or the number of one that is listed. + lists the next ones, . goes over all turns and back, \
                                an empty line leaves.";

/// What is said of the rows as they are now; the last line asks.
#[must_use]
pub fn pick_lines(pick: &Pick, glyphs: &Glyphs) -> Vec<String> {
    let (matching, all) = pick.counts();
    let (one, many) = if pick.over == Over::Quotes { ("quote", "quotes") } else { ("turn", "turns") };
    let mut counts = match pick.field.is_empty() {
        true => counted(all, one, many),
        false => format!("{} of {}", thousands(matching), counted(all, one, many)),
    };
    if !pick.query().is_empty() {
        counts.push_str(&format!(" for “{}”", pick.query()));
    }
    if pick.refused() > 0 {
        counts.push_str(&format!(", {} refused, left out", thousands(pick.refused())));
    }
    let mut lines = vec![safe_lines(glyphs, &format!("{counts}."))];
    if pick.is_listed() {
        let rows = pick.in_sight().zip(1..);
        lines.extend(rows.map(|((_, row), number)| safe_lines(glyphs, &format!("{number}. {}", said(row)))));
        if pick.below() > 0 {
            lines.push(format!("{} more.", thousands(pick.below())));
        }
    }
    lines.push(format!("{one}> "));
    lines
}

fn said(row: &PickRow) -> String {
    let mut marks = Vec::new();
    marks.extend(row.starred.then(|| "starred".to_owned()));
    marks.extend((!row.used_in.is_empty()).then(|| format!("used in {}", row.used_in.join(", "))));
    let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
    format!("{}, {}{marks}: {}", row.address, row.who, row.text)
}

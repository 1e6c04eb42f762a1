//! How much some changes touch, in words.

use std::collections::BTreeMap;

use super::Change;
use crate::text::counted;

/// How many records of each kind some changes touch, for a sentence: `1 code, 12 codings`.
#[must_use]
pub fn sizes(changes: &[Change]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in changes.iter().filter_map(Change::record) {
        *counts.entry(record.kind()).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(kind, count)| counted(count, &singular(kind), &kind.replace('_', " ")))
        .collect::<Vec<_>>()
        .join(", ")
}

/// One of a kind of records, whose name is that of its table.
fn singular(kind: &str) -> String {
    let one = match kind {
        "layers_of_record" => "layer of record".into(),
        _ => match kind.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => kind.strip_suffix('s').unwrap_or(kind).to_owned(),
        },
    };
    one.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_records_have_a_singular() {
        let kinds = ["codes", "memos", "summaries", "attribute_values", "layers_of_record"];
        assert_eq!(kinds.map(singular), ["code", "memo", "summary", "attribute value", "layer of record"]);
    }
}

//! Quotations found, located and attributed in a study small enough to read.

mod found;
mod speakers;
mod whole;
mod words;

use proptest::prelude::*;

use super::settling::{Known, settle};
use super::sought::{Joint, Piece, Sought};
use super::*;
use crate::analysis::Attribution;
use crate::analysis::small::Small;
use crate::document::{Draft, read_draft};

fn draft(source: &str) -> Draft {
    read_draft("draft.md", source.as_bytes()).unwrap()
}

/// The quotations of a draft, each with what stands behind it in parentheses; of a block, lines that begin like `P1` say whose
/// it is.
fn found(source: &str) -> Vec<(String, String)> {
    let names = |text: &str| text.starts_with('P') && text.contains(|c: char| c.is_ascii_digit());
    let known = Known { is_label: &|_| false, is_attribution: &names, describes: &names };
    let quotations = find_quotations(&draft(source)).found;
    let settled = quotations.iter().flat_map(|quotation| settle(quotation, &known));
    let behind = |held: &Quotation| held.behind.first().map_or_else(String::new, |first| first.text.clone());
    settled.map(|held| (held.text(), behind(&held))).collect()
}

fn texts(source: &str) -> Vec<String> {
    found(source).into_iter().map(|(text, _)| text).collect()
}

fn doubts(source: &str) -> Vec<usize> {
    find_quotations(&draft(source)).doubts.into_iter().map(|doubt| doubt.place).collect()
}

/// Two interviews and a group, with groups of people.
fn small() -> Small {
    let mut small = Small::new();
    small.interview(
        "I1",
        &[
            "Int: What of time?",
            "P1: I never have enough of it, and [laughs] nobody asks us. It's the clinic’s fault.",
            "Int: And the letters?",
            "P1: The letters come late. If I go and run something in [community centre] no one will come.",
        ],
    );
    small.interview(
        "I2",
        &["Int: What helps?", "P2: A checklist on paper helps. I never have enough of anything else."],
    );
    small.focus_group(
        "FG1",
        &["P3: We wait for the bus.", "P4: And the bus is late.", "P3: I never have enough of it."],
    );
    for (person, group) in [("P1", "gp"), ("P2", "nurse"), ("P3", "public"), ("P4", "public")] {
        small.group(person, group);
    }
    small.study.settings.compare = Some("group".into());
    small.study.settings.attribution.styles = [
        ("gp", "primary care clinician, GP"),
        ("nurse", "primary care clinician, nurse"),
        ("public", "patient{{ focus_group }}"),
    ]
    .map(|(group, style)| (group.to_owned(), style.to_owned()))
    .into();
    small
}

fn report_on(small: &Small, source: &str) -> Report {
    let mut spoken = SpokenWords::new();
    let mut analyser = SpokenWords::analyser();
    for transcript in small.study.transcripts_by_name() {
        let turns = small.study.turns(transcript.id).unwrap().clone();
        spoken.add(transcript.id, transcript.revision, small.text(transcript.id), turns, &mut analyser);
    }
    let attribution = Attribution::of(&small.study).unwrap();
    let descriptors = Descriptors::of(&small.study, &attribution).unwrap();
    let wanted = Wanted { min_words: 3, k: 2 };
    verify(find_quotations(&draft(source)), &spoken, &small.study, &descriptors, wanted)
}

/// Status, turn and attribution of the first quotation.
fn status(source: &str) -> (Status, String, Option<bool>) {
    let small = small();
    let report = report_on(&small, source);
    let check = report.checks.first().expect("a quotation");
    let name = |id| small.study.transcripts().get(&id).unwrap().name.clone();
    let place = match (&check.place, check.turn) {
        (Some(place), Some(turn)) => format!("{}:{turn}", name(place.transcript)),
        _ => String::new(),
    };
    (check.status, place, check.attribution_ok)
}

fn detail(source: &str) -> String {
    report_on(&small(), source).checks.first().expect("a quotation").detail.join("; ")
}

/// Status and attribution of each quotation that is checked.
fn verdicts(source: &str) -> Vec<(Status, Option<bool>)> {
    report_on(&small(), source).checks.iter().map(|check| (check.status, check.attribution_ok)).collect()
}

const EXACT: Status = Status::Exact;
const RIGHT: (Status, Option<bool>) = (EXACT, Some(true));
const WRONG: (Status, Option<bool>) = (EXACT, Some(false));
const UNTOLD: (Status, Option<bool>) = (EXACT, None);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_draft_breaks_it(source in "([a-z]{1,4} |[“”\"'‘’«»„\\[\\]().… \n>—-]{1,5}|P1 |the bus ){0,24}") {
        if let Ok(draft) = read_draft("draft.md", source.as_bytes()) {
            for quotation in find_quotations(&draft).found {
                let sought = Sought::of([quotation.text().as_str()], &mut SpokenWords::analyser());
                prop_assert_eq!(sought.joints.len(), sought.pieces.len().saturating_sub(1));
            }
        }
    }

    #[test]
    fn any_words_in_a_row_are_found_where_they_were_said(from in 0usize..20, length in 3usize..12) {
        let small = small();
        let said: Vec<&str> =
            "I never have enough of it, and nobody asks us. It's the clinic’s fault.".split(' ').collect();
        let words = said.get(from..(from + length).min(said.len())).unwrap_or_default();
        prop_assume!(words.len() >= 3);
        let report = report_on(&small, &format!("“{}”", words.join(" ")));
        prop_assert!(report.checks[0].status == Status::Exact);
    }
}

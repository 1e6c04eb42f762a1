//! What is said of a whole draft.

use super::*;

#[test]
fn who_is_quoted_in_other_words_counts_as_quoted_and_is_marked() {
    let report = report_on(&small(), "“The letters always come late” (P1). “It's the clinic’s fault” (P1).");
    let quoted: Vec<(usize, usize)> = report.quoted.iter().map(|held| (held.times, held.differing)).collect();
    assert_eq!(quoted, [(2, 1)]);
    assert_eq!(report.silent_groups, ["nurse", "public"]);
}

#[test]
fn short_words_in_quotation_marks_are_set_aside_unless_somebody_is_named() {
    let small = small();
    let report = report_on(&small, "A “buzzword” and “the bus” and “the bus” (patient, focus group).");
    assert_eq!((report.checks.len(), report.skipped.len()), (1, 2));
    assert!(report.is_right());
}

#[test]
fn it_says_who_is_quoted_which_groups_are_not_and_who_can_be_recognised() {
    let mut small = small();
    small.mark("c1", "I1", "[The letters come late]", "Letters");
    small.mark("c1", "I2", "[A checklist on paper]", "Lists");
    let report = report_on(
        &small,
        "“The letters come late” (P1, primary care clinician, GP). “We wait for the bus” (P3). “The letters come late.”",
    );
    let named: Vec<(String, usize)> = report
        .quoted
        .iter()
        .map(|held| (small.study.participants().get(&held.participant).unwrap().name.clone(), held.times))
        .collect();
    assert_eq!(named, [("p1".into(), 2), ("p3".into(), 1)]);
    assert_eq!(report.silent_groups, ["nurse"]);
    assert_eq!(report.rare, [("primary care clinician, GP".into(), 1)]);
    assert_eq!(report.used.len(), 1, "the quote of the draft, not the other one");
    let numbers = report_on(&small, "“The letters come late” (P1). “We wait for the bus” (P3).");
    assert!(numbers.rare.is_empty(), "no descriptor stands in the draft: {:?}", numbers.rare);
}

#[test]
fn what_is_from_elsewhere_is_set_aside_and_told() {
    let small = small();
    let aside = |source: &str| {
        let report = report_on(&small, source);
        (report.checks.len(), report.elsewhere.len())
    };
    for source in [
        "“Helicopters rarely sing opera” (Smith et al., 2010, p. 4).",
        "“Helicopters rarely sing opera” [@smith].",
        "“Helicopters rarely sing opera” [12].",
        "“Helicopters rarely sing opera”.¹²",
        "Smith (2010) wrote that “helicopters rarely sing opera”.",
        "It was called “helicopters rarely sing opera” whose point is plain [1].",
        "The report “Helicopters and Opera: Sing Rarely” came first.",
        "## “Helicopters rarely sing opera”",
    ] {
        assert_eq!(aside(source), (0, 1), "{source}");
    }
    assert_eq!(aside("“The letters come late” [“Helicopters rarely sing opera”] (P1)."), (1, 1));
    assert_eq!(aside("“Helicopters rarely sing opera”. Others did [1]."), (1, 0), "of another sentence");
    assert_eq!(
        aside("“Helicopters rarely sing opera” (P1, 2010)."),
        (1, 0),
        "somebody of the study is named"
    );
    assert_eq!(aside("“The letters come late” (Smith 2010)."), (1, 0), "it was said");
}

#[test]
fn descriptors_worded_by_hand_that_fit_few_are_told() {
    for (who, rare) in [
        ("P1, GP", vec![("GP".to_owned(), 1)]),
        ("primary care GP", vec![("primary care GP".to_owned(), 1)]),
        ("P1", vec![]),
        ("P1, I1:4", vec![]),
    ] {
        let source = format!("“The letters come late” ({who})");
        assert_eq!(report_on(&small(), &source).rare, rare, "{who}");
    }
}

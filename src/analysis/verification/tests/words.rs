//! Whether words were said.

use super::*;

#[test]
fn what_is_left_out_and_replaced_cuts_a_quotation() {
    let sought = |text: &str| {
        let sought = Sought::of([text], &mut SpokenWords::analyser());
        let pieces: Vec<String> = sought.pieces.iter().map(|piece| piece.words.join(" ")).collect();
        (pieces, sought.joints)
    };
    let replaced = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Joint::Replaced(Piece { text: words.join(" "), written: words.clone(), words })
    };
    for ellipsis in ["...", "…", " . . . ", "[...]", " (…) ", "...."] {
        assert_eq!(
            sought(&format!("one two{ellipsis}three")),
            (vec!["one two".into(), "three".into()], vec![Joint::Ellipsis]),
            "{ellipsis}"
        );
    }
    assert_eq!(
        sought("in [community centre] no one"),
        (vec!["in".into(), "no one".into()], vec![replaced(&["community", "centre"])])
    );
    assert_eq!(sought("[T]he end… [...]"), (vec!["the end".into()], vec![]));
    assert_eq!(
        sought("they tak[ing] part"),
        (vec!["they".into(), "part".into()], vec![replaced(&["taking"])])
    );
    assert_eq!(sought("… … [x]"), (vec![], vec![]));
}

#[test]
fn words_are_found_whatever_their_glyphs() {
    for source in [
        "“It’s the clinic's fault”",
        "\"it's the clinic’s fault.\"",
        "‘It's the clinic’s fault’",
        "> It's the clinic's fault",
    ] {
        assert_eq!(status(source), (Status::Exact, "I1:2".into(), None), "{source}");
    }
    assert_eq!(status("“The letters come late”").1, "I1:4");
}

#[test]
fn what_nobody_said_may_be_left_out_and_what_was_left_out_may_be_marked() {
    assert_eq!(status("“enough of it, and nobody asks us”").0, Status::Exact);
    assert_eq!(status("“run something in [community centre] no one will come”").0, Status::Exact);
    assert_eq!(status("“run something in [the hall] no one will come”").0, Status::Pieces);
    assert_eq!(status("“I never have enough … nobody asks us”").0, Status::Pieces);
    assert_eq!(status("“I never have enough [of time], and nobody asks us”").0, Status::Pieces);
    assert_eq!(status("“[...] nobody asks us [...]”").0, Status::Exact);
    assert_eq!(status("“nobody asks us … I never have enough of it”").0, Status::Differs, "in another order");
    assert_eq!(
        status("“The letters come late … A checklist on paper helps”").0,
        Status::Differs,
        "two people"
    );
}

#[test]
fn what_differs_is_named_word_by_word() {
    assert_eq!(status("“The letters always come late”").0, Status::Differs);
    assert_eq!(detail("“The letters always come late”"), "with “always”, which was not said");
    assert_eq!(detail("“A checklist on plastic helps”"), "“plastic” where “paper” was said");
    assert_eq!(detail("“A checklist paper helps”"), "without “on”, which was said");
    assert_eq!(status("“Helicopters rarely sing opera underwater”"), (Status::NotFound, String::new(), None));
    assert_eq!(detail("“The letters, come late”"), "the words are the same, the punctuation is not");
}

#[test]
fn what_square_brackets_stand_for_is_told() {
    let said = |source: &str| detail(source);
    assert_eq!(
        said("“run something in [the hall] no one will come”"),
        "[the hall] stands for “[community centre]”"
    );
    assert_eq!(said("“The letters [always] come late”"), "[always] is added");
    assert_eq!(said("“A checklist [of paper] helps”"), "[of paper] stands for “on paper”");
    assert_eq!(
        said("“A checklist [the GP’s] helps”"),
        "[the GP’s] stands for “on paper”",
        "as it is written"
    );
    assert_eq!(said("“run something in [community centre] no one will come”"), "");
}

#[test]
fn letters_with_marks_are_other_letters() {
    let mut small = small();
    small.interview("I3", &["P5: It was like dân under my skin."]);
    for (source, found) in [
        ("“like dân under my skin”", Status::Exact),
        ("“like da\u{302}n under my skin”", Status::Exact),
        ("“like DÂN under my skin”", Status::Exact),
        ("“like dan under my skin”", Status::Differs),
    ] {
        let check = report_on(&small, source).checks.remove(0);
        assert_eq!(check.status, found, "{source}");
        assert_eq!(check.detail.is_empty(), found == Status::Exact, "{:?}", check.detail);
    }
}

#[test]
fn words_in_brackets_at_an_end_and_words_one_by_one_are_told() {
    assert_eq!(status("“[It is good that] the letters come late”").0, Status::Pieces);
    assert_eq!(detail("“The letters come [on foot]”"), "[on foot] is added");
    assert_eq!(status("“nobody asks us. (laughs) It's”").0, Status::Pieces);
    assert_eq!(status("“I never have enough of it, and (laughs) nobody asks us”").0, Status::Exact);
    let words = "P1: So it goes, and I never asked. What is there to hate, when they come and come and come and come and come, one by one, to see all of the doctors.";
    let mut small = small();
    small.interview("I3", &[words]);
    assert_eq!(report_on(&small, "“I … hate … the … doctors”").checks[0].status, Status::Differs);
    assert_eq!(report_on(&small, "“I never asked … all of the doctors”").checks[0].status, Status::Pieces);
}

#[test]
fn what_somebody_is_said_to_have_said_is_compared_with_their_words_first() {
    let mut small = small();
    small.interview("I3", &["P5: So I had nine people before lunch.", "P5: The bus I never take."]);
    small.interview("I4", &["P6: I had a few people before it and ten after lunch."]);
    small.group("P5", "gp");
    small.group("P6", "nurse");
    let near = |who: &str| {
        let report = report_on(&small, &format!("“I had 9 people before lunch” ({who})"));
        let check = report.checks[0].clone();
        (check.status, small.study.participants().get(&check.participants[0]).unwrap().name.clone())
    };
    assert_eq!(near("P5"), (Status::Differs, "p5".into()));
    // Nothing of hers is as like it.
    assert_eq!(near("P3"), (Status::Differs, "p5".into()));
    let other = report_on(&small, "“I had 9 people before lunch” (P3)");
    let said = other.checks[0].detail.join("; ");
    assert!(said.contains("p5 (primary care clinician, GP) says what is most like it"), "{said}");
    // By chance some of it was said in this order.
    let invented = report_on(&small, "“I never trusted one of the trains here, it was late” (P1)");
    assert_eq!(invented.checks[0].status, Status::NotFound);
    assert!(invented.checks[0].participants.is_empty());
}

#[test]
fn words_that_several_said_are_theirs_whom_they_are_given_to() {
    let said = "“I never have enough of it”";
    assert_eq!(status(said).1, "FG1:3");
    assert_eq!(status(&format!("{said} (GP)")), (Status::Exact, "I1:2".into(), Some(true)));
    assert_eq!(
        status(&format!("{said} (patient, focus group)")),
        (Status::Exact, "FG1:3".into(), Some(true))
    );
    assert_eq!(detail(said), "also said in I1");
}

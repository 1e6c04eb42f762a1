//! Quotations found, located and attributed in a study small enough to read.

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

#[test]
fn quotations_are_found_in_marks_of_every_kind() {
    assert_eq!(
        texts("He said \"one\", “two”, 'three', ‘four’, «five», »six« and „seven“."),
        ["one", "two", "three", "four", "five", "six", "seven"]
    );
}

#[test]
fn the_outermost_of_nested_quotations_is_given_with_what_it_quotes() {
    assert_eq!(
        texts("“He said ‘no way’ to me” and ‘she said “yes” then’."),
        ["He said ‘no way’ to me", "she said “yes” then"]
    );
    assert_eq!(
        texts("\"There's a lot less 'yes doctor I'll do that' now\""),
        ["There's a lot less 'yes doctor I'll do that' now"]
    );
}

#[test]
fn apostrophes_are_no_quotation_marks() {
    for source in [
        "It's the patients' view that they've had in the '90s, rock 'n' roll, 'cause it’s so.",
        "The patients’ and nurses’ rights, ‘90s or ’90s.",
        "Ten 5\" screens and 6'2\" people.",
    ] {
        assert_eq!(texts(source), [""; 0], "{source}");
        assert_eq!(doubts(source), [0; 0], "{source}");
    }
    assert_eq!(
        texts("They said ‘the patients’ views are what counts’ twice"),
        ["the patients’ views are what counts"]
    );
    assert_eq!(texts("Both 'yes' and the patients' rights"), ["yes"]);
}

#[test]
fn a_quotation_may_run_over_paragraphs() {
    assert_eq!(
        texts("“First one.\n\n“Second one.\n\n“Third one” (P1)."),
        ["First one.\nSecond one.\nThird one"]
    );
    assert_eq!(texts("\"First one.\n\n\"Second one\" and no more"), ["First one.\nSecond one"]);
    assert_eq!(texts("“First one.\n\nSecond one” and no more"), ["First one.\nSecond one"]);
}

#[test]
fn a_mark_without_its_partner_is_reported_and_spoils_nothing_after_it() {
    let source =
        "Here “one begins.\n\nAnd “another” is whole.\n\nThis ends” here.\n\nHe \"said and \"this\" too.";
    // The second paragraph opens with no mark, so that the first quotation is over.
    assert_eq!(texts(source), ["another", "this"]);
    assert_eq!(doubts(source), [1, 5, 7]);
}

#[test]
fn attributions_stand_behind_or_before() {
    assert_eq!(
        found("“One two” (GP, P1). A nurse (P2) said: “three four”. “Five six”, (see [2]) she said."),
        [
            ("One two".into(), "GP, P1".into()),
            ("three four".into(), "P2".into()),
            ("Five six".into(), "see [2]".into())
        ]
    );
    assert_eq!(
        found("“One” (P1 (focus group)) and “two”.[3] (P2)"),
        [("One".into(), "P1 (focus group)".into()), ("two".into(), "P2".into())]
    );
}

#[test]
fn block_quotations_end_with_who_said_them() {
    let source = "Text:\n\n> One two\n> three. (P1, GP)\n\nMore:\n\n> Four five.\n>\n> — P2, nurse\n\nAnd:\n\n> “Six seven” (P3)\n\nAnd:\n\n> Eight nine\n\n(P4)\n";
    assert_eq!(
        found(source),
        [
            ("One two\nthree.".into(), "P1, GP".into()),
            ("Four five.".into(), "P2, nurse".into()),
            ("Six seven".into(), "P3".into()),
            ("Eight nine".into(), "P4".into())
        ]
    );
}

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
fn attributions_are_right_in_any_style_and_wrong_if_they_fit_others() {
    for who in [
        "primary care clinician, GP",
        "P1, primary care clinician, GP",
        "P1",
        "GP",
        "a GP in primary care",
        "P1, I1",
    ] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, Some(true), "{who}");
    }
    for who in ["primary care clinician, nurse", "P2", "P1, nurse", "patient", "P9, GP", "P1, focus group"] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, Some(false), "{who}");
    }
    for who in ["see Table 2", "Smith 2018", "emphasis added"] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, None, "{who}");
    }
    assert_eq!(
        detail("“The letters come late” (P2)"),
        "p1 (primary care clinician, GP) says this; the attribution fits p2"
    );
    // The interviewer's words are no participant's.
    assert_eq!(status("“And the letters?” (P1, GP)").2, Some(false));
}

#[test]
fn who_is_named_around_a_quotation_is_compared_too() {
    let said = "“The letters come late”";
    for (right, source) in [
        (true, format!("P1 said: {said}.")),
        (true, format!("As P1 put it, {said}.")),
        (true, format!("{said}, said p1.")),
        (true, format!("{said} — P1")),
        (true, format!("{said} — P1. Others said other things.")),
        (true, format!("{said}\n\n— P1, GP\n\nMore.")),
        (true, format!("{said}\n\n(P1)\n\nMore.")),
        (true, String::from("> The letters come late.\n\nP1, GP\n\nMore.")),
        (true, String::from("P1 said:\n\n> The letters come late.\n\nMore.")),
        (true, format!("Unlike P2, P1 was plain: {said}.")),
        (false, format!("P2 said: {said}.")),
        (false, format!("As P2 put it, {said}.")),
        (false, format!("{said}, said P2.")),
        (false, format!("{said} — P2")),
        (false, format!("{said}\n\n— P2, nurse\n\nMore.")),
        (false, String::from("> The letters come late.\n\nP2, nurse\n\nMore.")),
        (false, String::from("P2 said:\n\n> The letters come late.\n\nMore.")),
    ] {
        assert_eq!(status(&source).2, Some(right), "{source}");
    }
    assert_eq!(
        detail(&format!("P2 said: {said}.")),
        "p1 (primary care clinician, GP) says this; the words around it name p2"
    );
    // Parentheses are plainer than a sentence; a reference is none.
    assert_eq!(status(&format!("Unlike P2, one said {said} (P1).")).2, Some(true));
    assert_eq!(status(&format!("P2 said {said} (see Table 2).")).2, Some(false));
    // Words said twice are theirs who is named.
    assert_eq!(status("As P3 put it, “I never have enough of it”.").1, "FG1:3");
    assert_eq!(status("As P1 put it, “I never have enough of it”.").1, "I1:2");
}

#[test]
fn who_is_named_elsewhere_is_not_taken_for_the_speaker() {
    let said = "“The letters come late”";
    for source in [
        format!("P2 was tired. {said}."),
        format!("{said}. P2 said nothing."),
        format!("{said}, and P2 that “a checklist on paper helps”."),
        format!("{said}\n\nP2 said:\n\n> A checklist on paper helps."),
        format!("XP2 and P22 said: {said}."),
        String::from("P2 spoke of a “clinic’s”."),
        format!("The waiting that P2 described was known to others too: {said}."),
        format!("Where P2 spoke of trust, one said: {said}."),
        format!("P2 was told by a colleague: {said}."),
        format!("{said} was what P2 had feared."),
    ] {
        let small = small();
        let report = report_on(&small, &source);
        let first = report.checks.iter().chain(&report.skipped).next().unwrap();
        assert_eq!(first.attribution_ok, None, "{source}: {:?}", first.detail);
    }
    let report = report_on(&small(), &format!("P1 said {said}, while P2 said “A checklist on paper helps”."));
    assert!(report.is_right(), "{report:?}");
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
fn who_is_quoted_in_other_words_counts_as_quoted_and_is_marked() {
    let report = report_on(&small(), "“The letters always come late” (P1). “It's the clinic’s fault” (P1).");
    let quoted: Vec<(usize, usize)> = report.quoted.iter().map(|held| (held.times, held.differing)).collect();
    assert_eq!(quoted, [(2, 1)]);
    assert_eq!(report.silent_groups, ["nurse", "public"]);
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
fn a_quotation_of_two_speakers_may_have_labels_before_its_lines() {
    let (status, place, _) = status("> P3: We wait for the bus.\n>\n> P4: And the bus is late.\n");
    assert_eq!((status, place.as_str()), (Status::Exact, "FG1:1"));
    assert_eq!(detail("> P3: We wait for the bus.\n> P4: And the bus is late.\n"), "said by p3 and p4");
}

#[test]
fn words_of_two_people_are_not_right_for_one_of_them() {
    let said = "“We wait for the bus … And the bus is late”";
    for who in ["P3", "P4", "P3, patient", "P3; P1"] {
        assert_eq!(status(&format!("{said} ({who})")).2, Some(false), "{who}");
    }
    for who in ["P3; P4", "P3 and P4", "P4, patient; P3, patient", "patients, focus group"] {
        assert_eq!(status(&format!("{said} ({who})")).2, Some(true), "{who}");
    }
    assert_eq!(status(&format!("P3 said: {said}.")).2, Some(false));
    assert_eq!(status(&format!("As P3 and P4 put it: {said}.")).2, Some(true));
    assert!(
        detail(&format!("{said} (P3)"))
            .contains("p3 (patient, focus group) and p4 (patient, focus group) say this")
    );
}

#[test]
fn of_two_people_in_a_sentence_the_one_who_says_it_is_compared() {
    let said = "“The letters come late”";
    for (right, source) in [
        (false, format!("P1 disagreed with P2, who said: {said}.")),
        (false, format!("After P1 had spoken, P2 said: {said}.")),
        (false, format!("In contrast to P1, P2 explained: {said}.")),
        (true, format!("P2 disagreed with P1, who said: {said}.")),
        (true, format!("After P2 had spoken, P1 said: {said}.")),
        (true, format!("In contrast to P2, P1 explained: {said}.")),
    ] {
        assert_eq!(status(&source).2, Some(right), "{source}");
    }
}

#[test]
fn what_is_written_for_others_than_participants_is_theirs_alone() {
    for who in ["interviewer", "Interviewer", "the moderator"] {
        assert_eq!(
            status(&format!("“And the letters?” ({who})")),
            (Status::Exact, "I1:3".into(), Some(true))
        );
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, Some(false), "{who}");
    }
    for who in ["several speakers", "speaker unknown", "somebody who is no participant"] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, Some(false), "{who}");
        assert_eq!(status(&format!("“And the letters?” ({who})")).2, Some(false), "{who}");
    }
    assert_eq!(
        detail("“The letters come late” (interviewer)"),
        "p1 (primary care clinician, GP) says this; the attribution fits interviewer"
    );
    assert_eq!(
        detail("“And the letters?” (P1)"),
        "no participant says this; the attribution fits p1",
        "it is said once"
    );
}

#[test]
fn a_remark_beside_a_name_and_a_name_in_another_spelling_are_read() {
    for who in [
        "P1, emphasis added",
        "P1, our translation from the Welsh",
        "P01",
        "Participant 1",
        "participant 01, GP",
    ] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, Some(true), "{who}");
    }
    for who in ["P2, emphasis added", "P02", "Participant 2", "Interviewee 3"] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, Some(false), "{who}");
    }
    for who in ["see Table 2", "Smith 2018, p02", "participants 1 to 4 of our sample", "participant 99"] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, None, "{who}");
    }
    assert_eq!(status("Participant 2 said: “The letters come late”.").2, Some(false));
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
fn several_speakers_in_marks_behind_labels_are_one_quotation() {
    let lines = ["Speaker 1: “We wait for the bus.”", "Speaker 2: “And the bus is late.”"];
    let who = "(patient, focus group; patient, focus group)";
    for source in [
        format!("> {}\n>\n> {}\n>\n> {who} <!-- FG1:1-2 -->\n", lines[0], lines[1]),
        format!("> {}\n> {} {who}  FG1:1-2\n", lines[0], lines[1]),
        format!("> {}\n> {}\n", lines[0].replace("Speaker 1", "P3"), lines[1].replace("Speaker 2", "P4")),
        String::from("> P3: 'We wait for the bus.'\n>\n> P4: 'And the bus is late.' (P3; P4's words)\n"),
    ] {
        let report = report_on(&small(), &source);
        assert_eq!(report.checks.len(), 1, "{source}");
        let (status, place, right) = status(&source);
        assert_eq!((status, place.as_str()), (Status::Exact, "FG1:1"), "{source}");
        assert_ne!(right, Some(false), "{source}: {}", detail(&source));
    }
    let (_, _, right) = status(&format!("> {}\n>\n> {}\n>\n> {who}\n", lines[0], lines[1]));
    assert_eq!(right, Some(true));
    // Without marks, too.
    assert_eq!(
        status("> Speaker 1: We wait for the bus.\n>\n> Speaker 2: And the bus is late.\n").0,
        Status::Exact
    );
}

#[test]
fn a_mark_that_is_forgotten_spoils_one_quotation_and_is_told() {
    // An opening mark is missing, then a closing one; the last is whole. (A paragraph that begins with an opening mark would
    // go on with the quotation before it.)
    let source = "He: The letters come late” (P1).\n\n“A checklist on paper helps (P2).\n\nAnd “We wait for the bus” (P3).";
    let report = report_on(&small(), source);
    assert_eq!(doubts(source), [1, 3]);
    let last = report.checks.last().unwrap();
    assert_eq!((last.status, last.attribution_ok), (Status::Exact, Some(true)));
}

#[test]
fn apostrophes_that_word_processors_turn_round_open_nothing() {
    // Word turns the apostrophe of ’tis into an opening mark.
    assert_eq!(
        texts("‘’Tis the letters, ’twas always so’ and ‘‘tis late’"),
        ["’Tis the letters, ’twas always so", "‘tis late"]
    );
    assert_eq!(texts("‘Tis true that rock ‘n’ roll and the ‘90s are over."), [""; 0]);
    assert_eq!(doubts("‘Tis true that rock ‘n’ roll and the ‘90s are over."), [0; 0]);
}

#[test]
fn a_quotation_in_a_quotation_over_paragraphs_is_one() {
    let source = "“They told us ‘wait\n\n“for the letter’ and “no more” then.\n\n“So we did” (P1).";
    assert_eq!(found(source).len(), 1, "{:?}", found(source));
    assert_eq!(found(source)[0].1, "P1");
}

/// Status and attribution of each quotation that is checked.
fn verdicts(source: &str) -> Vec<(Status, Option<bool>)> {
    report_on(&small(), source).checks.iter().map(|check| (check.status, check.attribution_ok)).collect()
}

const EXACT: Status = Status::Exact;
const RIGHT: (Status, Option<bool>) = (EXACT, Some(true));
const WRONG: (Status, Option<bool>) = (EXACT, Some(false));
const UNTOLD: (Status, Option<bool>) = (EXACT, None);

#[test]
fn each_line_of_several_speakers_is_theirs_whom_its_label_names() {
    let lines = |one: &str, other: &str| {
        [
            format!("> {one}: “We wait for the bus.”\n>\n> {other}: “And the bus is late.”\n"),
            format!("> {one}: We wait for the bus.\n>\n> {other}: And the bus is late.\n"),
            format!("{one}: “We wait for the bus.”\n\n{other}: “And the bus is late.”\n"),
        ]
    };
    for source in lines("P3", "P4") {
        assert_eq!(verdicts(&source), [RIGHT], "{source}");
    }
    for source in lines("P4", "P3").into_iter().chain(lines("P3", "P3")) {
        assert!(verdicts(&source).contains(&WRONG), "{source}: {:?}", verdicts(&source));
    }
    // Of one person's two sentences the second is not another's.
    let source = "P1: “The letters come late.”\n\nP2: “If I go and run something”";
    assert_eq!(verdicts(source), [RIGHT, WRONG]);
    // The interviewer and the one who is asked.
    let source =
        |one: &str, other: &str| format!("> {one}: And the letters?\n>\n> {other}: The letters come late.\n");
    for (one, other, right) in [
        ("Interviewer", "P1", true),
        ("I", "R", true),
        ("Int", "Participant", true),
        ("P1", "Interviewer", false),
        ("Participant", "Interviewer", false),
    ] {
        let found = verdicts(&source(one, other));
        assert_eq!(!found.iter().any(|(_, ok)| *ok == Some(false)), right, "{one}, {other}: {found:?}");
    }
    // A changed word spoils its own line.
    let source = "> P3: We wait for the train.\n>\n> P4: And the bus is late.\n";
    assert_eq!(verdicts(source), [(Status::Differs, None), RIGHT]);
}

#[test]
fn words_of_the_interviewer_within_a_quotation_are_set_apart() {
    let source = "“And the letters? The letters come late” (P1)";
    assert_eq!(verdicts(source), [WRONG]);
    assert!(detail(source).contains("the interviewer says part of it"), "{}", detail(source));
    assert_eq!(verdicts("“And the letters? The letters come late” (interviewer; P1)"), [WRONG]);
}

#[test]
fn an_address_is_where_it_was_said() {
    for (who, right) in [
        ("I1:4", true),
        ("I1", true),
        ("I1, turn 4", true),
        ("Interview 1", true),
        ("P1, I1:4", true),
        ("P1, interview 2", true),
        ("I1:3–4, GP", true),
        ("I1:2", false),
        ("I2", false),
        ("FG1", false),
        ("P1, I2", false),
        ("P2, I1:4", false),
    ] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, Some(right), "{who}");
    }
    assert!(detail("“The letters come late” (I1:2)").contains("it was said in I1:4"));
    // Of words said more than once, at the address.
    assert_eq!(status("“I never have enough of it” (I1:2)").1, "I1:2");
    assert_eq!(status("“I never have enough of it” (FG1:3)").1, "FG1:3");
}

#[test]
fn what_may_be_the_attribution_is_looked_for_near_the_quotation() {
    let said = "“The letters come late”";
    for source in [
        format!("{said} [translation] (WHO)."),
        format!("{said} (see Table 2) (WHO)."),
        format!("{said} (GP) (WHO)."),
        format!("{said}¹ (WHO)."),
        format!("{said}^a^ (WHO)."),
        format!("{said} [@smith] (WHO)."),
        format!("{said} – (WHO)."),
        format!("{said} (e.g., WHO)."),
        format!("{said} (our translation: x; WHO)."),
        format!("{said} was how it was put (WHO)."),
        format!("{said}\nWHO, GP"),
        format!("WHO (GP): {said}"),
        format!("As WHO (a GP) put it, {said}."),
        format!("**WHO**\n\n{said}\n\nMore of it."),
        format!("- WHO\n  - {said}"),
        String::from("> The letters come late. - WHO\n"),
        String::from("> The letters come late. [WHO]\n"),
        String::from("> The letters come late.\n> WHO, GP\n"),
        String::from("> The letters come late.\n>\n> WHO\n"),
        String::from("This is illustrated by WHO:\n\n> The letters come late.\n"),
        String::from("One GP (WHO) was doubtful:\n\n> The letters come late.\n"),
        format!("WHO felt that {said}."),
        format!("GP WHO said {said}."),
        format!("For WHO, it was a matter of time: {said}."),
        format!("WHO’s comment, {said}, shows this."),
    ] {
        for (who, right) in [("P1", true), ("P2", false)] {
            let source = source.replace("WHO", who);
            assert_eq!(status(&source).2, Some(right), "{source}: {}", detail(&source));
        }
    }
    for (source, right) in [
        ("As one GP put it, “The letters come late”.", Some(true)),
        ("“The letters come late”, said one nurse.", Some(false)),
        ("One carer said “The letters come late”.", None),
        ("P2 said: “The letters come late” (P1).", Some(false)),
        ("P1 and P2 were asked. “The letters come late”.", None),
        ("Unlike P2 and P3, P1 has “The letters come late”.", None),
    ] {
        assert_eq!(status(source).2, right, "{source}: {}", detail(source));
    }
}

#[test]
fn names_above_and_below_quotations_take_turns() {
    for set in [
        "Some said:\n\nA\n\n> The letters come late.\n\nB\n\n> A checklist on paper helps.\n",
        "Some said:\n\n> The letters come late.\n\nA\n\n> A checklist on paper helps.\n\nB\n",
        "Some said:\n\n> The letters come late. (A)\n>\n> A checklist on paper helps. (B)\n",
    ] {
        let names = |a: &str, b: &str| {
            set.replace("\nA\n", &format!("\n{a}\n"))
                .replace("(A)", &format!("({a})"))
                .replace("\nB\n", &format!("\n{b}\n"))
                .replace("(B)", &format!("({b})"))
        };
        assert_eq!(verdicts(&names("P1", "P2")), [RIGHT, RIGHT], "{}", names("P1", "P2"));
        assert_eq!(verdicts(&names("P2", "P1")), [WRONG, WRONG], "{}", names("P2", "P1"));
    }
}

#[test]
fn quotations_of_one_sentence_share_an_attribution() {
    let source = |who: &str| format!("“The letters come late” and “a checklist on paper helps” ({who}).");
    assert_eq!(verdicts(&source("P1; P2")), [RIGHT, RIGHT]);
    assert_eq!(verdicts(&source("P1, P2")), [RIGHT, RIGHT]);
    assert_eq!(verdicts(&source("P2; P1")), [WRONG, WRONG]);
    // One name may be of the last alone.
    assert_eq!(verdicts(&source("P2")), [UNTOLD, RIGHT]);
    assert_eq!(verdicts("“The letters come late” and “if I go and run something” (P1)."), [RIGHT, RIGHT]);
}

#[test]
fn what_else_is_said_of_whoever_is_named_does_not_speak_against_them() {
    for who in ["P1, quoting her doctor", "P1, also P2", "P1; cf. P2", "P1, spoken at home"] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, Some(true), "{who}");
    }
    for who in ["P1, nurse", "P1, patient", "P1; P2"] {
        assert_eq!(status(&format!("“The letters come late” ({who})")).2, Some(false), "{who}");
    }
}

#[test]
fn a_block_that_begins_with_words_quoted_in_it_is_quoted_whole() {
    let source =
        "> “The letters come late.” If I go and run something in [community centre] no one will come. (P1)\n";
    assert_eq!(verdicts(source), [RIGHT]);
    let source =
        "> “The letters come late.” And then everybody had to wait for three more weeks and longer. (P1)\n";
    assert_eq!(verdicts(source)[0].0, Status::NotFound);
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
fn lines_without_marks_are_quotations_where_a_speaker_is_named() {
    for (source, found) in [
        ("P3: We wait for the bus.\n\nP4: And the bus is late.\n", vec![RIGHT]),
        ("P4: We wait for the bus.\n\nP3: And the bus is late.\n", vec![WRONG, WRONG]),
        (
            "**P3:** We wait for the train.\n\n**P4:** And the bus is late.\n",
            vec![(Status::Differs, None), RIGHT],
        ),
        ("- The letters come late. (P1, GP)\n- A checklist on paper helps. (P1)\n", vec![RIGHT, WRONG]),
        ("One nurse had a way with lists (P2).\n\nMore: all of it.\n", vec![]),
        ("Text: the bus is late, they say.\n", vec![]),
    ] {
        assert_eq!(verdicts(source), found, "{source}");
    }
}

#[test]
fn tables_are_read_by_the_heads_of_their_columns() {
    let table = |head: &str, rows: &str| format!("{head}\n|---|---|---|\n{rows}\n");
    for (head, rows, found) in [
        ("| Theme | Quote | Who |", "| “Too ill” | “The letters come late” | GP |", vec![RIGHT]),
        ("| Theme | Quote | Who |", "| Time | “The letters come late” | nurse |", vec![WRONG]),
        ("| ID | Example | Theme |", "| P1 | The letters come late | time of a GP |", vec![RIGHT]),
        (
            "| ID | Example | Theme |",
            "| P1 | The letters come early | time |",
            vec![(Status::Differs, Some(true))],
        ),
        (
            "| ID | Quote | Theme |",
            "| P1 | “The letters come late” | a |\n| | “If I go and run something” | b |\n| P2 | “The letters come late” | c |",
            vec![RIGHT, RIGHT, WRONG],
        ),
        ("| Kind | What people said | Said by |", "| Barrier | The letters come late | nurse |", vec![WRONG]),
        ("| Type | Quotation | Participant |", "| Facilitator | “The letters come late” | GP |", vec![RIGHT]),
    ] {
        assert_eq!(verdicts(&table(head, rows)), found, "{head} {rows}");
    }
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

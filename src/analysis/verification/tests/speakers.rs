//! Whether who is said to speak does.

use super::*;

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
        ("P1 said “The letters come late” to P2.", Some(true)),
        ("P1 said “The letters come late” about P2.", Some(true)),
        ("P1 said “The letters come late” and P2 left.", Some(true)),
        ("P1 had it: “The letters come late.” P2 left.", Some(true)),
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

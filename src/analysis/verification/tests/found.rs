//! What is found in a draft.

use super::*;

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
        ("> The letters come late. (P1)\n", vec![RIGHT]),
        ("> The letters come late. (P2)\n", vec![WRONG]),
        ("> The bus is late. (P2)\n", vec![WRONG]),
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
        ("| Theme | Quote | Who |", "| Time | The letters come | P2 |", vec![WRONG]),
        ("| Type | Quotation | Participant |", "| Facilitator | “The letters come late” | GP |", vec![RIGHT]),
    ] {
        assert_eq!(verdicts(&table(head, rows)), found, "{head} {rows}");
    }
}

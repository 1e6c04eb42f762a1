//! Matrices of studies small enough to count by hand.

use super::super::small::Small;
use super::super::{Scope, Sheets};
use super::*;
use crate::study::{Change, Coding, Kind, ThemeId, Valence, fresh};

/// Two interviews and a focus group in which Ann speaks as well; one theme of two codes.
fn clinic() -> (Small, ThemeId) {
    let mut small = Small::new();
    small.interview("I1", &["Int: How is it, is it bad?", "Ann: I am so tired of the forms. No time."]);
    small.interview("I2", &["Int: And you?", "Ben: There is time."]);
    small.focus_group("FG1", &["Ann: Time is short.", "Cat: It is.", "All: Yes, time!", "Int: Time, then."]);
    let theme = small.theme("Time", &["Time", "Paper"], &[]);
    (small, theme)
}

fn matrix(small: &mut Small, plan: &MatrixPlan) -> Matrix {
    let scope = Scope::default();
    let me = small.study.coder_named("c1").map(|coder| coder.id);
    Matrix::of(&small.sheets.counter(&small.study, &scope), plan, me).unwrap()
}

/// The rows, each with how many quotes stand in its first cell and what that holds: `Ann 2 evidence`.
fn rows(matrix: &Matrix) -> Vec<String> {
    let rows = matrix.rows.iter().enumerate();
    rows.map(|(at, row)| {
        let cell = matrix.cell(at, 0).unwrap();
        let indent = " ".repeat(usize::from(row.depth));
        format!("{indent}{} {} {}", row.name, cell.evidence.len(), cell.state.name())
    })
    .collect()
}

/// Writes a summary of Ann on the theme, on what is there now.
fn write(small: &mut Small, theme: ThemeId, coder: &str, text: &str) -> Summary {
    let plan = MatrixPlan { rows: RowsBy::Participants, ..MatrixPlan::default() };
    let made = matrix(small, &plan);
    let case = Case::Participant(small.person("Ann"));
    let row = made.rows.iter().position(|row| row.case == case).unwrap();
    let basis = basis_of(&small.study, &made.cell(row, 0).unwrap().evidence, &made.columns[0].codes);
    let coder = small.study.coder_named(coder).unwrap().id;
    let at = jiff::Timestamp::UNIX_EPOCH;
    let id = uuid::Uuid::from_u128(u128::from(small.study.summaries().len() as u64) + 900).into();
    let (topic, state, quotes) = (Topic::Theme(theme), SummaryState::Drafted, Vec::new());
    let summary = Summary {
        id,
        case,
        topic,
        coder,
        at,
        text: text.into(),
        state,
        quotes,
        basis: Some(basis),
        checked_by: None,
    };
    small.apply(&[Change::create(summary.clone())]);
    summary
}

fn state_of_ann(small: &mut Small) -> CellState {
    let made = matrix(small, &MatrixPlan { rows: RowsBy::Participants, ..MatrixPlan::default() });
    let row = made.rows.iter().position(|row| row.name == "ann").unwrap();
    made.cell(row, 0).unwrap().state
}

#[test]
fn people_of_interviews_and_groups_with_their_people_below() {
    let (mut small, _) = clinic();
    small.mark("c1", "I1", "I am [so tired] of", "Time");
    small.mark("c1", "I1", "of [the forms].", "Paper");
    // The same passage under both codes of the theme is one quote.
    small.mark("c1", "I1", "of [the forms].", "Time");
    small.mark("c1", "FG1", "[Time is] short", "Time");
    small.mark("c1", "FG1", "[Yes, time!]", "Time");
    // Who asks counts for nobody, and c2 is not of record.
    small.mark("c1", "FG1", "[Time, then.]", "Time");
    small.mark("c2", "I2", "There [is time].", "Paper");
    small.mark("c1", "I2", "And [you]", "Time");
    let made = matrix(&mut small, &MatrixPlan::default());
    assert_eq!(
        rows(&made),
        ["ann 3 evidence", "ben 0 nothing", "FG1 2 evidence", " ann 3 evidence", " cat 0 nothing"]
    );
    let by = |rows| MatrixPlan { rows, ..MatrixPlan::default() };
    assert_eq!(
        rows(&matrix(&mut small, &by(RowsBy::Participants))),
        ["ann 3 evidence", "ben 0 nothing", "cat 0 nothing"]
    );
    assert_eq!(
        rows(&matrix(&mut small, &by(RowsBy::Transcripts))),
        ["FG1 2 evidence", "I1 2 evidence", "I2 0 nothing"]
    );
    assert_eq!(
        rows(&matrix(&mut small, &by(RowsBy::Groups))),
        ["FG1 2 evidence", " ann 3 evidence", " cat 0 nothing"]
    );
}

#[test]
fn a_summary_is_stale_when_coding_or_words_below_it_change() {
    let (mut small, theme) = clinic();
    small.mark("c1", "I1", "I am [so tired] of", "Time");
    let paper = small.mark("c1", "I1", "of [the forms].", "Paper");
    write(&mut small, theme, "c1", "Tired of forms.");
    assert_eq!(state_of_ann(&mut small), CellState::Drafted);
    let mut changed = |change: Vec<Change>| {
        small.apply(&change);
        let there = state_of_ann(&mut small);
        let back: Vec<Change> = change.iter().rev().map(Change::inverse).collect();
        small.apply(&back);
        assert_eq!(state_of_ann(&mut small), CellState::Drafted, "as it was");
        there
    };
    // A coding goes; another code of the theme takes its place; it says something else.
    assert_eq!(changed(vec![Change::delete(paper.clone())]), CellState::Stale);
    let ambivalent = Coding { valence: Some(Valence::Both), ..paper.clone() };
    assert_eq!(changed(vec![Change::update(paper.clone(), ambivalent)]), CellState::Stale);
    let time = small.code("Time");
    let recoded = Coding { code: time, ..paper.clone() };
    small.apply(&[Change::update(paper.clone(), recoded.clone())]);
    assert_eq!(state_of_ann(&mut small), CellState::Stale);
    small.apply(&[Change::update(recoded, paper)]);
    // Another name of a code is not another coding.
    small.change_code("Paper", |code| code.name = "Paperwork".into());
    assert_eq!(state_of_ann(&mut small), CellState::Drafted);
    // The words under it become others; a quote comes.
    let quote = small.study.quotes().iter().next().unwrap().clone();
    let corrected = crate::study::Quote { text: "so tied".into(), ..quote.clone() };
    small.apply(&[Change::update(quote.clone(), corrected.clone())]);
    assert_eq!(state_of_ann(&mut small), CellState::Stale);
    small.apply(&[Change::update(corrected, quote)]);
    assert_eq!(state_of_ann(&mut small), CellState::Drafted);
    small.mark("c1", "FG1", "[Time is] short", "Time");
    assert_eq!(state_of_ann(&mut small), CellState::Stale);
}

#[test]
fn the_viewers_own_summary_is_shown_else_the_last_one() {
    let (mut small, theme) = clinic();
    small.mark("c1", "I1", "I am [so tired] of", "Time");
    let other = write(&mut small, theme, "c2", "By c2.");
    let plan = MatrixPlan { rows: RowsBy::Participants, ..MatrixPlan::default() };
    assert_eq!(matrix(&mut small, &plan).cell(0, 0).unwrap().summary, Some(other.id));
    let own = write(&mut small, theme, "c1", "By c1.");
    let made = matrix(&mut small, &plan);
    let cell = made.cell(0, 0).unwrap();
    assert_eq!((cell.summary, cell.state), (Some(own.id), CellState::Drafted));
    assert_eq!(cell.others, [(other.id, CellState::Drafted)]);
    // At most one of each coder.
    let twin = Summary { id: fresh(&super::super::small::Ids::default()), ..own };
    assert!(small.study.apply(&[Change::create(twin)]).is_err());
}

#[test]
fn rows_are_sorted_and_grouped_by_attributes_with_blanks_last() {
    let mut small = Small::new();
    for (person, group) in [("P10", "public"), ("P2", "public"), ("P3", "clinician"), ("P4", "missing")] {
        small.interview(&format!("I{person}"), &[&format!("{person}: Time.")]);
        small.group(person, group);
    }
    small.interview("IP5", &["P5: Time."]);
    small.theme("Time", &["Time"], &[]);
    let plan = MatrixPlan { group: Some("group".into()), ..MatrixPlan::default() };
    let made = matrix(&mut small, &plan);
    let named = |made: &Matrix| made.rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    assert_eq!(named(&made), ["p3", "p2", "p10", "p4", "p5"]);
    let labels: Vec<&str> = made.groups.iter().map(Group::label).collect();
    assert_eq!(labels, ["clinician", "public", "missing", "not recorded"]);
    assert_eq!(made.rows[1].group, Some(1));
    let sorted = matrix(&mut small, &MatrixPlan { sort: vec!["group".into()], ..MatrixPlan::default() });
    assert_eq!((named(&sorted), sorted.groups.len()), (named(&made), 0));
    let wrong = MatrixPlan { sort: vec!["grup".into()], ..MatrixPlan::default() };
    let scope = Scope::default();
    let refused = Matrix::of(&small.sheets.counter(&small.study, &scope), &wrong, None).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "neither participants nor transcripts have an attribute “grup”; there is group"
    );
}

#[test]
fn columns_are_themes_codes_or_components() {
    let (mut small, _) = clinic();
    small.parent("Forms", "Paper");
    small.classify_code("Paper", "opportunity.physical");
    small.mark("c1", "I1", "of [the forms].", "Forms");
    let by = |columns| MatrixPlan { columns, ..MatrixPlan::default() };
    let codes = matrix(&mut small, &by(ColumnsBy::Codes(None)));
    let names = |made: &Matrix| made.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&codes), ["Paper", "Time"]);
    assert_eq!(codes.cell(0, 0).unwrap().state, CellState::Evidence, "with the codes below");
    let paper = small.code("Paper");
    assert_eq!(names(&matrix(&mut small, &by(ColumnsBy::Codes(Some(paper))))), ["Forms"]);
    let components = matrix(&mut small, &by(ColumnsBy::Components("com-b".into())));
    assert_eq!(components.columns.len(), 6);
    let column = components.columns.iter().position(|column| column.short == "O-Ph").unwrap();
    assert_eq!(components.cell(0, column).unwrap().evidence.len(), 1);
    let scope = Scope::default();
    let none = by(ColumnsBy::Components("tdf-14".into()));
    let refused = Matrix::of(&small.sheets.counter(&small.study, &scope), &none, None).unwrap_err();
    assert_eq!(refused.to_string(), "there is no framework “tdf-14” in the study; there is com-b");
}

#[test]
fn a_study_without_people_or_themes_is_an_empty_matrix() {
    let mut empty = Small::new();
    let made = matrix(&mut empty, &MatrixPlan::default());
    assert_eq!((made.rows.len(), made.columns.len(), made.cell(0, 0)), (0, 0, None));
    let mut silent = Small::new();
    silent.transcript("I1", Kind::Interview, &["Int: Is nobody here?"]);
    silent.theme("Time", &[], &[]);
    assert_eq!(matrix(&mut silent, &MatrixPlan::default()).rows.len(), 0);
}

#[test]
fn who_speaks_no_more_keeps_the_row_of_their_summary() {
    let (mut small, theme) = clinic();
    small.mark("c1", "I1", "I am [so tired] of", "Time");
    write(&mut small, theme, "c1", "Tired.");
    // Ann's labels are somebody else's now, as when she was taken out of the study.
    let bindings: Vec<_> = small.study.bindings().iter().cloned().collect();
    for held in bindings.into_iter().filter(|held| held.speaker == "ann") {
        let voice = crate::study::Voice::Unknown;
        small.apply(&[Change::update(held.clone(), crate::study::Binding { voice, ..held })]);
    }
    assert_eq!(state_of_ann(&mut small), CellState::Stale);
    let ann = small.person("Ann");
    let ann = small.study.participants().get(&ann).unwrap().clone();
    let refused = small.study.apply(&[Change::delete(ann)]).unwrap_err();
    assert!(refused.to_string().contains("still used by summaries"), "{refused}");
}

#[test]
fn merging_codes_keeps_both_summaries_under_a_divider() {
    let (mut small, _) = clinic();
    small.mark("c1", "I1", "I am [so tired] of", "Time");
    small.mark("c1", "I1", "of [the forms].", "Paper");
    let (time, paper) = (small.code("Time"), small.code("Paper"));
    let case = Case::Participant(small.person("Ann"));
    let me = small.study.coder_named("c1").unwrap().id;
    let other = small.study.coder_named("c2").unwrap().id;
    for (number, code, coder, text) in
        [(1_u128, time, me, "On time."), (2, paper, me, "On paper."), (3, paper, other, "By c2.")]
    {
        small.apply(&[Change::create(Summary {
            id: uuid::Uuid::from_u128(number + 900).into(),
            case,
            topic: Topic::Code(code),
            coder,
            at: jiff::Timestamp::UNIX_EPOCH,
            text: text.into(),
            state: SummaryState::Checked,
            quotes: Vec::new(),
            basis: Some(Vec::new()),
            checked_by: None,
        })]);
    }
    let merge = small.study.merge_codes(paper, time).unwrap();
    assert_eq!(
        (merge.summaries, merge.summaries_joined),
        (2, 1),
        "that of c2 moves, the own one goes below another"
    );
    small.apply(&merge.changes);
    let column = Topic::Code(time);
    let own = small.study.summary_of(me, case, &column).unwrap();
    assert_eq!(own.text, "On time.\n\n--- Paper ---\n\nOn paper.");
    assert_eq!((own.state, &own.basis), (SummaryState::Drafted, &None));
    assert_eq!(small.study.summary_of(other, case, &column).unwrap().text, "By c2.");
    assert_eq!(small.study.summaries().len(), 2);
    let plan = MatrixPlan { columns: ColumnsBy::Codes(None), ..MatrixPlan::default() };
    assert_eq!(matrix(&mut small, &plan).cell(0, 0).unwrap().state, CellState::Stale);
    // Undone, all three are as they were; a code that goes takes its own along.
    small.study.revert(&merge.changes);
    assert_eq!(small.study.summaries().len(), 3);
    let removal = small.study.remove_code(paper).unwrap();
    assert_eq!(removal.summaries, 2);
    small.study.apply(&removal.changes).unwrap();
    small.sheets = Sheets::default();
    assert_eq!(small.study.summaries().len(), 1);
}

#[test]
fn people_have_the_values_of_the_transcripts_in_which_they_are_heard() {
    let (mut small, _) = clinic();
    let id = uuid::Uuid::from_u128(7_000).into();
    let of = crate::study::AttributeOf::Transcript;
    let date = crate::study::Attribute { id, name: "date".into(), of, position: 0 };
    small.apply(&[Change::create(date)]);
    for (name, day) in [("I1", "19/01/2016"), ("I2", "02/03/2016"), ("FG1", "2016-02-01")] {
        let subject = crate::study::Subject::Transcript(small.study.transcript_named(name).unwrap().id);
        let value = crate::study::Value::from_cell(day).unwrap();
        let value = crate::study::AttributeValue { attribute: id, subject, value, quote: None };
        small.apply(&[Change::create(value)]);
    }
    let values = |made: &Matrix| -> Vec<(String, String)> {
        made.rows.iter().map(|row| (row.name.clone(), row.values[0].clone())).collect()
    };
    let expected = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
        rows.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let plan = MatrixPlan { sort: vec!["date".into()], ..MatrixPlan::default() };
    // Ann is heard twice, on two days; below the group she has that of the group.
    let group = [("FG1", "2016-02-01"), ("ann", "2016-02-01"), ("cat", "2016-02-01")];
    let all = [&group[..], &[("ben", "02/03/2016"), ("ann", "several")]].concat();
    assert_eq!(values(&matrix(&mut small, &plan)), expected(&all));
    let plan = MatrixPlan { rows: RowsBy::Transcripts, ..plan };
    let days = [("I1", "19/01/2016"), ("FG1", "2016-02-01"), ("I2", "02/03/2016")];
    assert_eq!(values(&matrix(&mut small, &plan)), expected(&days), "by the day, however it is written");
}

#[test]
fn summaries_on_other_rows_and_columns_are_counted_with_what_shows_them() {
    let (mut small, theme) = clinic();
    let time = small.code("Time");
    let written = write(&mut small, theme, "c1", "Shown.");
    let cat = Case::Participant(small.person("Cat"));
    let interview = Case::Group(small.study.transcript_named("I1").unwrap().id);
    let others = [(cat, Topic::Theme(theme)), (interview, Topic::Code(time))];
    for (at, (case, topic)) in (950..).zip(others) {
        let id = uuid::Uuid::from_u128(at).into();
        small.apply(&[Change::create(Summary { id, case, topic, ..written.clone() })]);
    }
    let made = matrix(&mut small, &MatrixPlan::default());
    let elsewhere = made.elsewhere(&small.study, false);
    assert_eq!(elsewhere.summaries, 2);
    let shown_by: Vec<Shows> = elsewhere.shown_by.into_iter().collect();
    assert_eq!(shown_by, [Shows::Rows(RowsBy::Transcripts), Shows::People, Shows::Columns("codes")]);
    assert_eq!(made.elsewhere(&small.study, true).summaries, 1, "people below their groups are looked at");
}

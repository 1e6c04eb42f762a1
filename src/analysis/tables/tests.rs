//! Tables of small studies, counted by hand.

use std::collections::BTreeSet;

use super::super::Scope;
use super::super::small::Small;
use super::*;
use crate::search::ReadTurns;
use crate::study::{AttributeOf, Change, Classified, Side, TurnNumber};

/// Two interviews and a focus group of three, of whom Ann was interviewed too. Ann and Cai are public, Ben and Dee are
/// clinicians.
///
/// Little time (barrier): Ben in I2, Cai and everybody in FG1. More time (facilitator): Ann in FG1. Paper: Ann in I1, and
/// whoever asks there; it overlaps Tired, of Ann too.
fn clinic() -> Small {
    let mut small = Small::new();
    small.interview("I1", &["Int: How is it? The forms?", "Ann: I am so tired of the forms.", "Int: Tired?"]);
    small.interview("I2", &["Int: And you?", "Ben: No time at all. None. I ask for time."]);
    small.focus_group(
        "FG1",
        &[
            "Int: What about time?",
            "Cai: We never have time.",
            "Ann: More time would help.",
            "All: Yes, time!",
            "Dee: I have time enough.",
        ],
    );
    for (person, group) in [("Ann", "public"), ("Ben", "clinician"), ("Cai", "public"), ("Dee", "clinician")]
    {
        small.group(person, group);
    }
    small.side("Little time", Side::Barrier);
    small.side("More time", Side::Facilitator);
    let theme = small.theme("Time", &["Little time"], &["More time"]);
    small.classify(Classified::Theme(theme), "opportunity.physical");
    small.mark("c1", "I2", "[No time at all.] None", "Little time");
    small.mark("c1", "FG1", "[We never have time.]", "Little time");
    small.mark("c1", "FG1", "[Yes, time!]", "Little time");
    small.mark("c1", "FG1", "[More time would help.]", "More time");
    small.mark("c1", "I1", "The [forms]?", "Paper");
    small.mark("c1", "I1", "tired of [the forms].", "Paper");
    small.mark("c1", "I1", "I am [so tired of the] forms.", "Tired");
    small
}

fn make(small: &mut Small, kind: TableKind, options: &TableOptions) -> Result<PaperTable, TableError> {
    let scope = Scope::default();
    make_table(kind, &small.sheets.counter(&small.study, &scope), options, None)
}

fn by(name: &str) -> TableOptions {
    TableOptions { by: Some(name.into()), ..TableOptions::default() }
}

/// A table as its rows, cells as they are printed.
fn rows(table: &PaperTable) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.value.shown()).collect()).collect()
}

/// The numbers of the row that begins so, without words.
fn numbers(table: &PaperTable, first: &str) -> Vec<String> {
    let is_it = |row: &&PaperRow| row.cells.first().is_some_and(|cell| cell.value.shown() == first);
    let row = table.rows.iter().find(is_it).unwrap_or_else(|| panic!("no row {first}"));
    let numbers = row.cells.iter().map(|cell| &cell.value).filter(|value| value.is_number());
    numbers.map(CellValue::shown).collect()
}

#[test]
fn codes_are_counted_by_people_transcripts_codings_sides_kinds_and_groups() {
    let mut small = clinic();
    let table = make(&mut small, TableKind::Codes, &by("group")).unwrap();
    let keys: Vec<&str> = table.head.iter().map(|head| head.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "code",
            "component",
            "people",
            "transcripts",
            "codings",
            "barrier",
            "facilitator",
            "interviews",
            "focus_groups",
            "public",
            "clinician",
            "left_out"
        ]
    );
    // People, transcripts, codings, barrier, facilitator, interviews, focus groups, public, clinician, left out.
    assert_eq!(numbers(&table, "Little time"), ["2", "2", "3", "2", "0", "1", "1", "1", "1", "1"]);
    assert_eq!(numbers(&table, "More time"), ["1", "1", "1", "0", "1", "0", "1", "1", "0", "0"]);
    assert_eq!(numbers(&table, "Paper"), ["1", "1", "2", "0", "0", "1", "0", "1", "0", "1"]);
    // Ann, Ben, Cai: a union. Seven codings, two of them of nobody.
    assert_eq!(numbers(&table, "All codes"), ["3", "3", "7", "2", "1", "2", "2", "2", "1", "2"]);
    let codings = TableOptions { measure: Measure::Codings, ..by("group") };
    let table = make(&mut small, TableKind::Codes, &codings).unwrap();
    assert_eq!(numbers(&table, "Little time"), ["2", "2", "3", "3", "0", "1", "2", "1", "1", "1"]);
}

#[test]
fn groups_may_be_of_transcripts_or_kinds_and_count_what_people_say() {
    let mut small = clinic();
    let table = make(&mut small, TableKind::Crosstab, &by("kind")).unwrap();
    assert_eq!(table.head[1].title, "focus groups (N = 3)");
    assert_eq!(table.head[2].title, "interviews (N = 2)");
    assert_eq!(numbers(&table, "Little time"), ["1", "1"]);
    // The interviewer's passage is in no group.
    let codings = TableOptions { measure: Measure::Codings, ..by("kind") };
    let table = make(&mut small, TableKind::Crosstab, &codings).unwrap();
    assert_eq!(numbers(&table, "Paper"), ["0", "1"]);
}

#[test]
fn one_code_by_groups_says_n_of_n() {
    let mut small = clinic();
    let options = TableOptions { code: Some("little time".into()), ..by("group") };
    let table = make(&mut small, TableKind::Crosstab, &options).unwrap();
    // People, of, codings, transcripts, barrier, facilitator.
    assert_eq!(numbers(&table, "public"), ["1", "2", "1", "1", "1", "0"]);
    assert_eq!(numbers(&table, "clinician"), ["1", "2", "1", "1", "1", "0"]);
}

#[test]
fn two_attributes_cross_with_the_people_of_each_cell() {
    let mut small = clinic();
    let options = TableOptions { with: Some("kind".into()), ..by("group") };
    let table = make(&mut small, TableKind::Crosstab, &options).unwrap();
    // Focus groups, interviews. Ann is in both.
    assert_eq!(numbers(&table, "public"), ["2", "1"]);
    assert_eq!(numbers(&table, "clinician"), ["1", "1"]);
    let options = TableOptions { code: Some("Little time".into()), ..options };
    let table = make(&mut small, TableKind::Crosstab, &options).unwrap();
    assert_eq!(numbers(&table, "public"), ["1", "2", "0", "1"]);
    assert_eq!(numbers(&table, "clinician"), ["0", "1", "1", "1"]);
}

#[test]
fn themes_stand_under_their_domain_with_people_and_codings_on_request() {
    let mut small = clinic();
    let table = make(&mut small, TableKind::Themes, &TableOptions::default()).unwrap();
    assert_eq!(rows(&table)[0][0], "Opportunity");
    assert_eq!(rows(&table)[1], ["Physical opportunity", "Time", "Little time", "More time"]);
    let counts = TableOptions { counts: true, ..TableOptions::default() };
    let table = make(&mut small, TableKind::Themes, &counts).unwrap();
    assert_eq!(numbers(&table, "Physical opportunity"), ["2", "3", "1", "1"]);
    assert!(table.notes.iter().any(|note| note.starts_with("1 coding is without a participant")));
    let components = make(&mut small, TableKind::Components, &by("group")).unwrap();
    // Barrier people, codings, public, clinician; facilitator the same; no side.
    assert_eq!(numbers(&components, "Physical opportunity"), ["2", "3", "1", "1", "1", "1", "1", "0", "0"]);
    let Some(Picture::Bars { pairs, .. }) = components.picture else { panic!("bars") };
    let physical: Vec<_> = pairs.iter().filter(|pair| pair.label == "Physical opportunity").collect();
    assert_eq!((physical[0].barrier, physical[0].facilitator), (1, 1));
}

#[test]
fn codes_occur_together_on_passages_in_turns_and_in_people() {
    let mut small = clinic();
    let together = |small: &mut Small, together: Together| {
        let options = TableOptions { together, ..TableOptions::default() };
        make(small, TableKind::Cooccurrence, &options).unwrap()
    };
    let overlap = together(&mut small, Together::Overlap);
    assert_eq!(rows(&overlap), [["Paper", "Tired", "1", "2", "1"]]);
    let turns = together(&mut small, Together::Turn);
    assert_eq!(rows(&turns), [["Paper", "Tired", "1", "2", "1"]]);
    // Ann says Paper, Tired and More time.
    let people = together(&mut small, Together::Participant);
    let pairs: BTreeSet<(String, String)> =
        rows(&people).iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let wanted = [("More time", "Paper"), ("More time", "Tired"), ("Paper", "Tired")];
    assert_eq!(pairs, wanted.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    let Some(Basis::Quotes(evidence)) = &overlap.rows[0].cells[2].basis else { panic!("quotes") };
    let scope = Scope::default();
    let behind = small.sheets.counter(&small.study, &scope).quotes_behind(evidence);
    assert_eq!(small.texts(behind.iter()), ["so tired of the", "the forms"]);
}

#[test]
fn touching_passages_are_not_together_and_overlapping_ones_of_a_code_are_one() {
    let mut small = Small::new();
    small.interview("I1", &["Ann: one two three four five."]);
    small.mark("c1", "I1", "Ann: [one ]two", "A");
    small.mark("c1", "I1", "one [two three] four", "B");
    small.mark("c1", "I1", "two [three four] five", "B");
    small.mark("c1", "I1", "[four] five", "C");
    let table = make(&mut small, TableKind::Cooccurrence, &TableOptions::default()).unwrap();
    assert_eq!(rows(&table), [["B", "C", "1", "1", "1"]]);
}

#[test]
fn coverage_names_what_is_missing() {
    let mut small = clinic();
    small.study.settings.frame = [("group:public".to_owned(), 3), ("group:clinician".to_owned(), 2)].into();
    small.interview("I3", &["Int: And you?", "Eve: Fine."]);
    let scope = Scope::default();
    let read: ReadTurns = [(
        small.study.transcript_named("I1").unwrap().id,
        BTreeSet::from([TurnNumber::whole(1), TurnNumber::whole(2)]),
    )]
    .into();
    let counter = small.sheets.counter(&small.study, &scope);
    let table = make_table(TableKind::Coverage, &counter, &TableOptions::default(), Some(&read)).unwrap();
    // 3 + 2 + 5 + 2 turns, two of them read.
    assert_eq!(numbers(&table, "turns"), ["10", "12"]);
    assert_eq!(numbers(&table, "I1"), ["1", "3"]);
    assert_eq!(numbers(&table, "transcripts"), ["1", "4"]);
    let all = rows(&table);
    let row = |first: &str| all.iter().find(|row| row[0] == first).unwrap().clone();
    assert_eq!(row("participants"), ["participants", "2", "5", "dee, eve"]);
    assert_eq!(row("Time"), ["Time", "2", "5", "dee, eve"]);
    assert_eq!(row("group:clinician"), ["group:clinician", "2", "2", "as many as wanted"]);
    assert_eq!(row("group:public"), ["group:public", "2", "3", "short by 1"]);
}

#[test]
fn a_joint_display_has_n_and_a_quote_of_each_group() {
    let mut small = clinic();
    let starred = small.quote("c1", "FG1", "[We never have time.]");
    small.star(starred);
    let table = make(&mut small, TableKind::Joint, &by("group")).unwrap();
    let barriers = &rows(&table)[0];
    assert_eq!(barriers[..3], ["Time", "Barriers", "1"].map(String::from));
    assert!(barriers[3].starts_with("“We never have time.” ("), "{}", barriers[3]);
    assert!(barriers[5].starts_with("“No time at all.” ("), "{}", barriers[5]);
    assert_eq!(barriers[6], "all groups");
    small.study.settings.quotation.marks = crate::study::Marks::Single;
    let single = make(&mut small, TableKind::Joint, &by("group")).unwrap();
    assert!(rows(&single)[0][3].starts_with("‘We never have time.’ ("), "in the house style");
    let facilitators = &rows(&table)[1];
    assert_eq!(
        (facilitators[2].as_str(), facilitators[4].as_str(), facilitators[5].as_str()),
        ("1", "0", "")
    );
    assert_eq!(facilitators[6], "public only");
}

/// Gives transcripts a value of an attribute.
fn order(small: &mut Small, attribute: &str, values: &[(&str, &str)]) {
    let id = uuid::Uuid::from_u128(7_000).into();
    let of = AttributeOf::Transcript;
    let made = crate::study::Attribute { id, name: attribute.into(), of, position: 0 };
    small.apply(&[Change::create(made)]);
    for (name, value) in values {
        let subject = crate::study::Subject::Transcript(small.study.transcript_named(name).unwrap().id);
        let value = crate::study::Value::from_cell(value).unwrap();
        let value = crate::study::AttributeValue { attribute: id, subject, value, quote: None };
        small.apply(&[Change::create(value)]);
    }
}

/// Interviews of Ann, each with codes of its own.
fn interviews(codes: &[(&str, &[&str])]) -> Small {
    let mut small = Small::new();
    for (name, codes) in codes {
        small.interview(name, &["Ann: one two three."]);
        for code in codes.iter() {
            small.mark("c1", name, "[one] two", code);
        }
    }
    small
}

fn order_of(table: &PaperTable) -> (Vec<String>, &str) {
    let names = rows(table).into_iter().map(|row| row[0].clone()).collect();
    let Some(Picture::Curve { order, .. }) = &table.picture else { panic!("a curve") };
    (names, order)
}

#[test]
fn dates_sort_by_their_day_however_they_are_written() {
    let mut small = interviews(&[("I1", &["A"]), ("I2", &["A"]), ("I3", &["A"]), ("I4", &["A"])]);
    let days = [("I1", "19/01/2016"), ("I2", "01/04/2016"), ("I3", "2016-02-03"), ("I4", "in spring")];
    order(&mut small, "date", &days);
    let table = make(&mut small, TableKind::Saturation, &TableOptions::default()).unwrap();
    assert_eq!(
        order_of(&table),
        (["I1", "I3", "I2", "I4"].map(String::from).to_vec(), "in order of collection")
    );
    let said = table.notes.join(" ");
    assert!(said.contains("1 date can be read in two ways (01/04/2016): the day was taken first."), "{said}");
    assert!(said.contains("1 of them without a date in it come last."), "{said}");
}

#[test]
fn an_order_that_is_not_that_of_collection_is_never_called_so() {
    let mut small = interviews(&[("I1", &["A"]), ("I2", &["A"])]);
    let table = make(&mut small, TableKind::Saturation, &TableOptions::default()).unwrap();
    assert_eq!(order_of(&table).1, "in order of their names");
    order(&mut small, "target_words", &[("I1", "900"), ("I2", "80")]);
    let options = TableOptions { order: Some("target_words".into()), ..TableOptions::default() };
    let table = make(&mut small, TableKind::Saturation, &options).unwrap();
    assert_eq!(order_of(&table), (["I2", "I1"].map(String::from).to_vec(), "in order of target words"));
    assert!(!table.notes.join(" ").contains("Order of collection"), "{:?}", table.notes);
}

#[test]
fn what_new_information_does_is_said_only_where_there_is_any_and_whether_it_rises_again() {
    let few = &mut interviews(&[("I1", &["A"]), ("I2", &["A"])]);
    let table = make(few, TableKind::Saturation, &TableOptions::default()).unwrap();
    let said = table.notes.join(" ");
    assert!(said.contains("New information cannot be told") && !said.contains("never falls"), "{said}");
    let codes: [(&str, &[&str]); 4] = [("I1", &["A", "B"]), ("I2", &["A"]), ("I3", &["C"]), ("I4", &["A"])];
    let options = TableOptions { base: Some(1), run: Some(1), ..TableOptions::default() };
    let table = make(&mut interviews(&codes), TableKind::Saturation, &options).unwrap();
    let said = table.notes.join(" ");
    // One new code in I3, of two of the base.
    let rises = "with I2, but rises above that again later, to 50.0 % with I3.";
    assert!(said.contains(rises), "{said}");
}

#[test]
fn new_codes_are_counted_in_the_order_of_collection() {
    let mut small = Small::new();
    for (name, code) in [("I1", "A"), ("I2", "A"), ("I10", "B"), ("I3", "A"), ("I4", "A")] {
        small.interview(name, &["Ann: one two three."]);
        small.mark("c1", name, "[one] two", code);
    }
    small.interview("I5", &["Ann: one."]);
    let days = [("I10", "2016-01-02"), ("I1", "2016-01-10"), ("I3", "2016-02-01"), ("I2", "2016-03-01")];
    order(&mut small, "date", &days);
    let options = TableOptions { base: Some(2), run: Some(1), ..TableOptions::default() };
    let table = make(&mut small, TableKind::Saturation, &options).unwrap();
    let found: Vec<Vec<String>> = rows(&table);
    // I10 first, with B; I1 brings A; then nothing new. I4 has no date. I5 is not coded.
    assert_eq!(found[0], ["I10", "2016-01-02", "1", "1", "", ""]);
    assert_eq!(found[1], ["I1", "2016-01-10", "1", "2", "", ""]);
    assert_eq!(found[2], ["I3", "2016-02-01", "0", "2", "0", "0"]);
    assert_eq!(found[3][0], "I2");
    assert_eq!(found[4][..2], ["I4", ""].map(String::from));
    assert_eq!(found.len(), 5);
    let said = table.notes.join(" ");
    assert!(said.contains("first falls to 5 % or less after 2+1 transcripts, with I3"), "{said}");
    assert!(said.contains("Left out as not coded: 1 of 6"), "{said}");
    assert!(table.title.contains("no proof"));
}

#[test]
fn coreq_has_all_items_and_fills_in_what_the_study_knows() {
    let mut small = clinic();
    let table = make(&mut small, TableKind::Coreq, &TableOptions::default()).unwrap();
    let items: Vec<Vec<String>> = table
        .rows
        .iter()
        .filter(|row| !row.heading)
        .map(|row| row.cells.iter().map(|c| c.value.shown()).collect())
        .collect();
    let numbers: Vec<String> = items.iter().map(|row| row[0].clone()).collect();
    assert_eq!(numbers, (1..=32).map(|n: u32| n.to_string()).collect::<Vec<_>>());
    assert_eq!(items[11][3], "4 participants in 2 interviews and 1 focus group");
    assert_eq!(items[17][3], "1 participant speaks in more than one transcript");
    assert_eq!(items[23][3], "1 coder; 0 of 3 coded transcripts by more than one");
    assert_eq!((items[1][3].as_str(), items[1][4].as_str()), ("", "by hand"));
    // Three transcripts are too few for a base of four and a run of two.
    assert_eq!((items[21][3].as_str(), items[21][4].as_str()), ("", "by hand"));
    // Of whom only some are counted, those transcripts are in which they speak.
    let scope = Scope::read("group:public", &small.study).unwrap();
    let counter = small.sheets.counter(&small.study, &scope);
    let table = make_table(TableKind::Coreq, &counter, &TableOptions::default(), None).unwrap();
    let said: Vec<String> = table.rows.iter().flat_map(|row| &row.cells).map(|c| c.value.shown()).collect();
    assert!(said.iter().any(|cell| cell == "2 participants in 1 interview and 1 focus group"), "{said:?}");
}

#[test]
fn codings_of_two_attributes_say_so_and_stand_beside_no_number_of_people() {
    let mut small = clinic();
    let codings = TableOptions { with: Some("kind".into()), measure: Measure::Codings, ..by("group") };
    let refused = make(&mut small, TableKind::Crosstab, &codings).unwrap_err().to_string();
    assert!(refused.contains("choose a code"), "{refused}");
    let options = TableOptions { code: Some("Little time".into()), ..codings };
    let table = make(&mut small, TableKind::Crosstab, &options).unwrap();
    assert_eq!(table.title, "Little time by group and kind: codings");
    assert!(table.head.iter().skip(1).all(|head| head.unit == Some(Unit::Codings)), "{:?}", table.head);
    // Focus groups, interviews: Cai once in the group, Ben once by himself.
    assert_eq!(numbers(&table, "public"), ["1", "0"]);
    assert_eq!(numbers(&table, "clinician"), ["0", "1"]);
    assert!(table.notes.iter().any(|note| note.starts_with("Counted are codings")), "{:?}", table.notes);
}

#[test]
fn a_theme_that_stands_apart_from_its_codes_is_told_and_no_domain_is_a_heading_twice() {
    let mut small = clinic();
    small.classify_code("Paper", "capability.physical");
    small.classify_code("Tired", "motivation.automatic");
    let forms = small.theme("Forms", &["Paper"], &[]);
    small.theme("Tiredness", &["Tired"], &[]);
    small.classify(Classified::Theme(forms), "opportunity.social");
    let table = make(&mut small, TableKind::Themes, &TableOptions::default()).unwrap();
    let headings: Vec<String> =
        table.rows.iter().filter(|row| row.heading).map(|row| row.cells[0].value.shown()).collect();
    assert_eq!(headings, ["Opportunity", "Motivation"]);
    let apart = "“Forms” stands under Social opportunity, codes of it under Physical capability: components count \
                 codes where these stand.";
    assert!(table.notes.iter().any(|note| note == apart), "{:?}", table.notes);
    let components = make(&mut small, TableKind::Components, &TableOptions::default()).unwrap();
    assert!(components.notes.iter().any(|note| note == apart), "{:?}", components.notes);
}

#[test]
fn blanks_and_what_is_not_recorded_stay_apart_in_the_sample() {
    let mut small = clinic();
    for (person, value) in [("Eve", "missing"), ("Fay", "prefer not to say"), ("Gus", "does not apply")] {
        small.interview(person, &[&format!("{person}: Yes.")]);
        small.group(person, value);
    }
    small.interview("Hal", &["Hal: Yes."]);
    let table = make(&mut small, TableKind::Sample, &TableOptions::default()).unwrap();
    // Six to whom it applies: 2 of 6 is 33.3, 1 of 6 is 16.7.
    let found = rows(&table);
    assert_eq!(found[0][0], "group");
    let row = |value: &str| found.iter().find(|row| row[1] == value).unwrap()[2..].to_vec();
    assert_eq!(row("public"), ["2", "6", "33"]);
    assert_eq!(row("missing"), ["1", "6", "17"]);
    assert_eq!(row("prefers not to say"), ["1", "6", "17"]);
    assert_eq!(found.len(), 5);
    // Of Gus it was said that it does not apply; nobody asked Hal.
    for note in ["group: does not apply to 1 of 8.", "group: not recorded for 1 of 8."] {
        assert!(table.notes.contains(&String::from(note)), "{:?}", table.notes);
    }
    // Side by side each is a group of its own, what is not recorded last.
    let crossed = make(&mut small, TableKind::Crosstab, &by("group")).unwrap();
    let last: Vec<&str> = crossed.head.iter().rev().take(4).map(|head| head.key.as_str()).collect();
    assert_eq!(last, ["not_recorded", "prefer_not_to_say", "missing", "does_not_apply"]);
    let forced = TableOptions { to_100: true, ..TableOptions::default() };
    let table = make(&mut small, TableKind::Sample, &forced).unwrap();
    let percents: u32 = rows(&table)[1..].iter().map(|row| row[4].parse::<u32>().unwrap()).sum();
    assert_eq!(percents, 100);
}

#[test]
fn what_cannot_be_counted_is_said_in_a_sentence() {
    let mut empty = Small::new();
    let refused =
        |small: &mut Small, kind, options: &TableOptions| make(small, kind, options).unwrap_err().to_string();
    let plain = TableOptions::default();
    assert!(refused(&mut empty, TableKind::Sample, &plain).starts_with("no participant speaks"));
    assert!(refused(&mut empty, TableKind::Coverage, &plain).starts_with("no participant speaks"));
    assert!(refused(&mut empty, TableKind::Codes, &plain).starts_with("there are no codes yet"));
    assert!(refused(&mut empty, TableKind::Themes, &plain).starts_with("the codebook has no themes yet"));
    assert!(refused(&mut empty, TableKind::Crosstab, &plain).starts_with("a crosstab needs an attribute"));
    assert!(refused(&mut empty, TableKind::Codes, &plain).starts_with("there are no codes yet"));
    let mut small = clinic();
    let said = refused(&mut small, TableKind::Codes, &by("gruop"));
    assert_eq!(
        said,
        "neither participants nor transcripts have an attribute “gruop”; the nearest name is group"
    );
    let options = TableOptions { code: Some("Little tim".into()), ..by("group") };
    let said = refused(&mut small, TableKind::Crosstab, &options);
    assert_eq!(said, "there is no code “Little tim”; the nearest name is “Little time”");
    small.study.settings.frame = [("time".to_owned(), 3)].into();
    let said = refused(&mut small, TableKind::Coverage, &plain);
    assert!(said.starts_with("study.toml, [frame] “time”: counts are filtered by"), "{said}");
}

#[test]
fn an_attribute_of_500_values_is_refused_as_groups_and_not_listed_in_the_sample() {
    let mut small = Small::new();
    let lines: Vec<String> = (0..500).map(|n| format!("Q{n}: yes.")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    small.focus_group("FG1", &lines);
    for n in 0..500 {
        small.group(&format!("Q{n}"), &format!("value {n}"));
    }
    small.mark("c1", "FG1", "Q7: [yes].", "A");
    let error = make(&mut small, TableKind::Codes, &by("group")).unwrap_err();
    assert!(
        error.to_string().starts_with("“group” has 500 values, and a table sets at most 50 side by side")
    );
    let table = make(&mut small, TableKind::Sample, &TableOptions::default()).unwrap();
    assert_eq!(
        rows(&table)[1][..4],
        ["group", "500 different values, which are not listed", "", "500"].map(String::from)
    );
}

#[test]
fn every_number_is_that_of_what_stands_behind_it() {
    let mut small = clinic();
    small.study.settings.frame = [("group:public".to_owned(), 3)].into();
    let plain = || TableOptions { counts: true, ..by("group") };
    let codings = || TableOptions { measure: Measure::Codings, ..plain() };
    let with_code = || TableOptions { code: Some("Little time".into()), ..plain() };
    let together = |together, square| TableOptions { together, square, ..TableOptions::default() };
    let mut made = Vec::new();
    for kind in TableKind::ALL {
        made.extend([
            (kind, plain()),
            (kind, codings()),
            (kind, TableOptions { counts: true, ..by("kind") }),
        ]);
    }
    made.extend([
        (TableKind::Crosstab, with_code()),
        (TableKind::Crosstab, TableOptions { with: Some("kind".into()), ..plain() }),
        (TableKind::Crosstab, TableOptions { with: Some("kind".into()), ..with_code() }),
    ]);
    for sense in Together::ALL {
        made.extend([
            (TableKind::Cooccurrence, together(sense, false)),
            (TableKind::Cooccurrence, together(sense, true)),
        ]);
    }
    let mut checked = 0;
    for (kind, options) in made {
        let table = make(&mut small, kind, &options).unwrap();
        checked += follow(&mut small, &table);
    }
    assert!(checked > 400, "{checked}");
}

/// Compares every number of a table with what stands behind it. Gives back how many there were.
fn follow(small: &mut Small, table: &PaperTable) -> usize {
    let scope = Scope::default();
    let counter = small.sheets.counter(&small.study, &scope);
    let mut checked = 0;
    for row in &table.rows {
        for (head, cell) in table.head.iter().zip(&row.cells) {
            let number = match cell.value {
                CellValue::Number(number) | CellValue::Tenths(number) => number as usize,
                _ => continue,
            };
            checked += 1;
            let name = format!("{:?} {} {}", table.kind, row.cells[0].value.shown(), head.key);
            let Some(basis) = &cell.basis else {
                // Nobody stands behind a zero, or behind what is wanted.
                let is_wanted = table.kind == TableKind::Coverage && head.key == "of";
                assert!(number == 0 || is_wanted, "{name}");
                continue;
            };
            let evidence = match basis {
                Basis::Place(..) => continue,
                Basis::People(people) => {
                    assert_eq!(number, people.len(), "{name}");
                    continue;
                }
                Basis::Quotes(evidence) | Basis::Quote(_, evidence) => evidence,
            };
            if let (None, Some(people)) = (&evidence.codes, &evidence.people) {
                // Everybody of a group, whatever they say.
                assert!(number == people.len() || head.unit == Some(Unit::Percent), "{name}");
                continue;
            }
            let behind = counter.quotes_behind(evidence);
            assert_eq!(number == 0, behind.is_empty(), "{name}");
            let quotes = || behind.iter().filter_map(|behind| small.study.quotes().get(&behind.quote));
            let counted = match head.unit {
                Some(Unit::People) => {
                    let people = behind.iter().flat_map(|behind| behind.people.iter());
                    let only = evidence.people.as_deref();
                    let counted = people.filter(|person| only.is_none_or(|only| only.contains(person)));
                    counted.collect::<BTreeSet<_>>().len()
                }
                // No two codings of one code overlap in this study, and no quote has two codes.
                Some(Unit::Codings) => behind.len(),
                Some(Unit::Transcripts) => {
                    quotes().map(|quote| quote.transcript).collect::<BTreeSet<_>>().len()
                }
                Some(Unit::Codes) => {
                    let codings = quotes().flat_map(|quote| small.study.codings_on(quote.id));
                    codings.map(|coding| coding.code).collect::<BTreeSet<_>>().len()
                }
                _ => continue,
            };
            assert_eq!(number, counted, "{name}");
        }
    }
    checked
}

#[test]
fn values_are_worded_as_the_study_words_them_and_headings_keep_their_n() {
    let mut small = clinic();
    let words = [("public".to_owned(), "member of the public".to_owned())].into();
    small.study.settings.attribution.words = [("Group".to_owned(), words)].into();
    let table = make(&mut small, TableKind::Sample, &by("group")).unwrap();
    assert_eq!(rows(&table)[1][1], "member of the public");
    assert_eq!(rows(&table)[2][1], "clinician", "a value without a wording is itself");
    let titles = |table: &PaperTable| -> Vec<String> {
        table.head.iter().filter(|head| head.title.contains("N = ")).map(|head| head.title.clone()).collect()
    };
    // The N of the sample is another one in each characteristic, so it has a column.
    assert_eq!(table.head[5].title, "member of the public n");
    assert_eq!(table.head[6].title, "member of the public N");
    let themes = make(&mut small, TableKind::Themes, &by("group")).unwrap();
    assert_eq!(titles(&themes)[..2], ["barrier member of the public (N = 2)", "barrier clinician (N = 2)"]);
    let options = TableOptions { code: Some("Little time".into()), ..by("group") };
    let crosstab = make(&mut small, TableKind::Crosstab, &options).unwrap();
    assert_eq!(rows(&crosstab)[0][0], "member of the public");
    // Other programs tell groups apart by the values themselves.
    assert!(table.head.iter().any(|head| head.key == "public"));
}

#[test]
fn tables_of_codings_say_what_one_coding_is() {
    let mut small = clinic();
    let says = |small: &mut Small, kind, options: &TableOptions| {
        let notes = make(small, kind, options).unwrap().notes;
        notes.iter().filter(|note| note.starts_with("Codings of one code on overlapping")).count()
    };
    let codings = TableOptions { measure: Measure::Codings, ..by("group") };
    for (kind, options, times) in [
        (TableKind::Codes, by("group"), 1),
        (TableKind::Components, by("group"), 1),
        (TableKind::Themes, by("group"), 1),
        (TableKind::Themes, TableOptions::default(), 0),
        (TableKind::Crosstab, by("group"), 0),
        (TableKind::Crosstab, codings, 1),
        (TableKind::Cooccurrence, TableOptions::default(), 1),
        (TableKind::Sample, by("group"), 0),
    ] {
        assert_eq!(says(&mut small, kind, &options), times, "{kind:?}");
    }
}

#[test]
fn codes_so_far_open_the_quotes_of_the_transcripts_so_far() {
    let mut small = clinic();
    let scope = Scope::default();
    let counter = small.sheets.counter(&small.study, &scope);
    let table = make_table(TableKind::Saturation, &counter, &TableOptions::default(), None).unwrap();
    let behind = |row: &PaperRow| {
        let column = table.head.iter().position(|head| head.key == "total").unwrap();
        counter.quotes_behind(row.cells[column].basis.as_ref().unwrap().evidence().unwrap()).len()
    };
    // In order of their names: FG1 has three quotes, I1 three more, I2 one.
    let found: Vec<usize> = table.rows.iter().map(behind).collect();
    assert_eq!(found, [3, 6, 7]);
}

#[test]
fn every_group_of_the_sample_has_the_base_of_its_per_cents() {
    let mut small = clinic();
    small.interview("I3", &["Eve: Yes."]);
    small.group("Eve", "public");
    let job = |small: &mut Small, person: &str, value: &str| small.value(person, "job", value);
    for (person, value) in [("Ann", "cook"), ("Ben", "nurse"), ("Cai", "nurse"), ("Dee", "nurse")] {
        job(&mut small, person, value);
    }
    job(&mut small, "Eve", "does not apply");
    let table = make(&mut small, TableKind::Sample, &by("group")).unwrap();
    let titles: Vec<&str> = table.head.iter().skip(2).map(|head| head.title.as_str()).collect();
    let wanted =
        ["n", "N", "%", "public n", "public N", "public %", "clinician n", "clinician N", "clinician %"];
    assert_eq!(titles, wanted);
    let row = |attribute: &str, value: &str| {
        let found = rows(&table);
        found.into_iter().find(|row| row[0] == attribute && row[1] == value).unwrap()[2..].to_vec()
    };
    // Of three public people the question applies to two.
    assert_eq!(row("job", "nurse"), ["3", "4", "75", "1", "2", "50", "2", "2", "100"]);
    assert_eq!(row("group", "public"), ["3", "5", "60", "3", "3", "100", "0", "2", "0"]);
    let sizes =
        "Participants in each group: public 3, clinician 2. The N of a characteristic may be smaller.";
    assert!(table.notes.iter().any(|note| note == sizes), "{:?}", table.notes);
}

#[test]
fn a_share_of_nothing_is_a_dash_and_not_none_of_them() {
    let mut small = clinic();
    for (person, value) in
        [("Ann", "no"), ("Cai", "no"), ("Ben", "does not apply"), ("Dee", "does not apply")]
    {
        small.value(person, "retired", value);
    }
    let table = make(&mut small, TableKind::Sample, &by("group")).unwrap();
    let row = rows(&table).into_iter().find(|row| row[..2] == ["retired", "no"]).unwrap();
    assert_eq!(row[2..], ["2", "2", "100", "2", "2", "100", "0", "0", "–"]);
}

/// What two clinicians say, who speak in an interview and in the focus group.
#[test]
fn transcripts_are_counted_in_which_somebody_under_the_filter_speaks() {
    let mut small = clinic();
    let clinicians = Scope::with_value("group", "clinician", &small.study).unwrap();
    let options = TableOptions { only: "group=clinician".into(), ..TableOptions::default() };
    let counter = small.sheets.counter(&small.study, &clinicians);
    let made = |kind| make_table(kind, &counter, &options, None).unwrap();
    assert_eq!(made(TableKind::Codes).title, "Codes, of 2 participants in 2 transcripts");
    let size = rows(&made(TableKind::Coreq)).into_iter().find(|row| row[0] == "12").unwrap();
    assert_eq!(size[3], "2 participants in 1 interview and 1 focus group");
    // Nothing is coded of what Dee says in FG1, though FG1 is coded.
    let notes = made(TableKind::Saturation).notes.join(" ");
    assert!(
        notes.contains("Left out as without a coding of what those chosen say: 1 of 2 transcripts."),
        "{notes}"
    );
    assert_eq!(numbers(&made(TableKind::Coverage), "transcripts"), ["0", "2"]);
}

#[test]
fn a_transcript_of_which_all_is_hidden_is_left_out_by_name_and_not_called_uncoded() {
    let mut small = clinic();
    let ben = small.study.participant_named("Ben").unwrap().id;
    let id = crate::study::fresh(&super::super::small::Ids::default());
    small.apply(&[Change::create(crate::study::Hidden {
        id,
        what: crate::study::Hideable::Participant(ben),
    })]);
    let coverage = make(&mut small, TableKind::Coverage, &TableOptions::default()).unwrap();
    assert_eq!(numbers(&coverage, "transcripts"), ["0", "2"]);
    let coreq = make(&mut small, TableKind::Coreq, &TableOptions::default()).unwrap();
    let size = rows(&coreq).into_iter().find(|row| row[0] == "12").unwrap();
    assert_eq!(size[3], "3 participants in 1 interview and 1 focus group");
    let saturation = make(&mut small, TableKind::Saturation, &TableOptions::default()).unwrap();
    for table in [&coverage, &coreq, &saturation] {
        let left_out = "Transcripts left out, as all that is said in them is hidden: I2.";
        assert!(table.notes.iter().any(|note| note == left_out), "{:?}", table.notes);
        assert!(
            !table.notes.iter().any(|note| note.starts_with("Left out as not coded")),
            "{:?}",
            table.notes
        );
    }
}

#[test]
fn the_sampling_frame_is_compared_with_the_whole_study_alone_and_names_values_that_nobody_has() {
    let mut small = clinic();
    small.study.settings.frame = [("group:nurse".to_owned(), 5), ("group:public".to_owned(), 3)].into();
    let table = make(&mut small, TableKind::Coverage, &TableOptions::default()).unwrap();
    let row = rows(&table).into_iter().find(|row| row[0] == "group:nurse").unwrap();
    let said = "short by 5; group:nurse finds nobody: its values are clinician, public";
    assert_eq!(row[1..], ["0", "5", said]);
    let clinicians = Scope::with_value("group", "clinician", &small.study).unwrap();
    let counter = small.sheets.counter(&small.study, &clinicians);
    let narrowed = make_table(TableKind::Coverage, &counter, &TableOptions::default(), None).unwrap();
    assert!(!rows(&narrowed).iter().any(|row| row[0].contains("group:")), "{:?}", rows(&narrowed));
    assert!(
        narrowed.notes.iter().any(|note| note.starts_with("The sampling frame is one of the whole study"))
    );
}

#[test]
fn coverage_names_everybody_however_many() {
    let mut small = Small::new();
    let lines: Vec<String> = (10..40).map(|n| format!("Q{n}: yes.")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    small.focus_group("FG1", &lines);
    small.mark("c1", "FG1", "Q17: [yes].", "A");
    let table = make(&mut small, TableKind::Coverage, &TableOptions::default()).unwrap();
    let row = rows(&table).into_iter().find(|row| row[0] == "participants").unwrap();
    let names: Vec<&str> = row[3].split(", ").collect();
    assert_eq!((row[1].as_str(), names.len(), names[28]), ("29", 29, "q39"));
}

#[test]
fn components_of_a_study_without_words_or_with_another_framework_are_refused() {
    let mut small = Small::new();
    small.study.settings.framework = "tdf".into();
    let said = make(&mut small, TableKind::Components, &TableOptions::default()).unwrap_err().to_string();
    assert!(
        said.starts_with("study.toml says framework = \"tdf\", and this study was made with com-b"),
        "{said}"
    );
    small.study.settings.framework = "com-b".into();
    let said = make(&mut small, TableKind::Components, &TableOptions::default()).unwrap_err();
    assert_eq!(said, TableError::Nobody);
}

#[test]
fn pictures_have_a_pair_of_bars_for_each_group() {
    let mut small = clinic();
    for kind in [TableKind::Themes, TableKind::Codes, TableKind::Components] {
        let table = make(&mut small, kind, &by("group")).unwrap();
        let Some(Picture::Bars { pairs, .. }) = &table.picture else { panic!("bars of {kind:?}") };
        let of = |label: &str| -> Vec<(&str, u32, u32)> {
            let of_label = pairs.iter().filter(|pair| pair.label == label);
            of_label.map(|pair| (pair.group.as_deref().unwrap(), pair.barrier, pair.facilitator)).collect()
        };
        // Cai is public and names a barrier, Ann a facilitator; Ben is a clinician and names a barrier.
        let (label, wanted) = match kind {
            TableKind::Codes => ("Little time", [("public", 1, 0), ("clinician", 1, 0)]),
            TableKind::Themes => ("Time", [("public", 1, 1), ("clinician", 1, 0)]),
            _ => ("physical opportunity", [("public", 1, 1), ("clinician", 1, 0)]),
        };
        let found = pairs.iter().find(|pair| pair.label.eq_ignore_ascii_case(label));
        let label = found.map_or(label, |pair| pair.label.as_str());
        assert_eq!(of(label), wanted, "{kind:?}: {pairs:?}");
    }
}

#[test]
fn what_nobody_meets_is_no_table_of_noughts() {
    let mut small = clinic();
    let nobody = Scope { people: Some(BTreeSet::new()), ..Scope::default() };
    for kind in TableKind::ALL {
        let options = TableOptions { only: "group:nobody".into(), ..by("group") };
        let made = make_table(kind, &small.sheets.counter(&small.study, &nobody), &options, None);
        assert_eq!(made.unwrap_err(), TableError::NobodyMeets("group:nobody".into()), "{kind:?}");
    }
    // Clinicians there are, and I1 as well, but no clinician speaks in I1.
    let clinicians = Scope::with_value("group", "clinician", &small.study).unwrap();
    let apart = clinicians.and(Scope::read("in:I1", &small.study).unwrap());
    for kind in TableKind::ALL {
        let options = TableOptions { only: "group=clinician, in:I1".into(), ..by("group") };
        let made = make_table(kind, &small.sheets.counter(&small.study, &apart), &options, None);
        assert!(matches!(made, Err(TableError::NobodyMeets(_))), "{kind:?}");
    }
}

//! Tests of the attribution.

use super::*;
use crate::analysis::small::Small;
use crate::study::{Preset, Settings};

/// Four nurses in interviews, two of them in a focus group with a GP.
fn clinic(styles: &[(&str, &str)]) -> Small {
    let mut small = Small::new();
    for (nth, person) in ["n1", "n2", "n3", "n4"].into_iter().enumerate() {
        small.interview(&format!("I{nth}"), &[&format!("{person}: So.")]);
        small.group(person, "nurse");
    }
    small.focus_group("FG1", &["n1: Yes.", "n2: No.", "g1: Perhaps."]);
    small.group("g1", "gp");
    let settings = &mut small.study.settings.attribution;
    settings.by = Some("group".into());
    settings.styles = styles.iter().map(|(group, style)| ((*group).into(), (*style).into())).collect();
    small
}

fn said(small: &Small, person: &str, transcript: &str) -> String {
    let attribution = Attribution::of(&small.study).unwrap();
    let person = small.study.participant_named(person).unwrap().id;
    attribution.compose(person, small.study.transcript_named(transcript).unwrap()).unwrap()
}

fn doubts(small: &Small) -> Vec<String> {
    let doubts = Attribution::of(&small.study).unwrap().template_doubts().unwrap();
    doubts.iter().map(ToString::to_string).collect()
}

#[test]
fn the_number_is_in_front_unless_the_paper_leaves_it_out() {
    let mut small =
        clinic(&[("nurse", "{{ group }}{{ focus_group }}"), ("gp", "{{ participant }}{{ focus_group }}")]);
    assert_eq!(said(&small, "n1", "FG1"), "n1, nurse, focus group");
    assert_eq!(
        said(&small, "g1", "FG1"),
        "g1, focus group",
        "a template that has the number does not get it twice"
    );
    small.study.settings.attribution.preset = Preset::Paper;
    assert_eq!(said(&small, "n1", "I0"), "nurse");
    small.study.settings.attribution.participant_number = Some(true);
    assert_eq!(said(&small, "n1", "I0"), "n1, nurse");
}

#[test]
fn what_is_added_stands_before_the_focus_group() {
    let mut small = clinic(&[("nurse", "nurse{{ focus_group }}"), ("gp", "GP")]);
    small.study.settings.attribution.also = vec!["Group".into()];
    assert_eq!(said(&small, "n1", "FG1"), "n1, nurse, nurse, focus group");
    assert_eq!(said(&small, "g1", "FG1"), "g1, GP, gp");
    small.study.settings.attribution.also = vec!["sex".into()];
    small.study.settings.attribution.lines.insert("also".into(), 7);
    let error = Attribution::of(&small.study).err().unwrap().to_string();
    assert_eq!(
        error,
        "study.toml line 7: there is no attribute `sex`, which [attribution] also names; there are group"
    );
}

#[test]
fn a_descriptor_knows_whom_it_fits() {
    let small = clinic(&[("nurse", "nurse{{ focus_group }}"), ("gp", "GP{{ focus_group }}")]);
    let attribution = Attribution::of(&small.study).unwrap();
    let fits: Vec<(String, usize)> = attribution
        .descriptors()
        .unwrap()
        .into_iter()
        .map(|held| (held.words.clone(), held.fits()))
        .collect();
    let counted = [("GP, focus group", 1), ("nurse", 4), ("nurse, focus group", 2)];
    assert_eq!(fits, counted.map(|(words, fits)| (words.to_owned(), fits)));
    let warned: Vec<String> =
        attribution.descriptors().unwrap().iter().filter_map(|held| held.warning(3)).collect();
    assert_eq!(
        warned,
        [
            "“GP, focus group” fits 1 person, fewer than 3.",
            "“nurse, focus group” fits 2 people, fewer than 3."
        ]
    );
    assert_eq!(attribution.telling_descriptors().unwrap().len(), 3, "k is 5 unless the study says otherwise");
}

#[test]
fn an_unknown_field_is_named_with_its_line_and_the_one_that_was_meant() {
    let text = "[attribution]\nby = \"group\"\n\n[attribution.styles]\ngp = \"GP\"\nnurse = \"{{ grop }}\"\n";
    let mut small = clinic(&[]);
    small.study.settings = Settings::parse(text).unwrap();
    let error = Attribution::of(&small.study).err().unwrap().to_string();
    assert_eq!(
        error,
        "study.toml line 6: there is no field `grop`, which [attribution] styles.nurse names; perhaps `group` is meant"
    );
    small.study.settings = Settings::parse("[attribution.styles]\nnurse = \"{{ group\"\n").unwrap();
    let error = Attribution::of(&small.study).err().unwrap();
    assert_eq!((error.line, error.key.as_str()), (Some(2), "styles.nurse"));
    let mut empty = Study::default();
    empty.settings = Settings::parse(text).unwrap();
    assert!(Attribution::of(&empty).is_ok(), "before any attribute is there, none is missing");
}

#[test]
fn a_group_or_attribute_that_is_not_there_and_a_blank_are_told() {
    let mut small = clinic(&[]);
    small.study.settings = Settings::parse("[attribution]\nby = \"grup\"\n").unwrap();
    assert_eq!(
        Attribution::of(&small.study).err().unwrap().to_string(),
        "study.toml line 2: there is no attribute `grup`, which [attribution] by names; perhaps `group` is meant"
    );
    let text = "[attribution]\nby = \"group\"\nfocus_group = \"\"\n[attribution.styles]\nnurze = \"N\"\nnurse = \"nurse\"\ngp = \"GP, , \"\n";
    small.study.settings = Settings::parse(text).unwrap();
    let doubts = doubts(&small);
    assert_eq!(
        doubts[0],
        "study.toml line 5, [attribution] styles.nurze: no participant is of that group; perhaps `nurse` is meant."
    );
    let lacks = "study.toml line 4, [attribution] styles: “GP” lacks a part: the template names what is not known of ";
    assert!(doubts[1].starts_with(lacks), "{doubts:?}");
    let attribution = Attribution::of(&small.study).unwrap();
    let composed = attribution.descriptors().unwrap();
    assert!(composed.iter().any(|held| held.words == "GP"), "no blank is printed");
}

#[test]
fn where_numbers_are_left_out_nobody_without_a_template_is_printed_by_theirs() {
    let mut small = clinic(&[("nurze", "nurse")]);
    small.interview("I9", &["x1: So."]);
    let all = |small: &Small| ["n1", "g1", "x1"].map(|person| said(small, person, "FG1"));
    assert_eq!(all(&small), ["n1, focus group", "g1, focus group", "x1, focus group"]);
    let text = "[attribution]\nby = \"group\"\nparticipant_number = false\n[attribution.styles]\nnurze = \"nurse\"\n[attribution.words.group]\ngp = \"GP\"\n";
    small.study.settings = Settings::parse(text).unwrap();
    assert_eq!(all(&small), ["nurse, focus group", "GP, focus group", "participant, focus group"]);
    assert_eq!(
        doubts(&small)[1],
        "study.toml line 4, [attribution] styles: there is no template for those of no group (1), gp (1), nurse (4); they are \
         called by their group, or participant."
    );
    small.study.settings = Settings::parse("[attribution]\npreset = \"paper\"\n").unwrap();
    assert_eq!(all(&small), ["participant, focus group"; 3], "nothing chooses a template");
    assert_eq!(doubts(&small).len(), 1);
    small.study.settings = Settings::default();
    assert_eq!(doubts(&small), [""; 0], "numbers are all that is wanted");
}

#[test]
fn wordings_for_what_nobody_has_are_told_with_their_lines() {
    let mut small = clinic(&[]);
    let text = "[attribution]\nby = \"group\"\n[attribution.styles]\ngp = \"{{ group }}\"\nnurse = \"{{ group }}\"\n\n\
                [attribution.words.group]\nNurse = \"nurse\"\ngpp = \"GP\"\nmidwife = \"midwife\"\n\n\
                [attribution.words.grop]\ngp = \"GP\"\n";
    small.study.settings = Settings::parse(text).unwrap();
    assert_eq!(
        doubts(&small),
        [
            "study.toml line 12, [attribution] words.grop: there is no such attribute; perhaps `group` is meant.",
            "study.toml line 9, [attribution] words.group.gpp: nobody has that value; perhaps `gp` is meant.",
            "study.toml line 7, [attribution] words.group: nobody has “midwife”.",
        ]
    );
}

#[test]
fn a_compared_attribute_that_is_not_there_is_told() {
    let mut small = clinic(&[]);
    small.study.settings = Settings::parse("name = \"A\"\ncompare = \"grupe\"\n").unwrap();
    assert_eq!(
        doubts(&small),
        [
            "study.toml line 2, compare: participants have no attribute `grupe`, so that no groups are told apart; perhaps `group` is \
             meant."
        ]
    );
    small.study.settings.compare = Some("group".into());
    assert_eq!(doubts(&small), [""; 0]);
}

#[test]
fn a_value_that_is_not_there_leaves_no_blank() {
    let small = clinic(&[
        ("nurse", "{{ group }} {% if false %}x{% endif %} of the  clinic {{ focus_group }}"),
        ("gp", " {{ '' }} GP {{ '' }}, {{ '' }} , here"),
    ]);
    assert_eq!(said(&small, "n1", "FG1"), "n1, nurse of the clinic, focus group");
    assert_eq!(said(&small, "g1", "FG1"), "g1, GP, here");
}

#[test]
fn what_is_worded_in_two_ways_is_doubted() {
    let mut small =
        clinic(&[("nurse", "nurse {{ group }} of the clinic"), ("gp", "nurses of clinic: {{ group }}")]);
    let words = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(value, words)| ((*value).into(), (*words).into())).collect()
    };
    small
        .study
        .settings
        .attribution
        .words
        .insert("group".into(), words(&[("GP", "nurse"), ("gp", "doctor")]));
    let attribution = Attribution::of(&small.study).unwrap();
    assert_eq!(
        attribution.wording_doubts().unwrap(),
        [
            "“nurse nurse of the clinic”, “nurses of clinic: nurse” seem to be one, worded in 2 ways.",
            "group: “gp” is worded in two ways: “nurse”, “doctor”.",
            "group: no wording for “nurse”, as others have.",
        ]
    );
}

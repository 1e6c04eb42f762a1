//! A manifest says of a file what is in that file, and of nothing else.

use std::fs;

use serde_json::{Value, json};

use crate::consent;
use crate::e2e::Site;
use crate::export::coded;

#[track_caller]
fn leave(site: &Site, words: &[&str], file: &str) -> (Value, String) {
    let ran = site.run(&[&["-C", "study", "export"], words, &["-o", file]].concat());
    assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
    let bytes = fs::read(site.path(&format!("{file}.manifest.json"))).unwrap();
    (serde_json::from_slice(&bytes).unwrap(), ran.err)
}

/// Dana's words are cited by the definition of a code, Omar's by an example that lists of quotes have not.
fn citing() -> Site {
    let site = coded();
    let codebook = "schema = 1\n[[code]]\nname = \"Too little time\"\nside = \"barrier\"\n\
                    definition = \"As in: I never have enough of it.\"\n\
                    [[code]]\nname = \"Checklists\"\nside = \"facilitator\"\n\
                    example = \"A checklist on paper helps. It hangs near the telephone.\"\n";
    site.write("cited.toml", codebook);
    site.in_study(&["import", "cited.toml"]);
    site
}

#[test]
fn those_are_named_whose_words_are_in_the_file() {
    let site = citing();
    let names = |words: &[&str], file: &str| leave(&site, words, file).0["names"].clone();
    for file in ["q.md", "q.csv", "q.docx"] {
        assert_eq!(
            names(&["quotes", "in:I2"], file),
            json!(["P02"]),
            "{file}: its theme is defined by nobody's words"
        );
    }
    assert_eq!(names(&["quotes", "in:I2", "--by", "code"], "k.md"), json!(["P02"]));
    // The whole codebook has the example too.
    assert_eq!(names(&["codebook"], "c.md"), json!(["P01", "P02"]));
    let first = names(&["quotes", "in:I1", "--by", "code"], "d.md");
    assert_eq!(first, json!(["P01"]), "Omar's example is in no list of quotes");
}

#[test]
fn the_query_that_narrowed_a_list_stands_in_its_manifest() {
    let site = coded();
    assert_eq!(
        leave(&site, &["quotes", "group:clinician", "paper"], "q.docx").0["only"],
        "group:clinician paper"
    );
    assert_eq!(leave(&site, &["quotes"], "all.docx").0["only"], Value::Null);
}

#[test]
fn quotes_that_are_comments_are_counted() {
    let site = coded();
    let held = leave(&site, &["transcript", "I1"], "I1.docx").0;
    assert_eq!((&held["quotes"], &held["names"]), (&json!(1), &json!(["P01"])));
    assert_eq!(leave(&site, &["transcript", "I1"], "I1.txt").0["quotes"], 0, "a text has no quotes");
}

#[test]
fn attributes_of_people_are_cells_wherever_they_leave_and_blanks_too() {
    let site = coded();
    site.write(
        "more.csv",
        "participant_id,session_id,speaker_label,group,gender\nP01,I1,Dana,public,prefer not to say\n\
         P02,I2,Omar,clinician,male\n",
    );
    site.in_study(&["import", "more.csv"]);
    let below = |held: &Value| -> Vec<String> {
        let cells = held["cells_below"].as_array().unwrap().iter();
        cells.map(|cell| cell["cell"].as_str().unwrap().to_owned()).collect()
    };
    let (people, err) = leave(&site, &["participants"], "people.csv");
    let all = ["group=clinician", "group=public", "gender=male", "gender=prefer_not_to_say"];
    assert_eq!(below(&people), all);
    assert!(err.contains("4 small cells in it: see people.csv.manifest.json"), "{err}");
    let (archive, err) = leave(&site, &["archive"], "bundle");
    assert_eq!(below(&archive), ["group=clinician", "gender=male"], "Omar alone agreed");
    assert!(err.contains("2 small cells in it"), "{err}");
}

#[test]
fn who_withdrew_is_in_no_list_and_nothing_of_theirs_is_asked_for() {
    let site = coded();
    site.run(&["-C", "study", "withdraw", "P01", "--yes"]);
    let (people, err) = leave(&site, &["participants"], "people.csv");
    assert_eq!(people["names"], json!(["P02"]));
    assert!(!fs::read_to_string(site.path("people.csv")).unwrap().contains("P01"));
    assert!(err.contains("left out: 1 participant who withdrew"), "{err}");
    for file in ["I1.docx", "I1.txt"] {
        let (held, err) = leave(&site, &["transcript", "I1", "--with-refused"], file);
        assert_eq!(
            (&held["refused"], &held["names"]),
            (&json!([]), &json!([])),
            "{file}: their words are gone"
        );
        assert!(!err.contains("did not agree"), "{file}: {err}");
    }
    let printed = site.run(&["-C", "study", "print", "I1"]);
    assert!(printed.out.contains("[withdrawn]") && !printed.out.contains("agreement"), "{}", printed.out);
    assert!(!printed.err.contains("--with-refused"), "{}", printed.err);
}

#[test]
fn what_stays_with_the_study_is_left_out_of_paper_and_archive() {
    // Dana refuses, Omar is hidden, Rhian withdrew.
    let site = consent::study();
    let (held, _) = leave(&site, &["archive"], "bundle");
    assert_eq!(held["names"], json!(["P04"]));
    let words = consent::words_of(&site.path("bundle"));
    for secret in ["purple walrus", "silver kettle", "copper lantern"] {
        assert!(!words.contains(secret), "{secret}");
        for transcript in ["FG1", "I1", "I2", "I3"] {
            let printed = site.run(&["-C", "study", "print", transcript, "--codes"]).out;
            assert!(!printed.contains(secret), "{transcript}: {printed}");
        }
    }
}

#[test]
fn a_comparison_of_what_nobody_has_is_told() {
    let site = coded();
    site.write("study/study.toml", "name = \"Ward study\"\ncompare = \"grup\"\n");
    // Whether or not attributions are composed for it, and once.
    for (words, file) in [(&["quotes"][..], "q.md"), (&["codings"], "c.csv"), (&["archive"], "bundle")] {
        let (_, err) = leave(&site, words, file);
        let told = "study.toml line 2, compare: participants have no attribute `grup`";
        assert_eq!((err.matches(told).count(), err.matches("grup").count()), (1, 1), "{words:?}: {err}");
    }
}

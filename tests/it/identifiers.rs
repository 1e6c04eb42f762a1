//! The scanner on the cases that came with its patterns, and its speed on the sample transcripts.

use std::path::Path;
use std::time::{Duration, Instant};

use combe::analysis::identifiers::{Names, Patterns, Scanner};
use combe::text::CodePoints;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::e2e::Site;

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    expect: Vec<Expected>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Expected {
    r#type: String,
    severity: String,
    start: usize,
    end: usize,
    text: String,
}

fn scanner() -> Scanner {
    Scanner::new(&Names::default(), &Patterns::shipped().expect("the patterns that ship"))
}

#[test]
fn the_scan_finds_exactly_what_the_cases_expect() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/study/pii_cases.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: the cases of the identifier scan are not at {}", path.display());
        return;
    };
    let cases: Cases = serde_json::from_str(&text).unwrap();
    assert!(cases.cases.len() > 50);
    let scanner = scanner();
    for case in &cases.cases {
        let points = CodePoints::new(&case.text);
        let found: Vec<Expected> = scanner
            .scan(&case.text)
            .into_iter()
            .map(|finding| {
                let (start, end) = points.of_span(finding.span);
                let text = finding.span.slice(&case.text).unwrap().to_owned();
                Expected {
                    r#type: finding.pattern,
                    severity: finding.severity.name().into(),
                    start,
                    end,
                    text,
                }
            })
            .collect();
        assert_eq!(found, case.expect, "{}", case.id);
    }
}

#[test]
fn the_sample_transcripts_are_read_in_a_moment() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let mut texts = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|ending| ending == "txt" || ending == "vtt") => {
                    texts.push(std::fs::read_to_string(path).unwrap_or_default());
                }
                _ => {}
            }
        }
    }
    let scanner = scanner();
    let began = Instant::now();
    let found: usize = texts.iter().map(|text| scanner.scan(text).len()).sum();
    let (took, bytes) = (began.elapsed(), texts.iter().map(String::len).sum::<usize>());
    eprintln!("{} texts, {bytes} bytes, {found} findings, {took:?}", texts.len());
    // A release build takes a tenth of it: this only catches a scan that lost its way.
    assert!(took < Duration::from_secs(5), "{took:?}");
}

/// The study with an interview full of names, and a memo with one.
fn named() -> Site {
    let site = Site::bare();
    site.write(
        "I3.txt",
        "Recorded at Blaenfelin Surgery.\n\nInterviewer: Who – naïvely – helps?\n\nDana: Dr Pughe does, on 07700 900123. \
         Gwilym, too.\n",
    );
    site.done(&["new", "study"]);
    site.in_study(&["import", "I3.txt"]);
    site
}

fn sorted_keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn findings_are_printed_by_place_without_their_words() {
    let site = named();
    let ran = site.run(&["-C", "study", "--json", "check", "--identifiers"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "the number is a grave finding");
    let lines = ran.lines();
    let found: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!([
                line["pattern"],
                line["severity"],
                line["place"],
                line["turn"],
                line["start"],
                line["end"]
            ])
        })
        .collect();
    // Counted by hand in code points: the dashes and the diaeresis are one each.
    assert_eq!(
        found,
        [
            json!(["named_institution", "medium", "speech", 1, 12, 30]),
            json!(["title_name", "medium", "speech", 3, 76, 84]),
            json!(["phone", "high", "speech", 3, 94, 106]),
        ]
    );
    assert_eq!(
        sorted_keys(&lines[0]),
        ["end", "kept", "pattern", "place", "severity", "start", "transcript", "turn"]
    );
    assert!(lines.iter().all(|line| line["transcript"] == "I3" && line["kept"] == false));
    let people = site.run(&["-C", "study", "check", "--identifiers"]);
    assert!(people.out.contains("3 findings open: 1 high, 2 medium, 0 low; 0 kept"), "{}", people.out);
    assert!(people.err.contains("no pattern finds bare first names"), "{}", people.err);
    assert!(!format!("{}{}{}", ran.out, people.out, people.err).contains("Pughe"));
    let with_words = site.run(&["-C", "study", "--json", "check", "--identifiers", "--show-words"]);
    assert_eq!(with_words.lines()[1]["words"], "Dr Pughe");
    assert_eq!(site.run(&["-C", "study", "check", "--show-words"]).code, 2);
}

#[test]
fn the_file_of_names_lies_outside_the_study_and_is_refused_by_line() {
    let site = named();
    site.write("names.toml", "watch = [\"GWILYM\"]\n");
    let watched = |arguments: &[&str]| {
        let ran = site.run(&[&["-C", "study", "--json", "check", "--identifiers"], arguments].concat());
        (ran.code, ran.lines().iter().filter(|line| line["pattern"] == "watch_list").count())
    };
    assert_eq!(watched(&["--names", "names.toml"]), (1, 1));
    assert_eq!(watched(&[]), (1, 0));
    // By the user's settings; a relative path lies beside them.
    let config = site.path("home/.config/combe");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "names = \"private.toml\"\n").unwrap();
    std::fs::write(config.join("private.toml"), "watch = [\"gwilym\", \"Dana\"]\n").unwrap();
    assert_eq!(watched(&[]), (1, 2), "the label of Dana is found, too");
    let listed = site.run(&["-C", "study", "check", "--where"]);
    assert!(listed.out.contains("private.toml"), "{}", listed.out);
    let refused = |text: &str| {
        site.write("names.toml", text);
        let ran = site.run(&["-C", "study", "check", "--identifiers", "--names", "names.toml"]);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""));
        assert!(!ran.err.contains("Gwilym"), "{}", ran.err);
        ran.err
    };
    assert!(refused("watch = [\n\"Gwilym\",\n\"\"]").contains("names.toml: line 3: "));
    assert!(refused("patterns = ['.*']").contains("line 1: this pattern matches nearly everything"));
    assert!(refused("watch = \"Gwilym").contains("line 1: "));
    std::fs::copy(site.path("names.toml"), site.path("study/names.toml")).unwrap();
    let inside = site.run(&["-C", "study", "check", "--identifiers", "--names", "study/names.toml"]);
    assert!(inside.code == 3 && inside.err.contains("lies in the folder of the study"), "{}", inside.err);
    let missing = site.run(&["-C", "study", "check", "--identifiers", "--names", "none.toml"]);
    assert!(missing.code == 3 && missing.err.contains("none.toml cannot be read"), "{}", missing.err);
}

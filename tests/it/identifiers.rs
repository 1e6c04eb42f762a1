//! The scanner on the cases that came with its patterns, and its speed on the sample transcripts.

use std::path::Path;
use std::time::{Duration, Instant};

use combe::analysis::identifiers::{Names, Patterns, Scanner};
use combe::text::CodePoints;
use serde::Deserialize;

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

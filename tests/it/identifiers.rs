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

/// All current records of a study as they are written to disk, but for texts.
fn records_of(study: &combe::study::Study) -> String {
    use combe::study::Record;
    let mut all: Vec<Record> = Vec::new();
    macro_rules! gather {
        ($($kind:ident $table:ident),* $(,)?) => {
            $(all.extend(study.$table().iter().cloned().map(Record::$kind));)*
        };
    }
    combe::with_record_kinds!(gather);
    serde_json::to_string(&all).unwrap()
}

#[test]
fn a_name_in_a_label_goes_from_every_current_record_as_one_action() {
    let site = Site::bare();
    let fg1 = "MOD: Who begins?\n\nAnna: I did, with the purple kettle.\n\nBert: Then Anna left.\n\nANNA: So I did.\n\nBert: True.\n";
    site.write("FG1.txt", fg1);
    site.write("FG2.txt", "MOD: Again?\n\nAnna: Always.\n\nCeri: Never.\n\nAnna: Ever.\n\nCeri: No.\n");
    site.write("participants.csv", "participant_id,session_id,speaker_label,group\nAnna,FG2,Anna,ward\n");
    site.done(&["new", "study"]);
    site.in_study(&["import", "FG1.txt", "FG2.txt", "participants.csv"]);
    let start = fg1.find("kettle").unwrap().to_string();
    let end = (fg1.find("Then Anna").unwrap() + 9).to_string();
    site.in_study(&["code", "FG1", &start, &end, "Kettles", "--new"]);
    let before = site.actions();
    let (study, _) = site.store().load().unwrap();
    assert!(records_of(&study).to_lowercase().contains("anna"));
    let person = study.participant_named("Anna").unwrap().id;
    let config = site.path("home/.config/combe");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "names = \"private.toml\"\n").unwrap();
    std::fs::write(config.join("private.toml"), "watch = [\"Anna\"]\n").unwrap();

    let mut pty = site.open();
    pty.press("g I");
    pty.wait_for("watch list");
    pty.press("home P");
    pty.wait_for("pseudonym, everywhere");
    pty.press("M a i r ret");
    pty.wait_for("Replaced by a pseudonym");
    crate::e2e::wait_saved(&pty);
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);

    assert_eq!(site.actions(), before + 1);
    let mut store = site.store();
    let (study, _) = store.load().unwrap();
    assert!(!records_of(&study).to_lowercase().contains("anna"), "{}", records_of(&study));
    for name in ["FG1", "FG2"] {
        let transcript = study.transcript_named(name).unwrap();
        assert!(!store.text(transcript.revision).unwrap().to_lowercase().contains("anna"));
        let turns = study.turns(transcript.id).unwrap();
        assert!(turns.speakers.iter().any(|key| key == "mair"), "{:?}", turns.speakers);
        assert!(study.speakers().has(&(transcript.id, "mair".into())));
        assert!(study.bindings().has(&(transcript.id, "mair".into())));
    }
    assert_eq!(study.participants().get(&person).unwrap().name, "Mair");
    assert_eq!(study.quotes().iter().next().unwrap().text, "kettle.\n\nBert: Then Mair");
    let shown = site.in_study(&["show", "FG1"]).out;
    assert!(shown.contains("Mair: So I did."), "{shown}");
    drop(store);
    site.assert_sound();

    // Whoever it is withdraws: their words go from the revision that has the former label, too.
    let theirs = study.voices_in(study.transcript_named("FG1").unwrap().id).unwrap();
    let turn = &study.turns(study.transcript_named("FG1").unwrap().id).unwrap().turns[1];
    let name = study.participants().get(&theirs.of(turn).participant().unwrap()).unwrap().name.clone();
    let ran = site.run(&["-C", "study", "--json", "withdraw", &name, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        !String::from_utf8_lossy(&std::fs::read(site.path("study/study.db")).unwrap()).contains("purple")
    );
    site.assert_sound();
}

#[test]
fn a_label_that_another_speaker_has_is_refused_and_undo_brings_the_former_one_back() {
    let mut parts = crate::screen::Parts::new();
    let kind = combe::study::Kind::FocusGroup;
    let id = parts.transcript("FG1", kind, "MOD: Who?\n\nAnna: Me.\n\nBert: I too.\n\nAnna: So.\n", false);
    let mut desk = crate::screen::Desk::new(parts);
    desk.names = "watch = [\"Anna\"]".into();
    desk.keys("g I P 'Bert' ret");
    assert!(
        desk.said().contains("another speaker of the transcript has the label “Bert”"),
        "{}",
        desk.said()
    );
    assert!(desk.committed.is_empty());
    // One label is one thing: the other turn of hers follows.
    desk.keys("home r");
    assert_eq!(desk.committed.len(), 1, "{}", desk.said());
    let keys = |desk: &crate::screen::Desk| desk.model.study.turns(id).unwrap().speakers.clone();
    assert!(keys(&desk).contains(&"[...]".to_owned()), "{:?}", keys(&desk));
    assert!(!records_of(&desk.model.study).to_lowercase().contains("anna"));
    desk.keys("u");
    assert!(keys(&desk).contains(&"anna".to_owned()));
    assert!(desk.model.study.bindings().has(&(id, "anna".into())));
}

//! Erasing a real name wherever it stands: what is said, labels, preambles, memos, names of codes and files, the history.

use std::io::Write;
use std::process::Stdio;

use combe::study::{Change, Code, Memo, MemoKind, MemoOn, Step, fresh};
use serde_json::json;

use crate::e2e::{Ran, Site};
use crate::erase::files_with;
use crate::fixture::Ticking;

const FG9: &str = "Recorded by Jane Doe on a Tuesday.\n\n\
Jane Doe: I am Jane, of the ward.\n\n\
Bert: Jane-Doe's list hangs by the door. JANE DOE wrote it.\n\n\
Jane Doe: Every week.\n\n\
Bert: And again.\n";

/// Types lines into `combe erase --name -`.
fn erase_name(site: &Site, lines: &str, more: &[&str]) -> Ran {
    let mut command = site.command(&[&["-C", "study", "erase", "--name", "-"], more].concat());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    Ran {
        code: ended.status.code().unwrap(),
        out: String::from_utf8(ended.stdout).unwrap(),
        err: String::from_utf8(ended.stderr).unwrap(),
    }
}

fn act(site: &Site, step: Step) {
    let process = u64::try_from(site.actions()).unwrap() + 60;
    let mut store = site.store();
    let (mut study, _) = store.load().unwrap();
    let (kim, source) = (study.coder_named("kim").unwrap().clone(), Ticking::of_process(process));
    store.commit(&study.act(&kim, step, &source).unwrap(), &[]).unwrap();
}

/// A study that has the name in every place that it can be in.
fn full_of_names() -> Site {
    let site = Site::new();
    for text in [FG9.replace("hangs by", "hung by"), FG9.to_owned()] {
        site.write("FG9 jane doe.txt", text);
        site.in_study(&["import", "--revise", "FG9 jane doe.txt"]);
    }
    let name = {
        let mut store = site.store();
        let (study, _) = store.load().unwrap();
        study.transcripts().iter().find(|held| held.name.contains("FG9")).unwrap().name.clone()
    };
    let start = FG9[..FG9.find("Jane-Doe's").unwrap()].chars().count();
    site.in_study(&[
        "code",
        &name,
        &start.to_string(),
        &(start + 15).to_string(),
        "Jane Doe's list",
        "--new",
    ]);
    let source = Ticking::of_process(30);
    let kim = site.store().load().unwrap().0.coder_named("kim").unwrap().id;
    let memo = Memo {
        id: fresh(&source),
        on: MemoOn::Study,
        kind: MemoKind::Analytic,
        coder: kim,
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "jane doe again, see the ward.".into(),
    };
    let code = Code { definition: "Of Jane Doe.".into(), ..Code::new(fresh(&source), "[erased]'s list") };
    act(
        &site,
        Step {
            command: "test".into(),
            label: "memo on Jane Doe".into(),
            reason: Some("as jane doe asked".into()),
            changes: vec![Change::create(memo), Change::create(code)],
            ..Step::default()
        },
    );
    site.in_study(&["mark", "after Jane Doe"]);
    site
}

#[test]
fn a_name_goes_from_wherever_it_stands_and_the_history_is_whole() {
    let site = full_of_names();
    let secrets = ["jane doe", "jane-doe", "jane_doe"];
    assert!(files_with(&site, &secrets).len() > 3);
    let plan = erase_name(&site, "Jane Doe\n", &["--json", "--dry-run"]);
    assert_eq!(plan.code, 0, "{}", plan.err);
    let line = &serde_json::from_str::<serde_json::Value>(&plan.out).unwrap();
    assert_eq!(
        (&line["labels"], &line["preambles"], &line["turns"]),
        (&json!(2), &json!(1), &json!(1)),
        "{line}"
    );
    assert!(
        line["names"].as_u64().unwrap() >= 3 && !line["actions"].as_array().unwrap().is_empty(),
        "{line}"
    );
    assert!(!files_with(&site, &secrets).is_empty(), "looking changes nothing");

    let left = erase_name(&site, "Jane Doe\nno\n", &[]);
    assert_eq!((left.code, left.out.contains("Nothing was changed.")), (1, true), "{}", left.err);
    let ran = erase_name(&site, "jane doe\nerase\n", &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for said in [&plan, &left, &ran] {
        let all = format!("{}{}", said.out, said.err).to_lowercase();
        assert!(!secrets.iter().any(|secret| all.contains(secret)), "{all}");
    }
    assert_eq!(files_with(&site, &secrets), vec![]);
    for path in std::fs::read_dir(site.path("study/snapshots")).unwrap().flatten() {
        assert!(!path.file_name().to_string_lossy().contains("jane"), "{path:?}");
    }
    site.assert_sound();

    let (study, _) = site.store().load().unwrap();
    assert!(study.code_named("[erased]'s list").is_some() && study.code_named("[erased]'s list 2").is_some());
    assert!(study.memos().iter().any(|memo| memo.text == "[erased] again, see the ward."));
    let transcript = study.transcripts().iter().find(|held| held.name.contains("FG9")).unwrap();
    let turns = study.turns(transcript.id).unwrap();
    assert_eq!(turns.speaker_of(&turns.turns[0]), "[erased]");
    assert!(study.bindings().get(&(transcript.id, "[erased]".into())).is_some(), "who it is stays known");
    let text = site.store().text(transcript.revision).unwrap();
    assert!(
        text.starts_with("Recorded by [erased] on a Tuesday.\n\n[erased]: I am Jane, of the ward."),
        "{text}"
    );
    let log = site.in_study(&["log"]).out;
    assert!(log.contains("memo on [erased]") && log.contains("as [erased] asked"), "{log}");

    let last = site.actions();
    let undo = site.run(&["-C", "study", "undo", &last.to_string()]);
    assert_eq!((undo.code, undo.err.contains("erased")), (3, true), "{}", undo.err);
    let again = erase_name(&site, "Jane Doe\n", &["--yes"]);
    assert_eq!((again.code, again.err.contains("does not have that name")), (3, true), "{}", again.err);
    // One word, which is a word of its own in small letters.
    let ran = erase_name(&site, "Jane\n", &["--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(&site, &["jane"]), vec![]);
    site.assert_sound();
}

#[test]
fn a_name_on_the_command_line_is_refused_and_not_repeated() {
    let site = full_of_names();
    let actions = site.actions();
    let ran = site.run(&["-C", "study", "erase", "--name", "Jane Doe", "--yes"]);
    assert_eq!(
        (ran.code, ran.err.contains("--name -"), ran.err.contains("Jane")),
        (2, true, false),
        "{}",
        ran.err
    );
    let small = erase_name(&site, "jane\n", &["--yes"]);
    assert_eq!((small.code, small.err.contains("capital"), small.err.contains("jane")), (2, true, false));
    assert_eq!(site.actions(), actions);
}

#[test]
fn two_labels_that_only_the_name_tells_apart_are_refused() {
    let site = Site::new();
    let text = "Jane Doe: Good morning.\n\nJane-Doe: And good night.\n\n";
    site.write("FG8.txt", text.repeat(3));
    site.in_study(&["import", "FG8.txt"]);
    let ran = erase_name(&site, "Jane Doe\n", &["--yes"]);
    assert_eq!((ran.code, ran.err.contains("two labels of FG8")), (3, true), "{}", ran.err);
    site.assert_sound();
    assert!(site.in_study(&["show", "FG8"]).out.contains("Jane-Doe"));
}

#[test]
fn who_codes_a_transcript_blind_erases_nothing_there() {
    let site = full_of_names();
    let (study, _) = site.store().load().unwrap();
    let transcript = study.transcripts().iter().find(|held| held.name.contains("FG9")).unwrap().id;
    let coder = study.coder_named("kim").unwrap().id;
    let blind = combe::study::Blind { transcript, coder, start: jiff::Timestamp::UNIX_EPOCH, end: None };
    act(&site, Step { changes: vec![Change::create(blind)], ..Step::default() });
    let ran = erase_name(&site, "Jane Doe\nerase\n", &[]);
    assert_eq!((ran.code, ran.err.contains("blind")), (3, true), "{}", ran.err);
    assert!(!files_with(&site, &["jane doe"]).is_empty());
}

#[test]
fn a_name_that_stays_in_small_letters_is_told_by_the_number_of_its_places() {
    let site = Site::new();
    site.write("I9.txt", "Ann: Will came. He will see, and will say.\n\nBert: Will he?\n");
    site.in_study(&["import", "I9.txt"]);
    let plan = erase_name(&site, "Will\n", &["--dry-run"]);
    let said = plan.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("2 places where it begins with a small letter"), "{}{}", plan.out, plan.err);
    assert!(!plan.out.to_lowercase().contains(" will"), "{}", plan.out);
}

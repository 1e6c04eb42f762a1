//! Subcommands: exit codes, the shapes of JSON, sentences for what cannot be done, and nothing changed by them.

use std::fs::{self, Permissions};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use combe::analysis::{ColumnsBy, Matrix, MatrixPlan, Scope, Sheets, TableKind, basis_of};
use combe::study::{Change, Coder, Memo, MemoKind, MemoOn, Quote, Step, Summary, SummaryState, fresh};
use serde_json::{Value, json};

use crate::e2e::{Site, open_store};
use crate::fixture::Ticking;

/// The keys of an object, sorted: the parser keeps no order.
fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[track_caller]
fn assert_keys(object: &Value, wanted: &str) {
    let mut wanted: Vec<&str> = wanted.split(',').collect();
    let mut found = keys(object);
    wanted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, wanted);
}

/// A study with one coding, of the naïve words of Dana: from 159 on, with a character of two bytes in them.
fn coded() -> Site {
    let site = Site::new();
    let valence = ["--valence", "barrier;facilitator"];
    site.in_study(&[&["code", "I1", "159", "203", "Late letters", "--new"][..], &valence].concat());
    site
}

#[test]
fn a_sample_made_without_a_terminal_says_how_it_is_opened() {
    let site = Site::new();
    let made = site.run(&["demo", "sample"]);
    let said = format!("{}{}", made.out, made.err);
    assert!(said.contains("Made the sample study in"), "{said}");
    assert!(said.contains("combe -C") && said.contains("opens it in one."), "{said}");
    assert_eq!(made.code, 0, "{said}");
}

#[test]
fn a_turn_is_shown_with_all_its_keys() {
    let site = Site::new();
    let turns = site.json(&["show", "I1", "3..4"]);
    assert_eq!(turns.len(), 2);
    assert_keys(&turns[0], "turn,speaker,role,participant,time,start,end,text");
    assert_eq!(
        turns[1],
        json!({
            "turn": 4, "speaker": "Dana", "role": "participant", "participant": "I1", "time": null,
            "start": 159, "end": 203, "text": "The letters come late, naïve as that sounds.",
        })
    );
    assert_eq!(site.run(&["-C", "study", "show", "I1", "9"]).code, 2);
}

#[test]
fn a_hit_says_where_it_is_in_code_points() {
    let site = coded();
    let hits = site.json(&["search", "sounds"]);
    assert_eq!(hits.len(), 1);
    let hit = &hits[0];
    assert_keys(hit, "transcript,kind,turn,speaker,role,participant,time,start,end,text,matches,codes,score");
    assert_eq!(
        (&hit["transcript"], &hit["kind"], &hit["turn"]),
        (&json!("I1"), &json!("interview"), &json!(4))
    );
    assert_eq!((&hit["start"], &hit["end"]), (&json!(159), &json!(203)));
    // "sounds." ends the turn: seven code points from its end, and one less without the full stop.
    assert_eq!(hit["matches"], json!([[196, 202]]));
    assert_eq!(hit["codes"], json!(["Late letters"]));
    assert!(hit["score"].is_number());
    // Options may stand behind the query too.
    let ran = site.in_study(&["search", "sounds", "--json", "--limit", "1"]);
    assert_eq!(ran.lines().len(), 1);
    let none = site.run(&["-C", "study", "--json", "search", "helicopter"]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (1, "", ""));
}

#[test]
fn a_quote_carries_its_codings() {
    let quotes = coded().json(&["quotes"]);
    assert_eq!(quotes.len(), 1);
    let mut quote = quotes[0].clone();
    assert!(quote["id"].as_str().is_some_and(|id| id.len() == 36));
    quote["id"] = json!("");
    assert_eq!(
        quote,
        json!({
            "id": "", "coder": "kim", "transcript": "I1", "revision": 1, "turn": 4, "end_turn": 4,
            "participants": ["I1"], "participant": "I1", "start": 159, "end": 203,
            "text": "The letters come late, naïve as that sounds.",
            "codings": [{
                "code": "Late letters", "component": null, "valence": ["barrier", "facilitator"],
            }],
            "attribution": "I1", "memos": 0, "starred": false, "used": false, "refused": false,
        })
    );
}

#[test]
fn quotes_of_other_layers_are_listed_when_they_are_asked_for() {
    let site = coded();
    // Kim coded first: hers is the layer of record.
    site.in_study(&["--as", "lee", "code", "I1", "48", "74", "Too little time", "--new"]);
    let coders = |arguments: &[&str]| -> Vec<String> {
        let quotes = site.json(arguments);
        quotes.iter().map(|quote| quote["coder"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(coders(&["quotes"]), ["kim"]);
    assert_eq!(coders(&["--as", "lee", "quotes"]), ["lee", "kim"], "and one's own");
    assert_eq!(coders(&["quotes", "--all-layers"]), ["lee", "kim"]);
    assert_eq!(coders(&["quotes", "by:lee"]), ["lee"]);
    assert_eq!(coders(&["quotes", "letters"]), ["kim"]);
}

#[test]
fn quotes_are_written_in_the_house_style_and_with_the_question_before_them() {
    let site = coded();
    let written = site.in_study(&["quotes", "--format", "md"]);
    assert_eq!(written.out, "“The letters come late, naïve as that sounds.” (I1) <!-- I1:4 -->\n");
    let read = site.in_study(&["quotes", "--question", "--sort", "code"]);
    assert!(
        read.out.contains("\n    Interviewer: And the letters?\n    The letters come late"),
        "{}",
        read.out
    );
    let basket = site.run(&["-C", "study", "quotes", "--basket"]);
    assert_eq!((basket.code, basket.out.as_str()), (1, "Your basket is empty.\n"), "nothing is in it yet");
}

#[test]
fn codes_log_check_and_keys_have_all_their_keys() {
    let site = coded();
    let mut code = site.json(&["codes"]).remove(0);
    code["id"] = json!("");
    assert_eq!(
        code,
        json!({
            "id": "", "name": "Late letters", "path": "Late letters", "component": null, "side": null,
            "origin": "inductive", "state": "draft", "quotes": 1, "codings": 1, "participants": 1,
        })
    );
    let log = site.json(&["log"]);
    let commands: Vec<&Value> = log.iter().map(|line| &line["command"]).collect();
    assert_eq!(commands, ["new_study", "import", "apply_code"]);
    for (line, seq) in log.iter().zip(1..) {
        assert_keys(line, "seq,id,at,coder,command,label,reason,changes,undoes,hash");
        assert_eq!((&line["seq"], &line["coder"]), (&json!(seq), &json!("kim")));
        assert!(line["at"].as_str().is_some_and(|at| at.ends_with('Z')), "{line}");
    }
    for line in site.json(&["check"]) {
        assert_keys(&line, "check,ok,detail");
    }
    let bindings = site.json(&["keys"]);
    assert!(bindings.iter().any(|line| line["keys"] == "c" && line["command"] == "pick_code"));
    for line in &bindings {
        assert_keys(line, "keymap,layer,keys,command,description");
    }
    site.in_study(&["undo", "--reason", "by mistake"]);
    let last = site.json(&["log", "-n", "1"]).remove(0);
    assert_eq!((&last["reason"], &last["undoes"]), (&json!("by mistake"), &log[2]["id"]));
}

const REPORT: &str = "file,sha256,transcript,kind,encoding,layout,turns,cues,words,speakers,first_time,last_time,doubts,status,error";

#[test]
fn an_import_reports_each_file_and_the_second_changes_nothing() {
    let site = Site::new();
    let before = site.actions();
    let reports = site.json(&["import", "in"]);
    assert_eq!(reports.len(), 2);
    let report = &reports[0];
    assert_keys(report, REPORT);
    assert_eq!((&report["status"], &report["transcript"]), (&json!("same"), &json!("I1")));
    assert_eq!((&report["turns"], &report["error"]), (&json!(4), &json!(null)));
    assert_keys(&report["speakers"][0], "label,turns,role,participant");
    assert_eq!(
        report["speakers"][1],
        json!({"label": "Dana", "turns": 2, "role": "participant", "participant": "I1"})
    );
    site.write("I3.txt", "Interviewer: And you?\n\nLee: I am new here.\n");
    assert_eq!(site.json(&["import", "--dry-run", "I3.txt"])[0]["status"], "new");
    assert_eq!(site.actions(), before);
    assert_eq!(site.json(&["import", "I3.txt"])[0]["status"], "new");
    assert_eq!(site.actions(), before + 1);
}

#[test]
fn a_bad_file_gets_a_sentence_and_changes_nothing() {
    let site = coded();
    let header = "transcript,start,end,quote,code,valence,coder,memo";
    let table = format!("{header}\nI1,0,5,never said,Late letters,,kim,\n");
    let files: [(&str, &[u8], &str); 5] = [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n\n", "blanks"),
        ("cut.docx", b"PK\x03\x04\x14\x00\x06\x00", "damaged or cut short"),
        ("columns.csv", b"transcript,start,quote,code\nI1,0,x,Late letters\n", "'end' is missing"),
        ("wrong.csv", table.as_bytes(), "word for word"),
    ];
    let (before, codes) = (site.actions(), site.json(&["codes"]));
    for (name, bytes, why) in files {
        site.write(name, bytes);
        let ran = site.run(&["-C", "study", "import", name]);
        assert_eq!(ran.code, 3, "{name}");
        let report = site.run(&["-C", "study", "--json", "import", name]);
        assert_eq!(report.code, 3, "{name}");
        let report = report.lines().remove(0);
        assert_keys(&report, REPORT);
        assert_eq!(report["status"], "refused", "{name}");
        let said = report["error"].as_str().unwrap();
        assert!(said.contains(name) && said.contains(why) && !said.contains('\n'), "{said}");
        assert!(ran.out.contains(said), "{name}: people read another sentence:\n{}", ran.out);
        assert_eq!(site.actions(), before, "{name} left something behind");
    }
    assert_eq!(site.json(&["codes"]), codes);
    site.assert_sound();
}

/// Ends with `code`, says one JSON object with a sentence, and nothing on stdout.
#[track_caller]
fn refused(site: &Site, arguments: &[&str], code: i32) -> Value {
    let ran = site.run(&[&["--json"], arguments].concat());
    assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{arguments:?}: {}", ran.err);
    let error: Value = serde_json::from_str(ran.err.trim_end()).unwrap();
    assert_keys(&error, "error,where");
    let people = site.run(arguments);
    assert_eq!(people.code, code);
    assert!(people.err.starts_with("combe: "), "{}", people.err);
    assert!(people.err.trim_end().ends_with(error["error"].as_str().unwrap()), "{}", people.err);
    error
}

#[test]
fn what_cannot_be_done_is_said_and_changes_nothing() {
    let site = coded();
    let before = site.actions();
    let query = refused(&site, &["-C", "study", "search", "\"never closed"], 2);
    assert!(query["error"].as_str().unwrap().contains("quotation mark"));
    refused(&site, &["-C", "study", "search", "colour:red"], 2);
    let place = refused(&site, &["-C", "study", "code", "I1", "0", "9999", "Late letters"], 3);
    assert_eq!(place["where"], "I1 0..9999");
    refused(&site, &["-C", "study", "code", "I1", "20", "13", "Late letters"], 3);
    let near = refused(&site, &["-C", "study", "code", "I1", "13", "20", "letters"], 2);
    assert!(near["error"].as_str().unwrap().contains("“Late letters”"));
    refused(&site, &["-C", "study", "code", "I1", "13", "20", "Late letters", "--valence", "good"], 2);
    refused(&site, &["-C", "study", "show", "I9"], 2);
    refused(&site, &["-C", "nowhere", "log"], 3);
    refused(&site, &["new", "study"], 3);
    let lost = refused(&site, &["-C", "study", "import", "lost.txt"], 3);
    assert_eq!(lost["where"], "lost.txt");
    assert_eq!(site.run(&["frobnicate"]).code, 2);
    assert_eq!(site.run(&["--version"]).code, 0);
    assert_eq!(site.actions(), before);
    assert!(!site.path("nowhere").exists());
}

#[test]
fn a_study_of_a_newer_version_is_not_touched() {
    let site = coded();
    let database = site.path("study/study.db");
    site.in_study(&["log"]);
    // `user_version` is four bytes from byte 60 of an SQLite file on.
    let mut bytes = fs::read(&database).unwrap();
    bytes[60..64].copy_from_slice(&9_999u32.to_be_bytes());
    fs::write(&database, &bytes).unwrap();
    for arguments in [&["-C", "study", "log"][..], &["-C", "study", "undo"]] {
        let error = refused(&site, arguments, 3);
        assert!(error["error"].as_str().unwrap().contains("newer version"), "{error}");
    }
    assert!(fs::read(&database).unwrap() == bytes, "the database was written");
}

#[test]
fn a_folder_that_cannot_be_written_can_be_read() {
    if rustix::process::getuid().is_root() {
        eprintln!("SKIPPED: root may write everywhere");
        return;
    }
    let site = coded();
    let study = site.path("study");
    let modes = |folder: u32, file: u32| {
        fs::set_permissions(&study, Permissions::from_mode(0o700)).unwrap();
        fs::set_permissions(study.join("study.db"), Permissions::from_mode(file)).unwrap();
        fs::set_permissions(&study, Permissions::from_mode(folder)).unwrap();
    };
    modes(0o500, 0o400);
    let shown = site.run(&["-C", "study", "--json", "show", "I1"]);
    let coding = site.run(&["-C", "study", "code", "I1", "13", "20", "Late letters"]);
    modes(0o700, 0o600);
    assert_eq!((shown.code, shown.lines().len()), (0, 4));
    assert_eq!(coding.code, 3);
    assert!(coding.err.contains("nothing was changed"), "{}", coding.err);
    assert_eq!(site.actions(), 3);
}

#[test]
fn a_log_is_private_and_holds_no_words_of_the_study() {
    let site = coded();
    let log = site.path("run.log");
    assert_eq!(site.run(&["-C", "study", "--log", log.to_str().unwrap(), "search", "letter"]).code, 0);
    let name = format!("nowhere/{}", "run.log");
    assert_eq!(site.run(&["-C", "study", "--log", &name, "search", "letter"]).code, 3);
    assert_eq!(fs::metadata(&log).unwrap().permissions().mode() & 0o777, 0o600);
    let lines = fs::read_to_string(&log).unwrap();
    assert!(lines.contains("started") && lines.contains("ended code=0"), "{lines}");
    assert!(!lines.to_lowercase().contains("letter"), "{lines}");
}

/// The program where no file may grow beyond so many blocks of 512 bytes: writing fails as on a full disk, in the middle of
/// whatever is written.
pub(crate) fn on_a_full_disk(site: &Site, blocks: u32, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = site.command(&[]);
    let program = command.get_program().to_owned();
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg(format!("ulimit -f {blocks}; exec \"$0\" \"$@\"")).arg(program).args(arguments);
    shell.env_clear().current_dir(command.current_dir(site.path("")).get_current_dir().unwrap());
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let ended = shell.output().unwrap();
    (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
}

#[test]
fn a_disk_that_takes_no_more_is_said_and_nothing_is_half_done() {
    let site = coded();
    let before = site.actions();
    site.write(
        "long.txt",
        "Interviewer: And then?\n\nDana: Then we waited for the letter again.\n\n".repeat(20_000),
    );
    let database = fs::metadata(site.path("study/study.db")).unwrap().len();
    let enough_to_begin = u32::try_from(database / 512).unwrap() + 200;
    for (blocks, arguments) in [
        (0, &["-C", "study", "code", "I1", "13", "20", "Late letters"][..]),
        (0, &["-C", "study", "import", "long.txt"]),
        (enough_to_begin, &["-C", "study", "import", "long.txt"]),
    ] {
        let (code, err) = on_a_full_disk(&site, blocks, arguments);
        assert_eq!(code, Some(3), "{arguments:?}: {err}");
        assert!(err.contains("full") && err.lines().count() == 1, "{err}");
        assert_eq!(site.actions(), before);
        site.assert_sound();
    }
    site.in_study(&["import", "long.txt"]);
    assert_eq!(site.actions(), before + 1, "as soon as there is room it works");
}

#[test]
fn whoever_reads_only_the_beginning_gets_no_complaint() {
    // Far more than a pipe holds.
    let site = Site::with_turns(4_000);
    let mut child = site
        .command(&["-C", "study", "show", "L1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 20];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr), (Some(0), vec![]));
}

#[test]
fn an_answer_holds_though_nobody_reads_it() {
    let site = Site::new();
    // More lines than a pipe holds, each of them wrong.
    site.write("draft.md", "“This was never said by anybody here” (nurse).\n\n".repeat(2_000));
    let before = site.actions();
    for (words, code) in [
        (&["verify", "draft.md"][..], 1),
        (
            &["import", "--dry-run", "draft.md"],
            site.run(&["-C", "study", "import", "--dry-run", "draft.md"]).code,
        ),
    ] {
        let mut command = site.command(&[&["-C", "study"], words].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        let err = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(code), "{words:?}: {err}");
        assert!(!err.contains("pipe"), "{err}");
    }
    assert_eq!(site.actions(), before);
}

#[test]
fn what_is_exported_can_be_imported_and_is_the_same() {
    let site = Site::new();
    site.write(
        "codebook.toml",
        "schema = 1\n\n[[code]]\nname = \"Time\"\nside = \"barrier\"\ndefinition = \"Too little of it, “ever”.\"\n\n\
         [[code]]\nname = \"Waiting\"\nparent = \"Time\"\nside = \"barrier\"\n\n\
         [[code]]\nname = \"Paper, and pens\"\n\n[[theme]]\nname = \"Hours\"\nbarriers = [\"Time\"]\nnote = \"two\\nlines\"\n",
    );
    site.write(
        "participants.csv",
        "participant_id,session_id,speaker_label,group\nP01,I1,Dana,\"clinic, north\"\nP02,I2,Omar,ward\n",
    );
    site.in_study(&["import", "codebook.toml", "participants.csv"]);
    site.in_study(&["code", "I1", "159", "203", "Waiting"]);
    site.in_study(&["code", "I1", "48", "120", "Time"]);
    site.in_study(&["code", "I2", "36", "50", "Paper, and pens", "--valence", "facilitator"]);
    fs::create_dir(site.path("out")).unwrap();
    let tables = [("codings", "csv"), ("codebook", "toml"), ("participants", "csv"), ("sessions", "csv")];
    for (table, extension) in tables {
        let name = format!("out/{table}.{extension}");
        let ran = site.run(&["-C", "study", "export", table, "-o", &name]);
        let said = ran.out;
        assert!(said.starts_with(&format!("Wrote {name}")), "{said}");
        let again = refused(&site, &["-C", "study", "export", table, "-o", &name], 3);
        assert!(again["error"].as_str().unwrap().contains("--force"), "{again}");
        assert_eq!(site.run(&["-C", "study", "export", table, "--force", "-o", &name]).code, 0);
    }
    site.done(&["new", "second"]);
    site.done(&["-C", "second", "import", "in", "out"]);
    for (table, extension) in tables {
        let first = fs::read_to_string(site.path(&format!("out/{table}.{extension}"))).unwrap();
        assert_eq!(site.done(&["-C", "second", "export", table]).out, first, "{table}");
        assert!(first.lines().count() > 2, "{table} holds nothing:\n{first}");
    }
}

#[test]
fn a_codebook_goes_through_a_spreadsheet_unchanged() {
    let site = Site::new();
    let book = "schema = 1\n[[code]]\nname = \"Time, \\\"pressed\\\"\"\nside = \"barrier\"\ncomponent = \"opportunity.physical\"\n\
                origin = \"deductive\"\nstate = \"working\"\ncolour = \"#ff8800\"\ndefinition = \"Two\\nlines; and more\"\n\
                include = \"a\"\nexclude = \"b\"\nexample = \"“c”\"\n[[code]]\nname = \"Ŵy\"\nparent = \"Time, \\\"pressed\\\"\"\n\
                [[theme]]\nname = \"T\"\nbarriers = [\"Ŵy\"]\n";
    site.write("codebook.toml", book);
    site.in_study(&["import", "codebook.toml"]);
    let csv = site.run(&["-C", "study", "export", "codebook", "--csv"]);
    assert!(csv.err.contains("themes have no place"), "{}", csv.err);
    site.run(&["-C", "study", "export", "codebook", "-o", "codes.csv"]);
    assert_eq!(fs::read_to_string(site.path("codes.csv")).unwrap(), csv.out);
    assert_eq!(
        csv.out.lines().next().unwrap(),
        "name,parent,side,component,origin,state,colour,definition,include,exclude,example"
    );
    site.done(&["new", "other"]);
    site.done(&["-C", "other", "import", "codes.csv"]);
    assert_eq!(site.done(&["-C", "other", "export", "codebook", "--csv"]).out, csv.out);
}

#[test]
fn arguments_that_make_no_sense_are_an_object_where_objects_were_asked_for() {
    let site = Site::new();
    for (arguments, said) in [
        (&["--json", "show"][..], "the following required arguments were not provided: <TRANSCRIPT>"),
        (&["search", "--json", "--limit", "many", "time"], "invalid value 'many' for '--limit <LIMIT>'"),
        (&["shwo", "--json"], "unrecognized subcommand 'shwo'"),
    ] {
        let run = site.run(arguments);
        let line: Value = serde_json::from_str(run.err.trim()).unwrap();
        assert_keys(&line, "error,where");
        assert!(line["error"].as_str().unwrap().starts_with(said), "{line}");
        assert!(!line["error"].as_str().unwrap().contains("Usage"), "{line}");
        assert_eq!((run.code, run.out.as_str()), (2, ""));
    }
    assert!(site.run(&["show"]).err.contains("Usage: combe show"));
    assert!(site.run(&["--json", "show", "--help"]).out.contains("Usage: combe show"), "help is an answer");
    // Behind `--`, it is a word of the query.
    assert!(site.run(&["search", "--limit", "many", "--", "--json"]).err.starts_with("error: "));
}

#[test]
fn one_of_a_thing_is_said_in_the_singular_and_long_names_keep_the_columns() {
    let site = coded();
    let long = "Letters that come so late that nobody can do what they ask for any more";
    site.in_study(&["code", "I1", "48", "70", long, "--new"]);
    let shown = site.in_study(&["codes"]).out;
    let columns: Vec<usize> = shown.lines().map(|line| line.find("1 coding").unwrap()).collect();
    assert_eq!((columns.len(), columns[0]), (2, columns[1]), "{shown}");
    assert!(
        shown.contains("1 coding ") && shown.contains("1 person") && !shown.contains("1 codings"),
        "{shown}"
    );
    let undone = site.in_study(&["undo"]).out;
    assert!(undone.contains("(1 code, 1 coding, 1 quote;"), "{undone}");
}

#[test]
fn files_of_a_folder_that_are_not_read_are_listed() {
    let site = Site::new();
    site.write("in/scan.pdf", "%PDF-1.7");
    site.write("in/README.md", "Two interviews.\n");
    site.write("in/.hidden", "");
    let shown = site.in_study(&["import", "in", "--dry-run"]).out;
    assert!(shown.contains("\nnot read: in/scan.pdf (save it as .docx or .txt)\n"), "{shown}");
    assert!(shown.contains("\n2 files: 2 same; 2 not read\n") && !shown.contains("hidden"), "{shown}");
    let reports = site.json(&["import", "in"]);
    assert_eq!(reports.len(), 4);
    let scan = reports.iter().find(|report| report["file"] == "in/scan.pdf").unwrap();
    assert_keys(scan, REPORT);
    assert_eq!(scan["status"], "refused");
    assert_eq!(scan["error"], "scan.pdf is not read; save it as .docx or .txt");
    fs::create_dir(site.path("scans")).unwrap();
    site.write("scans/a.pdf", "%PDF-1.7");
    let none = refused(&site, &["-C", "study", "import", "scans"], 2);
    assert!(none["error"].as_str().unwrap().ends_with("not read: scans/a.pdf (save it as .docx or .txt)"));
}

#[test]
fn a_trial_says_layout_and_words_and_the_options_that_mend_a_doubt() {
    let site = Site::new();
    site.write(
        "I 3.txt",
        "Dan: How was it? Was it long?\n\nEve: It was. Why?\n\nDan: And?\n\nEve: That is all.\n",
    );
    let shown = site.in_study(&["import", "I 3.txt", "--dry-run"]).out;
    // Counted by hand: Eve says 3 + 3 words, Dan 6 + 1. Until somebody says who Dan is, he is a participant too.
    assert!(shown.contains(" · 4 turns · 13 words of participants, 13 in all\n"), "{shown}");
    let bound = site.in_study(&["import", "I 3.txt", "--dry-run", "--bind", "Dan=interviewer"]).out;
    assert!(bound.contains(" · 6 words of participants, 13 in all\n"), "{bound}");
    assert!(shown.contains("if it is “Dan”, say so: --bind Dan=interviewer --only 'I 3.txt'\n"), "{shown}");
    let layout = site.json(&["import", "I 3.txt", "--dry-run"])[0]["layout"].as_str().unwrap().to_owned();
    assert!(shown.contains(&format!("I 3 · interview · {layout} · ")), "{shown}");
    site.in_study(&["import", "I 3.txt"]);
    site.in_study(&["import", "I 3.txt", "--bind", "Dan=interviewer", "--only", "I 3.txt"]);
    let last = site.json(&["log", "-n", "1"]).remove(0);
    assert_eq!(last["label"], "bound Dan in I 3 to interviewer");
}

/// Turns of I1 and I2 with codes, memos and a star, beyond what subcommands can make.
fn with_memos(site: &Site) {
    let mut store = site.store();
    let (mut study, _) = store.load().unwrap();
    let coder = study.coder_named("kim").unwrap().clone();
    let source = Ticking::new();
    let quote = study.quotes().iter().next().unwrap().clone();
    let memo = |on: MemoOn, kind: MemoKind, text: &str| {
        let at = "2026-03-02T10:00:00Z".parse().unwrap();
        Change::create(Memo { id: fresh(&source), on, kind, coder: coder.id, at, text: text.into() })
    };
    let code = study.code_named("Late letters").unwrap().id;
    let changes = vec![
        memo(MemoOn::Quote(quote.id), MemoKind::Analytic, "Twice,\nshe said."),
        memo(MemoOn::Code(code), MemoKind::Discussion, "Split it?"),
        memo(MemoOn::Study, MemoKind::Reflexive, "I was a patient."),
        memo(
            MemoOn::Participant(study.participant_named("I2").unwrap().id),
            MemoKind::Analytic,
            "He laughs.",
        ),
        Change::update(quote.clone(), Quote { starred: true, ..quote }),
    ];
    let step = Step { command: "memo".into(), label: "memos".into(), changes, ..Step::default() };
    let action = study.act(&coder, step, &source).unwrap();
    store.commit(&action, &[]).unwrap();
}

#[test]
fn memos_leave_with_what_they_are_on_and_stand_below_their_quote() {
    let site = coded();
    with_memos(&site);
    let table = site.in_study(&["export", "memos"]).out;
    let quote = "The letters come late, naïve as that sounds.";
    for row in [
        "on,thing,transcript,start,end,quote,kind,coder,at,text\n".to_owned(),
        format!(
            "quote,I1:4,I1,159,203,\"{quote}\",analytic,kim,2026-03-02T10:00:00Z,\"Twice,\nshe said.\"\n"
        ),
        "code,Late letters,,,,,discussion,kim,2026-03-02T10:00:00Z,Split it?\n".to_owned(),
        "study,study,,,,,reflexive,kim,2026-03-02T10:00:00Z,I was a patient.\n".to_owned(),
    ] {
        assert!(table.contains(&row), "{row}\n{table}");
    }
    assert_eq!(
        site.in_study(&["export", "codings"]).out.lines().next(),
        Some("transcript,start,end,quote,code,valence,coder,memo")
    );
    let rows = site.json(&["export", "memos"]);
    assert_keys(&rows[0], "on,thing,transcript,start,end,quote,kind,coder,at,text");
    let on_quote = rows.iter().find(|row| row["on"] == "quote").unwrap();
    assert_eq!((&on_quote["start"], &on_quote["text"]), (&json!(159), &json!("Twice,\nshe said.")));
    assert_eq!(site.json(&["export", "codings"])[0]["end"], 203);
    // Memos on a quote and on somebody: words of both may be in them.
    site.done(&["-C", "study", "export", "memos", "-o", "memos.csv"]);
    let study = site.store().load().unwrap().0;
    let export = study.exports().iter().next().unwrap();
    let people: Vec<&str> =
        export.participants.iter().map(|id| study.participants().get(id).unwrap().name.as_str()).collect();
    assert_eq!((people.len(), people.contains(&"I1"), people.contains(&"I2")), (2, true, true), "{people:?}");
    let toml = site.run(&["-C", "study", "--json", "export", "codebook"]);
    assert_eq!((toml.code, toml.out.as_str()), (2, ""));
    assert_eq!(
        site.in_study(&["quotes"]).out,
        format!(
            "I1:4  I1  [kim] *  Late letters (barrier, facilitator)\n    {quote}\n    memo of kim (analytic): Twice,\n    \
             she said.\n"
        )
    );
}

#[test]
fn a_quote_says_who_speaks_in_it() {
    let site = Site::new();
    let code = |start: &str, end: &str| site.in_study(&["code", "I1", start, end, "Time", "--new"]);
    // The first question; from its last word to the first word of the third turn.
    code("13", "40");
    code("37", "138");
    let shown = site.in_study(&["quotes"]).out;
    assert_eq!(
        shown,
        "I1:1  interviewer  [kim]  Time\n    How does time come into it?\n\
         I1:1-3  I1  [kim]  Time\n    Interviewer: it?\n    I1: I never have enough of it. The clinic is always full and \
         nobody asks us.\n    Interviewer: And\n"
    );
}

#[test]
fn participants_are_a_template_that_changes_nothing_until_it_is_filled_in() {
    let site = Site::new();
    let template = site.in_study(&["export", "participants"]).out;
    assert_eq!(template, "participant_id,session_id,speaker_label\nI1,I1,Dana\nI2,I2,Omar\n");
    site.write("participants.csv", &template);
    let before = site.actions();
    assert_eq!(site.json(&["import", "participants.csv"])[0]["status"], "same");
    assert_eq!(site.actions(), before);
    site.write(
        "participants.csv",
        template
            .replace("speaker_label", "speaker_label,group")
            .replace("I1,I1,Dana", "P01,I1,Dana,ward")
            .replace("Omar", "Omar,"),
    );
    assert_eq!(site.json(&["import", "participants.csv"])[0]["doubts"], json!([]));
    let filled = site.in_study(&["export", "participants"]).out;
    assert_eq!(filled, "participant_id,session_id,speaker_label,group\nI2,I2,Omar,\nP01,I1,Dana,ward\n");
}

#[test]
fn what_rests_on_an_action_is_named_with_the_numbers_to_undo_first() {
    let site = Site::new();
    site.in_study(&["code", "I1", "13", "40", "Time", "--new"]);
    for start in ["48", "159"] {
        site.in_study(&["code", "I1", start, "203", "Time"]);
    }
    site.in_study(&["undo", "5"]);
    // Actions: 1 new, 2 import, 3 to 5 codings, 6 the undoing of 5.
    let error = refused(&site, &["-C", "study", "undo", "3"], 3)["error"].as_str().unwrap().to_owned();
    assert!(
        error.starts_with("code “Time” on I1:1 cannot be undone: later work rests on it (action 4 of kim: "),
        "{error}"
    );
    assert!(error.ends_with("First: combe undo 4"), "{error}");
    site.in_study(&["undo", "6"]);
    let error = refused(&site, &["-C", "study", "undo", "3"], 3)["error"].as_str().unwrap().to_owned();
    assert!(error.ends_with("First: combe undo 5; combe undo 4"), "{error}");
    for action in ["5", "4", "3"] {
        site.in_study(&["undo", action]);
    }
    site.assert_sound();
}

#[test]
fn a_step_that_was_brought_back_is_named_as_what_rests_on_another() {
    let site = Site::new();
    for code in ["Time", "Work"] {
        site.in_study(&["code", "I1", "13", "40", code, "--new"]);
    }
    // Actions: 3 and 4 codings of one passage, 5 and 6 take them back, 7 and 8 bring them back.
    for action in ["4", "3", "6", "5"] {
        site.in_study(&["undo", action]);
    }
    let error = refused(&site, &["-C", "study", "undo", "7"], 3)["error"].as_str().unwrap().to_owned();
    assert!(error.contains("later work rests on it (action 8 of kim: "), "{error}");
    assert!(error.ends_with("First: combe undo 8"), "{error}");
    for action in ["8", "7"] {
        site.in_study(&["undo", action]);
    }
    site.assert_sound();
}

#[test]
fn a_point_is_not_called_by_a_number_alone() {
    let site = Site::new();
    let ran = site.run(&["-C", "study", "mark", "15"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("a number alone names an action of the history"), "{}", ran.err);
    site.in_study(&["mark", "round 15"]);
}

#[test]
fn snapshots_are_listed_with_time_actions_and_size() {
    let site = Site::new();
    site.in_study(&["mark", "submitted"]);
    let listed = site.json(&["restore"]);
    let last = listed.last().unwrap();
    assert_keys(last, "name,path,at,note,actions,bytes");
    assert_eq!((&last["note"], &last["actions"]), (&json!("submitted"), &json!(3)));
    let bytes = fs::metadata(last["path"].as_str().map(|path| site.path(path)).unwrap()).unwrap().len();
    assert_eq!(last["bytes"], bytes);
    let shown = site.in_study(&["restore"]).out;
    let line = shown.lines().last().unwrap();
    assert!(line.starts_with(last["name"].as_str().unwrap()) && line.contains("  3 actions  "), "{shown}");
    assert!(line.ends_with(" KiB"), "{shown}");
}

#[test]
fn a_new_study_says_as_whom_one_codes_and_how_to_change_it() {
    let site = Site::bare();
    let said = site.done(&["new", "mine"]).out;
    assert!(said.contains("\nYou code as kim, its lead coder. ") && said.contains("--as NAME"), "{said}");
    assert!(site.done(&["--as", "Jo", "new", "hers"]).out.contains("You code as Jo, "));
}

#[test]
fn the_files_with_words_are_listed_and_those_of_others_mentioned() {
    let site = coded();
    site.in_study(&["search", "time"]);
    let state = format!("home/.local/state/combe/{}", site.store().identity().unwrap());
    fs::create_dir_all(site.path(&state)).unwrap();
    site.write(&format!("{state}/kim.json"), "{}");
    let ran = site.run(&["-C", "study", "check", "--where"]);
    let has = |part: &str| ran.out.lines().any(|line| line.contains(part));
    assert!(
        has("study/study.db") && has("/home/.cache/combe/") && has("/home/.local/state/combe/"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("cannot be seen by you"), "{}", ran.err);
    assert!(site.json(&["check", "--where"]).iter().all(|line| line["check"] == "where"));
}

#[test]
fn a_transcript_that_is_not_there_has_near_ones() {
    let site = Site::new();
    let said =
        |name: &str| refused(&site, &["-C", "study", "show", name], 2)["error"].as_str().unwrap().to_owned();
    assert_eq!(said("I"), "there is no transcript I; did you mean I1 or I2?");
    assert_eq!(said("zzzz"), "there is no transcript zzzz; there are I1, I2 and so on");
}

#[test]
fn tables_of_what_there_is_not_are_sentences_and_leave_no_file() {
    let empty = Site::bare();
    empty.done(&["new", "study"]);
    let said = |site: &Site, arguments: &[&str]| {
        let ran = site.run(&[&["-C", "study"], arguments].concat());
        assert!(ran.out.is_empty() || ran.code == 1, "{arguments:?}: {}", ran.out);
        (ran.code, format!("{}{}", ran.err, ran.out))
    };
    for table in ["sample", "coverage", "saturation", "codes", "themes", "joint", "cooccurrence"] {
        let (code, sentence) = said(&empty, &["table", table, "--out", "t.csv"]);
        assert!(
            code == 1 && sentence.contains("; ") || sentence.contains(": "),
            "{table}: {code} {sentence}"
        );
        assert!(!empty.path("t.csv").exists() && !empty.path("t.csv.manifest.json").exists(), "{table}");
    }
    let (code, sentence) = said(&empty, &["matrix", "-o", "m.xlsx"]);
    assert!(code == 1 && sentence.contains("there is no case"), "{code} {sentence}");
    assert!(!empty.path("m.xlsx").exists());
    // People, and nothing known of them.
    let site = Site::new();
    let (code, sentence) = said(&site, &["table", "sample"]);
    assert!(code == 1 && sentence.contains("nothing is known of any participant"), "{code} {sentence}");
    let (code, sentence) = said(&site, &["table", "crosstab"]);
    assert!(code == 2 && sentence.contains("--by"), "{code} {sentence}");
    let (code, sentence) = said(&site, &["table", "crosstab", "--by", "group"]);
    assert!(code == 2 && sentence.contains("import a list of participants"), "{code} {sentence}");
    let (code, sentence) = said(&site, &["table", "smaple"]);
    assert!(code == 2 && sentence.contains("sample") && sentence.contains("coreq"), "{code} {sentence}");
}

#[test]
fn options_that_a_table_or_a_format_does_not_take_are_refused_with_those_that_do() {
    let site = coded();
    for (arguments, said) in [
        (&["codes", "--code", "Deference"][..], "the table codes does not take --code: only crosstab does"),
        (&["codes", "--with", "gender"], "does not take --with: only crosstab does"),
        (&["codes", "--to-100"], "does not take --to-100: only sample does"),
        (&["codes", "--together", "turn"], "does not take --together: only cooccurrence does"),
        (&["themes", "--base", "3"], "does not take --base: only saturation does"),
        (
            &["joint", "--count", "codings"],
            "--count: themes, components, codes and crosstab do; leave it out",
        ),
        (&["sample", "--count", "codings"], "the table sample does not take --count"),
        (&["saturation", "--by", "group"], "--by: sample, themes, components, codes, crosstab and joint do"),
        (&["cooccurrence", "--by", "group"], "does not take --by"),
        (&["coverage", "--by", "group"], "does not take --by"),
        (&["coreq", "--by", "group"], "does not take --by"),
    ] {
        let ran = site.run(&[&["-C", "study", "table"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
    for arguments in [
        &["quotes", "--format", "md", "--context", "around"][..],
        &["quotes", "--format", "latex", "--question"],
        &["quotes", "--json", "--question"],
    ] {
        let ran = site.run(&[&["-C", "study"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.err);
        assert!(
            ran.err.contains("--context and --question are for quotes that are printed as text"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn that_no_quote_is_found_is_said() {
    let site = Site::new();
    site.in_study(&["code", "I1", "159", "203", "Late letters", "--new"]);
    let asked = |more: &[&str]| {
        let ran = site.run(&[&["-C", "study", "quotes", "zzzz"], more].concat());
        (ran.code, ran.out, ran.err)
    };
    assert_eq!(asked(&[]), (1, "No quote is found.\n".into(), String::new()));
    assert_eq!(asked(&["--json"]), (1, String::new(), String::new()));
    assert_eq!(asked(&["--format", "md"]), (1, String::new(), "combe: No quote is found.\n".into()));
}

#[test]
fn slips_in_attributions_are_told_by_what_attributes_and_no_number_leaves_that_is_not_to() {
    let site = Site::new();
    site.in_study(&["code", "I1", "159", "203", "Late letters", "--new"]);
    site.write("people.csv", "participant_id,group\nI1,gp\nI2,nurse\n");
    site.in_study(&["import", "people.csv"]);
    let settings = fs::read_to_string(site.path("study/study.toml")).unwrap();
    let with = |more: &str| site.write("study/study.toml", format!("{settings}\n{more}"));
    let line = settings.lines().count() + 2;
    with(
        "[attribution]\nby = \"group\"\nparticipant_number = false\n[attribution.styles]\ngpp = \"GP\"\n\
         [attribution.words.group]\nnurze = \"nurse\"\n",
    );
    let slips = [
        format!(
            "line {}, [attribution] styles.gpp: no participant is of that group; perhaps `gp` is meant.",
            line + 4
        ),
        format!(
            "line {}, [attribution] styles: there is no template for gp (1), nurse (1); they are called by their group, or participant.",
            line + 3
        ),
        format!(
            "line {}, [attribution] words.group.nurze: nobody has that value; perhaps `nurse` is meant.",
            line + 6
        ),
    ];
    let told: String = slips.iter().map(|slip| format!("combe: study.toml {slip}\n")).collect();
    for arguments in [&["quotes", "--format", "md"][..], &["export", "quotes", "--format", "md"], &["check"]]
    {
        let ran = site.run(&[&["-C", "study"], arguments].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, told.as_str()), "{arguments:?}");
        assert!(!ran.out.contains("(I1"), "{arguments:?}: {}", ran.out);
        assert_eq!(arguments[0] != "check", ran.out.contains("(gp)"), "{arguments:?}: {}", ran.out);
    }
    with("[attribution]\nby = \"group\"\n[attribution.styles]\ngp = \"{{ grup }}\"\n");
    let ran = site.run(&["-C", "study", "quotes", "--format", "md"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert_eq!(
        ran.err,
        format!(
            "combe: study.toml line {}: there is no field `grup`, which [attribution] styles.gp names; perhaps `group` is meant.\n",
            line + 3
        )
    );
}

#[test]
fn a_framework_file_that_is_wrong_is_named_with_its_line_and_makes_no_study() {
    let site = Site::bare();
    let head = "id = 'own'\ntitle = 'Own'\n[[domain]]\nid = 'a'\nlabel = 'A'\n";
    for (rest, line, why) in [
        ("domain = 'a'\n", "line 6", "stands below itself"),
        ("[[component]]\nid = 'c'\nlabel = 'C'\ndomain = 'b'\n", "line 9", "no [[domain]] has that id"),
        ("[[component]]\nlabel = 'C'\n", "line 6", "missing field `id`"),
        ("[[domain]]\nid = 'a'\nlabel = 'B'\n", "line 7", "two components with the id 'a'"),
    ] {
        site.write("own.toml", format!("{head}{rest}"));
        let ran = site.run(&["new", "study", "--framework", "own.toml"]);
        assert!(ran.code != 0 && !site.path("study").exists(), "{rest}");
        assert!(
            ran.err.contains("own.toml") && ran.err.contains(line) && ran.err.contains(why),
            "{}",
            ran.err
        );
    }
}

#[test]
fn a_framework_that_is_written_makes_the_same_one() {
    let site = Site::bare();
    for (framework, components) in [("com-b", 6), ("tdf", 14)] {
        let file = format!("{framework}.toml");
        site.done(&["new", framework, "--framework", framework]);
        site.done(&["-C", framework, "export", "framework", "-o", &file]);
        let again = format!("{framework}-again");
        site.done(&["new", &again, "--framework", &file]);
        let held = |folder: &str| {
            let study = open_store(&site.path(folder)).load().unwrap().0;
            let id = study.settings.framework.clone();
            study.components_of(&id).into_iter().cloned().collect::<Vec<_>>()
        };
        assert_eq!(held(framework).len(), components);
        assert_eq!(held(framework), held(&again), "{framework}");
    }
    site.done(&["new", "bare", "--framework", "none"]);
    let ran = site.run(&["-C", "bare", "export", "framework"]);
    assert!(ran.code == 1 && ran.err.contains("without a framework"), "{} {}", ran.code, ran.err);
}

#[test]
fn the_matrix_is_printed_as_states_summaries_json_and_tables() {
    let site = coded();
    let columns = ["matrix", "--columns", "codes"];
    let shown = site.in_study(&columns).out;
    assert!(shown.contains("   1  Late letters"), "{shown}");
    assert!(shown.lines().any(|line| line.starts_with("I1 ") && line.ends_with('e')), "{shown}");
    let cells = site.json(&columns);
    assert_keys(&cells[0], "case,kind,topic,state,coder,checked_by,at,text,quotes,evidence");
    let cell = cells.iter().find(|cell| cell["case"] == "I1").unwrap();
    assert_eq!((&cell["kind"], &cell["topic"]), (&json!("participant"), &json!("Late letters")));
    assert_eq!(
        (&cell["state"], &cell["text"], &cell["coder"]),
        (&json!("evidence"), &Value::Null, &Value::Null)
    );
    assert_eq!((cell["evidence"].as_array().unwrap().len(), &cell["quotes"]), (1, &json!([])));
    assert_eq!(site.json(&[&columns[..], &["--state", "evidence"]].concat()).len(), 1);
    let none = site.run(&["-C", "study", "matrix", "--columns", "codes", "--summaries"]);
    assert_eq!((none.code, none.out.as_str()), (1, "No such cell.\n"));
    let csv = site.in_study(&[&columns[..], &["--format", "csv"]].concat()).out;
    assert!(csv.contains("case,Late letters"), "{csv}");
    let wrong = |args: &[&str]| site.run(&[&["-C", "study", "matrix"], args].concat());
    let framework = wrong(&["--columns", "my-own"]);
    assert_eq!(framework.code, 2);
    assert!(framework.err.contains("there is no framework “my-own” in the study"), "{}", framework.err);
    let attribute = wrong(&["--columns", "codes", "--group", "villlage"]);
    assert!(attribute.err.contains("have an attribute “villlage”"), "{}", attribute.err);
    assert!(wrong(&["--state", "half"]).err.contains("one of nothing, evidence"));
    assert!(wrong(&["--rows", "cats"]).err.contains("rows are mixed, participants"));
    assert_eq!(wrong(&[]).code, 1, "no themes yet");
    let written = site.run(&[&["-C", "study"], &columns[..], &["-o", "matrix.md"]].concat());
    assert!(written.code == 0 && written.out.starts_with("Wrote matrix.md"), "{}", written.out);
    assert!(written.err.contains("small cell"), "a person stands behind a cell: {}", written.err);
}

#[test]
fn two_coders_summaries_of_a_cell_leave_both_each_with_its_coder_and_state() {
    let site = coded();
    let mut store = site.store();
    let (mut study, _) = store.load().unwrap();
    let source = Ticking::new();
    let kim = study.coder_named("kim").unwrap().clone();
    let bea = Coder { id: fresh(&source), name: "bea".into() };
    let cell = {
        let (mut sheets, all) = (Sheets::default(), Scope::default());
        let plan = MatrixPlan { columns: ColumnsBy::Codes(None), ..MatrixPlan::default() };
        let made = Matrix::of(&sheets.counter(&study, &all), &plan, None).unwrap();
        let row = made.rows.iter().position(|row| row.name == "I1").unwrap();
        let basis = basis_of(&study, &made.cell(row, 0).unwrap().evidence, &made.columns[0].codes);
        (made.rows[row].case, made.columns[0].topic.clone(), basis)
    };
    let write = |coder, text: &str, state, basis| {
        let (id, at, text) = (fresh(&source), "2026-03-02T10:00:00Z".parse().unwrap(), text.into());
        let (case, topic, quotes) = (cell.0, cell.1.clone(), Vec::new());
        Change::create(Summary { id, case, topic, coder, at, text, state, quotes, basis, checked_by: None })
    };
    let changes = vec![
        Change::create(bea.clone()),
        write(kim.id, "As Kim reads it.", SummaryState::Checked, Some(cell.2.clone())),
        write(bea.id, "As Bea reads it.", SummaryState::Drafted, None),
    ];
    let step = Step { command: "memo".into(), label: "summaries".into(), changes, ..Step::default() };
    let action = study.act(&kim, step, &source).unwrap();
    store.commit(&action, &[]).unwrap();
    drop(store);
    let states = site.in_study(&["matrix", "--columns", "codes"]).out;
    assert!(states.lines().any(|line| line.starts_with("I1 ") && line.ends_with("   c+")), "{states}");
    let matrix = ["matrix", "--columns", "codes", "--summaries"];
    let printed = site.in_study(&matrix).out;
    assert!(printed.contains("[checked, kim]") && printed.contains("[stale, bea]"), "{printed}");
    let objects = site.json(&matrix);
    let said: Vec<_> = objects.iter().map(|held| (&held["coder"], &held["state"], &held["text"])).collect();
    let own = (&json!("kim"), &json!("checked"), &json!("As Kim reads it."));
    assert_eq!(said, [own, (&json!("bea"), &json!("stale"), &json!("As Bea reads it."))]);
    assert_eq!(site.json(&[&matrix[..], &["--state", "stale"]].concat()).len(), 1);
    for file in ["m.csv", "m.xlsx"] {
        let ran = site.run(&[&["-C", "study"], &matrix[..], &["-o", file]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let bytes = fs::read(site.path(file)).unwrap();
        let words = match file {
            "m.csv" => String::from_utf8(bytes).unwrap(),
            _ => crate::export::sheet(&bytes).concat().join(" "),
        };
        let wanted = "[kim, checked] As Kim reads it.\n\n[bea, stale] As Bea reads it.";
        assert!(words.contains(wanted), "{file}: {words}");
    }
}

#[test]
fn a_value_that_nobody_has_is_said_with_those_that_there_are() {
    let site = crate::export::coded();
    for (condition, code, said) in [
        ("group=nobody", 1, "group=nobody finds nobody: its values are clinician, public"),
        ("group:nobody", 1, "group:nobody finds nobody: its values are clinician, public"),
        ("grp=public", 2, "have an attribute “grp”; the nearest name is group"),
    ] {
        let ran = site.run(&["-C", "study", "table", "codes", "--where", condition, "-o", "t.svg"]);
        assert!(ran.code == code && ran.err.contains(said), "{condition}: {} {}", ran.code, ran.err);
        assert!(!site.path("t.svg").exists());
    }
    let ran = site.run(&["-C", "study", "--json", "table", "codes", "--where", "group=nobody"]);
    let said: Value = serde_json::from_str(&ran.err).unwrap();
    assert!(ran.out.is_empty() && said["error"].as_str().unwrap().contains("finds nobody"), "{said}");
}

#[test]
fn a_condition_that_nobody_meets_and_columns_that_are_not_there_are_said() {
    let site = coded();
    for kind in TableKind::ALL.map(TableKind::name) {
        let table = site.run(&["-C", "study", "table", kind, "--where", "in:I1", "--where", "in:I2"]);
        assert_eq!((table.code, table.out.as_str()), (1, ""), "{kind}: {}", table.err);
        assert!(table.err.contains("meets “in:I1, in:I2”"), "{kind}: {}", table.err);
    }
    let cases = site.run(&["-C", "study", "matrix", "--columns", "codes", "--only", "in:I1 in:I2"]);
    assert_eq!((cases.code, cases.out.as_str()), (1, ""), "{}", cases.err);
    assert!(cases.err.contains("no case meets “in:I1 in:I2”"), "{}", cases.err);
    let empty = site.run(&["new", "empty"]);
    assert_eq!(empty.code, 0, "{}", empty.err);
    let said = site.run(&["-C", "empty", "matrix", "--columns", "codes"]);
    assert_eq!(said.code, 1);
    let table = site.run(&["-C", "empty", "table", "components"]);
    assert_eq!(table.code, 1, "{}", table.out);
    assert!(table.err.contains("no participant speaks"), "{}", table.err);
}

//! What leaves a study leaves whole or not at all, with its manifest beside it and its record in the history.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use combe::study::{Change, Step};

use crate::cli::on_a_full_disk;
use crate::consent;
use crate::e2e::Site;
use crate::export::{coded, part, sheet, words_of_book};
use crate::fixture::Ticking;

fn manifest(site: &Site, file: &str) -> Value {
    let bytes = fs::read(site.path(&format!("{file}.manifest.json"))).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn a_table_with_quotes_says_whose_words_it_holds() {
    let site = coded();
    let ran = site.run(&["-C", "study", "table", "joint", "--out", "joint.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("small cells"), "{}", ran.err);
    let held = manifest(&site, "joint.csv");
    assert_eq!(held["kind"], "table joint");
    assert_eq!(held["holds"], json!(["counts", "verbatim_quotes"]));
    assert_eq!((&held["quotes"], &held["names"]), (&json!(2), &json!(["P01", "P02"])));
    // Barriers of the public and of clinicians, then facilitators.
    let cells = |key: &str| -> Vec<u64> {
        let cells = held[key].as_array().unwrap().iter();
        let of_theme = cells.filter(|cell| cell["cell"].as_str().unwrap().starts_with("Time to talk, "));
        of_theme.map(|cell| cell["participants"].as_u64().unwrap()).collect()
    };
    assert_eq!(cells("cells"), [1, 0, 0, 1], "{held}");
    assert_eq!(cells("cells_below"), [1, 1], "an empty cell tells of nobody");
    let study = site.store().load().unwrap().0;
    let exports: Vec<_> = study.exports().iter().collect();
    assert_eq!((exports.len(), exports[0].kind.as_str()), (1, "table joint"));
    assert_eq!((exports[0].participants.len(), exports[0].transcripts.len()), (2, 2));
    // Nothing is written over unasked, not even a manifest that lost its file.
    fs::remove_file(site.path("joint.csv")).unwrap();
    assert_eq!(site.run(&["-C", "study", "table", "joint", "--out", "joint.csv"]).code, 3);
    assert_eq!(site.run(&["-C", "study", "table", "joint", "--out", "joint.csv", "--force"]).code, 0);
}

/// Someone says a postcode, an address of mail and a name with a title, each of several words or with characters that a markup
/// escapes; all of it is quoted.
fn telling() -> Site {
    let site = coded();
    let text =
        "Interviewer: Where?\n\nDana: At CF24 3AA, write to dana_x@ward.org.uk or to Dr Angharad Pughe.\n";
    site.write("I3.txt", text);
    site.in_study(&["import", "I3.txt"]);
    let at = |word: &str| text.find(word).unwrap();
    let (start, end) = (at("At CF24").to_string(), (at("Pughe.") + 6).to_string());
    site.in_study(&["code", "I3", &start, &end, "Too little time"]);
    site
}

#[test]
fn the_same_identifiers_are_found_whichever_format_words_leave_in() {
    let site = telling();
    let found = |words: &[&str], file: &str| -> Value {
        let ran = site.run(&[&["-C", "study"], words, &["-o", file]].concat());
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
        manifest(&site, file)["identifiers"].clone()
    };
    let quotes: Vec<Value> = ["q.md", "q.txt", "q.csv", "q.docx", "q.xlsx", "q.tex"]
        .map(|file| found(&["export", "quotes"], file))
        .into_iter()
        .chain([found(&["export", "report"], "q.html")])
        .collect();
    assert!(quotes[0]["by_severity"]["high"].as_u64().is_some_and(|high| high > 0), "{}", quotes[0]);
    for other in &quotes {
        assert_eq!(other["by_pattern"], quotes[0]["by_pattern"], "{other}");
    }
    for (words, files) in [
        (["table", "joint"].as_slice(), ["j.md", "j.txt", "j.csv", "j.docx", "j.xlsx", "j.tex"].as_slice()),
        (&["export", "codebook"], &["c.md", "c.txt", "c.docx", "c.xlsx", "c.tex"]),
        (&["export", "review"], &["r.docx", "r.xlsx"]),
    ] {
        let all: Vec<Value> = files.iter().map(|file| found(words, file)).collect();
        assert!(all.iter().all(|held| held["done"] == true && *held == all[0]), "{all:?}");
    }
}

#[test]
fn a_name_that_ends_in_json_gets_json_and_an_ending_of_no_format_is_refused() {
    let site = coded();
    let kinds: [&[&str]; 4] = [
        &["table", "codes"],
        &["matrix", "--columns", "codes"],
        &["export", "codings"],
        &["export", "participants"],
    ];
    for (nth, words) in kinds.iter().enumerate() {
        let file = format!("f{nth}.json");
        let ran = site.run(&[&["-C", "study"], *words, &["-o", &file]].concat());
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
        let written: Vec<Value> = fs::read_to_string(site.path(&file))
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(written, site.json(words), "{words:?}");
        // Asked to tell in JSON what was done, a file still holds what its name says.
        let wrong = format!("f{nth}.html");
        let ran = site.run(&[&["-C", "study"], *words, &["-o", &wrong]].concat());
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
        assert!(ran.err.contains("cannot be written as") && ran.err.contains("csv"), "{}", ran.err);
        assert!(!site.path(&wrong).exists());
    }
    assert_eq!(site.run(&["-C", "study", "--json", "export", "codings", "-o", "told.csv"]).code, 0);
    assert!(fs::read_to_string(site.path("told.csv")).unwrap().starts_with("transcript,start"));
    let ran = site.run(&["-C", "study", "export", "quotes", "-o", "q.json"]);
    assert_eq!((ran.code, site.path("q.json").exists()), (2, false), "{}", ran.err);
}

#[test]
fn a_table_of_numbers_names_nobody_and_says_how_many_stand_behind_each() {
    let site = coded();
    assert_eq!(site.run(&["-C", "study", "table", "codes", "--out", "codes.xlsx"]).code, 0);
    let held = manifest(&site, "codes.xlsx");
    assert_eq!((&held["kind"], &held["holds"]), (&json!("table codes"), &json!(["counts"])));
    assert_eq!((&held["names"], &held["quotes"]), (&json!([]), &json!(0)));
    let below = held["cells_below"].as_array().unwrap();
    let of_code: Vec<_> = below
        .iter()
        .filter(|cell| cell["cell"].as_str().unwrap().starts_with("Too little time"))
        .map(|cell| (cell["cell"].as_str().unwrap().rsplit(": ").next().unwrap(), &cell["participants"]))
        .collect();
    let one = json!(1);
    assert_eq!(of_code, ["people", "codings", "barrier", "interviews"].map(|column| (column, &one)));
    assert_eq!(held["identifiers"]["done"], true);
}

#[test]
fn what_a_file_was_narrowed_to_stands_in_it_or_in_its_manifest() {
    let site = coded();
    let narrowed = ["--where", "group=public", "--where", "kind:interview"];
    for file in ["t.txt", "t.md", "t.tex", "t.svg", "t.csv", "t.json", "t.docx", "t.xlsx"] {
        let ran = site.run(&[&["-C", "study", "table", "components", "--out", file], &narrowed[..]].concat());
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
        assert_eq!(manifest(&site, file)["only"], "group=public, kind:interview", "{file}");
        let bytes = fs::read(site.path(file)).unwrap();
        let words = match file {
            "t.docx" => part(&bytes, "word/document.xml"),
            "t.xlsx" => words_of_book(&bytes),
            _ => String::from_utf8(bytes).unwrap(),
        };
        // Files for programs are data and nothing else.
        let is_data = matches!(file, "t.csv" | "t.json");
        assert_eq!(words.contains("only group=public, kind:interview"), !is_data, "{file}: {words}");
    }
    assert_eq!(site.run(&["-C", "study", "table", "components", "--out", "all.csv"]).code, 0);
    assert_eq!(manifest(&site, "all.csv")["only"], Value::Null);
    let matrix = ["-C", "study", "matrix", "--columns", "codes", "--only", "group:public", "-o", "m.md"];
    assert_eq!(site.run(&matrix).code, 0);
    assert_eq!(manifest(&site, "m.md")["only"], "group:public");
    assert!(fs::read_to_string(site.path("m.md")).unwrap().contains("only group:public"));
}

#[test]
fn what_headings_say_is_a_column_of_a_sheet_and_names_begin_with_a_letter() {
    let site = coded();
    for (table, section) in [
        ("themes", "Opportunity"),
        ("coverage", "Turns not read"),
        ("coreq", "Research team and reflexivity"),
    ] {
        for file in [format!("{table}.csv"), format!("{table}.xlsx")] {
            assert_eq!(site.run(&["-C", "study", "table", table, "-o", &file]).code, 0, "{file}");
            let bytes = fs::read(site.path(&file)).unwrap();
            let rows: Vec<Vec<String>> = match file.ends_with(".csv") {
                true => csv::ReaderBuilder::new()
                    .has_headers(false)
                    .from_reader(bytes.as_slice())
                    .records()
                    .map(|row| row.unwrap().iter().map(str::to_owned).collect())
                    .collect(),
                false => sheet(&bytes),
            };
            let head = rows.iter().position(|row| row[0] == "Section").unwrap();
            assert_eq!(head, 0, "{file}");
            assert_eq!(rows[1][0], section, "{file}");
            for row in &rows[1..] {
                let filled = row.iter().filter(|cell| !cell.is_empty()).count();
                assert!(filled > 2 && !row[1].starts_with(char::is_whitespace), "{file}: {row:?}");
            }
        }
    }
}

#[test]
fn a_matrix_says_whether_it_holds_summaries_and_whose_cases() {
    let site = coded();
    let of = |file: &str, more: &[&str]| {
        let arguments = ["-C", "study", "matrix", "--columns", "codes", "--rows", "participants", "-o", file];
        assert_eq!(site.run(&[&arguments, more].concat()).code, 0, "{file}");
        manifest(&site, file)
    };
    let states = of("states.csv", &[]);
    assert_eq!((&states["kind"], &states["holds"]), (&json!("matrix"), &json!(["counts"])));
    assert_eq!(states["participants"], 2);
    assert_eq!(states["names"], json!(["P01", "P02"]), "its rows are people by name");
    assert_eq!(of("summaries.xlsx", &["--summaries"])["holds"], json!(["memos"]));
    let grouped = of("grouped.md", &["--group", "group"]);
    assert_eq!(grouped["names"], json!(["P01", "P02"]), "who has which value is told of somebody");
    // Neither the file nor its manifest is written over unasked.
    let again = site.run(&["-C", "study", "matrix", "--columns", "codes", "-o", "states.csv"]);
    assert_eq!(again.code, 3, "{}", again.err);
}

/// Participants by cell.
fn cells(held: &Value) -> Vec<(&str, u64)> {
    let cells = held["cells"].as_array().unwrap().iter();
    cells.map(|cell| (cell["cell"].as_str().unwrap(), cell["participants"].as_u64().unwrap())).collect()
}

#[test]
fn whole_transcripts_count_in_cells_only_whose_words_they_hold() {
    // Dana refuses, Omar is hidden, Rhian withdrew; all of them, and Tom, are of the public.
    let site = consent::study();
    assert_eq!(site.run(&["-C", "study", "export", "transcript", "FG1", "-o", "FG1.docx"]).code, 0);
    assert_eq!(site.run(&["-C", "study", "export", "archive", "bundle"]).code, 0);
    for file in ["FG1.docx", "bundle"] {
        let held = manifest(&site, file);
        assert_eq!((&held["participants"], &held["names"]), (&json!(1), &json!(["P04"])), "{file}");
        assert_eq!(cells(&held), [("group=public", 1)], "{file}");
    }
}

#[test]
fn a_list_of_people_names_those_in_it() {
    let site = consent::study();
    assert_eq!(site.run(&["-C", "study", "export", "participants", "-o", "people.csv"]).code, 0);
    let (rows, held) = (fs::read_to_string(site.path("people.csv")).unwrap(), manifest(&site, "people.csv"));
    // Omar is hidden, Rhian withdrew.
    assert!(!rows.contains("P02") && !rows.contains("P03"), "{rows}");
    assert_eq!(held["names"], json!(["P01", "P04"]));
    assert_eq!(cells(&held), [("group=public", 2)]);
    let study = site.store().load().unwrap().0;
    let hidden = study.participant_named("P02").unwrap().id;
    let export = study.exports().iter().find(|export| export.file == "people.csv").unwrap();
    assert!(export.participants.len() == 2 && !export.participants.contains(&hidden));
    assert_eq!(site.run(&["-C", "study", "export", "sessions", "-o", "sessions.csv"]).code, 0);
    assert_eq!(manifest(&site, "sessions.csv")["transcripts"], json!(["FG1", "I1", "I2", "I3", "I4"]));
}

#[test]
fn what_no_row_has_is_neither_in_the_manifest_nor_left_out() {
    let site = coded();
    // Omar's quote stays without its coding, so that the file has no row of it.
    let undone = |site: &Site| {
        let mut store = site.store();
        let (mut study, _) = store.load().unwrap();
        let kim = study.coder_named("kim").unwrap().clone();
        let code = study.code_named("Checklists").unwrap().id;
        let changes = study.codings_with(code).cloned().map(Change::delete).collect();
        let step = Step { changes, ..Step::default() };
        store.commit(&study.act(&kim, step, &Ticking::of_process(9)).unwrap(), &[]).unwrap();
    };
    undone(&site);
    assert_eq!(site.store().load().unwrap().0.quotes().len(), 2);
    let export = || site.run(&["-C", "study", "export", "codings", "-o", "codings.csv", "--force"]);
    assert_eq!(export().code, 0);
    let held = manifest(&site, "codings.csv");
    assert_eq!((&held["quotes"], &held["names"]), (&json!(1), &json!(["P01"])));
    assert_eq!((&held["transcripts"], cells(&held)), (&json!(["I1"]), vec![("group=public", 1)]));
    site.write("participants.csv", "participant_id,session_id,speaker_label,consent_quote\nP02,I2,Omar,no\n");
    site.in_study(&["import", "participants.csv"]);
    let ran = export();
    assert!(ran.code == 0 && !ran.err.contains("left out"), "{}", ran.err);
}

#[test]
fn whatever_has_figures_says_how_many_stand_behind_them() {
    let site = coded();
    let export = |what: &[&str], file: &str| {
        let ran = site.run(&[&["-C", "study"], what, &["-o", file]].concat());
        assert!(ran.code == 0 && ran.err.contains("small cell"), "{file}: {}", ran.err);
        manifest(&site, file)
    };
    let codebook = export(&["export", "codebook"], "codebook.docx");
    assert_eq!(codebook["holds"], json!(["counts", "codebook"]));
    assert_eq!(cells(&codebook), [("Too little time", 1), ("Checklists", 1)]);
    let review = export(&["export", "review"], "review.xlsx");
    assert_eq!(review["holds"], json!(["counts", "verbatim_quotes", "codebook"]));
    let of_rows = [("code Too little time", 1), ("code Checklists", 1), ("theme Time to talk", 2)];
    assert!(cells(&review).ends_with(&of_rows), "{review}");
    let report = export(&["export", "report"], "report.html");
    let of_bars: Vec<u64> = cells(&report)
        .into_iter()
        .filter(|(cell, _)| cell.ends_with(": barriers") || cell.ends_with(": facilitators"))
        .map(|(_, people)| people)
        .collect();
    assert_eq!(
        of_bars.iter().sum::<u64>(),
        2,
        "a barrier of the public, a facilitator of clinicians: {report}"
    );
    assert!(cells(&report).contains(&("Time to talk: people quoted", 2)), "{report}");
    let matrix = export(&["matrix", "--columns", "codes", "--rows", "participants"], "matrix.csv");
    assert_eq!(cells(&matrix), [("P01, Too little time", 1), ("P02, Checklists", 1)]);
}

#[test]
fn an_archive_replaces_an_archive_as_a_whole_and_nothing_else() {
    let site = coded();
    assert_eq!(site.run(&["-C", "study", "export", "archive", "bundle"]).code, 0);
    site.write("bundle/transcripts/I9.txt", "of last year");
    let again = ["-C", "study", "export", "archive", "bundle/", "--force"];
    // What the manifest does not list is somebody's, until there is none to say so.
    let ran = site.run(&again);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("“transcripts/I9.txt”, which is of no archive"), "{}", ran.err);
    fs::remove_file(site.path("bundle.manifest.json")).unwrap();
    fs::create_dir(site.path("bundle/transcripts/sub")).unwrap();
    site.write("bundle/transcripts/sub/notes.txt", "mine");
    assert!(site.run(&again).err.contains("“transcripts/sub/notes.txt”"));
    fs::remove_dir_all(site.path("bundle/transcripts/sub")).unwrap();
    assert_eq!(site.run(&again).code, 0);
    assert!(!site.path("bundle/transcripts/I9.txt").exists() && site.path("bundle/README.txt").is_file());
    assert_eq!(hidden_in(&site), Vec::<String>::new(), "no folder stays beside it");
    // A folder with anything else in it is somebody's.
    site.write("bundle/thesis.docx", "three years of work");
    let ran = site.run(&again);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("“thesis.docx”, which is of no archive"), "{}", ran.err);
    assert_eq!(fs::read_to_string(site.path("bundle/thesis.docx")).unwrap(), "three years of work");
}

/// Names beside the study that begin with a dot: what an unfinished export would leave.
fn hidden_in(site: &Site) -> Vec<String> {
    let names = fs::read_dir(site.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).filter(|name| name.starts_with('.')).collect()
}

/// A study whose one transcript, and one quote of it, are far longer than 64 KiB.
fn long() -> Site {
    let site = Site::with_turns(4_000);
    let text = fs::read_to_string(site.path("L1.txt")).unwrap();
    let (start, end) = (text.find("What came").unwrap(), text.rfind("for a letter").unwrap());
    assert!(text.is_ascii() && end - start > 100 * 1024);
    site.in_study(&["code", "L1", &start.to_string(), &end.to_string(), "All of it", "--new"]);
    fs::create_dir(site.path("out")).unwrap();
    site
}

/// The program where the folder `out` is a disk of 64 KiB; then, on stdout, the names of what is on it. `None` where this
/// machine lets nobody make one.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn on_a_small_disk(site: &Site, arguments: &[&str]) -> Option<(i32, String, String)> {
    let on_disk = |script: &str, arguments: &[&str]| {
        let combe = site.command(&[]);
        let mut unshare = Command::new("unshare");
        unshare.args([
            "-rm",
            "sh",
            "-c",
            &format!("mount -t tmpfs -o size=64k tmpfs out || exit 99; {script}"),
        ]);
        unshare.arg(combe.get_program()).args(arguments).current_dir(site.path(""));
        unshare.envs(combe.get_envs().filter_map(|(name, value)| Some((name, value?))));
        unshare.output().ok()
    };
    if !on_disk("true", &[]).is_some_and(|ended| ended.status.success()) {
        eprintln!("SKIPPED: no small disk can be mounted here (unshare -rm, mount -t tmpfs)");
        return None;
    }
    let ended = on_disk("\"$0\" \"$@\"; code=$?; ls -A out; exit $code", arguments)?;
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Some((ended.status.code().unwrap(), text(ended.stdout), text(ended.stderr)))
}

#[test]
fn a_disk_that_gets_full_keeps_nothing_of_an_export() {
    let site = long();
    let before = site.actions();
    for arguments in [
        &["-C", "study", "export", "codings", "-o", "out/codings.csv"][..],
        &["-C", "study", "export", "archive", "out/bundle"],
    ] {
        let Some((code, left, err)) = on_a_small_disk(&site, arguments) else { return };
        assert_eq!((code, left.as_str()), (3, ""), "{arguments:?}: {err}");
        let sentence = err.lines().last().unwrap();
        assert!(sentence.contains("full; nothing was written") && !err.contains("panicked"), "{err}");
        assert_eq!(site.actions(), before, "what did not leave is in no history");
    }
    assert_eq!(site.run(&["-C", "study", "export", "codings", "-o", "out/codings.csv"]).code, 0);
}

#[test]
fn what_was_there_before_stays_where_there_is_no_room_for_the_new() {
    let site = long();
    assert_eq!(site.run(&["-C", "study", "export", "sessions", "-o", "out/a.csv"]).code, 0);
    let read = || ["out/a.csv", "out/a.csv.manifest.json"].map(|name| fs::read(site.path(name)).unwrap());
    let (before, actions) = (read(), site.actions());
    let arguments = ["-C", "study", "export", "codings", "-o", "out/a.csv", "--force"];
    let (code, err) = on_a_full_disk(&site, 100, &arguments);
    assert_eq!(code, Some(3), "{err}");
    assert!(err.contains("full; nothing was written"), "{err}");
    assert_eq!((read(), site.actions()), (before, actions));
    assert_eq!(fs::read_dir(site.path("out")).unwrap().count(), 2, "no temporary file is left");
}

#[test]
fn a_drafts_words_are_no_json() {
    let site = coded();
    let ran = site.run(&["-C", "study", "--json", "quotes", "--format", "md"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("leave one of them out"), "{}", ran.err);
    assert_eq!(site.json(&["quotes", "--format", "text"]).len(), 2);
    let plain = |word: &str| site.in_study(&["quotes", "--format", word]).out;
    assert_eq!(plain("plain"), plain("text"), "as `combe pick` calls it");
    assert!(site.in_study(&["quotes", "--format", "md"]).out.ends_with(" -->\n"), "the last line is ended");
}

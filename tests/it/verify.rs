//! `combe verify`: the paper's Results against the sample study, planted errors, formats, and drafts that nobody should
//! write.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use combe::analysis::Attribution;
use combe::analysis::verification::{
    Check, Descriptors, Report, SpokenWords, Status, Wanted, find_quotations, verify,
};
use combe::document::read_draft;
use combe::study::{Change, Usage};
use serde_json::{Value, json};

use crate::document::make;
use crate::e2e::Site;
use crate::fixture::{Ticking, action};
use crate::sample::{SAMPLE, rows};

/// The words of the sample study, as the command gathers them.
fn spoken() -> SpokenWords {
    let mut spoken = SpokenWords::new();
    let mut analyser = SpokenWords::analyser();
    for transcript in SAMPLE.study.transcripts_by_name() {
        let turns = SAMPLE.study.turns(transcript.id).unwrap().clone();
        let text = SAMPLE.texts[&transcript.revision].clone();
        spoken.add(transcript.id, transcript.revision, text, turns, &mut analyser);
    }
    spoken
}

fn report(spoken: &SpokenWords, name: &str, draft: &[u8]) -> Report {
    let study = &SAMPLE.study;
    let descriptors = Descriptors::of(study, &Attribution::of(study).unwrap()).unwrap();
    let draft = read_draft(name, draft).unwrap();
    verify(find_quotations(&draft), spoken, study, &descriptors, Wanted { min_words: 3, k: 5 })
}

/// Transcript and participants of a place that was found.
fn whose(check: &Check) -> (String, String) {
    let study = &SAMPLE.study;
    let transcript = check.place.as_ref().map(|place| study.transcripts().get(&place.transcript).unwrap());
    let names = check.participants.iter().map(|id| study.participants().get(id).unwrap().name.as_str());
    (transcript.map_or_else(String::new, |held| held.name.clone()), names.collect::<Vec<_>>().join(" "))
}

/// A Results section: each quotation with what stands behind it.
fn results<'q>(quotations: impl IntoIterator<Item = (&'q str, &'q str)>) -> String {
    let mut draft = String::from("# Results\n\nThe clinicians' and the public's views differed.\n\n");
    for (quote, descriptor) in quotations {
        let behind = if descriptor.is_empty() { String::new() } else { format!(" ({descriptor})") };
        writeln!(draft, "Some of the participants' words were of another kind: “{quote}”{behind}. Others weren't so sure.\n").unwrap();
    }
    draft
}

#[test]
fn the_published_quotations_are_found_in_their_speakers_mouths() {
    let quotations = rows(&["tests", "data", "quotations.csv"]);
    assert_eq!(quotations.len(), 26);
    let spoken = spoken();
    for style in ["as_printed", "attribution"] {
        let draft = results(quotations.iter().map(|row| (row["quote"].as_str(), row[style].as_str())));
        let report = report(&spoken, "results.md", draft.as_bytes());
        assert_eq!(report.checks.len(), 26);
        for (check, row) in report.checks.iter().zip(&quotations) {
            assert!(check.status.is_found(), "{}: {:?}", row["transcript"], check.detail);
            assert_eq!(whose(check), (row["transcript"].clone(), row["participant"].clone()));
            assert_eq!(check.attribution_ok, Some(true), "{}: {}", row["participant"], row[style]);
        }
        assert!(report.is_right());
        assert_eq!(report.silent_groups, [""; 0]);
    }
}

/// The paper's own table of quotations, which is no part of the package.
#[test]
fn the_papers_results_verify_with_26_found() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = package.join("../shared/study/quotes.csv");
    let Ok(mut reader) = csv::Reader::from_path(&table) else {
        eprintln!("SKIPPED: {} is not there", table.display());
        return;
    };
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (quote, descriptor) = (column("quote"), column("descriptor_as_printed"));
    let (person, session) = (column("participant_id"), column("session_id"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 27);
    let draft = results(rows.iter().map(|row| (&row[quote], &row[descriptor])));
    let report = report(&spoken(), "results.md", draft.as_bytes());
    assert_eq!(report.checks.len(), 26);
    for (check, row) in report.checks.iter().zip(rows.iter().filter(|row| !row[person].is_empty())) {
        assert!(check.is_right(), "{:?}", check.detail);
        assert_eq!(whose(check), (row[session].to_owned(), row[person].to_owned()));
        assert_eq!(check.attribution_ok, Some(true));
    }
    // “buzzword.” is in no transcript, and is too short to count.
    assert_eq!(report.skipped.len(), 1);
    assert_eq!(report.skipped[0].status, Status::NotFound);
}

#[test]
fn every_planted_error_is_reported() {
    let quotations = rows(&["tests", "data", "quotations.csv"]);
    let spoken = spoken();
    // A word changed in each; then each given to the next one of another descriptor.
    let changed: Vec<String> = quotations
        .iter()
        .map(|row| {
            let words: Vec<&str> = row["quote"].split(' ').collect();
            let at = words.len() / 2
                + words[words.len() / 2..].iter().position(|word| word.len() > 3).unwrap_or(0);
            let mut words = words;
            words[at] = "umbrella";
            words.join(" ")
        })
        .collect();
    let draft = results(
        changed.iter().zip(&quotations).map(|(quote, row)| (quote.as_str(), row["as_printed"].as_str())),
    );
    let report_changed = report(&spoken, "results.md", draft.as_bytes());
    assert_eq!(report_changed.checks.len(), 26);
    for (check, row) in report_changed.checks.iter().zip(&quotations) {
        assert_eq!(check.status, Status::Differs, "{}", row["quote"]);
        assert_eq!(whose(check).0, row["transcript"]);
        let said = check.detail.join(" ");
        assert!(said.contains("umbrella"), "{said}");
    }
    let swapped: Vec<&str> = quotations
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let others = quotations.iter().cycle().skip(number);
            let mut other = others.filter(|other| other["attribution"] != row["attribution"]);
            other.next().unwrap()["attribution"].as_str()
        })
        .collect();
    let draft = results(quotations.iter().zip(&swapped).map(|(row, who)| (row["quote"].as_str(), *who)));
    let report_swapped = report(&spoken, "results.md", draft.as_bytes());
    for (check, row) in report_swapped.checks.iter().zip(&quotations) {
        assert_eq!(check.attribution_ok, Some(false), "{} as {:?}", row["attribution"], check.attribution);
    }
    let invented = "We painted every ambulance purple because the accountants wanted cheerful vehicles";
    let report_invented =
        report(&spoken, "results.md", results([(invented, "parent of young children")]).as_bytes());
    assert_eq!(report_invented.checks[0].status, Status::NotFound);
    assert!(!report_invented.is_right());
}

/// P088 says it, in I43.
const HIS: &str = "With him, everything. With that generation";

#[test]
fn a_swapped_attribution_is_seen_behind_a_verb_or_a_remark_too() {
    let spoken = spoken();
    for behind in [
        ",\u{201d} she said (P131).",
        "\u{201d} said one paramedic (P131).",
        "\u{201d} [translation] (P131).",
        "\u{201d} (emphasis added) (P131).",
    ] {
        for (named, right) in [("P131", false), ("P088", true)] {
            let draft = format!("One said: \u{201c}{HIS}{}\n", behind.replace("P131", named));
            let report = report(&spoken, "d.md", draft.as_bytes());
            let check = &report.checks[0];
            assert_eq!(check.status, Status::Exact, "{draft}");
            assert_eq!(check.attribution_ok, Some(right), "{draft}: {:?}", check.detail);
        }
    }
    let csquotes = format!("\\begin{{document}}\\textquote[P131]{{{HIS}.}}\\end{{document}}");
    assert_eq!(report(&spoken, "d.tex", csquotes.as_bytes()).checks[0].attribution_ok, Some(false));
    // Who is mentioned behind it and says nothing is not judged.
    let beside = format!("One said: \u{201c}{HIS}\u{201d}, while the nurse (P131) waited.\n");
    assert_eq!(report(&spoken, "d.md", beside.as_bytes()).checks[0].attribution_ok, None);
}

#[test]
fn a_short_invention_is_reported_where_somebody_is_named_behind_it() {
    let report = report(&spoken(), "d.md", "They “hate doctors” (P088). It is a “buzzword”.\n".as_bytes());
    assert_eq!(report.checks.len(), 1);
    assert_ne!(report.checks[0].status, Status::Exact);
    assert!(!report.is_right());
    assert_eq!(report.skipped.len(), 1, "nobody is named behind the other");
}

#[test]
fn ten_thousand_quotations_do_not_take_minutes() {
    let quotations = rows(&["tests", "data", "quotations.csv"]);
    let mut draft = String::new();
    for number in 0..10_000 {
        let quote = &quotations[number % quotations.len()]["quote"];
        // Some are changed, so that the passage nearest to them is looked for.
        let quote = if number % 25 == 0 { format!("umbrella {quote}") } else { quote.clone() };
        writeln!(draft, "“{quote}” (GP).\n").unwrap();
    }
    let spoken = spoken();
    let start = Instant::now();
    let report = report(&spoken, "draft.md", draft.as_bytes());
    assert_eq!(report.checks.len(), 10_000);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

const GOOD: &str = "“I never have enough of it” (I1). “The letters come late, naïve as that sounds.”\n";

#[test]
fn the_command_answers_in_lines_and_by_its_exit_code() {
    let site = Site::new();
    site.write("draft.md", GOOD);
    let lines = site.in_study(&["--json", "verify", "draft.md"]).lines();
    assert_eq!(
        lines[0],
        json!({
            "quotation": "I never have enough of it", "status": "exact", "transcript": "I1", "turn": 2,
            "participant": "I1", "attribution": "I1", "attribution_ok": true, "detail": null,
            "line": 1, "place": "line 1",
        })
    );
    assert_eq!((&lines[1]["attribution"], &lines[1]["attribution_ok"]), (&Value::Null, &Value::Null));
    site.write("bad.md", "“I never had enough of it” (I2).");
    let bad = site.run(&["-C", "study", "--json", "verify", "bad.md"]);
    assert_eq!(bad.code, 1);
    let line = &bad.lines()[0];
    assert_eq!((&line["status"], &line["attribution_ok"]), (&json!("differs"), &json!(false)));
    assert_eq!(
        line["detail"],
        "“had” where “have” was said; I1 says what is most like it; the attribution fits I2"
    );
    // A mark without its partner leaves something unchecked.
    site.write("open.md", "He said “I never have enough of it, and went.");
    let open = site.run(&["-C", "study", "verify", "open.md"]);
    assert_eq!(open.code, 1);
    assert!(open.out.contains("line 1: a quotation mark opens here"), "{}", open.out);
    let missing = site.run(&["-C", "study", "verify", "none.md"]);
    assert_eq!(missing.code, 3);
}

#[test]
fn quotes_in_the_draft_are_marked_as_used_by_one_action_that_can_be_undone() {
    let site = Site::new();
    site.in_study(&["code", "I1", "159", "203", "Late letters", "--new"]);
    fs::create_dir(site.path("d")).unwrap();
    site.write("d/draft.md", GOOD);
    let usages = || site.store().load().unwrap().0.usages().len();
    site.in_study(&["verify", "d/draft.md", "--no-mark"]);
    assert_eq!(usages(), 0);
    let before = site.actions();
    let marked = site.in_study(&["verify", "d/draft.md"]).out;
    let says =
        "d/draft.md: marked 1 quote as used in this draft; `u` in Combe, or `combe undo`, takes it back.\n";
    assert!(marked.ends_with(says), "{marked}");
    assert!(!site.in_study(&["verify", "d/draft.md"]).out.contains("marked"), "nothing changed");
    assert_eq!((usages(), site.actions()), (1, before + 1), "the second time nothing is new");
    site.in_study(&["undo"]);
    assert_eq!(usages(), 0);
    site.in_study(&["verify", "d/draft.md"]);
    site.write("d/draft.md", "“I never have enough of it”");
    let marked = site.in_study(&["verify", "d/draft.md"]).out;
    assert_eq!(usages(), 0, "it left the draft");
    assert!(marked.contains("d/draft.md: took the mark from 1 quote no longer in it;"), "{marked}");
    site.assert_sound();
}

#[test]
fn drafts_of_one_name_are_told_apart_by_their_folder_wherever_they_are_verified_from() {
    let site = Site::new();
    site.in_study(&["code", "I1", "159", "203", "Late letters", "--new"]);
    site.in_study(&["code", "I2", "36", "63", "Lists", "--new"]);
    for folder in ["d", "d2"] {
        fs::create_dir(site.path(folder)).unwrap();
    }
    site.write("d/paper.md", GOOD);
    site.write("d2/paper.md", "“A checklist on paper helps” (I2).\n");
    let usages = || -> Vec<(String, String)> {
        let (study, _) = site.store().load().unwrap();
        let text = |id| study.quotes().get(id).unwrap().text.clone();
        study.usages().iter().map(|usage| (usage.draft.clone(), text(&usage.quote))).collect()
    };
    // A mark of an earlier version, which knew the file alone.
    let mut store = site.store();
    let (study, _) = store.load().unwrap();
    let kim = study.coder_named("kim").unwrap().id;
    let letters = study.quotes().iter().find(|quote| quote.text.contains("letters")).unwrap();
    let mark = Usage { quote: letters.id, draft: "paper.md".into() };
    let marked = action(&Ticking::of_process(5), kim, "verify", vec![Change::create(mark)]);
    store.commit(&marked, &[]).unwrap();
    drop(store);

    let first = site.in_study(&["verify", "d/paper.md"]).out;
    let known = "d/paper.md: now known by its folder, uses 1 quote as before; `u` in Combe";
    assert!(first.contains(known), "{first}");
    let letters = ("d/paper.md".to_owned(), "The letters come late, naïve as that sounds.".to_owned());
    assert_eq!(usages(), std::slice::from_ref(&letters));
    let second = site.in_study(&["verify", "d2/paper.md"]).out;
    assert!(second.contains("d2/paper.md: marked 1 quote"), "{second}");
    let lists = ("d2/paper.md".to_owned(), "A checklist on paper helps.".to_owned());
    assert_eq!(usages(), [letters, lists], "neither takes the other's marks away");
    let log = site.json(&["log"]);
    assert_eq!(log.last().unwrap()["label"], "Verify d2/paper.md: it uses 1 quote");

    let before = site.actions();
    let elsewhere = |folder: &str, draft: &str| {
        let mut command = site.command(&["-C", "../study", "verify", draft]);
        command.current_dir(site.path(folder));
        assert_eq!(assert_cmd::Command::from_std(command).output().unwrap().status.code(), Some(0));
    };
    elsewhere("d", "paper.md");
    std::os::unix::fs::symlink(site.path("d"), site.path("link")).unwrap();
    elsewhere("d2", "../link/paper.md");
    assert_eq!(site.actions(), before, "it is the same draft from wherever");
    let mut used = site.json(&["quotes", "used_in:d2/paper.md"]);
    used.retain(|line| line["used"] == true);
    assert_eq!((used.len(), &used[0]["text"]), (1, &json!("A checklist on paper helps.")));
    assert_eq!(site.json(&["quotes", "is:used"]).len(), 2);
    assert_eq!(site.run(&["-C", "study", "quotes", "is:unused"]).code, 1);
    site.assert_sound();
}

#[test]
fn drafts_of_every_format_are_read() {
    let site = Site::new();
    let body = [
        make::paragraph("He said “I never have enough of it” (I1)."),
        "<w:p><w:r><w:t>She “never</w:t></w:r><w:del><w:r><w:delText> ever</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space=\"preserve\"> have enough</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> of it”</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:pPr><w:pStyle w:val=\"Quote\"/></w:pPr><w:r><w:t>A checklist on paper helps. (I2)</w:t></w:r></w:p>".to_owned(),
    ];
    site.write("a.docx", make::docx(&body.concat()));
    site.write("a.odt", make::odt("", "<text:p>He said “I never have enough of it” (I1).</text:p><text:p>“never have enough of it”</text:p><text:p text:style-name=\"Quotations\">A checklist on paper helps. (I2)</text:p>"));
    site.write("a.tex", "\\begin{document}He said ``I never have enough of it'' (I1). % ``no such words here''\n\\enquote{never have enough of it}\n\\begin{quote}A checklist on paper helps. (I2)\\end{quote}\\end{document}");
    site.write("a.html", "<p>He said <q>I never have enough of it</q> (I1).<p>&ldquo;never have enough of it&rdquo;<blockquote>A checklist on paper helps. (I2)</blockquote>");
    site.write("a.txt", "He said 'I never have enough of it' (I1).\n\n\"never have enough of it\"\n\n> A checklist on paper helps. (I2)\n");
    for name in ["a.docx", "a.odt", "a.tex", "a.html", "a.txt"] {
        let ran = site.run(&["-C", "study", "--json", "verify", name]);
        assert_eq!(ran.code, 0, "{name}: {}{}", ran.out, ran.err);
        let lines = ran.lines();
        let said: Vec<_> =
            lines.iter().map(|line| (line["status"].as_str().unwrap(), &line["attribution_ok"])).collect();
        assert_eq!(
            said,
            [("exact", &json!(true)), ("exact", &json!(null)), ("exact", &json!(true))],
            "{name}"
        );
    }
}

#[test]
fn a_broken_draft_is_refused_with_a_sentence() {
    let site = Site::new();
    let whole = make::docx(&make::paragraph("“I never have enough of it”"));
    site.write("cut.docx", &whole[..whole.len() / 2]);
    site.write("empty.md", "");
    site.write("a.pdf", "%PDF-1.4");
    for name in ["cut.docx", "empty.md", "a.pdf"] {
        let ran = site.run(&["-C", "study", "verify", name]);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{name}");
        assert!(ran.err.starts_with(&format!("combe: {name}: ")), "{}", ran.err);
    }
}

#[test]
fn a_file_that_leaves_has_a_manifest_and_is_in_the_history() {
    let site = Site::new();
    site.in_study(&["code", "I1", "159", "203", "Late letters", "--new"]);
    site.in_study(&["export", "codings", "-o", "codings.csv"]);
    let read = |name: &str| fs::read(site.path(name)).unwrap();
    let manifest: Value = serde_json::from_slice(&read("codings.csv.manifest.json")).unwrap();
    let file = &manifest["files"][0];
    assert_eq!((&file["name"], &file["bytes"]), (&json!("codings.csv"), &json!(read("codings.csv").len())));
    assert_eq!(file["sha256"], combe::document::sha256(&read("codings.csv")));
    assert_eq!((&manifest["holds"], &manifest["quotes"]), (&json!(["verbatim_quotes"]), &json!(1)));
    assert_eq!(manifest["identifiers"]["done"], true);
    let log = site.json(&["log"]);
    let (export, before) = (&log[log.len() - 1], &log[log.len() - 2]);
    assert_eq!(export["command"], "export");
    assert_eq!(manifest["history_head"]["hash"], before["hash"]);
    let held = site.store().load().unwrap().0;
    let exports: Vec<_> = held.exports().iter().collect();
    assert_eq!((exports.len(), exports[0].participants.len()), (1, 1));
    assert_eq!(exports[0].sha256, file["sha256"]);
    // Nothing is written over unasked, not even a manifest that lost its file.
    let again = site.run(&["-C", "study", "export", "codings", "-o", "codings.csv"]);
    assert_eq!(again.code, 3);
    fs::remove_file(site.path("codings.csv")).unwrap();
    let orphan = site.run(&["-C", "study", "export", "codings", "-o", "codings.csv"]);
    assert_eq!(orphan.code, 3);
    assert!(orphan.err.contains("codings.csv.manifest.json: it is there already"), "{}", orphan.err);
    assert!(!site.path("codings.csv").exists());
    site.run(&["-C", "study", "export", "codings", "-o", "codings.csv", "--force"]);
    assert!(site.path("codings.csv").exists());
    site.assert_sound();
}

#[test]
fn where_nothing_can_be_written_nothing_is_left() {
    let site = Site::new();
    fs::create_dir(site.path("out")).unwrap();
    // The manifest cannot be written, so that the file is not either.
    fs::create_dir(site.path("out/codebook.toml.manifest.json")).unwrap();
    let before = site.actions();
    let ran = site.run(&["-C", "study", "export", "codebook", "-o", "out/codebook.toml", "--force"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    let left: Vec<_> =
        fs::read_dir(site.path("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["codebook.toml.manifest.json"]);
    assert_eq!(site.actions(), before);
}

#[test]
fn quotations_of_several_speakers_are_found_as_combe_writes_them() {
    let site = crate::hide::group();
    site.write(
        "participants.csv",
        "participant_id,session_id,speaker_label,group\nP01,FG1,Anna,public\nP02,FG1,Bert,public\n",
    );
    site.in_study(&["import", "participants.csv"]);
    for settings in ["", "participant_number = false\n"] {
        site.write(
            "study/study.toml",
            format!("name = \"Group\"\ncompare = \"group\"\n[attribution]\n{settings}"),
        );
        for file in ["q.md", "q.tex", "q.docx", "r.html"] {
            let ran = match file {
                "r.html" => site.run(&["-C", "study", "export", "report", "--force", "-o", file]),
                _ => site.run(&["-C", "study", "export", "quotes", "--by", "code", "--force", "-o", file]),
            };
            assert_eq!(ran.code, 0, "{}", ran.err);
            let ran = site.run(&["-C", "study", "--json", "verify", "--no-mark", file]);
            let lines = ran.lines();
            assert_eq!(lines.len(), 4, "{file}: {}", ran.out);
            for line in &lines {
                assert_eq!(line["status"], "exact", "{settings}{file}: {line}");
                assert_eq!(line["attribution_ok"], true, "{settings}{file}: {line}");
            }
            let both = lines.iter().filter(|line| line["participant"].as_str().unwrap().contains("; "));
            assert_eq!(both.count(), 2, "{file}: {}", ran.out);
            assert_eq!(ran.code, 0, "{file}: {}{}", ran.out, ran.err);
        }
    }
}

/// Words that a house style must write with marks inside marks, with half of a pair, with apostrophes and with brackets.
const QUOTING: &str = "Interviewer: What happened?\n\n\
Dana: She said, “The lamp’s out,” and he said, “Go [pause] home now.” So I didn’t go to the nurses’ room.\n\n\
Interviewer: And then?\n\n\
Dana: ‘Is it raining?’ he says. “Well, what do you expect?”\n";

#[test]
fn what_combe_writes_verifies_in_every_house_style() {
    let site = Site::new();
    site.write("Q1.txt", QUOTING);
    site.in_study(&["import", "Q1.txt"]);
    for (number, words) in [
        "She said, “The lamp’s out,” and he said, “Go [pause] home now.” So I didn’t go to the nurses’ room.",
        "out,” and he said, “Go [pause] home",
        "and he said, “Go [pause] home now.”",
        "‘Is it raining?’ he says.",
        "“Well, what do you expect?”",
        "nurses’ room.\n\nInterviewer: And then?\n\nDana: ‘Is it raining?’ he says.",
    ]
    .into_iter()
    .enumerate()
    {
        let start = QUOTING[..QUOTING.find(words).unwrap()].chars().count();
        let end = start + words.chars().count();
        site.in_study(&[
            "code",
            "Q1",
            &start.to_string(),
            &end.to_string(),
            &format!("Code {number}"),
            "--new",
        ]);
    }
    for style in [
        "",
        "marks = \"single\"",
        "marks = \"single\"\nglyphs = \"straight\"",
        "brackets = \"round\"",
        "block_words = 4",
        "csquotes = true",
    ] {
        site.write("study/study.toml", format!("name = \"Ward\"\n[quotation]\n{style}\n"));
        for file in ["q.md", "q.tex", "q.txt", "q.docx", "r.html"] {
            let what = if file == "r.html" { "report" } else { "quotes" };
            let ran = site.run(&["-C", "study", "export", what, "--force", "-o", file]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            let ran = site.run(&["-C", "study", "--json", "verify", "--no-mark", "--min-words", "1", file]);
            let found: Vec<(Value, Value)> = ran
                .lines()
                .iter()
                .map(|line| (line["status"].clone(), line["attribution_ok"].clone()))
                .collect();
            assert_eq!(found, vec![(json!("exact"), json!(true)); 6], "{style} {file}: {}", ran.out);
            assert_eq!(ran.code, 0, "{style} {file}: {}", ran.err);
        }
    }
}

#[test]
fn words_of_somebody_hidden_are_told_wherever_they_stand() {
    let site = crate::hide::group();
    site.in_study(&["hide", "FG1 Anna"]);
    let said = "At home my husband keeps the purple notebook";
    for draft in [
        format!("“{said}” (FG1 Anna)."),
        format!("| Theme | Notes | Who |\n|---|---|---|\n| Time | {said} | FG1 Anna |\n"),
        format!("| Theme | Notes | Who |\n|---|---|---|\n| Time | {said} | nobody |\n"),
    ] {
        site.write("h.md", &draft);
        let ran = site.run(&["-C", "study", "verify", "--no-mark", "h.md"]);
        assert_eq!(ran.code, 1, "{draft}: {}", ran.out);
        assert!(ran.out.contains("is hidden in the study: take it out"), "{draft}: {}", ran.out);
    }
}

/// As journals set them: whoever said it in the cell beside, in brackets behind italics, in a comment.
#[test]
fn quotations_in_tables_and_italics_are_checked_and_comments_say_where_they_are_from() {
    let site = Site::new();
    let said = ["I never have enough of it", "The nurses did, in one afternoon"];
    let table = |a: &str, b: &str| {
        format!(
            "| Theme | Quote | Who |\n|---|---|---|\n| A theme of some length here | {} | {a} |\n| Another | {} | {b} |\n",
            said[0], said[1]
        )
    };
    let first = |a: &str, b: &str| {
        format!(
            "<table><tr><th>Who</th><th>Extract</th></tr><tr><td>{a}</td><td>“{}”</td></tr><tr><td>{b}</td><td>“{}”</td></tr></table>",
            said[0], said[1]
        )
    };
    let italics = |a: &str, b: &str| format!("Some said:\n\n*{}* ({a})\n\n*{}* ({b})\n", said[0], said[1]);
    for (name, draft) in [
        ("table.md", &table as &dyn Fn(&str, &str) -> String),
        ("first.html", &first),
        ("italics.md", &italics),
    ] {
        for (a, b, right) in [("I1", "I2", true), ("I2", "I1", false)] {
            site.write(name, draft(a, b));
            let ran = site.run(&["-C", "study", "--json", "verify", "--no-mark", name]);
            let found: Vec<(Value, Value)> = ran
                .lines()
                .iter()
                .map(|line| (line["status"].clone(), line["attribution_ok"].clone()))
                .collect();
            assert_eq!(found, vec![(json!("exact"), json!(right)); 2], "{name}: {}", ran.out);
        }
    }
    // Of words said more than once, where the comment says they were taken from.
    let twice = |turn: u8| format!("“never have enough” <!-- I1:{turn} -->");
    let at = |turn: u8| {
        site.write("c.md", twice(turn));
        let lines = site.run(&["-C", "study", "--json", "verify", "--no-mark", "c.md"]).lines();
        lines[0]["turn"].clone()
    };
    assert_eq!(at(2), json!(2));
}

/// In running text, in lines or in paragraphs, whichever way a coauthor pasted it.
#[test]
fn words_of_several_speakers_are_one_quotation_in_running_text_too() {
    let site = crate::hide::group();
    site.write(
        "participants.csv",
        "participant_id,session_id,speaker_label,group\nP01,FG1,Anna,public\nP02,FG1,Bert,clinician\n",
    );
    site.in_study(&["import", "participants.csv"]);
    let said = [
        "Speaker 1: “the purple notebook by the kettle.”",
        "Speaker 2: “I always ring the desk at eight”",
        "(P01; P02)",
    ];
    let one = format!("Two of them disagreed. {}. Nobody else did.", said.join(" "));
    let paragraphs = |before: &str, after: &str| -> String {
        said.iter().map(|line| format!("{before}{line}{after}")).collect()
    };
    let tex = |text: &str| text.replace('“', "``").replace('”', "''");
    let word = |text: &str| make::docx(&text.replace("\n", "<w:br/>"));
    let drafts: Vec<(&str, Vec<u8>)> = vec![
        ("one.md", one.clone().into()),
        ("lines.md", said.join("\n").into()),
        ("apart.md", said.join("\n\n").into()),
        ("one.tex", tex(&one).into()),
        ("lines.tex", tex(&said.join("\\\\\n")).into()),
        ("one.docx", word(&make::paragraph(&one))),
        ("apart.docx", word(&said.map(make::paragraph).concat())),
        ("one.odt", make::odt("", &format!("<text:p>{one}</text:p>"))),
        ("lines.odt", make::odt("", &format!("<text:p>{}</text:p>", said.join("<text:line-break/>")))),
        ("apart.odt", make::odt("", &paragraphs("<text:p>", "</text:p>"))),
        ("one.html", format!("<p>{one}</p>").into()),
        ("lines.html", format!("<p>{}</p>", said.join("<br>")).into()),
        ("apart.html", paragraphs("<p>", "</p>").into()),
    ];
    for (name, draft) in drafts {
        site.write(name, draft);
        let ran = site.run(&["-C", "study", "--json", "verify", "--no-mark", name]);
        let lines = ran.lines();
        assert_eq!(lines.len(), 1, "{name}: {}", ran.out);
        assert_eq!(
            (&lines[0]["status"], &lines[0]["participant"]),
            (&json!("exact"), &json!("P01; P02")),
            "{name}"
        );
        assert_eq!((&lines[0]["attribution_ok"], ran.code), (&json!(true), 0), "{name}: {}", ran.out);
    }
    // Two that were said apart are two, whatever stands before them.
    site.write("two.md", "Bert: “True.” Anna: “At home my husband keeps the purple notebook” (P01).");
    let two =
        site.run(&["-C", "study", "--json", "verify", "--no-mark", "--min-words", "1", "two.md"]).lines();
    assert_eq!(two.len(), 2);
    assert_eq!((&two[1]["status"], &two[1]["attribution_ok"]), (&json!("exact"), &json!(true)));
}

#[test]
fn notes_and_paragraphs_that_stand_in_are_checked_too() {
    let site = Site::new();
    let indented = |text: &str| {
        let ind = r#"<w:pPr><w:ind w:left="720"/></w:pPr>"#;
        format!(r#"<w:p>{ind}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
    };
    let reference = |kind: &str, id: u8| {
        format!(r#"<w:p><w:r><w:t>So they say.</w:t></w:r><w:r><w:{kind}Reference w:id="{id}"/></w:r></w:p>"#)
    };
    let body = [
        // The second note of the part is the first of the text.
        reference("footnote", 2),
        reference("footnote", 1),
        reference("endnote", 5),
        make::paragraph("One put it like this:"),
        indented("A checklist on paper helps."),
        make::paragraph("Nobody else did."),
        indented("The letters come late, naïve as that sounds. (I1)"),
        indented("This is the address of the hospital"),
    ];
    let note = |kind: &str, id: &str, text: &str| {
        let words = make::paragraph(text);
        format!(r#"<w:{kind} w:id="{id}">{words}</w:{kind}>"#)
    };
    let part = |kind: &str, notes: &[String]| {
        const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
        let line = format!(r#"<w:{kind} w:type="separator" w:id="0">{}</w:{kind}>"#, make::paragraph("---"));
        format!("<w:{kind}s {WORD}>{line}{}</w:{kind}s>", notes.concat())
    };
    let footnotes = [
        note("footnote", "1", "He said “I never had enough of it” (I1)."),
        note("footnote", "2", "He said “I never have enough of it” (I1)."),
    ];
    let endnotes = [note("endnote", "5", "“The nurses did, in one afternoon” (I2).")];
    let docx = make::archive(&[
        ("word/document.xml", make::word_body(&body.concat()).as_bytes()),
        ("word/footnotes.xml", part("footnote", &footnotes).as_bytes()),
        ("word/endnotes.xml", part("endnote", &endnotes).as_bytes()),
    ]);
    site.write("a.docx", docx);
    let odt_note = |class: &str, number: u8, text: &str| {
        format!(
            r#"<text:p>So they say.<text:note text:note-class="{class}"><text:note-citation>{number}</text:note-citation><text:note-body><text:p>{text}</text:p></text:note-body></text:note> On it goes.</text:p>"#
        )
    };
    let styles = r#"<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:margin-left="1.27cm"/></style:style>"#;
    let text = [
        odt_note("footnote", 1, "He said “I never have enough of it” (I1)."),
        odt_note("footnote", 2, "He said “I never had enough of it” (I1)."),
        odt_note("endnote", 1, "“The nurses did, in one afternoon” (I2)."),
        "<text:p>One put it like this:</text:p>".to_owned(),
        r#"<text:p text:style-name="P1">A checklist on paper helps.</text:p>"#.to_owned(),
        "<text:p>Nobody else did.</text:p>".to_owned(),
        r#"<text:p text:style-name="P1">The letters come late, naïve as that sounds. (I1)</text:p>"#
            .to_owned(),
        r#"<text:p>This is the address of the hospital</text:p>"#.to_owned(),
    ];
    site.write("a.odt", make::odt(styles, &text.concat()));
    for name in ["a.docx", "a.odt"] {
        let ran = site.run(&["-C", "study", "--json", "verify", "--no-mark", name]);
        let lines = ran.lines();
        let found: Vec<(&str, &str, &Value)> = lines
            .iter()
            .map(|line| (line["place"].as_str().unwrap(), line["status"].as_str().unwrap(), &line["line"]))
            .collect();
        assert_eq!(
            found,
            [
                ("paragraph 5", "exact", &json!(5)),
                ("paragraph 7", "exact", &json!(7)),
                ("footnote 1", "exact", &Value::Null),
                ("footnote 2", "differs", &Value::Null),
                ("endnote 1", "exact", &Value::Null),
            ],
            "{name}: {}",
            ran.err
        );
        assert!(!ran.err.contains("left out"), "{}", ran.err);
        let people = site.run(&["-C", "study", "verify", "--no-mark", name]);
        assert!(people.out.contains("! footnote 2  differs"), "{}", people.out);
    }
}

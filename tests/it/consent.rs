//! Words of people who did not agree to be quoted, who are hidden or who withdrew leave by no way out.
//!
//! Four people, in an interview each and together in a focus group, each with words that nobody else says. Every way out is
//! taken, and its files and its output are looked through for those words.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use combe::study::{
    Case, Change, CoderId, Memo, MemoKind, MemoOn, Step, Study, Summary, SummaryState, Topic, Withdrawal,
    fresh,
};

use crate::e2e::{Ran, Site};
use crate::fixture::Ticking;
use crate::pty::Launch;

/// Short name, label, what they alone say.
const PEOPLE: [(&str, &str, &str); 4] = [
    ("P01", "Dana", "purple walrus"),
    ("P02", "Omar", "silver kettle"),
    ("P03", "Rhian", "copper lantern"),
    ("P04", "Tom", "green bicycle"),
];

/// Dana refuses, Omar is hidden, Rhian withdrew.
const SECRET: [&str; 3] = [PEOPLE[0].2, PEOPLE[1].2, PEOPLE[2].2];
/// Tom agreed.
const OPEN: &str = PEOPLE[3].2;
/// What a researcher wrote of a case.
const SUMMARY: &str = "He rides, whatever the weather.";

fn code(site: &Site, transcript: &str, text: &str, words: &str, code: &str) {
    let start = text[..text.find(words).unwrap()].chars().count();
    let end = start + words.chars().count();
    site.in_study(&["code", transcript, &start.to_string(), &end.to_string(), code]);
}

pub(crate) fn study() -> Site {
    let site = Site::bare();
    fs::create_dir(site.path("in")).unwrap();
    let mut list =
        String::from("participant_id,session_id,speaker_label,group,consent_quote,consent_archive\n");
    let mut group = String::new();
    let mut texts = Vec::new();
    for (at, (person, label, words)) in (1..).zip(PEOPLE) {
        let text =
            format!("Interviewer: How do you get here?\n\n{label}: By way of the {words}, and never late.\n");
        site.write(&format!("in/I{at}.txt"), &text);
        texts.push((format!("I{at}"), text));
        group.push_str(&format!("{label}: Mine is the {words}, as I said.\n\n"));
        let agreed = if label == "Dana" { "no" } else { "yes" };
        for session in [format!("I{at}"), "FG1".to_owned()] {
            list.push_str(&format!("{person},{session},{label},public,{agreed},{agreed}\n"));
        }
    }
    site.write("in/FG1.txt", &group);
    site.write("participants.csv", list);
    site.write(
        "codebook.toml",
        "schema = 1\n[[code]]\nname = \"Ways\"\nside = \"barrier\"\ncomponent = \"opportunity.physical\"\n\
         [[theme]]\nname = \"Getting here\"\ncomponent = \"opportunity.physical\"\nbarriers = [\"Ways\"]\n",
    );
    site.done(&["new", "study"]);
    site.in_study(&["import", "in"]);
    site.in_study(&["import", "participants.csv"]);
    site.in_study(&["import", "codebook.toml"]);
    site.write("study/study.toml", "name = \"Ways\"\ncompare = \"group\"\nframework = \"com-b\"\n");
    for (transcript, text) in &texts {
        let (_, _, words) = PEOPLE.into_iter().find(|(_, _, words)| text.contains(words)).unwrap();
        code(&site, transcript, text, words, "Ways");
    }
    for (_, _, words) in PEOPLE {
        code(&site, "FG1", &group, words, "Ways");
    }
    // One quote over two people, of whom one agreed.
    code(&site, "FG1", &group, "lantern, as I said.\n\nTom: Mine", "Ways");
    summarise_and_withdraw(&site);
    site.in_study(&["hide", "P02"]);
    site
}

/// Tom's case is summarised with a quote; that Rhian withdrew is on record, and her words are not erased yet.
fn summarise_and_withdraw(site: &Site) {
    let source = Ticking::of_process(9);
    commit(site, &source, |study, kim| {
        let person = |name: &str| study.participants().iter().find(|held| held.name == name).unwrap().id;
        let theme = study.themes().iter().next().unwrap().id;
        let summary = |name: &str, words: &str, text: &str| Summary {
            id: fresh(&source),
            case: Case::Participant(person(name)),
            topic: Topic::Theme(theme),
            basis: None,
            coder: kim,
            at: jiff::Timestamp::UNIX_EPOCH,
            text: text.into(),
            state: SummaryState::Checked,
            quotes: vec![study.quotes().iter().find(|quote| quote.text == words).unwrap().id],
            checked_by: None,
        };
        let before = study.consents().get(&person("P03")).unwrap().clone();
        let mut after = before.clone();
        let on = jiff::civil::date(2026, 11, 2);
        after.withdrawn = Some(Withdrawal { on, scope: "all".into() });
        vec![
            Change::create(summary("P04", OPEN, SUMMARY)),
            Change::create(summary("P01", PEOPLE[0].2, "She has a way of her own.")),
            Change::update(before, after),
        ]
    });
}

/// All that a file or a folder says: of packed files what is in them.
pub(crate) fn words_of(path: &Path) -> String {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap();
        return entries.map(|entry| words_of(&entry.unwrap().path())).collect();
    }
    let bytes = fs::read(path).unwrap();
    let Ok(mut packed) = zip::ZipArchive::new(Cursor::new(&bytes)) else {
        return String::from_utf8(bytes).unwrap();
    };
    let mut words = String::new();
    for part in 0..packed.len() {
        let mut bytes = Vec::new();
        packed.by_index(part).unwrap().read_to_end(&mut bytes).unwrap();
        words.push_str(&String::from_utf8_lossy(&bytes));
    }
    words
}

/// White space made even, so that a wrapped line hides nothing.
fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes a file by one of the ways out. What was said, and what is in it.
#[track_caller]
fn take_out(site: &Site, words: &[&str], file: &str) -> (Ran, String) {
    let named = if words.last() == Some(&"archive") { vec![file] } else { vec!["-o", file] };
    let ran = site.run(&[&["-C", "study"], words, &named[..]].concat());
    assert_eq!(ran.code, 0, "{words:?} {file}: {}", ran.err);
    let written = even(&words_of(&site.path(file)));
    (ran, written)
}

/// Commits as kim what is made of the study.
fn commit(site: &Site, source: &Ticking, changes: impl FnOnce(&Study, CoderId) -> Vec<Change>) {
    let mut store = site.store();
    let (mut study, _) = store.load().unwrap();
    let kim = study.coder_named("kim").unwrap().clone();
    let changes = changes(&study, kim.id);
    let step = Step { command: "test".into(), label: "by a test".into(), changes, ..Step::default() };
    let action = study.act(&kim, step, source).unwrap();
    store.commit(&action, &[]).unwrap();
}

#[track_caller]
fn assert_kept(what: &str, text: &str) {
    for secret in SECRET {
        for word in secret.split(' ') {
            assert!(!text.contains(word), "{what} tells “{word}”:\n{text}");
        }
    }
}

#[test]
fn no_file_that_leaves_holds_their_words() {
    let site = study();
    let ways: [(&[&str], &str, &str); 23] = [
        (&["table", "joint"], "j.csv", OPEN),
        (&["table", "joint"], "j.docx", OPEN),
        (&["table", "joint"], "j.xlsx", OPEN),
        (&["table", "joint"], "j.md", OPEN),
        (&["table", "coverage"], "v.csv", ""),
        (&["table", "themes"], "t.csv", "Getting here"),
        (&["matrix", "--summaries"], "m.csv", SUMMARY),
        (&["matrix", "--summaries", "--people"], "m.docx", "weather"),
        (&["export", "quotes"], "q.md", OPEN),
        (&["export", "quotes", "--by", "code"], "q.csv", OPEN),
        (&["export", "quotes"], "q.docx", OPEN),
        (&["export", "report"], "r.html", OPEN),
        (&["export", "review"], "s.xlsx", OPEN),
        (&["export", "review"], "s.docx", OPEN),
        (&["export", "codings"], "c.csv", OPEN),
        (&["export", "memos"], "n.csv", ""),
        (&["export", "codebook"], "b.docx", "Ways"),
        (&["export", "participants"], "p.csv", "P04"),
        (&["export", "transcript", "FG1"], "FG1.docx", OPEN),
        (&["export", "transcript", "FG1"], "FG1.txt", OPEN),
        (&["export", "transcript", "I1"], "I1.docx", "How do you get here?"),
        (&["export", "transcript", "I2"], "I2.docx", "How do you get here?"),
        (&["export", "archive"], "bundle", OPEN),
    ];
    for (words, file, there) in ways {
        let (ran, written) = take_out(&site, words, file);
        assert!(written.contains(there), "{words:?} {file} lost “{there}”:\n{written}");
        assert_kept(file, &written);
        assert_kept(file, &ran.out);
        assert_kept(file, &ran.err);
        assert_kept(file, &words_of(&site.path(&format!("{file}.manifest.json"))));
    }
    // Not even for a copy that stays is anything taken out of hiding.
    let all = site.run(&["-C", "study", "export", "quotes", "--with-refused"]).out;
    assert!(all.contains(PEOPLE[0].2) && !all.contains(PEOPLE[1].2), "{all}");
}

#[test]
fn nor_do_memos_and_summaries_that_cite_them() {
    let site = study();
    let source = Ticking::of_process(11);
    commit(&site, &source, |study, kim| {
        let memo = |on: MemoOn, text: &str| Memo {
            id: fresh(&source),
            on,
            kind: MemoKind::Analytic,
            coder: kim,
            at: jiff::Timestamp::UNIX_EPOCH,
            text: text.into(),
        };
        let his = study.quotes().iter().find(|quote| quote.text == OPEN).unwrap().id;
        let held = study.summaries().iter().find(|held| held.text == SUMMARY).unwrap().clone();
        let text = format!("{SUMMARY} Unlike “By way of the purple walrus, and never late.”");
        vec![
            Change::create(memo(MemoOn::Study, "Against “by way of the silver kettle, and never late”.")),
            Change::create(memo(MemoOn::Quote(his), "As another: By way of the purple walrus, and never.")),
            Change::update(held.clone(), Summary { text, ..held }),
        ]
    });
    for words in [
        &["export", "memos"][..],
        &["export", "codings"],
        &["matrix", "--summaries"],
        &["--json", "matrix"],
        &["matrix", "--summaries", "-o", "cited.xlsx"],
    ] {
        let ran = site.run(&[&["-C", "study"], words].concat());
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
        assert_kept(&words.join(" "), &ran.out);
        assert_kept(&words.join(" "), &ran.err);
        assert!(ran.err.contains("left out of ") && ran.err.contains("1 summary"), "{words:?}: {}", ran.err);
    }
    let written = words_of(&site.path("cited.xlsx"));
    assert!(written.contains("whatever the weather. Unlike"), "the rest of it is there");
    assert_kept("cited.xlsx", &written);
    let memos = site.run(&["-C", "study", "export", "memos"]);
    assert!(memos.out.contains("Against “[left out]”.") && memos.err.contains("2 memos"), "{}", memos.out);
    let all = site.run(&["-C", "study", "export", "memos", "--with-refused"]).out;
    assert!(all.contains("purple walrus") && !all.contains("silver kettle"), "{all}");
}

/// A codebook whose examples are in the words of each of them, and a definition that quotes one.
const CITING: &str = r#"schema = 1
[[code]]
name = "Walrus"
example = "By way of the purple walrus, and never late."
[[code]]
name = "Kettle"
definition = "Means of travel: “Mine is the silver kettle, as I said”, and the like."
[[code]]
name = "Lantern"
example = "the copper lantern, and never"
[[code]]
name = "Bicycle"
example = "By way of the green bicycle, and never late."
[[theme]]
name = "Other ways"
note = "One says: by way of the purple walrus, and never late."
"#;

#[test]
fn a_codebook_leaves_without_the_examples_of_who_did_not_agree() {
    let site = study();
    site.write("citing.toml", CITING);
    site.in_study(&["import", "citing.toml"]);
    let ways: [(&[&str], &str); 12] = [
        (&["export", "codebook"], "b.toml"),
        (&["export", "codebook"], "b.csv"),
        (&["export", "codebook"], "b.docx"),
        (&["export", "codebook"], "b.xlsx"),
        (&["export", "codebook"], "b.md"),
        (&["export", "codebook"], "b.tex"),
        (&["export", "codebook"], "b.txt"),
        (&["export", "review"], "s.xlsx"),
        (&["export", "quotes"], "q.md"),
        (&["export", "quotes", "--by", "code"], "q.docx"),
        (&["export", "report"], "r.html"),
        (&["export", "archive"], "bundle"),
    ];
    for (words, file) in ways {
        let (ran, written) = take_out(&site, words, file);
        assert_kept(file, &written);
        assert!(words[1] != "codebook" || written.contains("green"), "{file} lost what may stay:\n{written}");
        assert!(ran.err.contains("left out of the texts of 4 codes and themes"), "{}", ran.err);
        assert!(ran.err.contains("Walrus, Kettle, Lantern and 1 more"), "{}", ran.err);
        let manifest = words_of(&site.path(&format!("{file}.manifest.json")));
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["names"], serde_json::json!(["P04"]), "{file} says whose words it cites");
    }
    // For a copy that stays: who refused is in it, who is hidden is not.
    let all = site.run(&["-C", "study", "export", "codebook", "--with-refused"]);
    assert!(all.out.contains("purple walrus") && all.out.contains("copper lantern"), "{}", all.out);
    assert!(!all.out.contains("silver"), "{}", all.out);
    assert!(all.out.contains("[left out]”, and the like."), "the rest of the definition stays: {}", all.out);
    // The study itself keeps them.
    assert!(site.store().load().unwrap().0.code_named("Walrus").unwrap().example.contains("purple walrus"));
}

/// Codes coded in vivo: a name of six words that somebody says, one that is a whole short quote, a name with more in it, and a theme.
const NAMED: &str = r#"schema = 1
[[code]]
name = "Mine is the purple walrus, as I said"
[[code]]
name = "the copper lantern"
[[code]]
name = "Late: mine is the silver kettle, as I said"
[[code]]
name = "By way of the green bicycle, and never late"
[[theme]]
name = "By way of the silver kettle, and never late"
component = "opportunity.physical"
barriers = ["By way of the green bicycle, and never late"]
facilitators = ["Late: mine is the silver kettle, as I said"]
"#;

#[test]
fn nor_do_names_of_codes_and_themes() {
    let site = study();
    site.write("named.toml", NAMED);
    site.in_study(&["import", "named.toml"]);
    let group = fs::read_to_string(site.path("in/FG1.txt")).unwrap();
    code(&site, "FG1", &group, "the copper lantern", "the copper lantern");
    code(&site, "FG1", &group, "green bicycle, as", "the copper lantern");
    code(&site, "FG1", &group, "green bicycle, as", "By way of the green bicycle, and never late");
    let ways: [(&[&str], &str); 16] = [
        (&["export", "codebook"], "b.toml"),
        (&["export", "codebook"], "b.csv"),
        (&["export", "codings"], "c.csv"),
        (&["export", "review"], "s.xlsx"),
        (&["export", "quotes"], "q.md"),
        (&["export", "quotes", "--by", "code"], "q.docx"),
        (&["export", "transcript", "FG1"], "FG1.docx"),
        (&["export", "report"], "r.html"),
        (&["export", "archive"], "bundle"),
        (&["table", "themes"], "t.csv"),
        (&["table", "codes"], "k.docx"),
        (&["table", "themes"], "t.svg"),
        (&["table", "codes"], "k.json"),
        (&["matrix", "--columns", "codes"], "m.xlsx"),
        (&["matrix"], "m.json"),
        (&["export", "codebook"], "b.docx"),
    ];
    for (words, file) in ways {
        let (ran, written) = take_out(&site, words, file);
        assert_kept(file, &written);
        assert_kept(file, &ran.err);
        if words == ["export", "codebook"] {
            for there in [
                "[name kept back]",
                "[name kept back] 2",
                "Late: [left out]",
                "green bicycle, and never late",
            ] {
                assert!(written.contains(there), "{file} lost “{there}”: {written}");
            }
        }
    }
    for words in [&["print", "FG1", "--codes"][..], &["table", "themes"], &["table", "codes"], &["matrix"]] {
        let ran = site.run(&[&["-C", "study"], words].concat());
        assert_kept(&words.join(" "), &even(&ran.out));
    }
    // On the coder's own screen only what is hidden is kept back: the rest is analysed.
    for (words, left) in [("codes", "Late: [left out]"), ("themes", "[name kept back]")] {
        let ran = site.run(&["-C", "study", words]);
        assert!(ran.out.contains(left) && !ran.out.contains("silver"), "{}", ran.out);
    }
    assert!(site.run(&["-C", "study", "codes"]).out.contains("purple walrus"));
    // Whoever asks a table for such a name is told what it is called there, and gets it by that.
    for (name, called) in [
        ("Mine is the purple walrus, as I said", "[name kept back]"),
        ("Late: mine is the silver kettle, as I said", "Late: [left out]"),
    ] {
        let table =
            |code: &str| site.run(&["-C", "study", "table", "crosstab", "--by", "kind", "--code", code]);
        let ran = table(name);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains(&format!("ask for it with --code \"{called}\"")), "{}", ran.err);
        assert_kept("table crosstab", &ran.err);
        assert!(!table(called).err.contains("there is no code"), "{}", table(called).err);
    }
    let whole = site.store().load().unwrap().0;
    assert!(whole.code_named("the copper lantern").is_some(), "the study keeps its names");
}

#[test]
fn nor_does_what_is_printed_for_a_draft_or_on_paper() {
    let site = study();
    let ways: [(&[&str], &str); 9] = [
        (&["quotes", "--format", "md"], OPEN),
        (&["quotes", "--format", "latex"], OPEN),
        (&["table", "joint"], "green"),
        (&["--json", "table", "joint"], OPEN),
        (&["matrix", "--summaries"], SUMMARY),
        (&["--json", "matrix"], "P04"),
        (&["print", "FG1"], OPEN),
        (&["print", "FG1", "--codes", "--page", "20", "--width", "60"], "green"),
        (&["print", "I1"], "How do you get here?"),
    ];
    for (words, there) in ways {
        let ran = site.run(&[&["-C", "study"], words].concat());
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
        let printed = even(&ran.out);
        assert!(printed.contains(there), "{words:?} lost “{there}”:\n{printed}");
        assert_kept(&words.join(" "), &printed);
    }
    let all = site.run(&["-C", "study", "print", "FG1", "--with-refused"]);
    assert!(
        all.err.contains("who did not agree to be quoted in it: it must stay with the study"),
        "{}",
        all.err
    );
    let all = even(&all.out);
    assert!(all.contains(PEOPLE[0].2) && !all.contains(PEOPLE[1].2), "{all}");
}

#[test]
fn turns_beside_a_quote_and_turns_that_are_found_say_who_is_not_to_be_quoted() {
    let site = study();
    let around = site.run(&["-C", "study", "quotes", "bicycle", "--context", "around"]).out;
    assert!(around.contains("P03 [refused]: Mine is the copper lantern"), "{around}");
    assert!(around.contains("P04: Mine is the green bicycle"), "{around}");
    let found = site.run(&["-C", "study", "search", "in:FG1 mine"]);
    assert!(found.out.contains("FG1:1  P01 [refused]: Mine"), "{}", found.out);
    assert!(found.out.contains("FG1:4  P04: Mine"), "{}", found.out);
    assert_eq!(found.out.matches("[refused]").count(), 2, "Dana, and Rhian who withdrew: {}", found.out);
}

#[test]
fn words_of_several_at_once_where_somebody_refused_are_told_of() {
    let site = study();
    let manifest = |file: &str| -> serde_json::Value {
        serde_json::from_str(&words_of(&site.path(&format!("{file}.manifest.json")))).unwrap()
    };
    let ran = site.run(&["-C", "study", "export", "quotes", "-o", "a.md"]);
    assert_eq!(
        (&manifest("a.md")["unclear_quotes"], ran.err.contains("of several speakers")),
        (&0.into(), false)
    );
    let set = site.run(&["-C", "study", "speaker", "FG1:4", "several"]);
    assert_eq!(set.code, 0, "{}", set.err);
    let ran = site.run(&["-C", "study", "export", "quotes", "-o", "b.md"]);
    assert_eq!(manifest("b.md")["unclear_quotes"], 1);
    assert!(ran.err.contains("1 quote of several speakers"), "{}", ran.err);
}

#[test]
fn words_that_were_asked_for_though_refused_are_told_of_wherever_the_file_is_spoken_of() {
    let site = study();
    let manifest = |file: &str| -> serde_json::Value {
        serde_json::from_str(&words_of(&site.path(&format!("{file}.manifest.json")))).unwrap()
    };
    let said = "words of 2 participants who did not agree to be quoted";
    for (what, file) in [("quotes", "a.md"), ("quotes", "b.docx"), ("report", "c.html"), ("codings", "d.csv")]
    {
        let open = site.run(&["-C", "study", "export", what, "-o", file]);
        assert_eq!((manifest(file)["refused"].clone(), open.code), (serde_json::json!([]), 0), "{what}");
        assert!(!open.err.contains("it must stay with the study"), "{}", open.err);
        let all = site.run(&["-C", "study", "export", what, "--with-refused", "--force", "-o", file]);
        // Dana refused and Rhian withdrew; Omar is hidden, and in no file.
        assert_eq!(
            (manifest(file)["refused"].clone(), all.code),
            (serde_json::json!(["P01", "P03"]), 0),
            "{what}"
        );
        assert!(all.err.contains(&format!("{said} in it: it must stay with the study")), "{}", all.err);
        let log = site.run(&["-C", "study", "log"]).out;
        assert!(log.contains(&format!("Export {what} to {file}, with {said}")), "{log}");
    }
}

#[test]
fn a_draft_that_has_them_is_told_to_take_them_out() {
    let site = study();
    let draft = "“By way of the purple walrus” (P01). “By way of the silver kettle” (P02). \
                 “By way of the copper lantern” (P03). “By way of the green bicycle” (P04).\n";
    site.write("draft.md", draft);
    let ran = site.run(&["-C", "study", "verify", "draft.md"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out.matches("take it out").count(), 3, "{}", ran.out);
    assert!(ran.out.contains("P01 did not agree") && ran.out.contains("P03 did not agree"), "{}", ran.out);
    // What is hidden is not told word by word to who guesses near it.
    site.write("guess.md", "He said “by way of the silver saucepan” there.\n");
    let guess = site.run(&["-C", "study", "verify", "guess.md"]);
    assert!(!guess.out.contains("kettle") && guess.out.contains("hidden"), "{}", guess.out);
}

#[test]
fn nothing_of_them_is_offered_to_be_picked() {
    let site = study();
    let script = format!("{} -C study pick > out < /dev/null", env!("CARGO_BIN_EXE_combe"));
    let mut pty = Launch::program("/bin/sh")
        .args(["-c", &script])
        .home(&site.path("home"))
        .folder(&site.path(""))
        .env("USER", "kim")
        .start();
    // Tom's quotes: his interview and his words in the group.
    pty.wait_for("2 of 2");
    pty.press("tab");
    // All turns in which he speaks.
    pty.wait_for("2 of 2");
    pty.wait_for("turn>");
    pty.press("esc");
    pty.wait_exit();
    assert_eq!(words_of(&site.path("out")), "");
}

#[test]
fn who_refused_since_is_not_quoted_from_the_past_either() {
    let site = crate::export::coded();
    let consents = |dana: &str| {
        format!(
            "participant_id,session_id,speaker_label,group,consent_quote\n\
             P01,I1,Dana,public,{dana}\nP02,I2,Omar,clinician,yes\n"
        )
    };
    let said = ["never have enough", "checklist on paper"];
    site.in_study(&["mark", "submitted"]);
    let then = |arguments: &[&str]| site.run(&[&["-C", "study", "--at", "submitted"], arguments].concat());
    let joint = then(&["table", "joint", "--out", "before.csv"]);
    assert_eq!(joint.code, 0, "{}", joint.err);
    // It is in the history of today that it left.
    let noted = site.json(&["log"]);
    let label = "Export table joint to before.csv, as the study was at submitted";
    assert!(noted.iter().any(|action| action["label"] == label), "{noted:?}");
    assert!(!joint.err.contains("history"), "{}", joint.err);
    assert!(said.iter().all(|words| words_of(&site.path("before.csv")).contains(words)));
    site.write("participants.csv", consents("no"));
    site.in_study(&["import", "participants.csv"]);
    site.in_study(&["hide", "P02"]);
    for arguments in
        [&["export", "quotes"][..], &["table", "joint", "--format", "csv"], &["quotes", "--format", "md"]]
    {
        let ran = then(arguments);
        assert!(ran.code < 2, "{arguments:?}: {}", ran.err);
        assert!(said.iter().all(|words| !ran.out.contains(words)), "{arguments:?}: {}", ran.out);
    }
    site.assert_sound();
}

#[test]
fn words_that_a_correction_took_from_the_text_are_refused_all_the_same() {
    let site = crate::export::coded();
    let said = "never have enough";
    let text =
        crate::e2e::DANA.replace("I never have enough of it.", "Something else was said here, we found.");
    site.write("in/I1.txt", text);
    site.run(&["-C", "study", "import", "--revise", "in/I1.txt"]);
    let consents = "participant_id,session_id,speaker_label,group,consent_quote\nP01,I1,Dana,public,no\n";
    site.write("participants.csv", consents);
    site.in_study(&["import", "participants.csv"]);
    let study = site.store().load().unwrap().0;
    let quote = study.quotes().iter().find(|quote| quote.text.contains(said)).unwrap();
    assert!(study.turns_of(quote.revision).is_none(), "the quote stays with the former text");
    let outs: [(&[&str], &str); 5] = [
        (&["export", "review"], "s.xlsx"),
        (&["export", "review", "--with-refused"], "t.xlsx"),
        (&["export", "review"], "s.docx"),
        (&["export", "quotes"], "q.md"),
        (&["export", "report"], "r.html"),
    ];
    for (words, file) in outs {
        let ran = site.run(&[&["-C", "study"], words, &["-o", file]].concat());
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
        assert!(!words_of(&site.path(file)).contains(said), "{words:?} {file}");
    }
}

#[test]
fn who_may_not_be_analysed_is_out_of_everything_but_the_list_that_says_so() {
    let site = crate::export::coded();
    let said = "never have enough";
    assert!(site.in_study(&["quotes"]).out.contains(said));
    let people = |analyse: &str| {
        format!(
            "participant_id,session_id,speaker_label,group,consent_analyse\nP01,I1,Dana,public,{analyse}\n\
             P02,I2,Omar,clinician,yes\n"
        )
    };
    site.write("participants.csv", people("no"));
    site.in_study(&["import", "participants.csv"]);
    for arguments in [
        &["quotes"][..],
        &["search", "enough"],
        &["export", "codings"],
        &["export", "quotes", "--with-refused"],
        &["show", "I1"],
    ] {
        let ran = site.run(&[&["-C", "study"], arguments].concat());
        assert!(ran.code < 2 && !ran.out.contains(said), "{arguments:?}: {}", ran.out);
    }
    let codes = site.json(&["codes"]);
    let time = codes.iter().find(|code| code["name"] == "Too little time").unwrap();
    assert_eq!((&time["codings"], &time["participants"]), (&0.into(), &0.into()));
    let coded = site.run(&["-C", "study", "code", "I1", "48", "74", "Checklists"]);
    assert_eq!(coded.code, 3, "{}", coded.err);
    assert!(coded.err.contains("did not agree to be analysed"), "{}", coded.err);
    assert!(site.in_study(&["export", "participants"]).out.contains("P01"), "the list keeps the answer");
    // And back.
    site.write("participants.csv", people("yes"));
    site.in_study(&["import", "participants.csv"]);
    assert!(site.in_study(&["quotes"]).out.contains(said));
    site.assert_sound();
}

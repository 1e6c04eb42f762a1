//! `combe pick` in a real terminal whose standard output leads into a pipe, as editors and shells call it; and `combe print`.

use std::fs;

use combe::study::{Change, Quote};

use crate::e2e::Site;
use crate::fixture::{Ticking, action};
use crate::pty::{Launch, Pty};

fn site() -> Site {
    let site = Site::new();
    site.in_study(&["code", "I1", "159", "203", "Late letters", "--new"]);
    site.in_study(&["code", "I2", "36", "63", "Lists", "--new"]);
    site
}

/// The program with these arguments, as a shell calls it. What it prints goes into the file `out`: through a pipe, or else at once
/// with the exit code in `code`.
fn pick(site: &Site, arguments: &str, piped: bool) -> Pty {
    let combe = format!("{} -C study pick {arguments}", env!("CARGO_BIN_EXE_combe"));
    let script = match piped {
        true => format!("echo ignored | {combe} | cat > out"),
        false => format!("{combe} > out < /dev/null; echo $? > code"),
    };
    Launch::program("/bin/sh")
        .args(["-c", &script])
        .home(&site.path("home"))
        .folder(&site.path(""))
        .env("USER", "kim")
        .start()
}

fn ended(site: &Site, pty: &mut Pty) -> (String, String) {
    pty.wait_exit();
    let read = |name: &str| fs::read_to_string(site.path(name)).unwrap_or_default();
    (read("out"), read("code").trim().to_owned())
}

#[test]
fn it_draws_on_the_terminal_and_prints_into_the_pipe() {
    let site = site();
    let mut pty = pick(&site, "", true);
    pty.wait_for("2 of 2");
    pty.press("c h e c k");
    pty.wait_for("1 of 2");
    pty.press("ret");
    let (out, _) = ended(&site, &mut pty);
    assert_eq!(out, "“A checklist on paper helps.” (I2) <!-- I2:2 -->\n");
}

#[test]
fn in_lines_it_asks_and_is_answered() {
    let site = site();
    let mut pty = pick(&site, "--linear --format plain", false);
    pty.wait_for("an empty line leaves");
    pty.wait_for("1. I1:4, I1: The letters come late");
    pty.press("c h e c k ret");
    pty.wait_for("1 of 2 quotes.");
    pty.wait_for("1. I2:2, I2: A checklist on paper helps.");
    assert!(!pty.screen().contains('★'), "no picture is drawn: {}", pty.screen());
    pty.press(". ret");
    pty.wait_for("1 of 4 turns.");
    pty.press(". ret 1 ret");
    assert_eq!(ended(&site, &mut pty), ("“A checklist on paper helps.” (I2)\n".into(), "0".into()));
    let mut pty = pick(&site, "--linear", false);
    pty.wait_for("quote>");
    pty.press("ret");
    assert_eq!(ended(&site, &mut pty), (String::new(), "1".into()));
}

#[test]
fn a_block_stands_between_blank_lines() {
    let site = site();
    let settings = fs::read_to_string(site.path("study/study.toml")).unwrap();
    site.write("study/study.toml", format!("{settings}\n[quotation]\nblock_words = 5\n"));
    for (format, block) in [
        ("md", "\n> A checklist on paper helps. (I2) <!-- I2:2 -->\n\n"),
        ("latex", "\n\\begin{quote}\nA checklist on paper helps. (I2) % I2:2\n\\end{quote}\n\n"),
        ("address", "I2:2\n"),
    ] {
        let mut pty = pick(&site, &format!("--format {format} checklist"), false);
        pty.wait_for("1 of 1");
        pty.press("ret");
        assert_eq!(ended(&site, &mut pty).0, block);
    }
}

#[test]
fn what_is_typed_is_in_sight_where_it_stands() {
    let site = Site::bare();
    fs::create_dir(site.path("in")).unwrap();
    let long = "It was a long way there and nobody said a word of it. ".repeat(12);
    let text = format!("Interviewer: And then?\n\nDana: {long}We held on to a rope, properly.\n");
    site.write("in/I1.txt", &text);
    site.done(&["new", "study"]);
    site.in_study(&["import", "in"]);
    let mut pty = pick(&site, "", false);
    pty.wait_for("0 of 0");
    pty.press("tab");
    pty.wait_for("1 of 1");
    pty.press("r o p e");
    pty.wait_until("the words around it", |screen| {
        let shown = screen.contents();
        let row = shown.lines().nth(1).unwrap_or_default();
        row.contains('…')
            && row.contains("to a rope, properly.")
            && shown.matches("rope, properly").count() == 2
    });
    pty.press("esc");
    ended(&site, &mut pty);
}

#[test]
fn quotes_with_the_words_of_a_query_in_a_row_are_offered_first_and_the_query_is_in_sight() {
    let site = Site::bare();
    fs::create_dir(site.path("in")).unwrap();
    let lines = ["It was cutting the strings.", "The string was cut.", "He had to cut the string."];
    let text: String = lines.map(|line| format!("Dana: {line}\n\n")).concat();
    site.write("in/I1.txt", &text);
    site.done(&["new", "study"]);
    site.in_study(&["import", "in"]);
    for line in lines {
        let start = text.find(line).unwrap();
        site.in_study(&[
            "code",
            "I1",
            &start.to_string(),
            &(start + line.len()).to_string(),
            "Strings",
            "--new",
        ]);
    }
    let mut pty = pick(&site, "cut the string --format address", false);
    pty.wait_for("3 of 3 for “cut the string”");
    pty.press("ret");
    assert_eq!(ended(&site, &mut pty).0, "I1:3\n");
    let mut pty = pick(&site, "cut the string --linear --format address", false);
    pty.wait_for("3 quotes for “cut the string”.");
    pty.press("2 ret");
    assert_eq!(ended(&site, &mut pty).0, "I1:2\n");
}

#[test]
fn a_query_narrows_what_is_offered_and_the_format_is_asked_for() {
    let site = site();
    let mut pty = pick(&site, "--format address code:late", false);
    pty.wait_for("1 of 1");
    pty.press("ret");
    assert_eq!(ended(&site, &mut pty), ("I1:4\n".into(), "0".into()));
}

#[test]
fn other_layers_are_offered_when_they_are_asked_for() {
    let site = site();
    site.in_study(&["--as", "lee", "code", "I1", "48", "74", "Time", "--new"]);
    let offered = |arguments: &str, count: &str| {
        let mut pty = pick(&site, arguments, false);
        pty.wait_for(count);
        pty.press("esc");
        ended(&site, &mut pty);
    };
    offered("", "2 of 2");
    offered("--all-layers", "3 of 3");
    offered("by:lee", "1 of 1");
}

#[test]
fn the_list_the_screen_the_picker_and_the_export_hold_the_same_quotes() {
    let site = site();
    // A quote of another layer, and one of somebody who may not be quoted.
    site.in_study(&["--as", "lee", "code", "I1", "48", "74", "Time", "--new"]);
    site.in_study(&["code", "I1", "48", "74", "Time"]);
    site.write("people.csv", "participant_id,consent_quote\nI2,no\n");
    site.in_study(&["import", "people.csv"]);

    let listed = site.run(&["-C", "study", "quotes"]);
    assert!(listed.err.contains("1 of 3 quotes is marked refused"), "{}", listed.err);
    let objects = site.json(&["quotes"]);
    assert_eq!(objects.len(), 3);
    let may: Vec<String> =
        objects.iter().filter(|held| held["refused"] == false).map(|held| held["text"].to_string()).collect();
    let drafted = site.run(&["-C", "study", "quotes", "--format", "md"]);
    assert_eq!(drafted.out.matches("<!--").count(), may.len());
    assert!(drafted.err.contains("1 of 3 quotes is left out"), "{}", drafted.err);

    let exported = site.run(&["-C", "study", "export", "quotes", "--format", "csv"]);
    assert_eq!(exported.out.lines().count() - 1, may.len());
    assert!(exported.err.contains("left out: 1 quote "), "{}", exported.err);

    let mut pty = pick(&site, "", false);
    pty.wait_for("2 of 2 · 1 refused, left out");
    pty.press("esc");
    ended(&site, &mut pty);
    let mut pty = Launch::combe(&["-C", "study"])
        .home(&site.path("home"))
        .folder(&site.path(""))
        .env("USER", "kim")
        .size(100, 24)
        .start();
    pty.wait_for("Transcripts");
    pty.press("g q");
    pty.wait_for("3 quotes · by place · layers of record and yours · 1 !");
}

#[test]
fn nothing_taken_is_exit_code_1_and_no_word() {
    let site = site();
    let mut pty = pick(&site, "", false);
    pty.wait_for("2 of 2");
    pty.press("esc");
    assert_eq!(ended(&site, &mut pty), (String::new(), "1".into()));
}

#[test]
fn all_turns_are_one_key_away_and_the_terminal_is_as_before() {
    let site = site();
    let mut pty = pick(&site, "--format plain", false);
    pty.wait_for("2 of 2");
    pty.press("tab");
    pty.wait_for("turn>");
    pty.press("a f t e r n o o n");
    pty.wait_for("1 of 4");
    pty.press("ret");
    let (out, code) = ended(&site, &mut pty);
    assert_eq!((out.as_str(), code.as_str()), ("“The nurses did, in one afternoon.” (I2)\n", "0"));
    assert_eq!(pty.modes(), pty.modes_at_start());
}

#[test]
fn a_transcript_is_laid_out_for_paper() {
    let site = site();
    let plain = site.in_study(&["print", "I1", "--width", "40", "--margin", "0"]).out;
    let wanted = "I1, interview: study\n\n   1  Interviewer: How does time come\n      into it?\n\n   2  I1: I never have enough of it. The\n      clinic is always full and nobody\n      asks us.\n\n";
    let (head, rest) = plain.split_once('\n').unwrap();
    assert!(head.starts_with("I1, interview"), "{head}");
    assert_eq!(rest.lines().take(8).collect::<Vec<_>>(), wanted.lines().skip(1).take(8).collect::<Vec<_>>());
    let coded = site.in_study(&["print", "I1", "--codes"]).out;
    let row = coded.lines().find(|line| line.contains("The letters come late")).unwrap();
    assert!(row.ends_with("| Late letters"), "{row}");
    let pages = site.in_study(&["print", "I1", "--page", "10", "--width", "40"]).out;
    assert!(pages.split('\x0c').count() > 1);
    assert!(pages.split('\x0c').all(|page| page.lines().count() <= 10));
    assert!(pages.split('\x0c').nth(1).unwrap().lines().next().unwrap().ends_with("page 2"));
}

#[test]
fn of_a_passage_that_two_coders_marked_the_starred_quote_is_offered() {
    let site = site();
    let ruth = ["-C", "study", "--as", "ruth"];
    for (start, end) in [("159", "203"), ("36", "63")] {
        let transcript = if start == "159" { "I1" } else { "I2" };
        site.done(&[&ruth[..], &["code", transcript, start, end, "Of ruth", "--new"]].concat());
    }
    // Ruth starred one of hers; the other passage is kim's, who coded it first.
    let mut store = site.store();
    let (study, _) = store.load().unwrap();
    let ruth = study.coder_named("ruth").unwrap().id;
    let quote =
        study.quotes().iter().find(|quote| quote.coder == ruth && quote.text.contains("letters")).unwrap();
    let starred = Quote { starred: true, ..quote.clone() };
    let star = action(&Ticking::of_process(5), ruth, "star", vec![Change::update(quote.clone(), starred)]);
    store.commit(&star, &[]).unwrap();
    drop(store);
    let mut pty = pick(&site, "--all-layers", false);
    pty.wait_for("2 of 2");
    let screen = pty.screen();
    assert!(screen.contains("★  I1:4") && screen.contains(" Of ruth"), "{screen}");
    assert!(!screen.contains("Late letters"), "{screen}");
    pty.press("esc");
    pty.wait_exit();
}

/// A file system that does not answer: `study.toml` is a pipe into which nobody writes.
#[test]
fn leaving_while_the_study_is_being_opened_is_immediate() {
    for key in ["esc", "C-c"] {
        let site = site();
        let settings = site.path("study/study.toml");
        fs::remove_file(&settings).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&settings).status().unwrap();
        assert!(made.success());
        let mut pty = pick(&site, "", false);
        pty.wait_for("reading…");
        let start = std::time::Instant::now();
        pty.press(key);
        assert_eq!(ended(&site, &mut pty), (String::new(), "1".into()), "{key}");
        assert!(start.elapsed() < std::time::Duration::from_secs(2), "{key}: {:?}", start.elapsed());
    }
}

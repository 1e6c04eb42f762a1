//! A transcript goes out as text, is corrected elsewhere, and comes back: `combe export transcript I43 -o I43.txt`, then
//! `combe import I43.txt --revise`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use combe::export::write_proof;
use combe::import::{FileReport, ImportOptions, Status};
use combe::study::{Correction, Edit, TranscriptId, TurnNumber};
use combe::text::Span;
use proptest::prelude::*;

use crate::document::make;
use crate::e2e::{Ran, Site};
use crate::erase_revisions::{reword, split, talk};
use crate::import_layout::some_line;
use crate::import_plan::{Desk, File, file};

/// The transcript written out.
fn written(desk: &Desk, name: &str) -> String {
    let held = desk.study.transcript_named(name).unwrap();
    let (text, turns) = (&desk.kept.texts[&held.revision], desk.study.turns(held.id).unwrap());
    write_proof(&desk.study, held, turns, text, false).text
}

fn back(desk: &mut Desk, files: &[File]) -> Vec<FileReport> {
    desk.import(files, &ImportOptions { revise: true, ..ImportOptions::default() }).reports
}

/// Turns by their numbers: who speaks, and what.
fn turns(desk: &Desk, name: &str) -> BTreeMap<TurnNumber, (String, String)> {
    let held = desk.study.transcript_named(name).unwrap();
    let (text, turns) = (&desk.kept.texts[&held.revision], desk.study.turns(held.id).unwrap());
    let said = turns.turns.iter().map(|turn| {
        let speech = turn.speech.slice(text).unwrap().to_owned();
        (turn.number, (turns.speaker_of(turn).to_owned(), speech))
    });
    said.collect()
}

/// All that stands outside the words of turns: labels, what is between turns, the preamble.
fn around(desk: &Desk, name: &str) -> Vec<String> {
    let held = desk.study.transcript_named(name).unwrap();
    let (text, turns) = (&desk.kept.texts[&held.revision], desk.study.turns(held.id).unwrap());
    let mut from = 0;
    let mut found = Vec::new();
    for turn in &turns.turns {
        found.push(text[from..turn.speech.start as usize].to_owned());
        from = turn.speech.end as usize;
    }
    found.push(text[from..].to_owned());
    found
}

/// The proof with a word put at the end of the words of one turn near its middle, and which one.
fn with_a_word_more(desk: &Desk, name: &str, proof: &str) -> Option<(String, TurnNumber)> {
    let all = turns(desk, name);
    let (number, (_, speech)) =
        all.iter().filter(|(_, (_, speech))| !speech.trim().is_empty()).nth(all.len() / 3)?;
    let lines: Vec<&str> = proof.lines().collect();
    let anchor = lines.iter().position(|line| {
        line.strip_prefix('[').and_then(|rest| rest.split([' ', ']']).next()) == Some(&number.to_string())
    })?;
    let last = anchor + speech.lines().count();
    let mut lines: Vec<String> = lines.into_iter().map(String::from).collect();
    lines[last].push_str(" addedword");
    Some((lines.join("\n"), *number))
}

/// Writes every transcript of a study out, brings all back, then each with one word more.
fn go_out_and_come_back(desk: &mut Desk) {
    let names: Vec<String> =
        desk.study.transcripts_by_name().into_iter().map(|held| held.name.clone()).collect();
    let proofs: Vec<File> = names
        .iter()
        .enumerate()
        .map(|(at, name)| file(&format!("{at} checked.txt"), &written(desk, name)))
        .collect();
    let plan = desk.import(&proofs, &ImportOptions { revise: true, ..ImportOptions::default() });
    for (name, report) in names.iter().zip(&plan.reports) {
        assert_eq!((report.status, report.error.as_deref()), (Status::Same, None), "{name}");
        assert_eq!(report.transcript.as_deref(), Some(name.as_str()));
    }
    assert!(plan.changes.is_empty());
    let mut changed = Vec::new();
    for name in &names {
        let Some((proof, number)) = with_a_word_more(desk, name, &written(desk, name)) else { continue };
        changed.push((
            name,
            number,
            turns(desk, name),
            around(desk, name),
            file(&format!("{name}.txt"), &proof),
        ));
    }
    assert!(changed.len() * 10 > names.len() * 9, "{} of {}", changed.len(), names.len());
    let files: Vec<File> = changed.iter().map(|(.., file)| file.clone()).collect();
    for ((name, number, mut before, around_before, _), report) in changed.into_iter().zip(back(desk, &files))
    {
        assert_eq!((report.status, report.error.as_deref()), (Status::Revised, None), "{name}");
        before.get_mut(&number).unwrap().1.push_str(" addedword");
        assert_eq!(turns(desk, name), before, "{name}");
        assert_eq!(around(desk, name), around_before, "{name}");
    }
}

fn of_folder(folder: &Path) -> Vec<File> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read =
        |path: &PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap());
    paths.iter().filter(|path| path.is_file()).map(read).collect()
}

#[test]
fn every_transcript_of_the_sample_comes_back_as_it_went_out() {
    let mut desk = Desk::new();
    let files = of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/transcripts"));
    let taken = desk.take(&files);
    assert_eq!(taken.iter().filter(|report| report.status == Status::New).count(), 91);
    go_out_and_come_back(&mut desk);
}

/// A short talk in the layouts that import knows, each with what import calls it.
fn layouts() -> Vec<(&'static str, File)> {
    let said = [
        ("Interviewer", "How does time come into it?"),
        ("Ann Puw", "It is key, and [12] I mean it."),
        ("Interviewer", "And the letters?"),
        ("Ann Puw", "They come late: always late."),
        ("Interviewer", "Who reads them to you?"),
        ("Ann Puw", "My son does, if he is there."),
    ];
    let lines = |line: &dyn Fn(usize, &str, &str) -> String| -> String {
        said.iter().enumerate().map(|(at, (label, speech))| line(at, label, speech)).collect()
    };
    let head = "Date: 12 March\nPlace: Cwm Taf\n\n";
    let initial = |label: &str| if label == "Interviewer" { "Q" } else { "A" };
    let court = (1..=40)
        .map(|at| {
            let (label, speech) = said[at / 2 % said.len()];
            match at % 2 {
                0 => format!("{:>2}   {label}: {speech}\n", at % 25 + 1),
                _ => format!("{:>2}   and so on.\n", at % 25 + 1),
            }
        })
        .collect::<String>();
    let table = said.iter().map(|(label, speech)| {
        let cell = |text: &str| format!("<w:tc>{}</w:tc>", make::paragraph(text));
        format!("<w:tr>{}{}</w:tr>", cell(label), cell(speech))
    });
    let table = format!("<w:tbl>{}</w:tbl>", table.collect::<String>());
    let word = said.iter().map(|(label, speech)| make::paragraph(&format!("{label}: {speech}")));
    let time = |at: usize| format!("00:00:{:02}.000 --> 00:00:{:02}.500", at * 9, at * 9 + 5);
    vec![
        (
            "label and colon before",
            file(
                "colon.txt",
                &format!("{head}{}", lines(&|_, label, speech| format!("{label}: {speech}\nMore.\n\n"))),
            ),
        ),
        (
            "label and colon on a line of their own",
            file("below.txt", &lines(&|_, label, speech| format!("{label}:\n{speech}\n\nMore.\n\n"))),
        ),
        ("label and tab", file("tab.txt", &lines(&|_, label, speech| format!("{label}\t{speech}\n")))),
        (
            "label and two blanks",
            file("blanks.txt", &lines(&|_, label, speech| format!("{}  {speech}\n", label.to_uppercase()))),
        ),
        ("label and dash", file("dash.txt", &lines(&|_, label, speech| format!("{label} - {speech}\n")))),
        ("Q. and A.", file("dot.txt", &lines(&|_, label, speech| format!("{}. {speech}\n", initial(label))))),
        (
            "label and time on a line of their own",
            file(
                "timed.txt",
                &lines(&|at, label, speech| format!("{label}  0:{:02}\n{speech}\n\n", at + 10)),
            ),
        ),
        (
            "label on a line of its own",
            file("alone.txt", &lines(&|_, label, speech| format!("{label}\n{speech}\n\n"))),
        ),
        (
            "labels set off",
            file(
                "starred.md",
                &lines(&|at, label, speech| format!("**{label}:** {speech} [00:0{at}:00] Yes.\n\n")),
            ),
        ),
        (
            "bold questions",
            file(
                "bold.md",
                &lines(&|_, label, speech| {
                    if label == "Interviewer" { format!("**{speech}**\n\n") } else { format!("{speech}\n\n") }
                }),
            ),
        ),
        ("no labels", file("none.txt", &lines(&|_, _, speech| format!("{speech}\n\n")))),
        (
            "inside one line",
            file(
                "line.txt",
                &lines(&|_, label, speech| {
                    format!("{label}: {speech} {} ", "And so it goes on. ".repeat(9).trim())
                }),
            ),
        ),
        (
            "stretch of time before",
            file("ranges.txt", &lines(&|at, label, speech| format!("[{}] {label}: {speech}\n", time(at)))),
        ),
        (
            "captions, voices named",
            file(
                "voices.vtt",
                &format!(
                    "WEBVTT\n\n{}",
                    lines(&|at, label, speech| format!("{}\n<v {label}>{speech}\n\n", time(at)))
                ),
            ),
        ),
        (
            "captions, label and colon",
            file(
                "cues.srt",
                &lines(&|at, label, speech| {
                    format!("{}\n{}\n{label}: {speech}\n\n", at + 1, time(at).replace('.', ","))
                }),
            ),
        ),
        ("numbered lines", file("court.txt", &court)),
        ("table", ("table.docx".into(), make::docx(&table))),
        ("label and colon", ("word.docx".into(), make::docx(&word.collect::<String>()))),
    ]
}

#[test]
fn every_layout_comes_back_as_it_went_out() {
    let mut desk = Desk::new();
    let layouts = layouts();
    let files: Vec<File> = layouts.iter().map(|(_, file)| file.clone()).collect();
    for ((layout, (name, _)), report) in layouts.iter().zip(desk.take(&files)) {
        assert_eq!(report.status, Status::New, "{name}");
        assert!(report.layout.as_deref().unwrap().contains(layout), "{name}: {:?}", report.layout);
    }
    go_out_and_come_back(&mut desk);
}

/// Makes the next revision of a transcript.
fn correct(desk: &mut Desk, change: impl Fn(&Desk, TranscriptId, &str) -> Correction) {
    let held = desk.study.transcript_named("x").unwrap();
    let text = desk.kept.texts[&held.revision].clone();
    let correction = change(desk, held.id, &text);
    let made = correction.text;
    desk.kept.texts.insert(made.revision, made.text.as_str().into());
    desk.kept.turns.insert(made.revision, made.turns.clone());
    desk.study.add_turns(Arc::new(made.turns));
    desk.study.apply(&correction.changes).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever was imported, split, joined and put right goes out and comes back the same, and with one word more it is the
    /// same but for that word.
    #[test]
    fn what_goes_out_comes_back(
        lines in prop::collection::vec(some_line(), 1..20),
        doings in prop::collection::vec((0usize..3, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4),
    ) {
        let mut desk = Desk::new();
        let taken = desk.take(&[file("x.txt", &lines.join("\n"))]);
        prop_assume!(taken[0].status == Status::New);
        for (kind, turn, place) in doings {
            let held = desk.study.transcript_named("x").unwrap().clone();
            let all = desk.study.turns(held.id).unwrap().clone();
            if all.turns.is_empty() {
                break;
            }
            let turn = &all.turns[turn.index(all.turns.len())];
            let text = desk.kept.texts[&held.revision].clone();
            let words: Vec<usize> = turn.speech.slice(&text).unwrap().match_indices(' ').map(|(at, _)| at + 1).collect();
            let at = words.get(place.index(words.len().max(1))).map(|at| turn.speech.start + u32::try_from(*at).unwrap());
            let made = match (kind, at) {
                (0, Some(at)) => desk.study.split_turn(held.id, &text, turn.number, at, &desk.source),
                (1, _) => desk.study.join_turns(held.id, &text, turn.number, &desk.source),
                (_, Some(at)) => {
                    let edit = Edit::reword(Span { start: at, end: at }, "rather ");
                    desk.study.correct(held.id, &text, &[edit], &desk.source)
                }
                _ => continue,
            };
            if let Ok(made) = made {
                correct(&mut desk, |_, _, _| made.clone());
            }
        }
        let proof = written(&desk, "x");
        let report = back(&mut desk, &[file("y.txt", &proof)]).remove(0);
        prop_assert_eq!((report.status, report.error), (Status::Same, None), "{}", proof);
        if let Some((more, number)) = with_a_word_more(&desk, "x", &proof) {
            let (mut before, beside) = (turns(&desk, "x"), around(&desk, "x"));
            let report = back(&mut desk, &[file("y.txt", &more)]).remove(0);
            prop_assert_eq!((report.status, report.error), (Status::Revised, None), "{}", more);
            before.get_mut(&number).unwrap().1.push_str(" addedword");
            prop_assert_eq!(turns(&desk, "x"), before);
            prop_assert_eq!(around(&desk, "x"), beside);
        }
    }
}

/// T1 written out.
fn proof_of(site: &Site) -> String {
    let ran = site.run(&["-C", "study", "export", "transcript", "T1", "-o", "T1.txt", "--force"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    fs::read_to_string(site.path("T1.txt")).unwrap()
}

/// It comes back with these words.
fn bring(site: &Site, text: &str, more: &[&str]) -> Ran {
    site.write("back.txt", text);
    site.run(&[&["-C", "study", "import", "back.txt", "--revise"], more].concat())
}

fn shown(site: &Site) -> String {
    site.in_study(&["show", "T1"]).out
}

#[test]
fn a_proof_says_which_turn_is_which_in_plain_text() {
    let site = talk();
    split(&site, "The bus");
    let proof = proof_of(&site);
    let (heading, body) = proof.split_once("\n\n").unwrap();
    assert!(heading.starts_with("Combe transcript T1, revision 2 · "), "{heading}");
    assert_eq!(
        body,
        "[1] Interviewer\nWho helped?\n\n[2a] Anna\nMy cousin Gwillym drove us there.\n\n[2b] Anna\nThe bus had gone.\n\n\
         [3] Anna\nHe waited by the gate for an hour.\n\n[4] Interviewer\nAnd then?\n\n[5] Anna\nThen the letter came, at long last.\n"
    );
    let printed = site.run(&["-C", "study", "export", "transcript", "T1", "--format", "text"]);
    assert_eq!(printed.out, proof);
}

#[test]
fn what_was_put_right_here_meanwhile_stands_beside_what_the_proof_put_right() {
    let site = talk();
    split(&site, "The bus");
    let proof = proof_of(&site);
    reword(&site, "Gwillym", "Gwilym");
    let before = shown(&site);
    // Nothing was put right in it: what was put right here stays.
    let ran = bring(&site, &proof, &[]);
    assert!(ran.code == 0 && ran.out.contains("same"), "{}{}", ran.out, ran.err);
    assert_eq!(shown(&site), before);
    let ran = bring(&site, &proof.replace("an hour", "two hours"), &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert_eq!(shown(&site), before.replace("an hour", "two hours"));
    // Who corrected the present text may go back to what it was.
    let ran = bring(&site, &proof_of(&site).replace("Gwilym", "Gwillym"), &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(shown(&site).contains("cousin Gwillym"));
    site.assert_sound();
}

#[test]
fn turns_come_in_go_are_joined_and_change_hands() {
    let site = talk();
    let proof = proof_of(&site);
    let next = proof
        .replace("[4] Interviewer\nAnd then?", "[4] Anna\nAnd then?\n\n[new] Ben\nI was there too.")
        .replace("\n\n[3] Anna\n", "\n");
    let ran = bring(&site, &next, &["--bind", "Ben=other"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let mut store = site.store();
    let (study, _) = store.load().unwrap();
    let text = store.text(study.transcript_named("T1").unwrap().revision).unwrap();
    assert_eq!(
        &*text,
        "Interviewer: Who helped?\n\nAnna: My cousin Gwillym drove us there. The bus had gone.\nHe waited by the gate for an hour.\
         \n\nAnna: And then?\n\nBen: I was there too.\n\nAnna: Then the letter came, at long last.\n"
    );
    let now = shown(&site);
    for line in [" 2 T1: My cousin", " 4 T1: And then?", " 5 T1: Then the letter"] {
        assert!(now.contains(line), "{line}: {now}");
    }
    // One that moved is told by what it says, as in any other file.
    let proof = proof_of(&site);
    let last = "[5] Anna\nThen the letter came, at long last.\n";
    let moved = proof.replace(last, "").replace("[4] Anna", &format!("{last}\n[4] Anna"));
    let ran = bring(&site, &moved, &["--dry-run"]);
    assert!(ran.code == 0 && ran.out.contains("revised"), "{}", ran.out);
    let gone = proof_of(&site).replace("[1] Interviewer\nWho helped?\n\n", "");
    assert_eq!(bring(&site, &gone, &[]).code, 0);
    assert!(shown(&site).trim_start().starts_with("2 T1: My cousin"), "{}", shown(&site));
}

#[test]
fn a_proof_that_does_not_fit_its_text_is_refused_and_nothing_changes() {
    let site = talk();
    let (proof, before) = (proof_of(&site), shown(&site));
    for (from, to, said) in [
        ("[4]", "[9]", "a turn [9] that the text does not have"),
        ("[4]", "[3]", "turn [3] stands in it twice"),
        ("And then?", "", "turn 4 would say nothing"),
    ] {
        let ran = bring(&site, &proof.replace(from, to), &[]);
        assert_eq!((ran.code, shown(&site)), (3, before.clone()), "{from}");
        assert!(ran.out.contains(said), "{}", ran.out);
    }
    let other = bring(&site, &proof, &["--name", "back.txt=I1"]);
    assert!(other.code == 3 && other.out.contains("was written from “T1”"), "{}", other.out);
    // The text it was written from was undone.
    reword(&site, "an hour", "two hours");
    let proof = proof_of(&site).replace("at long last", "at last");
    site.in_study(&["undo", &(site.actions() - 1).to_string()]);
    let ran = bring(&site, &proof, &[]);
    assert_eq!((ran.code, shown(&site)), (3, before.clone()), "{}", ran.out);
    assert!(ran.out.contains("was undone since"), "{}", ran.out);
    let ran = bring(&site, &proof, &["--overwrite-corrections"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert_eq!(shown(&site), before.replace("at long last", "at last").replace("an hour", "two hours"));
}

#[test]
fn hidden_turns_stay_at_home_and_as_they_are() {
    let site = talk();
    site.in_study(&["hide", "T1:3"]);
    let proof = proof_of(&site);
    assert!(proof.contains("\n\n[3 left out]\n\n") && proof.contains("Left out: 3.\n"), "{proof}");
    assert!(!proof.contains("by the gate"));
    let before = shown(&site);
    assert!(bring(&site, &proof, &[]).out.contains("same"));
    for wrong in [
        proof.replace("[3 left out]\n\n", ""),
        proof.replace("[3 left out]", "[3 left out]\nHe sat."),
        proof.replace("[3 left out]", "[3] Anna\nHe sat."),
    ] {
        let ran = bring(&site, &wrong, &[]);
        assert_eq!((ran.code, shown(&site)), (3, before.clone()), "{wrong}");
        assert!(ran.out.contains("[3 left out] must stand for them by itself"), "{}", ran.out);
    }
    assert_eq!(bring(&site, &proof.replace("at long last", "at last"), &[]).code, 0);
    assert_eq!(shown(&site), before.replace("at long last", "at last"));
    site.in_study(&["unhide", "T1:3"]);
    assert!(shown(&site).contains("3 T1: He waited by the gate for an hour."));
    // It is no transcript of its own.
    let ran = site.run(&["-C", "study", "import", "back.txt", "--name", "back.txt=New"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
}

#[test]
fn a_whole_proof_is_a_transcript_of_its_own_in_another_study() {
    let site = talk();
    let proof = proof_of(&site);
    site.done(&["new", "other"]);
    site.write("T1.txt", proof);
    let taken = site.done(&["-C", "other", "import", "T1.txt"]).out;
    assert!(taken.contains("new") && taken.contains("5 turns"), "{taken}");
    let there = site.done(&["-C", "other", "show", "T1"]).out;
    assert!(there.contains("5 T1: Then the letter came, at long last."), "{there}");
}

#[test]
fn what_is_printed_for_reading_does_not_come_back_as_a_correction() {
    let site = talk();
    let before = shown(&site);
    for words in [&["show", "T1"][..], &["print", "T1"], &["print", "T1", "--page", "60", "--codes"]] {
        let printed = site.in_study(words).out;
        let ran = bring(&site, &printed, &["--name", "back.txt=T1"]);
        assert_eq!((ran.code, shown(&site)), (3, before.clone()), "{words:?}: {}", ran.out);
        assert!(ran.out.contains("combe export transcript T1 -o T1.txt"), "{}", ran.out);
    }
    site.run(&["-C", "study", "export", "archive", "bundle"]);
    let archived = fs::read_to_string(site.path("bundle/transcripts/T1.txt")).unwrap();
    let ran = bring(&site, &archived, &["--name", "back.txt=T1"]);
    assert_eq!((ran.code, shown(&site)), (3, before), "{}", ran.out);
}

#[test]
fn marks_of_what_was_left_out_do_not_come_in_as_speech() {
    let site = talk();
    site.in_study(&["hide", "T1:3"]);
    let before = shown(&site);
    let text = crate::erase_revisions::TALK.replace("He waited by the gate for an hour.", "[left out]");
    let ran = bring(&site, &text, &["--name", "back.txt=T1"]);
    assert_eq!((ran.code, shown(&site)), (3, before), "{}", ran.out);
    assert!(ran.out.contains("combe export transcript T1 -o T1.txt"), "{}", ran.out);
    let new = site.run(&["-C", "study", "import", "back.txt", "--name", "back.txt=T2"]);
    assert!(new.code == 0 && new.out.contains("is taken as speech"), "{}", new.out);
}

#[test]
fn a_file_with_less_than_half_of_the_turns_is_no_correction() {
    let site = Site::with_turns(20);
    let few = "Interviewer: What came after that?\n\nDana: A letter.\n";
    site.write("L1.txt", few);
    let ran = site.run(&["-C", "study", "import", "L1.txt", "--revise"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    assert!(ran.out.contains("2 turns were found in it where the study has 20"), "{}", ran.out);
    let ran = site.run(&["-C", "study", "import", "L1.txt", "--revise", "--layout", "colon"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn a_coded_transcript_of_word_does_not_put_its_name_in_the_place_of_the_preamble() {
    let site = Site::bare();
    let mut text = String::from("Date: 12 March\nPlace: Cwm Taf\n\n");
    for turn in 0..40 {
        text.push_str(&format!("Interviewer: What came then?\n\nDana: Then visit {turn} was put off.\n\n"));
    }
    site.write("L1.txt", &text);
    site.done(&["new", "study"]);
    site.in_study(&["import", "L1.txt"]);
    site.in_study(&["speaker", "L1", "Dana", "P07", "--new"]);
    site.run(&["-C", "study", "export", "transcript", "L1", "-o", "L1.docx"]);
    let ran = site.run(&["-C", "study", "import", "L1.docx", "--revise"]);
    assert!(ran.code == 0 && !ran.out.contains("refused"), "{}", ran.out);
    let mut store = site.store();
    let (study, _) = store.load().unwrap();
    let now = store.text(study.transcript_named("L1").unwrap().revision).unwrap();
    assert_eq!(now.trim_end(), text.trim_end());
}

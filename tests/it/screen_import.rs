//! Import in the program: keys in, the preview and the study out.

use combe::app::{Effect, Msg, Screen};
use combe::import::Status;
use combe::study::{Kind, TranscriptId, Voice};
use combe::text::fold_label;

use crate::screen::{Desk, I43, Parts};

const I50: &str = "Interviewer: What would help you?\n\nP90: A list on paper helps me to ask.\n\nP90a: I forget half of it.\n\nInterviewer: Thank you.\n";
const FG07: &str = "MOD: Who begins?\n\nAnn: I do not mind.\n\nBob: Nor do I, I think.\n";
const PEOPLE: &str = "participant_id,session_id,speaker_label,group\nP201,FG07,Ann,public\n";
const CODINGS: &str =
    "transcript,start,end,quote,code,valence,coder,memo\nFG07,23,36,I do not mind,Ease,,c1,\n";

fn desk(files: &[(&str, &str)]) -> Desk {
    sized(files, 80, 24)
}

fn sized(files: &[(&str, &str)], width: u16, height: u16) -> Desk {
    let mut desk = Desk::sized(Parts::small(), width, height);
    desk.files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    desk
}

fn all() -> Desk {
    desk(&[("in/FG07.txt", FG07), ("in/I50.txt", I50), ("in/people.csv", PEOPLE)])
}

fn transcript(desk: &Desk, name: &str) -> TranscriptId {
    desk.model.study.transcript_named(name).unwrap_or_else(|| panic!("no {name}")).id
}

fn who(desk: &Desk, name: &str, label: &str) -> String {
    let study = &desk.model.study;
    match study.bindings().get(&(transcript(desk, name), fold_label(label))).unwrap().voice {
        Voice::Participant(id) => study.participants().get(&id).unwrap().name.clone(),
        other => other.role().to_owned(),
    }
}

#[test]
fn the_preview_in_three_sizes_and_nothing_is_changed() {
    let mut desk = all();
    desk.files.insert("in/table.csv".into(), "a,b\n1,2\n".into());
    desk.keys(": 'import in' ret");
    assert_eq!(desk.model.screen, Screen::Import);
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("import_{width}x{height}"), desk.picture());
    }
    desk.keys("esc");
    assert_eq!(desk.model.screen, Screen::Transcripts);
    assert!(desk.committed.is_empty());
    assert_eq!(desk.model.study.transcripts().len(), 2);
}

#[test]
fn one_file_in_three_sizes() {
    let mut desk = all();
    desk.keys(": 'import in' ret down ret");
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        desk.send(Msg::Resize(width, height));
        insta::assert_snapshot!(format!("import_file_{width}x{height}"), desk.picture());
    }
}

#[test]
fn all_is_taken_in_as_one_action_and_is_on_the_list() {
    let mut desk = all();
    desk.keys(": 'import in' ret i");
    assert_eq!(desk.committed.len(), 1);
    assert_eq!(desk.committed[0].command, "import");
    assert_eq!(desk.model.screen, Screen::Transcripts);
    assert!(desk.said().starts_with("Action 1 imported 3 files: 3 new"), "{}", desk.said());
    assert!(desk.said().ends_with("The history (g y) takes it back."), "{}", desk.said());
    let names: Vec<&str> = desk.model.transcripts.list.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["FG06", "FG07", "I43", "I50"]);
    assert_eq!(who(&desk, "FG07", "Ann"), "P201");
    // What came in can be read and coded at once.
    desk.keys("ret t down c 'work' ret");
    assert_eq!(desk.model.screen, Screen::Read);
    assert_eq!(desk.committed.len(), 2);
}

#[test]
fn labels_are_renamed_merged_and_bound_in_the_file() {
    let mut desk = desk(&[("in/I50.txt", I50)]);
    desk.keys(": 'import in' ret ret");
    // P90a is another writing of P90, who is the P088 that the study knows.
    desk.keys("down down m");
    assert!(desk.screen().contains("“P90a” is the same speaker as"), "{}", desk.screen());
    desk.keys("'P90' ret");
    assert!(!desk.screen().contains("P90a"), "{}", desk.screen());
    desk.keys("ret 'P088' ret");
    assert!(desk.screen().contains("P088  participant"), "{}", desk.screen());
    desk.keys("r C-u 'Patient' ret");
    assert!(desk.screen().contains("P088  participant"), "who it is goes along: {}", desk.screen());
    desk.keys("i");
    assert_eq!(who(&desk, "I50", "Patient"), "P088");
    assert_eq!(who(&desk, "I50", "Interviewer"), "interviewer");
    let turns = desk.model.study.turns(transcript(&desk, "I50")).unwrap();
    assert_eq!(turns.speakers, ["interviewer", "patient"]);
}

#[test]
fn a_new_participant_is_named_and_a_role_is_chosen() {
    let mut desk = desk(&[("in/I50.txt", I50)]);
    desk.keys(": 'import in' ret ret down ret 'new par' ret 'P 90' ret");
    assert!(desk.screen().contains("P 90  participant"), "{}", desk.screen());
    desk.keys("down ret 'sever' ret i");
    assert_eq!(who(&desk, "I50", "P90"), "P 90");
    assert!(!desk.model.study.participant_named("P 90").unwrap().provisional);
    assert_eq!(who(&desk, "I50", "P90a"), "several");
}

#[test]
fn a_name_that_nobody_has_is_typed_where_one_is_asked_who_speaks() {
    let mut desk = desk(&[("in/I50.txt", I50)]);
    desk.keys(": 'import in' ret ret down ret 'P 90' ret");
    assert!(desk.screen().contains("P 90  participant"), "{}", desk.screen());
    desk.keys("down ret 'sever' ret i");
    assert_eq!(who(&desk, "I50", "P90"), "P 90");
    assert!(!desk.model.study.participant_named("P 90").unwrap().provisional);
    assert_eq!(who(&desk, "I50", "P90a"), "several");
}

#[test]
fn kind_layout_and_name_are_switched_and_the_plan_is_made_again() {
    let mut desk = desk(&[("in/I50.txt", I50)]);
    desk.keys(": 'import in' ret t");
    assert!(desk.screen().contains("focus group"), "{}", desk.screen());
    desk.keys("ret l 'unlab' ret");
    assert!(desk.screen().contains("unlabelled") || desk.screen().contains("no label"), "{}", desk.screen());
    desk.keys("l 'fits' ret N C-u 'Interview 50' ret i");
    let held = desk.model.study.transcripts().get(&transcript(&desk, "Interview 50")).unwrap();
    assert_eq!(held.kind, Kind::FocusGroup);
    assert_eq!(desk.model.study.turns(held.id).unwrap().turns.len(), 4);
}

#[test]
fn a_file_is_left_out_and_taken_in_again() {
    let mut desk = all();
    desk.keys(": 'import in' ret x");
    assert!(desk.screen().contains("left out"), "{}", desk.screen());
    assert!(desk.screen().contains("2 files: 2 new"), "{}", desk.screen());
    desk.keys("x");
    assert!(!desk.screen().contains("left out"));
    desk.keys("x down x down x i");
    assert!(desk.said().starts_with("Nothing is to be done"), "{}", desk.said());
    desk.keys("up x i");
    assert!(desk.model.study.transcript_named("I50").is_some());
    assert!(desk.model.study.transcript_named("FG07").is_none());
}

#[test]
fn doubtful_files_come_first_and_the_choice_stays() {
    let mut desk = all();
    desk.files.insert("in/zz.csv".into(), "a,b\n1,2\n".into());
    desk.keys(": 'import in' ret d");
    let screen = desk.screen();
    let first = screen.lines().nth(3).unwrap();
    assert!(first.contains("zz.csv") && first.contains("refused"), "{screen}");
    desk.keys("home");
    assert!(desk.screen().contains("its header is that of no table"), "{}", desk.screen());
    desk.keys("ret");
    assert!(desk.screen().contains("its header is that of no table"), "{}", desk.screen());
    desk.keys("ret");
    assert_eq!(desk.said(), "No speaker is chosen here.");
    desk.keys("l");
    assert_eq!(desk.said(), "This file is no transcript.");
}

#[test]
fn another_text_under_a_known_name_is_refused_or_made_a_revision() {
    let changed = I43.replace("Thank you.", "Thank you very much.");
    let mut desk = desk(&[("in/I43.txt", &changed)]);
    desk.keys(": 'import in' ret ret");
    assert!(desk.screen().contains("press R to make this"), "{}", desk.screen());
    desk.keys("R");
    assert!(desk.screen().contains("revised"), "{}", desk.screen());
    desk.keys("i");
    let id = transcript(&desk, "I43");
    let revisions = desk.model.study.revisions().iter().filter(|held| held.transcript == id).count();
    assert_eq!(revisions, 2);
}

#[test]
fn where_the_file_and_the_study_changed_the_same_a_second_and_third_press_say_whose_words_stand() {
    let changed = I43.replace("And the patients?", "And then?").replace("really key", "really central");
    let mut desk = desk(&[("in/I43.txt", &changed)]);
    // “really” and the blank behind it are put right in the program first.
    desk.keys("g t end ret J W w home C-right C-right C-right C-right C-right C-w 'a ' C-s");
    desk.keys(": 'import in' ret ret R");
    assert!(desk.screen().contains("(turn 2)"), "{}", desk.screen());
    let said = desk.screen().replace('\n', " ");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("press R to take those of the file there, and once more to keep those of the study"),
        "{said}"
    );
    desk.keys("R");
    assert!(desk.said().contains("with the file’s words"), "{}", desk.said());
    assert!(desk.screen().contains("it takes back what was put right"), "{}", desk.screen());
    desk.keys("R");
    assert!(desk.said().contains("with the study’s words"), "{}", desk.said());
    desk.keys("R");
    assert_eq!(desk.said(), "Not as a revision.");
    assert!(desk.screen().contains("press R to make this"), "{}", desk.screen());
    desk.keys("R R R i");
    let text = &desk.texts[&desk.model.study.transcript_named("I43").unwrap().revision];
    assert!(text.contains("time is a  key") && text.contains("And then?"), "{text}");
}

#[test]
fn the_key_that_is_advised_where_the_words_of_the_study_cannot_stand_takes_the_file() {
    // The file has a word again, in another place, that was replaced here and stands nowhere any more.
    let changed = I43.replace("Thank you.", "Thank you. Some day.");
    let mut desk = desk(&[("in/I43.txt", &changed)]);
    desk.keys("g t end ret J J J W w home C-right C-right C-right C-w 'Many' C-s");
    assert!(desk.screen().contains("Many of them"), "{}", desk.screen());
    desk.keys(": 'import in' ret ret R");
    let status = |desk: &Desk| desk.model.import_preview.files()[0].report.status;
    let advice = |desk: &Desk| desk.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    desk.keys("R R");
    assert!(desk.said().contains("with the study’s words"), "{}", desk.said());
    assert_eq!(status(&desk), Status::Refused, "{}", desk.screen());
    assert!(advice(&desk).contains("press R to take it"), "{}", desk.screen());
    desk.keys("R");
    assert_eq!(status(&desk), Status::Revised, "{}: {}", desk.said(), desk.screen());
    // From there no press leads back to what cannot be.
    desk.keys("R");
    assert_eq!(desk.said(), "Not as a revision.");
    desk.keys("R R R");
    assert!(desk.said().contains("with the study’s words"), "{}", desk.said());
}

#[test]
fn codes_of_a_list_of_codings_are_made_where_that_is_said() {
    let mut desk = desk(&[("in/FG07.txt", FG07), ("in/codings.csv", CODINGS)]);
    desk.keys(": 'import in' ret");
    assert!(desk.screen().contains("1 refused"), "{}", desk.screen());
    desk.keys("C");
    assert!(desk.screen().contains("2 files: 2 new"), "{}", desk.screen());
    desk.keys("i");
    assert_eq!(desk.codings(), ["I do not mind = Ease"]);
}

#[test]
fn what_a_codebook_would_change_is_listed_before_it_is_taken_in() {
    let mut desk =
        desk(&[("book.csv", "name,definition\nWorkload,Too much to do.\nTea,Something to drink.\n")]);
    desk.keys(": 'import book.csv' ret ret");
    let screen = desk.screen();
    assert!(screen.contains("What it changes") && screen.contains("added “Tea”"), "{screen}");
    assert!(
        screen.contains("redefined “Workload”: definition was nothing, is “Too much to do.”"),
        "{screen}"
    );
}

#[test]
fn a_letter_asks_for_a_path_and_tab_completes_it() {
    let mut desk = all();
    desk.keys("i");
    assert_eq!(desk.other_effects.last(), Some(&Effect::ListPaths(String::new())));
    desk.keys("'in'");
    assert_eq!(desk.other_effects.last(), Some(&Effect::ListPaths("in".into())));
    desk.send(Msg::PathsListed { typed: "i".into(), paths: vec!["images/".into()] });
    desk.send(Msg::PathsListed { typed: "in".into(), paths: vec!["in/".into()] });
    desk.keys("tab");
    assert_eq!(
        desk.other_effects.last(),
        Some(&Effect::ListPaths("in/".into())),
        "one press, one folder down"
    );
    desk.keys("ret");
    assert_eq!(desk.model.screen, Screen::Import);
    assert_eq!(desk.model.import_preview.path, "in/");
}

#[test]
fn nothing_blocks_while_files_are_read_and_late_answers_are_dropped() {
    let mut desk = all();
    desk.answers = false;
    desk.keys(": 'import in' ret");
    desk.send(Msg::ImportProgress { generation: 1, done: 3, of: 12 });
    assert!(desk.screen().contains("reading 3 of 12 files"), "{}", desk.screen());
    desk.keys("i");
    assert!(desk.said().starts_with("No files are read yet"), "{}", desk.said());
    desk.keys("esc");
    assert_eq!(desk.model.screen, Screen::Transcripts);
    assert_eq!(desk.other_effects.iter().filter(|effect| **effect == Effect::ForgetImport).count(), 1);
    desk.send(Msg::ImportFailed { generation: 1, sentence: "gone".into() });
    assert_eq!(desk.said(), "");
    desk.keys(": 'import there' ret");
    desk.send(Msg::ImportFailed { generation: 3, sentence: "there: it cannot be read".into() });
    assert_eq!((desk.model.screen, desk.said()), (Screen::Transcripts, "there: it cannot be read"));
}

#[test]
fn a_key_waits_for_the_plan_that_is_being_made() {
    let mut desk = desk(&[("in/I50.txt", I50)]);
    desk.keys(": 'import in' ret");
    desk.answers = false;
    desk.keys("t i");
    assert!(desk.committed.is_empty());
    let asked = desk.other_effects.iter().rev().find_map(|effect| match effect {
        Effect::PlanImport { generation, options, out, coder } => {
            Some((*generation, options.clone(), out.clone(), coder.clone()))
        }
        _ => None,
    });
    let (generation, options, out, coder) = asked.unwrap();
    desk.plan(generation, &options, &out, &coder);
    assert_eq!(desk.committed.len(), 1);
    let held = desk.model.study.transcripts().get(&transcript(&desk, "I50")).unwrap();
    assert_eq!(held.kind, Kind::FocusGroup);
}

#[test]
fn a_study_that_changed_meanwhile_is_planned_again() {
    let mut desk = desk(&[("in/I50.txt", I50)]);
    desk.keys(": 'import in' ret");
    // A colleague imports the same interview.
    let mut other = self::desk(&[("in/I50.txt", I50)]);
    other.keys(": 'import in' ret i");
    let action = other.committed[0].clone();
    let turns = vec![(**other.model.study.turns(transcript(&other, "I50")).unwrap()).clone()];
    desk.send(Msg::Others(vec![combe::store::Logged { seq: 1, action, turns }]));
    desk.keys("i");
    assert!(desk.said().starts_with("Not done:"), "{}", desk.said());
    assert!(desk.committed.is_empty());
}

#[test]
fn a_read_only_study_can_be_looked_at_with_an_import_but_not_changed() {
    let parts = Parts::small();
    let setting = combe::app::Setting { read_only: Some("c2 has it".into()), ..parts.setting(80, 24) };
    let mut desk =
        Desk::begin(setting, combe::study::Study::default(), &parts, &combe::app::Place::default());
    desk.load(parts.study);
    desk.files = [("in/I50.txt".to_owned(), I50.to_owned())].into();
    assert!(desk.screen().contains("f filter") && !desk.screen().contains("i import"), "{}", desk.screen());
    desk.keys(": 'import in' ret i");
    assert_eq!(desk.said(), "The study is open for reading only.");
    assert!(desk.committed.is_empty());
}

#[test]
fn the_import_screen_is_no_place_to_come_back_to() {
    let mut desk = all();
    desk.keys("1 : 'import in' ret");
    let place = desk.other_effects.iter().rev().find_map(|effect| match effect {
        Effect::SavePlace(place) => Some(place.screen),
        _ => None,
    });
    assert_ne!(place, Some(Screen::Import));
    desk.keys("esc");
    assert_eq!(desk.model.screen, Screen::Panels);
}

#[test]
fn what_was_said_of_the_files_is_taken_back_one_by_one() {
    let mut desk = desk(&[("in/I50.txt", I50)]);
    desk.keys(": 'import in' ret ret down down m");
    // The first row of the list is another than was meant.
    desk.keys("ret");
    assert!(!desk.screen().contains("P90a"), "{}", desk.screen());
    desk.keys("r C-u 'Someone' ret u");
    assert!(!desk.screen().contains("Someone"), "{}", desk.screen());
    desk.keys("u");
    assert!(desk.screen().contains("P90a"), "{}", desk.screen());
    desk.keys("u");
    assert_eq!(desk.said(), "Nothing was said of these files that could be taken back.");
    assert!(desk.committed.is_empty());
}

#[test]
fn one_esc_too_many_loses_nothing() {
    let mut desk = desk(&[("in/I50.txt", I50)]);
    desk.keys(": 'import in' ret ret down r C-u 'Gwen' ret esc esc");
    assert_eq!(desk.model.screen, Screen::Transcripts);
    assert_eq!(desk.said(), "Nothing was imported; `:import in` goes on with what you said of its files.");
    desk.keys(": 'import in' ret ret");
    assert!(desk.screen().contains("Gwen"), "{}", desk.screen());
    desk.keys("u");
    assert!(!desk.screen().contains("Gwen"), "{}", desk.screen());
    // Other files are other files.
    desk.keys("r C-u 'Gwen' ret esc esc : 'import in/I50.txt' ret ret");
    assert!(!desk.screen().contains("Gwen"), "{}", desk.screen());
}

#[test]
fn rows_stay_where_they_are_while_doubts_are_answered() {
    let asked = "Interviewer: Well?\n\nB: b\n\nInterviewer: And?\n\nB: Yes.\n";
    let mut desk = desk(&[("in/a.txt", asked), ("in/x.txt", "A: What?\n\nB: b\n")]);
    desk.keys(": 'import in' ret d");
    let rows = desk.model.import_preview.rows.clone();
    let first = desk.model.import_preview.files()[rows[0]].report.file.clone();
    assert_eq!(first, "in/x.txt", "nobody asks there");
    let before = desk.model.import_preview.files()[rows[0]].report.doubts.len();
    desk.keys("home ret ret 'interviewer' ret");
    let doubts = desk.model.import_preview.files()[rows[0]].report.doubts.len();
    assert!(doubts < before, "{doubts} of {before}");
    assert_eq!(desk.model.import_preview.rows, rows);
}

#[test]
fn who_was_named_in_one_file_is_offered_in_the_next() {
    let mut desk = desk(&[("in/I50.txt", I50), ("in/I51.txt", "Interviewer: And?\n\nX: Well.\n")]);
    desk.keys(": 'import in' ret ret down ret 'P117' ret n down ret 'P1'");
    assert!(
        desk.screen().contains("P117") && desk.screen().contains("new in this import"),
        "{}",
        desk.screen()
    );
    desk.keys("ret i");
    assert_eq!((who(&desk, "I50", "P90"), who(&desk, "I51", "X")), ("P117".into(), "P117".into()));
}

#[test]
fn a_label_that_is_renamed_keeps_who_it_was_taken_for() {
    let mut desk = desk(&[("in/FG07.txt", FG07)]);
    desk.keys(": 'import in' ret ret");
    assert!(desk.screen().contains("interviewer"), "{}", desk.screen());
    desk.keys("r C-u 'Carys' ret i");
    assert_eq!(who(&desk, "FG07", "Carys"), "interviewer");
}

#[test]
fn doubts_advise_keys_and_no_options_of_the_shell() {
    let mut desk = desk(&[("in/x.txt", "A: What?\n\nB: b\n")]);
    desk.keys(": 'import in' ret ret");
    let screen = desk.screen();
    assert!(screen.contains("label and press Enter") && !screen.contains("--bind"), "{screen}");
    assert!(screen.contains("1 turn, 1 word "), "{screen}");
}

#[test]
fn undo_straight_after_an_import_says_where_that_is_taken_back() {
    let mut desk = all();
    desk.keys("ret m 'Mine.' C-s g t : 'import in' ret i u");
    let words = "Your last step was an import (2 files); it is taken back in the history (g y). u again: the step \
                 before it.";
    assert_eq!(desk.said(), words);
    desk.keys("u");
    assert!(!desk.said().contains("import"), "{}", desk.said());
}

#[test]
fn leaving_says_that_choices_for_an_import_are_not_kept_and_going_away_comes_back() {
    let mut desk = all();
    desk.keys(": 'import in' ret x q");
    assert!(
        desk.screen().contains("Quit? Everything is saved, but not what you chose for the import."),
        "{}",
        desk.screen()
    );
    desk.keys("n g t");
    assert_eq!(desk.model.screen, Screen::Transcripts);
    desk.keys("backspace");
    assert_eq!(desk.model.screen, Screen::Import, "{}", desk.screen());
    // Without an import to come back to, the place before is the list.
    desk.keys("esc g p backspace backspace");
    assert_ne!(desk.model.screen, Screen::Import);
}

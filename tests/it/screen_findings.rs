//! Words that may tell who somebody is: listed, kept, replaced, gone to; and never in a record afterwards.

use combe::app::{Effect, Msg, Screen};
use combe::study::{Change, Kind, Memo, MemoKind, MemoOn, Record, fresh};

use crate::screen::{Desk, Parts};

const I43: &str = "\
Interview 43, by Dr Pughe.

Interviewer: Where do you go?

P088: I go to Dr Pughe at Blaenfelin Surgery. My daughter, Angharad, drives me.

P088: Ring 07700 900123, he said.
";

const FG06: &str = "\
MOD: Who begins?

P1F: Dr Pughe’s nurse, I think. Angharad would know.
";

/// Two transcripts, a memo and an example with names in them.
fn parts() -> Parts {
    let mut parts = Parts::new();
    parts.transcript("I43", Kind::Interview, I43, false);
    parts.transcript("FG06", Kind::FocusGroup, FG06, false);
    parts.code("Being known", None, "opportunity.social", "");
    let memo = Memo {
        id: fresh(&*parts.source),
        on: MemoOn::Study,
        kind: MemoKind::Analytic,
        coder: parts.me.id,
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "She means Dr Pughe, as all of them do.".into(),
    };
    let code = parts.study.codes().iter().next().unwrap().clone();
    let with_example = combe::study::Code { example: "“Mrs Prydderch knows me”".into(), ..code.clone() };
    let changes =
        [Change::create(parts.me.clone()), Change::create(memo), Change::update(code, with_example)];
    parts.study.apply(&changes[1..]).unwrap();
    parts
}

fn desk() -> Desk {
    let mut desk = Desk::new(parts());
    desk.keys("g I");
    desk
}

/// The listed findings: pattern, words that are replaced, place; `+` where one is kept.
fn listed(desk: &Desk) -> Vec<String> {
    let findings = &desk.model.findings;
    let row = |row: &combe::app::findings::FindingRow| {
        let kept = if row.kept.is_some() { "+" } else { "" };
        let found = &row.found;
        format!("{kept}{} {} {}", found.pattern, found.name_words(), desk.model.finding_place(found))
    };
    findings.rows.iter().map(row).collect()
}

/// All records of the study, as they are written to disk, without the texts of revisions.
fn records(desk: &Desk) -> String {
    let study = &desk.model.study;
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
fn findings_are_listed_by_pattern_and_severity() {
    let desk = desk();
    assert_eq!(
        listed(&desk),
        [
            "phone 07700 900123 I43:3",
            "named_institution Blaenfelin Surgery I43:2",
            "relative_name Angharad I43:2",
            "title_name Pughe FG06:2",
            "title_name Pughe I43 preamble",
            "title_name Pughe I43:2",
            "title_name Pughe memo on the study",
            "title_name Prydderch example of “Being known”",
        ]
    );
    let screen = desk.screen();
    assert!(screen.contains("8 open: 1 high, 7 medium, 0 low · 0 kept"), "{screen}");
    assert!(screen.contains("phone · high · 1 open"), "{screen}");
    assert!(screen.contains("No pattern finds bare first names"), "{screen}");
}

#[test]
fn the_watch_list_comes_first_and_finds_bare_names() {
    let mut desk = desk();
    desk.names = "watch = [\"angharad\"]".into();
    desk.keys("a");
    assert_eq!(listed(&desk)[..2], ["watch_list Angharad FG06:2", "watch_list Angharad I43:2"]);
    assert!(desk.screen().contains("watch list · high · 2 open"), "{}", desk.screen());
}

#[test]
fn a_decision_to_keep_is_remembered_by_a_digest() {
    let mut desk = desk();
    desk.keys("down s");
    assert_eq!(desk.said(), "Kept: I43:2; u opens it again");
    assert_eq!(desk.model.findings.rows.len(), 7);
    // The next one took its place; all of Dr Pughe stay, with one decision.
    desk.keys("down S");
    assert_eq!(desk.model.findings.rows.len(), 3);
    assert!(!records(&desk).contains("Blaenfelin"), "the words are in no record");
    let labels: Vec<&str> = desk.committed.iter().map(|action| action.label.as_str()).collect();
    assert_eq!(labels, ["finding (named institution) kept: I43:2", "finding (title name) kept: everywhere"]);
    desk.keys("v");
    assert!(desk.screen().contains("title name · medium · 1 open, 4 kept"), "{}", desk.screen());
    assert_eq!(listed(&desk)[1], "+named_institution Blaenfelin Surgery I43:2");
    // The same key opens one again.
    desk.keys("home down s");
    assert_eq!(desk.said(), "Open again: I43:2");
    assert_eq!(listed(&desk)[1], "named_institution Blaenfelin Surgery I43:2");
    desk.keys("u u");
    assert!(
        listed(&desk).iter().all(|row| !row.starts_with('+') || row.starts_with("+named")),
        "{:?}",
        listed(&desk)
    );
}

#[test]
fn a_whole_group_is_kept_at_once_and_opened_again_by_undo() {
    let mut desk = desk();
    // The five with a title before them: the first is chosen.
    desk.keys("down down down K");
    assert_eq!(desk.said(), "All kept where they stand (title name): 5 decisions; u opens them again");
    assert_eq!(desk.committed.len(), 1);
    assert_eq!(desk.committed[0].label, "findings (title name) kept: 5 decisions");
    assert_eq!(listed(&desk).len(), 3);
    assert!(!serde_json::to_string(&desk.committed[0]).unwrap().contains("Pughe"));
    desk.keys("v end K");
    assert_eq!(desk.said(), "All of these are kept already (title name).");
    assert_eq!(desk.committed.len(), 1);
    desk.keys("v u");
    assert_eq!(listed(&desk).len(), 8);
}

#[test]
fn words_are_replaced_in_one_place_and_brought_back() {
    let mut desk = desk();
    desk.keys("end r");
    assert_eq!(desk.said(), "Replaced by […]: example of “Being known”; u takes it back");
    let example = |desk: &Desk| desk.model.study.codes().iter().next().unwrap().example.clone();
    assert_eq!(example(&desk), "“Mrs […] knows me”");
    assert_eq!(
        desk.committed.last().unwrap().label,
        "finding (title name) replaced by […]: example of “Being known”"
    );
    desk.keys("u");
    assert_eq!(example(&desk), "“Mrs Prydderch knows me”");
    assert_eq!(desk.model.findings.rows.len(), 8);
}

#[test]
fn everywhere_says_in_how_many_things_the_words_stood() {
    let mut desk = desk();
    desk.keys("down down down R");
    assert_eq!(desk.said(), "Replaced by […]: 4 places in 2 transcripts, 1 memo; u takes it back");
}

#[test]
fn nobody_is_told_that_no_names_are_watched_for_before_the_file_of_names_is_read_or_while_it_has_patterns() {
    let mut desk = Desk::new(Parts::small());
    desk.answers = false;
    desk.keys("g I");
    assert!(!desk.screen().contains("No names"), "{}", desk.screen());
    let mut desk = Desk::new(Parts::small());
    desk.keys("g I");
    assert!(desk.screen().contains("No names are watched for yet"), "{}", desk.screen());
    let mut desk = Desk::new(Parts::small());
    desk.names = String::from("patterns = ['Ward [0-9]+']\n");
    desk.keys("g I");
    assert!(desk.screen().contains("1 pattern is watched for."), "{}", desk.screen());
}

#[test]
fn a_name_gets_a_pseudonym_everywhere_as_one_action() {
    // A quote that holds the name goes along.
    let mut desk = Desk::new(parts());
    desk.keys("down ret down c 'being' ret");
    assert_eq!(
        desk.codings(),
        ["I go to Dr Pughe at Blaenfelin Surgery. My daughter, Angharad, drives me. = Being known"]
    );
    desk.committed.clear();
    desk.keys("g I down down down P");
    assert!(desk.screen().contains("pseudonym, everywhere"), "{}", desk.screen());
    desk.keys("'Howell' ret");
    assert_eq!(desk.said(), "Replaced by a pseudonym: 4 places in 2 transcripts, 1 memo; u takes it back");
    assert_eq!(desk.committed.len(), 1);
    assert_eq!(
        desk.committed[0].label,
        "finding (title name) replaced by a pseudonym: 4 places in 2 transcripts, 1 memo"
    );
    assert!(desk.names.contains("real = \"Pughe\"\npseudonym = \"Howell\""), "{}", desk.names);
    let text_of = |desk: &Desk, name: &str| {
        let transcript = desk.model.study.transcript_named(name).unwrap();
        desk.texts[&transcript.revision].to_string()
    };
    assert_eq!(text_of(&desk, "I43"), I43.replace("Pughe", "Howell"));
    assert_eq!(text_of(&desk, "FG06"), FG06.replace("Pughe", "Howell"));
    assert!(!records(&desk).contains("Pughe"), "the name is in no record");
    assert_eq!(
        desk.codings(),
        ["I go to Dr Howell at Blaenfelin Surgery. My daughter, Angharad, drives me. = Being known"]
    );
    assert!(!format!("{:?}", desk.committed[0].label).contains("Howell"));
    // What stands there now is the pseudonym, which is no finding.
    assert_eq!(listed(&desk).iter().filter(|row| row.contains("Howell")).count(), 0);
    // The first goes to the quote that went along, the second undoes.
    desk.keys("u u g I");
    assert_eq!(text_of(&desk, "I43"), I43);
    assert_eq!(
        desk.model.study.transcript_named("I43").map(|held| held.revision),
        Some(first_revision(&desk))
    );
    // The name is on the watch list from now on.
    assert_eq!(listed(&desk)[0], "watch_list Pughe FG06:2");
    desk.keys("home P ret");
    assert_eq!(text_of(&desk, "FG06"), FG06.replace("Pughe", "Howell"));
}

fn first_revision(desk: &Desk) -> combe::study::RevisionId {
    let transcript = desk.model.study.transcript_named("I43").unwrap().id;
    let held =
        desk.model.study.revisions().iter().find(|held| held.transcript == transcript && held.number == 1);
    held.unwrap().id
}

#[test]
fn a_pseudonym_that_would_be_found_again_is_refused() {
    let mut desk = desk();
    desk.names = "watch = [\"Angharad\"]".into();
    desk.keys("a end p 'Angharad Jones' ret");
    assert!(desk.said().contains("this pseudonym holds a name that is watched for"), "{}", desk.said());
    assert!(desk.committed.is_empty());
}

#[test]
fn a_finding_is_gone_to_and_come_back_from() {
    let mut desk = desk();
    desk.keys("down down ret");
    assert_eq!(desk.model.screen, Screen::Read);
    assert!(desk.screen().contains("Angharad, drives me"), "{}", desk.screen());
    desk.keys("backspace");
    assert_eq!(desk.model.screen, Screen::Findings);
    assert_eq!(desk.model.findings.roll.chosen, 2);
    desk.keys("end up ret");
    assert_eq!(desk.model.screen, Screen::Memos);
    desk.keys("backspace end ret");
    assert_eq!(desk.model.screen, Screen::Codebook);
}

#[test]
fn nothing_is_looked_through_before_the_screen_is_asked_for() {
    let mut desk = Desk::new(parts());
    desk.answers = false;
    assert!(!desk.other_effects.iter().any(|effect| matches!(effect, Effect::Scan { .. })));
    desk.keys("g I");
    let scans = desk.other_effects.iter().filter(|effect| matches!(effect, Effect::Scan { .. })).count();
    assert_eq!(scans, 1);
    assert!(desk.screen().contains("looking through 4 texts"), "{}", desk.screen());
    desk.send(Msg::ScanFailed { generation: 0, sentence: "names.toml: line 3: no".into() });
    assert!(
        desk.screen().contains("Nothing can be looked through: names.toml: line 3: no."),
        "{}",
        desk.screen()
    );
}

#[test]
fn the_file_of_names_is_opened_or_named() {
    let mut desk = desk();
    desk.model.about.names = "/home/kim/names.toml".into();
    desk.keys("e");
    assert!(desk.said().starts_with("The file of names is /home/kim/names.toml."), "{}", desk.said());
    desk.model.about.editor = Some("vi".into());
    desk.keys("e");
    assert!(desk.other_effects.contains(&Effect::EditNames { editor: "vi".into() }));
    assert_eq!(desk.model.findings.rows.len(), 8, "everything is looked through again");
}

#[test]
fn the_screen_at_all_sizes() {
    for (width, height) in [(80, 24), (40, 12), (200, 60)] {
        let mut desk = Desk::sized(parts(), width, height);
        desk.names = "watch = [\"Angharad\"]".into();
        desk.keys("g I down down");
        insta::assert_snapshot!(format!("findings_{width}x{height}"), desk.picture());
    }
}

#[test]
fn everywhere_waits_until_everything_is_looked_through() {
    let mut desk = Desk::new(parts());
    desk.answers = false;
    desk.keys("g I");
    let asked = desk.other_effects.iter().find_map(|effect| match effect {
        Effect::Scan { generation, texts, records } => Some((*generation, texts, records)),
        _ => None,
    });
    let (generation, texts, records) = asked.expect("it is looked through");
    // One text is back, the other is not.
    let first = desk.scan(&texts[..1], records);
    desk.send(Msg::Scanned { generation, scanned: Box::new(first) });
    let before = desk.committed.len();
    for keys in ["R", "P"] {
        desk.keys(keys);
        assert!(
            desk.said().starts_with("Not everything is looked through yet: 1 text to go."),
            "{keys}: {}",
            desk.said()
        );
        assert!(desk.model.layers.is_empty());
    }
    assert_eq!(desk.committed.len(), before);
}

#[test]
fn an_answer_about_other_words_is_not_taken_for_these() {
    let mut desk = Desk::new(parts());
    desk.answers = false;
    desk.keys("g I");
    let (generation, texts, records) = desk
        .other_effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Scan { generation, texts, records } => {
                Some((*generation, texts.clone(), records.clone()))
            }
            _ => None,
        })
        .expect("it is looked through");
    let answer = desk.scan(&texts, &records);
    // The memo says something else before the answer comes.
    let memo = desk.model.study.memos().iter().next().unwrap().clone();
    let other = Memo { text: "Nobody is named.".into(), ..memo.clone() };
    drop(desk.model.commit("write_memo", "a memo".into(), vec![Change::update(memo, other)]));
    desk.keys("down");
    desk.send(Msg::Scanned { generation, scanned: Box::new(answer) });
    assert!(!listed(&desk).iter().any(|row| row.contains("memo")), "{:?}", listed(&desk));
}

#[test]
fn words_of_a_hidden_turn_are_not_shown_and_still_found() {
    let mut desk = Desk::new(parts());
    desk.keys("g o 'I43:2' ret H g I");
    let places = listed(&desk);
    assert!(places.iter().any(|row| row.ends_with("I43:2")), "{places:?}");
    let rows = desk.screen();
    let hidden = rows.lines().filter(|row| row.contains("I43:2"));
    assert!(hidden.clone().all(|row| row.contains("(hidden)") && !row.contains("Pughe")), "{rows}");
    assert!(hidden.count() > 0, "{rows}");
}

#[test]
fn the_list_stays_as_it_is_while_it_is_looked_through_again() {
    let mut desk = desk();
    desk.keys("down down down down");
    let (before, place) = (listed(&desk), desk.model.findings.roll.chosen);
    desk.answers = false;
    desk.keys("a");
    assert_eq!((listed(&desk), desk.model.findings.roll.chosen), (before.clone(), place));
    assert!(desk.screen().contains("still to be looked through"), "{}", desk.screen());
    // What is decided meanwhile would be about words that may not stand there any more.
    desk.keys("r");
    assert!(desk.said().contains("looked through again"), "{}", desk.said());
    assert!(desk.committed.is_empty());
}

#[test]
fn keeping_words_everywhere_says_in_how_many_places() {
    let mut desk = desk();
    desk.keys("down down down S");
    assert_eq!(desk.said(), "Kept: everywhere (4 places); u opens it again");
}

#[test]
fn one_of_two_equal_words_in_a_turn_is_kept_and_the_other_stays_open() {
    let mut parts = parts();
    let text = "P7: Dr Pughe came, then Dr Pughe left, and Dr Pughe called.\n";
    parts.transcript("A1", Kind::Interview, text, false);
    let mut desk = Desk::sized(parts, 80, 40);
    desk.keys("g I");
    let of_turn = |desk: &Desk| -> Vec<(u32, bool)> {
        let rows = desk.model.findings.rows.iter();
        let rows = rows.filter(|row| desk.model.finding_place(&row.found) == "A1:1");
        rows.map(|row| (row.found.span.start, row.kept.is_some())).collect()
    };
    let all: Vec<u32> = of_turn(&desk).into_iter().map(|(at, _)| at).collect();
    assert_eq!(all.len(), 3, "{:?}", listed(&desk));
    while desk.model.findings.row().unwrap().found.span.start != all[1] {
        desk.keys("down");
    }
    desk.keys("s");
    assert_eq!(desk.said(), "Kept: A1:1; u opens it again");
    assert_eq!(of_turn(&desk), [(all[0], false), (all[2], false)]);
    // Seen in the list, too, where there is no colour, however long the line is.
    desk.keys("v");
    assert_eq!(of_turn(&desk), [(all[0], false), (all[1], true), (all[2], false)]);
    let screen = desk.screen();
    let rows: Vec<bool> =
        screen.lines().filter(|row| row.contains("A1:1 ")).map(|row| row.contains(" kept ")).collect();
    assert_eq!(rows[..3], [false, true, false], "{screen}");
    // Opened again it alone is open again.
    desk.keys("home");
    while desk.model.findings.row().unwrap().kept.is_none() {
        desk.keys("down");
    }
    desk.keys("s");
    assert_eq!(of_turn(&desk).iter().filter(|(_, kept)| *kept).count(), 0);
}

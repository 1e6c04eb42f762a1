//! Hiding a person, a transcript or a turn: out of counts, search, quotes and exports, and back again.

use combe::study::{Case, Change, Hidden, Hideable, Summary, SummaryState, Theme, fresh};

use crate::consent::words_of;
use crate::e2e::Site;
use crate::screen::{Desk, Parts};

fn counted(desk: &mut Desk) -> Vec<(String, usize, u32, u32)> {
    desk.keys("g w");
    let rows = &desk.model.people.list.rows;
    rows.iter().map(|row| (row.name.clone(), row.transcripts, row.words, row.codings)).collect()
}

#[test]
fn a_hidden_person_is_marked_wherever_they_are_named() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g w end");
    assert_eq!(desk.model.people.list.row().unwrap().name, "P088");
    desk.keys("H");
    let row = desk.screen().lines().find(|line| line.contains("P088")).unwrap().to_owned();
    assert!(row.contains("hidden"), "{row}");
    desk.keys("ret");
    assert!(desk.screen().contains("P088 · hidden"), "{}", desk.screen());
    desk.keys("g t");
    assert!(desk.screen().contains("I43 (hidden)"), "nobody else speaks there: {}", desk.screen());
    assert!(!desk.screen().contains("FG06 (hidden)"));
}

#[test]
fn a_hidden_person_is_out_of_counts_and_back_by_the_same_key() {
    let mut desk = Desk::new(Parts::small());
    // Both speakers of the group are coded, each by a turn of their own.
    desk.keys("g t home ret");
    assert!(desk.screen().contains("FG06"), "{}", desk.screen());
    desk.keys("J t t w w c 'work' ret J c 'appo' ret");
    assert_eq!(desk.codings().len(), 2, "{:?}", desk.codings());
    let before = counted(&mut desk);
    desk.keys("home H");
    assert!(desk.said().contains("P1F hidden"), "{}", desk.said());
    let hidden = counted(&mut desk);
    assert_eq!(hidden[0], ("P1F".into(), 0, 0, 0));
    assert_eq!(hidden[1..], before[1..], "others stay as they were");
    assert_eq!(desk.codings().len(), 1);
    assert!(desk.screen().contains("hidden"));
    desk.keys("g r");
    assert!(desk.screen().contains("(hidden)"), "{}", desk.screen());
    assert!(!desk.screen().contains("never know what to ask"));
    assert!(desk.screen().contains("My wife writes a list"));
    desk.keys("u");
    assert_eq!(counted(&mut desk), before);
    desk.keys("home H H");
    assert_eq!(counted(&mut desk), before);
    assert_eq!(desk.codings().len(), 2);
}

#[test]
fn a_hidden_turn_shows_a_placeholder_and_cannot_be_coded() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g t home ret J w w c 'work' ret H");
    assert_eq!(desk.model.study.hidden().len(), 1);
    assert!(desk.codings().is_empty());
    assert!(desk.screen().contains("(hidden)"));
    desk.keys(".");
    assert!(desk.codings().is_empty());
    assert_eq!(desk.model.study.quotes().len(), 0, "{}", desk.said());
    desk.keys("H");
    assert_eq!(desk.codings().len(), 1);
    assert!(!desk.screen().contains("(hidden)"));
    // What is hidden with a person is brought back with them.
    desk.keys("g w home H g r H");
    assert!(desk.said().contains("hidden with P1F"), "{}", desk.said());
}

#[test]
fn what_rests_on_hidden_words_goes_with_them() {
    let mut parts = Parts::small();
    let person = parts.study.participant_named("P1F").unwrap().id;
    let theme = Theme {
        id: fresh(&*parts.source),
        name: "Asking".into(),
        position: 1,
        barriers: vec![],
        facilitators: vec![],
        note: String::new(),
    };
    let summary = Summary {
        id: fresh(&*parts.source),
        case: Case::Participant(person),
        topic: combe::study::Topic::Theme(theme.id),
        basis: None,
        coder: parts.me.id,
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "She forgets what to ask.".into(),
        state: SummaryState::Drafted,
        quotes: vec![],
        checked_by: None,
    };
    let hidden = Hidden { id: fresh(&*parts.source), what: Hideable::Participant(person) };
    let changes = [Change::create(theme), Change::create(summary), Change::create(hidden.clone())];
    parts.study.apply(&changes).unwrap();
    let seen = parts.study.seen_by(parts.me.id).unwrap();
    assert_eq!((parts.study.summaries().len(), seen.summaries().len()), (1, 0));
    parts.study.apply(&[Change::delete(hidden)]).unwrap();
    assert!(parts.study.seen_by(parts.me.id).is_none());
}

#[test]
fn what_is_written_on_a_transcript_goes_with_the_last_who_speaks_in_it() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g o 'FG06:1' ret g M 'They wept.' C-s");
    let memos = |desk: &Desk| desk.model.study.memos().len();
    assert_eq!(memos(&desk), 1, "{}", desk.said());
    for (person, keys, left) in [("P1F", "g w home H", 1), ("P2M", "g w home down H", 0)] {
        desk.keys(keys);
        assert!(desk.said().starts_with(&format!("{person} hidden")), "{}", desk.said());
        assert_eq!(memos(&desk), left, "{person}");
    }
    assert!(!{ desk.keys("g m").screen() }.contains("They wept"), "{}", desk.screen());
    desk.keys("g w home H");
    assert_eq!(memos(&desk), 1, "{}", desk.said());
    assert!(desk.keys("g m").screen().contains("They wept"), "{}", desk.screen());
}

/// A focus group of two, with a quote of each and one over both.
pub(crate) fn group() -> Site {
    let site = Site::new();
    // Corrected once before anybody coded it: two revisions.
    for text in [FG1.replace("forty minutes", "forty long minutes").as_str(), FG1] {
        std::fs::write(site.path("FG1.txt"), text).unwrap();
        let ran = site.run(&["-C", "study", "import", "--revise", "FG1.txt"]);
        assert_eq!(ran.code, 0, "{}", ran.out);
    }
    for (words, code) in [
        ("my husband keeps the purple notebook", "Notes"),
        ("I always ring the desk at eight", "Ringing"),
        ("purple notebook by the kettle.\n\nBert: I always ring", "Both"),
        ("purple notebook by the kettle.\n\nBert: I always ring the desk at eight", "Both"),
    ] {
        let start = FG1[..FG1.find(words).unwrap()].chars().count();
        let end = start + words.chars().count();
        site.in_study(&["code", "FG1", &start.to_string(), &end.to_string(), code, "--new"]);
    }
    site
}

pub(crate) const FG1: &str = "Moderator: Who remembers appointments?\n\n\
Anna: At home my husband keeps the purple notebook by the kettle.\n\n\
Bert: I always ring the desk at eight, naïve as that is.\n\n\
Anna: Ringing never worked for me, I gave up after forty minutes.\n\n\
Bert: True.\n";

fn texts(site: &Site) -> Vec<String> {
    let ran = site.run(&["-C", "study", "--json", "quotes"]);
    assert!(ran.code < 2, "{}", ran.err);
    ran.lines().iter().map(|line| line["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn from_the_shell_it_is_out_of_quotes_search_exports_and_counts() {
    let site = group();
    assert_eq!(texts(&site).len(), 4);
    site.in_study(&["hide", "FG1 Anna"]);
    assert_eq!(texts(&site), ["I always ring the desk at eight"]);
    assert_eq!(site.run(&["-C", "study", "search", "notebook"]).code, 1);
    assert_eq!(site.run(&["-C", "study", "search", "NOT notebook"]).code, 0);
    assert_eq!(site.json(&["search", "in:FG1"]).len(), 3, "the moderator and Bert");
    assert_eq!(site.json(&["search", "desk"]).len(), 1);
    let codings = site.in_study(&["export", "codings"]).out;
    assert!(!codings.contains("notebook") && codings.contains("eight"), "{codings}");
    let people = site.in_study(&["export", "participants"]).out;
    assert!(!people.contains("Anna") && people.contains("Bert"), "{people}");
    let shown = site.in_study(&["show", "FG1"]).out;
    assert!(shown.contains("Anna: (hidden)") && !shown.contains("kettle"), "{shown}");
    let notes = site.json(&["codes"]).into_iter().find(|code| code["name"] == "Notes").unwrap();
    assert_eq!((&notes["codings"], &notes["participants"]), (&0.into(), &0.into()));
    let again = site.run(&["-C", "study", "hide", "FG1 Anna"]);
    assert_eq!((again.code, again.err.contains("hidden already")), (3, true), "{}", again.err);
    assert_eq!(site.in_study(&["hide"]).out, "FG1 Anna\n");
    site.in_study(&["unhide", "FG1 Anna"]);
    assert_eq!(texts(&site).len(), 4);
    site.in_study(&["hide", "FG1:3"]);
    assert_eq!(texts(&site), ["my husband keeps the purple notebook"]);
    site.in_study(&["undo"]);
    assert_eq!(texts(&site).len(), 4);
    site.in_study(&["hide", "FG1"]);
    assert_eq!(site.run(&["-C", "study", "quotes"]).code, 1, "there is none");
    assert_eq!(site.run(&["-C", "study", "hide", "FG1:99"]).code, 2);
    site.assert_sound();
}

const KETTLE: &str = "At home my husband keeps the purple notebook by the kettle.";

fn tells(said: &str) -> bool {
    ["husband", "purple", "kettle"].iter().any(|word| said.contains(word))
}

#[test]
fn what_a_hidden_turn_says_is_in_no_output() {
    let site = group();
    site.write("study/study.toml", "name = \"Ways\"\n");
    site.write(
        "draft.md",
        format!("They said: “{KETTLE}” And “husband keeps the purple basket by the kettle”.\n"),
    );
    let shown = site.in_study(&["quotes", "--context", "around", "--question", "eight"]).out;
    assert!(tells(&shown), "it stands around another quote: {shown}");
    site.in_study(&["hide", "FG1:2"]);
    let around = site.in_study(&["quotes", "--context", "around", "--question", "eight"]).out;
    assert!(around.contains("(hidden)") && around.contains("ring the desk"), "{around}");
    for query in ["notebook", "kettle OR eight", "like:FG1:2", "in:FG1", "/purple/", "is:coded"] {
        for json in [false, true] {
            let mut asked = vec!["-C", "study", "search", query];
            asked.extend(json.then_some("--json"));
            let ran = site.run(&asked);
            assert!(
                !tells(&ran.out.replace(query, "")) && !tells(&ran.err.replace(query, "")),
                "{query}: {}",
                ran.out
            );
        }
    }
    for asked in [
        &["quotes"] as &[&str],
        &["quotes", "--json"],
        &["quotes", "--context", "turn", "--question"],
        &["show", "FG1"],
        &["show", "FG1", "--json"],
        &["show", "FG1", "--revision", "1"],
        &["show", "FG1", "--diff", "1"],
        &["print", "FG1", "--codes"],
        &["code", "FG1", "60", "70", "Notes"],
        &["codes"],
        &["themes"],
        &["log"],
        &["verify", "../draft.md"],
        &["check"],
        &["check", "--identifiers", "--show-words"],
        &["table", "codes"],
        &["table", "joint"],
        &["table", "evidence"],
        &["matrix"],
        &["export", "quotes", "-f", "text"],
        &["export", "codings"],
        &["export", "memos"],
        &["export", "codebook"],
        &["export", "participants"],
        &["export", "transcript", "FG1", "-o", "out.docx"],
        &["export", "review", "-o", "review.xlsx"],
        &["export", "report", "-o", "report.html"],
        &["export", "archive", "bundle"],
    ] {
        let ran = site.run(&[&["-C", "study"], asked].concat());
        // The draft is somebody's own file: its quotations are named by it.
        let own = asked.first() == Some(&"verify");
        let out = if own {
            ran.out.replace(KETTLE, "").replace("husband keeps the purple basket by the kettle", "")
        } else {
            ran.out
        };
        assert!(!tells(&out) && !tells(&ran.err), "{asked:?}: {out}{}", ran.err);
        assert_ne!((ran.code, ran.err.contains("Usage")), (2, true), "{asked:?}: {}", ran.err);
    }
    for file in ["out.docx", "review.xlsx", "report.html", "bundle"] {
        assert!(!tells(&words_of(&site.path(file))), "{file}");
    }
    site.assert_sound();
}

#[test]
fn a_file_that_comes_again_brings_no_hidden_words_to_light() {
    let site = group();
    site.in_study(&["hide", "FG1:2"]);
    // A turn more in front: all are numbered anew.
    let revise = |text: &str| {
        site.write("FG1.txt", text);
        site.run(&["-C", "study", "import", "--revise", "FG1.txt"])
    };
    let welcome = format!("Moderator: Welcome, all.\n\n{FG1}");
    let ran = revise(&welcome);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let shown = site.in_study(&["show", "FG1"]).out;
    assert!(!tells(&shown) && shown.contains("Who remembers") && shown.contains("naïve"), "{shown}");
    assert_eq!(site.in_study(&["hide"]).out, "FG1:3\n");
    assert_eq!(texts(&site), ["I always ring the desk at eight"]);
    // Joined with the turn before it.
    let ran = revise(&welcome.replace("appointments?\n\nAnna: At home", "appointments? At home"));
    assert_eq!(ran.code, 3, "{}{}", ran.out, ran.err);
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains("turn 3 is hidden; bring it back first"), "{said}");
    assert_eq!(site.in_study(&["show", "FG1"]).out, shown);
    // Taken out of the file: it stays hidden in the former texts.
    let ran = revise(&welcome.replace(&format!("Anna: {KETTLE}\n\n"), ""));
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert_eq!(texts(&site), ["I always ring the desk at eight"]);
    let former = site.run(&["-C", "study", "show", "FG1", "--revision", "2"]);
    assert_eq!((former.code, former.err.contains("are hidden")), (3, true), "{}", former.err);
    // It returns with a later file, and is hidden as before.
    site.write("FG1.txt", &welcome);
    site.in_study(&["import", "--revise", "FG1.txt", "--overwrite-corrections"]);
    let shown = site.in_study(&["show", "FG1"]).out;
    assert!(!tells(&shown) && shown.contains("(hidden)"), "{shown}");
    assert_eq!(texts(&site), ["I always ring the desk at eight"]);
    site.in_study(&["unhide", "FG1:3"]);
    site.assert_sound();
}

#[test]
fn no_screen_says_what_a_hidden_turn_says() {
    let mut desk = Desk::new(Parts::small());
    let tells = |desk: &Desk| desk.screen().contains("And the");
    // A quote behind the turn; its question stands in the preview.
    desk.keys("g o 'I43:4' ret t c 'work' ret g q a");
    assert!(tells(&desk), "{}", desk.screen());
    desk.keys("g o 'I43:3' ret H");
    assert!(desk.screen().contains("(hidden)") && !tells(&desk), "{}", desk.screen());
    desk.keys("W w");
    assert!(desk.said().contains("I43:3 is hidden"), "{}", desk.said());
    assert!(desk.model.layers.is_empty() && !tells(&desk), "{}", desk.screen());
    desk.keys("g q x x x");
    assert!(desk.screen().contains("(hidden)") && !tells(&desk), "{}", desk.screen());
}

#[test]
fn a_hidden_turn_that_was_split_comes_back_by_the_same_key() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g o 'I43:2' ret t right W s");
    assert_eq!(desk.said(), "I43:2 split");
    // The whole turn, as the shell hides it.
    let study = &desk.model.study;
    let hidden = Hidden { id: fresh(&*desk.source), what: study.hideable_named("I43:2").unwrap() };
    drop(desk.model.commit("hide", "I43:2 hidden".into(), vec![Change::create(hidden)]));
    desk.keys("b b");
    assert_eq!(desk.screen().matches("(hidden)").count(), 2, "{}", desk.screen());
    desk.keys("H");
    assert!(desk.said().contains("I43:2 brought back"), "{}", desk.said());
    assert!(!desk.screen().contains("(hidden)"), "{}", desk.screen());
}

#[test]
fn who_did_not_agree_to_be_analysed_is_left_out_like_who_is_hidden() {
    let mut desk = Desk::new(Parts::small());
    desk.keys("g t home ret J t t w w c 'work' ret J c 'appo' ret");
    let before = counted(&mut desk);
    desk.keys("home c a");
    assert!(
        desk.said().contains("P1F: consent to analyse: no; their words are out of counts"),
        "{}",
        desk.said()
    );
    let without = counted(&mut desk);
    assert_eq!(without[0], ("P1F".into(), 0, 0, 0));
    assert_eq!(without[1..], before[1..], "others stay as they were");
    assert!(desk.screen().contains("no analyse"), "{}", desk.screen());
    desk.keys("g r");
    assert!(desk.screen().contains("(hidden)"), "{}", desk.screen());
    assert!(!desk.screen().contains("never know what to ask"));
    desk.keys("g o 'FG06:2' ret H");
    assert!(desk.said().contains("P1F, who did not agree to be analysed"), "{}", desk.said());
    desk.keys("g w home c a");
    assert_eq!(counted(&mut desk), before);
}

//! Erasing what somebody said who withdrew: nothing of it is left in any file, and all else is as it was.

use std::fs;
use std::path::{Path, PathBuf};

use combe::store::Store;
use combe::study::{
    Attribute, AttributeOf, AttributeValue, Case, Change, Classified, Code, Component, Consent, Decision,
    Export, Framework, Memo, MemoKind, MemoOn, ParticipantId, Review, ReviewBasis, SavedSearch, Step, Study,
    Subject, Summary, SummaryState, Theme, Topic, Value, Withdrawal, Witness, fresh,
};
use serde_json::json;

use crate::e2e::Site;
use crate::fixture::Ticking;
use crate::hide::{FG1, group};

/// Words that only Anna says.
const HERS: [&str; 5] = ["purple", "kettle", "husband", "forty", "worked for me"];

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// Files of the study and of the user's own folders in which one of these words stands, in any case.
pub(crate) fn files_with(site: &Site, words: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in files_below(&site.path("study")).into_iter().chain(files_below(&site.path("home"))) {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).to_lowercase();
        for word in words.iter().filter(|word| text.contains(&word.to_lowercase())) {
            found.push((path.display().to_string(), (*word).to_owned()));
        }
    }
    found
}

fn anna(study: &Study) -> ParticipantId {
    study.participant_named("FG1 Anna").unwrap().id
}

fn commit(store: &mut Store, source: &Ticking, changes: Vec<Change>) {
    let (mut study, _) = store.load().unwrap();
    let kim = study.coder_named("kim").unwrap().clone();
    let step = Step { command: "test".into(), label: "by a test".into(), changes, ..Step::default() };
    let action = study.act(&kim, step, source).unwrap();
    store.commit(&action, &[]).unwrap();
}

/// The group with everything that can hold words of hers: memos, a summary, a definition, a draft, deleted quotes, a second
/// revision, snapshots named and not, an index and a place.
fn full_of_words() -> Site {
    let site = group();
    site.in_study(&["mark", "submitted"]);
    let start = FG1[..FG1.find("gave up").unwrap()].chars().count();
    site.in_study(&["code", "FG1", &start.to_string(), &(start + 24).to_string(), "Notes"]);
    site.in_study(&["undo"]);
    {
        let mut store = site.store();
        let source = Ticking::of_process(9);
        let (study, _) = store.load().unwrap();
        let kim = study.coder_named("kim").unwrap().id;
        let memo = |on: MemoOn, text: &str| Memo {
            id: fresh(&source),
            on,
            kind: MemoKind::Analytic,
            coder: kim,
            at: jiff::Timestamp::UNIX_EPOCH,
            text: text.into(),
        };
        let quote = |words: &str| study.quotes().iter().find(|quote| quote.text == words).unwrap();
        let hers = quote("my husband keeps the purple notebook");
        let his = quote("I always ring the desk at eight");
        let theme =
            reminders(&source, "It begins with: “at home my husband keeps the purple notebook”.".into());
        let first = memo(MemoOn::Study, "Who said “Ringing never worked for me, I gave up”? And again.");
        let second = Memo { text: "Nothing is cited any more.".into(), ..first.clone() };
        let mut notes = study.code_named("Notes").unwrap().clone();
        let before = notes.clone();
        notes.example = "My husband keeps the purple notebook".into();
        let summary = Summary {
            id: fresh(&source),
            case: Case::Participant(anna(&study)),
            topic: Topic::Theme(theme.id),
            basis: None,
            coder: kim,
            at: jiff::Timestamp::UNIX_EPOCH,
            text: "Her husband writes it down, ringing took forty minutes.".into(),
            state: SummaryState::Checked,
            quotes: vec![hers.id],
            checked_by: None,
        };
        let export = Export {
            id: fresh(&source),
            file: "quotes.docx".into(),
            kind: "quotes".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
            sha256: String::new(),
            participants: vec![anna(&study)],
            transcripts: vec![hers.transcript],
        };
        let changes = vec![
            Change::create(memo(MemoOn::Quote(hers.id), "The kettle is where she stands.")),
            Change::create(memo(MemoOn::Quote(his.id), "He rings.")),
            Change::create(memo(MemoOn::Participant(anna(&study)), "Her husband is a nurse.")),
            Change::create(first.clone()),
            Change::create(theme),
            Change::create(summary),
            Change::update(before, notes),
            Change::create(export),
        ];
        commit(&mut store, &source, changes);
        commit(&mut store, &source, vec![Change::update(first, second)]);
        store
            .save_draft(
                kim,
                &format!("memo:{}", hers.id),
                None,
                Some("kettle again"),
                jiff::Timestamp::UNIX_EPOCH,
            )
            .unwrap();
    }
    site.in_study(&["backup"]);
    site.run(&["-C", "study", "search", "purple"]);
    let state = site.path("home/.local/state/combe").join(site.store().identity().unwrap());
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("kim.json"), "{\"query\":\"purple\"}").unwrap();
    fs::write(site.path("study/study.db.damaged-2026"), "purple").unwrap();
    site
}

fn texts(site: &Site) -> Vec<String> {
    let ran = site.run(&["-C", "study", "--json", "quotes"]);
    ran.lines().iter().map(|line| line["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn nothing_of_it_is_in_any_file_afterwards_and_the_study_is_sound() {
    let site = full_of_words();
    for word in HERS {
        assert!(!files_with(&site, &[word]).is_empty(), "{word} is there before");
    }
    let plan = site.run(&["-C", "study", "--json", "withdraw", "FG1 Anna", "--dry-run"]);
    assert_eq!(plan.code, 0, "{}", plan.err);
    let plan = &plan.lines()[0];
    // Turns 2 and 4 in two revisions. Her quote goes, and two lose their beginning; two memos rest on her, one cited her.
    assert_eq!((&plan["turns"], &plan["revisions"]), (&json!(2), &json!(2)), "{plan}");
    assert_eq!(
        (&plan["quotes"], &plan["cut_quotes"], &plan["codings"]),
        (&json!(1), &json!(2), &json!(1)),
        "{plan}"
    );
    assert_eq!(
        (&plan["memos"], &plan["summaries"], &plan["drafts"]),
        (&json!(2), &json!(1), &json!(1)),
        "{plan}"
    );
    assert_eq!((&plan["others"], &plan["exports"]), (&json!(2), &json!(["quotes.docx"])), "{plan}");
    assert!(!files_with(&site, &HERS).is_empty(), "looking changes nothing");

    let left = site.run(&["-C", "study", "withdraw", "FG1 Anna"]);
    assert_eq!((left.code, left.out.contains("Nothing was changed.")), (1, true), "{}", left.err);

    let ran = site.run(&["-C", "study", "withdraw", "FG1 Anna", "--yes", "--on", "2026-11-20"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(&site, &HERS), vec![]);
    site.assert_sound();

    let shown = site.in_study(&["show", "FG1"]).out;
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[1], "   2 FG1 Anna: [withdrawn]");
    assert_eq!(lines[2], "   3 FG1 Bert: I always ring the desk at eight, naïve as that is.");
    // The wholly withdrawn quote is out of sight; the others say what is left of them.
    assert_eq!(
        texts(&site),
        [
            "[withdrawn]\n\nBert: I always ring the desk at eight",
            "[withdrawn]\n\nBert: I always ring",
            "I always ring the desk at eight",
        ]
    );
    let (study, _) = site.store().load().unwrap();
    let consent = study.consents().get(&anna(&study)).unwrap();
    let withdrawn = consent.withdrawn.as_ref().unwrap();
    assert_eq!((withdrawn.on.to_string(), withdrawn.scope.as_str()), ("2026-11-20".into(), "all"));
    assert_eq!(study.quotes().iter().filter(|quote| quote.text == "[withdrawn]").count(), 1);
    assert!(study.memos().iter().any(|memo| memo.text == "He rings."));
    assert!(study.memos().iter().any(|memo| memo.text == "Nothing is cited any more."));
    assert_eq!(study.themes().iter().next().unwrap().note, "It begins with: “[withdrawn]”.");

    // Snapshots: the named one was made anew, and restoring it brings no word back.
    let snapshots = site.json(&["restore"]);
    assert!(snapshots.iter().any(|line| line["note"] == "submitted"), "{snapshots:?}");
    let named = snapshots.iter().find(|line| line["note"] == "submitted").unwrap()["name"].clone();
    site.in_study(&["restore", named.as_str().unwrap()]);
    assert_eq!(files_with(&site, &HERS), vec![]);
    site.assert_sound();
}

#[test]
fn who_withdrew_after_charting_leaves_no_words_in_the_matrix_and_others_keep_their_cells() {
    let site = full_of_words();
    {
        let mut store = site.store();
        let source = Ticking::of_process(11);
        let (study, _) = store.load().unwrap();
        let theme = study.theme_named("Reminders").unwrap().clone();
        let barriers = ["Notes", "Ringing"].map(|name| study.code_named(name).unwrap().id).to_vec();
        let hers = study.summaries().iter().next().unwrap().clone();
        let bert = Case::Participant(study.participant_named("FG1 Bert").unwrap().id);
        let text = String::from("Rings early.");
        let his = Summary { id: fresh(&source), case: bert, text, quotes: vec![], ..hers };
        let coded = Theme { barriers, ..theme.clone() };
        commit(&mut store, &source, vec![Change::update(theme, coded), Change::create(his)]);
    }
    let cells = || site.json(&["matrix", "--rows", "participants"]);
    let of = |cells: &[serde_json::Value], case: &str| {
        cells.iter().find(|cell| cell["case"] == case).cloned().unwrap_or_default()
    };
    let before = cells();
    assert!(of(&before, "FG1 Anna")["text"].as_str().unwrap().contains("husband"));
    let ran = site.run(&["-C", "study", "withdraw", "FG1 Anna", "--yes", "--on", "2026-11-20"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let after = cells();
    assert_eq!(of(&after, "FG1 Bert"), of(&before, "FG1 Bert"));
    let hers = of(&after, "FG1 Anna");
    assert!(hers["text"].as_str().is_none_or(|text| text == "[withdrawn]"), "{hers}");
    assert!(hers["state"].is_null() || hers["state"] == "stale" || hers["state"] == "nothing", "{hers}");
    // No table counts or quotes her.
    for table in [&["joint", "--by", "kind"][..], &["themes"]] {
        let printed = site.run(&[&["-C", "study", "table"], table].concat());
        let table = table[0];
        assert!(printed.out.contains("Reminders"), "{table}: {}{}", printed.out, printed.err);
        assert!(!HERS.iter().any(|word| printed.out.contains(word)), "{table}: {}", printed.out);
    }
    let sample = site.run(&["-C", "study", "table", "codes", "--json"]);
    assert!(!sample.out.contains("Anna"), "{}", sample.out);
}

#[test]
fn what_was_erased_cannot_be_undone_or_erased_again() {
    let site = full_of_words();
    site.run(&["-C", "study", "withdraw", "FG1 Anna", "--yes"]);
    let last = site.actions();
    let undo = site.run(&["-C", "study", "undo", &last.to_string()]);
    assert_eq!(undo.code, 3);
    assert!(undo.err.contains("erased, which nothing can take back"), "{}", undo.err);
    // Her coding was action 3: its text is gone from the history.
    let coded =
        site.json(&["log"]).into_iter().find(|line| line["label"].as_str().unwrap().contains("Notes"));
    let undo = site.run(&["-C", "study", "undo", &coded.unwrap()["seq"].to_string()]);
    assert!(undo.code == 3 && undo.err.contains("erased"), "{}", undo.err);
    let again = site.run(&["-C", "study", "withdraw", "FG1 Anna", "--yes"]);
    assert_eq!(again.code, 3);
    assert!(again.err.contains("withdrew on") && again.err.contains("already"), "{}", again.err);
    let nobody = site.run(&["-C", "study", "withdraw", "Nemo", "--yes"]);
    assert_eq!(nobody.code, 2);
    assert!(nobody.err.contains("there is no participant Nemo"), "{}", nobody.err);
    assert_eq!(site.actions(), last);
    let nothing = site.run(&["-C", "study", "withdraw", "--finish"]);
    assert_eq!((nothing.code, nothing.out.contains("half done")), (1, true));
    // Whoever still speaks can withdraw too, and what is left of shared quotes goes with them.
    let bert = site.run(&["-C", "study", "withdraw", "FG1 Bert", "--yes"]);
    assert_eq!(bert.code, 0, "{}", bert.err);
    assert_eq!(files_with(&site, &["always ring", "naïve as that is", "purple"]), vec![]);
    site.assert_sound();
}

#[test]
fn one_name_goes_from_its_turn_and_from_what_cites_it() {
    let site = group();
    let start = FG1[..FG1.find("kettle").unwrap()].chars().count();
    let ran =
        site.run(&["-C", "study", "erase", "FG1", &start.to_string(), &(start + 6).to_string(), "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(&site, &["kettle"]), vec![]);
    let shown = site.in_study(&["show", "FG1", "2"]).out;
    assert_eq!(shown.trim(), "2 FG1 Anna: At home my husband keeps the purple notebook by the [erased].");
    assert_eq!(
        texts(&site),
        [
            "my husband keeps the purple notebook",
            "purple notebook by the [erased].\n\nBert: I always ring the desk at eight",
            "purple notebook by the [erased].\n\nBert: I always ring",
            "I always ring the desk at eight",
        ]
    );
    site.assert_sound();
    let again = site.run(&["-C", "study", "erase", "FG1", "0", "5", "--yes"]);
    assert_eq!((again.code, again.err.contains("nobody says a word there")), (3, true), "{}", again.err);
}

/// A group in which Anna says much first: once that is gone, what others say stands where it never stood before. Passages of Bert's
/// are coded, one is not any more.
fn group_after_much() -> (Site, String) {
    let text = format!(
        "Anna: {}.\n\nBert: I always ring the desk at eight, sharp.\n\nCarl: So do I.\n",
        "My husband keeps a notebook by the kettle and writes in it ".repeat(6).trim()
    );
    let site = Site::new();
    site.write("FG2.txt", text.clone());
    site.in_study(&["import", "FG2.txt"]);
    for (words, code) in [("I always ring the desk", "Ringing"), ("eight, sharp", "Hours")] {
        let start = text.find(words).unwrap();
        let (from, to) = (start.to_string(), (start + words.len()).to_string());
        site.in_study(&["code", "FG2", &from, &to, code, "--new"]);
    }
    site.in_study(&["undo"]);
    (site, text)
}

#[test]
fn a_second_one_who_withdraws_from_the_same_group_leaves_no_words_in_the_history() {
    let (site, _) = group_after_much();
    for who in ["FG2 Anna", "FG2 Bert"] {
        let ran = site.run(&["-C", "study", "withdraw", who, "--yes"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    assert_eq!(files_with(&site, &["ring the desk", "eight, sharp"]), vec![]);
    site.assert_sound();
}

#[test]
fn who_withdraws_after_a_passage_was_erased_leaves_no_words_in_the_history() {
    let (site, text) = group_after_much();
    let end = text.find("\n\nBert").unwrap();
    let ran = site.run(&["-C", "study", "erase", "FG2", "6", &end.to_string(), "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = site.run(&["-C", "study", "withdraw", "FG2 Bert", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(&site, &["ring the desk", "eight, sharp"]), vec![]);
    site.assert_sound();
}

#[test]
fn what_was_coded_behind_erased_words_can_still_be_undone_and_done_again() {
    let (site, _) = group_after_much();
    let quotes = || texts(&site);
    let ran = site.run(&["-C", "study", "withdraw", "FG2 Anna", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let log = site.in_study(&["log"]).out;
    let seq = |of: &str| {
        let line = log.lines().find(|line| line.contains(of)).unwrap_or_else(|| panic!("no {of} in {log}"));
        line.split_whitespace().next().unwrap().to_owned()
    };
    // The one that was taken back before the erasure comes back where its words stand now.
    let undone = seq("undo: code");
    site.in_study(&["undo", &undone]);
    assert_eq!(quotes(), ["I always ring the desk", "eight, sharp"]);
    site.assert_sound();
    site.in_study(&["undo", &seq("apply_code")]);
    assert_eq!(quotes(), ["eight, sharp"]);
    site.assert_sound();
}

#[test]
fn a_study_that_somebody_has_open_is_left_alone() {
    let site = full_of_words();
    let pty = site.open();
    let ran = site.run(&["-C", "study", "withdraw", "FG1 Anna", "--yes"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("another process has the study open"), "{}", ran.err);
    drop(pty);
    assert!(!files_with(&site, &HERS).is_empty());
    site.assert_sound();
}

/// Withdraws where no file may grow beyond so many blocks, and says what the study is afterwards: as before, half way, or
/// done.
fn on_little_disk(site: &Site, blocks: u32) -> &'static str {
    let before = texts(site);
    let arguments = ["-C", "study", "withdraw", "FG1 Anna", "--yes"];
    let (code, err) = crate::cli::on_a_full_disk(site, blocks, &arguments);
    let check = site.run(&["-C", "study", "--json", "check"]);
    assert!(check.code < 2, "{}", check.err);
    let bad: Vec<_> = check.lines().into_iter().filter(|line| line["ok"] != true).collect();
    match (code, bad.as_slice()) {
        (Some(0), []) => "done",
        (Some(3), []) => {
            assert_eq!(texts(site), before, "{err}");
            "before"
        }
        (Some(3), [bad]) => {
            assert_eq!(bad["check"], "erasures");
            assert!(bad["detail"].as_str().unwrap().contains("combe withdraw --finish"), "{bad}");
            assert!(err.contains("withdraw --finish"), "{err}");
            let again = site.run(&["-C", "study", "withdraw", "FG1 Bert", "--yes"]);
            assert!(again.code == 3 && again.err.contains("--finish"), "{}", again.err);
            "half way"
        }
        other => panic!("{other:?}: {err}"),
    }
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_study_before_or_after() {
    let site = full_of_words();
    let database = fs::metadata(site.path("study/study.db")).unwrap().len();
    let whole = u32::try_from(database / 512).unwrap();
    for blocks in [0, whole / 2, whole - 8] {
        assert_eq!(on_little_disk(&site, blocks), "before");
    }
    let left = files_below(&site.path("study"));
    assert!(left.iter().all(|path| !path.to_string_lossy().ends_with(".tmp")), "{left:?}");
    // Without snapshots to be made anew it comes as far as the last step, which needs room for a new one.
    for path in files_below(&site.path("study/snapshots")) {
        fs::remove_file(path).unwrap();
    }
    assert_eq!(on_little_disk(&site, whole - 160), "half way");
    let backup = site.run(&["-C", "study", "backup"]);
    assert!(backup.code == 3 && backup.err.contains("--finish"), "{}", backup.err);
    assert_eq!(site.run(&["-C", "study", "withdraw", "--finish"]).code, 0);
    assert_eq!(files_with(&site, &HERS), vec![]);
    site.assert_sound();
}

/// Nine words in a row that only Anna says.
fn reminders(source: &Ticking, note: String) -> Theme {
    Theme {
        id: fresh(source),
        name: "Reminders".into(),
        position: 1,
        barriers: vec![],
        facilitators: vec![],
        note,
    }
}

const PHRASE: &str = "my husband keeps the purple notebook by the kettle";

/// Puts her words into every kind of record and draft that can hold words.
fn put_everywhere(site: &Site) {
    let mut store = site.store();
    let source = Ticking::of_process(11);
    let (study, _) = store.load().unwrap();
    let kim = study.coder_named("kim").unwrap().id;
    let cited = |where_: &str| format!("{where_}: “{PHRASE}”.");
    let (at, fg1) = (jiff::Timestamp::UNIX_EPOCH, study.transcript_named("FG1").unwrap().id);
    let hers =
        study.quotes().iter().find(|quote| quote.text == "my husband keeps the purple notebook").unwrap();
    let bert = study.participant_named("FG1 Bert").unwrap().id;
    let notes = study.code_named("Notes").unwrap().clone();
    let defined = Code {
        definition: cited("definition"),
        include: cited("include"),
        exclude: cited("exclude"),
        example: cited("example"),
        ..notes.clone()
    };
    let theme = reminders(&source, cited("note"));
    let topic = Topic::Theme(theme.id);
    let summary = Summary {
        id: fresh(&source),
        case: Case::Participant(bert),
        topic: topic.clone(),
        basis: Some(vec![Witness { quote: hers.id, digest: "abad1dea00c0ffee".into() }]),
        coder: kim,
        at,
        text: cited("summary"),
        state: SummaryState::Checked,
        quotes: vec![],
        checked_by: None,
    };
    let memo = Memo {
        id: fresh(&source),
        on: MemoOn::Study,
        kind: MemoKind::Analytic,
        coder: kim,
        at,
        text: cited("memo"),
    };
    let review = Review {
        id: fresh(&source),
        of: Classified::Code(notes.id),
        coder: kim,
        at,
        decision: Decision::Question,
        comment: cited("review"),
        component: None,
        basis: Some(ReviewBasis { component: "One".into(), definition: "abad1dea".into() }),
    };
    let search = SavedSearch { id: fresh(&source), name: "hers".into(), query: format!("\"{PHRASE}\"") };
    let attribute =
        Attribute { id: fresh(&source), name: "help".into(), of: AttributeOf::Participant, position: 0 };
    let value = AttributeValue {
        attribute: attribute.id,
        subject: Subject::Participant(bert),
        value: Value::Given(vec![cited("value")]),
        quote: None,
    };
    let framework = Framework { id: "own".into(), title: "Own".into(), summary: cited("framework") };
    let component = Component {
        framework: "own".into(),
        id: "one".into(),
        label: "One".into(),
        abbreviation: "O".into(),
        domain: String::new(),
        definition: cited("component"),
        ask: cited("ask"),
        position: 1,
    };
    let consent = Consent {
        participant: bert,
        analyse: true,
        quote: true,
        archive: true,
        withdrawn: Some(Withdrawal { on: jiff::civil::date(2026, 1, 5), scope: cited("scope") }),
    };
    let changes = vec![
        Change::update(notes.clone(), defined),
        Change::create(theme),
        Change::create(summary.clone()),
        Change::create(memo.clone()),
        Change::create(review),
        Change::create(search),
        Change::create(attribute),
        Change::create(value),
        Change::create(framework),
        Change::create(component),
        Change::create(consent),
    ];
    commit(&mut store, &source, changes);
    // Drafts that cite her, and drafts in other words that are about what she says.
    let cell = serde_json::to_string(&(Case::Participant(anna(&study)), &topic)).unwrap();
    let start = u32::try_from(FG1.find("husband").unwrap()).unwrap();
    for (key, text) in [
        (format!("memo:{}", memo.id), cited("draft of a memo")),
        (
            format!("code:{}", notes.id),
            json!({ "include": { "began": "", "said": cited("draft of a form") } }).to_string(),
        ),
        (format!("split:{}", notes.id), cited("draft of a split")),
        (format!("turn:{fg1}:2"), "kettle, husbands".into()),
        (format!("memo:{fg1}:{start}-{}", start + 7), "kettle on her passage".into()),
        (format!("kind of memo:{fg1}:{start}-{}", start + 7), "discussion".into()),
        (format!("summary:{cell}"), "kettle in the matrix".into()),
        (format!("links of summary:{cell}"), format!("[\"{}\"]", hers.id)),
        (format!("turn:{fg1}:3"), "I always ring the desk at nine.".into()),
    ] {
        store.save_draft(kim, &key, None, Some(&text), at).unwrap();
    }
    let turns: Vec<_> = study.turns(fg1).unwrap().turns.iter().map(|turn| turn.number).collect();
    store.mark_turns(kim, fg1, &turns, true).unwrap();
}

#[test]
fn every_kind_of_record_and_draft_that_holds_words_loses_hers() {
    let site = group();
    put_everywhere(&site);
    site.in_study(&["mark", "submitted"]);
    site.in_study(&["backup"]);
    site.run(&["-C", "study", "search", PHRASE]);
    let state = site.path("home/.local/state/combe").join(site.store().identity().unwrap());
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("kim.json"), format!("{{\"queries\":[\"{PHRASE}\"]}}")).unwrap();
    assert!(files_with(&site, &[PHRASE, "kettle"]).len() > 4);

    let ran = site.run(&["-C", "study", "--json", "withdraw", "FG1 Anna", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.lines()[0]["stays"], json!([]), "{}", ran.out);
    let line = &ran.lines()[0];
    assert_eq!((&line["drafts"], &line["cut_drafts"]), (&json!(6), &json!(2)), "{}", ran.out);
    assert_eq!(files_with(&site, &["husband", "kettle", "purple", "abad1dea"]), vec![]);
    site.assert_sound();
    let mut store = site.store();
    let (study, _) = store.load().unwrap();
    let kim = study.coder_named("kim").unwrap().id;
    let left: Vec<String> = store.drafts(kim).unwrap().into_values().collect();
    assert_eq!(
        left,
        [
            r#"{"include":{"began":"","said":"draft of a form: “[withdrawn]”."}}"#,
            "draft of a memo: “[withdrawn]”.",
            "I always ring the desk at nine.",
        ],
        "what only cites her keeps its other words; Bert's turn is his"
    );
    assert_eq!(study.reviews().iter().next().unwrap().comment, "review: “[withdrawn]”.");
    let basis = study.reviews().iter().next().unwrap().basis.clone().unwrap();
    assert_eq!(
        (basis.component.as_str(), basis.definition.as_str()),
        ("One", ""),
        "its digest could be tried"
    );
    assert_eq!(study.code_named("Notes").unwrap().include, "include: “[withdrawn]”.");
    assert!(study.saved_searches().iter().all(|search| search.query == "\"[withdrawn]\""));
    assert!(study.summaries().iter().all(|held| held.basis.is_none()));
}

#[test]
fn names_labels_and_files_that_stay_are_named_with_what_to_do() {
    let site = group();
    let start = FG1[..FG1.find("naïve").unwrap()].chars().count();
    let place = [start.to_string(), (start + 5).to_string()];
    site.in_study(&["code", "FG1", &place[0], &place[1], PHRASE, "--new"]);
    let seq = site.actions();
    let settings = site.path("study/study.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{text}\n[quotation]\nto = \"file\"\ndraft = \"paper.md\"\n")).unwrap();
    let plan = |site: &Site| site.run(&["-C", "study", "--json", "withdraw", "FG1 Anna", "--dry-run"]);
    assert_eq!(plan(&site).lines()[0]["beside_draft"], json!(null), "it is not there yet");
    fs::write(site.path("study/paper.quotes.md"), format!("“{PHRASE}” (P1)\n")).unwrap();
    let said = plan(&site);
    let line = &said.lines()[0];
    assert!(line["beside_draft"].as_str().unwrap().ends_with("paper.quotes.md"), "{line}");
    let stays: Vec<&str> =
        line["stays"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert_eq!(stays.len(), 2, "{stays:?}");
    assert!(
        stays[0].contains(&format!("the code “{PHRASE}”")) && stays[0].contains("rename it"),
        "{stays:?}"
    );
    assert!(stays[1].contains(&format!("(action {seq})")), "{stays:?}");
    let told = site.run(&["-C", "study", "withdraw", "FG1 Anna", "--dry-run"]).out;
    assert!(told.contains("paper.quotes.md") && told.contains("It cannot reach these"), "{told}");
}

#[test]
fn where_lists_every_file_that_holds_participants_words() {
    let site = group();
    site.in_study(&["backup"]);
    site.run(&["-C", "study", "search", "purple"]);
    let identity = site.store().identity().unwrap();
    let state = site.path("home/.local/state/combe").join(&identity);
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("kim.json"), "{\"query\":\"purple\"}").unwrap();
    let settings = site.path("study/study.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let names = "[[name]]\nreal = \"purple\"\npseudonym = \"Howell\"\n";
    fs::write(site.path("names.toml"), format!("schema = 1\n{names}")).unwrap();
    fs::write(&settings, format!("{text}\n[quotation]\nto = \"file\"\ndraft = \"paper.md\"\n")).unwrap();
    fs::write(site.path("study/paper.quotes.md"), "“purple” (P1)\n").unwrap();
    // The log of a program that has the study open holds words, too.
    let pty = site.open();
    let names = site.path("names.toml");
    let ran = site.run(&["-C", "study", "--json", "--names", names.to_str().unwrap(), "check", "--where"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let listed: Vec<String> =
        ran.lines().iter().map(|line| line["detail"].as_str().unwrap().to_owned()).collect();
    let ends = |end: &str| listed.iter().any(|path| path.ends_with(end));
    for end in ["study.db", "study.db-wal", "kim.json", "names.toml", "paper.quotes.md"] {
        assert!(ends(end), "{end}: {listed:?}");
    }
    assert!(listed.iter().any(|path| path.contains("/snapshots/")), "{listed:?}");
    assert!(listed.iter().any(|path| path.contains(".cache/combe/")), "{listed:?}");
    // Whatever file has a word of hers is among them.
    for (path, _) in files_with(&site, &["purple", "kettle", "husband"]) {
        let name = path.rsplit('/').next().unwrap();
        assert!(ends(name), "{path}: {listed:?}");
    }
    drop(pty);
}

#[test]
fn others_keep_what_they_say_after_somebody_and_it_is_told() {
    let site = group();
    site.write(
        "FG2.txt",
        "Anna: We kept the blue folder by the back door.\n\nBert: You kept the blue folder by the back door, yes.\n",
    );
    site.in_study(&["import", "FG2.txt"]);
    // A second copy under another name, in which somebody else was taken for her.
    site.write("I9.txt", "Q: And where?\n\nEve: We kept the blue folder by the back door.\n");
    site.in_study(&["import", "I9.txt"]);
    let ran = site.run(&["-C", "study", "--json", "withdraw", "FG2 Anna", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.lines()[0]["elsewhere"], json!(["FG2:2", "I9:2"]), "{}", ran.out);
    let shown = site.in_study(&["show", "FG2"]).out;
    assert!(
        shown.contains("[withdrawn]") && shown.contains("You kept the blue folder by the back door"),
        "{shown}"
    );
}

#[test]
fn the_dialogue_says_what_goes_then_what_stays_then_asks_in_80_columns() {
    let site = full_of_words();
    let mut pty = crate::pty::Launch::combe(&["-C", "study", "withdraw", "FG1 Anna"])
        .home(&site.path("home"))
        .folder(&site.path(""))
        .env("USER", "kim")
        .size(80, 50)
        .start();
    pty.wait_for("anything else leaves it");
    let screen = pty.screen();
    let places: Vec<usize> = [
        "This erases what FG1 Anna said:",
        "  turns       2 in FG1, in 2 revisions",
        "  quotes      1 wholly, 2 in part",
        "  codings     1, on the quotes that go wholly",
        "  memos       2",
        "  summaries   1",
        "  snapshots   ",
        "  exports     1 earlier one that may have held them: see below",
        "It cannot reach these; look after them yourself:",
        "  a file that left the study: quotes.docx (quotes, 1970-01-01)",
        "  the imported files: FG1.txt",
        "cannot be undone; type erase and Enter",
    ]
    .iter()
    .map(|line| screen.find(line).unwrap_or_else(|| panic!("{line}\n{screen}")))
    .collect();
    assert!(places.is_sorted(), "{screen}");
    pty.send(b"no\r");
    pty.wait_for("Nothing was changed.");
    pty.wait_exit();
    assert!(!files_with(&site, &HERS).is_empty());
}

#[test]
fn killed_at_any_moment_the_study_is_before_or_after() {
    let site = full_of_words();
    for pause in [5u64, 20, 40, 60, 80, 100, 140, 180, 240] {
        let mut child = site.command(&["-C", "study", "withdraw", "FG1 Anna", "--yes"]);
        child.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let mut child = child.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
        let check = site.run(&["-C", "study", "--json", "check"]).lines();
        let bad: Vec<_> = check.iter().filter(|line| line["ok"] != true).collect();
        assert!(bad.iter().all(|line| line["check"] == "erasures"), "after {pause} ms: {bad:?}");
        let is_after = site.in_study(&["show", "FG1"]).out.contains("[withdrawn]");
        assert!(is_after || bad.is_empty(), "after {pause} ms");
        if is_after {
            break;
        }
    }
    let finish = site.run(&["-C", "study", "withdraw", "--finish"]);
    if finish.code == 1 && !site.in_study(&["show", "FG1"]).out.contains("[withdrawn]") {
        assert_eq!(site.run(&["-C", "study", "withdraw", "FG1 Anna", "--yes"]).code, 0);
    }
    assert_eq!(files_with(&site, &HERS), vec![]);
    site.assert_sound();
}

#[test]
fn a_short_passage_says_how_it_is_found_elsewhere() {
    let site = group();
    let at = |word: &str| {
        let start = FG1[..FG1.find(word).unwrap()].chars().count();
        [start.to_string(), (start + word.chars().count()).to_string()]
    };
    let plan = |word: &str| {
        let [start, end] = at(word);
        site.run(&["-C", "study", "erase", "FG1", &start, &end, "--dry-run"]).out
    };
    assert!(plan("kettle").contains("without a capital letter are no name"), "{}", plan("kettle"));
    assert!(plan("Ringing").contains("taken for a name"), "{}", plan("Ringing"));
    assert!(!plan("purple notebook by the kettle").contains("capital letter"));
}

#[test]
fn a_code_named_by_the_words_is_told_and_the_file_is_refused_under_any_name() {
    let site = group();
    site.in_study(&["code", "FG1", "60", "70", "the purple notebook", "--new"]);
    let plan = site.in_study(&["withdraw", "FG1 Anna", "--dry-run"]).out;
    assert!(plan.contains("the code “the purple notebook” has their words for a name"), "{plan}");
    assert_eq!(site.run(&["-C", "study", "withdraw", "FG1 Anna", "--yes"]).code, 0);
    site.write("FG9.txt", FG1);
    let ran = site.run(&["-C", "study", "import", "FG9.txt"]);
    assert!(ran.out.contains("words of “FG1” were erased"), "{}{}", ran.out, ran.err);
    assert!(!site.in_study(&["show", "FG1"]).out.contains("kettle"));
    // What rests on the import cannot be taken back, and nobody is said to code blind.
    let ran = site.run(&["-C", "study", "undo", "3"]);
    assert!(ran.err.contains("erased words") && !ran.err.contains("blind"), "{} {}", ran.out, ran.err);
}

/// `combe erase --name -` in a terminal, with options, at the moment it asks for the name.
fn asked_for_a_name(site: &Site, options: &[&str]) -> crate::pty::Pty {
    let words = [&["-C", "study", "erase", "--name", "-"], options].concat();
    let launch = crate::pty::Launch::combe(&words).home(&site.path("home"));
    let pty = launch.folder(&site.path("")).env("USER", "kim").start();
    pty.wait_for("it is not shown");
    pty
}

#[test]
fn a_name_that_is_asked_for_is_not_shown_while_it_is_typed() {
    let site = group();
    let mut pty = asked_for_a_name(&site, &["--dry-run"]);
    pty.press("A n n a ret");
    pty.wait_for("Nothing was changed");
    assert!(!pty.screen().contains("Anna"), "{}", pty.screen());
    pty.wait_exit();
}

#[test]
fn a_name_can_be_given_up_and_the_terminal_echoes_again() {
    let site = group();
    let mut pty = asked_for_a_name(&site, &[]);
    pty.press("A n n C-c");
    pty.wait_for("no name was given; nothing was changed");
    assert_eq!(pty.modes(), pty.modes_at_start());
    pty.wait_exit();
}

#[test]
fn a_memo_with_four_of_the_words_in_a_row_is_told_and_keeps_them() {
    let site = group();
    {
        let mut store = site.store();
        let source = Ticking::of_process(12);
        let (study, _) = store.load().unwrap();
        let kim = study.coder_named("kim").unwrap().id;
        let notes = study.code_named("Notes").unwrap().id;
        let memo = |on: MemoOn, text: &str| Memo {
            id: fresh(&source),
            on,
            kind: MemoKind::Analytic,
            coder: kim,
            at: jiff::Timestamp::UNIX_EPOCH,
            text: text.into(),
        };
        let four = memo(MemoOn::Code(notes), "As in: keeps the purple notebook.");
        let three = memo(MemoOn::Study, "He keeps the purple one.");
        let search = SavedSearch {
            id: fresh(&source),
            name: "hers".into(),
            query: "\"keeps the purple notebook\"".into(),
        };
        let changes = vec![Change::create(four), Change::create(three), Change::create(search)];
        commit(&mut store, &source, changes);
    }
    let plan = site.in_study(&["withdraw", "FG1 Anna", "--dry-run"]).out;
    let said = plan.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("may cite them") && said.contains("(memo on “Notes”, the saved search “hers”)"),
        "{plan}"
    );
    assert!(!plan.contains("purple"), "{plan}");
}

/// A summary of the group that links a quote of each of them, and one that links hers alone.
fn summarise_group(site: &Site) {
    let (mut store, source) = (site.store(), Ticking::of_process(12));
    let (study, _) = store.load().unwrap();
    let kim = study.coder_named("kim").unwrap().id;
    let quote = |words: &str| study.quotes().iter().find(|quote| quote.text.starts_with(words)).unwrap().id;
    let (hers, his) = (quote("my husband"), quote("I always"));
    let group = study.transcript_named("FG1").unwrap().id;
    let summary = |code: &str, quotes: Vec<_>| Summary {
        id: fresh(&source),
        case: Case::Group(group),
        topic: Topic::Code(study.code_named(code).unwrap().id),
        basis: Some(vec![Witness { quote: hers, digest: "abad1dea00c0ffee".into() }]),
        coder: kim,
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "All of them have ways to remember.".into(),
        state: SummaryState::Checked,
        quotes,
        checked_by: None,
    };
    let changes = vec![
        Change::create(summary("Ringing", vec![hers, his])),
        Change::create(summary("Notes", vec![hers])),
    ];
    commit(&mut store, &source, changes);
}

#[test]
fn a_summary_of_a_group_stays_when_one_of_its_people_goes() {
    let site = group();
    summarise_group(&site);
    let written = || {
        let asked = ["matrix", "--columns", "codes", "--rows", "transcripts", "--summaries"];
        let ran = site.run(&[&["-C", "study", "--json"], &asked[..]].concat());
        let cells = ran.lines().into_iter().filter(|line| line["text"].is_string());
        let cell = |line: serde_json::Value| {
            let links = line["quotes"].as_array().unwrap().len();
            format!("{} {} {links}: {}", line["topic"], line["state"], line["text"]).replace('"', "")
        };
        let mut cells: Vec<String> = cells.map(cell).collect();
        cells.sort();
        (cells, ran.err)
    };
    let in_sight = || {
        let (cells, err) = written();
        assert_eq!(err, "");
        cells
    };
    site.in_study(&["hide", "FG1 Anna"]);
    let text = "All of them have ways to remember.";
    // The other one links her words alone.
    let (cells, err) = written();
    assert_eq!(cells, [format!("Ringing stale 1: {text}")]);
    assert!(err.contains("1 summary is kept back"), "{err}");
    site.in_study(&["unhide", "FG1 Anna"]);
    assert_eq!(in_sight(), [format!("Notes stale 1: {text}"), format!("Ringing stale 2: {text}")]);
    // What rests on her words alone goes with them, and both are in the table.
    // Of a group in which everybody is hidden nothing is left to be seen.
    site.in_study(&["hide", "FG1 Anna"]);
    site.in_study(&["hide", "FG1 Bert"]);
    assert!(site.store().load().unwrap().0.summaries().len() == 2);
    let none =
        site.run(&["-C", "study", "matrix", "--columns", "codes", "--rows", "transcripts", "--summaries"]);
    assert!(!none.out.contains(text), "{}", none.out);
    site.in_study(&["unhide", "FG1 Anna"]);
    site.in_study(&["unhide", "FG1 Bert"]);
    let line = &site.run(&["-C", "study", "--json", "withdraw", "FG1 Anna", "--yes"]).lines()[0];
    assert_eq!((&line["summaries"], &line["unlinked_summaries"]), (&json!(1), &json!(1)), "{line}");
    assert_eq!(in_sight(), ["Notes stale 0: [withdrawn]".to_owned(), format!("Ringing stale 1: {text}")]);
    site.assert_sound();
}

#[test]
fn a_summary_that_cites_hidden_words_is_counted_as_kept_back() {
    let site = group();
    summarise_group(&site);
    let (mut store, source) = (site.store(), Ticking::of_process(13));
    let (study, _) = store.load().unwrap();
    let held = study.summaries().iter().find(|held| held.quotes.len() == 2).unwrap().clone();
    let after =
        Summary { text: "“My husband keeps the purple notebook”, she says.".into(), ..held.clone() };
    // Another one cites nothing.
    let topic = Topic::Code(study.code_named("Both").unwrap().id);
    let other = Summary { id: fresh(&source), topic, ..held.clone() };
    commit(&mut store, &source, vec![Change::update(held, after), Change::create(other)]);
    drop(store);
    site.in_study(&["hide", "FG1 Anna"]);
    let shown =
        site.run(&["-C", "study", "matrix", "--columns", "codes", "--rows", "transcripts", "--summaries"]);
    assert!(!shown.out.contains("purple") && shown.out.contains("ways to remember"), "{}", shown.out);
    assert!(shown.err.contains("2 summaries are kept back"), "{}", shown.err);
}

#[test]
fn who_withdraws_may_have_quotes_that_overlap_in_a_draft() {
    let site = group();
    let at = |words: &str| FG1[..FG1.find(words).unwrap()].chars().count();
    let words = "my husband keeps the purple notebook";
    for part in ["my husband keeps the purple", "keeps the purple notebook"] {
        let start = at(part).to_string();
        site.in_study(&["code", "FG1", &start, &(at(part) + part.len()).to_string(), "Notes"]);
    }
    site.write("draft.md", format!("One said: “{words}” (FG1 Anna).\n"));
    site.in_study(&["verify", "draft.md"]);
    assert!(site.store().load().unwrap().0.usages().len() > 1, "both are used by the draft");
    let ran = site.run(&["-C", "study", "withdraw", "FG1 Anna", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let (study, _) = site.store().load().unwrap();
    assert_eq!(study.usages().len(), 1, "of quotes that became one, one is used");
    let used = study.usages().iter().next().unwrap().quote;
    assert!(study.quotes().has(&used));
    assert_eq!(site.run(&["-C", "study", "check"]).code, 0);
    let left = files_with(&site, &["purple", "husband"]);
    assert!(left.is_empty(), "{left:?}");
}

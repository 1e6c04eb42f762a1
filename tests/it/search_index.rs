//! The index as a cache: what it knows, who may write, and that it may be lost at any time.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use combe::search::{Cancel, Index, IndexError, NoText, SearchError, TextSource, search};
use combe::study::{Change, RevisionId, Transcript};

use crate::fixture::Ticking;
use crate::search_fixture::Searched;

fn study() -> Searched {
    Searched::new(&[("I1", "Ann: time and money\n"), ("I2", "Ben: no time\nBen: at all\n")])
}

/// Addresses of what `index` finds for `query`; texts are at hand for what it does not hold.
fn found(searched: &Searched, index: &Index, query: &str) -> String {
    let plan = searched.plan(query).unwrap();
    let results = search(&plan, Some(index), &searched.texts, usize::MAX, &Cancel::new()).unwrap();
    searched.addresses(&results)
}

/// No text at all: whoever asks is at fault.
struct Nothing;

impl TextSource for Nothing {
    fn text(&self, revision: RevisionId) -> Result<Arc<str>, NoText> {
        Err(NoText { revision, why: "nobody should have asked".into() })
    }
}

fn fill(searched: &Searched, index: &Arc<Index>) {
    let mut writer = index.writer().unwrap();
    writer.catch_up(&searched.corpus(), &searched.texts, &Cancel::new(), |_| {}).unwrap();
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let inside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    inside.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn it_knows_what_is_missing_and_catches_up_transcript_by_transcript() {
    let mut searched = study();
    let names = |searched: &Searched| {
        let missing = searched.index.missing(&searched.corpus());
        missing
            .iter()
            .map(|id| searched.study.transcripts().get(id).unwrap().name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&searched), ["I1", "I2"]);
    searched.catch_up();
    assert!(names(&searched).is_empty());
    searched.add("I3", "Caz: time\n", None);
    searched.revise("I1", "Ann: money and time and time\n");
    assert_eq!(names(&searched), ["I1", "I3"]);
    assert_eq!(found(&searched, &searched.index, "time"), "I1:1 I2:1 I3:1");
    searched.catch_up();
    assert!(names(&searched).is_empty());
    assert_eq!(found(&searched, &searched.index, "\"time and time\""), "I1:1");

    let before = searched.study.transcript_named("I3").unwrap().clone();
    let after = Transcript { language: Some("cy".into()), ..before.clone() };
    searched.apply(&[Change::update(before, after)]);
    assert_eq!(names(&searched), ["I3"], "it is stemmed in another way now");
}

#[test]
fn what_it_holds_is_found_without_any_text() {
    let searched = study();
    searched.catch_up();
    let plan = searched.plan("time -money").unwrap();
    let results = search(&plan, Some(&searched.index), &Nothing, 0, &Cancel::new()).unwrap();
    assert_eq!((results.total(), results.hits.len()), (1, 0));
    let asked = search(&plan, Some(&searched.index), &Nothing, 1, &Cancel::new());
    assert!(matches!(asked, Err(SearchError::Text(_))));
}

#[test]
fn an_empty_transcript_is_never_missing() {
    let searched = Searched::new(&[("I1", ""), ("I2", "Ben: \n")]);
    searched.catch_up();
    assert!(searched.index.missing(&searched.corpus()).is_empty());
    assert_eq!(searched.found("-time"), "I2:1");
}

#[test]
fn transcripts_that_are_gone_are_taken_out() {
    let searched = study();
    searched.catch_up();
    let mut other = Searched::new(&[]);
    other.source = Ticking::of_process(7);
    other.add("I9", "Ann: time\n", None);
    let mut writer = searched.index.writer().unwrap();
    writer.catch_up(&other.corpus(), &other.texts, &Cancel::new(), |_| {}).unwrap();
    drop(writer);
    assert_eq!(searched.index.missing(&searched.corpus()).len(), 2);
    assert!(searched.index.missing(&other.corpus()).is_empty());
}

#[test]
fn it_outlives_its_process_and_one_writes_while_others_read() {
    let folder = tempfile::tempdir().unwrap();
    let searched = study();
    let first = Arc::new(Index::open(folder.path()).unwrap());
    let second = Arc::new(Index::open(folder.path()).unwrap());
    let mut writer = first.writer().unwrap();
    assert!(matches!(second.writer(), Err(IndexError::Busy)));
    writer.catch_up(&searched.corpus(), &searched.texts, &Cancel::new(), |_| {}).unwrap();
    assert_eq!(second.missing(&searched.corpus()).len(), 2);
    assert_eq!(found(&searched, &second, "time"), "I1:1 I2:1");
    second.reload().unwrap();
    assert!(second.missing(&searched.corpus()).is_empty());
    drop((writer, first, second));

    let again = Arc::new(Index::open(folder.path()).unwrap());
    assert!(again.missing(&searched.corpus()).is_empty());
    assert_eq!(found(&searched, &again, "\"no time\""), "I2:1");
    again.writer().unwrap();
    let mode = fs::metadata(files(folder.path())[0].parent().unwrap()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn whatever_is_broken_is_made_anew() {
    let searched = study();
    for keep in [0, 1, 10] {
        let folder = tempfile::tempdir().unwrap();
        fill(&searched, &Arc::new(Index::open(folder.path()).unwrap()));
        for file in files(folder.path()) {
            let bytes = fs::read(&file).unwrap();
            fs::write(&file, &bytes[..bytes.len().min(keep)]).unwrap();
        }
        let index = Arc::new(Index::open(folder.path()).unwrap());
        assert_eq!(found(&searched, &index, "time"), "I1:1 I2:1", "{keep}");
        fill(&searched, &index);
        assert!(index.missing(&searched.corpus()).is_empty());
    }
}

#[test]
fn folders_of_earlier_versions_are_deleted_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["words-0", "words-9999", "words-of-others", "notes"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    Index::open(folder.path()).unwrap();
    let there = |name: &str| folder.path().join(name).exists();
    assert!(!there("words-0") && there("words-9999") && there("words-of-others") && there("notes"));
}

#[test]
fn a_folder_that_cannot_be_made_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let refused = Index::open(&file).unwrap_err();
    assert!(matches!(refused, IndexError::Disk(_)));
    assert!(refused.to_string().starts_with("the search index cannot be kept on disk ("));
}

#[test]
fn clearing_leaves_no_word_behind() {
    let folder = tempfile::tempdir().unwrap();
    let searched = Searched::new(&[("I1", "Ann: xylophonist\n")]);
    let index = Arc::new(Index::open(folder.path()).unwrap());
    fill(&searched, &index);
    let dictionaries = || {
        files(folder.path()).iter().filter(|file| file.extension().is_some_and(|end| end == "term")).count()
    };
    assert_eq!(dictionaries(), 1);
    index.writer().unwrap().clear().unwrap();
    assert_eq!(dictionaries(), 0);
    assert_eq!(index.missing(&searched.corpus()).len(), 1);
}

#[test]
fn a_cancelled_search_says_so() {
    let searched = study();
    let cancel = Cancel::new();
    cancel.clone().cancel();
    for query in ["time", "/time/"] {
        let plan = searched.plan(query).unwrap();
        let stopped = search(&plan, None, &searched.texts, 1, &cancel);
        assert!(matches!(stopped, Err(SearchError::Cancelled)));
    }
    let mut writer = searched.index.writer().unwrap();
    let stopped = writer.catch_up(&searched.corpus(), &searched.texts, &cancel, |_| {});
    assert!(matches!(stopped, Err(SearchError::Cancelled)));
}

#[test]
fn many_turns_of_many_transcripts_keep_their_places() {
    let mut searched = Searched::new(&[]);
    for number in (1..=40).rev() {
        let text: String = (1..=number).map(|turn| format!("Ann: word{turn} of t{number}\n")).collect();
        searched.add(&format!("I{number}"), &text, None);
        if number % 7 == 0 {
            searched.catch_up();
        }
    }
    assert_eq!(searched.found("word39"), "I39:39 I40:39");
    assert_eq!(searched.found("t7"), (1..=7).map(|turn| format!("I7:{turn}")).collect::<Vec<_>>().join(" "));
    assert_eq!(searched.found("word3* in:I31"), "I31:3 I31:30 I31:31");
    searched.revise("I31", "Ann: word3\nAnn: word4\nAnn: word3\n");
    assert_eq!(searched.found("word3* in:I31"), "I31:1 I31:3");
}

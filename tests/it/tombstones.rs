//! What stands where words were erased: nothing is put on it, nothing put in its place, and a sentence says why.

use combe::study::Kind;

use crate::e2e::Site;
use crate::hide::{FG1, group};
use crate::screen::{Desk, Parts};

const TEXT: &str = "MOD: Who goes?\n\nP1: [withdrawn]\n\nP2: I told [erased] about it.\n\nP3: [withdrawn]\n";

fn desk(keys: &str) -> Desk {
    let mut parts = Parts::new();
    parts.transcript("FG1", Kind::FocusGroup, TEXT, false);
    parts.code("Being known", None, "opportunity.social", "");
    let mut desk = Desk::new(parts);
    desk.keys("g t home ret").keys(keys);
    desk.committed.clear();
    desk
}

fn assert_refused(desk: &Desk, what: &str) {
    assert!(desk.said().contains("words were erased"), "{what}: {}\n{}", desk.said(), desk.screen());
    assert!(desk.committed.is_empty(), "{what}: {:?}", desk.committed);
    assert_eq!(desk.model.study.quotes().len(), 0, "{what}");
}

#[test]
fn a_tombstone_cannot_be_coded_starred_put_aside_or_corrected() {
    for (what, keys) in
        [("coded", "c 'being' ret"), ("starred", "s"), ("put into the basket", "\""), ("corrected", "W w")]
    {
        let mut desk = desk("J w w w");
        desk.keys(keys);
        assert_refused(&desk, what);
    }
    // The word in the brackets is no word either.
    let mut desk = desk("J t t t");
    desk.keys("s");
    assert_refused(&desk, "a part of it");
}

#[test]
fn what_is_still_said_beside_one_can_be_coded_and_corrected_around_it() {
    let mut desk = desk("J J w w w");
    desk.keys("c 'being' ret");
    assert_eq!(desk.codings(), ["I told [erased] about it. = Being known"]);
    desk.keys("W w end backspace '!' C-s");
    let revision = desk.model.study.transcript_named("FG1").unwrap().revision;
    assert!(desk.texts[&revision].contains("P2: I told [erased] about it!"), "{}", desk.said());
    // Six words less the one that is a tombstone.
    assert_eq!(desk.model.study.turns_of(revision).unwrap().turns[2].words, 4);
    desk.committed.clear();
    desk.keys("W w home C-right C-right C-right C-w C-s");
    assert!(desk.said().contains("words were erased there"), "{}\n{}", desk.said(), desk.screen());
    assert!(desk.committed.is_empty());
}

#[test]
fn a_file_that_still_has_the_words_does_not_bring_them_back() {
    let site: Site = group();
    let ran = site.run(&["-C", "study", "withdraw", "FG1 Anna", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    std::fs::write(site.path("FG1.txt"), FG1.replace("True.", "That is true.")).unwrap();
    let ran = site.run(&["-C", "study", "import", "--revise", "FG1.txt"]);
    assert!(ran.code != 0, "{}", ran.out);
    assert!(ran.out.contains("words of “FG1” were erased"), "{} {}", ran.err, ran.out);
    assert!(!site.in_study(&["show", "FG1"]).out.contains("kettle"));
    let start = FG1[..FG1.find("At home").unwrap()].chars().count();
    let coded =
        site.run(&["-C", "study", "code", "FG1", &start.to_string(), &(start + 11).to_string(), "Notes"]);
    assert_eq!((coded.code, coded.err.contains("its words were erased")), (3, true), "{}", coded.err);
}

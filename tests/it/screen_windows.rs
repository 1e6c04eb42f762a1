//! Two windows of one coder on one study: what is half-written in one is there in the other, and neither writes over what it
//! did not show.

use std::collections::{BTreeMap, BTreeSet};

use combe::app::{DraftNews, Effect, Msg, Place};
use combe::store::Logged;
use combe::study::Study;

use crate::screen::{Desk, Parts};
use crate::screen_matrix::charted;

/// Two windows of the lead coder, and the drafts on disk.
struct Windows {
    first: Desk,
    second: Desk,
    /// Drafts as each of them last had them on disk.
    known: [BTreeMap<String, String>; 2],
    disk: BTreeMap<String, String>,
    told: [usize; 2],
    tellings: u64,
}

impl Windows {
    fn of(parts: &Parts, keys: &str) -> Windows {
        let open = || {
            let mut desk = Desk::begin(parts.setting(80, 24), Study::default(), parts, &Place::default());
            desk.load(parts.study.clone());
            desk.keys(keys);
            desk
        };
        Windows {
            first: open(),
            second: open(),
            known: Default::default(),
            disk: BTreeMap::new(),
            told: [0, 0],
            tellings: 0,
        }
    }

    /// Both read I43, in its second turn.
    fn reading() -> Windows {
        Windows::of(&Parts::small(), ": 'open_transcript I43' ret g g J")
    }

    /// Both on the matrix.
    fn charting() -> Windows {
        Windows::of(&charted(), "g x")
    }

    /// The thread of each window writes and looks, the first one first.
    fn meet(&mut self) {
        let news = |desk: &Desk, told: usize| -> Vec<Logged> {
            let fresh = desk.committed.iter().skip(told).cloned();
            fresh.map(|action| Logged { seq: 9, action, turns: vec![] }).collect()
        };
        let (first, second) = (news(&self.first, self.told[0]), news(&self.second, self.told[1]));
        self.told = [self.first.committed.len(), self.second.committed.len()];
        self.second.send(Msg::Others(first));
        self.first.send(Msg::Others(second));
        for at in [0, 1, 0] {
            let desk = [&mut self.first, &mut self.second].into_iter().nth(at).unwrap();
            let known = &mut self.known[at];
            let keys: BTreeSet<String> = self
                .disk
                .keys()
                .chain(known.keys())
                .filter(|key| self.disk.get(*key) != known.get(*key))
                .cloned()
                .collect();
            let news: Vec<DraftNews> = keys
                .into_iter()
                .map(|key| DraftNews {
                    before: known.get(&key).cloned(),
                    now: self.disk.get(&key).cloned(),
                    key,
                })
                .collect();
            if !news.is_empty() {
                self.tellings += 1;
                desk.send(Msg::DraftsElsewhere { telling: self.tellings, news });
                assert!(desk.other_effects.contains(&Effect::DraftsHeard(self.tellings)));
            }
            self.disk.clone_from(&desk.model.drafts);
            known.clone_from(&desk.model.drafts);
        }
    }
}

fn typed(desk: &Desk) -> &str {
    desk.model.field().map_or("", |field| field.text())
}

fn summaries(desk: &Desk) -> Vec<String> {
    desk.model.study.summaries().iter().map(|summary| summary.text.clone()).collect()
}

#[test]
fn a_draft_of_one_window_is_gone_on_with_in_the_other() {
    let mut windows = Windows::reading();
    windows.first.keys("W w home 'AAA1 ' esc");
    windows.meet();
    windows.second.keys("W w");
    assert_eq!(windows.second.said(), "This is a draft that was not saved yet.");
    assert!(typed(&windows.second).starts_with("AAA1 I think"), "{}", typed(&windows.second));
    windows.second.keys("'BBB1 ' esc");
    windows.meet();
    windows.first.keys("W w");
    let text = typed(&windows.first);
    assert!(text.contains("AAA1") && text.contains("BBB1") && !text.contains("---"), "{text}");
}

#[test]
fn what_is_typed_in_both_windows_at_once_is_kept_from_both() {
    for (keys, again) in [("W w home", "W w"), ("m", "m")] {
        let mut windows = Windows::reading();
        windows.first.keys(&format!("{keys} 'AAA1 ' esc"));
        windows.second.keys(&format!("{keys} 'BBB1 '"));
        windows.meet();
        assert!(windows.second.said().starts_with("Your other window wrote here at the same time"));
        let text = typed(&windows.second).to_owned();
        assert!(text.contains("AAA1") && text.contains("BBB1"), "{text}");
        assert!(text.contains("\n\n--- written at the same time ---\n\n"), "{text}");
        windows.second.keys("esc");
        windows.first.keys(again);
        assert_eq!(typed(&windows.first), text);
    }
}

#[test]
fn what_is_saved_in_one_window_is_no_draft_in_the_other() {
    let mut windows = Windows::reading();
    windows.first.keys("m 'a thought'");
    windows.meet();
    windows.second.keys("m");
    assert_eq!(typed(&windows.second), "a thought");
    windows.first.keys("C-s");
    windows.meet();
    assert_eq!(windows.second.said(), "What was written here is saved or thrown away in your other window.");
    windows.second.keys("esc m");
    assert_eq!(typed(&windows.second), "a thought");
    windows.second.keys("esc");
    assert_eq!(windows.second.model.study.memos().len(), 1);
    assert!(windows.second.model.drafts.is_empty(), "{:?}", windows.second.model.drafts);
}

#[test]
fn a_form_that_is_filled_in_in_two_windows_keeps_both_texts() {
    let mut windows = Windows::of(&Parts::small(), "g c home");
    windows.first.keys("e home 'AAA1 ' esc");
    windows.second.keys("e home 'BBB1 '");
    windows.meet();
    let text = typed(&windows.second).to_owned();
    assert!(text.contains("AAA1") && text.contains("BBB1"), "{text}");
    windows.second.keys("esc");
    windows.first.keys("e");
    assert_eq!(typed(&windows.first), text);
}

#[test]
fn a_draft_that_says_what_is_saved_is_none() {
    let mut windows = Windows::charting();
    windows.first.keys("ret 'First version.' esc ret 'x' backspace");
    assert!(!windows.first.model.drafts.is_empty());
    windows.first.keys("esc");
    assert!(windows.first.model.drafts.is_empty(), "{:?}", windows.first.model.drafts);
    windows.first.keys("ret C-t C-t");
    assert!(!windows.first.model.drafts.is_empty());
    windows.first.keys("esc");
    assert!(windows.first.model.drafts.is_empty(), "{:?}", windows.first.model.drafts);
}

#[test]
fn a_desk_in_which_nothing_is_typed_shows_what_the_other_window_saves() {
    let mut windows = Windows::charting();
    windows.first.keys("ret 'Base.' esc ret");
    windows.meet();
    windows.second.keys("ret end ' B wrote this.' esc");
    windows.meet();
    assert_eq!(typed(&windows.first), "Base. B wrote this.");
    let steps = windows.first.committed.len();
    windows.first.keys("esc");
    assert_eq!(windows.first.committed.len(), steps, "{}", windows.first.said());
    assert_eq!(summaries(&windows.first), ["Base. B wrote this."]);
    // Likewise what an undo brings back.
    windows.first.keys("ret");
    windows.second.keys("u");
    windows.meet();
    assert_eq!(typed(&windows.first), "Base.");
    windows.first.keys("esc");
    assert_eq!(summaries(&windows.first), ["Base."]);
}

#[test]
fn a_draft_of_a_summary_that_was_changed_since_takes_no_words_away() {
    let parts = charted();
    let mut windows = Windows::of(&parts, "g x");
    windows.first.keys("ret 'First version.' esc");
    windows.meet();
    windows.first.keys("ret end ' Mine.'");
    let drafts = windows.first.model.drafts.clone();
    assert!(!drafts.is_empty());
    // The draft is of an earlier session; the summary was changed since, with a link.
    windows.second.keys("ret end ' Theirs.' C-t esc");
    let mut later = Desk::begin(parts.setting(80, 24), Study::default(), &parts, &Place::default());
    later.load(windows.second.model.study.clone());
    later.model.drafts = drafts;
    later.keys("g x ret");
    assert!(later.said().starts_with("The summary was changed since"), "{}", later.said());
    let text = typed(&later).to_owned();
    assert!(text.starts_with("First version. Theirs. (I43:2)\n\n---"), "{text}");
    assert!(text.ends_with("First version. Mine."), "{text}");
    later.keys("esc");
    assert_eq!(summaries(&later), [text]);
    let linked = later.model.study.summaries().iter().next().unwrap().quotes.len();
    assert_eq!(linked, 1);
}

#[test]
fn a_turn_with_a_draft_of_the_other_window_is_not_split() {
    let mut windows = Windows::reading();
    windows.first.keys("W w home 'AAA1 ' esc");
    windows.meet();
    windows.second.keys("t right W s");
    assert!(
        windows.second.said().starts_with("Not done: I43:2 has a draft that was not saved."),
        "{}",
        windows.second.said()
    );
}

#[test]
fn a_draft_of_a_turn_that_was_split_elsewhere_is_found_at_its_parts() {
    let mut windows = Windows::reading();
    windows.first.keys("W w home 'AAA1 ' esc");
    windows.second.keys("t right W s");
    assert!(windows.second.said().ends_with("I43:2 split"), "{}", windows.second.said());
    let news = |(key, text): (&String, &String)| DraftNews {
        key: key.clone(),
        before: None,
        now: Some(text.clone()),
    };
    let news = windows.first.model.drafts.iter().map(news).collect();
    windows.second.send(Msg::DraftsElsewhere { telling: 1, news });
    windows.second.keys("W w");
    assert!(
        windows.second.said().starts_with("This is your draft of I43:2, which was split or joined since."),
        "{}",
        windows.second.said()
    );
    assert!(typed(&windows.second).starts_with("AAA1 I think"), "{}", typed(&windows.second));
    let steps = windows.second.committed.len();
    windows.second.keys("C-s");
    assert!(windows.second.said().starts_with("Not yet: "), "{}", windows.second.said());
    assert_eq!(windows.second.committed.len(), steps);
}

#[test]
fn a_draft_of_a_turn_is_safe_from_joining_it_to_the_one_before() {
    let mut windows = Windows::reading();
    // Turns 4 and 5 are both spoken by P088.
    windows.first.keys("J J J W w home 'AAA1 ' esc K W j");
    assert!(
        windows.first.said().starts_with("Not done: I43:5 has a draft that was not saved."),
        "{}",
        windows.first.said()
    );
}

#[test]
fn a_draft_of_a_cell_whose_code_is_merged_is_listed_and_becomes_a_memo() {
    let mut windows = Windows::of(&charted(), "g x c 'codes' ret");
    let desk = &mut windows.first;
    let merged = desk.model.matrix.grid.columns[0].name.clone();
    let into = desk.model.matrix.grid.columns[1].name.clone();
    desk.keys("ret 'Half a page.'");
    windows.meet();
    windows.second.keys(&format!("g c home M '{into}' ret y"));
    assert!(windows.second.model.study.code_named(&merged).is_none(), "{}", windows.second.screen());
    let said = windows.second.said();
    assert!(said.ends_with("; 1 draft of yours lost the place: g D lists them"), "{said}");
    windows.meet();
    let desk = &mut windows.first;
    assert!(desk.said().contains("g D"), "{}", desk.said());
    desk.keys("g D");
    assert!(desk.screen().contains("Half a page."), "{}", desk.screen());
    desk.keys("ret");
    assert!(desk.said().starts_with("This was the draft of a summary of "), "{}", desk.said());
    assert_eq!(typed(desk), "Half a page.");
    desk.keys("C-s g D");
    assert_eq!(desk.said(), "No memo and no turn has a draft that is not saved.");
    let memos: Vec<&str> = desk.model.study.memos().iter().map(|memo| memo.text.as_str()).collect();
    assert_eq!(memos, ["Half a page."]);
    assert!(desk.model.drafts.is_empty(), "{:?}", desk.model.drafts);
}

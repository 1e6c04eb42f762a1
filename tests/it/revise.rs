//! A file that was corrected elsewhere, whose transcript was corrected here since: `combe import --revise` on a real study.

use std::fs;

use crate::e2e::{Ran, Site};
use crate::erase_revisions::{TALK, erase, reword, split, talk};

fn revise(site: &Site, text: &str, more: &[&str]) -> Ran {
    fs::write(site.path("T1.txt"), text).unwrap();
    let args = [&["-C", "study", "import", "--revise", "T1.txt"], more].concat();
    site.run(&args)
}

fn text(site: &Site) -> String {
    let mut store = site.store();
    let (study, _) = store.load().unwrap();
    store.text(study.transcript_named("T1").unwrap().revision).unwrap().to_string()
}

#[test]
fn what_was_put_right_here_stands_in_the_next_file_and_in_the_one_after_it() {
    let site = talk();
    reword(&site, "Gwillym", "Gwilym");
    split(&site, "The bus");
    let next = TALK.replace("for an hour", "for two hours");
    assert_eq!(revise(&site, &next, &[]).code, 0);
    assert_eq!(text(&site), next.replace("Gwillym", "Gwilym"));
    let shown = site.in_study(&["show", "T1"]).out;
    assert!(shown.contains("2b T1: The bus") && shown.contains(" 3 T1: He waited"), "{shown}");

    // The next file is compared with this one. It has the name right, and nothing of that is a doubt.
    let actions = site.actions();
    reword(&site, "gate", "school gate");
    let last = next.replace("Gwillym", "Gwilym").replace("at long last", "at last");
    assert_eq!(revise(&site, &last, &[]).code, 0);
    assert_eq!(text(&site), last.replace("gate", "school gate"));
    // An import that is undone and done again is still the last file.
    let import = (actions + 2).to_string();
    site.in_study(&["undo", &import]);
    site.in_study(&["undo", &(actions + 3).to_string()]);
    assert_eq!(text(&site), last.replace("gate", "school gate"));
    reword(&site, "hours", "hours and more");
    assert_eq!(revise(&site, &last, &[]).code, 0);
    assert_eq!(text(&site), last.replace("gate", "school gate").replace("hours", "hours and more"));
}

#[test]
fn where_both_changed_the_same_nothing_changes_until_it_is_said_whose_words_stand() {
    let site = talk();
    reword(&site, "My cousin Gwillym", "My cousin [\u{2026}]");
    let here = text(&site);
    let next = TALK.replace("Gwillym drove", "Gwilym came and drove").replace("an hour", "two hours");
    let ran = revise(&site, &next, &[]);
    assert_eq!((ran.code, text(&site)), (3, here.clone()));
    assert!(ran.out.contains("(turn 2)") && ran.out.contains("--keep-corrections"), "{}", ran.out);
    assert!(!ran.out.contains("Gwil"), "{}", ran.out);
    assert_eq!(revise(&site, &next, &["--keep-corrections", "--overwrite-corrections"]).code, 2);
    let trial = revise(&site, &next, &["--keep-corrections", "--dry-run"]);
    assert!(trial.out.contains("the study’s words stand"), "{}", trial.out);
    assert_eq!(revise(&site, &next, &["--keep-corrections"]).code, 0);
    assert_eq!(text(&site), here.replace("an hour", "two hours"));
}

#[test]
fn erased_words_do_not_come_back_by_a_file_whichever_side_is_taken() {
    let site = talk();
    reword(&site, "an hour", "two hours");
    assert_eq!(erase(&site, "My cousin Gwillym drove us there.", &[]).code, 0);
    let here = text(&site);
    let next = TALK.replace("at long last", "at last");
    for side in [&[][..], &["--keep-corrections"], &["--overwrite-corrections"]] {
        let ran = revise(&site, &next, side);
        assert_eq!((ran.code, text(&site)), (3, here.clone()), "{}", ran.out);
    }
}

#[test]
fn a_former_text_has_the_numbers_of_its_turns_in_a_later_session_and_after_an_erasure() {
    let site = talk();
    reword(&site, "an hour", "two hours");
    assert_eq!(erase(&site, "My cousin Gwillym drove us there.", &[]).code, 0);
    let mut pty = site.open();
    pty.wait_for("transcripts");
    pty.send(b":T1\r");
    pty.wait_for("Who helped?");
    pty.press("W f");
    pty.wait_for("from revision 1 to 2");
    pty.press("f");
    pty.wait_for("T1 as revision 1 has it");
    let screen = pty.screen();
    assert!(screen.lines().any(|line| line.trim_start().starts_with("3 Anna: He waited")), "{screen}");
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
}

#[test]
fn files_one_after_the_other_keep_what_was_put_right_before_the_first_of_them() {
    let site = talk();
    reword(&site, "drove us", "never drove us");
    reword(&site, "Gwillym", "Gwilym");
    split(&site, "The bus");
    let here = |file: &str| file.replace("Gwillym drove", "Gwilym never drove");
    let mut next = TALK.to_owned();
    for (from, to) in
        [("an hour", "two hours"), ("at long last", "at last"), ("Who helped?", "And who helped?")]
    {
        next = next.replace(from, to);
        let ran = revise(&site, &next, &[]);
        assert_eq!((ran.code, text(&site)), (0, here(&next)), "{}", ran.out);
        let shown = site.in_study(&["show", "T1"]).out;
        assert!(shown.contains("2a T1: My cousin") && shown.contains("2b T1: The bus"), "{shown}");
    }
    // The last one once more is nothing new.
    let actions = site.actions();
    assert!(revise(&site, &next, &[]).out.contains("same"));
    assert_eq!((site.actions(), text(&site)), (actions, here(&next)));
}

#[test]
fn a_turn_that_was_put_right_here_stays_where_the_file_leaves_it_out_if_that_is_said() {
    let site = talk();
    reword(&site, "an hour", "an hour and more");
    let here = text(&site);
    let next =
        TALK.replace("Anna: He waited by the gate for an hour.\n\n", "").replace("at long last", "at last");
    let ran = revise(&site, &next, &[]);
    assert_eq!((ran.code, text(&site)), (3, here.clone()));
    assert!(ran.out.contains("(turn 3)"), "{}", ran.out);
    let kept = revise(&site, &next, &["--keep-corrections"]);
    assert_eq!((kept.code, text(&site)), (0, here.replace("at long last", "at last")));
    assert!(kept.out.contains("(turn 3); the study’s words stand"), "{}", kept.out);
}

/// T1 with Anna known as P026.
fn as_it_goes_out(text: &str) -> String {
    text.replace("Anna:", "P026:")
}

fn bound() -> Site {
    let site = talk();
    site.in_study(&["speaker", "T1", "Anna", "P026", "--new"]);
    site
}

#[test]
fn a_file_that_comes_back_with_the_name_of_who_is_bound_is_of_the_same_person_and_label() {
    let site = bound();
    let next = TALK.replace("at long last", "at last");
    let ran = revise(&site, &as_it_goes_out(&next), &[]);
    assert_eq!((ran.code, text(&site)), (0, next.clone()), "{}", ran.out);
    assert!(site.in_study(&["show", "T1", "3"]).out.contains("P026: He waited"));
    let speakers = site.in_study(&["speaker", "T1"]).out;
    assert!(speakers.contains("Anna") && !speakers.contains("T1"), "{speakers}");
    // Nothing else is new in it.
    let again = revise(&site, &as_it_goes_out(&next), &[]);
    assert!(again.out.contains("same"), "{}", again.out);
}

#[test]
fn a_new_label_takes_no_turns_over_until_it_is_said_who_that_is() {
    let site = bound();
    let before = text(&site);
    let next = TALK.replace("Anna:", "Patient:").replace("at long last", "at last");
    let ran = revise(&site, &next, &[]);
    assert_eq!((ran.code, text(&site)), (3, before));
    assert!(ran.out.contains("turns 2, 3, 5 P026 spoke"), "{}", ran.out);
    assert!(ran.out.contains("--bind Patient=P026"), "{}", ran.out);
    assert_eq!(revise(&site, &next, &["--bind", "Patient=P026"]).code, 0);
    assert!(site.in_study(&["show", "T1", "3"]).out.contains("P026: He waited"));
    // Somebody who was not there before may come in with turns of their own.
    let more = format!("{next}\nBen: And I was there too.\n");
    assert_eq!(revise(&site, &more, &[]).code, 0);
}

#[test]
fn a_turn_that_is_gone_has_its_own_number_in_what_differs() {
    let site = talk();
    let next = TALK.replace("Anna: He waited by the gate for an hour.\n\n", "");
    assert_eq!(revise(&site, &next, &[]).code, 0);
    let differs = site.in_study(&["show", "T1", "--diff", "1..2"]).out;
    assert!(differs.trim_start().starts_with("3 [-"), "{differs}");
}

#[test]
fn quotes_that_say_other_words_than_before_are_counted_with_their_places() {
    let site = talk();
    let start = TALK.find("at long last").unwrap();
    let end = start + "at long last".len();
    site.in_study(&["code", "T1", &start.to_string(), &end.to_string(), "Waiting", "--new"]);
    let ran = revise(&site, &TALK.replace("at long last", "at last"), &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("1 quote of kim says other words now (turn 5): look whether"), "{}", ran.out);
    // What changed elsewhere, or but in blanks, is not.
    let ran = revise(&site, &TALK.replace("at long last", "at  last").replace("an hour", "two hours"), &[]);
    assert!(ran.code == 0 && !ran.out.contains("other words"), "{}", ran.out);
}

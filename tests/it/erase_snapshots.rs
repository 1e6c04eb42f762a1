//! Erasing from snapshots: who speaks is told by the study of today, however little a snapshot knew of it.

use std::fs;

use combe::study::{Change, Memo, MemoKind, MemoOn, Step, fresh};

use crate::e2e::Site;
use crate::erase::files_with;
use crate::fixture::Ticking;

const TALK: &str = "Interviewer: Who helped?\n\n\
Speaker 2: My cousin Gwillym drove us there.\n\n\
Speaker 3: I took the bus.\n\n\
Speaker 3: The wallaby waited by the gate.\n";

/// A talk that was marked before anybody knew who speaks: P17 is Speaker 2, and says the fourth turn too.
fn known_too_late() -> Site {
    let site = Site::bare();
    fs::write(site.path("T1.txt"), TALK).unwrap();
    site.done(&["new", "study"]);
    site.in_study(&["import", "T1.txt"]);
    let memo = Change::create(on_speaker_2(&site));
    commit(&site, memo.clone(), 9);
    site.in_study(&["mark", "early"]);
    commit(&site, Change { before: memo.after, after: None }, 10);
    site
}

/// A memo on whoever Speaker 2 was taken for.
fn on_speaker_2(site: &Site) -> Memo {
    let (study, _) = site.store().load().unwrap();
    let transcript = study.transcript_named("T1").unwrap().id;
    let voice = study.bindings().get(&(transcript, "speaker 2".into())).unwrap().voice;
    Memo {
        id: fresh(&Ticking::of_process(8)),
        on: MemoOn::Participant(voice.participant().unwrap()),
        kind: MemoKind::Analytic,
        coder: study.coder_named("kim").unwrap().id,
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "Has a juggler in the family.".into(),
    }
}

fn commit(site: &Site, change: Change, process: u64) {
    let mut store = site.store();
    let (mut study, _) = store.load().unwrap();
    let kim = study.coder_named("kim").unwrap().clone();
    let step =
        Step { command: "test".into(), label: "by a test".into(), changes: vec![change], ..Step::default() };
    store.commit(&study.act(&kim, step, &Ticking::of_process(process)).unwrap(), &[]).unwrap();
}

#[test]
fn what_a_person_says_goes_from_snapshots_made_before_anybody_knew_who_spoke() {
    let site = known_too_late();
    site.in_study(&["speaker", "T1", "Speaker 2", "P17", "--new"]);
    site.in_study(&["mark", "bound"]);
    site.in_study(&["speaker", "T1:4", "P17"]);
    let secrets = ["gwillym", "wallaby"];
    let early = |words: &str| files_with(&site, &[words]).iter().any(|(file, _)| file.contains("early"));
    assert!(early("gwillym") && early("wallaby") && early("juggler"));
    let ran = site.run(&["-C", "study", "withdraw", "P17", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(files_with(&site, &secrets), vec![]);
    assert!(!early("juggler"), "what was written on whom the speaker was taken for");
    let shown = site.in_study(&["--at", "early", "show", "T1"]).out;
    assert!(shown.contains("I took the bus") && !shown.to_lowercase().contains("wallaby"), "{shown}");
    site.assert_sound();
}

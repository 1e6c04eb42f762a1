//! Two coders at two terminals, and what one of them may not see.

use std::time::{Duration, Instant};

use combe::study::{Change, Code, Record, fresh};
use rustix::process::Signal;
use serde_json::Value;

use super::{Site, top, wait_saved};
use crate::fixture::{Ticking, action};
use crate::pty::{Launch, Pty};

/// The program on the study, opened by somebody, with I1 open.
fn read_as(site: &Site, who: &str) -> Pty {
    let home = site.path("home");
    let launch = Launch::combe(&["-C", "study", "--as", who]).home(&home).folder(&site.path("."));
    let mut pty = launch.env("USER", who).start();
    wait_saved(&pty);
    pty.press("g t home ret");
    pty.wait_for("turn 1 of 4");
    pty
}

fn leave(mut pty: Pty) {
    pty.press("C-q");
    assert_eq!(pty.wait_end().exit_code(), 0);
}

fn answer_line(screen: &vt100::Screen) -> String {
    screen.contents().lines().rev().nth(1).unwrap_or_default().trim().to_owned()
}

/// Results of a command as somebody.
#[track_caller]
fn json_as(site: &Site, who: &str, arguments: &[&str]) -> Vec<Value> {
    let ran = site.run(&[&["-C", "study", "--json", "--as", who], arguments].concat());
    assert!(ran.code < 2, "{}", ran.err);
    ran.lines()
}

#[test]
fn what_a_colleague_codes_is_said_at_the_other_terminal() {
    let site = Site::new();
    let (mut kim, mut ruth) = (read_as(&site, "kim"), read_as(&site, "ruth"));
    ruth.press("J J");
    ruth.wait_for("turn 3 of 4");
    kim.press("J");
    kim.send(b"cToo busy\r");
    let began = Instant::now();
    ruth.wait_until("the news", |screen| answer_line(screen) == "kim coded I1:2 new code “Too busy”");
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    eprintln!("seen at the other terminal after {took:?}");
    assert!(ruth.screen().contains("turn 3 of 4"), "the cursor did not move");
    assert!(!ruth.screen().contains("kim·"), "layers of others are hidden");
    ruth.press("B");
    ruth.wait_for("kim·Too busy");
    leave(kim);
    leave(ruth);
    site.assert_sound();
}

#[test]
fn who_codes_blind_sees_nothing_of_the_other_at_the_screen_or_from_the_shell() {
    let site = Site::new();
    let (mut kim, mut ruth) = (read_as(&site, "kim"), read_as(&site, "ruth"));
    ruth.press("C b");
    ruth.wait_for("You code I1 blind from now on; S ends it, after");
    wait_saved(&ruth);
    kim.press("J");
    kim.send(b"cToo busy\r");
    kim.wait_for("new code Too busy");
    wait_saved(&kim);
    // A step elsewhere shows that what came before it came too.
    kim.press("g t home down ret");
    kim.wait_for("I2 ");
    kim.press("J");
    kim.send(b"cLists\r");
    ruth.press("J");
    ruth.wait_until("the news", |screen| answer_line(screen) == "kim coded I2:2 new code “Lists”");
    assert!(!ruth.screen().contains("Too busy"));
    ruth.press("B c");
    ruth.wait_for("Lists");
    assert!(!ruth.screen().contains("Too busy"), "{}", ruth.screen());
    ruth.press("esc /");
    ruth.send(b"by:kim");
    ruth.wait_for("1 hit in 1 transcript");
    assert!(ruth.screen().contains("I2"), "{}", ruth.screen());
    ruth.press("esc g r");

    let (hers, his) = (json_as(&site, "kim", &["quotes"]), json_as(&site, "ruth", &["quotes"]));
    assert_eq!((hers.len(), his.len()), (2, 1));
    let keys = |line: &Value| line.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&hers[0]), keys(&his[0]), "the shape is the same for both");
    let names = |who: &str| -> Vec<String> {
        json_as(&site, who, &["codes"]).iter().map(|code| code["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (names("kim"), names("ruth")),
        (vec!["Too busy".into(), "Lists".into()], vec!["Lists".to_owned()])
    );
    assert_eq!(json_as(&site, "ruth", &["search", "in:I1", "is:coded"]).len(), 0);
    assert_eq!(
        json_as(&site, "kim", &["search", "in:I1", "is:coded"])[0]["codes"],
        serde_json::json!(["Too busy"])
    );
    assert_eq!(json_as(&site, "ruth", &["search", "in:I1 clinic"])[0]["codes"], serde_json::json!([]));
    let export = |who: &str| site.run(&["-C", "study", "--as", who, "export", "codings"]);
    assert_eq!((export("kim").out.lines().count(), export("ruth").out.lines().count()), (3, 2));
    assert_eq!(export("kim").out.lines().next(), export("ruth").out.lines().next());
    assert_eq!(export("ruth").err, "combe: what others did in I1 is left out: you code it blind\n");
    let log = |who: &str| site.run(&["-C", "study", "--as", who, "log"]).out;
    assert!(log("kim").contains("Too busy") && !log("ruth").contains("Too busy"), "{}", log("ruth"));
    assert!(log("ruth").contains("ruth codes I1 blind") && log("ruth").contains("Lists"));
    let seq = json_as(&site, "kim", &["log"])
        .iter()
        .position(|line| line["label"].as_str().unwrap().contains("Too busy"));
    let undo = site.run(&["-C", "study", "--as", "ruth", "undo", &(seq.unwrap() + 1).to_string()]);
    assert_eq!((undo.code, undo.err.contains("Too busy")), (3, false), "{}", undo.err);
    // What ruth codes there says so.
    let done = site.run(&["-C", "study", "--as", "ruth", "code", "I1", "50", "60", "Too busy"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let study = site.store().load().unwrap().0;
    let blind: Vec<bool> = study.codings().iter().map(|coding| coding.blind).collect();
    assert_eq!(blind, [false, false, true]);

    ruth.press("S");
    ruth.wait_for("End coding I1 blind?");
    ruth.press("y");
    ruth.wait_for("I1: no longer blind");
    // How much of its name fits depends on whether what ruth coded in the shell is here already.
    ruth.wait_for("kim·");
    wait_saved(&ruth);
    assert_eq!(json_as(&site, "ruth", &["quotes"]).len(), 3);
    let labels: Vec<Value> =
        json_as(&site, "ruth", &["log"]).into_iter().map(|line| line["label"].clone()).collect();
    assert!(labels.contains(&"ruth no longer codes I1 blind".into()), "{labels:?}");
    leave(kim);
    leave(ruth);
    site.assert_sound();
}

#[test]
fn a_code_that_goes_at_the_very_moment_it_is_applied_is_said_to_be_gone() {
    let site = Site::new();
    let mut ruth = read_as(&site, "ruth");
    ruth.press("J");
    ruth.send(b"cGoing\r");
    ruth.wait_for("new code Going");
    ruth.press("x c");
    ruth.wait_for("taken away");
    wait_saved(&ruth);
    let kim = {
        let mut store = site.store();
        let (study, _) = store.load().unwrap();
        study.coders().iter().find(|coder| coder.name == "kim").cloned().unwrap()
    };
    // The program stands still while somebody else deletes the code and a key is waiting.
    ruth.signal(Signal::STOP);
    let mut store = site.store();
    let (study, _) = store.load().unwrap();
    let code: Code = study.code_named("going").unwrap().clone();
    let source = Ticking::of_process(7);
    let mut deletion = action(&source, kim.id, "delete_code", vec![Change::delete(code)]);
    deletion.id = fresh(&combe::run::SystemSource);
    assert!(matches!(deletion.changes[0].before, Some(Record::Code(_))));
    store.commit(&deletion, &[]).unwrap();
    ruth.send(b".");
    ruth.signal(Signal::CONT);
    ruth.wait_until("who deleted it", |screen| screen.contents().contains("kim deleted"));
    assert!(json_as(&site, "kim", &["quotes"]).is_empty());
    if ruth.with_screen(|screen| top(screen).contains("1 not done")) {
        ruth.press("!");
        ruth.wait_for("make “Going” again and code it");
        ruth.press("down ret");
        ruth.wait_for("Done after all");
        wait_saved(&ruth);
        assert_eq!(site.json(&["quotes"]).len(), 1);
    }
    leave(ruth);
    site.assert_sound();
}

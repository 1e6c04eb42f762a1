//! `combe speaker`: who speaks under a label or in a turn, and saying that somebody else does.

use serde_json::json;

use crate::e2e::Site;

#[test]
fn labels_are_listed_and_bound_to_somebody_else() {
    let site = Site::new();
    let lines = site.json(&["speaker", "I1"]);
    let dana = json!({
        "transcript": "I1", "label": "Dana", "turn": null, "role": "participant", "participant": "I1", "turns": 2,
    });
    assert_eq!(
        lines,
        [
            json!({
                "transcript": "I1", "label": "Interviewer", "turn": null, "role": "interviewer",
                "participant": null, "turns": 2,
            }),
            dana.clone(),
        ]
    );
    assert_eq!(
        site.in_study(&["speaker", "I1"]).out,
        "Interviewer: interviewer, 2 turns\nDana: I1, 2 turns\n"
    );
    let before = site.actions();
    let unknown = site.run(&["-C", "study", "speaker", "I1", "Dana", "P088"]);
    assert_eq!((unknown.code, unknown.err.contains("add --new")), (2, true), "{}", unknown.err);
    assert_eq!(site.actions(), before);
    // Case and blanks of a label do not matter.
    let bound = site.json(&["speaker", "I1", " dana", "P088", "--new"]);
    assert_eq!((&bound[0]["label"], &bound[0]["participant"]), (&json!("Dana"), &json!("P088")));
    assert_eq!(site.actions(), before + 1);
    let said = site.json(&["show", "I1"]);
    let people: Vec<_> = said.iter().map(|turn| turn["participant"].clone()).collect();
    assert_eq!(people, [json!(null), json!("P088"), json!(null), json!("P088")]);
    let again = site.run(&["-C", "study", "speaker", "I1", "Dana", "P088"]);
    assert_eq!((again.code, again.err.contains("already")), (3, true), "{}", again.err);
    site.in_study(&["undo"]);
    assert_eq!(site.json(&["speaker", "I1"])[1], dana);
    assert_eq!(site.json(&["speaker", "I1", "Dana", "other"])[0]["role"], "other");
    site.assert_sound();
}

#[test]
fn one_turn_is_given_to_somebody_else_and_back() {
    let site = Site::new();
    let before = site.actions();
    let turn = site.json(&["speaker", "I1:4", "several"]);
    assert_eq!(
        turn,
        [json!({
            "transcript": "I1", "label": "Dana", "turn": 4, "role": "several", "participant": null, "turns": 1,
        })]
    );
    assert_eq!(site.actions(), before + 1);
    assert_eq!(site.json(&["speaker", "I1"])[2], turn[0]);
    assert_eq!(site.in_study(&["speaker", "I1:4"]).out, "I1:4 (Dana): several\n");
    let roles = |site: &Site| -> Vec<String> {
        let said = site.json(&["show", "I1"]);
        said.iter().map(|turn| turn["role"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(roles(&site), ["interviewer", "participant", "interviewer", "several"]);
    let back = site.in_study(&["speaker", "I1:4", "label"]).out;
    assert!(back.ends_with("I1:4 spoken by whom its label says\n"), "{back}");
    assert_eq!(roles(&site), ["interviewer", "participant", "interviewer", "participant"]);
    assert_eq!(site.json(&["speaker", "I1"]).len(), 2);
    assert_eq!(site.run(&["-C", "study", "speaker", "I1:4", "label"]).code, 3);
    site.assert_sound();
}

#[test]
fn what_is_not_there_gets_a_sentence() {
    let site = Site::new();
    let wrong: [(&[&str], &str); 5] = [
        (&["speaker", "I1:9", "several"], "has no turn 9"),
        (&["speaker", "I1:x", "several"], "x"),
        (&["speaker", "I1", "Nobody", "other"], "it has “Dana”, “Interviewer”"),
        (&["speaker", "I1", "several"], "combe speaker I1:41 several"),
        (&["speaker", "I7"], "there is no transcript I7"),
    ];
    let before = site.actions();
    for (arguments, why) in wrong {
        let ran = site.run(&[&["-C", "study"], arguments].concat());
        assert_eq!((ran.code, ran.err.contains(why)), (2, true), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(site.actions(), before);
}

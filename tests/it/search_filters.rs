//! Filters: what each holds of, counted by hand on a small study.

use combe::study::{
    Attribute, AttributeOf, AttributeValue, Change, Classification, Classified, Code, Memo, MemoKind, MemoOn,
    Quote, Side, Subject, Template, Theme, TurnNumber, TurnVoice, Usage, Valence, Value, Voice, fresh,
};

use crate::search_fixture::Searched;

const I2: &str =
    "Interviewer: How is it?\nAnn: I am so tired of waiting.\nInterviewer: And money?\nAnn: Time is money.\n";
const FG06: &str = "Moderator: Welcome all.\nBen: No time at all.\nCaz: We wait and wait.\nBoth: Yes!\n";

/// Two transcripts, codes `Time pressure` (with `Waiting` below it) and `Money`, coders `c1` and `c2`.
fn study() -> Searched {
    let mut searched = Searched::new(&[("FG06", FG06), ("I2", I2)]);
    let (time, waiting) = (searched.code("Time pressure"), searched.code("Waiting"));
    let code = searched.study.codes().get(&waiting).unwrap().clone();
    searched.apply(&[Change::update(code.clone(), Code { parent: Some(time), ..code })]);
    searched.code_words("I2", "tired of waiting", "c1", "Waiting", Some(Valence::Barrier));
    searched.code_words("I2", "Time is money", "c1", "Time pressure", Some(Valence::Facilitator));
    searched.code_words("I2", "Time is money", "c2", "Money", Some(Valence::Barrier));
    searched.code_words("FG06", "time at all.\nCaz: We wait", "c2", "Time pressure", Some(Valence::Both));
    searched
}

#[test]
fn a_code_is_found_by_the_beginnings_of_its_words_with_all_below_it() {
    let searched = study();
    assert_eq!(searched.found("code:time"), "FG06:2 FG06:3 I2:2 I2:4");
    assert_eq!(searched.found("code:PRESS"), "FG06:2 FG06:3 I2:2 I2:4");
    assert_eq!(searched.found("code:wait"), "I2:2");
    assert_eq!(searched.found("code:\"time press\""), "FG06:2 FG06:3 I2:2 I2:4");
    assert_eq!(searched.found("code:=\"time pressure\""), "FG06:2 FG06:3 I2:4");
    assert_eq!(searched.found("code:mon*"), "I2:4");
    assert_eq!(
        searched.refusal("so code:mony"),
        "code:mony names nothing in this study; the nearest code is Money (character 4 of the query)"
    );
    assert!(searched.refusal("code:=time").starts_with("code:time names nothing"));
}

#[test]
fn filters_of_one_group_hold_of_one_and_the_same_coding() {
    let searched = study();
    assert_eq!(searched.found("code:time valence:barrier"), "FG06:2 FG06:3 I2:2");
    // Turn 4 has a barrier and a coding with Time pressure, but not in one.
    assert_eq!(searched.found("(code:time) (valence:barrier)"), "FG06:2 FG06:3 I2:2 I2:4");
    assert_eq!(searched.found("valence:barrier by:c2"), "FG06:2 FG06:3 I2:4");
    assert_eq!(searched.found("code:money by:c1"), "");
    assert_eq!(searched.found("(code:money) (by:c1)"), "I2:4");
    assert_eq!(searched.found("(code:time) (code:money)"), "I2:4");
    // Alternatives belong to the group around them.
    assert_eq!(searched.found("code:time (valence:facilitator OR by:c2)"), "FG06:2 FG06:3 I2:4");
    assert_eq!(searched.found("by:c1 (code:money OR valence:barrier)"), "I2:2");
    assert_eq!(
        searched.refusal("code:time code:money"),
        "no coding can have all of these codes at once; to find turns that carry them all, put each in parentheses: \
         (code:a) (code:b) (character 11 of the query)"
    );
    assert_eq!(searched.found("code:time -by:c2"), "I2:2");
    assert_eq!(searched.found("code:waiting OR code:money"), "I2:2 I2:4");
}

#[test]
fn valence_is_the_effective_one() {
    let mut searched = study();
    assert_eq!(searched.found("valence:both"), "FG06:2 FG06:3");
    assert_eq!(searched.found("valence:facilitator"), "FG06:2 FG06:3 I2:4");
    let helped = searched.code("Helped");
    let code = searched.study.codes().get(&helped).unwrap().clone();
    searched.apply(&[Change::update(code.clone(), Code { side: Some(Side::Facilitator), ..code })]);
    searched.code_words("FG06", "Yes!", "c1", "Helped", None);
    assert_eq!(searched.found("valence:facilitator"), "FG06:2 FG06:3 FG06:4 I2:4");
    assert!(searched.refusal("valence:good").contains("the valences are barrier, facilitator and both"));
}

#[test]
fn themes_and_components_stand_for_their_codes() {
    let mut searched = study();
    let (time, money, waiting) =
        (searched.code("Time pressure"), searched.code("Money"), searched.code("Waiting"));
    let theme = Theme {
        id: fresh(&searched.source),
        name: "Means of living".into(),
        position: 1,
        barriers: vec![money],
        facilitators: vec![],
        note: String::new(),
    };
    let template = Template::shipped("com-b").unwrap().unwrap();
    let under = |of, component: &str| {
        Change::create(Classification { of, framework: "com-b".into(), component: component.into() })
    };
    let mut changes = vec![Change::create(template.framework)];
    changes.extend(template.components.into_iter().map(Change::create));
    changes.extend([
        Change::create(theme),
        under(Classified::Code(time), "opportunity.physical"),
        under(Classified::Code(money), "motivation.reflective"),
        under(Classified::Code(waiting), "opportunity.social"),
    ]);
    searched.apply(&changes);
    assert_eq!(searched.found("theme:mean"), "I2:4");
    assert_eq!(searched.found("theme:=\"means of living\""), "I2:4");
    for physical in ["opportunity.physical", "O-Ph", "\"Physical opportunity\""] {
        assert_eq!(searched.found(&format!("component:{physical}")), "FG06:2 FG06:3 I2:4", "{physical}");
    }
    assert_eq!(searched.found("component:opportunity.social"), "I2:2");
    assert_eq!(searched.found("component:opportunity"), "FG06:2 FG06:3 I2:2 I2:4");
    assert_eq!(searched.found("component:motivation.reflective valence:barrier"), "I2:4");
    assert!(searched.refusal("component:oportunity").contains("the components are capability.physical, "));
    assert!(searched.refusal("theme:livng").contains("the nearest theme is Means of living"));
}

#[test]
fn transcripts_kinds_and_languages() {
    let mut searched = study();
    assert_eq!(searched.found("in:fg-06"), "FG06:1 FG06:2 FG06:3 FG06:4");
    for kind in ["focus_group", "focus-group", "\"Focus group\"", "FocusGroup"] {
        assert_eq!(searched.found(&format!("kind:{kind} time")), "FG06:2", "{kind}");
    }
    assert_eq!(searched.found("time -in:I2"), "FG06:2");
    searched.add("I3", "Ann: y tŷ\n", Some("cy-GB"));
    assert_eq!(searched.found("lang:cy"), "I3:1");
    assert_eq!(searched.found("lang:en time"), "FG06:2 I2:4");
    assert!(searched.refusal("in:FG6").contains("the nearest transcript is FG06"));
    assert!(searched.refusal("kind:chat").contains("the kinds are interview and focus_group"));
    assert!(searched.refusal("lang:fr").contains("the transcripts are in "));
}

#[test]
fn speakers_are_labels_roles_and_participants() {
    let searched = study();
    assert_eq!(searched.found("speaker:interviewer"), "I2:1 I2:3");
    assert_eq!(searched.found("speaker:Moderator"), "FG06:1");
    assert_eq!(searched.found("speaker:ben"), "FG06:2");
    assert_eq!(searched.found("speaker:several"), "FG06:4");
    assert_eq!(searched.found("speaker:be"), "FG06:2", "the beginning of one name");
    assert_eq!(searched.found("speaker:int"), "I2:1 I2:3");
    assert!(searched.refusal("speaker:b").to_lowercase().contains("it is the beginning of ben, both"));
    assert_eq!(searched.found("speaker:participant"), "FG06:1 FG06:2 FG06:3 I2:2 I2:4");
}

#[test]
fn a_turn_that_overrides_its_label_is_found_by_who_spoke_it() {
    let mut searched = study();
    let caz = searched.study.participant_named("caz").unwrap().id;
    let transcript = searched.study.transcript_named("FG06").unwrap().id;
    let turn = TurnNumber::whole(2);
    searched.apply(&[Change::create(TurnVoice { transcript, turn, voice: Voice::Participant(caz) })]);
    assert_eq!(searched.found("speaker:ben"), "");
    assert_eq!(searched.found("speaker:caz"), "FG06:2 FG06:3");
    assert!(searched.refusal("speaker:bem").contains("the nearest speaker is "));
}

#[test]
fn states_of_turns() {
    let mut searched = study();
    assert_eq!(searched.found("is:coded"), "FG06:2 FG06:3 I2:2 I2:4");
    assert_eq!(searched.found("is:coded by:c1"), "I2:2 I2:4");
    assert_eq!(searched.found("is:uncoded"), "FG06:1 FG06:4 I2:1 I2:3");
    assert_eq!(searched.found("is:uncoded by:c1"), "FG06:1 FG06:2 FG06:3 FG06:4 I2:1 I2:3");
    assert_eq!(searched.found("is:uncoded money"), "I2:3");
    assert_eq!(searched.found("-is:coded"), searched.found("is:uncoded"));

    let starred = searched.quote("FG06", "Welcome", "c2");
    let quote = searched.study.quotes().get(&starred).unwrap().clone();
    searched.apply(&[Change::update(quote.clone(), Quote { starred: true, ..quote })]);
    assert_eq!(searched.found("is:starred"), "FG06:1");
    assert_eq!(searched.found("is:starred by:c2"), "FG06:1");
    assert_eq!(searched.found("is:starred is:coded"), "");
    assert_eq!(searched.found("by:c2"), "FG06:2 FG06:3 I2:4");

    let on = searched.quote("I2", "Time is money", "c2");
    let coder = searched.coder("c1");
    let memo = Memo {
        id: fresh(&searched.source),
        on: MemoOn::Quote(on),
        kind: MemoKind::Analytic,
        coder,
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "A thought.".into(),
    };
    searched.apply(&[Change::create(memo)]);
    assert_eq!(searched.found("is:memo"), "I2:4");
    assert_eq!(searched.found("is:memo code:money"), "I2:4");
    assert_eq!(searched.found("is:memo code:time"), "");

    let transcript = searched.study.transcript_named("I2").unwrap().id;
    searched.read.entry(transcript).or_default().extend([TurnNumber::whole(1), TurnNumber::whole(4)]);
    assert_eq!(searched.found("is:unread in:I2"), "I2:2 I2:3");
    for (word, drafts) in [("Welcome", &["d/paper.md", "a.tex"][..]), ("Time is money", &["e/paper.md"])] {
        let id = if word == "Welcome" { starred } else { on };
        let usage = |draft: &&str| Change::create(Usage { quote: id, draft: (*draft).into() });
        searched.apply(&drafts.iter().map(usage).collect::<Vec<_>>());
    }
    assert_eq!(searched.found("is:used"), "FG06:1 I2:4");
    assert_eq!(searched.found("is:used is:coded"), "I2:4", "both of one quote");
    assert_eq!(searched.found("is:unused"), "FG06:2 FG06:3 I2:2 I2:4", "quotes of no draft, coded or not");
    assert_eq!(searched.found("is:unused by:c2"), "FG06:2 FG06:3");
    assert_eq!(searched.found("used_in:paper.md"), "FG06:1 I2:4");
    assert_eq!(searched.found("used-in:D/paper.md"), "FG06:1");
    assert_eq!(searched.found("used_in:=d/paper.md OR used_in:a.tex"), "FG06:1");
    assert!(searched.refusal("used_in:papers.md").contains("the nearest draft is "));
    assert!(
        searched
            .refusal("is:good")
            .contains("the states are coded, uncoded, starred, memo, unread, record, used, unused")
    );
}

#[test]
fn attributes_know_several_values_and_three_kinds_of_blank() {
    let mut searched = study();
    let add = |searched: &mut Searched, name: &str, of| {
        let attribute = Attribute { id: fresh(&searched.source), name: name.into(), of, position: 1 };
        searched.apply(&[Change::create(attribute.clone())]);
        attribute.id
    };
    let person = |searched: &Searched, name: &str| {
        Subject::Participant(searched.study.participant_named(name).unwrap().id)
    };
    let group = add(&mut searched, "group", AttributeOf::Participant);
    let work = add(&mut searched, "Health board", AttributeOf::Participant);
    let place = add(&mut searched, "place", AttributeOf::Transcript);
    let given = |values: &[&str]| Value::Given(values.iter().map(|value| (*value).to_owned()).collect());
    let values = [
        (group, person(&searched, "ann"), given(&["clinician"])),
        (group, person(&searched, "ben"), given(&["public", "carer"])),
        (work, person(&searched, "ann"), Value::Missing),
        (work, person(&searched, "ben"), Value::PreferNotToSay),
        (work, person(&searched, "caz"), given(&["cardiff_vale"])),
        (place, Subject::Transcript(searched.study.transcript_named("I2").unwrap().id), given(&["home"])),
    ];
    for (attribute, subject, value) in values {
        searched.apply(&[Change::create(AttributeValue { attribute, subject, value, quote: None })]);
    }
    assert_eq!(searched.found("group:clinician"), "I2:2 I2:4");
    assert_eq!(searched.found("group:Public"), "FG06:2");
    assert_eq!(searched.found("group:carer"), "FG06:2");
    assert_eq!(searched.found("group:clinician code:waiting"), "I2:2");
    assert_eq!(searched.found("group:cli"), "I2:2 I2:4", "the beginning of one value");
    assert!(searched.refusal("group:c").contains("its values are carer, clinician, public"));
    assert_eq!(searched.found("health_board:\"Cardiff Vale\""), "FG06:3");
    assert_eq!(searched.found("health_board:missing"), "I2:2 I2:4");
    assert_eq!(searched.found("health_board:prefer_not_to_say"), "FG06:2");
    // Nobody said anything of the moderator, not even that the attribute does not apply. The interviewer of I2 is no
    // participant.
    assert_eq!(searched.found("health_board:not_recorded"), "FG06:1");
    assert_eq!(searched.found("health_board:\"not recorded\""), "FG06:1");
    assert!(searched.refusal("health_board:does_not_apply").contains("its values are cardiff_vale"));
    assert_eq!(searched.found("-health_board:missing in:I2"), "I2:1 I2:3");
    assert_eq!(searched.found("place:home"), "I2:1 I2:2 I2:3 I2:4");
    assert!(searched.refusal("group:clinican").contains("its values are carer, clinician, public"));
    assert!(searched.refusal("grup:x").contains("the nearest is group:"));
}

#[test]
fn quotes_of_earlier_revisions_hold_of_nothing() {
    let mut searched = study();
    searched.revise("I2", "Interviewer: How?\nAnn: I am so tired of waiting.\n");
    assert_eq!(searched.found("code:waiting"), "");
    assert_eq!(searched.found("tired"), "I2:2");
    assert_eq!(searched.found("money"), "");
}

#[test]
fn words_and_filters_go_together_in_any_way() {
    let searched = study();
    assert_eq!(searched.found("wait code:time"), "FG06:3 I2:2");
    assert_eq!(searched.found("money OR code:waiting"), "I2:2 I2:3 I2:4");
    assert_eq!(searched.found("time -code:money"), "FG06:2");
    assert_eq!(searched.found("(time OR is:uncoded) in:FG06"), "FG06:1 FG06:2 FG06:4");
    assert_eq!(searched.found("/w..t/ by:c2"), "FG06:3");
    assert_eq!(searched.found("-(time OR in:I2)"), "FG06:1 FG06:3 FG06:4");
}

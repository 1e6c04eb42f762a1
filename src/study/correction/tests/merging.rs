//! A text that was put right here, and the file it came from put right elsewhere.

use super::*;

/// The text and the turns of now.
fn now(desk: &Desk) -> (String, Turns) {
    (desk.text.clone(), Turns::clone(desk.study.turns(desk.transcript).unwrap()))
}

fn incoming(desk: &Desk, text: &str) -> Incoming {
    let turns = turns_of(desk.revision(), text);
    Incoming {
        text: text.into(),
        speakers: turns.speakers,
        turns: turns.turns,
        times: vec![],
        encoding: "UTF-8".into(),
        layout: "labels".into(),
        transcript: desk.study.transcripts().get(&desk.transcript).unwrap().clone(),
    }
}

fn merged(desk: &Desk, base: &(String, Turns), theirs: &str, both: BothChanged) -> Merged {
    let ours = desk.study.turns(desk.transcript).unwrap();
    merge((&base.0, &base.1), (&desk.text, ours), incoming(desk, theirs), both)
}

/// What a file makes of the study: `41a ann: words`.
fn taken(desk: &mut Desk, merged: Merged) -> Vec<String> {
    let text = desk.text.clone();
    let correction = desk.study.revise(desk.transcript, &text, merged.incoming, &[], &desk.ids).unwrap();
    desk.take(correction);
    desk.said()
}

fn numbers(found: &BTreeSet<Option<TurnNumber>>) -> Vec<String> {
    found.iter().map(|number| number.map_or_else(|| "outside".into(), |number| number.to_string())).collect()
}

#[test]
fn what_either_put_right_stands_within_one_turn_and_between_turns() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    desk.edit("tierd", "tired").unwrap();
    desk.edit("Me too.", "Me too, love.").unwrap();
    let theirs = TEXT.replace("Realy", "Really").replace("And cold.", "And so cold.");
    let merged = merged(&desk, &base, &theirs, BothChanged::Refuse);
    assert_eq!(numbers(&merged.both_changed), [""; 0]);
    assert_eq!(
        taken(&mut desk, merged),
        [
            "1 interviewer: How is it?",
            "2 ann: I am so tired of it. Really tired.",
            "3 ann: And so cold.",
            "4 ben: Me too, love."
        ]
    );
}

#[test]
fn the_same_put_right_on_both_sides_is_no_doubt() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    desk.edit("tierd", "tired").unwrap();
    desk.edit("cold", "colder").unwrap();
    let merged = merged(&desk, &base, &TEXT.replace("tierd", "tired"), BothChanged::Refuse);
    assert_eq!((numbers(&merged.both_changed), merged.incoming.text), (vec![], desk.text.clone()));
}

#[test]
fn where_both_changed_the_same_words_one_side_is_taken_there_alone() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    desk.edit("tierd", "tired").unwrap();
    desk.edit("cold", "colder").unwrap();
    let theirs = TEXT.replace("tierd", "weary").replace("Realy", "Really");
    let with = |both| merged(&desk, &base, &theirs, both);
    assert_eq!(numbers(&with(BothChanged::Refuse).both_changed), ["2"]);
    assert_eq!(
        with(BothChanged::TakeFile).incoming.text,
        theirs.replace("cold", "colder"),
        "the rest of what was put right here stands"
    );
    assert_eq!(
        with(BothChanged::KeepStudy).incoming.text,
        TEXT.replace("tierd", "tired").replace("cold", "colder").replace("Realy", "Really")
    );
}

#[test]
fn turns_split_and_joined_here_stay_so_while_the_file_changes_words_in_them() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    let cut = desk.at("Realy").start;
    let two = TurnNumber::whole(2);
    let split = desk.study.split_turn(desk.transcript, &desk.text, two, cut, &desk.ids).unwrap();
    desk.take(split);
    let theirs = TEXT.replace("tierd", "tired").replace("Me too.", "Me as well.");
    let split = merged(&desk, &base, &theirs, BothChanged::Refuse);
    assert_eq!(numbers(&split.both_changed), [""; 0]);
    assert_eq!(
        taken(&mut desk, split)[1..],
        ["2a ann: I am so tired of it.", "2b ann: Realy tired.", "3 ann: And cold.", "4 ben: Me as well."]
    );

    let mut desk = Desk::new(TEXT);
    let joined = desk.study.join_turns(desk.transcript, TEXT, two, &desk.ids).unwrap();
    desk.take(joined);
    let joined = merged(&desk, &base, &theirs.replace("cold", "colder"), BothChanged::Refuse);
    assert_eq!(numbers(&joined.both_changed), [""; 0]);
    assert_eq!(
        taken(&mut desk, joined)[1..],
        ["2 ann: I am so tired of it. Realy tired. And colder.", "4 ben: Me as well."]
    );
}

#[test]
fn a_name_replaced_in_a_label_does_not_come_back_with_new_turns_of_that_speaker() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    let label = Span { end: desk.at("Ben:").end - 1, ..desk.at("Ben:") };
    let renamed =
        desk.study.correct(desk.transcript, TEXT, &[Edit::rename(label, "Owen")], &desk.ids).unwrap();
    desk.take(renamed);
    let theirs = format!("{TEXT}\nBen: And hungry.\n");
    let merged = merged(&desk, &base, &theirs, BothChanged::Refuse);
    assert_eq!(merged.incoming.text, theirs.replace("Ben", "Owen"));
    assert_eq!(merged.renamed, [("ben".to_owned(), "owen".to_owned())].into());
    assert_eq!(taken(&mut desk, merged)[3..], ["4 owen: Me too.", "4a owen: And hungry."]);
}

#[test]
fn a_turn_that_the_file_split_where_words_were_put_right_here_is_its_own_only() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    desk.edit("it. Realy", "it, really").unwrap();
    let theirs = TEXT.replace("it. Realy", "it.\n\nBen: Realy");
    let merged = merged(&desk, &base, &theirs, BothChanged::KeepStudy);
    assert_eq!(
        (numbers(&merged.both_changed), numbers(&merged.only_from_file)),
        (vec!["2".into()], vec!["2".into()])
    );
}

#[test]
fn a_file_is_known_again_in_what_it_was_put_together_to() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    let cut = desk.at("Realy").start;
    let split = desk.study.split_turn(desk.transcript, TEXT, TurnNumber::whole(2), cut, &desk.ids).unwrap();
    desk.take(split);
    desk.edit("And cold.", "And so cold.").unwrap();
    let theirs = format!("{}\nAnn: Indeed.\n", TEXT.replace("How is it?", "How was it?"));
    let known_again = |desk: &mut Desk| {
        let corrected = now(desk);
        let put_together = merged(desk, &base, &theirs, BothChanged::Refuse);
        taken(desk, put_together);
        let merged = now(desk);
        let sides = [&base, &corrected, &merged].map(|(text, turns)| (text.as_str(), turns));
        let (text, turns) = as_it_came(sides[0], sides[1], sides[2]);
        let said = |turn: &Turn| format!("{} {}", turn.number, turn.speech.slice(&text).unwrap());
        let said: Vec<String> = turns.turns.iter().map(said).collect();
        assert_eq!(text, theirs);
        said
    };
    assert_eq!(
        known_again(&mut desk),
        ["1 How was it?", "2a I am so tierd of it. Realy tired.", "3 And cold.", "4 Me too.", "4a Indeed."]
    );
    let mut desk = Desk::new(TEXT);
    let joined = desk.study.join_turns(desk.transcript, TEXT, TurnNumber::whole(2), &desk.ids).unwrap();
    desk.take(joined);
    assert_eq!(
        known_again(&mut desk),
        ["1 How was it?", "2 I am so tierd of it. Realy tired.", "3 And cold.", "4 Me too.", "4a Indeed."]
    );
}

/// Words of which no two are alike, one turn after another.
fn text_of(turns: &[Vec<String>]) -> String {
    turns.iter().map(|words| format!("Ann: {}\n\n", words.join(" "))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The laws of putting together: what only one changed is as that one has it, and nobody's changes get lost.
    #[test]
    fn each_side_alone_is_that_side_and_disjoint_edits_both_stand(
        sizes in prop::collection::vec(3usize..9, 1..6),
        ours in prop::collection::vec((any::<prop::sample::Index>(), 0usize..4), 0..4),
        theirs in prop::collection::vec((any::<prop::sample::Index>(), 0usize..4), 0..4),
    ) {
        let words = |turn: usize, size: usize| (0..size).map(|word| format!("w{turn}x{word}")).collect();
        let base: Vec<Vec<String>> = sizes.iter().enumerate().map(|(turn, size)| words(turn, *size)).collect();
        // Ours are the even words, theirs the odd ones: there is always a blank between them.
        let changed = |of: &[Vec<String>], picks: &[(prop::sample::Index, usize)], odd: usize| {
            let mut turns = of.to_vec();
            for (pick, kind) in picks {
                let turn = pick.index(turns.len());
                let places: Vec<usize> = (0..turns[turn].len()).filter(|at| at % 2 == odd).collect();
                let at = places[pick.index(places.len())];
                let word = &base[turn][at];
                turns[turn][at] = match kind {
                    0 => format!("new{odd}"),
                    1 => format!("{word}er{odd}"),
                    2 => format!("{word}-{odd}-and-more"),
                    _ => word.to_uppercase(),
                };
            }
            turns
        };
        let (here, there) = (changed(&base, &ours, 0), changed(&base, &theirs, 1));
        let both = changed(&here, &theirs, 1);
        let (base_text, here, there, both) = (text_of(&base), text_of(&here), text_of(&there), text_of(&both));
        let mut desk = Desk::new(&base_text);
        let base = now(&desk);

        // Nothing was put right here: the file is taken as it is.
        let plain = merged(&desk, &base, &there, BothChanged::Refuse);
        prop_assert_eq!(&plain.incoming.text, &there);
        prop_assert!(plain.both_changed.is_empty());

        let edits: Vec<Edit> = base.1.turns.iter().zip(&turns_of(desk.revision(), &here).turns)
            .map(|(before, after)| Edit::reword(before.speech, after.speech.slice(&here).unwrap()))
            .collect();
        if let Ok(correction) = desk.study.correct(desk.transcript, &base_text, &edits, &desk.ids) {
            desk.take(correction);
        }
        prop_assert_eq!(&desk.text, &here);
        // The file as it was: the study stays as it is, turns and all.
        let same = merged(&desk, &base, &base_text, BothChanged::Refuse);
        prop_assert_eq!(&same.incoming.text, &here);
        let places = |turns: &[Turn]| turns.iter().map(|turn| (turn.label, turn.speech)).collect::<Vec<_>>();
        prop_assert_eq!(places(&same.incoming.turns), places(&desk.study.turns(desk.transcript).unwrap().turns));

        let merged = merged(&desk, &base, &there, BothChanged::Refuse);
        prop_assert!(merged.both_changed.is_empty(), "{:?}", merged.both_changed);
        prop_assert_eq!(&merged.incoming.text, &both);
        let corrected = now(&desk);
        taken(&mut desk, merged);
        // The file is known again in that.
        let put_together = now(&desk);
        let sides = [&base, &corrected, &put_together].map(|(text, turns)| (text.as_str(), turns));
        prop_assert_eq!(as_it_came(sides[0], sides[1], sides[2]).0, there);
    }
}

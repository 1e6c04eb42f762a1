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
        known: Vec::new(),
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
fn where_the_file_split_a_turn_amid_words_put_right_here_a_person_decides() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    desk.edit("it. Realy", "it, really").unwrap();
    let theirs = TEXT.replace("it. Realy", "it.\n\nBen: Realy");
    let with = |both| merged(&desk, &base, &theirs, both);
    assert_eq!(numbers(&with(BothChanged::Refuse).both_changed), ["2"]);
    assert_eq!(with(BothChanged::TakeFile).incoming.text, theirs);
    assert_eq!(with(BothChanged::KeepStudy).incoming.text, desk.text);
}

#[test]
fn the_same_change_of_both_beside_others_stands_once() {
    let text = "Ann: He put on a triage and in his voice there was doubt of it all.\n";
    let mut desk = Desk::new(text);
    let base = now(&desk);
    desk.edit("his voice", "his tone of voice").unwrap();
    desk.edit("doubt", "some doubt").unwrap();
    let theirs = text.replace("his voice", "his tone of voice").replace("a triage", "the triage");
    let found = merged(&desk, &base, &theirs, BothChanged::Refuse);
    assert_eq!(numbers(&found.both_changed), [""; 0]);
    assert_eq!(found.incoming.text, theirs.replace("doubt", "some doubt"));
}

#[test]
fn changes_that_touch_are_one_place() {
    let text = "Ann: It was in his voice. Nothing else.\n";
    let cases = [
        ("his voice", "his tone of voice", "the voice of him", vec!["1"]),
        ("his voice", "his tone", "her voice", vec!["1"]),
        ("voice. Nothing", "voices. Nothing", "voice. Not anything", vec![]),
    ];
    for (from, here, there, expected) in cases {
        let mut desk = Desk::new(text);
        let base = now(&desk);
        desk.edit(from, here).unwrap();
        let theirs = text.replace(from, there);
        let with = |both| merged(&desk, &base, &theirs, both);
        assert_eq!(numbers(&with(BothChanged::Refuse).both_changed), expected, "{here}");
        if !expected.is_empty() {
            assert_eq!(with(BothChanged::TakeFile).incoming.text, theirs);
            assert_eq!(with(BothChanged::KeepStudy).incoming.text, desk.text);
        }
    }
}

#[test]
fn a_label_that_got_words_in_front_has_them_once_and_the_same_file_changes_nothing() {
    for (label, new, key) in
        [("Ben", "Dr Ben", "dr ben"), ("Ben", "FG06 P2", "fg06 p2"), ("Ben", "Ben Lewis", "ben lewis")]
    {
        let mut desk = Desk::new(TEXT);
        let base = now(&desk);
        let label = Span { end: desk.at("Ben:").start + label.len() as u32, ..desk.at("Ben:") };
        let renamed =
            desk.study.correct(desk.transcript, TEXT, &[Edit::rename(label, new)], &desk.ids).unwrap();
        desk.take(renamed);
        let same = merged(&desk, &base, TEXT, BothChanged::Refuse);
        assert_eq!((same.incoming.text, same.both_changed.len()), (desk.text.clone(), 0));
        let theirs = format!("{}\nBen: And hungry.\n", TEXT.replace("Me too", "Me as well"));
        let next = merged(&desk, &base, &theirs, BothChanged::Refuse);
        assert_eq!(next.incoming.text, theirs.replace("Ben:", &format!("{new}:")));
        assert_eq!(next.renamed, [("ben".to_owned(), key.to_owned())].into());
    }
}

#[test]
fn a_turn_joined_here_and_then_emptied_stands_in_the_way_of_no_file() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    let joined = desk.study.join_turns(desk.transcript, TEXT, TurnNumber::whole(2), &desk.ids).unwrap();
    desk.take(joined);
    desk.edit(" And cold.", "").unwrap();
    let theirs = TEXT.replace("Me too.", "Me as well.");
    let found = merged(&desk, &base, &theirs, BothChanged::Refuse);
    assert_eq!(numbers(&found.both_changed), [""; 0]);
    assert_eq!(found.incoming.text, desk.text.replace("Me too.", "Me as well."));
}

#[test]
fn a_turn_put_right_here_that_the_file_leaves_out_is_kept_or_refused() {
    let mut desk = Desk::new(TEXT);
    let base = now(&desk);
    desk.edit("And cold.", "And very cold.").unwrap();
    let theirs = TEXT.replace("Ann: And cold.\n\n", "").replace("Me too.", "Me as well.");
    let with = |both| merged(&desk, &base, &theirs, both);
    assert_eq!(numbers(&with(BothChanged::Refuse).both_changed), ["3"]);
    assert_eq!(with(BothChanged::TakeFile).incoming.text, theirs);
    let kept = with(BothChanged::KeepStudy);
    assert_eq!(kept.incoming.text, desk.text.replace("Me too.", "Me as well."));
    assert_eq!(taken(&mut desk, kept)[2..], ["3 ann: And very cold.", "4 ben: Me as well."]);
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
        // There is always a word between ours and theirs.
        let changed = |of: &[Vec<String>], picks: &[(prop::sample::Index, usize)], odd: usize| {
            let mut turns = of.to_vec();
            for (pick, kind) in picks {
                let turn = pick.index(turns.len());
                let places: Vec<usize> = (0..turns[turn].len()).filter(|at| at % 4 == odd).collect();
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
        let (here, there) = (changed(&base, &ours, 0), changed(&base, &theirs, 2));
        let both = changed(&here, &theirs, 2);
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

/// A turn of a talk made up: who speaks, whether it has a label, and words of which no two are alike.
#[derive(Clone, Debug)]
struct Made {
    who: usize,
    labelled: bool,
    words: Vec<String>,
}

/// What is done to a talk: the kind, where, and what else.
type Doing = (usize, prop::sample::Index, usize);

fn doings(kinds: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Doing>> {
    few(kinds, 5)
}

fn few(kinds: std::ops::Range<usize>, most: usize) -> impl Strategy<Value = Vec<Doing>> {
    prop::collection::vec((kinds, any::<prop::sample::Index>(), 0usize..40), 0..=most)
}

/// The talk after some doings, whose new words begin with `name`.
fn done(of: &[Made], doings: &[Doing], name: &str) -> Vec<Made> {
    let mut talk = of.to_vec();
    for (step, (kind, pick, by)) in doings.iter().enumerate() {
        let at = pick.index(talk.len());
        let word = by % talk[at].words.len();
        let new = |part: &str| format!("{name}{step}{part}");
        match kind {
            0 => talk[at].words[word] = new("r"),
            1 => talk[at].words.splice(word..word, [new("i"), new("j")]).for_each(drop),
            2 if talk[at].words.len() > 1 => drop(talk[at].words.remove(word)),
            3 if word > 0 => {
                let words = talk[at].words.split_off(word);
                let who = talk[at].who;
                talk.insert(at + 1, Made { who, labelled: by % 2 == 0, words });
            }
            4 if talk.get(at + 1).is_some_and(|next| next.who == talk[at].who) => {
                let gone = talk.remove(at + 1);
                talk[at].words.extend(gone.words);
            }
            5 => talk.insert(
                at + 1,
                Made { who: talk[by % talk.len()].who, labelled: true, words: vec![new("n"), new("m")] },
            ),
            6 if talk.len() > 1 => drop(talk.remove(at)),
            // Somebody has another label in all turns.
            7 => {
                let who = talk[at].who;
                talk.iter_mut().filter(|turn| turn.who == who).for_each(|turn| turn.who = who % 3 + 3);
            }
            _ => {}
        }
        talk[0].labelled = true;
        for at in 1..talk.len() {
            talk[at].labelled |= talk[at - 1].who != talk[at].who;
        }
    }
    talk
}

fn written(talk: &[Made]) -> (String, Turns) {
    const NAMES: [&str; 6] = ["Ann", "Ben", "Cai", "Dr Ann", "Ben Lewis", "Owen"];
    let revision = fresh(&Counter::default());
    let mut text = String::from("A talk.\n");
    let mut turns = Turns { revision, speakers: vec![], turns: vec![], times: vec![] };
    for (number, made) in (1..).zip(talk) {
        text.push_str(if made.labelled { "\n\n" } else { " " });
        let label = text.len();
        if made.labelled {
            text.push_str(NAMES[made.who]);
            text.push(':');
        }
        let label = Span::new(label, text.len());
        text.push_str(if made.labelled { " " } else { "" });
        let start = text.len();
        text.push_str(&made.words.join(" "));
        let key = crate::text::fold_label(NAMES[made.who]);
        let known = turns.speakers.iter().position(|held| *held == key).unwrap_or_else(|| {
            turns.speakers.push(key);
            turns.speakers.len() - 1
        });
        turns.turns.push(Turn {
            number: TurnNumber::whole(number),
            speaker: u16::try_from(known).unwrap(),
            label,
            speech: Span::new(start, text.len()),
            start_ms: None,
            end_ms: None,
            words: u32::try_from(made.words.len()).unwrap(),
        });
    }
    text.push('\n');
    (text, turns)
}

fn put_together(desk: &Desk, base: &[Made], ours: &[Made], theirs: &[Made]) -> Merged {
    let (base, ours, (text, turns)) = (written(base), written(ours), written(theirs));
    let theirs = Incoming { text, speakers: turns.speakers, turns: turns.turns, ..incoming(desk, "") };
    merge((&base.0, &base.1), (&ours.0, &ours.1), theirs, BothChanged::Refuse)
}

/// Who says what, in order: each word with the key of its speaker.
fn says(merged: &Merged) -> Vec<(String, String)> {
    let Incoming { text, turns, speakers, .. } = &merged.incoming;
    let of = |turn: &Turn| {
        let key = speakers[usize::from(turn.speaker)].clone();
        let words = turn.speech.slice(text).unwrap().split_whitespace().map(String::from);
        words.map(move |word| (word, key.clone())).collect::<Vec<_>>()
    };
    turns.iter().flat_map(of).collect()
}

fn said_in(talk: &[Made]) -> BTreeSet<String> {
    talk.iter().flat_map(|turn| turn.words.clone()).collect()
}

fn talk() -> impl Strategy<Value = Vec<Made>> {
    prop::collection::vec((0usize..3, 1usize..7), 1..7).prop_map(|sizes| {
        let made = |(at, (who, size)): (usize, (usize, usize))| Made {
            who,
            labelled: true,
            words: (0..size).map(|word| format!("w{at}x{word}")).collect(),
        };
        sizes.into_iter().enumerate().map(made).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// What one side alone did is what comes out, turns and all; so is what both did alike.
    #[test]
    fn one_side_alone_is_what_comes_out(base in talk(), doings in doings(0..8)) {
        let desk = Desk::new(TEXT);
        let x = done(&base, &doings, "x");
        let (text, turns) = written(&x);
        for (ours, theirs) in [(&x, &base), (&base, &x), (&x, &x)] {
            let found = put_together(&desk, &base, ours, theirs);
            prop_assert_eq!(&found.incoming.text, &text);
            prop_assert!(found.both_changed.is_empty(), "{:?}", found.both_changed);
            let places = |speakers: &[String], turns: &[Turn]| -> Vec<_> {
                turns.iter().map(|turn| (turn.label, turn.speech, turn.words, speakers[usize::from(turn.speaker)].clone())).collect()
            };
            prop_assert_eq!(places(&found.incoming.speakers, &found.incoming.turns), places(&turns.speakers, &turns.turns));
        }
    }

    /// Each word that either brought is there once, none is that either took out, and it is said by whom one of them has say it.
    #[test]
    fn what_both_did_stands_once(
        base in talk(),
        alike in doings(0..7),
        ours in doings(0..8),
        theirs in doings(0..7),
    ) {
        let desk = Desk::new(TEXT);
        let shared = done(&base, &alike, "s");
        // Here no whole turn comes in or goes.
        let ours: Vec<Doing> = ours.into_iter().filter(|doing| doing.0 != 5 && doing.0 != 6).collect();
        let (x, y) = (done(&shared, &ours, "x"), done(&shared, &theirs, "y"));
        let found = put_together(&desk, &base, &x, &y);
        let said: Vec<(String, String)> = says(&found);
        let words: Vec<String> = said.iter().map(|(word, _)| word.clone()).collect();
        let (of_base, of_x, of_y) = (said_in(&base), said_in(&x), said_in(&y));
        prop_assert!(words.iter().all(|word| of_x.contains(word) || of_y.contains(word)), "{:?}", found.incoming.text);
        if found.both_changed.is_empty() {
            let stands = |word: &&String| match of_base.contains(*word) {
                true => of_x.contains(*word) && of_y.contains(*word),
                false => true,
            };
            let expected: BTreeSet<String> = of_x.union(&of_y).filter(stands).cloned().collect();
            prop_assert_eq!(words.len(), expected.len(), "{}", found.incoming.text);
            prop_assert_eq!(words.into_iter().collect::<BTreeSet<_>>(), expected);
            let by = |talk: &[Made]| -> BTreeSet<(String, String)> {
                let same = put_together(&desk, talk, talk, talk);
                says(&same).into_iter().collect()
            };
            let (by_x, by_y) = (by(&x), by(&y));
            let renamed = &found.renamed;
            let by_y: BTreeSet<(String, String)> = by_y.into_iter()
                .map(|(word, key)| (word, renamed.get(&key).cloned().unwrap_or(key))).collect();
            for one in &said {
                prop_assert!(by_x.contains(one) || by_y.contains(one), "{:?} in {}", one, found.incoming.text);
            }
        }
    }

    /// Whichever side is which, both come to the same, or neither does.
    #[test]
    fn it_does_not_matter_which_side_is_which(base in talk(), ours in doings(0..7), theirs in doings(0..7)) {
        let desk = Desk::new(TEXT);
        let (x, y) = (done(&base, &ours, "x"), done(&base, &theirs, "y"));
        let (one, other) = (put_together(&desk, &base, &x, &y), put_together(&desk, &base, &y, &x));
        prop_assert_eq!(one.both_changed.is_empty(), other.both_changed.is_empty(), "{} / {}", one.incoming.text, other.incoming.text);
        if one.both_changed.is_empty() {
            prop_assert_eq!(says(&one), says(&other));
        }
    }

    /// A file is known again in what it was put together to, where not all around was changed on both sides.
    #[test]
    fn a_file_that_was_put_together_is_known_again(base in talk(), ours in few(0..5, 1), theirs in few(0..7, 2)) {
        let desk = Desk::new(TEXT);
        let (x, y) = (done(&base, &ours, "x"), done(&base, &theirs, "y"));
        let found = put_together(&desk, &base, &x, &y);
        if found.both_changed.is_empty() {
            let Incoming { text, speakers, turns, times, .. } = found.incoming;
            let (base, x, y) = (written(&base), written(&x), written(&y));
            let merged = Turns { revision: base.1.revision, speakers, turns, times };
            let came = as_it_came((&base.0, &base.1), (&x.0, &x.1), (&text, &merged));
            // The next file, in which nothing else is changed, changes nothing.
            let again = Incoming { text: y.0, speakers: y.1.speakers, turns: y.1.turns, ..incoming(&desk, "") };
            let again = merge((&came.0, &came.1), (&text, &merged), again, BothChanged::Refuse);
            prop_assert!(again.both_changed.is_empty());
            prop_assert_eq!(again.incoming.text, text);
        }
    }
}

//! How many keys the common steps take. The programs of this field need seconds with the mouse for each of them; the numbers
//! here are promised in the README.

use combe::app::keymap::{Key, KeyCode};
use combe::app::layer::Layer;
use combe::app::read::PickRow;
use combe::app::{Model, Msg};

use crate::screen::{Desk, Parts};
use crate::screen_read::{reading, target};

/// Presses keys, a letter each, and counts them.
fn count(desk: &mut Desk, keys: &[Key]) -> usize {
    for key in keys {
        desk.send(Msg::Key(*key));
    }
    keys.len()
}

fn letters(text: &str) -> Vec<Key> {
    text.chars().map(Key::char).collect()
}

fn enter() -> Key {
    Key::plain(KeyCode::Enter)
}

#[test]
fn the_unit_under_the_cursor_with_the_last_code_is_one() {
    let mut desk = reading();
    desk.keys("down c 'work' ret down");
    let before = desk.model.study.codings().len();
    assert_eq!(count(&mut desk, &letters(".")), 1);
    assert_eq!(desk.model.study.codings().len(), before + 1);
}

/// A hundred names: the codebook of the sample, and more of the kind.
fn hundred_names() -> Vec<String> {
    let more = [
        "Bedside manner",
        "Being a burden",
        "Carers as experts",
        "Choice of place",
        "Complaints",
        "Confidentiality",
        "Consent forms",
        "Digital exclusion",
        "Discharge planning",
        "Emotional labour",
        "Expert patients",
        "Fear of blame",
        "Follow-up",
        "Gatekeeping",
        "Gratitude",
        "Guidelines",
        "Holistic care",
        "Humour",
        "Identity",
        "Incentives",
        "Interpreters",
        "Isolation",
        "Job titles",
        "Kindness",
        "Leadership",
        "Medication reviews",
        "Mistrust",
        "Night shifts",
        "Nursing homes",
        "Opening hours",
        "Peer pressure",
        "Performance targets",
        "Pilot projects",
        "Privacy",
        "Reception desk",
        "Religion",
        "Risk aversion",
        "Stigma",
        "Telephone triage",
        "Time to think",
        "Uncertainty",
    ];
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/codebook.toml");
    let book: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let codes = book["code"].as_array().unwrap().iter().map(|code| code["name"].as_str().unwrap().to_owned());
    let mut names: Vec<String> = codes.chain(more.map(String::from)).collect();
    assert!(names.len() >= 100, "{}", names.len());
    names.truncate(100);
    names
}

/// The row in which a code is offered.
fn row_of(model: &Model, name: &str) -> Option<usize> {
    let Some(Layer::Picker(picker)) = model.layers.last() else { return None };
    let wanted = model.study.code_named(name)?.id;
    picker.rows.iter().position(|row| matches!(row, PickRow::Code { code, .. } if *code == wanted))
}

/// What a coder may type for a name: beginnings of its words, alone and of two words together, and sounds of one.
fn guesses(name: &str) -> Vec<String> {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let begin = |word: &String, letters: usize| word.chars().take(letters).collect::<String>();
    let mut guesses = Vec::new();
    for (at, first) in words.iter().enumerate() {
        guesses.extend((1..=3).map(|letters| begin(first, letters)));
        // A sound inside the word tells apart what begins alike: `cft`, Confidence: too little.
        for sound in first.chars().skip(2).filter(|c| !"aeiou".contains(*c)) {
            let others = words.iter().filter(|other| *other != first);
            guesses.extend(others.map(|other| format!("{}{sound}{}", begin(first, 1), begin(other, 1))));
        }
        let sounds: Vec<char> = first.chars().skip(1).filter(|c| !"aeiou".contains(*c)).collect();
        for (place, sound) in sounds.iter().enumerate() {
            guesses.extend(
                sounds.iter().skip(place + 1).map(|next| format!("{}{sound}{next}", begin(first, 1))),
            );
        }
        for second in words.iter().skip(at + 1) {
            for (a, b) in [(1, 1), (1, 2), (2, 1)] {
                guesses.push(begin(first, a) + &begin(second, b));
                guesses.push(begin(second, b) + &begin(first, a));
            }
        }
    }
    guesses
}

#[test]
fn any_of_a_hundred_codes_takes_five_or_fewer() {
    let mut parts = Parts::new();
    parts.transcript("I43", combe::study::Kind::Interview, crate::screen::I43, true);
    let names = hundred_names();
    for name in &names {
        parts.code(name, None, "opportunity.physical", "");
    }
    let mut desk = Desk::new(parts);
    desk.keys(": 'open_transcript I43' ret down");
    let mut out_of_reach = Vec::new();
    for name in &names {
        let mut needed = usize::MAX;
        for typed in guesses(name) {
            desk.keys("c");
            count(&mut desk, &letters(&typed));
            // `c`, the letters, the arrow down as often as it takes, Enter.
            let row = row_of(&desk.model, name);
            needed = needed.min(row.map_or(usize::MAX, |row| 1 + typed.len() + row + 1));
            desk.keys("esc");
            if needed <= 5 {
                break;
            }
        }
        if needed > 5 {
            out_of_reach.push((name, needed));
        }
    }
    assert!(out_of_reach.is_empty(), "{out_of_reach:?}");
}

#[test]
fn a_second_code_on_the_same_span_takes_four() {
    let mut desk = reading();
    desk.keys("down c 'tim' ret");
    let passage = target(&desk);
    let keys: Vec<Key> = [letters("cwo"), vec![enter()]].concat();
    assert_eq!(count(&mut desk, &keys), 4);
    assert_eq!(target(&desk), passage);
    assert_eq!((desk.model.study.codings().len(), desk.model.study.quotes().len()), (2, 1));
}

#[test]
fn a_new_code_takes_its_name_and_two() {
    let mut desk = reading();
    desk.keys("down");
    let name = "Fear of Mondays";
    let keys: Vec<Key> = [letters("c"), letters(name), vec![enter()]].concat();
    assert_eq!(count(&mut desk, &keys), name.len() + 2);
    assert!(desk.model.study.code_named(name).is_some());
    assert_eq!(desk.model.study.codings().len(), 1);
}

#[test]
fn a_code_in_the_words_of_the_passage_takes_two_and_undo_one() {
    let mut desk = reading();
    desk.keys("down t t right");
    let keys: Vec<Key> = [letters("i"), vec![enter()]].concat();
    assert_eq!(count(&mut desk, &keys), 2);
    assert!(desk.model.study.code_named("think").is_some());
    assert_eq!(count(&mut desk, &letters("u")), 1);
    assert!(desk.model.study.code_named("think").is_none());
}

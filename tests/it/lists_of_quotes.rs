//! Lists of quotes by keys, on every screen that has one: how far a key goes, and the choice when the study changes.

use combe::app::Msg;
use combe::store::Logged;
use combe::study::{Change, Coding, Kind, Quote, QuoteId, fresh};
use combe::text::Span;

use crate::fixture::action;
use crate::screen::{Desk, Parts};
use crate::screen_matrix::mark;

/// So many words, each a quote of its own on the first code, under one theme.
const MANY: usize = 40;

fn word(at: usize) -> String {
    format!("word{at:02}")
}

/// One interview of `MANY` words, of which all behind the first one are coded.
fn parts() -> Parts {
    let mut parts = crate::screen_matrix::charted();
    let me = parts.me.id;
    let words: Vec<String> = (0..MANY).map(word).collect();
    parts.transcript("A1", Kind::Interview, &format!("P000: {}\n", words.join(" ")), false);
    for word in words.iter().skip(1) {
        mark(&mut parts, me, "A1", word, "Appointment time");
    }
    parts
}

/// What is chosen in a list: its place, and the quote.
type Chosen = fn(&Desk) -> (usize, Option<QuoteId>);

/// What makes the list of a screen come up, and what is chosen in it.
const LISTS: [(&str, Chosen); 3] = [
    ("g 3 ret", |desk| {
        let list = &desk.model.panels.quotes.list;
        (list.chosen, list.quote())
    }),
    ("g c ret", |desk| {
        let list = &desk.model.codebook.codings;
        (list.chosen, list.quote())
    }),
    ("g x ret tab", |desk| {
        let list = &desk.model.matrix.desk.as_ref().expect("the desk is open").list;
        (list.chosen, list.quote())
    }),
];

#[test]
fn a_count_goes_to_its_quote_and_a_page_over_several() {
    for (open, chosen) in LISTS {
        let mut desk = Desk::new(parts()).keymap("vim");
        desk.keys(open);
        for (keys, at) in [("2 0 G", 19), ("2 G", 1), ("3 j", 4), ("g g", 0), ("3 8 G", 37)] {
            desk.keys(keys);
            assert_eq!(chosen(&desk).0, at, "{open}, {keys}: {}", desk.screen());
        }
        desk.keys("home pgdn");
        let page = chosen(&desk).0;
        assert!((2..=6).contains(&page), "{open}: {page} of the quotes that 20 lines hold");
        desk.keys("pgup");
        assert_eq!(chosen(&desk).0, 0, "{open}");
    }
}

/// Somebody codes the first word, which stands before all others.
fn first_word_coded(desk: &mut Desk) {
    let study = &desk.model.study;
    let transcript = study.transcript_named("A1").expect("it is there").clone();
    let text = &desk.texts[&transcript.revision];
    let start = text.find(&word(0)).expect("it is in the text");
    let quote = Quote {
        id: fresh(&*desk.source),
        coder: desk.me(),
        transcript: transcript.id,
        revision: transcript.revision,
        span: Span::new(start, start + word(0).len()),
        text: word(0),
        starred: false,
    };
    let code = study.code_named("Appointment time").expect("it is there").id;
    let at = jiff::Timestamp::UNIX_EPOCH;
    let coding = Coding { id: fresh(&*desk.source), quote: quote.id, code, valence: None, at, blind: false };
    let changes = vec![Change::create(quote), Change::create(coding)];
    let action = action(&desk.source, desk.me(), "code", changes);
    desk.send(Msg::Others(vec![Logged { seq: 9, action, turns: vec![] }]));
}

#[test]
fn the_choice_stays_on_its_quote_when_the_study_changes() {
    for (open, chosen) in LISTS {
        let mut desk = Desk::new(parts()).keymap("vim");
        desk.keys(open);
        desk.keys("1 2 G");
        let (at, quote) = chosen(&desk);
        first_word_coded(&mut desk);
        assert_eq!(chosen(&desk), (at + 1, quote), "{open}: {}", desk.screen());
    }
}

#[test]
fn a_digit_of_a_split_deals_the_coding_that_is_chosen() {
    let mut desk = Desk::new(parts());
    desk.keys("g c S n 'Early' ret home down down");
    let coding = desk.model.codebook.codings.coding().expect("one is chosen");
    first_word_coded(&mut desk);
    desk.keys("2");
    let split = desk.model.codebook.split.as_ref().expect("it is being made");
    assert!(split.deals.contains_key(&coding), "{}", desk.screen());
}

#[test]
fn the_choice_of_another_list_is_not_kept() {
    let mut desk = Desk::new(parts());
    // The list of one code, then that of another one that begins at its top.
    desk.keys("g c ret end esc down ret");
    assert_eq!(desk.model.codebook.codings.chosen, 0);
    // Where nobody stepped into the quotes behind a number, the first one is chosen, also if it is new.
    desk.keys("1");
    first_word_coded(&mut desk);
    desk.keys("ret");
    assert_eq!(desk.model.panels.quotes.list.chosen, 0, "{}", desk.screen());
}

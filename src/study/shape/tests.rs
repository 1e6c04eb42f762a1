//! Laws of reshaping a codebook: nothing is lost, and all of it can be taken back.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::study::{
    Case, Coder, Coding, CodingId, Component, Framework, Kind, Memo, MemoKind, MemoOn, Quote, QuoteId,
    Record, Revision, RevisionId, Side, Source, Summary, SummaryState, Topic, Transcript, TranscriptId,
    fresh,
};
use crate::text::Span;
use crate::with_record_kinds;

/// Identifiers 1, 2, 3 and a clock that counts the askings.
#[derive(Default)]
struct Counter(AtomicU64);

impl Counter {
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl Source for Counter {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(i64::try_from(self.next()).unwrap()).unwrap()
    }

    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0, self.next())
    }
}

/// A study with a coder, a transcript of which quotes are single bytes, and codes by letter.
struct Book {
    study: Study,
    ids: Counter,
    transcript: TranscriptId,
    coder: crate::study::CoderId,
    quotes: Vec<QuoteId>,
}

impl Book {
    fn new(codes: &[&str]) -> Book {
        let ids = Counter::default();
        let (transcript, coder) = (fresh(&ids), fresh(&ids));
        let revision: RevisionId = fresh(&ids);
        let mut book = Book { study: Study::default(), ids, transcript, coder, quotes: vec![] };
        book.make(vec![
            Change::create(Coder { id: coder, name: "c1".into() }),
            Change::create(Transcript {
                id: transcript,
                name: "I1".into(),
                kind: Kind::Interview,
                revision,
                source: String::new(),
                sha256: String::new(),
                language: None,
            }),
            Change::create(Revision {
                id: revision,
                transcript,
                number: 1,
                at: Timestamp::UNIX_EPOCH,
                digest: String::new(),
                encoding: String::new(),
                layout: String::new(),
            }),
            Change::create(Framework { id: "f".into(), title: "F".into(), summary: String::new() }),
        ]);
        for (position, id) in (1..).zip(["one", "two"]) {
            book.make(vec![Change::create(Component {
                framework: "f".into(),
                id: id.into(),
                label: id.into(),
                abbreviation: id.into(),
                domain: String::new(),
                definition: String::new(),
                ask: String::new(),
                position,
            })]);
        }
        for code in codes {
            let code = Code::new(fresh(&book.ids), code);
            let changes = book.study.changes_to_add_codes(&[code], None).unwrap();
            book.make(changes);
        }
        for at in 0..8 {
            let quote = Quote {
                id: fresh(&book.ids),
                coder,
                transcript,
                revision,
                span: Span::new(at, at + 1),
                text: "x".into(),
                starred: false,
            };
            book.quotes.push(quote.id);
            book.make(vec![Change::create(quote)]);
        }
        book
    }

    fn make(&mut self, changes: impl AsRef<[Change]>) {
        self.study.apply(changes.as_ref()).unwrap();
    }

    fn id(&self, name: &str) -> CodeId {
        self.study.code_named(name).unwrap().id
    }

    fn code(&mut self, quote: usize, name: &str, valence: Option<Valence>) -> CodingId {
        let coding = Coding {
            id: fresh(&self.ids),
            quote: self.quotes[quote],
            code: self.id(name),
            valence,
            at: self.ids.now(),
            blind: false,
        };
        let id = coding.id;
        self.make(vec![Change::create(coding)]);
        id
    }

    fn set(&mut self, name: &str, change: impl FnOnce(&mut Code)) {
        let held = self.study.code_named(name).unwrap().clone();
        let mut after = held.clone();
        change(&mut after);
        self.make(vec![Change::update(held, after)]);
    }

    fn put_under(&mut self, name: &str, component: &str) {
        let change = self.study.change_to_classify(Classified::Code(self.id(name)), "f", Some(component));
        self.make(change.as_slice());
    }

    /// What is said of quotes with a code: the quote by its place, and the effective valence.
    fn said(&self, name: &str) -> BTreeMap<usize, Option<Valence>> {
        let place = |coding: &Coding| self.quotes.iter().position(|quote| *quote == coding.quote).unwrap();
        let codings = self.study.codings_with(self.id(name));
        codings.map(|coding| (place(coding), self.study.effective_valence(coding))).collect()
    }

    fn tree(&self) -> Vec<String> {
        let order = self.study.codes_in_tree_order();
        order.into_iter().map(|(depth, code)| format!("{}{}", " ".repeat(depth), code.name)).collect()
    }
}

/// Every record of a study.
fn records(study: &Study) -> Vec<Record> {
    let mut all = Vec::new();
    macro_rules! collect {
        ($($kind:ident $table:ident),* $(,)?) => {
            $(all.extend(study.$table().iter().cloned().map(Record::$kind));)*
        };
    }
    with_record_kinds!(collect);
    all
}

const BARRIER: Option<Valence> = Some(Valence::Barrier);
const FACILITATOR: Option<Valence> = Some(Valence::Facilitator);

#[test]
fn a_merge_moves_codings_and_joins_those_on_one_quote() {
    let mut book = Book::new(&["A", "B", "A child"]);
    let (a, b) = (book.id("A"), book.id("B"));
    book.set("A child", |code| code.parent = Some(a));
    book.set("A", |code| code.definition = "what A means".into());
    book.put_under("A", "one");
    book.code(0, "A", BARRIER);
    let early = book.code(1, "A", BARRIER);
    book.code(1, "B", FACILITATOR);
    book.code(2, "B", None);
    let at = book.study.codings().get(&early).unwrap().at;
    let memo = |on| Memo {
        id: fresh(&book.ids),
        on,
        kind: MemoKind::Analytic,
        coder: book.coder,
        at: Timestamp::UNIX_EPOCH,
        text: "m".into(),
    };
    let theme = Theme {
        id: fresh(&book.ids),
        name: "T".into(),
        position: 1,
        barriers: vec![a, b],
        facilitators: vec![a],
        note: String::new(),
    };
    let summary = Summary {
        id: fresh(&book.ids),
        case: Case::Group(book.transcript),
        topic: Topic::Theme(theme.id),
        coder: book.coder,
        at: Timestamp::UNIX_EPOCH,
        text: "s".into(),
        state: SummaryState::Drafted,
        quotes: vec![book.quotes[0]],
        basis: None,
        checked_by: None,
    };
    let changes = vec![
        Change::create(memo(MemoOn::Code(a))),
        Change::create(memo(MemoOn::Quote(book.quotes[0]))),
        Change::create(theme.clone()),
        Change::create(summary.clone()),
    ];
    book.make(changes);
    let before = records(&book.study);

    let merge = book.study.merge_codes(a, b).unwrap();
    assert_eq!((merge.codings, merge.joined, merge.children, merge.frees), (2, 1, 1, None));
    book.make(merge.changes.clone());
    let said = book.said("B");
    assert_eq!(said, BTreeMap::from([(0, BARRIER), (1, Some(Valence::Both)), (2, None)]));
    let joined = book.study.codings_with(b).find(|coding| coding.quote == book.quotes[1]).unwrap();
    assert_eq!(joined.at, at, "the earlier of the two times");
    assert_eq!(book.tree(), ["B", " A child"]);
    assert_eq!(book.study.codes().get(&b).unwrap().definition, "what A means");
    assert_eq!(book.study.component_of(b, "f").unwrap().id, "one");
    assert_eq!(book.study.memos_on(MemoOn::Code(b)).count(), 1);
    assert_eq!(book.study.memos_on(MemoOn::Quote(book.quotes[0])).count(), 1);
    let held = book.study.themes().get(&theme.id).unwrap();
    assert_eq!((&held.barriers, &held.facilitators), (&vec![b], &vec![b]));
    assert_eq!(book.study.summaries().get(&summary.id), Some(&summary));

    book.study.revert(&merge.changes);
    assert_eq!(records(&book.study), before);
}

#[test]
fn a_merge_of_codes_that_disagree_keeps_what_every_coding_says() {
    let mut book = Book::new(&["A", "B"]);
    book.set("A", |code| code.side = Some(Side::Barrier));
    book.set("B", |code| code.side = Some(Side::Facilitator));
    book.code(0, "A", None);
    book.code(0, "B", None);
    book.code(1, "B", None);
    let merge = book.study.merge_codes(book.id("A"), book.id("B")).unwrap();
    assert_eq!(merge.frees, Some(Side::Facilitator));
    book.make(merge.changes);
    assert_eq!(book.said("B"), BTreeMap::from([(0, Some(Valence::Both)), (1, FACILITATOR)]));
    assert_eq!(book.study.codes().get(&book.id("B")).unwrap().side, None);
}

#[test]
fn a_merge_into_itself_or_below_itself_is_refused_in_a_sentence() {
    let mut book = Book::new(&["A", "B", "C"]);
    let (a, b, c) = (book.id("A"), book.id("B"), book.id("C"));
    book.set("B", |code| code.parent = Some(a));
    book.set("C", |code| code.parent = Some(b));
    let refused = book.study.merge_codes(a, c).unwrap_err().to_string();
    assert_eq!(refused, "“C” stands below “A”: move it out from under it first.");
    assert!(matches!(book.study.merge_codes(a, a), Err(ShapeError::Itself(_))));
    assert!(matches!(book.study.changes_to_move(a, Some(c)), Err(ShapeError::Below { .. })));
    book.make(book.study.merge_codes(c, a).unwrap().changes);
    assert_eq!(book.tree(), ["A", " B"]);
}

#[test]
fn a_split_deals_out_and_joins_what_is_there() {
    let mut book = Book::new(&["A", "B", "Z"]);
    book.put_under("A", "one");
    let codings: Vec<CodingId> =
        [BARRIER, BARRIER, None, None].into_iter().enumerate().map(|(at, v)| book.code(at, "A", v)).collect();
    book.code(1, "B", FACILITATOR);
    let (a, b) = (book.id("A"), book.id("B"));
    let from = book.study.codes().get(&a).unwrap().clone();
    let new = book.study.code_to_split_off(&from, "New", &book.ids);
    let unused = book.study.code_to_split_off(&from, "Unused", &book.ids);
    let deals = [
        Deal { coding: codings[0], to: vec![new.id] },
        Deal { coding: codings[1], to: vec![b] },
        Deal { coding: codings[2], to: vec![a, b, new.id] },
    ];
    let before = records(&book.study);
    let split = book.study.split_code(a, &deals, &[new, unused], &book.ids).unwrap();
    assert_eq!((split.left, split.shared), (2, 1));
    book.make(split.changes.clone());
    assert_eq!(book.tree(), ["A", "New", "B", "Z"]);
    assert_eq!(book.said("A"), BTreeMap::from([(2, None), (3, None)]));
    assert_eq!(book.said("B"), BTreeMap::from([(1, Some(Valence::Both)), (2, None)]));
    assert_eq!(book.said("New"), BTreeMap::from([(0, BARRIER), (2, None)]));
    assert_eq!(book.study.component_of(book.id("New"), "f").unwrap().id, "one");
    assert!(book.study.codings().has(&codings[0]), "the coding itself moved, with its time");
    book.study.revert(&split.changes);
    assert_eq!(records(&book.study), before);

    let stays = [Deal { coding: codings[0], to: vec![a] }];
    assert!(matches!(book.study.split_code(a, &stays, &[], &book.ids), Err(ShapeError::NothingDealt(_))));
}

#[test]
fn a_code_goes_with_its_codings_and_the_quotes_that_nothing_else_holds() {
    let mut book = Book::new(&["A", "B", "C"]);
    let (a, b) = (book.id("A"), book.id("B"));
    book.set("B", |code| code.parent = Some(a));
    book.code(0, "A", None);
    book.code(1, "A", None);
    book.code(1, "C", None);
    let removal = book.study.remove_code(a).unwrap();
    assert_eq!((removal.codings, removal.quotes, removal.children), (2, 1, 1));
    book.make(removal.changes);
    assert_eq!(book.tree(), ["B", "C"]);
    assert_eq!(book.study.codes().get(&b).unwrap().parent, None);
    assert!(!book.study.quotes().has(&book.quotes[0]) && book.study.quotes().has(&book.quotes[1]));
}

#[test]
fn codes_are_placed_and_shifted_even_where_places_are_equal() {
    let mut book = Book::new(&["A", "B", "C"]);
    for name in ["A", "B", "C"] {
        book.set(name, |code| code.position = 0);
    }
    let a = book.id("A");
    book.make(book.study.changes_to_shift(a, true).unwrap());
    assert_eq!(book.tree(), ["B", "A", "C"]);
    let new = Code::new(fresh(&book.ids), "N");
    book.make(book.study.changes_to_add_codes(&[new], Some(book.id("B"))).unwrap());
    assert_eq!(book.tree(), ["B", "N", "A", "C"]);
    let last = book.study.changes_to_shift(book.id("C"), true).unwrap_err().to_string();
    assert_eq!(last, "“C” is the last one here already.");
    let twin = Code::new(fresh(&book.ids), " n ");
    assert!(matches!(book.study.changes_to_add_codes(&[twin], None), Err(ShapeError::Taken(..))));
    assert!(matches!(book.study.changes_to_rename(a, "—"), Err(ShapeError::NoName)));
}

#[test]
fn a_side_is_given_and_taken_without_losing_what_codings_say() {
    let mut book = Book::new(&["A"]);
    let a = book.id("A");
    book.code(0, "A", BARRIER);
    book.code(1, "A", None);
    let refused = book.study.changes_to_side(a, Some(Side::Facilitator)).unwrap_err();
    assert_eq!(refused.to_string(), "“A” cannot have that side: 1 of its codings say otherwise themselves.");
    book.make(book.study.changes_to_side(a, Some(Side::Barrier)).unwrap());
    assert_eq!(book.said("A"), BTreeMap::from([(0, BARRIER), (1, BARRIER)]));
    book.make(book.study.changes_to_side(a, None).unwrap());
    assert_eq!(book.said("A"), BTreeMap::from([(0, BARRIER), (1, BARRIER)]));
}

#[test]
fn themes_are_placed_filled_and_removed() {
    let mut book = Book::new(&["A", "B"]);
    let theme = |book: &Book, name: &str| Theme {
        id: fresh(&book.ids),
        name: name.into(),
        position: 0,
        barriers: vec![],
        facilitators: vec![],
        note: String::new(),
    };
    for name in ["One", "Two"] {
        book.make(book.study.changes_to_add_theme(theme(&book, name), None).unwrap());
    }
    let one = book.study.theme_named("one").unwrap().id;
    assert_eq!(book.study.themes().get(&one).unwrap().position, 1);
    book.make(book.study.changes_to_add_theme(theme(&book, "Between"), Some(one)).unwrap());
    let names = |book: &Book| -> Vec<String> {
        book.study.themes_in_order().into_iter().map(|theme| theme.name.clone()).collect()
    };
    assert_eq!(names(&book), ["One", "Between", "Two"]);
    book.make(book.study.changes_to_shift_theme(one, true).unwrap());
    assert_eq!(names(&book), ["Between", "One", "Two"]);
    for name in ["A", "B"] {
        book.make(book.study.changes_to_theme_code(one, Side::Barrier, book.id(name)).unwrap());
    }
    book.make(book.study.changes_to_shift_theme_code(one, Side::Barrier, book.id("B"), false).unwrap());
    assert_eq!(book.study.themes().get(&one).unwrap().barriers, [book.id("B"), book.id("A")]);
    book.make(book.study.remove_theme(one).unwrap().changes);
    assert_eq!(names(&book), ["Between", "Two"]);
}

proptest! {
    /// Whatever the codes and codings are: a merge is a whole action, keeps the union of what every quote says, and its
    /// reversal is the study of before.
    #[test]
    fn a_merge_loses_nothing_and_can_be_taken_back(
        sides in prop::array::uniform2(prop::option::of(prop::bool::ANY)),
        codings in prop::collection::btree_map((0usize..2, 0usize..8), 0u8..4, 0..12),
    ) {
        let mut book = Book::new(&["A", "B"]);
        let names = ["A", "B"];
        for (name, side) in names.iter().zip(sides) {
            book.set(name, |code| {
                code.side = side.map(|barrier| if barrier { Side::Barrier } else { Side::Facilitator });
            });
        }
        for ((code, quote), valence) in codings {
            let own = [None, BARRIER, FACILITATOR, Some(Valence::Both)][usize::from(valence)];
            book.code(quote, names[code], own.filter(|_| sides[code].is_none()));
        }
        let mut wanted = book.said("B");
        for (quote, valence) in book.said("A") {
            let held = wanted.remove(&quote).flatten();
            wanted.insert(quote, union(held, valence));
        }
        let before = records(&book.study);
        let merge = book.study.merge_codes(book.id("A"), book.id("B")).unwrap();
        book.make(merge.changes.clone());
        let side = book.study.codes().get(&book.id("B")).unwrap().side;
        // What said nothing is of the side of the code that it is with now, if that has one.
        let wanted: BTreeMap<_, _> =
            wanted.into_iter().map(|(quote, said)| (quote, said.or(side.map(Into::into)))).collect();
        prop_assert_eq!(book.said("B"), wanted);
        book.study.revert(&merge.changes);
        prop_assert_eq!(records(&book.study), before);
    }
}

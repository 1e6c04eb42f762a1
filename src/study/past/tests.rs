//! What became of a codebook, told from its history.

use super::*;
use crate::study::{Change, CoderId, Side};
use uuid::Uuid;

fn id<T: From<Uuid>>(number: u64) -> T {
    Uuid::from_u64_pair(1, number).into()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// Actions made one a second from 1 on, numbered alike.
#[derive(Default)]
struct Told(Vec<Action>);

impl Told {
    fn act(&mut self, changes: Vec<Change>) -> &mut Action {
        let number = self.0.len() as u64 + 1;
        self.0.push(Action {
            id: id(number),
            at: at(number as i64),
            coder: id::<CoderId>(99),
            command: "test".into(),
            label: format!("action {number}"),
            reason: None,
            undoes: None,
            changes,
        });
        self.0.last_mut().unwrap()
    }

    fn undo(&mut self, number: usize) {
        let undone = self.0[number - 1].clone();
        self.act(undone.inverse_changes()).undoes = Some(undone.id);
    }
}

fn code(number: u64, name: &str) -> Code {
    Code::new(id(number), name)
}

fn defined(code: &Code, words: &str) -> Code {
    Code { definition: words.into(), ..code.clone() }
}

#[test]
fn a_definition_stands_since_its_last_change_and_an_undo_brings_the_time_back() {
    let time = code(1, "Time");
    let (one, two) = (defined(&time, "one"), defined(&time, "two"));
    let mut told = Told::default();
    let since = |told: &Told| Past::new(told.0.clone()).definitions_since().get(&time.id).copied();
    told.act(vec![Change::create(time.clone()), Change::create(code(2, "Travel"))]);
    assert_eq!(since(&told), None);
    told.act(vec![Change::update(time.clone(), one.clone())]);
    told.act(vec![Change::update(one.clone(), Code { name: "Hours".into(), ..one.clone() })]);
    let hours = Code { name: "Hours".into(), ..one.clone() };
    assert_eq!(since(&told), Some(at(2)), "a name is no definition");
    told.act(vec![Change::update(hours.clone(), Code { definition: two.definition, ..hours })]);
    assert_eq!(since(&told), Some(at(4)));
    told.undo(4);
    assert_eq!(since(&told), Some(at(2)));
    told.undo(5);
    assert_eq!(since(&told), Some(at(4)), "done again");
    assert_eq!(Past::new(told.0).created(time.id), Some(at(1)));
}

#[test]
fn two_points_are_compared_by_what_was_done_between_them() {
    let (time, load, old) = (code(1, "Time"), code(2, "Load"), code(3, "Old"));
    let mut told = Told::default();
    told.act(vec![Change::create(time.clone()), Change::create(load.clone()), Change::create(old.clone())]);
    let first = Point { id: id(10), name: "first".into() };
    told.act(vec![Change::create(first.clone())]);
    let under = Code { name: "Workload".into(), parent: Some(time.id), ..load.clone() };
    told.act(vec![Change::update(load, under)]).reason = Some("clearer".into());
    told.act(vec![Change::update(time.clone(), Code { side: Some(Side::Barrier), ..defined(&time, "new") })]);
    told.act(vec![Change::delete(old), Change::create(code(4, "New"))]).label = "“Old” merged".into();
    let second = Point { id: id(11), name: "second".into() };
    told.act(vec![Change::create(second.clone())]);
    told.act(vec![Change::create(code(5, "After"))]);
    let past = Past::new(told.0);
    let words = |earlier, later| -> Vec<String> {
        let all = past.compare(earlier, later).into_iter();
        all.map(|one| format!("{} {}: {} {:?}", one.kind.name(), one.name, one.how, one.reasons)).collect()
    };
    assert_eq!(
        words(Some(first.id), Some(second.id)),
        [
            "added New:  []",
            "removed Old: “Old” merged []",
            "renamed Workload: was “Load” [\"clearer\"]",
            "moved Workload: was at the top, is under “Time” [\"clearer\"]",
            "redefined Time: definition was nothing, is “new” []",
            "changed otherwise Time: side was nothing, is “barrier” []",
        ]
    );
    assert_eq!(words(Some(second.id), None), ["added After:  []"]);
    assert_eq!(words(None, Some(first.id)).len(), 3);
    let points: Vec<(String, usize)> = past.points().into_iter().map(|p| (p.point.name, p.codes)).collect();
    assert_eq!(points, [("first".into(), 3), ("second".into(), 3)]);
}

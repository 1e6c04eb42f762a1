//! Studies of earlier schemas: brought up to the newest one, with a snapshot of what they were.

use std::path::Path;

use combe::store::{Access, Opening, Store};
use combe::study::{
    Attribute, AttributeOf, AttributeValue, Case, Change, CodeId, CoderId, ComponentRef, Memo, MemoKind,
    MemoOn, Subject, Summary, SummaryState, Template, Theme, Topic, Value, Witness, fresh,
};
use rusqlite::Connection;
use tempfile::tempdir;

use crate::fixture::{OnDisk, Ticking, action, signature};

const FIRST_SCHEMA: &str = include_str!("../../src/store/migrations/0001.sql");

fn opening(folder: &Path, read_only: bool) -> Opening {
    Opening { read_only, ..Opening::new(folder.to_owned(), signature()) }
}

/// Writes the database as a program of the first schema would have: its tables, its columns.
fn to_first_schema(folder: &Path) {
    let (new, old) = (folder.join("study.db"), folder.join("old.db"));
    let database = Connection::open(&old).unwrap();
    database.execute_batch(FIRST_SCHEMA).unwrap();
    database.execute("ATTACH ?1 AS new", [new.to_str().unwrap()]).unwrap();
    let names = |sql: &str| -> Vec<String> {
        let mut statement = database.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    database.pragma_update(None, "foreign_keys", false).unwrap();
    for table in names("SELECT name FROM main.sqlite_schema WHERE type = 'table'") {
        // Without the generated ones.
        let columns = names(&format!("SELECT name FROM pragma_table_info('{table}', 'main')"));
        let columns = columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        database
            .execute_batch(&format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}"))
            .unwrap();
    }
    // Columns of the matrix were themes alone, by their identities.
    database
        .execute_batch(
            "UPDATE main.memos SET on_thing = json_set(on_thing, '$.cell[1]', json_extract(on_thing, '$.cell[1].theme'))
             WHERE json_type(on_thing, '$.cell[1].theme') = 'text'",
        )
        .unwrap();
    database.pragma_update(None, "user_version", 1).unwrap();
    database.execute("DETACH new", []).unwrap();
    drop(database);
    std::fs::rename(old, new).unwrap();
}

/// A study of the first schema with memos and the value of an attribute, and what it holds.
fn old_study(folder: &Path) -> (Ticking, CoderId, String) {
    let mut disk = OnDisk::new(folder);
    disk.code_words("time is really key");
    let (study, _) = disk.store.load().unwrap();
    let person = study.participants().iter().next().unwrap().id;
    let quote = study.quotes().iter().next().unwrap().id;
    let of = AttributeOf::Participant;
    let attribute = Attribute { id: fresh(&disk.source), name: "group".into(), of, position: 0 };
    let value = AttributeValue {
        attribute: attribute.id,
        subject: Subject::Participant(person),
        value: Value::Given(vec!["clinician".into(), "parent".into()]),
        quote: None,
    };
    let (coder, at) = (disk.coder, jiff::Timestamp::UNIX_EPOCH);
    let memo = |id, on, kind| Memo { id, on, kind, coder, at, text: "Twice. ŷ".into() };
    let (id, name, note) = (fresh(&disk.source), "Time".into(), String::new());
    let theme = Theme { id, name, position: 1, barriers: vec![], facilitators: vec![], note };
    let (case, topic) = (Case::Participant(person), Topic::Theme(theme.id));
    let summary = Summary {
        id: fresh(&disk.source),
        case,
        topic: topic.clone(),
        coder,
        at,
        text: "Time is key. ŷ".into(),
        state: SummaryState::Checked,
        quotes: vec![quote],
        basis: None,
        checked_by: None,
    };
    let changes = vec![
        Change::create(theme),
        Change::create(summary),
        Change::create(memo(fresh(&disk.source), MemoOn::Cell(case, topic), MemoKind::Analytic)),
        Change::create(attribute),
        Change::create(value),
        Change::create(memo(fresh(&disk.source), MemoOn::Quote(quote), MemoKind::Reflexive)),
        Change::create(memo(fresh(&disk.source), MemoOn::Study, MemoKind::FieldNote)),
    ];
    disk.store.commit(&action(&disk.source, coder, "step", changes), &[]).unwrap();
    let held = format!("{:?}", disk.store.load().unwrap().0);
    let OnDisk { store, source, coder, .. } = disk;
    drop(store);
    to_first_schema(folder);
    (source, coder, held)
}

#[test]
fn an_old_study_is_brought_up_after_a_snapshot_and_nothing_is_lost() {
    let folder = tempdir().unwrap();
    let (source, coder, before) = old_study(folder.path());
    let mut store = Store::open(&opening(folder.path(), false), &source).unwrap();
    let notes: Vec<_> = store.snapshots().unwrap().into_iter().filter_map(|held| held.note).collect();
    assert!(notes.iter().any(|note| note.contains("before")), "{notes:?}");
    let (study, _) = store.load().unwrap();
    assert_eq!(format!("{study:?}"), before);
    let findings = store.check().unwrap();
    assert!(findings.iter().all(|finding| finding.ok), "{findings:?}");

    // What the new schema is for can be written.
    let held = study.attribute_values().iter().next().unwrap().clone();
    let quote = study.quotes().iter().next().unwrap().id;
    let linked = AttributeValue { quote: Some(quote), ..held.clone() };
    let (on, kind) = (MemoOn::Quote(quote), MemoKind::CheckAudio);
    let at = jiff::Timestamp::UNIX_EPOCH;
    let flag = Memo { id: fresh(&source), on, kind, coder, at, text: String::new() };
    // Columns of every kind, with the evidence that a summary was written on.
    let written = study.summaries().iter().next().unwrap().clone();
    let code: CodeId = study.codes().iter().next().unwrap().id;
    let basis = Some(vec![Witness { quote, digest: "00112233aabbccdd".into() }]);
    let by_code = Summary { id: fresh(&source), topic: Topic::Code(code), basis, ..written.clone() };
    let template = Template::shipped("com-b").unwrap().unwrap();
    let component: ComponentRef = template.components.first().unwrap().into();
    let by_component = Summary { id: fresh(&source), topic: Topic::Component(component), ..by_code.clone() };
    let mut changes = vec![Change::create(template.framework)];
    changes.extend(template.components.into_iter().map(Change::create));
    changes.extend([
        Change::update(held, linked.clone()),
        Change::create(flag),
        Change::create(by_code.clone()),
        Change::create(by_component.clone()),
    ]);
    store.commit(&action(&source, coder, "step", changes), &[]).unwrap();
    let (study, _) = store.load().unwrap();
    assert_eq!(study.attribute_values().iter().next(), Some(&linked));
    assert_eq!(study.memos().len(), 4);
    for summary in [written, by_code, by_component] {
        assert_eq!(study.summaries().get(&summary.id), Some(&summary));
    }
    assert!(store.check().unwrap().iter().all(|finding| finding.ok));
}

#[test]
fn an_old_study_that_may_only_be_read_is_read_and_left_as_it_is() {
    let folder = tempdir().unwrap();
    let (source, ..) = old_study(folder.path());
    let before = std::fs::read(folder.path().join("study.db")).unwrap();
    let mut store = Store::open(&opening(folder.path(), true), &source).unwrap();
    assert!(matches!(store.access(), Access::ReadOnly(_)));
    assert_eq!(store.load().unwrap().0.memos().len(), 3);
    drop(store);
    assert_eq!(std::fs::read(folder.path().join("study.db")).unwrap(), before);
}

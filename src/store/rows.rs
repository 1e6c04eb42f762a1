//! How each kind of record is written as a row and read back.
//!
//! The columns of the key come first. Adding a kind of record: its type in `study`, a line in `with_record_kinds`, a
//! table in a new migration, and an implementation here.

use std::str::FromStr;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow};

use crate::study::{
    Attribute, AttributeOf, AttributeValue, BasketEntry, Binding, Blind, Classification, Classified, Code,
    CodeState, Coder, Coding, Component, Consent, Decision, Export, Framework, Hidden, KeptFinding, Keyed,
    Kind, LayerOfRecord, Memo, MemoKind, Origin, Participant, Point, Quote, Record, Review, Revision,
    SavedSearch, Seat, Side, Speaker, Subject, Summary, SummaryState, Theme, Transcript, TurnVoice, Usage,
    Valence, Value, Voice, Withdrawal,
};
use crate::text::{Span, fold_label, fold_name};
use crate::with_record_kinds;

/// A record that has a table.
pub(super) trait Row: Keyed {
    /// Its table.
    const TABLE: &'static str;
    /// Its columns, those of the key first.
    const COLUMNS: &'static [&'static str];
    /// How many columns the key has.
    const KEY: usize;

    /// The values, in the order of the columns.
    ///
    /// # Errors
    /// If a value cannot be written as JSON: nothing is put in its place.
    fn values(&self) -> rusqlite::Result<Vec<Sql>>;

    /// Reads a row whose columns are in that order.
    fn read(row: &Cells<'_>) -> rusqlite::Result<Self>;
}

/// A row with the conversions that records need.
pub(super) struct Cells<'r>(&'r SqlRow<'r>);

impl Cells<'_> {
    fn get<T: rusqlite::types::FromSql>(&self, column: usize) -> rusqlite::Result<T> {
        self.0.get(column)
    }

    /// A value that is written as text: identifiers, times, dates, numbers of turns.
    fn parse<T: FromStr>(&self, column: usize) -> rusqlite::Result<T> {
        let text: String = self.get(column)?;
        text.parse().map_err(|_| odd(column))
    }

    fn parse_if_any<T: FromStr>(&self, column: usize) -> rusqlite::Result<Option<T>> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| text.parse().map_err(|_| odd(column))).transpose()
    }

    /// A value that is written as JSON.
    fn json<T: serde::de::DeserializeOwned>(&self, column: usize) -> rusqlite::Result<T> {
        let text: String = self.get(column)?;
        serde_json::from_str(&text).map_err(|_| odd(column))
    }

    /// A value that is written as a word of its own.
    fn word<T>(&self, column: usize, read: impl Fn(&str) -> Option<T>) -> rusqlite::Result<T> {
        let text: String = self.get(column)?;
        read(&text).ok_or_else(|| odd(column))
    }

    fn word_if_any<T>(&self, column: usize, read: impl Fn(&str) -> Option<T>) -> rusqlite::Result<Option<T>> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| read(&text).ok_or_else(|| odd(column))).transpose()
    }

    /// A code or a theme, in the two columns from `of_kind` on.
    fn classified(&self, of_kind: usize) -> rusqlite::Result<Classified> {
        match self.get::<String>(of_kind)?.as_str() {
            "code" => Ok(Classified::Code(self.parse(of_kind + 1)?)),
            "theme" => Ok(Classified::Theme(self.parse(of_kind + 1)?)),
            _ => Err(odd(of_kind)),
        }
    }

    fn voice(&self, role: usize) -> rusqlite::Result<Voice> {
        let participant = self.parse_if_any(role + 1)?;
        self.word(role, |word| match (word, participant) {
            ("participant", Some(id)) => Some(Voice::Participant(id)),
            ("interviewer", None) => Some(Voice::Interviewer),
            ("other", None) => Some(Voice::Other),
            ("several", None) => Some(Voice::Several),
            ("unknown", None) => Some(Voice::Unknown),
            _ => None,
        })
    }
}

fn odd(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, String::new(), rusqlite::types::Type::Text)
}

#[expect(clippy::needless_pass_by_value, reason = "identifiers and borrowed text alike")]
fn text(value: impl ToString) -> Sql {
    Sql::Text(value.to_string())
}

fn text_if_any<T: ToString>(value: Option<T>) -> Sql {
    value.map_or(Sql::Null, text)
}

fn json(value: &impl serde::Serialize) -> rusqlite::Result<Sql> {
    serde_json::to_string(value).map(Sql::Text).map_err(unwritable)
}

/// A value that has no form as JSON.
pub(super) fn unwritable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

fn of_kind(of: Classified) -> Sql {
    text(match of {
        Classified::Code(_) => "code",
        Classified::Theme(_) => "theme",
    })
}

fn of_id(of: Classified) -> Sql {
    match of {
        Classified::Code(id) => text(id),
        Classified::Theme(id) => text(id),
    }
}

fn number(value: impl Into<i64>) -> Sql {
    Sql::Integer(value.into())
}

/// The name under which serde writes a plain enum.
fn word_of<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

fn word(value: &impl serde::Serialize) -> rusqlite::Result<Sql> {
    match serde_json::to_value(value).map_err(unwritable)? {
        serde_json::Value::String(word) => Ok(Sql::Text(word)),
        _ => Err(rusqlite::Error::ToSqlConversionFailure("not a plain word".into())),
    }
}

macro_rules! row {
    ($kind:ident in $table:literal, key $key:literal: [$($column:literal),* $(,)?],
     |$record:ident| [$($value:expr),* $(,)?], |$row:ident| $read:expr) => {
        impl Row for $kind {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$($column),*];
            const KEY: usize = $key;

            fn values(&self) -> rusqlite::Result<Vec<Sql>> {
                let $record = self;
                Ok(vec![$($value),*])
            }

            fn read($row: &Cells<'_>) -> rusqlite::Result<Self> {
                Ok($read)
            }
        }
    };
}

row!(Coder in "coders", key 1: ["id", "name"],
    |r| [text(r.id), text(&r.name)],
    |r| Coder { id: r.parse(0)?, name: r.get(1)? });

row!(Participant in "participants", key 1: ["id", "name", "provisional"],
    |r| [text(r.id), text(&r.name), number(r.provisional)],
    |r| Participant { id: r.parse(0)?, name: r.get(1)?, provisional: r.get(2)? });

row!(Seat in "seats", key 2: ["transcript_key", "label_key", "transcript", "label", "participant"],
    |r| [text(fold_name(&r.transcript)), text(fold_label(&r.label)), text(&r.transcript), text(&r.label), text(r.participant)],
    |r| Seat { transcript: r.get(2)?, label: r.get(3)?, participant: r.parse(4)? });

row!(Consent in "consents", key 1: ["participant", "analyse", "quote", "archive", "withdrawn_on", "withdrawn_scope"],
|r| [
    text(r.participant), number(r.analyse), number(r.quote), number(r.archive),
    text_if_any(r.withdrawn.as_ref().map(|w| w.on)), text_if_any(r.withdrawn.as_ref().map(|w| &w.scope)),
],
|r| Consent {
    participant: r.parse(0)?,
    analyse: r.get(1)?,
    quote: r.get(2)?,
    archive: r.get(3)?,
    withdrawn: match (r.parse_if_any(4)?, r.get::<Option<String>>(5)?) {
        (Some(on), scope) => Some(Withdrawal { on, scope: scope.unwrap_or_default() }),
        (None, _) => None,
    },
});

row!(Attribute in "attributes", key 1: ["id", "name", "belongs_to", "position"],
    |r| [text(r.id), text(&r.name), word(&r.of)?, number(r.position)],
    |r| Attribute { id: r.parse(0)?, name: r.get(1)?, of: r.word(2, word_of::<AttributeOf>)?, position: r.get(3)? });

row!(Transcript in "transcripts", key 1: ["id", "name", "kind", "revision", "source", "sha256", "language"],
|r| [
    text(r.id), text(&r.name), text(r.kind.name()), text(r.revision), text(&r.source), text(&r.sha256),
    text_if_any(r.language.as_ref()),
],
|r| Transcript {
    id: r.parse(0)?,
    name: r.get(1)?,
    kind: r.word(2, Kind::parse)?,
    revision: r.parse(3)?,
    source: r.get(4)?,
    sha256: r.get(5)?,
    language: r.get(6)?,
});

row!(Revision in "revisions", key 1: ["id", "transcript", "number", "at", "digest", "encoding", "layout"],
|r| [text(r.id), text(r.transcript), number(r.number), text(r.at), text(&r.digest), text(&r.encoding), text(&r.layout)],
|r| Revision {
    id: r.parse(0)?,
    transcript: r.parse(1)?,
    number: r.get(2)?,
    at: r.parse(3)?,
    digest: r.get(4)?,
    encoding: r.get(5)?,
    layout: r.get(6)?,
});

row!(AttributeValue in "attribute_values", key 3: ["subject_kind", "subject", "attribute", "given", "blank", "quote"],
|r| [
    text(match r.subject { Subject::Participant(_) => "participant", Subject::Transcript(_) => "transcript" }),
    match r.subject { Subject::Participant(id) => text(id), Subject::Transcript(id) => text(id) },
    text(r.attribute),
    match &r.value { Value::Given(values) => json(values)?, _ => Sql::Null },
    match &r.value { Value::Given(_) => Sql::Null, blank => text(blank.to_cell()) },
    text_if_any(r.quote),
],
|r| AttributeValue {
    subject: match r.get::<String>(0)?.as_str() {
        "participant" => Subject::Participant(r.parse(1)?),
        "transcript" => Subject::Transcript(r.parse(1)?),
        _ => return Err(odd(0)),
    },
    attribute: r.parse(2)?,
    value: match r.get::<Option<String>>(4)? {
        Some(blank) => Value::from_cell(&blank).ok_or_else(|| odd(4))?,
        None => Value::Given(r.json(3)?),
    },
    quote: r.parse_if_any(5)?,
});

row!(Speaker in "speakers", key 2: ["transcript", "key", "label"],
    |r| [text(r.transcript), text(&r.key), text(&r.label)],
    |r| Speaker { transcript: r.parse(0)?, key: r.get(1)?, label: r.get(2)? });

row!(Binding in "bindings", key 2: ["transcript", "speaker", "role", "participant"],
    |r| [text(r.transcript), text(&r.speaker), text(r.voice.role()), text_if_any(r.voice.participant())],
    |r| Binding { transcript: r.parse(0)?, speaker: r.get(1)?, voice: r.voice(2)? });

row!(TurnVoice in "turn_voices", key 2: ["transcript", "turn", "role", "participant"],
    |r| [text(r.transcript), text(r.turn), text(r.voice.role()), text_if_any(r.voice.participant())],
    |r| TurnVoice { transcript: r.parse(0)?, turn: r.parse(1)?, voice: r.voice(2)? });

row!(LayerOfRecord in "layers_of_record", key 1: ["transcript", "coder"],
    |r| [text(r.transcript), text(r.coder)],
    |r| LayerOfRecord { transcript: r.parse(0)?, coder: r.parse(1)? });

row!(Blind in "blinds", key 3: ["transcript", "coder", "start", "\"end\""],
    |r| [text(r.transcript), text(r.coder), text(r.start), text_if_any(r.end)],
    |r| Blind { transcript: r.parse(0)?, coder: r.parse(1)?, start: r.parse(2)?, end: r.parse_if_any(3)? });

row!(Framework in "frameworks", key 1: ["id", "title", "summary"],
    |r| [text(&r.id), text(&r.title), text(&r.summary)],
    |r| Framework { id: r.get(0)?, title: r.get(1)?, summary: r.get(2)? });

row!(Component in "components", key 2:
["framework", "id", "label", "abbreviation", "domain", "definition", "ask", "position"],
|r| [
    text(&r.framework), text(&r.id), text(&r.label), text(&r.abbreviation), text(&r.domain), text(&r.definition),
    text(&r.ask), number(r.position),
],
|r| Component {
    framework: r.get(0)?,
    id: r.get(1)?,
    label: r.get(2)?,
    abbreviation: r.get(3)?,
    domain: r.get(4)?,
    definition: r.get(5)?,
    ask: r.get(6)?,
    position: r.get(7)?,
});

row!(Code in "codes", key 1:
["id", "name", "parent", "side", "origin", "state", "colour", "definition", "include", "exclude", "example", "position"],
|r| [
    text(r.id), text(&r.name), text_if_any(r.parent), text_if_any(r.side.map(Side::name)), text(r.origin.name()),
    text(r.state.name()), text_if_any(r.colour.as_ref()), text(&r.definition), text(&r.include), text(&r.exclude),
    text(&r.example), number(r.position),
],
|r| Code {
    id: r.parse(0)?,
    name: r.get(1)?,
    parent: r.parse_if_any(2)?,
    side: r.word_if_any(3, Side::parse)?,
    origin: r.word(4, Origin::parse)?,
    state: r.word(5, CodeState::parse)?,
    colour: r.get(6)?,
    definition: r.get(7)?,
    include: r.get(8)?,
    exclude: r.get(9)?,
    example: r.get(10)?,
    position: r.get(11)?,
});

row!(Theme in "themes", key 1: ["id", "name", "position", "barriers", "facilitators", "note"],
|r| [text(r.id), text(&r.name), number(r.position), json(&r.barriers)?, json(&r.facilitators)?, text(&r.note)],
|r| Theme {
    id: r.parse(0)?,
    name: r.get(1)?,
    position: r.get(2)?,
    barriers: r.json(3)?,
    facilitators: r.json(4)?,
    note: r.get(5)?,
});

row!(Classification in "classifications", key 3: ["of_kind", "of_id", "framework", "component"],
|r| [
    of_kind(r.of),
    of_id(r.of),
    text(&r.framework),
    text(&r.component),
],
|r| Classification {
    of: r.classified(0)?,
    framework: r.get(2)?,
    component: r.get(3)?,
});

row!(Quote in "quotes", key 1: ["id", "coder", "transcript", "revision", "start", "\"end\"", "text", "starred"],
|r| [
    text(r.id), text(r.coder), text(r.transcript), text(r.revision), number(r.span.start), number(r.span.end),
    text(&r.text), number(r.starred),
],
|r| Quote {
    id: r.parse(0)?,
    coder: r.parse(1)?,
    transcript: r.parse(2)?,
    revision: r.parse(3)?,
    span: Span { start: r.get(4)?, end: r.get(5)? },
    text: r.get(6)?,
    starred: r.get(7)?,
});

row!(Coding in "codings", key 1: ["id", "quote", "code", "valence", "at", "blind"],
|r| [
    text(r.id), text(r.quote), text(r.code), r.valence.map_or(Ok(Sql::Null), |valence| word(&valence))?, text(r.at),
    number(r.blind),
],
|r| Coding {
    id: r.parse(0)?,
    quote: r.parse(1)?,
    code: r.parse(2)?,
    valence: r.word_if_any(3, word_of::<Valence>)?,
    at: r.parse(4)?,
    blind: r.get(5)?,
});

row!(Memo in "memos", key 1: ["id", "on_thing", "kind", "coder", "at", "text"],
|r| [text(r.id), json(&r.on)?, text(r.kind.name()), text(r.coder), text(r.at), text(&r.text)],
|r| Memo {
    id: r.parse(0)?,
    on: r.json(1)?,
    kind: r.word(2, word_of::<MemoKind>)?,
    coder: r.parse(3)?,
    at: r.parse(4)?,
    text: r.get(5)?,
});

row!(Summary in "summaries", key 1: [
    "id", "\"case\"", "topic", "coder", "at", "text", "state", "quotes", "basis", "checked_by",
],
|r| [
    text(r.id), json(&r.case)?, json(&r.topic)?, text(r.coder), text(r.at), text(&r.text), word(&r.state)?,
    json(&r.quotes)?, r.basis.as_ref().map_or(Ok(Sql::Null), json)?, text_if_any(r.checked_by),
],
|r| Summary {
    id: r.parse(0)?,
    case: r.json(1)?,
    topic: r.json(2)?,
    coder: r.parse(3)?,
    at: r.parse(4)?,
    text: r.get(5)?,
    state: r.word(6, word_of::<SummaryState>)?,
    quotes: r.json(7)?,
    basis: if r.get::<Option<String>>(8)?.is_some() { r.json(8)? } else { None },
    checked_by: if r.get::<Option<String>>(9)?.is_some() { Some(r.parse(9)?) } else { None },
});

row!(Point in "points", key 1: ["id", "name"],
    |r| [text(r.id), text(&r.name)],
    |r| Point { id: r.parse(0)?, name: r.get(1)? });

row!(SavedSearch in "saved_searches", key 1: ["id", "name", "query"],
    |r| [text(r.id), text(&r.name), text(&r.query)],
    |r| SavedSearch { id: r.parse(0)?, name: r.get(1)?, query: r.get(2)? });

row!(Hidden in "hidden", key 1: ["id", "what"],
    |r| [text(r.id), json(&r.what)?],
    |r| Hidden { id: r.parse(0)?, what: r.json(1)? });

row!(BasketEntry in "basket_entries", key 1: ["id", "coder", "quote"],
    |r| [text(r.id), text(r.coder), text(r.quote)],
    |r| BasketEntry { id: r.parse(0)?, coder: r.parse(1)?, quote: r.parse(2)? });

row!(Usage in "usages", key 2: ["quote", "draft"],
    |r| [text(r.quote), text(&r.draft)],
    |r| Usage { quote: r.parse(0)?, draft: r.get(1)? });

row!(Export in "exports", key 1: ["id", "file", "kind", "at", "sha256", "participants", "transcripts"],
|r| [
    text(r.id), text(&r.file), text(&r.kind), text(r.at), text(&r.sha256), json(&r.participants)?,
    json(&r.transcripts)?,
],
|r| Export {
    id: r.parse(0)?,
    file: r.get(1)?,
    kind: r.get(2)?,
    at: r.parse(3)?,
    sha256: r.get(4)?,
    participants: r.json(5)?,
    transcripts: r.json(6)?,
});

row!(Review in "reviews", key 1: [
    "id", "of_kind", "of_id", "coder", "at", "decision", "comment", "framework", "component", "basis",
],
|r| [
    text(r.id), of_kind(r.of), of_id(r.of), text(r.coder), text(r.at), text(r.decision.name()), text(&r.comment),
    text_if_any(r.component.as_ref().map(|(framework, _)| framework)),
    text_if_any(r.component.as_ref().map(|(_, component)| component)), r.basis.as_ref().map_or(Ok(Sql::Null), json)?,
],
|r| Review {
    id: r.parse(0)?,
    of: r.classified(1)?,
    coder: r.parse(3)?,
    at: r.parse(4)?,
    decision: r.word(5, Decision::parse)?,
    comment: r.get(6)?,
    component: r.get::<Option<String>>(7)?.zip(r.get(8)?),
    basis: if r.get::<Option<String>>(9)?.is_some() { r.json(9)? } else { None },
});

row!(KeptFinding in "kept_findings", key 1: ["id", "pattern", "digest", "place"],
    |r| [text(r.id), text(&r.pattern), text(&r.digest), text(&r.place)],
    |r| KeptFinding { id: r.parse(0)?, pattern: r.get(1)?, digest: r.get(2)?, place: r.get(3)? });

/// What the table holds under the identity of `record`.
fn fetch_row<T: Row>(connection: &Connection, record: &T) -> rusqlite::Result<Option<T>> {
    let sql = format!("SELECT {} FROM {} WHERE {}", T::COLUMNS.join(", "), T::TABLE, key_is::<T>());
    let key: Vec<Sql> = record.values()?.into_iter().take(T::KEY).collect();
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_row(rusqlite::params_from_iter(key), |row| T::read(&Cells(row))).optional()
}

fn insert_row<T: Row>(connection: &Connection, record: &T) -> rusqlite::Result<()> {
    let marks = vec!["?"; T::COLUMNS.len()].join(", ");
    let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", T::TABLE, T::COLUMNS.join(", "));
    connection.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(record.values()?))?;
    Ok(())
}

fn update_row<T: Row>(connection: &Connection, record: &T) -> rusqlite::Result<()> {
    let set: Vec<String> =
        (1..).zip(T::COLUMNS).skip(T::KEY).map(|(place, column)| format!("{column} = ?{place}")).collect();
    if set.is_empty() {
        return Ok(());
    }
    let sql = format!("UPDATE {} SET {} WHERE {}", T::TABLE, set.join(", "), key_is::<T>());
    connection.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(record.values()?))?;
    Ok(())
}

fn delete_row<T: Row>(connection: &Connection, record: &T) -> rusqlite::Result<()> {
    let sql = format!("DELETE FROM {} WHERE {}", T::TABLE, key_is::<T>());
    let key: Vec<Sql> = record.values()?.into_iter().take(T::KEY).collect();
    connection.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(key))?;
    Ok(())
}

fn key_is<T: Row>() -> String {
    let parts: Vec<String> =
        (1..).zip(T::COLUMNS).take(T::KEY).map(|(place, column)| format!("{column} = ?{place}")).collect();
    parts.join(" AND ")
}

/// Reads the rows of a table, or those for which `filter` (SQL, with `?1`) holds.
fn read_rows<T: Row + Into<Record>>(
    connection: &Connection,
    filter: Option<(&str, &str)>,
    into: &mut Vec<Record>,
) -> rusqlite::Result<()> {
    let columns = T::COLUMNS.join(", ");
    let (sql, bound) = match filter {
        None => (format!("SELECT {columns} FROM {}", T::TABLE), vec![]),
        Some((filter, value)) => (format!("SELECT {columns} FROM {} WHERE {filter}", T::TABLE), vec![value]),
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(bound), |row| T::read(&Cells(row)))?;
    for row in rows {
        into.push(row?.into());
    }
    Ok(())
}

/// The coders alone.
pub(super) fn read_coders(connection: &Connection) -> rusqlite::Result<Vec<Record>> {
    let mut records = Vec::new();
    read_rows::<Coder>(connection, None, &mut records)?;
    Ok(records)
}

macro_rules! define_row_access {
    ($($kind:ident $table:ident),* $(,)?) => {
        /// What the database holds under the identity of `record`.
        pub(super) fn fetch(connection: &Connection, record: &Record) -> rusqlite::Result<Option<Record>> {
            match record {
                $(Record::$kind(record) => Ok(fetch_row(connection, record)?.map(Record::$kind)),)*
            }
        }

        /// Adds a record.
        pub(super) fn insert(connection: &Connection, record: &Record) -> rusqlite::Result<()> {
            match record {
                $(Record::$kind(record) => insert_row(connection, record),)*
            }
        }

        /// Writes a record over the one with its identity.
        pub(super) fn update(connection: &Connection, record: &Record) -> rusqlite::Result<()> {
            match record {
                $(Record::$kind(record) => update_row(connection, record),)*
            }
        }

        /// Removes the record with that identity.
        pub(super) fn delete(connection: &Connection, record: &Record) -> rusqlite::Result<()> {
            match record {
                $(Record::$kind(record) => delete_row(connection, record),)*
            }
        }

        /// All records.
        pub(super) fn read_all(connection: &Connection) -> rusqlite::Result<Vec<Record>> {
            let mut records = Vec::new();
            $(read_rows::<$kind>(connection, None, &mut records)?;)*
            Ok(records)
        }

        /// The records that the first screen of one transcript needs: all of the kinds of which there are few, and of
        /// the others those that hang on it.
        pub(super) fn read_for(connection: &Connection, transcript: &str) -> rusqlite::Result<Vec<Record>> {
            let mut records = Vec::new();
            $(
                let filter = match <$kind as Row>::TABLE {
                    "transcripts" => Some("id = ?1"),
                    "revisions" | "speakers" | "bindings" | "turn_voices" | "layers_of_record" | "blinds" | "quotes" => {
                        Some("transcript = ?1")
                    }
                    "codings" => Some("quote IN (SELECT id FROM quotes WHERE transcript = ?1)"),
                    "memos" => Some("quote IN (SELECT id FROM quotes WHERE transcript = ?1)"),
                    "participants" => Some("id IN (SELECT participant FROM bindings WHERE transcript = ?1)"),
                    "attribute_values" => {
                        Some("subject = ?1 OR subject IN (SELECT participant FROM bindings WHERE transcript = ?1)")
                    }
                    "seats" | "consents" | "summaries" | "points" | "saved_searches" | "basket_entries" | "usages"
                    | "exports" | "reviews" | "kept_findings" => Some("?1 = ''"),
                    _ => None,
                };
                read_rows::<$kind>(connection, filter.map(|filter| (filter, transcript)), &mut records)?;
            )*
            Ok(records)
        }
    };
}

with_record_kinds!(define_row_access);

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{json, word};

    #[test]
    fn what_has_no_form_as_json_is_an_error_and_not_an_empty_value() {
        assert!(json(&BTreeMap::from([((1, 2), 3)])).is_err(), "a key that is no text");
        assert!(word(&3).is_err(), "no word");
    }
}

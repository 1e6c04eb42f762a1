//! Files into a study: the sample counted by an independent script, the laws of repetition and order, and what is
//! refused.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use combe::import::{Batch, FileReport, ImportOptions, ImportPlan, Status, Texts, Unread, classify, plan};
use combe::store::Store;
use combe::study::{
    Attribute, AttributeOf, Blind, BothChanged, Change, Classified, Code, Coder, Coding, Edit, Kind, MemoOn,
    Quote, Record, RevisionId, Side, Source, Study, Subject, Theme, TurnNumber, TurnVoice, Turns, Valence,
    Value, Voice, fresh,
};
use combe::text::{CodePoints, Span};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::fixture::{Kept, SETTINGS, Ticking, action, signature};

/// A study that files are imported into.
pub(crate) struct Desk {
    pub(crate) study: Study,
    pub(crate) kept: Kept,
    pub(crate) source: Ticking,
    coder: Coder,
}

/// Counts how often a text is asked for.
struct Counting<'a> {
    kept: &'a Kept,
    reads: Cell<usize>,
}

impl Texts for Counting<'_> {
    fn text(&self, revision: RevisionId) -> Option<Arc<str>> {
        self.reads.set(self.reads.get() + 1);
        self.kept.text(revision)
    }

    fn turns(&self, revision: RevisionId) -> Option<Turns> {
        self.kept.turns(revision)
    }

    fn is_from_file(&self, revision: RevisionId) -> bool {
        self.kept.is_from_file(revision)
    }
}

pub(crate) type File = (String, Vec<u8>);

impl Desk {
    pub(crate) fn new() -> Self {
        let source = Ticking::new();
        let coder = Coder { id: fresh(&source), name: "c1".into() };
        let mut study = Study::default();
        study.settings.lead = Some("c1".into());
        Self { study, kept: Kept::default(), source, coder }
    }

    /// Imports, and makes the changes in the study as one action.
    pub(crate) fn import(&mut self, files: &[File], options: &ImportOptions) -> ImportPlan {
        let files = files.iter().map(|(name, bytes)| classify(name, bytes, options)).collect();
        let plan = plan(&self.study, &self.kept, files, options, &self.coder, &self.source);
        for text in &plan.texts {
            self.kept.texts.insert(text.revision, text.text.as_str().into());
            self.kept.turns.insert(text.revision, text.turns.clone());
            self.kept.of_files.insert(text.revision);
            self.study.add_turns(Arc::new(text.turns.clone()));
        }
        self.study.apply(&plan.changes).unwrap();
        plan
    }

    pub(crate) fn take(&mut self, files: &[File]) -> Vec<FileReport> {
        self.import(files, &ImportOptions::default()).reports
    }

    fn voice(&self, transcript: &str, label: &str) -> String {
        let transcript = self.study.transcript_named(transcript).unwrap().id;
        match self.study.bindings().get(&(transcript, label.to_lowercase())).unwrap().voice {
            Voice::Participant(id) => self.study.participants().get(&id).unwrap().name.clone(),
            voice => voice.role().into(),
        }
    }

    fn value(&self, of: AttributeOf, subject: Subject, attribute: &str) -> Option<&Value> {
        self.study.value_of(subject, self.study.attribute_named(of, attribute)?)
    }

    fn of_person(&self, name: &str, attribute: &str) -> Option<&Value> {
        let person = self.study.participant_named(name).unwrap().id;
        self.value(AttributeOf::Participant, Subject::Participant(person), attribute)
    }

    /// All quotes, with their codes.
    fn quotes(&self) -> Vec<String> {
        let quotes = self.study.quotes().iter().map(|quote| {
            let number = self.study.revisions().get(&quote.revision).unwrap().number;
            format!("{}@{number}: {}", self.study.coders().get(&quote.coder).unwrap().name, quote.text)
        });
        quotes.collect()
    }
}

pub(crate) fn file(name: &str, text: &str) -> File {
    (name.to_owned(), text.as_bytes().to_vec())
}

fn read(path: &Path) -> File {
    (path.display().to_string(), fs::read(path).unwrap())
}

fn folder(parts: &[&str]) -> PathBuf {
    parts.iter().fold(PathBuf::from(env!("CARGO_MANIFEST_DIR")), |path, part| path.join(part))
}

/// The small set: two transcripts and every kind of table, in four encodings.
fn small() -> Vec<File> {
    let names = [
        "participants.csv",
        "FG1.txt",
        "codings.csv",
        "sessions.tsv",
        "I1.txt",
        "codebook.toml",
        "codebook-more.csv",
    ];
    names
        .map(|name| (name.to_owned(), fs::read(folder(&["tests", "fixtures", "tables", name])).unwrap()))
        .to_vec()
}

fn statuses(reports: &[FileReport]) -> Vec<(&str, Status)> {
    reports.iter().map(|report| (report.file.as_str(), report.status)).collect()
}

fn error(report: &FileReport) -> &str {
    assert_eq!(report.status, Status::Refused, "{report:?}");
    report.error.as_deref().unwrap()
}

fn doubts(report: &FileReport) -> Vec<&str> {
    report.doubts.iter().map(|doubt| doubt.what.as_str()).collect()
}

/// Everything a study holds, by names instead of identities, in an order of its own.
fn by_names(study: &Study) -> BTreeSet<String> {
    let person = |id| study.participants().get(&id).map_or("?", |held| held.name.as_str());
    let transcript = |id| study.transcripts().get(&id).map_or("?", |held| held.name.as_str());
    let code = |id| study.codes().get(&id).map_or("?", |held| held.name.as_str());
    let coder = |id| study.coders().get(&id).map_or("?", |held| held.name.as_str());
    let voice = |voice: Voice| voice.participant().map_or(voice.role(), person);
    let codes = |list: &[_]| list.iter().map(|id| code(*id)).collect::<Vec<_>>().join("+");
    let quote = |held: &Quote| {
        let number = study.revisions().get(&held.revision).map_or(0, |revision| revision.number);
        format!(
            "{} {}.{number} {:?} {:?}",
            coder(held.coder),
            transcript(held.transcript),
            held.span,
            held.text
        )
    };
    let mut all = BTreeSet::new();
    all.extend(study.coders().iter().map(|c| format!("coder {}", c.name)));
    all.extend(study.participants().iter().map(|p| format!("participant {} {}", p.name, p.provisional)));
    all.extend(
        study.seats().iter().map(|s| format!("seat {} {} {}", s.transcript, s.label, person(s.participant))),
    );
    all.extend(
        study
            .consents()
            .iter()
            .map(|c| format!("consent {} {} {} {}", person(c.participant), c.analyse, c.quote, c.archive)),
    );
    all.extend(study.attributes().iter().map(|a| format!("attribute {:?} {} {}", a.of, a.name, a.position)));
    all.extend(study.attribute_values().iter().map(|held| {
        let whose = match held.subject {
            Subject::Participant(id) => person(id),
            Subject::Transcript(id) => transcript(id),
        };
        let name = &study.attributes().get(&held.attribute).unwrap().name;
        format!("value {whose} {name} {:?}", held.value)
    }));
    all.extend(study.transcripts().iter().map(|t| {
        let revision = study.revisions().get(&t.revision).unwrap();
        let words = study
            .speech_in(t.id)
            .iter()
            .map(|(id, n)| format!("{} {n}", person(*id)))
            .collect::<BTreeSet<_>>();
        format!(
            "transcript {} {:?} {:?} {} {} {words:?}",
            t.name, t.kind, t.language, revision.number, revision.digest
        )
    }));
    all.extend(
        study
            .speakers()
            .iter()
            .map(|s| format!("speaker {} {} {}", transcript(s.transcript), s.key, s.label)),
    );
    all.extend(
        study
            .bindings()
            .iter()
            .map(|b| format!("binding {} {} {}", transcript(b.transcript), b.speaker, voice(b.voice))),
    );
    all.extend(study.components().iter().map(|c| format!("component {} {}", c.framework, c.id)));
    all.extend(study.codes().iter().map(|c| {
        let parent = c.parent.map_or("", code);
        format!(
            "code {} <{parent}> {:?} {:?} {:?} {:?} {} {}",
            c.name, c.side, c.origin, c.state, c.colour, c.definition, c.position
        )
    }));
    all.extend(study.themes().iter().map(|t: &Theme| {
        format!(
            "theme {} {} {} / {} {}",
            t.position,
            t.name,
            codes(&t.barriers),
            codes(&t.facilitators),
            t.note
        )
    }));
    all.extend(study.classifications().iter().map(|held| {
        let of = match held.of {
            Classified::Code(id) => code(id),
            Classified::Theme(id) => study.themes().get(&id).map_or("?", |theme| theme.name.as_str()),
        };
        format!("classification {of} {} {}", held.framework, held.component)
    }));
    all.extend(study.quotes().iter().map(|q| format!("quote {}", quote(q))));
    all.extend(study.codings().iter().map(|c| {
        format!("coding {} {} {:?}", quote(study.quotes().get(&c.quote).unwrap()), code(c.code), c.valence)
    }));
    all.extend(study.memos().iter().map(|m| {
        let on = match &m.on {
            MemoOn::Quote(id) => quote(study.quotes().get(id).unwrap()),
            other => format!("{other:?}"),
        };
        format!("memo {} {on} {}", coder(m.coder), m.text)
    }));
    all
}

fn sample() -> Vec<File> {
    let root = folder(&["sample-data"]);
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join("transcripts")).unwrap().map(|at| at.unwrap().path()).collect();
    files.extend(
        ["codings.csv", "sessions.csv", "participants.csv", "codebook.toml"].map(|name| root.join(name)),
    );
    files.iter().map(|path| read(path)).collect()
}

/// Numbers of people and values were counted in the files by a script of its own (Python, with its csv reader); those of
/// the codebook and of codings are computed here from the tables.
#[test]
fn the_sample_comes_in_whole() {
    let mut desk = Desk::new();
    let files = sample();
    let plan = desk.import(&files, &ImportOptions::default());
    assert!(plan.reports.iter().all(|report| report.status == Status::New), "{:?}", statuses(&plan.reports));
    let study = &desk.study;
    assert_eq!(study.participants().iter().filter(|participant| !participant.provisional).count(), 151);
    assert_eq!(study.participants().len(), 151, "every label is somebody on the list");
    assert_eq!((study.seats().len(), study.consents().len()), (151, 151));
    let of = |of: AttributeOf| study.attributes().iter().filter(|attribute| attribute.of == of).count();
    assert_eq!((of(AttributeOf::Participant), of(AttributeOf::Transcript)), (13, 8));
    let people =
        study.attribute_values().iter().filter(|value| matches!(value.subject, Subject::Participant(_)));
    assert_eq!(people.clone().count(), 151 * 13, "a value or a blank of each attribute for everybody");
    assert_eq!(people.clone().filter(|value| value.value == Value::Missing).count(), 15);
    assert_eq!(people.filter(|value| value.value == Value::PreferNotToSay).count(), 2);
    let refusing =
        study.consents().iter().filter(|consent| !consent.quote).map(|consent| consent.participant);
    let refusing: BTreeSet<&str> =
        refusing.map(|id| study.participants().get(&id).unwrap().name.as_str()).collect();
    assert_eq!(refusing, BTreeSet::from(["P059", "P118"]));
    let book: toml::Table =
        fs::read_to_string(folder(&["sample-data", "codebook.toml"])).unwrap().parse().unwrap();
    let rows = |table: &str, key: &str, value: Option<&str>| {
        let held = |row: &&toml::Value| match value {
            Some(value) => row.get(key).and_then(toml::Value::as_str) == Some(value),
            None => row.get(key).is_some(),
        };
        book[table].as_array().unwrap().iter().filter(held).count()
    };
    assert_eq!(study.codes().len(), rows("code", "name", None));
    let barriers = study.codes().iter().filter(|code| code.side == Some(Side::Barrier)).count();
    assert_eq!(barriers, rows("code", "side", Some("barrier")));
    assert_eq!(
        study.themes_in_order().iter().map(|theme| theme.position).collect::<Vec<_>>(),
        (1..=10).collect::<Vec<_>>()
    );
    let classified = rows("code", "component", None) + rows("theme", "component", None);
    assert_eq!(study.classifications().len(), classified);
    let transcripts = files.iter().filter(|(name, _)| name.ends_with(".txt")).count();
    assert_eq!(study.transcripts().len(), transcripts);
    let rows = fs::read_to_string(folder(&["sample-data", "codings.csv"])).unwrap();
    let rows = csv::Reader::from_reader(rows.as_bytes()).records().count();
    assert_eq!(study.codings().len(), rows);
    assert_eq!(
        (desk.voice("I43", "Interviewer"), desk.voice("I43", "Participant")),
        ("interviewer".into(), "P088".into())
    );
    assert_eq!(
        (desk.voice("FG02", "Moderator 2"), desk.voice("FG02", "Participant 9")),
        ("interviewer".into(), "P059".into())
    );
    assert_eq!(study.transcript_named("fg-06").map(|found| found.kind), Some(Kind::FocusGroup));
    let sessions = plan.reports.iter().find(|report| report.file.ends_with("sessions.csv")).unwrap();
    assert_eq!(doubts(sessions), [""; 0], "every session has its transcript");
    assert_eq!(
        plan.label,
        "import of 91 transcripts, codings.csv, sessions.csv, participants.csv, codebook.toml"
    );
    let again = desk.import(&files, &ImportOptions::default());
    assert_eq!((again.changes, again.texts.len()), (vec![], 0));
    assert!(again.reports.iter().all(|report| report.status == Status::Same));
}

#[test]
fn the_sample_is_one_action_of_the_store() {
    let folder = tempdir().unwrap();
    let source = Ticking::new();
    let mut store = Store::create(folder.path(), SETTINGS, signature(), &source).unwrap();
    let (study, _) = store.load().unwrap();
    let coder = Coder { id: fresh(&source), name: "c1".into() };
    let options = ImportOptions::default();
    let files = sample().iter().map(|(name, bytes)| classify(name, bytes, &options)).collect();
    let plan = plan(&study, &store, files, &options, &coder, &source);
    let texts = plan.texts;
    store.commit(&action(&source, coder.id, "import", plan.changes.clone()), &texts).unwrap();
    let (loaded, _) = store.load().unwrap();
    let mut made = study;
    texts.into_iter().for_each(|text| made.add_turns(Arc::new(text.turns)));
    made.apply(&plan.changes).unwrap();
    assert_eq!(by_names(&loaded), by_names(&made));
    assert!(store.check().unwrap().iter().all(|finding| finding.ok));
    let back: Vec<Change> = plan.changes.iter().rev().map(Change::inverse).collect();
    store.commit(&action(&source, coder.id, "undo", back), &[]).unwrap();
    assert_eq!(by_names(&store.load().unwrap().0), BTreeSet::new());
}

#[test]
fn every_kind_of_table_and_encoding_comes_in() {
    let mut desk = Desk::new();
    let reports = desk.take(&small());
    assert!(reports.iter().all(|report| report.status == Status::New), "{reports:#?}");
    let encodings: BTreeMap<&str, &str> = reports
        .iter()
        .filter_map(|report| Some((report.file.as_str(), report.encoding.as_deref()?)))
        .collect();
    assert_eq!((encodings["participants.csv"], encodings["sessions.tsv"]), ("Windows-1252", "UTF-16 LE"));
    assert_eq!(desk.of_person("P1", "area"), Some(&Value::Given(vec!["Môn".into()])));
    assert_eq!(desk.of_person("P1", "employment"), Some(&Value::Missing));
    assert_eq!(desk.of_person("P2", "employment"), Some(&Value::DoesNotApply));
    assert_eq!(
        (desk.of_person("P3", "area"), desk.of_person("P3", "employment")),
        (None, Some(&Value::PreferNotToSay))
    );
    assert_eq!(
        (desk.study.consents().len(), desk.study.may_quote(desk.study.participant_named("P2").unwrap().id)),
        (2, false)
    );
    for (transcript, label, who) in [
        ("I1", "Participant", "P1"),
        ("FG1", "R1", "interviewer"),
        ("FG1", "Siân", "P2"),
        ("FG1", "Participant 2", "P3"),
        ("FG1", "Wife", "other"),
        ("FG1", "All", "several"),
    ] {
        assert_eq!(desk.voice(transcript, label), who);
    }
    let group = desk.study.transcript_named("FG1").unwrap();
    assert_eq!((group.kind, group.language.as_deref()), (Kind::FocusGroup, Some("cy")));
    let date = desk.value(AttributeOf::Transcript, Subject::Transcript(group.id), "date");
    assert_eq!(date, Some(&Value::Given(vec!["2016-05-10".into()])));
    let sessions = reports.iter().find(|report| report.file == "sessions.tsv").unwrap();
    assert_eq!(
        doubts(sessions),
        ["there is no transcript “I9”; if it is still to come, import this list again when that is there"]
    );
    let code = |name: &str| desk.study.code_named(name).unwrap();
    assert_eq!(code("time pressure").parent, Some(code("Time").id));
    assert_eq!(code("Time pressure").include, "rushed appointments\nqueues");
    assert_eq!(
        desk.study.component_of(code("Time pressure").id, "com-b").unwrap().id,
        "opportunity.physical"
    );
    assert_eq!(
        desk.study.component_of_theme(desk.study.themes_in_order()[0], "com-b").unwrap().abbreviation,
        "O-Ph"
    );
    let valences: Vec<_> = desk.study.codings().iter().map(|coding| coding.valence).collect();
    assert_eq!(valences, [None, None, Some(Valence::Both), None, Some(Valence::Barrier)]);
    let quote = desk.study.quotes().iter().find(|quote| quote.text == "Ŵyn, I said").unwrap();
    let text = &desk.kept.texts[&quote.revision];
    assert_eq!(
        (quote.span.slice(text), CodePoints::new(text).of_span(quote.span)),
        (Some("Ŵyn, I said"), (158, 169))
    );
    assert_eq!(desk.study.memos().iter().next().unwrap().text, "The turning point.");
    assert_eq!(desk.study.coders().len(), 2);
}

#[test]
fn the_report_of_a_transcript_says_who_speaks() {
    let mut desk = Desk::new();
    let reports = desk.take(&small());
    let report = reports.iter().find(|report| report.file == "I1.txt").unwrap();
    let json = serde_json::to_value(report).unwrap();
    assert_eq!(json["transcript"], "I1");
    // Counted by hand: 5 + 9 + 2 + 13 words.
    assert_eq!(
        (json["turns"].as_u64(), json["words"].as_u64(), json["status"].as_str()),
        (Some(4), Some(29), Some("new"))
    );
    assert_eq!(
        json["speakers"][1],
        serde_json::json!({"label": "Participant", "turns": 2, "role": "participant", "participant": "P1"})
    );
    assert_eq!(json["first_time"], serde_json::Value::Null);
}

#[test]
fn a_label_without_a_seat_gets_a_participant_made_up_for_it_until_a_list_says_who_it_is() {
    let mut desk = Desk::new();
    let named = |name: &str| small().into_iter().find(|(file, _)| file == name).unwrap();
    let reports = desk.take(&[named("FG1.txt"), named("I1.txt")]);
    assert_eq!(desk.voice("I1", "Participant"), "I1");
    assert_eq!(
        (desk.voice("FG1", "Siân"), desk.voice("FG1", "Participant 2")),
        ("FG1 Siân".into(), "FG1 Participant 2".into())
    );
    assert_eq!(desk.voice("FG1", "R1"), "FG1 R1");
    assert_eq!(
        doubts(&reports[0]),
        [
            "'Siân' was taken as a speaker, for it is written like the others; it may be none.",
            "“Wife” was taken for somebody who is no participant; if they are one, say so: --bind Wife=participant --only FG1.txt",
            "nobody is known to ask the questions (R1, Siân, Participant 2, Wife, All); if it is “R1”, say so: --bind R1=interviewer --only FG1.txt"
        ]
    );
    let fg = desk.study.transcript_named("FG1").unwrap().id;
    let made_up = desk.study.participant_named("FG1 Siân").unwrap().id;
    let by_hand =
        TurnVoice { transcript: fg, turn: TurnNumber::whole(5), voice: Voice::Participant(made_up) };
    desk.study.apply(&[Change::create(by_hand)]).unwrap();
    let reports = desk.take(&[named("participants.csv")]);
    assert_eq!((reports[0].status, doubts(&reports[0]).len()), (Status::New, 0));
    assert_eq!((desk.voice("I1", "Participant"), desk.voice("FG1", "Siân")), ("P1".into(), "P2".into()));
    let p2 = Voice::Participant(desk.study.participant_named("P2").unwrap().id);
    assert_eq!(desk.study.turn_voices().iter().next().unwrap().voice, p2);
    let left: Vec<&str> = desk.study.participants().iter().map(|held| held.name.as_str()).collect();
    assert_eq!(left, ["FG1 R1", "P1", "P2", "P3"]);
}

#[test]
fn options_rename_merge_and_bind_labels() {
    let mut desk = Desk::new();
    let text = "Int 1: Well?\n\nJonas: Yes.\n\nInt 2: And?\n\nJonass: No.\n\nP088: Maybe.\n";
    let options = ImportOptions {
        rename: vec![("Jonass".into(), "Jonas".into()), ("Nobody".into(), "Somebody".into())],
        bind: vec![("jonas".into(), "P7".into()), ("P088".into(), "other".into())],
        kind: Some(Kind::FocusGroup),
        names: BTreeMap::from([("talk.txt".into(), "FG 7".into())]),
        ..ImportOptions::default()
    };
    let plan = desk.import(&[file("a/talk.txt", text)], &options);
    let report = &plan.reports[0];
    assert_eq!((report.transcript.as_deref(), report.kind), (Some("FG 7"), Some(Kind::FocusGroup)));
    let speakers: Vec<_> = report
        .speakers
        .iter()
        .map(|s| (s.label.as_str(), s.turns, s.participant.as_deref().or(s.role.as_deref()).unwrap()))
        .collect();
    assert_eq!(
        speakers,
        [("Int 1", 1, "interviewer"), ("Jonas", 2, "P7"), ("Int 2", 1, "interviewer"), ("P088", 1, "other")]
    );
    assert!(!desk.study.participant_named("P7").unwrap().provisional);
    assert_eq!(plan.notes, ["no transcript of this import has a speaker “Nobody”; check its spelling"]);
    let again = desk.import(&[file("a/talk.txt", text)], &options);
    assert_eq!(again.changes.len(), 0);
    // Labels seen once stay doubtful as labels; nothing is said of the options a second time.
    assert!(doubts(&again.reports[0]).iter().all(|doubt| doubt.contains("written like the others")));
}

#[test]
fn a_binding_that_somebody_made_is_not_changed_by_an_option_but_a_made_up_one_is() {
    let mut desk = Desk::new();
    let text = file("I1.txt", "Speaker 0: Well?\n\nSpeaker 1: Yes.\n\nInt: So.\n");
    desk.take(std::slice::from_ref(&text));
    let bind = |label: &str, who: &str| ImportOptions {
        bind: vec![(label.into(), who.into())],
        ..ImportOptions::default()
    };
    let plan = desk.import(std::slice::from_ref(&text), &bind("Speaker 0", "interviewer"));
    assert_eq!(
        (plan.reports[0].status, desk.voice("I1", "Speaker 0").as_str()),
        (Status::Same, "interviewer")
    );
    assert!(desk.study.participant_named("I1 Speaker 0").is_none());
    assert_eq!(plan.label, "bound Speaker 0 in I1 to interviewer");
    let plan = desk.import(std::slice::from_ref(&text), &bind("Int", "P1"));
    assert_eq!(plan.changes, vec![]);
    assert_eq!(
        doubts(&plan.reports[0]),
        ["“Int” is bound to interviewer already; change that by hand if it is wrong"]
    );
}

#[test]
fn the_same_name_with_another_text_is_refused_unless_it_is_a_revision() {
    let mut desk = Desk::new();
    desk.take(&small());
    let before = by_names(&desk.study);
    let other = [file("b/I1.txt", "Interviewer: How long?\n\nParticipant: I was there.\n")];
    let reports = desk.take(&other);
    assert_eq!(
        error(&reports[0]),
        "I1.txt: “I1” is in the study with another text; import it with --revise to make this its next revision, or \
         give it another name"
    );
    assert_eq!(by_names(&desk.study), before);
    let twin = [file("I2.txt", "I: a\n\nP: b\n"), file("x/I2.txt", "I: a\n\nP: c\n")];
    let reports = desk.take(&twin);
    assert_eq!(reports[0].status, Status::New);
    assert_eq!(error(&reports[1]), "I2.txt: “I2” is brought by I2.txt too; give one of them another name");
    let reports = desk.take(&[file("I3.txt", "I: a\n\nP: b\n")]);
    assert_eq!(
        (reports[0].status, doubts(&reports[0])),
        (Status::New, vec!["it has the same text as I2; leave one of them out if it is one interview"])
    );
}

const REVISED: &str = "Interviewer: How long did you wait?

Participant: Well, I was there three hours. Nobody told me why.

Interviewer: And then?

Participant: Then she listened. Ŵyn, I said, and she wrote it down.

Participant: Thanks.
";

#[test]
fn a_revision_keeps_bindings_and_turn_numbers_and_carries_the_quotes_whose_words_stand() {
    let mut desk = Desk::new();
    desk.take(&small());
    let revise = ImportOptions { revise: true, ..ImportOptions::default() };
    let plan = desk.import(&[file("I1.txt", REVISED)], &revise);
    let report = &plan.reports[0];
    assert_eq!(report.status, Status::Revised);
    assert_eq!(
        doubts(report),
        [
            "1 quote of c2 stays with the former text: the words are not found once near where they stood (turn 4); \
          decide in Read, where quotes in doubt are listed"
        ]
    );
    assert_eq!(
        desk.quotes()[..3],
        ["c2@2: I was there three hours", "c2@1: she listened to me", "c1@2: Ŵyn, I said"]
    );
    for quote in desk.study.quotes().iter() {
        assert_eq!(quote.span.slice(&desk.kept.texts[&quote.revision]), Some(quote.text.as_str()));
    }
    let transcript = desk.study.transcript_named("I1").unwrap();
    let turns = desk.study.turns(transcript.id).unwrap();
    let numbers: Vec<String> = turns.turns.iter().map(|turn| turn.number.to_string()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4a", "4b"]);
    assert_eq!(desk.voice("I1", "Participant"), "P1");
    let again = desk.import(&[file("I1.txt", REVISED)], &revise);
    assert_eq!((again.changes.len(), again.reports[0].status), (0, Status::Same));
    let former = small().into_iter().find(|(name, _)| name == "I1.txt").unwrap();
    let reports = desk.take(std::slice::from_ref(&former));
    assert_eq!(
        error(&reports[0]),
        "I1.txt: “I1” has a newer text than this, which was its revision 1; nothing was changed"
    );
    let over = ImportOptions { both_changed: BothChanged::TakeFile, ..revise };
    desk.import(&[former], &over);
    assert!(desk.quotes()[..3].iter().all(|quote| quote.contains("@3")), "{:?}", desk.quotes());
}

#[test]
fn the_voice_of_a_single_turn_goes_with_it_when_a_revision_numbers_anew() {
    let mut desk = Desk::new();
    desk.take(&[file("I1.txt", "Int: One?\n\nAnn: Two.\n\nAnn: Three.\n\nInt: Four?\n\nAnn: Five.\n")]);
    let transcript = desk.study.transcript_named("I1").unwrap().id;
    // Somebody else says turns 2 and 3, several people turn 4.
    for (number, voice) in [(2, Voice::Other), (3, Voice::Other), (4, Voice::Several)] {
        let turn = TurnNumber::whole(number);
        desk.study.apply(&[Change::create(TurnVoice { transcript, turn, voice })]).unwrap();
    }
    // A turn before the first leaves no number to take a letter of: all are numbered anew. The fourth is gone.
    let revise = ImportOptions { revise: true, ..ImportOptions::default() };
    let text = "Int: Hello.\n\nInt: One?\n\nAnn: Two.\n\nAnn: Three.\n\nAnn: Five.\n";
    let plan = desk.import(&[file("I1.txt", text)], &revise);
    let voices: Vec<(String, Voice)> =
        desk.study.turn_voices().iter().map(|held| (held.turn.to_string(), held.voice)).collect();
    assert_eq!(voices, [("3".into(), Voice::Other), ("4".into(), Voice::Other)]);
    assert_eq!(
        doubts(&plan.reports[0]),
        [
            "its turns are numbered anew: too many came between the former ones",
            "who spoke was set for single turns that are not found any more (turn 4 of the former text); set it again"
        ]
    );
}

#[test]
fn a_refused_file_is_not_there_for_those_after_it() {
    let mut desk = Desk::new();
    desk.take(&small());
    // Another text under the name of a transcript of the study is refused; under a name of its own the text is new.
    let text = "Interviewer: How long?\n\nParticipant: I was there.\n";
    let reports = desk.take(&[file("I1.txt", text), file("I7.txt", text)]);
    assert_eq!((reports[0].status, reports[1].status), (Status::Refused, Status::New));
    assert_eq!(doubts(&reports[1]), [""; 0]);
}

#[test]
fn a_wrong_row_keeps_the_whole_list_of_codings_out() {
    let mut desk = Desk::new();
    let tables: Vec<File> = small().into_iter().filter(|(name, _)| name != "codings.csv").collect();
    desk.take(&tables);
    let before = by_names(&desk.study);
    let refused = |desk: &mut Desk, rows: &str| {
        let text = format!(
            "transcript,start,end,quote,code,valence,coder,memo\nI1,50,73,I was there three hours,Time,,new,m\n{rows}"
        );
        let reports = desk.take(&[file("codings.csv", &text)]);
        assert_eq!(by_names(&desk.study), before);
        error(&reports[0]).strip_prefix("codings.csv, line 3, column ").unwrap().to_owned()
    };
    for (row, sentence) in [
        (
            "I2,0,3,abc,Time,,,",
            "'transcript': no transcript is called “I2”; import it first; did you mean “I1”?",
        ),
        (
            "I1,0,9000,abc,Time,,,",
            "'start': 0 to 9000 is no stretch of I1, which goes from 0 to 194; count code points of the text as imported",
        ),
        (
            "I1,51,74,I was there three hours,Time,,,",
            "'quote': it is not word for word what stands from 51 to 74 in I1; it stands from 50 to 73",
        ),
        (
            "I1,50,73,I was there two hours..,Time,,,",
            "'quote': it is not word for word what stands from 50 to 73 in I1; it stands nowhere in this text; copy it anew",
        ),
        (
            "I1,0,12,Interviewer:,Time,,,",
            "'quote': these are no words that anybody says, only labels or what stands before the first turn; mark speech",
        ),
        (
            "I1,50,73,I was there three hours,Tine,,,",
            "'code': no code is called “Tine”; add it to the codebook or import with new codes; did you mean “Time”?",
        ),
        (
            "I1,50,73,I was there three hours,Time pressure,facilitator,,",
            "'valence': it speaks against the side of “Time pressure”, which is barrier; leave it empty",
        ),
    ] {
        assert_eq!(refused(&mut desk, row), sentence, "{row}");
    }
    let many = refused(&mut desk, &"I2,0,3,abc,Time,,,\n".repeat(11));
    assert!(many.ends_with("and 1 more is wrong"), "{many}");
}

#[test]
fn codings_may_bring_codes_and_what_is_there_is_not_made_twice() {
    let mut desk = Desk::new();
    desk.take(&small());
    let rows = "transcript,start,end,quote,code,valence,coder,memo\n\
        I1,50,73,I was there three hours,Waiting,barrier,,\n\
        I1,50,73,I was there three hours,waiting,facilitator,,\n\
        I1,50,73,I was there three hours,Time pressure,barrier,c2,\n";
    let plan =
        desk.import(&[file("c.csv", rows)], &ImportOptions { new_codes: true, ..ImportOptions::default() });
    let report = &plan.reports[0];
    assert_eq!(report.status, Status::New);
    assert_eq!(doubts(report), ["this passage has “waiting” already, with another valence, which stays"]);
    let made: Vec<&str> = plan.changes.iter().filter_map(Change::record).map(Record::kind).collect();
    assert_eq!(made, ["codes", "quotes", "codings"]);
}

#[test]
fn blanks_never_overwrite_and_a_list_may_come_again_with_more() {
    let mut desk = Desk::new();
    desk.take(&small());
    let list = "participant_id,area,employment,consent_quote\nP1,,employed,\nP2,missing,,yes\nP3,,missing,\n";
    let reports = desk.take(&[file("more.csv", list)]);
    assert_eq!(reports[0].status, Status::Revised);
    assert_eq!(desk.of_person("P1", "area"), Some(&Value::Given(vec!["Môn".into()])));
    assert_eq!(desk.of_person("P1", "employment"), Some(&Value::Given(vec!["employed".into()])));
    assert_eq!(desk.of_person("P2", "area"), Some(&Value::Given(vec!["Powys".into()])));
    assert_eq!(desk.of_person("P3", "employment"), Some(&Value::Missing));
    assert_eq!(
        doubts(&reports[0]),
        [
            "P2 consent_quote: no -> yes",
            "“P2” keeps the value that 'area' has; this line says missing: change it by hand if that is meant"
        ]
    );
    let p1 = desk.study.participant_named("P1").unwrap().id;
    assert!(!desk.study.consents().get(&p1).unwrap().archive, "an empty consent says nothing");
    assert!(desk.study.may_quote(desk.study.participant_named("P2").unwrap().id));
}

#[test]
fn rows_of_a_list_of_participants_must_agree() {
    let mut desk = Desk::new();
    let list = "participant_id,session_id,speaker_label,area,consent_quote\n\
        P1,I1,A,Môn,yes\np1,FG1,B,Powys,no\nP2,fg-1,b:,,\n";
    let reports = desk.take(&[file("people.csv", list)]);
    assert_eq!(
        error(&reports[0]),
        "people.csv, line 3, column 'area': “p1” has another value in line 2; make them agree; line 3: “p1” agreed to \
         something else in line 2; make them agree; line 4, column 'speaker_label': “P2” speaks as “b:” in fg-1, and \
         so does “p1” in line 3; give each a label of their own"
    );
    assert_eq!(desk.study.participants().len(), 0);
}

#[test]
fn a_list_that_contradicts_a_binding_or_a_label_is_a_doubt() {
    let mut desk = Desk::new();
    desk.take(&small());
    let list = "participant_id,session_id,speaker_label\nP4,I1,Participant\nP5,I1,Interviewer\nP6,I1,Nobody\nP7,FG1,\n";
    let reports = desk.take(&[file("people.csv", list)]);
    assert_eq!(
        doubts(&reports[0]),
        [
            "“Participant” of “I1” is bound to P1, not to P4 as this line says; change that by hand if it is wrong",
            "“Interviewer” of “I1” is bound to interviewer, not to P5 as this line says; change that by hand if it is wrong",
            "“I1” does not have a speaker “Nobody” for P6; it has Interviewer, Participant",
            "“FG1” does not have one label that is a participant's for P7; it has All, Participant 2, R1, Siân, Wife"
        ]
    );
}

#[test]
fn a_list_without_labels_seats_the_only_participant_and_lists_the_others() {
    let mut desk = Desk::new();
    let files: Vec<File> = small().into_iter().filter(|(name, _)| name.ends_with(".txt")).collect();
    let list = file("people.csv", "participant_id,session_id\nP1,I1\nP2,FG1\nP3,FG1\n");
    let reports = desk.take(&[vec![list], files].concat());
    assert_eq!(desk.voice("I1", "Participant"), "P1");
    assert_eq!(
        doubts(&reports[0]),
        ["P2, P3 speak in “fg1” and have no speaker_label; give them labels and import the list again"]
    );
}

#[test]
fn what_a_codebook_may_not_say() {
    let mut desk = Desk::new();
    desk.take(&small());
    let before = by_names(&desk.study);
    let mut refused = |text: &str| {
        let reports = desk.take(&[file("codebook.toml", text)]);
        assert_eq!(by_names(&desk.study), before);
        error(&reports[0]).to_owned()
    };
    assert_eq!(
        refused("[[code]]\nname = 'A'\nparent = 'B'\n[[code]]\nname = 'B'\nparent = 'A'\n"),
        "codebook.toml, line 1, column 'parent': “A” would stand below itself; choose another parent; \
         line 4, column 'parent': “B” would stand below itself; choose another parent"
    );
    assert_eq!(
        refused("[[code]]\nname = 'Time'\nparent = 'Time pressure'\n"),
        "codebook.toml, line 1, column 'parent': “Time” would stand below itself; choose another parent"
    );
    assert_eq!(
        refused("[[code]]\nname = 'A'\nparent = 'Tim'\n"),
        "codebook.toml, line 1, column 'parent': no code is called “Tim”; add it to the codebook; did you mean “Time”?"
    );
    assert_eq!(
        refused("[[code]]\nname = 'Time'\nside = 'barrier'\n"),
        "codebook.toml, line 1, column 'side': “Time” cannot have a side: 1 coding with it has a valence of its own; \
         clear those or leave the side empty"
    );
    assert_eq!(
        refused("[[theme]]\nname = 'T'\ncomponent = 'oportunity.social'\nbarriers = ['Gone']\n"),
        "codebook.toml, line 1, column 'barriers': no code is called “Gone”; add it to the codebook; \
         line 1, column 'component': “oportunity.social” is none of capability.physical, capability.psychological, \
         opportunity.physical, opportunity.social, motivation.reflective, motivation.automatic; did you mean \
         “opportunity.social”?"
    );
}

#[test]
fn a_codebook_changes_what_it_says_and_leaves_the_rest() {
    let mut desk = Desk::new();
    desk.take(&small());
    let book = "[[code]]\nname = 'TIME PRESSURE'\ncomponent = 'O-So'\ndefinition = 'Too little of it.'\n\
        [[theme]]\nname = 'pace'\nbarriers = ['Being heard', 'being heard']\n";
    let reports = desk.take(&[file("codebook.toml", book)]);
    assert_eq!(reports[0].status, Status::Revised);
    assert_eq!(
        doubts(&reports[0]),
        [
            "the theme “Pace” lists “Being heard” under barriers, and it is on the other side; check which is meant"
        ]
    );
    assert_eq!(
        reports[0].changes,
        [
            "redefined “Time pressure”: definition was nothing, is “Too little of it.”",
            "changed otherwise “Time pressure”: component was “opportunity.physical”, is “opportunity.social”",
            "changed otherwise the theme “Pace”: barriers was “Time pressure”, is “Being heard”",
        ]
    );
    let more = desk.take(&[file("codebook.toml", "[[code]]\nname = 'Tea'\nparent = 'Time pressure'\n")]);
    assert_eq!(more[0].changes, ["added “Tea”: under “Time pressure”"]);
    let code = desk.study.code_named("Time pressure").unwrap();
    assert_eq!(
        (code.name.as_str(), code.side, code.definition.as_str()),
        ("Time pressure", Some(Side::Barrier), "Too little of it.")
    );
    assert_eq!(desk.study.component_of(code.id, "com-b").unwrap().id, "opportunity.social");
    let theme = desk.study.theme_named("Pace").unwrap();
    assert_eq!((theme.barriers.len(), theme.facilitators.len(), theme.position), (1, 1, 1));
}

#[test]
fn a_framework_that_is_not_there_is_brought_in_if_it_is_shipped_and_else_refused() {
    let mut desk = Desk::new();
    desk.study.settings.framework = "ours".into();
    let book = [file("codebook.toml", "[[code]]\nname = 'A'\ncomponent = 'x'\n")];
    let reports = desk.take(&book);
    assert!(
        error(&reports[0])
            .starts_with("codebook.toml: it names components of “ours”, a framework that this study")
    );
    desk.study.settings.framework = "tdf-14".into();
    let reports = desk.take(&[file("codebook.toml", "[[code]]\nname = 'A'\ncomponent = 'Knowledge'\n")]);
    assert_eq!((reports[0].status, desk.study.components().len()), (Status::New, 14));
}

#[test]
fn attributes_of_sessions_come_in_when_the_list_comes_again() {
    let mut desk = Desk::new();
    let (tables, texts): (Vec<File>, Vec<File>) =
        small().into_iter().partition(|(name, _)| name == "sessions.tsv");
    let reports = desk.take(&tables);
    assert_eq!((reports[0].status, reports[0].doubts.len()), (Status::Same, 3));
    desk.take(&texts);
    desk.take(&tables);
    let mut whole = Desk::new();
    whole.take(&small());
    let kind = desk.study.transcript_named("FG1").map(|found| found.kind);
    assert_eq!(kind, Some(Kind::FocusGroup));
    let values = |desk: &Desk| {
        by_names(&desk.study).into_iter().filter(|line| line.starts_with("value")).collect::<Vec<_>>()
    };
    assert_eq!(values(&desk), values(&whole));
}

#[test]
fn a_session_of_one_known_participant_says_who_the_one_participant_label_is() {
    let mut desk = Desk::new();
    let files = [
        file("I1.txt", "Int: Well?\n\nAnswer: Yes.\n"),
        file("people.csv", "participant_id,area\nP1,Powys\n"),
        file("sessions.csv", "session_id,participants\nI1,P1\n"),
    ];
    let reports = desk.take(&files);
    assert!(reports.iter().all(|report| report.doubts.is_empty()), "{reports:#?}");
    assert_eq!(desk.voice("I1", "Answer"), "P1");
    assert_eq!(reports[0].speakers[1].participant.as_deref(), Some("P1"));
    assert_eq!(desk.study.participants().len(), 1);
    assert_eq!(desk.import(&files, &ImportOptions::default()).changes, vec![]);
}

#[test]
fn files_that_are_nothing_are_refused_in_a_sentence_and_keep_nothing_else_out() {
    let mut desk = Desk::new();
    let files = [
        file("table1.csv", "block,count\na,1\n"),
        file("study.toml", "name = 'x'\n"),
        file("empty.txt", ""),
        ("zip.csv".to_owned(), b"PK\x03\x04\0\0".to_vec()),
        file("I1.txt", "I: a\n\nP: b\n"),
    ];
    let reports = desk.take(&files);
    assert!(error(&reports[0]).starts_with("table1.csv: its header is that of no table"));
    assert!(error(&reports[1]).starts_with("study.toml: it has neither [[code]] nor [[theme]] entries"));
    assert!(error(&reports[2]).starts_with("empty.txt: "));
    assert!(error(&reports[3]).starts_with("zip.csv: it is not text in UTF-8, UTF-16 or Windows-1252"));
    assert_eq!(reports[4].status, Status::New);
    assert_eq!(reports[0].sha256.len(), 64);
}

#[test]
fn an_attribute_that_the_study_has_under_another_spelling_is_the_same() {
    let mut desk = Desk::new();
    let held = Attribute {
        id: fresh(&desk.source),
        name: "Age band".into(),
        of: AttributeOf::Participant,
        position: 0,
    };
    desk.study.apply(&[Change::create(held)]).unwrap();
    desk.take(&[file("people.csv", "participant_id,age_band\nP1,18-25\n")]);
    assert_eq!(desk.study.attributes().len(), 1);
    assert_eq!(desk.of_person("P1", "age-band"), Some(&Value::Given(vec!["18-25".into()])));
}

#[test]
fn a_list_that_names_a_transcript_that_is_not_there_or_changes_a_value_says_so() {
    let mut desk = Desk::new();
    let texts = [
        file("I1.txt", "Int: Well?\n\nAnn: Yes.\n"),
        file("17_nope.txt", "Int: And?\n\nBen: No.\n"),
        file("sessions.csv", "session_id,place\nI1,hall\nI2,hall\n"),
    ];
    let reports = desk.take(&texts);
    assert_eq!(
        doubts(&reports[2]),
        ["there is no transcript “I2”; if it is still to come, import this list again when that is there"]
    );
    assert_eq!(reports[2].doubts[0].line, Some(3));
    let people = |age: &str, quote: &str| {
        let rows = format!("P1,I1,Ann,{age},{quote}\nP2,99_nope,Ben,missing,\n");
        file("people.csv", &format!("participant_id,session_id,speaker_label,age_band,consent_quote\n{rows}"))
    };
    let said = doubts(&desk.take(&[people("36-45", "yes")])[0]).join("; ");
    assert_eq!(
        said,
        "there is no transcript “99_nope”; did you mean “17_nope”?; if it is still to come, labels are bound when that comes"
    );
    let report = desk.take(&[people("46-55", "no")]).remove(0);
    assert_eq!(doubts(&report)[..2], ["P1 consent_quote: yes -> no", "P1 age_band: 36-45 -> 46-55"]);
    assert_eq!((report.doubts[1].line, report.doubts.len()), (Some(2), 3));
    let many: String = (1..=9).map(|nth| format!("Q{nth},X{nth}\n")).collect();
    let report = desk.take(&[file("more.csv", &format!("participant_id,session_id\n{many}"))]).remove(0);
    assert_eq!(
        doubts(&report),
        [
            "9 transcripts that it names are not there (X1, X2, X3, X4, X5, X6, X7, X8 and 1 more); labels are bound when \
          that comes"
        ]
    );
}

#[test]
fn the_same_words_under_another_name_are_a_doubt() {
    let mut desk = Desk::new();
    let said: Vec<String> = (1..=40).map(|nth| format!("word{nth} came after it")).collect();
    let [first, second] = [said[..20].join(" "), said[20..].join(", ")];
    desk.take(&[file("17_x.txt", &format!("Int: {first}?\n\nAnn: {second}.\n"))]);
    let spoken =
        format!("[00:00:01] INTERVIEWER: {first}\n\n[00:01:10] PARTICIPANT: {}\n", second.to_uppercase());
    let report = desk.take(&[file("17_y.txt", &spoken)]).remove(0);
    let doubt = "it says the same as 17_x; leave one of them out if it is one interview";
    assert!(doubts(&report).contains(&doubt), "{report:?}");
    let other: Vec<String> = (1..=40).map(|nth| format!("other{nth} things were said")).collect();
    let report =
        desk.take(&[file("18.txt", &format!("Int: Well?\n\nAnn: {}.\n", other.join(" ")))]).remove(0);
    assert!(!doubts(&report).iter().any(|doubt| doubt.contains("says the same")), "{report:?}");
}

#[test]
fn a_transcript_that_was_given_another_name_is_known_when_it_comes_again() {
    let mut desk = Desk::new();
    let files = [file("17_final_v2.txt", "I: a\n\nP: b\n")];
    let named = |name: &str| ImportOptions {
        names: [("17_final_v2.txt".to_owned(), name.to_owned())].into(),
        ..ImportOptions::default()
    };
    desk.import(&files, &named("I17"));
    let again = desk.import(&files, &ImportOptions::default());
    assert_eq!(again.changes, []);
    let report = &again.reports[0];
    assert_eq!((report.status, report.transcript.as_deref()), (Status::Same, Some("I17")));
    assert_eq!(doubts(report), ["it is known as I17; give it another name to have it twice"]);
    assert_eq!(
        desk.import(&files, &named("I18")).reports[0].status,
        Status::New,
        "if that is what is wanted"
    );
}

/// A hundred interviews of one guide are about as long; each is read once for telling whether two are one.
#[test]
fn telling_twins_reads_each_held_text_once_however_many_are_imported() {
    let interview = |nth: usize| {
        let said: Vec<String> = (1..=60).map(|word| format!("w{nth}x{word} and so on")).collect();
        file(&format!("I{nth}.txt"), &format!("Int: Well?\n\nAnn: {}.\n", said.join(" ")))
    };
    let mut desk = Desk::new();
    desk.take(&(1..=12).map(interview).collect::<Vec<_>>());
    let options = ImportOptions::default();
    let more = (13..=24).map(interview).map(|(name, bytes)| classify(&name, &bytes, &options)).collect();
    let counting = Counting { kept: &desk.kept, reads: Cell::new(0) };
    let plan = plan(&desk.study, &counting, more, &options, &desk.coder, &desk.source);
    assert!(plan.reports.iter().all(|report| report.status == Status::New));
    assert_eq!(counting.reads.get(), 12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Importing is repeatable and does not depend on the order in which files are given.
    #[test]
    fn order_does_not_matter_and_a_second_import_changes_nothing(files in Just(small()).prop_shuffle()) {
        let (mut desk, mut usual) = (Desk::new(), Desk::new());
        let reports = desk.take(&files);
        usual.take(&small());
        prop_assert_eq!(by_names(&desk.study), by_names(&usual.study));
        prop_assert!(reports.iter().map(|report| &report.file).eq(files.iter().map(|(name, _)| name)));
        let again = desk.import(&files, &ImportOptions::default());
        prop_assert_eq!(again.changes.len(), 0);
        prop_assert!(again.reports.iter().all(|report| report.status == Status::Same));
    }

    /// The list of participants may come before the transcripts, with them or after them.
    #[test]
    fn participants_may_come_at_any_time(later in any::<bool>(), files in Just(small()).prop_shuffle()) {
        let (list, rest): (Vec<File>, Vec<File>) =
            files.into_iter().partition(|(name, _)| name == "participants.csv");
        let (first, second) = if later { (&rest, &list) } else { (&list, &rest) };
        let (mut desk, mut usual) = (Desk::new(), Desk::new());
        desk.take(first);
        desk.take(second);
        usual.take(&small());
        prop_assert_eq!(by_names(&desk.study), by_names(&usual.study));
    }

    /// Whatever stands in a table, import says something and the study is not half changed.
    #[test]
    fn no_table_makes_it_fail(
        header in prop::sample::select(vec![
            "participant_id,session_id,speaker_label,consent_quote", "session_id,kind,participants",
            "transcript,start,end,quote,code,valence", "name,parent,side,definition",
        ]),
        rows in prop::collection::vec("([a-z]{0,3}|[0-9]{1,3}|yes|I1|Time|\"|\n|é|,){0,12}", 0..6),
    ) {
        let mut desk = Desk::new();
        desk.take(&small());
        let before = by_names(&desk.study);
        let text = format!("{header}\n{}", rows.join("\n"));
        let reports = desk.take(&[file("t.csv", &text)]);
        if reports[0].status == Status::Refused {
            prop_assert_eq!(by_names(&desk.study), before);
            prop_assert!(reports[0].error.is_some());
        }
    }
}

#[test]
fn what_is_said_of_one_file_leaves_the_others_alone() {
    let mut desk = Desk::new();
    let text = "Int: Well?\n\nJo: Yes.\n\nInt: And?\n\nJo: No.\n";
    let own = combe::import::FileOptions {
        kind: Some(Kind::FocusGroup),
        bind: vec![("Jo".into(), "P7".into())],
        ..combe::import::FileOptions::default()
    };
    let options =
        ImportOptions { files: BTreeMap::from([("a/I1.txt".into(), own)]), ..ImportOptions::default() };
    let other = text.replace("Yes", "Perhaps");
    let plan = desk.import(&[file("a/I1.txt", text), file("b/I2.txt", &other)], &options);
    let of = |at: usize| (plan.reports[at].kind.unwrap(), plan.reports[at].speakers[1].participant.clone());
    assert_eq!(of(0), (Kind::FocusGroup, Some("P7".into())));
    assert_eq!(of(1), (Kind::Interview, Some("I2".into())));
}

#[test]
fn a_file_that_is_not_read_is_listed_among_the_others_with_what_to_do() {
    let desk = Desk::new();
    let mut batch = Batch::default();
    batch.add("in/I1.txt", b"Interviewer: How?\n\nParticipant: Well.\n", &ImportOptions::default());
    batch.add_unread(&Unread::of_name("in/scan.pdf").unwrap());
    let options = ImportOptions::default();
    let planned = batch.plan(&desk.study, &desk.kept, &options, &BTreeSet::new(), &desk.coder, &desk.source);
    let said: Vec<_> =
        planned.files.iter().map(|file| (file.report.status, file.report.error.as_deref())).collect();
    assert_eq!(
        said,
        [(Status::New, None), (Status::Refused, Some("scan.pdf: not read; save it as .docx or .txt"))],
        "a report that is refused takes nothing of the others with it"
    );
}

/// Two coders, of whom c8 codes I1 blind, where c1 made up a code.
fn blind_desk() -> Desk {
    let mut desk = Desk::new();
    desk.take(&small());
    let transcript = desk.study.transcript_named("I1").unwrap().id;
    let second = Coder { id: fresh(&desk.source), name: "c8".into() };
    let start = desk.source.now();
    let blind = Blind { transcript, coder: second.id, start, end: None };
    desk.study.apply(&[Change::create(second.clone()), Change::create(blind)]).unwrap();
    let held = desk.study.quotes_in(transcript).next().unwrap().clone();
    let made = Code::new(fresh(&desk.source), "Orangery");
    let coding = Coding {
        id: fresh(&desk.source),
        quote: held.id,
        code: made.id,
        valence: None,
        at: start,
        blind: false,
    };
    desk.study.apply(&[Change::create(made), Change::create(coding)]).unwrap();
    desk.coder = second;
    desk
}

#[test]
fn a_misspelt_code_is_not_answered_with_one_that_must_not_be_seen() {
    let mut desk = blind_desk();
    let book = "schema = 1\n[[code]]\nname = \"Below\"\nparent = \"Orangerie\"\n";
    let codings =
        "transcript,start,end,quote,code,valence,coder,memo\nI1,50,73,I was there three hours,Orangerie,,,\n";
    for (name, text) in [("codebook.toml", book), ("codings.csv", codings)] {
        let reports = desk.take(&[file(name, text)]);
        let said = format!("{reports:?}");
        assert!(said.contains("Orangerie") && !said.contains("Orangery"), "{said}");
    }
}

#[test]
fn an_imported_coding_says_whether_its_coder_is_blind_there() {
    let mut desk = blind_desk();
    let row = |coder: &str| {
        let cells = "I1,50,73,I was there three hours,Being heard";
        format!("transcript,start,end,quote,code,valence,coder,memo\n{cells},,{coder},\n")
    };
    let blind_of = |desk: &Desk, coder: &str| {
        let coder = desk.study.coder_named(coder).unwrap().id;
        let of = |coding: &&Coding| desk.study.quotes().get(&coding.quote).unwrap().coder == coder;
        desk.study.codings().iter().filter(of).map(|coding| coding.blind).collect::<Vec<_>>()
    };
    desk.take(&[file("codings.csv", &row("c8"))]);
    assert_eq!(blind_of(&desk, "c8"), [true]);
    desk.take(&[file("codings.csv", &row("c9"))]);
    assert_eq!(blind_of(&desk, "c9"), [false], "who is not blind");
}

#[test]
fn a_file_put_right_elsewhere_and_what_was_put_right_here_since_come_together() {
    let text = "Recorded by Rawcliffe.\n\nInt: Who came?\n\nAnn: Rawcliffe came, and stayed for a our.\n\nInt: And then?\n\nAnn: \
                Then nobody.\n";
    let mut desk = Desk::new();
    desk.take(&[file("I1.txt", text)]);
    let held = desk.study.transcript_named("I1").unwrap();
    let edits: Vec<Edit> = text
        .match_indices("Rawcliffe")
        .map(|(at, name)| Edit::rename(Span::new(at, at + name.len()), "[\u{2026}]"))
        .collect();
    let correction = desk.study.correct(held.id, text, &edits, &desk.source).unwrap();
    desk.study.add_turns(Arc::new(correction.text.turns.clone()));
    desk.kept.texts.insert(correction.text.revision, correction.text.text.as_str().into());
    desk.study.apply(&correction.changes).unwrap();
    let revise = ImportOptions { revise: true, ..ImportOptions::default() };
    let held = desk.study.transcript_named("I1").unwrap().clone();
    let before = by_names(&desk.study);
    // What was put right here stands, and the file as it came last brings nothing.
    let again = desk.import(&[file("I1.txt", text)], &revise);
    assert_eq!((again.changes.len(), again.reports[0].status), (0, Status::Same), "{:?}", again.reports);
    // Something else put right in the same turn, and in another one.
    let fixed = text.replace("a our", "an hour").replace("Then nobody.", "Then nobody at all.");
    let plan = desk.import(&[file("I1.txt", &fixed)], &revise);
    assert_eq!((plan.reports[0].status, doubts(&plan.reports[0])), (Status::Revised, vec![]));
    let now = desk.study.transcript_named("I1").unwrap().revision;
    assert_eq!(&*desk.kept.texts[&now], fixed.replace("Rawcliffe", "[\u{2026}]"));
    // Back to the text as it was put right here.
    desk.study.revert(&plan.changes);
    assert_eq!(by_names(&desk.study), before);
    assert_eq!(desk.study.transcript_named("I1"), Some(&held));

    // The name written otherwise where it was replaced; and where nobody had it before.
    let both = text.replace("Rawcliffe came", "Mr Rowcliffe came");
    let elsewhere = text.replace("Then nobody.", "Then Rawcliffe again.");
    let refused = desk.import(&[file("I1.txt", &both)], &revise);
    assert_eq!(
        error(&refused.reports[0]),
        "I1.txt: \u{201c}I1\u{201d} was not revised: the file and the study changed the same words since the last file \
         (turn 2); take those of the file there with --overwrite-corrections, or keep those of the study with \
         --keep-corrections"
    );
    let refused = desk.import(&[file("I1.txt", &elsewhere)], &revise);
    assert_eq!(
        error(&refused.reports[0]),
        "I1.txt: \u{201c}I1\u{201d} was not revised: the file has words again that were put right in the study since \
         (turn 4); put them right in the file too, or take it with --overwrite-corrections all the same"
    );
    assert_eq!(by_names(&desk.study), before);

    let keep = ImportOptions { both_changed: BothChanged::KeepStudy, ..revise.clone() };
    let both = both.replace("a our", "an hour");
    let plan = desk.import(&[file("I1.txt", &both)], &keep);
    assert_eq!(
        doubts(&plan.reports[0]),
        ["the file puts otherwise what was put right in the study since (turn 2); the study’s words stand"]
    );
    let now = desk.study.transcript_named("I1").unwrap().revision;
    let expected = text.replace("Rawcliffe", "[\u{2026}]").replace("a our", "an hour");
    assert_eq!(&*desk.kept.texts[&now], expected);
    desk.study.revert(&plan.changes);

    let over = ImportOptions { both_changed: BothChanged::TakeFile, ..revise };
    let plan = desk.import(&[file("I1.txt", &both)], &over);
    assert_eq!(
        doubts(&plan.reports[0]),
        ["it takes back what was put right in the study since (turn 2); put it right again"]
    );
    let now = desk.study.transcript_named("I1").unwrap().revision;
    let expected = both.replace("by Rawcliffe", "by [\u{2026}]");
    assert_eq!(&*desk.kept.texts[&now], expected, "only where both changed the same");
}

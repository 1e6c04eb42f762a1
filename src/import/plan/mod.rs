//! What a study takes from a set of files, as the changes of one action. Pure: nothing is written.
//!
//! Whatever order the files are given in, they are taken in as codebook, participants, transcripts, sessions, codings,
//! and each sees what those before it brought; within a kind they go by name. So a folder gives the same study however
//! it is listed. A file is taken in whole or not at all, and a refused one does not keep the others out.

mod changed;
mod codebook;
mod codings;
mod held_labels;
mod participants;
mod proofs;
mod refusal;
mod review;
mod revising;
mod roles;
mod sessions;
mod speakers;
mod transcripts;
mod twins;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use self::changed::describe_changes;
use self::refusal::Refusal;
use super::options::last_part;
use super::report::FileReport;
use super::tables::{Rows, SessionRow, Table, TableKind};
use super::{Doubt, ImportOptions, SourceContent, SourceFile, Status};
use crate::study::{
    Change, Code, Coder, CoderId, NewText, Participant, ParticipantId, Record, RevisionId, Seat, Source,
    Study, TranscriptId, Turns, Version, Voice, fold_short_name, fresh,
};
use crate::text::{fold_label, fold_name};

/// What would happen, and what must be written for it.
#[derive(Clone, Debug)]
pub struct ImportPlan {
    /// What becomes of each file, in the order in which they were given.
    pub reports: Vec<FileReport>,
    /// The changes of the one action. Empty if nothing is to be done. They make the coder, if the study has none of
    /// that name.
    pub changes: Vec<Change>,
    /// Texts and turns of the new revisions: written with the action.
    pub texts: Vec<NewText>,
    /// What the history calls the action: names of files and counts.
    pub label: String,
    /// What no single file is to blame for: options that met nothing.
    pub notes: Vec<String>,
}

/// What is kept of the texts of a study, for [`plan()`].
pub trait Texts {
    /// The text of a revision.
    fn text(&self, revision: RevisionId) -> Option<Arc<str>>;

    /// The turns of a revision.
    fn turns(&self, revision: RevisionId) -> Option<Turns>;

    /// Whether a revision came in with a file, and not by what was put right here.
    fn is_from_file(&self, revision: RevisionId) -> bool;
}

/// Plans the import of `files` into `study` by `coder`.
#[must_use]
pub fn plan(
    study: &Study,
    kept: &dyn Texts,
    files: Vec<SourceFile>,
    options: &ImportOptions,
    coder: &Coder,
    source: &dyn Source,
) -> ImportPlan {
    let mut planner = Planner::new(study, kept, options, coder, source);
    let mut files: Vec<(usize, SourceFile)> = files.into_iter().enumerate().collect();
    files.sort_by(|(_, a), (_, b)| (stage(&a.content), &a.name).cmp(&(stage(&b.content), &b.name)));
    for (_, file) in &files {
        planner.expect_sessions(file);
    }
    let mut reports: Vec<(usize, FileReport)> =
        files.into_iter().map(|(place, file)| (place, planner.take(file))).collect();
    reports.sort_by_key(|(place, _)| *place);
    let mut reports: Vec<FileReport> = reports.into_iter().map(|(_, report)| report).collect();
    for report in &mut reports {
        planner.complete(report);
    }
    planner.finish(reports)
}

/// When a file's turn comes.
fn stage(content: &SourceContent) -> u8 {
    match content {
        SourceContent::Table(table) => match table.kind {
            TableKind::Codebook => 0,
            TableKind::Participants => 1,
            TableKind::Sessions => 3,
            TableKind::Codings => 4,
            TableKind::Review => 5,
        },
        SourceContent::Transcript(_) => 2,
    }
}

/// The study as it will be, and how it comes to be so.
struct Planner<'a> {
    /// With every change made so far.
    study: Study,
    changes: Vec<Change>,
    texts: Vec<NewText>,
    kept: &'a dyn Texts,
    options: &'a ImportOptions,
    source: &'a dyn Source,
    now: Timestamp,
    /// Who imports.
    coder: CoderId,
    /// Rows of the lists of sessions of this import, by folded name: transcripts look here before the lists are
    /// taken in.
    sessions: BTreeMap<String, SessionRow>,
    /// Seats by folded transcript and label.
    seats: BTreeMap<(String, String), Seat>,
    /// Files of this import that brought a transcript, by its folded name.
    brought: BTreeMap<String, String>,
    /// Names of transcripts by the digest of their text.
    digests: BTreeMap<String, String>,
    /// What is said in transcripts, where it was asked.
    speeches: twins::Speeches,
    /// Transcripts that lists name: the file, its line, the name as written.
    named: Vec<(String, usize, String)>,
    /// Labels of the options rename and bind that occurred.
    met: std::collections::BTreeSet<String>,
}

impl<'a> Planner<'a> {
    /// Names of codes that may be told to whoever imports.
    fn code_names(&self) -> impl Iterator<Item = &str> {
        let told = |code: &&Code| !self.study.hides(self.coder, &Record::Code((*code).clone()));
        self.study.codes().iter().filter(told).map(|code| code.name.as_str())
    }

    fn new(
        study: &Study,
        kept: &'a dyn Texts,
        options: &'a ImportOptions,
        coder: &Coder,
        source: &'a dyn Source,
    ) -> Self {
        let digest = |transcript: &crate::study::Transcript| {
            let revision = study.revisions().get(&transcript.revision)?;
            Some((revision.digest.clone(), transcript.name.clone()))
        };
        let mut planner = Planner {
            seats: study.seats().iter().map(|seat| (seat_key(seat), seat.clone())).collect(),
            digests: study.transcripts().iter().filter_map(digest).collect(),
            study: study.clone(),
            changes: Vec::new(),
            texts: Vec::new(),
            kept,
            options,
            source,
            now: source.now(),
            coder: coder.id,
            sessions: BTreeMap::new(),
            brought: BTreeMap::new(),
            speeches: twins::Speeches::default(),
            named: Vec::new(),
            met: std::collections::BTreeSet::new(),
        };
        match study.coder_named(&coder.name) {
            Some(held) => planner.coder = held.id,
            // A study that refuses a coder holds one of that identity already.
            None => drop(planner.make(vec![Change::create(coder.clone())])),
        }
        planner
    }

    /// Notes what a list of sessions says before any transcript is taken in.
    fn expect_sessions(&mut self, file: &SourceFile) {
        if let SourceContent::Table(Table { rows: Ok(Rows::Sessions(list)), .. }) = &file.content {
            let rows = list.sessions.iter().map(|row| (fold_short_name(&row.name), row.clone()));
            self.sessions.extend(rows);
        }
    }

    fn take(&mut self, file: SourceFile) -> FileReport {
        let SourceFile { name, sha256, content } = file;
        match content {
            SourceContent::Transcript(Ok(draft)) => transcripts::take(self, &name, draft),
            SourceContent::Transcript(Err(why)) => {
                let refusal = Refusal::Unreadable(why);
                FileReport::of_file(&name, &sha256).refused(refusal.of_file(last_part(&name)))
            }
            SourceContent::Table(table) => self.take_table(&name, &sha256, table),
        }
    }

    fn take_table(&mut self, name: &str, sha256: &str, table: Table) -> FileReport {
        let mut report = FileReport {
            encoding: Some(table.encoding),
            layout: Some(table.kind.name().into()),
            ..FileReport::of_file(name, sha256)
        };
        let mark = self.changes.len();
        let book = (table.kind == TableKind::Codebook).then(|| Version::of(&self.study));
        if let Ok(rows) = &table.rows {
            self.named.extend(named_in(rows).map(|(line, named)| (name.to_owned(), line, named.to_owned())));
        }
        let mut decided = Vec::new();
        let taken = table.rows.map_err(Refusal::Table).and_then(|rows| match rows {
            Rows::Codebook(book) => codebook::take(self, &book),
            Rows::Participants(list) => participants::take(self, &list),
            Rows::Sessions(list) => sessions::take(self, &list),
            Rows::Codings(list) => codings::take(self, &list),
            Rows::Reviews(sheet) => review::take(self, &sheet, &mut decided),
        });
        match taken {
            Ok(doubts) => {
                report.doubts = doubts;
                report.status = self.status_since(mark);
                report.changes = book.map_or(decided, |book| describe_changes(self, &book));
                report
            }
            Err(refusal) => {
                self.take_back(mark);
                report.refused(refusal.of_file(last_part(name)))
            }
        }
    }

    /// Makes changes in the study as it will be.
    fn make(&mut self, changes: Vec<Change>) -> Result<(), Refusal> {
        self.study.apply(&changes)?;
        self.changes.extend(changes);
        Ok(())
    }

    /// Creates a record, or changes the one that is held into it; nothing if they are the same.
    fn set<R: Into<Record> + PartialEq>(&mut self, held: Option<R>, wanted: R) -> Result<(), Refusal> {
        match held {
            Some(held) if held == wanted => Ok(()),
            Some(held) => self.make(vec![Change::update(held, wanted)]),
            None => self.make(vec![Change::create(wanted)]),
        }
    }

    /// Takes back all changes from `mark` on.
    fn take_back(&mut self, mark: usize) {
        let undone = self.changes.split_off(mark);
        self.study.revert(&undone);
        self.seats = self.study.seats().iter().map(|seat| (seat_key(seat), seat.clone())).collect();
    }

    /// What a table did: bindings are not counted as changes of what was there, they follow from it.
    fn status_since(&self, mark: usize) -> Status {
        let own = self.changes.get(mark..).unwrap_or_default();
        let was_there = |record: &Record| {
            let made = |change: &Change| {
                change.before.is_none() && change.record().is_some_and(|other| other.same_thing(record))
            };
            let follows = matches!(record, Record::Binding(_) | Record::TurnVoice(_))
                || matches!(record, Record::Participant(participant) if participant.provisional);
            !follows && !self.changes.iter().any(made)
        };
        match own {
            [] => Status::Same,
            own if own.iter().filter_map(|change| change.before.as_ref()).any(was_there) => Status::Revised,
            _ => Status::New,
        }
    }

    /// The text of a revision, of this import or of the study.
    fn text(&self, revision: RevisionId) -> Option<Arc<str>> {
        let planned = self.texts.iter().find(|text| text.revision == revision);
        planned.map(|text| Arc::from(text.text.as_str())).or_else(|| self.kept.text(revision))
    }

    /// The participant of that name, made if there is none.
    fn participant(&mut self, name: &str, provisional: bool) -> Result<ParticipantId, Refusal> {
        if let Some(held) = self.study.participant_named(name) {
            return Ok(held.id);
        }
        let made = Participant { id: fresh(self.source), name: name.to_owned(), provisional };
        let id = made.id;
        self.make(vec![Change::create(made)])?;
        Ok(id)
    }

    /// The name of a participant, for sentences.
    fn name_of(&self, participant: ParticipantId) -> &str {
        self.study.participants().get(&participant).map_or("?", |held| held.name.as_str())
    }

    /// Fills in what is known once all files are taken in: kinds and voices of transcripts, and which of those that a list
    /// names are not there.
    fn complete(&self, report: &mut FileReport) {
        if report.status != Status::Refused {
            report.doubts.extend(self.absent(report));
        }
        let named = report.transcript.as_deref().and_then(|name| self.study.transcript_named(name));
        let Some(transcript) = named.filter(|_| report.status != Status::Refused) else { return };
        report.kind = Some(transcript.kind);
        report.words_of_participants = self.words_of_participants(transcript.id);
        for speaker in &mut report.speakers {
            let key = (transcript.id, fold_label(&speaker.label));
            let voice = self.study.bindings().get(&key).map_or(Voice::Unknown, |binding| binding.voice);
            speaker.role = Some(voice.role().into());
            speaker.participant = voice.participant().map(|id| self.name_of(id).to_owned());
        }
    }

    fn words_of_participants(&self, transcript: TranscriptId) -> Option<usize> {
        let (turns, voices) = (self.study.turns(transcript)?, self.study.voices_in(transcript)?);
        let theirs = turns.turns.iter().filter(|turn| voices.of(turn).participant().is_some());
        Some(theirs.map(|turn| turn.words as usize).sum())
    }

    /// A doubt for each transcript that a list names and that is not there; one for all if they are many, as they are in a
    /// list that comes before the transcripts.
    fn absent(&self, report: &FileReport) -> Vec<Doubt> {
        const EACH: usize = 5;
        let rows = || self.named.iter().filter(|(of, _, _)| *of == report.file);
        // A list of participants is kept, one of sessions is not.
        let then = match report.layout.as_deref() == Some(TableKind::Sessions.name()) {
            true => "import this list again when that is there",
            false => "labels are bound when that comes",
        };
        let mut seen = std::collections::BTreeSet::new();
        let absent: Vec<(usize, &str)> = rows()
            .filter(|(_, _, name)| {
                self.study.transcript_named(name).is_none() && seen.insert(fold_short_name(name))
            })
            .map(|(_, line, name)| (*line, name.as_str()))
            .collect();
        if absent.len() > EACH {
            let names: Vec<&str> = absent.iter().map(|(_, name)| *name).collect();
            let (count, names) = (absent.len(), enumerate(&names));
            return vec![doubt(format!("{count} transcripts that it names are not there ({names}); {then}"))];
        }
        // A transcript that has a row of its own was not meant by another.
        let listed: std::collections::BTreeSet<String> =
            rows().map(|(_, _, name)| fold_short_name(name)).collect();
        let free = || {
            let names = self.study.transcripts().iter().map(|held| held.name.as_str());
            names.filter(|name| !listed.contains(&fold_short_name(name)))
        };
        let say = |(line, name): (usize, &str)| {
            let hint = super::nearest::hint(name, free());
            let what = format!("there is no transcript “{name}”{hint}; if it is still to come, {then}");
            Doubt { line: Some(line), what }
        };
        absent.into_iter().map(say).collect()
    }

    fn finish(mut self, reports: Vec<FileReport>) -> ImportPlan {
        if let [only] = self.changes.as_slice()
            && matches!(only.after, Some(Record::Coder(_)))
        {
            self.changes.clear();
        }
        ImportPlan {
            label: label(&reports, &self.rebound()),
            notes: self.unmet_options(),
            changes: self.changes,
            texts: self.texts,
            reports,
        }
    }

    /// Labels that were bound before and are bound to somebody else now: `Dan in I17 to interviewer`.
    fn rebound(&self) -> Vec<String> {
        let rebound = self.changes.iter().filter_map(|change| match (&change.before, &change.after) {
            (Some(Record::Binding(before)), Some(Record::Binding(after))) if before.voice != after.voice => {
                Some(after)
            }
            _ => None,
        });
        let was_there = |binding: &&crate::study::Binding| {
            let made = |change: &Change| {
                matches!(&change.after, Some(Record::Binding(made)) if change.before.is_none()
                    && (made.transcript, &made.speaker) == (binding.transcript, &binding.speaker))
            };
            !self.changes.iter().any(made)
        };
        let say = |binding: &crate::study::Binding| {
            let key = (binding.transcript, binding.speaker.clone());
            let label = self.study.speakers().get(&key).map_or("?", |speaker| speaker.label.as_str());
            let transcript =
                self.study.transcripts().get(&binding.transcript).map_or("?", |held| held.name.as_str());
            let who = binding.voice.participant().map_or(binding.voice.role(), |id| self.name_of(id));
            format!("{label} in {transcript} to {who}")
        };
        rebound.filter(was_there).map(say).collect()
    }

    /// Labels that options name and no file has.
    fn unmet_options(&self) -> Vec<String> {
        let labels = self.options.rename.iter().chain(&self.options.bind).map(|(label, _)| label);
        let unmet = labels.filter(|label| !self.met.contains(&fold_label(label)));
        let mut notes: Vec<String> = unmet
            .map(|label| format!("no transcript of this import has a speaker “{label}”; check its spelling"))
            .collect();
        notes.dedup();
        notes
    }
}

fn seat_key(seat: &Seat) -> (String, String) {
    (fold_short_name(&seat.transcript), fold_label(&seat.label))
}

/// The transcripts that a list names, with their lines.
fn named_in(rows: &Rows) -> Box<dyn Iterator<Item = (usize, &str)> + '_> {
    match rows {
        Rows::Participants(list) => Box::new(
            list.people.iter().flat_map(|row| row.seats.iter().map(|(name, _)| (row.line, name.as_str()))),
        ),
        Rows::Sessions(list) => Box::new(list.sessions.iter().map(|row| (row.line, row.name.as_str()))),
        Rows::Codebook(_) | Rows::Codings(_) | Rows::Reviews(_) => Box::new(std::iter::empty()),
    }
}

/// What the history calls the import: what changed, by name if it is little. `rebound` are labels that were given to
/// somebody else.
fn label(reports: &[FileReport], rebound: &[String]) -> String {
    let changed = |report: &&FileReport| matches!(report.status, Status::New | Status::Revised);
    let changed: Vec<&FileReport> = reports.iter().filter(changed).collect();
    let transcripts = changed.iter().filter(|report| report.transcript.is_some());
    let mut parts: Vec<String> = match transcripts.clone().count() {
        0 => Vec::new(),
        1..=3 => transcripts.filter_map(|report| report.transcript.clone()).collect(),
        many => vec![format!("{many} transcripts")],
    };
    let tables = changed.iter().filter(|report| report.transcript.is_none());
    parts.extend(tables.map(|report| last_part(&report.file).to_owned()));
    let bound = match rebound {
        [] => None,
        [_] | [_, _] | [_, _, _] => Some(format!("bound {}", rebound.join(", "))),
        many => Some(format!("bound {} labels", many.len())),
    };
    let import = (!parts.is_empty()).then(|| format!("import of {}", parts.join(", ")));
    match (import, bound) {
        (Some(import), Some(bound)) => format!("{import}; {bound}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "import of nothing new".into(),
    }
}

/// A doubt about a whole file.
fn doubt(what: String) -> Doubt {
    Doubt { line: None, what }
}

/// Names for a sentence: all of them if there are few, else the first and how many more.
fn enumerate(names: &[&str]) -> String {
    const SHOWN: usize = 8;
    let shown = names.get(..SHOWN.min(names.len())).unwrap_or_default().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Whether two names of people or codes are one.
fn same_name(a: &str, b: &str) -> bool {
    fold_name(a) == fold_name(b)
}

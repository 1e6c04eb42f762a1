//! The transaction of an erasure: the same for the database, for its snapshots, and for finding out what would be touched.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::Connection;

use super::super::{Signature, commit, newest, rows, texts};
use super::history::erase_history;
use super::labels::{erase_keys, erase_labels};
use super::records::{Rewritten, resting};
use super::stays::what_stays;
use super::told::{Told, editions_of};
use super::undone::drop_undone_texts;
use super::{Asked, Stopped, Touched};
use crate::study::{
    Action, ActionId, Change, Consent, Cut, Edition, Erasure, MemoOn, ParticipantId, Quote, QuoteId, Record,
    Revision, RevisionId, Settings, Study, Sweep, TranscriptId, Voice, is_tombstone,
};
use crate::text::Span;

/// An erasure with all that its action needs.
pub(super) struct Order<'o> {
    pub(super) asked: &'o Asked,
    pub(super) id: ActionId,
    pub(super) at: Timestamp,
    pub(super) signature: &'o Signature,
    pub(super) settings: &'o Settings,
}

/// What an erasure knows of the study while it goes through it.
pub(super) struct Work<'w> {
    pub(super) study: &'w Study,
    pub(super) what: &'w Erasure,
    pub(super) cuts: BTreeMap<RevisionId, Cut>,
    /// The texts of those revisions before.
    former: BTreeMap<RevisionId, String>,
    pub(super) sweep: Sweep,
    /// Quotes of which nothing is left, those that were deleted before among them.
    pub(super) gone: BTreeSet<QuoteId>,
    /// The transcripts that may lose words.
    transcripts: BTreeSet<TranscriptId>,
    /// Who the person is here who withdraws: see [`Told::people`].
    pub(super) people: BTreeSet<ParticipantId>,
    /// Transcripts in which nobody but the person speaks.
    pub(super) sole: BTreeSet<TranscriptId>,
}

impl Work<'_> {
    /// A quote after its revision was cut. `None` if it stays as it is.
    pub(super) fn cut_quote(&self, quote: &Quote) -> Option<Quote> {
        let cut = self.cuts.get(&quote.revision)?;
        let span = cut.map(quote.span);
        let text = span.slice(&cut.text).unwrap_or_default().to_owned();
        (span != quote.span || text != quote.text).then(|| Quote { span, text, ..quote.clone() })
    }

    /// Whether a quote shares words with what goes.
    pub(super) fn loses_words(&self, quote: &Quote) -> bool {
        self.cuts.get(&quote.revision).is_some_and(|cut| cut.touches(quote.span))
    }

    /// Where a quote of the history stands in a text that is cut now. An earlier erasure may have cut that text since the change
    /// was written, which holds the place of then: so the words count, wherever they stand.
    pub(super) fn places_of(&self, told: &Quote) -> Vec<Quote> {
        let Some(text) = self.former.get(&told.revision).filter(|_| !told.text.is_empty()) else {
            return Vec::new();
        };
        let held = self.study.quotes().get(&told.id).filter(|held| held.revision == told.revision);
        if told.span.slice(text) == Some(&told.text) {
            return vec![told.clone()];
        }
        if let Some(held) = held.filter(|held| held.text == told.text) {
            return vec![held.clone()];
        }
        let at = |(at, words): (usize, &str)| Quote { span: Span::new(at, at + words.len()), ..told.clone() };
        text.match_indices(&told.text).map(at).collect()
    }
}

/// Rewrites everything that an open transaction holds; a snapshot is told what goes from it. Gives the place of its action in the history and what was touched;
/// `None` if nothing is.
pub(super) fn rewrite(
    connection: &Connection,
    order: &Order<'_>,
    told: &Told,
) -> Result<Option<(i64, Touched)>, Stopped> {
    let study = newest::read_whole(connection, order.settings)?;
    let what = &order.asked.what;
    let mut touched = Touched::default();
    let people = told.people(&study, what);
    let transcripts = what.transcripts(&study).into_iter().chain(told.transcripts.iter().copied()).collect();
    let sole = &sole_voices(&study, &transcripts, &people) | &told.sole;
    let mut work = Work {
        study: &study,
        what,
        cuts: BTreeMap::new(),
        former: BTreeMap::new(),
        sweep: what.sweep(),
        gone: BTreeSet::new(),
        transcripts,
        people,
        sole,
    };
    if let Erasure::Passage(passed) = what {
        passed.words().for_each(|words| work.sweep.add_passage(words));
    }
    touched.undone = drop_undone_texts(connection, &study, &work.transcripts)?;
    let mut changes = cut_texts(connection, &mut work, told, &mut touched)?;
    for quote in study.quotes().iter() {
        note_quote(&mut work, quote);
    }
    let nulled = erase_history(connection, &mut work, &mut touched)?;
    let mut rewritten = Rewritten::of(&mut work, &mut touched)?;
    rewritten.keep_known(&study, &nulled);
    changes.extend(withdraw(&study, order));
    rewritten.write(connection)?;
    for change in &changes {
        match (&change.before, &change.after) {
            (Some(_), Some(after)) => rows::update(connection, after)?,
            (None, Some(after)) => rows::insert(connection, after)?,
            _ => {}
        }
    }
    changes.extend(rewritten.changes);
    if let Some(name) = what.name() {
        erase_keys(connection, name)?;
        touched.actions = erase_labels(connection, name)?;
    }
    clean_drafts(connection, &mut work, &mut touched)?;
    touched.stays = what_stays(connection, &mut work, &rewritten.may_cite)?;
    if matches!(what, Erasure::Participant(_)) {
        touched.elsewhere = turns_that_repeat(connection, &mut work)?;
    }
    if changes.is_empty()
        && touched.actions.is_empty()
        && touched.changes == 0
        && touched.drafts + touched.cut_drafts == 0
        && touched.undone == 0
    {
        return Ok(None);
    }
    if study.coders().get(&order.asked.coder.id).is_none() {
        let coder = Record::Coder(order.asked.coder.clone());
        rows::insert(connection, &coder)?;
        changes.insert(0, Change { before: None, after: Some(coder) });
    }
    let action = Action {
        id: order.id,
        at: order.at,
        coder: order.asked.coder.id,
        command: order.asked.command.into(),
        label: order.asked.label.clone(),
        reason: order.asked.reason.clone(),
        undoes: None,
        changes,
    };
    let seq = commit::write_history(connection, &action, order.signature)?;
    describe(&study, what, &mut touched);
    Ok(Some((seq, touched)))
}

/// Cuts the texts of all revisions and moves their turns. Gives the changes of the revisions' digests.
fn cut_texts(
    connection: &Connection,
    work: &mut Work<'_>,
    told: &Told,
    touched: &mut Touched,
) -> Result<Vec<Change>, Stopped> {
    let mut changes = Vec::new();
    for transcript in work.transcripts.clone() {
        let editions = editions_of(connection, work.study, transcript)?;
        let gone = gone_from(work, told, transcript, &editions)?;
        for (edition, stretches) in editions.iter().zip(gone) {
            changes.extend(cut_text(connection, work, touched, edition, &stretches)?);
        }
    }
    Ok(changes)
}

/// What goes from each edition: what it was told, else what it finds itself.
fn gone_from(
    work: &Work<'_>,
    told: &Told,
    transcript: TranscriptId,
    editions: &[Edition],
) -> Result<Vec<Vec<Span>>, Stopped> {
    let known = told.stretches(work.study, editions);
    if known.iter().all(Option::is_some) {
        return Ok(known.into_iter().flatten().collect());
    }
    let found = work
        .what
        .stretches(work.study, transcript, editions)
        .map_err(|unplaced| Stopped::unplaced(work.study, unplaced))?;
    Ok(known.into_iter().zip(found).map(|(known, found)| known.unwrap_or(found)).collect())
}

fn cut_text(
    connection: &Connection,
    work: &mut Work<'_>,
    touched: &mut Touched,
    edition: &Edition,
    stretches: &[Span],
) -> rusqlite::Result<Option<Change>> {
    let id = edition.turns.revision;
    let clean = |key: &String| work.what.name().and_then(|name| name.clean_key(key));
    // A label that stands beside the text, as that of a table does.
    let is_labelled = edition.turns.speakers.iter().any(|key| clean(key).is_some());
    let Some(revision) = work.study.revisions().get(&id).filter(|_| is_labelled || !stretches.is_empty())
    else {
        return Ok(None);
    };
    let cut = Cut::new(&edition.text, stretches, work.what.tombstone());
    let mut turns = cut.turns(&edition.turns);
    for key in &mut turns.speakers {
        *key = clean(key).unwrap_or_else(|| key.clone());
    }
    texts::replace(connection, &cut.text, &turns)?;
    for stretch in stretches {
        work.what.teach(&mut work.sweep, stretch.slice(&edition.text).unwrap_or_default());
    }
    touched.revisions += 1;
    if let Some(transcript) = work.study.transcripts().get(&revision.transcript)
        && transcript.revision == id
    {
        touched.labels += edition.turns.turns.iter().filter(|turn| cut.touches(turn.label)).count();
        let preamble = Span::new(0, edition.turns.preamble_end());
        touched.preambles += usize::from(cut.touches(preamble));
        touched.turns += edition.turns.turns.iter().filter(|turn| cut.touches(turn.speech)).count();
        touched.transcripts.push(transcript.name.clone());
        touched.sources.push(transcript.source.clone());
        if let Erasure::Passage(passed) = work.what {
            let turns = passed.stands_elsewhere(edition, stretches);
            touched.elsewhere.extend(turns.iter().map(|turn| format!("{}:{turn}", transcript.name)));
        }
    }
    let digest = crate::document::sha256(cut.text.as_bytes());
    work.cuts.insert(id, cut);
    work.former.insert(id, edition.text.clone());
    Ok(Some(Change::update(revision.clone(), Revision { digest, ..revision.clone() })))
}

/// Takes in a quote that loses words: nothing of it may be cited any more, and what rests on it goes with it if nothing is
/// left.
pub(super) fn note_quote(work: &mut Work<'_>, quote: &Quote) {
    if work.loses_words(quote) && work.cut_quote(quote).is_some_and(|cut| is_tombstone(&cut.text)) {
        work.gone.insert(quote.id);
        work.sweep.add_quote(&quote.text);
    }
}

/// The change of the consent record.
fn withdraw(study: &Study, order: &Order<'_>) -> Option<Change> {
    let (Erasure::Participant(person), Some(withdrawal)) = (&order.asked.what, &order.asked.withdrawal)
    else {
        return None;
    };
    let held = study.consents().get(person).cloned();
    if held.as_ref().is_some_and(|held| held.withdrawn.is_some()) || !study.participants().has(person) {
        return None;
    }
    let withdrawn = Some(withdrawal.clone());
    Some(match held {
        Some(held) => Change::update(held.clone(), Consent { withdrawn, ..held }),
        None => Change::create(Consent {
            participant: *person,
            analyse: true,
            quote: true,
            archive: true,
            withdrawn,
        }),
    })
}

/// Turns that say the words too, in whatever transcript: of others, whose words they are then, or of a second copy of a
/// transcript, where somebody else was taken for the speaker. They stay.
fn turns_that_repeat(connection: &Connection, work: &mut Work<'_>) -> rusqlite::Result<Vec<String>> {
    let mut found = Vec::new();
    for held in work.study.transcripts_by_name() {
        let Some(revision) = work.study.revisions().get(&held.revision) else { continue };
        let Some(edition) = texts::read_edition(connection, revision)? else { continue };
        for turn in &edition.turns.turns {
            if turn.speech.slice(&edition.text).is_some_and(|said| work.sweep.cites(said)) {
                found.push(format!("{}:{}", held.name, turn.number));
            }
        }
    }
    Ok(found)
}

/// Whether a draft is about words that go: it corrects a turn that loses some, or is written on a passage of one.
fn is_about_what_goes(work: &Work<'_>, key: &str) -> bool {
    let key = key.rsplit_once(" of ").map_or(key, |(_, key)| key);
    let mut parts = key.split(':');
    let kind = parts.next();
    let (Some(transcript), Some(place)) = (parts.next(), parts.next()) else { return false };
    let transcript = work.study.transcripts().iter().find(|held| held.id.to_string() == transcript);
    let Some(transcript) = transcript else { return false };
    let loses =
        |revision: RevisionId, span: Span| work.cuts.get(&revision).is_some_and(|cut| cut.touches(span));
    match kind {
        Some("turn") => {
            let number = place.parse().ok();
            let mut turns = work.study.turns(transcript.id).into_iter().flat_map(|turns| &turns.turns);
            // A turn that is not there any more: nobody can say whose it was.
            let turn = turns.find(|turn| Some(turn.number) == number);
            turn.is_none_or(|turn| loses(transcript.revision, turn.speech))
        }
        Some("memo") => {
            let ends =
                place.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
            ends.is_some_and(|(start, end)| {
                let span = Span { start, end };
                let mut revisions = work.study.revisions().iter();
                revisions.any(|held| held.transcript == transcript.id && loses(held.id, span))
            })
        }
        _ => false,
    }
}

/// Takes drafts away that are about what goes, and the words out of those that only cite them.
fn clean_drafts(connection: &Connection, work: &mut Work<'_>, touched: &mut Touched) -> rusqlite::Result<()> {
    let mut ids: Vec<String> = work.gone.iter().map(ToString::to_string).collect();
    if !work.people.is_empty() {
        ids.extend(work.people.iter().map(ToString::to_string));
        let resting = work.study.memos().iter().filter(|memo| resting(work, &Record::Memo((*memo).clone())));
        ids.extend(resting.map(|memo| memo.id.to_string()));
    }
    // Drafts of cells whose summary rests on what goes, and of what is written on a transcript of nobody else.
    let cells = work.study.summaries().iter().filter(|held| resting(work, &Record::Summary((*held).clone())));
    ids.extend(
        cells.filter_map(|held| serde_json::to_string(&MemoOn::Cell(held.case, held.topic.clone())).ok()),
    );
    let cells = work.study.summaries().iter().filter(|held| resting(work, &Record::Summary((*held).clone())));
    ids.extend(cells.filter_map(|held| serde_json::to_string(&(held.case, &held.topic)).ok()));
    ids.extend(work.sole.iter().map(|id| format!("\"{id}\"")));
    let mut statement = connection.prepare("SELECT coder, key, text FROM drafts")?;
    let drafts: Vec<(String, String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (coder, key, text) in drafts {
        let goes = ids.iter().any(|id| key.contains(id.as_str()))
            || is_about_what_goes(work, &key)
            || work.sweep.cites(&key);
        // Forms and splits keep their texts in JSON; a step that was refused holds records, which cannot lose words by halves.
        let cleaned = match key.split(':').next() {
            Some("refused") => None,
            Some("code" | "theme" | "split") => work.sweep.clean_json(&text),
            _ => work.sweep.clean(&text),
        };
        if let Some(cleaned) = cleaned.filter(|cleaned| !goes && !work.sweep.cites(cleaned)) {
            let sql = "UPDATE drafts SET text = ?3 WHERE coder = ?1 AND key = ?2";
            connection.execute(sql, (coder, key, cleaned))?;
            touched.cut_drafts += 1;
        } else if goes || work.sweep.cites(&text) {
            connection.execute("DELETE FROM drafts WHERE coder = ?1 AND key = ?2", (coder, key))?;
            touched.drafts += 1;
        }
    }
    Ok(())
}

/// Those of some transcripts in which nobody but the person who withdraws is a participant: what is written on them rests on that
/// person.
pub(super) fn sole_voices(
    study: &Study,
    transcripts: &BTreeSet<TranscriptId>,
    people: &BTreeSet<ParticipantId>,
) -> BTreeSet<TranscriptId> {
    if people.is_empty() {
        return BTreeSet::new();
    }
    transcripts.iter().copied().filter(|transcript| study.people_in(*transcript).is_subset(people)).collect()
}

/// What the one who erases should know besides.
fn describe(study: &Study, what: &Erasure, touched: &mut Touched) {
    let transcripts = what.transcripts(study);
    let held = |export: &&crate::study::Export| match what {
        Erasure::Participant(person) => export.participants.contains(person),
        Erasure::Passage(passed) => {
            export.transcripts.contains(&passed.transcript) && !export.participants.is_empty()
        }
        Erasure::Name(_) => export.transcripts.iter().any(|id| {
            let name = study.transcripts().get(id).map(|held| &held.name);
            name.is_some_and(|name| touched.transcripts.contains(name))
        }),
    };
    let exports = study.exports().iter().filter(held).cloned().collect();
    touched.exports = exports;
    if matches!(what, Erasure::Participant(_)) {
        for transcript in transcripts {
            let (Some(turns), Some(voices)) = (study.turns(transcript), study.voices_in(transcript)) else {
                continue;
            };
            let unclear = |turn: &&crate::study::Turn| {
                turn.words > 0 && matches!(voices.of(turn), Voice::Several | Voice::Unknown)
            };
            touched.unclear += turns.turns.iter().filter(unclear).count();
        }
    }
    touched.transcripts.sort_by_key(|name| crate::text::fold_name(name));
    touched.sources.sort();
    touched.sources.dedup();
}

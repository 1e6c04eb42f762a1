//! A transcript into the study: new, here already, the next revision, or refused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::draft::DraftTranscript;
use super::super::report::FileReport;
use super::refusal::Refusal;
use super::{Planner, doubt, enumerate, speakers, twins};
use crate::document::sha256;
use crate::import::options::last_part;
use crate::import::{Doubt, DraftSpeaker, FileOptions, Status};
use crate::study::{
    BothChanged, Change, CoderId, Correction, CorrectionError, Incoming, Merged, NewText, Revision,
    RevisionId, Transcript, Turn, TurnNumber, Turns, as_it_came, brought_back, fold_short_name, fresh, merge,
    tombstones,
};
use crate::text::{Span, count_words, fold_label};

/// Takes in a transcript.
pub(super) fn take(planner: &mut Planner<'_>, file: &str, mut draft: DraftTranscript) -> FileReport {
    if let Some(name) = planner.options.name_of(file) {
        name.clone_into(&mut draft.name);
    }
    draft.name = draft.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = planner.options.for_file(file, &draft.name);
    draft.kind = wanted.kind.unwrap_or(draft.kind);
    rename(planner, &wanted, &mut draft);
    let mut report = FileReport::of_draft(file, &draft);
    let mark = (planner.changes.len(), planner.texts.len());
    let (folded, digest) = (fold_short_name(&draft.name), sha256(draft.text.as_bytes()));
    match decide(planner, file, draft, &digest, &wanted) {
        Ok((status, name, doubts)) => {
            // Only what is taken in is there for the files after it.
            planner.brought.insert(folded, last_part(file).to_owned());
            planner.digests.entry(digest).or_insert_with(|| name.clone());
            report.transcript = Some(name);
            report.status = status;
            report.doubts.extend(doubts);
            report
        }
        Err(refusal) => {
            planner.take_back(mark.0);
            planner.texts.truncate(mark.1);
            report.refused(refusal.of_file(last_part(file)))
        }
    }
}

type Taken = (Status, String, Vec<Doubt>);

fn decide(
    planner: &mut Planner<'_>,
    file: &str,
    draft: DraftTranscript,
    digest: &str,
    wanted: &FileOptions,
) -> Result<Taken, Refusal> {
    let folded = fold_short_name(&draft.name);
    if folded.is_empty() {
        return Err(Refusal::Nameless);
    }
    if u32::try_from(draft.text.len()).is_err() || u16::try_from(draft.speakers.len()).is_err() {
        return Err(Refusal::TooLarge);
    }
    if let Some(first) = planner.brought.get(&folded) {
        return Err(Refusal::Twice { name: draft.name, first: first.clone() });
    }
    match planner.study.transcript_named(&draft.name).cloned() {
        None => match known_otherwise(planner, file, &draft, digest) {
            Some(held) => {
                let (status, name, mut doubts) = same(planner, &held, &draft, wanted)?;
                doubts.push(doubt(format!("it is known as {name}; give it another name to have it twice")));
                Ok((status, name, doubts))
            }
            None => create(planner, file, draft, digest, wanted),
        },
        Some(held) if is_same(planner, &held, &draft, digest, wanted.revise) => {
            same(planner, &held, &draft, wanted)
        }
        Some(held) if wanted.revise => revise(planner, file, &held, draft, wanted),
        Some(held) => {
            let mut revisions = planner.study.revisions().iter();
            Err(match revisions.find(|former| former.transcript == held.id && former.digest == digest) {
                Some(former) => Refusal::FormerText { name: held.name, number: former.number },
                None => Refusal::OtherText(held.name),
            })
        }
    }
}

/// The transcript that came before this import from a file of this name with the same text or bytes, and was given another
/// name then. None if a name is asked for now.
fn known_otherwise(
    planner: &Planner<'_>,
    file: &str,
    draft: &DraftTranscript,
    digest: &str,
) -> Option<Transcript> {
    if planner.options.name_of(file).is_some() {
        return None;
    }
    let is_it = |held: &&Transcript| {
        let has_text = || planner.study.revisions().get(&held.revision).is_some_and(|it| it.digest == digest);
        held.source == last_part(file)
            && (held.sha256 == draft.sha256 || has_text())
            && !planner.brought.contains_key(&fold_short_name(&held.name))
    };
    planner.study.transcripts().iter().find(is_it).cloned()
}

/// The same bytes or the same text is the same transcript. Only `revise` looks further: the text may be laid out into
/// other turns than before.
fn is_same(
    planner: &Planner<'_>,
    held: &Transcript,
    draft: &DraftTranscript,
    digest: &str,
    revise: bool,
) -> bool {
    let same_text =
        planner.study.revisions().get(&held.revision).is_some_and(|former| former.digest == digest);
    if !revise {
        return same_text || held.sha256 == draft.sha256;
    }
    same_text
        && planner.study.turns(held.id).is_none_or(|turns| {
            let place = |turn: &Turn| (turn.label, turn.speech, turns.speaker_of(turn).to_owned());
            let key =
                |speaker: usize| draft.speakers.get(speaker).map_or(String::new(), |held| held.key.clone());
            turns
                .turns
                .iter()
                .map(place)
                .eq(draft.turns.iter().map(|turn| (turn.label, turn.speech, key(turn.speaker))))
        })
}

fn create(
    planner: &mut Planner<'_>,
    file: &str,
    draft: DraftTranscript,
    digest: &str,
    wanted: &FileOptions,
) -> Result<Taken, Refusal> {
    let session = planner.sessions.get(&fold_short_name(&draft.name)).cloned();
    let (id, revision) = (fresh(planner.source), fresh(planner.source));
    let language = header_value(&draft, &["language", "iaith"]).map(String::from);
    let transcript = Transcript {
        id,
        name: draft.name.clone(),
        kind: session.as_ref().and_then(|session| session.kind).unwrap_or(draft.kind),
        revision,
        source: last_part(file).to_owned(),
        sha256: draft.sha256.clone(),
        language: session.as_ref().and_then(|session| session.language.clone()).or(language),
    };
    if let Some(held) = erased_from(planner, &draft) {
        return Err(Refusal::Erased(held.name.clone()));
    }
    let turns = turns_of(&draft, revision, &first_numbers(draft.turns.len()));
    let mut doubts = Vec::new();
    let twin = match planner.digests.get(digest) {
        Some(twin) => Some((twin.clone(), "has the same text as")),
        None => twins::find(planner, id, &draft.text, &turns).map(|twin| (twin, "says the same as")),
    };
    if let Some((twin, how)) = twin {
        doubts.push(doubt(format!("it {how} {twin}; leave one of them out if it is one interview")));
    }
    let askers = askers(planner, &draft);
    let first = Revision {
        id: revision,
        transcript: id,
        number: 1,
        at: planner.now,
        digest: digest.to_owned(),
        encoding: draft.encoding.clone(),
        layout: draft.layout.clone(),
    };
    let labels = draft.speakers.clone();
    add_text(planner, draft.text, turns);
    planner.make(vec![Change::create(transcript.clone()), Change::create(first)])?;
    doubts.extend(speakers::bind(planner, &transcript, &labels, &askers, wanted)?);
    Ok((Status::New, transcript.name, doubts))
}

/// The transcript that came from the same bytes, if words of it were erased since.
fn erased_from<'p>(planner: &'p Planner<'_>, draft: &DraftTranscript) -> Option<&'p Transcript> {
    let mut of_these_bytes = planner
        .study
        .transcripts()
        .iter()
        .filter(|held| held.sha256 == draft.sha256 && !held.sha256.is_empty());
    of_these_bytes
        .find(|held| planner.text(held.revision).is_some_and(|text| tombstones(&text).next().is_some()))
}

fn same(
    planner: &mut Planner<'_>,
    held: &Transcript,
    draft: &DraftTranscript,
    wanted: &FileOptions,
) -> Result<Taken, Refusal> {
    let known: Vec<DraftSpeaker> = draft
        .speakers
        .iter()
        .filter(|speaker| planner.study.speakers().has(&(held.id, speaker.key.clone())))
        .cloned()
        .collect();
    let mark = planner.changes.len();
    let askers = askers(planner, draft);
    let mut doubts = speakers::bind(planner, held, &known, &askers, wanted)?;
    if planner.changes.len() > mark {
        doubts.push(doubt("its text was here already; labels were bound as this import says".into()));
    }
    if known.len() < draft.speakers.len() {
        doubts.push(doubt(
            "its labels cannot be renamed or merged any more; bind them to one participant, or import it with --revise"
                .into(),
        ));
    }
    Ok((Status::Same, held.name.clone(), doubts))
}

fn revise(
    planner: &mut Planner<'_>,
    file: &str,
    held: &Transcript,
    draft: DraftTranscript,
    said: &FileOptions,
) -> Result<Taken, Refusal> {
    let old_text = planner.text(held.revision).ok_or_else(|| Refusal::NoText(held.name.clone()))?;
    let transcript =
        Transcript { source: last_part(file).to_owned(), sha256: draft.sha256.clone(), ..held.clone() };
    let askers = askers(planner, &draft);
    let as_it_came = draft.clone();
    let mut speakers = draft.speakers.clone();
    let mut incoming = incoming(draft, transcript);
    let mut both_changed = BTreeSet::new();
    if let Some(merged) = merge_with(planner, held, &old_text, &incoming, said.both_changed) {
        let place = |found: &BTreeSet<_>| places(found).map(|places| (held.name.clone(), places));
        match (said.both_changed, place(&merged.both_changed), place(&merged.only_from_file)) {
            (BothChanged::Refuse, Some((name, places)), _) => {
                return Err(Refusal::BothChanged { name, places });
            }
            (BothChanged::KeepStudy, _, Some((name, places))) => {
                return Err(Refusal::OtherTurns { name, places });
            }
            _ => {}
        }
        if says_the_same(planner, held, &old_text, &merged.incoming) {
            return same(planner, held, &as_it_came, said);
        }
        rename_speakers(planner, held, &merged, &mut speakers);
        (incoming, both_changed) = (merged.incoming, merged.both_changed);
    }
    let mut brought_back = brought_back_in(planner, held, &old_text, &incoming.text);
    if said.both_changed != BothChanged::TakeFile
        && let Some(places) = places(&brought_back)
    {
        return Err(Refusal::BroughtBack { name: held.name.clone(), places });
    }
    let kept = both_changed.clone();
    if said.both_changed == BothChanged::TakeFile {
        brought_back.extend(both_changed);
    }
    let before = hidden_before(planner, held);
    let correction =
        planner.study.revise(held.id, &old_text, incoming, &before, planner.source).map_err(|error| {
            match error {
                CorrectionError::Erased => Refusal::Erased(held.name.clone()),
                CorrectionError::Gone => Refusal::NoText(held.name.clone()),
                why => Refusal::NoNext { name: held.name.clone(), why },
            }
        })?;
    let mut doubts = Vec::new();
    if correction.renumbered {
        doubts.push(doubt("its turns are numbered anew: too many came between the former ones".into()));
    }
    if !correction.unvoiced.is_empty() {
        doubts.push(unvoiced(&correction.unvoiced));
    }
    let left = left_behind(planner, &correction);
    planner.study.add_turns(Arc::new(correction.text.turns.clone()));
    planner.texts.push(correction.text);
    planner.make(correction.changes)?;
    let wanted = planner.study.transcripts().get(&held.id).cloned().unwrap_or_else(|| held.clone());
    let bound = speakers::bind(planner, &wanted, &speakers, &askers, said)?;
    doubts.splice(usize::from(correction.renumbered)..usize::from(correction.renumbered), bound);
    doubts.extend(left);
    doubts.extend(places(&brought_back).map(|places| {
        doubt(format!("it takes back what was put right in the study since ({places}); put it right again"))
    }));
    if said.both_changed == BothChanged::KeepStudy {
        doubts.extend(places(&kept).map(|places| {
            doubt(format!("the file puts otherwise what was put right in the study since ({places}); the study’s words stand"))
        }));
    }
    Ok((Status::Revised, wanted.name, doubts))
}

/// A file with all that was put right here since the last one came in. None if nothing was, or it cannot be known.
fn merge_with(
    planner: &Planner<'_>,
    held: &Transcript,
    current: &str,
    incoming: &Incoming,
    both: BothChanged,
) -> Option<Merged> {
    let revisions = planner.study.revisions_of(held.id);
    let until = revisions.iter().position(|revision| revision.id == held.revision)?;
    if planner.kept.is_from_file(held.revision) {
        return None;
    }
    let (base, base_turns) = newest_file(planner, revisions.get(..until)?)?;
    let turns = planner.study.turns(held.id)?;
    Some(merge((&base, &base_turns), (current, turns), incoming.clone(), both))
}

/// What the newest file said of which one of these revisions is. If that was put together with what had been put right
/// before, this is taken out of it again.
fn newest_file(planner: &Planner<'_>, revisions: &[&Revision]) -> Option<(Arc<str>, Turns)> {
    let at = revisions.iter().rposition(|revision| planner.kept.is_from_file(revision.id))?;
    let (before, revision) = (revisions.get(..at)?, revisions.get(at)?.id);
    let (text, turns) = (planner.text(revision)?, planner.kept.turns(revision)?);
    match before.last() {
        Some(last) if !planner.kept.is_from_file(last.id) => {
            let (file, file_turns) = newest_file(planner, before)?;
            let (corrected, of_corrected) = (planner.text(last.id)?, planner.kept.turns(last.id)?);
            let (text, turns) =
                as_it_came((&file, &file_turns), (&corrected, &of_corrected), (&text, &turns));
            Some((text.into(), turns))
        }
        _ => Some((text, turns)),
    }
}

/// Turns that are hidden and stand in former texts alone, with what they said when they were last there.
fn hidden_before(planner: &Planner<'_>, held: &Transcript) -> Vec<(TurnNumber, String)> {
    let gone = planner.study.hidden_turns_gone(held.id);
    let mut found = Vec::new();
    for revision in planner.study.revisions_of(held.id).iter().rev().filter(|_| !gone.is_empty()) {
        let Some((text, turns)) = planner.text(revision.id).zip(planner.kept.turns(revision.id)) else {
            continue;
        };
        for number in
            gone.iter().filter(|number| !found.iter().any(|(known, _)| known == *number)).collect::<Vec<_>>()
        {
            let there = turns.turns.iter().filter(|turn| number.covers(turn.number));
            let said: Vec<&str> = there.filter_map(|turn| turn.speech.slice(&text)).collect();
            if !said.is_empty() {
                found.push((*number, said.join(" ")));
            }
        }
    }
    found
}

/// Whether a text has nothing that the current one has not.
fn says_the_same(planner: &Planner<'_>, held: &Transcript, current: &str, incoming: &Incoming) -> bool {
    let Some(turns) = planner.study.turns(held.id) else { return false };
    let place = |turn: &Turn| (turn.label, turn.speech, turns.speaker_of(turn).to_owned());
    let key = |turn: &Turn| incoming.speakers.get(usize::from(turn.speaker)).cloned().unwrap_or_default();
    let coming = incoming.turns.iter().map(|turn| (turn.label, turn.speech, key(turn)));
    current == incoming.text && turns.turns.iter().map(place).eq(coming)
}

/// Speakers of a file whose label was replaced here have the label of the study.
fn rename_speakers(
    planner: &Planner<'_>,
    held: &Transcript,
    merged: &Merged,
    speakers: &mut Vec<DraftSpeaker>,
) {
    for speaker in speakers.iter_mut() {
        let known = merged
            .renamed
            .get(&speaker.key)
            .and_then(|key| planner.study.speakers().get(&(held.id, key.clone())));
        if let Some(known) = known {
            *speaker = DraftSpeaker { label: known.label.clone(), key: known.key.clone() };
        }
    }
    let mut seen = BTreeSet::new();
    speakers.retain(|speaker| seen.insert(speaker.key.clone()));
}

/// Where a text has words of a former one that were put right since.
fn brought_back_in(
    planner: &Planner<'_>,
    held: &Transcript,
    current: &str,
    incoming: &str,
) -> BTreeSet<Option<TurnNumber>> {
    let mut found = BTreeSet::new();
    let Some(turns) = planner.study.turns(held.id) else { return found };
    for former in planner.study.revisions_of(held.id).iter().filter(|former| former.id != held.revision) {
        // A text that is not there any more was erased.
        if let Some(text) = planner.text(former.id) {
            found.extend(brought_back((current, turns), &text, incoming));
        }
    }
    found
}

/// Places of the current text in words: `turns 4, 12, and before the first turn`.
fn places(found: &BTreeSet<Option<TurnNumber>>) -> Option<String> {
    let outside = found.contains(&None).then_some("before the first turn");
    let numbers: Vec<String> = found.iter().flatten().map(TurnNumber::to_string).collect();
    let named = enumerate(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
    let named = match numbers.len() {
        0 => None,
        1 => Some(format!("turn {named}")),
        _ => Some(format!("turns {named}")),
    };
    let places: Vec<String> = named.into_iter().chain(outside.map(str::to_owned)).collect();
    (!places.is_empty()).then(|| places.join(", and "))
}

fn unvoiced(turns: &[TurnNumber]) -> Doubt {
    let numbers: Vec<String> = turns.iter().map(TurnNumber::to_string).collect();
    let numbers = enumerate(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
    doubt(format!(
        "who spoke was set for single turns that are not found any more (turn {numbers} of the former text); set it \
         again"
    ))
}

/// A doubt for each coder with quotes that stay with the former text.
fn left_behind(planner: &Planner<'_>, correction: &Correction) -> Vec<Doubt> {
    let mut left: BTreeMap<CoderId, Vec<String>> = BTreeMap::new();
    for quote in correction.doubtful.iter().filter_map(|id| planner.study.quotes().get(id)) {
        let turns = planner.study.turns_of(quote.revision);
        let turn = turns.and_then(|turns| turns.turns.get(turns.index_at(quote.span.start as usize)?));
        let number = turn.map_or_else(|| "?".to_owned(), |turn| turn.number.to_string());
        left.entry(quote.coder).or_default().push(number);
    }
    let say = |(coder, numbers): (CoderId, Vec<String>)| {
        let who = planner.study.coders().get(&coder).map_or("?", |held| held.name.as_str());
        let (count, stays) = match numbers.len() {
            1 => ("1 quote".to_owned(), "stays"),
            many => (format!("{many} quotes"), "stay"),
        };
        let numbers = enumerate(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
        doubt(format!(
            "{count} of {who} {stays} with the former text: the words are not found once near where they stood (turn \
             {numbers}); decide in Read, where quotes in doubt are listed"
        ))
    };
    left.into_iter().map(say).collect()
}

/// Names under which those who ask speak, as the file's own header and the list of sessions say.
fn askers(planner: &Planner<'_>, draft: &DraftTranscript) -> Vec<String> {
    let listed = planner.sessions.get(&fold_short_name(&draft.name)).map(|session| session.askers.clone());
    let header =
        header_value(draft, &["conducted by", "interviewer", "moderator", "facilitator", "cyfwelydd"]);
    let header =
        header.into_iter().flat_map(|names| names.split([',', ';'])).map(|name| name.trim().to_owned());
    listed.unwrap_or_default().into_iter().chain(header).filter(|name| !name.is_empty()).collect()
}

fn header_value<'d>(draft: &'d DraftTranscript, keys: &[&str]) -> Option<&'d str> {
    let found = draft.header.iter().find(|(key, _)| keys.contains(&fold_label(key).as_str()))?;
    Some(found.1.trim()).filter(|value| !value.is_empty())
}

/// Gives labels other names; two of one name are one speaker from then on.
fn rename(planner: &mut Planner<'_>, wanted: &FileOptions, draft: &mut DraftTranscript) {
    if wanted.rename.is_empty() {
        return;
    }
    let (mut merged, mut place): (Vec<DraftSpeaker>, BTreeMap<String, usize>) = (Vec::new(), BTreeMap::new());
    let mut moved = Vec::with_capacity(draft.speakers.len());
    for speaker in &draft.speakers {
        let option = wanted.rename.iter().find(|(from, _)| fold_label(from) == speaker.key);
        let label = option.map_or(&speaker.label, |(_, to)| to).trim().to_owned();
        if option.is_some() {
            planner.met.insert(speaker.key.clone());
        }
        let key = fold_label(&label);
        let at = *place.entry(key.clone()).or_insert_with(|| {
            merged.push(DraftSpeaker { label, key });
            merged.len() - 1
        });
        moved.push(at);
    }
    for turn in &mut draft.turns {
        turn.speaker = moved.get(turn.speaker).copied().unwrap_or(turn.speaker);
    }
    draft.speakers = merged;
}

fn first_numbers(turns: usize) -> Vec<TurnNumber> {
    (1u32..).take(turns).map(TurnNumber::whole).collect()
}

fn turns_of(draft: &DraftTranscript, revision: RevisionId, numbers: &[TurnNumber]) -> Turns {
    let words = |speech: Span| speech.slice(&draft.text).map_or(0, count_words);
    let turn = |(turn, number): (&crate::import::DraftTurn, &TurnNumber)| Turn {
        number: *number,
        speaker: u16::try_from(turn.speaker).unwrap_or(u16::MAX),
        label: turn.label,
        speech: turn.speech,
        start_ms: turn.start_ms,
        end_ms: turn.end_ms,
        words: u32::try_from(words(turn.speech)).unwrap_or(u32::MAX),
    };
    Turns {
        revision,
        speakers: draft.speakers.iter().map(|speaker| speaker.key.clone()).collect(),
        turns: draft.turns.iter().zip(numbers).map(turn).collect(),
        times: draft.times.clone(),
    }
}

/// A draft as the next text of a transcript that is there.
fn incoming(draft: DraftTranscript, transcript: Transcript) -> Incoming {
    let turns = turns_of(&draft, transcript.revision, &first_numbers(draft.turns.len()));
    Incoming {
        text: draft.text,
        speakers: turns.speakers,
        turns: turns.turns,
        times: turns.times,
        encoding: draft.encoding,
        layout: draft.layout,
        transcript,
    }
}

fn add_text(planner: &mut Planner<'_>, text: String, turns: Turns) {
    planner.study.add_turns(Arc::new(turns.clone()));
    planner.texts.push(NewText { revision: turns.revision, text, turns });
}

//! Who speaks under the labels of a transcript.
//!
//! In order: what is bound already, what the options say, where the list of participants seats somebody, what the word
//! itself says, and else a participant made up for the label until somebody knows better.

use super::refusal::Refusal;
use super::roles::{self, Guess};
use super::{Doubt, Planner, doubt, enumerate};
use crate::import::{DraftSpeaker, FileOptions};
use crate::study::{
    Binding, Case, Change, MemoOn, ParticipantId, Seat, Speaker, Study, Subject, Transcript, TranscriptId,
    Voice, fold_short_name,
};
use crate::text::fold_label;

/// What is decided for one label.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Choice {
    /// It stays bound as it is.
    Held(Voice),
    /// It is bound to this.
    To(Voice),
    /// It is bound to a participant of this name, who is made if there is none.
    Named(String),
    /// A participant is made up for it.
    MadeUp,
}

/// Makes a speaker and a binding for every label of a transcript that is in the study.
pub(super) fn bind(
    planner: &mut Planner<'_>,
    transcript: &Transcript,
    speakers: &[DraftSpeaker],
    askers: &[String],
    wanted: &FileOptions,
) -> Result<Vec<Doubt>, Refusal> {
    let mut doubts = Vec::new();
    let labels: Vec<String> = speakers.iter().map(|speaker| speaker.label.clone()).collect();
    let guesses = roles::guess(&labels, askers);
    let sole = guesses.iter().filter(|guess| **guess == Guess::Participant).count() == 1;
    let mut choices = Vec::with_capacity(speakers.len());
    let mut is_first_time = false;
    for (speaker, guess) in speakers.iter().zip(guesses) {
        let held = planner.study.bindings().get(&(transcript.id, speaker.key.clone())).map(|held| held.voice);
        is_first_time |= held.is_none();
        let said = said(planner, wanted, speaker);
        choices.push(match (held, said) {
            (Some(held), Some(said)) => rebound(planner, speaker, held, said, &mut doubts),
            (Some(held), None) => Choice::Held(held),
            (None, Some(said)) => said,
            (None, None) => seated(planner, transcript, speaker, sole && guess == Guess::Participant)
                .unwrap_or_else(|| by_word(planner, transcript, speaker, guess, &mut doubts)),
        });
    }
    let people = choices.iter().filter(|choice| is_participant(choice)).count();
    for (speaker, choice) in speakers.iter().zip(&choices) {
        make(planner, transcript, speaker, choice, people == 1)?;
    }
    if is_first_time {
        doubts.extend(look_over(planner, transcript, speakers));
    }
    Ok(doubts)
}

fn is_participant(choice: &Choice) -> bool {
    match choice {
        Choice::Held(voice) | Choice::To(voice) => voice.participant().is_some(),
        Choice::Named(_) | Choice::MadeUp => true,
    }
}

/// What the options say of a label.
fn said(planner: &mut Planner<'_>, wanted: &FileOptions, speaker: &DraftSpeaker) -> Option<Choice> {
    let (_, who) = wanted.bind.iter().rev().find(|(label, _)| fold_label(label) == speaker.key)?;
    planner.met.insert(speaker.key.clone());
    Some(match fold_label(who).as_str() {
        "interviewer" | "moderator" => Choice::To(Voice::Interviewer),
        "other" => Choice::To(Voice::Other),
        "several" => Choice::To(Voice::Several),
        "unknown" => Choice::To(Voice::Unknown),
        "participant" => Choice::MadeUp,
        _ => Choice::Named(who.split_whitespace().collect::<Vec<_>>().join(" ")),
    })
}

/// An option for a label that is bound already: it counts where nobody has said yet who that is.
fn rebound(
    planner: &Planner<'_>,
    speaker: &DraftSpeaker,
    held: Voice,
    said: Choice,
    doubts: &mut Vec<Doubt>,
) -> Choice {
    let named =
        |name: &String| planner.study.participant_named(name).map(|found| Voice::Participant(found.id));
    let same = match &said {
        Choice::Held(voice) | Choice::To(voice) => *voice == held,
        Choice::Named(name) => named(name) == Some(held),
        Choice::MadeUp => held.participant().is_some(),
    };
    if same {
        return Choice::Held(held);
    }
    let label = &speaker.label;
    if !is_open(&planner.study, held) {
        let who = describe(planner, held);
        doubts
            .push(doubt(format!("“{label}” is bound to {who} already; change that by hand if it is wrong")));
        return Choice::Held(held);
    }
    said
}

/// The participant whom a list seats behind a label, or in the whole transcript if it has but one participant label.
fn seated(
    planner: &Planner<'_>,
    transcript: &Transcript,
    speaker: &DraftSpeaker,
    sole: bool,
) -> Option<Choice> {
    let name = fold_short_name(&transcript.name);
    let at = |label: &str| planner.seats.get(&(name.clone(), label.to_owned()));
    let seat = at(&speaker.key).or_else(|| if sole { at("") } else { None })?;
    Some(Choice::To(Voice::Participant(seat.participant)))
}

fn by_word(
    planner: &Planner<'_>,
    transcript: &Transcript,
    speaker: &DraftSpeaker,
    guess: Guess,
    doubts: &mut Vec<Doubt>,
) -> Choice {
    let label = &speaker.label;
    match guess {
        Guess::Interviewer => Choice::To(Voice::Interviewer),
        Guess::Several => Choice::To(Voice::Several),
        Guess::Unknown => Choice::To(Voice::Unknown),
        Guess::Other => {
            doubts.push(doubt(format!(
                "“{label}” was taken for somebody who is no participant; if they are one, say so: {}",
                option(label, "participant", transcript)
            )));
            Choice::To(Voice::Other)
        }
        Guess::Participant => {
            if planner.study.participant_named(label).is_some_and(|found| !found.provisional) {
                doubts.push(doubt(format!(
                    "“{label}” is also the name of a participant; if it is the same person, say so: {}",
                    option(label, label, transcript)
                )));
            }
            Choice::MadeUp
        }
    }
}

fn make(
    planner: &mut Planner<'_>,
    transcript: &Transcript,
    speaker: &DraftSpeaker,
    choice: &Choice,
    alone: bool,
) -> Result<(), Refusal> {
    let key = (transcript.id, speaker.key.clone());
    if !planner.study.speakers().has(&key) {
        let label = speaker.label.clone();
        let made = Speaker { transcript: transcript.id, key: speaker.key.clone(), label };
        planner.make(vec![Change::create(made)])?;
    }
    let voice = match choice {
        Choice::Held(_) => return Ok(()),
        Choice::To(voice) => *voice,
        Choice::Named(name) => Voice::Participant(planner.participant(name, false)?),
        Choice::MadeUp => {
            let name = match alone {
                true => transcript.name.clone(),
                false => format!("{} {}", transcript.name, speaker.label.trim()),
            };
            Voice::Participant(planner.participant(&name, true)?)
        }
    };
    set_voice(planner, transcript.id, &speaker.key, voice)
}

/// Binds a label. Turns that were given to the made-up participant of the label by hand follow it, and that participant
/// goes if nothing hangs on it any more.
fn set_voice(
    planner: &mut Planner<'_>,
    transcript: TranscriptId,
    key: &str,
    voice: Voice,
) -> Result<(), Refusal> {
    let held = planner.study.bindings().get(&(transcript, key.to_owned())).cloned();
    let before = held.as_ref().and_then(|held| held.voice.participant());
    planner.set(held, Binding { transcript, speaker: key.to_owned(), voice })?;
    let Some(before) = before.filter(|before| Voice::Participant(*before) != voice) else { return Ok(()) };
    if !is_provisional(&planner.study, before) {
        return Ok(());
    }
    let turns: Vec<_> = planner
        .study
        .turn_voices()
        .iter()
        .filter(|turn| turn.transcript == transcript && turn.voice == Voice::Participant(before))
        .cloned()
        .collect();
    for turn in turns {
        let follows = crate::study::TurnVoice { voice, ..turn.clone() };
        planner.make(vec![Change::update(turn, follows)])?;
    }
    if is_free(&planner.study, before)
        && let Some(held) = planner.study.participants().get(&before).cloned()
    {
        planner.make(vec![Change::delete(held)])?;
    }
    Ok(())
}

/// Seats a participant in a transcript that is there. Gives back a doubt if the label is not free for them.
pub(super) fn seat(
    planner: &mut Planner<'_>,
    transcript: TranscriptId,
    seat: &Seat,
) -> Result<Option<String>, Refusal> {
    let name = &seat.transcript;
    let labels: Vec<Speaker> = planner.study.speakers_in(transcript).cloned().collect();
    let voice = |key: &str| {
        let held = planner.study.bindings().get(&(transcript, key.to_owned()));
        held.map_or(Voice::Unknown, |held| held.voice)
    };
    let found = match fold_label(&seat.label) {
        // Without a label it is the only one that is a participant's, if there is but one.
        key if key.is_empty() => {
            let mut people = labels.iter().filter(|speaker| voice(&speaker.key).participant().is_some());
            people.next().filter(|_| people.next().is_none())
        }
        key => labels.iter().find(|speaker| speaker.key == key),
    };
    let who = planner.name_of(seat.participant).to_owned();
    let Some(speaker) = found else {
        let has: Vec<&str> = labels.iter().map(|speaker| speaker.label.as_str()).collect();
        let missing = match seat.label.is_empty() {
            true => "one label that is a participant's".to_owned(),
            false => format!("a speaker “{}”", seat.label),
        };
        return Ok(Some(format!("“{name}” does not have {missing} for {who}; it has {}", enumerate(&has))));
    };
    let held = voice(&speaker.key);
    if held == Voice::Participant(seat.participant) {
        return Ok(None);
    }
    if !is_open(&planner.study, held) {
        let bound = describe(planner, held);
        let label = &speaker.label;
        return Ok(Some(format!(
            "“{label}” of “{name}” is bound to {bound}, not to {who} as this line says; change that by hand if it is \
             wrong"
        )));
    }
    set_voice(planner, transcript, &speaker.key, Voice::Participant(seat.participant))?;
    Ok(None)
}

/// What a person should look at once all labels are bound for the first time.
fn look_over(planner: &Planner<'_>, transcript: &Transcript, speakers: &[DraftSpeaker]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let voices: Vec<Voice> = speakers
        .iter()
        .filter_map(|speaker| planner.study.bindings().get(&(transcript.id, speaker.key.clone())))
        .map(|binding| binding.voice)
        .collect();
    let labels: Vec<&str> = speakers.iter().map(|speaker| speaker.label.as_str()).collect();
    if voices.len() > 1 && !voices.contains(&Voice::Interviewer) {
        let advice = match asks_most(planner, transcript)
            .or_else(|| labels.iter().copied().find(|label| !label.is_empty()))
        {
            Some(label) => {
                format!("if it is “{label}”, say so: {}", option(label, "interviewer", transcript))
            }
            None => "give it labels".into(),
        };
        doubts
            .push(doubt(format!("nobody is known to ask the questions ({}); {advice}", enumerate(&labels))));
    }
    if !voices.is_empty() && voices.iter().all(|voice| voice.participant().is_none()) {
        let named: Vec<&str> = labels.iter().copied().filter(|label| !label.is_empty()).collect();
        doubts.push(doubt(match named.last() {
            None => "nobody here is a participant (there are no labels), so nothing is counted".to_owned(),
            Some(label) => format!(
                "nobody here is a participant ({}), so nothing is counted; if “{label}” is one, say so: {}",
                enumerate(&named),
                option(label, "participant", transcript)
            ),
        }));
    }
    let name = fold_short_name(&transcript.name);
    for ((_, label), seat) in
        planner.seats.range((name.clone(), String::new())..).take_while(|((of, _), _)| *of == name)
    {
        if !label.is_empty() && speakers.iter().all(|speaker| speaker.key != *label) {
            let who = planner.name_of(seat.participant);
            let what = format!(
                "the list of participants has {who} speak as “{}”, which is no label here",
                seat.label
            );
            doubts.push(doubt(what));
        }
    }
    doubts
}

/// The options that bind a label of one transcript, as they are typed.
pub(super) fn option(label: &str, who: &str, transcript: &Transcript) -> String {
    let bind = for_shell(&format!("{}={who}", label.trim()));
    format!("--bind {bind} --only {}", for_shell(&transcript.source))
}

/// A word that the shell leaves as it is.
fn for_shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '=' | '/' | ',' | '+');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// The label with the most question marks in its turns, if one has more than all others.
fn asks_most<'p>(planner: &'p Planner<'_>, transcript: &Transcript) -> Option<&'p str> {
    let (text, turns) = (planner.text(transcript.revision)?, planner.study.turns(transcript.id)?);
    let mut questions = vec![0_usize; turns.speakers.len()];
    for turn in &turns.turns {
        let marks = turn.speech.slice(&text).map_or(0, |speech| speech.matches('?').count());
        if let Some(questions) = questions.get_mut(usize::from(turn.speaker)) {
            *questions += marks;
        }
    }
    let most = questions.iter().copied().max().filter(|most| *most > 0)?;
    let mut askers = turns.speakers.iter().zip(&questions).filter(|(_, asked)| **asked == most);
    let (key, _) = askers.next().filter(|_| askers.next().is_none())?;
    let speaker = planner.study.speakers().get(&(transcript.id, key.clone()))?;
    Some(speaker.label.as_str()).filter(|label| !label.is_empty())
}

fn describe(planner: &Planner<'_>, voice: Voice) -> String {
    voice.participant().map_or_else(|| voice.role().to_owned(), |id| planner.name_of(id).to_owned())
}

/// Nobody has said yet who it is.
fn is_open(study: &Study, voice: Voice) -> bool {
    match voice {
        Voice::Unknown => true,
        Voice::Participant(id) => is_provisional(study, id),
        _ => false,
    }
}

fn is_provisional(study: &Study, participant: ParticipantId) -> bool {
    study.participants().get(&participant).is_some_and(|held| held.provisional)
}

/// Nothing hangs on a participant.
fn is_free(study: &Study, id: ParticipantId) -> bool {
    let voice = Voice::Participant(id);
    let case = Case::Participant(id);
    let on = |memo: &MemoOn| {
        *memo == MemoOn::Participant(id) || matches!(memo, MemoOn::Cell(of, _) if *of == case)
    };
    !(study.bindings().iter().any(|binding| binding.voice == voice)
        || study.turn_voices().iter().any(|turn| turn.voice == voice)
        || study.seats().iter().any(|seat| seat.participant == id)
        || study.consents().has(&id)
        || study.attribute_values().iter().any(|value| value.subject == Subject::Participant(id))
        || study.memos().iter().any(|memo| on(&memo.on))
        || study.summaries().iter().any(|summary| summary.case == case))
}

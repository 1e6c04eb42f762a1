//! What a label says about who speaks: words that transcripts use for those who ask, for several at once, for nobody
//! known. Everybody else is a participant until somebody says otherwise.

use crate::text::fold_label;

/// What a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// Asks the questions.
    Interviewer,
    /// More than one person at once.
    Several,
    /// Nobody could tell.
    Unknown,
    /// Somebody who is with the participant.
    Other,
    /// Anybody else.
    Participant,
}

/// Those who ask. Welsh: cyfwelydd, cymedrolwr, hwylusydd, ymchwilydd, holwr.
const ASKS: [&str; 15] = [
    "interviewer",
    "int",
    "iv",
    "moderator",
    "mod",
    "facilitator",
    "fac",
    "researcher",
    "cyfwelydd",
    "cymedrolwr",
    "cymedrolydd",
    "hwylusydd",
    "ymchwilydd",
    "holwr",
    "(bold)",
];

/// Letters that stand for those who ask, beside a letter for those who answer.
const ASKS_IN_PAIR: [(&str, &[&str]); 3] = [("i", &[]), ("q", &[]), ("c", &["a"])];

const SEVERAL: [&str; 13] = [
    "all",
    "several",
    "group",
    "participants",
    "everyone",
    "everybody",
    "many",
    "multiple speakers",
    "several voices",
    "several speakers",
    "all participants",
    "pawb",
    "grŵp",
];

const UNKNOWN: [&str; 7] =
    ["unknown", "unidentified", "unclear", "anonymous", "anhysbys", "inaudible", "no label"];

const OTHER: [&str; 16] = [
    "interpreter",
    "translator",
    "partner",
    "husband",
    "wife",
    "carer",
    "mother",
    "father",
    "daughter",
    "son",
    "friend",
    "companion",
    "support worker",
    "another person",
    "cyfieithydd",
    "gofalwr",
];

/// A guess for each label of one transcript. `askers` are names under which the study says that interviewers speak.
pub(super) fn guess(labels: &[String], askers: &[String]) -> Vec<Guess> {
    let first = |label: &String| one(label, labels, askers);
    let mut guesses: Vec<Guess> = labels.iter().map(first).collect();
    // Whoever answers alone is no companion but the participant.
    if !guesses.contains(&Guess::Participant) {
        for guess in guesses.iter_mut().filter(|guess| **guess == Guess::Other) {
            *guess = Guess::Participant;
        }
    }
    guesses
}

fn one(label: &str, labels: &[String], askers: &[String]) -> Guess {
    let key = fold_label(label);
    let base = without_number(&key);
    let base = if base.is_empty() { key.as_str() } else { base };
    let is = |words: &[&str]| words.contains(&base) || words.contains(&key.as_str());
    match () {
        () if askers.iter().any(|asker| fold_label(asker) == key) => Guess::Interviewer,
        () if key.is_empty() || key.chars().all(|c| c == '?') => Guess::Unknown,
        () if is(&ASKS) || asks_in_pair(base, labels) => Guess::Interviewer,
        () if is(&SEVERAL) => Guess::Several,
        () if is(&UNKNOWN) || ["unknown ", "unidentified "].iter().any(|word| base.starts_with(word)) => {
            Guess::Unknown
        }
        () if key == "speaker ?" => Guess::Unknown,
        () if is(&OTHER) => Guess::Other,
        () => Guess::Participant,
    }
}

/// `I` beside `R` or `P1`, `Q` beside `A`, and in Welsh `C` beside `A`: the letter asks if another label answers.
fn asks_in_pair(base: &str, labels: &[String]) -> bool {
    let Some((_, answers)) = ASKS_IN_PAIR.iter().find(|(letter, _)| *letter == base) else { return false };
    labels.iter().map(|label| fold_label(label)).any(|other| {
        let other = without_number(&other);
        other != base && (answers.is_empty() || answers.contains(&other))
    })
}

/// A folded label without what tells two of a kind apart: `moderator 2`, `int_1`, `mod (f)`, `i [2]`.
fn without_number(key: &str) -> &str {
    let mut rest = key;
    loop {
        let shorter = match rest.char_indices().next_back() {
            Some((_, ')')) => rest.rfind('(').filter(|at| *at > 0).and_then(|at| rest.get(..at)),
            Some((_, ']')) => rest.rfind('[').filter(|at| *at > 0).and_then(|at| rest.get(..at)),
            Some((at, c)) if c.is_ascii_digit() || matches!(c, ' ' | '_' | '-' | '#') => rest.get(..at),
            _ => None,
        };
        match shorter {
            Some(shorter) => rest = shorter,
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Guess::*;
    use super::*;

    fn guesses(labels: &[&str]) -> Vec<Guess> {
        let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
        guess(&labels, &["R1".to_owned()])
    }

    #[test]
    fn usual_labels_of_interviews() {
        for (labels, expected) in [
            (&["Interviewer", "Participant"][..], &[Interviewer, Participant][..]),
            (&["INTERVIEWER 2:", "Interviewee"], &[Interviewer, Participant]),
            (&["I", "R"], &[Interviewer, Participant]),
            (&["I", "P1"], &[Interviewer, Participant]),
            (&["Q.", "A."], &[Interviewer, Participant]),
            (&["C", "A"], &[Interviewer, Participant]),
            (&["Cyfwelydd", "Cyfwelai"], &[Interviewer, Participant]),
            (&["(bold)", "(plain)"], &[Interviewer, Participant]),
            (&["Int_1", "Resp"], &[Interviewer, Participant]),
            (&["A", "B", "C"], &[Participant, Participant, Interviewer]),
            (&["Speaker 0", "Speaker 1"], &[Participant, Participant]),
            (&["I1", "I2"], &[Participant, Participant]),
            (&["R1", "R2"], &[Interviewer, Participant]),
        ] {
            assert_eq!(guesses(labels), expected, "{labels:?}");
        }
    }

    #[test]
    fn usual_labels_of_groups() {
        assert_eq!(
            guesses(&["MOD", "P1 (M)", "P2 (F)", "All", "Unknown speaker", "?", "Participants"]),
            [Interviewer, Participant, Participant, Several, Unknown, Unknown, Several]
        );
        assert_eq!(
            guesses(&["Moderator (F)", "Participant 3", "Unidentified male 2"]),
            [Interviewer, Participant, Unknown]
        );
    }

    #[test]
    fn a_companion_is_other_only_beside_a_participant() {
        assert_eq!(guesses(&["I", "P", "Wife"]), [Interviewer, Participant, Other]);
        assert_eq!(guesses(&["Interviewer", "Carer"]), [Interviewer, Participant]);
    }
}

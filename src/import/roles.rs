//! Words in labels that tell what somebody is in a conversation, in English and Welsh.
//!
//! A hint for detection and for the first guess of a role; the researcher decides. Knows nothing of layouts.

use crate::text::fold_label;

/// What a label sounds like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Asks: interviewer, counsel (`Q`).
    Interviewer,
    /// Leads a group: an interviewer as well.
    Moderator,
    /// Answers.
    Participant,
    /// Is somebody, no telling what.
    Somebody,
}

const INTERVIEWER: &str = "interviewer, int, i, iv, ivr, interviewr, q, question, researcher, cyfwelydd";
const MODERATOR: &str = "moderator, mod, facilitator, fac, cymedrolwr, hwylusydd";
const PARTICIPANT: &str = "\
    interviewee, r, res, resp, respondent, p, pt, ppt, participant, a, answer, patient, cyfwelai, \
    cyfranogwr, ymatebydd";
const SOMEBODY: &str = "\
    speaker, s, fg, m, f, c, male, female, man, woman, person, voice, doctor, nurse, carer, chair, \
    chairman, chairwoman, clinician, gp, pharmacist, partner, husband, wife, mother, father, son, \
    daughter, interpreter, host, guest, witness, counsel, clerk, unknown, all, several, both, everybody, \
    everyone, audience, group, transcriber, notetaker, observer, siaradwr, cadeirydd, claf, meddyg, \
    nyrs, gofalwr";
/// Words before a name. They make a label likely, not a role.
const TITLES: &str = "\
    mr, mrs, ms, miss, mx, dr, prof, professor, sir, lady, lord, dame, baroness, judge, justice, cllr, \
    councillor, rev";

/// What `label` sounds like, if it has a word for it. Digits, brackets and suffixes such as `(F)` or `_1` do not matter.
pub(super) fn part_of(label: &str) -> Option<Part> {
    let key = fold_label(label);
    let words = words(&key);
    let lists = [
        (INTERVIEWER, Part::Interviewer),
        (MODERATOR, Part::Moderator),
        (PARTICIPANT, Part::Participant),
        (SOMEBODY, Part::Somebody),
    ];
    // Short forms (`i`, `p`, `a`) are roles only at the beginning: `P1 (F)` is a participant, `Martin A` is a name.
    let found = lists.into_iter().find(|(list, _)| {
        words.iter().enumerate().any(|(at, word)| is_among(list, word) && fits(word, at, &words))
    });
    found.map(|(_, part)| part)
}

/// Whether `label` begins with a title such as `Mr` or `Baroness`.
pub(super) fn has_title(label: &str) -> bool {
    let key = fold_label(label);
    let words = words(&key);
    words.len() > 1 && words.first().is_some_and(|word| is_among(TITLES, word))
}

/// Whether `word` is in a list parted by commas.
pub(super) fn is_among(list: &str, word: &str) -> bool {
    list.split(", ").any(|known| known == word)
}

/// A short form must come first and stand alone but for suffixes of one letter (`P1 (M)`).
fn fits(word: &str, at: usize, words: &[String]) -> bool {
    word.chars().count() > 3 || (at == 0 && words.iter().skip(1).all(|other| other.chars().count() <= 1))
}

/// The words of a label without its digits and marks.
fn words(key: &str) -> Vec<String> {
    let pieces = key.split(|c: char| !c.is_alphabetic());
    pieces.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_heard_through_numbers_and_suffixes() {
        for (label, part) in [
            ("Interviewer", Part::Interviewer),
            ("I", Part::Interviewer),
            ("Moderator 2", Part::Moderator),
            ("MOD", Part::Moderator),
            ("P1 (F)", Part::Participant),
            ("Participant_12", Part::Participant),
            ("Cyfwelai", Part::Participant),
            ("SPEAKER_00", Part::Somebody),
            ("Another person", Part::Somebody),
        ] {
            assert_eq!(part_of(label), Some(part), "{label}");
        }
    }

    #[test]
    fn names_have_no_role() {
        for label in ["Anna Rees", "A Jones", "Martin A", "stokes"] {
            assert_eq!(part_of(label), None, "{label}");
        }
        assert!(has_title("Mr Straw") && has_title("LADY HALLETT") && !has_title("Lady"));
    }
}

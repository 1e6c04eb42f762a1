//! Whether the words around a quotation say plainly that somebody said it: `P1 said`, `as P1 put it`, `according to P1`. Whoever
//! else is mentioned there may have said something else, or nothing.

/// Verbs with which authors lead to a quotation, in the present; regular ones are known in the past too.
const VERBS: [&str; 48] = [
    "say",
    "state",
    "explain",
    "put",
    "tell",
    "add",
    "note",
    "remark",
    "describe",
    "recall",
    "report",
    "comment",
    "argue",
    "observe",
    "reply",
    "answer",
    "ask",
    "agree",
    "continue",
    "conclude",
    "reflect",
    "suggest",
    "insist",
    "admit",
    "complain",
    "summarise",
    "summarize",
    "write",
    "feel",
    "think",
    "believe",
    "stress",
    "emphasise",
    "emphasize",
    "highlight",
    "point",
    "consider",
    "wonder",
    "fear",
    "hope",
    "acknowledge",
    "mention",
    "express",
    "claim",
    "maintain",
    "warn",
    "joke",
    "recount",
];

/// The past of verbs that is not made by `-ed`.
const PAST: [&str; 9] = ["said", "told", "put", "replied", "admitted", "wrote", "replies", "felt", "thought"];

/// Words before a name that leave it the one who speaks.
const OPENERS: [&str; 22] = [
    "as",
    "and",
    "but",
    "while",
    "whereas",
    "then",
    "so",
    "thus",
    "or",
    "here",
    "again",
    "later",
    "similarly",
    "likewise",
    "finally",
    "for",
    "example",
    "instance",
    "participant",
    "interviewee",
    "respondent",
    "the",
];

/// Words before a verb that make it another's, or unsaid.
const TURNS_AWAY: [&str; 9] = ["was", "were", "is", "been", "being", "not", "never", "be", "nobody"];

/// A name among folded words, and that of somebody else.
const NAME: &str = "\u{1}";
const OTHER: &str = "\u{2}";

/// What somebody says, when it is theirs: `P1’s comment`.
const SAYINGS: [&str; 13] = [
    "words",
    "comment",
    "account",
    "remark",
    "phrase",
    "reply",
    "answer",
    "response",
    "example",
    "description",
    "story",
    "view",
    "experience",
];

/// Words before one who is described and not named.
const ARTICLES: [&str; 6] = ["a", "an", "one", "another", "the", "this"];

/// Longest description of somebody, in words.
const LONGEST_DESCRIPTION: usize = 12;

/// Most words of a sentence about somebody that leads to what they say with a colon: `P1 was doubtful:`.
const MOST_ABOUT: usize = 8;

/// Whether a clause has a verb of saying in it.
pub(super) fn tells_of_saying(clause: &str) -> bool {
    let folded = clause.to_lowercase();
    folded.split(|c: char| !c.is_alphanumeric()).any(is_verb)
}

/// Whoever words around a quotation describe as the one who said it: `midwife` in `As a midwife put it,`, `GP` in `said one GP`.
pub(super) fn describes_speaker(words: &str) -> Option<String> {
    let folded = words.to_lowercase();
    let last = clauses_of(&folded).pop()?;
    if last.iter().any(|word| TURNS_AWAY.contains(word) || word.contains(['\'', '’'])) {
        return None;
    }
    let article = last.iter().position(|word| ARTICLES.contains(word))?;
    let behind = last.get(article + 1..)?;
    let verb = behind.iter().position(|word| is_verb(word));
    let description = match verb {
        Some(verb) => behind.get(..verb)?,
        None if article == 1 && last.first().is_some_and(|word| is_verb(word)) => behind,
        None => return None,
    };
    let is_short = (1..=LONGEST_DESCRIPTION).contains(&description.len());
    (is_short && last.get(..article)?.len() <= 2).then(|| description.join(" "))
}

/// The clauses of a sentence, each as its words.
fn clauses_of(folded: &str) -> Vec<Vec<&str>> {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '\u{1}' | '\u{2}' | '\'' | '’');
    folded
        .split([',', ';', ':', '—', '–', '(', ')'])
        .map(|clause| clause.split(|c| !is_of_word(c)).filter(|word| !word.is_empty()).collect())
        .filter(|clause: &Vec<&str>| !clause.is_empty())
        .collect()
}

/// Whether these words, what leads to a quotation in its sentence or goes on behind it, say that `name` said it. `others` are
/// named there, too.
pub(super) fn says_so(words: &str, name: &str, others: &[&str]) -> bool {
    let mut folded = replaced(&words.to_lowercase(), name, NAME);
    for other in others {
        folded = replaced(&folded, other, OTHER);
    }
    let clauses = clauses_of(&folded);
    let Some((last, before)) = clauses.split_last() else { return false };
    let begins = last.iter().position(|word| !OPENERS.contains(word)).unwrap_or(last.len());
    let clause = last.get(begins..).unwrap_or_default();
    let leads_on = words.trim_end().ends_with(':');
    match clause {
        // P1: / P1 said: / P1 then added that:
        [NAME, rest @ ..] if leads(rest) => true,
        // said P1
        [verb, NAME] if is_verb(verb) => true,
        [verb, title, NAME] if is_verb(verb) && OPENERS.contains(title) => true,
        // P3 and P1 said:
        [_, "and" | "or", NAME, rest @ ..] if !rest.is_empty() => leads(rest),
        // GP P1 said:
        [title, NAME, rest @ ..] if !rest.is_empty() && !is_verb(title) && !TURNS_AWAY.contains(title) => {
            leads(rest)
        }
        // …, P1, who said:
        ["who", rest @ ..] if !rest.is_empty() && !rest.contains(&NAME) && leads(rest) => {
            before.last().is_some_and(|earlier| earlier.last() == Some(&NAME))
        }
        // P1, a nurse, said:
        [verb, rest @ ..] if is_verb(verb) && !rest.contains(&NAME) => {
            before.iter().rev().take(2).any(|earlier| {
                earlier.iter().find(|word| !OPENERS.contains(word)) == Some(&NAME)
                    && earlier.last() == Some(&NAME)
            })
        }
        // P1 was doubtful:
        [NAME, rest @ ..] if leads_on && is_about(rest) => true,
        _ => {
            let is_theirs =
                |word: &&str| word.strip_prefix(NAME).is_some_and(|rest| matches!(rest, "'s" | "’s"));
            clauses.iter().any(|clause| clause.windows(3).any(|words| words == ["according", "to", NAME]))
                || clause.ends_with(&["words", "of", NAME])
                // as in this quote from P1:
                || leads_on && matches!(clause, [.., "by" | "from", NAME])
                || matches!(
                    clause,
                    [.., whose, saying] | [.., whose, saying, "was" | "were"]
                        if is_theirs(whose) && SAYINGS.contains(saying)
                )
                // For P1, it was a matter of time:
                || clauses.first().is_some_and(|first| matches!(first.as_slice(), ["for", NAME, ..]))
        }
    }
}

/// Whether these words say that something was said to `name`: `She told P1:`, `Asked by P1,`.
pub(super) fn is_addressed(words: &str, name: &str) -> bool {
    let folded = replaced(&words.to_lowercase(), name, NAME);
    clauses_of(&folded).iter().any(|clause| {
        clause.windows(2).any(|pair| matches!(pair, ["told" | "asked" | "answered" | "thanked", NAME]))
            && clause.first() != Some(&NAME)
            || clause.windows(3).any(|words| matches!(words, ["asked" | "told", "by", NAME]))
    })
}

/// A folded text with a name in it replaced wherever it stands as a word.
fn replaced(folded: &str, name: &str, by: &str) -> String {
    let name = name.to_lowercase();
    let mut out = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(at) = rest.find(&name) {
        let (before, from) = rest.split_at(at);
        let after = from.get(name.len()..).unwrap_or_default();
        out.push_str(before);
        let is_word = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        out.push_str(if is_word { by } else { from.get(..name.len()).unwrap_or_default() });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether words behind a name say something of them, and nobody else comes into it.
fn is_about(rest: &[&str]) -> bool {
    const ELSE: [&str; 10] =
        ["by", "who", "one", "another", "other", "others", "colleague", "colleagues", "somebody", "someone"];
    let is_other = |word: &&str| *word == OTHER || *word == NAME || is_verb(word) || ELSE.contains(word);
    (1..=MOST_ABOUT).contains(&rest.len()) && !rest.iter().any(is_other)
}

/// Whether what stands behind a name leads to their own words: nothing, or one verb of saying, and that soon.
fn leads(rest: &[&str]) -> bool {
    let mut verbs = rest.iter().enumerate().filter(|(_, word)| is_verb(word));
    match (verbs.next(), verbs.next()) {
        (None, _) => rest.is_empty(),
        (Some((at, _)), None) => at <= 2 && !rest.iter().take(at).any(|word| TURNS_AWAY.contains(word)),
        (Some(_), Some(_)) => false,
    }
}

fn is_verb(word: &str) -> bool {
    let is_form =
        |verb: &&str| word.strip_prefix(*verb).is_some_and(|ending| matches!(ending, "" | "s" | "d" | "ed"));
    PAST.contains(&word) || VERBS.iter().any(is_form)
}

#[cfg(test)]
mod tests {
    use super::{describes_speaker, is_addressed, says_so};

    #[test]
    fn a_plain_attribution_is_one() {
        for words in [
            "P2 said:",
            "P2:",
            "As P2 put it,",
            "said P2",
            "explained participant P2",
            "P2 then added that",
            "And here P2 was asked and said nothing, but P2 told us:",
            "P2, a nurse, said:",
            "According to P2,",
            "In P2’s words:",
            "In the words of P2,",
            "Unlike P1, P2 replied:",
            "P1 and P2 said:",
            "P1 disagreed with P2, who said:",
            "After P1 had spoken, P2 said:",
            "In contrast to P1, P2 explained:",
            "GP P2 said",
            "P2 felt that",
            "P2 pointed out that",
            "P2 was doubtful:",
            "P2 told P1",
            "This is illustrated by P2:",
            "As in the following quote from P2:",
            "For P2, this was a matter of power:",
            "For P2 it",
            "According to P2, it was",
            "P2’s comment,",
            "P2’s words were:",
        ] {
            assert!(says_so(words, "P2", &["P1"]), "{words}");
        }
    }

    #[test]
    fn who_is_only_mentioned_is_not_said_to_speak() {
        for words in [
            "The waiting that P2 described was known to others:",
            "P2 was told by a nurse:",
            "P2 heard from a GP who said:",
            "P2 said nothing of this and a nurse said:",
            "Where P2 spoke of trust, one GP said:",
            "Unlike P2, one GP said:",
            "Another GP disagreed with P2:",
            "P2’s view was shared:",
            "P2 never said:",
            "P22 said:",
            "was how a GP answered P2",
            "P2 disagreed with P1, who said:",
            "After P2 had spoken, P1 said:",
            "In contrast to P2, P1 explained:",
            "P2, who said nothing of it, was followed by P1:",
            "P2 disagreed with P1:",
            "P2 was followed by another:",
            "P1 told P2",
            "For a nurse like P2, one said:",
            "P2’s comment was shared:",
        ] {
            assert!(!says_so(words, "P2", &["P1"]), "{words}");
        }
    }

    #[test]
    fn who_is_spoken_to_is_not_who_speaks() {
        for words in ["She told P2:", "Asked by P2, one woman said:", "A nurse asked P2"] {
            assert!(is_addressed(words, "P2") && !says_so(words, "P2", &[]), "{words}");
        }
        for words in ["P2 told us:", "P2 asked:", "As P2 put it,"] {
            assert!(!is_addressed(words, "P2"), "{words}");
        }
    }

    #[test]
    fn who_is_described_as_the_speaker_is_known() {
        for (words, who) in [
            ("As a midwife put it,", Some("midwife")),
            ("said one GP", Some("gp")),
            ("A patient with a long-term condition said:", Some("patient with a long term condition")),
            ("One primary care nurse said:", Some("primary care nurse")),
            ("but another patient felt that", Some("patient")),
            ("The GP was told by a nurse who said:", None),
            ("A patient’s daughter said:", None),
            ("She said", None),
            ("A matter of trust:", None),
        ] {
            assert_eq!(describes_speaker(words).as_deref(), who, "{words}");
        }
    }
}

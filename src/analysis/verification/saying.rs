//! Whether the words around a quotation say plainly that somebody said it: `P1 said`, `as P1 put it`, `according to P1`. Whoever
//! else is mentioned there may have said something else, or nothing.

/// Verbs with which authors lead to a quotation, in the present; regular ones are known in the past too.
const VERBS: [&str; 28] = [
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
];

/// The past of verbs that is not made by `-ed`.
const PAST: [&str; 7] = ["said", "told", "put", "replied", "admitted", "wrote", "replies"];

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

/// A name among folded words.
const NAME: &str = "\u{1}";

/// Whether a clause has a verb of saying in it.
pub(super) fn tells_of_saying(clause: &str) -> bool {
    let folded = clause.to_lowercase();
    folded.split(|c: char| !c.is_alphanumeric()).any(is_verb)
}

/// Whether these words, what leads to a quotation in its sentence or goes on behind it, say that `name` said it.
pub(super) fn says_so(words: &str, name: &str) -> bool {
    let folded = words.to_lowercase().replace(&name.to_lowercase(), NAME);
    let clauses: Vec<Vec<&str>> = folded
        .split([',', ';', ':', '—', '–', '(', ')'])
        .map(|clause| {
            let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '\u{1}' | '\'' | '’');
            clause.split(|c| !is_of_word(c)).filter(|word| !word.is_empty()).collect()
        })
        .filter(|clause: &Vec<&str>| !clause.is_empty())
        .collect();
    let Some((last, before)) = clauses.split_last() else { return false };
    let begins = last.iter().position(|word| !OPENERS.contains(word)).unwrap_or(last.len());
    let clause = last.get(begins..).unwrap_or_default();
    match clause {
        // P1: / P1 said: / P1 then added that:
        [NAME, rest @ ..] => leads(rest),
        // said P1
        [verb, NAME] if is_verb(verb) => true,
        [verb, title, NAME] if is_verb(verb) && OPENERS.contains(title) => true,
        // P3 and P1 said:
        [_, "and" | "or", NAME, rest @ ..] if !rest.is_empty() => leads(rest),
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
        _ => {
            let possessive = [format!("{NAME}'s"), format!("{NAME}’s")];
            clause.ends_with(&["according", "to", NAME])
                || clause.ends_with(&["words", "of", NAME])
                || matches!(clause, [.., whose, "words"] if possessive.iter().any(|held| held == whose))
        }
    }
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
    use super::says_so;

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
        ] {
            assert!(says_so(words, "P2"), "{words}");
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
        ] {
            assert!(!says_so(words, "P2"), "{words}");
        }
    }
}

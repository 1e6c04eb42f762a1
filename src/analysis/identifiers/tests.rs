//! The scanner on cases of our own; those that came with the patterns are in `tests/it/identifiers.rs`.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::text::on_grapheme_boundary;

fn scanner(names: &str) -> Scanner {
    Scanner::new(&Names::parse(names).unwrap(), &Patterns::shipped().unwrap())
}

static WATCHING_SIAN: LazyLock<Scanner> = LazyLock::new(|| scanner("watch = [\"Sian\"]"));

/// What is found, written `pattern/severity: words`.
fn found(scanner: &Scanner, text: &str) -> Vec<String> {
    let found = scanner.scan(text);
    let words = |finding: &Finding| {
        format!("{}/{}: {}", finding.pattern, finding.severity, finding.span.slice(text).unwrap())
    };
    found.iter().map(words).collect()
}

#[test]
fn special_spaces_and_dashes_count_as_plain_ones_and_the_span_is_that_of_the_text() {
    let scanner = scanner("");
    assert_eq!(
        found(&scanner, "tŷ – 999\u{a0}000\u{202f}0026 — ŵ"),
        ["nhs_number/high: 999\u{a0}000\u{202f}0026"]
    );
    assert_eq!(found(&scanner, "“999–000–0050”"), ["nhs_number/high: 999–000–0050"]);
}

#[test]
fn a_line_broken_by_hand_hides_nothing_and_an_empty_line_parts() {
    let scanner = scanner("watch = [\"Angharad Pugh\"]");
    assert_eq!(found(&scanner, "I saw Dr\nPughe"), ["title_name/medium: Dr\nPughe"]);
    assert_eq!(found(&scanner, "I saw the Nurse\n\nPughe: yes"), [""; 0]);
    assert_eq!(found(&scanner, "with Angharad\nPugh"), ["watch_list/high: Angharad\nPugh"]);
    assert_eq!(found(&scanner, "with Angharad\n\nPugh: yes"), [""; 0]);
}

#[test]
fn a_birth_word_within_forty_characters_makes_a_date_graver() {
    let scanner = scanner("");
    let text = |blanks: usize| format!("dob{}12/03/1954", " ".repeat(blanks));
    assert_eq!(scanner.scan(&text(37))[0].severity, Severity::High);
    assert_eq!(scanner.scan(&text(38))[0].severity, Severity::Medium);
}

#[test]
fn the_watch_list_matches_whole_words_folded_and_leaves_endings() {
    let scanner = scanner(
        "watch = [\"Siân\", \"Pen-y-Bryn\", \"O'Shea\"]\n[[name]]\nreal = \"Gwil\"\npseudonym = \"Ned\"",
    );
    assert_eq!(
        found(&scanner, "SIAN’s dog, Sia\u{302}n'r ci, Siani, pen y bryn, O’SHEA, Gwilym, gwil."),
        ["SIAN", "Sia\u{302}n", "pen y bryn", "O’SHEA", "gwil"]
            .map(|words| format!("watch_list/high: {words}"))
    );
}

#[test]
fn the_watch_list_comes_first_and_an_address_stays_whole() {
    let scanner = scanner("watch = [\"Angharad\", \"Castell\"]\npatterns = ['\\bWard [0-9]+\\b']");
    assert_eq!(found(&scanner, "my daughter, Angharad, drives"), ["watch_list/high: Angharad"]);
    assert_eq!(
        found(&scanner, "angharad.pugh@example.org, www.example.org/angharad, 14 Heol y Castell, Ward 9"),
        [
            "email/high: angharad.pugh@example.org",
            "url/high: www.example.org/angharad,",
            "address/high: 14 Heol y Castell",
            "watch_list/high: Ward 9"
        ]
    );
}

#[test]
fn what_stands_before_a_name_stays_when_the_name_goes() {
    let scanner = scanner("");
    let names = |text: &'static str| -> Vec<&str> {
        scanner.scan(text).iter().map(|finding| finding.name.slice(text).unwrap()).collect()
    };
    assert_eq!(names("Dr Pughe, my daughter, Angharad"), ["Pughe", "Angharad"]);
    assert_eq!(names("my name\u{a0}is Gwilym Parry"), ["Gwilym Parry"]);
    assert_eq!(names("999 000 0026"), ["999 000 0026"]);
}

#[test]
fn a_pseudonym_is_no_finding_but_what_is_watched_for_is() {
    let text = "A woman called Glenys. He is called Menna. Dr GLENYS knows, and Glenys Pughe.";
    let none = found(&scanner(""), text);
    assert!(none.contains(&"self_name/medium: called Glenys".to_owned()), "{none:?}");
    let file = "[[name]]\nreal = \"Menna\"\npseudonym = \"Glenys\"";
    let some = found(&scanner(file), text);
    let gone: Vec<&String> = none.iter().filter(|words| !some.contains(words)).collect();
    assert!(
        gone.iter().all(|words| words.to_lowercase().ends_with("glenys") || words.contains("Menna")),
        "{gone:?}"
    );
    assert!(!some.iter().any(|words| words.to_lowercase().ends_with("glenys")), "{some:?}");
    assert!(some.contains(&"watch_list/high: Menna".to_owned()), "{some:?}");
}

#[test]
fn a_number_that_is_none_does_not_hide_the_one_behind_it() {
    // 0456 is no range in use; the greedy match would reach into the number behind it.
    assert_eq!(found(&scanner(""), "0456 0207 946 0958"), ["phone/high: 0207 946 0958"]);
}

#[test]
fn a_wrong_file_of_names_is_refused_by_line_and_never_quoted() {
    let wrong = |text: &str| Names::parse(text).unwrap_err().to_string();
    assert_eq!(
        wrong("watch = [\n  \"Gwilym\",\n  \"\",\n  \"the\",\n]\n"),
        "line 3: this word holds no letter and no digit; line 4: this word stands in nearly every line, so that it \
         would find everything"
    );
    for everything in [".*", r"\w+", ".", r"\s", "(?i)[a-z]+", "", "a*", r"\b", "[aeiou]"] {
        let text = format!("schema = 1\npatterns = ['{everything}']");
        assert_eq!(wrong(&text), "line 2: this pattern matches nearly everything", "{everything}");
    }
    assert!(wrong("patterns = ['(']").starts_with("line 1: this pattern is no regular expression"));
    assert!(wrong("watch = [\"Gwilym\"").starts_with("line 1: "));
    assert!(wrong("watch = [\"Gwilym\"]\nGwilym = 1").starts_with("line 2: there is no such key here"));
    assert!(wrong("[[name]]\nreal = \"Gwilym\"").contains("needs both"));
    assert!(
        wrong("[[name]]\nreal = \"Gwilym\"\npseudonym = \"Gwilym P\"").starts_with("line 3: this pseudonym")
    );
    assert!(wrong("schema = 2").starts_with("line 1: "));
    let two = "[[name]]\nreal = \"Siân\"\npseudonym = \"A\"\n[[name]]\nreal = \"SIAN\"\npseudonym = \"B\"";
    assert_eq!(wrong(two), "line 5: this name has another pseudonym further up");
    for text in
        ["watch = 3", "watch = [\"Gwilym\", 3]", "name = 3", "name = [3]", "Gwilym", "watch = [\"Gwilym"]
    {
        assert!(!wrong(text).contains("Gwilym"), "{text}");
    }
}

#[test]
fn a_new_name_is_added_behind_all_that_stands_in_the_file() {
    let made = Names::with_name("", "Gwilym \"Bach\" Parry", "Owen").unwrap();
    let names = Names::parse(&made).unwrap();
    assert_eq!(names.pseudonym_of("gwilym “bach” PARRY"), Some("Owen"));
    let longer = Names::with_name("# mine\nwatch = [\"Bryn\"]\n", "Gwilym", "Owen").unwrap();
    assert!(longer.starts_with("# mine\nwatch = [\"Bryn\"]\n"));
    let names = Names::parse(&longer).unwrap();
    assert_eq!(names.watched().collect::<Vec<_>>(), ["Bryn", "Gwilym"]);
    assert!(Names::with_name(&longer, "GWILYM", "Ned").is_err());
    assert!(Names::with_name(&longer, "Ned", "Bryn").is_err());
}

#[test]
fn the_loose_patterns_match_wherever_the_patterns_do() {
    for pattern in &Patterns::shipped().unwrap().list {
        let loose = patterns::without_boundaries(pattern.regex.as_str());
        assert!(!loose.contains(r"\b") && regex::Regex::new(&loose).is_ok(), "{}", pattern.id);
    }
    assert_eq!(patterns::without_boundaries(r"\\b\b[a\-b]\bé"), r"\\b[a\-b]é");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn findings_are_in_order_disjoint_and_cut_no_grapheme(
        text in "(\\PC|Dr Pughe|Siân|’s| |\n|\u{a0}|\u{302}|\u{200d}|999 000 0026|jo@example.org|12/03/1954|0){0,14}"
    ) {
        let found = WATCHING_SIAN.scan(&text);
        prop_assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        for finding in &found {
            prop_assert!(!finding.span.is_empty());
            for byte in [finding.span.start, finding.span.end] {
                prop_assert!(on_grapheme_boundary(&text, byte as usize));
            }
        }
    }

    #[test]
    fn every_watched_word_lies_in_a_finding(
        words in prop::collection::vec("Siân|Dr|Pughe|14|Heol|y|[a-z]{1,4}|jo@example\\.org", 1..12)
    ) {
        let text = words.join(" ");
        let found = WATCHING_SIAN.scan(&text);
        for (at, word) in text.match_indices("Siân") {
            let span = crate::text::Span::new(at, at + word.len());
            prop_assert!(found.iter().any(|finding| finding.span.covers(span)), "{text}");
        }
    }
}

//! Tests of the quotation.

use proptest::prelude::*;

use super::*;
use crate::analysis::small::Small;
use crate::study::{Brackets, Ellipsis, Glyphs, Marks, Preset};

fn quotation(words: &str) -> Quotation {
    Quotation {
        said: vec![Said { label: "P088".into(), words: words.into() }],
        attribution: Some("primary care clinician, GP".into()),
        address: "I43:41".into(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "each style is made for one line of a test")]
fn written(words: &str, style: QuotationSettings, markup: Markup) -> String {
    quotation(words).write(&style, markup)
}

fn style() -> QuotationSettings {
    QuotationSettings::default()
}

#[test]
fn a_quotation_is_marked_attributed_and_addressed_in_each_markup() {
    let words = "We're under 5% & \"rushed\"\n all day_long.";
    assert_eq!(
        written(words, style(), Markup::Markdown),
        "“We’re under 5% & ‘rushed’ all day\\_long.” (primary care clinician, GP) <!-- I43:41 -->"
    );
    assert_eq!(
        written(words, style(), Markup::Latex),
        "``We're under 5\\% \\& `rushed' all day\\_long.'' (primary care clinician, GP) % I43:41"
    );
    assert_eq!(
        written(words, style(), Markup::Plain),
        "“We’re under 5% & ‘rushed’ all day_long.” (primary care clinician, GP)"
    );
    let asked = QuotationSettings { address: Some(true), ..style() };
    assert!(written(words, asked, Markup::Plain).ends_with("(primary care clinician, GP) [I43:41]"));
    let not = QuotationSettings { address: Some(false), ..style() };
    assert!(written(words, not, Markup::Latex).ends_with("(primary care clinician, GP)"));
}

#[test]
fn marks_inside_are_of_the_other_kind_and_apostrophes_are_none() {
    let words = "There's a lot less 'yes doctor I'll do that' 'cause the nurses' room";
    let single = QuotationSettings { marks: Marks::Single, ..style() };
    assert!(
        written(words, single.clone(), Markup::Plain)
            .starts_with("‘There’s a lot less “yes doctor I’ll do that” ’cause the nurses’ room’ (")
    );
    let straight = QuotationSettings { glyphs: Glyphs::Straight, ..single };
    assert!(
        written(words, straight, Markup::Plain)
            .starts_with("'There's a lot less \"yes doctor I'll do that\" 'cause the nurses' room' (")
    );
    let enquoted = QuotationSettings { csquotes: true, ..style() };
    assert!(
        written("he said “no” and \"yes", enquoted, Markup::Latex)
            .starts_with("\\enquote{he said \\enquote{no} and `yes} (")
    );
    assert!(written("‘no’", style(), Markup::Latex).starts_with("``\\,`no'\\,'' ("));
}

#[test]
fn dots_and_notes_are_as_the_house_has_them() {
    let words = "[pause] well... we [laughs] went to [community centre] […] once [laughs].";
    let with = |ellipsis, brackets| {
        let style = QuotationSettings { ellipsis, brackets, ..style() };
        dressed_words(words, &style)
    };
    assert_eq!(with(Ellipsis::AsSaid, Brackets::Square), words);
    assert_eq!(with(Ellipsis::Character, Brackets::Drop), "well… we went to [community centre] … once.");
    assert_eq!(
        with(Ellipsis::Bracketed, Brackets::Round),
        "(pause) well... we (laughs) went to (community centre) [...] once (laughs).",
        "a pause is nothing left out"
    );
    assert_eq!(
        with(Ellipsis::Spaced, Brackets::Square),
        "[pause] well... we [laughs] went to [community centre] . . . once [laughs]."
    );
    let spaced = QuotationSettings { ellipsis: Ellipsis::Spaced, ..style() };
    assert_eq!(dressed_words("it wasn’t… us[…] once", &spaced), "it wasn’t… us . . . once");
    let drop = QuotationSettings { brackets: Brackets::Drop, ..style() };
    assert_eq!(dressed_words("[laughs]", &drop), "[laughs]", "something must stand there");
}

#[test]
fn a_long_one_is_a_block_and_a_stop_may_go_last() {
    let block = QuotationSettings { block_words: 3, ..style() };
    assert_eq!(
        written("- so \"it\" is.", block.clone(), Markup::Markdown),
        "> \\- so “it” is. (primary care clinician, GP) <!-- I43:41 -->"
    );
    assert_eq!(
        written("so it is", block, Markup::Latex),
        "\\begin{quote}\nso it is (primary care clinician, GP) % I43:41\n\\end{quote}"
    );
    let last = QuotationSettings { stop_last: true, address: Some(false), ..style() };
    let apart = |words: &str| quotation(words).apart(&last);
    assert_eq!(apart("It is.").joined(), "“It is” (primary care clinician, GP).");
    assert_eq!(apart("It is?").behind, "(primary care clinician, GP)");
    assert_eq!(written("It is.", last.clone(), Markup::Plain), "“It is” (primary care clinician, GP).");
    assert_eq!(written("It is?", last.clone(), Markup::Plain), "“It is?” (primary care clinician, GP)");
    assert_eq!(written("It is...", last, Markup::Plain), "“It is...” (primary care clinician, GP)");
}

#[test]
fn several_speakers_are_labelled_lines() {
    let mut small = Small::new();
    small.focus_group("FG1", &["Int: Is it time?", "p1: It's time.", "p1: Always time.", "p2: And money."]);
    small.group("p1", "nurse");
    small.group("p2", "GP");
    let settings = &mut small.study.settings.attribution;
    settings.by = Some("group".into());
    for group in ["nurse", "GP"] {
        settings.styles.insert(group.into(), "{{ group }}{{ focus_group }}".into());
    }
    let id = small.quote("c1", "FG1", "[time?\n\np1: It's time.\n\np1: Always time.\n\np2: And] money.");
    let quote = small.study.quotes().get(&id).unwrap().clone();
    let attribution = Attribution::of(&small.study).unwrap();
    let whole = Quotation::of(&small.study, &quote, &attribution).unwrap();
    assert_eq!(
        whole.write(&style(), Markup::Markdown),
        "> Interviewer: “time?”\n>\n> p1: “It’s time. Always time.”\n>\n> p2: “And”\n>\n> (p1, nurse, focus group; p2, GP, focus group) <!-- FG1:1-4 -->"
    );
    drop(attribution);
    small.study.settings.attribution.preset = Preset::Paper;
    let attribution = Attribution::of(&small.study).unwrap();
    let whole = Quotation::of(&small.study, &quote, &attribution).unwrap();
    assert_eq!(
        whole.write(&style(), Markup::Latex),
        "\\begin{quote}\nInterviewer: ``time?''\\\\\nSpeaker 1: ``It's time. Always time.''\\\\\nSpeaker 2: ``And''\\\\\n(nurse, focus group; GP, focus group) % FG1:1-4\n\\end{quote}"
    );
}

#[test]
fn a_question_is_not_taken_for_what_a_participant_said() {
    let mut small = Small::new();
    small.interview("I1", &["Int: Is it time?", "p1: It's time."]);
    let id = small.quote("c1", "I1", "[Is it time?]");
    let quote = small.study.quotes().get(&id).unwrap().clone();
    let attribution = Attribution::of(&small.study).unwrap();
    let quotation = Quotation::of(&small.study, &quote, &attribution).unwrap();
    assert_eq!(quotation.write(&style(), Markup::Plain), "“Is it time?” (interviewer)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the style, the letters of the words stand there in their order, and nothing but them.
    #[test]
    fn no_word_is_changed(words in "[a-z'‘’\"“”. \\[\\]…*_%]{0,40}", single: bool, straight: bool, round: bool) {
        let style = QuotationSettings {
            marks: if single { Marks::Single } else { Marks::Double },
            glyphs: if straight { Glyphs::Straight } else { Glyphs::Curly },
            brackets: if round { Brackets::Round } else { Brackets::Square },
            ..style()
        };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        prop_assert_eq!(letters(&dressed_words(&words, &style)), letters(&words));
        let count = |text: &str| text.chars().filter(|c| matches!(c, '\'' | '‘' | '’' | '"' | '“' | '”')).count();
        prop_assert_eq!(count(&(Writing { style: &style, markup: Markup::Plain }).marked(&words)), count(&words) + 2);
    }
}

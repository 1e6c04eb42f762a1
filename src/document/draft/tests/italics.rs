//! Paragraphs in italics.

use super::*;

#[test]
fn a_paragraph_in_italics_with_somebody_behind_is_a_block_quotation() {
    let words = "In a flare I'm no good for anything.";
    let source = format!(
        "It hurt:\n\n*{words}* (P016)\n\nSome\n\n_{words}\nIt is “bad”._ [P013]\n\nmore\n\n*{words} (P090)*\n\nand\n\n*{words}* — P088, GP\n\nof it\n\n***{words}***\n\n(P089)"
    );
    let led = |text: &str, number| quoted(&text.replace("{}", words), number);
    assert_eq!(
        texts("a.md", &source),
        [
            running("It hurt:"),
            led("{} (P016)", 1),
            running("Some"),
            led("{}\nIt is “bad”. [P013]", 2),
            running("more"),
            led("{} (P090)", 3),
            running("and"),
            led("{} — P088, GP", 4),
            running("of it"),
            led("{}", 5),
            running("(P089)"),
        ]
    );
}

#[test]
fn other_italics_are_emphasis() {
    for paragraph in [
        "*Four words are emphasis* (P016)",
        "*“In a flare I'm no good for anything.”* (P016)",
        "They said *in a flare I'm no good for anything* (P016)",
        "*In a flare I'm no good for* anything (P016)",
        "*A heading about time and how it went*",
        "*Theme 1: listening to people who talk (capability)*",
        "*Table 1. Who took part in the study* (n = 151)",
        "*corresponding author, who is asked for the data (a@b.org)",
        "## *In a flare I'm no good for anything.* (P016)",
        "| *In a flare I'm no good for anything.* (P016) | b |",
    ] {
        let source = format!("One.\n\n{paragraph}\n\nTwo.\n\nThree.");
        let kinds = texts("a.md", &source).into_iter().map(|(_, kind)| kind);
        assert!(kinds.into_iter().all(|kind| !matches!(kind, BlockKind::Quotation(_))), "{paragraph}");
    }
}

#[test]
fn where_most_is_in_italics_that_is_how_it_is_set() {
    let source = "*One two three four five six. (P016)*\n\n*And so it goes on with more (P013).*\n\nEnd";
    assert!(texts("a.md", source).iter().all(|(_, kind)| *kind == BlockKind::Running));
}

#[test]
fn italics_of_html_and_latex_count_too() {
    let words = "In a flare I am no good.";
    let html = format!("<p>So:</p><p><em>{words}</em> (<i>P016</i>)<p>and<p><cite>{words}</cite>");
    assert_eq!(
        texts("a.html", &html),
        [running("So:"), quoted(&format!("{words} (P016)"), 1), running("and"), running(words)]
    );
    let latex = format!(
        "So:\n\n\\emph{{{words}}} (P016)\n\nand\n\n{{\\itshape {words}}} [P013]\n\n\\textit{{Some}} words of it."
    );
    assert_eq!(
        texts("a.tex", &latex),
        [
            running("So:"),
            quoted(&format!("{words} (P016)"), 1),
            running("and"),
            quoted(&format!("{words} [P013]"), 2),
            running("Some words of it."),
        ]
    );
}

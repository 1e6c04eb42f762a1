//! Drafts of each format, and what is no draft.

use super::*;

fn texts(name: &str, source: &str) -> Vec<(String, BlockKind)> {
    let draft = read_draft(name, source.as_bytes()).unwrap();
    draft.blocks.into_iter().map(|block| (block.text, block.kind)).collect()
}

fn running(text: &str) -> (String, BlockKind) {
    (text.to_owned(), BlockKind::Running)
}

fn quoted(text: &str, number: usize) -> (String, BlockKind) {
    (text.to_owned(), BlockKind::Quotation(number))
}

#[test]
fn markdown_loses_its_marks_and_keeps_its_paragraphs() {
    let source = "---\ntitle: \"No quotation\"\n---\n# Results\n\nThey said *so* and **more**, snake_case, 2 * 3.\nSecond line[^1] and [a link](http://x.y).<!-- I43:41 -->\n\n> Quoted \\[one\\]\n> goes on\n>\n> in two.\n\n- item “one”\n- item two\n\n[^1]: A note.\n\n```\n\"code\"\n```\n";
    assert_eq!(
        texts("a.md", source),
        [
            ("Results".to_owned(), BlockKind::Heading),
            running("They said so and more, snake_case, 2 * 3.\nSecond line and a link."),
            quoted("Quoted [one]\ngoes on", 1),
            quoted("in two.", 1),
            running("item “one”"),
            running("item two"),
            running("A note."),
        ]
    );
}

#[test]
fn places_are_the_lines_of_the_file() {
    let draft = read_draft("a.md", b"# A\n\none\ntwo \"three\"\n").unwrap();
    let block = &draft.blocks[1];
    let at = |word: &str| block.place_of(block.text.find(word).unwrap());
    assert_eq!((at("one"), at("three")), (3, 4));
}

#[test]
fn somebody_in_parentheses_behind_square_brackets_is_no_link() {
    assert_eq!(
        texts("a.md", "I go to [the place](primary care clinician, GP) [x](y.html)"),
        [running("I go to [the place](primary care clinician, GP) x")]
    );
}

#[test]
fn csquotes_names_a_source_in_parentheses() {
    let source =
        "\\textquote[P131]{With him, everything.} \\blockquote[\\cite{a}]{No key.} \\enquote[P1]{None.}";
    assert_eq!(texts("a.tex", source), [running("“With him, everything.” (P131) “No key.” “None.”")]);
}

#[test]
fn latex_is_read_as_it_prints() {
    let source = "\\documentclass{article}\n\\begin{document}\n\\section{Results}\nOne said ``it's 50\\% so'' (GP)\\footnote{A note with ``another one''.} and % a comment ``no''\n\\enquote{outer \\enquote{inner} text} \\cite[p.~3]{smith}. Na\\\"ive, caf\\'{e} --- yes\\ldots{} no.\n\n\\begin{displayquote}[Smith]\nA block\nof two lines.\n\\end{displayquote}\n\\textit{After} it.\n\\end{document}\nnot this";
    assert_eq!(
        texts("a.tex", source),
        [
            ("Results".to_owned(), BlockKind::Heading),
            running(
                "One said “it’s 50% so” (GP) and “outer ‘inner’ text” . Nai\u{308}ve, cafe\u{301} — yes… no."
            ),
            quoted("A block\nof two lines. (Smith)", 1),
            running("After it."),
            running("A note with “another one”."),
        ]
    );
}

#[test]
fn html_is_read_by_its_blocks() {
    let source = "<!DOCTYPE html><html><head><title>No</title><style>p{content:\"x\"}</style></head><body>\n<h2>Results</h2><p>One said <q>yes <q>no</q></q> &amp; <em>&ldquo;more&rdquo;</em><br>next<del>gone</del>\n<blockquote><p>First.</p><p>Second.</p></blockquote><p title=\"a > b\">a < b</p><!-- \"c\" --></body></html>";
    assert_eq!(
        texts("a.html", source),
        [
            ("Results".to_owned(), BlockKind::Heading),
            running("One said “yes ‘no’” & “more”\nnext"),
            quoted("First.", 1),
            quoted("Second.", 1),
            running("a < b"),
        ]
    );
}

#[test]
fn plain_text_without_blank_lines_has_a_paragraph_a_line() {
    assert_eq!(texts("a.txt", "one\ntwo"), [running("one"), running("two")]);
    assert_eq!(texts("a.txt", "one\ntwo\n\nthree"), [running("one\ntwo"), running("three")]);
}

#[test]
fn paragraphs_of_plain_text_that_stand_in_are_block_quotations() {
    let source = "One said:\n\n    A checklist\n    helps. (GP)\n\nAnd then:\n\n\tYes.\n\n  - an item\n\nThe end\n  of it.";
    assert_eq!(
        texts("a.txt", source),
        [
            running("One said:"),
            quoted("A checklist\nhelps. (GP)", 1),
            running("And then:"),
            quoted("Yes.", 2),
            running("- an item"),
            running("The end\nof it."),
        ]
    );
    // Where most stand in, that is how the text is set.
    let set = "Results\n\n  One said so.\n\n  Two said no.\n\n  Three said yes.";
    assert!(texts("a.txt", set).iter().all(|(_, kind)| *kind == BlockKind::Running));
}

#[test]
fn what_is_no_draft_is_refused_with_a_sentence() {
    for (name, bytes) in [
        ("a.md", &b""[..]),
        ("a.md", b" \n "),
        ("a.docx", b"PK\x03\x04 cut short"),
        ("a.pdf", b"%PDF-1.4"),
        ("a.txt", &[0_u8; 200][..]),
    ] {
        assert!(read_draft(name, bytes).is_err(), "{name}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_a_reader(source in "([a-zé ]{0,4}|[\\\\{}\\[\\]<>&;%`'\"“”*_~#|!/\n-]{1,4}|\\\\begin\\{quote\\}|\\\\enquote\\{|<q>|</q>|<blockquote>|> |```|<!--){0,30}") {
        for name in ["a.md", "a.tex", "a.html", "a.txt"] {
            let _ = read_draft(name, source.as_bytes());
        }
    }
}

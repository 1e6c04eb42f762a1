//! Drafts of each format, and what is no draft.

mod italics;
mod latex;
mod references;
mod tables;

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
    assert_eq!(texts("a.tex", source), [running("“With him, everything.” (P131) “No key.”[@] “None.”")]);
}

#[test]
fn latex_is_read_as_it_prints() {
    let source = "\\documentclass{article}\n\\begin{document}\n\\section{Results}\nOne said ``it's 50\\% so'' (GP)\\footnote{A note with ``another one''.} and % a comment ``no''\n\\enquote{outer \\enquote{inner} text} \\cite[p.~3]{smith}. Na\\\"ive, caf\\'{e} --- yes\\ldots{} no.\n\n\\begin{displayquote}[Smith]\nA block\nof two lines.\n\\end{displayquote}\n\\textit{After} it.\n\\end{document}\nnot this";
    assert_eq!(
        texts("a.tex", source),
        [
            ("Results".to_owned(), BlockKind::Heading),
            running(
                "One said “it’s 50% so” (GP) and “outer ‘inner’ text”[@]. Nai\u{308}ve, cafe\u{301} — yes… no."
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

#[test]
fn a_line_below_a_block_quotation_makes_no_heading_of_it() {
    let source = "One\n\n> so it is\n---\n\nTwo “a” (P016).\n---\n\nA heading\n---\n";
    assert_eq!(
        texts("a.md", source),
        [
            running("One"),
            quoted("so it is", 1),
            running("Two “a” (P016)."),
            ("A heading".to_owned(), BlockKind::Heading),
        ]
    );
}

#[test]
fn comments_are_kept_beside_what_they_stand_by() {
    let comments = |name: &str, source: &str| {
        let draft = read_draft(name, source.as_bytes()).unwrap();
        let of = |block: Block| {
            block.comments.into_iter().map(move |(at, what)| (block.text[..at].to_owned(), what))
        };
        draft.blocks.into_iter().flat_map(of).collect::<Vec<_>>()
    };
    let at = |before: &str, what: &str| (before.to_owned(), what.to_owned());
    assert_eq!(
        comments("a.md", "> So. (GP) <!-- I43:41 -->\n\nA <!-- two\nlines --> b <!-- -->"),
        [at("So. (GP)", "I43:41"), at("A\n", "two lines")]
    );
    assert_eq!(comments("a.html", "<p>So.<!--I43:41--></p>"), [at("So.", "I43:41")]);
    // Before a block, it belongs to that; behind the last, to it. An escaped sign is text.
    assert_eq!(
        comments("a.tex", "One.\n\n% I43:41\n\\begin{quote}\nSo 5\\% (GP) %I43:42\n\\end{quote}\n% end"),
        [at("", "I43:41"), at("So 5% (GP)", "I43:42"), at("So 5% (GP)", "end")]
    );
    let long = format!("A<!-- {} -->", "é ".repeat(200));
    let (_, what) = comments("a.md", &long).remove(0);
    assert!((199..=200).contains(&what.len()));
}

#[test]
fn a_comment_of_latex_before_a_blank_line_ends_the_paragraph() {
    assert_eq!(texts("a.tex", "``So.'' (GP) % I43:41\n\nNext"), [running("“So.” (GP)"), running("Next")]);
}

#[test]
fn what_opens_and_never_ends_is_told_with_its_line() {
    let comment = "the comment that begins here never ends";
    let fence = "the code block that begins here never ends";
    for (name, source, expected, line, what) in [
        ("a.md", "One\n\n> two <!-- I43:41 (GP)\n\n“So.”", "One|two <!-- I43:41 (GP)|“So.”", 3, comment),
        ("a.md", "<!-- one -->\n\nTwo <!-- three", "Two <!-- three", 3, comment),
        ("a.md", "One\n\n```r\nx\n\nTwo", "One", 3, fence),
        ("a.md", "One\n\n~~~\nx\n```\n\nTwo", "One", 3, fence),
        ("a.html", "<p>One\n<!-- two <p>Three", "One", 2, comment),
        ("a.html", "<p>One\n<style>p{}\n<p>Two", "One", 2, "the <style> that begins here never ends"),
    ] {
        let draft = read_draft(name, source.as_bytes()).unwrap();
        let read: Vec<&str> = draft.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(read.join("|"), expected, "{source}");
        let [told] = draft.remarks() else { panic!("{source}: {:?}", draft.remarks()) };
        assert_eq!(told.line, Some(line), "{source}");
        assert!(told.what.starts_with(what) && told.what.contains("; close it with"), "{}", told.what);
    }
    for (name, source) in [
        ("a.md", "One <!-- two\n\nthree --> four\n\n```\n<!--\n```"),
        ("a.html", "<p>One<svg><svg/><path/></svg> two"),
    ] {
        assert!(read_draft(name, source.as_bytes()).unwrap().remarks().is_empty(), "{source}");
    }
    assert_eq!(texts("a.html", "<p>One<svg><svg/><path/></svg> two"), [running("One two")]);
}

#[test]
fn code_is_no_prose() {
    assert_eq!(
        texts("a.md", "We ran `print(\"a\")`, ``a `b` c``, and ``so'' and ``no'' here."),
        [running("We ran , , and so'' and no'' here.")]
    );
}

#[test]
fn items_in_a_block_quotation_stand_on_lines_of_their_own() {
    assert_eq!(
        texts("a.md", "> 1. One. (P016)\n> 2. Two. (P092)\n\nThen\n\n> - One\n>   goes on\n> - two"),
        [quoted("One. (P016)\nTwo. (P092)", 1), running("Then"), quoted("One\ngoes on\ntwo", 2)]
    );
}

#[test]
fn divisions_and_classes_for_quotations_are_block_quotations() {
    assert_eq!(
        texts("a.md", "Text\n\n::: {.quote}\nOne.\n\n(P016)\n:::\n\n::: note\nTwo\n:::"),
        [running("Text"), quoted("One.", 1), quoted("(P016)", 1), running("Two")]
    );
    let source = "<p class=quote>One. (P013)<p>Two<div class=\"big Quotation\"><div>Three.</div><p class='by'>P090</p></div>Four";
    assert_eq!(
        texts("a.html", source),
        [quoted("One. (P013)", 1), running("Two"), quoted("Three.", 2), quoted("P090", 2), running("Four")]
    );
}

#[test]
fn who_is_cited_below_a_block_quotation_stands_on_a_line_of_its_own() {
    let source = "<blockquote>One <cite>Title</cite> two.<cite>P131</cite></blockquote><blockquote><p>Three.</p><footer>— <cite>P090</cite></footer></blockquote>";
    assert_eq!(
        texts("a.html", source),
        [quoted("One Title two.\nP131", 1), quoted("Three.", 2), quoted("— P090", 2)]
    );
    let figure = "<figure class=quote><blockquote>One.</blockquote><figcaption>P131</figcaption></figure>";
    assert_eq!(texts("a.html", figure), [quoted("One.", 1), ("P131".to_owned(), BlockKind::Caption)]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_breaks_a_reader(source in "([a-zé ]{0,4}|[\\\\{}\\[\\]<>&;%`'\"“”*_~#|!/\n-]{1,4}|\\\\begin\\{quote\\}|\\\\enquote\\{|<q>|</q>|<blockquote>|> |```|<!--|-->|% |\\n\\| |\\+--\\+|---  ---|<t[rdh]>|<table>|</table>|<dd>|<p class=quote>|<sup>|</sup>|<em>|</em>|<cite>|\\^|†|¹|::: quote|# References\n|References\n===|\\\\begin\\{tabular\\}\\{l\\}|\\\\end\\{tabular\\}| & |\\\\\\\\|\\\\emph\\{|\\\\itshape|\\\\cite\\{|\\\\textins\\{|\\\\item\\[|\\\\section\\{|\\\\multicolumn\\{2\\}|\\\\begin\\{displaycquote\\}|\\$\\^){0,60}") {
        for name in ["a.md", "a.tex", "a.html", "a.txt"] {
            let _ = read_draft(name, source.as_bytes());
        }
    }
}

//! Quotations in LaTeX.

use super::*;

#[test]
fn what_a_quotation_leaves_out_or_inserts_stands_in_brackets() {
    assert_eq!(
        texts(
            "a.tex",
            "\\enquote{I was \\textelp{} It \\textelp{had been} and \\textins{\\emph{they}} \\textins*{I}t}"
        ),
        [running("“I was […] It […] and [they] [I]t”")]
    );
}

#[test]
fn commands_that_quote_have_languages_keys_and_sources() {
    assert_eq!(
        texts(
            "a.tex",
            "\\say{One \\say{two}} \\foreigntextquote{welsh}[P090][.]{Tri} \\textcquote[12]{boyle}{four} \\blockcquote[P131]{x}[.]{five}"
        ),
        [running("“One ‘two’” “Tri” (P090) “four”[@] “five”[@] (P131)")]
    );
    assert_eq!(
        texts(
            "a.tex",
            "\\begin{foreigndisplayquote}{welsh}[P090]\nUn.\n\\end{foreigndisplayquote}\n\\begin{displaycquote}[4]{smith}Two.\\end{displaycquote}"
        ),
        [quoted("Un. (P090)", 1), quoted("Two.[@]", 2)]
    );
    // Of two arguments before a key the second stands behind the reference; before the text it is a full stop.
    assert_eq!(
        texts(
            "a.tex",
            "\\textcquote[see][P131]{key}{one} \\foreignblockcquote{welsh}[cf.][P090]{key}[.]{dau} \\textquote[P016][.]{three}\n\n\\begin{displaycquote}[see][P013]{key}Four.\\end{displaycquote}"
        ),
        [running("“one”[@] (P131) “dau”[@] (P090) “three” (P016)"), quoted("Four.[@] (P013)", 1)]
    );
}

#[test]
fn who_said_it_stands_on_a_line_of_its_own_in_an_environment_for_quotations() {
    for behind in [
        "\\par\\raggedleft P016",
        "\\hfill P016",
        "\\hspace*{\\fill} P016",
        "\\attrib{P016}",
        "\\attribution{\\textbf{P016}}",
        "\\\\ P016",
        "\\\\*[2pt]\nP016",
        "\n\\begin{flushright}P016\\end{flushright}",
        "\\par\\rightline{P016}",
    ] {
        let source = format!("\\begin{{quote}}\nOne said so.{behind}\n\\end{{quote}}");
        assert_eq!(texts("a.tex", &source), [quoted("One said so.\nP016", 1)], "{behind}");
    }
    assert_eq!(texts("a.tex", "One \\hfill two \\unknown{three}"), [running("One two three")]);
}

#[test]
fn terms_of_a_description_are_labels() {
    assert_eq!(
        texts(
            "a.tex",
            "\\begin{description}\n\\item[P088:] One\n\\item[\\textbf{P090}] Two\n\\item[--] Three\n\\end{description}"
        ),
        [running("P088: One"), running("P090: Two"), running("Three")]
    );
}

#[test]
fn definitions_and_first_arguments_are_no_text() {
    assert_eq!(
        texts(
            "a.tex",
            "\\newcommand{\\pquote}[2]{\\begin{quote}#1 (#2)\\end{quote}}A \\textcolor{red}{b} \\href{http://x.y}{c}"
        ),
        [running("A b c")]
    );
}

//! Marks of references, and the list of references.

use super::*;

fn text(name: &str, source: &str) -> String {
    texts(name, source).into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("|")
}

#[test]
fn raised_marks_are_references() {
    for (name, source, expected) in [
        ("a.md", "“So”<sup>12</sup> (P016) slow^14–16,18^.", "“So”[@] (P016) slow[@]."),
        (
            "a.md",
            "“So”^a^ (P016), “no”¹ ² (P013), “yes”† end",
            "“So”[@] (P016), “no”[@] ² (P013), “yes”[@] end",
        ),
        ("a.md", "“So.”^3^ Or “so”.^3^ And “so.”.^2,3^", "“So.”[@] Or “so”.[@] And “so.”.[@]"),
        ("a.md", "“So”.<sup>3</sup> (P016).^3^ It *is*.^3^ No[^a].", "“So”.[@] (P016).[@] It is.[@] No."),
        (
            "a.md",
            "the 19^th^ day, 1<sup>st</sup>, 5 m^2^, 10^6^ [@key, p. 4]",
            "the 19th day, 1st, 5 m2, 106 [@key, p. 4]",
        ),
        (
            "a.html",
            "<p>“So”<sup><a href=\"#n\">3</a></sup><sup>,4</sup> (P090) a<sup>∗</sup>",
            "“So”[@] (P090) a∗",
        ),
        (
            "a.tex",
            "``So''\\textsuperscript{12,a} (P016), slow$^{3}$ 2\\textsuperscript{nd}",
            "“So”[@] (P016), slow[@] 2nd",
        ),
        ("a.html", "<p>“So”&dagger; (P090), “no”&sup2;", "“So”[@] (P090), “no”[@]"),
        ("a.txt", "“So”¹² (P016)", "“So”[@] (P016)"),
    ] {
        assert_eq!(text(name, source), expected, "{source}");
    }
}

#[test]
fn references_of_latex_are_one_mark() {
    for (source, expected) in [
        ("slow \\citep[see][p.~4]{smith,jones}.", "slow[@]."),
        ("slow~\\cite{a} \\cite{b} and", "slow[@] and"),
        ("slow \\parencite[P131]{data}", "slow[@] (P131)"),
        ("slow \\autocite[12--14]{a}, \\footcite[ch.~2]{b}", "slow[@],[@]"),
        ("slow\\supercite{a} \\textcite[GP,~P090]{c}", "slow[@] (GP, P090)"),
        ("slow \\parencites[12]{a}[13]{b}.", "slow[@]."),
    ] {
        assert_eq!(text("a.tex", source), expected, "{source}");
    }
}

#[test]
fn what_stands_below_the_heading_of_references_is_no_text_of_the_paper() {
    let reference = |text: &str| (text.to_owned(), BlockKind::Reference);
    let heading = |text: &str| (text.to_owned(), BlockKind::Heading);
    assert_eq!(
        texts(
            "a.md",
            "Before\n\n## 7. REFERENCES {-}\n\nA. “Title”.\n\n### Books\n\n> B.\n\n## Appendix\n\nAfter"
        ),
        [
            running("Before"),
            heading("7. REFERENCES"),
            reference("A. “Title”."),
            heading("Books"),
            reference("B."),
            heading("Appendix"),
            running("After"),
        ]
    );
    assert_eq!(
        texts("a.md", "Works cited\n===========\n\nA.\n\nSub\n---\n\nB.\n\n# End\n\nC."),
        [
            heading("Works cited"),
            reference("A."),
            heading("Sub"),
            reference("B."),
            heading("End"),
            running("C.")
        ]
    );
    assert_eq!(
        texts("a.html", "<h2>Bibliography</h2><ol><li>A.</ol><h2>End</h2>B."),
        [heading("Bibliography"), reference("A."), heading("End"), running("B.")]
    );
    assert_eq!(
        texts(
            "a.tex",
            "\\section*{\\textbf{References}}\nA.\n\\section{End}\nB.\n\\begin{thebibliography}{9}\n\\bibitem{c} C.\n\\bibitem{d} D.\n\\end{thebibliography}\nE\\footnote{F}"
        ),
        [
            heading("References"),
            reference("A."),
            heading("End"),
            running("B."),
            reference("C."),
            reference("D."),
            running("E"),
            running("F"),
        ]
    );
    // A sentence about them is no heading; a table below them lists none.
    assert_eq!(
        texts("a.md", "# References to time\n\nA.\n\n# References\n\nB.\n\n| c | d |"),
        [
            heading("References to time"),
            running("A."),
            heading("References"),
            reference("B."),
            running("c"),
            running("d")
        ]
    );
}

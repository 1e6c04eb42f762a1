//! OpenDocument files.

use combe::document::{Cell, Format, read};

use super::make::{archive, odt, odt_with_styles};
use super::{marked, refusal, texts};

const BOLD: &str = r#"<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="normal"/></style:style><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Strong"/>"#;

#[test]
fn blanks_in_a_row_are_markup_and_those_that_count_are_elements() {
    let document = read(
        "a.odt",
        &odt("", "<text:p>\n  I:<text:tab/>one  two <text:s/>three<text:s text:c=\"2\"/>four<text:line-break/>five &amp; &#8217;</text:p><text:p/>"),
    )
    .unwrap();
    assert_eq!(texts(&document), ["I:\tone two  three  four", "five & ’", ""]);
    assert_eq!(document.lines.iter().map(|line| line.continues).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(document.format, Format::Odt);
}

#[test]
fn bold_comes_from_spans_and_paragraph_styles_and_their_parents() {
    let common = r#"<style:style style:name="Strong" style:family="paragraph"><style:text-properties fo:font-weight="700"/></style:style><style:style style:name="Heading_20_1" style:family="paragraph" style:default-outline-level="1"/>"#;
    let text = r#"<text:p><text:span text:style-name="T1">I: </text:span>yes</text:p><text:p text:style-name="P1">four</text:p><text:p text:style-name="P1"><text:span text:style-name="T2">plain</text:span></text:p><text:p><text:span text:style-name="T1">a<text:span>b</text:span></text:span>c</text:p><text:h>Part</text:h><text:p text:style-name="Heading_20_1">Ann</text:p>"#;
    let document = read("a.odt", &odt_with_styles(BOLD, common, text)).unwrap();
    assert_eq!(document.lines.iter().map(|line| line.bold).collect::<Vec<_>>(), [3, 4, 0, 2, 0, 0]);
    assert_eq!(
        document.lines.iter().map(|line| line.heading).collect::<Vec<_>>(),
        [None, None, None, None, Some(1), Some(1)]
    );
}

#[test]
fn deletions_notes_and_comments_stay_out() {
    let text = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>GONE</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>one<text:change text:change-id="1"/><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>NOTE</text:p></text:note-body></text:note><office:annotation><dc:creator>WHO</dc:creator><text:p>COMMENT</text:p></office:annotation> two<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box><svg:desc>PICTURE</svg:desc></draw:frame> three</text:p>"#;
    let document = read("a.odt", &odt("", text)).unwrap();
    assert_eq!(texts(&document), ["one two three", "box"]);
    for words in ["tracked changes", "1 comment", "1 footnote"] {
        assert!(marked(&document, words), "{words}");
    }
}

#[test]
fn cells_have_their_place() {
    let text = r#"<table:table><table:table-column/><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>a</text:p><text:p>aa</text:p></table:table-cell><table:table-cell><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></table:table-cell></table:table-row></table:table><text:p>end</text:p>"#;
    let document = read("a.odt", &odt("", text)).unwrap();
    let at = |row, column| Some(Cell { table: 0, row, column });
    let found: Vec<_> = document.lines.iter().map(|line| (line.text.as_str(), line.cell)).collect();
    assert_eq!(
        found,
        [
            ("wide", at(0, 0)),
            ("c", at(0, 2)),
            ("a", at(1, 0)),
            ("aa", at(1, 0)),
            ("b", at(1, 1)),
            ("end", None)
        ]
    );
}

#[test]
fn locked_and_other_files_are_refused() {
    let kind: &[u8] = b"application/vnd.oasis.opendocument.text";
    let locked = archive(&[
        ("mimetype", kind),
        ("content.xml", b"\x12\x80noise"),
        ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
    ]);
    assert!(refusal("a.odt", &locked).contains("password"));
    assert!(refusal("a.odt", &archive(&[("mimetype", kind)])).contains("damaged"));
    let sheet = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]);
    assert!(refusal("a.ods", &sheet).contains("no text document"));
}

//! Word files.

use combe::document::{Cell, read};

use super::make::{archive, docx, docx_with_styles, paragraph, word_body};
use super::{marked, refusal, texts};

fn lines(body: &str) -> Vec<String> {
    read("a.docx", &docx(body)).unwrap().lines.into_iter().map(|line| line.text).collect()
}

fn bold(body: &str, styles: &str) -> Vec<usize> {
    read("a.docx", &docx_with_styles(body, styles)).unwrap().lines.iter().map(|line| line.bold).collect()
}

#[test]
fn entities_and_character_references_and_cdata_are_text() {
    assert_eq!(lines(&paragraph("R&amp;D &lt;x&gt; &#8217;&#x2019; <![CDATA[a<b]]>")), ["R&D <x> ’’ a<b"]);
}

#[test]
fn breaks_end_lines_and_the_rest_continues_the_paragraph() {
    let body = r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Ann</w:t></w:r><w:r><w:t xml:space="preserve">   0:04</w:t><w:br/></w:r><w:r><w:t>Yes.</w:t><w:cr/><w:t>No.</w:t></w:r></w:p><w:p/>"#;
    let document = read("a.docx", &docx(body)).unwrap();
    assert_eq!(texts(&document), ["Ann   0:04", "Yes.", "No.", ""]);
    assert_eq!(
        document.lines.iter().map(|line| line.continues).collect::<Vec<_>>(),
        [false, true, true, false]
    );
    assert_eq!(document.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 1, 1, 2]);
    assert_eq!(document.lines[0].bold, 3);
}

#[test]
fn elements_that_stand_for_characters() {
    let body = r#"<w:p><w:r><w:t>I:</w:t><w:tab/><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="X" w:char="F0FF"/></w:r></w:p>"#;
    let document = read("a.docx", &docx(body)).unwrap();
    assert_eq!(texts(&document), ["I:\tco\u{2011}op\u{AD}☺\u{FFFD}"]);
    assert!(marked(&document, "1 symbol"));
}

#[test]
fn blanks_at_the_ends_count_only_where_they_are_preserved() {
    assert_eq!(
        lines(r#"<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space="preserve"> b </w:t></w:r></w:p>"#),
        ["a b "]
    );
}

#[test]
fn insertions_are_taken_and_deletions_and_moves_away_left_out() {
    let body = r#"<w:p><w:r><w:t>A</w:t></w:r><w:del><w:r><w:delText>GONE</w:delText></w:r></w:del><w:ins><w:r><w:t>B</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>GONE</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>C</w:t></w:r></w:moveTo></w:p>"#;
    let document = read("a.docx", &docx(body)).unwrap();
    assert_eq!(texts(&document), ["ABC"]);
    assert!(marked(&document, "4 tracked changes"));
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let deleted = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p>";
    assert_eq!(lines(&format!("{deleted}{}", paragraph(" two"))), ["one two"]);
    assert_eq!(lines(deleted), ["one"]);
    let empty = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>GONE</w:delText></w:r></w:del></w:p>";
    assert_eq!(lines(&format!("{empty}{}", paragraph("two"))), ["two"]);
}

#[test]
fn codes_notes_comments_and_hidden_text_stay_out() {
    let body = r#"<w:p><w:r><w:fldChar/><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id="1"/><w:commentReference w:id="1"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN</w:t></w:r><w:smartTag><w:r><w:t> tag</w:t></w:r></w:smartTag><w:sdt><w:sdtPr><w:rPr><w:b/></w:rPr></w:sdtPr><w:sdtContent><w:r><w:t xml:space="preserve"> control</w:t></w:r></w:sdtContent></w:sdt></w:p>"#;
    let parts = [
        ("word/document.xml", word_body(body)),
        ("word/footnotes.xml", word_body(&paragraph("FOOTNOTE"))),
        ("word/header1.xml", word_body(&paragraph("HEADER"))),
    ];
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (*name, part.as_bytes())).collect();
    let document = read("a.docx", &archive(&parts)).unwrap();
    assert_eq!(texts(&document), ["linktag control"]);
    assert_eq!(document.lines[0].bold, 0);
    for words in ["1 comment", "1 footnote", "1 piece of hidden text"] {
        assert!(marked(&document, words), "{words}");
    }
}

#[test]
fn a_text_box_is_read_once_and_after_its_paragraph() {
    let text_box = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph(text));
    let body = format!(
        r"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>before</w:t><mc:AlternateContent><mc:Choice><wps:txbx>{}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent><w:t> after</w:t></w:r></w:p>",
        text_box("box"),
        text_box("box")
    );
    let document = read("a.docx", &docx(&body)).unwrap();
    assert_eq!(texts(&document), ["beforeafter", "box"]);
    assert_eq!(document.lines[0].bold, "beforeafter".len(), "the run goes on bold after its box");
}

#[test]
fn bold_comes_from_the_run_its_style_and_the_paragraph_style() {
    let styles = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Label"><w:name w:val="Label"/><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Child"/><w:basedOn w:val="Label"/></w:style><w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b w:val="1"/></w:rPr></w:style>"#;
    let run = |paragraph: &str, run: &str| {
        format!("<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>four</w:t></w:r></w:p>")
    };
    let body = [
        run("", "<w:b/>"),
        run("", r#"<w:b w:val="0"/>"#),
        run("", r#"<w:b w:val="false"/>"#),
        run(r#"<w:pStyle w:val="Label"/>"#, ""),
        run(r#"<w:pStyle w:val="Child"/>"#, ""),
        run(r#"<w:pStyle w:val="Child"/>"#, r#"<w:b w:val="0"/>"#),
        run("", r#"<w:rStyle w:val="Strong"/>"#),
        // Word's toggle: a bold style in a bold style is plain.
        run(r#"<w:pStyle w:val="Label"/>"#, r#"<w:rStyle w:val="Strong"/>"#),
        // Properties of the mark and earlier properties are not the run's.
        run("<w:rPr><w:b/></w:rPr>", "<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>"),
    ];
    assert_eq!(bold(&body.concat(), styles), [4, 0, 0, 4, 4, 0, 4, 0, 0]);
}

#[test]
fn headings_are_told_by_style_name_or_outline_level() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>"#;
    let body = r#"<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>B</w:t></w:r></w:p><w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>C</w:t></w:r></w:p><w:p><w:pPr><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>D</w:t></w:r></w:p>"#;
    let document = read("a.docx", &docx_with_styles(body, styles)).unwrap();
    assert_eq!(
        document.lines.iter().map(|line| line.heading).collect::<Vec<_>>(),
        [Some(1), Some(2), Some(1), None]
    );
    assert_eq!(document.lines[0].bold, 1);
}

#[test]
fn cells_have_their_place_and_inner_tables_belong_to_the_outer_cell() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let inner = format!("<w:tbl>{}</w:tbl>", row(&[cell(&paragraph("x")), cell(&paragraph("y"))]));
    let wide = format!(r#"<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}"#, paragraph("wide"));
    let deleted = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell(&paragraph("")));
    let table = format!(
        "<w:tbl><w:tblGrid/>{}{deleted}{}</w:tbl>",
        row(&[cell(&wide), cell(&paragraph("c"))]),
        row(&[cell(&paragraph("a")), cell(&format!("{}{inner}{}", paragraph("b"), paragraph("")))]),
    );
    let document = read("a.docx", &docx(&format!("{}{table}{table}", paragraph("top")))).unwrap();
    let found: Vec<_> = document.lines.iter().map(|line| (line.text.as_str(), line.cell)).collect();
    let at = |table, row, column| Some(Cell { table, row, column });
    let expected = |table| {
        [
            ("wide", at(table, 0, 0)),
            ("c", at(table, 0, 2)),
            ("a", at(table, 1, 0)),
            ("b", at(table, 1, 1)),
            ("x", at(table, 1, 1)),
            ("y", at(table, 1, 1)),
            ("", at(table, 1, 1)),
        ]
    };
    assert_eq!(found[0], ("top", None));
    assert_eq!(found[1..8], expected(0));
    assert_eq!(found[8..], expected(1));
}

#[test]
fn a_body_under_another_name_and_prefix_is_found() {
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
    let body = r#"<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>Hello</x:t></x:r></x:p></x:body></x:document>"#;
    let bytes = archive(&[("_rels/.rels", relations.as_bytes()), ("word/document2.xml", body.as_bytes())]);
    assert_eq!(texts(&read("a.docx", &bytes).unwrap()), ["Hello"]);
}

#[test]
fn broken_files_are_refused_whole() {
    let whole = docx(&paragraph("Hello"));
    assert!(refusal("a.docx", &whole[..whole.len() - 30]).contains("cut short"));
    let cut = archive(&[("word/document.xml", b"<w:document><w:p><w:t>Hello")]);
    assert!(refusal("a.docx", &cut).contains("damaged near byte"));
    let deep = docx(&format!("{}{}", "<w:sdt>".repeat(600), "</w:sdt>".repeat(600)));
    assert!(refusal("a.docx", &deep).contains("nested more than 512 deep"));
    assert!(refusal("a.xlsx", &archive(&[("xl/workbook.xml", b"<x/>")])).contains("Excel"));
    assert!(refusal("a.zip", &archive(&[("a.txt", b"Hello")])).contains("unpack it"));
}

#[test]
fn zip_bombs_are_not_unpacked() {
    let blanks = vec![b' '; 40 << 20];
    assert!(refusal("a.docx", &archive(&[("word/document.xml", &blanks)])).contains("zip bomb"));
    let names: Vec<String> = (0..10_001).map(|number| format!("word/{number}")).collect();
    let mut parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    parts.push(("word/document.xml", b"<x/>"));
    assert!(refusal("a.docx", &archive(&parts)).contains("zip bomb"));
}

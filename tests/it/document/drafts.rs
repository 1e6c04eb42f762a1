//! Word-processor files read as drafts: cells, italics, raised marks, the list of references.

use combe::document::{Block, BlockKind, Cell, read_draft};

use super::make::{docx, docx_with_styles, odt, paragraph};

fn blocks(name: &str, bytes: &[u8]) -> Vec<Block> {
    read_draft(name, bytes).unwrap().blocks
}

fn kinds(blocks: &[Block]) -> Vec<(&str, BlockKind)> {
    blocks.iter().map(|block| (block.text.as_str(), block.kind)).collect()
}

/// A run of Word with these properties.
fn run(properties: &str, text: &str) -> String {
    format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

#[test]
fn cells_of_word_processor_files_are_paragraphs_of_their_own() {
    let cell = |row, column| Some(Cell { table: 0, row, column });
    let tc = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let quote = r#"<w:p><w:pPr><w:pStyle w:val="Quote"/></w:pPr><w:r><w:t>Half</w:t></w:r></w:p>"#;
    let rows = [
        format!("<w:tr>{}{}</w:tr>", tc(&paragraph("ID")), tc(&paragraph("Quote"))),
        format!(
            "<w:tr>{}{}{}</w:tr>",
            tc("<w:p/>"),
            tc(&(paragraph("“All”") + &paragraph("(P016)"))),
            tc(&paragraph("P013"))
        ),
        format!("<w:tr>{}{}</w:tr>", tc(quote), tc(quote)),
    ];
    let found = blocks("a.docx", &docx(&format!("<w:tbl>{}</w:tbl>{}", rows.concat(), paragraph("After"))));
    let places: Vec<_> = found.iter().map(|block| (block.text.as_str(), block.cell)).collect();
    assert_eq!(
        places,
        [
            ("ID", cell(0, 0)),
            ("Quote", cell(0, 1)),
            ("“All”", cell(1, 1)),
            ("(P016)", cell(1, 1)),
            ("P013", cell(1, 2)),
            ("Half", cell(2, 0)),
            ("Half", cell(2, 1)),
            ("After", None),
        ]
    );
    // A quotation ends with its cell.
    assert_ne!(found[5].kind, found[6].kind);

    let cell_of = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = format!(
        "<table:table-row>{}<table:covered-table-cell/>{}</table:table-row>",
        cell_of("a"),
        cell_of("b")
    );
    let found = blocks("a.odt", &odt("", &format!("<table:table>{row}</table:table><text:p>c</text:p>")));
    assert_eq!(found.iter().map(|block| block.cell).collect::<Vec<_>>(), [cell(0, 0), cell(0, 2), None]);
}

#[test]
fn paragraphs_in_italics_are_block_quotations() {
    let words = "In a flare I am no good.";
    let styles = r#"<w:style w:type="paragraph" w:styleId="Said"><w:name w:val="Said"/><w:rPr><w:i/></w:rPr></w:style><w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>"#;
    let of_style = |runs: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="Said"/></w:pPr>{runs}</w:p>"#);
    let body = [
        paragraph("It hurt:"),
        format!("<w:p>{}{}</w:p>", run("<w:i/>", words), run("", " (P016)")),
        paragraph("Some"),
        // By its style, and switched off behind the words.
        of_style(&(run("", words) + &run(r#"<w:i w:val="0"/>"#, " (P013)"))),
        paragraph("more"),
        format!("<w:p>{} (x)</w:p>", run(r#"<w:rStyle w:val="Emphasis"/>"#, &format!("{words} [P090]"))),
        // Word's toggle: italics in italics are upright.
        of_style(&run(r#"<w:rStyle w:val="Emphasis"/>"#, &format!("{words} (P088)"))),
        format!("<w:p>{}{}</w:p>", run("<w:i/>", "Emphasis of five words here"), run("", " is text (P016)")),
    ];
    let found = blocks("a.docx", &docx_with_styles(&body.concat(), styles));
    let is_quotation: Vec<bool> =
        found.iter().map(|block| matches!(block.kind, BlockKind::Quotation(_))).collect();
    assert_eq!(is_quotation, [false, true, false, true, false, true, false, false]);

    let automatic = r#"<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>"#;
    let text = format!(
        r#"<text:p>So:</text:p><text:p><text:span text:style-name="T1">{words}</text:span> (P016)</text:p>"#
    );
    let found = blocks("a.odt", &odt(automatic, &text));
    assert_eq!(kinds(&found)[1], ("In a flare I am no good. (P016)", BlockKind::Quotation(1)));
}

#[test]
fn raised_marks_are_references_and_ordinals_are_text() {
    const RAISED: &str = r#"<w:vertAlign w:val="superscript"/>"#;
    let styles = r#"<w:style w:type="character" w:styleId="Cite"><w:name w:val="Cite"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>"#;
    let runs = [
        run("", "“So”"),
        run(RAISED, "12"),
        run(RAISED, ",14–16"),
        run("", " (P016), on the 1"),
        run(RAISED, "st"),
        run("", " day"),
        run(r#"<w:rStyle w:val="Cite"/>"#, "a"),
        run("", "."),
    ];
    let found = blocks("a.docx", &docx_with_styles(&format!("<w:p>{}</w:p>", runs.concat()), styles));
    assert_eq!(found[0].text, "“So”[@] (P016), on the 1st day[@].");

    let automatic = r#"<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="T2" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>"#;
    let text = r#"<text:p>“So”<text:span text:style-name="T1">12</text:span> (P016) H<text:span text:style-name="T2">2</text:span>O</text:p>"#;
    assert_eq!(blocks("a.odt", &odt(automatic, text))[0].text, "“So”[@] (P016) H2O");
}

#[test]
fn the_list_of_references_goes_up_to_the_next_heading_of_its_rank() {
    let heading = |level: u8, text: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let body = [
        heading(1, "References"),
        paragraph("A. “Title”."),
        heading(2, "Books"),
        paragraph("B."),
        heading(1, "Appendix"),
        paragraph("After"),
    ];
    assert_eq!(
        kinds(&blocks("a.docx", &docx(&body.concat()))),
        [
            ("References", BlockKind::Heading),
            ("A. “Title”.", BlockKind::Reference),
            ("Books", BlockKind::Heading),
            ("B.", BlockKind::Reference),
            ("Appendix", BlockKind::Heading),
            ("After", BlockKind::Running),
        ]
    );
    let text = r#"<text:h text:outline-level="2">References</text:h><text:p>A.</text:p><text:h text:outline-level="1">End</text:h><text:p>B.</text:p>"#;
    let found = blocks("a.odt", &odt("", text));
    assert_eq!((found[1].kind, found[3].kind), (BlockKind::Reference, BlockKind::Running));
}

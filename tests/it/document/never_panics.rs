//! Whatever the bytes: a document or a sentence.

use combe::document::read;
use proptest::prelude::*;

use super::make::{docx, word_body};

/// Changes bytes at some places.
fn mutate(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    for (place, byte) in changes {
        let at = place.index(bytes.len());
        bytes[at] = *byte;
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8)
}

const BODY: &str = r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">I: &amp; &#x41;</w:t><w:br/></w:r></w:p><w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"#;
const VTT: &str = "WEBVTT\n\nNOTE x\n\nid\n00:01.000 --> 00:02.000 a:b\n<v.c Ann &amp; B>one<00:01.5>\ntwo</v>&#x41;\n\n1\n00:00:02,000 --> 00:00:03,000\n{\\an8}<i>x</i>\n";

proptest! {
    #[test]
    fn random_bytes(name in "[a-z]{1,4}\\.(txt|md|docx|odt|vtt|srt)", bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&name, &bytes);
    }

    #[test]
    fn random_text(text in "\\PC{0,200}") {
        let _ = read("a.txt", text.as_bytes());
        let _ = read("a.srt", format!("00:01 --> 00:02\n{text}").as_bytes());
        let _ = read("a.vtt", format!("WEBVTT\n\n00:01 --> 00:02\n{text}").as_bytes());
    }

    #[test]
    fn mutated_word_files(changes in changes()) {
        let _ = read("a.docx", &mutate(docx(BODY), &changes));
    }

    #[test]
    fn mutated_markup_in_a_sound_container(changes in changes()) {
        let body = mutate(word_body(BODY).into_bytes(), &changes);
        let _ = read("a.docx", &super::make::archive(&[("word/document.xml", &body), ("word/styles.xml", &body)]));
        let _ = read("a.odt", &super::make::archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", &body),
        ]));
    }

    #[test]
    fn mutated_captions(changes in changes()) {
        let bytes = mutate(VTT.as_bytes().to_vec(), &changes);
        let _ = read("a.vtt", &bytes);
        let _ = read("a.srt", &bytes);
    }
}

/// A search to the end of the file for each of them would take hours.
#[test]
fn a_megabyte_of_opening_signs_is_read_at_once() {
    for sign in ["<", "&", "{\\", "**", "[", "<v "] {
        let many = sign.repeat((1 << 20) / sign.len());
        let _ = read("a.md", many.as_bytes());
        let _ = read("a.vtt", format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{many}").as_bytes());
        let _ = read("a.docx", &docx(&format!("<w:p {}/>", "a='' ".repeat(100_000))));
    }
}

#[test]
fn more_lines_than_any_transcript_has_are_refused() {
    let many = "a\n".repeat(1_000_002);
    assert!(super::refusal("a.txt", many.as_bytes()).contains("more than 1000000 lines"));
    let breaks = format!("<w:p><w:r>{}</w:r></w:p>", "<w:br/>".repeat(1_000_002));
    assert!(super::refusal("a.docx", &docx(&breaks)).contains("more than 1000000 lines"));
}

//! Word-processor files made for tests.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip archive of these parts.
pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

/// A Word file with this body.
pub(super) fn docx(body: &str) -> Vec<u8> {
    archive(&[("word/document.xml", word_body(body).as_bytes())])
}

/// A Word file with this body and these styles.
pub(super) fn docx_with_styles(body: &str, styles: &str) -> Vec<u8> {
    let styles = format!(r"<w:styles {WORD}>{styles}</w:styles>");
    archive(&[("word/document.xml", word_body(body).as_bytes()), ("word/styles.xml", styles.as_bytes())])
}

/// The part that holds a Word file's body.
pub(super) fn word_body(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {WORD}><w:body>{body}<w:sectPr/></w:body></w:document>"#
    )
}

/// A paragraph of one run.
pub(super) fn paragraph(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

//! Word-processor files made for tests.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip archive of these parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

/// A Word file with this body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    archive(&[("word/document.xml", word_body(body).as_bytes())])
}

/// A Word file with this body and these styles.
pub(crate) fn docx_with_styles(body: &str, styles: &str) -> Vec<u8> {
    let styles = format!(r"<w:styles {WORD}>{styles}</w:styles>");
    archive(&[("word/document.xml", word_body(body).as_bytes()), ("word/styles.xml", styles.as_bytes())])
}

/// The part that holds a Word file's body.
pub(crate) fn word_body(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {WORD}><w:body>{body}<w:sectPr/></w:body></w:document>"#
    )
}

/// A paragraph of one run.
pub(crate) fn paragraph(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

/// An OpenDocument text with these automatic styles and this text.
pub(crate) fn odt(automatic: &str, text: &str) -> Vec<u8> {
    odt_with_styles(automatic, "", text)
}

/// An OpenDocument text with common styles too.
pub(crate) fn odt_with_styles(automatic: &str, common: &str, text: &str) -> Vec<u8> {
    const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/""#;
    let content = format!(
        r"<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let styles = format!(
        r"<office:document-styles {NAMES}><office:styles>{common}</office:styles><office:master-styles><style:master-page><style:header><text:p>PAGE HEADER</text:p></style:header></style:master-page></office:master-styles></office:document-styles>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", styles.as_bytes()),
    ])
}

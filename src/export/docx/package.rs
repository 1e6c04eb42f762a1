//! The container of a Word file: which parts there are, how they hang together, and the page.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::markup::Markup;
use super::{Docx, comments};

/// WordprocessingML's namespace.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const STYLES: &str = include_str!("styles.xml");
const FOOTER: &str = include_str!("footer.xml");

/// Puts the parts together.
pub(super) fn write(docx: Docx) -> Vec<u8> {
    let with_comments = !docx.comments.is_empty();
    let mut parts = vec![
        ("[Content_Types].xml", content_types(with_comments)),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml"), CORE])),
        ("docProps/core.xml", core(&docx.title)),
        ("word/styles.xml", STYLES.to_owned()),
        ("word/footer1.xml", FOOTER.to_owned()),
    ];
    let mut related = vec![("styles", "styles.xml"), ("footer", "footer1.xml")];
    if with_comments {
        related.push(("comments", "comments.xml"));
        parts.push(("word/comments.xml", comments::write(&docx.comments)));
    }
    parts.push(("word/_rels/document.xml.rels", relations(&related)));
    parts.push(("word/document.xml", document(docx)));
    pack(&parts)
}

/// The relation of the properties has a type of another root than all others.
const CORE: (&str, &str) = ("core", "docProps/core.xml");

fn document(docx: Docx) -> String {
    let mut xml = Markup::document();
    xml.open("w:document", &[("xmlns:w", WORD), ("xmlns:r", RELATIONS)]);
    xml.open("w:body", &[]);
    xml.raw(&docx.body.finish());
    xml.open("w:sectPr", &[]);
    xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId2")]);
    let (wide, high) = docx.page.size();
    let (wide, high, margin) = (wide.to_string(), high.to_string(), docx.page.margin.to_string());
    let mut size = vec![("w:w", wide.as_str()), ("w:h", high.as_str())];
    if docx.page.landscape {
        size.push(("w:orient", "landscape"));
    }
    xml.empty("w:pgSz", &size);
    let sides = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, margin.as_str()));
    let edges = [("w:header", "708"), ("w:footer", "708"), ("w:gutter", "0")];
    xml.empty("w:pgMar", &[sides.as_slice(), &edges].concat());
    xml.close("w:sectPr");
    xml.close("w:body");
    xml.close("w:document");
    xml.finish()
}

fn content_types(with_comments: bool) -> String {
    const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    let mut xml = Markup::document();
    xml.open("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
    let defaults =
        [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")];
    for (extension, kind) in defaults {
        xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
    }
    let mut part = |name: &str, kind: &str| {
        xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
    };
    part("/word/document.xml", &format!("{WORD_TYPE}document.main+xml"));
    part("/word/styles.xml", &format!("{WORD_TYPE}styles+xml"));
    part("/word/footer1.xml", &format!("{WORD_TYPE}footer+xml"));
    if with_comments {
        part("/word/comments.xml", &format!("{WORD_TYPE}comments+xml"));
    }
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    xml.close("Types");
    xml.finish()
}

fn relations(of: &[(&str, &str)]) -> String {
    let mut xml = Markup::document();
    xml.open("Relationships", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")]);
    for (nth, (kind, target)) in of.iter().enumerate() {
        let kind = match *kind {
            "core" => {
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".into()
            }
            kind => format!("{RELATIONS}/{kind}"),
        };
        let id = format!("rId{}", nth + 1);
        xml.empty("Relationship", &[("Id", &id), ("Type", &kind), ("Target", target)]);
    }
    xml.close("Relationships");
    xml.finish()
}

fn core(title: &str) -> String {
    let mut xml = Markup::document();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ],
    );
    xml.open("dc:title", &[]);
    xml.text(title);
    xml.close("dc:title");
    xml.open("dc:creator", &[]);
    xml.text("Combe");
    xml.close("dc:creator");
    xml.close("cp:coreProperties");
    xml.finish()
}

fn pack(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // Writing into memory cannot fail, and no two parts have one name.
    for (name, text) in parts {
        let _ = zip.start_file(*name, options);
        let _ = zip.write_all(text.as_bytes());
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

//! A reader of Word files that knows nothing of how they are written: what ECMA-376 part 1 says of the order of elements, of
//! comments, relations, styles and parts. It always runs, where a word processor may not be installed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};

/// An element with its attributes, as they are written, and what stands in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Result<Element, String> {
        let name = start.name().into_inner().to_owned();
        let mut attributes = BTreeMap::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| format!("{name}: {error}"))?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map_err(|error| format!("{name}: {error}"))?.into_owned();
            attributes.insert(attribute.key.into_inner().to_owned(), value);
        }
        Ok(Element { name, attributes, children: Vec::new() })
    }

    /// The root of a part.
    fn parse(xml: &str) -> Result<Element, String> {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut open = vec![Element::default()];
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(start) => open.push(Element::of(&start)?),
                Event::Empty(start) => {
                    let element = Element::of(&start)?;
                    open.last_mut().unwrap().children.push(element);
                }
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().ok_or("more is closed than was opened")?.children.push(done);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut top = open.pop().filter(|_| open.is_empty()).ok_or("not all is closed")?.children;
        if top.len() == 1 { Ok(top.remove(0)) } else { Err(format!("{} roots", top.len())) }
    }

    fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    /// It and all below it, in order.
    fn walk<'e>(&'e self, each: &mut impl FnMut(&'e Element)) {
        each(self);
        for child in &self.children {
            child.walk(each);
        }
    }

    fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        self.walk(&mut |element| found.extend(Some(element).filter(|element| element.name == name)));
        found
    }
}

/// The parts of a file, by name.
fn unpack(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let unpacked = |at: usize| {
        let mut part = archive.by_index(at).unwrap();
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        (part.name().unwrap().into_owned(), xml)
    };
    (0..count).map(unpacked).collect()
}

/// What may stand in an element, in groups: groups in this order, what is in one in any order.
const CONTENT: &[(&str, &[&str])] = &[
    ("w:document", &["w:background", "w:body"]),
    ("w:body", &["w:p w:tbl", "w:sectPr"]),
    ("w:p", &["w:pPr", "w:r w:commentRangeStart w:commentRangeEnd"]),
    ("w:r", &["w:rPr", "w:t w:br w:tab w:commentReference w:fldChar w:instrText"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    ("w:tblGrid", &["w:gridCol"]),
    ("w:tr", &["w:tblPrEx", "w:trPr", "w:tc"]),
    ("w:tc", &["w:tcPr", "w:p w:tbl"]),
    ("w:trPr", &["w:cnfStyle w:gridBefore w:cantSplit w:trHeight w:tblHeader w:jc w:hidden"]),
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:framePr",
            "w:widowControl",
            "w:numPr",
            "w:suppressLineNumbers",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:bidi",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:jc",
            "w:textAlignment",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:smallCaps",
            "w:strike",
            "w:vanish",
            "w:color",
            "w:spacing",
            "w:w",
            "w:kern",
            "w:position",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:shd",
            "w:vertAlign",
            "w:rtl",
            "w:cs",
            "w:lang",
        ],
    ),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblpPr",
            "w:tblOverlap",
            "w:bidiVisual",
            "w:tblW",
            "w:jc",
            "w:tblCellSpacing",
            "w:tblInd",
            "w:tblBorders",
            "w:shd",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
        ],
    ),
    ("w:tblBorders", &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"]),
    ("w:tblCellMar", &["w:top", "w:left", "w:bottom", "w:right"]),
    (
        "w:tcPr",
        &[
            "w:cnfStyle",
            "w:tcW",
            "w:gridSpan",
            "w:vMerge",
            "w:tcBorders",
            "w:shd",
            "w:noWrap",
            "w:tcMar",
            "w:vAlign",
        ],
    ),
    (
        "w:sectPr",
        &[
            "w:headerReference w:footerReference",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:pgNumType",
            "w:cols",
            "w:titlePg",
        ],
    ),
    ("w:styles", &["w:docDefaults", "w:latentStyles", "w:style"]),
    ("w:docDefaults", &["w:rPrDefault", "w:pPrDefault"]),
    ("w:rPrDefault", &["w:rPr"]),
    ("w:pPrDefault", &["w:pPr"]),
    (
        "w:style",
        &[
            "w:name",
            "w:aliases",
            "w:basedOn",
            "w:next",
            "w:link",
            "w:autoRedefine",
            "w:hidden",
            "w:uiPriority",
            "w:semiHidden",
            "w:unhideWhenUsed",
            "w:qFormat",
            "w:locked",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
            "w:trPr",
            "w:tcPr",
            "w:tblStylePr",
        ],
    ),
    ("w:comments", &["w:comment"]),
    ("w:comment", &["w:p w:tbl"]),
    ("w:ftr", &["w:p w:tbl"]),
];

/// Elements that are nothing without something in them.
const NEVER_EMPTY: &[&str] =
    &["w:tbl", "w:tblGrid", "w:tr", "w:tc", "w:trPr", "w:comment", "w:ftr", "w:body"];

/// Attributes that name a style.
const STYLES: &[(&str, &str)] = &[
    ("w:pStyle", "paragraph"),
    ("w:rStyle", "character"),
    ("w:tblStyle", "table"),
    ("w:basedOn", ""),
    ("w:next", "paragraph"),
];

/// What is wrong with a Word file; nothing if nothing is.
pub(crate) fn faults(bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut parts = BTreeMap::new();
    for (name, xml) in unpack(bytes) {
        match Element::parse(&xml) {
            Ok(root) => drop(parts.insert(name, root)),
            Err(error) => faults.push(format!("{name}: {error}")),
        }
    }
    for (name, root) in &parts {
        root.walk(&mut |element| faults.extend(order(element).map(|what| format!("{name}: {what}"))));
        for table in root.all("w:tbl") {
            faults.extend(grid(table).map(|what| format!("{name}: {what}")));
        }
    }
    faults.extend(package(&parts));
    faults.extend(styles(&parts));
    faults.extend(comments(&parts));
    faults
}

/// Whether what stands in an element may, in that order.
fn order(element: &Element) -> Option<String> {
    let name = element.name.as_str();
    let names: Vec<&str> = element.children.iter().map(|child| child.name.as_str()).collect();
    if NEVER_EMPTY.contains(&name) && names.is_empty() {
        return Some(format!("{name} is empty"));
    }
    if name == "w:tc" && names.last() != Some(&"w:p") {
        return Some("a cell does not end with a paragraph".into());
    }
    let Some((_, groups)) = CONTENT.iter().find(|(of, _)| *of == name) else {
        let unknown = name.starts_with("w:") && !names.is_empty();
        return unknown.then(|| format!("nothing is known to stand in {name}: {names:?}"));
    };
    let mut least = 0;
    for (at, child) in names.iter().enumerate() {
        let Some(group) = groups.iter().position(|group| group.split(' ').any(|held| held == *child)) else {
            return Some(format!("{child} stands in {name}"));
        };
        if group < least {
            return Some(format!("{child} stands too late in {name}"));
        }
        least = group;
        // Properties are said once.
        if name.ends_with("Pr")
            && name != "w:sectPr"
            && names.get(..at).is_some_and(|before| before.contains(child))
        {
            return Some(format!("{child} stands twice in {name}"));
        }
    }
    None
}

/// Whether each row of a table fills its columns.
fn grid(table: &Element) -> Option<String> {
    let columns = table.children.iter().find(|child| child.name == "w:tblGrid")?.children.len();
    let span = |cell: &Element| -> usize {
        let spans = cell.children.first().map(|properties| properties.all("w:gridSpan")).unwrap_or_default();
        spans.first().and_then(|span| span.get("w:val")?.parse().ok()).unwrap_or(1)
    };
    let rows = table.children.iter().filter(|child| child.name == "w:tr");
    let wide =
        |row: &Element| row.children.iter().filter(|cell| cell.name == "w:tc").map(span).sum::<usize>();
    rows.map(wide)
        .find(|row| *row != columns)
        .map(|row| format!("a row of {row} in a table of {columns} columns"))
}

/// Whether each part has a type, each relation a part, and each identifier of a relation a relation.
fn package(parts: &BTreeMap<String, Element>) -> Vec<String> {
    let mut faults = Vec::new();
    let types = &parts["[Content_Types].xml"];
    let listed = |name: &str, key: &str| -> Vec<String> {
        types.all(name).iter().filter_map(|held| held.get(key)).map(str::to_owned).collect()
    };
    let (endings, overridden) = (listed("Default", "Extension"), listed("Override", "PartName"));
    for name in &overridden {
        if !parts.contains_key(name.trim_start_matches('/')) {
            faults.push(format!("there is no {name}, which has a type"));
        }
    }
    for (name, root) in parts {
        let has_own = overridden.contains(&format!("/{name}"));
        let ending = name.rsplit('.').next().unwrap_or_default().to_owned();
        // XML of no kind is no part of a document.
        let is_plain = name.ends_with(".rels") && endings.contains(&ending) || name == "[Content_Types].xml";
        if !has_own && !is_plain {
            faults.push(format!("{name} has no type"));
        }
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let relations = parts.get(&format!("{folder}/_rels/{file}.rels"));
        let known: BTreeSet<&str> = relations
            .map(|relations| relations.all("Relationship"))
            .unwrap_or_default()
            .iter()
            .filter_map(|relation| relation.get("Id"))
            .collect();
        root.walk(&mut |element| {
            for id in element.attributes.iter().filter(|(key, _)| key.starts_with("r:")).map(|(_, id)| id) {
                if !known.contains(id.as_str()) {
                    faults.push(format!("{name}: {} names the relation {id}", element.name));
                }
            }
        });
        if let Some(of) = name.strip_suffix(".rels").and_then(|name| {
            name.strip_prefix("_rels/")
                .map(|_| "")
                .or_else(|| name.split_once("/_rels/").map(|(folder, _)| folder))
        }) {
            let relations = root.all("Relationship");
            let ids: BTreeSet<_> = relations.iter().filter_map(|relation| relation.get("Id")).collect();
            if ids.len() != relations.len() {
                faults.push(format!("{name}: two relations have one identifier"));
            }
            for target in relations.iter().filter_map(|relation| relation.get("Target")) {
                let full = if of.is_empty() { target.to_owned() } else { format!("{of}/{target}") };
                if !parts.contains_key(&full) {
                    faults.push(format!("{name}: there is no {full}"));
                }
            }
        }
    }
    faults
}

/// Whether each style that is named is there once, and of that kind.
fn styles(parts: &BTreeMap<String, Element>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut kinds = BTreeMap::new();
    for style in parts["word/styles.xml"].all("w:style") {
        let (Some(id), Some(kind)) = (style.get("w:styleId"), style.get("w:type")) else { continue };
        if kinds.insert(id, kind).is_some() {
            faults.push(format!("there are two styles {id}"));
        }
    }
    for (name, root) in parts {
        root.walk(&mut |element| {
            let Some((_, kind)) = STYLES.iter().find(|(of, _)| *of == element.name) else { return };
            let id = element.get("w:val").unwrap_or_default();
            match kinds.get(id) {
                None => faults.push(format!("{name}: there is no style {id}")),
                Some(held) if !kind.is_empty() && held != kind => {
                    faults.push(format!("{name}: {id} is of another kind than {}", element.name));
                }
                Some(_) => {}
            }
        });
    }
    faults
}

/// Whether each comment begins, ends and is named once, in that order, and is there.
fn comments(parts: &BTreeMap<String, Element>) -> Vec<String> {
    let mut faults = Vec::new();
    let ids = |root: &Element, name: &str| -> Vec<String> {
        root.all(name).iter().filter_map(|held| held.get("w:id")).map(str::to_owned).collect()
    };
    let written = parts.get("word/comments.xml").map(|root| ids(root, "w:comment")).unwrap_or_default();
    let mut at: BTreeMap<String, Vec<String>> = BTreeMap::new();
    parts["word/document.xml"].walk(&mut |element| {
        if element.name.starts_with("w:comment") {
            let id = element.get("w:id").unwrap_or_default().to_owned();
            at.entry(id).or_default().push(element.name.clone());
        }
    });
    if written.iter().collect::<BTreeSet<_>>().len() != written.len() {
        faults.push("two comments have one number".into());
    }
    for id in &written {
        if at
            .get(id)
            .is_none_or(|found| *found != ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"])
        {
            faults.push(format!("comment {id} stands in the text as {:?}", at.get(id)));
        }
    }
    faults.extend(at.keys().filter(|id| !written.contains(id)).map(|id| format!("there is no comment {id}")));
    faults
}

/// The file with one part changed.
fn changed(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, mut xml) in unpack(bytes) {
        if name == part {
            assert!(xml.contains(from), "{from} is in {part}");
            xml = xml.replacen(from, to, 1);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, xml.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn every_word_file_is_as_the_standard_says() {
    let site = crate::export::coded();
    site.in_study(&["code", "I1", "75", "100", "Checklists"]);
    let long = "what is said of time ".repeat(60);
    site.write("more.toml", format!("schema = 1\n[[code]]\nname = \"Long\"\ndefinition = \"{long}\"\n"));
    site.in_study(&["import", "more.toml"]);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut write = |words: &[&str], name: &str| {
        let ran = site.run(&[&["-C", "study"], words, &["-o", name]].concat());
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
        files.push((name.to_owned(), std::fs::read(site.path(name)).unwrap()));
    };
    for what in ["quotes", "codebook", "review"] {
        write(&["export", what], &format!("{what}.docx"));
    }
    write(&["export", "transcript", "I1"], "transcript.docx");
    for table in ["sample", "themes", "components", "codes", "crosstab", "joint"] {
        write(&["table", table], &format!("{table}.docx"));
    }
    for (name, bytes) in &files {
        assert_eq!(faults(bytes), Vec::<String>::new(), "{name}");
    }
    let held = |name: &str| &files.iter().find(|(held, _)| held == name).unwrap().1;
    // The reader sees what it is there for.
    for (file, part, from, to, fault) in [
        ("quotes.docx", "word/styles.xml", "<w:b/><w:i/>", "<w:i/><w:b/>", "w:b stands too late in w:rPr"),
        (
            "codebook.docx",
            "word/document.xml",
            "<w:tcPr>",
            "<w:p></w:p><w:tcPr>",
            "w:tcPr stands too late in w:tc",
        ),
        ("codebook.docx", "word/document.xml", "<w:cantSplit/>", "<w:b/>", "w:b stands in w:trPr"),
        (
            "codebook.docx",
            "word/document.xml",
            "<w:gridCol ",
            "<w:gridCol w:w=\"1\"/><w:gridCol ",
            "a row of",
        ),
        (
            "transcript.docx",
            "word/document.xml",
            "<w:commentRangeEnd w:id=\"0\"/>",
            "",
            "comment 0 stands in the text as",
        ),
        ("transcript.docx", "word/comments.xml", "w:id=\"1\"", "w:id=\"0\"", "two comments have one number"),
        (
            "quotes.docx",
            "word/_rels/document.xml.rels",
            "footer1.xml",
            "footer2.xml",
            "there is no word/footer2.xml",
        ),
        ("quotes.docx", "word/_rels/document.xml.rels", "rId2", "rId7", "names the relation rId2"),
        (
            "quotes.docx",
            "[Content_Types].xml",
            "/word/styles.xml",
            "/word/style.xml",
            "word/styles.xml has no type",
        ),
        (
            "quotes.docx",
            "word/document.xml",
            "w:val=\"Quote\"",
            "w:val=\"Quoted\"",
            "there is no style Quoted",
        ),
        ("quotes.docx", "word/document.xml", "</w:body>", "", "word/document.xml: "),
    ] {
        let bytes = changed(held(file), part, from, to);
        let found = if from == "</w:body>" { broken(&bytes) } else { faults(&bytes) };
        assert!(found.iter().any(|held| held.contains(fault)), "{file}, {from}: {found:?}");
    }
}

/// The faults of a file of which one part is no XML: what else is wrong cannot be told.
fn broken(bytes: &[u8]) -> Vec<String> {
    let (_, xml) = unpack(bytes).into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
    Element::parse(&xml).err().map(|error| format!("word/document.xml: {error}")).into_iter().collect()
}

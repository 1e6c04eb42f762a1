//! Reading files: what each format keeps and leaves out, what is refused, and the specimens.

mod captions;
mod drafts;
pub(crate) mod make;
mod never_panics;
mod odt;
mod plain;
mod specimens;
mod word;

use combe::document::{Document, DocumentError, read};

/// The lines' texts.
fn texts(document: &Document) -> Vec<&str> {
    document.lines.iter().map(|line| line.text.as_str()).collect()
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).expect_err("it should be refused").to_string()
}

fn marked(document: &Document, words: &str) -> bool {
    document.marks.iter().any(|mark| mark.what.contains(words))
}

#[test]
fn what_cannot_be_read_gets_one_sentence_with_a_way_on() {
    for (name, bytes, words) in [
        ("a.txt", &b""[..], "empty"),
        ("a.txt", b"\xEF\xBB\xBF \r\n\t\r\n\xC2\xA0\r\n", "nothing but blanks"),
        ("a.pdf", b"%PDF-1.7\n", "a PDF"),
        ("a.doc", b"{\\rtf1\\ansi I: Hello}", "save it as .docx"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "older Office file (.doc)"),
        (
            "a.docx",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
            "password",
        ),
        ("a.html", b"\n <!DOCTYPE html><p>I: Hello", "HTML"),
        ("a.json", b"{\"text\": \"Hello\"}", "JSON"),
        ("a.cha", b"@UTF8\n@Begin\n*ABC:\thello\n", "CHAT"),
        ("a.TextGrid", b"File type = \"ooTextFile\"\n", "TextGrid"),
        ("a.docx", b"PK\x03\x04 and nothing more", "damaged or cut short"),
        ("a.mp4", b"\0\0\0\x18ftypisom", "recording"),
    ] {
        let sentence = refusal(name, bytes);
        assert!(sentence.contains(words), "{name}: {sentence}");
        assert!(!sentence.contains("Hello") && !sentence.contains('\n'), "{sentence}");
    }
}

#[test]
fn a_huge_file_is_refused_before_it_is_looked_at() {
    let bytes = vec![b'a'; (64 << 20) + 1];
    assert_eq!(read("a.txt", &bytes), Err(DocumentError::TooLarge { limit_mib: 64 }));
}

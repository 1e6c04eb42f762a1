//! Plain text and markdown.

use combe::document::{Format, read};
use proptest::prelude::*;

use super::{marked, texts};

#[test]
fn line_ends_are_made_one_and_nothing_else_changes() {
    let document =
        read("a.txt", "I:\tHello\u{A0}\r\n\r\nR: c\u{302}ost\u{AD}\r\u{1B}[31mend".as_bytes()).unwrap();
    let kept = "I:\tHello\u{A0}\n\nR: c\u{302}ost\u{AD}\n\u{1B}[31mend";
    assert_eq!(document.as_is.as_deref(), Some(kept));
    assert_eq!(texts(&document), kept.split('\n').collect::<Vec<_>>());
    assert_eq!((document.format, document.bytes.controls), (Format::Text, 1));
    assert_eq!(document.marks[0].line, Some(4));
}

#[test]
fn nuls_and_undecodable_bytes_are_shown_counted_and_placed() {
    let document = read("a.txt", b"I: t\xC5\xB7\r\nR: gl\xC3\xA2n\r\nI: a\xFFb\0c\0\r\n").unwrap();
    assert_eq!(texts(&document), ["I: tŷ", "R: glân", "I: a\u{FFFD}b\u{FFFD}c\u{FFFD}"]);
    assert_eq!((document.bytes.undecodable, document.bytes.nuls), (1, 2));
    assert!(document.marks.iter().all(|mark| mark.line == Some(3)), "{:?}", document.marks);
    assert!(marked(&document, "2 NULs"));
}

#[test]
fn a_guessed_encoding_is_said() {
    let document = read("a.txt", b"I: \x9320\x94 \xA3\r\n").unwrap();
    assert_eq!(texts(&document), ["I: “20” £"]);
    assert!(marked(&document, "Windows-1252"));
}

#[test]
fn markdown_headings_and_stars_are_features() {
    let document = read("a.md", b"# Part 1\n\n**Ann:** Yes.\n").unwrap();
    assert_eq!(document.format, Format::Markdown);
    assert_eq!(document.lines[0].heading, Some(1));
    assert_eq!(document.lines[2].bold, "**Ann:**".len());
    assert_eq!(document.lines[2].number, 3);
}

#[test]
fn text_under_the_name_of_a_word_file_is_read_and_said() {
    let document = read("a.docx", b"I: Hello\n").unwrap();
    assert_eq!((document.format, texts(&document)), (Format::Text, vec!["I: Hello"]));
    assert!(marked(&document, "named .docx"));
}

proptest! {
    #[test]
    fn lines_lie_where_they_say_and_lose_nothing(text in "[a-zŷ£ \\t\\r\\n\\u{0}\\u{1b}\\u{a0}*#:]{1,80}") {
        if let Ok(document) = read("a.txt", text.as_bytes()) {
            // Many NULs on one side are UTF-16, rightly.
            prop_assume!(document.bytes.encoding == "UTF-8");
            let kept = document.as_is.clone().unwrap();
            let expected = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}");
            prop_assert_eq!(&kept, &expected);
            let mut rebuilt = String::new();
            for line in &document.lines {
                prop_assert_eq!(&kept[line.place.clone().unwrap()], line.text.as_str());
                prop_assert!(line.bold <= line.text.len());
                rebuilt.push_str(&line.text);
                rebuilt.push('\n');
            }
            prop_assert_eq!(rebuilt.trim_end_matches('\n'), kept.trim_end_matches('\n'));
        }
    }
}

//! Caption files.

use combe::document::{Document, Format, read};

use super::{marked, texts};

fn vtt(text: &str) -> Document {
    read("a.vtt", text.as_bytes()).unwrap()
}

fn srt(text: &str) -> Document {
    read("a.srt", text.as_bytes()).unwrap()
}

/// Start, end and voice of each line.
fn cues(document: &Document) -> Vec<(usize, u32, u32, Option<&str>)> {
    let cue = |line: &'_ combe::document::Line| line.cue.clone().unwrap();
    document
        .lines
        .iter()
        .map(|line| {
            let found = cue(line);
            (found.index, found.start_ms, found.end_ms, line.cue.as_ref().unwrap().voice.as_deref())
        })
        .collect()
}

#[test]
fn header_notes_styles_and_regions_are_no_speech() {
    let document = vtt(
        "\u{FEFF}WEBVTT - Interview 7\r\nKind: captions\r\n\r\nSTYLE\r\n::cue { color: white }\r\n\r\nNOTE\r\nConfidence\r\n\r\nREGION\r\nid:r1\r\n\r\n7b2c9e1a-11/3-0\r\n00:02.000 --> 00:04.500 align:start\r\n<v.loud Ann>One &amp; two</v>\r\n\r\nNOTE end",
    );
    assert_eq!(texts(&document), ["One & two"]);
    assert_eq!(cues(&document), [(0, 2_000, 4_500, Some("Ann"))]);
    assert_eq!((document.format, document.lines[0].number), (Format::Vtt, 15));
    assert!(document.marks.is_empty(), "{:?}", document.marks);
}

#[test]
fn lines_of_a_cue_share_it_and_keep_its_voice() {
    let document = vtt(
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Ann B>one\ntwo</v>\n\n2\n01:00:03.000 --> 01:00:04.000\nBob: three\n",
    );
    assert_eq!(texts(&document), ["one", "two", "Bob: three"]);
    assert_eq!(
        cues(&document),
        [(0, 1_000, 2_000, Some("Ann B")), (0, 1_000, 2_000, Some("Ann B")), (1, 3_603_000, 3_604_000, None)]
    );
    assert_eq!(document.lines.iter().map(|line| line.continues).collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn what_stands_outside_cues_is_said() {
    let document =
        vtt("WEBVTT\n\n00:01.000 --> 00:02.000\none\n\nlost\nlost\n\n00:03.000 --> 00:04.000\ntwo\n");
    assert_eq!(texts(&document), ["one", "two"]);
    assert!(marked(&document, "2 lines outside all cues"));
    assert_eq!(document.marks[0].line, Some(6));
}

#[test]
fn a_missing_blank_line_does_not_join_cues() {
    let document = vtt("WEBVTT\n00:01.000 --> 00:02.000\none\n00:03.000 --> 00:04.000\ntwo");
    assert_eq!(texts(&document), ["one", "two"]);
}

const ROLLING: &str = "WEBVTT\nKind: captions\n\n00:00:01.500 --> 00:00:04.577 align:start position:0%\n \nso<00:00:01.885><c> one</c>\n\n00:00:04.577 --> 00:00:04.587\nso one\n \n\n00:00:04.587 --> 00:00:07.664\nso one\nyeah<00:00:05.000><c> yeah</c>\n\n00:00:07.664 --> 00:00:07.674\nyeah yeah\n \n\n00:00:07.674 --> 00:00:09.000\nyeah yeah\nyeah<00:00:08.000><c> yeah</c>\n";

#[test]
fn rolling_captions_are_not_doubled_and_keep_what_was_said_twice() {
    let document = vtt(ROLLING);
    assert_eq!(texts(&document), ["so one", "yeah yeah", "yeah yeah"]);
    assert_eq!(cues(&document), [(0, 1_500, 4_577, None), (1, 4_587, 7_664, None), (2, 7_674, 9_000, None)]);
    assert!(marked(&document, "rolling"));
}

#[test]
fn people_who_repeat_themselves_are_not_rolling() {
    let document = vtt(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nYeah.\n\n00:02.000 --> 00:03.000\nYeah.\n\n00:03.000 --> 00:04.000\nI see.\n\n00:04.000 --> 00:05.000\nSo.\n",
    );
    assert_eq!(texts(&document), ["Yeah.", "Yeah.", "I see.", "So."]);
}

#[test]
fn subrip_with_numbers_missing_repeated_and_stuck() {
    let document = srt(
        "\u{FEFF}1\r\n00:00:01,000 --> 00:00:02,000 X1:40\r\n{\\an8}<i>one</i>\r\n\r\n1\r\n00:00:03.5 --> 00:00:04.000\r\n<font color=\"red\">two</font>\r\n\r\nstill two\r\n\r\n00:00:05,000 --> 00:00:06,000\r\n42\r\n4\r\n00:00:07,000 --> 00:00:08,000\r\nfour R&amp;D",
    );
    assert_eq!(document.format, Format::Srt);
    assert_eq!(texts(&document), ["one", "two", "still two", "42", "four R&amp;D"]);
    let found = cues(&document);
    assert_eq!(
        found.iter().map(|(index, start, ..)| (*index, *start)).collect::<Vec<_>>(),
        [(0, 1_000), (1, 3_500), (1, 3_500), (2, 5_000), (3, 7_000)]
    );
    assert!(document.marks.is_empty(), "{:?}", document.marks);
}

#[test]
fn captions_are_known_by_their_content_and_a_wrong_name_is_said() {
    let document = read("a.txt", b"1\n00:00:01,000 --> 00:00:02,000\nHi\n").unwrap();
    assert_eq!(document.format, Format::Srt);
    let document = read("a.srt", b"I: Hello\n").unwrap();
    assert_eq!(document.format, Format::Text);
    assert!(marked(&document, "named .srt"));
}

//! Real files, where they are at hand.

use std::path::PathBuf;

use combe::document::{Document, Format, read};
use serde_json::Value;

#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn folder() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared/specimens", "../../shared/specimens"]
        .iter()
        .map(|place| root.join(place))
        .find(|place| place.is_dir());
    if found.is_none() {
        eprintln!("SKIPPED: no specimens beside this folder (../shared/specimens)");
    }
    found
}

fn open(name: &str) -> Option<Document> {
    let bytes = std::fs::read(folder()?.join(name)).unwrap();
    Some(read(name, &bytes).unwrap_or_else(|error| panic!("{name}: {error}")))
}

fn whole(document: &Document) -> String {
    document.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn all_of_our_formats_are_read_and_all_others_refused() {
    let Some(folder) = folder() else { return };
    let refused = ["48_empty.txt", "49_whitespace_only.txt", "51_truncated.docx"];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let ours = ["txt", "md", "docx", "odt", "vtt", "srt", "csv"]
            .iter()
            .any(|end| name.ends_with(&format!(".{end}")));
        if matches!(name.as_str(), "EXPECTED.json" | "SOURCES.md") {
            continue;
        }
        let result = read(&name, &std::fs::read(&path).unwrap());
        assert_eq!(result.is_ok(), ours && !refused.contains(&name.as_str()), "{name}: {:?}", result.err());
    }
}

#[test]
fn encodings_agree_with_what_is_expected() {
    let Some(folder) = folder() else { return };
    let expected: Value =
        serde_json::from_slice(&std::fs::read(folder.join("EXPECTED.json")).unwrap()).unwrap();
    for (name, expected) in expected.as_object().unwrap() {
        if let Some(contains) = expected.get("contains").and_then(Value::as_str) {
            let document = open(name).unwrap();
            let text: String =
                unicode_normalization::UnicodeNormalization::nfc(whole(&document).as_str()).collect();
            assert!(text.contains(contains), "{name} ({})", document.bytes.encoding);
            assert_eq!(document.bytes.undecodable, 0, "{name}");
        }
    }
    let encoding = |name| open(name).unwrap().bytes.encoding;
    assert_eq!(encoding("42_windows1252_crlf.txt"), "Windows-1252");
    assert_eq!(encoding("43_utf16le_bom.txt"), "UTF-16 LE");
    assert_eq!(encoding("44_utf16be_bom.txt"), "UTF-16 BE");
    assert_eq!(encoding("46_cr_only.txt"), "Mac Roman");
}

/// First and last words of the speech stand in the lines, in order, wherever a file says what they are.
#[test]
fn the_first_and_last_words_of_the_speech_are_there() {
    let Some(folder) = folder() else { return };
    let expected: Value =
        serde_json::from_slice(&std::fs::read(folder.join("EXPECTED.json")).unwrap()).unwrap();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (name, expected) in expected.as_object().unwrap() {
        let Ok(document) = read(name, &std::fs::read(folder.join(name)).unwrap()) else { continue };
        // These wrap or number their lines: the words are there, with numbers between them.
        if ["22_court_reporter_numbered.txt", "34_speaker_time_words_tags.csv"].contains(&name.as_str()) {
            continue;
        }
        let text = words(&whole(&document).replace("\u{AD}", ""));
        let said = |key| expected.get(key).and_then(Value::as_str).map(words);
        if let (Some(first), Some(last)) = (said("first_turn_starts"), said("last_turn_ends")) {
            // The ends are cut mid-word, and Rev's last mark holds a time that the expectation leaves out.
            let last = last.split_once(' ').map_or(last.as_str(), |(_, rest)| rest).trim_end_matches(']');
            assert!(text.contains(&first), "{name}: the beginning");
            assert!(text.contains(last), "{name}: the end");
        }
    }
}

#[test]
fn tracked_deletions_headers_and_footers_are_not_in_the_text() {
    let Some(document) = open("17_tracked_changes.docx") else { return };
    assert!(!whole(&document).contains("REMOVEDWORD"));
    assert!(whole(&document).contains("ICE plots"));
    let Some(document) = open("18_header_footer_and_lists.docx") else { return };
    assert!(!whole(&document).contains("Page "));
}

#[test]
fn captions_have_the_cues_their_files_have() {
    let Some(document) = open("07_zoom_transcript.vtt") else { return };
    assert_eq!(document.lines.last().unwrap().cue.as_ref().unwrap().index + 1, 139);
    let document = open("35_vtt_oddities.vtt").unwrap();
    let voices: Vec<_> =
        document.lines.iter().filter_map(|line| line.cue.as_ref()?.voice.as_deref()).collect();
    assert_eq!(voices.iter().filter(|voice| **voice == "Doctor").count(), 19);
    assert_eq!(voices.iter().filter(|voice| **voice == "Patient").count(), 21);
    assert_eq!(whole(&document).split_whitespace().count(), 628);
    let document = open("36_youtube_autocaption_rolling.vtt").unwrap();
    assert_eq!(whole(&document).split_whitespace().count(), 656);
    let document = open("37_srt_speaker_colon.srt").unwrap();
    assert_eq!(document.format, Format::Srt);
    assert_eq!(whole(&document).split_whitespace().count(), 1444 + 109, "its words and one label a turn");
}

#[test]
fn word_tables_and_bold_are_seen() {
    let Some(document) = open("13_table_time_speaker_text.docx") else { return };
    let cells: Vec<_> = document.lines.iter().filter_map(|line| line.cell).collect();
    assert_eq!(cells.iter().map(|cell| cell.row).max(), Some(109), "a header and 109 turns");
    assert_eq!(cells.iter().map(|cell| cell.column).max(), Some(2));
    let document = open("16_bold_name_line_no_colon.docx").unwrap();
    assert_eq!(
        document
            .lines
            .iter()
            .filter(|line| !line.is_blank() && line.bold >= line.text.trim_end().len())
            .count(),
        40
    );
    let document = open("20_focus_group.odt").unwrap();
    assert_eq!(document.lines.iter().filter(|line| line.bold > 0).count(), 70);
}

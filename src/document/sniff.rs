//! What a file is: by its bytes first, by its name second. What is not read is refused with a way on.

use super::DocumentError;
use super::archive::Archive;
use super::captions::is_timing;

const DOCX_ADVICE: &str = "open it in Word or LibreOffice, save it as .docx and import that";
const TEXT_ADVICE: &str = "export the transcript as .docx, .txt, .vtt or .srt and import that";

/// What the first bytes say.
pub(super) enum Magic {
    /// A zip archive: perhaps a word-processor file.
    Zip,
    /// Anything that has to be decoded to be told.
    Text,
}

/// What the text says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Markdown,
    Vtt,
    Srt,
}

/// Looks at the first bytes.
///
/// # Errors
/// For formats that are not read.
pub(super) fn by_bytes(bytes: &[u8]) -> Result<Magic, DocumentError> {
    let refused = |what, advice| Err(DocumentError::OtherFormat { what, advice });
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        Ok(Magic::Zip)
    } else if bytes.starts_with(b"%PDF") {
        refused(
            "a PDF",
            "import the file that it was made from, or open it in Word, check it and save it as .docx",
        )
    } else if bytes.starts_with(b"{\\rtf") {
        refused("an RTF file", DOCX_ADVICE)
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        if is_locked_office(bytes) {
            Err(DocumentError::Locked)
        } else {
            refused("an older Office file (.doc)", DOCX_ADVICE)
        }
    } else if is_media(bytes) {
        refused("a recording or picture", "import its transcript")
    } else {
        Ok(Magic::Text)
    }
}

/// Office puts a locked .docx into the old container, in a stream of this name (UTF-16).
fn is_locked_office(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn is_media(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 9] = [
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"ID3",
        b"RIFF",
        b"OggS",
        b"fLaC",
        b"\x1A\x45\xDF\xA3",
        b"\x1F\x8B\x08",
    ];
    starts.iter().any(|start| bytes.starts_with(start)) || bytes.get(4..8) == Some(b"ftyp")
}

/// Looks at decoded text, whose line ends are LF.
///
/// # Errors
/// For blank text, for what is no text, and for formats that are not read.
pub(super) fn by_text(file_name: &str, text: &str) -> Result<Kind, DocumentError> {
    let start =
        text.trim_start_matches(|character: char| character.is_whitespace() || is_invisible(character));
    if start.is_empty() {
        return Err(DocumentError::Blank);
    }
    if is_binary(text) {
        return Err(DocumentError::OtherFormat { what: "no text at all (binary data)", advice: TEXT_ADVICE });
    }
    if let Some((what, advice)) = markup(start) {
        return Err(DocumentError::OtherFormat { what, advice });
    }
    let extension = extension(file_name);
    if start.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
    {
        return Ok(Kind::Vtt);
    }
    let has_cues = match extension.as_str() {
        "srt" | "vtt" => text.lines().any(is_timing),
        _ => start.lines().filter(|line| !line.trim().is_empty()).take(2).any(is_timing),
    };
    Ok(match extension.as_str() {
        "vtt" if has_cues => Kind::Vtt,
        _ if has_cues => Kind::Srt,
        "md" | "markdown" => Kind::Markdown,
        _ => Kind::Text,
    })
}

/// A sentence for a file whose name promises another format than it has.
pub(super) fn misnamed(file_name: &str, kind: Kind) -> Option<String> {
    let extension = extension(file_name);
    let found = match kind {
        Kind::Text | Kind::Markdown => "plain text",
        Kind::Vtt => "WebVTT captions",
        Kind::Srt => "SubRip captions",
    };
    let promised = match extension.as_str() {
        "docx" | "docm" | "doc" | "odt" | "rtf" | "pdf" => true,
        "vtt" => kind != Kind::Vtt,
        "srt" => kind != Kind::Srt,
        _ => false,
    };
    promised.then(|| format!("named .{extension}, but it is {found} and was read as that"))
}

/// What an archive is that holds no text document.
pub(super) fn other_archive(archive: &Archive<'_>) -> DocumentError {
    let (what, advice) = if archive.has_folder("xl/") {
        ("an Excel workbook", "save the sheet as .csv, or its text as .docx, and import that")
    } else if archive.has_folder("ppt/") {
        ("a PowerPoint file", TEXT_ADVICE)
    } else if archive.has_folder("Index/") {
        ("an Apple Pages file", "export it from Pages as Word (.docx) and import that")
    } else if archive.has("mimetype") {
        (
            "an OpenDocument file or e-book that is no text document",
            "save a spreadsheet (a review, a list) as .xlsx, a transcript as .docx, .txt, .vtt or .srt, and import that",
        )
    } else {
        ("a zip archive", "unpack it and import the files in it")
    };
    DocumentError::OtherFormat { what, advice }
}

/// The end of a file's name, lower case, without its dot.
pub(super) fn extension(file_name: &str) -> String {
    file_name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

/// Nothing to see: byte-order marks inside, zero-width and direction marks, what stood for NUL.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{AD}')
        || character.is_control()
}

/// Text has hardly any control characters; a tenth of the start is far beyond any terminal recording.
pub(super) fn is_binary(text: &str) -> bool {
    let (mut all, mut odd) = (0_usize, 0_usize);
    for character in text.chars().take(16_384) {
        all += 1;
        let kept = matches!(character, '\t' | '\n' | '\x0C' | '\x1B' | '\u{15}');
        odd += usize::from(character == char::REPLACEMENT_CHARACTER || (character.is_control() && !kept));
    }
    odd * 10 > all && odd > 8
}

/// Formats written in text that are not read, with what to do.
fn markup(start: &str) -> Option<(&'static str, &'static str)> {
    let head: String = start.chars().take(64).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype") || head.starts_with("<html") {
        Some(("a web page (HTML)", DOCX_ADVICE))
    } else if head.starts_with("<?xml") {
        Some(("an XML file", TEXT_ADVICE))
    } else if head.starts_with("@utf8") || head.starts_with("@begin") {
        Some(("a CHAT transcript (.cha)", TEXT_ADVICE))
    } else if head.starts_with("file type = \"ootextfile") {
        Some(("a Praat TextGrid", TEXT_ADVICE))
    } else if head.starts_with("{\\rtf") {
        Some(("an RTF file", DOCX_ADVICE))
    } else if is_json(start) {
        Some(("a JSON file", TEXT_ADVICE))
    } else {
        None
    }
}

/// An object, or a list that is JSON to its end: `[00:00:02] Interviewer: …` and `[Recording starts]` are text.
fn is_json(start: &str) -> bool {
    match start.strip_prefix('{') {
        Some(rest) => rest.trim_start().starts_with(['"', '}']),
        None => start.starts_with('[') && serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(result: Result<Kind, DocumentError>) -> &'static str {
        match result {
            Err(DocumentError::OtherFormat { what, .. }) => what,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn text_says_what_it_is_before_its_name_does() {
        assert_eq!(by_text("a.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi"), Ok(Kind::Vtt));
        assert_eq!(by_text("a.txt", "1\n00:00:01,000 --> 00:00:02,000\nHi"), Ok(Kind::Srt));
        assert_eq!(by_text("a.vtt", "00:01.000 --> 00:02.000\nHi"), Ok(Kind::Vtt));
        assert_eq!(by_text("a.srt", "I: Hello"), Ok(Kind::Text));
        assert_eq!(by_text("a.MD", "**I:** Hello"), Ok(Kind::Markdown));
        assert_eq!(by_text("a.txt", "[00:43.810 --> 00:47.850]  Hello"), Ok(Kind::Text));
        assert_eq!(by_text("noname", "WEBVTTX"), Ok(Kind::Text));
    }

    #[test]
    fn brackets_do_not_make_json() {
        assert_eq!(by_text("a.txt", "[00:00:02] Interviewer: Hello"), Ok(Kind::Text));
        assert_eq!(what(by_text("a.txt", "[{\"a\": 1}]")), "a JSON file");
        assert_eq!(what(by_text("a.otr", "{\"text\": \"<p>")), "a JSON file");
    }

    #[test]
    fn other_formats_are_named() {
        assert_eq!(what(by_text("a.txt", "<!DOCTYPE html><p>x")), "a web page (HTML)");
        assert_eq!(what(by_text("a.cha", "@UTF8\n@Begin\n")), "a CHAT transcript (.cha)");
        assert_eq!(what(by_text("a.txt", "File type = \"ooTextFile\"\n")), "a Praat TextGrid");
        assert_eq!(by_text("a.txt", "\u{FEFF} \n\t\u{A0}\n"), Err(DocumentError::Blank));
        assert_eq!(what(by_text("a.bin", &"\u{1}\u{2}ab".repeat(20))), "no text at all (binary data)");
    }
}

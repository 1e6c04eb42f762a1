//! Bytes to text: which encoding, and what could not be decoded. Knows nothing of lines or formats.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use super::Bytes;

/// Text with its line ends as in the file.
pub(super) struct Decoded {
    /// The text, without a byte-order mark.
    pub(super) text: String,
    /// How it was decoded. Controls and NULs are not counted here.
    pub(super) bytes: Bytes,
    /// Where in `text` the first undecodable place is, in bytes.
    pub(super) first_undecodable: Option<usize>,
    /// Whether the encoding is a guess: no mark said so and it is not UTF-8.
    pub(super) guessed: bool,
}

/// Decodes by byte-order mark, else by zeros (UTF-16), else as UTF-8, else by a guess whose default is Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    decode_unicode(bytes).unwrap_or_else(|| decode_legacy(bytes))
}

/// Decodes what says by a mark or by its bytes that it is Unicode; `None` for anything else.
pub(super) fn decode_unicode(bytes: &[u8]) -> Option<Decoded> {
    // The mark of UTF-16 LE begins the mark of UTF-32 LE, so the longer one comes first.
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE, 0, 0]) {
        return Some(utf32(rest, "UTF-32 LE", u32::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(&[0, 0, 0xFE, 0xFF]) {
        return Some(utf32(rest, "UTF-32 BE", u32::from_be_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return Some(utf8(rest));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return Some(utf16(rest, "UTF-16 LE", u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return Some(utf16(rest, "UTF-16 BE", u16::from_be_bytes));
    }
    match zeros(bytes) {
        Some(Zeros::Odd) => return Some(utf16(bytes, "UTF-16 LE", u16::from_le_bytes)),
        Some(Zeros::Even) => return Some(utf16(bytes, "UTF-16 BE", u16::from_be_bytes)),
        None => {}
    }
    is_mostly_utf8(bytes).then(|| utf8(bytes))
}

enum Zeros {
    Even,
    Odd,
}

/// Western text in UTF-16 has a zero in nearly every pair, always on the same side.
fn zeros(bytes: &[u8]) -> Option<Zeros> {
    let sample = &bytes[..bytes.len().min(8192)];
    let pairs = sample.len() / 2;
    let even = sample.iter().step_by(2).filter(|byte| **byte == 0).count();
    let odd = sample.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    if pairs < 4 {
        None
    } else if odd * 10 > pairs * 4 && even * 10 < pairs {
        Some(Zeros::Odd)
    } else if even * 10 > pairs * 4 && odd * 10 < pairs {
        Some(Zeros::Even)
    } else {
        None
    }
}

/// Valid UTF-8, or UTF-8 with a few bad bytes: more characters beyond ASCII are right than wrong. Bytes of an older
/// encoding hardly ever form such characters by accident.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    wrong == 0 || right > wrong
}

/// Collects characters and notes where one was missing.
struct Collector {
    text: String,
    undecodable: usize,
    first: Option<usize>,
}

impl Collector {
    fn new(capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), undecodable: 0, first: None }
    }

    fn miss(&mut self) {
        self.first.get_or_insert(self.text.len());
        self.undecodable += 1;
        self.text.push(char::REPLACEMENT_CHARACTER);
    }

    fn finish(self, encoding: &str, guessed: bool) -> Decoded {
        Decoded {
            text: self.text,
            bytes: Bytes { encoding: encoding.into(), undecodable: self.undecodable, ..Bytes::default() },
            first_undecodable: self.first,
            guessed,
        }
    }
}

fn utf8(bytes: &[u8]) -> Decoded {
    let mut collector = Collector::new(bytes.len());
    for chunk in bytes.utf8_chunks() {
        collector.text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            collector.miss();
        }
    }
    collector.finish("UTF-8", false)
}

fn utf16(bytes: &[u8], name: &str, join: fn([u8; 2]) -> u16) -> Decoded {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut collector = Collector::new(bytes.len());
    for unit in char::decode_utf16(pairs.iter().map(|pair| join(*pair))) {
        match unit {
            Ok(character) => collector.text.push(character),
            Err(_) => collector.miss(),
        }
    }
    if !rest.is_empty() {
        collector.miss();
    }
    collector.finish(name, false)
}

fn utf32(bytes: &[u8], name: &str, join: fn([u8; 4]) -> u32) -> Decoded {
    let (quads, rest) = bytes.as_chunks::<4>();
    let mut collector = Collector::new(bytes.len());
    for quad in quads {
        match char::from_u32(join(*quad)) {
            Some(character) => collector.text.push(character),
            None => collector.miss(),
        }
    }
    if !rest.is_empty() {
        collector.miss();
    }
    collector.finish(name, false)
}

fn decode_legacy(bytes: &[u8]) -> Decoded {
    let encoding = guess(bytes);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mut collector = Collector::new(0);
    // None of these encodings has a byte for U+FFFD itself, so each one in the text is a miss.
    collector.first = text.find(char::REPLACEMENT_CHARACTER);
    collector.undecodable = text.matches(char::REPLACEMENT_CHARACTER).count();
    collector.text = text.into_owned();
    collector.finish(name(encoding), true)
}

/// Lines that end in CR alone come from a Mac of the last century. Where every byte beyond ASCII stands for punctuation
/// there is nothing for statistics to go on, and Windows-1252 is by far the likeliest.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if bytes.contains(&b'\r') && !bytes.contains(&b'\n') {
        return MACINTOSH;
    }
    if bytes.iter().all(|byte| *byte < 0xC0) {
        return WINDOWS_1252;
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, true);
    let (encoding, sure) = detector.guess_assess(Some(b"uk"), false);
    if sure { encoding } else { WINDOWS_1252 }
}

/// The name people know.
fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "windows-1252" => "Windows-1252",
        "macintosh" => "Mac Roman",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(bytes: &[u8]) -> (String, String) {
        let decoded = decode(bytes);
        (decoded.text, decoded.bytes.encoding)
    }

    fn of(text: &str, encoding: &str) -> (String, String) {
        (text.into(), encoding.into())
    }

    #[test]
    fn a_mark_decides_and_the_longer_mark_goes_first() {
        assert_eq!(both(b"\xEF\xBB\xBFt\xC5\xB7"), of("tŷ", "UTF-8"));
        assert_eq!(both(b"\xFF\xFEt\0\x77\x01"), of("tŷ", "UTF-16 LE"));
        assert_eq!(both(b"\xFE\xFF\0t\x01\x77"), of("tŷ", "UTF-16 BE"));
        assert_eq!(both(b"\xFF\xFE\0\0t\0\0\0\x77\x01\0\0"), of("tŷ", "UTF-32 LE"));
        assert_eq!(both(b"\0\0\xFE\xFF\0\0\0t\0\0\x01\x77"), of("tŷ", "UTF-32 BE"));
    }

    #[test]
    fn zeros_on_one_side_are_utf16_without_a_mark() {
        assert_eq!(both(b"I\0:\0 \0y\0e\0s\0"), of("I: yes", "UTF-16 LE"));
        assert_eq!(both(b"\0I\0:\0 \0y\0e\0s"), of("I: yes", "UTF-16 BE"));
    }

    #[test]
    fn what_is_no_utf8_is_windows_1252_or_mac_roman() {
        assert_eq!(both(b"\x9320 \x80\x94 \x96 c\xF4st\n"), of("“20 €” – côst\n", "Windows-1252"));
        assert_eq!(both(b"it\xD5s \xA320\rc\x99st\r"), of("it’s £20\rcôst\r", "Mac Roman"));
    }

    #[test]
    fn one_bad_byte_does_not_spoil_a_utf8_file() {
        let decoded = decode(b"t\xC5\xB7 and gl\xC3\xA2n \xFF end");
        assert_eq!(decoded.text, "tŷ and glân \u{FFFD} end");
        assert_eq!((decoded.bytes.encoding.as_str(), decoded.bytes.undecodable), ("UTF-8", 1));
        assert_eq!(decoded.first_undecodable, Some(14));
    }

    #[test]
    fn half_a_unit_at_the_end_is_counted() {
        let decoded = decode(b"\xFF\xFEa\0b");
        assert_eq!((decoded.text.as_str(), decoded.bytes.undecodable), ("a\u{FFFD}", 1));
    }
}

//! The bytes of a table to text: what Excel, R and LibreOffice write. UTF-8, UTF-16 with its mark, else Windows-1252.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A decoded table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text without its byte order mark, and with LF where a file ends its lines with CR alone.
    pub(super) text: String,
    /// Name of the encoding, as reports write it.
    pub(super) encoding: &'static str,
}

/// Decodes `bytes`; `None` if they are no text in any of these encodings.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, bytes.get(mark..).unwrap_or_default()),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (WINDOWS_1252, bytes),
    };
    let (text, broken) = encoding.decode_without_bom_handling(body);
    if broken || text.contains('\0') {
        return None;
    }
    let text = match text.contains('\r') && !text.contains('\n') {
        true => text.replace('\r', "\n"),
        false => text.into_owned(),
    };
    Some(Decoded { text, encoding: name(encoding) })
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding {
        _ if encoding == UTF_8 => "UTF-8",
        _ if encoding == UTF_16LE => "UTF-16 LE",
        _ if encoding == UTF_16BE => "UTF-16 BE",
        _ => "Windows-1252",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: &str = "participant_id;name\nP1;Siân ŷ\n";

    #[test]
    fn marks_decide_and_without_one_valid_utf8_does() {
        let utf16 = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            mark.into_iter().chain(CELLS.encode_utf16().flat_map(unit)).collect()
        };
        for (bytes, encoding) in [
            (CELLS.as_bytes().to_vec(), "UTF-8"),
            ([b"\xEF\xBB\xBF".as_slice(), CELLS.as_bytes()].concat(), "UTF-8"),
            (utf16([0xFF, 0xFE], u16::to_le_bytes), "UTF-16 LE"),
            (utf16([0xFE, 0xFF], u16::to_be_bytes), "UTF-16 BE"),
        ] {
            assert_eq!(decode(&bytes), Some(Decoded { text: CELLS.into(), encoding }));
        }
    }

    #[test]
    fn old_excel_files_are_windows_1252_and_old_mac_line_ends_are_line_ends() {
        let decoded = decode(b"name\rSi\xE2n \x93x\x94\r").unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("name\nSiân “x”\n", "Windows-1252"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"PK\x03\x04\x00\x00"), None);
        assert_eq!(decode(&[0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00]), None);
    }
}

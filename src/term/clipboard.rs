//! The clipboard of the terminal that the user sits at, by OSC 52: over SSH it is the only one there is. Nothing is read back.

use crate::text::base64;

/// What a terminal takes as the text of its clipboard.
pub(super) fn sequence(text: &str) -> Vec<u8> {
    format!("\x1b]52;c;{}\x1b\\", base64(text.as_bytes())).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_base64_between_escapes() {
        assert_eq!(sequence("f"), b"\x1b]52;c;Zg==\x1b\\");
    }
}

//! Text for the clipboard of the terminal a person sits at (OSC 52).
//!
//! It moves what participants said from the server to the laptop, so nobody may call it unless the study allows
//! it: the policy is kept by whoever calls [`crate::term::Session::copy_to_terminal`].
//!
//! It is written and never read back, and whether it arrived cannot be known: tmux needs `set-clipboard on`, and
//! mosh drops it.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use super::TermError;

/// The most bytes of text that are sent: xterm takes 100,000 of its base64 and many a terminal about 75,000.
pub const CLIPBOARD_LIMIT: usize = 75_000 / 4 * 3;

/// The control sequence that puts `text` into the clipboard.
///
/// # Errors
/// Where the text is longer than terminals take: a part of it would be worse than nothing.
pub(super) fn sequence(text: &str) -> Result<String, TermError> {
    if text.len() > CLIPBOARD_LIMIT {
        return Err(TermError::ClipboardTooLong { bytes: text.len() });
    }
    let mut sequence = String::new();
    // Writing to a string cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence);
    Ok(sequence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_sent_in_base64() {
        // RFC 4648, section 10, for the base64.
        assert_eq!(sequence("foobar").unwrap(), "\u{1b}]52;c;Zm9vYmFy\u{1b}\\");
        assert_eq!(sequence("fo").unwrap(), "\u{1b}]52;c;Zm8=\u{1b}\\");
    }

    #[test]
    fn too_much_is_refused_whole() {
        assert!(sequence(&"a".repeat(CLIPBOARD_LIMIT)).is_ok());
        let refusal = sequence(&"a".repeat(CLIPBOARD_LIMIT + 1)).unwrap_err();
        assert!(refusal.to_string().contains("56251 bytes"), "{refusal}");
    }
}

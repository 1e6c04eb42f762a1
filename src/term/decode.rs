//! Bytes from a terminal to keys and pastes.
//!
//! A state machine over single bytes, so it does not matter where a network cut the stream. What is unfinished is
//! held; whoever reads asks [`Decoder::patience`] how long, and calls [`Decoder::give_up`] when nothing more came.
//! Knows no clock and no file descriptor.
//!
//! Sources: ECMA-48 for the shape of control sequences, xterm's `ctlseqs` for what keys send, with rxvt's and the
//! Linux console's differences, and the kitty keyboard protocol for `CSI u`.

use std::mem;
use std::time::Duration;

use super::TermEvent;
use crate::app::keymap::{Key, KeyCode};

/// How long the rest of a sequence may take once it cannot be anything else. Its tail must not run as commands.
const SEQUENCE_PATIENCE: Duration = Duration::from_millis(500);

/// How long a paste may pause. Past that, its end was lost, and keys must work again.
const PASTE_PATIENCE: Duration = Duration::from_secs(5);

/// More parameter bytes than any key needs; the rest of such a sequence is swallowed unread.
const LONGEST_SEQUENCE: usize = 64;

const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// What has begun and not ended.
#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// An escape, alone so far.
    Escape,
    /// Bytes of one character, of which so many are still to come.
    Character { alt: bool, missing: usize },
    /// `ESC O` and perhaps parameters.
    SingleShift,
    /// `ESC [` and perhaps parameters.
    Sequence,
    /// `ESC [ [`, which the Linux console sends for F1 to F5.
    ConsoleFunction,
    /// `ESC ]` or `ESC P`: alt and that character, unless a terminal's answer follows.
    AnswerOrAlt(u8),
    /// A terminal's answer to a program before us, up to its end; whether the last byte was an escape.
    Answer { escaped: bool },
    /// So many bytes of an old mouse report.
    Mouse(usize),
    /// Between `ESC [ 200 ~` and `ESC [ 201 ~`.
    Paste,
}

/// The state machine. Events are appended to a caller's list.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    state: State,
    /// Bytes of the state: parameters, a character or a paste.
    held: Vec<u8>,
}

impl Decoder {
    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], events: &mut Vec<TermEvent>) {
        for &byte in bytes {
            self.take(byte, events);
        }
    }

    /// How long to wait for more bytes before giving up, or `None` where nothing is held.
    pub(super) fn patience(&self, esc_wait: Duration) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Escape | State::AnswerOrAlt(_) => Some(esc_wait),
            State::Paste => Some(PASTE_PATIENCE),
            _ => Some(SEQUENCE_PATIENCE),
        }
    }

    /// Nothing more came: a lone escape is the key, a paste is what there is of it, half a sequence is dropped.
    pub(super) fn give_up(&mut self, events: &mut Vec<TermEvent>) {
        let held = mem::take(&mut self.held);
        match mem::take(&mut self.state) {
            State::Escape => events.push(TermEvent::Key(Key::plain(KeyCode::Esc))),
            State::AnswerOrAlt(byte) => events.push(alt(byte)),
            State::SingleShift if held.is_empty() => events.push(alt(b'O')),
            State::Paste => events.push(pasted(&held)),
            _ => {}
        }
    }

    fn take(&mut self, byte: u8, events: &mut Vec<TermEvent>) {
        match mem::take(&mut self.state) {
            State::Ground => self.take_plain(byte, false, events),
            State::Escape => self.take_after_escape(byte, events),
            State::Character { alt, missing } => self.take_character(byte, alt, missing, events),
            State::SingleShift => self.take_single_shift(byte, events),
            State::Sequence => self.take_sequence(byte, events),
            State::ConsoleFunction => {
                if let b'A'..=b'E' = byte {
                    events.push(key(KeyCode::F(byte - b'A' + 1), Held::default()));
                }
            }
            State::AnswerOrAlt(_) if matches!(byte, b'0'..=b'9' | b'!' | b'>' | b'+' | b'$') => {
                self.state = State::Answer { escaped: false };
            }
            State::AnswerOrAlt(opened) => {
                events.push(alt(opened));
                self.take_plain(byte, false, events);
            }
            State::Answer { escaped: true } if byte != b'\\' => self.take_after_escape(byte, events),
            State::Answer { escaped: true } => {}
            State::Answer { escaped: false } if byte == 0x07 => {}
            State::Answer { escaped: false } => self.state = State::Answer { escaped: byte == ESC },
            State::Mouse(missing) if missing > 1 => self.state = State::Mouse(missing - 1),
            State::Mouse(_) => {}
            State::Paste => self.take_paste(byte, events),
        }
    }

    fn take_plain(&mut self, byte: u8, alt: bool, events: &mut Vec<TermEvent>) {
        let missing = match byte {
            ESC => return self.state = State::Escape,
            0..0x80 => {
                let key = Key::new(KeyCode::Char(char::from(byte)), false, alt, false);
                return events.push(TermEvent::Key(key));
            }
            0xc2..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf4 => 3,
            // No UTF-8 character begins so: another encoding, or noise.
            _ => return,
        };
        self.held.push(byte);
        self.state = State::Character { alt, missing };
    }

    fn take_character(&mut self, byte: u8, alt: bool, missing: usize, events: &mut Vec<TermEvent>) {
        if !(0x80..0xc0).contains(&byte) {
            self.held.clear();
            return self.take_plain(byte, false, events);
        }
        self.held.push(byte);
        if missing > 1 {
            return self.state = State::Character { alt, missing: missing - 1 };
        }
        let held = mem::take(&mut self.held);
        let typed = str::from_utf8(&held).ok().and_then(|text| text.chars().next());
        events.extend(typed.map(|typed| key(KeyCode::Char(typed), Held { alt, ..Held::default() })));
    }

    fn take_after_escape(&mut self, byte: u8, events: &mut Vec<TermEvent>) {
        match byte {
            b'[' => self.state = State::Sequence,
            b'O' => self.state = State::SingleShift,
            b']' | b'P' => self.state = State::AnswerOrAlt(byte),
            ESC => {
                // Two presses of escape in one packet. That rxvt sends this for alt and an arrow is the lesser use.
                events.push(TermEvent::Key(Key::plain(KeyCode::Esc)));
                self.state = State::Escape;
            }
            _ => self.take_plain(byte, true, events),
        }
    }

    fn take_single_shift(&mut self, byte: u8, events: &mut Vec<TermEvent>) {
        match byte {
            b'0'..=b'9' | b';' if self.held.len() < LONGEST_SEQUENCE => {
                self.held.push(byte);
                self.state = State::SingleShift;
            }
            b'@'..=b'~' => {
                let held = mem::take(&mut self.held);
                events.extend(single_shift(&held, byte));
            }
            _ => {
                if mem::take(&mut self.held).is_empty() {
                    events.push(alt(b'O'));
                }
                self.take_plain(byte, false, events);
            }
        }
    }

    fn take_sequence(&mut self, byte: u8, events: &mut Vec<TermEvent>) {
        match byte {
            b' '..=b'?' => {
                if self.held.len() <= LONGEST_SEQUENCE {
                    self.held.push(byte);
                }
                self.state = State::Sequence;
            }
            b'[' if self.held.is_empty() => self.state = State::ConsoleFunction,
            b'M' if self.held.is_empty() => self.state = State::Mouse(3),
            b'~' if self.held == b"200" => {
                self.held.clear();
                self.state = State::Paste;
            }
            b'@'..=b'~' => {
                let held = mem::take(&mut self.held);
                if held.len() <= LONGEST_SEQUENCE {
                    events.extend(sequence(&held, byte));
                }
            }
            // A control or a byte of text: the sequence was cut off.
            _ => {
                self.held.clear();
                self.take_plain(byte, false, events);
            }
        }
    }

    fn take_paste(&mut self, byte: u8, events: &mut Vec<TermEvent>) {
        self.held.push(byte);
        if let Some(text) = self.held.strip_suffix(PASTE_END) {
            events.push(pasted(text));
            self.held = Vec::new();
        } else {
            self.state = State::Paste;
        }
    }
}

/// Modifiers that were held.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    ctrl: bool,
    alt: bool,
    shift: bool,
}

impl Held {
    /// From xterm's parameter: 1 and the sum of shift 1, alt 2, control 4, meta 8 (taken as alt).
    fn from_parameter(parameter: u32) -> Self {
        let bits = parameter.saturating_sub(1);
        Self { ctrl: bits & 4 != 0, alt: bits & (2 | 8) != 0, shift: bits & 1 != 0 }
    }
}

fn key(code: KeyCode, held: Held) -> TermEvent {
    TermEvent::Key(Key::new(code, held.ctrl, held.alt, held.shift))
}

fn alt(byte: u8) -> TermEvent {
    key(KeyCode::Char(char::from(byte)), Held { alt: true, ..Held::default() })
}

fn pasted(bytes: &[u8]) -> TermEvent {
    let text = String::from_utf8_lossy(bytes);
    TermEvent::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// A control sequence with its parameter bytes and its final byte. What is no key is `None`: mouse reports, answers
/// to questions that we did not ask, keys that nothing can be bound to.
fn sequence(parameters: &[u8], last: u8) -> Option<TermEvent> {
    match (parameters, last) {
        (b"", b'I') => return Some(TermEvent::Focus(true)),
        (b"", b'O') => return Some(TermEvent::Focus(false)),
        (b"", b'Z') => return Some(key(KeyCode::Tab, Held { shift: true, ..Held::default() })),
        _ => {}
    }
    let numbers = numbers(parameters)?;
    let number = |at: usize| numbers.get(at).map_or(1, |&(number, _)| number);
    // Kitty: 1 press, 2 repeat, 3 release.
    if numbers.get(1).is_some_and(|&(_, kind)| kind == 3) {
        return None;
    }
    let held = Held::from_parameter(number(1));
    let code = match last {
        b'~' if number(0) == 27 => KeyCode::Char(char::from_u32(number(2))?),
        b'~' => numbered(number(0))?,
        b'u' => KeyCode::Char(
            char::from_u32(number(0)).filter(|typed| !('\u{e000}'..='\u{f8ff}').contains(typed))?,
        ),
        // rxvt: lower case is shift and an arrow.
        b'a'..=b'd' if parameters.is_empty() => {
            let shifted = Held { shift: true, ..held };
            return Some(key(lettered(last.to_ascii_uppercase())?, shifted));
        }
        // A cursor report has the same shape as F3 with modifiers, which is the lesser use.
        b'R' if !parameters.is_empty() => return None,
        _ => lettered(last)?,
    };
    Some(key(code, held))
}

/// `ESC O`, parameters and a letter: arrows in application mode, F1 to F4, and the keypad as digits and signs.
fn single_shift(parameters: &[u8], last: u8) -> Option<TermEvent> {
    let modifiers = numbers(parameters)?.last().map_or(1, |&(number, _)| number);
    let code = match last {
        b'M' => KeyCode::Enter,
        // The application keypad: the character 64 below, from `*` (j) to `9` (y).
        b'j'..=b'y' => KeyCode::Char(char::from(last - 0x40)),
        b'X' => KeyCode::Char('='),
        b'a'..=b'd' => {
            let code = lettered(last.to_ascii_uppercase())?;
            return Some(key(code, Held { ctrl: true, ..Held::default() }));
        }
        _ => lettered(last)?,
    };
    Some(key(code, Held::from_parameter(modifiers)))
}

/// The key of `CSI … letter`.
fn lettered(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        b'R' => KeyCode::F(3),
        b'S' => KeyCode::F(4),
        _ => return None,
    })
}

/// The key of `CSI number ~`.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11 => KeyCode::F(1),
        12 => KeyCode::F(2),
        13 => KeyCode::F(3),
        14 => KeyCode::F(4),
        15 => KeyCode::F(5),
        17 => KeyCode::F(6),
        18 => KeyCode::F(7),
        19 => KeyCode::F(8),
        20 => KeyCode::F(9),
        21 => KeyCode::F(10),
        23 => KeyCode::F(11),
        24 => KeyCode::F(12),
        _ => return None,
    })
}

/// Parameters parted by `;`, each with its first sub-parameter after `:`; what is left out is 1. `None` where they
/// are not numbers, as in private sequences.
fn numbers(parameters: &[u8]) -> Option<Vec<(u32, u32)>> {
    let text = str::from_utf8(parameters).ok()?;
    let number = |text: &str| if text.is_empty() { Some(1) } else { text.parse().ok() };
    text.split(';')
        .map(|parameter| {
            let mut parts = parameter.split(':');
            Some((number(parts.next()?)?, number(parts.next().unwrap_or_default())?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::keymap::parse_keys;

    fn decoded(pieces: &[&[u8]]) -> Vec<TermEvent> {
        let (mut decoder, mut events) = (Decoder::default(), Vec::new());
        for piece in pieces {
            decoder.feed(piece, &mut events);
        }
        decoder.give_up(&mut events);
        events
    }

    fn keys(notation: &str) -> Vec<TermEvent> {
        parse_keys(notation).unwrap().into_iter().map(TermEvent::Key).collect()
    }

    #[test]
    fn keys_are_what_terminals_send() {
        for (bytes, notation) in [
            ("jJ é", "j J space é"),
            ("\r\t\u{7f}\u{8}\n", "ret tab backspace C-h C-j"),
            ("\u{13}\u{0}\u{1f}\u{1c}", "C-s C-space C-/ C-\\"),
            ("\u{1b}[A\u{1b}[B\u{1b}[C\u{1b}[D\u{1b}[H\u{1b}[F", "up down right left home end"),
            ("\u{1b}OA\u{1b}OB\u{1b}OP\u{1b}OS", "up down F1 F4"),
            ("\u{1b}[1~\u{1b}[4~\u{1b}[2~\u{1b}[3~\u{1b}[5~\u{1b}[6~", "home end ins del pgup pgdn"),
            ("\u{1b}[15~\u{1b}[24~\u{1b}[[A\u{1b}[[E", "F5 F12 F1 F5"),
            ("\u{1b}[Z", "S-tab"),
            ("\u{1b}[1;5C\u{1b}[1;2A\u{1b}[3;3~\u{1b}[1;6D", "C-right S-up A-del C-S-left"),
            ("\u{1b}x\u{1b}é\u{1b}\u{13}", "A-x A-é C-A-s"),
            ("\u{1b}[97;5u\u{1b}[27u\u{1b}[13u\u{1b}[9;2u", "C-a esc ret S-tab"),
            ("\u{1b}[27;5;115~", "C-s"),
            ("\u{1b}Op\u{1b}Oy\u{1b}Oj\u{1b}OX\u{1b}OM", "0 9 * = ret"),
            ("\u{1b}\u{1b}\u{1b}[A", "esc esc up"),
            ("\u{1b}", "esc"),
        ] {
            assert_eq!(decoded(&[bytes.as_bytes()]), keys(notation), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_key_is_swallowed_whole() {
        for bytes in [
            &b"\x1b[?62;1c"[..],             // device attributes
            b"\x1b[12;40R",                  // cursor report
            b"\x1b[<0;10;10M\x1b[<0;1;1m",   // mouse, SGR
            b"\x1b[M !!",                    // mouse, X10
            b"\x1b]11;rgb:ffff/ff/ff\x1b\\", // colour report
            b"\x1b]11;rgb:ffff/ff/ff\x07",   // the same with another end
            b"\x1bP1+r544e\x1b\\",           // terminfo report
            b"\x1b[57358u",                  // caps lock, kitty
            b"\x1b[97;1:3u",                 // release of a, kitty
            b"\xff\xfe\x80",                 // no UTF-8
            b"\xe9",                         // é in Latin-1, alone
            b"\x1b[1;",                      // the rest never came
        ] {
            let (mut decoder, mut events) = (Decoder::default(), Vec::new());
            decoder.feed(bytes, &mut events);
            decoder.give_up(&mut events);
            decoder.feed(b"j", &mut events);
            assert_eq!(events, keys("j"), "{bytes:?}");
        }
        let endless = [b"\x1b[".as_slice(), &b"1;".repeat(9_999), b"Aj"].concat();
        assert_eq!(decoded(&[&endless]), keys("j"));
    }

    #[test]
    fn a_sequence_cut_off_by_another_leaves_the_other_whole() {
        assert_eq!(decoded(&[b"\x1b[1;\x1b[B"]), keys("down"));
        assert_eq!(decoded(&[b"\xc3j"]), keys("j"));
        assert_eq!(decoded(&[b"\x1bO\x1b[B"]), keys("A-O down"));
    }

    #[test]
    fn a_paste_is_one_event_with_line_feeds() {
        let paste = |text: &str| vec![TermEvent::Paste(text.to_owned())];
        assert_eq!(decoded(&[b"\x1b[200~one\rtwo\r\nthree\nj\x1b[201~"]), paste("one\ntwo\nthree\nj"));
        assert_eq!(decoded(&[b"\x1b[200~a\x1b[Ab\x1b[201~"]), paste("a\u{1b}[Ab"));
        assert_eq!(decoded(&[b"\x1b[200~\x1b[201~"]), paste(""));
        assert_eq!(decoded(&[b"\x1b[200~its end was lost"]), paste("its end was lost"));
    }

    #[test]
    fn patience_is_short_only_where_a_key_may_wait() {
        let wait = Duration::from_millis(25);
        for (bytes, patience) in [
            (&b"j"[..], None),
            (b"\x1b", Some(wait)),
            (b"\x1b[", Some(SEQUENCE_PATIENCE)),
            (b"\x1b[1;5", Some(SEQUENCE_PATIENCE)),
            (b"\xe2\x88", Some(SEQUENCE_PATIENCE)),
            (b"\x1b[200~text", Some(PASTE_PATIENCE)),
            (b"\x1b[200~text\x1b[201~", None),
        ] {
            let (mut decoder, mut events) = (Decoder::default(), Vec::new());
            decoder.feed(bytes, &mut events);
            assert_eq!(decoder.patience(wait), patience, "{bytes:?}");
        }
    }

    /// Bytes that look like what terminals send, and noise.
    fn stream() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            Just(b"\x1b[".to_vec()),
            Just(b"\x1bO".to_vec()),
            Just(b"\x1b[200~".to_vec()),
            Just(b"\x1b[201~".to_vec()),
            Just(b"\x1b]1".to_vec()),
            "[0-9;:?]{1,3}[A-Za-z~]".prop_map(String::into_bytes),
            "\\PC{1,4}".prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 1..4),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn it_does_not_matter_where_the_stream_was_cut(bytes in stream(), cut in any::<prop::sample::Index>()) {
            let (before, after) = bytes.split_at(cut.index(bytes.len() + 1));
            prop_assert_eq!(decoded(&[before, after]), decoded(&[&bytes]));
        }

        #[test]
        fn plain_text_arrives_as_its_characters(text in "\\PC{0,40}") {
            let typed: Vec<TermEvent> = text.chars().map(|c| TermEvent::Key(Key::char(c))).collect();
            prop_assert_eq!(decoded(&[text.as_bytes()]), typed);
        }

        #[test]
        fn keys_work_again_after_any_stream(bytes in stream()) {
            let (mut decoder, mut events) = (Decoder::default(), Vec::new());
            decoder.feed(&bytes, &mut events);
            decoder.give_up(&mut events);
            events.clear();
            decoder.feed(b"j", &mut events);
            prop_assert_eq!(events, keys("j"));
        }
    }
}

//! A text as the patterns see it: special spaces and dashes made plain, and the way back to the bytes of the text.

use std::borrow::Cow;

use crate::text::Span;

/// A text made plain, one character for one character.
pub(super) struct Flat<'t> {
    pub(super) text: Cow<'t, str>,
    /// From which byte of the plain text on which byte of the original counts. In order.
    jumps: Vec<(usize, usize)>,
}

impl<'t> Flat<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        if !text.bytes().any(|byte| byte == b'\n' || !byte.is_ascii()) {
            return Self { text: Cow::Borrowed(text), jumps: Vec::new() };
        }
        let mut flat = String::with_capacity(text.len());
        let mut jumps = Vec::new();
        let mut before = '\n';
        let mut rest = text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let plain = match c {
                '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                '\n' if before != '\n' && rest.peek().is_some_and(|(_, next)| *next != '\n') => ' ',
                other => other,
            };
            flat.push(plain);
            if plain.len_utf8() != c.len_utf8() {
                jumps.push((flat.len(), at + c.len_utf8()));
            }
            before = c;
        }
        Self { text: Cow::Owned(flat), jumps }
    }

    /// The bytes of the original that these bytes of the plain text stand for.
    pub(super) fn original(&self, start: usize, end: usize) -> Span {
        Span::new(self.original_byte(start), self.original_byte(end))
    }

    fn original_byte(&self, byte: usize) -> usize {
        let passed = self.jumps.partition_point(|(flat, _)| *flat <= byte);
        match passed.checked_sub(1).and_then(|at| self.jumps.get(at)) {
            Some((flat, original)) => original + (byte - flat),
            None => byte,
        }
    }
}

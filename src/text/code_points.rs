//! Bytes to Unicode code points and back, for everything that leaves the program.

use super::Span;

/// How many bytes lie between two remembered places.
const STEP: usize = 512;

/// Converts between byte offsets and code-point offsets of one text.
///
/// Remembers the count at every 512th byte, so that a conversion looks at no more than 512 bytes: an hour's
/// transcript costs about 400 bytes of memory.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points that begin before byte `i * STEP`.
    before: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            before.push(count);
            count += chunk.iter().filter(|&&b| begins_code_point(b)).count();
        }
        before.push(count);
        Self { text, before }
    }

    /// Code points before `byte`. A byte past the end counts as the end; one inside a code point counts that
    /// code point.
    #[must_use]
    pub fn at_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let step = byte / STEP;
        let rest = self.text.as_bytes().get(step * STEP..byte).unwrap_or_default();
        self.before.get(step).copied().unwrap_or(0) + rest.iter().filter(|&&b| begins_code_point(b)).count()
    }

    /// The byte where code point number `point` begins (the length of the text for one past the last), or
    /// `None` if the text is shorter.
    #[must_use]
    pub fn to_byte(&self, point: usize) -> Option<usize> {
        let step = self.before.partition_point(|&count| count <= point).saturating_sub(1);
        let mut start = step * STEP;
        while !self.text.is_char_boundary(start.min(self.text.len())) {
            start += 1;
        }
        let start = start.min(self.text.len());
        let missing = point.checked_sub(self.at_byte(start))?;
        let rest = self.text.get(start..)?;
        let mut starts = rest.char_indices().map(|(i, _)| start + i).chain([self.text.len()]);
        starts.nth(missing)
    }

    /// A span in code points, as `(start, end)`.
    #[must_use]
    pub fn of_span(&self, span: Span) -> (usize, usize) {
        (self.at_byte(span.start as usize), self.at_byte(span.end as usize))
    }

    /// The span between two code points, or `None` if it does not fit the text or is inverted.
    #[must_use]
    pub fn to_span(&self, start: usize, end: usize) -> Option<Span> {
        let (start, end) = (self.to_byte(start)?, self.to_byte(end)?);
        (start <= end).then(|| Span::new(start, end))
    }
}

fn begins_code_point(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_and_code_points_agree_with_a_plain_count(text in "(\\PC|é|ŵ|👩🏽‍⚕️|\n){0,700}", at in 0usize..900) {
            let points = CodePoints::new(&text);
            let expected = text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(at);
            prop_assert_eq!(points.to_byte(at), expected);
            if let Some(byte) = expected {
                prop_assert_eq!(points.at_byte(byte), at);
            }
        }
    }

    #[test]
    fn spans_outside_the_text_are_refused() {
        let points = CodePoints::new("tŷ bach");
        assert_eq!(points.to_span(0, 2), Some(Span::new(0, 3)));
        assert_eq!(points.to_span(0, 7), Some(Span::new(0, 8)));
        assert_eq!(points.to_span(0, 8), None);
        assert_eq!(points.to_span(3, 2), None);
    }
}

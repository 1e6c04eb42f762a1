//! Times as transcripts write them: `1:02`, `01:02:03`, `[00:01.500]`, `#00:00:12-3#`, `(12:04)`.
//!
//! Whether a time means anything where it stands is not decided here.

/// A time read at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// Milliseconds.
    pub(super) ms: u32,
    /// Bytes it takes, brackets and marks included.
    pub(super) len: usize,
    /// Whether brackets or `#` close it in.
    pub(super) closed: bool,
    /// Whether it says hours.
    pub(super) hours: bool,
}

/// Bytes in which a mark with a time closes.
const MARK: usize = 64;

/// The bare time that `text` begins with: `m:ss`, `mm:ss`, `h:mm:ss`, each with a fraction after `.`, `,` or `-`
/// (f4 writes tenths of a second after a hyphen). Minutes may pass 59 where no hours are written.
fn bare(text: &str) -> Option<Time> {
    let mut fields: Vec<u32> = Vec::new();
    let mut at = 0;
    loop {
        let digits = digits_at(text, at);
        let wanted = if fields.is_empty() { 1..=3 } else { 2..=2 };
        if !wanted.contains(&digits) {
            return None;
        }
        fields.push(text.get(at..at + digits)?.parse().ok()?);
        at += digits;
        if fields.len() < 3 && text[at..].starts_with(':') && digits_at(text, at + 1) > 0 {
            at += 1;
        } else {
            break;
        }
    }
    let (hours, minutes, seconds) = match *fields.as_slice() {
        [minutes, seconds] => (0, minutes, seconds),
        [hours, minutes, seconds] if minutes < 60 => (hours, minutes, seconds),
        _ => return None,
    };
    if seconds > 59 {
        return None;
    }
    let (fraction, taken) = fraction(&text[at..]);
    let ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
    Some(Time { ms, len: at + taken, closed: false, hours: fields.len() == 3 })
}

/// Milliseconds after the seconds, and the bytes they take.
fn fraction(rest: &str) -> (u32, usize) {
    let digits = digits_at(rest, 1);
    if !rest.starts_with(['.', ',', '-']) || !(1..=3).contains(&digits) {
        return (0, 0);
    }
    let value: u32 = rest.get(1..=digits).and_then(|found| found.parse().ok()).unwrap_or(0);
    (value * [1000, 100, 10, 1][digits], 1 + digits)
}

fn digits_at(text: &str, at: usize) -> usize {
    text.as_bytes().iter().skip(at).take_while(|byte| byte.is_ascii_digit()).count()
}

/// The time that `text` begins with, bare or in `[ ]`, `( )`, `\[ \]` (escaped in Markdown), `# #`.
pub(super) fn time_at(text: &str) -> Option<Time> {
    const PAIRS: [(&str, &str); 4] = [("[", "]"), ("(", ")"), ("\\[", "\\]"), ("#", "#")];
    for (open, close) in PAIRS {
        if let Some(inner) = text.strip_prefix(open) {
            let time = bare(inner)?;
            let closes = inner.get(time.len..)?.starts_with(close);
            let len = open.len() + time.len + close.len();
            return closes.then_some(Time { len, closed: true, ..time });
        }
    }
    let time = bare(text)?;
    let after = text.get(time.len..)?.chars().next();
    (!after.is_some_and(|c| c.is_ascii_digit() || c == ':')).then_some(time)
}

/// The time that is all there is in `text` but blanks.
pub(super) fn whole_time(text: &str) -> Option<Time> {
    let text = text.trim();
    time_at(text).filter(|time| time.len == text.len())
}

/// The time that `text` ends with, and the byte where it begins.
pub(super) fn time_before_end(text: &str) -> Option<(usize, Time)> {
    if !text.ends_with(|c: char| c.is_ascii_digit() || ")]#".contains(c)) {
        return None;
    }
    let from = text.char_indices().rev().take(24).map(|(at, _)| at);
    let found = from.filter_map(|at| {
        let starts_clean = !text[..at].ends_with(|c: char| c.is_ascii_digit() || ":.,".contains(c));
        let time = time_at(&text[at..])?;
        (starts_clean && at + time.len == text.len()).then_some((at, time))
    });
    // The longest reading, so that the bracket before the digits is part of it.
    found.last()
}

/// A stretch of time at the beginning of `text`: `[0:01 --> 0:05]`, `0:01 - 0:05`, `0:01/0:05`; as start, end
/// and the bytes it takes.
pub(super) fn range_at(text: &str) -> Option<(u32, u32, usize)> {
    let open = usize::from(text.starts_with('['));
    let start = bare(&text[open..])?;
    let mut at = open + start.len;
    at += blanks(&text[at..]);
    let arrow = ["-->", "->", "–", "-", "/"].into_iter().find(|arrow| text[at..].starts_with(arrow))?;
    at += arrow.len();
    at += blanks(&text[at..]);
    let end = bare(&text[at..])?;
    at += end.len;
    if open == 1 {
        at += text[at..].starts_with(']').then_some(1)?;
    }
    Some((start.ms, end.ms, at))
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// A time inside speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Inside {
    /// First byte of what says the time, with its brackets if nothing else is in them.
    pub(super) at: usize,
    /// Bytes of that.
    pub(super) len: usize,
    /// Milliseconds.
    pub(super) ms: u32,
    /// Whether it can be nothing but a mark of a transcriber. `(10:30)` may be speech.
    pub(super) sure: bool,
}

/// Times in brackets inside speech: `[00:01:10]`, `(1:10)`, `#00:01:10-0#`, and at the end of marks
/// (`[inaudible 00:01:10]`). A bare `10:30` in a sentence is speech.
pub(super) fn times_inside(speech: &str) -> Vec<Inside> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = speech[from..].find(['[', '(', '#']).map(|at| from + at) {
        from = at + 1;
        let sure = !speech[at..].starts_with('(');
        if let Some(time) = time_at(&speech[at..]) {
            found.push(Inside { at, len: time.len, ms: time.ms, sure });
            from = at + time.len;
        } else if let Some((start, time)) = mark_with_time(&speech[at..]) {
            found.push(Inside { at: at + start, len: time.len, ms: time.ms, sure });
        }
    }
    found
}

/// `[inaudible 00:01:10]`: the time before the closing bracket, and the byte where it begins.
fn mark_with_time(text: &str) -> Option<(usize, Time)> {
    let close = text.bytes().take(MARK).position(|byte| byte == b']' || byte == b')')?;
    let inner = text.get(..close)?;
    let (at, time) = time_before_end(inner)?;
    (inner[..at].ends_with(char::is_whitespace)).then_some((at, time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> Option<u32> {
        whole_time(text).map(|time| time.ms)
    }

    #[test]
    fn times_are_read_in_every_usual_way() {
        assert_eq!(ms("0:21"), Some(21_000));
        assert_eq!(ms("75:04"), Some(4_504_000));
        assert_eq!(ms("1:02:03"), Some(3_723_000));
        assert_eq!(ms("[00:43.810]"), Some(43_810));
        assert_eq!(ms("(00:01:00)"), Some(60_000));
        assert_eq!(ms("#00:00:12-3#"), Some(12_300));
        assert_eq!(ms("00:00:02,5"), Some(2_500));
        assert_eq!(ms("\\[17:22\\]"), Some(1_042_000));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["10", "1:2", "0:61", "12:34:56:78", "[00:12", "10:30 am", "2016-05-10", ""] {
            assert_eq!(ms(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_and_times_at_the_end_are_found() {
        assert_eq!(range_at("[00:43.810 --> 00:47.850]  Hello"), Some((43_810, 47_850, 25)));
        assert_eq!(range_at("0:01 - 0:05"), Some((1_000, 5_000, 11)));
        assert_eq!(time_before_end("Name (00:12)").map(|(at, time)| (at, time.ms)), Some((5, 12_000)));
        assert_eq!(time_before_end("Name  1:02:03").map(|(at, time)| (at, time.ms)), Some((6, 3_723_000)));
    }

    #[test]
    fn only_times_in_brackets_count_inside_speech() {
        let found = times_inside("At 10:30 [00:12] he [inaudible 1:00] said (so) (1:01)");
        let found: Vec<_> = found.into_iter().map(|time| (time.at, time.len, time.ms, time.sure)).collect();
        assert_eq!(found, [(9, 7, 12_000, true), (31, 4, 60_000, true), (47, 6, 61_000, false)]);
    }
}

//! Heads: the beginning of a line that may be a speaker's label with its markup, time and separator.
//!
//! Reads one line by one [`Shape`]. Whether the label is a speaker's is decided over the whole file, in `labels`.

use super::row::{Row, is_blank, is_invisible};
use crate::import::roles;
use crate::import::time::{self, Time};

/// How labels are set off from speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Shape {
    /// `Label: speech`, or the speech below.
    Colon,
    /// `Label<TAB>speech`.
    Tab,
    /// `LABEL  speech`: two blanks or more.
    Spaces,
    /// `Label - speech`.
    Dash,
    /// `Q. speech`, with `MR NAME: speech` between.
    Dot,
    /// `Label  0:21`, `00:00:21 Label`, `Label [0:21] speech`: no colon, but a time.
    Timed,
    /// `Label` alone on its line.
    Alone,
}

/// What a line begins with. Bytes count from the beginning of the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The label as written, without markup, time, separator and characters that do not show.
    pub(super) label: String,
    /// First byte of the label with its markup and time.
    pub(super) start: usize,
    /// One past its separator, markup and time.
    pub(super) end: usize,
    /// First byte of the speech; the end of the row if there is none.
    pub(super) speech: usize,
    /// The time beside it.
    pub(super) ms: Option<u32>,
    /// Whether it stands out: bold, starred, a heading.
    pub(super) marked: bool,
}

/// Reads on: a place in a row.
struct Reader<'r> {
    text: &'r str,
    at: usize,
    marked: bool,
    ms: Option<u32>,
}

const LONGEST: usize = 40;
/// Bytes of a line in which a separator is looked for: a label, its markup and a time.
const REACH: usize = 140;
const MARKUP: [&str; 4] = ["**", "__", "*", "_"];

impl<'r> Reader<'r> {
    fn rest(&self) -> &'r str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(is_blank).len();
    }

    fn skip_markup(&mut self) {
        while let Some(found) = MARKUP.into_iter().find(|mark| self.rest().starts_with(mark)) {
            self.at += found.len();
            self.marked = true;
        }
    }

    /// A time here, which is then the head's.
    fn skip_time(&mut self, wanted: impl Fn(&Time, &str) -> bool) {
        if let Some(found) = time::time_at(self.rest()) {
            let after = self.rest().get(found.len..).unwrap_or_default();
            if self.ms.is_none() && wanted(&found, after) {
                self.ms = Some(found.ms);
                self.at += found.len;
            }
        }
    }
}

/// The head of `row`, read as `shape`.
pub(super) fn read(row: &Row<'_>, shape: Shape) -> Option<Head> {
    if row.closed || row.is_blank() {
        return None;
    }
    let mut reader = Reader { text: row.text, at: 0, marked: row.heading, ms: None };
    reader.skip_blanks();
    let start = reader.at;
    open(&mut reader);
    let head = match shape {
        Shape::Colon => colon(&mut reader),
        Shape::Tab => {
            apart(&mut reader, "\t").filter(|_| reader.at < row.text.trim_end_matches(is_blank).len())
        }
        Shape::Spaces => spaces(&mut reader),
        Shape::Dash => dash(&mut reader),
        Shape::Dot => dot(&mut reader).or_else(|| colon(&mut reader).filter(|label| is_capitals(label))),
        Shape::Timed => timed(&mut reader),
        Shape::Alone => alone(&mut reader),
    }?;
    let label = clean(&head);
    let label_end = row.text.find(head.as_str()).map_or(row.text.len(), |at| at + head.len());
    let marked = reader.marked || row.bold >= label_end;
    let end = start + row.text.get(start..reader.at)?.trim_end_matches(is_blank).len();
    Some(Head { label, start, end, speech: reader.at, ms: reader.ms, marked })
}

/// Markup and a time before the label.
fn open(reader: &mut Reader<'_>) {
    if reader.rest().starts_with('#') {
        let level = reader.rest().len() - reader.rest().trim_start_matches('#').len();
        if level <= 6 && reader.rest()[level..].starts_with(' ') {
            reader.at += level;
            reader.marked = true;
            reader.skip_blanks();
        }
    }
    reader.skip_markup();
    let before = reader.at;
    if let Some((start, _, len)) = time::range_at(reader.rest()) {
        reader.ms = Some(start);
        reader.at += len;
    }
    reader.skip_time(|_, _| true);
    if reader.at > before {
        reader.skip_blanks();
        if let Some(rest) = reader.rest().strip_prefix(['-', '–', '|']) {
            reader.at = reader.text.len() - rest.len();
        }
        reader.skip_blanks();
        reader.skip_markup();
    }
}

/// Markup and a time after the label. A bare `m:ss` counts only where no speech follows it.
fn close(reader: &mut Reader<'_>) {
    reader.skip_markup_end();
    let before = reader.at;
    reader.skip_blanks();
    reader.skip_time(|found, after| found.closed || found.hours || after.chars().all(is_blank));
    reader.skip_markup_end();
    if reader.ms.is_none() {
        reader.at = before;
    }
    reader.skip_blanks();
}

impl Reader<'_> {
    /// Markup that ends here, if some was opened: stars after the label, but not those that begin the speech.
    fn skip_markup_end(&mut self) {
        if self.marked
            && let Some(found) = MARKUP.into_iter().find(|mark| self.rest().starts_with(mark))
        {
            self.at += found.len();
        }
    }
}

fn colon(reader: &mut Reader<'_>) -> Option<String> {
    let (mut at, mut found) = (reader.at, None);
    for (place, c) in reach(reader.rest()).char_indices() {
        let (before, after) = (&reader.rest()[..place], &reader.rest()[place + c.len_utf8()..]);
        let in_time =
            before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
        if (c == ':' || c == '：') && !in_time {
            at += place + c.len_utf8();
            found = Some(place);
            break;
        }
    }
    let raw = &reader.rest()[..found?];
    let label = trim_label(reader, raw)?;
    let next = reader.text[at..].chars().next();
    let tight = next.is_some_and(|c| !is_blank(c) && !"*_[(#\\".contains(c));
    if tight && (next == Some('/') || !(reader.ms.is_some() || roles::part_of(&label).is_some())) {
        return None;
    }
    reader.at = at;
    close(reader);
    Some(label)
}

/// A label before `separator`.
fn apart(reader: &mut Reader<'_>, separator: &str) -> Option<String> {
    let place = reach(reader.rest()).find(separator)?;
    let raw = &reader.rest()[..place];
    let label = trim_label(reader, raw).filter(|label| !label.ends_with(':'))?;
    reader.at += place + separator.len();
    close(reader);
    Some(label)
}

fn spaces(reader: &mut Reader<'_>) -> Option<String> {
    let label = apart(reader, "  ")?;
    (is_name(&label) && !reader.rest().chars().all(is_blank)).then_some(label)
}

fn dash(reader: &mut Reader<'_>) -> Option<String> {
    let hyphens = [" - ", " – ", " — "];
    let first =
        hyphens.into_iter().filter_map(|dash| Some((reach(reader.rest()).find(dash)?, dash))).min()?;
    apart(reader, first.1).filter(|label| is_name(label) || roles::part_of(label).is_some())
}

/// `Q.`, `A.`, `P1.`: the short roles only, or every sentence would be one.
fn dot(reader: &mut Reader<'_>) -> Option<String> {
    let place = reach(reader.rest()).find('.')?;
    let label = reader.rest()[..place].trim_matches(is_blank);
    let after = reader.rest()[place + 1..].chars().next();
    let short = label.chars().count() <= 4 && label.starts_with(char::is_uppercase);
    let role = roles::part_of(label).is_some() && label.chars().filter(|c| c.is_alphabetic()).count() <= 3;
    if !(short && role && after.is_none_or(|c| is_blank(c) || c == '*')) {
        return None;
    }
    let label = label.to_owned();
    reader.at += place + 1;
    close(reader);
    Some(label)
}

fn timed(reader: &mut Reader<'_>) -> Option<String> {
    let line = reader.rest().trim_end_matches(is_blank);
    if reader.ms.is_some() {
        let label = trim_label(reader, line)?;
        reader.at = reader.text.len();
        return Some(label);
    }
    if let Some((place, found)) = time::time_before_end(line.trim_end_matches(['*', '_'])) {
        let label = trim_label(reader, &line[..place])?;
        reader.ms = Some(found.ms);
        reader.at = reader.text.len();
        return Some(label);
    }
    // Trint: the time in brackets parts the label from speech on the same line.
    let place = reach(line).find(" [")?;
    let found = time::time_at(&line[place + 1..]).filter(|found| found.closed)?;
    let label = trim_label(reader, &line[..place])?;
    reader.ms = Some(found.ms);
    reader.at += place + 1 + found.len;
    reader.skip_markup_end();
    reader.skip_blanks();
    Some(label)
}

fn alone(reader: &mut Reader<'_>) -> Option<String> {
    let line = reader.rest().trim_end_matches(is_blank);
    let label = trim_label(reader, line)?;
    reader.at = reader.text.len();
    (reader.ms.is_none() && is_name(&label)).then_some(label)
}

/// `raw` without markup, brackets and a time at its end (which becomes the head's), if a label can be that long.
fn trim_label(reader: &mut Reader<'_>, raw: &str) -> Option<String> {
    let mut label = raw.trim_matches(is_blank).trim_end_matches(['*', '_']).trim_end_matches(is_blank);
    if reader.ms.is_none()
        && let Some((place, found)) = time::time_before_end(label)
        && place > 0
    {
        reader.ms = Some(found.ms);
        label = label[..place]
            .trim_end_matches(is_blank)
            .trim_end_matches(['*', '_', '-'])
            .trim_end_matches(is_blank);
    }
    if let Some(inner) = label.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        label = inner;
    }
    let fits = label.chars().count() <= LONGEST && label.split_whitespace().count() <= 5;
    (fits && label.chars().any(char::is_alphabetic)).then(|| label.to_owned())
}

fn clean(label: &str) -> String {
    let shown: String = label.chars().filter(|&c| !is_invisible(c)).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn reach(text: &str) -> &str {
    let mut end = text.len().min(REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether all words begin with a capital, a digit or a bracket: how names are written where no colon says so.
pub(super) fn is_name(label: &str) -> bool {
    let particle = |word: &str| matches!(word, "of" | "the" | "de" | "van" | "von" | "ap" | "der" | "y");
    let fits = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(');
    label.split_whitespace().enumerate().all(|(at, word)| fits(word) || (at > 0 && particle(word)))
}

/// Whether it is written in capitals, two at least.
pub(super) fn is_capitals(label: &str) -> bool {
    let letters = || label.chars().filter(|c| c.is_alphabetic());
    letters().count() > 1 && letters().all(|c| !c.is_lowercase())
}

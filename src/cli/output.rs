//! Printing: results on stdout, errors on stderr, as text for people or one JSON object a line for programs.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, ErrorKind, Stdout, Write};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::error::CliError;
use crate::text::counted;

/// That a spreadsheet does not hold some texts whole.
pub(super) fn cut_words(cells: usize) -> String {
    let texts = counted(cells, "text is", "texts are");
    format!(
        "{texts} cut at 32,767 characters, as a cell of Excel holds no more; .csv, .md and .docx hold all"
    )
}

/// Stdout, which whoever reads it may close.
struct Listener {
    to: BufWriter<Stdout>,
    /// Whether we go on when nobody listens.
    goes_on: bool,
    has_gone: bool,
}

impl Listener {
    /// `unheard` is what is said to have been done where nobody listens.
    fn heard<T>(&mut self, done: io::Result<T>, unheard: T) -> io::Result<T> {
        match done {
            Err(error) if self.goes_on && error.kind() == ErrorKind::BrokenPipe => {
                self.has_gone = true;
                Ok(unheard)
            }
            done => done,
        }
    }
}

impl Write for Listener {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.has_gone {
            return Ok(bytes.len());
        }
        let done = self.to.write(bytes);
        self.heard(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.has_gone {
            return Ok(());
        }
        let done = self.to.flush();
        self.heard(done, ())
    }
}

/// Where results go.
pub(super) struct Output {
    to: Listener,
    /// Whether the caller asked for JSON.
    pub(super) json: bool,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        let to = Listener { to: BufWriter::new(io::stdout()), goes_on: false, has_gone: false };
        Self { to, json }
    }

    /// From now on whoever stops reading ends nothing: what is done is done to its end, and its exit code is true.
    pub(super) fn go_on_unheard(&mut self) {
        self.to.goes_on = true;
    }

    /// One result: `object` as a line of JSON, or the lines that `text` gives for people.
    pub(super) fn result(
        &mut self,
        object: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> Result<(), CliError> {
        if self.json {
            serde_json::to_writer(&mut self.to, object).map_err(io::Error::from)?;
            self.to.write_all(b"\n")?;
            Ok(())
        } else {
            self.line(&text())
        }
    }

    /// A line for people; nothing where the caller asked for JSON.
    pub(super) fn remark(&mut self, text: &str) -> Result<(), CliError> {
        if self.json { Ok(()) } else { self.line(text) }
    }

    /// Lines for people, broken at the width of the terminal, if there is one; what follows is indented further.
    pub(super) fn wrapped(&mut self, text: &str) -> Result<(), CliError> {
        let columns = match rustix::termios::tcgetwinsize(io::stdout()) {
            Ok(size) if size.ws_col > 0 => usize::from(size.ws_col),
            _ => usize::MAX,
        };
        let lines: Vec<String> = text.lines().map(|line| wrap(&shown(line), columns)).collect();
        self.remark(&lines.join("\n"))
    }

    /// Bytes as they are: a file that was asked for.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        self.to.write_all(bytes)?;
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<(), CliError> {
        self.to.flush()?;
        Ok(())
    }

    fn line(&mut self, text: &str) -> Result<(), CliError> {
        // Transcripts may hold escape sequences: a terminal must see them as marks.
        writeln!(self.to, "{}", shown(text))?;
        Ok(())
    }
}

/// A line broken between words so that no part is wider than `columns`, save a word that is. Every part but the first has
/// four blanks more than the line begins with.
fn wrap(line: &str, columns: usize) -> String {
    let indent = line.len() - line.trim_start().len() + 4;
    let (mut wrapped, mut width) = (String::new(), 0);
    for (at, word) in line.split(' ').enumerate() {
        if at > 0 && width > indent && width + 1 + word.width() > columns {
            wrapped.truncate(wrapped.trim_end().len());
            wrapped.push('\n');
            wrapped.push_str(&" ".repeat(indent));
            width = indent;
        } else if at > 0 {
            wrapped.push(' ');
            width += 1;
        }
        wrapped.push_str(word);
        width += word.width();
    }
    wrapped
}

/// Text with control characters as visible marks, line breaks and tabs kept.
pub(super) fn shown(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\u{7f}' => '␡',
            c if u32::from(c) < 0x20 => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            // C1 controls, and marks that turn the direction of what follows on a terminal.
            '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Says an error on stderr: a sentence, or `{error,where}` where the caller asked for JSON.
pub(super) fn say_error(error: &CliError, json: bool) {
    #[derive(Serialize)]
    struct Line<'a> {
        error: &'a str,
        r#where: Option<&'a str>,
    }
    let (sentence, place) = match error {
        CliError::Usage(sentence) | CliError::Nothing(sentence) => (sentence, None),
        CliError::Refused { sentence, place } => (sentence, place.as_deref()),
        CliError::BrokenPipe => return,
    };
    let mut to = io::stderr().lock();
    // Nothing can be done if even stderr is gone.
    let _ = if json {
        let line = serde_json::to_string(&Line { error: sentence, r#where: place }).unwrap_or_default();
        writeln!(to, "{line}")
    } else {
        match place {
            Some(place) => writeln!(to, "combe: {}: {}", shown(place), shown(sentence)),
            None => writeln!(to, "combe: {}", shown(sentence)),
        }
    };
}

/// A remark on stderr that is no error: progress, warnings.
pub(super) fn say_aside(sentence: &str) {
    let _ = writeln!(io::stderr().lock(), "combe: {}", shown(sentence));
}

/// The same, once in a run: for what several parts of one command come upon.
pub(super) fn say_once(sentence: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if SAID.lock().unwrap_or_else(PoisonError::into_inner).insert(sentence.to_owned()) {
        say_aside(sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_indented() {
        assert_eq!(wrap("I1.txt  new  one two", 40), "I1.txt  new  one two");
        assert_eq!(wrap("I1.txt  new  one two", 17), "I1.txt  new  one\n    two");
        assert_eq!(wrap("    line 7: look at this", 16), "    line 7: look\n        at this");
        assert_eq!(wrap("unbreakable", 4), "unbreakable");
        assert_eq!(wrap("", 4), "");
    }
}

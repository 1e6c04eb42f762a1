//! Quotations in LaTeX: commands and environments of csquotes and dirtytalk, and those of LaTeX itself.

use super::{Group, Reader};

/// Where a quotation is from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Source<'t> {
    /// What is printed behind it in parentheses.
    printed: Option<&'t str>,
    /// Whether it is from the literature.
    cited: bool,
}

impl<'t> Source<'t> {
    /// What an optional argument says: where it is from, or a command that cites it.
    fn of(argument: Option<&'t str>) -> Self {
        let argument = argument.filter(|source| !source.trim().is_empty());
        Self {
            printed: argument.filter(|source| !source.contains('\\')),
            cited: argument.is_some_and(|source| source.contains('\\') && source.contains("cite")),
        }
    }

    /// What the note of a citation says.
    fn cited(note: Option<&'t str>) -> Self {
        Self { printed: note.filter(|note| super::references::names_somebody(note)), cited: true }
    }
}

/// Environments that are block quotations.
pub(super) fn is_quotation(environment: &str) -> bool {
    let own = ["quote", "quotation", "displayquote", "displaycquote", "verse", "quoting", "blockquote"];
    own.contains(&environment) || matches!(environment, "foreigndisplayquote" | "foreigndisplaycquote")
}

impl<'t> Reader<'t> {
    /// Takes a command that quotes, or that says what a quotation leaves out or has inserted.
    pub(super) fn quoting_command(&mut self, name: &str) -> bool {
        match name {
            "enquote" | "say" | "textquote" | "blockquote" | "textcquote" | "blockcquote" => {
                self.enquote(name);
            }
            "foreignquote" | "hyphenquote" | "foreigntextquote" | "hyphentextquote" | "foreignblockquote"
            | "hyphenblockquote" | "hybridblockquote" | "foreigntextcquote" | "hyphentextcquote"
            | "foreignblockcquote" | "hyphenblockcquote" => {
                self.argument();
                self.enquote(name);
            }
            "textelp" | "textdel" => {
                self.builder.push("[…]", self.line);
                self.argument();
            }
            "textins" => {
                self.blanks_after_name();
                if self.rest().starts_with('{') {
                    self.push('[');
                    self.open_group(Group { prints: Some(']'), ..Group::default() });
                    self.skip(1);
                }
            }
            _ => return false,
        }
        true
    }

    /// Text in quotation marks, inner ones inside outer ones.
    fn enquote(&mut self, name: &str) {
        let (first, last) = self.first_and_last_optional();
        let source = match name {
            _ if name.ends_with("cquote") => {
                self.argument();
                Source::cited(last)
            }
            _ if name.ends_with("textquote") || name.ends_with("blockquote") => Source::of(first),
            _ => Source::default(),
        };
        // Punctuation that moves into the marks.
        while self.optional() {}
        if !self.rest().starts_with('{') {
            return;
        }
        let quoting = self.groups.iter().filter(|group| matches!(group.prints, Some('”' | '’'))).count();
        let (open, close) = if quoting % 2 == 1 { ('‘', '’') } else { ('“', '”') };
        self.push(open);
        self.open_group(Group { prints: Some(close), source, ..Group::default() });
        self.skip(1);
    }

    /// The first and the last of the optional arguments that come next. Where csquotes takes a key, a note that stands before
    /// the reference may precede the one behind it; where it takes none, the source may precede a full stop.
    fn first_and_last_optional(&mut self) -> (Option<&'t str>, Option<&'t str>) {
        let first = self.optional_text();
        let mut last = first;
        while let Some(next) = self.optional_text() {
            last = Some(next);
        }
        (first, last)
    }

    /// Opens a block quotation.
    pub(super) fn begin_quotation(&mut self, name: &str) {
        self.builder.open_quotation();
        if name.starts_with("foreign") {
            self.argument();
        }
        let (first, last) = self.first_and_last_optional();
        let source = match name {
            _ if name.ends_with("displaycquote") => {
                self.argument();
                Source::cited(last)
            }
            _ if name.ends_with("displayquote") => Source::of(first),
            _ => Source::default(),
        };
        self.sources.push(source);
        while self.optional() {}
    }

    /// Closes it, with where it is from at its end.
    pub(super) fn end_quotation(&mut self) {
        let source = self.sources.pop().unwrap_or_default();
        self.builder.trim_end();
        self.print_source(source);
        self.builder.close_quotation();
    }

    /// Prints where a quotation is from, as csquotes does: behind it, and in parentheses.
    pub(super) fn print_source(&mut self, source: Source<'t>) {
        if source.cited {
            self.builder.push_reference(self.line);
        }
        if let Some(printed) = source.printed {
            self.builder.push(&format!(" ({})", printed.replace('~', " ").trim()), self.line);
        }
    }
}

//! LaTeX: what it would print, nearly. Quotation marks become curly ones, csquotes' commands too; the environments `quote`,
//! `quotation`, `displayquote` and `verse` are block quotations; comments and references are dropped.
//!
//! No macro is expanded: a command that is not known is dropped and its text in braces stays.

use super::blocks::{Builder, Draft};

/// Commands whose arguments are no text of the paper.
const LEFT_OUT: [&str; 34] = [
    "cite",
    "citep",
    "citet",
    "citealp",
    "autocite",
    "parencite",
    "textcite",
    "footcite",
    "supercite",
    "nocite",
    "ref",
    "cref",
    "Cref",
    "autoref",
    "pageref",
    "eqref",
    "label",
    "url",
    "href",
    "includegraphics",
    "input",
    "include",
    "bibliography",
    "bibliographystyle",
    "vspace",
    "hspace",
    "usepackage",
    "documentclass",
    "setlength",
    "newcommand",
    "renewcommand",
    "index",
    "hypersetup",
    "addbibresource",
];

/// Environments whose content is no prose.
const NO_PROSE: [&str; 8] =
    ["verbatim", "lstlisting", "equation", "equation*", "align", "align*", "comment", "tikzpicture"];

pub(super) fn read(source: &str) -> Draft {
    let (start, body) = body(source);
    let line = source.get(..start).unwrap_or_default().matches('\n').count() + 1;
    let mut reader = Reader {
        builder: Builder::new("line"),
        source: body,
        at: 0,
        line,
        marks: Vec::new(),
        sources: Vec::new(),
        notes: Vec::new(),
    };
    reader.read();
    reader.builder.end_paragraph();
    // Footnotes are read after the text that they hang on, so that no sentence is cut in two by one.
    let notes = std::mem::take(&mut reader.notes);
    for (note, line) in notes {
        (reader.source, reader.at, reader.line) = (note, 0, line);
        reader.read();
        reader.builder.end_paragraph();
    }
    reader.builder.finish()
}

/// What stands between the beginning and the end of the document, and where it begins; the whole file without them.
fn body(source: &str) -> (usize, &str) {
    const BEGIN: &str = "\\begin{document}";
    let start = source.find(BEGIN).map_or(0, |at| at + BEGIN.len());
    let rest = source.get(start..).unwrap_or_default();
    let end = rest.find("\\end{document}").unwrap_or(rest.len());
    (start, rest.get(..end).unwrap_or_default())
}

struct Reader<'t> {
    builder: Builder,
    source: &'t str,
    at: usize,
    line: usize,
    /// For each brace that is open: what is printed where it closes, a mark and perhaps a source behind it.
    marks: Vec<Option<(char, Option<&'t str>)>>,
    /// The sources of the blocks of quotations that are open.
    sources: Vec<Option<&'t str>>,
    notes: Vec<(&'t str, usize)>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Goes on by so many bytes.
    fn skip(&mut self, length: usize) {
        let passed = self.source.get(self.at..self.at + length).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at += length;
    }

    fn push(&mut self, character: char) {
        self.builder.push_char(character, self.line);
    }

    /// Reads to the end of the source.
    fn read(&mut self) {
        self.marks.clear();
        while let Some(next) = self.rest().chars().next() {
            match next {
                '\\' => self.command(),
                '%' => self.comment(),
                '{' => {
                    self.marks.push(None);
                    self.skip(1);
                }
                '}' => {
                    if let Some((mark, source)) = self.marks.pop().flatten() {
                        self.push(mark);
                        self.print_source(source);
                    }
                    self.skip(1);
                }
                '\n' => self.line_end(),
                '~' => self.one(' ', 1),
                '&' => {
                    self.builder.end_paragraph();
                    self.skip(1);
                }
                '$' => self.skip(1),
                '`' if self.rest().starts_with("``") => self.one('“', 2),
                '`' => self.one('‘', 1),
                '\'' if self.rest().starts_with("''") => self.one('”', 2),
                '\'' => self.one('’', 1),
                '-' if self.rest().starts_with("---") => self.one('—', 3),
                '-' if self.rest().starts_with("--") => self.one('–', 2),
                other => self.one(other, other.len_utf8()),
            }
        }
    }

    fn one(&mut self, character: char, length: usize) {
        self.push(character);
        self.skip(length);
    }

    /// A comment swallows its line end and the blanks that the next line begins with.
    fn comment(&mut self) {
        let rest = self.rest();
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let after = rest.get(end..).unwrap_or_default();
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        self.skip(end + blanks);
    }

    /// A blank line ends a paragraph.
    fn line_end(&mut self) {
        let after = self.rest().get(1..).unwrap_or_default();
        let next = after.split('\n').next().unwrap_or_default();
        if next.trim().is_empty() {
            self.builder.end_paragraph();
        } else {
            self.push('\n');
        }
        self.skip(1);
    }

    fn command(&mut self) {
        let rest = self.rest().get(1..).unwrap_or_default();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if letters == 0 {
            self.sign(rest);
            return;
        }
        let name = &rest[..letters];
        self.skip(1 + letters);
        if self.rest().starts_with('*') {
            self.skip(1);
        }
        match name {
            "begin" => self.begin(),
            "end" => {
                let name = self.argument().unwrap_or_default();
                if is_quotation(name) {
                    let source = self.sources.pop().flatten();
                    self.builder.trim_end();
                    self.print_source(source);
                    self.builder.close_quotation();
                } else {
                    self.builder.end_paragraph();
                }
            }
            "enquote" | "textquote" | "foreignquote" | "blockquote" | "blockcquote" | "textcquote"
            | "hyphenquote" => {
                self.enquote(name);
            }
            "footnote" | "footnotetext" | "thanks" => {
                let line = self.line;
                self.optional();
                if let Some(note) = self.argument() {
                    self.notes.push((note, line));
                }
            }
            "section" | "subsection" | "subsubsection" | "chapter" | "paragraph" | "subparagraph"
            | "title" => {
                self.builder.end_paragraph();
                self.optional();
                if let Some(heading) = self.argument() {
                    self.builder.set_heading(true);
                    let line = self.line;
                    self.builder.push(heading, line);
                    self.builder.end_paragraph();
                }
            }
            "item" => {
                self.builder.end_paragraph();
                self.optional();
            }
            "par" => self.builder.end_paragraph(),
            "newline" | "linebreak" => self.push('\n'),
            "ldots" | "dots" | "textellipsis" => self.word('…'),
            "textquotedblleft" => self.word('“'),
            "textquotedblright" => self.word('”'),
            "textquoteleft" => self.word('‘'),
            "textquoteright" => self.word('’'),
            "guillemotleft" | "og" => self.word('«'),
            "guillemotright" | "fg" => self.word('»'),
            "textendash" => self.word('–'),
            "textemdash" => self.word('—'),
            "pounds" | "textsterling" => self.word('£'),
            "ss" => self.word('ß'),
            "o" => self.word('ø'),
            "ae" => self.word('æ'),
            "i" => self.word('ı'),
            "textquotedbl" => self.word('"'),
            name if LEFT_OUT.contains(&name) => {
                while self.optional() {}
                while self.rest().starts_with('{') && self.argument().is_some() {}
            }
            // `\c{c}`, `\v{s}`: the letter without what is on it, which the comparison folds away.
            _ => self.blanks_after_name(),
        }
    }

    /// A command that is one character, with the blanks or braces that end its name.
    fn word(&mut self, character: char) {
        self.push(character);
        if self.rest().starts_with("{}") {
            self.skip(2);
        } else {
            self.blanks_after_name();
        }
    }

    fn blanks_after_name(&mut self) {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        self.skip(blanks);
    }

    /// A command of one sign: an escaped character, an accent, a line end.
    fn sign(&mut self, rest: &str) {
        let Some(sign) = rest.chars().next() else { return self.skip(1) };
        let after = rest.get(sign.len_utf8()..).unwrap_or_default();
        match sign {
            '\\' => {
                self.push('\n');
                self.skip(2);
                self.optional();
            }
            // The letter below keeps its place; its accent is combined with it.
            '\'' | '`' | '^' | '"' | '=' | '.' if accented(after).is_some() => {
                let (letter, length) = accented(after).unwrap_or_default();
                self.push(letter);
                self.push(match sign {
                    '\'' => '\u{301}',
                    '`' => '\u{300}',
                    '^' => '\u{302}',
                    '"' => '\u{308}',
                    '=' => '\u{304}',
                    _ => '\u{307}',
                });
                self.skip(2 + length);
            }
            ' ' | ',' | ';' | ':' | '\n' => self.one(' ', 1 + sign.len_utf8()),
            '-' | '/' | '!' | '@' => self.skip(2),
            '(' | ')' | '[' | ']' => self.skip(2),
            other => self.one(other, 1 + other.len_utf8()),
        }
    }

    fn begin(&mut self) {
        let name = self.argument().unwrap_or_default();
        if NO_PROSE.contains(&name) {
            let end = format!("\\end{{{name}}}");
            let rest = self.rest();
            let length = rest.find(&end).map_or(rest.len(), |at| at + end.len());
            self.builder.end_paragraph();
            self.skip(length);
        } else if is_quotation(name) {
            self.builder.open_quotation();
            let source = self.optional_text();
            self.sources.push(source.filter(|_| name == "displayquote"));
            while self.optional() {}
        } else {
            self.builder.end_paragraph();
            while self.optional() {}
            if matches!(name, "tabular" | "tabularx" | "longtable" | "tabulary" | "minipage") {
                while self.rest().starts_with('{') && self.argument().is_some() {}
            }
        }
    }

    /// Text in quotation marks, inner ones inside outer ones.
    fn enquote(&mut self, name: &str) {
        if matches!(name, "foreignquote" | "hyphenquote") {
            self.argument();
        }
        let source = self.optional_text().filter(|_| matches!(name, "textquote" | "blockquote"));
        while self.optional() {}
        if matches!(name, "blockcquote" | "textcquote") {
            self.argument();
        }
        if !self.rest().starts_with('{') {
            return;
        }
        let inner = self.marks.iter().filter(|mark| mark.is_some()).count() % 2 == 1;
        let (open, close) = if inner { ('‘', '’') } else { ('“', '”') };
        self.push(open);
        self.marks.push(Some((close, source)));
        self.skip(1);
    }

    /// Prints where a quotation is from, as csquotes does: in parentheses behind it. A key of the bibliography is no text.
    fn print_source(&mut self, source: Option<&str>) {
        if let Some(source) = source.filter(|source| !source.trim().is_empty() && !source.contains('\\')) {
            self.builder.push(&format!(" ({})", source.trim()), self.line);
        }
    }

    /// Skips an argument in square brackets, if one comes next on this line.
    fn optional(&mut self) -> bool {
        self.optional_text().is_some()
    }

    /// The same, with what it says.
    fn optional_text(&mut self) -> Option<&'t str> {
        let inside = self.rest().strip_prefix('[')?;
        let end = inside.find([']', '\n'])?;
        if !inside.get(end..)?.starts_with(']') {
            return None;
        }
        self.skip(end + 2);
        inside.get(..end)
    }

    /// Takes an argument in braces, if one comes next.
    fn argument(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let inside = rest.strip_prefix('{')?;
        let mut depth = 1_usize;
        let mut escaped = false;
        for (at, byte) in inside.bytes().enumerate() {
            match byte {
                b'\\' => {
                    escaped = !escaped;
                    continue;
                }
                b'{' if !escaped => depth += 1,
                b'}' if !escaped => depth -= 1,
                _ => {}
            }
            escaped = false;
            if depth == 0 {
                self.skip(at + 2);
                return inside.get(..at);
            }
        }
        // Never closed: the rest is text.
        self.skip(1);
        None
    }
}

fn is_quotation(environment: &str) -> bool {
    matches!(
        environment,
        "quote"
            | "quotation"
            | "displayquote"
            | "displaycquote"
            | "verse"
            | "foreigndisplayquote"
            | "quoting"
            | "blockquote"
    )
}

/// The letter that an accent is put on, and how many bytes write it.
fn accented(text: &str) -> Option<(char, usize)> {
    let bare = text.strip_prefix('{');
    let letter = bare.unwrap_or(text).trim_start_matches('\\').chars().next()?;
    if !letter.is_alphabetic() {
        return None;
    }
    let written = text.trim_start_matches(['{', '\\']);
    let before = text.len() - written.len();
    let closed = usize::from(bare.is_some() && written[letter.len_utf8()..].starts_with('}'));
    (bare.is_some() || before == 0).then_some((letter, before + letter.len_utf8() + closed))
}

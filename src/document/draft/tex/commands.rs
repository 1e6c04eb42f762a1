//! Commands and environments of LaTeX: which are text, which are signs, and which are none of the paper.

use super::quoting::is_quotation;
use super::references::is_citation;
use super::{Group, Reader};

/// Commands whose arguments are no text of the paper.
const LEFT_OUT: [&str; 37] = [
    "nocite",
    "ref",
    "cref",
    "Cref",
    "autoref",
    "pageref",
    "eqref",
    "label",
    "url",
    "includegraphics",
    "input",
    "include",
    "bibliography",
    "bibliographystyle",
    "citestyle",
    "vspace",
    "usepackage",
    "documentclass",
    "setlength",
    "newcommand",
    "renewcommand",
    "providecommand",
    "newenvironment",
    "index",
    "hypersetup",
    "addbibresource",
    "footnotemark",
    "toprule",
    "midrule",
    "bottomrule",
    "cline",
    "cmidrule",
    "specialrule",
    "addlinespace",
    "rowcolor",
    "cellcolor",
    "arrayrulecolor",
];

/// Commands whose first arguments are no text, and how many.
const HALF_LEFT_OUT: [(&str, usize); 12] = [
    ("textcolor", 1),
    ("colorbox", 1),
    ("color", 1),
    ("href", 1),
    ("parbox", 1),
    ("raisebox", 1),
    ("scalebox", 1),
    ("resizebox", 2),
    ("fontsize", 2),
    ("foreignlanguage", 1),
    ("selectlanguage", 1),
    ("multirow", 2),
];

/// Environments whose content is no prose.
const NO_PROSE: [&str; 8] =
    ["verbatim", "lstlisting", "equation", "equation*", "align", "align*", "comment", "tikzpicture"];

impl Reader<'_> {
    pub(super) fn command(&mut self) {
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
        if self.quoting_command(name) || self.look(name) {
            return;
        }
        match name {
            "begin" => self.begin(),
            "end" => self.end_environment(),
            "footnote" | "footnotetext" | "thanks" | "tablefootnote" => {
                let line = self.line;
                self.optional();
                if let Some(note) = self.argument() {
                    self.notes.push((note, line));
                }
            }
            "chapter" | "title" => self.heading(1),
            "section" => self.heading(2),
            "subsection" => self.heading(3),
            "subsubsection" => self.heading(4),
            "paragraph" => self.heading(5),
            "subparagraph" => self.heading(6),
            "item" => self.item(),
            "bibitem" => {
                self.builder.end_paragraph();
                self.optional();
                self.argument();
            }
            "par" if self.builder.is_in_quotation() => self.push('\n'),
            "par" => self.builder.end_paragraph(),
            "newline" | "linebreak" => self.push('\n'),
            "tabularnewline" | "cr" => self.line_break(),
            // Behind these stands who said it, at the other margin.
            "hfill" | "hfil" | "dotfill" | "raggedleft" | "rightline" | "attrib" | "attribution"
            | "qauthor" | "sourceatright" => {
                self.push(if self.builder.is_in_quotation() || name.starts_with("attr") {
                    '\n'
                } else {
                    ' '
                });
                self.blanks_after_name();
            }
            "hspace" => {
                let fills = self.argument().is_some_and(|length| length.contains("\\fill"));
                self.push(if fills && self.builder.is_in_quotation() { '\n' } else { ' ' });
            }
            "multicolumn" => {
                let columns = self.argument().and_then(|number| number.trim().parse().ok()).unwrap_or(1);
                self.argument();
                self.tables.set_span(columns);
            }
            name if is_citation(name) => self.citation(name),
            name if LEFT_OUT.contains(&name) => {
                self.parentheses();
                while self.optional() || (self.rest().starts_with('{') && self.argument().is_some()) {}
            }
            name => match HALF_LEFT_OUT.iter().find(|(held, _)| *held == name) {
                Some((_, arguments)) => {
                    while self.optional() {}
                    for _ in 0..*arguments {
                        self.argument();
                        while self.optional() {}
                    }
                }
                None => self.character(name),
            },
        }
    }

    /// Commands that stand for a character. One that is not known is nothing.
    fn character(&mut self, name: &str) {
        let character = match name {
            "ldots" | "dots" | "textellipsis" => '…',
            "textquotedblleft" => '“',
            "textquotedblright" => '”',
            "textquoteleft" => '‘',
            "textquoteright" => '’',
            "guillemotleft" | "og" => '«',
            "guillemotright" | "fg" => '»',
            "textendash" => '–',
            "textemdash" => '—',
            "pounds" | "textsterling" => '£',
            "ss" => 'ß',
            "o" => 'ø',
            "ae" => 'æ',
            "i" => 'ı',
            "textquotedbl" => '"',
            "dag" | "textdagger" => '†',
            "ddag" | "textdaggerdbl" => '‡',
            // `\c{c}`, `\v{s}`: the letter without what is on it, which the comparison folds away.
            _ => return self.blanks_after_name(),
        };
        self.word(character);
    }

    /// Commands of looks: italics, upright, raised.
    fn look(&mut self, name: &str) -> bool {
        match name {
            "emph" | "textit" | "textsl" | "textup" | "textnormal" | "textsuperscript" | "tnote" => {
                self.blanks_after_name();
                if self.rest().starts_with('{') {
                    let raised = matches!(name, "textsuperscript" | "tnote");
                    self.open_group(Group { raised, ..Group::default() });
                    self.skip(1);
                    match name {
                        "emph" | "textit" | "textsl" => self.set_italic(true),
                        "textup" | "textnormal" => self.set_italic(false),
                        _ => {}
                    }
                }
            }
            "itshape" | "it" | "em" | "slshape" | "upshape" | "normalfont" => {
                self.set_italic(!matches!(name, "upshape" | "normalfont"));
                self.blanks_after_name();
            }
            _ => return false,
        }
        true
    }

    fn heading(&mut self, rank: usize) {
        self.builder.end_paragraph();
        self.optional();
        if let Some(heading) = self.argument() {
            self.read_argument(heading);
            self.builder.set_heading(rank);
            self.builder.end_paragraph();
        }
    }

    /// An item of a list, with what it says instead of a mark: the term of a description, with a colon.
    fn item(&mut self) {
        self.builder.end_paragraph();
        let Some(label) = self.optional_text() else { return };
        if label.contains(char::is_alphanumeric) && !label.trim_start().starts_with('$') {
            self.read_argument(label);
            self.builder.trim_end();
            if !label.trim_end_matches(['}', ' ']).ends_with(':') {
                self.push(':');
            }
            self.push(' ');
        }
    }

    /// Skips what stands in parentheses next: `(lr)` of a rule.
    fn parentheses(&mut self) {
        if let Some(end) = self.rest().strip_prefix('(').and_then(|inside| inside.find([')', '\n'])) {
            self.skip(end + 2);
        }
    }

    /// The end of a line, or in a table of a row.
    fn line_break(&mut self) {
        if !self.next_row() {
            self.push('\n');
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

    pub(super) fn blanks_after_name(&mut self) {
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
                self.skip(2);
                if self.rest().starts_with('*') {
                    self.skip(1);
                }
                self.optional();
                self.line_break();
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
            // The thin space that sets quotation marks apart belongs to neither.
            ',' if after.starts_with(['\'', '`']) => self.skip(2),
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
            return;
        }
        self.environments.push(self.italic);
        match name {
            "itshape" | "it" | "em" => self.set_italic(true),
            "flushright" | "raggedleft" if self.builder.is_in_quotation() => self.push('\n'),
            "thebibliography" => {
                self.argument();
                self.builder.set_references(true);
            }
            _ if is_quotation(name) => self.begin_quotation(name),
            _ if self.begin_table(name) => {}
            _ => {
                self.builder.end_paragraph();
                while self.optional() {}
                if name == "minipage" {
                    self.argument();
                }
            }
        }
    }

    fn end_environment(&mut self) {
        let name = self.argument().unwrap_or_default();
        match name {
            "flushright" | "raggedleft" if self.builder.is_in_quotation() => self.push('\n'),
            "thebibliography" => self.builder.set_references(false),
            _ if is_quotation(name) => self.end_quotation(),
            _ if self.end_table(name) => {}
            _ => self.builder.end_paragraph(),
        }
        let italic = self.environments.pop().unwrap_or_default();
        self.set_italic(italic);
    }
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

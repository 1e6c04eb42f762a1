//! Dressed words in Markdown, LaTeX and plain text.

use super::glyphs::{Depth, Mark, Piece, dress};
use super::{Quotation, Said};
use crate::study::{Glyphs, Marks, Markup, QuotationSettings};

/// How one quotation is being written.
#[derive(Clone, Copy)]
pub(super) struct Writing<'s> {
    pub(super) style: &'s QuotationSettings,
    pub(super) markup: Markup,
}

impl Writing<'_> {
    /// Words between the outer marks.
    pub(super) fn marked(self, words: &str) -> String {
        let outer = Mark { level: 0, paired: true };
        let mut pieces = vec![Piece::Open(outer)];
        pieces.extend(dress(words, self.style, Depth::Marked));
        pieces.push(Piece::Close(outer));
        self.pieces(&pieces)
    }

    /// Words with what stands behind them.
    pub(super) fn closed(self, words: &str, quotation: &Quotation, depth: Depth) -> String {
        match self.parted(words, quotation, depth) {
            (said, behind) if behind.is_empty() => said,
            (said, behind) => format!("{said} {behind}"),
        }
    }

    /// Words, and what stands behind them; a full stop goes last if the style says so.
    pub(super) fn parted(self, words: &str, quotation: &Quotation, depth: Depth) -> (String, String) {
        let words = words.trim();
        let stop = self.style.stop_last && quotation.attribution.is_some() && !words.ends_with("..");
        let (words, stop) = match words.strip_suffix('.').filter(|_| stop) {
            Some(words) => (words, "."),
            None => (words, ""),
        };
        let said = match depth {
            Depth::Marked => self.marked(words),
            Depth::Bare => self.guarded(&self.pieces(&dress(words, self.style, Depth::Bare))),
        };
        (said, self.behind_with(quotation, stop))
    }

    /// What each of several speakers says, behind their labels.
    pub(super) fn labelled(self, many: &[Said]) -> Vec<String> {
        many.iter().map(|said| format!("{}: {}", self.plain(&said.label), self.marked(&said.words))).collect()
    }

    /// The attribution in parentheses, and the address.
    pub(super) fn behind(self, quotation: &Quotation) -> String {
        self.behind_with(quotation, "")
    }

    fn behind_with(self, quotation: &Quotation, stop: &str) -> String {
        let attribution =
            quotation.attribution.as_deref().map(|words| format!("({}){stop}", self.plain(words)));
        let address = match (self.markup, self.style.address) {
            (_, Some(false)) | (Markup::Plain, None) => None,
            (Markup::Markdown, _) => Some(format!("<!-- {} -->", quotation.address.replace("--", "- -"))),
            (Markup::Latex, _) => Some(format!("% {}", quotation.address)),
            (Markup::Plain, Some(true)) => Some(format!("[{}]", quotation.address)),
        };
        attribution.into_iter().chain(address).collect::<Vec<_>>().join(" ")
    }

    /// Lines as a block of their own.
    pub(super) fn block(self, lines: &[String]) -> String {
        match self.markup {
            Markup::Markdown => {
                lines.iter().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n>\n")
            }
            Markup::Latex => {
                format!("\\begin{{quote}}\n{}\n\\end{{quote}}", lines.join("\\\\\n"))
            }
            Markup::Plain => lines.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"),
        }
    }

    /// Words that hold no quotation of their own.
    pub(super) fn plain(self, words: &str) -> String {
        let pieces: Vec<Piece> = vec![Piece::Text(words.to_owned())];
        self.pieces(&pieces)
    }

    /// What Markdown would take for a heading, a list or a block at the start of a line.
    fn guarded(self, line: &str) -> String {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let numbered = digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
        match self.markup {
            Markup::Markdown if numbered => {
                let (number, rest) = line.split_at(digits);
                format!("{number}\\{rest}")
            }
            Markup::Markdown if line.starts_with(['#', '-', '+', '>', '=']) => format!("\\{line}"),
            _ => line.to_owned(),
        }
    }

    pub(super) fn pieces(self, pieces: &[Piece]) -> String {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => text.chars().for_each(|c| self.push(c, &mut out)),
                Piece::Open(mark) if self.enquotes(*mark) => out.push_str("\\enquote{"),
                Piece::Close(mark) if self.enquotes(*mark) => out.push('}'),
                Piece::Open(mark) => self.push_mark(*mark, true, &mut out),
                Piece::Close(mark) => self.push_mark(*mark, false, &mut out),
            }
        }
        out
    }

    fn enquotes(self, mark: Mark) -> bool {
        self.markup == Markup::Latex && self.style.csquotes && mark.paired
    }

    fn push_mark(self, mark: Mark, opens: bool, out: &mut String) {
        let is_double = mark.level.is_multiple_of(2) == (self.style.marks == Marks::Double);
        let glyph = match (self.markup, self.style.glyphs, is_double, opens) {
            (Markup::Latex, _, true, true) => "``",
            (Markup::Latex, _, true, false) => "''",
            (Markup::Latex, _, false, true) => "`",
            (Markup::Latex, _, false, false) => "'",
            (_, Glyphs::Straight, true, _) => "\"",
            (_, Glyphs::Straight, false, _) => "'",
            (_, Glyphs::Curly, true, true) => "“",
            (_, Glyphs::Curly, true, false) => "”",
            (_, Glyphs::Curly, false, true) => "‘",
            (_, Glyphs::Curly, false, false) => "’",
        };
        // Three marks in a row would be read as a double and a single one, whichever they are.
        let touches = self.markup == Markup::Latex && out.ends_with(if opens { '`' } else { '\'' });
        if touches {
            out.push_str("\\,");
        }
        out.push_str(glyph);
    }

    fn push(self, c: char, out: &mut String) {
        let escaped = match (self.markup, c) {
            (Markup::Latex, '’') => "'",
            (_, '’') if self.style.glyphs == Glyphs::Straight => "'",
            (Markup::Latex, '\\') => "\\textbackslash{}",
            (Markup::Latex, '~') => "\\textasciitilde{}",
            (Markup::Latex, '^') => "\\textasciicircum{}",
            (Markup::Latex, '<') => "\\textless{}",
            (Markup::Latex, '>') => "\\textgreater{}",
            (Markup::Latex, '…') => "\\ldots{}",
            (Markup::Latex, '&' | '%' | '$' | '#' | '_' | '{' | '}')
            | (Markup::Markdown, '\\' | '`' | '*' | '_' | '<' | '|' | '$' | '^' | '~' | '@') => {
                out.push('\\');
                out.push(c);
                return;
            }
            _ => {
                out.push(c);
                return;
            }
        };
        out.push_str(escaped);
    }
}

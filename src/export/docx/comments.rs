//! Comments in the margin of a Word file.

use super::markup::Markup;
use super::package::WORD;
use super::{Inline, Style, write_run};

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Who says it.
    pub author: String,
    /// When, as RFC 3339; not said if `None`.
    pub at: Option<String>,
    /// Its paragraphs.
    pub paragraphs: Vec<Vec<Inline>>,
}

/// The part with all comments, numbered in their order.
pub(super) fn write(comments: &[Comment]) -> String {
    let mut xml = Markup::document();
    xml.open("w:comments", &[("xmlns:w", WORD)]);
    for (id, comment) in comments.iter().enumerate() {
        let id = id.to_string();
        let initials: String =
            comment.author.split_whitespace().filter_map(|word| word.chars().next()).collect();
        let mut attributes =
            vec![("w:id", id.as_str()), ("w:author", &comment.author), ("w:initials", &initials)];
        attributes.extend(comment.at.as_deref().map(|at| ("w:date", at)));
        xml.open("w:comment", &attributes);
        for pieces in &comment.paragraphs {
            xml.raw("<w:p><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr>");
            for piece in pieces {
                if let Inline::Text(text, look) = piece {
                    write_run(&mut xml, text, *look);
                }
            }
            xml.close("w:p");
        }
        if comment.paragraphs.is_empty() {
            super::write_paragraph(&mut xml, Style::Normal, false, &[]);
        }
        xml.close("w:comment");
    }
    xml.close("w:comments");
    xml.finish()
}

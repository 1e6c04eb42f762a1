//! XML as it is written: elements, attributes, and text in which nothing stands that XML cannot hold.

use std::borrow::Cow;

use quick_xml::escape::escape;

/// XML under way. Who opens an element closes it.
#[derive(Debug, Default)]
pub(in crate::export) struct Markup(String);

impl Markup {
    /// A document with its declaration.
    pub(in crate::export) fn document() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".into())
    }

    /// Opens an element.
    pub(in crate::export) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.0.push('>');
    }

    /// Closes one.
    pub(in crate::export) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element with nothing in it.
    pub(in crate::export) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.0.push_str("/>");
    }

    /// Text.
    pub(in crate::export) fn text(&mut self, text: &str) {
        self.0.push_str(&escape(&*legal(text)));
    }

    /// What is XML already.
    pub(in crate::export) fn raw(&mut self, xml: &str) {
        self.0.push_str(xml);
    }

    /// The XML.
    pub(in crate::export) fn finish(self) -> String {
        self.0
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in attributes {
            self.0.push(' ');
            self.0.push_str(key);
            self.0.push_str("=\"");
            self.0.push_str(&escape(&*legal(value)));
            self.0.push('"');
        }
    }
}

/// Text in the characters of XML 1.0 (section 2.2): controls become visible marks (`␛`), as on the screen.
pub(in crate::export) fn legal(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let mark = |c: char| match c {
        c if !is_bad(c) => c,
        '\r' => '\n',
        c => char::from_u32(0x2400 + u32::from(c)).filter(|_| c < ' ').unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Cow::Owned(text.chars().map(mark).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_xml_cannot_hold_is_shown_as_marks() {
        let mut xml = Markup::default();
        xml.open("a", &[("b", "\"<&\u{1b}")]);
        xml.text("x & y < z\u{0}\u{ffff}\tt");
        xml.close("a");
        assert_eq!(xml.finish(), "<a b=\"&quot;&lt;&amp;␛\">x &amp; y &lt; z␀\u{fffd}\tt</a>");
    }
}

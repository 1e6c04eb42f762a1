//! Pictures of tables as SVG, written by hand: shapes and text alone, no style sheet, no font file, no script.
//!
//! They are read in grey: a side is told by its place and by dark against light, never by colour.

mod bars;
mod curve;

use std::fmt::Write;

use crate::analysis::{PaperTable, Picture};

/// Pixels of a letter, on average, in the type that is used.
const LETTER: f64 = 6.6;
/// Pixels of the type.
const SIZE: f64 = 12.0;
/// Pixels around a picture.
const MARGIN: f64 = 16.0;
/// Fill of barriers and of what is so far.
const DARK: &str = "#4a4a4a";
/// Fill of facilitators and of what is new.
const LIGHT: &str = "#c8c8c8";
/// Lines and letters.
const INK: &str = "#000000";

/// The picture of a table; `None` if it has none.
#[must_use]
pub fn table_svg(table: &PaperTable) -> Option<String> {
    let (title, about) = (table.full_title(), table.notes.join(" "));
    let said = (title.as_str(), about.as_str());
    Some(match table.picture.as_ref()? {
        Picture::Bars { measure, pairs } => bars::draw(said, *measure, pairs),
        Picture::Curve { points, order } => curve::draw(said, points, order),
    })
}

/// A picture under construction.
struct Svg {
    body: String,
}

/// To which end of a text its place belongs.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    fn new() -> Self {
        Self { body: String::new() }
    }

    /// Writing into a string cannot fail.
    fn rectangle(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
        let _ = writeln!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\" \
             stroke=\"{INK}\" stroke-width=\"0.8\"/>"
        );
    }

    fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let _ = writeln!(
            self.body,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{INK}\" stroke-width=\"0.8\"/>"
        );
    }

    /// A line through points.
    fn path(&mut self, points: &[(f64, f64)]) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let points = points.join(" ");
        let _ = writeln!(
            self.body,
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"1.6\"/>"
        );
    }

    fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, bold: bool, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if bold { " font-weight=\"bold\"" } else { "" };
        let words = escape(words);
        let _ = writeln!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\"{weight}>{words}</text>"
        );
    }

    /// The whole file, in so many pixels, with what it is and how it was counted for whoever does not see it.
    fn finish(self, (title, about): (&str, &str), width: f64, height: f64) -> String {
        let (title, about) = (escape(title), escape(about));
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" \
             height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Helvetica, Arial, sans-serif\" \
             font-size=\"{SIZE}\" fill=\"{INK}\" role=\"img\">\n<title>{title}</title>\n<desc>{about}</desc>\n<rect width=\"100%\" height=\"100%\" \
             fill=\"#ffffff\"/>\n{}</svg>\n",
            self.body
        )
    }
}

/// Text for XML: what it would obey as entities, and what no XML may hold left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// About how wide a text is, in pixels.
fn width_of(text: &str) -> f64 {
    f64::from(u32::try_from(unicode_width::UnicodeWidthStr::width(text)).unwrap_or(u32::MAX)) * LETTER
}

/// The first of the nearest round numbers that is no smaller: 1, 2, 5, 10, 20, 50 …
fn round_up(number: u32) -> u32 {
    let mut step = 1;
    loop {
        for factor in [1, 2, 5] {
            if step * factor >= number || step >= 100_000_000 {
                return step * factor;
            }
        }
        step *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{BarPair, CurvePoint, Measure, TableKind};

    fn drawn(picture: Picture) -> String {
        let table = PaperTable {
            kind: TableKind::Components,
            title: String::from("Wards & <beds>"),
            only: String::new(),
            head: Vec::new(),
            rows: Vec::new(),
            notes: Vec::new(),
            picture: Some(picture),
            quoted: Vec::new(),
        };
        table_svg(&table).unwrap()
    }

    /// Whether it is XML, and the words of its text elements.
    fn words(svg: &str) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(svg);
        let (mut words, mut depth) = (Vec::new(), 0);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Text(text) => {
                    words.push(text.xml10_content().trim().to_owned());
                }
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
        words.retain(|word| !word.is_empty());
        words
    }

    #[test]
    fn pictures_are_xml_whatever_names_hold_and_longer_bars_are_wider() {
        let pair = |label: &str, barrier, facilitator| BarPair {
            label: label.into(),
            group: None,
            barrier,
            facilitator,
        };
        let pairs = vec![pair("<\u{1b}script>", 10, 5), pair("zwei", 5, 0)];
        let svg = drawn(Picture::Bars { measure: Measure::People, pairs });
        let said = words(&svg);
        assert!(said.contains(&String::from("10")) && said.contains(&String::from("zwei")), "{said:?}");
        assert!(!svg.contains("<script") && !svg.contains('\u{1b}'));
        let widths: Vec<f64> = svg
            .lines()
            .filter(|line| line.starts_with("<rect x=") && line.contains("height=\"14.0\""))
            .map(|line| line.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
            .collect();
        // Ten is twice as long as five, on both sides; nothing has no bar.
        assert_eq!(widths.len(), 3);
        assert!(
            (widths[0] - 2.0 * widths[1]).abs() < 0.2 && (widths[1] - widths[2]).abs() < 0.2,
            "{widths:?}"
        );
    }

    #[test]
    fn a_long_label_takes_several_lines_and_is_not_cut() {
        let label =
            "Lack of knowledge of coproduction and how to apply it in the services that people use every day";
        let pair = BarPair { label: label.into(), group: None, barrier: 2, facilitator: 1 };
        let below = BarPair { label: "Below".into(), ..pair.clone() };
        let svg = drawn(Picture::Bars { measure: Measure::People, pairs: vec![pair, below] });
        let said = words(&svg);
        let first = said.iter().position(|words| words.starts_with("Lack of")).unwrap();
        assert_eq!(format!("{} {}", said[first], said[first + 1]), label);
        // The next bars begin below the last line.
        let height = |words: &str| -> f64 {
            let line = svg.lines().find(|line| line.contains(words)).unwrap();
            line.split(" y=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        assert!(height("Below") > height(&said[first + 1]) + 12.0, "{svg}");
    }

    #[test]
    fn a_curve_has_a_point_for_each_transcript() {
        let points = (1..=30)
            .map(|n| CurvePoint { label: format!("I{n}"), new: u32::from(n < 5), total: n.min(4) })
            .collect();
        let svg = drawn(Picture::Curve { points, order: "in order of their names".into() });
        assert!(svg.contains("transcripts in order of their names"), "{svg}");
        words(&svg);
        let path = svg.lines().find(|line| line.starts_with("<polyline")).unwrap();
        assert_eq!(path.matches(',').count(), 30);
    }

    #[test]
    fn axes_end_on_round_numbers() {
        assert_eq!([0, 1, 3, 11, 51, 151].map(round_up), [1, 1, 5, 20, 100, 200]);
    }
}

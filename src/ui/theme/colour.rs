//! Colours by name, by number and by their parts, and the nearest one where there are fewer.

use ratatui::style::Color;

use super::Colours;

/// The sixteen names, in the order of their numbers.
const NAMES: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// What xterm shows for the sixteen, unless its user chose otherwise.
const XTERM: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// A colour as files write it: `cyan`, `bright-red`, a number of the 256, `#d75f00`.
pub(super) fn parse(word: &str) -> Option<Color> {
    if let Some((_, colour)) = NAMES.iter().find(|(name, _)| *name == word) {
        return Some(*colour);
    }
    if let Some(parts) = word.strip_prefix('#').filter(|parts| parts.len() == 6) {
        let number = u32::from_str_radix(parts, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        return Some(Color::Rgb(red, green, blue));
    }
    word.parse().ok().map(Color::Indexed)
}

/// The nearest colour that there is.
pub(super) fn fit(colour: Color, colours: Colours) -> Color {
    match (colour, colours) {
        (Color::Rgb(..), Colours::Indexed) => {
            let number = (16..=u8::MAX).min_by_key(|number| distance(Color::Indexed(*number), colour));
            number.map_or(colour, Color::Indexed)
        }
        (Color::Rgb(..) | Color::Indexed(_), Colours::Sixteen) => {
            let named = NAMES.iter().map(|(_, named)| *named);
            named.min_by_key(|named| distance(*named, colour)).unwrap_or(colour)
        }
        _ => colour,
    }
}

/// Red, green and blue of a colour: for the sixteen those of xterm, for the 256 those of its cube and its greys.
pub(super) fn parts(colour: Color) -> Option<[u8; 3]> {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match colour {
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(number @ 232..) => Some([8 + 10 * (number - 232); 3]),
        Color::Indexed(number @ 16..) => {
            let cube = usize::from(number - 16);
            let step = |at: usize| STEPS.get(at % 6).copied().unwrap_or(0);
            Some([step(cube / 36), step(cube / 6), step(cube)])
        }
        Color::Indexed(number) => XTERM.get(usize::from(number)).copied(),
        named => XTERM.get(NAMES.iter().position(|(_, known)| *known == named)?).copied(),
    }
}

/// How far apart two colours are: the sum of the squares of what their parts differ by.
fn distance(one: Color, other: Color) -> u32 {
    let (Some(one), Some(other)) = (parts(one), parts(other)) else { return u32::MAX };
    one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}

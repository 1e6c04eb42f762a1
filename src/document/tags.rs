//! Tags and entities inside caption text. Only the tags of the caption formats are taken out: `<so slowly>` is speech.

use super::captions::Piece;

/// The words of a cue by line and voice, blank lines left out. `entities` says whether `&amp;` stands for `&` (WebVTT) or for itself (SubRip).
pub(super) fn read_pieces(lines: &[&str], entities: bool) -> Vec<Piece> {
    let mut pieces = vec![Piece::default()];
    let text = lines.join("\n");
    let mut rest = text.as_str();
    while let Some(character) = rest.chars().next() {
        if character == '<'
            && let Some((tag, after)) = read_tag(rest)
        {
            turn(&mut pieces, &tag);
            rest = after;
            continue;
        }
        if let Some(after) = skip_override(rest) {
            rest = after;
            continue;
        }
        if character == '&'
            && entities
            && let Some((decoded, after)) = read_entity(rest)
        {
            push(&mut pieces, decoded);
            rest = after;
            continue;
        }
        if character == '\n' {
            let last = pieces.last().cloned().unwrap_or_default();
            pieces.push(Piece { line: last.line + 1, voice: last.voice, text: String::new() });
        } else {
            push(&mut pieces, character);
        }
        rest = &rest[character.len_utf8()..];
    }
    for piece in &mut pieces {
        piece.text = piece.text.trim().to_owned();
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

fn push(pieces: &mut [Piece], character: char) {
    if let Some(piece) = pieces.last_mut() {
        piece.text.push(character);
    }
}

/// Bytes that a tag may have. Names come from directories and may be long.
const LONGEST_TAG: usize = 400;

/// Bytes that an entity may have (`#x10FFFF`).
const LONGEST_ENTITY: usize = 8;

/// The first of these characters, if it is near: a file of nothing but `<` must not be searched to its end each time.
fn find_near(text: &str, bytes: usize, ends: &[char]) -> Option<usize> {
    text.char_indices()
        .take_while(|(at, _)| *at <= bytes)
        .find(|(_, character)| ends.contains(character))
        .map(|(at, _)| at)
}

enum Tag {
    /// `<v Name>`: who speaks from here.
    Voice(String),
    /// `</v>`.
    VoiceEnds,
    /// A tag of looks or timing.
    Looks,
}

/// Changes the voice; words before it keep theirs.
fn turn(pieces: &mut Vec<Piece>, tag: &Tag) {
    let voice = match tag {
        Tag::Voice(name) => Some(name.clone()).filter(|name| !name.is_empty()),
        Tag::VoiceEnds => None,
        Tag::Looks => return,
    };
    let Some(last) = pieces.last_mut() else { return };
    if last.text.trim().is_empty() {
        last.voice = voice;
    } else {
        let line = last.line;
        pieces.push(Piece { line, voice, text: String::new() });
    }
}

/// A tag at the start of `text`, and what follows it. A tag ends on its line.
fn read_tag(text: &str) -> Option<(Tag, &str)> {
    let inside = text.strip_prefix('<')?;
    let end = find_near(inside, LONGEST_TAG, &['>', '<', '\n'])?;
    let after = inside[end..].strip_prefix('>')?;
    let inside = &inside[..end];
    let name_end = inside.find([' ', '\t', '.', '=']).unwrap_or(inside.len());
    let name = inside[..name_end].to_ascii_lowercase();
    let tag = match name.as_str() {
        "v" => Tag::Voice(voice_name(&inside[name_end..])),
        "/v" => Tag::VoiceEnds,
        "c" | "i" | "b" | "u" | "s" | "ruby" | "rt" | "lang" | "font" | "/c" | "/i" | "/b" | "/u" | "/s"
        | "/ruby" | "/rt" | "/lang" | "/font" => Tag::Looks,
        _ if is_time(inside) => Tag::Looks,
        _ => return None,
    };
    Some((tag, after))
}

/// The name after `<v` and its classes, entities decoded and blanks made one.
fn voice_name(rest: &str) -> String {
    let name = rest.find([' ', '\t']).map_or("", |blank| &rest[blank..]);
    let mut decoded = String::new();
    let mut rest = name;
    while let Some(character) = rest.chars().next() {
        if character == '&'
            && let Some((entity, after)) = read_entity(rest)
        {
            decoded.push(entity);
            rest = after;
        } else {
            decoded.push(character);
            rest = &rest[character.len_utf8()..];
        }
    }
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The time of a word: `<00:00:01.200>`.
fn is_time(inside: &str) -> bool {
    inside.contains(':')
        && inside.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','))
}

/// Passes over an override of the kind `{\an8}`.
fn skip_override(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("{\\")?;
    let end = find_near(inside, LONGEST_TAG, &['}', '{', '\n'])?;
    inside[end..].strip_prefix('}')
}

/// An entity at the start of `text`, and what follows it.
fn read_entity(text: &str) -> Option<(char, &str)> {
    let inside = text.strip_prefix('&')?;
    let end = find_near(inside, LONGEST_ENTITY, &[';', '&', '\n'])?;
    let (name, after) = (&inside[..end], inside[end..].strip_prefix(';')?);
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "lrm" => '\u{200E}',
        "rlm" => '\u{200F}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|character| !matches!(character, '\0' | '\n' | '\r'))?
        }
    };
    Some((character, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(lines: &[&str]) -> Vec<(usize, Option<String>, String)> {
        read_pieces(lines, true).into_iter().map(|piece| (piece.line, piece.voice, piece.text)).collect()
    }

    fn one(line: &str) -> String {
        pieces(&[line]).into_iter().map(|(.., text)| text).collect()
    }

    #[test]
    fn voices_with_classes_unclosed_and_closed_on_the_next_line() {
        assert_eq!(
            pieces(&["<v.loud.first Ann &amp; Bo (Guest)>One", "two</v>"]),
            [
                (0, Some("Ann & Bo (Guest)".into()), "One".into()),
                (1, Some("Ann & Bo (Guest)".into()), "two".into())
            ]
        );
        assert_eq!(pieces(&["<v S01>One"]), [(0, Some("S01".into()), "One".into())]);
    }

    #[test]
    fn a_second_voice_on_the_line_is_a_piece_of_its_own() {
        assert_eq!(
            pieces(&["<v A>One</v> <v B>two</v>"])[..2],
            [(0, Some("A".into()), "One".into()), (0, Some("B".into()), "two".into())]
        );
    }

    #[test]
    fn tags_go_and_brackets_of_speech_stay() {
        assert_eq!(one("<c.yellow>a<00:00:01.2><c> b</c></c> <i>c</i>"), "a b c");
        assert_eq!(one("{\\an8}<font color=\"#fff\">a</font>"), "a");
        assert_eq!(one("<so slowly> a < b {sic}"), "<so slowly> a < b {sic}");
        assert_eq!(one("a &amp; b &lt;c&gt; &#39;d&#x27; &unknown; & e"), "a & b <c> 'd' &unknown; & e");
    }

    #[test]
    fn subrip_has_no_entities() {
        assert_eq!(read_pieces(&["R&amp;D"], false)[0].text, "R&amp;D");
    }
}

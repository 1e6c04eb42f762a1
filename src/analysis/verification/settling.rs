//! What a study tells of the quotations that were found: which lines of a block are said, which say whose it was, and which words
//! before a colon are the label of a speaker.

use super::beside::{Candidate, LONGEST_ATTRIBUTION, is_dash, refers};
use super::blocks::label_of;
use super::quotation::{Label, Part, Quotation, Set};

/// What is known of a study.
pub(super) struct Known<'k> {
    /// Whether speakers are labelled so.
    pub(super) is_label: &'k dyn Fn(&Label) -> bool,
    /// Whether words name somebody, or are a descriptor of the study.
    pub(super) is_attribution: &'k dyn Fn(&str) -> bool,
    /// Whether words, which stand in brackets, name or describe somebody.
    pub(super) describes: &'k dyn Fn(&str) -> bool,
}

/// The quotations to look up: one, or several where a block holds several.
pub(super) fn settle(quotation: &Quotation, known: &Known<'_>) -> Vec<Quotation> {
    match quotation.set {
        Set::Block | Set::Cell { .. } | Set::Line => cut(quotation, known),
        Set::Marks | Set::Translation | Set::Title => vec![Quotation {
            parts: quotation
                .parts
                .iter()
                .map(|part| settled(part, quotation.parts.len() > 1, known))
                .collect(),
            ..quotation.clone()
        }],
    }
}

/// Gives quotations below a paragraph that names somebody that name, unless it belongs to the quotation above it: of names that
/// take turns with quotations, the first thing says which belongs to which.
pub(super) fn take_from_above(quotations: &mut [Quotation], known: &Known<'_>) {
    let mut taken = None;
    for quotation in quotations {
        let names = |candidate: &&Candidate| (known.is_attribution)(&candidate.text);
        let above = quotation.above.take();
        match above.filter(|above| above.paragraph != taken && names(&above)) {
            Some(above) => {
                quotation.behind.retain(|candidate| candidate.paragraph.is_none());
                quotation.behind.insert(0, above);
                taken = None;
            }
            None => {
                taken = quotation.behind.iter().find(names).and_then(|candidate| candidate.paragraph);
            }
        }
    }
}

/// Words in quotation marks, with their label only where speakers are labelled so. Lines each behind a label are labelled whatever
/// the label is.
fn settled(part: &Part, is_list: bool, known: &Known<'_>) -> Part {
    let label = part.label.clone().filter(|label| is_list || (known.is_label)(label));
    Part { label, ..part.clone() }
}

/// Cuts a block without marks behind each line that says whose it was.
fn cut(quotation: &Quotation, known: &Known<'_>) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut said: Vec<Part> = Vec::new();
    let mut end = |said: &mut Vec<Part>, who: Option<&str>| {
        let parts = std::mem::take(said);
        let is_first = found.is_empty();
        let Some(place) = parts.first().map(|part| part.place) else { return };
        found.push(Quotation {
            place,
            parts,
            behind: who.map(Candidate::plain).into_iter().collect(),
            around: if is_first { quotation.around.clone() } else { Vec::new() },
            above: quotation.above.clone().filter(|_| is_first),
            ..quotation.clone()
        });
    };
    let last = quotation.parts.len().saturating_sub(1);
    // What a block begins with, above the words.
    let mut above = None;
    for (number, line) in quotation.parts.iter().enumerate() {
        let bare = bare(&line.text);
        let closing = closing(&line.text, known);
        let before = closing.map_or("", |(words, _)| words.trim());
        // `P2: words` is the next line of several speakers.
        if !bare.contains(':') && is_attribution_line(&line.text, bare, before, number == last, known) {
            match said.is_empty() {
                true => above = Some(bare),
                false => end(&mut said, Some(bare)),
            }
            continue;
        }
        let (words, who) = closing.map_or((line.text.as_str(), None), |(words, who)| (words, Some(who)));
        if words.contains(char::is_alphanumeric) {
            push(&mut said, words, line.place, known);
        }
        if who.is_some() {
            end(&mut said, who);
        }
    }
    end(&mut said, above);
    if let Some(last) = found.last_mut() {
        if last.behind.is_empty() {
            end_otherwise(last);
        }
        // What stands below the block is said of its last words.
        last.behind.extend(quotation.behind.iter().cloned());
    }
    found
}

/// Most words before brackets in a line that is an attribution: `P1, senior nurse (FG2)`.
const MOST_BEFORE: usize = 3;

/// Whether a line of a block is an attribution and nothing else: somebody's name or a descriptor of the study; at the end of the
/// block anything that describes somebody and is no sentence. `before` stands before what ends it, if that says whose it was.
fn is_attribution_line(line: &str, bare: &str, before: &str, is_last: bool, known: &Known<'_>) -> bool {
    // `The doctor said to me. (P1)` is words and their attribution.
    if before.ends_with(['.', '!', '?', '…']) || before.split_whitespace().count() > MOST_BEFORE {
        return false;
    }
    let is_sentence = line.trim_end().ends_with(['.', '!', '?', '…']);
    (known.is_attribution)(bare) || is_last && !is_sentence && bare.len() <= 60 && (known.describes)(bare)
}

/// Adds a line of a block: to the words before it, unless it begins with a label.
fn push(said: &mut Vec<Part>, words: &str, place: usize, known: &Known<'_>) {
    let labelled = label_of(words).and_then(|(label, words)| {
        let label = Label { name: label.trim().to_owned(), within: true };
        (known.is_label)(&label).then(|| Part { label: Some(label), place, ..Part::of(words.trim()) })
    });
    let words = words.trim_end();
    match (labelled, said.last_mut()) {
        (Some(part), _) => said.push(part),
        (None, Some(last)) => last.text = format!("{}\n{words}", last.text),
        (None, None) => said.push(Part { place, ..Part::of(words) }),
    }
}

/// A line without brackets, dashes and marks around it.
fn bare(line: &str) -> &str {
    let line = line.trim().trim_end_matches('.');
    let line = line.trim_start_matches(['—', '–', '―', '-', '~', ' ']);
    let inside = line.strip_prefix('(').and_then(|line| line.strip_suffix(')'));
    inside.or_else(|| line.strip_prefix('[')?.strip_suffix(']')).unwrap_or(line).trim()
}

/// What says at the end of a line whose words these were, in brackets or behind a dash, with the words before it.
fn closing<'l>(line: &'l str, known: &Known<'_>) -> Option<(&'l str, &'l str)> {
    let end = line.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    let bracket = [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let inside = end.strip_suffix(close)?;
        let at = opening(inside, open, close)?;
        Some((line.get(..at)?, inside.get(at + open.len_utf8()..)?))
    });
    let dash = ["—", "–", "―", " -- ", " - "].into_iter().filter_map(|dash| {
        let at = end.rfind(dash)?;
        Some((line.get(..at)?, end.get(at + dash.len()..)?.trim_start_matches('-').trim()))
    });
    let in_bracket = bracket.filter(|(_, who)| (known.describes)(who));
    in_bracket.or_else(|| dash.into_iter().find(|(_, who)| (known.is_attribution)(who)))
}

/// Where the bracket opens that closes behind a text.
fn opening(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices().rev().take_while(|(at, _)| text.len() - at <= LONGEST_ATTRIBUTION) {
        match c {
            c if c == close => depth += 1,
            c if c == open => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// What ends a block without naming anybody whom the study knows: brackets, or what stands behind a dash on a line of its own or
/// behind the end of a sentence, are still an attribution, if not one of the study.
fn end_otherwise(quotation: &mut Quotation) {
    let Some(last) = quotation.parts.last_mut() else { return };
    let Some((words, who)) = ending(&last.text) else { return };
    quotation.behind.push(Candidate::plain(who));
    quotation.cited |= refers(&format!("({who})"));
    last.text = words.trim_end().to_owned();
}

/// Somebody in parentheses, or behind a dash on a line of its own or behind the end of a sentence.
fn ending(text: &str) -> Option<(&str, &str)> {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    if let Some(inside) = end.strip_suffix(')')
        && let Some(at) = opening(inside, '(', ')')
    {
        let words = text.get(..at)?;
        return (!words.trim().is_empty()).then_some((words, inside.get(at + 1..)?));
    }
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    let last = text.get(line..)?.trim_start();
    if line > 0 && is_dash(last) {
        let who = last.trim_start_matches(['—', '–', '―', '-', ' ']);
        return (who.len() <= LONGEST_ATTRIBUTION).then_some((text.get(..line)?, who));
    }
    let at = text.rfind(['—', '–', '―'])?;
    let (words, who) = text.split_at_checked(at)?;
    let sentence_over =
        words.trim_end().ends_with(['.', '!', '?', '…', '”', '"', '’', '\'']) && words.ends_with(' ');
    let who = who.trim_start_matches(['—', '–', '―', ' ']).trim();
    (sentence_over && who.len() <= 100 && !who.ends_with(['.', '?', '!'])).then_some((words, who))
}

//! The picker that other programs call (`combe pick`): a list of quotes, or of all turns, that typing narrows, and one that is
//! taken. It is no screen of the program, so that it knows neither keymap nor commands; its keys are few, and all of them are
//! shown.
//!
//! What is typed is looked for in three ways, the first that finds anything deciding: all words stand in the text, the codes or
//! the names, whole ones first; a few letters of codes and names, as in the picker of codes; a few letters of the text.

mod matching;

use std::collections::VecDeque;
use std::ops::Range;

use super::TextField;
use super::keymap::{Key, KeyCode};
use super::listed::Roll;
use super::read::rank;
use crate::text::fold_name;
use matching::Wanted;

/// One thing to pick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickRow {
    /// Where it stands: `I43:41`.
    pub address: String,
    /// Who says it, as it is attributed.
    pub who: String,
    /// Names of its codes.
    pub codes: String,
    /// Its words, on one line.
    pub text: String,
    /// Whether it is starred.
    pub starred: bool,
    /// Drafts that use it.
    pub used_in: Vec<String>,
    /// All of it, folded, to be looked through.
    searched: String,
}

impl PickRow {
    /// A row of these parts.
    #[must_use]
    pub fn new(address: String, who: String, codes: String, text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let searched = fold(&format!("{text} {codes} {who} {address}"));
        Self { address, who, codes, text, starred: false, used_in: Vec::new(), searched }
    }
}

/// Folded, with all apostrophes the straight one.
fn fold(text: &str) -> String {
    fold_name(text).replace(['’', '‘'], "'")
}

/// What is picked from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Over {
    /// Quotes.
    #[default]
    Quotes,
    /// All turns.
    Turns,
}

/// Rows to pick from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The rows.
    pub rows: Vec<PickRow>,
    /// How many more there are that must not be quoted.
    pub refused: usize,
    /// The query that they were found by; empty for all that there are.
    pub query: String,
}

/// Puts rows first that have all of some words as they stand there, one behind another before all others; rows in which other
/// forms of them were found come last. Equal ones stay in their order.
pub fn nearest_first<T>(rows: &mut [(T, PickRow)], words: &str) {
    let wanted = Wanted::of(words);
    rows.sort_by_cached_key(|(_, row)| {
        let rank = wanted.rank(row);
        (rank.is_none(), rank)
    });
}

/// What a key did beyond the list itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// This one is taken: its place among all of its kind.
    Taken(Over, usize),
    /// Nothing is wanted.
    Left,
    /// The turns are wanted, which are not there yet.
    WantsTurns,
}

/// What waits for rows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Held {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
}

/// The state of the picker.
#[derive(Clone, Debug, Default)]
pub struct Pick {
    /// What is typed.
    pub field: TextField,
    /// What is picked from.
    pub over: Over,
    /// The choice among the rows that match.
    pub roll: Roll,
    quotes: Option<Offer>,
    turns: Option<Offer>,
    /// Whether the turns were asked for.
    wants_turns: bool,
    /// What waits for rows, in order.
    held: VecDeque<Held>,
    /// Places of the rows that match, best first.
    matching: Vec<usize>,
    /// Rows of the list in sight.
    height: usize,
    /// Whether rows were asked for, by words or page by page: see [`Pick::is_listed`].
    listed: bool,
}

impl Pick {
    /// A picker with nothing in it yet.
    #[must_use]
    pub fn new() -> Self {
        Self { height: 1, ..Self::default() }
    }

    /// Whether the rows of what is picked from are there yet.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.offer().is_some()
    }

    /// Rows are there: what waited for them is done.
    pub fn load(&mut self, over: Over, offer: Offer) -> Option<Pressed> {
        match over {
            Over::Quotes => self.quotes = Some(offer),
            Over::Turns => self.turns = Some(offer),
        }
        if over == self.over {
            self.narrow();
        }
        while self.is_loaded()
            && let Some(held) = self.held.pop_front()
        {
            let pressed = match held {
                Held::Key(key) => self.obey(key),
                Held::Paste(text) => {
                    self.insert(&text);
                    None
                }
            };
            if pressed.is_some() {
                return pressed;
            }
        }
        None
    }

    /// The rows that match, from the first one in sight.
    pub fn in_sight(&self) -> impl Iterator<Item = (bool, &PickRow)> {
        let all = self.all();
        let rows = self.matching.iter().enumerate().skip(self.roll.top).take(self.height);
        rows.filter_map(move |(at, place)| Some((at == self.roll.chosen, all.get(*place)?)))
    }

    /// Where in the words of a row what is typed stands: bytes, in order.
    #[must_use]
    pub fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        Wanted::of(self.field.text()).found_in(text)
    }

    /// The chosen row.
    #[must_use]
    pub fn chosen(&self) -> Option<&PickRow> {
        self.all().get(*self.matching.get(self.roll.chosen)?)
    }

    /// How many rows match, and of how many.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.matching.len(), self.all().len())
    }

    /// How many must not be quoted and are not among them.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.offer().map_or(0, |offer| offer.refused)
    }

    /// The query that the rows were found by; empty for all that there are.
    #[must_use]
    pub fn query(&self) -> &str {
        self.offer().map_or("", |offer| offer.query.as_str())
    }

    /// Whether the rows in sight are listed where the picker speaks in lines: of all that there are, nobody wants to hear the
    /// first ones unasked.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.listed || self.matching.len() <= self.height
    }

    /// Shows so many rows.
    pub fn resize(&mut self, height: usize) {
        self.height = height.max(1);
        self.roll.settle(self.matching.len(), self.height);
    }

    /// Takes pasted text; behind a key that waits it waits too.
    pub fn paste(&mut self, text: &str) {
        if self.held.is_empty() {
            self.insert(text);
        } else {
            self.held.push_back(Held::Paste(text.to_owned()));
        }
    }

    fn insert(&mut self, text: &str) {
        self.edit(|field| field.insert(&text.split_whitespace().collect::<Vec<_>>().join(" ")));
    }

    /// Takes a key. One that is about rows waits until there are any, and what is pressed behind it waits in order.
    pub fn press(&mut self, key: Key) -> Option<Pressed> {
        let waits = !self.held.is_empty() || needs_rows(key);
        if waits && !self.is_loaded() && !leaves(key) {
            self.held.push_back(Held::Key(key));
            return None;
        }
        self.obey(key)
    }

    /// Takes a line that was typed where the picker speaks in lines: the number of a row that is listed, `+` for the next rows, `.` for
    /// the turns or back to the quotes, nothing to leave, or words, which narrow the list anew.
    pub fn answer(&mut self, line: &str) -> Option<Pressed> {
        let line = line.trim();
        let shown = if self.is_listed() { self.in_sight().count() } else { 0 };
        let number = line.parse().ok().filter(|number: &usize| (1..=shown).contains(number));
        match (line, number) {
            (_, Some(number)) => {
                let place = self.matching.get(self.roll.top + number - 1)?;
                return Some(Pressed::Taken(self.over, *place));
            }
            ("", _) => return Some(Pressed::Left),
            (".", _) => return self.toggle(),
            ("+", _) if !self.is_listed() => self.listed = true,
            ("+", _) => {
                let next = self.roll.top + self.height;
                if next < self.matching.len() {
                    self.roll = Roll { chosen: next, top: next };
                }
            }
            (words, _) => {
                self.field = TextField::new(words.to_owned());
                self.typed();
            }
        }
        None
    }

    /// How many of the rows that match stand below those in sight.
    #[must_use]
    pub fn below(&self) -> usize {
        self.matching.len().saturating_sub(self.roll.top + self.height)
    }

    fn obey(&mut self, key: Key) -> Option<Pressed> {
        let page = isize::try_from(self.height.saturating_sub(1)).unwrap_or(1).max(1);
        match key.code() {
            _ if leaves(key) => return Some(Pressed::Left),
            KeyCode::Enter => {
                return self.matching.get(self.roll.chosen).map(|place| Pressed::Taken(self.over, *place));
            }
            KeyCode::Tab => return self.toggle(),
            KeyCode::Char('t') if key.has_ctrl() => return self.toggle(),
            KeyCode::Up => self.step(-1),
            KeyCode::Down => self.step(1),
            KeyCode::Char('p' | 'k') if key.has_ctrl() => self.step(-1),
            KeyCode::Char('n' | 'j') if key.has_ctrl() => self.step(1),
            KeyCode::PageUp => self.step(-page),
            KeyCode::PageDown => self.step(page),
            KeyCode::Left => self.field.left(),
            KeyCode::Right => self.field.right(),
            KeyCode::Home => self.field.home(),
            KeyCode::End => self.field.end(),
            KeyCode::Backspace => self.edit(TextField::rub_out),
            KeyCode::Delete => self.edit(TextField::delete),
            KeyCode::Char('h') if key.has_ctrl() => self.edit(TextField::rub_out),
            KeyCode::Char('u') if key.has_ctrl() => self.edit(TextField::rub_out_line),
            KeyCode::Char('w') if key.has_ctrl() => self.edit(TextField::rub_out_word),
            _ => {
                if let Some(typed) = key.typed() {
                    self.edit(|field| field.insert(typed.encode_utf8(&mut [0; 4])));
                }
            }
        }
        None
    }

    fn offer(&self) -> Option<&Offer> {
        match self.over {
            Over::Quotes => self.quotes.as_ref(),
            Over::Turns => self.turns.as_ref(),
        }
    }

    fn all(&self) -> &[PickRow] {
        self.offer().map_or(&[], |offer| &offer.rows)
    }

    fn toggle(&mut self) -> Option<Pressed> {
        self.over = match self.over {
            Over::Turns => Over::Quotes,
            Over::Quotes => Over::Turns,
        };
        self.narrow();
        let asks = self.over == Over::Turns && !std::mem::replace(&mut self.wants_turns, true);
        asks.then_some(Pressed::WantsTurns)
    }

    fn step(&mut self, by: isize) {
        self.roll.step(by, self.matching.len());
        self.roll.settle(self.matching.len(), self.height);
    }

    fn edit(&mut self, change: impl FnOnce(&mut TextField)) {
        change(&mut self.field);
        self.typed();
    }

    /// Something else is typed: the best match is chosen again.
    fn typed(&mut self) {
        self.narrow();
    }

    fn narrow(&mut self) {
        let typed = self.field.text();
        let wanted = Wanted::of(typed);
        let rows = || self.all().iter().enumerate();
        let mut ranked: Vec<_> = rows().filter_map(|(at, row)| Some((wanted.rank(row)?, at))).collect();
        // Equal ones stay in the order of the lists.
        ranked.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut matching: Vec<usize> = ranked.into_iter().map(|(_, at)| at).collect();
        if matching.is_empty() {
            matching =
                rank(typed, rows().map(|(at, row)| (at, format!("{} {}", row.codes, row.who))).collect());
        }
        if matching.is_empty() {
            matching = rank(typed, rows().map(|(at, row)| (at, row.text.clone())).collect());
        }
        self.listed = !typed.is_empty();
        self.matching = matching;
        self.roll = Roll::default();
    }
}

/// Whether a key leaves, whatever is there.
fn leaves(key: Key) -> bool {
    key.code() == KeyCode::Esc || key.has_ctrl() && matches!(key.code(), KeyCode::Char('c' | 'q' | 'g'))
}

/// Whether a key is about the rows and not about what is typed.
fn needs_rows(key: Key) -> bool {
    match key.code() {
        KeyCode::Enter | KeyCode::Up | KeyCode::Down | KeyCode::PageUp | KeyCode::PageDown => true,
        KeyCode::Char('p' | 'k' | 'n' | 'j') => key.has_ctrl(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::keymap::parse_keys;
    use super::*;

    fn rows(texts: &[(&str, &str)]) -> Offer {
        let row = |(at, (text, code)): (usize, &(&str, &str))| {
            PickRow::new(format!("I1:{at}"), "P1, nurse".into(), (*code).into(), text)
        };
        Offer { rows: texts.iter().enumerate().map(row).collect(), refused: 0, query: String::new() }
    }

    fn pick() -> Pick {
        let mut pick = Pick::new();
        pick.resize(5);
        let offer = rows(&[
            ("There’s never time", "Appointment time"),
            ("A letter came late", "Letters"),
            ("Time and letters", "Workload"),
        ]);
        assert_eq!(pick.load(Over::Quotes, offer), None);
        pick
    }

    fn press(pick: &mut Pick, keys: &str) -> Option<Pressed> {
        parse_keys(keys).unwrap().into_iter().fold(None, |_, key| pick.press(key))
    }

    fn shown(pick: &Pick) -> Vec<&str> {
        pick.in_sight().map(|(_, row)| row.text.as_str()).collect()
    }

    #[test]
    fn words_narrow_the_list_in_any_order_and_enter_takes_one() {
        let mut pick = pick();
        assert_eq!(press(&mut pick, "l e t t e r"), None);
        assert_eq!(shown(&pick), ["A letter came late", "Time and letters"]);
        assert_eq!(press(&mut pick, "space t i m e ret"), Some(Pressed::Taken(Over::Quotes, 2)));
        assert_eq!(press(&mut pick, "C-u t h e r e ' s ret"), Some(Pressed::Taken(Over::Quotes, 0)));
    }

    #[test]
    fn whole_words_come_first_and_are_marked_where_they_stand() {
        let mut pick = Pick::new();
        pick.resize(5);
        pick.load(
            Over::Quotes,
            rows(&[
                ("Properly said", ""),
                ("Ropes and a roof", ""),
                ("Like a rope, on time", ""),
                ("On a Rope", ""),
            ]),
        );
        press(&mut pick, "r o p e");
        assert_eq!(shown(&pick), ["Like a rope, on time", "On a Rope", "Ropes and a roof", "Properly said"]);
        let marked = |pick: &Pick, text: &str| -> Vec<String> {
            pick.found_in(text).into_iter().map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(pick.found_in("Properly, on a Rope").first(), Some(&(15..19)), "not those of “properly”");
        press(&mut pick, "space a");
        assert_eq!(shown(&pick)[0], "Like a rope, on time", "equal ones keep their order");
        press(&mut pick, "C-u a space r o p e");
        assert_eq!(marked(&pick, "Like a rope"), ["a", "rope"]);
        assert!(pick.found_in("İ rope").is_empty(), "folding makes it longer");
    }

    #[test]
    fn words_in_a_row_come_first_then_whole_ones() {
        let texts = [
            "Cutting the strings",
            "The string was cut",
            "You cut the strings then",
            "Cut the string",
            "Uncut the string",
        ];
        let in_order = [
            "Cut the string",
            "You cut the strings then",
            "The string was cut",
            "Cutting the strings",
            "Uncut the string",
        ];
        let held: Vec<(&str, &str)> = texts.iter().map(|text| (*text, "")).collect();
        let mut found: Vec<(usize, PickRow)> = rows(&held).rows.into_iter().enumerate().collect();
        nearest_first(&mut found, "cut the string");
        assert_eq!(found.iter().map(|(_, row)| row.text.as_str()).collect::<Vec<_>>(), in_order);
        nearest_first(&mut found, "");
        assert_eq!(found[0].0, 3, "without words the order stays");
        nearest_first(&mut found, "uncut said");
        assert_eq!(found[0].0, 3, "so it does where no row has all of them");
        let mut pick = Pick::new();
        pick.resize(5);
        pick.load(Over::Quotes, rows(&held));
        press(&mut pick, "c u t space t h e space s t r i n g");
        assert_eq!(shown(&pick), in_order);
    }

    #[test]
    fn lines_answer_with_numbers_words_and_signs() {
        let mut pick = Pick::new();
        pick.resize(2);
        pick.load(Over::Quotes, rows(&[("on time", ""), ("too late", ""), ("later", ""), ("10 late", "")]));
        assert_eq!(pick.below(), 2);
        assert!(!pick.is_listed());
        assert_eq!(pick.answer("2"), None, "nothing was listed yet: it is a word, as in an address");
        assert_eq!(shown(&pick), ["later"]);
        press(&mut pick, "C-u");
        assert_eq!((pick.answer("+"), pick.is_listed()), (None, true));
        assert_eq!(shown(&pick), ["on time", "too late"], "the first ones are listed first");
        assert_eq!(pick.answer("+"), None);
        assert_eq!((shown(&pick), pick.below()), (vec!["later", "10 late"], 0));
        assert_eq!(pick.answer("+"), None);
        assert_eq!(shown(&pick), ["later", "10 late"], "there are no more");
        assert_eq!(pick.answer(" 2 "), Some(Pressed::Taken(Over::Quotes, 3)));
        assert_eq!(pick.answer("10"), None, "no row has that number: it is a word");
        assert_eq!(shown(&pick), ["10 late"]);
        assert_eq!(pick.answer("late"), None);
        assert_eq!(shown(&pick), ["too late", "10 late"], "whole words first");
        assert_eq!(pick.answer("."), Some(Pressed::WantsTurns));
        assert_eq!(pick.answer(""), Some(Pressed::Left));
    }

    #[test]
    fn a_few_letters_find_a_code_where_no_word_does() {
        let mut pick = pick();
        press(&mut pick, "w k l d");
        assert_eq!(shown(&pick), ["Time and letters"]);
        press(&mut pick, "C-u z z z");
        assert_eq!(press(&mut pick, "ret"), None, "nothing to take");
    }

    #[test]
    fn arrows_move_esc_leaves_and_tab_goes_over_all_turns() {
        let mut pick = pick();
        assert_eq!(press(&mut pick, "down down down up ret"), Some(Pressed::Taken(Over::Quotes, 1)));
        assert_eq!(press(&mut pick, "esc"), Some(Pressed::Left));
        assert_eq!(press(&mut pick, "tab"), Some(Pressed::WantsTurns));
        assert!(!pick.is_loaded(), "it says that it is reading");
        assert_eq!(press(&mut pick, "tab"), None);
        assert!(pick.is_loaded(), "the quotes can be gone back to meanwhile");
        assert_eq!(press(&mut pick, "tab"), None, "the turns are asked for once");
        pick.load(Over::Turns, rows(&[("A turn", "")]));
        assert!(pick.is_loaded());
        assert_eq!(press(&mut pick, "ret"), Some(Pressed::Taken(Over::Turns, 0)));
        assert_eq!(press(&mut pick, "tab tab ret"), Some(Pressed::Taken(Over::Turns, 0)));
    }

    #[test]
    fn what_is_typed_before_the_quotes_are_there_narrows_them() {
        let mut pick = Pick::new();
        pick.resize(5);
        press(&mut pick, "l a t e");
        pick.load(Over::Quotes, rows(&[("on time", ""), ("too late", "")]));
        assert_eq!(shown(&pick), ["too late"]);
    }

    #[test]
    fn keys_about_rows_wait_for_them_in_order_and_esc_never_does() {
        let offer = rows(&[("on time", ""), ("too late", ""), ("later", ""), ("lately on", "")]);
        let mut pick = Pick::new();
        pick.resize(5);
        assert_eq!(press(&mut pick, "l a t e down ret"), None);
        assert_eq!(pick.load(Over::Quotes, offer.clone()), Some(Pressed::Taken(Over::Quotes, 2)));

        let mut pick = Pick::new();
        pick.resize(5);
        assert_eq!(press(&mut pick, "down C-u o n"), None);
        assert_eq!(pick.field.text(), "", "what is typed behind a key that waits waits too");
        pick.load(Over::Quotes, offer.clone());
        assert_eq!(shown(&pick), ["on time", "lately on"]);

        let mut pick = Pick::new();
        pick.resize(5);
        press(&mut pick, "down");
        pick.paste("lat");
        press(&mut pick, "e ret");
        assert_eq!(pick.field.text(), "", "so does what is pasted");
        assert_eq!(
            pick.load(Over::Quotes, offer),
            Some(Pressed::Taken(Over::Quotes, 1)),
            "the best of “late”"
        );
        assert_eq!(press(&mut Pick::new(), "ret esc"), Some(Pressed::Left));
    }
}

//! The program in lines, for screen readers and braille: another painter of the same model.
//!
//! A [`Listener`] remembers what it has said, and of the model as it is now says what is new: where one is, what the cursor
//! is on, the chosen row and its place among all, what is typed, answers and notices. It writes plain lines that scroll: no
//! box drawing, no colours, no placing of the cursor. The one thing that changes is the last line, which grows while
//! somebody types. Whatever it has no words of its own for, it takes from the screen as the other views paint it.

mod layers;
mod pick;
mod probe;
mod read;
mod screens;

pub use pick::{PICK_ANSWERS, pick_lines};

use super::glyphs::Glyphs;
use super::theme::Theme;
use super::{View, paint};
use crate::app::Model;
use crate::app::keymap::say_keys;
use crate::app::wrap::wrap;

/// What there is to be said of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    /// The screen or the layer, and what it is about.
    place: String,
    /// The turn and who speaks in it, where text is read.
    whose: String,
    /// What the cursor rests on, or the chosen row.
    here: String,
    /// The sentence that it is a word of: its first byte, and what it says.
    sentence: Option<(u32, String)>,
    /// What belongs to it: its codes, their valence.
    with: String,
    /// What is typed, and what for.
    field: Option<Field>,
    /// Keys of a sequence that is not complete, and what it can go on with.
    pending: String,
    /// The step of the tour.
    tour: String,
}

/// What is typed, and how it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    label: String,
    text: String,
    /// Whether the cursor is at its end.
    at_end: bool,
    /// Whether every letter changes the row that is chosen: then it is said with it.
    chooses: bool,
}

/// Says what is new.
#[derive(Clone, Debug, Default)]
pub struct Listener {
    said: Option<Said>,
    /// What was said last of the screen below all layers.
    below: Option<Said>,
    presses: u64,
    notices: u64,
    /// What was said last of others, while it stands.
    news: Option<String>,
    redraws: u64,
    curtained: bool,
    /// Whether the last line is not ended: somebody types in it.
    open: bool,
}

impl Listener {
    /// What is new since the last time, as lines that each end with `\n`; what was typed ends with none.
    pub fn hear(&mut self, model: &Model, glyphs: &'static Glyphs) -> String {
        let mut lines = Lines { text: String::new(), open: self.open };
        let theme = Theme::default();
        let view = View { model, theme: &theme, glyphs };
        if model.is_curtained() {
            self.draw_curtain(&mut lines);
        } else {
            self.say_new(&view, &mut lines);
        }
        (self.presses, self.notices, self.redraws) = (model.presses, model.notices, model.redraws);
        self.open = lines.open;
        paint::safe_lines(glyphs, &lines.text)
    }

    /// What was said is scrolled out of sight.
    fn draw_curtain(&mut self, lines: &mut Lines) {
        /// As high as windows are.
        const ROWS: usize = 200;
        if !std::mem::replace(&mut self.curtained, true) {
            lines.text = "\n".repeat(ROWS);
            lines.line("Any key goes on.");
        }
        (self.said, self.below) = (None, None);
    }

    fn say_new(&mut self, view: &View<'_>, lines: &mut Lines) {
        let model = view.model;
        let now = Said::of(view);
        self.curtained = false;
        let begins = self.said.is_none();
        if begins && model.presses == 0 {
            lines.line(&welcome(model));
        }
        let again = self.redraws != model.redraws;
        // Whoever comes back to a screen knows what is on it.
        let heard = if model.layers.is_empty() { self.below.take() } else { self.said.take() };
        let before = heard.filter(|_| !again).unwrap_or_default();
        let count = lines.text.len();
        if now.place != before.place {
            lines.line(&now.place);
        }
        if let Some(notice) = model.notice.as_ref().filter(|_| self.notices != model.notices) {
            lines.line(&notice.text);
        }
        self.say_news(model, lines);
        if now.pending != before.pending && !now.pending.is_empty() {
            lines.line(&now.pending);
        } else {
            say_here(&before, &now, lines);
        }
        if now.tour != before.tour {
            lines.line(&now.tour);
        }
        // A key that changes nothing is answered too, else nobody knows whether it was heard.
        let pressed = self.presses != model.presses;
        if pressed && lines.text.len() == count && before.pending.is_empty() {
            lines.line(&now.here);
        }
        if model.layers.is_empty() {
            self.below = Some(now.clone());
        }
        self.said = Some(now);
    }

    /// What others did meanwhile, once; an answer to a key comes before it.
    fn say_news(&mut self, model: &Model, lines: &mut Lines) {
        let news = model.news();
        if news.is_none() && model.notice.is_some() {
            return;
        }
        if let Some(news) = news.as_ref().filter(|news| self.news.as_ref() != Some(news)) {
            lines.line(news);
        }
        self.news = news;
    }
}

/// Lines broken where words end, for a window of so many columns: a terminal breaks them inside words, and a braille
/// display shows them so. A line that is still being typed stays open.
#[must_use]
pub fn break_lines(said: &str, columns: u16) -> String {
    let mut broken = String::with_capacity(said.len());
    for line in said.split_inclusive('\n') {
        let rows = wrap(line, usize::from(columns.max(1)));
        let rows: Vec<&str> = rows.into_iter().filter_map(|row| line.get(row)).collect();
        let (last, first) = rows.split_last().map_or(("", &rows[..]), |(last, first)| (*last, first));
        first.iter().for_each(|row| {
            broken.push_str(row.trim_end());
            broken.push('\n');
        });
        broken.push_str(last);
    }
    broken
}

/// What is typed, and what the cursor rests on.
fn say_here(before: &Said, now: &Said, lines: &mut Lines) {
    let same_place = now.place == before.place;
    let typed = now.field != before.field;
    match &now.field {
        Some(field) if typed && field.chooses && (same_place || !field.text.is_empty()) => {
            lines.line(&format!("{}: {}", field.text, now.here));
        }
        Some(field) if typed && !field.chooses => {
            let grown = before.field.as_ref().and_then(|before| field.grown(before));
            match grown.filter(|_| same_place) {
                Some(added) => lines.more(added),
                None => {
                    lines.line(&format!("{}: {}", field.label, field.text));
                    lines.open_last();
                }
            }
            if now.here != before.here {
                lines.line(&now.here);
            }
        }
        _ => {
            let other = now.whose != before.whose || !same_place;
            let whose =
                if other && !now.whose.is_empty() { format!("{}: ", now.whose) } else { String::new() };
            if now.here != before.here || other {
                // Words alone are heard one after the other; whoever comes from elsewhere needs what they stand in.
                let sentence = now.sentence.as_ref().filter(|held| before.sentence.as_ref() != Some(held));
                let sentence = sentence.map_or_else(String::new, |(_, words)| format!(", in: {words}"));
                lines.line(&format!("{whose}{}{sentence}", now.here));
            }
            if now.with != before.with {
                lines.line(&now.with);
            }
        }
    }
}

impl Field {
    /// What was typed at its end since then.
    fn grown<'f>(&'f self, before: &Field) -> Option<&'f str> {
        let added = self.text.strip_prefix(before.text.as_str())?;
        (self.label == before.label && self.at_end && before.at_end && !added.is_empty()).then_some(added)
    }
}

impl Said {
    fn of(view: &View<'_>) -> Said {
        let model = view.model;
        let said = match model.layers.last() {
            Some(layer) => layers::say(view, layer),
            None => screens::say(view),
        };
        Said { pending: pending(model), tour: probe::tour(view), ..said }
    }
}

/// `g …; ? lists what can follow`, for whoever knows the next key must not hear twelve lines before it is heard; asked for,
/// `g: b Where you were; t The list of transcripts`.
fn pending(model: &Model) -> String {
    if model.pending.is_empty() {
        return model.count.map_or_else(String::new, |count| format!("{count} times"));
    }
    if !model.lists_keys {
        return format!("{} …; ? lists what can follow", say_keys(&model.pending));
    }
    let next: Vec<String> = model
        .continuations()
        .into_iter()
        .filter(|hint| hint.live)
        .map(|hint| format!("{} {}", hint.keys, hint.text))
        .collect();
    format!("{}: {}", say_keys(&model.pending), next.join("; "))
}

fn welcome(model: &Model) -> String {
    let keys = |command| model.keys_of(command);
    format!(
        "Combe, study {}, coder {}. {} lists all keys, {} says where you are, {} says it again.",
        model.study_name(),
        model.me.name,
        keys("open_help"),
        keys("tell_place"),
        keys("redraw"),
    )
}

/// Lines being written.
struct Lines {
    text: String,
    /// Whether the last one is not ended.
    open: bool,
}

impl Lines {
    fn line(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.open) {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// The last line goes on.
    fn open_last(&mut self) {
        if self.text.ends_with('\n') {
            self.text.pop();
            // What is typed is parted from what it is typed for.
            if self.text.ends_with(':') {
                self.text.push(' ');
            }
            self.open = true;
        }
    }

    fn more(&mut self, text: &str) {
        self.text.push_str(text);
        self.open = !text.ends_with('\n');
    }
}

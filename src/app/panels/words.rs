//! What the panels say in words.

use super::{Board, rows};
use crate::analysis::{Columns, Figures, RowOf, Split};
use unicode_width::UnicodeWidthStr;

use crate::app::Model;
use crate::app::keymap::{Call, print_keys};

/// `9 of 151 people`, `14 codings`; then `public 5 of 85`, `clinician 4 of 66`, `2 left out`.
pub(super) fn figures(columns: &Columns, split: &Split) -> [Vec<String>; 2] {
    let all = &split.count.all;
    let pairs = columns.columns.iter().zip(&split.columns);
    let groups = pairs.map(|(column, count)| {
        format!("{} {} of {}", column.group.label(), count.all.people, column.base.all.of)
    });
    let left_out = all.unclear + all.beside;
    let left_out = (left_out > 0).then(|| format!("{left_out} left out"));
    let first = vec![format!("{} of {} people", all.people, all.of), count(all.codings, "coding", "codings")];
    [first, groups.chain(left_out).collect()]
}

/// Pieces with a dot between them, broken into rows between pieces where they do not fit.
pub(super) fn join(pieces: &[String], width: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if row.width() + 3 + piece.width() <= width => {
                row.push_str(" · ");
                row.push_str(piece);
            }
            _ => rows.push(piece.clone()),
        }
    }
    rows
}

/// `1 person`, `9 people`.
pub(super) fn people(n: u32) -> String {
    count(n, "person", "people")
}

/// A number with its noun.
pub(super) fn count(n: u32, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Why there are no panels.
pub(super) fn no_framework(framework: &str) -> String {
    format!("This study has no framework “{framework}”, so there are no panels; `combe new` puts one in.")
}

impl Model {
    /// One line on the chosen number: transcripts, kinds, and what is left out and why.
    #[must_use]
    pub fn panel_detail(&self) -> Option<String> {
        let panels = &self.panels;
        let split = match panels.board.as_ref()? {
            Board::Overview(overview) => overview.rows.get(panels.row)?.split.of(panels.hand.side()),
            Board::Panel(panel) => panel.rows.get(panels.row)?.split.of(panels.hand.side()),
        };
        let all = &split.count.all;
        if all.codings == 0 {
            return Some(format!("{}: no codings", rows::side_word(panels.hand)));
        }
        let mut said = Vec::new();
        if all.unclear > 0 {
            said.push(format!("left out: {} by several or unknown", all.unclear));
        }
        if all.beside > 0 {
            said.push(format!("left out: {} by interviewers or others", all.beside));
        }
        let kind = |word: &str, of: &Figures| format!("{word}: {} in {}", people(of.people), of.transcripts);
        said.push(kind("interviews", &split.count.interviews));
        said.push(kind("focus groups", &split.count.focus_groups));
        Some(said.join(" · "))
    }

    /// What stands above the rows.
    #[must_use]
    pub fn panel_title(&self) -> String {
        let panels = &self.panels;
        match (&panels.board, self.panel_component()) {
            (Some(Board::Panel(_)), Some(component)) => {
                format!("{} {} · {}", component.position, component.label, component.abbreviation)
            }
            (Some(Board::Panel(_)), None) => String::from("Not classified"),
            _ => {
                let framework = self.study.frameworks().get(&self.study.settings.framework);
                framework
                    .map_or_else(|| String::from("Panels"), |held| format!("{}, all components", held.title))
            }
        }
    }

    /// Of whom the numbers are, in so many columns; over what is not classified, how to classify it.
    #[must_use]
    pub fn panel_base(&self, width: u16) -> String {
        /// From this width on there is room for which layers are counted.
        const ROOMY: u16 = 60;
        let of = match &self.panels.board {
            None => return String::new(),
            Some(Board::Overview(overview)) => overview.total.all.of,
            Some(Board::Panel(panel)) => panel.total.barrier.count.all.of,
        };
        let of = format!("n of {}", people(of));
        let mut narrowed: Vec<&str> = Vec::new();
        narrowed.extend(Some(self.panels.filter.as_str()).filter(|filter| !filter.is_empty()));
        narrowed.extend(self.panels.order.words().filter(|_| width >= ROOMY));
        if !narrowed.is_empty() {
            return format!("{} · {of}", narrowed.join(" · "));
        }
        match (width >= ROOMY, self.panel_component(), self.panels.shown()) {
            (true, None, Some(_)) => {
                format!("{} puts it under component 1 · {of}", self.keys_for("classify", "1"))
            }
            (true, ..) => format!("{of} · layers of record"),
            (false, ..) => of,
        }
    }

    /// What stands above the quotes: which row, which side, which group.
    #[must_use]
    pub fn quotes_title(&self) -> String {
        let row = self.panels.chosen_row().map(|row| row.of);
        let name = match row {
            Some(RowOf::Theme(id)) => self.study.themes().get(&id).map(|theme| theme.name.as_str()),
            Some(RowOf::Code { code, .. }) => self.study.codes().get(&code).map(|code| code.name.as_str()),
            Some(RowOf::Total) => Some("All together"),
            None => None,
        };
        let side = self.panels.chosen_row().map(|row| row.parts.of(self.panels.hand.side()));
        let part = side.and_then(|parts| parts.get(self.panels.part?));
        let part = part.and_then(|part| self.study.codes().get(&part.code)).map(|code| code.name.as_str());
        let name = part.or(name);
        let group = match self.panels.shows_left_out() {
            true => "left out",
            false => self.panels.column().map_or("all groups", |column| column.group.label()),
        };
        let compared = self.panels.shown().is_some_and(|panel| !panel.columns.columns.is_empty());
        let quotes = u32::try_from(self.panels.quotes.list.len()).unwrap_or(u32::MAX);
        let mut title = format!(
            "{} · {} · {}",
            name.unwrap_or_default(),
            rows::side_word(self.panels.hand),
            count(quotes, "quote", "quotes")
        );
        if compared {
            title.push_str(&format!(" · {group}"));
        }
        title
    }

    /// What to do when there is nothing to show.
    #[must_use]
    pub fn panel_advice(&self) -> Option<Vec<String>> {
        let board = self.panels.board.as_ref()?;
        if let Board::Overview(overview) = board {
            let no_components = overview.rows.len() < 2;
            return no_components.then(|| vec![no_framework(&self.study.settings.framework)]);
        }
        if !board.is_empty() {
            return None;
        }
        if !self.panels.filter.is_empty() && self.panel_component().is_some() {
            return Some(vec![format!("Nothing here under {}. Esc counts all again.", self.panels.filter)]);
        }
        let Some(component) = self.panel_component() else {
            return Some(vec![String::from("Everything in the codebook is classified.")]);
        };
        let mut advice = vec![format!("Nothing is classified under {} yet.", component.label)];
        advice.extend(
            [&component.definition, &component.ask].into_iter().filter(|text| !text.is_empty()).cloned(),
        );
        advice.push(if self.study.codes().is_empty() {
            format!(
                "There are no codes yet: read a transcript ({}) and code what answers this question.",
                self.keys_of("show_transcripts")
            )
        } else {
            format!(
                "Next: {} is the overview; open “not classified” there, choose a code, and {} puts it here.",
                self.keys_for("open_panel", "0"),
                self.keys_for("classify", &component.position.to_string())
            )
        });
        Some(advice)
    }

    /// The keys that run a command with this behind its name.
    fn keys_for(&self, command: &str, argument: &str) -> String {
        let is_it = |call: &Call| call.command.name == command && call.argument.as_deref() == Some(argument);
        let bound = self.keymap.bindings().find(|binding| binding.calls.iter().any(is_it));
        bound.map_or_else(|| format!(":{command} {argument}"), |binding| print_keys(&binding.keys))
    }
}

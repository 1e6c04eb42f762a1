//! The themes: rows of the analysis in printed order, each with the codes of its two sides.

use super::questions::CodebookQuestion as Question;
use super::{Model, Page};
use crate::analysis::Scope;
use crate::app::Effect;
use crate::app::ask::Chooser;
use crate::study::{CodeId, MemoOn, ShapeError, Side, Theme, ThemeId, fresh};

const NEW: &str = "new theme";
const RENAME: &str = "new name of the theme";

/// A theme, or a code of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeRow {
    /// Which theme.
    pub theme: ThemeId,
    /// Which of its codes on which side; `None` for the theme itself.
    pub code: Option<(Side, CodeId)>,
    /// People, and codings.
    pub counts: (u32, u32),
    /// The side that has no code, if there is one; the theme has none at all if it is `Both`.
    pub missing: Option<Missing>,
}

/// What a theme does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Codes of one side.
    Side(Side),
    /// Codes.
    Both,
}

impl Model {
    /// Turns from the codes to the themes.
    pub(in crate::app) fn show_themes(&mut self) -> Vec<Effect> {
        self.open_codebook_page(Page::Themes, None)
    }

    pub(super) fn list_themes(&mut self) {
        let kept = self.codebook.themes.get(self.codebook.theme.chosen).map(|row| (row.theme, row.code));
        let scope = Scope::default();
        let counter = self.sheets.counter(&self.study, &scope);
        let count = |codes: &[CodeId]| {
            let all = codes.iter().flat_map(|code| self.study.descendants(*code)).collect();
            let figures = counter.count_codes(&all).all;
            (figures.people, figures.codings)
        };
        let mut rows = Vec::new();
        for theme in self.study.themes_in_order() {
            let all: Vec<CodeId> = theme.codes().collect();
            let missing = match (theme.barriers.is_empty(), theme.facilitators.is_empty()) {
                (true, true) => Some(Missing::Both),
                (true, false) => Some(Missing::Side(Side::Barrier)),
                (false, true) => Some(Missing::Side(Side::Facilitator)),
                (false, false) => None,
            };
            rows.push(ThemeRow { theme: theme.id, code: None, counts: count(&all), missing });
            let sides = [(Side::Barrier, &theme.barriers), (Side::Facilitator, &theme.facilitators)];
            for (side, code) in
                sides.into_iter().flat_map(|(side, codes)| codes.iter().map(move |c| (side, *c)))
            {
                let code_row = ThemeRow {
                    theme: theme.id,
                    code: Some((side, code)),
                    counts: count(&[code]),
                    missing: None,
                };
                rows.push(code_row);
            }
        }
        let at = kept.and_then(|kept| rows.iter().position(|row| (row.theme, row.code) == kept));
        self.codebook.themes = rows;
        if let Some(at) = at {
            self.codebook.theme.chosen = at;
        }
    }

    /// How many themes there are, and how many have one side alone.
    #[must_use]
    pub fn themes_title(&self) -> String {
        let themes = self.study.themes().len();
        let lacks = |row: &&ThemeRow| matches!(row.missing, Some(Missing::Side(_)));
        let one_sided = self.codebook.themes.iter().filter(lacks).count();
        let bare = self.codebook.themes.iter().filter(|row| row.missing == Some(Missing::Both)).count();
        let mut words = crate::text::counted(themes, "theme", "themes");
        for (count, word) in [(one_sided, "one-sided"), (bare, "without codes")] {
            if count > 0 {
                words.push_str(&format!(" · {count} {word}"));
            }
        }
        words
    }

    /// What the chosen theme says of itself below the list.
    #[must_use]
    pub fn theme_detail(&self) -> Option<String> {
        let row = self.codebook.themes.get(self.codebook.theme.chosen)?;
        let theme = self.study.themes().get(&row.theme)?;
        if let Some((_, code)) = row.code {
            return self.study.codes().get(&code).map(|code| code.definition.clone());
        }
        Some(match (row.missing, theme.note.trim().is_empty()) {
            (Some(Missing::Both), _) => format!(
                "No codes yet: {} adds a barrier, {} a facilitator.",
                self.keys_of("add_theme_barrier"),
                self.keys_of("add_theme_facilitator")
            ),
            (_, false) => theme.note.split_whitespace().collect::<Vec<_>>().join(" "),
            (Some(Missing::Side(side)), true) => format!("No {} in it: that may be so.", side.name()),
            (None, true) => {
                format!(
                    "No note yet why they answer each other: {} writes one.",
                    self.keys_of("define_theme")
                )
            }
        })
    }

    /// The theme that is chosen, or whose code is; without one, says why.
    pub(super) fn chosen_theme(&mut self) -> Option<Theme> {
        let row = self.codebook.themes.get(self.codebook.theme.chosen);
        let theme = row.and_then(|row| self.study.themes().get(&row.theme)).cloned();
        if theme.is_none() {
            let keys = self.keys_of("add_theme");
            self.refuse(format!("There are no themes yet: {keys} makes a first one."));
        }
        theme
    }

    fn chosen_theme_code(&self) -> Option<(ThemeId, Side, CodeId)> {
        let row = self.codebook.themes.get(self.codebook.theme.chosen)?;
        row.code.map(|(side, code)| (row.theme, side, code))
    }

    /// Opens the memo on the chosen theme.
    pub(in crate::app) fn write_theme_memo(&mut self) -> Vec<Effect> {
        match self.chosen_theme() {
            Some(theme) => self.write_memo_on(MemoOn::Theme(theme.id)),
            None => Vec::new(),
        }
    }

    /// Enter: on a code to its quotes, on a theme to what is known of it.
    pub(in crate::app) fn open_theme_row(&mut self) -> Vec<Effect> {
        match self.chosen_theme_code() {
            Some((_, _, code)) => self.open_quotes_of(code),
            None => self.define_theme(),
        }
    }

    /// Asks for the name of a new theme, to stand behind the chosen one.
    pub(in crate::app) fn ask_new_theme(&mut self) -> Vec<Effect> {
        let after = self.codebook.themes.get(self.codebook.theme.chosen).map(|row| row.theme);
        self.prompt(NEW, "its name", "", Question::NewTheme(after).asked())
    }

    pub(super) fn add_theme(&mut self, after: Option<ThemeId>, name: &str) -> Vec<Effect> {
        let theme = Theme {
            id: fresh(&*self.source),
            name: name.to_owned(),
            position: 0,
            barriers: Vec::new(),
            facilitators: Vec::new(),
            note: String::new(),
        };
        let id = theme.id;
        match self.study.changes_to_add_theme(theme, after) {
            Ok(changes) => {
                let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                let effects = self.commit_and_say("add_theme", format!("new theme “{name}”"), changes);
                self.list_themes();
                let at = self.codebook.themes.iter().position(|row| row.theme == id);
                self.codebook.theme.chosen = at.unwrap_or(self.codebook.theme.chosen);
                effects
            }
            Err(error) => self.ask_name_again(error.to_string(), NEW, name, Question::NewTheme(after)),
        }
    }

    /// Asks for another name of the chosen theme.
    pub(in crate::app) fn ask_rename_theme(&mut self) -> Vec<Effect> {
        match self.chosen_theme() {
            Some(theme) => {
                self.prompt(RENAME, "a name", &theme.name, Question::RenameTheme(theme.id).asked())
            }
            None => Vec::new(),
        }
    }

    pub(super) fn rename_theme(&mut self, theme: ThemeId, name: &str) -> Vec<Effect> {
        let before = self.study.themes().get(&theme).map(|held| held.name.clone()).unwrap_or_default();
        match self.study.changes_to_rename_theme(theme, name) {
            Ok(changes) => {
                let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                self.commit_and_say("rename_theme", format!("the theme “{before}” is now “{name}”"), changes)
            }
            Err(ShapeError::There(_)) => Vec::new(),
            Err(error) => self.ask_name_again(error.to_string(), RENAME, name, Question::RenameTheme(theme)),
        }
    }

    /// Moves the chosen theme in print, or the chosen code on its side of a theme.
    pub(in crate::app) fn shift_theme(&mut self, down: bool) -> Vec<Effect> {
        let Some(theme) = self.chosen_theme() else { return Vec::new() };
        let way = if down { "down" } else { "up" };
        match self.chosen_theme_code() {
            Some((id, side, code)) => {
                let label = format!("“{}” moved {way} in the theme “{}”", self.code_name(code), theme.name);
                let changes = self.study.changes_to_shift_theme_code(id, side, code, down);
                self.shape("shift_theme", changes, label)
            }
            None => {
                let label = format!("the theme “{}” moved {way}", theme.name);
                self.shape("shift_theme", self.study.changes_to_shift_theme(theme.id, down), label)
            }
        }
    }

    /// Asks which code to name on a side of the chosen theme.
    pub(in crate::app) fn ask_theme_code(&mut self, side: Side) -> Vec<Effect> {
        let Some(theme) = self.chosen_theme() else { return Vec::new() };
        let named = match side {
            Side::Barrier => &theme.barriers,
            Side::Facilitator => &theme.facilitators,
        };
        let choices =
            self.code_choices(|code| !named.contains(&code.id) && code.side.is_none_or(|own| own == side));
        if choices.is_empty() {
            self.refuse(format!("There is no other code that could be a {} of it.", side.name()));
            return Vec::new();
        }
        let question = format!("{} of “{}”", side.name(), theme.name);
        let asked = Question::ThemeCode(theme.id, side).asked();
        self.choose(Chooser::new(question, "a few letters of a code", choices, asked))
    }

    pub(super) fn toggle_theme_code(&mut self, theme: ThemeId, side: Side, code: CodeId) -> Vec<Effect> {
        let (name, code_name) = (self.theme_name(theme), self.code_name(code));
        let label = format!("“{code_name}” is a {} of the theme “{name}”", side.name());
        self.shape("set_theme_codes", self.study.changes_to_theme_code(theme, side, code), label)
    }

    /// Takes the chosen code out of its theme; on a theme, deletes it and says what went with it.
    pub(in crate::app) fn remove_from_themes(&mut self) -> Vec<Effect> {
        let Some(theme) = self.chosen_theme() else { return Vec::new() };
        if let Some((id, side, code)) = self.chosen_theme_code() {
            let label = format!("“{}” taken out of the theme “{}”", self.code_name(code), theme.name);
            return self.shape("set_theme_codes", self.study.changes_to_theme_code(id, side, code), label);
        }
        let removal = self.study.remove_theme(theme.id);
        let went = removal.as_ref().map(|removal| self.words_of_removal(removal, None)).ok();
        let label = format!("the theme “{}” deleted", theme.name);
        let effects = self.shape("delete_theme", removal.map(|removal| removal.changes), label);
        if !effects.is_empty() {
            self.say(format!("The theme “{}” deleted. {}", theme.name, went.unwrap_or_default()));
        }
        effects
    }

    fn theme_name(&self, theme: ThemeId) -> String {
        self.study.themes().get(&theme).map(|theme| theme.name.clone()).unwrap_or_default()
    }
}

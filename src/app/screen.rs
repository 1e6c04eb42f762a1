//! The screens, in the order of their tabs.

use serde::{Deserialize, Serialize};

use super::LayerName;

/// What fills the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// The list of transcripts.
    #[default]
    Transcripts,
    /// The participants, and the profile of one.
    People,
    /// One transcript, read and coded.
    Read,
    /// Search in all transcripts.
    Search,
    /// Barriers and facilitators by component.
    Panels,
    /// The tree of codes, and the themes.
    Codebook,
    /// Memos on anything.
    Memos,
    /// The quotes as a list: filtered, sorted, with as much around them as is wanted.
    Quotes,
    /// Cases by themes, and the summaries in its cells.
    Matrix,
    /// The tables of a paper, each number with the quotes behind it. It has no tab.
    Tables,
    /// What was done, by whom and when. It has no tab.
    History,
    /// Words that may tell who somebody is, to be kept or replaced. It has no tab.
    Findings,
    /// What `study.toml` says, and who sits here. It has no tab.
    Settings,
    /// What an import would do. It has no tab.
    Import,
}

impl Screen {
    /// Those with a tab, in the order of their tabs.
    pub const TABS: [Screen; 9] = [
        Screen::Transcripts,
        Screen::People,
        Screen::Read,
        Screen::Search,
        Screen::Panels,
        Screen::Codebook,
        Screen::Memos,
        Screen::Quotes,
        Screen::Matrix,
    ];

    /// The word on its tab.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Screen::Transcripts => "Transcripts",
            Screen::Read => "Read",
            Screen::Search => "Search",
            Screen::Panels => "Panels",
            Screen::People => "People",
            Screen::Codebook => "Codebook",
            Screen::Memos => "Memos",
            Screen::Quotes => "Quotes",
            Screen::Matrix => "Matrix",
            Screen::Tables => "Tables",
            Screen::History => "History",
            Screen::Findings => "Identifiers",
            Screen::Settings => "Settings",
            Screen::Import => "Import",
        }
    }

    /// Its key table.
    #[must_use]
    pub fn layer(self) -> LayerName {
        match self {
            Screen::Transcripts => LayerName::Transcripts,
            Screen::Read => LayerName::Read,
            Screen::Search => LayerName::Search,
            Screen::Panels => LayerName::Panels,
            Screen::People => LayerName::People,
            Screen::Codebook => LayerName::Codebook,
            Screen::Memos => LayerName::Memos,
            Screen::Quotes => LayerName::Quotes,
            Screen::Matrix => LayerName::Matrix,
            Screen::Tables => LayerName::Tables,
            Screen::History => LayerName::History,
            Screen::Findings => LayerName::Findings,
            Screen::Settings => LayerName::Settings,
            Screen::Import => LayerName::Import,
        }
    }

    /// The screen whose tab is `steps` further on, around the end.
    #[must_use]
    pub fn stepped(self, steps: isize) -> Screen {
        let here = Screen::TABS.iter().position(|screen| *screen == self).unwrap_or(0);
        let there = here.cast_signed().saturating_add(steps).rem_euclid(Screen::TABS.len().cast_signed());
        Screen::TABS.get(there.cast_unsigned()).copied().unwrap_or_default()
    }
}

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
    /// One transcript, read and coded.
    Read,
    /// Search in all transcripts.
    Search,
    /// Barriers and facilitators by component.
    Panels,
}

impl Screen {
    /// All of them, in the order of their tabs.
    pub const ALL: [Screen; 4] = [Screen::Transcripts, Screen::Read, Screen::Search, Screen::Panels];

    /// The word on its tab.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Screen::Transcripts => "Transcripts",
            Screen::Read => "Read",
            Screen::Search => "Search",
            Screen::Panels => "Panels",
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
        }
    }

    /// The screen whose tab is `steps` further on, around the end.
    #[must_use]
    pub fn stepped(self, steps: isize) -> Screen {
        let here = Screen::ALL.iter().position(|screen| *screen == self).unwrap_or(0);
        let there = here.cast_signed().saturating_add(steps).rem_euclid(Screen::ALL.len().cast_signed());
        Screen::ALL.get(there.cast_unsigned()).copied().unwrap_or_default()
    }
}

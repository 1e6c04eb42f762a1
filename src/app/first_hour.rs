//! What a screen says that has nothing to show yet: one or two sentences on what to do next, with the keys that do it.
//!
//! Panels, Search, Codebook and Memos say so themselves, beside what they show anyway.

use super::{LayerName, Model, Screen};

impl Model {
    /// What is said in place of a screen, if it has nothing to show.
    #[must_use]
    pub fn empty_advice(&self) -> Option<Vec<String>> {
        if !self.complete {
            return None;
        }
        let study = &self.study;
        let no_transcripts = study.transcripts().is_empty();
        match self.screen {
            Screen::Transcripts | Screen::Read if no_transcripts => Some(self.first_transcripts()),
            Screen::People if study.participants().is_empty() => Some(self.first_people(no_transcripts)),
            _ => None,
        }
    }

    fn first_transcripts(&self) -> Vec<String> {
        let import = self.keys_in(LayerName::Transcripts, "import");
        vec![
            String::from("No transcripts yet."),
            format!(
                "{import} brings some in: type a file or a folder, look over what was found, then take it in. `combe \
                 import FOLDER` does the same from the shell."
            ),
            String::from("To try things out first, leave with q and run `combe demo`."),
        ]
    }

    fn first_people(&self, no_transcripts: bool) -> Vec<String> {
        let next = if no_transcripts {
            format!("They come with transcripts, by their labels: {} brings some in.", self.import_keys())
        } else {
            String::from(
                "Bind a label to somebody when you import a transcript, or import a table that begins with participant_id.",
            )
        };
        vec![String::from("No participants yet."), next]
    }

    /// How files are brought in from any screen.
    fn import_keys(&self) -> String {
        let transcripts = self.keys_in(LayerName::Global, "show_transcripts");
        format!("{transcripts} and then {}", self.keys_in(LayerName::Transcripts, "import"))
    }
}

//! The tour: two minutes in which a newcomer does each thing once. It asks for one thing at a time, notices when it was
//! done, and never takes a key away.

use super::layer::Layer;
use super::wrap::wrap;
use super::{Effect, LayerName, Model, Screen};

/// The most rows it takes, and the fewest rows of a window in which it is shown beside a drawer.
const MOST_ROWS: usize = 3;
const ROOM_FOR_BOTH: u16 = 18;

/// A tour under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tour {
    /// Which step, from 0.
    step: usize,
    /// Commands that were run since it began.
    ran: Vec<&'static str>,
    /// Commands whose actions were made since it began.
    made: Vec<String>,
}

impl Tour {
    fn ran(&self, commands: &[&str]) -> usize {
        self.ran.iter().filter(|name| commands.contains(name)).count()
    }

    fn made(&self, command: &str) -> bool {
        self.made.iter().any(|made| made == command)
    }
}

/// One thing to do.
struct Step {
    /// What is asked for.
    ask: fn(&Model) -> String,
    /// Whether it was done.
    done: fn(&Model, &Tour) -> bool,
}

const MOVES: [&str; 8] = [
    "next_unit",
    "previous_unit",
    "unit_below",
    "unit_above",
    "next_turn",
    "previous_turn",
    "page_down",
    "page_up",
];

const STEPS: [Step; 9] = [
    Step {
        ask: |model| {
            let open = model.keys_in(LayerName::Transcripts, "open_chosen");
            format!(
                "Choose an interview with the arrow keys and open it with {open}.{}",
                away(model, Screen::Transcripts)
            )
        },
        done: |model, _| model.screen == Screen::Read && model.read.is_open(),
    },
    Step {
        ask: |model| {
            let turn = read(model, "next_turn");
            format!(
                "The cursor rests on a piece of the text. The arrow keys move it, {turn} goes to the next turn: move \
                 three times.{}",
                away(model, Screen::Read)
            )
        },
        done: |_, tour| tour.ran(&MOVES) >= 3,
    },
    Step {
        ask: |model| {
            let (less, more) = (read(model, "tighten_unit"), read(model, "widen_unit"));
            format!(
                "What is marked is what will be coded. {less} makes it smaller (turn, sentence, word), {more} larger: \
                 press one of them.{}",
                away(model, Screen::Read)
            )
        },
        done: |_, tour| tour.ran(&["widen_unit", "tighten_unit"]) > 0,
    },
    Step {
        ask: |model| {
            let code = read(model, "pick_code");
            format!(
                "Code it: {code}, a few letters of a code (time, say), Enter. A name that is not there becomes a new \
                 code.{}",
                away(model, Screen::Read)
            )
        },
        done: |model, tour| tour.made("apply_code") || !can_write(model),
    },
    Step {
        ask: |model| {
            let again = read(model, "repeat_code");
            format!(
                "Move on to another piece and press {again} : the same code again, with one key.{}",
                away(model, Screen::Read)
            )
        },
        done: |model, tour| (tour.made("apply_code") && tour.ran(&["repeat_code"]) > 0) || !can_write(model),
    },
    Step {
        ask: |model| {
            let undo = anywhere(model, "undo");
            format!(
                "Not what you wanted? {undo} takes your last step back, as often as you like, tomorrow too."
            )
        },
        done: |model, tour| tour.made("undo") || !can_write(model),
    },
    Step {
        ask: |model| {
            let find = anywhere(model, "find");
            format!("{find} searches all transcripts while you type: look for a word.")
        },
        done: |model, _| model.screen == Screen::Search && model.search.has_hits(),
    },
    Step {
        ask: |model| {
            let first = if model.field().is_some() { "Esc leaves the line. Then a digit" } else { "A digit" };
            format!(
                "{first} opens a panel, with what stands against something and what helps, and who says so: press 3."
            )
        },
        done: |model, _| model.screen == Screen::Panels,
    },
    Step {
        ask: |model| {
            let (help, menu) = (anywhere(model, "open_help"), anywhere(model, "open_palette"));
            format!(
                "{help} shows every key of a screen and the words of other programs; {menu} lists all commands. Press {help}."
            )
        },
        done: |model, _| model.layers.iter().any(|layer| matches!(layer, Layer::Help(_))),
    },
];

fn read(model: &Model, command: &str) -> String {
    model.keys_in(LayerName::Read, command)
}

fn anywhere(model: &Model, command: &str) -> String {
    model.keys_in(LayerName::Global, command)
}

fn can_write(model: &Model) -> bool {
    model.read_only.is_none()
}

/// How to come to the screen that a step is about, for who has gone elsewhere.
fn away(model: &Model, screen: Screen) -> String {
    let command = match screen {
        Screen::Transcripts => "show_transcripts",
        _ => "show_read",
    };
    if model.screen == screen { String::new() } else { format!(" ({} goes there)", anywhere(model, command)) }
}

impl Model {
    /// Begins the tour, from its first step that is not done already.
    pub fn begin_tour(&mut self) -> Vec<Effect> {
        self.tour = Some(Tour::default());
        super::update::settle(self)
    }

    /// Leaves the tour.
    pub(super) fn leave_tour(&mut self) -> Vec<Effect> {
        if self.tour.take().is_some() {
            self.say("The tour is left; `:tour` begins it again.");
        } else {
            self.refuse("No tour is under way; `:tour` begins it.");
        }
        Vec::new()
    }

    /// A command was run.
    pub(super) fn tour_saw(&mut self, command: &'static str) {
        if let Some(tour) = &mut self.tour {
            tour.ran.push(command);
        }
    }

    /// An action was made.
    pub(super) fn tour_saw_action(&mut self, command: &str) {
        if let Some(tour) = &mut self.tour {
            tour.made.push(command.to_owned());
        }
    }

    /// Goes on to the first step that is not done.
    pub(super) fn advance_tour(&mut self) {
        while let Some(tour) = &self.tour {
            match STEPS.get(tour.step) {
                Some(step) if (step.done)(self, tour) => {
                    self.tour = Some(Tour { step: tour.step + 1, ..Tour::default() });
                }
                _ => return,
            }
        }
    }

    /// What the tour says, in rows of the window's width.
    #[must_use]
    pub fn tour_lines(&self) -> Vec<String> {
        let Some(tour) = &self.tour else { return Vec::new() };
        let leave = anywhere(self, "leave_tour");
        let said = match STEPS.get(tour.step) {
            Some(step) => {
                format!("Tour {} of {} ({leave} leaves): {}", tour.step + 1, STEPS.len(), (step.ask)(self))
            }
            None => format!(
                "That was the tour; everything else is in the footer, under {} and under {}. {leave} puts this line away, \
                 `:tour` begins again.",
                anywhere(self, "open_palette"),
                anywhere(self, "open_help")
            ),
        };
        let width = usize::from(self.size.width.saturating_sub(2)).max(10);
        let rows = wrap(&said, width).into_iter();
        let mut lines: Vec<String> =
            rows.map(|range| said.get(range).unwrap_or_default().trim_end().to_owned()).collect();
        let most = if self.size.height < ROOM_FOR_BOTH { MOST_ROWS } else { MOST_ROWS + 1 };
        lines.truncate(most);
        lines
    }

    /// How many rows it takes below everything else.
    pub(super) fn tour_rows(&self) -> u16 {
        let crowded = self.size.height < ROOM_FOR_BOTH && !self.layers.is_empty();
        if crowded { 0 } else { u16::try_from(self.tour_lines().len()).unwrap_or(0) }
    }
}

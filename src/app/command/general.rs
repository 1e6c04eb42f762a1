//! Help, the `:` line, leaving.

use super::{Args, Command, Family, Line, PLAIN, Palette};
use crate::app::layer::{Ask, Help, Layer};
use crate::app::{Effect, LayerName, Model, Screen, TextField};

const EVERYWHERE: &[LayerName] = &[LayerName::Global];
const ABOVE: &[LayerName] = &[LayerName::Global, LayerName::Field];

pub(super) const FAMILY: Family = Family {
    title: "The program",
    commands: &[
        Command {
            name: "open_help",
            title: "All keys of this screen, and the glossary",
            help: "Type to search in it. The glossary has the words of NVivo, MAXQDA and ATLAS.ti.",
            layers: EVERYWHERE,
            hint: Some((90, "help")),
            run: open_help,
            ..PLAIN
        },
        Command {
            name: "open_palette",
            title: "All commands by name",
            help: "A list of everything that can be done here, with its keys. Type to search in it.",
            layers: EVERYWHERE,
            hint: Some((34, "menu")),
            run: |model, _| {
                let palette = Palette::of(model);
                push(model, Layer::Palette(palette))
            },
            ..PLAIN
        },
        Command {
            name: "open_line",
            title: "Type a command",
            help: "Every command can be typed by name. Tab completes.",
            layers: EVERYWHERE,
            run: |model, _| push(model, Layer::Line(Line::default())),
            ..PLAIN
        },
        Command {
            name: "cancel",
            title: "Leave the topmost thing",
            help: "Takes away one thing: a sequence, a popup, a selection. It never quits and never loses text: a \
                   half-written memo is kept as a draft.",
            layers: ABOVE,
            hint: Some((85, "leave")),
            run: cancel,
            ..PLAIN
        },
        Command {
            name: "show_saved",
            title: "Is everything saved?",
            help: "Every step is saved by itself; this says when the last one was.",
            layers: EVERYWHERE,
            run: show_saved,
            ..PLAIN
        },
        Command {
            name: "suspend",
            title: "Stop the program until `fg`",
            layers: EVERYWHERE,
            run: |_, _| vec![Effect::Suspend],
            ..PLAIN
        },
        Command {
            name: "draw_curtain",
            title: "Blank the screen; any key shows it again",
            help: "For when somebody comes in. The study stays open, and that key does nothing else.",
            layers: EVERYWHERE,
            run: |model, _| model.draw_curtain(),
            ..PLAIN
        },
        Command {
            name: "ask_quit",
            title: "Quit, after a question",
            layers: EVERYWHERE,
            run: |model, _| {
                let question = model.quit_question();
                push(model, Layer::Ask(Ask { question, yes: "quit" }))
            },
            ..PLAIN
        },
        Command {
            name: "quit",
            title: "Quit",
            help: "Waits until everything is saved. The next start is at this place.",
            layers: EVERYWHERE,
            run: quit,
            ..PLAIN
        },
        Command {
            name: "answer_yes",
            title: "Yes",
            layers: &[LayerName::Ask],
            hint: Some((10, "yes")),
            run: answer_yes,
            ..PLAIN
        },
        Command {
            name: "answer_no",
            title: "No",
            layers: &[LayerName::Ask],
            hint: Some((20, "no")),
            run: |model, args| cancel(model, args),
            ..PLAIN
        },
    ],
};

/// Lays a layer on top.
pub(super) fn push(model: &mut Model, layer: Layer) -> Vec<Effect> {
    model.layers.push(layer);
    Vec::new()
}

fn open_help(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    let about = model.key_layers().to_vec();
    push(model, Layer::Help(Help { about, field: TextField::default(), top: 0 }))
}

fn cancel(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    if let Some(layer) = model.layers.pop() {
        return model.layer_closed(layer);
    }
    model.cancel_on_screen()
}

fn show_saved(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    let said = match (model.saving.is_idle(), model.saved_time()) {
        (false, _) => String::from("Saving; every step is saved by itself."),
        (true, Some(time)) => format!("Saved {time}; every step is saved by itself."),
        (true, None) => String::from("Everything is saved; nothing was changed yet."),
    };
    model.say(said);
    Vec::new()
}

fn quit(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    model.saving.quitting = true;
    if !model.saving.is_idle() {
        model.say("Saving the last steps before leaving …");
    }
    model.quit_when_saved()
}

fn answer_yes(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    match model.layers.pop() {
        Some(Layer::Ask(ask)) => model.run_line(ask.yes),
        Some(Layer::Confirm(confirm)) => model.answer(&confirm.asked, ""),
        _ => Vec::new(),
    }
}

impl Model {
    /// What a layer leaves behind when it is cancelled.
    fn layer_closed(&mut self, layer: Layer) -> Vec<Effect> {
        match layer {
            Layer::Memo(memo) => self.memo_closed(&memo),
            Layer::Form(form) => self.form_closed(&form),
            _ => Vec::new(),
        }
    }

    /// Esc on a screen with nothing above it.
    fn cancel_on_screen(&mut self) -> Vec<Effect> {
        match self.key_layers()[0] {
            LayerName::Filter => match self.screen {
                Screen::People => self.people.leave(),
                Screen::Memos => self.memos.leave(),
                _ => {
                    self.transcripts.list.leave_filter();
                }
            },
            LayerName::People => self.people.leave(),
            LayerName::Memos => self.memos.leave(),
            LayerName::Transcripts => self.transcripts.list.clear_filter(),
            LayerName::Query => self.search.leave_field(),
            LayerName::Review => self.stop_review(),
            LayerName::Read => self.read.clear_selection(),
            LayerName::Panels => self.panels.leave(),
            LayerName::Import | LayerName::ImportFile => return self.leave_import(),
            LayerName::CodebookFilter => self.codebook.leave_filter(),
            LayerName::Codebook => self.codebook.clear_filter(),
            LayerName::Themes | LayerName::CodeList | LayerName::Split | LayerName::Versions => {
                self.leave_codebook_page();
            }
            _ => {}
        }
        Vec::new()
    }

    /// The time of day at which the last action was on disk.
    #[must_use]
    pub fn saved_time(&self) -> Option<String> {
        let at = self.saving.saved_at?.to_zoned(self.zone.clone());
        Some(at.strftime("%H:%M:%S").to_string())
    }
}

//! Help, the `:` line, leaving.

use std::sync::Arc;

use super::{Args, Argument, Command, Family, Line, PLAIN, Palette};
use crate::app::layer::{Ask, Help, Layer};
use crate::app::{Effect, LayerName, Model, Screen, TextField, keymap};
use crate::text::counted;

const EVERYWHERE: &[LayerName] = &[LayerName::Global];
const ABOVE: &[LayerName] = &[LayerName::Global, LayerName::Field];

pub(super) const FAMILY: Family = Family {
    title: "The program",
    commands: &[
        Command {
            name: "open_help",
            title: "All keys of this screen, and the glossary",
            help: "Type to search in it. The glossary has the words of NVivo, MAXQDA and ATLAS.ti.",
            layers: &[LayerName::Global, LayerName::Summary],
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
            name: "tell_place",
            title: "Where am I, and is it saved?",
            help: "The screen, the place in it, the study, the coder, and when the last step was saved, in one line.",
            layers: EVERYWHERE,
            run: |model, _| {
                model.say(model.place_in_words());
                Vec::new()
            },
            ..PLAIN
        },
        Command {
            name: "redraw",
            title: "Draw the screen again; with --linear, say it again",
            help: "When another program has written on the screen.",
            layers: EVERYWHERE,
            run: |model, _| {
                model.redraws += 1;
                vec![Effect::Redraw]
            },
            ..PLAIN
        },
        Command {
            name: "use_keymap",
            title: "Other keys, until the end of this session",
            help: "default: arrows and mnemonic letters. vim: motions, counts, marks. For good: keymap = \"vim\" in config.toml \
                   in combe's configuration folder. Your own keymap.toml lies over both.",
            takes: Some("the name of a keymap: default or vim"),
            argument: Argument::Keymap,
            layers: EVERYWHERE,
            run: |model, args| model.use_keymap(args.argument.unwrap_or_default()),
            ..PLAIN
        },
        Command {
            name: "use_look",
            title: "Another look of the screen, until the end of this session",
            help: "default, light, high-contrast, monochrome, and those in the folder themes beside your config.toml. For \
                   good: theme = \"high-contrast\" in config.toml.",
            takes: Some("the name of a look, such as high-contrast"),
            argument: Argument::Look,
            layers: EVERYWHERE,
            run: |model, args| model.use_look(args.argument.unwrap_or_default()),
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
    let said = match model.count_drafts() {
        0 => said,
        drafts => format!("{said} {} not saved yet.", counted(drafts, "draft is", "drafts are")),
    };
    model.say(said);
    Vec::new()
}

fn quit(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    model.saving.quitting = true;
    let effects = model.quit_when_saved();
    if effects.is_empty() {
        model.say("Saving the last steps before leaving …");
    }
    effects
}

fn answer_yes(model: &mut Model, _: Args<'_>) -> Vec<Effect> {
    match model.layers.pop() {
        Some(Layer::Ask(ask)) => model.run_line(ask.yes),
        Some(Layer::Confirm(confirm)) => model.answer(&confirm.asked, ""),
        _ => Vec::new(),
    }
}

impl Model {
    /// Takes other keys, with the user's own over them.
    fn use_keymap(&mut self, name: &str) -> Vec<Effect> {
        match self.keymap.other(name) {
            Ok(Some(keymap)) => {
                self.keymap = Arc::new(keymap);
                let help = self.keys_of("open_help");
                self.say(format!("The keys are those of {name} now; {help} lists them."));
            }
            Ok(None) => {
                let known: Vec<&str> = keymap::names().collect();
                self.refuse(format!("There is no keymap “{name}”; there are {}.", known.join(" and ")));
            }
            Err(error) => self.trouble(error.to_string()),
        }
        Vec::new()
    }

    fn use_look(&mut self, name: &str) -> Vec<Effect> {
        if !self.looks.iter().any(|known| known == name) {
            self.refuse(format!("There is no look “{name}”; there are {}.", self.looks.join(", ")));
            return Vec::new();
        }
        self.say(format!("The look is {name} now."));
        vec![Effect::UseLook(name.to_owned())]
    }

    /// Where the coder is and what is saved, in a line.
    fn place_in_words(&self) -> String {
        let mut words = vec![self.screen.title().to_owned()];
        if self.screen == Screen::Read
            && let Some(spot) = self.target()
            && let Some(open) = &self.read.open
        {
            let turns = open.page.turns().turns.len();
            words.push(format!("{} of {turns} turns", self.address(spot)));
            let coverage = self.sheets.sheet(spot.transcript).map(|sheet| &sheet.coverage);
            let coded = coverage.and_then(|coverage| coverage.percent(coverage.by(self.me.id)));
            words.extend(coded.map(|percent| format!("{percent} % coded")));
        }
        words.push(format!("{}, {}", self.study_name(), self.me.name));
        words.push(match (&self.read_only, self.saving.is_idle(), self.saved_time()) {
            (Some(_), ..) => String::from("read only"),
            (None, false, _) => String::from("saving"),
            (None, true, Some(time)) => format!("saved {time}"),
            (None, true, None) => String::from("everything is saved"),
        });
        words.join(" · ")
    }

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
                Screen::People => {
                    self.people.leave();
                }
                Screen::Memos => self.memos.leave(),
                Screen::History => self.timeline.leave(),
                Screen::Quotes => self.quotes.leave(),
                _ => {
                    self.transcripts.list.leave_filter();
                }
            },
            LayerName::People => {
                let visited = self.people.leave();
                if visited {
                    self.go_back();
                }
            }
            LayerName::Memos => self.memos.leave(),
            LayerName::History => self.timeline.leave(),
            LayerName::Quotes => self.quotes.leave(),
            LayerName::Transcripts => self.transcripts.list.clear_filter(),
            LayerName::Query => self.search.leave_field(),
            LayerName::Review => self.stop_review(),
            LayerName::Read => self.read.clear_selection(),
            LayerName::Panels => self.leave_panel(),
            LayerName::Tables => self.tables.leave(),
            LayerName::Import | LayerName::ImportFile => return self.leave_import(),
            LayerName::Matrix => self.leave_matrix(),
            LayerName::Cell | LayerName::Summary => return self.leave_desk(),
            LayerName::CodebookFilter => self.codebook.leave_filter(),
            LayerName::Codebook => self.codebook.clear_filter(),
            LayerName::Themes
            | LayerName::CodeList
            | LayerName::Split
            | LayerName::Versions
            | LayerName::Reviews => {
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

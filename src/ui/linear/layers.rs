//! What each layer above a screen says: what it asks, and the row that is chosen.

use super::super::View;
use super::Said;
use super::screens::{typed, with_place};
use crate::app::codebook::{Form, FormValue};
use crate::app::command::{self, Line};
use crate::app::layer::{Help, Layer};
use crate::app::read::{FormerRow, MemoTarget, PickRow, Picker};

pub(super) fn say(view: &View<'_>, layer: &Layer) -> Said {
    let model = view.model;
    match layer {
        Layer::Picker(picker) => pick(view, picker),
        Layer::Memo(memo) => {
            let on = model.target_words(&memo.writing.target);
            let kind = memo.kind.name().replace('_', " ");
            let (what, name) = match memo.writing.target {
                MemoTarget::Speech { .. } => (format!("the words of {on}"), "words"),
                _ => (format!("{kind} memo on {on}"), "memo"),
            };
            let place = format!("{what}; {} saves it.", model.keys_of("save_memo"));
            Said { place, field: Some(typed(name, &memo.field, false)), ..Said::default() }
        }
        Layer::Line(line) => type_command(view, line),
        Layer::Palette(palette) => {
            let row = palette.rows.get(palette.chosen).map(|row| {
                let keys = if row.keys.is_empty() { String::new() } else { format!(", {}", row.keys) };
                let live = if row.live { "" } else { ", not now" };
                format!("{}{keys}{live}", row.command.title)
            });
            let here = row.map_or_else(|| String::from("no command"), |row| with_place(model, row));
            let field = Some(typed("menu", &palette.field, true));
            Said { place: String::from("Menu"), here, field, ..Said::default() }
        }
        Layer::Help(help) => read_help(view, help),
        Layer::Former(former) => {
            let here = former.rows.get(former.top).map_or_else(String::new, FormerRow::words);
            Said { place: former.title.clone(), here: with_place(model, here), ..Said::default() }
        }
        Layer::Confirm(confirm) => Said { place: format!("{} y or n", confirm.question), ..Said::default() },
        Layer::Form(form) => fill_in(form),
        Layer::Ask(ask) => Said { place: format!("{} y or n", ask.question), ..Said::default() },
        Layer::Prompt(prompt) => {
            let field = Some(typed(&prompt.question, &prompt.field, false));
            Said { place: format!("{}? {}", prompt.question, prompt.hint), field, ..Said::default() }
        }
        Layer::Chooser(chooser) => {
            let row = chooser.choice().map(|choice| match choice.detail.as_str() {
                "" => choice.words.clone(),
                detail => format!("{}, {detail}", choice.words),
            });
            let here = row.map_or_else(|| String::from("nothing matches"), |row| with_place(model, row));
            let field = Some(typed(&chooser.question, &chooser.field, true));
            Said { place: format!("{}?", chooser.question), here, field, ..Said::default() }
        }
        Layer::Curtain => Said::default(),
    }
}

fn pick(view: &View<'_>, picker: &Picker) -> Said {
    let (model, study) = (view.model, &view.model.study);
    let on = model.target().map_or_else(String::new, |spot| model.address(spot));
    let row = picker.rows.get(picker.roll.chosen).map(|row| match row {
        PickRow::New(name) => format!("new code “{name}”"),
        PickRow::Code { code, digit, here } => {
            let held = study.codes().get(code);
            let mut words = vec![held.map_or_else(String::new, |code| code.name.clone())];
            words.extend(held.and_then(|code| code.side).map(|side| side.name().to_owned()));
            words.extend(here.then(|| String::from("here already")));
            words.extend(digit.map(|digit| format!("digit {digit}")));
            words.join(", ")
        }
    });
    let here = row.map_or_else(|| String::from("no code yet: type a name"), |row| with_place(model, row));
    let defined = picker.code().and_then(|code| study.codes().get(&code));
    let with = defined.map_or_else(String::new, |code| code.definition.clone());
    let field = Some(typed("code", &picker.field, true));
    let place = match picker.recoded {
        Some(_) => view.model.picker_prompt(picker).trim_end_matches([' ', '>']).to_owned(),
        None => format!("Code for {on}"),
    };
    Said { place, here, with, field, ..Said::default() }
}

fn type_command(view: &View<'_>, line: &Line) -> Said {
    let here = match line.chosen.and_then(|at| line.candidates.get(at)) {
        Some(candidate) => {
            let title = command::find(candidate).map(|command| command.title);
            let said = title.map_or_else(|| candidate.clone(), |title| format!("{candidate}: {title}"));
            with_place(view.model, said)
        }
        None => String::new(),
    };
    let field = Some(typed("command", &line.field, false));
    Said { place: String::from("Type a command; Tab completes."), here, field, ..Said::default() }
}

/// The field of a form that takes the keys, and its place among all.
fn fill_in(form: &Form) -> Said {
    let Some(held) = form.fields.get(form.chosen) else {
        return Said { place: form.title.clone(), ..Said::default() };
    };
    let place = format!("{}: {}, {} of {}", form.title, held.name, form.chosen + 1, form.fields.len());
    match &held.value {
        FormValue::Line(text) | FormValue::Text(text) => {
            Said { place, field: Some(typed(held.name, text, false)), ..Said::default() }
        }
        FormValue::Choice { options, chosen } => {
            let here = options.get(*chosen).map_or("", |(shown, _)| shown);
            Said { place, here: format!("{here}, {} of {}", chosen + 1, options.len()), ..Said::default() }
        }
    }
}

/// The row of help that is the first in sight.
fn read_help(view: &View<'_>, help: &Help) -> Said {
    let rows = view.model.help_rows(help, view.model.size.width.saturating_sub(2));
    let here = match rows.get(help.top) {
        Some(row) => {
            let words = row.text.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{words}, {} of {}", help.top + 1, rows.len())
        }
        None => String::from("nothing in the help says that"),
    };
    let field = Some(typed("help", &help.field, true));
    Said { place: String::from("Help: down reads on, letters search."), here, field, ..Said::default() }
}

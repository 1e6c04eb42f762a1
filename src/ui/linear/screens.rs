//! What each screen says: its heading, and the chosen row with its place among all.

use super::super::View;
use super::{Field, Said, probe, read};
use crate::app::codebook::Page;
use crate::app::read::speaker_of;
use crate::app::transcripts::TranscriptRow;
use crate::app::{LayerName, Model, Screen, TextField};
use crate::text::counted;

pub(super) fn say(view: &View<'_>) -> Said {
    let model = view.model;
    let title = model.screen.title();
    if !model.complete && model.screen != Screen::Read {
        // Nothing is counted yet: a nought would be false.
        return Said { place: title.to_owned(), here: probe::body(view), ..Said::default() };
    }
    match model.screen {
        Screen::Read => read::say(view),
        Screen::Transcripts => {
            let list = &model.transcripts.list;
            let row = list.row();
            let here = row.map_or_else(|| probe::body(view), |row| with_place(model, transcript(row)));
            let filter = (model.key_layers()[0] == LayerName::Filter).then_some(&list.filter);
            Said {
                place: title.to_owned(),
                here,
                field: filter.map(|field| typed("filter", field, true)),
                ..Said::default()
            }
        }
        Screen::Search => {
            let field = model.search.typing.then(|| typed("find", &model.search.field, false));
            Said { place: title.to_owned(), here: search(view), field, ..Said::default() }
        }
        Screen::Panels => {
            let place = format!("{title}: {}", probe::heading(view));
            let here = match panel_row(model) {
                Some(name) => format!("{name}: {}", probe::chosen(view)),
                None => probe::chosen(view),
            };
            Said {
                place,
                here: some_or(with_place(model, here), || probe::body(view)),
                with: panel_with(model),
                ..Said::default()
            }
        }
        Screen::Codebook if model.codebook.page == Page::Tree => Said {
            place: format!("{title}: {}", probe::heading(view)),
            here: some_or(with_place(model, code(model)), || probe::body(view)),
            field: model.field().map(|field| typed("filter", field, true)),
            ..Said::default()
        },
        Screen::Matrix if model.matrix.chosen().is_some() => matrix(view),
        _ => {
            let place = format!("{title}: {}", probe::heading(view));
            let here = with_place(model, probe::chosen(view));
            let field = model.field().map(|field| typed("filter", field, true));
            let place = if field.is_some() { title.to_owned() } else { place };
            Said {
                place,
                here: some_or(here, || probe::body(view)),
                with: some_or(memo(model), || quote(model)),
                field,
                ..Said::default()
            }
        }
    }
}

/// The chosen cell and its summary; on its desk the chosen quote, and what is typed.
fn matrix(view: &View<'_>) -> Said {
    let model = view.model;
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cell = model.cell_words().unwrap_or_default();
    let Some(desk) = &model.matrix.desk else {
        let summary = model.matrix.cell().and_then(|cell| cell.summary);
        let summary = summary.and_then(|id| model.study.summaries().get(&id));
        let with = summary.map_or_else(String::new, |summary| words(&summary.text));
        return Said {
            place: match model.elsewhere_words() {
                Some(elsewhere) => format!("Matrix: {}; {elsewhere}", model.matrix_words()),
                None => format!("Matrix: {}", model.matrix_words()),
            },
            here: cell,
            with,
            ..Said::default()
        };
    };
    let quote = desk.list.laid();
    let linked = |quote| if desk.is_linked(quote) { ", linked" } else { "" };
    let here = quote.map_or_else(
        || String::from("no quotes"),
        |laid| {
            let marks: String = laid.marks.words().map(|words| format!(", {words}")).collect();
            with_place(model, format!("{}{marks}{}", laid.place, linked(laid.quote)))
        },
    );
    let text = quote.and_then(|laid| model.study.quotes().get(&laid.quote));
    Said {
        place: cell,
        here,
        with: text.map_or_else(String::new, |quote| words(&quote.text)),
        field: desk.writing.then(|| typed("summary", &desk.field, false)),
        ..Said::default()
    }
}

/// The words of the chosen memo, on the screen that lists them.
fn memo(model: &Model) -> String {
    let row = model.memos.list.row().filter(|_| model.screen == Screen::Memos);
    let memo = row.and_then(|row| model.study.memos().get(&row.id));
    memo.map_or_else(String::new, |memo| memo.text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What the list of quotes shows below itself of the chosen one: what is known of it, then its words.
fn quote(model: &Model) -> String {
    if model.screen != Screen::Quotes {
        return String::new();
    }
    let preview = &model.quotes.preview;
    let words: Vec<&str> = preview.rows.iter().map(|row| row.text.as_str()).collect();
    [preview.said.join(". "), words.join(" ")].join(": ").trim_matches([':', ' ']).to_owned()
}

/// A field, and what is typed in it.
pub(super) fn typed(label: &str, field: &TextField, chooses: bool) -> Field {
    let text = field.text().to_owned();
    Field { label: label.to_owned(), at_end: field.cursor() == text.len(), text, chooses }
}

/// `row, 3 of 14`.
pub(super) fn with_place(model: &Model, row: String) -> String {
    match model.list_place() {
        Some((at, all)) if !row.is_empty() => format!("{row}, {at} of {all}"),
        _ => row,
    }
}

fn some_or(text: String, other: impl FnOnce() -> String) -> String {
    if text.is_empty() { other() } else { text }
}

fn transcript(row: &TranscriptRow) -> String {
    let coded = row.coded.map_or_else(|| String::from("nobody to code"), |coded| format!("{coded} % coded"));
    let people = if row.people == 1 { "person" } else { "people" };
    let apart = if row.apart.is_empty() { String::new() } else { format!(", {}", row.apart) };
    format!(
        "{}{apart}, {}, {} {people}, {}, {}, {coded}, {} % read",
        row.name,
        row.kind.name().replace('_', " "),
        row.people,
        counted(row.turns, "turn", "turns"),
        counted(row.words as usize, "word", "words"),
        row.read
    )
}

/// The chosen code, each number with what it counts.
fn code(model: &Model) -> String {
    let book = &model.codebook;
    let row = book.rows.get(book.tree.chosen);
    let Some(code) = row.and_then(|row| model.study.codes().get(&row.code)) else { return String::new() };
    let component = model.study.component_of(code.id, &model.study.settings.framework);
    let counts = book.counts.get(&code.id);
    let mut words = vec![code.name.clone()];
    words.extend(code.side.map(|side| side.name().to_owned()));
    words.extend(component.map(|component| format!("under {}", component.label)));
    words.push(code.state.name().to_owned());
    words.push(format!("codings {}", counts.map_or(0, |counts| counts.codings)));
    words.push(format!("people {}", counts.map_or(0, |counts| counts.people)));
    if book.alike.contains_key(&code.id) {
        words.push(String::from("a name like another"));
    }
    words.join(", ")
}

/// What was found, or why nothing was; while the list has the keys, the hit.
fn search(view: &View<'_>) -> String {
    let model = view.model;
    if let Some((sentence, _)) = model.search_failure() {
        return sentence.to_owned();
    }
    if model.search.typing {
        return if model.search.waiting { String::new() } else { model.search_summary() };
    }
    let Some(hit) = model.search.hit() else { return model.search_summary() };
    let place = crate::app::Spot { transcript: hit.transcript, span: hit.speech };
    let words = model.hit_passage().map_or_else(String::new, |(_, words)| words);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let turns = model.study.turns(hit.transcript);
    let turn = turns.and_then(|turns| Some((turns, turns.turns.get(hit.turn)?)));
    let who = turn.map_or_else(String::new, |(turns, turn)| {
        format!(", {}", speaker_of(&model.study, hit.transcript, turns, turn))
    });
    with_place(model, format!("{}{who}: {words}", model.address(place)))
}

/// The name of the theme or code that the chosen row of a panel is of.
fn panel_row(model: &Model) -> Option<String> {
    if model.panels.quotes.open {
        return None;
    }
    let name = match model.panels.chosen_row()?.of {
        crate::analysis::RowOf::Total => Some(String::from("All together")),
        crate::analysis::RowOf::Theme(id) => model.study.themes().get(&id).map(|theme| theme.name.clone()),
        crate::analysis::RowOf::Code { code, .. } => {
            model.study.codes().get(&code).map(|code| code.name.clone())
        }
    };
    let hand = model.panels.hand.side().map_or("without a side", |side| side.name());
    name.map(|name| format!("{name}, {hand}"))
}

/// The words of the chosen quote; else what the panel says of the chosen number.
fn panel_with(model: &Model) -> String {
    let quotes = &model.panels.quotes;
    let quote = quotes.list.quote().filter(|_| quotes.open);
    match quote.and_then(|quote| model.study.quotes().get(&quote)) {
        Some(quote) => quote.text.split_whitespace().collect::<Vec<_>>().join(" "),
        None => model.panel_detail().unwrap_or_default(),
    }
}

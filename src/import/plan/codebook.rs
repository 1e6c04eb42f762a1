//! The codebook into the study: codes by name, their sides, what they are classified under, and themes.

use std::collections::BTreeMap;

use super::super::nearest;
use super::super::tables::{CodeRow, Codebook, Findings};
use super::refusal::Refusal;
use super::{Doubt, Planner, same_name};
use crate::study::{
    Change, Classification, Classified, Code, CodeId, Component, Side, Template, Theme, ThemeId, fresh,
};
use crate::text::fold_name;

pub(super) fn take(planner: &mut Planner<'_>, book: &Codebook) -> Result<Vec<Doubt>, Refusal> {
    let mut doubts = book.doubts.clone();
    let components = components(planner, book)?;
    let names = Names::of(planner, book);
    let mut findings = Findings::default();
    let codes: Vec<Code> = plan_codes(planner, book, &names, &mut findings);
    let themes: Vec<Theme> = plan_themes(planner, book, &names, &mut findings);
    check_rings(planner, book, &codes, &mut findings);
    check_sides(planner, book, &codes, &mut findings);
    let classified = classify(book, &codes, &themes, &components, &mut findings);
    findings.or(())?;
    let changes = codes.into_iter().filter_map(|code| {
        let held = planner.study.codes().get(&code.id).cloned();
        change(held, code)
    });
    let changes: Vec<Change> = changes.collect();
    planner.make(changes)?;
    for theme in themes {
        doubts.extend(odd_sides(planner, book, &theme));
        let held = planner.study.themes().get(&theme.id).cloned();
        planner.set(held, theme)?;
    }
    for wanted in classified {
        let held = planner.study.classifications().get(&(wanted.of, wanted.framework.clone())).cloned();
        planner.set(held, wanted)?;
    }
    Ok(doubts)
}

fn change(held: Option<Code>, wanted: Code) -> Option<Change> {
    match held {
        Some(held) if held == wanted => None,
        Some(held) => Some(Change::update(held, wanted)),
        None => Some(Change::create(wanted)),
    }
}

/// Codes of the file by folded name.
struct Names(BTreeMap<String, CodeId>);

impl Names {
    fn of(planner: &Planner<'_>, book: &Codebook) -> Self {
        let id = |row: &CodeRow| match planner.study.code_named(&row.name) {
            Some(held) => held.id,
            None => fresh(planner.source),
        };
        Self(book.codes.iter().map(|row| (fold_name(&row.name), id(row))).collect())
    }

    /// The code of that name, in the file or in the study.
    fn find(&self, planner: &Planner<'_>, name: &str) -> Option<CodeId> {
        self.0.get(&fold_name(name)).copied().or_else(|| planner.study.code_named(name).map(|held| held.id))
    }

    /// What to say of a name that is none.
    fn missing(planner: &Planner<'_>, book: &Codebook, name: &str) -> String {
        let known = book.codes.iter().map(|row| row.name.as_str());
        let known = known.chain(planner.code_names());
        format!("no code is called “{name}”; add it to the codebook{}", nearest::hint(name, known))
    }
}

fn plan_codes(planner: &Planner<'_>, book: &Codebook, names: &Names, findings: &mut Findings) -> Vec<Code> {
    let mut position = planner.study.codes().iter().map(|code| code.position + 1).max().unwrap_or(0);
    let mut codes = Vec::with_capacity(book.codes.len());
    for row in &book.codes {
        let Some(id) = names.find(planner, &row.name) else { continue };
        let mut code = planner.study.codes().get(&id).cloned().unwrap_or_else(|| {
            position += 1;
            Code { position: position - 1, ..Code::new(id, &row.name) }
        });
        if let Some(parent) = &row.parent {
            code.parent = names.find(planner, parent);
            if code.parent.is_none() {
                findings.cell(row.line, "parent", Names::missing(planner, book, parent));
            }
        }
        code.side = row.side.or(code.side);
        code.origin = row.origin.unwrap_or(code.origin);
        code.state = row.state.unwrap_or(code.state);
        code.colour = row.colour.clone().or(code.colour);
        for (text, given) in [
            (&mut code.definition, &row.definition),
            (&mut code.include, &row.include),
            (&mut code.exclude, &row.exclude),
            (&mut code.example, &row.example),
        ] {
            if let Some(given) = given {
                text.clone_from(given);
            }
        }
        codes.push(code);
    }
    codes
}

fn check_rings(planner: &Planner<'_>, book: &Codebook, codes: &[Code], findings: &mut Findings) {
    let planned: BTreeMap<CodeId, Option<CodeId>> = codes.iter().map(|code| (code.id, code.parent)).collect();
    let parent = |id: CodeId| match planned.get(&id) {
        Some(parent) => *parent,
        None => planner.study.codes().get(&id).and_then(|held| held.parent),
    };
    let steps = planned.len() + planner.study.codes().len();
    for (row, code) in book.codes.iter().zip(codes) {
        let above = std::iter::successors(parent(code.id), |id| parent(*id)).take(steps);
        if above.into_iter().any(|id| id == code.id) {
            let what = format!("“{}” would stand below itself; choose another parent", row.name);
            findings.cell(row.line, "parent", what);
        }
    }
}

/// A code whose codings say themselves whether they hinder or help cannot be given a side.
fn check_sides(planner: &Planner<'_>, book: &Codebook, codes: &[Code], findings: &mut Findings) {
    for (row, code) in book.codes.iter().zip(codes).filter(|(_, code)| code.side.is_some()) {
        let own = planner.study.codings_with(code.id).filter(|coding| coding.valence.is_some()).count();
        if own > 0 {
            let codings =
                if own == 1 { "1 coding with it has".into() } else { format!("{own} codings with it have") };
            let what = format!(
                "“{}” cannot have a side: {codings} a valence of its own; clear those or leave the side empty",
                row.name
            );
            findings.cell(row.line, "side", what);
        }
    }
}

fn plan_themes(planner: &Planner<'_>, book: &Codebook, names: &Names, findings: &mut Findings) -> Vec<Theme> {
    let mut position = planner.study.themes().iter().map(|theme| theme.position + 1).max().unwrap_or(1);
    let mut themes = Vec::with_capacity(book.themes.len());
    for row in &book.themes {
        let mut codes = |column: &str, given: &Option<Vec<String>>, held: Vec<CodeId>| {
            let Some(given) = given else { return held };
            let mut found: Vec<CodeId> = Vec::with_capacity(given.len());
            for name in given {
                match names.find(planner, name) {
                    Some(code) if found.contains(&code) => {}
                    Some(code) => found.push(code),
                    None => findings.cell(row.line, column, Names::missing(planner, book, name)),
                }
            }
            found
        };
        let held = planner.study.theme_named(&row.name).cloned();
        let is_new = held.is_none();
        let mut theme = held.unwrap_or_else(|| Theme {
            id: fresh::<ThemeId>(planner.source),
            name: row.name.split_whitespace().collect::<Vec<_>>().join(" "),
            position,
            barriers: Vec::new(),
            facilitators: Vec::new(),
            note: String::new(),
        });
        theme.barriers = codes("barriers", &row.barriers, theme.barriers);
        theme.facilitators = codes("facilitators", &row.facilitators, theme.facilitators);
        theme.position = row.order.unwrap_or(theme.position);
        if is_new {
            position = position.max(theme.position + 1);
        }
        if let Some(note) = &row.note {
            theme.note.clone_from(note);
        }
        themes.push(theme);
    }
    themes
}

/// Codes that a theme lists on the side they are not of.
fn odd_sides(planner: &Planner<'_>, book: &Codebook, theme: &Theme) -> Vec<Doubt> {
    let line = book.themes.iter().find(|row| same_name(&row.name, &theme.name)).map(|row| row.line);
    let lists = [(Side::Barrier, &theme.barriers), (Side::Facilitator, &theme.facilitators)];
    let mut doubts = Vec::new();
    for (side, list) in lists {
        let codes = list.iter().filter_map(|code| planner.study.codes().get(code));
        for code in codes.filter(|code| code.side.is_some_and(|own| own != side)) {
            let what = format!(
                "the theme “{}” lists “{}” under {}s, and it is on the other side; check which is meant",
                theme.name,
                code.name,
                side.name()
            );
            doubts.push(Doubt { line, what });
        }
    }
    doubts
}

/// The components of the study's framework, which is brought in if it is a shipped one. Empty if the file names none.
fn components(planner: &mut Planner<'_>, book: &Codebook) -> Result<Vec<Component>, Refusal> {
    let named =
        book.codes.iter().map(|row| &row.component).chain(book.themes.iter().map(|row| &row.component));
    if named.flatten().next().is_none() {
        return Ok(Vec::new());
    }
    let framework = planner.study.settings.framework.clone();
    if planner.study.components_of(&framework).is_empty() {
        let shipped = Template::shipped(&framework).and_then(Result::ok);
        let Some(template) = shipped.filter(|template| template.framework.id == framework) else {
            return Err(Refusal::NoFramework(framework));
        };
        let mut changes = Vec::new();
        if !planner.study.frameworks().has(&framework) {
            changes.push(Change::create(template.framework));
        }
        changes.extend(template.components.into_iter().map(Change::create));
        planner.make(changes)?;
    }
    Ok(planner.study.components_of(&framework).into_iter().cloned().collect())
}

fn classify(
    book: &Codebook,
    codes: &[Code],
    themes: &[Theme],
    components: &[Component],
    findings: &mut Findings,
) -> Vec<Classification> {
    let of_codes =
        book.codes.iter().zip(codes).map(|(row, code)| (row.line, &row.component, Classified::Code(code.id)));
    let of_themes = book
        .themes
        .iter()
        .zip(themes)
        .map(|(row, theme)| (row.line, &row.component, Classified::Theme(theme.id)));
    let mut found = Vec::new();
    for (line, name, of) in of_codes.chain(of_themes) {
        let Some(name) = name else { continue };
        let is = |component: &&Component| {
            [&component.id, &component.label, &component.abbreviation]
                .into_iter()
                .any(|known| same_name(known, name))
        };
        match components.iter().find(is) {
            Some(component) => found.push(Classification {
                of,
                framework: component.framework.clone(),
                component: component.id.clone(),
            }),
            None => {
                let known = components.iter().map(|component| component.id.as_str());
                let near = nearest::hint(name, known.clone());
                let all = known.collect::<Vec<_>>().join(", ");
                findings.cell(line, "component", format!("“{name}” is none of {all}{near}"));
            }
        }
    }
    found
}

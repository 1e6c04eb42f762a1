//! Attributes and their values, of participants and of transcripts alike.

use super::refusal::Refusal;
use super::{Doubt, Planner};
use crate::study::{Attribute, AttributeOf, AttributeValue, Change, Subject, Value, fresh};

/// The attributes of these names, made where there are none.
pub(super) fn attributes(
    planner: &mut Planner<'_>,
    of: AttributeOf,
    names: &[String],
) -> Result<Vec<Attribute>, Refusal> {
    let held = planner.study.attributes().iter().filter(|attribute| attribute.of == of);
    let mut position = held.map(|attribute| attribute.position + 1).max().unwrap_or(0);
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        if let Some(held) = planner.study.attribute_named(of, name) {
            found.push(held.clone());
            continue;
        }
        let made = Attribute { id: fresh(planner.source), name: name.clone(), of, position };
        position += 1;
        planner.make(vec![Change::create(made.clone())])?;
        found.push(made);
    }
    Ok(found)
}

/// Sets the values of one row. An empty cell changes nothing, and no kind of blank takes the place of a value that is
/// known: that is listed as a doubt, and so is a value that takes the place of another.
pub(super) fn set(
    planner: &mut Planner<'_>,
    (subject, name, line): (Subject, &str, usize),
    attributes: &[Attribute],
    values: &[Option<Value>],
    doubts: &mut Vec<Doubt>,
) -> Result<(), Refusal> {
    for (attribute, value) in attributes.iter().zip(values) {
        let Some(value) = value else { continue };
        let held = planner.study.attribute_values().get(&(subject, attribute.id)).cloned();
        let known = held.as_ref().is_some_and(|held| matches!(held.value, Value::Given(_)));
        if known && !matches!(value, Value::Given(_)) {
            let what = format!(
                "“{name}” keeps the value that '{}' has; this line says {}: change it by hand if that is meant",
                attribute.name,
                value.to_cell()
            );
            doubts.push(Doubt { line: Some(line), what });
            continue;
        }
        if let Some(held) = held.as_ref().filter(|held| known && held.value != *value) {
            let (before, after) = (held.value.to_cell(), value.to_cell());
            doubts.push(Doubt {
                line: Some(line),
                what: format!("{name} {}: {before} -> {after}", attribute.name),
            });
        }
        // What a value rests on holds as long as the value does.
        let quote = held.as_ref().filter(|held| held.value == *value).and_then(|held| held.quote);
        let wanted = AttributeValue { attribute: attribute.id, subject, value: value.clone(), quote };
        planner.set(held, wanted)?;
    }
    Ok(())
}

//! Reshaping the codebook: what changes make, move, merge, split and remove codes and themes.
//!
//! Everything here looks at a study and gives back changes for one action, or a [`ShapeError`] that says why not; nothing
//! is changed. No coding is ever lost without being named: merging joins, splitting deals out, removing counts.

mod merge;
mod place;
mod remove;
mod split;
#[cfg(test)]
mod tests;
mod themes;

pub use merge::Merge;
pub use remove::Removal;
pub use split::{Deal, Split};

use super::{Change, Classification, Classified, Code, CodeId, Study, Theme, ThemeId, Valence};

/// Why the codebook cannot be reshaped so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// It is not there.
    #[error("It is not in the codebook any more; look at it again.")]
    Gone,
    /// A name with nothing in it.
    #[error("A name needs at least one letter.")]
    NoName,
    /// The name of another code or theme.
    #[error("There is a {0} “{1}” already: names are unique, whatever their case.")]
    Taken(&'static str, String),
    /// A code merged into itself.
    #[error("“{0}” cannot be merged into itself.")]
    Itself(String),
    /// A code merged into, or moved under, one of those below it.
    #[error("“{below}” stands below “{code}”: move it out from under it first.")]
    Below {
        /// The one that was to go.
        code: String,
        /// Where it was to go.
        below: String,
    },
    /// It is the first or the last one already.
    #[error("“{0}” is the {1} one here already.")]
    AtEnd(String, &'static str),
    /// It is there already.
    #[error("“{0}” is there already.")]
    There(String),
    /// Nothing was dealt out.
    #[error("Every quote stays with “{0}”: nothing to split off.")]
    NothingDealt(String),
    /// A side for a code whose codings say otherwise themselves.
    #[error("“{name}” cannot have that side: {count} of its codings say otherwise themselves.")]
    OwnValences {
        /// The code.
        name: String,
        /// How many of its codings do.
        count: usize,
    },
}

impl Study {
    fn shaped_code(&self, code: CodeId) -> Result<&Code, ShapeError> {
        self.codes().get(&code).ok_or(ShapeError::Gone)
    }

    fn shaped_theme(&self, theme: ThemeId) -> Result<&Theme, ShapeError> {
        self.themes().get(&theme).ok_or(ShapeError::Gone)
    }

    /// The change that puts a code or theme under a component of a framework, or takes its own classification away.
    /// `None` if it is so already.
    #[must_use]
    pub fn change_to_classify(
        &self,
        of: Classified,
        framework: &str,
        component: Option<&str>,
    ) -> Option<Change> {
        let held = self.classifications().get(&(of, framework.to_owned())).cloned();
        let after = component.map(|component| Classification {
            of,
            framework: framework.to_owned(),
            component: component.to_owned(),
        });
        match (held, after) {
            (None, None) => None,
            (None, Some(after)) => Some(Change::create(after)),
            (Some(held), None) => Some(Change::delete(held)),
            (Some(held), Some(after)) => (held != after).then(|| Change::update(held, after)),
        }
    }

    fn classifications_of(&self, of: Classified) -> impl Iterator<Item = &Classification> {
        self.classifications().iter().filter(move |held| held.of == of)
    }
}

/// A name with its blanks in order.
fn tidy(name: &str) -> Result<String, ShapeError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(char::is_alphanumeric) { Ok(name) } else { Err(ShapeError::NoName) }
}

/// What two codings of one quote say together.
fn union(one: Option<Valence>, other: Option<Valence>) -> Option<Valence> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Some(Valence::Both),
        (one, other) => one.or(other),
    }
}

/// Places for things in this order: their own where they grow, else one more than that of the one before. A new thing has
/// none of its own.
fn renumber<T: Copy>(order: &[(T, Option<u32>)]) -> Vec<(T, u32)> {
    let mut next = 0;
    let place = |(thing, own): &(T, Option<u32>)| {
        let place = own.unwrap_or(next).max(next);
        next = place + 1;
        (*thing, place)
    };
    order.iter().map(place).collect()
}

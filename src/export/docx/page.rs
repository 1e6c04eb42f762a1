//! The pages of a Word file, in twentieths of a point.

/// A4.
const SHORT_SIDE: u32 = 11_906;
const LONG_SIDE: u32 = 16_838;
/// An inch.
const MARGIN: u32 = 1_440;
/// Half an inch.
const NARROW: u32 = 720;

/// How the pages lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// On their long side.
    pub(super) landscape: bool,
    /// On each side.
    pub(super) margin: u32,
}

/// The type of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Ten points: the style `TableText`.
    Usual,
    /// Eight points: the style `SmallTableText`.
    Small,
}

impl Type {
    /// Its em, in twentieths of a point.
    pub(super) fn em(self) -> u32 {
        match self {
            Type::Usual => 200,
            Type::Small => 160,
        }
    }
}

impl Default for Page {
    fn default() -> Self {
        Self { landscape: false, margin: MARGIN }
    }
}

impl Page {
    pub(super) const LANDSCAPE: Page = Page { landscape: true, margin: MARGIN };
    const WIDEST: Page = Page { landscape: true, margin: NARROW };

    /// Paper: width and height.
    pub(super) fn size(self) -> (u32, u32) {
        if self.landscape { (LONG_SIDE, SHORT_SIDE) } else { (SHORT_SIDE, LONG_SIDE) }
    }

    /// Between the margins.
    pub(super) fn text_width(self) -> u32 {
        self.size().0 - 2 * self.margin
    }

    /// This page, or the first wider one that holds a table as wide as `needed` says, with the type that it takes.
    pub(super) fn that_holds(self, needed: impl Fn(Type) -> u32) -> (Page, Type) {
        let usual = needed(Type::Usual);
        let pages = [self, Page::LANDSCAPE, Page::WIDEST];
        let mut pages = pages.into_iter().filter(|page| page.text_width() >= self.text_width());
        match pages.find(|page| page.text_width() >= usual) {
            Some(page) => (page, Type::Usual),
            None => (Page::WIDEST, Type::Small),
        }
    }
}

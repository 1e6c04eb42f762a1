//! What a table shows as a picture: data alone. The screen draws it in cells, `export::svg` on paper.

use super::Measure;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Barriers to the left of an axis, facilitators to the right.
    Bars {
        /// What the bars count.
        measure: Measure,
        /// From the top down.
        pairs: Vec<BarPair>,
    },
    /// New codes by transcript, and all codes so far.
    Curve {
        /// In that order.
        points: Vec<CurvePoint>,
        /// Which order that is: `in order of collection`, where the study knows it.
        order: String,
    },
}

/// Two bars on one axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarPair {
    /// What they are of.
    pub label: String,
    /// The group they are of; `None` for everybody.
    pub group: Option<String>,
    /// The one to the left.
    pub barrier: u32,
    /// The one to the right.
    pub facilitator: u32,
}

/// One transcript of a curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurvePoint {
    /// Its short name.
    pub label: String,
    /// Codes first seen in it.
    pub new: u32,
    /// Codes seen up to here.
    pub total: u32,
}

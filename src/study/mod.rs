//! The domain: every word a researcher uses, as plain types with their rules, and the study in memory.
//!
//! [`record`] holds the grammar of change: records, changes, actions. [`Study`] holds all records with the indexes
//! that make the questions of the screens cheap; it changes only by [`Study::apply`]. Knows nothing of disks,
//! terminals or clocks: time and identifiers come from a [`Source`].

mod again;
mod answers;
mod apply;
mod blind;
mod charting;
mod codebook;
mod coding;
mod correction;
mod erasing;
mod framework;
mod hidden;
mod house_style;
mod ids;
mod indexes;
mod layers;
mod memo;
mod memory;
mod passage;
mod past;
mod people;
mod questions;
mod reach;
pub mod record;
mod review;
mod saved_search;
mod settings;
mod settings_error;
mod shape;
mod shown;
mod sign;
mod sizes;
mod speaking;
mod standing;
mod table;
#[cfg(test)]
mod tests;
mod tombstone;
mod transcript;
mod veil;
mod writing;

pub use apply::Conflict;
pub use blind::Blind;
pub use charting::put_below;
pub use codebook::{Classification, Classified, Code, CodeState, Origin, Side, Theme, Valence};
pub use coding::{Coding, LayerOfRecord, Quote};
pub use correction::{
    BothChanged, Correction, CorrectionError, Edit, Incoming, Merged, Proofed, Proposal, Rewriting,
    Succession, as_it_came, brought_back, merge, put_back,
};
pub use erasing::{Cut, Edition, Erasure, Name, NotAName, Passed, Sweep, Unplaced};
pub use framework::{Component, Framework, Template, TemplateError};
pub use hidden::{Hidden, Hideable};
pub use house_style::{
    AttributionSettings, Brackets, Destination, Ellipsis, Glyphs, Marks, Markup, Preset, QuotationSettings,
};
pub use ids::{
    ActionId, AttributeId, BasketEntryId, CodeId, CoderId, CodingId, ExportId, HiddenId, KeptFindingId,
    MemoId, ParticipantId, PointId, QuoteId, ReviewId, RevisionId, SavedSearchId, SummaryId, ThemeId,
    TranscriptId,
};
pub use indexes::{NameOrder, name_order};
pub use memo::{Case, ComponentRef, Memo, MemoKind, MemoOn, Point, Summary, SummaryState, Topic, Witness};
pub use memory::{Study, fold_short_name};
pub use passage::{Passage, PassageError};
pub use past::{
    CODEBOOK_KINDS, Difference, DifferenceKind, Past, PastClassification, PastPoint, Version, redefined,
};
pub use people::{
    Attribute, AttributeOf, AttributeValue, Coder, Consent, Participant, Seat, Subject, Value, Withdrawal,
};
pub use questions::{Voices, turns_of_span};
pub use record::{Action, Change, Keyed, Record, Source, fresh};
pub use review::{Decision, KeptFinding, Review, ReviewBasis, Since};
pub use saved_search::SavedSearch;
pub use settings::{Settings, SettingsEntry, UnknownKey};
pub use settings_error::SettingsError;
pub use shape::{Deal, Merge, Removal, ShapeError, Split};
pub use shown::{HIDDEN, LEFT_OUT, NOT_ARCHIVED, NOT_QUOTED, ShownSpeech, count_left_out};
pub use sign::Step;
pub use sizes::sizes;
pub use table::Table;
pub use tombstone::{
    ERASED, WITHDRAWN, is_tombstone, is_whole_but_left_out, lies_in_tombstones, tombstones,
    without_tombstones,
};
pub use transcript::{
    Binding, Kind, NewText, NotATurnNumber, Revision, Speaker, TimeMark, Transcript, Turn, TurnNumber,
    TurnVoice, Turns, Voice,
};
pub use veil::Veil;
pub use writing::{BasketEntry, Export, Usage};

//! The clock and identifiers of the real world.

use jiff::Timestamp;
use uuid::Uuid;

use crate::study::Source;

/// The system's clock, and identifiers that no other process makes.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemSource;

impl Source for SystemSource {
    #[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn fresh(&self) -> Uuid {
        Uuid::now_v7()
    }
}

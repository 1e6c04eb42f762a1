//! The domain: every word a researcher uses, as plain types with their rules, and the study in memory. Knows nothing of disks, terminals or clocks.

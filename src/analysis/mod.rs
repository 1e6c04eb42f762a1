//! Counts and tables over a study. Pure functions.

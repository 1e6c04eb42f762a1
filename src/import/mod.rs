//! Lines to transcripts and turns, tables to attributes, codings and codebook, with a report of doubts.

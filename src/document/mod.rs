//! A file's bytes to decoded lines with features. One format a file. Knows nothing of turns or studies.

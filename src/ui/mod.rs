//! Views: they paint a model into a buffer and do nothing else.

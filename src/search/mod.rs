//! Index and query language. The only room that names `tantivy`.

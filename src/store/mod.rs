//! Where a study lives: open, commit, undo, history, texts, snapshots. The only room that names `rusqlite`.

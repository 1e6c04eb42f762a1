-- Schema 3: queries that were given a name.

CREATE TABLE saved_searches (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL
) STRICT;

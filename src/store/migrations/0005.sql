-- Schema 5: what is hidden; the basket of each coder, the drafts that use a quote and the files that left; what coauthors
-- decided, and which findings of the identifier scan were kept.

CREATE TABLE hidden (
    id TEXT NOT NULL PRIMARY KEY,
    -- {"participant": id}, {"transcript": id} or {"turn": [transcript, number]}.
    what TEXT NOT NULL CHECK (json_valid(what))
) STRICT;

CREATE TABLE basket_entries (
    id TEXT NOT NULL PRIMARY KEY,
    coder TEXT NOT NULL REFERENCES coders DEFERRABLE INITIALLY DEFERRED,
    quote TEXT NOT NULL REFERENCES quotes DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (coder, quote)
) STRICT;

CREATE TABLE usages (
    quote TEXT NOT NULL REFERENCES quotes DEFERRABLE INITIALLY DEFERRED,
    draft TEXT NOT NULL,
    PRIMARY KEY (quote, draft)
) STRICT, WITHOUT ROWID;

CREATE TABLE exports (
    id TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    -- JSON lists of identifiers.
    participants TEXT NOT NULL CHECK (json_valid(participants)),
    transcripts TEXT NOT NULL CHECK (json_valid(transcripts))
) STRICT;

-- Erasures, by their place in the history: what is still to be done about files, as JSON without any words, until all is.
CREATE TABLE erasures (
    action INTEGER NOT NULL PRIMARY KEY REFERENCES actions,
    pending TEXT NOT NULL CHECK (json_valid(pending)),
    finished INTEGER NOT NULL CHECK (finished IN (0, 1))
) STRICT;

CREATE TABLE reviews (
    id TEXT NOT NULL PRIMARY KEY,
    of_kind TEXT NOT NULL CHECK (of_kind IN ('code', 'theme')),
    of_id TEXT NOT NULL,
    coder TEXT NOT NULL REFERENCES coders DEFERRABLE INITIALLY DEFERRED,
    at TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('agree', 'question', 'propose')),
    comment TEXT NOT NULL,
    framework TEXT,
    component TEXT,
    code TEXT GENERATED ALWAYS AS (CASE of_kind WHEN 'code' THEN of_id END) STORED
        REFERENCES codes DEFERRABLE INITIALLY DEFERRED,
    theme TEXT GENERATED ALWAYS AS (CASE of_kind WHEN 'theme' THEN of_id END) STORED
        REFERENCES themes DEFERRABLE INITIALLY DEFERRED,
    CHECK ((framework IS NULL) = (component IS NULL))
) STRICT;

CREATE TABLE kept_findings (
    id TEXT NOT NULL PRIMARY KEY,
    pattern TEXT NOT NULL,
    digest TEXT NOT NULL,
    place TEXT NOT NULL
) STRICT;

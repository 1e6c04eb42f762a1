-- Schema 2: the value of an attribute may rest on a quote; a memo may ask for a passage to be heard again.

ALTER TABLE attribute_values ADD COLUMN quote TEXT REFERENCES quotes DEFERRABLE INITIALLY DEFERRED;

-- A CHECK cannot be altered: the table is made anew. Nothing refers to it.
CREATE TABLE memos_2 (
    id TEXT NOT NULL PRIMARY KEY,
    -- What it is on, as in the JSON of the record; the columns after it for those who ask in SQL.
    on_thing TEXT NOT NULL CHECK (json_valid(on_thing)),
    kind TEXT NOT NULL CHECK (kind IN ('analytic', 'discussion', 'reflexive', 'field_note', 'check_audio')),
    coder TEXT NOT NULL REFERENCES coders DEFERRABLE INITIALLY DEFERRED,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    quote TEXT GENERATED ALWAYS AS (json_extract(on_thing, '$.quote')) STORED
        REFERENCES quotes DEFERRABLE INITIALLY DEFERRED,
    code TEXT GENERATED ALWAYS AS (json_extract(on_thing, '$.code')) STORED
        REFERENCES codes DEFERRABLE INITIALLY DEFERRED,
    transcript TEXT GENERATED ALWAYS AS (json_extract(on_thing, '$.transcript')) STORED
        REFERENCES transcripts DEFERRABLE INITIALLY DEFERRED,
    participant TEXT GENERATED ALWAYS AS (json_extract(on_thing, '$.participant')) STORED
        REFERENCES participants DEFERRABLE INITIALLY DEFERRED
) STRICT;

INSERT INTO memos_2 (id, on_thing, kind, coder, at, text) SELECT id, on_thing, kind, coder, at, text FROM memos;

DROP TABLE memos;

ALTER TABLE memos_2 RENAME TO memos;

-- Schema 6: a column of the framework matrix may be a code or a component as well as a theme, and a summary knows the
-- evidence that it was written on.

-- A column that others refer to cannot be replaced: the table is made anew. Nothing refers to it.
CREATE TABLE summaries_6 (
    id TEXT NOT NULL PRIMARY KEY,
    -- {"participant": id} or {"group": id}.
    "case" TEXT NOT NULL CHECK (json_valid("case")),
    -- {"theme": id}, {"code": id} or {"component": {"framework": id, "component": id}}; the columns at the end for those
    -- who ask in SQL.
    topic TEXT NOT NULL CHECK (json_valid(topic)),
    coder TEXT NOT NULL REFERENCES coders DEFERRABLE INITIALLY DEFERRED,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('drafted', 'checked')),
    quotes TEXT NOT NULL CHECK (json_valid(quotes)),
    -- A list of {"quote": id, "digest": digest}, or null where it is not known.
    basis TEXT CHECK (basis IS NULL OR json_valid(basis)),
    participant TEXT GENERATED ALWAYS AS (json_extract("case", '$.participant')) STORED,
    transcript TEXT GENERATED ALWAYS AS (json_extract("case", '$.group')) STORED,
    theme TEXT GENERATED ALWAYS AS (json_extract(topic, '$.theme')) STORED
        REFERENCES themes DEFERRABLE INITIALLY DEFERRED,
    code TEXT GENERATED ALWAYS AS (json_extract(topic, '$.code')) STORED
        REFERENCES codes DEFERRABLE INITIALLY DEFERRED,
    framework TEXT GENERATED ALWAYS AS (json_extract(topic, '$.component.framework')) STORED,
    component TEXT GENERATED ALWAYS AS (json_extract(topic, '$.component.component')) STORED,
    FOREIGN KEY (framework, component) REFERENCES components DEFERRABLE INITIALLY DEFERRED
) STRICT;

INSERT INTO summaries_6 (id, "case", topic, coder, at, text, state, quotes, basis)
    SELECT id, "case", json_object('theme', theme), coder, at, text, state, quotes, NULL FROM summaries;

DROP TABLE summaries;

ALTER TABLE summaries_6 RENAME TO summaries;

-- Memos on cells name their columns in the same way: {"cell": [case, {"theme": id}]}.
UPDATE memos
    SET on_thing = json_set(on_thing, '$.cell[1]', json_object('theme', json_extract(on_thing, '$.cell[1]')))
    WHERE json_type(on_thing, '$.cell[1]') = 'text';

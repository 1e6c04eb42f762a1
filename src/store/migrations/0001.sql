-- The first schema of study.db. Readable from R, Python and sqlite3: identifiers are UUIDs as text, times are RFC 3339
-- in UTC, spans are half-open byte ranges of texts.body (UTF-8). References are checked when a transaction ends.

-- Records: one table a kind. Changed only together with a row of `actions`.

CREATE TABLE coders (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE participants (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    provisional INTEGER NOT NULL CHECK (provisional IN (0, 1))
) STRICT;

CREATE TABLE seats (
    transcript_key TEXT NOT NULL,
    label_key TEXT NOT NULL,
    transcript TEXT NOT NULL,
    label TEXT NOT NULL,
    participant TEXT NOT NULL REFERENCES participants DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (transcript_key, label_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE consents (
    participant TEXT NOT NULL PRIMARY KEY REFERENCES participants DEFERRABLE INITIALLY DEFERRED,
    analyse INTEGER NOT NULL CHECK (analyse IN (0, 1)),
    quote INTEGER NOT NULL CHECK (quote IN (0, 1)),
    archive INTEGER NOT NULL CHECK (archive IN (0, 1)),
    withdrawn_on TEXT,
    withdrawn_scope TEXT
) STRICT;

CREATE TABLE attributes (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    belongs_to TEXT NOT NULL CHECK (belongs_to IN ('participant', 'transcript')),
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE transcripts (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('interview', 'focus_group')),
    revision TEXT NOT NULL REFERENCES revisions DEFERRABLE INITIALLY DEFERRED,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    language TEXT
) STRICT;

CREATE TABLE revisions (
    id TEXT NOT NULL PRIMARY KEY,
    transcript TEXT NOT NULL REFERENCES transcripts DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    digest TEXT NOT NULL,
    encoding TEXT NOT NULL,
    layout TEXT NOT NULL,
    UNIQUE (transcript, number)
) STRICT;

CREATE TABLE attribute_values (
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('participant', 'transcript')),
    subject TEXT NOT NULL,
    attribute TEXT NOT NULL REFERENCES attributes DEFERRABLE INITIALLY DEFERRED,
    -- A JSON list of values, of which the first is counted; or the kind of blank.
    given TEXT CHECK (json_valid(given)),
    blank TEXT CHECK (blank IN ('does_not_apply', 'missing', 'prefer_not_to_say')),
    counted TEXT GENERATED ALWAYS AS (json_extract(given, '$[0]')) VIRTUAL,
    participant TEXT GENERATED ALWAYS AS (CASE subject_kind WHEN 'participant' THEN subject END) STORED
        REFERENCES participants DEFERRABLE INITIALLY DEFERRED,
    transcript TEXT GENERATED ALWAYS AS (CASE subject_kind WHEN 'transcript' THEN subject END) STORED
        REFERENCES transcripts DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (subject_kind, subject, attribute),
    CHECK ((given IS NULL) <> (blank IS NULL))
) STRICT;

CREATE TABLE speakers (
    transcript TEXT NOT NULL REFERENCES transcripts DEFERRABLE INITIALLY DEFERRED,
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (transcript, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE bindings (
    transcript TEXT NOT NULL REFERENCES transcripts DEFERRABLE INITIALLY DEFERRED,
    speaker TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('participant', 'interviewer', 'other', 'several', 'unknown')),
    participant TEXT REFERENCES participants DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (transcript, speaker),
    CHECK ((role = 'participant') = (participant IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE turn_voices (
    transcript TEXT NOT NULL REFERENCES transcripts DEFERRABLE INITIALLY DEFERRED,
    turn TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('participant', 'interviewer', 'other', 'several', 'unknown')),
    participant TEXT REFERENCES participants DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (transcript, turn),
    CHECK ((role = 'participant') = (participant IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE layers_of_record (
    transcript TEXT NOT NULL PRIMARY KEY REFERENCES transcripts DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coders DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE frameworks (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    summary TEXT NOT NULL
) STRICT;

CREATE TABLE components (
    framework TEXT NOT NULL REFERENCES frameworks DEFERRABLE INITIALLY DEFERRED,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    abbreviation TEXT NOT NULL,
    domain TEXT NOT NULL,
    definition TEXT NOT NULL,
    ask TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (framework, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE codes (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    parent TEXT REFERENCES codes DEFERRABLE INITIALLY DEFERRED,
    side TEXT CHECK (side IN ('barrier', 'facilitator')),
    origin TEXT NOT NULL CHECK (origin IN ('deductive', 'inductive')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'working', 'retired')),
    colour TEXT,
    definition TEXT NOT NULL,
    include TEXT NOT NULL,
    exclude TEXT NOT NULL,
    example TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE themes (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    -- JSON lists of codes, in order. The view theme_codes has a row for each.
    barriers TEXT NOT NULL CHECK (json_valid(barriers)),
    facilitators TEXT NOT NULL CHECK (json_valid(facilitators)),
    note TEXT NOT NULL
) STRICT;

CREATE VIEW theme_codes AS
    SELECT themes.id AS theme, 'barrier' AS side, key AS position, value AS code
        FROM themes, json_each(themes.barriers)
    UNION ALL
    SELECT themes.id, 'facilitator', key, value FROM themes, json_each(themes.facilitators);

CREATE TABLE classifications (
    of_kind TEXT NOT NULL CHECK (of_kind IN ('code', 'theme')),
    of_id TEXT NOT NULL,
    framework TEXT NOT NULL,
    component TEXT NOT NULL,
    code TEXT GENERATED ALWAYS AS (CASE of_kind WHEN 'code' THEN of_id END) STORED
        REFERENCES codes DEFERRABLE INITIALLY DEFERRED,
    theme TEXT GENERATED ALWAYS AS (CASE of_kind WHEN 'theme' THEN of_id END) STORED
        REFERENCES themes DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (of_kind, of_id, framework),
    FOREIGN KEY (framework, component) REFERENCES components DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE quotes (
    id TEXT NOT NULL PRIMARY KEY,
    coder TEXT NOT NULL REFERENCES coders DEFERRABLE INITIALLY DEFERRED,
    transcript TEXT NOT NULL REFERENCES transcripts DEFERRABLE INITIALLY DEFERRED,
    revision TEXT NOT NULL REFERENCES revisions DEFERRABLE INITIALLY DEFERRED,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    starred INTEGER NOT NULL CHECK (starred IN (0, 1)),
    CHECK (start < "end")
) STRICT;

CREATE UNIQUE INDEX quotes_by_place ON quotes (transcript, revision, start, "end", coder);

CREATE TABLE codings (
    id TEXT NOT NULL PRIMARY KEY,
    quote TEXT NOT NULL REFERENCES quotes DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL REFERENCES codes DEFERRABLE INITIALLY DEFERRED,
    valence TEXT CHECK (valence IN ('barrier', 'facilitator', 'both')),
    at TEXT NOT NULL,
    UNIQUE (quote, code)
) STRICT;

CREATE INDEX codings_by_code ON codings (code);

CREATE TABLE memos (
    id TEXT NOT NULL PRIMARY KEY,
    -- What it is on, as in the JSON of the record; the columns after it for those who ask in SQL.
    on_thing TEXT NOT NULL CHECK (json_valid(on_thing)),
    kind TEXT NOT NULL CHECK (kind IN ('analytic', 'discussion', 'reflexive', 'field_note')),
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

CREATE TABLE summaries (
    id TEXT NOT NULL PRIMARY KEY,
    "case" TEXT NOT NULL CHECK (json_valid("case")),
    theme TEXT NOT NULL REFERENCES themes DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coders DEFERRABLE INITIALLY DEFERRED,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('drafted', 'checked')),
    quotes TEXT NOT NULL CHECK (json_valid(quotes))
) STRICT;

CREATE TABLE points (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

-- Texts and their turns: immutable, kept apart from records and history, which hold only their digests.

CREATE TABLE texts (
    revision TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    -- The speakers' keys by index, and the times inside turns, as JSON.
    speakers TEXT NOT NULL CHECK (json_valid(speakers)),
    times TEXT NOT NULL CHECK (json_valid(times))
) STRICT;

CREATE TABLE turns (
    revision TEXT NOT NULL REFERENCES texts DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    part INTEGER NOT NULL,
    speaker INTEGER NOT NULL,
    label_start INTEGER NOT NULL,
    label_end INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    start_ms INTEGER,
    end_ms INTEGER,
    words INTEGER NOT NULL,
    PRIMARY KEY (revision, number, part)
) STRICT, WITHOUT ROWID;

-- The history. `hash` covers the row and `prev_hash`; `digest` covers the digests of its changes, which are salted, so
-- that the text of a change can be erased and the chain still holds.

CREATE TABLE actions (
    seq INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    coder TEXT NOT NULL,
    os_user TEXT NOT NULL,
    host TEXT NOT NULL,
    command TEXT NOT NULL,
    label TEXT NOT NULL,
    reason TEXT,
    undoes TEXT,
    digest TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX actions_by_coder ON actions (coder, seq);

CREATE TABLE changes (
    action INTEGER NOT NULL REFERENCES actions,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT,
    after TEXT,
    salt BLOB NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (action, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX changes_by_thing ON changes (kind, key, action);

-- Private scratch: no actions, no history.

CREATE TABLE drafts (
    coder TEXT NOT NULL,
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (coder, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading (
    coder TEXT NOT NULL,
    transcript TEXT NOT NULL,
    turn TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('seen', 'read')),
    PRIMARY KEY (coder, transcript, turn)
) STRICT, WITHOUT ROWID;

-- One row: the last study.toml that could be read, and the study's own identity.
CREATE TABLE facts (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    study TEXT NOT NULL,
    settings TEXT NOT NULL
) STRICT;

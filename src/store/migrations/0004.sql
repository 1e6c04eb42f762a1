-- Blind coding: who codes a transcript without seeing what others did there, from when and until when; and of each coding
-- whether it was made so. Codings that were there before were not.

CREATE TABLE blinds (
    transcript TEXT NOT NULL REFERENCES transcripts DEFERRABLE INITIALLY DEFERRED,
    coder TEXT NOT NULL REFERENCES coders DEFERRABLE INITIALLY DEFERRED,
    start TEXT NOT NULL,
    "end" TEXT,
    PRIMARY KEY (transcript, coder, start)
) STRICT, WITHOUT ROWID;

ALTER TABLE codings ADD COLUMN blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1));

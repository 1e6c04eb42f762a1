-- Schema 7: a coauthor's decision knows what it was made on, and a checked summary who checked it.

-- {"component": label, "definition": salted digest}, or null where it is not known.
ALTER TABLE reviews ADD COLUMN basis TEXT CHECK (basis IS NULL OR json_valid(basis));

-- Null while it is a draft, and where it is not known.
ALTER TABLE summaries ADD COLUMN checked_by TEXT REFERENCES coders DEFERRABLE INITIALLY DEFERRED;

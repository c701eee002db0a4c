-- Every number there is of a record of a numbered table, given here or handed back. Rows are never taken away: a number
-- whose record was cancelled stays its own. A ledger that was made before there were numbers takes this too.
CREATE TABLE IF NOT EXISTS number (
    record  BLOB NOT NULL CHECK (length(record) = 16),
    number  INTEGER NOT NULL,
    unit    BLOB NOT NULL,
    kind    TEXT NOT NULL,                           -- the table
    series  TEXT,                                    -- none until the entry that names it is heard: it may come back later
    PRIMARY KEY (record, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS number_series ON number (unit, kind, series, number);

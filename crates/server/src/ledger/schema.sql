-- The province's ledger. Ids, hashes and keys are BLOBs; times are milliseconds since 1970.

-- Who this server is: one row.
CREATE TABLE meta (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    epoch    INTEGER NOT NULL,
    seed     BLOB NOT NULL CHECK (length(seed) = 32),
    recovery TEXT                                    -- whom devices seal their recovery envelopes for
) STRICT;

-- The counter row of each commune's (or the province's) numbering, locked by the transaction that writes.
CREATE TABLE stream (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    last_seq      INTEGER NOT NULL DEFAULT 0,
    last_received INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
    no       INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    unit     BLOB NOT NULL,
    audience INTEGER NOT NULL,
    member   BLOB,
    stream   BLOB NOT NULL REFERENCES stream (id),
    count    INTEGER NOT NULL DEFAULT 0,
    chain    BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;
CREATE INDEX log_unit ON log (unit);
CREATE INDEX log_member ON log (member) WHERE member IS NOT NULL;

-- Every accepted entry, verbatim, with its log's chain after it.
CREATE TABLE entry (
    no       INTEGER PRIMARY KEY,
    stream   BLOB NOT NULL REFERENCES stream (id),
    seq      INTEGER NOT NULL,
    log      INTEGER NOT NULL REFERENCES log (no),
    device   BLOB NOT NULL,
    number   INTEGER NOT NULL,
    received INTEGER NOT NULL,
    size     INTEGER NOT NULL,
    hash     BLOB NOT NULL UNIQUE,
    chain    BLOB NOT NULL,
    bytes    BLOB NOT NULL,
    UNIQUE (stream, seq),
    UNIQUE (log, device, number)
) STRICT;
-- A cell's few logs are followed inside a commune's long stream without touching the others' rows.
CREATE INDEX entry_log ON entry (log, seq, device, size);

-- The log a record lives in: that of the first accepted entry that touched it.
CREATE TABLE home (
    record BLOB PRIMARY KEY,
    log    INTEGER NOT NULL REFERENCES log (no)
) STRICT, WITHOUT ROWID;

-- Entries signed by a known device that may not stand in their log; an office looks at them.
CREATE TABLE quarantine (
    no     INTEGER PRIMARY KEY,
    log    BLOB NOT NULL,
    device BLOB NOT NULL,
    number INTEGER NOT NULL,
    hash   BLOB NOT NULL UNIQUE,
    code   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    bytes  BLOB NOT NULL
) STRICT;
CREATE INDEX quarantine_number ON quarantine (log, device, number);

-- Activation codes: what finds a code and what proves it, never the code.
CREATE TABLE code (
    name       BLOB PRIMARY KEY,
    key        BLOB NOT NULL,
    member     BLOB NOT NULL,
    expires    INTEGER NOT NULL,
    tries_left INTEGER NOT NULL,
    used_by    BLOB,
    used_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    device     BLOB NOT NULL,
    expires    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expires ON session (expires);

-- The numbers of papers: number.sql.

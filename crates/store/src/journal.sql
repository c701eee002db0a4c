CREATE TABLE IF NOT EXISTS fact (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS log (
    no       INTEGER NOT NULL PRIMARY KEY,
    id       BLOB    NOT NULL UNIQUE,
    unit     BLOB    NOT NULL,
    audience INTEGER NOT NULL,
    member   BLOB,
    held     INTEGER NOT NULL DEFAULT 0,            -- the server says that this device may read it
    written  INTEGER NOT NULL DEFAULT 0,            -- entries of this device's own sealed in it
    chain    BLOB    NOT NULL DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000',
    chained  INTEGER NOT NULL DEFAULT 0,            -- the last number that the chain covers
    stream   BLOB                                   -- where its entries are numbered, once heard
) STRICT;

CREATE TABLE IF NOT EXISTS stream (
    id  BLOB    NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL DEFAULT 0                  -- the last number heard
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS backfill (
    log   BLOB    NOT NULL PRIMARY KEY,
    after INTEGER NOT NULL,
    upto  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS entry (
    no       INTEGER NOT NULL PRIMARY KEY,
    log      INTEGER NOT NULL REFERENCES log (no),
    device   BLOB    NOT NULL,
    number   INTEGER NOT NULL,
    state    INTEGER NOT NULL,                      -- 0 waits to be sent, 1 in the log, 2 set aside, 3 refused and offered again
    seq      INTEGER,                               -- its number in its stream, once in the log
    received INTEGER,                               -- when the server received it, ms since 1970
    why      TEXT,                                  -- why it was set aside or refused
    read     INTEGER NOT NULL DEFAULT 1,            -- 0 while its author's key or its format is not known, or the key is not the one it was signed with
    hash     BLOB    NOT NULL UNIQUE,
    bytes    BLOB    NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS entry_state ON entry (state, seq, log);
CREATE INDEX IF NOT EXISTS entry_unread ON entry (no) WHERE read = 0;
CREATE INDEX IF NOT EXISTS entry_log ON entry (log, seq);

-- What came as entries and is none: not even its log can be told.
CREATE TABLE IF NOT EXISTS unread (
    hash     BLOB    NOT NULL PRIMARY KEY,
    stream   BLOB,                                  -- none where it came with a log fetched from its start
    seq      INTEGER NOT NULL,
    received INTEGER NOT NULL,
    bytes    BLOB    NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS draft (
    kind  TEXT    NOT NULL,                         -- which table of records
    id    BLOB    NOT NULL,
    field TEXT    NOT NULL,
    log   INTEGER NOT NULL REFERENCES log (no),
    tick  INTEGER NOT NULL,
    value BLOB    NOT NULL,
    seen  BLOB    NOT NULL,
    PRIMARY KEY (kind, id, field, tick)             -- several only where two values are put beside each other again
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS step (
    no   INTEGER NOT NULL PRIMARY KEY,
    of   BLOB    NOT NULL,                          -- the record whose screen can take it back
    what TEXT    NOT NULL,
    back BLOB    NOT NULL                           -- the edits that take it back
) STRICT;

CREATE TABLE IF NOT EXISTS shape (
    name     TEXT NOT NULL PRIMARY KEY,
    declared TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Pieces of files, each under the SHA-256 of its bytes; while they still come, its first bytes.
CREATE TABLE IF NOT EXISTS piece (
    hash  BLOB    NOT NULL PRIMARY KEY,
    bytes BLOB    NOT NULL,
    whole INTEGER NOT NULL,                         -- 1 once all of it is here and fits its hash
    used  INTEGER NOT NULL                          -- when it came, ms since 1970
) STRICT;

-- Pieces that the server has, as far as it said so: nothing else is thrown away.
CREATE TABLE IF NOT EXISTS there (
    piece BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- When a file was last read here, ms since 1970: beside the pieces, whose bytes would be written again with it.
CREATE TABLE IF NOT EXISTS opened (
    file BLOB    NOT NULL PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Files that somebody asked for here.
CREATE TABLE IF NOT EXISTS wish (
    file BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Files that somebody threw away here: they do not come by themselves again.
CREATE TABLE IF NOT EXISTS unwanted (
    file BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

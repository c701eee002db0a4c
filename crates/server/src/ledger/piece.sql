-- Which pieces of files stand in which logs. Their bytes lie beside the ledger: pieces.rs.
CREATE TABLE IF NOT EXISTS piece (
    hash   BLOB    NOT NULL CHECK (length(hash) = 32),
    log    INTEGER NOT NULL REFERENCES log (no),
    device BLOB    NOT NULL,                        -- who named it there
    size   INTEGER NOT NULL,
    given  INTEGER NOT NULL DEFAULT 0,              -- whether that device has given its bytes
    PRIMARY KEY (hash, log, device)
) STRICT, WITHOUT ROWID;

-- Records whose files were destroyed: what is said of them later brings none back.
CREATE TABLE IF NOT EXISTS wiped (
    record BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Pieces whose bytes are to be destroyed, once what is said here is on the disk.
CREATE TABLE IF NOT EXISTS falling (
    hash BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

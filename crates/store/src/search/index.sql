-- What is searched: a reading of the records and their texts. It can be dropped and made again, and nothing is lost.
DROP TABLE IF EXISTS found;
DROP TABLE IF EXISTS stale;
DROP TABLE IF EXISTS word;

CREATE TABLE found (
    no    INTEGER NOT NULL PRIMARY KEY,             -- its row in `word`
    kind  TEXT    NOT NULL,                         -- which table of records
    id    BLOB    NOT NULL,
    wants BLOB,                                     -- the first piece of its text that is not here
    UNIQUE (kind, id)
) STRICT;
CREATE INDEX found_wants ON found (wants) WHERE wants IS NOT NULL;

-- Records that changed since they were read for the search: each searched table's triggers say so, and a piece's here.
-- A row without a kind: something left, and its words are still to be wiped.
CREATE TABLE stale (
    kind TEXT NOT NULL,
    id   BLOB NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
DROP TRIGGER IF EXISTS piece_begun;
CREATE TRIGGER piece_begun AFTER INSERT ON piece WHEN new.whole = 1 BEGIN
    INSERT INTO stale SELECT kind, id FROM found WHERE wants = new.hash ON CONFLICT DO NOTHING;
END;
DROP TRIGGER IF EXISTS piece_whole;
CREATE TRIGGER piece_whole AFTER UPDATE OF whole ON piece WHEN new.whole = 1 BEGIN
    INSERT INTO stale SELECT kind, id FROM found WHERE wants = new.hash ON CONFLICT DO NOTHING;
END;

-- The texts themselves stay where they are: only their words are kept here.
CREATE VIRTUAL TABLE word USING fts5 (number, title, words, content = '', contentless_delete = 1, tokenize = 'words');
-- A leaf that fits into a page of the encrypted file, which keeps some of it for itself.
INSERT INTO word (word, rank) VALUES ('pgsz', 3900);

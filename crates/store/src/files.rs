//! The files of the book: pieces named by their hash, encrypted like everything in it, each checked before it is kept.

use domain::{Content, Digest};
use rusqlite::{OptionalExtension, params};

use crate::{Book, Result};

/// Who reads on touches a file again and again: one word a minute is written, in milliseconds.
const A_MINUTE: i64 = 60_000;

impl Book {
    /// Keeps a whole file, at `now` in milliseconds since 1970, and gives its name.
    pub fn keep_file(&mut self, bytes: &[u8], now: u64) -> Result<Content> {
        let content = sync::content(bytes).ok_or(crate::Error::File(std::io::ErrorKind::FileTooLarge))?;
        let tx = self.conn.transaction()?;
        for (hash, piece) in content.pieces.iter().zip(bytes.chunks(Content::PIECE)) {
            tx.prepare_cached(
                "INSERT INTO piece (hash, bytes, whole, used) VALUES (?1, ?2, 1, ?3)
                 ON CONFLICT (hash) DO UPDATE SET bytes = excluded.bytes, whole = 1, used = excluded.used",
            )?
            .execute(params![hash, piece, now as i64])?;
        }
        tx.commit()?;
        Ok(content)
    }

    /// A file, if all of it is here.
    pub fn file(&self, content: &Content) -> Result<Option<Vec<u8>>> {
        let mut bytes = Vec::with_capacity(content.size as usize);
        for hash in &content.pieces {
            let mut found = self.conn.prepare_cached("SELECT bytes FROM piece WHERE hash = ?1 AND whole = 1")?;
            let Some(piece) = found.query_row([hash], |row| row.get::<_, Vec<u8>>(0)).optional()? else {
                return Ok(None);
            };
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes))
    }

    /// How many bytes of a file are here.
    pub fn file_had(&self, content: &Content) -> Result<u64> {
        content.pieces.iter().try_fold(0, |had, hash| Ok(had + self.piece_had(hash)?))
    }

    /// Notes that a file was read, at `now` in milliseconds since 1970: what was read longest ago goes first.
    pub fn touch(&self, content: &Content, now: u64) -> Result<()> {
        let sql = "INSERT INTO opened (file, at) VALUES (?1, ?2)
                   ON CONFLICT (file) DO UPDATE SET at = excluded.at WHERE at + ?3 < excluded.at";
        self.conn.prepare_cached(sql)?.execute(params![content.hash, now as i64, A_MINUTE])?;
        Ok(())
    }

    pub(crate) fn piece_had(&self, hash: &Digest) -> Result<u64> {
        let mut found = self.conn.prepare_cached("SELECT length(bytes) FROM piece WHERE hash = ?1")?;
        Ok(found.query_row([hash], |row| row.get::<_, i64>(0)).optional()?.unwrap_or(0).cast_unsigned())
    }
}

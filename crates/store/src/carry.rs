//! Which pieces of files this book still has to give or to take, and which of them go when room is short.

use std::collections::{HashMap, HashSet};

use domain::{Content, Digest, Table};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Book, Result, wipe::stands};

/// A piece that one of the two ends lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    /// Its name.
    pub piece: Digest,
    /// Bytes of it that are there already.
    pub from: u32,
    /// Bytes of it in all.
    pub size: u32,
    /// How soon it goes.
    pub rank: Rank,
}

/// Which files go before which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Those that every book keeps: texts.
    Kept,
    /// Those that somebody asked for here.
    Asked,
    /// The others.
    Other,
}

/// How a piece stands after some of it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// There is more to come.
    Part,
    /// It is here, and is what it is named by.
    Whole,
    /// What came before was thrown away meanwhile: nothing was kept.
    Gone,
    /// It is not what it is named by: it was thrown away.
    Spoilt,
}

/// Bytes that files take in this book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Room {
    /// Those that every book keeps.
    pub eager: u64,
    /// Those that were asked for.
    pub asked: u64,
    /// Of both, what the server does not have yet.
    pub waiting: u64,
}

/// A file that a record names.
pub(crate) struct Named {
    pub content: Content,
    pub eager: bool,
}

impl Named {
    fn rank(&self, wishes: &HashSet<Digest>) -> Rank {
        match self.eager {
            true => Rank::Kept,
            false if wishes.contains(&self.content.hash) => Rank::Asked,
            false => Rank::Other,
        }
    }
}

/// Every file that a record names, where the condition of its table is true of it.
pub(crate) fn named(conn: &Connection, tables: &[Table], of: impl Fn(&Table) -> Option<String>) -> Result<Vec<Named>> {
    let mut named = Vec::new();
    for table in tables {
        for (field, of) in table.files().filter_map(|field| Some((field, of(table)?))) {
            let sql = format!("SELECT \"{0}\" FROM \"{1}\" WHERE ({of}) AND \"{0}\" <> ''", field.name, table.name);
            let mut found = conn.prepare_cached(&sql)?;
            for name in found.query_map([], |row| row.get::<_, String>(0))? {
                // One that cannot be read hides no other.
                let Ok(content) = name?.parse() else { continue };
                named.push(Named { content, eager: field.eager });
            }
        }
    }
    Ok(named)
}

impl Book {
    /// Every file that a record names which stands: it was neither taken away nor wiped.
    fn named(&self) -> Result<Vec<Named>> {
        named(&self.conn, self.tables, |table| Some(format!("removed = 0 AND {}", stands(table))))
    }

    /// The file of that SHA-256, where a record names it.
    pub fn named_file(&self, file: &Digest) -> Result<Option<Content>> {
        Ok(self.named()?.into_iter().map(|named| named.content).find(|content| content.hash == *file))
    }

    /// What is to be taken, in this order: those that every book keeps, then those that somebody asked for, then, where
    /// files have `room` for such, the others that fit into it and that nobody threw away, so that nothing comes in vain. Of each, what
    /// somebody asked for before the rest, and the small before the large.
    pub fn lacking(&self, room: Option<u64>) -> Result<Vec<Lack>> {
        let (wishes, had) = (self.wishes()?, self.pieces_had()?);
        let unwanted = self.files_in("SELECT file FROM unwanted")?;
        let mut named = self.named()?;
        named.retain(|named| named.eager || !unwanted.contains(&named.content.hash));
        named.sort_by_key(|named| (named.rank(&wishes), !wishes.contains(&named.content.hash), named.content.size));
        let mut once = HashSet::new();
        named.retain(|named| once.insert(named.content.hash));
        let here = |piece: &Digest| had.get(piece).copied().unwrap_or(0);
        let lacks = |content: &Content| {
            u64::from(content.size).saturating_sub(content.pieces.iter().map(|piece| u64::from(here(piece))).sum())
        };
        let mut left = room.unwrap_or(0);
        for one in &named {
            let comes = if one.rank(&wishes) == Rank::Other { lacks(&one.content) } else { 0 };
            left = left.saturating_sub(u64::from(one.content.size) - comes);
        }
        let (mut lacking, mut seen) = (Vec::new(), HashSet::new());
        for one in &named {
            let (content, rank) = (&one.content, one.rank(&wishes));
            if rank == Rank::Other {
                match left.checked_sub(lacks(content)) {
                    Some(rest) if room.is_some() => left = rest,
                    _ => continue,
                }
            }
            for (at, piece) in content.pieces.iter().enumerate().filter(|(_, piece)| seen.insert(**piece)) {
                let (from, size) = (here(piece), content.length(at) as u32);
                if from < size {
                    lacking.push(Lack { piece: *piece, from, size, rank });
                }
            }
        }
        Ok(lacking)
    }

    /// Bytes of each piece of which there are some.
    fn pieces_had(&self) -> Result<HashMap<Digest, u32>> {
        let mut found = self.conn.prepare_cached("SELECT hash, length(bytes) FROM piece")?;
        Ok(found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Takes in bytes of a piece, from the place `from` on; `now` in milliseconds since 1970.
    pub fn take_piece(&mut self, lack: &Lack, from: u32, bytes: &[u8], now: u64) -> Result<Came> {
        let tx = self.conn.transaction()?;
        let had: Option<Vec<u8>> = tx
            .prepare_cached("SELECT bytes FROM piece WHERE hash = ?1 AND whole = 0")?
            .query_row([&lack.piece], |row| row.get(0))
            .optional()?;
        let mut piece = had.unwrap_or_default();
        if piece.len() != from as usize {
            return Ok(Came::Gone);
        }
        if piece.len() + bytes.len() > lack.size as usize {
            return Ok(Came::Spoilt);
        }
        piece.extend_from_slice(bytes);
        let came = match piece.len() == lack.size as usize {
            false => Came::Part,
            true if sync::hash_of(&piece) == lack.piece => Came::Whole,
            true => Came::Spoilt,
        };
        if came == Came::Spoilt {
            tx.execute("DELETE FROM piece WHERE hash = ?1 AND whole = 0", [&lack.piece])?;
        } else {
            tx.prepare_cached(
                "INSERT INTO piece (hash, bytes, whole, used) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (hash) DO UPDATE SET bytes = excluded.bytes, whole = excluded.whole WHERE whole = 0",
            )?
            .execute(params![lack.piece, piece, came == Came::Whole, now as i64])?;
        }
        if came == Came::Whole {
            tx.execute("INSERT OR IGNORE INTO there (piece) VALUES (?1)", [&lack.piece])?;
        }
        tx.commit()?;
        Ok(came)
    }

    /// Pieces that are whole here and of which the server has not said that it has them: those of texts first, and the
    /// shortest first.
    pub fn to_give(&self) -> Result<Vec<Lack>> {
        let sql = "SELECT hash, length(bytes) FROM piece WHERE whole = 1 AND hash NOT IN (SELECT piece FROM there)
                   ORDER BY length(bytes)";
        let mut found = self.conn.prepare_cached(sql)?;
        let lack =
            |row: &rusqlite::Row<'_>| Ok(Lack { piece: row.get(0)?, from: 0, size: row.get(1)?, rank: Rank::Other });
        let mut lacks: Vec<Lack> = found.query_map([], lack)?.collect::<rusqlite::Result<_>>()?;
        if !lacks.is_empty() {
            let named = self.named()?;
            let texts = named.iter().filter(|named| named.eager);
            let texts: HashSet<&Digest> = texts.flat_map(|named| &named.content.pieces).collect();
            lacks.iter_mut().filter(|lack| texts.contains(&lack.piece)).for_each(|lack| lack.rank = Rank::Kept);
            lacks.sort_by_key(|lack| lack.rank);
        }
        Ok(lacks)
    }

    /// A piece from one of its bytes on.
    pub fn piece(&self, piece: &Digest, from: u32) -> Result<Vec<u8>> {
        let sql = "SELECT substr(bytes, 1 + ?2) FROM piece WHERE hash = ?1 AND whole = 1";
        Ok(self.conn.prepare_cached(sql)?.query_row(params![piece, from], |row| row.get(0))?)
    }

    /// The server said that it has these pieces.
    pub fn there(&mut self, pieces: &[Digest]) -> Result<()> {
        let tx = self.conn.transaction()?;
        for piece in pieces {
            // One that was wiped while it was on its way is not to be known there.
            let sql = "INSERT OR IGNORE INTO there (piece) SELECT hash FROM piece WHERE hash = ?1";
            tx.prepare_cached(sql)?.execute([piece])?;
        }
        Ok(tx.commit()?)
    }

    /// Whether the server has all of a file.
    pub fn is_there(&self, content: &Content) -> Result<bool> {
        let mut found = self.conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM there WHERE piece = ?1)")?;
        let mut all = true;
        for piece in &content.pieces {
            all &= found.query_row([piece], |row| row.get::<_, bool>(0))?;
        }
        Ok(all)
    }

    /// Asks for a file, to be fetched with the next exchange.
    pub fn wish(&self, content: &Content) -> Result<()> {
        self.conn.prepare_cached("DELETE FROM unwanted WHERE file = ?1")?.execute([&content.hash])?;
        self.conn.prepare_cached("INSERT OR IGNORE INTO wish (file) VALUES (?1)")?.execute([&content.hash])?;
        Ok(())
    }

    /// Whether somebody asked for it here.
    pub fn is_wished(&self, content: &Content) -> Result<bool> {
        let mut found = self.conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM wish WHERE file = ?1)")?;
        Ok(found.query_row([&content.hash], |row| row.get(0))?)
    }

    fn wishes(&self) -> Result<HashSet<Digest>> {
        self.files_in("SELECT file FROM wish")
    }

    fn files_in(&self, sql: &str) -> Result<HashSet<Digest>> {
        let mut found = self.conn.prepare_cached(sql)?;
        Ok(found.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Throws a file away that can be had again, and says whether it could; it does not come again until somebody asks for it.
    pub fn drop_file(&mut self, content: &Content) -> Result<bool> {
        let gone = self.throw_away(content)?;
        if gone {
            let sql = "INSERT OR IGNORE INTO unwanted (file) VALUES (?1)";
            self.conn.prepare_cached(sql)?.execute([&content.hash])?;
        }
        Ok(gone)
    }

    /// Throws away every file that can be had again, but for those that every book keeps.
    pub fn drop_files(&mut self) -> Result<()> {
        for Named { content, .. } in self.named()?.into_iter().filter(|named| !named.eager) {
            if self.file_had(&content)? > 0 {
                self.drop_file(&content)?;
            }
        }
        Ok(())
    }

    /// What came of one that is not whole goes too.
    fn throw_away(&mut self, content: &Content) -> Result<bool> {
        let whole = self.file_had(content)? == u64::from(content.size);
        if whole && !self.is_there(content)? {
            return Ok(false);
        }
        let tx = self.conn.transaction()?;
        tx.execute("DELETE FROM wish WHERE file = ?1", [&content.hash])?;
        tx.execute("DELETE FROM opened WHERE file = ?1", [&content.hash])?;
        for piece in &content.pieces {
            tx.prepare_cached("DELETE FROM piece WHERE hash = ?1")?.execute([piece])?;
        }
        tx.commit()?;
        Ok(true)
    }

    /// Throws away what no record names any more, and, where files take more than `most` bytes, those that were read longest
    /// ago, until they do not: never one that every book keeps, never what the server does not have, and, where there is any
    /// room at all, never the one that was read or came last, for whoever asked for it waits for it. Whether any went.
    pub fn tidy(&mut self, most: u64) -> Result<bool> {
        let named = self.named()?;
        let known: HashSet<&Digest> = named.iter().flat_map(|named| &named.content.pieces).collect();
        let sql = "SELECT hash FROM piece WHERE whole = 0 OR hash IN (SELECT piece FROM there)";
        let had: Vec<Digest> =
            self.conn.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for piece in had.iter().filter(|piece| !known.contains(piece)) {
            self.conn.prepare_cached("DELETE FROM piece WHERE hash = ?1")?.execute([piece])?;
        }
        let room = self.room()?;
        let mut over = (room.eager + room.asked).saturating_sub(most);
        if over == 0 {
            return Ok(false);
        }
        let (mut asked, mut once) = (Vec::new(), HashSet::new());
        for Named { content, .. } in named.iter().filter(|named| !named.eager) {
            // One that was published for several units is one file.
            if !once.insert(content.hash) {
                continue;
            }
            let had = self.file_had(content)?;
            if had > 0 {
                asked.push((self.used(content)?, had, content));
            }
        }
        asked.sort_by_key(|(used, ..)| *used);
        if most > 0 {
            asked.pop();
        }
        let mut went = false;
        for (_, had, content) in asked {
            if over > 0 && self.throw_away(content)? {
                over = over.saturating_sub(had);
                went = true;
            }
        }
        Ok(went)
    }

    /// When it was last read, or came.
    fn used(&self, content: &Content) -> Result<i64> {
        let opened = "SELECT coalesce(max(at), 0) FROM opened WHERE file = ?1";
        let mut last: i64 = self.conn.prepare_cached(opened)?.query_row([content.hash], |row| row.get(0))?;
        let mut found = self.conn.prepare_cached("SELECT coalesce(max(used), 0) FROM piece WHERE hash = ?1")?;
        for piece in &content.pieces {
            last = last.max(found.query_row([piece], |row| row.get(0))?);
        }
        Ok(last)
    }

    /// How much room files take.
    pub fn room(&self) -> Result<Room> {
        let mut room = Room::default();
        let mut counted = HashSet::new();
        for Named { content, eager } in self.named()? {
            if counted.insert(content.hash) {
                let had = self.file_had(&content)?;
                *if eager { &mut room.eager } else { &mut room.asked } += had;
            }
        }
        room.waiting = self.to_give()?.iter().map(|lack| u64::from(lack.size)).sum();
        Ok(room)
    }
}

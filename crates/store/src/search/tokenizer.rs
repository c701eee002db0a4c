//! The words of [`domain::words`] as a tokenizer of FTS5, which is reached by pointers alone: the one file of the house
//! that is not safe Rust, and nothing but that.
#![allow(unsafe_code)]

use std::{
    ffi::{c_char, c_int, c_void},
    ptr::{NonNull, null_mut},
    slice,
};

use rusqlite::{Connection, ffi};

use crate::{Error, Result};

/// What FTS5 hands each token to.
type Say =
    unsafe extern "C" fn(*mut c_void, c_int, token: *const c_char, length: c_int, from: c_int, to: c_int) -> c_int;

/// Makes the tokenizer `words` known to a connection: the bare form of each word, and beside it, at the same place, how
/// it is spelt. What is asked for is made of such forms already, and each is one token as it stands.
pub(crate) fn register(conn: &Connection) -> Result<()> {
    let mut api: *mut ffi::fts5_api = null_mut();
    // SAFETY: the connection is open and used by this thread alone while it is borrowed. The statement is made, stepped
    // and ended here; `api` outlives it, under the type name that `fts5()` asks for.
    unsafe {
        let mut statement = null_mut();
        let db = conn.handle();
        check(ffi::sqlite3_prepare_v2(db, c"SELECT fts5(?1)".as_ptr(), -1, &raw mut statement, null_mut()))?;
        let to = (&raw mut api).cast::<c_void>();
        let bound = ffi::sqlite3_bind_pointer(statement, 1, to, c"fts5_api_ptr".as_ptr(), None);
        ffi::sqlite3_step(statement);
        check(ffi::sqlite3_finalize(statement))?;
        check(bound)?;
    }
    let api = NonNull::new(api).ok_or_else(unfit)?;
    let mut words = ffi::fts5_tokenizer { xCreate: Some(create), xDelete: Some(delete), xTokenize: Some(tokenize) };
    // SAFETY: FTS5 gave a pointer to its interface, which lives as long as the connection; it copies `words` and the name.
    unsafe {
        let add = api.as_ref().xCreateTokenizer.ok_or_else(unfit)?;
        check(add(api.as_ptr(), c"words".as_ptr(), null_mut(), &raw mut words, None))
    }
}

fn unfit() -> Error {
    Error::Unfit("no FTS5".into())
}

fn check(code: c_int) -> Result<()> {
    if code == ffi::SQLITE_OK { Ok(()) } else { Err(Error::Unfit(format!("FTS5 says {code}"))) }
}

/// The tokenizer has no state: what stands for it is never looked at, but must not be null.
unsafe extern "C" fn create(
    _: *mut c_void,
    _: *mut *const c_char,
    _: c_int,
    out: *mut *mut ffi::Fts5Tokenizer,
) -> c_int {
    // SAFETY: FTS5 gives a place to write one pointer to.
    unsafe { out.write(NonNull::dangling().as_ptr()) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(_: *mut ffi::Fts5Tokenizer) {}

unsafe extern "C" fn tokenize(
    _: *mut ffi::Fts5Tokenizer,
    to: *mut c_void,
    flags: c_int,
    text: *const c_char,
    length: c_int,
    say: Option<Say>,
) -> c_int {
    let (Some(say), Ok(length)) = (say, usize::try_from(length)) else { return ffi::SQLITE_OK };
    if text.is_null() || length == 0 {
        return ffi::SQLITE_OK;
    }
    // SAFETY: FTS5 gives `length` bytes that stay while this runs.
    let bytes = unsafe { slice::from_raw_parts(text.cast::<u8>(), length) };
    let Ok(text) = str::from_utf8(bytes) else { return ffi::SQLITE_OK };
    // A text has fewer bytes than a `c_int` counts: FTS5 counted them by one.
    let tell = |kind: c_int, token: &str, from: usize, until: usize| {
        let (length, from, until) = (token.len() as c_int, from as c_int, until as c_int);
        // SAFETY: `say` is FTS5's own, `to` is what it gave for it, and it copies the token's bytes.
        unsafe { say(to, kind, token.as_ptr().cast(), length, from, until) }
    };
    if flags & ffi::FTS5_TOKENIZE_QUERY != 0 {
        return tell(0, text, 0, text.len());
    }
    for word in domain::words(text) {
        let bare = tell(0, &word.bare, word.at.start, word.at.end);
        if bare != ffi::SQLITE_OK {
            return bare;
        }
        if let Some(exact) = &word.exact {
            let exact = tell(ffi::FTS5_TOKEN_COLOCATED, exact, word.at.start, word.at.end);
            if exact != ffi::SQLITE_OK {
                return exact;
            }
        }
    }
    ffi::SQLITE_OK
}

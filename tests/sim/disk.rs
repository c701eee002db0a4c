//! A disk that fails as disks do. It stands between SQLite and the real files of one machine: what was written and not
//! yet synced may be gone, or torn, after the power went; it can be full; it can flip a bit.
#![expect(unsafe_code, reason = "SQLite's file layer is a table of C functions")]
#![allow(non_snake_case, reason = "they are named as SQLite names them")]

use std::{
    collections::HashMap,
    ffi::{CStr, c_char, c_int, c_void},
    fs::{self, OpenOptions},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    ptr,
    sync::{Arc, Mutex, OnceLock},
};

use rand::{Rng, rngs::StdRng, seq::IndexedRandom};
use rusqlite::ffi;

/// A sector is written whole or not at all.
const SECTOR: usize = 512;

/// The disk of one machine: everything under one folder.
#[derive(Clone)]
pub struct Disk(Arc<Mutex<State>>);

struct State {
    folder: PathBuf,
    /// What was written since the last sync of each file, in order.
    unsynced: HashMap<PathBuf, Vec<Unsynced>>,
    /// Bytes that may still be written; without end where none.
    room: Option<u64>,
    /// Writes until the power goes.
    writes_left: Option<u32>,
    /// Without power nothing is read or written.
    off: bool,
}

/// One write or cut that is not on the disk for certain.
struct Unsynced {
    /// Length of the file before.
    length: u64,
    at: u64,
    /// What lay there; shorter where the file ended.
    old: Vec<u8>,
    /// What was written; nothing where the file was cut at `at`.
    new: Option<Vec<u8>>,
}

fn disks() -> &'static Mutex<Vec<Disk>> {
    static DISKS: OnceLock<Mutex<Vec<Disk>>> = OnceLock::new();
    DISKS.get_or_init(|| Mutex::new(Vec::new()))
}

impl Disk {
    /// The disk under `folder`. Books and ledgers opened there from now on lie on it.
    pub fn under(folder: &Path) -> Self {
        register();
        let state =
            State { folder: folder.to_owned(), unsynced: HashMap::new(), room: None, writes_left: None, off: false };
        let disk = Self(Arc::new(Mutex::new(state)));
        disks().lock().unwrap().push(disk.clone());
        disk
    }

    fn of(path: &Path) -> Option<Self> {
        disks().lock().unwrap().iter().find(|disk| path.starts_with(&disk.0.lock().unwrap().folder)).cloned()
    }

    /// It is gone: the folder is about to be removed.
    pub fn forget(&self) {
        let folder = self.0.lock().unwrap().folder.clone();
        disks().lock().unwrap().retain(|disk| disk.0.lock().unwrap().folder != folder);
    }

    /// So many bytes may still be written.
    pub fn room(&self, bytes: Option<u64>) {
        self.0.lock().unwrap().room = bytes;
    }

    /// The power goes after so many more writes.
    pub fn off_after(&self, writes: u32) {
        self.0.lock().unwrap().writes_left = Some(writes);
    }

    /// Whether the power went.
    pub fn is_off(&self) -> bool {
        self.0.lock().unwrap().off
    }

    /// The power goes now.
    pub fn off(&self) {
        self.0.lock().unwrap().off = true;
    }

    /// The power is back. Of what was written and not synced any part may be there, some of it torn. Nothing may have
    /// a file open here.
    pub fn on(&self, chance: &mut StdRng) {
        let mut state = self.0.lock().unwrap();
        let mut files: Vec<_> = std::mem::take(&mut state.unsynced).into_iter().collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        for (path, writes) in files {
            let Ok(file) = OpenOptions::new().read(true).write(true).open(&path) else { continue };
            for write in writes.iter().rev() {
                file.write_all_at(&write.old, write.at).unwrap();
                file.set_len(write.length).unwrap();
            }
            // Most often nothing of it had arrived, or all; sometimes any of it.
            let kept = *[0.0, 0.0, 0.5, 0.9, 1.0].choose(chance).unwrap();
            for write in &writes {
                if !chance.random_bool(kept) {
                    continue;
                }
                match &write.new {
                    Some(new) if chance.random_bool(0.2) => {
                        let sectors = chance.random_range(0..=new.len() / SECTOR);
                        file.write_all_at(&new[..sectors * SECTOR], write.at).unwrap();
                    }
                    Some(new) => file.write_all_at(new, write.at).unwrap(),
                    None => file.set_len(write.at).unwrap(),
                }
            }
        }
        state.off = false;
        state.room = None;
        state.writes_left = None;
    }

    /// Flips one bit of a file here; the same again puts it back.
    pub fn flip(&self, name: &str, (byte, bit): (u64, u8)) {
        let path = self.0.lock().unwrap().folder.join(name);
        let file = OpenOptions::new().read(true).write(true).open(path).unwrap();
        let mut there = [0];
        file.read_exact_at(&mut there, byte).unwrap();
        file.write_all_at(&[there[0] ^ 1 << bit], byte).unwrap();
    }

    fn write(&self, Lies { path, file, .. }: &Lies, at: u64, new: Option<&[u8]>) -> c_int {
        let mut state = self.0.lock().unwrap();
        if state.off {
            return ffi::SQLITE_IOERR_WRITE;
        }
        if let Some(left) = &mut state.writes_left {
            if *left == 0 {
                state.off = true;
                return ffi::SQLITE_IOERR_WRITE;
            }
            *left -= 1;
        }
        let bytes = new.map_or(0, <[u8]>::len) as u64;
        if let Some(room) = &mut state.room {
            if *room < bytes {
                return ffi::SQLITE_FULL;
            }
            *room -= bytes;
        }
        let length = file.metadata().map_or(0, |file| file.len());
        let span = if new.is_some() { bytes } else { length.saturating_sub(at) };
        let mut old = vec![0; span.min(length.saturating_sub(at)) as usize];
        if file.read_exact_at(&mut old, at).is_err() {
            return ffi::SQLITE_IOERR_READ;
        }
        let write = Unsynced { length, at, old, new: new.map(<[u8]>::to_vec) };
        state.unsynced.entry(path.to_owned()).or_default().push(write);
        ffi::SQLITE_OK
    }

    fn synced(&self, path: &Path) -> c_int {
        let mut state = self.0.lock().unwrap();
        if state.off {
            return ffi::SQLITE_IOERR_FSYNC;
        }
        state.unsynced.remove(path);
        ffi::SQLITE_OK
    }

    fn gone(&self, path: &Path) {
        self.0.lock().unwrap().unsynced.remove(path);
    }
}

/// An open file: SQLite's own behind it, in the same piece of memory.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    disk: *mut c_void,
}

struct Lies {
    disk: Disk,
    path: PathBuf,
    /// To see what lies where it is written.
    file: fs::File,
}

const HEAD: usize = size_of::<File>().next_multiple_of(16);

unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    unsafe { file.cast::<u8>().add(HEAD).cast() }
}

unsafe fn lies<'a>(file: *mut ffi::sqlite3_file) -> &'a Lies {
    unsafe { &*(*file.cast::<File>()).disk.cast::<Lies>() }
}

/// Calls the same function of the file behind.
macro_rules! pass {
    ($file:ident, $name:ident $(, $arg:expr)*) => {
        unsafe {
            let behind = real($file);
            match (*(*behind).pMethods).$name {
                Some(call) => call(behind $(, $arg)*),
                None => ffi::SQLITE_NOTFOUND,
            }
        }
    };
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    let done = pass!(file, xClose);
    unsafe { drop(Box::from_raw((*file.cast::<File>()).disk.cast::<Lies>())) };
    done
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, to: *mut c_void, count: c_int, at: i64) -> c_int {
    if unsafe { lies(file) }.disk.is_off() {
        return ffi::SQLITE_IOERR_READ;
    }
    pass!(file, xRead, to, count, at)
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, from: *const c_void, count: c_int, at: i64) -> c_int {
    let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), count as usize) };
    let lies = unsafe { lies(file) };
    match lies.disk.write(lies, at as u64, Some(bytes)) {
        ffi::SQLITE_OK => pass!(file, xWrite, from, count, at),
        failed => failed,
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, at: i64) -> c_int {
    let lies = unsafe { lies(file) };
    match lies.disk.write(lies, at as u64, None) {
        ffi::SQLITE_OK => pass!(file, xTruncate, at),
        failed => failed,
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // The file behind need not be synced: nothing here loses power but in play.
    let lies = unsafe { lies(file) };
    lies.disk.synced(&lies.path)
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, size: *mut i64) -> c_int {
    pass!(file, xFileSize, size)
}
unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, how: c_int) -> c_int {
    pass!(file, xLock, how)
}
unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, how: c_int) -> c_int {
    pass!(file, xUnlock, how)
}
unsafe extern "C" fn check_reserved(file: *mut ffi::sqlite3_file, held: *mut c_int) -> c_int {
    pass!(file, xCheckReservedLock, held)
}
unsafe extern "C" fn control(file: *mut ffi::sqlite3_file, what: c_int, with: *mut c_void) -> c_int {
    pass!(file, xFileControl, what, with)
}
unsafe extern "C" fn sector(_: *mut ffi::sqlite3_file) -> c_int {
    SECTOR as c_int
}
unsafe extern "C" fn traits(_: *mut ffi::sqlite3_file) -> c_int {
    0
}
unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    page: c_int,
    size: c_int,
    extend: c_int,
    to: *mut *mut c_void,
) -> c_int {
    pass!(file, xShmMap, page, size, extend, to)
}
unsafe extern "C" fn shm_lock(file: *mut ffi::sqlite3_file, offset: c_int, count: c_int, flags: c_int) -> c_int {
    pass!(file, xShmLock, offset, count, flags)
}
unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    unsafe {
        let behind = real(file);
        if let Some(call) = (*(*behind).pMethods).xShmBarrier {
            call(behind);
        }
    }
}
unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, delete: c_int) -> c_int {
    pass!(file, xShmUnmap, delete)
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(traits),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

unsafe fn behind(vfs: *mut ffi::sqlite3_vfs) -> *mut ffi::sqlite3_vfs {
    unsafe { (*vfs).pAppData.cast() }
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    unsafe {
        let vfs = behind(vfs);
        let Some(call) = (*vfs).xOpen else { return ffi::SQLITE_CANTOPEN };
        let disk = (!name.is_null())
            .then(|| PathBuf::from(CStr::from_ptr(name).to_string_lossy().into_owned()))
            .and_then(|path| Disk::of(&path).map(|disk| (disk, path)));
        let Some((disk, path)) = disk else {
            // Not under any disk of ours: SQLite's own file, in our room.
            return call(vfs, name, file, flags, out);
        };
        if disk.is_off() {
            return ffi::SQLITE_CANTOPEN;
        }
        (*file).pMethods = ptr::null();
        let done = call(vfs, name, real(file), flags, out);
        if done == ffi::SQLITE_OK {
            let Ok(there) = fs::File::open(&path) else { return ffi::SQLITE_CANTOPEN };
            let file = file.cast::<File>();
            (*file).disk = Box::into_raw(Box::new(Lies { disk, path, file: there })).cast();
            (*file).base.pMethods = &METHODS;
        }
        done
    }
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    unsafe {
        let path = PathBuf::from(CStr::from_ptr(name).to_string_lossy().into_owned());
        if let Some(disk) = Disk::of(&path) {
            if disk.is_off() {
                return ffi::SQLITE_IOERR_DELETE;
            }
            disk.gone(&path);
        }
        let vfs = behind(vfs);
        (*vfs).xDelete.map_or(ffi::SQLITE_ERROR, |call| call(vfs, name, sync))
    }
}

/// Puts it in the place of SQLite's own file layer, for the whole process.
fn register() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| unsafe {
        ffi::sqlite3_initialize();
        let own = ffi::sqlite3_vfs_find(ptr::null());
        let mut vfs = ptr::read(own);
        vfs.szOsFile += HEAD as c_int;
        vfs.zName = c"failing".as_ptr();
        vfs.pAppData = own.cast();
        vfs.xOpen = Some(open);
        vfs.xDelete = Some(delete);
        // The others are called with the same structure, and look at nothing of it that differs.
        vfs.pNext = ptr::null_mut();
        let done = ffi::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 1);
        assert_eq!(done, ffi::SQLITE_OK, "the file layer is taken");
    });
}

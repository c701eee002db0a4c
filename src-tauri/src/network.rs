//! Whether the network counts what goes over it, as the system knows. Nobody says so: then it counts.

use std::sync::Arc;

use app::App;

/// Tells the app, now and whenever it changes, for as long as the process lives.
pub fn tell(app: &Arc<App>) {
    #[cfg(target_os = "linux")]
    linux::tell(Arc::clone(app));
    #[cfg(target_os = "android")]
    android::tell(app);
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = app;
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{sync::Arc, thread};

    use app::App;
    use zbus::blocking::{Connection, Proxy};

    const NAME: &str = "org.freedesktop.NetworkManager";

    /// Asks NetworkManager. A machine without it, or without its bus, has a network that counts.
    pub fn tell(app: Arc<App>) {
        thread::spawn(move || {
            let _ = listen(|metered| app.set_unmetered(Some(unmetered(metered))));
            app.set_unmetered(None);
        });
    }

    fn listen(mut hear: impl FnMut(u32)) -> zbus::Result<()> {
        let bus = Connection::system()?;
        let manager = Proxy::new(&bus, NAME, "/org/freedesktop/NetworkManager", NAME)?;
        let changes = manager.receive_property_changed::<u32>("Metered");
        hear(manager.get_property("Metered")?);
        for change in changes {
            hear(change.get()?);
        }
        Ok(())
    }

    /// `NMMetered`: 0 unknown, 1 yes, 2 no, 3 guessed yes, 4 guessed no.
    fn unmetered(metered: u32) -> bool {
        matches!(metered, 2 | 4)
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn what_is_not_known_counts() {
            assert_eq!([0, 1, 2, 3, 4, 5].map(super::unmetered), [false, false, true, false, true, false]);
        }
    }
}

/// `MainActivity.kt` says it, at the start and whenever the network changes.
#[cfg(target_os = "android")]
mod android {
    use std::{
        ffi::c_void,
        sync::{
            Arc, OnceLock,
            atomic::{AtomicBool, Ordering::SeqCst},
        },
    };

    use app::App;

    /// What was said last, which may be before there is a book to tell.
    static SAID: AtomicBool = AtomicBool::new(false);
    static APP: OnceLock<Arc<App>> = OnceLock::new();

    pub fn tell(app: &Arc<App>) {
        let app = APP.get_or_init(|| Arc::clone(app));
        app.set_unmetered(Some(SAID.load(SeqCst)));
    }

    #[expect(unsafe_code, reason = "the name by which Java finds it; neither of the two pointers is looked at")]
    #[unsafe(no_mangle)]
    extern "system" fn Java_vn_sotay_dangvien_MainActivity_unmetered(_: *mut c_void, _: *mut c_void, unmetered: u8) {
        SAID.store(unmetered != 0, SeqCst);
        if let Some(app) = APP.get() {
            app.set_unmetered(Some(unmetered != 0));
        }
    }
}

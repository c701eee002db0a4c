//! What administrators do at the server's machine, and what befalls it.

use domain::{Id, Office};
use rand::{Rng, seq::IndexedRandom};
use server::{Sqlite, people};

use crate::{
    deeds::Life,
    disk::Disk,
    world::{copy, draw},
};

impl Life {
    /// A cell's deputy office comes or goes.
    pub fn office(&mut self) {
        let w = &mut self.world;
        let members: Vec<usize> = (0..w.people.len()).filter(|at| w.people[*at].grants.len() == 1).collect();
        let at = *members.choose(&mut w.chance).unwrap_or(&3);
        let (now, today) = (w.now, w.today());
        let person = w.people[at].clone();
        let held = person.grants.iter().position(|g| g.office == Office::Deputy && g.in_force(&today));
        match held {
            Some(held) => {
                w.server.admin(now, |ledger, _| people::withdraw(ledger, person.id, person.unit, Office::Deputy));
                w.people[at].grants.remove(held);
            }
            None => {
                let grant = people::grant(Id::new(draw(&mut w.chance)), person.unit, person.id, Office::Deputy, &today);
                w.server.admin(now, |ledger, _| people::add_grant(ledger, &grant));
                w.people[at].grants.push(grant);
            }
        }
        w.note(format!("person {at} {} deputy", if held.is_some() { "is no longer" } else { "becomes" }));
    }

    pub fn revoke(&mut self, at: usize) {
        let w = &mut self.world;
        // Somebody must be left to write.
        if w.phones[at].revoked || w.phones.iter().filter(|phone| !phone.revoked).count() < 5 {
            return;
        }
        let (now, device) = (w.now, w.phones[at].id());
        // A restored server may have lost that it let the phone in, and then has nothing to shut out.
        if !w.server.admin(now, |ledger, _| Ok(ledger.register().key(device).is_some())) {
            return;
        }
        w.server.admin(now, |ledger, _| people::revoke(ledger, device.uuid()));
        // A copy of its files is the same device.
        w.phones.iter_mut().filter(|phone| phone.id() == device).for_each(|phone| phone.revoked = true);
        w.note(format!("phone {at} is shut out"));
        let holder = w.phones[at].holder;
        w.hand_out(holder);
    }

    pub fn server_crash(&mut self) {
        let w = &mut self.world;
        let writes = w.chance.random_range(0..30);
        w.server.disk.off_after(writes);
        w.note(format!("the server loses power after {writes} writes"));
    }

    /// The server's files are copied while it stands still.
    pub fn back_up(&mut self) {
        let w = &mut self.world;
        w.server.ledger = None;
        w.server.power();
        let dir = tempfile::tempdir().expect("a folder");
        copy(self.world.server.dir.path(), dir.path());
        self.backup = Some(dir);
        self.world.note("the server is backed up");
    }

    /// The server is put back to its copy, and says so by a new epoch.
    pub fn restore(&mut self) {
        let Some(backup) = self.backup.take() else { return };
        let w = &mut self.world;
        w.server.ledger = None;
        w.server.disk.forget();
        w.server.dir = backup;
        w.server.disk = Disk::under(w.server.dir.path());
        self.restored = true;
        let mut ledger = Sqlite::open(w.server.dir.path()).expect("the copy opens");
        ledger.restored(&w.server.outside).expect("a new epoch is drawn");
        self.redo();
        let w = &mut self.world;
        w.note("the server is restored, and says so");
    }

    /// What the administrators did is done again where the restored server lost it: it is written down on paper.
    pub fn redo(&mut self) {
        let w = &mut self.world;
        let today = w.today();
        let now = w.now;
        for at in 0..w.phones.len() {
            let (device, revoked) = (w.phones[at].id(), w.phones[at].revoked);
            let known = w.server.admin(now, |ledger, _| Ok(ledger.register().key(device).is_some()));
            if known && revoked {
                w.server.admin(now, |ledger, _| people::revoke(ledger, device.uuid()));
            }
        }
        let people = w.people.clone();
        w.server.admin(now, |ledger, _| {
            for person in &people {
                let held = ledger.register().offices(person.id, &today);
                for grant in person.grants.iter().filter(|g| !held.contains(&(g.unit, g.office))) {
                    people::add_grant(ledger, grant)?;
                }
                for (unit, office) in held {
                    if !person.grants.iter().any(|g| g.unit == unit && g.office == office) {
                        people::withdraw(ledger, person.id, unit, office)?;
                    }
                }
            }
            Ok(())
        });
    }
}

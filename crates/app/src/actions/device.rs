//! The unit's devices: who writes with which, which wait for a second person, which were shut out.

use domain::{Deed, Device, Grant, Id, Log, Member, Moment, Office, Record, authorize, unhex};
use serde::{Deserialize, Serialize};
use sync::six_digits;
use ts_rs::TS;

use super::sync::SyncState;
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, On, edit},
    time,
};

/// One device of the unit, or one elsewhere that waits for this person.
#[derive(Debug, Serialize, TS)]
pub struct DeviceLine {
    /// Its name.
    pub id: Id<Device>,
    /// Whose it is.
    pub holder: String,
    /// What it is called.
    pub name: String,
    /// When it was let in.
    pub enrolled_at: Moment,
    /// Whether it waits for a second person before its holder's office counts there.
    pub waits: bool,
    /// When it was shut out.
    pub revoked_at: Option<Moment>,
    /// Whether it is this one.
    pub this_one: bool,
    /// Whether this person may confirm it.
    pub may_confirm: bool,
    /// Whether this person may shut it out.
    pub may_revoke: bool,
}

impl Desk {
    /// The grants of a person in force today.
    pub(crate) fn grants(&self, member: Id<Member>) -> Result<Vec<Grant>, Trouble> {
        let today = self.today();
        let grants: Vec<Grant> = self.book.list("WHERE member = ?1", [member.uuid().into_bytes()])?;
        Ok(grants.into_iter().filter(|grant| grant.in_force(&today)).collect())
    }

    /// The unit's devices, latest first; those that this person may confirm stand in front, from units below too.
    pub(crate) fn devices(&self) -> Result<Vec<DeviceLine>, Trouble> {
        let mut lines = Vec::new();
        for device in self.book.list::<Device>("ORDER BY enrolled_at DESC, id", [])? {
            let Some(holder) = self.book.get::<Member>(device.member)? else { continue };
            let waits = self.waits(&device)?;
            let may_confirm = waits && self.may_set(&device, "confirmed_at")?;
            if holder.unit != self.unit && !may_confirm {
                continue;
            }
            lines.push(DeviceLine {
                this_one: device.id == self.book.device(),
                may_revoke: device.revoked_at.is_none() && self.may_set(&device, "revoked_at")?,
                waits,
                may_confirm,
                id: device.id,
                holder: holder.name,
                name: device.name,
                enrolled_at: device.enrolled_at,
                revoked_at: device.revoked_at,
            });
        }
        lines.sort_by_key(|line| !line.may_confirm);
        Ok(lines)
    }

    /// The six digits of this device, while it waits for a second person.
    pub(crate) fn digits(&self) -> Result<Option<String>, Trouble> {
        let Some(device) = self.book.get(self.book.device())? else { return Ok(None) };
        Ok(if self.waits(&device)? { self.digits_of(&device)? } else { None })
    }

    /// Whether a second person must confirm a device before its holder's office counts there.
    fn waits(&self, device: &Device) -> Result<bool, Trouble> {
        let open = device.confirmed_at.is_none() && device.revoked_at.is_none();
        Ok(open && self.grants(device.member)?.iter().any(|grant| grant.office != Office::Member))
    }

    fn digits_of(&self, device: &Device) -> Result<Option<String>, Trouble> {
        let root: Option<[u8; 32]> = self.book.fact("root")?;
        Ok(root.zip(unhex(&device.public_key)).map(|(root, key)| six_digits(&root, &key)))
    }

    fn may_set(&self, device: &Device, field: &str) -> Result<bool, Trouble> {
        let Some((_, field)) = Device::TABLE.column(field) else { return Ok(false) };
        let value = time::moment(self.now).into();
        let deed = Deed::Edit(&Device::TABLE, device.id.uuid(), field, &value);
        let scene = On::book(&self.book);
        Ok(authorize(&self.actor()?, deed, &self.log_of(device)?, &scene).is_ok())
    }

    fn log_of(&self, device: &Device) -> Result<Log, Trouble> {
        Ok(self.book.log_of(&Device::TABLE, device.id.uuid())?.ok_or(Code::NotFound)?)
    }

    /// Writes this moment into one field of a device.
    fn stamp(&mut self, device: &Device, field: &'static str) -> Result<(), Trouble> {
        let log = self.log_of(device)?;
        self.write(log, vec![edit(device.id, field, time::moment(self.now))], None)
    }
}

/// Shuts a device out, for a phone that is lost or handed on.
#[derive(Deserialize, TS)]
pub struct RevokeDevice {
    device: Id<Device>,
}

impl Action for RevokeDevice {
    const NAME: &'static str = "revoke_device";
    type Reply = SyncState;

    fn run(self, app: &App) -> Result<SyncState, Trouble> {
        app.at_desk(|desk| {
            let device = desk.need(self.device)?;
            desk.stamp(&device, "revoked_at")
        })?;
        app.sync_state()
    }
}

/// Agrees that a comrade's new device is theirs, by the six digits that they read from it.
#[derive(Deserialize, TS)]
pub struct ConfirmDevice {
    device: Id<Device>,
    digits: String,
}

impl Action for ConfirmDevice {
    const NAME: &'static str = "confirm_device";
    type Reply = SyncState;

    fn run(self, app: &App) -> Result<SyncState, Trouble> {
        let digits: String = self.digits.chars().filter(|c| !c.is_whitespace()).collect();
        app.at_desk(|desk| {
            let device = desk.need(self.device)?;
            match desk.digits_of(&device)? {
                _ if digits.is_empty() => Err(Trouble::invalid("digits", "empty")),
                Some(right) if right == digits => desk.stamp(&device, "confirmed_at"),
                _ => Err(Trouble::invalid("digits", "other_digits")),
            }
        })?;
        app.sync_state()
    }
}

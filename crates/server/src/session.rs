//! Sessions: a device signs a nonce of the server's and gets a token for a day. No passwords.

use std::collections::HashMap;

use domain::{Actor, Device, Id};
use hmac::{Hmac, Mac};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use sync::{Opening, Signature, challenge};

use crate::{Door, LedgerError, Outside, Refused, Sqlite, accounts::Answer};

/// How long a session lives, milliseconds.
const SESSION_LIFE: u64 = 24 * 60 * 60 * 1000;
/// How long a nonce may be answered, milliseconds.
const NONCE_LIFE: u64 = 2 * 60 * 1000;
const CHANCE: usize = 16;
const HEAD: usize = CHANCE + 8;

/// The nonces given out: none is stored until it comes back.
#[derive(Debug)]
pub struct Nonces {
    key: [u8; 32],
    /// Nonces that were answered, and when they could no longer be.
    used: HashMap<Vec<u8>, u64>,
}

impl Nonces {
    /// Nonces of this run of the server.
    pub fn new(outside: &Outside) -> Self {
        Self { key: outside.bytes(), used: HashMap::new() }
    }

    /// A nonce for one device: chance, the time, and a proof that both are ours.
    pub fn give(&self, device: Id<Device>, outside: &Outside) -> Vec<u8> {
        let mut nonce = outside.bytes::<CHANCE>().to_vec();
        nonce.extend(outside.now().to_be_bytes());
        let proof = self.mac(device, &nonce).finalize().into_bytes();
        nonce.extend(proof);
        nonce
    }

    /// Whether this nonce was given to this device lately, and comes back for the first time.
    pub fn take(&mut self, device: Id<Device>, nonce: &[u8], now: u64) -> bool {
        let Some((head, proof)) = nonce.split_at_checked(HEAD) else { return false };
        if self.mac(device, head).verify_slice(proof).is_err() {
            return false;
        }
        let Some(given) = head.get(CHANCE..).and_then(|bytes| bytes.try_into().ok()).map(u64::from_be_bytes) else {
            return false;
        };
        self.used.retain(|_, until| *until > now);
        now < given + NONCE_LIFE && self.used.insert(nonce.to_vec(), given + NONCE_LIFE).is_none()
    }

    fn mac(&self, device: Id<Device>, head: &[u8]) -> Hmac<Sha256> {
        let mut key = hmac::digest::Key::<Hmac<Sha256>>::default();
        key.iter_mut().zip(self.key).for_each(|(to, from)| *to = from);
        let mut mac = <Hmac<Sha256> as Mac>::new(&key);
        mac.update(device.uuid().as_bytes());
        mac.update(head);
        mac
    }
}

/// A token for a device whose nonce was good, if it signed it. An unknown device sounds like a wrong signature.
pub fn open(ledger: &Sqlite, outside: &Outside, asked: &Opening) -> Answer<String> {
    let said = challenge(asked.device, &asked.nonce);
    let signed = Signature::from_slice(&asked.signature).is_ok_and(|signature| {
        ledger.register().key(asked.device).is_some_and(|key| key.verify_strict(&said, &signature).is_ok())
    });
    if !signed {
        return Ok(Err(Refused::Session));
    }
    match ledger.door(asked.device) {
        Door::Open(_) => begin(ledger, outside, asked.device).map(Ok),
        Door::Unknown | Door::Shut => Ok(Err(Refused::Revoked)),
    }
}

/// A new session of a device; only the token's hash is kept.
pub fn begin(ledger: &Sqlite, outside: &Outside, device: Id<Device>) -> Result<String, LedgerError> {
    let token: String = outside.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
    let now = ledger.now();
    ledger.db().prepare_cached("DELETE FROM session WHERE expires <= ?1")?.execute([now.cast_signed()])?;
    let sql = "INSERT INTO session (token_hash, device, expires) VALUES (?1, ?2, ?3)";
    let expires = (now + SESSION_LIFE).cast_signed();
    ledger.db().prepare_cached(sql)?.execute(params![hash(&token), device.uuid().as_bytes(), expires])?;
    Ok(token)
}

/// Whose session a token opens. A device that was shut out has none, whatever its token says.
pub fn of_token(ledger: &Sqlite, token: &str) -> Answer<(Id<Device>, Actor)> {
    let sql = "SELECT device FROM session WHERE token_hash = ?1 AND expires > ?2";
    let found = ledger
        .db()
        .prepare_cached(sql)?
        .query_row(params![hash(token), ledger.now().cast_signed()], |row| row.get::<_, [u8; 16]>(0));
    let Some(device) = found.optional()?.map(|bytes| Id::new(uuid::Uuid::from_bytes(bytes))) else {
        return Ok(Err(Refused::Session));
    };
    Ok(match ledger.door(device) {
        Door::Open(actor) => Ok((device, actor)),
        Door::Shut => Err(Refused::Revoked),
        Door::Unknown => Err(Refused::Session),
    })
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

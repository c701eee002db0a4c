//! The recovery envelope: a forgotten PIN loses nothing that was not sent.

use std::fs;

use rand::CryptoRng;
use sync::{Rescue, SigningKey};
use zeroize::Zeroizing;

use super::{Cost, Keys, Tries, Vault};
use crate::{Error, Item, Result, keystore::put};

/// The keys once more, sealed for the province's offline key: what is not sent yet outlives a forgotten PIN.
pub(super) const ENVELOPE: &str = "envelope";

impl Vault {
    /// Keeps the recovery envelope: the keys, sealed for `recipient`, whose secret no network ever sees.
    pub fn put_envelope(&self, keys: &Keys, recipient: &str) -> Result<()> {
        let plain = Zeroizing::new(postcard::to_stdvec(keys).map_err(|_| Error::Broken)?);
        put(&self.home.join(ENVELOPE), &sync::seal_for(recipient, &plain).map_err(|_| Error::Broken)?)
    }

    /// Asks for the keys back: the envelope, and a new key that only this device's keystore holds. Asked twice it is
    /// the same key.
    pub fn ask_rescue(&self, chance: &mut impl CryptoRng) -> Result<Option<Rescue>> {
        let envelope = match fs::read(self.home.join(ENVELOPE)) {
            Ok(envelope) => envelope,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut seed = Zeroizing::new([0; 32]);
        match self.keystore.read(Item::Rescue)? {
            Some(kept) => *seed = kept.as_slice().try_into().map_err(|_| Error::Broken)?,
            None => {
                chance.fill_bytes(seed.as_mut());
                self.keystore.keep(Item::Rescue, seed.as_ref())?;
            }
        }
        Ok(Some(Rescue { key: SigningKey::from_bytes(&seed).verifying_key().to_bytes(), envelope }))
    }

    /// Takes the keys back and seals them under a new secret and a new PIN; false where the answer is not for this
    /// device, or not whole.
    pub fn take_rescue(&self, answer: &[u8], pin: &str, chance: &mut impl CryptoRng) -> Result<bool> {
        let Some(seed) = self.keystore.read(Item::Rescue)? else { return Ok(false) };
        let seed: Zeroizing<[u8; 32]> = Zeroizing::new(seed.as_slice().try_into().map_err(|_| Error::Broken)?);
        let Ok(plain) = sync::rescued(answer, &SigningKey::from_bytes(&seed)) else { return Ok(false) };
        let keys: Keys = postcard::from_bytes(&plain).map_err(|_| Error::Broken)?;
        let cost = self.slot()?.map_or(Cost::USUAL, |slot| slot.cost);
        let mut secret = Zeroizing::new([0; 32]);
        chance.fill_bytes(secret.as_mut());
        // The counter last: until then a cut leaves the book as destroyed as it was, and the answer opens it again.
        self.keystore.keep(Item::Secret, secret.as_ref())?;
        self.seal(&keys, pin, cost, chance)?;
        self.put_tries(Tries::default())?;
        self.keystore.destroy(Item::Rescue)?;
        Ok(true)
    }
}

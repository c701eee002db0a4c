//! A bundle: what one party has to say to another, in one file that may go by any hand. It is encrypted to its reader
//! (age), signed by its writer, and says the same as an exchange over the network would.

use std::io::Read;

use age::{Decryptor, x25519};
use bech32::{Bech32, Hrp};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    Ask, Enrol, Hash, Held, Reply, Welcome,
    exchange::MOST_ENTRIES,
    wire::{self, few},
};

/// How long a bundle is good for, milliseconds: a lost stick is of no use to its finder's friends for ever.
pub const BUNDLE_LIFE: u64 = 60 * 24 * 3600 * 1000;
/// No bundle unpacks to more than this.
const BIGGEST: usize = 64 * 1024 * 1024;
/// The head of an age file for one reader is shorter, and ends with this and a digest.
const LONGEST_HEAD: usize = 512;
const HEAD_ENDS: &[u8] = b"\n--- ";
const FORMAT: u16 = 1;
const CONTEXT: &[u8] = b"sotay bundle 1\0";

/// What a bundle says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Said {
    /// A new device to the province: let me in, and tell me what there is.
    Join(Held<Enrol>, Ask),
    /// The province to that device.
    Welcome(Held<Welcome>, Reply),
    /// A device to the province, as over the network.
    Ask(Ask),
    /// The province's answer to the question with this hash.
    Reply(Hash, Reply),
    /// A device to another: entries, verbatim, their authors' signatures in them.
    Entries(#[serde(deserialize_with = "few::<MOST_ENTRIES, _, _>")] Vec<Vec<u8>>),
}

/// Why a bundle was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Spoilt {
    /// Not a bundle, cut off, or altered on the way.
    #[error("not a whole bundle")]
    Altered,
    /// For somebody else.
    #[error("for another reader")]
    Foreign,
    /// Too old.
    #[error("expired")]
    Expired,
    /// Written by a newer app.
    #[error("of a newer format")]
    Newer,
}

/// What is signed.
#[derive(Serialize, Deserialize)]
struct Sheet {
    format: u16,
    from: [u8; 32],
    /// Else its reader could pass it on as if it had been written to a third.
    to: [u8; 32],
    made: u64,
    said: Vec<u8>,
}

/// Writes a bundle at `now`, milliseconds since 1970.
pub fn bundle(said: &Said, from: &SigningKey, to: &VerifyingKey, now: u64) -> Result<Vec<u8>, Spoilt> {
    let said = wire::pack(said).map_err(|_| Spoilt::Altered)?;
    let sheet = Sheet { format: FORMAT, from: from.verifying_key().to_bytes(), to: to.to_bytes(), made: now, said };
    let mut plain = postcard::to_stdvec(&sheet).map_err(|_| Spoilt::Altered)?;
    plain.extend(from.sign(&[CONTEXT, &plain].concat()).to_bytes());
    let reader = reader_of(to).ok_or(Spoilt::Foreign)?;
    age::encrypt(&reader, &plain).map_err(|_| Spoilt::Foreign)
}

/// Reads a bundle that is for `reader`: who wrote it, and what it says. Nothing is believed of the writer yet.
pub fn unbundle(bytes: &[u8], reader: &SigningKey, now: u64) -> Result<(VerifyingKey, Said), Spoilt> {
    let me = secret_of(reader).ok_or(Spoilt::Foreign)?;
    let sealed = Decryptor::new(for_one(bytes)?).map_err(|_| Spoilt::Altered)?;
    let opened = sealed.decrypt(std::iter::once(&me as &dyn age::Identity)).map_err(spoilt)?;
    let mut plain = Vec::new();
    opened.take(BIGGEST as u64 + 1).read_to_end(&mut plain).map_err(|_| Spoilt::Altered)?;
    let (sheet, signature) = plain.split_last_chunk::<64>().ok_or(Spoilt::Altered)?;
    let (format, _) = postcard::take_from_bytes::<u16>(sheet).map_err(|_| Spoilt::Altered)?;
    if format > FORMAT {
        return Err(Spoilt::Newer);
    }
    let read: Sheet = postcard::from_bytes(sheet).map_err(|_| Spoilt::Altered)?;
    let from = VerifyingKey::from_bytes(&read.from).map_err(|_| Spoilt::Altered)?;
    from.verify_strict(&[CONTEXT, sheet].concat(), &Signature::from_bytes(signature)).map_err(|_| Spoilt::Altered)?;
    if read.to != reader.verifying_key().to_bytes() {
        return Err(Spoilt::Foreign);
    }
    if read.made.saturating_add(BUNDLE_LIFE) < now {
        return Err(Spoilt::Expired);
    }
    let said = wire::unpack_within(&read.said, BIGGEST).map_err(|_| Spoilt::Altered)?;
    Ok((from, said))
}

/// What a province keeps on paper, far from any network, and what it tells every device: the secret
/// `AGE-SECRET-KEY-1…` that opens envelopes, and the recipient `age1…` that they are sealed for.
pub fn recovery_of(chance: [u8; 32]) -> Option<(Zeroizing<String>, String)> {
    let secret = secret_words(&chance)?;
    let recipient = secret.parse::<x25519::Identity>().ok()?.to_public().to_string();
    Some((secret, recipient))
}

/// Seals bytes for whoever holds the secret of a recipient, `age1…`.
pub fn seal_for(recipient: &str, plain: &[u8]) -> Result<Vec<u8>, Spoilt> {
    let reader: x25519::Recipient = recipient.parse().map_err(|_| Spoilt::Foreign)?;
    age::encrypt(&reader, plain).map_err(|_| Spoilt::Altered)
}

/// What a device whose keys are lost brings to the province: its envelope, and a new key to answer to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rescue {
    /// The new key, and what its six digits follow from.
    pub key: [u8; 32],
    /// What was sealed for the province when the book was begun.
    pub envelope: Vec<u8>,
}

/// Opens an envelope with the province's secret and seals what is in it to the key that asks. Whoever does this has
/// first heard the key's six digits from the person whose book it is.
pub fn rescue(secret: &str, asked: &Rescue) -> Result<Vec<u8>, Spoilt> {
    let me: x25519::Identity = secret.trim().parse().map_err(|_| Spoilt::Foreign)?;
    let plain = Zeroizing::new(age::decrypt(&me, for_one(&asked.envelope)?).map_err(spoilt)?);
    let key = VerifyingKey::from_bytes(&asked.key).map_err(|_| Spoilt::Altered)?;
    age::encrypt(&reader_of(&key).ok_or(Spoilt::Altered)?, &plain).map_err(|_| Spoilt::Altered)
}

/// Opens what [`rescue`] sealed.
pub fn rescued(answer: &[u8], key: &SigningKey) -> Result<Zeroizing<Vec<u8>>, Spoilt> {
    let me = secret_of(key).ok_or(Spoilt::Foreign)?;
    age::decrypt(&me, for_one(answer)?).map(Zeroizing::new).map_err(spoilt)
}

fn spoilt(error: age::DecryptError) -> Spoilt {
    match error {
        age::DecryptError::NoMatchingKeys => Spoilt::Foreign,
        _ => Spoilt::Altered,
    }
}

/// What is sealed for one reader has a short head. Reading a long one takes time with the square of its length, and
/// whoever brings it need not have been let in.
fn for_one(bytes: &[u8]) -> Result<&[u8], Spoilt> {
    let head = bytes.get(..bytes.len().min(LONGEST_HEAD)).unwrap_or_default();
    let ends = head.windows(HEAD_ENDS.len()).any(|part| part == HEAD_ENDS);
    if ends { Ok(bytes) } else { Err(Spoilt::Altered) }
}

/// The same point, as age reads it: whoever knows with what a device signs can also write to it alone.
fn reader_of(key: &VerifyingKey) -> Option<x25519::Recipient> {
    let hrp = Hrp::parse("age").ok()?;
    bech32::encode::<Bech32>(hrp, key.to_montgomery().as_bytes()).ok()?.parse().ok()
}

fn secret_of(key: &SigningKey) -> Option<x25519::Identity> {
    secret_words(&key.to_scalar_bytes())?.parse().ok()
}

fn secret_words(secret: &[u8; 32]) -> Option<Zeroizing<String>> {
    let hrp = Hrp::parse("age-secret-key-").ok()?;
    bech32::encode_upper::<Bech32>(hrp, secret).ok().map(Zeroizing::new)
}

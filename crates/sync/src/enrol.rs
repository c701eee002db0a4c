//! Getting in: a one-time code that is proved by HMAC over the transcript, so that the secret never travels.

use std::fmt;

use domain::{Id, Member, Unit};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A one-time code: 80 bits, typed as 16 letters and 2 that catch a slip of the finger.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code([u8; 10]);

/// The letters are not a code: one is missing, wrong or too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("mistyped code")]
pub struct Mistyped;

impl Code {
    /// A code of ten random bytes.
    pub fn new(secret: [u8; 10]) -> Self {
        Self(secret)
    }

    /// Reads a code as people type it: any case, blanks and hyphens anywhere, `O` for `0`, `I` and `L` for `1`.
    pub fn parse(typed: &str) -> Result<Self, Mistyped> {
        let mut bits: u128 = 0;
        let mut count = 0;
        for letter in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                'U' => 'V',
                other => other,
            };
            let at = LETTERS.iter().position(|known| char::from(*known) == letter).ok_or(Mistyped)?;
            bits = bits << 5 | at as u128;
            count += 1;
            if count > 18 {
                return Err(Mistyped);
            }
        }
        let mut secret = [0; 10];
        let bytes = (bits >> 10).to_be_bytes();
        secret.iter_mut().zip(bytes.into_iter().skip(6)).for_each(|(to, from)| *to = from);
        let code = Self(secret);
        if count == 18 && (bits & 0x3ff) as u16 == code.check() { Ok(code) } else { Err(Mistyped) }
    }

    fn check(&self) -> u16 {
        let digest = Sha256::digest([b"sotay code check".as_slice(), &self.0].concat());
        digest.iter().take(2).fold(0, |bits, byte| bits << 8 | u16::from(*byte)) >> 6
    }

    /// What the server finds the code by; says nothing of the secret.
    pub fn name(&self) -> [u8; 8] {
        self.derive(b"sotay code name")
    }

    /// What proves the code; this, not the code, is kept by the server.
    pub fn key(&self) -> [u8; 32] {
        self.derive(b"sotay code key")
    }

    fn derive<const N: usize>(&self, what: &[u8]) -> [u8; N] {
        let mut out = [0; N];
        // Only an output of more than 255 hashes can fail.
        let _ = Hkdf::<Sha256>::new(None, &self.0).expand(what, &mut out);
        out
    }
}

impl fmt::Display for Code {
    /// `ABCDEF-GHJKMN-PQRSTV`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = self.0.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        let bits = secret << 10 | u128::from(self.check());
        for at in (0..18).rev() {
            if at == 11 || at == 5 {
                f.write_str("-")?;
            }
            let letter = LETTERS.get((bits >> (at * 5) & 31) as usize).copied().unwrap_or_default();
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// What a QR holds: `sotay:CODE@http://address#root-key`, or the bare code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The code.
    pub code: Code,
    /// Where the province's server is, if said.
    pub server: Option<String>,
    /// The server's public key, 64 hexadecimal digits, if said.
    pub root: Option<String>,
}

impl Ticket {
    /// Reads what was typed or scanned.
    pub fn parse(typed: &str) -> Result<Self, Mistyped> {
        let Some(rest) = typed.trim().strip_prefix("sotay:") else {
            return Ok(Self { code: Code::parse(typed)?, server: None, root: None });
        };
        let (code, rest) = rest.split_once('@').ok_or(Mistyped)?;
        let (server, root) = match rest.split_once('#') {
            Some((server, root)) => (server, Some(root.to_owned())),
            None => (rest, None),
        };
        Ok(Self { code: Code::parse(code)?, server: Some(server.to_owned()), root })
    }
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(server) = &self.server else {
            return self.code.fmt(f);
        };
        write!(f, "sotay:{}@{server}", self.code)?;
        self.root.iter().try_for_each(|root| write!(f, "#{root}"))
    }
}

/// A message under a code: the body, and a proof that its sender holds the code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Held<T> {
    /// The code's name.
    pub code: [u8; 8],
    /// What is said.
    pub body: T,
    proof: [u8; 32],
}

impl<T: Serialize> Held<T> {
    /// Says `body`, proving the code whose key this is; `context` tells question from answer.
    pub fn new(name: [u8; 8], key: &[u8; 32], context: &str, body: T) -> Self {
        let proof = mac(key, context, &name, &body).finalize().into_bytes().into();
        Self { code: name, body, proof }
    }

    /// Whether the sender held the code.
    pub fn proves(&self, key: &[u8; 32], context: &str) -> bool {
        mac(key, context, &self.code, &self.body).verify_slice(&self.proof).is_ok()
    }
}

fn mac<T: Serialize>(key: &[u8; 32], context: &str, name: &[u8; 8], body: &T) -> Hmac<Sha256> {
    let derived = Hkdf::<Sha256>::new(Some(context.as_bytes()), key);
    let mut key = hmac::digest::Key::<Hmac<Sha256>>::default();
    let _ = derived.expand(b"sotay enrol 1", &mut key);
    let mut mac = <Hmac<Sha256> as Mac>::new(&key);
    mac.update(name);
    mac.update(&postcard::to_stdvec(body).unwrap_or_default());
    mac
}

/// What a new device's holder reads aloud and a second person types: six digits that follow from the device's public
/// key and the province's root key. Who came in with somebody's code has another key, and so other digits.
pub fn six_digits(root: &[u8; 32], public_key: &[u8; 32]) -> String {
    let digest = Sha256::digest([b"sotay six digits".as_slice(), root, public_key].concat());
    let number = digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// Asks what a code is for, without using it up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Look {
    /// Drawn by the asker, so that an old answer does not serve.
    pub nonce: [u8; 16],
}

/// What a code is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Seen {
    /// The asker's nonce.
    pub nonce: [u8; 16],
    /// Whose code it is.
    pub member: Id<Member>,
    /// The unit the person belongs to.
    pub unit: Id<Unit>,
    /// The person's name, to be recognised by.
    pub name: String,
    /// The unit's name.
    pub unit_name: String,
    /// The name of the unit above.
    pub above_name: String,
    /// The person's post, as [`domain::Post`] writes it.
    pub post: Option<String>,
    /// How many bytes a first sync will be, about.
    pub bytes: u64,
    /// When the code ends, milliseconds since 1970.
    pub expires: u64,
    /// The server's clock, milliseconds since 1970.
    pub now: u64,
}

/// Uses a code up for one device.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Enrol {
    /// Drawn by the asker.
    pub nonce: [u8; 16],
    /// The device's Ed25519 public key.
    pub public_key: [u8; 32],
    /// What the device is called.
    pub name: String,
}

/// The device is let in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Welcome {
    /// The asker's nonce.
    pub nonce: [u8; 16],
    /// Whose device it is.
    pub member: Id<Member>,
    /// The unit the person belongs to.
    pub unit: Id<Unit>,
    /// The server's Ed25519 public key; signs heads and the server's own entries.
    pub root: [u8; 32],
    /// The server's epoch.
    pub epoch: u64,
    /// A session to begin with; none where the device was let in before, whose signature opens one.
    pub token: String,
    /// Whom the device seals its recovery envelope for, if the province has said.
    pub recovery: Option<String>,
}

/// Opens a session: the server's nonce, signed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Opening {
    /// Who asks.
    pub device: Id<domain::Device>,
    /// The server's nonce, as it came.
    pub nonce: Vec<u8>,
    /// The device's signature on [`challenge`].
    pub signature: Vec<u8>,
}

/// What a device signs to open a session: the server's nonce and its own name.
pub fn challenge(device: Id<domain::Device>, nonce: &[u8]) -> Vec<u8> {
    [b"sotay session 1\0".as_slice(), device.uuid().as_bytes(), nonce].concat()
}

/// Signs for a device.
pub fn sign(key: &ed25519_dalek::SigningKey, said: &[u8]) -> Vec<u8> {
    use ed25519_dalek::Signer;
    key.sign(said).to_bytes().to_vec()
}

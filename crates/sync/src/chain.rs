//! Each log is a hash chain in the server's order, and the server signs what it has shown: a dropped,
//! altered, reordered or forked history shows itself.

use domain::{Id, Unit};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Broken, Hash};

/// The hash of a log's history up to some entry.
pub type Chain = [u8; 32];

/// The chain of a log without entries.
pub const NO_CHAIN: Chain = [0; 32];

/// The chain after one more entry. Devices work it out themselves; it never travels.
pub fn follow(chain: &Chain, entry: &Hash, received: u64) -> Chain {
    let mut next = Sha256::new();
    next.update(b"sotay chain 1\0");
    next.update(chain);
    next.update(entry);
    next.update(received.to_be_bytes());
    next.finalize().into()
}

/// What the server says stands at a point of a stream, for the logs it showed to one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Drawn anew when a server is restored.
    pub epoch: u64,
    /// The stream.
    pub stream: Id<Unit>,
    /// The point.
    pub seq: u64,
    /// Each log shown, with its chain at that point, in order of the log's id.
    pub logs: Vec<(Uuid, Chain)>,
}

impl Head {
    fn said(&self) -> Vec<u8> {
        let mut said = b"sotay head 1\0".to_vec();
        said.extend(self.epoch.to_be_bytes());
        said.extend(self.stream.uuid().as_bytes());
        said.extend(self.seq.to_be_bytes());
        for (log, chain) in &self.logs {
            said.extend(log.as_bytes());
            said.extend(chain);
        }
        said
    }

    /// The server's word for it.
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        key.sign(&self.said()).to_bytes().to_vec()
    }

    /// Whether the server gave its word for exactly this.
    pub fn verify(&self, key: &VerifyingKey, signature: &[u8]) -> Result<(), Broken> {
        let signature = Signature::from_slice(signature).map_err(|_| Broken::Signature)?;
        key.verify_strict(&self.said(), &signature).map_err(|_| Broken::Signature)
    }
}

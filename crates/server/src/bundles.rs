//! Bundles: the exchange where there is no network, carried here and back by any hand.

use sync::{Said, Spoilt, bundle, device_of, hash_of, pack, unbundle};

use crate::{
    LedgerError, Outside, Refused, Sqlite,
    accounts::{self, Answer},
    routes::exchange,
};

/// Answers one bundle with another, for its writer alone. The same one brought twice changes nothing.
pub fn answer(ledger: &mut Sqlite, outside: &Outside, brought: &[u8]) -> Answer<Vec<u8>> {
    let (root, now) = (ledger.root().clone(), ledger.now());
    let (from, said) = match unbundle(brought, &root, now) {
        Ok(read) => read,
        Err(spoilt) => return Ok(Err(spoilt.into())),
    };
    let device = device_of(&from);
    let answered = match said {
        Said::Ask(ask) => {
            let hash = hash_of(&pack(&ask).map_err(|_| LedgerError::Damaged("a question"))?);
            exchange(ledger, device, ask)?.map(|reply| Said::Reply(hash, reply))
        }
        Said::Join(held, ask) if held.body.public_key == from.to_bytes() => {
            match accounts::enrol(ledger, outside, &held)? {
                Ok(welcome) => exchange(ledger, device, ask)?.map(|reply| Said::Welcome(welcome, reply)),
                Err(refused) => Err(refused),
            }
        }
        _ => Err(Refused::Unreadable),
    };
    let answered = match answered {
        Ok(answered) => answered,
        Err(refused) => return Ok(Err(refused)),
    };
    let sealed = bundle(&answered, &root, &from, now).map_err(|_| LedgerError::Damaged("an answer"))?;
    Ok(Ok(sealed))
}

impl From<Spoilt> for Refused {
    fn from(spoilt: Spoilt) -> Self {
        match spoilt {
            Spoilt::Altered => Refused::Unreadable,
            Spoilt::Foreign => Refused::BundleForeign,
            Spoilt::Expired => Refused::BundleExpired,
            Spoilt::Newer => Refused::Newer,
        }
    }
}

//! Everybody who asks: each role, with a device in good order and with one that is not.

use domain::{Id, Office};
use server::people;

use crate::{
    house::{Phone, Province, id},
    world::{A, C, P, World},
};

/// Where each role is held and what it is, by hand, in the units P, C, A, B, D and Z: the province, a commune, two cells
/// of it, another commune and a cell of that. The letters are the columns of the table; `b` is two: the province's office
/// is one of the province's own members too.
const ROLES: [(&str, Office, usize, &str); 6] = [
    ("member", Office::Member, A, "mmm..."),
    ("committee", Office::Committee, A, "mmc..."),
    ("deputy", Office::Deputy, A, "mmd..."),
    ("secretary", Office::Secretary, A, "mms..."),
    ("commune", Office::Office, C, "mkkk.."),
    ("province", Office::Office, P, "bppppp"),
];

/// What is left of a role that is not in force on a device: a plain member of the unit, and so of those above it.
const PLAIN: [(usize, &str); 3] = [(A, "mmm..."), (C, "mm...."), (P, "m.....")];

/// How it is with the device that speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In good order.
    Live,
    /// No second person has confirmed it.
    Unconfirmed,
    /// Its holder's grant ended yesterday; a plain member's goes on, but for the plain member.
    Expired,
    /// Shut out.
    Revoked,
}

/// One device of one person.
pub struct Voice {
    /// The role and the state, for the reader of a failure.
    pub name: String,
    /// What it is in each unit: a column of the table, two, or none.
    columns: &'static str,
    /// Whether the server hears it at all.
    pub heard: bool,
    /// The unit the person belongs to.
    pub unit: usize,
    /// The person.
    pub member: Id<domain::Member>,
    /// The device.
    pub phone: Phone,
}

impl Voice {
    /// The columns of the table that say what it may do in a unit.
    pub fn columns(&self, unit: usize) -> &'static [&'static str] {
        if !self.heard {
            return &[];
        }
        match self.columns.as_bytes()[unit] {
            b'm' => &["member"],
            b'c' => &["committee"],
            b'd' => &["deputy"],
            b's' => &["secretary"],
            b'k' => &["commune"],
            b'p' => &["province"],
            b'b' => &["member", "province"],
            _ => &[],
        }
    }
}

/// Every role in every state.
pub async fn all(world: &mut World) -> Vec<Voice> {
    let mut voices = Vec::new();
    for state in [State::Live, State::Unconfirmed, State::Expired, State::Revoked] {
        for (role, office, unit, columns) in ROLES {
            let offices = if office == Office::Member { vec![office] } else { vec![Office::Member, office] };
            // A province's or commune's official who is no plain member is more usual; one who is hears no more.
            let offices = if state == State::Live { vec![office] } else { offices };
            let (member, phone) = world.join(unit, &offices, state != State::Unconfirmed).await;
            let at = world.units[unit];
            let province = &mut world.province;
            match state {
                State::Live | State::Unconfirmed => {}
                State::Expired => end(province, member, at, office),
                State::Revoked => {
                    let device = phone.device().uuid();
                    province.admin(|ledger, _| people::revoke(ledger, device)).unwrap();
                }
            }
            let plain = PLAIN.iter().find(|(held, _)| *held == unit).unwrap().1;
            voices.push(Voice {
                name: format!("{role}, {state:?}"),
                columns: if state == State::Live { columns } else { plain },
                heard: state != State::Revoked && (state != State::Expired || office != Office::Member),
                unit,
                member,
                phone,
            });
        }
    }
    voices
}

fn end(province: &mut Province, member: Id<domain::Member>, at: Id<domain::Unit>, office: Office) {
    let held = province.admin(|ledger, _| people::withdraw(ledger, member, at, office)).unwrap();
    assert!(held, "there was such an office");
}

/// A grant from long ago.
pub fn since(unit: Id<domain::Unit>, member: Id<domain::Member>, office: Office) -> domain::Grant {
    people::grant(Id::new(id()), unit, member, office, "2024-01-01")
}

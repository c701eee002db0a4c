//! The province's server: it numbers, keeps and hands out entries, and lets devices in and out.

mod accounts;
mod bundles;
mod carry;
mod demo;
mod idle;
mod ledger;
mod outside;
pub mod people;
mod pieces;
mod refused;
mod routes;
mod serve;
mod session;

pub use accounts::{Answer, device_record, issue, unit_of};
pub use bundles::answer as answer_bundle;
pub use demo::{Demo, Issued, Named, demo, living};
pub use domain::{day_of, millis_of, moment_of};
pub use ledger::{Aside, Checked, Door, LedgerError, Register, Sqlite, changes, stamp};
pub use outside::Outside;
pub use people::init;
pub use refused::Refused;
pub use routes::{Route, addresses, exchange};
pub use serve::{Config, Limit, Running, StartError, serve};

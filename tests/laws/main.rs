//! What must hold of every record, whichever they are, and of the house as a whole.

mod any;
mod approved;
mod arrows;
mod asked;
mod faults;
mod files;
mod journal;
mod keys;
mod keystore;
mod old;
mod order;
mod search;
mod tables;
mod wire;

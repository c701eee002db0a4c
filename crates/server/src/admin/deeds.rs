//! What an administrator may ask for, as it is typed.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};
use serde::Serialize;
use uuid::Uuid;

/// What can be done.
#[derive(Subcommand)]
pub enum Deed {
    /// Units: the tree of Party organisations
    #[command(subcommand)]
    Unit(UnitDeed),
    /// People on the rosters
    #[command(subcommand)]
    Person(PersonDeed),
    /// Give a person an office in a unit
    Grant {
        #[arg(long)]
        member: Uuid,
        #[arg(long)]
        unit: Uuid,
        #[arg(long)]
        office: OfficeName,
        /// First day; today if not said
        #[arg(long)]
        from: Option<NaiveDate>,
        /// Last day, if known
        #[arg(long)]
        to: Option<NaiveDate>,
    },
    /// Take an office back
    Withdraw {
        #[arg(long)]
        member: Uuid,
        #[arg(long)]
        unit: Uuid,
        #[arg(long)]
        office: OfficeName,
    },
    /// Make an activation code for a member; a terminal shows it as a QR code too
    Code {
        #[arg(long)]
        member: Uuid,
        /// The server's address in the ticket
        #[arg(long, default_value = "http://127.0.0.1:8787")]
        server: String,
        /// Write the slip of paper with the code here, to be printed
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    /// Suspend a member and shut the person's devices out
    Suspend {
        #[arg(long)]
        member: Uuid,
    },
    /// Shut a device out
    Revoke {
        #[arg(long)]
        device: Uuid,
    },
    /// Devices that were let in
    #[command(subcommand)]
    Device(DeviceDeed),
    /// Entries that were set aside
    #[command(subcommand)]
    Quarantine(ListOf),
}

/// Deeds about units.
#[derive(Subcommand)]
pub enum UnitDeed {
    /// Add a unit; prints its id
    Add {
        #[arg(long)]
        name: String,
        #[arg(long)]
        level: LevelName,
        #[arg(long)]
        above: Uuid,
        /// `99.168.053.000.001`
        #[arg(long)]
        code: Option<String>,
        /// The committee's term, e.g. 2025-2030: papers are numbered from 01 within it
        #[arg(long)]
        term: Option<String>,
        /// The place that its papers are dated from
        #[arg(long)]
        locality: Option<String>,
        /// First day; today if not said
        #[arg(long)]
        from: Option<NaiveDate>,
    },
    /// Every unit
    List {
        #[arg(long)]
        json: bool,
    },
}

/// Deeds about people.
#[derive(Subcommand)]
pub enum PersonDeed {
    /// Add a member with a personal record and the rights of a member; prints the member's id
    Add {
        #[arg(long)]
        unit: Uuid,
        #[arg(long)]
        name: String,
        /// Year of birth
        #[arg(long)]
        born: Option<i32>,
        #[arg(long, default_value = "official")]
        standing: StandingName,
        /// An office in the unit, besides membership
        #[arg(long)]
        office: Option<OfficeName>,
    },
    /// The roster of a unit
    List {
        #[arg(long)]
        unit: Uuid,
        #[arg(long)]
        json: bool,
    },
}

/// Deeds about devices.
#[derive(Subcommand)]
pub enum DeviceDeed {
    /// Print them
    List {
        #[arg(long)]
        json: bool,
    },
    /// Agree that a device is its holder's, who reads six digits from its screen: until then it has a plain member's
    /// rights
    Confirm {
        #[arg(long)]
        device: Uuid,
        #[arg(long)]
        digits: String,
    },
}

/// A list to print.
#[derive(Subcommand)]
pub enum ListOf {
    /// Print it
    List {
        #[arg(long)]
        json: bool,
    },
}

/// Where a unit stands in the tree.
#[derive(Clone, Copy, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LevelName {
    Commune,
    Cell,
}

/// An office in a unit.
#[derive(Clone, Copy, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeName {
    Member,
    Committee,
    Deputy,
    Secretary,
    Office,
}

/// What kind of member a person is.
#[derive(Clone, Copy, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingName {
    Probationary,
    Official,
    Temporary,
}

//! What the Party organisation keeps, and the rules it keeps it by.
//!
//! Nothing here reads a clock, a file, a network or a database.

mod access;
mod attendance;
mod badge;
mod decision;
mod device;
mod dues;
mod grant;
mod id;
mod log;
mod meeting;
mod member;
mod person;
mod rating;
mod record;
mod resolution;
mod rules;
mod sheet;
mod table;
mod text;
mod time;
mod unit;
mod value;

pub use access::{Actor, Deed, Denied, Role, Scene, authorize, readers, standing};
pub use attendance::{Attendance, Mark, Reason};
pub use badge::Badge;
pub use decision::Decision;
pub use device::Device;
pub use dues::Dues;
pub use grant::{Grant, Office};
pub use id::Id;
pub use log::{Audience, Log};
pub use meeting::{Kind as MeetingKind, Meeting, Status as MeetingStatus};
pub use member::{Activity, Member, Post, Standing};
pub use person::{Gender, Person};
pub use rating::{Class, Rating};
pub use record::{Fault, Record};
pub use resolution::{Kind as ResolutionKind, Resolution};
pub use rules::{Duration, Quorum, Rule, Rules, Target, VoteBase, in_force};
pub use sheet::{Seat, Tally, Verdict};
pub use table::{Field, Kind, Merge, REMOVED, Table, choice, day, flag, link, moment, number, text};
pub use text::{clean, fold, given_name_first, initial, is_hidden};
pub use time::{
    Clock, Day, Moment, day_of, days_between, is_clock, is_day, is_moment, millis_of, minutes_between, moment_of,
};
pub use unit::{Level, Unit};
pub use value::Value;

/// Every record there is. Storage, sync, access and the screens all walk this list.
pub const TABLES: &[Table] = &[
    Unit::TABLE,
    Member::TABLE,
    Grant::TABLE,
    Device::TABLE,
    Person::TABLE,
    Meeting::TABLE,
    Attendance::TABLE,
    Resolution::TABLE,
    Rating::TABLE,
    Badge::TABLE,
    Dues::TABLE,
    Decision::TABLE,
];

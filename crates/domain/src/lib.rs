//! What the Party organisation keeps, and the rules it keeps it by.
//!
//! Nothing here reads a clock, a file, a network or a database.

mod access;
mod annex;
mod answer;
mod attachment;
mod attendance;
mod badge;
mod block;
mod content;
mod coverage;
mod decision;
mod device;
mod discussion;
mod document;
mod dues;
mod edition;
mod grant;
mod hits;
mod id;
mod item;
mod log;
mod meeting;
mod member;
mod minutes;
mod needs;
mod person;
mod posted_file;
mod rating;
mod reading;
mod receipt;
mod record;
mod reminder;
mod report;
mod resolution;
mod rules;
mod score;
mod score_form;
mod sheet;
mod sighting;
mod table;
mod task;
mod text;
mod time;
mod unit;
mod value;
mod vote;
mod words;

pub use access::{Actor, Deed, Denied, Role, Scene, authorize, readers, standing};
pub use annex::Annex;
pub use answer::{Answer, Comes};
pub use attachment::Attachment;
pub use attendance::{Attendance, Mark, Reason};
pub use badge::Badge;
pub use block::Block;
pub use content::{Content, Digest, hex, unhex};
pub use coverage::Coverage;
pub use decision::Decision;
pub use device::Device;
pub use discussion::Discussion;
pub use document::{Document, OriginalKind};
pub use dues::Dues;
pub use edition::Edition;
pub use grant::{Grant, Office};
pub use hits::{Hit, Stretch, Typed, hits, passage};
pub use id::Id;
pub use item::Item;
pub use log::{Audience, Log};
pub use meeting::{Kind as MeetingKind, Meeting, Status as MeetingStatus};
pub use member::{Activity, Member, Post, Standing};
pub use minutes::Minutes;
pub use needs::{Barred, Needs, Ruling, percent};
pub use person::{Gender, Person};
pub use posted_file::PostedFile;
pub use rating::{Class, Rating};
pub use reading::Reading;
pub use receipt::Receipt;
pub use record::{Fault, Record};
pub use reminder::Reminder;
pub use report::Report;
pub use resolution::{Kind as ResolutionKind, Outcome, Resolution, Status as ResolutionStatus};
pub use rules::{
    Criterion, Duration, Numbering, Of, Posting, Quality, QualityClass, Quorum, Rule, Rules, Target, Threshold,
    Thresholds, VoteBase, in_force,
};
pub use score::Score;
pub use score_form::ScoreForm;
pub use sheet::{Seat, Tally, Verdict};
pub use sighting::{Sighting, SightingPlace};
pub use table::{Field, Kind, Merge, REMOVED, Searched, Table, choice, content, day, flag, link, moment, number, text};
pub use task::{Status as TaskStatus, Task};
pub use text::{clean, fill, fold, given_name_first, initial, is_hidden, spoken};
pub use time::{
    Clock, Day, Moment, day_after, day_of, days_between, is_clock, is_day, is_moment, millis_of, minutes_between,
    moment_of,
};
pub use unit::{Level, Unit};
pub use value::Value;
pub use vote::{Ballot, Decides, Vote};
pub use words::{Word, words};

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
    Item::TABLE,
    Discussion::TABLE,
    Vote::TABLE,
    Task::TABLE,
    Answer::TABLE,
    Report::TABLE,
    Minutes::TABLE,
    Annex::TABLE,
    Edition::TABLE,
    Score::TABLE,
    ScoreForm::TABLE,
    Document::TABLE,
    Receipt::TABLE,
    Reading::TABLE,
    Coverage::TABLE,
    Reminder::TABLE,
    Attachment::TABLE,
    PostedFile::TABLE,
    Sighting::TABLE,
];

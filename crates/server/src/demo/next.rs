//! What has come of the tasks by today, and the meeting to come: its agenda, its draft, who has answered the invitation.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use domain::{Answer, Audience, Id, Log, Meeting, Member, Record, Report, Task};
use sync::{SigningKey, Stamp, device_of};

use super::{
    Met,
    cast::Someone,
    device_of_member,
    meetings::moment,
    pen::Pen,
    work::{Begun, Next},
};
use crate::{LedgerError, Outside, Sqlite, changes, millis_of};

/// The phones of members who have said something themselves.
#[derive(Default)]
pub struct Phones(BTreeMap<Id<Member>, SigningKey>);

impl Phones {
    fn of(&mut self, ledger: &mut Sqlite, outside: &Outside, who: &Member) -> Result<SigningKey, LedgerError> {
        if let Some(key) = self.0.get(&who.id) {
            return Ok(key.clone());
        }
        let key = device_of_member(ledger, outside, who, "Điện thoại", false)?;
        self.0.insert(who.id, key.clone());
        Ok(key)
    }

    /// Writes a record of a member's own word.
    fn say<T: Record>(
        &mut self,
        ledger: &mut Sqlite,
        outside: &Outside,
        who: &Member,
        when: NaiveDateTime,
        word: &T,
    ) -> Result<(), LedgerError> {
        ledger.set_now(millis_of(when) + 1000);
        let key = self.of(ledger, outside, who)?;
        let said = changes(word, Stamp::new(millis_of(when), 0, device_of(&key.verifying_key())));
        ledger.write_as(&key, Log::about(who.unit, who.id), &said)
    }
}

/// Prepares the meeting to come, the evening that it was planned, and has it answered.
pub fn prepare(
    ledger: &mut Sqlite,
    outside: &Outside,
    (met, phones): (&Met<'_>, &mut Phones),
    (meeting, next): (&Meeting, &Next),
    evening: NaiveDateTime,
    today: NaiveDate,
) -> Result<(), LedgerError> {
    let mut pen = Pen::new(outside, met, meeting, evening, today);
    for (place, topic) in (1..).zip(&next.items) {
        pen.item(place, topic);
    }
    let draft = changes(&pen.draft(&next.draft), pen.stamp);
    pen.everyone.extend(draft);
    pen.set(&Meeting::TABLE, meeting.id.uuid(), "invited_at", moment(evening).into());
    pen.set(&Meeting::TABLE, meeting.id.uuid(), "papers_posted_on", evening.date().to_string().into());
    ledger.set_now(millis_of(evening) + 60_000);
    pen.write(ledger)?;
    for word in &next.answers {
        let Some(Someone { member, .. }) = met.named(&word.who) else { continue };
        let when = evening + TimeDelta::hours(word.hours);
        let answer = Answer {
            id: crate::people::new_id(outside),
            member: member.id,
            meeting: meeting.id,
            comes: word.comes,
            reason: word.reason,
            said_at: moment(when),
        };
        phones.say(ledger, outside, member, when, &answer)?;
    }
    Ok(())
}

/// What has come of the tasks, as it was written down yesterday evening.
pub fn follow(
    ledger: &mut Sqlite,
    outside: &Outside,
    (met, phones): (&Met<'_>, &mut Phones),
    begun: &[Begun<'_>],
    today: NaiveDate,
) -> Result<(), LedgerError> {
    let evening = (today - TimeDelta::days(1)).and_hms_opt(21, 0, 0).unwrap_or_default();
    let stamp = Stamp::new(millis_of(evening), 0, device_of(&met.device.verifying_key()));
    let mut said = Vec::new();
    for Begun { task, given, met: given_on } in begun {
        let mut set = |field: &str, value: domain::Value| {
            let (table, field) = (Task::TABLE.name.to_owned(), field.to_owned());
            said.push(sync::Change { table, id: task.uuid(), field, value, stamp, seen: Vec::new() });
        };
        if let Some(days) = given.done {
            let done_on = (*given_on + TimeDelta::days(days)).min(today - TimeDelta::days(1)).max(*given_on);
            set("status", "done".into());
            set("progress", 100.into());
            set("done_on", done_on.to_string().into());
            set("result", given.result.clone().into());
        } else if given.progress > 0 {
            set("progress", i64::from(given.progress).into());
        }
        if let (Some(progress), Some(someone)) = (given.reported, met.named(&given.who)) {
            let report = Report {
                id: crate::people::new_id(outside),
                member: someone.member.id,
                task: *task,
                progress,
                done: false,
                result: given.result.clone(),
                said_at: moment(evening - TimeDelta::minutes(25)),
            };
            phones.say(ledger, outside, &someone.member, evening - TimeDelta::minutes(25), &report)?;
        }
    }
    ledger.set_now(millis_of(evening));
    ledger.write_as(&met.device, Log::of(met.unit, Audience::Everyone), &said)
}

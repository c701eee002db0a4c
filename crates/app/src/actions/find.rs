//! One box for people, meetings, documents, decisions, tasks and things to do (Ctrl K).

use std::collections::BTreeMap;

use domain::{Typed, fold};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::roster::found;
use crate::{Action, App, Trouble};

/// Something found.
#[derive(Debug, Serialize, TS)]
pub struct Hit {
    /// What it is.
    pub what: HitKind,
    /// Its name; for an action, a key of the text catalogue.
    pub title: String,
    /// A second line.
    pub note: String,
    /// Where it is.
    pub route: String,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// A person.
    Member,
    /// A meeting.
    Meeting,
    /// A document.
    Document,
    /// A resolution or a conclusion.
    Resolution,
    /// A task.
    Task,
    /// Something to do.
    Action,
}

/// The screens, by the words people look for them with.
const SCREENS: &[(&str, &str, &str)] = &[
    ("home", "trang chu home", "#/"),
    ("meetings", "sinh hoat cuoc hop lich meetings", "#/sinh-hoat"),
    ("new_meeting", "tao buoi sinh hoat moi hop new meeting", "#/sinh-hoat/moi"),
    ("documents", "tai lieu thu vien van ban documents library", "#/tai-lieu"),
    ("publish", "ban hanh tai lieu moi publish a document", "#/tai-lieu/ban-hanh"),
    ("secrecy", "so dau mat bi mat tu choi bao thu hoi xoa secrecy marks", "#/tai-lieu/dau-mat"),
    ("resolutions", "nghi quyet ket luan cua chi bo resolutions", "#/tai-lieu/nghi-quyet"),
    ("tasks", "viec nhiem vu duoc giao theo doi tasks", "#/viec"),
    ("members", "dang vien danh sach roster members", "#/dang-vien"),
    ("add_member", "them dang vien moi add member", "#/dang-vien/them"),
    ("me", "cua toi ho so my record", "#/toi"),
    ("sync", "dong bo gui nhan may sync devices", "#/dong-bo"),
    ("settings", "cai dat co chu ngon ngu ma pin settings", "#/cai-dat"),
];

/// Most hits of one kind.
const MOST: usize = 8;

/// Looks for every word of `text`, marks aside.
#[derive(Deserialize, TS)]
pub struct Find {
    text: String,
}

impl Action for Find {
    const NAME: &'static str = "find";
    type Reply = Vec<Hit>;

    fn run(self, app: &App) -> Result<Vec<Hit>, Trouble> {
        app.at_desk(|desk| {
            let rights = desk.rights()?;
            let mut hits = Vec::new();
            let mut members = desk.roster()?;
            members.retain(|member| found(&member.name, &self.text));
            // A word that begins like the one typed is meant more often than one that merely holds it.
            let first = fold(&self.text).split_whitespace().next().map(str::to_owned).unwrap_or_default();
            members.sort_by_key(|member| !fold(&member.name).split_whitespace().any(|word| word.starts_with(&first)));
            for member in members.into_iter().take(MOST) {
                let note = member.birth_year.map(|year| year.to_string()).unwrap_or_default();
                hits.push(Hit {
                    what: HitKind::Member,
                    title: member.name,
                    note,
                    route: format!("#/dang-vien/{}", member.id),
                });
            }
            let mut meetings = desk.meetings("", "9999")?;
            meetings.reverse();
            // What only says why a month had no meeting was planned by nobody.
            meetings.retain(|line| !line.unplanned);
            let said = |line: &crate::meeting::MeetingLine| {
                let day: Vec<&str> = line.planned_at.get(..10).unwrap_or_default().split('-').rev().collect();
                format!("{} {} {}", day.join("/"), line.topic.as_deref().unwrap_or_default(), line.place)
            };
            for line in meetings.iter().filter(|line| found(&said(line), &self.text)).take(MOST) {
                let title = line.topic.clone().unwrap_or_default();
                hits.push(Hit {
                    what: HitKind::Meeting,
                    title,
                    note: line.planned_at.clone(),
                    route: format!("#/sinh-hoat/{}", line.id),
                });
            }
            let mut read: BTreeMap<String, usize> = BTreeMap::new();
            for found in desk.book.search(&Typed::read(&self.text), None)? {
                let read = read.entry(found.table.clone()).or_default();
                *read += 1;
                // Several may lead to one meeting; of thousands, no more are looked at than can matter.
                if *read > 4 * MOST {
                    continue;
                }
                if let Some(hit) = desk.hit(&found)?
                    && hits.iter().all(|known| known.route != hit.route)
                    && hits.iter().filter(|known| known.what == hit.what).count() < MOST
                {
                    hits.push(hit);
                }
            }
            let text = fold(&self.text);
            for (title, words, route) in SCREENS {
                let may = match *title {
                    "new_meeting" => rights.plan_meeting,
                    "add_member" => rights.edit_roster,
                    "publish" | "secrecy" => desk.may_publish_documents()?,
                    _ => true,
                };
                if may && text.split_whitespace().all(|word| words.contains(word)) {
                    let title = (*title).to_owned();
                    hits.push(Hit { what: HitKind::Action, title, note: String::new(), route: (*route).to_owned() });
                }
            }
            Ok(hits)
        })
    }
}

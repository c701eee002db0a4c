//! What the server set aside, for those who lead its author's unit: the list, and the decision. Whoever takes an entry
//! writes its values as their own; the entry itself stays where it is, for ever.

use domain::{Decision, Id, Member, Moment, Record, Value, hex};
use serde::{Deserialize, Serialize};
use store::Edit;
use sync::{Asides, Hash, hash_of};
use ts_rs::TS;

use super::{
    person::typed,
    told::AsideRecord,
    weigh::{Fate, Held, Weighed},
};
use crate::{
    Action, App, Code, Trouble,
    desk::{Desk, edit},
    exchange::{exchange, in_session, remote},
    time,
};

/// An entry that was set aside.
#[derive(Debug, Serialize, TS)]
pub struct AsideLine {
    /// Its name: 64 hexadecimal digits.
    pub entry: String,
    /// Why: a key of `aside` in the text catalogue.
    pub why: String,
    /// When it was set aside.
    pub at: Moment,
    /// Who wrote it.
    pub author: String,
    /// The unit it is of.
    pub unit: String,
    /// What it says.
    pub records: Vec<AsideRecord>,
    /// What became of it, once somebody has decided.
    pub decided: Option<Decided>,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Decided {
    /// Whether it was taken into the book.
    pub taken: bool,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why it was turned down.
    pub reason: Option<String>,
}

/// What came of deciding.
#[derive(Debug, Serialize, TS)]
pub struct AsideDone {
    /// The list as it now is.
    pub lines: Vec<AsideLine>,
    /// What was not taken although the entry was.
    pub passed: Vec<AsideRecord>,
}

impl Desk {
    /// What became of an author's entry, as far as this book has heard.
    pub(super) fn decided(&self, author: Id<Member>, entry: &Hash) -> Result<Option<Decided>, Trouble> {
        let (table, id) = (&Decision::TABLE, Decision::about(author, &hex(entry)).uuid());
        let Some(taken) = self.book.value(table, id, "taken")? else { return Ok(None) };
        let Some((by, at)) = self.book.author(table, id, "taken")? else { return Ok(None) };
        let taken = taken == Value::Number(1);
        let reason = self.book.value(table, id, "reason")?.filter(|_| !taken);
        let reason = reason.as_ref().and_then(Value::as_text).map(str::to_owned);
        Ok(Some(Decided { taken, by: self.device_name(by)?, at: time::moment(at), reason }))
    }

    /// The entries that this person may decide about, what waits in front, each in the order they came.
    fn aside_lines(&mut self, asides: &[sync::Aside]) -> Result<Vec<AsideLine>, Trouble> {
        let mut lines = Vec::new();
        for aside in asides {
            let Some(held) = self.held(aside)? else { continue };
            let weighed = self.weigh(&held)?;
            lines.push(AsideLine {
                entry: hex(&held.hash),
                why: aside.code.key(),
                at: time::moment(aside.at),
                author: self.device_name(Some(held.entry.device))?,
                unit: self.book.get(held.entry.log.unit)?.map(|unit| unit.name).unwrap_or_default(),
                records: self.records(&weighed)?,
                decided: self.decided(held.author, &held.hash)?,
            });
        }
        lines.sort_by_key(|line| line.decided.is_some());
        let open = lines.iter().filter(|line| line.decided.is_none()).count() as u32;
        if self.book.fact(WAITING)?.unwrap_or(0) != open {
            self.book.put_fact(WAITING, &open)?;
            self.changed.insert("sync");
        }
        Ok(lines)
    }

    /// How many entries waited for a decision when the server was last asked.
    pub(super) fn asides_waiting(&self) -> Result<u32, Trouble> {
        Ok(self.book.fact(WAITING)?.unwrap_or(0))
    }

    /// Decides, once: what is taken is written together with the decision. Gives what was passed over.
    fn decide(&mut self, held: &Held, take: bool, reason: Option<Value>) -> Result<Vec<AsideRecord>, Trouble> {
        if let Some(was) = self.decided(held.author, &held.hash)? {
            let same = was.taken == take && was.reason.as_deref() == reason.as_ref().and_then(Value::as_text);
            let decided = Trouble::from(Code::Decided).with("by", was.by).with("at", was.at);
            return if same { Ok(Vec::new()) } else { Err(decided) };
        }
        let mut weighed = if take { self.weigh(held)? } else { Vec::new() };
        if take && !weighed.iter().any(Weighed::is_taken) {
            return Err(Trouble::invalid("entry", "nothing_to_take"));
        }
        let takes = weighed.iter().filter_map(|one| match &one.fate {
            Fate::Takes(edit) => Some(edit.clone()),
            Fate::Stands | Fate::Passed => None,
        });
        let takes: Vec<Edit> = takes.collect();
        let name = hex(&held.hash);
        let id = Decision::about(held.author, &name);
        let mut decision =
            vec![edit(id, "member", held.author), edit(id, "entry", name), edit(id, "taken", i64::from(take))];
        decision.extend(reason.map(|reason| edit(id, "reason", reason)));
        self.write_all(vec![(held.entry.log, takes), (held.home, decision)])?;
        weighed.retain(|one| matches!(one.fate, Fate::Passed));
        self.records(&weighed)
    }
}

/// How many entries wait for a decision, as far as was last heard.
const WAITING: &str = "aside";

/// Everything that was set aside and is this person's affair.
fn fetch(app: &App) -> Result<Vec<sync::Aside>, Trouble> {
    let remote = remote(app)?;
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let path = format!("/v1/aside?after={after}");
        let asides: Asides = in_session(app, &remote, |token| remote.get(&path, token))?;
        // A server whose numbers do not rise would be asked for ever.
        let last = asides.entries.last().map(|one| one.no).filter(|no| asides.more && *no > after);
        all.extend(asides.entries);
        match last {
            Some(no) => after = no,
            None => return Ok(all),
        }
    }
}

/// Asks the server whether something waits for a decision, for those who may decide: the first screen says so.
pub(crate) fn look_aside(app: &App) -> Result<(), Trouble> {
    if app.at_desk(|desk| Ok(desk.rights()?.decide))? {
        let asides = fetch(app)?;
        app.at_desk(|desk| desk.aside_lines(&asides))?;
    }
    Ok(())
}

/// Lists what the server set aside and this person may decide about. It needs the network.
#[derive(Deserialize, TS)]
pub struct SetAside {}

impl Action for SetAside {
    const NAME: &'static str = "set_aside";
    type Reply = Vec<AsideLine>;

    fn run(self, app: &App) -> Result<Vec<AsideLine>, Trouble> {
        let asides = fetch(app)?;
        app.at_desk(|desk| desk.aside_lines(&asides))
    }
}

/// Takes an entry into the book, or turns it down with a reason. It needs the network.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub struct DecideAside {
    entry: String,
    take: bool,
    /// Why not, as typed.
    reason: Option<String>,
}

impl Action for DecideAside {
    const NAME: &'static str = "decide_aside";
    type Reply = AsideDone;

    fn run(self, app: &App) -> Result<AsideDone, Trouble> {
        let (_, field) = Decision::TABLE.column("reason").ok_or(Code::Internal)?;
        let reason = typed(field, self.reason.as_deref().unwrap_or_default())?;
        let reason = Some(reason).filter(|reason| !self.take && *reason != Value::Nothing);
        if !self.take && reason.is_none() {
            return Err(Trouble::invalid("reason", "reason_needed"));
        }
        // What somebody else decided is heard first.
        exchange(app)?;
        let asides = fetch(app)?;
        app.at_desk(|desk| {
            let aside = asides.iter().find(|one| hex(&hash_of(&one.bytes)) == self.entry).ok_or(Code::NotFound)?;
            let held = desk.held(aside)?.ok_or(Code::NotFound)?;
            let passed = desk.decide(&held, self.take, reason)?;
            Ok(AsideDone { lines: desk.aside_lines(&asides)?, passed })
        })
    }
}

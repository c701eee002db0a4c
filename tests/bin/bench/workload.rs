//! Workload W: a commune of cells whose secretaries' devices wrote five years of meetings, one meeting at a time.

use std::path::Path;

use anyhow::{Context, Result};
use domain::{
    Activity, Attendance, Audience, Device, Grant, Id, Level, Log, Meeting, Member, Office, Post, Record, Resolution,
    Standing, TABLES, Table, Unit, Value,
};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use rusqlite::Connection;
use server::{Outside, Sqlite, changes, device_record, exchange, people, stamp};
use store::{Book, Edit, Keys};
use sync::device_of;
use uuid::Uuid;

/// How much there is.
#[derive(Clone, Copy)]
pub struct Size {
    pub cells: usize,
    pub members: usize,
    pub months: u32,
}

/// The whole of it.
pub const W: Size = Size { cells: 20, members: 30, months: 60 };

/// What was made.
pub struct Made {
    /// The office of the commune, and the secretary and the deputy of the first cell: each has a code.
    pub office: Id<Member>,
    pub secretary: Id<Member>,
    pub deputy: Id<Member>,
    /// Fields of records, as the floor inserts them.
    pub rows: Vec<(&'static Table, Uuid, Vec<Value>)>,
}

const DAY: u64 = 24 * 3600 * 1000;
const SURNAMES: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"];
const MIDDLES: [&str; 8] = ["Văn", "Thị", "Đức", "Minh", "Thanh", "Quang", "Ngọc", "Hữu"];
const GIVEN: [&str; 12] = ["An", "Bình", "Cường", "Dũng", "Hà", "Hải", "Hoa", "Lan", "Nam", "Sơn", "Thủy", "Vinh"];
const PHRASES: [&str; 24] = [
    "Chi bộ thống nhất đánh giá kết quả thực hiện nhiệm vụ trong tháng",
    "giao đồng chí phó bí thư theo dõi, đôn đốc và báo cáo vào kỳ họp sau",
    "vận động nhân dân thu hoạch xong diện tích lúa trước ngày mưa",
    "hoàn thành việc thu đảng phí và nộp về đảng ủy đúng hạn",
    "tiếp tục tuyên truyền phòng cháy rừng trong mùa khô",
    "phân công đảng viên phụ trách các hộ gia đình có hoàn cảnh khó khăn",
    "tu sửa tuyến đường liên thôn bằng nguồn đóng góp của nhân dân",
    "mỗi đảng viên nêu gương trong việc giữ gìn vệ sinh môi trường",
    "giới thiệu quần chúng ưu tú tham gia lớp bồi dưỡng nhận thức về Đảng",
    "chuẩn bị nội dung sinh hoạt chuyên đề quý về học tập và làm theo gương Bác",
    "kiểm tra việc chấp hành Điều lệ Đảng của đảng viên dự bị",
    "phối hợp với ban công tác mặt trận tổ chức ngày hội đại đoàn kết",
    "rà soát danh sách hộ nghèo và hộ cận nghèo của thôn",
    "đề nghị hội phụ nữ duy trì mô hình tiết kiệm giúp nhau làm kinh tế",
    "đưa nội dung chuyển đổi số vào sinh hoạt của các tổ nhân dân tự quản",
    "khắc phục tình trạng đảng viên đi làm ăn xa không báo cáo chi bộ",
    "tổ chức thăm hỏi gia đình chính sách nhân ngày thương binh liệt sĩ",
    "bảo đảm an ninh trật tự trên địa bàn trong dịp lễ",
    "thông qua kế hoạch trồng cây phân tán đầu năm",
    "chi ủy chịu trách nhiệm tổ chức thực hiện nghị quyết này",
    "đảng viên trẻ hướng dẫn người cao tuổi dùng sổ tay trên điện thoại",
    "giữ vững số buổi sinh hoạt và nâng tỷ lệ đảng viên dự họp",
    "nhắc nhở đồng chí vắng không có lý do và ghi vào biên bản",
    "công khai các khoản thu chi của thôn tại nhà văn hóa",
];

/// A cell's secretary at her device.
struct Writer {
    cell: Id<Unit>,
    members: Vec<Id<Member>>,
    book: Book,
}

/// Makes it in `dir`, the same for the same seed, up to `now`.
pub fn make(dir: &Path, size: Size, now: u64) -> Result<Made> {
    let start = now - u64::from(size.months) * 30 * DAY - DAY;
    let outside = Outside::new(move || start, StdRng::seed_from_u64(1));
    let mut chance = StdRng::seed_from_u64(2);
    let province = people::init(dir, &outside, "Đảng bộ tỉnh", None)?;
    let mut ledger = Sqlite::open(dir)?;
    let (mut writers, mut made) = ledger.transaction(start, |ledger| {
        let commune = unit(&outside, Some(province), Level::Commune, "Đảng bộ xã", start);
        people::add_unit(ledger, &commune)?;
        let office = person(ledger, &outside, &mut chance, commune.id, Some(Post::Office), start)?;
        let mut made = Made { office, secretary: office, deputy: office, rows: Vec::new() };
        let mut writers = Vec::new();
        for cell in 0..size.cells {
            let cell = unit(&outside, Some(commune.id), Level::Cell, &format!("Chi bộ thôn {}", cell + 1), start);
            people::add_unit(ledger, &cell)?;
            let post = |at| match at {
                0 => Some(Post::Secretary),
                1 => Some(Post::Deputy),
                _ => None,
            };
            let members = (0..size.members).map(|at| person(ledger, &outside, &mut chance, cell.id, post(at), start));
            let members: Vec<Id<Member>> = members.collect::<Result<_, _>>()?;
            if let (true, [secretary, deputy, ..]) = (writers.is_empty(), members.as_slice()) {
                (made.secretary, made.deputy) = (*secretary, *deputy);
            }
            let keys = Keys { book: outside.bytes(), seed: outside.bytes() };
            let secretary = members.first().copied().unwrap_or(office);
            writers.push((cell.id, members, keys, secretary));
        }
        Ok((writers, made))
    })?;
    let root = ledger.root().verifying_key().to_bytes();
    let mut writers = writers
        .drain(..)
        .map(|(cell, members, keys, secretary)| {
            let book = Book::with(Connection::open_in_memory()?, &keys, TABLES)?;
            book.put_fact("root", &root)?;
            let key = *book.key().verifying_key().as_bytes();
            let at = server::moment_of(start);
            let device = device_of(&book.key().verifying_key());
            let known = device_record(device, secretary, &key, "Điện thoại", at.clone());
            let said = changes(&Device { confirmed_at: Some(at), ..known }, stamp(start, ledger.root_device()));
            ledger.transaction(start, |ledger| ledger.write(Log::of(cell, Audience::Register), &said))?;
            Ok(Writer { cell, members, book })
        })
        .collect::<Result<Vec<_>>>()?;
    writers.iter_mut().try_for_each(|writer| talk(&mut ledger, writer, start))?;
    for month in 0..size.months {
        for writer in &mut writers {
            let at = start + u64::from(month) * 30 * DAY + chance.random_range(0..DAY);
            let edits = meeting(writer, &mut chance, at, &mut made.rows);
            writer.book.write(&Log::of(writer.cell, Audience::Everyone), &edits, at, None)?;
            talk(&mut ledger, writer, at)?;
        }
    }
    Ok(made)
}

fn talk(ledger: &mut Sqlite, writer: &mut Writer, now: u64) -> Result<()> {
    loop {
        let ask = writer.book.ask(usize::MAX, 4 << 20)?;
        let (device, asked) = (writer.book.device(), ask.clone());
        let reply = ledger.transaction(now, |ledger| exchange(ledger, device, asked))?;
        let reply = reply.ok().context("the writer was shut out")?;
        if !writer.book.take(&ask, &reply, now)?.more {
            return Ok(());
        }
    }
}

/// One meeting as it is written: itself, its roll, and two resolutions.
fn meeting(
    writer: &Writer,
    chance: &mut StdRng,
    at: u64,
    rows: &mut Vec<(&'static Table, Uuid, Vec<Value>)>,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut write = |table: &'static Table, id: Uuid, said: Vec<(&'static str, Value)>| {
        let value = |field: &str| {
            said.iter().find(|(name, _)| *name == field).map_or(Value::Nothing, |(_, value)| value.clone())
        };
        rows.push((table, id, table.fields.iter().map(|field| value(field.name)).collect()));
        edits.extend(said.into_iter().map(|(field, value)| Edit { table, id, field, value }));
    };
    let moment = |after: u64| Value::Text(server::moment_of(at + after * 60_000));
    let id = uuid(chance);
    let link = |member: Option<&Id<Member>>| member.map_or(Value::Nothing, |member| Value::Link(member.uuid()));
    write(
        table(Meeting::TABLE.name),
        id,
        vec![
            ("unit", Value::Link(writer.cell.uuid())),
            ("kind", "regular".into()),
            ("planned_at", moment(0)),
            ("started_at", moment(5)),
            ("ended_at", moment(95)),
            ("place", "Nhà văn hóa thôn".into()),
            ("chair", link(writer.members.first())),
            ("minute_taker", link(writer.members.get(2))),
            ("status", "ended".into()),
            ("attendance_closed_at", moment(20)),
        ],
    );
    for member in &writer.members {
        let mark = match chance.random_range(0..100) {
            0..85 => "present",
            85..90 => "late",
            90..97 => "absent_excused",
            _ => "absent_unexcused",
        };
        let mut said =
            vec![("meeting", Value::Link(id)), ("member", Value::Link(member.uuid())), ("mark", mark.into())];
        if mark == "absent_excused" {
            said.push(("reason", "health".into()));
        }
        let named = domain::Id::<Attendance>::made_from(&[Value::Link(id), Value::Link(member.uuid())]);
        write(table(Attendance::TABLE.name), named.uuid(), said);
    }
    for _ in 0..2 {
        let body = text(chance);
        let title = format!("Về nhiệm vụ tháng {}", server::moment_of(at).get(5..7).unwrap_or_default());
        write(
            table(Resolution::TABLE.name),
            uuid(chance),
            vec![
                ("unit", Value::Link(writer.cell.uuid())),
                ("meeting", Value::Link(id)),
                ("kind", "resolution".into()),
                ("title", title.into()),
                ("body", body.into()),
                ("adopted_on", server::day_of(at).into()),
            ],
        );
    }
    edits
}

/// A resolution of about 400 characters.
fn text(chance: &mut StdRng) -> String {
    let mut body = String::new();
    while body.chars().count() < 400 {
        let phrase = PHRASES.choose(chance).copied().unwrap_or_default();
        body.push_str(&format!("{phrase} ({}/{}). ", chance.random_range(1..29), chance.random_range(1..13)));
    }
    body.trim_end().to_owned()
}

/// As many of them.
pub fn texts(count: usize, seed: u64) -> Vec<String> {
    let mut chance = StdRng::seed_from_u64(seed);
    (0..count).map(|_| text(&mut chance)).collect()
}

fn table(name: &str) -> &'static Table {
    Table::find(TABLES, name).unwrap_or(&TABLES[0])
}

fn uuid(chance: &mut StdRng) -> Uuid {
    uuid::Builder::from_random_bytes(chance.random()).into_uuid()
}

fn unit(outside: &Outside, above: Option<Id<Unit>>, level: Level, name: &str, start: u64) -> Unit {
    Unit {
        id: people::new_id(outside),
        above,
        level,
        name: name.to_owned(),
        code: None,
        valid_from: Some(server::day_of(start)),
        valid_to: None,
        successor: None,
        former_names: None,
        term: None,
        locality: None,
    }
}

fn person(
    ledger: &mut Sqlite,
    outside: &Outside,
    chance: &mut StdRng,
    unit: Id<Unit>,
    post: Option<Post>,
    start: u64,
) -> Result<Id<Member>, server::LedgerError> {
    let mut pick = |names: &[&'static str]| names.choose(chance).copied().unwrap_or_default();
    let name = format!("{} {} {}", pick(&SURNAMES), pick(&MIDDLES), pick(&GIVEN));
    let member = Member {
        id: people::new_id(outside),
        unit,
        birth_year: Some(1950 + chance.random_range(0..50)),
        post,
        standing: Standing::Official,
        activity: Activity::Active,
        activity_from: None,
        activity_to: None,
        name,
    };
    let office = match post {
        Some(Post::Secretary) => Office::Secretary,
        Some(Post::Deputy) => Office::Deputy,
        Some(Post::Office) => Office::Office,
        _ => Office::Member,
    };
    let from = server::day_of(start);
    let mut grants: Vec<Grant> = vec![people::grant(people::new_id(outside), unit, member.id, office, &from)];
    if office != Office::Member && office != Office::Office {
        grants.push(people::grant(people::new_id(outside), unit, member.id, Office::Member, &from));
    }
    people::add_person(ledger, &member, &people::bare_person(member.id, &member.name), &grants)?;
    Ok(member.id)
}

//! Papers of a made-up cell: one of every kind, short and long.
#![allow(dead_code, reason = "the example and the tests each take some")]

use print::{Align, Block, Column, Draft, Kind, Level, List, Number, Paper, Signature, Signatures, Table};

fn of(kind: Kind, date: &str, subject: &str) -> Paper {
    Paper {
        kind,
        superior: "Đảng bộ xã Tân Hòa".into(),
        issuer: "Chi bộ thôn Đông".into(),
        place: "Tân Hòa".into(),
        date: Some(date.into()),
        subject: subject.into(),
        ..Default::default()
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.into())
}

fn item(text: &str) -> Block {
    Block::Item(text.into())
}

fn heading(level: Level, text: &str) -> Block {
    Block::Heading(level, text.into())
}

pub fn secretary() -> Signatures {
    Signatures::One(Signature {
        on_behalf: "T/M Chi bộ".into(),
        post: "Bí thư".into(),
        name: "Nguyễn Mạnh Cường".into(),
    })
}

fn signed() -> Signatures {
    Signatures::Minutes { taker: "Nguyễn Thị Thanh Hiền".into(), chair: "Nguyễn Mạnh Cường".into() }
}

pub fn number(given: Option<u32>) -> Option<Number> {
    Some(Number { given, code: String::new(), unit: "CB".into() })
}

fn column(title: &str, share: u16, align: Align, number: bool) -> Column {
    Column { title: title.into(), share, align, number }
}

pub fn resolution() -> Paper {
    let tasks = Table {
        columns: vec![
            column("TT", 1, Align::Centre, true),
            column("Nhiệm vụ", 6, Align::Left, false),
            column("Người thực hiện", 4, Align::Left, false),
            column("Thời hạn", 3, Align::Centre, false),
        ],
        rows: [
            ["1", "Thu dọn đường làng, ngõ xóm đợt 2", "Trần Tiến Dũng", "15/10/2026"],
            ["2", "Rà soát danh sách hộ nghèo, hộ cận nghèo năm 2026", "Nguyễn Thị Thanh Hiền", "20/10/2026"],
            ["3", "Vận động đóng góp quỹ khuyến học", "Đặng Hữu Phước", "31/10/2026"],
        ]
        .map(|row| row.map(str::to_owned).to_vec())
        .to_vec(),
    };
    Paper {
        number: number(Some(5)),
        body: vec![
            paragraph(
                "Ngày 05 tháng 10 năm 2026, Chi bộ thôn Đông tổ chức sinh hoạt thường kỳ; tổng số 30 đảng viên, có mặt \
                 27 đồng chí, vắng có lý do 3 đồng chí. Sau khi thảo luận, Chi bộ quyết nghị:",
            ),
            heading(Level::Section, "Đánh giá kết quả tháng 9 năm 2026"),
            heading(Level::Point, "Công tác chính trị, tư tưởng"),
            paragraph(
                "Đảng viên chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước; nhân dân trong thôn \
                 phấn khởi, tin tưởng vào sự lãnh đạo của Đảng.",
            ),
            heading(Level::Point, "Thực hiện nhiệm vụ"),
            heading(Level::Sub, "Phát triển kinh tế"),
            paragraph("Toàn thôn gieo cấy xong 42 ha lúa vụ mùa, đạt 100% kế hoạch."),
            heading(Level::Sub, "Văn hóa, xã hội"),
            item("Duy trì 4 câu lạc bộ;"),
            item("Quyên góp được 12,5 triệu đồng ủng hộ đồng bào vùng lũ."),
            heading(Level::Section, "Phương hướng, nhiệm vụ tháng 10"),
            paragraph("Chi bộ giao các nhiệm vụ sau:"),
            Block::Table(tasks),
            paragraph(
                "Nghị quyết được Chi bộ thông qua với 25/25 đồng chí có quyền biểu quyết tán thành, đạt tỷ lệ 100%./.",
            ),
        ],
        recipients: vec!["Đảng ủy xã (để báo cáo)".into(), "Các đồng chí đảng viên chi bộ".into(), "Lưu Chi bộ".into()],
        signatures: secretary(),
        ..of(Kind::Resolution, "2026-10-05", "về lãnh đạo thực hiện nhiệm vụ tháng 10 năm 2026")
    }
}

pub fn conclusion() -> Paper {
    Paper {
        number: number(None),
        body: vec![paragraph("Chi bộ thống nhất kết luận như sau:"), item("Tiếp tục thực hiện Nghị quyết tháng 8")],
        recipients: vec!["Lưu Chi bộ".into()],
        signatures: secretary(),
        ..of(Kind::Conclusion, "2026-03-09", "về một số công việc trước mắt")
    }
}

pub fn invitation() -> Paper {
    Paper {
        number: number(Some(12)),
        body: vec![
            paragraph("Chi bộ thôn Đông trân trọng kính mời đồng chí Doãn Quốc Khánh, Chánh Văn phòng Đảng ủy xã,"),
            paragraph("đến dự buổi sinh hoạt chi bộ thường kỳ tháng 11 năm 2026."),
            item("Thời gian: 14 giờ 00, ngày 03 tháng 11 năm 2026"),
            item("Địa điểm: Nhà văn hóa thôn Đông"),
        ],
        signatures: secretary(),
        ..of(Kind::Invitation, "2026-10-28", "")
    }
}

/// Minutes with so many opinions; 60 make about six pages.
pub fn minutes(opinions: usize) -> Paper {
    const SAID: [&str; 5] = [
        "nhất trí với dự thảo báo cáo; đề nghị bổ sung kết quả thu quỹ khuyến học và giao thời hạn cụ thể cho từng đồng chí được phân công.",
        "đề nghị Chi bộ quan tâm tuyến mương nội đồng phía Bắc bị sạt lở sau đợt mưa lũ, sớm báo cáo Đảng ủy xã để có hướng khắc phục trước vụ đông xuân.",
        "phản ánh tình trạng đốt rơm rạ ven đường liên thôn gây khói bụi, mất an toàn giao thông; đề nghị các đoàn thể tuyên truyền, nhắc nhở từng hộ.",
        "đồng ý với phân công nhiệm vụ tháng tới, xin nhận việc rà soát hộ nghèo cùng đồng chí trưởng thôn.",
        "đề nghị giới thiệu quần chúng ưu tú Giàng A Páo, Lý Thị Mẩy học lớp bồi dưỡng nhận thức về Đảng đợt 4.",
    ];
    const NAMES: [&str; 8] = [
        "Lê Văn An",
        "Trần Thị Ánh",
        "Nguyễn Quốc Bảo",
        "Hoàng Thị Bích",
        "Phạm Văn Bình",
        "Trần Tiến Dũng",
        "Lý A Dình",
        "Đỗ Thị Hà",
    ];
    let mut body = vec![
        paragraph("Thời gian bắt đầu: 14 giờ 05 ngày 03 tháng 11 năm 2026. Địa điểm: Nhà văn hóa thôn Đông."),
        heading(Level::Section, "Thành phần"),
        item("Tổng số đảng viên: 30 đồng chí (chính thức 29, dự bị 1)."),
        item(
            "Có mặt: 27 đồng chí. Vắng có lý do: 3 đồng chí (Nguyễn Thị Sen, Vũ Đình Chiến: sức khỏe; Phạm Thị Thu: công tác).",
        ),
        item(
            "Chủ trì: đồng chí Nguyễn Mạnh Cường, Bí thư Chi bộ. Thư ký: đồng chí Nguyễn Thị Thanh Hiền, Phó Bí thư Chi bộ.",
        ),
        heading(Level::Section, "Nội dung"),
        heading(Level::Point, "Đồng chí Bí thư thông qua dự thảo báo cáo"),
        heading(Level::Point, "Ý kiến thảo luận"),
    ];
    let opinions = NAMES.iter().cycle().zip(SAID.iter().cycle()).take(opinions);
    for (at, (name, said)) in opinions.enumerate() {
        body.push(item(&format!("Đồng chí {name} (ý kiến {}): {said}", at + 1)));
    }
    body.push(heading(Level::Section, "Biểu quyết"));
    body.push(paragraph("Chi bộ biểu quyết thông qua với 25/25 đồng chí tán thành, đạt tỷ lệ 100%."));
    body.push(paragraph("Buổi sinh hoạt kết thúc lúc 16 giờ 10 cùng ngày"));
    Paper {
        body,
        signatures: signed(),
        ..of(Kind::Minutes, "2026-11-03", "sinh hoạt chi bộ thường kỳ tháng 11 năm 2026")
    }
}

pub fn attendance(people: usize) -> Paper {
    let marks = ["Có mặt", "Vắng có lý do (sức khỏe)", "Có mặt (đến muộn 14 giờ 20)"];
    let rows = (1..=people)
        .zip(marks.iter().cycle())
        .map(|(at, mark)| vec![at.to_string(), format!("Nguyễn Thị Thanh Hiền {at}"), (*mark).into(), String::new()]);
    let table = Table {
        columns: vec![
            column("TT", 1, Align::Centre, true),
            column("Họ và tên", 5, Align::Left, false),
            column("Điểm danh", 4, Align::Left, false),
            column("Ký tên", 3, Align::Left, false),
        ],
        rows: rows.collect(),
    };
    Paper {
        body: vec![Block::Table(table)],
        signatures: signed(),
        ..of(Kind::List, "2026-11-03", "đảng viên dự sinh hoạt chi bộ thường kỳ tháng 11 năm 2026")
    }
}

pub fn draft() -> Paper {
    Paper { draft: Draft::Round(1), place: String::new(), number: number(None), recipients: Vec::new(), ..resolution() }
}

pub fn book() -> Paper {
    let mut bound = vec![minutes(6)];
    bound.push(Paper {
        kind: Kind::NotHeld,
        title: "Tháng 12 năm 2026".into(),
        body: vec![paragraph("Không họp. Lý do: mưa lũ, xã chỉ đạo tập trung phòng, chống thiên tai.")],
        ..Default::default()
    });
    bound.push(minutes(9));
    Paper { bound, ..of(Kind::MinutesBook, "2026-12-31", "năm 2026") }
}

/// Names and words that nobody would call short.
pub fn endless() -> Paper {
    let name = "Nguyễn Thị Thanh Hiền ".repeat(14);
    let word = "Khôngcómộtkhoảngtrắngnào".repeat(13);
    let table = Table {
        columns: vec![column("TT", 1, Align::Centre, true), column(&word, 2, Align::Left, false)],
        rows: vec![vec!["1".into(), word.clone(), "ngoài cột".into()], vec!["2".into(), name.repeat(25)], vec![]],
    };
    Paper {
        superior: name.clone(),
        issuer: word.clone(),
        subject: format!("{word} {name}"),
        body: vec![heading(Level::Section, &name), paragraph(&word), Block::Table(table), paragraph(&name.repeat(40))],
        recipients: (0..70).map(|at| format!("{name}{at}")).collect(),
        signatures: Signatures::One(Signature { on_behalf: word.clone(), post: name.clone(), name }),
        ..resolution()
    }
}

pub fn list() -> List {
    let Some(Block::Table(mut table)) = attendance(30).body.pop() else { return List::default() };
    table.rows.push(vec!["=1+1".into(), "=HYPERLINK(\"http://a\")".into(), "+84 912".into(), "@x".into()]);
    List { title: "Danh sách điểm danh 03/11/2026".into(), date: Some("2026-11-03".into()), table }
}

/// Every paper, by name.
pub fn all() -> Vec<(&'static str, Paper)> {
    vec![
        ("resolution", resolution()),
        ("conclusion", conclusion()),
        ("invitation", invitation()),
        ("minutes", minutes(60)),
        ("attendance", attendance(90)),
        ("draft", draft()),
        ("book", book()),
        ("endless", endless()),
    ]
}

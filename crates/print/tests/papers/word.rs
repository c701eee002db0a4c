//! What a DOCX says and how it is set, from its own files; and that it says what the PDF of the same paper does.

use print::{Layout, Paper, docx, layout, pdf};

use crate::{
    read::{bare, elements, pdf_pages, unzipped},
    samples,
};

fn document(paper: &Paper) -> String {
    unzipped(&docx(paper).expect("a file"), "word/document.xml")
}

/// What a PDF says but for the numbers of its pages, which come first on each.
fn without_numbers(paper: &Paper) -> String {
    let pages = pdf_pages(&pdf(paper).expect("a file"));
    let body = pages.iter().enumerate().map(|(at, page)| match at {
        0 => page.as_str(),
        _ => page.split_once('\n').map_or("", |(number, rest)| {
            assert_eq!(number, (at + 1).to_string());
            rest
        }),
    });
    body.collect()
}

// Planted: items without their dash → caught.
#[test]
fn pdf_and_docx_say_the_same_and_all_of_it() {
    let said = "ĐẢNG BỘ XÃ TÂN HÒA CHI BỘ THÔN ĐÔNG * Số 05-NQ/CB ĐẢNG CỘNG SẢN VIỆT NAM Tân Hòa, ngày 05 tháng 10 năm 2026 \
        NGHỊ QUYẾT về lãnh đạo thực hiện nhiệm vụ tháng 10 năm 2026 ----- \
        Ngày 05 tháng 10 năm 2026, Chi bộ thôn Đông tổ chức sinh hoạt thường kỳ; tổng số 30 đảng viên, có mặt 27 đồng chí, \
        vắng có lý do 3 đồng chí. Sau khi thảo luận, Chi bộ quyết nghị: \
        I- ĐÁNH GIÁ KẾT QUẢ THÁNG 9 NĂM 2026 1. Công tác chính trị, tư tưởng \
        Đảng viên chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước; nhân dân trong thôn phấn khởi, tin \
        tưởng vào sự lãnh đạo của Đảng. 2. Thực hiện nhiệm vụ a) Phát triển kinh tế \
        Toàn thôn gieo cấy xong 42 ha lúa vụ mùa, đạt 100% kế hoạch. b) Văn hóa, xã hội - Duy trì 4 câu lạc bộ; \
        - Quyên góp được 12,5 triệu đồng ủng hộ đồng bào vùng lũ. II- PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG 10 \
        Chi bộ giao các nhiệm vụ sau: TT Nhiệm vụ Người thực hiện Thời hạn \
        1 Thu dọn đường làng, ngõ xóm đợt 2 Trần Tiến Dũng 15/10/2026 \
        2 Rà soát danh sách hộ nghèo, hộ cận nghèo năm 2026 Nguyễn Thị Thanh Hiền 20/10/2026 \
        3 Vận động đóng góp quỹ khuyến học Đặng Hữu Phước 31/10/2026 \
        Nghị quyết được Chi bộ thông qua với 25/25 đồng chí có quyền biểu quyết tán thành, đạt tỷ lệ 100%. \
        Nơi nhận: - Đảng ủy xã (để báo cáo); - Các đồng chí đảng viên chi bộ; - Lưu Chi bộ. T/M CHI BỘ BÍ THƯ Nguyễn Mạnh Cường";
    let paper = samples::resolution();
    assert_eq!(bare(&without_numbers(&paper)), bare(said));
    for (name, paper) in samples::all() {
        // Here a table's head is repeated on every page, which no DOCX says twice.
        if matches!(name, "attendance" | "endless") {
            continue;
        }
        let word = elements(&document(&paper), "w:t").concat();
        assert_eq!(bare(&without_numbers(&paper)), bare(&word), "{name}");
    }
}

// Planted: another margin; another font → each caught.
#[test]
fn a_docx_has_the_figures_of_the_rules() {
    let paper = samples::resolution();
    let file = docx(&paper).expect("a file");
    let xml = document(&paper);
    let Layout { page, body, font, .. } = &layout(paper.date.as_deref()).expect("a layout").sets;
    let twips = |mm: f32| (mm / 25.4 * 1440.0).round() as i32;
    let size = format!("<w:pgSz w:w=\"{}\" w:h=\"{}\"", twips(page.width), twips(page.height));
    assert!(xml.contains(&size), "A4: {xml}");
    for (edge, mm) in [
        ("top", page.top),
        ("bottom", page.bottom),
        ("left", page.left),
        ("right", page.right),
        ("header", page.number_from_edge),
    ] {
        let margin = xml.split("<w:pgMar").nth(1).expect("margins");
        assert!(margin.contains(&format!("w:{edge}=\"{}\"", twips(mm))), "{edge}: {margin}");
    }
    assert_eq!(font, "Times New Roman");
    let styles = unzipped(&file, "word/styles.xml");
    for slot in ["ascii", "hAnsi", "cs", "eastAsia"] {
        assert!(styles.contains(&format!("w:{slot}=\"Times New Roman\"")), "{slot}");
    }
    assert!(!xml.contains("Liberation") && !styles.contains("Liberation"), "a name that only a PDF needs");
    let paragraph = elements(&xml, "w:p").into_iter().find(|one| one.contains("Ngày 05 tháng 10")).expect("the first");
    assert!(paragraph.contains("w:val=\"both\""), "justified: {paragraph}");
    assert!(paragraph.contains(&format!("w:firstLine=\"{}\"", twips(body.indent))), "{paragraph}");
    let exact = format!("w:line=\"{}\" w:lineRule=\"exact\"", (body.line * 20.0) as i32);
    assert!(paragraph.contains(&exact) && paragraph.contains("<w:sz w:val=\"28\""), "{paragraph}");
    let title = elements(&xml, "w:p").into_iter().find(|one| one.contains("NGHỊ QUYẾT")).expect("the title");
    assert!(title.contains("<w:b />") && title.contains("w:val=\"center\""), "{title}");
    assert!(title.contains("<w:keepNext"), "kept with what follows: {title}");
    assert!(
        xml.contains("<w:titlePg") && unzipped(&file, "word/header1.xml").contains("PAGE"),
        "numbered but for page 1"
    );
    let core = unzipped(&file, "docProps/core.xml");
    assert!(core.contains("2026-10-05T00:00:00Z") && !core.contains("1970"), "its own day, no clock's: {core}");
}

// Planted: the head not repeated; no paragraph between two tables → each caught.
#[test]
fn rows_are_not_divided_and_a_tables_head_is_repeated() {
    let xml = document(&samples::attendance(40));
    let rows: Vec<&str> = xml.split("<w:tr>").skip(1).collect();
    // The two columns of the head and of the foot are a row each.
    assert_eq!(rows.len(), 1 + 41 + 1);
    assert!(rows.iter().all(|row| row.starts_with("<w:trPr><w:cantSplit />")));
    let heads: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].contains("<w:tblHeader />")).collect();
    assert_eq!(heads, [1], "the first row of the table, and no other");
    assert!(!xml.contains("</w:tbl><w:tbl>"), "two tables in a row would be one");
}

#[test]
fn papers_of_a_book_begin_on_pages_of_their_own() {
    let xml = document(&samples::book());
    assert_eq!(xml.matches("<w:pageBreakBefore />").count(), 3, "{xml}");
}

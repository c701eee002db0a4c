//! Word files: marked as secrets where few look, with something to run or to fetch, and swollen.

use super::{End, Hostile, WORDS, pack};

const MAIN: &str = "word/document.xml";
const SECRET: End = End::Refused("secret_text");
const BROKEN: End = End::Refused("broken");
const BOMB: End = End::Refused("grows_too_much");

/// What makes a whole package of the parts, and a picture that is placed as Word places one, by its first link.
const KINDS: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
     <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
     <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const ROOT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
     <Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
const PLACED: &str = "<w:p><w:r><w:drawing>\
     <wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><wp:extent cx=\"990000\" cy=\"990000\"/><wp:docPr id=\"1\" name=\"a\"/>\
     <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
     <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"a\"/><pic:cNvPicPr/></pic:nvPicPr>\
     <pic:blipFill><a:blip r:link=\"rId0\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
     <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"990000\" cy=\"990000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
     </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";

/// An element with all the names that Word's files use.
fn xml(root: &str, inner: &str) -> String {
    let spaces = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
    format!("<?xml version=\"1.0\"?><w:{root} {spaces}>{inner}</w:{root}>")
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

pub(super) fn document(inner: &str) -> String {
    xml("document", &format!("<w:body>{}{inner}</w:body>", p(WORDS)))
}

/// A Word file of a text and other parts.
pub(super) fn file(text: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = others.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    pack(&[&[(MAIN, text.as_bytes())], parts.as_slice()].concat())
}

/// What says that a part leads elsewhere.
fn links(all: &[(&str, &str)]) -> String {
    let link = |(at, (kind, to)): (usize, &(&str, &str))| {
        let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
        format!("<Relationship Id=\"rId{at}\" Type=\"{kind}\" Target=\"{to}\" TargetMode=\"External\"/>")
    };
    let links: String = all.iter().enumerate().map(link).collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>"
    )
}

/// Marked where few look.
pub(super) fn marked() -> Vec<Hostile> {
    let plain = document("");
    let beside = |what, name: &str, root: &str, inner: &str| {
        Hostile::new(what, "docx", file(&plain, &[(name, &xml(root, inner))]), SECRET)
    };
    let inside = |what, inner: &str| Hostile::new(what, "docx", file(&document(inner), &[]), SECRET);
    let kinds = "<Types><Override PartName=\"/word/a.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/></Types>";
    let stamp = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"M&#7852;T\"/></v:shape></w:pict></w:r></w:p>";
    let note = |kind: &str, words: &str| format!("<w:{kind} w:id=\"2\">{}</w:{kind}>", p(words));
    let boxed = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice></mc:AlternateContent></w:r></w:p>",
        p("TỐI MẬT")
    );
    let hyper = xml("hdr", &p("MẬT"));
    vec![
        beside("MẬT ở đầu trang", "word/header1.xml", "hdr", &p("MẬT")),
        beside("MẬT ở chân trang", "word/footer3.xml", "ftr", &p("- MẬT -")),
        beside("MẬT trong chú thích", "word/footnotes.xml", "footnotes", &note("footnote", "MẬT")),
        beside("MẬT trong chú thích cuối", "word/endnotes.xml", "endnotes", &note("endnote", "TUYỆT MẬT")),
        beside("MẬT trong lời bàn", "word/comments.xml", "comments", &p("MẬT")),
        beside("MẬT chìm sau trang", "word/header2.xml", "hdr", stamp),
        Hostile::new(
            "MẬT ở đầu trang mang tên khác",
            "docx",
            file(&plain, &[("word/a.xml", &hyper), ("[Content_Types].xml", kinds)]),
            SECRET,
        ),
        inside("MẬT trong khung", &boxed),
        inside("M Ậ T cách chữ", &p("M Ậ T")),
        inside("MẬT cạnh số văn bản", "<w:p><w:r><w:t>MẬT</w:t><w:tab/><w:t>Số 12-NQ/TU</w:t></w:r></w:p>"),
        inside("MẬT dạng tổ hợp rời", &p("MA\u{323}\u{302}T")),
    ]
    .into_iter()
    .map(|one| {
        // Their names must not give them away: what is tried is the text.
        let name = one.name.replace("MẬT", "dấu").replace("M Ậ T", "dấu");
        one.named(&name)
    })
    .collect()
}

/// With something to run, or to fetch.
pub(super) fn running(door: &str) -> Vec<Hostile> {
    let plain = document("");
    let with = |what, others: &[(&str, &str)], end| Hostile::new(what, "docx", file(&plain, others), end);
    let text = |what, inner: &str, others: &[(&str, &str)]| {
        Hostile::new(what, "docx", file(&document(inner), others), End::Read)
    };
    let macros =
        "<Types><Override PartName=\"/word/a.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>";
    let main = "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    let by_link = "<Relationships><Relationship Id=\"a\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"a.bin\"/></Relationships>";
    let rels = "word/_rels/document.xml.rels";
    let image = format!("{door}/a.png");
    let template = format!("{door}/a.dotm");
    let drawn = "<w:p><w:r><w:drawing><a:blip r:link=\"rId0\"/></w:drawing></w:r><w:r><w:pict><v:imagedata r:id=\"rId0\"/></w:pict></w:r></w:p>";
    let field = |code: &str| {
        format!(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        )
    };
    let page = format!(
        "&lt;script&gt;window.hacked=1;fetch('{door}/a')&lt;/script&gt;&lt;img src='{door}/a' onerror='window.hacked=1'&gt;{{@html 1}}"
    );
    let xxe = format!("<!DOCTYPE x [<!ENTITY a SYSTEM \"{door}/a\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>");
    let entity = plain.replacen("?>", &format!("?>{xxe}"), 1).replace(WORDS, "&a;&b;");
    vec![
        text(
            "ảnh ở nơi khác, trong tệp mà LibreOffice dựng được",
            PLACED,
            &[("[Content_Types].xml", KINDS), ("_rels/.rels", ROOT), (rels, &links(&[("image", &image)]))],
        ),
        with("macro", &[("word/vbaProject.bin", "x")], End::Refused("macros")),
        with("macro mang tên khác", &[("word/a.bin", "x"), ("[Content_Types].xml", macros)], End::Refused("macros")),
        with("macro theo liên kết", &[("word/a.bin", "x"), (rels, by_link)], End::Refused("macros")),
        with("loại tệp có macro", &[("[Content_Types].xml", main)], End::Refused("macros")),
        Hostile::new(
            "đoạn HTML nhúng",
            "docx",
            file(&document("<w:altChunk r:id=\"rId0\"/>"), &[("word/a.htm", "<script>window.hacked=1</script>")]),
            BROKEN,
        ),
        Hostile::new(
            "văn bản con ở nơi khác",
            "docx",
            file(&document("<w:subDoc r:id=\"rId0\"/>"), &[(rels, &links(&[("subDocument", &template)]))]),
            BROKEN,
        ),
        text(
            "mẫu ở nơi khác",
            "",
            &[
                ("word/settings.xml", "<w:settings><w:attachedTemplate r:id=\"rId0\"/></w:settings>"),
                ("word/_rels/settings.xml.rels", &links(&[("attachedTemplate", &template)])),
            ],
        ),
        text("ảnh ở nơi khác", drawn, &[(rels, &links(&[("image", &image)]))]),
        text(
            "đường dẫn chạy lệnh",
            "<w:p><w:hyperlink r:id=\"rId0\"><w:r><w:t>bấm</w:t></w:r></w:hyperlink></w:p>",
            &[(rels, &links(&[("hyperlink", "javascript:window.hacked=1")]))],
        ),
        text("trường lấy ảnh", &field(&format!("INCLUDEPICTURE \"{image}\" \\d")), &[]),
        text("trường chạy lệnh", &field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc.exe\""), &[]),
        text("chữ như trang mạng", &p(&page), &[]),
        Hostile::new("thực thể ở nơi khác", "docx", file(&entity, &[]), BROKEN),
    ]
}

/// Swollen, damaged, or two in one.
pub(super) fn swollen(door: &str) -> Vec<Hostile> {
    let plain = document("");
    let laughs: String =
        (1..10).map(|at| format!("<!ENTITY a{at} \"{}\">", format!("&a{};", at - 1).repeat(10))).collect();
    let laughs =
        plain.replacen("?>", &format!("?><!DOCTYPE x [<!ENTITY a0 \"ha\">{laughs}]>"), 1).replace(WORDS, "&a9;");
    let deep = document(&("<w:sdt>".repeat(100_000) + &"</w:sdt>".repeat(100_000)));
    let spaces = " ".repeat(40 << 20);
    let header = xml("hdr", &" ".repeat(20 << 20));
    let headers: Vec<(String, &str)> = (0..4).map(|at| (format!("word/header{at}.xml"), header.as_str())).collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let levels = format!(
        "<w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>",
        "<w:lvl><w:lvlText w:val=\"%1%2%3%4%5%6%7%8%9\"/></w:lvl>".repeat(200_000)
    );
    let counted = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"8\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Việc</w:t></w:r></w:p>".repeat(5_000);
    let circle = "<w:style w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style><w:style w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>";
    let styled = "<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>Việc</w:t></w:r></w:p>";
    let wide = format!(
        "<w:tbl><w:tr>{}</w:tr>{}</w:tbl>",
        "<w:tc></w:tc>".repeat(100_000),
        "<w:tr><w:tc></w:tc></w:tr>".repeat(100_000)
    );
    let whole = file(&plain, &[]);
    let with = |what, others: &[(&str, &str)], end| Hostile::new(what, "docx", file(&plain, others), end);
    let text = |what, text: &str, others: &[(&str, &str)], end| Hostile::new(what, "docx", file(text, others), end);
    let mut nested = file(&plain, &[]);
    for _ in 0..20 {
        nested = pack(&[(MAIN, plain.as_bytes()), ("word/embeddings/a.zip", &nested)]);
    }
    let link = format!("{door}/a");
    let up = "../".repeat(20);
    let mut twice = file(&plain, &[("word/documenu.xml", &document(&p("MẬT")))]);
    replace(&mut twice, b"word/documenu.xml", MAIN.as_bytes());
    let mut locked = file(&plain, &[]);
    lock(&mut locked);
    vec![
        text("tỷ tiếng cười", &laughs, &[], BROKEN),
        text("lồng nhau quá sâu", &deep, &[], BOMB),
        text("phồng khi giải nén", &spaces, &[], BOMB),
        with("phồng ở nhiều đầu trang", &headers, BOMB),
        text(
            "danh sách một triệu cấp",
            &document(&counted),
            &[("word/numbering.xml", &xml("numbering", &levels))],
            End::Read,
        ),
        text("kiểu chữ dựa vào nhau", &document(styled), &[("word/styles.xml", &xml("styles", circle))], End::Read),
        text("bảng mười tỷ ô", &document(&wide), &[], End::Read),
        Hostile::new("tệp nén trong tệp nén", "docx", nested, End::Read),
        with(
            "tên tệp con trỏ ra ngoài",
            &[
                (&format!("{up}tmp/hacked.txt"), "x"),
                ("/etc/hacked", "x"),
                ("C:\\hacked.txt", "x"),
                ("word/../../hacked", &link),
            ],
            End::Read,
        ),
        Hostile::new("hai văn bản cùng tên", "docx", twice, BROKEN),
        with("hai văn bản khác chữ hoa", &[("Word/Document.xml", &document(&p("MẬT")))], BROKEN),
        Hostile::new("tệp con khóa mật khẩu", "docx", locked, End::Refused("encrypted")),
        Hostile::new("đứt giữa chừng", "docx", whole[..whole.len() * 2 / 3].to_vec(), BROKEN),
        text("không có chữ", &xml("document", "<w:body><w:p/></w:body>"), &[], End::Refused("empty")),
    ]
}

fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    for at in 0..=bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
}

/// Says of every part that it is under a password, as a zip does.
fn lock(bytes: &mut [u8]) {
    for at in 0..bytes.len() - 10 {
        if bytes[at..].starts_with(b"PK\x03\x04") {
            bytes[at + 6] |= 1;
        }
        if bytes[at..].starts_with(b"PK\x01\x02") {
            bytes[at + 8] |= 1;
        }
    }
}

//! PDF files: with something to run or to fetch, swollen, in circles, damaged, and under passwords.

use std::fmt::Write as _;

use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};

use super::{End, Hostile, WORDS, deflated};

const BROKEN: End = End::Refused("broken");
const BOMB: End = End::Refused("grows_too_much");
/// What most of them hold: a catalogue, pages, a page with words, its words, their font.
const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
const SHEET: &str = "/MediaBox[0 0 595 842]";

/// A PDF of these objects, numbered from 1.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", at + 1).as_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    let mut list = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        writeln!(list, "{place:010} 00000 n ").expect("memory takes it");
    }
    let end = format!("trailer\n<</Size {}/Root 1 0 R/ID[<01><01>]>>\nstartxref\n{start}\n%%EOF\n", places.len() + 1);
    bytes.extend(list.as_bytes());
    bytes.extend(end.as_bytes());
    bytes
}

fn stream(says: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<<{says}/Length {}>>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

fn words() -> Vec<u8> {
    stream("", format!("BT /F 14 Tf 72 700 Td ({WORDS}) Tj ET").as_bytes())
}

/// A page of words, with what the catalogue and the page say besides, and other objects from 6 on.
fn page(catalogue: &str, says: &str, others: &[Vec<u8>]) -> Vec<u8> {
    let first = [
        format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>").into_bytes(),
        PAGES.into(),
        format!(
            "<</Type/Page/Parent 2 0 R{SHEET}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>{says}>>"
        )
        .into_bytes(),
        words(),
        FONT.into(),
    ];
    pdf(&[&first, others].concat())
}

/// The same with other contents.
fn drawn(contents: Vec<u8>, others: &[Vec<u8>]) -> Vec<u8> {
    let bytes = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        PAGES.into(),
        format!("<</Type/Page/Parent 2 0 R{SHEET}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>")
            .into(),
        contents,
        FONT.into(),
    ];
    pdf(&[&bytes, others].concat())
}

/// A page of words.
pub(super) fn good() -> Vec<u8> {
    page("", "", &[])
}

/// With something to run, or to fetch.
pub(super) fn running(door: &str) -> Vec<Hostile> {
    let read = |what, bytes| Hostile::new(what, "pdf", bytes, End::Read);
    let script = "/S/JavaScript/JS(app.alert\\(1\\);this.submitForm\\('DOOR'\\);window.hacked=1)".replace("DOOR", door);
    let link = |action: &str| format!("/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<<{action}>>>>]");
    let files = "/Names<</EmbeddedFiles<</Names[(a.exe) 6 0 R]>>/JavaScript<</Names[(a) 8 0 R]>>>>";
    let attached = [
        b"<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>".to_vec(),
        stream("/Type/EmbeddedFile", b"MZ\x90\0"),
        format!("<<{script}>>").into_bytes(),
    ];
    let form = format!(
        "/AcroForm<</XFA(<script>window.hacked=1</script>)/Fields[<</FT/Btn/T(a)/A<</S/SubmitForm/F<</FS/URL/F({door}/a)>>>>>>]>>"
    );
    let elsewhere = stream(
        &format!(
            "/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/F<</FS/URL/F({door}/a)>>"
        ),
        b"",
    );
    let show = format!("BT /F 14 Tf 72 700 Td ({WORDS}) Tj ET 99 0 0 99 72 72 cm /X Do").into_bytes();
    vec![
        read("lệnh JavaScript khi mở", page(&format!("/OpenAction<<{script}>>"), "", &[])),
        read("lệnh JavaScript ở trang", page("", &format!("/AA<</O<<{script}>>>>"), &[])),
        read("chạy chương trình khi mở", page("/OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>/F(/bin/sh)>>", "", &[])),
        read("đường dẫn khi mở", page(&format!("/OpenAction<</S/URI/URI({door}/a)>>"), "", &[])),
        read("đường dẫn trên trang", page("", &link(&format!("/S/URI/URI({door}/a)")), &[])),
        read("đường dẫn chạy lệnh", page("", &link("/S/URI/URI(javascript:window.hacked=1)"), &[])),
        read("mở tệp ở nơi khác", page(&format!("/OpenAction<</S/GoToR/F<</FS/URL/F({door}/a.pdf)>>/D[0/Fit]>>"), "", &[])),
        read("tệp chương trình đính kèm", page(files, "", &attached)),
        read("biểu mẫu tự gửi", page(&form, "", &[])),
        read("ảnh ở nơi khác", drawn(stream("", &show), &[elsewhere])),
        read("phim và âm thanh", page("", &format!("/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]/RichMediaContent<</Assets<</Names[({door}/a.swf) 6 0 R]>>>>>>]"), &attached)),
        read("chữ như trang mạng", drawn(stream("", format!("BT /F 9 Tf 9 700 Td ({WORDS} <script>window.hacked=1</script><img src={door}/a onerror=window.hacked=1>) Tj ET").as_bytes()), &[])),
    ]
}

/// Swollen, in circles, lying or damaged.
pub(super) fn swollen() -> Vec<Hostile> {
    let new = |what, bytes, end| Hostile::new(what, "pdf", bytes, end);
    let good = good();
    let image = |width: u32, height: u32| {
        stream(
            &format!(
                "/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceGray"
            ),
            b"\0",
        )
    };
    let show = format!("BT /F 14 Tf 72 700 Td ({WORDS}) Tj ET 99 0 0 99 72 72 cm /X Do").into_bytes();
    let itself = stream(
        &format!("/Type/XObject/Subtype/Form{}/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>", ""),
        b"/X Do",
    );
    let with_pages = |pages: &str| {
        pdf(&[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            pages.into(),
            format!("<</Type/Page/Parent 2 0 R{SHEET}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>").into(),
            words(),
            FONT.into(),
        ])
    };
    let leaf = format!("<</Type/Page/Parent 2 0 R{SHEET}/Contents 4 0 R>>").into_bytes();
    let kids: String = (6..10_006).map(|at| format!("{at} 0 R ")).collect();
    let all = format!("<</Type/Pages/Kids[{kids}]/Count 10000>>").into_bytes();
    let first = [b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), all, b"null".to_vec(), words(), FONT.into()];
    let many = pdf(&[&first[..], &vec![leaf; 10_000]].concat());
    let text = String::from_utf8_lossy(&good).into_owned();
    let lying = text.replace("startxref\n", "startxref\n9").into_bytes();
    let around = text.replace("/Size", "/Prev 9/Size").into_bytes();
    let length = format!(
        "/Length {}",
        words().windows(7).position(|part| part == b"\nendstr").expect("it ends")
            - words().windows(7).position(|part| part == b"stream\n").expect("it begins")
            - 7
    );
    let own_length = text.replace(&length, "/Length 4 0 R").into_bytes();
    let wide = text.replace(SHEET, "/MediaBox[0 0 99999999 99999999]").into_bytes();
    let zeros = deflated(&vec![b' '; 160 << 20]);
    vec![
        new("trang vẽ chính mình", drawn(stream("", &show), &[itself]), End::Read),
        new("độ dài là chính nó", own_length, End::Read),
        new("cây trang đi vòng", with_pages("<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>"), End::Read),
        new("mười nghìn trang", many, BOMB),
        new("trang rộng vô cùng", wide, End::Read),
        new("ảnh mười tỷ điểm", drawn(stream("", &show), &[image(100_000, 100_000)]), BOMB),
        new("ảnh khai lớn hơn dữ liệu", drawn(stream("", &show), &[image(2_000, 2_000)]), End::Read),
        new("phồng khi giải nén", drawn(stream("/Filter/FlateDecode", &zeros), &[]), BOMB),
        new("phồng hai lần nén", drawn(stream("/Filter[/FlateDecode/Fl#61teDecode]", &deflated(&zeros)), &[]), BOMB),
        new("bảng tra sai chỗ", lying, End::Read),
        new("bảng tra đi vòng", around, End::Read),
        new("đứt giữa chừng", good[..good.len() / 2].to_vec(), BROKEN),
        new("rác sau phần cuối", [&good[..], &[b'x'; 100_000]].concat(), BROKEN),
        new("lồng nhau quá sâu", page(&format!("/A{}", "[".repeat(200_000)), "", &[]), BOMB),
        new("từ điển lồng nhau quá sâu", page(&"/A<<".repeat(100_000), "", &[]), BOMB),
    ]
}

/// Under passwords: one to open it, which nobody has here, and one to change it, which nobody needs.
pub(super) fn locked() -> Vec<Hostile> {
    let good = good();
    let under = |user: &str| {
        let mut document = Document::load_mem(&good).expect("a good file");
        let version = EncryptionVersion::V2 {
            document: &document,
            owner_password: "chủ",
            user_password: user,
            key_length: 128,
            permissions: Permissions::empty(),
        };
        let state = EncryptionState::try_from(version).expect("a key can be made");
        document.encrypt(&state).expect("it is not locked yet");
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("memory takes it");
        bytes
    };
    vec![
        Hostile::new("khóa mật khẩu mở", "pdf", under("mo"), End::Refused("encrypted")),
        Hostile::new("khóa mật khẩu sửa", "pdf", under(""), End::Read),
    ]
}

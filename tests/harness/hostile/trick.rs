//! Files that are not what their name says, and names that trick who reads them.

use super::{End, Hostile, pack, word};

const NO_DOCUMENT: End = End::Refused("not_a_document");
/// What old Office files begin with, and new ones under a password.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Not what their name says.
pub(super) fn disguised() -> Vec<Hostile> {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound = |stream: &str| [COMPOUND, &[0; 504], &wide(stream), &[0; 512]].concat();
    let html = b"<!DOCTYPE html><script>window.hacked=1</script><p>%PDF-1.7";
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"window.hacked=1\"/>";
    let new = |what, ending, bytes: &[u8]| Hostile::new(what, ending, bytes.to_vec(), NO_DOCUMENT);
    vec![
        new(
            "chương trình Windows",
            "pdf",
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0This program cannot be run in DOS mode",
        ),
        new("chương trình Linux", "docx", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0"),
        new("trang mạng", "docx", html),
        new("trang mạng", "pdf", html),
        new("hình vẽ có lệnh", "png", svg),
        new("ảnh động", "jpg", b"GIF89a\x01\0\x01\0\0\0\0;"),
        new("văn bản RTF", "docx", b"{\\rtf1{\\object\\objupdate\\objdata 0105}\\par Chi bo}"),
        new("Word đời cũ", "doc", &compound("WordDocument")),
        new("Excel đời cũ", "docx", &compound("Workbook")),
        new(
            "Excel đời mới",
            "docx",
            &pack(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]),
        ),
        new(
            "gói chương trình",
            "docx",
            &pack(&[("META-INF/MANIFEST.MF", b"Main-Class: A"), ("A.class", b"\xca\xfe\xba\xbe")]),
        ),
        Hostile::new("Word khóa mật khẩu", "docx", compound("EncryptedPackage"), End::Refused("encrypted")),
        Hostile::new("tệp rỗng", "pdf", Vec::new(), End::Refused("empty")),
        Hostile::new("hai trăm MB", "pdf", vec![0; 200 << 20], End::Refused("too_large")),
    ]
}

/// A good file under names that trick.
pub(super) fn named() -> Vec<Hostile> {
    let good = word::file(&word::document(""), &[]);
    let new = |what, name: &str, end| Hostile::new(what, "docx", good.clone(), end).named(name);
    let long = "dài ".repeat(2_500) + ".docx";
    let marked = End::Refused("secret_name");
    vec![
        new("tên dạng tổ hợp rời", "Nghi\u{323} quye\u{302}\u{301}t.docx", End::Read),
        new("tên đảo chiều", "Nghị quyết \u{202e}xcod.exe", End::Read),
        new("tên mười nghìn chữ", &long, End::Read),
        new("tên trỏ ra ngoài", "../../../../tmp/hacked.docx", End::Read),
        new("tên là lệnh", "$(touch hacked);`touch hacked`|<img src=x onerror=window.hacked=1>.docx", End::Read),
        new("tên mang dấu", "MẬT.pdf", marked),
        new(
            "tên mang dấu tổ hợp rời",
            "[TO\u{302}\u{301}I MA\u{323}\u{302}T] ke\u{302}\u{301} hoa\u{323}ch.docx",
            marked,
        ),
    ]
}

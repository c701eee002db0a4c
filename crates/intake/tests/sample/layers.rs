//! PDF files of ours with other layers: pictures under or over their words, words that nobody sees, passwords.

use std::{collections::BTreeMap, io::Cursor, sync::Arc};

use image::{GrayImage, ImageFormat};
use lopdf::{
    Document, EncryptionState, EncryptionVersion, Permissions, Stream, dictionary,
    encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter},
};

/// What becomes of a page's words.
#[derive(Clone, Copy, PartialEq)]
pub enum Words {
    /// They stand on the picture.
    Over,
    /// The picture lies on them.
    Under,
    /// They are there and nobody sees them.
    Unseen,
    /// They go.
    Gone,
}

/// The file with a picture that covers one of its pages.
pub fn covered(pdf: &[u8], page: u32, sheet: &GrayImage, words: Words) -> Vec<u8> {
    laid(pdf, page, sheet, [0, 0, 595, 842], words)
}

/// The file with a picture on one of its pages: its left and foot, its width and height, in points.
pub fn laid(pdf: &[u8], page: u32, sheet: &GrayImage, [left, foot, wide, high]: [u32; 4], words: Words) -> Vec<u8> {
    let pdf = if words == Words::Unseen { drawn_as(pdf, page, 3) } else { pdf.to_vec() };
    let mut document = Document::load_mem(&pdf).unwrap();
    let id = document.get_pages()[&page];
    let mut jpg = Cursor::new(Vec::new());
    sheet.write_to(&mut jpg, ImageFormat::Jpeg).unwrap();
    let says = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(sheet.width()), "Height" => i64::from(sheet.height()),
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
    };
    let picture = document.add_object(Stream::new(says, jpg.into_inner()));
    document.add_xobject(id, "Scan", picture).unwrap();
    let said = document.get_page_content(id);
    let show = format!("\nq {wide} 0 0 {high} {left} {foot} cm /Scan Do Q\n").into_bytes();
    let content = match words {
        Words::Over => [show, said].concat(),
        Words::Under => [b"q\n".to_vec(), said, b"\nQ".to_vec(), show].concat(),
        Words::Unseen => [show, said].concat(),
        Words::Gone => show,
    };
    document.change_page_content(id, content).unwrap();
    saved(document)
}

/// The file with all words of a page drawn in another way: 2 fills and outlines each glyph, 3 shows nothing.
pub fn drawn_as(pdf: &[u8], page: u32, way: u8) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).unwrap();
    let id = document.get_pages()[&page];
    let said = document.get_page_content(id);
    // Each stretch says how it is drawn.
    document
        .change_page_content(id, replaced(said, b"BT 0 Tr", &[b'B', b'T', b' ', b'0' + way, b' ', b'T', b'r']))
        .unwrap();
    saved(document)
}

/// The file with its pages in the other order.
pub fn backwards(pdf: &[u8]) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).unwrap();
    let tree = document.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let kids = document.get_object_mut(tree).unwrap().as_dict_mut().unwrap().get_mut(b"Kids").unwrap();
    kids.as_array_mut().unwrap().reverse();
    saved(document)
}

/// The file with a packed stream that nothing shows.
pub fn laden(pdf: &[u8], bytes: Vec<u8>) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).unwrap();
    let mut stream = Stream::new(dictionary! { "Type" => "Metadata" }, bytes);
    stream.compress().unwrap();
    assert!(stream.dict.has(b"Filter"), "it is packed");
    let load = document.add_object(stream);
    document.catalog_mut().unwrap().set("Load", load);
    saved(document)
}

fn replaced(mut bytes: Vec<u8>, from: &[u8; 7], to: &[u8; 7]) -> Vec<u8> {
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
    bytes
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// What a signing program stamps on a paper, as such programs write it.
pub const SIGNED: &str = "Signed by: DANG UY XA TAN HOA; e-mail: vanphong.tanhoa@quangtri.gov.vn; organisation: TINH UY QUANG TRI; \
                          time of signing: 05.10.2026 10:12:13 +07:00";

/// The file with a signature's stamp on one of its pages.
pub fn signed(pdf: &[u8], page: u32) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).unwrap();
    let id = document.get_pages()[&page];
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
    let shown = format!("BT /F 4 Tf 2 20 Td ({SIGNED}) Tj ET").into_bytes();
    let area: Vec<lopdf::Object> = [0, 0, 350, 40].map(lopdf::Object::from).to_vec();
    let says = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => area,
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
    };
    let look = document.add_object(Stream::new(says, shown));
    let place: Vec<lopdf::Object> = [230, 790, 580, 830].map(lopdf::Object::from).to_vec();
    let stamp = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "F" => 4, "Rect" => place, "AP" => dictionary! { "N" => look },
    });
    document.get_object_mut(id).unwrap().as_dict_mut().unwrap().set("Annots", vec![stamp.into()]);
    saved(document)
}

/// The file under AES with a key of so many bits and a password to open it.
pub fn locked(pdf: &[u8], bits: u32, user: &str) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).unwrap();
    let (filter, key): (Arc<dyn CryptFilter>, _) = match bits {
        128 => (Arc::new(Aes128CryptFilter), [7; 32]),
        _ => (Arc::new(Aes256CryptFilter), [7; 32]),
    };
    document.trailer.set("ID", vec![lopdf::Object::string_literal("một"), lopdf::Object::string_literal("một")]);
    let crypt_filters = BTreeMap::from([(b"StdCF".to_vec(), filter)]);
    let (stream_filter, string_filter) = (b"StdCF".to_vec(), b"StdCF".to_vec());
    let (owner_password, permissions, encrypt_metadata) = ("chủ", Permissions::empty(), true);
    let version = if bits == 128 {
        EncryptionVersion::V4 {
            document: &document,
            encrypt_metadata,
            crypt_filters,
            stream_filter,
            string_filter,
            owner_password,
            user_password: user,
            permissions,
        }
    } else {
        EncryptionVersion::V5 {
            encrypt_metadata,
            crypt_filters,
            file_encryption_key: &key,
            stream_filter,
            string_filter,
            owner_password,
            user_password: user,
            permissions,
        }
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    saved(document)
}

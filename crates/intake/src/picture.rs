//! Photographs and pictures of papers: whole, and no larger than a page needs to be.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits};

use crate::{Refusal, foreign::guarded, kind, kind::Kind, pdf};

/// Pixels of a picture, at most; a sheet at 300 dpi has 8.7 million.
pub(crate) const PIXELS: u64 = 20_000_000;
/// Bytes that decoding one may take.
const MEMORY: u64 = 8 * PIXELS;

/// One page of a PDF, or a picture, as a PNG `width` pixels wide. Pages count from 1; a picture has one.
/// A Word file has no pages: [`Refusal::NotADocument`].
pub fn picture(bytes: &[u8], page: u32, width: u32) -> Result<Vec<u8>, Refusal> {
    if bytes.len() > domain::Content::MOST {
        return Err(Refusal::TooLarge);
    }
    match kind::of(bytes)? {
        Kind::Docx => Err(Refusal::NotADocument),
        Kind::Pdf => guarded(|| pdf::draw(bytes, page, width)),
        Kind::Jpg => guarded(|| scaled(bytes, ImageFormat::Jpeg, page, width)),
        Kind::Png => guarded(|| scaled(bytes, ImageFormat::Png, page, width)),
    }
}

/// What a file is, and how many pages it has: a picture one, a Word file none until it is set.
pub fn pages(bytes: &[u8]) -> Result<(Kind, u32), Refusal> {
    if bytes.len() > domain::Content::MOST {
        return Err(Refusal::TooLarge);
    }
    let kind = kind::of(bytes)?;
    let pages = match kind {
        Kind::Docx => 0,
        Kind::Pdf => guarded(|| pdf::pages(bytes))?,
        Kind::Jpg | Kind::Png => 1,
    };
    Ok((kind, pages))
}

/// Decodes a picture whole; one that breaks off is refused. Call only [`guarded`].
pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Refusal> {
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(|_| Refusal::Broken)?;
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Refusal::Bomb);
    }
    // The decoder fills up what is missing with grey.
    if format == ImageFormat::Jpeg && !bytes.windows(2).rev().take(1_024).any(|mark| mark == [0xff, 0xd9]) {
        return Err(Refusal::Broken);
    }
    let mut reader = reader();
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    reader.decode().map_err(|_| Refusal::Broken)
}

fn scaled(bytes: &[u8], format: ImageFormat, page: u32, width: u32) -> Result<Vec<u8>, Refusal> {
    if page != 1 {
        return Err(Refusal::Broken);
    }
    let whole = decode(bytes, format)?;
    let height = (u64::from(whole.height()) * u64::from(width) / u64::from(whole.width().max(1))).max(1);
    if width == 0 || u64::from(width) * height > PIXELS {
        return Err(Refusal::Bomb);
    }
    let small = whole.resize_exact(width, height as u32, image::imageops::FilterType::Triangle);
    let mut png = Cursor::new(Vec::new());
    small.to_rgb8().write_to(&mut png, ImageFormat::Png).map_err(|_| Refusal::Broken)?;
    Ok(png.into_inner())
}

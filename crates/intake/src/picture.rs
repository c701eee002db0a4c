//! Photographs and pictures of papers: whole, the right way up, and no larger than a page needs to be.

mod jpeg;

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, imageops};

use crate::{Refusal, foreign::guarded, form, kind, kind::Kind, pdf};

/// Pixels of a picture that is drawn, at most; a sheet at 300 dpi has 8.7 million.
pub(crate) const PIXELS: u64 = 20_000_000;
/// Pixels of one that is taken: phones make 48 million, a sheet at 600 dpi has 35 million.
const TAKEN: u64 = 60_000_000;
/// Pixels that a page may need to be read; of more every second row and column is enough.
const NEEDED: u64 = 26_000_000;
/// Bytes that decoding one may take: each pixel in colour and its opacity.
const MEMORY: u64 = 4 * TAKEN;
/// Bytes of a pixel that a photograph in several passes takes while it is put together, in colour.
const PASSES: u64 = 9;

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

/// What stands on one page of a PDF, from 1, a paragraph each, for who does not see its picture; nothing where nobody has
/// written it down.
pub fn page_words(bytes: &[u8], page: u32) -> Result<Vec<String>, Refusal> {
    match kind::of(bytes)? {
        Kind::Pdf => {
            let blocks = form::blocks(&guarded(|| pdf::words(bytes, page))?.parts);
            Ok(blocks.iter().map(|block| block.words().collect::<Vec<_>>().join(" ")).collect())
        }
        _ => Ok(Vec::new()),
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

/// Decodes a picture whole; one that breaks off is refused. It is turned as whoever took it held the camera, and made as
/// small as a page needs it. Call only [`guarded`].
pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Refusal> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(why)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    let several = |passes: bool| passes && pixels * PASSES > MEMORY;
    if pixels > TAKEN || format == ImageFormat::Jpeg && several(jpeg::passes(bytes)?) {
        return Err(Refusal::Bomb);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    limits.reserve(decoder.total_bytes()).map_err(why)?;
    decoder.set_limits(limits).map_err(why)?;
    let orientation = decoder.orientation().map_err(why)?;
    let mut picture = smaller(DynamicImage::from_decoder(decoder).map_err(why)?);
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn why(error: ImageError) -> Refusal {
    if matches!(error, ImageError::Limits(_)) { Refusal::Bomb } else { Refusal::Broken }
}

/// A picture of half the width and the height, where that is enough; in eight bits a colour.
fn smaller(picture: DynamicImage) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    if u64::from(width) * u64::from(height) <= NEEDED {
        return picture;
    }
    let (width, height) = ((width / 2).max(1), (height / 2).max(1));
    match picture {
        DynamicImage::ImageLuma8(gray) => imageops::thumbnail(&gray, width, height).into(),
        colour => imageops::thumbnail(&colour.into_rgb8(), width, height).into(),
    }
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
    let small = whole.resize_exact(width, height as u32, imageops::FilterType::Triangle);
    let mut png = Cursor::new(Vec::new());
    small.to_rgb8().write_to(&mut png, ImageFormat::Png).map_err(|_| Refusal::Broken)?;
    Ok(png.into_inner())
}

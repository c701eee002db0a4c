//! A PDF's words, off where its glyphs stand, and its pages as pictures. Nothing in it is run: actions, scripts, links and
//! attached files are not looked at, and text that nobody would see is only searched.

mod glyph;
mod paragraph;
mod row;
mod swell;

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page},
    hayro_syntax::{LoadPdfError, Pdf, page::Page},
    kurbo::Rect,
    vello_cpu::{Pixmap, color::palette::css::WHITE},
};
use image::{DynamicImage, GrayImage, RgbaImage};

use crate::{
    Refusal,
    line::{Line, Part},
    picture::PIXELS,
};
use glyph::Seen;
use row::Row;

/// Pages that a file may have.
const PAGES: usize = 500;
/// Where the mark of the end stands at the latest, from the last byte.
const TAIL: usize = 2_048;
/// Dots to the inch at which a page is read, where it is not too large for that.
const DPI: f64 = 300.0;

/// What was read.
pub(crate) struct Read {
    /// The text of the pages that are typed.
    pub parts: Vec<Part>,
    /// Each row of a page as it stands, heads and feet too. Only searched for marks of secrecy.
    pub beside: Vec<Part>,
    /// What stands askew (stamps), and what nobody sees: a scanner's own reading. Searched as what a machine read.
    pub beneath: Vec<Part>,
    /// Of each page, whether it is a picture of one, whose words only recognition can tell.
    pub scans: Vec<bool>,
    pub pictures: bool,
}

/// What can be read of one page.
pub(crate) enum Sheet {
    /// Its words, for it is typed.
    Typed(Words),
    /// A picture of it, and what a scanner has said of it.
    Scan(GrayImage, Words),
}

/// Words as paragraphs, and as rows that are only searched.
pub(crate) struct Words {
    pub parts: Vec<Part>,
    pub beside: Vec<Part>,
}

impl Words {
    fn of(rows: Vec<Row>) -> Self {
        let beside = lines(&rows);
        Self { parts: paragraph::parts(vec![rows]), beside }
    }
}

fn lines(rows: &[Row]) -> Vec<Part> {
    rows.iter().map(Row::line).map(Part::Line).collect()
}

fn load(bytes: &[u8]) -> Result<Pdf, Refusal> {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
    // A file that breaks off could be pieced together; half a paper is worse than none.
    if !tail.windows(5).any(|part| part == b"%%EOF") {
        return Err(Refusal::Broken);
    }
    swell::check(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Broken,
    })?;
    match pdf.pages().len() {
        0 => Err(Refusal::Broken),
        pages if pages > PAGES => Err(Refusal::Bomb),
        _ => Ok(pdf),
    }
}

/// A page of it, from 1.
fn at(pdf: &Pdf, page: u32) -> Result<&Page<'_>, Refusal> {
    let at = (page as usize).checked_sub(1);
    at.and_then(|at| pdf.pages().get(at)).ok_or(Refusal::Broken)
}

/// How many pages it has. Call only [`crate::foreign::guarded`].
pub(crate) fn pages(bytes: &[u8]) -> Result<u32, Refusal> {
    Ok(load(bytes)?.pages().len() as u32)
}

/// Call only [`crate::foreign::guarded`].
pub(crate) fn read(bytes: &[u8]) -> Result<Read, Refusal> {
    let pdf = load(bytes)?;
    let cache = InterpreterCache::new();
    let mut left = glyph::ALL;
    let (mut typed, mut beside, mut beneath) = (Vec::new(), Vec::new(), Vec::new());
    let (mut scans, mut pictures) = (Vec::new(), false);
    for page in pdf.pages().iter() {
        let seen = look(page, &cache, &mut left);
        pictures |= seen.pictures;
        let scan = seen.is_scan();
        scans.push(scan);
        let height = f64::from(page.render_dimensions().1);
        let rows = row::rows(seen.glyphs, height);
        beside.extend(lines(&rows));
        beneath.extend(seen.askew.into_iter().map(|words| Part::Line(Line::of(&[(words, false)]))));
        beneath.extend(lines(&row::rows(seen.beneath, height)));
        // What stands on a scan is read with it.
        typed.extend((!scan).then_some(rows));
    }
    Ok(Read { parts: paragraph::parts(typed), beside, beneath, scans, pictures })
}

/// One page, from 1. Call only [`crate::foreign::guarded`].
pub(crate) fn sheet(bytes: &[u8], page: u32) -> Result<Sheet, Refusal> {
    let pdf = load(bytes)?;
    let page = at(&pdf, page)?;
    let seen = look(page, &InterpreterCache::new(), &mut glyph::ALL.clone());
    let words = |letters| Words::of(row::rows(letters, f64::from(page.render_dimensions().1)));
    if !seen.is_scan() {
        return Ok(Sheet::Typed(words(seen.glyphs)));
    }
    Ok(Sheet::Scan(scan(page)?, words(seen.beneath)))
}

/// The words of one page, from 1: as they are typed, or as a scanner wrote them beneath. Call only [`crate::foreign::guarded`].
pub(crate) fn words(bytes: &[u8], page: u32) -> Result<Words, Refusal> {
    let pdf = load(bytes)?;
    let page = at(&pdf, page)?;
    let seen = look(page, &InterpreterCache::new(), &mut glyph::ALL.clone());
    let said = if seen.is_scan() { seen.beneath } else { seen.glyphs };
    Ok(Words::of(row::rows(said, f64::from(page.render_dimensions().1))))
}

/// The first page as a scanner would see it. Call only [`crate::foreign::guarded`].
pub(crate) fn first(bytes: &[u8]) -> Result<GrayImage, Refusal> {
    scan(at(&load(bytes)?, 1)?)
}

fn scan(page: &Page<'_>) -> Result<GrayImage, Refusal> {
    let (wide, high) = page.render_dimensions();
    let area = f64::from(wide) * f64::from(high);
    let scale = (DPI / 72.0).min((PIXELS as f64 / area).sqrt() * 0.99);
    let drawn = paint(page, (f64::from(wide) * scale) as u32)?;
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let dots = RgbaImage::from_raw(width, height, drawn.data_as_u8_slice().to_vec()).ok_or(Refusal::Broken)?;
    Ok(DynamicImage::from(dots).to_luma8())
}

/// Paragraphs of words that stand left, right, foot and height in dots on a page so high, and their rows; all letters count as
/// of one size.
pub(crate) fn of_words(words: &[(String, [f64; 4])], height: f64) -> Words {
    let mut heights: Vec<f64> = words.iter().map(|(_, [.., height])| *height).collect();
    heights.sort_by(f64::total_cmp);
    let size = heights.get(heights.len() / 2).copied().unwrap_or(1.0).max(1.0) * 1.1;
    // A letter is fourteen points high, so that edges are compared as on paper.
    let scale = 14.0 / size;
    let letter = |(text, [left, right, base, _]): &(String, [f64; 4])| {
        let (left, right, base) = (left * scale, right * scale, base * scale);
        glyph::Letter { text: text.clone(), left, right, base, size: 14.0, bold: false }
    };
    Words::of(row::rows(words.iter().map(letter).collect(), height * scale))
}

fn look<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>, left: &mut usize) -> Seen {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut seen = Seen::new(*left, area);
    let upright = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(upright, area, cache, page.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, &mut seen);
    *left = seen.left;
    seen
}

/// One page, from 1, as a PNG `width` pixels wide. Call only [`crate::foreign::guarded`].
pub(crate) fn draw(bytes: &[u8], page: u32, width: u32) -> Result<Vec<u8>, Refusal> {
    let pdf = load(bytes)?;
    let page = at(&pdf, page)?;
    // What it would cost is known before it is drawn.
    look(page, &InterpreterCache::new(), &mut glyph::ALL.clone());
    paint(page, width)?.into_png().map_err(|_| Refusal::Broken)
}

/// A page that was looked at, `width` pixels wide.
fn paint(page: &Page<'_>, width: u32) -> Result<Pixmap, Refusal> {
    let (wide, high) = page.render_dimensions();
    // Half a pixel more, for hayro cuts off what is not whole.
    let scale = (width as f32 + 0.5) / wide;
    let height = high * scale;
    let fits = scale.is_finite() && (1.0..=f32::from(u16::MAX)).contains(&height) && width <= u32::from(u16::MAX);
    if !fits || u64::from(width) * height as u64 > PIXELS {
        return Err(Refusal::Bomb);
    }
    let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let settings = InterpreterSettings::default();
    Ok(hayro::render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &size))
}

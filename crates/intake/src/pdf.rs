//! A PDF's words, off where its glyphs stand, and its pages as pictures. Nothing in it is run: actions, scripts, links and
//! attached files are not looked at, and text that nobody would see is not read.

mod glyph;
mod paragraph;
mod row;
mod swell;

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page},
    hayro_syntax::{LoadPdfError, Pdf, page::Page},
    kurbo::Rect,
    vello_cpu::color::palette::css::WHITE,
};

use crate::{
    Refusal,
    line::{Line, Part},
    picture::PIXELS,
};
use glyph::Seen;
use row::Row;

/// Pages that a file may have.
const PAGES: usize = 500;
/// Letters on a page below which it is taken for a picture of one.
const FEW: usize = 40;
/// Where the mark of the end stands at the latest, from the last byte.
const TAIL: usize = 2_048;

/// What was read.
pub(crate) struct Read {
    pub parts: Vec<Part>,
    /// What stands askew (stamps), and each row of a page as it stands, heads and feet too. Only searched for marks of secrecy.
    pub beside: Vec<Part>,
    pub pages: u32,
    pub pictures: bool,
    pub scanned: bool,
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

/// How many pages it has. Call only [`crate::foreign::guarded`].
pub(crate) fn pages(bytes: &[u8]) -> Result<u32, Refusal> {
    Ok(load(bytes)?.pages().len() as u32)
}

/// Call only [`crate::foreign::guarded`].
pub(crate) fn read(bytes: &[u8]) -> Result<Read, Refusal> {
    let pdf = load(bytes)?;
    let cache = InterpreterCache::new();
    let mut left = glyph::ALL;
    let mut pages = Vec::new();
    let (mut pictures, mut letters, mut beside) = (false, 0, Vec::new());
    for page in pdf.pages().iter() {
        let seen = look(page, &cache, &mut left);
        pictures |= seen.pictures;
        letters += seen.glyphs.len();
        let askew = seen.askew.into_iter().map(|words| Line::of(&[(words, false)]));
        let (_, height) = page.render_dimensions();
        let rows = row::rows(seen.glyphs, f64::from(height));
        beside.extend(askew.chain(rows.iter().map(Row::line)).map(Part::Line));
        pages.push(rows);
    }
    let count = pages.len();
    let scanned = pictures && letters < FEW * count;
    Ok(Read { parts: paragraph::parts(pages), beside, pages: count as u32, pictures, scanned })
}

/// Paragraphs of words that stand left, right, foot and height in dots on a page so high, and their rows; all letters count as
/// of one size.
pub(crate) fn of_words(words: &[(String, [f64; 4])], height: f64) -> (Vec<Part>, Vec<Part>) {
    let mut heights: Vec<f64> = words.iter().map(|(_, [.., height])| *height).collect();
    heights.sort_by(f64::total_cmp);
    let size = heights.get(heights.len() / 2).copied().unwrap_or(1.0).max(1.0) * 1.1;
    // A letter is fourteen points high, so that edges are compared as on paper.
    let scale = 14.0 / size;
    let letter = |(text, [left, right, base, _]): &(String, [f64; 4])| {
        let (left, right, base) = (left * scale, right * scale, base * scale);
        glyph::Letter { text: text.clone(), left, right, base, size: 14.0, bold: false }
    };
    let rows = row::rows(words.iter().map(letter).collect(), height * scale);
    let beside = rows.iter().map(Row::line).map(Part::Line).collect();
    (paragraph::parts(vec![rows]), beside)
}

fn look<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>, left: &mut usize) -> Seen {
    let (width, height) = page.render_dimensions();
    let mut seen = Seen::new(*left);
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let upright = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(upright, area, cache, page.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, &mut seen);
    *left = seen.left;
    seen
}

/// One page, from 1, as a PNG of so many dots an inch. Call only [`crate::foreign::guarded`].
pub(crate) fn draw_at(bytes: &[u8], page: u32, dpi: f32) -> Result<Vec<u8>, Refusal> {
    let pdf = load(bytes)?;
    let at = (page as usize).checked_sub(1).ok_or(Refusal::Broken)?;
    let (wide, _) = pdf.pages().get(at).ok_or(Refusal::Broken)?.render_dimensions();
    draw(bytes, page, (wide / 72.0 * dpi) as u32)
}

/// One page, from 1, as a PNG `width` pixels wide. Call only [`crate::foreign::guarded`].
pub(crate) fn draw(bytes: &[u8], page: u32, width: u32) -> Result<Vec<u8>, Refusal> {
    let pdf = load(bytes)?;
    let at = (page as usize).checked_sub(1).ok_or(Refusal::Broken)?;
    let page = pdf.pages().get(at).ok_or(Refusal::Broken)?;
    let (wide, high) = page.render_dimensions();
    // Half a pixel more, for hayro cuts off what is not whole.
    let scale = (width as f32 + 0.5) / wide;
    let height = high * scale;
    let fits = scale.is_finite() && (1.0..=f32::from(u16::MAX)).contains(&height) && width <= u32::from(u16::MAX);
    if !fits || u64::from(width) * height as u64 > PIXELS {
        return Err(Refusal::Bomb);
    }
    // What it would cost is known before it is drawn.
    look(page, &InterpreterCache::new(), &mut glyph::ALL.clone());
    let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let settings = InterpreterSettings::default();
    let drawn = hayro::render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &size);
    drawn.into_png().map_err(|_| Refusal::Broken)
}

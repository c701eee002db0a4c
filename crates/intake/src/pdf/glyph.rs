//! Where each glyph of a page stands, as the interpreter would have drawn it; the interpreter is stopped when it draws too much.

use hayro::{
    hayro_interpret::{
        BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
        font::{Glyph, GlyphRun},
        hayro_cmap::BfString,
    },
    kurbo::{BezPath, Point, Rect},
};

use crate::foreign::stop;

/// Things that a file may draw.
pub(super) const ALL: usize = 4_000_000;
/// Pixels of all pictures that a page may show: what a sheet scanned at 600 dpi has, twice.
const PIXELS: u64 = 80_000_000;
/// A font's units in the em, as the interpreter gives them.
const UNITS: f64 = 1_000.0;
/// A page is a picture of one where pictures cover so much of it and it has fewer letters than these: what somebody signed
/// with says more than a page's number does.
const SCANS: [(f64, usize); 2] = [(0.5, 300), (0.25, 40)];
/// How much of a page a picture covers that hides words.
const HIDES: f64 = 0.25;

/// One glyph, in points from the upper left corner.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// Its baseline.
    pub base: f64,
    pub size: f64,
    pub bold: bool,
}

/// What a page shows.
pub(super) struct Seen {
    pub glyphs: Vec<Letter>,
    /// Letters that nobody sees: what a scanner read off its picture, and what a picture lies upon.
    pub beneath: Vec<Letter>,
    /// Words that stand askew, a line each.
    pub askew: Vec<String>,
    pub pictures: bool,
    /// Things that may still be drawn.
    pub left: usize,
    page: Rect,
    /// Square points that pictures cover.
    covered: f64,
    pixels: u64,
    was_askew: bool,
    /// Of each group that is open, whether what is in it hides what is under it.
    solid: Vec<bool>,
}

impl Seen {
    pub fn new(left: usize, page: Rect) -> Self {
        Self {
            glyphs: Vec::new(),
            beneath: Vec::new(),
            askew: Vec::new(),
            pictures: false,
            left,
            page,
            covered: 0.0,
            pixels: 0,
            was_askew: false,
            solid: Vec::new(),
        }
    }

    /// Whether the page is a picture of one, whose words only recognition can tell.
    pub fn is_scan(&self) -> bool {
        let is =
            |(share, letters): (f64, usize)| self.covered >= share * self.page.area() && self.glyphs.len() < letters;
        SCANS.into_iter().any(is)
    }

    fn count(&mut self, things: usize) {
        self.left = self.left.checked_sub(things).unwrap_or_else(|| stop());
    }

    fn turned(&mut self, text: &str) {
        match self.askew.last_mut().filter(|_| self.was_askew) {
            Some(line) => line.push_str(text),
            None => self.askew.push(text.to_owned()),
        }
        self.was_askew = true;
    }

    /// What of the page lies under a picture is no longer seen.
    fn cover(&mut self, image: &Image<'_, '_>, place: Rect) {
        let Image::Raster(raster) = image else { return };
        let clear = ["SMask", "Mask"].iter().any(|key| raster.stream().dict().contains_key(key));
        if clear || self.solid.contains(&false) || place.area() < HIDES * self.page.area() {
            return;
        }
        self.count(self.glyphs.len());
        let under = |letter: &mut Letter| place.contains(Point::new(letter.left, letter.base));
        self.beneath.extend(self.glyphs.extract_if(.., under));
    }
}

impl<'a> Device<'a> for Seen {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(1 + run.glyphs().len());
        let hidden = matches!(mode, DrawMode::Invisible);
        let bold = run.glyphs().first().is_some_and(|glyph| is_bold(glyph));
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode() {
                Some(BfString::Char(one)) => one.to_string(),
                Some(BfString::String(more)) => more,
                None => continue,
            };
            let place = props.transform * glyph.transform();
            let [a, b, _, d, left, base] = place.as_coeffs();
            if ![a, b, d, left, base].iter().all(|one| one.is_finite()) {
                continue;
            }
            if b.abs() > 0.1 * a.abs() || a <= 0.0 {
                self.turned(&text);
                continue;
            }
            self.was_askew = false;
            let advance = match &**glyph {
                Glyph::Outline(one) => one.advance_width(),
                Glyph::Type3(one) => one.advance_width(),
            };
            let right = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            let letters = if hidden { &mut self.beneath } else { &mut self.glyphs };
            letters.push(Letter { text, left, right: right.x, base, size: d.abs() * UNITS, bold });
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count(1);
        self.pictures = true;
        self.pixels = self.pixels.saturating_add(u64::from(image.width()) * u64::from(image.height()));
        if self.pixels > PIXELS {
            stop();
        }
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let place = props.transform.transform_rect_bbox(size).intersect(self.page);
        if place.area() > 0.0 {
            self.covered += place.area();
            self.cover(&image, place);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count(1);
    }
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(1);
    }
    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.count(1);
        self.solid.push(opacity >= 1.0 && mask.is_none() && blend == BlendMode::Normal);
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {
        self.solid.pop();
    }
}

fn is_bold(glyph: &Glyph<'_>) -> bool {
    let Glyph::Outline(one) = glyph else { return false };
    one.font_data().is_some_and(|font| {
        font.weight.is_some_and(|weight| weight >= 600)
            || font.postscript_name.is_some_and(|name| name.to_lowercase().contains("bold"))
    })
}

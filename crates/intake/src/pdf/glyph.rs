//! Where each glyph of a page stands, as the interpreter would have drawn it; the interpreter is stopped when it draws too much.

use hayro::{
    hayro_interpret::{
        BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
        font::{Glyph, GlyphRun},
        hayro_cmap::BfString,
    },
    kurbo::{BezPath, Point},
};

use crate::foreign::stop;

/// Things that a file may draw.
pub(super) const ALL: usize = 4_000_000;
/// Pixels of all pictures that a page may show: what a sheet scanned at 600 dpi has, twice.
const PIXELS: u64 = 80_000_000;
/// A font's units in the em, as the interpreter gives them.
const UNITS: f64 = 1_000.0;

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
    /// Words that stand askew, a line each.
    pub askew: Vec<String>,
    pub pictures: bool,
    /// Things that may still be drawn.
    pub left: usize,
    pixels: u64,
    was_askew: bool,
}

impl Seen {
    pub fn new(left: usize) -> Self {
        Self { glyphs: Vec::new(), askew: Vec::new(), pictures: false, left, pixels: 0, was_askew: false }
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
}

impl<'a> Device<'a> for Seen {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(1 + run.glyphs().len());
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
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
            self.glyphs.push(Letter { text, left, right: right.x, base, size: d.abs() * UNITS, bold });
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.count(1);
        self.pictures = true;
        self.pixels = self.pixels.saturating_add(u64::from(image.width()) * u64::from(image.height()));
        if self.pixels > PIXELS {
            stop();
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count(1);
    }
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(1);
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(1);
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn is_bold(glyph: &Glyph<'_>) -> bool {
    let Glyph::Outline(one) = glyph else { return false };
    one.font_data().is_some_and(|font| {
        font.weight.is_some_and(|weight| weight >= 600)
            || font.postscript_name.is_some_and(|name| name.to_lowercase().contains("bold"))
    })
}

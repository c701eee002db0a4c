//! Lines of glyphs: shaping, breaking and justifying are parley's; here is what is asked of it, and what is kept.

use std::{borrow::Cow, ops::Range};

use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::{
    Alignment, BaseDirection, FontContext, FontFamily, FontFamilyName, FontFeatures, FontStyle, FontWeight, Glyph,
    IndentOptions, LayoutContext, LineHeight, OverflowWrap, StyleProperty,
    fontique::{Collection, CollectionOptions},
};

use super::{
    fonts::{FAMILY, fonts},
    points,
};
use crate::{layout::Align, plan::Text};

/// A line that is set.
#[derive(Clone)]
pub(crate) struct Line {
    pub segments: Vec<Segment>,
    pub size: f32,
    /// Points, without the blank at its end.
    pub width: f32,
    /// From the edge to its first letter.
    pub x: f32,
    /// From one line to the next.
    pub height: f32,
    /// From the top of its height.
    pub baseline: f32,
    /// How far its capitals reach above its baseline.
    pub capitals: f32,
    /// Where its underline would run, from the top of its height, and how thick it would be: the font says.
    pub underline: (f32, f32),
}

/// Glyphs of one font, one after the other.
#[derive(Clone)]
pub(crate) struct Segment {
    pub font: Font,
    /// From the edge.
    pub x: f32,
    pub glyphs: Vec<KrillaGlyph>,
    /// What they say, in reading order; the glyphs' ranges are in it.
    pub text: String,
    /// Whether the font has these letters. What it has not is shown as a frame, and read out all the same.
    pub known: bool,
    /// Where a frame stands, from the edge, and how wide it is: the font's own glyph for it shows nothing.
    pub frames: Vec<(f32, f32)>,
}

/// What sets lines.
pub(crate) struct Setter {
    fonts: FontContext,
    layouts: LayoutContext<()>,
}

impl Setter {
    pub fn new() -> Self {
        // Only the font that is shipped: a paper must look the same wherever it is made.
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        for font in fonts() {
            collection.register_fonts(font.measured.clone(), None);
        }
        Self { fonts: FontContext { collection, source_cache: Default::default() }, layouts: LayoutContext::new() }
    }

    /// The lines of a text between two edges that are `width` points apart. An empty text is one blank line.
    pub fn set(&mut self, text: &Text, width: f32) -> Vec<Line> {
        let face = &text.face;
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &text.words, 1.0, false);
        let family = FontFamilyName::Named(Cow::Borrowed(FAMILY));
        builder.push_default(StyleProperty::FontFamily(FontFamily::Single(family)));
        builder.push_default(StyleProperty::FontSize(face.size));
        builder.push_default(LineHeight::Absolute(face.line));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        // A word processor joins no letters unless told to.
        builder
            .push_default(StyleProperty::FontFeatures(FontFeatures::Source(Cow::Borrowed("\"liga\" 0, \"clig\" 0"))));
        if face.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        if face.italic {
            builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
        }
        builder.set_base_direction(BaseDirection::Ltr);
        let mut layout = builder.build(&text.words);
        layout.set_text_indent(points(face.indent), IndentOptions::default());
        layout.break_all_lines(Some(width));
        let alignment = match face.align {
            Align::Left => Alignment::Left,
            Align::Centre => Alignment::Center,
            Align::Right => Alignment::Right,
            Align::Justified => Alignment::Justify,
        };
        layout.align(alignment, Default::default());
        let mut lines: Vec<Line> =
            layout.lines().map(|line| line_of(&line, &text.words, face.size, face.line)).collect();
        if lines.is_empty() {
            let (size, height) = (face.size, face.line);
            let (segments, underline) = (Vec::new(), (height, 0.0));
            lines.push(Line { segments, size, width: 0.0, x: 0.0, height, baseline: height, capitals: 0.0, underline });
        }
        lines
    }
}

fn line_of(line: &parley::Line<'_, ()>, text: &str, size: f32, height: f32) -> Line {
    let metrics = line.metrics();
    let start = metrics.inline_min_coord + metrics.offset;
    let mut x = start;
    let mut segments = Vec::new();
    for run in line.runs() {
        let data = run.font().data.id();
        let Some(font) = fonts().iter().find(|font| font.measured.id() == data) else { continue };
        for clusters in clusters(&run).chunk_by(|a, b| a.known() == b.known()) {
            let segment = segment(clusters, &font.embedded, text, size, x);
            x += clusters.iter().flat_map(|cluster| &cluster.glyphs).map(|glyph| glyph.advance).sum::<f32>();
            segments.extend(segment);
        }
    }
    let width = (metrics.advance - metrics.hanging_advance).max(0.0);
    let baseline = metrics.baseline - metrics.block_min_coord;
    let underline = line.runs().next().map_or((baseline, 0.0), |run| {
        let font = run.font_metrics();
        (baseline - font.underline_offset + font.underline_size / 2.0, font.underline_size)
    });
    let capitals = line.runs().next().and_then(|run| run.font_metrics().cap_height).unwrap_or(size);
    Line { segments, size, width, x: start, height, baseline, capitals, underline }
}

/// Letters that are drawn together.
struct Cluster {
    letters: Range<usize>,
    glyphs: Vec<Glyph>,
}

impl Cluster {
    /// Whether the font has all of them.
    fn known(&self) -> bool {
        self.glyphs.iter().all(|glyph| glyph.id != 0)
    }
}

/// What a run draws, from left to right.
fn clusters(run: &parley::Run<'_, ()>) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    // The later letters of a glyph for several: from right to left they are met before the glyph.
    let mut waiting: Option<Range<usize>> = None;
    for cluster in run.visual_clusters() {
        let letters = cluster.text_range();
        if cluster.is_ligature_continuation() {
            match clusters.last_mut().filter(|_| !run.is_rtl()) {
                Some(last) => last.letters.end = last.letters.end.max(letters.end),
                None => waiting = Some(hull(waiting.as_ref(), &letters)),
            }
            continue;
        }
        let letters = hull(waiting.take().as_ref(), &letters);
        clusters.push(Cluster { letters, glyphs: cluster.glyphs().collect() });
    }
    clusters
}

fn hull(one: Option<&Range<usize>>, other: &Range<usize>) -> Range<usize> {
    one.map_or(other.clone(), |one| one.start.min(other.start)..one.end.max(other.end))
}

fn segment(clusters: &[Cluster], font: &Font, text: &str, size: f32, x: f32) -> Option<Segment> {
    let known = clusters.first()?.known();
    let all = clusters.iter().fold(None, |all, cluster| Some(hull(all.as_ref(), &cluster.letters)))?;
    let said = text.get(all.clone())?.to_owned();
    let mut glyphs = Vec::new();
    let (mut frames, mut end) = (Vec::new(), x);
    for cluster in clusters {
        for glyph in &cluster.glyphs {
            // What the font lacks is read out as a whole, whichever of its glyphs are frames.
            let letters = match known {
                true => cluster.letters.start - all.start..cluster.letters.end - all.start,
                false => 0..said.len(),
            };
            if glyph.id == 0 {
                frames.push((end, glyph.advance));
            }
            end += glyph.advance;
            let [advance, dx, dy] = [glyph.advance, glyph.x, -glyph.y].map(|length| length / size);
            glyphs.push(KrillaGlyph::new(GlyphId::new(glyph.id), advance, dx, dy, 0.0, letters, None));
        }
    }
    (!glyphs.is_empty()).then(|| Segment { font: font.clone(), x, glyphs, text: said, known, frames })
}

//! Pages that are set, as a PDF file: what is drawn, what it says, and how it hangs together for who hears it.

use std::num::NonZeroU16;

use krilla::{
    Document, SerializeSettings,
    configure::{Archival, ConfigurationBuilder},
    error::KrillaError,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata, TextDirection},
    page::PageSettings,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag as Kind, TagGroup, TagTree,
    },
};

use super::{
    flow::{Flow, Ink, Tag},
    lines::{Line, Segment, Setter},
    points,
};
use crate::{
    Level, Refused,
    layout::Layout,
    plan::{Plan, Role, Text},
};

/// The file. PDF/A-2a where it may be: the archive asks for it, and it forbids letters that the font has not.
pub(crate) fn draw(flow: &Flow, plan: &Plan, layout: &Layout, setter: &mut Setter) -> Result<Vec<u8>, Refused> {
    let archival = ConfigurationBuilder::new().with_archival_validator(Archival::A2_A).finish();
    if let Ok(configuration) = archival {
        let settings = SerializeSettings { configuration, ..Default::default() };
        match file(flow, plan, layout, setter, settings) {
            Err(KrillaError::Validation(_)) => {}
            other => return other.map_err(|error| Refused::TooMuch(format!("{error:?}"))),
        }
    }
    file(flow, plan, layout, setter, SerializeSettings::default())
        .map_err(|error| Refused::TooMuch(format!("{error:?}")))
}

fn file(
    flow: &Flow,
    plan: &Plan,
    layout: &Layout,
    setter: &mut Setter,
    settings: SerializeSettings,
) -> Result<Vec<u8>, KrillaError> {
    let mut document = Document::new_with(settings);
    let mut said: Vec<Vec<Identifier>> = vec![Vec::new(); flow.leaves];
    for (at, page) in flow.pages.iter().enumerate() {
        let size = PageSettings::from_wh(points(layout.page.width), points(layout.page.height));
        let mut sheet = document.start_page_with(size.unwrap_or_default());
        let mut surface = sheet.surface();
        if at > 0 {
            let number = number(at + 1, layout, setter);
            let (x, y) = (points(layout.page.left), points(layout.page.number_from_edge));
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PageNumber)));
            number.iter().for_each(|line| glyphs(&mut surface, line, x, y));
            surface.end_tagged();
        }
        for (x, y, ink) in &page.inks {
            match ink {
                Ink::Line(line, Some(leaf)) => {
                    if let Some(said) = said.get_mut(*leaf) {
                        said.extend(say(&mut surface, line, *x, *y));
                    }
                }
                Ink::Line(line, None) => {
                    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
                    glyphs(&mut surface, line, *x, *y);
                    surface.end_tagged();
                }
                Ink::Across { length, weight } => bar(&mut surface, *x, *y - weight / 2.0, *length, *weight),
                Ink::Down { length, weight } => bar(&mut surface, *x - weight / 2.0, *y, *weight, *length),
            }
        }
        surface.finish();
        sheet.finish();
    }
    document.set_tag_tree(tree(&flow.tags, &mut said));
    document.set_metadata(metadata(plan));
    document.finish()
}

fn metadata(plan: &Plan) -> Metadata {
    let metadata = Metadata::new()
        .title(plan.title.clone())
        .language("vi".to_owned())
        .authors([plan.author.clone()].into_iter().filter(|author| !author.is_empty()).collect())
        .text_direction(TextDirection::LeftToRight);
    match plan.date {
        // The paper's own day: a clock would make every file another.
        Some((year, month, day)) => metadata.creation_date(DateTime::new(year).month(month).day(day)),
        None => metadata,
    }
}

fn number(page: usize, layout: &Layout, setter: &mut Setter) -> Vec<Line> {
    let width = points(layout.page.width - layout.page.left - layout.page.right);
    setter.set(&Text::plain(page.to_string(), &layout.page_number), width)
}

/// Draws a line and gives back what it says: one piece, or more where the font lacks letters.
fn say(surface: &mut Surface<'_>, line: &Line, x: f32, y: f32) -> Vec<Identifier> {
    let known = line.segments.chunk_by(|a, b| a.known && b.known);
    let pieces = known.map(|segments| {
        let unknown = segments.iter().find(|segment| !segment.known).map(|segment| segment.text.as_str());
        let piece = surface.start_tagged(ContentTag::Span(SpanTag::empty().with_actual_text(unknown)));
        segments.iter().for_each(|segment| run(surface, segment, line, x, y));
        surface.end_tagged();
        piece
    });
    pieces.collect()
}

fn glyphs(surface: &mut Surface<'_>, line: &Line, x: f32, y: f32) {
    line.segments.iter().for_each(|segment| run(surface, segment, line, x, y));
}

fn run(surface: &mut Surface<'_>, segment: &Segment, line: &Line, x: f32, y: f32) {
    let start = Point::from_xy(x + segment.x, y + line.baseline);
    surface.draw_glyphs(start, &segment.glyphs, segment.font.clone(), &segment.text, line.size, false);
}

/// A line of a table or under a name, which says nothing.
fn bar(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, height: f32) {
    let mut path = PathBuilder::new();
    if let Some(bar) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(bar);
    }
    if let Some(path) = path.finish() {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.draw_path(&path);
        surface.end_tagged();
    }
}

fn tree(tags: &[Tag], said: &mut [Vec<Identifier>]) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some("vi".to_owned()));
    let mut paragraph = |leaf: usize| said.get_mut(leaf).map(std::mem::take).unwrap_or_default();
    for tag in tags {
        match tag {
            Tag::Text(role, leaf) => tree.push(text(*role, paragraph(*leaf))),
            Tag::Table { head, rows } => {
                let mut table = TagGroup::new(Kind::Table);
                for (at, row) in rows.iter().enumerate() {
                    let mut group = TagGroup::new(Kind::TR);
                    for cell in row {
                        let paragraphs = cell.iter().map(|leaf| Node::Group(text(Role::Paragraph, paragraph(*leaf))));
                        let paragraphs = paragraphs.collect();
                        group.push(match *head && at == 0 {
                            true => TagGroup::with_children(Kind::TH(TableHeaderScope::Column), paragraphs),
                            false => TagGroup::with_children(Kind::TD, paragraphs),
                        });
                    }
                    table.push(group);
                }
                tree.push(table);
            }
        }
    }
    tree
}

fn text(role: Role, said: Vec<Identifier>) -> TagGroup {
    let said = said.into_iter().map(Node::Leaf).collect();
    let level = match role {
        Role::Title => NonZeroU16::MIN,
        Role::Heading(Level::Section) => NonZeroU16::MIN.saturating_add(1),
        Role::Heading(Level::Point) => NonZeroU16::MIN.saturating_add(2),
        Role::Heading(Level::Sub) => NonZeroU16::MIN.saturating_add(3),
        Role::Paragraph => return TagGroup::with_children(Kind::P, said),
    };
    TagGroup::with_children(Kind::Hn(level, None), said)
}

//! A plan as DOCX, for whoever goes on writing: the same pieces, and the same figures, as a word processor calls them.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BorderType, Docx, Header, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, Run, RunFonts, SpecialIndentType, TableBorder,
    TableBorderPosition, TableCell, TableCellMargins, TableLayoutType, TableRow, TextBorder, WidthType,
};

use crate::{
    Paper, Refused,
    layout::{Align, Face, Layout},
    pdf::width_mm,
    plan::{Columns, Grid, Piece, Plan, Role, Text},
    planned,
};

/// The paper as DOCX.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, Refused> {
    let (plan, layout) = planned(paper)?;
    let mut docx = sheet(layout);
    if let Some((year, month, day)) = plan.date {
        // The paper's own day: a clock would make every file another.
        let day = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
        docx = docx.created_at(&day).updated_at(&day);
    }
    let mut file = pieces(docx, &plan, layout).build();
    file.document = repeat_heads(file.document);
    let mut bytes = Cursor::new(Vec::new());
    file.pack(&mut bytes).map_err(|error| Refused::TooMuch(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// Twentieths of a point.
fn twips(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

fn mm(length: f32) -> i32 {
    twips(length / 25.4 * 72.0)
}

/// A length that is never negative.
fn size(length: i32) -> usize {
    usize::try_from(length).unwrap_or(0)
}

fn sheet(layout: &Layout) -> Docx {
    let page = &layout.page;
    let margin = PageMargin {
        top: mm(page.top),
        bottom: mm(page.bottom),
        left: mm(page.left),
        right: mm(page.right),
        header: mm(page.number_from_edge),
        footer: mm(page.number_from_edge),
        gutter: 0,
    };
    let font = &layout.font;
    let fonts = RunFonts::new().ascii(font).hi_ansi(font).east_asia(font).cs(font);
    let number = spaced(Paragraph::new(), &layout.page_number).add_page_num(PageNum::new());
    let number = number.size(size((layout.page_number.size * 2.0).round() as i32));
    Docx::new()
        .page_size(size(mm(page.width)) as u32, size(mm(page.height)) as u32)
        .page_margin(margin)
        .default_fonts(fonts)
        .default_size(size((layout.body.size * 2.0).round() as i32))
        .header(Header::new().add_paragraph(number))
        .first_header(Header::new().add_paragraph(Paragraph::new()))
}

fn pieces(mut docx: Docx, plan: &Plan, layout: &Layout) -> Docx {
    let width = layout.page.width - layout.page.left - layout.page.right;
    let mut broken = false;
    for piece in &plan.pieces {
        docx = match piece {
            Piece::Break => {
                broken = true;
                continue;
            }
            Piece::Text(text) => {
                let paragraphs = paragraphs(text, width, layout).into_iter().enumerate();
                let begins = std::mem::take(&mut broken);
                paragraphs.fold(docx, |docx, (at, one)| docx.add_paragraph(one.page_break_before(begins && at == 0)))
            }
            // Two tables without a paragraph between them would be one.
            Piece::Columns(columns) => docx
                .add_paragraph(gap(columns.above).keep_next(true).page_break_before(std::mem::take(&mut broken)))
                .add_table(two_columns(columns, layout)),
            Piece::Grid(grid) => docx
                .add_paragraph(gap(grid.above).keep_next(true).page_break_before(std::mem::take(&mut broken)))
                .add_table(table(grid, layout)),
        };
    }
    docx.add_paragraph(gap(0.0))
}

/// A blank paragraph of that height.
fn gap(above: f32) -> Paragraph {
    // A line of nothing is not allowed: one point is the least.
    let spacing = LineSpacing::new().line_rule(LineSpacingType::Exact).line(twips(above.max(1.0)));
    Paragraph::new().line_spacing(spacing.before(0).after(0)).size(2)
}

fn spaced(paragraph: Paragraph, face: &Face) -> Paragraph {
    let spacing = LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(twips(face.line))
        .before(size(twips(face.above)) as u32)
        .after(0);
    let paragraph = paragraph.line_spacing(spacing).align(match face.align {
        Align::Left => AlignmentType::Left,
        Align::Centre => AlignmentType::Center,
        Align::Right => AlignmentType::Right,
        Align::Justified => AlignmentType::Both,
    });
    match face.indent {
        0.0 => paragraph,
        indent => paragraph.indent(None, Some(SpecialIndentType::FirstLine(mm(indent))), None, None),
    }
}

/// A text, and under it its rule, in a column of that width, mm.
fn paragraphs(text: &Text, width: f32, layout: &Layout) -> Vec<Paragraph> {
    let face = &text.face;
    let font = &layout.font;
    let mut run = Run::new().size(size((face.size * 2.0).round() as i32));
    run = run.fonts(RunFonts::new().ascii(font).hi_ansi(font).east_asia(font).cs(font));
    if face.bold {
        run = run.bold();
    }
    if face.italic {
        run = run.italic();
    }
    if face.underline {
        run = run.underline("single");
    }
    if text.boxed {
        run = run.text_border(TextBorder::new().size(size(eighths(layout.rule_weight))).space(1));
    }
    let paragraph = spaced(Paragraph::new(), face).keep_next(text.keep_next).widow_control(true);
    let paragraph = match text.role {
        Role::Heading(level) => paragraph.outline_lvl(level as usize).keep_lines(true),
        Role::Title => paragraph.keep_lines(true),
        Role::Paragraph => paragraph,
    };
    let mut all = vec![paragraph.add_run(run.add_text(&text.words))];
    if text.ruled {
        let side = mm((width - width_mm(text)).max(0.0) / 2.0);
        let line = ParagraphBorder::new(ParagraphBorderPosition::Top).size(size(eighths(layout.rule_weight)));
        let rule = gap(layout.rule_gap).set_borders(ParagraphBorders::with_empty().set(line.val(BorderType::Single)));
        all.push(rule.indent(Some(side), None, Some(side), None).keep_next(text.keep_next));
    }
    all
}

/// Eighths of a point, in which borders are counted.
fn eighths(points: f32) -> i32 {
    (points * 8.0).round() as i32
}

fn cell(texts: &[Text], width: f32, inner: f32, layout: &Layout) -> TableCell {
    let cell = TableCell::new().width(size(mm(width)), WidthType::Dxa);
    if texts.is_empty() {
        return cell.add_paragraph(spaced(Paragraph::new(), &layout.table.cell));
    }
    texts.iter().flat_map(|text| paragraphs(text, inner, layout)).fold(cell, TableCell::add_paragraph)
}

fn two_columns(columns: &Columns, layout: &Layout) -> docx_rs::Table {
    let sides = columns.sides.iter().zip(columns.widths);
    let cells = sides.map(|(side, width)| cell(side, width, width, layout)).collect();
    docx_rs::Table::without_borders(vec![TableRow::new(cells).cant_split()])
        .set_grid(columns.widths.map(|width| size(mm(width))).to_vec())
        .layout(TableLayoutType::Fixed)
        .width(size(mm(columns.widths.iter().sum())), WidthType::Dxa)
        .margins(TableCellMargins::new().margin(0, 0, 0, 0))
        .indent(0)
}

fn table(grid: &Grid, layout: &Layout) -> docx_rs::Table {
    let look = &layout.table;
    let row = |cells: &Vec<Vec<Text>>| {
        let cells = cells.iter().zip(&grid.widths);
        let cells = cells.map(|(texts, width)| cell(texts, *width, width - 2.0 * look.padding, layout));
        TableRow::new(cells.collect()).cant_split()
    };
    let head = (!grid.head.is_empty()).then(|| row(&grid.head).row_height(HEAD_HEIGHT));
    let side = size(mm(look.padding));
    let above = size(mm(look.padding / 2.0));
    let table = docx_rs::Table::new(head.into_iter().chain(grid.rows.iter().map(row)).collect())
        .set_grid(grid.widths.iter().map(|width| size(mm(*width))).collect())
        .layout(TableLayoutType::Fixed)
        .width(size(mm(grid.widths.iter().sum())), WidthType::Dxa)
        .margins(TableCellMargins::new().margin(above, side, above, side))
        .indent(0);
    let edges = [
        TableBorderPosition::Top,
        TableBorderPosition::Left,
        TableBorderPosition::Bottom,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ];
    let weight = size(eighths(look.rule_weight));
    edges.into_iter().fold(table, |table, edge| table.set_border(TableBorder::new(edge).size(weight)))
}

/// Of a table's head only, in twentieths of a point: the least, so that it changes nothing but marks the row.
const HEAD_HEIGHT: f32 = 1.0;

/// The library has no word for a row that is repeated on every page: it is put in where the mark stands.
fn repeat_heads(document: Vec<u8>) -> Vec<u8> {
    const MARK: &str = "<w:trPr><w:cantSplit /><w:trHeight";
    match String::from_utf8(document) {
        Ok(document) => document.replace(MARK, "<w:trPr><w:cantSplit /><w:tblHeader /><w:trHeight").into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

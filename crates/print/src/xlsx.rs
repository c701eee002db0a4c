//! Lists as XLSX: every text a text, whatever it begins with; only whole numbers of a column of numbers are numbers.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::{
    Refused, Table,
    layout::{Align, Layout, layout},
    text::lines,
};

/// A list, as a spreadsheet shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// What it is called, above it and on its tab.
    pub title: String,
    /// The day it is of: its file says no other.
    pub date: Option<domain::Day>,
    /// Columns and rows.
    pub table: Table,
}

/// Characters of a column as wide as `share` parts of the whole.
const WHOLE: f64 = 90.0;
/// More than this, counted as the format counts, is no tab's name.
const TAB: usize = 31;

/// The list as XLSX.
pub fn xlsx(list: &List) -> Result<Vec<u8>, Refused> {
    let day = list.date.as_deref();
    let rule = layout(day).or_else(|| layout(None)).ok_or_else(|| Refused::NoLayout(day.unwrap_or_default().into()))?;
    book(list, &rule.sets).map_err(|error| Refused::TooMuch(error.to_string()))
}

fn book(list: &List, layout: &Layout) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = list.date.as_deref().and_then(|day| ExcelDateTime::parse_from_str(day).ok());
    // Without a day the first one that the format knows: a clock would make every file another.
    let created = created.map_or_else(|| ExcelDateTime::from_ymd(1900, 1, 1), Ok)?;
    book.set_properties(&DocProperties::new().set_title(joined(&list.title)).set_creation_datetime(&created));
    let sheet = book.add_worksheet();
    fill(sheet, list, layout)?;
    book.save_to_buffer()
}

fn joined(text: &str) -> String {
    lines(text).join("\n")
}

fn fill(sheet: &mut Worksheet, list: &List, layout: &Layout) -> Result<(), XlsxError> {
    let Table { columns, rows } = &list.table;
    let title = joined(&list.title);
    let tab = tab(&title);
    if !tab.is_empty() {
        sheet.set_name(tab)?;
    }
    let plain = Format::new().set_font_name(&layout.font).set_font_size(layout.table.cell.size);
    let bold = plain.clone().set_bold();
    let boxed =
        |format: &Format| format.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let head = boxed(&bold).set_align(FormatAlign::Center);
    text(sheet, 0, 0, &title, &bold)?;
    let count = rows.iter().map(Vec::len).max().unwrap_or(0).max(columns.len());
    let all: f64 = columns.iter().map(|column| f64::from(column.share.max(1))).sum::<f64>().max(1.0);
    for at in 0..count {
        let column = columns.get(at);
        let at_column = u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)?;
        text(sheet, 1, at_column, &joined(column.map_or("", |column| &column.title)), &head)?;
        let share = column.map_or(1.0, |column| f64::from(column.share.max(1)));
        sheet.set_column_width(at_column, (WHOLE * share / all).max(4.0))?;
        let cell = boxed(&plain).set_align(match column.map(|column| column.align) {
            Some(Align::Centre) => FormatAlign::Center,
            Some(Align::Right) => FormatAlign::Right,
            _ => FormatAlign::Left,
        });
        for (row, cells) in (2..).zip(rows) {
            let said = joined(cells.get(at).map_or("", String::as_str));
            match number(&said).filter(|_| column.is_some_and(|column| column.number)) {
                Some(number) => sheet.write_number_with_format(row, at_column, number, &cell)?,
                None => text(sheet, row, at_column, &said, &cell)?,
            };
        }
    }
    sheet.set_freeze_panes(2, 0)?.set_repeat_rows(1, 1)?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    let inches = |mm: f32| f64::from(mm / 25.4);
    let page = &layout.page;
    let edge = inches(page.number_from_edge);
    sheet.set_margins(inches(page.left), inches(page.right), inches(page.top), inches(page.bottom), edge, edge);
    Ok(())
}

/// A title as the name of a tab.
fn tab(title: &str) -> String {
    let mut length = 0;
    let fits = title.chars().take_while(|c| {
        length += c.len_utf16();
        length <= TAB
    });
    fits.map(|c| if "[]:*?/\\\n'".contains(c) { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// A text cell. Where a spreadsheet would read a formula into it as soon as somebody edits it, it is told not to.
fn text<'s>(
    sheet: &'s mut Worksheet,
    row: u32,
    column: u16,
    said: &str,
    format: &Format,
) -> Result<&'s mut Worksheet, XlsxError> {
    let quoted = said.starts_with(['=', '+', '-', '@', '\'']);
    let format = if quoted { format.clone().set_quote_prefix() } else { format.clone() };
    sheet.write_string_with_format(row, column, said, &format)
}

/// A whole number as it would be written again: `007` and `1,5` stay what they are.
fn number(said: &str) -> Option<f64> {
    let number: i32 = said.parse().ok()?;
    (number.to_string() == said).then(|| f64::from(number))
}

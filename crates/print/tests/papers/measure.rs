//! Where a PDF puts its letters, and how large: its content streams, by lopdf.

use std::collections::BTreeMap;

use lopdf::{Document, Object, content::Content};

/// Glyphs shown in one go.
#[derive(Debug, Clone)]
pub struct Shown {
    pub font: String,
    pub size: f32,
    /// Of the first glyph, mm from the left and the upper edge.
    pub x: f32,
    pub baseline: f32,
    /// Of the end of the last glyph.
    pub end: f32,
    pub text: String,
}

/// A rectangle filled with ink, in mm from the left and the upper edge.
#[derive(Debug, Clone, Copy)]
pub struct Bar {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

#[derive(Debug, Default)]
pub struct Sheet {
    pub width: f32,
    pub height: f32,
    pub shown: Vec<Shown>,
    pub bars: Vec<Bar>,
}

impl Sheet {
    /// Lines from the top, each with all that stands on its baseline.
    pub fn lines(&self) -> Vec<Vec<&Shown>> {
        let mut lines: BTreeMap<i32, Vec<&Shown>> = BTreeMap::new();
        for shown in &self.shown {
            lines.entry((shown.baseline * 20.0).round() as i32).or_default().push(shown);
        }
        lines.into_values().collect()
    }

    /// What first says this.
    pub fn saying(&self, text: &str) -> &Shown {
        self.shown.iter().find(|shown| shown.text.starts_with(text)).unwrap_or_else(|| {
            panic!("{text:?} is not there: {:?}", self.shown.iter().map(|shown| &shown.text).collect::<Vec<_>>())
        })
    }
}

const MM: f32 = 25.4 / 72.0;

struct Font {
    name: String,
    text: BTreeMap<u16, String>,
    widths: BTreeMap<u16, f32>,
}

/// Every page of a PDF.
pub fn sheets(pdf: &[u8]) -> Vec<Sheet> {
    let file = Document::load_mem(pdf).expect("a PDF");
    file.get_pages().into_values().map(|page| sheet(&file, page)).collect()
}

fn float(object: &Object) -> f32 {
    object.as_float().expect("a number")
}

fn sheet(file: &Document, page: lopdf::ObjectId) -> Sheet {
    let size = file.get_dictionary(page).and_then(|page| page.get(b"MediaBox")).and_then(Object::as_array);
    let size: Vec<f32> = size.expect("a size").iter().map(float).collect();
    let mut sheet = Sheet { width: size[2] * MM, height: size[3] * MM, ..Sheet::default() };
    let fonts: BTreeMap<Vec<u8>, Font> =
        file.get_page_fonts(page).expect("fonts").into_iter().map(|(name, font)| (name, of(file, font))).collect();
    let content = Content::decode(&file.get_page_content(page)).expect("operations");
    let mut matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let mut stack = Vec::new();
    let (mut font, mut size) = (Vec::new(), 0.0);
    let (mut line, mut path) = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], Vec::new());
    for operation in content.operations {
        let all = &operation.operands;
        let six = || [0, 1, 2, 3, 4, 5].map(|at| float(&all[at]));
        match operation.operator.as_str() {
            "q" => stack.push(matrix),
            "Q" => matrix = stack.pop().expect("as many ends as beginnings"),
            "cm" => matrix = times(six(), matrix),
            "Tf" => (font, size) = (all[0].as_name().expect("a name").to_vec(), float(&all[1])),
            "Tm" => line = six(),
            "TJ" | "Tj" => {
                let at = times(line, matrix);
                let items = all[0].as_array().cloned().unwrap_or_else(|_| vec![all[0].clone()]);
                let shown = show(&fonts[&font], size * at[0], &items);
                let x = at[4] * MM;
                let baseline = sheet.height - at[5] * MM;
                sheet.shown.push(Shown { x, baseline, end: x + shown.end, ..shown });
            }
            "m" | "l" => path.push((float(&all[0]), float(&all[1]))),
            "re" => {
                let [x, y, width, height] = [0, 1, 2, 3].map(|at| float(&all[at]));
                path.extend([(x, y), (x + width, y + height)]);
            }
            "f" | "f*" => {
                let points: Vec<(f32, f32)> = path.drain(..).map(|(x, y)| apply(matrix, x, y)).collect();
                let span = |of: fn(&(f32, f32)) -> f32| {
                    let all = || points.iter().map(of);
                    (all().fold(f32::MAX, f32::min) * MM, all().fold(f32::MIN, f32::max) * MM)
                };
                let ((left, right), (low, high)) = (span(|point| point.0), span(|point| point.1));
                sheet.bars.push(Bar { x: left, y: sheet.height - high, width: right - left, height: high - low });
            }
            _ => {}
        }
    }
    sheet
}

fn times(a: [f32; 6], b: [f32; 6]) -> [f32; 6] {
    let (x, y) = apply(b, a[4], a[5]);
    [a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3], x, y]
}

fn apply(m: [f32; 6], x: f32, y: f32) -> (f32, f32) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

fn show(font: &Font, size: f32, items: &[Object]) -> Shown {
    let mut text = String::new();
    let mut width = 0.0;
    for item in items {
        match item {
            Object::String(bytes, _) => {
                for pair in bytes.chunks_exact(2) {
                    let glyph = u16::from_be_bytes([pair[0], pair[1]]);
                    text.push_str(font.text.get(&glyph).map_or("", String::as_str));
                    width += font.widths.get(&glyph).copied().unwrap_or(0.0);
                }
            }
            number => width -= float(number),
        }
    }
    Shown { font: font.name.clone(), size, x: 0.0, baseline: 0.0, end: width / 1000.0 * size * MM, text }
}

fn of(file: &Document, font: &lopdf::Dictionary) -> Font {
    let name = font.get(b"BaseFont").and_then(Object::as_name).expect("a name");
    let name = String::from_utf8_lossy(name).into_owned();
    let stream = font.get(b"ToUnicode").and_then(|to| file.dereference(to)).expect("it says what its glyphs are").1;
    let table = stream.as_stream().and_then(lopdf::Stream::decompressed_content).expect("a stream");
    let cid = font.get(b"DescendantFonts").and_then(|cid| file.dereference(cid)).expect("a CID font").1;
    let cid = file.dereference(&cid.as_array().expect("one")[0]).expect("it is there").1.as_dict().expect("a font");
    let all = cid.get(b"W").and_then(|w| file.dereference(w)).expect("widths").1.as_array().expect("a list");
    let mut widths = BTreeMap::new();
    let mut rest = all.as_slice();
    // `first [width …]` or `first last width`.
    while let [first, second, after @ ..] = rest {
        let first = first.as_i64().expect("a glyph") as u16;
        if let Ok(each) = second.as_array() {
            widths.extend((first..).zip(each.iter().map(float)));
            rest = after;
        } else {
            let last = second.as_i64().expect("a glyph") as u16;
            widths.extend((first..=last).map(|glyph| (glyph, float(&after[0]))));
            rest = &after[1..];
        }
    }
    Font { name, text: unicode(&String::from_utf8_lossy(&table)), widths }
}

/// The glyphs of a CMap, `<0012> <0041>` line by line.
fn unicode(table: &str) -> BTreeMap<u16, String> {
    let hex = |word: &str| {
        let word = word.strip_prefix('<')?.strip_suffix('>')?.to_owned();
        (0..word.len() / 4)
            .map(|at| u16::from_str_radix(&word[at * 4..at * 4 + 4], 16).ok())
            .collect::<Option<Vec<_>>>()
    };
    let pair = |line: &str| {
        let (glyph, text) = line.split_once(' ')?;
        Some((*hex(glyph)?.first()?, String::from_utf16(&hex(text.trim())?).ok()?))
    };
    table.lines().filter_map(pair).collect()
}

//! A scan made straight and without specks, as black and white need not be but words must.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};

use crate::Refusal;

/// Degrees to either side that a sheet may lie askew, and the steps in which that is found.
const MOST: i32 = 5;
const STEPS: i32 = 8;
/// What is darker is ink.
const INK: u8 = 128;

pub(super) fn clean(scan: &GrayImage) -> Result<Vec<u8>, Refusal> {
    let clean = straight(&without_specks(scan));
    let mut png = Cursor::new(Vec::new());
    clean.write_to(&mut png, ImageFormat::Png).map_err(|_| Refusal::Broken)?;
    Ok(png.into_inner())
}

/// Ink that touches at most one other pixel of ink is dust.
fn without_specks(scan: &GrayImage) -> GrayImage {
    let (width, height) = scan.dimensions();
    let mut clean = scan.clone();
    for (x, y, pixel) in scan.enumerate_pixels().filter(|(_, _, pixel)| pixel.0 < [INK]) {
        let around = (y.saturating_sub(1)..=(y + 1).min(height - 1))
            .flat_map(|y| (x.saturating_sub(1)..=(x + 1).min(width - 1)).map(move |x| (x, y)));
        let ink = around.filter(|(x, y)| scan.get_pixel(*x, *y).0 < [INK]).count();
        clean.put_pixel(x, y, if ink <= 2 { Luma([255]) } else { *pixel });
    }
    clean
}

/// Turned by the angle at which rows of ink are sharpest.
fn straight(scan: &GrayImage) -> GrayImage {
    let ink: Vec<(f32, f32)> = scan
        .enumerate_pixels()
        .filter(|(x, y, pixel)| x % 3 == 0 && y % 3 == 0 && pixel.0 < [INK])
        .map(|(x, y, _)| (x as f32, y as f32))
        .collect();
    let degrees = |step: i32| (step as f32 / STEPS as f32).to_radians();
    let sharp = |step: &i32| {
        let (slope, room) = (degrees(*step).tan(), scan.width() as f32 * 0.1);
        let mut rows = vec![0_u64; (scan.height() as f32 + 2.0 * room) as usize / 3 + 2];
        for (x, y) in &ink {
            if let Some(row) = rows.get_mut(((y - x * slope + room) / 3.0) as usize) {
                *row += 1;
            }
        }
        rows.iter().map(|count| count * count).sum::<u64>()
    };
    let step = (-MOST * STEPS..=MOST * STEPS).max_by_key(|step| (sharp(step), -step.abs())).unwrap_or_default();
    if step == 0 { scan.clone() } else { turned(scan, degrees(step)) }
}

fn turned(scan: &GrayImage, angle: f32) -> GrayImage {
    let (width, height) = scan.dimensions();
    let (sin, cos) = angle.sin_cos();
    let (mx, my) = (width as f32 / 2.0, height as f32 / 2.0);
    GrayImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32 - mx, y as f32 - my);
        let (from_x, from_y) = (x * cos - y * sin + mx, x * sin + y * cos + my);
        image::imageops::interpolate_bilinear(scan, from_x, from_y).unwrap_or(Luma([255]))
    })
}

//! What is rendered, tile by tile. It knows nothing of IPOS but that a scene can be shared.

use crate::Result;
use ipos::Shared;
use serde::{Deserialize, Serialize};
use std::{fs::File, io::BufWriter, ops::Range};

/// A part of the plane, and how finely it is looked at.
#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub struct Scene {
    pub tile: u32,    // the pixels along a tile's edges
    pub across: u32,  // how many tiles are beside each other
    pub down: u32,    // and on top of each other
    pub left: f64,    // where the plane's left edge is
    pub top: f64,     // and its upper one
    pub pixel: f64,   // how far a pixel reaches
    pub samples: u32, // along a pixel's edges
    pub deepest: u32, // after so many steps a point is taken to be in the set
}

impl Scene {
    pub fn small() -> Self {
        Self {
            tile: 32,
            across: 15,
            down: 10,
            left: -2.6,
            top: 1.25,
            pixel: 2.5 / 320.0,
            samples: 2,
            deepest: 400,
        }
    }

    pub fn large() -> Self {
        let small = Self::small();
        Self {
            across: 4 * small.across,
            down: 4 * small.down,
            pixel: small.pixel / 4.0,
            ..small
        }
    }

    pub fn tiles(&self) -> Range<u32> {
        0..self.across * self.down
    }

    /// Renders a tile: its pixels, row by row, as places in the palette.
    pub fn render(&self, tile: u32) -> Vec<u8> {
        let (column, row) = (tile % self.across, tile / self.across);
        let pixels = 0..self.tile * self.tile;
        let render = |pixel| {
            let (x, y) = (pixel % self.tile, pixel / self.tile);
            self.pixel(column * self.tile + x, row * self.tile + y)
        };
        pixels.map(render).collect()
    }

    fn pixel(&self, x: u32, y: u32) -> u8 {
        let mut sum = 0.0;
        for sample in 0..self.samples * self.samples {
            let within = |at: u32| (f64::from(at) + 0.5) / f64::from(self.samples);
            let right = f64::from(x) + within(sample % self.samples);
            let down = f64::from(y) + within(sample / self.samples);
            sum += self.depth(self.left + right * self.pixel, self.top - down * self.pixel);
        }
        (sum / f64::from(self.samples * self.samples) * 255.0) as u8
    }

    /// How long a point stays near, from 0 for those that leave at once to 1 for those in the set.
    fn depth(&self, a: f64, b: f64) -> f64 {
        let (mut x, mut y) = (0.0, 0.0);
        for step in 0..self.deepest {
            let (xx, yy) = (x * x, y * y);
            if xx + yy > 256.0 {
                // Between two steps, so that there are no seams.
                let smooth = f64::from(step) - f64::log2(f64::log2(xx + yy) / 8.0);
                return (smooth.max(1.0).ln() / f64::from(self.deepest).ln()).min(1.0);
            }
            (x, y) = (xx - yy + a, 2.0 * x * y + b);
        }
        1.0
    }

    /// The whole, by this process alone.
    pub fn alone(&self) -> Image {
        let mut image = Image::new(self);
        for tile in self.tiles() {
            image.put(self, tile, &self.render(tile));
        }
        image
    }
}

pub struct Image {
    pub width: u32,
    pub height: u32,
    pixels: Vec<u8>,
}

impl Image {
    pub fn new(scene: &Scene) -> Self {
        let (width, height) = (scene.across * scene.tile, scene.down * scene.tile);
        Self {
            width,
            height,
            pixels: vec![0; (width * height) as usize],
        }
    }

    pub fn put(&mut self, scene: &Scene, tile: u32, pixels: &[u8]) {
        let (column, row) = (tile % scene.across, tile / scene.across);
        let (width, edge) = (self.width as usize, scene.tile as usize);
        for (y, line) in pixels.chunks(edge).enumerate() {
            let at = (row as usize * edge + y) * width + column as usize * edge;
            self.pixels[at..at + edge].copy_from_slice(line);
        }
    }

    pub fn write(&self, file: &str) -> Result<()> {
        let file = BufWriter::new(File::create(file).map_err(|error| format!("{file}: {error}"))?);
        let mut encoder = png::Encoder::new(file, self.width, self.height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(palette());
        encoder.set_compression(png::Compression::High);
        encoder.write_header()?.write_image_data(&self.pixels)?;
        Ok(())
    }
}

/// From far away to the set.
const COLORS: [(usize, [u8; 3]); 6] = [
    (0, [8, 12, 48]),
    (70, [32, 96, 176]),
    (120, [230, 244, 250]),
    (165, [250, 176, 40]),
    (215, [112, 32, 24]),
    (255, [0, 0, 0]),
];

fn palette() -> Vec<u8> {
    let mut palette = Vec::new();
    for pair in COLORS.windows(2) {
        let ((from, first), (to, last)) = (pair[0], pair[1]);
        for at in from..to {
            let part = (at - from) as f64 / (to - from) as f64;
            let mix = |(a, b): (u8, u8)| (f64::from(a) * (1.0 - part) + f64::from(b) * part) as u8;
            palette.extend(first.into_iter().zip(last).map(mix));
        }
    }
    palette.extend(COLORS[COLORS.len() - 1].1);
    palette
}

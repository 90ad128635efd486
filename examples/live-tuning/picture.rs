//! A picture made of the dots of braille characters: two beside each other and four on top of each other in each.

pub const WIDTH: usize = 96;
pub const HEIGHT: usize = 56;

/// The rows of a curve through points from -1 to 1, one for each dot of the width.
pub fn curve(points: &[f64; WIDTH]) -> Vec<String> {
    let mut rows = vec![[0_u8; WIDTH / 2]; HEIGHT / 4];
    let dot = |point: f64| {
        let middle = (HEIGHT - 1) as f64 / 2.0;
        (middle - point.clamp(-1.0, 1.0) * middle).round() as usize
    };
    let mut last = dot(points[0]);
    for (x, point) in points.iter().enumerate() {
        let next = dot(*point);
        // From the last one to this one, without a gap.
        let (above, below) = match next.cmp(&last) {
            std::cmp::Ordering::Less => (next, last - 1),
            std::cmp::Ordering::Equal => (next, next),
            std::cmp::Ordering::Greater => (last + 1, next),
        };
        for y in above..=below {
            rows[y / 4][x / 2] |= bit(x % 2, y % 4);
        }
        last = next;
    }
    let text = |row: &[u8; WIDTH / 2]| {
        let dots = row.iter().map(|&dots| 0x2800 + u32::from(dots));
        dots.map(|dots| char::from_u32(dots).expect("braille has 256 characters"))
            .collect()
    };
    rows.iter().map(text).collect()
}

/// The bit of a dot in the number of its character.
fn bit(x: usize, y: usize) -> u8 {
    match (x, y) {
        (x, 3) => 0x40 << x,
        (x, y) => 1 << (3 * x + y),
    }
}

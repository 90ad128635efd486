//! Changing inputs at random: as records, as bytes, and inside parts that have their length in front of them.

use fastrand::Rng;

use crate::records::{self, put_varint, varint};

/// How long an input may grow, in bytes.
pub const LONGEST: usize = 4096;

/// Numbers at the borders of what is counted, read, and kept.
const BORDERS: &[u128] = &[
    0,
    1,
    2,
    3,
    5,
    15,
    16,
    30,
    31,
    32,
    33,
    63,
    64,
    65,
    95,
    96,
    127,
    128,
    129,
    255,
    256,
    1023,
    1024,
    1025,
    4095,
    4096,
    16_383,
    16_384,
    65_535,
    65_536,
    65_537,
    1 << 20,
    1 << 22,
    (1 << 24) - 1,
    1 << 24,
    1 << 28,
    (1 << 28) + 1,
    (1 << 31) - 1,
    1 << 31,
    (1 << 32) - 1,
    1 << 32,
    1 << 48,
    (1 << 63) - 1,
    1 << 63,
    (1 << 64) - 1,
    1 << 64,
    1 << 127,
    u128::MAX,
];

/// Bytes that mean something in many places.
const PIECES: &[&[u8]] = &[
    b"",
    b"\0",
    b"\xff",
    b"\x80\x00",
    b"\x80\x80\x00",
    b"\xff\xff\xff\xff\x0f",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\x80\x80\x80\x80\x01\x02",
    b"\x80\x80\x80\x80\x01\x00",
    b"\x80\x80\x80\x80\x01\x01",
    "ä".as_bytes(),
    "語🦀".as_bytes(),
    b"\xf0\x9f",
    b"\0\0\0\0\0\0\xf0\x7f",
    b"\0\0\0\0\0\0\xf8\x7f",
    b"\0\0\0\0\0\0\0\x80",
];

/// A border, or a number beside one.
pub fn border(rng: &mut Rng) -> u128 {
    let number = BORDERS[rng.usize(..BORDERS.len())];
    match rng.u8(..8) {
        0 => number.wrapping_sub(1),
        1 => number.wrapping_add(1),
        _ => number,
    }
}

/// Changes an input in one to some places; `other` is one to take parts of.
pub fn mutate(input: &[u8], other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut all: Vec<Vec<u8>> = records::split(input)
        .into_iter()
        .map(<[u8]>::to_vec)
        .collect();
    let others = records::split(other);
    for _ in 0..1 + rng.usize(..4).min(rng.usize(..4)) {
        if all.is_empty() || rng.u8(..6) == 0 {
            order(&mut all, &others, rng);
        } else {
            // What comes first decides what becomes of the others, so all have the same chance.
            let at = rng.usize(..all.len());
            let from = match others.is_empty() {
                true => &[][..],
                false => others[rng.usize(..others.len())],
            };
            part(&mut all[at], from, rng, 0);
        }
    }
    let mut length = 0;
    let fits = all.iter().take_while(|record| {
        length += record.len() + 2;
        length <= LONGEST
    });
    let count = fits.count();
    records::join(&all[..count])
}

/// Changes which records there are, and their order.
fn order(all: &mut Vec<Vec<u8>>, others: &[&[u8]], rng: &mut Rng) {
    let at = rng.usize(..=all.len());
    match rng.u8(..7) {
        0 if at < all.len() => drop(all.remove(at)),
        1 if at < all.len() => {
            let to = rng.usize(..=all.len());
            all.insert(to, all[at].clone());
        }
        2 if at < all.len() => {
            let other = rng.usize(..all.len());
            all.swap(at, other);
        }
        3 => all.truncate(at),
        4 if at < all.len() => {
            let to = rng.usize(..all.len());
            let record = all.remove(at);
            all.insert(to, record);
        }
        _ => {
            let from = rng.usize(..=others.len());
            let to = rng.usize(from..=others.len()).min(from + 6);
            let new = others[from..to].iter().map(|record| record.to_vec());
            drop(all.splice(at..at, new));
        }
    }
}

/// Changes bytes, or in most cases a part of them that has its length in front.
fn part(bytes: &mut Vec<u8>, other: &[u8], rng: &mut Rng, depth: u8) {
    if depth < 4 && rng.u8(..4) > 0 {
        let start = rng.usize(..=bytes.len());
        // The next place from there on that could be such a part.
        for at in (start..bytes.len()).take(24) {
            let Some((length, size)) = varint(&bytes[at..]) else {
                continue;
            };
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            let end = (at + size).saturating_add(length);
            if length == 0 || end > bytes.len() {
                continue;
            }
            let mut inner = bytes[at + size..end].to_vec();
            part(&mut inner, other, rng, depth + 1);
            let mut new = vec![];
            records::put_bytes(&mut new, &inner);
            drop(bytes.splice(at..end, new));
            return;
        }
    }
    edit(bytes, other, rng);
}

fn edit(bytes: &mut Vec<u8>, other: &[u8], rng: &mut Rng) {
    let at = rng.usize(..=bytes.len());
    let end = rng.usize(at..=bytes.len()).min(at + 1 + rng.usize(..16));
    let end = end.min(bytes.len());
    match rng.u8(..14) {
        0 | 1 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
        2 if at < bytes.len() => bytes[at] = rng.u8(..),
        3 if at < bytes.len() => bytes[at] = bytes[at].wrapping_add(1),
        4 if at < bytes.len() => bytes[at] = bytes[at].wrapping_sub(1),
        5 if at < bytes.len() => bytes[at] = rng.u8(..8),
        6 => drop(bytes.drain(at..end)),
        7 => {
            let copy = bytes[at..end].to_vec();
            let times = match rng.u8(..32) {
                0 => rng.usize(..512),
                _ => 1,
            };
            let copies = copy.repeat(times);
            drop(bytes.splice(at..at, copies));
        }
        8 | 9 => {
            // In place of the number that is there.
            let size = varint(&bytes[at..]).map_or(0, |(_, size)| size);
            let mut new = vec![];
            put_varint(&mut new, border(rng));
            drop(bytes.splice(at..at + size, new));
        }
        10 => {
            let mut new = vec![];
            put_varint(&mut new, border(rng));
            drop(bytes.splice(at..at, new));
        }
        11 => {
            let piece = PIECES[rng.usize(..PIECES.len())];
            drop(bytes.splice(at..at, piece.iter().copied()));
        }
        12 => {
            let from = rng.usize(..=other.len());
            let to = rng.usize(from..=other.len());
            drop(bytes.splice(at..end, other[from..to].iter().copied()));
        }
        _ => bytes.truncate(at),
    }
}

//! Models of what threads do here: see [`crate::model`].
#![cfg(loom)]

mod memory;
mod outbox;

use std::time::{Duration, Instant};

use crate::{Link, memory::CAPACITY};

/// A deadline that no model comes to.
fn never() -> Instant {
    Instant::now() + Duration::from_secs(24 * 3600)
}

/// As many bytes as a link holds.
fn full(byte: u8) -> Vec<u8> {
    vec![byte; CAPACITY]
}

/// Reads to the end, or as many bytes; gives them without those that are as the one before.
fn read(link: &Link, many: usize) -> Vec<u8> {
    let mut heard = Vec::new();
    let mut left = many;
    while left > 0 {
        let mut buffer = vec![0; left.min(4 * CAPACITY)];
        match link.read(&mut buffer, None).unwrap() {
            0 => break,
            read => {
                heard.extend(&buffer[..read]);
                left -= read;
            }
        }
    }
    heard.dedup();
    heard
}

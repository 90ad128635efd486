//! Frames: how a stream of bytes is cut into messages.
//!
//! On the wire a frame is a `u32` in little endian, the payload's length, and that many bytes.

use std::{ops::Range, time::Instant};

use crate::{Error, Link, Result};

/// The length of a frame's header, in bytes.
pub const HEADER: usize = 4;

/// Appends one frame to `out`, whose payload is what `build` appends.
///
/// # Panics
///
/// If the payload is longer than `u32::MAX` bytes, or if `build` removes bytes.
///
/// ```
/// let mut out = Vec::new();
/// ipos_transport::frame::append(&mut out, |payload| payload.extend(b"hi"));
/// assert_eq!(out, [2, 0, 0, 0, b'h', b'i']);
/// ```
pub fn append(out: &mut Vec<u8>, build: impl FnOnce(&mut Vec<u8>)) {
    let payload = out.len() + HEADER;
    out.extend([0; HEADER]);
    build(out);
    let length = out.len().checked_sub(payload);
    let length = length.expect("what builds a frame only appends to it");
    out[payload - HEADER..payload].copy_from_slice(&header(length));
}

/// What stands before a payload of so many bytes.
///
/// # Panics
///
/// When there are more than a frame takes.
pub fn header(length: usize) -> [u8; HEADER] {
    let length = u32::try_from(length).expect("a frame's payload has at most u32::MAX bytes");
    length.to_le_bytes()
}

/// Cuts what a link receives into frames.
///
/// [`fill`](Self::fill) reads once from the link; [`next_frame`](Self::next_frame) then gives the
/// whole frames that came with it, without copying them. Its memory is at most the limit, a header
/// and one read, and follows the bytes that arrived, never what a header claims.
// Invariant: `start <= end <= buffer.len()`. What arrived and was not given out yet is
// `buffer[start..end]`, and a header stands at `start`.
pub struct FrameReader {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    limit: usize,
    /// What the next read takes at the most: a connection on which little comes gets a small buffer.
    step: usize,
    was_full: bool,
}

/// The most that the first read takes, in bytes; each read that is full doubles it.
const FIRST_READ: usize = 4 * 1024;

/// The most that one read takes, in bytes.
const READ: usize = 64 * 1024;

/// What is not given back after a large frame, in bytes: frames of middling size would otherwise
/// cost an allocation each.
const KEEP: usize = 4 * READ;

impl FrameReader {
    /// A reader that refuses frames whose payload is longer than `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            buffer: Vec::new(),
            start: 0,
            end: 0,
            limit,
            step: FIRST_READ,
            was_full: false,
        }
    }

    /// Changes the limit, from the next frame that is asked for.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Waits for bytes and reads once, 64 KiB at the most; false says that the peer closed the
    /// connection.
    ///
    /// Take all frames before: while one is left, this reads nothing and returns true at once.
    /// [`Error::Truncated`] says that the connection ended in the middle of a frame; after
    /// [`Error::Timeout`] nothing is lost.
    pub fn fill(&mut self, link: &Link, deadline: Option<Instant>) -> Result<bool> {
        if self.is_ready() {
            return Ok(true);
        }
        let read = link.read(self.room(), deadline)?;
        self.arrived(read)
    }

    /// As [`fill`](Self::fill), without waiting: `None` says that nothing is there.
    pub fn try_fill(&mut self, link: &Link) -> Result<Option<bool>> {
        if self.is_ready() {
            return Ok(Some(true));
        }
        let Some(read) = link.try_read(self.room())? else {
            self.was_full = false;
            return Ok(None);
        };
        self.arrived(read).map(Some)
    }

    /// The payload of the next frame, if all of it has arrived.
    ///
    /// [`Error::FrameTooLarge`] comes as soon as the header has arrived, and again from then on:
    /// the connection is of no more use.
    #[inline]
    pub fn next_frame(&mut self) -> Result<Option<&[u8]>> {
        let Some(payload) = self.payload()? else {
            return Ok(None);
        };
        self.start = payload.end;
        Ok(Some(&self.buffer[payload]))
    }

    /// As [`next_frame`](Self::next_frame), which gives the same one again afterwards.
    pub fn peek_frame(&self) -> Result<Option<&[u8]>> {
        Ok(self.payload()?.map(|payload| &self.buffer[payload]))
    }

    /// Where the next frame's payload is, if all of it is here.
    #[inline]
    fn payload(&self) -> Result<Option<Range<usize>>> {
        let Some(length) = self.claimed() else {
            return Ok(None);
        };
        if length > self.limit {
            return Err(Error::FrameTooLarge {
                bytes: length as u64,
                limit: self.limit,
            });
        }
        let payload = self.start + HEADER;
        let is_here = self.end - payload >= length;
        Ok(is_here.then(|| payload..payload + length))
    }

    /// Whether the last read has taken as much as it could, so that there may be more. If not, then all was read that
    /// had arrived by then.
    pub fn was_full(&self) -> bool {
        self.was_full
    }

    /// What the next header says, if it is here.
    fn claimed(&self) -> Option<usize> {
        let (header, _) = self.buffer[self.start..self.end].split_first_chunk::<HEADER>()?;
        let length = u32::from_le_bytes(*header);
        Some(usize::try_from(length).unwrap_or(usize::MAX))
    }

    /// Whether `next_frame` has something to tell without another read.
    fn is_ready(&self) -> bool {
        self.claimed()
            .is_some_and(|length| length > self.limit || self.end - self.start - HEADER >= length)
    }

    /// Where the next read goes. At least one byte long.
    fn room(&mut self) -> &mut [u8] {
        // The one place where bytes move: the start of a frame whose rest is to come.
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;

        let step = self.step();
        // No frame is ready, so `end` is less than a frame, and `enough` at most `most`.
        let enough = self.end + step;
        let most = self.limit.saturating_add(HEADER + step);
        let frame = self.claimed().map_or(0, |length| HEADER + length);
        let useful = (frame.max(step) + step).min(most).max(enough);
        if self.buffer.len() < enough {
            // Twofold, so that a large frame is copied a constant number of times.
            let size = (2 * self.buffer.len()).clamp(enough, useful);
            self.buffer.reserve_exact(size - self.buffer.len());
            self.buffer.resize(size, 0);
        } else if self.buffer.len() > useful.max(KEEP) {
            // What a large frame needed is given back once the frame at hand is smaller.
            self.buffer.truncate(useful);
            self.buffer.shrink_to_fit();
        }
        &mut self.buffer[self.end..][..step]
    }

    /// How much is read at once: what may only send small frames does not get a large buffer.
    fn step(&self) -> usize {
        self.step.min(self.limit.saturating_add(HEADER))
    }

    fn arrived(&mut self, read: usize) -> Result<bool> {
        self.was_full = read == self.step();
        if self.was_full {
            self.step = READ.min(2 * self.step);
        }
        self.end += read;
        if read == 0 && self.start < self.end {
            return Err(Error::Truncated);
        }
        Ok(read > 0)
    }
}

impl std::fmt::Debug for FrameReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FrameReader")
            .field("buffered", &(self.end - self.start))
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;

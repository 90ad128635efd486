//! Frames as those of `ipos-transport`, cut out of a line. What they are cut from is a copy.

use std::hint::black_box;

use ipos_transport::frame::HEADER;

use crate::line::{Line, Result};

/// How much is read at once, in bytes.
const READ: usize = 64 * 1024;

/// The longest payload.
const LIMIT: usize = 64;

/// What has come and was not taken.
pub(crate) struct Frames {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl Frames {
    pub(crate) fn new() -> Self {
        Self {
            buffer: vec![0; READ + HEADER + LIMIT],
            start: 0,
            end: 0,
        }
    }

    /// Waits for a frame, and gives where its payload is; `None` at the end.
    pub(crate) fn next(&mut self, line: &mut impl Line) -> Result<Option<&[u8]>> {
        loop {
            if let Some(payload) = self.whole()? {
                return Ok(Some(&self.buffer[payload]));
            }
            if !self.fill(line)? {
                return Ok(None);
            }
        }
    }

    /// Waits for bytes and looks at the frames that have come with them; whether the last of them has no payload.
    pub(crate) fn until_empty(&mut self, line: &mut impl Line) -> Result<bool> {
        if !self.fill(line)? {
            return Err("the line has ended".into());
        }
        while let Some(payload) = self.whole()? {
            if black_box(&self.buffer[payload]).is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn fill(&mut self, line: &mut impl Line) -> Result<bool> {
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        let read = line.receive(&mut self.buffer[self.end..][..READ])?;
        self.end += read;
        Ok(read > 0)
    }

    fn whole(&mut self) -> Result<Option<std::ops::Range<usize>>> {
        let come = &self.buffer[self.start..self.end];
        let Some((header, rest)) = come.split_first_chunk::<HEADER>() else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_le_bytes(*header))?;
        if length > LIMIT {
            return Err("a frame is too long".into());
        }
        if rest.len() < length {
            return Ok(None);
        }
        let payload = self.start + HEADER;
        self.start = payload + length;
        Ok(Some(payload..self.start))
    }
}

//! The frame reader: bytes in any portions, against a plain reading of the whole.
//!
//! Records: the limit as a number; then the portions in which the bytes arrive.

use fastrand::Rng;
use ipos_transport::{Error, FrameReader, Link, frame};

use super::Target;
use crate::{
    mutate::border,
    records::{join, put_varint, split, varint},
    trace::Trace,
};

pub(super) const TARGET: Target = Target {
    name: "frame",
    run,
    make,
};

#[derive(Debug, PartialEq)]
enum End {
    Closed,
    Truncated,
    TooLarge(u64),
}

/// What a stream says, read by its definition.
fn plain(mut stream: &[u8], limit: usize) -> (Vec<&[u8]>, End) {
    let mut frames = vec![];
    loop {
        let Some((length, rest)) = stream.split_first_chunk() else {
            let is_cut = !stream.is_empty();
            return (frames, if is_cut { End::Truncated } else { End::Closed });
        };
        let length = u32::from_le_bytes(*length) as usize;
        if length > limit {
            return (frames, End::TooLarge(length as u64));
        }
        let Some((frame, rest)) = rest.split_at_checked(length) else {
            return (frames, End::Truncated);
        };
        frames.push(frame);
        stream = rest;
    }
}

/// Takes all frames that are there; the end, when there is one.
fn take(reader: &mut FrameReader, frames: &mut Vec<Vec<u8>>) -> Option<End> {
    loop {
        match reader.next_frame() {
            Ok(Some(frame)) => frames.push(frame.to_vec()),
            Ok(None) => return None,
            Err(Error::FrameTooLarge { bytes, .. }) => return Some(End::TooLarge(bytes)),
            Err(error) => panic!("there is no other error: {error}"),
        }
    }
}

fn run(input: &[u8]) -> Trace {
    let records = split(input);
    let mut trace = Trace::default();
    let Some((limit, portions)) = records.split_first() else {
        return trace;
    };
    let (limit, _) = varint(limit).unwrap_or_default();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let (here, there) = Link::pair();
    let mut reader = FrameReader::new(limit);
    let mut frames = vec![];
    let mut end = None;
    for portion in portions {
        let written = there.try_write(portion).expect("the other end is open");
        assert_eq!(written, portion.len(), "a link holds what an input has");
        loop {
            end = end.or_else(|| take(&mut reader, &mut frames));
            if end.is_some() {
                break;
            }
            match reader.try_fill(&here) {
                Ok(Some(is_open)) => assert!(is_open, "it was not closed"),
                Ok(None) => break,
                Err(error) => panic!("there is nothing wrong yet: {error}"),
            }
        }
        if end.is_some() {
            break;
        }
    }
    there.shutdown();
    let end = end.unwrap_or_else(|| match reader.fill(&here, None) {
        Ok(false) => End::Closed,
        Err(Error::Truncated) => End::Truncated,
        other => panic!("nothing more is to come: {other:?}"),
    });
    let stream = portions.concat();
    let (expected, expected_end) = plain(&stream, limit);
    assert_eq!(frames, expected, "frames are as they were sent");
    assert_eq!(end, expected_end, "and so is the end");
    trace.say(&format!("{end:?}"));
    trace.size(limit);
    frames.iter().for_each(|frame| trace.size(frame.len()));
    trace.size(portions.len());
    if !frames.is_empty() {
        trace.accept();
    }
    trace
}

fn make(rng: &mut Rng) -> Vec<u8> {
    let mut limit = vec![];
    match rng.u8(..3) {
        0 => put_varint(&mut limit, border(rng) & u128::from(u32::MAX)),
        _ => put_varint(&mut limit, rng.u128(..64)),
    }
    let mut stream = vec![];
    for _ in 0..rng.usize(..6) {
        let length = rng.usize(..48);
        frame::append(&mut stream, |payload| {
            payload.resize(payload.len() + length, 7)
        });
    }
    let mut records = vec![limit];
    while !stream.is_empty() {
        let rest = stream.split_off(rng.usize(1..=stream.len()));
        records.push(std::mem::replace(&mut stream, rest));
    }
    join(records)
}

#![cfg(not(loom))]

use std::thread;

use super::*;
use crate::testing::{over_both, soon};

fn frame(payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    append(&mut out, |out| out.extend(payload));
    out
}

/// All frames up to the end of the stream.
fn frames(reader: &mut FrameReader, link: &Link) -> Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    while reader.fill(link, Some(soon()))? {
        while let Some(payload) = reader.next_frame()? {
            all.push(payload.to_vec());
        }
    }
    Ok(all)
}

#[test]
fn a_frame_is_its_length_and_its_payload() {
    let mut out = b"before".to_vec();
    append(&mut out, |out| out.extend(b"abc"));
    append(&mut out, |_| {});
    assert_eq!(out, b"before\x03\0\0\0abc\0\0\0\0");
}

#[test]
#[should_panic(expected = "only appends")]
fn what_builds_a_frame_only_appends() {
    append(&mut b"before".to_vec(), Vec::clear);
}

#[test]
fn frames_of_all_sizes_arrive_as_they_were_sent() {
    over_both(|left, right| {
        let sizes = [
            0,
            1,
            3,
            4,
            5,
            100,
            READ - 5,
            READ - 4,
            READ - 3,
            READ,
            READ + 1,
        ];
        let large = [1_000_000, 0, 200_000, 3_000_000, 7, 150_000, 1, 1];
        let sent: Vec<Vec<u8>> = sizes
            .into_iter()
            .chain(large)
            .chain(1..500)
            .map(|size| {
                (0..size)
                    .map(|i| u8::try_from((i + size) % 253).unwrap())
                    .collect()
            })
            .collect();
        let expected = sent.clone();
        let writer = thread::spawn(move || {
            let mut out = Vec::new();
            for payload in &sent {
                append(&mut out, |out| out.extend(payload));
            }
            left.write_all(&out, None).unwrap();
        });
        let received = frames(&mut FrameReader::new(3_000_000), &right).unwrap();
        writer.join().unwrap();
        assert!(received == expected);
    });
}

#[test]
fn one_byte_at_a_time_makes_the_same_frames() {
    over_both(|left, right| {
        let mut reader = FrameReader::new(10);
        let mut received = Vec::new();
        for byte in [frame(b"one"), frame(b""), frame(b"two")].concat() {
            assert_eq!(reader.try_fill(&right).unwrap(), None);
            left.write_all(&[byte], None).unwrap();
            assert!(reader.fill(&right, Some(soon())).unwrap());
            while let Some(payload) = reader.next_frame().unwrap() {
                received.push(payload.to_vec());
            }
        }
        assert_eq!(received, [&b"one"[..], b"", b"two"]);
        drop(left);
        assert_eq!(reader.try_fill(&right).unwrap(), Some(false));
        assert!(!reader.fill(&right, None).unwrap());
    });
}

#[test]
fn a_frame_over_the_limit_is_refused_at_its_header() {
    over_both(|left, right| {
        left.write_all(&frame(&[1; 10]), None).unwrap();
        left.write_all(&11_u32.to_le_bytes(), None).unwrap();
        let mut reader = FrameReader::new(10);
        let error = frames(&mut reader, &right).unwrap_err();
        assert!(matches!(
            error,
            Error::FrameTooLarge {
                bytes: 11,
                limit: 10
            }
        ));
        assert!(reader.next_frame().is_err(), "it stays refused");

        // Another limit may apply from the next frame on.
        reader.set_limit(11);
        assert!(reader.next_frame().unwrap().is_none());
        left.write_all(&[2; 11], None).unwrap();
        reader.fill(&right, Some(soon())).unwrap();
        assert_eq!(reader.next_frame().unwrap(), Some(&[2; 11][..]));
    });
}

#[test]
fn an_end_inside_a_frame_is_an_error() {
    for cut in 1..7 {
        let (left, right) = Link::pair();
        left.write_all(&frame(b"abc")[..cut], None).unwrap();
        drop(left);
        let mut reader = FrameReader::new(10);
        let error = frames(&mut reader, &right).unwrap_err();
        assert!(matches!(error, Error::Truncated), "cut at {cut}");
    }
}

#[test]
fn memory_follows_what_arrives_and_not_what_is_claimed() {
    over_both(|left, right| {
        const LIMIT: usize = 1 << 30;
        let mut reader = FrameReader::new(LIMIT);
        left.write_all(&u32::try_from(LIMIT).unwrap().to_le_bytes(), None)
            .unwrap();
        for arrived in 1..=100 {
            left.write_all(&[0; 1000], None).unwrap();
            reader.fill(&right, Some(soon())).unwrap();
            assert!(reader.next_frame().unwrap().is_none());
            // Reads that are not full do not grow.
            let most = 2 * (1000 * arrived + FIRST_READ);
            assert!(reader.buffer.capacity() <= most);
        }
    });
}

#[test]
fn memory_stays_within_the_limit_and_is_given_back() {
    over_both(|left, right| {
        const LIMIT: usize = 1_000_000;
        let link = std::sync::Arc::new(left);
        let writer = std::sync::Arc::clone(&link);
        let writer = thread::spawn(move || {
            for _ in 0..3 {
                writer.write_all(&frame(&vec![3; LIMIT]), None).unwrap();
            }
        });
        let mut reader = FrameReader::new(LIMIT);
        let mut seen = 0;
        while seen < 3 {
            reader.fill(&right, Some(soon())).unwrap();
            assert!(reader.buffer.capacity() <= LIMIT + HEADER + READ);
            while reader.next_frame().unwrap().is_some() {
                seen += 1;
            }
        }
        writer.join().unwrap();
        assert!(reader.buffer.capacity() >= LIMIT);
        assert_eq!(reader.try_fill(&right).unwrap(), None);
        assert!(reader.buffer.capacity() <= KEEP);
        drop(link);
    });
}

#[test]
fn a_small_limit_bounds_the_memory_as_well() {
    over_both(|left, right| {
        const LIMIT: usize = 100;
        let writer = thread::spawn(move || {
            for _ in 0..20_000 {
                left.write_all(&frame(&[9; 90]), None).unwrap();
            }
        });
        let mut reader = FrameReader::new(LIMIT);
        let mut seen = 0;
        while reader.fill(&right, Some(soon())).unwrap() {
            // Fills without taking the frames read no more.
            assert!(reader.fill(&right, Some(soon())).unwrap());
            while let Some(payload) = reader.next_frame().unwrap() {
                assert_eq!(payload, [9; 90]);
                seen += 1;
            }
            assert!(reader.buffer.capacity() <= LIMIT + HEADER + READ);
        }
        assert_eq!(seen, 20_000);
        writer.join().unwrap();
    });
}

#[test]
fn nothing_is_lost_at_a_deadline() {
    over_both(|left, right| {
        let mut reader = FrameReader::new(10);
        let (head, tail) = (&frame(b"whole")[..6], b"ole");
        left.write_all(head, None).unwrap();
        assert!(reader.fill(&right, Some(soon())).unwrap());
        let error = reader.fill(&right, Some(Instant::now()));
        assert!(matches!(error, Err(Error::Timeout { .. })));
        left.write_all(tail, None).unwrap();
        assert!(reader.fill(&right, Some(soon())).unwrap());
        assert_eq!(reader.next_frame().unwrap(), Some(&b"whole"[..]));
    });
}

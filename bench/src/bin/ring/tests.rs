//! The ring in one thread: what goes in comes out, and what the other side must not do is noticed.

use std::{
    fs::File,
    sync::{Arc, atomic::AtomicU64, atomic::Ordering},
};

use rustix::fs::{FallocateFlags, MemfdFlags, SealFlags, fallocate, fcntl_add_seals, memfd_create};

use crate::{
    region::{Region, Way},
    ring::{Broken, COUNTERS, Reader, WORD, Writer},
};

const RING: usize = 4;
const CAPACITY: usize = RING * WORD;

fn words() -> Arc<[AtomicU64]> {
    (0..COUNTERS + RING).map(|_| AtomicU64::new(0)).collect()
}

#[test]
fn what_goes_in_comes_out_however_it_is_cut() {
    for write in 1..=CAPACITY {
        for read in 1..=CAPACITY + 1 {
            let words = words();
            let (mut writer, mut reader) = (Writer::new(words.clone()), Reader::new(words));
            let sent: Vec<u8> = (0..=250).collect();
            let (mut rest, mut come) = (&sent[..], Vec::new());
            while come.len() < sent.len() {
                let written = writer.write(&rest[..rest.len().min(write)]).unwrap();
                rest = &rest[written..];
                let mut buffer = vec![0; read];
                let many = reader.read(&mut buffer).unwrap();
                assert!(written + many > 0, "{write} {read}");
                come.extend_from_slice(&buffer[..many]);
            }
            assert_eq!(come, sent, "{write} {read}");
        }
    }
}

#[test]
fn a_full_ring_takes_no_more_and_a_word_in_part_is_not_written() {
    let words = words();
    let (mut writer, mut reader) = (Writer::new(words.clone()), Reader::new(words));
    assert_eq!(writer.write(&[1; CAPACITY + 1]), Ok(CAPACITY));
    assert_eq!(writer.write(&[2]), Ok(0));
    for (read, room) in [(WORD - 1, 0), (1, WORD), (WORD + 1, WORD), (WORD - 1, WORD)] {
        assert_eq!(reader.read(&mut vec![0; read]), Ok(read));
        assert_eq!(writer.write(&[2; CAPACITY]), Ok(room));
    }
}

#[test]
fn who_sleeps_is_woken_once_and_not_before() {
    let words = words();
    let (mut writer, mut reader) = (Writer::new(words.clone()), Reader::new(words));
    assert_eq!(reader.may_sleep(), Ok(true));
    assert!(!writer.wakes_reader());
    assert_eq!(writer.write(&[1; CAPACITY]), Ok(CAPACITY));
    assert!(writer.wakes_reader() && !writer.wakes_reader());
    assert_eq!(reader.may_sleep(), Ok(false));
    reader.is_awake();
    assert!(!writer.wakes_reader());

    assert_eq!(writer.may_sleep(CAPACITY / 2), Ok(true));
    for (read, wakes) in [(1, false), (CAPACITY / 2 - 2, false), (1, true), (1, false)] {
        assert_eq!(reader.read(&mut vec![0; read]), Ok(read));
        assert_eq!(reader.wakes_writer(), wakes, "{read}");
    }
    assert_eq!(writer.may_sleep(CAPACITY / 2), Ok(false));
    // One that would wait for all of a ring, of which a word is written in part, would never be woken.
    assert_eq!(writer.write(&[1; 3]), Ok(3));
    assert_eq!(writer.may_sleep(usize::MAX), Ok(true));
    assert_eq!(reader.read(&mut [0; 3 * CAPACITY]), Ok(CAPACITY / 2 + 2));
    assert!(reader.wakes_writer());
}

#[test]
fn counts_that_cannot_be_are_noticed() {
    // A reader that has read 8 of 16 bytes, and what it finds in `WRITTEN` then.
    for (count, expected) in [
        (8, Err(Broken)),
        (15, Err(Broken)),
        (16, Ok(8)),
        (8 + CAPACITY as u64, Ok(CAPACITY)),
        (9 + CAPACITY as u64, Err(Broken)),
        (0, Err(Broken)),
        (u64::MAX, Err(Broken)),
    ] {
        let words = words();
        let (mut writer, mut reader) = (Writer::new(words.clone()), Reader::new(words.clone()));
        assert_eq!(writer.write(&[1; 16]), Ok(16));
        assert_eq!(reader.read(&mut [0; 8]), Ok(8));
        words[0].store(count, Ordering::Relaxed);
        assert_eq!(reader.read(&mut [0; 2 * CAPACITY]), expected, "{count}");
        // It is told the same again, and nothing else.
        if expected.is_err() {
            assert_eq!(reader.may_sleep(), Err(Broken), "{count}");
        }
    }
    // A writer that has written all it can, knows that 8 bytes were read, and what it finds in `READ` then.
    for (count, expected) in [
        (0, Err(Broken)),
        (7, Err(Broken)),
        (8, Ok(0)),
        (16, Ok(8)),
        (8 + CAPACITY as u64, Ok(CAPACITY)),
        (9 + CAPACITY as u64, Err(Broken)),
        (u64::MAX, Err(Broken)),
    ] {
        let words = words();
        let (mut writer, mut reader) = (Writer::new(words.clone()), Reader::new(words.clone()));
        assert_eq!(writer.write(&[1; CAPACITY]), Ok(CAPACITY));
        assert_eq!(reader.read(&mut [0; 8]), Ok(8));
        assert_eq!(writer.write(&[1; 8]), Ok(8));
        words[COUNTERS / 4].store(count, Ordering::Relaxed);
        assert_eq!(writer.write(&[1; 2 * CAPACITY]), expected, "{count}");
        if expected.is_err() {
            assert_eq!(writer.may_sleep(8), Err(Broken), "{count}");
        }
    }
}

#[test]
fn any_words_do_no_harm() {
    // Bytes, counts and notes that change at any time, also while they are looked at.
    let words = words();
    let (mut writer, mut reader) = (Writer::new(words.clone()), Reader::new(words.clone()));
    let mut random = 1_u64;
    for _ in 0..100_000 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let place = usize::try_from(random >> 33).unwrap() % words.len();
        let value = match random % 4 {
            0 => random,
            1 => u64::MAX,
            _ => words[place]
                .load(Ordering::Relaxed)
                .wrapping_add(random % 40),
        };
        words[place].store(value, Ordering::Relaxed);
        let mut buffer = [0; CAPACITY];
        let many = usize::try_from(random >> 40).unwrap() % CAPACITY;
        if let Ok(written) = writer.write(&buffer[..many]) {
            assert!(written <= many);
        }
        if let Ok(read) = reader.read(&mut buffer[..many]) {
            assert!(read <= many);
        }
        let _ = (writer.wakes_reader(), writer.may_sleep(many));
        let _ = (reader.wakes_writer(), reader.may_sleep());
    }
}

/// A file in memory of so many bytes.
fn memory(bytes: u64, seals: SealFlags) -> File {
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let file = File::from(memfd_create("ring-test", flags).unwrap());
    file.set_len(bytes).unwrap();
    fcntl_add_seals(&file, seals).unwrap();
    file
}

#[test]
fn memory_that_could_go_is_refused() {
    let (_region, file) = Region::new().unwrap();
    let bytes = file.metadata().unwrap().len();
    let all = SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL;
    for (what, file, is_taken) in [
        ("as it is made", file, true),
        ("made elsewhere", memory(bytes, all), true),
        ("without seals", memory(bytes, SealFlags::empty()), false),
        (
            "that may shrink",
            memory(bytes, all - SealFlags::SHRINK),
            false,
        ),
        ("that is too small", memory(bytes - 4096, all), false),
        ("that is empty", memory(0, all), false),
        ("that is too large", memory(bytes + 4096, all), false),
        ("of a file", tempfile::tempfile().unwrap(), false),
    ] {
        assert_eq!(Region::open(&file).is_ok(), is_taken, "memory {what}");
        assert!(!is_taken || file.set_len(0).is_err(), "memory {what}");
    }
}

#[test]
fn bytes_go_from_one_mapping_to_the_other_until_the_memory_is_emptied() {
    let (here, file) = Region::new().unwrap();
    let there = Region::open(&file).unwrap();
    let (mut writer, mut reader) = (
        Writer::new(Way::both(&here).0),
        Reader::new(Way::both(&there).0),
    );
    let mut buffer = [0; 16];
    assert_eq!(writer.write(b"over the memory"), Ok(15));
    assert_eq!(reader.read(&mut buffer[..4]), Ok(4));
    assert_eq!(&buffer[..4], b"over");
    // No seal forbids that. All words are 0 then, and touching them does no harm.
    let flags = FallocateFlags::PUNCH_HOLE | FallocateFlags::KEEP_SIZE;
    fallocate(&file, flags, 0, file.metadata().unwrap().len()).unwrap();
    assert_eq!(reader.read(&mut buffer), Err(Broken));
    assert_eq!(writer.write(&[1; 4096]), Ok(4096));
}

//! Models of the ring: a writer and a reader that sleep and wake each other, in every order of their steps.
//!
//! `RUSTFLAGS="--cfg loom" cargo test -p ipos-bench --bin ring models`

use std::sync::Arc;

use ipos_transport::model::spawn;
use loom::sync::{Condvar, Mutex, atomic::AtomicU64};

use crate::ring::{COUNTERS, Reader, WORD, Writer};

/// As many words as are enough to come to the ring's end.
const RING: usize = 2;

type Words = Arc<[AtomicU64]>;

/// What carries wake-ups: the socket, which keeps those that nobody has taken.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

impl Bell {
    fn ring(&self) {
        *self.rung.lock().unwrap() = true;
        self.heard.notify_one();
    }

    fn sleep(&self) {
        let mut rung = self.rung.lock().unwrap();
        while !*rung {
            rung = self.heard.wait(rung).unwrap();
        }
        *rung = false;
    }
}

struct Both {
    words: Words,
    to_reader: Bell,
    to_writer: Bell,
}

fn both() -> Arc<Both> {
    Arc::new(Both {
        words: (0..COUNTERS + RING).map(|_| AtomicU64::new(0)).collect(),
        to_reader: Bell::default(),
        to_writer: Bell::default(),
    })
}

/// Writes all, piece by piece, and sleeps when there is no room.
fn write(both: &Both, pieces: &[&[u8]]) {
    let mut writer = Writer::new(both.words.clone());
    for mut bytes in pieces.iter().copied() {
        while !bytes.is_empty() {
            let written = writer.write(bytes).unwrap();
            bytes = &bytes[written..];
            if writer.wakes_reader() {
                both.to_reader.ring();
            }
            if written == 0 {
                if writer.may_sleep(WORD).unwrap() {
                    both.to_writer.sleep();
                }
                writer.is_awake();
            }
        }
    }
}

/// Reads so many bytes, and sleeps when there are none.
fn read(both: &Both, many: usize) -> Vec<u8> {
    let mut reader = Reader::new(both.words.clone());
    let mut come = Vec::new();
    while come.len() < many {
        let mut buffer = [0; 3 * WORD];
        let read = reader.read(&mut buffer).unwrap();
        come.extend_from_slice(&buffer[..read]);
        if reader.wakes_writer() {
            both.to_writer.ring();
        }
        if read == 0 {
            if reader.may_sleep().unwrap() {
                both.to_reader.sleep();
            }
            reader.is_awake();
        }
    }
    come
}

/// Both at once.
fn run(pieces: &'static [&'static [u8]]) {
    let both = both();
    let other = both.clone();
    let writer = spawn(move || write(&other, pieces));
    let all = pieces.concat();
    assert_eq!(read(&both, all.len()), all);
    writer.join().unwrap();
}

ipos_transport::models! {
    /// A reader comes to sleep while the writer writes.
    a_reader_that_sleeps: None, [
        "who is about to sleep passes no fence",
        "who is about to sleep has looked before it says so",
        "who moves a counter passes no fence",
        "bytes are counted before others see them",
    ], || run(&[&[1; WORD]]);

    /// Two writes, in one word: the second writes again what the first has written.
    a_word_in_two_parts: Some(4), [
        "who moves a counter passes no fence",
        "bytes are counted before others see them",
    ], || run(&[&[1, 2, 3], &[4, 5]]);

    /// A writer comes to sleep in a full ring, and goes on at its beginning.
    a_writer_that_sleeps: Some(3), [
        "who is about to sleep passes no fence",
        "who moves a counter passes no fence",
    ], || run(&[&[1; WORD * RING], &[2; WORD]]);

    /// The same where a word is read in part.
    a_writer_that_sleeps_in_a_word: Some(3), [], || run(&[&[1, 2, 3], &[4; WORD * RING]]);
}

//! A ring of bytes with one writer and one reader, over words that both see. It trusts nothing that the other side
//! has written, and holds no unsafe code: where the words are is not its business.
//!
//! The words are four counters on cache lines of their own, then the ring:
//!
//! | word | written by | what it tells |
//! |---|---|---|
//! | `WRITTEN` | the writer | how many bytes were written so far |
//! | `READ` | the reader | how many bytes were read so far |
//! | `READER_SLEEPS` | both | 0, or the count of `WRITTEN` that the reader is to be woken at |
//! | `WRITER_SLEEPS` | both | 0, or the count of `READ` that the writer is to be woken at |
//!
//! **No byte is read before it is written.** The writer stores the bytes, then `WRITTEN` (release); the reader loads
//! `WRITTEN` (acquire), then the bytes. The other way round for room, with `READ`. A word is the writer's again when
//! all of its eight bytes are read; one that it has written in part it writes again whole, with the same first bytes.
//!
//! **No wake-up is missed.** Who is about to sleep notes (1) what for, passes a fence that all threads see in one
//! order, and looks (2) at the other's counter once more. The other moves (3) its counter, passes such a fence, and
//! looks (4) at the note. Either the sleeper's fence comes first: then (4) sees (1), and it is woken. Or the other's
//! comes first: then (2) sees (3), and it does not sleep. The note is taken away by who wakes, so that it wakes once;
//! what finds the note taken away and sleeps all the same has a wake-up on its way.
//!
//! **What the other side may write.** Counts go up, and are apart by what the ring holds at the most; anything else is
//! [`Broken`], and the connection over. Bytes are copied out, each word once, before anybody looks at them, so that
//! what was checked cannot change. A note that is nonsense brings wake-ups that nobody waits for, or keeps its writer
//! asleep. All words may hold any value at any time without harm here.

use std::{error::Error, fmt};

use crate::sync::{AtomicU64, Ordering, fence, slips};

/// As many words as are never in one cache line with those before: processors fetch two lines at once.
const APART: usize = if cfg!(loom) { 1 } else { 16 };

const WRITTEN: usize = 0;
const READ: usize = APART;
const READER_SLEEPS: usize = 2 * APART;
const WRITER_SLEEPS: usize = 3 * APART;

/// How many words stand before those of the ring.
pub(crate) const COUNTERS: usize = 4 * APART;

/// How many bytes a word holds.
pub(crate) const WORD: usize = 8;

/// The other side has written counts that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the other process has written counts into the ring that cannot be")
    }
}

impl Error for Broken {}

/// The words, as one side knows them. What it has counted itself it does not read back.
#[derive(Debug)]
struct Side<W> {
    words: W,
    /// How many bytes were written, as far as is known here: by the reader, or just now.
    written: u64,
    /// How many were read.
    read: u64,
}

impl<W: AsRef<[AtomicU64]>> Side<W> {
    /// Over words that are all 0.
    fn new(words: W) -> Self {
        let ring = words.as_ref().len().checked_sub(COUNTERS);
        assert!(
            ring.is_some_and(usize::is_power_of_two),
            "a place in the ring is found by a mask"
        );
        Self {
            words,
            written: 0,
            read: 0,
        }
    }

    fn word(&self, place: usize) -> &AtomicU64 {
        &self.words.as_ref()[place]
    }

    fn ring(&self) -> &[AtomicU64] {
        &self.words.as_ref()[COUNTERS..]
    }

    fn capacity(&self) -> usize {
        self.ring().len() * WORD
    }

    /// How many bytes are written and not read.
    fn held(&self) -> usize {
        usize::try_from(self.written - self.read).expect("no more than the ring holds")
    }

    /// The words from the one of byte number `at` on, up to the ring's end.
    fn run(&self, at: u64) -> &[AtomicU64] {
        let ring = self.ring();
        let word = usize::try_from((at / WORD as u64) & (ring.len() as u64 - 1));
        &ring[word.expect("less than a ring's words")..]
    }

    /// Whether counts may be so.
    fn check(&self, written: u64, read: u64) -> Result<(), Broken> {
        let is_forward = written >= self.written && read >= self.read;
        let held = written.checked_sub(read);
        let may_be = is_forward && held.is_some_and(|held| held <= self.capacity() as u64);
        if may_be { Ok(()) } else { Err(Broken) }
    }

    /// Notes in `note` that this side sleeps until the other's counter is `wanted`.
    fn note(&self, note: usize, wanted: u64) {
        self.put(note, wanted);
        if !slips("who is about to sleep passes no fence") {
            fence(Ordering::SeqCst);
        }
    }

    /// Puts a note in the place of what stands there. Both sides change notes by swaps alone, so that each comes right
    /// after the one that it takes away.
    fn put(&self, note: usize, wanted: u64) -> u64 {
        self.word(note).swap(wanted, Ordering::Relaxed)
    }

    /// Whether the other side is to be woken, now that this side's counter is `now`.
    fn wakes(&self, note: usize, now: u64) -> bool {
        if !slips("who moves a counter passes no fence") {
            fence(Ordering::SeqCst);
        }
        let wanted = self.word(note).load(Ordering::Relaxed);
        wanted != 0 && wanted <= now && self.put(note, 0) != 0
    }
}

/// The one that writes.
#[derive(Debug)]
pub(crate) struct Writer<W> {
    side: Side<W>,
    /// What was written of the word at hand.
    last: u64,
}

impl<W: AsRef<[AtomicU64]>> Writer<W> {
    /// Of a ring whose words are all 0, once.
    pub(crate) fn new(words: W) -> Self {
        let side = Side::new(words);
        Self { side, last: 0 }
    }

    /// Writes as many of `bytes` as there is room for, and returns how many.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<usize, Broken> {
        if self.room() < bytes.len() {
            self.look()?;
        }
        let bytes = &bytes[..bytes.len().min(self.room())];
        if !bytes.is_empty() {
            self.put(bytes);
            let order = if slips("bytes are counted before others see them") {
                Ordering::Relaxed
            } else {
                Ordering::Release
            };
            self.side.word(WRITTEN).store(self.side.written, order);
        }
        Ok(bytes.len())
    }

    /// Whether the reader is to be woken. To be asked after each write, once.
    pub(crate) fn wakes_reader(&self) -> bool {
        self.side.wakes(READER_SLEEPS, self.side.written)
    }

    /// Notes that the writer sleeps until there is room for so many bytes; `false` if there is by now. When it is
    /// awake, and was not woken, [`is_awake`](Self::is_awake) says so.
    pub(crate) fn may_sleep(&mut self, room: usize) -> Result<bool, Broken> {
        // All of it may never come free: the word at hand, if some of its bytes are written, is not.
        let room = room.min(self.side.capacity() - WORD);
        let taken = (self.side.capacity() - room) as u64;
        let wanted = self.side.written.saturating_sub(taken);
        let wanted = wanted.next_multiple_of(WORD as u64);
        self.side.note(WRITER_SLEEPS, wanted);
        self.look()?;
        Ok(self.side.read < wanted)
    }

    /// Takes its note away.
    pub(crate) fn is_awake(&self) {
        self.side.put(WRITER_SLEEPS, 0);
    }

    /// How many bytes fit in, as far as is known. A word of which some bytes are not read is not written.
    fn room(&self) -> usize {
        let in_part = self.side.read % WORD as u64;
        let in_part = usize::try_from(in_part).expect("less than a word");
        self.side.capacity()
            - self
                .side
                .held()
                .saturating_add(in_part)
                .min(self.side.capacity())
    }

    fn look(&mut self) -> Result<(), Broken> {
        let read = self.side.word(READ).load(Ordering::Acquire);
        self.side.check(self.side.written, read)?;
        self.side.read = read;
        Ok(())
    }

    /// Copies bytes in. There is room for them.
    fn put(&mut self, mut bytes: &[u8]) {
        let mut at = self.side.written;
        self.side.written += bytes.len() as u64;
        let used = usize::try_from(at % WORD as u64).expect("less than a word");
        if used > 0 {
            let (first, rest) = bytes.split_at(bytes.len().min(WORD - used));
            let mut word = self.last.to_le_bytes();
            word[used..used + first.len()].copy_from_slice(first);
            self.last = u64::from_le_bytes(word);
            self.side.run(at)[0].store(self.last, Ordering::Relaxed);
            (at, bytes) = (at + first.len() as u64, rest);
        }
        while bytes.len() >= WORD {
            let run = self.side.run(at);
            let whole = run.len().min(bytes.len() / WORD) * WORD;
            let (now, rest) = bytes.split_at(whole);
            for (word, bytes) in run.iter().zip(now.chunks_exact(WORD)) {
                let bytes = bytes.try_into().expect("as many as a word has");
                word.store(u64::from_le_bytes(bytes), Ordering::Relaxed);
            }
            (at, bytes) = (at + whole as u64, rest);
        }
        if !bytes.is_empty() {
            let mut word = [0; WORD];
            word[..bytes.len()].copy_from_slice(bytes);
            self.last = u64::from_le_bytes(word);
            self.side.run(at)[0].store(self.last, Ordering::Relaxed);
        }
    }
}

/// The one that reads.
#[derive(Debug)]
pub(crate) struct Reader<W> {
    side: Side<W>,
}

impl<W: AsRef<[AtomicU64]>> Reader<W> {
    /// Of a ring whose words are all 0, once.
    pub(crate) fn new(words: W) -> Self {
        let side = Side::new(words);
        Self { side }
    }

    /// Reads what is there and fits into `buffer`, and returns how many bytes that is.
    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Broken> {
        if self.side.held() < buffer.len() {
            self.look()?;
        }
        let many = buffer.len().min(self.side.held());
        if many > 0 {
            self.take(&mut buffer[..many]);
            self.side
                .word(READ)
                .store(self.side.read, Ordering::Release);
        }
        Ok(many)
    }

    /// Whether the writer is to be woken. To be asked after each read, once.
    pub(crate) fn wakes_writer(&self) -> bool {
        self.side.wakes(WRITER_SLEEPS, self.side.read)
    }

    /// Notes that the reader sleeps until there is a byte; `false` if there is by now. When it is awake, and was not
    /// woken, [`is_awake`](Self::is_awake) says so.
    pub(crate) fn may_sleep(&mut self) -> Result<bool, Broken> {
        if slips("who is about to sleep has looked before it says so") {
            self.look()?;
            let is_empty = self.side.held() == 0;
            self.side.note(READER_SLEEPS, self.side.read + 1);
            return Ok(is_empty);
        }
        self.side.note(READER_SLEEPS, self.side.read + 1);
        self.look()?;
        Ok(self.side.held() == 0)
    }

    /// Takes its note away.
    pub(crate) fn is_awake(&self) {
        self.side.put(READER_SLEEPS, 0);
    }

    fn look(&mut self) -> Result<(), Broken> {
        let written = self.side.word(WRITTEN).load(Ordering::Acquire);
        self.side.check(written, self.side.read)?;
        self.side.written = written;
        Ok(())
    }

    /// Copies bytes out, which are there.
    fn take(&mut self, mut buffer: &mut [u8]) {
        let mut at = self.side.read;
        self.side.read += buffer.len() as u64;
        let used = usize::try_from(at % WORD as u64).expect("less than a word");
        if used > 0 {
            let many = buffer.len().min(WORD - used);
            let word = self.side.run(at)[0].load(Ordering::Relaxed).to_le_bytes();
            buffer[..many].copy_from_slice(&word[used..used + many]);
            (at, buffer) = (at + many as u64, &mut buffer[many..]);
        }
        while buffer.len() >= WORD {
            let run = self.side.run(at);
            let whole = run.len().min(buffer.len() / WORD) * WORD;
            let (now, rest) = buffer.split_at_mut(whole);
            for (word, bytes) in run.iter().zip(now.chunks_exact_mut(WORD)) {
                bytes.copy_from_slice(&word.load(Ordering::Relaxed).to_le_bytes());
            }
            (at, buffer) = (at + whole as u64, rest);
        }
        if !buffer.is_empty() {
            let word = self.side.run(at)[0].load(Ordering::Relaxed).to_le_bytes();
            buffer.copy_from_slice(&word[..buffer.len()]);
        }
    }
}

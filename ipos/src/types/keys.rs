//! What maps and sets have in common: operations on keys, on one or on several at once.

use crate::{codec::Codec, wire::put_length};

/// The numbers of the operations on keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) insert: usize,
    pub(crate) remove: usize,
    pub(crate) insert_all: usize,
    pub(crate) remove_all: usize,
    pub(crate) update: usize,
}

/// Keys, with or without values, in byte form.
#[derive(Debug, Default)]
pub(crate) struct Many {
    count: usize,
    bytes: Vec<u8>,
}

impl Many {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// One more, which `write` writes.
    pub(crate) fn add(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.count += 1;
        write(&mut self.bytes);
    }
}

/// An operation on a key.
pub(crate) fn write_key<K>(out: &mut Vec<u8>, keys: impl Codec<K>, operation: usize, key: &K) {
    put_length(out, operation);
    keys.encode(key, out);
}

/// The shortest operation that removes keys and puts others in.
pub(crate) fn write_update(out: &mut Vec<u8>, numbers: Numbers, removed: &Many, inserted: &Many) {
    let several = |out: &mut Vec<u8>, many: &Many| {
        put_length(out, many.count);
        out.extend_from_slice(&many.bytes);
    };
    match (removed.count, inserted.count) {
        (0, 1) => {
            put_length(out, numbers.insert);
            out.extend_from_slice(&inserted.bytes);
        }
        (1, 0) => {
            put_length(out, numbers.remove);
            out.extend_from_slice(&removed.bytes);
        }
        (0, _) => {
            put_length(out, numbers.insert_all);
            several(out, inserted);
        }
        (_, 0) => {
            put_length(out, numbers.remove_all);
            several(out, removed);
        }
        _ => {
            put_length(out, numbers.update);
            several(out, removed);
            several(out, inserted);
        }
    }
}

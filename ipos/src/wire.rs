//! The byte form of values: postcard's, read with bounds.
//!
//! A leaf is what postcard makes of it, and each has one form: a number that is longer than it has to
//! be is refused. Everything that nests (lists, maps, structs) is written by
//! [`Shared::encode`](crate::Shared::encode) and read through a [`Reader`], which refuses what a
//! peer must not be able to send: nesting that would overflow the stack, lengths that are not
//! backed by bytes, elements without bytes in numbers that would hang the process.

mod opaque;
mod varint;

#[cfg(any(feature = "chrono", feature = "jiff"))]
pub(crate) use opaque::put_formed;
pub(crate) use opaque::{put_opaque, read_opaque};

pub(crate) use varint::Varint;

use postcard::ser_flavors::Flavor;
use serde::{Serialize, de::DeserializeOwned};

/// How deep values may nest: structs in lists in options and so on. Boxes are not counted.
pub(crate) const DEPTH_LIMIT: u32 = 128;

/// How many values without any bytes (such as `()`) one message may hold, beside as many as it has
/// bytes.
pub(crate) const ZERO_SIZED_LIMIT: usize = 1 << 16;

/// Why bytes are not a value of the type that they were said to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {at}: {problem}")]
pub struct DecodeError {
    /// How many bytes had been read.
    pub at: usize,
    /// What was found there.
    pub problem: Problem,
}

/// What is wrong with a byte sequence; see [`DecodeError`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The bytes are no postcard form of the leaf's type, or end too early.
    #[error("no value of type {0} starts here")]
    NotA(&'static str),
    /// A type's own `Deserialize` does not take the value.
    #[error("{of} refuses it: {why}")]
    Refused {
        /// The type.
        of: &'static str,
        /// In the words of its `Deserialize`.
        why: String,
    },
    /// A number or a length has a form that is shorter.
    #[error("a number is told in more bytes than it takes")]
    NotShortest,
    /// A text is not UTF-8, or ends too early.
    #[error("no text starts here")]
    NotText,
    /// An operation's or a field's number is not one that the type has.
    #[error("{of} has no {what} number {number}")]
    NoSuch {
        /// What the number should have named.
        what: &'static str,
        /// The type.
        of: &'static str,
        /// The number.
        number: u64,
    },
    /// The value nests deeper than [`DEPTH_LIMIT`].
    #[error("values nest deeper than {DEPTH_LIMIT} levels")]
    TooDeep,
    /// More values without bytes than [`ZERO_SIZED_LIMIT`] and the bytes that were read.
    #[error("more than {ZERO_SIZED_LIMIT} values that take no bytes")]
    TooManyEmpty,
    /// A list of positions does not name each position once.
    #[error("the positions are not a permutation")]
    NotAPermutation,
    /// A confirmed patch changes what is not there: this replica is not in step with the host's.
    #[error("a confirmed patch changes something that is not there")]
    OutOfStep,
    /// There are bytes left after the value.
    #[error("{0} bytes are left over")]
    LeftOver(usize),
}

/// Appends the postcard form of `value` to `out`.
///
/// # Panics
///
/// When the value's own `Serialize` fails, as it does for a sequence of unknown length.
pub(crate) fn put<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    try_put(out, value)
        .expect("appending to a Vec does not fail, and the types that IPOS writes have lengths");
}

/// Appends the postcard form of `value` to `out`, unless its own `Serialize` fails.
pub(crate) fn try_put<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> postcard::Result<()> {
    struct Append<'a>(&'a mut Vec<u8>);
    impl Flavor for Append<'_> {
        type Output = ();
        #[inline]
        fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
            self.0.push(byte);
            Ok(())
        }
        #[inline]
        fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
            self.0.extend_from_slice(bytes);
            Ok(())
        }
        fn finalize(self) -> postcard::Result<()> {
            Ok(())
        }
    }
    postcard::serialize_with_flavor(value, Append(out))
}

/// Appends bytes, behind their length.
pub(crate) fn put_blob(out: &mut Vec<u8>, bytes: &[u8]) {
    put_length(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// Appends a length, a position or a number of a field.
#[inline]
pub(crate) fn put_length(out: &mut Vec<u8>, length: usize) {
    put_integer(out, &length);
}

/// Appends an integer of more than one byte.
#[inline]
pub(crate) fn put_integer<T: Varint>(out: &mut Vec<u8>, integer: &T) {
    integer.put(out);
}

/// Reads values from bytes that may come from a hostile peer.
///
/// A reader never reads past its bytes and never allocates more than a small multiple of them.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u32,
    depth_limit: u32,
    empty: usize,
    empty_limit: usize,
}

/// Where a reader was, outside of what nests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    at: usize,
    empty: usize,
}

impl Mark {
    /// How many bytes had been read.
    pub(crate) fn position(self) -> usize {
        self.at
    }
}

impl<'a> Reader<'a> {
    /// Reads from the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            depth: 0,
            depth_limit: DEPTH_LIMIT,
            empty: 0,
            empty_limit: ZERO_SIZED_LIMIT,
        }
    }

    /// Reads what this process has written itself: of a value that it holds, however deep or empty.
    pub(crate) fn of_own(bytes: &'a [u8]) -> Self {
        Self {
            depth_limit: u32::MAX,
            empty_limit: usize::MAX,
            ..Self::new(bytes)
        }
    }

    /// How many bytes have been read.
    #[inline]
    pub fn position(&self) -> usize {
        self.at
    }

    /// The bytes between two positions that were read.
    ///
    /// # Panics
    ///
    /// When the range was not read yet.
    #[inline]
    pub fn read_between(&self, start: usize, end: usize) -> &'a [u8] {
        assert!(end <= self.at, "only what was read has a meaning");
        &self.bytes[start..end]
    }

    /// Whether everything has been read.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// Where it is now.
    #[inline]
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            at: self.at,
            empty: self.empty,
        }
    }

    /// Takes back what was read since, which has come to its end or has failed.
    pub(crate) fn go_back(&mut self, mark: Mark) {
        (self.at, self.empty) = (mark.at, mark.empty);
    }

    /// How many bytes have not been read.
    fn rest(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// An error at the present position.
    #[cold]
    pub fn problem(&self, problem: Problem) -> DecodeError {
        DecodeError {
            at: self.at,
            problem,
        }
    }

    /// The error for a number that `of` does not have.
    pub fn no_such(&self, what: &'static str, of: &'static str, number: usize) -> DecodeError {
        self.problem(Problem::NoSuch {
            what,
            of,
            number: number as u64,
        })
    }

    /// The bytes that `read` reads.
    pub(crate) fn taken(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<&'a [u8], DecodeError> {
        let start = self.at;
        read(self)?;
        Ok(&self.bytes[start..self.at])
    }

    /// Ends the reading: an error if bytes are left over.
    pub fn finish(self) -> Result<(), DecodeError> {
        match self.rest() {
            0 => Ok(()),
            rest => Err(self.problem(Problem::LeftOver(rest))),
        }
    }

    /// A value in postcard's form; for leaves that are no varints, since its length is bounded by
    /// serde alone.
    #[inline]
    pub fn leaf<T: DeserializeOwned>(&mut self) -> Result<T, DecodeError> {
        let before = self.at;
        match postcard::take_from_bytes::<T>(&self.bytes[before..]) {
            Ok((value, rest)) => {
                self.at = self.bytes.len() - rest.len();
                self.count_if_empty(before)?;
                Ok(value)
            }
            Err(_) => Err(self.problem(Problem::NotA(std::any::type_name::<T>()))),
        }
    }

    /// An integer of more than one byte.
    #[inline]
    pub(crate) fn integer<T: Varint>(&mut self) -> Result<T, DecodeError> {
        T::read(self)
    }

    /// A character: a text of one.
    pub(crate) fn character(&mut self) -> Result<char, DecodeError> {
        let mut characters = self.text()?.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(self.problem(Problem::NotA("char"))),
        }
    }

    /// A length, a position or a number of a field.
    #[inline]
    pub fn length(&mut self) -> Result<usize, DecodeError> {
        match self.bytes.get(self.at) {
            Some(&byte) if byte < 0x80 => {
                self.at += 1;
                Ok(usize::from(byte))
            }
            _ => self.integer(),
        }
    }

    /// A text: its length in bytes, then UTF-8.
    pub fn text(&mut self) -> Result<&'a str, DecodeError> {
        let length = self.length()?;
        self.utf8(length)
    }

    /// So many bytes of a text.
    pub(crate) fn utf8(&mut self, length: usize) -> Result<&'a str, DecodeError> {
        let bytes = self.bytes(length)?;
        std::str::from_utf8(bytes).map_err(|_| self.problem(Problem::NotText))
    }

    /// A length, then that many bytes.
    pub fn blob(&mut self) -> Result<&'a [u8], DecodeError> {
        let length = self.length()?;
        self.bytes(length)
    }

    /// So many bytes.
    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let rest = &self.bytes[self.at..];
        if length > rest.len() {
            return Err(self.problem(Problem::NotA("[u8]")));
        }
        self.at += length;
        Ok(&rest[..length])
    }

    /// So many bytes.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let Some(&array) = self.bytes[self.at..].first_chunk() else {
            return Err(self.problem(Problem::NotA(std::any::type_name::<[u8; N]>())));
        };
        self.at += N;
        Ok(array)
    }

    /// What was made of the bytes that were read; an error if that is no value.
    pub(crate) fn made<T>(&self, value: Option<T>) -> Result<T, DecodeError> {
        value.ok_or_else(|| self.problem(Problem::NotA(std::any::type_name::<T>())))
    }

    /// A length, then that many elements, each read by `element`.
    pub fn elements(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let length = self.length()?;
        self.nested(|reader| {
            for _ in 0..length {
                element(reader)?;
            }
            Ok(())
        })
    }

    /// The parts of a struct or tuple, one level deeper.
    #[inline]
    pub fn parts<R>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<R, DecodeError>,
    ) -> Result<R, DecodeError> {
        let before = self.at;
        let parts = self.nested(read)?;
        self.count_if_empty(before)?;
        Ok(parts)
    }

    /// A value that takes no bytes.
    #[inline]
    pub(crate) fn nothing(&mut self) -> Result<(), DecodeError> {
        self.count_if_empty(self.at)
    }

    /// Counts a value that began at `before`, if it has no bytes. Whatever has none is a leaf or
    /// made of such parts, so a peer cannot ask for more values than it pays for.
    #[inline]
    fn count_if_empty(&mut self, before: usize) -> Result<(), DecodeError> {
        if self.at == before {
            self.empty += 1;
            if self.empty > self.empty_limit.saturating_add(self.at) {
                return Err(self.problem(Problem::TooManyEmpty));
            }
        }
        Ok(())
    }

    /// Reads one level deeper; an error past the limit.
    #[inline]
    pub fn nested<R>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<R, DecodeError>,
    ) -> Result<R, DecodeError> {
        self.enter()?;
        let result = read(self);
        self.leave();
        result
    }

    #[inline]
    pub(crate) fn enter(&mut self) -> Result<(), DecodeError> {
        if self.depth == self.depth_limit {
            return Err(self.problem(Problem::TooDeep));
        }
        self.depth += 1;
        Ok(())
    }

    #[inline]
    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }
}

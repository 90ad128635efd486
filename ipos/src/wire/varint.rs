//! Integers of more than one byte, in postcard's form: seven bits a byte, the lowest first, and of signed ones those near
//! to zero first. They are what most patches are made of, so there is no detour by serde.

use super::{DecodeError, Problem, Reader, put};

/// An integer that is told by as many bytes as it takes.
pub(crate) trait Varint: Copy {
    /// Appends its byte form.
    fn put(self, out: &mut Vec<u8>);
    /// Reads one.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;
}

/// Reads up to 64 bits, of which `made` makes an integer.
#[inline]
fn read_bits<T>(
    reader: &mut Reader<'_>,
    made: impl FnOnce(u64) -> Option<T>,
) -> Result<T, DecodeError> {
    let found = match &reader.bytes[reader.at..] {
        [only, ..] if *only < 0x80 => Some((u64::from(*only), 1)),
        [first, second, ..] if *second < 0x80 => {
            Some((u64::from(first & 0x7f) | u64::from(*second) << 7, 2))
        }
        bytes => find_bits(bytes),
    };
    let value = found.and_then(|(bits, _)| made(bits));
    let value = reader.made(value)?;
    reader.at += found.map_or(0, |(_, length)| length);
    // The last seven bits of several are not all zero, or it would have ended before them.
    if reader.bytes[reader.at - 1] == 0 && found.is_some_and(|(_, length)| length > 1) {
        return Err(reader.problem(Problem::NotShortest));
    }
    Ok(value)
}

/// Up to 64 bits, and how many bytes tell them.
fn find_bits(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut bits = 0;
    for (place, &byte) in bytes.iter().take(10).enumerate() {
        bits |= u64::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            // The tenth byte has room for one bit.
            return (place < 9 || byte <= 1).then_some((bits, place + 1));
        }
    }
    None
}

macro_rules! varints {
    ($($unsigned:ident $signed:ident,)*) => {$(
        impl Varint for $unsigned {
            #[inline]
            fn put(mut self, out: &mut Vec<u8>) {
                while self >= 0x80 {
                    out.push(self.to_le_bytes()[0] | 0x80);
                    self >>= 7;
                }
                out.push(self.to_le_bytes()[0]);
            }
            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                read_bits(reader, |bits| Self::try_from(bits).ok())
            }
        }

        impl Varint for $signed {
            #[inline]
            fn put(self, out: &mut Vec<u8>) {
                let bits = (self << 1) ^ (self >> (Self::BITS - 1));
                <$unsigned>::from_ne_bytes(bits.to_ne_bytes()).put(out);
            }
            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let bits = <$unsigned>::read(reader)?;
                let signed = |bits: $unsigned| Self::from_ne_bytes(bits.to_ne_bytes());
                Ok(signed(bits >> 1) ^ -signed(bits & 1))
            }
        }
    )*};
}

varints! {
    u16 i16,
    u32 i32,
    u64 i64,
    usize isize,
}

/// These are rare.
macro_rules! wide {
    ($($integer:ty)*) => {$(
        impl Varint for $integer {
            fn put(self, out: &mut Vec<u8>) {
                put(out, &self);
            }
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let before = reader.at;
                let value = reader.leaf()?;
                if reader.at - before > 1 && reader.bytes[reader.at - 1] == 0 {
                    return Err(reader.problem(Problem::NotShortest));
                }
                Ok(value)
            }
        }
    )*};
}

wide!(u128 i128);

#[cfg(test)]
mod tests;

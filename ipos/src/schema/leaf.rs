//! Leaves by their kind: reading them, and adding numbers up.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::NonZero,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Serialize};

use crate::{
    shared::Shared,
    types::number::{self, Number, Sign},
    wire::{DecodeError, Reader},
};

/// The leaves.
#[allow(missing_docs)] // each is the Rust type of its name
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Leaf {
    Unit,
    Bool,
    Char,
    U8,
    U16,
    U32,
    U64,
    U128,
    Usize,
    I8,
    I16,
    I32,
    I64,
    I128,
    Isize,
    F32,
    F64,
    Bytes,
    Path,
    Duration,
    SystemTime,
    Ipv4Addr,
    Ipv6Addr,
    IpAddr,
    SocketAddrV4,
    SocketAddrV6,
    SocketAddr,
    NonZeroU8,
    NonZeroU16,
    NonZeroU32,
    NonZeroU64,
    NonZeroU128,
    NonZeroUsize,
    NonZeroI8,
    NonZeroI16,
    NonZeroI32,
    NonZeroI64,
    NonZeroI128,
    NonZeroIsize,
    Uuid,
}

/// A short leaf's value as its bytes. Equal leaves have equal bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LeafBytes {
    bytes: [u8; LONGEST_LEAF],
    length: u8,
}

/// Of those that are short a `u128` takes the most: 19 groups of 7 bits.
const LONGEST_LEAF: usize = 19;

/// `$body` with `$ty` as the Rust type of a number's kind; `$other` for what is no number.
macro_rules! with_number {
    ($leaf:expr, $ty:ident => $body:expr, $other:pat => $otherwise:expr) => {
        with_number!(
            @ $leaf, $ty => $body, $other => $otherwise;
            U8 u8, U16 u16, U32 u32, U64 u64, U128 u128, Usize usize,
            I8 i8, I16 i16, I32 i32, I64 i64, I128 i128, Isize isize,
            F32 f32, F64 f64
        )
    };
    (
        @ $leaf:expr, $ty:ident => $body:expr, $other:pat => $otherwise:expr;
        $($kind:ident $number:ident),*
    ) => {
        match $leaf {
            $(Leaf::$kind => {
                type $ty = $number;
                $body
            })*
            $other => $otherwise,
        }
    };
}

impl Leaf {
    /// Its name, as Rust writes the type.
    pub(crate) fn name(self) -> String {
        let name = format!("{self:?}");
        match self {
            Self::Unit => "()".to_owned(),
            Self::Bytes => "[u8]".to_owned(),
            Self::Bool | Self::Char => name.to_lowercase(),
            _ if self.is_number() => name.to_lowercase(),
            _ => name,
        }
    }

    /// Whether it can be added to.
    pub(crate) fn is_number(self) -> bool {
        self.is_exact() || matches!(self, Self::F32 | Self::F64)
    }

    /// Whether its bytes are few, so that [`Leaf::read`] takes them.
    pub(crate) fn is_short(self) -> bool {
        self.is_number() || matches!(self, Self::Unit | Self::Bool | Self::Char)
    }

    /// Whether sums of it are exact: subtracting takes adding back, and their order makes no
    /// difference.
    pub(crate) fn is_exact(self) -> bool {
        with_number!(self, T => T::IS_EXACT, _ => false)
    }

    /// Reads over a leaf's value.
    pub(super) fn skip(self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        fn over<T: Shared>(reader: &mut Reader<'_>) -> Result<(), DecodeError> {
            T::decode(reader).map(drop)
        }
        with_number!(self, T => over::<T>(reader), other => match other {
            Self::Bool => over::<bool>(reader),
            Self::Char => over::<char>(reader),
            Self::Bytes => reader.blob().map(drop),
            Self::Uuid => reader.array::<16>().map(drop),
            Self::Path => over::<PathBuf>(reader),
            Self::Duration => over::<Duration>(reader),
            Self::SystemTime => over::<SystemTime>(reader),
            Self::Ipv4Addr => over::<Ipv4Addr>(reader),
            Self::Ipv6Addr => over::<Ipv6Addr>(reader),
            Self::IpAddr => over::<IpAddr>(reader),
            Self::SocketAddrV4 => over::<SocketAddrV4>(reader),
            Self::SocketAddrV6 => over::<SocketAddrV6>(reader),
            Self::SocketAddr => over::<SocketAddr>(reader),
            Self::NonZeroU8 => over::<NonZero<u8>>(reader),
            Self::NonZeroU16 => over::<NonZero<u16>>(reader),
            Self::NonZeroU32 => over::<NonZero<u32>>(reader),
            Self::NonZeroU64 => over::<NonZero<u64>>(reader),
            Self::NonZeroU128 => over::<NonZero<u128>>(reader),
            Self::NonZeroUsize => over::<NonZero<usize>>(reader),
            Self::NonZeroI8 => over::<NonZero<i8>>(reader),
            Self::NonZeroI16 => over::<NonZero<i16>>(reader),
            Self::NonZeroI32 => over::<NonZero<i32>>(reader),
            Self::NonZeroI64 => over::<NonZero<i64>>(reader),
            Self::NonZeroI128 => over::<NonZero<i128>>(reader),
            Self::NonZeroIsize => over::<NonZero<isize>>(reader),
            _ => over::<()>(reader),
        })
    }

    /// Reads the value of a leaf that is short.
    pub(crate) fn read(self, reader: &mut Reader<'_>) -> Result<LeafBytes, DecodeError> {
        let read = reader.taken(|reader| self.skip(reader))?;
        let mut bytes = [0; LONGEST_LEAF];
        bytes[..read.len()].copy_from_slice(read);
        let length = u8::try_from(read.len()).expect("a short leaf is no longer");
        Ok(LeafBytes { bytes, length })
    }

    /// The sum of two values of this kind, which is a number's.
    pub(crate) fn sum(self, number: &LeafBytes, other: &LeafBytes, sign: Sign) -> LeafBytes {
        with_number!(
            self,
            T => LeafBytes::of(&number.value::<T>().sum(other.value::<T>(), sign)),
            _ => unreachable!("{self:?} is not added to")
        )
    }

    /// Appends the operation that adds or subtracts a value of this kind, which is a number's.
    pub(crate) fn write_term(self, out: &mut Vec<u8>, term: &LeafBytes, sign: Sign) {
        with_number!(
            self,
            T => number::write_term(out, term.value::<T>(), sign),
            _ => unreachable!("{self:?} is not added to")
        );
    }

    /// Reads what is added to a value of this kind, which is a number's.
    pub(crate) fn read_term(self, reader: &mut Reader<'_>) -> Result<LeafBytes, DecodeError> {
        with_number!(
            self,
            T => T::decode_term(reader).map(|term| LeafBytes::of(&term)),
            _ => unreachable!("{self:?} is not added to")
        )
    }
}

impl LeafBytes {
    fn of<T: Shared>(value: &T) -> Self {
        let mut bytes = [0; LONGEST_LEAF];
        let written = postcard::to_slice(value, &mut bytes).expect("no leaf is longer");
        let length = u8::try_from(written.len()).expect("no leaf is longer");
        Self { bytes, length }
    }

    fn value<T: Number>(&self) -> T {
        T::decode(&mut Reader::of_own(self.as_slice())).expect("the bytes are of the leaf's kind")
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }
}

#[cfg(test)]
mod tests;

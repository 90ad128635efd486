//! Leaves by their kind: reading them, and adding numbers up.

use super::Leaf;
use crate::{
    shared::Shared,
    types::number::{self, Number, Sign},
    wire::{DecodeError, Reader},
};

/// A leaf's value as its bytes. Equal leaves have equal bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LeafBytes {
    bytes: [u8; LONGEST_LEAF],
    length: u8,
}

/// A `u128` takes the most: 19 groups of 7 bits.
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
    /// Whether it can be added to.
    pub(crate) fn is_number(self) -> bool {
        !matches!(self, Self::Unit | Self::Bool | Self::Char)
    }

    /// Whether sums of it are exact: subtracting takes adding back, and their order makes no
    /// difference.
    pub(crate) fn is_exact(self) -> bool {
        with_number!(self, T => T::IS_EXACT, _ => false)
    }

    /// Reads over a leaf's value.
    pub(super) fn skip(self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.read(reader).map(drop)
    }

    /// Reads a leaf's value.
    pub(crate) fn read(self, reader: &mut Reader<'_>) -> Result<LeafBytes, DecodeError> {
        with_number!(self, T => LeafBytes::read::<T>(reader), other => match other {
            Self::Bool => LeafBytes::read::<bool>(reader),
            Self::Char => LeafBytes::read::<char>(reader),
            _ => LeafBytes::read::<()>(reader),
        })
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

    fn read<T: Shared>(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let read = reader.taken(|reader| T::decode(reader).map(drop))?;
        let mut bytes = [0; LONGEST_LEAF];
        bytes[..read.len()].copy_from_slice(read);
        let length = u8::try_from(read.len()).expect("no leaf is longer");
        Ok(Self { bytes, length })
    }

    fn value<T: Number>(&self) -> T {
        T::decode(&mut Reader::of_own(self.as_slice())).expect("the bytes are of the leaf's kind")
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }
}

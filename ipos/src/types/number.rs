//! Numbers: leaves that can also be added to, from several processes at once.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::leaf::{self, leaves, write};
use crate::{
    codec::{Codec, Native},
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, Operation, Patch, SET},
    recorder::Inverse,
    schema::{Leaf, SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put, put_integer, put_length},
};

/// A change to a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberPatch<T> {
    /// The new value.
    Set(T),
    /// What is added. Integers wrap.
    Add(T),
    /// What is subtracted. Integers wrap.
    Sub(T),
}

pub(crate) const ADD: usize = 1;
pub(crate) const SUB: usize = 2;

impl<T: Number> Patch for NumberPatch<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Set(value) => write(out, SET, Native, value),
            Self::Add(term) => write_term(out, *term, Sign::Plus),
            Self::Sub(term) => write_term(out, *term, Sign::Minus),
        }
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.length()? {
            SET => T::decode(reader).map(Self::Set),
            ADD => T::decode_term(reader).map(Self::Add),
            SUB => T::decode_term(reader).map(Self::Sub),
            number => Err(reader.no_such("operation", "number", number)),
        }
    }
}

/// Whether a sum adds or subtracts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It adds.
    Plus,
    /// It subtracts.
    Minus,
}

impl Sign {
    fn operation(self) -> usize {
        match self {
            Self::Plus => ADD,
            Self::Minus => SUB,
        }
    }

    fn inverse(self) -> Self {
        match self {
            Self::Plus => Self::Minus,
            Self::Minus => Self::Plus,
        }
    }
}

/// What the operations need of a number.
pub trait Number: Shared + Copy + PartialEq {
    /// Whether subtracting takes adding back, bit by bit, and the order of sums makes no difference.
    const IS_EXACT: bool;
    /// The sum as it is applied: the same bits in every process.
    fn sum(self, other: Self, sign: Sign) -> Self;
    /// The sum, if there is such a number.
    fn checked_sum(self, other: Self, sign: Sign) -> Option<Self>;
    /// The same term with the sign under which it is told in fewer bytes.
    fn shortest(self, sign: Sign) -> (Self, Sign) {
        (self, sign)
    }
    /// Appends the byte form that it has as a term: without a sign.
    fn encode_term(self, out: &mut Vec<u8>) {
        self.encode(out);
    }
    /// Reads a number from that form.
    fn decode_term(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Self::decode(reader)
    }
}

/// A number whose sums can wrap around.
pub trait Integer: Number {}

/// The wrapper of a number.
///
/// What is set replaces what others set. What is added counts whatever others add at the same time,
/// in any process:
///
/// ```
/// # fn main() -> ipos::Result<()> {
/// let ipos = ipos::Ipos::host()?;
/// let visits = ipos.create("visits", 0u64)?;
/// visits.update(|n| n.add(1))?;
/// visits.update(|n| {
///     n.add(5);
///     n.sub(2);
/// })?;
/// assert_eq!(*visits.read(), 4);
/// # Ok(())
/// # }
/// ```
///
/// A sum that goes beyond an integer's type panics where it is made, and [`update`] takes everything
/// back. Sums of several processes may fit each and be too large together. Then the number wraps
/// around, in every process alike. Floats are rounded after each sum, in the order of the commits.
///
/// [`update`]: crate::SharedHandle::update
#[derive(Debug)]
pub struct NumberMut<'a, T>(pub(super) Cursor<'a, T>);

impl<T> Deref for NumberMut<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0.value()
    }
}

impl<T: Shared> NumberMut<'_, T> {
    /// Replaces the value.
    pub fn set(&mut self, value: impl Assign<T>) {
        leaf::set(&mut self.0, value.into_value());
    }

    /// Changes the value in place; it is sent whole, and replaces what others made of it.
    pub fn modify<R>(&mut self, change: impl FnOnce(&mut T) -> R) -> R {
        leaf::modify(&mut self.0, change)
    }
}

impl<T: Number> NumberMut<'_, T> {
    /// Adds `n`, whatever others add at the same time.
    ///
    /// # Panics
    ///
    /// When an integer's sum is beyond its type.
    #[track_caller]
    pub fn add(&mut self, n: T) {
        let sum = self.checked_sum(n, Sign::Plus);
        self.record(n, Sign::Plus, sum.expect("attempt to add with overflow"));
    }

    /// Subtracts `n`, whatever others subtract at the same time.
    ///
    /// # Panics
    ///
    /// When an integer's difference is beyond its type.
    #[track_caller]
    pub fn sub(&mut self, n: T) {
        let sum = self.checked_sum(n, Sign::Minus);
        let sum = sum.expect("attempt to subtract with overflow");
        self.record(n, Sign::Minus, sum);
    }

    fn record(&mut self, n: T, sign: Sign, sum: T) {
        if T::IS_EXACT && sum == **self {
            return;
        }
        let (number, undo) = self.0.record(|out| write_term(out, n, sign));
        replace(number, Native, &n, sign, sum, undo);
    }
}

impl<T: Integer> NumberMut<'_, T> {
    /// Adds `n`, whatever others add at the same time; wraps around at the bounds of the type.
    pub fn wrapping_add(&mut self, n: T) {
        self.record(n, Sign::Plus, self.sum(n, Sign::Plus));
    }

    /// Subtracts `n`, whatever others subtract at the same time; wraps around at the bounds of the
    /// type.
    pub fn wrapping_sub(&mut self, n: T) {
        self.record(n, Sign::Minus, self.sum(n, Sign::Minus));
    }
}

/// Adds up numbers that are read and written by a codec.
pub(crate) trait Adder<T>: Codec<T> {
    /// [`Number::IS_EXACT`].
    fn is_exact(self) -> bool;
    /// [`Number::sum`].
    fn sum(self, number: &T, other: &T, sign: Sign) -> T;
    /// Appends the shortest operation that adds or subtracts a term.
    fn write_term(self, out: &mut Vec<u8>, term: &T, sign: Sign);
    /// [`Number::decode_term`].
    fn decode_term(self, reader: &mut Reader<'_>) -> Result<T, DecodeError>;
}

impl<T: Number> Adder<T> for Native {
    #[inline]
    fn is_exact(self) -> bool {
        T::IS_EXACT
    }
    #[inline]
    fn sum(self, number: &T, other: &T, sign: Sign) -> T {
        number.sum(*other, sign)
    }
    #[inline]
    fn write_term(self, out: &mut Vec<u8>, term: &T, sign: Sign) {
        write_term(out, *term, sign);
    }
    #[inline]
    fn decode_term(self, reader: &mut Reader<'_>) -> Result<T, DecodeError> {
        T::decode_term(reader)
    }
}

/// Appends the shortest operation that adds or subtracts a term.
#[inline]
pub(crate) fn write_term<T: Number>(out: &mut Vec<u8>, term: T, sign: Sign) {
    let (term, sign) = term.shortest(sign);
    put_length(out, sign.operation());
    term.encode_term(out);
}

/// Replaces a number by its sum with `n`.
fn replace<T>(
    number: &mut T,
    adder: impl Adder<T>,
    n: &T,
    sign: Sign,
    sum: T,
    mut undo: Inverse<'_>,
) {
    if adder.is_exact() {
        undo.note(|out| adder.write_term(out, n, sign.inverse()));
        *number = sum;
    } else {
        leaf::replace(number, adder, sum, undo);
    }
}

/// Applies an incoming patch.
#[inline]
pub(crate) fn apply<T>(
    number: &mut T,
    adder: impl Adder<T>,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let operation = patch.operation()?;
    match operation.number {
        SET => {
            let value = adder.decode(patch.reader())?;
            leaf::replace(number, adder, value, patch.inverse(operation));
            Ok(())
        }
        _ => add(number, adder, operation, patch),
    }
}

#[inline(never)]
fn add<T>(
    number: &mut T,
    adder: impl Adder<T>,
    operation: Operation,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let sign = match operation.number {
        ADD => Sign::Plus,
        SUB => Sign::Minus,
        _ => return Err(patch.no_such("operation", "number", operation)),
    };
    let n = adder.decode_term(patch.reader())?;
    let sum = adder.sum(number, &n, sign);
    replace(number, adder, &n, sign, sum, patch.inverse(operation));
    Ok(())
}

macro_rules! integers {
    ($($ty:ty as $unsigned:ty => $leaf:ident $put:ident $read:ident $({$($more:tt)*})?,)*) => {
        leaves! { NumberPatch, NumberMut, apply; $($ty => $leaf $put $read $({$($more)*})?,)* }
        $(
            impl Number for $ty {
                const IS_EXACT: bool = true;
                #[inline]
                fn sum(self, other: Self, sign: Sign) -> Self {
                    match sign {
                        Sign::Plus => self.wrapping_add(other),
                        Sign::Minus => self.wrapping_sub(other),
                    }
                }
                #[inline]
                fn checked_sum(self, other: Self, sign: Sign) -> Option<Self> {
                    match sign {
                        Sign::Plus => self.checked_add(other),
                        Sign::Minus => self.checked_sub(other),
                    }
                }
                #[inline]
                fn shortest(self, sign: Sign) -> (Self, Sign) {
                    let size = |term: Self| <$unsigned>::from_ne_bytes(term.to_ne_bytes());
                    let negative = self.wrapping_neg();
                    if size(negative) < size(self) {
                        (negative, sign.inverse())
                    } else {
                        (self, sign)
                    }
                }
                #[inline]
                fn encode_term(self, out: &mut Vec<u8>) {
                    <$unsigned>::from_ne_bytes(self.to_ne_bytes()).encode(out);
                }
                #[inline]
                fn decode_term(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                    let term = <$unsigned>::decode(reader)?;
                    Ok(Self::from_ne_bytes(term.to_ne_bytes()))
                }
            }
            impl Integer for $ty {}
        )*
    };
}

integers! {
    u8 as u8 => U8 put leaf {
        fn encode_all(values: &[Self], out: &mut Vec<u8>) {
            out.extend_from_slice(values);
        }
        fn decode_all(
            count: usize,
            reader: &mut Reader<'_>,
        ) -> Result<Vec<Self>, DecodeError> {
            reader.bytes(count).map(<[u8]>::to_vec)
        }
    },
    u16 as u16 => U16 put_integer integer,
    u32 as u32 => U32 put_integer integer,
    u64 as u64 => U64 put_integer integer,
    u128 as u128 => U128 put_integer integer,
    usize as usize => Usize put_integer integer,
    i8 as u8 => I8 put leaf,
    i16 as u16 => I16 put_integer integer,
    i32 as u32 => I32 put_integer integer,
    i64 as u64 => I64 put_integer integer,
    i128 as u128 => I128 put_integer integer,
    isize as usize => Isize put_integer integer,
}

macro_rules! floats {
    ($($ty:ty => $leaf:ident, $nan:literal;)*) => {
        leaves! { NumberPatch, NumberMut, apply; $($ty => $leaf put leaf,)* }
        $(
            impl Number for $ty {
                const IS_EXACT: bool = false;
                #[inline]
                fn sum(self, other: Self, sign: Sign) -> Self {
                    let sum = match sign {
                        Sign::Plus => self + other,
                        Sign::Minus => self - other,
                    };
                    // The bits of a NaN that comes of a sum are the compiler's choice.
                    if sum.is_nan() { Self::from_bits($nan) } else { sum }
                }
                #[inline]
                fn checked_sum(self, other: Self, sign: Sign) -> Option<Self> {
                    Some(self.sum(other, sign))
                }
            }
        )*
    };
}

floats! {
    f32 => F32, 0x7fc0_0000;
    f64 => F64, 0x7ff8_0000_0000_0000;
}

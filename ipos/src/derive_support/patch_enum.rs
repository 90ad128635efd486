//! The typed patches of derived types: what is done with all of them, by what the derive tells of each.

use std::fmt;

use crate::{
    patch::{Patch, SET},
    shared::Shared,
    wire::{DecodeError, Reader, put_length},
};

/// The number of the only field of a newtype variant.
pub(super) const ONLY: usize = 0;

/// A derived patch enum. A variant's number is the one that stands on the socket.
pub trait PatchEnum: Sized {
    /// Its name.
    const NAME: &'static str;
    /// The names of its variants by their numbers. What has no field to be changed has no variant, but
    /// a number and a name all the same.
    const VARIANTS: &'static [&'static str];

    /// Shows `to` the variant that this patch is.
    fn give<V: PatchVisitor>(&self, to: V) -> V::Output;

    /// Reads the content of variant number `number`.
    fn take<S: PatchSource>(number: usize, from: S) -> Result<Self, S::Error>;
}

/// What a patch shows its variant to.
pub trait PatchVisitor: Sized {
    /// What becomes of it.
    type Output;

    /// A patch of field number `number`.
    fn field(self, number: usize, patch: &impl Patch) -> Self::Output;

    /// A patch of a field of a variant.
    fn variant(self, number: usize, patch: &impl Patch) -> Self::Output {
        self.field(number, patch)
    }

    /// A patch of the only field of a variant.
    fn newtype(self, number: usize, patch: &impl Patch) -> Self::Output;

    /// A value in place of the whole.
    fn whole(self, value: &impl Shared) -> Self::Output;
}

/// What the content of a patch is read from.
pub trait PatchSource: Sized {
    /// What can be wrong with it.
    type Error;

    /// A patch of a field.
    fn field<P: Patch>(self) -> Result<P, Self::Error>;

    /// A patch of a field of a variant.
    fn variant<P: Patch>(self) -> Result<P, Self::Error>;

    /// A patch of the only field of a variant.
    fn newtype<P: Patch>(self) -> Result<P, Self::Error>;

    /// A value in place of the whole.
    fn whole<T: Shared>(self) -> Result<T, Self::Error>;

    /// The error for a number that no variant has.
    fn no_such<T>(self, number: usize) -> Result<T, Self::Error>;
}

/// `Debug` for a derived patch enum.
pub fn debug_patch<P: PatchEnum>(patch: &P, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    struct Debug<'a, 'f>(&'a mut fmt::Formatter<'f>, &'static [&'static str]);

    impl PatchVisitor for Debug<'_, '_> {
        type Output = fmt::Result;

        fn field(self, number: usize, patch: &impl Patch) -> fmt::Result {
            self.0.debug_tuple(self.1[number]).field(patch).finish()
        }
        fn newtype(self, number: usize, patch: &impl Patch) -> fmt::Result {
            self.field(number, patch)
        }
        fn whole(self, value: &impl Shared) -> fmt::Result {
            self.0.debug_tuple(self.1[SET]).field(value).finish()
        }
    }

    patch.give(Debug(f, P::VARIANTS))
}

/// `Patch::encode` for a derived patch enum.
pub fn encode_patch(patch: &impl PatchEnum, out: &mut Vec<u8>) {
    struct Encode<'a>(&'a mut Vec<u8>);

    impl PatchVisitor for Encode<'_> {
        type Output = ();

        fn field(self, number: usize, patch: &impl Patch) {
            put_length(self.0, number);
            patch.encode(self.0);
        }
        fn newtype(self, number: usize, patch: &impl Patch) {
            put_length(self.0, number);
            put_length(self.0, ONLY);
            patch.encode(self.0);
        }
        fn whole(self, value: &impl Shared) {
            put_length(self.0, SET);
            value.encode(self.0);
        }
    }

    patch.give(Encode(out));
}

/// `Patch::decode` for a derived patch enum.
pub fn decode_patch<P: PatchEnum>(reader: &mut Reader<'_>) -> Result<P, DecodeError> {
    struct Decode<'a, 'b>(&'a mut Reader<'b>, &'static str);

    impl PatchSource for Decode<'_, '_> {
        type Error = DecodeError;

        fn field<P: Patch>(self) -> Result<P, DecodeError> {
            self.0.nested(P::decode)
        }
        fn variant<P: Patch>(self) -> Result<P, DecodeError> {
            P::decode(self.0)
        }
        fn newtype<P: Patch>(self) -> Result<P, DecodeError> {
            match self.0.length()? {
                ONLY => self.field(),
                number => self.no_such(number),
            }
        }
        fn whole<T: Shared>(self) -> Result<T, DecodeError> {
            T::decode(self.0)
        }
        fn no_such<T>(self, number: usize) -> Result<T, DecodeError> {
            Err(self.0.no_such("variant", self.1, number))
        }
    }

    let number = reader.length()?;
    P::take(number, Decode(reader, P::NAME))
}

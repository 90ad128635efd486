//! The trait that makes a type shareable, and the conversion that setters take.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    action::Entry,
    cursor::{Cursor, Finish},
    error::Result,
    parts::Parts,
    patch::{Fault, Incoming, Patch},
    schema::{SchemaBuilder, TypeRef},
    wire::{DecodeError, Reader},
};

/// A type whose values can live in several processes at once.
///
/// Derive it: `#[derive(Shared)]`. The methods are what the derive's output, the wrappers and the
/// core call; a program has no use for them.
///
/// A type has one patch grammar, told in three ways that must agree: [`Shared::Patch`] is the typed
/// form, the wrapper behind [`Shared::writer`] writes its byte form, and [`Shared::apply`] reads
/// it. [`Shared::describe`] tells the same grammar to those that do not know the type.
///
/// A type that is used as a key of a map or an element of a set must be equal exactly when its bytes
/// are: processes that know the type compare by `Eq`, others by bytes. So a type with a skipped field,
/// `PathBuf` (`a/b` equals `a//b`), times with an offset or a zone, and `RangeInclusive` must not be keys;
/// the other types of this crate, and structs and enums of them whose `Eq` is derived, may. Most of that is
/// told when the program is compiled, but not what a key has in the fields of its fields.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be shared between processes",
    label = "`Shared` is not implemented for `{Self}`",
    note = "derive it: write `#[derive(ipos::Shared)]` at `{Self}`; or write `#[shared(atomic)]` at the \
            field, which is then replaced whole and needs only serde"
)]
pub trait Shared:
    Serialize + DeserializeOwned + Clone + Debug + Send + Sync + Sized + 'static
{
    /// One change to a value, as a typed enum. Its byte form is what crosses the socket.
    type Patch: Patch;

    /// The wrapper through which a value is changed.
    type Mut<'a>;

    /// The wrapper at a place of an open commit.
    fn writer(cursor: Cursor<'_, Self>) -> Self::Mut<'_>;

    /// Ends the commit whose outermost wrapper `writer` is.
    fn finish(writer: Self::Mut<'_>, finish: Finish) -> Result<()>;

    /// Replaces the value at a place of an open commit, and records that.
    fn replace(cursor: Cursor<'_, Self>, value: Self);

    /// Appends the value's byte form.
    fn encode(&self, out: &mut Vec<u8>);

    /// Reads a value from its byte form.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Applies the rest of an incoming patch, whose path has led here.
    ///
    /// On a fault the value is unchanged and nothing was noted in the undo log.
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault>;

    /// Tells the type's form to `schema`.
    fn describe(schema: &mut SchemaBuilder) -> TypeRef;

    /// Shows `parts` the parts that a value always has.
    #[doc(hidden)]
    fn parts(&self, _parts: &mut Parts) {}

    /// Shows `parts` this value as field number `number` of what it is in.
    #[doc(hidden)]
    fn as_part(&self, number: usize, parts: &mut Parts) {
        parts.field(number, self);
    }

    /// Whether it may be a key of a map or an element of a set, as far as it can tell without its fields.
    #[doc(hidden)]
    const IS_KEY: bool = true;

    /// Its actions: those of each block of them.
    #[doc(hidden)]
    const ACTIONS: &'static [&'static [Entry<Self>]] = &[];

    /// Appends the byte forms of values, one after the other.
    #[doc(hidden)]
    fn encode_all(values: &[Self], out: &mut Vec<u8>) {
        for value in values {
            value.encode(out);
        }
    }

    /// Reads so many values, one after the other.
    #[doc(hidden)]
    fn decode_all(count: usize, reader: &mut Reader<'_>) -> Result<Vec<Self>, DecodeError> {
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(Self::decode(reader)?);
        }
        Ok(values)
    }
}

/// What a setter takes for a `T`: a `T`, or something that is plainly meant as one.
///
/// A `String` is also set from `&str`; integer literals take the field's type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be set where `{T}` is",
    label = "this is not a `{T}`",
    note = "give a value of the type itself; a `String` is also set from `&str`"
)]
pub trait Assign<T> {
    /// The value to set.
    fn into_value(self) -> T;
}

impl<T> Assign<T> for T {
    #[inline]
    fn into_value(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Assign<String> for &str {
    fn into_value(self) -> String {
        self.to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl Assign<String> for &String {
    fn into_value(self) -> String {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl Assign<Option<String>> for Option<&str> {
    fn into_value(self) -> Option<String> {
        self.map(str::to_owned)
    }
}

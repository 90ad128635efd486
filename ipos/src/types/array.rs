//! Arrays: so many elements, of which each can be changed and all can be put in another order.

use std::{marker::PhantomData, ops::RangeBounds};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{leaf, list, list_writer::ListMut, resolve, slice};
use crate::{
    codec::{Codec, Native},
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, SET, patch_forms},
    schema::{SchemaBuilder, TypeRef},
    shared::Shared,
    wire::{DecodeError, Reader},
};

/// A change to an array. Positions count elements from 0.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(
    serialize = "[T; N]: Serialize",
    deserialize = "[T; N]: DeserializeOwned"
))]
pub enum ArrayPatch<T: Shared, const N: usize> {
    /// All elements anew.
    Set([T; N]),
    /// A change inside the element at a position.
    At(usize, Box<T::Patch>),
    /// Two elements exchanged.
    Swap(usize, usize),
    /// A new order: for each place the position of the element that goes there.
    Permute(Vec<usize>),
    /// All elements, of which there are so many, moved to the front by so many places; what does not
    /// fit there comes to the end.
    Rotate(usize, usize),
    /// All elements, of which there are so many, in reverse.
    Reverse(usize),
}

patch_forms! {
    impl[T: Shared, const N: usize] Patch for ArrayPatch<T, N>
    where [[T; N]: Serialize + DeserializeOwned], of "array" {
        SET => (Self::Set(items)), [items] [];
        list::AT => (Self::At(at, patch)), [at] [patch];
        list::SWAP => (Self::Swap(a, b)), [a b] [];
        list::PERMUTE => (Self::Permute(order)), [order] [];
        list::ROTATE => (Self::Rotate(length, places)), [length places] [];
        list::REVERSE => (Self::Reverse(length)), [length] [];
    }
}

/// The wrapper of an array.
pub type ArrayMut<'a, T, const N: usize> = ListMut<'a, T, [T; N]>;

/// Applies an incoming patch to an array, given how to get at its elements, and how it and they are
/// read and written.
pub(crate) fn apply<A, T>(
    array: &mut A,
    items: impl Fn(&mut A) -> &mut [T],
    (whole, item): (impl Codec<A>, impl Codec<T>),
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let operation = patch.operation()?;
    match operation.number {
        SET => {
            let value = whole.decode(patch.reader())?;
            leaf::replace(array, whole, value, patch.inverse(operation));
        }
        list::AT => {
            let at = patch.reader().length()?;
            let element = items(array).get_mut(at).ok_or(Fault::Gone)?;
            patch.nested(|patch| item.apply(element, patch))?;
        }
        _ => slice::apply(items(array), "array", operation, patch)?,
    }
    Ok(())
}

impl<T: Shared, const N: usize> ArrayMut<'_, T, N>
where
    [T; N]: Shared,
{
    /// Copies the elements of a range over those from `to` on.
    ///
    /// # Panics
    ///
    /// When either is not within the array.
    pub fn copy_within(&mut self, range: impl RangeBounds<usize>, to: usize)
    where
        T: Copy,
    {
        let range = resolve(&range, N);
        assert!(to <= N - range.len(), "dest is out of bounds");
        if to != range.start && !range.is_empty() {
            self.change_whole(|array| array.copy_within(range, to));
        }
    }
}

impl<T: Shared, const N: usize> Shared for [T; N]
where
    Self: Serialize + DeserializeOwned,
{
    const IS_KEY: bool = T::IS_KEY;
    type Patch = ArrayPatch<T, N>;
    type Mut<'a> = ArrayMut<'a, T, N>;

    fn writer(cursor: Cursor<'_, Self>) -> Self::Mut<'_> {
        ListMut {
            cursor,
            element: PhantomData,
        }
    }
    fn finish(writer: Self::Mut<'_>, finish: Finish) -> Result<()> {
        writer.cursor.finish(finish)
    }
    fn replace(cursor: Cursor<'_, Self>, value: Self) {
        Self::writer(cursor).set(value);
    }
    fn encode(&self, out: &mut Vec<u8>) {
        T::encode_all(self, out);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let items = reader.parts(|reader| T::decode_all(N, reader))?;
        Ok(items
            .try_into()
            .expect("as many were read as the array has"))
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        apply(self, |array| array, (Native, Native), patch)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.array::<Self, T>(N)
    }
}

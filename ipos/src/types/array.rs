//! Arrays: so many elements, of which each can be changed and all can be put in another order.

use super::{leaf, list, slice};
use crate::{
    codec::Codec,
    patch::{Fault, Incoming, SET},
};

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

//! Arrays: so many elements, of which each can be changed and all can be put in another order.

use super::{leaf, list};
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
        list::SWAP => {
            let a = patch.reader().length()?;
            let b = patch.reader().length()?;
            let items = items(array);
            if a.max(b) >= items.len() {
                return Err(Fault::Gone);
            }
            let mut undo = patch.inverse(operation);
            undo.note(|out| list::write_positions(out, list::SWAP, &[a, b]));
            items.swap(a, b);
        }
        list::PERMUTE => {
            let order = list::permutation(patch.reader())?;
            let items = items(array);
            if order.len() != items.len() {
                return Err(Fault::Gone);
            }
            let mut undo = patch.inverse(operation);
            undo.note(|out| list::write_numbers(out, list::PERMUTE, &list::inverse(&order)));
            reorder(items, order);
        }
        _ => return Err(patch.no_such("operation", "array", operation)),
    }
    Ok(())
}

/// Puts elements in another order, which names for each place the position of the element that goes
/// there, each once.
fn reorder<T>(items: &mut [T], mut order: Vec<usize>) {
    for start in 0..order.len() {
        let mut place = start;
        while order[place] != start {
            let from = std::mem::replace(&mut order[place], place);
            items.swap(place, from);
            place = from;
        }
        order[place] = place;
    }
}

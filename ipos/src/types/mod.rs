//! `Shared` for the types of the standard library.
//!
//! Each file holds one patch grammar: its typed patch, its wrapper, and its two ways of doing an
//! operation, from a wrapper's method and from bytes, which share the code that does it.

pub(crate) mod array;
mod atom;
mod cover;
mod ends;
pub(crate) mod events;
mod foreign;
pub(crate) mod keys;
pub(crate) mod leaf;
pub(crate) mod list;
pub(crate) mod list_writer;
pub(crate) mod map;
mod map_entry;
pub(crate) mod map_writer;
mod net;
mod nonzero;
pub(crate) mod number;
pub(crate) mod option;
mod path;
mod result;
pub(crate) mod retain;
pub(crate) mod set;
pub(crate) mod slice;
mod slice_writer;
pub(crate) mod splice;
pub(crate) mod text;
mod text_writer;
mod time;
pub(crate) mod tuple;
pub(crate) mod whole;
mod wrapping;

use std::ops::{Bound, Range, RangeBounds};

pub use array::{ArrayMut, ArrayPatch};
pub use events::{Events, EventsMut, EventsPatch};
#[cfg(feature = "smallvec")]
pub use foreign::SmallVecMut;
pub use leaf::{LeafMut, LeafPatch};
pub use list::ListPatch;
pub use list_writer::{ListMut, VecDequeMut, VecMut};
pub use map::MapPatch;
pub use map_entry::{Entry, OccupiedEntry, VacantEntry};
pub use map_writer::{BTreeMapMut, HashMapMut, MapMut};
pub use number::{NumberMut, NumberPatch};
pub use option::{OptionMut, OptionPatch};
pub use result::{ResultMut, ResultPatch};
pub use set::{BTreeSetMut, HashSetMut, SetMut, SetPatch};
pub use text::TextPatch;
pub use text_writer::StringMut;
pub use tuple::*;
pub use whole::{AtomicMut, AtomicPatch};

/// The positions that a range means in a list or text of `length`.
///
/// # Panics
///
/// When the range is not within it, as slices do.
fn resolve(range: &impl RangeBounds<usize>, length: usize) -> Range<usize> {
    let next = |at: usize| {
        at.checked_add(1)
            .expect("attempted to index past the last position")
    };
    let start = match range.start_bound() {
        Bound::Included(&at) => at,
        Bound::Excluded(&at) => next(at),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(&at) => next(at),
        Bound::Excluded(&at) => at,
        Bound::Unbounded => length,
    };
    assert!(
        start <= end,
        "slice index starts at {start} but ends at {end}"
    );
    assert!(
        end <= length,
        "range end index {end} out of range for a length of {length}"
    );
    start..end
}

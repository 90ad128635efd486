//! Finding the way to a part of a value.

use std::any::TypeId;

use crate::{shared::Shared, wire::put_length};

/// A search for a part of a value, known by its place in memory, through the fields of structs and tuples.
///
/// These are the parts that a value always has, and that nothing but changes of themselves changes.
#[derive(Debug)]
pub struct Parts {
    address: usize,
    ty: TypeId,
    path: Vec<u8>,
    is_found: bool,
}

impl Parts {
    /// The way from `value` to `part`, as it stands at the beginning of a patch; `None` if it is none of its parts.
    pub(crate) fn way<T: Shared, P: Shared>(value: &T, part: &P) -> Option<Vec<u8>> {
        let mut search = Self {
            address: std::ptr::from_ref(part).addr(),
            ty: TypeId::of::<P>(),
            path: Vec::new(),
            is_found: false,
        };
        search.look_at(value);
        search.is_found.then_some(search.path)
    }

    /// Looks at field number `number`.
    pub fn field<T: Shared>(&mut self, number: usize, field: &T) {
        if self.is_found {
            return;
        }
        let depth = self.path.len();
        put_length(&mut self.path, number);
        self.look_at(field);
        if !self.is_found {
            self.path.truncate(depth);
        }
    }

    /// Looks at a value at the end of the way.
    pub(crate) fn look_at<T: Shared>(&mut self, value: &T) {
        let is_there = std::ptr::from_ref(value).addr() == self.address;
        self.is_found = is_there && TypeId::of::<T>() == self.ty;
        if !self.is_found {
            value.parts(self);
        }
    }
}

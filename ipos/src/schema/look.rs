//! What is to be known of the values of a type: whether they nest, how they are ordered, whether they are empty.

use super::{Leaf, Schema, Shape, TypeRef};

impl Schema {
    /// Whether a value of the root type may nest without an end.
    pub(crate) fn is_recursive(&self) -> bool {
        // Types are done when all that they are made of is done. What is on a circle or leads to
        // one is never done.
        let users = self.users();
        let parts = self.types.iter().map(|shape| shape.references().len());
        let mut missing: Vec<usize> = parts.collect();
        let mut done: Vec<usize> = (0..missing.len()).filter(|&ty| missing[ty] == 0).collect();
        while let Some(ty) = done.pop() {
            for &user in &users[ty] {
                missing[user] -= 1;
                if missing[user] == 0 {
                    done.push(user);
                }
            }
        }
        missing[self.root.0 as usize] > 0
    }

    /// For each type of the table the places of those that are made of it, as often as they are.
    pub(crate) fn users(&self) -> Vec<Vec<usize>> {
        let mut users = vec![vec![]; self.types.len()];
        for (user, shape) in self.types.iter().enumerate() {
            for part in shape.references() {
                users[part.0 as usize].push(user);
            }
        }
        users
    }

    /// Whether equal values of a type have equal bytes. They have, unless there is a set or a map in
    /// them, whose elements a peer may tell in any order, or something that only its type can read.
    pub(crate) fn has_one_form(&self, ty: TypeRef) -> bool {
        !self.unordered.get_or_init(|| self.find_unordered())[ty.0 as usize]
    }

    fn find_unordered(&self) -> Vec<bool> {
        let users = self.users();
        // Equal paths may be written differently, and nobody knows of an atom or an opaque value.
        let is_unordered = |shape: &Shape| {
            matches!(
                shape,
                Shape::Map(..)
                    | Shape::Set(..)
                    | Shape::Opaque(_)
                    | Shape::Atom(..)
                    | Shape::Leaf(Leaf::Path)
            )
        };
        let mut unordered: Vec<bool> = self.types.iter().map(is_unordered).collect();
        let mut found: Vec<usize> = (0..unordered.len()).filter(|&ty| unordered[ty]).collect();
        while let Some(ty) = found.pop() {
            for &user in &users[ty] {
                if !std::mem::replace(&mut unordered[user], true) {
                    found.push(user);
                }
            }
        }
        unordered
    }

    /// Whether anything can happen in a value that leaves nothing behind.
    pub(crate) fn has_events(&self) -> bool {
        self.types
            .iter()
            .any(|shape| matches!(shape, Shape::Events(_)))
    }

    /// Whether a value may hold elements that take no bytes, of which there may be too many.
    pub(crate) fn has_empty_elements(&self) -> bool {
        let mut known = vec![None; self.types.len()];
        self.types.iter().any(|shape| match shape {
            Shape::List(_, item) | Shape::Set(_, item) | Shape::Array(item, _) => {
                self.is_empty(*item, &mut known)
            }
            Shape::Map(_, key, value) => {
                self.is_empty(*key, &mut known) && self.is_empty(*value, &mut known)
            }
            _ => false,
        })
    }

    /// Whether all values of a type take no bytes. The schema is sound, so structs in structs end.
    fn is_empty(&self, ty: TypeRef, known: &mut [Option<bool>]) -> bool {
        if let Some(known) = known[ty.0 as usize] {
            return known;
        }
        let is_empty = match self.shape(ty) {
            Shape::Leaf(leaf) => *leaf == Leaf::Unit,
            Shape::Events(_) => true,
            &Shape::Array(item, length) => length == 0 || self.is_empty(item, known),
            shape @ (Shape::Tuple(_) | Shape::Struct(..) | Shape::Atom(..)) => {
                let mut parts = shape.references().into_iter();
                parts.all(|part| self.is_empty(part, known))
            }
            _ => false,
        };
        known[ty.0 as usize] = Some(is_empty);
        is_empty
    }
}

//! Which tables are accepted from a peer: closed ones, whose values end.

use super::{Field, Schema, Shape, TypeRef};
use crate::wire::DEPTH_LIMIT;

/// How many values a struct may hold in itself, counting those of the structs in it.
const STRUCT_LIMIT: usize = 1 << 16;

#[derive(Clone, Copy)]
enum Size {
    Unknown,
    Begun,
    /// So many values, so many levels deep.
    Known(usize, u32),
}

impl Schema {
    /// Whether every reference leads to a type of the table, and every value is finite. A schema
    /// that came from a peer must be asked before it is used.
    pub(crate) fn is_sound(&self) -> bool {
        let count = self.types.len();
        let known = |ty: TypeRef| (ty.0 as usize) < count;
        known(self.root)
            && self
                .types
                .iter()
                .all(|shape| shape.references().into_iter().all(known))
            && {
                let mut sizes = vec![Size::Unknown; count];
                (0..count).all(|ty| self.size(ty, &mut sizes, DEPTH_LIMIT).is_some())
                    && self.types.iter().all(|shape| is_small(shape, &sizes))
            }
    }

    /// How many values a value of type number `ty` has in itself, without those in lists, maps,
    /// options and variants; `None` when there is no end of them, or too many for one struct, or deeper ones
    /// than `levels`.
    fn size(&self, ty: usize, sizes: &mut [Size], levels: u32) -> Option<(usize, u32)> {
        match sizes[ty] {
            Size::Known(size, height) => return (height <= levels).then_some((size, height)),
            Size::Begun => return None,
            Size::Unknown => sizes[ty] = Size::Begun,
        }
        let shape = &self.types[ty];
        let (mut size, mut height) = (1usize, 0);
        let copies = match *shape {
            Shape::Array(_, length) => length,
            Shape::Tuple(_) | Shape::Struct(..) | Shape::Atom(..) => 1,
            _ => 0,
        };
        if copies > 0 {
            for part in shape.references() {
                let levels = levels.checked_sub(1)?;
                let (part, under) = self.size(part.0 as usize, sizes, levels)?;
                size = size.checked_add(part.checked_mul(copies)?)?;
                height = height.max(under + 1);
            }
        }
        sizes[ty] = Size::Known(size, height);
        (size <= STRUCT_LIMIT).then_some((size, height))
    }
}

/// Whether no variant holds too many values, given how many each type has.
fn is_small(shape: &Shape, sizes: &[Size]) -> bool {
    let Shape::Enum(_, variants) = shape else {
        return true;
    };
    let size = |field: &Field| match sizes[field.ty.place()] {
        Size::Known(size, _) => size,
        Size::Unknown | Size::Begun => STRUCT_LIMIT,
    };
    variants.iter().all(|variant| {
        let mut fields = variant.fields.iter().map(size);
        fields
            .try_fold(1, usize::checked_add)
            .is_some_and(|size| size <= STRUCT_LIMIT)
    })
}

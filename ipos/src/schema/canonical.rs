//! One table for all types of one form.

use std::collections::HashMap;

use super::{Schema, Shape, TypeRef};

/// The table in which each form stands once, in the order in which the root's form leads to them.
pub(super) fn table(root: TypeRef, types: &[Shape]) -> Schema {
    let classes = classes(types);
    let mut order = Order {
        types,
        classes: &classes,
        places: HashMap::new(),
        told: Vec::new(),
    };
    order.visit(root);
    let place = |ty: TypeRef| order.places[&classes[ty.place()]];
    let told = order.told.iter().map(|&ty| types[ty].map(place)).collect();
    Schema::new(place(root), told)
}

/// For each type the number of its form. Types have the same one unless something tells them apart,
/// however deep in them.
fn classes(types: &[Shape]) -> Vec<usize> {
    let mut classes = vec![0; types.len()];
    let mut count = 1;
    loop {
        let mut known = HashMap::new();
        let told = |ty: TypeRef| number(classes[ty.place()]);
        let next = types.iter().map(|shape| {
            let next = known.len();
            *known.entry(shape.map(told)).or_insert(next)
        });
        let next = next.collect();
        let before = std::mem::replace(&mut count, known.len());
        classes = next;
        if count <= before {
            return classes;
        }
    }
}

/// The way from the root through all forms.
struct Order<'a> {
    types: &'a [Shape],
    classes: &'a [usize],
    /// The new places, by form.
    places: HashMap<usize, TypeRef>,
    /// A type of each form, in the new order.
    told: Vec<usize>,
}

impl Order<'_> {
    fn visit(&mut self, ty: TypeRef) {
        let class = self.classes[ty.place()];
        if !self.places.contains_key(&class) {
            self.places.insert(class, number(self.told.len()));
            self.told.push(ty.place());
            for part in self.types[ty.place()].references() {
                self.visit(part);
            }
        }
    }
}

fn number(place: usize) -> TypeRef {
    TypeRef(u32::try_from(place).expect("a program has fewer types"))
}

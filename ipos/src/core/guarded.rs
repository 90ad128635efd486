//! What is for the host alone to write, and the patches that it refuses of members.
//!
//! A field that the host alone writes gets no value from a member, whatever it is: neither by itself nor
//! in a value that is put in around it. A value without such a field, as one of another variant or an
//! empty list, may be put in.

#[cfg(test)]
mod tests;
mod values;

use super::transform::{Commit, Patch, Step};
use crate::schema::{Field, Schema, Shape, TypeRef};

/// Which types of a schema have fields that are for the host alone to write.
#[derive(Debug)]
pub(crate) struct Guarded {
    /// For each type of the table such a field that a value of it may hold, at any depth.
    holds: Vec<Option<FieldRef>>,
}

/// A field of a struct or variant, by the place of its type, the variant's number, and its own.
#[derive(Clone, Copy, Debug)]
struct FieldRef {
    owner: usize,
    variant: Option<usize>,
    number: usize,
}

/// How much of a place's name is told. A peer's schema may have names without an end.
const LONGEST_NAME: usize = 120;

/// How it goes on after the field that was written.
const REASON: &str = "is for the host alone to write";

impl Guarded {
    /// `None` when no value of the root type holds such a field.
    pub(crate) fn of(schema: &Schema) -> Option<Self> {
        let own = |owner| match &schema.types()[owner] {
            Shape::Struct(_, fields) => FieldRef::find(fields, owner, None),
            Shape::Enum(_, variants) => {
                let mut variants = variants.iter().enumerate();
                variants.find_map(|(number, variant)| {
                    FieldRef::find(&variant.fields, owner, Some(number))
                })
            }
            _ => None,
        };
        let places = 0..schema.types().len();
        let mut found: Vec<usize> = places.clone().filter(|&ty| own(ty).is_some()).collect();
        if found.is_empty() {
            return None;
        }
        let mut holds: Vec<_> = places.map(own).collect();
        let users = schema.users();
        while let Some(ty) = found.pop() {
            for &user in &users[ty] {
                if holds[user].is_none() {
                    holds[user] = holds[ty];
                    found.push(user);
                }
            }
        }
        holds[schema.root().place()]
            .is_some()
            .then_some(Self { holds })
    }

    /// Why a commit to a value of `schema`, of which this was made, may not come from a member; `None`
    /// when it may. What its actions write is the host's to write.
    pub(crate) fn refuses(&self, schema: &Schema, commit: &Commit<'_>) -> Option<String> {
        commit
            .plain_patches()
            .find_map(|patch| self.refuses_patch(schema, patch))
    }

    fn refuses_patch(&self, schema: &Schema, patch: &Patch<'_>) -> Option<String> {
        let steps = &patch.steps;
        let mut ty = schema.root();
        for (i, &step) in steps.iter().enumerate() {
            let (part, field) = part(schema, ty, step);
            if field.is_some_and(|field| field.host_only) {
                return Some(format!("{} {REASON}", place(schema, &steps[..=i])));
            }
            ty = part;
        }
        let held = self.put_in(schema, ty, &patch.edit)?;
        Some(format!(
            "a value put into {} has the field `{}`, which {REASON}",
            place(schema, steps),
            shortened(&held.of(schema).name)
        ))
    }
}

impl FieldRef {
    /// The first field that is for the host alone.
    fn find(fields: &[Field], owner: usize, variant: Option<usize>) -> Option<Self> {
        let number = fields.iter().position(|field| field.host_only)?;
        Some(Self {
            owner,
            variant,
            number,
        })
    }

    fn of(self, schema: &Schema) -> &Field {
        match (&schema.types()[self.owner], self.variant) {
            (Shape::Struct(_, fields), None) => &fields[self.number],
            (Shape::Enum(_, variants), Some(variant)) => &variants[variant].fields[self.number],
            _ => unreachable!("it was found in a type of this schema"),
        }
    }
}

/// Where a step leads to from a value of the type `ty`, and the field that it goes through.
fn part<'s>(schema: &'s Schema, ty: TypeRef, step: Step<'_>) -> (TypeRef, Option<&'s Field>) {
    match (schema.shape(ty), step) {
        (Shape::Struct(_, fields), Step::Field(number)) => {
            let field = &fields[number];
            (field.ty, Some(field))
        }
        (Shape::Tuple(parts), Step::Field(number)) => (parts[number], None),
        (Shape::Enum(_, variants), Step::Variant { variant, field }) => {
            let field = &variants[variant].fields[field];
            (field.ty, Some(field))
        }
        (&Shape::Option(inner), Step::Some) => (inner, None),
        (&Shape::List(_, item) | &Shape::Array(item, _), Step::At(_)) => (item, None),
        (&Shape::Map(_, _, value), Step::Key(_)) => (value, None),
        _ => unreachable!("the patch was taken apart by this schema"),
    }
}

/// The name of the place to which steps lead from the root: by fields, and `[]` for an element. A
/// variant is not told: its field's name and the struct around it say enough.
fn place(schema: &Schema, steps: &[Step<'_>]) -> String {
    let mut name = String::new();
    let mut ty = schema.root();
    for &step in steps {
        let (part, field) = part(schema, ty, step);
        let dot = if name.is_empty() { "" } else { "." };
        match (step, field) {
            (_, Some(field)) => name.extend([dot, &shortened(&field.name)]),
            (Step::Field(number), None) => name.extend([dot, &number.to_string()]),
            (Step::At(_) | Step::Key(_), None) => name.push_str("[]"),
            (Step::Some | Step::Variant { .. }, None) => {}
        }
        ty = part;
    }
    match name.as_str() {
        "" => "the object".to_owned(),
        name => format!("`{}`", shortened(name)),
    }
}

/// The end of a name, which tells the most, and all of it if it is not too long.
fn shortened(name: &str) -> String {
    match name.char_indices().rev().nth(LONGEST_NAME - 1) {
        Some((start, _)) if start > 0 => format!("…{}", &name[start..]),
        _ => name.to_owned(),
    }
}

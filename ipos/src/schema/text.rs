//! A schema as one would write it in Rust.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    fmt,
};

use super::{
    Field, Schema, Shape, TypeRef,
    name::{Cut, Labels, Names, add, are_numbered, mark},
};

/// How many items are told.
const ITEM_LIMIT: usize = 256;

/// How many fields and variants are told, and types named, in all items together.
const TEXT_LIMIT: usize = 2048;

/// How many types the name of one may be made of.
const NAME_LIMIT: usize = 64;

impl Schema {
    /// The types that have a name of their own, as the root leads to them.
    fn items(&self) -> Vec<TypeRef> {
        let mut seen = HashSet::from([self.root]);
        let mut next = VecDeque::from([self.root]);
        let mut items = vec![];
        while let Some(ty) = next.pop_front() {
            let shape = self.shape(ty);
            if is_item(shape) {
                if items.len() == ITEM_LIMIT {
                    break;
                }
                items.push(ty);
            }
            let parts = shape.references().into_iter();
            next.extend(parts.filter(|part| seen.insert(*part)));
        }
        items
    }

    /// Labels for items that are called as others before them.
    fn labels(&self, items: &[TypeRef]) -> Labels {
        let mut called = HashMap::new();
        let mut labels = Labels::new();
        for &item in items {
            if let Shape::Struct(name, _)
            | Shape::Enum(name, _)
            | Shape::Atom(name, _)
            | Shape::Opaque(name) = self.shape(item)
            {
                let number: &mut usize = called.entry(name).or_default();
                *number += 1;
                if *number > 1 {
                    labels.insert(item, format!("{}#{number}", Cut(name)));
                }
            }
        }
        labels
    }
}

/// The root type, then the items that it is made of: structs, enums, and what is replaced whole. Items
/// that are called the same are numbered: the second `Task` is `Task#2`.
///
/// ```
/// # use ipos::Shared;
/// # use serde::{Deserialize, Serialize};
/// #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
/// struct Board {
///     title: String,
///     #[shared(host_only)]
///     tasks: Vec<Task>,
/// }
///
/// #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
/// struct Task {
///     done: bool,
/// }
///
/// let text = "struct Board {\n    title: String,\n    #[host_only] tasks: Vec<Task>,\n}\n\n\
///     struct Task {\n    done: bool,\n}";
/// assert_eq!(ipos::schema_of::<Board>().to_string(), text);
/// ```
impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items = self.items();
        let labels = self.labels(&items);
        let mut writer = Writer {
            schema: self,
            names: Names::new(self, labels, NAME_LIMIT),
            spare: TEXT_LIMIT,
        };
        let mut text = String::new();
        if !is_item(self.shape(self.root)) {
            writer.name(self.root, &mut text);
        }
        for item in items {
            if writer.spare == 0 {
                text.push_str("\n\n…");
                break;
            }
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            writer.item(item, &mut text);
        }
        f.write_str(&text)
    }
}

fn is_item(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Struct(..) | Shape::Enum(..) | Shape::Atom(..) | Shape::Opaque(_)
    )
}

struct Writer<'a> {
    schema: &'a Schema,
    names: Names<'a>,
    /// How many words may still be told.
    spare: usize,
}

impl Writer<'_> {
    fn item(&mut self, item: TypeRef, out: &mut String) {
        let mut name = String::new();
        self.name(item, &mut name);
        match self.schema.shape(item) {
            Shape::Struct(_, fields) => {
                add(out, format_args!("struct {name}"));
                self.fields(fields, "", out);
                out.push_str(if are_numbered(fields) { ";" } else { "" });
            }
            Shape::Enum(_, variants) if variants.is_empty() => {
                add(out, format_args!("enum {name} {{}}"));
            }
            Shape::Enum(_, variants) => {
                add(out, format_args!("enum {name} {{\n"));
                for variant in variants {
                    if !self.take(out) {
                        break;
                    }
                    add(out, format_args!("    {}", Cut(&variant.name)));
                    self.fields(&variant.fields, "    ", out);
                    out.push_str(",\n");
                }
                out.push('}');
            }
            &Shape::Atom(_, form) => {
                add(out, format_args!("#[atomic] type {name} = "));
                self.name(form, out);
                out.push(';');
            }
            _ => add(out, format_args!("#[opaque] type {name};")),
        }
    }

    /// Writes the fields of a struct or a variant.
    fn fields(&mut self, fields: &[Field], indent: &str, out: &mut String) {
        if fields.is_empty() {
            return;
        }
        if are_numbered(fields) {
            out.push('(');
            for (i, field) in fields.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { ", " });
                if self.spare == 0 {
                    out.push('…');
                    break;
                }
                mark(field, out);
                self.name(field.ty, out);
            }
            return out.push(')');
        }
        out.push_str(" {\n");
        for field in fields {
            if !self.take(out) {
                break;
            }
            add(out, format_args!("{indent}    "));
            mark(field, out);
            add(out, format_args!("{}: ", Cut(&field.name)));
            self.name(field.ty, out);
            out.push_str(",\n");
        }
        add(out, format_args!("{indent}}}"));
    }

    /// Writes the name of a type.
    fn name(&mut self, ty: TypeRef, out: &mut String) {
        let spare = NAME_LIMIT.min(self.spare + 1);
        self.names.spare = spare;
        self.names.write(ty, out);
        self.spare = self.spare.saturating_sub(spare - self.names.spare);
    }

    /// Whether another line may be told; else that is said.
    fn take(&mut self, out: &mut String) -> bool {
        let Some(spare) = self.spare.checked_sub(1) else {
            out.push_str("    …\n");
            return false;
        };
        self.spare = spare;
        true
    }
}

//! The names of types, in a line. What is long is cut: a peer's schema may have names without an end.

use std::{
    collections::HashMap,
    fmt::{self, Write as _},
};

use super::{Field, Schema, Shape, TypeRef};

/// How many types one name may be made of.
const NAME_LIMIT: usize = 128;

/// How many types a name may be made of that stands among other words.
const SHORT_LIMIT: usize = 12;

/// A name that a peer may have made, as far as it is told.
pub(super) struct Cut<'a>(pub(super) &'a str);

/// How many characters are told of a name.
const CHARACTERS: usize = 100;

impl fmt::Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(CHARACTERS) {
            None => f.write_str(self.0),
            Some((end, _)) => write!(f, "{}…", &self.0[..end]),
        }
    }
}

/// Names for types that are not what they call themselves.
pub(super) type Labels = HashMap<TypeRef, String>;

/// Writes the names of types, as in Rust.
pub(super) struct Names<'a> {
    schema: &'a Schema,
    labels: Labels,
    /// How many types may still be named.
    pub(super) spare: usize,
}

impl Schema {
    /// The root type's name; that of a struct is followed by its fields.
    pub(crate) fn in_a_line(&self) -> String {
        let mut names = Names::new(self, Labels::new(), NAME_LIMIT);
        let mut line = String::new();
        names.write(self.root, &mut line);
        if let Shape::Struct(_, fields) = self.shape(self.root) {
            line.push_str(" {");
            for (i, field) in fields.iter().enumerate() {
                line.push_str(if i == 0 { " " } else { ", " });
                if names.spare == 0 {
                    line.push('…');
                    break;
                }
                names.field(field, &mut line);
            }
            line.push_str(" }");
        }
        line
    }

    /// A type in few words, which tell it from all that is not of its kind.
    pub(super) fn kind(&self, ty: TypeRef) -> String {
        let mut name = match self.shape(ty) {
            Shape::Struct(..) => "struct ",
            Shape::Enum(..) => "enum ",
            Shape::Atom(..) => "atomic ",
            Shape::Opaque(_) => "opaque ",
            _ => "",
        }
        .to_owned();
        Names::new(self, Labels::new(), SHORT_LIMIT).write(ty, &mut name);
        name
    }
}

impl<'a> Names<'a> {
    pub(super) fn new(schema: &'a Schema, labels: Labels, spare: usize) -> Self {
        Self {
            schema,
            labels,
            spare,
        }
    }

    /// Writes a field: its attribute, its name and its type.
    pub(super) fn field(&mut self, field: &Field, out: &mut String) {
        mark(field, out);
        add(out, format_args!("{}: ", Cut(&field.name)));
        self.write(field.ty, out);
    }

    /// Writes a type.
    pub(super) fn write(&mut self, ty: TypeRef, out: &mut String) {
        let Some(spare) = self.spare.checked_sub(1) else {
            return out.push('…');
        };
        self.spare = spare;
        match self.schema.shape(ty) {
            Shape::Leaf(leaf) => out.push_str(&leaf.name()),
            Shape::Text => out.push_str("String"),
            &Shape::Option(inner) => self.arguments("Option", &[inner], out),
            &Shape::Events(event) => self.arguments("Events", &[event], out),
            Shape::List(name, item) | Shape::Set(name, item) => {
                self.arguments(name, &[*item], out);
            }
            Shape::Map(name, key, value) => self.arguments(name, &[*key, *value], out),
            Shape::Tuple(parts) => {
                out.push('(');
                self.all(parts, out);
                out.push_str(if parts.len() == 1 { ",)" } else { ")" });
            }
            Shape::Struct(name, _)
            | Shape::Enum(name, _)
            | Shape::Atom(name, _)
            | Shape::Opaque(name) => match self.labels.get(&ty) {
                Some(label) => out.push_str(label),
                None => out.push_str(&Cut(name).to_string()),
            },
            &Shape::Array(item, length) => {
                out.push('[');
                self.write(item, out);
                add(out, format_args!("; {length}]"));
            }
        }
    }

    fn arguments(&mut self, name: &str, arguments: &[TypeRef], out: &mut String) {
        add(out, format_args!("{}<", Cut(name)));
        self.all(arguments, out);
        out.push('>');
    }

    fn all(&mut self, types: &[TypeRef], out: &mut String) {
        for (i, &ty) in types.iter().enumerate() {
            out.push_str(if i == 0 { "" } else { ", " });
            if self.spare == 0 {
                return out.push('…');
            }
            self.write(ty, out);
        }
    }
}

/// Writes a field's attribute.
pub(super) fn mark(field: &Field, out: &mut String) {
    out.push_str(if field.host_only { "#[host_only] " } else { "" });
}

/// Appends words.
pub(super) fn add(out: &mut String, words: fmt::Arguments<'_>) {
    out.write_fmt(words).expect("a text takes all words");
}

/// Whether fields are those of a tuple: they are called by their numbers.
pub(super) fn are_numbered(fields: &[Field]) -> bool {
    let mut fields = fields.iter().enumerate();
    fields.all(|(i, field)| field.name.parse() == Ok(i) && !field.name.starts_with('+'))
}

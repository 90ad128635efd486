//! `#[shared(..)]`: what it may say, and where.

mod item;
pub(crate) mod serde;

use syn::{Attribute, Path, WherePredicate};

use self::item::{Item, Place};
use crate::errors::Errors;

/// What the attributes of a type say.
#[derive(Default)]
pub(crate) struct OfType {
    /// `atomic`: its values are replaced whole, and need only serde.
    pub(crate) atomic: bool,
    /// `rename`: its name in the schema.
    pub(crate) rename: Option<String>,
    /// `crate`: where `ipos` lives.
    pub(crate) krate: Option<Path>,
    /// `bound`: what is asked of its parameters, in place of what the fields ask for.
    pub(crate) bound: Option<Vec<WherePredicate>>,
}

/// What the attributes of a variant say.
#[derive(Default)]
pub(crate) struct OfVariant {
    /// `rename`: its name in the schema.
    pub(crate) rename: Option<String>,
    /// Where that stands.
    pub(crate) said: Vec<Said>,
}

/// What the attributes of a field say.
#[derive(Default)]
pub(crate) struct OfField {
    /// `atomic`: it is replaced whole, and its type needs only serde.
    pub(crate) atomic: bool,
    /// `skip`: it is local to each process.
    pub(crate) skip: bool,
    /// `host_only`: the host alone may write the field.
    pub(crate) host_only: bool,
    /// `rename`: its name in the schema.
    pub(crate) rename: Option<String>,
    /// Where each of them stands.
    pub(crate) said: Vec<Said>,
}

/// A known attribute, and where it stands.
pub(crate) struct Said {
    pub(crate) name: &'static str,
    pub(crate) path: Path,
}

/// Reads the attributes of a type.
pub(crate) fn of_type(attrs: &[Attribute], errors: &mut Errors) -> OfType {
    let mut said = OfType::default();
    for item in item::read(attrs, Place::Type, errors) {
        match item.name() {
            "atomic" => said.atomic |= item.flag(errors),
            "rename" => said.rename = item.text(errors),
            "crate" => said.krate = item.path(errors),
            _ => said.bound = item.predicates(errors),
        }
    }
    said
}

/// Reads the attributes of a variant.
pub(crate) fn of_variant(attrs: &[Attribute], errors: &mut Errors) -> OfVariant {
    let mut said = OfVariant::default();
    for item in item::read(attrs, Place::Variant, errors) {
        said.rename = item.text(errors);
        said.said.push(item.into_said());
    }
    said
}

/// Reads the attributes of a field.
pub(crate) fn of_field(attrs: &[Attribute], errors: &mut Errors) -> OfField {
    let mut said = OfField::default();
    for item in item::read(attrs, Place::Field, errors) {
        match item.name() {
            "atomic" => said.atomic |= item.flag(errors),
            "skip" => said.skip |= item.flag(errors),
            "host_only" => said.host_only |= item.flag(errors),
            _ => said.rename = item.text(errors),
        }
        said.said.push(item.into_said());
    }
    said
}

impl Item {
    fn into_said(self) -> Said {
        Said {
            name: self.name(),
            path: self.path,
        }
    }
}

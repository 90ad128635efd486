//! Names that are generated, and those in the schema: each once.

use std::collections::HashMap;

use quote::ToTokens;
use syn::ext::IdentExt;

use crate::{
    ast::{Body, Field, Input, Product, Variant},
    errors::Errors,
};

pub(super) fn check(input: &Input<'_>, errors: &mut Errors) {
    match &input.body {
        Body::Struct(product) => fields(product, errors),
        Body::Enum(variants) => {
            for variant in variants {
                fields(&variant.product, errors);
            }
            of_variants(variants, errors);
        }
    }
}

/// Two fields may not lead to the same name.
fn fields(product: &Product<'_>, errors: &mut Errors) {
    let mut cases = Names::new("field", "patch variant");
    let mut methods = Names::new("field", "wrapper method");
    let mut labels = Names::new("field", "name in the schema");
    for field in &product.fields {
        let Field { name, .. } = field;
        for method in [&field.setter, &field.accessor] {
            methods.take(field, name, method.to_string(), errors);
        }
    }
    for field in product.shared() {
        let Field { name, .. } = field;
        cases.take(field, name, field.variant.to_string(), errors);
        labels.take(field, name, field.label.clone(), errors);
    }
}

/// Nor may two variants.
fn of_variants(variants: &[Variant<'_>], errors: &mut Errors) {
    let mut cases = Names::new("variant", "patch variant");
    let mut methods = Names::new("variant", "wrapper method");
    let mut labels = Names::new("variant", "name in the schema");
    for variant in variants {
        let Variant { name, ident, .. } = variant;
        labels.take(ident, name, variant.label.clone(), errors);
        if variant.has_shared() {
            cases.take(ident, name, variant.case.unraw().to_string(), errors);
        }
        if !variant.product.fields.is_empty() {
            methods.take(ident, name, variant.accessor.to_string(), errors);
        }
    }
}

/// The names of one kind that are taken, and by what.
struct Names<'a> {
    /// What takes them.
    of: &'static str,
    /// What they are.
    what: &'static str,
    taken: HashMap<String, &'a str>,
}

impl<'a> Names<'a> {
    fn new(of: &'static str, what: &'static str) -> Self {
        Self {
            of,
            what,
            taken: HashMap::new(),
        }
    }

    fn take(&mut self, at: impl ToTokens, name: &'a str, taken: String, errors: &mut Errors) {
        let Self { of, what, .. } = self;
        // What is there twice is the compiler's to tell.
        if let Some(first) = self.taken.get(&taken).filter(|first| **first != name) {
            errors.at(
                at,
                format!(
                    "the {of} `{name}` would have the {what} `{taken}`, which the {of} `{first}` \
                     has; rename one of them"
                ),
            );
        } else {
            self.taken.insert(taken, name);
        }
    }
}

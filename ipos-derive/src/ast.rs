//! What was written, with the names of what is generated for it.

mod field;
mod generics;
mod names;
mod tokens;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Attribute, Data, DeriveInput, Fields, Index, Member, Meta, ext::IdentExt};

pub(crate) use self::{
    field::{Field, Kind, Place},
    generics::Generics,
};
use self::{
    names::{accessor_name, case_name},
    tokens::{generated, respanned},
};
use crate::{attr, errors::Errors};

/// The type under the derive.
pub(crate) struct Input<'a> {
    pub(crate) original: &'a DeriveInput,
    /// Where `ipos` lives.
    pub(crate) ipos: TokenStream,
    /// The type's name as an identifier, as a text, and in the schema.
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) vis: TokenStream,
    /// The name of the patch enum.
    pub(crate) patch: Ident,
    /// The name of the wrapper.
    pub(crate) writer: Ident,
    pub(crate) generics: Generics,
    pub(crate) body: Body<'a>,
    /// What its attributes say.
    pub(crate) attrs: attr::OfType,
    /// The lints that are silent in what is generated, as attributes.
    pub(crate) lints: TokenStream,
    /// What is wrong with the attributes.
    pub(crate) errors: Errors,
}

/// What a type is made of.
pub(crate) enum Body<'a> {
    Struct(Product<'a>),
    Enum(Vec<Variant<'a>>),
}

/// Fields side by side: those of a struct, or of a variant of an enum.
pub(crate) struct Product<'a> {
    pub(crate) style: Style,
    pub(crate) fields: Vec<Field<'a>>,
    /// The names of its patch enum and of its wrapper. Those of a variant end with its name: `ShapeRectMut`
    /// would be the wrapper of a struct `ShapeRect`.
    pub(crate) patch: Ident,
    pub(crate) writer: Ident,
}

/// How the fields of a product are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Named,
    Unnamed,
    Unit,
}

impl Style {
    fn of(fields: &Fields) -> Self {
        match fields {
            Fields::Named(_) => Self::Named,
            Fields::Unnamed(_) => Self::Unnamed,
            Fields::Unit => Self::Unit,
        }
    }
}

/// A variant of an enum.
pub(crate) struct Variant<'a> {
    pub(crate) original: &'a syn::Variant,
    /// Its place among the variants.
    pub(crate) index: usize,
    /// Its name as an identifier, as a text, and in the schema.
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    pub(crate) label: String,
    /// The name of its variant in the patch enum.
    pub(crate) case: Ident,
    /// The name of its method in the wrapper.
    pub(crate) accessor: Ident,
    pub(crate) product: Product<'a>,
    /// What its attributes say.
    pub(crate) attrs: attr::OfVariant,
}

impl<'a> Input<'a> {
    pub(crate) fn new(original: &'a DeriveInput) -> Self {
        let ident = &original.ident;
        let span = generated(ident.span());
        let name = ident.unraw().to_string();
        let mut errors = Errors::default();
        let attrs = attr::of_type(&original.attrs, &mut errors);
        let patch = format_ident!("{name}Patch", span = span);
        let writer = format_ident!("{name}Mut", span = span);
        let owner = generics::owner(original);
        let body = match &original.data {
            Data::Struct(data) => Body::Struct(Product::new(
                &owner,
                Style::of(&data.fields),
                data.fields.iter(),
                patch.clone(),
                writer.clone(),
                &mut errors,
            )),
            Data::Enum(data) => {
                let variants = data.variants.iter().enumerate();
                let variant =
                    |(index, variant)| Variant::new(original, &owner, index, variant, &mut errors);
                Body::Enum(variants.map(variant).collect())
            }
            // It is refused, and until it is something else it has these fields.
            Data::Union(data) => Body::Struct(Product::new(
                &owner,
                Style::Named,
                data.fields.named.iter(),
                patch.clone(),
                writer.clone(),
                &mut errors,
            )),
        };
        let ipos = attrs.krate.as_ref();
        let ipos = ipos.map_or_else(
            || quote_spanned!(span=> ::ipos),
            |ipos| respanned(ipos.to_token_stream()),
        );
        let generics = Generics::new(original, &ipos, &body, &attrs);
        let lints = lints(original, &body);
        Self {
            original,
            ipos,
            ident,
            vis: respanned(original.vis.to_token_stream()),
            patch,
            writer,
            label: attrs.rename.clone().unwrap_or_else(|| name.clone()),
            name,
            generics,
            body,
            attrs,
            lints,
            errors,
        }
    }

    /// Where `ipos` lives, told at `span` unless the user has said where it is.
    pub(crate) fn at(&self, span: Span) -> TokenStream {
        if self.attrs.krate.is_some() {
            self.ipos.clone()
        } else {
            quote_spanned!(span=> ::ipos)
        }
    }

    /// Where `ipos` keeps what only the derive's output calls.
    pub(crate) fn private(&self) -> TokenStream {
        let ipos = &self.ipos;
        quote_spanned!(self.patch.span()=> #ipos::__private)
    }

    /// The type, with its parameters.
    pub(crate) fn ty(&self) -> TokenStream {
        self.generics.of(self.ident)
    }

    /// Whether it is a tuple struct. A wrapper of one has no field `0` of its own, which would hide the
    /// value's in the module where both are.
    pub(crate) fn is_tuple(&self) -> bool {
        matches!(&self.body, Body::Struct(product) if product.style == Style::Unnamed)
    }

    /// The field of the wrapper that is its cursor.
    pub(crate) fn cursor(&self) -> Member {
        let span = self.writer.span();
        if self.is_tuple() {
            Member::Named(Ident::new("cursor", span))
        } else {
            Member::Unnamed(Index { index: 0, span })
        }
    }

    /// A link to the type, in docs.
    pub(crate) fn link(&self) -> String {
        let name = &self.name;
        let kind = match self.body {
            Body::Struct(_) => "struct",
            Body::Enum(_) => "enum",
        };
        format!("[`{name}`]({kind}@{name})")
    }

    /// A link to one of its variants, in docs.
    pub(crate) fn variant_link(&self, variant: &Variant<'_>) -> String {
        let path = format!("{}::{}", self.name, variant.name);
        format!("[`{path}`](variant@{path})")
    }

    /// A link to a field, in docs: its own or of a variant.
    pub(crate) fn field_link(&self, field: &Field<'_>, variant: Option<&Variant<'_>>) -> String {
        let Self { name: owner, .. } = self;
        let name = &field.name;
        let path = match variant {
            Some(variant) => format!("{owner}::{}::{name}", variant.name),
            None => format!("{owner}::{name}"),
        };
        format!("[`{name}`](field@{path})")
    }

    /// All fields, those of all variants one after the other.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field<'a>> {
        self.body.products().flat_map(|product| &product.fields)
    }

    /// The variants, if it is an enum.
    pub(crate) fn variants(&self) -> &[Variant<'a>] {
        match &self.body {
            Body::Struct(_) => &[],
            Body::Enum(variants) => variants,
        }
    }
}

impl<'a> Body<'a> {
    /// The struct's fields, or those of each variant.
    pub(crate) fn products(&self) -> impl Iterator<Item = &Product<'a>> {
        let (product, variants): (_, &[Variant<'a>]) = match self {
            Self::Struct(product) => (Some(product), &[]),
            Self::Enum(variants) => (None, variants),
        };
        let of_variants = variants.iter().map(|variant| &variant.product);
        product.into_iter().chain(of_variants)
    }
}

impl<'a> Product<'a> {
    fn new(
        owner: &TokenStream,
        style: Style,
        fields: impl Iterator<Item = &'a syn::Field>,
        patch: Ident,
        writer: Ident,
        errors: &mut Errors,
    ) -> Self {
        let mut number = 0;
        let fields = fields.enumerate().filter_map(|(index, original)| {
            let field = Field::new(owner, index, number, original, errors)?;
            number += usize::from(field.kind != Kind::Skipped);
            Some(field)
        });
        Self {
            style,
            fields: fields.collect(),
            patch,
            writer,
        }
    }

    /// The fields that cross the socket.
    pub(crate) fn shared(&self) -> impl Iterator<Item = &Field<'a>> + Clone {
        let fields = self.fields.iter();
        fields.filter(|field| field.kind != Kind::Skipped)
    }
}

impl<'a> Variant<'a> {
    fn new(
        input: &DeriveInput,
        owner: &TokenStream,
        index: usize,
        original: &'a syn::Variant,
        errors: &mut Errors,
    ) -> Self {
        let ident = &original.ident;
        let span = generated(ident.span());
        let name = ident.unraw().to_string();
        let attrs = attr::of_variant(&original.attrs, errors);
        let owner_name = input.ident.unraw();
        Self {
            original,
            index,
            ident,
            case: case_name(ident, span),
            accessor: Ident::new(&accessor_name(&name), span),
            product: Product::new(
                owner,
                Style::of(&original.fields),
                original.fields.iter(),
                format_ident!("{owner_name}Patch{name}", span = span),
                format_ident!("{owner_name}Mut{name}", span = span),
                errors,
            ),
            label: attrs.rename.clone().unwrap_or_else(|| name.clone()),
            name,
            attrs,
        }
    }

    /// Its number in the patch enum, where 0 replaces the whole.
    pub(crate) fn number(&self) -> Index {
        Index::from(self.index + 1)
    }

    /// Its only field, if it is a newtype variant: a patch of it is a patch of that field.
    pub(crate) fn newtype(&self) -> Option<&Field<'a>> {
        match &*self.product.fields {
            [field] if self.product.style == Style::Unnamed && field.kind != Kind::Skipped => {
                Some(field)
            }
            _ => None,
        }
    }

    /// Whether it has a wrapper of its own, and a patch.
    pub(crate) fn has_parts(&self) -> bool {
        self.newtype().is_none() && !self.product.fields.is_empty()
    }

    /// Whether there is something in it to be changed.
    pub(crate) fn has_shared(&self) -> bool {
        self.product.shared().next().is_some()
    }
}

/// What the user allows at the type, its variants and its fields is allowed where the derive repeats
/// their types, and what is deprecated may be used by what the derive makes of it.
fn lints(input: &DeriveInput, body: &Body<'_>) -> TokenStream {
    let fields = body.products().flat_map(|product| &product.fields);
    let of_fields = fields.flat_map(|field| &field.original.attrs);
    let variants: &[Variant<'_>] = match body {
        Body::Struct(_) => &[],
        Body::Enum(variants) => variants,
    };
    let of_variants = variants.iter().flat_map(|variant| &variant.original.attrs);
    let allowed = |attr: &Attribute| match &attr.meta {
        Meta::List(list) if attr.path().is_ident("allow") || attr.path().is_ident("expect") => {
            let lints = &list.tokens;
            Some(quote!(#[allow(#lints)]))
        }
        _ if attr.path().is_ident("deprecated") => Some(quote!(#[allow(deprecated)])),
        _ => None,
    };
    let attrs = input.attrs.iter().chain(of_variants).chain(of_fields);
    attrs.filter_map(allowed).collect()
}

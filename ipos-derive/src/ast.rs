//! What was written, with the names of what is generated for it.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Meta, ext::IdentExt};

use crate::{attr, errors::Errors};

/// The type under the derive.
pub(crate) struct Input<'a> {
    pub(crate) original: &'a DeriveInput,
    /// Where `ipos` lives.
    pub(crate) ipos: TokenStream,
    /// The type's name, as an identifier and as a text.
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    pub(crate) vis: TokenStream,
    /// The name of the patch enum.
    pub(crate) patch: Ident,
    /// The name of the wrapper.
    pub(crate) writer: Ident,
    /// The fields, if they have names.
    pub(crate) fields: Vec<Field<'a>>,
    /// The lints that are silent in what is generated, as attributes.
    pub(crate) lints: TokenStream,
    /// What is wrong with the attributes.
    pub(crate) errors: Errors,
}

/// A field with a name.
pub(crate) struct Field<'a> {
    pub(crate) original: &'a syn::Field,
    pub(crate) index: usize,
    /// Its name, as an identifier and as a text.
    pub(crate) member: &'a Ident,
    pub(crate) name: String,
    pub(crate) vis: TokenStream,
    /// Its type, free of `Self`.
    pub(crate) ty: TokenStream,
    /// Where the compiler shall tell what is wrong with the type: at its last token, or at all of it
    /// when it is complaining about an expression that starts with [`Field::shared`].
    pub(crate) span: Span,
    /// The name of its variant in the patch enum.
    pub(crate) variant: Ident,
    /// The names of its two methods in the wrapper.
    pub(crate) setter: Ident,
    pub(crate) accessor: Ident,
    /// What its attributes say.
    pub(crate) attrs: attr::OfField,
}

impl<'a> Input<'a> {
    pub(crate) fn new(original: &'a DeriveInput) -> Self {
        let ident = &original.ident;
        let span = generated(ident.span());
        let name = ident.unraw().to_string();
        let named = match &original.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => Some(&fields.named),
                _ => None,
            },
            _ => None,
        };
        let mut errors = Errors::default();
        attr::of_type(&original.attrs, &mut errors);
        let fields = named.into_iter().flatten().enumerate();
        Self {
            original,
            ipos: quote!(::ipos),
            ident,
            vis: respanned(original.vis.to_token_stream()),
            patch: format_ident!("{name}Patch", span = span),
            writer: format_ident!("{name}Mut", span = span),
            name,
            fields: fields
                .filter_map(|(index, field)| Field::new(ident, index, field, &mut errors))
                .collect(),
            lints: lints(original, named.into_iter().flatten()),
            errors,
        }
    }

    /// Where `ipos` keeps what only the derive's output calls.
    pub(crate) fn private(&self) -> TokenStream {
        let ipos = &self.ipos;
        quote!(#ipos::__private)
    }
}

impl<'a> Field<'a> {
    fn new(
        owner: &Ident,
        index: usize,
        original: &'a syn::Field,
        errors: &mut Errors,
    ) -> Option<Self> {
        let member = original.ident.as_ref()?;
        let span = generated(member.span());
        let name = member.unraw().to_string();
        let ty = respanned(without_self(original.ty.to_token_stream(), owner));
        let ty_span = ty.clone().into_iter().last()?.span();
        Some(Self {
            original,
            index,
            member,
            vis: respanned(original.vis.to_token_stream()),
            ty,
            span: ty_span,
            variant: Ident::new(&variant_name(&name), ty_span),
            setter: format_ident!("set_{name}", span = span),
            accessor: format_ident!("{name}_mut", span = span),
            attrs: attr::of_field(&original.attrs, errors),
            name,
        })
    }

    /// `<Type as Shared>::item`, spanned so that an unmet `Shared` is told at the field's type.
    pub(crate) fn shared(&self, input: &Input<'_>, item: &str) -> TokenStream {
        let Self { ty, .. } = self;
        let ipos = &input.ipos;
        let first = ty.clone().into_iter().next();
        let open = quote_spanned!(first.map_or_else(Span::call_site, |token| token.span())=> <);
        let item = Ident::new(item, self.span);
        quote_spanned!(self.span=> #open #ty as #ipos::Shared>::#item)
    }
}

/// The place of `span`, marked as a macro's output: no lint looks at it.
fn generated(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// The same tokens, marked as a macro's output. `$crate` means what it meant only at its own place.
fn respanned(tokens: TokenStream) -> TokenStream {
    map_tokens(tokens, &|mut token| {
        if !matches!(&token, TokenTree::Ident(ident) if ident == "$crate") {
            token.set_span(generated(token.span()));
        }
        token
    })
}

/// `Self` in a field's type means the struct, but would not in the items that are generated.
fn without_self(tokens: TokenStream, owner: &Ident) -> TokenStream {
    map_tokens(tokens, &|token| match token {
        TokenTree::Ident(ident) if ident == "Self" => {
            let mut owner = owner.clone();
            owner.set_span(owner.span().located_at(ident.span()));
            owner.into()
        }
        token => token,
    })
}

fn map_tokens(tokens: TokenStream, map: &impl Fn(TokenTree) -> TokenTree) -> TokenStream {
    let inside = |token| match token {
        TokenTree::Group(group) => {
            let mut mapped = Group::new(group.delimiter(), map_tokens(group.stream(), map));
            mapped.set_span(group.span());
            mapped.into()
        }
        token => token,
    };
    tokens.into_iter().map(|token| map(inside(token))).collect()
}

/// The name of the patch variant of the field `name`: in `PascalCase`, but always an identifier.
fn variant_name(name: &str) -> String {
    let capitalized = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        first.chain(chars).collect::<String>()
    };
    let pascal: String = name.split('_').map(capitalized).collect();
    let suffixed = format!("{pascal}_"); // for `self_`, which gives `Self`
    [pascal, suffixed]
        .into_iter()
        .find(|name| syn::parse_str::<Ident>(name).is_ok())
        .unwrap_or_else(|| name.to_owned()) // for `_1`, which gives a number
}

/// What the user allows at the type and its fields is allowed where the derive repeats their types,
/// and a deprecated field may be used by what the derive makes of it.
fn lints<'a>(input: &DeriveInput, fields: impl Iterator<Item = &'a syn::Field>) -> TokenStream {
    let of_fields = fields.flat_map(|field| &field.attrs);
    let allowed = |attr: &Attribute| match &attr.meta {
        Meta::List(list) if attr.path().is_ident("allow") || attr.path().is_ident("expect") => {
            let lints = &list.tokens;
            Some(quote!(#[allow(#lints)]))
        }
        _ if attr.path().is_ident("deprecated") => Some(quote!(#[allow(deprecated)])),
        _ => None,
    };
    let attrs = input.attrs.iter().chain(of_fields);
    attrs.filter_map(allowed).collect()
}

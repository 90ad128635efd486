//! A field, and what is called for it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Index, Member, ext::IdentExt};

use super::{
    Input,
    names::variant_name,
    tokens::{generated, respanned, without_self},
};
use crate::{attr, errors::Errors};

/// A field of a struct or a variant.
pub(crate) struct Field<'a> {
    pub(crate) original: &'a syn::Field,
    /// Its number among the shared fields, if it is one.
    number: usize,
    /// How it is shared.
    pub(crate) kind: Kind,
    /// Its name as it is written, as a text, and in the schema.
    pub(crate) member: Member,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) vis: TokenStream,
    /// Its type, free of `Self`.
    pub(crate) ty: TokenStream,
    /// Where the compiler shall tell what is wrong with the type: at its last token, or at all of it
    /// when it is complaining about an expression that starts with [`Field::call`].
    pub(crate) span: Span,
    /// The type's first token, where such an expression starts.
    pub(crate) open: Span,
    /// The name of its variant in the patch enum.
    pub(crate) variant: Ident,
    /// The names of its two methods in the wrapper.
    pub(crate) setter: Ident,
    pub(crate) accessor: Ident,
    /// What it is called in a pattern.
    pub(crate) binding: Ident,
    /// What its attributes say.
    pub(crate) attrs: attr::OfField,
}

/// How a field is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By its type's `Shared`.
    Shared,
    /// As one value, by its type's serde.
    Atomic,
    /// Not at all.
    Skipped,
}

/// Where a field's type is named, beside what is called.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Patch,
    Mut,
}

impl<'a> Field<'a> {
    /// The field at `index`, whose number is `number` if it is shared.
    pub(super) fn new(
        owner: &TokenStream,
        index: usize,
        number: usize,
        original: &'a syn::Field,
        errors: &mut Errors,
    ) -> Option<Self> {
        let ty = respanned(without_self(original.ty.to_token_stream(), owner));
        let open = ty.clone().into_iter().next()?.span();
        let ty_span = ty.clone().into_iter().last()?.span();
        let (span, member, name, pascal, accessor);
        if let Some(ident) = &original.ident {
            span = generated(ident.span());
            member = Member::Named(ident.clone());
            name = ident.unraw().to_string();
            pascal = variant_name(&name);
            accessor = format!("{name}_mut");
        } else {
            let index = u32::try_from(index).expect("a type has fewer fields");
            span = generated(ty_span);
            member = Member::Unnamed(Index { index, span });
            name = index.to_string();
            pascal = format!("F{index}");
            accessor = format!("_{index}_mut");
        }
        let attrs = attr::of_field(&original.attrs, errors);
        Some(Self {
            original,
            number,
            kind: if attrs.skip {
                Kind::Skipped
            } else if attrs.atomic {
                Kind::Atomic
            } else {
                Kind::Shared
            },
            member,
            vis: respanned(original.vis.to_token_stream()),
            ty,
            span: ty_span,
            open,
            variant: Ident::new(&pascal, ty_span),
            setter: format_ident!("set_{name}", span = span),
            accessor: Ident::new(&accessor, span),
            binding: format_ident!("__field_{index}", span = ty_span),
            label: attrs.rename.clone().unwrap_or_else(|| name.clone()),
            attrs,
            name,
        })
    }

    /// Its number, as it is written.
    pub(crate) fn number(&self) -> Index {
        Index::from(self.number)
    }

    /// A function of the field's type: `<Type as Shared>::item`, spanned so that an unmet `Shared` is
    /// told at the field's type, or what stands in for it when the field is atomic.
    pub(crate) fn call(&self, input: &Input<'_>, item: &str) -> TokenStream {
        let Self { ty, .. } = self;
        let item = Ident::new(item, self.span);
        if self.kind == Kind::Atomic {
            let private = input.private();
            return quote_spanned!(self.span=> #private::atomic::#item::<#ty>);
        }
        self.associated(input, &item)
    }

    /// A type that belongs to the field's: of its patches, or of its wrapper.
    pub(crate) fn named(&self, input: &Input<'_>, place: Place) -> TokenStream {
        let Self { ty, .. } = self;
        let ipos = &input.ipos;
        match (self.kind, place) {
            (Kind::Atomic, Place::Patch) => quote_spanned!(self.span=> #ipos::AtomicPatch<#ty>),
            (Kind::Atomic, Place::Mut) => quote_spanned!(self.span=> #ipos::AtomicMut<'_, #ty>),
            (_, Place::Patch) => self.associated(input, &Ident::new("Patch", self.span)),
            (_, Place::Mut) => {
                let wrapper = self.associated(input, &Ident::new("Mut", self.span));
                quote_spanned!(self.span=> #wrapper<'_>)
            }
        }
    }

    /// What its setter takes is this, spanned so that what is not is told with the field's type.
    pub(crate) fn assign(&self, input: &Input<'_>) -> TokenStream {
        let Self { ty, .. } = self;
        let ipos = input.at(self.open);
        quote_spanned!(self.span=> #ipos::Assign<#ty>)
    }

    /// What a skipped field is in a value that has arrived.
    pub(crate) fn default(&self) -> TokenStream {
        let Self { ty, span, .. } = self;
        if let Some(path) = attr::serde::default_of(&self.original.attrs) {
            let path = respanned(path.to_token_stream());
            quote_spanned!(*span=> #path())
        } else {
            quote_spanned!(*span=> <#ty as ::core::default::Default>::default())
        }
    }

    fn associated(&self, input: &Input<'_>, item: &Ident) -> TokenStream {
        let Self { ty, .. } = self;
        let ipos = input.at(self.span);
        let open = quote_spanned!(self.open=> <);
        quote_spanned!(self.span=> #open #ty as #ipos::Shared>::#item)
    }
}

impl ToTokens for Field<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match &self.original.ident {
            Some(ident) => ident.to_tokens(tokens),
            None => tokens.extend({
                let ty = &self.original.ty;
                quote!(#ty)
            }),
        }
    }
}

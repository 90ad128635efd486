//! `impl Shared`: the same patch grammar, read from bytes and told as data.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Index;

use super::place::{construct, pattern};
use crate::actions;
use crate::ast::{Body, Field, Input, Kind, Product, Variant};

pub(super) fn expand(input: &Input<'_>) -> TokenStream {
    let Input {
        ipos,
        patch,
        writer,
        lints,
        generics,
        ..
    } = input;
    let private = input.private();
    let (params, ty, clause) = (generics.params(None), input.ty(), generics.for_impl());
    let patch = generics.of(patch);
    let long = generics.of_writer(writer, &quote!('ipos));
    let at = input.cursor();
    let wrap = if input.is_tuple() {
        quote!(#writer { cursor: __cursor })
    } else {
        quote!(#writer(__cursor))
    };
    let lists = actions::expand::lists();
    let short = generics.of_writer(writer, &quote!('_));
    let (encode, decode, apply, describe) = match &input.body {
        Body::Struct(product) => (
            encode_struct(input, product),
            decode_struct(input, product),
            apply_struct(input, product),
            describe_struct(input, product),
        ),
        Body::Enum(variants) => (
            encode_enum(input, variants),
            decode_enum(input, variants),
            apply_enum(input, variants),
            describe_enum(input, variants),
        ),
    };
    // What is skipped may differ in values that are equal elsewhere.
    let mut fields = input.body.products().flat_map(|product| &product.fields);
    let is_key = fields.any(|field| field.kind == Kind::Skipped).then(|| {
        quote!(
            const IS_KEY: ::core::primitive::bool = false;
        )
    });
    let parts = parts(input);
    quote! {
        #lints
        #[automatically_derived]
        impl #params #ipos::Shared for #ty #clause {
            #is_key
            #[doc(hidden)]
            const ACTIONS: &'static [&'static [#private::Entry<Self>]] = {
                // The type's own lists come first.
                #[allow(unused_imports)]
                use #private::Unlisted as _;
                &[#(Self::#lists),*]
            };
            type Patch = #patch;
            type Mut<'ipos> = #long;

            #[inline]
            fn writer(__cursor: #private::Cursor<'_, Self>) -> #short {
                #wrap
            }
            fn finish(__writer: #short, __finish: #private::Finish) -> #private::Result<()> {
                __writer.#at.finish(__finish)
            }
            #[inline]
            fn replace(__cursor: #private::Cursor<'_, Self>, __value: Self) {
                #wrap.set(__value);
            }
            fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
                #encode
            }
            fn decode(
                __reader: &mut #private::Reader<'_>,
            ) -> #private::Result<Self, #private::DecodeError> {
                #decode
            }
            fn apply(
                &mut self,
                __patch: &mut #private::Incoming<'_>,
            ) -> #private::Result<(), #private::Fault> {
                let __operation = __patch.operation()?;
                #apply
            }
            fn describe(__schema: &mut #private::SchemaBuilder) -> #private::TypeRef {
                #describe
            }
            #parts
        }
    }
}

/// The fields that a struct always has, and that are not replaced whole.
fn parts(input: &Input<'_>) -> Option<TokenStream> {
    let Body::Struct(product) = &input.body else {
        return None;
    };
    let private = input.private();
    let fields: Vec<_> = product
        .shared()
        .filter(|field| field.kind == Kind::Shared)
        .map(|field| {
            let (number, member) = (field.number(), &field.member);
            let as_part = field.call(input, "as_part");
            quote_spanned!(field.span=> #as_part(&self.#member, #number, __parts);)
        })
        .collect();
    (!fields.is_empty()).then(|| {
        quote! {
            fn parts(&self, __parts: &mut #private::Parts) {
                #(#fields)*
            }
        }
    })
}

fn encode_struct(input: &Input<'_>, product: &Product<'_>) -> TokenStream {
    let fields = product.shared().map(|field| {
        let member = &field.member;
        let encode = field.call(input, "encode");
        quote_spanned!(field.span=> #encode(&self.#member, __out);)
    });
    quote!(#(#fields)*)
}

fn encode_enum(input: &Input<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let private = input.private();
    let arms = variants.iter().map(|variant| {
        let (index, ident) = (Index::from(variant.index), variant.ident);
        let pattern = pattern(&quote!(Self::#ident), variant, is_shared);
        let fields = variant.product.shared().map(|field| {
            let binding = &field.binding;
            let encode = field.call(input, "encode");
            quote_spanned!(field.span=> #encode(#binding, __out);)
        });
        quote! {
            #pattern => {
                #private::encode_variant(#index, __out);
                #(#fields)*
            }
        }
    });
    by_variant(variants, &quote!(#(#arms)*))
}

fn decode_struct(input: &Input<'_>, product: &Product<'_>) -> TokenStream {
    let value = construct(&quote!(Self), product, |field| arriving(input, field));
    quote!(__reader.parts(|__reader| ::core::result::Result::Ok(#value)))
}

fn decode_enum(input: &Input<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let name = &input.name;
    let arms = variants.iter().map(|variant| {
        let (index, ident) = (Index::from(variant.index), variant.ident);
        let value = construct(&quote!(Self::#ident), &variant.product, |field| {
            arriving(input, field)
        });
        quote!(#index => __reader.parts(|__reader| ::core::result::Result::Ok(#value)),)
    });
    quote! {
        match __reader.length()? {
            #(#arms)*
            __number => ::core::result::Result::Err(__reader.no_such("variant", #name, __number)),
        }
    }
}

/// A field of a value that arrives.
fn arriving(input: &Input<'_>, field: &Field<'_>) -> TokenStream {
    if field.kind == Kind::Skipped {
        return field.default();
    }
    let decode = field.call(input, "decode");
    quote_spanned!(field.span=> #decode(__reader)?)
}

fn apply_struct(input: &Input<'_>, product: &Product<'_>) -> TokenStream {
    let private = input.private();
    let name = &input.name;
    let fields = product.shared().map(|field| {
        let (number, member) = (field.number(), &field.member);
        let apply = field.call(input, "apply");
        quote_spanned!(field.span=> #number => #apply(&mut self.#member, __patch),)
    });
    quote! {
        __patch.nested(|__patch| match __operation.number {
            #(#fields)*
            _ => #private::act(self, __patch, "field", #name, __operation),
        })
    }
}

fn apply_enum(input: &Input<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let private = input.private();
    let name = &input.name;
    let inside = variants.iter().filter(|variant| variant.has_shared());
    let inside = inside.map(|variant| {
        let (number, ident) = (variant.number(), variant.ident);
        let path = format!("{name}::{}", variant.name);
        let pattern = pattern(&quote!(Self::#ident), variant, is_shared);
        let fields = variant.product.shared().map(|field| {
            let (number, binding) = (field.number(), &field.binding);
            let apply = field.call(input, "apply");
            quote_spanned!(field.span=> #number => #apply(#binding, __patch),)
        });
        let elsewhere = (variants.len() > 1)
            .then(|| quote!(_ => ::core::result::Result::Err(#private::Fault::Gone),));
        quote! {
            #number => match self {
                #pattern => {
                    let __field = __patch.operation()?;
                    __patch.nested(|__patch| match __field.number {
                        #(#fields)*
                        _ => ::core::result::Result::Err(__patch.no_such("field", #path, __field)),
                    })
                }
                #elsewhere
            },
        }
    });
    quote! {
        match __operation.number {
            0 => #private::apply_set(self, __patch, __operation),
            #(#inside)*
            _ => #private::act(self, __patch, "variant", #name, __operation),
        }
    }
}

fn describe_struct(input: &Input<'_>, product: &Product<'_>) -> TokenStream {
    let label = &input.label;
    let fields = described(input, product);
    quote!(__schema.structure::<Self>(#label, #fields))
}

fn describe_enum(input: &Input<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let label = &input.label;
    let variants = variants.iter().map(|variant| {
        let (label, fields) = (&variant.label, described(input, &variant.product));
        quote!((#label, #fields))
    });
    quote!(__schema.enumeration::<Self>(#label, &[#(#variants),*]))
}

/// The fields for the schema: name, description of the type, whether for the host alone.
fn described(input: &Input<'_>, product: &Product<'_>) -> TokenStream {
    let fields = product.shared().map(|field| {
        let (label, host_only) = (&field.label, field.attrs.host_only);
        let describe = field.call(input, "describe");
        quote_spanned!(field.span=> (#label, #describe, #host_only))
    });
    quote!(&[#(#fields),*])
}

fn is_shared(field: &Field<'_>) -> bool {
    field.kind != Kind::Skipped
}

/// A `match` of a value by its variants.
fn by_variant(variants: &[Variant<'_>], arms: &TokenStream) -> TokenStream {
    if variants.is_empty() {
        quote!(match *self {})
    } else {
        quote!(match self { #arms })
    }
}

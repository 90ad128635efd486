//! The typed patch: an enum with a variant for each field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::ast::Input;

pub(crate) fn expand(input: &Input<'_>) -> TokenStream {
    let definition = definition(input);
    let std_impls = std_impls(input);
    let serialize = serialize(input);
    let deserialize = deserialize(input);
    let wire = wire(input);
    quote! {
        #definition
        #std_impls
        #serialize
        #deserialize
        #wire
    }
}

fn definition(input: &Input<'_>) -> TokenStream {
    let Input {
        name,
        vis,
        patch,
        lints,
        ..
    } = input;
    let doc = format!("A change to one field of a [`{name}`](struct@{name}).");
    let variants = input.fields.iter().map(|field| {
        let doc = format!("A change to `{}`.", field.name);
        let variant = &field.variant;
        let content = field.shared(input, "Patch");
        quote_spanned! {field.span=>
            #[doc = #doc]
            #variant(#content),
        }
    });
    quote! {
        #lints
        #[doc = #doc]
        #vis enum #patch {
            #(#variants)*
        }
    }
}

/// `Debug` and `Clone`, as derived. A derive within the derive would tell once more each that a
/// field's type is not `Shared`.
fn std_impls(input: &Input<'_>) -> TokenStream {
    let Input { patch, lints, .. } = input;
    let debug = input.fields.iter().map(|field| {
        let variant = &field.variant;
        let name = variant.to_string();
        quote_spanned! {field.span=>
            Self::#variant(ref patch) => formatter.debug_tuple(#name).field(patch).finish(),
        }
    });
    let clone = input.fields.iter().map(|field| {
        let variant = &field.variant;
        quote_spanned! {field.span=>
            Self::#variant(ref patch) => Self::#variant(::core::clone::Clone::clone(patch)),
        }
    });
    quote! {
        #lints
        #[automatically_derived]
        impl ::core::fmt::Debug for #patch {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match *self {
                    #(#debug)*
                }
            }
        }

        #lints
        #[automatically_derived]
        impl ::core::clone::Clone for #patch {
            fn clone(&self) -> Self {
                match *self {
                    #(#clone)*
                }
            }
        }
    }
}

fn serialize(input: &Input<'_>) -> TokenStream {
    let Input { patch, lints, .. } = input;
    let private = input.private();
    let serde = quote!(#private::serde);
    let name = patch.to_string();
    let variants = input.fields.iter().map(|field| {
        let variant = &field.variant;
        let index = u32::try_from(field.index).expect("a struct has fewer fields");
        let variant_name = variant.to_string();
        quote_spanned! {field.span=>
            Self::#variant(ref patch) => serializer.serialize_newtype_variant(
                #name, #index, #variant_name, patch,
            ),
        }
    });
    quote! {
        #lints
        #[automatically_derived]
        impl #serde::Serialize for #patch {
            fn serialize<S: #serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match *self {
                    #(#variants)*
                }
            }
        }
    }
}

fn deserialize(input: &Input<'_>) -> TokenStream {
    let Input { patch, lints, .. } = input;
    let private = input.private();
    let serde = quote!(#private::serde);
    let name = patch.to_string();
    let names = input.fields.iter().map(|field| field.variant.to_string());
    let variants = input.fields.iter().map(|field| {
        let (index, variant) = (field.index, &field.variant);
        quote_spanned! {field.span=>
            #index => ::core::result::Result::Ok(Self::#variant(access.newtype_variant()?)),
        }
    });
    quote! {
        #lints
        #[automatically_derived]
        impl #private::PatchEnum for #patch {
            const NAME: &'static ::core::primitive::str = #name;
            const VARIANTS: &'static [&'static ::core::primitive::str] = &[#(#names),*];

            fn variant<'de, A: #serde::de::VariantAccess<'de>>(
                index: ::core::primitive::usize,
                access: A,
            ) -> ::core::result::Result<Self, A::Error> {
                match index {
                    #(#variants)*
                    _ => ::core::unreachable!("there are fewer variants"),
                }
            }
        }

        #lints
        #[automatically_derived]
        impl<'de> #serde::Deserialize<'de> for #patch {
            fn deserialize<D: #serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #private::deserialize_patch(deserializer)
            }
        }
    }
}

/// The form that crosses the socket: the field's number and its own patch.
fn wire(input: &Input<'_>) -> TokenStream {
    let Input {
        ipos,
        name,
        patch,
        lints,
        ..
    } = input;
    let private = input.private();
    let encode = input.fields.iter().map(|field| {
        let (index, variant) = (field.index, &field.variant);
        quote_spanned! {field.span=>
            Self::#variant(ref patch) => #private::encode_part(#index, patch, out),
        }
    });
    let decode = input.fields.iter().map(|field| {
        let (index, variant) = (field.index, &field.variant);
        quote_spanned! {field.span=>
            #index => reader.nested(#ipos::Patch::decode).map(Self::#variant),
        }
    });
    quote! {
        #lints
        #[automatically_derived]
        impl #ipos::Patch for #patch {
            fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
                match *self {
                    #(#encode)*
                }
            }
            fn decode(
                reader: &mut #private::Reader<'_>,
            ) -> #private::Result<Self, #private::DecodeError> {
                match reader.length()? {
                    #(#decode)*
                    number => ::core::result::Result::Err(
                        reader.no_such("field", #name, number),
                    ),
                }
            }
        }
    }
}

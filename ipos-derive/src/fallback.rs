//! What stands in for the derive's output after an error, so that what follows from the missing
//! `impl` is not told too.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::Input;

/// The errors, and an `impl Shared` without content.
pub(crate) fn expand(input: &Input<'_>, error: &syn::Error) -> TokenStream {
    let Input {
        ipos, ident, lints, ..
    } = input;
    let error = error.to_compile_error();
    let (impl_generics, ty_generics, where_clause) = input.original.generics.split_for_impl();
    let predicates = where_clause.map(|clause| {
        let predicates = clause.predicates.iter();
        quote!(#(#predicates,)*)
    });
    let private = input.private();
    quote! {
        #error

        // What `Shared` demands is assumed here. The lifetime keeps the compiler from finding out
        // at once that it does not hold.
        #lints
        #[automatically_derived]
        impl #impl_generics #ipos::Shared for #ident #ty_generics
        where
            #predicates
            for<'__ipos> Self: #private::serde::Serialize
                + #private::serde::de::DeserializeOwned
                + ::core::clone::Clone
                + ::core::fmt::Debug
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
        {
            type Patch = #private::NoPatch;
            type Mut<'__ipos> = ();

            fn writer(_: #private::Cursor<'_, Self>) -> Self::Mut<'_> {
                ::core::unreachable!()
            }
            fn finish(_: Self::Mut<'_>, _: #private::Finish) -> #private::Result<()> {
                ::core::unreachable!()
            }
            fn replace(_: #private::Cursor<'_, Self>, _: Self) {
                ::core::unreachable!()
            }
            fn encode(&self, _: &mut ::std::vec::Vec<::core::primitive::u8>) {
                ::core::unreachable!()
            }
            fn decode(
                _: &mut #private::Reader<'_>,
            ) -> #private::Result<Self, #private::DecodeError> {
                ::core::unreachable!()
            }
            fn apply(
                &mut self,
                _: &mut #private::Incoming<'_>,
            ) -> #private::Result<(), #private::Fault> {
                ::core::unreachable!()
            }
            fn describe(_: &mut #private::SchemaBuilder) -> #private::TypeRef {
                ::core::unreachable!()
            }
        }
    }
}

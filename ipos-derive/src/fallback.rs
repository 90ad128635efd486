//! What stands in for the derive's output after an error, so that what follows from the missing
//! items is not told too.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::Input;

/// The errors, and the same items as without them, without content.
pub(crate) fn expand(input: &Input<'_>, error: &syn::Error) -> TokenStream {
    let error = error.to_compile_error();
    let types = (!input.attrs.atomic).then(|| types(input));
    let shared = shared(input);
    quote! {
        #error
        #types
        #shared
    }
}

/// The patch and the wrapper. The wrapper can be read, and takes any value for any field.
fn types(input: &Input<'_>) -> TokenStream {
    let Input {
        ipos,
        vis,
        patch,
        writer,
        generics,
        lints,
        ..
    } = input;
    let ty = input.ty();
    let (declared, clause) = (generics.declared(None), generics.for_type());
    let with_lifetime = generics.declared(Some("'ipos"));
    let params = generics.params(None);
    let short = generics.of_writer(writer, &quote!('_));
    let setters = input.fields().map(|field| {
        let setter = &field.setter;
        quote! {
            #vis fn #setter<__V>(&mut self, _: __V) {}
        }
    });
    // Names that two fields lead to are among the errors.
    let mut names: Vec<String> = vec![];
    let setters = input.fields().zip(setters).filter_map(|(field, setter)| {
        let name = field.setter.to_string();
        let is_new = !names.contains(&name);
        names.push(name);
        is_new.then_some(setter)
    });
    quote! {
        #lints
        #[doc(hidden)]
        #[allow(dead_code, private_bounds, private_interfaces)]
        #vis struct #patch #declared(::core::marker::PhantomData<fn() -> #ty>) #clause;

        #lints
        #[doc(hidden)]
        #[allow(dead_code, private_bounds, private_interfaces)]
        #vis struct #writer #with_lifetime(
            ::core::marker::PhantomData<&'ipos ()>,
            ::core::marker::PhantomData<fn() -> #ty>,
        ) #clause;

        #lints
        #[automatically_derived]
        impl #params ::core::ops::Deref for #short #clause {
            type Target = #ty;

            fn deref(&self) -> &#ty {
                ::core::unreachable!()
            }
        }

        #lints
        #[allow(dead_code, private_bounds, private_interfaces)]
        impl #params #short #clause {
            #vis fn set<__V>(&mut self, _: __V) {}
            #vis fn call<__R, __E>(
                &mut self,
                _: #ipos::Action<#ty, __R, __E>,
            ) -> ::core::result::Result<__R, __E> {
                ::core::unreachable!()
            }
            #(#setters)*
        }
    }
}

fn shared(input: &Input<'_>) -> TokenStream {
    let Input {
        ipos,
        generics,
        lints,
        ..
    } = input;
    let private = input.private();
    let (params, ty) = (generics.params(None), input.ty());
    let own = generics.own();
    let writer = if input.attrs.atomic {
        quote!(())
    } else {
        generics.of_writer(&input.writer, &quote!('__ipos))
    };
    quote! {
        // What `Shared` demands is assumed here. The lifetime keeps the compiler from finding out
        // at once that it does not hold.
        #lints
        #[automatically_derived]
        impl #params #ipos::Shared for #ty
        where
            #(#own,)*
            for<'__ipos> Self: #private::serde::Serialize
                + #private::serde::de::DeserializeOwned
                + ::core::clone::Clone
                + ::core::fmt::Debug
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
        {
            type Patch = #private::NoPatch;
            type Mut<'__ipos> = #writer;

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

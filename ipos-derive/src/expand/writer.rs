//! The wrapper: the struct to read, and a setter and a deeper wrapper for each field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::ast::{Field, Input};

pub(crate) fn expand(input: &Input<'_>) -> TokenStream {
    let Input {
        ipos,
        ident,
        name,
        vis,
        writer,
        lints,
        ..
    } = input;
    let doc = format!("The wrapper of a [`{name}`](struct@{name}), through which it is changed.");
    let set = set(input);
    let methods = input.fields.iter().map(|field| methods(input, field));
    quote! {
        #lints
        #[doc = #doc]
        #[derive(::core::fmt::Debug)]
        #vis struct #writer<'ipos>(#ipos::__private::Cursor<'ipos, #ident>);

        #lints
        #[automatically_derived]
        impl ::core::ops::Deref for #writer<'_> {
            type Target = #ident;

            fn deref(&self) -> &#ident {
                self.0.value()
            }
        }

        #lints
        #[automatically_derived]
        impl #writer<'_> {
            #set
            #(#methods)*
        }
    }
}

fn set(input: &Input<'_>) -> TokenStream {
    let ident = input.ident;
    let fields = input.fields.iter().map(|field| {
        let member = field.member;
        let cursor = cursor(field);
        let replace = field.shared(input, "replace");
        quote_spanned!(field.span=> #replace(#cursor, value.#member);)
    });
    quote! {
        /// Replaces all fields.
        pub fn set(&mut self, value: #ident) {
            #(#fields)*
        }
    }
}

fn methods(input: &Input<'_>, field: &Field<'_>) -> TokenStream {
    let Input { ipos, name, .. } = input;
    let Field {
        name: field_name,
        vis,
        ty,
        setter,
        accessor,
        ..
    } = field;
    let link = format!("[`{field_name}`](field@{name}::{field_name})");
    let setter_doc = format!("Replaces {link}.");
    let accessor_doc = format!("The wrapper of {link}.");
    let cursor = cursor(field);
    let replace = field.shared(input, "replace");
    let wrapper = field.shared(input, "Mut");
    let wrap = field.shared(input, "writer");
    quote_spanned! {field.span=>
        #[doc = #setter_doc]
        #vis fn #setter(&mut self, value: impl #ipos::Assign<#ty>) {
            #replace(#cursor, #ipos::Assign::into_value(value));
        }

        #[doc = #accessor_doc]
        #vis fn #accessor(&mut self) -> #wrapper<'_> {
            #wrap(#cursor)
        }
    }
}

/// The place of `field`, in a method of the wrapper.
fn cursor(field: &Field<'_>) -> TokenStream {
    let (index, member) = (field.index, field.member);
    quote_spanned!(field.span=> self.0.field(#index, |owner| &mut owner.#member))
}

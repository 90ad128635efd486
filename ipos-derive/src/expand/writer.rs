//! The wrapper: the value to read, and a setter and a deeper wrapper for each field. That of an enum
//! leads into the variant that the value is.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Index;

use super::{
    lints,
    place::{pattern, way},
};
use crate::ast::{Field, Input, Kind, Place, Product, Variant};

/// The wrapper of a struct.
pub(super) fn of_struct(input: &Input<'_>, product: &Product<'_>) -> TokenStream {
    let link = input.link();
    let set = set_fields(input, product);
    let methods = product
        .fields
        .iter()
        .map(|field| methods(input, field, None));
    let doc = format!(" The wrapper of a {link}, through which it is changed.");
    let call = call(input);
    wrapper(
        input,
        &product.writer,
        &doc,
        &quote!(#set #call #(#methods)*),
    )
}

/// The wrapper of an enum.
pub(super) fn of_enum(input: &Input<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let link = input.link();
    let (vis, ty) = (&input.vis, input.ty());
    let private = input.private();
    let accessors = variants.iter().map(|variant| accessor(input, variant));
    let doc = format!(" The wrapper of a {link}, through which it is changed.");
    let call = call(input);
    let methods = quote! {
        /// Replaces the value.
        #[inline]
        #vis fn set(&mut self, __value: #ty) {
            #private::set(&mut self.0, __value);
        }

        #call

        #(#accessors)*
    };
    wrapper(input, &input.writer, &doc, &methods)
}

/// The method that runs an action in an open commit.
fn call(input: &Input<'_>) -> TokenStream {
    let (vis, ty, ipos) = (&input.vis, input.ty(), &input.ipos);
    let private = input.private();
    let at = input.cursor();
    quote! {
        /// Runs an action here, and has the host run it again in this place of the commit.
        #[inline]
        #vis fn call<__R, __E>(
            &mut self,
            __action: #ipos::Action<#ty, __R, __E>,
        ) -> ::core::result::Result<__R, __E> {
            #private::call(&mut self.#at, __action)
        }
    }
}

/// The wrapper of the fields of a variant.
pub(super) fn of_variant(input: &Input<'_>, variant: &Variant<'_>) -> TokenStream {
    let link = input.variant_link(variant);
    let product = &variant.product;
    let methods = product
        .fields
        .iter()
        .map(|field| methods(input, field, Some(variant)));
    let doc = format!(" The wrapper of a {link}, through which its fields are changed.");
    wrapper(input, &product.writer, &doc, &quote!(#(#methods)*))
}

/// A cover over a cursor, which derefs to the type.
fn wrapper(input: &Input<'_>, ident: &Ident, doc: &str, methods: &TokenStream) -> TokenStream {
    let Input { vis, generics, .. } = input;
    let (allowed, lints) = (lints(input), &input.lints);
    let private = input.private();
    let ty = input.ty();
    let name = ident.to_string();
    let (declared, own) = (generics.declared(Some("'ipos")), generics.for_type());
    let (params, clause) = (generics.params(None), generics.for_impl());
    let writer = generics.of_writer(ident, &quote!('_));
    let content = quote!(#private::Cursor<'ipos, #ty>);
    let body = if input.is_tuple() {
        quote!(#own { cursor: #content })
    } else {
        quote!((#content) #own;)
    };
    let at = input.cursor();
    let debug = quote_spanned!(ident.span()=> #private::debug_writer(#name, &self.#at, __f));
    quote! {
        #[doc = #doc]
        #allowed
        #vis struct #ident #declared #body

        #lints
        #[automatically_derived]
        impl #params ::core::fmt::Debug for #writer #clause {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #debug
            }
        }

        #lints
        #[automatically_derived]
        impl #params ::core::ops::Deref for #writer #clause {
            type Target = #ty;

            #[inline]
            fn deref(&self) -> &#ty {
                self.#at.value()
            }
        }

        #allowed
        impl #params #writer #clause {
            #methods
        }
    }
}

/// A struct is replaced field by field.
fn set_fields(input: &Input<'_>, product: &Product<'_>) -> TokenStream {
    let (vis, ty) = (&input.vis, input.ty());
    let fields = product.fields.iter().map(|field| {
        let member = &field.member;
        if field.kind == Kind::Skipped {
            let local = local(input, field, None);
            return quote_spanned!(field.span=> *#local = __value.#member;);
        }
        let cursor = cursor(input, field, None);
        let replace = field.call(input, "replace");
        quote_spanned!(field.span=> #replace(#cursor, __value.#member);)
    });
    let value = if product.fields.is_empty() {
        quote!(_)
    } else {
        quote!(__value)
    };
    quote! {
        /// Replaces all fields.
        #[inline]
        #vis fn set(&mut self, #value: #ty) {
            #(#fields)*
        }
    }
}

/// The two methods of a field: its own, or of a variant.
fn methods(input: &Input<'_>, field: &Field<'_>, variant: Option<&Variant<'_>>) -> TokenStream {
    let ipos = &input.ipos;
    let assign = field.assign(input);
    let Field {
        ty,
        setter,
        accessor,
        ..
    } = field;
    // The fields of a variant are visible wherever the enum is.
    let vis = match variant {
        Some(_) => &input.vis,
        None => &field.vis,
    };
    let link = input.field_link(field, variant);
    if field.kind == Kind::Skipped {
        let setter_doc = format!(
            " Replaces {link} in this process alone; nobody else sees it, and a rollback leaves it."
        );
        let accessor_doc = format!(
            " The value of {link} in this process alone; nobody else sees what is done to it, and a \
             rollback leaves it."
        );
        let local = local(input, field, variant);
        return quote_spanned! {field.span=>
            #[doc = #setter_doc]
            #[inline]
            #vis fn #setter(&mut self, __value: impl #assign) {
                *#local = #ipos::Assign::into_value(__value);
            }

            #[doc = #accessor_doc]
            #[inline]
            #vis fn #accessor(&mut self) -> &mut #ty {
                #local
            }
        };
    }
    let setter_doc = format!(" Replaces {link}.");
    let accessor_doc = format!(" The wrapper of {link}.");
    let cursor = cursor(input, field, variant);
    let replace = field.call(input, "replace");
    let wrapper = field.named(input, Place::Mut);
    let wrap = field.call(input, "writer");
    quote_spanned! {field.span=>
        #[doc = #setter_doc]
        #[inline]
        #vis fn #setter(&mut self, __value: impl #assign) {
            #replace(#cursor, #ipos::Assign::into_value(__value));
        }

        #[doc = #accessor_doc]
        #[inline]
        #vis fn #accessor(&mut self) -> #wrapper {
            #wrap(#cursor)
        }
    }
}

/// The method that leads into a variant, if there is something in it.
fn accessor(input: &Input<'_>, variant: &Variant<'_>) -> Option<TokenStream> {
    if variant.product.fields.is_empty() {
        return None;
    }
    let (vis, owner) = (&input.vis, input.ident);
    let (ident, accessor) = (variant.ident, &variant.accessor);
    let index = Index::from(variant.index);
    let link = input.variant_link(variant);
    let here = pattern(&quote!(#owner::#ident), variant, |_| false);
    let is_here = quote! {
        if !::core::matches!(self.0.value(), #here) {
            return ::core::option::Option::None;
        }
    };
    let is_here = (input.variants().len() > 1).then_some(is_here);
    Some(if let Some(field) = variant.newtype() {
        let doc = format!(" The wrapper of what is in a {link}, if the value is one.");
        let wrapper = field.named(input, Place::Mut);
        let wrap = field.call(input, "writer");
        let way = way(input, field, Some(variant));
        quote_spanned! {field.span=>
            #[doc = #doc]
            #[inline]
            #vis fn #accessor(&mut self) -> ::core::option::Option<#wrapper> {
                #is_here
                ::core::option::Option::Some(#wrap(self.0.newtype(#index, #way)))
            }
        }
    } else {
        let doc = format!(" The wrapper of the fields of a {link}, if the value is one.");
        let writer = &variant.product.writer;
        let wrapper = input.generics.of_writer(writer, &quote!('_));
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #accessor(&mut self) -> ::core::option::Option<#wrapper> {
                #is_here
                ::core::option::Option::Some(#writer(self.0.variant(#index)))
            }
        }
    })
}

/// The place of `field`, in a method of the wrapper.
fn cursor(input: &Input<'_>, field: &Field<'_>, variant: Option<&Variant<'_>>) -> TokenStream {
    let (number, way) = (field.number(), way(input, field, variant));
    let at = input.cursor();
    quote_spanned!(field.span=> self.#at.field(#number, #way))
}

/// The value of a skipped `field`, in a method of the wrapper.
fn local(input: &Input<'_>, field: &Field<'_>, variant: Option<&Variant<'_>>) -> TokenStream {
    let way = way(input, field, variant);
    let at = input.cursor();
    quote_spanned!(field.span=> self.#at.local(#way))
}

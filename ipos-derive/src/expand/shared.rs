//! `impl Shared`: the same patch grammar, read from bytes and told as data.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::ast::Input;

pub(crate) fn expand(input: &Input<'_>) -> TokenStream {
    let Input {
        ipos,
        ident,
        patch,
        writer,
        lints,
        ..
    } = input;
    let private = input.private();
    let encode = encode(input);
    let decode = decode(input);
    let apply = apply(input);
    let describe = describe(input);
    quote! {
        #lints
        #[automatically_derived]
        impl #ipos::Shared for #ident {
            type Patch = #patch;
            type Mut<'ipos> = #writer<'ipos>;

            fn writer(cursor: #private::Cursor<'_, Self>) -> #writer<'_> {
                #writer(cursor)
            }
            fn finish(writer: #writer<'_>, finish: #private::Finish) -> #private::Result<()> {
                writer.0.finish(finish)
            }
            fn replace(cursor: #private::Cursor<'_, Self>, value: Self) {
                #writer(cursor).set(value);
            }
            #encode
            #decode
            #apply
            #describe
        }
    }
}

fn encode(input: &Input<'_>) -> TokenStream {
    let fields = input.fields.iter().map(|field| {
        let member = field.member;
        let encode = field.shared(input, "encode");
        quote_spanned!(field.span=> #encode(&self.#member, out);)
    });
    quote! {
        fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
            #(#fields)*
        }
    }
}

fn decode(input: &Input<'_>) -> TokenStream {
    let private = input.private();
    let fields = input.fields.iter().map(|field| {
        let member = field.member;
        let decode = field.shared(input, "decode");
        quote_spanned!(field.span=> #member: #decode(reader)?,)
    });
    quote! {
        fn decode(
            reader: &mut #private::Reader<'_>,
        ) -> #private::Result<Self, #private::DecodeError> {
            reader.parts(|reader| ::core::result::Result::Ok(Self { #(#fields)* }))
        }
    }
}

fn apply(input: &Input<'_>) -> TokenStream {
    let private = input.private();
    let name = &input.name;
    let fields = input.fields.iter().map(|field| {
        let (index, member) = (field.index, field.member);
        let apply = field.shared(input, "apply");
        quote_spanned!(field.span=> #index => #apply(&mut self.#member, patch),)
    });
    quote! {
        fn apply(
            &mut self,
            patch: &mut #private::Incoming<'_>,
        ) -> #private::Result<(), #private::Fault> {
            let operation = patch.operation()?;
            patch.nested(|patch| match operation.number {
                #(#fields)*
                _ => ::core::result::Result::Err(patch.no_such("field", #name, operation)),
            })
        }
    }
}

fn describe(input: &Input<'_>) -> TokenStream {
    let private = input.private();
    let name = &input.name;
    let fields = input.fields.iter().map(|field| {
        let (field_name, host_only) = (&field.name, field.attrs.host_only);
        let describe = field.shared(input, "describe");
        quote_spanned!(field.span=> (#field_name, #describe, #host_only))
    });
    quote! {
        fn describe(schema: &mut #private::SchemaBuilder) -> #private::TypeRef {
            schema.structure::<Self>(#name, &[#(#fields),*])
        }
    }
}

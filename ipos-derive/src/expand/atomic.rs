//! `impl Shared` for a type that is replaced whole: all of it is a few functions of `ipos`.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use crate::ast::Input;

pub(super) fn expand(input: &Input<'_>) -> TokenStream {
    let Input {
        ipos,
        lints,
        generics,
        ..
    } = input;
    // What is not met is told at the type's name.
    let span = input.patch.span();
    let private = input.private();
    let atomic = quote_spanned!(span=> #private::atomic);
    let (params, ty, clause) = (generics.params(None), input.ty(), generics.for_impl());
    let name = input.attrs.rename.as_ref();
    let describe = name.map_or_else(
        || quote_spanned!(span=> describe::<Self>(__schema)),
        |name| quote_spanned!(span=> describe_as::<Self>(#name, __schema)),
    );
    quote_spanned! {span=>
        #lints
        #[automatically_derived]
        impl #params #ipos::Shared for #ty #clause {
            type Patch = #ipos::AtomicPatch<Self>;
            type Mut<'ipos> = #ipos::AtomicMut<'ipos, Self>;

            fn writer(__cursor: #private::Cursor<'_, Self>) -> #ipos::AtomicMut<'_, Self> {
                #atomic::writer(__cursor)
            }
            fn finish(
                __writer: #ipos::AtomicMut<'_, Self>,
                __finish: #private::Finish,
            ) -> #private::Result<()> {
                #atomic::finish(__writer, __finish)
            }
            fn replace(__cursor: #private::Cursor<'_, Self>, __value: Self) {
                #atomic::replace(__cursor, __value);
            }
            fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
                #atomic::encode(self, __out);
            }
            fn decode(
                __reader: &mut #private::Reader<'_>,
            ) -> #private::Result<Self, #private::DecodeError> {
                #atomic::decode(__reader)
            }
            fn apply(
                &mut self,
                __patch: &mut #private::Incoming<'_>,
            ) -> #private::Result<(), #private::Fault> {
                #atomic::apply(self, __patch)
            }
            fn describe(__schema: &mut #private::SchemaBuilder) -> #private::TypeRef {
                #atomic::#describe
            }
        }
    }
}

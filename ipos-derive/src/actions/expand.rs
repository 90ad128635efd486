//! What is added.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{ItemImpl, ext::IdentExt};

use super::{Answer, Function, Said, is_doc, is_repeated};

/// The names of the lists of actions, by their blocks' numbers. When two blocks of a type have one, the
/// compiler tells it.
const LISTS: [&str; super::MOST_BLOCKS] = [
    "IPOS_ACTIONS_1_THE_NEXT_BLOCK_SAYS_ACTIONS_2",
    "IPOS_ACTIONS_2_THE_NEXT_BLOCK_SAYS_ACTIONS_3",
    "IPOS_ACTIONS_3_THE_NEXT_BLOCK_SAYS_ACTIONS_4",
    "IPOS_ACTIONS_4_AND_NO_BLOCK_MORE",
];

/// The names of the lists, for the derive to find them by.
pub(crate) fn lists() -> impl Iterator<Item = Ident> {
    let site = Span::call_site();
    LISTS.iter().map(move |list| Ident::new(list, site))
}

/// The block as it is, and one with the list of its actions and a constructor for each.
pub(super) fn added(said: &Said, block: &ItemImpl, functions: &[Function<'_>]) -> TokenStream {
    let span = Span::call_site();
    let ipos = said.krate.as_ref();
    let ipos = ipos.map_or_else(|| quote_spanned!(span=> ::ipos), ToTokens::to_token_stream);
    let (params, _, clause) = block.generics.split_for_impl();
    let attributes = block
        .attrs
        .iter()
        .filter(|it| is_repeated(it) && !is_doc(it));
    let owner = &block.self_ty;
    let list = Ident::new(LISTS[said.block - 1], span);
    let entries = functions.iter().map(|function| entry(&ipos, function));
    let constructors = functions
        .iter()
        .map(|function| constructor(&ipos, function));
    quote! {
        // An action owns its arguments, whatever it does with them.
        #[allow(clippy::needless_pass_by_value)]
        #block

        #(#attributes)*
        #[automatically_derived]
        #[allow(dead_code)]
        impl #params #owner #clause {
            #[doc(hidden)]
            pub const #list: &'static [#ipos::__private::Entry<Self>] = &[#(#entries),*];

            #(#constructors)*
        }
    }
}

fn entry(ipos: &TokenStream, function: &Function<'_>) -> TokenStream {
    let (name, ident) = (&function.name, &function.original.sig.ident);
    let conditions = function.original.attrs.iter();
    let conditions = conditions.filter(|attribute| attribute.path().is_ident("cfg"));
    let site = Span::mixed_site();
    let read = function.arguments.iter().enumerate();
    let (arguments, read): (Vec<Ident>, Vec<TokenStream>) = read
        .map(|(number, (argument, ty))| {
            let local = format_ident!(
                "__argument_{number}",
                span = site.located_at(argument.span())
            );
            let read = quote_spanned!(site=> let #local: #ty = __arguments.next()?;);
            (local, read)
        })
        .unzip();
    let told = match function.answer {
        Answer::Plain(_) => quote!(answered),
        Answer::Result(..) | Answer::Alias(_) => quote!(ended),
    };
    quote_spanned! {site=>
        #(#conditions)*
        #ipos::__private::Entry::new(#name, |__writer, __arguments| {
            #(#read)*
            __arguments.finish()?;
            #ipos::__private::#told(&Self::#ident(__writer #(, #arguments)*))
        })
    }
}

fn constructor(ipos: &TokenStream, function: &Function<'_>) -> TokenStream {
    let Function {
        original,
        name,
        arguments,
        answer,
    } = function;
    let signature = &original.sig;
    let vis = &original.vis;
    let ident = format_ident!("{}_action", signature.ident.unraw());
    let doc = format!("The action [`{name}`](Self::{name}), to be called.");
    let attributes = original
        .attrs
        .iter()
        .filter(|attribute| is_repeated(attribute));
    let (names, types): (Vec<_>, Vec<_>) = arguments.iter().copied().unzip();
    let (action, made) = match answer {
        Answer::Plain(answer) => (quote!(#ipos::Action<Self, #answer>), quote!(answers)),
        Answer::Result(answer, error) => (
            quote!(#ipos::Action<Self, #answer, #error>),
            quote!(may_fail),
        ),
        Answer::Alias(alias) => (
            quote! {
                #ipos::Action<
                    Self,
                    <#alias as #ipos::__private::Fallible>::Ok,
                    <#alias as #ipos::__private::Fallible>::Err,
                >
            },
            quote!(may_fail),
        ),
    };
    quote! {
        #[doc = #doc]
        #[doc = ""]
        #(#attributes)*
        #vis fn #ident(#(#names: #types),*) -> #action {
            #ipos::__private::Arguing::new()
                #(.with(&#names))*
                .#made(const { #ipos::__private::listed::<Self>(#name) })
        }
    }
}

//! The typed patch: an enum with a variant for each field, or for each variant that has some.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Index, ext::IdentExt};

use super::lints;
use crate::ast::{Input, Place, Product, Variant};

/// A patch enum that is generated.
struct PatchEnum<'a> {
    ident: &'a Ident,
    doc: String,
    /// The names of its variants by their numbers.
    names: Vec<String>,
    cases: Vec<Case<'a>>,
    /// The parameters that no variant names.
    unused: Vec<Ident>,
}

/// A variant of it.
struct Case<'a> {
    ident: &'a Ident,
    doc: String,
    content: TokenStream,
    number: Index,
    /// By which function of its visitors and sources it is given and taken.
    form: &'static str,
    /// Where the compiler tells what is wrong with the content: from the one to the other.
    open: Span,
    span: Span,
}

/// The patch of a struct.
pub(super) fn of_struct(input: &Input<'_>, product: &Product<'_>) -> TokenStream {
    let link = input.link();
    of_fields(
        input,
        product,
        format!(" A change to one field of a {link}."),
    )
}

/// The patch of the fields of a variant.
pub(super) fn of_variant(input: &Input<'_>, variant: &Variant<'_>) -> TokenStream {
    let link = input.variant_link(variant);
    of_fields(
        input,
        &variant.product,
        format!(" A change to one field of a {link}."),
    )
}

fn of_fields(input: &Input<'_>, product: &Product<'_>, doc: String) -> TokenStream {
    let cases = product.shared().map(|field| Case {
        ident: &field.variant,
        doc: format!(" A change to `{}`.", field.name),
        content: field.named(input, Place::Patch),
        number: field.number(),
        form: "field",
        open: field.open,
        span: field.span,
    });
    PatchEnum {
        ident: &product.patch,
        doc,
        names: product
            .shared()
            .map(|field| field.variant.to_string())
            .collect(),
        cases: cases.collect(),
        unused: input.generics.unused_in(product),
    }
    .expand(input)
}

/// The patch of an enum: another value, or what goes on inside a variant.
pub(super) fn of_enum(input: &Input<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let link = input.link();
    let set = Ident::new("Set", input.patch.span());
    let whole = Case {
        ident: &set,
        doc: " The new value, of whichever variant.".to_owned(),
        content: input.ty(),
        number: 0.into(),
        form: "whole",
        open: set.span(),
        span: set.span(),
    };
    let inside = variants.iter().filter(|variant| variant.has_shared());
    let inside = inside.map(|variant| {
        let link = input.variant_link(variant);
        let name = variant.case.span();
        let (content, form, open, span) = match variant.newtype() {
            Some(field) => (
                field.named(input, Place::Patch),
                "newtype",
                field.open,
                field.span,
            ),
            None => (
                input.generics.of(&variant.product.patch),
                "variant",
                name,
                name,
            ),
        };
        Case {
            ident: &variant.case,
            doc: format!(
                " A change inside a {link}; nothing if the value is another variant by then."
            ),
            content,
            number: variant.number(),
            form,
            open,
            span,
        }
    });
    let names = variants
        .iter()
        .map(|variant| variant.case.unraw().to_string());
    PatchEnum {
        ident: &input.patch,
        doc: format!(
            " A change to a {link}: another value, or a change inside the variant that it is."
        ),
        names: std::iter::once(set.to_string()).chain(names).collect(),
        cases: std::iter::once(whole).chain(inside).collect(),
        unused: vec![],
    }
    .expand(input)
}

impl PatchEnum<'_> {
    fn expand(&self, input: &Input<'_>) -> TokenStream {
        let definition = self.definition(input);
        let tables = self.tables(input);
        let impls = self.impls(input);
        quote! {
            #definition
            #tables
            #impls
        }
    }

    fn definition(&self, input: &Input<'_>) -> TokenStream {
        let Self { ident, doc, .. } = self;
        let (vis, generics) = (&input.vis, &input.generics);
        let lints = lints(input);
        let (params, clause) = (generics.declared(None), generics.for_patch());
        let cases = self.cases.iter().map(|case| {
            let Case {
                ident,
                doc,
                content,
                ..
            } = case;
            quote_spanned! {case.span=>
                #[doc = #doc]
                #ident(#content),
            }
        });
        let unused = (!self.unused.is_empty()).then(|| {
            let unused = &self.unused;
            quote! {
                #[doc(hidden)]
                __Unused(
                    ::core::convert::Infallible,
                    ::core::marker::PhantomData<fn() -> (#(#unused,)*)>,
                ),
            }
        });
        quote! {
            #[doc = #doc]
            #lints
            #vis enum #ident #params #clause {
                #(#cases)*
                #unused
            }
        }
    }

    /// What tells the variants to what works with all patches.
    fn tables(&self, input: &Input<'_>) -> TokenStream {
        let Self { ident, names, .. } = self;
        let Input {
            lints, generics, ..
        } = input;
        let private = input.private();
        let name = ident.to_string();
        let (params, ty, clause) = (
            generics.params(None),
            generics.of(ident),
            generics.for_impl(),
        );
        let give = self.cases.iter().map(|case| {
            let (number, pattern) = (&case.number, case.pattern());
            let form = Ident::new(case.form, case.span);
            let number = (case.form != "whole").then(|| quote!(#number,));
            quote_spanned!(case.span=> #pattern => __to.#form(#number __content),)
        });
        let take = self.cases.iter().map(|case| {
            let (number, path) = (&case.number, case.path());
            let form = Ident::new(case.form, case.span);
            let source = quote_spanned!(case.open=> __S);
            quote_spanned! {case.span=>
                #number => ::core::result::Result::Ok(#path(#source::#form(__from)?)),
            }
        });
        let give = self.matched(&quote!(#(#give)*));
        quote_spanned! {ident.span()=>
            #lints
            #[automatically_derived]
            impl #params #private::PatchEnum for #ty #clause {
                const NAME: &'static ::core::primitive::str = #name;
                const VARIANTS: &'static [&'static ::core::primitive::str] = &[#(#names),*];

                fn give<__V: #private::PatchVisitor>(&self, __to: __V) -> __V::Output {
                    #give
                }

                fn take<__S: #private::PatchSource>(
                    __number: ::core::primitive::usize,
                    __from: __S,
                ) -> ::core::result::Result<Self, __S::Error> {
                    match __number {
                        #(#take)*
                        _ => __from.no_such(__number),
                    }
                }
            }
        }
    }

    fn impls(&self, input: &Input<'_>) -> TokenStream {
        let Self { ident, .. } = self;
        let Input {
            ipos,
            lints,
            generics,
            ..
        } = input;
        let private = input.private();
        let serde = quote!(#private::serde);
        let (params, ty, clause) = (
            generics.params(None),
            generics.of(ident),
            generics.for_impl(),
        );
        let de_params = generics.params(Some("'__de"));
        let clone = self.cases.iter().map(|case| {
            let (path, pattern) = (case.path(), case.pattern());
            let core = quote_spanned!(case.open=> ::core);
            quote_spanned!(case.span=> #pattern => #path(#core::clone::Clone::clone(__content)),)
        });
        let clone = self.matched(&quote!(#(#clone)*));
        quote_spanned! {ident.span()=>
            #lints
            #[automatically_derived]
            impl #params ::core::clone::Clone for #ty #clause {
                fn clone(&self) -> Self {
                    #clone
                }
            }

            #lints
            #[automatically_derived]
            impl #params ::core::fmt::Debug for #ty #clause {
                fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #private::debug_patch(self, __f)
                }
            }

            #lints
            #[automatically_derived]
            impl #params #serde::Serialize for #ty #clause {
                fn serialize<__S: #serde::Serializer>(
                    &self,
                    __serializer: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    #private::serialize_patch(self, __serializer)
                }
            }

            #lints
            #[automatically_derived]
            impl #de_params #serde::Deserialize<'__de> for #ty #clause {
                fn deserialize<__D: #serde::Deserializer<'__de>>(
                    __deserializer: __D,
                ) -> ::core::result::Result<Self, __D::Error> {
                    #private::deserialize_patch(__deserializer)
                }
            }

            #lints
            #[automatically_derived]
            impl #params #ipos::Patch for #ty #clause {
                fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
                    #private::encode_patch(self, __out);
                }
                fn decode(
                    __reader: &mut #private::Reader<'_>,
                ) -> #private::Result<Self, #private::DecodeError> {
                    #private::decode_patch(__reader)
                }
            }
        }
    }

    /// A `match` of a patch by its variants.
    fn matched(&self, arms: &TokenStream) -> TokenStream {
        if self.cases.is_empty() && self.unused.is_empty() {
            return quote!(match *self {});
        }
        let unused = (!self.unused.is_empty())
            .then(|| quote!(Self::__Unused(ref __never, _) => match *__never {},));
        quote_spanned! {self.ident.span()=>
            match *self {
                #arms
                #unused
            }
        }
    }
}

impl Case<'_> {
    /// `Self::Variant`.
    fn path(&self) -> TokenStream {
        let own = quote_spanned!(self.open=> Self);
        let mut ident = self.ident.clone();
        ident.set_span(self.span);
        quote_spanned!(self.span=> #own::#ident)
    }

    /// The pattern that binds its content.
    fn pattern(&self) -> TokenStream {
        let path = self.path();
        let by = quote_spanned!(self.open=> ref);
        quote_spanned!(self.span=> #path(#by __content))
    }
}

//! The type's parameters, and what has to hold for them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{DeriveInput, GenericParam, Lifetime, Type, ext::IdentExt};

use super::{
    Body, Field, Kind, Product,
    tokens::{generated, names, respanned, without_self},
};
use crate::{attr, types};

/// The type's parameters, as they are repeated in what is generated.
pub(crate) struct Generics {
    /// With their bounds: as they are declared, and without the defaults.
    declared: Vec<TokenStream>,
    params: Vec<TokenStream>,
    /// Their names alone.
    args: Vec<TokenStream>,
    /// The names of those that are types.
    types: Vec<String>,
    /// The user's predicates.
    own: Vec<TokenStream>,
    /// What the fields ask for, or what the user has said instead.
    bounds: Vec<TokenStream>,
    /// That the types of atomic fields can be replaced whole. It is told here, so that one that cannot is
    /// told once, and not again by each function that is called for it.
    leaves: Vec<TokenStream>,
    /// What the type itself has to be, where that depends on the parameters or the type is atomic.
    whole: Option<TokenStream>,
}

/// The type as it names itself.
pub(super) fn owner(input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    let (_, args, _) = input.generics.split_for_impl();
    quote!(#ident #args)
}

impl Generics {
    pub(super) fn new(
        input: &DeriveInput,
        ipos: &TokenStream,
        body: &Body<'_>,
        attrs: &attr::OfType,
    ) -> Self {
        let owner = owner(input);
        let repeated =
            |tokens: &dyn ToTokens| respanned(without_self(tokens.to_token_stream(), &owner));
        let generics = &input.generics;
        let plain = generics.params.iter().map(|param| repeated(&bare(param)));
        let own = generics.where_clause.iter();
        let own = own.flat_map(|clause| &clause.predicates);
        let types: Vec<String> = generics
            .type_params()
            .map(|param| param.ident.to_string())
            .collect();
        let bounds = match &attrs.bound {
            Some(bound) => bound.iter().map(|bound| repeated(bound)).collect(),
            None => Inference::new(&types, ipos).run(body, attrs.atomic),
        };
        // All of it stands where the type does, and so does what is said about it.
        let atomic = |ty: TokenStream, span: Span| {
            let ipos = if attrs.krate.is_some() {
                ipos.clone()
            } else {
                quote_spanned!(span=> ::ipos)
            };
            quote_spanned!(span=> #ty: #ipos::__private::atomic::Whole)
        };
        let fields = body.products().flat_map(|product| &product.fields);
        let leaves = fields
            .filter(|field| !attrs.atomic && field.kind == Kind::Atomic)
            .filter(|field| !types.iter().any(|param| names(&field.ty, param)))
            .map(|field| atomic(field.ty.clone(), field.span));
        let leaves = leaves.collect();
        let whole =
            (attrs.atomic).then(|| atomic(respanned(owner.clone()), generated(input.ident.span())));
        let generic = !attrs.atomic && !types.is_empty();
        let whole = whole.or_else(|| {
            generic.then(|| {
                let serde = quote!(#ipos::__private::serde);
                let owner = respanned(owner.clone());
                quote! {
                    #owner: #serde::Serialize + #serde::de::DeserializeOwned
                        + ::core::clone::Clone + ::core::fmt::Debug
                }
            })
        });
        Self {
            declared: generics
                .params
                .iter()
                .map(|param| repeated(&unattributed(param)))
                .collect(),
            params: plain.collect(),
            args: generics
                .params
                .iter()
                .map(|param| respanned(name(param)))
                .collect(),
            own: own.map(|predicate| repeated(predicate)).collect(),
            types,
            bounds,
            leaves,
            whole,
        }
    }

    /// `ident<T, N>`.
    pub(crate) fn of(&self, ident: &Ident) -> TokenStream {
        if self.args.is_empty() {
            return ident.to_token_stream();
        }
        let args = &self.args;
        quote!(#ident<#(#args),*>)
    }

    /// `ident<lifetime, T, N>`.
    pub(crate) fn of_writer(&self, ident: &Ident, lifetime: &TokenStream) -> TokenStream {
        let args = &self.args;
        quote!(#ident<#lifetime #(, #args)*>)
    }

    /// The parameters of a definition, after the lifetime `before`.
    pub(crate) fn declared(&self, before: Option<&str>) -> TokenStream {
        angled(before, &self.declared)
    }

    /// The parameters of an `impl`, after the lifetime `before`.
    pub(crate) fn params(&self, before: Option<&str>) -> TokenStream {
        angled(before, &self.params)
    }

    /// What has to hold for the type to be named.
    pub(crate) fn for_type(&self) -> TokenStream {
        clause(self.own.iter())
    }

    /// What has to hold for its patches to be named.
    pub(crate) fn for_patch(&self) -> TokenStream {
        clause(self.own.iter().chain(&self.bounds).chain(&self.leaves))
    }

    /// What has to hold for it to be shared.
    pub(crate) fn for_impl(&self) -> TokenStream {
        let bounds = self.own.iter().chain(&self.bounds).chain(&self.leaves);
        clause(bounds.chain(&self.whole))
    }

    /// The predicates of the user alone.
    pub(crate) fn own(&self) -> &[TokenStream] {
        &self.own
    }

    /// The types among the parameters that `product` does not name in what it shares.
    pub(crate) fn unused_in(&self, product: &Product<'_>) -> Vec<Ident> {
        let is_used = |name: &&String| product.shared().any(|field| names(&field.ty, name));
        let unused = self.types.iter().filter(|name| !is_used(name));
        unused
            .filter_map(|name| syn::parse_str(name).ok())
            .collect()
    }
}

fn angled(before: Option<&str>, params: &[TokenStream]) -> TokenStream {
    let before = before.map(|name| Lifetime::new(name, Span::call_site()).to_token_stream());
    let params: Vec<_> = before.iter().chain(params).collect();
    if params.is_empty() {
        TokenStream::new()
    } else {
        quote!(<#(#params),*>)
    }
}

fn clause<'a>(predicates: impl Iterator<Item = &'a TokenStream>) -> TokenStream {
    let predicates: Vec<_> = predicates.collect();
    if predicates.is_empty() {
        TokenStream::new()
    } else {
        quote!(where #(#predicates,)*)
    }
}

/// A parameter without its attributes.
fn unattributed(param: &GenericParam) -> GenericParam {
    let mut param = param.clone();
    match &mut param {
        GenericParam::Lifetime(param) => param.attrs.clear(),
        GenericParam::Type(param) => param.attrs.clear(),
        GenericParam::Const(param) => param.attrs.clear(),
    }
    param
}

/// A parameter without its attributes and its default.
fn bare(param: &GenericParam) -> GenericParam {
    let mut param = unattributed(param);
    match &mut param {
        GenericParam::Lifetime(_) => {}
        GenericParam::Type(ty) => ty.default = None,
        GenericParam::Const(constant) => constant.default = None,
    }
    param
}

fn name(param: &GenericParam) -> TokenStream {
    match param {
        GenericParam::Lifetime(param) => param.lifetime.to_token_stream(),
        GenericParam::Type(param) => param.ident.to_token_stream(),
        GenericParam::Const(param) => param.ident.to_token_stream(),
    }
}

/// Finds what the fields ask of the parameters in their types.
struct Inference<'a> {
    params: &'a [String],
    shared: TokenStream,
    atomic: TokenStream,
    found: Vec<TokenStream>,
    /// The parameters that have to be [`Shared`](Kind::Shared).
    known: Vec<String>,
}

impl<'a> Inference<'a> {
    fn new(params: &'a [String], ipos: &TokenStream) -> Self {
        let serde = quote!(#ipos::__private::serde);
        Self {
            params,
            shared: quote!(#ipos::Shared),
            atomic: quote! {
                #serde::Serialize + #serde::de::DeserializeOwned + ::core::clone::Clone
                    + ::core::fmt::Debug + #SENT
            },
            found: vec![],
            known: vec![],
        }
    }

    fn run(mut self, body: &Body<'_>, atomic: bool) -> Vec<TokenStream> {
        if self.params.is_empty() {
            return vec![];
        }
        for field in body.products().flat_map(|product| &product.fields) {
            let bound = match field.kind {
                _ if atomic => self.atomic.clone(),
                Kind::Shared => self.shared.clone(),
                Kind::Atomic => self.atomic.clone(),
                Kind::Skipped if attr::serde::default_of(&field.original.attrs).is_some() => {
                    continue;
                }
                Kind::Skipped => quote!(::core::default::Default),
            };
            self.read(field, &bound, !atomic && field.kind == Kind::Shared);
        }
        let rest = self.params.iter().filter(|name| !self.known.contains(name));
        let rest = rest.filter_map(|name| syn::parse_str::<Ident>(name).ok());
        let rest: Vec<_> = rest.map(|name| quote!(#name: #SENT)).collect();
        self.found.extend(rest);
        self.found
    }

    /// Asks for `bound` of each parameter in the type of `field`, and of each type that belongs to
    /// one.
    fn read(&mut self, field: &Field<'_>, bound: &TokenStream, is_shared: bool) {
        let ty = &field.original.ty;
        types::walk(ty, &mut |ty| {
            let Type::Path(path) = ty else { return true };
            let segments = &path.path.segments;
            if segments
                .last()
                .is_some_and(|last| last.ident == "PhantomData")
            {
                return false;
            }
            let first = segments
                .first()
                .map(|first| first.ident.unraw().to_string());
            let is_param = |name: &String| self.params.contains(name);
            let (found, whole) = match &path.qself {
                // `<T as Trait>::Item`
                Some(qself) => {
                    let tokens = qself.ty.to_token_stream();
                    (self.params.iter().any(|param| names(&tokens, param)), false)
                }
                None => (first.as_ref().is_some_and(is_param), segments.len() == 1),
            };
            if found {
                let predicate = quote!(#ty: #bound);
                let predicate = respanned(predicate);
                let text = predicate.to_string();
                if self.found.iter().all(|found| found.to_string() != text) {
                    self.found.push(predicate);
                }
                if whole && is_shared {
                    self.known.extend(first);
                }
            }
            !found
        });
    }
}

/// What every parameter has to be, as the values in other threads are.
const SENT: Sent = Sent;

struct Sent;

impl ToTokens for Sent {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(quote!(
            ::core::marker::Send + ::core::marker::Sync + 'static
        ));
    }
}

//! Tokens of the user, repeated in what is generated.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// The place of `span`, marked as a macro's output: no lint looks at it.
pub(super) fn generated(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// The same tokens, marked as a macro's output. `$crate` means what it meant only at its own place.
pub(super) fn respanned(tokens: TokenStream) -> TokenStream {
    map_tokens(tokens, &|mut token| {
        if !matches!(&token, TokenTree::Ident(ident) if ident == "$crate") {
            token.set_span(generated(token.span()));
        }
        token
    })
}

/// `Self` means the type `owner`, but would not in the items that are generated.
pub(super) fn without_self(tokens: TokenStream, owner: &TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut output = TokenStream::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == "Self" => {
                let owner = map_tokens(owner.clone(), &|mut token| {
                    token.set_span(token.span().located_at(ident.span()));
                    token
                });
                // `Self::Item` is `<Owner>::Item`.
                match tokens.peek() {
                    Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => {
                        output.extend(quote!(<#owner>));
                    }
                    _ => output.extend(owner),
                }
            }
            TokenTree::Group(group) => {
                let inside = without_self(group.stream(), owner);
                regrouped(&group, inside).to_tokens(&mut output);
            }
            token => token.to_tokens(&mut output),
        }
    }
    output
}

/// Whether `name` stands in `tokens`.
pub(super) fn names(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => names(&group.stream(), name),
        _ => false,
    })
}

fn map_tokens(tokens: TokenStream, map: &impl Fn(TokenTree) -> TokenTree) -> TokenStream {
    let inside = |token| match token {
        TokenTree::Group(group) => regrouped(&group, map_tokens(group.stream(), map)).into(),
        token => token,
    };
    tokens.into_iter().map(|token| map(inside(token))).collect()
}

fn regrouped(group: &Group, stream: TokenStream) -> Group {
    let mut regrouped = Group::new(group.delimiter(), stream);
    regrouped.set_span(group.span());
    regrouped
}

//! `#[ipos::actions]`: what was written (here), is it legal (`check`), and what is added (`expand`).

mod check;
pub(crate) mod expand;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{
    Expr, ExprLit, FnArg, ImplItem, ImplItemFn, ItemImpl, Lit, LitInt, Meta, Pat, Path, ReturnType,
    Token, Type, ext::IdentExt, parse::Parser, punctuated::Punctuated,
};

use crate::{errors::Errors, types};

/// How many blocks of actions a type may have.
const MOST_BLOCKS: usize = 4;

/// The impl block with what is added to it, with errors and all.
pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Some(said) = Said::read(attribute, &mut errors) else {
        return errors.told(item);
    };
    let Ok(block) = syn::parse2::<ItemImpl>(item.clone()) else {
        errors.at_span(
            Span::call_site(),
            "`actions` stands at an `impl` block of a type that derives `Shared`",
        );
        return errors.told(item);
    };
    check::block(&block, &mut errors);
    if let (Some(_), _) | (_, None) = (&block.trait_, owner(&block.self_ty)) {
        return errors.told(item);
    }
    let functions = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) => Function::read(function, &block, &mut errors),
        _ => None,
    });
    let functions: Vec<Function<'_>> = functions.collect();
    let added = expand::added(&said, &block, &functions);
    errors.told(added)
}

impl Errors {
    /// `output`, and the errors before it.
    fn told(self, output: TokenStream) -> TokenStream {
        let mut all = match self.finish() {
            Ok(()) => TokenStream::new(),
            Err(error) => error.to_compile_error(),
        };
        all.extend(output);
        all
    }
}

/// What the attribute says.
struct Said {
    /// The number of the block, from 1.
    block: usize,
    /// Where `ipos` lives.
    krate: Option<Path>,
}

impl Said {
    /// `None` when it says what cannot be.
    fn read(attribute: TokenStream, errors: &mut Errors) -> Option<Self> {
        let mut said = Self {
            block: 1,
            krate: None,
        };
        let parser = Punctuated::<Item, Token![,]>::parse_terminated;
        match parser.parse2(attribute) {
            Ok(items) => {
                for item in items {
                    match item {
                        Item::Block(number) => said.block = block_number(&number, errors)?,
                        Item::Crate(path) => said.krate = Some(path),
                    }
                }
                Some(said)
            }
            Err(error) => {
                errors.push(error);
                None
            }
        }
    }
}

fn block_number(number: &LitInt, errors: &mut Errors) -> Option<usize> {
    let value = number.base10_parse::<usize>().ok();
    let value = value.filter(|value| (1..=MOST_BLOCKS).contains(value));
    if value.is_none() {
        errors.at(
            number,
            format!("a type has up to {MOST_BLOCKS} blocks of actions, numbered from 1"),
        );
    }
    value
}

/// One thing that the attribute says.
enum Item {
    Block(LitInt),
    Crate(Path),
}

impl syn::parse::Parse for Item {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitInt) {
            return input.parse().map(Self::Block);
        }
        let unknown = "unknown argument; `actions` takes the number of the block, from the type's second \
                       block on, and `crate = \"..\"`";
        let before = input.span();
        let meta = input.call(Ident::parse_any).and_then(|name| {
            let equals: Token![=] = input.parse()?;
            let value: Expr = input.parse()?;
            Ok((name, equals, value))
        });
        match meta {
            Ok((
                name,
                _,
                Expr::Lit(ExprLit {
                    lit: Lit::Str(path),
                    ..
                }),
            )) if name == "crate" => path.parse_with(Path::parse_mod_style).map(Self::Crate),
            _ => Err(syn::Error::new(before, unknown)),
        }
    }
}

/// The name of the type that a block is of.
fn owner(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|last| last.ident.unraw().to_string()),
        Type::Group(group) => owner(&group.elem),
        Type::Paren(paren) => owner(&paren.elem),
        _ => None,
    }
}

/// A function that is an action.
struct Function<'a> {
    original: &'a ImplItemFn,
    /// What it is called by.
    name: String,
    arguments: Vec<(&'a Ident, &'a Type)>,
    answer: Answer<'a>,
}

/// What a function gives.
enum Answer<'a> {
    /// It cannot fail.
    Plain(TokenStream),
    /// A `Result` of these two.
    Result(&'a Type, &'a Type),
    /// A `Result` by an alias.
    Alias(&'a Type),
}

impl<'a> Function<'a> {
    /// `None` when it is not legal.
    fn read(original: &'a ImplItemFn, block: &ItemImpl, errors: &mut Errors) -> Option<Self> {
        if !check::function(original, &owner(&block.self_ty)?, errors) {
            return None;
        }
        let arguments = original.sig.inputs.iter().skip(1);
        let arguments = arguments.filter_map(|argument| match argument {
            FnArg::Typed(argument) => match &*argument.pat {
                Pat::Ident(pattern) => Some((&pattern.ident, &*argument.ty)),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        });
        Some(Self {
            original,
            name: original.sig.ident.unraw().to_string(),
            arguments: arguments.collect(),
            answer: Answer::read(&original.sig.output),
        })
    }
}

impl<'a> Answer<'a> {
    fn read(output: &'a ReturnType) -> Self {
        let ReturnType::Type(_, ty) = output else {
            return Self::Plain(quote::quote!(()));
        };
        let Type::Path(path) = &**ty else {
            return Self::Plain(ty.to_token_stream());
        };
        let Some(last) = path.path.segments.last().filter(|it| it.ident == "Result") else {
            return Self::Plain(ty.to_token_stream());
        };
        let arguments = match &last.arguments {
            syn::PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
            _ => vec![],
        };
        match arguments[..] {
            [
                syn::GenericArgument::Type(answer),
                syn::GenericArgument::Type(error),
            ] => Self::Result(answer, error),
            _ => Self::Alias(ty),
        }
    }
}

/// Whether an attribute is to stand at what is added for a function as well.
fn is_repeated(attribute: &syn::Attribute) -> bool {
    let path = attribute.path();
    let names = ["cfg", "allow", "expect", "deprecated"];
    names.iter().any(|name| path.is_ident(name)) || is_doc(attribute)
}

fn is_doc(attribute: &syn::Attribute) -> bool {
    matches!(&attribute.meta, Meta::NameValue(meta) if meta.path.is_ident("doc"))
}

/// Whether a type borrows, or stands for one that the compiler is to find.
fn is_borrowed(ty: &Type) -> bool {
    let mut found = false;
    types::walk(ty, &mut |ty| {
        found |= matches!(ty, Type::Reference(_));
        !found
    });
    found
}

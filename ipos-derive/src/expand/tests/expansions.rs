use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Attribute, Data, DeriveInput, Item, Meta, PatIdent,
    visit::{self, Visit},
};

use crate::expand;

/// Where the inputs are, each beside what is made of it.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expansions")
}

/// The names of the inputs.
fn inputs() -> Vec<String> {
    let files = fs::read_dir(folder()).expect("the inputs are there");
    let mut names: Vec<String> = files
        .map(|file| file.expect("it can be read").file_name())
        .filter_map(|file| file.to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "main" && !name.ends_with(".expanded"))
        .collect();
    names.sort();
    names
}

/// The type that derives `Shared`.
fn subject(file: syn::File) -> DeriveInput {
    let derives = |attr: &Attribute| match &attr.meta {
        Meta::List(list) => {
            list.path.is_ident("derive") && list.tokens.to_string().contains("Shared")
        }
        _ => false,
    };
    let mut found = file.items.into_iter().filter(|item| match item {
        Item::Struct(item) => item.attrs.iter().any(derives),
        Item::Enum(item) => item.attrs.iter().any(derives),
        _ => false,
    });
    let (Some(item), None) = (found.next(), found.next()) else {
        panic!("one type of an input derives `Shared`");
    };
    syn::parse2(item.into_token_stream()).expect("it is a type")
}

/// What is made of the blocks of actions.
fn actions(file: &syn::File) -> TokenStream {
    let blocks = file.items.iter().filter_map(|item| {
        let Item::Impl(block) = item else { return None };
        let mut block = block.clone();
        let names = |attr: &Attribute| attr.path().segments.last().map(|last| last.ident.clone());
        let at = block.attrs.iter().position(|attr| {
            let name = names(attr);
            name.is_some_and(|name| name == "actions")
        })?;
        let said = match block.attrs.remove(at).meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        Some(crate::actions::expand(said, block.into_token_stream()))
    });
    blocks.collect()
}

/// What is made of an input, as it would be written.
fn expanded(name: &str, input: &str) -> String {
    let file = syn::parse_file(input).unwrap_or_else(|error| panic!("{name}: {error}"));
    let actions = actions(&file);
    let subject = subject(file);
    let what = match &subject.data {
        Data::Enum(_) => "enum",
        _ => "struct",
    };
    let and_actions = if actions.is_empty() {
        ""
    } else {
        " and its actions"
    };
    let mut output = expand::derive(&subject);
    output.extend(actions);
    let output = syn::parse2(output).expect("the output is a sequence of items");
    let ident = &subject.ident;
    format!(
        "//! What the derive makes of the {what} `{ident}`{and_actions} of `{name}.rs`.\n\n{}",
        prettyplease::unparse(&output)
    )
}

/// `BLESS=1` writes what it finds instead of complaining about it.
#[test]
fn expansions_are_as_they_were() {
    let bless = env::var_os("BLESS").is_some_and(|bless| bless == "1");
    let names = inputs();
    assert!(names.len() >= 12, "{names:?}");
    let mut changed = vec![];
    for name in names {
        let read = |ending: &str| fs::read_to_string(folder().join(format!("{name}{ending}")));
        let input = read(".rs").expect("the input can be read");
        let output = expanded(&name, &input);
        if read(".expanded.rs").is_ok_and(|known| known.replace("\r\n", "\n") == output) {
            continue;
        }
        if bless {
            let path = folder().join(format!("{name}.expanded.rs"));
            fs::write(path, output).expect("the output can be written");
        } else {
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "the derive makes something else of {changed:?} than tests/expansions tells; if that is \
         right, run `BLESS=1 cargo test -p ipos-derive expansions` and look at what has changed"
    );
}

/// Collects the names that patterns bind.
struct Bound(BTreeSet<String>);

impl Visit<'_> for Bound {
    fn visit_pat_ident(&mut self, pattern: &PatIdent) {
        self.0.insert(pattern.ident.to_string());
        visit::visit_pat_ident(self, pattern);
    }
}

/// A pattern cannot bind what is the name of a constant where the type is.
#[test]
fn variables_have_names_that_nothing_else_has() {
    let mut bound = Bound(BTreeSet::new());
    for name in inputs() {
        let read = |ending: &str| {
            let file = fs::read_to_string(folder().join(format!("{name}{ending}")));
            let file = syn::parse_file(&file.expect("it can be read"));
            let mut bound = Bound(BTreeSet::new());
            bound.visit_file(&file.expect("it is a program"));
            bound.0
        };
        // What the functions of actions bind is theirs.
        let theirs = read(".rs");
        let all = read(".expanded.rs").into_iter();
        bound.0.extend(all.filter(|name| !theirs.contains(name)));
    }
    assert!(bound.0.contains("__value"), "{:?}", bound.0);
    bound.0.retain(|name| !name.starts_with("__"));
    assert_eq!(bound.0, BTreeSet::new());
}

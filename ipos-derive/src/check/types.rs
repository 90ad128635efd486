//! Types of fields that can be shared in no way. What only the compiler can know is told by it.

use syn::{PathArguments, PathSegment, Type, TypePath};

use crate::{
    ast::{Input, Kind},
    errors::Errors,
    types::walk,
};

/// A generic type of the standard library that is refused: its name, why, and what to write instead.
const REFUSED: &[(&str, &str, &str)] = &[
    ("Rc", THREAD, "use `Arc` or `Box`"),
    (
        "Weak",
        "it may lead to nothing",
        "share the key by which the value is found",
    ),
    ("Cell", UNSEEN, INSIDE),
    ("RefCell", UNSEEN, INSIDE),
    ("UnsafeCell", UNSEEN, INSIDE),
    ("OnceCell", UNSEEN, OPTION),
    ("OnceLock", UNSEEN, OPTION),
    ("LazyCell", UNSEEN, OPTION),
    ("LazyLock", UNSEEN, OPTION),
    ("Mutex", UNSEEN, INSIDE),
    ("RwLock", UNSEEN, INSIDE),
    ("NonNull", POINTER, "use `Box`"),
];
const THREAD: &str = "it counts its owners within one thread";
const UNSEEN: &str = "it changes without being written to, which no other process would see";
const POINTER: &str = "an address means nothing in another process";
const INSIDE: &str = "use the type inside it, and write through the wrapper";
const OPTION: &str = "use `Option`, and write through the wrapper";

/// The other way out, for types that can go it.
const LOCAL: &str = ", or keep the field local to each process with `#[shared(skip)]`";

/// The modules of the standard library in which they are.
const MODULES: &[&str] = &["std", "core", "alloc", "rc", "cell", "sync", "ptr"];

pub(super) fn check(input: &Input<'_>, errors: &mut Errors) {
    for field in input.fields().filter(|field| field.kind != Kind::Skipped) {
        walk(&field.original.ty, &mut |ty| {
            let Some((what, why, instead)) = refusal(ty) else {
                return !is_phantom(ty);
            };
            let local = if may_be_local(ty) { LOCAL } else { "" };
            errors.at(
                ty,
                format!("{what} cannot be shared: {why}; {instead}{local}"),
            );
            false
        });
    }
}

/// What a type is called that cannot be shared, why, and what to write instead.
fn refusal(ty: &Type) -> Option<(String, &'static str, &'static str)> {
    let owns = "a shared value owns its data";
    let (what, why, instead) = match ty {
        Type::Reference(reference) => {
            let owned = match &*reference.elem {
                Type::Path(path) if path.path.is_ident("str") => "use `String`",
                Type::Slice(_) => "use `Vec`",
                _ => "use the type without the `&`",
            };
            ("a reference", owns, owned)
        }
        Type::Ptr(_) => ("a raw pointer", POINTER, "use `Box`"),
        Type::FnPtr(_) => (
            "a function",
            "code does not cross the socket",
            "use an `enum` that names the functions",
        ),
        Type::TraitObject(_) => (
            "a trait object",
            "another process cannot know the type behind it",
            "use an `enum` of the types",
        ),
        Type::ImplTrait(_) => (
            "an `impl` type",
            "it has no name by which it could be read",
            "name the type",
        ),
        Type::Path(path) => {
            let &(name, why, instead) = standard(path)?;
            return Some((format!("`{name}`"), why, instead));
        }
        _ => return None,
    };
    Some((what.to_owned(), why, instead))
}

/// Whether a skipped field may be of such a type: it is `Clone`, `Send` and `Sync` if what is in it is.
fn may_be_local(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => reference.mutability.is_none(),
        Type::FnPtr(_) => true,
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "OnceLock"),
        _ => false,
    }
}

/// The row of a type of the standard library, as far as can be told from how it is written.
fn standard(path: &TypePath) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let mut segments = path.path.segments.iter();
    let last = segments.next_back()?;
    let is_standard = |segment: &PathSegment| MODULES.iter().any(|name| segment.ident == name);
    let is_generic = matches!(
        &last.arguments,
        PathArguments::AngleBracketed(arguments) if !arguments.args.is_empty()
    );
    if path.qself.is_some() || !is_generic || !segments.all(is_standard) {
        return None;
    }
    REFUSED.iter().find(|(name, ..)| last.ident == name)
}

/// Nothing of a type in a `PhantomData` is there.
fn is_phantom(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident == "PhantomData")
}

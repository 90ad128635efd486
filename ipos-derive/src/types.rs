//! The types in a type.

use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

/// Shows `visit` the type `ty` and then those in it, but not those in what it answers `false` to.
pub(crate) fn walk<'a>(ty: &'a Type, visit: &mut impl FnMut(&'a Type) -> bool) {
    if !visit(ty) {
        return;
    }
    match ty {
        Type::Array(ty) => walk(&ty.elem, visit),
        Type::Group(ty) => walk(&ty.elem, visit),
        Type::Paren(ty) => walk(&ty.elem, visit),
        Type::Ptr(ty) => walk(&ty.elem, visit),
        Type::Reference(ty) => walk(&ty.elem, visit),
        Type::Slice(ty) => walk(&ty.elem, visit),
        Type::Tuple(ty) => ty.elems.iter().for_each(|ty| walk(ty, visit)),
        Type::Path(ty) => {
            if let Some(qself) = &ty.qself {
                walk(&qself.ty, visit);
            }
            walk_path(&ty.path, visit);
        }
        Type::TraitObject(ty) => walk_bounds(&ty.bounds, visit),
        Type::ImplTrait(ty) => walk_bounds(&ty.bounds, visit),
        _ => {}
    }
}

fn walk_bounds<'a>(
    bounds: impl IntoIterator<Item = &'a TypeParamBound>,
    visit: &mut impl FnMut(&'a Type) -> bool,
) {
    for bound in bounds {
        if let TypeParamBound::Trait(bound) = bound {
            walk_path(&bound.path, visit);
        }
    }
}

fn walk_path<'a>(path: &'a syn::Path, visit: &mut impl FnMut(&'a Type) -> bool) {
    for segment in &path.segments {
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(arguments) => {
                for argument in &arguments.args {
                    match argument {
                        GenericArgument::Type(ty) => walk(ty, visit),
                        GenericArgument::AssocType(assoc) => walk(&assoc.ty, visit),
                        _ => {}
                    }
                }
            }
            PathArguments::Parenthesized(arguments) => {
                arguments
                    .inputs
                    .iter()
                    .for_each(|input| walk(&input.ty, visit));
                if let ReturnType::Type(_, ty) = &arguments.output {
                    walk(ty, visit);
                }
            }
        }
    }
}

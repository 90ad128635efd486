//! Is it legal?

use quote::ToTokens;
use syn::{
    FnArg, GenericParam, ImplItemFn, ItemImpl, Pat, PatType, ReturnType, Safety, Type,
    ext::IdentExt,
};

use super::{is_borrowed, owner};
use crate::{errors::Errors, types};

/// What is wrong with a block as a whole.
pub(super) fn block(block: &ItemImpl, errors: &mut Errors) {
    if let Some((path, _)) = &block.trait_ {
        errors.at(
            path,
            "the methods of a trait cannot be actions; write them in an `impl` block of the type itself",
        );
    } else if owner(&block.self_ty).is_none() {
        errors.at(
            &block.self_ty,
            "`actions` stands at an `impl` block of a type that derives `Shared`",
        );
    }
}

/// Whether a function can be an action of the type `owner`; else that is told.
pub(super) fn function(function: &ImplItemFn, owner: &str, errors: &mut Errors) -> bool {
    let mut found = Findings {
        errors,
        is_legal: true,
    };
    found.signature(function);
    found.writer(function, owner);
    for argument in function.sig.inputs.iter().skip(1) {
        if let FnArg::Typed(argument) = argument {
            found.argument(argument);
        }
    }
    if let ReturnType::Type(_, ty) = &function.sig.output {
        found.answer(ty);
    }
    found.is_legal
}

struct Findings<'a> {
    errors: &'a mut Errors,
    is_legal: bool,
}

impl Findings<'_> {
    fn tell(&mut self, at: impl ToTokens, message: impl std::fmt::Display) {
        self.errors.at(at, message);
        self.is_legal = false;
    }

    fn signature(&mut self, function: &ImplItemFn) {
        let signature = &function.sig;
        if signature.asyncness.is_some() {
            self.tell(
                signature.asyncness,
                "an action cannot be `async`: it runs while the object is held, so it must not wait",
            );
        }
        if matches!(signature.safety, Safety::Unsafe(_)) {
            self.tell(
                &signature.safety,
                "an action cannot be `unsafe`: another process decides when it runs, and with what",
            );
        }
        for param in &signature.generics.params {
            if !matches!(param, GenericParam::Lifetime(_)) {
                self.tell(
                    param,
                    "an action cannot have parameters of its own: only its name crosses the socket; give \
                     the parameter to the type, or write an action for each case",
                );
            }
        }
    }

    fn writer(&mut self, function: &ImplItemFn, owner: &str) {
        let wanted = format!("&mut {owner}Mut<'_>");
        match function.sig.inputs.first() {
            Some(FnArg::Receiver(receiver)) => self.tell(
                receiver,
                format!(
                    "an action has no `self`, but the wrapper through which the value is changed: write \
                     `fn {}(it: {wanted}, ..)`; a method that is no action goes into another `impl` block",
                    function.sig.ident.unraw()
                ),
            ),
            Some(FnArg::Typed(first)) if is_writer(&first.ty, owner) => {}
            Some(FnArg::Typed(first)) => self.tell(
                &first.ty,
                format!(
                    "the first parameter of an action of `{owner}` is `{wanted}`; a function that is no \
                     action goes into another `impl` block"
                ),
            ),
            None => self.tell(
                &function.sig.ident,
                format!(
                    "the first parameter of an action of `{owner}` is `{wanted}`; a function that is no \
                     action goes into another `impl` block"
                ),
            ),
        }
    }

    fn argument(&mut self, argument: &PatType) {
        match &*argument.pat {
            Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => {}
            pattern => self.tell(
                pattern,
                "give the argument of an action a name; take it apart inside",
            ),
        }
        if is_borrowed(&argument.ty) {
            self.tell(
                &argument.ty,
                "an action owns its arguments, since they cross the socket: write `String` for `&str`, `Vec` \
                 for a slice",
            );
        }
        self.inferred(&argument.ty);
    }

    fn answer(&mut self, ty: &Type) {
        if is_borrowed(ty) {
            self.tell(
                ty,
                "an action owns what it answers, since that crosses the socket: write `String` for `&str`, \
                 `Vec` for a slice",
            );
        }
        self.inferred(ty);
    }

    fn inferred(&mut self, ty: &Type) {
        let mut found = None;
        types::walk(ty, &mut |ty| {
            if matches!(ty, Type::ImplTrait(_)) {
                found = Some(ty);
            }
            found.is_none()
        });
        if let Some(ty) = found {
            self.tell(
                ty,
                "name the type: what crosses the socket is read by it on the other side",
            );
        }
    }
}

/// Whether it is `&mut OwnerMut<..>`, or `&mut <Owner as Shared>::Mut<..>`.
fn is_writer(ty: &Type, name: &str) -> bool {
    let Type::Reference(reference) = ty else {
        return false;
    };
    let called = owner(&reference.elem);
    reference.mutability.is_some()
        && called.is_some_and(|called| called == format!("{name}Mut") || called == "Mut")
}

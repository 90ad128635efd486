mod expansions;

use quote::quote;
use syn::{DeriveInput, parse_quote};

use crate::{ast::Input, expand};

/// Asserts the names that the field of a struct gives: its variant and its methods.
#[track_caller]
fn check(field: &str, names: [&str; 3]) {
    let field: syn::Ident = syn::parse_str(field).expect("the test gives an identifier");
    let item: DeriveInput = parse_quote!(struct Owner { #field: u8 });
    let input = Input::new(&item);
    let field = input.fields().next().expect("it has a field");
    let found = [&field.variant, &field.setter, &field.accessor];
    assert_eq!(found.map(ToString::to_string), names);
}

#[test]
fn names_are_made_of_field_names() {
    check("title", ["Title", "set_title", "title_mut"]);
    check(
        "my_field_2",
        ["MyField2", "set_my_field_2", "my_field_2_mut"],
    );
    check("camelCase", ["CamelCase", "set_camelCase", "camelCase_mut"]);
    check(
        "größe_über",
        ["GrößeÜber", "set_größe_über", "größe_über_mut"],
    );
    check("trailing_", ["Trailing", "set_trailing_", "trailing__mut"]);
}

#[test]
fn names_are_always_identifiers() {
    check("r#type", ["Type", "set_type", "type_mut"]);
    check("self_", ["Self_", "set_self_", "self__mut"]);
    check("_1", ["_1", "set__1", "_1_mut"]);
    check("__", ["__", "set___", "___mut"]);
}

#[test]
fn self_in_a_field_means_the_struct() {
    let output = expand::derive(&parse_quote! {
        struct Node { next: Option<Box<Self>>, many: [Vec<Self>; 2] }
    });
    let output = output.to_string().replace(' ', "");
    assert!(output.contains("Next(<Option<Box<Node>>as::ipos::Shared>::Patch)"));
    assert!(output.contains("Many(<[Vec<Node>;2]as::ipos::Shared>::Patch)"));
}

#[test]
fn the_description_tells_which_fields_are_for_the_host_alone() {
    let output = expand::derive(&parse_quote! {
        struct Board { title: String, #[shared(host_only)] approved: bool }
    });
    let output = output.to_string().replace(' ', "");
    assert!(output.contains(
        "schema.structure::<Self>(\"Board\",&[\
         (\"title\",<Stringas::ipos::Shared>::describe,false),\
         (\"approved\",<boolas::ipos::Shared>::describe,true)])"
    ));
}

#[test]
fn what_the_user_allows_is_allowed_in_the_output() {
    let output = expand::derive(&parse_quote! {
        #[expect(clippy::option_option, reason = "three states")]
        struct Old { #[deprecated] #[allow(some::lint)] state: Option<Option<u8>> }
    });
    let allowed = quote! {
        #[allow(clippy::option_option, reason = "three states")]
        #[allow(deprecated)]
        #[allow(some::lint)]
    };
    let output = output.to_string();
    assert_eq!(output.matches(&allowed.to_string()).count(), 12);
}

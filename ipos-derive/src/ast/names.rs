//! Names of generated things, made of the names that the user gave.

use proc_macro2::{Ident, Span};

/// The name of the patch variant of the field `name`: in `PascalCase`, but always an identifier.
pub(super) fn variant_name(name: &str) -> String {
    let capitalized = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        first.chain(chars).collect::<String>()
    };
    let pascal: String = name.split('_').map(capitalized).collect();
    let suffixed = format!("{pascal}_"); // for `self_`, which gives `Self`
    [pascal, suffixed]
        .into_iter()
        .find(|name| syn::parse_str::<Ident>(name).is_ok())
        .unwrap_or_else(|| name.to_owned()) // for `_1`, which gives a number
}

/// The name of the patch variant of the variant `name`: the same, but for `Set`, which replaces the
/// whole value.
pub(super) fn case_name(variant: &Ident, span: Span) -> Ident {
    if variant == "Set" {
        return Ident::new("Set_", span);
    }
    let mut case = variant.clone();
    case.set_span(span);
    case
}

/// The name of the method that leads into the variant `name`: in `snake_case`.
pub(super) fn accessor_name(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (i, &char) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|before| chars[before]);
        let begins = char.is_uppercase()
            && before.is_some_and(|before| {
                let ends = chars.get(i + 1).is_some_and(|next| next.is_lowercase());
                before != '_' && (!before.is_uppercase() || ends)
            });
        if begins {
            snake.push('_');
        }
        snake.extend(char.to_lowercase());
    }
    snake + "_mut"
}
